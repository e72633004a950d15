//! All SQL on saved views and column layouts.

use flotilla_kernel::database::{RowExt as _, fold, readable};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, ViewId, ids_json};
use flotilla_kernel::lists::types::{ColumnKind, ColumnLayout, ListName, ListQuery, View};
use flotilla_kernel::lists::{Column, ListDefinition};
use flotilla_kernel::rights::Caller;
use sqlx::SqliteConnection;

/// How this account has its columns.
pub async fn layout(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
) -> Outcome<Option<ColumnLayout>> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT layout FROM list_layout WHERE account_id = ? AND list = ?")
            .bind(account)
            .bind(list.0)
            .fetch_optional(connection)
            .await?;
    text.map(|text| serde_json::from_str(&text).map_err(Problem::internal))
        .transpose()
}

/// Keeps or forgets a layout.
pub async fn save_layout(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
    layout: Option<&ColumnLayout>,
) -> Outcome<()> {
    let query = match layout {
        Some(layout) => sqlx::query("INSERT INTO list_layout (account_id, list, layout) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET layout = ?3")
            .bind(account)
            .bind(list.0)
            .bind(serde_json::to_string(layout).map_err(Problem::internal)?),
        None => sqlx::query("DELETE FROM list_layout WHERE account_id = ? AND list = ?").bind(account).bind(list.0),
    };
    query.execute(connection).await?;
    Ok(())
}

/// Columns of texts that say nothing of a single customer, account or system.
const IMPERSONAL: [&str; 4] = ["version", "model", "product", "services"];

/// The views this account may use: its own and the shared ones, by name.
pub async fn views(
    connection: &mut SqliteConnection,
    caller: &Caller,
    list: &ListDefinition,
) -> Outcome<Vec<View>> {
    let account = caller.account;
    let names_something = |column: &Column| match column.kind {
        ColumnKind::Id => true,
        ColumnKind::Text => !IMPERSONAL.contains(&column.name) && !caller.is_administrator(),
        _ => false,
    };
    let columns = list.columns.iter().filter(|column| names_something(column));
    let naming: Vec<&str> = columns.map(|column| column.name).collect();
    let rows = sqlx::query(
        "SELECT id, name, shared, account_id, query, layout FROM list_view
         WHERE list = ?1 AND (account_id = ?2 OR shared = 1) ORDER BY name_key, id",
    )
    .bind(list.list.0)
    .bind(account)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "view", |row| {
        let own = row.take::<AccountId, _>("account_id")? == account;
        let mut query: ListQuery = serde_json::from_str(row.take("query")?).map_err(Problem::internal)?;
        // Ids and names in somebody else's view may be of what this account does not see, and what somebody looked for is their own.
        let before = query.clone();
        if !own {
            query.organization = None;
            query.search.clear();
            query
                .criteria
                .retain(|criterion| !naming.contains(&criterion.column.as_str()));
        }
        let layout: Option<String> = row.take("layout")?;
        Ok(View {
            id: row.take("id")?,
            name: row.take("name")?,
            shared: row.take("shared")?,
            own,
            partial: query != before,
            query,
            layout: layout
                .map(|text| serde_json::from_str(&text))
                .transpose()
                .map_err(Problem::internal)?,
        })
    }))
}

/// Whether another view of this account has this name.
pub async fn view_name_taken(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
    name: &str,
    except: Option<ViewId>,
) -> Outcome<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM list_view WHERE account_id = ? AND list = ? AND name_key = ? AND id IS NOT ?)",
    )
    .bind(account)
    .bind(list.0)
    .bind(fold(name))
    .bind(except)
    .fetch_one(connection)
    .await?)
}

/// Keeps a view; a view of somebody else is left alone.
///
/// # Errors
/// Database errors. Says whether there was one to keep.
pub async fn save_view(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
    view: &View,
) -> Outcome<bool> {
    let saved = sqlx::query(
        "INSERT INTO list_view (id, account_id, list, name, name_key, shared, query, layout) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET name = ?4, name_key = ?5, shared = ?6, query = ?7, layout = ?8 WHERE account_id = ?2",
    )
    .bind(view.id)
    .bind(account)
    .bind(list.0)
    .bind(&view.name)
    .bind(fold(&view.name))
    .bind(view.shared)
    .bind(serde_json::to_string(&view.query).map_err(Problem::internal)?)
    .bind(view.layout.as_ref().map(serde_json::to_string).transpose().map_err(Problem::internal)?)
    .execute(connection)
    .await?;
    Ok(saved.rows_affected() > 0)
}

/// The shared views of these accounts become another's, under names that one has no view of yet. Gives how many.
///
/// # Errors
/// Database errors.
pub async fn transfer_views(
    connection: &mut SqliteConnection,
    from: &[AccountId],
    to: AccountId,
) -> Outcome<i64> {
    let views = sqlx::query(
        "SELECT id, list, name FROM list_view
         WHERE shared = 1 AND account_id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY name_key, id",
    )
    .bind(ids_json(from))
    .fetch_all(&mut *connection)
    .await?;
    for view in &views {
        let (id, list, name): (ViewId, &str, &str) = (view.take(0)?, view.take(1)?, view.take(2)?);
        let mut free = name.to_owned();
        for number in 2.. {
            let taken: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM list_view WHERE account_id = ? AND list = ? AND name_key = ?)",
            )
            .bind(to)
            .bind(list)
            .bind(fold(&free))
            .fetch_one(&mut *connection)
            .await?;
            if !taken {
                break;
            }
            free = format!("{name} ({number})");
        }
        sqlx::query("UPDATE list_view SET account_id = ?, name = ?, name_key = ? WHERE id = ?")
            .bind(to)
            .bind(&free)
            .bind(fold(&free))
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(i64::try_from(views.len()).unwrap_or(i64::MAX))
}

/// How many views of a list this account has.
///
/// # Errors
/// Database errors.
pub async fn count_views(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT count(*) FROM list_view WHERE account_id = ? AND list = ?")
            .bind(account)
            .bind(list.0)
            .fetch_one(connection)
            .await?,
    )
}

/// Deletes a view of this account; gives its name.
pub async fn delete_view(
    connection: &mut SqliteConnection,
    account: AccountId,
    view: ViewId,
) -> Outcome<Option<String>> {
    Ok(
        sqlx::query_scalar("DELETE FROM list_view WHERE id = ? AND account_id = ? RETURNING name")
            .bind(view)
            .bind(account)
            .fetch_optional(connection)
            .await?,
    )
}
