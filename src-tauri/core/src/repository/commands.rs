//! What people do with the repository. Everybody may look and take copies (RGT-13, CUS-51); correcting, verifying and deleting is the
//! administrators' (REP-02, RGT-14). What comes in is in `incoming`.

use super::arriving::{self, blocking};
use super::store;
use super::storing::Store;
use super::types::*;
use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, Deletion};
use flotilla_kernel::ids::PackageId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::transfer;
use flotilla_kernel::work::WorkHandle;
use flotilla_kernel::workspace::Workspace;

/// No more packages in one call.
const MAX_IDS_PER_CALL: usize = 1_000;

/// Ids of the packages that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    let (database, caller) = (&call.workspace.database, call.caller()?);
    flotilla_kernel::lists::index(database, caller, &super::list::DEFINITION, &query)
        .await
        .map(Packed)
}

/// The rows in view.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<PackageRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, ids).await
}

/// How many devices run each of the packages in view (REP-01).
///
/// # Errors
/// `call.too-large`
pub async fn uses(call: &Call, arguments: WindowArgument) -> Outcome<Vec<PackageUse>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::uses(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// How much there is, how much is free, and which images could go (REP-07).
pub async fn summary(call: &Call, _: Nothing) -> Outcome<RepositorySummary> {
    let image_limit = call
        .workspace
        .preferences::<RepositoryPreferences>()
        .repository_images;
    let mut connection = call.workspace.database.read().await?;
    let kinds = store::totals(&mut connection).await?;
    let images = kinds
        .iter()
        .find(|total| total.kind == PackageKind::IsoImage)
        .map_or(0, |total| total.count);
    let could_go = store::could_go(&mut connection, images - image_limit).await?;
    drop(connection);
    let files = Store::of(&call.workspace);
    let free = blocking(move || {
        files.prepare()?;
        Ok(files.free())
    })
    .await?;
    Ok(RepositorySummary {
        kinds,
        free: free.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
        image_limit,
        could_go,
        piece: PIECE,
    })
}

/// Corrects what was recognised (REP-05).
///
/// # Errors
/// `form.invalid`, `not-found`, `changed-meanwhile`
pub async fn save(call: &Call, arguments: SavePackage) -> Outcome<PackageRow> {
    let fields = arguments.fields.tidy();
    Problem::of_fields(fields.check())?;
    let mut transaction = call.workspace.database.begin().await?;
    let before = store::read(transaction.connection(), arguments.id).await?;
    if before.revision != arguments.revision
        || !store::save(transaction.connection(), &before, &fields).await?
    {
        return Err(ErrorCode::Changed.into());
    }
    let after = store::read(transaction.connection(), arguments.id).await?;
    transaction.changed(CHANGES, [after.id.0]);
    let entry = Entry::done()
        .subject(after.file_name.clone())
        .detail("product", after.product.clone())
        .detail("version", after.version.clone());
    call.commit(transaction, entry).await?;
    Ok(after)
}

/// The packages of these ids that there are; the others' outcomes.
async fn asked(call: &Call, ids: &[PackageId]) -> Outcome<(Vec<PackageRow>, Vec<PackageOutcome>)> {
    if ids.len() > MAX_IDS_PER_CALL {
        return Err(Problem::new(ErrorCode::BadArguments).with("limit", MAX_IDS_PER_CALL));
    }
    let wanted: Vec<_> = ids.iter().map(|id| id.0).collect();
    let found = store::window(&mut *call.workspace.database.read().await?, &wanted).await?;
    let gone = ids
        .iter()
        .filter(|id| found.iter().all(|package| package.id != **id));
    let gone = gone.map(|id| PackageOutcome {
        id: *id,
        file_name: String::new(),
        error: Some(ErrorCode::NotFound),
    });
    let gone = gone.collect();
    Ok((found, gone))
}

/// Deletes packages; refused, each with its reason, while something uses it (REP-08).
///
/// # Errors
/// Database errors.
pub async fn delete(call: &Call, arguments: PackageIds) -> Outcome<Vec<PackageOutcome>> {
    let (packages, mut outcomes) = asked(call, &arguments.ids).await?;
    for package in packages {
        let deleted = delete_one(call, &package).await;
        outcomes.push(PackageOutcome {
            id: package.id,
            file_name: package.file_name,
            error: deleted.err().map(|problem| problem.code),
        });
    }
    Ok(outcomes)
}

async fn delete_one(call: &Call, package: &PackageRow) -> Outcome<()> {
    if package.state == PackageState::Remote {
        // It goes with its list.
        return Err(ErrorCode::RepositoryRemote.into());
    }
    let digest = store::digest_of(package)?;
    let mut transaction = call.workspace.database.begin().await?;
    let ids = vec![package.id];
    let asked = feature::of(&call.workspace)
        .before_delete(&mut transaction, &Deletion::Packages(ids.clone()))
        .await;
    if let Err(problem) = asked {
        drop(transaction);
        let entry = Entry::new(AuditResult::Failed)
            .subject(package.file_name.clone())
            .detail("error", problem.code.code());
        call.record(entry).await?;
        return Err(problem);
    }
    store::delete(transaction.connection(), &ids).await?;
    transaction.membership_changed(CHANGES, [package.id.0]);
    let entry = Entry::done()
        .subject(package.file_name.clone())
        .detail("sha256", package.sha256.clone());
    call.commit(transaction, entry).await?;
    // Killed before this, the next start throws it away.
    let files = Store::of(&call.workspace);
    blocking(move || files.delete(&digest)).await
}

/// Reads packages again and compares them with their digests, in the background (REP-06, REP-10).
///
/// # Errors
/// Database errors.
pub async fn verify(call: &Call, arguments: PackageIds) -> Outcome<Vec<PackageOutcome>> {
    let (mut packages, outcomes) = asked(call, &arguments.ids).await?;
    packages.retain(|package| package.state != PackageState::Remote);
    if packages.is_empty() {
        return Ok(outcomes);
    }
    call.record(Entry::done().detail("packages", packages.len()))
        .await?;
    let total = packages.iter().map(|package| package.size).sum();
    let about = match packages.as_slice() {
        [one] => one.file_name.clone(),
        _ => String::new(),
    };
    let account = call.caller()?.account;
    let handle = call.workspace.work.start(account, VERIFY, &about, total, true);
    let workspace = call.workspace.clone();
    call.workspace
        .spawn(async move { verify_all(&workspace, packages, handle).await });
    Ok(outcomes)
}

async fn verify_all(workspace: &Workspace, packages: Vec<PackageRow>, handle: WorkHandle) {
    let stop = workspace.stopping();
    for package in packages {
        if handle.cancelled.is_cancelled() || stop.is_cancelled() {
            break;
        }
        let progress = handle.progress();
        let advance = move |bytes| progress.advance(i64::try_from(bytes).unwrap_or(i64::MAX), 0);
        let looked = arriving::look_at(workspace, &package, handle.cancelled.clone(), advance).await;
        let kept = match looked {
            Ok(state) => {
                handle.advance(0, i64::from(state != PackageState::Stored));
                super::service::keep_state(workspace, &package, state).await
            }
            Err(problem) if problem.code == ErrorCode::Cancelled => break,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = kept {
            handle.advance(0, 1);
            tracing::warn!(%problem, file = package.file_name, "a package could not be verified");
        }
    }
    handle.finish();
}

/// Prepares a package to be saved elsewhere (CUS-51). All of it is read first: what is not what its digest says is never handed out
/// (REP-06). What is altered after that is found when it is sent ([`transfer::OpenedFile`]).
///
/// # Errors
/// `not-found`; `repository.altered`, `repository.missing`
pub async fn hand_out(call: &Call, arguments: PackageArgument) -> Outcome<transfer::Download> {
    let workspace = &call.workspace;
    let package = store::read(&mut *workspace.database.read().await?, arguments.id).await?;
    if package.state == PackageState::Remote {
        return Err(ErrorCode::RepositoryRemote.into());
    }
    let account = call.caller()?.account;
    let handle = workspace
        .work
        .start(account, VERIFY, &package.file_name, package.size, true);
    let progress = handle.progress();
    let advance = move |bytes| progress.advance(i64::try_from(bytes).unwrap_or(i64::MAX), 0);
    let state = arriving::look_at(workspace, &package, handle.cancelled.clone(), advance).await?;
    super::service::keep_state(workspace, &package, state).await?;
    match state {
        PackageState::Stored => {}
        PackageState::Altered => return Err(ErrorCode::RepositoryAltered.into()),
        PackageState::Missing | PackageState::Remote => return Err(ErrorCode::RepositoryMissing.into()),
    }
    let digest = store::digest_of(&package)?;
    let path = Store::of(workspace).path(&digest);
    let (transfers, caller) = (workspace.transfers.clone(), transfer::Owner::from(call.caller()?));
    let name = package.file_name.clone();
    let download = blocking(move || transfers.hand_out(caller, &name, &path, digest)).await?;
    call.record(Entry::done().subject(package.file_name)).await?;
    Ok(download)
}
