//! Signing in: who is let in, who waits, and what the audit log hears of it (ACC-05 to ACC-11).

use super::view;
use crate::accounts::passwords;
use crate::accounts::rules;
use crate::accounts::sessions::Sessions;
use crate::accounts::store::failures::{self, Guesser};
use crate::accounts::store::{self, Credentials, Pass};
use crate::accounts::types::{SignIn, SignedIn};
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::rights::Caller;
use flotilla_kernel::workspace::Workspace;
use futures_util::future::BoxFuture;
use uuid::Uuid;

/// The failed try has its entry in the audit log, and reads like every other (ACC-06, ACC-07). What was typed stands
/// nowhere.
pub(super) async fn refuse(
    call: &Call,
    transaction: Transaction,
    account: Option<AccountId>,
    reason: &str,
    problem: Problem,
) -> Problem {
    let entry = Entry::new(AuditResult::Refused).detail("reason", reason);
    let entry = match account {
        Some(account) => entry.about_account(account),
        None => entry,
    };
    match call.commit(transaction, entry).await {
        Ok(()) => problem,
        Err(error) => error,
    }
}

/// A try that came too early is told how long to wait, in the same words for every login name. The audit log has one entry
/// a minute for those of one name and origin, with their number (ACC-07).
pub(super) async fn hold_back(
    call: &Call,
    mut transaction: Transaction,
    guesser: &Guesser,
    account: Option<AccountId>,
    until: Time,
) -> Outcome<Problem> {
    let now = transaction.now();
    match failures::hold_back(transaction.connection(), now, guesser).await? {
        Some(tries) => {
            let entry = Entry::new(AuditResult::Refused)
                .detail("reason", "waiting")
                .detail("count", tries);
            let entry = match account {
                Some(account) => entry.about_account(account),
                None => entry,
            };
            call.commit(transaction, entry).await?;
        }
        None => transaction.commit().await?,
    }
    Ok(rules::wait(until, now))
}

/// Something that is done with the sign-in, in its transaction, once it is known who signs in.
pub(super) trait Joining: Sync {
    /// Does it; gives the entry of the audit log.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing was changed, and nobody is signed in.
    fn join<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        account: AccountId,
    ) -> BoxFuture<'a, Outcome<Entry>>;
}

/// Signs in (ACC-05 to ACC-11). An unknown name and a wrong password read the same, and wait alike; whether an
/// account is disabled or has expired is told only after the right password.
///
/// # Errors
/// `sign-in.refused`, `sign-in.wait`, `sign-in.disabled`, `sign-in.expired`
pub async fn sign_in(call: &Call, arguments: SignIn) -> Outcome<SignedIn> {
    enter(call, arguments, None).await
}

/// As [`sign_in`], and does something with it.
///
/// # Errors
/// As [`sign_in`], and what cannot be done.
pub(super) async fn enter(
    call: &Call,
    arguments: SignIn,
    joining: Option<&dyn Joining>,
) -> Outcome<SignedIn> {
    let workspace = &call.workspace;
    // An account whose date has come since the last look is not let in any more.
    crate::accounts::service::expire(workspace).await?;
    let (guesser, nearness) = Guesser::of(&call.origin, &arguments.login);

    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    let login_key = rules::login_key(&arguments.login);
    let known = store::credentials_by_login(transaction.connection(), &login_key).await?;
    let failed = failures::read(transaction.connection(), &guesser).await?;
    if let Some(until) = rules::waits_until(failed, now, nearness) {
        let account = known.map(|known| known.id);
        return Err(hold_back(call, transaction, &guesser, account, until).await?);
    }
    failures::count(transaction.connection(), now, &guesser).await?;
    transaction.commit().await?;

    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let fits = passwords::verify(workspace.password_cost, &arguments.password, hash).await?;
    let new_hash = match &known {
        Some(known) if fits && passwords::outdated(workspace.password_cost, &known.password_hash) => {
            Some(passwords::hash(workspace.password_cost, &arguments.password).await?)
        }
        _ => None,
    };

    let mut transaction = workspace.database.begin().await?;
    // The account may have been deleted or given another password while the hash was made. Asked alike for a name that
    // nobody has.
    let id = known.as_ref().map_or(AccountId(Uuid::nil()), |known| known.id);
    let present: Option<Credentials> = store::credentials(transaction.connection(), id).await?;
    // The epoch rises with the password; a hash that was made anew with higher parameters is of the same one (ACC-05).
    let same = |present: &Credentials| known.as_ref().is_some_and(|known| known.epoch == present.epoch);
    let Some(account) = present.filter(|present| fits && same(present)) else {
        let reason = if known.is_some() { "password" } else { "unknown" };
        let problem = ErrorCode::SignInRefused.into();
        return Err(refuse(call, transaction, known.map(|known| known.id), reason, problem).await);
    };
    failures::forget(transaction.connection(), &guesser).await?;
    if !account.enabled {
        let expired = account
            .expires_on
            .is_some_and(|date| date <= store::today(workspace));
        let (reason, code) = if expired {
            ("expired", ErrorCode::AccountExpired)
        } else {
            ("disabled", ErrorCode::AccountDisabled)
        };
        return Err(refuse(call, transaction, Some(account.id), reason, code.into()).await);
    }
    let joined = match joining {
        Some(joining) => joining.join(&mut transaction, account.id).await,
        None => Ok(Entry::done()),
    };
    let entry = match joined {
        Ok(entry) => entry,
        Err(problem) => {
            return Err(refuse(call, transaction, Some(account.id), "invitation", problem).await);
        }
    };
    let now = transaction.now();
    store::signed_in(
        transaction.connection(),
        account.id,
        now,
        arguments.language,
        new_hash,
    )
    .await?;
    let pass = store::pass(transaction.connection(), account.id)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::SignInRefused))?;
    transaction.changed(crate::accounts::types::CHANGES, [account.id.0]);
    call.commit(transaction, entry.about_account(account.id)).await?;
    let previous = account.last_sign_in;
    begin_session(workspace, account.id, pass, (now, previous)).await
}

/// Opens the session of who was let in, at this time; they signed in before then.
async fn begin_session(
    workspace: &Workspace,
    account: AccountId,
    pass: Pass,
    (now, previous): (Time, Option<Time>),
) -> Outcome<SignedIn> {
    let (token, session) = workspace
        .state::<Sessions>()
        .open(now, account, pass.epoch, previous)?;
    let caller = Caller {
        account,
        login: pass.login,
        role: pass.role,
        session: session.id,
        language: pass.language,
        zone: pass.zone,
    };
    Ok(SignedIn {
        token: Some(token),
        session: view(workspace, &caller, &session).await?,
    })
}
