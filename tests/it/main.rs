//! Whole use cases through the command table, against a temporary workspace and the simulator.

mod harness;
mod people;

mod accounts;
mod alarms;
mod audit;
mod batches;
mod clock;
mod connections;
mod contact;
mod customers;
mod demo;
mod devices;
mod fixtures;
mod folders;
mod fuzz;
mod import;
mod invitations;
mod jobs;
mod licences;
mod lists;
mod members;
mod organizations;
mod processes;
mod repository;
mod rights;
mod sessions;
mod unreadable;
