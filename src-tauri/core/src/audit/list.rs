//! What the list of audit entries is made of.

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};
use flotilla_kernel::words::{Language, Words};

const PERSON: &str = "LEFT JOIN person AS p ON p.account_id = a.account_id";
const ORGANIZATION: &str = "LEFT JOIN organization AS o ON o.id = a.organization_id";

const ACCOUNT: &str = "LEFT JOIN account AS w ON w.id = a.account_id";

/// Every act there are words for: what is called, and what the program does by itself.
fn acts() -> Vec<String> {
    // An act is a feature and a command; in the key of its words a hyphen stands for the dot between them.
    let keys = Words::of(Language::En).names("act-");
    keys.map(|key| key.replacen('-', ".", 1)).collect()
}

/// The audit log as a list; administrators only.
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("audit"),
    from: "audit AS a",
    id: "a.id",
    organization: None,
    visible: VisibleRows::Administrators,
    condition: "",
    search: Search::Joined(
        "(a.search_key || char(10) || coalesce(w.search_key, lower(p.login), '') || char(10) || coalesce(o.search_name, ''))",
        &[PERSON, ACCOUNT, ORGANIZATION],
    ),
    order: "a.sequence DESC",
    read: Order::Sorted,
    columns: &[
        Column::new("at", ColumnKind::Time, "a.at"),
        Column::new("who", ColumnKind::Text, "p.login")
            .joined(PERSON)
            .searched(),
        Column::new("origin", ColumnKind::Text, "a.origin").searched(),
        Column::new("act", ColumnKind::Text, "a.act")
            .labelled("act-")
            .valued(acts),
        Column::new("subject", ColumnKind::Text, "a.subject").searched(),
        Column::new("organization", ColumnKind::Text, "o.name")
            .joined(ORGANIZATION)
            .searched(),
        Column::new("result", ColumnKind::Choice, "a.result")
            .choices(&["done", "refused", "failed"])
            .labelled("choice-audit-result-"),
        Column::new("details", ColumnKind::Text, "a.details").searched(),
        Column::new("sequence", ColumnKind::Number, "a.sequence").hidden(),
    ],
};

/// The details of an act on several organizations name the others; in the history of each they are left out.
pub const ACTIVITY_DETAILS: &str = "CASE WHEN a.organization_id IS NULL THEN '{}' ELSE a.details END";

/// The history of an organization: the entries that belong to it, as far as the account may see them (ORG-30). It is read in one
/// organization at a time: an act on several is in the history of each.
pub static ACTIVITY: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("activity"),
    from: "audit_place AS h JOIN audit AS a ON a.id = h.audit_id",
    id: "a.id",
    organization: Some(InOrganization::Column("h.organization_id")),
    visible: VisibleRows::Activity("a", "h.organization_id"),
    condition: "",
    search: Search::Joined(
        "(a.search_key || char(10) || coalesce(w.search_key, lower(p.login), ''))",
        &[PERSON, ACCOUNT],
    ),
    order: "a.sequence DESC",
    read: Order::Sorted,
    // Without the network address that somebody called from: it is the administrators' to see.
    columns: &[
        Column::new("at", ColumnKind::Time, "a.at"),
        Column::new("who", ColumnKind::Text, "p.login")
            .joined(PERSON)
            .searched(),
        Column::new("act", ColumnKind::Text, "a.act")
            .labelled("act-")
            .valued(acts),
        Column::new("subject", ColumnKind::Text, "a.subject").searched(),
        Column::new("result", ColumnKind::Choice, "a.result")
            .choices(&["done", "refused", "failed"])
            .labelled("choice-audit-result-"),
        Column::new("details", ColumnKind::Text, ACTIVITY_DETAILS).searched(),
    ],
};
