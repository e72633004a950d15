//! What the books come to today, for lists over all organizations; made anew from a book whenever it changes.

use super::super::rules::advance;
use super::super::rules::book::Book;
use super::super::rules::calendar::day_before;
use super::super::rules::ledger::{Account, Commodity, Lot, derived};
use super::super::rules::need;
use super::super::rules::notices::next_notice;
use super::super::rules::status::{self, Status};
use super::super::types::{EndingKind, LicenceStatus, LotState, StatusKind};
use super::{book_id, day};
use chrono::NaiveDate;
use flotilla_kernel::clock::days_of;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, search_key};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OrganizationId;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BookKey {
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
}

/// The books of a zone's organizations in which something changes until this day.
///
/// # Errors
/// Database errors.
pub async fn due_books(
    connection: &mut SqliteConnection,
    zone: &str,
    until: NaiveDate,
) -> Outcome<Vec<BookKey>> {
    let rows = sqlx::query(
        "SELECT b.organization_id, b.product FROM licence_book AS b JOIN organization AS o ON o.id = b.organization_id
         WHERE o.zone = ? AND b.changes_on <= ? ORDER BY b.organization_id, b.product",
    )
    .bind(zone)
    .bind(days_of(until))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(BookKey {
                organization: row.take(0)?,
                product: row.take(1)?,
            })
        })
        .collect()
}

/// The books of an organization, or of all.
///
/// # Errors
/// Database errors.
pub async fn books_of(
    connection: &mut SqliteConnection,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<BookKey>> {
    let rows = sqlx::query("SELECT organization_id, product FROM licence_book WHERE ?1 IS NULL OR organization_id = ?1 ORDER BY organization_id, product")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(BookKey {
                organization: row.take(0)?,
                product: row.take(1)?,
            })
        })
        .collect()
}

/// Writes down what a book that was taken forward to `today` comes to.
///
/// # Errors
/// Database errors.
pub async fn rebuild(
    connection: &mut SqliteConnection,
    key: &BookKey,
    product_name: &str,
    book: &Book,
    today: NaiveDate,
) -> Outcome<()> {
    let id = book_id(key.organization, &key.product);
    for sql in [
        "DELETE FROM licence_book WHERE id = ?",
        "DELETE FROM licence_holding WHERE book_id = ?",
        "DELETE FROM licence_ending WHERE book_id = ?",
        "DELETE FROM licence_notice WHERE book_id = ?",
    ] {
        sqlx::query(sql)
            .bind(&id.as_bytes()[..])
            .execute(&mut *connection)
            .await?;
    }
    if book.is_empty() {
        return Ok(());
    }
    insert_book(connection, (id, key, product_name), book, today).await?;
    insert_holdings(connection, (id, key, product_name), book, today).await?;
    super::notices::insert(
        connection,
        (key.organization, &key.product, product_name),
        book,
        today,
    )
    .await?;
    for ending in endings(book, today) {
        let row = derived(&[b"ending", id.as_bytes(), ending.about.as_bytes()]);
        sqlx::query(
            "INSERT INTO licence_ending (id, book_id, organization_id, product, product_name, kind, day, quantity, short, key, quiet, search_key)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&row.as_bytes()[..])
        .bind(&id.as_bytes()[..])
        .bind(key.organization)
        .bind(&key.product)
        .bind(product_name)
        .bind(enum_text(&ending.kind)?)
        .bind(days_of(ending.day))
        .bind(ending.quantity)
        .bind(ending.short)
        .bind(&ending.key)
        .bind(ending.quiet)
        .bind(search_key([product_name, &ending.key]))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// How many licences can be used, over all purposes.
pub fn usable(book: &Book, today: NaiveDate) -> i64 {
    let left = |lot: &Lot| {
        if lot.shelf_end > today {
            book.of_lot(Account::Wallet, lot)
        } else {
            0
        }
    };
    book.lots.values().map(left).sum()
}

/// How many licences wait or are frozen.
pub fn held(book: &Book, lot: &Lot) -> i64 {
    [Account::Waiting, Account::FrozenWallet, Account::FrozenWaiting]
        .into_iter()
        .map(|account| book.of_lot(account, lot))
        .sum()
}

async fn insert_book(
    connection: &mut SqliteConnection,
    (id, key, product_name): (Uuid, &BookKey, &str),
    book: &Book,
    today: NaiveDate,
) -> Outcome<()> {
    let status = status::status(book, today);
    let shown = LicenceStatus::from(status);
    sqlx::query(
        "INSERT INTO licence_book (id, organization_id, product, product_name, status, status_day, shortage, next_day, need, wallet, waiting, changes_on, search_key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&id.as_bytes()[..])
    .bind(key.organization)
    .bind(&key.product)
    .bind(product_name)
    .bind(enum_text(&shown.kind)?)
    .bind(shown.date.map(days_of))
    .bind(status::shortage(book))
    .bind(status::next_date(book, today).map(days_of))
    .bind(need::total(&book.need))
    .bind(usable(book, today))
    .bind(book.lots.values().map(|lot| held(book, lot)).sum::<i64>())
    .bind(changes_on(book, status, today).map(days_of))
    .bind(search_key([product_name]))
    .execute(connection)
    .await?;
    Ok(())
}

/// The first day on which the clock brings an entry, another status or another notice.
fn changes_on(book: &Book, status: Status, today: NaiveDate) -> Option<NaiveDate> {
    let after = match status {
        Status::Trial { until }
        | Status::Started { until }
        | Status::RenewalDue { until }
        | Status::Licensed { until } => until.succ_opt(),
        _ => None,
    };
    advance::next_day(book)
        .into_iter()
        .chain(after)
        .chain(next_notice(book, today))
        .filter(|day| *day > today)
        .min()
}

async fn insert_holdings(
    connection: &mut SqliteConnection,
    (id, key, product_name): (Uuid, &BookKey, &str),
    book: &Book,
    today: NaiveDate,
) -> Outcome<()> {
    let mut order: Vec<&Lot> = book
        .lots
        .values()
        .filter(|lot| book.of_lot(Account::Wallet, lot) > 0 && lot.shelf_end > today)
        .collect();
    order.sort_by_key(|lot| (lot.shelf_end, lot.redeemed, lot.id));
    let mut allocated: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (account, commodity, amount) in book.balances() {
        if let (
            Account::Year(_) | Account::System(_) | Account::Consumed | Account::PendingOffline(_),
            Commodity::Licences { lot, .. },
        ) = (account, commodity)
        {
            *allocated.entry(*lot).or_default() += amount;
        }
    }
    for lot in book.lots.values() {
        let wallet = book.of_lot(Account::Wallet, lot);
        let waiting = held(book, lot);
        let expired = book.of_lot(Account::Expired, lot);
        let allocated = allocated.get(&lot.id).copied().unwrap_or(0);
        let place = order.iter().position(|other| other.id == lot.id);
        let state = match (place, waiting, expired) {
            (Some(_), ..) => LotState::Usable,
            (None, 1.., _) => LotState::Waiting,
            (None, _, 1..) => LotState::Expired,
            _ => LotState::UsedUp,
        };
        let signed_by = lot.issuer.as_ref();
        let (issuer_key, issuer) = signed_by.map_or(("", ""), |by| (&by.key, &by.name));
        let row = derived(&[b"holding", id.as_bytes(), lot.id.as_bytes()]);
        sqlx::query(
            "INSERT INTO licence_holding (id, book_id, organization_id, product, product_name, lot_id, key, licence_type, origin, purpose, term,
                 order_reference, redeemed, shelf_end, quantity, wallet, allocated, waiting, expired, state, place, search_key, issuer_key, issuer)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&row.as_bytes()[..])
        .bind(&id.as_bytes()[..])
        .bind(key.organization)
        .bind(&key.product)
        .bind(product_name)
        .bind(&lot.id.as_bytes()[..])
        .bind(&lot.key)
        .bind(&lot.licence_type)
        .bind(enum_text(&lot.origin)?)
        .bind(enum_text(&lot.purpose)?)
        .bind(lot.term)
        .bind(&lot.order)
        .bind(days_of(lot.redeemed))
        .bind(days_of(lot.shelf_end))
        .bind(wallet + waiting + expired + allocated)
        .bind(wallet)
        .bind(allocated)
        .bind(waiting)
        .bind(expired)
        .bind(enum_text(&state)?)
        .bind(place.and_then(|place| i64::try_from(place + 1).ok()))
        .bind(search_key([product_name, &lot.key, &lot.order, &lot.licence_type, issuer]))
        .bind(issuer_key)
        .bind(issuer)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Something that ends.
struct Ending {
    kind: EndingKind,
    about: String,
    day: NaiveDate,
    quantity: i64,
    short: i64,
    key: String,
    quiet: bool,
}

impl Ending {
    fn of(kind: EndingKind, day: NaiveDate, quantity: i64) -> Self {
        Self {
            kind,
            about: format!("{kind:?} {day}"),
            day,
            quantity,
            short: 0,
            key: String::new(),
            quiet: false,
        }
    }
}

/// Everything of a book that ends (LIC-75): its trial, its grace period, its years as far as can be allocated, shelf lives.
fn endings(book: &Book, today: NaiveDate) -> Vec<Ending> {
    let mut endings = Vec::new();
    if book.archived {
        return endings;
    }
    let live = need::total(&book.need);
    match status::status(book, today) {
        Status::Trial { until } => endings.push(Ending::of(EndingKind::Trial, until, live)),
        Status::Started { until } | Status::RenewalDue { until } => {
            let short = status::shortage(book);
            endings.push(Ending {
                short,
                ..Ending::of(EndingKind::Grace, until, live)
            });
        }
        _ => {}
    }
    if let Some(subscription) = &book.subscription
        && subscription.ended.is_none()
    {
        for year in subscription.year
            ..=subscription
                .last_in_reach(today)
                .saturating_sub(1)
                .max(subscription.year)
        {
            let ends = need::total(&book.allocated(year));
            // Where nothing is allocated nothing ends; that it is missing is said of the year before.
            if ends == 0 {
                break;
            }
            let short = need::total(&book.coverage(year + 1).short);
            let ending = Ending::of(EndingKind::Year, subscription.calendar.last_day(year), ends);
            endings.push(Ending {
                short,
                quiet: short == 0,
                ..ending
            });
        }
    }
    if let Some(subscription) = &book.subscription
        && subscription.ended.is_some()
    {
        // What it has is the last there is: no year follows.
        let last = subscription.last_in_reach(today);
        let covered = (subscription.year..=last).take_while(|year| !book.allocated(*year).is_empty());
        if let Some(year) = covered.last() {
            let ends = need::total(&book.allocated(year));
            endings.push(Ending::of(
                EndingKind::Year,
                subscription.calendar.last_day(year),
                ends,
            ));
        }
    }
    for lot in book.lots.values().filter(|lot| lot.shelf_end > today) {
        let accounts = [
            (EndingKind::ShelfLife, Account::Wallet),
            (EndingKind::WaitingShelfLife, Account::Waiting),
        ];
        for (kind, account) in accounts {
            let left = book.of_lot(account, lot);
            if left > 0 {
                let ending = Ending::of(kind, day_before(lot.shelf_end), left);
                endings.push(Ending {
                    about: format!("{kind:?} {}", lot.id),
                    key: lot.key.clone(),
                    ..ending
                });
            }
        }
    }
    endings
}

/// The status of a book as the lists have it.
///
/// # Errors
/// Database errors.
pub async fn status_shown(
    connection: &mut SqliteConnection,
    book: Uuid,
) -> Outcome<Option<(StatusKind, Option<NaiveDate>)>> {
    let row = sqlx::query("SELECT status, status_day FROM licence_book WHERE id = ?")
        .bind(&book.as_bytes()[..])
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok((
            enum_value(row.take(0)?)?,
            row.take::<Option<i64>, _>(1)?.map(day).transpose()?,
        ))
    })
    .transpose()
}

/// The name of a book's product, as the lists have it.
///
/// # Errors
/// Database errors.
pub async fn product_name(connection: &mut SqliteConnection, book: Uuid) -> Outcome<String> {
    let name: Option<String> = sqlx::query_scalar("SELECT product_name FROM licence_book WHERE id = ?")
        .bind(&book.as_bytes()[..])
        .fetch_optional(connection)
        .await?;
    Ok(name.unwrap_or_default())
}

/// How many licences can be used of an organization's wallets.
///
/// # Errors
/// Database errors.
pub async fn licences_in_wallets(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT coalesce(sum(wallet), 0) FROM licence_book WHERE organization_id = ?")
            .bind(organization)
            .fetch_one(connection)
            .await?,
    )
}

/// Those of these organizations that have entries in the ledger.
///
/// # Errors
/// Database errors.
pub async fn with_entries(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<Vec<OrganizationId>> {
    Ok(sqlx::query_scalar(
        "SELECT unhex(wanted.value) FROM json_each(?) AS wanted
         WHERE EXISTS (SELECT 1 FROM licence_entry AS e WHERE e.organization_id = unhex(wanted.value))",
    )
    .bind(flotilla_kernel::ids::ids_json(organizations))
    .fetch_all(connection)
    .await?)
}
