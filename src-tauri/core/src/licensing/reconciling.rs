//! Comparing the book of a product with what the vendor shows, and bringing it in line with that (LIC-66).

use super::acting::{Begun, TEXT, begin};
use super::commands::{demand_few, demand_reason, demand_texts, needs_again};
use super::opened::{self, Opened};
use super::redeeming::{Entering, demand_not_known};
use super::rules::ledger::Place;
use super::rules::reconciliation::{self, Difference, Group, Shown};
use super::types::*;
use super::{key_text, store};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::OrganizationId;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

impl From<&Difference> for BookDifference {
    fn from(difference: &Difference) -> Self {
        let Group {
            key,
            licence_type,
            term,
        } = difference.group.clone();
        Self {
            key,
            licence_type,
            term,
            year: match difference.place {
                Place::Wallet => None,
                Place::Year(year) => Some(year),
            },
            here: difference.here,
            shown: difference.shown,
            named: difference.named,
        }
    }
}

impl From<&BookDifference> for Difference {
    fn from(difference: &BookDifference) -> Self {
        Self {
            group: Group {
                key: difference.key.clone(),
                licence_type: difference.licence_type.clone(),
                term: difference.term,
            },
            place: difference.year.map_or(Place::Wallet, Place::Year),
            here: difference.here,
            shown: difference.shown,
            named: difference.named,
        }
    }
}

/// What the vendor shows and the book has otherwise; nothing is changed (LIC-66).
///
/// # Errors
/// `licence.product-unknown` for a type, `licence.out-of-range`, `licence.key-same-ending`, `form.invalid`, `too-large`
pub async fn compare(call: &Call, arguments: CompareLicences) -> Outcome<Vec<BookDifference>> {
    check(&arguments.lines)?;
    let mut connection = call.workspace.database.read().await?;
    let opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    let book = (arguments.organization, arguments.product.as_str());
    demand_same_keys(&mut connection, book, &arguments.lines).await?;
    let shown = shown(&opened, &arguments.lines)?;
    let differences = reconciliation::differences(&opened.book, &shown, opened.today);
    let differences = differences.map_err(|refusal| opened.problem(refusal))?;
    Ok(differences.iter().map(BookDifference::from).collect())
}

/// Resolves differences: licences move to where the vendor shows them; what is too much is taken back, what is missing entered as an
/// opening balance (LIC-66).
///
/// # Errors
/// `licence.no-difference` when the book has changed since, `licence.already-used` for what a system without a network holds,
/// `licence.not-registered`, `licence.product-unknown` for a type, `licence.out-of-range`, `form.invalid`, `too-large`,
/// `licence.key-redeemed` for a key that is in other books, `licence-key.is-signed` for one that can be redeemed,
/// `licence.key-same-ending`
pub async fn reconcile(call: &Call, arguments: ReconcileLicences) -> Outcome<Receipt> {
    check(&arguments.lines)?;
    demand_few(arguments.differences.len())?;
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    fields::demand("reference", &arguments.reference, TEXT)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let shown = shown(&acting.opened, &arguments.lines)?;
            let chosen: Vec<Difference> = arguments.differences.iter().map(Difference::from).collect();
            let texts = entered(&arguments).map(|line| line.key.as_str());
            let book = (arguments.act.organization, arguments.act.product.as_str());
            let connection = acting.transaction.connection();
            demand_same_keys(connection, book, &arguments.lines).await?;
            let keys =
                demand_not_known(connection, call.caller()?, texts, book, Entering::Comparison).await?;
            let (id, opened) = (acting.id(), &mut acting.opened);
            let entries = reconciliation::reconcile(
                &mut opened.book,
                id,
                (&shown, &chosen),
                (&arguments.reference, &arguments.reason),
                &opened.terms,
                opened.today,
            );
            let entries = entries.map_err(|refusal| acting.opened.problem(refusal))?;
            acting.write_here(&entries).await?;
            if let Some(first) = entries.first() {
                store::enter_keys(acting.transaction.connection(), &keys, first.id).await?;
            }
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done()
                .detail("reference", arguments.reference.clone())
                .detail("reason", arguments.reason.clone());
            acting.finish(entry).await
        }
    }
}

/// The lines whose licences come into the books: of what was chosen, where the vendor shows more than there is. The key of any other
/// line stays as it is, and can still be redeemed.
fn entered(arguments: &ReconcileLicences) -> impl Iterator<Item = &ShownLine> {
    arguments.lines.iter().filter(|line| {
        let key = key_text::ending(&line.key);
        arguments.differences.iter().any(|chosen| {
            chosen.shown > chosen.here
                && chosen.key == key
                && chosen.licence_type == line.licence_type
                && chosen.term == line.term
        })
    })
}

/// Licences are compared by the end of their key. A whole key that ends like another one of the book must not pass for it.
async fn demand_same_keys(
    connection: &mut SqliteConnection,
    book: (OrganizationId, &str),
    lines: &[ShownLine],
) -> Outcome<()> {
    for key in lines.iter().filter_map(|line| key_text::whole(&line.key)) {
        if store::other_with_ending(connection, book, &key.digest, &key.masked).await? {
            return Err(Problem::new(ErrorCode::LicenceKeyEnding).with("key", key.masked));
        }
    }
    Ok(())
}

fn check(lines: &[ShownLine]) -> Outcome<()> {
    demand_few(lines.len())?;
    demand_few(lines.iter().map(|line| line.years.len()).sum())?;
    for line in lines {
        demand_texts(&[("key", &line.key), ("order", &line.order)])?;
    }
    Ok(())
}

fn shown(opened: &Opened, lines: &[ShownLine]) -> Outcome<Vec<Shown>> {
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        if !opened.product.has_type(&line.licence_type) {
            let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
            return Err(unknown.with("product", line.licence_type.clone()));
        }
        let wallet = line.wallet.map(|wallet| (Place::Wallet, wallet));
        let years = line
            .years
            .iter()
            .map(|year| (Place::Year(year.year), year.quantity));
        let mut places: BTreeMap<Place, i64> = BTreeMap::new();
        for (place, quantity) in wallet.into_iter().chain(years) {
            let sum = places.entry(place).or_default();
            *sum = sum.saturating_add(quantity);
        }
        shown.push(Shown {
            group: Group {
                key: key_text::ending(&line.key),
                licence_type: line.licence_type.clone(),
                term: line.term,
            },
            order: line.order.trim().to_owned(),
            redeemed: line.redeemed,
            places,
        });
    }
    Ok(shown)
}
