//! What the saved views of lists tell.

use flotilla_kernel::events::{FeatureName, WorkKind};

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("lists");

/// An export that is being written.
pub const EXPORT: WorkKind = WorkKind("export");
