//! What the preferences of licences may be: the reseller's contact as far as it can be checked (LIC-77), and a limit (LIC-51).

use super::types::LicencePreferences;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use flotilla_kernel::preferences::Preference;

/// The longest web address, in bytes.
const ADDRESS_LENGTH: usize = 500;

impl Preference for LicencePreferences {
    fn check(&self) -> Vec<FieldProblem> {
        let any = [&self.reseller_telephone, &self.reseller_email, &self.reseller_web]
            .iter()
            .any(|value| !value.trim().is_empty());
        // A number without a name says nobody whom to ask for.
        let name = if any {
            fields::required("reseller_name", &self.reseller_name, fields::NAME_LENGTH)
        } else {
            fields::text("reseller_name", &self.reseller_name, fields::NAME_LENGTH, false)
        };
        let web = self.reseller_web.trim();
        let web = (!web.is_empty() && !is_web_address(web))
            .then(|| FieldProblem::new("reseller_web", ErrorCode::FieldNotAWebAddress));
        [
            name,
            fields::telephone("reseller_telephone", &self.reseller_telephone),
            fields::email("reseller_email", &self.reseller_email),
            web,
            fields::range("offline_rehosts", self.offline_rehosts, 0, 100),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Whether it is a page on the web, without a name and password in it, and nothing a browser would run.
fn is_web_address(address: &str) -> bool {
    address.len() <= ADDRESS_LENGTH
        && url::Url::parse(address).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// LIC-77: each field alone; and whoever can be called has a name.
    #[rstest]
    #[case(["", "", "", ""], &[])]
    #[case(["Nordlicht Telekom", "+49 40 5550 112", "licences@nordlicht.example", "https://nordlicht.example/shop"], &[])]
    #[case(["", "+49 40 5550 112", "", ""], &["reseller_name"])]
    #[case(["Nordlicht", "call me", "", ""], &["reseller_telephone"])]
    #[case(["Nordlicht", "", "nordlicht.example", ""], &["reseller_email"])]
    #[case(["Nordlicht", "", "", "nordlicht.example"], &["reseller_web"])]
    #[case(["Nordlicht", "", "", "javascript:alert(1)"], &["reseller_web"])]
    #[case(["Nordlicht", "", "", "https://a:b@nordlicht.example/"], &["reseller_web"])]
    fn a_contact_is_checked(#[case] values: [&str; 4], #[case] problems: &[&str]) {
        let [reseller_name, reseller_telephone, reseller_email, reseller_web] = values.map(str::to_owned);
        let preferences = LicencePreferences {
            reseller_name,
            reseller_telephone,
            reseller_email,
            reseller_web,
            ..LicencePreferences::default()
        };
        let found: Vec<String> = preferences
            .check()
            .into_iter()
            .map(|problem| problem.field)
            .collect();
        assert_eq!(found, problems);
    }
}
