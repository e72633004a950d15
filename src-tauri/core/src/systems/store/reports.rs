//! What connections report beyond the systems themselves: of a telephone solution as a whole, and of a video server.

use crate::systems::rules::version_key;
use crate::systems::types::{ConnectedDevice, LicenceLine, LicenceState};
use flotilla_kernel::database::{RowExt as _, enum_text, fold};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, OrganizationId, SystemId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;

/// What a connection reports of a telephone solution as a whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solution {
    /// The primary system's own name.
    pub system_name: String,
    /// The primary system's version, as it writes it.
    pub version: String,
    /// The profile of a cloud solution; empty: none.
    pub profile: String,
    /// The provider's name, as the solution reports it; matched with labels (ACC-16).
    pub provider: String,
    /// The reseller's name, as the solution reports it; matched with labels (ACC-16).
    pub reseller: String,
    /// The licences the solution reports.
    pub licences: Vec<LicenceLine>,
}

/// What is stored of the solution of a connection.
///
/// # Errors
/// Database errors.
pub async fn solution(connection: &mut SqliteConnection, of: ConnectionId) -> Outcome<Option<Solution>> {
    let row = sqlx::query(
        "SELECT system_name, version, profile, provider, reseller, licences FROM solution WHERE connection_id = ?",
    )
    .bind(of)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Solution {
            system_name: row.take("system_name")?,
            version: row.take("version")?,
            profile: row.take("profile")?,
            provider: row.take("provider")?,
            reseller: row.take("reseller")?,
            licences: serde_json::from_str(row.take("licences")?).map_err(Problem::internal)?,
        })
    })
    .transpose()
}

/// Keeps what a connection reports of its solution, and what its licences come to today.
///
/// # Errors
/// Database errors.
pub async fn set_solution(
    connection: &mut SqliteConnection,
    of: ConnectionId,
    solution: &Solution,
    state: LicenceState,
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO solution (connection_id, system_name, version, version_key, profile, provider, reseller, provider_key, reseller_key,
                               licence_state, licences)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT DO UPDATE SET system_name = ?2, version = ?3, version_key = ?4, profile = ?5, provider = ?6, reseller = ?7,
                               provider_key = ?8, reseller_key = ?9, licence_state = ?10, licences = ?11",
    )
    .bind(of)
    .bind(&solution.system_name)
    .bind(&solution.version)
    .bind(version_key(&solution.version))
    .bind(&solution.profile)
    .bind(&solution.provider)
    .bind(&solution.reseller)
    .bind(fold(&solution.provider))
    .bind(fold(&solution.reseller))
    .bind(enum_text(&state)?)
    .bind(serde_json::to_string(&solution.licences).map_err(Problem::internal)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a video server says of itself besides, and the devices it works with (PRO-01).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VideoServer {
    /// The version of its interface.
    pub interface: String,
    /// Its time zone, as it names it; empty: it says none.
    pub time_zone: String,
    /// Who made the machine it runs on; empty: it says none.
    pub vendor: String,
    /// The devices it works with.
    pub devices: Vec<ConnectedDevice>,
}

/// What is stored of the video server that a connection leads to; none: nothing was read by it yet.
///
/// # Errors
/// Database errors.
pub async fn video_server(
    connection: &mut SqliteConnection,
    of: ConnectionId,
) -> Outcome<Option<VideoServer>> {
    let row =
        sqlx::query("SELECT interface, time_zone, vendor, devices FROM video_server WHERE connection_id = ?")
            .bind(of)
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(VideoServer {
            interface: row.take("interface")?,
            time_zone: row.take("time_zone")?,
            vendor: row.take("vendor")?,
            devices: serde_json::from_str(row.take("devices")?).map_err(Problem::internal)?,
        })
    })
    .transpose()
}

/// Keeps what the video server says that a connection leads to.
///
/// # Errors
/// Database errors.
pub async fn set_video_server(
    connection: &mut SqliteConnection,
    of: ConnectionId,
    server: &VideoServer,
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO video_server (connection_id, interface, time_zone, vendor, devices) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET interface = ?2, time_zone = ?3, vendor = ?4, devices = ?5",
    )
    .bind(of)
    .bind(&server.interface)
    .bind(&server.time_zone)
    .bind(&server.vendor)
    .bind(serde_json::to_string(&server.devices).map_err(Problem::internal)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// The systems of an organization that an account sees, by these serial numbers.
///
/// # Errors
/// Database errors.
pub async fn by_serial(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: OrganizationId,
    serials: &[&str],
) -> Outcome<HashMap<String, SystemId>> {
    let rows: Vec<(String, SystemId)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT s.serial, s.id FROM json_each(?1) AS wanted
         JOIN system AS s ON s.organization_id = ?2 AND s.serial = wanted.value AND s.removed_at IS NULL WHERE {}",
        rights::visible_systems(caller, "s")
    )))
    .bind(serde_json::to_string(serials).map_err(Problem::internal)?)
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// What connections that were removed have reported is reported by nobody any more.
///
/// # Errors
/// Database errors.
pub async fn forget_reports(connection: &mut SqliteConnection, of: &[ConnectionId]) -> Outcome<()> {
    for table in ["solution", "video_server"] {
        sqlx::query(AssertSqlSafe(format!(
            "DELETE FROM {table} WHERE connection_id IN (SELECT unhex(value) FROM json_each(?))"
        )))
        .bind(ids_json(of))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
