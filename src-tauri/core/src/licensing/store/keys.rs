//! The digests of redeemed keys: only ever added, so that each key counts once (LIC-21).

use super::day;
use super::ledger::uuid_of;
use chrono::NaiveDate;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Caller, visible_organizations};
use sqlx::{AssertSqlSafe, SqliteConnection};
use uuid::Uuid;

/// Writes down that a key was redeemed; says whether it was before (LIC-21).
///
/// # Errors
/// Database errors.
pub async fn key_was_redeemed(connection: &mut SqliteConnection, digest: &str, entry: Uuid) -> Outcome<bool> {
    let inserted = sqlx::query(
        "INSERT INTO licence_key (digest, entry_id)
         SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM licence_key WHERE digest = ?1)",
    )
    .bind(digest)
    .bind(&entry.as_bytes()[..])
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 0)
}

/// Writes down that these keys are in the books without having been redeemed here, by an entry of an opening balance or of a
/// comparison; those that are known stay as they are.
///
/// # Errors
/// Database errors.
pub async fn enter_keys(connection: &mut SqliteConnection, digests: &[String], entry: Uuid) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO licence_key (digest, entry_id)
         SELECT DISTINCT value, ?2 FROM json_each(?1) WHERE value NOT IN (SELECT digest FROM licence_key)",
    )
    .bind(serde_json::to_string(digests).map_err(Problem::internal)?)
    .bind(&entry.as_bytes()[..])
    .execute(connection)
    .await?;
    Ok(())
}

/// How a key was redeemed before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// The entry.
    pub entry: Uuid,
    /// Whether it came into the books by an opening balance; otherwise it was redeemed in Flotilla, or came by a comparison.
    pub opened: bool,
    /// The product.
    pub product: String,
    /// The organization's id.
    pub organization: OrganizationId,
    /// Whether the account may see the organization that it was redeemed for; whoever may not is told nothing of it.
    pub seen: bool,
    /// By whom; empty: not known any more.
    pub name: String,
    /// For which organization.
    pub customer: String,
    /// On which day.
    pub day: NaiveDate,
}

/// How a key with one of these digests was redeemed before; none: it was not.
///
/// # Errors
/// Database errors.
pub async fn redemption(
    connection: &mut SqliteConnection,
    caller: &Caller,
    digests: &[String],
) -> Outcome<Option<Redemption>> {
    let visible = visible_organizations(caller, "e.organization_id");
    let sql = format!(
        "SELECT e.id, e.kind = 'opened' AS opened, e.product, e.organization_id, {visible} AS seen, e.day, o.name AS customer,
                coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.login, '') AS name
         FROM json_each(?) AS wanted JOIN licence_key AS k ON k.digest = wanted.value JOIN licence_entry AS e ON e.id = k.entry_id
         JOIN organization AS o ON o.id = e.organization_id LEFT JOIN person AS p ON p.account_id = e.account_id
         ORDER BY e.sequence LIMIT 1"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(serde_json::to_string(digests).map_err(Problem::internal)?)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Redemption {
            entry: uuid_of(row.take("id")?)?,
            opened: row.take("opened")?,
            product: row.take("product")?,
            organization: row.take("organization_id")?,
            seen: row.take("seen")?,
            name: row.take("name")?,
            customer: row.take("customer")?,
            day: day(row.take("day")?)?,
        })
    })
    .transpose()
}

/// Whether another key than the one with this digest was redeemed for this book and ends in the same way. Of a key that came by an
/// opening balance or a comparison no more may be known than its end; then it is taken for the same.
///
/// # Errors
/// Database errors.
pub async fn other_with_ending(
    connection: &mut SqliteConnection,
    (organization, product): (OrganizationId, &str),
    digest: &str,
    ending: &str,
) -> Outcome<bool> {
    let written = format!(
        "\"key\":{}",
        serde_json::to_string(ending).map_err(Problem::internal)?
    );
    Ok(sqlx::query_scalar(
        "SELECT NOT EXISTS (SELECT 1 FROM licence_key WHERE digest = ?3)
            AND EXISTS (SELECT 1 FROM licence_entry AS e WHERE e.organization_id = ?1 AND e.product = ?2 AND e.kind = 'redeemed'
                        AND instr(e.body, ?4) > 0)",
    )
    .bind(organization)
    .bind(product)
    .bind(digest)
    .bind(written)
    .fetch_one(connection)
    .await?)
}
