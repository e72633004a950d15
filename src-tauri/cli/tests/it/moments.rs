//! When a process is killed: at something it is seen to have done, and a seeded random while after that.

use flotilla_simulator::Counters;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::time::Duration;
use tokio::process::Child;

/// How often the fleet's counters are looked at: what is awaited happens in another process.
const LOOK: Duration = Duration::from_millis(1);
/// A process that has not come so far by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many times a test kills.
pub fn kills() -> usize {
    std::env::var("FLOTILLA_KILLS").map_or(12, |number| number.parse().expect("a number"))
}

/// What is random about a test. Its seed is printed, so that a failure can be seen again: `FLOTILLA_SEED=…`.
pub struct Moments(StdRng);

impl Moments {
    /// Of a test; `salt` tells the tests of one run apart.
    pub fn new(salt: u64) -> Self {
        let seed: u64 = std::env::var("FLOTILLA_SEED")
            .map_or_else(|_| rand::rng().random(), |text| text.parse().expect("a number"));
        println!("FLOTILLA_SEED={seed}");
        Self(StdRng::seed_from_u64(seed ^ salt))
    }

    /// Any duration up to this one.
    pub fn up_to(&mut self, longest: Duration) -> Duration {
        longest.mul_f64(self.0.random())
    }

    /// A number from 1 to `last`.
    pub fn number(&mut self, last: usize) -> u64 {
        self.0.random_range(1..=last as u64)
    }

    /// One or the other.
    pub fn either(&mut self) -> bool {
        self.0.random()
    }
}

/// What a process is seen to do, counted from its start.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// It has been started; nothing more.
    Started,
    /// It has opened so many connections.
    Connections(u64),
    /// It has signed in so many times.
    SignIns(u64),
    /// It has signed out so many times.
    SignOuts(u64),
}

impl Deed {
    /// Whether it has been seen.
    pub fn seen(self, before: Counters, now: Counters) -> bool {
        match self {
            Self::Started => true,
            Self::Connections(number) => now.connections - before.connections >= number,
            Self::SignIns(number) => now.sign_ins - before.sign_ins >= number,
            Self::SignOuts(number) => now.sign_outs - before.sign_outs >= number,
        }
    }
}

/// Kills the process a while after `seen` says so. False when it came to its end before that.
///
/// # Panics
/// When neither happens.
pub async fn kill_when(child: &mut Child, mut seen: impl FnMut() -> bool, later: Duration) -> bool {
    let moment = async {
        let mut look = tokio::time::interval(LOOK);
        while !seen() {
            look.tick().await;
        }
        tokio::time::sleep(later).await;
    };
    tokio::select! {
        ended = child.wait() => {
            ended.expect("its end");
            false
        }
        reached = tokio::time::timeout(PATIENCE, moment) => {
            reached.expect("the process comes so far");
            // It may end in this very moment; then it was not killed.
            let _ = child.start_kill();
            !child.wait().await.expect("its end").success()
        }
    }
}
