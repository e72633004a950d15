//! The columns of files of customers (CUS-20) and of devices (DEV-04), and how the lists' own exports call them (CUS-26).

use flotilla_kernel::lists::ListDefinition;
use flotilla_kernel::words::{Language, Words};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use ts_rs::TS;

/// What the rows of a file become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Customers with their main connections (CUS-20).
    #[default]
    Customers,
    /// Devices of one organization (DEV-04).
    Devices,
}

impl ImportKind {
    /// The columns of such a file, in the order of its template.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Customers => &COLUMNS[..COLUMN_COUNT - 1],
            Self::Devices => &[
                Column::Host,
                Column::Port,
                Column::Name,
                Column::Folder,
                Column::UserName,
                Column::Password,
            ],
        }
    }

    /// The columns without which the rows make no sense.
    pub fn required(self) -> &'static [Column] {
        match self {
            Self::Customers => &[Column::Host, Column::Name],
            Self::Devices => &[Column::Host],
        }
    }

    /// The port of a row without one.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Customers => 8443,
            Self::Devices => 443,
        }
    }

    /// The list whose own export has such columns.
    fn list(self) -> &'static ListDefinition {
        match self {
            Self::Customers => &crate::customers::list::DEFINITION,
            Self::Devices => &crate::systems::list::DEFINITION,
        }
    }
}

/// The columns there are: those of customers in the order of the template, then that of devices alone.
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
    /// `Folder`: the names from the top down, separated by `/`; empty: the folder that was chosen for all.
    Folder,
}

/// How many there are.
pub const COLUMN_COUNT: usize = 12;

/// All of them, of any file.
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
    Column::Folder,
];

impl Column {
    /// The column of this name in a header of such a file, also as the list's own export calls it in any language; none when there is
    /// none.
    pub fn named(kind: ImportKind, name: &str) -> Option<Self> {
        kind.columns()
            .iter()
            .copied()
            .find(|column| column.header(kind) == name)
            .or_else(|| own(kind).names.get(name).copied())
    }

    /// Whether the list's own export calls a column so, in any language, that is none of the import's: it is known and left out.
    pub fn is_own_surplus(kind: ImportKind, name: &str) -> bool {
        // A time is written with its zone behind the name.
        let bare = name.split(" (").next().unwrap_or(name);
        let surplus = &own(kind).surplus;
        surplus.contains(bare) || surplus.contains(name)
    }

    /// Its name in the header of such a file (CUS-20, DEV-04).
    pub fn header(self, kind: ImportKind) -> &'static str {
        let devices = kind == ImportKind::Devices;
        match self {
            Self::Host if devices => "Address",
            Self::Host => "IP Address/FQDN",
            Self::Port => "Port",
            Self::Name => "Name",
            Self::UserName if devices => "User name",
            Self::UserName => "Ipoffice Username",
            Self::Password if devices => "Password",
            Self::Password => "Ipoffice Password",
            Self::Address => "Address",
            Self::Telephone => "Telephone Number",
            Self::Email => "Email",
            Self::Notes => "Note",
            Self::Tags => "Tags",
            Self::Mode => "Mode",
            Self::Folder => "Folder",
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
            Self::Folder => "folder",
        }
    }
}

/// Every language an export may be in.
pub const LANGUAGES: [Language; 3] = [Language::En, Language::Fr, Language::Ja];

/// How a list's own export calls its columns, in every language.
struct OwnNames {
    /// Those that an import reads. User name and password are in no export.
    names: HashMap<String, Column>,
    /// The others.
    surplus: HashSet<String>,
}

static OWN_OF_CUSTOMERS: LazyLock<OwnNames> = LazyLock::new(|| own_names(ImportKind::Customers));
static OWN_OF_DEVICES: LazyLock<OwnNames> = LazyLock::new(|| own_names(ImportKind::Devices));

fn own(kind: ImportKind) -> &'static OwnNames {
    match kind {
        ImportKind::Customers => &OWN_OF_CUSTOMERS,
        ImportKind::Devices => &OWN_OF_DEVICES,
    }
}

fn own_names(kind: ImportKind) -> OwnNames {
    let word = |language: Language, field: &str| {
        Words::of(language).get(&format!("list-{}-{field}", kind.list().list.0))
    };
    let mut own = OwnNames {
        names: HashMap::new(),
        surplus: HashSet::new(),
    };
    for language in LANGUAGES {
        for &column in kind.columns() {
            let listed = !matches!(column, Column::UserName | Column::Password);
            if let Some(name) = word(language, column.field()).filter(|_| listed) {
                own.names.insert(name, column);
            }
        }
    }
    for language in LANGUAGES {
        for column in kind.list().columns {
            let name = word(language, column.name);
            let is_known = |name: &String| {
                own.names.contains_key(name)
                    || kind.columns().iter().any(|column| column.header(kind) == name)
            };
            own.surplus.extend(name.filter(|name| !is_known(name)));
        }
    }
    own
}

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
