//! What has been done to the database since its first version, and how an older one is brought to the present (REL-02).
//!
//! A migration runs with foreign keys off: only then can a table be rebuilt (made anew, filled, dropped, renamed)
//! without its rows being deleted in the tables that refer to it. Instead, all references are checked before the commit.
//! All missing migrations are one transaction, and what was there before it is kept beside the database (ADM-28).

mod order_keys;
mod search_keys;

use super::backup::back_up;
use super::errors::concerns_row;
use super::file::{DatabaseKey, version, written_by_others};
use crate::clock::Clock;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::transfer::unwritable;
use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, Row as _};
use std::path::Path;

/// A step of a migration. A new file begins each table with a line `-- owner: feature`, followed by `; readable` where
/// other features may join it.
#[derive(Clone, Copy)]
pub enum Step {
    /// The text of a file in `migrations/`.
    Sql(&'static str),
    /// What SQL cannot do, such as folding a text.
    Rust(for<'c> fn(&'c mut SqliteConnection) -> BoxFuture<'c, Outcome<()>>),
}

/// The migrations; the index is the version it leads to, less one. One that has landed is never changed.
pub const MIGRATIONS: &[&[Step]] = &[
    &[Step::Sql(include_str!("migrations/0001_first.sql"))],
    &[Step::Sql(include_str!("migrations/0002_lists.sql"))],
    &[Step::Sql(include_str!("migrations/0003_connections.sql"))],
    &[Step::Sql(include_str!("migrations/0004_change_log.sql"))],
    &[Step::Sql(include_str!("migrations/0005_connections.sql"))],
    &[
        Step::Sql(include_str!("migrations/0006_sign_in_and_search.sql")),
        Step::Rust(|connection| Box::pin(search_keys::fold_anew(connection))),
    ],
    &[
        Step::Sql(include_str!("migrations/0007_order.sql")),
        Step::Rust(|connection| Box::pin(order_keys::write(connection))),
    ],
    &[Step::Sql(include_str!("migrations/0008_order_indexes.sql"))],
    &[Step::Sql(include_str!("migrations/0009_import_mapping.sql"))],
    &[Step::Sql(include_str!("migrations/0010_organizations.sql"))],
    &[Step::Sql(include_str!("migrations/0011_licensing.sql"))],
    &[Step::Sql(include_str!("migrations/0012_licence_issuers.sql"))],
    &[Step::Sql(include_str!("migrations/0013_offline.sql"))],
    &[Step::Sql(include_str!("migrations/0014_licence_notices.sql"))],
    &[Step::Sql(include_str!("migrations/0015_append_only.sql"))],
    &[Step::Sql(include_str!("migrations/0016_repository.sql"))],
    &[Step::Sql(include_str!("migrations/0017_devices.sql"))],
    &[Step::Sql(include_str!("migrations/0018_alarms_of_devices.sql"))],
    &[Step::Sql(include_str!("migrations/0019_video_servers.sql"))],
    &[Step::Sql(include_str!("migrations/0020_device_lists.sql"))],
    &[Step::Sql(include_str!("migrations/0021_jobs.sql"))],
];

/// How far a migration is, in steps: the backup, each step, and the check at the end are one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MigrationProgress {
    /// Steps that are done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
}

/// What a migration is made from, and whom it tells how far it is.
pub(super) struct Migrator<'m> {
    pub path: &'m Path,
    pub key: &'m DatabaseKey,
    pub clock: &'m Clock,
    /// All there are, from the first version on.
    pub migrations: &'m [&'m [Step]],
    pub progress: &'m (dyn Fn(MigrationProgress) + Send + Sync),
}

impl Migrator<'_> {
    /// Brings the database to the present version (REL-02), with a backup of what it was before (ADM-28). One process
    /// does so at a time; the others wait for it.
    ///
    /// # Errors
    /// `workspace.too-new` when a newer program has written it; `workspace.migration-failed` when what is in it does not
    /// fit, and errors of the backup. Then it is as it was, and this connection is not to be used any more.
    pub async fn migrate(&self, connection: &mut SqliteConnection) -> Outcome<()> {
        let newest = self.newest();
        let present = version(connection).await?;
        if present > newest {
            return Err(Problem::new(ErrorCode::WorkspaceTooNew)
                .with("database", present)
                .with("program", newest));
        }
        if present == newest {
            return Ok(());
        }
        let lock = self.path.with_extension("migration.lock");
        let lock = tokio::task::spawn_blocking(move || {
            let lock = crate::files::private_file_kept(&lock)?;
            lock.lock().map(|()| lock)
        })
        .await
        .map_err(Problem::internal)?
        .map_err(unwritable)?;
        // Within a transaction this would do nothing.
        set_foreign_keys(connection, false).await?;
        let migrated = self.migrate_alone(connection).await;
        drop(lock);
        migrated?;
        set_foreign_keys(connection, true).await
    }

    fn newest(&self) -> i64 {
        i64::try_from(self.migrations.len()).unwrap_or(i64::MAX)
    }

    /// As [`Migrator::migrate`], while no other process of this version does so.
    async fn migrate_alone(&self, connection: &mut SqliteConnection) -> Outcome<()> {
        loop {
            let present = version(connection).await?;
            let written = written_by_others(connection).await?;
            if present == self.newest() {
                return Ok(());
            }
            let missing = &self.migrations[usize::try_from(present).unwrap_or(0)..];
            let mut progress = self.started(missing, present);
            if present > 0 {
                let clock = self.clock;
                back_up(
                    connection,
                    self.path,
                    self.key,
                    (present, self.newest()),
                    clock.now(),
                )
                .await?;
            }
            progress();
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            if written_by_others(&mut transaction).await? != written {
                // An older program is still at it; what it wrote belongs into the backup, too.
                transaction.rollback().await?;
                continue;
            }
            for (migration, number) in missing.iter().zip(present + 1..) {
                let run = async {
                    for step in *migration {
                        step.run(&mut transaction).await?;
                        progress();
                    }
                    check_references(&mut transaction).await
                };
                run.await.map_err(|problem| failed(problem, number))?;
            }
            let version = AssertSqlSafe(format!("PRAGMA user_version = {}", self.newest()));
            sqlx::raw_sql(version).execute(&mut *transaction).await?;
            progress();
            transaction.commit().await?;
            return Ok(());
        }
    }

    /// Tells that it begins; gives what tells that one more step is done. A new database is made at once.
    fn started(&self, missing: &[&[Step]], present: i64) -> impl FnMut() + Send {
        let total = missing.iter().map(|steps| steps.len()).sum::<usize>() + 2;
        let tell = self.progress;
        let tell = move |done| {
            if present > 0 {
                tell(MigrationProgress { done, total });
            }
        };
        let mut done = 0;
        tell(done);
        move || {
            done += 1;
            tell(done);
        }
    }
}

impl Step {
    async fn run(self, connection: &mut SqliteConnection) -> Outcome<()> {
        match self {
            Self::Sql(text) => {
                sqlx::raw_sql(text).execute(connection).await?;
                Ok(())
            }
            Self::Rust(step) => step(connection).await,
        }
    }
}

/// What is in the database does not fit the migration; a full disk and the like keep their own words.
fn failed(problem: Problem, number: i64) -> Problem {
    if !concerns_row(&problem) {
        return problem;
    }
    Problem {
        source: problem.source,
        ..Problem::new(ErrorCode::MigrationFailed).with("number", number)
    }
}

/// Every reference must lead to a row.
///
/// # Errors
/// The first tables with one that does not.
async fn check_references(connection: &mut SqliteConnection) -> Outcome<()> {
    let broken = sqlx::query("PRAGMA foreign_key_check")
        .try_map(|row: SqliteRow| {
            let (table, parent): (String, String) = (row.try_get("table")?, row.try_get("parent")?);
            Ok(format!("{table} to {parent}"))
        })
        .fetch_all(connection)
        .await?;
    match broken.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Problem::internal(format!(
            "{} references lead nowhere; the first is from {first}",
            broken.len()
        ))),
    }
}

/// # Errors
/// Database errors, also when SQLite did not follow: it does not within a transaction.
async fn set_foreign_keys(connection: &mut SqliteConnection, on: bool) -> Outcome<()> {
    let pragma = if on {
        "PRAGMA foreign_keys = ON"
    } else {
        "PRAGMA foreign_keys = OFF"
    };
    sqlx::query(pragma).execute(&mut *connection).await?;
    let set: bool = sqlx::query_scalar("PRAGMA foreign_keys")
        .fetch_one(connection)
        .await?;
    if set == on {
        Ok(())
    } else {
        Err(Problem::internal("foreign keys cannot be set here"))
    }
}
