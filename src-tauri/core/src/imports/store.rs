//! All SQL on the tables `import`, `import_row` and `import_mapping`.
//!
//! `import` holds the file and is written once; the differences stand in `import_row`, one JSON text a row. Row 0 is
//! the list itself: its settings. (They do not stand beside the file, since changing them would write the file anew.)

use super::columns::ImportKind;
use super::kept::{MovedRow, Overlay, Settings};
use super::mapping::Mapping;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, ImportId};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// What stays as it is for the whole life of a waiting list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The waiting list's id.
    pub id: ImportId,
    /// The account that opened the file; nobody else sees the list.
    pub account: AccountId,
    /// When the file was opened.
    pub created_at: Time,
    /// The file's name, without a path.
    pub file_name: String,
    /// Where the file lies, when it was opened on this machine.
    pub path: Option<String>,
    /// The file's size in bytes.
    pub size: i64,
}

/// Keeps a new waiting list.
///
/// # Errors
/// Database errors.
pub async fn insert(
    connection: &mut SqliteConnection,
    head: &Head,
    bytes: &[u8],
    settings: &Settings,
) -> Outcome<()> {
    sqlx::query("INSERT INTO import (id, account_id, created_at, file_name, path, bytes, options) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(head.id)
        .bind(head.account)
        .bind(head.created_at.0)
        .bind(&head.file_name)
        .bind(&head.path)
        .bind(bytes)
        .bind(head.size.to_string())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO import_row (import_id, row, overlay) VALUES (?, 0, ?)")
        .bind(head.id)
        .bind(json(settings)?)
        .execute(connection)
        .await?;
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(Problem::internal)
}

/// A waiting list as it is kept.
pub struct Kept {
    /// What stays as it is.
    pub head: Head,
    /// How the file is read, and how far the list has come.
    pub settings: Settings,
    /// The file, byte by byte; it holds passwords in clear.
    pub bytes: Vec<u8>,
    /// What differs from the file, by the numbers of the rows.
    pub overlays: BTreeMap<u32, Overlay>,
}

/// The whole of a waiting list; none when there is none of this id.
///
/// # Errors
/// Database errors.
pub async fn load(connection: &mut SqliteConnection, id: ImportId) -> Outcome<Option<Kept>> {
    let row = sqlx::query(
        "SELECT account_id, created_at, file_name, path, bytes, options FROM import WHERE id = ?",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let head = Head {
        id,
        account: row.take("account_id")?,
        created_at: Time(row.take("created_at")?),
        file_name: row.take("file_name")?,
        path: row.take("path")?,
        size: row.take::<&str, _>("options")?.parse().unwrap_or_default(),
    };
    let bytes = row.take("bytes")?;
    let mut settings = None;
    let mut overlays = BTreeMap::new();
    for row in sqlx::query("SELECT row, overlay FROM import_row WHERE import_id = ?")
        .bind(id)
        .fetch_all(connection)
        .await?
    {
        let number = u32::try_from(row.take::<i64, _>("row")?).map_err(Problem::internal)?;
        let text: &str = row.take("overlay")?;
        if number == 0 {
            settings = Some(serde_json::from_str(text).map_err(Problem::internal)?);
        } else {
            overlays.insert(number, serde_json::from_str(text).map_err(Problem::internal)?);
        }
    }
    let settings = settings.ok_or_else(|| Problem::internal("a waiting list without settings"))?;
    Ok(Some(Kept {
        head,
        settings,
        bytes,
        overlays,
    }))
}

/// The file of a waiting list.
///
/// # Errors
/// Database errors.
pub async fn bytes(connection: &mut SqliteConnection, id: ImportId) -> Outcome<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar("SELECT bytes FROM import WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?)
}

/// The waiting lists of an account of this kind that still hold rows, oldest first.
///
/// # Errors
/// Database errors.
pub async fn waiting(
    connection: &mut SqliteConnection,
    account: AccountId,
    kind: ImportKind,
) -> Outcome<Vec<ImportId>> {
    Ok(sqlx::query_scalar(
        "SELECT i.id FROM import AS i JOIN import_row AS r ON r.import_id = i.id AND r.row = 0
         WHERE i.account_id = ? AND NOT coalesce(r.overlay ->> '$.finished', 0) AND (r.overlay -> '$.devices' IS NOT NULL) = ? ORDER BY i.id",
    )
    .bind(account)
    .bind(kind == ImportKind::Devices)
    .fetch_all(connection)
    .await?)
}

/// Throws away what nobody needs any more when a file is opened: waiting lists of the same file that nobody touched,
/// and finished ones from before `until`.
///
/// # Errors
/// Database errors.
pub async fn tidy(
    connection: &mut SqliteConnection,
    head: &Head,
    settings: &Settings,
    until: Time,
) -> Outcome<Vec<ImportId>> {
    let devices = settings.devices.as_ref().map(json).transpose()?;
    Ok(sqlx::query_scalar(
        "DELETE FROM import WHERE account_id = ?1 AND id IN (
            SELECT i.id FROM import AS i JOIN import_row AS r ON r.import_id = i.id AND r.row = 0
            WHERE CASE WHEN coalesce(r.overlay ->> '$.finished', 0) THEN i.created_at < ?4
                  ELSE i.file_name = ?2 AND r.overlay ->> '$.digest' = ?3 AND r.overlay -> '$.devices' IS ?5 AND r.overlay -> '$.fill' IS NULL
                       AND NOT EXISTS (SELECT 1 FROM import_row AS touched WHERE touched.import_id = i.id AND touched.row > 0) END)
         RETURNING id",
    )
    .bind(head.account)
    .bind(&head.file_name)
    .bind(&settings.digest)
    .bind(until.0)
    .bind(devices)
    .fetch_all(connection)
    .await?)
}

/// Throws away waiting lists that nobody comes back to: not touched since `until`, or of customers and of an account that is none of the
/// `administrators` any more and could not reach it. Gives their ids, accounts and file names.
///
/// # Errors
/// Database errors.
pub async fn expire(
    connection: &mut SqliteConnection,
    administrators: &[AccountId],
    until: Time,
    running: &[ImportId],
) -> Outcome<Vec<(ImportId, AccountId, String)>> {
    Ok(sqlx::query_as(
        "DELETE FROM import WHERE id IN (
            SELECT i.id FROM import AS i JOIN import_row AS r ON r.import_id = i.id AND r.row = 0
            WHERE coalesce(r.overlay ->> '$.touched', i.created_at) < ?1
               OR r.overlay -> '$.devices' IS NULL AND i.account_id NOT IN (SELECT unhex(value) FROM json_each(?2)))
           AND id NOT IN (SELECT unhex(value) FROM json_each(?3))
         RETURNING id, account_id, file_name",
    )
    .bind(until.0)
    .bind(flotilla_kernel::ids::ids_json(administrators))
    .bind(flotilla_kernel::ids::ids_json(running))
    .fetch_all(connection)
    .await?)
}

/// Writes the settings, if they still have the revision before this one. Every other write goes along with it, so
/// that two programs never write past each other. False: another one was faster.
///
/// # Errors
/// Database errors.
pub async fn claim(connection: &mut SqliteConnection, id: ImportId, settings: &Settings) -> Outcome<bool> {
    let done = sqlx::query(
        "UPDATE import_row SET overlay = ? WHERE import_id = ? AND row = 0 AND overlay ->> '$.revision' = ?",
    )
    .bind(json(settings)?)
    .bind(id)
    .bind(settings.revision - 1)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what differs in these rows.
///
/// # Errors
/// Database errors.
pub async fn put(connection: &mut SqliteConnection, id: ImportId, rows: &[(u32, Overlay)]) -> Outcome<()> {
    for (row, overlay) in rows {
        sqlx::query("INSERT INTO import_row (import_id, row, overlay) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET overlay = excluded.overlay")
            .bind(id)
            .bind(i64::from(*row))
            .bind(json(overlay)?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Takes rows out of the waiting list, each with the line of the file that it starts in.
///
/// # Errors
/// Database errors.
pub async fn remove(
    connection: &mut SqliteConnection,
    id: ImportId,
    rows: &[(u32, Option<u32>)],
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO import_row (import_id, row, overlay)
         SELECT ?1, value ->> 0, CASE WHEN value ->> 1 IS NULL THEN json_object('removed', json('true')) ELSE json_object('removed', json('true'), 'line', value ->> 1) END
         FROM json_each(?2) WHERE value ->> 0 > 0
         ON CONFLICT DO UPDATE SET overlay = excluded.overlay",
    )
    .bind(id)
    .bind(json(&rows)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives rows other numbers.
///
/// # Errors
/// Database errors.
pub async fn renumber(connection: &mut SqliteConnection, id: ImportId, moved: &[MovedRow]) -> Outcome<()> {
    let from: Vec<u32> = moved.iter().map(|row| row.from).collect();
    sqlx::query("DELETE FROM import_row WHERE import_id = ? AND row IN (SELECT value FROM json_each(?))")
        .bind(id)
        .bind(json(&from)?)
        .execute(&mut *connection)
        .await?;
    let to: Vec<(u32, Overlay)> = moved.iter().map(|row| (row.to, row.overlay.clone())).collect();
    put(connection, id, &to).await
}

/// Everything is stored: of the waiting list only the offer to delete the file remains, and no password.
///
/// # Errors
/// Database errors.
pub async fn finish(connection: &mut SqliteConnection, id: ImportId) -> Outcome<()> {
    sqlx::query("UPDATE import SET bytes = x'' WHERE id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM import_row WHERE import_id = ? AND row > 0")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes a waiting list.
///
/// # Errors
/// Database errors.
pub async fn delete(connection: &mut SqliteConnection, id: ImportId) -> Outcome<()> {
    sqlx::query("DELETE FROM import WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// So many sets of columns are remembered; those of which something was said longest ago are forgotten.
const REMEMBERED: i64 = 200;

/// What was said of the columns of files, the latest first (CUS-26).
///
/// # Errors
/// Database errors.
pub async fn mappings(connection: &mut SqliteConnection) -> Outcome<Vec<Mapping>> {
    let texts: Vec<String> =
        sqlx::query_scalar("SELECT columns FROM import_mapping ORDER BY said_at DESC, id")
            .fetch_all(connection)
            .await?;
    texts
        .iter()
        .map(|text| {
            serde_json::from_str(text)
                .map(Mapping::remembered)
                .map_err(Problem::internal)
        })
        .collect()
}

/// Remembers what was said of these columns, instead of what was said of them before.
///
/// # Errors
/// Database errors.
pub async fn remember(connection: &mut SqliteConnection, mapping: &Mapping, now: Time) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO import_mapping (id, columns, said_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET columns = excluded.columns, said_at = excluded.said_at",
    )
    .bind(mapping.key())
    .bind(json(mapping)?)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "DELETE FROM import_mapping WHERE id IN (SELECT id FROM import_mapping ORDER BY said_at DESC, id LIMIT -1 OFFSET ?)",
    )
    .bind(REMEMBERED)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what was said of these columns.
///
/// # Errors
/// Database errors.
pub async fn forget(connection: &mut SqliteConnection, mapping: &Mapping) -> Outcome<()> {
    sqlx::query("DELETE FROM import_mapping WHERE id = ?")
        .bind(mapping.key())
        .execute(connection)
        .await?;
    Ok(())
}
