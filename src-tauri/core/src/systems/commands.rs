//! Looking at systems.

use super::store;
use super::types::SystemRow;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::Packed;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};

/// Ids of the systems that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::DEFINITION,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view, as far as this account may see them.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<SystemRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}
