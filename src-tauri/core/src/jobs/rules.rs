//! What is decided about jobs: when they begin, in which order, in which states they are, and when no further system begins. Pure; time
//! is passed in.

pub mod recurrence;
pub mod rollout;
pub mod schedule;
pub mod states;
pub mod windows;
