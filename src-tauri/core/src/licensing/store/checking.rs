//! The check of the whole ledger (LIC-61).

use super::super::rules::book::Book;
use super::super::rules::ledger::{Account, Breach, Commodity, Event};
use super::super::types::{LedgerCheck, LedgerDifference, LedgerFault};
use super::book_id;
use super::ledger::{Body, BodyPosting, START, hash, head, reason, uuid_of};
use flotilla_kernel::clock::days_of;
use flotilla_kernel::database::{Database, RowExt as _};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use sqlx::sqlite::SqliteRow;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// So many entries are read at once by a check or an export.
const BATCH: i64 = 1_000;

/// Follows the whole ledger; `each` is handed every entry with its hash. Finds the first thing that differs (LIC-61): the chain, the
/// columns that repeat an entry, the postings, what is negative, what was cut off.
///
/// # Errors
/// Database errors, and what `each` says.
pub async fn check(
    database: &Database,
    mut each: impl FnMut(&Body, &str) -> Outcome<()>,
) -> Outcome<LedgerCheck> {
    let mut reader = database.read().await?;
    let (entries, hash) = head(&mut reader).await?;
    drop(reader);
    let keys: Vec<String> = sqlx::query_scalar("SELECT digest FROM licence_key")
        .fetch_all(&mut *database.read().await?)
        .await?;
    let mut follower = Follower {
        keys: keys.into_iter().collect(),
        previous: START.to_vec(),
        sequence: 0,
        books: HashMap::new(),
        transits: BTreeMap::new(),
    };
    loop {
        let rows = sqlx::query(
            "SELECT sequence, id, operation_id, organization_id, product, day, at, account_id, kind, reason, screen, wallet, body, hash,
                    (SELECT json_group_array(json_array(p.account, p.licence_type, p.term, lower(hex(p.lot_id)), p.amount))
                     FROM (SELECT * FROM licence_posting WHERE entry = licence_entry.sequence ORDER BY line) AS p) AS postings
             FROM licence_entry WHERE sequence > ? ORDER BY sequence LIMIT ?",
        )
        .bind(follower.sequence)
        .bind(BATCH)
        .fetch_all(&mut *database.read().await?)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            match follower.follow(row)? {
                Ok((body, text)) => each(&body, &text)?,
                Err(what) => {
                    let difference = LedgerDifference {
                        entry: follower.sequence + 1,
                        what,
                    };
                    return Ok(LedgerCheck {
                        entries: follower.sequence,
                        head: String::new(),
                        differs: Some(difference),
                    });
                }
            }
        }
    }
    let cut_off = follower.sequence < entries || (follower.sequence == entries && follower.previous != hash);
    let open = follower.transits.values().any(|sum| *sum != 0);
    let what = if cut_off {
        Some(LedgerFault::CutOff)
    } else {
        open.then_some(LedgerFault::Postings)
    };
    Ok(LedgerCheck {
        entries: follower.sequence,
        head: hex::encode(&follower.previous),
        differs: what.map(|what| LedgerDifference {
            entry: follower.sequence + 1,
            what,
        }),
    })
}

struct Follower {
    /// The digests in the register of keys.
    keys: HashSet<String>,
    previous: Vec<u8>,
    sequence: i64,
    books: HashMap<(OrganizationId, String), Book>,
    transits: BTreeMap<(Uuid, Commodity), i64>,
}

impl Follower {
    /// The next entry, or what differs in it.
    fn follow(&mut self, row: &SqliteRow) -> Outcome<Result<(Body, String), LedgerFault>> {
        let sequence: i64 = row.take("sequence")?;
        if sequence != self.sequence + 1 {
            return Ok(Err(LedgerFault::Missing));
        }
        let text: String = row.take("body")?;
        let stored: Vec<u8> = row.take("hash")?;
        let digest = hash(&text).to_vec();
        let Ok(body) = serde_json::from_str::<Body>(&text) else {
            return Ok(Err(LedgerFault::Chain));
        };
        if digest != stored || body.previous != hex::encode(&self.previous) || body.sequence != sequence {
            return Ok(Err(LedgerFault::Chain));
        }
        if !columns_hold(row, &body)? {
            return Ok(Err(LedgerFault::Columns));
        }
        let key = (body.organization, body.product.clone());
        let book = self
            .books
            .entry(key)
            .or_insert_with(|| Book::new(book_id(body.organization, &body.product)));
        let Ok(entry) = body.clone().entry() else {
            return Ok(Err(LedgerFault::Postings));
        };
        if let Event::Redeemed { key, .. } = &entry.event
            && !self.keys.contains(key)
        {
            return Ok(Err(LedgerFault::Keys));
        }
        let applied: Result<(), Breach> = book.apply(&entry);
        if applied.is_err() {
            return Ok(Err(LedgerFault::Postings));
        }
        for posting in entry.postings {
            if let Account::InTransit(transfer) = posting.account {
                *self.transits.entry((transfer, posting.commodity)).or_default() += posting.amount;
            }
        }
        self.previous = digest;
        self.sequence = sequence;
        Ok(Ok((body, hex::encode(&self.previous))))
    }
}

/// The columns of a posting: account, type, term in years, lot, amount.
type PostingColumns = (String, String, Option<u32>, Option<String>, i64);

/// Whether what stands beside an entry's text is what the text says.
fn columns_hold(row: &SqliteRow, body: &Body) -> Outcome<bool> {
    let wallet: i64 = body
        .postings
        .iter()
        .filter(|posting| posting.account == Account::Wallet.to_string())
        .map(|posting| posting.amount)
        .sum();
    let postings: Vec<PostingColumns> =
        serde_json::from_str(row.take("postings")?).map_err(Problem::internal)?;
    let repeated: Vec<BodyPosting> = postings
        .into_iter()
        .map(|(account, licence_type, term, lot, amount)| {
            let lot = lot.filter(|lot| !lot.is_empty()).and_then(|lot| lot.parse().ok());
            BodyPosting {
                account,
                licence_type,
                term,
                lot,
                amount,
            }
        })
        .collect();
    Ok(uuid_of(row.take("id")?)? == body.id
        && uuid_of(row.take("operation_id")?)? == body.operation
        && row.take::<OrganizationId, _>("organization_id")? == body.organization
        && row.take::<&str, _>("product")? == body.product
        && row.take::<i64, _>("day")? == days_of(body.day)
        && row.take::<i64, _>("at")? == body.at.0
        && row.take::<Option<AccountId>, _>("account_id")? == body.account
        && row.take::<&str, _>("kind")? == body.kind()
        && row.take::<&str, _>("reason")? == reason(&body.event)
        && row.take::<&str, _>("screen")? == body.screen
        && row.take::<i64, _>("wallet")? == wallet
        && repeated == body.postings)
}
