mod clock;
mod examples;
mod workload;
