//! From a name and a JSON text to a command and back.

use crate::accounts::types::Gate;
use crate::audit::refusals::{self, Refusal};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::call::{Call, Origin, Reply};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, Access, Command, Kind};
use flotilla_kernel::rights::Caller;
use flotilla_kernel::workspace::Workspace;

/// Arguments larger than this are refused unread.
const ARGUMENTS_LIMIT: usize = 16 * 1024 * 1024;

/// What a host hands over.
pub struct Request<'a> {
    /// The name of the command.
    pub name: &'a str,
    /// JSON text; empty means `{}`.
    pub arguments: &'a str,
    /// The token of the session; none: nobody is signed in.
    pub token: Option<Secret>,
    /// Where the call comes from.
    pub origin: Origin,
}

/// Calls a command: session, gate, right, arguments, command. Refusals are written to the audit log, of acts also
/// the failures (ADM-20).
///
/// # Errors
/// Whatever the command says, or why it could not be called.
pub async fn call(workspace: &Workspace, request: Request<'_>) -> Outcome<Reply> {
    let command = feature::of(workspace)
        .command(request.name)
        .ok_or_else(|| Problem::new(ErrorCode::UnknownCommand).with("name", request.name))?;
    if request.arguments.len() > ARGUMENTS_LIMIT {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", ARGUMENTS_LIMIT));
    }
    let caller = match (command.access, &request.origin) {
        (Access::Local, Origin::Remote(_)) => Err((None, ErrorCode::HostOnly.into())),
        _ => admit(workspace, command, request.token.as_ref()).await,
    };
    let (caller, refusal) = match caller {
        Ok(caller) => (caller, None),
        Err((caller, problem)) => (caller, Some(problem)),
    };
    let call = Call {
        workspace: workspace.clone(),
        origin: request.origin,
        name: command.name,
        caller,
    };
    let outcome = match refusal {
        Some(problem) => Err(problem),
        None => (command.run)(&call, request.arguments).await,
    };
    match &outcome {
        Err(problem) if problem.code == ErrorCode::HostOnly => {
            refusals::note(workspace, Refusal::HostOnly, &call.origin.to_string()).await;
        }
        Err(problem) => record_failure(&call, command.kind, problem).await,
        Ok(_) => {}
    }
    outcome
}

type Admission = Result<Option<Caller>, (Option<Caller>, Problem)>;

/// Session, gate, and what needs no arguments of `access`; a right on what the arguments name is asked when they are read.
async fn admit(workspace: &Workspace, command: &Command, token: Option<&Secret>) -> Admission {
    if matches!(command.access, Access::Public | Access::Local) {
        return Ok(None);
    }
    let Some(token) = token else {
        return Err((None, ErrorCode::NotSignedIn.into()));
    };
    let (caller, gate) = crate::accounts::sessions::admit(workspace, token)
        .await
        .map_err(|problem| (None, problem))?;
    let problem = match (command.access, gate) {
        (Access::Gated, _) => None,
        (_, Gate::ChangePassword) => Some(ErrorCode::PasswordChangeNeeded),
        (_, Gate::Terms { .. }) => Some(ErrorCode::TermsNotAccepted),
        (Access::Administrator, Gate::Open) if !caller.is_administrator() => Some(ErrorCode::RightMissing),
        (_, Gate::Open) => None,
    };
    match problem {
        Some(code) => Err((Some(caller), code.into())),
        None => Ok(Some(caller)),
    }
}

async fn record_failure(call: &Call, kind: Kind, problem: &Problem) {
    let result = match (problem.code, kind) {
        _ if problem.refused => AuditResult::Refused,
        // What the session or the form refused never began; a query that failed changed nothing.
        (
            ErrorCode::NotSignedIn
            | ErrorCode::SessionEnded
            | ErrorCode::FormInvalid
            | ErrorCode::BadArguments,
            _,
        ) => return,
        // The sign-in writes its own entries, with the account they are about (ACC-07); so do invitations (ORG-12).
        _ if crate::accounts::DOORS.contains(&call.name) => return,
        (_, Kind::Act) => AuditResult::Failed,
        (_, Kind::Query) => return,
    };
    let entry = Entry::new(result).detail("error", problem.code.code());
    if let Err(error) = call.record(entry).await {
        tracing::error!(act = call.name, error = %error, "an audit entry could not be written");
    }
}
