//! Notices: made anew from a book, and who does not want to see which again.

use super::super::rules::book::Book;
use super::super::rules::notices::{Notice, notices as notices_on};
use super::super::types::{LicenceNotice, NoticeList};
use super::day;
use super::ledger::uuid_of;
use chrono::NaiveDate;
use flotilla_kernel::clock::{Time, days_of};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{AccountId, OrganizationId, ids_json};
use flotilla_kernel::rights::{Caller, visible_organizations};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The notices of a book, as they are stored.
///
/// # Errors
/// Database errors.
pub async fn notices_shown(connection: &mut SqliteConnection, book: Uuid) -> Outcome<BTreeSet<Uuid>> {
    let rows = sqlx::query("SELECT id FROM licence_notice WHERE book_id = ?")
        .bind(&book.as_bytes()[..])
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| uuid_of(row.take(0)?)).collect()
}

/// Writes the notices of a book that was taken forward to `today`, where there were none.
///
/// # Errors
/// Database errors.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    (organization, product, product_name): (OrganizationId, &str, &str),
    book: &Book,
    today: NaiveDate,
) -> Outcome<()> {
    for notice in notices_on(book, today) {
        let Notice { lot, .. } = notice;
        sqlx::query(
            "INSERT INTO licence_notice (id, book_id, organization_id, product, product_name, kind, day, days, lot_id, key, licence_type, quantity)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&notice.id.as_bytes()[..])
        .bind(&book.id.as_bytes()[..])
        .bind(organization)
        .bind(product)
        .bind(product_name)
        .bind(enum_text(&notice.kind)?)
        .bind(days_of(notice.day))
        .bind(notice.days)
        .bind(lot.map(|lot| lot.as_bytes().to_vec()))
        .bind(&notice.key)
        .bind(&notice.licence_type)
        .bind(notice.quantity)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The notices that an account may see and has not dismissed, of one organization or of all, the next to end first.
///
/// # Errors
/// Database errors.
pub async fn notices(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    most: i64,
) -> Outcome<NoticeList> {
    let visible = visible_organizations(caller, "n.organization_id");
    let sql = format!(
        "SELECT n.id, n.organization_id, o.name AS customer, n.product, n.product_name, n.kind, n.day, n.lot_id, n.key, n.quantity,
            count(*) OVER () AS total
         FROM licence_notice AS n JOIN organization AS o ON o.id = n.organization_id AND o.archived_at IS NULL
         WHERE {visible} AND (?1 IS NULL OR n.organization_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM licence_notice_dismissed AS d WHERE d.account_id = ?2 AND d.notice_id = n.id)
         ORDER BY n.kind = 'grace_ends' DESC, n.day, o.order_key, n.product, n.id LIMIT ?3"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(organization)
        .bind(caller.account)
        .bind(most)
        .fetch_all(connection)
        .await?;
    let count = match rows.first() {
        Some(row) => row.take("total")?,
        None => 0,
    };
    let notices = rows
        .iter()
        .map(|row| {
            let lot: Option<Vec<u8>> = row.take("lot_id")?;
            Ok(LicenceNotice {
                id: uuid_of(row.take("id")?)?,
                organization: row.take("organization_id")?,
                customer: row.take("customer")?,
                product: row.take("product")?,
                product_name: row.take("product_name")?,
                kind: enum_value(row.take("kind")?)?,
                date: day(row.take("day")?)?,
                lot: lot.as_deref().map(uuid_of).transpose()?,
                key: row.take("key")?,
                quantity: row.take("quantity")?,
            })
        })
        .collect::<Outcome<_>>()?;
    Ok(NoticeList { notices, count })
}

/// What a notice of an organization is about; none: there is no such notice of it.
///
/// # Errors
/// Database errors.
pub async fn notice_of(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    notice: Uuid,
) -> Outcome<Option<String>> {
    Ok(
        sqlx::query_scalar("SELECT product_name FROM licence_notice WHERE id = ? AND organization_id = ?")
            .bind(&notice.as_bytes()[..])
            .bind(organization)
            .fetch_optional(connection)
            .await?,
    )
}

/// Does not show a notice to an account again.
///
/// # Errors
/// Database errors.
pub async fn dismiss_notice(
    connection: &mut SqliteConnection,
    account: AccountId,
    notice: Uuid,
    now: Time,
) -> Outcome<()> {
    sqlx::query("INSERT INTO licence_notice_dismissed (account_id, notice_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(account)
        .bind(&notice.as_bytes()[..])
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets what accounts did not want to see again.
///
/// # Errors
/// Database errors.
pub async fn forget_dismissals(connection: &mut SqliteConnection, of: &[AccountId]) -> Outcome<()> {
    sqlx::query(
        "DELETE FROM licence_notice_dismissed WHERE account_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(ids_json(of))
    .execute(connection)
    .await?;
    Ok(())
}
