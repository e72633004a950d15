//! Looking at alarms.

use super::store;
use super::types::AlarmRow;
use flotilla_kernel::call::{Call, Packed};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};

/// Ids of the alarms that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    let (database, caller) = (&call.workspace.database, call.caller()?);
    flotilla_kernel::lists::index(database, caller, &super::list::DEFINITION, &query)
        .await
        .map(Packed)
}

/// The rows in view, as far as this account may see them.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<AlarmRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}
