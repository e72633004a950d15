//! What the list of customers is made of (CUS-01).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, ListDefinition, Order, Search, VisibleRows};
use flotilla_kernel::rights::{self, Caller};

const CONTACT: &str = "LEFT JOIN contact AS t ON t.connection_id = c.main_connection_id";
const ALARMS: &str = "LEFT JOIN alarm_total AS w ON w.subject = c.organization_id";
const SYSTEM_COUNT: &str = "c.system_count";
const ALARM_COUNT: &str = "coalesce(w.critical + w.major + w.minor + w.warning, 0)";
const WORST_ALARM: &str = "CASE WHEN w.critical > 0 THEN 1 WHEN w.major > 0 THEN 2 WHEN w.minor > 0 THEN 3 WHEN w.warning > 0 THEN 4 ELSE 9 END";
const CONNECTION_COUNT: &str = "c.connections";
const CONNECTED_COUNT: &str = "c.connected";
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

// What is stored counts everything an organization has. Who is no administrator may see a part of it only, and is told that part.

fn systems_seen(caller: &Caller) -> String {
    format!(
        "(SELECT count(*) FROM system AS y WHERE y.organization_id = c.organization_id AND {})",
        rights::visible_systems(caller, "y")
    )
}

fn of_alarms_seen(caller: &Caller, value: &str) -> String {
    format!(
        "(SELECT {value} FROM alarm AS z WHERE z.organization_id = c.organization_id AND z.cleared_at IS NULL AND {})",
        rights::visible_alarms(caller, "z")
    )
}

fn alarms_seen(caller: &Caller) -> String {
    of_alarms_seen(caller, "count(*)")
}

fn of_connections_seen(caller: &Caller, value: &str) -> String {
    format!(
        "(SELECT {value} FROM connection AS x WHERE x.organization_id = c.organization_id AND x.removed_at IS NULL AND {})",
        rights::visible_connections(caller, "x")
    )
}

fn connections_seen(caller: &Caller) -> String {
    of_connections_seen(caller, "count(*)")
}

fn connected_seen(caller: &Caller) -> String {
    of_connections_seen(caller, "count(*) FILTER (WHERE x.state = 'connected')")
}

/// What a customer's row counts, as `system_count`, `alarm_count`, `worst_alarm`, `connections` and `connected`, of what the account
/// may see; of the customer `c` with its `alarm_total` as `w`.
pub fn visible_counts(caller: &Caller) -> String {
    if caller.is_administrator() {
        return format!(
            "{SYSTEM_COUNT} AS system_count, {ALARM_COUNT} AS alarm_count, {WORST_ALARM} AS worst_alarm,
             {CONNECTION_COUNT} AS connections, {CONNECTED_COUNT} AS connected"
        );
    }
    format!(
        "{} AS system_count, {} AS alarm_count, {} AS worst_alarm, {} AS connections, {} AS connected",
        systems_seen(caller),
        alarms_seen(caller),
        of_alarms_seen(caller, "coalesce(min(z.severity), 9)"),
        connections_seen(caller),
        connected_seen(caller)
    )
}

/// Organizations with a connection.
pub static DEFINITION: ListDefinition = ListDefinition {
    list: ListName("customers"),
    from: "customer AS c JOIN organization AS o ON o.id = c.organization_id",
    limited: Some(|caller| {
        format!(
            "{} AS c JOIN organization AS o ON o.id = c.organization_id",
            super::seen::customers(caller)
        )
    }),
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
        Column::new("systems", ColumnKind::Number, SYSTEM_COUNT).limited(systems_seen),
        Column::new("host", ColumnKind::Text, "c.host").searched(),
        Column::new("port", ColumnKind::Number, "c.port").hidden(),
        Column::new("profile", ColumnKind::Text, "c.profile")
            .searched()
            .hidden(),
        Column::new("version", ColumnKind::Version, "c.version")
            .ordered("c.version_key")
            .searched(),
        Column::new("alarms", ColumnKind::Number, ALARM_COUNT)
            .limited(alarms_seen)
            .joined(ALARMS),
        Column::new("connections", ColumnKind::Number, CONNECTION_COUNT)
            .limited(connections_seen)
            .hidden(),
        Column::new("connected", ColumnKind::Number, CONNECTED_COUNT)
            .limited(connected_seen)
            .hidden(),
        Column::new("status", ColumnKind::Choice, "c.status").choices(STATUSES),
        // The mark and the status say it already: the column is there for filter and sort.
        Column::new("icons", ColumnKind::Choice, ICONS)
            .choices(&["needs_attention"])
            .hidden(),
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
            .choices(&["valid", "due", "invalid", "expired", "unknown"]),
        Column::new("licence_until", ColumnKind::Date, LICENCE_UNTIL).hidden(),
        Column::new("certificate_until", ColumnKind::Time, "c.certificate_until").hidden(),
        Column::new("last_contact", ColumnKind::Time, "t.at").joined(CONTACT),
    ],
};
