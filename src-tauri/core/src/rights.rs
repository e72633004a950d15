//! Who may do what (`00-overview.md`, Roles and rights). Checked in the core, before anything is read (SEC-02).

use crate::accounts::types::AccountRole;
use crate::ids::{AccountId, OrganizationId, SessionId};
use crate::organizations::types::MemberRole;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// The signed-in account behind a call.
#[derive(Debug, Clone)]
pub struct Caller {
    pub account: AccountId,
    pub login: String,
    pub role: AccountRole,
    pub session: SessionId,
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

    /// Refuses who has not this right in this organization.
    ///
    /// # Errors
    /// `right.missing`; `not-found` when there is no such organization, it is archived, or this account cannot see it.
    pub async fn demand(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        organization: OrganizationId,
    ) -> Outcome<()> {
        let role = crate::organizations::store::standing(connection, self.account, organization).await?;
        match self.admission(right, role) {
            Admission::Admitted => Ok(()),
            Admission::Refused => Err(ErrorCode::RightMissing.into()),
            Admission::NotFound if self.is_administrator() => Err(ErrorCode::NotFound.into()),
            Admission::NotFound => Err(Problem::out_of_sight()),
        }
    }

    /// What this account's right comes to in each of the organizations.
    ///
    /// # Errors
    /// Database errors.
    pub async fn admissions(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        organizations: &[OrganizationId],
    ) -> Outcome<Admissions> {
        let standings: HashMap<_, _> =
            crate::organizations::store::standings(connection, self.account, organizations)
                .await?
                .into_iter()
                .collect();
        Ok(Admissions(
            organizations
                .iter()
                .map(|id| (*id, self.admission(right, standings.get(id).copied())))
                .collect(),
        ))
    }

    /// `standing`: the place in the organization, none when there is no such organization.
    fn admission(&self, right: Right, standing: Option<Option<MemberRole>>) -> Admission {
        match (self.role, standing) {
            (AccountRole::Administrator, Some(_)) => Admission::Admitted,
            (AccountRole::Operator, Some(Some(role))) if right.belongs_to(role) => Admission::Admitted,
            (AccountRole::Operator, Some(Some(_))) => Admission::Refused,
            (AccountRole::Operator, Some(None)) | (_, None) => Admission::NotFound,
        }
    }
}

/// What a right comes to in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Admitted,
    /// The organization is seen, but the right is missing.
    Refused,
    /// There is no such organization, or none that this account can see; it cannot tell which.
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

/// What a right comes to in each of several organizations.
#[derive(Debug)]
pub struct Admissions(HashMap<OrganizationId, Admission>);

impl Admissions {
    /// What it comes to in this one.
    pub fn of(&self, organization: OrganizationId) -> Admission {
        self.0.get(&organization).copied().unwrap_or(Admission::NotFound)
    }

    /// Those in which it is not there.
    pub fn refused(&self) -> Vec<OrganizationId> {
        let mut refused: Vec<_> = self
            .0
            .iter()
            .filter(|(_, admission)| **admission != Admission::Admitted)
            .map(|(id, _)| *id)
            .collect();
        refused.sort_unstable();
        refused
    }
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

    /// RGT-01: what is outside a person's sight is not found, whatever they wanted of it; what is seen is refused.
    #[test]
    fn out_of_sight_is_not_found() {
        let caller = |role| Caller {
            account: AccountId::new(Time(1)),
            login: "hand".into(),
            role,
            session: SessionId::new(Time(1)),
        };
        let (administrator, operator) = (caller(AccountRole::Administrator), caller(AccountRole::Operator));
        for right in Right::ALL {
            assert_eq!(operator.admission(*right, None), Admission::NotFound);
            assert_eq!(operator.admission(*right, Some(None)), Admission::NotFound);
            assert_eq!(administrator.admission(*right, None), Admission::NotFound);
            assert_eq!(administrator.admission(*right, Some(None)), Admission::Admitted);
            for role in [Owner, Admin, Operator, Viewer] {
                let wanted = if right.belongs_to(role) {
                    Admission::Admitted
                } else {
                    Admission::Refused
                };
                assert_eq!(operator.admission(*right, Some(Some(role))), wanted);
            }
        }
    }
}
