//! Writes the generated TypeScript into the folder given: `export_types ui/src/wire`.

// `cargo bolero` builds every program of the package with its instruments, which are linked from there.
use bolero as _;
use flotilla_core::composition::FEATURES;

fn main() -> std::io::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .map(std::path::PathBuf::from)
        .expect("usage: export_types FOLDER");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in flotilla_core::typescript::files(FEATURES) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
