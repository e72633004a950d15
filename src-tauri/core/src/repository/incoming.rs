//! Files on their way into the repository, as people begin, resume and discard them (REP-03, REP-04); what runs is `arriving`'s. All of
//! it is the administrators' (REP-02, RGT-14).

use super::arriving::{self, Arrivals, Bringer, Source, blocking};
use super::chosen::{self, Beside};
use super::recognition;
use super::store::{self, Arrival};
use super::storing::{Digest, Store};
use super::types::*;
use crate::connections::probe;
use flotilla_connectors::download::{self, Download, DownloadError, Wanted};
use flotilla_connectors::{Fingerprint, Trust};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::ArrivalId;
use flotilla_kernel::transfer::{self, unwritable};
use flotilla_kernel::workspace::Workspace;
use sha2::{Digest as _, Sha256};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;
use url::Url;

pub(super) fn bringer(call: &Call) -> Outcome<Bringer> {
    let caller = call.caller()?;
    Ok(Bringer {
        account: caller.account,
        login: caller.login.clone(),
        origin: call.origin.to_string(),
    })
}

pub(super) async fn view(workspace: &Workspace, arrival: Arrival) -> Outcome<ArrivalView> {
    let arrivals = workspace.state::<Arrivals>();
    let running = arrivals.running(arrival.id);
    let error = arrival.error.or_else(|| arrivals.unwritten(arrival.id));
    let known_as = match arrival.known_as {
        Some(id) => {
            let mut connection = workspace.database.read().await?;
            store::window(&mut connection, &[id.0]).await?.into_iter().next()
        }
        None => None,
    };
    let files = Store::of(workspace);
    let id = arrival.id;
    let here = match running {
        Some((_, done)) => done,
        None => blocking(move || Ok(files.part_size(id))).await?,
    };
    Ok(ArrivalView {
        id: arrival.id,
        state: match (running, arrival.known_as) {
            (Some(_), _) => ArrivalState::Running,
            (None, Some(_)) => ArrivalState::Known,
            (None, None) => ArrivalState::Interrupted,
        },
        source: arrival.source,
        address: match arrival.source {
            ArrivalSource::Address => arrival.place,
            // A path is nothing that a browser elsewhere should learn (SEC-01).
            ArrivalSource::File | ArrivalSource::Browser => String::new(),
        },
        file_name: arrival.file_name,
        total: arrival.total,
        done: i64::try_from(here).unwrap_or(i64::MAX),
        error: error.filter(|_| running.is_none()),
        work: running.map(|(work, _)| work),
        started_at: arrival.started_at,
        pieces: arrival.pieces,
        known_as,
    })
}

/// Files that are coming in, and those that stopped half-way (REP-03).
pub async fn arrivals(call: &Call, _: Nothing) -> Outcome<Vec<ArrivalView>> {
    let kept = store::arrivals(&mut *call.workspace.database.read().await?).await?;
    let mut views = Vec::with_capacity(kept.len());
    for arrival in kept {
        views.push(view(&call.workspace, arrival).await?);
    }
    Ok(views)
}

pub(super) fn new_arrival(
    call: &Call,
    source: ArrivalSource,
    file_name: &str,
    expected: Option<Digest>,
) -> Arrival {
    let now = call.now();
    Arrival {
        id: ArrivalId::new(now),
        source,
        file_name: file_name.to_owned(),
        place: String::new(),
        total: None,
        expected,
        entity_tag: String::new(),
        pin: None,
        pieces: Vec::new(),
        digest: None,
        started_at: now,
        error: None,
        known_as: None,
    }
}

/// The digest that a person gave for this file; without a text none was given. A blank one is a file that holds nothing.
///
/// # Errors
/// `form.invalid` when the text holds none for it.
fn given_digest(file_name: &str, text: &str) -> Outcome<Option<Digest>> {
    if text.is_empty() {
        return Ok(None);
    }
    let digest = recognition::digest_for(file_name, text);
    if digest.is_none() {
        let problem = FieldProblem::new("digest", ErrorCode::RepositoryNoDigest);
        Problem::of_fields(vec![problem.with("name", file_name)])?;
    }
    Ok(digest)
}

/// Keeps a new file on its way in, with the act's entry.
pub(super) async fn keep_new(call: &Call, arrival: &Arrival) -> Outcome<()> {
    let mut transaction = call.workspace.database.begin().await?;
    store::keep_arrival(transaction.connection(), arrival).await?;
    transaction.membership_changed(CHANGES, [arrival.id.0]);
    let entry = Entry::done().subject(arrival.file_name.clone());
    let entry = match arrival.total {
        Some(total) => entry.detail("size", total),
        None => entry,
    };
    call.commit(transaction, entry).await
}

/// Refuses what has no bytes, or too many. Of several files that were chosen, the name says which.
fn demand_size(file_name: &str, size: i64) -> Outcome<()> {
    let problem = match size {
        0 => Problem::new(ErrorCode::RepositoryEmpty),
        1..=LARGEST => return Ok(()),
        _ => Problem::new(ErrorCode::RepositoryTooLarge).with("limit", LARGEST),
    };
    Err(problem.with("name", file_name))
}

/// Adds a file that was chosen on this machine. It comes in in the background (REP-03, REP-04).
///
/// # Errors
/// `transfer.gone`, `repository.no-space`, `repository.empty`, `repository.too-large`, `form.invalid`; `file.unreadable`, also for what is
/// no file
pub async fn add(call: &Call, arguments: AddPackage) -> Outcome<ArrivalView> {
    let session = call.caller()?.session;
    let chosen = call.workspace.transfers.take_chosen(arguments.upload, session)?;
    // The text names the file as it is called on the disk.
    let on_disk = chosen
        .path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let given = given_digest(on_disk.as_deref().unwrap_or(&chosen.name), &arguments.digest)?;
    let (files, path, name) = (
        Store::of(&call.workspace),
        chosen.path.clone(),
        chosen.name.clone(),
    );
    // Before there is anything that could be resumed: a folder does not become a file by waiting.
    let (size, beside) = blocking(move || {
        let bytes = chosen::size(&path)?;
        let size = i64::try_from(bytes).unwrap_or(i64::MAX);
        demand_size(&name, size)?;
        files.prepare()?;
        files.demand_space(bytes)?;
        Ok((size, chosen::beside(&path)))
    })
    .await?;
    let beside = match beside {
        Beside::Digest(digest) => Some(digest),
        // One that cannot be used becomes a doubt about the package.
        Beside::Nothing | Beside::Unusable => None,
    };
    let mut arrival = new_arrival(call, ArrivalSource::File, &chosen.name, given.or(beside));
    arrival.place = chosen::kept(&chosen.path);
    arrival.total = Some(size);
    keep_new(call, &arrival).await?;
    let source = Source::File(chosen.path);
    arriving::start(&call.workspace, arrival.clone(), source, bringer(call)?)?;
    view(&call.workspace, arrival).await
}

/// Begins a file that a browser sends piece by piece.
///
/// # Errors
/// As [`add`].
pub async fn begin_upload(call: &Call, arguments: BeginUpload) -> Outcome<ArrivalView> {
    let name = transfer::plain_name(&arguments.name);
    demand_size(&name, arguments.size)?;
    let expected = given_digest(&name, &arguments.digest)?;
    let files = Store::of(&call.workspace);
    let size = arguments.size;
    blocking(move || {
        files.prepare()?;
        files.demand_space(u64::try_from(size).unwrap_or_default())
    })
    .await?;
    let mut arrival = new_arrival(call, ArrivalSource::Browser, &name, expected);
    arrival.total = Some(arguments.size);
    keep_new(call, &arrival).await?;
    view(&call.workspace, arrival).await
}

/// Adds the next piece. After the last one the whole is read, and becomes a package.
///
/// # Errors
/// `repository.piece` when it does not follow what has come, or is not what it should be; `transfer.gone`, `not-found`
pub async fn append(call: &Call, arguments: AppendPiece) -> Outcome<ArrivalView> {
    let workspace = &call.workspace;
    let arrivals = workspace.state::<Arrivals>();
    let limit = u64::try_from(PIECE).unwrap_or_default();
    let piece = workspace
        .transfers
        .take(arguments.upload, call.caller()?.session, limit)?;
    let one_at_a_time = arrivals.appending.lock().await;
    let mut arrival = store::arrival(&mut *workspace.database.read().await?, arguments.arrival).await?;
    let (length, total) = (
        i64::try_from(piece.bytes.len()).unwrap_or(i64::MAX),
        arrival.total.unwrap_or_default(),
    );
    let come = i64::try_from(arrival.pieces.len())
        .unwrap_or(i64::MAX)
        .saturating_mul(PIECE);
    let last = arguments.offset + length == total;
    let follows = arrival.source == ArrivalSource::Browser
        && arrivals.running(arrival.id).is_none()
        && arguments.offset == come
        && (length == PIECE || last)
        && arguments.offset + length <= total;
    let (files, id, offset) = (Store::of(workspace), arrival.id, arguments.offset);
    let sha256 = arguments.sha256;
    let written = blocking(move || {
        let digest = hex::encode(Sha256::digest(&piece.bytes));
        if !follows || digest != sha256 {
            return Err(ErrorCode::RepositoryPiece.into());
        }
        let offset = u64::try_from(offset).unwrap_or_default();
        let mut part = files.open_part(id)?;
        if files.part_size(id) < offset {
            return Err(ErrorCode::RepositoryPiece.into());
        }
        part.set_len(offset).map_err(unwritable)?;
        part.seek(SeekFrom::Start(offset)).map_err(unwritable)?;
        part.write_all(&piece.bytes).map_err(unwritable)?;
        part.sync_data().map_err(unwritable)?;
        Ok(digest)
    })
    .await?;
    arrival.pieces.push(written);
    arrival.error = None;
    let mut transaction = workspace.database.begin().await?;
    store::keep_arrival(transaction.connection(), &arrival).await?;
    transaction.changed(CHANGES, [arrival.id.0]);
    transaction.commit().await?;
    drop(one_at_a_time);
    if last {
        arriving::start(workspace, arrival.clone(), Source::Here, bringer(call)?)?;
    }
    view(workspace, arrival).await
}

/// What is trusted of a server: the authorities of this machine, and the certificate that a person accepted.
async fn trust(pin: Option<Fingerprint>) -> Outcome<Trust> {
    blocking(move || {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!(%error, "some authorities of this machine cannot be read");
        }
        let authorities = found.certs.iter().map(|der| der.as_ref().to_vec()).collect();
        Ok(Trust {
            authorities: Arc::new(authorities),
            pin,
        })
    })
    .await
}

/// Asks for what is at an address: the address, by what the server named what has come so far, the accepted certificate.
///
/// # Errors
/// When the address or the proxy cannot be used; the inner one is the network's.
pub(super) async fn open(
    workspace: &Workspace,
    (place, entity_tag, pin): (&str, &str, Option<Fingerprint>),
    from: u64,
) -> Outcome<Result<Download, DownloadError>> {
    let wanted = Wanted {
        address: Url::parse(place).map_err(|_| Problem::new(ErrorCode::FieldNotAWebAddress))?,
        from,
        entity_tag: entity_tag.to_owned(),
    };
    let dialer = probe::workspace_dialer(workspace)?;
    Ok(download::open(&dialer, &trust(pin).await?, &wanted).await)
}

/// An address that was typed.
///
/// # Errors
/// `form.invalid` when it is no `https` address, or holds a password.
pub(super) fn address_of(text: &str) -> Outcome<Url> {
    let address = Url::parse(text.trim())
        .ok()
        .filter(|address| address.scheme() == "https" && address.host_str().is_some())
        .filter(|address| address.username().is_empty() && address.password().is_none());
    if address.is_none() {
        Problem::of_fields(vec![FieldProblem::new("address", ErrorCode::FieldNotAWebAddress)])?;
    }
    address.ok_or_else(|| ErrorCode::FormInvalid.into())
}

/// The certificate that a person accepted.
///
/// # Errors
/// `call.arguments`
pub(super) fn pin_of(sha256: Option<&str>) -> Outcome<Option<Fingerprint>> {
    sha256
        .map(|sha256| sha256.parse().map_err(|_| Problem::new(ErrorCode::BadArguments)))
        .transpose()
}

/// Fetches a file from an address. When the server's certificate is not trusted, it is answered with instead, to be accepted by a
/// person (CRT-11).
///
/// # Errors
/// `form.invalid`, `repository.unreachable`, `repository.refused`, `repository.redirected`, `repository.too-large`,
/// `repository.no-space`, `certificate.changed`
pub async fn fetch(call: &Call, arguments: FetchPackage) -> Outcome<FetchAnswer> {
    let address = address_of(&arguments.address)?;
    let last = address
        .path_segments()
        .and_then(|mut parts| parts.next_back())
        .unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
    let name = transfer::plain_name(if decoded.is_empty() { "download" } else { &decoded });
    let mut arrival = new_arrival(
        call,
        ArrivalSource::Address,
        &name,
        given_digest(&name, &arguments.digest)?,
    );
    arrival.place = address.into();
    arrival.pin = pin_of(arguments.accept.as_deref())?;
    let download = match open(&call.workspace, (&arrival.place, "", arrival.pin), 0).await? {
        Ok(download) => download,
        Err(DownloadError::NotTrusted(certificate)) => {
            return Ok(FetchAnswer {
                arrival: None,
                certificate: Some(probe::view(&certificate)),
            });
        }
        Err(error) => return Err(arriving::download_problem(error)),
    };
    if let Some(total) = download.total {
        demand_size(&name, i64::try_from(total).unwrap_or(i64::MAX))?;
    }
    arrival.total = download
        .total
        .map(|total| i64::try_from(total).unwrap_or(i64::MAX));
    arrival.entity_tag.clone_from(&download.entity_tag);
    keep_new(call, &arrival).await?;
    let source = Source::Download(Box::new(download));
    arriving::start(&call.workspace, arrival.clone(), source, bringer(call)?)?;
    Ok(FetchAnswer {
        arrival: Some(view(&call.workspace, arrival).await?),
        certificate: None,
    })
}

/// Goes on with a file that stopped half-way: what has come is proven, not trusted (REP-03). What a browser sends goes on with the
/// next piece.
///
/// # Errors
/// `not-found`, `repository.busy`, and as [`fetch`].
pub async fn resume(call: &Call, arguments: ArrivalArgument) -> Outcome<ArrivalView> {
    again(call, arguments.arrival, false).await
}

/// Begins anew with a file that stopped half-way.
///
/// # Errors
/// As [`resume`].
pub async fn start_over(call: &Call, arguments: ArrivalArgument) -> Outcome<ArrivalView> {
    again(call, arguments.arrival, true).await
}

async fn again(call: &Call, id: ArrivalId, anew: bool) -> Outcome<ArrivalView> {
    let workspace = &call.workspace;
    let mut arrival = store::arrival(&mut *workspace.database.read().await?, id).await?;
    if workspace.state::<Arrivals>().running(id).is_some() {
        return Err(ErrorCode::RepositoryBusy.into());
    }
    let files = Store::of(workspace);
    if anew {
        let discarded = files.clone();
        blocking(move || discarded.discard_part(id)).await?;
        arrival.pieces.clear();
        arrival.digest = None;
        arrival.entity_tag.clear();
    }
    let in_place = match arrival.digest {
        Some(digest) => blocking(move || Ok(files.path(&digest).exists()))
            .await?
            .then_some(digest),
        None => None,
    };
    let come = i64::try_from(arrival.pieces.len())
        .unwrap_or(i64::MAX)
        .saturating_mul(PIECE);
    let source = match arrival.source {
        // The program ended right before it became a package.
        _ if in_place.is_some() => Some(Source::InPlace),
        ArrivalSource::File => Some(Source::File(chosen::path_of(&arrival.place))),
        ArrivalSource::Browser if !arrival.pieces.is_empty() && come >= arrival.total.unwrap_or(i64::MAX) => {
            Some(Source::Here)
        }
        ArrivalSource::Browser => None,
        ArrivalSource::Address => {
            let files = Store::of(workspace);
            let from = blocking(move || Ok(files.part_size(id))).await?;
            let download = open(
                workspace,
                (&arrival.place, &arrival.entity_tag, arrival.pin),
                from,
            )
            .await?
            .map_err(arriving::download_problem)?;
            arrival.total = download
                .total
                .map(|total| i64::try_from(total).unwrap_or(i64::MAX));
            arrival.entity_tag.clone_from(&download.entity_tag);
            Some(Source::Download(Box::new(download)))
        }
    };
    arrival.error = None;
    keep_new(call, &arrival).await?;
    if let Some(source) = source {
        arriving::start(workspace, arrival.clone(), source, bringer(call)?)?;
    }
    view(workspace, arrival).await
}

/// Throws away what has come of a file; or only the word that it was known already.
///
/// # Errors
/// `not-found`; `repository.busy` while it comes in.
pub async fn discard(call: &Call, arguments: ArrivalArgument) -> Outcome<Nothing> {
    let workspace = &call.workspace;
    let id = arguments.arrival;
    if workspace.state::<Arrivals>().running(id).is_some() {
        return Err(ErrorCode::RepositoryBusy.into());
    }
    let mut transaction = workspace.database.begin().await?;
    let arrival = store::arrival(transaction.connection(), id).await?;
    store::forget_arrival(transaction.connection(), id).await?;
    transaction.membership_changed(CHANGES, [id.0]);
    call.commit(transaction, Entry::done().subject(arrival.file_name))
        .await?;
    let files = Store::of(workspace);
    blocking(move || files.discard_part(id)).await?;
    Ok(Nothing {})
}
