//! A row of a waiting list, as it is judged (CUS-22).

use super::check::TagSeparator;
use super::columns::COLUMN_COUNT;

/// A row as it is to be classified.
#[derive(Debug, Clone, Copy)]
pub struct RowInput<'a> {
    /// From 1.
    pub number: u32,
    /// The cells, in the order of [`Column`].
    pub cells: [&'a str; COLUMN_COUNT],
    /// What separates the tags in its cell.
    pub tags: TagSeparator,
    /// Its place among the rows of the file, whose shape it is judged by; none when a person has added or mended it.
    pub place: Option<usize>,
    /// Which columns the row says something of; of the others an update leaves the customer as it is.
    pub said: [bool; COLUMN_COUNT],
    /// It was edited, and is not in the file as it is read now.
    pub gone: bool,
}
