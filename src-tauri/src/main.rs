//! The desktop shell of Flotilla: windows, tray, dialogs. What the program does is in `flotilla_core`; this is
//! the only place that knows Tauri, and it knows nothing else.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod call;
mod demo;
mod dialogs;
mod drops;
mod events;
mod options;
mod sessions;
mod shell;
mod signals;
mod tray;
mod windows;

use std::time::Duration;

use flotilla_kernel::clock;
use flotilla_kernel::logs::{self, Console};
use flotilla_kernel::words::Words;
use tauri::{AppHandle, Manager as _, RunEvent};
use tauri_plugin_window_state::StateFlags;

use options::Options;
use shell::{Begun, Shell};

/// Opens what the shell begins with; a program that cannot do that says why and ends.
async fn open(application: AppHandle, begun: Begun) {
    let Err(problem) = application.state::<Shell>().open(&application, begun).await else {
        return;
    };
    let ending = application.clone();
    // Systems want their dialogs made by the thread that made the windows.
    let shown = application.run_on_main_thread(move || {
        dialogs::cannot_start(problem);
        ending.exit(1);
    });
    if let Err(error) = shown {
        tracing::error!(%error, "the program ends before it could say why it cannot start");
        application.exit(1);
    }
}

/// How long an orderly end may take. Killed at any moment, nothing is lost either (REL-01); it only takes longer
/// to start again.
const LONGEST_CLOSE: Duration = Duration::from_secs(10);

/// Says that the clock stands before 1970, as who started the program can read it. Nothing of the windows runs yet.
fn refuse_the_clock() {
    const SAID: &str = "clock-before-1970";
    let text = Words::of(options::language())
        .get(SAID)
        .unwrap_or_else(|| SAID.to_owned());
    eprintln!("{text}");
    // Where there is no display, a dialog would wait for one for ever.
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let always = cfg!(any(target_os = "windows", target_os = "macos"));
    if always || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("Flotilla")
            .set_description(text)
            .show();
    }
}

fn main() -> anyhow::Result<()> {
    let options = Options::from_environment()?;
    // Before the logs: the time of their first line is what would break.
    if clock::is_before_1970() {
        refuse_the_clock();
        std::process::exit(1);
    }
    logs::start(Console::Errors);
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
        .invoke_handler(tauri::generate_handler![call::call, call::upload])
        .setup(move |application| {
            let handle = application.handle();
            let (shell, begun) = match Shell::begin(handle, &options) {
                Ok(begun) => begun,
                Err(problem) => {
                    dialogs::cannot_start(problem);
                    std::process::exit(1);
                }
            };
            application.manage(shell);
            signals::end_when_asked(handle.clone());
            // The workspace is opened while the system makes the window; the page is told how far it is.
            tauri::async_runtime::spawn(open(handle.clone(), begun));
            #[cfg(target_os = "linux")]
            windows::still_caret();
            windows::open_main(handle, handle.state::<Shell>().drops())?;
            tray::make(handle);
            Ok(())
        })
        .build(tauri::generate_context!())?;
    application.run(|application, event| {
        if let RunEvent::Exit = event
            && let Some(shell) = application.try_state::<Shell>()
        {
            tauri::async_runtime::block_on(async {
                if tokio::time::timeout(LONGEST_CLOSE, shell.close()).await.is_err() {
                    tracing::warn!("the workspace did not close in time");
                }
            });
        }
    });
    Ok(())
}
