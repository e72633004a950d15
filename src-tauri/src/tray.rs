//! The tray icon, where the system has a place for one.

use flotilla_kernel::words::Words;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Wry};

use crate::options::language;
use crate::windows;

const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Makes it. A desktop without trays is no reason not to start.
pub fn make(application: &AppHandle) {
    // On Linux the tray's library is looked for at run time, and its absence is a panic, not an error.
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| try_make(application)));
    match made {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::info!(%error, "there is no tray here"),
        Err(_) => tracing::info!("there is no tray here"),
    }
}

fn try_make(application: &AppHandle) -> tauri::Result<()> {
    let words = Words::of(language());
    let item = |id: &str, key: &str| -> tauri::Result<MenuItem<Wry>> {
        MenuItem::with_id(
            application,
            id,
            words.get(key).unwrap_or_default(),
            true,
            None::<&str>,
        )
    };
    let menu = Menu::with_items(
        application,
        &[&item(OPEN, "tray-open")?, &item(QUIT, "tray-quit")?],
    )?;
    let mut tray = TrayIconBuilder::with_id("flotilla")
        .tooltip("Flotilla")
        .menu(&menu)
        .on_menu_event(|application, event| match event.id.as_ref() {
            OPEN => windows::bring_to_front(application),
            QUIT => application.exit(0),
            _ => {}
        });
    if let Some(icon) = application.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(application)?;
    Ok(())
}
