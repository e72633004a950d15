//! What an account sees of customers, as a table in SQL.
//!
//! The table `customer` is a summary of everything an organization has. Who was granted some of its folders only sees a summary of
//! the connections that lead to what is in them (ORG-22, RGT-01): no address, name, version, certificate or licence of another one.

use flotilla_kernel::rights::{self, Caller};
use std::borrow::Cow;

/// The columns of a customer's summary, as they are stored.
const STORED: &str = "k.organization_id, k.mode, k.tags, k.revision, k.operators, k.main_connection_id, k.connection, k.status, k.status_since,
    k.connections, k.connected, k.certificate_until, k.system_count, k.licence_state, k.licences, k.host, k.port, k.system_name, k.version,
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
        "SELECT id FROM (SELECT x.id, x.created_at, x.kind <> 'ip_office' AS device, x.id IS NOT k.main_connection_id AS another,
             k.main_chosen AND x.id IS NOT k.main_connection_id AS not_chosen FROM connection AS x WHERE {seen})
         ORDER BY not_chosen, device, another, created_at, id LIMIT 1"
    );
    let worst = format!(
        "SELECT x.id FROM connection AS x WHERE {seen}
         ORDER BY CASE x.state WHEN 'disconnected' THEN 0 WHEN 'problems' THEN 1 WHEN 'never' THEN 2 ELSE 3 END, x.created_at, x.id LIMIT 1"
    );
    let of_all = |value: &str| format!("(SELECT {value} FROM connection AS x WHERE {seen})");
    let of_solutions = |value: &str, rest: &str| {
        format!(
            "(SELECT {value} FROM connection AS x JOIN solution AS y ON y.connection_id = x.id{rest})",
            rest = rest.replace("{seen}", &seen)
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
    Cow::Owned(format!(
        "(SELECT {STORED} FROM customer AS k WHERE {wholly}
          UNION ALL
          SELECT k.organization_id, k.mode, k.tags, k.revision, k.operators, n.id, coalesce(b.state, 'never'), coalesce(b.status, 'never_tried'),
              b.status_since, {connections}, {connected}, {certificate}, k.system_count, coalesce({licence_state}, 'unknown'), {licences},
              coalesce(n.host, ''), coalesce(n.port, 0), coalesce(r.system_name, s.name, ''), coalesce(r.version, s.version, ''), coalesce(r.version_key, s.version_key, ''),
              coalesce(r.profile, ''), k.own_key || char(10) || coalesce(n.host, '')
          FROM customer AS k LEFT JOIN connection AS n ON n.id = ({main}) LEFT JOIN connection AS b ON b.id = ({worst})
          LEFT JOIN solution AS r ON r.connection_id = n.id
          LEFT JOIN system AS s ON n.kind <> 'ip_office' AND s.id = (SELECT z.id FROM system AS z WHERE z.connection_id = n.id AND z.removed_at IS NULL ORDER BY z.id LIMIT 1)
          WHERE {member} AND NOT {wholly})",
        connections = of_all("count(*)"),
        connected = of_all("count(*) FILTER (WHERE x.state = 'connected')"),
        certificate = of_all("min(x.certificate_until)"),
    ))
}
