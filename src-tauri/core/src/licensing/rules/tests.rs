mod auditor;
mod clock;
mod examples;
mod filling;
mod offline;
mod workload;
