//! Jobs: what changes many systems, in their maintenance windows, in waves, and again by a rule (chapter 6 of the specification).
//!
//! So far these are the rules; nothing is stored or run yet.

pub mod rules;
