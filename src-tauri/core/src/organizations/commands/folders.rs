//! What people do with folders (ORG-20 to ORG-24).

use crate::organizations::store::{self, folders::Numbers};
use crate::organizations::tree::Tree;
use crate::organizations::types::*;
use flotilla_kernel::audit::{self, Entry};
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, Deletion, SubjectChange};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{FolderId, OrganizationId};
use flotilla_kernel::rights::Right;
use flotilla_kernel::severity::Severity;

/// As the audit log calls the making of a folder, by hand or by another act.
const CREATE: &str = "folders.create";

fn node(tree: &Tree, id: FolderId, organization_zone: &str, numbers: &Numbers) -> Outcome<FolderNode> {
    let folder = tree.folder(id)?;
    Ok(FolderNode {
        id,
        parent: folder.parent,
        name: folder.name.clone(),
        default: folder.parent.is_none(),
        zone: folder.zone.clone(),
        zone_in_force: tree.zone(id, organization_zone).to_owned(),
        systems: numbers.systems,
        states: numbers
            .states
            .iter()
            .map(|(state, &systems)| FolderState {
                state: state.clone(),
                systems,
            })
            .collect(),
        alarms: Severity::ALL
            .into_iter()
            .zip(numbers.alarms)
            .filter(|(_, alarms)| *alarms > 0)
            .map(|(severity, alarms)| FolderAlarms { severity, alarms })
            .collect(),
    })
}

/// The folders of an organization that the account may see, by their names, with what is in them and below (ORG-20, ORG-24).
///
/// # Errors
/// Database errors.
pub async fn tree(call: &Call, arguments: OrganizationArgument) -> Outcome<Vec<FolderNode>> {
    let mut connection = call.workspace.database.read().await?;
    let tree = store::folders::tree(&mut connection, arguments.id).await?;
    let numbers = store::folders::visible(&mut connection, call.caller()?, arguments.id).await?;
    let zone = store::zone(&mut connection, arguments.id).await?;
    let sums = tree.with_below(&numbers);
    let visible = tree.folders().into_iter().filter_map(|folder| {
        let numbers = sums.get(&folder.id)?;
        let node = node(&tree, folder.id, &zone, numbers);
        Some(node.map(|node| FolderNode {
            parent: node.parent.filter(|parent| sums.contains_key(parent)),
            ..node
        }))
    });
    visible.collect()
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
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    let zone = store::zone(transaction.connection(), organization).await?;
    transaction.membership_changed(CHANGES, [organization.0]);
    let entry = Entry::done().organization(organization).subject(name.clone());
    call.commit(transaction, entry).await?;
    node(&tree, id, &zone, &Numbers::default())
}

/// Folders that another act needs: below one that there is, one within the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFolders {
    /// The folder that they are made in.
    pub below: FolderId,
    /// What they are called, from the top down.
    pub names: Vec<String>,
}

/// What the folders of another act came to.
#[derive(Debug, Default)]
pub struct MadeFolders {
    /// The lowest folder of each path, in the order in which they were asked for.
    pub leads_to: Vec<FolderId>,
    /// How many folders were made.
    pub made: usize,
}

/// Makes folders in the transaction of another act, under the same right, by the same rules and with the same entries in the audit log
/// as [`create_folder`] (ORG-20). One that there is by now, or that two paths have in common, is not made again.
///
/// # Errors
/// `right.missing`, `form.invalid`, `folder.too-deep`, `not-found`
pub async fn make_folders(
    call: &Call,
    transaction: &mut Transaction,
    organization: OrganizationId,
    wanted: &[MissingFolders],
) -> Outcome<MadeFolders> {
    let mut result = MadeFolders::default();
    if wanted.is_empty() {
        return Ok(result);
    }
    let caller = call.caller()?;
    let parents: Vec<FolderId> = wanted.iter().map(|missing| missing.below).collect();
    let admissions = caller
        .admissions(transaction.connection(), Right::ManageSystems, &parents)
        .await?;
    let refused = parents.iter().find_map(|&parent| admissions.of(parent).problem());
    if let Some(code) = refused {
        return Err(code.into());
    }
    let mut tree = store::folders::tree(transaction.connection(), organization).await?;
    for missing in wanted {
        let mut here = missing.below;
        for name in &missing.names {
            if let Some(there) = tree.child(here, name) {
                here = there;
                continue;
            }
            let name = tree.check_create(here, name)?;
            let folder = store::folders::insert_one_of_many(transaction, organization, here, &name).await?;
            here = folder.id;
            tree.add(folder);
            result.made += 1;
            let entry = Entry::done().organization(organization).subject(name);
            let origin = call.origin.to_string();
            audit::append(transaction, Some(caller.account), &origin, CREATE, &entry).await?;
        }
        result.leads_to.push(here);
    }
    store::folders::inserted_many(transaction, organization).await?;
    transaction.membership_changed(CHANGES, [organization.0]);
    Ok(result)
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
    feature::of(&call.workspace)
        .change(&mut transaction, &SubjectChange::Folder(id))
        .await?;
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

/// Gives a folder a time zone of its own, or takes it away again (GEN-06).
///
/// # Errors
/// `form.invalid`, `not-found`
pub async fn set_zone(call: &Call, arguments: SetFolderZone) -> Outcome<Nothing> {
    let SetFolderZone { id, zone } = arguments;
    let zone = zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty());
    Problem::of_fields(
        zone.and_then(|zone| fields::zone("zone", zone))
            .into_iter()
            .collect(),
    )?;
    let mut transaction = call.workspace.database.begin().await?;
    let organization = store::folders::organization_of(transaction.connection(), id).await?;
    let tree = store::folders::tree(transaction.connection(), organization).await?;
    store::folders::set_zone(transaction.connection(), id, zone).await?;
    transaction.changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .subject(tree.folder(id)?.name.clone())
        .detail("zone", zone.unwrap_or_default());
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// What is in a folder, and whose grants would go with it (ORG-21).
///
/// # Errors
/// `folder.default`, `not-found`
pub async fn plan_deletion(call: &Call, arguments: FolderArgument) -> Outcome<FolderDeletionPlan> {
    let id = arguments.id;
    let mut connection = call.workspace.database.read().await?;
    let organization = store::folders::organization_of(&mut connection, id).await?;
    let tree = store::folders::tree(&mut connection, organization).await?;
    if tree.folder(id)?.parent.is_none() {
        return Err(ErrorCode::FolderIsDefault.into());
    }
    let below = tree
        .folders()
        .into_iter()
        .filter(|folder| folder.parent == Some(id));
    Ok(FolderDeletionPlan {
        folders: i64::try_from(below.count()).unwrap_or(i64::MAX),
        systems: store::folders::systems_in(&mut connection, id).await?,
        applications: store::folders::applications_in(&mut connection, id).await?,
        members: store::members::granted(&mut connection, id).await?,
        invitations: store::invitations::only_into(&mut connection, id).await?,
    })
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
