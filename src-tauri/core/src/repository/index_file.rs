//! A list of packages on the network, as it is written (PRO-03): JSON with names, addresses, sizes and SHA-256. Pure.
//!
//! ```json
//! { "name": "Vendor", "packages": [
//!   { "name": "webmanager-12.0.0.2.rpm", "url": "files/webmanager-12.0.0.2.rpm", "size": 118000000, "sha256": "9f…",
//!     "kind": "component", "product": "Web Manager", "version": "12.0.0.2", "tags": ["cloud"] } ] }
//! ```

use super::recognition;
use super::storing::Digest;
use super::types::{LARGEST, PackageFields, PackageKind};
use flotilla_kernel::transfer::plain_name;
use serde::Deserialize;
use url::Url;

/// A list has at most so many bytes.
pub const LIMIT: usize = 4 * 1024 * 1024;
/// More packages of one list are not looked at.
const MOST: usize = 10_000;
/// The longest name of a file or a list, in characters.
const NAME: usize = 200;

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    name: String,
    packages: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct WrittenPackage {
    name: String,
    url: String,
    size: i64,
    sha256: String,
    kind: Option<PackageKind>,
    product: Option<String>,
    version: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

/// A list of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// What it calls itself; may be empty.
    pub name: String,
    /// Its packages.
    pub packages: Vec<Listed>,
    /// How many lines were left out, because they are not what they should be.
    pub left_out: usize,
}

/// A package of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The name of its file.
    pub file_name: String,
    /// Where it is; `https`.
    pub address: String,
    /// How many bytes it has.
    pub size: i64,
    /// Its SHA-256.
    pub digest: Digest,
    /// What it is.
    pub fields: PackageFields,
}

/// Reads a list that is at this address. None: it is none.
pub fn read(address: &Url, bytes: &[u8]) -> Option<Index> {
    let written: Written = serde_json::from_slice(bytes).ok()?;
    let all = written.packages.len();
    let packages: Vec<Listed> = written
        .packages
        .into_iter()
        .take(MOST)
        .filter_map(|line| listed(address, serde_json::from_value(line).ok()?))
        .collect();
    Some(Index {
        name: written.name.trim().chars().take(NAME).collect(),
        left_out: all - packages.len(),
        packages,
    })
}

fn listed(index: &Url, line: WrittenPackage) -> Option<Listed> {
    let address = index.join(&line.url).ok().filter(|url| url.scheme() == "https")?;
    let digest = Digest::try_from(hex::decode(line.sha256.trim()).ok()?).ok()?;
    let file_name = plain_name(line.name.trim());
    let possible =
        !file_name.is_empty() && file_name.chars().count() <= NAME && (1..=LARGEST).contains(&line.size);
    let named = recognition::of_name(&file_name);
    let fields = PackageFields {
        kind: line.kind.unwrap_or(named.kind),
        product: line.product.unwrap_or(named.product),
        version: line.version.unwrap_or(named.version),
        tags: line.tags,
        note: String::new(),
    }
    .tidy();
    (possible && fields.check().is_empty()).then(|| Listed {
        file_name,
        address: address.into(),
        size: line.size,
        digest,
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(text: &str) -> Option<Index> {
        read(
            &Url::parse("https://vendor.example/repository/index.json").expect("an address"),
            text.as_bytes(),
        )
    }

    /// PRO-03, REP-09: what is said counts, what is not is recognised; a line that is not right is left out, and the others are read.
    #[test]
    fn lists_are_read() {
        let digest = "ab".repeat(32);
        let text = format!(
            r#"{{ "name": " Vendor ", "packages": [
                {{ "name": "webmanager-12.0.0.2.rpm", "url": "files/w.rpm", "size": 9, "sha256": "{digest}", "tags": ["cloud"] }},
                {{ "name": "a.bin", "url": "https://other.example/a", "size": 1, "sha256": "{digest}", "kind": "tool", "product": "A" }},
                {{ "name": "b.bin", "url": "http://vendor.example/b", "size": 1, "sha256": "{digest}" }},
                {{ "name": "c.bin", "url": "c", "size": 0, "sha256": "{digest}" }},
                {{ "name": "d.bin", "url": "d", "size": 1, "sha256": "abc" }},
                {{ "name": "e.bin" }}
            ] }}"#
        );
        let read = index(&text).expect("a list");
        assert_eq!((read.name.as_str(), read.left_out), ("Vendor", 4));
        let first = &read.packages[0];
        assert_eq!(first.address, "https://vendor.example/repository/files/w.rpm");
        assert_eq!(
            (first.fields.kind, first.fields.version.as_str()),
            (PackageKind::Component, "12.0.0.2")
        );
        assert_eq!(
            (
                read.packages[1].fields.kind,
                read.packages[1].fields.product.as_str()
            ),
            (PackageKind::Tool, "A")
        );
        assert_eq!(index("<html>"), None);
        assert_eq!(index("[]"), None);
    }

    proptest! {
        /// SEC-04: whatever comes is a list, or none.
        #[test]
        fn anything_is_read(text in "\\PC{0,200}") {
            index(&text);
            index(&format!("{{\"packages\":[{text}]}}"));
        }
    }
}
