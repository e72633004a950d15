//! What an organization's form may hold. Pure.

use super::types::{CreateOrganization, OrganizationDetails};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{FolderId, OrganizationId};
use flotilla_kernel::rights::{MemberRole, Right};
use flotilla_kernel::words::Language;
use std::collections::BTreeSet;

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

/// The names of the fields in which a form differs from what is stored, for the audit log.
pub fn changed(before: &OrganizationDetails, form: &CreateOrganization) -> Vec<&'static str> {
    [
        ("name", before.name != form.name),
        ("zone", before.zone != form.zone),
        ("language", before.language != form.language),
        ("notes", before.notes != form.notes),
        ("address", before.address != form.address),
        ("telephone", before.telephone != form.telephone),
        ("email", before.email != form.email),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// ORG-01: what the folder that exists from the start is called until somebody renames it.
pub fn default_folder_name(language: Language) -> &'static str {
    match language {
        Language::En => "Default folder",
        Language::Fr => "Dossier par défaut",
        Language::Ja => "既定のフォルダー",
    }
}

/// What it takes to make of a member with the role `before` one with the role `after`; none: no member. An admin cannot touch an
/// owner (RGT-09, RGT-10).
pub fn right_to_change(before: Option<MemberRole>, after: Option<MemberRole>) -> Right {
    if [before, after].contains(&Some(MemberRole::Owner)) {
        Right::Own
    } else {
        Right::ManageMembers
    }
}

/// Whether members of this role have every folder, without grants.
pub fn has_every_folder(role: MemberRole) -> bool {
    role >= MemberRole::Admin
}

/// ORG-10: an operator or a viewer has at least one folder; `known` are those of the folders that the organization has.
pub fn check_grants(
    role: Option<MemberRole>,
    folders: &[FolderId],
    known: &BTreeSet<FolderId>,
) -> Vec<FieldProblem> {
    let code = match role {
        Some(role) if has_every_folder(role) => return Vec::new(),
        None => return Vec::new(),
        Some(_) if folders.is_empty() => ErrorCode::FieldRequired,
        Some(_) if folders.iter().all(|folder| known.contains(folder)) => return Vec::new(),
        Some(_) => ErrorCode::FieldNotAChoice,
    };
    vec![FieldProblem::new("folders", code)]
}

/// ORG-05: the last owner is neither removed nor demoted. `before` is what the member was, `owners` how many there are now.
///
/// # Errors
/// `organization.last-owner`
pub fn demand_owner(before: Option<MemberRole>, owners: i64) -> Outcome<()> {
    if before == Some(MemberRole::Owner) && owners == 0 {
        Err(ErrorCode::LastOwner.into())
    } else {
        Ok(())
    }
}

/// Why a member with the role `before` cannot become one with the role `after` (none: no member): an admin cannot touch an owner
/// (RGT-09, RGT-10), and the last owner stays (ORG-05). `owns`: who acts may make and unmake owners; `owners`: how many there are.
pub fn problem_of_change(
    before: MemberRole,
    after: Option<MemberRole>,
    owns: bool,
    owners: i64,
) -> Option<ErrorCode> {
    if right_to_change(Some(before), after) == Right::Own && !owns {
        return Some(ErrorCode::RightMissing);
    }
    demand_owner(Some(before), owners + owners_more(before, after))
        .err()
        .map(|problem| problem.code)
}

/// How many owners more there are after such a change.
pub fn owners_more(before: MemberRole, after: Option<MemberRole>) -> i64 {
    i64::from(after == Some(MemberRole::Owner)) - i64::from(before == MemberRole::Owner)
}

/// ORG-06: whoever archives an organization repeats its id.
pub fn check_confirmation(id: OrganizationId, confirmation: &str) -> Option<FieldProblem> {
    let repeated = confirmation.trim().parse() == Ok(id);
    (!repeated).then(|| FieldProblem::new("confirmation", ErrorCode::IdNotRepeated))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::clock::Time;
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

    /// RGT-09, RGT-10: who touches an owner, or makes one, needs to be one.
    #[test]
    fn owners_are_made_and_unmade_by_owners() {
        let all = [
            MemberRole::Viewer,
            MemberRole::Operator,
            MemberRole::Admin,
            MemberRole::Owner,
        ];
        let places = || all.into_iter().map(Some).chain([None]);
        for before in places() {
            for after in places() {
                let owner = before == Some(MemberRole::Owner) || after == Some(MemberRole::Owner);
                let right = if owner { Right::Own } else { Right::ManageMembers };
                assert_eq!(right_to_change(before, after), right, "{before:?} {after:?}");
            }
        }
    }

    /// ORG-10: operators and viewers have at least one folder of this organization, the others need none.
    #[test]
    fn operators_and_viewers_have_folders() {
        let (own, foreign) = (FolderId::new(Time(1)), FolderId::new(Time(1)));
        let known = BTreeSet::from([own]);
        let code = |role, folders: &[FolderId]| {
            check_grants(role, folders, &known)
                .first()
                .map(|problem| problem.code)
        };
        for role in [MemberRole::Viewer, MemberRole::Operator] {
            assert_eq!(code(Some(role), &[]), Some(ErrorCode::FieldRequired));
            assert_eq!(code(Some(role), &[own]), None);
            assert_eq!(
                code(Some(role), &[own, foreign]),
                Some(ErrorCode::FieldNotAChoice)
            );
        }
        for role in [Some(MemberRole::Admin), Some(MemberRole::Owner), None] {
            assert_eq!(code(role, &[]), None);
        }
    }

    /// ORG-05: an organization that has an owner keeps one.
    #[test]
    fn the_last_owner_stays() {
        let refused = demand_owner(Some(MemberRole::Owner), 0).expect_err("the last one");
        assert_eq!(refused.code, ErrorCode::LastOwner);
        demand_owner(Some(MemberRole::Owner), 1).expect("another is there");
        demand_owner(Some(MemberRole::Admin), 0).expect("there was none before");
    }

    /// ORG-05, RGT-09, RGT-10: of several who are changed at once, one owner stays, and an admin touches none.
    #[test]
    fn several_are_judged_one_after_another() {
        let (owner, viewer) = (MemberRole::Owner, MemberRole::Viewer);
        assert_eq!(
            problem_of_change(owner, None, true, 1),
            Some(ErrorCode::LastOwner)
        );
        assert_eq!(
            problem_of_change(owner, Some(viewer), true, 1),
            Some(ErrorCode::LastOwner)
        );
        assert_eq!(problem_of_change(owner, Some(owner), true, 1), None);
        assert_eq!(problem_of_change(owner, None, true, 2), None);
        assert_eq!(
            problem_of_change(owner, None, false, 2),
            Some(ErrorCode::RightMissing)
        );
        assert_eq!(
            problem_of_change(viewer, Some(owner), false, 2),
            Some(ErrorCode::RightMissing)
        );
        assert_eq!(problem_of_change(viewer, None, false, 1), None);
        assert_eq!(owners_more(viewer, Some(owner)), 1);
        assert_eq!(owners_more(owner, None), -1);
        assert_eq!(owners_more(owner, Some(owner)), 0);
    }

    /// ORG-06: the id is repeated, however it was pasted.
    #[test]
    fn the_id_is_repeated() {
        let id = OrganizationId::new(Time(1));
        assert!(check_confirmation(id, &format!(" {id}\n")).is_none());
        assert!(check_confirmation(id, &id.to_string().to_uppercase()).is_none());
        for other in [
            String::new(),
            "yes".to_owned(),
            OrganizationId::new(Time(1)).to_string(),
        ] {
            assert!(check_confirmation(id, &other).is_some(), "{other}");
        }
    }
}
