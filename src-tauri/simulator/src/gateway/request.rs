//! What is asked for (`POST /v1/operations`): read strictly, so that nothing is done that the description does not have.
use super::uploads::{is_hexadecimal, is_version};
use serde::{Deserialize, Deserializer};

const LONGEST_LIST: usize = 64;
const LONGEST_ADDRESS: usize = 2008;

/// Texts of one form each.
macro_rules! checked {
    ($($(#[$documentation:meta])* $name:ident: $fits:expr;)*) => {$(
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub(super) struct $name(pub(super) String);

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                let fits: fn(&str) -> bool = $fits;
                if fits(&text) {
                    Ok(Self(text))
                } else {
                    Err(concat!("not as described: ", stringify!($name)))
                }
            }
        }
    )*};
}

checked! {
    /// Of a file.
    FileId: |text| is_hexadecimal(text, 32);
    /// Of an upload.
    ImageDigest: |text| is_hexadecimal(text, 64);
    /// Numbers between dots.
    Version: is_version;
    /// A serial number.
    SystemId: |text| (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    /// Of an application.
    ComponentName: |text| (1..=64).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ._-".contains(&byte));
    /// `https` only.
    Address: |text| text.len() <= LONGEST_ADDRESS
        && text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~:/?#@!$&'()*+,;=%-".contains(&byte)));
    /// One of the two words of a scope.
    ScopeWord: |text| matches!(text, "everything" | "primary-only");
    /// `S1` to `S3`.
    Profile: |text| matches!(text, "S1" | "S2" | "S3");
    /// `S2` or `S3`.
    HigherProfile: |text| matches!(text, "S2" | "S3");
    /// Which logs.
    Logs: |text| matches!(text, "system-monitor" | "memory-dumps" | "all");
}

/// What the caller believes of a system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) system: SystemId,
    pub(super) version: Version,
    #[serde(default, deserialize_with = "present")]
    pub(super) boot: Option<u64>,
}

/// Not given is none; null is wrong. In JSON `3.0` is an integer, too.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    // Up to there every integer is one that a floating-point number can tell from the next.
    let exact = |float: &f64| float.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(float);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an integer from 0 on"
    )]
    let whole = number.as_f64().filter(exact).map(|float| float as u64);
    match number.as_u64().or(whole) {
        Some(boot) => Ok(Some(boot)),
        None => Err(serde::de::Error::custom("an integer from 0 on")),
    }
}

/// One to so many.
fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let list: Vec<T> = Vec::deserialize(deserializer)?;
    if (1..=LONGEST_LIST).contains(&list.len()) {
        Ok(list)
    } else {
        Err(serde::de::Error::custom("a list of 1 to 64"))
    }
}

/// A system by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneSystem {
    pub(super) system: SystemId,
}

/// Which systems are upgraded.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Scope {
    Word(ScopeWord),
    One(OneSystem),
}

/// A component, and its version to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewComponent {
    pub(super) name: ComponentName,
    pub(super) version: Version,
}

/// Some of the components.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SomeComponents {
    #[serde(deserialize_with = "some")]
    pub(super) components: Vec<NewComponent>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompleteSystem {
    #[serde(rename = "complete-system")]
    pub(super) version: Version,
}

/// What is upgraded in the cloud.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Target {
    Components(SomeComponents),
    CompleteSystem(CompleteSystem),
}

/// An image that is at the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FromImage {
    pub(super) image: ImageDigest,
}

/// An image that is somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FromAddress {
    pub(super) download: Download,
}

/// Where. A simulated server does not really go there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Download {
    pub(super) address: Address,
    pub(super) sha256: ImageDigest,
}

/// Where a server has its software from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Source {
    Image(FromImage),
    Address(FromAddress),
}

/// An operation that is to begin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Request {
    Upgrade {
        image: ImageDigest,
        scope: Scope,
        #[serde(deserialize_with = "some")]
        expected: Vec<Expected>,
    },
    UpgradeComponents {
        target: Target,
        #[serde(deserialize_with = "some")]
        expected: Vec<Expected>,
    },
    UpgradeProfile {
        from: Profile,
        to: HigherProfile,
    },
    BackUp {},
    Restore {
        backup: FileId,
        #[serde(deserialize_with = "some")]
        expected: Vec<Expected>,
    },
    RefreshCustomization {
        files: ImageDigest,
    },
    CollectLogs {
        logs: Logs,
    },
    UpgradeServer {
        source: Source,
        version: Version,
        #[serde(deserialize_with = "some")]
        expected: Vec<Expected>,
    },
}

impl Request {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Upgrade { .. } => "upgrade",
            Self::UpgradeComponents { .. } => "upgrade-components",
            Self::UpgradeProfile { .. } => "upgrade-profile",
            Self::BackUp {} => "back-up",
            Self::Restore { .. } => "restore",
            Self::RefreshCustomization { .. } => "refresh-customization",
            Self::CollectLogs { .. } => "collect-logs",
            Self::UpgradeServer { .. } => "upgrade-server",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GWY-01: nothing is taken that the description does not have.
    #[test]
    fn strictly() {
        for wrong in [
            r#"{"kind": "back-up", "more": 1}"#,
            r#"{"kind": "unheard-of"}"#,
            r#"{"kind": "upgrade-profile", "from": "S1", "to": "S1"}"#,
            r#"{"kind": "collect-logs", "logs": {"all": null}}"#,
            r#"{"kind": "restore", "backup": "4f1d0c3a9b7e45d28a6610f2c3b5e7d9", "expected": []}"#,
            r#"{"kind": "restore", "backup": "4f1d0c3a9b7e45d28a6610f2c3b5e7d9", "expected": [{"system": "a", "version": "1.2", "boot": null}]}"#,
        ] {
            assert!(serde_json::from_str::<Request>(wrong).is_err(), "{wrong}");
        }
        let right = r#"{"kind": "back-up"}"#;
        assert_eq!(
            serde_json::from_str::<Request>(right).expect("a request"),
            Request::BackUp {}
        );
    }
}
