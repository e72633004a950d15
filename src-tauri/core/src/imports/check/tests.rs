//! Tests of `check`.

use super::super::columns::{COLUMNS, ImportKind};
use super::super::compare::fields_of;
use super::super::row::RowInput;
use super::*;
use crate::customers::types::CustomerFields;
use proptest::prelude::*;
use rstest::rstest;

const GOOD: [&str; COLUMN_COUNT] = [
    "192.0.2.1",
    "",
    "Miramar",
    "COMAdmin",
    "s",
    "1 Harbour Street",
    "+49 40 5550",
    "it@miramar.example",
    "",
    "a;b",
    "",
    "",
];

fn problems(change: &[(Column, &str)]) -> Vec<(Column, ErrorCode)> {
    let mut cells = GOOD;
    for (column, text) in change {
        cells[*column as usize] = text;
    }
    let mut problems = Vec::new();
    check(
        ImportKind::Customers,
        &cells,
        TagSeparator::Semicolon,
        false,
        &mut problems,
    );
    problems
        .iter()
        .map(|problem| (problem.column.expect("of a cell"), problem.code))
        .collect()
}

/// CUS-22: each mistake a cell can hold.
#[rstest]
#[case(Column::Host, "", ErrorCode::FieldRequired)]
#[case(Column::Host, "10.31.2.300", ErrorCode::FieldNotAnAddress)]
#[case(Column::Host, "two words", ErrorCode::FieldNotAnAddress)]
#[case(Column::Port, "84430", ErrorCode::FieldOutOfRange)]
#[case(Column::Port, "0", ErrorCode::FieldOutOfRange)]
#[case(Column::Port, "-1", ErrorCode::FieldOutOfRange)]
#[case(Column::Port, "https", ErrorCode::FieldNotANumber)]
#[case(Column::Name, " ", ErrorCode::FieldRequired)]
#[case(Column::Name, "a\u{1}b", ErrorCode::FieldControlCharacter)]
#[case(Column::UserName, "", ErrorCode::FieldRequired)]
#[case(Column::Password, "a\nb", ErrorCode::FieldControlCharacter)]
#[case(Column::Telephone, "call me", ErrorCode::FieldNotATelephone)]
#[case(Column::Telephone, "+3531555099011234", ErrorCode::FieldNotATelephone)]
#[case(Column::Email, "office.example", ErrorCode::FieldNotAnEmail)]
#[case(Column::Notes, "a\u{7f}", ErrorCode::FieldControlCharacter)]
#[case(Column::Name, "\u{200b}", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Name, "\u{2800}", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Name, "Zero\u{200b}Width", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Name, "next\u{85}line", ErrorCode::FieldControlCharacter)]
#[case(Column::Host, "pbx\u{202e}.example", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Telephone, "+49 40\u{202c}", ErrorCode::FieldInvisibleCharacter)]
#[case(
    Column::Email,
    "it@\u{feff}miramar.example",
    ErrorCode::FieldInvisibleCharacter
)]
#[case(Column::Tags, "a;\u{ad}b", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Port, "8443\u{200b}", ErrorCode::FieldInvisibleCharacter)]
#[case(Column::Tags, "a;b;c;d;e;f", ErrorCode::TooManyTags)]
#[case(Column::Mode, "hybrid", ErrorCode::FieldNotAChoice)]
fn mistakes_are_found(#[case] column: Column, #[case] text: &str, #[case] code: ErrorCode) {
    assert_eq!(problems(&[(column, text)]), [(column, code)]);
}

/// CUS-20, CUS-22: what is no mistake.
#[rstest]
#[case(Column::Host, "PBX.Example")]
#[case(Column::Host, "2001:db8::1")]
#[case(Column::Port, "443")]
#[case(Column::Password, "=+-@starts like a formula")]
#[case(Column::Telephone, "+49 (40) 5550-112")]
#[case(Column::Notes, "first line\r\nsecond line")]
#[case(Column::Notes, "-5")]
#[case(Column::Notes, "- call before 9")]
#[case(Column::Notes, "+33 call first")]
#[case(Column::Notes, "=HYPERLINK(\"http://x.example\")")]
#[case(Column::Name, "@Home Store")]
#[case(Column::Address, "-1 floor")]
#[case(Column::Host, "\u{feff}192.0.2.73\u{200b}")]
#[case(Column::Password, "zero\u{200b}width")]
#[case(Column::Name, "می\u{200c}خواهم")]
#[case(Column::Tags, "a;A; a ;;b;c;d;e")]
#[case(Column::Mode, "cloud")]
fn what_is_right_is_let_through(#[case] column: Column, #[case] text: &str) {
    assert_eq!(problems(&[(column, text)]), []);
}

/// CUS-22: all problems of a row at once, in the order of the columns.
#[test]
fn a_row_tells_all_its_problems() {
    let found = problems(&[
        (Column::Tags, "a;b;c;d;e;f"),
        (Column::Port, "x"),
        (Column::Name, ""),
        (Column::Email, "=1"),
    ]);
    let expected = [
        (Column::Port, ErrorCode::FieldNotANumber),
        (Column::Name, ErrorCode::FieldRequired),
        (Column::Email, ErrorCode::FieldNotAnEmail),
        (Column::Tags, ErrorCode::TooManyTags),
    ];
    assert_eq!(found, expected);
}

/// CUS-20: tags in a file with semicolons are separated by bars.
#[test]
fn tags_follow_the_separator() {
    assert_eq!(
        TagSeparator::of(Separator::Semicolon).tags("gold|hotel"),
        ["gold", "hotel"]
    );
    assert_eq!(
        TagSeparator::of(Separator::Comma).tags("gold;ho|tel"),
        ["gold", "ho|tel"]
    );
    assert_eq!(TagSeparator::Bar.plain("gold|hotel"), "gold;hotel");
}

proptest! {
    /// CUS-22: a cell is judged as the same field of the form is, on the fast ways, too.
    #[test]
    fn cells_are_judged_as_forms_are(cells in prop::collection::vec("[a-z0-9A-Z.@+=;| é\u{1}\n:\u{200b}\u{200d}\u{fe0f}\u{85}葛-]{0,12}", COLUMN_COUNT)) {
        let cells: [&str; COLUMN_COUNT] = std::array::from_fn(|place| cells[place].as_str());
        let mut problems = Vec::new();
        let meaning = check(ImportKind::Customers, &cells, TagSeparator::Semicolon, false, &mut problems);
        problems.retain(|problem| problem.column != Some(Column::Password) && problem.column != Some(Column::Mode));
        let of_tags = |character: char| character.is_control() || fields::first_invisible(&character.to_string()).is_some();
        if meaning.port != 0 && !cells[Column::Tags as usize].contains(of_tags) {
            let row = RowInput { number: 1, cells, tags: TagSeparator::Semicolon, place: None, said: [true; COLUMN_COUNT], gone: false };
            let fields = CustomerFields { host: cells[0].to_owned(), ..fields_of(&row, &meaning, Mode::Cloud, None) };
            let form: Vec<_> = crate::customers::rules::check(&fields, false).into_iter().map(|problem| (problem.field, problem.code)).collect();
            let mut own: Vec<_> = problems.iter().map(|problem| (problem.view(|_| "").field, problem.code)).collect();
            let place = |field: &str| COLUMNS.iter().position(|column| column.field() == field);
            own.sort_by_key(|(field, _)| place(field));
            let mut form = form;
            form.sort_by_key(|(field, _)| place(field));
            prop_assert_eq!(own, form);
        }
    }

    /// CUS-22, CRT-11: the fast way to an address comes to the same as the connector's.
    #[test]
    fn addresses_have_one_spelling(host in "[a-z0-9A-Z.:_ -]{0,20}|[0-9]{1,3}(\\.[0-9]{1,3}){3}|(0x)?[0-9a-f]{1,4}(\\.[0-9]{1,3}){0,3}|xn--[a-z0-9]{1,6}") {
        let slow = Endpoint::parse(&host, 1).ok().map(|endpoint| endpoint.host);
        prop_assert_eq!(canonical_host(&host).map(Cow::into_owned), slow);
    }
}
