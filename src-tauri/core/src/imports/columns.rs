//! The columns of the file (CUS-20), and how the list's own export calls them (CUS-26).

use flotilla_kernel::words::{Language, Words};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use ts_rs::TS;

/// The columns of the file, in the order of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ImportColumnName")]
#[repr(u8)]
pub enum Column {
    /// `IP Address/FQDN`: where the main connection is reached.
    Host,
    /// `Port`; empty: 8443.
    Port,
    /// `Name`: the customer's name (ORG-01).
    Name,
    /// `Ipoffice Username`: the name of the service user.
    UserName,
    /// `Ipoffice Password`: the service user's password, never trimmed (CUS-26).
    Password,
    /// `Address`: the customer's postal address.
    Address,
    /// `Telephone Number`: the customer's telephone number (CUS-10).
    Telephone,
    /// `Email`: the customer's e-mail address.
    Email,
    /// `Note`: notes on the customer.
    Notes,
    /// `Tags`, separated by `;`, or by `|` where the cells are separated by `;`; at most 5.
    Tags,
    /// `Mode`, which may be missing: `on-premises` or `cloud`.
    Mode,
}

/// How many there are.
pub const COLUMN_COUNT: usize = 11;

/// All of them; the last is the optional one.
pub const COLUMNS: [Column; COLUMN_COUNT] = [
    Column::Host,
    Column::Port,
    Column::Name,
    Column::UserName,
    Column::Password,
    Column::Address,
    Column::Telephone,
    Column::Email,
    Column::Notes,
    Column::Tags,
    Column::Mode,
];

impl Column {
    /// The column of this name in a header, also as the customer list's own export calls it in any language; none when there
    /// is none.
    pub fn named(name: &str) -> Option<Self> {
        COLUMNS
            .into_iter()
            .find(|column| column.header() == name)
            .or_else(|| OWN_NAMES.get(name).copied())
    }

    /// Whether the customer list's own export calls a column so, in any language, that is none of the import's: it is known
    /// and left out.
    pub fn is_own_surplus(name: &str) -> bool {
        // A time is written with its zone behind the name.
        let bare = name.split(" (").next().unwrap_or(name);
        OWN_SURPLUS.contains(bare) || OWN_SURPLUS.contains(name)
    }

    /// Its name in the header (CUS-20).
    pub fn header(self) -> &'static str {
        match self {
            Self::Host => "IP Address/FQDN",
            Self::Port => "Port",
            Self::Name => "Name",
            Self::UserName => "Ipoffice Username",
            Self::Password => "Ipoffice Password",
            Self::Address => "Address",
            Self::Telephone => "Telephone Number",
            Self::Email => "Email",
            Self::Notes => "Note",
            Self::Tags => "Tags",
            Self::Mode => "Mode",
        }
    }

    /// Its name as a field of the wire.
    pub fn field(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Port => "port",
            Self::Name => "name",
            Self::UserName => "user_name",
            Self::Password => "password",
            Self::Address => "address",
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::Notes => "notes",
            Self::Tags => "tags",
            Self::Mode => "mode",
        }
    }
}

/// Every language an export may be in.
pub const LANGUAGES: [Language; 3] = [Language::En, Language::Fr, Language::Ja];

/// How the customer list calls its columns in each language. User name and password are in no export.
static OWN_NAMES: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let listed = |column: &Column| !matches!(column, Column::UserName | Column::Password);
    let named = |(language, column): (Language, Column)| {
        let key = format!("list-customers-{}", column.field());
        Some((Words::of(language).get(&key)?, column))
    };
    LANGUAGES
        .into_iter()
        .flat_map(|language| {
            COLUMNS
                .into_iter()
                .filter(listed)
                .map(move |column| (language, column))
        })
        .filter_map(named)
        .collect()
});

/// How the customer list calls the columns that an import does not read.
static OWN_SURPLUS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    LANGUAGES
        .into_iter()
        .flat_map(|language| {
            let columns = crate::customers::list::DEFINITION.columns.iter();
            columns
                .filter_map(move |column| Words::of(language).get(&format!("list-customers-{}", column.name)))
        })
        .filter(|name| Column::named(name).is_none())
        .collect()
});

/// The values of a choice of the customer list as its own export writes them in any language.
pub fn own_choice<'a>(column: &str, values: &'a [&'a str], text: &str) -> Option<&'a str> {
    let is = |language, value: &str| {
        let word = Words::of(language).get(&format!("choice-customers-{column}-{value}"));
        word.as_deref() == Some(text)
    };
    values
        .iter()
        .copied()
        .find(|value| LANGUAGES.into_iter().any(|language| is(language, value)))
}
