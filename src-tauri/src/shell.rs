//! What the shell holds while it runs: the program, and what its windows may do.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};

use flotilla_core::Secret;
use flotilla_core::clock::Clock;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::wire::error::{Outcome, Problem};
use flotilla_core::workspace::PasswordCost;
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
    /// The session a new window goes on with, until it has one of its own.
    sessions: Mutex<HashMap<String, String>>,
    /// With which session each window called last: what its account may see, the window is told.
    listening: Mutex<HashMap<String, String>>,
    /// The addresses the core has just handed out to be opened (CUS-50).
    addresses: Mutex<VecDeque<String>>,
    /// Taken by the first answer, when it is to be announced.
    announce: AtomicBool,
}

/// A program and, when it is a demo, what goes with it.
struct Running {
    program: Program,
    events: Option<tauri::async_runtime::JoinHandle<()>>,
    demo: Option<Demo>,
}

impl Shell {
    /// Opens the workspace that the options say.
    ///
    /// # Errors
    /// As [`Program::open`].
    pub async fn open(application: &AppHandle, options: &Options) -> Outcome<Self> {
        let running = if options.demo {
            Running::demo().await?
        } else {
            Running::own(application, options).await?
        };
        let shell = Self {
            running: RwLock::new(running),
            sessions: Mutex::default(),
            listening: Mutex::default(),
            addresses: Mutex::default(),
            announce: AtomicBool::new(options.announce),
        };
        shell.listen(application).await;
        Ok(shell)
    }

    /// The program in force. Cheap; ask anew for every call, it may have been exchanged for the demo.
    pub async fn program(&self) -> Program {
        self.running.read().await.program.clone()
    }

    /// Exchanges the program for one on the demo fleet.
    ///
    /// # Errors
    /// As [`Program::open`]; then the present one stays.
    pub async fn start_demo(&self, application: &AppHandle) -> Outcome<()> {
        let mut running = self.running.write().await;
        if running.demo.is_some() {
            return Ok(());
        }
        let demo = Running::demo().await?;
        let before = std::mem::replace(&mut *running, demo);
        drop(running);
        if let Some(events) = before.events {
            events.abort();
        }
        before.program.close().await;
        self.sessions.lock().clear();
        self.listen(application).await;
        Ok(())
    }

    /// Has the windows told what changes; to be called again when a locked workspace was opened.
    pub async fn listen(&self, application: &AppHandle) {
        let mut running = self.running.write().await;
        if running.events.is_some() {
            return;
        }
        if let Ok(workspace) = running.program.workspace().await {
            running.events = Some(tauri::async_runtime::spawn(events::forward(
                workspace,
                application.clone(),
            )));
        }
    }

    /// Ends in order.
    pub async fn close(&self) {
        let mut running = self.running.write().await;
        if let Some(events) = running.events.take() {
            events.abort();
        }
        running.program.close().await;
        if let Some(demo) = running.demo.take() {
            demo.end().await;
        }
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
    async fn own(application: &AppHandle, options: &Options) -> Outcome<Self> {
        let folder = match &options.workspace {
            Some(folder) => folder.clone(),
            None => application.path().app_data_dir().map_err(Problem::internal)?,
        };
        let program = Program::open(ProgramOptions {
            folder,
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
        Ok(Self {
            program,
            events: None,
            demo: None,
        })
    }

    async fn demo() -> Outcome<Self> {
        let demo = Demo::start().await?;
        Ok(Self {
            program: demo.program.clone(),
            events: None,
            demo: Some(demo),
        })
    }
}
