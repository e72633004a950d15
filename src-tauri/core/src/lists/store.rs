//! Running the engine's statements, and all SQL on saved views and column layouts.

use super::sql::{Bound, Plan, Statement, Turned};
use super::types::{ColumnLayout, ListName, ListQuery, View};
use crate::audit::store::text_of;
use crate::database::{Database, RowExt as _, fold, readable};
use crate::ids::{AccountId, ViewId};
use crate::wire::error::{Outcome, Problem};
use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Connection, Row, SqliteConnection};
use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

fn arguments(bound: Vec<Bound>) -> Outcome<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in bound {
        match value {
            Bound::Text(text) => arguments.add(text),
            Bound::Number(number) => arguments.add(number),
            Bound::Blob(blob) => arguments.add(blob),
        }
        .map_err(Problem::internal)?;
    }
    Ok(arguments)
}

/// All ids of an index in order, 16 bytes each. Order and sets are read at the same time by several readers; what is
/// written just then is told to the list by an event.
///
/// # Errors
/// Database errors.
pub async fn index(database: &Database, plan: Plan) -> Outcome<Vec<u8>> {
    let Plan {
        ordered,
        turned,
        among,
    } = plan;
    let sets = among.into_iter().map(async |among| {
        let mut connection = database.read().await?;
        packed(&mut connection, among).await
    });
    let (mut ids, sets) = tokio::try_join!(in_order(database, ordered, turned), try_join_all(sets))?;
    for set in sets {
        ids = common(&ids, &set);
    }
    Ok(ids)
}

/// Ids in order; the sizes of groups are those of the same state of the database.
async fn in_order(database: &Database, ordered: Statement, turned: Option<Turned>) -> Outcome<Vec<u8>> {
    let mut connection = database.read().await?;
    let mut connection = connection.begin().await?;
    let mut ids = packed(&mut connection, ordered).await?;
    match turned {
        None => {}
        Some(Turned::Whole) => ids = turn(&ids, std::iter::repeat_n(1, ids.len() / ID)),
        Some(Turned::Groups(sizes)) => {
            let sizes = text(&mut connection, sizes).await?;
            let sizes: Vec<usize> = sizes
                .split_terminator(',')
                .map(|size| size.parse().map_err(Problem::internal))
                .collect::<Outcome<_>>()?;
            ids = turn(&ids, sizes.into_iter());
        }
    }
    connection.commit().await?;
    Ok(ids)
}

/// Those of the ids that are among others, in their order.
fn common(ids: &[u8], among: &[u8]) -> Vec<u8> {
    let among: HashSet<&[u8; ID], RandomBits> = among.as_chunks().0.iter().collect();
    let mut common = Vec::with_capacity(ids.len().min(among.len() * ID));
    for id in ids.as_chunks().0 {
        if among.contains(id) {
            common.extend_from_slice(id);
        }
    }
    common
}

/// An id is random where it does not tell the time: its last bytes are as good as any hash of it. Ids are made here,
/// so that nobody can choose them to collide.
#[derive(Default, Clone)]
struct RandomBits(u64);

impl BuildHasher for RandomBits {
    type Hasher = Self;
    fn build_hasher(&self) -> Self {
        Self::default()
    }
}

impl Hasher for RandomBits {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk() {
            self.0 = u64::from_le_bytes(*last);
        }
    }
    // The length of an array says nothing.
    fn write_usize(&mut self, _: usize) {}
    fn finish(&self) -> u64 {
        self.0
    }
}

/// How many bytes an id has.
const ID: usize = 16;

/// Ids in groups of these sizes, the last group first; within a group they stay as they are.
fn turn(ids: &[u8], sizes: impl DoubleEndedIterator<Item = usize>) -> Vec<u8> {
    let mut turned = Vec::with_capacity(ids.len());
    let mut end = ids.len();
    for size in sizes.rev() {
        let start = end.saturating_sub(size * ID);
        turned.extend_from_slice(&ids[start..end]);
        end = start;
    }
    turned
}

async fn text(connection: &mut SqliteConnection, statement: Statement) -> Outcome<String> {
    Ok(
        sqlx::query_scalar_with(AssertSqlSafe(statement.sql), arguments(statement.bound)?)
            .fetch_one(connection)
            .await?,
    )
}

/// The ids that a statement gives as one hexadecimal text, 16 bytes each.
///
/// # Errors
/// Database errors.
pub async fn packed(connection: &mut SqliteConnection, statement: Statement) -> Outcome<Vec<u8>> {
    let text = text(connection, statement).await?;
    data_encoding::HEXUPPER
        .decode(text.as_bytes())
        .map_err(Problem::internal)
}

/// Hands every row of a statement to `each`, as texts; NULL is empty.
///
/// # Errors
/// Database errors, and what `each` says.
pub async fn each_row(
    connection: &mut SqliteConnection,
    statement: Statement,
    columns: usize,
    mut each: impl FnMut(&[String]) -> Outcome<()>,
) -> Outcome<()> {
    let mut rows =
        sqlx::query_with(AssertSqlSafe(statement.sql), arguments(statement.bound)?).fetch(connection);
    let mut values = vec![String::new(); columns];
    while let Some(row) = rows.try_next().await? {
        for (place, value) in values.iter_mut().enumerate() {
            *value = row
                .try_get_unchecked::<Option<String>, _>(place)?
                .unwrap_or_default();
        }
        each(&values)?;
    }
    Ok(())
}

/// How this account has its columns.
pub async fn layout(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
) -> Outcome<Option<ColumnLayout>> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT layout FROM list_layout WHERE account_id = ? AND list = ?")
            .bind(account)
            .bind(text_of(&list)?)
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
            .bind(text_of(&list)?)
            .bind(serde_json::to_string(layout).map_err(Problem::internal)?),
        None => sqlx::query("DELETE FROM list_layout WHERE account_id = ? AND list = ?").bind(account).bind(text_of(&list)?),
    };
    query.execute(connection).await?;
    Ok(())
}

/// The views this account may use: its own and the shared ones, by name.
pub async fn views(
    connection: &mut SqliteConnection,
    account: AccountId,
    list: ListName,
) -> Outcome<Vec<View>> {
    let rows = sqlx::query(
        "SELECT id, name, shared, account_id, query, layout FROM list_view
         WHERE list = ?1 AND (account_id = ?2 OR shared = 1) ORDER BY name_key, id",
    )
    .bind(text_of(&list)?)
    .bind(account)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "view", |row| {
        let query: ListQuery = serde_json::from_str(row.take("query")?).map_err(Problem::internal)?;
        let layout: Option<String> = row.take("layout")?;
        Ok(View {
            id: row.take("id")?,
            name: row.take("name")?,
            shared: row.take("shared")?,
            own: row.take::<AccountId, _>("account_id")? == account,
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
    .bind(text_of(&list)?)
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
    .bind(text_of(&list)?)
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
pub async fn hand_over_views(
    connection: &mut SqliteConnection,
    from: &[AccountId],
    to: AccountId,
) -> Outcome<i64> {
    let views = sqlx::query(
        "SELECT id, list, name FROM list_view
         WHERE shared = 1 AND account_id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY name_key, id",
    )
    .bind(super::ids_json(from))
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
            .bind(text_of(&list)?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// UI-22: what is in both stays, in its order.
        #[test]
        fn common_ids_keep_their_order(ids in prop::collection::vec(any::<[u8; ID]>(), 0..40), taken in any::<u64>()) {
            let among: Vec<[u8; ID]> = ids.iter().enumerate().filter(|(place, _)| taken >> (place % 64) & 1 == 1).map(|(_, id)| *id).collect();
            let wanted: Vec<u8> = ids.iter().filter(|id| among.contains(id)).flatten().copied().collect();
            let backwards: Vec<u8> = among.iter().rev().flatten().copied().collect();
            prop_assert_eq!(common(ids.as_flattened(), &backwards), wanted);
        }

        /// UI-20: downwards, the values are turned round, and what shares a value keeps its order.
        #[test]
        fn groups_are_turned_and_stay_whole(sizes in prop::collection::vec(1_usize..5, 0..12)) {
            let groups: Vec<Vec<[u8; ID]>> = sizes
                .iter()
                .enumerate()
                .map(|(group, &size)| {
                    (0..size)
                        .map(|member| {
                            let mut id = [0; ID];
                            id[0] = u8::try_from(group).expect("few");
                            id[1] = u8::try_from(member).expect("few");
                            id
                        })
                        .collect()
                })
                .collect();
            let ids: Vec<u8> = groups.iter().flatten().flatten().copied().collect();
            let wanted: Vec<u8> = groups.iter().rev().flatten().flatten().copied().collect();
            prop_assert_eq!(turn(&ids, sizes.into_iter()), wanted);
        }
    }
}
