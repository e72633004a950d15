//! Accepting an invitation on the sign-in page (ORG-11, ORG-12): as a new person, or with the account one has.

use super::administration::apply_labels;
use super::sign_in::{self, Joining};
use super::view;
use crate::accounts::passwords;
use crate::accounts::rules;
use crate::accounts::sessions::Sessions;
use crate::accounts::store;
use crate::accounts::store::failures::{self, Guesser};
use crate::accounts::types::{
    AcceptAsNew, AcceptInvitation, AccountFields, AccountPreferences, InvitationCode, InvitationView,
    SignedIn,
};
use crate::organizations;
use crate::organizations::invitations as codes;
use crate::organizations::store::invitations::{self, Waiting};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::{Transaction, enum_text, fold};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::rights::{AccountRole, Caller};
use flotilla_kernel::workspace::Workspace;
use futures_util::future::BoxFuture;

/// The invitation with this code. Who tries codes is slowed as who tries passwords (ACC-07); every code that is none is an entry of the
/// audit log.
///
/// # Errors
/// `invitation.unknown`, `sign-in.wait`
async fn known(call: &Call, code: &Secret) -> Outcome<Waiting> {
    let (guesser, nearness) = Guesser::of_codes(&call.origin);
    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let failed = failures::read(transaction.connection(), &guesser).await?;
    if let Some(until) = rules::waits_until(failed, now, nearness) {
        return Err(sign_in::hold_back(call, transaction, &guesser, None, until).await?);
    }
    match by_code(&mut transaction, code).await {
        Ok(waiting) => {
            failures::forget(transaction.connection(), &guesser).await?;
            transaction.commit().await?;
            Ok(waiting)
        }
        Err(problem) => {
            failures::count(transaction.connection(), now, &guesser).await?;
            Err(sign_in::refuse(call, transaction, None, "invitation", problem).await)
        }
    }
}

async fn by_code(transaction: &mut Transaction, code: &Secret) -> Outcome<Waiting> {
    let now = transaction.now();
    let found = match codes::hash_of(code) {
        Some(hash) => invitations::by_code(transaction.connection(), &hash, now).await?,
        None => None,
    };
    found.ok_or_else(|| ErrorCode::InvitationUnknown.into())
}

/// What an invitation is about, for who has its code (ORG-12).
///
/// # Errors
/// `invitation.unknown`, `sign-in.wait`
pub async fn look(call: &Call, arguments: InvitationCode) -> Outcome<InvitationView> {
    let waiting = known(call, &arguments.code).await?;
    Ok(InvitationView {
        organization: waiting.name,
        address: codes::masked(&waiting.email),
        role: waiting.role,
        expires_at: waiting.expires_at,
        password_policy: call.workspace.preferences::<AccountPreferences>().password_policy,
    })
}

/// Makes an account a member by an invitation; gives the entry of the audit log.
async fn join(
    workspace: &Workspace,
    transaction: &mut Transaction,
    waiting: &Waiting,
    account: AccountId,
) -> Outcome<Entry> {
    invitations::accept(transaction, waiting, account).await?;
    let change = SubjectChange::Operators(vec![waiting.organization]);
    feature::of(workspace).change(transaction, &change).await?;
    transaction.changed(organizations::types::CHANGES, [waiting.organization.0]);
    Ok(Entry::done()
        .organization(waiting.organization)
        .detail("role", enum_text(&waiting.role)?))
}

/// A new person accepts an invitation: an operator with the invited address, a member as viewer, and signed in (ORG-11, ORG-12).
///
/// # Errors
/// `invitation.unknown`, `sign-in.wait`, `form.invalid` with every problem at once.
pub async fn accept_as_new(call: &Call, arguments: AcceptAsNew) -> Outcome<SignedIn> {
    let workspace = &call.workspace;
    let waiting = known(call, &arguments.code).await?;
    let fields = rules::tidy(AccountFields {
        login: arguments.login,
        role: AccountRole::Operator,
        labels: Vec::new(),
        first_name: arguments.first_name,
        last_name: arguments.last_name,
        telephone: String::new(),
        mobile: String::new(),
        email: waiting.email,
        enabled: true,
        must_change_password: false,
        expires_on: None,
    });
    let login_key = fold(&fields.login);
    let mut problems = rules::check(&fields, None, store::today(workspace));
    problems.extend(rules::check_password(
        workspace.preferences::<AccountPreferences>().password_policy,
        &fields.login,
        &arguments.password,
        &arguments.confirmation,
    ));
    let taken = || FieldProblem::new("login", ErrorCode::FieldTaken);
    if store::login_taken(&mut *workspace.database.read().await?, &login_key, None).await? {
        problems.push(taken());
    }
    Problem::of_fields(problems)?;
    let hash = passwords::hash(workspace.password_cost, &arguments.password).await?;
    let mut transaction = workspace.database.begin().await?;
    if store::login_taken(transaction.connection(), &login_key, None).await? {
        return Err(Problem::of_field(taken()));
    }
    // It may have been accepted or revoked while the hash was made.
    let waiting = by_code(&mut transaction, &arguments.code).await?;
    let now = transaction.now();
    let id = store::insert(transaction.connection(), now, &fields, arguments.language, &hash).await?;
    apply_labels(call, &mut transaction, id).await?;
    let entry = join(workspace, &mut transaction, &waiting, id).await?;
    store::signed_in(transaction.connection(), id, now, None, None).await?;
    transaction.membership_changed(crate::accounts::types::CHANGES, [id.0]);
    call.commit(transaction, entry.about_account(id)).await?;
    let (token, session) = workspace.state::<Sessions>().open(now, id, 0, None)?;
    let caller = Caller {
        account: id,
        login: fields.login,
        role: AccountRole::Operator,
        session: session.id,
        language: arguments.language,
        zone: None,
    };
    Ok(SignedIn {
        token: Some(token),
        session: view(workspace, &caller, &session).await?,
    })
}

/// Somebody whose account has the invited address, in the transaction of the sign-in.
struct Existing<'c> {
    workspace: &'c Workspace,
    code: &'c Secret,
}

impl Joining for Existing<'_> {
    fn join<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        account: AccountId,
    ) -> BoxFuture<'a, Outcome<Entry>> {
        Box::pin(async move {
            let waiting = by_code(transaction, self.code).await?;
            let (_, email) = organizations::store::members::person(transaction.connection(), account).await?;
            codes::demand_address(&waiting.email, &email)?;
            join(self.workspace, transaction, &waiting, account).await
        })
    }
}

/// Somebody with an account accepts an invitation by signing in; the account's address must be the invited one (ORG-12).
///
/// # Errors
/// `invitation.unknown`, `invitation.other-address` with the invited address, masked; `member.already`; those of signing in.
pub async fn accept(call: &Call, arguments: AcceptInvitation) -> Outcome<SignedIn> {
    let AcceptInvitation { code, sign_in } = arguments;
    known(call, &code).await?;
    let existing = Existing {
        workspace: &call.workspace,
        code: &code,
    };
    sign_in::enter(call, sign_in, Some(&existing)).await
}
