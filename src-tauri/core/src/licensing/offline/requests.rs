//! Taking a file as the request of a system: the system and what it needs are registered (LIC-15, LIC-50).

use super::super::acting::{Acting, Begun, TEXT, begin};
use super::super::commands::{demand_few, demand_texts, needs_again};
use super::super::formats::problem;
use super::super::rules::need::Quantities;
use super::super::rules::wallet::MOST_LICENCES;
use super::super::store::{self, KeptFile, OfflineSystem};
use super::super::types::*;
use super::reading::{self, ReadFile, Receiver, SystemFile};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::OfflineSystemId;
use flotilla_licence_formats::container::{HARDWARE_LIMIT, Refusal, TEXT_LIMIT};
use flotilla_licence_formats::issuer::PublicKey;
use flotilla_licence_formats::{SystemId, names};

/// What a file asks for, whoever reads it.
struct Asked {
    identity: String,
    version: String,
    hardware: Vec<String>,
    needs: Quantities,
    source: NeedSource,
    reference: String,
    signing_key: Option<PublicKey>,
    sequence: Option<u64>,
    kind: &'static str,
    known: Option<OfflineSystem>,
}

/// Registers a system without a network, or what a known one needs now (LIC-50).
///
/// # Errors
/// Why the file is not taken (LIC-52); `transfer.gone`, `licence.not-registered`, `licence.product-unknown` for a type,
/// `form.invalid` for what was entered
pub async fn accept(call: &Call, arguments: AcceptSystemFile) -> Outcome<Receipt> {
    demand_texts(&[("screen", &arguments.act.screen)])?;
    if let Some(entered) = &arguments.entered {
        check_entered(entered)?;
    }
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(mut acting) => {
            let file = reading::file(call, &arguments.digest)?;
            demand_open(&acting)?;
            let asked = asked(&mut acting, &file, arguments.entered.as_ref()).await?;
            for licence_type in asked.needs.keys() {
                if !acting.opened.product.has_type(licence_type) {
                    let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
                    return Err(unknown.with("product", licence_type.clone()));
                }
            }
            let entry = audit::Entry::done()
                .detail("system", asked.identity.clone())
                .detail("file", file.digest.to_string());
            write(&mut acting, &file, asked).await?;
            needs_again(&mut acting).await?;
            acting.finish(entry).await
        }
    }
}

/// The product is registered, and its organization not archived.
pub(super) fn demand_open(acting: &Acting<'_>) -> Outcome<()> {
    if acting.opened.book.archived {
        return Err(ErrorCode::LicenceFrozen.into());
    }
    if acting.opened.book.registered.is_none() {
        return Err(ErrorCode::LicenceNotRegistered.into());
    }
    Ok(())
}

fn check_entered(entered: &EnteredSystem) -> Outcome<()> {
    demand_few(entered.needs.len())?;
    demand_few(entered.hardware.len())?;
    let mut problems: Vec<FieldProblem> = Vec::new();
    if SystemId::new(&entered.system).is_none() {
        let wrong = FieldProblem::new("system", ErrorCode::LicenceOfflineIdentity);
        problems.push(wrong.with("limit", i64::try_from(names::NAME_LIMIT).unwrap_or(i64::MAX)));
    }
    problems.extend(fields::text("version", &entered.version, TEXT_LIMIT, false));
    problems.extend(fields::required("reference", &entered.reference, TEXT));
    let hardware = entered.hardware.iter().take(HARDWARE_LIMIT + 1);
    problems.extend(hardware.filter_map(|id| fields::required("hardware", id, TEXT_LIMIT)));
    Problem::of_fields(problems)?;
    let mut seen = Quantities::new();
    for need in &entered.needs {
        let again = seen.insert(need.licence_type.clone(), need.quantity).is_some();
        if again || !(0..=MOST_LICENCES).contains(&need.quantity) {
            return Err(ErrorCode::LicenceOutOfRange.into());
        }
    }
    Ok(())
}

async fn asked(acting: &mut Acting<'_>, file: &ReadFile, entered: Option<&EnteredSystem>) -> Outcome<Asked> {
    let product = acting.opened.product.id.clone();
    let receiver = Receiver {
        organization: acting.opened.organization.id,
        product: Some(&product),
        today: acting.opened.today,
    };
    let connection = acting.transaction.connection();
    match SystemFile::of(&file.bytes)? {
        SystemFile::Request(received) => {
            let known = receiver.check_request(connection, &received).await?;
            let content = received.content;
            Ok(Asked {
                identity: content.system.to_string(),
                version: content.product_version,
                hardware: content.hardware,
                needs: content
                    .needs
                    .iter()
                    .filter(|need| need.quantity > 0)
                    .map(|need| (need.licence_type.to_string(), need.quantity.into()))
                    .collect(),
                source: NeedSource::SystemFile,
                reference: String::new(),
                signing_key: received.signer,
                sequence: Some(content.sequence),
                kind: "request",
                known,
            })
        }
        SystemFile::Confirmation(_) => Err(problem(&Refusal::WrongKind {
            expected: "request",
            found: "confirmation",
        })),
        SystemFile::Other => {
            receiver.demand_new(connection, file.digest).await?;
            let entered = entered.ok_or_else(|| problem(&Refusal::NotOurs))?;
            let known = receiver.known(connection, &product, &entered.system).await?;
            // A system that signs its files is not spoken for by another one.
            if known.as_ref().is_some_and(|known| known.signing_key.is_some()) {
                return Err(problem(&Refusal::NotSigned));
            }
            Ok(Asked {
                identity: entered.system.clone(),
                version: entered.version.trim().to_owned(),
                hardware: entered.hardware.iter().map(|id| id.trim().to_owned()).collect(),
                needs: entered
                    .needs
                    .iter()
                    .filter(|need| need.quantity > 0)
                    .map(|need| (need.licence_type.clone(), need.quantity))
                    .collect(),
                source: NeedSource::ByHand,
                reference: entered.reference.trim().to_owned(),
                signing_key: None,
                sequence: None,
                kind: "other",
                known,
            })
        }
    }
}

async fn write(acting: &mut Acting<'_>, file: &ReadFile, asked: Asked) -> Outcome<()> {
    let (organization, product) = (acting.opened.organization.id, acting.opened.product.id.clone());
    let (now, today) = (acting.opened.now, acting.opened.today);
    let last = asked.known.as_ref().map_or(0, |known| known.sequence);
    let sequence = asked.sequence.unwrap_or(last);
    // What it has stays as it is until the answer; a system that was returned begins anew.
    let state = match asked.known.as_ref().map(|known| known.state) {
        Some(state @ (OfflineState::Pending | OfflineState::Licensed)) => state,
        _ => OfflineState::Requested,
    };
    let known = asked.known;
    let system = OfflineSystem {
        id: known
            .as_ref()
            .map_or_else(|| OfflineSystemId::new(now), |known| known.id),
        organization,
        product,
        identity: asked.identity,
        version: asked.version,
        hardware: asked.hardware,
        needs: asked.needs,
        source: asked.source,
        reference: asked.reference,
        signing_key: asked.signing_key,
        sequence,
        answer_sequence: known.as_ref().map_or(0, |known| known.answer_sequence),
        state,
        request: Some(file.digest),
        answer: known.as_ref().and_then(|known| known.answer),
        first_day: known.as_ref().map_or(today, |known| known.first_day),
    };
    let connection = acting.transaction.connection();
    store::write_system(connection, &system, now).await?;
    let kept = KeptFile {
        digest: file.digest,
        kind: asked.kind,
        name: &file.name,
        sequence,
        content: &file.bytes,
    };
    store::insert_file(connection, system.id, &kept, now).await
}
