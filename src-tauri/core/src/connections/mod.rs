//! Connections: the ways by which systems are reached, and the poller that keeps what is read by them current (CUS-10 to
//! CUS-16, CUS-40, CUS-41, DEV-03, DEV-11).
//!
//! All contact, trust, back-off and polling is here, whatever is reached. What a reading means for systems, alarms and customers
//! is theirs: `intake` hands itself in ([`outcome::Intake`]).

pub mod accept;
pub mod commands;
mod monitoring;
pub mod otherwise;
pub mod outcome;
mod plan;
mod preferences;
pub mod probe;
mod readers;
mod reading;
pub mod refresh;
pub mod rules;
pub mod service;
pub mod store;
pub mod tries;
pub mod types;

use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy, SubjectChange};
use flotilla_kernel::ids::ConnectionId;
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceSpec, ShownService};
use types::*;

flotilla_kernel::commands! {
    query "connections.of" In(See) commands::of(ConnectionsOf) -> Vec<ConnectionView>;
    act "connections.test" In(ManageSystems) commands::test(TestConnection) -> TestResult;
    act "connections.save" In(ManageSystems) commands::save(SaveConnection) -> ConnectionView;
    query "connections.plan_removal" In(ManageSystems) commands::plan_removal(ConnectionsArgument) -> RemovalPlan;
    act "connections.remove" Each(ManageSystems) commands::remove(ConnectionsArgument) -> Vec<ConnectionOutcome>;
    act "connections.refresh" Each(See) refresh::refresh(ConnectionsArgument) -> Vec<ConnectionOutcome>;
    act "connections.monitor" Each(HandleAlarms) monitoring::monitor(MonitorConnections) -> Vec<MonitoringOutcome>;
    act "connections.accept_certificate" In(ManageSystems) accept::accept_certificate(AcceptCertificate) -> TestResult;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    changes: &[ChangeSpec {
        name: CHANGES,
        // Which connections an operator sees depends on their systems; they are asked for by organization.
        seen_by: SeenBy::Connections,
    }],
    services: &[ServiceSpec {
        name: service::NAME,
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: false,
        shown: Some(ShownService {
            report: service::report,
            restart: service::restart,
            logs: &[
                "flotilla_core::connections",
                "flotilla_core::intake",
                "flotilla_connectors",
            ],
        }),
    }],
    preferences: &[PreferencePart::of::<ConnectionPreferences>()],
    work: &[REFRESH, REMOVAL, MONITORING],
    on_preferences: |workspace| workspace.state::<service::Poller>().wake(),
    on_foreign_change: |workspace, change| {
        let poller = workspace.state::<service::Poller>();
        if change.feature == CHANGES && change.many {
            poller.wake();
        } else if change.feature == CHANGES {
            poller.look_at(change.ids.iter().copied().map(ConnectionId));
        }
    },
    on_change: |transaction, change| Box::pin(follow(transaction, change)),
    after_change: |workspace, change| {
        if let SubjectChange::Archived(_) = change {
            workspace.state::<service::Poller>().wake();
        }
    },
    on_close: |workspace| Box::pin(async move { workspace.state::<probe::Dialers>().shut_down().await }),
    ..FeatureSpec::new("connections")
};

/// Connections of archived organizations are not polled, those of restored ones are again; another process may be the one that polls.
async fn follow(transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
    if let SubjectChange::Archived(organizations) = change {
        let ids = store::of_organizations(transaction.connection(), organizations).await?;
        transaction.membership_changed(CHANGES, ids.into_iter().map(|(_, id)| id.0));
    }
    Ok(())
}
