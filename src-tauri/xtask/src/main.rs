//! `cargo xtask`: everything one types while working on Flotilla.
//!
//! Two commands are all that a fresh machine with Rust and Node needs: `cargo xtask run` and
//! `cargo xtask test`. Both install what the system lacks. The rest is for those who work here.

mod bench;
mod build;
mod dev;
mod features;
mod guard;
mod icons;
mod named;
mod process;
mod run;
mod setup;
mod test;
mod tidy;
mod types;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// What a person is told when it went wrong: one sentence or more, ready to print.
pub type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
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

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((word, program)) if word == guard::WORD => guard::guard(program).map(ExitCode::from),
        _ => dispatch(&arguments).map(|()| ExitCode::SUCCESS),
    };
    match outcome {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(USAGE.to_owned());
    };
    let workspace = Workspace::find();
    match command.as_str() {
        "run" => run::run(&workspace, &run::Options::parse(rest)?),
        "dev" => match rest {
            [] => dev::dev(&workspace, false),
            [flag] if flag == "--demo" => dev::dev(&workspace, true),
            _ => Err(USAGE.to_owned()),
        },
        "test" => test::test(&workspace, rest),
        "tidy" => {
            no_more(rest)?;
            tidy::tidy(&workspace)?;
            features::check(&workspace)?;
            types::types(&workspace, types::Mode::Compare)
        }
        "types" => match rest {
            [] => types::types(&workspace, types::Mode::Write),
            [flag] if flag == "--check" => types::types(&workspace, types::Mode::Compare),
            _ => Err(USAGE.to_owned()),
        },
        "features" => {
            no_more(rest)?;
            features::write(&workspace)
        }
        "bench" => bench::bench(&workspace, rest),
        "icons" => {
            no_more(rest)?;
            icons::icons(&workspace)
        }
        "setup" => {
            no_more(rest)?;
            setup::setup(&workspace, setup::Purpose::Test)
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("There is no `cargo xtask {other}`.\n\n{USAGE}")),
    }
}

/// Refuses words that a command would silently ignore.
fn no_more(rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(word) => Err(format!("`{word}` means nothing here.\n\n{USAGE}")),
    }
}
