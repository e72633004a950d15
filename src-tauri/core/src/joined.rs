//! A shared workspace that this installation works in instead of its own (ACC-01, ADM-30).
//!
//! Its server keeps everything; here are only the place, the accepted certificate, and while somebody is signed in
//! the session's cookie, in memory. Commands, answers and failures pass unchanged. Several windows share the session.

use crate::composition::FEATURES;
use crate::connections::probe;
use crate::connections::types::CertificateView;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::shared_workspace::{self, Incoming, SessionChange, SharedWorkspace, Unheard};
use flotilla_connectors::{Endpoint, Fingerprint, Refusal};
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::coalesce::everything_changed;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::feature::Kind;
use flotilla_kernel::fields;
use flotilla_kernel::files::{self, Readers};
use flotilla_kernel::ids::{AccountId, SessionId, TransferId};
use flotilla_kernel::transfer::{UPLOAD_LIMIT, unreadable, unwritable};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use ts_rs::TS;

/// The shared workspace that this installation has joined: where it is, and the certificate that was accepted for it.
/// Kept in `joined.json`; holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JoinedPlace {
    /// The host name or IP address of the shared workspace.
    pub host: String,
    /// Its port; 7080 by default (ADM-30).
    pub port: u16,
    /// As in [`crate::connections::types::CertificateView`].
    pub sha256: String,
}

/// Stands in the folder of the workspace it takes the place of.
const FILE: &str = "joined.json";

/// A line for events that is down is tried again after this long, then ever more seldom.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A shared workspace that was joined.
pub struct Joined {
    place: JoinedPlace,
    workspace: SharedWorkspace,
    clock: Clock,
    session: watch::Sender<Option<Arc<Session>>>,
}

/// Who is signed in, in all windows.
struct Session {
    cookie: Secret,
    id: SessionId,
    account: AccountId,
}

/// Why a call failed: what this side has to say, or what the server said, as it said it.
#[derive(Debug)]
pub enum Failed {
    /// This side has failed: the server was not reached, or its answer was not understood.
    Here(Problem),
    /// The server answered with this error, as JSON of [`flotilla_kernel::error::WireError`].
    There(Value),
}

impl Failed {
    /// For the wire.
    pub fn into_wire(self) -> Value {
        match self {
            Self::Here(problem) => serde_json::to_value(problem.into_wire()).unwrap_or_default(),
            Self::There(error) => error,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Here(problem) => problem.code.code(),
            Self::There(error) => error["code"].as_str().unwrap_or_default(),
        }
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Here(problem)
    }
}

impl From<ErrorCode> for Failed {
    fn from(code: ErrorCode) -> Self {
        Self::Here(code.into())
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Here(problem(refusal))
    }
}

/// A refusal of the connection as a person meets it. The words of the system below are for the log.
fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::CertificateChanged(_) | Refusal::CertificateNotTrusted(_) => {
            ErrorCode::CertificateChanged.into()
        }
        Refusal::CertificateUnusable => ErrorCode::CertificateUnusable.into(),
        Refusal::Unreachable(reason) => {
            tracing::info!(reason, "the shared workspace cannot be reached");
            ErrorCode::HostUnreachable.into()
        }
        _ => ErrorCode::AnswerUnreadable.into(),
    }
}

/// The place that a form names.
fn endpoint(host: &str, port: i64) -> Outcome<Endpoint> {
    let port_number = u16::try_from(port).ok().filter(|port| *port != 0);
    let out_of_range = FieldProblem::new("port", ErrorCode::FieldOutOfRange)
        .with("least", 1_i64)
        .with("most", 65_535_i64);
    let problems = fields::host("address", host)
        .into_iter()
        .chain(port_number.is_none().then_some(out_of_range))
        .collect();
    Problem::of_fields(problems)?;
    Endpoint::parse(host, port_number.unwrap_or_default())
        .map_err(|_| Problem::of_field(FieldProblem::new("address", ErrorCode::FieldNotAnAddress)))
}

/// The certificate of the server at this place, for a person to compare with what the server itself says (CRT-11).
///
/// # Errors
/// `form.invalid`, `host.unreachable`
pub async fn certificate(host: &str, port: i64) -> Outcome<CertificateView> {
    let endpoint = endpoint(host, port)?;
    let met = shared_workspace::certificate(&endpoint).await.map_err(problem)?;
    Ok(probe::view(&met))
}

/// The shared workspace that was joined in this folder, if any.
///
/// # Errors
/// `file.unreadable`: rather no start than one in another workspace than the person expects.
pub fn kept(folder: &Path, clock: Clock) -> Outcome<Option<Joined>> {
    let text = match std::fs::read(folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let damaged = |error: std::io::Error| unreadable(std::io::Error::other(format!("{FILE}: {error}")));
    let place: JoinedPlace = serde_json::from_slice(&text).map_err(|error| damaged(error.into()))?;
    let endpoint = Endpoint::parse(&place.host, place.port).map_err(std::io::Error::other);
    let pin = place.sha256.parse().map_err(std::io::Error::other);
    Ok(Some(Joined::at(
        endpoint.map_err(damaged)?,
        pin.map_err(damaged)?,
        clock,
    )))
}

/// Forgets what was joined in this folder.
///
/// # Errors
/// `file.unwritable`
pub fn forget(folder: &Path) -> Outcome<()> {
    match std::fs::remove_file(folder.join(FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(error)),
        _ => Ok(()),
    }
}

impl Joined {
    fn at(endpoint: Endpoint, pin: Fingerprint, clock: Clock) -> Self {
        Self {
            place: JoinedPlace {
                host: endpoint.host.clone(),
                port: endpoint.port,
                sha256: pin.to_string(),
            },
            workspace: SharedWorkspace::new(endpoint, pin),
            clock,
            session: watch::Sender::new(None),
        }
    }

    /// Connects with the certificate that a person has accepted, and makes sure that a Flotilla of this version
    /// answers there.
    ///
    /// # Errors
    /// `form.invalid`, `host.unreachable`, `certificate.changed`, `host.answer-unreadable`, `workspace.other-version`
    pub async fn connect(host: &str, port: i64, accepted: &str, clock: Clock) -> Result<Self, Failed> {
        let pin = accepted
            .parse()
            .map_err(|_| Problem::new(ErrorCode::BadArguments))?;
        let joined = Self::at(endpoint(host, port)?, pin, clock);
        joined.call("workspace.state", "{}").await?;
        Ok(joined)
    }

    /// Keeps the place, so that the next start opens it again.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn keep(&self, folder: &Path) -> Outcome<()> {
        let text = serde_json::to_vec_pretty(&self.place).map_err(Problem::internal)?;
        files::write_whole(&folder.join(FILE), Readers::Owner, |file| file.write_all(&text))
            .map_err(unwritable)
    }

    /// Where it is.
    pub fn place(&self) -> &JoinedPlace {
        &self.place
    }

    /// Whether somebody is signed in, as far as the server can be asked.
    pub async fn is_anybody_signed_in(&self) -> bool {
        self.signed_in().is_some() && self.call("session.current", "{}").await.is_ok()
    }

    fn signed_in(&self) -> Option<Arc<Session>> {
        self.session.borrow().clone()
    }

    /// Ends this session here, unless another has begun meanwhile.
    fn end(&self, over: &Arc<Session>) {
        self.session.send_if_modified(|session| {
            let same = session.as_ref().is_some_and(|session| Arc::ptr_eq(session, over));
            if same {
                *session = None;
            }
            same
        });
    }

    /// Calls a command of the server's table with its arguments, a JSON text.
    ///
    /// # Errors
    /// What the server says; `host.unreachable`, `certificate.changed` (nothing was sent), `host.answer-unreadable`.
    pub async fn call(&self, name: &str, arguments: &str) -> Result<Reply, Failed> {
        let session = self.signed_in();
        let only_reads = FEATURES
            .command(name)
            .is_some_and(|command| command.kind == Kind::Query)
            || name == "workspace.state";
        let cookie = session.as_ref().map(|session| &session.cookie);
        let answer = self.workspace.call(cookie, name, arguments, only_reads).await;
        if name == "session.sign_out"
            && let Some(session) = &session
        {
            // Who signs out while the server is away is signed out here; there the session ends by itself.
            self.end(session);
        }
        let reply = self.reply(answer?, session.as_ref())?;
        match (name, &reply) {
            ("workspace.state", Reply::Json(text)) => demand_same_version(text)?,
            ("workspace.state", Reply::Bytes(_)) => return Err(ErrorCode::AnswerUnreadable.into()),
            _ => {}
        }
        Ok(reply)
    }

    /// Hands a file over that a person has chosen; gives what the command that takes it wants to know.
    ///
    /// # Errors
    /// `file.unreadable`, `import.file-too-large`, and as [`Joined::call`].
    pub async fn upload(&self, path: PathBuf) -> Result<Value, Failed> {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let bytes = tokio::task::spawn_blocking(move || read_whole(&path)).await;
        self.upload_bytes(&name, bytes.map_err(Problem::internal)??).await
    }

    /// Uploads what a page has in its hands: a dropped file, or a piece of one. Gives the [`flotilla_kernel::transfer::Upload`].
    ///
    /// # Errors
    /// As [`Joined::upload`].
    pub async fn upload_bytes(&self, name: &str, bytes: Vec<u8>) -> Result<Value, Failed> {
        let session = self.signed_in();
        let cookie = session.as_ref().map(|session| &session.cookie);
        let answer = self.workspace.upload(cookie, name, bytes.into()).await?;
        match self.reply(answer, session.as_ref())? {
            Reply::Json(text) => serde_json::from_str(&text).map_err(|_| ErrorCode::AnswerUnreadable.into()),
            Reply::Bytes(_) => Err(ErrorCode::AnswerUnreadable.into()),
        }
    }

    /// Fetches what a command has prepared to where the person chose, whole or not at all.
    ///
    /// # Errors
    /// `file.unwritable`, `transfer.gone`, and as [`Joined::call`].
    pub async fn download(&self, id: TransferId, target: PathBuf) -> Result<(), Failed> {
        let session = self.signed_in();
        let cookie = session.as_ref().map(|session| &session.cookie);
        let mut incoming = match self.workspace.download(cookie, &id.to_string()).await? {
            Incoming::File(incoming) => incoming,
            Incoming::Refused(answer) => {
                self.reply(answer, session.as_ref())?;
                return Err(ErrorCode::AnswerUnreadable.into());
            }
        };
        let runtime = tokio::runtime::Handle::current();
        let saved = tokio::task::spawn_blocking(move || {
            let mut refused = None;
            let written = files::write_whole(&target, Readers::AsUsual, |file| {
                loop {
                    match runtime.block_on(incoming.next()) {
                        Ok(Some(piece)) => file.write_all(&piece)?,
                        Ok(None) => return Ok(()),
                        Err(refusal) => {
                            refused = Some(refusal);
                            return Err(std::io::ErrorKind::UnexpectedEof.into());
                        }
                    }
                }
            });
            match refused {
                Some(refusal) => Err(problem(refusal)),
                None => written.map_err(unwritable),
            }
        });
        Ok(saved.await.map_err(Problem::internal)??)
    }

    /// What an answer means here: the session may have begun or ended.
    fn reply(
        &self,
        answer: shared_workspace::Reply,
        asked_as: Option<&Arc<Session>>,
    ) -> Result<Reply, Failed> {
        let unreadable = || Failed::from(ErrorCode::AnswerUnreadable);
        if !answer.json {
            return Ok(Reply::Bytes(answer.body.into()));
        }
        let text = String::from_utf8(answer.body.into()).map_err(|_| unreadable())?;
        if !answer.done {
            let mut failure: Value = serde_json::from_str(&text).map_err(|_| unreadable())?;
            let failed = Failed::There(failure["error"].take());
            match (failed.code(), asked_as) {
                ("", _) => return Err(unreadable()),
                ("session.ended" | "session.missing", Some(session)) => self.end(session),
                _ => {}
            }
            return Err(failed);
        }
        match answer.session {
            SessionChange::None => {}
            SessionChange::Begun(cookie) => {
                let signed_in: Value = serde_json::from_str(&text).map_err(|_| unreadable())?;
                let session = session_of(&signed_in["session"], cookie).ok_or_else(unreadable)?;
                self.session.send_replace(Some(Arc::new(session)));
            }
            SessionChange::Ended => {
                if let Some(session) = asked_as {
                    self.end(session);
                }
            }
        }
        Ok(Reply::Json(text))
    }

    /// Tells what changes there, in whatever session, for as long as it is asked. After a break everything may have
    /// changed; a session that is over is told to all windows.
    pub async fn follow(&self, tell: impl Fn(Value)) {
        let tell_ours = |event: Event| match serde_json::to_value(&event) {
            Ok(event) => tell(event),
            Err(error) => tracing::error!(%error, "an event cannot be told"),
        };
        let mut sessions = self.session.subscribe();
        loop {
            let Ok(session) = sessions.wait_for(Option::is_some).await.map(|now| now.clone()) else {
                return;
            };
            let Some(session) = session else { continue };
            tokio::select! {
                () = self.listen(&session, &tell, &tell_ours) => self.end(&session),
                _ = sessions.changed() => {}
            }
            // The same person's next session goes on in every window.
            let next = self.signed_in();
            if next.is_none_or(|next| next.account != session.account) {
                tell_ours(Event::SessionEnded {
                    session: session.id,
                    at: self.clock.now(),
                });
            }
        }
    }

    /// Keeps a line for this session until the server says that it is over.
    async fn listen(&self, session: &Session, tell: &impl Fn(Value), tell_ours: &impl Fn(Event)) {
        let mut wait = FIRST_WAIT;
        loop {
            match self.workspace.events(&session.cookie).await {
                Ok(mut events) => {
                    let since = Instant::now();
                    everything_changed(&crate::events::names_of(FEATURES)).for_each(tell_ours);
                    while let Some(event) = events.next().await {
                        match serde_json::from_str(&event) {
                            Ok(event) => tell(event),
                            Err(error) => tracing::debug!(%error, "an event cannot be read"),
                        }
                    }
                    if since.elapsed() > wait {
                        wait = FIRST_WAIT;
                    }
                }
                Err(Unheard::SessionOver) => return,
                Err(Unheard::Refused(refusal)) => tracing::debug!(?refusal, "no line for events"),
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }
}

fn session_of(view: &Value, cookie: Secret) -> Option<Session> {
    Some(Session {
        cookie,
        id: view["id"].as_str()?.parse().ok()?,
        account: view["profile"]["id"].as_str()?.parse().ok()?,
    })
}

/// The pages here are made for the commands of their own version.
fn demand_same_version(state: &str) -> Outcome<()> {
    let state: Value = serde_json::from_str(state).map_err(|_| Problem::new(ErrorCode::AnswerUnreadable))?;
    match state["version"].as_str() {
        Some(env!("CARGO_PKG_VERSION")) => Ok(()),
        Some(there) => Err(Problem::new(ErrorCode::OtherVersion)
            .with("there", there)
            .with("here", env!("CARGO_PKG_VERSION"))),
        None => Err(ErrorCode::AnswerUnreadable.into()),
    }
}

fn read_whole(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(UPLOAD_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > UPLOAD_LIMIT {
        let limit = i64::try_from(UPLOAD_LIMIT / 1_048_576).unwrap_or(i64::MAX);
        return Err(Problem::new(ErrorCode::FileTooLarge).with("limit", limit));
    }
    Ok(bytes)
}
