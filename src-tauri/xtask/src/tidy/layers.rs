//! The features of core lie in layers, and each uses only features in layers below its own.
//!
//! The order stands in `ARCHITECTURE.md`, in the table with the head `| layer | features |`, lowest layer first. In the
//! last row, called `top`, stands what puts the features together (`composition`, `router`, …): these may use each
//! other, since there is no circle among them either (`circles`).

use std::collections::BTreeMap;

use super::modules::Modules;
use super::{Finding, Source};

/// Where the order stands.
const ORDER: &str = "src-tauri/ARCHITECTURE.md";

/// The crate whose modules lie in layers.
pub const CORE: &str = "flotilla-core";

/// Its sources.
const FOLDER: &str = "src-tauri/core/src/";

/// The row of what puts the features together.
const TOP: &str = "top";

/// Where a feature stands.
struct Layer {
    /// The number of the row, from below.
    rank: usize,
    /// What the row is called.
    name: String,
    line: usize,
}

/// The order of the features.
#[derive(Default)]
pub struct Layers {
    features: BTreeMap<String, Layer>,
}

impl Layers {
    /// Reads the order.
    pub fn read(sources: &[Source], findings: &mut Vec<Finding>) -> Self {
        let mut layers = Self::default();
        let text = sources
            .iter()
            .find(|source| source.name == ORDER)
            .map_or("", |source| source.text.as_str());
        let mut rows = text
            .lines()
            .enumerate()
            .skip_while(|(_, line)| !is_head(line))
            .skip(1);
        let mut rank = 0;
        for (number, line) in rows
            .by_ref()
            .take_while(|(_, line)| line.trim_start().starts_with('|'))
        {
            let Some((name, features)) = cells(line) else {
                continue;
            };
            if name.chars().all(|character| character == '-' || character == ':') {
                continue;
            }
            rank += 1;
            for feature in features.split('`').skip(1).step_by(2) {
                let feature = feature.trim_end_matches(".rs");
                let layer = Layer {
                    rank,
                    name: name.to_owned(),
                    line: number + 1,
                };
                match layers.features.get(feature) {
                    None => {
                        layers.features.insert(feature.to_owned(), layer);
                    }
                    Some(before) => findings.push(Finding::at(
                        ORDER,
                        number + 1,
                        format!("{feature} stands in two layers; first in line {}", before.line),
                    )),
                }
            }
        }
        if layers.features.is_empty() {
            findings.push(Finding::new(
                ORDER,
                "has no table `| layer | features |`; the order of the features is read from it",
            ));
        }
        layers
    }

    /// Whether the order says who of the two may use whom.
    pub fn are_ordered(&self, one: &str, other: &str) -> bool {
        let is_feature = |name: &str| self.features.get(name).filter(|layer| layer.name != TOP);
        let both = self.features.contains_key(one) && self.features.contains_key(other);
        both && (is_feature(one).is_some() || is_feature(other).is_some())
    }

    /// Whether there is an order, and no feature of this name in it.
    pub fn lacks(&self, name: &str) -> bool {
        !self.features.is_empty() && !self.features.contains_key(name)
    }
}

fn is_head(line: &str) -> bool {
    cells(line) == Some(("layer", "features"))
}

/// The two cells of a row.
fn cells(line: &str) -> Option<(&str, &str)> {
    let mut cells = line
        .trim()
        .strip_prefix('|')?
        .strip_suffix('|')?
        .split('|')
        .map(str::trim);
    let both = (cells.next()?, cells.next()?);
    cells.next().is_none().then_some(both)
}

/// Looks at every use of one feature by another.
pub fn check(sources: &[Source], layers: &Layers) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(modules) = Modules::read(sources, FOLDER, "lib.rs") else {
        return findings;
    };
    if layers.features.is_empty() {
        return findings;
    }
    for (name, file) in modules.top() {
        if layers.lacks(name) {
            findings.push(Finding::new(
                file,
                format!("{name} stands in no layer of {ORDER}"),
            ));
        }
    }
    for (name, layer) in &layers.features {
        if !modules.top().any(|(module, _)| module == name) {
            findings.push(Finding::at(
                ORDER,
                layer.line,
                format!("{name} is no module of {FOLDER}"),
            ));
        }
    }
    // By file and feature, so that one wrong use is one finding, not one for each name that is imported.
    let mut wrong: BTreeMap<(&str, &str), (usize, String)> = BTreeMap::new();
    for used in modules.uses() {
        let (Some(from), Some(to)) = (modules.path(used.from).first(), modules.path(used.to).first()) else {
            continue;
        };
        if from == to {
            continue;
        }
        let (Some(user), Some(owner)) = (layers.features.get(from), layers.features.get(to)) else {
            continue;
        };
        let together = user.rank == owner.rank && user.name == TOP;
        if owner.rank < user.rank || together {
            continue;
        }
        let what = format!(
            "{from} (layer {}) uses {to} (layer {}): a feature uses only features in layers below its own; what it needs \
             from above is handed to it",
            user.name, owner.name
        );
        let entry = wrong
            .entry((modules.file(used.from), to.as_str()))
            .or_insert((used.line, what));
        entry.0 = entry.0.min(used.line);
    }
    findings.extend(
        wrong
            .into_iter()
            .map(|((file, _), (line, what))| Finding::at(file, line, what)),
    );
    findings
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};

    const ORDER: &str = "src-tauri/ARCHITECTURE.md";

    /// A feature that uses one above it, or beside it: file, line, both features and their layers.
    #[test]
    fn upwards_and_sideways() {
        let file = "src-tauri/core/src/accounts/rules.rs";
        let findings = broken(
            file,
            "//! Rules.\n",
            "//! Rules.\n\nuse crate::customers::types::Customer;\n",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!(
                "{file}:3: accounts (layer 1) uses customers (layer 2): "
            )),
            "{findings:?}"
        );
        let findings = broken(
            file,
            "//! Rules.\n",
            "//! Rules.\nfn f() { crate::labels::read(); }\n",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{file}:2: accounts (layer 1) uses labels (layer 1): ")),
            "{findings:?}"
        );
        let findings = broken(file, "//! Rules.\n", "//! Rules.\nuse crate::composition::ALL;\n");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("uses composition (layer top)"),
            "{findings:?}"
        );
    }

    /// At the top they may use each other, in no circle.
    #[test]
    fn at_the_top() {
        let file = "src-tauri/core/src/router.rs";
        assert_eq!(
            broken(
                file,
                "//! Router.\n",
                "//! Router.\nuse crate::composition::ALL;\n"
            ),
            Vec::<String>::new()
        );
        let mut scratch = Scratch::new();
        scratch.write(
            file,
            "//! Router.\nuse crate::composition::ALL;\n/// Way.\npub struct Way;\n",
        );
        scratch.replace(
            "src-tauri/core/src/composition.rs",
            "//! Composition.\n",
            "//! Composition.\nuse crate::router::Way;\n",
        );
        let findings = scratch.findings();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("circle of modules composition → router → composition"),
            "{findings:?}"
        );
    }

    /// Every module of core stands in the order once, and the order names nothing else.
    #[test]
    fn everything_has_a_layer() {
        let findings = broken(ORDER, "`accounts`, `labels`", "`accounts`");
        assert_eq!(
            findings,
            ["src-tauri/core/src/labels.rs: labels stands in no layer of src-tauri/ARCHITECTURE.md"]
        );
        let findings = broken(ORDER, "`customers` |", "`customers`, `accounts` |");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0]
                .starts_with("src-tauri/ARCHITECTURE.md:7: accounts stands in two layers; first in line 6"),
            "{findings:?}"
        );
        let findings = broken(ORDER, "`accounts`, `labels`", "`accounts`, `labels`, `licensing`");
        assert_eq!(
            findings,
            ["src-tauri/ARCHITECTURE.md:6: licensing is no module of src-tauri/core/src/"]
        );
        let findings = broken(ORDER, "| layer | features |", "| layers | features |");
        assert!(
            findings[0].starts_with("src-tauri/ARCHITECTURE.md: has no table"),
            "{findings:?}"
        );
    }
}
