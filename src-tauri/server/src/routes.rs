//! What can be asked over HTTPS: a command, the events, a file in, a file out, the interface.

use crate::interface;
use crate::limits::Limits;
use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use flotilla_core::Secret;
use flotilla_core::ids::AccountId;
use flotilla_core::program::Program;
use flotilla_core::wire::call::Origin;
use flotilla_core::wire::coalesce::Coalesced;
use flotilla_core::wire::error::{ErrorCode, Outcome, Problem};
use flotilla_core::wire::router::{Reply, Request};
use flotilla_core::wire::transfer::UPLOAD_LIMIT;
use flotilla_core::wire::types::{Event, Failure};
use serde::Deserialize;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

const COOKIE: &str = "flotilla_session";
/// A page of another origin cannot send this header without being allowed to, and nobody is.
const GUARD: &str = "x-flotilla";
/// Arguments of a command; files come by `/upload`.
const CALL_LIMIT: usize = 16 * 1024 * 1024;
/// A session ends after twelve hours in any case (ACC-10); the cookie need not outlive it.
const COOKIE_SECONDS: i64 = 12 * 3_600;

struct Shared {
    program: Program,
    limits: Limits,
}

type App = State<Arc<Shared>>;
type Peer = ConnectInfo<SocketAddr>;

/// Everything the server answers to.
pub fn router(program: Program) -> Router {
    let upload_limit = usize::try_from(UPLOAD_LIMIT).unwrap_or(usize::MAX);
    Router::new()
        .route(
            "/call/{name}",
            post(call).layer(DefaultBodyLimit::max(CALL_LIMIT)),
        )
        .route("/upload", post(upload).layer(DefaultBodyLimit::max(upload_limit)))
        .route("/download/{id}", get(download))
        .route("/events", get(events))
        .fallback(interface::file)
        .with_state(Arc::new(Shared {
            program,
            limits: Limits::default(),
        }))
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::NotSignedIn | ErrorCode::SessionEnded | ErrorCode::SignInRefused => {
            StatusCode::UNAUTHORIZED
        }
        ErrorCode::RightMissing | ErrorCode::PasswordChangeNeeded | ErrorCode::TermsNotAccepted => {
            StatusCode::FORBIDDEN
        }
        ErrorCode::NotFound | ErrorCode::UnknownCommand | ErrorCode::TransferGone => StatusCode::NOT_FOUND,
        ErrorCode::SignInWait => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::TooLarge | ErrorCode::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Busy | ErrorCode::WorkspaceLocked => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Changed => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn failed(problem: Problem) -> Response {
    let status = status_of(problem.code);
    (
        status,
        no_store(),
        axum::Json(Failure {
            error: problem.into_wire(),
        }),
    )
        .into_response()
}

fn no_store() -> [(header::HeaderName, HeaderValue); 2] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ]
}

fn token(headers: &HeaderMap) -> Option<Secret> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| Secret::new(value))
}

/// Whether the page that asks is this server's own. A program that is no browser sends no origin.
fn own_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    matches!((origin.to_str().ok().and_then(|origin| origin.strip_prefix("https://")), host), (Some(origin), Some(host)) if origin == host)
}

fn cookie(value: &str, seconds: i64) -> (header::HeaderName, String) {
    (
        header::SET_COOKIE,
        format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"),
    )
}

fn guarded(app: &Shared, headers: &HeaderMap, peer: SocketAddr, signing_in: bool) -> Outcome<()> {
    if !own_origin(headers) || !headers.contains_key(GUARD) {
        return Err(ErrorCode::RightMissing.into());
    }
    // The clock here only fills buckets.
    if !app.limits.admit(peer.ip(), signing_in, Instant::now()) {
        return Err(Problem::new(ErrorCode::SignInWait).with("seconds", 2_i64));
    }
    Ok(())
}

async fn call(
    State(app): App,
    ConnectInfo(peer): Peer,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signs_in = matches!(
        name.as_str(),
        "session.sign_in" | "workspace.create_first" | "workspace.unlock"
    );
    if let Err(problem) = guarded(&app, &headers, peer, signs_in) {
        return failed(problem);
    }
    let Ok(arguments) = std::str::from_utf8(&body) else {
        return failed(ErrorCode::BadArguments.into());
    };
    let request = Request {
        name: &name,
        arguments,
        token: token(&headers),
        origin: Origin::Remote(peer.ip().to_string()),
    };
    match app.program.call(request).await {
        Ok(Reply::Json(text)) if signs_in => signed_in(text),
        Ok(Reply::Json(text)) if name == "session.sign_out" => {
            (no_store(), [cookie("", 0)], json(text)).into_response()
        }
        Ok(Reply::Json(text)) => (no_store(), json(text)).into_response(),
        Ok(Reply::Bytes(bytes)) => (
            no_store(),
            [(header::CONTENT_TYPE, "application/octet-stream")],
            bytes,
        )
            .into_response(),
        Err(problem) => failed(problem),
    }
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// The token becomes a cookie that no script can read, and is not in the answer.
fn signed_in(text: String) -> Response {
    let mut answer: Value = match serde_json::from_str(&text) {
        Ok(answer) => answer,
        Err(error) => return failed(Problem::internal(error)),
    };
    let token = answer.get_mut("token").map(Value::take);
    match token.as_ref().and_then(Value::as_str) {
        Some(token) => (
            no_store(),
            [cookie(token, COOKIE_SECONDS)],
            json(answer.to_string()),
        )
            .into_response(),
        None => (no_store(), json(answer.to_string())).into_response(),
    }
}

/// Who has no session gets no file in or out and no events. Gives whose it is, and whether they are administrator.
async fn demand_session(app: &Shared, headers: &HeaderMap, peer: SocketAddr) -> Outcome<(AccountId, bool)> {
    let request = Request {
        name: "session.current",
        arguments: "",
        token: token(headers),
        origin: Origin::Remote(peer.ip().to_string()),
    };
    let Reply::Json(session) = app.program.call(request).await? else {
        return Err(ErrorCode::Internal.into());
    };
    let session: Value = serde_json::from_str(&session).map_err(Problem::internal)?;
    let account = session["profile"]["id"].as_str().and_then(|id| id.parse().ok());
    let account = account.ok_or_else(|| Problem::new(ErrorCode::Internal))?;
    Ok((account, session["may"]["administer"] == true))
}

#[derive(Deserialize)]
struct UploadName {
    #[serde(default)]
    name: String,
}

async fn upload(
    State(app): App,
    ConnectInfo(peer): Peer,
    Query(query): Query<UploadName>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let outcome = async {
        guarded(&app, &headers, peer, false)?;
        demand_session(&app, &headers, peer).await?;
        let workspace = app.program.workspace().await?;
        let upload = tokio::task::spawn_blocking(move || workspace.transfers.upload(&query.name, &body))
            .await
            .map_err(Problem::internal)??;
        serde_json::to_string(&upload).map_err(Problem::internal)
    };
    match outcome.await {
        Ok(text) => (no_store(), json(text)).into_response(),
        Err(problem) => failed(problem),
    }
}

async fn download(
    State(app): App,
    ConnectInfo(peer): Peer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        demand_session(&app, &headers, peer).await?;
        let id = id.parse().map_err(|_| Problem::new(ErrorCode::TransferGone))?;
        let (path, name) = app.program.workspace().await?.transfers.fetch(id)?;
        let file = tokio::fs::File::open(path)
            .await
            .map_err(|error| Problem::new(ErrorCode::TransferGone).caused_by(error))?;
        Outcome::Ok((file, name))
    };
    let (file, name) = match outcome.await {
        Ok(found) => found,
        Err(problem) => return failed(problem),
    };
    // RFC 6266: the plain name for old clients, the encoded one for all others.
    let plain: String = name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || "-_. ".contains(character) {
                character
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"),
        ),
    ];
    let body = axum::body::Body::from_stream(tokio_util::io::ReaderStream::new(file));
    (no_store(), headers, body).into_response()
}

async fn events(
    State(app): App,
    ConnectInfo(peer): Peer,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // A foreign page can open a socket to anywhere, with the cookie: the origin is what tells it apart.
    if !own_origin(&headers) {
        return failed(ErrorCode::RightMissing.into());
    }
    if let Err(problem) = demand_session(&app, &headers, peer).await {
        return failed(problem);
    }
    let workspace = match app.program.workspace().await {
        Ok(workspace) => workspace,
        Err(problem) => return failed(problem),
    };
    let events = Coalesced::new(workspace.database.subscribe());
    let stopping = workspace.stopping();
    upgrade
        .max_message_size(1024)
        .on_upgrade(move |socket| async move {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tell(socket, events, app, headers, peer) => {}
            }
        })
}

/// Tells one window what changed, until it goes or its session ends.
async fn tell(
    mut socket: WebSocket,
    mut events: Coalesced,
    app: Arc<Shared>,
    headers: HeaderMap,
    peer: SocketAddr,
) {
    loop {
        tokio::select! {
            batch = events.next() => {
                let Some(batch) = batch else { return };
                let Ok((account, administrator)) = demand_session(&app, &headers, peer).await else {
                    return;
                };
                for event in batch {
                    if matches!(&event, Event::Work { work } if !work.concerns(account, administrator)) {
                        continue;
                    }
                    let Ok(text) = serde_json::to_string(&event) else { continue };
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return;
                    }
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                // A window has nothing to say here.
                Some(Ok(_)) => {}
            },
        }
    }
}
