//! A book, opened: taken forward to today, with what its systems need today.

use super::catalogue::Product;
use super::rules::advance::advance;
use super::rules::book::Book;
use super::rules::ledger::{Entry, derived};
use super::rules::need::Quantities;
use super::rules::refusal::Refusal;
use super::rules::subscription::change_need;
use super::rules::terms::Terms;
use super::store::{self, BookKey, Organization};
use super::{clock, versions};
use chrono::NaiveDate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;

/// A book that was taken forward to today.
pub struct Opened {
    /// The organization.
    pub organization: Organization,
    /// The product, as the catalogue in force has it.
    pub product: Product,
    /// The product, as the catalogue has it that a running subscription began its year with; it keeps that one until its next year
    /// (LIC-01). Without one it is [`Opened::product`].
    pub ruling: Product,
    /// What the catalogue in force says.
    pub terms: Terms,
    /// The book.
    pub book: Book,
    /// What the clock brought since it was last written; not written yet.
    pub brought: Vec<Entry>,
    /// What the systems need today.
    pub need: Quantities,
    /// The day in the organization's zone.
    pub today: NaiveDate,
    /// The instant.
    pub now: Time,
    /// Whether the machine's clock is behind (LIC-53).
    pub behind: bool,
}

/// Opens a book. Nothing is written; see [`Opened::write_brought`].
///
/// # Errors
/// `not-found`, `licence.product-unknown`, `licence.ledger-differs`
pub async fn open(
    workspace: &Workspace,
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Opened> {
    let organization = store::organization(connection, organization).await?;
    let versions = versions::versions(workspace, connection).await?;
    let newest = versions.newest()?;
    let trusted = clock::trusted(workspace, connection).await?;
    let mut book = store::load(connection, organization.id, product).await?;
    let here = trusted.now.date_in(organization.zone);
    // Nothing is dated before what was written already, also when the organization moves to another zone.
    let today = book.last_day.map_or(here, |last| last.max(here));
    let known = newest.catalogue.product(product)?.clone();
    let terms_on = |day| {
        versions
            .terms_on(product, day)
            .unwrap_or_else(|_| known.terms(newest.version))
    };
    let brought =
        advance(&mut book, today, &terms_on).map_err(|breach| Problem::internal(format!("{breach:?}")))?;
    let running = book.subscription.as_ref().filter(|known| known.ended.is_none());
    let ruling = running
        .and_then(|running| versions.product(running.terms.catalogue, product))
        .unwrap_or(&known)
        .clone();
    let need = store::needs(connection, organization.id, &ruling, &book)
        .await?
        .total();
    Ok(Opened {
        organization,
        terms: known.terms(newest.version),
        product: known,
        ruling,
        book,
        brought,
        need,
        today,
        now: trusted.now,
        behind: trusted.behind,
    })
}

impl Opened {
    /// Which book it is.
    pub fn key(&self) -> BookKey {
        BookKey {
            organization: self.organization.id,
            product: self.product.id.clone(),
        }
    }

    /// Writes what the clock brought, and that the systems need something else than before; says whether that was anything. It
    /// stands in the history as somebody's where an act of theirs brought it.
    ///
    /// # Errors
    /// Database errors.
    pub async fn write_brought(
        &mut self,
        transaction: &mut Transaction,
        by: Option<AccountId>,
    ) -> Outcome<bool> {
        let mut entries = std::mem::take(&mut self.brought);
        if self.book.registered.is_some() && self.need != self.book.need {
            // As many changes as there are entries have gone before: the id is another one each time.
            let number = store::head(transaction.connection()).await?.0;
            let operation = derived(&[b"need", self.book.id.as_bytes(), &number.to_be_bytes()]);
            let changed = change_need(&mut self.book, operation, &self.need, self.today);
            entries.extend(changed.map_err(|refusal| self.problem(refusal))?);
        }
        let written = store::Written {
            organization: self.organization.id,
            product: &self.product.id,
            account: by,
            screen: "",
            at: self.now,
        };
        store::append(transaction, &written, &entries).await?;
        Ok(!entries.is_empty())
    }

    /// Numbers with the names of their types, for the words of an error.
    pub fn numbers(&self, quantities: &Quantities) -> String {
        let numbers: Vec<String> = quantities
            .iter()
            .map(|(licence_type, quantity)| format!("{quantity} {}", self.product.type_name(licence_type)))
            .collect();
        numbers.join(", ")
    }

    /// Why the rules refuse, as an error.
    pub fn problem(&self, refusal: Refusal) -> Problem {
        let code = match refusal {
            Refusal::WalletShort(missing) => {
                return Problem::new(ErrorCode::LicenceWalletShort).with("missing", self.numbers(&missing));
            }
            Refusal::BelowNeed(missing) => {
                return Problem::new(ErrorCode::LicenceBelowNeed).with("missing", self.numbers(&missing));
            }
            Refusal::BeyondNeed(surplus) => {
                return Problem::new(ErrorCode::LicenceBeyondNeed).with("surplus", self.numbers(&surplus));
            }
            Refusal::YearNotInReach(day) => {
                return Problem::new(ErrorCode::LicenceYearNotInReach).with("day", day.to_string());
            }
            Refusal::TooManyLost(limit) => {
                return Problem::new(ErrorCode::LicenceOfflineTooManyLost).with("limit", limit);
            }
            Refusal::NotOver(day) => {
                return Problem::new(ErrorCode::LicenceOfflineNotOver).with("day", day.to_string());
            }
            Refusal::Broken(breach) => return Problem::internal(format!("{breach:?}")),
            Refusal::Archived => ErrorCode::LicenceFrozen,
            Refusal::NotRegistered => ErrorCode::LicenceNotRegistered,
            Refusal::AlreadyRegistered => ErrorCode::LicenceAlreadyRegistered,
            Refusal::TrialUsed => ErrorCode::LicenceTrialUsed,
            Refusal::NoTrial => ErrorCode::LicenceNoTrial,
            Refusal::AlreadyStarted => ErrorCode::LicenceAlreadyStarted,
            Refusal::NotStarted => ErrorCode::LicenceNotStarted,
            Refusal::Ended => ErrorCode::LicenceEnded,
            Refusal::StartNotPossible => ErrorCode::LicenceStartNotPossible,
            Refusal::OutOfRange => ErrorCode::LicenceOutOfRange,
            Refusal::LotNotUsable(_) => ErrorCode::LicenceLotNotUsable,
            Refusal::NotTransferable => ErrorCode::LicenceNotTransferable,
            Refusal::SameOrganization => ErrorCode::LicenceSameOrganization,
            Refusal::NotWaiting => ErrorCode::LicenceNotWaiting,
            Refusal::NotReversible => ErrorCode::LicenceNotReversible,
            Refusal::AlreadyUsed => ErrorCode::LicenceAlreadyUsed,
            Refusal::NoDifference => ErrorCode::LicenceNoDifference,
            Refusal::NothingOffline => ErrorCode::LicenceOfflineNothing,
            Refusal::OfflinePending => ErrorCode::LicenceOfflinePending,
        };
        code.into()
    }
}
