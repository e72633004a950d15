//! A gateway, for whoever started the fleet.
use super::image;
use super::keeper::Keeper;
use super::site::Site;
use crate::fault::{Fault, FaultRule};
use crate::options::GatewayPace;
use crate::station::{Counters, Station};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// One gateway, listening (GWY-01 to GWY-05). Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Gateway(pub(crate) Arc<Keeper>);

impl Gateway {
    pub(crate) fn new(
        station: Station,
        site: Site,
        token: String,
        pace: GatewayPace,
        stop: &CancellationToken,
    ) -> Self {
        Self(Keeper::new(station, site, token, pace, stop))
    }

    /// Where it listens.
    pub fn socket_address(&self) -> SocketAddr {
        self.0.station.address()
    }

    /// Its address in text.
    pub fn address(&self) -> String {
        self.0.station.address().ip().to_string()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.0.station.address().port()
    }

    /// What is behind it, by its name.
    pub fn name(&self) -> &str {
        self.0.site.name()
    }

    /// The version of the first system behind it.
    pub fn version(&self) -> String {
        let systems = self.0.site.systems();
        systems
            .first()
            .map(|system| system.version.clone())
            .unwrap_or_default()
    }

    /// The bearer token (GWY-02), invented like the passwords.
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// The certificate (DER) it shows when no fault says otherwise.
    ///
    /// # Errors
    /// When none can be made.
    pub fn certificate(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.0.station.identity()?.certificate().to_vec())
    }

    /// SHA-256 of [`Gateway::certificate`], lower case hexadecimal digits.
    ///
    /// # Errors
    /// When none can be made.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        Ok(self.0.station.identity()?.fingerprint())
    }

    /// Another certificate from now on; connections end. Gives its fingerprint.
    ///
    /// # Errors
    /// When none can be made.
    pub fn change_certificate(&self) -> anyhow::Result<String> {
        Ok(self.0.station.change_certificate()?.fingerprint())
    }

    /// How long a step of an operation takes from now on.
    pub fn set_step_time(&self, step: Duration) {
        self.0.set_pace(GatewayPace {
            step,
            ..self.0.pace()
        });
    }

    /// The video server behind it asks now whether there is something for it (GWY-05), and does not wait until it is time.
    pub fn poll_now(&self) {
        self.0.poll();
    }

    /// An image of that version that simulated gateways take, of so many bytes or of as many as it takes.
    pub fn image(version: &str, length: usize) -> Vec<u8> {
        image::write(version, length)
    }

    /// Adds a fault, in all cases and for good (but see [`Fault`]).
    pub fn set_fault(&self, fault: Fault) {
        self.set_rule(fault.into());
    }

    /// Adds a fault with its rate and how many times.
    pub fn set_rule(&self, rule: FaultRule) {
        self.0.station.set(rule);
    }

    /// Healthy again; what did not come back is there.
    pub fn clear_faults(&self) {
        self.0.station.clear();
        self.0.site.come_back();
    }

    /// The faults it has.
    pub fn faults(&self) -> Vec<FaultRule> {
        self.0.station.faults.rules()
    }

    /// What has happened so far.
    pub fn counters(&self) -> Counters {
        self.0.station.tally.read()
    }
}
