//! Entering what already runs, ending it, and taking back what was a mistake (LIC-64, LIC-65).

use super::acting::{Acting, Begun, TEXT, begin};
use super::commands::{apply, demand_few, demand_reason, demand_texts, needs_again};
use super::redeeming::{Entering, demand_not_known};
use super::rules::calendar::later_by_years;
use super::rules::ledger::{Lot, LotOrigin, OpeningLot, Purpose, derived};
use super::rules::subscription;
use super::types::*;
use super::{key_text as keys, store};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::fields;
use std::collections::{BTreeMap, BTreeSet};

/// Enters a subscription that already runs at the vendor, as it stands (LIC-64).
///
/// # Errors
/// `licence.already-started`, `licence.start-not-possible`, `licence.out-of-range`, `licence.product-unknown`, `form.invalid`,
/// `licence.key-redeemed` for a key whose licences are in the books already, `licence.key-twice`, `licence-key.is-signed`
pub async fn open(call: &Call, arguments: OpenSubscription) -> Outcome<Receipt> {
    demand_few(arguments.lots.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    fields::demand("reference", &arguments.reference, TEXT)?;
    let mut seen = BTreeSet::new();
    for line in &arguments.lots {
        demand_texts(&[("key", &line.key), ("order", &line.order)])?;
        // One key may hold several types; it holds each of them once.
        if let Some(key) = keys::whole(&line.key)
            && !seen.insert((key.digest, &line.licence_type, line.term))
        {
            return Err(Problem::new(ErrorCode::LicenceKeyTwice).with("key", key.masked));
        }
    }
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let mut lots = Vec::with_capacity(arguments.lots.len());
            for (number, line) in (0_u32..).zip(&arguments.lots) {
                if !acting.opened.product.has_type(&line.licence_type) {
                    let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
                    return Err(unknown.with("product", line.licence_type.clone()));
                }
                lots.push(opening_lot(&acting, number, line)?);
            }
            let given = (arguments.start, lots);
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                subscription::open(
                    &mut opened.book,
                    id,
                    given,
                    &arguments.reference,
                    &opened.terms,
                    opened.today,
                )
            };
            let entry = audit::Entry::done()
                .detail("start", arguments.start.to_string())
                .detail("reference", arguments.reference.clone());
            let mut acting = acting;
            let texts = arguments.lots.iter().map(|line| line.key.as_str());
            let book = (arguments.act.organization, arguments.act.product.as_str());
            let keys = demand_not_known(
                acting.transaction.connection(),
                call.caller()?,
                texts,
                book,
                Entering::Opening,
            )
            .await?;
            let entries = rule(&mut acting).map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&entries).await?;
            if let Some(first) = entries.first() {
                store::enter_keys(acting.transaction.connection(), &keys, first.id).await?;
            }
            needs_again(&mut acting).await?;
            acting.finish(entry).await
        }
    }
}

fn opening_lot(acting: &Acting<'_>, number: u32, line: &OpeningLine) -> Outcome<OpeningLot> {
    let shelf_end = later_by_years(line.redeemed, acting.opened.terms.storage_years);
    // The same year twice is the sum of both.
    let mut years = BTreeMap::new();
    for year in &line.years {
        let sum: &mut i64 = years.entry(year.year).or_default();
        *sum = sum
            .checked_add(year.quantity)
            .filter(|_| year.quantity >= 0)
            .ok_or(ErrorCode::LicenceOutOfRange)?;
    }
    Ok(OpeningLot {
        lot: Lot {
            id: derived(&[b"opening", acting.id().as_bytes(), &number.to_be_bytes()]),
            origin: LotOrigin::Opening,
            purpose: Purpose::Subscription,
            key: keys::masked(&line.key),
            licence_type: line.licence_type.clone(),
            term: line.term,
            order: line.order.trim().to_owned(),
            redeemed: line.redeemed,
            shelf_end: shelf_end.ok_or(ErrorCode::LicenceOutOfRange)?,
            issuer: None,
        },
        wallet: line.wallet,
        years,
    })
}

/// Ends a subscription: no later year is due, nothing is refunded (LIC-65).
///
/// # Errors
/// `licence.not-started`, `licence.ended`, `form.invalid` without a reason
pub async fn end(call: &Call, arguments: EndSubscription) -> Outcome<Receipt> {
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let rule = |acting: &mut Acting<'_>| {
                let (id, opened) = (acting.id(), &mut acting.opened);
                subscription::end(&mut opened.book, id, &arguments.reason, opened.today)
                    .map(|entry| vec![entry])
            };
            apply(
                acting,
                rule,
                audit::Entry::done().detail("reason", arguments.reason.clone()),
            )
            .await
        }
    }
}

/// Takes an entry back, by one that says why (LIC-65).
///
/// # Errors
/// `not-found`, `licence.not-reversible`, `licence.already-used`, `form.invalid` without a reason
pub async fn reverse(call: &Call, arguments: ReverseEntry) -> Outcome<Receipt> {
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let of = (arguments.act.organization, arguments.act.product.as_str());
            let before = store::entry(acting.transaction.connection(), of, arguments.entry).await?;
            let (id, today) = (acting.id(), acting.opened.today);
            let reversed =
                subscription::reverse(&mut acting.opened.book, id, &before, &arguments.reason, today);
            let entries = reversed.map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&entries).await?;
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done()
                .detail("entry", arguments.entry.to_string())
                .detail("reason", arguments.reason.clone());
            acting.finish(entry).await
        }
    }
}
