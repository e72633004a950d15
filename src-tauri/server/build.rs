//! A clean clone has no built interface yet; the folder must exist for the program to compile.

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    std::fs::create_dir_all(&folder).expect("the folder of the interface can be made");
    println!("cargo::rerun-if-changed=build.rs");
}
