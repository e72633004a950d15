//! What can go wrong with a system, on demand (SIM-01).
use crate::options::DiscoveryWay;
use crate::random::Choices;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// Something that goes wrong. Over the control port: `{"kind": "slow", "milliseconds": 800}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// Every answer comes that much later.
    Slow {
        /// How much.
        milliseconds: u64,
    },
    /// The connection is reset as soon as it stands.
    Refuse,
    /// The request is carried out, and the connection closed without an answer.
    LoseAnswer,
    /// The connection breaks in the middle of the body.
    DropMidBody,
    /// Away at once for so long, then back without sessions, connections, and with a new boot id. Happens once,
    /// when it is set.
    Reboot {
        /// How long.
        seconds: u64,
    },
    /// Shows another certificate while it lasts.
    WrongCertificate,
    /// Shows a certificate of 2001 while it lasts.
    ExpiredCertificate,
    /// Changes its certificate for good, at the first connection after so many sign-outs.
    NewCertificateAfter {
        /// How many.
        sign_outs: u64,
    },
    /// The connection breaks when so much of an upload has come.
    CutUpload {
        /// In bytes.
        bytes: u64,
    },
    /// An upgrade is refused with this code (VPX-12).
    UpgradeRefused {
        /// Its code.
        code: u16,
    },
    /// An upgrade, or a part of an upload to a gateway, is carried out, and the connection closed without an answer (VPX-13).
    LoseUpgradeAnswer,
    /// An upgrade is answered as if it were carried out, and is not: no restart, the version of before.
    UpgradeWithoutRestart,
    /// After an upgrade the device restarts with the version of before.
    UpgradeFallsBack,
    /// HTTP 423.
    Busy423,
    /// The session is forgotten when it is used, and `461:SessionTimeout` said. Once, unless `times` says otherwise.
    SessionTimeout461,
    /// HTTP 503 with `Retry-After`.
    Unavailable503 {
        /// What the header says.
        retry_after_seconds: u64,
    },
    /// The body ends in its middle, in good order.
    HalfJson,
    /// The clock stands in 2001.
    ClockWrong,
    /// Answers everything with 200 and a page: something else is at that address.
    NotThisProtocol,
    /// An edition that cannot be managed (GEN-13).
    UnsupportedEdition,
    /// Lists one system more than a solution can have (GEN-12).
    TooManySystems,
    /// All its systems give the serial number of the first.
    SameSerialNumbers,
    /// The password was changed.
    WrongPassword,
    /// The user was removed.
    NoSuchUser,
    /// The user was disabled by an administrator.
    UserDisabledByAdministrator,
    /// The user is disabled at present.
    UserDisabled,
    /// The user is locked for a time.
    UserLocked,
    /// The user may sign in and not read.
    NoMonitoringRights,
    /// All sessions are taken.
    TooManySessions,
    /// The user may read and not upgrade.
    NoUpgradeRights,
    /// Plain text on the port.
    NoTls,
    /// A device without its first account (VPX-02).
    FactoryNew,
    /// A device that restarts or gets another address is away until its faults are cleared.
    NeverBack,
    /// Says who it is with the least that devices say: no serial number, no version.
    SparseIdentity,
    /// Of each group of parameters the last one is missing.
    MissingParameter,
    /// A line `# Error` follows parameters that are right (VPX-03).
    ErrorAfterParameters,
    /// Replies say `charset=utf8`, which is no name of a character set (VPX-03).
    OddCharset,
    /// Interfaces that speak JSON answer with a page.
    HtmlInsteadOfJson,
    /// Interfaces that speak JSON answer with words: `Error: …`, and HTTP 200 (VPX-03).
    ErrorInWords,
    /// Interfaces that speak JSON answer with this error of theirs, and HTTP 200 (VPX-03, VPX-04).
    InterfaceError {
        /// Its code.
        code: u16,
    },
    /// Replies carry what was asked for, and an error beside it (VPX-03).
    ErrorBesideData,
    /// Replies do not say of which method they are (VPX-03).
    NoMethod,
    /// A device that says neither how long it runs nor which start it is (VPX-07).
    NoBootId,
    /// A device of which everybody may read the parameters: they prove no credentials (VPX-08).
    AnonymousParameters,
    /// An old device: it has none of the interfaces that speak JSON (VPX-08).
    NoNewerInterfaces,
    /// A device without the old interface for parameters (VPX-08).
    NoParameters,
    /// Every nonce is called old, whatever the proof is worth (VPX-01).
    StaleForEver,
    /// Offers several challenges at once, the best neither first nor last, and some that nobody knows (VPX-01).
    ManyChallenges,
    /// Offers nothing but Basic (VPX-01).
    OnlyBasic,
    /// Offers one challenge, of an algorithm that nobody knows (VPX-01).
    UnknownAlgorithm,
    /// A device that does not answer whoever looks for it by one way.
    SilentOn {
        /// Which.
        way: DiscoveryWay,
    },
    /// What a device announces is right, and said in an unusual way: other capitals, separators, prefixes and line ends.
    OddAnnouncement,
    /// A device says everything twice that it announces.
    AnswersTwice,
    /// A gateway calls the checksum of a part wrong (HTTP 460) that was right.
    WrongChecksum,
    /// An operation of a gateway fails at one system.
    OperationFailsAt {
        /// Its place in the solution; 0 is the primary.
        system: u32,
    },
    /// A system does not come back from the restart that an operation of a gateway ends with.
    SystemLostAt {
        /// Its place in the solution; 0 is the primary.
        system: u32,
    },
    /// An operation of a gateway ends well at a system, which has the version of before.
    VersionStaysAt {
        /// Its place in the solution; 0 is the primary.
        system: u32,
    },
    /// A gateway starts anew when it is asked for an operation, and knows none any more.
    OperationsForgotten,
    /// A video server lists one device in an answer, however many are asked for.
    OneDeviceAtATime,
    /// A video server lists all its devices in every answer, wherever the list is to begin.
    AllDevicesEachTime,
    /// A video server wants to know who asks with each request, also over one connection.
    ProofForEachRequest,
}

impl Fault {
    /// Whether it shows when connecting, so that standing connections have to go.
    pub(crate) fn shows_when_connecting(self) -> bool {
        matches!(
            self,
            Fault::Refuse
                | Fault::Reboot { .. }
                | Fault::WrongCertificate
                | Fault::ExpiredCertificate
                | Fault::NoTls
        )
    }
}

/// A fault and how often it happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaultRule {
    /// What happens.
    #[serde(flatten)]
    pub fault: Fault,
    /// In which share of the cases, 0 to 1.
    #[serde(default = "always")]
    pub rate: f64,
    /// How many times at most; without it, until it is cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

fn always() -> f64 {
    1.0
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            rate: 1.0,
            times: matches!(fault, Fault::SessionTimeout461 | Fault::OperationsForgotten).then_some(1),
        }
    }
}

/// The faults of one system.
pub(crate) struct Faults(Mutex<Board>);

struct Board {
    rules: Vec<FaultRule>,
    choices: Choices,
}

impl Faults {
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        Self(Mutex::new(Board {
            rules: Vec::new(),
            choices: Choices::new(seed, 3, index),
        }))
    }

    pub(crate) fn add(&self, rule: FaultRule) {
        let mut board = self.0.lock();
        board.rules.retain(|one| one.fault != rule.fault);
        board.rules.push(rule);
    }

    pub(crate) fn clear(&self) -> Vec<FaultRule> {
        std::mem::take(&mut self.0.lock().rules)
    }

    pub(crate) fn rules(&self) -> Vec<FaultRule> {
        self.0.lock().rules.clone()
    }

    /// Whether such a fault happens now; it is used up by that.
    pub(crate) fn happens(&self, fault: Fault) -> bool {
        self.find(|one| (one == fault).then_some(())).is_some()
    }

    /// What a matching fault that happens now says.
    pub(crate) fn find<T>(&self, pick: impl Fn(Fault) -> Option<T>) -> Option<T> {
        let mut board = self.0.lock();
        let Board { rules, choices } = &mut *board;
        let mut found = None;
        rules.retain_mut(|rule| {
            if found.is_some() {
                return true;
            }
            let Some(value) = pick(rule.fault) else {
                return true;
            };
            if rule.rate < 1.0 && !choices.chance(rule.rate) {
                return true;
            }
            found = Some(value);
            match &mut rule.times {
                Some(times) => {
                    *times = times.saturating_sub(1);
                    *times > 0
                }
                None => true,
            }
        });
        found
    }

    /// As [`Faults::find`] without using it up.
    pub(crate) fn peek<T>(&self, pick: impl Fn(Fault) -> Option<T>) -> Option<T> {
        self.0.lock().rules.iter().find_map(|rule| pick(rule.fault))
    }

    /// Whether there was any.
    pub(crate) fn remove(&self, pick: impl Fn(Fault) -> bool) -> bool {
        let mut board = self.0.lock();
        let before = board.rules.len();
        board.rules.retain(|rule| !pick(rule.fault));
        board.rules.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SIM-01: per system, by rate, and so many times.
    #[test]
    fn rates_and_times() {
        let faults = Faults::new(1, 1);
        faults.add(FaultRule {
            fault: Fault::Busy423,
            rate: 1.0,
            times: Some(2),
        });
        assert!(faults.happens(Fault::Busy423) && faults.happens(Fault::Busy423));
        assert!(!faults.happens(Fault::Busy423));
        faults.add(FaultRule {
            fault: Fault::HalfJson,
            rate: 0.25,
            times: None,
        });
        let times = (0..4000).filter(|_| faults.happens(Fault::HalfJson)).count();
        assert!((800..1200).contains(&times), "{times}");
        faults.add(Fault::SessionTimeout461.into());
        assert!(faults.happens(Fault::SessionTimeout461) && !faults.happens(Fault::SessionTimeout461));
        assert_eq!(faults.clear().len(), 1);
    }

    /// SIM-01: the form of the control port.
    #[test]
    fn as_json() {
        let rule: FaultRule =
            serde_json::from_str(r#"{"kind": "slow", "milliseconds": 800, "rate": 0.5}"#).expect("a rule");
        assert_eq!(rule.fault, Fault::Slow { milliseconds: 800 });
        assert_eq!((rule.rate, rule.times), (0.5, None));
        assert!(serde_json::from_str::<FaultRule>(r#"{"kind": "unheard-of"}"#).is_err());
        let text = serde_json::to_string(&FaultRule::from(Fault::NoTls)).expect("JSON");
        assert_eq!(text, r#"{"kind":"no-tls","rate":1.0}"#);
    }
}
