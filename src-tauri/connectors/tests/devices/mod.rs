//! What the tests of devices have in common.
mod accounts;
mod applications;
mod commissioning;
mod events;
mod firmware;
mod oddities;
mod other_programs;

use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::vapix::{AccountPassword, Client, Transport};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_simulator::{AuthenticationScheme, Camera, Fleet, FleetOptions};

/// A fleet of one device of that version, which signs in by Digest.
pub async fn one(version: &str) -> Fleet {
    let fleet = start(FleetOptions {
        cameras: 1,
        ..FleetOptions::default()
    })
    .await;
    fleet.cameras()[0].set_version(version);
    fleet.cameras()[0].set_scheme(AuthenticationScheme::DigestSha256);
    fleet
}

pub async fn start(options: FleetOptions) -> Fleet {
    Fleet::start(options).await.unwrap()
}

pub fn trust(camera: &Camera) -> Trust {
    Trust {
        pin: Some(Fingerprint::of(&camera.certificate().unwrap())),
        ..Trust::default()
    }
}

pub fn endpoint(camera: &Camera) -> Endpoint {
    Endpoint::parse(&camera.address(), camera.port()).unwrap()
}

/// A client without credentials.
pub fn stranger(camera: &Camera) -> Client {
    Client::new(
        &Dialer::new(None),
        &endpoint(camera),
        &trust(camera),
        Transport::Https,
    )
    .unwrap()
}

/// A client that signs in so.
pub fn user(camera: &Camera, name: &str, password: &str) -> Client {
    stranger(camera).with_credentials(name, &Secret::new(password))
}

/// A client that signs in as the fleet has it.
pub fn administrator(camera: &Camera) -> Client {
    let blueprint = camera.blueprint();
    user(camera, &blueprint.user, &blueprint.password)
}

pub fn password(text: &str) -> AccountPassword {
    AccountPassword::new(&Secret::new(text)).unwrap()
}
