//! The content of packages, for features that send it to systems.

use super::arriving::blocking;
use super::service::keep_state;
use super::store;
use super::storing::Store;
use super::types::{PackageRow, PackageState};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::PackageId;
use flotilla_kernel::transfer::unreadable;
use flotilla_kernel::workspace::Workspace;
use sha2::{Digest as _, Sha256};

/// A package and its whole content, read once and compared with its digest: what is given is what was verified (REP-06).
///
/// # Errors
/// `not-found`; `repository.remote`, `repository.altered`, `repository.missing`; `call.too-large` above `most` bytes;
/// `file.unreadable`.
pub async fn verified(workspace: &Workspace, id: PackageId, most: u64) -> Outcome<(PackageRow, Vec<u8>)> {
    let package = store::read(&mut *workspace.database.read().await?, id).await?;
    if package.state == PackageState::Remote {
        return Err(ErrorCode::RepositoryRemote.into());
    }
    if u64::try_from(package.size).map_or(true, |size| size > most) {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", i64::try_from(most).unwrap_or(i64::MAX)));
    }
    let digest = store::digest_of(&package)?;
    let path = Store::of(workspace).path(&digest);
    let content = blocking(move || match std::fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
    })
    .await?;
    let (state, code) = match content {
        None => (PackageState::Missing, ErrorCode::RepositoryMissing),
        Some(content) if Sha256::digest(&content).as_slice() == digest => return Ok((package, content)),
        Some(_) => (PackageState::Altered, ErrorCode::RepositoryAltered),
    };
    keep_state(workspace, &package, state).await?;
    Err(code.into())
}
