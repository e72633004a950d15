//! The one place where the simulator asks the operating system for the time.
use chrono::NaiveDate;

/// The present day, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the day a fleet starts; whoever wants another one says so in the options"
)]
pub(crate) fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}
