//! Files that a person drops on a window (REP-03). On Windows and macOS the web view hands them to the page. WebKitGTK does
//! not: a page could name files itself in a drag of its own (CVE-2025-13947). On Linux the window therefore takes what comes
//! from other programs; the page hears of it, and asks for the files without ever seeing a path (SEC-01).

use std::collections::{HashMap, VecDeque};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::transfer::unreadable;
use parking_lot::Mutex;
use serde::Serialize;

/// The event by which a window hears of files that were dropped on it.
#[cfg(target_os = "linux")]
const NAME: &str = "flotilla-dropped";

/// More files are never taken at once.
const MOST_FILES: usize = 1_000;

/// More of a file is never read at once: a piece that is sent to a shared workspace is smaller.
const MOST_BYTES: u32 = 64 * 1024 * 1024;

/// So many drops on a window are known: files of an earlier one may still be on their way to a shared workspace.
#[cfg(any(target_os = "linux", test))]
const KEPT: usize = 16;

/// What was dropped on each window.
#[derive(Default)]
pub struct Drops {
    windows: Mutex<HashMap<String, VecDeque<Dropped>>>,
}

#[cfg_attr(
    not(any(target_os = "linux", test)),
    expect(dead_code, reason = "elsewhere the web view hands files to the page")
)]
struct Dropped {
    number: u64,
    paths: Vec<PathBuf>,
}

/// A dropped file that the page sends to a shared workspace, piece by piece.
#[derive(Debug, Serialize)]
pub struct DroppedFile {
    name: String,
    /// In bytes.
    size: u64,
}

impl Drops {
    /// Files were dropped on a window. Gives the number by which its page asks for them.
    #[cfg(any(target_os = "linux", test))]
    fn dropped(&self, window: &str, paths: Vec<PathBuf>) -> u64 {
        let mut windows = self.windows.lock();
        let drops = windows.entry(window.to_owned()).or_default();
        let number = drops.back().map_or(0, |last| last.number) + 1;
        if drops.len() == KEPT {
            drops.pop_front();
        }
        drops.push_back(Dropped { number, paths });
        number
    }

    /// The paths of what was dropped on a window.
    ///
    /// # Errors
    /// `call.arguments` when it is not known (any more), `call.too-large` for more than a thousand files.
    pub fn paths(&self, window: &str, number: u64) -> Outcome<Vec<PathBuf>> {
        let windows = self.windows.lock();
        let drops = windows.get(window);
        let dropped = drops.and_then(|drops| drops.iter().find(|dropped| dropped.number == number));
        let paths = &dropped.ok_or(ErrorCode::BadArguments)?.paths;
        if paths.len() > MOST_FILES {
            return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_FILES));
        }
        Ok(paths.clone())
    }

    /// A window was closed.
    pub fn forget(&self, window: &str) {
        self.windows.lock().remove(window);
    }
}

/// What a page knows of dropped files before it sends them.
///
/// # Errors
/// `file.unreadable`, also for a folder.
pub fn describe(paths: &[PathBuf]) -> Outcome<Vec<DroppedFile>> {
    paths
        .iter()
        .map(|path| {
            let size = files::regular_size(path).map_err(unreadable)?;
            let name = path.file_name().unwrap_or_default();
            Ok(DroppedFile {
                name: name.to_string_lossy().into_owned(),
                size,
            })
        })
        .collect()
}

/// The bytes of a file from one place to another, or to its end.
///
/// # Errors
/// `file.unreadable`; `call.too-large` for more than 64 MiB.
pub fn piece(path: &Path, from: u64, to: u64) -> Outcome<Vec<u8>> {
    let length = to.saturating_sub(from);
    if length > u64::from(MOST_BYTES) {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", i64::from(MOST_BYTES)));
    }
    let mut file = files::open_regular(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from)).map_err(unreadable)?;
    file.take(length).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Has a window take the files that are dropped on it.
///
/// # Errors
/// When the window is gone.
#[cfg(target_os = "linux")]
pub fn take(window: &tauri::WebviewWindow, drops: &Arc<Drops>) -> tauri::Result<()> {
    linux::take(window, drops.clone())
}

/// The web view hands files to its page by itself.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn take(_window: &tauri::WebviewWindow, _drops: &Arc<Drops>) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::RefCell;
    use std::path::PathBuf;
    use std::rc::Rc;
    use std::sync::Arc;

    use gtk::prelude::{DragContextExtManual as _, WidgetExt as _};
    use serde::Serialize;
    use tauri::{Emitter as _, WebviewWindow};

    use super::Drops;

    /// What the page hears: by which number it asks for the files, and where they were dropped, as parts of the window's
    /// width and height.
    #[derive(Clone, Serialize)]
    struct DropEvent {
        number: u64,
        x: f64,
        y: f64,
    }

    pub(super) fn take(window: &WebviewWindow, drops: Arc<Drops>) -> tauri::Result<()> {
        let own = window.clone();
        window.with_webview(move |webview| {
            let view = webview.inner();
            // The data comes while the pointer is over the window, before anything is dropped.
            let over: Rc<RefCell<Vec<PathBuf>>> = Rc::default();
            let (held, left) = (over.clone(), over.clone());
            // Also before a drop: what leaves without one is nobody's any more, and is forgotten once a drop would have come.
            view.connect_drag_leave(move |_, _, _| {
                let left = left.clone();
                gtk::glib::idle_add_local_once(move || left.borrow_mut().clear());
            });
            view.connect_drag_data_received(move |_, context, _, _, data, _, _| {
                // What the page itself lets be dragged names no file of this machine.
                if context.drag_get_source_widget().is_some() {
                    held.borrow_mut().clear();
                    return;
                }
                let uris = data.uris();
                if !uris.is_empty() {
                    *held.borrow_mut() = uris
                        .iter()
                        .filter_map(|uri| gtk::glib::filename_from_uri(uri).ok())
                        .filter_map(|(path, machine)| machine.is_none().then_some(path))
                        .collect();
                }
            });
            view.connect_drag_drop(move |view, context, x, y, time| {
                let paths = std::mem::take(&mut *over.borrow_mut());
                if paths.is_empty() || context.drag_get_source_widget().is_some() {
                    return false;
                }
                context.drag_finish(true, false, time);
                let number = drops.dropped(own.label(), paths);
                let part = |at: i32, of: i32| f64::from(at) / f64::from(of.max(1));
                let dropped = DropEvent {
                    number,
                    x: part(x, view.allocated_width()),
                    y: part(y, view.allocated_height()),
                };
                if let Err(error) = own.emit_to(own.label(), super::NAME, dropped) {
                    tracing::warn!(%error, "a window did not hear of dropped files");
                }
                true
            });
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// REP-03: only the files that were dropped on this window can be asked for, also those that are still being sent.
    #[test]
    fn what_was_dropped() {
        let drops = Drops::default();
        let first = drops.dropped("main", vec![PathBuf::from("/a")]);
        let mut last = drops.dropped("main", vec![PathBuf::from("/b")]);
        for (number, path) in [(first, "/a"), (last, "/b")] {
            assert_eq!(
                drops.paths("main", number).expect("dropped"),
                [PathBuf::from(path)]
            );
        }
        for _ in 1..KEPT {
            last = drops.dropped("main", vec![PathBuf::from("/c")]);
        }
        for (window, number) in [("main", first), ("main", last + 1), ("page-1", last)] {
            let refused = drops
                .paths(window, number)
                .expect_err("nothing was dropped there");
            assert_eq!(refused.code, ErrorCode::BadArguments, "{window} {number}");
        }
        let many = drops.dropped("main", vec![PathBuf::from("/a"); MOST_FILES + 1]);
        let refused = drops.paths("main", many).expect_err("too many");
        assert_eq!(refused.code, ErrorCode::TooLarge);
    }

    /// REP-03: a file is read from place to place, a folder is none.
    #[test]
    fn pieces_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("P3265-V_12_1_60.bin");
        std::fs::write(&path, b"0123456789").expect("written");
        assert_eq!(piece(&path, 2, 5).expect("read"), b"234");
        assert_eq!(piece(&path, 8, 20).expect("read"), b"89");
        assert_eq!(piece(&path, 20, 30).expect("read"), b"");
        assert_eq!(
            piece(&path, 0, u64::from(MOST_BYTES) + 1)
                .expect_err("too much")
                .code,
            ErrorCode::TooLarge
        );
        let described = describe(std::slice::from_ref(&path)).expect("described");
        assert_eq!(described[0].name, "P3265-V_12_1_60.bin");
        assert_eq!(described[0].size, 10);
        let refused = describe(&[folder.path().to_owned()]).expect_err("a folder");
        assert_eq!(refused.code, ErrorCode::FileUnreadable);
    }
}
