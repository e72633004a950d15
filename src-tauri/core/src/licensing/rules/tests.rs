mod auditor;
mod clock;
mod examples;
mod filling;
mod notices;
mod offline;
mod reconciliation;
mod workload;
