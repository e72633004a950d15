//! What the systems of an organization need of a product today (LIC-15).

use super::super::catalogue::Product;
use super::super::rules::book::Book;
use super::super::rules::ledger::{Account, Commodity};
use super::super::rules::need::{self, Quantities, Substitution};
use super::super::rules::offline;
use super::super::types::{NeedOrigin, OfflineState};
use super::{active_hardware, offline_systems};
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{OfflineSystemId, OrganizationId, SystemId};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is needed, and by whom.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// What a person has said that the organization needs on top, by type.
    pub on_top: Quantities,
    /// What the systems that were found need, by type.
    pub found: Quantities,
    /// What each system without a network needs beyond its hardware and what it has for good.
    pub offline: BTreeMap<OfflineSystemId, Quantities>,
    /// What hardware brings that belongs to no system here (LIC-40).
    pub hardware: Quantities,
    substitutions: Vec<Substitution>,
}

impl Needs {
    /// All of it, less what hardware brings.
    pub fn total(&self) -> Quantities {
        self.sum(self.offline.values())
    }

    /// What the need of today is made of, by type and source; together they are [`Needs::total`] (LIC-15, LIC-60).
    pub fn parts(&self) -> Vec<(String, NeedOrigin, i64)> {
        let mut files = Quantities::new();
        for (licence_type, quantity) in self.offline.values().flatten() {
            need::add(&mut files, licence_type, *quantity);
        }
        let total = self.total();
        let sources = [
            (NeedOrigin::Systems, &self.found),
            (NeedOrigin::Files, &files),
            (NeedOrigin::ByHand, &self.on_top),
        ];
        let names: BTreeSet<&String> = sources.iter().flat_map(|(_, some)| some.keys()).collect();
        let mut parts = Vec::new();
        for name in names {
            let mut left = need::of(&total, name);
            for (source, some) in sources {
                let quantity = need::of(some, name);
                if quantity > 0 {
                    parts.push((name.clone(), source, quantity));
                    left -= quantity;
                }
            }
            // What hardware brings, of this type or of one that takes its place.
            if left != 0 {
                parts.push((name.clone(), NeedOrigin::Hardware, left));
            }
        }
        parts
    }

    /// What everybody but one system needs of a year, beyond what is in the files of the others.
    pub fn of_others(&self, book: &Book, system: OfflineSystemId, year: Option<u32>) -> Quantities {
        let short: Vec<Quantities> = self
            .offline
            .iter()
            .filter(|(other, _)| **other != system)
            .map(|(other, needs)| {
                let has = year.map_or_else(Quantities::new, |year| offline::in_year(book, other.0, year));
                need::coverage(needs, &has, &self.substitutions).short
            })
            .collect();
        self.sum(short.iter())
    }

    fn sum<'q>(&self, more: impl Iterator<Item = &'q Quantities>) -> Quantities {
        let mut total = self.found.clone();
        let mut add = |needs: &Quantities| {
            for (licence_type, quantity) in needs {
                need::add(&mut total, licence_type, *quantity);
            }
        };
        add(&self.on_top);
        more.for_each(add);
        total.retain(|_, quantity| *quantity > 0);
        need::coverage(&total, &self.hardware, &self.substitutions).short
    }
}

/// What the systems of an organization need of a product today (LIC-15): of each what is required by hand, by its system file or by the
/// rule, less what its hardware brings and what was allocated to it alone, and what the organization needs on top.
///
/// # Errors
/// Database errors.
pub async fn needs(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &Product,
    book: &Book,
) -> Outcome<Needs> {
    let mut needs = Needs {
        substitutions: product.substitutions.clone(),
        ..Needs::default()
    };
    let mut by_hand = by_hand(connection, organization, &product.id).await?;
    needs.on_top = by_hand.remove(&Vec::new()).unwrap_or_default();
    let mut expansions = expansions(book);
    let systems =
        sqlx::query("SELECT id, kind, model FROM system WHERE organization_id = ? AND removed_at IS NULL")
            .bind(organization)
            .fetch_all(&mut *connection)
            .await?;
    for row in &systems {
        let id: SystemId = row.take(0)?;
        let mut required = product.required_by(row.take(1)?, row.take(2)?);
        for (licence_type, quantity) in by_hand.remove(id.blob()).unwrap_or_default() {
            required.insert(licence_type, quantity);
        }
        let expansion = expansions.remove(&id.0).unwrap_or_default();
        let rest = need::of_system(&required, &Quantities::new(), &expansion, &product.substitutions);
        for (licence_type, quantity) in rest {
            need::add(&mut needs.found, &licence_type, quantity);
        }
    }
    let mut carried: BTreeMap<Option<OfflineSystemId>, Quantities> = BTreeMap::new();
    for hardware in active_hardware(connection, organization, &product.id).await? {
        for (licence_type, quantity) in &hardware.licences {
            need::add(
                carried.entry(hardware.system).or_default(),
                licence_type,
                *quantity,
            );
        }
    }
    for system in offline_systems(connection, organization, &product.id).await? {
        if matches!(system.state, OfflineState::Returned | OfflineState::Lost) {
            continue;
        }
        let hardware = carried.remove(&Some(system.id)).unwrap_or_default();
        let mut expansion = expansions.remove(&system.id.0).unwrap_or_default();
        for (licence_type, quantity) in offline::unbound_pending(book, system.id.0) {
            need::add(&mut expansion, &licence_type, quantity);
        }
        let rest = need::of_system(&system.needs, &hardware, &expansion, &product.substitutions);
        needs.offline.insert(system.id, rest);
    }
    needs.hardware = carried.remove(&None).unwrap_or_default();
    Ok(needs)
}

/// What persons have said, by system; under an empty id what the organization needs on top.
async fn by_hand(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<BTreeMap<Vec<u8>, Quantities>> {
    let rows = sqlx::query(
        "SELECT system_id, licence_type, quantity FROM licence_requirement WHERE organization_id = ? AND product = ?",
    )
    .bind(organization)
    .bind(product)
    .fetch_all(connection)
    .await?;
    let mut by_hand: BTreeMap<Vec<u8>, Quantities> = BTreeMap::new();
    for row in &rows {
        let (system, licence_type): (Vec<u8>, String) = (row.take(0)?, row.take(1)?);
        by_hand
            .entry(system)
            .or_default()
            .insert(licence_type, row.take(2)?);
    }
    Ok(by_hand)
}

/// What was allocated to systems for good, by type.
fn expansions(book: &Book) -> BTreeMap<Uuid, Quantities> {
    let mut expansions: BTreeMap<Uuid, Quantities> = BTreeMap::new();
    for (account, commodity, amount) in book.balances() {
        if let (Account::System(system), Commodity::Licences { licence_type, .. }) = (account, commodity) {
            need::add(expansions.entry(system).or_default(), licence_type, amount);
        }
    }
    expansions
}
