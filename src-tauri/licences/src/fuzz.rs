//! SEC-04: what people bring, fuzzed.
//!
//! An ordinary test run tries random inputs for a moment. `cargo bolero test -p flotilla-licence-formats fuzz::NAME`
//! lets libFuzzer look for as long as one wishes, and keeps what it finds in `__fuzz__`, from where every later run
//! tries it again.

use crate::container::samples::{
    confirmation_file, issuer_key, issuers, name, request_file, response_file, system_key,
};
use crate::container::{Digest, Kind, Refusal, confirmation, kind, request, response};
use crate::issuer::{Issuer, SecretFileProblem, SecretKey, Standing};
use crate::key::{Contents, DeclaredKey, Grant, LicenceKey, Serial, is_signed, list};
use bolero::check;
use std::time::Duration;

/// How long an ordinary test run tries each of them.
const MOMENT: Duration = Duration::from_millis(500);

/// An input made of real ones: the first byte chooses a sample, each three after it a place and another byte there.
/// One choice is the input itself. Random bytes alone would hardly come behind the first check.
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

fn a_key() -> LicenceKey {
    let contents = Contents {
        product: name("camera-station-pro"),
        grant: Grant::Licences {
            licence_type: name("core-device"),
            quantity: 24,
            years: 3,
        },
        order: "4711".to_owned(),
        serial: Serial::from_bytes([1; 8]),
        recipient: None,
        issued: None,
        redeem_until: None,
    };
    LicenceKey::issue(&issuer_key(), "Workspace", contents).expect("a key")
}

/// LIC-20, LIC-21: whatever is typed is that one key, or refused; a vendor's key is recognised however it is written.
#[test]
fn typed_keys() {
    let key = a_key();
    let text = key.to_text();
    let issuers = issuers(Standing::Trusted);
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&[text.as_bytes(), b"ABCD-EFGH-1234"], input);
        let typed = String::from_utf8_lossy(&bytes);
        if let Ok(read) = LicenceKey::read(&typed, &issuers) {
            assert_eq!(read.fingerprint(), key.fingerprint(), "nobody else can sign");
        }
        if let Ok(declared) = DeclaredKey::read(&typed) {
            assert!(!is_signed(&typed));
            let again = DeclaredKey::read(declared.normalised()).expect("it was a key");
            assert_eq!(again.fingerprint(), declared.fingerprint());
        }
    });
}

/// LIC-20: a file of keys gives some or is refused, and its lines rise.
#[test]
fn files_of_keys() {
    const FILE: &[u8] = b"\xef\xbb\xbfLicence key\r\n\"ABCD-1234\"\r\n\r\nEFGH 5678\r\nabcd1234,\r\n";
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        if let Ok(keys) = list::read(&altered(&[FILE], input)) {
            assert!(!keys.is_empty());
            assert!(keys.is_sorted_by(|before, after| before.line < after.line));
            for key in keys {
                assert!(key.repeats.is_none_or(|before| before < key.line));
            }
        }
    });
}

/// LIC-52: a file that is not byte for byte what was made is refused.
#[test]
fn containers() {
    let files = [request_file(), response_file(), confirmation_file()];
    let samples: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let issuers = issuers(Standing::Trusted);
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&samples, input);
        let is_ours = files.contains(&bytes);
        let read = [
            request::read(&bytes).map(|received| received.digest),
            response::read(&bytes, &issuers).map(|received| received.digest),
            confirmation::read(&bytes).map(|received| received.digest),
        ];
        assert_eq!(
            read.iter().filter(|one| one.is_ok()).count(),
            usize::from(is_ours)
        );
        assert_eq!(kind(&bytes).is_ok(), is_ours);
        for digest in read.into_iter().flatten() {
            assert_eq!(digest, Digest::of(&bytes));
        }
    });
}

/// LIC-52: whatever an own key signs is read, or refused for what it says; never for its envelope.
#[test]
fn signed_payloads() {
    let request = request_file();
    let response = response_file();
    let samples = [
        &request[46..request.len() - 96],
        &response[46..response.len() - 96],
    ];
    let issuers = issuers(Standing::Trusted);
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let payload = altered(&samples, input);
        for file in [
            crate::container::forge(Kind::Request, &payload, Some(&system_key())),
            crate::container::forge(Kind::Response, &payload, Some(&issuer_key())),
        ] {
            let refusals = [request::read(&file).err(), response::read(&file, &issuers).err()];
            for refusal in refusals.into_iter().flatten() {
                assert!(
                    !matches!(
                        refusal,
                        Refusal::NotOurs | Refusal::Truncated | Refusal::Damaged | Refusal::BadSignature
                    ),
                    "{refusal}"
                );
            }
        }
    });
}

/// LIC-21, SEC-04: an issuer's file is that issuer, or refused; the passphrase is not tried at any cost.
#[test]
fn issuer_files() {
    let issuer = Issuer {
        name: "Workspace".to_owned(),
        key: issuer_key().public(),
    };
    let public = issuer.to_text().expect("a file");
    let secret = issuer_key()
        .to_text("Workspace", "lantern over the harbour")
        .expect("a file");
    // With another cost than its own, a file asks for more than is given; with its own, each try takes long.
    let begins = secret.find("-----BEGIN").expect("a PEM");
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&[public.as_bytes()], input);
        if let Ok(read) = Issuer::from_text(&String::from_utf8_lossy(&bytes)) {
            assert!(!read.name.is_empty());
            assert_eq!(Issuer::from_text(&read.to_text().expect("a file")), Ok(read));
        }
        let bytes = altered(&[&secret.as_bytes()[..begins]], input);
        let text = String::from_utf8_lossy(&bytes).into_owned() + "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
        let refused = SecretKey::from_text(&text, "lantern over the harbour");
        assert!(
            matches!(
                refused,
                Err(SecretFileProblem::Damaged
                    | SecretFileProblem::NotASecret
                    | SecretFileProblem::Name { .. })
            ),
            "{refused:?}"
        );
    });
}
