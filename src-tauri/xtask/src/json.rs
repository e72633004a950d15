//! Reading what cargo says of the workspace in JSON.
//!
//! `tinyjson` and not `serde_json`: a crate that the rest of the workspace asks for with other features would make
//! `cargo xtask` and `cargo build --workspace` build two different programs into one file, and the second would
//! replace the first while it runs.

use tinyjson::JsonValue;

use crate::outcome::Outcome;
use crate::workspace::Workspace;

const NULL: JsonValue = JsonValue::Null;

/// What `cargo metadata` says of the workspace, with further arguments such as `--no-deps`.
///
/// # Errors
/// When cargo fails, or what it says is no JSON.
pub fn metadata(workspace: &Workspace, arguments: &[&str]) -> Outcome<JsonValue> {
    let text = workspace
        .cargo()
        .arguments(["metadata", "--format-version", "1"])
        .arguments(arguments)
        .output()?;
    text.parse()
        .map_err(|error| format!("`cargo metadata` is not JSON: {error}"))
}

/// A member of an object; null where there is none.
pub fn member<'value>(value: &'value JsonValue, name: &str) -> &'value JsonValue {
    let object: Option<&std::collections::HashMap<String, JsonValue>> = value.get();
    object.and_then(|object| object.get(name)).unwrap_or(&NULL)
}

/// The text in a member of an object; empty where there is none.
pub fn text<'value>(value: &'value JsonValue, name: &str) -> &'value str {
    words(member(value, name)).unwrap_or_default()
}

/// The elements of an array in a member of an object; none where there is no array.
pub fn list<'value>(value: &'value JsonValue, name: &str) -> impl Iterator<Item = &'value JsonValue> {
    let array: Option<&Vec<JsonValue>> = member(value, name).get();
    array.into_iter().flatten()
}

/// The text that a value is, if it is one.
pub fn words(value: &JsonValue) -> Option<&str> {
    value.get::<String>().map(String::as_str)
}
