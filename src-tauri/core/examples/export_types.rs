//! Writes the generated TypeScript into the folder given: `export_types ui/src/wire`.

fn main() -> std::io::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .map(std::path::PathBuf::from)
        .expect("usage: export_types FOLDER");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in flotilla_core::wire::typescript::files() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
