//! Local accounts of a device (VPX-14, DEV-02, DEV-40): who there is, and adding, changing and removing one.
//!
//! Which of them belong to applications or to Flotilla itself is not known here (DEV-41): whoever calls asks first.
//! Passwords are sent in the body of a POST and inside TLS only; they stand in no address and in no log.
use super::client::{Client, Content, Repeat, Request, Unanswered, is_setup};
use super::reading::{Failure, LONGEST_TEXT, SETUP_WORDS, accept_status, legacy_error};
use crate::dialer::Answer;
use crate::secret::Secret;
use crate::trust::plain_text;
use http::{Method, StatusCode};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

const ACCOUNTS: &str = "/axis-cgi/pwdgrp.cgi";
const CURRENT_USER: &str = "/axis-cgi/usergroup.cgi";
const LONGEST_NAME: usize = 14;
const LONGEST_PASSWORD: usize = 64;
/// Devices have room for a hundred.
const MOST_ACCOUNTS: usize = 1_000;
/// The name of the first account on devices before version 11.5.
const FIRST_NAME: &str = "root";

/// A name that an account can be given: 1 to 14 letters and digits of ASCII (VPX-14).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserName(String);

/// Why a text is no name of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserNameError {
    /// Nothing was given.
    #[error("the user name is empty")]
    Empty,
    /// More than 14 characters.
    #[error("the user name has more than 14 characters")]
    TooLong,
    /// Something else than A–Z, a–z and 0–9.
    #[error("a user name has only letters and digits of ASCII")]
    Characters,
}

impl UserName {
    /// Reads a name.
    ///
    /// # Errors
    /// What is wrong with it; characters are looked at before the length.
    pub fn parse(text: &str) -> Result<Self, UserNameError> {
        if text.is_empty() {
            Err(UserNameError::Empty)
        } else if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Err(UserNameError::Characters)
        } else if text.len() > LONGEST_NAME {
            Err(UserNameError::TooLong)
        } else {
            Ok(Self(text.to_string()))
        }
    }

    /// `root`, which the first account has to be called on devices before version 11.5 (VPX-02).
    pub fn first() -> Self {
        Self(FIRST_NAME.to_string())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A password that every device takes: 1 to 64 printable characters of ASCII. Newer devices take more; what they take,
/// and how long it has to be there, they say themselves.
#[derive(Clone)]
pub struct AccountPassword(Secret);

/// Why a text is no password for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Nothing was given.
    #[error("the password is empty")]
    Empty,
    /// More than 64 characters.
    #[error("the password has more than 64 characters")]
    TooLong,
    /// Something else than printable characters of ASCII.
    #[error("a password has only printable characters of ASCII")]
    Characters,
}

impl AccountPassword {
    /// Checks a password.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(password: &Secret) -> Result<Self, PasswordError> {
        let text = password.expose();
        if text.is_empty() {
            Err(PasswordError::Empty)
        } else if !text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
            Err(PasswordError::Characters)
        } else if text.len() > LONGEST_PASSWORD {
            Err(PasswordError::TooLong)
        } else {
            Ok(Self(password.clone()))
        }
    }
}

impl fmt::Debug for AccountPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccountPassword(…)")
    }
}

/// A group of accounts, which is a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// `viewer`
    Viewer,
    /// `operator`
    Operator,
    /// `admin`
    Admin,
    /// `ptz`: may pan, tilt and zoom.
    Ptz,
}

impl Group {
    const ALL: [Self; 4] = [Self::Admin, Self::Operator, Self::Viewer, Self::Ptz];

    /// As devices write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
            Self::Ptz => "ptz",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|group| group.as_str().eq_ignore_ascii_case(text))
    }
}

/// What an account may do; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Looks.
    Viewer,
    /// Changes settings, but not those of the system.
    Operator,
    /// Everything, accounts among it.
    Administrator,
}

/// What an account is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Privileges {
    /// What it may do.
    pub role: Role,
    /// Whether it may pan, tilt and zoom as well.
    pub ptz: bool,
}

impl Privileges {
    /// `sgrp`: a role goes with those that it includes.
    fn groups(self) -> String {
        let groups: &[Group] = match self.role {
            Role::Viewer => &[Group::Viewer],
            Role::Operator => &[Group::Operator, Group::Viewer],
            Role::Administrator => &[Group::Admin, Group::Operator, Group::Viewer],
        };
        let ptz = self.ptz.then_some(&Group::Ptz);
        let names: Vec<&str> = groups.iter().chain(ptz).map(|group| group.as_str()).collect();
        names.join(":")
    }
}

/// An account as a device lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whatever the device calls it; it need not be a [`UserName`].
    pub name: String,
    /// The groups it is in. None: it exists, and may do nothing.
    pub groups: BTreeSet<Group>,
}

impl Account {
    /// The highest role that its groups come to.
    pub fn role(&self) -> Option<Role> {
        role(&self.groups)
    }
}

fn role(groups: &BTreeSet<Group>) -> Option<Role> {
    [
        (Group::Admin, Role::Administrator),
        (Group::Operator, Role::Operator),
        (Group::Viewer, Role::Viewer),
    ]
    .into_iter()
    .find_map(|(group, role)| groups.contains(&group).then_some(role))
}

/// Whom a device takes the caller for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentUser {
    /// The name.
    pub name: String,
    /// The groups it is in.
    pub groups: BTreeSet<Group>,
}

impl CurrentUser {
    /// The highest role that its groups come to.
    pub fn role(&self) -> Option<Role> {
        role(&self.groups)
    }
}

/// What a device has against an act on accounts, in its words (VPX-14).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// `account user name.`: missing, or of other characters.
    #[error("the device does not take this user name")]
    UserName,
    /// `malformed action operation, ….`: a name that there is cannot be added, one that there is not cannot be changed or
    /// removed, and the first account cannot be removed.
    #[error("the device does not do this with this account")]
    NotForThisAccount,
    /// `action operation type.`
    #[error("the device does not know this act")]
    Action,
    /// `not a valid initial admin user.`: the first account has to be called `root`, or has to be an administrator.
    #[error("the device does not take this as its first account")]
    NotAsFirst,
    /// `initial admin user must be created first.`
    #[error("the device waits for its first account")]
    FirstIsMissing,
    /// `consult the system log file.`
    #[error("the reason stands in the device's log")]
    SeeLog,
    /// Any other, such as a password that is too simple for this device, in its words.
    #[error("the device refuses: {0}")]
    Other(String),
}

impl AccountRefusal {
    fn of(words: &str) -> Self {
        let lower = words.trim().trim_end_matches('.').to_ascii_lowercase();
        match lower.as_str() {
            "account user name" => Self::UserName,
            "action operation type" => Self::Action,
            "not a valid initial admin user" => Self::NotAsFirst,
            "consult the system log file" => Self::SeeLog,
            first if SETUP_WORDS.trim_end_matches('.') == first => Self::FirstIsMissing,
            malformed if malformed.starts_with("malformed action operation") => Self::NotForThisAccount,
            _ => Self::Other(words.to_string()),
        }
    }
}

/// Why an act on accounts did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The device refused; nothing was changed.
    #[error(transparent)]
    Refused(AccountRefusal),
    /// The request may have gone out, and no answer came: only the list, or signing in, shows what was done.
    #[error("the outcome is not known: {0}")]
    OutcomeUnknown(Failure),
    /// Nothing was changed.
    #[error(transparent)]
    Failed(Failure),
}

impl From<Unanswered> for AccountError {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(failure) => Self::Failed(failure),
            Unanswered::Lost(failure) => Self::OutcomeUnknown(failure),
        }
    }
}

/// What is done with an account, and what the device says when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Add,
    Update,
    Remove,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Remove => "remove",
        }
    }

    /// An account added with strict rules for its password is answered with *Modified the account …*.
    fn is_done_by(self, words: &str) -> bool {
        match self {
            Self::Add => matches!(words, "Created" | "Modified"),
            Self::Update => words == "Modified",
            Self::Remove => words == "Removed",
        }
    }
}

impl Client {
    /// The accounts of the device with their groups, by name (VPX-14, DEV-40); needs an administrator's account.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn accounts(&self) -> Result<Vec<Account>, Failure> {
        let answer = self
            .send(Request {
                method: Method::POST,
                target: ACCOUNTS,
                content: Some(Content::form(&[("action", "get")])),
                limit: self.channel.limits.call,
                repeat: Repeat::Allowed,
            })
            .await?;
        accept_status(&answer)?;
        read_accounts(&answer.body)
    }

    /// Whom the device takes the caller for, with groups (VPX-14).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn current_user(&self) -> Result<CurrentUser, Failure> {
        let answer = self
            .send(Request {
                method: Method::GET,
                target: CURRENT_USER,
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Allowed,
            })
            .await?;
        accept_status(&answer)?;
        read_current_user(&answer.body)
    }

    /// Creates an account. Nothing but HTTPS will do.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn create_account(
        &self,
        name: &UserName,
        password: &AccountPassword,
        privileges: Privileges,
    ) -> Result<(), AccountError> {
        let groups = privileges.groups();
        let fields = [
            ("action", "add"),
            ("user", name.as_str()),
            ("pwd", password.0.expose()),
            ("grp", "users"),
            ("sgrp", groups.as_str()),
        ];
        self.change(Act::Add, name.as_str(), &fields).await
    }

    /// Changes the password of an account. Whoever changes their own signs in with the new one from then on: this client
    /// goes on with the old one, and has to be replaced. Nothing but HTTPS will do.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn change_password(&self, name: &str, password: &AccountPassword) -> Result<(), AccountError> {
        let fields = [("action", "update"), ("user", name), ("pwd", password.0.expose())];
        self.change(Act::Update, name, &fields).await
    }

    /// Changes what an account may do.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn change_privileges(&self, name: &str, privileges: Privileges) -> Result<(), AccountError> {
        let groups = privileges.groups();
        let fields = [("action", "update"), ("user", name), ("sgrp", groups.as_str())];
        self.change(Act::Update, name, &fields).await
    }

    /// Removes an account.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn remove_account(&self, name: &str) -> Result<(), AccountError> {
        let fields = [("action", "remove"), ("user", name)];
        self.change(Act::Remove, name, &fields).await
    }

    /// Creates the first account of a factory-new device (VPX-02, DEV-02): an administrator who may pan, tilt and zoom.
    /// Devices before version 11.5 take no other name than [`UserName::first`]. Nobody can sign in yet, so no
    /// credentials are sent, also where the client has some. Nothing but HTTPS will do.
    ///
    /// # Errors
    /// See [`AccountError`]; [`Failure::CredentialsNeeded`] when the device has its first account.
    pub async fn create_first_account(
        &self,
        name: &UserName,
        password: &AccountPassword,
    ) -> Result<(), AccountError> {
        self.require_encryption().map_err(AccountError::Failed)?;
        let privileges = Privileges {
            role: Role::Administrator,
            ptz: true,
        };
        let groups = privileges.groups();
        // The primary group `root` is documented for the first account alone; devices from 11.5 on, where it may have
        // another name, take `users` as well. Whether all of them do is not known, and `root` is taken by all.
        let fields = [
            ("action", "add"),
            ("user", name.as_str()),
            ("pwd", password.0.expose()),
            ("grp", "root"),
            ("sgrp", groups.as_str()),
        ];
        let answer = self
            .once(
                &Request {
                    method: Method::POST,
                    target: ACCOUNTS,
                    content: Some(Content::form(&fields)),
                    limit: self.channel.limits.call,
                    repeat: Repeat::Never,
                },
                None,
            )
            .await?;
        if answer.status == StatusCode::UNAUTHORIZED {
            return Err(match legacy_error(&first_line(&answer)) {
                Some(Failure::Legacy(words)) => AccountError::Refused(AccountRefusal::of(&words)),
                _ if is_setup(&answer) => AccountError::Refused(AccountRefusal::NotAsFirst),
                _ => AccountError::Failed(Failure::CredentialsNeeded),
            });
        }
        read_outcome(&answer, Act::Add, name.as_str())
    }

    async fn change(&self, act: Act, name: &str, fields: &[(&str, &str)]) -> Result<(), AccountError> {
        debug_assert!(
            fields.contains(&("action", act.name())),
            "the act is the one that is sent"
        );
        self.require_encryption().map_err(AccountError::Failed)?;
        let answer = self
            .send(Request {
                method: Method::POST,
                target: ACCOUNTS,
                content: Some(Content::form(fields)),
                limit: self.channel.limits.call,
                repeat: Repeat::Never,
            })
            .await?;
        read_outcome(&answer, act, name)
    }
}

/// The first line of text: some devices put their words into a page.
fn first_line(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    let mut words = String::new();
    let mut is_tag = false;
    for character in text.trim_start_matches('\u{feff}').chars().take(8 * LONGEST_TEXT) {
        match character {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push('\n');
            }
            _ if !is_tag => words.push(character),
            _ => {}
        }
    }
    let line = words.lines().map(str::trim).find(|line| !line.is_empty());
    plain_text(line.unwrap_or_default(), LONGEST_TEXT)
}

/// VPX-14: HTTP 200 says nothing; the words do.
fn read_outcome(answer: &Answer, act: Act, name: &str) -> Result<(), AccountError> {
    let line = first_line(answer);
    if let Some(Failure::Legacy(words)) = legacy_error(&line) {
        return Err(AccountError::Refused(AccountRefusal::of(&words)));
    }
    accept_status(answer).map_err(AccountError::Failed)?;
    let line = line.trim_end_matches('.');
    let done = ["account", "the account"].iter().any(|between| {
        line.strip_suffix(name)
            .and_then(|rest| rest.trim_end().strip_suffix(between))
            .is_some_and(|verb| act.is_done_by(verb.trim_end()))
    });
    if done {
        Ok(())
    } else {
        // Something was answered, and nobody knows what it means.
        Err(AccountError::OutcomeUnknown(Failure::NotThisProtocol))
    }
}

/// Lines `admin="root,joe"`. `digusers` has all accounts, also those in no group.
pub(crate) fn read_accounts(body: &[u8]) -> Result<Vec<Account>, Failure> {
    let text = String::from_utf8_lossy(body);
    let mut accounts: BTreeMap<String, BTreeSet<Group>> = BTreeMap::new();
    let mut is_list = false;
    for line in text.lines().take(64) {
        let line = line.trim_start_matches('\u{feff}').trim();
        let Some((group, names)) = line.split_once('=') else {
            continue;
        };
        let group = group.trim();
        let known = Group::parse(group);
        if known.is_none() && !matches!(group, "digusers" | "users") {
            continue;
        }
        is_list = true;
        for name in names.trim().trim_matches('"').split(',') {
            let name = plain_text(name, LONGEST_TEXT);
            if !name.is_empty() && (accounts.len() < MOST_ACCOUNTS || accounts.contains_key(&name)) {
                accounts.entry(name).or_default().extend(known);
            }
        }
    }
    if is_list {
        return Ok(accounts
            .into_iter()
            .map(|(name, groups)| Account { name, groups })
            .collect());
    }
    Err(legacy_error(&text).unwrap_or(Failure::NotThisProtocol))
}

/// Two lines: the name, and its groups with the primary one among them, `root` or `users`.
pub(crate) fn read_current_user(body: &[u8]) -> Result<CurrentUser, Failure> {
    let text = String::from_utf8_lossy(body);
    if let Some(error) = legacy_error(&text) {
        return Err(error);
    }
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let name = plain_text(lines.next().unwrap_or_default(), LONGEST_TEXT);
    let groups: BTreeSet<Group> = lines
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .take(64)
        .filter_map(Group::parse)
        .collect();
    // A page, or anything else, begins otherwise.
    if name.is_empty() || name.contains(['<', ' ', '{']) {
        return Err(Failure::NotThisProtocol);
    }
    Ok(CurrentUser { name, groups })
}

#[cfg(test)]
mod tests;
