//! Why a command of the command line ends badly.

use flotilla_kernel::error::{Problem, WireError};

/// Why a command ended badly: always a code, and words in the person's language.
pub enum CliError {
    /// The program refused.
    Refused(Box<WireError>),
    /// The command line was wrong.
    Usage(Box<WireError>),
}

impl From<Problem> for CliError {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem.into_wire()))
    }
}

/// A wrong command line.
pub fn usage(problem: Problem) -> CliError {
    CliError::Usage(Box::new(problem.into_wire()))
}
