//! What the preferences may hold. Pure.

use super::types::{Preferences, Terms};
use crate::customers::types::ProxyChoice;
use crate::fields;
use crate::wire::error::{ErrorCode, FieldProblem};

/// Longest licence terms, in code points.
const TERMS_LENGTH: usize = 100_000;
/// Most cluster consoles.
const CONSOLES: usize = 50;

/// Longest template or console address.
const ADDRESS_LENGTH: usize = 500;

/// ADM-03: every problem at once.
pub fn check(preferences: &Preferences) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = [
        fields::range(
            "session_timeout_minutes",
            preferences.session_timeout_minutes,
            5,
            30,
        ),
        fields::range("password_history", preferences.password_history, 0, 24),
        fields::range(
            "poll_interval_seconds",
            preferences.poll_interval_seconds,
            15,
            86_400,
        ),
        fields::range("poll_concurrency", preferences.poll_concurrency, 1, 512),
        fields::range("log_days", preferences.log_days, 1, 30),
        fields::zone("zone", &preferences.zone),
    ]
    .into_iter()
    .flatten()
    .collect();
    match &preferences.proxy {
        // For the workspace itself there is nothing it could follow.
        ProxyChoice::Workspace => problems.push(FieldProblem::new("proxy", ErrorCode::FieldNotAChoice)),
        ProxyChoice::Direct => {}
        ProxyChoice::HttpConnect { host, port } | ProxyChoice::Socks5 { host, port } => {
            problems.extend(fields::host("proxy.host", host));
            problems.extend(fields::port("proxy.port", *port));
        }
    }
    for (place, address) in preferences.addresses.iter().enumerate() {
        // One for each application; more than there are applications are therefore never kept.
        if preferences.addresses[..place]
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
    if preferences.consoles.len() > CONSOLES {
        problems.push(FieldProblem::new("consoles", ErrorCode::TooLarge).with("limit", CONSOLES));
    }
    for (place, console) in preferences.consoles.iter().enumerate() {
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
    if let Some(terms) = &preferences.terms {
        problems.extend(fields::text("terms", &terms.text, TERMS_LENGTH, true));
    }
    problems
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

/// ACC-08: the version of the terms rises with every change of their text; empty terms are none.
pub fn terms(before: Option<&Terms>, after: Option<&Terms>, last_version: i64) -> Option<Terms> {
    let text = after
        .map(|terms| terms.text.trim())
        .filter(|text| !text.is_empty())?;
    match before.filter(|before| before.text == text) {
        Some(before) => Some(before.clone()),
        None => Some(Terms {
            version: last_version + 1,
            text: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::administration::types::{ApplicationAddress, Console};
    use crate::customers::types::Application;
    use proptest::prelude::*;

    /// ADM-03: the limits of the specification, each alone.
    #[test]
    fn limits_hold() {
        assert!(check(&Preferences::default()).is_empty());
        let wrong = Preferences {
            session_timeout_minutes: 31,
            password_history: 25,
            poll_interval_seconds: 14,
            poll_concurrency: 0,
            log_days: 0,
            zone: "Mars/Olympus".into(),
            proxy: ProxyChoice::Workspace,
            addresses: vec![ApplicationAddress {
                application: Application::WebManager,
                template: "javascript:alert(1)".into(),
            }],
            consoles: vec![Console {
                name: String::new(),
                url: "https://{other}/".into(),
            }],
            ..Preferences::default()
        };
        let fields: Vec<String> = check(&wrong).into_iter().map(|problem| problem.field).collect();
        let expected = [
            "session_timeout_minutes",
            "password_history",
            "poll_interval_seconds",
            "poll_concurrency",
            "log_days",
            "zone",
            "proxy",
            "addresses.0",
            "consoles.0.name",
            "consoles.0.url",
        ];
        assert_eq!(fields, expected);
    }

    /// CUS-50: each application has one address; so there are never more than applications.
    #[test]
    fn one_address_for_an_application() {
        let mut preferences = Preferences::default();
        assert!(check(&preferences).is_empty());
        preferences.addresses.push(preferences.addresses[0].clone());
        let last = format!("addresses.{}", preferences.addresses.len() - 1);
        let problems = check(&preferences);
        assert_eq!(problems, [FieldProblem::new(&last, ErrorCode::FieldTaken)]);
    }

    proptest! {
        /// ACC-08: a version is never used for two texts.
        #[test]
        fn terms_versions_rise(texts in prop::collection::vec("[ab]{0,2}", 1..12)) {
            let mut present: Option<Terms> = None;
            let mut last = 0;
            for text in texts {
                let next = terms(present.as_ref(), Some(&Terms { version: 0, text: text.clone() }), last);
                if let Some(next) = &next {
                    let same = present.as_ref().is_some_and(|present| present.text == text);
                    prop_assert_eq!(next.version, if same { present.as_ref().map_or(0, |present| present.version) } else { last + 1 });
                    last = last.max(next.version);
                } else {
                    prop_assert!(text.is_empty());
                }
                present = next;
            }
        }
    }
}
