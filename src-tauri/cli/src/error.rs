//! Why a command of the command line ends badly.

use flotilla_kernel::error::{Parameters, Problem, WireError};

/// Why a command ended badly: always a code, and words in the person's language.
pub enum CliError {
    /// The program refused.
    Refused(Box<WireError>),
    /// The command line was wrong.
    Usage(Box<WireError>),
    /// What nothing but the command line refuses.
    Own(Box<Own>),
}

/// What nothing but the command line refuses: no page meets it, so that it has its words here and no code of the program.
pub struct Own {
    /// The stable code, for scripts.
    pub code: &'static str,
    /// The key of its words; their attribute `action` says what to do.
    pub key: &'static str,
    /// What its words name.
    pub parameters: Parameters,
    /// What there is to choose from: the cells of a line each.
    pub choices: Vec<Vec<String>>,
}

impl From<Problem> for CliError {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem.into_wire()))
    }
}

impl From<Own> for CliError {
    fn from(own: Own) -> Self {
        Self::Own(Box::new(own))
    }
}

/// A wrong command line.
pub fn usage(problem: Problem) -> CliError {
    CliError::Usage(Box::new(problem.into_wire()))
}
