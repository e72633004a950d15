//! Programs that end with us, however we end.
//!
//! A signal or a crash leaves us no chance to end what we started. So a guard stands between: this same program
//! (`xtask --guard SECONDS PROGRAM…`) starts the real one and holds the reading end of a pipe whose writing end only we
//! have. When we end, the system closes the pipe; the guard then ends the program and all that it started.

use std::io::Read as _;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::process::{GUARD, Tool, apart};

/// Runs a program until it ends or the standard input does; returns its exit code. The first of `words` is the
/// time of grace in seconds, the others are the program and its arguments.
///
/// # Errors
/// When the program cannot be started.
pub fn guard(words: &[String]) -> Outcome<u8> {
    let [grace, program, arguments @ ..] = words else {
        return Err(format!("`xtask {GUARD}` needs a time of grace and a program."));
    };
    let grace = Duration::from_secs(
        grace
            .parse()
            .map_err(|error| format!("`{grace}` is no time of grace: {error}."))?,
    );
    let mut child = command(program)
        .args(arguments)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("`{program}` cannot be started: {error}."))?;
    let tree = child.id();
    let alone = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&alone);
    thread::spawn(move || {
        // Nobody writes; what is awaited is the end, which an error means as well.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        seen.store(true, Ordering::SeqCst);
        signal(tree, "TERM");
        end_rest(tree, grace);
    });
    let status = child
        .wait()
        .map_err(|error| format!("`{program}` cannot be waited for: {error}."))?;
    // What a program leaves behind that ended by itself is its own affair, such as a browser it has opened.
    if alone.load(Ordering::SeqCst) || status.code().is_none() {
        signal(tree, "TERM");
        end_rest(tree, grace);
    }
    Ok(code(status))
}

/// The program, the first of a group of its own: signals of the terminal reach us alone, and the group is ended
/// as a whole.
fn command(program: &str) -> Command {
    // Where the kernel offers it, the program also ends when the guard itself is killed.
    const WITH_US: [&str; 3] = ["--pdeathsig", "KILL", "--"];
    let offered = cfg!(target_os = "linux")
        && Tool::new("setpriv")
            .arguments(WITH_US)
            .argument("true")
            .succeeds();
    let mut command = if offered {
        let mut command = Command::new("setpriv");
        command.args(WITH_US).arg(program);
        command
    } else {
        Command::new(program)
    };
    apart(&mut command);
    command
}

/// Waits until nothing of the tree is left; after the time of grace ends what is.
fn end_rest(tree: u32, grace: Duration) {
    if cfg!(windows) {
        return;
    }
    let begun = Instant::now();
    // A group tells nobody when its last member has gone; it has to be asked.
    while signal(tree, "0") {
        if begun.elapsed() > grace {
            signal(tree, "KILL");
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a signal to a tree of programs; whether there was one to take it.
fn signal(tree: u32, signal: &str) -> bool {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/F", "/T", "/PID", &tree.to_string()]);
        command
    } else {
        // The shell's own `kill`: a small system may have no program of that name.
        let mut command = Command::new("sh");
        command.args(["-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, &tree.to_string()]);
        command
    };
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// As a shell says it: the exit code, or 128 and the signal.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    status
        .code()
        .map_or(1, |code| u8::try_from(code).unwrap_or(u8::MAX))
}
