//! The windows: the main one, and pages that a person wants beside it (UI-01).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::drops::{self, Drops};
use crate::sessions::WindowSessions;

/// The label of the first window, as in `tauri.conf.json`.
pub const MAIN: &str = "main";

/// More windows than a person can use are a page gone wild.
const MOST_WINDOWS: usize = 16;

/// A page's address is a path within the interface, never longer than this.
const LONGEST_ADDRESS: usize = 2_000;

/// Opens the main window as `tauri.conf.json` describes it.
///
/// # Errors
/// When the system refuses a window.
pub fn open_main(application: &AppHandle, drops: &Arc<Drops>) -> tauri::Result<()> {
    let configured = application
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == MAIN)
        .cloned();
    let configured = configured.unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(application, &configured)?
        .on_page_load(show_when_loaded)
        .build()?;
    drops::take(&window, drops)
}

/// Has the caret of a focused field stand still. WebKitGTK draws the page anew for each blink, which without a graphics
/// card costs more than everything else at rest together (PERF-17).
#[cfg(target_os = "linux")]
pub fn still_caret() {
    use gtk::prelude::GtkSettingsExt as _;
    if let Some(settings) = gtk::Settings::default() {
        settings.set_gtk_cursor_blink(false);
    }
}

/// Opens a page in a window of its own; it goes on with the session of the window it was asked for in.
///
/// # Errors
/// `call.arguments` for what is no page of the interface, `call.too-large` when there are too many windows.
pub fn open_page(
    application: &AppHandle,
    sessions: &Arc<WindowSessions>,
    drops: &Arc<Drops>,
    address: &str,
    session: Option<String>,
) -> Outcome<()> {
    static NUMBER: AtomicU64 = AtomicU64::new(1);

    if !is_page(address) {
        return Err(ErrorCode::BadArguments.into());
    }
    if application.webview_windows().len() >= MOST_WINDOWS {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_WINDOWS));
    }
    let label = format!("page-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    sessions.hand_over(&label, session);
    let window = WebviewWindowBuilder::new(
        application,
        &label,
        WebviewUrl::App(format!("index.html{address}").into()),
    )
    .title("Flotilla")
    .inner_size(1100.0, 760.0)
    .min_inner_size(900.0, 600.0)
    .visible(false)
    // As in `tauri.conf.json`: dropped files are the page's, or taken by `drops`.
    .disable_drag_drop_handler()
    .on_page_load(show_when_loaded)
    .build()
    .map_err(Problem::internal)?;
    drops::take(&window, drops).map_err(Problem::internal)?;
    let (sessions, drops) = (sessions.clone(), drops.clone());
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            sessions.forget(&label);
            drops.forget(&label);
        }
    });
    Ok(())
}

/// Shows the main window again, in front of the others.
pub fn bring_to_front(application: &AppHandle) {
    let window = application.get_webview_window(MAIN);
    let Some(window) = window.or_else(|| application.webview_windows().into_values().next()) else {
        return;
    };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = result {
            tracing::debug!(%error, "the window does not come to the front");
        }
    }
}

fn show_when_loaded(window: WebviewWindow, payload: tauri::webview::PageLoadPayload<'_>) {
    if payload.event() == PageLoadEvent::Finished
        && let Err(error) = window.show()
    {
        tracing::warn!(%error, "a window cannot be shown");
    }
}

/// Whether this is an address within the interface, such as `#/customers`.
fn is_page(address: &str) -> bool {
    address.starts_with("#/") && address.len() <= LONGEST_ADDRESS && !address.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::is_page;

    /// UI-01, SEC-01: a window opens pages of Flotilla and nothing else.
    #[test]
    fn only_pages_of_the_interface() {
        assert!(is_page("#/customers/0190?tab=systems"));
        for address in [
            "",
            "#",
            "https://example.com/",
            "/../../etc/passwd",
            "javascript:alert(1)",
            "#/a\nb",
        ] {
            assert!(!is_page(address), "{address}");
        }
        assert!(!is_page(&format!("#/{}", "a".repeat(3_000))));
    }
}
