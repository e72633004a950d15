//! What xtask starts ends with it, however it ends.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A shell that starts a second program, says both numbers, and waits for ever.
const TREE: &str = "sleep 1000 & echo $$ $!; wait";

/// One that does not listen to the request to end.
const DEAF: &str = "trap '' TERM; echo $$ $$; while :; do sleep 1000; done";

/// Starts a tree of programs under a guard; returns the guard and the numbers of the tree's programs.
fn guarded(script: &str) -> (Child, Vec<String>) {
    let mut guard = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["--guard", "1", "sh", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the guard starts");
    let mut line = String::new();
    BufReader::new(guard.stdout.take().expect("its output is ours"))
        .read_line(&mut line)
        .expect("the tree says its numbers");
    (guard, line.split_whitespace().map(str::to_owned).collect())
}

/// Whether a program runs; one that has ended and waits to be asked how does not.
fn runs(number: &str) -> bool {
    let state = Command::new("ps")
        .args(["-o", "stat=", "-p", number])
        .output()
        .expect("ps answers");
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

fn assert_ended(numbers: &[String]) {
    assert_eq!(numbers.len(), 2, "the tree said its numbers");
    // The end of somebody else's program cannot be waited for, only asked for.
    let begun = Instant::now();
    while numbers.iter().any(|number| runs(number)) {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{numbers:?} are left behind"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The pipe closes when xtask ends in any way: the tree is ended, and what it started as well.
#[test]
fn a_tree_ends_when_the_pipe_closes() {
    let (mut guard, numbers) = guarded(TREE);
    assert!(numbers.iter().all(|number| runs(number)));
    drop(guard.stdin.take());
    guard.wait().expect("the guard ends");
    assert_ended(&numbers);
}

/// A program that does not listen is ended all the same.
#[test]
fn a_deaf_program_is_ended_after_a_while() {
    let (mut guard, numbers) = guarded(DEAF);
    drop(guard.stdin.take());
    guard.wait().expect("the guard ends");
    assert_ended(&numbers);
}

/// Where the kernel offers it, the program ends also when the guard is killed.
#[test]
#[cfg(target_os = "linux")]
fn the_program_ends_with_a_killed_guard() {
    let (mut guard, numbers) = guarded("echo $$ $$; exec sleep 1000");
    guard.kill().expect("the guard can be killed");
    guard.wait().expect("the guard has ended");
    assert_ended(&numbers);
}

/// The exit code is the program's own; a signal is told as a shell tells it.
#[test]
fn exit_codes_are_passed_on() {
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)] {
        let mut guard = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["--guard", "1", "sh", "-c", script])
            .stdin(Stdio::piped())
            .spawn()
            .expect("the guard starts");
        // The pipe stays open: `wait` alone would close it.
        let pipe = guard.stdin.take();
        let status = guard.wait().expect("the guard ends");
        drop(pipe);
        assert_eq!(status.code(), Some(code), "{script}");
    }
}
