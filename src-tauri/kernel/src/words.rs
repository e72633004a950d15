//! The words, for what has no interface: the command line and exports. The same Fluent files as the interface's.

use crate::error::{FieldProblem, Parameter, Parameters, WireError};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;
use unic_langid::LanguageIdentifier;

/// The three languages (GEN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Japanese.
    Ja,
}

/// The words of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    /// The keys of all messages.
    keys: Vec<String>,
}

static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::load("en", include_str!("../../../ui/locales/en.ftl")));
static FRENCH: LazyLock<Words> =
    LazyLock::new(|| Words::load("fr", include_str!("../../../ui/locales/fr.ftl")));
static JAPANESE: LazyLock<Words> =
    LazyLock::new(|| Words::load("ja", include_str!("../../../ui/locales/ja.ftl")));

impl Words {
    fn load(language: &str, source: &str) -> Self {
        // A damaged entry is left out here and found by `cargo xtask tidy`; the others still serve.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let keys = resource
            .entries()
            .filter_map(|entry| match entry {
                fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            })
            .collect();
        let mut bundle = FluentBundle::new_concurrent(vec![
            LanguageIdentifier::from_bytes(language.as_bytes()).unwrap_or_default(),
        ]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { bundle, keys }
    }

    /// The words of this language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Fr => &FRENCH,
            Language::Ja => &JAPANESE,
        }
    }

    /// The text of a key without parameters.
    pub fn get(&self, key: &str) -> Option<String> {
        self.with(key, None, &Parameters::new())
    }

    /// The text of a key (or of its attribute) with parameters.
    pub fn with(&self, key: &str, attribute: Option<&str>, parameters: &Parameters) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in parameters {
            match value {
                Parameter::Number(number) => arguments.set(name.as_str(), *number),
                Parameter::Text(text) => arguments.set(name.as_str(), text.as_str()),
            }
        }
        let mut errors = Vec::new();
        Some(
            self.bundle
                .format_pattern(pattern, Some(&arguments), &mut errors)
                .into_owned(),
        )
    }

    /// What follows this beginning in the keys that have it.
    pub fn names<'a>(&'a self, prefix: &str) -> impl Iterator<Item = &'a str> {
        self.keys.iter().filter_map(move |key| key.strip_prefix(prefix))
    }

    /// What went wrong, and what to do (GEN-04).
    pub fn error(&self, error: &WireError) -> String {
        let key = key_of(error.code.code());
        let mut text = self
            .with(&key, None, &error.params)
            .unwrap_or_else(|| error.code.code().to_owned());
        if let Some(action) = self.with(&key, Some("action"), &error.params) {
            text.push('\n');
            text.push_str(&action);
        }
        for field in &error.fields {
            text.push_str(&format!("\n  {}: {}", field.field, self.field(field)));
        }
        text
    }

    /// What is wrong with a field.
    pub fn field(&self, problem: &FieldProblem) -> String {
        self.with(&key_of(problem.code.code()), None, &problem.params)
            .unwrap_or_else(|| problem.code.code().to_owned())
    }
}

/// The Fluent key of an error code.
pub fn key_of(code: &str) -> String {
    format!("error-{}", code.replace('.', "-"))
}
