//! What people ask of devices, acts and credential sets. What is done on devices is in `adding` and `operating`.

use super::acting::Running;
use super::store;
use super::types::*;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};

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
