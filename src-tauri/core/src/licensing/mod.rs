//! The licence wallet (`05-licensing.md`): registered products, subscriptions, keys, allocation, transfers, and exact books of it all.
//!
//! There is one ledger: whatever happens, also what the clock brings, is an entry with postings, and is never changed. A
//! [`rules::book::Book`] is what the entries of one product of one organization come to; everything on screen is read from it. The
//! rules are pure; day and catalogue are passed in. What lists need over all organizations is kept beside the ledger and made anew
//! from it ([`store::rebuild`]).

mod acting;
pub mod administration;
pub mod catalogue;
pub mod clock;
pub mod commands;
pub mod details;
pub mod formats;
pub mod hardware;
pub mod issuers;
pub mod journal;
mod key_text;
pub mod list;
pub mod mending;
pub mod notices;
pub mod offline;
mod opened;
pub mod plans;
pub mod preferences;
pub mod reconciling;
pub mod redeeming;
pub mod rules;
pub mod service;
pub mod signed;
pub mod soundness;
pub mod store;
pub mod types;
mod versions;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::feature::{ChangeSpec, Deletion, FeatureSpec, Kept, SeenBy, SubjectChange};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use flotilla_kernel::transfer::Download;
use sqlx::SqliteConnection;
use types::*;

flotilla_kernel::commands! {
    query "licences.index" SignedIn details::licences_index(ListQuery) -> Packed;
    query "licences.window" SignedIn details::licences_window(WindowArgument) -> Vec<LicenceRow>;
    query "licence_lots.index" SignedIn details::lots_index(ListQuery) -> Packed;
    query "licence_lots.window" SignedIn details::lots_window(WindowArgument) -> Vec<LotRow>;
    query "licence_history.index" SignedIn details::history_index(ListQuery) -> Packed;
    query "licence_history.window" SignedIn details::history_window(WindowArgument) -> Vec<HistoryRow>;
    query "licence_endings.index" SignedIn details::endings_index(ListQuery) -> Packed;
    query "licence_endings.window" SignedIn details::endings_window(WindowArgument) -> Vec<EndingRow>;
    query "licences.products" In(SeeLicences) details::products(ProductsArgument) -> ProductList;
    query "licences.product" In(SeeLicences) details::product(ProductArgument) -> ProductDetails;
    query "licences.postings" In(SeeLicences) details::postings(PostingsArgument) -> Vec<PostingRow>;
    query "licences.plan_allocation" In(SeeLicences) plans::plan_allocation(PlanAllocation) -> AllocationPlan;
    query "licences.plan_transfer" In(ManageLicences) plans::plan_transfer(PlanTransfer) -> TransferPlan;
    query "licences.notices" SignedIn notices::notices(NoticesArgument) -> NoticeList;
    query "licences.where_to_buy" In(SeeLicences) notices::where_to_buy(ProductArgument) -> WhereToBuy;
    act "licences.dismiss_notice" In(SeeLicences) notices::dismiss(DismissNotice) -> Nothing;
    act "licences.register" In(ManageLicences) commands::register(PlainAct) -> Receipt;
    act "licences.start_trial" In(ManageLicences) commands::start_trial(PlainAct) -> Receipt;
    act "licences.start" In(ManageLicences) commands::start(StartSubscription) -> Receipt;
    query "licences.read_keys" In(ManageLicences) redeeming::read_keys(ReadKeys) -> Vec<KeyReading>;
    act "licences.redeem" In(ManageLicences) redeeming::redeem(RedeemKeys) -> Receipt;
    act "licences.redeem_declared" In(ManageLicences) redeeming::redeem_declared(RedeemDeclared) -> Receipt;
    act "licences.allocate" In(ManageLicences) commands::allocate(Allocate) -> Receipt;
    act "licences.transfer" In(ManageLicences) commands::transfer(TransferLicences) -> Receipt;
    act "licences.recall" In(ManageLicences) commands::recall(RecallTransfer) -> Receipt;
    act "licences.allocate_to_system" In(ManageLicences) commands::allocate_to_system(AllocateToSystem) -> Receipt;
    act "licences.use_upgrade" In(ManageLicences) commands::use_upgrade(UseUpgrade) -> Receipt;
    act "licences.set_requirement" In(ManageLicences) commands::set_requirement(SetRequirement) -> Receipt;
    act "licences.open" In(ManageLicences) mending::open(OpenSubscription) -> Receipt;
    act "licences.end" In(ManageLicences) mending::end(EndSubscription) -> Receipt;
    query "licences.compare" In(ManageLicences) reconciling::compare(CompareLicences) -> Vec<BookDifference>;
    act "licences.reconcile" In(ManageLicences) reconciling::reconcile(ReconcileLicences) -> Receipt;
    act "licences.reverse" In(ManageLicences) mending::reverse(ReverseEntry) -> Receipt;
    query "licences.offline_systems" In(SeeLicences) offline::view::systems(ProductArgument) -> OfflineSystems;
    query "licences.plan_offline" In(SeeLicences) offline::answers::plan(PlanOffline) -> OfflinePlan;
    act "licences.read_system_file" In(ManageLicences) offline::reading::read_system_file(ReadSystemFile) -> SystemFilePreview;
    act "licences.accept_system_file" In(ManageLicences) offline::requests::accept(AcceptSystemFile) -> Receipt;
    act "licences.issue_offline" In(ManageLicences) offline::answers::issue(IssueOffline) -> Receipt;
    act "licences.save_offline" In(ManageLicences) offline::answers::save(SaveOffline) -> Download;
    act "licences.save_issuer" In(ManageLicences) offline::issuer::save_issuer(SaveIssuer) -> Download;
    act "licences.confirm_offline" In(ManageLicences) offline::outcomes::confirm(ConfirmOffline) -> Receipt;
    act "licences.attest_offline" In(ManageLicences) offline::outcomes::attest(AttestOffline) -> Receipt;
    act "licences.lapse_offline" In(ManageLicences) offline::outcomes::lapse(LapseOffline) -> Receipt;
    act "licences.register_hardware" In(ManageLicences) hardware::register(RegisterHardware) -> Receipt;
    act "licences.remove_hardware" In(ManageLicences) hardware::remove(RemoveHardware) -> Receipt;
    act "licences.export" In(SeeLicences) journal::export(ExportLedger) -> Download;
    query "licences.ledger" SignedIn administration::ledger(Nothing) -> LedgerState;
    query "licences.check" Administrator administration::check(Nothing) -> LedgerCheck;
    query "licence_catalogue.read" SignedIn administration::read_catalogue(Nothing) -> CatalogueView;
    act "licence_catalogue.save" Administrator administration::save_catalogue(SaveCatalogue) -> CatalogueView;
    query "licence_issuers.read" Administrator issuers::read(Nothing) -> Vec<LicenceIssuer>;
    query "licence_issuers.preview" Administrator issuers::preview(IssuerFile) -> IssuerPreview;
    act "licence_issuers.add" Administrator issuers::add(IssuerFile) -> LicenceIssuer;
    act "licence_issuers.revoke" Administrator issuers::revoke(DecideIssuer) -> LicenceIssuer;
    act "licence_issuers.restore" Administrator issuers::restore(DecideIssuer) -> LicenceIssuer;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::LICENCES, &list::LOTS, &list::HISTORY, &list::ENDINGS],
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Organizations,
    }],
    services: &[ServiceSpec {
        name: ServiceName("licences"),
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: true,
        shown: None,
    }],
    preferences: &[PreferencePart::of::<LicencePreferences>()],
    on_change: |transaction, change| Box::pin(follow(transaction, change)),
    archive_numbers: |connection, organization| Box::pin(notices::archive_numbers(connection, organization)),
    keeps: |connection, organizations| Box::pin(keeps(connection, organizations)),
    before_delete: |transaction, deletion| Box::pin(let_go(transaction, deletion)),
    ..FeatureSpec::new("licensing")
};

/// The licences of archived organizations are frozen (ORG-06).
async fn follow(transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
    match change {
        SubjectChange::Archived(organizations) => service::follow_archiving(transaction, organizations).await,
        SubjectChange::Organization(_)
        | SubjectChange::Operators(_)
        | SubjectChange::Folder(_)
        | SubjectChange::Systems(_) => Ok(()),
    }
}

/// Organizations with entries in the ledger.
async fn keeps(connection: &mut SqliteConnection, organizations: &[OrganizationId]) -> Outcome<Kept> {
    let kept = store::with_entries(connection, organizations).await?;
    Ok(kept
        .into_iter()
        .map(|id| (id, ErrorCode::LicenceHasLedger))
        .collect())
}

/// Nothing is deleted from under the ledger: an organization that has entries is archived instead. The licences of hardware that is no
/// longer managed are suspended (LIC-40).
async fn let_go(transaction: &mut Transaction, deletion: &Deletion) -> Outcome<()> {
    let organizations = match deletion {
        Deletion::Organizations(organizations) => organizations,
        Deletion::Accounts { ids, .. } => return notices::forget_accounts(transaction, ids).await,
        Deletion::Systems { ids, by } => return service::suspend_hardware(transaction, ids, *by).await,
        Deletion::Packages(_) | Deletion::Folder { .. } => return Ok(()),
    };
    if !store::with_entries(transaction.connection(), organizations)
        .await?
        .is_empty()
    {
        return Err(ErrorCode::LicenceHasLedger.into());
    }
    store::forget_requirements(transaction.connection(), organizations).await
}
