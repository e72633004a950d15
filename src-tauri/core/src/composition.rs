//! The program, put together: one line a feature, the lowest layer first (`ARCHITECTURE.md`, Layers).

use flotilla_kernel::feature::Features;

/// Every feature of the program.
pub static FEATURES: Features = Features(&[
    &crate::lists::SPEC,
    &crate::organizations::SPEC,
    &crate::accounts::SPEC,
    &crate::connections::SPEC,
    &crate::systems::SPEC,
    &crate::alarms::SPEC,
    &crate::repository::SPEC,
    &crate::jobs::SPEC,
    &crate::customers::SPEC,
    &crate::devices::SPEC,
    &crate::licensing::SPEC,
    &crate::intake::SPEC,
    &crate::imports::SPEC,
    &crate::dashboard::SPEC,
    &crate::audit::SPEC,
    &crate::administration::SPEC,
]);
