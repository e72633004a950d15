//! What the list of customers is made of (CUS-01).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};
use flotilla_kernel::rights::{self, Caller};
use std::borrow::Cow;

/// When any of a customer's connections was last reached.
const LAST_CONTACT: &str =
    "(SELECT max(t.at) FROM connection AS x JOIN contact AS t ON t.connection_id = x.id
    WHERE x.organization_id = c.organization_id AND x.removed_at IS NULL)";
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
    "limited",
    "never_tried",
    "not_monitored",
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

fn last_contact_seen(caller: &Caller) -> String {
    format!(
        "(SELECT max(t.at) FROM connection AS x JOIN contact AS t ON t.connection_id = x.id
          WHERE x.organization_id = c.organization_id AND x.removed_at IS NULL AND {})",
        rights::visible_connections(caller, "x")
    )
}

fn connections_seen(caller: &Caller) -> String {
    of_connections_seen(caller, "count(*)")
}

fn connected_seen(caller: &Caller) -> String {
    of_connections_seen(caller, "count(*) FILTER (WHERE x.state = 'connected')")
}

/// What a customer's row counts, as `system_count`, `alarm_count`, `worst_alarm`, `connections`, `connected` and `last_contact`, of what
/// the account may see; of the customer `c` with its `alarm_total` as `w`.
pub fn visible_counts(caller: &Caller) -> String {
    if caller.is_administrator() {
        return format!(
            "{SYSTEM_COUNT} AS system_count, {ALARM_COUNT} AS alarm_count, {WORST_ALARM} AS worst_alarm,
             {CONNECTION_COUNT} AS connections, {CONNECTED_COUNT} AS connected, {LAST_CONTACT} AS last_contact"
        );
    }
    format!(
        "{} AS system_count, {} AS alarm_count, {} AS worst_alarm, {} AS connections, {} AS connected,
         {} AS last_contact",
        systems_seen(caller),
        alarms_seen(caller),
        of_alarms_seen(caller, "coalesce(min(z.severity), 9)"),
        connections_seen(caller),
        connected_seen(caller),
        last_contact_seen(caller)
    )
}

// The table `customer` is a summary of everything an organization has. Who was granted some of its folders only sees a summary of the
// connections that lead to what is in them (ORG-22, RGT-01): no address, name, version, certificate or licence of another one.

/// The columns of a customer's summary, as they are stored.
const STORED: &str = "k.organization_id, k.mode, k.tags, k.revision, k.operators, k.main_connection_id, k.connection, k.status, k.status_since,
    k.connections, k.connected, k.certificate_until, k.system_count, k.licence_state, k.licences, k.host, k.host_order, k.port, k.system_name, k.version,
    k.version_key, k.profile, k.search_key";

/// What is to stand after `FROM` or `JOIN`, before `AS c`: the customers as this account sees them.
pub fn customers(caller: &Caller) -> Cow<'static, str> {
    if caller.is_administrator() {
        return Cow::Borrowed("customer");
    }
    let wholly = rights::wholly_visible_organizations(caller, "k.organization_id");
    let member = rights::visible_organizations(caller, "k.organization_id");
    // The connections of the customer `k` that the account sees, as `x`.
    let seen = format!(
        "x.organization_id = k.organization_id AND x.removed_at IS NULL AND {}",
        rights::visible_connections(caller, "x")
    );
    // As `rules::summary` has it: the chosen one, a telephone solution before a device, the main one before the others, then the oldest.
    // SQLite finds the columns of an outer query in what is selected, and not in what is sorted by.
    let main = format!(
        "(SELECT id FROM (SELECT x.id, x.created_at, x.kind <> 'ip_office' AS device, x.id IS NOT k.main_connection_id AS another,
             k.main_chosen AND x.id IS NOT k.main_connection_id AS not_chosen FROM connection AS x WHERE {seen})
         ORDER BY not_chosen, device, another, created_at, id LIMIT 1)"
    );
    let worst = format!(
        "(SELECT x.id FROM connection AS x WHERE {seen}
         ORDER BY CASE x.state WHEN 'disconnected' THEN 0 WHEN 'problems' THEN 1 WHEN 'never' THEN 2 ELSE 3 END, x.created_at, x.id LIMIT 1)"
    );
    let of_all = |value: &str| format!("(SELECT {value} FROM connection AS x WHERE {seen})");
    // What a solution says of itself and of its licences, its primary says; the others are what an account sees that does not see
    // the primary.
    let primary_seen = |connection: &str| {
        format!(
            "NOT EXISTS (SELECT 1 FROM system AS z WHERE z.connection_id = {connection} AND z.removed_at IS NULL AND z.role = 'primary' AND NOT {})",
            rights::visible_systems(caller, "z")
        )
    };
    let of_primaries = format!("{seen} AND {}", primary_seen("x.id"));
    let of_main = |column: &str, of_solution: &str| {
        format!(
            "coalesce(r.{of_solution}, (SELECT z.{column} FROM system AS z WHERE z.connection_id = n.id AND z.removed_at IS NULL AND {}
             ORDER BY z.id LIMIT 1), '')",
            rights::visible_systems(caller, "z")
        )
    };
    let of_solutions = |value: &str, rest: &str| {
        format!(
            "(SELECT {value} FROM connection AS x JOIN solution AS y ON y.connection_id = x.id{rest})",
            rest = rest.replace("{seen}", &of_primaries)
        )
    };
    let licence_state = of_solutions(
        "y.licence_state",
        " WHERE {seen} ORDER BY CASE y.licence_state WHEN 'expired' THEN 0 WHEN 'invalid' THEN 1 WHEN 'due' THEN 2 WHEN 'valid' THEN 3 ELSE 4 END LIMIT 1",
    );
    let licences = of_solutions(
        "json_group_array(json(line.value))",
        " JOIN json_each(y.licences) AS line WHERE {seen}",
    );
    let name_key = format!(
        "coalesce((SELECT z.name_key FROM system AS z WHERE z.connection_id = n.id AND z.removed_at IS NULL AND {}
         ORDER BY z.role <> 'primary', z.id LIMIT 1), '')",
        rights::visible_systems(caller, "z")
    );
    Cow::Owned(format!(
        "(SELECT {STORED} FROM customer AS k WHERE {wholly}
          UNION ALL
          SELECT k.organization_id, k.mode, k.tags, k.revision, k.operators, n.id, coalesce(b.state, 'never'), coalesce(b.status, 'never_tried'),
              b.status_since, {connections}, {connected}, {certificate}, k.system_count, coalesce({licence_state}, 'unknown'), {licences},
              coalesce(n.host, ''), coalesce(n.host_order, ''), coalesce(n.port, 0), {name}, {version}, {version_key},
              coalesce(r.profile, ''), k.own_key || char(10) || coalesce(n.host, '') || char(10) || {name_key} || char(10) || {version}
          FROM customer AS k LEFT JOIN connection AS n ON n.id = {main} LEFT JOIN connection AS b ON b.id = {worst}
          LEFT JOIN solution AS r ON r.connection_id = n.id AND {main_primary_seen}
          WHERE {member} AND NOT {wholly})",
        connections = of_all("count(*)"),
        connected = of_all("count(*) FILTER (WHERE x.state = 'connected')"),
        certificate = of_all("min(x.certificate_until)"),
        name = of_main("name", "system_name"),
        version = of_main("version", "version"),
        version_key = of_main("version_key", "version_key"),
        main_primary_seen = primary_seen("n.id"),
    ))
}

/// Organizations with a connection.
pub static DEFINITION: ListDefinition = ListDefinition {
    list: ListName("customers"),
    from: "customer AS c JOIN organization AS o ON o.id = c.organization_id",
    limited: Some(|caller| {
        format!(
            "{} AS c JOIN organization AS o ON o.id = c.organization_id",
            customers(caller)
        )
    }),
    id: "c.organization_id",
    organization: Some(InOrganization::Column("c.organization_id")),
    visible: VisibleRows::Organizations("c.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Column("c.search_key"),
    order: "o.order_key, c.organization_id",
    read: Order::Sorted,
    columns: &[
        // Its mark stands with the name, its word is the status: the column is there for filter and sort.
        Column::new("connection", ColumnKind::Choice, "c.connection")
            .ordered(CONNECTION_ORDER)
            .choices(&["connected", "problems", "disconnected", "never"])
            .hidden(),
        Column::new("name", ColumnKind::Text, "o.name")
            .ordered("o.order_key")
            .folded("o.search_name")
            .searched(),
        Column::new("system_name", ColumnKind::Text, "c.system_name")
            .searched()
            .hidden(),
        Column::new("mode", ColumnKind::Choice, "c.mode").choices(&["on-premises", "cloud"]),
        Column::new("systems", ColumnKind::Number, SYSTEM_COUNT).limited(systems_seen),
        Column::new("host", ColumnKind::Text, "c.host")
            .ordered("c.host_order")
            .searched(),
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
        Column::new("licence_until", ColumnKind::Date, LICENCE_UNTIL)
            .of_each(
                "json_each(c.licences) AS line",
                "CAST(julianday(json_extract(line.value, '$.expires')) - 2440587.5 AS INTEGER)",
            )
            .hidden(),
        Column::new("certificate_until", ColumnKind::Time, "c.certificate_until").hidden(),
        Column::new("last_contact", ColumnKind::Time, LAST_CONTACT).limited(last_contact_seen),
    ],
};
