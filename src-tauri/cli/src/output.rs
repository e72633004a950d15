//! Everything that the command line says. Names come from devices, servers, files and other people: what a terminal would
//! execute, and what would look like another line or another column, is written as `\u{1b}` instead (SEC-04). All text on its
//! way to a terminal or into a pipe goes through here.

use crate::error::Own;
use crate::session::words;
use flotilla_kernel::error::{ErrorCode, Parameter, Parameters, WireError};
use serde_json::Value;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};

/// Whether a terminal takes it for a command, for the end of a line or a column, or for a change of the writing direction,
/// instead of showing it.
fn moves(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        )
}

/// The text as a terminal can be given it: letters of all languages as they are, what moves a terminal by its number.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(moves) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if moves(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// JSON that means the same: what moves a terminal can stand in its texts alone, and is written there as JSON escapes it.
fn json_text(json: &str) -> Cow<'_, str> {
    if !json.contains(moves) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 8);
    for character in json.chars() {
        if moves(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units).iter() {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// A line of the output. A reader that ends early (`| head`) is no error.
pub fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{}", visible(line));
}

/// A value as JSON, on a line.
pub fn print_json(value: &Value) {
    let _ = writeln!(io::stdout(), "{}", json_text(&value.to_string()));
}

/// Cells as a line, between tabulators. No cell can make a column or a line of its own.
pub fn print_cells<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) {
    let _ = writeln!(io::stdout(), "{}", columns(cells));
}

/// The values of a row under these names, as a line.
pub fn print_row(row: &Value, names: &[&str]) {
    print_cells(names.iter().map(|name| cell(&row[*name])));
}

/// Cells between tabulators.
pub fn columns<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells = cells.into_iter().map(|cell| visible(cell.as_ref()).into_owned());
    cells.collect::<Vec<_>>().join("\t")
}

/// A value as it stands in a cell; `-` for what is empty.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A file of lines, each of them text or JSON. JSON that another program reads stays byte for byte what was written: hashes
/// are made of it.
///
/// # Errors
/// When the file cannot be read, or the output not be written; a reader that ends early is no error.
pub fn print_file(file: File, as_json: bool) -> io::Result<()> {
    let mut out = io::stdout();
    let mut file = BufReader::new(file);
    let copied = if as_json && !out.is_terminal() {
        io::copy(&mut file, &mut out).map(|_| ())
    } else {
        file.lines().try_for_each(|line| {
            let line = line?;
            let shown = if as_json { json_text(&line) } else { visible(&line) };
            writeln!(out, "{shown}")
        })
    };
    match copied {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// A line for a person, beside the output. Nobody reads it: then there is nobody to tell.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(line));
}

/// Lines for a person, beside the output.
pub fn complain_lines(text: &str) {
    text.lines().for_each(complain);
}

/// What a person is told of an error: the code for scripts and for who helps, then the words.
pub fn refuse(error: &WireError) {
    let mut shown = error.clone();
    // The words have lines of their own; what they name has none.
    shown.params = shown_parameters(&shown.params);
    for field in &mut shown.fields {
        field.params = shown_parameters(&field.params);
    }
    let mut said = words().error(&shown);
    // Its words speak of a reference.
    if error.code == ErrorCode::Internal && !error.id.is_empty() {
        said.push_str(&format!("\n  {}", error.id));
    }
    complain_lines(&format!("{}: {said}", error.code.code()));
}

/// The same for what only the command line refuses.
pub fn refuse_own(own: &Own) {
    complain_lines(&format!("{}: {}", own.code, said(own)));
    for choice in &own.choices {
        // Its cells were made visible one by one: the tabulators between them are ours.
        let _ = writeln!(io::stderr(), "  {}", columns(choice));
    }
}

fn said(own: &Own) -> String {
    let parameters = shown_parameters(&own.parameters);
    let said = words().with(own.key, None, &parameters);
    let action = words().with(own.key, Some("action"), &parameters);
    let lines: Vec<String> = [said, action].into_iter().flatten().collect();
    if lines.is_empty() {
        own.key.to_owned()
    } else {
        lines.join("\n")
    }
}

fn shown_parameters(parameters: &Parameters) -> Parameters {
    let shown = |value: &Parameter| match value {
        Parameter::Text(text) => Parameter::Text(visible(text).into_owned()),
        Parameter::Number(number) => Parameter::Number(*number),
    };
    parameters
        .iter()
        .map(|(name, value)| (name.clone(), shown(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// SEC-04: what moves a terminal is shown by its number, and nothing else is touched.
    #[test]
    fn what_moves_a_terminal_is_shown() {
        assert_eq!(
            visible("a\u{1b}[2Jb\r\nc\u{202e}d\te\u{9b}f\u{7f}"),
            r"a\u{1b}[2Jb\u{d}\u{a}c\u{202e}d\u{9}e\u{9b}f\u{7f}"
        );
        for text in [
            "Ateliers Lumière 株式会社",
            "Müller & Söhne (C:\\Kamera)",
            "می\u{200c}خواهم",
            "שלום",
            "👩\u{200d}👩\u{200d}👧 12\u{202f}%",
        ] {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible(&visible("\u{1b}")), r"\u{1b}", "once is enough");
    }

    /// SEC-04: no name makes a column or a line of its own.
    #[test]
    fn a_cell_stays_a_cell() {
        let row = json!({ "name": "Gate\tACCC8E000001\nYard", "serial": "", "ways": ["mdns", "ssdp\t"], "port": 443 });
        let cells = ["name", "serial", "ways", "port", "none"].map(|name| cell(&row[name]));
        assert_eq!(
            columns(cells),
            "Gate\\u{9}ACCC8E000001\\u{a}Yard\t-\tmdns,ssdp\\u{9}\t443\t-"
        );
    }

    /// SEC-04: JSON stays JSON that means the same.
    #[test]
    fn json_means_the_same() {
        let value = json!({ "name": "a\u{1b}\u{202e}b\u{9b}\u{7f}\u{2028}é株" });
        let text = value.to_string();
        let shown = json_text(&text);
        assert!(!shown.contains(moves), "{shown}");
        assert!(shown.contains(r"\u202e") && shown.contains("é株"), "{shown}");
        assert_eq!(serde_json::from_str::<Value>(&shown).expect("JSON"), value);
    }

    /// SEC-04, GEN-04: what an error names has no lines of its own, and stands in both of its sentences.
    #[test]
    fn an_error_keeps_its_lines() {
        let own = Own {
            code: "certificate.not-trusted",
            key: "cli-certificate-not-trusted",
            parameters: Parameters::from([
                ("host".to_owned(), "evil\n\u{1b}[2J".into()),
                ("sha256".to_owned(), "AB:CD".into()),
            ]),
            choices: Vec::new(),
        };
        let said = said(&own);
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains(r"evil\u{a}\u{1b}[2J"), "{said}");
        assert!(said.contains("--accept AB:CD"), "{said}");
    }
}
