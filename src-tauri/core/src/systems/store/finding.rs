//! The few systems that the command palette shows (UI-07).

use flotilla_kernel::database::{RowExt as _, search_fold};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{OrganizationId, SystemId};
use flotilla_kernel::rights::{self, Caller};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Of what matches, the first so many that are met are put in order: a letter that all names have does not sort them all.
const MET: i64 = 200;

const COLUMNS: &str = "s.id, s.organization_id, s.name, o.name AS customer, s.host";

/// A system as the palette shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSystem {
    /// Its id.
    pub id: SystemId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// The name of its organization.
    pub customer: String,
    /// Its address.
    pub host: String,
}

/// Visible systems by folded words: those whose names begin with all that was typed come first, by name; then others that have
/// the words in any of their texts.
///
/// # Errors
/// Database errors.
pub async fn find(
    connection: &mut SqliteConnection,
    caller: &Caller,
    words: &[String],
    limit: usize,
) -> Outcome<Vec<FoundSystem>> {
    let mut found = beginning_with(connection, caller, &words.join(" "), limit).await?;
    if found.len() < limit {
        let more = holding(connection, caller, words).await?;
        let new: Vec<FoundSystem> = more
            .into_iter()
            .filter(|system| found.iter().all(|known| known.id != system.id))
            .collect();
        found.extend(new);
        found.truncate(limit);
    }
    Ok(found)
}

/// Read off the index of the names.
async fn beginning_with(
    connection: &mut SqliteConnection,
    caller: &Caller,
    beginning: &str,
    limit: usize,
) -> Outcome<Vec<FoundSystem>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM system AS s JOIN organization AS o ON o.id = s.organization_id
         WHERE s.name_key >= ?1 AND s.name_key < ?1 || char(1114111) AND {}
         ORDER BY s.name_key, s.id LIMIT ?2",
        rights::visible_systems(caller, "s")
    )))
    .bind(search_fold(beginning))
    .bind(i64::try_from(limit).unwrap_or(MET))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Read off the narrow table of texts, which costs the same whatever is searched. Which of its rows an administrator may see is
/// looked up for those that match; for others the systems they see are one set.
async fn holding(
    connection: &mut SqliteConnection,
    caller: &Caller,
    words: &[String],
) -> Outcome<Vec<FoundSystem>> {
    let visible = rights::visible_systems(caller, "v");
    let seen = if caller.is_administrator() {
        format!("EXISTS (SELECT 1 FROM system AS v WHERE v.id = x.system_id AND {visible})")
    } else {
        format!("x.system_id IN (SELECT v.id FROM system AS v WHERE {visible})")
    };
    let holds = "instr(x.search_key, ?) > 0 AND ".repeat(words.len());
    let statement = format!(
        "SELECT {COLUMNS} FROM (SELECT x.system_id FROM system_text AS x WHERE {holds} {seen} LIMIT {MET}) AS met
         JOIN system AS s ON s.id = met.system_id JOIN organization AS o ON o.id = s.organization_id
         ORDER BY instr(s.name_key, ?) = 0, s.order_key, s.id"
    );
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for word in words {
        query = query.bind(search_fold(word));
    }
    let query = query.bind(search_fold(&words.join(" ")));
    query.fetch_all(connection).await?.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Outcome<FoundSystem> {
    Ok(FoundSystem {
        id: row.take("id")?,
        organization: row.take("organization_id")?,
        name: row.take("name")?,
        customer: row.take("customer")?,
        host: row.take("host")?,
    })
}
