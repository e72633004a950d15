//! The one command of the window: `call`. Everything but what needs this machine goes on to the host in force: the
//! core, or the server of the shared workspace that was joined.

use flotilla_core::Secret;
use flotilla_core::accounts::sessions;
use flotilla_core::administration::types::TestClockDate;
use flotilla_core::joined::{self, Failed};
use flotilla_core::router::Request;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::ids::SessionId;
use flotilla_kernel::transfer::{plain_name, unreadable};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;
use tauri::ipc::Response;
use tauri::{AppHandle, Manager as _, State, WebviewWindow};

use crate::shell::{Host, Shell};
use crate::{dialogs, drops, options, windows};

/// Calls a command of the table, or one of the host's own (`host.…`). Bytes come back as bytes.
#[tauri::command]
pub async fn call(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    name: String,
    arguments: Value,
    session: Option<String>,
) -> Result<Response, Value> {
    let session = shell.sessions().session(window.label(), session);
    let reply = match name.strip_prefix("host.") {
        Some("read_dropped") => read_dropped(&window, &shell, arguments, session)
            .await
            .map(Reply::Bytes),
        Some(own) => host(&window, &shell, own, arguments, session)
            .await
            .map(|value| Reply::Json(value.to_string())),
        None => core(&window, &shell, &name, &arguments, session).await,
    };
    shell.answered();
    match reply {
        Ok(Reply::Json(text)) => Ok(Response::new(text)),
        Ok(Reply::Bytes(bytes)) => Ok(Response::new(bytes)),
        Err(failed) => Err(failed.into_wire()),
    }
}

/// Takes in what a page has in its hands: a dropped file, or a piece of one. The body is its bytes; the header `name` says what it is
/// called, percent-encoded, the header `session` whose it is. Answers as `POST /upload` of a shared workspace does.
#[tauri::command]
pub async fn upload(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    request: tauri::ipc::Request<'_>,
) -> Result<Response, Value> {
    let header = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some(
            percent_encoding::percent_decode_str(value)
                .decode_utf8_lossy()
                .into_owned(),
        )
    };
    let session = shell.sessions().session(window.label(), header("session"));
    let name = header("name").unwrap_or_default();
    let bytes = match request.body() {
        tauri::ipc::InvokeBody::Raw(bytes) => bytes.clone(),
        tauri::ipc::InvokeBody::Json(_) => {
            return Err(Failed::from(ErrorCode::BadArguments).into_wire());
        }
    };
    let taken = take_in(&shell.host(), session, &name, bytes).await;
    shell.answered();
    match taken {
        Ok(value) => Ok(Response::new(value.to_string())),
        Err(failed) => Err(failed.into_wire()),
    }
}

async fn take_in(host: &Host, session: Option<String>, name: &str, bytes: Vec<u8>) -> Result<Value, Failed> {
    let token = session.clone().map(Secret::new);
    must_be_signed_in(host, session).await?;
    match host {
        Host::Here(program) => {
            let workspace = program.workspace().await?;
            let own = own_session(&workspace, token).await?;
            let mut incoming = workspace.transfers.receive(own, name)?;
            let written = tokio::task::spawn_blocking(move || {
                incoming.write(&bytes)?;
                incoming.finish()
            });
            to_json(&written.await.map_err(Problem::internal)??)
        }
        Host::There(joined) => joined.upload_bytes(name, bytes).await,
    }
}

async fn core(
    window: &WebviewWindow,
    shell: &Shell,
    name: &str,
    arguments: &Value,
    session: Option<String>,
) -> Result<Reply, Failed> {
    let text = if arguments.is_null() {
        String::new()
    } else {
        arguments.to_string()
    };
    let reply = ask(&shell.host(), name, &text, session).await?;
    match (name, &reply) {
        ("workspace.unlock", _) => shell.listen(window.app_handle()).await,
        // What the window was opened with is no session any more.
        ("session.sign_out", _) => shell.sessions().forget(window.label()),
        ("customers.launch" | "administration.open_console" | "licences.where_to_buy", Reply::Json(text)) => {
            shell.allow(addresses(text))
        }
        _ => {}
    }
    Ok(reply)
}

async fn ask(host: &Host, name: &str, arguments: &str, session: Option<String>) -> Result<Reply, Failed> {
    match host {
        Host::Here(program) => {
            let request = Request {
                name,
                arguments,
                token: session.map(Secret::new),
                origin: Origin::Desktop,
            };
            Ok(program.call(request).await?)
        }
        // All windows have the one session; the pages know no token.
        Host::There(joined) => joined.call(name, arguments).await,
    }
}

/// The addresses of a launch plan, or the one of a console.
fn addresses(plan: &str) -> Vec<String> {
    let plan: Value = serde_json::from_str(plan).unwrap_or_default();
    let all = plan["addresses"].as_array().into_iter().flatten();
    all.chain([&plan])
        .filter_map(|address| address["url"].as_str())
        .map(str::to_owned)
        .collect()
}

#[derive(Deserialize)]
struct StartDemo {
    /// The one the page speaks: the demo's account goes on in it. Without it, the system's.
    language: Option<Language>,
}

#[derive(Deserialize)]
struct PickFile {
    kind: dialogs::FileKind,
}

#[derive(Deserialize)]
struct TakeDropped {
    number: u64,
}

#[derive(Deserialize)]
struct ReadDropped {
    number: u64,
    /// Which of the dropped files, by its place.
    file: usize,
    from: u64,
    to: u64,
}

#[derive(Deserialize)]
struct SaveDownload {
    download: flotilla_kernel::ids::TransferId,
    /// What the page knows it by; the core's own name for it counts where it can be asked.
    name: String,
}

#[derive(Deserialize)]
struct Join {
    address: String,
    port: Option<i64>,
    /// The SHA-256 of the certificate that the person has accepted; none before they have seen one.
    accept: Option<String>,
}

#[derive(Deserialize)]
struct OpenUrl {
    url: String,
}

#[derive(Deserialize)]
struct OpenWindow {
    address: String,
}

/// What needs this machine: dialogs, the browser, windows. The webview itself can do none of it (SEC-01).
async fn host(
    window: &WebviewWindow,
    shell: &Shell,
    name: &str,
    arguments: Value,
    session: Option<String>,
) -> Result<Value, Failed> {
    let host = shell.host();
    match name {
        "demo" => {
            let StartDemo { language } = parse(arguments)?;
            let language = language.unwrap_or_else(options::language);
            shell.start_demo(window.app_handle(), language).await?;
            match ask(&shell.host(), "workspace.state", "", None).await? {
                Reply::Json(text) => Ok(serde_json::from_str(&text).map_err(Problem::internal)?),
                Reply::Bytes(_) => Err(ErrorCode::Internal.into()),
            }
        }
        // ADM-30: the certificate first; with a yes to it, the workspace. Answers what is still to be accepted.
        "join" => {
            let Join {
                address,
                port,
                accept,
            } = parse(arguments)?;
            let place = (address.as_str(), port.unwrap_or_default());
            match accept {
                None => to_json(&joined::certificate(place.0, place.1).await?),
                Some(accepted) => {
                    shell.join(window.app_handle(), place, &accepted).await?;
                    Ok(Value::Null)
                }
            }
        }
        "joined" => match &host {
            Host::Here(_) => Ok(Value::Null),
            Host::There(joined) => to_json(joined.place()),
        },
        "leave" => {
            shell.leave(window.app_handle()).await?;
            Ok(json!({}))
        }
        // LIC-54: the session goes on in the copy, and in the workspace again when it is left.
        "go_to_date" => {
            let date: TestClockDate = parse(arguments)?;
            let token = session.map(Secret::new);
            let token = token.ok_or_else(|| Problem::new(ErrorCode::NotSignedIn))?;
            let session = shell.go_to_date(window.app_handle(), &token, &date).await?;
            Ok(json!({ "session": session.expose() }))
        }
        "leave_date" => {
            let token = session.map(Secret::new);
            let session = shell.leave_date(window.app_handle(), token.as_ref()).await?;
            Ok(json!({ "session": session.as_ref().map(Secret::expose) }))
        }
        "pick_file" => {
            let PickFile { kind } = parse(arguments)?;
            let token = session.clone().map(Secret::new);
            must_be_signed_in(&host, session).await?;
            match (dialogs::pick_file(window, kind).await?, &host) {
                (None, _) => Ok(Value::Null),
                (Some(path), Host::Here(program)) => {
                    let workspace = program.workspace().await?;
                    to_json(
                        &workspace
                            .transfers
                            .choose(own_session(&workspace, token).await?, &path)?,
                    )
                }
                (Some(path), Host::There(joined)) => joined.upload(path).await,
            }
        }
        // Files of any size, where they lie; a shared workspace is elsewhere, and the page sends them piece by piece.
        "pick_files" => {
            let PickFile { kind } = parse(arguments)?;
            let token = session.clone().map(Secret::new);
            must_be_signed_in(&host, session).await?;
            let Host::Here(program) = &host else {
                return Err(ErrorCode::HostOnly.into());
            };
            let paths = dialogs::pick_files(window, kind).await?;
            let workspace = program.workspace().await?;
            let own = own_session(&workspace, token).await?;
            let chosen: Outcome<Vec<_>> = paths
                .iter()
                .map(|path| workspace.transfers.choose(own, path))
                .collect();
            to_json(&chosen?)
        }
        // REP-03, where the web view hands nothing to the page. A shared workspace is elsewhere: the page sends the files to it.
        "take_dropped" => {
            let TakeDropped { number } = parse(arguments)?;
            let token = session.clone().map(Secret::new);
            must_be_signed_in(&host, session).await?;
            let paths = shell.drops().paths(window.label(), number)?;
            match &host {
                Host::Here(program) => {
                    let workspace = program.workspace().await?;
                    let (transfers, own) =
                        (workspace.transfers.clone(), own_session(&workspace, token).await?);
                    let choose = move |path: &PathBuf| {
                        files::regular_size(path)
                            .map_err(unreadable)
                            .and_then(|_| transfers.choose(own, path))
                    };
                    let taken: Vec<_> =
                        blocking(move || paths.iter().map(choose).collect::<Outcome<_>>()).await?;
                    to_json(&taken)
                }
                Host::There(_) => to_json(&blocking(move || drops::describe(&paths)).await?),
            }
        }
        "save_download" => {
            let SaveDownload { download, name } = parse(arguments)?;
            let token = session.clone().map(Secret::new);
            must_be_signed_in(&host, session).await?;
            let chosen = match &host {
                Host::Here(program) => {
                    let workspace = program.workspace().await?;
                    let (transfers, own) =
                        (workspace.transfers.clone(), own_session(&workspace, token).await?);
                    let (_, name) = transfers.fetch(download, own)?;
                    let chosen = dialogs::save_file(window, &name).await?;
                    if let Some(path) = chosen.clone() {
                        blocking(move || transfers.save(download, own, &path)).await?;
                    }
                    chosen
                }
                Host::There(joined) => {
                    let chosen = dialogs::save_file(window, &plain_name(&name)).await?;
                    if let Some(path) = &chosen {
                        joined.download(download, path.clone()).await?;
                    }
                    chosen
                }
            };
            Ok(json!({ "saved": chosen.is_some() }))
        }
        "open_url" => {
            let OpenUrl { url } = parse(arguments)?;
            let is_web = url.starts_with("https://") || url.starts_with("http://");
            if !is_web || !shell.was_handed_out(&url) {
                return Err(ErrorCode::RightMissing.into());
            }
            webbrowser::open(&url).map_err(Problem::internal)?;
            Ok(json!({}))
        }
        "open_window" => {
            let OpenWindow { address } = parse(arguments)?;
            let application: &AppHandle = window.app_handle();
            windows::open_page(application, shell.sessions(), shell.drops(), &address, session)?;
            Ok(json!({}))
        }
        other => {
            let unknown = Problem::new(ErrorCode::UnknownCommand);
            Err(unknown.with("name", format!("host.{other}")).into())
        }
    }
}

/// A piece of a dropped file, for a shared workspace.
async fn read_dropped(
    window: &WebviewWindow,
    shell: &Shell,
    arguments: Value,
    session: Option<String>,
) -> Result<Vec<u8>, Failed> {
    let ReadDropped {
        number,
        file,
        from,
        to,
    } = parse(arguments)?;
    must_be_signed_in(&shell.host(), session).await?;
    let mut paths = shell.drops().paths(window.label(), number)?.into_iter();
    let path = paths.nth(file).ok_or(ErrorCode::BadArguments)?;
    Ok(blocking(move || drops::piece(&path, from, to)).await?)
}

/// Does what waits for a disk, or for what is mounted there, where nothing else waits for it.
async fn blocking<Value: Send + 'static>(
    act: impl FnOnce() -> Outcome<Value> + Send + 'static,
) -> Outcome<Value> {
    tokio::task::spawn_blocking(act)
        .await
        .map_err(Problem::internal)?
}

/// Nobody touches this machine's files through Flotilla before saying who they are.
async fn must_be_signed_in(host: &Host, session: Option<String>) -> Result<(), Failed> {
    ask(host, "session.current", "", session).await.map(|_| ())
}

/// The session of the window that asks.
async fn own_session(workspace: &Workspace, token: Option<Secret>) -> Outcome<SessionId> {
    Ok(sessions::demand_open(workspace, token.as_ref()).await?.session)
}

fn to_json(value: &impl Serialize) -> Result<Value, Failed> {
    Ok(serde_json::to_value(value).map_err(Problem::internal)?)
}

fn parse<Arguments: DeserializeOwned>(arguments: Value) -> Outcome<Arguments> {
    serde_json::from_value(arguments).map_err(|_| Problem::new(ErrorCode::BadArguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-50: only what a launch plan holds can be opened.
    #[test]
    fn addresses_of_a_launch_plan() {
        let plan = r#"{"addresses":[{"id":"1","name":"a","url":"https://a/"},{"name":"b"}],"skipped":[]}"#;
        assert_eq!(addresses(plan), ["https://a/"]);
        assert_eq!(
            addresses(r#"{"name":"Logs","url":"https://logs/"}"#),
            ["https://logs/"]
        );
        // LIC-77
        let buy = r#"{"addresses":[{"of":"product","url":"https://shop.example/"}],"reseller":null}"#;
        assert_eq!(addresses(buy), ["https://shop.example/"]);
        assert!(addresses("no plan at all").is_empty());
    }
}
