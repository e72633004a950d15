//! What the list of customers is made of (CUS-01).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, ListDefinition, Order, Search, VisibleRows};

const CONTACT: &str = "LEFT JOIN contact AS t ON t.connection_id = c.main_connection_id";
const ALARMS: &str = "LEFT JOIN alarm_total AS w ON w.subject = c.organization_id";
const CONNECTION_ORDER: &str =
    "CASE c.connection WHEN 'disconnected' THEN 3 WHEN 'problems' THEN 2 WHEN 'never' THEN 1 ELSE 0 END";
const ICONS: &str =
    "CASE WHEN c.connection IN ('problems', 'disconnected') THEN 'needs_attention' ELSE '' END";
/// The day on which the first of a customer's licences ends, or has ended; days since 1970-01-01.
pub const LICENCE_UNTIL: &str = "(SELECT CAST(min(julianday(json_extract(line.value, '$.expires'))) - 2440587.5 AS INTEGER) FROM json_each(c.licences) AS line)";
/// CUS-03, in the order of its table.
pub const STATUSES: &[&str] = &[
    "success",
    "failed",
    "invalid_credentials",
    "authorization_failed",
    "monitoring_rights_missing",
    "disabled_by_administrator",
    "service_user_disabled",
    "service_user_locked",
    "too_many_sessions",
    "upgrade_rights_missing",
    "unreachable",
    "certificate_changed",
    "certificate_not_trusted",
    "needs_setup",
    "replaced",
    "never_tried",
];

/// Organizations with a connection.
pub static DEFINITION: ListDefinition = ListDefinition {
    list: ListName("customers"),
    from: "customer AS c JOIN organization AS o ON o.id = c.organization_id",
    id: "c.organization_id",
    organization: Some("c.organization_id"),
    visible: VisibleRows::Organizations("c.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Column("c.search_key"),
    order: "o.name_key, c.organization_id",
    read: Order::Sorted,
    columns: &[
        // Its mark stands with the name, its word is the status: the column is there for filter and sort.
        Column::new("connection", ColumnKind::Choice, "c.connection")
            .ordered(CONNECTION_ORDER)
            .choices(&["connected", "problems", "disconnected", "never"])
            .hidden(),
        Column::new("name", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .searched(),
        Column::new("system_name", ColumnKind::Text, "c.system_name")
            .searched()
            .hidden(),
        Column::new("mode", ColumnKind::Choice, "c.mode").choices(&["on-premises", "cloud"]),
        Column::new("systems", ColumnKind::Number, "c.system_count"),
        Column::new("host", ColumnKind::Text, "c.host").searched(),
        Column::new("port", ColumnKind::Number, "c.port").hidden(),
        Column::new("profile", ColumnKind::Text, "c.profile")
            .searched()
            .hidden(),
        Column::new("version", ColumnKind::Version, "c.version")
            .ordered("c.version_key")
            .searched(),
        Column::new(
            "alarms",
            ColumnKind::Number,
            "coalesce(w.critical + w.major + w.minor + w.warning, 0)",
        )
        .joined(ALARMS),
        Column::new("connections", ColumnKind::Number, "c.connections").hidden(),
        Column::new("connected", ColumnKind::Number, "c.connected").hidden(),
        Column::new("status", ColumnKind::Choice, "c.status").choices(STATUSES),
        Column::new("icons", ColumnKind::Choice, ICONS).choices(&["needs_attention"]),
        Column::new("operators", ColumnKind::Tags, "c.operators")
            .searched()
            .hidden(),
        Column::new("tags", ColumnKind::Tags, "c.tags").searched(),
        Column::new("notes", ColumnKind::Text, "o.notes")
            .searched()
            .hidden(),
        Column::new("telephone", ColumnKind::Text, "o.telephone")
            .searched()
            .hidden(),
        Column::new("email", ColumnKind::Text, "o.email")
            .searched()
            .hidden(),
        Column::new("address", ColumnKind::Text, "o.address")
            .searched()
            .hidden(),
        Column::new("licences", ColumnKind::Choice, "c.licence_state")
            .choices(&["valid", "due", "expired", "unknown"]),
        Column::new("licence_until", ColumnKind::Date, LICENCE_UNTIL).hidden(),
        Column::new("certificate_until", ColumnKind::Time, "c.certificate_until").hidden(),
        Column::new("last_contact", ColumnKind::Time, "t.at").joined(CONTACT),
    ],
};
