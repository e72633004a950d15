//! An open workspace: its database, and everything that works on it.

use crate::clock::Clock;
use crate::database::Database;
use crate::logs::LogPreferences;
use crate::preferences::{Preference, Preferences};
use crate::transfer::Transfers;
use crate::work::WorkBoard;
use arc_swap::ArcSwap;
use parking_lot::{Mutex, RwLock};
use serde::Serialize;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use ts_rs::TS;

/// The cost of Argon2 for account passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordCost {
    /// ACC-05
    #[default]
    Full,
    /// For tests that sign in a hundred times.
    Test,
}

/// How the database is opened (ADM-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// A random key lies in the operating system's keychain; no password is asked for.
    Keychain,
    /// The key is derived from a password that is given at every start.
    Password,
}

/// An open workspace. Cheap to clone.
#[derive(Clone)]
pub struct Workspace(Arc<Inner>);

/// What an open workspace consists of.
pub struct Inner {
    /// The folder with the database, the key file, logs and transfers.
    pub folder: PathBuf,
    /// The encrypted database.
    pub database: Database,
    /// Where the present comes from.
    pub clock: Clock,
    /// Files on their way in and out.
    pub transfers: Transfers,
    /// The long work under way.
    pub work: WorkBoard,
    /// How the database was opened (ADM-04).
    pub key_source: KeySource,
    /// The cost of Argon2 for account passwords (ACC-05).
    pub password_cost: PasswordCost,
    /// Whether this is a demo's workspace, which is thrown away when it closes.
    pub demo: bool,
    /// Whether this is a copy at another date, which is thrown away when it is left (LIC-54): it contacts nothing.
    pub test_clock: bool,
    preferences: ArcSwap<Preferences>,
    states: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    stop: CancellationToken,
    tasks: TaskTracker,
    /// Held by the one process that runs the services of this workspace, as long as it runs them.
    lease: Mutex<Option<File>>,
}

/// What a workspace is made of; see [`crate::running::open`].
pub(crate) struct Parts {
    pub folder: PathBuf,
    pub database: Database,
    pub clock: Clock,
    pub transfers: Transfers,
    pub key_source: KeySource,
    pub password_cost: PasswordCost,
    pub demo: bool,
    pub test_clock: bool,
    pub preferences: Preferences,
    pub lease: Option<File>,
}

impl std::ops::Deref for Workspace {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Workspace {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            work: WorkBoard::new(parts.database.clone(), parts.clock.clone()),
            folder: parts.folder,
            database: parts.database,
            clock: parts.clock,
            transfers: parts.transfers,
            key_source: parts.key_source,
            password_cost: parts.password_cost,
            demo: parts.demo,
            test_clock: parts.test_clock,
            preferences: ArcSwap::from_pointee(parts.preferences),
            states: RwLock::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            lease: Mutex::new(parts.lease),
        }))
    }

    /// What a feature keeps in memory while the workspace is open: one value of each type, made when it is first asked for.
    pub fn state<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let known = self.states.read().get(&TypeId::of::<T>()).cloned();
        let state = known.unwrap_or_else(|| {
            self.states
                .write()
                .entry(TypeId::of::<T>())
                .or_insert_with(|| Arc::new(T::default()))
                .clone()
        });
        match state.downcast() {
            Ok(state) => state,
            Err(_) => unreachable!("a state is kept under the id of its own type"),
        }
    }

    /// A feature's part of the preferences, as they are in force.
    pub fn preferences<T: Preference>(&self) -> Arc<T> {
        self.preferences.load().part()
    }

    /// All preferences, as they are in force.
    pub fn all_preferences(&self) -> Arc<Preferences> {
        self.preferences.load_full()
    }

    /// Preferences were saved. Of two saves at once the later revision stays in force, whichever is told first. Says whether these
    /// are in force now.
    pub(crate) fn replace_preferences(&self, preferences: Preferences) -> bool {
        let revision = preferences.revision;
        let preferences = Arc::new(preferences);
        self.preferences.rcu(|present| {
            if present.revision <= preferences.revision {
                preferences.clone()
            } else {
                present.clone()
            }
        });
        self.write_logs();
        self.preferences.load().revision == revision
    }

    /// Logs as the preferences say (ADM-01). A program that cannot write them goes on without.
    pub(crate) fn write_logs(&self) {
        // What the whole program logs stays where its own workspace is.
        if self.test_clock {
            return;
        }
        let preferences = self.preferences::<LogPreferences>();
        if let Err(error) = crate::logs::write_into(&self.folder.join("logs"), &preferences) {
            tracing::warn!(%error, "logs are not written");
        }
    }

    /// Whether this process runs the background services.
    pub fn runs_services(&self) -> bool {
        self.lease.lock().is_some()
    }

    pub(crate) fn keep_lease(&self, lease: Option<File>) {
        *self.lease.lock() = lease;
    }

    /// Ends when the workspace is being closed.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Runs a task that is awaited when the workspace closes.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Stops the services and waits for what runs to come to an end.
    pub(crate) async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
