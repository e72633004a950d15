//! What the commands of `licence …` have in common.

use crate::error::CliError;
use crate::output::{print_cells, print_json};
use crate::session::Person;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::ids::new_uuid;
use serde_json::{Value, json};

/// How a command ends.
pub type Outcome = Result<(), CliError>;

/// A product of an organization.
#[derive(Clone, clap::Args)]
pub struct Of {
    /// The organization, by its name or id
    pub organization: String,
    /// The product's id in the catalogue
    pub product: String,
}

/// The organization of this name or id.
pub async fn organization(person: &Person, text: &str) -> Result<String, CliError> {
    if text.parse::<uuid::Uuid>().is_ok() {
        return Ok(text.to_owned());
    }
    let found = person
        .call("organizations.find", &json!({ "search": text, "limit": 200 }))
        .await?;
    let named = found["organizations"].as_array().into_iter().flatten();
    let id = named
        .filter(|one| one["name"] == text)
        .find_map(|one| one["id"].as_str());
    Ok(id
        .ok_or_else(|| Problem::new(ErrorCode::NotFound).with("name", text))?
        .to_owned())
}

/// The arguments of an act, with an operation of its own.
pub async fn act(person: &Person, of: &Of, more: Value) -> Result<Value, CliError> {
    let now = person.program.workspace().await?.clock.now();
    let mut arguments = json!({
        "operation": new_uuid(now), "organization": organization(person, &of.organization).await?, "product": of.product,
        "screen": "flotilla-cli",
    });
    if let (Some(fields), Value::Object(more)) = (arguments.as_object_mut(), more) {
        fields.extend(more);
    }
    Ok(arguments)
}

/// Values of a row, one beside the other, as a line.
pub fn print_fields(row: &Value, fields: &[&str]) {
    let value = |field: &&str| match &row[*field] {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    print_cells(fields.iter().map(value));
}

pub fn print_rows(rows: Vec<Value>, fields: &[&str], as_json: bool) {
    if as_json {
        print_json(&Value::from(rows));
        return;
    }
    for row in &rows {
        print_fields(row, fields);
    }
}
