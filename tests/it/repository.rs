//! The software repository: files come in, are recognised, verified, handed out and deleted (REP-01 to REP-10, RGT-13, RGT-14).

use crate::harness::{Harness, Person};
use crate::people::START;
use flotilla_kernel::clock::days;
use flotilla_kernel::error::{ErrorCode, Parameter};
use flotilla_simulator::{DownloadServer, Fault, FaultRule};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const PIECE: usize = 8 * 1024 * 1024;

/// Bytes that are nobody else's.
fn content(length: usize, seed: u8) -> Vec<u8> {
    (0..length)
        .map(|at| u8::try_from((at / 3 + at % 241) % 256).expect("a byte") ^ seed)
        .collect()
}

fn digest(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// A file in the test's own folder.
fn file(harness: &Harness, name: &str, content: &[u8]) -> PathBuf {
    let path = harness.folder().join(name);
    std::fs::write(&path, content).expect("written");
    path
}

pub async fn add(person: &Person, path: &Path) -> Value {
    let upload = person.choose(path).await.upload;
    person.ok("repository.add", json!({ "upload": upload })).await
}

/// Waits until nothing comes in any more; gives what stopped half-way or was known already.
pub async fn finished(person: &Person) -> Vec<Value> {
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    loop {
        let arrivals = person.ok("repository.arrivals", json!({})).await;
        let arrivals = arrivals.as_array().expect("arrivals").clone();
        let works = person.ok("work.list", json!({})).await;
        let busy = works
            .as_array()
            .expect("work")
            .iter()
            .any(|work| work["finished_at"].is_null());
        if !busy && arrivals.iter().all(|arrival| arrival["state"] != "running") {
            return arrivals;
        }
        tokio::time::timeout(std::time::Duration::from_secs(60), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}

/// Where the content of a package lies.
fn stored(harness: &Harness, sha256: &str) -> PathBuf {
    let folder = harness
        .folder()
        .join("workspace")
        .join("repository")
        .join("content");
    folder.join(&sha256[..2]).join(sha256)
}

/// REP-01, REP-03, REP-04, REP-05, REP-06: a file comes in, is recognised, and lies under its digest; the vendor's is named apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_in() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let firmware = content(3_000_000, 1);
    let sha256 = digest(&firmware);
    let path = file(&harness, "AXIS_P3265-V_12_11_77.bin", &firmware);
    file(
        &harness,
        "AXIS_P3265-V_12_11_77.bin.sha256",
        format!("{sha256}  AXIS_P3265-V_12_11_77.bin\n").as_bytes(),
    );
    add(&chief, &path).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let tool = content(10, 2);
    add(&chief, &file(&harness, "Notes about v9.txt", &tool)).await;
    finished(&chief).await;

    let rows = chief
        .rows(
            "repository",
            json!({ "sort": { "column": "size", "descending": true } }),
        )
        .await;
    assert_eq!(rows.len(), 2);
    let row = &rows[0];
    for (name, value) in [
        ("kind", json!("firmware")),
        ("product", json!("P3265-V")),
        ("version", json!("12.11.77")),
        ("file_name", json!("AXIS_P3265-V_12_11_77.bin")),
        ("added_by", json!("chief")),
        ("size", json!(3_000_000)),
        ("sha256", json!(sha256)),
        ("digest_origin", json!("vendor")),
        ("state", json!("stored")),
        ("doubts", json!([])),
    ] {
        assert_eq!(row[name], value, "{name}");
    }
    assert_eq!(rows[1]["digest_origin"], "computed");
    assert_eq!(std::fs::read(stored(&harness, &sha256)).expect("there"), firmware);
    let found = chief.rows("repository", json!({ "search": "p3265 12.11" })).await;
    assert_eq!(found.len(), 1);

    // The same content again, under another name, is recognised.
    add(&chief, &file(&harness, "copy.bin", &firmware)).await;
    let known = finished(&chief).await;
    assert_eq!(known[0]["state"], "known");
    assert_eq!(known[0]["known_as"]["file_name"], "AXIS_P3265-V_12_11_77.bin");
    chief
        .ok("repository.discard", json!({ "arrival": known[0]["id"] }))
        .await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());

    // What was recognised can be corrected, and not over somebody else's correction.
    let fields =
        json!({ "kind": "tool", "product": " Notes ", "version": "9", "tags": ["old", "old"], "note": "" });
    let save = json!({ "id": rows[1]["id"], "revision": rows[1]["revision"], "fields": fields });
    let saved = chief.ok("repository.save", save.clone()).await;
    assert_eq!(
        (saved["product"].as_str(), saved["tags"].clone()),
        (Some("Notes"), json!(["old"]))
    );
    assert_eq!(chief.refused("repository.save", save).await, ErrorCode::Changed);
    let summary = chief.ok("repository.summary", json!({})).await;
    assert_eq!(
        summary["kinds"][0],
        json!({ "kind": "firmware", "count": 1, "size": 3_000_000 })
    );
    assert!(summary["free"].as_i64().is_some_and(|free| free > 0));
}

/// REP-06: what is not what the vendor published does not come in, and says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_digest_is_refused() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let path = file(&harness, "abe-11.0.0-598.iso", &content(2_000_000, 1));
    file(&harness, "abe-11.0.0-598.sha256", digest(b"another").as_bytes());
    add(&chief, &path).await;
    let arrivals = finished(&chief).await;
    assert_eq!(arrivals[0]["error"], "repository.digest-differs");
    assert_eq!(
        (&arrivals[0]["state"], &arrivals[0]["done"]),
        (&json!("interrupted"), &json!(0))
    );
    assert_eq!(chief.index("repository", json!({})).await, Vec::<String>::new());
    // Mended beside the file, it comes in.
    std::fs::remove_file(harness.folder().join("abe-11.0.0-598.sha256")).expect("removed");
    chief
        .ok("repository.discard", json!({ "arrival": arrivals[0]["id"] }))
        .await;
    add(&chief, &path).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let audit = chief
        .rows("audit", json!({ "search": "abe-11.0.0-598.iso" }))
        .await;
    let results: Vec<&str> = audit
        .iter()
        .filter_map(|entry| entry["result"].as_str())
        .collect();
    assert_eq!(
        results.iter().filter(|result| **result == "failed").count(),
        1,
        "{audit:?}"
    );
    let bad = json!({ "upload": chief.choose(&path).await.upload, "digest": "no digest" });
    assert_eq!(chief.refused("repository.add", bad).await, ErrorCode::FormInvalid);
}

/// REP-05, REP-06: a `.sha256` beside a file that cannot be used is told; what was given for a file is refused when it holds nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digest_that_cannot_be_used_is_told() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let other = format!("{}  another.txt\n", digest(b"other"));
    let large = content(2_000_000, 9);
    let beside: [(&str, Option<&[u8]>); 6] = [
        ("empty", Some(b"")),
        ("garbage", Some(b"garbage")),
        ("other", Some(other.as_bytes())),
        ("large", Some(&large)),
        ("folder", None),
        ("none", None),
    ];
    for (place, (name, text)) in beside.into_iter().enumerate() {
        let seed = u8::try_from(place).expect("few");
        let path = file(&harness, &format!("{name}.txt"), &content(100, seed));
        if let Some(text) = text {
            file(&harness, &format!("{name}.txt.sha256"), text);
        }
        if name == "folder" {
            std::fs::create_dir(harness.folder().join("folder.txt.sha256")).expect("made");
        }
        add(&chief, &path).await;
        assert_eq!(finished(&chief).await, Vec::<Value>::new());
        let rows = chief
            .rows("repository", json!({ "search": format!("{name}.txt") }))
            .await;
        let doubts = if name == "none" {
            json!([])
        } else {
            json!(["digest_unusable"])
        };
        assert_eq!(
            (&rows[0]["digest_origin"], &rows[0]["doubts"]),
            (&json!("computed"), &doubts),
            "{name}"
        );
    }
    // A correction leaves it as it is.
    let rows = chief.rows("repository", json!({ "search": "garbage.txt" })).await;
    let fields = json!({ "kind": "tool", "product": "Notes", "version": "1", "tags": [], "note": "" });
    let save = json!({ "id": rows[0]["id"], "revision": rows[0]["revision"], "fields": fields });
    let saved = chief.ok("repository.save", save).await;
    assert_eq!(saved["doubts"], json!(["digest_unusable"]));

    let path = file(&harness, "given.txt", b"given");
    let blank = json!({ "upload": chief.choose(&path).await.upload, "digest": "\n" });
    let problem = chief.problem("repository.add", blank).await;
    assert_eq!(problem.fields[0].code, ErrorCode::RepositoryNoDigest);
    let begun = json!({ "name": "given.txt", "size": 5, "digest": " " });
    assert_eq!(
        chief.refused("repository.begin_upload", begun).await,
        ErrorCode::FormInvalid
    );
    assert_eq!(chief.ok("repository.arrivals", json!({})).await, json!([]));
}

/// REP-03: what is no file is refused before anything of it is kept, and an empty one is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_file_is_refused_at_once() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mut refused = vec![harness.folder().join("folder.bin"), PathBuf::from(".")];
    std::fs::create_dir(&refused[0]).expect("made");
    #[cfg(unix)]
    {
        let pipe = harness.folder().join("pipe.bin");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("it runs").success());
        refused.extend([pipe, PathBuf::from("/dev/null")]);
    }
    for path in refused {
        let upload = chief.choose(&path).await.upload;
        let problem = chief.problem("repository.add", json!({ "upload": upload })).await;
        assert_eq!(problem.code, ErrorCode::FileUnreadable, "{path:?}");
        assert!(problem.source.is_none(), "the log has nothing to add: {path:?}");
    }
    let empty = file(&harness, "empty.bin", b"");
    let upload = chief.choose(&empty).await.upload;
    let added = chief.problem("repository.add", json!({ "upload": upload })).await;
    let begun = json!({ "name": "empty.bin", "size": 0 });
    let sent = chief.problem("repository.begin_upload", begun).await;
    for problem in [added, sent] {
        assert_eq!(problem.code, ErrorCode::RepositoryEmpty);
        assert_eq!(problem.params.get("name"), Some(&Parameter::from("empty.bin")));
    }
    assert_eq!(chief.ok("repository.arrivals", json!({})).await, json!([]));
    assert_eq!(chief.index("repository", json!({})).await, Vec::<String>::new());
}

/// REP-03, SEC-04: a name is cleaned in the same way whichever way its file comes in; one that is no Unicode is shown as well as can be.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_cleaned() {
    use std::os::unix::ffi::OsStrExt as _;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let name = "a\n\tb\u{202e}nib.exe";
    add(&chief, &file(&harness, name, &content(100, 1))).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let begun = json!({ "name": name, "size": 100 });
    let arrival = chief.ok("repository.begin_upload", begun).await;
    chief
        .ok("repository.discard", json!({ "arrival": arrival["id"] }))
        .await;
    let rows = chief.rows("repository", json!({})).await;
    assert_eq!(rows[0]["file_name"], "abnib.exe");
    assert_eq!(arrival["file_name"], "abnib.exe");

    let bytes = content(100, 2);
    let path = harness
        .folder()
        .join(std::ffi::OsStr::from_bytes(b"tool \xff.bin"));
    std::fs::write(&path, &bytes).expect("written");
    // Its digest lies beside it, under a name that is no Unicode either, and names it by its bytes.
    let mut beside = path.clone().into_os_string();
    beside.push(".sha256");
    let line = [digest(&bytes).as_bytes(), b"  tool \xff.bin\n"].concat();
    std::fs::write(beside, line).expect("written");
    add(&chief, &path).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let rows = chief.rows("repository", json!({ "search": "tool" })).await;
    assert_eq!(
        (&rows[0]["file_name"], &rows[0]["digest_origin"]),
        (&json!("tool \u{fffd}.bin"), &json!("vendor"))
    );
}

/// REP-06: what is altered between being handed out and being saved is not saved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_altered_after_it_was_handed_out_is_not_saved() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let bytes = content(1_000_000, 3);
    add(&chief, &file(&harness, "AdminTools 4.2.exe", &bytes)).await;
    finished(&chief).await;
    let id = chief.index("repository", json!({})).await[0].clone();
    let handed = chief.ok("repository.hand_out", json!({ "id": id })).await;
    let download = serde_json::from_value(handed["download"].clone()).expect("an id");
    let mut altered = bytes.clone();
    altered[100] ^= 1;
    // Over what was handed out, which is the same file.
    std::fs::write(stored(&harness, &digest(&bytes)), &altered).expect("written");
    let workspace = harness.workspace().await;
    let target = harness.folder().join("saved.exe");
    let refused = workspace
        .transfers
        .save(download, chief.session().await, &target)
        .expect_err("altered");
    assert_eq!(refused.code, ErrorCode::RepositoryAltered);
    assert!(!target.exists());
    assert_eq!(
        chief.refused("repository.hand_out", json!({ "id": id })).await,
        ErrorCode::RepositoryAltered
    );
    assert_eq!(chief.rows("repository", json!({})).await[0]["state"], "altered");
}

/// REP-03: what was cancelled or cut off goes on, also after a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_s_file_goes_on_where_it_stopped() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let whole = content(2 * PIECE + 5, 3);
    let begun = json!({ "name": "../ipose_12_0_0.iso", "size": whole.len() });
    let arrival = chief.ok("repository.begin_upload", begun).await;
    assert_eq!(arrival["file_name"], "..ipose_12_0_0.iso");
    let piece = async |person: &Person, place: usize, offset: usize, bytes: &[u8]| {
        let workspace = person.program.workspace().await.expect("open");
        let mut incoming = workspace
            .transfers
            .receive(person.session().await, "piece")
            .expect("room");
        incoming.write(bytes).expect("written");
        let upload = incoming.finish().expect("finished").upload;
        let arguments = json!({
            "arrival": arrival["id"], "offset": offset, "upload": upload,
            "sha256": digest(&whole[place * PIECE..(place * PIECE + bytes.len()).min(whole.len())]),
        });
        person.call("repository.append", arguments).await
    };
    let come = piece(&chief, 0, 0, &whole[..PIECE]).await.expect("taken");
    assert_eq!(
        (&come["done"], come["pieces"].as_array().map(Vec::len)),
        (&json!(PIECE), Some(1))
    );
    // Twice, out of order, or damaged on the way: refused, and nothing is changed.
    let code = |answer: Result<Value, flotilla_kernel::error::Problem>| answer.expect_err("refused").code;
    assert_eq!(
        code(piece(&chief, 0, 0, &whole[..PIECE]).await),
        ErrorCode::RepositoryPiece
    );
    assert_eq!(
        code(piece(&chief, 2, 2 * PIECE, &whole[2 * PIECE..]).await),
        ErrorCode::RepositoryPiece
    );
    let mut damaged = whole[PIECE..2 * PIECE].to_vec();
    damaged[7] ^= 1;
    assert_eq!(
        code(piece(&chief, 1, PIECE, &damaged).await),
        ErrorCode::RepositoryPiece
    );

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let waiting = finished(&chief).await;
    assert_eq!(
        (&waiting[0]["state"], &waiting[0]["done"]),
        (&json!("interrupted"), &json!(PIECE))
    );
    piece(&chief, 1, PIECE, &whole[PIECE..2 * PIECE])
        .await
        .expect("taken");
    piece(&chief, 2, 2 * PIECE, &whole[2 * PIECE..])
        .await
        .expect("taken");
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let rows = chief.rows("repository", json!({})).await;
    assert_eq!(
        (&rows[0]["sha256"], &rows[0]["version"]),
        (&json!(digest(&whole)), &json!("12.0.0"))
    );
}

/// REP-03, CRT-11, PRO-03: from an address; the certificate waits for a yes, a broken line is gone on with, a redirection is followed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn downloads_go_on_where_they_stopped() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let server = DownloadServer::start().await.expect("it listens");
    let image = content(4_000_000, 5);
    server.offer("/files/ipose_12_0_0.iso", image.clone(), "\"a1\"");
    server.redirect("/latest", "/files/ipose_12_0_0.iso");
    let fetch = |path: &str, accept: Value| {
        let digest = if path.ends_with(".iso") {
            digest(&image)
        } else {
            String::new()
        };
        json!({ "address": server.address(path), "accept": accept, "digest": digest })
    };
    let asked = chief
        .ok("repository.fetch", fetch("/files/ipose_12_0_0.iso", Value::Null))
        .await;
    let fingerprint = asked["certificate"]["sha256"]
        .as_str()
        .expect("a certificate")
        .to_owned();
    assert_eq!(
        fingerprint.replace(':', "").to_lowercase(),
        server.fingerprint().expect("one")
    );
    assert_eq!(
        server.counters().requests,
        0,
        "nothing is asked before the certificate is accepted"
    );

    server.set_fault(FaultRule {
        fault: Fault::DropMidBody,
        rate: 1.0,
        times: Some(1),
    });
    chief
        .ok(
            "repository.fetch",
            fetch("/files/ipose_12_0_0.iso", json!(fingerprint)),
        )
        .await;
    let stopped = finished(&chief).await;
    assert_eq!(stopped[0]["error"], "repository.broken");
    let done = stopped[0]["done"].as_u64().expect("a number");
    assert!(done > 0 && done < 4_000_000, "{done}");
    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    chief
        .ok("repository.resume", json!({ "arrival": stopped[0]["id"] }))
        .await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let rows = chief.rows("repository", json!({})).await;
    assert_eq!(
        (&rows[0]["sha256"], &rows[0]["digest_origin"]),
        (&json!(digest(&image)), &json!("vendor"))
    );
    assert_eq!(
        rows[0]["address"],
        json!(server.address("/files/ipose_12_0_0.iso"))
    );

    // The redirection leads to a server that is to be trusted for itself; the pin was for the first address.
    let refused = chief
        .call("repository.fetch", fetch("/latest", json!(fingerprint)))
        .await
        .expect("answered");
    assert!(refused["certificate"].is_object(), "{refused}");
    let missing = chief
        .refused("repository.fetch", fetch("/none", json!(fingerprint)))
        .await;
    assert_eq!(missing, ErrorCode::RepositoryRefused);
    let plain = json!({ "address": server.address("/a").replace("https", "http") });
    assert_eq!(
        chief.refused("repository.fetch", plain).await,
        ErrorCode::FormInvalid
    );
    server.stop();
    let away = chief
        .refused("repository.fetch", fetch("/none", json!(fingerprint)))
        .await;
    assert_eq!(away, ErrorCode::RepositoryUnreachable);
}

/// REP-06, REP-10, CUS-51: what was altered on the disk is never handed out; adding it again mends it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_altered_is_not_handed_out() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let bytes = content(500_000, 6);
    let sha256 = digest(&bytes);
    let path = file(&harness, "AdminTools 4.2.exe", &bytes);
    add(&chief, &path).await;
    finished(&chief).await;
    let id = chief.index("repository", json!({})).await[0].clone();
    let (_, olga) = harness.operator(&chief, "olga").await;
    let handed = olga.ok("repository.hand_out", json!({ "id": id })).await;
    let target = harness.folder().join("saved.exe");
    let download = serde_json::from_value(handed["download"].clone()).expect("an id");
    olga.save(download, &target).await;
    assert_eq!(std::fs::read(&target).expect("saved"), bytes);

    let mut altered = bytes.clone();
    altered[100] ^= 1;
    // Written anew, not over: what was handed out before is another file by now.
    let place = stored(&harness, &sha256);
    std::fs::remove_file(&place).expect("removed");
    std::fs::write(&place, &altered).expect("written");
    harness.clock.advance(days(31));
    let workspace = harness.workspace().await;
    flotilla_core::repository::service::verify_due(&workspace)
        .await
        .expect("verified");
    // A month later nobody is signed in any more.
    let (chief, olga) = (harness.sign_in("chief").await, harness.sign_in("olga").await);
    let rows = chief.rows("repository", json!({})).await;
    assert_eq!(rows[0]["state"], "altered");
    assert_eq!(
        olga.refused("repository.hand_out", json!({ "id": id })).await,
        ErrorCode::RepositoryAltered
    );
    std::fs::remove_file(&place).expect("removed");
    assert_eq!(
        olga.refused("repository.hand_out", json!({ "id": id })).await,
        ErrorCode::RepositoryMissing
    );
    let audit = chief.rows("audit", json!({ "search": "AdminTools" })).await;
    assert!(
        audit
            .iter()
            .any(|entry| entry["act"] == "repository.verified" && entry["result"] == "failed")
    );
    add(&chief, &path).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    assert_eq!(chief.rows("repository", json!({})).await[0]["state"], "stored");
    chief.ok("repository.verify", json!({ "ids": [id] })).await;
    finished(&chief).await;
    assert_eq!(std::fs::read(&place).expect("there"), bytes);
}

/// REP-02, REP-08, RGT-13, RGT-14: everybody may look, administrators add and delete; what was deleted is gone from the disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_delete() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let bytes = content(1_000, 7);
    let path = file(&harness, "a_1_2.bin", &bytes);
    add(&chief, &path).await;
    finished(&chief).await;
    let ids = chief.index("repository", json!({})).await;
    let (_, olga) = harness.operator(&chief, "olga").await;
    assert_eq!(olga.index("repository", json!({})).await, ids);
    let upload = olga.choose(&path).await.upload;
    for (name, arguments) in [
        ("repository.add", json!({ "upload": upload })),
        ("repository.delete", json!({ "ids": ids })),
        ("repository.arrivals", json!({})),
    ] {
        assert_eq!(
            olga.refused(name, arguments).await,
            ErrorCode::RightMissing,
            "{name}"
        );
    }
    let gone = "0197c000-0000-7000-8000-000000000000";
    let outcomes = chief
        .ok("repository.delete", json!({ "ids": [ids[0], gone] }))
        .await;
    let named: Vec<(&Value, &Value)> = outcomes
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| (&outcome["file_name"], &outcome["error"]))
        .collect();
    assert_eq!(
        named,
        [
            (&json!(""), &json!("not-found")),
            (&json!("a_1_2.bin"), &Value::Null)
        ]
    );
    assert!(!stored(&harness, &digest(&bytes)).exists());
}

/// REP-04, REL-01: what a killed program left is thrown away at the next start, and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_nothing_is_swept() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let bytes = content(1_000, 8);
    add(&chief, &file(&harness, "a_1_2.bin", &bytes)).await;
    finished(&chief).await;
    let begun = json!({ "name": "b.bin", "size": 100 });
    chief.ok("repository.begin_upload", begun).await;
    let orphan = stored(&harness, &digest(b"orphan"));
    std::fs::create_dir_all(orphan.parent().expect("a folder")).expect("made");
    std::fs::write(&orphan, b"orphan").expect("written");
    let arriving = harness
        .folder()
        .join("workspace")
        .join("repository")
        .join("arriving");
    let part = arriving.join("0197c000-0000-7000-8000-000000000000");
    std::fs::write(&part, b"half").expect("written");
    std::fs::write(arriving.join("notes.txt"), b"somebody's own").expect("written");
    let workspace = harness.workspace().await;
    flotilla_core::repository::service::sweep(&workspace)
        .await
        .expect("swept");
    assert!(!orphan.exists() && !part.exists());
    assert!(arriving.join("notes.txt").exists());
    assert_eq!(
        std::fs::read(stored(&harness, &digest(&bytes))).expect("there"),
        bytes
    );
    assert_eq!(finished(&chief).await.len(), 1, "what is on its way in stays");
}

/// REP-07: over the limit the oldest images of each product could go, the newest of each stays longest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn images_over_the_limit_are_named() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    for (place, name) in [
        "abe-11.0.0.iso",
        "abe-11.1.0.iso",
        "abe-9.1.0.iso",
        "ipose-12.0.0.iso",
    ]
    .iter()
    .enumerate()
    {
        let seed = u8::try_from(place).expect("few");
        add(&chief, &file(&harness, name, &content(100, seed))).await;
        finished(&chief).await;
    }
    let read = chief.ok("preferences.read", json!({})).await;
    let mut preferences = read["preferences"].clone();
    preferences["repository_images"] = json!(2);
    let save = json!({ "revision": read["revision"], "preferences": preferences });
    chief.ok("preferences.save", save).await;
    let summary = chief.ok("repository.summary", json!({})).await;
    let could_go: Vec<&str> = summary["could_go"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["file_name"].as_str())
        .collect();
    assert_eq!(could_go, ["abe-9.1.0.iso", "abe-11.0.0.iso"]);
}

/// REP-09, PRO-03, CRT-11: what a followed list has appears as remote, is fetched when it is needed, and goes with the list; what was
/// fetched stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_on_the_network_are_followed() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let server = DownloadServer::start().await.expect("it listens");
    let component = content(300_000, 9);
    server.offer("/r/files/webmanager-12.0.0.2.rpm", component.clone(), "\"w\"");
    let line = |name: &str, sha256: &str| json!({ "name": name, "url": format!("files/{name}"), "size": 300_000, "sha256": sha256, "tags": ["cloud"] });
    let list = |lines: &[Value]| json!({ "name": "Vendor", "packages": lines }).to_string();
    let web = line("webmanager-12.0.0.2.rpm", &digest(&component));
    let media = line("mediamanager-12.0.0.1.rpm", &digest(b"never fetched"));
    server.offer("/r/index.json", list(&[web.clone(), media]), "");
    let address = server.address("/r/index.json");
    let asked = chief
        .ok("repository.subscribe", json!({ "address": address }))
        .await;
    let accept = asked["certificate"]["sha256"].clone();
    let followed = chief
        .ok(
            "repository.subscribe",
            json!({ "address": address, "accept": accept }),
        )
        .await;
    let index = followed["index"]["id"].clone();
    assert_eq!(
        (&followed["index"]["name"], &followed["index"]["remote"]),
        (&json!("Vendor"), &json!(2))
    );
    let twice = json!({ "address": address, "accept": accept });
    assert_eq!(
        chief.refused("repository.subscribe", twice).await,
        ErrorCode::FormInvalid
    );
    let rows = chief.rows("repository", json!({ "search": "webmanager" })).await;
    let id = rows[0]["id"].clone();
    assert_eq!(
        (&rows[0]["state"], &rows[0]["version"], &rows[0]["tags"]),
        (&json!("remote"), &json!("12.0.0.2"), &json!(["cloud"]))
    );
    assert_eq!(
        chief.refused("repository.hand_out", json!({ "id": id })).await,
        ErrorCode::RepositoryRemote
    );
    let outcomes = chief.ok("repository.delete", json!({ "ids": [id] })).await;
    assert_eq!(outcomes[0]["error"], "repository.remote");

    chief.ok("repository.fetch_remote", json!({ "id": id })).await;
    assert_eq!(finished(&chief).await, Vec::<Value>::new());
    let rows = chief.rows("repository", json!({ "search": "webmanager" })).await;
    assert_eq!((&rows[0]["id"], &rows[0]["state"]), (&id, &json!("stored")));
    assert_eq!(
        (&rows[0]["added_by"], &rows[0]["digest_origin"]),
        (&json!("chief"), &json!("vendor"))
    );

    // A day later the list is another one; what is no list leaves everything as it was, and says so.
    let workspace = harness.workspace().await;
    server.offer("/r/index.json", "<html>", "");
    harness.clock.advance(days(2));
    flotilla_core::repository::remote::refresh_due(&workspace)
        .await
        .expect("read");
    let chief = harness.sign_in("chief").await;
    let indexes = chief.ok("repository.indexes", json!({})).await;
    assert_eq!(
        (&indexes[0]["error"], &indexes[0]["remote"]),
        (&json!("repository.no-index"), &json!(1))
    );
    server.offer("/r/index.json", list(&[web]), "");
    let read = chief.ok("repository.refresh", json!({ "index": index })).await;
    assert_eq!(
        (&read["error"], &read["stored"], &read["remote"]),
        (&Value::Null, &json!(1), &json!(0))
    );
    chief
        .ok("repository.unsubscribe", json!({ "index": index }))
        .await;
    assert_eq!(chief.ok("repository.indexes", json!({})).await, json!([]));
    assert_eq!(chief.index("repository", json!({})).await.len(), 1);
}
