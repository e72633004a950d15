//! Jobs: what changes many systems, in their maintenance windows, in waves, and again by a rule (chapter 6 of the specification).
//!
//! The engine knows no operation: features hand theirs in ([`operations::Operations`]) and order jobs ([`commands::order`]). One process
//! of a workspace runs the scheduler (`service`); what it does at one instant is one transaction (`turn`). The states of jobs and of
//! their systems, and what may follow on what, are one table (`rules::states`).

pub mod commands;
pub mod list;
pub mod operations;
pub mod rules;
pub mod service;
pub mod store;
#[cfg(test)]
mod tests;
mod turn;
pub mod types;
pub mod views;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{ChangeSpec, Deletion, FeatureSpec, Kept, SeenBy};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use rules::states::TaskEvent;
use sqlx::SqliteConnection;
use store::{Ending, TaskChange, TaskWrite};
use types::*;

flotilla_kernel::commands! {
    query "jobs.index" SignedIn views::index(ListQuery) -> Packed;
    query "jobs.window" SignedIn views::window(WindowArgument) -> Vec<JobRow>;
    query "jobs.job" SignedIn views::job(JobArgument) -> JobView;
    query "jobs.customers" SignedIn views::customers(JobArgument) -> Vec<JobCustomerView>;
    query "jobs.task" SignedIn views::task(JobTaskArgument) -> JobTaskView;
    query "jobs.summary" SignedIn views::summary(Nothing) -> JobSummary;
    query "jobs.preview" SignedIn views::preview(PreviewSchedule) -> Vec<PlannedStart>;
    query "job_tasks.index" SignedIn views::tasks_index(ListQuery) -> Packed;
    query "job_tasks.window" SignedIn views::tasks_window(WindowArgument) -> Vec<JobTaskRow>;
    act "jobs.approve" SignedIn commands::approve(JobIds) -> Vec<JobOutcome>;
    act "jobs.pause" SignedIn commands::pause(JobIds) -> Vec<JobOutcome>;
    act "jobs.resume" SignedIn commands::resume(JobIds) -> Vec<JobOutcome>;
    act "jobs.stop" SignedIn commands::stop(JobIds) -> Vec<JobOutcome>;
    act "jobs.delete" SignedIn commands::delete(JobIds) -> Vec<JobOutcome>;
    act "jobs.go_on" SignedIn commands::go_on(JobArgument) -> Nothing;
    act "jobs.retry" SignedIn commands::retry(JobArgument) -> JobOrdered;
    act "jobs.copy" SignedIn commands::copy(CopyJob) -> JobOrdered;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION, &list::TASKS],
    changes: &[
        ChangeSpec {
            name: CHANGES,
            seen_by: SeenBy::Rows(&list::DEFINITION),
        },
        ChangeSpec {
            name: TASK_CHANGES,
            seen_by: SeenBy::Rows(&list::TASKS),
        },
    ],
    services: &[ServiceSpec {
        name: ServiceName("scheduler"),
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: false,
        shown: None,
    }],
    preferences: &[PreferencePart::of::<JobPreferences>()],
    on_foreign_change: |workspace, change| {
        if change.feature == CHANGES {
            workspace.state::<service::Scheduler>().wake();
        }
    },
    on_preferences: |workspace| workspace.state::<service::Scheduler>().wake(),
    before_delete: |transaction, deletion| Box::pin(let_go(transaction, deletion)),
    keeps: |connection, organizations| Box::pin(keeps(connection, organizations)),
    ..FeatureSpec::new("jobs")
};

/// Organizations with jobs that have not ended.
async fn keeps(connection: &mut SqliteConnection, organizations: &[OrganizationId]) -> Outcome<Kept> {
    let unfinished = store::unfinished_in(connection, organizations).await?;
    let mut kept: Kept = unfinished
        .into_iter()
        .map(|(organization, _)| (organization, ErrorCode::JobStillRunning))
        .collect();
    kept.dedup();
    Ok(kept)
}

/// What jobs that have not ended need stays: packages (REP-08) and organizations. Systems that are no longer managed are left out of
/// every job that has not come to them.
async fn let_go(transaction: &mut Transaction, deletion: &Deletion) -> Outcome<()> {
    let now = transaction.now();
    match deletion {
        Deletion::Packages(packages) => {
            if store::needs(transaction.connection(), packages).await? {
                return Err(ErrorCode::RepositoryInUse.into());
            }
        }
        Deletion::Organizations(organizations) => {
            let unfinished = store::unfinished_in(transaction.connection(), organizations).await?;
            if !unfinished.is_empty() {
                return Err(ErrorCode::JobStillRunning.into());
            }
        }
        Deletion::Systems { ids, .. } => {
            let waiting = store::waiting_of(transaction.connection(), ids).await?;
            let writes: Vec<TaskWrite> = waiting
                .into_iter()
                .map(|id| TaskWrite {
                    id,
                    change: TaskChange::Happens(Ending {
                        problem: Some(Problem::new(ErrorCode::JobTargetRemoved).into_wire()),
                        ..Ending::of(TaskEvent::Skip)
                    }),
                })
                .collect();
            let jobs = store::write(transaction.connection(), now, &writes).await?;
            transaction.changed(TASK_CHANGES, writes.iter().map(|write| write.id.0));
            transaction.changed(CHANGES, jobs.into_iter().map(|job| job.0));
        }
        Deletion::Folder { id, parent } => {
            store::move_folder(transaction.connection(), *id, *parent).await?;
        }
        Deletion::Accounts { .. } => {}
    }
    Ok(())
}
