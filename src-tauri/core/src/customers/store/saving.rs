//! Storing customers.

use super::looking::json;
use crate::connections::outcome;
use crate::connections::probe::ProbeResult;
use crate::connections::store::ConnectionFields;
use crate::connections::types::{ConnectionKind, ProxyChoice};
use crate::customers::types::*;
use crate::organizations::store::NewOrganization;
use crate::{connections, organizations};
use flotilla_connectors::Certificate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::database::{RowExt as _, Transaction, enum_text, enum_value, fold};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, ConnectionId, OrganizationId};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use futures_util::TryStreamExt as _;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

/// An existing customer, as the import compares it (CUS-22).
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// The customer's organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its name in Unicode normal form, without regard to case, as it is compared (CUS-26).
    pub name_key: String,
    /// The main connection's IP address or host name.
    pub host: String,
    /// The main connection's port.
    pub port: i64,
    /// The name of the main connection's service user.
    pub user_name: String,
    /// On-premises or cloud.
    pub mode: Mode,
    /// Its postal address; empty: none.
    pub address: String,
    /// Its telephone number; empty: none.
    pub telephone: String,
    /// Its e-mail address; empty: none.
    pub email: String,
    /// Notes on it.
    pub notes: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// How the main connection goes.
    pub proxy: ProxyChoice,
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
            proxy: ProxyChoice::default(),
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
    let statement = format!("{EXISTING} WHERE o.archived_at IS NULL");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch(connection);
    // Row by row: all of them at once would take several times the memory of what is kept.
    let mut customers = Vec::new();
    while let Some(row) = rows.try_next().await? {
        customers.push(existing_of(&row)?);
    }
    Ok(customers)
}

/// The addresses of all connections but the main ones, with the customers they are of (CUS-16).
///
/// # Errors
/// Database errors.
pub async fn other_addresses(
    connection: &mut SqliteConnection,
) -> Outcome<Vec<(OrganizationId, String, i64)>> {
    let statement = format!("{OTHER_ADDRESSES} ORDER BY n.created_at, n.id");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .fetch_all(connection)
        .await?)
}

/// Of these addresses those that connections other than the main ones have.
///
/// # Errors
/// Database errors.
pub async fn other_addresses_among(
    connection: &mut SqliteConnection,
    hosts: &[&str],
) -> Outcome<Vec<(OrganizationId, String, i64)>> {
    let statement = format!(
        "{OTHER_ADDRESSES} AND n.host IN (SELECT value FROM json_each(?)) ORDER BY n.created_at, n.id"
    );
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .bind(serde_json::to_string(hosts).map_err(Problem::internal)?)
        .fetch_all(connection)
        .await?)
}

const OTHER_ADDRESSES: &str = "SELECT n.organization_id, n.host, n.port FROM connection AS n
     JOIN customer AS c ON c.organization_id = n.organization_id JOIN organization AS o ON o.id = n.organization_id
     WHERE n.removed_at IS NULL AND o.archived_at IS NULL AND n.id IS NOT c.main_connection_id";

/// Of the customers there are those with one of these ids, folded names or addresses, for the import.
///
/// # Errors
/// Database errors.
pub async fn existing_among(
    connection: &mut SqliteConnection,
    ids: &[OrganizationId],
    names: &[&str],
    hosts: &[&str],
) -> Outcome<Vec<Existing>> {
    let statement = format!(
        "{EXISTING} WHERE o.archived_at IS NULL AND o.id IN (
            SELECT unhex(value) FROM json_each(?1)
            UNION SELECT id FROM organization WHERE archived_at IS NULL AND name_key IN (SELECT value FROM json_each(?2))
            UNION SELECT organization_id FROM connection WHERE removed_at IS NULL AND host IN (SELECT value FROM json_each(?3)))"
    );
    let texts = |texts: &[&str]| serde_json::to_string(texts).map_err(Problem::internal);
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(flotilla_kernel::ids::ids_json(ids))
        .bind(texts(names)?)
        .bind(texts(hosts)?)
        .fetch_all(connection)
        .await?;
    rows.iter().map(existing_of).collect()
}

const EXISTING: &str = "SELECT c.organization_id, o.name, o.name_key, coalesce(n.host, '') AS host, coalesce(n.port, 0) AS port, coalesce(n.user_name, '') AS user_name, c.mode, o.address, o.telephone, o.email, o.notes, c.tags,
     coalesce(n.proxy, '{\"kind\":\"workspace\"}') AS proxy, coalesce(n.password, '') AS password
     FROM customer AS c JOIN organization AS o ON o.id = c.organization_id LEFT JOIN connection AS n ON n.id = c.main_connection_id";

fn existing_of(row: &SqliteRow) -> Outcome<Existing> {
    Ok(Existing {
        id: row.take("organization_id")?,
        name: row.take("name")?,
        name_key: row.take("name_key")?,
        host: row.take("host")?,
        port: row.take("port")?,
        user_name: row.take("user_name")?,
        mode: enum_value(row.take("mode")?)?,
        address: row.take("address")?,
        telephone: row.take("telephone")?,
        email: row.take("email")?,
        notes: row.take("notes")?,
        tags: json(row, "tags")?,
        proxy: json(row, "proxy")?,
        password: Secret::new(row.take::<String, _>("password")?),
    })
}

/// A customer to be stored, new or changed.
#[derive(Debug, Clone)]
pub struct CustomerToSave {
    /// None: a new one.
    pub id: Option<OrganizationId>,
    /// What is to be stored.
    pub fields: CustomerFields,
    /// None: the stored one stays.
    pub password: Option<Secret>,
    /// The certificate a person said yes to, if one was.
    pub pin: Option<Certificate>,
    /// What the test met, to be shown at once; none: saved without contact.
    pub probe: Option<ProbeResult>,
}

/// What a save of many did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaveReceipt {
    /// The organizations that were added.
    pub added: Vec<OrganizationId>,
    /// The organizations that were changed.
    pub updated: Vec<OrganizationId>,
    /// The main connections of both, in the order of the customers; a customer may have none.
    pub connections: Vec<ConnectionId>,
}

/// Stores customers with their main connection; those that were tested get what the test read at once. The owner of a new
/// organization is `creator` (ORG-01).
///
/// # Errors
/// `form.invalid` with `field.taken` when a name is another organization's; database errors.
pub async fn save_many(
    workspace: &Workspace,
    transaction: &mut Transaction,
    creator: AccountId,
    zone: &str,
    language: Language,
    customers: &[CustomerToSave],
) -> Outcome<SaveReceipt> {
    let mut receipt = SaveReceipt::default();
    for customer in customers {
        let fields = &customer.fields;
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
                organizations::store::update(transaction.connection(), id, &organization).await?;
                update(transaction.connection(), id, fields).await?;
                let systems =
                    crate::systems::store::rename_customer(transaction.connection(), id, &fields.name)
                        .await?;
                transaction.changed(crate::systems::types::CHANGES, systems.into_iter().map(|id| id.0));
                receipt.updated.push(id);
                id
            }
            None => {
                let (id, _) = organizations::store::insert(transaction, &organization, Some(creator)).await?;
                insert(transaction.connection(), id, fields).await?;
                receipt.added.push(id);
                id
            }
        };
        set_tags(transaction.connection(), id, &fields.tags).await?;
        let main = save_main_connection(workspace, transaction, id, customer).await?;
        super::summarize(transaction.connection(), id).await?;
        if let (Some(main), Some(probe)) = (main, &customer.probe) {
            outcome::apply(workspace, transaction, main, None, probe).await?;
        }
        super::refresh_search_key(transaction.connection(), id).await?;
        receipt.connections.extend(main);
    }
    transaction.changed(CHANGES, receipt.updated.iter().map(|id| id.0));
    if !receipt.added.is_empty() {
        transaction.membership_changed(CHANGES, receipt.added.iter().map(|id| id.0));
        transaction.membership_changed(organizations::types::CHANGES, receipt.added.iter().map(|id| id.0));
    }
    transaction.membership_changed(
        connections::types::CHANGES,
        receipt.connections.iter().map(|id| id.0),
    );
    Ok(receipt)
}

/// The main connection becomes what the form says; a customer that has none gets it, if an address is given (CUS-16).
async fn save_main_connection(
    workspace: &Workspace,
    transaction: &mut Transaction,
    id: OrganizationId,
    customer: &CustomerToSave,
) -> Outcome<Option<ConnectionId>> {
    let fields = ConnectionFields {
        name: String::new(),
        host: customer.fields.host.clone(),
        port: customer.fields.port,
        user_name: customer.fields.user_name.clone(),
        password: customer.password.clone(),
        proxy: customer.fields.proxy.clone(),
        pin: customer.pin.clone(),
    };
    match super::main_connection(transaction.connection(), id).await? {
        Some(main) => {
            let known = connections::store::one(transaction.connection(), main).await?;
            let fields = ConnectionFields {
                name: known.name,
                ..fields
            };
            let elsewhere = connections::store::update(transaction.connection(), main, &fields).await?;
            if elsewhere && customer.probe.is_none() {
                outcome::forget(workspace, transaction, main).await?;
            }
            Ok(Some(main))
        }
        None if fields.host.is_empty() => Ok(None),
        None => {
            let (now, kind) = (transaction.now(), ConnectionKind::IpOffice);
            connections::store::insert(transaction.connection(), now, id, kind, &fields)
                .await
                .map(Some)
        }
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    fields: &CustomerFields,
) -> Outcome<()> {
    sqlx::query("INSERT INTO customer (organization_id, mode, tags) VALUES (?, ?, ?)")
        .bind(id)
        .bind(enum_text(&fields.mode)?)
        .bind(serde_json::to_string(&fields.tags).map_err(Problem::internal)?)
        .execute(connection)
        .await?;
    Ok(())
}

async fn update(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    fields: &CustomerFields,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE customer SET mode = ?2, tags = ?3, revision = revision + 1 WHERE organization_id = ?1",
    )
    .bind(id)
    .bind(enum_text(&fields.mode)?)
    .bind(serde_json::to_string(&fields.tags).map_err(Problem::internal)?)
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
