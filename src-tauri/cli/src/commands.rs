//! What each command of the command line does.

use crate::error::{CliError, usage};
use crate::output::{print, print_cells, print_json};
use crate::session::{self, Making, Output, Person, Place, words};
use flotilla_core::composition::FEATURES;
use flotilla_kernel::audit::rules::verify_export;
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use flotilla_kernel::feature::Kind;
use flotilla_kernel::transfer::{unreadable, unwritable};
use flotilla_kernel::typescript::Declarations;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;

pub(crate) type Outcome = Result<(), CliError>;

pub(crate) fn word(key: &str, parameters: &Parameters) -> String {
    words()
        .with(key, None, parameters)
        .unwrap_or_else(|| key.to_owned())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Query => "query",
        Kind::Act => "act",
    }
}

/// `commands`
pub fn list_commands(as_json: bool) -> Outcome {
    let mut declarations = Declarations::default();
    if as_json {
        let commands: Vec<Value> = FEATURES
            .commands()
            .map(|command| {
                let (arguments, reply) = (command.declare)(&mut declarations);
                json!({
                    "name": command.name, "kind": kind(command.kind), "access": format!("{:?}", command.access),
                    "arguments": arguments, "reply": reply,
                })
            })
            .collect();
        print_json(&Value::from(commands));
        return Ok(());
    }
    for command in FEATURES.commands() {
        let (arguments, reply) = (command.declare)(&mut declarations);
        print(&format!(
            "{:<30} {:<6} {:<14} {} -> {}",
            command.name,
            kind(command.kind),
            format!("{:?}", command.access),
            arguments,
            reply
        ));
    }
    Ok(())
}

/// `init`
pub async fn init(place: &Place, login: Option<String>, language: &str, zone: &str) -> Outcome {
    session::folder(place, Making::Allowed)?;
    let login = match login {
        Some(login) => login,
        None => session::account()?,
    };
    let password = session::new_secret("FLOTILLA_PASSWORD", "cli-ask-first-password")?;
    let program = session::open(place, false, Making::Allowed).await?;
    let arguments = json!({
        "login": login, "password": password.expose(), "confirmation": password.expose(), "language": language, "zone": zone,
    });
    session::call(&program, None, "workspace.create_first", &arguments.to_string()).await?;
    let parameters = BTreeMap::from([("login".to_owned(), login.into())]);
    print(&word("cli-workspace-made", &parameters));
    Ok(())
}

/// `call`
pub async fn call(place: &Place, name: &str, arguments: &str) -> Outcome {
    if FEATURES.command(name).is_none() {
        return Err(usage(Problem::new(ErrorCode::UnknownCommand).with("name", name)));
    }
    let person = Person::sign_in(place).await?;
    match person.output(name, arguments).await? {
        Output::Json(value) => print_json(&value),
        // Packed ids, one a line.
        Output::Bytes(bytes) if name.ends_with(".index") => {
            for id in bytes
                .chunks_exact(16)
                .filter_map(|id| uuid::Uuid::from_slice(id).ok())
            {
                print(&id.to_string());
            }
        }
        Output::Bytes(bytes) => std::io::stdout().write_all(&bytes).map_err(unwritable)?,
    }
    person.leave().await;
    Ok(())
}

/// All rows of a list that match, window by window.
pub async fn rows(person: &Person, list: &str, search: &str) -> Result<Vec<Value>, CliError> {
    let Output::Bytes(bytes) = person
        .output(&format!("{list}.index"), &json!({ "search": search }).to_string())
        .await?
    else {
        return Err(Problem::internal(format!("{list}.index gave no ids")).into());
    };
    let ids: Vec<String> = bytes
        .chunks_exact(16)
        .filter_map(|id| uuid::Uuid::from_slice(id).ok())
        .map(|id| id.to_string())
        .collect();
    let mut rows = Vec::with_capacity(ids.len());
    for window in ids.chunks(200) {
        if let Value::Array(found) = person
            .call(&format!("{list}.window"), &json!({ "ids": window }))
            .await?
        {
            rows.extend(found);
        }
    }
    Ok(rows)
}

pub(crate) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn print_customers(rows: &[Value], as_json: bool) {
    if as_json {
        print_json(&Value::from(rows.to_vec()));
        return;
    }
    for row in rows {
        let status = word(&format!("status-{}", text(row, "status")), &Parameters::new());
        print_cells([
            text(row, "name"),
            &format!("{}:{}", text(row, "host"), row["port"]),
            &row["systems"].to_string(),
            text(row, "version"),
            &status,
        ]);
    }
}

/// `customers list`
pub async fn list_customers(place: &Place, search: &str, as_json: bool) -> Outcome {
    let person = Person::sign_in(place).await?;
    let rows = rows(&person, "customers", search).await?;
    print_customers(&rows, as_json);
    person.leave().await;
    Ok(())
}

/// `customers test`, `poll`
pub async fn test_customers(place: &Place, search: &str, as_json: bool) -> Outcome {
    let person = Person::sign_in(place).await?;
    let ids: Vec<Value> = rows(&person, "customers", search)
        .await?
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    person.call("customers.refresh", &json!({ "ids": ids })).await?;
    let rows = rows(&person, "customers", search).await?;
    print_customers(&rows, as_json);
    person.leave().await;
    Ok(())
}

/// What is said of a chain of entries.
struct Verdict {
    entries: i64,
    /// The hash of the last entry.
    head: String,
    broken_at: Option<i64>,
    /// Whether the chain holds the hash that was given; none: none was.
    held: Option<bool>,
}

/// `audit verify`
pub async fn verify(place: &Place, head: Option<&str>, as_json: bool) -> Outcome {
    let person = Person::sign_in(place).await?;
    let found = person.call("audit.verify", &json!({ "head": head })).await?;
    person.leave().await;
    let verdict = Verdict {
        entries: found["entries"].as_i64().unwrap_or_default(),
        head: text(&found, "head").to_owned(),
        broken_at: found["broken_at"].as_i64(),
        held: head.map(|_| found["head_at"].is_i64()),
    };
    say(&verdict, true, as_json)
}

/// `audit verify FILE`: needs no workspace.
pub fn verify_file(file: &Path, head: Option<&str>, as_json: bool) -> Outcome {
    let unreadable =
        |error: std::io::Error| CliError::from(unreadable(error).with("file", file.display().to_string()));
    let export = std::fs::File::open(file).map_err(unreadable)?;
    let verdict = match verify_export(BufReader::new(export)).map_err(unreadable)? {
        // A log begins with the account that was made first: what has no entry is no export.
        Ok(chain) if chain.entries == 0 => {
            let empty = Problem::new(ErrorCode::AuditEmpty).with("file", file.display().to_string());
            return Err(CliError::from(empty));
        }
        Ok(chain) => {
            let found = hex::encode(chain.head);
            Verdict {
                entries: chain.entries,
                held: head.map(|head| head.trim().to_lowercase() == found),
                head: found,
                broken_at: None,
            }
        }
        Err(place) => Verdict {
            entries: place - 1,
            head: String::new(),
            broken_at: Some(place),
            held: None,
        },
    };
    say(&verdict, false, as_json)
}

/// Says it. An export may have been cut at its end, which only its final hash tells; a workspace (`whole`) is compared with itself.
fn say(verdict: &Verdict, whole: bool, as_json: bool) -> Outcome {
    let Verdict {
        entries,
        head,
        broken_at,
        held,
    } = verdict;
    if as_json {
        let verdict = json!({ "entries": entries, "head": head, "broken_at": broken_at, "head_held": held });
        print_json(&verdict);
    } else if broken_at.is_none() && *held != Some(false) {
        let parameters = BTreeMap::from([
            ("entries".to_owned(), (*entries).into()),
            ("head".to_owned(), head.as_str().into()),
        ]);
        let key = if whole || *held == Some(true) {
            "cli-audit-whole"
        } else {
            "cli-audit-whole-so-far"
        };
        print(&word(key, &parameters));
    }
    match (broken_at, held) {
        (Some(place), _) => Err(CliError::from(
            Problem::new(ErrorCode::AuditBroken).with("entry", *place),
        )),
        (None, Some(false)) => Err(CliError::from(
            Problem::new(ErrorCode::AuditCut).with("entries", *entries),
        )),
        (None, _) => Ok(()),
    }
}

/// `audit export`
pub async fn export_audit(place: &Place, file: &Path) -> Outcome {
    let person = Person::sign_in(place).await?;
    let download = person.call("audit.export", &json!({})).await?;
    let id = text(&download, "download")
        .parse()
        .map_err(|_| Problem::internal("no download"))?;
    let session = person.session().await?;
    person
        .program
        .workspace()
        .await?
        .transfers
        .save(id, session, file)?;
    person.leave().await;
    Ok(())
}

/// `account reset`
pub async fn reset_account(place: &Place, login: &str) -> Outcome {
    session::folder(place, Making::Never)?;
    let password = session::new_secret("FLOTILLA_PASSWORD", "cli-ask-new-password")?;
    let program = session::open(place, false, Making::Never).await?;
    flotilla_core::accounts::commands::reset(&program.workspace().await?, login, &password).await?;
    let parameters = BTreeMap::from([("login".to_owned(), login.into())]);
    print(&word("cli-account-reset", &parameters));
    Ok(())
}

/// `serve`
pub async fn serve(place: &Place, address: SocketAddr, names: &[String]) -> Outcome {
    let program = session::open(place, true, Making::Never).await?;
    let server = flotilla_server::Server::start(program.clone(), address, names).await?;
    print(&format!("https://{}/", server.address()));
    print(&format!("SHA-256 {}", server.fingerprint()));
    stop_asked().await?;
    server.stop().await;
    Ok(())
}

/// Ends when the person or the system asks the process to stop.
async fn stop_asked() -> Outcome {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .map_err(Problem::internal)?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped.map_err(Problem::internal)?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(Problem::internal)?;
    Ok(())
}
