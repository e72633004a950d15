//! All SQL on the identity certificate.

use super::types::Identity;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::settings;
use sqlx::SqliteConnection;

/// The setting that holds it.
const IDENTITY: &str = "identity";

/// The identity kept in the workspace.
///
/// # Errors
/// Database errors.
pub async fn identity(connection: &mut SqliteConnection) -> Outcome<Option<Identity>> {
    let text = settings::read(connection, IDENTITY).await?;
    let Some(text) = text else { return Ok(None) };
    let (certificate_pem, key_pem): (String, String) =
        serde_json::from_str(&text).map_err(Problem::internal)?;
    Ok(Some(Identity {
        certificate_pem,
        key_pem: Secret::new(key_pem),
    }))
}

/// Keeps the identity.
///
/// # Errors
/// Database errors.
pub async fn set_identity(connection: &mut SqliteConnection, identity: &Identity) -> Outcome<()> {
    let text = serde_json::to_string(&(&identity.certificate_pem, identity.key_pem.expose()))
        .map_err(Problem::internal)?;
    settings::write(connection, IDENTITY, &text).await
}
