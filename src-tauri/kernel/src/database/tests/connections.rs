//! Migration 5: a customer becomes an organization with a connection, and nothing of it is lost on the way.

use super::migrating::{connect, count, full_database, migrate};
use super::*;

/// What version 4 has in these tables, kept beside them under the name `old_…`.
const KEPT: &[&str] = &[
    "organization",
    "customer",
    "contact",
    "system",
    "alarm",
    "membership",
];

/// What must hold after the migration: each says how many rows are concerned, and gives those for which it does not hold.
const CLAIMS: &[(&str, i64, &str)] = &[
    (
        "a connection has the customer's id, endpoint, credentials, proxy, certificates, status and edition",
        3,
        "SELECT organization_id, organization_id, 'ip_office', '', host, port, user_name, password, proxy, pin, certificate, certificate_until, waiting_certificate,
                connection, status, status_detail, status_since, failures, reading_digest, connection_revision, revision,
                (SELECT created_at FROM old_organization WHERE id = organization_id), NULL FROM old_customer
         EXCEPT SELECT id, organization_id, kind, name, host, port, user_name, password, proxy, pin, certificate, certificate_until, waiting_certificate,
                state, status, status_detail, status_since, failures, reading_digest, edition, revision, created_at, removed_at FROM connection",
    ),
    (
        "the last contact is the connection's",
        3,
        "SELECT organization_id, at FROM old_contact EXCEPT SELECT connection_id, at FROM contact",
    ),
    (
        "what the solution reported is the connection's",
        3,
        "SELECT organization_id, system_name, version, version_key, profile, provider, reseller, provider_key, reseller_key, licence_state, licences FROM old_customer
         EXCEPT SELECT connection_id, system_name, version, version_key, profile, provider, reseller, provider_key, reseller_key, licence_state, licences FROM solution",
    ),
    (
        "the customer keeps what is its own, and is the summary of its one connection",
        3,
        "SELECT organization_id, mode, organization_id, tags, revision, operators, connection, status, status_since, 1, CASE connection WHEN 'connected' THEN 1 ELSE 0 END,
                certificate_until, system_count, licence_state, licences, host, port, system_name, version, version_key, profile, search_key FROM old_customer
         EXCEPT SELECT organization_id, mode, main_connection_id, tags, revision, operators, connection, status, status_since, connections, connected,
                certificate_until, system_count, licence_state, licences, host, port, system_name, version, version_key, profile, search_key FROM customer",
    ),
    (
        "a system names the connection it is reached by, and is in lists unless its organization is archived",
        4,
        "SELECT s.id, s.organization_id, s.folder_id, s.organization_id, s.kind, s.role, s.identity, s.name, s.name_key, s.host, s.model, s.serial, s.version, s.version_key,
                s.state, s.service_count, s.stopped_count, s.position, s.alarm_count, s.worst_alarm, s.customer_key, NULL, o.archived_at IS NULL
         FROM old_system AS s JOIN old_organization AS o ON o.id = s.organization_id
         EXCEPT SELECT id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key,
                state, service_count, stopped_count, position, alarm_count, worst_alarm, customer_key, removed_at, listed FROM system",
    ),
    (
        "an alarm keeps its subject, its times and its state; nobody has acknowledged, shelved or suppressed it",
        6,
        "SELECT a.id, a.organization_id, a.organization_id, a.system_id, a.cause, a.qualifier, a.severity, a.alarm_type, a.state, a.first_at, a.last_at, a.occurrences, a.search_key,
                CASE a.state WHEN 'cleared' THEN ifnull(a.cleared_at, a.last_at) END, NULL, NULL, NULL, 0, o.archived_at IS NULL
         FROM old_alarm AS a JOIN old_organization AS o ON o.id = a.organization_id
         EXCEPT SELECT id, organization_id, connection_id, system_id, cause, qualifier, severity, alarm_type, state, first_at, last_at, occurrences, search_key,
                cleared_at, acknowledged_at, acknowledged_by, shelved_until, suppressed, listed FROM alarm",
    ),
    (
        "members keep their roles",
        6,
        "SELECT * FROM old_membership EXCEPT SELECT * FROM membership",
    ),
];

/// What follows from these rows: what is claimed, how it is read, and what it must be.
const FOUND: &[(&str, &str, &str)] = &[
    (
        "open alarms by severity, of each system and of each organization with all that is in it",
        "SELECT hex(subject) || ' ' || concat_ws(' ', critical, major, minor, warning) FROM alarm_total ORDER BY subject",
        "01 1 1 1 0; 03 0 1 0 0; 31 0 1 0 0; 32 0 0 1 0",
    ),
    (
        "operators and viewers are granted the root folder",
        "SELECT hex(account_id) || ' ' || hex(organization_id) || ' ' || hex(folder_id) FROM folder_grant ORDER BY 1",
        "A2 01 11; A2 02 21; A2 03 2F",
    ),
    (
        "and see all that is below; owners and admins see every folder; in an archived organization nobody sees one",
        "SELECT hex(account_id) || ' ' || hex(folder_id) || ' ' || hex(organization_id) FROM visible_folder ORDER BY 1",
        "A1 11 01; A1 12 01; A1 13 01; A1 21 02; A1 22 02; A2 11 01; A2 12 01; A2 13 01; A2 21 02; A2 22 02",
    ),
    (
        "tags still belong to their customer",
        "SELECT hex(organization_id) || ' ' || tag FROM customer_tag ORDER BY 1",
        "01 gold; 01 Été; 02 gold",
    ),
];

/// REL-02: what was a customer's connection, contact, solution, systems, alarms and members before migration 5 is there after
/// it, where the newer program keeps it; totals, grants and visible folders follow from it.
#[tokio::test]
async fn a_customer_becomes_a_connection() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    full_database(&path, 4).await;
    let mut connection = connect(&path).await;
    for table in KEPT {
        let copy = format!("CREATE TABLE old_{table} AS SELECT * FROM {table}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(copy))
            .execute(&mut connection)
            .await
            .expect(table);
    }
    connection.close().await.expect("closed");
    migrate(&path, &MIGRATIONS[..5]).await.expect("migrated");

    let mut connection = connect(&path).await;
    for (claim, rows, broken) in CLAIMS {
        let (before, _) = broken.split_once("EXCEPT").expect("a difference");
        let concerned = count(&mut connection, &format!("SELECT count(*) FROM ({before})")).await;
        assert_eq!(concerned, *rows, "{claim}");
        let broken = count(&mut connection, &format!("SELECT count(*) FROM ({broken})")).await;
        assert_eq!(broken, 0, "{claim}");
    }
    for (claim, query, wanted) in FOUND {
        let found: Vec<String> = sqlx::query_scalar(*query)
            .fetch_all(&mut connection)
            .await
            .expect(claim);
        assert_eq!(found.join("; "), *wanted, "{claim}");
    }
    let broken = count(&mut connection, "SELECT count(*) FROM pragma_foreign_key_check").await;
    assert_eq!(broken, 0, "every reference leads to a row");
    connection.close().await.expect("closed");
}

/// ALM-01, CUS-40: in version 5 one subject has one open alarm of a cause and qualifier, whatever it is; and one connection one
/// system of an identity that is not removed.
#[tokio::test]
async fn what_is_there_is_there_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    full_database(&path, 5).await;
    let mut connection = connect(&path).await;
    let again = |id: &str, cleared: &str| {
        format!(
            "INSERT INTO alarm (id, organization_id, connection_id, system_id, cause, qualifier, severity, alarm_type, first_at, last_at, cleared_at)
             SELECT randomblob(16), organization_id, connection_id, system_id, cause, qualifier, severity, alarm_type, 20, 20, {cleared} FROM alarm WHERE id = x'{id}'"
        )
    };
    let system = |identity: &str| {
        format!(
            "INSERT INTO system (id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state)
             SELECT randomblob(16), organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state
             FROM system WHERE organization_id = x'01' AND identity = '{identity}'"
        )
    };
    let statements = [
        ("of a system", again("47", "NULL"), false),
        ("of a connection", again("41", "NULL"), false),
        ("of an organization", again("49", "NULL"), false),
        ("of Flotilla itself", again("4a", "NULL"), false),
        ("that is cleared", again("47", "21"), true),
        ("again, after it was cleared", again("48", "NULL"), true),
        ("a system that is there", system("c"), false),
        ("a system that was removed", system("d"), true),
    ];
    for (what, statement, possible) in statements {
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut connection)
            .await;
        assert_eq!(done.is_ok(), possible, "{what}");
    }
    connection.close().await.expect("closed");
}
