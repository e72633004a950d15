//! What the shell holds while it runs: whose commands its windows call, and what they may do.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flotilla_core::Secret;
use flotilla_kernel::clock::Clock;
use flotilla_core::joined::{self, Failed, Joined};
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::workspace::PasswordCost;
use parking_lot::Mutex;
use tauri::{AppHandle, Manager as _};
use tokio::sync::RwLock;

use crate::demo::{self, Demo};
use crate::events;
use crate::options::Options;

/// More addresses than a launch of many customers hands out are never waiting.
const ADDRESSES: usize = 512;

/// The state of the shell.
pub struct Shell {
    running: RwLock<Running>,
    options: Options,
    /// The folder of the workspace of this installation's own.
    folder: PathBuf,
    /// The session a new window goes on with, until it has one of its own.
    sessions: Mutex<HashMap<String, String>>,
    /// With which session each window called last: what its account may see, the window is told.
    listening: Mutex<HashMap<String, String>>,
    /// The addresses the core has just handed out to be opened (CUS-50).
    addresses: Mutex<VecDeque<String>>,
    /// Taken by the first answer, when it is to be announced.
    announce: AtomicBool,
}

/// What answers the windows' commands.
#[derive(Clone)]
pub enum Host {
    /// A program in this process: the installation's own workspace, or the demo.
    Here(Program),
    /// The server of a shared workspace.
    There(Arc<Joined>),
}

impl Host {
    /// Whether a shared workspace may be joined in its place: nobody is signed in, and none has been joined.
    async fn may_be_exchanged(&self) -> bool {
        match self {
            Self::Here(program) => !program.is_anybody_signed_in().await,
            Self::There(_) => false,
        }
    }
}

/// A host and what goes with it.
struct Running {
    host: Host,
    events: Option<tauri::async_runtime::JoinHandle<()>>,
    demo: Option<Demo>,
}

impl Shell {
    /// Opens the workspace that the options say, or the shared one that was joined in its place.
    ///
    /// # Errors
    /// As [`Program::open`] and [`joined::kept`].
    pub async fn open(application: &AppHandle, options: &Options) -> Outcome<Self> {
        let folder = match &options.workspace {
            Some(folder) => folder.clone(),
            None => application.path().app_data_dir().map_err(Problem::internal)?,
        };
        let running = if options.demo {
            Running::demo().await?
        } else if let Some(joined) = joined::kept(&folder, Clock::System)? {
            Running::of(Host::There(Arc::new(joined)))
        } else {
            Running::own(&folder, options).await?
        };
        let shell = Self {
            running: RwLock::new(running),
            options: options.clone(),
            folder,
            sessions: Mutex::default(),
            listening: Mutex::default(),
            addresses: Mutex::default(),
            announce: AtomicBool::new(options.announce),
        };
        shell.listen(application).await;
        Ok(shell)
    }

    /// The host in force. Cheap; ask anew for every call, it may have been exchanged.
    pub async fn host(&self) -> Host {
        self.running.read().await.host.clone()
    }

    /// Exchanges an own workspace that nobody uses yet for the demo fleet (ACC-01).
    ///
    /// # Errors
    /// `workspace.in-use` where somebody has an account, and as [`Program::open`]; then the present host stays.
    pub async fn start_demo(&self, application: &AppHandle) -> Outcome<()> {
        let mut running = self.running.write().await;
        if running.demo.is_some() {
            return Ok(());
        }
        match &running.host {
            // Whoever merely sits before the sign-in page must not end what runs behind it.
            Host::Here(program) if !program.is_relied_on().await? => {}
            _ => return Err(ErrorCode::WorkspaceInUse.into()),
        }
        let demo = Running::demo().await?;
        let before = std::mem::replace(&mut *running, demo);
        drop(running);
        self.exchanged(before, application).await;
        Ok(())
    }

    /// Joins a shared workspace in place of the own one, for this start and the next ones (ADM-30).
    ///
    /// # Errors
    /// `workspace.in-use` while somebody is signed in, and as [`Joined::connect`]; then the present host stays.
    pub async fn join(
        &self,
        application: &AppHandle,
        (host, port): (&str, i64),
        accepted: &str,
    ) -> Result<(), Failed> {
        let in_use = || Failed::from(ErrorCode::WorkspaceInUse);
        if !self.running.read().await.host.may_be_exchanged().await {
            return Err(in_use());
        }
        // A server that does not answer must not hold the windows up.
        let joined = Joined::connect(host, port, accepted, Clock::System).await?;
        let mut running = self.running.write().await;
        if !running.host.may_be_exchanged().await {
            return Err(in_use());
        }
        joined.keep(&self.folder)?;
        let before = std::mem::replace(&mut *running, Running::of(Host::There(Arc::new(joined))));
        drop(running);
        self.exchanged(before, application).await;
        Ok(())
    }

    /// Goes back from a shared workspace to the own one; nothing happens where none was joined.
    ///
    /// # Errors
    /// `workspace.in-use` while somebody is signed in, and as [`Program::open`]; then the shared one stays.
    pub async fn leave(&self, application: &AppHandle) -> Outcome<()> {
        let Host::There(left) = self.host().await else {
            return Ok(());
        };
        // Asked before anything is locked: a server that hangs must not hold the windows up.
        if left.is_anybody_signed_in().await {
            return Err(ErrorCode::WorkspaceInUse.into());
        }
        let mut running = self.running.write().await;
        if !matches!(&running.host, Host::There(joined) if Arc::ptr_eq(joined, &left)) {
            return Ok(());
        }
        let mut own = Running::own(&self.folder, &self.options).await?;
        if let Err(problem) = joined::forget(&self.folder) {
            own.close().await;
            return Err(problem);
        }
        let before = std::mem::replace(&mut *running, own);
        drop(running);
        self.exchanged(before, application).await;
        Ok(())
    }

    /// Ends what was running before, and has the windows told what changes now.
    async fn exchanged(&self, mut before: Running, application: &AppHandle) {
        before.close().await;
        self.sessions.lock().clear();
        self.listening.lock().clear();
        self.listen(application).await;
    }

    /// Has the windows told what changes; to be called again when a locked workspace was opened.
    pub async fn listen(&self, application: &AppHandle) {
        let mut running = self.running.write().await;
        if running.events.is_some() {
            return;
        }
        let application = application.clone();
        running.events = match &running.host {
            Host::Here(program) => program
                .workspace()
                .await
                .ok()
                .map(|workspace| tauri::async_runtime::spawn(events::forward(workspace, application))),
            Host::There(joined) => {
                let joined = joined.clone();
                Some(tauri::async_runtime::spawn(async move {
                    joined.follow(|event| events::tell(&application, &event)).await;
                }))
            }
        };
    }

    /// Ends in order.
    pub async fn close(&self) {
        self.running.write().await.close().await;
    }

    /// A command was answered: whoever measures the start is told, once (PERF-01).
    pub fn answered(&self) {
        if self.announce.swap(false, Ordering::Relaxed) {
            println!("ready");
        }
    }

    /// A new window goes on with the session of the one that opened it.
    pub fn hand_over(&self, window: &str, session: Option<String>) {
        if let Some(session) = session {
            self.sessions.lock().insert(window.to_owned(), session);
        }
    }

    /// The session a window calls with: its own, or the one it was opened with.
    pub fn session(&self, window: &str, own: Option<String>) -> Option<String> {
        let session = own.or_else(|| self.sessions.lock().get(window).cloned());
        let mut listening = self.listening.lock();
        match &session {
            Some(session) => listening.insert(window.to_owned(), session.clone()),
            None => listening.remove(window),
        };
        session
    }

    /// The windows somebody is signed in to, with their sessions.
    pub fn listeners(&self) -> Vec<(String, Secret)> {
        let listening = self.listening.lock();
        listening
            .iter()
            .map(|(window, session)| (window.clone(), Secret::new(session.clone())))
            .collect()
    }

    /// A window was closed.
    pub fn forget(&self, window: &str) {
        self.sessions.lock().remove(window);
        self.listening.lock().remove(window);
    }

    /// Remembers the addresses that a launch handed out.
    pub fn allow(&self, found: impl IntoIterator<Item = String>) {
        let mut addresses = self.addresses.lock();
        for address in found {
            if addresses.len() == ADDRESSES {
                addresses.pop_front();
            }
            addresses.push_back(address);
        }
    }

    /// Whether the core has just handed out this address; true once for each time.
    pub fn was_handed_out(&self, address: &str) -> bool {
        let mut addresses = self.addresses.lock();
        let found = addresses.iter().position(|allowed| allowed == address);
        found.is_some_and(|at| addresses.remove(at).is_some())
    }
}

impl Running {
    fn of(host: Host) -> Self {
        Self {
            host,
            events: None,
            demo: None,
        }
    }

    async fn own(folder: &Path, options: &Options) -> Outcome<Self> {
        let program = Program::open(ProgramOptions {
            folder: folder.to_owned(),
            clock: Clock::System,
            keychain: if options.without_keychain {
                Keychain::None
            } else {
                Keychain::System
            },
            password: options.database_password.clone(),
            password_cost: PasswordCost::Full,
            services: true,
            demo: false,
            demo_available: demo::is_available(),
            shared: false,
        })
        .await?;
        Ok(Self::of(Host::Here(program)))
    }

    async fn demo() -> Outcome<Self> {
        let demo = Demo::start().await?;
        let running = Self::of(Host::Here(demo.program.clone()));
        Ok(Self {
            demo: Some(demo),
            ..running
        })
    }

    async fn close(&mut self) {
        if let Some(events) = self.events.take() {
            events.abort();
        }
        if let Host::Here(program) = &self.host {
            program.close().await;
        }
        if let Some(demo) = self.demo.take() {
            demo.end().await;
        }
    }
}
