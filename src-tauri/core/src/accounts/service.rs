//! What accounts do by themselves: expire on their date (ACC-11), and report the tries to sign in that came too early (ACC-07).

use super::store::failures;
use super::{rules, store};
use flotilla_kernel::audit::{AuditResult, Entry};
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
        if let Err(error) = report_held_back(&workspace).await {
            tracing::warn!(%error, "tries to sign in that came too early were not reported; the next look does it");
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

/// ACC-07: the audit log hears of the tries that came too early and were not followed by another; origin by origin, with
/// their number.
///
/// # Errors
/// Database errors; then the next look reports them.
pub async fn report_held_back(workspace: &Workspace) -> Outcome<()> {
    let now = workspace.clock.now();
    if !failures::has_held_back(&mut *workspace.database.read().await?, now).await? {
        return Ok(());
    }
    let mut transaction = workspace.database.begin().await?;
    for (origin, tries) in failures::take_held_back(transaction.connection(), now).await? {
        let entry = Entry::new(AuditResult::Refused)
            .detail("reason", "waiting")
            .detail("count", tries);
        flotilla_kernel::audit::append(&mut transaction, None, &origin, "session.sign_in", &entry).await?;
    }
    transaction.commit().await
}
