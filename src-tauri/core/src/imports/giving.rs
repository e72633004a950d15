//! First accounts of factory-new devices (DEV-02, VPX-02): each is given the user name and the password of its row, over the certificate
//! that it showed when it was tested, and is then read like any other.

use crate::connections::probe::{self, ProbeResult, Target};
use crate::connections::tries::By;
use crate::connections::types::ConnectivityStatus;
use crate::devices::adding::give_first_account;
use flotilla_kernel::error::{FieldProblem, Problem};
use flotilla_kernel::workspace::Workspace;

/// What a contact with a row's system came to.
pub struct Met {
    /// What it read, and what it met.
    pub tested: ProbeResult,
    /// Why the device was not given its first account.
    pub problem: Option<FieldProblem>,
}

impl From<ProbeResult> for Met {
    fn from(tested: ProbeResult) -> Self {
        let problem = None;
        Self { tested, problem }
    }
}

/// Gives a device its first account and reads it. That it still waits for one is seen first: what has an account by now is only read.
pub async fn with_first_account(workspace: &Workspace, target: &Target) -> Met {
    let before = probe::probe(workspace, target, By::Person).await;
    if before.status != ConnectivityStatus::NeedsSetup {
        return before.into();
    }
    match give_first_account(workspace, target).await {
        Ok(()) => probe::probe(workspace, target, By::Person).await.into(),
        Err(problem) => Met {
            tested: before,
            problem: Some(said(problem)),
        },
    }
}

/// A refusal as it is kept with its row.
fn said(problem: Problem) -> FieldProblem {
    let problem = problem.into_wire();
    FieldProblem {
        field: "row".to_owned(),
        code: problem.code,
        params: problem.params,
    }
}
