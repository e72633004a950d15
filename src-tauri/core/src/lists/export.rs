//! Export of a list as CSV or XLSX, streamed: no more than one batch of rows is in memory at a time (UI-25).

use chrono_tz::Tz;
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature;
use flotilla_kernel::lists::Rows;
use flotilla_kernel::lists::types::{ColumnKind, ExportArgument, ExportFormat};
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::transfer::Download;
use flotilla_kernel::transfer::{OutgoingFile, unwritable, unwritable_csv, unwritable_sheet};
use flotilla_kernel::words::Words;
use rust_xlsxwriter::{Format, Workbook};

/// The most rows a sheet can hold; https://support.microsoft.com specifications and limits of Excel.
const SHEET_ROWS: u32 = 1_048_575;

/// How values are told: language and zone of the one who exports.
struct Style {
    words: &'static Words,
    zone: Tz,
    list: String,
}

impl Style {
    fn text(&self, kind: ColumnKind, column: &str, value: &str) -> String {
        match kind {
            _ if value.is_empty() => String::new(),
            ColumnKind::Choice => self
                .words
                .get(&format!("choice-{}-{column}-{value}", self.list))
                .unwrap_or_else(|| value.to_owned()),
            ColumnKind::YesNo => self
                .words
                .get(if value == "1" { "yes" } else { "no" })
                .unwrap_or_else(|| value.to_owned()),
            ColumnKind::Time => value.parse().map_or_else(
                |_| value.to_owned(),
                |at| {
                    Time(at)
                        .utc()
                        .with_timezone(&self.zone)
                        .format("%Y-%m-%d %H:%M:%S")
                        .to_string()
                },
            ),
            ColumnKind::Date => value
                .parse()
                .ok()
                .and_then(flotilla_kernel::clock::date_of)
                .map_or_else(|| value.to_owned(), |date| date.to_string()),
            ColumnKind::Tags => serde_json::from_str::<Vec<String>>(value)
                .map_or_else(|_| value.to_owned(), |tags| tags.join("; ")),
            ColumnKind::Text | ColumnKind::Number | ColumnKind::Version | ColumnKind::Id => value.to_owned(),
        }
    }
}

/// A cell that a spreadsheet would take for a formula is given a leading apostrophe, so that opening an export
/// never runs anything.
fn harmless(text: String, kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Number => text,
        _ => flotilla_kernel::formulas::harmless(text),
    }
}

/// The most characters a cell of a sheet can hold.
const CELL: usize = 32_767;

/// A text as a cell can hold it; what is cut off ends with an ellipsis.
fn fitting(text: String) -> String {
    match text.char_indices().nth(CELL - 1) {
        // Where the last character that fits begins, and one more stands behind it.
        Some((last, _)) if text[last..].chars().nth(1).is_some() => format!("{}…", &text[..last]),
        _ => text,
    }
}

/// Writes the file.
///
/// # Errors
/// `list.unknown-column`, `form.invalid` for a zone nobody knows, `file.unwritable`
pub async fn write(call: &Call, arguments: &ExportArgument) -> Outcome<Download> {
    let definition = feature::of(&call.workspace).list(&arguments.list)?;
    let names: Vec<String> = if arguments.columns.is_empty() {
        definition
            .columns
            .iter()
            .filter(|column| column.default_visible)
            .map(|column| column.name.to_owned())
            .collect()
    } else {
        arguments.columns.clone()
    };
    let caller = call.caller()?;
    let language = caller.language;
    let zone = caller
        .zone
        .unwrap_or_else(|| call.workspace.preferences::<ZonePreferences>().zone());
    let rows = Rows::matching(
        &call.workspace.database,
        caller,
        definition,
        &arguments.query,
        arguments.ids.as_deref(),
        &names,
    )
    .await?;
    let kinds = rows.kinds();
    // As the times stand on the screen they were exported from, so that nobody compares two zones unawares.
    let zone = match &arguments.zone {
        Some(name) => name
            .parse()
            .map_err(|_| Problem::of_field(FieldProblem::new("zone", ErrorCode::FieldNotAZone)))?,
        None => zone,
    };
    let style = Style {
        words: Words::of(language),
        zone,
        list: arguments.list.clone(),
    };
    let heads: Vec<String> = names
        .iter()
        .zip(&kinds)
        .map(|(name, kind)| {
            let head = style
                .words
                .get(&format!("list-{}-{name}", style.list))
                .unwrap_or_else(|| name.clone());
            if *kind == ColumnKind::Time {
                format!("{head} ({zone})")
            } else {
                head
            }
        })
        .collect();
    let stem = format!(
        "flotilla-{}-{}",
        style.list,
        call.now().utc().with_timezone(&zone).format("%Y-%m-%d")
    );
    match arguments.format {
        ExportFormat::Csv => {
            let mut file = call.workspace.transfers.create(caller, &format!("{stem}.csv"))?;
            write_csv(&mut file, rows, &names, &kinds, &heads, &style).await?;
            file.finish()
        }
        ExportFormat::Xlsx => {
            let file = call.workspace.transfers.create(caller, &format!("{stem}.xlsx"))?;
            write_xlsx(&file, rows, &names, &kinds, &heads, &style).await?;
            file.finish()
        }
    }
}

async fn write_csv(
    file: &mut OutgoingFile,
    mut rows: Rows<'_>,
    names: &[String],
    kinds: &[ColumnKind],
    heads: &[String],
    style: &Style,
) -> Outcome<()> {
    use std::io::Write;
    // Spreadsheets take a file without the mark for the machine's old code page.
    file.write_all("\u{feff}".as_bytes()).map_err(unwritable)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    writer.write_record(heads).map_err(unwritable_csv)?;
    while let Some(batch) = rows.next().await? {
        for values in batch {
            let cells = values
                .iter()
                .zip(kinds)
                .zip(names)
                .map(|((value, &kind), name)| harmless(style.text(kind, name, value), kind));
            writer.write_record(cells).map_err(unwritable_csv)?;
        }
    }
    writer.flush().map_err(unwritable)
}

async fn write_xlsx(
    file: &OutgoingFile,
    mut rows: Rows<'_>,
    names: &[String],
    kinds: &[ColumnKind],
    heads: &[String],
    style: &Style,
) -> Outcome<()> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(unwritable_sheet)?;
    sheet.set_freeze_panes(1, 0).map_err(unwritable_sheet)?;
    for (place, head) in (0_u16..).zip(heads) {
        sheet
            .write_with_format(0, place, head, &bold)
            .map_err(unwritable_sheet)?;
    }
    let mut row = 0_u32;
    while let Some(batch) = rows.next().await? {
        for values in batch {
            row += 1;
            if row > SHEET_ROWS {
                return Err(Problem::new(ErrorCode::TooLarge).with("limit", i64::from(SHEET_ROWS)));
            }
            for (place, ((value, &kind), name)) in (0_u16..).zip(values.iter().zip(kinds).zip(names)) {
                match (kind, value.parse::<f64>()) {
                    (ColumnKind::Number, Ok(number)) => {
                        sheet.write(row, place, number).map_err(unwritable_sheet)?
                    }
                    // A string cell is never a formula.
                    _ => sheet
                        .write_string(row, place, fitting(style.text(kind, name, value)))
                        .map_err(unwritable_sheet)?,
                };
            }
        }
    }
    workbook.save(file.path()).map_err(unwritable_sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::words::Language;

    /// UI-25: no cell of an export can run anything in a spreadsheet.
    #[test]
    fn formulas_are_made_harmless() {
        for text in ["=1+1", "+1", "-1", "@sum", "\tx"] {
            assert!(harmless(text.to_owned(), ColumnKind::Text).starts_with('\''));
        }
        assert_eq!(harmless("-1".to_owned(), ColumnKind::Number), "-1");
        assert_eq!(Words::of(Language::En).get("no-such-word-anywhere"), None);
    }

    /// UI-25, ADM-20: what is longer than a cell can hold is cut, and says so; a sheet takes it.
    #[test]
    fn a_cell_holds_what_fits() {
        let exact = "装".repeat(CELL);
        assert_eq!(fitting(exact.clone()), exact);
        let cut = fitting("装".repeat(CELL + 1));
        assert_eq!(cut.chars().count(), CELL);
        assert!(cut.ends_with("装…"));
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, cut).expect("it fits");
        sheet
            .write_string(0, 0, "x".repeat(CELL + 1))
            .map(|_| ())
            .expect_err("so long it does not");
    }
}
