//! From a name and a JSON text to a command and back.

use crate::accounts::types::*;
use crate::administration::types::*;
use crate::audit::types::*;
use crate::audit::{self, Entry};
use crate::customers::types::*;
use crate::dashboard::types::*;
use crate::lists::types::*;
use crate::organizations::types::*;
use crate::rights::Caller;
use crate::wire::call::{Call, Origin};
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::types::*;
use crate::workspace::Workspace;
use flotilla_connectors::secret::Secret;
use serde::de::DeserializeOwned;

/// Arguments larger than this are refused unread.
const ARGUMENTS_LIMIT: usize = 16 * 1024 * 1024;

/// Who may call a command at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, also before signing in.
    Public,
    /// Anybody at this machine, also before signing in; nobody who comes over the network (ADM-30).
    Local,
    /// Who is signed in, also while terms wait or the password must be changed.
    Gated,
    /// Who is signed in and has nothing left to do first.
    SignedIn,
    /// Administrators (RGT-12, RGT-14, RGT-15).
    Administrator,
}

/// Whether a command reads or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(non_camel_case_types, reason = "spelt as in the table")]
pub enum Kind {
    query,
    act,
}

/// A line of the command table, for lists and tests.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    pub name: &'static str,
    pub kind: Kind,
    pub access: Access,
    pub arguments: &'static str,
    pub reply: &'static str,
}

/// What a host hands over.
pub struct Request<'a> {
    pub name: &'a str,
    /// JSON text; empty means `{}`.
    pub arguments: &'a str,
    pub token: Option<Secret>,
    pub origin: Origin,
}

/// What a host gives back. Never printed: a sign-in's has the token in it (SEC-03).
pub enum Reply {
    Json(String),
    Bytes(Vec<u8>),
}

trait IntoReply {
    fn into_reply(self) -> Outcome<Reply>;
}

impl IntoReply for Packed {
    fn into_reply(self) -> Outcome<Reply> {
        Ok(Reply::Bytes(self.0))
    }
}

macro_rules! json_replies {
    ($($name:ty),* $(,)?) => {$(
        impl IntoReply for $name {
            fn into_reply(self) -> Outcome<Reply> {
                serde_json::to_string(&self).map(Reply::Json).map_err(Problem::internal)
            }
        }
    )*};
}
json_replies!(
    About,
    AccountDetails,
    AuditVerification,
    Console,
    CustomerDetails,
    CustomerPanel,
    Dashboard,
    DeletionPlan,
    Download,
    ImportReceipt,
    ImportView,
    LaunchPlan,
    ListDescription,
    Nothing,
    OrganizationDetails,
    OrganizationMatches,
    PreferencesForm,
    Profile,
    SessionView,
    SignedIn,
    TestResult,
    View,
    WorkspaceState,
);

impl<T: serde::Serialize> IntoReply for Vec<T> {
    fn into_reply(self) -> Outcome<Reply> {
        serde_json::to_string(&self)
            .map(Reply::Json)
            .map_err(Problem::internal)
    }
}

fn parse<T: DeserializeOwned>(arguments: &str) -> Outcome<T> {
    let text = if arguments.trim().is_empty() {
        "{}"
    } else {
        arguments
    };
    serde_json::from_str(text).map_err(|error| {
        // The place is enough to mend it; the text itself may hold a password.
        Problem::new(ErrorCode::BadArguments)
            .with("line", error.line())
            .with("column", error.column())
    })
}

macro_rules! make_router {
    ($($kind:ident $name:literal $access:ident crate $(:: $segment:ident)+ ($arguments:ty) -> $reply:ty;)*) => {
        /// Every command there is, in the order of the table.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: $name,
            kind: Kind::$kind,
            access: Access::$access,
            arguments: stringify!($arguments),
            reply: stringify!($reply),
        }),*];

        async fn dispatch(call: &Call, arguments: &str) -> Outcome<Reply> {
            match call.name {
                $($name => {
                    let arguments: $arguments = parse(arguments)?;
                    // Boxed, so that one command's future does not make every call's as large.
                    Box::pin(crate $(:: $segment)+ (call, arguments)).await?.into_reply()
                })*
                _ => Err(ErrorCode::UnknownCommand.into()),
            }
        }
    };
}
crate::wire::table::command_table!(make_router);

/// The command of this name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Calls a command: session, gate, right, arguments, command. Refusals are written to the audit log, of acts also
/// the failures (ADM-20).
///
/// # Errors
/// Whatever the command says, or why it could not be called.
pub async fn call(workspace: &Workspace, request: Request<'_>) -> Outcome<Reply> {
    let command = find(request.name)
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
        None => dispatch(&call, request.arguments).await,
    };
    if let Err(problem) = &outcome {
        record_failure(&call, command.kind, problem).await;
    }
    outcome
}

type Admission = Result<Option<Caller>, (Option<Caller>, Problem)>;

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
        (Access::SignedIn | Access::Administrator, Gate::ChangePassword) => {
            Some(ErrorCode::PasswordChangeNeeded)
        }
        (Access::SignedIn | Access::Administrator, Gate::Terms { .. }) => Some(ErrorCode::TermsNotAccepted),
        (Access::Administrator, Gate::Open) if !caller.is_administrator() => Some(ErrorCode::RightMissing),
        _ => None,
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
            // Nobody is signed in; who knocks in vain must not be able to fill the log.
            | ErrorCode::HostOnly
            | ErrorCode::FormInvalid
            | ErrorCode::BadArguments,
            _,
        ) => return,
        // The sign-in writes its own entries, with the account they are about (ACC-07).
        _ if call.name == "session.sign_in" => return,
        (_, Kind::act) => AuditResult::Failed,
        (_, Kind::query) => return,
    };
    let entry = Entry::new(result).detail("error", problem.code.code());
    if let Err(error) = audit::record(call, entry).await {
        tracing::error!(act = call.name, error = %error, "an audit entry could not be written");
    }
}
