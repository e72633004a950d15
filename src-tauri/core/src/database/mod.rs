//! The workspace's database: one encrypted SQLite file, one writer, a few readers.
//!
//! A [`Transaction`] is the only way to write. What it has to tell (change events) is told after its commit;
//! when it is dropped without one, nothing has happened.

use crate::clock::{Clock, Time};
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::transfer::unwritable;
use crate::wire::types::{Event, Room};
use flotilla_connectors::secret::Secret;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard, broadcast};
use uuid::Uuid;

mod fold;
pub use fold::{fold, search_key};

/// What has been done to the database since its first version; the index is the version it leads to, less one.
const MIGRATIONS: &[&str] = &[
    include_str!("0001_first.sql"),
    include_str!("0002_lists.sql"),
    include_str!("0003_connections.sql"),
];

/// How many readers there are; more would only share two cores.
const READERS: u32 = 3;

/// So many backups from before the same migration are kept.
const BACKUPS: usize = 2;

/// More ids than a window can show are not named one by one.
const EVENT_IDS: usize = 500;

/// The open database of a workspace. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    writer: Arc<Mutex<Writer>>,
    readers: SqlitePool,
    events: broadcast::Sender<Event>,
    clock: Clock,
    path: Arc<PathBuf>,
}

struct Writer {
    /// None once the database is closed.
    connection: Option<SqliteConnection>,
    /// A transaction was dropped without commit; it is rolled back before the next begins.
    abandoned: bool,
}

impl Writer {
    fn connection(&mut self) -> Outcome<&mut SqliteConnection> {
        self.connection
            .as_mut()
            .ok_or_else(|| ErrorCode::WorkspaceLocked.into())
    }

    /// Takes back what a dropped transaction has done, if there is one.
    async fn roll_back(&mut self) {
        let (true, Some(connection)) = (self.abandoned, self.connection.as_mut()) else {
            return;
        };
        // On a full disk SQLite has rolled back by itself, and says so. Was it something else, the next begin fails.
        if let Err(error) = sqlx::query("ROLLBACK").execute(connection).await {
            tracing::debug!(%error, "there was nothing to roll back");
        }
        self.abandoned = false;
    }
}

/// The key of a database: 32 bytes, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct DatabaseKey(pub Secret);

fn options(path: &Path, key: &DatabaseKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .pragma("key", format!("\"x'{}'\"", key.0.expose()))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(200)
        .disable_statement_logging()
}

/// How far bringing a database to the present version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MigrationProgress {
    pub done: usize,
    pub total: usize,
}

impl Database {
    /// Opens the database at `path`, making it when there is none, and brings it to the present version (REL-02). One that
    /// is brought there from an older version says to `progress` how far it is.
    ///
    /// # Errors
    /// `workspace.key-wrong` when the key does not fit, `workspace.too-new` when a newer program has written it.
    pub async fn open(
        path: &Path,
        key: &DatabaseKey,
        clock: Clock,
        progress: impl Fn(MigrationProgress) + Send + Sync,
    ) -> Outcome<Self> {
        // SQLite gives its other files the permissions of this one.
        crate::files::private_database(path).map_err(unwritable)?;
        let options = options(path, key);
        let mut connection = options
            .clone()
            .pragma("cache_size", "-16384")
            .connect()
            .await
            .map_err(wrong_key)?;
        // Nothing is read before this; with a wrong key it is the first statement to fail.
        sqlx::query("SELECT count(*) FROM sqlite_schema")
            .execute(&mut connection)
            .await
            .map_err(wrong_key)?;
        migrate(&mut connection, path, key, &clock, &progress).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(
                options
                    .read_only(true)
                    .create_if_missing(false)
                    .pragma("cache_size", "-32768"),
            )
            .await?;
        let (events, _) = broadcast::channel(4_096);
        Ok(Self {
            writer: Arc::new(Mutex::new(Writer {
                connection: Some(connection),
                abandoned: false,
            })),
            readers,
            events,
            clock,
            path: Arc::new(path.to_owned()),
        })
    }

    /// A connection that can only read; what it reads is one consistent state per statement.
    ///
    /// # Errors
    /// `workspace.busy` and other database errors.
    pub async fn read(&self) -> Outcome<sqlx::pool::PoolConnection<sqlx::Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a transaction. It holds the one writer until it ends.
    ///
    /// # Errors
    /// `workspace.busy` when another process has held the writer for ten seconds.
    pub async fn begin(&self) -> Outcome<Transaction> {
        let mut writer = self.writer.clone().lock_owned().await;
        writer.roll_back().await;
        let begun = sqlx::query("BEGIN IMMEDIATE").execute(writer.connection()?).await;
        writer.abandoned = true;
        begun?;
        Ok(Transaction {
            writer,
            all: self.writer.clone(),
            now: self.clock.now(),
            changes: BTreeMap::new(),
            events: self.events.clone(),
        })
    }

    /// Everything that changes from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Tells an event that no transaction stands behind: progress.
    pub fn tell(&self, event: Event) {
        // No receiver means that no window is open.
        let _ = self.events.send(event);
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes when another process has written.
    ///
    /// # Errors
    /// Database errors.
    pub async fn foreign_version(&self) -> Outcome<i64> {
        let mut writer = self.writer.clone().lock_owned().await;
        written_by_others(writer.connection()?).await
    }

    /// Writes everything into the one file and closes it. A program that ends without this loses nothing, but it must
    /// wait for it before it ends: SQLCipher frees its tables when the process exits, and a connection that is still
    /// being closed by its thread would crash.
    pub async fn close(&self) {
        self.readers.close().await;
        let mut writer = self.writer.clone().lock_owned().await;
        let Some(mut connection) = writer.connection.take() else {
            return;
        };
        if writer.abandoned
            && let Err(error) = sqlx::query("ROLLBACK").execute(&mut connection).await
        {
            tracing::warn!(%error, "the next start rolls back");
        }
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut connection)
            .await
        {
            tracing::warn!(%error, "the write-ahead log stays; the next start reads it");
        }
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }
}

fn wrong_key(error: sqlx::Error) -> Problem {
    let not_a_database = error
        .as_database_error()
        .and_then(|database| database.code())
        .is_some_and(|code| code == "26");
    if not_a_database {
        Problem::new(ErrorCode::WorkspaceKeyWrong).caused_by(error)
    } else {
        error.into()
    }
}

/// Brings the database to the present version (REL-02), with a backup of what it was before (ADM-28). One process does
/// so at a time; the others wait for it.
async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
    key: &DatabaseKey,
    clock: &Clock,
    progress: &(impl Fn(MigrationProgress) + Send + Sync),
) -> Outcome<()> {
    let newest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let present = version(connection).await?;
    if present > newest {
        return Err(Problem::new(ErrorCode::WorkspaceTooNew)
            .with("database", present)
            .with("program", newest));
    }
    if present == newest {
        return Ok(());
    }
    let lock = path.with_extension("migration.lock");
    let lock = tokio::task::spawn_blocking(move || {
        let lock = crate::files::private_file_kept(&lock)?;
        lock.lock().map(|()| lock)
    })
    .await
    .map_err(Problem::internal)?
    .map_err(unwritable)?;
    loop {
        let present = version(connection).await?;
        let written = written_by_others(connection).await?;
        if present == newest {
            break;
        }
        if present > 0 {
            back_up(connection, path, key, present, clock.now()).await?;
        }
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        if written_by_others(&mut transaction).await? != written {
            // An older program is still at it; what it wrote belongs into the backup, too.
            transaction.rollback().await?;
            continue;
        }
        let to_do = &MIGRATIONS[usize::try_from(present).unwrap_or(0)..];
        for (done, migration) in to_do.iter().enumerate() {
            if present > 0 {
                let total = to_do.len();
                progress(MigrationProgress { done, total });
            }
            sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
        }
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {newest}")))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        break;
    }
    drop(lock);
    Ok(())
}

/// Copies the database as it is beside itself, under the same key. What cannot be opened again and read from end to end
/// is no backup; what a killed process left half is thrown away.
async fn back_up(
    connection: &mut SqliteConnection,
    path: &Path,
    key: &DatabaseKey,
    present: i64,
    now: Time,
) -> Outcome<()> {
    let prefix = format!("before-{}-", MIGRATIONS.len());
    let target = path.with_extension(format!("{prefix}{}.db", now.utc().format("%Y%m%dT%H%M%S%3fZ")));
    // Always the same name, so that one is left at most.
    let partial = path.with_extension("before.part");
    // SQLite writes into a file that is there as long as it is empty.
    let file = crate::files::private_file(&partial).map_err(unwritable)?;
    let copied = async {
        sqlx::query("VACUUM INTO ?")
            .bind(partial.to_string_lossy().into_owned())
            .execute(&mut *connection)
            .await?;
        verify(&partial, key, present).await?;
        file.sync_all().map_err(unwritable)?;
        crate::files::put_in_place(&partial, &target).map_err(unwritable)
    };
    if let Err(problem) = copied.await {
        // The next backup begins anew in any case.
        let _ = std::fs::remove_file(&partial);
        return Err(problem);
    }
    forget_old_backups(path, &prefix);
    Ok(())
}

/// Opens a copy with the key and reads all of it.
async fn verify(copy: &Path, key: &DatabaseKey, present: i64) -> Outcome<()> {
    let mut copy = SqliteConnectOptions::new()
        .filename(copy)
        .read_only(true)
        .pragma("key", format!("\"x'{}'\"", key.0.expose()))
        .disable_statement_logging()
        .connect()
        .await?;
    let found = async {
        let pages: Option<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check")
            .fetch_optional(&mut copy)
            .await?;
        let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut copy)
            .await?;
        Outcome::Ok((pages, whole, version(&mut copy).await?))
    }
    .await;
    copy.close().await?;
    match found? {
        (None, whole, version) if whole == "ok" && version == present => Ok(()),
        found => Err(Problem::new(ErrorCode::WorkspaceDamaged)
            .with("file", "workspace.db")
            .caused_by(format!("the backup is not what it should be: {found:?}"))),
    }
}

/// A migration that fails again and again must not fill the disk with what it started from.
fn forget_old_backups(path: &Path, prefix: &str) {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beginning = format!("{stem}.{prefix}");
    let entries = path.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    let mut backups: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&beginning))
        .map(|entry| entry.path())
        .collect();
    // Their names are their times.
    backups.sort_unstable();
    for old in backups.iter().take(backups.len().saturating_sub(BACKUPS)) {
        if let Err(error) = std::fs::remove_file(old) {
            tracing::warn!(%error, "an old backup stays");
        }
    }
}

/// A number that changes when another connection has written.
async fn written_by_others(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(sqlx::query_scalar("PRAGMA data_version")
        .fetch_one(connection)
        .await?)
}

async fn version(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(connection)
        .await?)
}

/// One act: all of it or nothing.
pub struct Transaction {
    writer: OwnedMutexGuard<Writer>,
    /// For the way back of a transaction that is dropped.
    all: Arc<Mutex<Writer>>,
    now: Time,
    changes: BTreeMap<Room, Change>,
    events: broadcast::Sender<Event>,
}

impl Drop for Transaction {
    /// What was not committed is taken back at once: until then no other process could write.
    fn drop(&mut self) {
        if self.writer.abandoned
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let writer = self.all.clone();
            runtime.spawn(async move { writer.lock().await.roll_back().await });
        }
    }
}

#[derive(Default)]
struct Change {
    ids: Vec<Uuid>,
    membership: bool,
    many: bool,
}

impl Transaction {
    /// When this act happens.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The connection, for a room's store.
    ///
    /// # Panics
    /// Never: a transaction holds the writer, and closing the database waits for it.
    pub fn connection(&mut self) -> &mut SqliteConnection {
        self.writer
            .connection
            .as_mut()
            .expect("a transaction holds an open writer")
    }

    /// Things of a room have other values.
    pub fn changed(&mut self, room: Room, ids: impl IntoIterator<Item = Uuid>) {
        let change = self.changes.entry(room).or_default();
        for id in ids {
            if change.ids.len() >= EVENT_IDS {
                change.many = true;
                break;
            }
            change.ids.push(id);
        }
    }

    /// Things of a room came or went.
    pub fn came_or_went(&mut self, room: Room, ids: impl IntoIterator<Item = Uuid>) {
        self.changed(room, ids);
        self.changes.entry(room).or_default().membership = true;
    }

    /// Makes it last, and tells what changed.
    ///
    /// # Errors
    /// `workspace.disk-full` and other database errors; then nothing has happened.
    pub async fn commit(mut self) -> Outcome<()> {
        sqlx::query("COMMIT").execute(self.writer.connection()?).await?;
        self.writer.abandoned = false;
        for (room, change) in std::mem::take(&mut self.changes) {
            let Change {
                ids,
                membership,
                many,
            } = change;
            let _ = self.events.send(Event::Changed {
                room,
                ids,
                membership,
                many,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database of the first version in this folder, as an older program left it.
    async fn old_database(path: &Path, key: &DatabaseKey) {
        let mut old = options(path, key).connect().await.expect("a database");
        let statements = [
            MIGRATIONS[0],
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
        std::fs::write(path.with_extension("before.part"), b"half of a backup")
            .expect("left by a killed one");
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
                |name| name.starts_with(&format!("workspace.before-{newest}-2026030"))
                    && name.ends_with(".db")
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
}
