//! The errors of the licence formats, which know no words, as errors of the program.

use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_licence_formats::{Coded, Value};

/// An error of the licence formats, with its words.
pub fn problem(error: &impl Coded) -> Problem {
    let Some(code) = ErrorCode::from_code(error.code()) else {
        return Problem::internal(error.to_string());
    };
    let with = |problem: Problem, (name, value): (&'static str, Value)| match value {
        Value::Number(number) => problem.with(name, number),
        Value::Text(text) => problem.with(name, text),
    };
    error.parameters().into_iter().fold(Problem::new(code), with)
}
