mod auditor;
mod clock;
mod examples;
mod filling;
mod workload;
