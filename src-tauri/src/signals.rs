//! The system asks the program to end: by a signal, or from the terminal it was started in.

use std::io;

use tauri::AppHandle;

/// Ends the program in order as soon as it is asked to.
pub fn end_when_asked(application: AppHandle) {
    tauri::async_runtime::spawn(async move {
        match asked().await {
            Ok(()) => application.exit(0),
            Err(error) => tracing::warn!(%error, "signals cannot be listened to"),
        }
    });
}

#[cfg(unix)]
async fn asked() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
