//! One request to a gateway: who asks, and what came back.
use super::problem::{Failure, GatewayError};
use crate::dialer::{Answer, Call, Channel};
use crate::secret::Secret;
use http::header::{AUTHORIZATION, ToStrError};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use url::Url;
use zeroize::Zeroizing;

/// A channel, and the token that is shown over it.
pub(super) struct Wire {
    pub(super) channel: Arc<Channel>,
    token: Option<Secret>,
}

impl Wire {
    pub(super) fn new(channel: Arc<Channel>, token: Option<Secret>) -> Self {
        Self { channel, token }
    }

    /// The headers that every request to this address has. A token never travels in clear (SEC-05).
    pub(super) fn headers(&self, url: &Url) -> Result<HeaderMap, Failure> {
        let mut headers = HeaderMap::with_capacity(8);
        let Some(token) = &self.token else {
            return Ok(headers);
        };
        if url.scheme() != "https" {
            return Err(Failure::NotEncrypted);
        }
        let text = Zeroizing::new(format!("Bearer {}", token.expose()));
        let mut value = HeaderValue::from_str(&text).map_err(|_| Failure::NotThisProtocol)?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(headers)
    }

    /// For what may be repeated without harm: what only reads, and what has a key.
    pub(super) async fn send(&self, call: &Call) -> Result<Answer, GatewayError> {
        Ok(self.channel.send(call).await?)
    }

    /// For everything else.
    pub(super) async fn send_once(&self, call: &Call) -> Result<Answer, GatewayError> {
        Ok(self.channel.send_once(call).await?)
    }
}

/// A header that this program made of something it was given.
pub(super) fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), Failure> {
    let value = HeaderValue::from_str(value).map_err(|_| Failure::NotThisProtocol)?;
    headers.insert(name, value);
    Ok(())
}

/// A header of an answer as text.
pub(super) fn text<'answer>(answer: &'answer Answer, name: &HeaderName) -> Option<&'answer str> {
    let text: Result<&str, ToStrError> = answer.headers.get(name)?.to_str();
    text.ok()
}
