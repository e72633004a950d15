//! The simulator over real TLS.

mod cameras;
mod generation;
mod solutions;
mod support;
