//! The issuer that this workspace is for systems without a network (LIC-51).

use super::super::formats::problem;
use super::super::store;
use super::super::types::SaveIssuer;
use flotilla_kernel::audit;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::transfer::{Download, unwritable};
use flotilla_licence_formats::issuer::{Issuer, SecretKey};
use std::io::Write as _;

/// The name and key that licence files are signed with; made the first time.
///
/// # Errors
/// Database errors; `internal` when the operating system gives no random numbers.
pub async fn own(transaction: &mut Transaction) -> Outcome<(String, SecretKey)> {
    if let Some(known) = store::file_signer(transaction.connection()).await? {
        return Ok(known);
    }
    let key = SecretKey::generate().map_err(Problem::internal)?;
    // The name tells workspaces apart; what proves anything is the fingerprint.
    let name = format!("Flotilla {}", key.public().id());
    let now = transaction.now();
    store::insert_file_signer(transaction.connection(), &name, &key, now).await?;
    Ok((name, key))
}

/// Writes the public key into a file for the systems that are to trust it.
///
/// # Errors
/// `file.unwritable`
pub async fn save_issuer(call: &Call, arguments: SaveIssuer) -> Outcome<Download> {
    let mut transaction = call.workspace.database.begin().await?;
    let (name, key) = own(&mut transaction).await?;
    let issuer = Issuer {
        name,
        key: key.public(),
    };
    let text = issuer.to_text().map_err(|error| problem(&error))?;
    let mut file = call
        .workspace
        .transfers
        .create(call.caller()?, "flotilla-issuer.pem")?;
    file.write_all(text.as_bytes()).map_err(unwritable)?;
    let download = file.finish()?;
    let entry = audit::Entry::done()
        .organization(arguments.organization)
        .detail("fingerprint", issuer.key.fingerprint());
    call.commit(transaction, entry).await?;
    Ok(download)
}
