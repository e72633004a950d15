//! One call: who asks, from where, of which workspace; and what it gives back.

use crate::audit::{AuditResult, Entry};
use crate::clock::Time;
use crate::database::Transaction;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::rights::{Admissions, Caller, Concerns, Right, has_anywhere};
use crate::workspace::Workspace;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// The open workspace that the call is about.
    pub workspace: Workspace,
    /// Where the call comes from.
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
        crate::audit::append(transaction, account, &self.origin.to_string(), self.name, entry).await
    }

    /// Writes the act's one audit entry and commits (GEN-03).
    ///
    /// # Errors
    /// Database errors; then nothing has happened.
    pub async fn commit(&self, mut transaction: Transaction, entry: Entry) -> Outcome<()> {
        self.append(&mut transaction, &entry).await?;
        transaction.commit().await
    }

    /// Writes an entry of its own, for what changed nothing else: a refusal, a failure.
    ///
    /// # Errors
    /// Database errors.
    pub async fn record(&self, entry: Entry) -> Outcome<()> {
        let transaction = self.workspace.database.begin().await?;
        self.commit(transaction, entry).await
    }

    /// Refuses who has not this right on what the arguments name.
    ///
    /// # Errors
    /// `right.missing`; `not-found` when there is no such thing, or none that this account can see.
    pub async fn demand(&self, right: Right, arguments: &impl Concerns) -> Outcome<()> {
        let mut connection = self.workspace.database.read().await?;
        for subject in arguments.subjects() {
            self.caller()?.demand(&mut connection, right, subject).await?;
        }
        Ok(())
    }

    /// Refuses who has this right in no organization.
    ///
    /// # Errors
    /// `right.missing`
    pub async fn demand_anywhere(&self, right: Right) -> Outcome<()> {
        let mut connection = self.workspace.database.read().await?;
        if has_anywhere(&mut connection, self.caller()?, right).await? {
            Ok(())
        } else {
            Err(ErrorCode::RightMissing.into())
        }
    }

    /// What this right comes to in each of the organizations, folders, systems and connections that the arguments name.
    ///
    /// # Errors
    /// Database errors.
    pub async fn admit_each(&self, right: Right, arguments: &impl Concerns) -> Outcome<Admissions> {
        let mut connection = self.workspace.database.read().await?;
        self.caller()?
            .admissions(&mut connection, right, &arguments.subjects())
            .await
    }

    /// Writes down that a call on several things was refused for some of them (ADM-20); the others have an entry of their
    /// own.
    ///
    /// # Errors
    /// Database errors.
    pub async fn record_refusals(&self, admissions: &Admissions) -> Outcome<()> {
        match self.refusals(admissions)? {
            Some(entry) => self.record(entry).await,
            None => Ok(()),
        }
    }

    /// The same in the transaction of the act: both are written, or neither.
    ///
    /// # Errors
    /// Database errors.
    pub async fn append_refusals(
        &self,
        transaction: &mut Transaction,
        admissions: &Admissions,
    ) -> Outcome<()> {
        match self.refusals(admissions)? {
            Some(entry) => self.append(transaction, &entry).await,
            None => Ok(()),
        }
    }

    fn refusals(&self, admissions: &Admissions) -> Outcome<Option<Entry>> {
        let refused = admissions.refused();
        if refused.is_empty() || self.caller()?.is_administrator() {
            return Ok(None);
        }
        let entry = Entry::new(AuditResult::Refused)
            .detail("error", ErrorCode::RightMissing.code())
            .detail("count", refused.len());
        // What they may not see stands in the details alone, even when it is one.
        let ids: Vec<String> = refused.iter().map(ToString::to_string).collect();
        Ok(Some(entry.detail("subjects", ids)))
    }
}

/// No arguments, or nothing to answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// An answer that is bytes, not JSON: 16 per id, or a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed(pub Vec<u8>);

/// What a host gives back. Never printed: a sign-in's has the token in it (SEC-03).
pub enum Reply {
    /// A JSON text.
    Json(String),
    /// Bytes as they are: packed ids or a picture ([`Packed`]).
    Bytes(Vec<u8>),
}

/// What a command answers, as a host gives it back.
pub trait IntoReply {
    /// # Errors
    /// `internal` when it cannot be written as JSON.
    fn into_reply(self) -> Outcome<Reply>;
}

impl IntoReply for Packed {
    fn into_reply(self) -> Outcome<Reply> {
        Ok(Reply::Bytes(self.0))
    }
}

impl<T: Serialize> IntoReply for T {
    fn into_reply(self) -> Outcome<Reply> {
        serde_json::to_string(&self)
            .map(Reply::Json)
            .map_err(Problem::internal)
    }
}

impl TS for Packed {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Uint8Array".to_owned()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "Uint8Array".to_owned()
    }
}
