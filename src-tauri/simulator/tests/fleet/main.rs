//! The whole fleet over real TLS: what it serves, what it generates, what its handles do.

mod cameras;
mod generation;
mod solutions;
mod support;
