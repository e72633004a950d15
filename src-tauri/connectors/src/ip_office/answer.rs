//! What an answer of the management API says (IPO-03, CUS-03). Pure.
use crate::dialer::Answer;
use crate::trust::plain_text;
use crate::{Obstacle, Refusal};
use http::header::WWW_AUTHENTICATE;
use serde_json::Value;

const LONGEST_TEXT: usize = 256;

/// How far a contact has come: the same error means something else before and after the sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    SigningIn,
    Reading,
}

/// What an answer means.
#[derive(Debug, PartialEq)]
pub(crate) enum Interpretation {
    /// The objects of `ws_object`, none to many.
    Data(Vec<Value>),
    /// `461:SessionTimeout`.
    SessionLost,
    Refused(Refusal),
}

/// What an answer says (IPO-03, CUS-03). The content type is not looked at: JSON comes under an XML one.
pub(crate) fn interpret(answer: &Answer, stage: Stage) -> Interpretation {
    let status = answer.status.as_u16();
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    let envelope: Option<Value> = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|mut root| root.get_mut("response").map(Value::take))
        .filter(Value::is_object);
    let code = envelope.as_ref().and_then(error_code);
    // Done, and a reboot is needed for it: nothing a reader has to care about.
    let code = code.filter(|code| !code.to_ascii_uppercase().contains("REBOOT"));
    let reboot = code.is_none() && envelope.as_ref().is_some_and(mentions_reboot);
    if let Some(code) = &code {
        return refused(number_of(code).unwrap_or(status), code, stage);
    }
    let asks_for_digest = answer.headers.get_all(WWW_AUTHENTICATE).iter().any(|value| {
        value
            .as_bytes()
            .get(..6)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"digest"))
    });
    match (status, envelope) {
        // A camera asks so; the management API never does.
        (401, _) if asks_for_digest => Interpretation::Refused(Refusal::Failed),
        (401 | 403 | 461 | 503, _) => refused(status, "", stage),
        (200..=299, Some(mut envelope)) => {
            let fine = match envelope.get("@status").or_else(|| envelope.get("status")) {
                Some(value) => number(value) == Some(1),
                None => true,
            };
            let objects = envelope
                .get_mut("data")
                .and_then(|data| data.get_mut("ws_object"))
                .map(Value::take)
                .map(one_or_many);
            match objects {
                Some(objects) if fine || reboot => Interpretation::Data(objects),
                None if reboot => Interpretation::Data(Vec::new()),
                // A list may be empty, but it has to be one.
                None if fine && envelope.get("data").is_some() => Interpretation::Data(Vec::new()),
                _ => Interpretation::Refused(Refusal::Failed),
            }
        }
        _ => Interpretation::Refused(Refusal::Failed),
    }
}

/// CUS-03's table, over the number and the name of an error.
fn refused(number: u16, code: &str, stage: Stage) -> Interpretation {
    let name = code
        .split_once(':')
        .map_or(code, |(_, name)| name)
        .to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    let refusal = match number {
        461 => return Interpretation::SessionLost,
        _ if has("sessiontimeout") => return Interpretation::SessionLost,
        _ if has("sessionlimit") || has("toomanysession") || has("maxsession") => Refusal::TooManySessions,
        // A session that is no longer known is lost, not a wrong password: the sign-in was accepted.
        401 if stage == Stage::Reading => return Interpretation::SessionLost,
        401 if has("password") => Refusal::AuthorizationFailed,
        401 => Refusal::InvalidCredentials,
        403 if has("administrator") => Refusal::DisabledByAdministrator,
        403 if has("locked") => Refusal::Locked,
        403 if has("disabled") => Refusal::Disabled,
        403 if has("monitoring") || stage == Stage::Reading => Refusal::MonitoringRightsMissing,
        503 => Refusal::Unreachable(Obstacle::Unavailable.to_string()),
        _ => Refusal::Failed,
    };
    Interpretation::Refused(refusal)
}

/// The number an error code begins with, as in `403:UserLocked`.
fn number_of(code: &str) -> Option<u16> {
    code.split_once(':')?.0.trim().parse().ok()
}

fn error_node(envelope: &Value) -> Option<&Value> {
    let outer = envelope
        .get("SMAError")
        .or_else(|| envelope.get("data")?.get("SMAError"))?;
    Some(outer.get("error").unwrap_or(outer))
}

fn error_code(envelope: &Value) -> Option<String> {
    text(error_node(envelope)?.get("error_code")?).filter(|code| !code.is_empty())
}

fn mentions_reboot(envelope: &Value) -> bool {
    let in_words = |value: &Value| {
        value.get("REBOOT").is_some() || text(value).is_some_and(|text| text.eq_ignore_ascii_case("reboot"))
    };
    let Some(node) = error_node(envelope) else {
        return envelope.get("error").is_some_and(in_words);
    };
    in_words(node)
        || envelope.get("SMAError").is_some_and(in_words)
        || node
            .get("error_code")
            .and_then(text)
            .is_some_and(|code| code.to_ascii_uppercase().contains("REBOOT"))
}

/// `ws_object` is an array or one object (IPO-03); so are `Services`.
pub(super) fn one_or_many(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// Text or number as text; nothing else.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(plain_text(text, LONGEST_TEXT)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    }
}

pub(super) fn field(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(text).filter(|text| !text.is_empty())
}

pub(super) fn count(object: &Value, name: &str) -> u32 {
    object
        .get(name)
        .and_then(number)
        .map_or(0, |value| u32::try_from(value.max(0)).unwrap_or(u32::MAX))
}

pub(super) fn running(object: &Value) -> bool {
    field(object, "State").is_none_or(|state| state.eq_ignore_ascii_case("running"))
}
