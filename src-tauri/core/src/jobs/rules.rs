//! What is decided about jobs: when they begin, in which order, and when no further system begins. Pure; time is passed in.

pub mod recurrence;
pub mod rollout;
pub mod windows;
