//! What a fleet looks like, worked out from the seed alone: same seed, same fleet (SIM-01).
use crate::options::Trouble;
use crate::random::Choices;
use crate::words::{
    COUNTRIES, DEVICE_VERSIONS, MAKER_PREFIXES, MODELS, NOTES, PLACES, PROVIDERS, RECORDERS, RESELLERS,
    SITES, VERSIONS, VIDEO_SERVER_VERSIONS,
};
use serde::Serialize;
use std::collections::HashSet;

/// GEN-12
pub(crate) const MOST_SYSTEMS: usize = 32;

const CUSTOMERS: u64 = 1;
const CAMERAS: u64 = 2;
const VIDEO_SERVERS: u64 = 7;

/// Where a solution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// At the customer's.
    OnPremises,
    /// At the provider's.
    Cloud,
}

impl Mode {
    /// As it stands in the import file.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::OnPremises => "on-premises",
            Mode::Cloud => "cloud",
        }
    }
}

/// What a system is in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Role {
    /// Answers for the whole solution.
    Primary,
    /// Takes over when the primary is away.
    Secondary,
    /// Any other.
    Expansion,
}

/// What is installed. The simulator's healthy systems are of those that can be managed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Edition {
    /// Server Edition.
    #[serde(rename = "Server Edition")]
    Server,
    /// Server Edition Select.
    #[serde(rename = "Server Edition Select")]
    Select,
}

/// An application on a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceBlueprint {
    /// Its name.
    pub name: &'static str,
    /// Whether it runs.
    #[serde(skip)]
    pub running: bool,
}

/// One system of a solution. Its version is its solution's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemBlueprint {
    /// Its name, unique in the solution.
    pub name: String,
    /// Inside the solution; the primary's is its listening address instead.
    pub address: String,
    /// Its place.
    pub role: Role,
    /// Unique in the fleet.
    pub serial_number: String,
    /// What its licences are bound to.
    pub licence_host: String,
    /// Whether it runs.
    pub running: bool,
    /// Its applications.
    pub services: Vec<ServiceBlueprint>,
}

/// Peculiarities of the management API (IPO-03), each switchable per system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oddities {
    /// `ws_object`, and the services of a system, are an object when there is one only.
    pub one_object: bool,
    /// JSON under `text/xml`.
    pub xml_content_type: bool,
    /// The token comes as header `X-SDK-Token` and not as cookie.
    pub token_in_header: bool,
    /// An error node `REBOOT` beside the data: done, reboot needed.
    pub reboot_node: bool,
    /// Too many sessions is 503 with `Retry-After` and not 403.
    pub limit_as_503: bool,
}

/// A customer's solution. The passwords are invented like the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct SolutionBlueprint {
    /// Unique without regard to case, at most 100 characters (ORG-01).
    pub name: String,
    /// Service user.
    pub user: String,
    /// Its password.
    pub password: String,
    /// One line.
    pub postal_address: String,
    /// At most 15 digits.
    pub telephone: String,
    /// Ends in `.example`.
    pub email: String,
    /// May be empty.
    pub note: String,
    /// At most 5.
    pub tags: Vec<String>,
    /// Where it stands.
    pub mode: Mode,
    /// Cloud profile, S1 to S3.
    pub profile: Option<&'static str>,
    /// Who runs it.
    pub provider: &'static str,
    /// Who sold it.
    pub reseller: &'static str,
    /// `11.1.3.2`
    pub version: &'static str,
    /// What is installed.
    pub edition: Edition,
    /// The primary first; 1 to 32 (GEN-12).
    pub systems: Vec<SystemBlueprint>,
    /// How it answers.
    pub oddities: Oddities,
}

/// How a device wants to be signed in to (VPX-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthenticationScheme {
    /// Digest with MD5.
    DigestMd5,
    /// Digest with SHA-256, and with MD5 for those that cannot.
    DigestSha256,
    /// Basic, as by default inside TLS.
    Basic,
}

/// A camera or another device.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraBlueprint {
    /// For people.
    pub name: String,
    /// Path of folders, `Leeds/Car park`.
    pub folder: String,
    /// An administrator's account.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The MAC address without separators (VPX-09).
    pub serial_number: String,
    /// Short name, full name, type, number, architecture, chip.
    pub model: [&'static str; 6],
    /// Of the firmware.
    pub version: &'static str,
    /// How it wants to be signed in to.
    pub scheme: AuthenticationScheme,
    /// Replies say `charset=utf8` (VPX-03).
    pub odd_charset: bool,
}

/// Under which name a video server offers NTLM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum NtlmScheme {
    /// `NTLM`
    #[serde(rename = "NTLM")]
    Ntlm,
    /// `Negotiate`
    Negotiate,
}

impl NtlmScheme {
    /// As it stands in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
        }
    }
}

/// A video server.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoServerBlueprint {
    /// For people.
    pub name: String,
    /// Of the machine, in the network.
    pub computer: String,
    /// A Windows account: `DOMAIN\name`, or `name` of the machine itself.
    pub user: String,
    /// Its password.
    pub password: String,
    /// What tells it from every other one.
    pub identity: String,
    /// The model of the machine.
    pub hardware: &'static str,
    /// Of the software.
    pub version: &'static str,
    /// How it wants to be signed in to.
    pub scheme: NtlmScheme,
    /// Its challenges say what time it has; then a proof needs an integrity code.
    pub says_time: bool,
}

/// The video servers of a fleet.
pub(crate) fn video_servers(count: usize, seed: u64) -> Vec<VideoServerBlueprint> {
    (0..count)
        .map(|index| {
            let mut choices = Choices::new(seed, VIDEO_SERVERS, index as u64);
            let country = choices.one_of(COUNTRIES);
            let city = choices.one_of(country.cities);
            let (high, low) = (choices.next(), choices.next());
            let hardware = *choices.one_of(RECORDERS);
            let version = *choices.one_of(VIDEO_SERVER_VERSIONS);
            VideoServerBlueprint {
                name: format!("{} Recorder {}", city.name, index + 1),
                computer: format!("REC-{:05}", index + 1),
                user: if choices.percent(50) {
                    format!("{}\\FleetService", country.tag.to_uppercase())
                } else {
                    "FleetService".to_string()
                },
                password: format!("Rec-{:08x}", choices.next() as u32),
                identity: format!(
                    "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                    high as u32,
                    (high >> 32) as u16,
                    (high >> 48) & 0xFFF,
                    low & 0xFFF,
                    (low >> 16) & 0xFFFF_FFFF_FFFF
                ),
                hardware,
                version,
                scheme: if choices.percent(50) {
                    NtlmScheme::Ntlm
                } else {
                    NtlmScheme::Negotiate
                },
                says_time: choices.percent(70),
            }
        })
        .collect()
}

/// The solutions of a fleet.
pub(crate) fn solutions(count: usize, seed: u64, trouble: Trouble) -> Vec<SolutionBlueprint> {
    let mut names = HashSet::with_capacity(count);
    (0..count)
        .map(|index| {
            let mut choices = Choices::new(seed, CUSTOMERS, index as u64);
            let size = match (trouble, index) {
                // A demonstration shows the largest there is, and a middling one.
                (Trouble::Demo, 0) => MOST_SYSTEMS,
                (Trouble::Demo, 1) => 14,
                _ => size(&mut choices),
            };
            solution(&mut choices, index, size, &mut names)
        })
        .collect()
}

/// On average about three.
fn size(choices: &mut Choices) -> usize {
    let size = match choices.below(100) {
        0..35 => 1,
        35..60 => 2,
        60..76 => 3,
        76..90 => choices.between(4, 6),
        90..98 => choices.between(7, 10),
        98 => choices.between(11, 20),
        _ => choices.between(21, MOST_SYSTEMS as u64),
    };
    size as usize
}

fn solution(
    choices: &mut Choices,
    index: usize,
    size: usize,
    names: &mut HashSet<String>,
) -> SolutionBlueprint {
    let country = choices.one_of(COUNTRIES);
    let city = choices.one_of(country.cities);
    let family = *choices.one_of(country.families);
    let trade = choices.one_of(country.trades);
    let plain_name = choices
        .one_of(country.patterns)
        .replace("{f}", family)
        .replace("{t}", trade.name)
        .replace("{c}", city.name);
    let name = unique(plain_name, city.name, names);
    let postal_code: String = (0..country.postal_digits)
        .map(|_| char::from(b'0' + choices.below(10) as u8))
        .collect();
    let street = *choices.one_of(country.streets);
    let postal_address = country
        .address
        .replace("{s}", street)
        .replace("{n}", &choices.between(1, 180).to_string())
        .replace("{p}", &postal_code)
        .replace("{c}", city.name);
    let telephone = format!(
        "{} {} {:06}",
        country.dialling_code,
        city.area_code,
        choices.between(100_000, 999_999)
    );
    let cloud = choices.percent(35);
    let mut tags = vec![country.tag.to_string(), trade.tag.to_string()];
    for (share, tag) in [(20, "gold"), (15, "silver"), (8, "pilot")] {
        if choices.percent(share) {
            tags.push(tag.to_string());
        }
    }
    let profile = ["S1", "S2", "S3"][choices.below(3) as usize];
    let version = weighted(choices.below(100), VERSIONS);
    let edition = if choices.percent(30) {
        Edition::Select
    } else {
        Edition::Server
    };
    let user = if choices.percent(90) {
        "COMAdmin"
    } else {
        "FleetService"
    };
    let oddities = Oddities {
        one_object: choices.percent(50),
        xml_content_type: choices.percent(15),
        token_in_header: choices.percent(15),
        reboot_node: choices.percent(4),
        limit_as_503: choices.percent(30),
    };
    let password = format!("Sim-{:08x}-{:04x}", choices.next() as u32, choices.next() as u16);
    let note = (*choices.one_of(NOTES)).to_string();
    let provider = *choices.one_of(PROVIDERS);
    let reseller = *choices.one_of(RESELLERS);
    let systems = (0..size)
        .map(|position| system(choices, index, position, city.plain, city.name))
        .collect();
    SolutionBlueprint {
        email: format!("it-{index}@{}.{}.example", city.plain, trade.tag),
        name,
        user: user.to_string(),
        password,
        postal_address,
        telephone,
        note,
        tags,
        mode: if cloud { Mode::Cloud } else { Mode::OnPremises },
        profile: cloud.then_some(profile),
        provider,
        reseller,
        version,
        edition,
        systems,
        oddities,
    }
}

/// Makes a name its own without regard to case (ORG-01): first by the city, then by a number.
fn unique(name: String, city: &str, names: &mut HashSet<String>) -> String {
    if names.insert(name.to_lowercase()) {
        return name;
    }
    let with_city = format!("{name} ({city})");
    if !name.contains(city) && names.insert(with_city.to_lowercase()) {
        return with_city;
    }
    let mut number = 2;
    loop {
        let numbered = format!("{name} {number}");
        if names.insert(numbered.to_lowercase()) {
            return numbered;
        }
        number += 1;
    }
}

fn weighted(mut draw: u64, list: &[(u64, &'static str)]) -> &'static str {
    for (weight, text) in list {
        if draw < *weight {
            return text;
        }
        draw -= weight;
    }
    list[list.len() - 1].1
}

fn system(choices: &mut Choices, index: usize, position: usize, plain: &str, city: &str) -> SystemBlueprint {
    let role = match position {
        0 => Role::Primary,
        1 if choices.percent(60) => Role::Secondary,
        _ => Role::Expansion,
    };
    let name = match role {
        Role::Primary => format!("{city} Primary"),
        Role::Secondary => format!("{city} Secondary"),
        Role::Expansion => format!("{} {position}", choices.one_of(SITES)),
    };
    let names: &[&'static str] = match role {
        Role::Primary => &[
            "IP Office",
            "one-X Portal",
            "Voicemail",
            "Web Manager",
            "Media Manager",
            "WebRTC Gateway",
            "Web License Manager",
        ],
        Role::Secondary => &["IP Office", "one-X Portal", "Voicemail", "Web Manager"],
        // Some have one only, which the API then gives as an object instead of a list.
        Role::Expansion if position % 3 == 2 => &["IP Office"],
        Role::Expansion => &["IP Office", "Web Manager"],
    };
    let services = names
        .iter()
        .enumerate()
        .map(|(place, name)| ServiceBlueprint {
            name,
            running: place == 0 || !choices.percent(3),
        })
        .collect();
    let network = index as u32;
    SystemBlueprint {
        name,
        address: format!(
            "10.{}.{}.{}",
            (network >> 8) & 0xFF,
            network & 0xFF,
            10 + position
        ),
        role,
        serial_number: format!("SIM{index:06}{position:02}"),
        licence_host: format!("{plain}-{:012x}", choices.next() & 0xFFFF_FFFF_FFFF),
        running: position == 0 || !choices.percent(2),
        services,
    }
}

/// The devices of a fleet.
pub(crate) fn cameras(count: usize, seed: u64) -> Vec<CameraBlueprint> {
    (0..count)
        .map(|index| {
            let mut choices = Choices::new(seed, CAMERAS, index as u64);
            let country = choices.one_of(COUNTRIES);
            let city = choices.one_of(country.cities);
            let place = *choices.one_of(PLACES);
            let model = *choices.one_of(MODELS);
            let version = *choices.one_of(DEVICE_VERSIONS);
            // The lower half of the address counts, so that no two devices share a number.
            let serial_number = format!("{}{:06X}", choices.one_of(MAKER_PREFIXES), index & 0xFF_FFFF);
            CameraBlueprint {
                name: format!("{place} {}", index + 1),
                folder: format!("{}/{place}", city.name),
                user: "root".to_string(),
                password: format!("Cam-{:08x}", choices.next() as u32),
                serial_number,
                model,
                version,
                scheme: match choices.below(10) {
                    0..5 => AuthenticationScheme::DigestMd5,
                    5..7 => AuthenticationScheme::DigestSha256,
                    _ => AuthenticationScheme::Basic,
                },
                odd_charset: choices.percent(30),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// SIM-01: same seed, same fleet; and a longer fleet begins like a shorter one.
    #[test]
    fn same_seed_same_fleet() {
        let fleet = solutions(60, 7, Trouble::None);
        assert_eq!(fleet, solutions(60, 7, Trouble::None));
        assert_eq!(fleet[..20], solutions(20, 7, Trouble::None));
        assert_ne!(fleet, solutions(60, 8, Trouble::None));
        assert_eq!(cameras(60, 7), cameras(60, 7));
        assert_eq!(cameras(60, 7)[..20], cameras(20, 7));
        assert_ne!(cameras(60, 7), cameras(60, 8));
        assert_eq!(video_servers(60, 7)[..20], video_servers(20, 7));
        assert_ne!(video_servers(60, 7), video_servers(60, 8));
    }

    /// GEN-12: about three systems a solution, and at most 32. The demonstration shows a full one.
    #[test]
    fn sizes() {
        let fleet = solutions(5000, 1, Trouble::None);
        let sizes: Vec<usize> = fleet.iter().map(|one| one.systems.len()).collect();
        let average = sizes.iter().sum::<usize>() as f64 / sizes.len() as f64;
        assert!((2.6..3.4).contains(&average), "{average}");
        assert!(sizes.iter().all(|size| (1..=MOST_SYSTEMS).contains(size)));
        assert!(sizes.iter().any(|size| *size > 20) && sizes.contains(&1));
        assert_eq!(solutions(1, 1, Trouble::Demo)[0].systems.len(), MOST_SYSTEMS);
    }

    /// ORG-01, GEN-12: ten thousand names, each its own without regard to case.
    #[test]
    fn ten_thousand_names() {
        let fleet = solutions(10_000, 3, Trouble::None);
        let names: HashSet<String> = fleet.iter().map(|one| one.name.to_lowercase()).collect();
        assert_eq!(names.len(), fleet.len());
        let addresses: HashSet<&str> = fleet
            .iter()
            .flat_map(|one| &one.systems)
            .map(|system| system.address.as_str())
            .collect();
        assert_eq!(
            addresses.len(),
            fleet.iter().map(|one| one.systems.len()).sum::<usize>()
        );
        let scripts = |test: fn(char) -> bool| fleet.iter().any(|one| one.name.chars().any(test));
        assert!(
            scripts(|letter| matches!(letter, 'é' | 'ç' | 'ô')),
            "French accents"
        );
        assert!(
            scripts(|letter| ('\u{4E00}'..='\u{9FFF}').contains(&letter)),
            "Japanese"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// CUS-20, ORG-01: whatever the seed, every field is one that an import accepts.
        #[test]
        fn fields_can_be_imported(seed: u64) {
            let mut serial_numbers = HashSet::new();
            for one in solutions(200, seed, Trouble::Demo) {
                prop_assert!(!one.name.trim().is_empty() && one.name.chars().count() <= 100);
                prop_assert!(!one.name.chars().any(char::is_control));
                prop_assert!(!one.user.is_empty() && !one.user.contains(':') && !one.password.is_empty());
                let digits = one.telephone.chars().filter(char::is_ascii_digit).count();
                prop_assert!((6..=15).contains(&digits) && one.telephone.starts_with('+'), "{}", one.telephone);
                prop_assert!(one.telephone.chars().all(|sign| sign.is_ascii_digit() || " +".contains(sign)));
                let (user, host) = one.email.split_once('@').unwrap_or_default();
                let plain = |text: &str| !text.is_empty()
                    && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
                prop_assert!(plain(user) && plain(host) && host.ends_with(".example"), "{}", one.email);
                prop_assert!(one.tags.len() <= 5 && one.tags.iter().all(|tag| !tag.contains([';', '|'])));
                prop_assert_eq!(one.tags.iter().collect::<HashSet<_>>().len(), one.tags.len());
                prop_assert!(one.note.chars().count() <= 200 && one.postal_address.chars().count() <= 200);
                prop_assert_eq!(one.profile.is_some(), one.mode == Mode::Cloud);
                prop_assert_eq!(one.systems.iter().filter(|system| system.role == Role::Primary).count(), 1);
                prop_assert_eq!(one.systems[0].role, Role::Primary);
                let names: HashSet<_> = one.systems.iter().map(|system| &system.name).collect();
                prop_assert_eq!(names.len(), one.systems.len());
                for system in &one.systems {
                    prop_assert!(serial_numbers.insert(system.serial_number.clone()));
                }
            }
            for one in cameras(200, seed) {
                prop_assert!(serial_numbers.insert(one.serial_number.clone()));
                prop_assert!(one.serial_number.len() == 12 && one.serial_number.bytes().all(|byte| byte.is_ascii_hexdigit()));
                prop_assert!(MAKER_PREFIXES.iter().any(|prefix| one.serial_number.starts_with(prefix)));
                prop_assert!(one.user.len() <= 14 && one.user.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
        }
    }
}
