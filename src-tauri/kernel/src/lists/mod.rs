//! The list engine: columns, filter, search, sort — written once for every list.
//!
//! A feature says what its list is by a [`ListDefinition`]; the engine makes the SQL. The interface is given the ids
//! that match, packed, and asks the feature for the rows in view.

mod definition;
mod index;
mod rows;
pub mod sql;
pub mod store;
pub mod types;
mod values;

pub use definition::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};
pub use index::{WINDOW, index, values, visible, window_ids};
pub use rows::Rows;
