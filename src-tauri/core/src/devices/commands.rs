//! What people ask of devices, acts and credential sets. What is done on devices is in `adding` and `operating`.

use super::acting::Running;
use super::rules::{self, Version};
use super::store;
use super::types::*;
use crate::repository::store::firmware;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use std::collections::BTreeMap;

/// So many of the latest acts are listed.
const LATEST: i64 = 50;

/// The credential sets of an organization (DEV-02).
///
/// # Errors
/// Database errors.
pub async fn credential_sets(call: &Call, arguments: CredentialSetsOf) -> Outcome<Vec<CredentialSet>> {
    let mut connection = call.workspace.database.read().await?;
    store::credential_sets(&mut connection, arguments.organization).await
}

/// Adds a credential set or changes one.
///
/// # Errors
/// `form.invalid`, `changed-meanwhile`, `not-found`.
pub async fn save_credential_set(call: &Call, mut form: SaveCredentialSet) -> Outcome<CredentialSet> {
    form.name = form.name.trim().to_owned();
    form.user_name = form.user_name.trim().to_owned();
    form.password = form.password.take().filter(|password| !password.is_empty());
    let mut problems: Vec<FieldProblem> = [
        fields::required("name", &form.name, fields::NAME_LENGTH),
        fields::required("user_name", &form.user_name, fields::LINE_LENGTH),
    ]
    .into_iter()
    .flatten()
    .collect();
    if form.id.is_none() && form.password.is_none() {
        problems.push(FieldProblem::new("password", ErrorCode::FieldRequired));
    }
    Problem::of_fields(problems)?;
    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let id = store::save_credential_set(transaction.connection(), now, &form).await?;
    transaction.changed(CREDENTIAL_SETS, [form.organization.0]);
    let sets = store::credential_sets(transaction.connection(), form.organization).await?;
    let entry = Entry::done()
        .organization(form.organization)
        .subject(form.name.clone())
        .detail("new", form.id.is_none())
        .detail("password", form.password.is_some());
    call.commit(transaction, entry).await?;
    sets.into_iter()
        .find(|set| set.id == id)
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// Deletes a credential set. Devices that were added with it keep their credentials.
///
/// # Errors
/// `not-found`
pub async fn delete_credential_set(call: &Call, arguments: CredentialSetArgument) -> Outcome<Nothing> {
    let mut transaction = call.workspace.database.begin().await?;
    let name =
        store::delete_credential_set(transaction.connection(), arguments.organization, arguments.id).await?;
    transaction.changed(CREDENTIAL_SETS, [arguments.organization.0]);
    let entry = Entry::done().organization(arguments.organization).subject(name);
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// The latest acts, the last one first.
///
/// # Errors
/// Database errors.
pub async fn acts(call: &Call, _: Nothing) -> Outcome<Vec<DeviceAct>> {
    let mut connection = call.workspace.database.read().await?;
    let mut acts = store::acts(&mut connection, call.caller()?, None, LATEST).await?;
    for act in &mut acts {
        act.work = call.workspace.state::<Running>().work(act.id);
    }
    Ok(acts)
}

/// An act, with how many devices are in each state.
///
/// # Errors
/// `not-found`
pub async fn act(call: &Call, arguments: DeviceActArgument) -> Outcome<DeviceAct> {
    let mut connection = call.workspace.database.read().await?;
    let mut act = store::act(&mut connection, call.caller()?, arguments.id).await?;
    act.work = call.workspace.state::<Running>().work(act.id);
    Ok(act)
}

/// Ids of the results that match, in order (UI-29).
pub async fn results_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    let (database, caller) = (&call.workspace.database, call.caller()?);
    flotilla_kernel::lists::index(database, caller, &super::list::DEFINITION, &query)
        .await
        .map(Packed)
}

/// The rows in view.
pub async fn results_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<DeviceResultRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// The models among the devices that the account sees, the most frequent first, with how many could be upgraded (DEV-10, DEV-12).
///
/// # Errors
/// Database errors.
pub async fn models(call: &Call, arguments: ModelsOf) -> Outcome<Vec<DeviceModel>> {
    let mut connection = call.workspace.database.read().await?;
    let counted = store::models(&mut connection, call.caller()?, arguments.organization).await?;
    let offered = offered(&mut connection).await?;
    let mut models: BTreeMap<String, DeviceModel> = BTreeMap::new();
    for (model, version, count) in counted {
        let upgradable =
            software_of(&offered, &model, &version).is_some_and(|(found, _)| !found.path.is_empty());
        let entry = models.entry(model.clone()).or_insert(DeviceModel {
            model,
            devices: 0,
            upgradable: 0,
        });
        entry.devices += count;
        entry.upgradable += if upgradable { count } else { 0 };
    }
    let mut models: Vec<DeviceModel> = models.into_values().collect();
    models.sort_by(|one, other| {
        other
            .devices
            .cmp(&one.devices)
            .then_with(|| one.model.cmp(&other.model))
    });
    Ok(models)
}

/// What the devices in view run, and the way to what is recommended (DEV-12).
///
/// # Errors
/// `call.too-large`
pub async fn software(call: &Call, arguments: WindowArgument) -> Outcome<Vec<DeviceSoftware>> {
    let ids: Vec<_> = flotilla_kernel::lists::window_ids(&arguments)?
        .iter()
        .map(|&id| flotilla_kernel::ids::SystemId(id))
        .collect();
    let mut connection = call.workspace.database.read().await?;
    let running = store::running(&mut connection, call.caller()?, &ids).await?;
    let offered = offered(&mut connection).await?;
    Ok(running
        .into_iter()
        .map(|(system, model, version)| {
            let known = offered.contains_key(&model.to_lowercase());
            let track = Version::parse(&version).map(|version| version.track());
            let (path, missing) = match software_of(&offered, &model, &version) {
                Some((found, packages)) => (
                    found
                        .path
                        .iter()
                        .filter_map(|&place| packages.get(place))
                        .map(|(_, step)| step.clone())
                        .collect(),
                    found.missing,
                ),
                None => (Vec::new(), Vec::new()),
            };
            DeviceSoftware {
                system,
                track,
                path,
                missing,
                known,
            }
        })
        .collect())
}

/// What the repository has, by model in small letters.
type Offered = BTreeMap<String, Vec<(Version, UpgradeStep)>>;

async fn offered(connection: &mut sqlx::SqliteConnection) -> Outcome<Offered> {
    let mut offered = Offered::new();
    for package in firmware(connection).await? {
        let Some(version) = Version::parse(&package.version) else {
            continue;
        };
        let step = UpgradeStep {
            version: package.version,
            package: package.id,
            size: package.size,
            verified: package.verified,
        };
        offered
            .entry(package.product.to_lowercase())
            .or_default()
            .push((version, step));
    }
    Ok(offered)
}

fn software_of<'o>(
    offered: &'o Offered,
    model: &str,
    version: &str,
) -> Option<(rules::Recommendation, &'o [(Version, UpgradeStep)])> {
    let packages = offered.get(&model.to_lowercase())?;
    let versions: Vec<Version> = packages.iter().map(|(version, _)| version.clone()).collect();
    Some((rules::recommend(&Version::parse(version)?, &versions), packages))
}
