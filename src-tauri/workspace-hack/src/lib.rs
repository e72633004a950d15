//! Nothing but dependencies: their features are those of the whole workspace, whichever package is built. Written
//! by `cargo xtask features`.
