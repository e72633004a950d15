//! What the list of systems is made of.

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

const CUSTOMER: &str = "JOIN organization AS o ON o.id = s.organization_id";
const FOLDER: &str = "JOIN folder AS f ON f.id = s.folder_id";
/// All folders that are below some.
const FOLDERS_BELOW: &str = "below (id) AS (SELECT id FROM wanted UNION SELECT c.id FROM folder AS c JOIN below AS b ON c.parent_id = b.id) SELECT id FROM below";
const CONTACT: &str = "LEFT JOIN contact AS t ON t.connection_id = s.connection_id";
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
    limited: None,
    list: ListName("systems"),
    from: "system AS s",
    id: "s.id",
    organization: Some(InOrganization::Column("s.organization_id")),
    visible: VisibleRows::Systems("s"),
    condition: "s.listed = 1",
    search: Search::Table("system_text", "system_id"),
    order: "s.order_key, s.id",
    read: Order::Indexed,
    columns: &[
        Column::new("state", ColumnKind::Choice, "s.state")
            .choices(STATES)
            .indexed(Order::IndexedGroups),
        Column::new("name", ColumnKind::Text, "s.name")
            .ordered("s.order_key")
            .folded("s.name_key")
            .indexed(Order::Indexed)
            .searched(),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("s.customer_key")
            .folded("o.search_name")
            .indexed(Order::IndexedGroups)
            .joined(CUSTOMER)
            .searched(),
        Column::new("folder", ColumnKind::Text, "f.name")
            .ordered("f.name_key")
            .joined(FOLDER)
            // The tree beside the list says it already, and the usual columns fit a narrow window.
            .hidden(),
        // Who looks for a folder finds what is below it, too (ORG-22).
        Column::new("folder_id", ColumnKind::Id, "s.folder_id")
            .ordered("")
            .with_below(FOLDERS_BELOW)
            .hidden(),
        Column::new("kind", ColumnKind::Choice, "s.kind")
            .choices(&[
                "telephone_server",
                "video_server",
                "camera",
                "connected_application",
            ])
            .hidden(),
        Column::new("role", ColumnKind::Choice, "s.role")
            .choices(&["primary", "secondary", "expansion", "alone"])
            .indexed(Order::IndexedGroups)
            // Only telephone servers have one; what every system has comes first (DEV-10).
            .hidden(),
        Column::new("model", ColumnKind::Text, "s.model")
            .indexed(Order::IndexedGroups)
            .searched(),
        Column::new("serial", ColumnKind::Text, "s.serial").searched(),
        Column::new("host", ColumnKind::Text, "s.host")
            .ordered("s.host_order")
            .indexed(Order::Indexed)
            .searched(),
        Column::new("version", ColumnKind::Version, "s.version")
            .ordered("s.version_key")
            .indexed(Order::IndexedGroups)
            .searched(),
        Column::new("alarms", ColumnKind::Number, "s.alarm_count").indexed(Order::IndexedGroups),
        Column::new("services", ColumnKind::Number, "s.service_count").hidden(),
        Column::new("stopped_services", ColumnKind::Number, "s.stopped_count").hidden(),
        Column::new("last_contact", ColumnKind::Time, "t.at").joined(CONTACT),
    ],
};
