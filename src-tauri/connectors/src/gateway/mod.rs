//! The gateway (GWY-01 to GWY-05): Flotilla's own, open protocol for what has no public one — image transfer, upgrades, backup,
//! restore, customization, logs, upgrades of video servers.
//!
//! It is offered by a small program that has to run beside the telephone solution or video server; without that program none of
//! this is possible there. The protocol is described by `openapi.json` in this folder, an OpenAPI 3.1 file; this client and the
//! simulator are both checked against it.
//!
//! - A [`Client`] sends a bearer token over TLS to the one certificate that is believed, and nothing before that.
//! - Every POST carries an [`IdempotencyKey`]: where an answer was lost, the same call with the same key gives what was begun, and
//!   nothing is done twice. Whoever keeps the key across a crash goes on by it.
//! - An operation says on which systems, versions and starts the caller counts ([`ExpectedSystem`]); where one differs, nothing is
//!   done at any.
//! - Long operations are followed by waiting answers (`Prefer: wait`, `ETag`), not by asking over and over.
//! - Images go up by tus 1.0 ([`TusClient`]): in parts with a digest each, from where the server says it stands.
//! - What stands in the way is a [`GatewayProblem`] told apart by its stable type (RFC 9457), or a [`Failure`] on the way there.
mod client;
mod key;
mod problem;
#[cfg(test)]
mod tests;
mod types;
mod uploading;
mod wire;

pub use client::{Client, PORT};
pub use key::{IdempotencyKey, IdempotencyKeyError};
pub use problem::{Failure, GatewayError, GatewayProblem, ProblemDetails, ProblemKind};
pub use types::{
    Component, ComponentTarget, ComponentVersion, ExpectedSystem, FileKind, GatewaySystem, Identity, Logs,
    Observed, Operation, OperationRequest, OperationResult, OperationState, Profile, Scope, ServerSource,
    SiteKind, StoredFile, StoredImage, StoredKind, SystemOperation, SystemRole,
};
pub use uploading::{
    Abilities, Announcement, Retries, TusClient, UploadKind, UploadPlace, UploadSource, Uploaded,
};
