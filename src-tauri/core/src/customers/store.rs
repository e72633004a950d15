//! All SQL on the tables `customer`, `customer_tag` and `contact`.

use super::contact::{Target, Tested, view};
use super::rules::{self, icons, licence_state};
use super::types::*;
use crate::accounts::types::AccountName;
use flotilla_kernel::words::Language;
use crate::alarms::rules::severity_of;
use flotilla_kernel::database::{enum_text, enum_value};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{Transaction, fold, search_key};
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use crate::organizations::store::NewOrganization;
use flotilla_kernel::rights::Caller;
use crate::systems::rules::version_key;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::{Certificate, Endpoint, Fingerprint};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

// Looking

const ROW: &str = "SELECT c.organization_id, o.name, o.notes, o.telephone, o.email, o.address, c.connection, c.system_name, c.mode,
    c.system_count, c.host, c.port, c.profile, c.version, c.alarm_count, c.worst_alarm, c.operators, c.tags, c.status,
    c.status_since, c.licence_state, c.licences, c.certificate_until, t.at AS last_contact";

fn row_of(row: &SqliteRow) -> Outcome<CustomerRow> {
    let connection: ConnectionState = enum_value(row.get("connection"))?;
    Ok(CustomerRow {
        id: row.get("organization_id"),
        connection,
        name: row.get("name"),
        system_name: row.get("system_name"),
        mode: enum_value(row.get("mode"))?,
        systems: row.get("system_count"),
        host: row.get("host"),
        port: row.get("port"),
        profile: row.get("profile"),
        version: row.get("version"),
        alarms: row.get("alarm_count"),
        worst_alarm: severity_of(row.get("worst_alarm")),
        operators: json(row, "operators")?,
        tags: json(row, "tags")?,
        notes: row.get("notes"),
        telephone: row.get("telephone"),
        email: row.get("email"),
        address: row.get("address"),
        status: enum_value(row.get("status"))?,
        status_since: row.get::<Option<i64>, _>("status_since").map(Time),
        icons: icons(connection),
        licences: enum_value(row.get("licence_state"))?,
        licence_until: json::<Vec<LicenceLine>>(row, "licences")?
            .iter()
            .filter_map(|line| line.expires)
            .min(),
        certificate_until: row.get::<Option<i64>, _>("certificate_until").map(Time),
        last_contact: row.get::<Option<i64>, _>("last_contact").map(Time),
    })
}

fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> Outcome<T> {
    serde_json::from_str(row.get(column)).map_err(Problem::internal)
}

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
        "{ROW} FROM json_each(?1) AS wanted
         JOIN customer AS c ON c.organization_id = unhex(wanted.value)
         JOIN organization AS o ON o.id = c.organization_id AND o.archived_at IS NULL
         LEFT JOIN contact AS t ON t.organization_id = c.organization_id
         WHERE ?2 OR EXISTS (SELECT 1 FROM membership AS m WHERE m.organization_id = c.organization_id AND m.account_id = ?3)
         ORDER BY wanted.key"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(flotilla_kernel::ids::ids_json(ids))
        .bind(caller.is_administrator())
        .bind(caller.account)
        .fetch_all(connection)
        .await?;
    rows.iter().map(row_of).collect()
}

/// What the panel shows beside the row and the systems.
#[derive(Debug)]
pub struct PanelParts {
    pub row: CustomerRow,
    pub status_detail: String,
    pub certificate: Option<CertificateView>,
    pub waiting_certificate: Option<CertificateView>,
    pub provider: String,
    pub reseller: String,
    pub licences: Vec<LicenceLine>,
}

/// One customer for the panel.
///
/// # Errors
/// `not-found` when it is no customer.
pub async fn panel(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<PanelParts> {
    let sql = format!(
        "{ROW}, c.status_detail, c.certificate, c.waiting_certificate, c.provider, c.reseller, c.licences
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         LEFT JOIN contact AS t ON t.organization_id = c.organization_id WHERE c.organization_id = ?"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(PanelParts {
        row: row_of(&row)?,
        status_detail: row.get("status_detail"),
        certificate: certificate(&row, "certificate").as_ref().map(view),
        waiting_certificate: certificate(&row, "waiting_certificate").as_ref().map(view),
        provider: row.get("provider"),
        reseller: row.get("reseller"),
        licences: json(&row, "licences")?,
    })
}

fn certificate(row: &SqliteRow, column: &str) -> Option<Certificate> {
    row.get::<Option<Vec<u8>>, _>(column)
        .and_then(|der| Certificate::from_der(&der).ok())
}

/// A customer as it stands in the form, without the names of its operators.
///
/// # Errors
/// `not-found` when it is no customer.
pub async fn details(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<CustomerDetails> {
    let row = sqlx::query(
        "SELECT o.name, o.notes, o.telephone, o.email, o.address, c.host, c.port, c.user_name, c.mode, c.proxy, c.tags, c.password, c.revision
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id WHERE c.organization_id = ? AND o.archived_at IS NULL",
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
            name: row.get("name"),
            host: row.get("host"),
            port: row.get("port"),
            user_name: row.get("user_name"),
            mode: enum_value(row.get("mode"))?,
            tags: json(&row, "tags")?,
            telephone: row.get("telephone"),
            email: row.get("email"),
            operators: operator_names
                .iter()
                .map(|operator| operator.id)
                .filter(|id| !operators_by_label.contains(id))
                .collect(),
            address: row.get("address"),
            notes: row.get("notes"),
            proxy: json(&row, "proxy")?,
        },
        has_password: !row.get::<&str, _>("password").is_empty(),
        revision: row.get("revision"),
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
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT min(tag), count(*) FROM customer_tag
         WHERE (?1 IS NULL OR organization_id = ?1)
           AND (?2 OR organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))
         GROUP BY tag_key ORDER BY count(*) DESC, tag_key",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(tag, customers)| TagCount { tag, customers })
        .collect())
}

/// Name, mode, host and port of these customers, for launching, in the order of the ids.
///
/// # Errors
/// Database errors.
pub async fn addresses(
    connection: &mut SqliteConnection,
    ids: &[OrganizationId],
) -> Outcome<Vec<(OrganizationId, String, Mode, String, i64)>> {
    let rows = sqlx::query(
        "SELECT c.organization_id, o.name, c.mode, c.host, c.port FROM json_each(?) AS wanted
         JOIN customer AS c ON c.organization_id = unhex(wanted.value) JOIN organization AS o ON o.id = c.organization_id ORDER BY wanted.key",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok((
                row.get(0),
                row.get(1),
                enum_value(row.get(2))?,
                row.get(3),
                row.get(4),
            ))
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
    let known = addresses(connection, ids).await?;
    Ok(known.into_iter().map(|(id, name, ..)| (id, name)).collect())
}

/// How many systems and alarms go with these customers.
///
/// # Errors
/// Database errors.
pub async fn deletion(connection: &mut SqliteConnection, ids: &[OrganizationId]) -> Outcome<(i64, i64, i64)> {
    Ok(sqlx::query_as(
        "WITH wanted AS MATERIALIZED (SELECT unhex(value) AS id FROM json_each(?))
         SELECT (SELECT count(*) FROM customer WHERE organization_id IN (SELECT id FROM wanted)),
                (SELECT count(*) FROM system WHERE organization_id IN (SELECT id FROM wanted)),
                (SELECT count(*) FROM alarm WHERE organization_id IN (SELECT id FROM wanted))",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .fetch_one(connection)
    .await?)
}

/// Counts for the dashboard, of what the account may see.
#[derive(Debug)]
pub struct Counts {
    pub connections: Vec<(ConnectionState, i64)>,
    pub versions: Vec<(String, i64)>,
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
    let rows = sqlx::query(
        "SELECT c.connection, c.version, CASE c.mode WHEN 'cloud' THEN c.profile END, count(*)
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND (?2 OR c.organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))
         GROUP BY 1, 2, 3",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    let mut connections: HashMap<ConnectionState, i64> = HashMap::new();
    let mut versions: HashMap<String, i64> = HashMap::new();
    let mut profiles: HashMap<String, i64> = HashMap::new();
    for row in rows {
        let count: i64 = row.get(3);
        *connections.entry(enum_value(row.get(0))?).or_default() += count;
        *versions.entry(row.get(1)).or_default() += count;
        if let Some(profile) = row.get::<Option<String>, _>(2) {
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

/// Customers whose believed certificate ends before `until`, soonest first.
///
/// # Errors
/// Database errors.
pub async fn expiring(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    until: Time,
    limit: i64,
) -> Outcome<Vec<(OrganizationId, String, Time)>> {
    let rows: Vec<(OrganizationId, String, i64)> = sqlx::query_as(
        "SELECT c.organization_id, o.name, c.certificate_until FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.certificate_until < ?4 AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND (?2 OR c.organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))
         ORDER BY c.certificate_until LIMIT ?5",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .bind(until.0)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, until)| (id, name, Time(until)))
        .collect())
}

/// How many customers have a certificate that ends before each of these times.
///
/// # Errors
/// Database errors.
pub async fn certificates_until(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    until: [Time; 3],
) -> Outcome<[i64; 3]> {
    let [first, second, third] = until;
    let row: (i64, i64, i64) = sqlx::query_as(
        "SELECT count(*) FILTER (WHERE c.certificate_until <= ?4), count(*) FILTER (WHERE c.certificate_until <= ?5), count(*)
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.certificate_until <= ?6 AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND (?2 OR c.organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .bind(first.0)
    .bind(second.0)
    .bind(third.0)
    .fetch_one(connection)
    .await?;
    Ok([row.0, row.1, row.2])
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
    let rows = sqlx::query(
        "SELECT c.organization_id, o.name, c.licences FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE c.licence_state IN ('due', 'expired') AND o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)
           AND (?2 OR c.organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get(0), row.get(1), json(row, "licences")?)))
        .collect()
}

// Saving

/// An existing customer, as the import compares it (CUS-22).
#[derive(Debug, Clone)]
pub struct Existing {
    pub id: OrganizationId,
    pub name: String,
    pub name_key: String,
    pub host: String,
    pub port: i64,
    pub user_name: String,
    pub mode: Mode,
    pub address: String,
    pub telephone: String,
    pub email: String,
    pub notes: String,
    pub tags: Vec<String>,
    password: Secret,
}

impl Existing {
    /// For tests of what is compared with it: a customer with only these fields.
    #[cfg(test)]
    pub fn new(
        id: OrganizationId,
        name: &str,
        host: &str,
        port: i64,
        user_name: &str,
        mode: Mode,
        password: Secret,
    ) -> Self {
        Self {
            id,
            name: name.to_owned(),
            name_key: fold(name),
            host: host.to_owned(),
            port,
            user_name: user_name.to_owned(),
            mode,
            address: String::new(),
            telephone: String::new(),
            email: String::new(),
            notes: String::new(),
            tags: Vec::new(),
            password,
        }
    }

    /// Whether the stored password is this one.
    pub fn password_is(&self, password: &str) -> bool {
        use subtle::ConstantTimeEq;
        self.password
            .expose()
            .as_bytes()
            .ct_eq(password.as_bytes())
            .into()
    }
}

/// Every customer there is, for the import.
///
/// # Errors
/// Database errors.
pub async fn existing(connection: &mut SqliteConnection) -> Outcome<Vec<Existing>> {
    let rows = sqlx::query(
        "SELECT c.organization_id, o.name, o.name_key, c.host, c.port, c.user_name, c.mode, o.address, o.telephone, o.email, o.notes, c.tags, c.password
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id WHERE o.archived_at IS NULL",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Existing {
                id: row.get("organization_id"),
                name: row.get("name"),
                name_key: row.get("name_key"),
                host: row.get("host"),
                port: row.get("port"),
                user_name: row.get("user_name"),
                mode: enum_value(row.get("mode"))?,
                address: row.get("address"),
                telephone: row.get("telephone"),
                email: row.get("email"),
                notes: row.get("notes"),
                tags: json(row, "tags")?,
                password: Secret::new(row.get::<String, _>("password")),
            })
        })
        .collect()
}

/// A customer to be stored, new or changed.
#[derive(Debug, Clone)]
pub struct CustomerToSave {
    /// None: a new one.
    pub id: Option<OrganizationId>,
    pub fields: CustomerFields,
    /// None: the stored one stays.
    pub password: Option<Secret>,
    /// The certificate a person said yes to, if one was.
    pub pin: Option<Certificate>,
    /// What the test met, to be shown at once; none: saved without contact.
    pub tested: Option<Tested>,
}

/// What a save of many did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaveReceipt {
    pub added: Vec<OrganizationId>,
    pub updated: Vec<OrganizationId>,
}

/// Stores customers; those that were tested get what the test read at once. The owner of a new organization is
/// `creator` (ORG-01).
///
/// # Errors
/// `form.invalid` with `field.taken` when a name is another organization's; database errors.
pub async fn save_many(
    transaction: &mut Transaction,
    creator: AccountId,
    zone: &str,
    language: Language,
    customers: &[CustomerToSave],
) -> Outcome<SaveReceipt> {
    let mut receipt = SaveReceipt::default();
    let now = transaction.now();
    for customer in customers {
        let fields = &customer.fields;
        let proxy = serde_json::to_string(&fields.proxy).map_err(Problem::internal)?;
        let tags = serde_json::to_string(&fields.tags).map_err(Problem::internal)?;
        let pin = customer
            .pin
            .as_ref()
            .map(|certificate| certificate.fingerprint.0.to_vec());
        let der = customer.pin.as_ref().map(|certificate| certificate.der.clone());
        let until = customer
            .pin
            .as_ref()
            .map(|certificate| certificate.valid_until.timestamp_millis());
        let organization = NewOrganization {
            name: fields.name.clone(),
            zone: zone.to_owned(),
            language,
            notes: fields.notes.clone(),
            address: fields.address.clone(),
            telephone: fields.telephone.clone(),
            email: fields.email.clone(),
        };
        let id = match customer.id {
            Some(id) => {
                crate::organizations::store::update(transaction.connection(), id, &organization).await?;
                let before = connection_revision(transaction.connection(), id).await?;
                let revision: Option<i64> = sqlx::query_scalar(
                    "UPDATE customer SET host = ?2, port = ?3, user_name = ?4, password = coalesce(?5, password), mode = ?6, proxy = ?7, tags = ?8,
                        pin = coalesce(?9, CASE WHEN host = ?2 AND port = ?3 THEN pin END), certificate = coalesce(?10, CASE WHEN host = ?2 AND port = ?3 THEN certificate END),
                        certificate_until = coalesce(?11, CASE WHEN host = ?2 AND port = ?3 THEN certificate_until END),
                        waiting_certificate = CASE WHEN ?9 IS NULL THEN waiting_certificate END, revision = revision + 1,
                        connection_revision = connection_revision
                            + ((host, port, user_name, password, proxy) IS NOT (?2, ?3, ?4, coalesce(?5, password), ?7) OR coalesce(?9, pin) IS NOT pin)
                     WHERE organization_id = ?1 RETURNING connection_revision",
                )
                .bind(id)
                .bind(&fields.host)
                .bind(fields.port)
                .bind(&fields.user_name)
                .bind(customer.password.as_ref().map(|password| password.expose().to_owned()))
                .bind(enum_text(&fields.mode)?)
                .bind(proxy)
                .bind(&tags)
                .bind(pin)
                .bind(der)
                .bind(until)
                .fetch_optional(transaction.connection())
                .await?;
                if customer.tested.is_none() && revision != before {
                    super::service::begin_anew(transaction, id).await?;
                }
                crate::systems::store::rename_customer(transaction.connection(), id, &fields.name).await?;
                receipt.updated.push(id);
                id
            }
            None => {
                let (id, _) = crate::organizations::store::insert(
                    transaction.connection(),
                    now,
                    &organization,
                    Some(creator),
                )
                .await?;
                sqlx::query(
                    "INSERT INTO customer (organization_id, host, port, user_name, password, mode, proxy, tags, pin, certificate, certificate_until)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )
                .bind(id)
                .bind(&fields.host)
                .bind(fields.port)
                .bind(&fields.user_name)
                .bind(customer.password.as_ref().map(|password| password.expose().to_owned()).unwrap_or_default())
                .bind(enum_text(&fields.mode)?)
                .bind(proxy)
                .bind(&tags)
                .bind(pin)
                .bind(der)
                .bind(until)
                .execute(transaction.connection())
                .await?;
                receipt.added.push(id);
                id
            }
        };
        set_tags(transaction.connection(), id, &fields.tags).await?;
        refresh_search_key(transaction.connection(), id).await?;
        if let Some(tested) = &customer.tested {
            super::service::apply(transaction, id, None, tested).await?;
        }
    }
    transaction.changed(crate::customers::types::CHANGES, receipt.updated.iter().map(|id| id.0));
    if !receipt.added.is_empty() {
        transaction.membership_changed(crate::customers::types::CHANGES, receipt.added.iter().map(|id| id.0));
        transaction.membership_changed(crate::organizations::types::CHANGES, receipt.added.iter().map(|id| id.0));
    }
    Ok(receipt)
}

/// Which edition of a customer's connection this is.
async fn connection_revision(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Option<i64>> {
    Ok(
        sqlx::query_scalar("SELECT connection_revision FROM customer WHERE organization_id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?,
    )
}

/// What an earlier connection said does not count any more: the customer was never tried (CUS-11).
///
/// # Errors
/// Database errors.
pub async fn forget_contact(connection: &mut SqliteConnection, now: Time, id: OrganizationId) -> Outcome<()> {
    sqlx::query(
        "UPDATE customer SET status = ?2, status_detail = '', connection = ?3, status_since = ?4, failures = 0, waiting_certificate = NULL,
            reading_digest = NULL WHERE organization_id = ?1",
    )
    .bind(id)
    .bind(enum_text(&ConnectivityStatus::NeverTried)?)
    .bind(enum_text(&rules::connection_of(ConnectivityStatus::NeverTried))?)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM contact WHERE organization_id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn set_tags(connection: &mut SqliteConnection, id: OrganizationId, tags: &[String]) -> Outcome<()> {
    sqlx::query("DELETE FROM customer_tag WHERE organization_id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    for tag in tags {
        sqlx::query("INSERT INTO customer_tag (organization_id, tag, tag_key) VALUES (?, ?, ?)")
            .bind(id)
            .bind(tag)
            .bind(fold(tag))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Other tags for a customer.
///
/// # Errors
/// Database errors.
pub async fn replace_tags(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    tags: &[String],
) -> Outcome<()> {
    set_tags(connection, id, tags).await?;
    sqlx::query("UPDATE customer SET tags = ?, revision = revision + 1 WHERE organization_id = ?")
        .bind(serde_json::to_string(tags).map_err(Problem::internal)?)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Other notes for a customer.
///
/// # Errors
/// Database errors.
pub async fn replace_notes(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    notes: &str,
) -> Outcome<()> {
    crate::organizations::store::set_notes(connection, id, notes).await?;
    sqlx::query("UPDATE customer SET revision = revision + 1 WHERE organization_id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The texts by which the customer is found.
///
/// # Errors
/// Database errors.
pub async fn refresh_search_key(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<()> {
    let row = sqlx::query(
        "SELECT o.name, o.notes, o.telephone, o.email, o.address, c.system_name, c.host, c.version, c.profile, c.operators, c.tags
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id WHERE c.organization_id = ?",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let (operators, tags): (Vec<String>, Vec<String>) = (json(&row, "operators")?, json(&row, "tags")?);
    let plain = [
        "name",
        "notes",
        "telephone",
        "email",
        "address",
        "system_name",
        "host",
        "version",
        "profile",
    ];
    let texts = plain
        .iter()
        .map(|&column| row.get::<&str, _>(column))
        .chain(operators.iter().map(String::as_str))
        .chain(tags.iter().map(String::as_str));
    sqlx::query("UPDATE customer SET search_key = ? WHERE organization_id = ?")
        .bind(search_key(texts))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Open alarms of a customer.
///
/// # Errors
/// Database errors.
pub async fn set_alarms(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    alarms: i64,
    worst: i64,
) -> Outcome<()> {
    sqlx::query("UPDATE customer SET alarm_count = ?, worst_alarm = ? WHERE organization_id = ?")
        .bind(alarms)
        .bind(worst)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

// Contact

/// A customer as the poller knows it.
#[derive(Debug, Clone)]
pub struct Polled {
    pub id: OrganizationId,
    pub target: Target,
    pub status: ConnectivityStatus,
    /// Failures in a row.
    pub failures: u32,
    /// Of what was read last.
    pub digest: Option<[u8; 32]>,
    /// Which edition of its connection this is.
    pub connection_revision: i64,
}

/// The customers to poll: all, or one.
///
/// # Errors
/// Database errors. A customer whose stored address cannot be used any more is left out, and logged.
pub async fn polled(connection: &mut SqliteConnection, id: Option<OrganizationId>) -> Outcome<Vec<Polled>> {
    let rows = sqlx::query(
        "SELECT c.organization_id, c.host, c.port, c.user_name, c.password, c.proxy, c.pin, c.status, c.failures, c.reading_digest, c.connection_revision
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id
         WHERE o.archived_at IS NULL AND (?1 IS NULL OR c.organization_id = ?1)",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    let mut polled = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: OrganizationId = row.get("organization_id");
        let port = u16::try_from(row.get::<i64, _>("port")).unwrap_or_default();
        let endpoint = match Endpoint::parse(row.get("host"), port) {
            Ok(endpoint) => endpoint,
            Err(error) => {
                tracing::warn!(customer = %id, %error, "its address cannot be used");
                continue;
            }
        };
        polled.push(Polled {
            id,
            target: Target {
                endpoint,
                user_name: row.get("user_name"),
                password: Secret::new(row.get::<String, _>("password")),
                proxy: json(row, "proxy")?,
                pin: row
                    .get::<Option<Vec<u8>>, _>("pin")
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Fingerprint),
            },
            status: enum_value(row.get("status"))?,
            failures: u32::try_from(row.get::<i64, _>("failures")).unwrap_or_default(),
            digest: row
                .get::<Option<Vec<u8>>, _>("reading_digest")
                .and_then(|bytes| bytes.try_into().ok()),
            connection_revision: row.get("connection_revision"),
        });
    }
    Ok(polled)
}

/// What the poller needs to know of a customer to take in a reading.
#[derive(Debug)]
pub struct Standing {
    pub name: String,
    pub folder: FolderId,
    pub status: ConnectivityStatus,
    pub failures: i64,
    pub provider: String,
    pub reseller: String,
    /// Which edition of its connection this is.
    pub connection_revision: i64,
    /// What its licences came to, and those that were read last.
    pub licence_state: LicenceState,
    pub licences: Vec<LicenceLine>,
}

/// Where a customer stands before a reading.
///
/// # Errors
/// Database errors.
pub async fn standing(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Option<Standing>> {
    let row = sqlx::query(
        "SELECT o.name, c.status, c.failures, c.provider, c.reseller, c.connection_revision, c.licence_state, c.licences,
                (SELECT f.id FROM folder AS f WHERE f.organization_id = o.id AND f.parent_id IS NULL) AS folder
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id WHERE c.organization_id = ? AND o.archived_at IS NULL",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Standing {
            name: row.get("name"),
            folder: row.get("folder"),
            status: enum_value(row.get("status"))?,
            failures: row.get("failures"),
            provider: row.get("provider"),
            reseller: row.get("reseller"),
            connection_revision: row.get("connection_revision"),
            licence_state: enum_value(row.get("licence_state"))?,
            licences: json(&row, "licences")?,
        })
    })
    .transpose()
}

/// Takes in how a contact ended.
///
/// # Errors
/// Database errors.
pub async fn record_contact(
    connection: &mut SqliteConnection,
    now: Time,
    id: OrganizationId,
    before: &Standing,
    tested: &Tested,
) -> Outcome<()> {
    let connection_state = rules::connection_of(tested.status);
    let failures = if rules::backs_off(tested.status) {
        before.failures + 1
    } else {
        0
    };
    let waiting = match tested.status {
        ConnectivityStatus::CertificateChanged | ConnectivityStatus::CertificateNotTrusted => tested
            .certificate
            .as_ref()
            .map(|certificate| certificate.der.clone()),
        _ => None,
    };
    sqlx::query(
        "UPDATE customer SET status = ?2, status_detail = ?3, connection = ?4, failures = ?5, waiting_certificate = ?6, reading_digest = ?7,
            status_since = CASE WHEN status = ?2 AND status_since IS NOT NULL THEN status_since ELSE ?8 END WHERE organization_id = ?1",
    )
    .bind(id)
    .bind(enum_text(&tested.status)?)
    .bind(&tested.detail)
    .bind(enum_text(&connection_state)?)
    .bind(failures)
    .bind(waiting)
    .bind(tested.digest(now).to_vec())
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    if let Some(reading) = &tested.reading {
        let primary = reading.systems.first();
        let version = primary.map(|system| system.version.as_str()).unwrap_or_default();
        let lines: Vec<LicenceLine> = reading
            .licences
            .iter()
            .map(|licence| LicenceLine {
                licence_type: licence.licence_type.clone(),
                quantity: i64::from(licence.quantity),
                free: i64::from(licence.free),
                expires: licence.expires,
                valid: licence.valid,
            })
            .collect();
        sqlx::query(
            "UPDATE customer SET system_name = ?2, version = ?3, version_key = ?4, profile = ?5, provider = ?6, reseller = ?7, provider_key = ?12, reseller_key = ?13,
                system_count = ?8, licence_state = ?9, licences = ?10, certificate_until = ?11, certificate = ?14 WHERE organization_id = ?1",
        )
        .bind(id)
        .bind(primary.map(|system| system.name.as_str()).unwrap_or_default())
        .bind(version)
        .bind(version_key(version))
        .bind(reading.profile.as_deref().unwrap_or_default())
        .bind(reading.provider.as_deref().unwrap_or_default())
        .bind(reading.reseller.as_deref().unwrap_or_default())
        .bind(i64::try_from(reading.systems.len()).unwrap_or(i64::MAX))
        .bind(enum_text(&licence_state(reading.licences.iter().map(|licence| (licence.valid, licence.expires)), now.utc().date_naive()))?)
        .bind(serde_json::to_string(&lines).map_err(Problem::internal)?)
        .bind(reading.certificate.valid_until.timestamp_millis())
        .bind(fold(reading.provider.as_deref().unwrap_or_default()))
        .bind(fold(reading.reseller.as_deref().unwrap_or_default()))
        .bind(&reading.certificate.der)
        .execute(&mut *connection)
        .await?;
        refresh_search_key(connection, id).await?;
    }
    Ok(())
}

/// What the licences read last come to by now, of a customer that was not read (CUS-01).
///
/// # Errors
/// Database errors.
pub async fn set_licence_state(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    state: LicenceState,
) -> Outcome<()> {
    sqlx::query("UPDATE customer SET licence_state = ? WHERE organization_id = ?")
        .bind(enum_text(&state)?)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The end of the certificate believed so far.
///
/// # Errors
/// Database errors.
pub async fn certificate_until(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<Option<Time>> {
    let until: Option<Option<i64>> =
        sqlx::query_scalar("SELECT certificate_until FROM customer WHERE organization_id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(until.flatten().map(Time))
}

/// A contact with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactMade {
    pub id: OrganizationId,
    pub at: Time,
    /// By which edition of its connection; None: by the present one.
    pub connection_revision: Option<i64>,
}

/// When customers were last in contact, many at once in one statement (CUS-40). A contact by an earlier connection is
/// none by this one.
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
        let revision = contact
            .connection_revision
            .map_or_else(|| "null".to_owned(), |revision| revision.to_string());
        text.push_str(&format!(
            "[\"{}\",{},{revision}]",
            contact.id.0.simple(),
            contact.at.0
        ));
    }
    text.push(']');
    sqlx::query(
        "INSERT INTO contact (organization_id, at)
         SELECT c.organization_id, max(each.value ->> 1) FROM json_each(?) AS each JOIN customer AS c ON c.organization_id = unhex(each.value ->> 0)
         WHERE coalesce(each.value ->> 2, c.connection_revision) = c.connection_revision
         GROUP BY c.organization_id
         ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
    )
    .bind(text)
    .execute(connection)
    .await?;
    Ok(())
}

/// The certificate that waits for a yes.
///
/// # Errors
/// Database errors.
pub async fn waiting_certificate(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<Option<Certificate>> {
    Ok(certificates(connection, id).await?.1)
}

/// The certificate that is believed, and the one that waits for a yes.
async fn certificates(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<(Option<Certificate>, Option<Certificate>)> {
    let row = sqlx::query("SELECT certificate, waiting_certificate FROM customer WHERE organization_id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let named = |column| row.as_ref().and_then(|row| certificate(row, column));
    Ok((named("certificate"), named("waiting_certificate")))
}

/// The certificate a person said yes to is the one believed from now on (CRT-11).
///
/// # Errors
/// Database errors.
pub async fn pin(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    certificate: &Certificate,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE customer SET pin = ?, certificate = ?, certificate_until = ?, waiting_certificate = NULL, revision = revision + 1,
            connection_revision = connection_revision + 1 WHERE organization_id = ?",
    )
        .bind(certificate.fingerprint.0.to_vec())
        .bind(&certificate.der)
        .bind(certificate.valid_until.timestamp_millis())
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The certificate believed so far.
///
/// # Errors
/// Database errors.
pub async fn pinned_certificate(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<Option<Certificate>> {
    Ok(certificates(connection, id).await?.0)
}
