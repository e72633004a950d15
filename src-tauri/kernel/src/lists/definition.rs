//! What a list is made of.

use super::types::{ColumnDescription, ColumnKind, ListName};
use crate::error::{ErrorCode, Outcome};
use crate::rights::{self, Caller};
use std::borrow::Cow;

/// What a list is made of.
pub struct ListDefinition {
    /// The list's name.
    pub list: ListName,
    /// Table and alias, with the joins that every use needs.
    pub from: &'static str,
    /// What stands in place of `from` for who is no administrator, where rows have to be made of what the account sees; none:
    /// they are the same for everybody.
    pub limited: Option<fn(&Caller) -> String>,
    /// The id of a row.
    pub id: &'static str,
    /// The organization a row belongs to, for the organization chosen in the top bar; none: rows belong to no organization.
    pub organization: Option<InOrganization>,
    /// Which rows an account may see.
    pub visible: VisibleRows,
    /// Holds for every row of this list; empty: every row of the table belongs to it. The indexes of [`Order`] are partial
    /// ones with just this condition.
    pub condition: &'static str,
    /// Where the folded texts are that the search looks into.
    pub search: Search,
    /// The order when no column is chosen, and within what is equal in the chosen column.
    pub order: &'static str,
    /// Whether an index has just this order and the id.
    pub read: Order,
    /// Its columns, in the order they are shown in as long as nobody has chosen another.
    pub columns: &'static [Column],
}

impl ListDefinition {
    /// Table and alias, with the joins that every use needs, for this account.
    pub fn from_for(&self, caller: &Caller) -> Cow<'static, str> {
        match self.limited.filter(|_| !caller.is_administrator()) {
            Some(limited) => Cow::Owned(limited(caller)),
            None => Cow::Borrowed(self.from),
        }
    }
}

/// Where the organization of a row stands.
#[derive(Debug, Clone, Copy)]
pub enum InOrganization {
    /// In this column.
    Column(&'static str),
    /// Rows belong to several: this query gives them.
    Among(&'static str),
}

impl InOrganization {
    /// The condition that a row belongs to the organization that is bound next.
    pub fn condition(self) -> String {
        match self {
            Self::Column(column) => format!("{column} = ?"),
            Self::Among(query) => format!("? IN ({query})"),
        }
    }
}

/// Which rows of a list an account may see; what an alias or a column stands for is in [`ListDefinition::from`].
#[derive(Debug, Clone, Copy)]
pub enum VisibleRows {
    /// All of them, for administrators alone.
    Administrators,
    /// All of them, for everybody who is signed in (RGT-13).
    Everybody,
    /// Those that are its own; the account's column.
    Own(&'static str),
    /// Those of the organizations it sees; the organization's column.
    Organizations(&'static str),
    /// Systems: those of the folders it sees; the system's alias.
    Systems(&'static str),
    /// Alarms: those of the systems and organizations it sees; the alarm's alias.
    Alarms(&'static str),
    /// Those with a folder that it sees: this query gives the folders of a row.
    AnyFolder(&'static str),
    /// Entries of the audit log in the history of the organizations it sees: the entry's alias, and the organization's column.
    Activity(&'static str, &'static str),
}

impl VisibleRows {
    /// The condition for this account; none: every row.
    ///
    /// # Errors
    /// `right.missing` for a list that is the administrators' alone.
    pub fn condition(self, caller: &Caller) -> Outcome<Option<String>> {
        if caller.is_administrator() {
            return Ok(None);
        }
        Ok(Some(match self {
            Self::Administrators => return Err(ErrorCode::RightMissing.into()),
            Self::Everybody => return Ok(None),
            Self::Own(column) => rights::own(caller, column),
            Self::Organizations(column) => rights::visible_organizations(caller, column),
            Self::Systems(alias) => rights::visible_systems(caller, alias),
            Self::Alarms(alias) => rights::visible_alarms(caller, alias),
            Self::AnyFolder(query) => rights::visible_by_any_folder(caller, query),
            Self::Activity(alias, column) => rights::visible_activity(caller, alias, column),
        }))
    }
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
    /// The column's name, as queries, exports and the keys of its words have it.
    pub name: &'static str,
    /// What kind of values it has.
    pub kind: ColumnKind,
    /// The value in SQL, for filters and exports.
    pub value: &'static str,
    /// What it is sorted by; empty: cannot be sorted.
    pub order: &'static str,
    /// The column with the value in the form of [`search_fold`](crate::database::search_fold), which *contains* looks into; empty:
    /// the value itself, in lower case as far as SQL can.
    pub folded: &'static str,
    /// Whether an index has this order.
    pub read: Order,
    /// A join that only this column needs.
    pub join: &'static str,
    /// The values of a choice.
    pub choices: &'static [&'static str],
    /// Whether the search field looks into it.
    pub searchable: bool,
    /// What the keys of the words begin with in which its values are shown; the search looks into them in the language of
    /// whoever asks. Empty: the values are shown as they are.
    pub label_prefix: &'static str,
    /// The values there are, where they are no choices.
    pub values: fn() -> Vec<String>,
    /// Whether it is shown as long as the account has not chosen its columns (UI-24).
    pub default_visible: bool,
    /// Of ids: what a set of them stands for; see [`Column::with_below`].
    pub below: Option<&'static str>,
    /// Of a value that stands for several; see [`Column::of_each`].
    pub each: Option<(&'static str, &'static str)>,
    /// The value for who may not see everything; see [`Column::limited`].
    pub limited: Option<fn(&Caller) -> String>,
}

impl Column {
    /// A column of this name, kind and SQL value; sorted by its value and visible.
    pub const fn new(name: &'static str, kind: ColumnKind, value: &'static str) -> Self {
        Self {
            name,
            kind,
            value,
            order: value,
            folded: "",
            read: Order::Sorted,
            join: "",
            choices: &[],
            searchable: false,
            label_prefix: "",
            values: Vec::new,
            default_visible: true,
            below: None,
            each: None,
            limited: None,
        }
    }
    /// Sorted by this instead.
    #[must_use]
    pub const fn ordered(mut self, order: &'static str) -> Self {
        self.order = order;
        self
    }
    /// *Contains* looks into this column, which has the value in the form of [`search_fold`](crate::database::search_fold).
    #[must_use]
    pub const fn folded(mut self, folded: &'static str) -> Self {
        self.folded = folded;
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
    pub const fn labelled(mut self, key: &'static str) -> Self {
        self.label_prefix = key;
        self.searchable = true;
        self
    }
    /// Has these values, though it is no choice.
    #[must_use]
    pub const fn valued(mut self, values: fn() -> Vec<String>) -> Self {
        self.values = values;
        self
    }
    /// Is not shown until asked for.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.default_visible = false;
        self
    }

    /// Of ids: who looks for some finds what is below them, too. This follows `WITH RECURSIVE wanted (id) AS (…), ` and gives all that
    /// the ids in `wanted` stand for.
    #[must_use]
    pub const fn with_below(mut self, query: &'static str) -> Self {
        self.below = Some(query);
        self
    }

    /// Its value is the first of several: a range finds the rows of which any is in it. `rows` is what they are selected from, `value`
    /// each of them in SQL.
    #[must_use]
    pub const fn of_each(mut self, rows: &'static str, value: &'static str) -> Self {
        self.each = Some((rows, value));
        self
    }

    /// Has another value in SQL, by which it is sorted, too, for everybody but administrators: one that is made of what they see.
    #[must_use]
    pub const fn limited(mut self, value: fn(&Caller) -> String) -> Self {
        self.limited = Some(value);
        self
    }

    /// The value in SQL for this account.
    pub fn value_for(&self, caller: &Caller) -> Cow<'static, str> {
        self.limited_for(caller)
            .map_or(Cow::Borrowed(self.value), Cow::Owned)
    }

    /// What it is sorted by for this account; empty: cannot be sorted.
    pub fn order_for(&self, caller: &Caller) -> Cow<'static, str> {
        match self.order {
            "" => Cow::Borrowed(""),
            order => self.limited_for(caller).map_or(Cow::Borrowed(order), Cow::Owned),
        }
    }

    /// Whether an index has its order, for this account.
    pub fn read_for(&self, caller: &Caller) -> Order {
        match self.limited_for(caller) {
            Some(_) => Order::Sorted,
            None => self.read,
        }
    }

    fn limited_for(&self, caller: &Caller) -> Option<String> {
        let limited = self.limited.filter(|_| !caller.is_administrator())?;
        Some(limited(caller))
    }

    /// As the interface knows it.
    pub fn describe(&self) -> ColumnDescription {
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
