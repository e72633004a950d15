//! What the list of alarms is made of.

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

// Flotilla's own alarms belong to no organization.
const CUSTOMER: &str = "LEFT JOIN organization AS o ON o.id = a.organization_id";
const CONNECTION: &str = "LEFT JOIN connection AS n ON n.id = a.connection_id";
const SYSTEM: &str = "LEFT JOIN system AS s ON s.id = a.system_id";
const SEVERITY: &str =
    "CASE a.severity WHEN 1 THEN 'critical' WHEN 2 THEN 'major' WHEN 3 THEN 'minor' ELSE 'warning' END";

/// All alarms, open and cleared, but those of archived organizations; the page asks for the open ones.
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("alarms"),
    from: "alarm AS a",
    id: "a.id",
    organization: Some(InOrganization::Column("a.organization_id")),
    visible: VisibleRows::Alarms("a"),
    condition: "a.listed = 1",
    // A customer's and a system's names are those of now, also after a rename.
    search: Search::Joined(
        "(a.search_key || char(10) || coalesce(o.search_name, '') || char(10) || coalesce(s.name_key, ''))",
        &[CUSTOMER, SYSTEM],
    ),
    order: "a.severity, a.last_at DESC, a.id",
    read: Order::IndexedForAll,
    columns: &[
        Column::new("severity", ColumnKind::Choice, SEVERITY)
            .ordered("a.severity")
            .choices(&["critical", "major", "minor", "warning"])
            .labelled("choice-alarms-severity-"),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.order_key")
            .folded("o.search_name")
            .joined(CUSTOMER)
            .searched(),
        Column::new("system_name", ColumnKind::Text, "s.name")
            .ordered("s.order_key")
            .folded("s.name_key")
            .joined(SYSTEM)
            .searched(),
        Column::new("system", ColumnKind::Id, "a.system_id")
            .ordered("")
            .hidden(),
        Column::new("connection_name", ColumnKind::Text, super::store::CONNECTION_NAME)
            .joined(CONNECTION)
            .hidden(),
        Column::new("connection", ColumnKind::Id, "a.connection_id")
            .ordered("")
            .hidden(),
        Column::new("alarm_type", ColumnKind::Choice, "a.alarm_type")
            .labelled("choice-alarms-alarm_type-")
            .choices(&[
                "configuration",
                "trunk",
                "link",
                "services",
                "quality_of_service",
                "security",
                "connection",
                "storage",
                "licence",
                "certificate",
                "job",
            ]),
        Column::new("cause", ColumnKind::Choice, "a.cause")
            .labelled("alarm-")
            .choices(&[
                "no_contact",
                "access_refused",
                "certificate_changed",
                "certificate_expiring",
                "seen_elsewhere",
                "service_stopped",
                "system_stopped",
                "licence_expired",
            ]),
        Column::new("qualifier", ColumnKind::Text, "a.qualifier")
            .searched()
            .hidden(),
        Column::new("state", ColumnKind::Choice, "a.state")
            .choices(&["open", "cleared"])
            .hidden(),
        Column::new("first_at", ColumnKind::Time, "a.first_at").hidden(),
        Column::new("last_at", ColumnKind::Time, "a.last_at"),
        Column::new("occurrences", ColumnKind::Number, "a.occurrences"),
        Column::new("cleared_at", ColumnKind::Time, "a.cleared_at").hidden(),
        Column::new("acknowledged_at", ColumnKind::Time, "a.acknowledged_at").hidden(),
        Column::new("shelved_until", ColumnKind::Time, "a.shelved_until").hidden(),
        Column::new("suppressed", ColumnKind::YesNo, "a.suppressed").hidden(),
    ],
};
