//! The rows in view of the lists.

use super::super::rules::calendar::day_before;
use super::super::rules::ledger::Event;
use super::super::types::{EndingRow, HistoryRow, LicenceRow, LotRow};
use super::ledger::{Body, uuid_of};
use super::{day, load};
use chrono::NaiveDate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_value};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{OrganizationId, ids_json};
use flotilla_kernel::rights::{Caller, visible_organizations};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;

async fn rows(
    connection: &mut SqliteConnection,
    caller: &Caller,
    (columns, table, alias): (&str, &str, &str),
    ids: &[Uuid],
) -> Outcome<Vec<SqliteRow>> {
    let visible = visible_organizations(caller, &format!("{alias}.organization_id"));
    let sql = format!(
        "SELECT {columns}, o.name AS customer FROM json_each(?1) AS wanted JOIN {table} AS {alias} ON {alias}.id = unhex(wanted.value)
         JOIN organization AS o ON o.id = {alias}.organization_id AND o.archived_at IS NULL
         LEFT JOIN licence_book AS b ON b.organization_id = {alias}.organization_id AND b.product = {alias}.product
         LEFT JOIN person AS p ON p.account_id = {account} WHERE {visible} ORDER BY wanted.key",
        account = if alias == "e" { "e.account_id" } else { "NULL" },
    );
    Ok(sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(ids))
        .fetch_all(connection)
        .await?)
}

fn date(row: &SqliteRow, column: &str) -> Outcome<NaiveDate> {
    day(row.take(column)?)
}

fn date_or_none(row: &SqliteRow, column: &str) -> Outcome<Option<NaiveDate>> {
    row.take::<Option<i64>, _>(column)?.map(day).transpose()
}

/// The registered products of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn licences_window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<LicenceRow>> {
    let columns = "l.id, l.organization_id, l.product, l.product_name, l.status, l.status_day, l.shortage, l.next_day, l.need, l.wallet, l.waiting";
    rows(connection, caller, (columns, "licence_book", "l"), ids)
        .await?
        .iter()
        .map(|row| {
            Ok(LicenceRow {
                id: uuid_of(row.take("id")?)?,
                organization: row.take("organization_id")?,
                customer: row.take("customer")?,
                product: row.take("product")?,
                product_name: row.take("product_name")?,
                status: enum_value(row.take("status")?)?,
                status_date: date_or_none(row, "status_day")?,
                shortage: row.take("shortage")?,
                next_date: date_or_none(row, "next_day")?,
                need: row.take("need")?,
                wallet: row.take("wallet")?,
                waiting: row.take("waiting")?,
            })
        })
        .collect()
}

/// The lots of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn lots_window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<LotRow>> {
    let columns = "h.*, EXISTS (SELECT 1 FROM licence_issuer AS i WHERE i.key_id = h.issuer_key AND i.standing = 'revoked') AS issuer_revoked";
    rows(connection, caller, (columns, "licence_holding", "h"), ids)
        .await?
        .iter()
        .map(|row| {
            Ok(LotRow {
                id: uuid_of(row.take("id")?)?,
                lot: uuid_of(row.take("lot_id")?)?,
                organization: row.take("organization_id")?,
                customer: row.take("customer")?,
                product: row.take("product")?,
                product_name: row.take("product_name")?,
                key: row.take("key")?,
                licence_type: row.take("licence_type")?,
                origin: enum_value(row.take("origin")?)?,
                purpose: enum_value(row.take("purpose")?)?,
                term: row.take("term")?,
                order: row.take("order_reference")?,
                redeemed: date(row, "redeemed")?,
                shelf_end: day_before(date(row, "shelf_end")?),
                quantity: row.take("quantity")?,
                left: row.take("wallet")?,
                allocated: row.take("allocated")?,
                waiting: row.take("waiting")?,
                expired: row.take("expired")?,
                state: enum_value(row.take("state")?)?,
                place: row.take("place")?,
                issuer: row.take("issuer")?,
                issuer_revoked: row.take("issuer_revoked")?,
            })
        })
        .collect()
}

/// The entries of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn history_window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<HistoryRow>> {
    let columns = "e.id, e.sequence, e.organization_id, e.product, coalesce(b.product_name, e.product) AS product_name, e.day, e.at,
        coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.login, '') AS account_name, e.kind, e.wallet, e.reason, e.screen, e.body,
        EXISTS (SELECT 1 FROM licence_entry AS r WHERE r.organization_id = e.organization_id AND r.product = e.product AND r.kind = 'reversed'
                AND json_extract(r.body, '$.event.entry') = json_extract(e.body, '$.id')) AS reversed";
    let found = rows(&mut *connection, caller, (columns, "licence_entry", "e"), ids).await?;
    let mut present: HashMap<(OrganizationId, String), u32> = HashMap::new();
    for row in &found {
        let (organization, product): (OrganizationId, String) =
            (row.take("organization_id")?, row.take("product")?);
        if let Entry::Vacant(place) = present.entry((organization, product)) {
            let (organization, product) = place.key();
            let book = load(connection, *organization, product).await?;
            place.insert(book.subscription.map_or(0, |subscription| subscription.year));
        }
    }
    found
        .iter()
        .map(|row| {
            let body: Body = serde_json::from_str(row.take("body")?).map_err(Problem::internal)?;
            let key = (row.take("organization_id")?, row.take::<String, _>("product")?);
            let year = present.get(&key).copied().unwrap_or(0);
            let reversed: bool = row.take("reversed")?;
            Ok(HistoryRow {
                id: uuid_of(row.take("id")?)?,
                number: row.take("sequence")?,
                organization: row.take("organization_id")?,
                customer: row.take("customer")?,
                product: row.take("product")?,
                product_name: row.take("product_name")?,
                day: date(row, "day")?,
                at: Time(row.take("at")?),
                account_name: row.take("account_name")?,
                kind: row.take("kind")?,
                wallet: row.take("wallet")?,
                reason: row.take("reason")?,
                screen: row.take("screen")?,
                reversible: !reversed && is_reversible(&body.event, year),
                event: serde_json::to_value(&body.event).map_err(Problem::internal)?,
                reversed,
            })
        })
        .collect()
}

/// Whether an entry of this kind can be taken back at all (LIC-65): an allocation only to years after the present one.
fn is_reversible(event: &Event, present: u32) -> bool {
    use super::super::rules::ledger::LotOrigin::Declared;
    match event {
        Event::Allocated { lines, .. } => lines.iter().any(|line| line.year > present),
        Event::Opened { .. } | Event::ExpansionAllocated { .. } | Event::Ended { .. } => true,
        Event::Redeemed { lots, .. } => lots.iter().all(|lot| lot.lot.origin == Declared),
        _ => false,
    }
}

/// What ends, of these ids, as far as the account may see it, in their order.
///
/// # Errors
/// Database errors.
pub async fn endings_window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<EndingRow>> {
    rows(
        connection,
        caller,
        ("n.*, coalesce(b.wallet, 0) AS wallet", "licence_ending", "n"),
        ids,
    )
    .await?
    .iter()
    .map(|row| {
        Ok(EndingRow {
            id: uuid_of(row.take("id")?)?,
            organization: row.take("organization_id")?,
            customer: row.take("customer")?,
            product: row.take("product")?,
            product_name: row.take("product_name")?,
            kind: enum_value(row.take("kind")?)?,
            date: date(row, "day")?,
            quantity: row.take("quantity")?,
            short: row.take("short")?,
            wallet: row.take("wallet")?,
            key: row.take("key")?,
            quiet: row.take("quiet")?,
        })
    })
    .collect()
}
