//! Errors as values: a code, what it is about, and whether trying again can help. The words are Fluent's.

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

macro_rules! error_codes {
    ($($(#[$meta:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// Every error a person can meet. Its words stand in `ui/locales/*.ftl` under
        /// `error-` and the code with dots replaced by hyphens; what to do, in the attribute `.action` (GEN-04).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
        pub enum ErrorCode {
            $($(#[$meta])* #[ts(rename = $code)] $name,)*
        }

        impl ErrorCode {
            /// All of them, for the check that each has its words.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

error_codes! {
    // The call itself
    UnknownCommand = "call.unknown",
    BadArguments = "call.arguments",
    TooLarge = "call.too-large",
    TooManyCalls = "call.too-many",
    TooSlow = "call.too-slow",
    NotSignedIn = "session.missing",
    SessionEnded = "session.ended",
    PasswordChangeNeeded = "session.password-change-needed",
    TermsNotAccepted = "session.terms-not-accepted",
    RightMissing = "right.missing",
    NotFound = "not-found",
    Internal = "internal",
    HostUnreachable = "host.unreachable",
    AnswerUnreadable = "host.answer-unreadable",
    // The workspace
    WorkspaceLocked = "workspace.locked",
    WorkspaceKeyWrong = "workspace.key-wrong",
    WorkspaceKeyMissing = "workspace.key-missing",
    WorkspaceMissing = "workspace.missing",
    DatabaseMissing = "workspace.database-missing",
    WorkspaceTooNew = "workspace.too-new",
    WorkspaceDamaged = "workspace.damaged",
    MigrationFailed = "workspace.migration-failed",
    WorkspaceHasAccounts = "workspace.has-accounts",
    WorkspaceHasNoAccount = "workspace.has-no-account",
    WorkspaceInUse = "workspace.in-use",
    OtherVersion = "workspace.other-version",
    DiskFault = "workspace.disk-fault",
    DiskFull = "workspace.disk-full",
    ReadOnly = "workspace.read-only",
    Busy = "workspace.busy",
    // Forms: the problems of the fields travel with it
    FormInvalid = "form.invalid",
    FieldRequired = "field.required",
    FieldTooLong = "field.too-long",
    FieldTaken = "field.taken",
    FieldNotANumber = "field.not-a-number",
    FieldOutOfRange = "field.out-of-range",
    FieldNotAnAddress = "field.not-an-address",
    FieldNotAnEmail = "field.not-an-email",
    FieldNotATelephone = "field.not-a-telephone",
    FieldNotADate = "field.not-a-date",
    FieldNotAZone = "field.not-a-zone",
    FieldNotAChoice = "field.not-a-choice",
    FieldNotATemplate = "field.not-a-template",
    FieldControlCharacter = "field.control-character",
    TooManyTags = "field.too-many-tags",
    NamesTooLong = "field.names-too-long",
    PasswordsDiffer = "password.differ",
    PasswordForAddress = "password.for-address",
    PasswordTooShort = "password.too-short",
    PasswordTooLong = "password.too-long",
    PasswordTooSimple = "password.too-simple",
    PasswordHoldsLogin = "password.holds-login",
    PasswordCommon = "password.common",
    PasswordUsedBefore = "password.used-before",
    // Signing in
    SignInRefused = "sign-in.refused",
    SignInWait = "sign-in.wait",
    AccountDisabled = "sign-in.disabled",
    AccountExpired = "sign-in.expired",
    PasswordWrong = "password.wrong",
    // Accounts
    CannotChangeSelf = "account.cannot-change-self",
    LastAdministrator = "account.last-administrator",
    SoleOwner = "account.sole-owner",
    PictureUnreadable = "picture.unreadable",
    PictureTooLarge = "picture.too-large",
    // Organizations and folders
    LastOwner = "organization.last-owner",
    IdNotRepeated = "organization.id-not-repeated",
    FolderIsDefault = "folder.default",
    FolderIntoItself = "folder.into-itself",
    FolderTooDeep = "folder.too-deep",
    FolderNameTaken = "folder.name-taken",
    FolderNotEmpty = "folder.not-empty",
    FolderElsewhere = "folder.other-organization",
    // Customers
    ConnectionNotTested = "customer.not-tested",
    TestOutdated = "customer.test-outdated",
    CertificateNotThisOne = "certificate.not-this-one",
    CertificateChanged = "certificate.changed",
    SolutionTooLarge = "customer.solution-too-large",
    Cancelled = "work.cancelled",
    ServiceElsewhere = "service.elsewhere",
    Changed = "changed-meanwhile",
    // Import
    FileTooLarge = "import.file-too-large",
    FileEmpty = "import.file-empty",
    ImportUnreadable = "import.unreadable",
    FileNotText = "import.not-text",
    HeaderMissing = "import.header-missing",
    HeaderUnknown = "import.header-unknown",
    HeaderTwice = "import.header-twice",
    QuotingWrong = "import.quoting",
    TooManyColumns = "import.too-many-columns",
    TooFewColumns = "import.too-few-columns",
    TooManyRows = "import.too-many-rows",
    FormulaLike = "import.formula",
    SameNameAsRow = "import.same-name",
    SameAddressAsRow = "import.same-address",
    AmbiguousUpdate = "import.ambiguous",
    NameOfAnotherCustomer = "import.name-of-another",
    ImportBusy = "import.busy",
    NothingToSave = "import.nothing-to-save",
    FileNotDeleted = "import.file-not-deleted",
    // Lists and files
    UnknownColumn = "list.unknown-column",
    ViewNameTaken = "list.view-name-taken",
    TransferGone = "transfer.gone",
    TooManyTransfers = "transfer.too-many",
    FileUnreadable = "file.unreadable",
    FileUnwritable = "file.unwritable",
    // Launching
    LaunchTooMany = "launch.too-many",
    NotThisMode = "launch.not-this-mode",
    NoAddress = "launch.no-address",
    // Audit
    AuditBroken = "audit.broken",
    // The demo fleet
    DemoUnavailable = "demo.unavailable",
    HostOnly = "host.only",
    // The command line
    CommandLineWrong = "cli.usage",
    WorkspaceNotNamed = "cli.workspace-not-named",
    NobodyToAsk = "cli.nobody-to-ask",
}

impl Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for ErrorCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.code() == text)
            .ok_or_else(|| serde::de::Error::custom("not an error code"))
    }
}

/// What an error is about: names, numbers and limits that stand in its words.
pub type Parameters = BTreeMap<String, Parameter>;

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, TS)]
#[serde(untagged)]
pub enum Parameter {
    /// A count, a limit, an instant.
    Number(i64),
    /// A name as the person knows it. Never a secret.
    Text(String),
}

impl From<&str> for Parameter {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Parameter {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<i64> for Parameter {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}
impl From<usize> for Parameter {
    fn from(value: usize) -> Self {
        Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// What is wrong with one field or cell.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, TS)]
pub struct FieldProblem {
    /// The field's name as in the arguments, for example `port`.
    pub field: String,
    pub code: ErrorCode,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<Parameters>")]
    pub params: Parameters,
}

impl FieldProblem {
    /// A problem without parameters.
    pub fn new(field: &str, code: ErrorCode) -> Self {
        Self {
            field: field.to_owned(),
            code,
            params: Parameters::new(),
        }
    }

    /// With one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Parameter>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// The answer of a host when a call fails; here so that the interface gets its type.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Failure {
    pub error: WireError,
}

/// An error on its way to a person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WireError {
    pub code: ErrorCode,
    pub params: Parameters,
    /// Every field that is wrong, all at once (only with `form.invalid`).
    pub fields: Vec<FieldProblem>,
    /// Whether the same call may succeed later without anything being changed.
    pub retryable: bool,
    /// Finds the error in the log; empty when the log has nothing to add.
    pub id: String,
}

/// An error inside the core: what the person is told, and what only the log is told.
#[derive(Debug, thiserror::Error)]
#[error("{code:?} {params:?} {fields:?}")]
pub struct Problem {
    pub code: ErrorCode,
    pub params: Parameters,
    pub fields: Vec<FieldProblem>,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// Somebody wanted what is not theirs: an entry of the audit log (ADM-20), whatever they are told.
    pub refused: bool,
}

/// What every function of the core gives back.
pub type Outcome<T> = Result<T, Problem>;

impl Problem {
    /// An error with this code and nothing more.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            params: Parameters::new(),
            fields: Vec::new(),
            source: None,
            refused: code == ErrorCode::RightMissing,
        }
    }

    /// What is outside a person's sight reads like what does not exist, and is refused all the same.
    pub fn not_visible() -> Self {
        Self {
            refused: true,
            ..Self::new(ErrorCode::NotFound)
        }
    }

    /// With one more parameter for its words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Parameter>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// With the cause the log is told.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Something that should not happen; the log has the cause.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorCode::Internal).caused_by(source)
    }

    /// `form.invalid` when there is any problem, otherwise nothing.
    ///
    /// # Errors
    /// All the problems at once.
    pub fn of_fields(fields: Vec<FieldProblem>) -> Outcome<()> {
        if fields.is_empty() {
            Ok(())
        } else {
            Err(Self {
                fields,
                ..Self::new(ErrorCode::FormInvalid)
            })
        }
    }

    /// The one field that is wrong.
    pub fn of_field(field: FieldProblem) -> Self {
        Self {
            fields: vec![field],
            ..Self::new(ErrorCode::FormInvalid)
        }
    }

    /// Whether the same call may succeed later by itself.
    pub fn retryable(&self) -> bool {
        matches!(
            self.code,
            ErrorCode::Busy
                | ErrorCode::SignInWait
                | ErrorCode::ImportBusy
                | ErrorCode::DiskFull
                | ErrorCode::TooManyCalls
                | ErrorCode::TooSlow
                | ErrorCode::HostUnreachable
        )
    }

    /// For the wire; errors with a cause get an id that is also in the log.
    pub fn into_wire(self) -> WireError {
        let id = match &self.source {
            Some(source) => {
                let id = uuid::Uuid::now_v7().simple().to_string();
                tracing::error!(id, code = self.code.code(), cause = %source, "a call failed");
                id
            }
            None => String::new(),
        };
        let retryable = self.retryable();
        WireError {
            code: self.code,
            params: self.params,
            fields: self.fields,
            retryable,
            id,
        }
    }
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

/// SQLite could not make its `-shm` file larger: there is no room.
const IOERR_SHMSIZE: i32 = 10 | (19 << 8);

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        // SQLite's result codes: https://sqlite.org/rescode.html. The lower byte is the primary one.
        let extended = error
            .as_database_error()
            .and_then(|database| database.code())
            .and_then(|code| code.parse::<i32>().ok());
        let code = match (extended, extended.map(|code| code & 0xff)) {
            // The file that readers and writer share could not grow, or the log beside the database.
            (Some(IOERR_SHMSIZE), _) | (_, Some(13)) => ErrorCode::DiskFull,
            (_, Some(8 | 14)) => ErrorCode::ReadOnly,
            (_, Some(5 | 6)) => ErrorCode::Busy,
            (_, Some(10)) => ErrorCode::DiskFault,
            (_, Some(11 | 26)) => ErrorCode::WorkspaceDamaged,
            _ if matches!(error, sqlx::Error::PoolTimedOut) => ErrorCode::Busy,
            // Only while it is being closed.
            _ if matches!(error, sqlx::Error::PoolClosed) => ErrorCode::WorkspaceLocked,
            _ => ErrorCode::Internal,
        };
        Self::new(code).caused_by(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GEN-04: a reader that does not come free is no inner error; trying again can help.
    #[test]
    fn a_busy_database_is_said_to_be_busy() {
        let busy = Problem::from(sqlx::Error::PoolTimedOut);
        assert_eq!((busy.code, busy.retryable()), (ErrorCode::Busy, true));
        let closed = Problem::from(sqlx::Error::PoolClosed);
        assert_eq!(closed.code, ErrorCode::WorkspaceLocked);
    }
}
