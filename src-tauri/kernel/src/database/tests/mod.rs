//! The database as a whole: opening, the backup before a migration, transactions.

use super::*;
use backup::{BACKUPS, verify};
use file::version;
use flotilla_connectors::secret::Secret;
use migrations::Step;

mod changes;
mod connections;
mod migrating;

/// A database of the first version in this folder, as an older program left it.
async fn old_database(path: &Path, key: &DatabaseKey) {
    let mut old = options(path, key).connect().await.expect("a database");
    let [Step::Sql(first)] = MIGRATIONS[0] else {
        panic!("the first version is made by one file")
    };
    let statements = [
        *first,
        "PRAGMA user_version = 1",
        "INSERT INTO organization (id, name, name_key, zone, language, created_at) VALUES (x'01', 'Étude', 'etude', 'UTC', 'fr', 1)",
        "INSERT INTO folder (id, organization_id, name, name_key) VALUES (x'02', x'01', 'Site', 'site')",
        "INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state, services, search_key)
         VALUES (x'03', x'01', x'02', 'telephone_server', 'alone', 'a', 'PBX', 'pbx', '127.0.0.1', 'IP500 V2', 'a', '11.1', '11.1', 'online', '[]', 'pbx')",
    ];
    for statement in statements {
        sqlx::raw_sql(statement).execute(&mut old).await.expect(statement);
    }
    old.close().await.expect("closed");
}

/// The names of what lies beside the database.
fn beside(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path.parent().expect("a folder")).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.contains("before"))
        .collect();
    names.sort_unstable();
    names
}

fn key() -> DatabaseKey {
    DatabaseKey(Secret::new("ab".repeat(32)))
}

/// ADM-28, REL-01: what a killed backup left half is no backup; of two programs that start at once one migrates, and
/// both go on; who restores the old file and migrates again has another backup, and not ever more of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_whole_or_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    let clock = Clock::manual(Time(1_772_442_000_000));
    let newest = MIGRATIONS.len();
    std::fs::write(path.with_extension("before.part"), b"half of a backup").expect("left by a killed one");
    for round in 0..4_i64 {
        for file in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(path.with_extension(file));
        }
        old_database(&path, &key()).await;
        let key = key();
        let (one, other) = tokio::join!(
            Database::open(&path, &key, clock.clone(), |_| {}),
            Database::open(&path, &key, clock.clone(), |_| {})
        );
        one.expect("the one").close().await;
        other.expect("the other").close().await;
        let names = beside(&path);
        assert_eq!(
            names.len(),
            usize::try_from(round + 1).expect("small").min(BACKUPS),
            "{names:?}"
        );
        assert!(names.iter().all(
            |name| name.starts_with(&format!("workspace.before-{newest}-2026030")) && name.ends_with(".db")
        ));
        let last = path.with_file_name(names.last().expect("a backup"));
        verify(&last, &key, 1)
            .await
            .expect("it can be opened, and is whole");
        clock.advance(crate::clock::days(1));
    }
}

/// ADM-28, REL-02: without a backup there is no migration, and the database stays as it was.
#[tokio::test]
async fn no_migration_without_a_backup() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    old_database(&path, &key()).await;
    std::fs::create_dir(path.with_extension("before.part")).expect("something in the way");
    let refused = Database::open(&path, &key(), Clock::System, |_| {})
        .await
        .err()
        .expect("refused");
    assert_eq!(refused.code, ErrorCode::FileUnwritable);
    verify(&path, &key(), 1).await.expect("as it was");
}

/// ADM-28: a copy with one altered byte is no backup.
#[tokio::test]
async fn an_altered_copy_is_no_backup() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    old_database(&path, &key()).await;
    verify(&path, &key(), 1).await.expect("whole");
    let mut bytes = std::fs::read(&path).expect("readable");
    let place = bytes.len() - 100;
    bytes[place] ^= 1;
    std::fs::write(&path, bytes).expect("altered");
    verify(&path, &key(), 1).await.expect_err("altered");
}

/// REL-02, ADM-28: an older database is brought to the present version with what it holds, and a copy of it as it
/// was stays beside it; a newer one is refused.
#[tokio::test]
async fn an_older_database_is_migrated_and_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    let key = DatabaseKey(Secret::new("ab".repeat(32)));
    old_database(&path, &key).await;

    let database = Database::open(&path, &key, Clock::System, |_| {})
        .await
        .expect("migrated");
    let found: (String, String, String) = sqlx::query_as(
        "SELECT s.customer_key, x.search_key, v.services FROM system AS s
         JOIN system_text AS x ON x.system_id = s.id JOIN system_services AS v ON v.system_id = s.id",
    )
    .fetch_one(&mut *database.read().await.expect("a reader"))
    .await
    .expect("the system");
    assert_eq!(found, ("etude".into(), "pbx".into(), "[]".into()));
    let backup = path.with_file_name(&beside(&path)[0]);
    let mut kept = options(&backup, &key)
        .connect()
        .await
        .expect("the copy, under the same key");
    assert_eq!(version(&mut kept).await.expect("a version"), 1);
    kept.close().await.expect("closed");

    let mut transaction = database.begin().await.expect("a transaction");
    sqlx::raw_sql("PRAGMA user_version = 9999")
        .execute(transaction.connection())
        .await
        .expect("a newer version");
    transaction.commit().await.expect("committed");
    database.close().await;
    let refused = Database::open(&path, &key, Clock::System, |_| {})
        .await
        .err()
        .expect("refused");
    assert_eq!(refused.code, ErrorCode::WorkspaceTooNew);
}

/// REL-03: who drops a transaction holds nobody up; another process writes at once, though this one does nothing more.
#[tokio::test]
async fn a_dropped_transaction_frees_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("workspace.db");
    let key = DatabaseKey(Secret::new("ab".repeat(32)));
    let open = || Database::open(&path, &key, Clock::System, |_| {});
    let one = open().await.expect("opens");
    let other = open().await.expect("opens beside it");
    drop(one.begin().await.expect("begins"));
    // Were the first one in the way, this would end as `workspace.busy`.
    let transaction = other.begin().await.expect("nobody is in the way");
    transaction.commit().await.expect("commits");
    one.close().await;
    other.close().await;
}

/// REL-03: a process that was stopped while it writes does not keep another one from closing: what is still to be written is not
/// waited for longer than a person would.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_process_does_not_hold_up_the_closing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    let clock = Clock::manual(Time(1_772_442_000_000));
    let one = Database::open(&path, &key(), clock.clone(), |_| {})
        .await
        .expect("open");
    let other = Database::open(&path, &key(), clock, |_| {}).await.expect("open");
    let timeout = async |database: &Database| {
        let mut transaction = database.begin().await.expect("a transaction");
        let milliseconds: i64 = sqlx::query_scalar("PRAGMA busy_timeout")
            .fetch_one(transaction.connection())
            .await
            .expect("a timeout");
        milliseconds
    };
    assert_eq!(timeout(&other).await, 10_000);
    other.prepare_to_close();
    assert_eq!(timeout(&other).await, 500);
    let held = one.begin().await.expect("a transaction");
    let problem = other.begin().await.map(drop).expect_err("busy");
    assert_eq!(problem.code, ErrorCode::Busy);
    drop(held);
    for database in [one, other] {
        database.close().await;
    }
}
