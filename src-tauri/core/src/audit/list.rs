//! What the list of audit entries is made of.

use crate::lists::types::{ColumnKind, ListName};
use crate::lists::{Column, ListDefinition, Order, Search};

const PERSON: &str = "LEFT JOIN person AS p ON p.account_id = a.account_id";
const ORGANIZATION: &str = "LEFT JOIN organization AS o ON o.id = a.organization_id";

/// The audit log as a list; administrators only.
pub static DEFINITION: ListDefinition = ListDefinition {
    list: ListName::Audit,
    from: "audit AS a",
    id: "a.id",
    organization: None,
    condition: "",
    search: Search::Column("a.search_key"),
    order: "a.sequence DESC",
    read: Order::Sorted,
    columns: &[
        Column::new("at", ColumnKind::Time, "a.at"),
        Column::new("who", ColumnKind::Text, "p.login").joined(PERSON),
        Column::new("origin", ColumnKind::Text, "a.origin").searched(),
        Column::new("act", ColumnKind::Text, "a.act").searched(),
        Column::new("subject", ColumnKind::Text, "a.subject").searched(),
        Column::new("organization", ColumnKind::Text, "o.name").joined(ORGANIZATION),
        Column::new("result", ColumnKind::Choice, "a.result").choices(&["done", "refused", "failed"]),
        Column::new("details", ColumnKind::Text, "a.details").searched(),
        Column::new("sequence", ColumnKind::Number, "a.sequence").hidden(),
    ],
};
