//! Why the rules refuse an act.

use super::ledger::Breach;
use super::need::Quantities;
use chrono::NaiveDate;
use uuid::Uuid;

/// Why an act is refused; nothing has happened then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The organization is archived, and its licences are frozen.
    Archived,
    /// The product must be registered first (LIC-05).
    NotRegistered,
    /// It is registered already.
    AlreadyRegistered,
    /// There was a trial of it (LIC-06).
    TrialUsed,
    /// The product has none.
    NoTrial,
    /// Its subscription was started already.
    AlreadyStarted,
    /// It has no subscription.
    NotStarted,
    /// It was ended.
    Ended,
    /// The date is not one a subscription can start on.
    StartNotPossible,
    /// A quantity, a term or a number of years outside its limits.
    OutOfRange,
    /// The wallet does not cover the act: so many of which type are missing (LIC-30).
    WalletShort(Quantities),
    /// A year lies too far ahead (LIC-12), or is over. The last day on which one in reach begins.
    YearNotInReach(NaiveDate),
    /// A number lies below what is proposed: fewer years, not fewer licences (LIC-30).
    BelowNeed(Quantities),
    /// More than is needed, and nobody has said yes to that (LIC-30).
    BeyondNeed(Quantities),
    /// The lot is not in the wallet, its shelf life has ended, or it is for something else.
    LotNotUsable(Uuid),
    /// The product's licences stay with their organization (LIC-45).
    NotTransferable,
    /// Sender and receiver are the same.
    SameOrganization,
    /// The transfer waits no more: it came into a wallet, was called back, or its shelf life ended (LIC-46).
    NotWaiting,
    /// The entry cannot be taken back, or was already (LIC-65).
    NotReversible,
    /// What would be taken back has been used.
    AlreadyUsed,
    /// What was to be reconciled is no difference, or another one by now (LIC-66).
    NoDifference,
    /// The system has no licences, or no file that waits for its confirmation (LIC-51).
    NothingOffline,
    /// A file of the lost system waits for its confirmation.
    OfflinePending,
    /// So many lost systems may be replaced without having been returned, and are (LIC-51).
    TooManyLost(usize),
    /// The file can be taken in until this day.
    NotOver(NaiveDate),
    /// The entry does not keep to what holds for every entry (LIC-61).
    Broken(Breach),
}

impl From<Breach> for Refusal {
    fn from(breach: Breach) -> Self {
        Self::Broken(breach)
    }
}
