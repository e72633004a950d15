//! Systems without a network and hardware that carries licences (LIC-40, LIC-50, LIC-51).

use super::super::rules::files::LineSource;
use super::answers::LotDetails;
use super::arguments::{LotLine, Operation, TypeQuantity};
use chrono::NaiveDate;
use flotilla_kernel::ids::{OfflineSystemId, OrganizationId, TransferId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How a system without a network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfflineState {
    /// A request of it waits for an answer.
    Requested,
    /// A licence file was issued, and nothing has been heard of it.
    Pending,
    /// It has taken its licence file in.
    Licensed,
    /// The time of its licence file is over, and nothing was heard of it.
    Lapsed,
    /// It has given everything back.
    Returned,
    /// It was lost, and another one has its licences.
    Lost,
}

/// Where it is known from what a system needs (LIC-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedSource {
    /// The system's own file says it.
    SystemFile,
    /// A person entered it.
    ByHand,
}

/// Where it is known from what hardware carries (LIC-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HardwareSource {
    /// The catalogue says it of the model.
    Catalogue,
    /// A system file names the hardware, and the catalogue what it carries.
    SystemFile,
    /// A person says it, with a reference.
    ByHand,
}

/// How hardware is (LIC-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HardwareState {
    /// It is registered, and its licences count.
    Active,
    /// It was removed, and its licences rest until it is registered again.
    Suspended,
}

/// A file of a system that was uploaded (LIC-50).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadSystemFile {
    /// The organization it is for.
    pub organization: OrganizationId,
    /// The product; none: the file says it.
    #[serde(default)]
    pub product: Option<String>,
    /// The uploaded file.
    pub upload: TransferId,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemFileKind {
    /// A system asks for licences.
    Request,
    /// A system says what it did with a licence file.
    Confirmation,
    /// Another file: a person enters what it says.
    Other,
}

/// Something that could be read in another file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadValue {
    /// What stands before it.
    pub name: String,
    /// The value.
    pub value: String,
}

/// What a file says; nothing has changed yet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SystemFilePreview {
    /// Its SHA-256, by which it is taken.
    pub digest: String,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    #[ts(type = "number")]
    pub size: i64,
    /// What it is.
    pub kind: SystemFileKind,
    /// The product; empty: it does not say.
    pub product: String,
    /// The product's name.
    pub product_name: String,
    /// The product's version.
    pub version: String,
    /// How the system calls itself; empty: it does not say.
    pub system: String,
    /// The number of the file; 0: it has none.
    #[ts(type = "number")]
    pub sequence: i64,
    /// The day it was made.
    #[ts(type = "string | null")]
    pub made: Option<NaiveDate>,
    /// Whether it is signed with the system's key.
    pub signed: bool,
    /// What its hardware is recognised by.
    pub hardware: Vec<String>,
    /// What it needs, by type.
    pub needs: Vec<NamedQuantity>,
    /// Of a confirmation: whether the system gives everything back.
    pub returned: bool,
    /// What could be read of another file.
    pub values: Vec<ReadValue>,
}

/// A number of a type, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedQuantity {
    /// The type.
    pub licence_type: String,
    /// Its name; its id where the catalogue does not have it.
    pub name: String,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// What a person reads in a file that is not Flotilla's own (LIC-50).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnteredSystem {
    /// How the system calls itself.
    pub system: String,
    /// The product's version; may be empty.
    pub version: String,
    /// What its hardware is recognised by.
    pub hardware: Vec<String>,
    /// What it needs.
    pub needs: Vec<TypeQuantity>,
    /// Where that stands.
    pub reference: String,
}

/// Takes a file as the request of a system (LIC-50): registers the system and what it needs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AcceptSystemFile {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The file.
    pub digest: String,
    /// What it says, where it is not Flotilla's own.
    #[serde(default)]
    pub entered: Option<EnteredSystem>,
}

/// What comes into a licence file.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct OfflineChoice {
    /// The first year; none: the present one.
    #[serde(default)]
    pub year: Option<u32>,
    /// For how many years, 1 to 5.
    pub years: u32,
    /// The lots, where the person has chosen them; empty: those that are proposed.
    #[serde(default)]
    pub lots: Vec<LotLine>,
    /// The lost system that this one stands in for; its licences come into the file.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub replaces: Option<Uuid>,
}

/// Asks what a licence file would be.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanOffline {
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
    /// The system.
    pub system: OfflineSystemId,
    /// What comes into it.
    pub choice: OfflineChoice,
}

/// Issues a licence file (LIC-51).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IssueOffline {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The system.
    pub system: OfflineSystemId,
    /// What comes into it.
    pub choice: OfflineChoice,
}

/// Takes a system's confirmation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConfirmOffline {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The file.
    pub digest: String,
}

/// What a person attests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Attested {
    /// The system has taken its licence file in.
    Confirmed,
    /// The system has given everything back.
    Returned,
}

/// A person says what became of a licence file, without a file of the system (LIC-51).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttestOffline {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The system.
    pub system: OfflineSystemId,
    /// What became of it.
    pub outcome: Attested,
    /// How that is known.
    pub reason: String,
}

/// A licence file whose time is over counts no more (LIC-51).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LapseOffline {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The system.
    pub system: OfflineSystemId,
    /// How it is known that the system did not take it in.
    pub reason: String,
}

/// Hands the last licence file of a system over.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveOffline {
    /// The organization.
    pub organization: OrganizationId,
    /// The system.
    pub system: OfflineSystemId,
}

/// Hands the public key over that licence files are checked with.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveIssuer {
    /// The organization.
    pub organization: OrganizationId,
}

/// Registers hardware that carries licences (LIC-40).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegisterHardware {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// Its serial number.
    pub serial: String,
    /// Its model.
    pub model: String,
    /// The system without a network that it is; none: it counts for the product as a whole.
    #[serde(default)]
    pub system: Option<OfflineSystemId>,
    /// What it carries; empty: the catalogue says it.
    #[serde(default)]
    pub licences: Vec<TypeQuantity>,
    /// Where that is known from; may be empty where the catalogue says it.
    pub reference: String,
}

/// Removes hardware: its licences are suspended (LIC-40).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemoveHardware {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// Its serial number.
    pub serial: String,
    /// Why.
    pub reason: String,
}

/// What a licence file would be (LIC-51).
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfflinePlan {
    /// The day in the organization's zone.
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// The last day on which the system may take the file in.
    #[ts(type = "string")]
    pub expires: NaiveDate,
    /// What the system needs, beyond what its hardware and licences for good cover.
    pub need: Vec<TypeQuantity>,
    /// What would come into the file that is new.
    pub lines: Vec<OfflinePlanLine>,
    /// What the system has, or would take over, and that is in the file, too.
    pub kept: Vec<OfflinePlanLine>,
    /// What neither years nor wallet have; empty: they cover all of it.
    pub missing: Vec<TypeQuantity>,
    /// The years that can be chosen.
    pub years: Vec<OfflineYear>,
}

/// A year that licences can begin in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfflineYear {
    /// The year.
    pub year: u32,
    /// Its first day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Its last day.
    #[ts(type = "string")]
    pub until: NaiveDate,
}

/// Licences in a file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfflinePlanLine {
    /// The lot.
    pub lot: LotDetails,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// Where they were before.
    pub source: LineSource,
    /// The first day they hold.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The last day they hold; none: for good.
    #[ts(type = "string | null")]
    pub until: Option<NaiveDate>,
}

/// The systems without a network and the hardware of a product of an organization.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfflineSystems {
    /// The day in the organization's zone.
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// The systems, by name.
    pub systems: Vec<OfflineSystemRow>,
    /// The hardware, by serial number; also what was removed here.
    pub hardware: Vec<HardwareRow>,
    /// What the catalogue says of hardware.
    pub models: Vec<HardwareModel>,
    /// How many more lost systems may be replaced before one is returned.
    #[ts(type = "number")]
    pub rehosts_left: i64,
}

/// A system without a network.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfflineSystemRow {
    /// Its id.
    pub id: OfflineSystemId,
    /// How it calls itself.
    pub identity: String,
    /// The product's version.
    pub version: String,
    /// How it is.
    pub state: OfflineState,
    /// Whether a request of it waits for an answer.
    pub waits: bool,
    /// What its hardware is recognised by.
    pub hardware: Vec<String>,
    /// What it needs, by type.
    pub needs: Vec<TypeQuantity>,
    /// Where that is known from.
    pub source: NeedSource,
    /// Where a person has it from.
    pub reference: String,
    /// Whether its files are signed.
    pub signed: bool,
    /// What it has taken in, by type.
    pub holds: Vec<TypeQuantity>,
    /// What is in a file of which nothing was heard, by type.
    pub pending: Vec<TypeQuantity>,
    /// Since when it is registered.
    #[ts(type = "string")]
    pub since: NaiveDate,
    /// The number of the last licence file; 0: there was none.
    #[ts(type = "number")]
    pub answer: i64,
    /// The last day on which a pending file may be taken in; none: none is pending.
    #[ts(type = "string | null")]
    pub expires: Option<NaiveDate>,
    /// How it calls itself that has the licences of this one.
    pub replaced_by: String,
}

/// Hardware that carries licences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HardwareRow {
    /// Its serial number.
    pub serial: String,
    /// Its model.
    pub model: String,
    /// The system without a network that it is.
    pub system: Option<OfflineSystemId>,
    /// What it carries.
    pub licences: Vec<TypeQuantity>,
    /// Where that is known from.
    pub source: HardwareSource,
    /// The reference.
    pub reference: String,
    /// How it is.
    pub state: HardwareState,
    /// Since when.
    #[ts(type = "string")]
    pub since: NaiveDate,
}

/// What the catalogue says of hardware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HardwareModel {
    /// How the model begins.
    pub model: String,
    /// The type.
    pub licence_type: String,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

macro_rules! concerns_its_organization {
    ($($name:ident $(. $act:ident)?),* $(,)?) => {$(
        impl Concerns for $name {
            fn subjects(&self) -> Vec<Subject> {
                vec![self$(.$act)?.organization.into()]
            }
        }
    )*};
}

concerns_its_organization! {
    ReadSystemFile, AcceptSystemFile.act, PlanOffline, IssueOffline.act, ConfirmOffline.act, AttestOffline.act, LapseOffline.act,
    SaveOffline, SaveIssuer, RegisterHardware.act, RemoveHardware.act,
}
