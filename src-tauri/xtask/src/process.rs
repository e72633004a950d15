//! Other programs: found, started and waited for.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::Outcome;
use crate::guard::Running;

/// A program to be called, with all that its error message needs.
pub struct Tool {
    command: Command,
    shown: String,
}

impl Tool {
    /// A program, by its name or its place.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let shown = Path::new(program)
            .file_name()
            .unwrap_or(program)
            .to_string_lossy()
            .into_owned();
        Self {
            command: Command::new(program),
            shown,
        }
    }

    /// Works in this folder.
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Adds one argument.
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn arguments<Argument: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = Argument>) -> Self {
        arguments.into_iter().fold(self, Self::argument)
    }

    /// Sets a variable of its environment.
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs it where its words are seen, and insists on success.
    pub fn run(mut self) -> Outcome {
        let status = self
            .command
            .stdin(Stdio::null())
            .status()
            .map_err(|error| self.cannot_start(&error))?;
        self.insist(status)
    }

    /// Runs it like [`Self::run`], but it and what it starts also end when we are ended.
    pub fn run_guarded(self) -> Outcome {
        let mut running =
            Running::start(&self.command, Stdio::inherit()).map_err(|error| self.cannot_start(&error))?;
        let status = running.wait().map_err(|error| self.cannot_wait(&error))?;
        self.insist(status)
    }

    /// Runs it unseen and returns what it printed; on failure its complaint is in the error.
    pub fn output(mut self) -> Outcome<String> {
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| self.cannot_start(&error))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            let complaint = String::from_utf8_lossy(&output.stderr);
            Err(format!(
                "`{}` failed ({}).\n{}",
                self.shown,
                output.status,
                complaint.trim_end()
            ))
        }
    }

    /// Whether it runs and succeeds; nothing is seen of it.
    pub fn succeeds(mut self) -> bool {
        self.command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Starts it and returns at once; it is ended when the value is dropped, or when we end.
    pub fn start(self, output: Stdio) -> Outcome<Running> {
        Running::start(&self.command, output).map_err(|error| self.cannot_start(&error))
    }

    /// The command itself, for who reads what it says while it runs.
    pub fn into_command(self) -> (Command, String) {
        (self.command, self.shown)
    }

    fn insist(&self, status: ExitStatus) -> Outcome {
        if status.success() {
            Ok(())
        } else {
            Err(format!("`{}` failed ({status}).", self.shown))
        }
    }

    fn cannot_start(&self, error: &std::io::Error) -> String {
        format!("`{}` cannot be started: {error}.", self.shown)
    }

    fn cannot_wait(&self, error: &std::io::Error) -> String {
        format!("`{}` cannot be waited for: {error}.", self.shown)
    }
}

/// Where a program is that can be called by its name alone.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let mut file = OsString::from(name);
    file.push(std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(&file))
        .find(|place| place.is_file())
}
