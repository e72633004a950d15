//! The catalogue, and the ledger as a whole. Administrators alone change and check them (RGT-15).

use super::catalogue::Catalogue;
use super::types::*;
use super::{soundness, store, versions};
use flotilla_kernel::audit;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};

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
/// `licence.catalogue-invalid`, `changed-meanwhile`; `licence.catalogue-in-use` when a product with books is missing, or a type of
/// licence that is counted or needed in one.
pub async fn save_catalogue(call: &Call, arguments: SaveCatalogue) -> Outcome<CatalogueView> {
    let catalogue = Catalogue::read(&arguments.catalogue)?;
    let mut transaction = call.workspace.database.begin().await?;
    let today = transaction.now().utc().date_naive();
    versions::keep_built_in(transaction.connection(), today).await?;
    if store::newest_catalogue(transaction.connection()).await? != arguments.revision {
        return Err(ErrorCode::Changed.into());
    }
    if let Some(missing) = missing_in(
        &catalogue,
        &store::types_in_books(transaction.connection()).await?,
    ) {
        return Err(Problem::new(ErrorCode::LicenceCatalogueInUse).with("what", missing));
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

/// The first product, or product and type, that books have and the catalogue has not.
fn missing_in(catalogue: &Catalogue, in_books: &[(String, Option<String>)]) -> Option<String> {
    in_books.iter().find_map(
        |(product, licence_type)| match (catalogue.product(product), licence_type) {
            (Err(_), _) => Some(product.clone()),
            (Ok(known), Some(licence_type)) if !known.has_type(licence_type) => {
                Some(format!("{product} / {licence_type}"))
            }
            (Ok(_), _) => None,
        },
    )
}

/// Whether the ledger is what it should be, as far as this process has looked; every page of licences says where it is not.
///
/// # Errors
/// Database errors.
pub async fn ledger(call: &Call, _: Nothing) -> Outcome<LedgerState> {
    let found = soundness::known(&call.workspace).await?;
    Ok(LedgerState {
        differs: found.differs,
    })
}

/// Checks the whole ledger (LIC-61).
///
/// # Errors
/// Database errors.
pub async fn check(call: &Call, _: Nothing) -> Outcome<LedgerCheck> {
    soundness::check(&call.workspace).await
}
