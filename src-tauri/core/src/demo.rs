//! The demo fleet: a workspace of its own that can be thrown away, signed in to with a name and password that are
//! no secret. The host starts the simulator; what is needed to fill the workspace goes through the same commands as
//! everything else.

use crate::accounts::sessions;
use crate::connections::types::ConnectionKind;
use crate::router::{self, Request};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{ImportId, TransferId};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use uuid::Uuid;

/// The administrator of a demo.
pub use crate::administration::types::DEMO_LOGIN as LOGIN;
/// Its password; a demo holds nothing that needs a secret one. It does not hold the login name (ACC-03).
pub const PASSWORD: &str = "Seven-Gulls-2026";

/// A device or a video server of the demo's fleet, as the simulator's list of them with their customers has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DemoDevice {
    /// The name of the organization it belongs to, as in the customers' import file.
    pub customer: String,
    /// What it is.
    pub kind: ConnectionKind,
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
    /// The serial number it is known by (DEV-03); a video server has none.
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

/// So many devices are added at once.
const DEVICES_AT_ONCE: usize = 8;

/// Fills an empty demo workspace from the simulator's import file and its list of devices, as a person would: first administrator,
/// import, every met certificate accepted, save, and each device added to its customer; what did not answer is saved without contact,
/// to be seen in trouble.
///
/// # Errors
/// Whatever the commands say; `file.unreadable` when the list of devices is none; `not-found` when it names a customer that the
/// import file does not have.
pub async fn fill(
    workspace: &Workspace,
    import_file: &Path,
    device_list: &Path,
    language: Language,
) -> Outcome<()> {
    let devices = devices(device_list)?;
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
    let session = sessions::demand_open(workspace, Some(&token)).await?.session;
    let upload: TransferId = workspace.transfers.choose(session, import_file)?.upload;
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
    add_devices(workspace, &token, devices).await?;
    call(workspace, Some(&token), "session.sign_out", json!({})).await?;
    Ok(())
}

/// Adds each device to the customer it belongs to (DEV-02, CUS-16).
async fn add_devices(workspace: &Workspace, token: &Secret, devices: Vec<DemoDevice>) -> Outcome<()> {
    let index = Request {
        name: "customers.index",
        arguments: "{}",
        token: Some(token.clone()),
        origin: Origin::Desktop,
    };
    let Reply::Bytes(ids) = router::call(workspace, index).await? else {
        return Err(Problem::internal("an index without ids"));
    };
    let ids: Vec<Uuid> = ids.chunks_exact(16).flat_map(Uuid::from_slice).collect();
    let mut organizations: HashMap<String, Value> = HashMap::with_capacity(ids.len());
    for window in ids.chunks(flotilla_kernel::lists::WINDOW) {
        let rows = call(
            workspace,
            Some(token),
            "customers.window",
            json!({ "ids": window }),
        )
        .await?;
        for row in rows.as_array().into_iter().flatten() {
            organizations.insert(
                row["name"].as_str().unwrap_or_default().to_owned(),
                row["id"].clone(),
            );
        }
    }
    let organizations = &organizations;
    futures_util::stream::iter(devices)
        .map(|device| async move {
            let organization = organizations
                .get(&device.customer)
                .ok_or_else(|| Problem::new(ErrorCode::NotFound).with("name", device.customer.clone()))?;
            add_device(workspace, token, organization, &device).await
        })
        .buffer_unordered(DEVICES_AT_ONCE)
        .try_collect()
        .await
}

/// Tests a device, says yes to the certificate it shows, and saves it. One that cannot be read is saved without contact; its
/// certificate is believed all the same, so that what is wrong with it is seen.
async fn add_device(
    workspace: &Workspace,
    token: &Secret,
    organization: &Value,
    device: &DemoDevice,
) -> Outcome<()> {
    let call = async |name, arguments| call(workspace, Some(token), name, arguments).await;
    let mut form = json!({
        "id": null, "organization": organization, "kind": device.kind, "name": device.name, "host": device.host,
        "port": device.port, "user_name": device.user, "password": device.password.expose(), "accept": null,
    });
    let shown = call("connections.test", form.clone()).await?;
    let certificate = &shown["certificate"]["sha256"];
    if certificate.is_string() {
        form["accept"] = certificate.clone();
        form["proof"] = call("connections.test", form.clone()).await?["proof"].clone();
    }
    let unread = !form["proof"].is_string();
    form["without_contact"] = unread.into();
    let saved = call("connections.save", form).await?;
    if unread && certificate.is_string() {
        let accept = json!({ "id": saved["id"], "sha256": certificate });
        call("connections.accept_certificate", accept).await?;
    }
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
