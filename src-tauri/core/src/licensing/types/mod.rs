//! The licence wallet on the wire.

mod answers;
mod arguments;
mod issuers;
mod ledger;
mod notices;
mod offline;
mod preferences;
mod products;
mod reconciliation;
mod rows;

pub use answers::*;
pub use arguments::*;
pub use issuers::*;
pub use ledger::*;
pub use notices::*;
pub use offline::*;
pub use preferences::*;
pub use products::*;
pub use reconciliation::*;
pub use rows::*;

use flotilla_kernel::events::FeatureName;

/// Under this name its changes are told; the ids are organizations.
pub const CHANGES: FeatureName = FeatureName("licences");
