//! The engine against a world in which everything goes wrong: random orders, faults, crashes and jumps of the clock, beside what must hold
//! of every system and every job whatever happened.

use super::operations::{Ended, OperationSpec, Operations, Task};
use super::rules::states::{JobEvent, job_after};
use super::service::Engine;
use super::store::{self, NewJob, Target};
use super::types::*;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::{Clock, Time, days, hours, minutes, seconds};
use flotilla_kernel::database::{DatabaseKey, enum_value};
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::feature::{Deletion, Features};
use flotilla_kernel::ids::{AccountId, FolderId, JobId, OrganizationId, SystemId};
use flotilla_kernel::rights::Right;
use flotilla_kernel::running::{self, WorkspaceOptions};
use flotilla_kernel::workspace::{KeySource, PasswordCost, Workspace};
use parking_lot::Mutex;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const NOW: Time = Time(1_772_442_000_000);
static FEATURES: Features = Features(&[&super::SPEC]);

/// What goes wrong with a system, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It cannot be reached.
    Silent,
    /// It refuses, before anything is changed.
    Refuses,
    /// The program is killed before anything is written down.
    CrashBefore,
    /// The program is killed when it was written down that something is sent, and nothing was.
    CrashWritten,
    /// The program is killed when it was sent.
    CrashSent,
    /// The answer is lost; what was sent was done.
    LosesAnswer,
    /// The answer is lost, and so is what was sent.
    LosesEverything,
    /// It does not say what came of it when it is asked.
    DoesNotSay,
}

/// The systems as they are, and what goes wrong with them next.
#[derive(Default)]
struct World(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    faults: HashMap<SystemId, Vec<Fault>>,
    /// How often each was changed by each job.
    changed: BTreeMap<(JobId, SystemId), u32>,
    /// Those that stand still until the program is killed.
    stuck: usize,
}

#[derive(Serialize, Deserialize)]
struct Sent {}

static OPERATIONS: &[OperationSpec] = &[OperationSpec {
    name: "change",
    right: Right::OrderJobs,
    steps: &["connect", "send", "prove"],
    per_customer: true,
    upgrades: false,
    confirmed: false,
    minutes: |_| 1,
    run: |task| Box::pin(change(task)),
}];

async fn change(task: Task) -> Ended {
    attempt(&task).await.unwrap_or_else(Ended::Failed)
}

async fn attempt(task: &Task) -> Outcome<Ended> {
    let world = task.workspace.state::<World>();
    let key = (task.ordered.job, task.system);
    let fault = |allowed: &[Fault]| {
        let mut world = world.0.lock();
        let faults = world.faults.entry(task.system).or_default();
        faults.pop_if(|fault| allowed.contains(fault))
    };
    let stuck = async || {
        world.0.lock().stuck += 1;
        std::future::pending::<()>().await;
    };
    let was_changed = || world.0.lock().changed.get(&key).is_some_and(|count| *count > 0);
    if task.checkpoint::<Sent>()?.is_some() {
        // It is asked, whatever it was that came in between.
        return Ok(match fault(&[Fault::DoesNotSay, Fault::Silent]) {
            Some(Fault::Silent) => Ended::PutOff(ErrorCode::DeviceUnreachable.into()),
            Some(_) => Ended::Unknown(ErrorCode::DeviceUnknown.into()),
            None if was_changed() => Ended::Done,
            None => Ended::Failed(ErrorCode::DeviceNotRestarted.into()),
        });
    }
    task.step("connect").await?;
    match fault(&[Fault::Silent, Fault::Refuses, Fault::CrashBefore]) {
        Some(Fault::Silent) => return Ok(Ended::PutOff(ErrorCode::DeviceUnreachable.into())),
        Some(Fault::Refuses) => return Ok(Ended::Failed(ErrorCode::DeviceRefused.into())),
        Some(_) => stuck().await,
        None => {}
    }
    task.step_with("send", &Sent {}).await?;
    let fault = fault(&[
        Fault::CrashWritten,
        Fault::CrashSent,
        Fault::LosesAnswer,
        Fault::LosesEverything,
        Fault::DoesNotSay,
    ]);
    if fault == Some(Fault::CrashWritten) {
        stuck().await;
    }
    if fault != Some(Fault::LosesEverything) {
        *world.0.lock().changed.entry(key).or_default() += 1;
    }
    match fault {
        Some(Fault::CrashSent) => stuck().await,
        Some(_) => return Ok(Ended::Unknown(ErrorCode::DeviceUnknown.into())),
        None => {}
    }
    task.step("prove").await?;
    Ok(Ended::Done)
}

/// A workspace with systems, and a scheduler that can be killed.
struct Site {
    workspace: Workspace,
    engine: Option<Engine>,
    account: AccountId,
    systems: Vec<SystemId>,
    jobs: Vec<JobId>,
    /// What was seen last of each job and system.
    seen: HashMap<JobId, JobState>,
    removed: BTreeSet<SystemId>,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn new(organizations: usize, systems: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = WorkspaceOptions {
            folder: folder.path().to_owned(),
            key: DatabaseKey(Secret::new("ab".repeat(32))),
            key_source: KeySource::Keychain,
            clock: Clock::manual(NOW),
            password_cost: PasswordCost::Test,
            services: false,
            demo: false,
            test_clock: false,
            features: FEATURES,
        };
        let workspace = running::open(options, |_| {}).await.expect("a workspace");
        workspace.state::<Operations>().add(OPERATIONS);
        let account = AccountId::new(NOW);
        let mut ids = Vec::new();
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        sqlx::query(
            "INSERT INTO account (id, login, login_key, role, password_hash, enabled, must_change_password, created_at)
             VALUES (?, 'chief', 'chief', 'administrator', '', 1, 0, 1)",
        )
        .bind(account)
        .execute(transaction.connection())
        .await
        .expect("an account");
        for number in 0..organizations {
            let (organization, root) = (OrganizationId::new(NOW), FolderId::new(NOW));
            sqlx::query(
                "INSERT INTO organization (id, name, name_key, zone, language, created_at) VALUES (?1, ?2, ?2, 'UTC', 'en', 1);
                 INSERT INTO folder (id, organization_id, name, name_key) VALUES (?3, ?1, ?2, ?2)",
            )
            .bind(organization)
            .bind(format!("organization {number}"))
            .bind(root)
            .execute(transaction.connection())
            .await
            .expect("an organization");
            for place in 0..systems {
                let system = SystemId::new(NOW);
                sqlx::query(
                    "INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state)
                     VALUES (?1, ?2, ?3, 'camera', 'alone', ?4, ?4, ?4, '192.0.2.1', 'P3265', ?4, '11.1', '11.1', 'online')",
                )
                .bind(system)
                .bind(organization)
                .bind(root)
                .bind(format!("{number}-{place}"))
                .execute(transaction.connection())
                .await
                .expect("a system");
                ids.push(system);
            }
        }
        transaction.commit().await.expect("committed");
        let mut site = Self {
            workspace,
            engine: None,
            account,
            systems: ids,
            jobs: Vec::new(),
            seen: HashMap::new(),
            removed: BTreeSet::new(),
            _folder: folder,
        };
        site.start();
        site
    }

    /// A scheduler begins, as after a kill.
    fn start(&mut self) {
        self.workspace.state::<World>().0.lock().stuck = 0;
        let (engine, writing) = Engine::new(&self.workspace);
        tokio::spawn(writing);
        self.engine = Some(engine);
    }

    /// Works until nothing is the turn of anybody at this instant, and nothing is worked on but what stands still.
    async fn works(&mut self) {
        loop {
            let engine = self.engine.as_mut().expect("a scheduler");
            engine.turn().await.expect("a turn");
            let stuck = self.workspace.state::<World>().0.lock().stuck;
            if engine.working() <= stuck {
                break;
            }
            // Either one ends, or one more stands still.
            tokio::select! {
                _ = engine.ended() => {}
                () = tokio::time::sleep(std::time::Duration::from_millis(20)) => {}
            }
        }
        self.audit().await;
    }

    async fn order(
        &mut self,
        targets: &[SystemId],
        rollout: &Rollout,
        schedule: JobSchedule,
        start: Time,
    ) -> JobId {
        let waves = super::rules::rollout::waves_of(rollout, &vec![1; targets.len()]);
        let targets: Vec<Target> = targets
            .iter()
            .zip(waves)
            .map(|(system, wave)| Target {
                system: *system,
                wave,
                version_to: String::new(),
                zone: chrono_tz::Tz::UTC,
            })
            .collect();
        let settings = serde_json::json!({});
        let job = NewJob {
            name: "Change",
            operation: "change",
            about: "",
            settings: &settings,
            secret: None,
            schedule: &schedule,
            rollout,
            priority: 500,
            tolerance_minutes: 120,
            state: JobState::Scheduled,
            starts_at: Some(start),
            approval_needed: false,
            account: self.account,
            origin: "desktop",
            series: None,
            retry_of: None,
            packages: &[],
        };
        let mut transaction = self.workspace.database.begin().await.expect("a transaction");
        let now = transaction.now();
        let id = store::insert(transaction.connection(), now, &job, &targets)
            .await
            .expect("stored");
        transaction.commit().await.expect("committed");
        self.jobs.push(id);
        id
    }

    /// A person does something with a job; whether it is done or refused is the table's to say.
    async fn person(&mut self, id: JobId, event: JobEvent) {
        let mut transaction = self.workspace.database.begin().await.expect("a transaction");
        let now = transaction.now();
        let job = store::job(transaction.connection(), id).await.expect("a job");
        let known =
            store::total(&store::waves(transaction.connection(), id).await.expect("waves")).failures();
        let event = match event {
            JobEvent::ResumeToRun if job.started_at.is_none() => JobEvent::ResumeToSchedule,
            other => other,
        };
        if matches!(event, JobEvent::ResumeToRun) {
            store::go_on(transaction.connection(), id, known, true)
                .await
                .expect("stored");
        }
        let happened = store::happens(transaction.connection(), now, id, event, None)
            .await
            .expect("stored");
        assert_eq!(happened, job_after(job.state, event));
        transaction.commit().await.expect("committed");
    }

    async fn remove(&mut self, system: SystemId) {
        self.removed.insert(system);
        let mut transaction = self.workspace.database.begin().await.expect("a transaction");
        let now = transaction.now();
        let deletion = Deletion::Systems {
            ids: vec![system],
            by: None,
        };
        FEATURES
            .before_delete(&mut transaction, &deletion)
            .await
            .expect("let go");
        sqlx::query("UPDATE system SET removed_at = ?, listed = 0 WHERE id = ?")
            .bind(now.0)
            .bind(system)
            .execute(transaction.connection())
            .await
            .expect("removed");
        transaction.commit().await.expect("committed");
    }

    async fn tasks(&self, id: JobId) -> Vec<(SystemId, TaskState, u32)> {
        let mut connection = self.workspace.database.read().await.expect("a reader");
        let rows: Vec<(SystemId, String, u32)> =
            sqlx::query_as("SELECT system_id, state, wave FROM job_task WHERE job_id = ? ORDER BY position")
                .bind(id)
                .fetch_all(&mut *connection)
                .await
                .expect("rows");
        rows.into_iter()
            .map(|(system, state, wave)| (system, enum_value(&state).expect("a state"), wave))
            .collect()
    }

    async fn state(&self, id: JobId) -> JobState {
        let mut connection = self.workspace.database.read().await.expect("a reader");
        store::job(&mut connection, id).await.expect("a job").state
    }

    /// What holds at every moment (JOB-12, JOB-21).
    async fn audit(&mut self) {
        let changed = self.workspace.state::<World>().0.lock().changed.clone();
        for (key, count) in &changed {
            assert!(*count <= 1, "{key:?} was changed {count} times");
        }
        for id in self.jobs.clone() {
            let tasks = self.tasks(id).await;
            let mut counts: BTreeMap<u32, WaveCounts> = BTreeMap::new();
            for (system, state, wave) in &tasks {
                let wave = counts.entry(*wave).or_default();
                *match state {
                    TaskState::Waiting => &mut wave.waiting,
                    TaskState::Running => &mut wave.running,
                    TaskState::Done => &mut wave.done,
                    TaskState::Skipped => &mut wave.skipped,
                    TaskState::Failed => &mut wave.failed,
                    TaskState::Unknown => &mut wave.unknown,
                    TaskState::Stopped => &mut wave.stopped,
                } += 1;
                let was_changed = changed.contains_key(&(id, *system));
                match state {
                    TaskState::Done => assert!(was_changed, "done, and nothing was changed"),
                    TaskState::Waiting | TaskState::Stopped | TaskState::Failed => {
                        assert!(!was_changed, "{state:?}, and it was changed");
                    }
                    // One that was removed before it said what came of it is left out.
                    TaskState::Skipped => assert!(!was_changed || self.removed.contains(system)),
                    TaskState::Running | TaskState::Unknown => {}
                }
            }
            let mut connection = self.workspace.database.read().await.expect("a reader");
            let kept = store::waves(&mut connection, id).await.expect("waves");
            for (number, counts) in &counts {
                let kept = kept[usize::try_from(*number).expect("a number")];
                let kept = WaveCounts {
                    ended_at: None,
                    ..kept
                };
                assert_eq!(kept, *counts, "the numbers of wave {number}");
            }
            let job = store::job(&mut connection, id).await.expect("a job");
            drop(connection);
            let before = self.seen.insert(id, job.state);
            if let Some(before) = before {
                assert!(reachable(before, job.state), "{before:?} became {:?}", job.state);
            }
            let total = store::total(&kept);
            if matches!(
                job.state,
                JobState::Completed | JobState::CompletedWithFailures | JobState::Failed
            ) {
                assert_eq!(
                    total.waiting + total.running + total.unknown,
                    0,
                    "{:?}",
                    job.state
                );
            }
            if job.state == JobState::Completed {
                assert_eq!(total.failed, 0);
            }
        }
    }
}

/// Whether a state can follow on another by any number of events of the table.
fn reachable(from: JobState, to: JobState) -> bool {
    let mut reached = BTreeSet::from([from]);
    loop {
        let more: BTreeSet<JobState> = reached
            .iter()
            .flat_map(|state| JobEvent::ALL.iter().filter_map(|event| job_after(*state, *event)))
            .collect();
        let before = reached.len();
        reached.extend(more);
        if reached.len() == before {
            return reached.contains(&to);
        }
    }
}

/// What happens in a story.
#[derive(Debug, Clone)]
enum Happening {
    /// A job is ordered for these places, with so many in a trial, and after so many minutes.
    Order(Vec<usize>, u32, Option<u32>, i64),
    /// A person does something with one of the jobs.
    Person(usize, JobEvent),
    /// Something goes wrong with a system the next time.
    Fault(usize, Fault),
    /// The program is killed and started again.
    Kill,
    /// The clock jumps.
    Jump(i64),
    /// A system is removed.
    Remove(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    let fault = prop::sample::select(vec![
        Fault::Silent,
        Fault::Refuses,
        Fault::CrashBefore,
        Fault::CrashWritten,
        Fault::CrashSent,
        Fault::LosesAnswer,
        Fault::LosesEverything,
        Fault::DoesNotSay,
    ]);
    let event = prop::sample::select(vec![JobEvent::Pause, JobEvent::ResumeToRun, JobEvent::Stop]);
    prop_oneof![
        2 => (prop::collection::btree_set(0..6_usize, 1..6), 0..4_u32, prop::option::of(1..3_u32), prop::sample::select(vec![0, 0, 30, 300]))
            .prop_map(|(places, trial, most, later)| Happening::Order(places.into_iter().collect(), trial, most, later)),
        3 => (0..4_usize, event).prop_map(|(job, event)| Happening::Person(job, event)),
        4 => (0..6_usize, fault).prop_map(|(system, fault)| Happening::Fault(system, fault)),
        2 => Just(Happening::Kill),
        3 => prop::sample::select(vec![seconds(1), seconds(10), minutes(2), minutes(45), hours(5), days(2)]).prop_map(Happening::Jump),
        1 => (0..6_usize).prop_map(Happening::Remove),
    ]
}

async fn tell(story: Vec<Happening>) {
    let mut site = Site::new(2, 3).await;
    for happening in story {
        match happening {
            Happening::Order(places, trial, most, later) => {
                let targets: Vec<SystemId> = places.iter().map(|place| site.systems[*place]).collect();
                let rollout = Rollout {
                    waves: (trial > 0)
                        .then_some(Wave {
                            size: WaveSize::Systems(trial),
                            // With one in the trial, the rest does not wait for it.
                            proven_percent: if trial == 1 { 0 } else { 100 },
                            soak_minutes: 10,
                        })
                        .into_iter()
                        .collect(),
                    threshold: most.map(|systems| Threshold {
                        systems: Some(systems),
                        percent: None,
                        act: ThresholdAct::Pause,
                    }),
                };
                let start = site.workspace.clock.now().plus(minutes(later));
                let schedule = if later > 0 {
                    JobSchedule::At {
                        local: start.utc().format("%Y-%m-%dT%H:%M").to_string(),
                        zone: Some("UTC".to_owned()),
                    }
                } else {
                    JobSchedule::Now
                };
                site.order(&targets, &rollout, schedule, start).await;
            }
            Happening::Person(job, event) => {
                if let Some(id) = site.jobs.get(job).copied() {
                    site.person(id, event).await;
                }
            }
            Happening::Fault(system, fault) => {
                let world = site.workspace.state::<World>();
                world
                    .0
                    .lock()
                    .faults
                    .entry(site.systems[system])
                    .or_default()
                    .push(fault);
            }
            Happening::Kill => {
                site.engine = None;
                site.start();
            }
            Happening::Jump(milliseconds) => site.workspace.clock.advance(milliseconds),
            Happening::Remove(system) => {
                let system = site.systems[system];
                site.remove(system).await;
            }
        }
        site.works().await;
    }
    finish(&mut site).await;
    running::close(&site.workspace).await;
}

/// In the end nothing goes wrong any more, everybody lets go on, and the clock goes on: every job comes to its end.
async fn finish(site: &mut Site) {
    site.workspace.state::<World>().0.lock().faults.clear();
    site.engine = None;
    site.start();
    for _ in 0..40 {
        site.works().await;
        let mut open = false;
        for id in site.jobs.clone() {
            let state = site.state(id).await;
            open |= !state.has_ended();
            if state == JobState::Paused {
                site.person(id, JobEvent::ResumeToRun).await;
            }
        }
        if !open {
            break;
        }
        site.workspace.clock.advance(minutes(40));
    }
    site.works().await;
    for id in site.jobs.clone() {
        let state = site.state(id).await;
        assert!(state.has_ended(), "a job is {state:?} in the end");
        for (system, state, _) in site.tasks(id).await {
            let missed = site.state(id).await == JobState::Missed;
            assert!(
                missed
                    || !matches!(
                        state,
                        TaskState::Waiting | TaskState::Running | TaskState::Unknown
                    ),
                "{system} is {state:?} in the end"
            );
        }
    }
}

/// JOB-12, JOB-20, JOB-21, JOB-23, JOB-24, JOB-26, REL-01: whatever happens, in whatever order, nothing is done twice, nothing is said that is
/// not so, the numbers agree with the systems, only the table's changes happen, and every job comes to its end.
#[test]
fn whatever_happens() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut runner = TestRunner::new(Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&prop::collection::vec(happening(), 1..24), |story| {
        runtime.block_on(tell(story));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// JOB-22: no more of a customer at once than the preference says, and no more in all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_many_at_once() {
    let mut site = Site::new(3, 4).await;
    let systems = site.systems.clone();
    {
        let world = site.workspace.state::<World>();
        let mut world = world.0.lock();
        for system in &systems {
            world.faults.insert(*system, vec![Fault::CrashSent]);
        }
    }
    let id = site
        .order(&systems, &Rollout::default(), JobSchedule::Now, NOW)
        .await;
    site.works().await;
    let running = |tasks: &[(SystemId, TaskState, u32)]| {
        tasks
            .iter()
            .filter(|(_, state, _)| *state == TaskState::Running)
            .count()
    };
    // Two of each of three customers.
    assert_eq!(running(&site.tasks(id).await), 6);
    // A second job of the same customers waits, and of other systems too: they count for the customer.
    let other = site
        .order(&systems, &Rollout::default(), JobSchedule::Now, NOW)
        .await;
    site.works().await;
    assert_eq!(running(&site.tasks(other).await), 0);
    // Killed: each is asked, and none is changed again.
    site.engine = None;
    site.start();
    finish(&mut site).await;
    assert_eq!(site.state(id).await, JobState::Completed);
    running::close(&site.workspace).await;
}
