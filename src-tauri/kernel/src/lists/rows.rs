//! All rows of a list that match, one batch after another.

use super::definition::{Column, ListDefinition};
use super::types::{ColumnKind, ListQuery};
use super::{index, sql, store};
use crate::database::Database;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::ids::ids_json;
use crate::rights::Caller;
use uuid::Uuid;

/// The most columns of a row; a list has fewer.
const COLUMNS: usize = 256;
/// So many rows are read at once.
const BATCH: usize = 500;

/// The rows of a list in the order of a query. Which rows they are and their order are those of the beginning; their
/// values are those of the moment in which their batch is read, and what is gone by then, or may not be seen any more,
/// is left out. Between two batches no reader of the database is held, however slowly they are taken.
pub struct Rows<'call> {
    database: &'call Database,
    caller: &'call Caller,
    definition: &'call ListDefinition,
    columns: Vec<&'call Column>,
    ids: std::vec::IntoIter<Uuid>,
}

impl<'call> Rows<'call> {
    /// The rows that match; of the chosen ids alone, when there are any.
    ///
    /// # Errors
    /// `list.unknown-column`, `call.too-large`; `right.missing` for a list that is the administrators' alone.
    pub async fn matching(
        database: &'call Database,
        caller: &'call Caller,
        definition: &'call ListDefinition,
        query: &ListQuery,
        chosen: Option<&[Uuid]>,
        names: &[String],
    ) -> Outcome<Self> {
        if names.len() > COLUMNS {
            return Err(Problem::new(ErrorCode::TooLarge).with("limit", COLUMNS));
        }
        let columns = names
            .iter()
            .map(|name| sql::column(definition, name))
            .collect::<Outcome<_>>()?;
        let mut packed = index(database, caller, definition, query).await?;
        if let Some(chosen) = chosen {
            let chosen: Vec<[u8; 16]> = chosen.iter().map(|id| *id.as_bytes()).collect();
            packed = store::common(&packed, chosen.as_flattened());
        }
        let ids: Vec<Uuid> = packed
            .as_chunks()
            .0
            .iter()
            .map(|id| Uuid::from_bytes(*id))
            .collect();
        Ok(Self {
            database,
            caller,
            definition,
            columns,
            ids: ids.into_iter(),
        })
    }

    /// The kinds of the columns, in their order.
    pub fn kinds(&self) -> Vec<ColumnKind> {
        self.columns.iter().map(|column| column.kind).collect()
    }

    /// The ids of the next rows alone, for who knows more of them than the list; none when there are no more.
    pub fn next_ids(&mut self) -> Option<Vec<Uuid>> {
        let ids: Vec<Uuid> = self.ids.by_ref().take(BATCH).collect();
        (!ids.is_empty()).then_some(ids)
    }

    /// The next rows as texts, column by column; none when there are no more. A batch whose rows are all gone is empty.
    ///
    /// # Errors
    /// Database errors.
    pub async fn next(&mut self) -> Outcome<Option<Vec<Vec<String>>>> {
        let Some(ids) = self.next_ids() else {
            return Ok(None);
        };
        let statement = sql::rows(self.definition, self.caller, &self.columns, ids_json(&ids))?;
        let mut reader = self.database.read().await?;
        let mut found = store::rows_by_id(&mut reader, statement, self.columns.len()).await?;
        Ok(Some(ids.iter().filter_map(|id| found.remove(id)).collect()))
    }
}
