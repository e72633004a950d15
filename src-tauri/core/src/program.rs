//! The program as its hosts see it: a workspace that may still be locked, and one way to call.
//!
//! The database key is random and kept in the operating system's keychain. Without a keychain the key is derived
//! from a password that is asked for at the start; there is never an unprotected file (ADM-04).

mod key_file;
pub mod throwaway;

use crate::accounts::rules::normalise;
use crate::accounts::sessions::Sessions;
use crate::administration::types::{MigrationView, Stage, Unlock, WorkspaceState};
use crate::audit::refusals::{self, Refusal};
use crate::router::{self, Request};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::database::{DatabaseKey, MigrationProgress};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::running::{self, WorkspaceOptions};
use flotilla_kernel::transfer::unwritable;
use flotilla_kernel::workspace::KeySource;
use flotilla_kernel::workspace::{PasswordCost, Workspace};
use key_file::{Check, Kept, KeyFile, database_path, key_path};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The folder of a workspace in which copies at another date lie (LIC-54); what killed processes left there is removed at a start.
pub(crate) const COPIES: &str = "test-clock";
/// How their names begin.
pub(crate) const COPY: &str = "copy-";

/// So long an answer about the state of a workspace waits for the workspace to be open.
const SOON: std::time::Duration = std::time::Duration::from_millis(300);

/// Where the key of a workspace may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keychain {
    /// The operating system's, when there is one.
    System,
    /// None: the password path is the one in force. For machines without a keychain, and for tests.
    None,
}

/// How the program starts.
pub struct ProgramOptions {
    /// The folder of the workspace; made when there is none.
    pub folder: PathBuf,
    /// Where the present comes from.
    pub clock: Clock,
    /// Where the key of the database is kept (ADM-04).
    pub keychain: Keychain,
    /// The database password, where nobody can be asked: `FLOTILLA_DATABASE_PASSWORD`.
    pub password: Option<Secret>,
    /// The cost of Argon2 for passwords (ACC-05).
    pub password_cost: PasswordCost,
    /// Whether this process runs the background services, if no other does.
    pub services: bool,
    /// Whether the workspace is a demo's, which is thrown away when it closes.
    pub demo: bool,
    /// Whether the host can start the demo fleet.
    pub demo_available: bool,
    /// Whether the workspace is offered to others over HTTPS (ADM-30).
    pub shared: bool,
}

/// The program. Cheap to clone.
#[derive(Clone)]
pub struct Program(Arc<Inner>);

struct Inner {
    options: ProgramOptions,
    /// Random, and another one at every start: who was connected before sees that the program was restarted.
    instance: String,
    /// Looked at and exchanged, never held while something is waited for: `workspace.state` is answered within [`SOON`].
    state: watch::Sender<State>,
    /// Cancelled when the program is to end, also while it is opening.
    closing: CancellationToken,
}

/// What has become of the workspace so far.
#[derive(Clone)]
enum State {
    /// No database yet, and no keychain: a password must be chosen.
    New,
    /// A database whose password must be given.
    Locked(Kept),
    /// The key is being derived, the database opened, and filled where it is a demo's.
    Opening,
    /// An older version's database is being brought to the present one.
    Migrating(MigrationProgress),
    Open(Workspace),
    /// Closed, or never opened.
    Closed,
}

impl State {
    fn is_under_way(&self) -> bool {
        matches!(self, Self::Opening | Self::Migrating(_))
    }
}

/// Says nothing of the machine or of when it was started: `workspace.state` is answered to everybody.
fn random_instance() -> String {
    let mut bytes = [0_u8; 16];
    // Without randomness no session begins either; then all runs are alike, and an end is told without its reason.
    let _ = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}

impl Program {
    /// Starts: opens the workspace when its key can be had, otherwise waits for [`Program::unlock`].
    ///
    /// # Errors
    /// As [`Opening::run`].
    pub async fn open(options: ProgramOptions) -> Outcome<Self> {
        let (program, opening) = Self::begin(options);
        opening.run().await?;
        Ok(program)
    }

    /// Starts without waiting: the program answers `workspace.state` within [`SOON`], and everything else when the opening
    /// has been run.
    pub fn begin(options: ProgramOptions) -> (Self, Opening) {
        let (state, _) = watch::channel(State::Opening);
        let program = Self(Arc::new(Inner {
            options,
            instance: random_instance(),
            state,
            closing: CancellationToken::new(),
        }));
        let opening = Opening {
            program: program.clone(),
            outcome: State::Closed,
        };
        (program, opening)
    }

    /// Whether there is a workspace in this folder, or what is left of one. Opening the program on any other makes one.
    pub fn is_at(folder: &Path) -> bool {
        key_path(folder).exists() || database_path(folder).exists()
    }

    /// The program on an open copy of this one's workspace.
    pub(crate) fn of_copy(&self, copy: Workspace) -> Self {
        let options = &self.0.options;
        let options = ProgramOptions {
            folder: copy.folder.clone(),
            clock: copy.clock.clone(),
            keychain: options.keychain,
            password: None,
            password_cost: options.password_cost,
            services: true,
            demo: options.demo,
            demo_available: false,
            shared: false,
        };
        let (state, _) = watch::channel(State::Open(copy));
        Self(Arc::new(Inner {
            options,
            instance: random_instance(),
            state,
            closing: CancellationToken::new(),
        }))
    }

    fn reached(&self) -> State {
        self.0.state.borrow().clone()
    }

    /// The open workspace.
    ///
    /// # Errors
    /// `workspace.locked`
    pub async fn workspace(&self) -> Outcome<Workspace> {
        match self.reached() {
            State::Open(workspace) => Ok(workspace),
            _ => Err(ErrorCode::WorkspaceLocked.into()),
        }
    }

    /// Whether the workspace is being opened now.
    pub fn is_opening(&self) -> bool {
        self.0.state.borrow().is_under_way()
    }

    /// Calls a command. `workspace.state` and `workspace.unlock` are answered while the workspace is locked, too.
    ///
    /// # Errors
    /// Whatever the command says; `workspace.locked` before the database is open.
    pub async fn call(&self, request: Request<'_>) -> Outcome<Reply> {
        match request.name {
            // Whoever gives the database password sits at the machine it is on.
            "workspace.unlock" if matches!(request.origin, Origin::Remote(_)) => {
                if let Ok(workspace) = self.workspace().await {
                    refusals::note(&workspace, Refusal::HostOnly, &request.origin.to_string()).await;
                }
                Err(ErrorCode::HostOnly.into())
            }
            "workspace.unlock" => {
                let arguments: Unlock = serde_json::from_str(request.arguments)
                    .map_err(|_| Problem::new(ErrorCode::BadArguments))?;
                self.unlock(arguments).await?;
                self.state().await
            }
            "workspace.state" => {
                self.opened_soon().await;
                self.state().await
            }
            _ => router::call(&self.workspace().await?, request).await,
        }
    }

    async fn state(&self) -> Outcome<Reply> {
        let reached = self.reached();
        let stage = match &reached {
            State::New => Stage::ChooseDatabasePassword,
            State::Locked(_) => Stage::Locked,
            State::Opening => Stage::Opening,
            State::Migrating(_) => Stage::Migrating,
            State::Open(workspace) => crate::administration::commands::stage(workspace).await?,
            State::Closed => return Err(ErrorCode::WorkspaceLocked.into()),
        };
        let options = &self.0.options;
        let state = WorkspaceState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            instance: self.0.instance.clone(),
            stage,
            migration: match &reached {
                State::Migrating(MigrationProgress { done, total }) => Some(MigrationView {
                    done: *done,
                    total: *total,
                }),
                _ => None,
            },
            test_clock: match &reached {
                State::Open(workspace) => crate::administration::commands::test_clock_view(workspace),
                _ => None,
            },
            demo: options.demo,
            demo_available: options.demo_available && !options.demo,
            shared: options.shared,
            folder: if options.shared {
                String::new()
            } else {
                options.folder.display().to_string()
            },
            demo_login: options.demo.then(|| crate::demo::LOGIN.to_owned()),
        };
        serde_json::to_string(&state)
            .map(Reply::Json)
            .map_err(Problem::internal)
    }

    /// Opens a locked workspace, or makes a new one under a password chosen now (ADM-04). Whoever comes while another is
    /// at it waits for what that one achieves.
    ///
    /// # Errors
    /// `workspace.key-wrong`; for a new one `form.invalid` with the password's problems; `workspace.locked` when the program
    /// is ending.
    pub async fn unlock(&self, arguments: Unlock) -> Outcome<()> {
        loop {
            let mut before = None;
            self.0.state.send_if_modified(|state| {
                if matches!(state, State::New | State::Locked(_)) {
                    before = Some(std::mem::replace(state, State::Opening));
                }
                before.is_some()
            });
            if let Some(before) = before {
                let opening = Opening {
                    program: self.clone(),
                    outcome: before.clone(),
                };
                return opening.unlock(before, &arguments).await;
            }
            match self.reached() {
                State::Open(_) => return Ok(()),
                State::Closed => return Err(ErrorCode::WorkspaceLocked.into()),
                _ => self.not_under_way().await,
            }
        }
    }

    /// Most workspaces are open within [`SOON`]: whoever asks for the state is not sent away to ask again.
    async fn opened_soon(&self) {
        let mut state = self.0.state.subscribe();
        let opened = state.wait_for(|state| !matches!(state, State::Opening));
        // If it takes longer, the answer is that it is being opened.
        let _ = tokio::time::timeout(SOON, opened).await;
    }

    async fn not_under_way(&self) {
        let mut state = self.0.state.subscribe();
        // Its sender is this program's.
        let _ = state.wait_for(|state| !state.is_under_way()).await;
    }

    /// Whether somebody relies on its running: there are accounts, or it is not known yet whether there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_relied_on(&self) -> Outcome<bool> {
        match self.reached() {
            State::Open(workspace) => {
                Ok(crate::administration::commands::stage(&workspace).await? != Stage::FirstStart)
            }
            State::Opening | State::Migrating(_) => Ok(true),
            State::New | State::Locked(_) | State::Closed => Ok(false),
        }
    }

    /// Whether anybody is signed in.
    pub async fn is_anybody_signed_in(&self) -> bool {
        self.workspace()
            .await
            .is_ok_and(|workspace| workspace.state::<Sessions>().is_anybody_signed_in(&workspace))
    }

    /// Ends in order: opening broken off, services stopped, database closed.
    pub async fn close(&self) {
        self.0.closing.cancel();
        self.not_under_way().await;
        if let State::Open(workspace) = self.0.state.send_replace(State::Closed) {
            running::close(&workspace).await;
        }
    }
}

/// The opening of a workspace. While it lasts, the program says so when asked; dropped before it has succeeded, it leaves
/// the program as it was before.
#[must_use = "a program whose opening is not run stays closed"]
pub struct Opening {
    program: Program,
    /// What the program becomes when this is dropped: what it was before, until the opening has succeeded.
    outcome: State,
}

impl Opening {
    /// Opens the workspace when its key can be had; otherwise the program waits for [`Program::unlock`].
    ///
    /// # Errors
    /// `workspace.key-missing` when the keychain has lost the key, `workspace.database-missing` when the database is gone,
    /// `workspace.locked` when the program is ending, and as [`running::open`].
    pub async fn run(self) -> Outcome<()> {
        self.run_and(|_| std::future::ready(Ok(()))).await
    }

    /// As [`Opening::run`], and has the workspace prepared before anybody else may use it.
    ///
    /// # Errors
    /// Also those of `prepare`; the workspace is closed then.
    pub async fn run_and<Preparation>(self, prepare: impl FnOnce(Workspace) -> Preparation) -> Outcome<()>
    where
        Preparation: Future<Output = Outcome<()>>,
    {
        let reached = self.unless_closing(self.find()).await?;
        if let State::Open(workspace) = &reached
            && let Err(problem) = self.unless_closing(prepare(workspace.clone())).await
        {
            running::close(workspace).await;
            return Err(problem);
        }
        self.ended(reached);
        Ok(())
    }

    async fn unlock(self, before: State, arguments: &Unlock) -> Outcome<()> {
        let workspace = match before {
            State::Locked(kept) => {
                let unlocked = async {
                    let key = key_file::key_of(&kept, &arguments.password).await?;
                    self.open_kept(kept, key, KeySource::Password).await
                };
                self.unless_closing(unlocked).await?
            }
            _ => {
                let confirmation = arguments.confirmation.as_ref().map(normalise);
                if confirmation != Some(normalise(&arguments.password)) {
                    return Err(Problem::of_field(FieldProblem::new(
                        "confirmation",
                        ErrorCode::PasswordsDiffer,
                    )));
                }
                self.unless_closing(self.create_with_password(&arguments.password))
                    .await?
            }
        };
        self.ended(State::Open(workspace));
        Ok(())
    }

    /// What is there, opened as far as it can be without asking anybody.
    async fn find(&self) -> Outcome<State> {
        let options = &self.program.0.options;
        make_folder(&options.folder)?;
        Ok(match key_file::read(&options.folder)? {
            Some(kept) => match (&kept.key, &options.password) {
                (KeyFile::Keychain { name }, _) => {
                    let key = key_file::keychain_get(name.clone()).await?;
                    State::Open(self.open_kept(kept, key, KeySource::Keychain).await?)
                }
                (KeyFile::Password { .. }, Some(password)) => {
                    let key = key_file::key_of(&kept, password).await?;
                    State::Open(self.open_kept(kept, key, KeySource::Password).await?)
                }
                (KeyFile::Password { .. }, None) => State::Locked(kept),
            },
            None => match (&options.password, options.keychain) {
                (Some(password), _) => State::Open(self.create_with_password(password).await?),
                (None, Keychain::System) => match self.create_in_keychain().await? {
                    Some(workspace) => State::Open(workspace),
                    None => State::New,
                },
                (None, Keychain::None) => State::New,
            },
        })
    }

    /// Opens the database that belongs to this key file. Once it is there the file says so.
    async fn open_kept(&self, kept: Kept, key: DatabaseKey, key_source: KeySource) -> Outcome<Workspace> {
        let options = &self.program.0.options;
        let workspace = WorkspaceOptions {
            folder: options.folder.clone(),
            key: key.clone(),
            key_source,
            clock: options.clock.clone(),
            password_cost: options.password_cost,
            services: options.services,
            demo: options.demo,
            test_clock: false,
            features: crate::composition::FEATURES,
        };
        kept.demand_key(&key)?;
        let database = database_path(&options.folder);
        let workspace = running::open(workspace, |progress| self.migrating(progress))
            .await
            .map_err(|problem| kept.explain(problem, &database))?;
        let known = workspace.database.salt().await.and_then(|salt| {
            let opened = Kept {
                new: false,
                check: Some(Check::of(&key, salt)),
                ..kept.clone()
            };
            if opened == kept {
                return Ok(());
            }
            key_file::write(&options.folder, &opened)
        });
        if let Err(problem) = known {
            running::close(&workspace).await;
            return Err(problem);
        }
        throwaway::sweep(&options.folder.join(COPIES), COPY);
        Ok(workspace)
    }

    async fn create_with_password(&self, password: &Secret) -> Outcome<Workspace> {
        let options = &self.program.0.options;
        let file = key_file::password(options.password_cost, password)?;
        let key = key_file::derive(&file, &normalise(password)).await?;
        let kept = Kept {
            key: file,
            new: true,
            check: None,
        };
        key_file::write(&options.folder, &kept)?;
        self.open_kept(kept, key, KeySource::Password).await
    }

    /// None: there is no keychain that works.
    async fn create_in_keychain(&self) -> Outcome<Option<Workspace>> {
        let options = &self.program.0.options;
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(Problem::internal)?;
        let key = DatabaseKey(Secret::new(hex::encode(bytes)));
        let name = format!(
            "workspace-{}",
            flotilla_kernel::ids::new_uuid(options.clock.now())
        );
        if !key_file::keychain_keeps(name.clone(), key.0.clone()).await? {
            return Ok(None);
        }
        let kept = Kept {
            key: KeyFile::Keychain { name },
            new: true,
            check: None,
        };
        key_file::write(&options.folder, &kept)?;
        self.open_kept(kept, key, KeySource::Keychain).await.map(Some)
    }

    fn migrating(&self, progress: MigrationProgress) {
        self.program.0.state.send_replace(State::Migrating(progress));
    }

    /// Breaks off when the program is to end: like a killed start, an opening that was broken off is made up for by the
    /// next (REL-01).
    async fn unless_closing<Done>(&self, work: impl Future<Output = Outcome<Done>>) -> Outcome<Done> {
        tokio::select! {
            () = self.program.0.closing.cancelled() => Err(ErrorCode::WorkspaceLocked.into()),
            outcome = work => outcome,
        }
    }

    fn ended(mut self, reached: State) {
        self.outcome = reached;
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        let outcome = std::mem::replace(&mut self.outcome, State::Closed);
        self.program.0.state.send_replace(outcome);
    }
}

/// The folder of a workspace is its owner's alone (GEN-08). One that was there before, and is no workspace, is left as
/// it is: what Flotilla makes in it is private all the same.
fn make_folder(folder: &Path) -> Outcome<()> {
    let made = if folder.exists() && !key_path(folder).exists() {
        Ok(())
    } else {
        files::private_folder(folder)
    };
    made.map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn options(folder: &Path) -> ProgramOptions {
        ProgramOptions {
            folder: folder.to_owned(),
            clock: Clock::System,
            keychain: Keychain::None,
            password: Some(Secret::new("a database password")),
            password_cost: PasswordCost::Test,
            services: false,
            demo: false,
            demo_available: false,
            shared: false,
        }
    }

    /// CUS-43: who was connected sees by the state that the program was started again; within one run it says the same.
    #[tokio::test]
    async fn every_run_is_told_from_the_one_before() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let instance = async |program: &Program| {
            let Ok(Reply::Json(state)) = program.state().await else {
                panic!("no state");
            };
            let state: Value = serde_json::from_str(&state).expect("JSON");
            state["instance"].as_str().expect("a text").to_owned()
        };
        let workspace = folder.path().join("workspace");
        let program = Program::open(options(&workspace)).await.expect("made");
        let first = instance(&program).await;
        assert_eq!(first.len(), 32);
        assert_eq!(instance(&program).await, first);
        program.close().await;
        let program = Program::open(options(&workspace)).await.expect("opened");
        assert_ne!(instance(&program).await, first);
        program.close().await;
    }

    /// ADM-04: a database that is gone is said to be gone, with or without the password, and no empty one takes its place.
    #[tokio::test]
    async fn a_lost_database_is_not_made_anew() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = folder.path().join("workspace");
        let program = Program::open(options(&workspace)).await.expect("made");
        program.close().await;
        std::fs::remove_file(database_path(&workspace)).expect("lost");
        for password in [None, Some(Secret::new("a database password"))] {
            let options = ProgramOptions {
                password,
                ..options(&workspace)
            };
            let refused = Program::open(options).await.err().expect("refused");
            assert_eq!(refused.code, ErrorCode::DatabaseMissing);
        }
        assert!(!database_path(&workspace).exists());
    }

    /// What a workspace says on opening once its files were changed by `change`; nothing is written to the database by it.
    async fn refused(folder: &Path, password: &str, change: impl FnOnce(&Path)) -> ErrorCode {
        let workspace = folder.join("workspace");
        let copy = folder.join("copy");
        std::fs::create_dir(&copy).expect("a folder");
        for file in ["key.json", "workspace.db"] {
            std::fs::copy(workspace.join(file), copy.join(file)).expect("copied");
        }
        change(&copy);
        let before = std::fs::read(database_path(&copy)).expect("there");
        let options = ProgramOptions {
            password: Some(Secret::new(password)),
            ..options(&copy)
        };
        let refused = Program::open(options).await.err().expect("refused");
        assert!(
            std::fs::read(database_path(&copy)).expect("there") == before,
            "the database is as it was"
        );
        std::fs::remove_dir_all(&copy).expect("removed");
        refused.code
    }

    /// ADM-04: a database that was there and is empty, cut, damaged or another workspace's is said to be just that, whatever
    /// the password; it is never taken for a wrong password, and never made anew.
    #[tokio::test]
    async fn a_database_that_does_not_open_says_why() {
        const RIGHT: &str = "a database password";
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["workspace", "another"] {
            let program = Program::open(options(&folder.path().join(name)))
                .await
                .expect("made");
            program.close().await;
        }
        let change = |change: fn(&mut Vec<u8>)| {
            move |workspace: &Path| {
                let mut bytes = std::fs::read(database_path(workspace)).expect("there");
                change(&mut bytes);
                std::fs::write(database_path(workspace), bytes).expect("written");
            }
        };
        for password in [RIGHT, "any other password"] {
            let empty = refused(folder.path(), password, change(|bytes| bytes.clear())).await;
            assert_eq!(empty, ErrorCode::DatabaseEmpty);
            let broken = |workspace: &Path| std::fs::write(key_path(workspace), "{").expect("written");
            assert_eq!(
                refused(folder.path(), password, broken).await,
                ErrorCode::KeyFileDamaged
            );
        }
        let wrong = refused(folder.path(), "any other password", |_| {}).await;
        assert_eq!(wrong, ErrorCode::WorkspaceKeyWrong);
        let cut = refused(
            folder.path(),
            RIGHT,
            change(|bytes| bytes.truncate(bytes.len() / 2)),
        );
        assert_eq!(cut.await, ErrorCode::DatabaseCut);
        let first_page = refused(folder.path(), RIGHT, change(|bytes| bytes[100] ^= 1));
        assert_eq!(first_page.await, ErrorCode::FirstPageDamaged);
        let another = database_path(&folder.path().join("another"));
        let foreign = refused(folder.path(), RIGHT, move |workspace| {
            std::fs::copy(another, database_path(workspace)).expect("copied");
        });
        assert_eq!(foreign.await, ErrorCode::DatabaseForeign);
        // One of before the check was written is opened, and has it from then on.
        let workspace = folder.path().join("workspace");
        let kept = key_file::read(&workspace).expect("readable").expect("there");
        let old = Kept {
            check: None,
            ..kept.clone()
        };
        key_file::write(&workspace, &old).expect("written");
        let program = Program::open(options(&workspace)).await.expect("opened");
        program.close().await;
        assert_eq!(key_file::read(&workspace).expect("readable"), Some(kept));
    }

    /// REL-01: SQLite's locks last as long as the workspace is open; nothing opens and closes the database beside it, which would
    /// take them away (<https://sqlite.org/howtocorrupt.html>, 2.2).
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_locks_of_the_database_last() {
        use std::os::unix::fs::MetadataExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        // The first opening writes the key file anew, the second reads it.
        for _ in 0..2 {
            let program = Program::open(options(folder.path())).await.expect("opened");
            let database = std::fs::metadata(database_path(folder.path()))
                .expect("there")
                .ino();
            let locks = std::fs::read_to_string("/proc/locks").expect("the system's locks");
            let own = format!(" {} ", std::process::id());
            let held = locks.lines().any(|line| {
                line.contains("POSIX") && line.contains(&own) && line.contains(&format!(":{database} "))
            });
            assert!(held, "{database}: {locks}");
            program.close().await;
        }
    }

    /// ACC-03, ADM-04: a password is the same in each of its normal forms, and holds no control character.
    #[tokio::test]
    async fn a_password_counts_in_its_normal_form() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let opened = async |password: &str| {
            let options = ProgramOptions {
                password: Some(Secret::new(password)),
                ..options(folder.path())
            };
            Program::open(options)
                .await
                .map(|program| async move { program.close().await })
        };
        let refused = opened("with a tab\t in it").await.err().expect("refused");
        assert_eq!(refused.fields[0].code, ErrorCode::FieldControlCharacter);
        for typed in ["clé du coffre", "cle\u{301} du coffre"] {
            opened(typed).await.expect("the same password").await;
        }
    }

    /// GEN-08: a new folder is its owner's alone; one that was there, with other things in it, is left as it is, and what
    /// Flotilla puts there is private.
    #[cfg(unix)]
    #[tokio::test]
    async fn a_folder_of_others_is_left_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (shared, new) = (folder.path().join("shared"), folder.path().join("new"));
        std::fs::create_dir(&shared).expect("a folder");
        std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o755)).expect("open to all");
        for workspace in [&shared, &new] {
            let program = Program::open(options(workspace)).await.expect("made");
            program.close().await;
            for file in ["key.json", "workspace.db"] {
                assert_eq!(mode(&workspace.join(file)), 0o600, "{file}");
            }
            assert_eq!(mode(&workspace.join("transfers")), 0o700);
        }
        assert_eq!((mode(&shared), mode(&new)), (0o755, 0o700));
        // From then on it is a workspace.
        let program = Program::open(options(&shared)).await.expect("opened");
        program.close().await;
        assert_eq!(mode(&shared), 0o700);
    }

    /// REL-01: a first start that was killed between key and database is made up for by the next.
    #[tokio::test]
    async fn a_killed_first_start_is_made_up_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let key = KeyFile::Password {
            salt: "ab".repeat(16),
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        };
        key_file::write(
            folder.path(),
            &Kept {
                key,
                new: true,
                check: None,
            },
        )
        .expect("written");
        let program = Program::open(options(folder.path())).await.expect("made up for");
        program.close().await;
        let kept = key_file::read(folder.path()).expect("readable").expect("there");
        assert!(!kept.new, "from now on its database can be lost");
    }

    async fn stage(program: &Program) -> Value {
        let request = Request {
            name: "workspace.state",
            arguments: "",
            token: None,
            origin: Origin::Desktop,
        };
        match program.call(request).await.expect("an answer") {
            Reply::Json(text) => serde_json::from_str(&text).expect("JSON"),
            Reply::Bytes(_) => panic!("bytes"),
        }
    }

    /// ADM-04, REL-02: while the database is opened, `workspace.state` says so, and nothing else is answered.
    #[tokio::test]
    async fn says_that_it_is_opening() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (program, opening) = Program::begin(options(folder.path()));
        assert!(program.is_opening());
        let (go_on, held) = tokio::sync::oneshot::channel::<()>();
        let (prepared, mut seen) = tokio::sync::oneshot::channel();
        let opened = tokio::spawn(opening.run_and(async |workspace: Workspace| {
            prepared.send(workspace).map_err(|_| ErrorCode::Internal)?;
            held.await.map_err(Problem::internal)
        }));
        let workspace = (&mut seen).await.expect("open, and being prepared");
        assert_eq!(stage(&program).await["stage"], "opening");
        assert!(program.workspace().await.is_err() && program.is_relied_on().await.expect("known"));
        // As a migration says how far it is.
        program
            .0
            .state
            .send_replace(State::Migrating(MigrationProgress { done: 1, total: 3 }));
        let state = stage(&program).await;
        assert_eq!(state["stage"], "migrating");
        assert_eq!(state["migration"], serde_json::json!({ "done": 1, "total": 3 }));
        // A second window gives the password, too, and waits for the same opening.
        let unlock = Unlock {
            password: Secret::new("a database password"),
            confirmation: None,
        };
        let second = program.unlock(unlock);
        go_on.send(()).expect("still preparing");
        let (opened, unlocked) = tokio::join!(opened, second);
        opened.expect("no panic").expect("opened");
        unlocked.expect("the same workspace");
        let state = stage(&program).await;
        assert_eq!(
            (&state["stage"], &state["migration"]),
            (&"first_start".into(), &Value::Null)
        );
        assert!(!workspace.stopping().is_cancelled());
        program.close().await;
        assert!(workspace.stopping().is_cancelled());
    }

    /// REL-01: a program that is to end while it opens breaks off, closes what is open so far, and is made up for by the
    /// next start.
    #[tokio::test]
    async fn ends_while_it_is_opening() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (program, opening) = Program::begin(options(folder.path()));
        let (prepared, seen) = tokio::sync::oneshot::channel();
        let opened = tokio::spawn(opening.run_and(async |workspace: Workspace| {
            prepared.send(workspace).map_err(|_| ErrorCode::Internal)?;
            std::future::pending().await
        }));
        let workspace = seen.await.expect("open, and being prepared");
        program.close().await;
        assert!(workspace.stopping().is_cancelled());
        let refused = opened.await.expect("no panic").expect_err("broken off");
        assert_eq!(refused.code, ErrorCode::WorkspaceLocked);
        let program = Program::open(options(folder.path())).await.expect("opened");
        program.close().await;
        // One whose opening nobody runs does not keep anybody waiting.
        let (program, opening) = Program::begin(options(folder.path()));
        drop(opening);
        program.close().await;
    }

    /// ADM-04: a wrong password leaves the workspace as locked as it was; the right one opens it.
    #[tokio::test]
    async fn a_wrong_password_leaves_it_locked() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = Program::open(options(folder.path())).await.expect("made");
        program.close().await;
        let locked = ProgramOptions {
            password: None,
            ..options(folder.path())
        };
        let program = Program::open(locked).await.expect("locked");
        let give = |password: &str| {
            program.unlock(Unlock {
                password: Secret::new(password),
                confirmation: None,
            })
        };
        let refused = give("not the password").await.expect_err("wrong");
        assert_eq!(refused.code, ErrorCode::WorkspaceKeyWrong);
        assert_eq!(stage(&program).await["stage"], "locked");
        give("a database password").await.expect("right");
        assert_eq!(stage(&program).await["stage"], "first_start");
        program.close().await;
    }
}
