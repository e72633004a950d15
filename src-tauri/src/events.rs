//! What changed, told to every window as far as its account may see it (CUS-06).

use crate::sessions::WindowSessions;
use flotilla_core::events::visible;
use flotilla_kernel::coalesce::Coalesced;
use flotilla_kernel::events::Event;
use flotilla_kernel::workspace::Workspace;
use serde::Serialize;
use std::sync::Arc;
use tauri::{AppHandle, Emitter as _};

/// The name windows listen to.
const NAME: &str = "flotilla";

/// Tells the windows until the workspace is closed.
pub async fn forward(workspace: Workspace, application: AppHandle, sessions: Arc<WindowSessions>) {
    let mut events = Coalesced::new(
        workspace.database.subscribe(),
        flotilla_core::events::names(&workspace),
    );
    while let Some(batch) = events.next().await {
        for (window, session) in sessions.listeners() {
            let delivered = match visible(&workspace, &session, batch.clone()).await {
                Ok(delivered) => delivered,
                // Its session has ended; that is what it has to learn, and nothing else.
                Err(_) => batch.iter().filter(|event| ends(event)).cloned().collect(),
            };
            for event in delivered {
                if let Err(error) = application.emit_to(window.as_str(), NAME, &event) {
                    tracing::debug!(%error, "a window was not told what changed");
                }
            }
        }
    }
}

fn ends(event: &Event) -> bool {
    matches!(event, Event::SessionEnded { .. })
}

/// Tells every window one event of a joined workspace, which tells only what the account may see.
pub fn tell(application: &AppHandle, event: &(impl Serialize + Clone)) {
    if let Err(error) = application.emit(NAME, event) {
        tracing::debug!(%error, "a window was not told what changed");
    }
}
