//! Building the programs, and saying how far the build is.
//!
//! Every build selects `--workspace` and filters what is built out of it. Cargo unifies the features of
//! dependencies over the packages that are selected: with one selection there is one set of features, and nothing
//! is compiled twice (PERF-20).

use std::io::{IsTerminal as _, Read};
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::process::Tool;
use crate::workspace::{Program, Workspace};

/// Builds these programs and nothing else.
pub fn build(workspace: &Workspace, programs: &[Program], release: bool) -> Outcome {
    let names: Vec<&str> = programs.iter().map(|program| program.name()).collect();
    println!(
        "Building {}{}",
        names.join(", "),
        if release { ", optimised" } else { "" }
    );
    let mut cargo = workspace.cargo().arguments(["build", "--workspace"]);
    if release {
        cargo = cargo.argument("--release");
    }
    for name in names {
        cargo = cargo.arguments(["--bin", name]);
    }
    with_progress(cargo)
}

/// How often a build says how far it is, where there is no terminal to draw on.
const EVERY: Duration = Duration::from_secs(10);

/// Runs a cargo that builds, and says how much of it is done: by cargo's own bar on a terminal, elsewhere by a
/// line now and then.
pub fn with_progress(cargo: Tool) -> Outcome {
    if std::io::stderr().is_terminal() {
        return cargo.run();
    }
    let (mut command, shown) = cargo
        .variable("CARGO_TERM_PROGRESS_WHEN", "always")
        .variable("CARGO_TERM_PROGRESS_WIDTH", "120")
        .into_command();
    let mut child = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`{shown}` cannot be started: {error}."))?;
    if let Some(errors) = child.stderr.take() {
        retell(errors);
    }
    let status = child
        .wait()
        .map_err(|error| format!("`{shown}` cannot be waited for: {error}."))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{shown}` failed ({status})."))
    }
}

/// Passes on what cargo says, but its bar only as a line now and then.
fn retell(errors: impl Read + Send + 'static) {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || read_lines(errors, &sender));
    let begun = Instant::now();
    let mut said = begun;
    let mut newest = None;
    loop {
        match lines.recv_timeout(EVERY.saturating_sub(said.elapsed())) {
            Ok(line) => match progress(&line) {
                Some(state) => newest = Some(state),
                // Cargo names each crate it compiles; the line with the count says enough.
                None if line.trim_start().starts_with("Compiling ") || line.trim().is_empty() => {}
                None => eprintln!("{line}"),
            },
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if said.elapsed() >= EVERY {
            said = Instant::now();
            if let Some(state) = &newest {
                eprintln!("{:>5} s  compiling {state}", begun.elapsed().as_secs());
            }
        }
    }
}

/// Sends each line; a bar ends its lines with a carriage return alone.
fn read_lines(mut source: impl Read, lines: &mpsc::Sender<String>) {
    let mut buffer = [0_u8; 4096];
    let mut line = Vec::new();
    loop {
        // An interrupted or broken pipe ends the words; how cargo ended is asked of cargo.
        let read = source.read(&mut buffer).unwrap_or(0);
        for byte in buffer.iter().take(read) {
            if matches!(byte, b'\r' | b'\n') {
                if lines.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    return;
                }
                line.clear();
            } else {
                line.push(*byte);
            }
        }
        if read == 0 {
            let _ = lines.send(String::from_utf8_lossy(&line).into_owned());
            return;
        }
    }
}

/// What cargo's bar says: `Building [===>   ] 312/701: serde, syn` becomes `312 of 701: serde, syn`.
fn progress(line: &str) -> Option<String> {
    let (_, rest) = line
        .trim_start_matches(|character: char| !character.is_alphabetic())
        .strip_prefix("Building [")?
        .split_once("] ")?;
    let (counts, names) = rest.split_once(':').unwrap_or((rest, ""));
    let (done, all) = counts.trim().split_once('/')?;
    let (done, all): (u32, u32) = (done.parse().ok()?, all.parse().ok()?);
    let names = names.trim();
    Some(if names.is_empty() {
        format!("{done} of {all}")
    } else {
        format!("{done} of {all}: {names}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar becomes a count; everything else is passed on as it is.
    #[test]
    fn cargo_s_bar_is_read() {
        assert_eq!(
            progress("    Building [=======>      ] 312/701: serde, syn(build)").as_deref(),
            Some("312 of 701: serde, syn(build)")
        );
        assert_eq!(progress("   Building [ ] 0/3").as_deref(), Some("0 of 3"));
        assert_eq!(progress("error: Building [x] is no bar"), None);
        assert_eq!(progress("   Compiling serde v1.0.229"), None);
    }

    /// Carriage returns and line feeds both end a line, and the last one needs neither.
    #[test]
    fn lines_end_either_way() {
        let (sender, lines) = mpsc::channel();
        read_lines("one\rtwo\nthree".as_bytes(), &sender);
        drop(sender);
        assert_eq!(lines.iter().collect::<Vec<_>>(), ["one", "two", "three"]);
    }
}
