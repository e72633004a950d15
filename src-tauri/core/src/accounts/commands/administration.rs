//! What administrators do with accounts (ACC-17 to ACC-19, ACC-23, ACC-24).

use super::profile::{names_changed, operators_changed};
use super::{MAX_IDS_PER_CALL, demand_unused};
use crate::accounts::labels::LabelScope;
use crate::accounts::sessions::Sessions;
use crate::accounts::types::{
    AccountArgument, AccountDetails, AccountFields, AccountPreferences, AccountRow, AddAccount,
    DeleteAccounts, SaveAccount,
};
use crate::accounts::{labels as matching, passwords, rules, store};
use crate::organizations;
use crate::organizations::types::AccountName;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Origin, Packed};
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::rights::AccountRole;
use flotilla_kernel::workspace::Workspace;

/// Ids of the accounts that match, in order (ACC-17).
///
/// # Errors
/// `list.unknown-column`
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &crate::accounts::list::DEFINITION,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view (ACC-17).
///
/// # Errors
/// `call.too-large`
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<AccountRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, ids).await
}

/// An account as it stands in the form.
///
/// # Errors
/// `not-found`
pub async fn read(call: &Call, arguments: AccountArgument) -> Outcome<AccountDetails> {
    store::details(
        &mut *call.workspace.database.read().await?,
        call.caller()?.account,
        arguments.id,
    )
    .await
}

/// Short names for pickers, of those the account may see.
///
/// # Errors
/// Database errors.
pub async fn names(call: &Call, _: Nothing) -> Outcome<Vec<AccountName>> {
    store::names(&mut *call.workspace.database.read().await?, call.caller()?).await
}

/// What a label can be: providers and resellers that systems report, and labels in use (ACC-16).
///
/// # Errors
/// Database errors.
pub async fn labels(call: &Call, _: Nothing) -> Outcome<Vec<String>> {
    store::labels(&mut *call.workspace.database.read().await?).await
}

/// Refuses who was an administrator when the call was let in and is none any more: another window may have changed that
/// while something took its time (ACC-18).
///
/// # Errors
/// `right.missing`
pub async fn demand_administrator_still(call: &Call, transaction: &mut Transaction) -> Outcome<()> {
    let own = store::pass(transaction.connection(), call.caller()?.account).await?;
    match own {
        Some(own) if own.enabled && own.role == AccountRole::Administrator => Ok(()),
        _ => Err(ErrorCode::RightMissing.into()),
    }
}

/// Adds an account (ACC-02, ACC-17).
///
/// # Errors
/// `form.invalid` with every problem at once.
pub async fn add(call: &Call, arguments: AddAccount) -> Outcome<AccountDetails> {
    let workspace = &call.workspace;
    let caller = call.caller()?;
    let fields = rules::tidy(arguments.fields);
    let login_key = fold(&fields.login);
    let mut problems = rules::check(&fields, None, store::today(workspace));
    let policy = workspace.preferences::<AccountPreferences>().password_policy;
    problems.extend(rules::check_password(
        policy,
        &fields.login,
        &arguments.password,
        &arguments.confirmation,
    ));
    if store::login_taken(&mut *workspace.database.read().await?, &login_key, None).await? {
        problems.push(FieldProblem::new("login", ErrorCode::FieldTaken));
    }
    Problem::of_fields(problems)?;
    let hash = passwords::hash(workspace.password_cost, &arguments.password).await?;
    let mut transaction = workspace.database.begin().await?;
    demand_administrator_still(call, &mut transaction).await?;
    if store::login_taken(transaction.connection(), &login_key, None).await? {
        return Err(Problem::of_field(FieldProblem::new(
            "login",
            ErrorCode::FieldTaken,
        )));
    }
    let now = transaction.now();
    // The new account reads what its maker reads, until it chooses at the sign-in.
    let language = caller.language;
    let id = store::insert(transaction.connection(), now, &fields, language, &hash).await?;
    apply_labels(call, &mut transaction, id).await?;
    let details = store::details(transaction.connection(), caller.account, id).await?;
    transaction.membership_changed(crate::accounts::types::CHANGES, [id.0]);
    let entry = Entry::done()
        .about_account(id)
        .detail("role", flotilla_kernel::database::enum_text(&fields.role)?);
    call.commit(transaction, entry).await?;
    Ok(details)
}

pub(super) async fn apply_labels(call: &Call, transaction: &mut Transaction, id: AccountId) -> Outcome<()> {
    let touched = matching::apply(transaction, LabelScope::Account(id)).await?;
    operators_changed(call, transaction, touched).await
}

/// Which of the fields a save changes, by their names; for the audit log, which holds no personal data.
fn changed_fields(before: &AccountFields, after: &AccountFields) -> Vec<&'static str> {
    [
        ("login", before.login != after.login),
        ("role", before.role != after.role),
        ("labels", before.labels != after.labels),
        ("first_name", before.first_name != after.first_name),
        ("last_name", before.last_name != after.last_name),
        ("telephone", before.telephone != after.telephone),
        ("mobile", before.mobile != after.mobile),
        ("email", before.email != after.email),
        ("enabled", before.enabled != after.enabled),
        (
            "must_change_password",
            before.must_change_password != after.must_change_password,
        ),
        ("expires_on", before.expires_on != after.expires_on),
    ]
    .into_iter()
    .filter_map(|(name, changed)| changed.then_some(name))
    .collect()
}

/// Saves an account (ACC-17 to ACC-19). Disabling it, another role or another password end its sessions (ACC-12).
///
/// # Errors
/// `form.invalid`, `changed-meanwhile`, `account.cannot-change-self`, `account.last-administrator`, `not-found`
pub async fn save(call: &Call, arguments: SaveAccount) -> Outcome<AccountDetails> {
    let workspace = &call.workspace;
    let caller = call.caller()?;
    let id = arguments.id;
    let fields = rules::tidy(arguments.fields);
    let login_key = fold(&fields.login);
    let password = arguments.password.filter(|password| !password.is_empty());
    let before = store::details(&mut *workspace.database.read().await?, caller.account, id).await?;
    let mut problems = rules::check(&fields, Some(&before.fields), store::today(workspace));
    if let Some(password) = &password {
        let confirmation = arguments.confirmation.unwrap_or_default();
        let policy = workspace.preferences::<AccountPreferences>().password_policy;
        problems.extend(rules::check_password(
            policy,
            &fields.login,
            password,
            &confirmation,
        ));
    }
    if store::login_taken(&mut *workspace.database.read().await?, &login_key, Some(id)).await? {
        problems.push(FieldProblem::new("login", ErrorCode::FieldTaken));
    }
    Problem::of_fields(problems)?;
    let hash = match &password {
        Some(password) => {
            demand_unused(workspace, id, password).await?;
            Some(passwords::hash(workspace.password_cost, password).await?)
        }
        None => None,
    };

    let mut transaction = workspace.database.begin().await?;
    // Everything that was looked at before may be different by now.
    demand_administrator_still(call, &mut transaction).await?;
    let before = store::details(transaction.connection(), caller.account, id).await?;
    if before.revision != arguments.revision {
        return Err(ErrorCode::Changed.into());
    }
    if store::login_taken(transaction.connection(), &login_key, Some(id)).await? {
        return Err(Problem::of_field(FieldProblem::new(
            "login",
            ErrorCode::FieldTaken,
        )));
    }
    if id == caller.account && (!fields.enabled || fields.role != before.fields.role) {
        return Err(ErrorCode::CannotChangeSelf.into());
    }
    let changed = changed_fields(&before.fields, &fields);
    let ends_sessions = (before.fields.enabled && !fields.enabled) || before.fields.role != fields.role;
    store::update(transaction.connection(), id, &fields, ends_sessions).await?;
    if store::enabled_administrators(transaction.connection()).await? == 0 {
        return Err(ErrorCode::LastAdministrator.into());
    }
    if fields.enabled && !before.fields.enabled {
        store::failures::forget_name(transaction.connection(), &fold(&fields.login)).await?;
    }
    if let Some(hash) = &hash {
        let now = transaction.now();
        store::set_password(
            transaction.connection(),
            id,
            now,
            hash,
            fields.must_change_password,
        )
        .await?;
    }
    apply_labels(call, &mut transaction, id).await?;
    if changed
        .iter()
        .any(|field| matches!(*field, "login" | "first_name" | "last_name"))
    {
        names_changed(call, &mut transaction, &[id]).await?;
    }
    let details = store::details(transaction.connection(), caller.account, id).await?;
    transaction.membership_changed(crate::accounts::types::CHANGES, [id.0]);
    transaction.changed(crate::accounts::types::PROFILE, [id.0]);
    let entry = Entry::done()
        .about_account(id)
        .detail("changed", changed.join(" "))
        .detail("password", hash.is_some());
    call.commit(transaction, entry).await?;
    if ends_sessions || hash.is_some() {
        workspace.state::<Sessions>().end_all_of(workspace, id);
    }
    Ok(details)
}

/// Deletes accounts, all of them or none (ACC-18); with `erase` also everything personal (ACC-24).
///
/// # Errors
/// `account.cannot-change-self`, `account.last-administrator`, `account.sole-owner`, `not-found`
pub async fn delete(call: &Call, arguments: DeleteAccounts) -> Outcome<Nothing> {
    let caller = call.caller()?;
    if arguments.ids.len() > MAX_IDS_PER_CALL {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MAX_IDS_PER_CALL));
    }
    if arguments.ids.contains(&caller.account) {
        return Err(ErrorCode::CannotChangeSelf.into());
    }
    let mut transaction = call.workspace.database.begin().await?;
    demand_administrator_still(call, &mut transaction).await?;
    let ids = store::existing(transaction.connection(), &arguments.ids).await?;
    if ids.is_empty() {
        return Err(ErrorCode::NotFound.into());
    }
    let (owned, names) = organizations::store::solely_owned(transaction.connection(), &ids).await?;
    if owned > 0 {
        let mut list = names.join(", ");
        if owned > i64::try_from(names.len()).unwrap_or(i64::MAX) {
            list.push_str(", …");
        }
        return Err(Problem::new(ErrorCode::SoleOwner)
            .with("organizations", list)
            .with("count", owned));
    }
    let memberships = organizations::store::organizations_of(transaction.connection(), &ids).await?;
    // What they share others use; it goes on under whoever deletes them.
    let views = crate::lists::store::transfer_views(transaction.connection(), &ids, caller.account).await?;
    if views > 0 {
        transaction.membership_changed(crate::lists::types::CHANGES, []);
    }
    store::delete(transaction.connection(), &ids, arguments.erase).await?;
    if store::enabled_administrators(transaction.connection()).await? == 0 {
        return Err(ErrorCode::LastAdministrator.into());
    }
    transaction.changed(
        organizations::types::CHANGES,
        memberships.iter().map(|organization| organization.0),
    );
    operators_changed(call, &mut transaction, memberships).await?;
    transaction.membership_changed(crate::accounts::types::CHANGES, ids.iter().map(|id| id.0));
    let deleted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let entry = Entry::done()
        .detail("accounts", deleted)
        .detail("erased", arguments.erase)
        .detail("views_taken_over", views);
    let entry = match ids.as_slice() {
        [one] => entry.about_account(*one),
        _ => entry,
    };
    call.commit(transaction, entry).await?;
    for id in ids {
        call.workspace.state::<Sessions>().end_all_of(&call.workspace, id);
    }
    Ok(Nothing {})
}

/// ACC-23: a new password for an account, given on the machine itself by whoever has the database key. Enables the
/// account, takes its expiry away when that has come, and tells every administrator.
///
/// # Errors
/// `not-found`, `form.invalid`
pub async fn reset(workspace: &Workspace, login: &str, password: &Secret) -> Outcome<()> {
    let policy = workspace.preferences::<AccountPreferences>().password_policy;
    Problem::of_fields(rules::check_password(policy, login, password, password))?;
    let login_key = fold(login.trim());
    let known = store::credentials_by_login(&mut *workspace.database.read().await?, &login_key)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    demand_unused(workspace, known.id, password).await?;
    let hash = passwords::hash(workspace.password_cost, password).await?;
    let mut transaction = workspace.database.begin().await?;
    let found = store::credentials_by_login(transaction.connection(), &login_key).await?;
    let account = found.ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let now = transaction.now();
    let details = store::details(transaction.connection(), account.id, account.id).await?;
    let today = store::today(workspace);
    let fields = AccountFields {
        enabled: true,
        expires_on: details.fields.expires_on.filter(|date| *date > today),
        ..details.fields
    };
    store::update(transaction.connection(), account.id, &fields, true).await?;
    store::set_password(transaction.connection(), account.id, now, &hash, false).await?;
    store::notify_reset(transaction.connection(), now, account.id).await?;
    transaction.changed(crate::accounts::types::CHANGES, [account.id.0]);
    let origin = Origin::CommandLine.to_string();
    let entry = Entry::done().about_account(account.id);
    flotilla_kernel::audit::append(&mut transaction, None, &origin, "accounts.reset", &entry).await?;
    transaction.commit().await?;
    workspace.state::<Sessions>().end_all_of(workspace, account.id);
    Ok(())
}
