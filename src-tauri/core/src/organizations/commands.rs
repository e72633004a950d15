//! What people do with organizations.

use super::store::{self, NewOrganization};
use super::types::*;
use super::{rules, types};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::database::{Transaction, enum_text, fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, Deletion, SubjectChange};
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

// Members

/// Makes somebody a member, gives a member another role or other folders, or takes it out (ORG-05, ORG-10, RGT-09, RGT-10).
///
/// # Errors
/// `right.missing` for an owner without the right to make and unmake owners; `organization.last-owner`; `form.invalid` for an
/// account or folders there are not, or an operator or viewer without a folder; `not-found` to take out who is no member.
pub async fn set_grants(call: &Call, arguments: SetGrants) -> Outcome<Nothing> {
    let SetGrants {
        organization,
        account,
        role,
        folders,
    } = arguments;
    let mut transaction = call.workspace.database.begin().await?;
    let before = store::members::role(transaction.connection(), organization, account).await?;
    // Asked again here: what the caller is may have changed, and an owner is more than a member (RGT-10).
    let right = rules::right_to_change(before, role);
    call.caller()?
        .demand(transaction.connection(), right, organization)
        .await?;
    let known = store::folders::among(transaction.connection(), organization, &folders).await?;
    Problem::of_fields(rules::check_grants(role, &folders, &known))?;
    match role {
        Some(role) => {
            let granted = if rules::has_every_folder(role) {
                &[]
            } else {
                folders.as_slice()
            };
            store::members::set(&mut transaction, organization, account, role, granted).await?;
        }
        None if before.is_none() => return Err(ErrorCode::NotFound.into()),
        None => store::members::remove(&mut transaction, organization, account).await?,
    }
    let owners = store::members::owners(transaction.connection(), organization).await?;
    rules::demand_owner(before, owners)?;
    let change = SubjectChange::Operators(vec![organization]);
    feature::of(&call.workspace)
        .change(&mut transaction, &change)
        .await?;
    transaction.changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .about_account(account)
        .detail(
            "role",
            role.as_ref().map(enum_text).transpose()?.unwrap_or_default(),
        )
        .detail("folders", folders.len());
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

// Archiving

/// What archiving takes out of the lists, in numbers (ORG-06).
///
/// # Errors
/// Database errors.
pub async fn plan_archive(call: &Call, arguments: OrganizationArgument) -> Outcome<ArchivePlan> {
    store::plan_archive(&mut *call.workspace.database.read().await?, arguments.id).await
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

/// Restores an archived organization (ORG-07).
///
/// # Errors
/// `not-found` when no archived organization has this id; `form.invalid` with `field.taken` when another has its name by now.
pub async fn restore(call: &Call, arguments: OrganizationArgument) -> Outcome<OrganizationDetails> {
    let id = arguments.id;
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

// Folders

/// The folders of an organization that the account may see, by their names, with what is in them and below (ORG-20, ORG-24).
///
/// # Errors
/// Database errors.
pub async fn tree(call: &Call, arguments: OrganizationArgument) -> Outcome<Vec<FolderNode>> {
    let mut connection = call.workspace.database.read().await?;
    let tree = store::folders::tree(&mut connection, arguments.id).await?;
    let systems = store::folders::visible(&mut connection, call.caller()?, arguments.id).await?;
    let sums = tree.with_below(&systems);
    let visible = tree.folders().into_iter().filter_map(|folder| {
        Some(FolderNode {
            id: folder.id,
            parent: folder.parent.filter(|parent| sums.contains_key(parent)),
            name: folder.name.clone(),
            default: folder.parent.is_none(),
            systems: *sums.get(&folder.id)?,
        })
    });
    Ok(visible.collect())
}

/// Makes a folder (ORG-20).
///
/// # Errors
/// `form.invalid`, `folder.too-deep`, `not-found`
pub async fn create_folder(call: &Call, arguments: CreateFolder) -> Outcome<FolderNode> {
    let CreateFolder { parent, name } = arguments;
    let mut transaction = call.workspace.database.begin().await?;
    let organization = store::folders::organization_of(transaction.connection(), parent).await?;
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    let name = tree.check_create(parent, &name)?;
    let id = store::folders::insert(&mut transaction, organization, parent, &name).await?;
    transaction.membership_changed(CHANGES, [organization.0]);
    let entry = Entry::done().organization(organization).subject(name.clone());
    call.commit(transaction, entry).await?;
    Ok(FolderNode {
        id,
        parent: Some(parent),
        name,
        default: false,
        systems: 0,
    })
}

/// Gives a folder another name; the default folder, too (ORG-20).
///
/// # Errors
/// `form.invalid`, `not-found`
pub async fn rename_folder(call: &Call, arguments: RenameFolder) -> Outcome<Nothing> {
    let RenameFolder { id, name } = arguments;
    let mut transaction = call.workspace.database.begin().await?;
    let organization = store::folders::organization_of(transaction.connection(), id).await?;
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    let name = tree.check_rename(id, &name)?;
    store::folders::rename(transaction.connection(), id, &name).await?;
    transaction.changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .subject(name)
        .detail("before", tree.folder(id)?.name.clone());
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// Moves a folder with all that is in it below another; who may see it changes at once (ORG-20, ORG-22).
///
/// # Errors
/// `folder.default`, `folder.into-itself`, `folder.too-deep`, `folder.name-taken`, `folder.other-organization`, `not-found`
pub async fn move_folder(call: &Call, arguments: MoveFolder) -> Outcome<Nothing> {
    let MoveFolder { id, parent } = arguments;
    let mut transaction = call.workspace.database.begin().await?;
    let organization = store::folders::organization_of(transaction.connection(), id).await?;
    if store::folders::organization_of(transaction.connection(), parent).await? != organization {
        return Err(ErrorCode::FolderElsewhere.into());
    }
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    tree.check_move(id, parent)?;
    store::folders::set_parent(&mut transaction, organization, id, parent).await?;
    transaction.membership_changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .subject(tree.folder(id)?.name.clone())
        .detail("into", tree.folder(parent)?.name.clone());
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// Deletes an empty folder; grants on it are revoked (ORG-21).
///
/// # Errors
/// `folder.default`, `folder.not-empty` with what is in it, `not-found`
pub async fn delete_folder(call: &Call, arguments: FolderArgument) -> Outcome<Nothing> {
    let id = arguments.id;
    let mut transaction = call.workspace.database.begin().await?;
    let organization = store::folders::organization_of(transaction.connection(), id).await?;
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    let systems = store::folders::systems_in(transaction.connection(), id).await?;
    let parent = tree.check_delete(id, systems)?;
    feature::of(&call.workspace)
        .before_delete(&mut transaction, &Deletion::Folder { id, parent })
        .await?;
    let revoked = store::folders::delete(&mut transaction, organization, id).await?;
    transaction.membership_changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .subject(tree.folder(id)?.name.clone())
        .detail("grants_revoked", revoked);
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}
