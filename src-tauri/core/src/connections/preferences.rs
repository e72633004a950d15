//! The part of the preferences that connections follow (CUS-15, CUS-40).

use super::types::{ConnectionPreferences, ProxyChoice};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use flotilla_kernel::preferences::Preference;

impl Preference for ConnectionPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        let mut problems: Vec<FieldProblem> = [
            fields::range("poll_interval_seconds", self.poll_interval_seconds, 15, 86_400),
            fields::range("poll_concurrency", self.poll_concurrency, 1, 512),
        ]
        .into_iter()
        .flatten()
        .collect();
        match &self.proxy {
            // For the workspace itself there is nothing it could follow.
            ProxyChoice::Workspace => problems.push(FieldProblem::new("proxy", ErrorCode::FieldNotAChoice)),
            ProxyChoice::Direct => {}
            ProxyChoice::HttpConnect { host, port } | ProxyChoice::Socks5 { host, port } => {
                problems.extend(fields::host("proxy.host", host));
                problems.extend(fields::port("proxy.port", *port));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ADM-03: the limits of the specification, each alone.
    #[test]
    fn limits_hold() {
        assert!(ConnectionPreferences::default().check().is_empty());
        let fields = |problems: Vec<FieldProblem>| -> Vec<String> {
            problems.into_iter().map(|problem| problem.field).collect()
        };
        let wrong = ConnectionPreferences {
            poll_interval_seconds: 14,
            poll_concurrency: 0,
            proxy: ProxyChoice::Workspace,
        };
        assert_eq!(
            fields(wrong.check()),
            ["poll_interval_seconds", "poll_concurrency", "proxy"]
        );
    }
}
