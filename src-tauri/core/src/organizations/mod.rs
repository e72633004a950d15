//! Organizations: the legal entities whose fleets are managed, their members and their folders.
//!
//! Other rooms ask [`store::standing`] for an account's place in an organization, make organizations with
//! [`store::insert`], and have the names of assigned operators kept by [`store::refresh_operator_names`].

pub mod commands;
pub mod rules;
pub mod store;
pub mod types;

use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::preferences::PreferencePart;
use types::*;

flotilla_kernel::commands! {
    query "organizations.find" SignedIn commands::find(OrganizationSearch) -> OrganizationMatches;
    query "organizations.read" SignedIn commands::read(OrganizationArgument) -> OrganizationDetails;
    act "organizations.create" SignedIn commands::create(CreateOrganization) -> OrganizationDetails;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Organizations,
    }],
    preferences: &[PreferencePart::of::<types::OrganizationPreferences>()],
    ..FeatureSpec::new("organizations")
};
