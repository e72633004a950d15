//! The key that licence files of this workspace are signed with (LIC-51). It leaves the encrypted database for signing only.

use flotilla_kernel::clock::Time;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_licence_formats::issuer::SecretKey;
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

/// The issuer's name and key; none: no licence file was ever issued.
///
/// # Errors
/// Database errors.
pub async fn file_signer(connection: &mut SqliteConnection) -> Outcome<Option<(String, SecretKey)>> {
    let row = sqlx::query("SELECT name, seed FROM licence_file_signer WHERE id = 1")
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let stored: Zeroizing<Vec<u8>> = Zeroizing::new(row.take(1)?);
        let mut seed = Zeroizing::new([0; 32]);
        if stored.len() != seed.len() {
            return Err(Problem::internal("the key of licence files has another length"));
        }
        seed.copy_from_slice(&stored);
        Ok((row.take(0)?, SecretKey::from_seed(&seed)))
    })
    .transpose()
}

/// Keeps a new one.
///
/// # Errors
/// Database errors; when there is one already.
pub async fn insert_file_signer(
    connection: &mut SqliteConnection,
    name: &str,
    key: &SecretKey,
    at: Time,
) -> Outcome<()> {
    sqlx::query("INSERT INTO licence_file_signer (id, name, seed, created_at) VALUES (1, ?, ?, ?)")
        .bind(name)
        .bind(&key.seed()[..])
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}
