//! Prepares what the shell is compiled with.

use std::path::Path;

/// What the window shows when the shell was compiled before the interface was.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Flotilla</title>\n\
    <p>The interface has not been built. Start Flotilla with <code>cargo xtask run</code>.</p>\n</html>\n";

fn main() {
    // A clean clone has no built interface, yet must compile: the folder is embedded into the program.
    let interface = Path::new("ui/dist");
    let page = interface.join("index.html");
    if !page.exists() {
        let written = std::fs::create_dir_all(interface).and_then(|()| std::fs::write(&page, NOT_BUILT));
        if let Err(error) = written {
            println!("cargo::error=cannot write {}: {error}", page.display());
            return;
        }
    }
    // The embedded files are not seen by the compiler: a newly built interface makes a new program.
    println!("cargo::rerun-if-changed=ui/dist");
    tauri_build::build();
}
