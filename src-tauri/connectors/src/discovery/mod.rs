//! Devices on the local networks (DEV-01, VPX-18).
mod interfaces;
mod merge;
mod ranges;
mod types;
