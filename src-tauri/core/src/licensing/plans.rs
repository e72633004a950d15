//! What an allocation or a transfer would come to; nothing is changed (LIC-30, LIC-45).

use super::details::types;
use super::opened::{self, Opened};
use super::rules::allocation::{self, Request, first_open_year, propose};
use super::rules::ledger::{Account, Lot, Purpose};
use super::rules::status::{self, Status};
use super::rules::{subscription, wallet};
use super::types::*;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{Outcome, Problem};
use std::collections::BTreeMap;
use uuid::Uuid;

impl From<&Lot> for LotDetails {
    fn from(lot: &Lot) -> Self {
        Self {
            lot: lot.id,
            key: lot.key.clone(),
            origin: lot.origin,
            purpose: lot.purpose,
            licence_type: lot.licence_type.clone(),
            term: lot.term,
            order: lot.order.clone(),
            redeemed: lot.redeemed,
            shelf_end: lot.shelf_end,
            issuer: lot.issuer.as_ref().map_or_else(String::new, |by| by.name.clone()),
        }
    }
}

/// What an allocation would be (LIC-30).
///
/// # Errors
/// As the allocation, but for what the wallet is short of: that is part of the answer.
pub async fn plan_allocation(call: &Call, arguments: PlanAllocation) -> Outcome<AllocationPlan> {
    let mut connection = call.workspace.database.read().await?;
    let mut opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    take_need(&mut opened)?;
    let request = Request::from(&arguments.choice);
    let proposal =
        propose(&opened.book, &request, opened.today).map_err(|refusal| opened.problem(refusal))?;
    let lines = if request.lots.is_empty() {
        proposal.lines
    } else {
        request.lots.clone()
    };
    let Opened { book, today, .. } = &opened;
    let today = *today;
    let Some(subscription) = &book.subscription else {
        return Err(Problem::internal("a proposal without a subscription"));
    };
    let operation = Uuid::nil();
    let credits = allocation::compensations(book, operation, &lines, request.first_day, today);
    let mut after = book.clone();
    let confirmed = Request {
        lots: lines.clone(),
        beyond_need: true,
        ..request
    };
    let licensed_until = match allocation::allocate(&mut after, operation, &confirmed, today) {
        Ok(_) => match status::status(&after, today) {
            Status::Licensed { until } | Status::BeyondGrowth { until, .. } => Some(until),
            _ => None,
        },
        Err(_) => None,
    };
    let first = first_open_year(book, subscription);
    let left = |lot: &Lot| {
        let taken: i64 = lines
            .iter()
            .filter(|line| line.lot == lot.id)
            .map(|line| line.quantity)
            .sum();
        book.of_lot(Account::Wallet, lot) - taken
    };
    Ok(AllocationPlan {
        years: proposal
            .years
            .iter()
            .map(|year| PlannedYear {
                year: year.year,
                from: subscription.first_day_of(year.year),
                until: subscription.calendar.last_day(year.year),
                types: year
                    .types
                    .iter()
                    .map(|(licence_type, planned)| PlannedType {
                        licence_type: licence_type.clone(),
                        need: planned.need,
                        allocated: planned.allocated,
                        short: planned.short,
                        quantity: planned.quantity,
                        substituted: planned.substituted,
                    })
                    .collect(),
            })
            .collect(),
        lines: lines
            .iter()
            .filter_map(|line| {
                let lot = book.lots.get(&line.lot)?;
                Some(PlannedLine {
                    year: line.year,
                    quantity: line.quantity,
                    lot: lot.into(),
                    left: left(lot),
                })
            })
            .collect(),
        missing: types(&proposal.missing),
        surplus: proposal.surplus,
        credits: credits.iter().map(Credit::from).collect(),
        licensed_until,
        most_years: (subscription.last_in_reach(today) + 1)
            .saturating_sub(first)
            .min(allocation::MOST_YEARS),
    })
}

/// Plans with what the systems need at this moment, as the act will.
fn take_need(opened: &mut Opened) -> Outcome<()> {
    if opened.book.registered.is_none() {
        return Ok(());
    }
    let (need, today) = (opened.need.clone(), opened.today);
    let changed = subscription::change_need(&mut opened.book, Uuid::nil(), &need, today);
    changed.map(|_| ()).map_err(|refusal| opened.problem(refusal))
}

/// Which lots a transfer would take (LIC-23, LIC-45).
///
/// # Errors
/// `licence.wallet-short`, `licence.not-transferable`
pub async fn plan_transfer(call: &Call, arguments: PlanTransfer) -> Outcome<TransferPlan> {
    let mut connection = call.workspace.database.read().await?;
    let opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    let receiver = opened::open(&call.workspace, &mut connection, arguments.to, &arguments.product).await?;
    // The same type and term twice is one number.
    let mut numbers: BTreeMap<(&str, u32), i64> = BTreeMap::new();
    for number in arguments.numbers.iter().filter(|number| number.quantity > 0) {
        let sum = numbers.entry((&number.licence_type, number.term)).or_default();
        *sum = sum.saturating_add(number.quantity);
    }
    let mut lines = Vec::new();
    for ((licence_type, term), quantity) in numbers {
        let purpose = if term == 0 {
            Purpose::Expansion
        } else {
            Purpose::Subscription
        };
        let (book, today) = (&opened.book, opened.today);
        let taken = wallet::take(book, purpose, licence_type, Some(term), quantity, today);
        for line in taken.map_err(|refusal| opened.problem(refusal))? {
            if let Some(lot) = opened.book.lots.get(&line.lot) {
                lines.push(TransferLine {
                    lot: lot.into(),
                    quantity: line.quantity,
                });
            }
        }
    }
    Ok(TransferPlan {
        customer: receiver.organization.name,
        waits: !receiver.book.activated(),
        lines,
    })
}
