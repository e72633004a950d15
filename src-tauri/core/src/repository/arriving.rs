//! Files on their way into the repository (REP-03, REP-04): what runs, how it ends, and how it is taken up again.
//!
//! What is known of a file on its way in stands in its row; what has come of it, in its part. A file that has come is noted in its row
//! with its digest, put in its place, and then becomes a package: killed between any two of these, it is found again.

use super::chosen::{self, Beside};
use super::recognition;
use super::store::{self, Arrival, NewPackage};
use super::storing::{self, Digest, Stopped, Store, Watch};
use super::types::*;
use flotilla_connectors::download::{Download, DownloadError};
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, ArrivalId, PackageId, WorkId};
use flotilla_kernel::transfer::{unreadable, unwritable};
use flotilla_kernel::work::WorkHandle;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_util::sync::CancellationToken;

/// What is coming in, in this process.
#[derive(Default)]
pub struct Arrivals {
    running: Mutex<HashMap<ArrivalId, Running>>,
    /// Why files stopped, where that could not be written down: the disk that is full for them is full for the database, too.
    unwritten: Mutex<HashMap<ArrivalId, ErrorCode>>,
    /// Held while pieces from browsers are added: one at a time.
    pub(super) appending: tokio::sync::Mutex<()>,
}

/// A file that is coming in.
#[derive(Clone)]
struct Running {
    work: WorkId,
    done: Arc<AtomicU64>,
}

impl Arrivals {
    /// Why a file stopped, where the database does not say so.
    pub fn unwritten(&self, id: ArrivalId) -> Option<ErrorCode> {
        self.unwritten.lock().get(&id).copied()
    }

    /// The work that brings a file in, and how many bytes have come; none: none does.
    pub fn running(&self, id: ArrivalId) -> Option<(WorkId, u64)> {
        let running = self.running.lock();
        let found = running.get(&id)?;
        Some((found.work, found.done.load(Ordering::Relaxed)))
    }
}

/// Who brings a file in.
#[derive(Debug, Clone)]
pub struct Bringer {
    /// The account.
    pub account: AccountId,
    /// Its login name.
    pub login: String,
    /// Where the call came from.
    pub origin: String,
}

/// Where the bytes come from.
pub enum Source {
    /// A file on this machine.
    File(PathBuf),
    /// An answer that has begun.
    Download(Box<Download>),
    /// Everything has come already.
    Here,
    /// It is in its place, and not a package yet.
    InPlace,
}

/// Brings a file in, in the background: it is listed as work, counted in bytes.
///
/// # Errors
/// `repository.busy` when it is coming in already.
pub fn start(workspace: &Workspace, arrival: Arrival, source: Source, bringer: Bringer) -> Outcome<WorkId> {
    let arrivals = workspace.state::<Arrivals>();
    let mut running = arrivals.running.lock();
    if running.contains_key(&arrival.id) {
        return Err(ErrorCode::RepositoryBusy.into());
    }
    arrivals.unwritten.lock().remove(&arrival.id);
    let total = arrival.total.unwrap_or_default();
    let handle = workspace
        .work
        .start(bringer.account, ADD, &arrival.file_name, total, true);
    let (id, work) = (arrival.id, handle.id);
    let done = Arc::new(AtomicU64::new(0));
    running.insert(
        id,
        Running {
            work,
            done: done.clone(),
        },
    );
    drop(running);
    let in_background = workspace.clone();
    workspace.spawn(async move {
        run(&in_background, arrival, source, &bringer, &handle, &done).await;
        in_background.state::<Arrivals>().running.lock().remove(&id);
        handle.finish();
        in_background.database.tell(Event::Changed {
            feature: CHANGES,
            ids: vec![id.0],
            membership: true,
            many: false,
        });
    });
    Ok(work)
}

async fn run(
    workspace: &Workspace,
    mut arrival: Arrival,
    source: Source,
    bringer: &Bringer,
    handle: &WorkHandle,
    done: &Arc<AtomicU64>,
) {
    let ended = bring(workspace, &mut arrival, source, bringer, handle, done).await;
    let Err(problem) = ended else {
        return;
    };
    // The program ends: nothing is wrong, and the next start offers to go on.
    let ending = workspace.stopping().is_cancelled() && problem.code == ErrorCode::Cancelled;
    arrival.error = (!ending).then_some(problem.code);
    if problem.code == ErrorCode::RepositoryDigestDiffers {
        // It is not what the vendor made; nothing of it is kept.
        let part = Store::new(&workspace.folder).discard_part(arrival.id);
        if let Err(error) = part {
            tracing::warn!(%error, "a file with a wrong digest could not be thrown away");
        }
        arrival.pieces.clear();
    }
    handle.advance(0, 1);
    if let Err(error) = failed(workspace, &arrival, bringer, &problem).await {
        tracing::error!(%error, "why a file did not come into the repository could not be written down");
        let arrivals = workspace.state::<Arrivals>();
        arrivals.unwritten.lock().insert(arrival.id, problem.code);
    }
}

/// Writes down that a file stopped before its end.
async fn failed(
    workspace: &Workspace,
    arrival: &Arrival,
    bringer: &Bringer,
    problem: &Problem,
) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    store::keep_arrival(transaction.connection(), arrival).await?;
    if arrival.error.is_some() {
        let entry = Entry::new(AuditResult::Failed)
            .subject(arrival.file_name.clone())
            .detail("error", problem.code.code());
        ended(&mut transaction, bringer, &entry).await?;
    }
    transaction.membership_changed(CHANGES, [arrival.id.0]);
    transaction.commit().await
}

async fn ended(transaction: &mut Transaction, bringer: &Bringer, entry: &Entry) -> Outcome<()> {
    let (account, origin) = (Some(bringer.account), &bringer.origin);
    flotilla_kernel::audit::append(transaction, account, origin, "repository.added", entry).await
}

/// Ends when either of them does.
fn either(
    one: CancellationToken,
    other: CancellationToken,
) -> (CancellationToken, tokio_util::sync::DropGuard) {
    let both = CancellationToken::new();
    let ends = both.clone();
    let finished = CancellationToken::new();
    let guard = finished.clone().drop_guard();
    tokio::spawn(async move {
        tokio::select! {
            () = one.cancelled() => ends.cancel(),
            () = other.cancelled() => ends.cancel(),
            () = finished.cancelled() => {}
        }
    });
    (both, guard)
}

async fn bring(
    workspace: &Workspace,
    arrival: &mut Arrival,
    source: Source,
    bringer: &Bringer,
    handle: &WorkHandle,
    done: &Arc<AtomicU64>,
) -> Outcome<()> {
    let (cancelled, _guard) = either(handle.cancelled.clone(), workspace.stopping());
    let files = Store::new(&workspace.folder);
    let id = arrival.id;
    if let (Source::InPlace, Some(digest)) = (&source, arrival.digest) {
        return finish(workspace, arrival, digest, bringer).await;
    }
    let path = match &source {
        Source::File(path) => Some(path.clone()),
        Source::Download(_) | Source::Here | Source::InPlace => None,
    };
    if let Source::Download(download) = source {
        receive(&files, arrival, *download, handle, done, &cancelled).await?;
        done.store(0, Ordering::Relaxed);
    }
    let shown = Shown {
        done: done.clone(),
        handle: handle.progress(),
        // What was counted while it came is not counted again while it is read.
        counts: path.is_some(),
    };
    let (digest, size) = tokio::task::spawn_blocking(move || -> Outcome<(Digest, u64)> {
        let progress = |bytes| shown.advance(bytes);
        let watch = Watch {
            progress: &progress,
            cancelled: &cancelled,
        };
        let mut part = files.open_part(id)?;
        let Some(path) = path else {
            return Ok(storing::digest(&mut part, &watch)?);
        };
        let mut source = chosen::open(&path)?;
        let length = source.metadata().map_err(unreadable)?.len();
        files.demand_space(length.saturating_sub(files.part_size(id)))?;
        Ok(storing::copy(&mut source, &mut part, &watch)?)
    })
    .await
    .map_err(Problem::internal)??;
    if let Some(expected) = arrival.expected.filter(|expected| *expected != digest) {
        return Err(Problem::new(ErrorCode::RepositoryDigestDiffers)
            .with("expected", hex::encode(expected))
            .with("found", hex::encode(digest)));
    }
    arrival.total = Some(i64::try_from(size).unwrap_or(i64::MAX));
    arrival.digest = Some(digest);
    finish(workspace, arrival, digest, bringer).await
}

/// Tells how far a copy is.
struct Shown {
    done: Arc<AtomicU64>,
    handle: flotilla_kernel::work::Progress,
    counts: bool,
}

impl Shown {
    fn advance(&self, bytes: u64) {
        if self.counts {
            self.done.fetch_add(bytes, Ordering::Relaxed);
            self.handle.advance(i64::try_from(bytes).unwrap_or(i64::MAX), 0);
        }
    }
}

/// Writes what comes of an answer into the part, from where it comes on.
async fn receive(
    files: &Store,
    arrival: &mut Arrival,
    mut download: Download,
    handle: &WorkHandle,
    done: &AtomicU64,
    cancelled: &CancellationToken,
) -> Outcome<()> {
    let mut part = files.open_part(arrival.id)?;
    part.set_len(download.from).map_err(unwritable)?;
    part.seek(SeekFrom::Start(download.from)).map_err(unwritable)?;
    if let Some(total) = download.total {
        files.demand_space(total.saturating_sub(download.from))?;
    }
    done.store(download.from, Ordering::Relaxed);
    handle.advance(i64::try_from(download.from).unwrap_or(i64::MAX), 0);
    let mut size = download.from;
    loop {
        let piece = tokio::select! {
            biased;
            () = cancelled.cancelled() => return Err(ErrorCode::Cancelled.into()),
            piece = download.next() => piece.map_err(download_problem)?,
        };
        let Some(piece) = piece else {
            break;
        };
        size += piece.len() as u64;
        if size > u64::try_from(LARGEST).unwrap_or(u64::MAX) {
            return Err(Problem::new(ErrorCode::RepositoryTooLarge).with("limit", LARGEST));
        }
        // At the speed of a network; the disk is not what is waited for.
        tokio::task::block_in_place(|| part.write_all(&piece)).map_err(unwritable)?;
        done.store(size, Ordering::Relaxed);
        handle.advance(i64::try_from(piece.len()).unwrap_or(i64::MAX), 0);
    }
    if download.total.is_some_and(|total| total != size) {
        return Err(ErrorCode::RepositoryBroken.into());
    }
    tokio::task::block_in_place(|| part.sync_all()).map_err(unwritable)
}

/// What a person is told of a download that does not come.
pub fn download_problem(error: DownloadError) -> Problem {
    match error {
        DownloadError::Address => ErrorCode::FieldNotAWebAddress.into(),
        DownloadError::NotTrusted(_) => ErrorCode::CertificateNotThisOne.into(),
        DownloadError::CertificateChanged(_) => ErrorCode::CertificateChanged.into(),
        DownloadError::CertificateUnusable => ErrorCode::CertificateUnusable.into(),
        DownloadError::Unreachable(said) => {
            Problem::new(ErrorCode::RepositoryUnreachable).with("reason", said)
        }
        DownloadError::Status(status) => {
            Problem::new(ErrorCode::RepositoryRefused).with("status", i64::from(status))
        }
        DownloadError::Redirected => ErrorCode::RepositoryRedirected.into(),
        DownloadError::Broken => ErrorCode::RepositoryBroken.into(),
    }
}

/// A file that has come, with its digest, becomes a package; or it is recognised as one that is there (REP-04).
pub async fn finish(
    workspace: &Workspace,
    arrival: &mut Arrival,
    digest: Digest,
    bringer: &Bringer,
) -> Outcome<()> {
    let files = Store::new(&workspace.folder);
    let id = arrival.id;
    let mut transaction = workspace.database.begin().await?;
    store::keep_arrival(transaction.connection(), arrival).await?;
    let known = store::of_digest(transaction.connection(), &digest).await?;
    if let Some(known) = known.filter(|known| known.state == PackageState::Stored) {
        arrival.known_as = Some(known.id);
        arrival.error = None;
        store::keep_arrival(transaction.connection(), arrival).await?;
        transaction.membership_changed(CHANGES, [id.0]);
        transaction.commit().await?;
        return blocking(move || files.discard_part(id)).await;
    }
    transaction.commit().await?;
    // What could not be used when the file was chosen is not kept with it, and looked at again now that it becomes a package.
    let on_disk = (arrival.source == ArrivalSource::File && arrival.expected.is_none())
        .then(|| chosen::path_of(&arrival.place));
    let (volume, beside) = blocking(move || {
        // Put in its place already, when the program ended right after that.
        if files.part(id).exists() {
            files.put_in_place(id, &digest)?;
        }
        let mut file = File::open(files.path(&digest)).map_err(unreadable)?;
        let volume = recognition::volume(&mut file).map_err(unreadable)?;
        let beside = on_disk.map_or(Beside::Nothing, |path| chosen::beside(&path));
        Ok((volume.unwrap_or_default(), beside))
    })
    .await?;
    // One that became readable meanwhile counts as if it had been from the beginning.
    if let Beside::Digest(expected) = beside {
        if expected != digest {
            return Err(Problem::new(ErrorCode::RepositoryDigestDiffers)
                .with("expected", hex::encode(expected))
                .with("found", hex::encode(digest)));
        }
        arrival.expected = Some(expected);
    }
    let digest_unusable = beside == Beside::Unusable;
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    let package = NewPackage {
        id: PackageId::new(now),
        fields: recognised(&arrival.file_name, &volume),
        file_name: arrival.file_name.clone(),
        added_by: bringer.login.clone(),
        size: arrival.total.unwrap_or_default(),
        digest,
        digest_origin: match arrival.expected {
            Some(_) => DigestOrigin::Vendor,
            None => DigestOrigin::Computed,
        },
        digest_unusable,
        address: match arrival.source {
            ArrivalSource::Address => arrival.place.clone(),
            ArrivalSource::File | ArrivalSource::Browser => String::new(),
        },
        volume,
        state: PackageState::Stored,
        index: None,
    };
    let known = store::of_digest(transaction.connection(), &digest).await?;
    match known {
        Some(known) if known.state == PackageState::Remote => {
            store::fetched(transaction.connection(), known.id, now, &package).await?;
            transaction.membership_changed(CHANGES, [known.id.0]);
        }
        Some(known) => {
            // What was altered or missing is whole again.
            store::verified(transaction.connection(), known.id, now, PackageState::Stored).await?;
            transaction.changed(CHANGES, [known.id.0]);
        }
        None => {
            store::insert(transaction.connection(), now, &package).await?;
            transaction.membership_changed(CHANGES, [package.id.0]);
        }
    }
    store::forget_arrival(transaction.connection(), id).await?;
    transaction.membership_changed(CHANGES, [id.0]);
    let entry = Entry::done()
        .subject(arrival.file_name.clone())
        .detail("size", arrival.total.unwrap_or_default())
        .detail("sha256", hex::encode(digest));
    ended(&mut transaction, bringer, &entry).await?;
    transaction.commit().await
}

/// What name and content say of a package (REP-05).
fn recognised(file_name: &str, volume: &recognition::Volume) -> PackageFields {
    let name = recognition::of_name(file_name);
    // An image under another name is one all the same.
    let kind = if volume.id.is_empty() {
        name.kind
    } else {
        PackageKind::IsoImage
    };
    let version = if name.version.is_empty() {
        volume.version.clone()
    } else {
        name.version
    };
    PackageFields {
        kind,
        product: name.product,
        version,
        tags: Vec::new(),
        note: String::new(),
    }
    .tidy()
}

/// Runs what blocks on a thread of its own.
///
/// # Errors
/// Its own.
pub async fn blocking<T: Send + 'static>(run: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    tokio::task::spawn_blocking(run)
        .await
        .map_err(Problem::internal)?
}

/// Whether a stored package is what its digest says, by reading all of it (REP-06).
///
/// # Errors
/// `work.cancelled`, `file.unreadable`
pub async fn look_at(
    workspace: &Workspace,
    package: &PackageRow,
    cancelled: CancellationToken,
    progress: impl Fn(u64) + Send + Sync + 'static,
) -> Outcome<PackageState> {
    let files = Store::new(&workspace.folder);
    let digest = store::digest_of(package)?;
    blocking(move || {
        let mut file = match File::open(files.path(&digest)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(PackageState::Missing),
            Err(error) => return Err(unreadable(error)),
        };
        let watch = Watch {
            progress: &progress,
            cancelled: &cancelled,
        };
        match storing::digest(&mut file, &watch) {
            Ok((found, _)) if found == digest => Ok(PackageState::Stored),
            Ok(_) => Ok(PackageState::Altered),
            // A disk that cannot read it back has not kept it.
            Err(Stopped::Unreadable(error)) => {
                tracing::error!(%error, "a package cannot be read back");
                Ok(PackageState::Altered)
            }
            Err(stopped) => Err(stopped.into()),
        }
    })
    .await
}
