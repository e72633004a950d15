//! Whose signatures are trusted.

use super::{Issuer, KeyId, PublicKey};
use std::collections::BTreeMap;

/// What an administrator decided about an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What it signs is accepted.
    Trusted,
    /// Nothing that it signed is accepted any more.
    Revoked,
}

/// The issuers an administrator decided about. Every other one is unknown.
#[derive(Debug, Clone, Default)]
pub struct TrustedIssuers(BTreeMap<KeyId, (Issuer, Standing)>);

impl TrustedIssuers {
    /// These issuers. Of a key that is named twice, a revocation counts.
    pub fn new(issuers: impl IntoIterator<Item = (Issuer, Standing)>) -> Self {
        let mut known: BTreeMap<KeyId, (Issuer, Standing)> = BTreeMap::new();
        for (issuer, standing) in issuers {
            let id = issuer.key.id();
            let is_revoked = known
                .get(&id)
                .is_some_and(|(_, before)| *before == Standing::Revoked);
            if !is_revoked {
                known.insert(id, (issuer, standing));
            }
        }
        Self(known)
    }

    /// The issuer with this id, and what was decided about it.
    pub fn by_id(&self, id: KeyId) -> Option<(&Issuer, Standing)> {
        self.0.get(&id).map(|(issuer, standing)| (issuer, *standing))
    }

    /// What was decided about this key.
    pub fn standing(&self, key: &PublicKey) -> Option<Standing> {
        self.by_id(key.id())
            .filter(|(issuer, _)| issuer.key == *key)
            .map(|(_, standing)| standing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issuer::SecretKey;

    /// LIC-52: a revocation is not undone by naming the key once more.
    #[test]
    fn a_revocation_counts() {
        let key = SecretKey::from_seed(&[7; 32]).public();
        let issuer = || Issuer {
            name: "North".to_owned(),
            key,
        };
        for order in [
            [Standing::Trusted, Standing::Revoked],
            [Standing::Revoked, Standing::Trusted],
        ] {
            let trusted = TrustedIssuers::new(order.map(|standing| (issuer(), standing)));
            assert_eq!(trusted.standing(&key), Some(Standing::Revoked));
        }
        let other = SecretKey::from_seed(&[8; 32]).public();
        assert_eq!(TrustedIssuers::default().standing(&other), None);
    }
}
