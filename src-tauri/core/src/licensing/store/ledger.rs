//! Entries, postings and operations: only ever added.

use super::super::rules::book::Book;
use super::super::rules::ledger::{Account, Commodity, Entry, Event, Posting, check_balance};
use super::super::types::{PostingRow, PostingsArgument};
use super::{book_id, day};
use chrono::NaiveDate;
use flotilla_kernel::clock::{Time, days_of};
use flotilla_kernel::database::{RowExt as _, Transaction, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// The form of an entry's text.
const FORMAT: u32 = 1;
/// What the first entry follows.
pub(super) const START: [u8; 32] = [0; 32];
/// The most postings that are shown behind a number.
const MOST_POSTINGS: i64 = 500;

/// Who writes entries, and from where.
#[derive(Debug, Clone)]
pub struct Written<'w> {
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: &'w str,
    /// Who; none: the clock, or what a system reported.
    pub account: Option<AccountId>,
    /// From which page.
    pub screen: &'w str,
    /// When.
    pub at: Time,
}

/// An entry as its text has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Body {
    /// The form of the text.
    pub format: u32,
    /// Its number.
    pub sequence: i64,
    /// The hash of the one before, in hexadecimal digits.
    pub previous: String,
    /// Its id.
    pub id: Uuid,
    /// Its operation.
    pub operation: Uuid,
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
    /// The calendar day.
    pub day: NaiveDate,
    /// When it was written.
    pub at: Time,
    /// Who.
    pub account: Option<AccountId>,
    /// From which page.
    pub screen: String,
    /// What happened.
    pub event: Event,
    /// The postings.
    pub postings: Vec<BodyPosting>,
}

/// A posting as the text has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyPosting {
    /// The account.
    pub account: String,
    /// The type.
    pub licence_type: String,
    /// The term; none: licence-days.
    pub term: Option<u32>,
    /// The lot; none: licence-days.
    pub lot: Option<Uuid>,
    /// How many.
    pub amount: i64,
}

impl From<&Posting> for BodyPosting {
    fn from(posting: &Posting) -> Self {
        let (licence_type, term, lot) = match &posting.commodity {
            Commodity::Licences {
                licence_type,
                term,
                lot,
            } => (licence_type.clone(), Some(*term), Some(*lot)),
            Commodity::Days { licence_type } => (licence_type.clone(), None, None),
        };
        Self {
            account: posting.account.to_string(),
            licence_type,
            term,
            lot,
            amount: posting.amount,
        }
    }
}

impl BodyPosting {
    fn posting(&self) -> Outcome<Posting> {
        let account: Account = self
            .account
            .parse()
            .map_err(|_| Problem::internal(format!("{} is no account", self.account)))?;
        let licence_type = self.licence_type.clone();
        let commodity = match (self.term, self.lot) {
            (Some(term), Some(lot)) => Commodity::Licences {
                licence_type,
                term,
                lot,
            },
            _ => Commodity::Days { licence_type },
        };
        Ok(Posting {
            account,
            commodity,
            amount: self.amount,
        })
    }
}

impl Body {
    /// The entry.
    ///
    /// # Errors
    /// An account that nobody has written.
    pub fn entry(self) -> Outcome<Entry> {
        Ok(Entry {
            id: self.id,
            operation: self.operation,
            day: self.day,
            postings: self
                .postings
                .iter()
                .map(BodyPosting::posting)
                .collect::<Outcome<_>>()?,
            event: self.event,
        })
    }

    /// What happened, in a word.
    pub fn kind(&self) -> String {
        kind(&self.event)
    }
}

/// What happened, in a word: the tag of the event.
fn kind(event: &Event) -> String {
    serde_json::to_value(event)
        .ok()
        .and_then(|value| value["kind"].as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Why, where somebody said so.
pub(super) fn reason(event: &Event) -> &str {
    match event {
        Event::Reversed { reason, .. }
        | Event::Reconciled { reason, .. }
        | Event::Ended { reason }
        | Event::OfflineLapsed { reason, .. }
        | Event::HardwareRemoved { reason, .. } => reason,
        Event::Opened { reference, .. } | Event::HardwareRegistered { reference, .. } => reference,
        Event::OfflineConfirmed {
            attested: Some(attested),
            ..
        }
        | Event::OfflineReturned {
            attested: Some(attested),
            ..
        } => attested,
        _ => "",
    }
}

/// The keys and orders an entry is found by.
fn texts(event: &Event) -> Vec<String> {
    match event {
        Event::Redeemed { lots, .. }
        | Event::TransferSent { lots, .. }
        | Event::TransferReceived { lots, .. }
        | Event::TransferRecalled { lots, .. }
        | Event::TransferReturned { lots, .. } => lots
            .iter()
            .flat_map(|lot| [lot.lot.key.clone(), lot.lot.order.clone()])
            .collect(),
        Event::Opened { lots, .. } => lots
            .iter()
            .flat_map(|lot| [lot.lot.key.clone(), lot.lot.order.clone()])
            .collect(),
        Event::Reconciled { lots, reference, .. } => lots
            .iter()
            .flat_map(|lot| [lot.key.clone(), lot.order.clone()])
            .chain([reference.clone()])
            .collect(),
        Event::Upgraded {
            subject, from, to, ..
        } => vec![subject.clone(), from.clone(), to.clone()],
        Event::OfflineIssued { identity, .. } => vec![identity.clone()],
        Event::HardwareRegistered { serial, model, .. } => vec![serial.clone(), model.clone()],
        Event::HardwareRemoved { serial, .. } => vec![serial.clone()],
        _ => Vec::new(),
    }
}

pub(super) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// How many entries there are, and the hash of the last.
///
/// # Errors
/// Database errors.
pub async fn head(connection: &mut SqliteConnection) -> Outcome<(i64, Vec<u8>)> {
    let row = sqlx::query("SELECT entries, hash FROM licence_head WHERE id = 1")
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok((row.take(0)?, row.take(1)?)),
        None => Ok((0, START.to_vec())),
    }
}

/// Appends entries of one book to the ledger, in the act's own transaction.
///
/// # Errors
/// Database errors.
pub async fn append(transaction: &mut Transaction, written: &Written<'_>, entries: &[Entry]) -> Outcome<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let connection = transaction.connection();
    let (mut sequence, mut previous) = head(connection).await?;
    for entry in entries {
        check_balance(&entry.postings).map_err(|breach| Problem::internal(format!("{breach:?}")))?;
        sequence += 1;
        let body = Body {
            format: FORMAT,
            sequence,
            previous: hex::encode(&previous),
            id: entry.id,
            operation: entry.operation,
            organization: written.organization,
            product: written.product.to_owned(),
            day: entry.day,
            at: written.at,
            account: written.account,
            screen: written.screen.to_owned(),
            event: entry.event.clone(),
            postings: entry.postings.iter().map(BodyPosting::from).collect(),
        };
        let text = serde_json::to_string(&body).map_err(Problem::internal)?;
        previous = hash(&text).to_vec();
        insert_entry(connection, &body, &text, &previous).await?;
    }
    sqlx::query("INSERT INTO licence_head (id, entries, hash) VALUES (1, ?1, ?2) ON CONFLICT DO UPDATE SET entries = ?1, hash = ?2")
        .bind(sequence)
        .bind(&previous)
        .execute(&mut *connection)
        .await?;
    super::keep_time(connection, written.at).await
}

async fn insert_entry(
    connection: &mut SqliteConnection,
    body: &Body,
    text: &str,
    hash: &[u8],
) -> Outcome<()> {
    let kind = body.kind();
    let wallet: i64 = body
        .postings
        .iter()
        .filter(|posting| posting.account == Account::Wallet.to_string())
        .map(|posting| posting.amount)
        .sum();
    let texts = texts(&body.event);
    let words = [kind.as_str(), reason(&body.event), &body.screen];
    let found_by = search_key(words.into_iter().chain(texts.iter().map(String::as_str)));
    sqlx::query(
        "INSERT INTO licence_entry (sequence, id, operation_id, organization_id, product, day, at, account_id, kind, reason, screen, wallet, body, hash, search_key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(body.sequence)
    .bind(&body.id.as_bytes()[..])
    .bind(&body.operation.as_bytes()[..])
    .bind(body.organization)
    .bind(&body.product)
    .bind(days_of(body.day))
    .bind(body.at.0)
    .bind(body.account)
    .bind(kind)
    .bind(reason(&body.event))
    .bind(&body.screen)
    .bind(wallet)
    .bind(text)
    .bind(hash)
    .bind(found_by)
    .execute(&mut *connection)
    .await?;
    for (line, posting) in (0_i64..).zip(&body.postings) {
        sqlx::query("INSERT INTO licence_posting (entry, line, account, licence_type, term, lot_id, amount) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(body.sequence)
            .bind(line)
            .bind(&posting.account)
            .bind(&posting.licence_type)
            .bind(posting.term)
            .bind(posting.lot.map(|lot| lot.as_bytes().to_vec()))
            .bind(posting.amount)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn body_of(row: &SqliteRow, column: &str) -> Outcome<Body> {
    serde_json::from_str(row.take(column)?).map_err(Problem::internal)
}

/// What an entry does not keep to stops everything that would build on it (LIC-61).
fn differs(sequence: i64) -> Problem {
    Problem::new(ErrorCode::LicenceLedgerDiffers).with("entry", sequence)
}

/// The entries of a book, the oldest first, with their numbers.
///
/// # Errors
/// Database errors.
pub async fn entries_of(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Vec<(i64, Entry)>> {
    let rows = sqlx::query("SELECT sequence, body FROM licence_entry WHERE organization_id = ? AND product = ? ORDER BY sequence")
        .bind(organization)
        .bind(product)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let sequence = row.take("sequence")?;
            let body = body_of(row, "body").map_err(|_| differs(sequence))?;
            Ok((sequence, body.entry()?))
        })
        .collect()
}

/// The book of a product of an organization, as its entries have left it.
///
/// # Errors
/// `licence.ledger-differs` when an entry does not keep to what holds for all.
pub async fn load(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Book> {
    let mut book = Book::new(book_id(organization, product));
    for (sequence, entry) in entries_of(connection, organization, product).await? {
        book.apply(&entry).map_err(|breach| {
            tracing::error!(?breach, sequence, "the licence ledger does not hold");
            differs(sequence)
        })?;
    }
    Ok(book)
}

/// One entry of a book.
///
/// # Errors
/// `not-found`
pub async fn entry(
    connection: &mut SqliteConnection,
    (organization, product): (OrganizationId, &str),
    id: Uuid,
) -> Outcome<Entry> {
    let row =
        sqlx::query("SELECT body FROM licence_entry WHERE id = ? AND organization_id = ? AND product = ?")
            .bind(&id.as_bytes()[..])
            .bind(organization)
            .bind(product)
            .fetch_optional(connection)
            .await?
            .ok_or(ErrorCode::NotFound)?;
    body_of(&row, "body")?.entry()
}

/// The transfers that an organization has sent of a product, with the receivers.
///
/// # Errors
/// Database errors.
pub async fn transfers_sent(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    product: &str,
) -> Outcome<Vec<(Uuid, OrganizationId)>> {
    let rows = sqlx::query("SELECT body FROM licence_entry WHERE organization_id = ? AND product = ? AND kind = 'transfer_sent' ORDER BY sequence DESC")
        .bind(organization)
        .bind(product)
        .fetch_all(connection)
        .await?;
    let mut sent = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Event::TransferSent { transfer, to, .. } = body_of(row, "body")?.event {
            sent.push((transfer, OrganizationId(to)));
        }
    }
    Ok(sent)
}

// Operations

/// What an operation of this id was answered; none: it was never done.
///
/// # Errors
/// `licence.operation-differs` when it was done with other inputs.
pub async fn find_operation(
    connection: &mut SqliteConnection,
    id: Uuid,
    act: &str,
    inputs: &[u8],
) -> Outcome<Option<String>> {
    let row = sqlx::query("SELECT act, inputs, reply FROM licence_operation WHERE id = ?")
        .bind(&id.as_bytes()[..])
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (known_act, known_inputs): (String, Vec<u8>) = (row.take(0)?, row.take(1)?);
    if known_act == act && known_inputs == inputs {
        Ok(Some(row.take(2)?))
    } else {
        Err(ErrorCode::LicenceOperationDiffers.into())
    }
}

/// Keeps what an operation was answered.
///
/// # Errors
/// Database errors.
pub async fn keep_operation(
    connection: &mut SqliteConnection,
    id: Uuid,
    (act, inputs): (&str, &[u8]),
    reply: &str,
    at: Time,
) -> Outcome<()> {
    sqlx::query("INSERT INTO licence_operation (id, act, inputs, reply, at) VALUES (?, ?, ?, ?, ?)")
        .bind(&id.as_bytes()[..])
        .bind(act)
        .bind(inputs)
        .bind(reply)
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// The postings behind a number, the newest first.
///
/// # Errors
/// Database errors.
pub async fn postings(connection: &mut SqliteConnection, of: &PostingsArgument) -> Outcome<Vec<PostingRow>> {
    let rows = sqlx::query(
        "SELECT e.sequence, e.id, e.kind, e.day, p.account, p.licence_type, p.term, p.lot_id, coalesce(h.key, '') AS key, p.amount
         FROM licence_entry AS e JOIN licence_posting AS p ON p.entry = e.sequence
         LEFT JOIN licence_holding AS h ON h.lot_id = p.lot_id AND h.organization_id = e.organization_id AND h.product = e.product
         WHERE e.organization_id = ?1 AND e.product = ?2 AND (?3 IS NULL OR p.account = ?3) AND (?4 IS NULL OR p.licence_type = ?4)
           AND (?5 IS NULL OR p.lot_id = ?5) AND (?6 IS NULL OR e.id = ?6)
         ORDER BY e.sequence DESC, p.line LIMIT ?7",
    )
    .bind(of.organization)
    .bind(&of.product)
    .bind(&of.account)
    .bind(&of.licence_type)
    .bind(of.lot.map(|lot| lot.as_bytes().to_vec()))
    .bind(of.entry.map(|entry| entry.as_bytes().to_vec()))
    .bind(MOST_POSTINGS)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let lot: Option<Vec<u8>> = row.take("lot_id")?;
            Ok(PostingRow {
                number: row.take("sequence")?,
                entry: uuid_of(row.take("id")?)?,
                kind: row.take("kind")?,
                day: day(row.take("day")?)?,
                account: row.take("account")?,
                licence_type: row.take("licence_type")?,
                term: row.take("term")?,
                lot: lot.map(|lot| uuid_of(&lot)).transpose()?,
                key: row.take("key")?,
                amount: row.take("amount")?,
            })
        })
        .collect()
}

/// An id as it is stored.
///
/// # Errors
/// Bytes that are no id.
pub fn uuid_of(bytes: &[u8]) -> Outcome<Uuid> {
    Uuid::from_slice(bytes).map_err(Problem::internal)
}
