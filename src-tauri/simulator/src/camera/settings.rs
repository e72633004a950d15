//! What a device keeps: accounts, firmware, network, time, applications. Outlives the fleet where that has a folder.
use crate::blueprint::CameraBlueprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// A group of accounts (VPX-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Group {
    Admin,
    Operator,
    Viewer,
    Ptz,
}

impl Group {
    pub(crate) const ALL: [Self; 4] = [Self::Admin, Self::Operator, Self::Viewer, Self::Ptz];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
            Self::Ptz => "ptz",
        }
    }
}

/// An account. Passwords are invented like the rest, and kept as they are: Digest has to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredAccount {
    pub(crate) name: String,
    pub(crate) password: String,
    /// `root` or `users`.
    pub(crate) primary_group: String,
    pub(crate) groups: BTreeSet<Group>,
    pub(crate) comment: String,
    /// Whether it is the first one, which older devices never let go.
    pub(crate) first: bool,
}

impl StoredAccount {
    pub(crate) fn is_in(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }
}

/// What could be gone back to (VPX-10). What runs is the station's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Firmware {
    pub(crate) inactive: Option<String>,
    pub(crate) committed: bool,
    pub(crate) last_upgrade: String,
}

/// Where a device is and how it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Network {
    /// None: whatever the network gives, which is the address of the fleet.
    pub(crate) address: Option<Fixed>,
    pub(crate) host_name_from_network: bool,
    pub(crate) host_name: String,
    pub(crate) resolver_from_network: bool,
    pub(crate) name_servers: Vec<String>,
    pub(crate) search_domains: Vec<String>,
    pub(crate) domain: String,
}

/// An address that was given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fixed {
    pub(crate) address: Ipv4Addr,
    pub(crate) prefix: u8,
    pub(crate) router: String,
}

/// The clock's zone, and where the time comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimeSettings {
    pub(crate) zone: String,
    pub(crate) asks_servers: bool,
    pub(crate) servers_from_network: bool,
    pub(crate) servers: Vec<String>,
}

/// An installed application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) nice_name: String,
    pub(crate) vendor: String,
    pub(crate) version: String,
    pub(crate) id: String,
    /// As it is listed: `None`, `Valid`, `Invalid`, `Missing`, `Custom`.
    pub(crate) licence: String,
    pub(crate) licence_ends: Option<String>,
    pub(crate) running: bool,
    pub(crate) signed: bool,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// None: the device waits for its first.
    pub(crate) accounts: Vec<StoredAccount>,
    pub(crate) firmware: Firmware,
    pub(crate) network: Network,
    pub(crate) time: TimeSettings,
    pub(crate) applications: Vec<Application>,
    /// None: as the version has it.
    pub(crate) allow_unsigned: Option<bool>,
}

impl Settings {
    /// As a device stands in the fleet: with its account, and some applications.
    pub(crate) fn of(blueprint: &CameraBlueprint) -> Self {
        let mut settings = Self::factory(blueprint);
        settings.accounts.push(StoredAccount {
            name: blueprint.user.clone(),
            password: blueprint.password.clone(),
            primary_group: "root".to_string(),
            groups: Group::ALL.into_iter().collect(),
            comment: String::new(),
            first: true,
        });
        // Every third has one of somebody else, which is not signed and wants a licence.
        let number = u32::from_str_radix(&blueprint.serial_number[6..], 16).unwrap_or_default();
        if number.is_multiple_of(3) {
            settings.applications.push(Application {
                name: "peoplecounter".to_string(),
                nice_name: "People Counter".to_string(),
                vendor: "Fjord Analytics".to_string(),
                version: "1.4.2".to_string(),
                id: "900112".to_string(),
                licence: if number.is_multiple_of(2) {
                    "Valid"
                } else {
                    "Missing"
                }
                .to_string(),
                licence_ends: number.is_multiple_of(2).then(|| "2031-06-30".to_string()),
                running: number.is_multiple_of(2),
                signed: false,
            });
        }
        settings
    }

    /// As it leaves the factory.
    pub(crate) fn factory(blueprint: &CameraBlueprint) -> Self {
        Self {
            accounts: Vec::new(),
            firmware: Firmware {
                inactive: Some(blueprint.version.to_string()),
                committed: true,
                last_upgrade: "2026-01-15T08:30:00Z".to_string(),
            },
            network: Network {
                address: None,
                host_name_from_network: true,
                host_name: format!("axis-{}", blueprint.serial_number.to_ascii_lowercase()),
                resolver_from_network: true,
                name_servers: Vec::new(),
                search_domains: Vec::new(),
                domain: String::new(),
            },
            time: TimeSettings {
                zone: "UTC".to_string(),
                asks_servers: true,
                servers_from_network: true,
                servers: Vec::new(),
            },
            applications: vec![Application {
                name: "vmd".to_string(),
                nice_name: "AXIS Video Motion Detection".to_string(),
                vendor: "Axis Communications".to_string(),
                version: "4.5-4".to_string(),
                id: "143440".to_string(),
                licence: "None".to_string(),
                licence_ends: None,
                running: true,
                signed: true,
            }],
            allow_unsigned: None,
        }
    }
}
