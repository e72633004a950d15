//! `flotilla-cli` as the process that a person or a script starts, on a workspace of its own, against a simulated
//! fleet over real TLS.

mod dates;
mod devices;
mod faults;
mod job_kills;
mod kills;
mod licence;
mod moments;
mod network;
mod offline;
mod packages;
mod place;
mod shared;
mod terminal;
mod truths;
mod usage;
