//! A system without a network (LIC-50 to LIC-53): it writes a request, takes the licence file for it in as a real one
//! would, and writes what it did with it. What it is and knows is kept in a file of its own.

use crate::MARK;
use chrono::NaiveDate;
use flotilla_licence_formats::container::{
    Confirmation, Digest, FileContentsProblem, OfflineLicence, Outcome, Received, Refusal, Request, Response,
    confirmation, request, response,
};
use flotilla_licence_formats::issuer::{
    Issuer, IssuerProblem, RandomnessMissing, SecretKey, Standing, TrustedIssuers,
};
use flotilla_licence_formats::{Coded, Name, Quantity, SystemId};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::Path;

/// Bytes of a state file at most.
const LARGEST_STATE_FILE: u64 = 1024 * 1024;

/// What a system is.
#[derive(Debug, Clone)]
pub struct OfflineIdentity {
    /// The product, by its id in the catalogue.
    pub product: Name,
    /// Its version.
    pub product_version: String,
    /// How the system calls itself.
    pub system: SystemId,
    /// What its hardware is recognised by.
    pub hardware: Vec<String>,
    /// Whether it signs its files.
    pub signs: bool,
}

/// Why a system does not do what it is asked to.
#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    /// It refuses the licence file; nothing has changed.
    #[error("{code}: {0}", code = .0.code())]
    Refused(#[from] Refusal),
    /// No file can hold what it is to write.
    #[error("{code}: {0}", code = .0.code())]
    Contents(#[from] FileContentsProblem),
    /// The file of an issuer is none.
    #[error("{code}: {0}", code = .0.code())]
    Issuer(#[from] IssuerProblem),
    /// There is no key for it.
    #[error(transparent)]
    Randomness(#[from] RandomnessMissing),
    /// Its state is not kept, or is no such state.
    #[error("the state of the system: {0}")]
    State(#[from] std::io::Error),
}

/// A system without a network.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfflineSystem {
    product: Name,
    product_version: String,
    system: SystemId,
    hardware: Vec<String>,
    needs: Vec<Quantity>,
    /// The seed of the key it signs with.
    key: Option<Seed>,
    /// The number of the last file it wrote.
    sequence: u64,
    /// The request that waits for an answer.
    pending: Option<Digest>,
    /// The licence file it took in last, with its number.
    taken: Option<(Digest, u64)>,
    /// All licence files that it ever read.
    read: Vec<Digest>,
    licences: Vec<OfflineLicence>,
    /// The files of the issuers it trusts.
    issuers: Vec<String>,
}

/// Does not print itself.
#[derive(Clone, Serialize, Deserialize)]
struct Seed([u8; 32]);

impl std::fmt::Debug for Seed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seed(…)")
    }
}

impl OfflineSystem {
    /// A new system, which needs nothing and trusts nobody yet.
    ///
    /// # Errors
    /// When it is to sign and there are no random numbers.
    pub fn new(identity: OfflineIdentity) -> Result<Self, OfflineError> {
        let key = identity.signs.then(SecretKey::generate).transpose()?;
        Ok(Self {
            product: identity.product,
            product_version: identity.product_version,
            system: identity.system,
            // SIM-01: every identity says what it is.
            hardware: [MARK.to_owned()].into_iter().chain(identity.hardware).collect(),
            needs: Vec::new(),
            key: key.map(|key| Seed(*key.seed())),
            sequence: 0,
            pending: None,
            taken: None,
            read: Vec::new(),
            licences: Vec::new(),
            issuers: Vec::new(),
        })
    }

    /// Reads the state of a system.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn read(path: &Path) -> Result<Self, OfflineError> {
        let other = |error: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_owned());
        if std::fs::metadata(path)?.len() > LARGEST_STATE_FILE {
            return Err(other("the file is too large").into());
        }
        let state = serde_json::from_slice(&std::fs::read(path)?);
        state.map_err(|error| other(&error.to_string()).into())
    }

    /// Keeps the state, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), OfflineError> {
        let temporary = path.with_extension("new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut output = options.open(&temporary)?;
        output.write_all(&serde_json::to_vec_pretty(self).map_err(std::io::Error::other)?)?;
        drop(output);
        Ok(std::fs::rename(&temporary, path)?)
    }

    /// What it needs from now on.
    pub fn set_needs(&mut self, needs: Vec<Quantity>) {
        self.needs = needs;
    }

    /// Trusts the issuer of this file from now on.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn trust(&mut self, issuer: &str) -> Result<(), OfflineError> {
        Issuer::from_text(issuer)?;
        if !self.issuers.iter().any(|known| known == issuer) {
            self.issuers.push(issuer.to_owned());
        }
        Ok(())
    }

    /// The licences that it has.
    pub fn licences(&self) -> &[OfflineLicence] {
        &self.licences
    }

    fn key(&self) -> Option<SecretKey> {
        self.key.as_ref().map(|seed| SecretKey::from_seed(&seed.0))
    }

    /// A request for what it needs. Only the last one is answered.
    ///
    /// # Errors
    /// When no file can hold it.
    pub fn request(&mut self, today: NaiveDate) -> Result<Vec<u8>, OfflineError> {
        let key = self.key();
        let request = Request {
            product: self.product.clone(),
            product_version: self.product_version.clone(),
            system: self.system.clone(),
            hardware: self.hardware.clone(),
            needs: self.needs.clone(),
            sequence: self.sequence + 1,
            made: today,
            signing_key: key.as_ref().map(SecretKey::public),
        };
        let file = request::write(&request, key.as_ref())?;
        self.sequence = request.sequence;
        self.pending = Some(Digest::of(&file));
        Ok(file)
    }

    /// Takes a licence file in, and gives the confirmation.
    ///
    /// # Errors
    /// Why it refuses the file; nothing has changed then.
    pub fn take(&mut self, file: &[u8], today: NaiveDate) -> Result<Vec<u8>, OfflineError> {
        let received = self.look_at(file)?;
        self.check(&received, today)?;
        let confirmation = self.confirm(received.digest, Outcome::Confirmed, today)?;
        self.pending = None;
        self.read.push(received.digest);
        self.taken = Some((received.digest, received.content.sequence));
        self.licences = received.content.licences;
        Ok(confirmation)
    }

    /// Gives the licences of a file back, whether it had taken them in or not, and says so.
    ///
    /// # Errors
    /// Why it refuses the file; nothing has changed then.
    pub fn give_back(&mut self, file: &[u8], today: NaiveDate) -> Result<Vec<u8>, OfflineError> {
        let received = self.look_at(file)?;
        let has_it = self.taken.is_some_and(|(taken, _)| taken == received.digest);
        if !has_it || self.licences.is_empty() {
            self.check(&received, today)?;
        }
        let confirmation = self.confirm(received.digest, Outcome::Returned, today)?;
        self.pending = None;
        self.read.push(received.digest);
        self.taken = Some((received.digest, received.content.sequence));
        self.licences.clear();
        Ok(confirmation)
    }

    fn look_at(&self, file: &[u8]) -> Result<Received<Response>, OfflineError> {
        let issuers = self.issuers.iter().map(|text| Issuer::from_text(text));
        let issuers = issuers
            .map(|issuer| issuer.map(|issuer| (issuer, Standing::Trusted)))
            .collect::<Result<Vec<_>, IssuerProblem>>()?;
        Ok(response::read(file, &TrustedIssuers::new(issuers))?)
    }

    fn check(&self, received: &Received<Response>, today: NaiveDate) -> Result<(), OfflineError> {
        let state = response::State {
            system: self.system.clone(),
            product: self.product.clone(),
            pending: self.pending,
            last_sequence: self.taken.map(|(_, sequence)| sequence),
            already_read: self.read.contains(&received.digest),
            today,
        };
        Ok(response::check(received, &state)?)
    }

    fn confirm(
        &mut self,
        response: Digest,
        outcome: Outcome,
        today: NaiveDate,
    ) -> Result<Vec<u8>, OfflineError> {
        let confirmation = Confirmation {
            response,
            product: self.product.clone(),
            system: self.system.clone(),
            sequence: self.sequence + 1,
            outcome,
            made: today,
        };
        let file = confirmation::write(&confirmation, self.key().as_ref())?;
        self.sequence = confirmation.sequence;
        Ok(file)
    }
}
