//! Other programs: found, started, waited for, and ended when we end.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::outcome::Outcome;

/// The word that makes a guard of this program; see `guard`.
pub const GUARD: &str = "--guard";

/// How many seconds a program may take to end in an orderly way before it is ended at once.
const GRACE: &str = "15";

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

/// A program under a guard; it ends when this value is dropped, or when we end in any other way.
pub struct Running {
    guard: Child,
}

impl Running {
    /// Starts `command` under a guard; its standard output goes where the command says.
    ///
    /// # Errors
    /// When the guard cannot be started. When the program cannot, the guard says so and fails.
    pub fn start(command: &Command, output: Stdio) -> std::io::Result<Self> {
        let mut guard = Command::new(this_program()?);
        guard
            .args([GUARD, GRACE])
            .arg(command.get_program())
            .args(command.get_args())
            .stdin(Stdio::piped())
            .stdout(output);
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => guard.env(name, value),
                None => guard.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            guard.current_dir(folder);
        }
        apart(&mut guard);
        Ok(Self {
            guard: guard.spawn()?,
        })
    }

    /// Its standard output, if that was to be read here; once.
    pub fn output(&mut self) -> Option<std::process::ChildStdout> {
        self.guard.stdout.take()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.guard.try_wait().ok().flatten()
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn wait(&mut self) -> std::io::Result<ExitStatus> {
        // `Child::wait` would close the pipe, and so end it.
        let pipe = self.guard.stdin.take();
        let status = self.guard.wait();
        drop(pipe);
        status
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // It may have ended by itself; then there is nothing to wait for and nothing to say.
        let _ = self.guard.wait();
    }
}

/// This very program, also where its file was replaced by a newer one since it started.
fn this_program() -> std::io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        Ok(running)
    } else {
        std::env::current_exe()
    }
}

/// Makes a command the first of a process group of its own, where the system has such groups.
pub fn apart(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
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
