//! The desktop shell of Flotilla: windows, tray, dialogs. What the program does is in `flotilla_core`; this is
//! the only place that knows Tauri, and it knows nothing else.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod call;
mod demo;
mod dialogs;
mod events;
mod options;
mod shell;
mod tray;
mod windows;

use std::time::Duration;

use tauri::{Manager as _, RunEvent};
use tauri_plugin_window_state::StateFlags;

use options::Options;
use shell::Shell;

/// How long an orderly end may take. Killed at any moment, nothing is lost either (REL-01); it only takes longer
/// to start again.
const LONGEST_FAREWELL: Duration = Duration::from_secs(10);

fn main() -> anyhow::Result<()> {
    let options = Options::from_environment()?;
    flotilla_kernel::logs::start();
    let mut builder = tauri::Builder::default();
    if options.is_the_person_s_own() {
        // A second start brings the first to the front. A demo or a workspace elsewhere is another matter.
        builder = builder.plugin(tauri_plugin_single_instance::init(
            |application, _arguments, _folder| {
                windows::bring_to_front(application);
            },
        ));
    }
    let application = builder
        .plugin(
            // Windows are shown when there is something to see, not when their place is known.
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::all() - StateFlags::VISIBLE)
                .build(),
        )
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(tauri::generate_handler![call::call])
        .setup(move |application| {
            // The workspace is opened while the system makes the window; the page asks nothing before both are there.
            let handle = application.handle().clone();
            let opening = tauri::async_runtime::spawn(async move { Shell::open(&handle, &options).await });
            windows::open_main(application.handle())?;
            let shell = match tauri::async_runtime::block_on(opening)? {
                Ok(shell) => shell,
                Err(problem) => {
                    dialogs::cannot_start(problem);
                    std::process::exit(1);
                }
            };
            application.manage(shell);
            tray::make(application.handle());
            Ok(())
        })
        .build(tauri::generate_context!())?;
    application.run(|application, event| {
        if let RunEvent::Exit = event
            && let Some(shell) = application.try_state::<Shell>()
        {
            tauri::async_runtime::block_on(async {
                if tokio::time::timeout(LONGEST_FAREWELL, shell.close())
                    .await
                    .is_err()
                {
                    tracing::warn!("the workspace did not close in time");
                }
            });
        }
    });
    Ok(())
}
