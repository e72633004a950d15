//! All SQL on the table `audit`.

use super::entry::Entry;
use super::rules::{Body, Chain, FORMAT, START, hash};
use crate::database::{Database, RowExt as _, Transaction, enum_text, folded_key};
use crate::error::{Outcome, Problem};
use crate::ids::{AccountId, AuditId, OrganizationId, ids_json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Appends an entry inside the act's own transaction.
///
/// # Errors
/// Database errors.
pub async fn append(
    transaction: &mut Transaction,
    account: Option<AccountId>,
    origin: &str,
    act: &str,
    entry: &Entry,
) -> Outcome<()> {
    let now = transaction.now();
    let connection = transaction.connection();
    let last = sqlx::query("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let (sequence, previous) = match last {
        Some(row) => (row.take::<i64, _>(0)? + 1, hex::encode(row.take::<&[u8], _>(1)?)),
        None => (1, hex::encode(START)),
    };
    let id = AuditId::new(now);
    let body = Body {
        format: FORMAT,
        id: Some(id),
        sequence,
        previous,
        at: now,
        account,
        organization: entry.organization,
        origin: origin.to_owned(),
        act: act.to_owned(),
        result: entry.result,
        subject: entry.subject.clone(),
        details: entry.details.clone(),
    };
    let text = serde_json::to_string(&body).map_err(Problem::internal)?;
    let details = serde_json::to_string(&entry.details).map_err(Problem::internal)?;
    sqlx::query(
        "INSERT INTO audit (id, sequence, at, account_id, organization_id, act, result, origin, subject, details, body, hash, search_key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(sequence)
    .bind(now.0)
    .bind(account)
    .bind(entry.organization)
    .bind(act)
    .bind(enum_text(&entry.result)?)
    .bind(origin)
    .bind(&entry.subject)
    .bind(&details)
    .bind(&text)
    .bind(hash(&text).to_vec())
    .bind(folded_key([act, origin, &entry.subject, &details]))
    .execute(&mut *connection)
    .await?;
    let places = entry.places();
    if !places.is_empty() {
        sqlx::query(
            "INSERT INTO audit_place (organization_id, audit_id) SELECT DISTINCT unhex(value), ?2 FROM json_each(?1)",
        )
        .bind(ids_json(&places))
        .bind(id)
        .execute(connection)
        .await?;
        transaction.membership_changed(crate::events::ACTIVITY, [id.0]);
    }
    transaction.membership_changed(crate::events::AUDIT, [id.0]);
    Ok(())
}

/// Follows the whole chain; `each` is handed every body and hash. What stands beside a body, for the list, must be what
/// was hashed, and there must be no entry outside the chain. No reader of the database is held while `each` works: what
/// was written stays as it is, so that nothing is lost between two batches.
///
/// # Errors
/// Database errors, and what `each` says. The inner error is the first entry that does not fit.
pub async fn follow(
    database: &Database,
    mut each: impl FnMut(&str, &[u8]) -> Outcome<()>,
) -> Outcome<Result<Chain, i64>> {
    let mut chain = Chain::default();
    // A number below the first would be read by nobody.
    let outside: i64 = sqlx::query_scalar("SELECT count(*) FROM audit WHERE sequence < 1")
        .fetch_one(&mut *database.read().await?)
        .await?;
    loop {
        let rows = sqlx::query(
            "SELECT id, sequence, at, account_id, organization_id, act, result, origin, subject, details, body, hash, search_key
             FROM audit WHERE sequence > ? ORDER BY sequence LIMIT 1000",
        )
        .bind(chain.entries)
        .fetch_all(&mut *database.read().await?)
        .await?;
        if rows.is_empty() {
            return Ok(if outside == 0 {
                Ok(chain)
            } else {
                Err(chain.entries + 1)
            });
        }
        for row in rows {
            let place = chain.entries + 1;
            // What is no text any more cannot be read as one.
            let (Ok(body), Ok(stored)) = (row.try_get::<&str, _>("body"), row.try_get::<&[u8], _>("hash"))
            else {
                return Ok(Err(place));
            };
            if let Err(place) = chain.follow(body, stored) {
                return Ok(Err(place));
            }
            if !shows(&row, body).unwrap_or(false) {
                return Ok(Err(place));
            }
            each(body, stored)?;
        }
    }
}

/// Whether the columns of a row show what its body says.
///
/// # Errors
/// When a column holds what no version of the program has written.
fn shows(row: &SqliteRow, body: &str) -> Outcome<bool> {
    let body: Body = serde_json::from_str(body).map_err(Problem::internal)?;
    let result = enum_text(&body.result)?;
    let details = serde_json::to_string(&body.details).map_err(Problem::internal)?;
    let key = folded_key([body.act.as_str(), &body.origin, &body.subject, &details]);
    let id: AuditId = row.try_get("id")?;
    Ok(body.id.is_none_or(|own| own == id)
        && body.sequence == row.try_get::<i64, _>("sequence")?
        && body.at.0 == row.try_get::<i64, _>("at")?
        && body.account == row.try_get::<Option<AccountId>, _>("account_id")?
        && body.organization == row.try_get::<Option<OrganizationId>, _>("organization_id")?
        && body.act == row.try_get::<&str, _>("act")?
        && result == row.try_get::<&str, _>("result")?
        && body.origin == row.try_get::<&str, _>("origin")?
        && body.subject == row.try_get::<&str, _>("subject")?
        && details == row.try_get::<&str, _>("details")?
        && key == row.try_get::<&str, _>("search_key")?)
}
