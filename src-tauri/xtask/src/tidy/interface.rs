//! The interface's tiers: `shared ← features ← app`, and only `platform` knows the host.

use super::{Finding, Source};

/// A part of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tier {
    Wire,
    Platform,
    Shared,
    Feature(String),
    App,
}

/// Looks at every import of the interface.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(path) = source.name.strip_prefix("ui/src/") else {
            continue;
        };
        if !(path.ends_with(".ts") || path.ends_with(".svelte")) {
            continue;
        }
        let Some(tier) = tier(path) else { continue };
        for (line, target) in imports(&source.text) {
            if target.starts_with("@tauri-apps/") && tier != Tier::Platform {
                findings.push(Finding::at(
                    &source.name,
                    line,
                    "only src/platform knows the host; use its port",
                ));
            }
            if let Some(to) = resolve(path, &target).as_deref().and_then(self::tier)
                && let Some(reason) = forbidden(&tier, &to)
            {
                findings.push(Finding::at(
                    &source.name,
                    line,
                    format!("imports {target}: {reason}"),
                ));
            }
        }
    }
    findings
}

fn tier(path: &str) -> Option<Tier> {
    let mut parts = path.split('/');
    match parts.next()? {
        "wire" => Some(Tier::Wire),
        "platform" => Some(Tier::Platform),
        "shared" => Some(Tier::Shared),
        "features" => Some(Tier::Feature(parts.next().unwrap_or_default().to_owned())),
        "app" => Some(Tier::App),
        _ => None,
    }
}

fn forbidden(from: &Tier, to: &Tier) -> Option<&'static str> {
    match (from, to) {
        (Tier::Shared, Tier::Feature(_) | Tier::App) => Some("shared parts know no feature and no layout"),
        (Tier::Feature(_), Tier::App) => Some("a feature does not know the layout around it"),
        (Tier::Platform, Tier::Feature(_) | Tier::App) => Some("the port to the host knows no page"),
        (Tier::Wire, Tier::Platform | Tier::Shared | Tier::Feature(_) | Tier::App) => {
            Some("what is generated stands on its own")
        }
        _ => None,
    }
}

/// The modules a text imports, with their lines.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for opening in [
            " from '",
            " from \"",
            "import '",
            "import \"",
            "import('",
            "import(\"",
            "} from '",
        ] {
            if let Some((_, rest)) = line.split_once(opening)
                && let Some(end) = rest.find(['\'', '"'])
            {
                let target = (number + 1, rest[..end].to_owned());
                if !found.contains(&target) {
                    found.push(target);
                }
            }
        }
    }
    found
}

/// The path from `ui/src` that an import means, if it means a file of ours.
fn resolve(from: &str, target: &str) -> Option<String> {
    if let Some(rest) = target.strip_prefix('$') {
        return Some(rest.to_owned());
    }
    if !target.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(name: &str, text: &str) -> usize {
        check(&[Source::new(name, text)]).len()
    }

    /// Imports go one way, however they are written.
    #[test]
    fn tiers() {
        assert_eq!(
            check_one("ui/src/shared/a.ts", "import { x } from '$features/customers/x';"),
            1
        );
        assert_eq!(
            check_one(
                "ui/src/shared/components/a.svelte",
                "import X from '../../app/X.svelte';"
            ),
            1
        );
        assert_eq!(
            check_one(
                "ui/src/features/customers/a.ts",
                "const x = await import('../../app/router');"
            ),
            1
        );
        assert_eq!(
            check_one(
                "ui/src/features/customers/a.ts",
                "import { invoke } from '@tauri-apps/api/core';"
            ),
            1
        );
        assert_eq!(
            check_one(
                "ui/src/platform/tauri.ts",
                "import { invoke } from '@tauri-apps/api/core';"
            ),
            0
        );
        assert_eq!(
            check_one(
                "ui/src/app/a.ts",
                "import { x } from '$features/customers';\nimport './b.css';"
            ),
            0
        );
    }
}
