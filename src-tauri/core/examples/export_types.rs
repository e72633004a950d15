//! Writes the generated TypeScript into the folder given: `export_types ui/src/wire`.

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
