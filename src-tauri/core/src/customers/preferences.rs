//! The part of the preferences that launching follows (CUS-50).

use super::types::LaunchPreferences;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use flotilla_kernel::preferences::Preference;

/// Most cluster consoles.
const CONSOLES: usize = 50;
/// Longest template or console address.
const ADDRESS_LENGTH: usize = 500;

impl Preference for LaunchPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (place, address) in self.addresses.iter().enumerate() {
            // One for each application; more than there are applications are therefore never kept.
            if self.addresses[..place]
                .iter()
                .any(|before| before.application == address.application)
            {
                problems.push(FieldProblem::new(
                    &format!("addresses.{place}"),
                    ErrorCode::FieldTaken,
                ));
            }
            if !address.template.is_empty() && !is_address(&address.template) {
                problems.push(FieldProblem::new(
                    &format!("addresses.{place}"),
                    ErrorCode::FieldNotATemplate,
                ));
            }
        }
        if self.consoles.len() > CONSOLES {
            problems.push(FieldProblem::new("consoles", ErrorCode::TooLarge).with("limit", CONSOLES));
        }
        for (place, console) in self.consoles.iter().enumerate() {
            problems.extend(fields::required(
                &format!("consoles.{place}.name"),
                &console.name,
                fields::NAME_LENGTH,
            ));
            if !is_address(&console.url) {
                problems.push(FieldProblem::new(
                    &format!("consoles.{place}.url"),
                    ErrorCode::FieldNotATemplate,
                ));
            }
        }
        problems
    }
}

/// CUS-50: a web address once `{host}` and `{port}` are filled in, and nothing a browser would run.
fn is_address(template: &str) -> bool {
    let filled = template
        .replace("{host}", "host.example")
        .replace("{port}", "8443");
    template.len() <= ADDRESS_LENGTH
        && !filled.contains(['{', '}'])
        && url::Url::parse(&filled).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::types::{Application, ApplicationAddress, Console};

    /// ADM-03: the limits of the specification, each alone.
    #[test]
    fn limits_hold() {
        assert!(LaunchPreferences::default().check().is_empty());
        let fields = |problems: Vec<FieldProblem>| -> Vec<String> {
            problems.into_iter().map(|problem| problem.field).collect()
        };
        let wrong = LaunchPreferences {
            addresses: vec![ApplicationAddress {
                application: Application::WebManager,
                template: "javascript:alert(1)".into(),
            }],
            consoles: vec![Console {
                name: String::new(),
                url: "https://{other}/".into(),
            }],
        };
        assert_eq!(
            fields(wrong.check()),
            ["addresses.0", "consoles.0.name", "consoles.0.url"]
        );
    }

    /// CUS-50: each application has one address; so there are never more than applications.
    #[test]
    fn one_address_for_an_application() {
        let mut preferences = LaunchPreferences::default();
        preferences.addresses.push(preferences.addresses[0].clone());
        let last = format!("addresses.{}", preferences.addresses.len() - 1);
        assert_eq!(
            preferences.check(),
            [FieldProblem::new(&last, ErrorCode::FieldTaken)]
        );
    }
}
