//! `customers import` and `devices import`: what would be done, or the test and the save of a file.

use crate::commands::{Outcome, text, word};
use crate::error::CliError;
use crate::output::{self, complain, print, print_cells};
use crate::session::{self, Person, Place, words};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Parameters, Problem};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

/// What an import on the command line may do.
pub struct Choices {
    pub yes: bool,
    pub trust: bool,
    pub without_contact: bool,
    /// Factory-new devices are given their first account (DEV-02).
    pub first_accounts: bool,
    pub delete_file: bool,
    /// What rows have that need it and say nothing of it; empty: nothing.
    pub service_user: String,
    pub service_port: String,
    pub service_password: bool,
    /// Where that password is read from, and the words it is asked for with.
    pub password_variable: &'static str,
    pub password_question: &'static str,
    pub json: bool,
}

/// What the rows of a file become.
pub enum Rows {
    /// Customers; those that say no mode have this one.
    Customers { mode: String },
    /// Devices of this organization; those that name no folder are put into this one (DEV-04).
    Devices { organization: Value, folder: Value },
}

/// A waiting list, while its file is imported.
struct List {
    /// Whose commands it has: `customers` or `devices`.
    feature: &'static str,
    /// Its id.
    id: Value,
}

impl List {
    fn command(&self, act: &str) -> String {
        format!("{}.import_{act}", self.feature)
    }

    /// Calls a command of the list with these arguments besides its id.
    async fn call(&self, person: &Person, act: &str, more: Value) -> Result<Value, CliError> {
        let mut arguments = json!({ "import": self.id });
        if let (Some(arguments), Value::Object(more)) = (arguments.as_object_mut(), more) {
            arguments.extend(more);
        }
        person.call(&self.command(act), &arguments).await
    }
}

/// `customers import`
pub async fn import(place: &Place, file: &Path, rows: Rows, choices: Choices) -> Outcome {
    let person = Person::sign_in(place).await?;
    let imported = import_as(&person, file, rows, choices).await;
    person.leave().await;
    imported
}

/// The same by somebody who is signed in.
pub async fn import_as(person: &Person, file: &Path, rows: Rows, choices: Choices) -> Outcome {
    let workspace = person.program.workspace().await?;
    let upload = workspace.transfers.choose(person.session().await?, file)?;
    let (feature, opening) = match rows {
        Rows::Customers { mode } => ("customers", json!({ "upload": upload.upload, "mode": mode })),
        Rows::Devices { organization, folder } => (
            "devices",
            json!({ "upload": upload.upload, "organization": organization, "folder": folder }),
        ),
    };
    let view = person.call(&format!("{feature}.import_open"), &opening).await?;
    let import = List {
        feature,
        id: view["import"].clone(),
    };
    let passwords = view["passwords"].as_i64().unwrap_or_default();
    let imported = match filled(person, &import, view, &choices).await {
        Ok(view) => import_opened(person, &import, view, &choices).await,
        Err(error) => Err(error),
    };
    let outcome = match imported {
        Ok(Some(receipt)) if passwords > 0 => file_remains(person, &import, file, &choices)
            .await
            .map(|deleted| deleted && receipt["finished"] == true),
        Ok(_) => Ok(false),
        Err(error) => Err(error),
    };
    // The command line leaves no waiting list behind. What went wrong before that is what counts.
    let discarded = match &outcome {
        // It went with its file.
        Ok(true) => Ok(Value::Null),
        _ => import.call(person, "discard", json!({})).await,
    };
    outcome.and(discarded.map(|_| ()))
}

/// Says what the rows have that need it and say nothing of it (CUS-26).
async fn filled(person: &Person, import: &List, view: Value, choices: &Choices) -> Result<Value, CliError> {
    if choices.service_user.is_empty() && choices.service_port.is_empty() && !choices.service_password {
        return Ok(view);
    }
    let password = match choices.service_password {
        true => Some(session::secret(
            choices.password_variable,
            choices.password_question,
        )?),
        false => None,
    };
    import
        .call(
            person,
            "fill",
            json!({
                "port": choices.service_port,
                "user_name": choices.service_user,
                "password": password.as_ref().map(|password| password.expose()),
            }),
        )
        .await
}

/// CUS-24: says that the file holds passwords in clear, or deletes it as it was asked to. Gives whether it did.
async fn file_remains(
    person: &Person,
    import: &List,
    file: &Path,
    choices: &Choices,
) -> Result<bool, CliError> {
    let parameters = BTreeMap::from([("file".to_owned(), file.display().to_string().into())]);
    if choices.delete_file {
        import.call(person, "delete_file", json!({})).await?;
        complain(&word("cli-import-file-deleted", &parameters));
    } else {
        complain(&word("cli-import-file-remains", &parameters));
    }
    Ok(choices.delete_file)
}

/// Tests and saves what is asked for; gives the receipt when something was saved.
async fn import_opened(
    person: &Person,
    import: &List,
    view: Value,
    choices: &Choices,
) -> Result<Option<Value>, CliError> {
    let problems = problems(person, import, &view).await?;
    if !choices.json {
        problems.iter().for_each(|line| complain(line));
    }
    // A column that is left out, or that is missing and not needed, is named, and the others are read.
    let unreadable = |problem: &Value| {
        !["import.header-unknown", "import.header-missing"].contains(&text(problem, "code"))
    };
    let unread = view["problems"]
        .as_array()
        .is_some_and(|list| list.iter().any(unreadable));
    if view["undecided"] == true || unread {
        if choices.json {
            print_json(&view["counts"], &problems);
        } else if view["undecided"] == true {
            complain(&word("cli-import-undecided", &Parameters::new()));
        }
        return Err(Problem::new(ErrorCode::ImportUnreadable).into());
    }
    let count = |name: &str| view["counts"][name].as_i64().unwrap_or_default();
    let nothing_to_do = count("new") + count("update") + count("invalid") == 0;
    if !choices.yes || nothing_to_do {
        if choices.json {
            print_json(&view["counts"], &problems);
        } else {
            print_counts(&view["counts"]);
            if !nothing_to_do {
                complain(&word("cli-import-not-saved", &Parameters::new()));
            }
        }
        return Ok(None);
    }
    import.call(person, "test", json!({ "rows": null })).await?;
    let mut tested = test_ended(person, import, choices.json).await?;
    // With no certificate left to say yes to there is nothing to trust, and that is no error.
    if choices.trust && tested["counts"]["untrusted"].as_i64().unwrap_or_default() > 0 {
        import.call(person, "trust", json!({ "rows": null })).await?;
        tested = test_ended(person, import, choices.json).await?;
    }
    let factory_new = tested["counts"]["factory_new"].as_i64().unwrap_or_default();
    if factory_new > 0 && !choices.first_accounts && !choices.json {
        complain(&counted("cli-import-factory-new", factory_new));
    }
    let receipt = match import
        .call(
            person,
            "save",
            json!({
                "without_contact": choices.without_contact,
                "first_accounts": choices.first_accounts,
                "preview": tested["preview"],
            }),
        )
        .await
    {
        Ok(receipt) => receipt,
        Err(error) => {
            stayed_behind(person, import).await?;
            return Err(error);
        }
    };
    if choices.json {
        print_json(&receipt, &problems);
    } else {
        if receipt["left"].as_i64().unwrap_or_default() > 0 {
            stayed_behind(person, import).await?;
        }
        print_receipt(import, &receipt);
    }
    match serde_json::from_value::<Option<ErrorCode>>(receipt["stopped"].clone()) {
        Ok(Some(code)) => Err(Problem::new(code).into()),
        _ => Ok(Some(receipt)),
    }
}

/// Says of every row that was not saved why. What is wrong with one that is invalid has been said.
async fn stayed_behind(person: &Person, import: &List) -> Outcome {
    for row in import_rows(person, import, Value::Null).await? {
        let refused: Option<FieldProblem> = serde_json::from_value(row["test"]["problem"].clone()).ok();
        let status = row["test"]["status"].as_str();
        let why = match (row["changed"].as_bool(), refused, status) {
            (Some(true), ..) => word("import-changed", &Parameters::new()),
            (_, Some(problem), _) => words().field(&problem),
            (_, None, Some(status)) => word(&format!("status-{status}"), &Parameters::new()),
            (_, None, None) => word(
                &format!("import-state-{}", text(&row, "state")),
                &Parameters::new(),
            ),
        };
        let name = text(&row["cells"], "name");
        complain(&of_row(
            &row,
            if name.is_empty() { None } else { Some(name) },
            &why,
        ));
    }
    Ok(())
}

/// What is said of a row, as one line: its number, which cell or whose it is, and the words.
fn of_row(row: &Value, what: Option<&str>, said: &str) -> String {
    let number = BTreeMap::from([("row".to_owned(), row["row"].as_i64().unwrap_or_default().into())]);
    let row = word("import-row-title", &number);
    match what {
        Some(what) => format!("{row}, {what}: {said}"),
        None => format!("{row}: {said}"),
    }
}

async fn import_rows(person: &Person, import: &List, state: Value) -> Result<Vec<Value>, CliError> {
    let numbers = import.call(person, "rows", json!({ "state": state })).await?;
    let mut rows = Vec::new();
    for window in numbers
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .chunks(200)
    {
        if let Value::Array(found) = import.call(person, "window", json!({ "rows": window })).await? {
            rows.extend(found);
        }
    }
    Ok(rows)
}

/// Every problem of the file and of its rows, as lines.
async fn problems(person: &Person, import: &List, view: &Value) -> Result<Vec<String>, CliError> {
    let say = |problem: &Value| -> String {
        match serde_json::from_value(problem.clone()) {
            Ok(problem) => words().field(&problem),
            Err(_) => text(problem, "code").to_owned(),
        }
    };
    let mut lines: Vec<String> = view["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .map(say)
        .collect();
    for row in import_rows(person, import, json!("invalid")).await? {
        for problem in row["problems"].as_array().into_iter().flatten() {
            let column = words().get(&format!("import-column-{}", text(problem, "field")));
            // What is wrong with the row as a whole is said of the row.
            let column = column.filter(|_| problem["field"] != "row");
            lines.push(of_row(&row, column.as_deref(), &say(problem)));
        }
    }
    Ok(lines)
}

/// Waits for the end of a test; gives what the list has come to. At a terminal it says how far it is, in one line that goes
/// with the test; a file or another program is told the end alone.
async fn test_ended(person: &Person, import: &List, quiet: bool) -> Result<Value, CliError> {
    const CLEARED: &str = "\r\u{1b}[K";
    let mut events = person.program.workspace().await?.database.subscribe();
    let shown = !quiet && std::io::stderr().is_terminal();
    loop {
        let view = import.call(person, "view", json!({})).await?;
        let test = &view["test"];
        if shown {
            let number = |name: &str| test[name].as_i64().unwrap_or_default();
            let line = if test.is_null() {
                String::new()
            } else {
                let parameters =
                    BTreeMap::from(["done", "total"].map(|name| (name.to_owned(), number(name).into())));
                word("cli-import-testing", &parameters)
            };
            eprint!("{CLEARED}{line}");
            // Who cannot be shown it is shown the end.
            let _ = std::io::stderr().flush();
        }
        if test.is_null() {
            return Ok(view);
        }
        // A lost event is made up for by the next look.
        let _ = events.recv().await;
    }
}

fn print_json(result: &Value, problems: &[String]) {
    output::print_json(&json!({ "result": result, "problems": problems }));
}

/// The words of a number of things.
fn counted(key: &str, count: i64) -> String {
    let parameters = ["count", "number"].map(|name| (name.to_owned(), count.into()));
    word(key, &BTreeMap::from(parameters))
}

/// How many rows are what.
fn print_counts(counts: &Value) {
    let number = |name: &str| counts[name].as_i64().unwrap_or_default();
    print(&counted("import-row-count", number("all")));
    for state in ["new", "update", "unchanged", "invalid"] {
        let name = word(&format!("import-state-{state}"), &Parameters::new());
        print_cells([name, number(state).to_string()]);
    }
    if number("folders") > 0 {
        print(&counted("import-folders-new", number("folders")));
    }
}

/// What was stored, and how many rows were not.
fn print_receipt(import: &List, receipt: &Value) {
    let number = |name: &str| receipt[name].as_i64().unwrap_or_default();
    let saved = ["added", "updated"].map(|name| (name.to_owned(), number(name).into()));
    print(&word("import-saved", &BTreeMap::from(saved)));
    let unchanged = match import.feature {
        "devices" => "import-done-unchanged-devices",
        _ => "import-done-unchanged",
    };
    for (key, name) in [
        (unchanged, "unchanged"),
        ("import-done-without-contact", "without_contact"),
        ("import-done-first-accounts", "first_accounts"),
        ("import-done-without-account", "without_account"),
        ("import-done-folders", "folders"),
        ("cli-import-left", "left"),
    ] {
        if number(name) > 0 {
            print(&counted(key, number(name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-22: what is said of a row names it in words.
    #[test]
    fn a_row_is_named() {
        let row = json!({ "row": 3 });
        assert_eq!(of_row(&row, Some("Port"), "Required"), "Row 3, Port: Required");
        assert_eq!(of_row(&row, None, "More cells"), "Row 3: More cells");
    }
}
