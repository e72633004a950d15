//! Hardware that carries licences: registering and removing it (LIC-40).

use super::acting::{Begun, TEXT, begin};
use super::commands::{demand_few, demand_reason, demand_texts, needs_again};
use super::offline::answers::system_of;
use super::opened::Opened;
use super::rules::hardware as rules;
use super::rules::need::Quantities;
use super::store::{self, Hardware, OfflineSystem};
use super::types::*;
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;

/// The longest serial number and model, in characters.
const LONGEST: usize = 120;

/// Registers hardware by its serial number (LIC-40). One that was removed is active again, here, with what it always carried.
///
/// # Errors
/// `licence-hardware.active`, `licence-hardware.unknown`, `licence.not-registered`, `licence.product-unknown` for a type,
/// `licence.out-of-range`, `form.invalid`
pub async fn register(call: &Call, arguments: RegisterHardware) -> Outcome<Receipt> {
    demand_few(arguments.licences.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    check(&arguments)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let key = rules::serial_key(&arguments.serial);
            let (organization, today, id) = (acting.opened.organization.id, acting.opened.today, acting.id());
            let product = acting.opened.product.id.clone();
            let connection = acting.transaction.connection();
            let known = store::hardware(connection, &product, &key).await?;
            if known
                .as_ref()
                .is_some_and(|known| known.state == HardwareState::Active)
            {
                let active = Problem::new(ErrorCode::LicenceHardwareActive);
                return Err(active.with("serial", arguments.serial.trim()));
            }
            let system = match arguments.system {
                Some(system) => Some(system_of(connection, &acting.opened, system).await?),
                None => None,
            };
            let mut hardware = match known {
                Some(known) => known,
                None => new_hardware(&acting.opened, &arguments, key, system.as_ref())?,
            };
            hardware.organization = organization;
            hardware.system = arguments.system;
            hardware.state = HardwareState::Active;
            hardware.since = today;
            let names = (
                hardware.serial.as_str(),
                hardware.model.as_str(),
                hardware.reference.as_str(),
            );
            let book = &mut acting.opened.book;
            let entry = rules::register(book, id, names, &hardware.licences, today);
            let entry = entry.map_err(|refusal| acting.opened.problem(refusal))?;
            store::write_hardware(acting.transaction.connection(), &hardware).await?;
            acting.write_here(&[entry]).await?;
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done()
                .detail("serial", hardware.serial)
                .detail("model", hardware.model);
            acting.finish(entry).await
        }
    }
}

fn check(arguments: &RegisterHardware) -> Outcome<()> {
    let required = |field, text| fields::required(field, text, LONGEST);
    let mut problems: Vec<FieldProblem> = Vec::new();
    problems.extend(required("serial", &arguments.serial));
    problems.extend(required("model", &arguments.model));
    if problems.is_empty() && rules::serial_key(&arguments.serial).is_empty() {
        problems.push(FieldProblem::new("serial", ErrorCode::FieldRequired));
    }
    // What a person says has a source; the catalogue names its own.
    problems.extend(if arguments.licences.is_empty() {
        fields::text("reference", &arguments.reference, TEXT, false)
    } else {
        fields::required("reference", &arguments.reference, TEXT)
    });
    Problem::of_fields(problems)
}

/// Hardware that was never registered: what it carries is said by a person, or by the catalogue.
fn new_hardware(
    opened: &Opened,
    arguments: &RegisterHardware,
    serial_key: String,
    system: Option<&OfflineSystem>,
) -> Outcome<Hardware> {
    let product = &opened.product;
    let model = arguments.model.trim();
    let mut licences = Quantities::new();
    for line in &arguments.licences {
        if !product.has_type(&line.licence_type) {
            let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
            return Err(unknown.with("product", line.licence_type.clone()));
        }
        if licences
            .insert(line.licence_type.clone(), line.quantity)
            .is_some()
        {
            return Err(ErrorCode::LicenceOutOfRange.into());
        }
    }
    let by_hand = !licences.is_empty();
    if !by_hand {
        let known = product.hardware.iter();
        licences = rules::carried(
            model,
            known.map(|known| (known.model.as_str(), known.licence_type.as_str(), known.quantity)),
        );
    }
    if licences.is_empty() {
        return Err(Problem::new(ErrorCode::LicenceHardwareUnknown).with("model", model));
    }
    let named = system.is_some_and(|system| {
        let mut ids = system.hardware.iter();
        ids.any(|id| rules::serial_key(id) == serial_key)
    });
    Ok(Hardware {
        product: product.id.clone(),
        serial_key,
        serial: arguments.serial.trim().to_owned(),
        model: model.to_owned(),
        organization: opened.organization.id,
        system: None,
        licences,
        source: match (by_hand, named) {
            (true, _) => HardwareSource::ByHand,
            (false, true) => HardwareSource::SystemFile,
            (false, false) => HardwareSource::Catalogue,
        },
        reference: arguments.reference.trim().to_owned(),
        state: HardwareState::Active,
        since: opened.today,
    })
}

/// Removes hardware: its licences are suspended until the serial number is registered again, here or elsewhere (LIC-40).
///
/// # Errors
/// `not-found`, `form.invalid` without a reason
pub async fn remove(call: &Call, arguments: RemoveHardware) -> Outcome<Receipt> {
    demand_reason(&arguments.act.screen, &arguments.reason)?;
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let (id, today) = (acting.id(), acting.opened.today);
            let product = acting.opened.product.id.clone();
            let key = rules::serial_key(&arguments.serial);
            let known = store::hardware(acting.transaction.connection(), &product, &key).await?;
            let here = known.filter(|known| {
                known.organization == arguments.act.organization && known.state == HardwareState::Active
            });
            let mut hardware = here.ok_or(ErrorCode::NotFound)?;
            let book = &mut acting.opened.book;
            let entry = rules::remove(book, id, &hardware.serial, &arguments.reason, today);
            let entry = entry.map_err(|refusal| acting.opened.problem(refusal))?;
            hardware.state = HardwareState::Suspended;
            hardware.system = None;
            hardware.since = today;
            store::write_hardware(acting.transaction.connection(), &hardware).await?;
            acting.write_here(&[entry]).await?;
            needs_again(&mut acting).await?;
            let entry = audit::Entry::done()
                .detail("serial", hardware.serial)
                .detail("reason", arguments.reason.clone());
            acting.finish(entry).await
        }
    }
}
