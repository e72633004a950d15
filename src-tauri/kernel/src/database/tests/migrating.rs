//! Migrations: nothing is lost on the way from any version to the next, whatever stops them.

use super::*;
use crate::database::backup::verify;
use crate::database::file::version;
use crate::database::migrations::Step;
use rstest::rstest;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

/// What each version has in it when its rows were put into one of the first and migrated: the rows that are new.
const ROWS: [&str; MIGRATIONS.len()] = [
    // 0001_first
    include_str!("rows_1.sql"),
    // 0002_lists
    "",
    // 0003_connections
    "",
    // 0004_change_log
    include_str!("rows_4.sql"),
    // 0005_connections
    include_str!("rows_5.sql"),
    // 0006_sign_in_and_search
    include_str!("rows_6.sql"),
    // 0007_order
    "",
    // 0008_order_indexes
    "",
    // 0009_import_mapping
    include_str!("rows_9.sql"),
    // 0010_organizations
    include_str!("rows_10.sql"),
    // 0011_licensing
    include_str!("rows_11.sql"),
    // 0012_licence_issuers
    include_str!("rows_12.sql"),
    // 0013_offline
    include_str!("rows_13.sql"),
    // 0014_licence_notices
    include_str!("rows_14.sql"),
    // 0015_append_only
    "",
    // 0016_repository
    include_str!("rows_16.sql"),
    // 0017_devices
    include_str!("rows_17.sql"),
    // 0018_alarms_of_devices
    "",
    // 0019_video_servers
    include_str!("rows_19.sql"),
    // 0020_device_lists
    "",
    // 0021_jobs
    include_str!("rows_21.sql"),
];

/// For each version a statement that counts what is not as it should be after the migration to it.
const WRONG: [&str; MIGRATIONS.len()] = [
    "SELECT 0",
    "SELECT (SELECT count(*) FROM system WHERE customer_key <> (SELECT name_key FROM organization AS o WHERE o.id = organization_id))
         + (SELECT count(*) <> 4 FROM system_text JOIN system ON id = system_id WHERE search_key = name_key)
         + (SELECT count(*) <> 1 FROM system_services WHERE services = '[{\"name\":\"s\"}]')",
    "SELECT count(*) FROM customer WHERE connection_revision <> 0",
    "SELECT count(*) FROM change_log",
    "SELECT (SELECT count(*) FROM pragma_foreign_key_check) + (SELECT count(*) FROM system WHERE connection_id IS NULL)
         + (SELECT count(*) <> (SELECT count(*) FROM customer) FROM connection)",
    "SELECT (SELECT count(*) FROM sign_in_failure) + (SELECT count(*) FROM setting WHERE name = 'strangers')
         + (SELECT count(*) FROM customer WHERE own_key = '' OR instr(search_key, own_key) = 0 OR search_key GLOB '*[ßłø]*')",
    "SELECT (SELECT count(*) FROM organization WHERE name <> '' AND (search_name = '' OR order_key = ''))
         + (SELECT count(*) FROM system AS s WHERE s.customer_key <> (SELECT o.order_key FROM organization AS o WHERE o.id = s.organization_id))
         + (SELECT count(*) FROM customer AS c JOIN connection AS n ON n.id = c.main_connection_id AND n.host = c.host WHERE n.host_order <> c.host_order)
         + (SELECT count(*) FROM system WHERE name <> '' AND order_key = '' OR host <> '' AND host_order = '')",
    "SELECT count(*) <> 9 FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'system' AND sql LIKE '%WHERE listed = 1'",
    "SELECT count(*) FROM import_mapping",
    "SELECT (SELECT count(*) FROM invitation) + (SELECT count(*) FROM membership WHERE length(id) <> 16 OR promotion IS NOT NULL)
         + (SELECT count(*) - count(DISTINCT id) FROM membership) + (SELECT count(*) FROM account WHERE last_seen IS NOT last_sign_in)
         + (SELECT count(*) FROM audit WHERE organization_id IS NOT NULL AND (organization_id, id) NOT IN (SELECT organization_id, audit_id FROM audit_place))",
    "SELECT count(*) FROM licence_entry",
    "SELECT (SELECT count(*) FROM licence_issuer) + (SELECT count(*) FROM licence_holding WHERE issuer_key <> '' OR issuer <> '')",
    "SELECT count(*) FROM licence_offline_system",
    "SELECT count(*) FROM licence_notice",
    "SELECT count(*) <> 7 FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%_no_replace'",
    "SELECT (SELECT count(*) FROM package) + (SELECT count(*) FROM package_arrival) + (SELECT count(*) FROM package_index)",
    "SELECT (SELECT count(*) FROM sign_in_refusal) + (SELECT count(*) FROM credential_set) + (SELECT count(*) FROM device_act) + (SELECT count(*) FROM device_result)",
    "SELECT (SELECT count(*) FROM alarm AS a JOIN connection AS n ON n.id = a.connection_id AND n.kind = 'device' WHERE a.system_id IS NULL)
         + (SELECT count(*) <> 1 FROM system WHERE id = x'35' AND alarm_count = 2 AND worst_alarm = 2)
         + (SELECT count(*) <> 1 FROM alarm_total WHERE subject = x'35' AND major = 1 AND minor = 1)",
    "SELECT (SELECT count(*) FROM pragma_foreign_key_check) + (SELECT count(*) FROM video_server) + (SELECT count(*) FROM connection WHERE monitored <> 1)
         + (SELECT count(*) FROM system AS s WHERE s.connection_id IS NOT NULL AND s.connection_id NOT IN (SELECT id FROM connection))
         + (SELECT count(*) <> 3 FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'connection' AND sql IS NOT NULL)",
    "SELECT (SELECT count(*) <> 1 FROM sqlite_schema WHERE type = 'index' AND name = 'system_by_software')
         + (SELECT count(*) FROM device_act WHERE settings <> '')",
    "SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM job_task) + (SELECT count(*) FROM job_wave) + (SELECT count(*) FROM job_package)",
];

/// Tables that can have one row only.
const ALONE: [&str; 3] = ["licence_clock", "licence_head", "licence_file_signer"];

/// Builds a table anew that six others refer to, directly, and two more through these.
const REBUILD: &str = "
    CREATE TABLE new_organization (
        id BLOB PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL, zone TEXT NOT NULL, language TEXT NOT NULL,
        notes TEXT NOT NULL, address TEXT NOT NULL, telephone TEXT NOT NULL, email TEXT NOT NULL, created_at INTEGER NOT NULL,
        archived_at INTEGER CHECK (archived_at > 0), revision INTEGER NOT NULL, search_name TEXT NOT NULL, order_key TEXT NOT NULL
    ) STRICT;
    INSERT INTO new_organization SELECT * FROM organization;
    DROP TABLE organization;
    ALTER TABLE new_organization RENAME TO organization;
    CREATE UNIQUE INDEX organization_name ON organization (name_key) WHERE archived_at IS NULL;";

/// The migrations there are, and these.
fn and<'m>(more: &[&'m [Step]]) -> Vec<&'m [Step]> {
    MIGRATIONS.iter().copied().chain(more.iter().copied()).collect()
}

pub(super) async fn connect(path: &Path) -> SqliteConnection {
    options(path, &key()).connect().await.expect("a database")
}

/// Brings a database to the version that these migrations lead to.
pub(super) async fn migrate(path: &Path, migrations: &[&[Step]]) -> Outcome<()> {
    migrate_and_tell(path, migrations, |_| {}).await
}

async fn migrate_and_tell(
    path: &Path,
    migrations: &[&[Step]],
    progress: impl Fn(MigrationProgress) + Send + Sync,
) -> Outcome<()> {
    let mut connection = connect(path).await;
    let migrator = Migrator {
        path,
        key: &key(),
        clock: &Clock::System,
        migrations,
        progress: &progress,
    };
    let migrated = migrator.migrate(&mut connection).await;
    if migrated.is_ok() {
        let keys: bool = sqlx::query_scalar("PRAGMA foreign_keys")
            .fetch_one(&mut connection)
            .await
            .expect("a setting");
        assert!(keys, "foreign keys are on again");
    }
    connection.close().await.expect("closed");
    migrated
}

/// A database of this version with rows in every table, and nothing beside it.
pub(super) async fn full_database(path: &Path, wanted: usize) {
    for number in 1..=wanted {
        migrate(path, &MIGRATIONS[..number]).await.expect("migrated");
        let mut connection = connect(path).await;
        let rows = sqlx::raw_sql(ROWS[number - 1]);
        rows.execute(&mut connection)
            .await
            .expect("the rows of this version");
        connection.close().await.expect("closed");
    }
    for name in beside(path) {
        std::fs::remove_file(path.with_file_name(name)).expect("a backup from on the way");
    }
}

/// How many rows each table has.
async fn counts(path: &Path) -> BTreeMap<String, i64> {
    let mut connection = connect(path).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the tables");
    let mut counts = BTreeMap::new();
    for table in tables {
        let count = count(&mut connection, &format!("SELECT count(*) FROM {table}")).await;
        counts.insert(table, count);
    }
    connection.close().await.expect("closed");
    counts
}

pub(super) async fn count(connection: &mut SqliteConnection, query: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned()))
        .fetch_one(connection)
        .await
        .expect(query)
}

/// REL-02: each migration, from a database of the version before in which every table has rows that refer to each other:
/// every row is there afterwards, and leads where it led.
#[tokio::test]
async fn each_migration_keeps_every_row() {
    for number in 1..MIGRATIONS.len() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("workspace.db");
        full_database(&path, number).await;
        let before = counts(&path).await;
        let least = |table: &String| if ALONE.contains(&table.as_str()) { 1 } else { 2 };
        let is_full = before.iter().all(|(table, count)| *count >= least(table));
        assert!(is_full, "{number}: {before:?}");
        migrate(&path, &MIGRATIONS[..=number]).await.expect("migrated");
        let after = counts(&path).await;
        for (table, count) in &before {
            assert_eq!(
                after.get(table),
                Some(count),
                "{table} after migration {}",
                number + 1
            );
        }
        let mut connection = connect(&path).await;
        assert_eq!(
            count(&mut connection, WRONG[number]).await,
            0,
            "migration {}",
            number + 1
        );
        let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut connection)
            .await
            .expect("checked");
        assert_eq!(whole, "ok");
        connection.close().await.expect("closed");
        let backup = path.with_file_name(&beside(&path)[0]);
        let number = i64::try_from(number).expect("small");
        verify(&backup, &key(), number)
            .await
            .expect("the backup is whole");
    }
}

/// REL-02: a table that others refer to is built anew, and no row of theirs is lost. With foreign keys on, as they are
/// in every other transaction, the same statements delete what refers to it.
#[rstest]
#[case::by_a_migration(true)]
#[case::in_any_transaction(false)]
#[tokio::test]
async fn a_table_with_children_is_rebuilt(#[case] migration: bool) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    full_database(&path, MIGRATIONS.len()).await;
    let before = counts(&path).await;
    let enough =
        |(table, count): (&String, &i64)| *count >= if ALONE.contains(&table.as_str()) { 1 } else { 2 };
    assert!(before.iter().all(enough), "{before:?}");
    if migration {
        let migrations = and(&[&[Step::Sql(REBUILD)]]);
        migrate(&path, &migrations).await.expect("migrated");
        assert_eq!(counts(&path).await, before);
        let mut connection = connect(&path).await;
        let orphan = "INSERT INTO folder (id, organization_id, name, name_key) VALUES (x'99', x'99', '', '')";
        let refused = sqlx::query(orphan).execute(&mut connection).await;
        assert!(refused.is_err(), "the references lead to the new table");
        connection.close().await.expect("closed");
    } else {
        let mut connection = connect(&path).await;
        let mut transaction = connection.begin().await.expect("begun");
        // Also the pragma that a migration needs does nothing here.
        let rebuilt = sqlx::raw_sql("PRAGMA foreign_keys = OFF")
            .execute(&mut *transaction)
            .await
            .and(sqlx::raw_sql(REBUILD).execute(&mut *transaction).await);
        rebuilt.expect("nothing is said");
        transaction.commit().await.expect("committed");
        connection.close().await.expect("closed");
        let after = counts(&path).await;
        for child in [
            "folder",
            "membership",
            "customer",
            "connection",
            "contact",
            "customer_tag",
            "system",
            "system_text",
        ] {
            assert_eq!(after[child], 0, "{child}");
        }
        assert_eq!(after["alarm"], 1, "Flotilla's own");
        assert_eq!(after["organization"], before["organization"]);
    }
}

/// REL-02: what a migration cannot carry over stops it, with its number; the database is as it was, and opens with the
/// program before.
#[rstest]
#[case::a_reference_that_leads_nowhere("DELETE FROM folder WHERE id = x'13'")]
#[case::a_value_that_is_forbidden("UPDATE organization SET name_key = 'etude', archived_at = NULL")]
#[tokio::test]
async fn what_does_not_fit_stops_a_migration(#[case] statement: &'static str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    full_database(&path, MIGRATIONS.len()).await;
    let before = counts(&path).await;
    let last = [Step::Sql(statement)];
    let extended = and(&[&[Step::Sql("DELETE FROM contact")], &last]);
    let refused = migrate(&path, &extended).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::MigrationFailed);
    let number = i64::try_from(extended.len()).expect("small");
    assert_eq!(refused.params["number"], number.into());
    assert!(refused.source.is_some(), "the log is told why");
    assert_eq!(counts(&path).await, before);
    let database = Database::open(&path, &key(), Clock::System, |_| {}).await;
    database.expect("the version before opens it").close().await;
}

/// REL-02: a step in Rust does what SQL cannot; and who waits is told how far it is, to the end.
#[tokio::test]
async fn a_step_in_rust() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("workspace.db");
    full_database(&path, MIGRATIONS.len()).await;
    let steps = [
        Step::Sql("ALTER TABLE list_view ADD COLUMN list_key TEXT NOT NULL DEFAULT ''"),
        Step::Rust(|connection| {
            Box::pin(async move {
                let names: Vec<(Vec<u8>, String)> = sqlx::query_as("SELECT id, list FROM list_view")
                    .fetch_all(&mut *connection)
                    .await?;
                for (id, list) in names {
                    sqlx::query("UPDATE list_view SET list_key = ? WHERE id = ?")
                        .bind(fold(&format!("É {list}")))
                        .bind(id)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        }),
    ];
    let reported = std::sync::Mutex::new(Vec::new());
    migrate_and_tell(&path, &and(&[&steps]), |progress| {
        reported.lock().expect("alone").push(progress)
    })
    .await
    .expect("migrated");
    let mut connection = connect(&path).await;
    let folded = "SELECT count(*) FROM list_view WHERE list_key = 'e customers'";
    assert_eq!(count(&mut connection, folded).await, 2);
    connection.close().await.expect("closed");
    let reported: Vec<(usize, usize)> = reported
        .into_inner()
        .expect("alone")
        .iter()
        .map(|progress| (progress.done, progress.total))
        .collect();
    assert_eq!(reported, [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]);
}

/// Where the process of [`migrates_until_it_is_killed`] finds its database, and where it stands still.
const DATABASE: &str = "FLOTILLA_TEST_DATABASE";
const MOMENT: &str = "FLOTILLA_TEST_MOMENT";

/// Says that the moment has come, and waits to be killed.
fn stand_still() {
    println!("standing still");
    std::io::stdout().flush().expect("somebody listens");
    loop {
        std::thread::park();
    }
}

/// Has SQLite stand still in the middle of the statement after this step, when part of it is on the disk already.
fn in_the_middle(connection: &mut SqliteConnection) -> futures_util::future::BoxFuture<'_, Outcome<()>> {
    Box::pin(async move {
        sqlx::query("PRAGMA cache_size = 10")
            .execute(&mut *connection)
            .await?;
        let mut steps = 0;
        connection
            .lock_handle()
            .await?
            .set_progress_handler(1_000, move || {
                steps += 1;
                if steps == 100 {
                    stand_still();
                }
                true
            });
        Ok(())
    })
}

/// Fills a table with much more than fits into memory while it is being migrated.
const LONG: &str = "CREATE TABLE filling (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 50000)
    INSERT INTO filling SELECT number, hex(zeroblob(100)) FROM numbers;";

/// The process that is killed; no test by itself.
#[tokio::test]
#[ignore = "run by `a_killed_migration_begins_again`"]
async fn migrates_until_it_is_killed() {
    let path = PathBuf::from(std::env::var_os(DATABASE).expect("a path"));
    let moment: Option<usize> = std::env::var(MOMENT).expect("a moment").parse().ok();
    let long = [Step::Rust(in_the_middle), Step::Sql(LONG)];
    let migrations = match moment {
        Some(_) => and(&[&[Step::Sql(REBUILD)], &[Step::Sql(LONG)]]),
        None => and(&[&[Step::Sql(REBUILD)], &long]),
    };
    migrate_and_tell(&path, &migrations, |progress| {
        if moment == Some(progress.done) {
            stand_still();
        }
    })
    .await
    .expect("migrated");
    stand_still();
}

/// REL-01, REL-02, ADM-28: a process that is killed in a migration (before the backup, after it, after each step, in the
/// middle of one, before the commit, after it) leaves what was there; the next start migrates, and the backup holds it.
#[tokio::test]
async fn a_killed_migration_begins_again() {
    let (_, module) = module_path!().split_once("::").expect("a crate and a path");
    let steps = MIGRATIONS[1..].iter().map(|steps| steps.len()).sum::<usize>() + 2;
    let moments = (0..=steps + 3).map(Some).chain([None]);
    for moment in moments {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("workspace.db");
        full_database(&path, 1).await;
        let before = counts(&path).await;
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                &format!("{module}::migrates_until_it_is_killed"),
                "--ignored",
                "--nocapture",
            ])
            .env(DATABASE, &path)
            .env(
                MOMENT,
                moment.map_or("middle".to_owned(), |moment| moment.to_string()),
            )
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let stands = output
            .lines()
            .any(|line| line.expect("readable").ends_with("standing still"));
        process.kill().expect("killed");
        process.wait().expect("gone");
        assert!(stands, "{moment:?}: it came to its moment");
        if moment.is_none() {
            let log = std::fs::metadata(path.with_extension("db-wal")).expect("the log");
            assert!(log.len() > 100_000, "part of the statement is on the disk");
        }

        let migrations = and(&[&[Step::Sql(REBUILD)], &[Step::Sql(LONG)]]);
        let newest = i64::try_from(migrations.len()).expect("small");
        let mut connection = connect(&path).await;
        let committed = moment == Some(steps + 3);
        let left = version(&mut connection).await.expect("readable");
        assert_eq!(left, if committed { newest } else { 1 }, "{moment:?}");
        connection.close().await.expect("closed");
        migrate(&path, &migrations)
            .await
            .expect("the next start migrates");
        let after = counts(&path).await;
        for (table, count) in &before {
            assert_eq!(after.get(table), Some(count), "{moment:?}: {table}");
        }
        assert_eq!(after["filling"], 50_000);
        for backup in beside(&path).iter().filter(|name| name.ends_with(".db")) {
            verify(&path.with_file_name(backup), &key(), 1)
                .await
                .expect("whole");
        }
        assert!(!beside(&path).is_empty(), "{moment:?}");
    }
}
