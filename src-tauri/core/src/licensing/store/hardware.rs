//! Hardware that carries licences (LIC-40).

use super::super::rules::hardware::serial_key;
use super::super::rules::need::Quantities;
use super::super::types::{HardwareSource, HardwareState};
use super::day;
use chrono::NaiveDate;
use flotilla_kernel::clock::days_of;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{OfflineSystemId, OrganizationId, SystemId, ids_json};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use std::collections::{BTreeMap, BTreeSet};

/// Hardware that carries licences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hardware {
    /// The product.
    pub product: String,
    /// The serial number without spaces, dashes and case.
    pub serial_key: String,
    /// The serial number.
    pub serial: String,
    /// The model.
    pub model: String,
    /// The organization it is registered with, or was last.
    pub organization: OrganizationId,
    /// The system without a network that it is.
    pub system: Option<OfflineSystemId>,
    /// What it carries.
    pub licences: Quantities,
    /// Where that is known from.
    pub source: HardwareSource,
    /// The reference.
    pub reference: String,
    /// How it is.
    pub state: HardwareState,
    /// Since when.
    pub since: NaiveDate,
}

const COLUMNS: &str = "product, serial_key, serial, model, organization_id, system_id, licences, source, reference, state, since";

fn read(row: &SqliteRow) -> Outcome<Hardware> {
    Ok(Hardware {
        product: row.take(0)?,
        serial_key: row.take(1)?,
        serial: row.take(2)?,
        model: row.take(3)?,
        organization: row.take(4)?,
        system: row.take(5)?,
        licences: serde_json::from_str(row.take(6)?).map_err(Problem::internal)?,
        source: enum_value(row.take(7)?)?,
        reference: row.take(8)?,
        state: enum_value(row.take(9)?)?,
        since: day(row.take(10)?)?,
    })
}

/// The hardware with this serial number, wherever it is registered.
///
/// # Errors
/// Database errors.
pub async fn hardware(
    connection: &mut SqliteConnection,
    product: &str,
    serial_key: &str,
) -> Outcome<Option<Hardware>> {
    let query = format!("SELECT {COLUMNS} FROM licence_hardware WHERE product = ? AND serial_key = ?");
    let row = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(product)
        .bind(serial_key)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The hardware of an organization, also what was removed there last, by serial number.
///
/// # Errors
/// Database errors.
pub async fn hardware_of(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Vec<Hardware>> {
    let query = format!(
        "SELECT {COLUMNS} FROM licence_hardware WHERE organization_id = ? AND product = ? ORDER BY state, serial_key"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(organization)
        .bind(product)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// The hardware of an organization whose licences count.
///
/// # Errors
/// Database errors.
pub async fn active_hardware(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Vec<Hardware>> {
    let mut hardware = hardware_of(connection, organization, product).await?;
    hardware.retain(|one| one.state == HardwareState::Active);
    Ok(hardware)
}

/// The active hardware that these systems are: with their serial numbers, registered with their organizations.
///
/// # Errors
/// Database errors.
pub async fn hardware_of_systems(
    connection: &mut SqliteConnection,
    systems: &[SystemId],
) -> Outcome<Vec<Hardware>> {
    let serials: Vec<(OrganizationId, String)> = sqlx::query_as(
        "SELECT s.organization_id, s.serial FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value) WHERE s.serial <> ''",
    )
    .bind(ids_json(systems))
    .fetch_all(&mut *connection)
    .await?;
    let mut of: BTreeMap<OrganizationId, BTreeSet<String>> = BTreeMap::new();
    for (organization, serial) in serials {
        of.entry(organization).or_default().insert(serial_key(&serial));
    }
    let mut found = Vec::new();
    for (organization, keys) in of {
        let query = format!(
            "SELECT {COLUMNS} FROM licence_hardware WHERE organization_id = ? AND state = 'active' ORDER BY product, serial_key"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(organization)
            .fetch_all(&mut *connection)
            .await?;
        for row in &rows {
            let hardware = read(row)?;
            if keys.contains(&hardware.serial_key) {
                found.push(hardware);
            }
        }
    }
    Ok(found)
}

/// Writes hardware; what it carries stays what it was when it was first registered.
///
/// # Errors
/// Database errors.
pub async fn write_hardware(connection: &mut SqliteConnection, hardware: &Hardware) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO licence_hardware (product, serial_key, serial, model, organization_id, system_id, licences, source, reference, state, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT DO UPDATE SET organization_id = ?5, system_id = ?6, state = ?10, since = ?11",
    )
    .bind(&hardware.product)
    .bind(&hardware.serial_key)
    .bind(&hardware.serial)
    .bind(&hardware.model)
    .bind(hardware.organization)
    .bind(hardware.system)
    .bind(serde_json::to_string(&hardware.licences).map_err(Problem::internal)?)
    .bind(enum_text(&hardware.source)?)
    .bind(&hardware.reference)
    .bind(enum_text(&hardware.state)?)
    .bind(days_of(hardware.since))
    .execute(connection)
    .await?;
    Ok(())
}
