//! `repository …`: packages, whatever their files are called.

use crate::place::Place;
use serde_json::Value;

/// A file whose name would turn the direction of a line, and make another line and another column.
const FILE: &str = "os\u{202e}nib\n\t.exe";
/// What is kept of that name.
const NAME: &str = "osnib.exe";

/// Two packages of different content, whose files have the same name.
async fn with_two() -> Place {
    let place = Place::new(0).await;
    for (folder, content) in [("first", "one"), ("second", "another")] {
        let folder = place.file(folder);
        std::fs::create_dir(&folder).expect("a folder");
        let file = folder.join(FILE);
        std::fs::write(&file, content).expect("a file");
        let added = place
            .run(&["repository", "add", file.to_str().expect("text")])
            .await;
        assert_eq!(added.code, Some(0), "{}", added.complaint);
    }
    place
}

/// SEC-04: a name turns no direction and makes no line and no column.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_move_no_terminal() {
    let place = with_two().await;
    let listed = place.run(&["repository", "list"]).await;
    assert_eq!(listed.code, Some(0), "{}", listed.complaint);
    assert!(!listed.output.contains('\u{202e}'), "{:?}", listed.output);
    let lines: Vec<&str> = listed.output.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("osnib.exe\t"), "{line}");
        assert_eq!(line.split('\t').count(), 7, "{line}");
    }
    let listed = place.run(&["repository", "list", "--json"]).await;
    assert!(!listed.output.contains('\u{202e}'), "{:?}", listed.output);
    let rows: Value = serde_json::from_str(&listed.output).expect("JSON");
    assert_eq!(rows[0]["file_name"], NAME);
}

/// REP-06: of several packages with one file name none is taken; the SHA-256 says which is meant.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_several_is_named_by_its_digest() {
    let place = with_two().await;
    let rows = place.json(&["repository", "list", "--json"]).await;
    let digests: Vec<&str> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["sha256"].as_str())
        .collect();
    assert_eq!(digests.len(), 2);
    for arguments in [
        &["repository", "save", NAME, "copy.bin"][..],
        &["repository", "delete", NAME, "--yes"],
    ] {
        let ended = place.run(arguments).await;
        assert_eq!(ended.code, Some(1), "{}", ended.complaint);
        assert!(
            ended.complaint.starts_with("cli.several: "),
            "{}",
            ended.complaint
        );
        for digest in &digests {
            assert!(ended.complaint.contains(digest), "{}", ended.complaint);
        }
        assert!(!ended.complaint.contains('\u{202e}'), "{:?}", ended.complaint);
    }
    assert!(!place.file("copy.bin").exists());
    let saved = place.run(&["repository", "save", digests[0], "copy.bin"]).await;
    assert_eq!(saved.code, Some(0), "{}", saved.complaint);
    assert!(place.file("copy.bin").exists());
}

/// CRT-11: a server that was never met shows no different certificate; what accepts it is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_was_never_met() {
    let place = Place::new(1).await;
    let solution = &place.fleet.solutions()[0];
    let server = format!("{}:{}", solution.address(), solution.port());
    let address = format!("https://{server}/os.bin");
    let ended = place.run(&["repository", "fetch", &address]).await;
    assert_eq!(ended.code, Some(1), "{}", ended.complaint);
    assert!(
        ended.complaint.starts_with("certificate.not-trusted: ") && ended.complaint.contains(&server),
        "{}",
        ended.complaint
    );
    let certificate: Value = serde_json::from_str(&ended.output).expect("JSON");
    let sha256 = certificate["sha256"].as_str().expect("a fingerprint");
    assert!(
        ended.complaint.contains(&format!("--accept {sha256}")),
        "{}",
        ended.complaint
    );
}
