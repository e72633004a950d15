//! Devices that do not answer for long (DEV-03), and those that were given an address when the program ended (DEV-60).

use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, host_order_key, readable};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{ConnectionId, DeviceResultId, OrganizationId, SystemId};
use sqlx::SqliteConnection;

/// A device that does not answer for long, with the certificate that is believed of it.
#[derive(Debug, Clone)]
pub struct Lost {
    /// The device.
    pub system: SystemId,
    /// The connection it was reached by.
    pub connection: ConnectionId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: String,
    /// Its serial number.
    pub serial: String,
}

/// The devices that do not answer since then or longer: nobody does at their address, or something that shows another serial number or
/// another certificate. One that answers under the same serial number elsewhere, as another
/// organization's, is left out: it is not lost.
///
/// # Errors
/// Database errors.
pub async fn lost(connection: &mut SqliteConnection, since: Time) -> Outcome<Vec<Lost>> {
    let rows = sqlx::query(
        "SELECT s.id, s.name, s.serial, n.id AS connection, n.organization_id FROM connection AS n
         JOIN organization AS o ON o.id = n.organization_id AND o.archived_at IS NULL
         JOIN system AS s ON s.connection_id = n.id AND s.removed_at IS NULL AND s.kind = 'camera' AND s.serial <> ''
         WHERE n.kind = 'device' AND n.removed_at IS NULL AND n.pin IS NOT NULL AND n.status IN ('unreachable', 'replaced', 'certificate_changed')
           AND n.status_since <= ?1
           AND NOT EXISTS (SELECT 1 FROM system AS other JOIN connection AS m ON m.id = other.connection_id
                           WHERE other.serial = s.serial AND other.id <> s.id AND other.removed_at IS NULL
                             AND m.removed_at IS NULL AND m.status NOT IN ('unreachable', 'replaced', 'never_tried'))
         ORDER BY n.status_since, n.id",
    )
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "connection", |row| {
        Ok(Lost {
            system: row.take("id")?,
            connection: row.take("connection")?,
            organization: row.take("organization_id")?,
            name: row.take("name")?,
            serial: row.take("serial")?,
        })
    }))
}

/// A device that was given another address, and of which nothing was heard before the program ended (DEV-60).
#[derive(Debug, Clone)]
pub struct Given {
    /// What the act says of it.
    pub result: DeviceResultId,
    /// The device.
    pub device: Lost,
    /// The address that it was given.
    pub address: String,
}

/// The devices that acts since then have left on their way to another address, and that are not managed there yet.
///
/// # Errors
/// Database errors.
pub async fn given(connection: &mut SqliteConnection, since: Time) -> Outcome<Vec<Given>> {
    let rows = sqlx::query(
        "SELECT r.id AS result, r.problem ->> '$.params.to' AS address, s.id, s.name, s.serial, n.id AS connection, n.organization_id
         FROM device_act AS a JOIN device_result AS r ON r.act_id = a.id
         JOIN system AS s ON s.id = r.system_id AND s.removed_at IS NULL AND s.serial <> ''
         JOIN connection AS n ON n.id = s.connection_id AND n.removed_at IS NULL
         JOIN organization AS o ON o.id = n.organization_id AND o.archived_at IS NULL
         WHERE a.kind = 'commission' AND a.finished_at >= ?1 AND r.state = 'interrupted'
           AND r.problem ->> '$.code' = 'device.not-arrived' AND n.host = r.host
         ORDER BY r.id",
    )
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "result", |row| {
        Ok(Given {
            result: row.take("result")?,
            address: row.take("address")?,
            device: Lost {
                system: row.take("id")?,
                connection: row.take("connection")?,
                organization: row.take("organization_id")?,
                name: row.take("name")?,
                serial: row.take("serial")?,
            },
        })
    }))
}

/// A device is found at the address that it was given: what the act began is done.
///
/// # Errors
/// Database errors.
pub async fn arrived(
    connection: &mut SqliteConnection,
    now: Time,
    result: DeviceResultId,
    host: &str,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE device_result SET state = 'done', problem = '', host = ?2, host_order = ?3, at = ?4 WHERE id = ?1",
    )
    .bind(result)
    .bind(host)
    .bind(host_order_key(host))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}
