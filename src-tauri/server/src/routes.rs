//! What can be asked over HTTPS: a command, the events, a file in, a file out, the interface.

use crate::connections::Connection;
use crate::interface;
use crate::limits::Limits;
use crate::names::Names;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use flotilla_core::Secret;
use flotilla_core::accounts::sessions;
use flotilla_core::audit::refusals::{self, Refusal};
use flotilla_core::composition::FEATURES;
use flotilla_core::events::visible;
use flotilla_core::program::Program;
use flotilla_core::router::Request as CommandRequest;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::coalesce::Coalesced;
use flotilla_kernel::error::Failure;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::feature::Access;
use flotilla_kernel::ids::{SessionId, TransferId};
use flotilla_kernel::transfer::OpenedFile;
use flotilla_kernel::words::{Language, Words};
use flotilla_kernel::workspace::Workspace;
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

const COOKIE: &str = "flotilla_session";
/// A page of another origin cannot send this header without being allowed to, and nobody is.
const GUARD: &str = "x-flotilla";
/// Arguments of a command; files come by `/upload`.
const CALL_LIMIT: usize = 16 * 1024 * 1024;
/// Arguments of those who are not signed in: a name and a password.
const STRANGER_LIMIT: usize = 16 * 1024;
/// How long a stranger, somebody signed in, and one piece of a file may take to come.
const STRANGER_TIME: Duration = Duration::from_secs(10);
const CALL_TIME: Duration = Duration::from_secs(60);
const PIECE_TIME: Duration = Duration::from_secs(30);
/// Pieces are written when so much has come.
const PIECE: usize = 256 * 1024;
/// A session ends after twelve hours in any case (ACC-10); the cookie need not outlive it.
const COOKIE_SECONDS: i64 = 12 * 3_600;

struct Shared {
    program: Program,
    limits: Limits,
    /// The hosts that are answered for.
    names: Names,
    /// The server or its workspace is about to end.
    stopping: CancellationToken,
}

type App = State<Arc<Shared>>;
type Peer = ConnectInfo<SocketAddr>;
type Own = Extension<Arc<Connection>>;

/// Everything the server answers to, until it is stopping.
pub fn router(program: Program, names: Names, stopping: CancellationToken) -> Router {
    let shared = Arc::new(Shared {
        program,
        limits: Limits::default(),
        names,
        stopping,
    });
    Router::new()
        .route("/call/{name}", post(call))
        .route("/upload", post(upload))
        .route("/download/{id}", get(download))
        .route("/events", get(events))
        .fallback(interface::file)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), served_host))
        .with_state(shared)
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::NotSignedIn | ErrorCode::SessionEnded | ErrorCode::SignInRefused => {
            StatusCode::UNAUTHORIZED
        }
        ErrorCode::RightMissing
        | ErrorCode::HostOnly
        | ErrorCode::PasswordChangeNeeded
        | ErrorCode::TermsNotAccepted => StatusCode::FORBIDDEN,
        ErrorCode::NotFound | ErrorCode::UnknownCommand | ErrorCode::TransferGone => StatusCode::NOT_FOUND,
        ErrorCode::SignInWait | ErrorCode::TooManyCalls | ErrorCode::TooManyTransfers => {
            StatusCode::TOO_MANY_REQUESTS
        }
        ErrorCode::TooSlow => StatusCode::REQUEST_TIMEOUT,
        ErrorCode::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::HostNotServed => StatusCode::MISDIRECTED_REQUEST,
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

/// Answers only to the names and addresses that are served: a page of another name that was made to lead here, by
/// whoever owns the name, is not this server's own (DNS rebinding).
async fn served_host(State(app): App, ConnectInfo(peer): Peer, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if app.names.serve(host) {
        return next.run(request).await;
    }
    app.refuse(Refusal::ForeignHost, peer).await;
    let problem = Problem::new(ErrorCode::HostNotServed).with("host", host);
    if asks_for_page(request.headers()) {
        sentence(problem, language_of(request.headers()))
    } else {
        failed(problem)
    }
}

/// Whether a person looks at the answer, who is helped by a sentence and not by JSON.
fn asks_for_page(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.split(',').any(|one| one.trim().starts_with("text/html")))
}

/// The first language of the browser that there are words in (RFC 9110, 12.5.4; browsers list them in order); otherwise English.
fn language_of(headers: &HeaderMap) -> Language {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|wanted| wanted.to_str().ok());
    wanted
        .unwrap_or_default()
        .split(',')
        .find_map(|one| match one.trim().get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Language::En),
            "fr" => Some(Language::Fr),
            "ja" => Some(Language::Ja),
            _ => None,
        })
        .unwrap_or(Language::En)
}

fn sentence(problem: Problem, language: Language) -> Response {
    let status = status_of(problem.code);
    let text = Words::of(language).error(&problem.into_wire());
    (status, no_store(), text).into_response()
}

fn cookie(value: &str, seconds: i64) -> (header::HeaderName, String) {
    (
        header::SET_COOKIE,
        format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"),
    )
}

impl Shared {
    /// ADM-20: a refusal that no command tells of.
    async fn refuse(&self, refusal: Refusal, peer: SocketAddr) {
        if let Ok(workspace) = self.program.workspace().await {
            refusals::note(&workspace, refusal, &peer.ip().to_string()).await;
        }
    }

    async fn guard(&self, headers: &HeaderMap, peer: SocketAddr, signing_in: bool) -> Outcome<()> {
        // The clock here only fills buckets.
        if !self.limits.admit(peer.ip(), signing_in, Instant::now()) {
            return Err(ErrorCode::TooManyCalls.into());
        }
        let refusal = if !own_origin(headers) {
            Refusal::ForeignOrigin
        } else if !headers.contains_key(GUARD) {
            Refusal::MissingHeader
        } else {
            return Ok(());
        };
        self.refuse(refusal, peer).await;
        Err(ErrorCode::RightMissing.into())
    }
}

/// A body that is announced as something else than JSON is not read: what a foreign page can send without being asked
/// (a form, a text) is none.
fn demand_json(headers: &HeaderMap) -> Outcome<()> {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let kind = kind.to_str().unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(ErrorCode::NotJson.into())
    }
}

/// Reads the arguments of a call, which are short and come soon.
async fn arguments(
    headers: &HeaderMap,
    body: Body,
    capacity: &Semaphore,
    limit: usize,
    time: Duration,
) -> Outcome<String> {
    let too_large = || Problem::new(ErrorCode::TooLarge).with("limit", limit);
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let read = async {
        let _place = capacity.acquire().await.map_err(Problem::internal)?;
        let mut text = Vec::new();
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            // Whoever calls has gone, or does not speak the protocol; nobody reads the answer.
            let piece = piece.map_err(|_| Problem::new(ErrorCode::BadArguments))?;
            if text.len() + piece.len() > limit {
                return Err(too_large());
            }
            text.extend_from_slice(&piece);
        }
        String::from_utf8(text).map_err(|_| ErrorCode::BadArguments.into())
    };
    tokio::time::timeout(time, read)
        .await
        .unwrap_or_else(|_| Err(ErrorCode::TooSlow.into()))
}

async fn call(
    State(app): App,
    ConnectInfo(peer): Peer,
    Extension(connection): Own,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    called(&app, (peer, &connection), &name, &headers, body)
        .await
        .unwrap_or_else(failed)
}

/// Who is not signed in is told so before anything they send is read (SEC-04).
async fn called(
    app: &Shared,
    (peer, connection): (SocketAddr, &Connection),
    name: &str,
    headers: &HeaderMap,
    body: Body,
) -> Outcome<Response> {
    let access = FEATURES.command(name).map(|command| command.access);
    let signs_in = flotilla_core::accounts::DOORS.contains(&name);
    app.guard(headers, peer, signs_in).await?;
    demand_json(headers)?;
    let token = token(headers);
    let arguments = match access {
        // Refused, or answered while the workspace is locked; nothing is read for it.
        None | Some(Access::Local) => String::new(),
        Some(Access::Public) => {
            arguments(
                headers,
                body,
                &app.limits.strangers,
                STRANGER_LIMIT,
                STRANGER_TIME,
            )
            .await?
        }
        Some(
            Access::Gated
            | Access::SignedIn
            | Access::Administrator
            | Access::In(_)
            | Access::Anywhere(_)
            | Access::Each(_),
        ) => {
            let session = sessions::demand_known(&app.program.workspace().await?, token.as_ref())?;
            connection.belongs_to_somebody();
            let own = app.limits.of_session(session);
            let _own_place = tokio::time::timeout(CALL_TIME, own.acquire())
                .await
                .map_err(|_| Problem::new(ErrorCode::TooManyCalls))?
                .map_err(Problem::internal)?;
            arguments(headers, body, &app.limits.callers, CALL_LIMIT, CALL_TIME).await?
        }
    };
    let request = CommandRequest {
        name,
        arguments: &arguments,
        token,
        origin: Origin::Remote(peer.ip().to_string()),
    };
    Ok(match app.program.call(request).await? {
        Reply::Json(text) if signs_in => signed_in(text),
        Reply::Json(text) if name == "session.sign_out" => {
            (no_store(), [cookie("", 0)], json(text)).into_response()
        }
        Reply::Json(text) => (no_store(), json(text)).into_response(),
        Reply::Bytes(bytes) => (
            no_store(),
            [(header::CONTENT_TYPE, "application/octet-stream")],
            bytes,
        )
            .into_response(),
    })
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

#[derive(Deserialize)]
struct UploadName {
    name: String,
}

/// A file that a page hands over, to be used by a command. Who may not is told so before a byte of it is read, and it
/// goes to the disk piece by piece (SEC-04).
async fn upload(
    State(app): App,
    ConnectInfo(peer): Peer,
    Query(query): Query<UploadName>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match received(&app, peer, &query.name, &headers, body).await {
        Ok(text) => (no_store(), json(text)).into_response(),
        Err(problem) => failed(problem),
    }
}

async fn received(
    app: &Shared,
    peer: SocketAddr,
    name: &str,
    headers: &HeaderMap,
    body: Body,
) -> Outcome<String> {
    app.guard(headers, peer, false).await?;
    let workspace = app.program.workspace().await?;
    let token = token(headers);
    let caller = sessions::demand_open(&workspace, token.as_ref()).await?;
    let _place = app
        .limits
        .uploads
        .try_acquire()
        .map_err(|_| Problem::new(ErrorCode::TooManyCalls))?;
    let mut incoming = workspace.transfers.receive(caller.session, name)?;
    let mut pieces = body.into_data_stream();
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        let next = tokio::time::timeout(PIECE_TIME, pieces.next())
            .await
            .map_err(|_| Problem::new(ErrorCode::TooSlow))?;
        let ended = next.is_none();
        if let Some(next) = next {
            // The page has gone; nobody reads the answer.
            piece.extend_from_slice(&next.map_err(|_| Problem::new(ErrorCode::TransferGone))?);
        }
        if ended || piece.len() >= PIECE {
            incoming = tokio::task::spawn_blocking(move || {
                incoming.write(&piece)?;
                Outcome::Ok(incoming)
            })
            .await
            .map_err(Problem::internal)??;
            piece = Vec::with_capacity(PIECE);
        }
        if ended {
            break;
        }
    }
    // The session may have ended meanwhile.
    sessions::demand_open(&workspace, token.as_ref()).await?;
    serde_json::to_string(&incoming.finish()?).map_err(Problem::internal)
}

async fn download(
    State(app): App,
    ConnectInfo(peer): Peer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let workspace = app.program.workspace().await?;
        let caller = sessions::demand_open(&workspace, token(&headers).as_ref()).await?;
        let id: TransferId = id.parse().map_err(|_| Problem::new(ErrorCode::TransferGone))?;
        let transfers = workspace.transfers.clone();
        tokio::task::spawn_blocking(move || transfers.open(id, caller.session))
            .await
            .map_err(Problem::internal)?
    };
    let file = match outcome.await {
        Ok(found) => found,
        Err(problem) => {
            if problem.refused {
                app.refuse(Refusal::ForeignFile, peer).await;
            }
            return failed(problem);
        }
    };
    // RFC 6266: the plain name for old clients, the encoded one for all others.
    let plain: String = file
        .name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || "-_. ".contains(character) {
                character
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = file
        .name
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
        // Who gets fewer bytes knows that they have not the whole.
        (header::CONTENT_LENGTH, file.size.to_string()),
    ];
    (no_store(), headers, body_of(file)).into_response()
}

/// The content of a file, read where waiting for a disk is no harm. What must not be sent breaks the answer off before its end (REP-06).
fn body_of(file: OpenedFile) -> Body {
    Body::from_stream(futures_util::stream::try_unfold(file, |mut file| async move {
        let read = tokio::task::spawn_blocking(move || {
            let piece = file.piece()?;
            Outcome::Ok(piece.map(|piece| (piece, file)))
        });
        read.await.map_err(Problem::internal)?
    }))
}

async fn events(
    State(app): App,
    ConnectInfo(peer): Peer,
    Extension(connection): Own,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // A foreign page can open a socket to anywhere, with the cookie: the origin is what tells it apart.
    if !own_origin(&headers) {
        app.refuse(Refusal::ForeignOrigin, peer).await;
        return failed(ErrorCode::RightMissing.into());
    }
    let token = token(&headers);
    let listener = async {
        let workspace = app.program.workspace().await?;
        let token = token.ok_or(ErrorCode::NotSignedIn)?;
        let (caller, _) = sessions::admit(&workspace, &token).await?;
        Outcome::Ok((workspace, token, caller.session))
    };
    let (workspace, token, session) = match listener.await {
        Ok(listener) => listener,
        Err(problem) => return failed(problem),
    };
    connection.belongs_to_somebody();
    let events = Coalesced::new(
        workspace.database.subscribe(),
        flotilla_core::events::names(&workspace),
    );
    let stopping = app.stopping.clone();
    upgrade
        .max_message_size(1024)
        .on_upgrade(move |socket| async move {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tell(socket, events, &workspace, (&token, session)) => {}
            }
        })
}

/// Tells one window what changed of what its account may see, until it goes or its session ends.
async fn tell(
    mut socket: WebSocket,
    mut events: Coalesced,
    workspace: &Workspace,
    (token, own): (&Secret, SessionId),
) {
    loop {
        tokio::select! {
            batch = events.next() => {
                let Some(batch) = batch else { return };
                let ended = |event: &Event| matches!(event, Event::SessionEnded { session, .. } if *session == own);
                if let Some(end) = batch.iter().find(|event| ended(event)) {
                    // The last that is said here; whether anybody still hears it does not matter.
                    if let Ok(text) = serde_json::to_string(end) {
                        let _ = socket.send(Message::Text(text.into())).await;
                    }
                    return;
                }
                let Ok(batch) = visible(workspace, token, batch).await else { return };
                for event in batch {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// GEN-01: words for who looks at a refusal in a browser, in the first of its languages that there are words in.
    #[rstest]
    #[case("fr-CH, fr;q=0.9, en;q=0.8", Language::Fr)]
    #[case("de-DE,ja;q=0.5", Language::Ja)]
    #[case("EN", Language::En)]
    #[case("é,", Language::En)]
    #[case("", Language::En)]
    fn languages(#[case] wanted: &str, #[case] expected: Language) {
        let value = HeaderValue::from_bytes(wanted.as_bytes()).expect("a header");
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)]);
        assert_eq!(language_of(&headers), expected);
    }

    /// REP-06: the answer with a file that was altered after it was handed out is broken off.
    #[tokio::test]
    async fn what_was_altered_is_not_sent_whole() {
        use flotilla_kernel::clock::{Clock, Time};
        use flotilla_kernel::ids::AccountId;
        use flotilla_kernel::transfer::{Owner, Transfers};
        // Of 600,000 times zero.
        const SHA256: &str = "1358f4ce65f0d1ed482d572e4eac6ea90d465c0ab878f477297474f8f23226c3";
        let mut sha256 = [0_u8; 32];
        for (place, byte) in sha256.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&SHA256[2 * place..2 * place + 2], 16).expect("digits");
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let transfers =
            Transfers::new(&folder.path().join("transfers"), Clock::manual(Time(1))).expect("a folder");
        let owner = Owner {
            session: SessionId::new(Time(1)),
            account: AccountId::new(Time(1)),
        };
        let kept = folder.path().join("kept");
        let mut content = vec![0_u8; 600_000];
        std::fs::write(&kept, &content).expect("written");
        let handed = transfers
            .hand_out(owner, "a.bin", &kept, sha256)
            .expect("it waits");
        let open = || {
            let opened = transfers.open(handed.download, owner.session);
            opened.expect("it waits")
        };
        let sent = axum::body::to_bytes(body_of(open()), usize::MAX).await;
        assert_eq!(sent.expect("sent"), content);
        content[0] = 1;
        std::fs::write(&kept, &content).expect("written");
        let sent = axum::body::to_bytes(body_of(open()), usize::MAX).await;
        assert!(sent.is_err(), "broken off");
    }

    /// ADM-30
    #[rstest]
    #[case("text/html,application/xhtml+xml,*/*;q=0.8", true)]
    #[case("application/json", false)]
    #[case("*/*", false)]
    fn pages_and_programs(#[case] accepted: &'static str, #[case] page: bool) {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accepted))]);
        assert_eq!(asks_for_page(&headers), page);
    }
}
