//! Where things are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::process::Tool;

/// A program that cargo builds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The desktop program.
    Desktop,
    /// The command line.
    CommandLine,
    /// The simulated fleet; the demo finds it beside the desktop program.
    Simulator,
}

impl Program {
    /// The name of its file, without the system's suffix.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desktop => "flotilla",
            Self::CommandLine => "flotilla-cli",
            Self::Simulator => "flotilla-simulator",
        }
    }
}

/// `cargo` as it called us.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The source tree, and the folder that builds go to.
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// The folder cargo builds into.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace this program belongs to.
    pub fn find() -> Self {
        // Asked at run time first: two clones that share a target folder also share this program.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .map_or_else(|| manifest.clone(), Path::to_path_buf);
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Self { root, target }
    }

    /// The folder of the interface.
    pub fn interface(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// A program of the interface's development dependencies.
    pub fn interface_tool(&self, name: &str) -> PathBuf {
        let name = if cfg!(windows) {
            format!("{name}.cmd")
        } else {
            name.to_owned()
        };
        self.interface().join("node_modules").join(".bin").join(name)
    }

    /// `cargo` as it called us, in the root folder.
    pub fn cargo(&self) -> Tool {
        Tool::new(cargo()).folder(&self.root)
    }

    /// `npm`, in the interface's folder.
    pub fn npm(&self) -> Tool {
        Tool::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).folder(self.interface())
    }

    /// A program that cargo built.
    pub fn built(&self, program: Program, release: bool) -> PathBuf {
        self.target
            .join(if release { "release" } else { "debug" })
            .join(format!("{}{}", program.name(), std::env::consts::EXE_SUFFIX))
    }

    /// Every file that belongs to the project: those git knows, and those it would take.
    pub fn files(&self) -> Outcome<Vec<String>> {
        let listed = Tool::new("git")
            .folder(&self.root)
            .arguments(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()?;
        Ok(listed
            .split('\0')
            .filter(|name| !name.is_empty() && self.root.join(name).is_file())
            .map(str::to_owned)
            .collect())
    }

    /// The text of a file, named from the root.
    pub fn read(&self, name: &str) -> Outcome<String> {
        std::fs::read_to_string(self.root.join(name))
            .map_err(|error| format!("{name} cannot be read: {error}"))
    }
}
