//! How a command ends, and what there is to type.

/// What a person is told when it went wrong: one sentence or more, ready to print.
pub type Outcome<T = ()> = Result<T, String>;

/// What one can type.
pub const USAGE: &str = "\
cargo xtask run [--demo] [--release] [--screenshot-and-exit]
    Installs what the system lacks, builds Flotilla and opens it.
    --demo                  on a simulated fleet, in a workspace that is thrown away
    --release               as it is delivered: optimised
    --screenshot-and-exit   without a display: takes one picture of the window and ends

cargo xtask dev [--demo]
    The same while working on it: a change of the interface is seen at once, and the program is built and
    started again when Rust sources change.

cargo xtask test [STAGE…] [NAME…]
    Everything that is checked before a change lands. Without a name: all of it, in this order.
    Groups: lint, tidy, rust, ui, web, desktop. A single stage is named as the summary names it.
    Any other name is that of tests: a part of a Rust test's path, or a test file of ui/src, tests/web or
    tests/desktop. Only they are built and run.

cargo xtask tidy            proves the sentences about this source tree that a program can prove
cargo xtask types [--check] writes (or compares) the TypeScript made from the Rust types
cargo xtask features        writes src-tauri/workspace-hack: one set of features for every build
cargo xtask bench [NAME…]   prints the speeds that were promised beside those that were reached
cargo xtask icons           makes every icon from icons/flotilla.svg
cargo xtask setup           only installs what the system lacks for all of the above";
