//! An operation while it runs and afterwards (GWY-02).
use super::files::time;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Where an operation, or a system in it, has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether something is still to come.
    pub(super) fn is_active(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// One system in an operation.
#[derive(Debug, Clone)]
pub(super) struct SystemOperation {
    pub(super) system: String,
    pub(super) state: State,
    pub(super) step: &'static str,
    pub(super) percent: u8,
    pub(super) version: String,
    pub(super) problem: Option<Value>,
}

/// One operation.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) state: State,
    pub(super) step: &'static str,
    pub(super) percent: u8,
    pub(super) message: String,
    pub(super) cancellable: bool,
    pub(super) systems: Vec<SystemOperation>,
    /// What came of it.
    pub(super) file: Option<String>,
    pub(super) problem: Option<Value>,
    pub(super) started_at: DateTime<Utc>,
    pub(super) changed_at: DateTime<Utc>,
    pub(super) revision: u64,
}

impl Operation {
    /// One that waits, on these systems with their versions.
    pub(super) fn new(
        id: String,
        kind: &'static str,
        systems: impl Iterator<Item = (String, String)>,
        now: DateTime<Utc>,
    ) -> Self {
        let systems = systems.map(|(system, version)| SystemOperation {
            system,
            state: State::Waiting,
            step: "waiting",
            percent: 0,
            version,
            problem: None,
        });
        Self {
            id,
            kind,
            state: State::Waiting,
            step: "waiting",
            percent: 0,
            message: "The operation waits.".to_string(),
            cancellable: true,
            systems: systems.collect(),
            file: None,
            problem: None,
            started_at: now,
            changed_at: now,
            revision: 1,
        }
    }

    pub(super) fn tag(&self) -> String {
        format!("\"{}-{}\"", self.id, self.revision)
    }

    /// Ends what has not begun at any system.
    pub(super) fn cancel_rest(&mut self) {
        for system in &mut self.systems {
            if system.state.is_active() {
                system.state = State::Cancelled;
            }
        }
    }

    pub(super) fn value(&self) -> Value {
        let systems: Vec<Value> = self
            .systems
            .iter()
            .map(|one| {
                json!({"system": one.system, "state": one.state.as_str(), "step": one.step, "percent": one.percent,
                    "version": one.version, "problem": one.problem})
            })
            .collect();
        json!({
            "id": self.id, "kind": self.kind, "state": self.state.as_str(), "step": self.step, "percent": self.percent,
            "message": self.message, "cancellable": self.cancellable, "systems": systems, "result": {"file": self.file},
            "problem": self.problem, "started_at": time(self.started_at), "changed_at": time(self.changed_at),
        })
    }
}
