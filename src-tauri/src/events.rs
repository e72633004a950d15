//! What changed, told to every window.

use flotilla_core::wire::coalesce::Coalesced;
use flotilla_core::wire::types::Event;
use serde::Serialize;
use tauri::{AppHandle, Emitter as _};
use tokio::sync::broadcast::Receiver;

/// The name windows listen to.
const NAME: &str = "flotilla";

/// Tells the windows until the workspace is closed.
pub async fn forward(events: Receiver<Event>, application: AppHandle) {
    let mut events = Coalesced::new(events);
    while let Some(batch) = events.next().await {
        for event in batch {
            tell(&application, &event);
        }
    }
}

/// Tells every window one event.
pub fn tell(application: &AppHandle, event: &(impl Serialize + Clone)) {
    if let Err(error) = application.emit(NAME, event) {
        tracing::debug!(%error, "a window was not told what changed");
    }
}
