//! What uses packages (REP-01).

use crate::repository::types::PackageUse;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::ids_json;
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use uuid::Uuid;

/// How many devices that the account sees run each of these packages; those that nobody runs are left out.
///
/// # Errors
/// Database errors.
pub async fn uses(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<PackageUse>> {
    // The systems are counted once, however many packages are in view.
    let sql = format!(
        "WITH running AS MATERIALIZED (SELECT lower(s.model) AS model, s.version, count(*) AS systems FROM system AS s
             WHERE s.listed = 1 AND s.kind = 'camera' AND {} GROUP BY 1, 2)
         SELECT p.id, r.systems FROM json_each(?1) AS wanted JOIN package AS p ON p.id = unhex(wanted.value)
         JOIN running AS r ON r.model = lower(p.product) AND r.version = p.version WHERE p.kind = 'firmware' ORDER BY wanted.key",
        rights::visible_systems(caller, "s")
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(ids))
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(PackageUse {
                id: row.take("id")?,
                systems: row.take("systems")?,
            })
        })
        .collect()
}
