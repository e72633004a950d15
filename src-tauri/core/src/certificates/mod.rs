//! Certificates. So far the identity of the workspace, which the shared workspace answers with (CRT-01, CRT-02).

pub mod store;
pub mod types;

use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use types::Identity;

/// CRT-02: three years.
const LIFETIME: i64 = days(3 * 365);

/// The identity of the workspace, made when there is none: self-signed, ECDSA P-256, three years, valid from a
/// minute ago, for this machine's names.
///
/// # Errors
/// Database errors.
pub async fn identity(workspace: &Workspace) -> Outcome<Identity> {
    if let Some(identity) = store::identity(&mut *workspace.database.read().await?).await? {
        return Ok(identity);
    }
    let mut transaction = workspace.database.begin().await?;
    // Another process may have been faster.
    if let Some(identity) = store::identity(transaction.connection()).await? {
        return Ok(identity);
    }
    let identity = self_signed(
        transaction.now(),
        vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()],
    )?;
    store::set_identity(transaction.connection(), &identity).await?;
    transaction.commit().await?;
    Ok(identity)
}

fn self_signed(now: Time, names: Vec<String>) -> Outcome<Identity> {
    let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).map_err(Problem::internal)?;
    let mut parameters = CertificateParams::new(names).map_err(Problem::internal)?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Flotilla");
    parameters.distinguished_name = name;
    let moment = |time: Time| {
        rcgen::date_time_ymd(1970, 1, 1)
            + std::time::Duration::from_millis(u64::try_from(time.0).unwrap_or_default())
    };
    parameters.not_before = moment(now.plus(-flotilla_kernel::clock::minutes(1)));
    parameters.not_after = moment(now.plus(LIFETIME));
    let certificate = parameters.self_signed(&key).map_err(Problem::internal)?;
    Ok(Identity {
        certificate_pem: certificate.pem(),
        key_pem: Secret::new(key.serialize_pem()),
    })
}
