//! Opening the workspace and signing in, from the environment or by asking.

use crate::commands::CliError;
use flotilla_core::Secret;
use flotilla_core::accounts::types::Language;
use flotilla_core::clock::Clock;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::wire::call::Origin;
use flotilla_core::wire::router::{Reply, Request};
use flotilla_core::words::Words;
use flotilla_core::workspace::PasswordCost;
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Mutex;

/// Which workspace, and whether the keychain may be used.
pub struct Place {
    pub workspace: Option<PathBuf>,
    pub keychain: bool,
}

/// A secret from the environment, or asked for at the terminal.
///
/// # Errors
/// When there is neither.
pub fn secret(variable: &str, prompt: &str) -> Result<Secret, CliError> {
    if let Ok(value) = std::env::var(variable) {
        return Ok(Secret::new(value));
    }
    if !std::io::stdin().is_terminal() {
        return Err(CliError::Usage(format!(
            "{variable} is not set, and there is nobody to ask"
        )));
    }
    rpassword::prompt_password(format!("{prompt}: "))
        .map(Secret::new)
        .map_err(|error| CliError::Failed(error.to_string()))
}

/// The login name: FLOTILLA_ACCOUNT, or asked for.
///
/// # Errors
/// When there is neither.
pub fn account() -> Result<String, CliError> {
    if let Ok(value) = std::env::var("FLOTILLA_ACCOUNT") {
        return Ok(value);
    }
    if !std::io::stdin().is_terminal() {
        return Err(CliError::Usage(
            "FLOTILLA_ACCOUNT is not set, and there is nobody to ask".to_owned(),
        ));
    }
    eprint!("Account: ");
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| CliError::Failed(error.to_string()))?;
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

/// Opens the program on the workspace; `services` starts the background work.
///
/// # Errors
/// As [`Program::open`].
pub async fn open(place: &Place, services: bool) -> Result<Program, CliError> {
    let folder = place
        .workspace
        .clone()
        .ok_or_else(|| CliError::Usage("--workspace DIR is missing".to_owned()))?;
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
        shared: services,
    };
    let given = std::env::var("FLOTILLA_DATABASE_PASSWORD").ok().map(Secret::new);
    let program = Program::open(options(given.clone())).await?;
    if given.is_none() && program.workspace().await.is_err() {
        let password = secret("FLOTILLA_DATABASE_PASSWORD", "Database password")?;
        let program = Program::open(options(Some(password))).await?;
        remember(&program);
        return Ok(program);
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
    /// Opens the workspace and signs in.
    ///
    /// # Errors
    /// As [`open`], and what the sign-in says.
    pub async fn sign_in(place: &Place) -> Result<Self, CliError> {
        let program = open(place, false).await?;
        let login = account()?;
        let password = secret("FLOTILLA_PASSWORD", "Password")?;
        let arguments = json!({ "login": login, "password": password.expose() });
        let signed_in = call(&program, None, "session.sign_in", &arguments.to_string()).await?;
        let Output::Json(signed_in) = signed_in else {
            return Err(CliError::Failed("the sign-in gave no session".to_owned()));
        };
        let token = Secret::new(signed_in["token"].as_str().unwrap_or_default());
        Ok(Self { program, token })
    }

    /// Calls a command.
    ///
    /// # Errors
    /// What the command says.
    pub async fn call(&self, name: &str, arguments: &Value) -> Result<Value, CliError> {
        match self.output(name, &arguments.to_string()).await? {
            Output::Json(value) => Ok(value),
            Output::Bytes(_) => Err(CliError::Failed(format!("{name} answers with bytes"))),
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
            .map_err(|error| CliError::Failed(error.to_string())),
        Reply::Bytes(bytes) => Ok(Output::Bytes(bytes)),
    }
}
