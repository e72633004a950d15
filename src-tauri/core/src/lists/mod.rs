//! The list engine: columns, filter, search, sort, views, export — written once for every list.
//!
//! A room says what its list is by a [`ListDefinition`]; the engine makes the SQL. The interface is given the ids
//! that match, packed, and asks the room for the rows in view.

pub mod commands;
mod export;
pub mod sql;
mod store;
pub mod types;

use crate::accounts::types::Language;
use crate::ids::AccountId;
use crate::rights::Caller;
use crate::wire::call::Call;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::types::Packed;
use crate::workspace::Workspace;
use types::{ColumnDescription, ColumnKind, ListName, ListQuery, WindowArgument};
use uuid::Uuid;

/// The most rows asked for at once.
pub const WINDOW: usize = 200;

/// What a list is made of.
pub struct ListDefinition {
    pub list: ListName,
    /// Table and alias, with the joins that every use needs.
    pub from: &'static str,
    /// The id of a row.
    pub id: &'static str,
    /// The organization a row belongs to; none: a list for administrators only.
    pub organization: Option<&'static str>,
    /// Holds for every row of this list; empty: every row of the table belongs to it.
    pub condition: &'static str,
    /// Where the folded texts are that the search looks into.
    pub search: Search,
    /// The order when no column is chosen, and within what is equal in the chosen column.
    pub order: &'static str,
    /// Whether an index has just this order and the id.
    pub read: Order,
    pub columns: &'static [Column],
}

/// Where a list's folded texts are.
#[derive(Debug, Clone, Copy)]
pub enum Search {
    /// In a column of the list itself.
    Column(&'static str),
    /// In this expression, which needs these joins.
    Joined(&'static str, &'static [&'static str]),
    /// In a narrow table of their own, which is read without touching the rows: its name and its column of ids. Its
    /// texts are in `search_key`.
    Table(&'static str, &'static str),
}

/// How the rows of a list can be read in the order of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// They have to be sorted.
    Sorted,
    /// There is an index of the column, the list's order and the id; many rows share a value.
    IndexedGroups,
    /// There is such an index, and hardly two rows share a value.
    Indexed,
    /// There is such an index, to be used where all rows are asked for: with conditions it is quicker to sort the few
    /// that match.
    IndexedForAll,
}

/// One column of a list.
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
    /// The value in SQL, for filters and exports.
    pub value: &'static str,
    /// What it is sorted by; empty: cannot be sorted.
    pub order: &'static str,
    /// Whether an index has this order.
    pub read: Order,
    /// A join that only this column needs.
    pub join: &'static str,
    /// The values of a choice.
    pub choices: &'static [&'static str],
    /// Whether the search field looks into it.
    pub searchable: bool,
    /// The words its values are shown in: what their keys begin with; the search looks into them in the language of
    /// whoever asks. Empty: the values are shown as they are.
    pub told: &'static str,
    /// The values there are, where they are no choices.
    pub values: fn() -> Vec<&'static str>,
    pub default_visible: bool,
}

impl Column {
    /// A column of this name, kind and SQL value; sorted by its value and visible.
    pub const fn new(name: &'static str, kind: ColumnKind, value: &'static str) -> Self {
        Self {
            name,
            kind,
            value,
            order: value,
            read: Order::Sorted,
            join: "",
            choices: &[],
            searchable: false,
            told: "",
            values: Vec::new,
            default_visible: true,
        }
    }
    /// Sorted by this instead.
    #[must_use]
    pub const fn ordered(mut self, order: &'static str) -> Self {
        self.order = order;
        self
    }
    /// All rows can be read in its order.
    #[must_use]
    pub const fn indexed(mut self, read: Order) -> Self {
        self.read = read;
        self
    }
    /// Needs this join.
    #[must_use]
    pub const fn joined(mut self, join: &'static str) -> Self {
        self.join = join;
        self
    }
    /// Is one of these.
    #[must_use]
    pub const fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }
    /// Is found by the search field.
    #[must_use]
    pub const fn searched(mut self) -> Self {
        self.searchable = true;
        self
    }
    /// Is found by the words its values are shown in; a value follows this beginning of their key.
    #[must_use]
    pub const fn told(mut self, key: &'static str) -> Self {
        self.told = key;
        self.searchable = true;
        self
    }
    /// Has these values, though it is no choice.
    #[must_use]
    pub const fn valued(mut self, values: fn() -> Vec<&'static str>) -> Self {
        self.values = values;
        self
    }
    /// Is not shown until asked for.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.default_visible = false;
        self
    }

    fn describe(&self) -> ColumnDescription {
        ColumnDescription {
            name: self.name.to_owned(),
            kind: self.kind,
            sortable: !self.order.is_empty(),
            filterable: self.kind != ColumnKind::Id,
            searchable: self.searchable,
            choices: self.choices.iter().map(|&choice| choice.to_owned()).collect(),
            default_visible: self.default_visible,
        }
    }
}

/// The definition of each list.
pub fn definition(list: ListName) -> &'static ListDefinition {
    match list {
        ListName::Accounts => &crate::accounts::list::DEFINITION,
        ListName::Alarms => &crate::alarms::list::DEFINITION,
        ListName::Audit => &crate::audit::list::DEFINITION,
        ListName::Customers => &crate::customers::list::DEFINITION,
        ListName::Systems => &crate::systems::list::DEFINITION,
    }
}

/// All matching ids in order, 16 bytes each.
///
/// # Errors
/// `list.unknown-column`; `right.missing` for a list that is the administrators' alone.
pub async fn index(call: &Call, list: ListName, query: &ListQuery) -> Outcome<Packed> {
    let caller = call.caller()?;
    let language = if query.search.trim().is_empty() {
        Language::default()
    } else {
        let mut connection = call.workspace.database.read().await?;
        crate::accounts::store::language_and_zone(&mut connection, caller.account)
            .await?
            .0
    };
    let plan = sql::index(definition(list), query, caller, language)?;
    store::index(&call.workspace.database, plan).await.map(Packed)
}

/// Of these rows of a list those that an account may see (CUS-06).
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub async fn seen(
    workspace: &Workspace,
    caller: &Caller,
    list: ListName,
    ids: &[Uuid],
) -> Outcome<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let statement = sql::seen(definition(list), caller, ids_json(ids))?;
    let packed = store::packed(&mut *workspace.database.read().await?, statement).await?;
    Ok(packed
        .chunks_exact(16)
        .filter_map(|id| Uuid::from_slice(id).ok())
        .collect())
}

/// Shared views go over from accounts that are being deleted to another; gives how many.
///
/// # Errors
/// Database errors.
pub async fn hand_over_views(
    connection: &mut sqlx::SqliteConnection,
    from: &[AccountId],
    to: AccountId,
) -> Outcome<i64> {
    store::hand_over_views(connection, from, to).await
}

/// The ids of a window, if they are not too many.
///
/// # Errors
/// `call.too-large`
pub fn window_ids(arguments: &WindowArgument) -> Outcome<&[Uuid]> {
    if arguments.ids.len() > WINDOW {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", WINDOW));
    }
    Ok(&arguments.ids)
}

/// Ids as a JSON array of hexadecimal texts, for `json_each` and `unhex`.
pub fn ids_json<Id: Copy + Into<Uuid>>(ids: &[Id]) -> String {
    let mut text = String::with_capacity(ids.len() * 35 + 2);
    text.push('[');
    for (place, &id) in ids.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        let id: Uuid = id.into();
        text.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
        text.push('"');
    }
    text.push(']');
    text
}
