//! Keys into the wallet (LIC-20, LIC-21): looked at first, and then redeemed, all of them or none.

use super::acting::{Acting, Begun, begin};
use super::commands::{demand_few, demand_texts};
use super::formats;
use super::opened::{self, Opened};
use super::rules::ledger::LotOrigin;
use super::rules::wallet::{self, Key, KeyContent};
use super::signed::{self, Place};
use super::store::{self, Redemption};
use super::types::*;
use super::versions;
use super::{catalogue::Catalogue, key_text as keys};
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Admission, Caller, Right};
use flotilla_licence_formats::issuer::TrustedIssuers;
use flotilla_licence_formats::key::LicenceKey;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What keys are read with: whose are trusted, and for which place and day.
struct Reader<'r> {
    caller: &'r Caller,
    issuers: &'r TrustedIssuers,
    opened: &'r Opened,
    catalogue: &'r Catalogue,
}

/// A key that could be read, with what it was recognised by before.
struct Read {
    key: Key,
    digests: Vec<String>,
}

impl Reader<'_> {
    fn signed(&self, text: &str) -> Outcome<LicenceKey> {
        LicenceKey::read(text, self.issuers).map_err(|error| formats::problem(&error))
    }

    /// A signed key as the wallet takes it.
    async fn to_redeem(
        &self,
        connection: &mut SqliteConnection,
        key: &LicenceKey,
        text: &str,
    ) -> Outcome<Read> {
        let place = Place {
            organization: self.opened.organization.id,
            product: &self.opened.product,
            catalogue: self.catalogue,
            today: self.opened.today,
        };
        match signed::to_redeem(key, &place) {
            Ok(ready) => Ok(Read {
                key: ready,
                digests: signed::digests(key, text),
            }),
            Err(problem) => Err(self.named(connection, key, problem).await?),
        }
    }

    /// Names the organization that a key is for, where the account may see it. Its id is no secret: it stands in the key.
    async fn named(
        &self,
        connection: &mut SqliteConnection,
        key: &LicenceKey,
        problem: Problem,
    ) -> Outcome<Problem> {
        let for_other = problem.code == ErrorCode::LicenceKeyOtherOrganization;
        let Some(recipient) = key.contents().recipient.filter(|_| for_other) else {
            return Ok(problem);
        };
        let recipient = flotilla_kernel::ids::OrganizationId(recipient);
        let admissions = self
            .caller
            .admissions(&mut *connection, Right::SeeLicences, &[recipient])
            .await?;
        if admissions.of(recipient) != Admission::Admitted {
            return Ok(problem);
        }
        let other = store::organization(connection, recipient).await?;
        Ok(problem.with("customer", other.name))
    }
}

/// Why a key that was redeemed before is refused. Who may not see that redemption is told only that there was one.
fn redeemed_before(masked: &str, before: Redemption) -> Problem {
    let problem = Problem::new(ErrorCode::LicenceKeyRedeemed).with("key", masked);
    if !before.seen || before.name.is_empty() {
        return problem.with("seen", "no");
    }
    problem
        .with("seen", "yes")
        .with("name", before.name)
        .with("customer", before.customer)
        .with("day", before.day.to_string())
}

/// How licences come into the books without their key being redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entering {
    /// By an opening balance (LIC-64). The keys of one of the same book that was taken back may come again.
    Opening,
    /// By a comparison with what the vendor shows (LIC-66), who shows the keys of this book, too.
    Comparison,
}

/// The keys of these texts, as far as they are whole, none of which is in other books: they are about to come into the book of an
/// organization and a product without being redeemed (LIC-21, LIC-64, LIC-66). A key that is signed says itself what it holds.
///
/// # Errors
/// `licence.key-redeemed`, `licence-key.is-signed`
pub async fn demand_not_known<'t>(
    connection: &mut SqliteConnection,
    caller: &Caller,
    texts: impl Iterator<Item = &'t str>,
    (organization, product): (OrganizationId, &str),
    entering: Entering,
) -> Outcome<Vec<String>> {
    let mut digests = Vec::new();
    for text in texts {
        let Some(key) = keys::whole(text) else {
            continue;
        };
        let before = store::redemption(connection, caller, std::slice::from_ref(&key.digest)).await?;
        let same_book =
            |before: &Redemption| before.organization == organization && before.product == product;
        match before {
            Some(before) if same_book(&before) && (before.opened || entering == Entering::Comparison) => {}
            Some(before) => return Err(redeemed_before(&key.masked, before)),
            None if signed::is_signed(text) => {
                return Err(Problem::new(ErrorCode::LicenceKeyIsSigned).with("key", key.masked));
            }
            None => {}
        }
        digests.push(key.digest);
    }
    Ok(digests)
}

/// What keys hold, and which of them could be redeemed; nothing is (LIC-20). One bad key says nothing of the others.
///
/// # Errors
/// `call.too-large`, `licence.product-unknown`, `licence.ledger-differs`
pub async fn read_keys(call: &Call, arguments: ReadKeys) -> Outcome<Vec<KeyReading>> {
    demand_few(arguments.keys.len())?;
    let mut connection = call.workspace.database.read().await?;
    let place = (arguments.organization, arguments.product.as_str());
    let opened = opened::open(&call.workspace, &mut connection, place.0, place.1).await?;
    let versions = versions::versions(&call.workspace, &mut connection).await?;
    let issuers = store::trusted_issuers(&mut connection).await?;
    let reader = Reader {
        caller: call.caller()?,
        issuers: &issuers,
        opened: &opened,
        catalogue: &versions.newest()?.catalogue,
    };
    let mut seen = BTreeSet::new();
    let mut readings = Vec::with_capacity(arguments.keys.len());
    for text in &arguments.keys {
        readings.push(read_one(&mut connection, &reader, text, &mut seen).await?);
    }
    Ok(readings)
}

async fn read_one(
    connection: &mut SqliteConnection,
    reader: &Reader<'_>,
    text: &str,
    seen: &mut BTreeSet<String>,
) -> Outcome<KeyReading> {
    let (kind, masked, held, read) = if signed::is_signed(text) {
        match reader.signed(text) {
            Ok(key) => {
                let held = signed::held(&key, reader.catalogue);
                let read = reader.to_redeem(connection, &key, text).await;
                (KeyKind::Signed, key.masked(), Some(held), read)
            }
            Err(problem) => (KeyKind::Signed, keys::masked(text), None, Err(problem)),
        }
    } else {
        let read = keys::declared(text).ok_or_else(|| Problem::new(ErrorCode::LicenceKeyUnreadable));
        let read = read.map(|written| (written.masked, vec![written.digest]));
        match read {
            Ok((masked, digests)) => {
                let problem = refusal(connection, reader.caller, (&masked, &digests), seen).await?;
                return Ok(KeyReading {
                    masked,
                    kind: KeyKind::Declared,
                    held: None,
                    problem: problem.map(Problem::into_wire),
                });
            }
            Err(problem) => (KeyKind::Declared, keys::masked(text), None, Err(problem)),
        }
    };
    let problem = match read {
        Ok(read) => refusal(connection, reader.caller, (&masked, &read.digests), seen).await?,
        Err(problem) if problem.source.is_some() => return Err(problem),
        Err(problem) => Some(problem),
    };
    Ok(KeyReading {
        masked,
        kind,
        held,
        problem: problem.map(Problem::into_wire),
    })
}

/// Why a key cannot be redeemed that is good in itself: it stands twice, or was redeemed before.
async fn refusal(
    connection: &mut SqliteConnection,
    caller: &Caller,
    (masked, digests): (&str, &[String]),
    seen: &mut BTreeSet<String>,
) -> Outcome<Option<Problem>> {
    let repeated = digests.iter().any(|digest| seen.contains(digest));
    seen.extend(digests.iter().cloned());
    if repeated {
        return Ok(Some(Problem::new(ErrorCode::LicenceKeyTwice).with("key", masked)));
    }
    let before = store::redemption(connection, caller, digests).await?;
    Ok(before.map(|before| redeemed_before(masked, before)))
}

/// Redeems keys of both kinds into the wallet: all of them, or none (LIC-20, LIC-21).
///
/// # Errors
/// `licence.key-redeemed` and `licence.key-twice` with the key, masked; of a signed key what [`signed::to_redeem`] and its format
/// say; of a declared one `licence-key.is-signed`, `licence.key-unreadable`, and `licence.product-unknown` for a type;
/// `licence.not-registered`, `licence.out-of-range`
pub async fn redeem(call: &Call, arguments: RedeemKeys) -> Outcome<Receipt> {
    demand_few(arguments.keys.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    for key in &arguments.keys {
        if let KeyToRedeem::Declared(declared) = key {
            demand_texts(&[("order", &declared.order)])?;
        }
    }
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => all_or_none(call, acting, arguments.keys.clone()).await,
    }
}

/// Redeems declared keys alone, as [`redeem`].
///
/// # Errors
/// As [`redeem`].
pub async fn redeem_declared(call: &Call, arguments: RedeemDeclared) -> Outcome<Receipt> {
    demand_few(arguments.keys.len())?;
    demand_texts(&[("screen", &arguments.act.screen)])?;
    for key in &arguments.keys {
        demand_texts(&[("order", &key.order)])?;
    }
    match begin(call, &arguments.act, &arguments).await? {
        Begun::Before(receipt) => Ok(receipt),
        Begun::Now(acting) => {
            let keys = arguments.keys.iter().cloned().map(KeyToRedeem::Declared);
            all_or_none(call, acting, keys.collect()).await
        }
    }
}

/// What a person states of a key. One of Flotilla's own says for itself what it holds.
fn declared(key: &DeclaredKey, opened: &Opened) -> Outcome<Read> {
    if signed::is_signed(&key.key) {
        return Err(ErrorCode::LicenceKeyIsSigned.into());
    }
    let written = keys::declared(&key.key).ok_or(ErrorCode::LicenceKeyUnreadable)?;
    if !opened.product.has_type(&key.licence_type) {
        let unknown = Problem::new(ErrorCode::LicenceProductUnknown);
        return Err(unknown.with("product", key.licence_type.clone()));
    }
    Ok(Read {
        digests: vec![written.digest.clone()],
        key: Key {
            origin: LotOrigin::Declared,
            digest: written.digest,
            masked: written.masked,
            order: key.order.trim().to_owned(),
            content: vec![KeyContent {
                purpose: key.purpose,
                licence_type: key.licence_type.clone(),
                term: key.term,
                quantity: key.quantity,
            }],
            issuer: None,
        },
    })
}

/// Redeems keys, each once in the whole workspace, ever.
async fn all_or_none(call: &Call, mut acting: Box<Acting<'_>>, keys: Vec<KeyToRedeem>) -> Outcome<Receipt> {
    if keys.is_empty() {
        return Err(ErrorCode::LicenceOutOfRange.into());
    }
    let caller = call.caller()?;
    let (id, today) = (acting.id(), acting.opened.today);
    let versions = versions::read(acting.transaction.connection()).await?;
    // Read here and not before: whoever was revoked meanwhile is not trusted any more.
    let issuers = store::trusted_issuers(acting.transaction.connection()).await?;
    let mut seen = BTreeSet::new();
    let mut count = 0;
    let mut masked = Vec::new();
    let mut signers = BTreeSet::new();
    for key in &keys {
        let Acting {
            opened, transaction, ..
        } = &mut *acting;
        let connection = transaction.connection();
        let Read { key, digests } = match key {
            KeyToRedeem::Declared(key) => declared(key, opened)?,
            KeyToRedeem::Signed { key: text } => {
                let reader = Reader {
                    caller,
                    issuers: &issuers,
                    opened,
                    catalogue: &versions.newest()?.catalogue,
                };
                let key = reader.signed(text)?;
                reader.to_redeem(connection, &key, text).await?
            }
        };
        if let Some(refused) = refusal(connection, caller, (&key.masked, &digests), &mut seen).await? {
            return Err(refused);
        }
        let redeemed = wallet::redeem(&mut opened.book, id, &key, &opened.terms, today);
        let entry = redeemed.map_err(|refusal| opened.problem(refusal))?;
        if store::key_was_redeemed(connection, &key.digest, entry.id).await? {
            let problem = Problem::new(ErrorCode::LicenceKeyRedeemed).with("key", key.masked);
            return Err(problem.with("seen", "no"));
        }
        acting.write_here(&[entry]).await?;
        count += key.content.iter().map(|content| content.quantity).sum::<i64>();
        signers.extend(key.issuer.map(|by| by.name));
        masked.push(key.masked);
    }
    masked.truncate(100);
    let signers: Vec<String> = signers.into_iter().collect();
    let entry = audit::Entry::done()
        .detail("keys", masked)
        .detail("licences", count);
    let entry = if signers.is_empty() {
        entry
    } else {
        entry.detail("signed_by", signers)
    };
    acting.finish(entry).await
}
