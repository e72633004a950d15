//! What an organization's form may hold. Pure.

use super::types::CreateOrganization;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::fields;
use flotilla_kernel::words::Language;

/// The form without surrounding spaces.
pub fn tidy(mut form: CreateOrganization) -> CreateOrganization {
    for text in [
        &mut form.name,
        &mut form.zone,
        &mut form.address,
        &mut form.telephone,
        &mut form.email,
    ] {
        *text = text.trim().to_owned();
    }
    form
}

/// ORG-01: every problem of the form at once.
pub fn check(form: &CreateOrganization) -> Vec<FieldProblem> {
    [
        fields::required("name", &form.name, fields::NAME_LENGTH),
        fields::zone("zone", &form.zone),
        fields::text("notes", &form.notes, fields::NOTES_LENGTH, true),
        fields::text("address", &form.address, fields::LINE_LENGTH, true),
        fields::telephone("telephone", &form.telephone),
        fields::email("email", &form.email),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// ORG-01: what the folder that exists from the start is called until somebody renames it.
pub fn default_folder_name(language: Language) -> &'static str {
    match language {
        Language::En => "Default folder",
        Language::Fr => "Dossier par défaut",
        Language::Ja => "デフォルトフォルダー",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn form(name: &str) -> CreateOrganization {
        CreateOrganization {
            name: name.to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: Language::Fr,
            notes: String::new(),
            address: String::new(),
            telephone: String::new(),
            email: String::new(),
        }
    }

    /// ORG-01: 1 to 100 characters, counted in code points.
    #[rstest]
    #[case("", false)]
    #[case("   ", false)]
    #[case("A", true)]
    #[case(&"é".repeat(100), true)]
    #[case(&"é".repeat(101), false)]
    fn names(#[case] name: &str, #[case] fits: bool) {
        assert_eq!(check(&form(name)).is_empty(), fits);
    }

    /// ORG-01: all problems at once.
    #[test]
    fn every_problem_is_told() {
        let wrong = CreateOrganization {
            zone: "Mars/Olympus".to_owned(),
            telephone: "call me".to_owned(),
            email: "nobody".to_owned(),
            ..form("")
        };
        let fields: Vec<String> = check(&wrong).into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "zone", "telephone", "email"]);
    }
}
