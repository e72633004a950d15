//! A round trip between a workspace and a system without a network, with the real programs in a shell (LIC-50 to LIC-52).

use crate::place::{Ended, LOGIN, Place};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const PRODUCT: &str = "camera-station-pro";
const OWNER: &str = "Kaufhaus Bergmann";

/// The simulator, which is built beside this program.
fn simulator() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_flotilla-cli"))
        .with_file_name(format!("flotilla-simulator{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "cargo build -p flotilla-simulator makes {}",
        path.display()
    );
    path
}

/// Runs the simulator's system with this state file.
async fn play(place: &Place, act: &str, state: &str, arguments: &[&str]) -> Ended {
    let mut command = tokio::process::Command::new(simulator());
    command.args([act, "--state", state]).args(arguments);
    place.prepare(&mut command, LOGIN);
    Ended::of(command.output().await.expect("the simulator starts"))
}

async fn played(place: &Place, act: &str, state: &str, arguments: &[&str]) {
    let ended = play(place, act, state, arguments).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
}

async fn offline(place: &Place, act: &str, arguments: &[&str]) -> Ended {
    let all = [&["licence", "offline", act, OWNER, PRODUCT], arguments].concat();
    place.run(&all).await
}

async fn done(place: &Place, act: &str, arguments: &[&str]) -> String {
    let ended = offline(place, act, arguments).await;
    assert_eq!(ended.code, Some(0), "{act}: {}", ended.complaint);
    ended.output
}

async fn status(place: &Place) -> Value {
    serde_json::from_str(&done(place, "status", &["--json"]).await).expect("JSON")
}

/// The ledger, as far as it goes.
async fn ledger(place: &Place) -> String {
    let ended = place.run(&["licence", "journal", OWNER, "--json"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    ended.output
}

/// A workspace with an organization that has ten Core in the wallet of a running subscription.
async fn prepared() -> Place {
    let place = Place::new(0).await;
    let open = place.open().await;
    let owner = json!({ "name": OWNER, "zone": "Europe/Berlin", "language": "en" });
    let owner = open.call("organizations.create", owner).await["id"].clone();
    for (number, (name, more)) in (1..).zip([
        ("licences.register", json!({})),
        ("licences.start", json!({ "together_with": null })),
    ]) {
        let mut arguments = json!({
            "operation": format!("01890000-0000-7000-9000-{number:012}"), "organization": owner, "product": PRODUCT,
        });
        let fields = arguments.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        open.call(name, arguments).await;
    }
    open.close().await;
    let redeemed = place
        .run(&[
            "licence",
            "redeem",
            OWNER,
            PRODUCT,
            "AB12-CD34-EF56",
            "--type",
            "core",
            "--quantity",
            "10",
        ])
        .await;
    assert_eq!(redeemed.code, Some(0), "{}", redeemed.complaint);
    place
}

/// LIC-50, LIC-51, LIC-52: request, licence file, confirmation; then the same file again, an older one, one for another system, one with
/// a flipped bit, one cut short: each is refused with words of its own, and nothing changes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_trip_in_a_shell() {
    let place = prepared().await;
    let need = ["--system", "cabinet-7", "--need", "core=6", "--output"];
    played(
        &place,
        "offline-request",
        "cabinet.json",
        &[&need[..], &["older"]].concat(),
    )
    .await;
    played(
        &place,
        "offline-request",
        "cabinet.json",
        &["--output", "request"],
    )
    .await;
    done(&place, "request", &["request"]).await;
    let plan = done(&place, "issue", &["cabinet-7"]).await;
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    assert_eq!(
        (&plan["lines"][0]["quantity"], &plan["missing"]),
        (&json!(6), &json!([]))
    );
    done(&place, "issue", &["cabinet-7", "--yes", "--file", "answer"]).await;
    let issuer = place
        .run(&["licence", "offline", "issuer", OWNER, "--file", "issuer.pem"])
        .await;
    assert_eq!(issuer.code, Some(0), "{}", issuer.complaint);
    let confirm = [
        "--response",
        "answer",
        "--issuer",
        "issuer.pem",
        "--output",
        "confirmation",
    ];
    played(&place, "offline-confirm", "cabinet.json", &confirm).await;

    // The system refuses what is not for it, too.
    played(
        &place,
        "offline-request",
        "other.json",
        &["--system", "other-1", "--need", "core=1", "--output", "other"],
    )
    .await;
    let ended = play(&place, "offline-confirm", "other.json", &confirm).await;
    assert!(
        ended.complaint.contains("licence-file.wrong-system"),
        "{}",
        ended.complaint
    );

    played(&place, "offline-request", "cabinet.json", &["--output", "newer"]).await;
    let bytes = |name: &str| std::fs::read(place.file(name)).expect("a file");
    let mut flipped = bytes("newer");
    flipped[150] ^= 4;
    std::fs::write(place.file("flipped"), flipped).expect("a file");
    let newer = bytes("newer");
    std::fs::write(place.file("cut"), &newer[..newer.len() - 20]).expect("a file");
    let before = ledger(&place).await;
    let mut words = std::collections::BTreeSet::new();
    for (act, file, part) in [
        ("request", "request", "already been processed"),
        ("request", "older", "older than one already processed"),
        ("request", "flipped", "damaged"),
        ("request", "cut", "incomplete"),
        ("confirm", "other", "This is a system file"),
        ("request", "issuer.pem", "not a Flotilla licence file"),
    ] {
        let ended = offline(&place, act, &[file]).await;
        assert_eq!(ended.code, Some(1), "{file}: {}{}", ended.output, ended.complaint);
        assert!(ended.complaint.contains(part), "{file}: {}", ended.complaint);
        assert!(words.insert(ended.complaint), "words of its own");
    }
    assert_eq!(ledger(&place).await, before);
    done(&place, "confirm", &["confirmation"]).await;
    let again = offline(&place, "confirm", &["confirmation"]).await;
    assert!(
        again.complaint.contains("already been processed"),
        "{}",
        again.complaint
    );
    assert_eq!(status(&place).await[0]["state"], "licensed");
    let returned = [
        "--attest",
        "returned",
        "--system",
        "cabinet-7",
        "--reason",
        "scrapped",
    ];
    done(&place, "confirm", &returned).await;
}
