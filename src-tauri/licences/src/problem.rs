//! Errors as values: a stable code and what it is about. The words for people are found by the code.

/// A value that stands in the words of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A count, a limit, a place.
    Number(i64),
    /// A name or a date.
    Text(String),
}

impl From<&usize> for Value {
    fn from(number: &usize) -> Self {
        Self::Number(i64::try_from(*number).unwrap_or(i64::MAX))
    }
}

impl From<&u64> for Value {
    fn from(number: &u64) -> Self {
        Self::Number(i64::try_from(*number).unwrap_or(i64::MAX))
    }
}

impl From<&u8> for Value {
    fn from(number: &u8) -> Self {
        Self::Number(i64::from(*number))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&&str> for Value {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<&chrono::NaiveDate> for Value {
    fn from(date: &chrono::NaiveDate) -> Self {
        Self::Text(date.to_string())
    }
}

/// What every error of this crate is.
pub trait Coded: std::error::Error {
    /// The stable code.
    fn code(&self) -> &'static str;
    /// What it is about, by name.
    fn parameters(&self) -> Vec<(&'static str, Value)>;
}

/// Makes an enum of errors, each with its code, its parameters (the fields) and an English sentence for logs.
macro_rules! problems {
    (
        $(#[$meta:meta])*
        $enum:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })? = $code:literal, $sentence:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$variant_meta])* $variant $({ $($(#[$field_meta])* $field: $type),* })?,)*
        }

        impl $enum {
            /// The codes of all of them.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }

        impl $crate::problem::Coded for $enum {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),* })? => $code,)* }
            }

            fn parameters(&self) -> Vec<(&'static str, $crate::problem::Value)> {
                match self {
                    $(Self::$variant $({ $($field),* })? => vec![$($((stringify!($field), $field.into())),*)?],)*
                }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $({ $($field),* })? => write!(formatter, $sentence),)*
                }
            }
        }

        impl std::error::Error for $enum {}
    };
}
pub(crate) use problems;
