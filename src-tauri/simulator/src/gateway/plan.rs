//! What may be done, and with which systems: decided before anything is begun.
use super::files::Content;
use super::keeper::Store;
use super::problem::{Problem, Refused};
use super::request::{Expected, HigherProfile, Profile, Request, Scope, Source, Target, Version};
use super::site::{Site, SiteSystem};
use super::uploads::Kind;

/// A system that an operation is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedSystem {
    /// Its place among all of the site; 0 is the primary.
    pub(super) place: u32,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) is_primary: bool,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Work {
    Upgrade { version: String },
    Components(Vec<(String, String)>),
    Profile(String),
    BackUp,
    Restore { backup: String },
    Customization,
    Logs(String),
    Server { version: String },
}

/// What is done, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) kind: &'static str,
    pub(super) work: Work,
    pub(super) systems: Vec<PlannedSystem>,
}

/// Decides. Nothing has been done when it refuses.
pub(super) fn plan(site: &Site, store: &Store, request: &Request) -> Result<Plan, Refused> {
    let kind = request.kind();
    if !site.capabilities().contains(&kind) {
        return Err(Problem::NotOffered.because(kind));
    }
    let systems = site.systems();
    let (work, chosen) = match request {
        Request::Upgrade {
            image,
            scope,
            expected,
        } => {
            let chosen = in_scope(&systems, scope)?;
            check(&systems, &chosen, expected)?;
            let stored = store.uploads.stored(Kind::Image, &image.0);
            let version = stored.and_then(|upload| upload.metadata.version.clone());
            let version = version.ok_or_else(|| Problem::ImageMissing.because(""))?;
            let chosen = older(&systems, chosen, &version)?;
            (Work::Upgrade { version }, chosen)
        }
        Request::UpgradeComponents { target, expected } => {
            let components = components(&systems, target)?;
            let has = |system: &SiteSystem| {
                let mut names = components.iter().map(|(name, _)| name);
                names.any(|name| system.components.iter().any(|(own, _)| own == name))
            };
            let chosen = places(&systems, has);
            check(&systems, &chosen, expected)?;
            (Work::Components(components), chosen)
        }
        Request::UpgradeProfile { from, to } => {
            check_profile(&site.profile().unwrap_or_default(), from, to)?;
            (
                Work::Profile(to.0.clone()),
                places(&systems, SiteSystem::is_primary),
            )
        }
        Request::BackUp {} => (Work::BackUp, places(&systems, SiteSystem::is_primary)),
        Request::Restore { backup, expected } => {
            let chosen = places(&systems, SiteSystem::is_primary);
            check(&systems, &chosen, expected)?;
            let file = store.files.get(&backup.0).ok();
            if file.is_none_or(|file| file.content != Content::Backup) {
                return Err(Problem::BackupMissing.because(""));
            }
            let backup = backup.0.clone();
            (Work::Restore { backup }, chosen)
        }
        Request::RefreshCustomization { files } => {
            if store.uploads.stored(Kind::Customization, &files.0).is_none() {
                return Err(Problem::ImageMissing.because("no such customization files"));
            }
            (Work::Customization, places(&systems, SiteSystem::is_primary))
        }
        Request::CollectLogs { logs } => (Work::Logs(logs.0.clone()), places(&systems, |_| true)),
        Request::UpgradeServer {
            source,
            version,
            expected,
        } => {
            let chosen = places(&systems, |_| true);
            check(&systems, &chosen, expected)?;
            check_source(store, source, version)?;
            let chosen = older(&systems, chosen, &version.0)?;
            let version = version.0.clone();
            (Work::Server { version }, chosen)
        }
    };
    if store.is_busy() {
        return Err(Problem::Busy.because(""));
    }
    Ok(Plan {
        kind,
        work,
        systems: planned(&systems, chosen),
    })
}

fn planned(systems: &[SiteSystem], chosen: Vec<usize>) -> Vec<PlannedSystem> {
    let planned = chosen.into_iter().filter_map(|place| {
        let system = systems.get(place)?;
        Some(PlannedSystem {
            place: u32::try_from(place).ok()?,
            id: system.id.clone(),
            name: system.name.clone(),
            version: system.version.clone(),
            is_primary: system.is_primary(),
        })
    });
    planned.collect()
}

/// The places of those systems for which this holds.
fn places(systems: &[SiteSystem], holds: impl Fn(&SiteSystem) -> bool) -> Vec<usize> {
    let all = systems.iter().enumerate();
    all.filter(|(_, system)| holds(system))
        .map(|(place, _)| place)
        .collect()
}

fn in_scope(systems: &[SiteSystem], scope: &Scope) -> Result<Vec<usize>, Refused> {
    let chosen = match scope {
        Scope::Word(word) if word.0 == "everything" => places(systems, |_| true),
        Scope::Word(_) => places(systems, SiteSystem::is_primary),
        Scope::One(one) => places(systems, |system| system.id == one.system.0),
    };
    if chosen.is_empty() {
        return Err(Problem::SystemUnknown.because(""));
    }
    Ok(chosen)
}

/// Whether everything is as the caller believes, and every system that is chosen is among what the caller looked at.
fn check(systems: &[SiteSystem], chosen: &[usize], expected: &[Expected]) -> Result<(), Refused> {
    for one in expected {
        let Some(system) = systems.iter().find(|system| system.id == one.system.0) else {
            return Err(Problem::SystemUnknown.because(one.system.0.as_str()));
        };
        if system.version != one.version.0 || one.boot.is_some_and(|boot| boot != system.boot) {
            return Err(Problem::SystemChanged.because(format!("{}: {}", system.id, system.version)));
        }
    }
    let forgotten = chosen
        .iter()
        .filter_map(|place| systems.get(*place))
        .find(|system| !expected.iter().any(|one| one.system.0 == system.id));
    match forgotten {
        Some(system) => Err(Problem::SystemChanged.because(format!("{} was not expected", system.id))),
        None => Ok(()),
    }
}

/// Those that have a lower version; there has to be one, and none may have a higher.
fn older(systems: &[SiteSystem], chosen: Vec<usize>, version: &str) -> Result<Vec<usize>, Refused> {
    let compare = |place: &usize| {
        let system = systems.get(*place);
        system.map(|system| numbers(&system.version).cmp(&numbers(version)))
    };
    if chosen
        .iter()
        .any(|place| compare(place).is_some_and(|order| order.is_gt()))
    {
        return Err(Problem::VersionOlder.because("a system has a higher version"));
    }
    let older: Vec<usize> = chosen
        .into_iter()
        .filter(|place| compare(place).is_some_and(|order| order.is_lt()))
        .collect();
    if older.is_empty() {
        return Err(Problem::VersionOlder.because("every system has this version"));
    }
    Ok(older)
}

/// A version as what can be compared.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Names and versions to be.
fn components(systems: &[SiteSystem], target: &Target) -> Result<Vec<(String, String)>, Refused> {
    let wanted: Vec<(String, String)> = match target {
        Target::Components(some) => some
            .components
            .iter()
            .map(|one| (one.name.0.clone(), one.version.0.clone()))
            .collect(),
        Target::CompleteSystem(complete) => {
            let mut names: Vec<&String> = systems
                .iter()
                .flat_map(|system| system.components.iter().map(|(name, _)| name))
                .collect();
            names.sort();
            names.dedup();
            names
                .into_iter()
                .map(|name| (name.clone(), complete.version.0.clone()))
                .collect()
        }
    };
    for (name, version) in &wanted {
        let mut versions = systems
            .iter()
            .flat_map(|system| &system.components)
            .filter(|(own, _)| own == name)
            .map(|(_, version)| version)
            .peekable();
        if versions.peek().is_none() {
            return Err(Problem::ComponentUnknown.because(name.as_str()));
        }
        if versions.any(|own| numbers(own) >= numbers(version)) {
            return Err(Problem::VersionOlder.because(name.as_str()));
        }
    }
    Ok(wanted)
}

fn check_profile(now: &str, from: &Profile, to: &HigherProfile) -> Result<(), Refused> {
    if now != from.0 {
        return Err(Problem::SystemChanged.because(format!("the profile is {now}")));
    }
    // S1 to S3 are in the order of their names.
    if to.0.as_str() <= now {
        return Err(Problem::ProfileNotHigher.because(format!("the profile is {now}")));
    }
    Ok(())
}

fn check_source(store: &Store, source: &Source, version: &Version) -> Result<(), Refused> {
    let Source::Image(from) = source else {
        return Ok(());
    };
    let stored = store.uploads.stored(Kind::Image, &from.image.0);
    match stored.and_then(|upload| upload.metadata.version.as_deref()) {
        None => Err(Problem::ImageMissing.because("")),
        Some(own) if own != version.0 => Err(Problem::ImageInvalid.because(format!("the image is {own}"))),
        Some(_) => Ok(()),
    }
}
