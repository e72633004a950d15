//! What happens at a device, as it happens (VPX-16): a token, a WebSocket that is opened with it, filters, notifications.
use super::client::{Client, Repeat, Request};
use super::reading::{Failure, LONGEST_TEXT, accept_status, field, number};
use crate::Obstacle;
use crate::dialer::Answer;
use crate::secret::Secret;
use crate::trust::plain_text;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message};
use zeroize::Zeroizing;

const SESSION: &str = "/axis-cgi/wssession.cgi";
const STREAM: &str = "/vapix/ws-data-stream";
const CONFIGURE: &str = "events:configure";
const NOTIFY: &str = "events:notify";
/// Devices send a heartbeat every 15 seconds; twice without one, they are asked, and once more without an answer the line
/// is down.
const SILENCE: Duration = Duration::from_secs(32);
const LONGEST_TOKEN: usize = 128;
const LARGEST_MESSAGE: usize = 256 * 1024;
/// Names and values of one event.
const MOST_VALUES: usize = 64;
/// States that a device sends before it has answered.
const MOST_EARLY: usize = 256;

/// Something that happened at a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What: `tns1:Device/tnsaxis:IO/VirtualPort`.
    pub topic: String,
    /// When, by the clock of the device. None: the device does not say, or its clock cannot be read.
    pub time: Option<DateTime<Utc>>,
    /// Where: `port` → `1`.
    pub source: BTreeMap<String, String>,
    /// Which: what tells several events of one source apart.
    pub key: BTreeMap<String, String>,
    /// How it is: `state` → `1`.
    pub data: BTreeMap<String, String>,
}

/// Events of one device, until the line is down. Dropped, it is closed.
pub struct EventStream {
    line: WebSocketStream<reqwest::Upgraded>,
    early: VecDeque<Event>,
    /// Whether the device was asked if it is there, and has not said anything since.
    asked: bool,
}

impl fmt::Debug for EventStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EventStream").finish_non_exhaustive()
    }
}

impl Client {
    /// Listens to these topics: `tns1:Device/tnsaxis:IO/VirtualPort`, or with `//.` at the end whatever is below. A device
    /// sends what is the case now of each state among them, and then what happens (VPX-16, from version 10.11 on).
    ///
    /// # Errors
    /// Any [`Failure`]; [`Failure::NotOffered`] from devices that have no such stream.
    pub async fn events(&self, topics: &[&str]) -> Result<EventStream, Failure> {
        let token = self.event_token().await?;
        let limit = self.channel.limits.call;
        tokio::time::timeout(limit, self.open_events(&token, topics))
            .await
            .map_err(|_| Failure::Unreachable(Obstacle::TimedOut.to_string()))?
    }

    async fn event_token(&self) -> Result<Secret, Failure> {
        let answer = self
            .send(Request {
                method: Method::GET,
                target: SESSION,
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Allowed,
            })
            .await?;
        accept_status(&answer)?;
        read_token(&answer.body).ok_or(Failure::NotThisProtocol)
    }

    async fn open_events(&self, token: &Secret, topics: &[&str]) -> Result<EventStream, Failure> {
        let key = generate_key();
        let mut headers = HeaderMap::new();
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        let sent = HeaderValue::from_str(&key).map_err(|_| Failure::NotThisProtocol)?;
        headers.insert(SEC_WEBSOCKET_KEY, sent);
        let target = Zeroizing::new(format!("{STREAM}?wssession={}&sources=events", token.expose()));
        let response = self.switch_over(&target, headers).await?;
        if response.status() != StatusCode::SWITCHING_PROTOCOLS {
            let refused = Answer {
                status: response.status(),
                headers: HeaderMap::new(),
                body: Bytes::new(),
            };
            return Err(accept_status(&refused).err().unwrap_or(Failure::NotThisProtocol));
        }
        let accepted = response
            .headers()
            .get(SEC_WEBSOCKET_ACCEPT)
            .map(HeaderValue::as_bytes);
        if accepted != Some(derive_accept_key(key.as_bytes()).as_bytes()) {
            return Err(Failure::NotThisProtocol);
        }
        let upgraded = response.upgrade().await.map_err(|_| closed())?;
        let limits = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_MESSAGE))
            .max_frame_size(Some(LARGEST_MESSAGE));
        let line = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(limits)).await;
        let mut stream = EventStream {
            line,
            early: VecDeque::new(),
            asked: false,
        };
        stream.configure(topics).await?;
        Ok(stream)
    }
}

impl EventStream {
    /// The next event.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] when the line is down, [`Failure::NotThisProtocol`] when what comes is too long. After
    /// either nothing more comes.
    pub async fn next(&mut self) -> Result<Event, Failure> {
        loop {
            if let Some(event) = self.early.pop_front() {
                return Ok(event);
            }
            let message = self.message().await?;
            if let Some(event) = read_event(&message) {
                return Ok(event);
            }
        }
    }

    async fn configure(&mut self, topics: &[&str]) -> Result<(), Failure> {
        let filters: Vec<Value> = topics.iter().map(|topic| json!({"topicFilter": topic})).collect();
        let question = json!({"apiVersion": "1.0", "context": "flotilla", "method": CONFIGURE,
            "params": {"eventFilterList": filters}});
        self.line
            .send(Message::text(question.to_string()))
            .await
            .map_err(|_| closed())?;
        loop {
            let message = self.message().await?;
            if let Some(error) = message.get("error").filter(|error| !error.is_null()) {
                return Err(Failure::Device {
                    code: error.get("code").and_then(number).unwrap_or(0),
                    message: field(error, "message").unwrap_or_default(),
                });
            }
            if field(&message, "method").as_deref() == Some(CONFIGURE) {
                return Ok(());
            }
            if let Some(event) = read_event(&message)
                && self.early.len() < MOST_EARLY
            {
                self.early.push_back(event);
            }
        }
    }

    /// The next message that is JSON; others are nothing to us.
    async fn message(&mut self) -> Result<Value, Failure> {
        loop {
            match tokio::time::timeout(SILENCE, self.line.next()).await {
                Ok(Some(Ok(message))) => {
                    self.asked = false;
                    if let Message::Text(text) = message
                        && let Ok(value) = serde_json::from_str(text.as_str())
                    {
                        return Ok(value);
                    }
                }
                Ok(Some(Err(tungstenite::Error::Capacity(_)))) => return Err(Failure::NotThisProtocol),
                Ok(Some(Err(_)) | None) => return Err(closed()),
                Err(_) if self.asked => {
                    return Err(Failure::Unreachable(Obstacle::TimedOut.to_string()));
                }
                Err(_) => {
                    self.asked = true;
                    self.line
                        .send(Message::Ping(Bytes::new()))
                        .await
                        .map_err(|_| closed())?;
                }
            }
        }
    }
}

fn closed() -> Failure {
    Failure::Unreachable(Obstacle::Closed.to_string())
}

/// Digits, or letters and digits; anything else would change the address that it stands in.
fn read_token(body: &[u8]) -> Option<Secret> {
    let text = std::str::from_utf8(body).ok()?.trim().trim_matches('"');
    let fits = (1..=LONGEST_TOKEN).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    fits.then(|| Secret::new(text))
}

pub(crate) fn read_event(message: &Value) -> Option<Event> {
    if message.get("method")?.as_str()? != NOTIFY {
        return None;
    }
    let notification = message.get("params")?.get("notification")?;
    let content = notification.get("message");
    let values = |name: &str| -> BTreeMap<String, String> {
        let object = content.and_then(|content| content.get(name)?.as_object());
        object
            .into_iter()
            .flatten()
            .take(MOST_VALUES)
            .filter_map(|(name, value)| {
                let value = match value {
                    Value::String(text) => plain_text(text, LONGEST_TEXT),
                    Value::Number(_) | Value::Bool(_) => value.to_string(),
                    _ => return None,
                };
                Some((plain_text(name, LONGEST_TEXT), value))
            })
            .collect()
    };
    Some(Event {
        topic: field(notification, "topic")?,
        time: notification
            .get("timestamp")
            .and_then(number)
            .and_then(DateTime::from_timestamp_millis),
        source: values("source"),
        key: values("key"),
        data: values("data"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// VPX-16: as it is documented.
    #[test]
    fn notifications() {
        let message = json!({"apiVersion": "1.0", "method": "events:notify", "params": {"notification": {
            "timestamp": 1_639_385_866_198_i64, "topic": "tns1:Device/tnsaxis:IO/VirtualPort",
            "message": {"source": {"port": "1"}, "key": {}, "data": {"state": "0", "level": 7}}}}});
        let event = read_event(&message).expect("an event");
        assert_eq!(event.topic, "tns1:Device/tnsaxis:IO/VirtualPort");
        assert_eq!(
            event.time.map(|time| time.timestamp_millis()),
            Some(1_639_385_866_198)
        );
        assert_eq!(event.source["port"], "1");
        assert_eq!((&*event.data["state"], &*event.data["level"]), ("0", "7"));
        let bare = json!({"method": "events:notify", "params": {"notification": {"topic": "x"}}});
        assert!(read_event(&bare).is_some_and(|event| event.time.is_none() && event.data.is_empty()));
        assert_eq!(
            read_event(&json!({"method": "events:configure", "data": {}})),
            None
        );
    }

    /// VPX-16: a token is no other part of an address.
    #[test]
    fn tokens() {
        assert_eq!(
            read_token(b"1331901001644832701\n"),
            Some(Secret::new("1331901001644832701"))
        );
        for other in ["", "a&sources=video", "a b", "<html>", "é"] {
            assert_eq!(read_token(other.as_bytes()), None, "{other}");
        }
    }

    proptest! {
        /// SEC-04
        #[test]
        fn anything(text in "\\PC{0,60}", number in any::<i64>()) {
            let message = json!({"method": "events:notify", "params": {"notification": {"topic": text, "timestamp": number,
                "message": {"source": {&text: number}, "data": {"x": text}}}}});
            let _ = read_event(&message);
            let _ = read_token(text.as_bytes());
        }
    }
}
