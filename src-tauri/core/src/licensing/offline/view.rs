//! The systems without a network of a product, and its hardware.

use super::super::details::types;
use super::super::opened::{self, Opened};
use super::super::rules::book::Book;
use super::super::rules::files::FileState;
use super::super::rules::need::{self, Quantities};
use super::super::rules::offline as rules;
use super::super::store::{self, OfflineSystem};
use super::super::types::*;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OfflineSystemId;

/// The systems without a network and the hardware of a product of an organization (LIC-40, LIC-51).
///
/// # Errors
/// `licence.product-unknown`, `licence.ledger-differs`
pub async fn systems(call: &Call, arguments: ProductArgument) -> Outcome<OfflineSystems> {
    let mut connection = call.workspace.database.read().await?;
    let opened = opened::open(
        &call.workspace,
        &mut connection,
        arguments.organization,
        &arguments.product,
    )
    .await?;
    let Opened {
        organization,
        product,
        book,
        today,
        ..
    } = &opened;
    let systems = store::offline_systems(&mut connection, organization.id, &product.id).await?;
    let hardware = store::hardware_of(&mut connection, organization.id, &product.id).await?;
    let most = call.workspace.preferences::<LicencePreferences>().offline_rehosts;
    let lost = i64::try_from(rules::lost(book).len()).unwrap_or(i64::MAX);
    Ok(OfflineSystems {
        today: *today,
        systems: systems.iter().map(|system| row(book, system, &systems)).collect(),
        hardware: hardware
            .into_iter()
            .map(|one| HardwareRow {
                licences: types(&one.licences),
                serial: one.serial,
                model: one.model,
                system: one.system,
                source: one.source,
                reference: one.reference,
                state: one.state,
                since: one.since,
            })
            .collect(),
        models: product
            .hardware
            .iter()
            .map(|known| HardwareModel {
                model: known.model.clone(),
                licence_type: known.licence_type.clone(),
                quantity: known.quantity,
            })
            .collect(),
        rehosts_left: (most - lost).max(0),
    })
}

fn row(book: &Book, system: &OfflineSystem, all: &[OfflineSystem]) -> OfflineSystemRow {
    let present = book.subscription.as_ref().map_or(0, |known| known.year);
    let mut holds = Quantities::new();
    for (lot, line) in rules::held(book, system.id.0) {
        if line.year.is_none() || line.years(lot.term).end > present {
            need::add(&mut holds, &lot.licence_type, line.quantity);
        }
    }
    let waiting = rules::pending(book, system.id.0).map(|(_, file)| file);
    let mut pending = Quantities::new();
    for line in waiting.map_or(&[][..], |file| &file.lines) {
        if let Some(lot) = book.lots.get(&line.lot) {
            need::add(&mut pending, &lot.licence_type, line.quantity);
        }
    }
    OfflineSystemRow {
        id: system.id,
        identity: system.identity.clone(),
        version: system.version.clone(),
        state: system.state,
        waits: system.request.is_some(),
        hardware: system.hardware.clone(),
        needs: types(&system.needs),
        source: system.source,
        reference: system.reference.clone(),
        signed: system.signing_key.is_some(),
        holds: types(&holds),
        pending: types(&pending),
        since: system.first_day,
        answer: i64::try_from(system.answer_sequence).unwrap_or(i64::MAX),
        expires: waiting.map(|file| file.expires),
        replaced_by: replaced_by(book, system.id, all),
    }
}

/// How the system calls itself that has the licences of a lost one.
fn replaced_by(book: &Book, lost: OfflineSystemId, all: &[OfflineSystem]) -> String {
    let open = [FileState::Pending, FileState::Confirmed];
    let mut files = book.offline.values();
    let file = files.find(|file| file.replaces == Some(lost.0) && open.contains(&file.state));
    let by = file.and_then(|file| all.iter().find(|other| other.id.0 == file.system));
    by.map_or_else(String::new, |by| by.identity.clone())
}
