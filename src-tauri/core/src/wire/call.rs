//! One call: who asks, from where, of which workspace.

use crate::audit::{Entry, store};
use crate::clock::Time;
use crate::database::Transaction;
use crate::rights::Caller;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::workspace::Workspace;

/// Where a call comes from, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The window on this machine.
    Desktop,
    /// `flotilla-cli` on this machine.
    CommandLine,
    /// A browser or another Flotilla, at this address.
    Remote(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Desktop => formatter.write_str("desktop"),
            Self::CommandLine => formatter.write_str("command-line"),
            Self::Remote(address) => formatter.write_str(address),
        }
    }
}

/// What every command is handed beside its arguments.
pub struct Call {
    pub workspace: Workspace,
    pub origin: Origin,
    /// The name of the command, as in the table.
    pub name: &'static str,
    /// None only for commands that are public.
    pub caller: Option<Caller>,
}

impl Call {
    /// The signed-in account.
    ///
    /// # Errors
    /// `session.missing` for a public call.
    pub fn caller(&self) -> Outcome<&Caller> {
        self.caller
            .as_ref()
            .ok_or_else(|| Problem::new(ErrorCode::NotSignedIn))
    }

    /// The present instant.
    pub fn now(&self) -> Time {
        self.workspace.clock.now()
    }

    /// Writes an entry of the audit log into the act's transaction.
    ///
    /// # Errors
    /// Database errors.
    pub async fn append(&self, transaction: &mut Transaction, entry: &Entry) -> Outcome<()> {
        let account = self
            .caller
            .as_ref()
            .map(|caller| caller.account)
            .or(entry.account);
        store::append(transaction, account, &self.origin.to_string(), self.name, entry).await
    }

    /// Writes the act's one audit entry and commits (GEN-03).
    ///
    /// # Errors
    /// Database errors; then nothing has happened.
    pub async fn commit(&self, mut transaction: Transaction, entry: Entry) -> Outcome<()> {
        self.append(&mut transaction, &entry).await?;
        transaction.commit().await
    }
}
