//! Running the engine's statements.

use super::sql::{Bound, Plan, Reversed, Statement};
use super::types::ValueCount;
use crate::database::Database;
use crate::error::{Outcome, Problem};
use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Connection, Row, SqliteConnection};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};
use uuid::Uuid;

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
        reversed,
        among,
    } = plan;
    let sets = among.into_iter().map(async |among| {
        let mut connection = database.read().await?;
        packed(&mut connection, among).await
    });
    let (mut ids, sets) = tokio::try_join!(in_order(database, ordered, reversed), try_join_all(sets))?;
    for set in sets {
        ids = common(&ids, &set);
    }
    Ok(ids)
}

/// Ids in order; the sizes of groups are those of the same state of the database.
async fn in_order(database: &Database, ordered: Statement, reversed: Option<Reversed>) -> Outcome<Vec<u8>> {
    let mut connection = database.read().await?;
    let mut connection = connection.begin().await?;
    let mut ids = packed(&mut connection, ordered).await?;
    match reversed {
        None => {}
        Some(Reversed::Whole) => ids = reverse(&ids, std::iter::repeat_n(1, ids.len() / ID)),
        Some(Reversed::Groups(sizes)) => {
            let sizes = text(&mut connection, sizes).await?;
            let sizes: Vec<usize> = sizes
                .split_terminator(',')
                .map(|size| size.parse().map_err(Problem::internal))
                .collect::<Outcome<_>>()?;
            ids = reverse(&ids, sizes.into_iter());
        }
    }
    connection.commit().await?;
    Ok(ids)
}

/// Those of the ids that are among others, in their order.
pub(super) fn common(ids: &[u8], among: &[u8]) -> Vec<u8> {
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
fn reverse(ids: &[u8], sizes: impl DoubleEndedIterator<Item = usize>) -> Vec<u8> {
    let mut reversed = Vec::with_capacity(ids.len());
    let mut end = ids.len();
    for size in sizes.rev() {
        let start = end.saturating_sub(size * ID);
        reversed.extend_from_slice(&ids[start..end]);
        end = start;
    }
    reversed
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

/// The values that a statement gives, each with how many rows have it.
///
/// # Errors
/// Database errors.
pub async fn value_counts(
    connection: &mut SqliteConnection,
    statement: Statement,
) -> Outcome<Vec<ValueCount>> {
    let counts: Vec<(String, i64)> =
        sqlx::query_as_with(AssertSqlSafe(statement.sql), arguments(statement.bound)?)
            .fetch_all(connection)
            .await?;
    Ok(counts
        .into_iter()
        .map(|(value, rows)| ValueCount { value, rows })
        .collect())
}

/// The number that a statement gives.
///
/// # Errors
/// Database errors.
pub async fn count(connection: &mut SqliteConnection, statement: Statement) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar_with(AssertSqlSafe(statement.sql), arguments(statement.bound)?)
            .fetch_one(connection)
            .await?,
    )
}

/// The rows of a statement by their ids: its first column is the id in hexadecimal digits, the others are its values as
/// texts; NULL is empty.
///
/// # Errors
/// Database errors.
pub async fn rows_by_id(
    connection: &mut SqliteConnection,
    statement: Statement,
    columns: usize,
) -> Outcome<HashMap<Uuid, Vec<String>>> {
    let mut found = HashMap::new();
    let mut rows =
        sqlx::query_with(AssertSqlSafe(statement.sql), arguments(statement.bound)?).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let id = Uuid::try_parse(row.try_get("id")?).map_err(Problem::internal)?;
        let values = (1..=columns)
            .map(|place| {
                let value: Option<String> = row.try_get_unchecked(place)?;
                Ok(value.unwrap_or_default())
            })
            .collect::<Outcome<Vec<String>>>()?;
        found.insert(id, values);
    }
    Ok(found)
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

        /// UI-20: downwards, the values are reversed, and what shares a value keeps its order.
        #[test]
        fn groups_are_reversed_and_stay_whole(sizes in prop::collection::vec(1_usize..5, 0..12)) {
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
            prop_assert_eq!(reverse(&ids, sizes.into_iter()), wanted);
        }
    }
}
