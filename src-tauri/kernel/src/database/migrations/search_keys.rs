//! Version 6: what is searched is folded further (see [`search_fold`]), host names are found in both of their forms, and customers
//! have a key of the organization's own texts.

use crate::database::{RowExt as _, host_as_written, host_in_ascii, search_fold, search_key};
use crate::error::{Outcome, Problem};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Tables with a key of lines that are only folded further, and their ids. The keys of the audit log are checked with its chain,
/// and stay as they are.
const TABLES: &[(&str, &str)] = &[("account", "id"), ("system_text", "system_id"), ("alarm", "id")];

pub(super) async fn fold_anew(connection: &mut SqliteConnection) -> Outcome<()> {
    for (table, id) in TABLES {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT {id} AS id, search_key FROM {table} WHERE search_key GLOB '*[^ -~]*' OR instr(search_key, 'xn--') > 0"
        )))
        .fetch_all(&mut *connection)
        .await?;
        for row in rows {
            let before: &str = row.take("search_key")?;
            let mut after = search_fold(before);
            for written in before.lines().filter_map(host_as_written) {
                after.push('\n');
                after.push_str(&search_fold(&written));
            }
            if after != before {
                sqlx::query(AssertSqlSafe(format!(
                    "UPDATE {table} SET search_key = ? WHERE {id} = ?"
                )))
                .bind(after)
                .bind(row.take::<&[u8], _>("id")?)
                .execute(&mut *connection)
                .await?;
            }
        }
    }
    let rows = sqlx::query(
        "SELECT c.organization_id AS id, o.name, o.notes, o.telephone, o.email, o.address, c.operators, c.tags, c.system_name, c.host, c.version, c.profile
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id",
    )
    .fetch_all(&mut *connection)
    .await?;
    for row in rows {
        let lists = [list(&row, "operators")?, list(&row, "tags")?];
        let texts = |columns: &[&str]| -> Outcome<Vec<&str>> {
            columns.iter().map(|&column| row.take(column)).collect()
        };
        let mut own = texts(&["name", "notes", "telephone", "email", "address"])?;
        own.extend(lists.iter().flatten().map(String::as_str));
        let host: &str = row.take("host")?;
        let (written, ascii) = (host_as_written(host), host_in_ascii(host));
        let mut all = own.clone();
        all.extend(texts(&["system_name", "host", "version", "profile"])?);
        all.extend(written.as_deref().into_iter().chain(ascii.as_deref()));
        sqlx::query("UPDATE customer SET search_key = ?, own_key = ? WHERE organization_id = ?")
            .bind(search_key(all))
            .bind(search_key(own))
            .bind(row.take::<&[u8], _>("id")?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn list(row: &SqliteRow, column: &str) -> Outcome<Vec<String>> {
    serde_json::from_str(row.take(column)?).map_err(Problem::internal)
}
