//! Who may do what (`00-overview.md`, Roles and rights). Checked in the core, before anything is read (SEC-02).
//!
//! With [`visible_organizations`], [`visible_systems`] and [`visible_alarms`] this is the only place that reads
//! memberships and grants, beside the store of the feature that owns them.

use crate::database::enum_value;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::ids::{AccountId, ConnectionId, FolderId, OrganizationId, SessionId, SystemId};
use crate::transfer::Owner;
use crate::words::Language;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use std::collections::HashMap;
use ts_rs::TS;
use uuid::Uuid;

/// The two kinds of account (`00-overview.md`, Roles and rights).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// May do everything in every organization, and administers the workspace.
    Administrator,
    /// Sees only the organizations it is a member of; there its [`MemberRole`] decides.
    Operator,
}

/// An account's place in one organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Sees the granted folders and changes nothing.
    Viewer,
    /// Works in the granted folders: alarms, jobs, launching applications (RGT-02 to RGT-04).
    Operator,
    /// Has every folder; manages systems, licences and members, but no owner (RGT-05 to RGT-09).
    Admin,
    /// Has every folder and every right, among them to name owners and to archive (RGT-10).
    Owner,
}

/// The signed-in account behind a call.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The signed-in account.
    pub account: AccountId,
    /// Its login name.
    pub login: String,
    /// Its kind.
    pub role: AccountRole,
    /// The session the call was made in.
    pub session: SessionId,
    /// What it reads.
    pub language: Language,
    /// The zone it reads times in, if it has chosen one; otherwise the workspace's.
    pub zone: Option<chrono_tz::Tz>,
}

impl From<&Caller> for Owner {
    fn from(caller: &Caller) -> Self {
        Self {
            session: caller.session,
            account: caller.account,
        }
    }
}

/// The rights that depend on a place in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// RGT-01
    See,
    /// RGT-02
    Launch,
    /// RGT-03
    HandleAlarms,
    /// RGT-04
    OrderJobs,
    /// RGT-05
    UpgradeServers,
    /// RGT-06
    ManageSystems,
    /// RGT-07
    SeeLicences,
    /// RGT-08
    ManageLicences,
    /// RGT-09
    ManageMembers,
    /// RGT-10
    Own,
}

impl Right {
    /// All of them, for the table test.
    pub const ALL: &'static [Self] = &[
        Self::See,
        Self::Launch,
        Self::HandleAlarms,
        Self::OrderJobs,
        Self::UpgradeServers,
        Self::ManageSystems,
        Self::SeeLicences,
        Self::ManageLicences,
        Self::ManageMembers,
        Self::Own,
    ];

    /// The least role in the organization that has this right.
    pub fn least_role(self) -> MemberRole {
        match self {
            Self::See | Self::SeeLicences => MemberRole::Viewer,
            Self::Launch | Self::HandleAlarms | Self::OrderJobs => MemberRole::Operator,
            Self::UpgradeServers | Self::ManageSystems | Self::ManageLicences | Self::ManageMembers => {
                MemberRole::Admin
            }
            Self::Own => MemberRole::Owner,
        }
    }

    /// Whether a member of this role has it.
    pub fn belongs_to(self, role: MemberRole) -> bool {
        role >= self.least_role()
    }
}

/// One thing that a call names, and that a right is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An organization.
    Organization(OrganizationId),
    /// A folder of an organization's tree.
    Folder(FolderId),
    /// A managed system.
    System(SystemId),
    /// A connection.
    Connection(ConnectionId),
}

impl Subject {
    /// The id, whatever it is of.
    pub fn id(self) -> Uuid {
        match self {
            Self::Organization(id) => id.0,
            Self::Folder(id) => id.0,
            Self::System(id) => id.0,
            Self::Connection(id) => id.0,
        }
    }
}

impl From<OrganizationId> for Subject {
    fn from(id: OrganizationId) -> Self {
        Self::Organization(id)
    }
}
impl From<FolderId> for Subject {
    fn from(id: FolderId) -> Self {
        Self::Folder(id)
    }
}
impl From<SystemId> for Subject {
    fn from(id: SystemId) -> Self {
        Self::System(id)
    }
}
impl From<ConnectionId> for Subject {
    fn from(id: ConnectionId) -> Self {
        Self::Connection(id)
    }
}

/// Arguments that name what a right is asked of.
pub trait Concerns {
    /// What they name; a right is asked of each. Empty: of nothing in particular, and the command decides for itself
    /// (a new organization: RGT-11).
    fn subjects(&self) -> Vec<Subject>;
}

/// An account's place in the organization that a subject belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The organization that the subject is, or belongs to.
    pub organization: OrganizationId,
    /// None: no member.
    pub role: Option<MemberRole>,
    /// Whether the subject is one of those the member may see: of folders and systems those in granted folders.
    pub granted: bool,
}

impl Caller {
    /// Whether the account is an administrator, who may do everything in every organization.
    pub fn is_administrator(&self) -> bool {
        self.role == AccountRole::Administrator
    }

    /// Refuses everybody but administrators (RGT-12, RGT-14, RGT-15).
    ///
    /// # Errors
    /// `right.missing`
    pub fn demand_administrator(&self) -> Outcome<()> {
        if self.is_administrator() {
            Ok(())
        } else {
            Err(ErrorCode::RightMissing.into())
        }
    }

    /// Refuses who has not this right on this subject.
    ///
    /// # Errors
    /// `right.missing`; `not-found` when there is no such thing, its organization is archived, or this account cannot see
    /// it.
    pub async fn demand(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        subject: impl Into<Subject>,
    ) -> Outcome<()> {
        let subject = subject.into();
        let standing = standings(connection, self.account, &[subject])
            .await?
            .remove(&subject);
        match self.admission(right, standing) {
            Admission::Admitted => Ok(()),
            Admission::Refused => Err(ErrorCode::RightMissing.into()),
            Admission::NotFound if self.is_administrator() => Err(ErrorCode::NotFound.into()),
            Admission::NotFound => Err(Problem::not_visible()),
        }
    }

    /// What this account's right comes to in each of the subjects.
    ///
    /// # Errors
    /// Database errors.
    pub async fn admissions<S: Into<Subject> + Copy>(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        subjects: &[S],
    ) -> Outcome<Admissions> {
        let subjects: Vec<Subject> = subjects.iter().map(|&subject| subject.into()).collect();
        let standings = standings(connection, self.account, &subjects).await?;
        Ok(Admissions(
            subjects
                .into_iter()
                .map(|subject| (subject, self.admission(right, standings.get(&subject).copied())))
                .collect(),
        ))
    }

    /// `standing`: none when there is no such thing.
    fn admission(&self, right: Right, standing: Option<Standing>) -> Admission {
        let Some(standing) = standing else {
            return Admission::NotFound;
        };
        match (self.role, standing.role) {
            (AccountRole::Administrator, _) => Admission::Admitted,
            (AccountRole::Operator, Some(_)) if !standing.granted => Admission::NotFound,
            (AccountRole::Operator, Some(role)) if right.belongs_to(role) => Admission::Admitted,
            (AccountRole::Operator, Some(_)) => Admission::Refused,
            (AccountRole::Operator, None) => Admission::NotFound,
        }
    }
}

/// What a right comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// The account has the right on the subject.
    Admitted,
    /// The subject is seen, but the right is missing.
    Refused,
    /// There is no such subject, or none that this account can see; it cannot tell which.
    NotFound,
}

impl Admission {
    /// Why not.
    pub fn problem(self) -> Option<ErrorCode> {
        match self {
            Self::Admitted => None,
            Self::Refused => Some(ErrorCode::RightMissing),
            Self::NotFound => Some(ErrorCode::NotFound),
        }
    }
}

/// What a right comes to in each of several subjects.
#[derive(Debug)]
pub struct Admissions(HashMap<Subject, Admission>);

impl Admissions {
    /// What it comes to in this one.
    pub fn of(&self, subject: impl Into<Subject>) -> Admission {
        self.0
            .get(&subject.into())
            .copied()
            .unwrap_or(Admission::NotFound)
    }

    /// The ids of those in which it is not there, in order.
    pub fn refused(&self) -> Vec<Uuid> {
        let mut refused: Vec<_> = self
            .0
            .iter()
            .filter(|(_, admission)| **admission != Admission::Admitted)
            .map(|(subject, _)| subject.id())
            .collect();
        refused.sort_unstable();
        refused
    }
}

/// An account's standing towards each of these subjects; those that do not exist, or belong to an archived organization,
/// are left out.
///
/// # Errors
/// Database errors.
async fn standings(
    connection: &mut SqliteConnection,
    account: AccountId,
    subjects: &[Subject],
) -> Outcome<HashMap<Subject, Standing>> {
    /// Makes a subject of its id.
    type Make = fn(Uuid) -> Subject;
    let seen = seen_connections("?2", "s.id");
    // Of each kind of subject: its table with its organization as `o`, and whether the account may see it.
    let kinds: [(Make, &str, &str); 4] = [
        (
            |id| Subject::Organization(OrganizationId(id)),
            "organization AS o ON o.id = unhex(wanted.value)",
            "1",
        ),
        (
            |id| Subject::Folder(FolderId(id)),
            "folder AS s ON s.id = unhex(wanted.value) JOIN organization AS o ON o.id = s.organization_id",
            "EXISTS (SELECT 1 FROM visible_folder AS v WHERE v.account_id = ?2 AND v.folder_id = s.id)",
        ),
        (
            |id| Subject::System(SystemId(id)),
            "system AS s ON s.id = unhex(wanted.value) AND s.removed_at IS NULL JOIN organization AS o ON o.id = s.organization_id",
            "EXISTS (SELECT 1 FROM visible_folder AS v WHERE v.account_id = ?2 AND v.folder_id = s.folder_id)",
        ),
        (
            |id| Subject::Connection(ConnectionId(id)),
            "connection AS s ON s.id = unhex(wanted.value) AND s.removed_at IS NULL JOIN organization AS o ON o.id = s.organization_id",
            &seen,
        ),
    ];
    let mut standings = HashMap::with_capacity(subjects.len());
    for (make, table, granted) in kinds {
        let ids: Vec<Uuid> = subjects
            .iter()
            .filter(|subject| make(subject.id()) == **subject)
            .map(|subject| subject.id())
            .collect();
        if ids.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT lower(hex(unhex(wanted.value))), o.id, m.role, {granted} FROM json_each(?1) AS wanted JOIN {table} AND o.archived_at IS NULL
             LEFT JOIN membership AS m ON m.organization_id = o.id AND m.account_id = ?2"
        );
        let rows: Vec<(String, OrganizationId, Option<String>, bool)> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(crate::ids::ids_json(&ids))
                .bind(account)
                .fetch_all(&mut *connection)
                .await?;
        for (id, organization, role, granted) in rows {
            let role = role.as_deref().map(enum_value).transpose()?;
            let id: Uuid = id.parse().map_err(Problem::internal)?;
            let standing = Standing {
                organization,
                role,
                granted,
            };
            standings.insert(make(id), standing);
        }
    }
    Ok(standings)
}

/// Whether the account has this right in at least one organization.
///
/// # Errors
/// Database errors.
pub async fn has_anywhere(connection: &mut SqliteConnection, caller: &Caller, right: Right) -> Outcome<bool> {
    if caller.is_administrator() {
        return Ok(true);
    }
    let roles: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT m.role FROM membership AS m
         JOIN organization AS o ON o.id = m.organization_id AND o.archived_at IS NULL
         WHERE m.account_id = ?",
    )
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    for role in &roles {
        if right.belongs_to(enum_value(role)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

// What an account may see, as conditions in SQL. The account's id stands in them as a literal: it is no text that anybody typed.

fn literal(account: AccountId) -> String {
    format!("x'{}'", account.0.simple())
}

/// The condition that `column` is this account.
pub fn own(caller: &Caller, column: &str) -> String {
    format!("{column} = {}", literal(caller.account))
}

/// The condition that an account may see the organization whose id is `column`. That it is not archived is a condition of its
/// own for administrators: `o.archived_at IS NULL`.
pub fn visible_organizations(caller: &Caller, column: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    format!(
        "{column} IN (SELECT m.organization_id FROM membership AS m JOIN organization AS mo ON mo.id = m.organization_id AND mo.archived_at IS NULL
         WHERE m.account_id = {})",
        literal(caller.account)
    )
}

/// The condition that the account, who is no administrator, may see everything of the organization whose id is `column`: its
/// default folder was granted, in which all others are (ORG-20).
pub fn wholly_visible_organizations(caller: &Caller, column: &str) -> String {
    format!(
        "{column} IN (SELECT v.organization_id FROM visible_folder AS v JOIN folder AS f ON f.id = v.folder_id AND f.parent_id IS NULL
         WHERE v.account_id = {})",
        literal(caller.account)
    )
}

/// The condition that the system `alias` is managed, its organization is not archived, and the account may see it (ORG-22).
pub fn visible_systems(caller: &Caller, alias: &str) -> String {
    if caller.is_administrator() {
        return format!("{alias}.listed = 1");
    }
    format!(
        "({alias}.listed = 1 AND {alias}.folder_id IN (SELECT folder_id FROM visible_folder WHERE account_id = {}))",
        literal(caller.account)
    )
}

/// The condition that an account is shown a connection, given the account and the connection's id in SQL; that it is a member of
/// the organization is a condition of its own. A connection is seen by those who see one of its systems; one that has none (yet)
/// by those who see the default folder, in which its systems will appear.
fn seen_connections(account: &str, connection: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM system AS y JOIN visible_folder AS v ON v.account_id = {account} AND v.folder_id = y.folder_id
             WHERE y.connection_id = {connection} AND y.removed_at IS NULL)
         OR (NOT EXISTS (SELECT 1 FROM system AS y WHERE y.connection_id = {connection} AND y.removed_at IS NULL)
             AND EXISTS (SELECT 1 FROM connection AS q JOIN folder AS f ON f.organization_id = q.organization_id AND f.parent_id IS NULL
                 JOIN visible_folder AS v ON v.account_id = {account} AND v.folder_id = f.id WHERE q.id = {connection})))"
    )
}

/// The condition that the account may see the connection `alias`: it is a member of its organization, and sees one of its systems or,
/// as long as there are none, the folder they will appear in. That the organization is not archived and the connection not removed are conditions of their own for
/// administrators.
pub fn visible_connections(caller: &Caller, alias: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    format!(
        "({} AND {})",
        visible_organizations(caller, &format!("{alias}.organization_id")),
        seen_connections(&literal(caller.account), &format!("{alias}.id"))
    )
}

/// The condition that the organization of the alarm `alias` is not archived, and the account may see what it is about: the system;
/// where it is about none, the connection; where it is about none either, the organization. Of the licences of a telephone solution
/// its primary tells.
pub fn visible_alarms(caller: &Caller, alias: &str) -> String {
    if caller.is_administrator() {
        return format!("{alias}.listed = 1");
    }
    let account = literal(caller.account);
    format!(
        "({alias}.listed = 1 AND CASE
            WHEN {alias}.system_id IS NOT NULL THEN {alias}.system_id IN (SELECT y.id FROM system AS y
                 WHERE y.folder_id IN (SELECT folder_id FROM visible_folder WHERE account_id = {account}))
            ELSE {alias}.organization_id IN (SELECT organization_id FROM membership WHERE account_id = {account})
                 AND ({alias}.connection_id IS NULL OR {}) AND ({alias}.alarm_type <> 'licence' OR NOT EXISTS (
                     SELECT 1 FROM system AS y WHERE y.connection_id = {alias}.connection_id AND y.removed_at IS NULL AND y.role = 'primary'
                     AND y.folder_id NOT IN (SELECT folder_id FROM visible_folder WHERE account_id = {account}))) END)",
        seen_connections(&account, &format!("{alias}.connection_id"))
    )
}

/// Acts on an organization as a whole and on its members: every member may know of them. Others may name what is in folders.
const ACTS_WITHOUT_FOLDERS: [&str; 3] = ["organizations", "members", "invitations"];

/// The condition that the account may see the entry `alias` of the audit log in the history of the organization whose id is `column`
/// (ORG-30). Who does not see all of the organization is shown what it did itself and what is about no folder (RGT-01).
pub fn visible_activity(caller: &Caller, alias: &str, column: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    let acts = ACTS_WITHOUT_FOLDERS
        .map(|feature| format!("{alias}.act GLOB '{feature}.*'"))
        .join(" OR ");
    format!(
        "({} AND ({alias}.account_id = {} OR {acts} OR {}))",
        visible_organizations(caller, column),
        literal(caller.account),
        wholly_visible_organizations(caller, column)
    )
}

/// The condition that the account may see the folder whose id is `column`. That its organization is not archived is a condition of
/// its own for administrators.
pub fn visible_folders(caller: &Caller, column: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    format!(
        "{column} IN (SELECT folder_id FROM visible_folder WHERE account_id = {})",
        literal(caller.account)
    )
}

/// The condition that the account sees one of the folders that this query gives.
pub fn visible_by_any_folder(caller: &Caller, query: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    format!(
        "EXISTS (SELECT 1 FROM ({query}) AS placed JOIN visible_folder AS seen ON seen.folder_id = placed.folder_id
            AND seen.account_id = {})",
        literal(caller.account)
    )
}

/// The condition that the account may see the account whose id is `column`: it is its own, or both are members of one organization.
pub fn visible_accounts(caller: &Caller, column: &str) -> String {
    if caller.is_administrator() {
        return "1".to_owned();
    }
    let account = literal(caller.account);
    format!(
        "({column} = {account} OR {column} IN (SELECT theirs.account_id FROM membership AS mine
            JOIN organization AS mo ON mo.id = mine.organization_id AND mo.archived_at IS NULL
            JOIN membership AS theirs ON theirs.organization_id = mine.organization_id WHERE mine.account_id = {account}))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use MemberRole::{Admin, Operator, Owner, Viewer};

    /// RGT-01 to RGT-10: the table of the overview, line by line.
    #[test]
    fn rights_follow_the_table() {
        let table: &[(Right, &[MemberRole])] = &[
            (Right::See, &[Owner, Admin, Operator, Viewer]),
            (Right::Launch, &[Owner, Admin, Operator]),
            (Right::HandleAlarms, &[Owner, Admin, Operator]),
            (Right::OrderJobs, &[Owner, Admin, Operator]),
            (Right::UpgradeServers, &[Owner, Admin]),
            (Right::ManageSystems, &[Owner, Admin]),
            (Right::SeeLicences, &[Owner, Admin, Operator, Viewer]),
            (Right::ManageLicences, &[Owner, Admin]),
            (Right::ManageMembers, &[Owner, Admin]),
            (Right::Own, &[Owner]),
        ];
        assert_eq!(table.len(), Right::ALL.len());
        for (right, roles) in table {
            for role in [Owner, Admin, Operator, Viewer] {
                assert_eq!(
                    right.belongs_to(role),
                    roles.contains(&role),
                    "{right:?} {role:?}"
                );
            }
        }
    }

    /// RGT-01: what is outside what a person may see is not found, whatever they wanted of it; what is seen is refused.
    #[test]
    fn what_is_not_visible_is_not_found() {
        let caller = |role| Caller {
            account: AccountId::new(Time(1)),
            login: "hand".into(),
            role,
            session: SessionId::new(Time(1)),
            language: Language::En,
            zone: None,
        };
        let standing = |role, granted| {
            Some(Standing {
                organization: OrganizationId::new(Time(1)),
                role,
                granted,
            })
        };
        let (administrator, operator) = (caller(AccountRole::Administrator), caller(AccountRole::Operator));
        for right in Right::ALL {
            assert_eq!(operator.admission(*right, None), Admission::NotFound);
            assert_eq!(
                operator.admission(*right, standing(None, true)),
                Admission::NotFound
            );
            assert_eq!(administrator.admission(*right, None), Admission::NotFound);
            assert_eq!(
                administrator.admission(*right, standing(None, false)),
                Admission::Admitted
            );
            for role in [Owner, Admin, Operator, Viewer] {
                let wanted = if right.belongs_to(role) {
                    Admission::Admitted
                } else {
                    Admission::Refused
                };
                assert_eq!(operator.admission(*right, standing(Some(role), true)), wanted);
                assert_eq!(
                    operator.admission(*right, standing(Some(role), false)),
                    Admission::NotFound
                );
            }
        }
    }
}
