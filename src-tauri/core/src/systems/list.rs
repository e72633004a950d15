//! What the list of systems is made of.

use crate::lists::types::{ColumnKind, ListName};
use crate::lists::{Column, ListDefinition};

const CUSTOMER: &str = "JOIN organization AS o ON o.id = s.organization_id";
const CONTACT: &str = "LEFT JOIN contact AS t ON t.organization_id = s.organization_id";
/// The states of DEV-11 in their order.
pub const STATES: &[&str] = &[
    "upgrading",
    "certificate_changed",
    "needs_setup",
    "authentication_failed",
    "unreachable",
    "reachable_no_api",
    "limited_api",
    "online",
    "unknown",
];

/// All systems of the fleet.
pub static DEFINITION: ListDefinition = ListDefinition {
    list: ListName::Systems,
    from: "system AS s",
    id: "s.id",
    organization: Some("s.organization_id"),
    condition: "1",
    search: "s.search_key",
    order: "s.name_key, s.id",
    columns: &[
        Column::new("state", ColumnKind::Choice, "s.state").choices(STATES),
        Column::new("name", ColumnKind::Text, "s.name")
            .ordered("s.name_key")
            .searched(),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .joined(CUSTOMER)
            .searched(),
        Column::new("kind", ColumnKind::Choice, "s.kind")
            .choices(&["telephone_server", "video_server", "camera"])
            .hidden(),
        Column::new("role", ColumnKind::Choice, "s.role").choices(&[
            "primary",
            "secondary",
            "expansion",
            "alone",
        ]),
        Column::new("model", ColumnKind::Text, "s.model").searched(),
        Column::new("serial", ColumnKind::Text, "s.serial")
            .searched()
            .hidden(),
        Column::new("host", ColumnKind::Text, "s.host").searched(),
        Column::new("version", ColumnKind::Version, "s.version")
            .ordered("s.version_key")
            .searched(),
        Column::new("alarms", ColumnKind::Number, "s.alarm_count"),
        Column::new("services", ColumnKind::Number, "s.service_count").hidden(),
        Column::new("stopped_services", ColumnKind::Number, "s.stopped_count").hidden(),
        Column::new("last_contact", ColumnKind::Time, "t.at").joined(CONTACT),
    ],
};
