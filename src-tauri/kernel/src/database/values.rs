//! Values as they are stored.

use crate::error::{Outcome, Problem};

/// The text a unit enum is stored as: its name on the wire.
///
/// # Errors
/// Only for values that are no unit variants.
pub fn enum_text<T: serde::Serialize>(value: &T) -> Outcome<String> {
    match serde_json::to_value(value).map_err(Problem::internal)? {
        serde_json::Value::String(text) => Ok(text),
        other => Err(Problem::internal(format!("{other} is no plain value"))),
    }
}

/// The value behind a stored text.
///
/// # Errors
/// A text no version of the program has written.
pub fn enum_value<T: serde::de::DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(Problem::internal)
}
