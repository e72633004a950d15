//! One of each file, for tests.

use super::{
    Confirmation, Digest, OfflineLicence, Outcome, Request, Response, confirmation, request, response,
};
use crate::issuer::{Issuer, SecretKey, Standing, TrustedIssuers};
use crate::names::{Name, Quantity, SystemId};
use chrono::NaiveDate;

pub fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn system_key() -> SecretKey {
    SecretKey::from_seed(&[21; 32])
}

pub fn issuer_key() -> SecretKey {
    SecretKey::from_seed(&[22; 32])
}

pub fn issuers(standing: Standing) -> TrustedIssuers {
    let issuer = Issuer {
        name: "Workspace".to_owned(),
        key: issuer_key().public(),
    };
    TrustedIssuers::new([(issuer, standing)])
}

pub fn a_request() -> Request {
    Request {
        product: name("camera-station-pro"),
        product_version: "6.4.12 (build 7)".to_owned(),
        system: SystemId::new("9f3c-77aa").expect("an id"),
        hardware: vec!["ACCC8E000001".to_owned(), "盤 2".to_owned()],
        needs: vec![
            Quantity {
                licence_type: name("core-device"),
                quantity: 12,
            },
            Quantity {
                licence_type: name("universal-device"),
                quantity: 0,
            },
        ],
        sequence: 7,
        made: day("2026-03-01"),
        signing_key: Some(system_key().public()),
    }
}

pub fn request_file() -> Vec<u8> {
    request::write(&a_request(), Some(&system_key())).expect("a file")
}

pub fn a_response() -> Response {
    Response {
        request: Digest::of(&request_file()),
        product: name("camera-station-pro"),
        system: SystemId::new("9f3c-77aa").expect("an id"),
        sequence: 3,
        issued: day("2026-03-02"),
        expires: day("2026-06-02"),
        licences: vec![OfflineLicence {
            licence_type: name("core-device"),
            quantity: 12,
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            reference: "Lot 4".to_owned(),
        }],
        replaces: None,
    }
}

pub fn response_file() -> Vec<u8> {
    response::write(&a_response(), &issuer_key()).expect("a file")
}

pub fn a_confirmation() -> Confirmation {
    Confirmation {
        response: Digest::of(&response_file()),
        product: name("camera-station-pro"),
        system: SystemId::new("9f3c-77aa").expect("an id"),
        sequence: 8,
        outcome: Outcome::Confirmed,
        made: day("2026-03-03"),
    }
}

pub fn confirmation_file() -> Vec<u8> {
    confirmation::write(&a_confirmation(), Some(&system_key())).expect("a file")
}
