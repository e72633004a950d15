//! All SQL on the tables of licences.

mod cache;
mod checking;
mod file_signer;
mod hardware;
mod issuers;
mod keys;
mod ledger;
mod lists;
mod needs;
mod notices;
mod offline;

pub use cache::{
    BookKey, books_of, due_books, licences_in_wallets, product_name, rebuild, status_shown, with_entries,
};
pub use checking::check;
pub use file_signer::{file_signer, insert_file_signer};
pub use hardware::{Hardware, active_hardware, hardware, hardware_of, hardware_of_systems, write_hardware};
pub use issuers::{add_issuer, decide_issuer, issuers, trusted_issuers};
pub use keys::{Redemption, enter_keys, key_was_redeemed, other_with_ending, redemption};
pub use ledger::{
    Body, BodyPosting, Written, append, entries_of, entry, find_operation, head, keep_operation, load,
    postings, transfers_sent,
};
pub use lists::{endings_window, history_window, licences_window, lots_window};
pub use needs::{Needs, needs};
pub use notices::{dismiss_notice, forget_dismissals, notice_of, notices, notices_shown};
pub use offline::{
    KeptFile, OfflineSystem, at_other, file_content, file_is_known, insert_file, known_system,
    offline_system, offline_systems, write_system,
};

use super::catalogue::Catalogue;
use super::rules::ledger::derived;
use chrono::NaiveDate;
use flotilla_kernel::clock::{Time, date_of, days_of};
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{OrganizationId, SystemId};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// The id of the book of a product of an organization.
pub fn book_id(organization: OrganizationId, product: &str) -> Uuid {
    derived(&[b"book", organization.blob(), product.as_bytes()])
}

/// A stored day.
///
/// # Errors
/// A number that is no day.
pub fn day(days: i64) -> Outcome<NaiveDate> {
    date_of(days).ok_or_else(|| Problem::internal("a day out of range"))
}

/// What is known of an organization here.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: chrono_tz::Tz,
    /// Whether it is archived.
    pub archived: bool,
}

/// An organization.
///
/// # Errors
/// `not-found`
pub async fn organization(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Organization> {
    let row = sqlx::query("SELECT name, zone, archived_at IS NOT NULL FROM organization WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let zone: &str = row.take(1)?;
    Ok(Organization {
        id,
        name: row.take(0)?,
        zone: zone.parse().unwrap_or(chrono_tz::Tz::UTC),
        archived: row.take(2)?,
    })
}

/// The zones of organizations with books.
///
/// # Errors
/// Database errors.
pub async fn zones(connection: &mut SqliteConnection) -> Outcome<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT o.zone FROM licence_book AS b JOIN organization AS o ON o.id = b.organization_id ORDER BY o.zone",
    )
    .fetch_all(connection)
    .await?)
}

/// The organizations of these systems.
///
/// # Errors
/// Database errors.
pub async fn organizations_of_systems(
    connection: &mut SqliteConnection,
    ids: &[Uuid],
) -> Outcome<Vec<OrganizationId>> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT s.organization_id FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value)",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .fetch_all(connection)
    .await?)
}

/// The organization that a managed system belongs to.
///
/// # Errors
/// Database errors.
pub async fn organization_of_system(
    connection: &mut SqliteConnection,
    id: SystemId,
) -> Outcome<Option<OrganizationId>> {
    Ok(
        sqlx::query_scalar("SELECT organization_id FROM system WHERE id = ? AND removed_at IS NULL")
            .bind(id)
            .fetch_optional(connection)
            .await?,
    )
}

// The clock

/// The highest time ever seen (LIC-53).
///
/// # Errors
/// Database errors.
pub async fn highest_time(connection: &mut SqliteConnection) -> Outcome<Option<Time>> {
    let highest: Option<i64> = sqlx::query_scalar("SELECT highest FROM licence_clock WHERE id = 1")
        .fetch_optional(connection)
        .await?;
    Ok(highest.map(Time))
}

/// Keeps a time that was seen, if none was higher.
///
/// # Errors
/// Database errors.
pub async fn keep_time(connection: &mut SqliteConnection, seen: Time) -> Outcome<()> {
    sqlx::query("INSERT INTO licence_clock (id, highest) VALUES (1, ?1) ON CONFLICT DO UPDATE SET highest = max(highest, ?1)")
        .bind(seen.0)
        .execute(connection)
        .await?;
    Ok(())
}

// The catalogue

/// A version of the catalogue.
#[derive(Debug, Clone)]
pub struct CatalogueVersion {
    /// The version.
    pub version: i64,
    /// From which day on it holds.
    pub from: NaiveDate,
    /// Whether it came with the program.
    pub built_in: bool,
    /// What it says.
    pub catalogue: Catalogue,
}

/// The number of the newest version; 0 before one was ever written.
///
/// # Errors
/// Database errors.
pub async fn newest_catalogue(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM licence_catalogue")
            .fetch_one(connection)
            .await?,
    )
}

/// Every version, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn catalogues(connection: &mut SqliteConnection) -> Outcome<Vec<CatalogueVersion>> {
    let rows =
        sqlx::query("SELECT version, from_day, built_in, body FROM licence_catalogue ORDER BY version")
            .fetch_all(connection)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(CatalogueVersion {
                version: row.take(0)?,
                from: day(row.take(1)?)?,
                built_in: row.take(2)?,
                catalogue: serde_json::from_str(row.take(3)?).map_err(Problem::internal)?,
            })
        })
        .collect()
}

/// The products that there are books of, each with the types of licence that were ever counted or are needed in them; none: a
/// book in which nothing was.
///
/// # Errors
/// Database errors.
pub async fn types_in_books(connection: &mut SqliteConnection) -> Outcome<Vec<(String, Option<String>)>> {
    let rows = sqlx::query(
        "SELECT product, NULL AS licence_type FROM licence_book
         UNION SELECT e.product, p.licence_type FROM licence_posting AS p JOIN licence_entry AS e ON e.sequence = p.entry
         UNION SELECT product, licence_type FROM licence_requirement
         ORDER BY 1, 2",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// Writes a version of the catalogue.
///
/// # Errors
/// Database errors.
pub async fn insert_catalogue(
    connection: &mut SqliteConnection,
    from: NaiveDate,
    built_in: bool,
    catalogue: &Catalogue,
) -> Outcome<i64> {
    let body = serde_json::to_string(catalogue).map_err(Problem::internal)?;
    Ok(sqlx::query_scalar(
        "INSERT INTO licence_catalogue (version, from_day, built_in, body)
         VALUES ((SELECT coalesce(max(version), 0) + 1 FROM licence_catalogue), ?, ?, ?) RETURNING version",
    )
    .bind(days_of(from))
    .bind(built_in)
    .bind(body)
    .fetch_one(connection)
    .await?)
}

// Needs

/// Says by hand what is needed; none: the rule holds again (LIC-15).
///
/// # Errors
/// Database errors.
pub async fn set_requirement(
    connection: &mut SqliteConnection,
    (organization, product): (OrganizationId, &str),
    system: Option<SystemId>,
    licence_type: &str,
    quantity: Option<i64>,
) -> Outcome<()> {
    let system = system.map_or_else(Vec::new, |id| id.blob().to_vec());
    let statement = match quantity {
        Some(quantity) => sqlx::query(
            "INSERT INTO licence_requirement (organization_id, product, system_id, licence_type, quantity) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET quantity = ?5",
        )
        .bind(organization)
        .bind(product)
        .bind(system)
        .bind(licence_type)
        .bind(quantity),
        None => sqlx::query(
            "DELETE FROM licence_requirement WHERE organization_id = ? AND product = ? AND system_id = ? AND licence_type = ?",
        )
        .bind(organization)
        .bind(product)
        .bind(system)
        .bind(licence_type),
    };
    statement.execute(connection).await?;
    Ok(())
}

/// The needs of organizations that are deleted go with them.
///
/// # Errors
/// Database errors.
pub async fn forget_requirements(connection: &mut SqliteConnection, of: &[OrganizationId]) -> Outcome<()> {
    sqlx::query(
        "DELETE FROM licence_requirement WHERE organization_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(flotilla_kernel::ids::ids_json(of))
    .execute(connection)
    .await?;
    Ok(())
}
