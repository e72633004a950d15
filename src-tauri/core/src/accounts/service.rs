//! What accounts do by themselves: expire on their date (ACC-11).

use super::{rules, store};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::workspace::Workspace;
use std::time::Duration;

/// How often is looked.
const EVERY: Duration = Duration::from_secs(60);

/// The name by which the audit log knows what no person did.
const ORIGIN: &str = "service";

/// Looks every minute, until the workspace closes.
pub async fn run(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        if let Err(error) = expire(&workspace).await {
            tracing::warn!(%error, "accounts whose date has come were not disabled; the next look does it");
        }
    }
}

/// ACC-11: disables the accounts whose date has come in the workspace's zone. Each is an act of its own in the audit
/// log.
///
/// # Errors
/// Database errors; then nobody is disabled.
pub async fn expire(workspace: &Workspace) -> Outcome<()> {
    let today = store::today(workspace);
    let (accounts, lasting) = store::expiring(&mut *workspace.database.read().await?).await?;
    if rules::expired(&accounts, lasting, today).is_empty() {
        return Ok(());
    }
    let mut transaction = workspace.database.begin().await?;
    // Somebody may have been quicker.
    let (accounts, lasting) = store::expiring(transaction.connection()).await?;
    let gone = rules::expired(&accounts, lasting, today);
    for id in &gone {
        store::disable(transaction.connection(), *id).await?;
        let entry = Entry::done().about_account(*id);
        flotilla_kernel::audit::append(&mut transaction, None, ORIGIN, "accounts.expire", &entry).await?;
    }
    transaction.changed(crate::accounts::types::CHANGES, gone.iter().map(|id| id.0));
    transaction.commit().await?;
    for id in gone {
        workspace
            .state::<crate::accounts::sessions::Sessions>()
            .end_all_of(workspace, id);
    }
    Ok(())
}
