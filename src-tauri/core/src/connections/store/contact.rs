//! What the poller and the people who watch it need of connections: whom to poll, what contacts came to, and what is believed.

use super::values::{certificate, json};
use crate::connections::reading::{ProbeResult, Reading, Target};
use crate::connections::rules;
use crate::connections::types::{ConnectionKind, ConnectivityStatus};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::{Certificate, Endpoint, Fingerprint};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, OrganizationId, ids_json};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use std::collections::{HashMap, HashSet};

// Monitoring

/// Those of these connections whose monitoring is off.
///
/// # Errors
/// Database errors.
pub async fn unmonitored(
    connection: &mut SqliteConnection,
    ids: &[ConnectionId],
) -> Outcome<HashSet<ConnectionId>> {
    let off: Vec<ConnectionId> = sqlx::query_scalar(
        "SELECT n.id FROM json_each(?) AS wanted JOIN connection AS n ON n.id = unhex(wanted.value) AND n.monitored = 0",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(off.into_iter().collect())
}

/// Switches the monitoring of connections on or off: either way nobody knows how they are. What was read by them last stays, and so
/// does when. Gives those that it was otherwise of, with their organizations.
///
/// # Errors
/// Database errors.
pub async fn set_monitored(
    connection: &mut SqliteConnection,
    now: Time,
    ids: &[ConnectionId],
    on: bool,
) -> Outcome<Vec<(ConnectionId, OrganizationId)>> {
    let status = if on {
        ConnectivityStatus::NeverTried
    } else {
        ConnectivityStatus::NotMonitored
    };
    Ok(sqlx::query_as(
        "UPDATE connection SET monitored = ?2, status = ?3, status_detail = '', state = ?4, status_since = ?5, failures = 0, reading_digest = NULL,
            edition = edition + 1
         WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND removed_at IS NULL AND monitored <> ?2 RETURNING id, organization_id",
    )
    .bind(ids_json(ids))
    .bind(on)
    .bind(enum_text(&status)?)
    .bind(enum_text(&rules::state_of(status))?)
    .bind(now.0)
    .fetch_all(connection)
    .await?)
}

// Contact

/// A connection as the poller knows it.
#[derive(Debug, Clone)]
pub struct Polled {
    /// The connection's id.
    pub id: ConnectionId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// What is needed to reach it, its secrets included.
    pub target: Target,
    /// How the last contact ended.
    pub status: ConnectivityStatus,
    /// Failures in a row.
    pub failures: u32,
    /// Of what was read last.
    pub digest: Option<[u8; 32]>,
    /// Which edition of what it is reached by.
    pub edition: i64,
    /// Whether its monitoring is on; without it is only tried when a person says so.
    pub monitored: bool,
}

/// Which connections to poll.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// All connections.
    All,
    /// Only those with these ids.
    These(&'a [ConnectionId]),
}

/// The connections to poll, of organizations that are not archived; those whose monitoring is off are among them.
///
/// # Errors
/// Database errors. A connection whose row cannot be read, or whose stored address cannot be used any more, is left out and
/// logged: it does not hold up the others.
pub async fn polled(connection: &mut SqliteConnection, which: Which<'_>) -> Outcome<Vec<Polled>> {
    let ids = match which {
        Which::All => None,
        Which::These(ids) => Some(ids_json(ids)),
    };
    let rows = sqlx::query(
        "SELECT n.id, n.organization_id, n.kind, n.host, n.port, n.user_name, n.password, n.proxy, n.pin, n.status, n.failures, n.reading_digest, n.edition, n.monitored
         FROM connection AS n JOIN organization AS o ON o.id = n.organization_id
         WHERE o.archived_at IS NULL AND n.removed_at IS NULL
           AND (?1 IS NULL OR n.id IN (SELECT unhex(value) FROM json_each(?1)))",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut polled = Vec::with_capacity(rows.len());
    for row in &rows {
        match polled_of(row) {
            Ok(one) => polled.push(one),
            Err(error) => {
                let id = row.take::<ConnectionId, _>("id").map(|id| id.to_string());
                tracing::warn!(connection = id.ok(), %error, "a connection cannot be polled: its row cannot be used");
            }
        }
    }
    Ok(polled)
}

fn polled_of(row: &SqliteRow) -> Outcome<Polled> {
    let port = u16::try_from(row.take::<i64, _>("port")?).map_err(Problem::internal)?;
    Ok(Polled {
        id: row.take("id")?,
        organization: row.take("organization_id")?,
        target: Target {
            kind: enum_value(row.take("kind")?)?,
            endpoint: Endpoint::parse(row.take("host")?, port).map_err(Problem::internal)?,
            user_name: row.take("user_name")?,
            password: Secret::new(row.take::<String, _>("password")?),
            proxy: json(row, "proxy")?,
            pin: row
                .take::<Option<Vec<u8>>, _>("pin")?
                .and_then(|bytes| bytes.try_into().ok())
                .map(Fingerprint),
        },
        status: enum_value(row.take("status")?)?,
        failures: u32::try_from(row.take::<i64, _>("failures")?).unwrap_or_default(),
        digest: row
            .take::<Option<Vec<u8>>, _>("reading_digest")?
            .and_then(|bytes| bytes.try_into().ok()),
        edition: row.take("edition")?,
        monitored: row.take("monitored")?,
    })
}

/// The certificates that are believed of devices, by where they are reached.
///
/// # Errors
/// Database errors.
pub async fn device_pins(connection: &mut SqliteConnection) -> Outcome<HashMap<Endpoint, Fingerprint>> {
    let rows: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT host, port, pin FROM connection WHERE kind = 'device' AND removed_at IS NULL AND pin IS NOT NULL",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(host, port, pin)| {
            let endpoint = Endpoint::parse(&host, u16::try_from(port).ok()?).ok()?;
            Some((endpoint, Fingerprint(pin.try_into().ok()?)))
        })
        .collect())
}

/// The connection of an organization to the device at this address; none: there is none.
///
/// # Errors
/// Database errors.
pub async fn device_at(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    (host, port): (&str, i64),
) -> Outcome<Option<ConnectionId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM connection WHERE organization_id = ? AND kind = 'device' AND host = ? AND port = ? AND removed_at IS NULL LIMIT 1",
    )
    .bind(organization)
    .bind(host)
    .bind(port)
    .fetch_optional(connection)
    .await?)
}

/// What has to be known of a connection to take in an outcome.
#[derive(Debug, Clone)]
pub struct Before {
    /// The connection's id.
    pub id: ConnectionId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// What is reached by it.
    pub kind: ConnectionKind,
    /// IP address or host name.
    pub host: String,
    /// What it is called; empty: it is called by its address.
    pub name: String,
    /// How the contact before ended.
    pub status: ConnectivityStatus,
    /// How many contacts in a row have failed.
    pub failures: i64,
    /// Which edition of what it is reached by.
    pub edition: i64,
    /// Whether its monitoring is on.
    pub monitored: bool,
}

/// A connection before an outcome; none when it was removed or its organization is archived.
///
/// # Errors
/// Database errors.
pub async fn before(connection: &mut SqliteConnection, id: ConnectionId) -> Outcome<Option<Before>> {
    let row = sqlx::query(
        "SELECT n.organization_id, n.kind, n.host, n.name, n.status, n.failures, n.edition, n.monitored FROM connection AS n
         JOIN organization AS o ON o.id = n.organization_id
         WHERE n.id = ? AND n.removed_at IS NULL AND o.archived_at IS NULL",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Before {
            id,
            organization: row.take("organization_id")?,
            kind: enum_value(row.take("kind")?)?,
            host: row.take("host")?,
            name: row.take("name")?,
            status: enum_value(row.take("status")?)?,
            failures: row.take("failures")?,
            edition: row.take("edition")?,
            monitored: row.take("monitored")?,
        })
    })
    .transpose()
}

/// Takes in how a contact ended.
///
/// # Errors
/// Database errors.
pub async fn record_outcome(
    connection: &mut SqliteConnection,
    now: Time,
    before: &Before,
    result: &ProbeResult,
) -> Outcome<()> {
    let failures = if rules::backs_off(result.status) {
        before.failures + 1
    } else {
        0
    };
    let waiting = match result.status {
        ConnectivityStatus::CertificateChanged | ConnectivityStatus::CertificateNotTrusted => result
            .certificate
            .as_ref()
            .map(|certificate| certificate.der.clone()),
        _ => None,
    };
    let believed = result.reading.as_ref().map(Reading::certificate);
    sqlx::query(
        "UPDATE connection SET status = ?2, status_detail = ?3, state = ?4, failures = ?5, waiting_certificate = ?6, reading_digest = ?7,
            status_since = CASE WHEN status = ?2 AND status_since IS NOT NULL THEN status_since ELSE ?8 END,
            certificate = coalesce(?9, certificate), certificate_until = coalesce(?10, certificate_until) WHERE id = ?1",
    )
    .bind(before.id)
    .bind(enum_text(&result.status)?)
    .bind(&result.detail)
    .bind(enum_text(&rules::state_of(result.status))?)
    .bind(failures)
    .bind(waiting)
    .bind(result.digest(now).to_vec())
    .bind(now.0)
    .bind(believed.map(|certificate| certificate.der.clone()))
    .bind(believed.map(|certificate| certificate.valid_until.timestamp_millis()))
    .execute(connection)
    .await?;
    Ok(())
}

/// The end of the certificate believed so far.
///
/// # Errors
/// Database errors.
pub async fn certificate_until(connection: &mut SqliteConnection, id: ConnectionId) -> Outcome<Option<Time>> {
    let until: Option<Option<i64>> =
        sqlx::query_scalar("SELECT certificate_until FROM connection WHERE id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(until.flatten().map(Time))
}

/// A contact by a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactMade {
    /// The connection's id.
    pub id: ConnectionId,
    /// When the contact was made.
    pub at: Time,
    /// By which edition of what it is reached by; none: by the present one.
    pub edition: Option<i64>,
}

/// When connections were last in contact, many at once in one statement (CUS-40). A contact by an earlier endpoint is none by
/// this one.
///
/// # Errors
/// Database errors.
pub async fn touch(connection: &mut SqliteConnection, contacts: &[ContactMade]) -> Outcome<()> {
    let mut text = String::with_capacity(contacts.len() * 64 + 2);
    text.push('[');
    for (place, contact) in contacts.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        let edition = contact
            .edition
            .map_or_else(|| "null".to_owned(), |edition| edition.to_string());
        text.push_str(&format!(
            "[\"{}\",{},{edition}]",
            contact.id.0.simple(),
            contact.at.0
        ));
    }
    text.push(']');
    sqlx::query(
        "INSERT INTO contact (connection_id, at)
         SELECT n.id, max(each.value ->> 1) FROM json_each(?) AS each
         JOIN connection AS n ON n.id = unhex(each.value ->> 0) AND n.removed_at IS NULL
         WHERE coalesce(each.value ->> 2, n.edition) = n.edition
         GROUP BY n.id
         ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
    )
    .bind(text)
    .execute(connection)
    .await?;
    Ok(())
}

/// The certificate that is believed, and the one that waits for a yes.
///
/// # Errors
/// Database errors.
pub async fn certificates(
    connection: &mut SqliteConnection,
    id: ConnectionId,
) -> Outcome<(Option<Certificate>, Option<Certificate>)> {
    let row = sqlx::query("SELECT certificate, waiting_certificate FROM connection WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok((
            certificate(&row, "certificate")?,
            certificate(&row, "waiting_certificate")?,
        )),
        None => Ok((None, None)),
    }
}

/// The certificate a person said yes to is the one believed from now on (CRT-11).
///
/// # Errors
/// Database errors.
pub async fn pin(
    connection: &mut SqliteConnection,
    id: ConnectionId,
    certificate: &Certificate,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE connection SET pin = ?, certificate = ?, certificate_until = ?, waiting_certificate = NULL, revision = revision + 1,
            edition = edition + 1 WHERE id = ?",
    )
    .bind(certificate.fingerprint.0.to_vec())
    .bind(&certificate.der)
    .bind(certificate.valid_until.timestamp_millis())
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}
