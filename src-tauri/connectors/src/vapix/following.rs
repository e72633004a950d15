//! A device that restarts, followed until it is back (VPX-07, VPX-13): away, back, another boot id.
use super::client::Client;
use super::reading::{Failure, Readiness};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Two readings of when a device started may differ by so much, because one of them was on its way.
const TOLERANCE: Duration = Duration::from_secs(3);

/// What a device said before it was asked to restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Which start it was. Absent in version 1.2 of the interface.
    pub boot_id: Option<String>,
    /// How long it had run.
    pub uptime: Option<Duration>,
    /// Whether it waited for its first account.
    pub needs_setup: bool,
}

impl Before {
    /// From what it said.
    pub fn of(readiness: &Readiness) -> Self {
        Self {
            boot_id: readiness.boot_id.clone(),
            uptime: readiness.uptime,
            needs_setup: readiness.needs_setup,
        }
    }

    /// Where it said nothing, only going away and coming back shows a restart.
    pub fn unknown() -> Self {
        Self {
            boot_id: None,
            uptime: None,
            needs_setup: false,
        }
    }
}

/// How long and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From asking for the restart on.
    pub limit: Duration,
    /// Between an answer and the next question.
    pub interval: Duration,
}

impl Default for Patience {
    /// VPX-13
    fn default() -> Self {
        Self {
            limit: Duration::from_secs(15 * 60),
            interval: Duration::from_secs(5),
        }
    }
}

/// What was seen when a device was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// It said this.
    Answered(Readiness),
    /// It answers, and says nothing but that it waits for its first account (VPX-02).
    OnlySetup,
    /// It answers, and nothing that could be understood: it is starting, or something else is at its address meanwhile.
    Unclear,
    /// Nothing answers.
    Silent,
}

/// How far a restart is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It has not gone away yet.
    StillThere,
    /// It is away.
    Away,
    /// It answers, and is not ready yet.
    Starting,
    /// It is back.
    Back(Returned),
}

/// A device that is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// It waits for its first account.
    pub needs_setup: bool,
    /// Which start it is, where the device says so.
    pub boot_id: Option<String>,
}

/// Why following ended without the device being back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// Within the limit it never went away: it did not restart.
    #[error("the device did not restart")]
    DidNotRestart,
    /// It went away, and was not back, or not ready, within the limit.
    #[error("the device is not back in time")]
    NotBack,
    /// Somebody ended it. The device goes on with what it was asked.
    #[error("following was cancelled")]
    Cancelled,
    /// What answers cannot be spoken to: most often another certificate (CRT-11).
    #[error(transparent)]
    Failed(Failure),
}

/// Decides from what is seen, and when, whether a device is back. Pure; time is passed in.
#[derive(Debug, Clone)]
pub struct Following {
    before: Before,
    was_away: bool,
}

impl Following {
    /// Begins when the device is asked to restart.
    pub fn new(before: Before) -> Self {
        Self {
            before,
            was_away: false,
        }
    }

    /// What was seen so long after it was asked.
    pub fn observe(&mut self, observation: Observation, elapsed: Duration) -> Progress {
        let readiness = match observation {
            Observation::Silent => {
                self.was_away = true;
                return Progress::Away;
            }
            Observation::Unclear => return self.not_ready(),
            Observation::OnlySetup if self.was_away || !self.before.needs_setup => {
                return Progress::Back(Returned {
                    needs_setup: true,
                    boot_id: None,
                });
            }
            Observation::OnlySetup => return Progress::StillThere,
            Observation::Answered(readiness) => readiness,
        };
        if !self.is_another_start(&readiness, elapsed) {
            return Progress::StillThere;
        }
        self.was_away = true;
        if !readiness.ready {
            return Progress::Starting;
        }
        Progress::Back(Returned {
            needs_setup: readiness.needs_setup,
            boot_id: readiness.boot_id,
        })
    }

    /// Why it is not back, once the limit is over.
    pub fn too_late(&self) -> FollowError {
        if self.was_away {
            FollowError::NotBack
        } else {
            FollowError::DidNotRestart
        }
    }

    fn not_ready(&self) -> Progress {
        if self.was_away {
            Progress::Starting
        } else {
            Progress::StillThere
        }
    }

    fn is_another_start(&self, now: &Readiness, elapsed: Duration) -> bool {
        // Where both say which start it was, nothing else counts: a network that was away is no restart.
        if let (Some(before), Some(now)) = (&self.before.boot_id, &now.boot_id) {
            return before != now;
        }
        if let (Some(before), Some(now)) = (self.before.uptime, now.uptime) {
            return now + TOLERANCE < before + elapsed;
        }
        self.was_away
    }
}

impl Client {
    /// What the device says before it is asked to restart; a device that cannot say it is none the worse.
    ///
    /// # Errors
    /// When it does not answer at all.
    pub async fn before_restart(&self) -> Result<Before, Failure> {
        match self.readiness().await {
            Ok(readiness) => Ok(Before::of(&readiness)),
            Err(Failure::NeedsSetup) => Ok(Before {
                needs_setup: true,
                ..Before::unknown()
            }),
            Err(Failure::NotOffered | Failure::NotThisProtocol | Failure::Legacy(_)) => Ok(Before::unknown()),
            Err(failure) => Err(failure),
        }
    }

    /// Follows a device that was asked to restart until it is back and ready, asking as everybody may (VPX-13). `report`
    /// is called with every step.
    ///
    /// # Errors
    /// See [`FollowError`]. Nothing is undone by ending it.
    pub async fn follow_restart(
        &self,
        before: Before,
        patience: Patience,
        cancel: &CancellationToken,
        mut report: impl FnMut(&Progress),
    ) -> Result<Returned, FollowError> {
        let begin = Instant::now();
        let mut following = Following::new(before);
        let follow = async {
            loop {
                let observation = self.observe().await?;
                let progress = following.observe(observation, begin.elapsed());
                report(&progress);
                if let Progress::Back(returned) = progress {
                    return Ok(returned);
                }
                tokio::time::sleep(patience.interval).await;
            }
        };
        let followed = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(FollowError::Cancelled),
            followed = tokio::time::timeout(patience.limit, follow) => followed,
        };
        followed.unwrap_or_else(|_| Err(following.too_late()))
    }

    async fn observe(&self) -> Result<Observation, FollowError> {
        match self.readiness().await {
            Ok(readiness) => Ok(Observation::Answered(readiness)),
            Err(Failure::NeedsSetup) => Ok(Observation::OnlySetup),
            Err(Failure::Unreachable(_)) => Ok(Observation::Silent),
            Err(
                failure @ (Failure::CertificateChanged(_)
                | Failure::CertificateNotTrusted(_)
                | Failure::CertificateUnusable),
            ) => Err(FollowError::Failed(failure)),
            Err(_) => Ok(Observation::Unclear),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn readiness(ready: bool, boot_id: Option<&str>, uptime: Option<u64>) -> Readiness {
        Readiness {
            ready,
            needs_setup: false,
            uptime: uptime.map(Duration::from_secs),
            boot_id: boot_id.map(str::to_string),
        }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// VPX-13: away, starting, back; a boot id that stays is no restart, also after a silence.
    #[test]
    fn by_boot_id() {
        let mut following = Following::new(Before::of(&readiness(true, Some("a"), Some(100))));
        let same = || Observation::Answered(readiness(true, Some("a"), Some(101)));
        assert_eq!(following.observe(same(), seconds(1)), Progress::StillThere);
        assert_eq!(following.too_late(), FollowError::DidNotRestart);
        assert_eq!(following.observe(Observation::Silent, seconds(6)), Progress::Away);
        assert_eq!(
            following.observe(same(), seconds(11)),
            Progress::StillThere,
            "the network was away"
        );
        assert_eq!(
            following.observe(Observation::Unclear, seconds(16)),
            Progress::Starting
        );
        let starting = Observation::Answered(readiness(false, Some("b"), Some(2)));
        assert_eq!(following.observe(starting, seconds(21)), Progress::Starting);
        let back = Observation::Answered(readiness(true, Some("b"), Some(7)));
        assert!(matches!(
            following.observe(back, seconds(26)),
            Progress::Back(Returned { needs_setup: false, boot_id: Some(id) }) if id == "b"
        ));
        assert_eq!(following.too_late(), FollowError::NotBack);
    }

    /// VPX-07: without boot ids, by the time it runs, or by going away.
    #[test]
    fn by_less() {
        let mut following = Following::new(Before::of(&readiness(true, None, Some(100))));
        let answered = |uptime| Observation::Answered(readiness(true, None, uptime));
        assert_eq!(
            following.observe(answered(Some(105)), seconds(5)),
            Progress::StillThere
        );
        assert!(matches!(
            following.observe(answered(Some(1)), seconds(9)),
            Progress::Back(_)
        ));

        let mut following = Following::new(Before::unknown());
        assert_eq!(
            following.observe(answered(None), seconds(5)),
            Progress::StillThere
        );
        assert_eq!(
            following.observe(Observation::Silent, seconds(10)),
            Progress::Away
        );
        assert!(matches!(
            following.observe(answered(None), seconds(15)),
            Progress::Back(_)
        ));
    }

    /// VPX-02: after a factory default a device says nothing but that it waits.
    #[test]
    fn after_a_factory_default() {
        let mut following = Following::new(Before::of(&readiness(true, Some("a"), None)));
        let Progress::Back(returned) = following.observe(Observation::OnlySetup, seconds(40)) else {
            panic!("it is back");
        };
        assert!(returned.needs_setup);
        let mut waiting = Following::new(Before {
            needs_setup: true,
            ..Before::unknown()
        });
        assert_eq!(
            waiting.observe(Observation::OnlySetup, seconds(1)),
            Progress::StillThere
        );
        assert_eq!(waiting.observe(Observation::Silent, seconds(2)), Progress::Away);
        assert!(matches!(
            waiting.observe(Observation::OnlySetup, seconds(3)),
            Progress::Back(_)
        ));
    }

    fn observation() -> impl Strategy<Value = Observation> {
        let boot = prop_oneof![Just(None), Just(Some("a")), Just(Some("b"))];
        prop_oneof![
            Just(Observation::Silent),
            Just(Observation::Unclear),
            Just(Observation::OnlySetup),
            (any::<bool>(), boot, proptest::option::of(0u64..1000))
                .prop_map(|(ready, boot, uptime)| { Observation::Answered(readiness(ready, boot, uptime)) }),
        ]
    }

    proptest! {
        /// VPX-13: a device that says the boot id of before is never back, whatever happened in between; and only an answer
        /// brings one back.
        #[test]
        fn never_too_early(seen in proptest::collection::vec((observation(), 0u64..900), 0..30)) {
            let mut following = Following::new(Before::of(&readiness(true, Some("a"), Some(50))));
            for (observation, at) in seen {
                let is_same = matches!(&observation, Observation::Answered(now) if now.boot_id.as_deref() == Some("a"));
                let is_answer = matches!(observation, Observation::Answered(_) | Observation::OnlySetup);
                if let Progress::Back(_) = following.observe(observation, seconds(at)) {
                    prop_assert!(!is_same && is_answer);
                }
            }
        }
    }
}
