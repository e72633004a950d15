//! Accounts: people who sign in to the workspace.

use chrono::NaiveDate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{AccountId, OrganizationId, SessionId};
use flotilla_kernel::rights::{AccountRole, Concerns, MemberRole, Subject};
use flotilla_kernel::words::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("accounts");
/// Under this name an account is told that its own profile changed.
pub const PROFILE: FeatureName = FeatureName("profile");

/// The colours of the interface (ACC-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
    /// As the operating system says.
    #[default]
    System,
}

/// How close together rows and fields stand (ACC-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// Close: more fits on a page.
    Compact,
    /// With more space between.
    #[default]
    Comfortable,
}

/// The fields a person fills in (ACC-02), without the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountFields {
    /// The login name: 1 to 15 code points, unique without regard to case.
    pub login: String,
    /// Administrator or operator.
    pub role: AccountRole,
    /// Of operators: matched with the provider and reseller names that systems report (ACC-16).
    #[serde(default)]
    pub labels: Vec<String>,
    /// First name; with the last name and the space between at most 31 code points.
    #[serde(default)]
    pub first_name: String,
    /// Last name; see the first name.
    #[serde(default)]
    pub last_name: String,
    /// Telephone number: at most 15 digits, a leading + not counted; empty: none.
    #[serde(default)]
    pub telephone: String,
    /// Mobile number: as the telephone number.
    #[serde(default)]
    pub mobile: String,
    /// E-mail address; empty: none.
    #[serde(default)]
    pub email: String,
    /// Whether it can sign in.
    pub enabled: bool,
    /// Whether the password must be changed at the next sign-in, before anything else (ACC-09).
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
    /// The account's id.
    pub id: AccountId,
    /// What the form shows.
    #[serde(flatten)]
    pub fields: AccountFields,
    /// Must come back with a save; refuses to overwrite what somebody else changed meanwhile.
    pub revision: i64,
    /// Whether it has an avatar (ACC-21).
    pub has_avatar: bool,
    /// Cannot be deleted, disabled or made operator: the only enabled administrator, or oneself (ACC-18).
    pub protected: bool,
}

/// An account to be added (ACC-17).
#[derive(Deserialize, TS)]
pub struct AddAccount {
    /// What stands in the form.
    #[serde(flatten)]
    pub fields: AccountFields,
    /// Its password (ACC-03).
    #[ts(type = "string")]
    pub password: Secret,
    /// The same password once more.
    #[ts(type = "string")]
    pub confirmation: Secret,
}

/// A changed account to be saved (ACC-17, ACC-19).
#[derive(Deserialize, TS)]
pub struct SaveAccount {
    /// The account's id.
    pub id: AccountId,
    /// The revision that was read; refused when somebody has changed the account since.
    pub revision: i64,
    /// What stands in the form.
    #[serde(flatten)]
    pub fields: AccountFields,
    /// None: the password stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    /// The new password once more; none: the password stays.
    #[ts(type = "string | null")]
    pub confirmation: Option<Secret>,
}

/// Which account.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AccountArgument {
    /// Its id.
    pub id: AccountId,
}

/// Accounts to be deleted (ACC-17, ACC-18).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DeleteAccounts {
    /// Their ids.
    pub ids: Vec<AccountId>,
    /// Names, contacts and avatar go everywhere; the audit log keeps the id (ACC-24).
    #[serde(default)]
    pub erase: bool,
}

/// A row of the list of accounts (ACC-17).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AccountRow {
    /// The account's id.
    pub id: AccountId,
    /// Its login name.
    pub login: String,
    /// Administrator or operator.
    pub role: AccountRole,
    /// Its labels (ACC-16).
    pub labels: Vec<String>,
    /// First name; empty: none.
    pub first_name: String,
    /// Last name; empty: none.
    pub last_name: String,
    /// Telephone number; empty: none.
    pub telephone: String,
    /// Mobile number; empty: none.
    pub mobile: String,
    /// E-mail address; empty: none.
    pub email: String,
    /// Whether it can sign in.
    pub enabled: bool,
    /// Whether the password must be changed at the next sign-in (ACC-09).
    pub must_change_password: bool,
    /// The date at whose start it is disabled (ACC-11); none: it does not expire.
    #[ts(type = "string | null")]
    pub expires_on: Option<NaiveDate>,
    /// When it last signed in; none: never.
    pub last_sign_in: Option<Time>,
    /// Whether it has a second factor (ACC-13).
    pub second_factor: bool,
    /// Whether it has an avatar (ACC-21).
    pub has_avatar: bool,
}

/// The very first administrator (ACC-01).
#[derive(Deserialize, TS)]
pub struct CreateFirst {
    /// The login name: 1 to 15 code points.
    pub login: String,
    /// The password (ACC-03).
    #[ts(type = "string")]
    pub password: Secret,
    /// The same password once more.
    #[ts(type = "string")]
    pub confirmation: Secret,
    /// First name; with the last name and the space between at most 31 code points.
    #[serde(default)]
    pub first_name: String,
    /// Last name; see the first name.
    #[serde(default)]
    pub last_name: String,
    /// E-mail address; empty: none.
    #[serde(default)]
    pub email: String,
    /// The language it reads.
    pub language: Language,
    /// IANA name of the viewer's zone; becomes the workspace's zone.
    pub zone: String,
}

/// A try to sign in (ACC-06).
#[derive(Deserialize, TS)]
pub struct SignIn {
    /// The login name; case does not matter.
    pub login: String,
    /// The password.
    #[ts(type = "string")]
    pub password: Secret,
    /// The language of the sign-in page; becomes the account's (ACC-06).
    #[serde(default)]
    pub language: Option<Language>,
}

/// The code of an invitation, as it was typed (ORG-12).
#[derive(Deserialize, TS)]
pub struct InvitationCode {
    /// The code.
    #[ts(type = "string")]
    pub code: Secret,
}

/// What whoever has the code of an invitation is told before accepting it (ORG-12).
#[derive(Debug, Clone, Serialize, TS)]
pub struct InvitationView {
    /// The name of the organization.
    pub organization: String,
    /// The invited address, masked.
    pub address: String,
    /// The role that is meant; it is granted after the first sign-in (ORG-11).
    pub role: MemberRole,
    /// When the invitation ends.
    pub expires_at: Time,
    /// What a new password has to be like.
    pub password_policy: PasswordPolicy,
}

/// A new person accepts an invitation: an operator with the invited address (ORG-12).
#[derive(Deserialize, TS)]
pub struct AcceptAsNew {
    /// The code.
    #[ts(type = "string")]
    pub code: Secret,
    /// The login name: 1 to 15 code points.
    pub login: String,
    /// The password (ACC-03).
    #[ts(type = "string")]
    pub password: Secret,
    /// The same password once more.
    #[ts(type = "string")]
    pub confirmation: Secret,
    /// First name; with the last name and the space between at most 31 code points.
    #[serde(default)]
    pub first_name: String,
    /// Last name; see the first name.
    #[serde(default)]
    pub last_name: String,
    /// The language it reads.
    pub language: Language,
}

/// Somebody with an account accepts an invitation by signing in (ORG-12).
#[derive(Deserialize, TS)]
pub struct AcceptInvitation {
    /// The code.
    #[ts(type = "string")]
    pub code: Secret,
    /// Name, password and language, as for signing in.
    #[serde(flatten)]
    pub sign_in: SignIn,
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
    /// The session that has begun.
    pub session: SessionView,
}

/// Who is signed in and what comes first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionView {
    /// The session's id; not its token.
    pub id: SessionId,
    /// The account that is signed in.
    pub profile: Profile,
    /// What must happen before anything else.
    pub gate: Gate,
    /// Minutes without a click, touch or key after which the session ends (ACC-10).
    pub timeout_minutes: i64,
    /// What the host's clock says; the other times are by it.
    pub at: Time,
    /// When it ends if nothing is touched, and when it ends in any case.
    pub ends_at: Time,
    /// When the session ends in any case: 12 hours after it began (ACC-10).
    pub ends_at_latest: Time,
    /// What the account may do at all.
    pub may: Permissions,
    /// What a new password has to be like (ACC-03), so that it can be said while it is typed.
    pub password_policy: PasswordPolicy,
    /// What the account should know.
    pub notices: Vec<Notice>,
    /// The organization chosen in the top bar (ORG-03).
    pub organization: Option<flotilla_kernel::ids::OrganizationId>,
}

/// What the interface may offer at all; the core checks every call again.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Permissions {
    /// Whether it is an administrator (RGT-15).
    pub administer: bool,
    /// Whether it may create organizations (RGT-11).
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
    /// Nothing: work can begin.
    Open,
    /// ACC-08
    Terms {
        /// The version of the terms, which is accepted.
        version: i64,
        /// The text of the terms.
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
        /// The login name of the account that expires.
        login: String,
        /// The date at whose start it is disabled.
        #[ts(type = "string")]
        on: NaiveDate,
    },
    /// The password of an administrator was reset on the machine itself (ACC-23).
    AccountReset {
        /// The login name of that account.
        login: String,
        /// When it was reset.
        at: Time,
    },
}

/// The licence terms were read and are accepted (ACC-08).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptTerms {
    /// The version that was shown.
    pub version: i64,
}

/// An account changes its own password (ACC-20); it is signed out everywhere.
#[derive(Deserialize, TS)]
pub struct ChangePassword {
    /// The password until now.
    #[ts(type = "string")]
    pub present: Secret,
    /// The new password (ACC-03, ACC-04).
    #[ts(type = "string")]
    pub password: Secret,
    /// The new password once more.
    #[ts(type = "string")]
    pub confirmation: Secret,
}

/// The account's own settings (ACC-20, ACC-22).
#[derive(Debug, Clone, Serialize, TS)]
pub struct Profile {
    /// The account's id.
    pub id: AccountId,
    /// Its login name.
    pub login: String,
    /// Administrator or operator.
    pub role: AccountRole,
    /// First name; empty: none.
    pub first_name: String,
    /// Last name; empty: none.
    pub last_name: String,
    /// Telephone number; empty: none.
    pub telephone: String,
    /// Mobile number; empty: none.
    pub mobile: String,
    /// E-mail address; empty: none.
    pub email: String,
    /// Its labels (ACC-16).
    pub labels: Vec<String>,
    /// The date at whose start it is disabled (ACC-11); none: it does not expire.
    #[ts(type = "string | null")]
    pub expires_on: Option<NaiveDate>,
    /// When it last signed in; none: never.
    pub last_sign_in: Option<Time>,
    /// Whether it has an avatar (ACC-21).
    pub has_avatar: bool,
    /// The language it reads.
    pub language: Language,
    /// The colours of its interface.
    pub theme: Theme,
    /// How close together rows and fields stand.
    pub density: Density,
    /// IANA name; none: the machine's.
    pub zone: Option<String>,
}

/// An account changes its own names and contacts (ACC-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveProfile {
    /// First name; with the last name and the space between at most 31 code points.
    pub first_name: String,
    /// Last name; see the first name.
    pub last_name: String,
    /// At most 15 digits, a leading + not counted; empty: none.
    pub telephone: String,
    /// As the telephone number.
    pub mobile: String,
    /// An e-mail address; empty: none.
    pub email: String,
}

/// How the program looks to this account (ACC-22); what is none stays.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct SaveAppearance {
    /// The language it reads.
    pub language: Option<Language>,
    /// The colours of the interface.
    pub theme: Option<Theme>,
    /// How close together rows and fields stand.
    pub density: Option<Density>,
    /// IANA name of the zone it reads times in; empty: the machine's.
    pub zone: Option<String>,
}

/// The choice in the organization menu, which narrows every page and is remembered (ORG-03).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseOrganization {
    /// The organization; none: all that the account may see.
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
    /// The uploaded picture.
    pub upload: flotilla_kernel::ids::TransferId,
}

// Preferences

/// ACC-03
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasswordPolicy {
    /// 8 to 31 code points of at least two classes.
    #[default]
    Classic,
    /// 15 to 128 code points of any kind.
    Passphrase,
}

/// Licence terms an administrator has set (ACC-08).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Terms {
    /// Rises with every change of the text; set by the core.
    pub version: i64,
    /// What has to be accepted.
    pub text: String,
}

/// The part of the preferences that accounts follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AccountPreferences {
    /// 5 to 30 (ACC-10).
    pub session_timeout_minutes: i64,
    /// What a new password has to be like.
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
