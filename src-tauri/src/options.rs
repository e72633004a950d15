//! How the program was started.

use std::path::PathBuf;

use flotilla_core::Secret;
use flotilla_kernel::words::Language;

/// What arguments and environment say.
#[derive(Clone, Default)]
pub struct Options {
    /// `--demo`: a simulated fleet in a workspace that is thrown away.
    pub demo: bool,
    /// `--announce`: says `ready` on the standard output when the first command was answered (PERF-01).
    pub announce: bool,
    /// `FLOTILLA_WORKSPACE`: the workspace's folder, where it is not the system's usual one.
    pub workspace: Option<PathBuf>,
    /// `FLOTILLA_DATABASE_PASSWORD`: where nobody can be asked (ADM-04).
    pub database_password: Option<Secret>,
    /// `FLOTILLA_KEYCHAIN=none`: the password path is the one in force, also where there is a keychain.
    pub without_keychain: bool,
}

impl Options {
    /// Reads them.
    ///
    /// # Errors
    /// When an argument is not known: a mistyped `--demo` must not open the real workspace.
    pub fn from_environment() -> anyhow::Result<Self> {
        let mut options = Self {
            workspace: variable("FLOTILLA_WORKSPACE").map(PathBuf::from),
            database_password: variable("FLOTILLA_DATABASE_PASSWORD").map(Secret::new),
            without_keychain: variable("FLOTILLA_KEYCHAIN").is_some_and(|value| value == "none"),
            ..Self::default()
        };
        for argument in std::env::args().skip(1) {
            match argument.as_str() {
                "--demo" => options.demo = true,
                "--announce" => options.announce = true,
                other => anyhow::bail!("flotilla does not know `{other}`; it knows --demo and --announce"),
            }
        }
        Ok(options)
    }

    /// Whether this is the ordinary start, on the workspace in its usual place.
    pub fn is_the_person_s_own(&self) -> bool {
        !self.demo && self.workspace.is_none()
    }
}

/// The system's language, for the few words the shell itself says; English where Flotilla does not speak it.
pub fn language() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)
        .unwrap_or_default();
    match named.get(..2) {
        Some("fr") => Language::Fr,
        Some("ja") => Language::Ja,
        _ => Language::En,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
