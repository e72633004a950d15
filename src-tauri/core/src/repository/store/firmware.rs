//! Device software, for who recommends it.

use flotilla_kernel::database::{RowExt as _, readable};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::PackageId;
use sqlx::SqliteConnection;

/// A package of device software.
#[derive(Debug, Clone)]
pub struct Firmware {
    /// The package.
    pub id: PackageId,
    /// The model it is for.
    pub product: String,
    /// Its version.
    pub version: String,
    /// How many bytes it has.
    pub size: i64,
    /// Whether the vendor gave its digest, and it was verified (REP-06).
    pub verified: bool,
}

/// All device software that is here or can be fetched.
///
/// # Errors
/// Database errors.
pub async fn firmware(connection: &mut SqliteConnection) -> Outcome<Vec<Firmware>> {
    let rows = sqlx::query(
        "SELECT id, product, version, size, digest_origin = 'vendor' AND state = 'stored' AS verified FROM package
         WHERE kind = 'firmware' AND product <> '' AND state IN ('stored', 'remote')",
    )
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "package", |row| {
        Ok(Firmware {
            id: row.take("id")?,
            product: row.take("product")?,
            version: row.take("version")?,
            size: row.take("size")?,
            verified: row.take("verified")?,
        })
    }))
}
