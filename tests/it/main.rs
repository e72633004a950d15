//! Whole use cases through the command table, against a temporary workspace and the simulator.

mod harness;
mod people;

mod accounts;
mod audit;
mod clock;
mod contact;
mod customers;
mod fuzz;
mod import;
mod lists;
mod rights;
mod sessions;
