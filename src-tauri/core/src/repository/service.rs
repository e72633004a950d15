//! What the repository does by itself: at the start it throws away what a killed program left; later it reads every file again, one
//! at a time, and compares it with its digest (REP-10).

use super::arriving::{self, blocking};
use super::remote;
use super::store;
use super::storing::Store;
use super::types::{CHANGES, PackageRow, PackageState, RepositoryPreferences};
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::clock::days;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::workspace::Workspace;
use std::collections::HashSet;
use std::time::Duration;

/// How often is looked for a file that is due.
const LOOK_EVERY: Duration = Duration::from_secs(600);
/// After so many bytes the disk is left to others for a moment.
const BURST: u64 = 16 * 1024 * 1024;
/// For so long.
const PAUSE: Duration = Duration::from_millis(200);

/// Runs until the workspace closes.
pub async fn run(workspace: Workspace) {
    if let Err(error) = sweep(&workspace).await {
        tracing::warn!(%error, "what a former run left in the repository stays until the next start");
    }
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(LOOK_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        if let Err(error) = remote::refresh_due(&workspace).await {
            tracing::warn!(%error, "lists of packages are read later");
        }
        if let Err(error) = verify_due(&workspace).await
            && error.code != ErrorCode::Cancelled
        {
            tracing::warn!(%error, "the repository is verified later");
        }
    }
}

/// Throws away content that no package has, and parts of files that are no longer on their way in.
///
/// # Errors
/// `file.unreadable`, `file.unwritable`, database errors.
pub async fn sweep(workspace: &Workspace) -> Outcome<()> {
    // First what lies there, then what is known: what comes in meanwhile is left alone.
    let files = Store::new(&workspace.folder);
    let (contents, parts) = {
        let files = files.clone();
        blocking(move || files.found()).await?
    };
    let mut connection = workspace.database.read().await?;
    let arrivals = store::arrivals(&mut connection).await?;
    let packages: HashSet<_> = store::digests(&mut connection).await?.into_iter().collect();
    drop(connection);
    blocking(move || {
        let arriving = |digest| arrivals.iter().any(|arrival| arrival.digest == Some(digest));
        for digest in contents {
            if !packages.contains(&digest) && !arriving(digest) {
                files.delete(&digest)?;
            }
        }
        for part in parts {
            if arrivals.iter().all(|arrival| arrival.id != part) {
                files.discard_part(part)?;
            }
        }
        Ok(())
    })
    .await
}

/// Reads every file that was not read for as long as the preferences say, the longest unread first.
///
/// # Errors
/// `work.cancelled` when the workspace closes, database errors.
pub async fn verify_due(workspace: &Workspace) -> Outcome<()> {
    loop {
        let period = workspace
            .preferences::<RepositoryPreferences>()
            .repository_verify_days;
        if period == 0 {
            return Ok(());
        }
        let until = workspace.clock.now().plus(-days(period));
        let due = store::oldest_verified(&mut *workspace.database.read().await?, until).await?;
        let Some(package) = due else {
            return Ok(());
        };
        let read = std::sync::atomic::AtomicU64::new(0);
        let slowly = move |bytes| {
            let before = read.fetch_add(bytes, std::sync::atomic::Ordering::Relaxed);
            if before / BURST != (before + bytes) / BURST {
                std::thread::sleep(PAUSE);
            }
        };
        let state = arriving::look_at(workspace, &package, workspace.stopping(), slowly).await?;
        keep_state(workspace, &package, state).await?;
    }
}

/// Writes down what was found; what is no longer as it should be is an entry of the audit log.
///
/// # Errors
/// Database errors.
pub async fn keep_state(workspace: &Workspace, package: &PackageRow, state: PackageState) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    store::verified(transaction.connection(), package.id, now, state).await?;
    transaction.changed(CHANGES, [package.id.0]);
    if state != package.state && state != PackageState::Stored {
        let code = match state {
            PackageState::Missing => ErrorCode::RepositoryMissing,
            PackageState::Altered | PackageState::Stored | PackageState::Remote => {
                ErrorCode::RepositoryAltered
            }
        };
        let entry = Entry::new(AuditResult::Failed)
            .subject(package.file_name.clone())
            .detail("error", code.code())
            .detail("sha256", package.sha256.clone());
        flotilla_kernel::audit::append(&mut transaction, None, "service", "repository.verified", &entry)
            .await?;
    }
    transaction.commit().await
}
