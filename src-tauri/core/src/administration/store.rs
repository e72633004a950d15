//! All SQL on the preferences.

use super::types::{Preferences, PreferencesForm};
use crate::database::RowExt as _;
use crate::wire::error::{Outcome, Problem};
use sqlx::SqliteConnection;

const NAME: &str = "preferences";

/// The preferences as they stand; the defaults at revision 0 before they were ever saved.
///
/// # Errors
/// Database errors.
pub async fn preferences(connection: &mut SqliteConnection) -> Outcome<PreferencesForm> {
    let row = sqlx::query("SELECT value, revision FROM setting WHERE name = ?")
        .bind(NAME)
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok(PreferencesForm {
            preferences: serde_json::from_str(row.take("value")?).map_err(Problem::internal)?,
            revision: row.take("revision")?,
        }),
        None => Ok(PreferencesForm {
            preferences: Preferences::default(),
            revision: 0,
        }),
    }
}

/// Keeps preferences; gives their new revision.
///
/// # Errors
/// Database errors.
pub async fn set_preferences(connection: &mut SqliteConnection, preferences: &Preferences) -> Outcome<i64> {
    let text = serde_json::to_string(preferences).map_err(Problem::internal)?;
    Ok(sqlx::query_scalar(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2, revision = revision + 1 RETURNING revision",
    )
    .bind(NAME)
    .bind(text)
    .fetch_one(connection)
    .await?)
}

/// The highest version any terms ever had (ACC-08), so that it is not used again.
///
/// # Errors
/// Database errors.
pub async fn last_terms_version(connection: &mut SqliteConnection) -> Outcome<i64> {
    let text: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE name = 'terms_version'")
        .fetch_optional(connection)
        .await?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Remembers the highest version.
///
/// # Errors
/// Database errors.
pub async fn set_last_terms_version(connection: &mut SqliteConnection, version: i64) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO setting (name, value) VALUES ('terms_version', ?1) ON CONFLICT DO UPDATE SET value = ?1",
    )
    .bind(version.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// How many accounts, organizations and systems there are.
///
/// # Errors
/// Database errors.
pub async fn sizes(connection: &mut SqliteConnection) -> Outcome<(i64, i64, i64)> {
    Ok(sqlx::query_as(
        "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM organization WHERE archived_at IS NULL), (SELECT count(*) FROM system)",
    )
    .fetch_one(connection)
    .await?)
}

/// The size of the database.
///
/// # Errors
/// Database errors.
pub async fn bytes(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            .fetch_one(connection)
            .await?,
    )
}

/// Counts a try to sign in with a login name nobody has. Nobody looks at the number: it is written so that such a try
/// takes the database as long as one with a name somebody has, whose failures are counted (ACC-05, ACC-06).
///
/// # Errors
/// Database errors.
pub async fn count_stranger(connection: &mut SqliteConnection) -> Outcome<()> {
    sqlx::query("INSERT INTO setting (name, value) VALUES ('strangers', '') ON CONFLICT DO UPDATE SET revision = revision + 1")
        .execute(connection)
        .await?;
    Ok(())
}
