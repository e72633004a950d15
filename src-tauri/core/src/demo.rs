//! The demo fleet: a workspace of its own that can be thrown away, signed in to with a name and password that are
//! no secret. The host starts the simulator; what is needed to fill the workspace goes through the same commands as
//! everything else.

use flotilla_kernel::ids::{ImportId, TransferId};
use crate::program::Program;
use flotilla_kernel::call::Origin;
use flotilla_kernel::error::{Outcome, Problem};
use crate::router::Request;
use flotilla_kernel::call::Reply;
use flotilla_connectors::secret::Secret;
use serde_json::{Value, json};
use std::path::Path;

/// The administrator of a demo.
pub const LOGIN: &str = "demo";
/// Its password; a demo holds nothing that needs a secret one. It does not hold the login name (ACC-03).
pub const PASSWORD: &str = "Seven-Gulls-2026";

/// Fills an empty demo workspace from the simulator's import file, as a person would: first administrator, import,
/// every met certificate accepted, save; what did not answer is saved without contact, to be seen in trouble.
///
/// # Errors
/// Whatever the commands say.
pub async fn fill(program: &Program, import_file: &Path) -> Outcome<()> {
    let signed_in = call(
        program,
        None,
        "workspace.create_first",
        json!({
            "login": LOGIN, "password": PASSWORD, "confirmation": PASSWORD, "first_name": "Demo", "last_name": "Fleet",
            "language": "en", "zone": "Europe/Berlin",
        }),
    )
    .await?;
    let token = Secret::new(signed_in["token"].as_str().unwrap_or_default());
    let workspace = program.workspace().await?;
    let upload: TransferId = workspace.transfers.choose(import_file)?.upload;
    let view = call(
        program,
        Some(&token),
        "customers.import_open",
        json!({ "upload": upload, "mode": "on-premises" }),
    )
    .await?;
    let import: ImportId = serde_json::from_value(view["import"].clone()).map_err(Problem::internal)?;
    let arguments = json!({ "import": import, "rows": null });
    call(program, Some(&token), "customers.import_test", arguments.clone()).await?;
    test_ended(program, &token, import).await?;
    call(program, Some(&token), "customers.import_trust", arguments).await?;
    test_ended(program, &token, import).await?;
    call(
        program,
        Some(&token),
        "customers.import_save",
        json!({ "import": import, "without_contact": true }),
    )
    .await?;
    call(program, Some(&token), "session.sign_out", json!({})).await?;
    Ok(())
}

/// Waits for the running test of an import by its progress events.
async fn test_ended(program: &Program, token: &Secret, import: ImportId) -> Outcome<()> {
    let mut events = program.workspace().await?.database.subscribe();
    loop {
        let view = call(
            program,
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

async fn call(program: &Program, token: Option<&Secret>, name: &str, arguments: Value) -> Outcome<Value> {
    let arguments = arguments.to_string();
    let request = Request {
        name,
        arguments: &arguments,
        token: token.cloned(),
        origin: Origin::Desktop,
    };
    match program.call(request).await? {
        Reply::Json(text) => serde_json::from_str(&text).map_err(Problem::internal),
        Reply::Bytes(_) => Ok(Value::Null),
    }
}
