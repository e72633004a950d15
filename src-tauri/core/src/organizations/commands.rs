//! What people do with organizations.

pub mod folders;
pub mod invitations;
pub mod members;

use super::store::{self, NewOrganization};
use super::types::*;
use super::{rules, types};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::lists::ListDefinition;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};

/// The most lines the organization menu shows at once.
const MENU: usize = 200;

/// Folded words of a search, at most sixteen.
pub fn words(search: &str) -> Vec<String> {
    fold(search)
        .split_whitespace()
        .take(16)
        .map(str::to_owned)
        .collect()
}

/// Refuses operators when the preference leaves creating organizations to administrators (RGT-11).
///
/// # Errors
/// `right.missing`
pub fn demand_creation(call: &Call) -> Outcome<()> {
    if call.caller()?.is_administrator()
        || call
            .workspace
            .preferences::<OrganizationPreferences>()
            .operators_create_organizations
    {
        Ok(())
    } else {
        Err(ErrorCode::RightMissing.into())
    }
}

/// The organizations of the menu in the top bar: those this account may see (ORG-03).
pub async fn find(call: &Call, arguments: OrganizationSearch) -> Outcome<OrganizationMatches> {
    let words = words(&arguments.search);
    let mut connection = call.workspace.database.read().await?;
    let (total, organizations) = store::find(
        &mut connection,
        call.caller()?,
        &words,
        usize::try_from(arguments.limit).unwrap_or(1).clamp(1, MENU),
    )
    .await?;
    Ok(OrganizationMatches { total, organizations })
}

async fn ids(call: &Call, definition: &'static ListDefinition, query: &ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(&call.workspace.database, call.caller()?, definition, query)
        .await
        .map(Packed)
}

async fn rows(
    call: &Call,
    definition: &'static ListDefinition,
    arguments: &WindowArgument,
) -> Outcome<Vec<OrganizationRow>> {
    let ids = flotilla_kernel::lists::window_ids(arguments)?;
    store::window(
        &mut *call.workspace.database.read().await?,
        call.caller()?,
        definition,
        ids,
    )
    .await
}

/// Ids of the organizations that match, in order.
///
/// # Errors
/// `list.unknown-column`
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    ids(call, &super::list::DEFINITION, &query).await
}

/// The rows in view, as far as this account may see them.
///
/// # Errors
/// `call.too-large`
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<OrganizationRow>> {
    rows(call, &super::list::DEFINITION, &arguments).await
}

/// Ids of the archived organizations that match, in order (ORG-07).
///
/// # Errors
/// `list.unknown-column`
pub async fn archived_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    ids(call, &super::list::ARCHIVED, &query).await
}

/// The archived organizations in view (ORG-07).
///
/// # Errors
/// `call.too-large`
pub async fn archived_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<OrganizationRow>> {
    rows(call, &super::list::ARCHIVED, &arguments).await
}

/// Settings › General (ORG-02, ORG-04).
///
/// # Errors
/// `not-found`
pub async fn read(call: &Call, arguments: OrganizationArgument) -> Outcome<OrganizationDetails> {
    let mut connection = call.workspace.database.read().await?;
    store::details(&mut connection, call.caller()?, arguments.id).await
}

/// Makes an organization; the creator becomes its owner (ORG-01, RGT-11).
///
/// # Errors
/// `right.missing`, `form.invalid`
pub async fn create(call: &Call, arguments: types::CreateOrganization) -> Outcome<OrganizationDetails> {
    demand_creation(call)?;
    let caller = call.caller()?;
    let form = rules::tidy(arguments);
    let mut problems = rules::check(&form);
    let mut transaction = call.workspace.database.begin().await?;
    problems.extend(store::name_problem(transaction.connection(), caller, &fold(&form.name), None).await?);
    Problem::of_fields(problems)?;
    let (id, _) = store::insert(
        &mut transaction,
        &NewOrganization::from(form),
        Some(caller.account),
    )
    .await?;
    let details = store::details(transaction.connection(), caller, id).await?;
    transaction.membership_changed(crate::organizations::types::CHANGES, [id.0]);
    call.commit(
        transaction,
        Entry::done().organization(id).subject(details.name.clone()),
    )
    .await?;
    Ok(details)
}

/// Saves what an organization is called, where it is and how it is reached (ORG-04). Who shows or finds it by these follows.
///
/// # Errors
/// `form.invalid` with every problem at once, `changed-meanwhile`, `not-found`
pub async fn save(call: &Call, arguments: SaveOrganization) -> Outcome<OrganizationDetails> {
    let SaveOrganization { id, revision, form } = arguments;
    let caller = call.caller()?;
    let form = rules::tidy(form);
    let mut problems = rules::check(&form);
    let mut transaction = call.workspace.database.begin().await?;
    problems
        .extend(store::name_problem(transaction.connection(), caller, &fold(&form.name), Some(id)).await?);
    Problem::of_fields(problems)?;
    let before = store::details(transaction.connection(), caller, id).await?;
    if before.revision != revision {
        return Err(ErrorCode::Changed.into());
    }
    let changed = rules::changed(&before, &form).join(" ");
    let settings = (form.zone.clone(), form.language);
    store::update(transaction.connection(), id, &NewOrganization::from(form)).await?;
    store::set_zone_and_language(transaction.connection(), id, &settings.0, settings.1).await?;
    feature::of(&call.workspace)
        .change(&mut transaction, &SubjectChange::Organization(id))
        .await?;
    let details = store::details(transaction.connection(), caller, id).await?;
    transaction.changed(CHANGES, [id.0]);
    let entry = Entry::done()
        .organization(id)
        .subject(details.name.clone())
        .detail("changed", changed);
    call.commit(transaction, entry).await?;
    Ok(details)
}

// Archiving

/// What archiving takes out of the lists, in numbers (ORG-06).
///
/// # Errors
/// Database errors.
pub async fn plan_archive(call: &Call, arguments: OrganizationArgument) -> Outcome<ArchivePlan> {
    let mut connection = call.workspace.database.read().await?;
    let plan = store::plan_archive(&mut connection, arguments.id).await?;
    let more = feature::of(&call.workspace)
        .archive_numbers(&mut connection, arguments.id)
        .await?;
    Ok(ArchivePlan { more, ..plan })
}

/// Archives an organization: nothing of it is deleted, and nothing of it is shown, polled or done (ORG-06).
///
/// # Errors
/// `form.invalid` when the id was not repeated, `not-found`
pub async fn archive(call: &Call, arguments: ArchiveOrganization) -> Outcome<Nothing> {
    let ArchiveOrganization { id, confirmation } = arguments;
    Problem::of_fields(rules::check_confirmation(id, &confirmation).into_iter().collect())?;
    let mut transaction = call.workspace.database.begin().await?;
    store::archive(&mut transaction, id).await?;
    archived_or_restored(call, transaction, id).await?;
    Ok(Nothing {})
}

/// Restores an archived organization, for who knows its id (ORG-07).
///
/// # Errors
/// `form.invalid` when the id was not repeated, or with `field.taken` when another has its name by now; `not-found` when no archived
/// organization has this id.
pub async fn restore(call: &Call, arguments: RestoreOrganization) -> Outcome<OrganizationDetails> {
    let RestoreOrganization { id, confirmation } = arguments;
    Problem::of_fields(rules::check_confirmation(id, &confirmation).into_iter().collect())?;
    let mut transaction = call.workspace.database.begin().await?;
    store::restore(&mut transaction, id).await?;
    let details = store::details(transaction.connection(), call.caller()?, id).await?;
    archived_or_restored(call, transaction, id).await?;
    Ok(details)
}

async fn archived_or_restored(call: &Call, mut transaction: Transaction, id: OrganizationId) -> Outcome<()> {
    let features = feature::of(&call.workspace);
    let change = SubjectChange::Archived(vec![id]);
    features.change(&mut transaction, &change).await?;
    transaction.membership_changed(CHANGES, [id.0]);
    transaction.membership_changed(ARCHIVED_CHANGES, [id.0]);
    let name = store::name(transaction.connection(), id)
        .await?
        .unwrap_or_default();
    call.commit(transaction, Entry::done().organization(id).subject(name))
        .await?;
    features.committed(&call.workspace, &change);
    Ok(())
}
