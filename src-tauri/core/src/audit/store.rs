//! The rows of the audit log's list; the log itself is written and checked by the kernel.

use super::types::{ActivityRow, AuditRow};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_value, readable};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::ids_json;
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use uuid::Uuid;

/// The rows of these ids, in their order; people by their names of today.
///
/// # Errors
/// Database errors.
pub async fn window(connection: &mut SqliteConnection, ids: &[Uuid]) -> Outcome<Vec<AuditRow>> {
    let rows = sqlx::query(
        "SELECT a.id, a.sequence, a.at, a.origin, a.act, a.subject, a.result, a.details,
                coalesce(p.login, CASE WHEN a.account_id IS NULL THEN '' ELSE lower(hex(a.account_id)) END) AS who,
                coalesce(o.name, '') AS organization, coalesce(s.login, '') AS subject_login
         FROM json_each(?) AS wanted
         JOIN audit AS a ON a.id = unhex(wanted.value)
         LEFT JOIN person AS p ON p.account_id = a.account_id
         LEFT JOIN organization AS o ON o.id = a.organization_id
         LEFT JOIN person AS s ON a.subject LIKE 'account:%' AND s.account_id = unhex(replace(substr(a.subject, 9), '-', ''))
         ORDER BY wanted.key",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "entry of the audit log", |row| {
        let subject_login: String = row.take("subject_login")?;
        Ok(AuditRow {
            id: row.take("id")?,
            sequence: row.take("sequence")?,
            at: Time(row.take("at")?),
            who: row.take("who")?,
            origin: row.take("origin")?,
            act: row.take("act")?,
            organization: row.take("organization")?,
            subject: if subject_login.is_empty() {
                row.take("subject")?
            } else {
                subject_login
            },
            result: enum_value(row.take("result")?)?,
            details: row.take("details")?,
        })
    }))
}

/// The entries of these ids that stand in the history of an organization the account may see, in their order (ORG-30).
///
/// # Errors
/// Database errors.
pub async fn activity(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<ActivityRow>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT a.id, a.at, a.act, a.subject, a.result, {} AS details,
                coalesce(p.login, CASE WHEN a.account_id IS NULL THEN '' ELSE lower(hex(a.account_id)) END) AS who,
                coalesce(s.login, '') AS subject_login
         FROM json_each(?) AS wanted
         JOIN audit AS a ON a.id = unhex(wanted.value)
         LEFT JOIN person AS p ON p.account_id = a.account_id
         LEFT JOIN person AS s ON a.subject LIKE 'account:%' AND s.account_id = unhex(replace(substr(a.subject, 9), '-', ''))
         WHERE EXISTS (SELECT 1 FROM audit_place AS h WHERE h.audit_id = a.id AND {})
         ORDER BY wanted.key",
        super::list::ACTIVITY_DETAILS,
        rights::visible_activity(caller, "a", "h.organization_id")
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "entry of the audit log", |row| {
        let subject_login: String = row.take("subject_login")?;
        Ok(ActivityRow {
            id: row.take("id")?,
            at: Time(row.take("at")?),
            who: row.take("who")?,
            act: row.take("act")?,
            subject: if subject_login.is_empty() {
                row.take("subject")?
            } else {
                subject_login
            },
            result: enum_value(row.take("result")?)?,
            details: row.take("details")?,
        })
    }))
}
