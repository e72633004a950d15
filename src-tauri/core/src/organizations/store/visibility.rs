//! Which folders an account sees: the table `visible_folder`, made of memberships, grants, the tree and archived organizations.

use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::events::VISIBILITY;
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId, ids_json};
use std::collections::BTreeSet;

/// What is to be seen of the organizations in `?1`, as `wanted`: owners and admins see every folder, operators and viewers those
/// granted to them and all below. Nobody sees an archived organization. `CROSS JOIN` keeps the order that is written: the planner,
/// which knows no numbers of rows, would begin with all folders there are, and each new organization would cost as much as all others.
const WANTED: &str = "WITH RECURSIVE
    chosen AS MATERIALIZED (SELECT o.id FROM json_each(?1) AS each JOIN organization AS o ON o.id = unhex(each.value) AND o.archived_at IS NULL),
    granted (account_id, folder_id, organization_id) AS (
        SELECT g.account_id, g.folder_id, g.organization_id FROM chosen AS c CROSS JOIN folder_grant AS g ON g.organization_id = c.id
        CROSS JOIN membership AS m ON m.organization_id = g.organization_id AND m.account_id = g.account_id AND m.role IN ('operator', 'viewer')
        UNION
        SELECT g.account_id, f.id, g.organization_id FROM granted AS g CROSS JOIN folder AS f ON f.parent_id = g.folder_id),
    wanted AS MATERIALIZED (
        SELECT account_id, folder_id, organization_id FROM granted
        UNION ALL
        SELECT m.account_id, f.id, m.organization_id FROM chosen AS c
        CROSS JOIN membership AS m ON m.organization_id = c.id AND m.role IN ('owner', 'admin') CROSS JOIN folder AS f ON f.organization_id = c.id)";

/// Makes anew what every account sees of these organizations; every function that changes memberships, grants, folders or archiving
/// calls it before its transaction ends. Gives the accounts that see other folders now; they are told.
///
/// # Errors
/// Database errors.
pub(super) async fn refresh(
    transaction: &mut Transaction,
    organizations: &[OrganizationId],
) -> Outcome<BTreeSet<AccountId>> {
    if organizations.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids = ids_json(organizations);
    let lost: Vec<AccountId> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "{WANTED} DELETE FROM visible_folder WHERE organization_id IN (SELECT unhex(value) FROM json_each(?1))
         AND (account_id, folder_id) NOT IN (SELECT account_id, folder_id FROM wanted) RETURNING account_id"
    )))
    .bind(&ids)
    .fetch_all(transaction.connection())
    .await?;
    let gained: Vec<AccountId> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "{WANTED} INSERT INTO visible_folder (account_id, folder_id, organization_id)
         SELECT account_id, folder_id, organization_id FROM wanted WHERE true ON CONFLICT DO NOTHING RETURNING account_id"
    )))
    .bind(&ids)
    .fetch_all(transaction.connection())
    .await?;
    let accounts: BTreeSet<AccountId> = lost.into_iter().chain(gained).collect();
    tell(transaction, accounts.iter().copied());
    Ok(accounts)
}

/// Tells these accounts that what they may see, or do, is something else now.
pub(super) fn tell(transaction: &mut Transaction, accounts: impl IntoIterator<Item = AccountId>) {
    let mut accounts = accounts.into_iter().map(|account| account.0).peekable();
    if accounts.peek().is_some() {
        transaction.membership_changed(VISIBILITY, accounts);
    }
}

/// Something was moved among these folders of one organization: tells the accounts that see some of them, but not all.
///
/// # Errors
/// Database errors.
pub(super) async fn moved_among(transaction: &mut Transaction, folders: &BTreeSet<FolderId>) -> Outcome<()> {
    let folders: Vec<FolderId> = folders.iter().copied().collect();
    let accounts: Vec<AccountId> = sqlx::query_scalar(
        "SELECT account_id FROM visible_folder WHERE folder_id IN (SELECT unhex(value) FROM json_each(?1))
         GROUP BY account_id HAVING count(*) < ?2",
    )
    .bind(ids_json(&folders))
    .bind(i64::try_from(folders.len()).unwrap_or(i64::MAX))
    .fetch_all(transaction.connection())
    .await?;
    tell(transaction, accounts);
    Ok(())
}
