// Generated from the Rust types by `cargo xtask types`. Do not edit.

export type About = { version: string, folder: string, database_bytes: number, key_source: KeySource, accounts: number, organizations: number, systems: number, };

export type AcceptCertificate = { id: ConnectionId, sha256: string, };

export type AcceptTerms = { version: number, };

export type AccountArgument = { id: AccountId, };

export type AccountDetails = { id: AccountId, 
/**
 * Must come back with a save; refuses to overwrite what somebody else changed meanwhile.
 */
revision: number, has_avatar: boolean, 
/**
 * Cannot be deleted, disabled or made operator: the only enabled administrator, or oneself (ACC-18).
 */
protected: boolean, login: string, role: AccountRole, labels: Array<string>, first_name: string, last_name: string, telephone: string, mobile: string, email: string, enabled: boolean, must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type AccountId = string;

export type AccountName = { id: AccountId, login: string, name: string, role: AccountRole, enabled: boolean, };

export type AccountPreferences = { 
/**
 * 5 to 30 (ACC-10).
 */
session_timeout_minutes: number, password_policy: PasswordPolicy, 
/**
 * 0 to 24 (ACC-04).
 */
password_history: number, 
/**
 * None: no terms (ACC-08).
 */
terms: Terms | null, };

export type AccountRole = "administrator" | "operator";

export type AccountRow = { id: AccountId, login: string, role: AccountRole, labels: Array<string>, first_name: string, last_name: string, telephone: string, mobile: string, email: string, enabled: boolean, must_change_password: boolean, expires_on: string | null, last_sign_in: Time | null, second_factor: boolean, has_avatar: boolean, locked_until: Time | null, };

export type AddAccount = { password: string, confirmation: string, login: string, role: AccountRole, labels: Array<string>, first_name: string, last_name: string, telephone: string, mobile: string, email: string, enabled: boolean, must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type AlarmCause = "no_contact" | "access_refused" | "certificate_changed" | "certificate_expiring" | "service_stopped" | "system_stopped" | "licence_expired";

export type AlarmCount = { alarm_type: AlarmType, severity: Severity, alarms: number, };

export type AlarmId = string;

export type AlarmRow = { 
/**
 * Its own id.
 */
id: AlarmId, 
/**
 * None: Flotilla itself.
 */
organization: OrganizationId | null, 
/**
 * Empty: Flotilla itself.
 */
customer: string, 
/**
 * The connection it is about, or by which its system is reached.
 */
connection: ConnectionId | null, 
/**
 * Its name, or its address when it has none.
 */
connection_name: string, 
/**
 * The system it is about; none: something else.
 */
system: SystemId | null, 
/**
 * What the system is called now; empty: it is about no system.
 */
system_name: string, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * What kind of thing is wrong (ALM-02).
 */
alarm_type: AlarmType, 
/**
 * What was found.
 */
cause: AlarmCause, 
/**
 * What the alarm is about, beside its cause: a service's name, a date.
 */
qualifier: string, 
/**
 * Whether it holds.
 */
state: AlarmState, 
/**
 * When it was raised.
 */
first_at: Time, 
/**
 * When it was found last.
 */
last_at: Time, 
/**
 * Since when it does not hold any more; none: it is open.
 */
cleared_at: Time | null, 
/**
 * How often it was found.
 */
occurrences: number, 
/**
 * When somebody acknowledged it (ALM-04).
 */
acknowledged_at: Time | null, 
/**
 * Until when nobody is to be bothered with it (ALM-04).
 */
shelved_until: Time | null, 
/**
 * Its connection or system is under maintenance, or cannot be reached (ALM-08).
 */
suppressed: boolean, };

export type AlarmState = "open" | "cleared";

export type AlarmType = "configuration" | "trunk" | "link" | "services" | "quality_of_service" | "security" | "connection" | "storage" | "licence" | "certificate" | "job";

export type Application = "one_x_portal" | "web_license_manager" | "web_control" | "web_manager";

export type ApplicationAddress = { application: Application, template: string, };

export type ArchiveOrganization = { id: OrganizationId, 
/**
 * The id once more, as the person has pasted it.
 */
confirmation: string, };

export type AuditId = string;

export type AuditResult = "done" | "refused" | "failed";

export type AuditRow = { id: AuditId, 
/**
 * Its place in the chain, from 1.
 */
sequence: number, at: Time, 
/**
 * Login name and names, unless they were erased (ACC-24).
 */
who: string, origin: string, 
/**
 * The act, for example `customers.save`; its words are `act-…`.
 */
act: string, organization: string, subject: string, result: AuditResult, details: string, };

export type AuditVerification = { entries: number, 
/**
 * SHA-256 of the last entry.
 */
head: string, 
/**
 * The first entry that does not fit; none: the chain is whole.
 */
broken_at: number | null, };

export type CertificateView = { 
/**
 * SHA-256 over the DER, upper-case hexadecimal pairs with colons.
 */
sha256: string, subject: string, issuer: string, serial_number: string, valid_from: Time, valid_until: Time, names: Array<string>, self_signed: boolean, };

export type ChangePassword = { present: string, password: string, confirmation: string, };

export type ChooseOrganization = { organization: OrganizationId | null, };

export type ColumnDescription = { 
/**
 * The column's name.
 */
name: string, 
/**
 * What kind of values it has.
 */
kind: ColumnKind, 
/**
 * Whether the list can be sorted by it.
 */
sortable: boolean, 
/**
 * Whether the filter panel has a criterion for it.
 */
filterable: boolean, 
/**
 * Whether the search field looks into it (UI-21).
 */
searchable: boolean, 
/**
 * The values of a choice; their words are `choice-<list>-<column>-<value>`.
 */
choices: Array<string>, 
/**
 * Whether it is shown as long as the account has not chosen its columns.
 */
default_visible: boolean, };

export type ColumnKind = "text" | "number" | "time" | "date" | "choice" | "tags" | "yes_no" | "version" | "id";

export type ColumnLayout = { 
/**
 * The shown columns from left to right; those not named are hidden.
 */
columns: Array<ColumnPlace>, };

export type ColumnPlace = { 
/**
 * The column's name.
 */
name: string, 
/**
 * Its width in pixels; none: as wide as its kind usually is.
 */
width: number | null, };

export type ConnectionCount = { connection: ConnectionState, customers: number, };

export type ConnectionId = string;

export type ConnectionKind = "ip_office" | "device";

export type ConnectionOutcome = { id: ConnectionId, name: string, 
/**
 * None: done.
 */
problem: ErrorCode | null, };

export type ConnectionPreferences = { 
/**
 * 15 to 86,400 (CUS-40).
 */
poll_interval_seconds: number, 
/**
 * 1 to 512 (CUS-40).
 */
poll_concurrency: number, 
/**
 * The proxy of every connection that does not say otherwise (CUS-15).
 */
proxy: ProxyChoice, };

export type ConnectionState = "connected" | "problems" | "disconnected" | "never";

export type ConnectionView = { id: ConnectionId, organization: OrganizationId, kind: ConnectionKind, 
/**
 * Empty: it is called by its address.
 */
name: string, host: string, port: number, user_name: string, has_password: boolean, proxy: ProxyChoice, status: ConnectivityStatus, state: ConnectionState, status_detail: string, status_since: Time | null, last_contact: Time | null, 
/**
 * The certificate that is believed.
 */
certificate: CertificateView | null, 
/**
 * Met, but not accepted.
 */
waiting_certificate: CertificateView | null, 
/**
 * How many systems are reached by it.
 */
systems: number, 
/**
 * Must come back with a save.
 */
revision: number, };

export type ConnectionsArgument = { ids: Array<ConnectionId>, };

export type ConnectionsOf = { organization: OrganizationId, };

export type ConnectivityStatus = "never_tried" | "success" | "failed" | "invalid_credentials" | "authorization_failed" | "monitoring_rights_missing" | "disabled_by_administrator" | "service_user_disabled" | "service_user_locked" | "too_many_sessions" | "upgrade_rights_missing" | "unreachable" | "certificate_changed" | "certificate_not_trusted" | "needs_setup" | "replaced";

export type Console = { name: string, url: string, };

export type CreateFirst = { login: string, password: string, confirmation: string, first_name: string, last_name: string, email: string, language: Language, 
/**
 * IANA name of the viewer's zone; becomes the workspace's zone.
 */
zone: string, };

export type CreateFolder = { parent: FolderId, name: string, };

export type CreateOrganization = { name: string, zone: string, language: Language, notes: string, address: string, telephone: string, email: string, };

export type Criterion = { 
/**
 * The name of the column whose values are tested.
 */
column: string, 
/**
 * What they are tested for.
 */
test: Test, };

export type CustomerArgument = { id: OrganizationId, };

export type CustomerDetails = { id: OrganizationId, has_password: boolean, 
/**
 * Must come back with a save.
 */
revision: number, 
/**
 * The names of all operators, also of those by label.
 * The connection whose address and credentials are those of the form; none: it has none any more.
 */
main_connection: ConnectionId | null, operator_names: Array<AccountName>, 
/**
 * Those who are there by a label and not by hand: the form cannot take them away (ACC-16).
 */
operators_by_label: Array<AccountId>, name: string, host: string, port: number, user_name: string, mode: Mode, tags: Array<string>, telephone: string, email: string, operators: Array<AccountId>, address: string, notes: string, 
/**
 * The way to this customer (CUS-15).
 */
proxy: ProxyChoice, };

export type CustomerPanel = { row: CustomerRow, operators: Array<AccountName>, status_detail: string, certificate: CertificateView | null, 
/**
 * Met, but not accepted.
 */
waiting_certificate: CertificateView | null, provider: string, reseller: string, licences: Array<LicenceLine>, systems: Array<SystemCard>, 
/**
 * The connection whose certificates and status detail are shown here.
 */
main_connection: ConnectionId | null, next_contact: Time | null, may_manage: boolean, may_launch: boolean, applications: Array<Application>, };

export type CustomerRow = { id: OrganizationId, connection: ConnectionState, name: string, 
/**
 * The primary system's own name.
 */
system_name: string, mode: Mode, systems: number, host: string, port: number, profile: string, version: string, alarms: number, worst_alarm: Severity | null, operators: Array<string>, tags: Array<string>, notes: string, telephone: string, email: string, address: string, 
/**
 * How many connections it has, and how many of them are connected (CUS-16).
 */
connections: number, connected: number, status: ConnectivityStatus, status_since: Time | null, icons: Array<StatusIcon>, licences: LicenceState, 
/**
 * When the first of its licences ends, or has ended.
 */
licence_until: string | null, 
/**
 * When the certificate that is believed ends.
 */
certificate_until: Time | null, last_contact: Time | null, };

export type CustomersArgument = { ids: Array<OrganizationId>, };

export type Dashboard = { at: Time, customers: number, systems: number, connections: Array<ConnectionCount>, alarms: Array<AlarmCount>, 
/**
 * Version of the primary and customers with it, most frequent first. Empty text: not known.
 */
versions: Array<TextCount>, tags: Array<TagCount>, 
/**
 * Cloud customers by profile.
 */
profiles: Array<TextCount>, states: Array<StateCount>, certificates: Array<ExpiringCertificate>, 
/**
 * Customers by the end of their certificate.
 */
certificates_ending: Ending, licences_due: Array<LicenceDue>, 
/**
 * Customers by the first end among their licences.
 */
licences_ending: Ending, };

export type DashboardArgument = { 
/**
 * The organization menu narrows it (DSH-01).
 */
organization: OrganizationId | null, };

export type DeleteAccounts = { ids: Array<AccountId>, 
/**
 * Names, contacts and avatar go everywhere; the audit log keeps the id (ACC-24).
 */
erase: boolean, };

export type DeletionPlan = { customers: number, systems: number, alarms: number, jobs: number, 
/**
 * Not deleted because of postings in the licence ledger.
 */
kept: Array<OrganizationOutcome>, };

export type Density = "compact" | "comfortable";

export type Download = { 
/**
 * The id by which the file is fetched.
 */
download: TransferId, 
/**
 * The suggested file name.
 */
name: string, 
/**
 * How many bytes it has.
 */
size: number, };

export type DueWithin = { days: number, customers: number, 
/**
 * The first and the last of it, as the filter of the list behind takes them: times in milliseconds, or dates in days.
 */
from: number, until: number, };

export type EditCustomers = { ids: Array<OrganizationId>, add_tags: Array<string>, remove_tags: Array<string>, add_operators: Array<AccountId>, remove_operators: Array<AccountId>, 
/**
 * Replaces the notes.
 */
notes: string | null, };

export type EditImportRow = { import: ImportId, row: number | null, cells: ImportCells, 
/**
 * None: the one of the file stays.
 */
password: string | null, };

export type Ending = { expired: Expired, within: Array<DueWithin>, };

export type ErrorCode = "call.unknown" | "call.arguments" | "call.too-large" | "call.too-many" | "call.too-slow" | "session.missing" | "session.ended" | "session.password-change-needed" | "session.terms-not-accepted" | "right.missing" | "not-found" | "internal" | "host.unreachable" | "host.answer-unreadable" | "workspace.locked" | "workspace.key-wrong" | "workspace.key-missing" | "workspace.missing" | "workspace.database-missing" | "workspace.too-new" | "workspace.damaged" | "workspace.migration-failed" | "workspace.has-accounts" | "workspace.has-no-account" | "workspace.in-use" | "workspace.other-version" | "workspace.disk-fault" | "workspace.disk-full" | "workspace.read-only" | "workspace.busy" | "form.invalid" | "field.required" | "field.too-long" | "field.taken" | "field.not-a-number" | "field.out-of-range" | "field.not-an-address" | "field.not-an-email" | "field.not-a-telephone" | "field.not-a-date" | "field.not-a-zone" | "field.not-a-choice" | "field.not-a-template" | "field.control-character" | "field.too-many-tags" | "field.names-too-long" | "password.differ" | "password.for-address" | "password.too-short" | "password.too-long" | "password.too-simple" | "password.holds-login" | "password.common" | "password.used-before" | "sign-in.refused" | "sign-in.wait" | "sign-in.disabled" | "sign-in.expired" | "password.wrong" | "account.cannot-change-self" | "account.last-administrator" | "account.sole-owner" | "picture.unreadable" | "picture.too-large" | "organization.last-owner" | "organization.id-not-repeated" | "folder.default" | "folder.into-itself" | "folder.too-deep" | "folder.name-taken" | "folder.not-empty" | "folder.other-organization" | "customer.not-tested" | "customer.test-outdated" | "certificate.not-this-one" | "certificate.changed" | "customer.solution-too-large" | "work.cancelled" | "service.elsewhere" | "changed-meanwhile" | "import.file-too-large" | "import.file-empty" | "import.unreadable" | "import.not-text" | "import.header-missing" | "import.header-unknown" | "import.header-twice" | "import.quoting" | "import.too-many-columns" | "import.too-few-columns" | "import.too-many-rows" | "import.formula" | "import.same-name" | "import.same-address" | "import.ambiguous" | "import.name-of-another" | "import.busy" | "import.nothing-to-save" | "import.file-not-deleted" | "list.unknown-column" | "list.view-name-taken" | "transfer.gone" | "transfer.too-many" | "file.unreadable" | "file.unwritable" | "launch.too-many" | "launch.not-this-mode" | "launch.no-address" | "audit.broken" | "demo.unavailable" | "host.only" | "cli.usage" | "cli.workspace-not-named" | "cli.nobody-to-ask";

export type Event = { "kind": "changed", 
/**
 * The feature whose things changed.
 */
feature: FeatureName, 
/**
 * The ids of the changed things; at most so many as a window could show.
 */
ids: string[], 
/**
 * Whether some were added or removed, so that counts and order may differ.
 */
membership: boolean, 
/**
 * Whether more things changed than `ids` names.
 */
many: boolean, } | { "kind": "work", 
/**
 * The work as it is now.
 */
work: Work, } | { "kind": "session_ended", 
/**
 * The session that ended.
 */
session: SessionId, 
/**
 * When it ended, in UTC milliseconds.
 */
at: Time, };

export type Expired = { customers: number, 
/**
 * The last of it, as the filter of the list behind takes it: a time in milliseconds, or a date in days.
 */
until: number, };

export type ExpiringCertificate = { id: OrganizationId, name: string, valid_until: Time, expired: boolean, };

export type ExportArgument = { 
/**
 * The list's name.
 */
list: ListName, 
/**
 * What is listed: organization, filter, search and sort.
 */
query: ListQuery, 
/**
 * The names of the columns to be written, in order.
 */
columns: Array<string>, 
/**
 * The chosen rows among those that match; none: all that match.
 */
ids: string[] | null, 
/**
 * The format of the file.
 */
format: ExportFormat, 
/**
 * The zone times are shown in, as an IANA name; none: the account's, else the workspace's (GEN-06).
 */
zone: string | null, };

export type ExportFormat = "csv" | "xlsx";

export type Failure = { 
/**
 * The error.
 */
error: WireError, };

export type FeatureName = "audit" | "work" | "preferences" | "lists" | "organizations" | "accounts" | "profile" | "connections" | "systems" | "alarms" | "customers" | "imports";

export type FieldProblem = { 
/**
 * The field's name as in the arguments, for example `port`.
 */
field: string, 
/**
 * What is wrong with it.
 */
code: ErrorCode, 
/**
 * What its words need; on the wire left out when there is none.
 */
params?: { [key in string]: Parameter }, };

export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "shift_jis";

export type FindArgument = { search: string, };

export type Finding = { "kind": "organization", id: OrganizationId, name: string, customer: boolean, } | { "kind": "system", id: SystemId, organization: OrganizationId, name: string, customer: string, host: string, };

export type FolderArgument = { id: FolderId, };

export type FolderId = string;

export type FolderNode = { id: FolderId, 
/**
 * None: the default folder, or one below a folder that the account may not see.
 */
parent: FolderId | null, name: string, 
/**
 * Whether it is the default folder.
 */
default: boolean, 
/**
 * Systems in it and below.
 */
systems: number, };

export type Gate = { "kind": "open" } | { "kind": "terms", version: number, text: string, } | { "kind": "change_password" };

export type ImportArgument = { import: ImportId, };

export type ImportCells = { host: string, port: string, name: string, user_name: string, address: string, telephone: string, email: string, notes: string, 
/**
 * Separated by `;`.
 */
tags: string, 
/**
 * `on-premises`, `cloud`, or empty.
 */
mode: string, };

export type ImportCounts = { all: number, new: number, update: number, unchanged: number, invalid: number, connected: number, failed: number, 
/**
 * New or updated rows whose test succeeded: what *Save* stores.
 */
savable: number, 
/**
 * New or updated rows that are valid but not (successfully) tested.
 */
untested: number, 
/**
 * Rows whose certificate waits for a yes.
 */
untrusted: number, };

export type ImportId = string;

export type ImportOptions = { import: ImportId, 
/**
 * None: as detected.
 */
encoding: FileEncoding | null, separator: Separator | null, mode: Mode, };

export type ImportReceipt = { added: number, updated: number, unchanged: number, without_contact: number, 
/**
 * Rows that stayed behind; the waiting list now holds only them.
 */
left: number, finished: boolean, };

export type ImportRow = { 
/**
 * Its place in the file, from 1; added rows go on counting.
 */
row: number, state: RowState, cells: ImportCells, has_password: boolean, problems: Array<FieldProblem>, 
/**
 * What an update would change: field and present value.
 */
was: Array<ImportWas>, test: RowTest, };

export type ImportRowsArgument = { import: ImportId, search: string, state: RowState | null, sort: Sort | null, };

export type ImportSelection = { import: ImportId, rows: Array<number>, };

export type ImportTest = { work: WorkId, done: number, total: number, at_once: number, started_at: Time, };

export type ImportView = { import: ImportId, file_name: string, size: number, encoding: FileEncoding, encoding_detected: boolean, separator: Separator, separator_detected: boolean, mode: Mode, 
/**
 * What is wrong with the file itself: header, quoting, size. `line` is a parameter where there is one.
 */
problems: Array<FieldProblem>, counts: ImportCounts, test: ImportTest | null, created_at: Time, 
/**
 * How many rows hold a password in clear (CUS-24).
 */
passwords: number, 
/**
 * Whether Flotilla can delete the file afterwards: it was opened from a local path.
 */
deletable: boolean, };

export type ImportWas = { field: string, value: string, };

export type ImportWindow = { import: ImportId, 
/**
 * At most 200 row numbers.
 */
rows: Array<number>, };

export type JoinedPlace = { host: string, port: number, 
/**
 * As in [`crate::customers::types::CertificateView`].
 */
sha256: string, };

export type KeySource = "keychain" | "password";

export type Language = "en" | "fr" | "ja";

export type LaunchAddress = { id: OrganizationId, name: string, url: string, };

export type LaunchArgument = { ids: Array<OrganizationId>, application: Application, };

export type LaunchPlan = { addresses: Array<LaunchAddress>, skipped: Array<OrganizationOutcome>, };

export type LaunchPreferences = { 
/**
 * Where management applications are: `{host}` and `{port}` stand for the customer's.
 */
addresses: Array<ApplicationAddress>, 
/**
 * Consoles of clusters, for administrators.
 */
consoles: Array<Console>, };

export type LicenceDue = { id: OrganizationId, name: string, licence_type: string, expires: string, expired: boolean, };

export type LicenceLine = { licence_type: string, quantity: number, free: number, expires: string | null, valid: boolean, };

export type LicenceState = "unknown" | "valid" | "due" | "expired";

export type ListArgument = { 
/**
 * The list's name.
 */
list: ListName, };

export type ListDescription = { 
/**
 * The list's name.
 */
list: ListName, 
/**
 * All its columns, in the order of the definition.
 */
columns: Array<ColumnDescription>, 
/**
 * How this account has its columns (UI-24); none: as they come.
 */
layout: ColumnLayout | null, };

export type ListName = "accounts" | "systems" | "alarms" | "customers" | "audit";

export type ListQuery = { 
/**
 * The organization chosen in the top bar; none: all the account may see (ORG-03).
 */
organization: OrganizationId | null, 
/**
 * Words in any order; case, accents and Japanese width do not matter.
 */
search: string, 
/**
 * All of them hold.
 */
criteria: Array<Criterion>, 
/**
 * The column the rows are ordered by; none: the list's own order.
 */
sort: Sort | null, };

export type LogLevel = "error" | "info" | "debug";

export type LogLine = { 
/**
 * When it was written.
 */
at: Time, 
/**
 * How important it is.
 */
level: LogLineLevel, 
/**
 * What it says, without secrets (GEN-08).
 */
text: string, };

export type LogLineLevel = "error" | "warn" | "info" | "debug" | "trace";

export type LogPreferences = { 
/**
 * The least important lines that are still written.
 */
log_level: LogLevel, 
/**
 * 1 to 30
 */
log_days: number, };

export type MemberRole = "viewer" | "operator" | "admin" | "owner";

export type MigrationView = { done: number, total: number, };

export type Mode = "on-premises" | "cloud";

export type MoveFolder = { id: FolderId, parent: FolderId, };

export type MoveSystems = { ids: Array<SystemId>, folder: FolderId, };

export type Nothing = Record<symbol, never>;

export type Notice = { "kind": "administrator_expires", login: string, on: string, } | { "kind": "account_reset", login: string, at: Time, };

export type OpenConsole = { url: string, };

export type OpenImport = { upload: TransferId, 
/**
 * For rows without a `Mode` cell.
 */
mode: Mode, };

export type OrganizationArgument = { id: OrganizationId, };

export type OrganizationDetails = { id: OrganizationId, name: string, zone: string, language: Language, notes: string, address: string, telephone: string, email: string, default_folder: FolderId, created_at: Time, role: MemberRole | null, };

export type OrganizationId = string;

export type OrganizationMatches = { total: number, organizations: Array<OrganizationName>, };

export type OrganizationName = { id: OrganizationId, name: string, 
/**
 * Whether it has a connection: is a customer.
 */
customer: boolean, };

export type OrganizationOutcome = { id: OrganizationId, name: string, 
/**
 * None: done.
 */
problem: ErrorCode | null, };

export type OrganizationPreferences = { 
/**
 * RGT-11
 */
operators_create_organizations: boolean, };

export type OrganizationSearch = { 
/**
 * Words of the name; empty: all.
 */
search: string, 
/**
 * At most this many (1 to 200).
 */
limit: number, };

export type Parameter = number | string;

export type PasswordPolicy = "classic" | "passphrase";

export type Permissions = { administer: boolean, create_organizations: boolean, 
/**
 * In at least one organization (RGT-06).
 */
manage_systems: boolean, 
/**
 * In at least one organization (RGT-02).
 */
launch: boolean, };

export type PollerStatus = { 
/**
 * How many connections are polled.
 */
connections: number, 
/**
 * How many connections are being polled at this moment.
 */
in_flight: number, 
/**
 * How many connections are polled more rarely, because they did not answer.
 */
backed_off: number, 
/**
 * The interval between two polls of a connection that is asked for in the preferences, in seconds.
 */
interval_seconds: number, 
/**
 * How long a round really takes; above the interval when the fleet is larger than interval and concurrency allow.
 */
round_seconds: number, 
/**
 * By how much the round is stretched: 1 means as asked.
 */
stretch: number, 
/**
 * How many polls have ended since the service started.
 */
polls: number, };

export type Preferences = ZonePreferences & LogPreferences & OrganizationPreferences & AccountPreferences & ConnectionPreferences & LaunchPreferences;

export type PreferencesForm = { revision: number, preferences: Preferences, };

export type Profile = { id: AccountId, login: string, role: AccountRole, first_name: string, last_name: string, telephone: string, mobile: string, email: string, labels: Array<string>, expires_on: string | null, last_sign_in: Time | null, has_avatar: boolean, language: Language, theme: Theme, density: Density, 
/**
 * IANA name; none: the machine's.
 */
zone: string | null, };

export type ProxyChoice = { "kind": "workspace" } | { "kind": "direct" } | { "kind": "http_connect", host: string, port: number, } | { "kind": "socks5", host: string, port: number, };

export type RemovalPlan = { connections: number, systems: number, alarms: number, };

export type RenameFolder = { id: FolderId, name: string, };

export type RowState = "new" | "update" | "unchanged" | "invalid";

export type RowTest = { "kind": "none" } | { "kind": "waiting" } | { "kind": "testing" } | { "kind": "done", status: ConnectivityStatus, detail: string, certificate: CertificateView | null, systems: number, };

export type SaveAccount = { id: AccountId, revision: number, 
/**
 * None: the password stays.
 */
password: string | null, confirmation: string | null, login: string, role: AccountRole, labels: Array<string>, first_name: string, last_name: string, telephone: string, mobile: string, email: string, enabled: boolean, must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type SaveAppearance = { language: Language | null, theme: Theme | null, density: Density | null, zone: string | null, };

export type SaveColumns = { 
/**
 * The list's name.
 */
list: ListName, 
/**
 * None: back to the columns as they come.
 */
layout: ColumnLayout | null, };

export type SaveConnection = { 
/**
 * None: a new one.
 */
id: ConnectionId | null, organization: OrganizationId, 
/**
 * Of the one being changed; 0 for a new one.
 */
revision: number, kind: ConnectionKind, name: string, host: string, port: number, user_name: string, 
/**
 * None: the stored one stays.
 */
password: string | null, proxy: ProxyChoice, 
/**
 * From the test; none only with `without_contact`, or when nothing of what it is reached by changed.
 */
proof: string | null, 
/**
 * *Save without contact*: it is marked *never tried*.
 */
without_contact: boolean, };

export type SaveCustomer = { 
/**
 * None: a new one.
 */
id: OrganizationId | null, 
/**
 * Of the one being changed; 0 for a new one.
 */
revision: number, 
/**
 * None: the stored one stays.
 */
password: string | null, 
/**
 * From the test; none only with `without_contact`, or when nothing of the connection changed.
 */
proof: string | null, 
/**
 * *Save without contact*: the customer is marked *never tried*.
 */
without_contact: boolean, 
/**
 * SHA-256 of the certificate said yes to.
 */
accept: string | null, name: string, host: string, port: number, user_name: string, mode: Mode, tags: Array<string>, telephone: string, email: string, operators: Array<AccountId>, address: string, notes: string, 
/**
 * The way to this customer (CUS-15).
 */
proxy: ProxyChoice, };

export type SaveImport = { import: ImportId, 
/**
 * *Save these without contact too* (CUS-23).
 */
without_contact: boolean, };

export type SaveProfile = { first_name: string, last_name: string, telephone: string, mobile: string, email: string, };

export type SaveView = { 
/**
 * None: a new one.
 */
id: ViewId | null, 
/**
 * The name of the list it is a view of.
 */
list: ListName, 
/**
 * The name it is kept under, unique among the account's views of this list.
 */
name: string, 
/**
 * Whether every account sees it.
 */
shared: boolean, 
/**
 * The filter, search and sort it applies.
 */
query: ListQuery, 
/**
 * The columns it shows; none: it leaves them as they are.
 */
layout: ColumnLayout | null, };

export type Separator = "comma" | "semicolon" | "tab";

export type ServiceArgument = { 
/**
 * The service's name.
 */
service: ServiceName, };

export type ServiceName = "poller";

export type ServiceState = "running" | "stopped" | "elsewhere";

export type ServiceStatus = { 
/**
 * The service's name.
 */
name: ServiceName, 
/**
 * The version of the program that runs it.
 */
version: string, 
/**
 * How it is.
 */
state: ServiceState, 
/**
 * Since when it runs; none: it does not run in this process.
 */
since: Time | null, 
/**
 * The last error it met since it started; none: it met none.
 */
last_error: ErrorCode | null, 
/**
 * How the poller keeps up; none for every other service, and where it does not run.
 */
poller: PollerStatus | null, };

export type ServiceTile = { name: string, version: string, running: boolean, };

export type SessionId = string;

export type SessionView = { id: SessionId, profile: Profile, 
/**
 * What must happen before anything else.
 */
gate: Gate, 
/**
 * Minutes without a click, touch or key after which the session ends (ACC-10).
 */
timeout_minutes: number, 
/**
 * What the host's clock says; the other times are by it.
 */
at: Time, 
/**
 * When it ends if nothing is touched, and when it ends in any case.
 */
ends_at: Time, ends_at_latest: Time, may: Permissions, 
/**
 * What a new password has to be like (ACC-03), so that it can be said while it is typed.
 */
password_policy: PasswordPolicy, notices: Array<Notice>, 
/**
 * The organization chosen in the top bar (ORG-03).
 */
organization: OrganizationId | null, };

export type SetAvatar = { upload: TransferId, };

export type SetGrants = { organization: OrganizationId, account: AccountId, 
/**
 * None: no member any more.
 */
role: MemberRole | null, 
/**
 * Of an operator or a viewer; owners and admins have every folder.
 */
folders: Array<FolderId>, };

export type Severity = "critical" | "major" | "minor" | "warning";

export type SignIn = { login: string, password: string, 
/**
 * The language of the sign-in page; becomes the account's (ACC-06).
 */
language: Language | null, };

export type SignedIn = { 
/**
 * The secret token of this session. A browser gets it as a cookie instead, and here nothing.
 */
token: string | null, session: SessionView, };

export type Sort = { 
/**
 * The name of the column.
 */
column: string, 
/**
 * Whether the greatest value comes first.
 */
descending: boolean, };

export type Stage = "choose_database_password" | "locked" | "opening" | "migrating" | "first_start" | "ready";

export type StateCount = { state: SystemState, systems: number, };

export type StatusIcon = "needs_attention";

export type SystemCard = { id: SystemId, connection: ConnectionId | null, kind: SystemKind, name: string, address: string, version: string, role: SystemRole, state: SystemState, alarms: number, worst_alarm: Severity | null, services: Array<ServiceTile>, };

export type SystemId = string;

export type SystemKind = "telephone_server" | "video_server" | "camera";

export type SystemOutcome = { id: SystemId, 
/**
 * Empty where the account may not see it.
 */
name: string, problem: ErrorCode | null, };

export type SystemRole = "primary" | "secondary" | "expansion" | "alone";

export type SystemRow = { id: SystemId, organization: OrganizationId, 
/**
 * The connection it is reached by.
 */
connection: ConnectionId | null, customer: string, kind: SystemKind, name: string, role: SystemRole, state: SystemState, model: string, serial: string, host: string, version: string, alarms: number, worst_alarm: Severity | null, services: number, stopped_services: number, last_contact: Time | null, };

export type SystemState = "upgrading" | "certificate_changed" | "needs_setup" | "authentication_failed" | "unreachable" | "reachable_no_api" | "limited_api" | "online" | "unknown";

export type TagCount = { tag: string, customers: number, };

export type Terms = { 
/**
 * Rises with every change of the text; set by the core.
 */
version: number, text: string, };

export type Test = { "kind": "contains", 
/**
 * The text that is looked for.
 */
text: string, } | { "kind": "any_of", 
/**
 * The values, as they are stored.
 */
values: Array<string>, } | { "kind": "range", 
/**
 * The least value that passes; none: no lower limit.
 */
from: number | null, 
/**
 * The greatest value that passes; none: no upper limit.
 */
to: number | null, } | { "kind": "yes_no", 
/**
 * Which of the two passes.
 */
value: boolean, } | { "kind": "empty", 
/**
 * True: rows without a value pass; false: rows with one.
 */
value: boolean, };

export type TestConnection = { 
/**
 * The connection being edited; its stored password is used when none is given.
 */
id: ConnectionId | null, organization: OrganizationId, kind: ConnectionKind, host: string, port: number, user_name: string, password: string | null, proxy: ProxyChoice, 
/**
 * SHA-256 of the certificate the person has said yes to.
 */
accept: string | null, };

export type TestCustomer = { 
/**
 * The customer being edited; its stored password is used when none is given.
 */
id: OrganizationId | null, host: string, port: number, user_name: string, password: string | null, proxy: ProxyChoice, 
/**
 * SHA-256 of the certificate the person has said yes to.
 */
accept: string | null, };

export type TestImport = { import: ImportId, rows: Array<number> | null, };

export type TestResult = { status: ConnectivityStatus, connection: ConnectionState, certificate: CertificateView | null, 
/**
 * The certificate pinned before, when it differs from the one met.
 */
pinned: CertificateView | null, 
/**
 * What the network said, for the person who mends it.
 */
detail: string, 
/**
 * Comes back with the save and proves that exactly this connection was tested.
 */
proof: string | null, systems: number, version: string, };

export type TextCount = { value: string, customers: number, };

export type Theme = "light" | "dark" | "system";

export type Time = number;

export type TransferId = string;

export type TrustImport = { import: ImportId, rows: Array<number> | null, };

export type Upload = { 
/**
 * The id by which a command takes the file, once.
 */
upload: TransferId, 
/**
 * The file's name, without a path.
 */
name: string, 
/**
 * How many bytes it has.
 */
size: number, };

export type View = { 
/**
 * The view's id.
 */
id: ViewId, 
/**
 * The view's name, unique among one account's views of a list.
 */
name: string, 
/**
 * Whether every account sees it; otherwise only the one that made it.
 */
shared: boolean, 
/**
 * Whether this account made it and may change it.
 */
own: boolean, 
/**
 * The filter, search and sort it applies.
 */
query: ListQuery, 
/**
 * The columns it shows; none: it leaves them as they are.
 */
layout: ColumnLayout | null, };

export type ViewArgument = { 
/**
 * The view's id.
 */
id: ViewId, };

export type ViewId = string;

export type WindowArgument = { 
/**
 * The ids of the rows; answered are those that the account may see.
 */
ids: string[], };

export type WireError = { 
/**
 * What went wrong.
 */
code: ErrorCode, 
/**
 * Names, numbers and limits that its words need.
 */
params: { [key in string]: Parameter }, 
/**
 * Every field that is wrong, all at once (only with `form.invalid`).
 */
fields: Array<FieldProblem>, 
/**
 * Whether the same call may succeed later without anything being changed.
 */
retryable: boolean, 
/**
 * Finds the error in the log; empty when the log has nothing to add.
 */
id: string, };

export type Work = { 
/**
 * The work's id, which cancels it.
 */
id: WorkId, 
/**
 * Whose it is.
 */
account: AccountId, 
/**
 * Words: `work-<kind>`.
 */
kind: WorkKind, 
/**
 * What the work is about, as a person knows it: a file's name, a customer's; empty: the kind says it.
 */
about: string, 
/**
 * How many items are done, those that failed included.
 */
done: number, 
/**
 * How many items there are in all.
 */
total: number, 
/**
 * How many of those done have failed.
 */
failed: number, 
/**
 * When it began.
 */
started_at: Time, 
/**
 * When it ended, however it did; none: it runs.
 */
finished_at: Time | null, 
/**
 * Whether it can be asked to end early.
 */
cancellable: boolean, };

export type WorkArgument = { id: WorkId, };

export type WorkId = string;

export type WorkKind = "export" | "refresh" | "import_test" | "import_save";

export type WorkspaceState = { version: string, stage: Stage, 
/**
 * While it is migrating: how far.
 */
migration: MigrationView | null, 
/**
 * A demo fleet that can be thrown away.
 */
demo: boolean, 
/**
 * Whether *Explore the demo fleet* can be offered here.
 */
demo_available: boolean, shared: boolean, folder: string, 
/**
 * For an account nobody needs to type: set in the demo only.
 */
demo_login: string | null, };

export type ZonePreferences = { 
/**
 * IANA name of the workspace's zone.
 */
zone: string, };
