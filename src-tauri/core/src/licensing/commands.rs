//! What people do with licences. Each act is one transaction with one audit entry; the same operation again is done once.

use super::acting::{Acting, Begun, TEXT, begin};
use super::rules::allocation::{Request, allocate as allocate_to_years};
use super::rules::ledger::{AllocationLine, Compensation, Entry, Event, SystemLine};
use super::rules::refusal::Refusal;
use super::rules::subscription;
use super::rules::transfer::{self, Parties, transfer_id};
use super::rules::wallet;
use super::store;
use super::types::*;
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::Right;

/// The most keys redeemed, and lines given, at once.
pub const MOST_LINES: usize = 1_000;

impl From<&Compensation> for Credit {
    fn from(given: &Compensation) -> Self {
        Self {
            licence_type: given.licence_type.clone(),
            licences: given.licences,
            days: given.days,
            year_days: given.year_days,
            residual_before: given.residual_before,
            credit: given.credit,
            residual_after: given.residual_after,
        }
    }
}

impl From<&AllocationChoice> for Request {
    fn from(choice: &AllocationChoice) -> Self {
        let line = |line: &YearLine| AllocationLine {
            year: line.year,
            lot: line.lot,
            quantity: line.quantity,
        };
        Self {
            first_year: choice.first_year,
            years: choice.years,
            quantities: choice
                .quantities
                .iter()
                .map(|number| ((number.year, number.licence_type.clone()), number.quantity))
                .collect(),
            lots: choice.lots.iter().map(line).collect(),
            first_day: choice.first_day,
            beyond_need: choice.beyond_need,
        }
    }
}

fn lines(lines: &[LotLine]) -> Vec<SystemLine> {
    lines
        .iter()
        .map(|line| SystemLine {
            lot: line.lot,
            quantity: line.quantity,
        })
        .collect()
}

/// Not more than can be done at once.
pub(super) fn demand_few(count: usize) -> Outcome<()> {
    if count > MOST_LINES {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_LINES));
    }
    Ok(())
}

pub(super) fn demand_texts(texts: &[(&str, &str)]) -> Outcome<()> {
    let problems = texts
        .iter()
        .filter_map(|(field, value)| fields::text(field, value, TEXT, false));
    Problem::of_fields(problems.collect())
}

/// What is taken back or taken away says why.
pub(super) fn demand_reason(screen: &str, reason: &str) -> Outcome<()> {
    demand_texts(&[("screen", screen)])?;
    fields::demand("reason", reason, TEXT)
}

/// Runs a rule on the act's book and writes what it gives.
pub(super) async fn apply(
    mut acting: Box<Acting<'_>>,
    rule: impl FnOnce(&mut Acting<'_>) -> Result<Vec<Entry>, Refusal>,
    entry: audit::Entry,
) -> Outcome<Receipt> {
    let entries = rule(&mut acting).map_err(|refusal| acting.opened.problem(refusal))?;
    acting.write_here(&entries).await?;
    let entry = match entries.iter().find_map(|entry| moved(&entry.event)) {
        Some(licences) => entry.detail("licences", licences),
        None => entry,
    };
    acting.finish(entry).await
}

/// How many licences an allocation or a transfer moved, for the audit log.
fn moved(event: &Event) -> Option<i64> {
    match event {
        Event::Allocated { lines, .. } => Some(lines.iter().map(|line| line.quantity).sum()),
        Event::TransferSent { lots, .. } | Event::TransferReturned { lots, .. } => {
            Some(lots.iter().map(|lot| lot.quantity).sum())
        }
        _ => None,
    }
}

/// Registers a product with an organization (LIC-05).
///
/// # Errors
/// `licence.already-registered`, and as every act: `licence.operation-differs`, `licence.ledger-differs`.
pub async fn register(call: &Call, arguments: PlainAct) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let (id, today) = (acting.id(), acting.opened.today);
            let registered = subscription::register(&mut acting.opened.book, id, today);
            let entry = registered.map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&[entry]).await?;
            // From now on the need of its systems is written down.
            let Acting {
                opened, transaction, ..
            } = &mut *acting;
            opened.write_brought(transaction, None).await?;
            acting.finish(audit::Entry::done()).await
        }
    }
}

/// Starts a trial, once (LIC-06).
///
/// # Errors
/// `licence.trial-used`, `licence.no-trial`, `licence.already-started`, `licence.not-registered`
pub async fn start_trial(call: &Call, arguments: PlainAct) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                subscription::start_trial(&mut opened.book, id, &opened.terms, opened.today)
                    .map(|entry| vec![entry])
            };
            apply(acting, rule, audit::Entry::done()).await
        }
    }
}

/// Starts a subscription today, or with the boundaries of another product of the organization (LIC-11).
///
/// # Errors
/// `licence.already-started`, `licence.not-registered`; `licence.not-started` when the other product has none.
pub async fn start(call: &Call, arguments: StartSubscription) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let organization = acting.opened.organization.id;
            let start = match &arguments.together_with {
                None => acting.opened.today,
                Some(product) => {
                    let other = store::load(acting.transaction.connection(), organization, product).await?;
                    let running = other.subscription.filter(|other| other.ended.is_none());
                    running.ok_or(ErrorCode::LicenceNotStarted)?.calendar.start()
                }
            };
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                subscription::start(&mut opened.book, id, start, &opened.terms, opened.today)
            };
            apply(
                acting,
                rule,
                audit::Entry::done().detail("start", start.to_string()),
            )
            .await
        }
    }
}

/// Allocates licences to years (LIC-30, LIC-31).
///
/// # Errors
/// `licence.wallet-short`, `licence.below-need`, `licence.beyond-need`, `licence.year-not-in-reach`, `licence.not-started`,
/// `licence.ended`, `licence.lot-not-usable`, `licence.out-of-range`
pub async fn allocate(call: &Call, arguments: Allocate) -> Outcome<Receipt> {
    demand_few(arguments.choice.lots.len().max(arguments.choice.quantities.len()))?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let request = Request::from(&arguments.choice);
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                allocate_to_years(&mut opened.book, id, &request, opened.today)
            };
            apply(
                acting,
                rule,
                audit::Entry::done().detail("years", arguments.choice.years),
            )
            .await
        }
    }
}

/// Sends unused licences to another organization: both legs, or neither (LIC-45, LIC-46).
///
/// # Errors
/// `licence.not-transferable`, `licence.same-organization`, `licence.lot-not-usable`, `licence.wallet-short`
pub async fn transfer(call: &Call, arguments: TransferLicences) -> Outcome<Receipt> {
    demand_few(arguments.lines.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let id = acting.id();
            let transferable = acting.opened.terms.transferable;
            let rule = |parties: &mut Parties<'_>| {
                transfer::send(parties, id, &lines(&arguments.lines), transferable)
            };
            both_legs(call, acting, arguments.to, rule, true).await
        }
    }
}

/// Calls back licences that wait for the receiver to start the product (LIC-46).
///
/// # Errors
/// `licence.not-waiting`
pub async fn recall(call: &Call, arguments: RecallTransfer) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let (organization, product) = (arguments.act.organization, &arguments.act.product);
            let sent = store::transfers_sent(acting.transaction.connection(), organization, product).await?;
            let to = sent
                .into_iter()
                .find(|(transfer, _)| *transfer == arguments.transfer);
            let (_, to) = to.ok_or(ErrorCode::LicenceNotWaiting)?;
            let id = acting.id();
            let rule = |parties: &mut Parties<'_>| transfer::recall(parties, id, arguments.transfer);
            both_legs(call, acting, to, rule, false).await
        }
    }
}

/// Runs a rule on the books of two organizations and writes both of its entries.
async fn both_legs(
    call: &Call,
    mut acting: Box<Acting<'_>>,
    other: OrganizationId,
    rule: impl FnOnce(&mut Parties<'_>) -> Result<transfer::Legs, Refusal>,
    sends: bool,
) -> Outcome<Receipt> {
    if sends {
        call.caller()?
            .demand(acting.transaction.connection(), Right::ManageLicences, other)
            .await?;
    }
    let here = acting.opened.organization.id;
    if here == other {
        return Err(ErrorCode::LicenceSameOrganization.into());
    }
    let mut receiver = acting.open_other(other).await?;
    let mut parties = Parties {
        sending: (here.0, acting.opened.today),
        sender: &mut acting.opened.book,
        receiving: (other.0, receiver.today),
        receiver: &mut receiver.book,
    };
    let legs = rule(&mut parties).map_err(|refusal| acting.opened.problem(refusal))?;
    // What leaves a book is written before what comes into the other.
    let (first, second) = legs;
    let licences = moved(&first.event).or_else(|| moved(&second.event));
    let order = if sends {
        [(here, first), (other, second)]
    } else {
        [(other, first), (here, second)]
    };
    for (organization, entry) in order {
        acting.write(organization, &[entry]).await?;
    }
    acting.rebuild(&receiver).await?;
    if sends {
        let id = acting.id();
        acting.of_transfer(transfer_id(id));
    }
    let entry = audit::Entry::done().organizations(&[here, other]);
    let entry = match licences {
        Some(licences) => entry.detail("licences", licences),
        None => entry,
    };
    acting.finish(entry).await
}

/// Allocates expansion licences to one system of the organization (LIC-41).
///
/// # Errors
/// `not-found`, `licence.lot-not-usable`, `licence.wallet-short`
pub async fn allocate_to_system(call: &Call, arguments: AllocateToSystem) -> Outcome<Receipt> {
    demand_few(arguments.lines.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let owner =
                store::organization_of_system(acting.transaction.connection(), arguments.system).await?;
            if owner != Some(arguments.act.organization) {
                return Err(ErrorCode::NotFound.into());
            }
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                wallet::expand(
                    &mut opened.book,
                    id,
                    arguments.system.0,
                    &lines(&arguments.lines),
                    opened.today,
                )
                .map(|entry| vec![entry])
            };
            let entries = rule(&mut acting).map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&entries).await?;
            needs_again(&mut acting).await?;
            acting
                .finish(audit::Entry::done().detail("system", arguments.system.to_string()))
                .await
        }
    }
}

/// What the systems need may be another number now: it is written down at once.
pub(super) async fn needs_again(acting: &mut Acting<'_>) -> Outcome<()> {
    let by = acting.account()?;
    let Acting {
        opened, transaction, ..
    } = acting;
    let (organization, product) = (opened.organization.id, opened.ruling.clone());
    opened.need = store::needs(transaction.connection(), organization, &product, &opened.book)
        .await?
        .total();
    opened.write_brought(transaction, Some(by)).await?;
    Ok(())
}

/// Uses up upgrade licences (LIC-42).
///
/// # Errors
/// `licence.lot-not-usable`, `licence.wallet-short`, `form.invalid`
pub async fn use_upgrade(call: &Call, arguments: UseUpgrade) -> Outcome<Receipt> {
    let UseUpgrade {
        subject, from, to, ..
    } = &arguments;
    demand_texts(&[("screen", &arguments.act.screen), ("from", from), ("to", to)])?;
    fields::demand("subject", subject, TEXT)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let rule = |acting: &mut Acting<'_>| {
                let line = SystemLine {
                    lot: arguments.lot,
                    quantity: arguments.quantity,
                };
                let (id, opened) = (acting.id(), &mut acting.opened);
                wallet::upgrade(&mut opened.book, id, &line, (subject, from, to), opened.today)
                    .map(|entry| vec![entry])
            };
            apply(
                acting,
                rule,
                audit::Entry::done().detail("licences", arguments.quantity),
            )
            .await
        }
    }
}

/// Says by hand what is needed (LIC-15).
///
/// # Errors
/// `not-found` for a system of somebody else, `licence.product-unknown` for a type, `licence.not-registered`, `licence.out-of-range`
pub async fn set_requirement(call: &Call, arguments: SetRequirement) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    if arguments
        .quantity
        .is_some_and(|quantity| !(0..=wallet::MOST_LICENCES).contains(&quantity))
    {
        return Err(ErrorCode::LicenceOutOfRange.into());
    }
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            if acting.opened.book.registered.is_none() {
                return Err(ErrorCode::LicenceNotRegistered.into());
            }
            if !acting.opened.product.has_type(&arguments.licence_type) {
                let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
                return Err(unknown.with("product", arguments.licence_type.clone()));
            }
            if let Some(system) = arguments.system {
                let owner = store::organization_of_system(acting.transaction.connection(), system).await?;
                if owner != Some(arguments.act.organization) {
                    return Err(ErrorCode::NotFound.into());
                }
            }
            let of = (arguments.act.organization, arguments.act.product.as_str());
            let connection = acting.transaction.connection();
            store::set_requirement(
                connection,
                of,
                arguments.system,
                &arguments.licence_type,
                arguments.quantity,
            )
            .await?;
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done().detail("type", arguments.licence_type.clone());
            let entry = match arguments.quantity {
                Some(quantity) => entry.detail("needed", quantity),
                None => entry,
            };
            acting.finish(entry).await
        }
    }
}
