//! Systems: everything managed at an address. What a solution reports of itself comes in through
//! [`store::apply`]; people look at it through the list.

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;
