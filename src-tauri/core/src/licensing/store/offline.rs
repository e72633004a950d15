//! Systems without a network, and the files that came from them and went to them (LIC-50, LIC-51).

use super::super::rules::need::Quantities;
use super::super::types::{NeedSource, OfflineState};
use super::day;
use chrono::NaiveDate;
use flotilla_kernel::clock::{Time, days_of};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{OfflineSystemId, OrganizationId};
use flotilla_licence_formats::container::Digest;
use flotilla_licence_formats::issuer::PublicKey;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

/// A system without a network.
#[derive(Debug, Clone)]
pub struct OfflineSystem {
    /// Its id.
    pub id: OfflineSystemId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
    /// How it calls itself.
    pub identity: String,
    /// The product's version.
    pub version: String,
    /// What its hardware is recognised by.
    pub hardware: Vec<String>,
    /// What it needs.
    pub needs: Quantities,
    /// Where that is known from.
    pub source: NeedSource,
    /// Where a person has it from.
    pub reference: String,
    /// The key it signs with.
    pub signing_key: Option<PublicKey>,
    /// The highest number of its files.
    pub sequence: u64,
    /// The highest number of the licence files for it.
    pub answer_sequence: u64,
    /// How it is.
    pub state: OfflineState,
    /// The request that waits for an answer.
    pub request: Option<Digest>,
    /// The licence file that was issued last.
    pub answer: Option<Digest>,
    /// Since when it is registered.
    pub first_day: NaiveDate,
}

const COLUMNS: &str = "id, organization_id, product, identity, product_version, hardware, needs, source, reference, signing_key,
    sequence, answer_sequence, state, request, answer, first_day";

fn digest(bytes: Option<Vec<u8>>) -> Outcome<Option<Digest>> {
    bytes
        .map(|bytes| {
            let bytes: Result<[u8; 32], _> = bytes.try_into();
            bytes
                .map(Digest::from_bytes)
                .map_err(|_| Problem::internal("a digest of another length"))
        })
        .transpose()
}

fn number(value: i64) -> Outcome<u64> {
    u64::try_from(value).map_err(Problem::internal)
}

/// As a database keeps it; the formats allow no higher ones.
fn stored(number: u64) -> Outcome<i64> {
    i64::try_from(number).map_err(Problem::internal)
}

fn read(row: &SqliteRow) -> Outcome<OfflineSystem> {
    let key: Option<String> = row.take(9)?;
    Ok(OfflineSystem {
        id: row.take(0)?,
        organization: row.take(1)?,
        product: row.take(2)?,
        identity: row.take(3)?,
        version: row.take(4)?,
        hardware: serde_json::from_str(row.take(5)?).map_err(Problem::internal)?,
        needs: serde_json::from_str(row.take(6)?).map_err(Problem::internal)?,
        source: enum_value(row.take(7)?)?,
        reference: row.take(8)?,
        signing_key: key
            .map(PublicKey::try_from)
            .transpose()
            .map_err(Problem::internal)?,
        sequence: number(row.take(10)?)?,
        answer_sequence: number(row.take(11)?)?,
        state: enum_value(row.take(12)?)?,
        request: digest(row.take(13)?)?,
        answer: digest(row.take(14)?)?,
        first_day: day(row.take(15)?)?,
    })
}

/// The systems of a product of an organization, by name.
///
/// # Errors
/// Database errors.
pub async fn offline_systems(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Vec<OfflineSystem>> {
    let query = format!(
        "SELECT {COLUMNS} FROM licence_offline_system WHERE organization_id = ? AND product = ? ORDER BY identity, id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(organization)
        .bind(product)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// A system of an organization.
///
/// # Errors
/// `not-found`
pub async fn offline_system(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    id: OfflineSystemId,
) -> Outcome<OfflineSystem> {
    let query = format!("SELECT {COLUMNS} FROM licence_offline_system WHERE organization_id = ? AND id = ?");
    let row = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    read(&row)
}

/// The system that calls itself so, as the organization knows it; one that was returned is the same again.
///
/// # Errors
/// Database errors.
pub async fn known_system(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
    identity: &str,
) -> Outcome<Option<OfflineSystem>> {
    let query = format!(
        "SELECT {COLUMNS} FROM licence_offline_system WHERE organization_id = ? AND product = ? AND identity = ?
         ORDER BY state = 'returned', changed_at DESC LIMIT 1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(query))
        .bind(organization)
        .bind(product)
        .bind(identity)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Whether another organization has the system that calls itself so, and it was not returned there.
///
/// # Errors
/// Database errors.
pub async fn at_other(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
    identity: &str,
) -> Outcome<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM licence_offline_system WHERE organization_id <> ? AND product = ? AND identity = ? AND state <> 'returned')",
    )
    .bind(organization)
    .bind(product)
    .bind(identity)
    .fetch_one(connection)
    .await?)
}

/// Writes a system as it is now.
///
/// # Errors
/// Database errors.
pub async fn write_system(
    connection: &mut SqliteConnection,
    system: &OfflineSystem,
    at: Time,
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO licence_offline_system (id, organization_id, product, identity, product_version, hardware, needs, source, reference,
             signing_key, sequence, answer_sequence, state, request, answer, first_day, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (id) DO UPDATE SET product_version = ?5, hardware = ?6, needs = ?7, source = ?8, reference = ?9, signing_key = ?10,
             sequence = ?11, answer_sequence = ?12, state = ?13, request = ?14, answer = ?15, changed_at = ?17",
    )
    .bind(system.id)
    .bind(system.organization)
    .bind(&system.product)
    .bind(&system.identity)
    .bind(&system.version)
    .bind(serde_json::to_string(&system.hardware).map_err(Problem::internal)?)
    .bind(serde_json::to_string(&system.needs).map_err(Problem::internal)?)
    .bind(enum_text(&system.source)?)
    .bind(&system.reference)
    .bind(system.signing_key.map(String::from))
    .bind(stored(system.sequence)?)
    .bind(stored(system.answer_sequence)?)
    .bind(enum_text(&system.state)?)
    .bind(system.request.map(|digest| digest.bytes().to_vec()))
    .bind(system.answer.map(|digest| digest.bytes().to_vec()))
    .bind(days_of(system.first_day))
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A file that is kept.
#[derive(Debug)]
pub struct KeptFile<'f> {
    /// Its SHA-256.
    pub digest: Digest,
    /// `request`, `response`, `confirmation` or `other`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'f str,
    /// Its number; 0: it has none.
    pub sequence: u64,
    /// Its bytes.
    pub content: &'f [u8],
}

/// Keeps a file.
///
/// # Errors
/// Database errors; when the same file was kept before.
pub async fn insert_file(
    connection: &mut SqliteConnection,
    system: OfflineSystemId,
    file: &KeptFile<'_>,
    at: Time,
) -> Outcome<()> {
    sqlx::query("INSERT INTO licence_offline_file (digest, system_id, kind, name, sequence, content, at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(&file.digest.bytes()[..])
        .bind(system)
        .bind(file.kind)
        .bind(file.name)
        .bind(stored(file.sequence)?)
        .bind(file.content)
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether the very same file was taken before.
///
/// # Errors
/// Database errors.
pub async fn file_is_known(connection: &mut SqliteConnection, digest: Digest) -> Outcome<bool> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM licence_offline_file WHERE digest = ?)")
            .bind(&digest.bytes()[..])
            .fetch_one(connection)
            .await?,
    )
}

/// Name and bytes of a file.
///
/// # Errors
/// `not-found`
pub async fn file_content(connection: &mut SqliteConnection, digest: Digest) -> Outcome<(String, Vec<u8>)> {
    let row = sqlx::query("SELECT name, content FROM licence_offline_file WHERE digest = ?")
        .bind(&digest.bytes()[..])
        .fetch_optional(connection)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok((row.take(0)?, row.take(1)?))
}
