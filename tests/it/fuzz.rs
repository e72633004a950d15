//! SEC-04: what people bring and what hosts call, fuzzed.
//!
//! An ordinary test run tries random inputs for a moment. `cargo bolero test -p flotilla-core fuzz::NAME` lets
//! libFuzzer look for as long as one wishes, and keeps what it finds in `__fuzz__`, from where every later run tries
//! it again.

use crate::harness::{Harness, Person, call};
use bolero::check;
use flotilla_core::accounts::avatar;
use flotilla_core::composition::FEATURES;
use flotilla_core::customers::types::Mode;
use flotilla_core::imports::columns::{Column, ImportKind};
use flotilla_core::imports::mapping::Mapping;
use flotilla_core::imports::types::{FileEncoding, MappedBy, RowState};
use flotilla_core::imports::{ExistingIndex, PreviewOptions, detect, preview};
use flotilla_kernel::audit::rules::verify_export;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::feature::{Command, Kind};
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};
use std::io::Cursor;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long an ordinary test run tries each of them.
const MOMENT: Duration = Duration::from_millis(800);

/// An input made of real ones: the first byte chooses a sample, each three after it a place and another byte there.
/// One choice is the input itself. Random bytes alone would hardly come behind the first bracket.
fn altered(samples: &[&[u8]], input: &[u8]) -> Vec<u8> {
    let Some((choice, edits)) = input.split_first() else {
        return Vec::new();
    };
    let Some(sample) = samples.get(usize::from(*choice) % (samples.len() + 1)) else {
        return edits.to_vec();
    };
    let mut bytes = sample.to_vec();
    for edit in edits.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([edit[0], edit[1]])) % (bytes.len() + 1);
        match edit[2] {
            // Cut, repeated, or another byte.
            0 => bytes.truncate(place),
            1 => bytes.extend_from_within(..place),
            value => match bytes.get_mut(place) {
                Some(byte) => *byte = value,
                None => bytes.push(value),
            },
        }
        // Repeating what was repeated doubles it each time.
        bytes.truncate(1 << 16);
    }
    bytes
}

const TABLE: &[u8] = "Name;Host;Port;User;Password;Mode;Tags;Notes\r\nMüller;10.0.0.1;7070;operator;\"a;b\";cloud;\"x\ny\";=1+1\r\n日本;pbx.example;443;o;p;;;\r\n".as_bytes();
const DEVICES: &[u8] =
    b"Address,Port,Name,Folder,User name,Password\n192.0.2.21,443,Gate,North/Hall,root,secret\n";

const ENCODINGS: [Option<FileEncoding>; 6] = [
    None,
    Some(FileEncoding::Utf8),
    Some(FileEncoding::Utf16Le),
    Some(FileEncoding::Utf16Be),
    Some(FileEncoding::Windows1252),
    Some(FileEncoding::ShiftJis),
];

/// CUS-21, CUS-22: any file comes to a preview or a refusal; every row is one of four, and only one without problems
/// can be stored.
#[test]
fn imported_files() {
    let table = headed();
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            String::from_utf8_lossy(&table)
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    for sample in [&table, &wide] {
        let options = PreviewOptions::detected(Mode::Cloud);
        let preview = preview(sample, &options, &ExistingIndex::default()).expect("the samples are tables");
        assert_eq!(preview.counts.all, 2);
    }
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&[&table, &wide, TABLE, DEVICES], input);
        let encoding = ENCODINGS[usize::from(input.last().copied().unwrap_or_default()) % ENCODINGS.len()];
        if let Some(decoded) = detect::decode(&bytes, encoding) {
            assert!(!decoded.text.contains('\0'));
        }
        let options = PreviewOptions {
            encoding,
            kind: if input.len().is_multiple_of(2) {
                ImportKind::Customers
            } else {
                ImportKind::Devices
            },
            ..PreviewOptions::detected(Mode::Cloud)
        };
        match preview(&bytes, &options, &ExistingIndex::default()) {
            Ok(preview) => {
                let counts = preview.counts;
                assert_eq!(
                    counts.all,
                    counts.new + counts.update + counts.unchanged + counts.invalid
                );
                for facts in &preview.facts {
                    assert!(facts.problems.is_empty() || facts.state == RowState::Invalid);
                }
                // CUS-26, GEN-08: whatever a person says of the columns, and no cell of one that may hold passwords.
                let parsed = &preview.file.parsed;
                for (place, column) in parsed.file_columns().iter().enumerate() {
                    assert!(!column.secret || column.samples.is_empty());
                    let mut columns = vec![None; parsed.names().len()];
                    columns[place] = Some(Column::Host);
                    let mappings = vec![Mapping::new(options.kind, parsed.names(), &columns)];
                    let mapped = PreviewOptions {
                        mappings,
                        separator: Some(parsed.separator),
                        ..options.clone()
                    };
                    let mapped = flotilla_core::imports::preview(&bytes, &mapped, &ExistingIndex::default());
                    assert_eq!(
                        mapped.expect("it was read before").file.parsed.mapped_by,
                        MappedBy::Person
                    );
                }
            }
            Err(problem) => assert_ne!(problem.code, ErrorCode::Internal),
        }
    });
}

/// A table with the header that the import knows, whatever its columns are called.
fn headed() -> Vec<u8> {
    let kind = ImportKind::Customers;
    let header: Vec<&str> = kind.columns().iter().map(|column| column.header(kind)).collect();
    let row: Vec<String> = (0..header.len())
        .map(|place| format!("\"value {place}\""))
        .collect();
    format!("{}\n{}\n{}\n", header.join(","), row.join(","), row.join(",")).into_bytes()
}

/// ACC-21: a picture is drawn anew as a PNG of the one size, or refused.
#[test]
fn uploaded_pictures() {
    let pictures = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP].map(|format| {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 6)
            .write_to(&mut bytes, format)
            .expect("a picture");
        bytes.into_inner()
    });
    let pictures: Vec<&[u8]> = pictures.iter().map(Vec::as_slice).collect();
    for picture in &pictures {
        avatar::make(picture).expect("the samples are pictures");
    }
    check!()
        .with_test_time(MOMENT)
        .for_each(|input: &[u8]| match avatar::make(&altered(&pictures, input)) {
            Ok(picture) => assert!(picture.starts_with(b"\x89PNG\r\n"), "it was drawn anew"),
            Err(problem) => assert!(matches!(
                problem.code,
                ErrorCode::PictureUnreadable | ErrorCode::PictureTooLarge
            )),
        });
}

/// ADM-20: an exported audit log that is not letter for letter what was written is not whole.
#[test]
fn exported_audit_logs() {
    const LINE: &[u8] = br#"{"body":"{\"sequence\":1}","hash":"00"}"#;
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&[LINE], input);
        let verdict = verify_export(bytes.as_slice()).expect("bytes in memory can be read");
        if let Ok(chain) = verdict {
            // No hash of these samples is right, so that nothing but white space is an empty, whole log.
            assert_eq!(chain.entries, 0);
            assert!(bytes.iter().all(u8::is_ascii_whitespace));
        }
    });
}

/// A workspace that is called from a test without a runtime of its own.
struct Called {
    runtime: Runtime,
    harness: Harness,
    chief: Person,
}

impl Called {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let (harness, chief) = runtime.block_on(async {
            let harness = Harness::new(false).await;
            let chief = harness.administrator().await;
            (harness, chief)
        });
        Self {
            runtime,
            harness,
            chief,
        }
    }

    /// Calls it, signed in or not; an answer and a refusal are both right, a failure of ours is not.
    fn call(&self, signed_in: bool, name: &str, arguments: &Value) {
        let token = signed_in.then_some(&self.chief.token);
        let outcome = self
            .runtime
            .block_on(call(&self.harness.program, token, name, arguments));
        if let Err(problem) = outcome {
            assert_ne!(
                problem.code,
                ErrorCode::Internal,
                "{name} {arguments}: {problem:?}"
            );
        }
    }
}

/// UI-20 to UI-22, SEC-02: no query of a list comes to anything but its rows or a refusal.
#[test]
fn list_queries() {
    const QUERIES: &[&[u8]] = &[
        br#"{"search":"a \"b\" %_","sort":{"column":"name","descending":true}}"#,
        br#"{"criteria":[{"column":"name","test":{"kind":"contains","text":"x'--"}},{"column":"state","test":{"kind":"any_of","values":["up",""]}}]}"#,
        br#"{"criteria":[{"column":"last_contact","test":{"kind":"range","from":-9223372036854775808,"to":9223372036854775807}}]}"#,
        br#"{"criteria":[{"column":"tags","test":{"kind":"empty","value":true}},{"column":"enabled","test":{"kind":"yes_no","value":false}}]}"#,
    ];
    let lists: Vec<&str> = FEATURES
        .commands()
        .map(|command| command.name)
        .filter(|name| name.ends_with(".index"))
        .collect();
    assert!(!lists.is_empty());
    let called = AssertUnwindSafe(Called::new());
    check!().with_test_time(2 * MOMENT).for_each(|input: &[u8]| {
        let Some((list, input)) = input.split_first() else {
            return;
        };
        if let Ok(query) = serde_json::from_slice(&altered(QUERIES, input)) {
            called.call(true, lists[usize::from(*list) % lists.len()], &query);
        }
    });
}

/// GEN-04: whatever is called with whatever arguments is answered or refused with a code; who is not signed in may
/// call anything, who is may ask anything.
#[test]
fn call_arguments() {
    const ARGUMENTS: &[&[u8]] = &[
        br#"{"id":"01890000-0000-7000-8000-000000000000","ids":["01890000-0000-7000-8000-000000000000"]}"#,
        br#"{"list":"customers","organization":null,"name":"x","import":"01890000-0000-7000-8000-000000000000","rows":[1,2]}"#,
        br#"{"login":"a","password":"b","confirmation":"b","zone":"Europe/Berlin","language":"ja","version":1,"days":30}"#,
    ];
    let commands: Vec<&Command> = FEATURES.commands().collect();
    let called = AssertUnwindSafe(Called::new());
    check!().with_test_time(2 * MOMENT).for_each(|input: &[u8]| {
        let Some((choice, input)) = input.split_first() else {
            return;
        };
        let command = commands[usize::from(*choice) % commands.len()];
        let Ok(arguments) = serde_json::from_slice(&altered(ARGUMENTS, input)) else {
            return;
        };
        called.call(false, command.name, &arguments);
        if matches!(command.kind, Kind::Query) {
            called.call(true, command.name, &arguments);
        }
    });
    // It answers as before.
    called.call(true, "session.current", &json!({}));
}
