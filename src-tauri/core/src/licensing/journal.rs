//! The ledger as a file: JSON lines with the hashes of the chain, or a plain-text journal that `hledger check` accepts (LIC-63).

use super::store::{self, Body, BodyPosting};
use super::types::{ExportLedger, LedgerFormat};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Database;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::transfer::{Download, unwritable};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

/// Writes the ledger of an organization, or of all, into a file that waits to be fetched.
///
/// # Errors
/// `right.missing` for all organizations, but for administrators; `licence.ledger-differs`, `file.unwritable`
pub async fn export(call: &Call, arguments: ExportLedger) -> Outcome<Download> {
    let caller = call.caller()?;
    if arguments.organization.is_none() {
        caller.demand_administrator()?;
    }
    let ending = match arguments.format {
        LedgerFormat::Journal => "journal",
        LedgerFormat::Json => "jsonl",
    };
    let name = format!(
        "flotilla-licences-{}.{ending}",
        call.now().utc().format("%Y-%m-%d")
    );
    let mut file = call.workspace.transfers.create(caller, &name)?;
    let written = write(
        &call.workspace.database,
        arguments.organization,
        arguments.format,
        &mut file,
    )
    .await?;
    let download = file.finish()?;
    let entry = audit::Entry::done()
        .detail("file", name)
        .detail("entries", written.entries)
        .detail("head", written.head);
    let entry = match arguments.organization {
        Some(organization) => entry.organization(organization),
        None => entry,
    };
    call.record(entry).await?;
    Ok(download)
}

/// What was written.
pub struct Exported {
    /// How many entries.
    pub entries: i64,
    /// The hash of the ledger's last entry.
    pub head: String,
}

/// Writes the ledger, entry by entry; it is checked on the way (LIC-61).
///
/// # Errors
/// `licence.ledger-differs`, `file.unwritable`
pub async fn write(
    database: &Database,
    organization: Option<OrganizationId>,
    format: LedgerFormat,
    out: &mut impl Write,
) -> Outcome<Exported> {
    let mut entries = 0;
    if format == LedgerFormat::Journal {
        out.write_all(HEADER.as_bytes()).map_err(unwritable)?;
    }
    let found = store::check(database, |body, hash| {
        if organization.is_some_and(|only| only != body.organization) {
            return Ok(());
        }
        entries += 1;
        let text = match format {
            LedgerFormat::Journal => transaction(body),
            LedgerFormat::Json => json!({ "entry": body, "hash": hash }).to_string() + "\n",
        };
        out.write_all(text.as_bytes()).map_err(unwritable)
    })
    .await?;
    match found.differs {
        None => Ok(Exported {
            entries,
            head: found.head,
        }),
        Some(difference) => {
            Err(Problem::new(ErrorCode::LicenceLedgerDiffers).with("entry", difference.entry))
        }
    }
}

const HEADER: &str = "; Flotilla, licence ledger. Accounts: organization:product:account. Commodities: licences of a lot, and licence-days.\n\n";

/// An entry as a transaction of the journal; each commodity sums to zero in it.
pub fn transaction(body: &Body) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} ({}) {} {}  ; entry:{}, operation:{}",
        body.day,
        body.sequence,
        body.kind(),
        body.product,
        body.id.simple(),
        body.operation.simple()
    );
    // Of one account and commodity one line, so that a balance is stated once.
    let mut lines: BTreeMap<(String, String), i64> = BTreeMap::new();
    for posting in &body.postings {
        *lines
            .entry((account(body, posting), commodity(body, posting)))
            .or_default() += posting.amount;
    }
    for ((account, commodity), amount) in lines.into_iter().filter(|(_, amount)| *amount != 0) {
        let _ = writeln!(text, "    {account}  {amount} \"{commodity}\"");
    }
    text.push('\n');
    text
}

/// `organization:product:account`; what has no organization stands alone.
fn account(body: &Body, posting: &BodyPosting) -> String {
    match posting.account.as_str() {
        "issuer" => "issuer".to_owned(),
        transit if transit.starts_with("in-transit") => transit.to_owned(),
        other => format!("{}:{}:{other}", body.organization.0.simple(), body.product),
    }
}

fn commodity(body: &Body, posting: &BodyPosting) -> String {
    match (posting.term, posting.lot) {
        (Some(term), Some(lot)) => format!(
            "{} {} {term}y {}",
            body.product,
            posting.licence_type,
            lot.simple()
        ),
        _ => format!(
            "{} {} days {}",
            body.product,
            posting.licence_type,
            body.organization.0.simple()
        ),
    }
}
