//! Tests of `parse`.

use super::*;
use flotilla_kernel::words::Language;
use proptest::prelude::*;
use rstest::rstest;

const HEADER: &str =
    "IP Address/FQDN,Port,Name,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Email,Note,Tags";

fn read(text: &str) -> Parsed {
    parse(ImportKind::Customers, text.to_owned(), Separator::Comma, &[]).expect("few rows")
}

fn header_problems(header: &str) -> Vec<(ErrorCode, String)> {
    let name = |problem: &FieldProblem| match problem.params.get("column") {
        Some(flotilla_kernel::error::Parameter::Text(text)) => text.clone(),
        _ => String::new(),
    };
    read(header)
        .header
        .iter()
        .map(|problem| (problem.code, name(problem)))
        .collect()
}

/// CUS-20: exactly these names, in any order, with or without the optional one.
#[test]
fn headers_are_taken_in_any_order() {
    assert_eq!(header_problems(HEADER), []);
    assert_eq!(header_problems(&format!("{HEADER},Mode\r\n")), []);
    let parsed = read(
        "Tags,Note,Email,Telephone Number,Address,Ipoffice Password,Ipoffice Username,Name,Port,IP Address/FQDN\na,b,c,d,e,f,g,h,i,j",
    );
    assert_eq!(parsed.header, []);
    assert_eq!(
        parsed.cells(0),
        ["j", "i", "h", "g", "f", "e", "d", "c", "b", "a", "", ""]
    );
}

/// CUS-20: everything that is wrong with a header, all at once.
#[test]
fn headers_tell_all_their_problems() {
    let header = "IP Address/FQDN,port,Name,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Name,Note,Tags";
    let expected = [
        (ErrorCode::HeaderTwice, "Name"),
        (ErrorCode::HeaderMissing, "Port"),
        (ErrorCode::HeaderMissing, "Email"),
        (ErrorCode::HeaderUnknown, "port"),
    ];
    assert_eq!(
        header_problems(header),
        expected.map(|(code, name)| (code, name.to_owned()))
    );
}

/// GEN-08: a file without a header does not show its first row's password as the name of a column.
#[test]
fn a_row_is_not_taken_for_a_header() {
    let problems = header_problems("192.0.2.1,8443,Miramar,COMAdmin,secret,,,,,");
    assert_eq!(problems.len(), 10);
    assert!(
        problems
            .iter()
            .all(|(code, name)| *code == ErrorCode::HeaderMissing && name != "secret")
    );
}

/// CUS-21: quoting as in RFC 4180, with each kind of line end.
#[rstest]
#[case("a,b\r\nc,d\r\n", &[&["a", "b"], &["c", "d"]])]
#[case("a,b\nc,d", &[&["a", "b"], &["c", "d"]])]
#[case("a,b\rc,d\r", &[&["a", "b"], &["c", "d"]])]
#[case("\n\n\r\na,b\n\n", &[&["a", "b"]])]
#[case("\"a,1\",\"b\"\"2\"\"\"\n\"\",\n", &[&["a,1", "b\"2\""], &["", ""]])]
#[case("\"line one\r\nline two\",\"\"\"\"\n", &[&["line one\r\nline two", "\""]])]
fn quoting_is_undone(#[case] rows: &str, #[case] expected: &[&[&str; 2]]) {
    let parsed = read(&format!("IP Address/FQDN,Port\n{rows}"));
    let read: Vec<[&str; 2]> = (0..parsed.len())
        .map(|row| [parsed.cells(row)[0], parsed.cells(row)[1]])
        .collect();
    assert_eq!(read.iter().collect::<Vec<_>>(), expected);
    assert_eq!(parsed.quoting, []);
    assert!(!parsed.any_shape());
}

/// CUS-21, CUS-22: wrong quoting is told with its line, and the rows after it are read all the same.
#[rstest]
#[case("x,y\na\"b,c\nd,e\n", 3, ["a\"b", "c"])]
#[case("x,y\n\"a\"b,c\nd,e\n", 3, ["ab", "c"])]
#[case("x,y\n\"two\nlines\",\"never\nd,e\n", 4, ["two\nlines", "never"])]
fn wrong_quoting_names_its_line(#[case] rows: &str, #[case] line: i64, #[case] cells: [&str; 2]) {
    let parsed = read(&format!("Port,Name\n{rows}"));
    assert_eq!(
        parsed.quoting,
        [FieldProblem::new("file", ErrorCode::QuotingWrong).with("line", line)]
    );
    assert_eq!(
        parsed
            .shapes(1)
            .map(|shape| (shape.code, i64::from(shape.line)))
            .collect::<Vec<_>>(),
        [(ErrorCode::QuotingWrong, line)]
    );
    let of = |row| {
        [
            parsed.cells(row)[Column::Port as usize],
            parsed.cells(row)[Column::Name as usize],
        ]
    };
    assert_eq!(
        (parsed.len(), of(0), of(1), of(2)),
        (3, ["x", "y"], cells, ["d", "e"])
    );
}

/// CUS-22: rows with other than the header's number of cells.
#[test]
fn cells_are_counted() {
    let parsed = read("Port,Name\n1\n1,2,3\n1,2\n");
    let codes = |row| parsed.shapes(row).map(|shape| shape.code).collect::<Vec<_>>();
    assert_eq!(
        (codes(0), codes(1), codes(2)),
        (
            vec![ErrorCode::TooFewColumns],
            vec![ErrorCode::TooManyColumns],
            vec![]
        )
    );
}

fn of_file(text: &str) -> Parsed {
    let separator = super::super::detect::separator(ImportKind::Customers, text);
    parse(ImportKind::Customers, text.to_owned(), separator, &[]).expect("few rows")
}

/// CUS-26: an empty column at the end, of all rows or of some, is nothing.
#[test]
fn an_empty_last_column_is_nothing() {
    let everywhere = of_file(
        "IP Address/FQDN;Port;Name;Ipoffice Username;Ipoffice Password;Address;Telephone Number;Email;Note;Tags;\r\n127.10.2.1;8443;Trailing One;COMAdmin;Fleet-2026x;;;;;paris|vip;\r\n",
    );
    assert_eq!(
        (everywhere.header.as_slice(), everywhere.any_shape()),
        (&[][..], false)
    );
    assert_eq!(everywhere.cells(0)[Column::Tags as usize], "paris|vip");
    let header = HEADER.replace(',', ";");
    let rows = of_file(&format!(
        "{header}\r\n127.10.2.2;8443;Trailing Two;COMAdmin;Fleet-2026x;;;;;;\r\n127.10.2.3;8443;Short Row;COMAdmin;Fleet-2026x\r\n"
    ));
    let codes = |row| rows.shapes(row).map(|shape| shape.code).collect::<Vec<_>>();
    assert_eq!((codes(0), codes(1)), (vec![], vec![ErrorCode::TooFewColumns]));
}

/// CUS-26: the line that tells spreadsheet programs the separator.
#[rstest]
#[case("sep=;\r\n", Separator::Semicolon)]
#[case("SEP=;\n", Separator::Semicolon)]
#[case("\u{feff}\"sep=;\"\r\n", Separator::Semicolon)]
#[case("sep=\t\n", Separator::Tab)]
#[case("sep=,\n\n", Separator::Comma)]
fn a_separator_line_is_read(#[case] line: &str, #[case] separator: Separator) {
    let byte = char::from(separator_byte(separator)).to_string();
    let text = format!(
        "{line}{}\n127.10.4.1{byte}8443{byte}Sep Line",
        "IP Address/FQDN,Port,Name".replace(',', &byte)
    );
    let parsed = of_file(&text);
    assert_eq!(parsed.separator, separator);
    assert_eq!(
        (parsed.len(), parsed.cells(0)[Column::Name as usize]),
        (1, "Sep Line")
    );
    // A column of that name is no such line.
    assert_eq!(header::beginning("sep=a,Name\n"), 0);
}

/// CUS-26: header names are trimmed of spaces, tabs, no-break spaces and byte order marks, of which there may be two.
#[test]
fn header_names_are_trimmed() {
    let header = "\u{feff}\u{feff}IP Address/FQDN\t,Port, Name ,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Email,Note,Tags\u{a0} \r\n127.10.6.1,8443,Spaces,COMAdmin,pw,,,,,\r\n";
    let parsed = of_file(header);
    assert_eq!(parsed.header, []);
    assert_eq!(parsed.cells(0)[Column::Host as usize], "127.10.6.1");
}

/// CUS-26: the header of the customer list's own export is known in every language, and what else it has is left out.
#[rstest]
#[case(Language::En)]
#[case(Language::Fr)]
#[case(Language::Ja)]
fn the_list_s_own_header_is_known(#[case] language: Language) {
    let exported = [
        "connection",
        "name",
        "mode",
        "host",
        "port",
        "version",
        "tags",
        "notes",
        "telephone",
        "email",
        "address",
    ];
    let words = flotilla_kernel::words::Words::of(language);
    let header = exported.map(|column| words.get(&format!("list-customers-{column}")).expect("a word"));
    let cells = exported.map(|column| column.to_owned());
    let parsed = read(&format!(
        "\u{feff}{}\r\n{}\r\n",
        header.join(","),
        cells.join(",")
    ));
    let expected = [
        "host",
        "port",
        "name",
        "",
        "",
        "address",
        "telephone",
        "email",
        "notes",
        "tags",
        "mode",
        "",
    ];
    assert_eq!(parsed.cells(0), expected);
    let codes: Vec<ErrorCode> = parsed.header.iter().map(|problem| problem.code).collect();
    let (missing, unknown) = (ErrorCode::HeaderMissing, ErrorCode::HeaderUnknown);
    assert_eq!(codes, [missing, missing, unknown, unknown]);
    let mode = words.get("choice-customers-mode-on-premises").expect("a word");
    assert_eq!(
        super::super::check::mode(&mode),
        Ok(Some(crate::customers::types::Mode::OnPremises))
    );
}

/// CUS-26: of two columns of one name none is read.
#[test]
fn of_two_columns_of_one_name_none_is_read() {
    let parsed = read("Name,Port,Name\none,8443,two\n");
    assert_eq!(
        (
            parsed.cells(0)[Column::Name as usize],
            parsed.said[Column::Name as usize]
        ),
        ("", false)
    );
}

/// GEN-08, CUS-26: a row with another number of cells shows its line, and of it no more than address, port and name where no
/// password can stand.
#[rstest]
#[case::comma_in_the_name("192.0.2.50,,Shifted, Inc,COMAdmin,S3cret-pw,,,,,", &["192.0.2.50", "", "Shifted", "•", "•", "•", "", "", "", "", ""])]
#[case::short("192.0.2.8,,Few,COMAdmin,S3cret-pw", &["192.0.2.8", "", "•", "•", "•"])]
#[case::never_closed("192.0.2.11,,\"Never closed,COMAdmin,S3cret-pw,,,,,", &["192.0.2.11", "", "•"])]
#[case::in_the_password("192.0.2.12,8443,Plain,COMAdmin,S3cret-,pw,,,,,x", &["192.0.2.12", "8443", "Plain", "•", "•", "•", "", "", "", "", "•"])]
fn a_line_that_cannot_be_read_hides_its_cells(#[case] row: &str, #[case] shown: &[&str]) {
    let parsed = read(&format!("{HEADER}\n{row}\n"));
    let line: Vec<String> = parsed
        .line(0)
        .into_iter()
        .map(|cell| cell.unwrap_or_else(|| "•".to_owned()))
        .collect();
    assert_eq!(line, shown);
    assert!(parsed.is_misshapen(0));
    assert!(!parsed.cells(0).iter().any(|cell| cell.contains("S3cret")));
}

/// GEN-08: wherever the password stands, an unquoted separator never moves it into a cell that is shown.
#[test]
fn a_moved_password_is_never_shown() {
    for header in [
        "Ipoffice Password,Name,IP Address/FQDN,Port,Ipoffice Username",
        "Name,Ipoffice Password,Port,IP Address/FQDN,Ipoffice Username",
        "Ipoffice Username,Ipoffice Password,pwd2,Name,IP Address/FQDN",
    ] {
        let cells: Vec<&str> = header
            .split(',')
            .map(|name| {
                if name == "Ipoffice Password" || name == "pwd2" {
                    "S3cret"
                } else {
                    "cell"
                }
            })
            .collect();
        for at in 0..cells.len() {
            let mut longer = cells.clone();
            longer.insert(at, "surplus");
            let mut shorter = cells.clone();
            shorter.remove(at);
            for row in [longer, shorter] {
                let parsed = read(&format!("{header}\n{}\n", row.join(",")));
                let shown: Vec<String> = parsed.line(0).into_iter().flatten().collect();
                assert!(
                    parsed.is_misshapen(0) && !shown.contains(&"S3cret".to_owned()),
                    "{header}: {row:?} shows {shown:?}"
                );
            }
        }
    }
}

/// CUS-26: which line a row starts in is the same whatever separates the cells.
#[test]
fn rows_are_known_by_their_lines() {
    let text = format!("\n{HEADER}\r\na,b,\"two\r\nlines\"\r\n\r\nc,d,e\r\n");
    assert_eq!(read(&text).lines(), [3, 6]);
}

/// SEC-04: the hundred thousand and first row.
#[test]
fn rows_are_limited() {
    let rows = |count| format!("Name\n{}", "x\n".repeat(count));
    assert_eq!(
        parse(ImportKind::Customers, rows(ROWS_LIMIT), Separator::Comma, &[])
            .map(|parsed| parsed.len())
            .ok(),
        Some(ROWS_LIMIT)
    );
    assert!(parse(ImportKind::Customers, rows(ROWS_LIMIT + 1), Separator::Comma, &[]).is_err());
}

/// SEC-04: a file of nothing but opening quotes takes no more than a moment.
#[test]
fn unclosed_quotes_are_given_up() {
    let parsed = read(&format!("Name\n{}", "\"a\"\"\n".repeat(90_000)));
    assert!(parsed.quoting.len() <= LISTED);
}

proptest! {
    /// CUS-21: whatever the csv library writes is read back, with each separator and line end.
    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(prop::collection::vec("[a-z,;|\"\t \r\né日]{0,6}", 11), 1..12),
        which in 0_usize..3,
        crlf in any::<bool>(),
        always in any::<bool>(),
    ) {
        let separator = [Separator::Comma, Separator::Semicolon, Separator::Tab][which];
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator_byte(separator))
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .quote_style(if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .from_writer(Vec::new());
        writer.write_record(ImportKind::Customers.columns().iter().map(|column| column.header(ImportKind::Customers))).expect("written");
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("written")).expect("text");
        prop_assert_eq!(super::super::detect::separator(ImportKind::Customers, &text), separator);
        let parsed = parse(ImportKind::Customers, text, separator, &[]).expect("few rows");
        prop_assert_eq!(&parsed.header, &[]);
        prop_assert!(!parsed.any_shape());
        let read: Vec<Vec<String>> = (0..parsed.len()).map(|row| parsed.cells(row)[..11].iter().map(|cell| (*cell).to_owned()).collect()).collect();
        prop_assert_eq!(read, rows);
    }

    /// SEC-04: any text at all.
    #[test]
    fn any_text_is_read(text in "[A-Za-z,;\t\"\r\n é日]{0,80}", semicolon in any::<bool>()) {
        let separator = if semicolon { Separator::Semicolon } else { Separator::Comma };
        for text in [text.clone(), format!("Name,Port;Tags\n{text}"), format!("{HEADER}\n{text}")] {
            let parsed = parse(ImportKind::Customers, text, separator, &[]).expect("few rows");
            for row in 0..parsed.len() {
                let _ = (parsed.cells(row), parsed.shapes(row).count());
            }
        }
    }
}
