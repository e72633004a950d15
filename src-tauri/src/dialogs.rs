//! The system's own dialogs. The webview never sees a path (SEC-01).

use std::path::PathBuf;

use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::words::Words;
use rfd::{AsyncFileDialog, FileHandle};
use serde::Deserialize;
use tauri::{Manager as _, WebviewWindow};

use crate::options::language;

/// What kind of file a person is asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Csv,
    Picture,
    System,
    Package,
}

impl FileKind {
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv", "txt"],
            Self::Picture => &["png", "jpg", "jpeg", "webp"],
            // What a system writes can be called anything.
            Self::System | Self::Package => &["*"],
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Csv => "file-kind-csv",
            Self::Picture => "file-kind-picture",
            Self::System => "file-kind-system",
            Self::Package => "file-kind-package",
        }
    }
}

/// Asks for a file; none when the person thought better of it.
///
/// # Errors
/// `internal` when the dialog cannot be shown.
pub async fn pick_file(window: &WebviewWindow, kind: FileKind) -> Outcome<Option<PathBuf>> {
    let name = Words::of(language()).get(kind.words()).unwrap_or_default();
    show(window, move |dialog| {
        Box::pin(dialog.add_filter(name, kind.endings()).pick_file())
    })
    .await
}

/// Asks where to save a file; none when the person thought better of it.
///
/// # Errors
/// `internal` when the dialog cannot be shown.
pub async fn save_file(window: &WebviewWindow, name: &str) -> Outcome<Option<PathBuf>> {
    let name = name.to_owned();
    show(window, move |dialog| {
        Box::pin(dialog.set_file_name(name).save_file())
    })
    .await
}

/// Asks for several files; none when the person thought better of it.
///
/// # Errors
/// `internal` when the dialog cannot be shown.
pub async fn pick_files(window: &WebviewWindow, kind: FileKind) -> Outcome<Vec<PathBuf>> {
    let name = Words::of(language()).get(kind.words()).unwrap_or_default();
    let chosen = ask_for(window, move |dialog| {
        Box::pin(dialog.add_filter(name, kind.endings()).pick_files())
    })
    .await?;
    Ok(chosen
        .unwrap_or_default()
        .iter()
        .map(|file| file.path().to_owned())
        .collect())
}

type Answer<Chosen> = std::pin::Pin<Box<dyn Future<Output = Option<Chosen>> + Send>>;

async fn show(
    window: &WebviewWindow,
    ask: impl FnOnce(AsyncFileDialog) -> Answer<FileHandle> + Send + 'static,
) -> Outcome<Option<PathBuf>> {
    Ok(ask_for(window, ask).await?.map(|file| file.path().to_owned()))
}

async fn ask_for<Chosen: Send + 'static>(
    window: &WebviewWindow,
    ask: impl FnOnce(AsyncFileDialog) -> Answer<Chosen> + Send + 'static,
) -> Outcome<Option<Chosen>> {
    let (send, receive) = tokio::sync::oneshot::channel();
    let parent = window.clone();
    window
        .app_handle()
        // Systems want their dialogs made by the thread that made the windows.
        .run_on_main_thread(move || {
            let answer = ask(AsyncFileDialog::new().set_parent(&parent));
            // Nobody waits any more when the window was closed meanwhile.
            let _ = send.send(answer);
        })
        .map_err(Problem::internal)?;
    let answer = receive.await.map_err(Problem::internal)?;
    Ok(answer.await)
}

/// Says why the program cannot start, in the system's language, where no window of ours can.
pub fn cannot_start(problem: Problem) {
    let error = problem.into_wire();
    let text = Words::of(language()).error(&error);
    eprintln!("{text}");
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Flotilla")
        .set_description(text)
        .show();
}
