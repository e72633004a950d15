//! What the tables keep of a waiting list beside the file: the differences, row by row, and test results (REL-01).
//!
//! All of it lies in the encrypted database; a password typed into a row lies there like those in the file.

use super::columns::{Column, ImportKind};
use super::mapping::Mapping;
use super::types::{FileEncoding, ImportEdits, RowTest, Separator};
use crate::connections::probe::{DeviceReading, ProbeResult, Reading};
use crate::connections::types::ConnectivityStatus;
use crate::customers::types::Mode;
use chrono::NaiveDate;
use flotilla_connectors::Certificate;
use flotilla_connectors::ip_office::{LicenceReading, Role, ServiceReading, SolutionReading, SystemReading};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::ids::{FolderId, OrganizationId};
use serde::{Deserialize, Serialize};

/// How the file is read, and how far the waiting list has come. Written anew with every change, under a number that
/// rises, so that two programs never write past each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The encoding a person chose; none: as detected.
    pub encoding: Option<FileEncoding>,
    /// The separator a person chose; none: as detected.
    pub separator: Option<Separator>,
    /// The mode of rows without a `Mode` cell.
    pub mode: Mode,
    /// Where the devices of the file are added; none: it is a file of customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<DevicePlace>,
    /// What was said of the columns of the file, for each way of reading it that has other columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<Mapping>,
    /// What the rows have that need it and say nothing of it.
    #[serde(default, skip_serializing_if = "Fill::is_nothing")]
    pub fill: Fill,
    /// Rises by one with every change of the waiting list.
    #[serde(default)]
    pub revision: i64,
    /// When somebody last changed the list; none: not since it was opened.
    #[serde(default)]
    pub touched: Option<Time>,
    /// How many rows of the file hold a password in clear (CUS-24).
    #[serde(default)]
    pub passwords: i64,
    /// SHA-256 of the file, so that only what was opened is ever deleted.
    #[serde(default)]
    pub digest: String,
    /// The file it came from has been deleted.
    #[serde(default)]
    pub file_deleted: bool,
    /// Everything is stored; what remains is the offer to delete the file (CUS-24).
    #[serde(default)]
    pub finished: bool,
}

/// Where the devices of a file are added (DEV-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicePlace {
    /// The organization.
    pub organization: OrganizationId,
    /// The folder of rows that name none.
    pub folder: FolderId,
}

impl Settings {
    /// What the rows of the file become.
    pub fn kind(&self) -> ImportKind {
        match self.devices {
            None => ImportKind::Customers,
            Some(_) => ImportKind::Devices,
        }
    }

    /// Of what is known of columns that which is said of a file with these ones is kept, so that the list stays as it is
    /// whatever is said of another file later.
    pub fn keep_mapping(&mut self, known: &[Mapping], names: &[String]) {
        let kind = self.kind();
        let fits = |mapping: &&Mapping| mapping.apply(kind, names).is_some();
        if !self.mappings.iter().any(|mapping| fits(&mapping)) {
            self.mappings.extend(known.iter().find(fits).cloned());
        }
    }

    /// This was said of a file with these columns; none: their names say it.
    pub fn set_mapping(&mut self, names: &[String], mapping: Option<Mapping>) {
        let kind = self.kind();
        self.mappings
            .retain(|mapping| mapping.apply(kind, names).is_none());
        self.mappings.extend(mapping);
    }
}

/// What the rows have that need it and say nothing of it (CUS-26).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fill {
    /// The port of those that have no column for it; empty: 8443.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub port: String,
    /// The name of the service user; empty: they stay without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub user_name: String,
    /// The service user's password; none: they stay without.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "for_the_table"
    )]
    pub password: Option<Secret>,
}

/// The columns that can be said for all rows at once.
pub const FILLED: [Column; 3] = [Column::Port, Column::UserName, Column::Password];

impl Fill {
    /// Whether nothing was said.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What was said for this column; none: nothing.
    pub fn of(&self, column: Column) -> Option<&str> {
        let text = match column {
            Column::Port => self.port.as_str(),
            Column::UserName => self.user_name.as_str(),
            Column::Password => self.password.as_ref().map(Secret::expose).unwrap_or_default(),
            _ => "",
        };
        Some(text).filter(|text| !text.is_empty())
    }
}

/// What differs in a row from the file, or a row the file does not have.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Overlay {
    /// Whether the row was removed from the waiting list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// The line of the file that the row starts in, by which it is known again however the file is read; none: the row
    /// is not of the file (or was touched before lines were kept).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Whether a person added the row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub added: bool,
    /// Whether a person has said what the cells of a line with too many or too few of them are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mended: bool,
    /// The cells that a person edited.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub cells: ImportEdits,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "for_the_table"
    )]
    /// The password as a person typed it; none: the one of the file.
    pub password: Option<Secret>,
    /// The certificate a person said yes to (CRT-11), in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Der>,
    /// The result of the row's last test; none: not tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<KeptTest>,
}

fn is_nothing(cells: &ImportEdits) -> bool {
    *cells == ImportEdits::default()
}

impl Overlay {
    /// A row that was removed from the list.
    pub fn removed(line: Option<u32>) -> Self {
        Self {
            removed: true,
            line,
            ..Self::default()
        }
    }

    /// Whether a person has typed anything into the row.
    pub fn is_edited(&self) -> bool {
        !is_nothing(&self.cells) || self.password.is_some()
    }
}

impl ImportEdits {
    /// What was typed into this column's cell; the password is kept beside.
    pub fn of(&self, column: Column) -> Option<&str> {
        match column {
            Column::Host => self.host.as_deref(),
            Column::Port => self.port.as_deref(),
            Column::Name => self.name.as_deref(),
            Column::UserName => self.user_name.as_deref(),
            Column::Password => None,
            Column::Address => self.address.as_deref(),
            Column::Telephone => self.telephone.as_deref(),
            Column::Email => self.email.as_deref(),
            Column::Notes => self.notes.as_deref(),
            Column::Tags => self.tags.as_deref(),
            Column::Mode => self.mode.as_deref(),
            Column::Folder => self.folder.as_deref(),
        }
    }

    /// This is typed into this column's cell from now on.
    pub fn set(&mut self, column: Column, text: String) {
        let cell = match column {
            Column::Host => &mut self.host,
            Column::Port => &mut self.port,
            Column::Name => &mut self.name,
            Column::UserName => &mut self.user_name,
            Column::Password => return,
            Column::Address => &mut self.address,
            Column::Telephone => &mut self.telephone,
            Column::Email => &mut self.email,
            Column::Notes => &mut self.notes,
            Column::Tags => &mut self.tags,
            Column::Mode => &mut self.mode,
            Column::Folder => &mut self.folder,
        };
        *cell = Some(text);
    }
}

/// The one place a secret is written as text: into the encrypted database.
fn for_the_table<S: serde::Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

impl std::fmt::Debug for Overlay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Overlay")
            .field("removed", &self.removed)
            .field("cells", &self.cells)
            .finish_non_exhaustive()
    }
}

/// A row that gets another number.
#[derive(Clone)]
pub struct MovedRow {
    /// The row's number until now.
    pub from: u32,
    /// The row's number from now on.
    pub to: u32,
    /// What differs in it from the file.
    pub overlay: Overlay,
}

/// A certificate, kept as the text of its DER.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Der(String);

impl Der {
    /// Of this certificate.
    pub fn of(certificate: &Certificate) -> Self {
        Self(data_encoding::BASE64.encode(&certificate.der))
    }

    /// The certificate again.
    pub fn certificate(&self) -> Option<Certificate> {
        Certificate::from_der(&data_encoding::BASE64.decode(self.0.as_bytes()).ok()?).ok()
    }
}

type KeptService = (String, String, bool);
type KeptSystem = (String, String, u8, String, String, String, bool, Vec<KeptService>);
type KeptLicence = (String, u32, u32, Option<NaiveDate>, bool);

/// A solution as it was read, without its certificate, which stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeptReading {
    systems: Vec<KeptSystem>,
    licences: Vec<KeptLicence>,
    may_upgrade: bool,
    provider: Option<String>,
    reseller: Option<String>,
    profile: Option<String>,
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptTest {
    /// Of the connection that was tested; when the row's is another one by now, this result says nothing of it.
    pub connection: String,
    /// When the test ended.
    pub at: Time,
    /// How the contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// What the network said, for the person who mends it.
    pub detail: String,
    /// The certificate that was met; none: there was no TLS handshake.
    pub certificate: Option<Der>,
    reading: Option<KeptReading>,
    /// The device as it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<KeptDevice>,
    /// Why the device was not given its first account; none: it was not asked to take one, or has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FieldProblem>,
}

/// A device as it was read, without its certificate, which stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeptDevice {
    serial: String,
    model: String,
    name: String,
    version: String,
}

impl KeptTest {
    /// What is kept of a test.
    pub fn new(connection: String, at: Time, tested: &ProbeResult) -> Self {
        let (solution, device) = match &tested.reading {
            Some(Reading::Solution(solution)) => (Some(solution), None),
            Some(Reading::Device(device)) => (None, Some(device)),
            // No file has video servers in it.
            Some(Reading::VideoServer(_)) | None => (None, None),
        };
        let device = device.map(|device| KeptDevice {
            serial: device.serial.clone(),
            model: device.model.clone(),
            name: device.name.clone(),
            version: device.version.clone(),
        });
        let reading = solution.map(|reading| KeptReading {
            systems: reading
                .systems
                .iter()
                .map(|system| {
                    let role = match system.role {
                        Role::Primary => 0,
                        Role::Secondary => 1,
                        Role::Expansion => 2,
                    };
                    let services = system
                        .services
                        .iter()
                        .map(|service| (service.name.clone(), service.version.clone(), service.running))
                        .collect();
                    (
                        system.name.clone(),
                        system.address.clone(),
                        role,
                        system.version.clone(),
                        system.identity.clone(),
                        system.edition.clone(),
                        system.running,
                        services,
                    )
                })
                .collect(),
            licences: reading
                .licences
                .iter()
                .map(|licence| {
                    (
                        licence.licence_type.clone(),
                        licence.quantity,
                        licence.free,
                        licence.expires,
                        licence.valid,
                    )
                })
                .collect(),
            may_upgrade: reading.may_upgrade,
            provider: reading.provider.clone(),
            reseller: reading.reseller.clone(),
            profile: reading.profile.clone(),
        });
        Self {
            connection,
            at,
            status: tested.status,
            detail: tested.detail.clone(),
            certificate: tested.certificate.as_ref().map(Der::of),
            reading,
            device,
            problem: None,
        }
    }

    /// Whether a device was met that waits for its first account (VPX-02), over a certificate that is believed.
    pub fn waits_for_account(&self) -> bool {
        self.status == ConnectivityStatus::NeedsSetup && self.certificate.is_some()
    }

    /// CUS-23: whether *Save* may store the row: it signed in and its systems were read.
    pub fn succeeded(&self) -> bool {
        self.reading.is_some() || self.device.is_some()
    }

    /// The serial number of the device that was read; none: none was.
    pub fn serial(&self) -> Option<&str> {
        self.device.as_ref().map(|device| device.serial.as_str())
    }

    /// Whether a certificate was met that waits for a yes.
    pub fn untrusted(&self) -> bool {
        matches!(
            self.status,
            ConnectivityStatus::CertificateNotTrusted | ConnectivityStatus::CertificateChanged
        ) && self.certificate.is_some()
    }

    /// As it was met.
    pub fn tested(&self) -> ProbeResult {
        let certificate = self.certificate.as_ref().and_then(Der::certificate);
        let reading = self
            .reading
            .as_ref()
            .zip(certificate.clone())
            .map(|(reading, certificate)| SolutionReading {
                systems: reading
                    .systems
                    .iter()
                    .cloned()
                    .map(
                        |(name, address, role, version, identity, edition, running, services)| {
                            SystemReading {
                                name,
                                address,
                                role: match role {
                                    0 => Role::Primary,
                                    1 => Role::Secondary,
                                    _ => Role::Expansion,
                                },
                                version,
                                identity,
                                edition,
                                running,
                                services: services
                                    .into_iter()
                                    .map(|(name, version, running)| ServiceReading {
                                        name,
                                        version,
                                        running,
                                    })
                                    .collect(),
                            }
                        },
                    )
                    .collect(),
                licences: reading
                    .licences
                    .iter()
                    .cloned()
                    .map(|(licence_type, quantity, free, expires, valid)| LicenceReading {
                        licence_type,
                        quantity,
                        free,
                        expires,
                        valid,
                    })
                    .collect(),
                may_upgrade: reading.may_upgrade,
                certificate,
                provider: reading.provider.clone(),
                reseller: reading.reseller.clone(),
                profile: reading.profile.clone(),
            });
        let device = self
            .device
            .as_ref()
            .zip(certificate.clone())
            .map(|(device, certificate)| {
                Reading::Device(DeviceReading {
                    serial: device.serial.clone(),
                    model: device.model.clone(),
                    name: device.name.clone(),
                    version: device.version.clone(),
                    certificate,
                })
            });
        ProbeResult {
            status: self.status,
            detail: self.detail.clone(),
            certificate,
            reading: reading.map(Reading::Solution).or(device),
            // What a poll compares with; a test of an import is no poll.
            answers: None,
        }
    }

    /// As it is shown; `wrong`: why the device cannot be given the account of its row.
    pub fn view(&self, wrong: Option<FieldProblem>) -> RowTest {
        let certificate = self.certificate.as_ref().and_then(Der::certificate);
        RowTest::Done {
            status: self.status,
            detail: self.detail.clone(),
            certificate: certificate.as_ref().map(crate::connections::probe::view),
            systems: match &self.reading {
                Some(reading) => i64::try_from(reading.systems.len()).unwrap_or(i64::MAX),
                None => i64::from(self.device.is_some()),
            },
            problem: wrong.or_else(|| self.problem.clone()).map(Box::new),
        }
    }
}
