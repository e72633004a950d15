//! The one command of the window: `call`. Everything but what needs this machine goes on to the core.

use flotilla_core::Secret;
use flotilla_core::program::Program;
use flotilla_core::wire::call::Origin;
use flotilla_core::wire::error::{ErrorCode, Outcome, Problem, WireError};
use flotilla_core::wire::router::{Reply, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tauri::ipc::Response;
use tauri::{AppHandle, Manager as _, State, WebviewWindow};

use crate::shell::Shell;
use crate::{dialogs, windows};

/// Calls a command of the table, or one of the host's own (`host.…`). Bytes come back as bytes.
#[tauri::command]
pub async fn call(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    name: String,
    arguments: Value,
    session: Option<String>,
) -> Result<Response, WireError> {
    let session = shell.session(window.label(), session);
    let reply = match name.strip_prefix("host.") {
        Some(own) => host(&window, &shell, own, arguments, session)
            .await
            .map(|value| Reply::Json(value.to_string())),
        None => core(&window, &shell, &name, &arguments, session).await,
    };
    shell.answered();
    match reply {
        Ok(Reply::Json(text)) => Ok(Response::new(text)),
        Ok(Reply::Bytes(bytes)) => Ok(Response::new(bytes)),
        Err(problem) => Err(problem.into_wire()),
    }
}

async fn core(
    window: &WebviewWindow,
    shell: &Shell,
    name: &str,
    arguments: &Value,
    session: Option<String>,
) -> Outcome<Reply> {
    let text = if arguments.is_null() {
        String::new()
    } else {
        arguments.to_string()
    };
    let reply = ask(&shell.program().await, name, &text, session).await?;
    match (name, &reply) {
        ("workspace.unlock", _) => shell.listen(window.app_handle()).await,
        ("customers.launch" | "administration.open_console", Reply::Json(text)) => {
            shell.allow(addresses(text))
        }
        _ => {}
    }
    Ok(reply)
}

async fn ask(program: &Program, name: &str, arguments: &str, session: Option<String>) -> Outcome<Reply> {
    program
        .call(Request {
            name,
            arguments,
            token: session.map(Secret::new),
            origin: Origin::Desktop,
        })
        .await
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
struct PickFile {
    kind: dialogs::FileKind,
}

#[derive(Deserialize)]
struct SaveDownload {
    download: flotilla_core::ids::TransferId,
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
) -> Outcome<Value> {
    let program = shell.program().await;
    match name {
        "demo" => {
            shell.start_demo(window.app_handle()).await?;
            match ask(&shell.program().await, "workspace.state", "", None).await? {
                Reply::Json(text) => serde_json::from_str(&text).map_err(Problem::internal),
                Reply::Bytes(_) => Err(ErrorCode::Internal.into()),
            }
        }
        "pick_file" => {
            let PickFile { kind } = parse(arguments)?;
            must_be_signed_in(&program, session).await?;
            let transfers = &program.workspace().await?.transfers;
            match dialogs::pick_file(window, kind).await? {
                Some(path) => serde_json::to_value(transfers.choose(&path)?).map_err(Problem::internal),
                None => Ok(Value::Null),
            }
        }
        "save_download" => {
            let SaveDownload { download } = parse(arguments)?;
            must_be_signed_in(&program, session).await?;
            let transfers = &program.workspace().await?.transfers;
            let (_, name) = transfers.fetch(download)?;
            let chosen = dialogs::save_file(window, &name).await?;
            if let Some(path) = &chosen {
                transfers.save(download, path)?;
            }
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
            windows::open_page(application, shell, &address, session)?;
            Ok(json!({}))
        }
        other => Err(Problem::new(ErrorCode::UnknownCommand).with("name", format!("host.{other}"))),
    }
}

/// Nobody touches this machine's files through Flotilla before saying who they are.
async fn must_be_signed_in(program: &Program, session: Option<String>) -> Outcome<()> {
    ask(program, "session.current", "", session).await.map(|_| ())
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
        assert!(addresses("no plan at all").is_empty());
    }
}
