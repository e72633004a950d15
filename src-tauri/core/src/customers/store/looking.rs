//! Reading customers.

use crate::connections::probe::view;
use crate::connections::types::{CertificateView, ConnectionKind, ConnectionState};
use crate::customers::list::{customers, visible_counts};
use crate::customers::rules::icons;
use crate::customers::types::*;
use crate::organizations::types::AccountName;
use crate::systems::types::LicenceLine;
use flotilla_connectors::Certificate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_value, readable};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, OrganizationId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use flotilla_kernel::severity::severity_of;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

const COLUMNS: &str = "SELECT c.organization_id, o.name, o.notes, o.telephone, o.email, o.address, c.connection, c.system_name, c.mode,
    c.host, c.port, c.profile, c.version, c.operators, c.tags, c.status,
    c.status_since, c.licence_state, c.licences, c.certificate_until";

fn row_of(row: &SqliteRow) -> Outcome<CustomerRow> {
    let connection: ConnectionState = enum_value(row.take("connection")?)?;
    Ok(CustomerRow {
        id: row.take("organization_id")?,
        connection,
        name: row.take("name")?,
        system_name: row.take("system_name")?,
        mode: enum_value(row.take("mode")?)?,
        systems: row.take("system_count")?,
        host: row.take("host")?,
        port: row.take("port")?,
        profile: row.take("profile")?,
        version: row.take("version")?,
        alarms: row.take("alarm_count")?,
        worst_alarm: severity_of(row.take("worst_alarm")?),
        connections: row.take("connections")?,
        connected: row.take("connected")?,
        operators: json(row, "operators")?,
        tags: json(row, "tags")?,
        notes: row.take("notes")?,
        telephone: row.take("telephone")?,
        email: row.take("email")?,
        address: row.take("address")?,
        status: enum_value(row.take("status")?)?,
        status_since: row.take::<Option<i64>, _>("status_since")?.map(Time),
        icons: icons(connection),
        licences: enum_value(row.take("licence_state")?)?,
        licence_until: json::<Vec<LicenceLine>>(row, "licences")?
            .iter()
            .filter_map(|line| line.expires)
            .min(),
        certificate_until: row.take::<Option<i64>, _>("certificate_until")?.map(Time),
        last_contact: row.take::<Option<i64>, _>("last_contact")?.map(Time),
    })
}

pub(super) fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> Outcome<T> {
    serde_json::from_str(row.take(column)?).map_err(Problem::internal)
}

/// What a customer's row is joined with: `o`, `w`.
const JOINS: &str = "JOIN organization AS o ON o.id = c.organization_id LEFT JOIN alarm_total AS w ON w.subject = c.organization_id";

/// The rows of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<CustomerRow>> {
    let sql = format!(
        "{COLUMNS}, {} FROM json_each(?1) AS wanted
         JOIN {} AS c ON c.organization_id = unhex(wanted.value) {JOINS}
         WHERE o.archived_at IS NULL AND {} ORDER BY wanted.key",
        visible_counts(caller),
        customers(caller),
        rights::visible_organizations(caller, "c.organization_id")
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(ids))
        .fetch_all(connection)
        .await?;
    Ok(readable(&rows, "customer", row_of))
}

/// What the panel shows beside the row and the systems.
#[derive(Debug)]
pub struct PanelParts {
    /// What the list shows of the customer.
    pub row: CustomerRow,
    /// The main connection, of those the account sees; none: it sees none.
    pub main: Option<ConnectionId>,
    /// What it leads to.
    pub main_kind: Option<ConnectionKind>,
    /// What the network said at the main connection's last contact; empty: nothing.
    pub status_detail: String,
    /// The certificate of the main connection that is believed.
    pub certificate: Option<CertificateView>,
    /// The certificate it showed last, when that was not accepted.
    pub waiting_certificate: Option<CertificateView>,
    /// The provider's name, as the solution reports it; empty: none.
    pub provider: String,
    /// The reseller's name, as the solution reports it; empty: none.
    pub reseller: String,
    /// The licences all connections report.
    pub licences: Vec<LicenceLine>,
}

/// One customer for the panel.
///
/// # Errors
/// `not-found` when it is no customer.
pub async fn panel(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: OrganizationId,
) -> Outcome<PanelParts> {
    let counts = visible_counts(caller);
    let sql = format!(
        "{COLUMNS}, {counts}, c.main_connection_id, n.kind, n.status_detail, n.certificate, n.waiting_certificate, r.provider, r.reseller
         FROM {} AS c {JOINS} LEFT JOIN connection AS n ON n.id = c.main_connection_id
         LEFT JOIN solution AS r ON r.connection_id = c.main_connection_id WHERE c.organization_id = ? AND o.archived_at IS NULL",
        customers(caller)
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(PanelParts {
        row: row_of(&row)?,
        main: row.take("main_connection_id")?,
        main_kind: row.take::<Option<&str>, _>("kind")?.map(enum_value).transpose()?,
        status_detail: row
            .take::<Option<String>, _>("status_detail")?
            .unwrap_or_default(),
        certificate: certificate(&row, "certificate")?.as_ref().map(view),
        waiting_certificate: certificate(&row, "waiting_certificate")?.as_ref().map(view),
        provider: row.take::<Option<String>, _>("provider")?.unwrap_or_default(),
        reseller: row.take::<Option<String>, _>("reseller")?.unwrap_or_default(),
        licences: json(&row, "licences")?,
    })
}

fn certificate(row: &SqliteRow, column: &str) -> Outcome<Option<Certificate>> {
    let der = row.take::<Option<Vec<u8>>, _>(column)?;
    Ok(der.and_then(|der| Certificate::from_der(&der).ok()))
}

/// A customer as it stands in the form, without the names of its operators.
///
/// # Errors
/// `not-found` when it is no customer.
pub async fn details(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<CustomerDetails> {
    let row = sqlx::query(
        "SELECT o.name, o.notes, o.telephone, o.email, o.address, n.id AS main_connection, coalesce(n.host, '') AS host,
                coalesce(n.port, 8443) AS port, coalesce(n.user_name, '') AS user_name, c.mode, coalesce(n.proxy, '{\"kind\":\"workspace\"}') AS proxy, c.tags,
                coalesce(n.password, '') AS password, c.revision + coalesce(n.revision, 0) AS revision
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id LEFT JOIN connection AS n ON n.id = c.main_connection_id
         WHERE c.organization_id = ? AND o.archived_at IS NULL",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let operator_names: Vec<AccountName> = crate::organizations::store::operators(connection, id).await?;
    let operators_by_label = crate::organizations::store::operators_by_label(connection, id).await?;
    Ok(CustomerDetails {
        id,
        fields: CustomerFields {
            name: row.take("name")?,
            host: row.take("host")?,
            port: row.take("port")?,
            user_name: row.take("user_name")?,
            mode: enum_value(row.take("mode")?)?,
            tags: json(&row, "tags")?,
            telephone: row.take("telephone")?,
            email: row.take("email")?,
            operators: operator_names
                .iter()
                .map(|operator| operator.id)
                .filter(|id| !operators_by_label.contains(id))
                .collect(),
            address: row.take("address")?,
            notes: row.take("notes")?,
            proxy: json(&row, "proxy")?,
        },
        has_password: !row.take::<&str, _>("password")?.is_empty(),
        revision: row.take("revision")?,
        main_connection: row.take("main_connection")?,
        operator_names,
        operators_by_label,
    })
}

/// The tags in use among what the account may see, most frequent first.
///
/// # Errors
/// Database errors.
pub async fn tags(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<TagCount>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT min(tag), count(*) FROM customer_tag
         WHERE (?1 IS NULL OR organization_id = ?1)
           AND organization_id IN (SELECT id FROM organization WHERE archived_at IS NULL)
           AND {}
         GROUP BY tag_key ORDER BY count(*) DESC, tag_key",
        rights::visible_organizations(caller, "organization_id")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(tag, customers)| TagCount { tag, customers })
        .collect())
}

/// Where a customer is launched.
#[derive(Debug, Clone)]
pub struct Address {
    /// The customer.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// On-premises or cloud.
    pub mode: Mode,
    /// What the main connection leads to; none: there is none that the account sees.
    pub kind: Option<ConnectionKind>,
    /// The main connection's host.
    pub host: String,
    /// The main connection's port.
    pub port: i64,
}

/// Where these customers are launched, as far as the account sees them, in the order of the ids.
///
/// # Errors
/// Database errors.
pub async fn addresses(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[OrganizationId],
) -> Outcome<Vec<Address>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT c.organization_id, o.name, c.mode, n.kind, c.host, c.port FROM json_each(?) AS wanted
         JOIN {} AS c ON c.organization_id = unhex(wanted.value) JOIN organization AS o ON o.id = c.organization_id
         LEFT JOIN connection AS n ON n.id = c.main_connection_id
         WHERE o.archived_at IS NULL ORDER BY wanted.key",
        customers(caller)
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Address {
                id: row.take("organization_id")?,
                name: row.take("name")?,
                mode: enum_value(row.take("mode")?)?,
                kind: row.take::<Option<&str>, _>("kind")?.map(enum_value).transpose()?,
                host: row.take("host")?,
                port: row.take("port")?,
            })
        })
        .collect()
}

/// The names of those of these ids that are customers.
///
/// # Errors
/// Database errors.
pub async fn names(
    connection: &mut SqliteConnection,
    ids: &[OrganizationId],
) -> Outcome<HashMap<OrganizationId, String>> {
    let rows: Vec<(OrganizationId, String)> = sqlx::query_as(
        "SELECT c.organization_id, o.name FROM json_each(?) AS wanted
         JOIN customer AS c ON c.organization_id = unhex(wanted.value) JOIN organization AS o ON o.id = c.organization_id
         WHERE o.archived_at IS NULL",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// How many systems and alarms go with these customers.
///
/// # Errors
/// Database errors.
pub async fn deletion(connection: &mut SqliteConnection, ids: &[OrganizationId]) -> Outcome<(i64, i64, i64)> {
    Ok(sqlx::query_as(
        "WITH wanted AS MATERIALIZED (SELECT o.id FROM json_each(?) AS each JOIN organization AS o ON o.id = unhex(each.value) AND o.archived_at IS NULL)
         SELECT (SELECT count(*) FROM customer WHERE organization_id IN (SELECT id FROM wanted)),
                (SELECT count(*) FROM system WHERE removed_at IS NULL AND organization_id IN (SELECT id FROM wanted)),
                (SELECT count(*) FROM alarm WHERE organization_id IN (SELECT id FROM wanted))",
    )
    .bind(ids_json(ids))
    .fetch_one(connection)
    .await?)
}

/// Counts for the dashboard, of what the account may see.
#[derive(Debug)]
pub struct Counts {
    /// The states of connections (CUS-02), each with how many customers are in it.
    pub connections: Vec<(ConnectionState, i64)>,
    /// The versions of the main connections, each with its customers; an empty text: not known.
    pub versions: Vec<(String, i64)>,
    /// The profiles of cloud customers, each with its customers.
    pub profiles: Vec<(String, i64)>,
}

/// Customers by connection, version and profile (DSH-02), in one pass over them.
///
/// # Errors
/// Database errors.
pub async fn counts(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Counts> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT c.connection, c.version, CASE c.mode WHEN 'cloud' THEN c.profile END, count(*)
         FROM {} AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND {}
         GROUP BY 1, 2, 3",
        customers(caller),
        rights::visible_organizations(caller, "c.organization_id")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    let mut connections: HashMap<ConnectionState, i64> = HashMap::new();
    let mut versions: HashMap<String, i64> = HashMap::new();
    let mut profiles: HashMap<String, i64> = HashMap::new();
    for row in rows {
        let count: i64 = row.take(3)?;
        *connections.entry(enum_value(row.take(0)?)?).or_default() += count;
        *versions.entry(row.take(1)?).or_default() += count;
        if let Some(profile) = row.take::<Option<String>, _>(2)? {
            *profiles.entry(profile).or_default() += count;
        }
    }
    let sorted = |counts: HashMap<String, i64>| {
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        counts
    };
    Ok(Counts {
        connections: connections.into_iter().collect(),
        versions: sorted(versions),
        profiles: sorted(profiles),
    })
}

/// At most `limit` customers whose believed certificate ends in a span of time, both ends with it; soonest or latest first.
///
/// # Errors
/// Database errors.
pub async fn certificates_between(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    (from, until): (Time, Time),
    latest_first: bool,
    limit: i64,
) -> Outcome<Vec<(OrganizationId, String, Time)>> {
    let rows: Vec<(OrganizationId, String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT c.organization_id, o.name, c.certificate_until FROM {} AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.certificate_until BETWEEN ?4 AND ?2 AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND {}
         ORDER BY CASE WHEN ?5 THEN -c.certificate_until ELSE c.certificate_until END LIMIT ?3",
        customers(caller),
        rights::visible_organizations(caller, "c.organization_id")
    )))
    .bind(organization)
    .bind(until.0)
    .bind(limit)
    .bind(from.0)
    .bind(latest_first)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, until)| (id, name, Time(until)))
        .collect())
}

/// How many customers have a certificate that ends up to each of these times in milliseconds, given in order.
///
/// # Errors
/// Database errors.
pub async fn certificates_until(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    until: [i64; 4],
) -> Outcome<[i64; 4]> {
    let [first, second, third, fourth] = until;
    let row: (i64, i64, i64, i64) = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT count(*) FILTER (WHERE c.certificate_until <= ?2), count(*) FILTER (WHERE c.certificate_until <= ?3),
                count(*) FILTER (WHERE c.certificate_until <= ?4), count(*)
         FROM {} AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.certificate_until <= ?5 AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND {}",
        customers(caller),
        rights::visible_organizations(caller, "c.organization_id")
    )))
    .bind(organization)
    .bind(first)
    .bind(second)
    .bind(third)
    .bind(fourth)
    .fetch_one(connection)
    .await?;
    Ok([row.0, row.1, row.2, row.3])
}

/// Licences that end soon, of what the account may see: the lines of customers that are due or expired.
///
/// # Errors
/// Database errors.
pub async fn licences_due(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<(OrganizationId, String, Vec<LicenceLine>)>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT c.organization_id, o.name, c.licences FROM {} AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.licence_state IN ('due', 'invalid', 'expired') AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND {}",
        customers(caller),
        rights::visible_organizations(caller, "c.organization_id")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((row.take(0)?, row.take(1)?, json(row, "licences")?)))
        .collect()
}
