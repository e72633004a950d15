//! Looks now and then for acts whose program ended in the middle and for the devices that they left on their way (GEN-09), and for
//! devices that got another address (DEV-03).

use super::{acting, arriving, following};
use flotilla_kernel::workspace::Workspace;
use std::time::Duration;

/// How often is looked for them.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Until the workspace closes.
pub async fn run(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(LOOK_EVERY);
    let mut first = true;
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        match acting::sweep(&workspace).await {
            // Also at the start: whoever marked them may have ended before the devices were found.
            Ok(marked) if marked || first => {
                first = false;
                let workspace = workspace.clone();
                workspace.clone().spawn(async move {
                    if let Err(problem) = arriving::look_for_given(&workspace).await {
                        tracing::warn!(%problem, "devices on their way to another address are not looked for");
                    }
                });
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!(%problem, "acts on devices that were left in the middle are not marked yet");
            }
        }
        if let Err(problem) = following::follow_due(&workspace, following::announcements()).await {
            tracing::warn!(%problem, "devices that do not answer are looked for later");
        }
    }
}
