//! Tokens that open a stream of events (VPX-16), each one, within its time.
use std::time::Duration;
use tokio::time::Instant;

const VALID: Duration = Duration::from_secs(15);
const MOST: usize = 16;

#[derive(Default)]
pub(super) struct Tokens(Vec<(String, Instant)>);

impl Tokens {
    /// None where the system gives no random numbers.
    pub(super) fn issue(&mut self, now: Instant) -> Option<String> {
        let mut bytes = [0; 8];
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "no token");
            return None;
        }
        let text = u64::from_be_bytes(bytes).to_string();
        self.0.retain(|(_, until)| *until > now);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((text.clone(), now + VALID));
        Some(text)
    }

    /// Whether it opens a stream; it does so once.
    pub(super) fn redeem(&mut self, text: &str, now: Instant) -> bool {
        let place = self
            .0
            .iter()
            .position(|(token, until)| token == text && *until > now);
        place.map(|place| self.0.remove(place)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VPX-16: once, within 15 seconds.
    #[test]
    fn once_and_in_time() {
        let now = Instant::now();
        let mut tokens = Tokens::default();
        let token = tokens.issue(now).expect("a token");
        assert!(!tokens.redeem("1", now));
        assert!(tokens.redeem(&token, now + VALID / 2));
        assert!(!tokens.redeem(&token, now + VALID / 2));
        let late = tokens.issue(now).expect("a token");
        assert!(!tokens.redeem(&late, now + VALID));
    }
}
