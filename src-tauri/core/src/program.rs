//! The program as its hosts see it: a workspace that may still be locked, and one way to call.
//!
//! The database key is random and kept in the operating system's keychain. Without a keychain the key is derived
//! from a password that is asked for at the start; there is never an unprotected file (ADM-04).

use flotilla_kernel::workspace::KeySource;
use crate::administration::types::{Stage, Unlock, WorkspaceState};
use flotilla_kernel::clock::Clock;
use flotilla_kernel::database::DatabaseKey;
use flotilla_kernel::files::{self, Readers};
use flotilla_kernel::call::Origin;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use crate::router::{self, Request};
use flotilla_kernel::call::Reply;
use flotilla_kernel::transfer::unwritable;
use flotilla_kernel::running::{self, WorkspaceOptions};
use flotilla_kernel::workspace::{PasswordCost, Workspace};
use argon2::{Algorithm, Argon2, Params, Version};
use flotilla_connectors::secret::Secret;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::RwLock;

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
    pub folder: PathBuf,
    pub clock: Clock,
    pub keychain: Keychain,
    /// The database password, where nobody can be asked: `FLOTILLA_DATABASE_PASSWORD`.
    pub password: Option<Secret>,
    pub password_cost: PasswordCost,
    pub services: bool,
    pub demo: bool,
    /// Whether the host can start the demo fleet.
    pub demo_available: bool,
    pub shared: bool,
}

/// The program. Cheap to clone.
#[derive(Clone)]
pub struct Program(Arc<Inner>);

struct Inner {
    options: ProgramOptions,
    state: RwLock<State>,
}

enum State {
    /// No database yet, and no keychain: a password must be chosen.
    New,
    /// A database whose password must be given.
    Locked(Kept),
    Open(Workspace),
}

/// What stands beside the database as `key.json`. Holds no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    key: KeyFile,
    /// The database has not been made yet: a start that was killed may be made up for. Without this, a database that is
    /// not there has been lost, and no empty one takes its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    new: bool,
}

/// How the key is found.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
enum KeyFile {
    /// In the keychain under this name.
    Keychain { name: String },
    /// Derived from a password with this salt by Argon2id.
    Password {
        salt: String,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    },
}

const SERVICE: &str = "app.flotilla.desktop";

impl Program {
    /// Starts: opens the workspace when its key can be had, otherwise waits for [`Program::unlock`].
    ///
    /// # Errors
    /// `workspace.key-missing` when the keychain has lost the key, `workspace.database-missing` when the database is gone,
    /// and as [`Workspace::open`].
    pub async fn open(options: ProgramOptions) -> Outcome<Self> {
        make_folder(&options.folder)?;
        let state = match read_key_file(&options.folder)? {
            Some(kept) => match (&kept.key, &options.password) {
                (KeyFile::Keychain { name }, _) => {
                    let key = keychain_get(name)?;
                    State::Open(open_kept(&options, kept, key, KeySource::Keychain).await?)
                }
                (KeyFile::Password { .. }, Some(password)) => {
                    let key = derive(&kept.key, password).await?;
                    State::Open(open_kept(&options, kept, key, KeySource::Password).await?)
                }
                (KeyFile::Password { .. }, None) => State::Locked(kept),
            },
            None => match (&options.password, options.keychain) {
                (Some(password), _) => State::Open(create_with_password(&options, password).await?),
                (None, Keychain::System) => match create_in_keychain(&options).await? {
                    Some(workspace) => State::Open(workspace),
                    None => State::New,
                },
                (None, Keychain::None) => State::New,
            },
        };
        Ok(Self(Arc::new(Inner {
            options,
            state: RwLock::new(state),
        })))
    }

    /// Whether there is a workspace in this folder, or what is left of one. Opening the program on any other makes one.
    pub fn is_at(folder: &Path) -> bool {
        key_path(folder).exists() || database_path(folder).exists()
    }

    /// The open workspace.
    ///
    /// # Errors
    /// `workspace.locked`
    pub async fn workspace(&self) -> Outcome<Workspace> {
        match &*self.0.state.read().await {
            State::Open(workspace) => Ok(workspace.clone()),
            State::New | State::Locked(_) => Err(ErrorCode::WorkspaceLocked.into()),
        }
    }

    /// Calls a command. `workspace.state` and `workspace.unlock` are answered while the workspace is locked, too.
    ///
    /// # Errors
    /// Whatever the command says; `workspace.locked` before the database is open.
    pub async fn call(&self, request: Request<'_>) -> Outcome<Reply> {
        match request.name {
            // Whoever gives the database password sits at the machine it is on.
            "workspace.unlock" if matches!(request.origin, Origin::Remote(_)) => {
                Err(ErrorCode::HostOnly.into())
            }
            "workspace.unlock" => {
                let arguments: Unlock = serde_json::from_str(request.arguments)
                    .map_err(|_| Problem::new(ErrorCode::BadArguments))?;
                self.unlock(arguments).await?;
                self.state().await
            }
            "workspace.state" => self.state().await,
            _ => router::call(&self.workspace().await?, request).await,
        }
    }

    async fn state(&self) -> Outcome<Reply> {
        let stage = match &*self.0.state.read().await {
            State::New => Stage::ChooseDatabasePassword,
            State::Locked(_) => Stage::Locked,
            State::Open(workspace) => crate::administration::commands::stage(workspace).await?,
        };
        let options = &self.0.options;
        let state = WorkspaceState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stage,
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

    /// Opens a locked workspace, or makes a new one under a password chosen now (ADM-04).
    ///
    /// # Errors
    /// `workspace.key-wrong`; for a new one `form.invalid` with the password's problems.
    pub async fn unlock(&self, arguments: Unlock) -> Outcome<()> {
        let mut state = self.0.state.write().await;
        let workspace = match &*state {
            State::Open(_) => return Ok(()),
            State::Locked(kept) => {
                let key = derive(&kept.key, &arguments.password).await?;
                open_kept(&self.0.options, kept.clone(), key, KeySource::Password).await?
            }
            State::New => {
                if arguments.confirmation.as_ref() != Some(&arguments.password) {
                    return Err(Problem::of_field(FieldProblem::new(
                        "confirmation",
                        ErrorCode::PasswordsDiffer,
                    )));
                }
                create_with_password(&self.0.options, &arguments.password).await?
            }
        };
        *state = State::Open(workspace);
        Ok(())
    }

    /// Whether somebody relies on its running: it is open, and there are accounts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_relied_on(&self) -> Outcome<bool> {
        match &*self.0.state.read().await {
            State::Open(workspace) => {
                Ok(crate::administration::commands::stage(workspace).await? != Stage::FirstStart)
            }
            State::New | State::Locked(_) => Ok(false),
        }
    }

    /// Whether anybody is signed in.
    pub async fn is_anybody_signed_in(&self) -> bool {
        self.workspace()
            .await
            .is_ok_and(|workspace| workspace.state::<crate::accounts::sessions::Sessions>().is_anybody_signed_in(&workspace))
    }

    /// Ends in order: services stopped, database closed.
    pub async fn close(&self) {
        if let Ok(workspace) = self.workspace().await {
            running::close(&workspace).await;
        }
    }
}

async fn open(options: &ProgramOptions, key: DatabaseKey, key_source: KeySource) -> Outcome<Workspace> {
    running::open(WorkspaceOptions {
        folder: options.folder.clone(),
        key,
        key_source,
        clock: options.clock.clone(),
        password_cost: options.password_cost,
        services: options.services,
        demo: options.demo,
        features: crate::composition::FEATURES,
    }, |_| {})
    .await
}

/// Opens the database that belongs to this key file. Once it is there the file says so.
async fn open_kept(
    options: &ProgramOptions,
    kept: Kept,
    key: DatabaseKey,
    source: KeySource,
) -> Outcome<Workspace> {
    let workspace = open(options, key, source).await?;
    if kept.new
        && let Err(problem) = write_key_file(&options.folder, &Kept { new: false, ..kept })
    {
        running::close(&workspace).await;
        return Err(problem);
    }
    Ok(workspace)
}

fn key_path(folder: &Path) -> PathBuf {
    folder.join("key.json")
}

fn database_path(folder: &Path) -> PathBuf {
    folder.join("workspace.db")
}

fn read_key_file(folder: &Path) -> Outcome<Option<Kept>> {
    match std::fs::read(key_path(folder)) {
        Ok(bytes) => {
            let kept: Kept = serde_json::from_slice(&bytes).map_err(|error| {
                Problem::new(ErrorCode::WorkspaceDamaged)
                    .with("file", "key.json")
                    .caused_by(error)
            })?;
            // Never a new database beside an old key.
            if !kept.new && !database_path(folder).exists() {
                return Err(ErrorCode::DatabaseMissing.into());
            }
            Ok(Some(kept))
        }
        // Never a new key beside an old database.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && database_path(folder).exists() => {
            Err(Problem::new(ErrorCode::WorkspaceKeyMissing).caused_by(error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::new(ErrorCode::FileUnreadable)
            .with("reason", error.to_string())
            .caused_by(error)),
    }
}

/// Written whole or not at all, and on the disk before the database is made.
fn write_key_file(folder: &Path, kept: &Kept) -> Outcome<()> {
    let bytes = serde_json::to_vec_pretty(kept).map_err(Problem::internal)?;
    files::write_whole(&key_path(folder), Readers::Owner, |file| file.write_all(&bytes)).map_err(unwritable)
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

async fn create_with_password(options: &ProgramOptions, password: &Secret) -> Outcome<Workspace> {
    if password.expose().chars().count() < 8 {
        let problem = FieldProblem::new("password", ErrorCode::PasswordTooShort).with("limit", 8_i64);
        return Err(Problem::of_field(problem));
    }
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(Problem::internal)?;
    let (memory_kib, passes) = match options.password_cost {
        PasswordCost::Full => (64 * 1024, 3),
        PasswordCost::Test => (64, 1),
    };
    let file = KeyFile::Password {
        salt: hex::encode(salt),
        memory_kib,
        passes,
        lanes: 4,
    };
    let key = derive(&file, password).await?;
    let kept = Kept { key: file, new: true };
    write_key_file(&options.folder, &kept)?;
    open_kept(options, kept, key, KeySource::Password).await
}

/// None: there is no keychain that works.
async fn create_in_keychain(options: &ProgramOptions) -> Outcome<Option<Workspace>> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    let key = DatabaseKey(Secret::new(hex::encode(bytes)));
    let name = format!("workspace-{}", flotilla_kernel::ids::new_uuid(options.clock.now()));
    let kept = keyring::Entry::new(SERVICE, &name)
        .and_then(|entry| entry.set_password(key.0.expose()).map(|()| entry))
        .and_then(|entry| entry.get_password());
    match kept {
        Ok(read) if read == key.0.expose() => {}
        Ok(_) => return Ok(None),
        Err(error) => {
            tracing::info!(%error, "no keychain; a database password is needed");
            return Ok(None);
        }
    }
    let kept = Kept {
        key: KeyFile::Keychain { name },
        new: true,
    };
    write_key_file(&options.folder, &kept)?;
    open_kept(options, kept, key, KeySource::Keychain).await.map(Some)
}

fn keychain_get(name: &str) -> Outcome<DatabaseKey> {
    keyring::Entry::new(SERVICE, name)
        .and_then(|entry| entry.get_password())
        .map(|key| DatabaseKey(Secret::new(key)))
        .map_err(|error| Problem::new(ErrorCode::WorkspaceKeyMissing).caused_by(error))
}

async fn derive(file: &KeyFile, password: &Secret) -> Outcome<DatabaseKey> {
    let KeyFile::Password {
        salt,
        memory_kib,
        passes,
        lanes,
    } = file
    else {
        return Err(ErrorCode::WorkspaceKeyMissing.into());
    };
    let damaged = || Problem::new(ErrorCode::WorkspaceDamaged).with("file", "key.json");
    let salt = hex::decode(salt).map_err(|_| damaged())?;
    // The file may have been altered; it must not make the program take all memory.
    if *memory_kib > 1024 * 1024 || *passes > 64 || *lanes > 64 {
        return Err(damaged());
    }
    let parameters = Params::new(*memory_kib, *passes, *lanes, Some(32)).map_err(|_| damaged())?;
    let password = password.clone();
    let key = tokio::task::spawn_blocking(move || {
        let mut key = zeroize::Zeroizing::new([0_u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into(password.expose().as_bytes(), &salt, key.as_mut())
            .map(|()| hex::encode(key.as_ref()))
    })
    .await
    .map_err(Problem::internal)?
    .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(DatabaseKey(Secret::new(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        write_key_file(folder.path(), &Kept { key, new: true }).expect("written");
        let program = Program::open(options(folder.path())).await.expect("made up for");
        program.close().await;
        let kept = read_key_file(folder.path()).expect("readable").expect("there");
        assert!(!kept.new, "from now on its database can be lost");
    }
}
