//! Operations, carried out step by step; each step takes as long as the pace says.
use super::files::{Content, StoredFile, time};
use super::keeper::{Keeper, random_id};
use super::operation::{Operation, State};
use super::plan::{Plan, PlannedSystem, Work};
use super::problem::Problem;
use crate::MARK;
use crate::clock;
use crate::fault::Fault;
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::Arc;

/// An operation that runs.
struct Run {
    keeper: Arc<Keeper>,
    id: String,
    systems: Vec<PlannedSystem>,
}

/// It has been cancelled, or the fleet stops: nothing more is to be done.
struct Ended;

/// Carries it out.
pub(super) async fn run(keeper: Arc<Keeper>, id: String, plan: Plan) {
    let run = Run {
        keeper,
        id,
        systems: plan.systems,
    };
    // What has ended before its end says so itself.
    let _ended = match plan.work {
        Work::Upgrade { version } => run.upgrade(&version).await,
        Work::Components(components) => run.upgrade_components(&components).await,
        Work::Profile(profile) => run.upgrade_profile(&profile).await,
        Work::BackUp => run.back_up().await,
        Work::Restore { backup } => run.restore(&backup).await,
        Work::Customization => run.at_all(&["copying"]).await,
        Work::Logs(which) => run.collect_logs(&which).await,
        Work::Server { version } => run.upgrade_server(&version).await,
    };
}

impl Run {
    fn change(&self, change: impl FnOnce(&mut Operation)) -> Result<(), Ended> {
        if self.keeper.change(&self.id, change) {
            Ok(())
        } else {
            Err(Ended)
        }
    }

    async fn pause(&self) -> Result<(), Ended> {
        if self.keeper.pause().await {
            Ok(())
        } else {
            Err(Ended)
        }
    }

    /// At one system: a step begins, and takes its time.
    async fn step(&self, index: usize, step: &'static str, percent: u8) -> Result<(), Ended> {
        let Some(system) = self.systems.get(index) else {
            return Err(Ended);
        };
        let all = self.systems.len().max(1);
        self.change(|operation| {
            operation.state = State::Running;
            operation.step = step;
            operation.percent = u8::try_from((index * 100 + usize::from(percent)) / all).unwrap_or(99);
            operation.message = format!("{}: {step}.", system.name);
            // Nothing that has begun at a system is cut.
            operation.cancellable = step == "checking";
            if let Some(one) = operation.systems.get_mut(index) {
                one.state = State::Running;
                one.step = step;
                one.percent = percent;
            }
        })?;
        self.pause().await
    }

    /// A system has ended, well or otherwise.
    fn end_system(&self, index: usize, problem: Option<Value>) -> Result<(), Ended> {
        let id = self.systems.get(index).map(|system| system.id.as_str());
        let now = id.and_then(|id| self.keeper.site.system(id));
        self.change(|operation| {
            let Some(one) = operation.systems.get_mut(index) else {
                return;
            };
            if let Some(now) = now {
                one.version = now.version;
            }
            one.state = if problem.is_some() {
                State::Failed
            } else {
                State::Done
            };
            if problem.is_none() {
                one.step = "finished";
                one.percent = 100;
            }
            one.problem = problem;
        })
    }

    /// The operation ends: failed where anything failed.
    fn finish(&self, file: Option<String>) -> Result<(), Ended> {
        self.change(|operation| {
            operation.cancel_rest();
            let failed = operation.systems.iter().find(|one| one.state == State::Failed);
            operation.problem = failed.and_then(|one| one.problem.clone());
            operation.state = if failed.is_some() {
                State::Failed
            } else {
                State::Done
            };
            operation.step = "finished";
            operation.percent = 100;
            operation.message = if failed.is_some() {
                "Something failed.".to_string()
            } else {
                "Everything is done.".to_string()
            };
            operation.cancellable = false;
            operation.file = file;
        })
    }

    /// What goes wrong at this system.
    fn happens(&self, fault: impl Fn(u32) -> Fault, system: &PlannedSystem) -> bool {
        self.keeper.station.faults.happens(fault(system.place))
    }

    /// One system after the other. Where the primary fails, the others are left alone: they must not run a higher version than it.
    async fn upgrade(&self, version: &str) -> Result<(), Ended> {
        for (index, system) in self.systems.iter().enumerate() {
            for (step, percent) in [("checking", 0), ("distributing", 20), ("installing", 40)] {
                self.step(index, step, percent).await?;
            }
            let problem = self.install(index, system, version).await?;
            let failed = problem.is_some();
            self.end_system(index, problem)?;
            if failed && system.is_primary {
                break;
            }
        }
        self.finish(None)
    }

    /// Installs, restarts, and looks what came of it.
    async fn install(
        &self,
        index: usize,
        system: &PlannedSystem,
        version: &str,
    ) -> Result<Option<Value>, Ended> {
        if self.happens(|system| Fault::OperationFailsAt { system }, system) {
            return Ok(Some(
                Problem::OperationFailed.details("The installation broke off."),
            ));
        }
        if !self.happens(|system| Fault::VersionStaysAt { system }, system) {
            self.keeper.site.set_version(&system.id, version);
        }
        let lost = self.happens(|system| Fault::SystemLostAt { system }, system);
        let away = (!lost).then(|| self.keeper.pace().step);
        self.keeper.site.restart(&system.id, away);
        self.step(index, "restarting", 80).await?;
        if lost {
            return Ok(Some(Problem::SystemLost.details("Nothing is heard of it.")));
        }
        self.step(index, "verifying", 95).await?;
        Ok(None)
    }

    async fn upgrade_components(&self, components: &[(String, String)]) -> Result<(), Ended> {
        let mut failed = false;
        for (index, system) in self.systems.iter().enumerate() {
            for (step, percent) in [("checking", 0), ("installing", 50)] {
                self.step(index, step, percent).await?;
            }
            let fails = self.happens(|system| Fault::OperationFailsAt { system }, system);
            failed |= fails;
            let problem = fails.then(|| Problem::OperationFailed.details("A component was not installed."));
            self.end_system(index, problem)?;
        }
        // A component has one version in all of a solution.
        if !failed {
            for (name, version) in components {
                self.keeper.site.set_component(name, version);
            }
        }
        self.finish(None)
    }

    async fn upgrade_profile(&self, profile: &str) -> Result<(), Ended> {
        self.step(0, "checking", 0).await?;
        self.step(0, "installing", 50).await?;
        let problem = self.failure_of_first();
        if problem.is_none() {
            self.keeper.site.set_profile(profile);
        }
        self.end_system(0, problem)?;
        self.finish(None)
    }

    fn failure_of_first(&self) -> Option<Value> {
        let system = self.systems.first()?;
        self.happens(|system| Fault::OperationFailsAt { system }, system)
            .then(|| Problem::OperationFailed.details("The system did not do it."))
    }

    /// The same steps at every system.
    async fn at_all(&self, steps: &[&'static str]) -> Result<(), Ended> {
        for (index, system) in self.systems.iter().enumerate() {
            for &step in steps {
                self.step(index, step, 30).await?;
            }
            let fails = self.happens(|system| Fault::OperationFailsAt { system }, system);
            let problem = fails.then(|| Problem::OperationFailed.details("The system did not do it."));
            self.end_system(index, problem)?;
        }
        self.finish(None)
    }

    async fn back_up(&self) -> Result<(), Ended> {
        self.step(0, "checking", 0).await?;
        self.step(0, "saving", 30).await?;
        let problem = self.failure_of_first();
        let failed = problem.is_some();
        self.end_system(0, problem)?;
        if failed {
            return self.finish(None);
        }
        let content = json!({"product": MARK, "serial_number": self.keeper.site.serial_number(),
            "profile": self.keeper.site.profile(), "version": self.version(), "made_at": time(clock::now())});
        self.finish_with(Content::Backup, "backup.json", content.to_string())
    }

    async fn restore(&self, backup: &str) -> Result<(), Ended> {
        self.step(0, "checking", 0).await?;
        self.step(0, "restoring", 30).await?;
        let bytes = {
            let store = self.keeper.store.lock();
            store.files.get(backup).map(|file| file.bytes.clone()).ok()
        };
        let content: Option<Value> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let own = self.keeper.site.serial_number();
        let fits = content.is_some_and(|content| content["serial_number"] == own);
        let problem = if fits {
            self.failure_of_first()
        } else {
            Some(Problem::OperationFailed.details("The backup is not of this system."))
        };
        if let (None, Some(system)) = (&problem, self.systems.first()) {
            let away = self.keeper.pace().step;
            self.keeper.site.restart(&system.id, Some(away));
            self.step(0, "restarting", 80).await?;
        }
        self.end_system(0, problem)?;
        self.finish(None)
    }

    async fn collect_logs(&self, which: &str) -> Result<(), Ended> {
        let mut text = format!("{MARK}: {which}\n");
        for (index, system) in self.systems.iter().enumerate() {
            self.step(index, "collecting", 30).await?;
            let fails = self.happens(|system| Fault::OperationFailsAt { system }, system);
            let problem = fails.then(|| Problem::OperationFailed.details("There are no logs to be had."));
            if problem.is_none() {
                text.push_str(&format!(
                    "{} {} {}\n",
                    time(clock::now()),
                    system.name,
                    system.version
                ));
            }
            self.end_system(index, problem)?;
        }
        self.finish_with(Content::Logs, "logs.txt", text)
    }

    fn version(&self) -> String {
        let first = self.systems.first();
        first.map(|system| system.version.clone()).unwrap_or_default()
    }

    /// Keeps a file, and ends with it.
    fn finish_with(&self, content: Content, name: &str, text: String) -> Result<(), Ended> {
        let id = random_id().map_err(|_| Ended)?;
        let file = StoredFile::new(
            id.clone(),
            content,
            name.to_string(),
            Bytes::from(text),
            self.version(),
            clock::now(),
        );
        self.keeper.store.lock().files.keep(file);
        self.finish(Some(id))
    }

    /// GWY-05: nothing is done before the server asks.
    async fn upgrade_server(&self, version: &str) -> Result<(), Ended> {
        if !self.keeper.polled().await {
            return Err(Ended);
        }
        let Some(system) = self.systems.first() else {
            return Err(Ended);
        };
        for (step, percent) in [("downloading", 10), ("installing", 50)] {
            self.step(0, step, percent).await?;
        }
        let problem = self.install(0, system, version).await?;
        self.end_system(0, problem)?;
        self.finish(None)
    }
}
