//! The copy of the database that is made before a migration (ADM-28).

use super::file::{DatabaseKey, version};
use crate::clock::Time;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::transfer::unwritable;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};

/// So many backups from before the same migration are kept.
pub(super) const BACKUPS: usize = 2;

/// Copies the database as it is beside itself, under the same key, before it is brought from version `present` to the one
/// that is `wanted`. What cannot be opened again and read from end to end
/// is no backup; what a killed process left half is thrown away.
pub(super) async fn back_up(
    connection: &mut SqliteConnection,
    path: &Path,
    key: &DatabaseKey,
    (present, wanted): (i64, i64),
    now: Time,
) -> Outcome<()> {
    let prefix = format!("before-{wanted}-");
    let target = path.with_extension(format!("{prefix}{}.db", now.utc().format("%Y%m%dT%H%M%S%3fZ")));
    // Always the same name, so that one is left at most.
    let partial = path.with_extension("before.part");
    // SQLite writes into a file that is there as long as it is empty.
    let file = crate::files::private_file(&partial).map_err(unwritable)?;
    let copied = async {
        sqlx::query("VACUUM INTO ?")
            .bind(partial.to_string_lossy().into_owned())
            .execute(&mut *connection)
            .await?;
        verify(&partial, key, present).await?;
        file.sync_all().map_err(unwritable)?;
        crate::files::put_in_place(&partial, &target).map_err(unwritable)
    };
    if let Err(problem) = copied.await {
        // The next backup begins anew in any case.
        let _ = std::fs::remove_file(&partial);
        return Err(problem);
    }
    forget_old_backups(path, &prefix);
    Ok(())
}

/// Opens a copy with the key and reads all of it.
pub(super) async fn verify(copy: &Path, key: &DatabaseKey, present: i64) -> Outcome<()> {
    let mut copy = SqliteConnectOptions::new()
        .filename(copy)
        .read_only(true)
        .pragma("key", format!("\"x'{}'\"", key.0.expose()))
        .disable_statement_logging()
        .connect()
        .await?;
    let found = async {
        let pages: Option<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check")
            .fetch_optional(&mut copy)
            .await?;
        let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut copy)
            .await?;
        Outcome::Ok((pages, whole, version(&mut copy).await?))
    }
    .await;
    copy.close().await?;
    match found? {
        (None, whole, version) if whole == "ok" && version == present => Ok(()),
        found => Err(Problem::new(ErrorCode::WorkspaceDamaged)
            .with("file", "workspace.db")
            .caused_by(format!("the backup is not what it should be: {found:?}"))),
    }
}

/// A migration that fails again and again must not fill the disk with what it started from.
fn forget_old_backups(path: &Path, prefix: &str) {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beginning = format!("{stem}.{prefix}");
    let entries = path.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    let mut backups: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&beginning))
        .map(|entry| entry.path())
        .collect();
    // Their names are their times.
    backups.sort_unstable();
    for old in backups.iter().take(backups.len().saturating_sub(BACKUPS)) {
        if let Err(error) = std::fs::remove_file(old) {
            tracing::warn!(%error, "an old backup stays");
        }
    }
}
