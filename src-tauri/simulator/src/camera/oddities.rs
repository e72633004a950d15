//! What devices answer that is not as documented, each switched on by a fault (VPX-01, VPX-03, VPX-04, VPX-08).
use super::{Device, DeviceState};
use crate::blueprint::AuthenticationScheme;
use crate::fault::Fault;
use crate::listen::{Asked, page, plain};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};

impl Device {
    /// How it wants to be signed in to.
    pub(super) fn scheme(&self, state: &DeviceState) -> AuthenticationScheme {
        if self.station.faults.happens(Fault::OnlyBasic) {
            AuthenticationScheme::Basic
        } else if state.scheme == AuthenticationScheme::Basic
            && self.station.faults.happens(Fault::ManyChallenges)
        {
            // What is offered is also taken.
            AuthenticationScheme::DigestSha256
        } else {
            state.scheme
        }
    }

    /// What an interface that speaks JSON says, whatever it was asked; none: what it was asked.
    pub(super) fn odd_answer(&self, asked: &Asked) -> Option<Response<Bytes>> {
        let faults = &self.station.faults;
        if faults.happens(Fault::HtmlInsteadOfJson) {
            return Some(page("Not here", "<p>This is a page.</p>"));
        }
        if faults.happens(Fault::NoNewerInterfaces) {
            return Some(plain(StatusCode::NOT_FOUND, "not found"));
        }
        if faults.happens(Fault::ErrorInWords) {
            return Some(plain(StatusCode::OK, "Error: the service does not run\n"));
        }
        let code = faults.find(|fault| match fault {
            Fault::InterfaceError { code } => Some(code),
            _ => None,
        })?;
        let question: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        Some(self.error(&question, code, "Simulated error"))
    }

    /// What a reply carries besides what was asked for, or does not carry.
    pub(super) fn make_odd(&self, body: &mut Value) {
        let faults = &self.station.faults;
        if faults.happens(Fault::ErrorBesideData) {
            body["error"] = json!({"code": 8000, "message": "Internal error"});
        }
        if faults.happens(Fault::NoMethod)
            && let Some(reply) = body.as_object_mut()
        {
            reply.remove("method");
        }
    }
}
