//! What is asked about licences: lists, a product in detail, what an act would come to.

use super::opened::{self, Opened};
use super::rules::book::{Book, Subscription};
use super::rules::calendar::{day_before, later_by_days};
use super::rules::ledger::{Account, Lot, Purpose};
use super::rules::need::{self, Quantities};
use super::rules::status;
use super::types::*;
use super::{clock, list, store, versions};
use chrono::NaiveDate;
use flotilla_kernel::call::{Call, Packed};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::lists::{ListDefinition, window_ids};
use flotilla_kernel::rights::{Admission, Right};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Shelf lives that end within so many days are said to end soon (LIC-22).
const SOON: u32 = 90;
/// So many years that are over are shown.
const PAST_YEARS: u32 = 2;

async fn index(call: &Call, definition: &'static ListDefinition, query: &ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(&call.workspace.database, call.caller()?, definition, query)
        .await
        .map(Packed)
}

/// Ids of the registered products that match, in order.
pub async fn licences_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    index(call, &list::LICENCES, &query).await
}

/// The registered products in view.
pub async fn licences_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<LicenceRow>> {
    let ids = window_ids(&arguments)?;
    store::licences_window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Ids of the lots that match, in order.
pub async fn lots_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    index(call, &list::LOTS, &query).await
}

/// The lots in view.
pub async fn lots_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<LotRow>> {
    let ids = window_ids(&arguments)?;
    store::lots_window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Ids of the entries that match, in order (LIC-62).
pub async fn history_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    index(call, &list::HISTORY, &query).await
}

/// The entries in view.
pub async fn history_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<HistoryRow>> {
    let ids = window_ids(&arguments)?;
    store::history_window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Ids of what ends and matches, in order (LIC-75).
pub async fn endings_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    index(call, &list::ENDINGS, &query).await
}

/// What ends, in view.
pub async fn endings_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<EndingRow>> {
    let ids = window_ids(&arguments)?;
    store::endings_window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// The postings behind a number (LIC-60).
///
/// # Errors
/// Database errors.
pub async fn postings(call: &Call, arguments: PostingsArgument) -> Outcome<Vec<PostingRow>> {
    store::postings(&mut *call.workspace.database.read().await?, &arguments).await
}

/// Every product of the catalogue, as the organization has it (LIC-03).
///
/// # Errors
/// `licence.ledger-differs`
pub async fn products(call: &Call, arguments: ProductsArgument) -> Outcome<ProductList> {
    let mut connection = call.workspace.database.read().await?;
    let organization = store::organization(&mut connection, arguments.organization).await?;
    let versions = versions::versions(&call.workspace, &mut connection).await?;
    let trusted = clock::trusted(&call.workspace, &mut connection).await?;
    let mut products = Vec::new();
    for product in &versions.newest()?.catalogue.products {
        let opened = opened::open(
            &call.workspace,
            &mut connection,
            arguments.organization,
            &product.id,
        )
        .await?;
        products.push(line(&opened));
    }
    Ok(ProductList {
        today: trusted.now.date_in(organization.zone),
        clock_behind: trusted.behind,
        products,
    })
}

fn line(opened: &Opened) -> ProductLine {
    let Opened {
        book, product, today, ..
    } = opened;
    ProductLine {
        product: product.id.clone(),
        name: product.name.clone(),
        status: status::status(book, *today).into(),
        next_date: status::next_date(book, *today),
        shortage: status::shortage(book),
        wallet: usable(book, *today).iter().map(|(_, left)| left).sum(),
        waiting: book
            .lots
            .values()
            .map(|lot| book.of_lot(Account::Waiting, lot))
            .sum(),
        where_to_buy: product.where_to_buy.clone(),
    }
}

/// What can be used of the wallet, for whatever purpose.
fn usable(book: &Book, today: NaiveDate) -> Vec<(&Lot, i64)> {
    [Purpose::Subscription, Purpose::Expansion, Purpose::Upgrade]
        .into_iter()
        .flat_map(|purpose| book.wallet(purpose, today))
        .collect()
}

pub(super) fn types(quantities: &Quantities) -> Vec<TypeQuantity> {
    quantities
        .iter()
        .map(|(licence_type, quantity)| TypeQuantity {
            licence_type: licence_type.clone(),
            quantity: *quantity,
        })
        .collect()
}

/// Everything about one product of an organization (LIC-03).
///
/// # Errors
/// `licence.product-unknown`, `licence.ledger-differs`
pub async fn product(call: &Call, arguments: ProductArgument) -> Outcome<ProductDetails> {
    let mut connection = call.workspace.database.read().await?;
    let opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    let common_starts = common_starts(call, &mut connection, &opened).await?;
    let waiting = waiting(call, &mut connection, &opened).await?;
    let sent = sent(call, &mut connection, &opened).await?;
    let (organization, known) = (opened.organization.id, &opened.ruling);
    let needs = store::needs(&mut connection, organization, known, &opened.book).await?;
    let need_parts = needs
        .parts()
        .into_iter()
        .map(|(licence_type, source, quantity)| NeedPart {
            licence_type,
            source,
            quantity,
        });
    let Opened { book, today, .. } = &opened;
    let today = *today;
    let usable = usable(book, today);
    let mut by_term: BTreeMap<(String, u32), i64> = BTreeMap::new();
    for (lot, left) in &usable {
        *by_term.entry((lot.licence_type.clone(), lot.term)).or_default() += left;
    }
    let line = line(&opened);
    let residuals: Quantities = opened
        .product
        .types
        .iter()
        .map(|known| (known.id.clone(), book.residual(&known.id)))
        .filter(|(_, days)| *days != 0)
        .collect();
    Ok(ProductDetails {
        organization: opened.organization.id,
        customer: opened.organization.name.clone(),
        product: line.product,
        name: line.name,
        today,
        clock_behind: opened.behind,
        status: line.status,
        next_date: line.next_date,
        shortage: line.shortage,
        registered: book.registered,
        trial: book.trial.map(|trial| TrialDates {
            start: trial.start,
            until: day_before(trial.end()),
        }),
        subscription: book
            .subscription
            .as_ref()
            .map(|known| subscription(book, known, today)),
        common_starts,
        terms: terms(&opened),
        need: types(&opened.need),
        need_parts: need_parts.collect(),
        need_pending: book.registered.is_some() && opened.need != book.need,
        wallet: by_term
            .into_iter()
            .map(|((licence_type, term), quantity)| TermQuantity {
                licence_type,
                term,
                quantity,
            })
            .collect(),
        licence_years: usable.iter().map(|(lot, left)| left * i64::from(lot.term)).sum(),
        ending: ending_soon(&usable, today),
        residuals: types(&residuals),
        waiting,
        sent,
        where_to_buy: line.where_to_buy,
    })
}

fn ending_soon(usable: &[(&Lot, i64)], today: NaiveDate) -> Option<EndingSoon> {
    let until = later_by_days(today, SOON);
    let soon = || usable.iter().filter(|(lot, _)| lot.shelf_end <= until);
    let first = soon().map(|(lot, _)| day_before(lot.shelf_end)).min()?;
    Some(EndingSoon {
        quantity: soon().map(|(_, left)| left).sum(),
        first,
    })
}

/// What holds for the product here: a running subscription goes by what it began its year with (LIC-01).
fn terms(opened: &Opened) -> ProductTerms {
    let Opened {
        book,
        terms,
        ruling: product,
        ..
    } = opened;
    let running = book.subscription.as_ref().filter(|known| known.ended.is_none());
    let terms = running.map_or(terms, |running| &running.terms);
    ProductTerms {
        catalogue: terms.catalogue,
        trial_days: terms.trial_days,
        grace_days: terms.grace_days,
        storage_years: terms.storage_years,
        ahead_years: terms.ahead_years,
        tolerance_percent: terms.tolerance_percent,
        transferable: terms.transferable,
        terms: product.terms.clone(),
        types: product
            .types
            .iter()
            .map(|known| TypeName {
                licence_type: known.id.clone(),
                name: known.name.clone(),
                by_hand: known.need == super::catalogue::NeedRule::ByHand,
            })
            .collect(),
    }
}

fn subscription(book: &Book, known: &Subscription, today: NaiveDate) -> SubscriptionDetails {
    let first = known.year.saturating_sub(PAST_YEARS).max(known.first_year);
    let last = if known.ended.is_some() {
        known.year
    } else {
        known.last_in_reach(today)
    };
    SubscriptionDetails {
        start: known.calendar.start(),
        first_day: known.first_day,
        year: known.year,
        catalogue: known.terms.catalogue,
        ended: known.ended,
        years: (first..=last)
            .map(|number| year(book, known, number, today))
            .collect(),
    }
}

fn year(book: &Book, subscription: &Subscription, number: u32, today: NaiveDate) -> YearDetails {
    let known = subscription.years.get(&number).copied();
    let allocated = book.allocated(number);
    let past = number < subscription.year;
    let coverage = if past {
        need::Coverage::default()
    } else {
        book.coverage(number)
    };
    // Of a year whose need is frozen nothing is short but what it has grown beyond its allowance (LIC-17).
    let short = if past {
        Quantities::new()
    } else {
        book.to_allocate(number)
    };
    let live = if past {
        Quantities::new()
    } else {
        book.need.clone()
    };
    let names: BTreeSet<&String> = live.keys().chain(allocated.keys()).collect();
    let grace_end = subscription.grace_end(number);
    let licensed = known.is_some_and(|year| year.licensed.is_some());
    let state = if past {
        YearState::Past
    } else if licensed || (number > subscription.year && book.is_licensed(number)) {
        YearState::Licensed
    } else if need::total(&book.need) == 0 {
        YearState::NothingNeeded
    } else if number > subscription.year {
        if allocated.is_empty() {
            YearState::NotAllocated
        } else {
            YearState::Short
        }
    } else if grace_end.is_some_and(|end| today < end) {
        YearState::Grace
    } else {
        YearState::Unlicensed
    };
    YearDetails {
        year: number,
        from: subscription.first_day_of(number),
        until: subscription.calendar.last_day(number),
        state,
        grace_until: grace_end.map(day_before),
        frozen: known.and_then(|year| year.licensed).map(|(_, frozen)| frozen),
        types: names
            .into_iter()
            .map(|name| YearType {
                licence_type: name.clone(),
                need: need::of(&live, name),
                allocated: need::of(&allocated, name),
                short: need::of(&short, name),
                surplus: need::of(&coverage.surplus, name),
            })
            .collect(),
    }
}

/// The running subscriptions of the organization's other products, the one with most of them in common first.
async fn common_starts(
    call: &Call,
    connection: &mut SqliteConnection,
    opened: &Opened,
) -> Outcome<Vec<CommonStart>> {
    let versions = versions::versions(&call.workspace, connection).await?;
    let mut starts = Vec::new();
    for key in store::books_of(connection, Some(opened.organization.id)).await? {
        if key.product == opened.product.id {
            continue;
        }
        let book = store::load(connection, key.organization, &key.product).await?;
        let Some(other) = book.subscription.filter(|other| other.ended.is_none()) else {
            continue;
        };
        let name = versions
            .newest()?
            .catalogue
            .product(&key.product)
            .map_or(key.product.clone(), |known| known.name.clone());
        let year = other.calendar.year_of(opened.today).unwrap_or(0);
        starts.push(CommonStart {
            product: key.product,
            name,
            start: other.calendar.start(),
            next: other.calendar.anniversary(year + 1),
        });
    }
    let count = |start: &CommonStart| starts.iter().filter(|other| other.next == start.next).count();
    let counts: BTreeMap<String, usize> = starts
        .iter()
        .map(|start| (start.product.clone(), count(start)))
        .collect();
    starts.sort_by_key(|start| {
        (
            std::cmp::Reverse(counts.get(&start.product).copied()),
            start.start,
        )
    });
    Ok(starts)
}

/// The name of another organization, if this account may see it.
async fn name_of(call: &Call, connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<String> {
    let caller = call.caller()?;
    // Administrators know the archived ones, too, which nobody sees in lists.
    if caller.demand_administrator().is_err() {
        let admissions = caller.admissions(connection, Right::See, &[id]).await?;
        if admissions.of(id) != Admission::Admitted {
            return Ok(String::new());
        }
    }
    Ok(store::organization(connection, id).await?.name)
}

async fn waiting(
    call: &Call,
    connection: &mut SqliteConnection,
    opened: &Opened,
) -> Outcome<Vec<WaitingTransfer>> {
    let mut waiting = Vec::new();
    for (transfer, known) in &opened.book.waiting {
        let customer = name_of(call, connection, OrganizationId(known.from)).await?;
        waiting.push(WaitingTransfer {
            transfer: *transfer,
            organization: OrganizationId(known.from),
            customer,
            since: known.since,
            lots: lots_of(&opened.book, &known.lots),
        });
    }
    Ok(waiting)
}

fn lots_of(book: &Book, lots: &BTreeMap<Uuid, i64>) -> Vec<WaitingLot> {
    let lots = lots
        .iter()
        .filter_map(|(id, quantity)| Some((book.lots.get(id)?, *quantity)));
    lots.map(|(lot, quantity)| WaitingLot {
        lot: lot.id,
        licence_type: lot.licence_type.clone(),
        term: lot.term,
        quantity,
        shelf_end: lot.shelf_end,
    })
    .collect()
}

/// What was sent from here and still waits elsewhere.
async fn sent(
    call: &Call,
    connection: &mut SqliteConnection,
    opened: &Opened,
) -> Outcome<Vec<WaitingTransfer>> {
    let mut sent = Vec::new();
    let mut books: BTreeMap<OrganizationId, Book> = BTreeMap::new();
    for (transfer, to) in
        store::transfers_sent(connection, opened.organization.id, &opened.product.id).await?
    {
        if let std::collections::btree_map::Entry::Vacant(place) = books.entry(to) {
            let other = opened::open(&call.workspace, connection, to, &opened.product.id).await?;
            place.insert(other.book);
        }
        let Some((book, known)) = books
            .get(&to)
            .and_then(|book| Some((book, book.waiting.get(&transfer)?)))
        else {
            continue;
        };
        sent.push(WaitingTransfer {
            transfer,
            organization: to,
            customer: name_of(call, connection, to).await?,
            since: known.since,
            lots: lots_of(book, &known.lots),
        });
    }
    Ok(sent)
}
