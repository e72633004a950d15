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
    #[serde(default)]
    pub sort: Option<Sort>,
}

/// One criterion of the filter panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Criterion {
    pub column: String,
    pub test: Test,
}

/// What a column's value is tested for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Test {
    Contains {
        text: String,
    },
    AnyOf {
        values: Vec<String>,
    },
    /// Both ends belong to it. Times are milliseconds, dates days since 1970-01-01.
    Range {
        from: Option<i64>,
        to: Option<i64>,
    },
    YesNo {
        value: bool,
    },
    Empty {
        value: bool,
    },
}

/// The one column a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sort {
    pub column: String,
    pub descending: bool,
}

/// What kind of values a column has; decides its filter and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Text,
    Number,
    Time,
    Date,
    Choice,
    Tags,
    YesNo,
    Version,
    /// An id that another page filters by; nobody reads it, so it is no column of the table.
    Id,
}

/// A column as the interface knows it. Its words are `list-<list>-<name>`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ColumnDescription {
    pub name: String,
    pub kind: ColumnKind,
    pub sortable: bool,
    pub filterable: bool,
    pub searchable: bool,
    /// The values of a choice; their words are `choice-<list>-<column>-<value>`.
    pub choices: Vec<String>,
    pub default_visible: bool,
}

/// A list as the interface knows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ListDescription {
    pub list: ListName,
    pub columns: Vec<ColumnDescription>,
    /// How this account has its columns (UI-24); none: as they come.
    pub layout: Option<ColumnLayout>,
}

/// Shown columns in order, with their widths in pixels (UI-24).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnLayout {
    pub columns: Vec<ColumnPlace>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnPlace {
    pub name: String,
    pub width: Option<u32>,
}

/// A saved view: filter, sort and columns under a name (UI-24).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct View {
    pub id: ViewId,
    pub name: String,
    pub shared: bool,
    /// Whether this account made it and may change it.
    pub own: bool,
    pub query: ListQuery,
    pub layout: Option<ColumnLayout>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListArgument {
    #[ts(type = "ListName")]
    pub list: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveView {
    /// None: a new one.
    pub id: Option<ViewId>,
    #[ts(type = "ListName")]
    pub list: String,
    pub name: String,
    pub shared: bool,
    pub query: ListQuery,
    pub layout: Option<ColumnLayout>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewArgument {
    pub id: ViewId,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveColumns {
    #[ts(type = "ListName")]
    pub list: String,
    /// None: back to the columns as they come.
    pub layout: Option<ColumnLayout>,
}

/// The rows in view: at most 200 ids.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WindowArgument {
    #[ts(type = "string[]")]
    pub ids: Vec<Uuid>,
}

/// Which ids of the list to count by a column, for charts and suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Csv,
    Xlsx,
}

/// Export exactly what is listed, or the chosen ids of it (UI-25).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportArgument {
    #[ts(type = "ListName")]
    pub list: String,
    pub query: ListQuery,
    pub columns: Vec<String>,
    #[ts(type = "string[] | null")]
    pub ids: Option<Vec<Uuid>>,
    pub format: ExportFormat,
    /// The zone times are shown in, as an IANA name; none: the account's, else the workspace's (GEN-06).
    #[serde(default)]
    pub zone: Option<String>,
}
