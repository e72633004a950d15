//! Intake: what the reading of a connection changes in the features below — systems, solutions, alarms, memberships by labels,
//! and the summary that the list of customers shows (CUS-41). It hands itself to the connections when a workspace is opened.

pub mod rules;
mod service;

use crate::connections::outcome::{Intake, IntakeSlot};
use flotilla_kernel::feature::FeatureSpec;

static INTAKE: Intake = Intake {
    judged: |connection, id, result| Box::pin(service::judged(connection, id, result)),
    ended: |transaction, ended| Box::pin(service::ended(transaction, ended)),
    forgotten: |transaction, before| Box::pin(service::forgotten(transaction, before)),
    changed: |workspace, transaction, organization, removed, by| {
        Box::pin(service::changed(
            workspace,
            transaction,
            organization,
            (removed, by),
        ))
    },
};

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    on_open: |workspace| workspace.state::<IntakeSlot>().set(&INTAKE),
    ..FeatureSpec::new("intake")
};
