//! What a file says comes back; every refusal of LIC-52 has its own value.

use super::samples::{
    a_confirmation, a_request, a_response, confirmation_file, day, issuer_key, issuers, name, request_file,
    response_file, system_key,
};
use super::*;
use crate::issuer::{Issuer, PublicKey, SecretKey, Standing, TrustedIssuers};
use crate::names::{Quantity, SystemId};
use proptest::prelude::*;
use rstest::rstest;
use std::process::Command;

fn read_response(bytes: &[u8]) -> Result<Received<Response>, Refusal> {
    response::read(bytes, &issuers(Standing::Trusted))
}

/// LIC-50, LIC-51: a round trip.
#[test]
fn a_round_trip() {
    let request = request::read(&request_file()).expect("a request");
    assert_eq!(
        (&request.content, request.signer),
        (&a_request(), Some(system_key().public()))
    );
    let state = request::State {
        already_read: false,
        last_sequence: Some(6),
        known_key: Some(system_key().public()),
        today: day("2026-03-02"),
    };
    assert_eq!(request::check(&request, &state), Ok(()));

    let response = read_response(&response_file()).expect("a response");
    assert_eq!(response.content, a_response());
    assert_eq!(response.content.request, request.digest);
    assert_eq!(response::check(&response, &response_state()), Ok(()));

    let confirmation = confirmation::read(&confirmation_file()).expect("a confirmation");
    assert_eq!(confirmation.content, a_confirmation());
    assert_eq!(confirmation::check(&confirmation, &confirmation_state()), Ok(()));
    let kinds = [request_file(), response_file(), confirmation_file()].map(|file| kind(&file));
    assert_eq!(
        kinds,
        [Ok(Kind::Request), Ok(Kind::Response), Ok(Kind::Confirmation)]
    );
}

fn response_state() -> response::State {
    response::State {
        system: SystemId::new("9f3c-77aa").expect("an id"),
        product: name("camera-station-pro"),
        pending: Some(Digest::of(&request_file())),
        last_sequence: Some(2),
        already_read: false,
        today: day("2026-03-02"),
    }
}

fn confirmation_state() -> confirmation::State {
    confirmation::State {
        system: SystemId::new("9f3c-77aa").expect("an id"),
        product: name("camera-station-pro"),
        pending: vec![Digest::of(b"another"), Digest::of(&response_file())],
        last_sequence: Some(7),
        known_key: Some(system_key().public()),
        already_read: false,
        today: day("2026-03-03"),
    }
}

fn quantities() -> impl Strategy<Value = Vec<Quantity>> {
    proptest::collection::btree_map("[a-z0-9._-]{1,20}", 0_u32..=1_000_000, 0..20).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(licence_type, quantity)| Quantity {
                licence_type: name(&licence_type),
                quantity,
            })
            .collect()
    })
}

proptest! {
    /// LIC-50: whatever a request says comes back, signed or not.
    #[test]
    fn requests_come_back(
        version in "[a-zA-Z0-9 .äß日\"\\\\]{0,40}",
        hardware in proptest::collection::vec("[a-zA-Z0-9:日]{1,30}", 0..8),
        needs in quantities(),
        sequence in 1_u64..=i64::MAX as u64,
        is_signed in any::<bool>(),
    ) {
        let key = is_signed.then(system_key);
        let request = Request {
            product_version: version,
            hardware,
            needs,
            sequence,
            signing_key: key.as_ref().map(SecretKey::public),
            ..a_request()
        };
        let file = request::write(&request, key.as_ref()).expect("a file");
        let received = request::read(&file).expect("a request");
        prop_assert_eq!(received.content, request);
        prop_assert_eq!(received.digest, Digest::of(&file));
    }
}

type Reader = fn(&[u8]) -> Result<(), Refusal>;

fn files() -> [(Vec<u8>, Reader); 4] {
    let mut unsigned = a_request();
    unsigned.signing_key = None;
    [
        (request_file(), |bytes| request::read(bytes).map(|_| ())),
        (request::write(&unsigned, None).expect("a file"), |bytes| {
            request::read(bytes).map(|_| ())
        }),
        (response_file(), |bytes| read_response(bytes).map(|_| ())),
        (confirmation_file(), |bytes| confirmation::read(bytes).map(|_| ())),
    ]
}

/// LIC-52: no bit of a file can be flipped, signed or not.
#[test]
fn every_flipped_bit_is_refused() {
    for (file, read) in files() {
        assert_eq!(read(&file), Ok(()));
        for place in 0..file.len() * 8 {
            let mut flipped = file.clone();
            flipped[place / 8] ^= 1 << (place % 8);
            let refusal = read(&flipped).expect_err("a bit was flipped");
            let expected = match place / 8 {
                0..8 => matches!(refusal, Refusal::NotOurs | Refusal::SevenBits | Refusal::LineEnds),
                8 => matches!(refusal, Refusal::UnknownVersion { .. }),
                42..46 => matches!(
                    refusal,
                    Refusal::TooLarge { .. } | Refusal::Truncated | Refusal::Extended
                ),
                _ => refusal == Refusal::Damaged,
            };
            assert!(expected, "bit {place}: {refusal}");
        }
    }
}

/// LIC-52: who makes the checksum right after flipping a bit of what is signed is found out by the signature.
#[test]
fn every_flipped_bit_with_a_new_checksum_is_a_bad_signature() {
    let file = response_file();
    let payload = 46..file.len() - 96;
    for place in (10 * 8..42 * 8).chain(payload.start * 8..(file.len() - 32) * 8) {
        let mut forged = file.clone();
        forged[place / 8] ^= 1 << (place % 8);
        let end = forged.len() - 32;
        let checksum = Digest::of(&forged[..end]);
        forged[end..].copy_from_slice(checksum.bytes());
        let refusal = read_response(&forged).expect_err("a bit was flipped");
        let expected = match place / 8 {
            10..42 => matches!(refusal, Refusal::UnknownKey { .. } | Refusal::BadSignature),
            _ => refusal == Refusal::BadSignature,
        };
        assert!(expected, "bit {place}: {refusal}");
    }
}

/// LIC-52: whatever is cut off, the file is truncated.
#[test]
fn every_cut_is_truncated() {
    for (file, read) in files() {
        for cut in 0..file.len() {
            assert_eq!(read(&file[..cut]), Err(Refusal::Truncated), "{cut}");
        }
        let extended = [file, vec![0]].concat();
        assert_eq!(read(&extended), Err(Refusal::Extended));
    }
}

fn utf16(bytes: &[u8], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = bytes.iter().map(|byte| u16::from(*byte));
    [0xfeff].into_iter().chain(units).flat_map(unit).collect()
}

/// LIC-52: re-encoded files, each with what was done to them.
#[test]
fn re_encoded() {
    let file = response_file();
    let latin: String = file.iter().copied().map(char::from).collect();
    let lossy = String::from_utf8_lossy(&file).into_owned();
    let base64 = data_encoding::BASE64.encode(&file);
    let wrapped: Vec<&str> = (0..base64.len())
        .step_by(76)
        .map(|at| &base64[at..base64.len().min(at + 76)])
        .collect();
    let mail = format!(
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        wrapped.join("\r\n")
    );
    let as_lines: Vec<u8> = latin.replace("\r\n", "\n").chars().map(|one| one as u8).collect();
    let as_crlf: Vec<u8> = latin.replace('\n', "\r\n").chars().map(|one| one as u8).collect();
    for (changed, refusal) in [
        (
            [b"\xef\xbb\xbf".as_slice(), &file].concat(),
            Refusal::ByteOrderMark,
        ),
        (utf16(&file, u16::to_le_bytes), Refusal::Utf16),
        (utf16(&file, u16::to_be_bytes), Refusal::Utf16),
        (utf16(&file, u16::to_le_bytes)[2..].to_vec(), Refusal::Utf16),
        (latin.into_bytes(), Refusal::Recoded),
        (lossy.clone().into_bytes(), Refusal::Recoded),
        (format!("\u{feff}{lossy}").into_bytes(), Refusal::Recoded),
        (as_lines, Refusal::LineEnds),
        (as_crlf, Refusal::LineEnds),
        (file.iter().map(|byte| byte & 0x7f).collect(), Refusal::SevenBits),
        (base64.clone().into_bytes(), Refusal::Base64),
        (wrapped.join("\n").into_bytes(), Refusal::Base64),
        (mail.into_bytes(), Refusal::Base64),
        (b"=89FLT=0D=0A=1A=0A=01=02".to_vec(), Refusal::QuotedPrintable),
        (b"%PDF-1.7".to_vec(), Refusal::NotOurs),
        (b"{\"kind\":\"request\"}".to_vec(), Refusal::NotOurs),
        (vec![0; FILE_LIMIT + 1], Refusal::TooLarge { limit: FILE_LIMIT }),
    ] {
        assert_eq!(read_response(&changed), Err(refusal));
    }
}

/// LIC-52: unknown and revoked keys, files without a signature, and another kind than was asked for.
#[test]
fn keys_and_kinds() {
    let key = issuer_key().public().id().to_string();
    let file = response_file();
    assert_eq!(
        response::read(&file, &TrustedIssuers::default()),
        Err(Refusal::UnknownKey { key: key.clone() })
    );
    assert_eq!(
        response::read(&file, &issuers(Standing::Revoked)),
        Err(Refusal::RevokedKey { key })
    );
    let payload = &file[46..file.len() - 96];
    let unsigned = envelope::forge(Kind::Response, payload, None);
    assert_eq!(read_response(&unsigned), Err(Refusal::NotSigned));
    assert_eq!(
        read_response(&request_file()),
        Err(Refusal::WrongKind {
            expected: "response",
            found: "request"
        })
    );
    // An envelope that lies about what was signed.
    let renamed = envelope::forge(Kind::Request, payload, Some(&issuer_key()));
    assert!(matches!(request::read(&renamed), Err(Refusal::Malformed { .. })));
    let renamed =
        String::from_utf8(payload.to_vec())
            .expect("text")
            .replacen("\"response\"", "\"confirmation\"", 1);
    let renamed = envelope::forge(Kind::Response, renamed.as_bytes(), Some(&issuer_key()));
    assert_eq!(
        read_response(&renamed),
        Err(Refusal::WrongKind {
            expected: "response",
            found: "confirmation"
        })
    );
    // A request that is signed with another key than it names, or names one and is not signed.
    let request = request_file();
    let payload = &request[46..request.len() - 96];
    let other = envelope::forge(Kind::Request, payload, Some(&issuer_key()));
    assert!(matches!(request::read(&other), Err(Refusal::UnknownKey { .. })));
    let stripped = envelope::forge(Kind::Request, payload, None);
    assert_eq!(request::read(&stripped), Err(Refusal::NotSigned));
    assert_eq!(
        request::write(&a_request(), Some(&issuer_key())),
        Err(FileContentsProblem::OtherKey)
    );
}

/// LIC-52, SEC-04: a payload that is no such payload, though its signature holds.
#[rstest]
#[case::duplicate(r#"{"kind":"response","kind":"response"}"#, Refusal::DuplicateName { name: "kind".to_owned() })]
#[case::nested(&format!("{{\"kind\":{}0{}}}", "[".repeat(9), "]".repeat(9)), Refusal::TooDeep { limit: 8 })]
#[case::many(&format!("[{}1]", "1,".repeat(20_000)), Refusal::TooManyValues { limit: 20_000 })]
#[case::no_json("Hello", Refusal::NotJson)]
#[case::utf16("\u{feff}{}", Refusal::NotJson)]
fn payloads(#[case] payload: &str, #[case] refusal: Refusal) {
    let file = envelope::forge(Kind::Response, payload.as_bytes(), Some(&issuer_key()));
    assert_eq!(read_response(&file), Err(refusal));
}

/// SEC-04: values outside their limits, and fields that nobody knows, are refused when they come in; nothing of the
/// kind is written.
#[test]
fn values_outside_their_limits() {
    type Change = fn(&mut Response);
    let changes: [Change; 6] = [
        |response| response.sequence = 0,
        |response| response.expires = day("2026-03-01"),
        |response| response.licences[0].quantity = 0,
        |response| response.licences[0].until = day("2025-12-31"),
        |response| response.licences[0].reference = "a\u{202e}b".to_owned(),
        |response| response.replaces = Some(response.system.clone()),
    ];
    for change in changes {
        let mut response = a_response();
        change(&mut response);
        assert!(matches!(
            response::write(&response, &issuer_key()),
            Err(FileContentsProblem::Contents { .. })
        ));
        let payload = serde_json::json!({ "kind": "response", "content": response });
        let file = envelope::forge(
            Kind::Response,
            payload.to_string().as_bytes(),
            Some(&issuer_key()),
        );
        assert!(matches!(read_response(&file), Err(Refusal::Malformed { .. })));
    }
    let mut payload = serde_json::json!({ "kind": "response", "content": a_response() });
    payload["content"]["more"] = 1.into();
    let file = envelope::forge(
        Kind::Response,
        payload.to_string().as_bytes(),
        Some(&issuer_key()),
    );
    assert!(matches!(read_response(&file), Err(Refusal::Malformed { .. })));
    let mut request = a_request();
    request.needs.push(request.needs[0].clone());
    assert!(request::write(&request, Some(&system_key())).is_err());
}

/// LIC-52: what a system refuses of a licence file that is good in itself.
#[test]
fn responses_that_a_system_refuses() {
    type Change = fn(&mut response::State);
    let cases: [(Change, Refusal); 8] = [
        (
            |state| state.system = SystemId::new("another").expect("an id"),
            Refusal::WrongSystem {
                system: "9f3c-77aa".to_owned(),
            },
        ),
        (
            |state| state.product = name("another"),
            Refusal::WrongProduct {
                product: "camera-station-pro".to_owned(),
            },
        ),
        (|state| state.already_read = true, Refusal::AlreadyRead),
        (|state| state.pending = None, Refusal::NotPending),
        (
            |state| state.pending = Some(Digest::of(b"another request")),
            Refusal::NotPending,
        ),
        (
            |state| state.last_sequence = Some(3),
            Refusal::SequenceNotHigher { found: 3, last: 3 },
        ),
        (
            |state| state.today = day("2026-02-28"),
            Refusal::NotYetValid {
                from: day("2026-03-02"),
            },
        ),
        (
            |state| state.today = day("2026-06-03"),
            Refusal::Expired {
                until: day("2026-06-02"),
            },
        ),
    ];
    let received = read_response(&response_file()).expect("a response");
    for (change, refusal) in cases {
        let mut state = response_state();
        change(&mut state);
        assert_eq!(response::check(&received, &state), Err(refusal));
    }
    for today in ["2026-03-01", "2026-06-02"] {
        let state = response::State {
            today: day(today),
            ..response_state()
        };
        assert_eq!(response::check(&received, &state), Ok(()), "{today}");
    }
}

/// LIC-52: what Flotilla refuses of a request and of a confirmation that are good in themselves.
#[test]
fn requests_and_confirmations_that_are_refused() {
    let system = system_key().public();
    let unsigned = Request {
        signing_key: None,
        ..a_request()
    };
    let unsigned = request::read(&request::write(&unsigned, None).expect("a file")).expect("a request");
    let signed = request::read(&request_file()).expect("a request");
    let other = Some(issuer_key().public());
    let unknown = Err(Refusal::UnknownKey {
        key: system.id().to_string(),
    });
    let higher = Err(Refusal::SequenceNotHigher { found: 7, last: 9 });
    let early = Err(Refusal::NotYetValid {
        from: day("2026-03-01"),
    });
    type Case<'case> = (
        &'case Received<Request>,
        Option<PublicKey>,
        Option<u64>,
        bool,
        &'case str,
        Result<(), Refusal>,
    );
    let cases: [Case<'_>; 10] = [
        (&signed, None, None, false, "2026-03-01", Ok(())),
        (&unsigned, None, None, false, "2026-03-01", Ok(())),
        (&unsigned, None, Some(6), false, "2026-03-01", Ok(())),
        (
            &unsigned,
            Some(system),
            Some(6),
            false,
            "2026-03-01",
            Err(Refusal::NotSigned),
        ),
        (&signed, other, Some(6), false, "2026-03-01", unknown.clone()),
        (&signed, None, Some(6), false, "2026-03-01", unknown),
        (&signed, Some(system), Some(9), false, "2026-03-01", higher),
        (
            &signed,
            Some(system),
            Some(6),
            true,
            "2026-03-01",
            Err(Refusal::AlreadyRead),
        ),
        (&signed, Some(system), Some(6), false, "2026-02-27", early),
        (&signed, Some(system), Some(6), false, "2026-02-28", Ok(())),
    ];
    for (number, (received, known_key, last_sequence, already_read, today, expected)) in
        cases.into_iter().enumerate()
    {
        let state = request::State {
            already_read,
            last_sequence,
            known_key,
            today: day(today),
        };
        assert_eq!(request::check(received, &state), expected, "{number}");
    }
    type Change = fn(&mut confirmation::State);
    let cases: [(Change, &str); 7] = [
        (
            |state| state.system = SystemId::new("another").expect("an id"),
            "wrong-system",
        ),
        (|state| state.product = name("another"), "wrong-product"),
        (
            |state| state.known_key = Some(issuer_key().public()),
            "unknown-key",
        ),
        (|state| state.already_read = true, "already-read"),
        (|state| state.pending.clear(), "not-pending"),
        (|state| state.last_sequence = Some(8), "sequence-not-higher"),
        (|state| state.today = day("2026-03-01"), "not-yet-valid"),
    ];
    let received = confirmation::read(&confirmation_file()).expect("a confirmation");
    for (change, code) in cases {
        let mut state = confirmation_state();
        change(&mut state);
        let refusal = confirmation::check(&received, &state).expect_err("it is refused");
        assert_eq!(crate::Coded::code(&refusal), format!("licence-file.{code}"));
    }
}

/// LIC-51: another program agrees that the signature is the key's, over exactly the bytes of the payload, and reads the
/// files of an issuer.
#[test]
fn openssl_agrees() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.into_os_string().into_string().expect("text")
    };
    let openssl = |arguments: &[&str]| {
        let output = Command::new("openssl")
            .args(arguments)
            .output()
            .expect("`openssl` is there");
        output.status.success().then_some(output.stdout)
    };
    let file = response_file();
    let (payload, tail) = file[46..].split_at(file.len() - 46 - 96);
    let payload = write("payload", payload);
    let signature = write("signature", &tail[..64]);
    let issuer = Issuer {
        name: "Workspace".to_owned(),
        key: issuer_key().public(),
    };
    let public = write("public.pem", issuer.to_text().expect("a file").as_bytes());
    let secret = issuer_key()
        .to_text("Workspace", "lantern over the harbour")
        .expect("a file");
    let secret = write("secret.pem", secret.as_bytes());
    let verify = |payload: &str| {
        openssl(&[
            "pkeyutl", "-verify", "-pubin", "-inkey", &public, "-rawin", "-in", payload, "-sigfile",
            &signature,
        ])
    };
    assert!(verify(&payload).is_some());
    let other = write("other", b"{}");
    assert!(verify(&other).is_none());
    let password = "pass:lantern over the harbour";
    let signed = openssl(&[
        "pkeyutl", "-sign", "-inkey", &secret, "-passin", password, "-rawin", "-in", &payload,
    ]);
    assert_eq!(
        signed.as_deref(),
        Some(&tail[..64]),
        "Ed25519 signs alike every time"
    );
}
