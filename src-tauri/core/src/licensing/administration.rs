//! The catalogue, and the ledger as a whole. Administrators alone change and check them (RGT-15).

use super::catalogue::Catalogue;
use super::types::*;
use super::{soundness, store, versions};
use flotilla_kernel::audit;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};

/// The catalogue in force (LIC-01).
///
/// # Errors
/// Database errors.
pub async fn read_catalogue(call: &Call, _: Nothing) -> Outcome<CatalogueView> {
    let mut connection = call.workspace.database.read().await?;
    let versions = versions::versions(&call.workspace, &mut connection).await?;
    let newest = versions.newest()?;
    Ok(CatalogueView {
        version: newest.version,
        from: newest.from,
        built_in: newest.built_in,
        catalogue: serde_json::to_value(&newest.catalogue).map_err(Problem::internal)?,
    })
}

/// Puts another catalogue in force, from today on (LIC-01). Subscriptions that run keep theirs until their next year.
///
/// # Errors
/// `licence.catalogue-invalid`, `changed-meanwhile`; `form.invalid` when a product with books is missing.
pub async fn save_catalogue(call: &Call, arguments: SaveCatalogue) -> Outcome<CatalogueView> {
    let catalogue = Catalogue::read(&arguments.catalogue)?;
    let mut transaction = call.workspace.database.begin().await?;
    let today = transaction.now().utc().date_naive();
    versions::keep_built_in(transaction.connection(), today).await?;
    if store::newest_catalogue(transaction.connection()).await? != arguments.revision {
        return Err(ErrorCode::Changed.into());
    }
    let books = store::books_of(transaction.connection(), None).await?;
    if books.iter().any(|book| catalogue.product(&book.product).is_err()) {
        return Err(Problem::of_field(FieldProblem::new(
            "products",
            ErrorCode::FieldRequired,
        )));
    }
    let version = store::insert_catalogue(transaction.connection(), today, false, &catalogue).await?;
    transaction.membership_changed(CHANGES, []);
    let entry = audit::Entry::done()
        .subject(catalogue.name.clone())
        .detail("version", version);
    call.commit(transaction, entry).await?;
    Ok(CatalogueView {
        version,
        from: today,
        built_in: false,
        catalogue: serde_json::to_value(&catalogue).map_err(Problem::internal)?,
    })
}

/// Checks the whole ledger (LIC-61).
///
/// # Errors
/// Database errors.
pub async fn check(call: &Call, _: Nothing) -> Outcome<LedgerCheck> {
    soundness::check(&call.workspace).await
}
