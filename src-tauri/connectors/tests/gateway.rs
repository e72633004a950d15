//! The gateway's client against the simulator's gateway, over real TLS (GWY-01 to GWY-05).

// `cargo bolero` builds every test program of the package with its instruments, which are linked from there.
use bolero as _;

mod gateway {
    mod description;
    mod faults;
    mod operations;
    mod other_programs;
    mod support;
    mod uploads;
}
