//! Lists of packages on the network (REP-09): followed, read once a day, and their packages fetched when they are needed.

use super::arriving::{self, Source};
use super::incoming::{address_of, bringer, keep_new, new_arrival, open, pin_of, view};
use super::index_file::{self, Index};
use super::store::{self, Followed, NewPackage};
use super::types::*;
use crate::connections::probe;
use flotilla_connectors::Fingerprint;
use flotilla_connectors::download::{Download, DownloadError};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{PackageId, PackageIndexId};
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use std::collections::HashSet;
use url::Url;

/// The lists that are followed, by name.
pub async fn indexes(call: &Call, _: Nothing) -> Outcome<Vec<IndexView>> {
    store::indexes(&mut *call.workspace.database.read().await?).await
}

/// Follows a list. When the server's certificate is not trusted, it is answered with instead, to be accepted by a person (CRT-11).
///
/// # Errors
/// `form.invalid`, `repository.index-known`, `repository.no-index`, and as [`super::incoming::fetch`].
pub async fn subscribe(call: &Call, arguments: SubscribeIndex) -> Outcome<SubscribeAnswer> {
    let address = address_of(&arguments.address)?;
    let pin = pin_of(arguments.accept.as_deref())?;
    if store::index_known(&mut *call.workspace.database.read().await?, address.as_str()).await? {
        Problem::of_fields(vec![FieldProblem::new(
            "address",
            ErrorCode::RepositoryIndexKnown,
        )])?;
    }
    let read = match read(&call.workspace, &address, pin).await? {
        Ok(read) => read,
        Err(DownloadError::NotTrusted(certificate)) => {
            return Ok(SubscribeAnswer {
                index: None,
                certificate: Some(probe::view(&certificate)),
            });
        }
        Err(error) => return Err(arriving::download_problem(error)),
    };
    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let id = PackageIndexId::new(now);
    let name = match read.name.as_str() {
        "" => address.host_str().unwrap_or_default(),
        name => name,
    };
    store::insert_index(transaction.connection(), id, (address.as_str(), name), pin, now).await?;
    take_over(&mut transaction, id, &read).await?;
    let entry = Entry::done()
        .subject(name)
        .detail("packages", read.packages.len());
    call.commit(transaction, entry).await?;
    let index = one(&mut *call.workspace.database.read().await?, id).await?;
    Ok(SubscribeAnswer {
        index: Some(index),
        certificate: None,
    })
}

async fn one(connection: &mut SqliteConnection, id: PackageIndexId) -> Outcome<IndexView> {
    let all = store::indexes(connection).await?;
    all.into_iter()
        .find(|index| index.id == id)
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// Reads a list. The inner error is the network's; what is no list is the outer one.
async fn read(
    workspace: &Workspace,
    address: &Url,
    pin: Option<Fingerprint>,
) -> Outcome<Result<Index, DownloadError>> {
    let mut download = match open(workspace, (address.as_str(), "", pin), 0).await? {
        Ok(download) => download,
        Err(error) => return Ok(Err(error)),
    };
    let bytes = match whole(&mut download).await? {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Err(error)),
    };
    match index_file::read(address, &bytes) {
        Some(index) => {
            if index.left_out > 0 {
                tracing::warn!(%address, lines = index.left_out, "lines of a list of packages are left out");
            }
            Ok(Ok(index))
        }
        None => Err(ErrorCode::RepositoryNoIndex.into()),
    }
}

async fn whole(download: &mut Download) -> Outcome<Result<Vec<u8>, DownloadError>> {
    let mut bytes = Vec::new();
    loop {
        match download.next().await {
            Ok(Some(piece)) if bytes.len() + piece.len() <= index_file::LIMIT => {
                bytes.extend_from_slice(&piece)
            }
            Ok(Some(_)) => return Err(ErrorCode::RepositoryNoIndex.into()),
            Ok(None) => return Ok(Ok(bytes)),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Keeps what a list says: new packages come, those it has no longer and that were never fetched go.
async fn take_over(transaction: &mut Transaction, id: PackageIndexId, read: &Index) -> Outcome<()> {
    let now = transaction.now();
    let known: HashSet<_> = store::digests(transaction.connection())
        .await?
        .into_iter()
        .collect();
    let mut met = HashSet::new();
    for listed in &read.packages {
        if !met.insert(listed.digest) || known.contains(&listed.digest) {
            continue;
        }
        let package = NewPackage {
            id: PackageId::new(now),
            fields: listed.fields.clone(),
            file_name: listed.file_name.clone(),
            added_by: String::new(),
            size: listed.size,
            digest: listed.digest,
            digest_origin: DigestOrigin::Vendor,
            digest_unusable: false,
            address: listed.address.clone(),
            volume: Default::default(),
            state: PackageState::Remote,
            index: Some(id),
        };
        store::insert(transaction.connection(), now, &package).await?;
    }
    store::forget_unlisted(transaction.connection(), id, &met).await?;
    store::index_read(transaction.connection(), id, now, None).await?;
    transaction.membership_changed(CHANGES, []);
    Ok(())
}

async fn again(workspace: &Workspace, followed: &Followed) -> Outcome<Option<ErrorCode>> {
    let address = Url::parse(&followed.address).map_err(Problem::internal)?;
    let read = match read(workspace, &address, followed.pin).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => Err(arriving::download_problem(error).code),
        Err(problem) => Err(problem.code),
    };
    let mut transaction = workspace.database.begin().await?;
    let failed = match read {
        Ok(read) => {
            take_over(&mut transaction, followed.id, &read).await?;
            None
        }
        Err(code) => {
            let now = transaction.now();
            store::index_read(transaction.connection(), followed.id, now, Some(code)).await?;
            transaction.membership_changed(CHANGES, []);
            Some(code)
        }
    };
    transaction.commit().await?;
    Ok(failed)
}

/// Reads a list again now.
///
/// # Errors
/// `not-found`, and why it cannot be read.
pub async fn refresh(call: &Call, arguments: IndexArgument) -> Outcome<IndexView> {
    let workspace = &call.workspace;
    let found = store::followed(
        &mut *workspace.database.read().await?,
        Some(arguments.index),
        None,
    )
    .await?;
    let failed = again(workspace, found.first().ok_or(ErrorCode::NotFound)?).await?;
    let index = one(&mut *workspace.database.read().await?, arguments.index).await?;
    call.record(Entry::done().subject(index.name.clone())).await?;
    match failed {
        Some(code) => Err(code.into()),
        None => Ok(index),
    }
}

/// Reads the lists that were not read for a day.
///
/// # Errors
/// Database errors; a list that cannot be read says so itself.
pub async fn refresh_due(workspace: &Workspace) -> Outcome<()> {
    let until: Time = workspace.clock.now().plus(-days(1));
    let due = store::followed(&mut *workspace.database.read().await?, None, Some(until)).await?;
    for followed in &due {
        again(workspace, followed).await?;
    }
    Ok(())
}

/// Follows a list no longer. Its packages that are here stay.
///
/// # Errors
/// `not-found`
pub async fn unsubscribe(call: &Call, arguments: IndexArgument) -> Outcome<Nothing> {
    let mut transaction = call.workspace.database.begin().await?;
    let index = one(transaction.connection(), arguments.index).await?;
    store::forget_unlisted(transaction.connection(), arguments.index, &HashSet::new()).await?;
    store::delete_index(transaction.connection(), arguments.index).await?;
    transaction.membership_changed(CHANGES, []);
    call.commit(transaction, Entry::done().subject(index.name))
        .await?;
    Ok(Nothing {})
}

/// Fetches a package of a list, in the background.
///
/// # Errors
/// `not-found` when it is none, and as [`super::incoming::fetch`].
pub async fn fetch_remote(call: &Call, arguments: PackageArgument) -> Outcome<ArrivalView> {
    let workspace = &call.workspace;
    let mut connection = workspace.database.read().await?;
    let package = store::read(&mut connection, arguments.id).await?;
    if package.state != PackageState::Remote {
        return Err(ErrorCode::NotFound.into());
    }
    let pin = match package.index {
        Some(index) => {
            let found = store::followed(&mut connection, Some(index), None).await?;
            found.first().and_then(|followed| followed.pin)
        }
        None => None,
    };
    drop(connection);
    let digest = store::digest_of(&package)?;
    let mut arrival = new_arrival(call, ArrivalSource::Address, &package.file_name, Some(digest));
    arrival.place.clone_from(&package.address);
    arrival.pin = pin;
    let opened = open(workspace, (&arrival.place, "", pin), 0).await?;
    let download = opened.map_err(arriving::download_problem)?;
    arrival.total = Some(package.size);
    arrival.entity_tag.clone_from(&download.entity_tag);
    keep_new(call, &arrival).await?;
    let source = Source::Download(Box::new(download));
    arriving::start(workspace, arrival.clone(), source, bringer(call)?)?;
    view(workspace, arrival).await
}
