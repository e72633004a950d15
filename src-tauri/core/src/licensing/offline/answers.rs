//! The licence file for a system: what comes into it, issuing it, handing it over (LIC-51).

use super::super::acting::{Acting, Begun, begin};
use super::super::commands::{demand_few, demand_texts, needs_again};
use super::super::formats::problem;
use super::super::opened::{self, Opened};
use super::super::rules::book::Book;
use super::super::rules::files::{LineSource, OfflineLine};
use super::super::rules::ledger::{Lot, Purpose};
use super::super::rules::need::{self, Quantities};
use super::super::rules::offline::{self as rules, Issue, Proposed, Wanted};
use super::super::rules::refusal::Refusal;
use super::super::rules::wallet::LONGEST_TERM;
use super::super::store::{self, KeptFile, OfflineSystem};
use super::super::types::*;
use super::super::{details, store::Needs};
use super::issuer;
use super::requests::demand_open;
use chrono::NaiveDate;
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OfflineSystemId;
use flotilla_kernel::transfer::{Download, unwritable};
use flotilla_licence_formats::container::{Digest, OfflineLicence, Response, response};
use flotilla_licence_formats::{Name, SystemId};
use sqlx::SqliteConnection;
use std::io::Write as _;
use std::path::Path;

/// How licences for good end in a file: it has a last day for everything.
const FOR_GOOD: NaiveDate = match NaiveDate::from_ymd_opt(9_999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};
/// So many years can be chosen at most.
const MOST_YEARS: u32 = 12;

/// A licence file as it would be.
struct Draft {
    system: OfflineSystem,
    /// The lost system that this one stands in for.
    lost: Option<OfflineSystem>,
    need: Quantities,
    proposed: Proposed,
    /// What the system has, or takes over.
    kept: Vec<OfflineLine>,
}

fn most_lost(call: &Call) -> usize {
    let preferences = call.workspace.preferences::<LicencePreferences>();
    usize::try_from(preferences.offline_rehosts).unwrap_or(0)
}

async fn draft(
    call: &Call,
    connection: &mut SqliteConnection,
    opened: &Opened,
    id: OfflineSystemId,
    choice: &OfflineChoice,
) -> Outcome<Draft> {
    demand_few(choice.lots.len())?;
    if !(1..=LONGEST_TERM).contains(&choice.years) {
        return Err(ErrorCode::LicenceOutOfRange.into());
    }
    let Opened {
        organization,
        ruling: product,
        book,
        today,
        ..
    } = opened;
    let refused = |refusal: Refusal| opened.problem(refusal);
    let system = system_of(connection, opened, id).await?;
    let lost = match choice.replaces {
        Some(lost) if lost == id.0 => return Err(ErrorCode::NotFound.into()),
        Some(lost) => Some(system_of(connection, opened, OfflineSystemId(lost)).await?),
        None => None,
    };
    let replaced = match &lost {
        Some(lost) => rules::replaced_lines(book, lost.id.0, most_lost(call)).map_err(refused)?,
        None => Vec::new(),
    };
    let needs = store::needs(connection, organization.id, product, book).await?;
    let year = choice
        .year
        .or_else(|| book.subscription.as_ref().map(|known| known.year));
    let own = needs.offline.get(&id).cloned().unwrap_or_default();
    let need = need::coverage(&own, &sum(book, &replaced, year), &product.substitutions).short;
    let proposed = if choice.lots.is_empty() {
        let wanted = Wanted {
            need: need.clone(),
            others: others(&needs, book, &system, lost.as_ref(), year),
            year: choice.year,
            years: choice.years,
        };
        rules::propose(book, id.0, &wanted, &product.substitutions, *today).map_err(refused)?
    } else {
        Proposed {
            lines: chosen(book, &choice.lots, year),
            missing: Quantities::new(),
        }
    };
    let held = rules::held(book, id.0).map(|(_, line)| line.clone());
    let pending = rules::pending(book, id.0).map_or(&[][..], |(_, file)| &file.lines);
    let present = book.subscription.as_ref().map_or(0, |known| known.year);
    let lines = held.chain(pending.iter().cloned()).chain(replaced);
    let kept = lines
        .filter(|line| {
            line.year.is_none()
                || book
                    .lots
                    .get(&line.lot)
                    .is_some_and(|lot| line.years(lot.term).end > present)
        })
        .collect();
    Ok(Draft {
        system,
        lost,
        need: own,
        proposed,
        kept,
    })
}

/// The lost system needs nothing any more.
fn others(
    needs: &Needs,
    book: &Book,
    system: &OfflineSystem,
    lost: Option<&OfflineSystem>,
    year: Option<u32>,
) -> Quantities {
    let mut needs = needs.clone();
    if let Some(lost) = lost {
        needs.offline.remove(&lost.id);
    }
    needs.of_others(book, system.id, year)
}

/// What lines come to in a year, by type.
fn sum(book: &Book, lines: &[OfflineLine], year: Option<u32>) -> Quantities {
    let mut sum = Quantities::new();
    for line in lines {
        if let Some(lot) = book.lots.get(&line.lot)
            && (line.year.is_none() || year.is_some_and(|year| line.years(lot.term).contains(&year)))
        {
            need::add(&mut sum, &lot.licence_type, line.quantity);
        }
    }
    sum
}

/// The lots that a person has chosen, from the wallet.
fn chosen(book: &Book, lots: &[LotLine], year: Option<u32>) -> Vec<OfflineLine> {
    lots.iter()
        .map(|line| {
            let unbound = book
                .lots
                .get(&line.lot)
                .is_some_and(|lot| lot.purpose == Purpose::Expansion);
            OfflineLine {
                lot: line.lot,
                quantity: line.quantity,
                year: year.filter(|_| !unbound),
                source: LineSource::Wallet,
            }
        })
        .collect()
}

/// A system of this product.
pub(in crate::licensing) async fn system_of(
    connection: &mut SqliteConnection,
    opened: &Opened,
    id: OfflineSystemId,
) -> Outcome<OfflineSystem> {
    let system = store::offline_system(connection, opened.organization.id, id).await?;
    if system.product != opened.product.id {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(system)
}

/// The days on which licences in a file hold; none: for good.
fn days(book: &Book, lot: &Lot, line: &OfflineLine, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
    match (&book.subscription, line.year) {
        (Some(subscription), Some(year)) => (
            subscription.first_day_of(year),
            Some(subscription.calendar.last_day(year + lot.term.max(1) - 1)),
        ),
        _ => (today, None),
    }
}

/// What a licence file would be.
///
/// # Errors
/// `not-found`, `licence.year-not-in-reach`, and for a replacement `licence-offline.nothing`, `licence-offline.too-many-lost`
pub async fn plan(call: &Call, arguments: PlanOffline) -> Outcome<OfflinePlan> {
    let mut connection = call.workspace.database.read().await?;
    let opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    let draft = draft(
        call,
        &mut connection,
        &opened,
        arguments.system,
        &arguments.choice,
    )
    .await?;
    let Opened { book, today, .. } = &opened;
    let lines = |lines: &[OfflineLine]| -> Vec<OfflinePlanLine> {
        let known = lines
            .iter()
            .filter_map(|line| Some((book.lots.get(&line.lot)?, line)));
        known
            .map(|(lot, line)| {
                let (from, until) = days(book, lot, line, *today);
                OfflinePlanLine {
                    lot: lot.into(),
                    quantity: line.quantity,
                    source: line.source,
                    from,
                    until,
                }
            })
            .collect()
    };
    Ok(OfflinePlan {
        today: *today,
        expires: rules::last_day(*today),
        need: details::types(&draft.need),
        lines: lines(&draft.proposed.lines),
        kept: lines(&draft.kept),
        missing: details::types(&draft.proposed.missing),
        years: years(book, *today),
    })
}

fn years(book: &Book, today: NaiveDate) -> Vec<OfflineYear> {
    let running = book.subscription.as_ref().filter(|known| known.ended.is_none());
    let Some(subscription) = running else {
        return Vec::new();
    };
    let last = subscription
        .last_in_reach(today)
        .min(subscription.year + MOST_YEARS);
    (subscription.year..=last)
        .map(|year| OfflineYear {
            year,
            from: subscription.first_day_of(year),
            until: subscription.calendar.last_day(year),
        })
        .collect()
}

/// Issues a licence file for a system: the licences are pending until its confirmation (LIC-51).
///
/// # Errors
/// `licence-offline.no-request`, `licence.wallet-short`, `licence.lot-not-usable`, `licence.out-of-range` for an empty file, and for a
/// replacement `licence-offline.nothing`, `licence-offline.pending`, `licence-offline.too-many-lost`
pub async fn issue(call: &Call, arguments: IssueOffline) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            demand_open(&acting)?;
            let Acting {
                opened, transaction, ..
            } = &mut *acting;
            let draft = draft(
                call,
                transaction.connection(),
                opened,
                arguments.system,
                &arguments.choice,
            )
            .await?;
            let request = draft.system.request.ok_or(ErrorCode::LicenceOfflineNoRequest)?;
            if !draft.proposed.missing.is_empty() {
                let missing = draft.proposed.missing;
                return Err(acting.opened.problem(Refusal::WalletShort(missing)));
            }
            let issue = Issue {
                system: (draft.system.id.0, draft.system.identity.clone()),
                request: request.to_string(),
                sequence: draft.system.answer_sequence + 1,
                first_day: draft.system.first_day,
                lines: draft.proposed.lines.clone(),
                replaces: arguments.choice.replaces,
                most_lost: most_lost(call),
            };
            let (id, today) = (acting.id(), acting.opened.today);
            let entries = rules::issue(&mut acting.opened.book, id, &issue, today);
            let entries = entries.map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&entries).await?;
            let (identity, number) = issue_names(&issue);
            let digest = write(&mut acting, draft, request, issue.sequence).await?;
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done()
                .detail("system", identity)
                .detail("number", number)
                .detail("file", digest.to_string());
            acting.finish(entry).await
        }
    }
}

fn issue_names(issue: &Issue) -> (String, i64) {
    (
        issue.system.1.clone(),
        i64::try_from(issue.sequence).unwrap_or(i64::MAX),
    )
}

/// Makes the file and keeps it; the system waits for nothing more.
async fn write(acting: &mut Acting<'_>, draft: Draft, request: Digest, sequence: u64) -> Outcome<Digest> {
    let Draft {
        mut system,
        lost,
        proposed,
        kept,
        ..
    } = draft;
    let (now, today) = (acting.opened.now, acting.opened.today);
    let unnamed = || Problem::internal("a name that no licence file can have");
    let lines: Vec<OfflineLine> = kept.into_iter().chain(proposed.lines).collect();
    let book = &acting.opened.book;
    let licences: Vec<OfflineLicence> = lines
        .iter()
        .filter_map(|line| Some((book.lots.get(&line.lot)?, line)))
        .map(|(lot, line)| {
            let (from, until) = days(book, lot, line, today);
            Ok(OfflineLicence {
                licence_type: Name::new(&lot.licence_type).ok_or_else(unnamed)?,
                quantity: u32::try_from(line.quantity).map_err(Problem::internal)?,
                from,
                until: until.unwrap_or(FOR_GOOD),
                reference: lot.key.clone(),
            })
        })
        .collect::<Outcome<_>>()?;
    let answer = Response {
        request,
        product: Name::new(&system.product).ok_or_else(unnamed)?,
        system: SystemId::new(&system.identity).ok_or_else(unnamed)?,
        sequence,
        issued: today,
        expires: rules::last_day(today),
        licences,
        replaces: lost.as_ref().and_then(|lost| SystemId::new(&lost.identity)),
    };
    let transaction: &mut Transaction = &mut acting.transaction;
    let (_, key) = issuer::own(transaction).await?;
    let bytes = response::write(&answer, &key).map_err(|error| problem(&error))?;
    let digest = Digest::of(&bytes);
    system.request = None;
    system.answer = Some(digest);
    system.answer_sequence = sequence;
    system.state = OfflineState::Pending;
    let connection = transaction.connection();
    store::write_system(connection, &system, now).await?;
    if let Some(mut lost) = lost {
        lost.state = OfflineState::Lost;
        lost.request = None;
        store::write_system(connection, &lost, now).await?;
    }
    let name = format!(
        "{}-{sequence}.flotilla-licence",
        flotilla_kernel::transfer::plain_name(&system.identity)
    );
    let kept = KeptFile {
        digest,
        kind: "response",
        name: &name,
        sequence,
        content: &bytes,
    };
    store::insert_file(connection, system.id, &kept, now).await?;
    Ok(digest)
}

/// Hands the last licence file of a system over.
///
/// # Errors
/// `not-found`; `licence-offline.nothing` when none was issued; `file.unwritable`
pub async fn save(call: &Call, arguments: SaveOffline) -> Outcome<Download> {
    let mut connection = call.workspace.database.read().await?;
    let system = store::offline_system(&mut connection, arguments.organization, arguments.system).await?;
    let answer = system.answer.ok_or(ErrorCode::LicenceOfflineNothing)?;
    let (name, content) = store::file_content(&mut connection, answer).await?;
    drop(connection);
    let name = Path::new(&name).file_name().map_or_else(
        || "licence.flotilla-licence".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut file = call.workspace.transfers.create(call.caller()?, &name)?;
    file.write_all(&content).map_err(unwritable)?;
    let download = file.finish()?;
    let entry = audit::Entry::done()
        .organization(arguments.organization)
        .subject(system.identity)
        .detail("file", answer.to_string());
    call.record(entry).await?;
    Ok(download)
}
