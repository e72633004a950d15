//! Raising and clearing on a real database: what is open, what was, and what is counted.

use super::rules::Wanted;
use super::store::{self, Scope, reconcile, reconcile_subject};
use super::types::{AlarmCause, AlarmChanges, AlarmPlace, AlarmSubject, Totals};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::{Clock, Time};
use flotilla_kernel::database::{Database, DatabaseKey, RowExt, Transaction, enum_value};
use flotilla_kernel::feature::{Deletion, SubjectChange};
use flotilla_kernel::ids::{ConnectionId, FolderId, OrganizationId, SystemId};
use flotilla_kernel::severity::severity_of;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

const NOW: Time = Time(1_772_442_000_000);

/// Two organizations; the first has two connections, the second one. Each connection leads to the systems `a` and `b`.
struct Fleet {
    database: Database,
    organizations: Vec<OrganizationId>,
    connections: Vec<Reached>,
    _folder: tempfile::TempDir,
}

/// A connection with what is reached by it.
struct Reached {
    organization: OrganizationId,
    connection: ConnectionId,
    systems: HashMap<String, SystemId>,
}

impl Reached {
    fn scope<'a>(&'a self, causes: &'a [AlarmCause]) -> Scope<'a> {
        Scope {
            organization: self.organization,
            connection: self.connection,
            alone: None,
            systems: &self.systems,
            causes,
        }
    }

    fn place(&self, system: Option<&str>) -> AlarmPlace {
        AlarmPlace {
            organization: Some(self.organization),
            connection: Some(self.connection),
            system: system.map(|identity| self.systems[identity]),
        }
    }
}

async fn fleet() -> Fleet {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let key = DatabaseKey(Secret::new("ab".repeat(32)));
    let path = folder.path().join("workspace.db");
    let database = Database::open(&path, &key, Clock::manual(NOW), |_| {})
        .await
        .expect("a database");
    let organizations: Vec<OrganizationId> = (0..2).map(|_| OrganizationId::new(NOW)).collect();
    let mut connections = Vec::new();
    let mut transaction = database.begin().await.expect("a transaction");
    for (number, &organization) in organizations.iter().enumerate() {
        let root = FolderId::new(NOW);
        sqlx::query(
            "INSERT INTO organization (id, name, name_key, zone, language, created_at) VALUES (?1, ?2, ?2, 'UTC', 'en', 1);
             INSERT INTO folder (id, organization_id, name, name_key) VALUES (?3, ?1, ?2, ?2)",
        )
        .bind(organization)
        .bind(format!("organization {number}"))
        .bind(root)
        .execute(transaction.connection())
        .await
        .expect("an organization");
        for place in 0..2 - number {
            // The first connection of an organization may have its id (as those that were customers have).
            let connection = match place {
                0 => ConnectionId(organization.0),
                _ => ConnectionId::new(NOW),
            };
            let systems: HashMap<String, SystemId> = ["a", "b"]
                .map(|identity| (identity.to_owned(), SystemId::new(NOW)))
                .into();
            sqlx::query(
                "INSERT INTO connection (id, organization_id, kind, host, port, user_name, password, proxy, created_at)
                 VALUES (?1, ?2, 'ip_office', '192.0.2.1', 443, 'name', 'secret', '{}', 1)",
            )
            .bind(connection)
            .bind(organization)
            .execute(transaction.connection())
            .await
            .expect("a connection");
            for (identity, system) in &systems {
                sqlx::query(
                    "INSERT INTO system (id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state)
                     VALUES (?1, ?2, ?3, ?4, 'telephone_server', 'primary', ?5, ?5, ?5, '192.0.2.1', 'IP500 V2', ?5, '11.1', '11.1', 'online')",
                )
                .bind(system)
                .bind(organization)
                .bind(root)
                .bind(connection)
                .bind(identity)
                .execute(transaction.connection())
                .await
                .expect("a system");
            }
            connections.push(Reached {
                organization,
                connection,
                systems,
            });
        }
    }
    transaction.commit().await.expect("committed");
    Fleet {
        database,
        organizations,
        connections,
        _folder: folder,
    }
}

fn wanted(system: Option<&str>, cause: AlarmCause, qualifier: &str) -> Wanted {
    Wanted {
        system: system.map(str::to_owned),
        cause,
        qualifier: qualifier.to_owned(),
    }
}

type Open = BTreeSet<(AlarmPlace, AlarmCause, String)>;

/// What is open, as it stands in the table.
async fn open(connection: &mut SqliteConnection) -> Open {
    sqlx::query("SELECT organization_id, connection_id, system_id, cause, qualifier FROM alarm WHERE cleared_at IS NULL")
        .fetch_all(connection)
        .await
        .expect("readable")
        .iter()
        .map(|row| {
            let place = AlarmPlace {
                organization: row.take("organization_id").expect("an id"),
                connection: row.take("connection_id").expect("an id"),
                system: row.take("system_id").expect("an id"),
            };
            let cause = enum_value(row.take("cause").expect("a text")).expect("a cause");
            (place, cause, row.take("qualifier").expect("a text"))
        })
        .collect()
}

/// The totals as they are kept, and as counting all open alarms gives them.
async fn totals(connection: &mut SqliteConnection) -> [BTreeMap<Uuid, Totals>; 2] {
    let kept = sqlx::query("SELECT subject, critical, major, minor, warning FROM alarm_total")
        .fetch_all(&mut *connection)
        .await
        .expect("readable")
        .iter()
        .map(|row| {
            let totals = Totals {
                critical: row.take("critical").expect("a number"),
                major: row.take("major").expect("a number"),
                minor: row.take("minor").expect("a number"),
                warning: row.take("warning").expect("a number"),
            };
            (row.take::<SystemId, _>("subject").expect("an id").0, totals)
        })
        .collect();
    let mut counted: BTreeMap<Uuid, Totals> = BTreeMap::new();
    let rows: Vec<(Option<OrganizationId>, Option<SystemId>, i64)> =
        sqlx::query_as("SELECT organization_id, system_id, severity FROM alarm WHERE cleared_at IS NULL")
            .fetch_all(connection)
            .await
            .expect("readable");
    for (organization, system, severity) in rows {
        let one = Totals::of(severity_of(severity).expect("a severity"), 1);
        for subject in [organization.map(|id| id.0), system.map(|id| id.0)]
            .into_iter()
            .flatten()
        {
            *counted.entry(subject).or_default() += one;
        }
    }
    [kept, counted]
}

/// What the list of systems shows of each.
async fn of_systems(connection: &mut SqliteConnection) -> BTreeMap<SystemId, (i64, i64)> {
    let rows: Vec<(SystemId, i64, i64)> = sqlx::query_as("SELECT id, alarm_count, worst_alarm FROM system")
        .fetch_all(connection)
        .await
        .expect("readable");
    rows.into_iter()
        .map(|(id, count, worst)| (id, (count, worst)))
        .collect()
}

async fn number(connection: &mut SqliteConnection, query: &'static str) -> i64 {
    sqlx::query_scalar(query)
        .fetch_one(connection)
        .await
        .expect("a number")
}

/// Something that raises or clears alarms.
#[derive(Debug, Clone)]
enum Step {
    /// A contact with this connection looked for these causes and found these alarms.
    Contact(
        usize,
        Vec<AlarmCause>,
        Vec<(Option<&'static str>, AlarmCause, &'static str)>,
    ),
    /// A check of an organization, or of Flotilla itself.
    Check(Option<usize>, Vec<(AlarmCause, &'static str)>),
    SystemRemoved(usize, &'static str),
    ConnectionRemoved(usize),
}

const CAUSES: [AlarmCause; 4] = [
    AlarmCause::CertificateChanged,
    AlarmCause::LicenceExpired,
    AlarmCause::ServiceStopped,
    AlarmCause::CertificateExpiring,
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let cause = || proptest::sample::select(&CAUSES[..]);
    let qualifier = || proptest::sample::select(&["", "one", "two"][..]);
    let system = || proptest::sample::select(&["a", "b"][..]);
    let contact = (
        0..3_usize,
        proptest::sample::subsequence(&CAUSES[..], 0..=CAUSES.len()),
        proptest::collection::vec((proptest::option::of(system()), cause(), qualifier()), 0..8),
    )
        .prop_map(|(connection, causes, mut found)| {
            found.retain(|(_, cause, _)| causes.contains(cause));
            Step::Contact(connection, causes, found)
        });
    let check = (
        proptest::option::of(0..2_usize),
        proptest::collection::vec((cause(), qualifier()), 0..4),
    )
        .prop_map(|(organization, found)| Step::Check(organization, found));
    let step = prop_oneof![
        6 => contact,
        2 => check,
        1 => (0..3_usize, system()).prop_map(|(connection, system)| Step::SystemRemoved(connection, system)),
        1 => (0..3_usize).prop_map(Step::ConnectionRemoved),
    ];
    proptest::collection::vec(step, 1..25)
}

/// Does a step, in the database and in the model of what is open.
async fn take_step(
    fleet: &Fleet,
    transaction: &mut Transaction,
    model: &mut Open,
    step: &Step,
) -> AlarmChanges {
    let connection = transaction.connection();
    match step {
        Step::Contact(number, causes, found) => {
            let reached = &fleet.connections[*number];
            model.retain(|(place, cause, _)| {
                place.connection != Some(reached.connection) || !causes.contains(cause)
            });
            model.extend(
                found.iter().map(|(system, cause, qualifier)| {
                    (reached.place(*system), *cause, (*qualifier).to_owned())
                }),
            );
            let found: Vec<Wanted> = found
                .iter()
                .map(|(system, cause, qualifier)| wanted(*system, *cause, qualifier))
                .collect();
            reconcile(connection, NOW, &reached.scope(causes), &found).await
        }
        Step::Check(organization, found) => {
            let subject = match organization {
                Some(number) => AlarmSubject::Organization(fleet.organizations[*number]),
                None => AlarmSubject::Flotilla,
            };
            let place = AlarmPlace::from(subject);
            model.retain(|(other, ..)| *other != place);
            model.extend(
                found
                    .iter()
                    .map(|(cause, qualifier)| (place, *cause, (*qualifier).to_owned())),
            );
            reconcile_subject(connection, NOW, subject, &CAUSES, found).await
        }
        Step::SystemRemoved(number, identity) => {
            let system = fleet.connections[*number].systems[*identity];
            model.retain(|(place, ..)| place.system != Some(system));
            store::clear_of_systems(connection, NOW, &[system]).await
        }
        Step::ConnectionRemoved(number) => {
            let removed = fleet.connections[*number].connection;
            model.retain(|(place, ..)| place.connection != Some(removed));
            store::clear_of_connection(connection, NOW, removed).await
        }
    }
    .expect("done")
}

/// ALM-01, ALM-05: whatever is found and removed in whatever order, what is open is what was found last by who looked for it;
/// the totals, kept by differences, are what counting gives; nothing that was ever raised is gone.
#[test]
fn totals_are_what_counting_gives() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let fleet = runtime.block_on(fleet());
    TestRunner::new(ProptestConfig::with_cases(48))
        .run(&steps(), |steps| {
            runtime.block_on(async {
                let mut transaction = fleet.database.begin().await.expect("a transaction");
                let mut model = Open::new();
                let mut moved = 0;
                for step in &steps {
                    let before = of_systems(transaction.connection()).await;
                    let changes = take_step(&fleet, &mut transaction, &mut model, step).await;
                    let connection = transaction.connection();
                    prop_assert_eq!(&open(&mut *connection).await, &model);
                    let [kept, counted] = totals(&mut *connection).await;
                    prop_assert_eq!(&kept, &counted);
                    for (system, (count, worst)) in of_systems(&mut *connection).await {
                        let totals = kept.get(&system.0).copied().unwrap_or_default();
                        prop_assert_eq!((count, worst), (totals.count(), totals.worst_rank()));
                        prop_assert!(before[&system] == (count, worst) || changes.systems.contains(&system));
                    }
                    moved += changes.alarms.len();
                    let rows =
                        number(&mut *connection, "SELECT count(*) + count(cleared_at) FROM alarm").await;
                    prop_assert_eq!(
                        i64::try_from(moved).expect("small"),
                        rows,
                        "each was raised once, and cleared at most once"
                    );
                }
                // Dropped: the next case begins with nothing open.
                Ok(())
            })
        })
        .expect("holds");
    runtime.block_on(fleet.database.close());
}

/// ALM-01: a connection with the same systems' identities as another neither raises nor clears what the other brought.
#[tokio::test]
async fn a_contact_touches_its_own_connection_only() {
    let fleet = fleet().await;
    let [one, other, _] = &fleet.connections[..] else {
        panic!("three connections")
    };
    let causes = [AlarmCause::NoContact, AlarmCause::SystemStopped];
    let found = [
        wanted(None, AlarmCause::NoContact, ""),
        wanted(Some("a"), AlarmCause::SystemStopped, ""),
        // Found twice, it is one alarm.
        wanted(Some("a"), AlarmCause::SystemStopped, ""),
    ];
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    for reached in [one, other] {
        let changes = reconcile(transaction.connection(), NOW, &reached.scope(&causes), &found)
            .await
            .expect("raised");
        assert_eq!(changes.alarms.len(), 2);
        assert_eq!(changes.systems, [reached.systems["a"]]);
    }
    let changes = reconcile(transaction.connection(), NOW, &one.scope(&causes), &[])
        .await
        .expect("cleared");
    assert_eq!(changes.alarms.len(), 2);
    let left = open(transaction.connection()).await;
    assert!(
        left.iter()
            .all(|(place, ..)| place.connection == Some(other.connection))
    );
    assert_eq!(left.len(), 2);
    let again = reconcile(transaction.connection(), NOW, &other.scope(&causes), &found)
        .await
        .expect("the same");
    assert!(again.is_empty(), "what stands is not raised again");
    drop(transaction);
    fleet.database.close().await;
}

/// ALM-03: what shows again after it was cleared is another alarm, and the first stays as history, with its times.
#[tokio::test]
async fn what_was_cleared_stays_as_history() {
    let fleet = fleet().await;
    let reached = &fleet.connections[0];
    let causes = [AlarmCause::ServiceStopped];
    let scope = reached.scope(&causes);
    let found = [wanted(Some("a"), AlarmCause::ServiceStopped, "Voice Mail")];
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    for (at, found) in [(1, &found[..]), (2, &[]), (3, &found[..])] {
        let changes = reconcile(transaction.connection(), Time(at), &scope, found)
            .await
            .expect("done");
        assert_eq!(changes.alarms.len(), 1);
    }
    let changes = store::clear_of_systems(transaction.connection(), Time(4), &[reached.systems["a"]])
        .await
        .expect("the system is removed");
    assert_eq!(changes.alarms.len(), 1);
    let times: Vec<(i64, i64, String)> =
        sqlx::query_as("SELECT first_at, cleared_at, state FROM alarm ORDER BY first_at")
            .fetch_all(transaction.connection())
            .await
            .expect("readable");
    assert_eq!(
        times,
        [(1, 2, "cleared".to_owned()), (3, 4, "cleared".to_owned())]
    );
    let again = store::clear_of_systems(transaction.connection(), Time(5), &[reached.systems["a"]])
        .await
        .expect("nothing is left to clear");
    assert!(again.is_empty());
    drop(transaction);
    fleet.database.close().await;
}

/// What is wanted must be of what was looked at; otherwise nothing is raised in a place where nobody would clear it.
#[tokio::test]
async fn what_was_not_looked_at_cannot_be_wanted() {
    let fleet = fleet().await;
    let causes = [AlarmCause::ServiceStopped];
    let scope = fleet.connections[0].scope(&causes);
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    for found in [
        wanted(Some("c"), AlarmCause::ServiceStopped, ""),
        wanted(None, AlarmCause::NoContact, ""),
    ] {
        reconcile(transaction.connection(), NOW, &scope, &[found])
            .await
            .expect_err("out of scope");
    }
    let found = [(AlarmCause::NoContact, "")];
    reconcile_subject(
        transaction.connection(),
        NOW,
        AlarmSubject::Flotilla,
        &causes,
        &found,
    )
    .await
    .expect_err("out of scope");
    assert!(open(transaction.connection()).await.is_empty());
    drop(transaction);
    fleet.database.close().await;
}

/// A total that was not kept rightly is an error where it shows, and never a negative number.
#[tokio::test]
async fn a_total_never_becomes_negative() {
    let fleet = fleet().await;
    let reached = &fleet.connections[0];
    let causes = [AlarmCause::SystemStopped];
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    let found = [wanted(Some("a"), AlarmCause::SystemStopped, "")];
    let raised = reconcile(transaction.connection(), NOW, &reached.scope(&causes), &found)
        .await
        .expect("raised");
    assert_eq!(raised.alarms.len(), 1);
    sqlx::query("DELETE FROM alarm_total")
        .execute(transaction.connection())
        .await
        .expect("lost");
    let refused = reconcile(transaction.connection(), NOW, &reached.scope(&causes), &[])
        .await
        .expect_err("it would be -1");
    let source = refused.source.expect("the log is told why").to_string();
    assert!(source.contains("would be"), "{source}");
    drop(transaction);
    fleet.database.close().await;
}

/// ORG-06: the alarms of an archived organization are in no list, also those raised meanwhile; restored, they are again. The
/// others stay where they are.
#[tokio::test]
async fn alarms_follow_their_organization_into_the_archive() {
    let fleet = fleet().await;
    let causes = [AlarmCause::ServiceStopped];
    let [archived, other] = [0, 1].map(|number| fleet.organizations[number]);
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    let listed = "SELECT (SELECT count(*) FROM alarm WHERE listed = 1) * 10 + (SELECT count(*) FROM alarm WHERE listed = 0)";
    let at = |at: Option<i64>| {
        sqlx::query("UPDATE organization SET archived_at = ?1 WHERE id = ?2")
            .bind(at)
            .bind(archived)
    };
    for (place, qualifier) in [(0, "one"), (1, "one"), (2, "one")] {
        let found = [wanted(Some("a"), AlarmCause::ServiceStopped, qualifier)];
        let scope = fleet.connections[place].scope(&causes);
        let raised = reconcile(transaction.connection(), NOW, &scope, &found)
            .await
            .expect("raised");
        assert_eq!(raised.alarms.len(), 1);
    }
    at(Some(1))
        .execute(transaction.connection())
        .await
        .expect("archived");
    let change = SubjectChange::Archived(vec![archived, other]);
    (super::SPEC.on_change)(&mut transaction, &change)
        .await
        .expect("followed");
    assert_eq!(number(transaction.connection(), listed).await, 12);
    let found = [wanted(Some("b"), AlarmCause::ServiceStopped, "two")];
    let scope = fleet.connections[0].scope(&causes);
    let changes = reconcile(transaction.connection(), NOW, &scope, &found)
        .await
        .expect("one is cleared, one raised");
    assert_eq!(changes.alarms.len(), 2);
    assert_eq!(number(transaction.connection(), listed).await, 13);
    at(None)
        .execute(transaction.connection())
        .await
        .expect("restored");
    (super::SPEC.on_change)(&mut transaction, &change)
        .await
        .expect("followed");
    assert_eq!(number(transaction.connection(), listed).await, 40);
    drop(transaction);
    fleet.database.close().await;
}

/// ORG-06, CUS-13: systems that are about to be removed have their open alarms cleared; an organization that is about to be deleted takes
/// its alarms and totals with it, and nobody else's.
#[tokio::test]
async fn what_goes_takes_its_alarms_along() {
    let fleet = fleet().await;
    let causes = [AlarmCause::ServiceStopped, AlarmCause::NoContact];
    let found = [
        wanted(Some("a"), AlarmCause::ServiceStopped, "one"),
        wanted(Some("b"), AlarmCause::ServiceStopped, "one"),
        wanted(None, AlarmCause::NoContact, ""),
    ];
    let mut transaction = fleet.database.begin().await.expect("a transaction");
    for reached in &fleet.connections {
        let raised = reconcile(transaction.connection(), NOW, &reached.scope(&causes), &found)
            .await
            .expect("raised");
        assert_eq!(raised.alarms.len(), 3);
    }
    let removed = fleet.connections[2].systems["a"];
    (super::SPEC.before_delete)(
        &mut transaction,
        &Deletion::Systems {
            ids: vec![removed],
            by: None,
        },
    )
    .await
    .expect("let go");
    assert_eq!(open(transaction.connection()).await.len(), 8);
    let deletion = Deletion::Organizations(vec![fleet.organizations[0]]);
    (super::SPEC.before_delete)(&mut transaction, &deletion)
        .await
        .expect("let go");
    let left = open(transaction.connection()).await;
    assert_eq!(left.len(), 2);
    assert!(
        left.iter()
            .all(|(place, ..)| place.organization == Some(fleet.organizations[1]))
    );
    let [kept, counted] = totals(transaction.connection()).await;
    assert_eq!(kept, counted);
    assert_eq!(
        number(transaction.connection(), "SELECT count(*) FROM alarm").await,
        3,
        "what was cleared stays"
    );
    drop(transaction);
    fleet.database.close().await;
}
