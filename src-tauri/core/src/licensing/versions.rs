//! The versions of the catalogue, read once and kept until another one is written.

use super::catalogue::{Catalogue, Product};
use super::rules::terms::Terms;
use super::store::{self, CatalogueVersion};
use chrono::NaiveDate;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use parking_lot::RwLock;
use sqlx::SqliteConnection;
use std::sync::Arc;

#[derive(Default)]
struct Known(RwLock<Option<Arc<Versions>>>);

/// Every version, the oldest first; never none.
#[derive(Debug)]
pub struct Versions(Vec<CatalogueVersion>);

impl Versions {
    /// The one in force.
    ///
    /// # Errors
    /// Never: there is at least the one that comes with the program.
    pub fn newest(&self) -> Outcome<&CatalogueVersion> {
        self.0.last().ok_or_else(|| Problem::internal("no catalogue"))
    }

    /// A product as this version has it; none: the version has none of this name.
    pub fn product(&self, version: i64, product: &str) -> Option<&Product> {
        let known = self.0.iter().find(|known| known.version == version)?;
        known.catalogue.product(product).ok()
    }

    /// What the books of a product go by from a day on; of a product that is in no catalogue any more, what the last one said that
    /// had it.
    ///
    /// # Errors
    /// `licence.product-unknown`
    pub fn terms_on(&self, product: &str, day: NaiveDate) -> Outcome<Terms> {
        let terms = |version: &CatalogueVersion| {
            let product = version.catalogue.product(product)?;
            Ok(product.terms(version.version))
        };
        let by_then = self.0.iter().rev().filter(|version| version.from <= day);
        let mut later = self.0.iter();
        by_then
            .map(terms)
            .find(Outcome::is_ok)
            .or_else(|| later.find_map(|version| terms(version).ok().map(Ok)))
            .unwrap_or_else(|| self.newest().and_then(terms))
    }
}

/// The versions there are.
///
/// # Errors
/// Database errors.
pub async fn versions(workspace: &Workspace, connection: &mut SqliteConnection) -> Outcome<Arc<Versions>> {
    let newest = store::newest_catalogue(connection).await?;
    let state = workspace.state::<Known>();
    let known = state.0.read().clone();
    if let Some(known) = known
        && known.newest()?.version == newest.max(1)
    {
        return Ok(known);
    }
    let all = Arc::new(read(connection).await?);
    *state.0.write() = Some(all.clone());
    Ok(all)
}

/// The versions there are, read anew.
///
/// # Errors
/// Database errors.
pub async fn read(connection: &mut SqliteConnection) -> Outcome<Versions> {
    let mut all = store::catalogues(connection).await?;
    if all.is_empty() {
        all.push(CatalogueVersion {
            version: 1,
            from: NaiveDate::default(),
            built_in: true,
            catalogue: Catalogue::built_in()?,
        });
    }
    Ok(Versions(all))
}

/// Writes the catalogue that comes with the program down, before anything goes by it; and a newer one, as long as nobody has changed it.
///
/// # Errors
/// Database errors.
pub async fn keep_built_in(connection: &mut SqliteConnection, today: NaiveDate) -> Outcome<()> {
    let all = store::catalogues(connection).await?;
    let built_in = Catalogue::built_in()?;
    let from = match all.last() {
        None => NaiveDate::default(),
        Some(newest) if newest.built_in && newest.catalogue != built_in => today,
        Some(_) => return Ok(()),
    };
    store::insert_catalogue(connection, from, true, &built_in).await?;
    Ok(())
}
