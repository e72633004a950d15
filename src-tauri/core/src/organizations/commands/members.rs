//! What people do with members (ORG-05, ORG-11, ORG-13, ORG-14).

use crate::organizations::store::{self, members::Standing};
use crate::organizations::types::*;
use crate::organizations::{list, rules};
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::batches::BATCH;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::database::{Transaction, enum_text};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::ids::{FolderId, MemberId, OrganizationId};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::rights::{MemberRole, Right};
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// Ids of the members and invitations of one organization that match, in order (ORG-13).
///
/// # Errors
/// `call.arguments` without an organization, `list.unknown-column`
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    if query.organization.is_none() {
        return Err(Problem::new(ErrorCode::BadArguments).with("name", "organization"));
    }
    flotilla_kernel::lists::index(&call.workspace.database, call.caller()?, &list::MEMBERS, &query)
        .await
        .map(Packed)
}

/// The rows in view, as far as this account may see them (ORG-13, ORG-15).
///
/// # Errors
/// `call.too-large`
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<MemberRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::member_list::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

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

// Several members at once

/// What can become of members one after another.
struct Judge {
    /// Whether who acts may make and unmake owners (RGT-10).
    owns: bool,
    /// How many owners there are, what was judged so far included.
    owners: i64,
}

impl Judge {
    async fn of(
        call: &Call,
        connection: &mut SqliteConnection,
        organization: OrganizationId,
    ) -> Outcome<Self> {
        let owns = call
            .caller()?
            .admissions(connection, Right::Own, &[organization])
            .await?;
        Ok(Self {
            owns: owns.of(organization).problem().is_none(),
            owners: store::members::owners(connection, organization).await?,
        })
    }

    /// Why a member cannot become this; none: it can. `after`: none is no member. Who was invited is nothing yet.
    fn problem(&mut self, member: &Standing, after: Option<MemberRole>) -> Option<ErrorCode> {
        member.account?;
        let problem = rules::problem_of_change(member.role, after, self.owns, self.owners);
        if problem.is_none() {
            self.owners += rules::owners_more(member.role, after);
        }
        problem
    }
}

/// What is done to members, while it is under way.
struct Acting<'c> {
    call: &'c Call,
    transaction: Transaction,
    organization: OrganizationId,
    judge: Judge,
    outcomes: Vec<MemberOutcome>,
}

impl<'c> Acting<'c> {
    /// Begins; the rights are asked again where they cannot change any more.
    async fn begin(call: &'c Call, organization: OrganizationId) -> Outcome<Self> {
        let mut transaction = call.workspace.database.begin().await?;
        call.caller()?
            .demand(transaction.connection(), Right::ManageMembers, organization)
            .await?;
        let judge = Judge::of(call, transaction.connection(), organization).await?;
        Ok(Self {
            call,
            transaction,
            organization,
            judge,
            outcomes: Vec::new(),
        })
    }

    async fn standings(&mut self, ids: &[MemberId]) -> Outcome<Vec<Standing>> {
        demand_number(ids)?;
        let standings =
            store::members::standings(self.transaction.connection(), self.organization, ids).await?;
        let known: HashSet<MemberId> = standings.iter().map(|standing| standing.id).collect();
        let unknown = ids.iter().filter(|id| !known.contains(id));
        self.outcomes.extend(unknown.map(|&id| MemberOutcome {
            id,
            name: String::new(),
            problem: Some(ErrorCode::NotFound),
        }));
        Ok(standings)
    }

    fn done(&mut self, member: &Standing, problem: Option<ErrorCode>) {
        self.outcomes.push(MemberOutcome {
            id: member.id,
            name: member.name.clone(),
            problem,
        });
    }

    /// Writes down what was done, and what was refused.
    async fn commit(mut self, entry: Entry, accounts: Vec<String>) -> Outcome<Vec<MemberOutcome>> {
        let refused = self
            .outcomes
            .iter()
            .filter(|outcome| outcome.problem == Some(ErrorCode::RightMissing))
            .count();
        if refused > 0 {
            let entry = Entry::new(AuditResult::Refused)
                .organization(self.organization)
                .detail("error", ErrorCode::RightMissing.code())
                .detail("count", refused);
            self.call.append(&mut self.transaction, &entry).await?;
        }
        let done = self
            .outcomes
            .iter()
            .filter(|outcome| outcome.problem.is_none())
            .count();
        if done == 0 {
            self.transaction.commit().await?;
            return Ok(self.outcomes);
        }
        let change = SubjectChange::Operators(vec![self.organization]);
        feature::of(&self.call.workspace)
            .change(&mut self.transaction, &change)
            .await?;
        self.transaction.changed(CHANGES, [self.organization.0]);
        let entry = entry.organization(self.organization).detail("count", done);
        // One is named, several stand in the details.
        let entry = match accounts.as_slice() {
            [one] => entry.subject(format!("account:{one}")),
            [] => entry,
            _ => entry.detail("accounts", accounts),
        };
        self.call.commit(self.transaction, entry).await?;
        Ok(self.outcomes)
    }
}

fn demand_number(ids: &[MemberId]) -> Outcome<()> {
    if ids.len() > BATCH {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", BATCH));
    }
    Ok(())
}

async fn demand_folders(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    role: MemberRole,
    folders: &[FolderId],
) -> Outcome<()> {
    let known = store::folders::among(connection, organization, folders).await?;
    Problem::of_fields(rules::check_grants(Some(role), folders, &known))
}

/// What another role and other folders would change, in numbers (ORG-13, ORG-22).
///
/// # Errors
/// `call.too-large`, `form.invalid` for an operator or viewer without a folder.
pub async fn plan_access(call: &Call, arguments: SetAccess) -> Outcome<Vec<AccessChange>> {
    let SetAccess {
        organization,
        ids,
        role,
        folders,
    } = arguments;
    demand_number(&ids)?;
    let mut connection = call.workspace.database.read().await?;
    demand_folders(&mut connection, organization, role, &folders).await?;
    let mut judge = Judge::of(call, &mut connection, organization).await?;
    let standings = store::members::standings(&mut connection, organization, &ids).await?;
    let tree = store::folders::tree(&mut connection, organization).await?;
    let systems = store::folders::systems(&mut connection, organization).await?;
    let seen_by = |role: MemberRole, folders: &[FolderId]| {
        if rules::has_every_folder(role) {
            tree.ids()
        } else {
            tree.shown_by(folders)
        }
    };
    let count = |seen: &HashSet<FolderId>| seen.iter().filter_map(|id| systems.get(id)).sum();
    let mut changes = Vec::with_capacity(standings.len());
    for member in &standings {
        // Who was invited sees nothing yet.
        let before = member
            .account
            .map(|_| seen_by(member.role, &member.folders))
            .unwrap_or_default();
        let after = seen_by(role, &folders);
        let branches = |these: &HashSet<FolderId>, others: &HashSet<FolderId>| {
            tree.only_in(these, others, &systems)
                .into_iter()
                .map(|(id, systems)| {
                    let name = tree.folder(id)?.name.clone();
                    Ok(FolderChange { id, name, systems })
                })
                .collect::<Outcome<Vec<_>>>()
        };
        changes.push(AccessChange {
            id: member.id,
            name: member.name.clone(),
            before: member.role,
            systems_before: count(&before),
            systems_after: count(&after),
            gains: branches(&after, &before)?,
            loses: branches(&before, &after)?,
            problem: judge.problem(member, Some(role)),
        });
    }
    Ok(changes)
}

/// Gives members another role and other folders, at once; who was invited gets them with the invitation (ORG-05, ORG-13, RGT-09,
/// RGT-10). Each for itself: one that cannot be changed does not hold up the others.
///
/// # Errors
/// `call.too-large`, `form.invalid`; what concerns one member is its own outcome.
pub async fn set_access(call: &Call, arguments: SetAccess) -> Outcome<Vec<MemberOutcome>> {
    let SetAccess {
        organization,
        ids,
        role,
        folders,
    } = arguments;
    let mut acting = Acting::begin(call, organization).await?;
    demand_folders(acting.transaction.connection(), organization, role, &folders).await?;
    let granted = if rules::has_every_folder(role) {
        &[]
    } else {
        folders.as_slice()
    };
    let mut accounts = Vec::new();
    for member in acting.standings(&ids).await? {
        let problem = acting.judge.problem(&member, Some(role));
        match (problem, member.account) {
            (None, Some(account)) => {
                store::members::set(&mut acting.transaction, organization, account, role, granted).await?;
                accounts.push(account.to_string());
            }
            (None, None) => {
                store::invitations::set_access(&mut acting.transaction, member.id, role, granted).await?;
            }
            (Some(_), _) => {}
        }
        acting.done(&member, problem);
    }
    let entry = Entry::done()
        .detail("role", enum_text(&role)?)
        .detail("folders", folders.len());
    acting.commit(entry, accounts).await
}

/// Takes members out of the organization, and revokes invitations (ORG-05, ORG-12, ORG-14). The accounts stay. Each for itself.
///
/// # Errors
/// `call.too-large`; what concerns one member is its own outcome.
pub async fn remove(call: &Call, arguments: MembersArgument) -> Outcome<Vec<MemberOutcome>> {
    let MembersArgument { organization, ids } = arguments;
    let mut acting = Acting::begin(call, organization).await?;
    let (mut accounts, mut revoked) = (Vec::new(), 0);
    for member in acting.standings(&ids).await? {
        let mut problem = acting.judge.problem(&member, None);
        // What a label makes goes with the label; it would be there again at once.
        if member.by_label {
            problem = Some(ErrorCode::MemberByLabel);
        }
        match (problem, member.account) {
            (None, Some(account)) => {
                store::members::remove(&mut acting.transaction, organization, account).await?;
                accounts.push(account.to_string());
            }
            (None, None) => {
                store::invitations::delete(&mut acting.transaction, member.id).await?;
                revoked += 1;
            }
            (Some(_), _) => {}
        }
        acting.done(&member, problem);
    }
    acting
        .commit(Entry::done().detail("invitations", revoked), accounts)
        .await
}

/// Grants what the inviter chose to members who accepted as viewers (ORG-11; RGT-09, for owners RGT-10). Each for itself.
///
/// # Errors
/// `call.too-large`; what concerns one member is its own outcome.
pub async fn promote(call: &Call, arguments: MembersArgument) -> Outcome<Vec<MemberOutcome>> {
    let MembersArgument { organization, ids } = arguments;
    let mut acting = Acting::begin(call, organization).await?;
    let mut accounts = Vec::new();
    for member in acting.standings(&ids).await? {
        let (Some(role), Some(account)) = (member.promotion, member.account) else {
            acting.done(&member, Some(ErrorCode::NoPromotion));
            continue;
        };
        let problem = acting.judge.problem(&member, Some(role));
        if problem.is_none() {
            let granted = if rules::has_every_folder(role) {
                &[]
            } else {
                member.folders.as_slice()
            };
            store::members::set(&mut acting.transaction, organization, account, role, granted).await?;
            accounts.push(account.to_string());
        }
        acting.done(&member, problem);
    }
    acting.commit(Entry::done(), accounts).await
}
