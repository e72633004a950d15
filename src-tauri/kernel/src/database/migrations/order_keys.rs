//! Version 7: what names and addresses are sorted by (see [`order_key`] and [`host_order_key`]), and what names are searched by.

use crate::database::{RowExt as _, host_order_key, order_key, search_fold};
use crate::error::Outcome;
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Writes the keys of every row.
pub(super) async fn write(connection: &mut SqliteConnection) -> Outcome<()> {
    let names = "UPDATE organization SET search_name = ?2, order_key = ?3 WHERE id = ?1";
    fill(connection, "SELECT id, name FROM organization", names, |name| {
        [search_fold(name), order_key(name)]
    })
    .await?;
    let names = "UPDATE system SET name_key = ?2, order_key = ?3 WHERE id = ?1";
    fill(connection, "SELECT id, name FROM system", names, |name| {
        [search_fold(name), order_key(name)]
    })
    .await?;
    for (table, id) in [
        ("connection", "id"),
        ("customer", "organization_id"),
        ("system", "id"),
    ] {
        let select = format!("SELECT {id} AS id, host FROM {table}");
        let update = format!("UPDATE {table} SET host_order = ?2 WHERE {id} = ?1");
        fill(connection, &select, &update, |host| [host_order_key(host)]).await?;
    }
    sqlx::query(
        "UPDATE system SET customer_key = (SELECT o.order_key FROM organization AS o WHERE o.id = organization_id)",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Has `update` write what `keys` makes of the text in the second column of each row that `select` gives, after its id.
async fn fill<const KEYS: usize>(
    connection: &mut SqliteConnection,
    select: &str,
    update: &str,
    keys: impl Fn(&str) -> [String; KEYS],
) -> Outcome<()> {
    let rows = sqlx::query(AssertSqlSafe(select.to_owned()))
        .fetch_all(&mut *connection)
        .await?;
    for row in rows {
        let mut query = sqlx::query(AssertSqlSafe(update.to_owned())).bind(row.take::<&[u8], _>(0)?);
        for key in keys(row.take(1)?) {
            query = query.bind(key);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
