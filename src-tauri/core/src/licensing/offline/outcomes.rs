//! What became of a licence file: the system's confirmation, a person's word, or nothing for too long (LIC-51).

use super::super::acting::{Acting, Begun, begin};
use super::super::commands::{demand_reason, demand_texts, needs_again};
use super::super::formats::problem;
use super::super::rules::ledger::Entry;
use super::super::rules::offline as rules;
use super::super::rules::refusal::Refusal;
use super::super::store::{self, KeptFile, OfflineSystem};
use super::super::types::*;
use super::answers::system_of;
use super::reading::{self, Receiver, SystemFile};
use super::requests::demand_open;
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::Outcome;
use flotilla_licence_formats::container::{Outcome as Said, Refusal as FileRefusal};

/// Takes a system's confirmation, or that it has given its licences back.
///
/// # Errors
/// Why the file is not taken (LIC-52); `transfer.gone`
pub async fn confirm(call: &Call, arguments: ConfirmOffline) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            demand_open(&acting)?;
            let file = reading::file(call, &arguments.digest)?;
            let received = match SystemFile::of(&file.bytes)? {
                SystemFile::Confirmation(received) => received,
                SystemFile::Request(_) => {
                    return Err(problem(&FileRefusal::WrongKind {
                        expected: "confirmation",
                        found: "request",
                    }));
                }
                SystemFile::Other => return Err(problem(&FileRefusal::NotOurs)),
            };
            let product = acting.opened.product.id.clone();
            let receiver = Receiver {
                organization: acting.opened.organization.id,
                product: Some(&product),
                today: acting.opened.today,
            };
            let connection = acting.transaction.connection();
            let mut system = receiver.check_confirmation(connection, &received).await?;
            let outcome = match received.content.outcome {
                Said::Confirmed => Attested::Confirmed,
                Said::Returned => Attested::Returned,
            };
            system.sequence = received.content.sequence;
            let kept = KeptFile {
                digest: file.digest,
                kind: "confirmation",
                name: &file.name,
                sequence: system.sequence,
                content: &file.bytes,
            };
            store::insert_file(connection, system.id, &kept, acting.opened.now).await?;
            let entry = audit::Entry::done().detail("file", file.digest.to_string());
            came_out(acting, system, outcome, None, entry).await
        }
    }
}

/// Takes a person's word for what became of a licence file; it is marked as such.
///
/// # Errors
/// `not-found`, `licence-offline.nothing`, `form.invalid` without a reason
pub async fn attest(call: &Call, arguments: AttestOffline) -> Outcome<Receipt> {
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            demand_open(&acting)?;
            let Acting {
                opened, transaction, ..
            } = &mut *acting;
            let system = system_of(transaction.connection(), opened, arguments.system).await?;
            let entry = audit::Entry::done().detail("reason", arguments.reason.clone());
            came_out(acting, system, arguments.outcome, Some(&arguments.reason), entry).await
        }
    }
}

/// Writes down what became of the licences, and what the system is now.
async fn came_out(
    mut acting: Box<Acting<'_>>,
    mut system: OfflineSystem,
    outcome: Attested,
    attested: Option<&str>,
    entry: audit::Entry,
) -> Outcome<Receipt> {
    let (id, today) = (acting.id(), acting.opened.today);
    let book = &mut acting.opened.book;
    let entries: Result<Vec<Entry>, Refusal> = match outcome {
        Attested::Confirmed => rules::confirm(book, id, system.id.0, attested, today),
        Attested::Returned => match rules::give_back(book, id, system.id.0, attested, today) {
            Ok(entry) => Ok(vec![entry]),
            // A system that never had anything is only taken off the list.
            Err(Refusal::NothingOffline) if has_nothing(system.state) => Ok(Vec::new()),
            Err(refusal) => Err(refusal),
        },
    };
    let entries = entries.map_err(|refusal| acting.opened.problem(refusal))?;
    acting.write_here(&entries).await?;
    system.state = match outcome {
        Attested::Confirmed => OfflineState::Licensed,
        Attested::Returned => OfflineState::Returned,
    };
    if outcome == Attested::Returned {
        system.request = None;
    }
    finish(acting, &system, entry).await
}

fn has_nothing(state: OfflineState) -> bool {
    matches!(state, OfflineState::Requested | OfflineState::Lapsed)
}

async fn finish(
    mut acting: Box<Acting<'_>>,
    system: &OfflineSystem,
    entry: audit::Entry,
) -> Outcome<Receipt> {
    let now = acting.opened.now;
    store::write_system(acting.transaction.connection(), system, now).await?;
    needs_again(&mut acting).await?;
    acting
        .finish(entry.detail("system", system.identity.clone()))
        .await
}

/// A licence file whose time is over counts no more; a person says that the system did not take it in.
///
/// # Errors
/// `not-found`, `licence-offline.nothing`, `licence-offline.not-over`, `form.invalid` without a reason
pub async fn lapse(call: &Call, arguments: LapseOffline) -> Outcome<Receipt> {
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            demand_open(&acting)?;
            let Acting {
                opened, transaction, ..
            } = &mut *acting;
            let mut system = system_of(transaction.connection(), opened, arguments.system).await?;
            let (id, today) = (acting.id(), acting.opened.today);
            let book = &mut acting.opened.book;
            let lapsed = rules::lapse(book, id, system.id.0, &arguments.reason, today);
            // What it had before that file it still has.
            let holds = rules::held(book, system.id.0).next().is_some();
            let entry = lapsed.map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&[entry]).await?;
            system.state = if holds {
                OfflineState::Licensed
            } else {
                OfflineState::Lapsed
            };
            let entry = audit::Entry::done().detail("reason", arguments.reason.clone());
            finish(acting, &system, entry).await
        }
    }
}
