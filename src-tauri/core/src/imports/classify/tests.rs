//! Tests of `classify`.

use super::super::columns::ImportKind;
use super::*;
use crate::customers::store::Existing;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::fold;
use flotilla_kernel::ids::OrganizationId;
use proptest::prelude::*;
use std::collections::HashSet;

fn customer(name: &str, host: &str, port: i64) -> Existing {
    Existing::new(
        OrganizationId::new(Time(1_700_000_000_000)),
        name,
        host,
        port,
        "COMAdmin",
        Mode::OnPremises,
        Secret::new("stored"),
    )
}

fn index() -> ExistingIndex {
    let customers = vec![
        customer("Miramar", "192.0.2.1", 8443),
        customer("Northwind", "PBX.Example", 443),
    ];
    ExistingIndex::new(
        customers,
        ["miramar", "northwind", "only an organization"].map(str::to_owned),
        [],
    )
}

fn file(rows: &[&str]) -> String {
    format!(
        "Name,IP Address/FQDN,Port,Ipoffice Username,Ipoffice Password,Note,Address,Telephone Number,Email,Tags\n{}",
        rows.join("\n")
    )
}

fn states(rows: &[&str]) -> Vec<(RowState, Vec<ErrorCode>)> {
    let options = PreviewOptions::detected(Mode::OnPremises);
    let preview = preview(file(rows).as_bytes(), &options, &index()).expect("a preview");
    preview
        .facts
        .iter()
        .map(|facts| {
            (
                facts.state,
                facts.problems.iter().map(|problem| problem.code).collect(),
            )
        })
        .collect()
}

/// CUS-22: new, update by name, update by address, unchanged.
#[test]
fn rows_are_compared_with_customers() {
    let states = states(&[
        "Fresh,192.0.2.9,,COMAdmin,pw,,,,,",
        "MIRAMAR,192.0.2.77,,COMAdmin,stored,,,,,",
        "Northwind Traders,pbx.example,443,COMAdmin,,,,,,",
    ]);
    assert_eq!(
        states,
        [
            (RowState::New, vec![]),
            (RowState::Update, vec![]),
            (RowState::Update, vec![])
        ]
    );
    let same = self::states(&[
        "Miramar,192.0.2.1,8443,COMAdmin,,,,,,",
        "Northwind,pbx.EXAMPLE.,443,COMAdmin,stored,,,,,",
    ]);
    assert_eq!(
        same,
        [(RowState::Unchanged, vec![]), (RowState::Unchanged, vec![])]
    );
    let password = self::states(&["Miramar,192.0.2.1,,COMAdmin,other,,,,,"]);
    assert_eq!(password, [(RowState::Update, vec![])]);
    // CUS-15, GEN-08: the stored password is not sent to another address.
    let moved = self::states(&[
        "Miramar,192.0.2.77,,COMAdmin,,,,,,",
        "Northwind,pbx.example,8443,COMAdmin,,,,,,",
    ]);
    let refused = (RowState::Invalid, vec![ErrorCode::PasswordForAddress]);
    assert_eq!(moved, [refused.clone(), refused]);
}

/// CUS-20, CUS-22: what only the comparison shows to be wrong.
#[test]
fn comparisons_find_mistakes() {
    let states = states(&[
        "Fresh,192.0.2.9,,COMAdmin,,,,,,",
        "Miramar,pbx.example,443,COMAdmin,,,,,,",
        "Only An Organization,192.0.2.10,,COMAdmin,pw,,,,,",
        "Twice,192.0.2.11,,COMAdmin,pw,,,,,",
        "twice,192.0.2.12,,COMAdmin,pw,,,,,",
        "Other,192.0.2.11,8443,COMAdmin,pw,,,,,",
    ]);
    let codes: Vec<Vec<ErrorCode>> = states.iter().map(|(_, codes)| codes.clone()).collect();
    assert_eq!(
        codes,
        [
            vec![ErrorCode::FieldRequired],
            vec![ErrorCode::AmbiguousUpdate],
            vec![ErrorCode::NameOfAnotherCustomer],
            vec![ErrorCode::SameNameAsRow, ErrorCode::SameAddressAsRow],
            vec![ErrorCode::SameNameAsRow],
            vec![ErrorCode::SameAddressAsRow],
        ]
    );
    assert!(states.iter().all(|(state, _)| *state == RowState::Invalid));
}

fn facts(rows: &[&str]) -> Vec<Facts> {
    let options = PreviewOptions::detected(Mode::OnPremises);
    preview(file(rows).as_bytes(), &options, &index())
        .expect("a preview")
        .facts
}

/// CUS-26: rows that clash are marked on both sides, and each names the other; names that look the same are the same.
#[test]
fn both_of_two_rows_that_clash_are_marked() {
    let facts = facts(&[
        "Dup,192.0.2.31,,COMAdmin,pw,,,,,",
        "DUP,192.0.2.32,,COMAdmin,pw,,,,,",
        "ZeroWidth,192.0.2.33,,COMAdmin,pw,,,,,",
        "Zero\u{200b}Width,192.0.2.34,,COMAdmin,pw,,,,,",
        "Dotted,pbx.fresh.example.,,COMAdmin,pw,,,,,",
        "Plain,PBX.fresh.example,8443,COMAdmin,pw,,,,,",
        "Miramar,192.0.2.77,,COMAdmin,pw,,,,,",
        "Renamed,192.0.2.1,8443,COMAdmin,pw,,,,,",
    ]);
    let said = |row: usize| -> Vec<(ErrorCode, u32)> {
        facts[row - 1]
            .problems
            .iter()
            .map(|problem| (problem.code, problem.number))
            .collect()
    };
    assert_eq!(
        (said(1), said(2)),
        (
            vec![(ErrorCode::SameNameAsRow, 2)],
            vec![(ErrorCode::SameNameAsRow, 1)]
        )
    );
    assert_eq!(said(3), [(ErrorCode::SameNameAsRow, 4)]);
    assert_eq!(
        said(4),
        [
            (ErrorCode::FieldInvisibleCharacter, 0x200b),
            (ErrorCode::SameNameAsRow, 3)
        ]
    );
    assert_eq!(
        (said(5), said(6)),
        (
            vec![(ErrorCode::SameAddressAsRow, 6)],
            vec![(ErrorCode::SameAddressAsRow, 5)]
        )
    );
    assert_eq!(
        (said(7), said(8)),
        (
            vec![(ErrorCode::SameCustomerAsRow, 8)],
            vec![(ErrorCode::SameCustomerAsRow, 7)]
        )
    );
}

/// CUS-16, CUS-22: a customer without a connection is found by its name, keeps what it has, and is connected only by a row
/// that says where and as whom.
#[test]
fn a_customer_without_a_connection_is_found_by_name() {
    let mut alone = customer("Alone", "", 0);
    alone.user_name = String::new();
    let index = ExistingIndex::new(vec![alone, customer("Also", "", 0)], [], []);
    let options = PreviewOptions::detected(Mode::OnPremises);
    let codes = |text: &str| {
        let preview = preview(text.as_bytes(), &options, &index).expect("a preview");
        let facts = &preview.facts[0];
        let codes: Vec<ErrorCode> = facts.problems.iter().map(|problem| problem.code).collect();
        (facts.state, codes)
    };
    let required = ErrorCode::FieldRequired;
    // Nothing is said of a connection: it stays without one.
    for silent in ["Name\nAlone\n", "Name,IP Address/FQDN,Port\nAlone,,\n"] {
        assert_eq!(codes(silent), (RowState::Unchanged, vec![]));
    }
    let fresh = codes("Name\nFresh\n");
    assert_eq!(fresh, (RowState::Invalid, vec![required, required, required]));
    let header = "Name,IP Address/FQDN,Port,Ipoffice Username,Ipoffice Password";
    let row = codes(&format!("{header}\nAlone,192.0.2.5,,COMAdmin,pw\n"));
    assert_eq!(row, (RowState::Update, vec![]));
    let wrong = codes(&format!("{header}\nAlone,,x,COMAdmin,pw\n"));
    assert_eq!(
        wrong,
        (RowState::Invalid, vec![required, ErrorCode::FieldNotANumber])
    );
}

/// CUS-26: what the file has no column for stays as the customer has it, and an export's apostrophe is taken off.
#[test]
fn a_missing_column_says_nothing() {
    let mut known = customer("Miramar", "192.0.2.1", 443);
    known.notes = "Call first".to_owned();
    known.tags = vec!["gold".to_owned()];
    let index = ExistingIndex::new(vec![known], ["miramar".to_owned()], []);
    let options = PreviewOptions::detected(Mode::OnPremises);
    let read = |text: &str| preview(text.as_bytes(), &options, &index).expect("a preview");
    let same = read("Name,IP Address/FQDN\nMiramar,192.0.2.1\n");
    assert_eq!(
        same.facts[0].state,
        RowState::Unchanged,
        "{:?}",
        same.facts[0].problems
    );
    let telephone = read("Name,IP Address/FQDN,Telephone Number\nMiramar,192.0.2.1,'+49 40 5550\n");
    assert_eq!(telephone.facts[0].state, RowState::Update);
    let place = telephone.facts[0].matched.expect("matched");
    let was = crate::imports::compare::was(&telephone.file.row(0), Mode::OnPremises, &index, place);
    assert_eq!(
        was.iter().map(|was| was.field.as_str()).collect::<Vec<_>>(),
        ["telephone"]
    );
    assert_eq!(
        telephone.file.row(0).cells[Column::Telephone as usize],
        "+49 40 5550"
    );
}

/// CUS-20: a file with a wrong header stores nothing, and its rows are seen all the same.
#[test]
fn a_wrong_header_makes_every_row_invalid() {
    let options = PreviewOptions::detected(Mode::Cloud);
    let preview = preview(b"Name,IP Address/FQDN\nFresh,192.0.2.9\n", &options, &index()).expect("a preview");
    assert_eq!(preview.counts.invalid, 1);
    assert_eq!(preview.file.problems().len(), 8);
    assert_eq!(preview.file.parsed.cells(0)[Column::Name as usize], "Fresh");
}

/// CUS-22: an update says what it would change.
#[test]
fn updates_say_what_was() {
    let options = PreviewOptions::detected(Mode::Cloud);
    let index = index();
    let preview = preview(
        file(&["Miramar,192.0.2.1,8443,COMAdmin,other,Call first,,,,gold"]).as_bytes(),
        &options,
        &index,
    )
    .expect("a preview");
    let was = crate::imports::compare::was(
        &preview.file.row(0),
        Mode::Cloud,
        &index,
        preview.facts[0].matched.expect("matched"),
    );
    let fields: Vec<_> = was
        .iter()
        .map(|was| (was.field.as_str(), was.value.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            ("password", ""),
            ("notes", ""),
            ("tags", ""),
            ("mode", "on-premises")
        ]
    );
}

/// CUS-25, SEC-04: files that are refused as a whole.
#[test]
fn files_are_refused_clearly() {
    let options = PreviewOptions::detected(Mode::Cloud);
    let code = |bytes: &[u8]| {
        preview(bytes, &options, &index())
            .map(|_| ())
            .expect_err("refused")
            .code
    };
    assert_eq!(code(b""), ErrorCode::FileEmpty);
    assert_eq!(code(b"\xef\xbb\xbf\r\n "), ErrorCode::FileEmpty);
    assert_eq!(code(b"GIF89a\0\0\0"), ErrorCode::FileNotText);
    assert_eq!(code(&vec![b'a'; 64 * 1024 * 1024 + 1]), ErrorCode::FileTooLarge);
}

proptest! {
    /// SEC-04, CUS-22: any bytes come to a preview or a refusal; every row is exactly one of four, and only one
    /// without problems can be stored.
    #[test]
    fn any_bytes_come_to_something(bytes in prop::collection::vec(any::<u8>(), 0..300), headed in any::<bool>()) {
        let bytes = if headed { [file(&[]).as_bytes(), &bytes].concat() } else { bytes };
        let options = PreviewOptions::detected(Mode::Cloud);
        if let Ok(preview) = preview(&bytes, &options, &index()) {
            let counts = preview.counts;
            prop_assert_eq!(counts.all, counts.new + counts.update + counts.unchanged + counts.invalid);
            prop_assert_eq!(preview.facts.len(), preview.file.parsed.len());
            for facts in &preview.facts {
                prop_assert!(facts.problems.is_empty() || facts.state == RowState::Invalid);
            }
        }
    }

    /// CUS-22: two rows that can be stored never have the same name, address or customer.
    #[test]
    fn what_can_be_stored_is_stored_once(rows in prop::collection::vec((0_usize..6, 0_usize..6), 0..20)) {
        let names = ["Miramar", "NORTHWIND", "Fresh", "fresh", "Frésh", "Other"];
        let hosts = ["192.0.2.1", "pbx.example", "192.0.2.3", "192.0.2.4", "a.example", "A.Example"];
        let lines: Vec<String> = rows.iter().map(|(name, host)| format!("{},{},443,COMAdmin,pw,,,,,", names[*name], hosts[*host])).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let options = PreviewOptions::detected(Mode::OnPremises);
        let preview = preview(file(&lines).as_bytes(), &options, &index()).expect("a preview");
        let (mut names, mut hosts, mut customers) = (HashSet::new(), HashSet::new(), HashSet::new());
        for facts in preview.facts.iter().filter(|facts| facts.state != RowState::Invalid) {
            let cells = preview.file.parsed.cells(facts.number as usize - 1);
            prop_assert!(names.insert(fold(cells[Column::Name as usize])));
            prop_assert!(hosts.insert(cells[Column::Host as usize].to_ascii_lowercase()));
            prop_assert!(facts.matched.is_none_or(|place| customers.insert(place)));
        }
    }
}

/// PERF-11: the whole preview of 10,000 customers beside the csv library alone. Run by hand, in release:
/// `cargo test --release -p flotilla-core preview_beside -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn preview_beside_the_csv_library() {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(
            ImportKind::Customers
                .columns()
                .iter()
                .map(|column| column.header(ImportKind::Customers)),
        )
        .expect("written");
    for row in 0..10_000_u32 {
        let [_, high, middle, low] = row.to_be_bytes();
        writer
            .write_record([
                if row % 3 == 0 {
                    format!("pbx{row}.customer.example")
                } else {
                    format!("10.{high}.{middle}.{low}")
                },
                if row % 4 == 0 {
                    String::new()
                } else {
                    "8443".to_owned()
                },
                format!("Customer {row} Trading, Ltd."),
                "COMAdmin".to_owned(),
                format!("pass{row}word"),
                format!("{row} Harbour Street, Hamburg"),
                format!("+49 40 55{row:05}"),
                format!("office{row}@customer.example"),
                if row % 5 == 0 {
                    "Call \"first\"".to_owned()
                } else {
                    String::new()
                },
                "hotel;gold".to_owned(),
                if row % 2 == 0 {
                    "cloud".to_owned()
                } else {
                    String::new()
                },
            ])
            .expect("written");
    }
    let bytes = writer.into_inner().expect("written");
    let existing = ExistingIndex::new(
        (0..10_000)
            .map(|row| {
                customer(
                    &format!("Customer {} Trading, Ltd.", row * 2),
                    &format!("10.99.{}.{}", row / 256, row % 256),
                    8443,
                )
            })
            .collect(),
        [],
        [],
    );
    let options = PreviewOptions::detected(Mode::OnPremises);
    let best = |work: &mut dyn FnMut() -> usize| {
        (0..20)
            .map(|_| {
                let start = std::time::Instant::now();
                assert!(work() >= 10_000);
                start.elapsed()
            })
            .min()
            .expect("measured")
    };
    let library = best(&mut || {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        reader
            .records()
            .map(|record| record.expect("a record"))
            .filter(|record| record.len() == 11)
            .count()
    });
    let empty = ExistingIndex::default();
    let against_none = best(&mut || preview(&bytes, &options, &empty).expect("a preview").facts.len());
    let against_many = best(&mut || {
        preview(&bytes, &options, &existing)
            .expect("a preview")
            .facts
            .len()
    });
    println!(
        "{} bytes: csv {library:?}, preview {against_none:?}, with 10,000 customers {against_many:?}",
        bytes.len()
    );
}

/// CUS-15, CUS-26: two customers that have the same address already, behind two proxies, do not clash by staying there; a row
/// that comes to it does.
#[test]
fn where_a_customer_is_already_it_may_stay() {
    let customers = vec![
        customer("Miramar", "10.0.0.1", 8443),
        customer("Northwind", "10.0.0.1", 8443),
        customer("Elsewhere", "10.0.0.2", 8443),
    ];
    let index = ExistingIndex::new(customers, [], []);
    let text = file(&[
        "Miramar,10.0.0.1,,COMAdmin,,,,,,",
        "Northwind,10.0.0.1,,COMAdmin,,,,,,",
        "Elsewhere,10.0.0.1,,COMAdmin,pw,,,,,",
        "Fresh,10.0.0.1,,COMAdmin,pw,,,,,",
    ]);
    let options = PreviewOptions::detected(Mode::OnPremises);
    let preview = preview(text.as_bytes(), &options, &index).expect("a preview");
    let said: Vec<(RowState, Vec<ErrorCode>)> = preview
        .facts
        .iter()
        .map(|facts| {
            let codes = facts.problems.iter().map(|problem| problem.code);
            (facts.state, codes.collect())
        })
        .collect();
    let same = (RowState::Unchanged, vec![]);
    // Both of the others come to it.
    let comes = vec![ErrorCode::AmbiguousUpdate, ErrorCode::SameAddressAsRow];
    let comes = (RowState::Invalid, comes);
    assert_eq!(said, [same.clone(), same, comes.clone(), comes]);
}
