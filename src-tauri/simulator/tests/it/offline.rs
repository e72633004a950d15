//! A system without a network, at the command line and as a library (LIC-50 to LIC-53).
use chrono::NaiveDate;
use flotilla_licence_formats::container::{
    Digest, OfflineLicence, Outcome, Refusal, Response, confirmation, request, response,
};
use flotilla_licence_formats::issuer::{Issuer, SecretKey};
use flotilla_licence_formats::{Name, Quantity, SystemId};
use flotilla_simulator::{MARK, OfflineError, OfflineIdentity, OfflineSystem};
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn workspace() -> SecretKey {
    SecretKey::from_seed(&[5; 32])
}

fn issuer() -> String {
    let issuer = Issuer {
        name: "Workspace".to_owned(),
        key: workspace().public(),
    };
    issuer.to_text().expect("a file")
}

fn answer(request: &[u8], sequence: u64, secret: &SecretKey) -> Vec<u8> {
    let received = request::read(request).expect("a request");
    let licences = received.content.needs.iter().map(|need| OfflineLicence {
        licence_type: need.licence_type.clone(),
        quantity: need.quantity,
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        reference: String::new(),
    });
    let response = Response {
        request: received.digest,
        product: received.content.product,
        system: received.content.system,
        sequence,
        issued: day("2026-03-02"),
        expires: day("2026-06-02"),
        licences: licences.collect(),
        replaces: None,
    };
    response::write(&response, secret).expect("a file")
}

fn system(signs: bool) -> OfflineSystem {
    let identity = OfflineIdentity {
        product: name("camera-station-pro"),
        product_version: "6.4".to_owned(),
        system: SystemId::new("simulated-1").expect("an id"),
        hardware: vec!["ACCC8E000001".to_owned()],
        signs,
    };
    let mut system = OfflineSystem::new(identity).expect("a system");
    system.set_needs(vec![Quantity {
        licence_type: name("core-device"),
        quantity: 12,
    }]);
    system
}

/// The program in a folder of its own.
struct Place(TempDir);

impl Place {
    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.file(name)).expect("a file")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.file(name), bytes).expect("a file");
    }

    /// Gives the complaint, empty when it worked.
    fn run(&self, arguments: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_flotilla-simulator"))
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .output()
            .expect("the program starts");
        let complaint = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.success(), complaint.is_empty(), "{complaint}");
        complaint
    }
}

/// LIC-50, LIC-51: the round trip at the command line, and licences that are given back.
#[test]
fn a_round_trip_at_the_command_line() {
    let place = Place(tempfile::tempdir().expect("a folder"));
    let request = "offline-request --state system.json --output request --date 2026-03-01";
    assert_eq!(
        place.run(&format!(
            "{request} --need core-device=12 --hardware ACCC8E000001"
        )),
        ""
    );
    let first = request::read(&place.bytes("request")).expect("a request");
    assert_eq!(first.content.sequence, 1);
    assert_eq!(first.content.hardware, [MARK, "ACCC8E000001"]);
    assert!(first.signer.is_some());
    // A later one needs the same, has a higher number and the same key.
    assert_eq!(place.run(request), "");
    let second = request::read(&place.bytes("request")).expect("a request");
    assert_eq!((second.content.sequence, second.signer), (2, first.signer));
    assert_eq!(second.content.needs, first.content.needs);

    place.write("workspace.pem", issuer());
    place.write("response", answer(&place.bytes("request"), 1, &workspace()));
    let confirm =
        "offline-confirm --state system.json --response response --output confirmation --date 2026-03-03";
    let unknown = place.run(confirm);
    assert!(unknown.contains("licence-file.unknown-key: "), "{unknown}");
    assert!(!place.file("confirmation").exists());
    assert_eq!(place.run(&format!("{confirm} --issuer workspace.pem")), "");
    let confirmed = confirmation::read(&place.bytes("confirmation")).expect("a confirmation");
    assert_eq!(confirmed.content.outcome, Outcome::Confirmed);
    assert_eq!(confirmed.content.response, Digest::of(&place.bytes("response")));
    assert_eq!((confirmed.content.sequence, confirmed.signer), (3, first.signer));

    let again = place.run(confirm);
    assert!(again.contains("licence-file.already-read: "), "{again}");
    assert_eq!(place.run(&format!("{confirm} --return")), "");
    let returned = confirmation::read(&place.bytes("confirmation")).expect("a confirmation");
    assert_eq!(
        (returned.content.outcome, returned.content.sequence),
        (Outcome::Returned, 4)
    );
    let kept = OfflineSystem::read(&place.file("system.json")).expect("its state");
    assert!(kept.licences().is_empty());
    let twice = place.run(&format!("{confirm} --return"));
    assert!(twice.contains("licence-file.already-read: "), "{twice}");
}

/// What it is told besides a fleet and a system without a network, it does not do.
#[test]
fn a_fleet_is_not_started_beside_it() {
    let place = Place(tempfile::tempdir().expect("a folder"));
    let complaint = place.run("--customers 1 offline-request --state system.json --output request");
    assert!(complaint.contains("--customers"), "{complaint}");
    assert!(!place.file("system.json").exists());
}

/// LIC-52: what a system refuses changes nothing; the right file is still taken.
#[test]
fn a_system_refuses() {
    let today = day("2026-03-03");
    for signs in [true, false] {
        let mut system = system(signs);
        system.trust(&issuer()).expect("an issuer");
        let old = system.request(today).expect("a request");
        let old = answer(&old, 1, &workspace());
        let request = system.request(today).expect("a request");
        assert_eq!(
            request::read(&request).expect("a request").signer.is_some(),
            signs
        );
        let good = answer(&request, 2, &workspace());
        let stranger = answer(&request, 2, &SecretKey::from_seed(&[6; 32]));
        let mut flipped = good.clone();
        flipped[100] ^= 1;
        let before = format!("{system:?}");
        for (file, code) in [
            (old, "not-pending"),
            (stranger, "unknown-key"),
            (flipped, "damaged"),
            (good[..good.len() - 1].to_vec(), "truncated"),
            (request.clone(), "wrong-kind"),
        ] {
            let refused = system.take(&file, today).expect_err("it is refused").to_string();
            assert!(
                refused.starts_with(&format!("licence-file.{code}: ")),
                "{refused}"
            );
            assert_eq!(format!("{system:?}"), before);
        }
        assert!(matches!(
            system.take(&good, day("2026-06-03")),
            Err(OfflineError::Refused(Refusal::Expired { .. }))
        ));
        system.take(&good, today).expect("it is taken in");
        assert_eq!(system.licences().len(), 1);
        let request = system.request(today).expect("a request");
        assert!(matches!(
            system.take(&answer(&request, 2, &workspace()), today),
            Err(OfflineError::Refused(Refusal::SequenceNotHigher {
                found: 2,
                last: 2
            }))
        ));
    }
}
