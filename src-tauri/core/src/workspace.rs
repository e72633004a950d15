//! An open workspace: its database, and everything that works on it.

use crate::accounts::sessions::Sessions;
use crate::administration::types::{KeySource, Preferences};
use crate::clock::Clock;
use crate::customers::contact::Dialers;
use crate::customers::import::ImportCache;
use crate::customers::service::Poller;
use crate::database::{Database, DatabaseKey, MigrationProgress};
use crate::files;
use crate::wire::error::Outcome;
use crate::wire::transfer::{Transfers, unwritable};
use crate::work::WorkBoard;
use arc_swap::ArcSwap;
use parking_lot::Mutex;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Its lock is held by the one process that runs the services.
const LEASE: &str = "services.lock";
/// How often is looked what other processes did.
const OTHERS_EVERY: Duration = Duration::from_secs(2);
/// How often each process looks after what is its own.
const HOUSE_EVERY: Duration = Duration::from_secs(60);

/// How dear passwords are to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordCost {
    /// ACC-05
    #[default]
    Full,
    /// For tests that sign in a hundred times.
    Test,
}

/// How a workspace is opened.
pub struct WorkspaceOptions {
    pub folder: PathBuf,
    pub key: DatabaseKey,
    pub key_source: KeySource,
    pub clock: Clock,
    pub password_cost: PasswordCost,
    /// Whether background services run (if no other process runs them already).
    pub services: bool,
    pub demo: bool,
}

/// An open workspace. Cheap to clone.
#[derive(Clone)]
pub struct Workspace(Arc<Inner>);

/// What an open workspace consists of.
pub struct Inner {
    pub folder: PathBuf,
    pub database: Database,
    pub clock: Clock,
    pub sessions: Sessions,
    pub transfers: Transfers,
    pub work: WorkBoard,
    pub dialers: Dialers,
    pub imports: ImportCache,
    pub poller: Poller,
    pub key_source: KeySource,
    pub password_cost: PasswordCost,
    pub demo: bool,
    preferences: ArcSwap<Preferences>,
    stop: CancellationToken,
    tasks: TaskTracker,
    /// Held by the one process that runs the services of this workspace, as long as it runs them.
    lease: Mutex<Option<File>>,
}

impl std::ops::Deref for Workspace {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Workspace {
    /// Opens the workspace in its folder, making it when there is none; `progress` is told of a migration.
    ///
    /// # Errors
    /// As [`Database::open`]; `file.unwritable` when the folder cannot be used.
    pub async fn open(
        options: WorkspaceOptions,
        progress: impl Fn(MigrationProgress) + Send + Sync,
    ) -> Outcome<Self> {
        let WorkspaceOptions {
            folder,
            key,
            key_source,
            clock,
            password_cost,
            services,
            demo,
        } = options;
        std::fs::create_dir_all(&folder).map_err(unwritable)?;
        let database = Database::open(&folder.join("workspace.db"), &key, clock.clone(), progress).await?;
        // Before anything is read: what others write from now on is noticed.
        let version = database.foreign_version().await?;
        let transfers = Transfers::new(&folder.join("transfers"), clock.clone())?;
        let preferences = crate::administration::store::preferences(&mut *database.read().await?)
            .await?
            .preferences;
        let lease = if services { take_lease(&folder)? } else { None };
        let leads = lease.is_some();
        let workspace = Self(Arc::new(Inner {
            work: WorkBoard::new(database.clone(), clock.clone()),
            sessions: Sessions::default(),
            dialers: Dialers::default(),
            imports: ImportCache::default(),
            poller: Poller::default(),
            preferences: ArcSwap::from_pointee(preferences),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            folder,
            database,
            clock,
            transfers,
            key_source,
            password_cost,
            demo,
            lease: Mutex::new(lease),
        }));
        workspace.write_logs();
        if leads {
            workspace.start_services();
        } else if services {
            workspace.spawn(take_over(workspace.clone()));
        }
        workspace.spawn(follow_others(workspace.clone(), version));
        workspace.spawn(keep_house(workspace.clone()));
        Ok(workspace)
    }

    /// Whether this process runs the background services.
    pub fn runs_services(&self) -> bool {
        self.lease.lock().is_some()
    }

    fn start_services(&self) {
        self.spawn(crate::customers::service::run(self.clone()));
        self.spawn(crate::accounts::service::run(self.clone()));
        self.spawn(crate::customers::import::service::keep_tidy(self.clone()));
    }

    /// The preferences as they stand.
    pub fn preferences(&self) -> Arc<Preferences> {
        self.preferences.load_full()
    }

    /// The preferences were saved; the services go on with the new ones.
    pub fn set_preferences(&self, preferences: Preferences) {
        self.preferences.store(Arc::new(preferences));
        self.write_logs();
        self.poller.wake();
    }

    /// Logs as the preferences say (ADM-01). A program that cannot write them goes on without.
    fn write_logs(&self) {
        if let Err(error) = crate::logs::write_into(&self.folder.join("logs"), &self.preferences()) {
            tracing::warn!(%error, "logs are not written");
        }
    }

    /// Ends when the workspace is being closed.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Runs a task that is awaited when the workspace closes.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Stops the services, lets what runs come to an end, and closes the database.
    pub async fn close(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.dialers.farewell().await;
        // Another process may go on at once, whoever still knows this workspace here.
        drop(self.lease.lock().take());
        self.database.close().await;
        self.transfers.close();
        crate::logs::leave(&self.folder.join("logs"));
    }
}

/// Two programs may have the same workspace open; only one of them polls. None: the other one does.
fn take_lease(folder: &Path) -> Outcome<Option<File>> {
    let file = files::private_file_kept(&folder.join(LEASE)).map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(unwritable(error)),
    }
}

/// Waits until the process that runs the services ends, however it does, and goes on with them.
async fn take_over(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(OTHERS_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        match take_lease(&workspace.folder) {
            Ok(None) => {}
            Ok(Some(lease)) => {
                tracing::info!("the services were left by another process and go on in this one");
                *workspace.lease.lock() = Some(lease);
                workspace.start_services();
                return;
            }
            Err(error) => tracing::warn!(%error, "whether the services run elsewhere could not be seen"),
        }
    }
}

/// Does every minute what each process does for itself: sessions end by resting (ACC-10), files that nobody fetched go.
async fn keep_house(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(HOUSE_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        workspace.sessions.sweep(&workspace);
        workspace
            .transfers
            .sweep(|session| workspace.sessions.lives(session));
        crate::logs::restrict(&workspace.folder.join("logs"));
    }
}

/// Notices what other processes wrote into the same workspace, and has everything read anew.
async fn follow_others(workspace: Workspace, mut known: i64) {
    use crate::wire::types::{Event, Room};
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(OTHERS_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        match workspace.database.foreign_version().await {
            Ok(version) if version == known => {}
            Ok(version) => {
                known = version;
                match reload_preferences(&workspace).await {
                    // This also has the poller look at its customers anew.
                    Ok(preferences) => workspace.set_preferences(preferences),
                    Err(error) => tracing::warn!(%error, "the preferences could not be read again"),
                }
                workspace.imports.clear();
                workspace.poller.reload();
                for room in [
                    Room::Accounts,
                    Room::Customers,
                    Room::Organizations,
                    Room::Systems,
                    Room::Alarms,
                    Room::Audit,
                ] {
                    workspace.database.tell(Event::Changed {
                        room,
                        ids: Vec::new(),
                        membership: true,
                        many: true,
                    });
                }
            }
            Err(error) => tracing::warn!(%error, "the database did not say whether others wrote"),
        }
    }
}

async fn reload_preferences(workspace: &Workspace) -> Outcome<Preferences> {
    let form = crate::administration::store::preferences(&mut *workspace.database.read().await?).await?;
    Ok(form.preferences)
}
