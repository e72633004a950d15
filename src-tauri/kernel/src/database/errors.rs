//! Whose fault a failure is: that of one row, or that of the database.

use crate::error::{ErrorCode, Problem};

/// Whether a failure belongs to the row that was read or written, so that others can still be: a value that no version
/// of the program has written, or one that a constraint forbids. A busy, full or faulty database fails for every row;
/// there is no use in trying the others.
pub fn concerns_row(problem: &Problem) -> bool {
    let source = problem.source.as_deref();
    match source.and_then(|source| source.downcast_ref::<sqlx::Error>()) {
        Some(sqlx::Error::Database(error)) => {
            // The primary result code is the lower byte: https://sqlite.org/rescode.html
            let code = error.code().and_then(|code| code.parse::<i32>().ok());
            // Too big, constraint, datatype mismatch, parameter out of range.
            matches!(code.map(|code| code & 0xff), Some(18 | 19 | 20 | 25))
        }
        Some(
            sqlx::Error::RowNotFound
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::Encode(_),
        ) => true,
        Some(_) => false,
        None => !matches!(
            problem.code,
            ErrorCode::Busy
                | ErrorCode::DiskFull
                | ErrorCode::DiskFault
                | ErrorCode::ReadOnly
                | ErrorCode::WorkspaceDamaged
                | ErrorCode::WorkspaceLocked
        ),
    }
}
