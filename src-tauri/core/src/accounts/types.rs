//! Accounts: people who sign in to the workspace.

use chrono::NaiveDate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{AccountId, OrganizationId, SessionId};
use flotilla_kernel::rights::{AccountRole, Concerns, Subject};
use flotilla_kernel::words::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("accounts");
/// Under this name an account is told that its own profile changed.
pub const PROFILE: FeatureName = FeatureName("profile");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    Compact,
    #[default]
    Comfortable,
}

/// The fields a person fills in (ACC-02), without the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountFields {
    pub login: String,
    pub role: AccountRole,
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    #[serde(default)]
    pub telephone: String,
    #[serde(default)]
    pub mobile: String,
    #[serde(default)]
    pub email: String,
    pub enabled: bool,
    #[serde(default)]
    pub must_change_password: bool,
    /// None: never expires.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub expires_on: Option<NaiveDate>,
}

/// An account as it stands in the form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountDetails {
    pub id: AccountId,
    #[serde(flatten)]
    pub fields: AccountFields,
    /// Must come back with a save; refuses to overwrite what somebody else changed meanwhile.
    pub revision: i64,
    pub has_avatar: bool,
    /// Cannot be deleted, disabled or made operator: the only enabled administrator, or oneself (ACC-18).
    pub protected: bool,
}

#[derive(Deserialize, TS)]
pub struct AddAccount {
    #[serde(flatten)]
    pub fields: AccountFields,
    #[ts(type = "string")]
    pub password: Secret,
    #[ts(type = "string")]
    pub confirmation: Secret,
}

#[derive(Deserialize, TS)]
pub struct SaveAccount {
    pub id: AccountId,
    pub revision: i64,
    #[serde(flatten)]
    pub fields: AccountFields,
    /// None: the password stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    #[ts(type = "string | null")]
    pub confirmation: Option<Secret>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct AccountArgument {
    pub id: AccountId,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct DeleteAccounts {
    pub ids: Vec<AccountId>,
    /// Names, contacts and avatar go everywhere; the audit log keeps the id (ACC-24).
    #[serde(default)]
    pub erase: bool,
}

/// A row of the list of accounts (ACC-17).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AccountRow {
    pub id: AccountId,
    pub login: String,
    pub role: AccountRole,
    pub labels: Vec<String>,
    pub first_name: String,
    pub last_name: String,
    pub telephone: String,
    pub mobile: String,
    pub email: String,
    pub enabled: bool,
    pub must_change_password: bool,
    #[ts(type = "string | null")]
    pub expires_on: Option<NaiveDate>,
    pub last_sign_in: Option<Time>,
    pub second_factor: bool,
    pub has_avatar: bool,
    pub locked_until: Option<Time>,
}

/// The very first administrator (ACC-01).
#[derive(Deserialize, TS)]
pub struct CreateFirst {
    pub login: String,
    #[ts(type = "string")]
    pub password: Secret,
    #[ts(type = "string")]
    pub confirmation: Secret,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    #[serde(default)]
    pub email: String,
    pub language: Language,
    /// IANA name of the viewer's zone; becomes the workspace's zone.
    pub zone: String,
}

#[derive(Deserialize, TS)]
pub struct SignIn {
    pub login: String,
    #[ts(type = "string")]
    pub password: Secret,
    /// The language of the sign-in page; becomes the account's (ACC-06).
    #[serde(default)]
    pub language: Option<Language>,
}

/// The one place where a token leaves: the answer to who signed in (SEC-03).
fn told_once<S: serde::Serializer>(token: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(Secret::expose).serialize(serializer)
}

/// What a sign-in gives.
#[derive(Serialize, TS)]
pub struct SignedIn {
    /// The secret token of this session. A browser gets it as a cookie instead, and here nothing.
    #[serde(serialize_with = "told_once")]
    #[ts(as = "Option<String>")]
    pub token: Option<Secret>,
    pub session: SessionView,
}

/// Who is signed in and what comes first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionView {
    pub id: SessionId,
    pub profile: Profile,
    /// What must happen before anything else.
    pub gate: Gate,
    /// Minutes without a click, touch or key after which the session ends (ACC-10).
    pub timeout_minutes: i64,
    /// What the host's clock says; the other times are by it.
    pub at: Time,
    /// When it ends if nothing is touched, and when it ends in any case.
    pub ends_at: Time,
    pub ends_at_latest: Time,
    pub may: Permissions,
    /// What a new password has to be like (ACC-03), so that it can be said while it is typed.
    pub password_policy: PasswordPolicy,
    pub notices: Vec<Notice>,
    /// The organization chosen in the top bar (ORG-03).
    pub organization: Option<flotilla_kernel::ids::OrganizationId>,
}

/// What the interface may offer at all; the core checks every call again.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Permissions {
    pub administer: bool,
    pub create_organizations: bool,
    /// In at least one organization (RGT-06).
    pub manage_systems: bool,
    /// In at least one organization (RGT-02).
    pub launch: bool,
}

/// What stands between signing in and working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Gate {
    Open,
    /// ACC-08
    Terms {
        version: i64,
        text: String,
    },
    /// ACC-09
    ChangePassword,
}

/// Something the account should know when it signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// An administrator's account ends soon (ACC-11).
    AdministratorExpires {
        login: String,
        #[ts(type = "string")]
        on: NaiveDate,
    },
    /// The password of an administrator was reset on the machine itself (ACC-23).
    AccountReset { login: String, at: Time },
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptTerms {
    pub version: i64,
}

#[derive(Deserialize, TS)]
pub struct ChangePassword {
    #[ts(type = "string")]
    pub present: Secret,
    #[ts(type = "string")]
    pub password: Secret,
    #[ts(type = "string")]
    pub confirmation: Secret,
}

/// The account's own settings (ACC-20, ACC-22).
#[derive(Debug, Clone, Serialize, TS)]
pub struct Profile {
    pub id: AccountId,
    pub login: String,
    pub role: AccountRole,
    pub first_name: String,
    pub last_name: String,
    pub telephone: String,
    pub mobile: String,
    pub email: String,
    pub labels: Vec<String>,
    #[ts(type = "string | null")]
    pub expires_on: Option<NaiveDate>,
    pub last_sign_in: Option<Time>,
    pub has_avatar: bool,
    pub language: Language,
    pub theme: Theme,
    pub density: Density,
    /// IANA name; none: the machine's.
    pub zone: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveProfile {
    pub first_name: String,
    pub last_name: String,
    pub telephone: String,
    pub mobile: String,
    pub email: String,
}

/// How the program looks to this account (ACC-22); what is none stays.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct SaveAppearance {
    pub language: Option<Language>,
    pub theme: Option<Theme>,
    pub density: Option<Density>,
    pub zone: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseOrganization {
    pub organization: Option<OrganizationId>,
}

impl Concerns for ChooseOrganization {
    fn subjects(&self) -> Vec<Subject> {
        self.organization.into_iter().map(Subject::from).collect()
    }
}

/// An uploaded picture becomes the avatar (ACC-21).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetAvatar {
    pub upload: flotilla_kernel::ids::TransferId,
}

// Preferences

/// ACC-03
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasswordPolicy {
    #[default]
    Classic,
    Passphrase,
}

/// Licence terms an administrator has set (ACC-08).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Terms {
    /// Rises with every change of the text; set by the core.
    pub version: i64,
    pub text: String,
}

/// The part of the preferences that accounts follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AccountPreferences {
    /// 5 to 30 (ACC-10).
    pub session_timeout_minutes: i64,
    pub password_policy: PasswordPolicy,
    /// 0 to 24 (ACC-04).
    pub password_history: i64,
    /// None: no terms (ACC-08).
    pub terms: Option<Terms>,
}

impl Default for AccountPreferences {
    fn default() -> Self {
        Self {
            session_timeout_minutes: 5,
            password_policy: PasswordPolicy::Classic,
            password_history: 5,
            terms: None,
        }
    }
}
