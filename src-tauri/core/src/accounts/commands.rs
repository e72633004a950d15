//! What people do with accounts: sign in and out, administer them, keep their own profile.

mod administration;
pub mod invitations;
mod profile;
mod sign_in;

pub use administration::{
    add, delete, demand_administrator_still, index, labels, names, read, reset, save, window,
};
pub use profile::{avatar, profile, remove_avatar, save_appearance, save_profile, set_avatar};
pub use sign_in::sign_in;

use super::passwords;
use super::rules;
use super::sessions::{Session, Sessions};
use super::store;
use super::store::failures::Guesser;
use super::types::*;
use crate::organizations::types::OrganizationPreferences;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::clock::days;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::AccountId;
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
