//! What is behind a gateway: a telephone solution, or a video server.
use crate::MARK;
use crate::blueprint::{Mode, Role};
use crate::solution::Solution;
use crate::video_server::VideoServer;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::time::Duration;

/// One of the two.
#[derive(Clone)]
pub(crate) enum Site {
    Solution(Solution),
    VideoServer(VideoServer),
}

/// A system as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SiteSystem {
    pub(super) id: String,
    pub(super) name: String,
    role: &'static str,
    pub(super) version: String,
    pub(super) boot: u64,
    pub(super) reachable: bool,
    pub(super) components: Vec<(String, String)>,
}

impl SiteSystem {
    pub(super) fn is_primary(&self) -> bool {
        self.role != "secondary" && self.role != "expansion"
    }

    pub(super) fn value(&self) -> Value {
        let components: Vec<Value> = self
            .components
            .iter()
            .map(|(name, version)| json!({"name": name, "version": version}))
            .collect();
        json!({"id": self.id, "name": self.name, "role": self.role, "version": self.version, "boot": self.boot,
            "reachable": self.reachable, "components": components})
    }
}

impl Site {
    pub(crate) fn address(&self) -> IpAddr {
        match self {
            Self::Solution(one) => one.socket_address().ip(),
            Self::VideoServer(one) => one.socket_address().ip(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Solution(one) => one.name(),
            Self::VideoServer(one) => &one.blueprint().name,
        }
    }

    /// What it is told apart by.
    pub(crate) fn serial_number(&self) -> &str {
        match self {
            Self::Solution(one) => one
                .systems()
                .first()
                .map_or("", |system| system.serial_number.as_str()),
            Self::VideoServer(one) => &one.blueprint().identity,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Solution(_) => "telephone-solution",
            Self::VideoServer(_) => "video-server",
        }
    }

    /// The kinds of operations that make sense here.
    pub(super) fn capabilities(&self) -> &'static [&'static str] {
        match self {
            Self::Solution(one) => match one.blueprint().mode {
                Mode::OnPremises => &["upgrade", "back-up", "restore", "collect-logs"],
                Mode::Cloud => &[
                    "upgrade-components",
                    "upgrade-profile",
                    "back-up",
                    "restore",
                    "refresh-customization",
                    "collect-logs",
                ],
            },
            Self::VideoServer(_) => &["upgrade-server", "collect-logs"],
        }
    }

    /// Its systems, the primary first.
    pub(super) fn systems(&self) -> Vec<SiteSystem> {
        match self {
            Self::Solution(one) => {
                let primary = &one.0;
                let system = |system: &crate::blueprint::SystemBlueprint| SiteSystem {
                    id: system.serial_number.clone(),
                    name: system.name.clone(),
                    role: match system.role {
                        Role::Primary => "primary",
                        Role::Secondary => "secondary",
                        Role::Expansion => "expansion",
                    },
                    version: primary.version_of(&system.serial_number),
                    boot: primary.boot_of(&system.serial_number),
                    reachable: !primary.is_lost(&system.serial_number),
                    components: system
                        .services
                        .iter()
                        .map(|service| {
                            let version = primary.component_version(&system.serial_number, service.name);
                            (service.name.to_string(), version)
                        })
                        .collect(),
                };
                one.systems().iter().map(system).collect()
            }
            Self::VideoServer(one) => vec![SiteSystem {
                id: one.blueprint().identity.clone(),
                name: one.blueprint().name.clone(),
                role: "video-server",
                version: one.version(),
                boot: one.0.boots(),
                reachable: !one.0.is_away(),
                components: Vec::new(),
            }],
        }
    }

    pub(super) fn system(&self, id: &str) -> Option<SiteSystem> {
        self.systems().into_iter().find(|system| system.id == id)
    }

    /// Of a solution in the cloud.
    pub(super) fn profile(&self) -> Option<String> {
        match self {
            Self::Solution(one) => one.0.profile(),
            Self::VideoServer(_) => None,
        }
    }

    pub(super) fn set_profile(&self, profile: &str) {
        if let Self::Solution(one) = self {
            one.0.set_profile(profile);
        }
    }

    pub(super) fn set_version(&self, id: &str, version: &str) {
        match self {
            Self::Solution(one) => one.0.set_version_of(id, version),
            Self::VideoServer(one) => one.set_version(version),
        }
    }

    pub(super) fn set_component(&self, name: &str, version: &str) {
        if let Self::Solution(one) = self {
            one.0.set_component_version(name, version);
        }
    }

    /// A system starts anew, and is away for so long; none: it does not come back.
    pub(super) fn restart(&self, id: &str, away: Option<Duration>) {
        match self {
            Self::Solution(one) => one.0.restart_system(id, away),
            Self::VideoServer(one) => one.0.restart(away),
        }
    }

    /// What did not come back is there again.
    pub(super) fn come_back(&self) {
        match self {
            Self::Solution(one) => one.0.come_back(),
            Self::VideoServer(one) => one.clear_faults(),
        }
    }

    pub(super) fn product(&self) -> &'static str {
        MARK
    }
}
