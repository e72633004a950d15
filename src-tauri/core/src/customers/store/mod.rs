//! All SQL on the tables `customer` and `customer_tag`.

mod looking;
mod saving;
mod summary;

pub use looking::*;
pub use saving::*;
pub use summary::*;
