//! Accounts: people who sign in to the workspace; their passwords, sessions, labels and profiles.
//!
//! Every call of a host passes [`sessions::admit`]. Other features call [`labels::apply`] when what a
//! system reports may have changed who is its operator.

pub mod avatar;
pub mod commands;
pub mod labels;
pub mod list;
pub mod passwords;
mod preferences;
pub mod rules;
pub mod service;
pub mod sessions;
pub mod store;
pub mod types;

use crate::organizations::types::AccountName;
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use types::*;

flotilla_kernel::commands! {
    act "workspace.create_first" Local commands::create_first(CreateFirst) -> SignedIn;
    act "session.sign_in" Public commands::sign_in(SignIn) -> SignedIn;
    act "invitations.look" Public commands::invitations::look(InvitationCode) -> InvitationView;
    act "invitations.accept_new" Public commands::invitations::accept_as_new(AcceptAsNew) -> SignedIn;
    act "invitations.accept" Public commands::invitations::accept(AcceptInvitation) -> SignedIn;
    query "session.current" Gated commands::current(Nothing) -> SessionView;
    act "session.touch" Gated commands::touch(Nothing) -> SessionView;
    act "session.sign_out" Gated commands::sign_out(Nothing) -> Nothing;
    act "session.accept_terms" Gated commands::accept_terms(AcceptTerms) -> SessionView;
    act "session.change_password" Gated commands::change_password(ChangePassword) -> Nothing;
    act "session.choose_organization" In(See) commands::choose_organization(ChooseOrganization) -> Nothing;
    query "profile.read" SignedIn commands::profile(Nothing) -> Profile;
    act "profile.save" SignedIn commands::save_profile(SaveProfile) -> Profile;
    act "profile.save_appearance" Gated commands::save_appearance(SaveAppearance) -> Profile;
    act "profile.set_avatar" SignedIn commands::set_avatar(SetAvatar) -> Profile;
    act "profile.remove_avatar" SignedIn commands::remove_avatar(Nothing) -> Profile;
    query "accounts.avatar" SignedIn commands::avatar(AccountArgument) -> Packed;
    query "accounts.index" Administrator commands::index(ListQuery) -> Packed;
    query "accounts.window" Administrator commands::window(WindowArgument) -> Vec<AccountRow>;
    query "accounts.read" Administrator commands::read(AccountArgument) -> AccountDetails;
    query "accounts.names" SignedIn commands::names(Nothing) -> Vec<AccountName>;
    query "accounts.labels" Administrator commands::labels(Nothing) -> Vec<String>;
    act "accounts.add" Administrator commands::add(AddAccount) -> AccountDetails;
    act "accounts.save" Administrator commands::save(SaveAccount) -> AccountDetails;
    act "accounts.delete" Administrator commands::delete(DeleteAccounts) -> Nothing;
}

/// What strangers may try with a secret: signing in, and the code of an invitation. They write their own entries of the audit log, and
/// those that let somebody in answer with a token.
pub const DOORS: &[&str] = &[
    "session.sign_in",
    "invitations.look",
    "invitations.accept_new",
    "invitations.accept",
];

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[
        ChangeSpec {
            name: CHANGES,
            seen_by: SeenBy::Oneself,
        },
        ChangeSpec {
            name: PROFILE,
            seen_by: SeenBy::Oneself,
        },
    ],
    services: &[ServiceSpec {
        name: ServiceName("accounts"),
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: false,
        shown: None,
    }],
    preferences: &[PreferencePart::of::<types::AccountPreferences>().before_save(
        |connection, before, after| Box::pin(preferences::before_save(connection, before, after)),
    )],
    in_each_process: Some(|workspace| Box::pin(sessions::keep_swept(workspace))),
    ..FeatureSpec::new("accounts")
};
