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
mod json;
mod named;
mod node;
mod outcome;
mod process;
mod run;
mod setup;
mod test;
mod tidy;
mod types;
mod verdict;
mod workspace;

use std::process::ExitCode;

use outcome::{Outcome, USAGE};
use workspace::Workspace;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((word, program)) if word == process::GUARD => guard::guard(program).map(ExitCode::from),
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
