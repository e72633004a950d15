//! The change log: what one process changes, another is told exactly.

use super::*;
use crate::clock::minutes;
use crate::database::errors::concerns_row;

/// The features of the program that reads.
const KNOWN: [FeatureName; 6] = [
    FeatureName("accounts"),
    FeatureName("alarms"),
    FeatureName("customers"),
    FeatureName("organizations"),
    FeatureName("preferences"),
    FeatureName("systems"),
];

const FEATURES: [FeatureName; 5] = [
    FeatureName("accounts"),
    FeatureName("alarms"),
    FeatureName("customers"),
    FeatureName("lists"),
    FeatureName("systems"),
];

/// Two processes with one workspace.
struct Two {
    one: Database,
    other: Database,
    clock: Clock,
    _folder: tempfile::TempDir,
}

impl Two {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("workspace.db");
        let clock = Clock::manual(Time(1_772_442_000_000));
        let key = key();
        let open = || Database::open(&path, &key, clock.clone(), |_| {});
        Self {
            one: open().await.expect("opens"),
            other: open().await.expect("opens beside it"),
            clock: clock.clone(),
            _folder: folder,
        }
    }

    async fn close(self) {
        self.one.close().await;
        self.other.close().await;
    }
}

async fn change(database: &Database, feature: FeatureName, ids: &[u128]) {
    let mut transaction = database.begin().await.expect("begins");
    transaction.changed(feature, ids.iter().copied().map(Uuid::from_u128));
    transaction.commit().await.expect("commits");
}

/// So many rows, of several features each time.
async fn change_often(database: &Database, rows: usize) {
    for number in 0..rows.div_ceil(FEATURES.len()) {
        let mut transaction = database.begin().await.expect("begins");
        for feature in FEATURES {
            transaction.changed(feature, [Uuid::from_u128(number as u128)]);
        }
        transaction.commit().await.expect("commits");
    }
}

async fn foreign_changes(database: &Database) -> ForeignChanges {
    database.foreign_changes(&KNOWN).await.expect("readable")
}

fn some(changes: &[(FeatureName, &[u128], bool)]) -> ForeignChanges {
    let changes = changes.iter().map(|(feature, ids, membership)| Change {
        feature: *feature,
        ids: ids.iter().copied().map(Uuid::from_u128).collect(),
        membership: *membership,
        many: false,
    });
    ForeignChanges::Some(changes.collect())
}

async fn write(database: &Database, statement: &'static str) {
    let mut transaction = database.begin().await.expect("begins");
    let written = sqlx::raw_sql(statement).execute(transaction.connection()).await;
    written.expect(statement);
    transaction.commit().await.expect("commits");
}

/// REL-03, DSH-04: another process's changes are told once, in order and exactly; not one's own, not what was taken back,
/// and not what nobody is told of.
#[tokio::test]
async fn what_others_change_is_told_exactly() {
    let two = Two::new().await;
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::None);
    change(&two.one, FeatureName("systems"), &[7, 3, 7]).await;
    change(&two.other, FeatureName("alarms"), &[1]).await;
    let mut transaction = two.one.begin().await.expect("begins");
    transaction.membership_changed(FeatureName("customers"), [Uuid::from_u128(9)]);
    transaction.changed(FeatureName("preferences"), []);
    transaction.commit().await.expect("commits");
    let foreign_changes_other = some(&[
        (FeatureName("systems"), &[3, 7], false),
        (FeatureName("customers"), &[9], true),
        (FeatureName("preferences"), &[], false),
    ]);
    assert_eq!(foreign_changes(&two.other).await, foreign_changes_other);
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::None);
    assert_eq!(
        foreign_changes(&two.one).await,
        some(&[(FeatureName("alarms"), &[1], false)])
    );

    let mut transaction = two.one.begin().await.expect("begins");
    transaction.changed(FeatureName("systems"), [Uuid::from_u128(1)]);
    drop(transaction);
    write(
        &two.one,
        "INSERT INTO setting (name, value) VALUES ('nobody is told', '1')",
    )
    .await;
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::None);
    two.close().await;
}

/// REL-03: who has not looked for longer than the log reaches back is told that everything may have changed, and goes on
/// from there; the log stays short. Who was alone for long has missed nothing.
#[tokio::test]
async fn who_falls_behind_is_told_so() {
    let two = Two::new().await;
    change_often(&two.one, 2_100).await;
    let mut reader = two.one.read().await.expect("a reader");
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM change_log")
        .fetch_one(&mut *reader)
        .await
        .expect("a count");
    assert_eq!(rows, 2_000);
    change(&two.other, FeatureName("customers"), &[4]).await;
    assert_eq!(
        foreign_changes(&two.one).await,
        some(&[(FeatureName("customers"), &[4], false)])
    );
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::Everything);
    change(&two.one, FeatureName("customers"), &[5]).await;
    assert_eq!(
        foreign_changes(&two.other).await,
        some(&[(FeatureName("customers"), &[5], false)])
    );
    // By time, too.
    change(&two.one, FeatureName("customers"), &[6]).await;
    two.clock.advance(minutes(11));
    change(&two.one, FeatureName("customers"), &[7]).await;
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM change_log")
        .fetch_one(&mut *reader)
        .await
        .expect("a count");
    assert_eq!(rows, 1);
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::Everything);
    // A clock that is put back loses nothing.
    two.clock.advance(-minutes(600));
    change(&two.one, FeatureName("customers"), &[8]).await;
    change(&two.one, FeatureName("customers"), &[9]).await;
    let both = some(&[
        (FeatureName("customers"), &[8], false),
        (FeatureName("customers"), &[9], false),
    ]);
    assert_eq!(foreign_changes(&two.other).await, both);
    drop(reader);
    two.close().await;
}

/// REL-03: a row that cannot be read stops nobody; what only a newer program knows is passed over.
#[tokio::test]
async fn unreadable_rows_stop_nobody() {
    let two = Two::new().await;
    write(
        &two.one,
        "INSERT INTO change_log (at, process, feature, ids, membership, many) VALUES (1, x'00', 'weather', x'', 0, 0)",
    )
    .await;
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::None);
    write(
        &two.one,
        "INSERT INTO change_log (at, process, feature, ids, membership, many) VALUES (1, x'00', CAST(x'ff' AS TEXT), x'', 0, 0)",
    )
    .await;
    assert_eq!(foreign_changes(&two.other).await, ForeignChanges::Everything);
    change(&two.one, FeatureName("customers"), &[1]).await;
    assert_eq!(
        foreign_changes(&two.other).await,
        some(&[(FeatureName("customers"), &[1], false)])
    );
    two.close().await;
}

/// GEN-09: what is one row's fault is told apart from what is wrong with the database.
#[tokio::test]
async fn whose_fault_a_failure_is() {
    let two = Two::new().await;
    let mut transaction = two.one.begin().await.expect("begins");
    let mut fails = async |statement: &'static str| -> Problem {
        let failed = sqlx::query(statement).execute(transaction.connection()).await;
        failed.expect_err(statement).into()
    };
    let constraint = fails("INSERT INTO setting (name, value) VALUES ('a', NULL)").await;
    let mismatch = fails("INSERT INTO setting (name, value, revision) VALUES ('a', 'b', 'c')").await;
    let no_such_table = fails("INSERT INTO weather VALUES (1)").await;
    let row = sqlx::query("SELECT 'text' AS number")
        .fetch_one(transaction.connection())
        .await
        .expect("a row");
    let unreadable = row.take::<i64, _>("number").expect_err("it is a text");
    assert!(
        format!("{:?}", unreadable.source).contains("number"),
        "it names the column"
    );
    let unknown = enum_value::<crate::words::Language>("weather").expect_err("unknown");
    for problem in [&constraint, &mismatch, &unreadable, &unknown] {
        assert!(concerns_row(problem), "{problem:?} {:?}", problem.source);
    }
    // Somebody else has the database.
    let mut waiting = options(two.one.path(), &key())
        .busy_timeout(Duration::ZERO)
        .connect()
        .await
        .expect("a connection");
    let busy = sqlx::query("BEGIN IMMEDIATE").execute(&mut waiting).await;
    let busy: Problem = busy.expect_err("busy").into();
    waiting.close().await.expect("closed");
    drop(transaction);
    let Two { one, other, .. } = &two;
    one.close().await;
    other.close().await;
    let closed = one.begin().await.err().expect("closed");
    let no_reader = one.read().await.expect_err("closed");
    for problem in [
        &no_such_table,
        &busy,
        &closed,
        &no_reader,
        &ErrorCode::DiskFull.into(),
    ] {
        assert!(!concerns_row(problem), "{problem:?} {:?}", problem.source);
    }
}
