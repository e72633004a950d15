//! The demo fleet: a workspace of its own that can be thrown away, signed in to with a name and password that are
//! no secret. The host starts the simulator; what is needed to fill the workspace goes through the same commands as
//! everything else.

use crate::router::{self, Request};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{ImportId, TransferId};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// The administrator of a demo.
pub use crate::administration::types::DEMO_LOGIN as LOGIN;
/// Its password; a demo holds nothing that needs a secret one. It does not hold the login name (ACC-03).
pub const PASSWORD: &str = "Seven-Gulls-2026";

/// A device of the demo's fleet, as the simulator's list of devices with their customers has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DemoDevice {
    /// The name of the organization it belongs to, as in the customers' import file.
    pub customer: String,
    /// Its IP address or host name.
    #[serde(rename = "Address")]
    pub host: String,
    /// Its HTTPS port.
    pub port: u16,
    /// The name it gives itself.
    pub name: String,
    /// The account that Flotilla signs in with on the device.
    #[serde(rename = "User Name")]
    pub user: String,
    /// That account's password; the simulator's, and no secret.
    pub password: Secret,
    /// The serial number it is known by (DEV-03).
    #[serde(rename = "Serial Number")]
    pub serial_number: String,
}

/// Reads the simulator's list of devices with their customers (its `--write-customer-devices`).
///
/// # Errors
/// `file.unreadable` when it cannot be read, or is no such list.
pub fn devices(list: &Path) -> Outcome<Vec<DemoDevice>> {
    let unreadable = |error: csv::Error| {
        Problem::new(ErrorCode::FileUnreadable)
            .with("reason", error.to_string())
            .caused_by(error)
    };
    csv::Reader::from_path(list)
        .map_err(unreadable)?
        .deserialize()
        .map(|row| row.map_err(unreadable))
        .collect()
}

/// Fills an empty demo workspace from the simulator's import file, as a person would: first administrator, import,
/// every met certificate accepted, save; what did not answer is saved without contact, to be seen in trouble.
///
/// # Errors
/// Whatever the commands say.
pub async fn fill(workspace: &Workspace, import_file: &Path, language: Language) -> Outcome<()> {
    let signed_in = call(
        workspace,
        None,
        "workspace.create_first",
        json!({
            "login": LOGIN, "password": PASSWORD, "confirmation": PASSWORD, "first_name": "Demo", "last_name": "Fleet",
            "language": language, "zone": "Europe/Berlin",
        }),
    )
    .await?;
    let token = token_of(&signed_in)?;
    let upload: TransferId = workspace.transfers.choose(import_file)?.upload;
    let view = call(
        workspace,
        Some(&token),
        "customers.import_open",
        json!({ "upload": upload, "mode": "on-premises" }),
    )
    .await?;
    let import: ImportId = serde_json::from_value(view["import"].clone()).map_err(Problem::internal)?;
    let arguments = json!({ "import": import, "rows": null });
    call(
        workspace,
        Some(&token),
        "customers.import_test",
        arguments.clone(),
    )
    .await?;
    test_ended(workspace, &token, import).await?;
    call(workspace, Some(&token), "customers.import_trust", arguments).await?;
    test_ended(workspace, &token, import).await?;
    call(
        workspace,
        Some(&token),
        "customers.import_save",
        json!({ "import": import, "without_contact": true }),
    )
    .await?;
    call(workspace, Some(&token), "session.sign_out", json!({})).await?;
    Ok(())
}

/// Signs the demo's account in, by its name and password as anybody else; gives the token of the session.
///
/// # Errors
/// As `session.sign_in`; in any other workspace there is no such account, unless somebody made it.
pub async fn sign_in(workspace: &Workspace) -> Outcome<Secret> {
    let arguments = json!({ "login": LOGIN, "password": PASSWORD, "language": null });
    token_of(&call(workspace, None, "session.sign_in", arguments).await?)
}

fn token_of(signed_in: &Value) -> Outcome<Secret> {
    let token = signed_in["token"].as_str();
    token
        .map(Secret::new)
        .ok_or_else(|| Problem::internal("a sign-in without a token"))
}

/// Waits for the running test of an import by its progress events.
async fn test_ended(workspace: &Workspace, token: &Secret, import: ImportId) -> Outcome<()> {
    let mut events = workspace.database.subscribe();
    loop {
        let view = call(
            workspace,
            Some(token),
            "customers.import_view",
            json!({ "import": import }),
        )
        .await?;
        if view["test"].is_null() {
            return Ok(());
        }
        // A lost event is made up for by the next look.
        let _ = events.recv().await;
    }
}

async fn call(workspace: &Workspace, token: Option<&Secret>, name: &str, arguments: Value) -> Outcome<Value> {
    let arguments = arguments.to_string();
    let request = Request {
        name,
        arguments: &arguments,
        token: token.cloned(),
        origin: Origin::Desktop,
    };
    match router::call(workspace, request).await? {
        Reply::Json(text) => serde_json::from_str(&text).map_err(Problem::internal),
        Reply::Bytes(_) => Ok(Value::Null),
    }
}
