//! All SQL on the tables `package`, `package_arrival` and `package_index`.

mod firmware;

pub use firmware::{Firmware, firmware, server_installers};

mod uses;

pub use uses::uses;

use super::recognition;
use super::storing::Digest;
use super::types::{
    ArrivalSource, DigestOrigin, Doubt, IndexView, KindTotal, PackageFields, PackageKind, PackageRow,
    PackageState,
};
use crate::systems::rules::version_key;
use flotilla_connectors::Fingerprint;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt, enum_text, enum_value, order_key, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{ArrivalId, PackageId, PackageIndexId, ids_json};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashSet;
use uuid::Uuid;

/// A package as it comes into the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPackage {
    /// Its id.
    pub id: PackageId,
    /// What was recognised of it.
    pub fields: PackageFields,
    /// The name its file came with.
    pub file_name: String,
    /// The login name of who adds it.
    pub added_by: String,
    /// How many bytes it has.
    pub size: i64,
    /// Its SHA-256.
    pub digest: Digest,
    /// Where that comes from.
    pub digest_origin: DigestOrigin,
    /// A `.sha256` lay beside the file and could not be used: so the digest was only computed.
    pub digest_unusable: bool,
    /// Where it was fetched from; empty: it came as a file.
    pub address: String,
    /// What an image says of itself.
    pub volume: recognition::Volume,
    /// Whether it is here.
    pub state: PackageState,
    /// The list on the network that it stands in.
    pub index: Option<PackageIndexId>,
}

/// In the column `digest_origin`: as `computed`, although a `.sha256` lay beside the file. It could not be used.
const COMPUTED_ANYWAY: &str = "computed_anyway";

/// Keeps a package.
///
/// # Errors
/// Database errors.
pub async fn insert(connection: &mut SqliteConnection, now: Time, package: &NewPackage) -> Outcome<()> {
    let fields = &package.fields;
    let origin = if package.digest_unusable {
        COMPUTED_ANYWAY.to_owned()
    } else {
        enum_text(&package.digest_origin)?
    };
    sqlx::query(
        "INSERT INTO package (id, kind, product, product_key, version, version_key, file_name, file_name_key, tags, note, added_at,
                              added_by, size, digest, digest_origin, verified_at, address, volume, image_version, search_key, state,
                              index_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(package.id)
    .bind(enum_text(&fields.kind)?)
    .bind(&fields.product)
    .bind(order_key(&fields.product))
    .bind(&fields.version)
    .bind(version_key(&fields.version))
    .bind(&package.file_name)
    .bind(order_key(&package.file_name))
    .bind(serde_json::to_string(&fields.tags).map_err(Problem::internal)?)
    .bind(&fields.note)
    .bind(now.0)
    .bind(&package.added_by)
    .bind(package.size)
    .bind(package.digest.as_slice())
    .bind(origin)
    .bind(now.0)
    .bind(&package.address)
    .bind(&package.volume.id)
    .bind(&package.volume.version)
    .bind(searched(fields, &package.file_name, &package.added_by, &package.digest))
    .bind(enum_text(&package.state)?)
    .bind(package.index)
    .execute(connection)
    .await?;
    Ok(())
}

fn searched(fields: &PackageFields, file_name: &str, added_by: &str, digest: &Digest) -> String {
    let digest = hex::encode(digest);
    let own = [
        &*fields.product,
        &fields.version,
        file_name,
        added_by,
        &fields.note,
        &digest,
    ];
    search_key(own.into_iter().chain(fields.tags.iter().map(String::as_str)))
}

/// Changes what a person can correct. False: it is of another revision, or there is none.
///
/// # Errors
/// Database errors.
pub async fn save(
    connection: &mut SqliteConnection,
    package: &PackageRow,
    fields: &PackageFields,
) -> Outcome<bool> {
    let digest = digest_of(package)?;
    let saved = sqlx::query(
        "UPDATE package SET kind = ?, product = ?, product_key = ?, version = ?, version_key = ?, tags = ?, note = ?, search_key = ?,
                            revision = revision + 1
         WHERE id = ? AND revision = ?",
    )
    .bind(enum_text(&fields.kind)?)
    .bind(&fields.product)
    .bind(order_key(&fields.product))
    .bind(&fields.version)
    .bind(version_key(&fields.version))
    .bind(serde_json::to_string(&fields.tags).map_err(Problem::internal)?)
    .bind(&fields.note)
    .bind(searched(fields, &package.file_name, &package.added_by, &digest))
    .bind(package.id)
    .bind(package.revision)
    .execute(connection)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// The digest of a package, as bytes.
///
/// # Errors
/// An inner error; the database keeps 32 bytes.
pub fn digest_of(package: &PackageRow) -> Outcome<Digest> {
    let bytes = hex::decode(&package.sha256).map_err(Problem::internal)?;
    Digest::try_from(bytes).map_err(|_| Problem::internal("a digest has 32 bytes"))
}

/// What was found when its content was read.
///
/// # Errors
/// Database errors.
pub async fn verified(
    connection: &mut SqliteConnection,
    id: PackageId,
    now: Time,
    state: PackageState,
) -> Outcome<()> {
    sqlx::query("UPDATE package SET verified_at = ?, state = ? WHERE id = ?")
        .bind(now.0)
        .bind(enum_text(&state)?)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// A package of a list on the network has come (REP-09).
///
/// # Errors
/// Database errors.
pub async fn fetched(
    connection: &mut SqliteConnection,
    id: PackageId,
    now: Time,
    package: &NewPackage,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE package SET state = 'stored', verified_at = ?1, added_at = ?1, added_by = ?2, digest_origin = 'vendor', volume = ?3,
                            image_version = ?4, revision = revision + 1 WHERE id = ?5",
    )
    .bind(now.0)
    .bind(&package.added_by)
    .bind(&package.volume.id)
    .bind(&package.volume.version)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets packages.
///
/// # Errors
/// Database errors.
pub async fn delete(connection: &mut SqliteConnection, ids: &[PackageId]) -> Outcome<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query("DELETE FROM package WHERE id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(ids_json(&ids))
        .execute(connection)
        .await?;
    Ok(())
}

const ROW: &str = "p.id, p.kind, p.product, p.version, p.file_name, p.tags, p.note, p.added_at, p.added_by, p.size, p.digest,
                   p.digest_origin, p.state, p.verified_at, p.address, p.volume, p.image_version, p.revision, p.index_id";

fn package_row(row: &SqliteRow) -> Outcome<PackageRow> {
    let digest: Vec<u8> = row.take("digest")?;
    let kind: PackageKind = enum_value(row.take("kind")?)?;
    let product: String = row.take("product")?;
    let version: String = row.take("version")?;
    let image_version: String = row.take("image_version")?;
    let tags: &str = row.take("tags")?;
    let mut doubts = recognition::doubts(kind, &product, &version, &image_version);
    let origin: String = row.take("digest_origin")?;
    let digest_origin = if origin == COMPUTED_ANYWAY {
        doubts.push(Doubt::DigestUnusable);
        DigestOrigin::Computed
    } else {
        enum_value(&origin)?
    };
    Ok(PackageRow {
        id: row.take("id")?,
        kind,
        doubts,
        product,
        version,
        file_name: row.take("file_name")?,
        tags: serde_json::from_str(tags).map_err(Problem::internal)?,
        note: row.take("note")?,
        added_at: Time(row.take("added_at")?),
        added_by: row.take("added_by")?,
        size: row.take("size")?,
        sha256: hex::encode(digest),
        digest_origin,
        state: enum_value(row.take("state")?)?,
        verified_at: Time(row.take("verified_at")?),
        address: row.take("address")?,
        index: row.take("index_id")?,
        volume: row.take("volume")?,
        image_version,
        revision: row.take("revision")?,
    })
}

/// The packages of these ids, in their order.
///
/// # Errors
/// Database errors.
pub async fn window(connection: &mut SqliteConnection, ids: &[Uuid]) -> Outcome<Vec<PackageRow>> {
    let sql = format!(
        "SELECT {ROW} FROM json_each(?1) AS wanted JOIN package AS p ON p.id = unhex(wanted.value) ORDER BY wanted.key"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(ids))
        .fetch_all(connection)
        .await?
        .iter()
        .map(package_row)
        .collect()
}

/// The package of this id.
///
/// # Errors
/// `not-found`, database errors.
pub async fn read(connection: &mut SqliteConnection, id: PackageId) -> Outcome<PackageRow> {
    let found = window(connection, &[id.0]).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// The package with this content; none: there is none.
///
/// # Errors
/// Database errors.
pub async fn of_digest(connection: &mut SqliteConnection, digest: &Digest) -> Outcome<Option<PackageRow>> {
    let sql = format!("SELECT {ROW} FROM package AS p WHERE p.digest = ?");
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(digest.as_slice())
        .fetch_optional(connection)
        .await?;
    found.as_ref().map(package_row).transpose()
}

/// The digests of all packages.
///
/// # Errors
/// Database errors.
pub async fn digests(connection: &mut SqliteConnection) -> Outcome<Vec<Digest>> {
    let found: Vec<Vec<u8>> = sqlx::query_scalar("SELECT digest FROM package")
        .fetch_all(connection)
        .await?;
    found
        .into_iter()
        .map(|bytes| Digest::try_from(bytes).map_err(|_| Problem::internal("a digest has 32 bytes")))
        .collect()
}

/// The package that was not compared with its digest for the longest time, if that was before `until`.
///
/// # Errors
/// Database errors.
pub async fn oldest_verified(connection: &mut SqliteConnection, until: Time) -> Outcome<Option<PackageRow>> {
    let sql = format!(
        "SELECT {ROW} FROM package AS p WHERE p.verified_at < ? AND p.state = 'stored' ORDER BY p.verified_at, p.id LIMIT 1"
    );
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(until.0)
        .fetch_optional(connection)
        .await?;
    found.as_ref().map(package_row).transpose()
}

/// How much there is of each kind.
///
/// # Errors
/// Database errors.
pub async fn totals(connection: &mut SqliteConnection) -> Outcome<Vec<KindTotal>> {
    sqlx::query("SELECT kind, count(*) AS packages, sum(CASE state WHEN 'remote' THEN 0 ELSE size END) AS bytes FROM package GROUP BY kind ORDER BY bytes DESC")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(KindTotal {
                kind: enum_value(row.take("kind")?)?,
                count: row.take("packages")?,
                size: row.take("bytes")?,
            })
        })
        .collect()
}

/// The images that could go, so many: of each product the newest version stays longest, then the newest of all (REP-07).
///
/// # Errors
/// Database errors.
pub async fn could_go(connection: &mut SqliteConnection, count: i64) -> Outcome<Vec<PackageRow>> {
    let sql = format!(
        "SELECT {ROW}, row_number() OVER (PARTITION BY p.product_key ORDER BY p.version_key DESC, p.added_at DESC) AS place
         FROM package AS p WHERE p.kind = 'iso_image' AND p.state <> 'remote' ORDER BY place DESC, p.added_at, p.id LIMIT ?"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(count.max(0))
        .fetch_all(connection)
        .await?
        .iter()
        .map(package_row)
        .collect()
}

/// A file on its way in, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its id.
    pub id: ArrivalId,
    /// Where it comes from.
    pub source: ArrivalSource,
    /// The file's name.
    pub file_name: String,
    /// The path or the address; empty: a browser sends it.
    pub place: String,
    /// How many bytes it has; none: the other side did not say.
    pub total: Option<i64>,
    /// The digest that the vendor gave.
    pub expected: Option<Digest>,
    /// By what the other side names this very content; empty: it does not.
    pub entity_tag: String,
    /// The certificate that a person accepted for the server.
    pub pin: Option<Fingerprint>,
    /// The SHA-256 of each piece from a browser.
    pub pieces: Vec<String>,
    /// The digest of the whole, once it has come.
    pub digest: Option<Digest>,
    /// When it was begun.
    pub started_at: Time,
    /// Why it stopped.
    pub error: Option<ErrorCode>,
    /// The package that has the same content.
    pub known_as: Option<PackageId>,
}

/// Keeps what is known of a file on its way in, new or changed.
///
/// # Errors
/// Database errors.
pub async fn keep_arrival(connection: &mut SqliteConnection, arrival: &Arrival) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO package_arrival (id, source, file_name, place, total, expected, entity_tag, pieces, digest, started_at, error,
                                      known_as, pin)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (id) DO UPDATE SET file_name = ?3, total = ?5, expected = ?6, entity_tag = ?7, pieces = ?8, digest = ?9,
                                        error = ?11, known_as = ?12",
    )
    .bind(arrival.id)
    .bind(enum_text(&arrival.source)?)
    .bind(&arrival.file_name)
    .bind(&arrival.place)
    .bind(arrival.total)
    .bind(arrival.expected.as_ref().map(<[u8; 32]>::as_slice))
    .bind(&arrival.entity_tag)
    .bind(serde_json::to_string(&arrival.pieces).map_err(Problem::internal)?)
    .bind(arrival.digest.as_ref().map(<[u8; 32]>::as_slice))
    .bind(arrival.started_at.0)
    .bind(arrival.error.map(ErrorCode::code))
    .bind(arrival.known_as)
    .bind(arrival.pin.as_ref().map(|pin| pin.0.to_vec()))
    .execute(connection)
    .await?;
    Ok(())
}

/// 32 bytes in a column, where there are any.
fn digest_in(row: &SqliteRow, column: &str) -> Outcome<Option<Digest>> {
    let bytes: Option<Vec<u8>> = row.take(column)?;
    bytes
        .map(|bytes| Digest::try_from(bytes).map_err(|_| Problem::internal("a digest has 32 bytes")))
        .transpose()
}

fn arrival_row(row: &SqliteRow) -> Outcome<Arrival> {
    let digest = |column: &str| digest_in(row, column);
    let pieces: &str = row.take("pieces")?;
    let error: Option<&str> = row.take("error")?;
    Ok(Arrival {
        id: row.take("id")?,
        source: enum_value(row.take("source")?)?,
        file_name: row.take("file_name")?,
        place: row.take("place")?,
        total: row.take("total")?,
        expected: digest("expected")?,
        entity_tag: row.take("entity_tag")?,
        pin: digest("pin")?.map(Fingerprint),
        pieces: serde_json::from_str(pieces).map_err(Problem::internal)?,
        digest: digest("digest")?,
        started_at: Time(row.take("started_at")?),
        error: error.and_then(ErrorCode::from_code),
        known_as: row.take("known_as")?,
    })
}

/// All files on their way in, the newest first.
///
/// # Errors
/// Database errors.
pub async fn arrivals(connection: &mut SqliteConnection) -> Outcome<Vec<Arrival>> {
    sqlx::query("SELECT * FROM package_arrival ORDER BY id DESC")
        .fetch_all(connection)
        .await?
        .iter()
        .map(arrival_row)
        .collect()
}

/// The file on its way in of this id.
///
/// # Errors
/// `not-found`, database errors.
pub async fn arrival(connection: &mut SqliteConnection, id: ArrivalId) -> Outcome<Arrival> {
    let found = sqlx::query("SELECT * FROM package_arrival WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    found
        .as_ref()
        .map(arrival_row)
        .transpose()?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// Forgets a file on its way in. False: there was none.
///
/// # Errors
/// Database errors.
pub async fn forget_arrival(connection: &mut SqliteConnection, id: ArrivalId) -> Outcome<bool> {
    let done = sqlx::query("DELETE FROM package_arrival WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The lists that are followed, by name (REP-09).
///
/// # Errors
/// Database errors.
pub async fn indexes(connection: &mut SqliteConnection) -> Outcome<Vec<IndexView>> {
    sqlx::query(
        "SELECT i.id, i.address, i.name, i.read_at, i.error,
                (SELECT count(*) FROM package AS p WHERE p.index_id = i.id AND p.state <> 'remote') AS stored,
                (SELECT count(*) FROM package AS p WHERE p.index_id = i.id AND p.state = 'remote') AS remote
         FROM package_index AS i ORDER BY i.name, i.id",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        let error: Option<&str> = row.take("error")?;
        Ok(IndexView {
            id: row.take("id")?,
            address: row.take("address")?,
            name: row.take("name")?,
            read_at: row.take::<Option<i64>, _>("read_at")?.map(Time),
            error: error.and_then(ErrorCode::from_code),
            stored: row.take("stored")?,
            remote: row.take("remote")?,
        })
    })
    .collect()
}

/// A list that is followed: how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its id.
    pub id: PackageIndexId,
    /// Where it is.
    pub address: String,
    /// The certificate that a person accepted for the server.
    pub pin: Option<Fingerprint>,
}

/// The list of this id, those that were not read since a time, or all.
///
/// # Errors
/// Database errors.
pub async fn followed(
    connection: &mut SqliteConnection,
    id: Option<PackageIndexId>,
    until: Option<Time>,
) -> Outcome<Vec<Followed>> {
    sqlx::query(
        "SELECT id, address, pin FROM package_index
         WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR coalesce(read_at, 0) < ?2) ORDER BY id",
    )
    .bind(id)
    .bind(until.map(|time| time.0))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(Followed {
            id: row.take("id")?,
            address: row.take("address")?,
            pin: digest_in(row, "pin")?.map(Fingerprint),
        })
    })
    .collect()
}

/// Whether a list at this address is followed already.
///
/// # Errors
/// Database errors.
pub async fn index_known(connection: &mut SqliteConnection, address: &str) -> Outcome<bool> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM package_index WHERE address = ?)")
            .bind(address)
            .fetch_one(connection)
            .await?,
    )
}

/// Keeps a list that is followed from now on.
///
/// # Errors
/// Database errors.
pub async fn insert_index(
    connection: &mut SqliteConnection,
    id: PackageIndexId,
    (address, name): (&str, &str),
    pin: Option<Fingerprint>,
    now: Time,
) -> Outcome<()> {
    sqlx::query("INSERT INTO package_index (id, address, name, pin, added_at) VALUES (?, ?, ?, ?, ?)")
        .bind(id)
        .bind(address)
        .bind(name)
        .bind(pin.map(|pin| pin.0.to_vec()))
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// A list was read, or could not be.
///
/// # Errors
/// Database errors.
pub async fn index_read(
    connection: &mut SqliteConnection,
    id: PackageIndexId,
    now: Time,
    error: Option<ErrorCode>,
) -> Outcome<()> {
    sqlx::query("UPDATE package_index SET read_at = ?, error = ? WHERE id = ?")
        .bind(now.0)
        .bind(error.map(ErrorCode::code))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Packages of a list that are not here, and that it has no longer, are forgotten.
///
/// # Errors
/// Database errors.
pub async fn forget_unlisted(
    connection: &mut SqliteConnection,
    id: PackageIndexId,
    listed: &HashSet<Digest>,
) -> Outcome<()> {
    let listed: Vec<String> = listed.iter().map(hex::encode).collect();
    sqlx::query(
        "DELETE FROM package WHERE index_id = ?1 AND state = 'remote' AND digest NOT IN (SELECT unhex(value) FROM json_each(?2))",
    )
    .bind(id)
    .bind(serde_json::to_string(&listed).map_err(Problem::internal)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets a list.
///
/// # Errors
/// Database errors.
pub async fn delete_index(connection: &mut SqliteConnection, id: PackageIndexId) -> Outcome<()> {
    sqlx::query("DELETE FROM package_index WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}
