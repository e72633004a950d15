//! The content of packages, for features that send it to systems.

use super::arriving::blocking;
use super::service::keep_state;
use super::store;
use super::storing::{self, Digest, Store, Watch};
use super::types::{PackageRow, PackageState};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::PackageId;
use flotilla_kernel::transfer::unreadable;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::time::SystemTime;

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

/// The file of a package, opened, and the package: it was read to its end and compared with its digest, and is held open, so that what
/// is sent is what was verified (REP-06).
///
/// # Errors
/// `not-found`; `repository.remote`, `repository.altered`, `repository.missing`; `file.unreadable`.
pub async fn opened(workspace: &Workspace, id: PackageId) -> Outcome<(PackageRow, File)> {
    let package = store::read(&mut *workspace.database.read().await?, id).await?;
    if package.state == PackageState::Remote {
        return Err(ErrorCode::RepositoryRemote.into());
    }
    let digest = store::digest_of(&package)?;
    let path = Store::of(workspace).path(&digest);
    let file = blocking(move || match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
    })
    .await?;
    let Some(file) = file else {
        keep_state(workspace, &package, PackageState::Missing).await?;
        return Err(ErrorCode::RepositoryMissing.into());
    };
    let verified = workspace.state::<Verified>();
    let stopping = workspace.stopping();
    let (file, same) = blocking(move || {
        let seen = Seen::of(&file).map_err(unreadable)?;
        if verified.0.lock().get(&digest) == Some(&seen) {
            return Ok((file, true));
        }
        let mut reader = file.try_clone().map_err(unreadable)?;
        let watch = Watch {
            progress: &|_| {},
            cancelled: &stopping,
        };
        let (found, _) = storing::digest(&mut reader, &watch)?;
        let same = found == digest && Seen::of(&file).map_err(unreadable)? == seen;
        if same {
            verified.0.lock().insert(digest, seen);
        }
        Ok((file, same))
    })
    .await?;
    if !same {
        keep_state(workspace, &package, PackageState::Altered).await?;
        return Err(ErrorCode::RepositoryAltered.into());
    }
    Ok((package, file))
}

/// Files that were read to their end lately, and found to be what their digest says: one that goes to a hundred devices is read for the
/// first of them.
#[derive(Default)]
struct Verified(Mutex<HashMap<Digest, Seen>>);

/// By this a file is known to be as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    length: u64,
    modified: SystemTime,
}

impl Seen {
    fn of(file: &File) -> std::io::Result<Self> {
        let metadata = file.metadata()?;
        Ok(Self {
            length: metadata.len(),
            modified: metadata.modified()?,
        })
    }
}
