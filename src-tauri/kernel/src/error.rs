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

            /// The error with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

error_codes! {
    // The call itself
    /// No feature has a command of this name: host and core are of different versions.
    UnknownCommand = "call.unknown",
    /// The arguments are no JSON, or not of the command's type. Parameters: `line` and `column` of the place, or the
    /// name of the argument.
    BadArguments = "call.arguments",
    /// More ids, bytes or windows than allowed. Parameter: `limit`.
    TooLarge = "call.too-large",
    /// One address has too many calls under way, or calls too often (ADM-30).
    TooManyCalls = "call.too-many",
    /// The body of a call is said to be something else than JSON.
    NotJson = "call.not-json",
    /// The request names a host that this server does not answer for (ADM-30). Parameter: `host`.
    HostNotServed = "host.not-served",
    /// Another program listens at the address already. Parameter: `address`.
    AddressInUse = "host.address-in-use",
    /// The address cannot be listened at. Parameter: `address`.
    AddressUnusable = "host.address-unusable",
    /// The body of a request did not come in time.
    TooSlow = "call.too-slow",
    /// The call needs an account, and there is no session.
    NotSignedIn = "session.missing",
    /// The session ran out, was signed out, or was ended by an administrator (ACC-10, ACC-12).
    SessionEnded = "session.ended",
    /// The account must change its password before anything else (ACC-09).
    PasswordChangeNeeded = "session.password-change-needed",
    /// The account has not accepted the licence terms in force (ACC-08).
    TermsNotAccepted = "session.terms-not-accepted",
    /// The account sees what the call is about, but has no right to the act (RGT-01 to RGT-15).
    RightMissing = "right.missing",
    /// There is no such thing, or none that the account may see.
    NotFound = "not-found",
    /// Something that should not happen; the cause stands in the log under the error's id. Nothing was changed.
    Internal = "internal",
    /// The host, or the shared workspace that this one has joined, cannot be reached (ADM-30).
    HostUnreachable = "host.unreachable",
    /// The host's answer is not what the caller expects: the two are of different versions.
    AnswerUnreadable = "host.answer-unreadable",
    // The workspace
    /// The database needs its password, or is being closed (ADM-04).
    WorkspaceLocked = "workspace.locked",
    /// The given key or password does not open the database (ADM-04).
    WorkspaceKeyWrong = "workspace.key-wrong",
    /// The folder has a database, but `key.json`, which says how it is opened, is gone (ADM-04).
    KeyFileMissing = "workspace.key-file-missing",
    /// The keychain does not hold the key of this workspace (ADM-04).
    WorkspaceKeyMissing = "workspace.key-missing",
    /// The folder holds no workspace. Parameter: `folder`.
    WorkspaceMissing = "workspace.missing",
    /// The folder has a key file, but the database beside it is gone.
    DatabaseMissing = "workspace.database-missing",
    /// The folder has a key file, but the database beside it is an empty file.
    DatabaseEmpty = "workspace.database-empty",
    /// The database is shorter than it says, or its table of contents cannot be read.
    DatabaseCut = "workspace.database-cut",
    /// The key fits this workspace, but the database is another workspace's.
    DatabaseForeign = "workspace.database-foreign",
    /// The key fits this workspace, but the first page of the database does not decrypt.
    FirstPageDamaged = "workspace.first-page-damaged",
    /// The key file is not what this program writes.
    KeyFileDamaged = "workspace.key-file-damaged",
    /// A newer version of the program wrote the database; this one leaves it alone (REL-02).
    WorkspaceTooNew = "workspace.too-new",
    /// The database or a file of the workspace cannot be read as what it should be. Parameter: `file`, where known.
    WorkspaceDamaged = "workspace.damaged",
    /// What is in the database does not fit a migration; the database is as before (REL-02). Parameter: `number` of
    /// the migration.
    MigrationFailed = "workspace.migration-failed",
    /// The first administrator cannot be created: the workspace has an account (ACC-01).
    WorkspaceHasAccounts = "workspace.has-accounts",
    /// The command needs an account, and the workspace has none yet (ACC-01).
    WorkspaceHasNoAccount = "workspace.has-no-account",
    /// The workspace cannot be exchanged for another one while somebody is signed in or it has accounts.
    WorkspaceInUse = "workspace.in-use",
    /// Interface and server are of different versions. Parameters: `there`, `here`.
    OtherVersion = "workspace.other-version",
    /// The disk failed while reading or writing (REL-03).
    DiskFault = "workspace.disk-fault",
    /// The disk has no room left; nothing was saved (REL-03).
    DiskFull = "workspace.disk-full",
    /// The workspace's folder or database cannot be written to (REL-03).
    ReadOnly = "workspace.read-only",
    /// The database had no connection or lock to give in time; the same call may succeed later.
    Busy = "workspace.busy",
    // Forms: the problems of the fields travel with it
    /// One or several fields are wrong; [`Problem::fields`] names each.
    FormInvalid = "form.invalid",
    /// The field is empty and must not be.
    FieldRequired = "field.required",
    /// The text has more code points than allowed. Parameter: `limit`.
    FieldTooLong = "field.too-long",
    /// The value must be unique and another record has it.
    FieldTaken = "field.taken",
    /// The value cannot be used; whether another record has it is not for this account to know.
    FieldNotAvailable = "field.not-available",
    /// The text is no whole number.
    FieldNotANumber = "field.not-a-number",
    /// The number lies outside its limits. Parameters: `least`, `most`.
    FieldOutOfRange = "field.out-of-range",
    /// The text is neither an IP address nor a host name.
    FieldNotAnAddress = "field.not-an-address",
    /// The text is no e-mail address.
    FieldNotAnEmail = "field.not-an-email",
    /// The text is no telephone number. Parameter: `limit`, in digits (ACC-02).
    FieldNotATelephone = "field.not-a-telephone",
    /// The text is no web address (LIC-77).
    FieldNotAWebAddress = "field.not-a-web-address",
    /// The value is no calendar date.
    FieldNotADate = "field.not-a-date",
    /// The text is no IANA time zone known to this program (GEN-06).
    FieldNotAZone = "field.not-a-zone",
    /// The value is none of those the field offers.
    FieldNotAChoice = "field.not-a-choice",
    /// The text is no address template (CUS-50).
    FieldNotATemplate = "field.not-a-template",
    /// The text holds a control character, or a line end where none is allowed.
    FieldControlCharacter = "field.control-character",
    /// The text holds a character that nobody sees, such as a zero-width space (CUS-26). Parameter: `character`, its code point.
    FieldInvisibleCharacter = "field.invisible-character",
    /// More tags than one customer may have (CUS-10). Parameter: `limit`.
    TooManyTags = "field.too-many-tags",
    /// First and last name together are too long (ACC-02). Parameter: `limit`, in code points.
    NamesTooLong = "field.names-too-long",
    /// Password and confirmation are not the same (ACC-02).
    PasswordsDiffer = "password.differ",
    /// The address was changed and the password was not given anew: the stored one is not sent to another address.
    PasswordForAddress = "password.for-address",
    /// The password is shorter than the policy asks (ACC-03). Parameter: `limit`, in code points.
    PasswordTooShort = "password.too-short",
    /// The password is longer than the policy allows (ACC-03). Parameter: `limit`, in code points.
    PasswordTooLong = "password.too-long",
    /// The password has fewer than two classes of characters (ACC-03).
    PasswordTooSimple = "password.too-simple",
    /// The password contains the login name (ACC-03).
    PasswordHoldsLogin = "password.holds-login",
    /// The password stands in the bundled list of common passwords (ACC-03).
    PasswordCommon = "password.common",
    /// The password is among the last ones of this account (ACC-04).
    PasswordUsedBefore = "password.used-before",
    // Signing in
    /// Unknown login name, wrong password or locked account; which of them is not said (ACC-06).
    SignInRefused = "sign-in.refused",
    /// Too many failures in a row; the next try is taken after a wait (ACC-07). Parameter: `seconds`.
    SignInWait = "sign-in.wait",
    /// The password is right and the account is disabled (ACC-06).
    AccountDisabled = "sign-in.disabled",
    /// The password is right and the account's expiry date has come (ACC-06, ACC-11).
    AccountExpired = "sign-in.expired",
    /// The present password, asked for beside the new one, is wrong (ACC-20).
    PasswordWrong = "password.wrong",
    // Accounts
    /// The signed-in account cannot delete, disable or demote itself (ACC-18).
    CannotChangeSelf = "account.cannot-change-self",
    /// No enabled administrator would remain (ACC-18).
    LastAdministrator = "account.last-administrator",
    /// The account is the only owner of organizations (ACC-18, ORG-05). Parameter: `organizations`, their names.
    SoleOwner = "account.sole-owner",
    /// The file is no PNG, JPEG or WebP picture that can be decoded (ACC-21).
    PictureUnreadable = "picture.unreadable",
    /// The picture has more than 5 MiB or more than 4096 pixels a side (ACC-21).
    PictureTooLarge = "picture.too-large",
    /// An organization keeps at least one owner (ORG-05).
    LastOwner = "organization.last-owner",
    /// The organization's id was not repeated as it is asked for before archiving (ORG-06).
    IdNotRepeated = "organization.id-not-repeated",
    /// The default folder can be neither moved nor deleted (ORG-01).
    FolderIsDefault = "folder.default",
    /// A folder cannot be moved into itself or below (ORG-20).
    FolderIntoItself = "folder.into-itself",
    /// There would be more levels than allowed (ORG-20). Parameter: `limit`.
    FolderTooDeep = "folder.too-deep",
    /// A folder beside it has this name, without regard to case (ORG-20). Parameter: `name`.
    FolderNameTaken = "folder.name-taken",
    /// A folder that holds folders or systems is not deleted (ORG-21). The parameters count them.
    FolderNotEmpty = "folder.not-empty",
    /// The folder belongs to another organization than what is to be put into it.
    FolderElsewhere = "folder.other-organization",
    /// No invitation that waits has this code: it was mistyped, accepted, revoked, replaced by a newer one, or has ended (ORG-12).
    InvitationUnknown = "invitation.unknown",
    /// The invitation is for another e-mail address than the account's (ORG-12). Parameter: `address`, masked.
    InvitationElsewhere = "invitation.other-address",
    /// An account with this address is a member already, or the account is (ORG-12).
    AlreadyMember = "member.already",
    /// The membership comes from a label and goes with it (ACC-16).
    MemberByLabel = "member.by-label",
    /// No promotion waits for this member (ORG-11).
    NoPromotion = "member.no-promotion",
    // Organizations and customers
    /// The connection was not tested successfully, and saving without contact was not chosen (CUS-11).
    ConnectionNotTested = "customer.not-tested",
    /// The monitoring of the connection is switched off: it is not polled (DEV-51).
    ConnectionNotMonitored = "connection.not-monitored",
    /// The connection's fields are not those that were tested (CUS-11).
    TestOutdated = "customer.test-outdated",
    /// The certificate that was accepted is not the one the system shows now (CRT-11).
    CertificateNotThisOne = "certificate.not-this-one",
    /// The server shows another certificate than the pinned one; nothing was sent (CRT-11).
    CertificateChanged = "certificate.changed",
    /// The certificate is none that TLS can work with, such as one of version 1 (CRT-11).
    CertificateUnusable = "certificate.unusable",
    /// The solution would have more than 32 systems (GEN-12, CUS-31).
    SolutionTooLarge = "customer.solution-too-large",
    /// The work was cancelled before its end (GEN-09).
    Cancelled = "work.cancelled",
    /// Another process has the workspace open and runs its services (ADM-10).
    ServiceElsewhere = "service.elsewhere",
    /// The record was changed or removed after the caller read it.
    Changed = "changed-meanwhile",
    // Import
    /// The file has more bytes than may be imported (CUS-25, SEC-04). Parameter: `limit`, in MiB.
    FileTooLarge = "import.file-too-large",
    /// The file has no header and no row.
    FileEmpty = "import.file-empty",
    /// The file cannot be imported; [`Problem::fields`] says why.
    ImportUnreadable = "import.unreadable",
    /// The file's bytes are no text in any supported encoding (CUS-21).
    FileNotText = "import.not-text",
    /// A required column is missing from the header (CUS-20). Parameter: `column`.
    HeaderMissing = "import.header-missing",
    /// The header has a column the import does not know (CUS-20). Parameter: `column`.
    HeaderUnknown = "import.header-unknown",
    /// The header names a column twice (CUS-20). Parameter: `column`.
    HeaderTwice = "import.header-twice",
    /// A quoted cell is not closed, or a quote stands in the wrong place (CUS-21). Parameter: `line`.
    QuotingWrong = "import.quoting",
    /// A row has more cells than the header has columns.
    TooManyColumns = "import.too-many-columns",
    /// A row has fewer cells than the header has columns.
    TooFewColumns = "import.too-few-columns",
    /// The file has more rows than one import may have (SEC-04).
    TooManyRows = "import.too-many-rows",
    /// Another row of the file has the same name (CUS-26). Parameter: `row`.
    SameNameAsRow = "import.same-name",
    /// Another row of the file has the same address and port (CUS-26). Parameter: `row`.
    SameAddressAsRow = "import.same-address",
    /// Another row of the file means the same customer (CUS-26). Parameter: `row`.
    SameCustomerAsRow = "import.same-customer",
    /// The device of another row of the file has the same serial number (DEV-04). Parameter: `row`.
    SameSerialAsRow = "import.same-serial",
    /// The organization has no folder of this path (DEV-04).
    FolderUnknown = "import.folder-unknown",
    /// The row was edited, and is not in the file as it is read now (CUS-26).
    RowGone = "import.row-gone",
    /// The row matches one customer by name and another by address (CUS-26).
    AmbiguousUpdate = "import.ambiguous",
    /// Another connection than the main one of a customer has the row's address and port (CUS-16). Parameter: `name`, the
    /// customer's.
    AddressOfConnection = "import.address-of-connection",
    /// The row would give a customer the name that another one has (ORG-01).
    NameOfAnotherCustomer = "import.name-of-another",
    /// The rows of the import are being tested or saved; nothing else can be done with it meanwhile (CUS-23).
    ImportBusy = "import.busy",
    /// No row of the import can be saved (CUS-23).
    NothingToSave = "import.nothing-to-save",
    /// The imported file, which holds passwords in clear, could not be deleted (CUS-24).
    FileNotDeleted = "import.file-not-deleted",
    // Licences
    /// The catalogue has no such product, or the product no such licence type (LIC-01). Parameter: `product`.
    LicenceProductUnknown = "licence.product-unknown",
    /// The product must be registered with the organization first (LIC-05).
    LicenceNotRegistered = "licence.not-registered",
    /// The product is registered with the organization already.
    LicenceAlreadyRegistered = "licence.already-registered",
    /// There was a trial of the product in this organization (LIC-06).
    LicenceTrialUsed = "licence.trial-used",
    /// The product has no trial.
    LicenceNoTrial = "licence.no-trial",
    /// The subscription was started already (LIC-11).
    LicenceAlreadyStarted = "licence.already-started",
    /// The product has no subscription in this organization.
    LicenceNotStarted = "licence.not-started",
    /// The subscription was ended (LIC-65).
    LicenceEnded = "licence.ended",
    /// A subscription, or a system, cannot have begun on that day.
    LicenceStartNotPossible = "licence.start-not-possible",
    /// A quantity, a term or a number of years is outside its limits.
    LicenceOutOfRange = "licence.out-of-range",
    /// The wallet does not cover it (LIC-30). Parameter: `missing`, numbers and types.
    LicenceWalletShort = "licence.wallet-short",
    /// A year is over, or lies too far ahead (LIC-12). Parameter: `day`, on which the last year in reach begins.
    LicenceYearNotInReach = "licence.year-not-in-reach",
    /// Less than what is needed (LIC-30). Parameter: `missing`, numbers and types.
    LicenceBelowNeed = "licence.below-need",
    /// More than what is needed, and nobody has said yes to it (LIC-30). Parameter: `surplus`, numbers and types.
    LicenceBeyondNeed = "licence.beyond-need",
    /// The lot is not in the wallet, has expired, or is for another purpose.
    LicenceLotNotUsable = "licence.lot-not-usable",
    /// Licences of this product stay with their organization (LIC-45).
    LicenceNotTransferable = "licence.not-transferable",
    /// Sender and receiver are the same organization.
    LicenceSameOrganization = "licence.same-organization",
    /// The licences do not wait any more (LIC-46).
    LicenceNotWaiting = "licence.not-waiting",
    /// The entry is none that can be taken back, or was taken back (LIC-65).
    LicenceNotReversible = "licence.not-reversible",
    /// What would be taken back has been used.
    LicenceAlreadyUsed = "licence.already-used",
    /// What was to be reconciled is no difference any more, or another one (LIC-66).
    LicenceNoDifference = "licence.no-difference",
    /// The organization is archived, and its licences are frozen (ORG-06).
    LicenceFrozen = "licence.frozen",
    /// The key was redeemed before; a key counts once in the workspace (LIC-21). Parameters: `key`, masked; `seen`: `yes` where the
    /// account may see that redemption, then also `name`, `customer` and `day`.
    LicenceKeyRedeemed = "licence.key-redeemed",
    /// The key stands twice in the same call. Parameter: `key`, masked.
    LicenceKeyTwice = "licence.key-twice",
    /// Another key of the book ends in the same way, so that a comparison cannot tell the two apart (LIC-66). Parameter: `key`, masked.
    LicenceKeyEnding = "licence.key-same-ending",
    /// The text is no key: too short or too long.
    LicenceKeyUnreadable = "licence.key-unreadable",
    /// The signed key is for another organization (LIC-21). Parameters: `key`, masked, and `customer`, its name or id.
    LicenceKeyOtherOrganization = "licence.key-other-organization",
    /// The signed key is for another product of the catalogue (LIC-21). Parameters: `key`, masked, and `product`.
    LicenceKeyOtherProduct = "licence.key-other-product",
    /// The signed key is for a product that the catalogue does not have (LIC-21). Parameters: `key`, masked, and `product`, its id.
    LicenceKeyProductUnknown = "licence.key-product-unknown",
    /// The signed key is for a licence type that the product does not have (LIC-21). Parameters: `key`, masked, and `type`, its id.
    LicenceKeyTypeUnknown = "licence.key-type-unknown",
    /// The signed key is dated after today (LIC-21, LIC-53). Parameters: `key`, masked, and `day`.
    LicenceKeyNotYetIssued = "licence.key-not-yet-issued",
    /// The last day to redeem the signed key is over (LIC-21). Parameters: `key`, masked, and `day`.
    LicenceKeyExpired = "licence.key-expired",
    /// An administrator has decided about this issuer of licence keys already (LIC-21). Parameter: `name`.
    LicenceIssuerKnown = "licence.issuer-known",
    /// The text is no name of a system as a licence file can have it (LIC-50). Parameter: `limit`, in characters.
    LicenceOfflineIdentity = "licence-offline.identity",
    /// The system has no request that waits for an answer (LIC-51).
    LicenceOfflineNoRequest = "licence-offline.no-request",
    /// The system has no licences, and no file of it waits for its confirmation (LIC-51).
    LicenceOfflineNothing = "licence-offline.nothing",
    /// A licence file of the lost system waits for its confirmation (LIC-51).
    LicenceOfflinePending = "licence-offline.pending",
    /// The system may take its licence file in until a day (LIC-51). Parameter: `day`.
    LicenceOfflineNotOver = "licence-offline.not-over",
    /// So many lost systems were replaced without having been returned (LIC-51). Parameter: `limit`.
    LicenceOfflineTooManyLost = "licence-offline.too-many-lost",
    /// The system is registered with another organization, and was not returned there.
    LicenceOfflineElsewhere = "licence-offline.elsewhere",
    /// The system is said to be lost, and another one has its licences.
    LicenceOfflineLost = "licence-offline.lost",
    /// The hardware is registered already, here or with another organization (LIC-40). Parameter: `serial`.
    LicenceHardwareActive = "licence-hardware.active",
    /// Neither catalogue nor person says what the hardware carries (LIC-40). Parameter: `model`.
    LicenceHardwareUnknown = "licence-hardware.unknown",
    /// An operation of this id was done with other inputs (LIC-61).
    LicenceOperationDiffers = "licence.operation-differs",
    /// The ledger is not what it should be; nothing is written to it (LIC-61). Parameter: `entry`.
    LicenceLedgerDiffers = "licence.ledger-differs",
    /// The file is no catalogue of products (LIC-01). Parameter: `reason`.
    LicenceCatalogueInvalid = "licence.catalogue-invalid",
    /// The catalogue lacks something that books have; `what`: a product, or a product and a type of licence.
    LicenceCatalogueInUse = "licence.catalogue-in-use",
    /// Organizations with a licence ledger are archived, not deleted.
    LicenceHasLedger = "licence.has-ledger",
    // Lists and files
    /// The query names a column that the list does not have, or cannot be used so.
    UnknownColumn = "list.unknown-column",
    /// The account has a saved view of this name for the list already (UI-24).
    ViewNameTaken = "list.view-name-taken",
    /// The file was taken, has expired, or belongs to another session.
    TransferGone = "transfer.gone",
    /// Too many files, or too many bytes, have come in and were not taken yet (SEC-04).
    TooManyTransfers = "transfer.too-many",
    /// A file could not be read. Parameter: `reason`, as the operating system words it.
    FileUnreadable = "file.unreadable",
    /// A file could not be written. Parameter: `reason`, as the operating system words it.
    FileUnwritable = "file.unwritable",
    /// A file is to be written where there is one already, and none may be replaced. Parameter: `file`.
    FileExists = "file.exists",
    // The software repository
    /// There is not so much room where the repository lies (REP-04). Parameters: `needed` and `free`, in bytes.
    RepositoryNoSpace = "repository.no-space",
    /// The file is coming in already.
    RepositoryBusy = "repository.busy",
    /// The file has another SHA-256 than the vendor gave (REP-06). Parameters: `expected`, `found`.
    RepositoryDigestDiffers = "repository.digest-differs",
    /// The text holds no SHA-256 for this file (REP-05).
    RepositoryNoDigest = "repository.no-digest",
    /// The file is larger than any package may be (SEC-04). Parameter: `limit`, in bytes.
    RepositoryTooLarge = "repository.too-large",
    /// The file has no bytes.
    RepositoryEmpty = "repository.empty",
    /// The piece does not follow what has come, is of another file, or was damaged on the way (REP-03).
    RepositoryPiece = "repository.piece",
    /// The download stopped in the middle (REP-03).
    RepositoryBroken = "repository.broken",
    /// The server of the download cannot be reached. Parameter: `reason`.
    RepositoryUnreachable = "repository.unreachable",
    /// The server of the download answers with an error. Parameter: `status`, of HTTP.
    RepositoryRefused = "repository.refused",
    /// The download leads to an address that is no `https` address, or ever on.
    RepositoryRedirected = "repository.redirected",
    /// The content of the package is not what its digest says (REP-06).
    RepositoryAltered = "repository.altered",
    /// The package only stands in a list on the network; it has to be fetched first (REP-09).
    RepositoryRemote = "repository.remote",
    /// What is at the address is no list of packages (REP-09).
    RepositoryNoIndex = "repository.no-index",
    /// The list of packages is followed already (REP-09).
    RepositoryIndexKnown = "repository.index-known",
    /// The file of the package is gone.
    RepositoryMissing = "repository.missing",
    // Launching
    /// More customers were selected than are launched at once (CUS-50). Parameter: `limit`.
    LaunchTooMany = "launch.too-many",
    /// The application is not for customers of this mode (CUS-50, CUS-52).
    NotThisMode = "launch.not-this-mode",
    /// The preferences hold no address for this application (CUS-50).
    NoAddress = "launch.no-address",
    /// The customer has no connection that the account sees.
    NoConnection = "launch.no-connection",
    // Devices
    /// The device has rejected as many tries to sign in as it may in 24 hours; in so many `hours` there is one again (DEV-02).
    DeviceTriesUsed = "device.tries-used",
    /// The device shows a certificate that nobody has looked at yet; nothing was sent to it (CUS-11).
    DeviceCertificateUnseen = "device.certificate-unseen",
    /// The certificate of the device has changed; nothing was sent to it (CRT-11).
    DeviceCertificateChanged = "device.certificate-changed",
    /// It refused the user name or the password. Parameter: `left`, the tries that are left.
    DeviceCredentialsRefused = "device.credentials-refused",
    /// It is factory-new and waits for its first account (VPX-02).
    DeviceNeedsSetup = "device.needs-setup",
    /// It asks for a password, and none was given.
    DeviceNeedsCredentials = "device.needs-credentials",
    /// Nothing answers there. Parameter: `detail`.
    DeviceUnreachable = "device.unreachable",
    /// What answers there is no device that Flotilla knows how to speak with. Parameter: `detail`.
    DeviceNotUnderstood = "device.not-understood",
    /// The device refused what was wanted. Parameter: `detail`, its own words.
    DeviceRefused = "device.refused",
    /// The account may not do that on the device.
    DeviceForbidden = "device.forbidden",
    /// It asks to be signed in to in a way that is not known here (VPX-01).
    DeviceSignInUnknown = "device.sign-in-unknown",
    /// It speaks the protocol, and answers with an error of its own (VPX-03).
    DeviceError = "device.error",
    /// Another device answers at that address. Parameters: `expected`, `found`: serial numbers.
    DeviceOther = "device.other",
    /// The device is managed already. Parameter: `customer`.
    DeviceManaged = "device.managed",
    /// The device is managed already, by an organization that the account does not see.
    DeviceManagedElsewhere = "device.managed-elsewhere",
    /// The system is no device that this can be done on.
    DeviceNotThisKind = "device.not-this-kind",
    /// The program ended before it was done.
    DeviceInterrupted = "device.interrupted",
    /// It did not come back within the time it has. Parameter: `minutes`.
    DeviceNotBack = "device.not-back",
    /// It was asked to restart, and did not (DEV-24).
    DeviceNotRestarted = "device.not-restarted",
    /// Somebody has the address that a device was to be given (DEV-60).
    DeviceAddressTaken = "device.address-taken",
    /// Whether an address is free cannot be seen from here (DEV-60).
    DeviceAddressUnseen = "device.address-unseen",
    /// The range has fewer free addresses than there are devices (DEV-60).
    DeviceNoAddressLeft = "device.no-address-left",
    /// No host name (DEV-60).
    DeviceHostName = "device.host-name",
    /// A device did not come to its new address in time (DEV-60).
    DeviceNotArrived = "device.not-arrived",
    /// The account is used by Flotilla or another service and cannot be changed here (DEV-41).
    DeviceAccountInUse = "device.account-in-use",
    /// A text is no address range. Parameter: `reason`.
    DiscoveryRange = "discovery.range",
    /// There are more addresses than are probed in one search. Parameter: `limit`.
    DiscoveryTooManyAddresses = "discovery.too-many-addresses",
    /// What was typed is not the number of devices (GEN-11).
    DeviceConfirmation = "device.confirmation",
    /// The name is none that devices take: 1 to 14 letters and digits.
    DeviceUserName = "device.user-name",
    /// The password is none that every device takes: 1 to 64 printable characters without accents.
    DevicePassword = "device.password",
    /// The answer of the device was lost; whether it was done is not known.
    DeviceUnknown = "device.unknown",
    // Jobs
    /// The text is no date and time such as `2027-01-24T02:30`.
    JobTime = "job.time",
    /// The start has passed already.
    JobTimePast = "job.time-past",
    /// A maintenance window has no day, no duration, or one of more than seven days; or there are none or too many (JOB-25).
    JobWindow = "job.window",
    /// No window is ever open as long as one system takes (JOB-25). Parameter: `minutes`.
    JobWindowShort = "job.window-too-short",
    /// The text is no rule of RFC 5545 (JOB-02).
    JobRule = "job.rule",
    /// The rule begins more often than a job may (JOB-02).
    JobRuleTooOften = "job.rule-too-often",
    /// No time matches the rule (JOB-02).
    JobRuleNever = "job.rule-never",
    /// A wave takes more than there is, or there are too many waves (JOB-26). Parameter: `limit`, the most waves.
    JobRollout = "job.rollout",
    /// The job is in a state in which this is not done (JOB-12).
    JobNotAllowed = "job.not-allowed",
    /// Systems of the job are still worked on (JOB-14).
    JobStillRunning = "job.still-running",
    /// A job is approved by another person than the one who ordered it (JOB-26).
    JobOwnApproval = "job.own-approval",
    /// No system of the job failed.
    JobNothingToRetry = "job.nothing-to-retry",
    /// This version of the program does not know what the job does.
    JobOperationUnknown = "job.operation-unknown",
    /// The secret that the job needed is not kept after its end.
    JobSecretGone = "job.secret-gone",
    /// The system is not managed any more.
    JobTargetRemoved = "job.target-removed",
    /// Who ordered the job may not do this on the system any more.
    JobRightLost = "job.right-lost",
    /// The start passed while nothing could begin (JOB-24). Parameter: `minutes`, how late it may begin.
    JobMissed = "job.missed",
    /// Too much failed (JOB-26). Parameter: `failed`.
    JobThreshold = "job.threshold",
    /// Too little of a wave is proven good, so that the next does not begin by itself (JOB-26).
    JobHeld = "job.held",
    /// Not everything of the job succeeded.
    JobFailed = "job.failed",
    /// All systems of the job were left out.
    JobAllSkipped = "job.all-skipped",
    /// A job that has not ended needs the package (REP-08).
    RepositoryInUse = "repository.in-use",
    /// There is nothing to go back to (VPX-12).
    FirmwareNothingBefore = "firmware.nothing-before",
    /// The version is older than the one installed (VPX-12).
    FirmwareOlder = "firmware.older",
    /// The version was revoked (VPX-12).
    FirmwareRevoked = "firmware.revoked",
    /// What runs is not committed (VPX-12).
    FirmwareUncommitted = "firmware.uncommitted",
    /// The image is not valid (VPX-12).
    FirmwareInvalidImage = "firmware.invalid-image",
    /// The version of the interface is not supported (VPX-12).
    FirmwareInterface = "firmware.interface",
    /// The image is for another device (VPX-12).
    FirmwareWrongDevice = "firmware.wrong-device",
    /// The image is not signed (VPX-12).
    FirmwareUnsigned = "firmware.unsigned",
    /// The image is signed with an unknown certificate (VPX-12).
    FirmwareUnknownSigner = "firmware.unknown-signer",
    /// The device is busy (VPX-12); later it may succeed.
    FirmwareBusy = "firmware.busy",
    /// The repository has no firmware for the model of the device.
    UpgradeNoPackage = "upgrade.no-package",
    /// The device runs the version already. Parameter: `version`.
    UpgradeCurrent = "upgrade.current",
    /// The version of the device is not known.
    UpgradeVersionUnknown = "upgrade.version-unknown",
    /// The device took the image and did not restart (DEV-23).
    UpgradeNotRestarted = "upgrade.not-restarted",
    /// After the restart the device runs what it ran before (DEV-23). Parameter: `version`.
    UpgradeFellBack = "upgrade.fell-back",
    /// After the restart the device runs another version than it should. Parameters: `version`, `expected`.
    UpgradeOtherVersion = "upgrade.other-version",
    /// The connection broke off while the image was going out: the device does not have all of it.
    UpgradeIncomplete = "upgrade.incomplete",
    /// The whole image went out and no answer came: what the device does is being checked (JOB-21).
    UpgradeUnknown = "upgrade.unknown",
    /// The device runs the new version, and could not be made to keep it. Parameter: `version`.
    UpgradeNotCommitted = "upgrade.not-committed",
    // Audit
    /// The chain of the audit log does not hold: an entry was changed, removed or inserted (ADM-20).
    AuditBroken = "audit.broken",
    /// The chain holds, but not the hash that it was compared with: entries were cut off, or it is another log. Parameter:
    /// `entries`.
    AuditCut = "audit.cut",
    /// The file that was to be verified has no entry. Parameter: `file`.
    AuditEmpty = "audit.empty",
    // The demo fleet
    /// This host cannot start the demo fleet.
    DemoUnavailable = "demo.unavailable",
    /// The command needs the desktop application on this machine (ADM-31).
    HostOnly = "host.only",
    // The test clock
    /// The date is not later than the present one, or too far ahead (LIC-54). Parameters: `first`, `last`.
    TestClockDate = "test-clock.date",
    /// Other windows are open, which would show the copy without a word (LIC-54).
    TestClockWindows = "test-clock.windows",
    /// A copy at another date contacts nothing (LIC-54).
    TestClockNoContact = "test-clock.no-contact",
    // Licence keys and files: the errors of `flotilla-licence-formats`, which names them by their codes
    /// No key was given (LIC-20).
    LicenceKeyEmpty = "licence-key.empty",
    /// The text is longer than any licence key (LIC-20). Parameter: `limit`, in characters.
    LicenceKeyTooLong = "licence-key.too-long",
    /// The text is shorter than any licence key (LIC-20). Parameter: `limit`, in characters.
    LicenceKeyTooShort = "licence-key.too-short",
    /// The text is none of Flotilla's own signed keys (LIC-21).
    LicenceKeyNotSigned = "licence-key.not-signed",
    /// A signed key was stated to be a vendor's (LIC-21).
    LicenceKeyIsSigned = "licence-key.is-signed",
    /// No licence key has this character (LIC-20). Parameters: `place`, `character`.
    LicenceKeyCharacter = "licence-key.character",
    /// A group of a signed key has a wrong character (LIC-20). Parameter: `group`.
    LicenceKeyMistyped = "licence-key.mistyped",
    /// The end of a signed key is missing (LIC-20).
    LicenceKeyTruncated = "licence-key.truncated",
    /// Something follows the end of a signed key (LIC-20).
    LicenceKeyExtended = "licence-key.extended",
    /// A newer program made the key (LIC-21). Parameter: `version`.
    LicenceKeyUnknownVersion = "licence-key.unknown-version",
    /// Nobody decided that the issuer of the key is trusted (LIC-21). Parameter: `issuer`, the id of its key.
    LicenceKeyUnknownIssuer = "licence-key.unknown-issuer",
    /// The issuer of the key was revoked (LIC-21). Parameter: `issuer`, its name.
    LicenceKeyRevokedIssuer = "licence-key.revoked-issuer",
    /// The signature of the key is not its issuer's (LIC-21).
    LicenceKeyBadSignature = "licence-key.bad-signature",
    /// The issuer signed something that is no key (LIC-21).
    LicenceKeyMalformed = "licence-key.malformed",
    /// The file of keys is too large (SEC-04).
    LicenceKeyListTooLarge = "licence-key.list-too-large",
    /// The file of keys is no text in UTF-8 (LIC-20).
    LicenceKeyListNotText = "licence-key.list-not-text",
    /// The file of keys has none (LIC-20).
    LicenceKeyListEmpty = "licence-key.list-empty",
    /// The file of keys has more than one file may have (SEC-04). Parameter: `limit`.
    LicenceKeyListTooMany = "licence-key.list-too-many",
    /// A quoted cell of the file of keys is not closed (LIC-20). Parameter: `line`.
    LicenceKeyListQuoting = "licence-key.list-quoting",
    /// A line of the file of keys has more than one column (LIC-20). Parameter: `line`.
    LicenceKeyListColumns = "licence-key.list-columns",
    /// A key is to hold more or fewer licences than one can. Parameter: `limit`.
    LicenceKeyQuantity = "licence-key.quantity",
    /// A key is to hold licences for another term than one can. Parameter: `limit`, in years.
    LicenceKeyYears = "licence-key.years",
    /// The order reference of a key is too long or has characters that nobody sees. Parameter: `limit`, in bytes.
    LicenceKeyOrder = "licence-key.order",
    /// An expansion key is to hold no licence type, too many, or one twice. Parameter: `limit`.
    LicenceKeyExpansion = "licence-key.expansion",
    /// An upgrade key is to lead to where it begins.
    LicenceKeyUpgrade = "licence-key.upgrade",
    /// The day of issue of a key cannot be written.
    LicenceKeyIssued = "licence-key.issued",
    /// A key is to be redeemable until a day before it is issued, or one that it cannot hold.
    LicenceKeyUntil = "licence-key.until",
    /// What a key is to hold is too long for one.
    LicenceKeyTooMuch = "licence-key.too-much",
    /// The file is larger than an issuer's (SEC-04).
    LicenceIssuerTooLarge = "licence-issuer.too-large",
    /// The file holds no issuer (LIC-21).
    LicenceIssuerNotOne = "licence-issuer.not-one",
    /// The file holds an issuer's secret key (LIC-21).
    LicenceIssuerSecret = "licence-issuer.secret",
    /// The name of an issuer is missing, too long, or has characters that nobody sees. Parameter: `limit`.
    LicenceIssuerName = "licence-issuer.name",
    /// An issuer's file is cut off or was changed (LIC-21).
    LicenceIssuerDamaged = "licence-issuer.damaged",
    /// The fingerprint in an issuer's file is another key's (LIC-21).
    LicenceIssuerOtherFingerprint = "licence-issuer.other-fingerprint",
    /// Anybody can sign for an issuer's key (LIC-21).
    LicenceIssuerWeak = "licence-issuer.weak",
    /// The file holds no secret key of an issuer.
    LicenceIssuerNotASecret = "licence-issuer.not-a-secret",
    /// The file of a secret key asks for more memory or time than this program's (SEC-04).
    LicenceIssuerTooCostly = "licence-issuer.too-costly",
    /// The passphrase does not open the file of a secret key.
    LicenceIssuerPassphrase = "licence-issuer.passphrase",
    /// The passphrase for a secret key is too short. Parameter: `limit`, in characters.
    LicenceIssuerPassphraseTooShort = "licence-issuer.passphrase-too-short",
    /// The file is larger than a system's file can be (LIC-52).
    LicenceFileTooLarge = "licence-file.too-large",
    /// The file is no container of Flotilla's (LIC-52).
    LicenceFileNotOurs = "licence-file.not-ours",
    /// The file was taken for a text and its encoding or line ends were changed (LIC-52).
    LicenceFileChangedAsText = "licence-file.changed-as-text",
    /// The file is still in the form that mail carries it in (LIC-52).
    LicenceFileStillPacked = "licence-file.still-packed",
    /// A newer program made the file (LIC-52). Parameter: `version`.
    LicenceFileUnknownVersion = "licence-file.unknown-version",
    /// The end of the file is missing (LIC-52).
    LicenceFileTruncated = "licence-file.truncated",
    /// Something follows the end of the file (LIC-52).
    LicenceFileExtended = "licence-file.extended",
    /// Bytes of the file were changed on the way (LIC-52).
    LicenceFileDamaged = "licence-file.damaged",
    /// The file is another one of the three (LIC-52). Parameters: `expected`, `found`.
    LicenceFileWrongKind = "licence-file.wrong-kind",
    /// The file has to be signed and is not (LIC-52).
    LicenceFileNotSigned = "licence-file.not-signed",
    /// The file is signed with a key that is not known (LIC-52). Parameter: `key`.
    LicenceFileUnknownKey = "licence-file.unknown-key",
    /// The file is signed with a key that was revoked (LIC-52). Parameter: `key`.
    LicenceFileRevokedKey = "licence-file.revoked-key",
    /// The signature of the file is not that of the key it names (LIC-52).
    LicenceFileBadSignature = "licence-file.bad-signature",
    /// The file has a field twice (LIC-52). Parameter: `name`.
    LicenceFileDuplicateName = "licence-file.duplicate-name",
    /// The file does not hold what such a file holds (LIC-52, SEC-04).
    LicenceFileMalformed = "licence-file.malformed",
    /// The file is for another system (LIC-52). Parameter: `system`.
    LicenceFileWrongSystem = "licence-file.wrong-system",
    /// The file is about another product (LIC-52). Parameter: `product`.
    LicenceFileWrongProduct = "licence-file.wrong-product",
    /// The very same file was read before (LIC-52).
    LicenceFileAlreadyRead = "licence-file.already-read",
    /// The file answers one that does not wait for an answer (LIC-52).
    LicenceFileNotPending = "licence-file.not-pending",
    /// A newer file of the system was read before (LIC-52). Parameters: `found`, `last`.
    LicenceFileSequenceNotHigher = "licence-file.sequence-not-higher",
    /// The file is dated in the future (LIC-52, LIC-53). Parameter: `from`.
    LicenceFileNotYetValid = "licence-file.not-yet-valid",
    /// The time of the file is over (LIC-52). Parameter: `until`.
    LicenceFileExpired = "licence-file.expired",
    /// No such file can hold what it is to hold. Parameter: `detail`.
    LicenceFileContents = "licence-file.contents",
    // The command line
    /// The command line is not understood.
    CommandLineWrong = "cli.usage",
    /// Neither the option nor the environment names a workspace.
    WorkspaceNotNamed = "cli.workspace-not-named",
    /// A secret is needed, and there is neither a terminal nor the environment variable. Parameter: `variable`.
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
        Self::from_code(&text).ok_or_else(|| serde::de::Error::custom("not an error code"))
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
    /// What is wrong with it.
    pub code: ErrorCode,
    /// What its words need; on the wire left out when there is none.
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
    /// The error.
    pub error: WireError,
}

/// An error on its way to a person.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, TS)]
pub struct WireError {
    /// What went wrong.
    pub code: ErrorCode,
    /// Names, numbers and limits that its words need.
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
    /// What went wrong.
    pub code: ErrorCode,
    /// Names, numbers and limits that its words need.
    pub params: Parameters,
    /// Every field that is wrong, all at once (only with `form.invalid` and the like); empty otherwise.
    pub fields: Vec<FieldProblem>,
    /// The cause, for the log alone; none: the code says everything.
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

    /// What is outside what a person may see reads like what does not exist, and is refused all the same.
    pub fn not_visible() -> Self {
        Self {
            refused: true,
            ..Self::new(ErrorCode::NotFound)
        }
    }

    /// The same, and an entry of the audit log: somebody wanted what is not theirs (ADM-20).
    #[must_use]
    pub fn as_refused(mut self) -> Self {
        self.refused = true;
        self
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
