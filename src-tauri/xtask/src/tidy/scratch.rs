//! A small source tree in a temporary folder in which every sentence holds, to be broken one sentence at a time.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Source, documentation, findings, read};
use crate::workspace::Workspace;

/// The tree; its folder goes with it.
pub struct Scratch {
    root: PathBuf,
}

const FILES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace.lints.rust]\nmissing_docs = \"warn\"\n\n[package]\nname = \"flotilla\"\n\n[lints]\nworkspace = true\n\n\
         [dependencies]\nflotilla-core.workspace = true\ntauri.workspace = true\n",
    ),
    (
        "src-tauri/src/main.rs",
        "//! Shell.\nfn main() { tauri::run(flotilla_core::composition::ALL); }\n",
    ),
    (
        "src-tauri/ARCHITECTURE.md",
        "# How it is built\n\n## Layers\n| layer | features |\n| --- | --- |\n| 1 | `accounts`, `labels` |\n\
         | 2 | `customers` |\n| top | `composition`, `router` |\n\nMore.\n",
    ),
    ("src-tauri/connectors/src/lib.rs", "//! Connectors.\n"),
    ("src-tauri/simulator/src/lib.rs", "//! Simulator.\n"),
    ("src-tauri/server/src/lib.rs", "//! Server.\n"),
    (
        "src-tauri/kernel/src/lib.rs",
        "//! Kernel.\npub mod database;\npub mod error;\npub mod rights;\npub mod visibility;\n",
    ),
    (
        "src-tauri/kernel/src/error.rs",
        "//! Errors.\nerror_codes! {\n    NotFound = \"not-found\",\n}\n",
    ),
    (
        "src-tauri/kernel/src/rights.rs",
        "//! Rights.\nconst ROLE: &str = \"SELECT role FROM membership\";\nfn right() { Err(crate::error::ErrorCode::NotFound.into()) }\n",
    ),
    (
        "src-tauri/kernel/src/visibility.rs",
        "//! Visibility.\nconst OF: &str = \"SELECT 1 FROM membership\";\n",
    ),
    (
        "src-tauri/kernel/src/database/mod.rs",
        "//! Database.\nuse crate::error::Problem;\n\n/// In order.\nconst MIGRATIONS: &[&str] = &[\n    \
         include_str!(\"migrations/0001_first.sql\"),\n];\n\n#[cfg(test)]\nmod tests {\n    /// 0001\n    fn first() {}\n}\n",
    ),
    (
        "src-tauri/kernel/src/database/migrations/0001_first.sql",
        "-- owner: kernel\nCREATE TABLE setting (name TEXT);\n\n-- People.\n-- owner: accounts; readable\nCREATE TABLE account (id);\n\
         -- owner: accounts\nCREATE TABLE password_history (id);\n-- owner: accounts\nCREATE TABLE membership (id);\n\
         -- owner: customers\nCREATE TABLE customer (id);\n",
    ),
    (
        "src-tauri/core/src/accounts/mod.rs",
        "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\n/// What it offers.\npub fn feature() { store::read(rules::LIMIT); }\n",
    ),
    (
        "src-tauri/core/src/accounts/rules.rs",
        "//! Rules.\nuse super::types::Account;\n/// So many.\npub const LIMIT: u8 = 1;\n/// Limit.\npub fn limit(_: Account) {}\n",
    ),
    (
        "src-tauri/core/src/accounts/store.rs",
        "//! Store.\nuse super::types::Account;\n/// Reads.\npub fn read() { query(\"SELECT id FROM account JOIN membership\"); }\n",
    ),
    (
        "src-tauri/core/src/accounts/types.rs",
        "//! Types.\n/// One.\npub struct Account;\n",
    ),
    ("src-tauri/core/src/labels.rs", "//! Labels.\n"),
    (
        "src-tauri/core/src/customers/mod.rs",
        "//! Customers.\npub mod store;\npub mod types;\n",
    ),
    (
        "src-tauri/core/src/customers/store.rs",
        "//! Store.\nuse crate::accounts::types::Account;\n/// Saves.\npub fn save() { query(\"UPDATE customer SET id = (SELECT id FROM account)\"); }\n",
    ),
    (
        "src-tauri/core/src/customers/types.rs",
        "//! Types.\n/// One.\npub struct Customer;\n",
    ),
    (
        "src-tauri/core/src/composition.rs",
        "//! Composition.\n/// All.\npub const ALL: [fn(); 1] = [crate::accounts::feature];\n",
    ),
    ("src-tauri/core/src/router.rs", "//! Router.\n"),
    (
        "ui/locales/en.ftl",
        "hello = Hello!\nerror-not-found = Not found\n    .action = Look again.\n",
    ),
    (
        "ui/locales/fr.ftl",
        "hello = Bonjour\u{202f}!\nerror-not-found = Introuvable\n    .action = Regardez.\n",
    ),
    (
        "ui/locales/ja.ftl",
        "hello = こんにちは。\nerror-not-found = 見つかりません\n    .action = 確認してください。\n",
    ),
    ("ui/src/app/page.ts", "t('hello'); t(`error-${code}`);\n"),
];

/// The crates below the root with what they ask for.
const CRATES: &[(&str, &str)] = &[
    ("connectors", ""),
    ("simulator", ""),
    ("kernel", "flotilla-connectors.workspace = true\n"),
    ("core", "flotilla-kernel.workspace = true\n"),
    ("server", "flotilla-core.workspace = true\n"),
];

impl Scratch {
    /// A tree in which every sentence holds.
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("flotilla-tidy-{}-{number}", std::process::id()));
        let mut scratch = Self { root };
        for (name, text) in FILES {
            scratch.write(name, text);
        }
        for (name, dependencies) in CRATES {
            let text = format!(
                "[package]\nname = \"flotilla-{name}\"\n\n[lints]\nworkspace = true\n\n[dependencies]\n{dependencies}"
            );
            scratch.write(&format!("src-tauri/{name}/Cargo.toml"), &text);
        }
        let exempt = if documentation::EXEMPT.contains(&"flotilla-core") {
            "#![expect(missing_docs, reason = \"x\")]\n"
        } else {
            ""
        };
        scratch.write(
            "src-tauri/core/src/lib.rs",
            &format!("//! Core.\n{exempt}pub mod accounts;\npub mod composition;\npub mod customers;\npub mod labels;\npub mod router;\n"),
        );
        let made = Command::new("git")
            .args(["init", "--quiet"])
            .current_dir(&scratch.root)
            .status()
            .expect("git runs");
        assert!(made.success(), "git makes a repository");
        scratch
    }

    /// Where a file is.
    pub fn place(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file, in place of one that is there.
    pub fn write(&mut self, name: &str, text: &str) {
        let place = self.place(name);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(place, text).expect("a file can be written");
    }

    /// Replaces a text that must stand in the file.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.place(name)).expect("the file is there");
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, &text.replacen(from, to, 1));
    }

    /// The tree as tidy reads it.
    pub fn sources(&self) -> Vec<Source> {
        let workspace = Workspace {
            root: self.root.clone(),
            target: self.root.join("target"),
        };
        read(&workspace).expect("the tree can be read")
    }

    /// What tidy finds, as it is printed.
    pub fn findings(&self) -> Vec<String> {
        let mut found = findings(&self.sources());
        found.sort();
        found.iter().map(ToString::to_string).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, whose folder it is.
        drop(std::fs::remove_dir_all(&self.root));
    }
}

/// What tidy finds when one text of one file is replaced in the tree in which everything holds.
pub fn broken(name: &str, from: &str, to: &str) -> Vec<String> {
    let mut scratch = Scratch::new();
    assert_eq!(
        scratch.findings(),
        Vec::<String>::new(),
        "everything holds before"
    );
    scratch.replace(name, from, to);
    scratch.findings()
}
