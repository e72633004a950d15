//! Device software, for who recommends it.

use crate::repository::types::PackageKind;
use flotilla_kernel::database::{RowExt as _, enum_text, readable};
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
    let mut found = of_kind(connection, PackageKind::Firmware).await?;
    found.retain(|one| !one.product.is_empty());
    Ok(found)
}

/// All installers of video servers that are here or can be fetched.
///
/// # Errors
/// Database errors.
pub async fn server_installers(connection: &mut SqliteConnection) -> Outcome<Vec<Firmware>> {
    of_kind(connection, PackageKind::ServerInstaller).await
}

async fn of_kind(connection: &mut SqliteConnection, kind: PackageKind) -> Outcome<Vec<Firmware>> {
    let rows = sqlx::query(
        "SELECT id, product, version, size, digest_origin = 'vendor' AND state = 'stored' AS verified FROM package
         WHERE kind = ? AND state IN ('stored', 'remote')",
    )
    .bind(enum_text(&kind)?)
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
