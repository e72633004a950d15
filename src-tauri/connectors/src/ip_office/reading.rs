//! What a solution is read as (IPO-04): its systems, services and licences, and what the sign-in says. Pure.
use super::answer::{count, field, number, one_or_many, running, text};
use crate::Refusal;
use crate::trust::Certificate;
use serde_json::Value;
use std::collections::HashSet;

/// GEN-12: one primary and up to 31 others.
const MOST_SYSTEMS: usize = 32;
const MOST_SERVICES: usize = 256;

/// What one contact with a primary read: its whole solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SolutionReading {
    /// 1 to 32 systems (GEN-12); the primary first.
    pub systems: Vec<SystemReading>,
    /// In the order the primary lists them.
    pub licences: Vec<LicenceReading>,
    /// Whether the service user may upgrade; without it the status is *upgrade rights missing*.
    pub may_upgrade: bool,
    /// The certificate the primary was believed by.
    pub certificate: Certificate,
    /// Who runs the solution, where it says so.
    pub provider: Option<String>,
    /// Who sold it, where it says so.
    pub reseller: Option<String>,
    /// Cloud profile name, when the solution is a cloud one.
    pub profile: Option<String>,
}

/// What a system is in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers for the whole solution.
    Primary,
    /// Takes over when the primary is away.
    Secondary,
    /// Any other.
    Expansion,
}

/// One system of a solution (IPO-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemReading {
    /// Its name, or its address where it has none.
    pub name: String,
    /// The address it has inside the solution.
    pub address: String,
    /// Its place in the solution.
    pub role: Role,
    /// The version parts joined with dots, `11.1.3.2`; empty when unknown.
    pub version: String,
    /// Serial number or licence host id: what the system is known by.
    pub identity: String,
    /// Edition in the system's own words.
    pub edition: String,
    /// Whether it says it runs; one that says nothing is taken to run, since its primary lists it.
    pub running: bool,
    /// Applications on it.
    pub services: Vec<ServiceReading>,
}

/// One application on a system (CUS-30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceReading {
    /// Its name.
    pub name: String,
    /// Its version; empty when unknown.
    pub version: String,
    /// Whether it says it runs.
    pub running: bool,
}

/// One licence line (IPO-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceReading {
    /// What is licensed, in the system's own words.
    pub licence_type: String,
    /// How many there are.
    pub quantity: u32,
    /// How many of them are not in use.
    pub free: u32,
    /// Last day; none when it never expires.
    pub expires: Option<chrono::NaiveDate>,
    /// Status 1.
    pub valid: bool,
}

/// What the sign-in says about the service user and the solution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) may_upgrade: bool,
    pub(super) provider: Option<String>,
    pub(super) reseller: Option<String>,
    pub(super) profile: Option<String>,
}

pub(super) fn read_grant(object: &Value) -> Grant {
    let capabilities = object
        .get("Capabilities")
        .cloned()
        .map(one_or_many)
        .unwrap_or_default();
    Grant {
        may_upgrade: capabilities.iter().filter_map(text).any(|capability| {
            capability
                .split([',', ';', ' '])
                .any(|word| word.eq_ignore_ascii_case("upgrade"))
        }),
        provider: field(object, "Provider"),
        reseller: field(object, "Reseller"),
        profile: field(object, "Profile"),
    }
}

/// The systems of a solution, the primary first; or why these are none that can be managed (GEN-12, GEN-13).
pub(crate) fn read_systems(objects: &[Value]) -> Result<Vec<SystemReading>, Refusal> {
    if objects.len() > MOST_SYSTEMS {
        tracing::warn!(
            systems = objects.len(),
            "a solution lists more systems than a solution can have"
        );
        return Err(Refusal::TooManySystems);
    }
    let mut systems: Vec<SystemReading> = objects.iter().filter_map(read_system).collect();
    let Some(first) = systems.first() else {
        return Err(Refusal::Failed);
    };
    if let Some(other) = systems.iter().find(|system| cannot_be_managed(&system.edition)) {
        return Err(Refusal::NotSupported(other.edition.clone()));
    }
    if !systems.iter().any(|system| system.role == Role::Primary) {
        return Err(Refusal::NotSupported(
            format!("{} ({:?})", first.edition, first.role).trim().to_string(),
        ));
    }
    systems.sort_by_key(|system| system.role != Role::Primary);
    tell_apart(&mut systems);
    Ok(systems)
}

/// Gives systems that name themselves alike an identity each; the first one keeps its own.
fn tell_apart(systems: &mut [SystemReading]) {
    let mut known = HashSet::with_capacity(systems.len());
    for system in systems {
        if known.insert(system.identity.clone()) {
            continue;
        }
        let own = std::mem::take(&mut system.identity);
        system.identity = (2_u32..)
            .map(|number| format!("{own}#{number}"))
            .find(|identity| known.insert(identity.clone()))
            .unwrap_or(own);
    }
}

/// GEN-13
fn cannot_be_managed(edition: &str) -> bool {
    let edition = edition.to_ascii_lowercase();
    ["basic", "essential", "preferred"]
        .iter()
        .any(|name| edition.split_whitespace().any(|word| word == *name))
}

fn read_system(object: &Value) -> Option<SystemReading> {
    if !object.is_object() {
        return None;
    }
    let version: Vec<String> = ["MajorVersion", "MinorVersion", "ServicePack", "Build"]
        .iter()
        .map_while(|part| field(object, part))
        .collect();
    let version = if version.is_empty() {
        field(object, "Version").unwrap_or_default()
    } else {
        version.join(".")
    };
    let lan = object
        .get("LANS")
        .cloned()
        .map(one_or_many)
        .and_then(|lans| lans.first().and_then(|lan| field(lan, "IPAddress")));
    let address = field(object, "IPAddress").or(lan);
    let licence_host = object
        .get("PBXLicense")
        .and_then(|licence| field(licence, "HostID"));
    let identity = field(object, "SerialNumber")
        .or(licence_host)
        .or_else(|| address.clone());
    let name = field(object, "Name")
        .or_else(|| address.clone())
        .or_else(|| identity.clone())?;
    let role = match field(object, "Role")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "primary" => Role::Primary,
        "secondary" => Role::Secondary,
        // A system that stands alone does not always name its role.
        "" if object.get("Role").is_none() => Role::Primary,
        _ => Role::Expansion,
    };
    let services = object
        .get("Services")
        .cloned()
        .map(one_or_many)
        .unwrap_or_default();
    Some(SystemReading {
        identity: identity.unwrap_or_else(|| name.clone()),
        name,
        address: address.unwrap_or_default(),
        role,
        version,
        edition: field(object, "Edition").unwrap_or_default(),
        running: running(object),
        services: services
            .iter()
            .take(MOST_SERVICES)
            .filter_map(|service| {
                Some(ServiceReading {
                    name: field(service, "Name")?,
                    version: field(service, "Version").unwrap_or_default(),
                    running: running(service),
                })
            })
            .collect(),
    })
}

pub(crate) fn read_licence(object: &Value) -> Option<LicenceReading> {
    let expires = field(object, "Expiry").and_then(|text| {
        let day = text.get(..10).unwrap_or(&text);
        day.parse::<chrono::NaiveDate>().ok()
    });
    Some(LicenceReading {
        licence_type: field(object, "Type")?,
        quantity: count(object, "Quantity"),
        free: count(object, "Free"),
        expires,
        valid: object.get("Status").and_then(number) == Some(1),
    })
}
