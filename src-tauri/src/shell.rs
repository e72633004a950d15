//! What the shell holds while it runs: whose commands its windows call, and what they may do.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flotilla_core::Secret;
use flotilla_core::administration::types::TestClockDate;
use flotilla_core::joined::{self, Failed, Joined};
use flotilla_core::program::{Keychain, Opening, Program, ProgramOptions};
use flotilla_core::test_clock::TestClock;
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::PasswordCost;
use parking_lot::{Mutex, RwLock};
use tauri::{AppHandle, Manager as _};
use tokio::sync::watch;

use crate::demo::{self, Demo, Preparation};
use crate::drops::Drops;
use crate::options::{self, Options};
use crate::sessions::WindowSessions;
use crate::{events, windows};

/// More addresses than a launch of many customers hands out are never waiting.
const ADDRESSES: usize = 512;

/// The state of the shell.
pub struct Shell {
    /// Looked at and exchanged, never held while something is waited for: the windows are answered at any time.
    running: RwLock<Running>,
    /// Held during an exchange of one host for another, so that there is one at a time. Nobody who is answered needs it.
    exchange: tokio::sync::Mutex<()>,
    /// True from when the program ends.
    closing: watch::Sender<bool>,
    options: Options,
    /// The folder of the workspace of this installation's own.
    folder: PathBuf,
    /// With which sessions the windows call.
    sessions: Arc<WindowSessions>,
    /// What was dropped on the windows.
    drops: Arc<Drops>,
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
    copy: Option<Copied>,
}

/// A copy at another date that is in force, and the host whose copy it is; that one goes on behind it.
struct Copied {
    clock: Arc<TestClock>,
    behind: Box<Running>,
}

/// What is still to be done after the first window was opened.
pub enum Begun {
    /// Nothing: a shared workspace opens itself.
    Joined,
    /// The installation's own workspace.
    Own(Opening),
    /// The demo.
    Demo(Preparation),
}

impl Shell {
    /// Begins with the workspace that the options say, or the shared one that was joined in its place. It is opened by
    /// [`Shell::open`]; until then the windows are told that it is being opened.
    ///
    /// # Errors
    /// As [`Demo::begin`] and [`joined::kept`].
    pub fn begin(application: &AppHandle, options: &Options) -> Outcome<(Self, Begun)> {
        let folder = match &options.workspace {
            Some(folder) => folder.clone(),
            None => application.path().app_data_dir().map_err(Problem::internal)?,
        };
        let (running, begun) = if options.demo {
            let (demo, preparation) = Demo::begin(options::language())?;
            (Running::demo(demo), Begun::Demo(preparation))
        } else if let Some(joined) = joined::kept(&folder, Clock::System)? {
            (Running::of(Host::There(Arc::new(joined))), Begun::Joined)
        } else {
            let (program, opening) = Program::begin(own(&folder, options));
            (Running::of(Host::Here(program)), Begun::Own(opening))
        };
        let shell = Self {
            running: RwLock::new(running),
            exchange: tokio::sync::Mutex::default(),
            closing: watch::Sender::new(false),
            options: options.clone(),
            folder,
            sessions: Arc::default(),
            drops: Arc::default(),
            addresses: Mutex::default(),
            announce: AtomicBool::new(options.announce),
        };
        Ok((shell, begun))
    }

    /// Opens what was begun with.
    ///
    /// # Errors
    /// As [`Opening::run`] and [`Preparation::run`]; none while the program ends.
    pub async fn open(&self, application: &AppHandle, begun: Begun) -> Outcome<()> {
        let _alone = self.exchange.lock().await;
        let opened = match begun {
            Begun::Joined => Ok(()),
            Begun::Own(opening) => opening.run().await,
            Begun::Demo(preparation) => {
                let signed_in = |token: Secret| self.sign_in_to_demo(&token);
                preparation.run(signed_in).await
            }
        };
        match opened {
            Err(_) if *self.closing.borrow() => Ok(()),
            Err(problem) => Err(problem),
            Ok(()) => {
                self.listen(application).await;
                Ok(())
            }
        }
    }

    /// The host in force. Cheap; ask anew for every call, it may have been exchanged.
    pub fn host(&self) -> Host {
        self.running.read().host.clone()
    }

    /// Exchanges an own workspace that nobody uses yet for the demo fleet (ACC-01), and signs its account in.
    ///
    /// # Errors
    /// `workspace.in-use` where somebody has an account, and as [`Demo::begin`] and [`Preparation::run`]; then the present
    /// host stays.
    pub async fn start_demo(&self, application: &AppHandle, language: Language) -> Outcome<()> {
        let _alone = self.exchange.lock().await;
        if self.running.read().demo.is_some() {
            return Ok(());
        }
        // Whoever merely sits before the sign-in page must not end what runs behind it.
        self.must_be_unused().await?;
        let (demo, preparation) = Demo::begin(language)?;
        let mut token = None;
        let prepared = tokio::select! {
            () = self.closes() => Err(ErrorCode::WorkspaceLocked.into()),
            prepared = preparation.run(|session| token = Some(session)) => prepared,
        };
        let usable = match prepared {
            Ok(()) => self.must_be_unused().await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = usable {
            demo.end().await;
            return Err(problem);
        }
        self.exchange_for(Running::demo(demo), application).await;
        if let Some(token) = token {
            self.sign_in_to_demo(&token);
        }
        Ok(())
    }

    async fn must_be_unused(&self) -> Outcome<()> {
        match self.host() {
            Host::Here(program) if !program.is_relied_on().await? => Ok(()),
            _ => Err(ErrorCode::WorkspaceInUse.into()),
        }
    }

    /// The first window goes on with this session, as one that was opened from another does.
    fn sign_in_to_demo(&self, token: &Secret) {
        self.sessions
            .hand_over(windows::MAIN, Some(token.expose().to_owned()));
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
        if !self.host().may_be_exchanged().await {
            return Err(in_use());
        }
        let joined = Joined::connect(host, port, accepted, Clock::System).await?;
        let _alone = self.exchange.lock().await;
        if !self.host().may_be_exchanged().await {
            return Err(in_use());
        }
        joined.keep(&self.folder)?;
        self.exchange_for(Running::of(Host::There(Arc::new(joined))), application)
            .await;
        Ok(())
    }

    /// Goes back from a shared workspace to the own one; nothing happens where none was joined.
    ///
    /// # Errors
    /// `workspace.in-use` while somebody is signed in, and as [`Program::open`]; then the shared one stays.
    pub async fn leave(&self, application: &AppHandle) -> Outcome<()> {
        let _alone = self.exchange.lock().await;
        let Host::There(left) = self.host() else {
            return Ok(());
        };
        if left.is_anybody_signed_in().await {
            return Err(ErrorCode::WorkspaceInUse.into());
        }
        let program = Program::open(own(&self.folder, &self.options)).await?;
        if let Err(problem) = joined::forget(&self.folder) {
            program.close().await;
            return Err(problem);
        }
        self.exchange_for(Running::of(Host::Here(program)), application)
            .await;
        Ok(())
    }

    /// Opens a copy of the workspace at a date, or goes on to that date in one (LIC-54). Gives the token of the session that the asking
    /// window goes on with.
    ///
    /// # Errors
    /// `host.only` in a shared workspace, `test-clock.windows` while there are other windows, and as [`TestClock::open`]; then
    /// everything is as it was.
    pub async fn go_to_date(
        &self,
        application: &AppHandle,
        token: &Secret,
        date: &TestClockDate,
    ) -> Outcome<Secret> {
        let _alone = self.exchange.lock().await;
        must_be_alone(application)?;
        if let Some(clock) = self.test_clock() {
            return clock.go_to(token, Origin::Desktop, date.date).await;
        }
        let Host::Here(program) = self.host() else {
            return Err(ErrorCode::HostOnly.into());
        };
        let (clock, session) = TestClock::open(&program, token, Origin::Desktop, date.date).await?;
        let copy = Running::of(Host::Here(clock.program.clone()));
        let mut behind = std::mem::replace(&mut *self.running.write(), copy);
        if let Some(events) = behind.events.take() {
            events.abort();
        }
        self.running.write().copy = Some(Copied {
            clock: Arc::new(clock),
            behind: Box::new(behind),
        });
        self.sessions.clear();
        self.listen(application).await;
        Ok(session)
    }

    /// Throws the copy at another date away and goes back to what it is a copy of; nothing happens where there is none. Gives the
    /// token of a session there, where the window need not sign in again.
    ///
    /// # Errors
    /// `test-clock.windows` while there are other windows.
    pub async fn leave_date(
        &self,
        application: &AppHandle,
        token: Option<&Secret>,
    ) -> Outcome<Option<Secret>> {
        let _alone = self.exchange.lock().await;
        must_be_alone(application)?;
        let Some(Copied { clock, behind }) = self.running.write().copy.take() else {
            return Ok(None);
        };
        let session = match &behind.host {
            Host::Here(original) => clock.going_on(original, token).await,
            Host::There(_) => None,
        };
        let copy = std::mem::replace(&mut *self.running.write(), *behind);
        self.sessions.clear();
        copy.close().await;
        self.listen(application).await;
        Ok(session)
    }

    fn test_clock(&self) -> Option<Arc<TestClock>> {
        let running = self.running.read();
        running.copy.as_ref().map(|copy| copy.clock.clone())
    }

    /// Puts another host in place of the present one, ends that, and has the windows told what changes now.
    async fn exchange_for(&self, next: Running, application: &AppHandle) {
        let before = std::mem::replace(&mut *self.running.write(), next);
        self.sessions.clear();
        before.close().await;
        self.listen(application).await;
    }

    /// Has the windows told what changes; to be called again when a locked workspace was opened.
    pub async fn listen(&self, application: &AppHandle) {
        let workspace = match self.host() {
            Host::Here(program) => program.workspace().await.ok(),
            Host::There(_) => None,
        };
        let mut running = self.running.write();
        if running.events.is_some() {
            return;
        }
        let application = application.clone();
        running.events = match (&running.host, workspace) {
            (Host::Here(_), None) => None,
            (Host::Here(_), Some(workspace)) => Some(tauri::async_runtime::spawn(events::forward(
                workspace,
                application,
                self.sessions.clone(),
            ))),
            (Host::There(joined), _) => {
                let joined = joined.clone();
                Some(tauri::async_runtime::spawn(async move {
                    joined.follow(|event| events::tell(&application, &event)).await;
                }))
            }
        };
    }

    async fn closes(&self) {
        let mut closing = self.closing.subscribe();
        // Its sender is this shell's.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// Ends in order, also what is still opening.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        self.end_running().await;
        // An exchange under way may have put something else in its place meanwhile.
        let _alone = self.exchange.lock().await;
        self.end_running().await;
    }

    async fn end_running(&self) {
        let closed = Running::of(self.host());
        let running = std::mem::replace(&mut *self.running.write(), closed);
        running.close().await;
    }

    /// A command was answered: whoever measures the start is told, once (PERF-01). Answers that the workspace is being opened
    /// do not count.
    pub fn answered(&self) {
        let opening = matches!(&self.running.read().host, Host::Here(program) if program.is_opening());
        if !opening && self.announce.swap(false, Ordering::Relaxed) {
            println!("ready");
        }
    }

    /// With which sessions the windows call.
    pub fn sessions(&self) -> &Arc<WindowSessions> {
        &self.sessions
    }

    /// What was dropped on the windows.
    pub fn drops(&self) -> &Arc<Drops> {
        &self.drops
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
            copy: None,
        }
    }

    fn demo(demo: Demo) -> Self {
        let host = Host::Here(demo.program.clone());
        Self {
            demo: Some(demo),
            ..Self::of(host)
        }
    }

    async fn close(mut self) {
        if let Some(events) = self.events.take() {
            events.abort();
        }
        if let Some(Copied { clock, behind }) = self.copy.take() {
            clock.end().await;
            Box::pin(behind.close()).await;
        }
        match (self.demo, &self.host) {
            (Some(demo), _) => demo.end().await,
            (None, Host::Here(program)) => program.close().await,
            (None, Host::There(_)) => {}
        }
    }
}

/// Another window would go on showing what is no more, without a word.
fn must_be_alone(application: &AppHandle) -> Outcome<()> {
    if application.webview_windows().len() > 1 {
        return Err(ErrorCode::TestClockWindows.into());
    }
    Ok(())
}

/// How this installation's own workspace is opened.
fn own(folder: &Path, options: &Options) -> ProgramOptions {
    ProgramOptions {
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
    }
}
