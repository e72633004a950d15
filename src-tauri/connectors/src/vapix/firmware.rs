//! Firmware management but the upgrade itself (VPX-10 to VPX-13, VPX-15, DEV-24): state, commit, roll back, restart, factory
//! default.
use super::client::{Acknowledgement, Client, Repeat, Request, Unanswered, acknowledged};
use super::reading::{Failure, accept_status, field, legacy_error, number};
use chrono::{DateTime, Utc};
use http::Method;
use serde_json::{Value, json};
use std::time::Duration;

pub(super) const FIRMWARE: &str = "/axis-cgi/firmwaremanagement.cgi";
const RESTART: &str = "/axis-cgi/restart.cgi";

/// What runs, and what could be gone back to (VPX-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmwareStatus {
    /// What runs.
    pub active_version: String,
    /// What a rollback would bring back. None: nothing.
    pub inactive_version: Option<String>,
    /// Whether what runs stays. Devices that do not say so have nothing uncommitted.
    pub committed: bool,
    /// When the device goes back by itself, unless it is committed before.
    pub time_to_rollback: Option<Duration>,
    /// When it was last upgraded, where the device says so and its clock can be read.
    pub last_upgrade: Option<DateTime<Utc>>,
}

/// What firmware management has against a request (VPX-12). All of them come before anything is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FirmwareProblem {
    /// 404: nothing to go back to.
    #[error("there is nothing to roll back to")]
    NothingToRollBackTo,
    /// 409
    #[error("the version is older than the one installed")]
    Older,
    /// 410
    #[error("the version was revoked")]
    Revoked,
    /// 412
    #[error("the version that runs is not committed")]
    Uncommitted,
    /// 415
    #[error("the image is not valid")]
    InvalidImage,
    /// 417
    #[error("the version of the interface is not supported")]
    InterfaceVersion,
    /// 421
    #[error("the image is for another device")]
    WrongDevice,
    /// 422
    #[error("the image is not signed")]
    SignatureMissing,
    /// 423: later it may succeed.
    #[error("the device is busy")]
    Busy,
    /// 424
    #[error("the image is signed with an unknown certificate")]
    UnknownCertificate,
}

impl FirmwareProblem {
    /// By its code.
    pub fn of(code: i64) -> Option<Self> {
        Some(match code {
            404 => Self::NothingToRollBackTo,
            409 => Self::Older,
            410 => Self::Revoked,
            412 => Self::Uncommitted,
            415 => Self::InvalidImage,
            417 => Self::InterfaceVersion,
            421 => Self::WrongDevice,
            422 => Self::SignatureMissing,
            423 => Self::Busy,
            424 => Self::UnknownCertificate,
            _ => return None,
        })
    }

    /// Whether the same request may succeed later.
    pub fn is_worth_repeating(self) -> bool {
        self == Self::Busy
    }
}

/// Why firmware management did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FirmwareError {
    /// The device says why.
    #[error(transparent)]
    Problem(FirmwareProblem),
    /// Anything else; codes of the interface that are not among those of VPX-12 are [`Failure::Device`].
    #[error(transparent)]
    Failed(Failure),
}

impl From<Failure> for FirmwareError {
    fn from(failure: Failure) -> Self {
        let code = match &failure {
            Failure::Device { code, .. } => Some(*code),
            // Some devices answer with the status itself.
            Failure::Status(status) => Some(i64::from(*status)),
            _ => None,
        };
        match code.and_then(FirmwareProblem::of) {
            Some(problem) => Self::Problem(problem),
            None => Self::Failed(failure),
        }
    }
}

/// How much a factory default takes away (DEV-24). Accounts and applications go in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactoryDefault {
    /// The network settings stay: the device comes back at the same address.
    Soft,
    /// Everything; where the device comes back depends on the network.
    Hard,
}

impl FactoryDefault {
    fn as_str(self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Hard => "hard",
        }
    }
}

impl Client {
    /// What runs, and what could be gone back to (VPX-10); needs an administrator's account.
    ///
    /// # Errors
    /// See [`FirmwareError`]; [`Failure::NotOffered`] from devices before version 7.40.
    pub async fn firmware_status(&self) -> Result<FirmwareStatus, FirmwareError> {
        let data = self.ask(FIRMWARE, "status", Value::Null).await?;
        Ok(read_status(&data).ok_or(Failure::NotThisProtocol)?)
    }

    /// Keeps the version that runs (VPX-13). May be repeated: what is committed stays so.
    ///
    /// # Errors
    /// See [`FirmwareError`].
    pub async fn commit_firmware(&self) -> Result<(), FirmwareError> {
        self.change_firmware("commit", Value::Null).await
    }

    /// Removes what could be gone back to.
    ///
    /// # Errors
    /// See [`FirmwareError`].
    pub async fn purge_firmware(&self) -> Result<(), FirmwareError> {
        self.change_firmware("purge", Value::Null).await
    }

    /// Goes back to the version before with the settings of then, and restarts (DEV-24).
    ///
    /// # Errors
    /// See [`FirmwareError`].
    pub async fn roll_back_firmware(&self) -> Result<Acknowledgement, FirmwareError> {
        self.restart_by("rollback", Value::Null).await
    }

    /// Takes all settings away, and restarts (DEV-24). What comes back waits for its first account.
    ///
    /// # Errors
    /// See [`FirmwareError`].
    pub async fn factory_default(&self, how: FactoryDefault) -> Result<Acknowledgement, FirmwareError> {
        self.restart_by("factoryDefault", json!({"factoryDefaultMode": how.as_str()}))
            .await
    }

    /// Restarts by firmware management, or where a device does not have that, by the older way (VPX-15).
    ///
    /// # Errors
    /// See [`FirmwareError`].
    pub async fn restart(&self) -> Result<Acknowledgement, FirmwareError> {
        match self.restart_by("reboot", Value::Null).await {
            Err(FirmwareError::Failed(Failure::NotOffered)) => Ok(self.restart_as_before().await?),
            outcome => outcome,
        }
    }

    /// The older way to restart: it answers with a page, if at all (VPX-15).
    async fn restart_as_before(&self) -> Result<Acknowledgement, Failure> {
        let answer = self
            .send(Request {
                method: Method::GET,
                target: RESTART,
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Never,
            })
            .await;
        acknowledged(answer.and_then(|answer| {
            accept_status(&answer)?;
            match legacy_error(&String::from_utf8_lossy(&answer.body)) {
                Some(failure) => Err(failure.into()),
                None => Ok(()),
            }
        }))
    }

    async fn change_firmware(&self, method: &str, params: Value) -> Result<(), FirmwareError> {
        match self.act(FIRMWARE, method, params).await {
            Ok(_) => Ok(()),
            Err(unanswered) => Err(Failure::from(unanswered).into()),
        }
    }

    async fn restart_by(&self, method: &str, params: Value) -> Result<Acknowledgement, FirmwareError> {
        let outcome: Result<(), Unanswered> = self.act(FIRMWARE, method, params).await.map(|_| ());
        Ok(acknowledged(outcome)?)
    }
}

/// VPX-10: *isCommited* is spelt so; absent is committed.
pub(crate) fn read_status(data: &Value) -> Option<FirmwareStatus> {
    let yes = |name: &str| match data.get(name)? {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) => Some(matches!(text.to_ascii_lowercase().as_str(), "yes" | "true")),
        _ => None,
    };
    let seconds = data
        .get("timeToRollback")
        .and_then(number)
        .and_then(|seconds| u64::try_from(seconds).ok());
    Some(FirmwareStatus {
        active_version: field(data, "activeFirmwareVersion")?,
        inactive_version: field(data, "inactiveFirmwareVersion"),
        committed: yes("isCommited").or_else(|| yes("isCommitted")).unwrap_or(true),
        time_to_rollback: seconds.filter(|seconds| *seconds > 0).map(Duration::from_secs),
        last_upgrade: field(data, "lastUpgradeAt")
            .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
            .map(|time| time.with_timezone(&Utc)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// VPX-10
    #[test]
    fn states() {
        let status = |value: &Value| read_status(value).expect("a status");
        let plain = status(&json!({"activeFirmwareVersion": "11.11.116", "timeToRollback": 0}));
        assert!(plain.committed && plain.time_to_rollback.is_none() && plain.inactive_version.is_none());
        let fresh = status(
            &json!({"activeFirmwareVersion": "12.5.56", "inactiveFirmwareVersion": "11.11.116",
            "isCommited": false, "timeToRollback": 1700, "lastUpgradeAt": "2026-01-15T08:30:00+01:00"}),
        );
        assert!(!fresh.committed);
        assert_eq!(fresh.time_to_rollback, Some(Duration::from_secs(1700)));
        assert_eq!(
            fresh.last_upgrade.map(|time| time.to_rfc3339()),
            Some("2026-01-15T07:30:00+00:00".to_string())
        );
        assert_eq!(read_status(&json!({"isCommited": true})), None);
    }

    /// VPX-12: each code has its meaning, also as a status of HTTP; others keep theirs.
    #[test]
    fn problems() {
        let device = |code| {
            FirmwareError::from(Failure::Device {
                code,
                message: String::new(),
            })
        };
        for (code, problem) in [
            (404, FirmwareProblem::NothingToRollBackTo),
            (409, FirmwareProblem::Older),
            (410, FirmwareProblem::Revoked),
            (412, FirmwareProblem::Uncommitted),
            (415, FirmwareProblem::InvalidImage),
            (417, FirmwareProblem::InterfaceVersion),
            (421, FirmwareProblem::WrongDevice),
            (422, FirmwareProblem::SignatureMissing),
            (423, FirmwareProblem::Busy),
            (424, FirmwareProblem::UnknownCertificate),
        ] {
            assert_eq!(device(code), FirmwareError::Problem(problem));
            assert_eq!(problem.is_worth_repeating(), code == 423);
        }
        assert_eq!(
            FirmwareError::from(Failure::Status(423)),
            FirmwareError::Problem(FirmwareProblem::Busy)
        );
        assert!(matches!(
            device(405),
            FirmwareError::Failed(Failure::Device { code: 405, .. })
        ));
        assert_eq!(
            FirmwareError::from(Failure::NotOffered),
            FirmwareError::Failed(Failure::NotOffered)
        );
    }

    proptest! {
        /// SEC-04
        #[test]
        fn anything(text in "\\PC{0,40}", number in any::<i64>()) {
            let _ = read_status(&json!({"activeFirmwareVersion": text, "isCommited": text,
                "timeToRollback": number, "lastUpgradeAt": text}));
        }
    }
}
