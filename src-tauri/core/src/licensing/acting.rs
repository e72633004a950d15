//! How an act on licences is done: once, in one transaction, with what the clock brought before it.

use super::opened::{self, Opened};
use super::rules::ledger::{Entry, Event};
use super::store;
use super::types::{CHANGES, Credit, Operation, Receipt};
use super::{soundness, versions};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use flotilla_kernel::rights::Right;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The longest text a person gives with an act, in code points.
pub const TEXT: usize = 254;

/// An act under way.
pub struct Acting<'c> {
    call: &'c Call,
    /// Its transaction.
    pub transaction: Transaction,
    /// The book it is on.
    pub opened: Opened,
    operation: &'c Operation,
    inputs: Vec<u8>,
    receipt: Receipt,
}

/// Whether an act is still to be done.
pub enum Begun<'c> {
    /// It was done before, with the same inputs.
    Before(Receipt),
    /// It is under way.
    Now(Box<Acting<'c>>),
}

/// Begins an act: the book is opened, and what the clock brought is written.
///
/// # Errors
/// `licence.operation-differs`, `licence.ledger-differs`, `right.missing`, `not-found`, `licence.product-unknown`
pub async fn begin<'c>(
    call: &'c Call,
    operation: &'c Operation,
    inputs: &impl Serialize,
) -> Outcome<Begun<'c>> {
    soundness::demand(&call.workspace).await?;
    let text = serde_json::to_vec(inputs).map_err(Problem::internal)?;
    let inputs = Sha256::digest(&text).to_vec();
    let mut transaction = call.workspace.database.begin().await?;
    if let Some(reply) =
        store::find_operation(transaction.connection(), operation.operation, call.name, &inputs).await?
    {
        return Ok(Begun::Before(
            serde_json::from_str(&reply).map_err(Problem::internal)?,
        ));
    }
    // Asked again here: what the caller may do can have changed.
    call.caller()?
        .demand(
            transaction.connection(),
            Right::ManageLicences,
            operation.organization,
        )
        .await?;
    if store::newest_catalogue(transaction.connection()).await? == 0 {
        let today = transaction.now().utc().date_naive();
        versions::keep_built_in(transaction.connection(), today).await?;
    }
    let mut opened = opened::open(
        &call.workspace,
        transaction.connection(),
        operation.organization,
        &operation.product,
    )
    .await?;
    opened.write_brought(&mut transaction, None).await?;
    let receipt = Receipt {
        entries: Vec::new(),
        transfer: None,
        credits: Vec::new(),
    };
    Ok(Begun::Now(Box::new(Acting {
        call,
        transaction,
        opened,
        operation,
        inputs,
        receipt,
    })))
}

impl Acting<'_> {
    /// The operation's id.
    pub fn id(&self) -> Uuid {
        self.operation.operation
    }

    /// Whose act it is.
    ///
    /// # Errors
    /// `session.missing`
    pub fn account(&self) -> Outcome<AccountId> {
        Ok(self.call.caller()?.account)
    }

    /// Opens another book of the same product, such as a receiver's.
    ///
    /// # Errors
    /// As [`opened::open`].
    pub async fn open_other(&mut self, organization: OrganizationId) -> Outcome<Opened> {
        let product = self.opened.product.id.clone();
        let mut other = opened::open(
            &self.call.workspace,
            self.transaction.connection(),
            organization,
            &product,
        )
        .await?;
        other.write_brought(&mut self.transaction, None).await?;
        Ok(other)
    }

    /// Writes entries of a book.
    ///
    /// # Errors
    /// Database errors.
    pub async fn write(&mut self, organization: OrganizationId, entries: &[Entry]) -> Outcome<()> {
        let written = store::Written {
            organization,
            product: &self.opened.product.id,
            account: Some(self.call.caller()?.account),
            screen: &self.operation.screen,
            at: self.opened.now,
        };
        store::append(&mut self.transaction, &written, entries).await?;
        for entry in entries {
            self.receipt.entries.push(entry.id);
            if let Event::Allocated { compensations, .. } | Event::OfflineConfirmed { compensations, .. } =
                &entry.event
            {
                self.receipt
                    .credits
                    .extend(compensations.iter().map(Credit::from));
            }
        }
        Ok(())
    }

    /// Writes entries of the book the act is on.
    ///
    /// # Errors
    /// Database errors.
    pub async fn write_here(&mut self, entries: &[Entry]) -> Outcome<()> {
        self.write(self.opened.organization.id, entries).await
    }

    /// The act was a transfer.
    pub fn of_transfer(&mut self, transfer: Uuid) {
        self.receipt.transfer = Some(transfer);
    }

    /// What a book comes to now, for the lists.
    ///
    /// # Errors
    /// Database errors.
    pub async fn rebuild(&mut self, opened: &Opened) -> Outcome<()> {
        let connection = self.transaction.connection();
        store::rebuild(
            connection,
            &opened.key(),
            &opened.product.name,
            &opened.book,
            opened.today,
        )
        .await?;
        self.transaction
            .membership_changed(CHANGES, [opened.organization.id.0]);
        Ok(())
    }

    /// Ends the act: its answer is kept, its audit entry written, and everything made last.
    ///
    /// # Errors
    /// Database errors; then nothing has happened.
    pub async fn finish(mut self, entry: audit::Entry) -> Outcome<Receipt> {
        let opened = &self.opened;
        let connection = self.transaction.connection();
        store::rebuild(
            connection,
            &opened.key(),
            &opened.product.name,
            &opened.book,
            opened.today,
        )
        .await?;
        let organization = opened.organization.id;
        self.transaction.membership_changed(CHANGES, [organization.0]);
        let reply = serde_json::to_string(&self.receipt).map_err(Problem::internal)?;
        store::keep_operation(
            self.transaction.connection(),
            self.operation.operation,
            (self.call.name, &self.inputs),
            &reply,
            opened.now,
        )
        .await?;
        let entry = entry
            .subject(format!("{}: {}", opened.organization.name, opened.product.name))
            .detail("product", opened.product.id.clone())
            .detail("operation", self.operation.operation.to_string());
        let entry = if entry.organization.is_none() && !entry.details.contains_key("organizations") {
            entry.organization(organization)
        } else {
            entry
        };
        self.call.commit(self.transaction, entry).await?;
        Ok(self.receipt)
    }
}
