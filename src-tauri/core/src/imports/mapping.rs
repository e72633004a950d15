//! Which column of a file is which, where its header does not say so itself (CUS-26). Pure.
//!
//! What a person has said of a header is remembered for every file with the same columns, in whatever order.

use super::columns::{COLUMN_COUNT, Column, ImportKind, LANGUAGES};
use super::types::MappedBy;
use flotilla_kernel::words::Words;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A file with more columns is no table of customers; those behind them are left out of a mapping.
pub const MAPPED_COLUMNS: usize = 200;
/// The longest name of a column that is kept and shown, in characters.
pub const HEADER_LENGTH: usize = 120;

/// What a person has said of the columns of a file: of each its name in the header, and what it is; none: it is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// In the order of the file it was said of.
    columns: Vec<(String, Option<Column>)>,
    /// Whether it was said of an earlier file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub remembered: bool,
    /// What the rows of that file become; the same columns may mean something else in a file of another kind.
    #[serde(default, skip_serializing_if = "is_of_customers")]
    kind: ImportKind,
}

fn is_of_customers(kind: &ImportKind) -> bool {
    *kind == ImportKind::Customers
}

/// A name of the header as it is kept and compared.
pub fn header_name(name: &str) -> String {
    name.chars().take(HEADER_LENGTH).collect()
}

impl Mapping {
    /// Of a file with these names in its header.
    pub fn new(kind: ImportKind, names: &[String], columns: &[Option<Column>]) -> Self {
        let of = |place: usize| columns.get(place).copied().flatten();
        Self {
            columns: names
                .iter()
                .take(MAPPED_COLUMNS)
                .enumerate()
                .map(|(place, name)| (header_name(name), of(place)))
                .collect(),
            remembered: false,
            kind,
        }
    }

    /// The same, as it is applied to a later file.
    pub fn remembered(self) -> Self {
        Self {
            remembered: true,
            ..self
        }
    }

    /// By what it is remembered: the same for every file with these columns, in any order.
    pub fn key(&self) -> Vec<u8> {
        let mut names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut hash = Sha256::new();
        if self.kind == ImportKind::Devices {
            hash.update(b"devices");
        }
        for name in names {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
        }
        hash.finalize().to_vec()
    }

    /// What each column of a file with these names is; none when it has other columns. Of two columns of one name the
    /// first is the first.
    pub fn apply(&self, kind: ImportKind, names: &[String]) -> Option<Vec<Option<Column>>> {
        if kind != self.kind || names.len().min(MAPPED_COLUMNS) != self.columns.len() {
            return None;
        }
        let mut left: HashMap<&str, Vec<Option<Column>>> = HashMap::new();
        for (name, column) in self.columns.iter().rev() {
            left.entry(name).or_default().push(*column);
        }
        let mut columns = Vec::with_capacity(names.len());
        for name in names.iter().take(MAPPED_COLUMNS) {
            columns.push(left.get_mut(header_name(name).as_str())?.pop()?);
        }
        columns.resize(names.len(), None);
        Some(columns)
    }

    /// Who has said it.
    pub fn by(&self) -> MappedBy {
        if self.remembered {
            MappedBy::Remembered
        } else {
            MappedBy::Person
        }
    }
}

/// The column that is named twice, if one is: which of the two is meant only a person knows.
pub fn named_twice(columns: &[Option<Column>]) -> Option<Column> {
    let mut seen = [false; COLUMN_COUNT];
    columns
        .iter()
        .flatten()
        .copied()
        .find(|column| std::mem::replace(&mut seen[*column as usize], true))
}

/// A name as names of columns are compared where they are only guessed: letters and digits, in lower case.
fn plain(name: &str) -> String {
    let folded = flotilla_kernel::database::search_fold(name);
    folded
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// What other programs call these columns.
const USUAL_NAMES: &[(Column, &[&str])] = &[
    (
        Column::Host,
        &[
            "ip",
            "ip address",
            "host",
            "hostname",
            "fqdn",
            "server",
            "adresse ip",
            "hôte",
            "nom d’hôte",
            "serveur",
            "IPアドレス",
            "ホスト",
            "ホスト名",
            "サーバー",
        ],
    ),
    (
        Column::Port,
        &["tcp port", "https port", "port tcp", "ポート番号"],
    ),
    (
        Column::Name,
        &[
            "customer",
            "customer name",
            "company",
            "client",
            "nom du client",
            "société",
            "顧客",
            "顧客名",
            "会社名",
        ],
    ),
    (
        Column::UserName,
        &[
            "user",
            "username",
            "user name",
            "login",
            "service user",
            "utilisateur",
            "identifiant",
            "ユーザー",
            "ユーザー名",
            "ログイン",
        ],
    ),
    (Column::Password, &["pass", "pwd", "service password"]),
    (
        Column::Address,
        &[
            "street",
            "postal address",
            "site address",
            "adresse postale",
            "rue",
            "住所",
            "所在地",
        ],
    ),
    (
        Column::Telephone,
        &["phone", "tel", "phone number", "tél", "電話", "電話番号"],
    ),
    (Column::Email, &["mail", "e-mail", "courriel", "メール"]),
    (
        Column::Notes,
        &[
            "notes",
            "comment",
            "comments",
            "remark",
            "remarque",
            "commentaire",
            "備考",
        ],
    ),
    (Column::Tags, &["tag", "labels", "étiquettes", "タグ"]),
    (Column::Mode, &["deployment", "déploiement"]),
    (
        Column::Folder,
        &[
            "folder path",
            "path",
            "location",
            "site",
            "dossier",
            "chemin",
            "emplacement",
            "フォルダー",
            "フォルダ",
            "設置場所",
        ],
    ),
];

/// What they are called in files of devices only.
const USUAL_NAMES_OF_DEVICES: &[(Column, &[&str])] = &[
    (Column::Host, &["adresse", "camera ip", "アドレス"]),
    (
        Column::Name,
        &[
            "device",
            "device name",
            "camera",
            "camera name",
            "périphérique",
            "caméra",
            "デバイス",
            "デバイス名",
            "カメラ",
            "カメラ名",
        ],
    ),
];

/// Words that the name of a column with passwords holds.
const SECRET_WORDS: &[&str] = &[
    "password",
    "passwd",
    "passwort",
    "kennwort",
    "pwd",
    "motdepasse",
    "mdp",
    "secret",
    "token",
    "credential",
    "pin",
    "パスワード",
    "暗証",
    "秘密",
];

type Guesses = HashMap<String, Column>;

static GUESSES_OF_CUSTOMERS: LazyLock<Guesses> = LazyLock::new(|| guesses(ImportKind::Customers));
static GUESSES_OF_DEVICES: LazyLock<Guesses> = LazyLock::new(|| guesses(ImportKind::Devices));

fn guesses(kind: ImportKind) -> Guesses {
    let mut guesses = Guesses::new();
    for &column in kind.columns() {
        guesses.insert(plain(column.header(kind)), column);
        for language in LANGUAGES {
            let list = match kind {
                ImportKind::Customers => "customers",
                ImportKind::Devices => "systems",
            };
            for key in [
                format!("list-{list}-{}", column.field()),
                format!("import-column-{}", column.field()),
            ] {
                if let Some(word) = Words::of(language).get(&key) {
                    guesses.entry(plain(&word)).or_insert(column);
                }
            }
        }
    }
    let own: &[(Column, &[&str])] = match kind {
        ImportKind::Customers => &[],
        ImportKind::Devices => USUAL_NAMES_OF_DEVICES,
    };
    for (column, names) in own
        .iter()
        .chain(USUAL_NAMES)
        .filter(|(column, _)| kind.columns().contains(column))
    {
        for name in *names {
            guesses.entry(plain(name)).or_insert(*column);
        }
    }
    guesses
}

/// What a column of this name seems to be in a file of this kind. It is proposed, and read only once a person has said so.
pub fn guessed(kind: ImportKind, name: &str) -> Option<Column> {
    let guesses: &Guesses = match kind {
        ImportKind::Customers => &GUESSES_OF_CUSTOMERS,
        ImportKind::Devices => &GUESSES_OF_DEVICES,
    };
    let name = plain(name);
    guesses
        .get(&name)
        .copied()
        .or_else(|| names_a_secret(&name).then_some(Column::Password))
}

/// Whether the name of a column says that it holds passwords; what it holds is not shown (GEN-08).
pub fn is_secret_name(name: &str) -> bool {
    names_a_secret(&plain(name))
}

fn names_a_secret(plain: &str) -> bool {
    SECRET_WORDS.iter().any(|word| match *word {
        // Short ones stand in many words.
        "pin" => plain == "pin",
        word => plain.contains(word),
    })
}

/// Whether a text could be a password: one word with letters and digits or signs in it that is neither an address, a number
/// nor a plain word. What cannot be told is taken for one (GEN-08).
pub fn looks_secret(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    if !(4..=128).contains(&length) || text.contains(char::is_whitespace) || !text.is_ascii() {
        return false;
    }
    let has = |test: fn(&u8) -> bool| text.bytes().any(|byte| test(&byte));
    let letters = has(u8::is_ascii_alphabetic);
    let digits = has(u8::is_ascii_digit);
    let signs = text.bytes().any(|byte| {
        !byte.is_ascii_alphanumeric()
            && !matches!(
                byte,
                b'.' | b'-' | b':' | b'/' | b'@' | b'_' | b'\'' | b'+' | b'(' | b')'
            )
    });
    let named =
        text.contains('@') || super::check::canonical_host(text).is_some() && text.contains(['.', ':']);
    letters && (digits || signs) && !named || signs && digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// CUS-26: a mapping is of a set of columns: in any order, each of two with one name by itself; other columns are other
    /// files.
    #[test]
    fn a_mapping_is_of_a_set_of_columns() {
        let host = Some(Column::Host);
        let (first, second) = (Some(Column::Telephone), Some(Column::Notes));
        let mapping = Mapping::new(
            ImportKind::Customers,
            &names(&["Kunde", "IP", "Info", "Info"]),
            &[None, host, first, second],
        );
        assert_eq!(
            mapping.apply(ImportKind::Customers, &names(&["Info", "IP", "Info", "Kunde"])),
            Some(vec![first, host, second, None])
        );
        assert_eq!(
            mapping.apply(ImportKind::Customers, &names(&["Kunde", "IP", "Info"])),
            None
        );
        assert_eq!(
            mapping.apply(ImportKind::Customers, &names(&["Kunde", "IP", "Info", "Other"])),
            None
        );
        assert_eq!(
            mapping.apply(ImportKind::Customers, &names(&["Kunde", "IP", "IP", "Info"])),
            None
        );
        let other = Mapping::new(
            ImportKind::Customers,
            &names(&["Info", "IP", "Kunde", "Info"]),
            &[],
        );
        assert_eq!(mapping.key(), other.key());
        assert_ne!(
            mapping.key(),
            Mapping::new(ImportKind::Customers, &names(&["Info", "IP", "Kunde"]), &[]).key()
        );
        assert_eq!(named_twice(&[host, None, host]), host);
        assert_eq!(named_twice(&[host, None, first]), None);
    }

    #[rstest]
    #[case("IP-Adresse", None)]
    #[case("ip address", Some(Column::Host))]
    #[case("HOSTNAME", Some(Column::Host))]
    #[case("Nom du client", Some(Column::Name))]
    #[case("顧客名", Some(Column::Name))]
    #[case("Kennwort", Some(Column::Password))]
    #[case("Service password (new)", Some(Column::Password))]
    #[case("Spinach", None)]
    fn names_are_guessed(#[case] name: &str, #[case] expected: Option<Column>) {
        assert_eq!(guessed(ImportKind::Customers, name), expected);
    }

    /// GEN-08: what may be a password is not shown; what a person knows a column by is.
    #[rstest]
    #[case("S3cret-pw", true)]
    #[case("Fleet-2026x", true)]
    #[case("hunter2", true)]
    #[case("192.0.2.10", false)]
    #[case("pbx1.example.org", false)]
    #[case("8443", false)]
    #[case("COMAdmin", false)]
    #[case("Hotel Miramar 7", false)]
    #[case("office1@miramar.example", false)]
    #[case("+49-40-5550", false)]
    #[case("p!", false)]
    #[case("pass!word", true)]
    fn what_may_be_a_password_is_told(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(looks_secret(text), expected, "{text}");
    }
}
