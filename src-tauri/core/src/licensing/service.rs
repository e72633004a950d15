//! What happens to the books without a person: at midnight of the organizations' zones years begin and shelf lives end, and what the
//! systems need is written down when it changes (LIC-15, LIC-54).

use super::opened;
use super::rules::advance::advance;
use super::rules::book::Book;
use super::rules::ledger::{Entry, derived};
use super::rules::notices::notices;
use super::rules::{self, subscription};
use super::store::{self, BookKey};
use super::types::{CHANGES, HardwareState};
use super::{clock, soundness, versions};
use chrono::NaiveDate;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, OrganizationId, SystemId};
use flotilla_kernel::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How often the zones' dates are looked at; a machine that slept past midnight catches up so soon after.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// Changes of systems are gathered for so long.
const GATHER: Duration = Duration::from_secs(2);

/// Runs until the workspace closes.
pub async fn run(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut events = workspace.database.subscribe();
    if let Err(error) = begin(&workspace).await {
        tracing::warn!(%error, "the licence books could not be brought up to date");
    }
    let mut days = BTreeMap::new();
    let mut touched: Touched = Touched::default();
    loop {
        let wait = if touched.is_empty() { LOOK_EVERY } else { GATHER };
        tokio::select! {
            () = stop.cancelled() => return,
            event = events.recv() => {
                touched.add(event);
                continue;
            }
            () = tokio::time::sleep(wait) => {}
        }
        let done = async {
            let systems = std::mem::take(&mut touched);
            if !systems.is_empty() {
                follow_systems(&workspace, &systems).await?;
            }
            new_days(&workspace, &mut days).await
        };
        if let Err(error) = done.await {
            tracing::warn!(%error, "the licence books could not be taken forward; the next look does it");
        }
    }
}

/// Systems that changed.
#[derive(Default)]
struct Touched {
    systems: BTreeSet<uuid::Uuid>,
    all: bool,
}

impl Touched {
    fn is_empty(&self) -> bool {
        !self.all && self.systems.is_empty()
    }

    fn add(&mut self, event: Result<Event, RecvError>) {
        match event {
            Ok(Event::Changed {
                feature,
                ids,
                many,
                membership,
                ..
            }) if feature == crate::systems::types::CHANGES => {
                self.systems.extend(ids);
                // A change without ids says that anything may have changed.
                self.all |= many || (membership && self.systems.is_empty());
            }
            Err(RecvError::Lagged(_)) => self.all = true,
            Ok(_) | Err(RecvError::Closed) => {}
        }
    }
}

/// At the start: the ledger is checked, and every book taken forward to today.
///
/// # Errors
/// `licence.ledger-differs` and database errors.
pub async fn begin(workspace: &Workspace) -> Outcome<()> {
    soundness::demand(workspace).await?;
    let mut transaction = workspace.database.begin().await?;
    let today = transaction.now().utc().date_naive();
    versions::keep_built_in(transaction.connection(), today).await?;
    transaction.commit().await?;
    let books = store::books_of(&mut *workspace.database.read().await?, None).await?;
    for book in books {
        bring_forward(workspace, &book).await?;
    }
    Ok(())
}

/// Takes the books forward in whose zone another day has begun.
///
/// # Errors
/// Database errors.
pub async fn new_days(workspace: &Workspace, days: &mut BTreeMap<String, NaiveDate>) -> Outcome<()> {
    let mut connection = workspace.database.read().await?;
    let now = clock::trusted(workspace, &mut connection).await?.now;
    for zone in store::zones(&mut connection).await? {
        let today = now.date_in(zone.parse().unwrap_or(chrono_tz::Tz::UTC));
        if days.get(&zone) == Some(&today) {
            continue;
        }
        for book in store::due_books(&mut connection, &zone, today).await? {
            bring_forward(workspace, &book).await?;
        }
        days.insert(zone, today);
    }
    Ok(())
}

async fn follow_systems(workspace: &Workspace, touched: &Touched) -> Outcome<()> {
    let mut connection = workspace.database.read().await?;
    let books = if touched.all {
        store::books_of(&mut connection, None).await?
    } else {
        let systems: Vec<uuid::Uuid> = touched.systems.iter().copied().collect();
        let mut books = Vec::new();
        for organization in store::organizations_of_systems(&mut connection, &systems).await? {
            books.extend(store::books_of(&mut connection, Some(organization)).await?);
        }
        books
    };
    drop(connection);
    for book in books {
        bring_forward(workspace, &book).await?;
    }
    Ok(())
}

/// Writes what the clock and the systems brought to a book; a book of which nothing changed is only read.
///
/// # Errors
/// Database errors.
pub async fn bring_forward(workspace: &Workspace, key: &BookKey) -> Outcome<()> {
    let mut reader = workspace.database.read().await?;
    let known = opened::open(workspace, &mut reader, key.organization, &key.product).await?;
    let shown = store::status_shown(&mut reader, known.book.id).await?;
    let listed = store::notices_shown(&mut reader, known.book.id).await?;
    drop(reader);
    let status = super::types::LicenceStatus::from(super::rules::status::status(&known.book, known.today));
    let notices = notices(&known.book, known.today)
        .into_iter()
        .map(|notice| notice.id);
    let as_shown = shown == Some((status.kind, status.date)) && notices.collect::<BTreeSet<_>>() == listed;
    let nothing_new =
        known.brought.is_empty() && (known.book.registered.is_none() || known.need == known.book.need);
    if nothing_new && as_shown {
        return Ok(());
    }
    soundness::demand(workspace).await?;
    let mut transaction = workspace.database.begin().await?;
    let mut opened = opened::open(
        workspace,
        transaction.connection(),
        key.organization,
        &key.product,
    )
    .await?;
    opened.write_brought(&mut transaction, None).await?;
    store::rebuild(
        transaction.connection(),
        key,
        &opened.product.name,
        &opened.book,
        opened.today,
    )
    .await?;
    transaction.membership_changed(CHANGES, [key.organization.0]);
    transaction.commit().await
}

/// What the clock brought to a book before it is frozen or released.
async fn take_forward(
    transaction: &mut Transaction,
    book: &mut Book,
    key: &BookKey,
    today: NaiveDate,
) -> Outcome<Vec<Entry>> {
    let versions = versions::read(transaction.connection()).await?;
    let Ok(known) = versions.terms_on(&key.product, today) else {
        return Ok(Vec::new());
    };
    let terms_on = |day| {
        versions
            .terms_on(&key.product, day)
            .unwrap_or_else(|_| known.clone())
    };
    advance(book, today, &terms_on).map_err(|breach| Problem::internal(format!("{breach:?}")))
}

/// Organizations were archived or restored: what their wallets have is frozen, or usable again (ORG-06, ORG-07).
///
/// # Errors
/// Database errors, and books that do not hold.
pub async fn follow_archiving(
    transaction: &mut Transaction,
    organizations: &[OrganizationId],
) -> Outcome<()> {
    for &organization in organizations {
        let known = store::organization(transaction.connection(), organization).await?;
        let today = transaction.now().date_in(known.zone);
        for key in store::books_of(transaction.connection(), Some(organization)).await? {
            let mut book = store::load(transaction.connection(), organization, &key.product).await?;
            if book.archived == known.archived {
                continue;
            }
            let today = book.last_day.map_or(today, |last| last.max(today));
            let brought = take_forward(transaction, &mut book, &key, today).await?;
            let (number, _) = store::head(transaction.connection()).await?;
            let operation = derived(&[b"archiving", book.id.as_bytes(), &number.to_be_bytes()]);
            let entry = if known.archived {
                subscription::archive(&mut book, operation, today)
            } else {
                subscription::restore(&mut book, operation, today)
            };
            let entry = entry.map_err(|refusal| Problem::internal(format!("{refusal:?}")))?;
            let written = store::Written {
                organization,
                product: &key.product,
                account: None,
                screen: "",
                at: transaction.now(),
            };
            let entries: Vec<Entry> = brought.into_iter().chain([entry]).collect();
            store::append(transaction, &written, &entries).await?;
            let name = store::product_name(transaction.connection(), book.id).await?;
            store::rebuild(transaction.connection(), &key, &name, &book, today).await?;
        }
        transaction.membership_changed(CHANGES, [organization.0]);
    }
    Ok(())
}

/// Systems are no longer managed: the licences that their hardware carries are suspended until its serial number is registered again
/// (LIC-40, DEV-30).
///
/// # Errors
/// Database errors, and books that do not hold.
pub async fn suspend_hardware(
    transaction: &mut Transaction,
    systems: &[SystemId],
    by: Option<AccountId>,
) -> Outcome<()> {
    for mut hardware in store::hardware_of_systems(transaction.connection(), systems).await? {
        let organization = store::organization(transaction.connection(), hardware.organization).await?;
        let key = BookKey {
            organization: organization.id,
            product: hardware.product.clone(),
        };
        let mut book = store::load(transaction.connection(), organization.id, &key.product).await?;
        // What an archived organization has is frozen as it is (ORG-06).
        if book.archived {
            continue;
        }
        let here = transaction.now().date_in(organization.zone);
        let today = book.last_day.map_or(here, |last| last.max(here));
        let mut entries = take_forward(transaction, &mut book, &key, today).await?;
        let (number, _) = store::head(transaction.connection()).await?;
        let operation = derived(&[
            b"system removed",
            book.id.as_bytes(),
            hardware.serial_key.as_bytes(),
            &number.to_be_bytes(),
        ]);
        let removed = rules::hardware::remove(&mut book, operation, &hardware.serial, "", today);
        entries.push(removed.map_err(|refusal| Problem::internal(format!("{refusal:?}")))?);
        let written = store::Written {
            organization: organization.id,
            product: &key.product,
            account: by,
            screen: "systems",
            at: transaction.now(),
        };
        store::append(transaction, &written, &entries).await?;
        hardware.state = HardwareState::Suspended;
        hardware.system = None;
        hardware.since = today;
        store::write_hardware(transaction.connection(), &hardware).await?;
        let name = store::product_name(transaction.connection(), book.id).await?;
        store::rebuild(transaction.connection(), &key, &name, &book, today).await?;
        transaction.membership_changed(CHANGES, [organization.id.0]);
    }
    Ok(())
}
