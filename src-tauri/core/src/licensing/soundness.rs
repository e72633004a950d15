//! Whether the ledger is what it should be (LIC-61). Looked at once when a process starts; a ledger that differs stops all writing.

use super::store;
use super::types::LedgerCheck;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use tokio::sync::Mutex;

/// The last check of this process.
#[derive(Default)]
struct Checked(Mutex<Option<LedgerCheck>>);

/// Checks the whole ledger now.
///
/// # Errors
/// Database errors.
pub async fn check(workspace: &Workspace) -> Outcome<LedgerCheck> {
    let found = store::check(&workspace.database, |_, _| Ok(())).await?;
    if let Some(difference) = &found.differs {
        tracing::error!(entry = difference.entry, what = ?difference.what, "the licence ledger differs; nothing is written to it");
    }
    *workspace.state::<Checked>().0.lock().await = Some(found.clone());
    Ok(found)
}

/// What the last check of this process found; the first question checks.
///
/// # Errors
/// Database errors.
pub async fn known(workspace: &Workspace) -> Outcome<LedgerCheck> {
    let state = workspace.state::<Checked>();
    let known = state.0.lock().await.clone();
    match known {
        Some(found) => Ok(found),
        None => check(workspace).await,
    }
}

/// Refuses to write to a ledger that differs.
///
/// # Errors
/// `licence.ledger-differs` with the number of the entry.
pub async fn demand(workspace: &Workspace) -> Outcome<()> {
    match known(workspace).await?.differs {
        None => Ok(()),
        Some(difference) => {
            Err(Problem::new(ErrorCode::LicenceLedgerDiffers).with("entry", difference.entry))
        }
    }
}
