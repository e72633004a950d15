//! The workspace's database: one encrypted SQLite file, one writer, a few readers.
//!
//! A [`Transaction`] is the only way to write. What it has to tell (change events) is told after its commit, and stands
//! in the change log for other processes; when it is dropped without one, nothing has happened.

use crate::clock::{Clock, Time};
use crate::error::{ErrorCode, Outcome, Problem};
use crate::events::{Change, Event, FeatureName};
use crate::transfer::unwritable;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, OnceCell, OwnedMutexGuard, broadcast};
use uuid::Uuid;

mod backup;
mod change_log;
mod errors;
mod file;
mod fold;
mod migrations;
#[cfg(test)]
mod tests;
mod values;

pub use change_log::ForeignChanges;
pub use errors::concerns_row;
pub use file::DatabaseKey;
use file::written_by_others;
pub use fold::{
    fold, folded_key, host_as_written, host_in_ascii, host_order_key, order_key, search_fold, search_key,
};
pub use migrations::MigrationProgress;
use migrations::{MIGRATIONS, Migrator};
pub use values::{RowExt, enum_text, enum_value, readable};

/// How many readers there are; more would only share two cores.
const READERS: u32 = 3;

/// More ids than a window can show are not named one by one.
const EVENT_IDS: usize = 500;

/// How long a write waits for another process that is writing.
const BUSY_FOR: Duration = Duration::from_secs(10);

/// How long it waits when the program is closing.
const BUSY_WHEN_CLOSING: Duration = Duration::from_millis(500);

/// The open database of a workspace. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    writer: Arc<Mutex<Writer>>,
    /// Nobody is to be waited for any more.
    closing: Arc<AtomicBool>,
    readers: SqlitePool,
    events: broadcast::Sender<Event>,
    clock: Clock,
    path: Arc<PathBuf>,
    key: Arc<DatabaseKey>,
}

struct Writer {
    /// None once the database is closed.
    connection: Option<SqliteConnection>,
    /// A transaction was dropped without commit; it is rolled back before the next begins.
    abandoned: bool,
    /// It waits for other processes no longer than [`BUSY_WHEN_CLOSING`].
    hurried: bool,
    /// How far the change log is known.
    reader: change_log::Reader,
}

impl Writer {
    fn connection(&mut self) -> Outcome<&mut SqliteConnection> {
        self.connection
            .as_mut()
            .ok_or_else(|| ErrorCode::WorkspaceLocked.into())
    }

    /// From now on others are waited for as long as a program may that is closing.
    async fn hurry(&mut self) -> Outcome<()> {
        if !self.hurried {
            let pragma = format!("PRAGMA busy_timeout = {}", BUSY_WHEN_CLOSING.as_millis());
            sqlx::query(AssertSqlSafe(pragma))
                .execute(self.connection()?)
                .await?;
            self.hurried = true;
        }
        Ok(())
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

fn options(path: &Path, key: &DatabaseKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .pragma("key", format!("\"x'{}'\"", key.0.expose()))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_FOR)
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(200)
        .disable_statement_logging()
}

impl Database {
    /// Opens the database at `path`, making it when there is none, and brings it to the present version (REL-02).
    /// `progress` is told how far that is, where there was a database of an older version.
    ///
    /// # Errors
    /// `workspace.key-wrong` when the key does not fit, `workspace.database-cut` when the end of the file is missing, `workspace.too-new` when a newer program has written it,
    /// `workspace.migration-failed` when what is in it does not fit the present version; then it is as it was.
    pub async fn open(
        path: &Path,
        key: &DatabaseKey,
        clock: Clock,
        progress: impl Fn(MigrationProgress) + Send + Sync,
    ) -> Outcome<Self> {
        silence().await?;
        // SQLite gives its other files the permissions of this one.
        crate::files::private_database(path).map_err(unwritable)?;
        let options = options(path, key);
        let mut connection = options
            .clone()
            .pragma("cache_size", "-16384")
            .connect()
            .await
            .map_err(not_opened)?;
        let migrator = Migrator {
            path,
            key,
            clock: &clock,
            migrations: MIGRATIONS,
            progress: &progress,
        };
        let reader = match prepare(&mut connection, &migrator).await {
            Ok(reader) => reader,
            Err(problem) => {
                if let Err(error) = connection.close().await {
                    tracing::debug!(%error, "the database that does not open was not closed in order");
                }
                return Err(problem);
            }
        };
        // All are connected now, and none is tried before it is used: whoever waits for one and goes away meanwhile would leave a
        // connection behind that its thread closes whenever it comes to it, perhaps while the process exits (see `close`).
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(READERS)
            .test_before_acquire(false)
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
                hurried: false,
                reader,
            })),
            closing: Arc::default(),
            readers,
            events,
            clock,
            path: Arc::new(path.to_owned()),
            key: Arc::new(key.clone()),
        })
    }

    /// A connection that can only read; what it reads is one consistent state per statement.
    ///
    /// # Errors
    /// `workspace.busy` and other database errors.
    pub async fn read(&self) -> Outcome<sqlx::pool::PoolConnection<sqlx::Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// The salt at the beginning of the file, in hexadecimal digits, which no other database has (SQLCipher's file format).
    ///
    /// Asked of SQLite and not read from the file: when a process closes a file that SQLite has open, the system takes all of
    /// SQLite's locks on it away (<https://sqlite.org/howtocorrupt.html>, 2.2).
    ///
    /// # Errors
    /// Database errors.
    pub async fn salt(&self) -> Outcome<String> {
        let salt: String = sqlx::query_scalar("PRAGMA cipher_salt")
            .fetch_one(&mut *self.read().await?)
            .await?;
        Ok(salt.to_lowercase())
    }

    /// Begins a transaction. It holds the one writer until it ends.
    ///
    /// # Errors
    /// `workspace.busy` when another process has held the writer for ten seconds, or for half a second when the program closes.
    pub async fn begin(&self) -> Outcome<Transaction> {
        let mut writer = self.writer.clone().lock_owned().await;
        writer.roll_back().await;
        if self.closing.load(Ordering::Relaxed) {
            writer.hurry().await?;
        }
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

    /// The key it was opened with.
    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// Writes the database as it is at this moment into another file, under the same key. Nobody waits for it.
    ///
    /// # Errors
    /// `file.unwritable`, and database errors such as a full disk.
    pub async fn copy_into(&self, target: &Path) -> Outcome<()> {
        // SQLite writes into a file that is there as long as it is empty.
        crate::files::private_file(target).map_err(unwritable)?;
        sqlx::query("VACUUM INTO ?")
            .bind(target.to_string_lossy().into_owned())
            .execute(&mut *self.read().await?)
            .await?;
        Ok(())
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What other processes have changed since the last call, or since the database was opened. Cheap when there is
    /// nothing. `known` are the features of this program. What this process changed itself, its subscribers were told at once.
    ///
    /// # Errors
    /// Database errors; the next call tells what this one could not.
    pub async fn foreign_changes(&self, known: &[FeatureName]) -> Outcome<ForeignChanges> {
        let mut writer = self.writer.clone().lock_owned().await;
        writer.roll_back().await;
        let Writer {
            connection: Some(connection),
            reader,
            ..
        } = &mut *writer
        else {
            return Err(ErrorCode::WorkspaceLocked.into());
        };
        let version = written_by_others(connection).await?;
        if version == reader.version {
            return Ok(ForeignChanges::None);
        }
        let changes = reader.read(connection, known).await?;
        reader.version = version;
        Ok(changes)
    }

    /// The program is closing: from the next transaction on, a process that has stopped while it writes is waited for only shortly.
    pub fn prepare_to_close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Writes everything into the one file and closes it. A program that ends without this loses nothing, but it must
    /// wait for it before it ends: SQLCipher frees its tables when the process exits, and a connection that is still
    /// being closed by its thread would crash.
    pub async fn close(&self) {
        self.readers.close().await;
        let mut writer = self.writer.clone().lock_owned().await;
        if writer.connection.is_some()
            && let Err(error) = writer.hurry().await
        {
            tracing::warn!(%error, "another process may be waited for");
        }
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

/// SQLCipher writes lines of its own to the standard error, for the whole process. What it finds is an error of the statement,
/// too, which is told in words.
async fn silence() -> Outcome<()> {
    static SILENT: OnceCell<()> = OnceCell::const_new();
    let silent = SILENT.get_or_try_init(async || {
        let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await?;
        sqlx::query("PRAGMA cipher_log_level = NONE")
            .execute(&mut connection)
            .await?;
        connection.close().await
    });
    silent.await?;
    Ok(())
}

/// Brings a database that was just connected to into its present form; gives from where the change log is to be read.
async fn prepare(connection: &mut SqliteConnection, migrator: &Migrator<'_>) -> Outcome<change_log::Reader> {
    // Nothing is read before this; with a wrong key it is the first statement to fail.
    sqlx::query("SELECT count(*) FROM sqlite_schema")
        .execute(&mut *connection)
        .await
        .map_err(not_opened)?;
    migrator.migrate(connection).await?;
    // First the one, then the other: what others write from now on is noticed.
    let version = written_by_others(connection).await?;
    let mut process = [0_u8; 16];
    getrandom::fill(&mut process).map_err(Problem::internal)?;
    Ok(change_log::Reader {
        process: Uuid::from_bytes(process),
        version,
        sequence: change_log::newest(connection).await?,
    })
}

/// What SQLite says of the first page: that it does not decrypt (26), or that the file ends before the pages that it
/// counts (11).
fn not_opened(error: sqlx::Error) -> Problem {
    let code = error
        .as_database_error()
        .and_then(|database| database.code())
        .and_then(|code| code.parse::<i32>().ok());
    match code.map(|code| code & 0xff) {
        Some(26) => Problem::new(ErrorCode::WorkspaceKeyWrong).caused_by(error),
        Some(11) => Problem::new(ErrorCode::DatabaseCut).caused_by(error),
        _ => error.into(),
    }
}

/// One act: all of it or nothing.
pub struct Transaction {
    writer: OwnedMutexGuard<Writer>,
    /// For the way back of a transaction that is dropped.
    all: Arc<Mutex<Writer>>,
    now: Time,
    changes: BTreeMap<FeatureName, Pending>,
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

/// What is to be told of a feature.
#[derive(Default)]
struct Pending {
    ids: Vec<Uuid>,
    membership: bool,
    many: bool,
}

impl Pending {
    fn into_change(self, feature: FeatureName) -> Change {
        let Self {
            mut ids,
            membership,
            many,
        } = self;
        ids.sort_unstable();
        ids.dedup();
        Change {
            feature,
            ids,
            membership,
            many,
        }
    }
}

impl Transaction {
    /// When this act happens.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The connection, for a feature's store.
    ///
    /// # Panics
    /// Never: a transaction holds the writer, and closing the database waits for it.
    pub fn connection(&mut self) -> &mut SqliteConnection {
        self.writer
            .connection
            .as_mut()
            .expect("a transaction holds an open writer")
    }

    /// Things of a feature have other values.
    pub fn changed(&mut self, feature: FeatureName, ids: impl IntoIterator<Item = Uuid>) {
        let change = self.changes.entry(feature).or_default();
        for id in ids {
            if change.ids.len() >= EVENT_IDS {
                change.many = true;
                break;
            }
            change.ids.push(id);
        }
    }

    /// Things of a feature were added or removed.
    pub fn membership_changed(&mut self, feature: FeatureName, ids: impl IntoIterator<Item = Uuid>) {
        self.changed(feature, ids);
        self.changes.entry(feature).or_default().membership = true;
    }

    /// Makes it last, and tells what changed.
    ///
    /// # Errors
    /// `workspace.disk-full` and other database errors; then nothing has happened.
    pub async fn commit(mut self) -> Outcome<()> {
        let changes: Vec<Change> = std::mem::take(&mut self.changes)
            .into_iter()
            .map(|(feature, pending)| pending.into_change(feature))
            .collect();
        let process = self.writer.reader.process;
        let now = self.now;
        let written = change_log::append(self.connection(), now, process, &changes).await?;
        sqlx::query("COMMIT").execute(self.writer.connection()?).await?;
        self.writer.abandoned = false;
        self.writer.reader.pass(written);
        for change in changes {
            let _ = self.events.send(change.into());
        }
        Ok(())
    }
}
