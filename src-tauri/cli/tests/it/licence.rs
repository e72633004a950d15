//! Issuers and licence keys: a distributor's part, without any workspace, and redeeming them in one (LIC-20, LIC-21).

use crate::place::{Ended, LOGIN, Place};
use flotilla_licence_formats::issuer::{Issuer, Standing, TrustedIssuers};
use flotilla_licence_formats::key::{Grant, LicenceKey, list};
use flotilla_licence_formats::{Name, Quantity};
use serde_json::Value;
use std::collections::BTreeSet;

const PASSPHRASE: &str = "lantern over the harbour";

async fn run(place: &Place, arguments: &str, passphrase: &str) -> Ended {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let mut command = place.command(LOGIN, &arguments);
    let ended = command
        .env("FLOTILLA_ISSUER_PASSPHRASE", passphrase)
        .output()
        .await
        .expect("the program starts");
    Ended::of(ended)
}

/// A folder with an issuer.
async fn with_issuer() -> Place {
    let place = Place::bare(0).await;
    let made = run(
        &place,
        "licence issuer-new --name Nordlicht --secret secret.pem --public public.pem",
        PASSPHRASE,
    )
    .await;
    assert_eq!(made.code, Some(0), "{}", made.complaint);
    assert!(
        made.output.contains(&issuer(&place).key.fingerprint()),
        "{}",
        made.output
    );
    place
}

fn issuer(place: &Place) -> Issuer {
    let text = std::fs::read_to_string(place.file("public.pem")).expect("a file");
    Issuer::from_text(&text).expect("an issuer")
}

fn read(place: &Place, text: &str) -> LicenceKey {
    let issuers = TrustedIssuers::new([(issuer(place), Standing::Trusted)]);
    LicenceKey::read(text, &issuers).expect("a key that is good")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// LIC-21: keys of each kind are good under the issuer's public key, and hold what was asked for. No workspace is made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_issued_without_a_workspace() {
    let place = with_issuer().await;
    assert_eq!(issuer(&place).name, "Nordlicht");
    let quantity = |licence_type: &str, quantity: u32| Quantity {
        licence_type: name(licence_type),
        quantity,
    };
    let cases = [
        (
            "--type core-device --quantity 24 --years 3",
            Grant::Licences {
                licence_type: name("core-device"),
                quantity: 24,
                years: 3,
            },
        ),
        (
            "--expansion core-device=4 --expansion speaker=2",
            Grant::Expansion(vec![quantity("core-device", 4), quantity("speaker", 2)]),
        ),
        (
            "--upgrade core-device=universal-device --quantity 7",
            Grant::Upgrade {
                from: name("core-device"),
                to: name("universal-device"),
                quantity: 7,
            },
        ),
    ];
    for (arguments, grant) in cases {
        let recipient = "0190b7f0-0000-7000-8000-000000000000";
        let arguments = format!(
            "licence issue --issuer secret.pem --product camera-station-pro {arguments} --order 4711 --recipient {recipient} --date 2026-02-28"
        );
        let issued = run(&place, &arguments, PASSPHRASE).await;
        assert_eq!(issued.code, Some(0), "{}", issued.complaint);
        let key = read(&place, &issued.output);
        let contents = key.contents();
        assert_eq!(contents.grant, grant);
        assert_eq!(contents.product, name("camera-station-pro"));
        assert_eq!(contents.order, "4711");
        assert_eq!(
            contents.recipient.map(|id| id.to_string()).as_deref(),
            Some(recipient)
        );
        assert_eq!(
            contents.issued.map(|day| day.to_string()).as_deref(),
            Some("2026-02-28")
        );
    }
    assert!(!place.file("workspace").exists());
}

/// LIC-20, LIC-21: many keys at once, all different, as a file that is read as one of keys, and with their fingerprints.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_keys_at_once() {
    let place = with_issuer().await;
    let issue = "licence issue --issuer secret.pem --product a --type b --quantity 1 --years 5 --count 50";
    let issued = run(&place, &format!("{issue} --output keys.csv"), PASSPHRASE).await;
    assert_eq!(
        (issued.code, issued.output.as_str()),
        (Some(0), ""),
        "{}",
        issued.complaint
    );
    let keys = list::read(&std::fs::read(place.file("keys.csv")).expect("a file")).expect("keys");
    assert_eq!(keys.len(), 50);
    assert!(keys.iter().all(|key| key.repeats.is_none()));
    keys.iter().for_each(|key| drop(read(&place, &key.text)));

    let issued = run(&place, &format!("{issue} --json"), PASSPHRASE).await;
    let described: Vec<Value> = serde_json::from_str(&issued.output).expect("JSON");
    let fingerprints: BTreeSet<&str> = described
        .iter()
        .filter_map(|one| one["fingerprint"].as_str())
        .collect();
    assert_eq!(fingerprints.len(), 50);
    for one in &described {
        let key = read(&place, one["key"].as_str().expect("a key"));
        assert_eq!(one["fingerprint"], key.fingerprint().to_string());
    }
}

/// SEC-03: the secret key is its owner's alone, under a passphrase; what is there is never written over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_secret_key_is_kept_safe() {
    let place = with_issuer().await;
    let secret = std::fs::read_to_string(place.file("secret.pem")).expect("a file");
    assert!(secret.contains("ENCRYPTED PRIVATE KEY"), "{secret}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(place.file("secret.pem"))
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = "licence issuer-new --name Other --secret secret.pem --public other.pem";
    let again = run(&place, again, PASSPHRASE).await;
    assert_eq!(again.code, Some(1));
    assert!(
        again
            .complaint
            .starts_with("file.exists: The file secret.pem already exists"),
        "{}",
        again.complaint
    );
    assert_eq!(
        std::fs::read_to_string(place.file("secret.pem")).expect("a file"),
        secret
    );
    assert!(!place.file("other.pem").exists());
}

/// GEN-04: what goes wrong has its code, its words and its exit code; nothing is printed or written then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_is_said() {
    let place = with_issuer().await;
    let issue = "licence issue --product a --output keys.csv --issuer";
    let licences = "--type b --quantity 1 --years 1";
    for (arguments, passphrase, code, complaint) in [
        (
            format!("{issue} secret.pem {licences}"),
            "another passphrase",
            1,
            "licence-issuer.passphrase: ",
        ),
        (
            format!("{issue} public.pem {licences}"),
            PASSPHRASE,
            1,
            "licence-issuer.not-a-secret: ",
        ),
        (
            format!("{issue} nowhere.pem {licences}"),
            PASSPHRASE,
            1,
            "file.unreadable: ",
        ),
        (
            format!("{issue} secret.pem --type b --quantity 1 --years 6"),
            PASSPHRASE,
            1,
            "licence-key.years: The term must be between 1 and 5 years",
        ),
        (
            format!("{issue} secret.pem --type b --quantity 0 --years 1"),
            PASSPHRASE,
            1,
            "licence-key.quantity: ",
        ),
        (
            format!("{issue} secret.pem --expansion b=1 --expansion b=2"),
            PASSPHRASE,
            1,
            "licence-key.expansion: ",
        ),
        (
            format!("{issue} secret.pem --upgrade b=b --quantity 1"),
            PASSPHRASE,
            1,
            "licence-key.upgrade: ",
        ),
        (format!("{issue} secret.pem"), PASSPHRASE, 2, "cli.usage: "),
        (
            format!("{issue} secret.pem --type b"),
            PASSPHRASE,
            2,
            "cli.usage: ",
        ),
        (
            format!("{issue} secret.pem {licences} --expansion b=1"),
            PASSPHRASE,
            2,
            "cli.usage: ",
        ),
        (
            format!("{issue} secret.pem {licences} --count 10001"),
            PASSPHRASE,
            2,
            "cli.usage: ",
        ),
        (
            "licence issuer-new --name N --secret s.pem --public p.pem".to_owned(),
            "short",
            1,
            "licence-issuer.passphrase-too-short: ",
        ),
    ] {
        let ended = run(&place, &arguments, passphrase).await;
        assert_eq!(ended.code, Some(code), "{arguments}: {}", ended.complaint);
        assert!(
            ended.complaint.contains(complaint),
            "{arguments}: {}",
            ended.complaint
        );
        assert!(ended.output.is_empty(), "{arguments}");
    }
    for file in ["keys.csv", "s.pem", "p.pem", "workspace"] {
        assert!(!place.file(file).exists(), "{file}");
    }
}

/// Redeems for the only organization.
async fn redeem(place: &Place, more: &[&str]) -> Ended {
    let arguments = [&["licence", "redeem", "Werft", "camera-station-pro"], more].concat();
    place.run(&arguments).await
}

/// LIC-20, LIC-21: from an issuer's key to licences in a wallet: trusted, redeemed one by one and from a file, once each; what is wrong
/// with one key is said, and the others are redeemed; nothing is accepted from a revoked issuer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_keys_are_redeemed() {
    let place = with_issuer().await;
    let made = place.run(&["init", "--zone", "Europe/Berlin"]).await;
    assert_eq!(made.code, Some(0), "{}", made.complaint);
    let open = place.open().await;
    let organization = serde_json::json!({ "name": "Werft", "zone": "Europe/Berlin", "language": "en" });
    let organization = open.call("organizations.create", organization).await;
    let register = serde_json::json!({
        "operation": "01890000-0000-7000-9000-000000000001", "organization": organization["id"], "product": "camera-station-pro",
    });
    open.call("licences.register", register).await;
    open.close().await;
    let issue =
        "licence issue --issuer secret.pem --product camera-station-pro --type core --quantity 5 --years 3";
    let issued = run(
        &place,
        &format!("{issue} --count 3 --output keys.csv"),
        PASSPHRASE,
    )
    .await;
    assert_eq!(issued.code, Some(0), "{}", issued.complaint);
    let keys = list::read(&std::fs::read(place.file("keys.csv")).expect("a file")).expect("keys");
    let first = keys[0].text.as_str();
    let refused = redeem(&place, &[first]).await;
    assert!(
        refused.complaint.starts_with("licence-key.unknown-issuer: "),
        "{}",
        refused.complaint
    );
    let shown = place.run(&["licence", "trust", "add", "public.pem"]).await;
    assert!(
        shown.output.contains(&issuer(&place).key.fingerprint()),
        "{}",
        shown.complaint
    );
    assert_eq!(
        place.json(&["licence", "trust", "list", "--json"]).await,
        serde_json::json!([])
    );
    let added = place
        .run(&["licence", "trust", "add", "public.pem", "--yes"])
        .await;
    assert_eq!(added.code, Some(0), "{}", added.complaint);
    let typed_over = redeem(&place, &[first, "--type", "core", "--quantity", "500"]).await;
    assert_eq!(typed_over.code, Some(2));
    assert!(
        typed_over.complaint.starts_with("licence-key.is-signed: "),
        "{}",
        typed_over.complaint
    );
    let done = redeem(&place, &[first]).await;
    assert_eq!(done.code, Some(0), "{}", done.complaint);
    let declared = redeem(&place, &["ABCD-1234", "--type", "core", "--quantity", "2"]).await;
    assert_eq!(declared.code, Some(0), "{}", declared.complaint);
    let many = redeem(&place, &["--file", "keys.csv"]).await;
    assert_eq!(many.code, Some(1));
    assert!(
        many.complaint.starts_with("licence.key-redeemed: "),
        "{}",
        many.complaint
    );
    assert!(many.output.contains("2\tFLK-"), "{}", many.output);
    let rows = place.json(&["licence", "status", "--json"]).await;
    assert_eq!(rows[0]["wallet"], 17, "three keys of five, and two declared");
    let key = issuer(&place).key.id().to_string();
    let revoked = place
        .run(&["licence", "trust", "revoke", &key, "--reason", "Lost"])
        .await;
    assert_eq!(revoked.code, Some(0), "{}", revoked.complaint);
    let issued = run(&place, issue, PASSPHRASE).await;
    let refused = redeem(&place, &[issued.output.trim()]).await;
    assert!(
        refused.complaint.starts_with("licence-key.revoked-issuer: "),
        "{}",
        refused.complaint
    );
    let issuers = place.json(&["licence", "trust", "list", "--json"]).await;
    assert_eq!(
        (&issuers[0]["standing"], &issuers[0]["lots"]),
        (&"revoked".into(), &3.into())
    );
}
