//! Opening the workspace and signing in, from the environment or by asking.

use crate::error::{CliError, usage};
use chrono::NaiveDate;
use flotilla_core::Secret;
use flotilla_core::accounts::sessions;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::router::Request;
use flotilla_core::test_clock::TestClock;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::SessionId;
use flotilla_kernel::transfer::unreadable;
use flotilla_kernel::words::Language;
use flotilla_kernel::words::Words;
use flotilla_kernel::workspace::PasswordCost;
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Mutex;

/// Which workspace, and whether the keychain may be used.
pub struct Place {
    pub workspace: Option<PathBuf>,
    pub keychain: bool,
}

fn from_environment(variable: &str) -> Option<Secret> {
    std::env::var(variable).ok().map(Secret::new)
}

fn prompt(key: &str) -> String {
    words().get(key).unwrap_or_else(|| key.to_owned())
}

fn ask(variable: &str, question: &str) -> Result<Secret, CliError> {
    if !std::io::stdin().is_terminal() {
        return Err(usage(
            Problem::new(ErrorCode::NobodyToAsk).with("variable", variable),
        ));
    }
    rpassword::prompt_password(format!("{question} "))
        .map(Secret::new)
        .map_err(|error| CliError::from(unreadable(error)))
}

/// A secret that exists: from the environment, or asked for at the terminal. `question` is a key of the words.
///
/// # Errors
/// `cli.nobody-to-ask` when there is neither.
pub fn secret(variable: &str, question: &str) -> Result<Secret, CliError> {
    match from_environment(variable) {
        Some(secret) => Ok(secret),
        None => ask(variable, &prompt(question)),
    }
}

/// A secret that is being chosen. What is typed unseen is asked for twice: a slip would lock the person out.
///
/// # Errors
/// `password.differ` in a form; as [`secret`].
pub fn new_secret(variable: &str, question: &str) -> Result<Secret, CliError> {
    if let Some(secret) = from_environment(variable) {
        return Ok(secret);
    }
    let chosen = ask(variable, &prompt(question))?;
    if ask(variable, &prompt("cli-ask-again"))? != chosen {
        let differ = FieldProblem::new("confirmation", ErrorCode::PasswordsDiffer);
        return Err(Problem::of_field(differ).into());
    }
    Ok(chosen)
}

/// The login name: FLOTILLA_ACCOUNT, or asked for.
///
/// # Errors
/// `cli.nobody-to-ask` when there is neither.
pub fn account() -> Result<String, CliError> {
    const VARIABLE: &str = "FLOTILLA_ACCOUNT";
    if let Ok(value) = std::env::var(VARIABLE) {
        return Ok(value);
    }
    if !std::io::stdin().is_terminal() {
        return Err(usage(
            Problem::new(ErrorCode::NobodyToAsk).with("variable", VARIABLE),
        ));
    }
    eprint!("{} ", prompt("cli-ask-account"));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(unreadable)?;
    Ok(line.trim().to_owned())
}

/// The words of the language the terminal is in.
pub fn words() -> &'static Words {
    let language = ["FLOTILLA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    Words::of(match language.get(..2) {
        Some("fr") => Language::Fr,
        Some("ja") => Language::Ja,
        _ => Language::En,
    })
}

/// What this process has open, to be closed before it ends, however it ends.
static OPEN: Mutex<Option<Program>> = Mutex::new(None);

/// Closes what is open.
pub async fn close() {
    let open = OPEN.lock().ok().and_then(|mut open| open.take());
    if let Some(program) = open {
        program.close().await;
    }
}

fn remember(program: &Program) {
    if let Ok(mut open) = OPEN.lock() {
        *open = Some(program.clone());
    }
}

/// Whether a command may make the workspace it is called on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    /// `init` alone.
    Allowed,
    /// A mistyped folder stays what it is.
    Never,
}

/// The folder of the workspace.
///
/// # Errors
/// `cli.workspace-not-named`; `workspace.missing` when there is none and none may be made.
pub fn folder(place: &Place, making: Making) -> Result<PathBuf, CliError> {
    let folder = place.workspace.clone();
    let folder = folder.ok_or_else(|| usage(ErrorCode::WorkspaceNotNamed.into()))?;
    if making == Making::Never && !Program::is_at(&folder) {
        return Err(Problem::new(ErrorCode::WorkspaceMissing)
            .with("folder", folder.display().to_string())
            .into());
    }
    Ok(folder)
}

/// Opens the program on the workspace; `services` starts the background work.
///
/// # Errors
/// As [`folder`] and [`Program::open`].
pub async fn open(place: &Place, services: bool, making: Making) -> Result<Program, CliError> {
    open_as(place, services, services, making).await
}

async fn open_as(place: &Place, services: bool, shared: bool, making: Making) -> Result<Program, CliError> {
    const VARIABLE: &str = "FLOTILLA_DATABASE_PASSWORD";
    let folder = folder(place, making)?;
    let options = |password| ProgramOptions {
        folder: folder.clone(),
        clock: Clock::System,
        keychain: if place.keychain {
            Keychain::System
        } else {
            Keychain::None
        },
        password,
        password_cost: PasswordCost::Full,
        services,
        demo: false,
        demo_available: false,
        shared,
    };
    let is_there = Program::is_at(&folder);
    let mut program = Program::open(options(from_environment(VARIABLE))).await?;
    if program.workspace().await.is_err() {
        let password = if is_there {
            secret(VARIABLE, "cli-ask-database-password")?
        } else {
            new_secret(VARIABLE, "cli-ask-new-database-password")?
        };
        program = Program::open(options(Some(password))).await?;
    }
    remember(&program);
    Ok(program)
}

/// A signed-in person at the command line.
pub struct Person {
    pub program: Program,
    token: Secret,
}

impl Person {
    /// The session that this person has.
    ///
    /// # Errors
    /// `session.ended`
    pub async fn session(&self) -> Outcome<SessionId> {
        let workspace = self.program.workspace().await?;
        Ok(sessions::demand_open(&workspace, Some(&self.token))
            .await?
            .session)
    }

    /// Opens the workspace and signs in.
    ///
    /// # Errors
    /// As [`open`], and what the sign-in says.
    pub async fn sign_in(place: &Place) -> Result<Self, CliError> {
        Self::sign_in_to(open(place, false, Making::Never).await?).await
    }

    /// The same, and does the work of the background here, unless another process does it.
    ///
    /// # Errors
    /// As [`Person::sign_in`].
    pub async fn sign_in_to_work(place: &Place) -> Result<Self, CliError> {
        Self::sign_in_to(open_as(place, true, false, Making::Never).await?).await
    }

    async fn sign_in_to(program: Program) -> Result<Self, CliError> {
        let login = account()?;
        let password = secret("FLOTILLA_PASSWORD", "cli-ask-password")?;
        let arguments = json!({ "login": login, "password": password.expose() });
        let signed_in = call(&program, None, "session.sign_in", &arguments.to_string()).await?;
        let Output::Json(signed_in) = signed_in else {
            return Err(Problem::internal("the sign-in gave no session").into());
        };
        let token = Secret::new(signed_in["token"].as_str().unwrap_or_default());
        Ok(Self { program, token })
    }

    /// This person in a copy of the workspace at another date (LIC-54), which is to be ended.
    ///
    /// # Errors
    /// As [`TestClock::open`].
    pub async fn at(&self, date: NaiveDate) -> Outcome<(Self, TestClock)> {
        let (clock, token) = TestClock::open(&self.program, &self.token, Origin::CommandLine, date).await?;
        let program = clock.program.clone();
        Ok((Self { program, token }, clock))
    }

    /// Calls a command.
    ///
    /// # Errors
    /// What the command says.
    pub async fn call(&self, name: &str, arguments: &Value) -> Result<Value, CliError> {
        match self.output(name, &arguments.to_string()).await? {
            Output::Json(value) => Ok(value),
            Output::Bytes(_) => Err(Problem::internal(format!("{name} answers with bytes")).into()),
        }
    }

    /// Calls a command with arguments as they were typed.
    ///
    /// # Errors
    /// What the command says.
    pub async fn output(&self, name: &str, arguments: &str) -> Result<Output, CliError> {
        call(&self.program, Some(self.token.clone()), name, arguments).await
    }

    /// Signs out.
    pub async fn leave(self) {
        // The session ends with the process in any case.
        let _ = self.output("session.sign_out", "{}").await;
    }
}

/// What a command gave.
pub enum Output {
    Json(Value),
    Bytes(Vec<u8>),
}

/// Calls a command of the program.
///
/// # Errors
/// What the command says.
pub async fn call(
    program: &Program,
    token: Option<Secret>,
    name: &str,
    arguments: &str,
) -> Result<Output, CliError> {
    match program
        .call(Request {
            name,
            arguments,
            token,
            origin: Origin::CommandLine,
        })
        .await?
    {
        Reply::Json(text) => serde_json::from_str(&text)
            .map(Output::Json)
            .map_err(|error| Problem::internal(error).into()),
        Reply::Bytes(bytes) => Ok(Output::Bytes(bytes)),
    }
}
