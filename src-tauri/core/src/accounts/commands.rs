//! What people do with accounts: sign in and out, administer them, keep their own profile.

pub mod invitations;
mod sign_in;

pub use sign_in::sign_in;

use super::labels::LabelScope;
use super::rules;
use super::sessions::{Session, Sessions};
use super::store;
use super::store::failures::Guesser;
use super::types::*;
use super::{avatar as picture, labels as matching, passwords};
use crate::organizations;
use crate::organizations::types::AccountName;
use crate::organizations::types::OrganizationPreferences;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Origin};
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::clock::days;
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{AccountId, OrganizationId};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences;
use flotilla_kernel::rights::{self, AccountRole, Admission, Caller, Right};
use flotilla_kernel::running;
use flotilla_kernel::workspace::Workspace;

/// At most so many accounts are deleted in one call.
const MAX_IDS_PER_CALL: usize = 5_000;

// First start, signing in

/// Makes the first administrator of a new workspace, and signs it in (ACC-01).
///
/// # Errors
/// `workspace.has-accounts`, `form.invalid`
pub async fn create_first(call: &Call, arguments: CreateFirst) -> Outcome<SignedIn> {
    let workspace = &call.workspace;
    let fields = rules::tidy(AccountFields {
        login: arguments.login,
        role: AccountRole::Administrator,
        labels: Vec::new(),
        first_name: arguments.first_name,
        last_name: arguments.last_name,
        telephone: String::new(),
        mobile: String::new(),
        email: arguments.email,
        enabled: true,
        must_change_password: false,
        expires_on: None,
    });
    if store::count(&mut *workspace.database.read().await?).await? > 0 {
        return Err(ErrorCode::WorkspaceHasAccounts.into());
    }
    let policy = workspace.preferences::<AccountPreferences>().password_policy;
    let mut problems = rules::check(&fields, None, store::today(workspace));
    problems.extend(fields::zone("zone", &arguments.zone));
    problems.extend(rules::check_password(
        policy,
        &fields.login,
        &arguments.password,
        &arguments.confirmation,
    ));
    Problem::of_fields(problems)?;
    let hash = passwords::hash(workspace.password_cost, &arguments.password).await?;
    let mut transaction = workspace.database.begin().await?;
    if store::count(transaction.connection()).await? > 0 {
        return Err(ErrorCode::WorkspaceHasAccounts.into());
    }
    let now = transaction.now();
    let id = store::insert(transaction.connection(), now, &fields, arguments.language, &hash).await?;
    store::signed_in(transaction.connection(), id, now, None, None).await?;
    let (_, mut preferences) = preferences::stored(transaction.connection()).await?;
    preferences.insert("zone".to_owned(), arguments.zone.into());
    let revision = preferences::store(transaction.connection(), &preferences).await?;
    transaction.membership_changed(crate::accounts::types::CHANGES, [id.0]);
    call.commit(transaction, Entry::done().about_account(id)).await?;
    running::set_preferences(workspace, revision, preferences);
    let (token, session) = workspace.state::<Sessions>().open(now, id, 0, None)?;
    let caller = Caller {
        account: id,
        login: fields.login,
        role: AccountRole::Administrator,
        session: session.id,
        language: arguments.language,
        zone: None,
    };
    Ok(SignedIn {
        token: Some(token),
        session: view(workspace, &caller, &session).await?,
    })
}

// The session

async fn view(workspace: &Workspace, caller: &Caller, session: &Session) -> Outcome<SessionView> {
    let preferences = workspace.preferences::<AccountPreferences>();
    let mut connection = workspace.database.read().await?;
    let pass = store::pass(&mut connection, caller.account)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::SessionEnded))?;
    let profile = store::profile(&mut connection, caller.account).await?;
    let administer = caller.is_administrator();
    let notices = if administer {
        let now = workspace.clock.now();
        let recently = now.plus(-days(7));
        let since = session
            .previous_sign_in
            .map_or(recently, |previous| previous.min(recently));
        let until = store::today(workspace) + chrono::Duration::days(rules::EXPIRY_WARNING_DAYS);
        store::notices(&mut connection, since, until).await?
    } else {
        Vec::new()
    };
    let create_organizations = administer
        || workspace
            .preferences::<OrganizationPreferences>()
            .operators_create_organizations;
    let manage_systems = rights::has_anywhere(&mut connection, caller, Right::ManageSystems).await?;
    let launch = rights::has_anywhere(&mut connection, caller, Right::Launch).await?;
    let organization = match store::chosen_organization(&mut connection, caller.account).await? {
        Some(chosen) => {
            let admissions = caller.admissions(&mut connection, Right::See, &[chosen]).await?;
            (admissions.of(chosen) == Admission::Admitted).then_some(chosen)
        }
        None => None,
    };
    Ok(SessionView {
        id: session.id,
        profile,
        gate: rules::gate(
            pass.must_change_password,
            pass.terms_version,
            preferences.terms.as_ref(),
        ),
        timeout_minutes: preferences.session_timeout_minutes,
        at: workspace.clock.now(),
        ends_at: session.ends_at(preferences.session_timeout_minutes),
        ends_at_latest: session.opened.plus(rules::SESSION_LIFETIME),
        password_policy: preferences.password_policy,
        may: Permissions {
            administer,
            create_organizations,
            manage_systems,
            launch,
        },
        notices,
        organization,
    })
}

/// Who is signed in, and what comes first.
///
/// # Errors
/// `session.ended`
pub async fn current(call: &Call, _: Nothing) -> Outcome<SessionView> {
    let caller = call.caller()?;
    let session = call.workspace.state::<Sessions>().get(caller.session)?;
    view(&call.workspace, caller, &session).await
}

/// A click, a touch or a key: the session rests anew from now (ACC-10). Nothing else keeps a session alive.
///
/// # Errors
/// `session.ended`
pub async fn touch(call: &Call, _: Nothing) -> Outcome<SessionView> {
    let caller = call.caller()?;
    let now = call.now();
    let session = call.workspace.state::<Sessions>().touch(caller.session, now)?;
    // Others see when somebody was last there (ORG-13); to the minute is enough.
    let seen = store::last_seen(&mut *call.workspace.database.read().await?, caller.account).await?;
    if seen.is_none_or(|seen| now.since(seen) >= rules::SEEN_EVERY) {
        let mut transaction = call.workspace.database.begin().await?;
        store::seen(transaction.connection(), caller.account, now).await?;
        transaction.commit().await?;
    }
    view(&call.workspace, caller, &session).await
}

/// Signs out (ACC-12).
///
/// # Errors
/// Database errors.
pub async fn sign_out(call: &Call, _: Nothing) -> Outcome<Nothing> {
    let caller = call.caller()?;
    call.workspace
        .state::<Sessions>()
        .sign_out(&call.workspace, caller.session);
    call.record(Entry::done().about_account(caller.account)).await?;
    Ok(Nothing {})
}

/// Accepts the licence terms, once for each version (ACC-08).
///
/// # Errors
/// `changed-meanwhile` when these are no longer the terms.
pub async fn accept_terms(call: &Call, arguments: AcceptTerms) -> Outcome<SessionView> {
    let caller = call.caller()?;
    let preferences = call.workspace.preferences::<AccountPreferences>();
    if preferences.terms.as_ref().map(|terms| terms.version) != Some(arguments.version) {
        return Err(ErrorCode::Changed.into());
    }
    let mut transaction = call.workspace.database.begin().await?;
    store::accept_terms(transaction.connection(), caller.account, arguments.version).await?;
    let entry = Entry::done()
        .about_account(caller.account)
        .detail("version", arguments.version);
    call.commit(transaction, entry).await?;
    current(call, Nothing {}).await
}

/// Changes one's own password: the present one first, then ACC-03 and ACC-04; afterwards the account is signed out
/// everywhere (ACC-09, ACC-20). Wrong ones are slowed as at the sign-in.
///
/// # Errors
/// `password.wrong`, `sign-in.wait`, `form.invalid`
pub async fn change_password(call: &Call, arguments: ChangePassword) -> Outcome<Nothing> {
    let workspace = &call.workspace;
    let caller = call.caller()?;
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    let before = store::credentials(transaction.connection(), caller.account)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::SessionEnded))?;
    let (guesser, nearness) = Guesser::of(&call.origin, &before.login);
    let failures = store::failures::read(transaction.connection(), &guesser).await?;
    if let Some(until) = rules::waits_until(failures, now, nearness) {
        return Err(rules::wait(until, now));
    }
    store::failures::count(transaction.connection(), now, &guesser).await?;
    transaction.commit().await?;
    if !passwords::verify(
        workspace.password_cost,
        &arguments.present,
        Some(before.password_hash.clone()),
    )
    .await?
    {
        return Err(ErrorCode::PasswordWrong.into());
    }
    let mut transaction = workspace.database.begin().await?;
    store::failures::forget(transaction.connection(), &guesser).await?;
    transaction.commit().await?;

    let preferences = workspace.preferences::<AccountPreferences>();
    let problems = rules::check_password(
        preferences.password_policy,
        &before.login,
        &arguments.password,
        &arguments.confirmation,
    );
    Problem::of_fields(problems)?;
    demand_unused(workspace, caller.account, &arguments.password).await?;
    let hash = passwords::hash(workspace.password_cost, &arguments.password).await?;
    let mut transaction = workspace.database.begin().await?;
    let present = store::credentials(transaction.connection(), caller.account).await?;
    if present.is_none_or(|present| present.epoch != before.epoch) {
        return Err(ErrorCode::Changed.into());
    }
    let now = transaction.now();
    store::set_password(transaction.connection(), caller.account, now, &hash, false).await?;
    transaction.changed(crate::accounts::types::CHANGES, [caller.account.0]);
    call.commit(transaction, Entry::done().about_account(caller.account))
        .await?;
    workspace
        .state::<Sessions>()
        .end_all_of(workspace, caller.account);
    Ok(Nothing {})
}

/// ACC-04: refuses a password that is among the last ones of the account.
async fn demand_unused(workspace: &Workspace, account: AccountId, password: &Secret) -> Outcome<()> {
    let count = workspace.preferences::<AccountPreferences>().password_history;
    let hashes = store::history(&mut *workspace.database.read().await?, account, count).await?;
    if passwords::used_before(password, hashes).await? {
        return Err(Problem::of_field(FieldProblem::new(
            "password",
            ErrorCode::PasswordUsedBefore,
        )));
    }
    Ok(())
}

/// The organization that scopes every page (ORG-03). How one looks at things is no act of its own.
///
/// # Errors
/// Database errors.
pub async fn choose_organization(call: &Call, arguments: ChooseOrganization) -> Outcome<Nothing> {
    let caller = call.caller()?;
    let mut transaction = call.workspace.database.begin().await?;
    store::choose_organization(transaction.connection(), caller.account, arguments.organization).await?;
    transaction.changed(crate::accounts::types::PROFILE, [caller.account.0]);
    transaction.commit().await?;
    Ok(Nothing {})
}

// The profile

/// The account's own settings (ACC-20).
///
/// # Errors
/// Database errors.
pub async fn profile(call: &Call, _: Nothing) -> Outcome<Profile> {
    store::profile(
        &mut *call.workspace.database.read().await?,
        call.caller()?.account,
    )
    .await
}

/// Saves one's own names and contacts (ACC-20).
///
/// # Errors
/// `form.invalid`
pub async fn save_profile(call: &Call, mut arguments: SaveProfile) -> Outcome<Profile> {
    let caller = call.caller()?;
    let SaveProfile {
        first_name,
        last_name,
        telephone,
        mobile,
        email,
    } = &mut arguments;
    for text in [&mut *first_name, last_name, telephone, mobile, email] {
        *text = text.trim().to_owned();
    }
    Problem::of_fields(rules::check_person(
        first_name, last_name, telephone, mobile, email,
    ))?;
    let mut transaction = call.workspace.database.begin().await?;
    store::save_profile(transaction.connection(), caller.account, &arguments).await?;
    names_changed(call, &mut transaction, &[caller.account]).await?;
    let profile = store::profile(transaction.connection(), caller.account).await?;
    transaction.changed(crate::accounts::types::CHANGES, [caller.account.0]);
    transaction.changed(crate::accounts::types::PROFILE, [caller.account.0]);
    call.commit(transaction, Entry::done().about_account(caller.account))
        .await?;
    Ok(profile)
}

/// Accounts are called something else: where operators are shown by their names, they follow.
async fn names_changed(call: &Call, transaction: &mut Transaction, accounts: &[AccountId]) -> Outcome<()> {
    let ids = organizations::store::organizations_of(transaction.connection(), accounts).await?;
    operators_changed(call, transaction, ids).await
}

/// The operators of these organizations, or what they are called, are others now.
async fn operators_changed(
    call: &Call,
    transaction: &mut Transaction,
    ids: Vec<OrganizationId>,
) -> Outcome<()> {
    feature::of(&call.workspace)
        .change(transaction, &SubjectChange::Operators(ids))
        .await
}

/// Saves how the program looks (ACC-22); allowed while a gate is closed, so that the gate can be read. No act of its
/// own.
///
/// # Errors
/// `form.invalid` for a zone there is none.
pub async fn save_appearance(call: &Call, arguments: SaveAppearance) -> Outcome<Profile> {
    let account = call.caller()?.account;
    let zone = arguments.zone.as_deref().filter(|zone| !zone.is_empty());
    Problem::of_fields(
        zone.and_then(|zone| fields::zone("zone", zone))
            .into_iter()
            .collect(),
    )?;
    let mut transaction = call.workspace.database.begin().await?;
    store::save_appearance(transaction.connection(), account, &arguments).await?;
    let profile = store::profile(transaction.connection(), account).await?;
    transaction.changed(crate::accounts::types::PROFILE, [account.0]);
    transaction.commit().await?;
    Ok(profile)
}

/// An uploaded picture becomes one's own avatar (ACC-21).
///
/// # Errors
/// `picture.unreadable`, `picture.too-large`, `transfer.gone`
pub async fn set_avatar(call: &Call, arguments: SetAvatar) -> Outcome<Profile> {
    let file = call
        .workspace
        .transfers
        .take(arguments.upload, call.caller()?.session, picture::FILE_LIMIT)
        .map_err(|problem| match problem.code {
            ErrorCode::FileTooLarge => ErrorCode::PictureTooLarge.into(),
            _ => problem,
        })?;
    let avatar = tokio::task::spawn_blocking(move || picture::make(&file.bytes))
        .await
        .map_err(Problem::internal)??;
    save_avatar(call, Some(avatar)).await
}

/// Back to the initials.
///
/// # Errors
/// Database errors.
pub async fn remove_avatar(call: &Call, _: Nothing) -> Outcome<Profile> {
    save_avatar(call, None).await
}

async fn save_avatar(call: &Call, avatar: Option<Vec<u8>>) -> Outcome<Profile> {
    let account = call.caller()?.account;
    let mut transaction = call.workspace.database.begin().await?;
    store::set_avatar(transaction.connection(), account, avatar).await?;
    let profile = store::profile(transaction.connection(), account).await?;
    transaction.changed(crate::accounts::types::CHANGES, [account.0]);
    transaction.changed(crate::accounts::types::PROFILE, [account.0]);
    call.commit(transaction, Entry::done().about_account(account))
        .await?;
    Ok(profile)
}

/// The avatar of somebody the account may see, as PNG.
///
/// # Errors
/// `not-found` when there is none, or nobody.
pub async fn avatar(call: &Call, arguments: AccountArgument) -> Outcome<Packed> {
    let avatar = store::avatar(
        &mut *call.workspace.database.read().await?,
        call.caller()?,
        arguments.id,
    )
    .await?;
    avatar.map(Packed).ok_or_else(|| ErrorCode::NotFound.into())
}

// Accounts

/// Ids of the accounts that match, in order (ACC-17).
///
/// # Errors
/// `list.unknown-column`
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::DEFINITION,
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

async fn apply_labels(call: &Call, transaction: &mut Transaction, id: AccountId) -> Outcome<()> {
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
