//! What members with licences are told in time, each until they say that they have seen it; and where licences are bought.

use super::rules::ledger::Account;
use super::types::*;
use super::{store, versions};
use flotilla_kernel::audit;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::feature::ArchiveNumber;
use flotilla_kernel::ids::{AccountId, OrganizationId};
use sqlx::SqliteConnection;

/// So many notices are given at once; how many there are is said.
const MOST: i64 = 50;

/// The notices of what the account may see, but those that it does not want to see again (LIC-17, LIC-22).
///
/// # Errors
/// Database errors.
pub async fn notices(call: &Call, arguments: NoticesArgument) -> Outcome<NoticeList> {
    let mut connection = call.workspace.database.read().await?;
    store::notices(&mut connection, call.caller()?, arguments.organization, MOST).await
}

/// Does not show a notice to this account again. Others still see it.
///
/// # Errors
/// `not-found` when there is no such notice of the organization.
pub async fn dismiss(call: &Call, arguments: DismissNotice) -> Outcome<Nothing> {
    let account = call.caller()?.account;
    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let (organization, notice) = (arguments.organization, arguments.notice);
    let about = store::notice_of(transaction.connection(), organization, notice).await?;
    let about = about.ok_or(ErrorCode::NotFound)?;
    store::dismiss_notice(transaction.connection(), account, notice, now).await?;
    transaction.changed(CHANGES, [organization.0]);
    let entry = audit::Entry::done().organization(organization).subject(about);
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// What accounts did not want to see again goes with them.
///
/// # Errors
/// Database errors.
pub async fn forget_accounts(transaction: &mut Transaction, accounts: &[AccountId]) -> Outcome<()> {
    store::forget_dismissals(transaction.connection(), accounts).await
}

/// Where a product is bought, and whom to ask (LIC-77).
///
/// # Errors
/// `licence.product-unknown`
pub async fn where_to_buy(call: &Call, arguments: ProductArgument) -> Outcome<WhereToBuy> {
    let mut connection = call.workspace.database.read().await?;
    let versions = versions::versions(&call.workspace, &mut connection).await?;
    let product = versions.newest()?.catalogue.product(&arguments.product)?;
    let preferences = call.workspace.preferences::<LicencePreferences>();
    let pages = [
        (BuyAt::Product, product.where_to_buy.trim()),
        (BuyAt::Reseller, preferences.reseller_web.trim()),
    ];
    Ok(WhereToBuy {
        addresses: pages
            .into_iter()
            .filter(|(_, url)| !url.is_empty())
            .map(|(of, url)| BuyAddress {
                of,
                url: url.to_owned(),
            })
            .collect(),
        reseller: (!preferences.reseller_name.trim().is_empty()).then(|| Reseller {
            name: preferences.reseller_name.trim().to_owned(),
            telephone: preferences.reseller_telephone.trim().to_owned(),
            email: preferences.reseller_email.trim().to_owned(),
        }),
    })
}

/// What archiving an organization freezes: licences in its wallets, and subscriptions whose years run on (ORG-06).
///
/// # Errors
/// Database errors.
pub async fn archive_numbers(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<ArchiveNumber>> {
    let licences = store::licences_in_wallets(connection, organization).await?;
    let (mut subscriptions, mut waiting, mut hardware) = (0, 0, 0);
    for key in store::books_of(connection, Some(organization)).await? {
        let book = store::load(connection, organization, &key.product).await?;
        let runs = book
            .subscription
            .as_ref()
            .is_some_and(|known| known.ended.is_none());
        subscriptions += i64::from(runs);
        waiting += book
            .balances()
            .filter(|(account, ..)| matches!(account, Account::Waiting))
            .map(|(.., amount)| amount)
            .sum::<i64>();
        for device in store::active_hardware(connection, organization, &key.product).await? {
            hardware += device.licences.values().sum::<i64>();
        }
    }
    Ok(vec![
        ArchiveNumber {
            name: "wallet_licences",
            count: licences,
        },
        ArchiveNumber {
            name: "subscriptions",
            count: subscriptions,
        },
        ArchiveNumber {
            name: "waiting_licences",
            count: waiting,
        },
        ArchiveNumber {
            name: "hardware_licences",
            count: hardware,
        },
    ])
}
