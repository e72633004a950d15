//! Reading a file of a system: what it is, what it says, and whether it would be taken (LIC-50, LIC-52). Nothing is written.

use super::super::formats::problem;
use super::super::store::{self, OfflineSystem};
use super::super::types::*;
use super::super::{clock, versions};
use super::foreign;
use chrono::NaiveDate;
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::{Time, hours};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{OrganizationId, SessionId};
use flotilla_kernel::workspace::Workspace;
use flotilla_licence_formats::container::{
    self, Confirmation, Digest, FILE_LIMIT, Kind, Outcome as Said, Received, Refusal, Request, confirmation,
    request,
};
use parking_lot::Mutex;
use sqlx::SqliteConnection;
use std::collections::VecDeque;
use std::sync::Arc;

/// So many files that were read wait to be taken, of one session and in all.
const OWN_FILES: usize = 4;
const ALL_FILES: usize = 64;
/// And for so long.
const LIFETIME: i64 = hours(1);

/// A file that was read and not taken yet.
#[derive(Debug)]
pub struct ReadFile {
    session: SessionId,
    at: Time,
    /// Its SHA-256.
    pub digest: Digest,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files that were read.
#[derive(Default)]
struct ReadFiles(Mutex<VecDeque<Arc<ReadFile>>>);

impl ReadFiles {
    fn keep(&self, file: ReadFile) -> Arc<ReadFile> {
        let file = Arc::new(file);
        let mut files = self.0.lock();
        files.retain(|known| {
            let again = known.session == file.session && known.digest == file.digest;
            !again && (0..LIFETIME).contains(&file.at.since(known.at))
        });
        let own = files.iter().filter(|known| known.session == file.session).count();
        if own >= OWN_FILES
            && let Some(place) = files.iter().position(|known| known.session == file.session)
        {
            files.remove(place);
        }
        if files.len() >= ALL_FILES {
            files.pop_front();
        }
        files.push_back(file.clone());
        file
    }
}

/// The file that this session has read under a digest.
///
/// # Errors
/// `transfer.gone`
pub fn file(call: &Call, digest: &str) -> Outcome<Arc<ReadFile>> {
    let session = call.caller()?.session;
    let files = call.workspace.state::<ReadFiles>();
    let files = files.0.lock();
    let known = files
        .iter()
        .find(|file| file.session == session && file.digest.to_string() == digest);
    Ok(known.cloned().ok_or(ErrorCode::TransferGone)?)
}

/// What a file is.
pub enum SystemFile {
    /// A request.
    Request(Box<Received<Request>>),
    /// A confirmation.
    Confirmation(Box<Received<Confirmation>>),
    /// Something else.
    Other,
}

impl SystemFile {
    /// Looks at the bytes of a file, at nothing else.
    ///
    /// # Errors
    /// What is wrong with one of Flotilla's own (LIC-52).
    pub fn of(bytes: &[u8]) -> Outcome<Self> {
        let refused = |refusal: Refusal| problem(&refusal);
        match container::kind(bytes) {
            Ok(Kind::Request) => Ok(Self::Request(Box::new(request::read(bytes).map_err(refused)?))),
            Ok(Kind::Confirmation) => Ok(Self::Confirmation(Box::new(
                confirmation::read(bytes).map_err(refused)?,
            ))),
            Ok(Kind::Response) => Err(refused(Refusal::WrongKind {
                expected: Kind::Request.word(),
                found: Kind::Response.word(),
            })),
            Err(Refusal::NotOurs) => Ok(Self::Other),
            Err(refusal) => Err(refused(refusal)),
        }
    }
}

/// Whom a file is for, and when.
#[derive(Debug, Clone, Copy)]
pub struct Receiver<'r> {
    /// The organization.
    pub organization: OrganizationId,
    /// The product; none: the file says it.
    pub product: Option<&'r str>,
    /// The day in the organization's zone.
    pub today: NaiveDate,
}

impl Receiver<'_> {
    fn demand_product(&self, found: &str) -> Outcome<()> {
        match self.product {
            Some(product) if product != found => Err(problem(&Refusal::WrongProduct {
                product: found.to_owned(),
            })),
            _ => Ok(()),
        }
    }

    /// The same file is taken once.
    ///
    /// # Errors
    /// `licence-file.already-read`
    pub async fn demand_new(&self, connection: &mut SqliteConnection, digest: Digest) -> Outcome<()> {
        if store::file_is_known(connection, digest).await? {
            return Err(problem(&Refusal::AlreadyRead));
        }
        Ok(())
    }

    /// The system that a request is from, as it is known here, when the request can be taken.
    ///
    /// # Errors
    /// Why not (LIC-52).
    pub async fn check_request(
        &self,
        connection: &mut SqliteConnection,
        received: &Received<Request>,
    ) -> Outcome<Option<OfflineSystem>> {
        let content = &received.content;
        self.demand_product(content.product.as_str())?;
        let known = self
            .known(connection, content.product.as_str(), content.system.as_str())
            .await?;
        let state = request::State {
            already_read: store::file_is_known(connection, received.digest).await?,
            last_sequence: known.as_ref().map(|known| known.sequence),
            known_key: known.as_ref().and_then(|known| known.signing_key),
            today: self.today,
        };
        request::check(received, &state).map_err(|refusal| problem(&refusal))?;
        Ok(known)
    }

    /// The system of this name, as it is known here.
    ///
    /// # Errors
    /// `licence-offline.elsewhere`, `licence-offline.lost`
    pub async fn known(
        &self,
        connection: &mut SqliteConnection,
        product: &str,
        identity: &str,
    ) -> Outcome<Option<OfflineSystem>> {
        if store::at_other(connection, self.organization, product, identity).await? {
            return Err(ErrorCode::LicenceOfflineElsewhere.into());
        }
        let known = store::known_system(connection, self.organization, product, identity).await?;
        match &known {
            Some(known) if known.state == OfflineState::Lost => Err(ErrorCode::LicenceOfflineLost.into()),
            _ => Ok(known),
        }
    }

    /// The system that a confirmation is from, when it can be taken.
    ///
    /// # Errors
    /// Why not (LIC-52).
    pub async fn check_confirmation(
        &self,
        connection: &mut SqliteConnection,
        received: &Received<Confirmation>,
    ) -> Outcome<OfflineSystem> {
        let content = &received.content;
        self.demand_product(content.product.as_str())?;
        let (product, identity) = (content.product.as_str(), content.system.as_str());
        let known = store::known_system(connection, self.organization, product, identity).await?;
        let Some(known) = known else {
            return Err(problem(&Refusal::WrongSystem {
                system: identity.to_owned(),
            }));
        };
        let returns = content.outcome == Said::Returned;
        let open = match known.state {
            OfflineState::Pending => true,
            // A newer request does not undo what the system had before.
            OfflineState::Licensed | OfflineState::Lost => returns,
            OfflineState::Requested | OfflineState::Lapsed | OfflineState::Returned => false,
        };
        let state = confirmation::State {
            system: content.system.clone(),
            product: content.product.clone(),
            pending: known.answer.filter(|_| open).into_iter().collect(),
            last_sequence: Some(known.sequence),
            known_key: known.signing_key,
            already_read: store::file_is_known(connection, received.digest).await?,
            today: self.today,
        };
        confirmation::check(received, &state).map_err(|refusal| problem(&refusal))?;
        Ok(known)
    }
}

/// Reads a file of a system, and says what it is and what it says (LIC-50).
///
/// # Errors
/// Why it would not be taken (LIC-52); `transfer.gone`
pub async fn read_system_file(call: &Call, arguments: ReadSystemFile) -> Outcome<SystemFilePreview> {
    let session = call.caller()?.session;
    let limit = u64::try_from(FILE_LIMIT).map_err(Problem::internal)?;
    let taken = call.workspace.transfers.take(arguments.upload, session, limit);
    let taken = taken.map_err(|error| match error.code {
        ErrorCode::FileTooLarge => problem(&Refusal::TooLarge { limit: FILE_LIMIT }),
        _ => error,
    })?;
    let file = ReadFile {
        session,
        at: call.now(),
        digest: Digest::of(&taken.bytes),
        name: taken.name,
        bytes: taken.bytes,
    };
    let mut connection = call.workspace.database.read().await?;
    let today = today(&call.workspace, &mut connection, arguments.organization).await?;
    let receiver = Receiver {
        organization: arguments.organization,
        product: arguments.product.as_deref(),
        today,
    };
    let kind = SystemFile::of(&file.bytes)?;
    match &kind {
        SystemFile::Request(received) => {
            receiver.check_request(&mut connection, received).await?;
        }
        SystemFile::Confirmation(received) => {
            receiver.check_confirmation(&mut connection, received).await?;
        }
        SystemFile::Other => receiver.demand_new(&mut connection, file.digest).await?,
    }
    let preview = preview(call, &mut connection, &file, kind).await?;
    call.workspace.state::<ReadFiles>().keep(file);
    Ok(preview)
}

/// The day in an organization's zone, by the trusted clock (LIC-53).
async fn today(
    workspace: &Workspace,
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<NaiveDate> {
    let organization = store::organization(connection, organization).await?;
    let trusted = clock::trusted(workspace, connection).await?;
    Ok(trusted.now.date_in(organization.zone))
}

async fn preview(
    call: &Call,
    connection: &mut SqliteConnection,
    file: &ReadFile,
    kind: SystemFile,
) -> Outcome<SystemFilePreview> {
    let empty = SystemFilePreview {
        digest: file.digest.to_string(),
        name: file.name.clone(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        kind: SystemFileKind::Other,
        product: String::new(),
        product_name: String::new(),
        version: String::new(),
        system: String::new(),
        sequence: 0,
        made: None,
        signed: false,
        hardware: Vec::new(),
        needs: Vec::new(),
        returned: false,
        values: Vec::new(),
    };
    let versions = versions::versions(&call.workspace, connection).await?;
    let catalogue = &versions.newest()?.catalogue;
    let known = |id: &str| catalogue.products.iter().find(|product| product.id == id);
    let name_of = |id: &str| known(id).map_or_else(|| id.to_owned(), |product| product.name.clone());
    Ok(match kind {
        SystemFile::Other => SystemFilePreview {
            values: foreign::read(&file.bytes),
            ..empty
        },
        SystemFile::Confirmation(received) => {
            let content = received.content;
            SystemFilePreview {
                kind: SystemFileKind::Confirmation,
                product_name: name_of(content.product.as_str()),
                product: content.product.to_string(),
                system: content.system.to_string(),
                sequence: i64::try_from(content.sequence).unwrap_or(i64::MAX),
                made: Some(content.made),
                signed: received.signer.is_some(),
                returned: content.outcome == Said::Returned,
                ..empty
            }
        }
        SystemFile::Request(received) => {
            let content = received.content;
            let product = known(content.product.as_str());
            SystemFilePreview {
                kind: SystemFileKind::Request,
                product_name: name_of(content.product.as_str()),
                version: content.product_version,
                system: content.system.to_string(),
                sequence: i64::try_from(content.sequence).unwrap_or(i64::MAX),
                made: Some(content.made),
                signed: received.signer.is_some(),
                hardware: content.hardware,
                needs: content
                    .needs
                    .iter()
                    .map(|line| NamedQuantity {
                        licence_type: line.licence_type.to_string(),
                        name: product
                            .map_or(line.licence_type.as_str(), |product| {
                                product.type_name(line.licence_type.as_str())
                            })
                            .to_owned(),
                        quantity: line.quantity.into(),
                    })
                    .collect(),
                product: content.product.to_string(),
                ..empty
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(session: SessionId, at: i64, number: u8) -> ReadFile {
        ReadFile {
            session,
            at: Time(at),
            digest: Digest::of(&[number]),
            name: String::new(),
            bytes: vec![number],
        }
    }

    /// SEC-04: who reads files and takes none has the last few only, for an hour, and takes no place of others.
    #[test]
    fn files_do_not_pile_up() {
        let files = ReadFiles::default();
        let (one, other) = (SessionId::new(Time(1)), SessionId::new(Time(1)));
        files.keep(read(other, 0, 200));
        for number in 0..20 {
            files.keep(read(one, 1, number));
            files.keep(read(one, 1, number));
        }
        let numbers = |session| -> Vec<u8> {
            let files = files.0.lock();
            let own = files.iter().filter(|file| file.session == session);
            own.map(|file| file.bytes[0]).collect()
        };
        assert_eq!((numbers(one), numbers(other)), (vec![16, 17, 18, 19], vec![200]));
        files.keep(read(one, LIFETIME, 30));
        assert_eq!((numbers(one), numbers(other)), (vec![17, 18, 19, 30], vec![]));
    }
}
