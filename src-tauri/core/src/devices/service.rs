//! Looks now and then for acts whose program ended in the middle, and for devices that got another address (DEV-03).

use super::{acting, following};
use flotilla_kernel::workspace::Workspace;
use std::time::Duration;

/// How often is looked for them.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Until the workspace closes.
pub async fn run(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(LOOK_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        if let Err(problem) = acting::sweep(&workspace).await {
            tracing::warn!(%problem, "acts on devices that were left in the middle are not marked yet");
        }
        if let Err(problem) = following::follow_due(&workspace, following::announcements()).await {
            tracing::warn!(%problem, "devices that do not answer are looked for later");
        }
    }
}
