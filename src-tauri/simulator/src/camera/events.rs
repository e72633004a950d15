//! Events (VPX-16): a token, a WebSocket that is opened with it, and what happens at the device, for those who asked.
use super::{Caller, Device};
use crate::listen::{Asked, plain, with_type};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use http::{HeaderValue, Method, Response, StatusCode};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use url::form_urlencoded;

const HEARTBEAT: Duration = Duration::from_secs(15);
const LARGEST_MESSAGE: usize = 64 * 1024;
const MOST_FILTERS: usize = 64;
/// A state that every device has; who asks for it is shown it at once.
const READY: &str = "tns1:Device/tnsaxis:Status/SystemReady";

/// What the device says it can tell of (`GetEventInstances`): a state, and a signal that somebody sets.
const INSTANCES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wstop="http://docs.oasis-open.org/wsn/t-1" xmlns:tns1="http://www.onvif.org/ver10/topics" xmlns:tnsaxis="http://www.axis.com/2009/event/topics" xmlns:aev="http://www.axis.com/vapix/ws/event1" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<SOAP-ENV:Body><aev:GetEventInstancesResponse><wstop:TopicSet><tns1:Device>
<tnsaxis:Status><SystemReady wstop:topic="true" aev:NiceName="System ready"><aev:MessageInstance aev:isProperty="true"><aev:DataInstance><aev:SimpleItemInstance aev:NiceName="Ready" Type="xsd:boolean" Name="ready" isPropertyState="true"/></aev:DataInstance></aev:MessageInstance></SystemReady></tnsaxis:Status>
<tnsaxis:IO><VirtualPort wstop:topic="true" aev:NiceName="Virtual port"><aev:MessageInstance aev:isProperty="true"><aev:SourceInstance><aev:SimpleItemInstance aev:NiceName="Port" Type="xsd:int" Name="port"><aev:Value>1</aev:Value></aev:SimpleItemInstance></aev:SourceInstance><aev:DataInstance><aev:SimpleItemInstance aev:NiceName="Active" Type="xsd:boolean" Name="state" isPropertyState="true"/></aev:DataInstance></aev:MessageInstance></VirtualPort></tnsaxis:IO>
</tns1:Device></wstop:TopicSet></aev:GetEventInstancesResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
"#;

/// Whether a topic is among those asked for. A filter names one, or with `//.` at its end all below it; `|` stands between
/// several.
fn fits(filter: &str, topic: &str) -> bool {
    filter
        .split('|')
        .map(str::trim)
        .any(|one| match one.strip_suffix("//.") {
            Some(above) => topic
                .strip_prefix(above)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            None => one == topic,
        })
}

fn notification(topic: &str, source: &Value, data: &Value) -> Value {
    json!({"apiVersion": "1.0", "method": "events:notify", "params": {"notification": {
        "timestamp": crate::clock::now().timestamp_millis(),
        "topic": topic,
        "message": {"source": source, "key": {}, "data": data},
    }}})
}

fn topic(event: &Value) -> &str {
    event["params"]["notification"]["topic"]
        .as_str()
        .unwrap_or_default()
}

/// What was asked for; or which error it is.
fn filters(question: &Value) -> Result<Vec<String>, (u16, &'static str)> {
    if question["method"].as_str() != Some("events:configure") {
        return Err((2102, "Method not supported"));
    }
    let list = question["params"]["eventFilterList"]
        .as_array()
        .ok_or((2103, "Required parameter missing"))?;
    // Filters by content are not played.
    list.iter()
        .map(|one| one["topicFilter"].as_str().map(str::to_string))
        .collect::<Option<Vec<_>>>()
        .filter(|list| list.len() <= MOST_FILTERS)
        .ok_or((2104, "Invalid parameter value specified"))
}

impl Device {
    /// `wssession.cgi`
    pub(super) fn event_token(&self, caller: &Caller) -> Response<Bytes> {
        if *caller == Caller::Anonymous {
            return self.unauthorized(false);
        }
        let Some(text) = self.state.lock().tokens.issue(Instant::now()) else {
            return plain(StatusCode::INTERNAL_SERVER_ERROR, "no token");
        };
        with_type(StatusCode::OK, "text/plain", format!("{text}\n"))
    }

    /// `GetEventInstances`, the one question of the older interfaces that is answered.
    pub(super) fn event_instances(&self, asked: &Asked) -> Response<Bytes> {
        match self.caller(asked) {
            Err(response) => return *response,
            Ok(Caller::Anonymous) => return self.unauthorized(false),
            Ok(Caller::Account { .. }) => {}
        }
        let asks = asked.parts.method == Method::POST
            && String::from_utf8_lossy(&asked.body).contains("GetEventInstances");
        if !asks {
            return plain(StatusCode::BAD_REQUEST, "bad request");
        }
        with_type(
            StatusCode::OK,
            "application/soap+xml; charset=utf-8",
            INSTANCES.to_owned(),
        )
    }

    /// Switches over to the stream; a token opens one.
    pub(super) fn open_events(&self, asked: &Asked) -> Response<Bytes> {
        let (mut token, mut sources) = (String::new(), String::new());
        for (name, value) in form_urlencoded::parse(asked.parts.uri.query().unwrap_or_default().as_bytes()) {
            match name.as_ref() {
                "wssession" => token = value.into_owned(),
                "sources" => sources = value.into_owned(),
                _ => {}
            }
        }
        let is_good = self.state.lock().tokens.redeem(&token, Instant::now());
        let signed_in = is_good || matches!(self.caller(asked), Ok(Caller::Account { .. }));
        if !signed_in {
            return self.unauthorized(false);
        }
        let key = asked.header(SEC_WEBSOCKET_KEY.as_str());
        let wants = asked
            .header(UPGRADE.as_str())
            .is_some_and(|name| name.eq_ignore_ascii_case("websocket"));
        let (Some(key), true, true) = (key, wants, sources.split(',').any(|one| one == "events")) else {
            return plain(StatusCode::BAD_REQUEST, "bad request");
        };
        let Ok(accept) = HeaderValue::from_str(&derive_accept_key(key.as_bytes())) else {
            return plain(StatusCode::BAD_REQUEST, "bad request");
        };
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
        response
    }

    /// Something happens at the device.
    pub(super) fn raise_event(&self, topic: &str, source: &Value, data: &Value) {
        // Nobody need listen.
        let _ = self.events.send(notification(topic, source, data));
    }

    /// Speaks over one stream until either side ends it.
    pub(super) async fn stream_events(&self, stream: Upgraded) {
        let limits = WebSocketConfig::default().max_message_size(Some(LARGEST_MESSAGE));
        let mut line =
            WebSocketStream::from_raw_socket(TokioIo::new(stream), Role::Server, Some(limits)).await;
        let mut events = self.events.subscribe();
        let mut heart = tokio::time::interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        let mut wanted: Vec<String> = Vec::new();
        loop {
            let answers = tokio::select! {
                _ = heart.tick() => vec![Message::Ping(Bytes::new())],
                message = line.next() => match message {
                    Some(Ok(Message::Text(text))) => self.configure(text.as_str(), &mut wanted),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => Vec::new(),
                },
                event = events.recv() => match event {
                    // Each filter is a subscription of its own.
                    Ok(event) => wanted
                        .iter()
                        .filter(|filter| fits(filter, topic(&event)))
                        .map(|_| Message::text(event.to_string()))
                        .collect(),
                    Err(RecvError::Lagged(_)) => Vec::new(),
                    Err(RecvError::Closed) => return,
                },
            };
            for answer in answers {
                if line.send(answer).await.is_err() {
                    return;
                }
            }
        }
    }

    /// The answer, and the states that were asked for.
    fn configure(&self, text: &str, wanted: &mut Vec<String>) -> Vec<Message> {
        let parsed: Option<Value> = serde_json::from_str(text).ok();
        let Some(question) = parsed.filter(Value::is_object) else {
            let error = json!({"apiVersion": "1.0", "error": {"code": 2101, "message": "Invalid JSON"}});
            return vec![Message::text(error.to_string())];
        };
        let mut answer = json!({"apiVersion": "1.0", "method": question["method"]});
        if let Some(context) = question.get("context") {
            answer["context"] = context.clone();
        }
        match filters(&question) {
            Ok(filters) => {
                *wanted = filters;
                answer["data"] = json!({});
            }
            Err((code, message)) => {
                answer["error"] = json!({"code": code, "message": message});
                return vec![Message::text(answer.to_string())];
            }
        }
        let mut messages = vec![Message::text(answer.to_string())];
        if wanted.iter().any(|filter| fits(filter, READY)) {
            let state = notification(READY, &json!({}), &json!({"ready": "1"}));
            messages.push(Message::text(state.to_string()));
        }
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VPX-16
    #[test]
    fn topics() {
        assert!(fits(READY, READY));
        assert!(fits("tns1:Device//.", READY));
        assert!(fits("tns1:RuleEngine//. | tns1:Device/tnsaxis:Status//.", READY));
        assert!(!fits("tns1:Dev//.", READY));
        assert!(!fits("tns1:Device", READY));
        assert!(!fits("", READY));
    }
}
