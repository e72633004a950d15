//! Opening a workspace with its features, running their services, and closing it.

use crate::clock::Clock;
use crate::database::{Database, DatabaseKey, ForeignChanges, MigrationProgress};
use crate::error::Outcome;
use crate::events::{Change, Event, FeatureName, PREFERENCES, VISIBILITY};
use crate::feature::{self, Features, OpenedWith};
use crate::files;
use crate::preferences::{self, Preferences};
use crate::transfer::{Transfers, unwritable};
use crate::workspace::{KeySource, Parts, PasswordCost, Workspace};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Its lock is held by the one process that runs the services.
const LEASE: &str = "services.lock";
/// The database in the folder of a workspace.
const DATABASE: &str = "workspace.db";
/// How often this process looks for what other processes did.
const OTHERS_EVERY: Duration = Duration::from_secs(2);

/// How a workspace is opened.
pub struct WorkspaceOptions {
    /// The folder the workspace lives in; made when there is none.
    pub folder: PathBuf,
    /// The key that opens the database.
    pub key: DatabaseKey,
    /// Where that key came from.
    pub key_source: KeySource,
    /// Where the present comes from; a test passes one it moves by hand.
    pub clock: Clock,
    /// The cost of Argon2 for account passwords.
    pub password_cost: PasswordCost,
    /// Whether background services run (if no other process runs them already).
    pub services: bool,
    /// Whether this is a demo's workspace, which is thrown away when it closes.
    pub demo: bool,
    /// Whether this is a copy at another date, which is thrown away when it is left (LIC-54).
    pub test_clock: bool,
    /// The features it is opened with, the lowest layer first.
    pub features: Features,
}

/// Opens a copy of a workspace, as it is at this moment, in a folder of its own and by another clock (LIC-54). Of the services only
/// those run that need nothing but the clock.
///
/// # Errors
/// As [`open`]; `file.unwritable` when the copy cannot be written.
pub async fn open_copy(original: &Workspace, folder: PathBuf, clock: Clock) -> Outcome<Workspace> {
    files::private_folder(&folder).map_err(unwritable)?;
    original.database.copy_into(&folder.join(DATABASE)).await?;
    let options = WorkspaceOptions {
        folder,
        key: original.database.key().clone(),
        key_source: original.key_source,
        clock,
        password_cost: original.password_cost,
        services: true,
        demo: original.demo,
        test_clock: true,
        features: feature::of(original),
    };
    open(options, |_| {}).await
}

/// Opens the workspace in its folder, making it when there is none, and starts its services. `progress` is told how far the
/// migration of an older one is.
///
/// # Errors
/// As [`Database::open`]; `file.unwritable` when the folder cannot be used.
pub async fn open(
    options: WorkspaceOptions,
    progress: impl Fn(MigrationProgress) + Send + Sync,
) -> Outcome<Workspace> {
    let WorkspaceOptions {
        folder,
        key,
        key_source,
        clock,
        password_cost,
        services,
        demo,
        test_clock,
        features,
    } = options;
    std::fs::create_dir_all(&folder).map_err(unwritable)?;
    let database = Database::open(&folder.join(DATABASE), &key, clock.clone(), progress).await?;
    let transfers = Transfers::new(&folder.join("transfers"), clock.clone())?;
    let (revision, fields) = preferences::stored(&mut *database.read().await?).await?;
    let lease = if services { take_lease(&folder)? } else { None };
    let leads = lease.is_some();
    let workspace = Workspace::new(Parts {
        folder,
        database,
        clock,
        transfers,
        key_source,
        password_cost,
        demo,
        test_clock,
        preferences: Preferences::new(revision, fields),
        lease,
    });
    // Set here alone, and before anybody else has the workspace.
    let _ = workspace.state::<OpenedWith>().0.set(features);
    workspace.write_logs();
    for feature in features.0 {
        (feature.on_open)(&workspace);
    }
    if leads {
        start_services(&workspace);
    } else if services {
        workspace.spawn(take_over(workspace.clone()));
    }
    workspace.spawn(follow_others(workspace.clone()));
    workspace.spawn(withdraw_exports(workspace.clone()));
    for keeper in features.0.iter().filter_map(|feature| feature.in_each_process) {
        workspace.spawn(keeper(workspace.clone()));
    }
    Ok(workspace)
}

fn start_services(workspace: &Workspace) {
    for service in feature::of(workspace).services() {
        if !workspace.test_clock || service.in_test_clock {
            workspace.spawn((service.run)(workspace.clone()));
        }
    }
}

/// The preferences were saved by this process; the services go on with them at once.
pub fn set_preferences(workspace: &Workspace, revision: i64, fields: preferences::Fields) {
    if workspace.replace_preferences(Preferences::new(revision, fields)) {
        for feature in feature::of(workspace).0 {
            (feature.on_preferences)(workspace);
        }
    }
}

/// Stops the services, lets what runs come to an end, and closes the database.
pub async fn close(workspace: &Workspace) {
    workspace.database.prepare_to_close();
    workspace.stop().await;
    for feature in feature::of(workspace).0 {
        (feature.on_close)(workspace.clone()).await;
    }
    // Another process may go on at once, whoever still knows this workspace here.
    workspace.keep_lease(None);
    workspace.database.close().await;
    workspace.transfers.close();
    if !workspace.test_clock {
        crate::logs::leave(&workspace.folder.join("logs"));
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
            Ok(lease @ Some(_)) => {
                tracing::info!("the services were left by another process and go on in this one");
                workspace.keep_lease(lease);
                start_services(&workspace);
                return;
            }
            Err(error) => tracing::warn!(%error, "whether the services run elsewhere could not be seen"),
        }
    }
}

/// Follows what other processes change in the same workspace: its windows are told exactly that.
async fn follow_others(workspace: Workspace) {
    let stop = workspace.stopping();
    let features = feature::of(&workspace);
    let mut known: Vec<FeatureName> = features.changes().map(|change| change.name).collect();
    known.push(VISIBILITY);
    let mut pulse = tokio::time::interval(OTHERS_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        let changes = match workspace.database.foreign_changes(&known).await {
            Ok(ForeignChanges::None) => continue,
            Ok(ForeignChanges::Some(changes)) => changes,
            Ok(ForeignChanges::Everything) => known.iter().copied().map(Change::everything_of).collect(),
            Err(error) => {
                tracing::warn!(%error, "what other processes changed could not be read; the next look tells it");
                continue;
            }
        };
        if changes.iter().any(|change| change.feature == PREFERENCES)
            && let Err(error) = reload_preferences(&workspace).await
        {
            tracing::warn!(%error, "the preferences could not be read again");
        }
        for change in changes {
            for feature in features.0 {
                (feature.on_foreign_change)(&workspace, &change);
            }
            workspace.database.tell(change.into());
        }
    }
}

/// Throws away what accounts exported and have not fetched, as soon as they may see something else (RGT-01).
async fn withdraw_exports(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut events = workspace.database.subscribe();
    loop {
        let event = tokio::select! {
            () = stop.cancelled() => return,
            event = events.recv() => event,
        };
        match event {
            Ok(Event::Changed {
                feature: VISIBILITY,
                ids,
                many,
                ..
            }) => workspace
                .transfers
                .withdraw(|account| many || ids.contains(&account.0)),
            Ok(_) => {}
            // Whom it concerned is not known any more.
            Err(RecvError::Lagged(_)) => workspace.transfers.withdraw(|_| true),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn reload_preferences(workspace: &Workspace) -> Outcome<()> {
    let (revision, fields) = preferences::stored(&mut *workspace.database.read().await?).await?;
    if revision != workspace.all_preferences().revision {
        set_preferences(workspace, revision, fields);
    }
    Ok(())
}
