//! Who may do what (`00-overview.md`, Roles and rights). Checked in the core, before anything is read (SEC-02).

use crate::accounts::types::AccountRole;
use crate::ids::{AccountId, OrganizationId, SessionId};
use crate::organizations::types::MemberRole;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use sqlx::SqliteConnection;

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

    /// Refuses who has not this right in this organization. An operator cannot tell an organization that is not
    /// theirs from one that does not exist.
    ///
    /// # Errors
    /// `right.missing`; for an administrator `not-found` when there is no such organization (or it is archived).
    pub async fn demand(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        organization: OrganizationId,
    ) -> Outcome<()> {
        let found = crate::organizations::store::standing(connection, self.account, organization).await?;
        match (self.role, found) {
            (AccountRole::Administrator, Some(_)) => Ok(()),
            (AccountRole::Administrator, None) => Err(ErrorCode::NotFound.into()),
            (AccountRole::Operator, Some(Some(role))) if right.belongs_to(role) => Ok(()),
            (AccountRole::Operator, _) => Err(Problem::new(ErrorCode::RightMissing)),
        }
    }

    /// Which of the organizations this account has the right in; the others are left out.
    ///
    /// # Errors
    /// Database errors.
    pub async fn permitted(
        &self,
        connection: &mut SqliteConnection,
        right: Right,
        organizations: &[OrganizationId],
    ) -> Outcome<std::collections::HashSet<OrganizationId>> {
        let standings =
            crate::organizations::store::standings(connection, self.account, organizations).await?;
        Ok(standings
            .into_iter()
            .filter(|(_, role)| self.is_administrator() || role.is_some_and(|role| right.belongs_to(role)))
            .map(|(organization, _)| organization)
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
