//! The one place where the simulator asks the operating system for the time.
use chrono::{DateTime, NaiveDate, Utc};

/// The present day, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the day a fleet starts; whoever wants another one says so in the options"
)]
pub(crate) fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}

/// The present moment, which the clocks of devices show.
#[expect(
    clippy::disallowed_methods,
    reason = "a device says what its clock shows; nothing is decided by it"
)]
pub(crate) fn now() -> DateTime<Utc> {
    chrono::Utc::now()
}
