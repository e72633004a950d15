//! What a list is asked, and what it says of itself.

use crate::ids::{OrganizationId, ViewId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The name of a list, such as `customers`. Declared by its feature, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ListName(pub &'static str);

crate::named_union!(ListName);

/// What a person asked a list for (UI-20, UI-21, UI-22).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ListQuery {
    /// The organization chosen in the top bar; none: all the account may see (ORG-03).
    #[serde(default)]
    pub organization: Option<OrganizationId>,
    /// Words in any order; case, accents and Japanese width do not matter.
    #[serde(default)]
    pub search: String,
    /// All of them hold.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// The column the rows are ordered by; none: the list's own order.
    #[serde(default)]
    pub sort: Option<Sort>,
}

/// One criterion of the filter panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Criterion {
    /// The name of the column whose values are tested.
    pub column: String,
    /// What they are tested for.
    pub test: Test,
}

/// What a column's value is tested for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Test {
    /// The text occurs in the value; case, accents and Japanese width do not matter.
    Contains {
        /// The text that is looked for.
        text: String,
    },
    /// The value is one of these; of tags, one of them is.
    AnyOf {
        /// The values, as they are stored.
        values: Vec<String>,
    },
    /// Both ends belong to it. Times are milliseconds, dates days since 1970-01-01.
    Range {
        /// The least value that passes; none: no lower limit.
        from: Option<i64>,
        /// The greatest value that passes; none: no upper limit.
        to: Option<i64>,
    },
    /// The value is yes, or is no.
    YesNo {
        /// Which of the two passes.
        value: bool,
    },
    /// There is no value, or there is one.
    Empty {
        /// True: rows without a value pass; false: rows with one.
        value: bool,
    },
}

/// The one column a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sort {
    /// The name of the column.
    pub column: String,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

/// What kind of values a column has; decides its filter and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// A text; filtered by what it contains.
    Text,
    /// A whole number; filtered by a range.
    Number,
    /// An instant in UTC milliseconds; filtered by a range.
    Time,
    /// A calendar date in days since 1970-01-01 (GEN-07); filtered by a range.
    Date,
    /// One of a fixed set of values; filtered by any of them.
    Choice,
    /// Several texts; filtered by any of them.
    Tags,
    /// True or false.
    YesNo,
    /// A version such as `12.1.0`; ordered by its numbers, filtered by what it contains.
    Version,
    /// An id that another page filters by; nobody reads it, so it is no column of the table.
    Id,
}

/// A column as the interface knows it. Its words are `list-<list>-<name>`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ColumnDescription {
    /// The column's name.
    pub name: String,
    /// What kind of values it has.
    pub kind: ColumnKind,
    /// Whether the list can be sorted by it.
    pub sortable: bool,
    /// Whether the filter panel has a criterion for it.
    pub filterable: bool,
    /// Whether the search field looks into it (UI-21).
    pub searchable: bool,
    /// The values of a choice; their words are `choice-<list>-<column>-<value>`.
    pub choices: Vec<String>,
    /// Whether it is shown as long as the account has not chosen its columns.
    pub default_visible: bool,
}

/// A list as the interface knows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ListDescription {
    /// The list's name.
    pub list: ListName,
    /// All its columns, in the order of the definition.
    pub columns: Vec<ColumnDescription>,
    /// How this account has its columns (UI-24); none: as they come.
    pub layout: Option<ColumnLayout>,
}

/// Shown columns in order, with their widths in pixels (UI-24).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnLayout {
    /// The shown columns from left to right; those not named are hidden.
    pub columns: Vec<ColumnPlace>,
}

/// A shown column of a layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnPlace {
    /// The column's name.
    pub name: String,
    /// Its width in pixels; none: as wide as its kind usually is.
    pub width: Option<u32>,
}

/// A saved view: filter, sort and columns under a name (UI-24).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct View {
    /// The view's id.
    pub id: ViewId,
    /// The view's name, unique among one account's views of a list.
    pub name: String,
    /// Whether every account sees it; otherwise only the one that made it.
    pub shared: bool,
    /// Whether this account made it and may change it.
    pub own: bool,
    /// Whether parts of its filter were left out for this account: they name what it may not see. Then it lists more than its maker
    /// sees in it.
    pub partial: bool,
    /// The filter, search and sort it applies.
    pub query: ListQuery,
    /// The columns it shows; none: it leaves them as they are.
    pub layout: Option<ColumnLayout>,
}

/// The list a call is about.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListArgument {
    /// The list's name.
    #[ts(type = "ListName")]
    pub list: String,
}

/// A view to be saved (UI-24).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveView {
    /// None: a new one.
    pub id: Option<ViewId>,
    /// The name of the list it is a view of.
    #[ts(type = "ListName")]
    pub list: String,
    /// The name it is kept under, unique among the account's views of this list.
    pub name: String,
    /// Whether every account sees it.
    pub shared: bool,
    /// The filter, search and sort it applies.
    pub query: ListQuery,
    /// The columns it shows; none: it leaves them as they are.
    pub layout: Option<ColumnLayout>,
}

/// The saved view a call is about.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewArgument {
    /// The view's id.
    pub id: ViewId,
}

/// How an account has the columns of a list from now on (UI-24).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveColumns {
    /// The list's name.
    #[ts(type = "ListName")]
    pub list: String,
    /// None: back to the columns as they come.
    pub layout: Option<ColumnLayout>,
}

/// The rows in view: at most 200 ids.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WindowArgument {
    /// The ids of the rows; answered are those that the account may see.
    #[ts(type = "string[]")]
    pub ids: Vec<Uuid>,
}

/// The format of an exported file (UI-25).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values in UTF-8 (RFC 4180).
    Csv,
    /// An Office Open XML workbook with one worksheet.
    Xlsx,
}

/// Which values a column has among the rows that match (UI-22).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ValuesArgument {
    /// The list's name.
    #[ts(type = "ListName")]
    pub list: String,
    /// What is listed. Criteria of the column itself are left out, so that what could be chosen besides is counted, too.
    pub query: ListQuery,
    /// The column's name.
    pub column: String,
}

/// The values of a column, each with the rows that have it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ColumnValues {
    /// The values in most rows, most first; none of columns that are filtered by a range.
    pub values: Vec<ValueCount>,
    /// How many rows match, whatever they have in this column.
    pub rows: i64,
}

/// How many rows have one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ValueCount {
    /// The value as it is stored; empty: rows without one.
    pub value: String,
    /// How many rows have it.
    pub rows: i64,
}

/// Export exactly what is listed, or the chosen ids of it (UI-25).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportArgument {
    /// The list's name.
    #[ts(type = "ListName")]
    pub list: String,
    /// What is listed: organization, filter, search and sort.
    pub query: ListQuery,
    /// The names of the columns to be written, in order.
    pub columns: Vec<String>,
    /// The chosen rows among those that match; none: all that match.
    #[ts(type = "string[] | null")]
    pub ids: Option<Vec<Uuid>>,
    /// The format of the file.
    pub format: ExportFormat,
    /// The zone times are shown in, as an IANA name; none: the account's, else the workspace's (GEN-06).
    #[serde(default)]
    pub zone: Option<String>,
}
