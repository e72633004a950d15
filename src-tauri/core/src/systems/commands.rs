//! Looking at systems.

use super::store;
use super::types::SystemRow;
use crate::lists::types::{ListName, ListQuery, WindowArgument};
use crate::wire::call::Call;
use crate::wire::error::Outcome;
use crate::wire::types::Packed;

/// Ids of the systems that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    crate::lists::index(call, ListName::Systems, &query).await
}

/// The rows in view, as far as this account may see them.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<SystemRow>> {
    let ids = crate::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}
