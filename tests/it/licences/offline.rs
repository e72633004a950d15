//! Systems without a network and hardware through the command table: round trips with the simulator's system, everything that is
//! refused, and what hardware brings (LIC-40, LIC-50 to LIC-52).

use super::{NEW_YEAR, act, at, keys, move_clock, product, started};
use crate::harness::{Harness, Person};
use crate::people::{add_account, add_customer, grant, set_preference};
use flotilla_kernel::error::ErrorCode;
use flotilla_licence_formats::{Name, Quantity, SystemId};
use flotilla_simulator::{OfflineIdentity, OfflineSystem};
use serde_json::{Value, json};
use std::path::PathBuf;

const PRODUCT: &str = "camera-station-pro";

/// The day by the clocks of both sides.
fn new_year() -> chrono::NaiveDate {
    "2026-01-01".parse().expect("a date")
}

fn system(name: &str, product: &str, core: u32, signs: bool) -> OfflineSystem {
    let identity = OfflineIdentity {
        product: Name::new(product).expect("a name"),
        product_version: "6.4".to_owned(),
        system: SystemId::new(name).expect("a name"),
        hardware: vec!["ACCC8E000001".to_owned()],
        signs,
    };
    let mut system = OfflineSystem::new(identity).expect("a system");
    system.set_needs(vec![Quantity {
        licence_type: Name::new("core").expect("a name"),
        quantity: core,
    }]);
    system
}

fn write(harness: &Harness, name: &str, bytes: &[u8]) -> PathBuf {
    let path = harness.folder().join(name);
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// Has a file read; the preview, or why not.
async fn read(
    harness: &Harness,
    person: &Person,
    organization: &str,
    bytes: &[u8],
) -> Result<Value, ErrorCode> {
    let upload = person.choose(&write(harness, "file", bytes)).await;
    let arguments = json!({ "organization": organization, "product": PRODUCT, "upload": upload.upload });
    let read = person.call("licences.read_system_file", arguments).await;
    read.map_err(|problem| problem.code)
}

async fn accept(harness: &Harness, person: &Person, organization: &str, bytes: &[u8]) -> Value {
    let preview = read(harness, person, organization, bytes)
        .await
        .expect("it can be read");
    let accept = json!({ "digest": preview["digest"] });
    person
        .ok("licences.accept_system_file", act(organization, accept))
        .await;
    preview
}

async fn systems(person: &Person, organization: &str) -> Value {
    let arguments = json!({ "organization": organization, "product": PRODUCT });
    person.ok("licences.offline_systems", arguments).await
}

async fn id_of(person: &Person, organization: &str, identity: &str) -> Value {
    let found = systems(person, organization).await;
    let all = found["systems"].as_array().expect("systems");
    let mut named = all.iter().filter(|one| one["identity"] == identity);
    named.next().expect("it is listed")["id"].clone()
}

async fn issue(person: &Person, organization: &str, system: &Value, more: Value) -> Result<Value, ErrorCode> {
    let mut choice = json!({ "years": 1 });
    let fields = choice.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    let arguments = act(organization, json!({ "system": system, "choice": choice }));
    let issued = person.call("licences.issue_offline", arguments).await;
    issued.map_err(|problem| problem.code)
}

/// A file that the program hands over.
async fn saved(harness: &Harness, person: &Person, name: &str, arguments: Value) -> Vec<u8> {
    let download = person.ok(name, arguments).await;
    let target = harness.folder().join("saved");
    let id = serde_json::from_value(download["download"].clone()).expect("an id");
    person.save(id, &target).await;
    std::fs::read(target).expect("a file")
}

async fn answer(harness: &Harness, person: &Person, organization: &str, system: &Value) -> Vec<u8> {
    let arguments = json!({ "organization": organization, "system": system });
    saved(harness, person, "licences.save_offline", arguments).await
}

async fn trusting(harness: &Harness, person: &Person, organization: &str, system: &mut OfflineSystem) {
    let arguments = json!({ "organization": organization });
    let issuer = saved(harness, person, "licences.save_issuer", arguments).await;
    system
        .trust(&String::from_utf8(issuer).expect("text"))
        .expect("an issuer");
}

/// What is in the tables of licences: how many rows each has, and the hash of the ledger's last entry.
async fn state(harness: &Harness) -> Vec<(String, i64, String)> {
    let workspace = harness.workspace().await;
    let mut connection = workspace.database.read().await.expect("a reader");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'licence_%' ORDER BY name",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("the tables");
    let mut state = Vec::new();
    for table in tables {
        let text = if table == "licence_head" {
            "(SELECT hex(hash) FROM licence_head)"
        } else if table == "licence_offline_system" {
            "(SELECT group_concat(state || sequence || answer_sequence || needs || hex(coalesce(request, ''))) FROM licence_offline_system)"
        } else {
            "''"
        };
        let query = format!("SELECT count(*), coalesce({text}, '') FROM {table}");
        let (rows, text): (i64, String) = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .fetch_one(&mut *connection)
            .await
            .expect("a count");
        state.push((table, rows, text));
    }
    state
}

/// LIC-15, LIC-50, LIC-51: a round trip: what the system asks for is needed, comes out of the wallet into its file, is taken in there,
/// and is confirmed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_trip() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 0).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 20, 1)))
        .await;
    let mut cabinet = system("cabinet-7", PRODUCT, 12, true);
    let request = cabinet.request(new_year()).expect("a request");
    let preview = accept(&harness, &chief, &organization, &request).await;
    assert_eq!(
        (
            &preview["kind"],
            &preview["system"],
            &preview["needs"][0]["quantity"]
        ),
        (&json!("request"), &json!("cabinet-7"), &json!(12))
    );
    let details = product(&chief, &organization).await;
    assert_eq!(
        details["need"],
        json!([{ "licence_type": "core", "quantity": 12 }])
    );
    let id = id_of(&chief, &organization, "cabinet-7").await;
    let plan =
        json!({ "organization": organization, "product": PRODUCT, "system": id, "choice": { "years": 1 } });
    let plan = chief.ok("licences.plan_offline", plan).await;
    assert_eq!(
        (
            &plan["lines"][0]["quantity"],
            &plan["lines"][0]["until"],
            &plan["missing"]
        ),
        (&json!(12), &json!("2026-12-31"), &json!([]))
    );
    issue(&chief, &organization, &id, json!({}))
        .await
        .expect("issued");
    let details = product(&chief, &organization).await;
    assert_eq!(
        (&details["wallet"][0]["quantity"], &details["status"]["kind"]),
        (&json!(8), &json!("licensed"))
    );
    let row = systems(&chief, &organization).await["systems"][0].clone();
    assert_eq!(
        (&row["state"], &row["pending"][0]["quantity"], &row["expires"]),
        (&json!("pending"), &json!(12), &json!("2026-04-01"))
    );
    let answer = answer(&harness, &chief, &organization, &id).await;
    trusting(&harness, &chief, &organization, &mut cabinet).await;
    let confirmation = cabinet.take(&answer, new_year()).expect("the system takes it in");
    assert_eq!(cabinet.licences()[0].quantity, 12);
    let preview = read(&harness, &chief, &organization, &confirmation)
        .await
        .expect("a confirmation");
    assert_eq!(
        (&preview["kind"], &preview["returned"]),
        (&json!("confirmation"), &json!(false))
    );
    let confirm = act(&organization, json!({ "digest": preview["digest"] }));
    chief.ok("licences.confirm_offline", confirm).await;
    let row = systems(&chief, &organization).await["systems"][0].clone();
    assert_eq!(
        (&row["state"], &row["holds"][0]["quantity"]),
        (&json!("licensed"), &json!(12))
    );
    // It grows, asks again, and has in the new file what it had and what is new.
    cabinet.set_needs(vec![Quantity {
        licence_type: Name::new("core").expect("a name"),
        quantity: 15,
    }]);
    let request = cabinet.request(new_year()).expect("a request");
    accept(&harness, &chief, &organization, &request).await;
    issue(&chief, &organization, &id, json!({}))
        .await
        .expect("issued");
    let newer = self::answer(&harness, &chief, &organization, &id).await;
    let returned = cabinet
        .give_back(&newer, new_year())
        .expect("it gives everything back");
    let preview = read(&harness, &chief, &organization, &returned)
        .await
        .expect("a confirmation");
    assert_eq!(preview["returned"], true);
    let confirm = act(&organization, json!({ "digest": preview["digest"] }));
    chief.ok("licences.confirm_offline", confirm).await;
    let details = product(&chief, &organization).await;
    assert_eq!(
        (&details["wallet"][0]["quantity"], &details["need"]),
        (&json!(8), &json!([]))
    );
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
}

/// LIC-52: every file that is not taken has its own code, and leaves everything as it was; the same file twice is reported.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_changes_nothing() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 0).await;
    let other = started(&chief, "Miramar", 0).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 20, 1)))
        .await;
    let mut cabinet = system("cabinet-7", PRODUCT, 5, true);
    let older = cabinet.request(new_year()).expect("a request");
    let request = cabinet.request(new_year()).expect("a request");
    accept(&harness, &chief, &organization, &request).await;
    let id = id_of(&chief, &organization, "cabinet-7").await;
    issue(&chief, &organization, &id, json!({}))
        .await
        .expect("issued");
    let file = answer(&harness, &chief, &organization, &id).await;
    trusting(&harness, &chief, &organization, &mut cabinet).await;
    let mut twin = cabinet.clone();
    let confirmation = cabinet.take(&file, new_year()).expect("taken in");
    let newer = cabinet.request(new_year()).expect("a request");
    let future = twin
        .request("2026-02-01".parse().expect("a date"))
        .expect("a request");
    let forged = system("cabinet-7", PRODUCT, 500, true)
        .request(new_year())
        .expect("a request");
    let unsigned = system("cabinet-7", PRODUCT, 500, false)
        .request(new_year())
        .expect("a request");
    let foreign = system("cabinet-8", "camera-station-edge", 1, true)
        .request(new_year())
        .expect("a request");
    let changed = |bytes: &[u8], change: fn(&mut Vec<u8>)| {
        let mut bytes = bytes.to_vec();
        change(&mut bytes);
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, ErrorCode)> = vec![
        ("the same", request.clone(), ErrorCode::LicenceFileAlreadyRead),
        ("an older one", older, ErrorCode::LicenceFileSequenceNotHigher),
        (
            "a flipped bit",
            changed(&newer, |bytes| bytes[120] ^= 1),
            ErrorCode::LicenceFileDamaged,
        ),
        (
            "cut short",
            changed(&newer, |bytes| bytes.truncate(200)),
            ErrorCode::LicenceFileTruncated,
        ),
        (
            "longer",
            changed(&newer, |bytes| bytes.push(0)),
            ErrorCode::LicenceFileExtended,
        ),
        (
            "another version",
            changed(&newer, |bytes| bytes[8] = 9),
            ErrorCode::LicenceFileUnknownVersion,
        ),
        ("its own answer", file.clone(), ErrorCode::LicenceFileWrongKind),
        ("another key", forged, ErrorCode::LicenceFileUnknownKey),
        ("not signed", unsigned, ErrorCode::LicenceFileNotSigned),
        ("another product", foreign, ErrorCode::LicenceFileWrongProduct),
        (
            "of tomorrow's tomorrow",
            future,
            ErrorCode::LicenceFileNotYetValid,
        ),
        (
            "too large",
            vec![7; flotilla_licence_formats::container::FILE_LIMIT + 1],
            ErrorCode::LicenceFileTooLarge,
        ),
        (
            "line ends changed",
            changed(&newer, |bytes| {
                bytes.remove(4);
            }),
            ErrorCode::LicenceFileChangedAsText,
        ),
    ];
    let before = state(&harness).await;
    for (what, bytes, code) in cases {
        assert_eq!(
            read(&harness, &chief, &organization, &bytes).await.err(),
            Some(code),
            "{what}"
        );
        assert_eq!(state(&harness).await, before, "{what}");
    }
    // For another organization's system nobody answers, and a confirmation is for who issued the file.
    assert_eq!(
        read(&harness, &chief, &other, &newer).await.err(),
        Some(ErrorCode::LicenceOfflineElsewhere)
    );
    assert_eq!(
        read(&harness, &chief, &other, &confirmation).await.err(),
        Some(ErrorCode::LicenceFileWrongSystem)
    );
    // A file that was read by one act is looked at again in it: two windows take the same one, and it counts once.
    let preview = read(&harness, &chief, &organization, &confirmation)
        .await
        .expect("it can be taken");
    let confirm = |digest: &Value| act(&organization, json!({ "digest": digest }));
    chief
        .ok("licences.confirm_offline", confirm(&preview["digest"]))
        .await;
    let before = state(&harness).await;
    for (bytes, code) in [
        (&b"Licences: 4"[..], ErrorCode::LicenceFileNotOurs),
        (&newer, ErrorCode::LicenceFileWrongKind),
    ] {
        let other = read(&harness, &chief, &organization, bytes)
            .await
            .expect("it can be read");
        let refused = chief
            .refused("licences.confirm_offline", confirm(&other["digest"]))
            .await;
        assert_eq!(refused, code);
    }
    assert_eq!(
        chief
            .refused("licences.confirm_offline", confirm(&preview["digest"]))
            .await,
        ErrorCode::LicenceFileAlreadyRead
    );
    assert_eq!(
        read(&harness, &chief, &organization, &confirmation).await.err(),
        Some(ErrorCode::LicenceFileAlreadyRead)
    );
    assert_eq!(
        chief
            .refused("licences.accept_system_file", confirm(&preview["digest"]))
            .await,
        ErrorCode::LicenceFileWrongKind
    );
    assert_eq!(
        chief
            .refused("licences.accept_system_file", confirm(&json!("00")))
            .await,
        ErrorCode::TransferGone
    );
    assert_eq!(
        issue(&chief, &organization, &id, json!({})).await.err(),
        Some(ErrorCode::LicenceOfflineNoRequest)
    );
    assert_eq!(state(&harness).await, before);
}

/// LIC-50, LIC-51: another file is kept with its hash, a person enters what it says, and attests what became of the licence file; what
/// nobody confirmed lapses; a lost system is replaced as often as the preference says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_hand() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 0).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 9, 1)))
        .await;
    let enter = |name: &str, digest: &Value| {
        let entered = json!({
            "system": name, "version": "5", "hardware": [], "needs": [{ "licence_type": "core", "quantity": 4 }], "reference": "page 2",
        });
        act(&organization, json!({ "digest": digest, "entered": entered }))
    };
    for name in ["old-1", "new-1", "new-2"] {
        let text = format!("Name = {name}\nLicences: 4\n");
        let preview = read(&harness, &chief, &organization, text.as_bytes())
            .await
            .expect("it can be read");
        assert_eq!(
            (&preview["kind"], &preview["values"][1]["value"]),
            (&json!("other"), &json!("4"))
        );
        let plain = act(&organization, json!({ "digest": preview["digest"] }));
        assert_eq!(
            chief.refused("licences.accept_system_file", plain).await,
            ErrorCode::LicenceFileNotOurs
        );
        chief
            .ok("licences.accept_system_file", enter(name, &preview["digest"]))
            .await;
        assert_eq!(
            read(&harness, &chief, &organization, text.as_bytes()).await.err(),
            Some(ErrorCode::LicenceFileAlreadyRead)
        );
    }
    let old = id_of(&chief, &organization, "old-1").await;
    let attest = |system: &Value, outcome: &str| {
        act(
            &organization,
            json!({ "system": system, "outcome": outcome, "reason": "told on the telephone" }),
        )
    };
    assert_eq!(
        chief
            .refused("licences.attest_offline", attest(&old, "confirmed"))
            .await,
        ErrorCode::LicenceOfflineNothing
    );
    issue(&chief, &organization, &old, json!({}))
        .await
        .expect("issued");
    chief
        .ok("licences.attest_offline", attest(&old, "confirmed"))
        .await;
    let history = json!({ "organization": organization, "search": "telephone" });
    let attested = chief.rows("licence_history", history).await;
    assert_eq!(
        (&attested[0]["kind"], &attested[0]["event"]["attested"]),
        (&json!("offline_confirmed"), &json!("told on the telephone"))
    );
    set_preference(&chief, "offline_rehosts", json!(0)).await;
    let new = id_of(&chief, &organization, "new-1").await;
    assert_eq!(
        issue(&chief, &organization, &new, json!({ "replaces": old }))
            .await
            .err(),
        Some(ErrorCode::LicenceOfflineTooManyLost)
    );
    set_preference(&chief, "offline_rehosts", json!(1)).await;
    issue(&chief, &organization, &new, json!({ "replaces": old }))
        .await
        .expect("re-hosted");
    let found = systems(&chief, &organization).await;
    let lost = found["systems"].as_array().expect("systems");
    let lost = lost.iter().find(|one| one["id"] == old).expect("it stays listed");
    assert_eq!(
        (&lost["state"], &lost["replaced_by"], &found["rehosts_left"]),
        (&json!("lost"), &json!("new-1"), &json!(0))
    );
    // Four went with the replacement; the wallet has five, of which the third system gets four.
    let third = id_of(&chief, &organization, "new-2").await;
    issue(&chief, &organization, &third, json!({}))
        .await
        .expect("issued");
    let lapse = |system: &Value| {
        act(
            &organization,
            json!({ "system": system, "reason": "never arrived" }),
        )
    };
    assert_eq!(
        chief.refused("licences.lapse_offline", lapse(&third)).await,
        ErrorCode::LicenceOfflineNotOver
    );
    let chief = move_clock(&harness, "2026-04-02").await;
    chief.ok("licences.lapse_offline", lapse(&third)).await;
    let details = product(&chief, &organization).await;
    assert_eq!(details["wallet"][0]["quantity"], 5);
    chief
        .ok("licences.attest_offline", attest(&third, "returned"))
        .await;
    chief
        .ok("licences.attest_offline", attest(&old, "returned"))
        .await;
    assert_eq!(systems(&chief, &organization).await["rehosts_left"], 1);
    assert_eq!(product(&chief, &organization).await["need"][0]["quantity"], 4);
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
}

/// LIC-40: hardware's licences count where it is registered, rest when it is removed, and count at whichever one organization registers
/// the serial number next, with what it always carried.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hardware_carries_licences() {
    let (harness, chief) = at(NEW_YEAR).await;
    let one = started(&chief, "Kaufhaus Bergmann", 10).await;
    let other = started(&chief, "Miramar", 10).await;
    let need = async |organization: &str| product(&chief, organization).await["need"][0]["quantity"].clone();
    let register = |organization: &str, serial: &str, licences: Value, reference: &str| {
        let more =
            json!({ "serial": serial, "model": "S1216", "licences": licences, "reference": reference });
        act(organization, more)
    };
    let four = json!([{ "licence_type": "core", "quantity": 4 }]);
    assert_eq!(
        chief
            .refused(
                "licences.register_hardware",
                register(&one, "B8A4-1", json!([]), "")
            )
            .await,
        ErrorCode::LicenceHardwareUnknown
    );
    assert_eq!(
        chief
            .refused(
                "licences.register_hardware",
                register(&one, "B8A4-1", four.clone(), " ")
            )
            .await,
        ErrorCode::FormInvalid
    );
    chief
        .ok(
            "licences.register_hardware",
            register(&one, "B8A4-1", four.clone(), "delivery note 7"),
        )
        .await;
    assert_eq!(need(&one).await, 6);
    for organization in [&one, &other] {
        assert_eq!(
            chief
                .refused(
                    "licences.register_hardware",
                    register(organization, "b8a4 1", four.clone(), "x")
                )
                .await,
            ErrorCode::LicenceHardwareActive
        );
    }
    let remove = |organization: &str| act(organization, json!({ "serial": "b8a41", "reason": "sold" }));
    assert_eq!(
        chief.refused("licences.remove_hardware", remove(&other)).await,
        ErrorCode::NotFound
    );
    chief.ok("licences.remove_hardware", remove(&one)).await;
    assert_eq!((need(&one).await, need(&other).await), (json!(10), json!(10)));
    let nine = json!([{ "licence_type": "core", "quantity": 9 }]);
    chief
        .ok(
            "licences.register_hardware",
            register(&other, "B8A4-1", nine, "bought"),
        )
        .await;
    assert_eq!((need(&one).await, need(&other).await), (json!(10), json!(6)));
    let row = systems(&chief, &other).await["hardware"][0].clone();
    assert_eq!(
        (&row["state"], &row["licences"], &row["reference"]),
        (&json!("active"), &four, &json!("delivery note 7"))
    );
    assert_eq!(systems(&chief, &one).await["hardware"], json!([]));
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
    drop(harness);
}

/// LIC-51, SEC-02: who only looks at licences sees the systems and changes nothing; a file that one session has read no other takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 0).await;
    let foreign = add_customer(&chief, "Miramar").await;
    let account = add_account(&chief, "steward", "operator").await;
    grant(&chief, &organization, &account, "admin", &[]).await;
    let steward = harness.sign_in("steward").await;
    let request = system("cabinet-7", PRODUCT, 5, true)
        .request(new_year())
        .expect("a request");
    assert_eq!(
        read(&harness, &steward, &foreign, &request).await.err(),
        Some(ErrorCode::NotFound)
    );
    let preview = read(&harness, &steward, &organization, &request)
        .await
        .expect("it can be read");
    let accept = || act(&organization, json!({ "digest": preview["digest"] }));
    assert_eq!(
        chief.refused("licences.accept_system_file", accept()).await,
        ErrorCode::TransferGone
    );
    steward.ok("licences.accept_system_file", accept()).await;
    // The key that signs stands nowhere outside.
    let secret = {
        let workspace = harness.workspace().await;
        let arguments = json!({ "organization": organization });
        saved(&harness, &steward, "licences.save_issuer", arguments).await;
        let mut connection = workspace.database.read().await.expect("a reader");
        let seed: Vec<u8> = sqlx::query_scalar("SELECT seed FROM licence_file_signer")
            .fetch_one(&mut *connection)
            .await
            .expect("a key");
        seed
    };
    let list = systems(&steward, &organization).await.to_string();
    assert!(!list.contains(&hex::encode(&secret)), "no secret on the wire");
}
