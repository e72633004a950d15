//! Signed licence keys: what one holds, and whether it may be redeemed here (LIC-20, LIC-21). Issuers, catalogue and day are passed in.

use super::catalogue::{Catalogue, Product};
use super::key_text;
use super::rules::ledger::{LotOrigin, Purpose, SignedBy};
use super::rules::wallet::{Key, KeyContent};
use super::types::{HeldByKey, HeldLine};
use chrono::NaiveDate;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_licence_formats::key::{Grant, LicenceKey};

pub use flotilla_licence_formats::key::is_signed;

/// Where and when a key is to be redeemed.
pub struct Place<'p> {
    /// For this organization.
    pub organization: OrganizationId,
    /// Into the wallet of this product.
    pub product: &'p Product,
    /// The catalogue in force.
    pub catalogue: &'p Catalogue,
    /// The day in the organization's zone, by the trusted clock (LIC-53).
    pub today: NaiveDate,
}

/// What a key is recognised by, however it was written, in whichever kind it was redeemed.
///
/// A signed key could be declared before this program knew signed keys: that redemption counts, too.
pub fn digests(key: &LicenceKey, typed: &str) -> Vec<String> {
    let declared = [key.to_text().as_str(), typed].map(key_text::declared);
    [digest(key)]
        .into_iter()
        .chain(declared.into_iter().flatten().map(|declared| declared.digest))
        .collect()
}

fn digest(key: &LicenceKey) -> String {
    format!("signed:{}", key.fingerprint())
}

fn issuer(key: &LicenceKey) -> SignedBy {
    SignedBy {
        key: key.signer().id().to_string(),
        name: key.issuer().name.clone(),
    }
}

/// What each type of a key comes to in the wallet.
fn content(grant: &Grant) -> Vec<KeyContent> {
    let content = |purpose, licence_type: &flotilla_licence_formats::Name, term, quantity: u32| KeyContent {
        purpose,
        licence_type: licence_type.to_string(),
        term,
        quantity: i64::from(quantity),
    };
    match grant {
        Grant::Licences {
            licence_type,
            quantity,
            years,
        } => vec![content(
            Purpose::Subscription,
            licence_type,
            u32::from(*years),
            *quantity,
        )],
        Grant::Expansion(lines) => lines
            .iter()
            .map(|line| content(Purpose::Expansion, &line.licence_type, 0, line.quantity))
            .collect(),
        // Upgrades are counted as what they lead to.
        Grant::Upgrade { to, quantity, .. } => vec![content(Purpose::Upgrade, to, 0, *quantity)],
    }
}

/// What a key holds, in the catalogue's words.
pub fn held(key: &LicenceKey, catalogue: &Catalogue) -> HeldByKey {
    let contents = key.contents();
    let product = catalogue.product(contents.product.as_str()).ok();
    let type_name = |id: &str| product.map_or(id, |product| product.type_name(id)).to_owned();
    let from = match &contents.grant {
        Grant::Upgrade { from, .. } => Some(type_name(from.as_str())),
        Grant::Licences { .. } | Grant::Expansion(_) => None,
    };
    HeldByKey {
        product: product
            .map_or(contents.product.as_str(), |product| &product.name)
            .to_owned(),
        lines: content(&contents.grant)
            .into_iter()
            .map(|line| HeldLine {
                purpose: line.purpose,
                licence_type: type_name(&line.licence_type),
                from: from.clone(),
                term: line.term,
                quantity: line.quantity,
            })
            .collect(),
        order: contents.order.clone(),
        issued: contents.issued,
        redeem_until: contents.redeem_until,
        issuer: issuer(key),
    }
}

/// The key as the wallet takes it, when it is for this place and day.
///
/// # Errors
/// `licence.key-other-organization` (the id of the organization as its `customer`), `licence.key-other-product`,
/// `licence.key-product-unknown`, `licence.key-type-unknown`, `licence.key-not-yet-issued`, `licence.key-expired`
pub fn to_redeem(key: &LicenceKey, place: &Place<'_>) -> Outcome<Key> {
    let contents = key.contents();
    let refused = |code| Problem::new(code).with("key", key.masked());
    if let Some(recipient) = contents.recipient.filter(|one| *one != place.organization.0) {
        let other = refused(ErrorCode::LicenceKeyOtherOrganization);
        return Err(other.with("customer", recipient.to_string()));
    }
    let product = contents.product.as_str();
    if product != place.product.id {
        return Err(match place.catalogue.product(product) {
            Ok(known) => refused(ErrorCode::LicenceKeyOtherProduct).with("product", known.name.clone()),
            Err(_) => refused(ErrorCode::LicenceKeyProductUnknown).with("product", product),
        });
    }
    let content = content(&contents.grant);
    let from = match &contents.grant {
        Grant::Upgrade { from, .. } => Some(from.as_str()),
        Grant::Licences { .. } | Grant::Expansion(_) => None,
    };
    let mut types = content.iter().map(|line| line.licence_type.as_str()).chain(from);
    if let Some(unknown) = types.find(|id| !place.product.has_type(id)) {
        return Err(refused(ErrorCode::LicenceKeyTypeUnknown).with("type", unknown));
    }
    // A day more: where it was issued it may be tomorrow already.
    let tomorrow = place.today.succ_opt().unwrap_or(place.today);
    if let Some(issued) = contents.issued.filter(|issued| *issued > tomorrow) {
        return Err(refused(ErrorCode::LicenceKeyNotYetIssued).with("day", issued.to_string()));
    }
    if let Some(until) = contents.redeem_until.filter(|until| *until < place.today) {
        return Err(refused(ErrorCode::LicenceKeyExpired).with("day", until.to_string()));
    }
    Ok(Key {
        origin: LotOrigin::Signed,
        digest: digest(key),
        masked: key.masked(),
        order: contents.order.clone(),
        content,
        issuer: Some(issuer(key)),
    })
}

#[cfg(test)]
mod tests;
