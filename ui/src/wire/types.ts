// Generated from the Rust types by `cargo xtask types`. Do not edit.

export type About = { 
/**
 * The program's version.
 */
version: string, 
/**
 * The folder the workspace lives in; empty for who does not administer.
 */
folder: string, 
/**
 * The size of the database in bytes.
 */
database_bytes: number, 
/**
 * How the database was opened (ADM-04).
 */
key_source: KeySource, 
/**
 * How many accounts there are; 0 for who does not administer.
 */
accounts: number, 
/**
 * How many organizations there are; 0 for who does not administer.
 */
organizations: number, 
/**
 * How many systems there are; 0 for who does not administer.
 */
systems: number, };

export type AcceptAsNew = { 
/**
 * The code.
 */
code: string, 
/**
 * The login name: 1 to 15 code points.
 */
login: string, 
/**
 * The password (ACC-03).
 */
password: string, 
/**
 * The same password once more.
 */
confirmation: string, 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * The language it reads.
 */
language: Language, };

export type AcceptCertificate = { 
/**
 * The connection's id.
 */
id: ConnectionId, 
/**
 * The SHA-256 of the new certificate, as [`CertificateView::sha256`].
 */
sha256: string, };

export type AcceptInvitation = { 
/**
 * The code.
 */
code: string, 
/**
 * The login name; case does not matter.
 */
login: string, 
/**
 * The password.
 */
password: string, 
/**
 * The language of the sign-in page; becomes the account's (ACC-06).
 */
language: Language | null, };

export type AcceptSystemFile = { 
/**
 * The file.
 */
digest: string, 
/**
 * What it says, where it is not Flotilla's own.
 */
entered: EnteredSystem | null, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type AcceptTerms = { 
/**
 * The version that was shown.
 */
version: number, };

export type AccessChange = { 
/**
 * The membership or invitation.
 */
id: MemberId, 
/**
 * Its name, or the invited address.
 */
name: string, 
/**
 * The role it has.
 */
before: MemberRole, 
/**
 * Systems visible to it now.
 */
systems_before: number, 
/**
 * Systems visible to it then.
 */
systems_after: number, 
/**
 * The folders it gains; of those within each other the uppermost.
 */
gains: Array<FolderChange>, 
/**
 * The folders it loses; of those within each other the uppermost.
 */
loses: Array<FolderChange>, 
/**
 * Why it cannot be changed; none: it can.
 */
problem: ErrorCode | null, };

export type AccountArgument = { 
/**
 * Its id.
 */
id: AccountId, };

export type AccountDetails = { 
/**
 * The account's id.
 */
id: AccountId, 
/**
 * Must come back with a save; refuses to overwrite what somebody else changed meanwhile.
 */
revision: number, 
/**
 * Whether it has an avatar (ACC-21).
 */
has_avatar: boolean, 
/**
 * Cannot be deleted, disabled or made operator: the only enabled administrator, or oneself (ACC-18).
 */
protected: boolean, 
/**
 * The login name: 1 to 15 code points, unique without regard to case.
 */
login: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * Of operators: matched with the provider and reseller names that systems report (ACC-16).
 */
labels: Array<string>, 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * Telephone number: at most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * Mobile number: as the telephone number.
 */
mobile: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * Whether it can sign in.
 */
enabled: boolean, 
/**
 * Whether the password must be changed at the next sign-in, before anything else (ACC-09).
 */
must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type AccountId = string;

export type AccountName = { 
/**
 * The account's id.
 */
id: AccountId, 
/**
 * Its login name.
 */
login: string, 
/**
 * Its first and last name; empty: none given.
 */
name: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * Whether it can sign in.
 */
enabled: boolean, };

export type AccountPreferences = { 
/**
 * 5 to 30 (ACC-10).
 */
session_timeout_minutes: number, 
/**
 * What a new password has to be like.
 */
password_policy: PasswordPolicy, 
/**
 * 0 to 24 (ACC-04).
 */
password_history: number, 
/**
 * None: no terms (ACC-08).
 */
terms: Terms | null, };

export type AccountRole = "administrator" | "operator";

export type AccountRow = { 
/**
 * The account's id.
 */
id: AccountId, 
/**
 * Its login name.
 */
login: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * Its labels (ACC-16).
 */
labels: Array<string>, 
/**
 * First name; empty: none.
 */
first_name: string, 
/**
 * Last name; empty: none.
 */
last_name: string, 
/**
 * Telephone number; empty: none.
 */
telephone: string, 
/**
 * Mobile number; empty: none.
 */
mobile: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * Whether it can sign in.
 */
enabled: boolean, 
/**
 * Whether the password must be changed at the next sign-in (ACC-09).
 */
must_change_password: boolean, 
/**
 * The date at whose start it is disabled (ACC-11); none: it does not expire.
 */
expires_on: string | null, 
/**
 * When it last signed in; none: never.
 */
last_sign_in: Time | null, 
/**
 * Whether it has a second factor (ACC-13).
 */
second_factor: boolean, 
/**
 * Whether it has an avatar (ACC-21).
 */
has_avatar: boolean, };

export type ActivityRow = { 
/**
 * The entry's id.
 */
id: AuditId, 
/**
 * When the act took place.
 */
at: Time, 
/**
 * Login name, unless it was erased (ACC-24); empty: nobody was signed in, or the program did it by itself.
 */
who: string, 
/**
 * The act, for example `folders.move`; its words are `act-…`.
 */
act: string, 
/**
 * What it was done to: a name, an account's login name; empty: nothing in particular.
 */
subject: string, 
/**
 * How the act ended.
 */
result: AuditResult, 
/**
 * Further facts as a JSON object, without secrets.
 */
details: string, };

export type AddAccount = { 
/**
 * Its password (ACC-03).
 */
password: string, 
/**
 * The same password once more.
 */
confirmation: string, 
/**
 * The login name: 1 to 15 code points, unique without regard to case.
 */
login: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * Of operators: matched with the provider and reseller names that systems report (ACC-16).
 */
labels: Array<string>, 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * Telephone number: at most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * Mobile number: as the telephone number.
 */
mobile: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * Whether it can sign in.
 */
enabled: boolean, 
/**
 * Whether the password must be changed at the next sign-in, before anything else (ACC-09).
 */
must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type AddDevices = { 
/**
 * The organization they are added to.
 */
organization: OrganizationId, 
/**
 * The folder they are put into.
 */
folder: FolderId, 
/**
 * At most 5,000.
 */
devices: Array<NewDevice>, 
/**
 * How those are signed in to that have accounts; none: they are left out.
 */
credentials: Credentials | null, 
/**
 * The account that factory-new ones get; none: they are left out.
 */
first_account: FirstAccount | null, 
/**
 * Certificates that nobody has seen are believed when they are met first (CUS-11, for all of them).
 */
accept_first_met: boolean, };

export type AddPackage = { 
/**
 * The chosen file.
 */
upload: TransferId, 
/**
 * The text of a `.sha256` file that was given with it; empty: none was, and the one that lies beside it counts, if there is one.
 */
digest: string, };

export type AddressTakenBy = "managed" | "answers" | "refuses";

export type AlarmCause = "no_contact" | "access_refused" | "certificate_changed" | "certificate_expiring" | "seen_elsewhere" | "service_stopped" | "system_stopped" | "licence_expired";

export type AlarmCount = { 
/**
 * The type (ALM-02).
 */
alarm_type: AlarmType, 
/**
 * The severity (ALM-02).
 */
severity: Severity, 
/**
 * How many alarms are open, not shelved and not suppressed (ALM-05).
 */
alarms: number, };

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

export type AlarmsByCustomer = { 
/**
 * The customers that are worst off, the worst first.
 */
customers: Array<CustomerAlarms>, 
/**
 * How many customers there are besides with an open alarm.
 */
others: number, 
/**
 * How many alarms those have: critical, major, minor, warning.
 */
other_counts: [number, number, number, number], };

export type Allocate = { 
/**
 * What is to be allocated.
 */
choice: AllocationChoice, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type AllocateToSystem = { 
/**
 * The system, of the same organization.
 */
system: SystemId, 
/**
 * The lots and how many of each.
 */
lines: Array<LotLine>, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type AllocationChoice = { 
/**
 * The first year; none: the first that is not licensed.
 */
first_year: number | null, 
/**
 * How many years, 1 to 6.
 */
years: number, 
/**
 * Numbers that differ from the proposed ones; they can be raised, never lowered.
 */
quantities: Array<YearQuantity>, 
/**
 * The lots, where the person has chosen them; empty: the proposed ones.
 */
lots: Array<YearLine>, 
/**
 * The day on which the system was added that the licences are for; none: they are for the product (LIC-32).
 */
first_day: string | null, 
/**
 * Whether the person has said yes to more than is needed.
 */
beyond_need: boolean, };

export type AllocationPlan = { 
/**
 * The years.
 */
years: Array<PlannedYear>, 
/**
 * What is taken from which lot.
 */
lines: Array<PlannedLine>, 
/**
 * What the wallet does not have, by type, as licences of one year; empty: it covers all of it.
 */
missing: Array<TypeQuantity>, 
/**
 * Places in years that nobody asked for, because a licence of several years is never split.
 */
surplus: number, 
/**
 * What would be given back (LIC-32).
 */
credits: Array<Credit>, 
/**
 * The last day of the last licensed year, if this is confirmed; none: it would not be licensed.
 */
licensed_until: string | null, 
/**
 * How many years could be asked for at most.
 */
most_years: number, };

export type AppendPiece = { 
/**
 * The file on its way in.
 */
arrival: ArrivalId, 
/**
 * How many bytes have come before.
 */
offset: number, 
/**
 * The piece, uploaded.
 */
upload: TransferId, 
/**
 * The SHA-256 of the piece, in hexadecimal digits.
 */
sha256: string, };

export type Application = "one_x_portal" | "web_license_manager" | "web_control" | "web_manager";

export type ApplicationAddress = { 
/**
 * The application.
 */
application: Application, 
/**
 * The address with `{host}` and `{port}` in place of the customer's; empty: the application is not offered.
 */
template: string, };

export type ApplicationFields = { 
/**
 * What it is called: 1 to 100 characters.
 */
name: string, 
/**
 * What it is, such as *Body Worn*; may be empty.
 */
model: string, 
/**
 * Its IP address or host name; may be empty.
 */
host: string, 
/**
 * The folder that it synchronises with.
 */
folder: FolderId, };

export type ApplicationLicence = "not_needed" | "valid" | "invalid" | "missing" | "own" | "unknown";

export type ApplicationState = "running" | "stopped" | "idle" | "unknown";

export type ArchiveNumber = { 
/**
 * What is counted; its words are `organizations-archive-<name>`.
 */
name: string, 
/**
 * How many; 0 is not shown.
 */
count: number, };

export type ArchiveOrganization = { 
/**
 * The organization's id.
 */
id: OrganizationId, 
/**
 * The id once more, as the person has pasted it.
 */
confirmation: string, };

export type ArchivePlan = { 
/**
 * Systems that are still in it.
 */
systems: number, 
/**
 * Connections that are polled no more.
 */
connections: number, 
/**
 * Members who see it no more.
 */
members: number, 
/**
 * What the other features have to say of it; only what there is.
 */
more: Array<ArchiveNumber>, };

export type ArrivalArgument = { 
/**
 * Its id.
 */
arrival: ArrivalId, };

export type ArrivalId = string;

export type ArrivalSource = "file" | "browser" | "address";

export type ArrivalState = "running" | "interrupted" | "known";

export type ArrivalView = { 
/**
 * Its id.
 */
id: ArrivalId, 
/**
 * How it is.
 */
state: ArrivalState, 
/**
 * Where it comes from.
 */
source: ArrivalSource, 
/**
 * The file's name.
 */
file_name: string, 
/**
 * The address it comes from; empty: it comes as a file.
 */
address: string, 
/**
 * How many bytes it has; none: the other side did not say.
 */
total: number | null, 
/**
 * How many of them have come.
 */
done: number, 
/**
 * Why it stopped; none: it did not, or the program ended.
 */
error: ErrorCode | null, 
/**
 * The work that brings it in; none: none does.
 */
work: WorkId | null, 
/**
 * When it was begun.
 */
started_at: Time, 
/**
 * The SHA-256 of each piece that has come from a browser.
 */
pieces: Array<string>, 
/**
 * The package that has the same content.
 */
known_as: PackageRow | null, };

export type AttestOffline = { 
/**
 * The system.
 */
system: OfflineSystemId, 
/**
 * What became of it.
 */
outcome: Attested, 
/**
 * How that is known.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type Attested = "confirmed" | "returned";

export type AuditId = string;

export type AuditResult = "done" | "refused" | "failed";

export type AuditRow = { 
/**
 * The entry's id.
 */
id: AuditId, 
/**
 * Its place in the chain, from 1.
 */
sequence: number, 
/**
 * When the act took place.
 */
at: Time, 
/**
 * Login name and names, unless they were erased (ACC-24).
 */
who: string, 
/**
 * Where the call came from: `desktop`, `command-line`, or a network address.
 */
origin: string, 
/**
 * The act, for example `customers.save`; its words are `act-…`.
 */
act: string, 
/**
 * The name of the organization the act took place in; empty: none, or several.
 */
organization: string, 
/**
 * What it was done to: a name, an account's login name, a file; empty: nothing in particular.
 */
subject: string, 
/**
 * How the act ended.
 */
result: AuditResult, 
/**
 * Further facts as a JSON object, without secrets.
 */
details: string, };

export type AuditVerification = { 
/**
 * How many entries were followed.
 */
entries: number, 
/**
 * SHA-256 of the last entry.
 */
head: string, 
/**
 * The first entry that does not fit; none: the chain is whole.
 */
broken_at: number | null, 
/**
 * The number of the entry whose hash was given to compare with; none: none was given, or the chain does not hold it.
 */
head_at: number | null, };

export type BeginUpload = { 
/**
 * The file's name, without a path.
 */
name: string, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * The text of a `.sha256` file that was given with it; empty: none was.
 */
digest: string, };

export type BookDifference = { 
/**
 * The key, masked; empty: all licences of the type and term whose key no line names.
 */
key: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term in years.
 */
term: number, 
/**
 * The first year the licences are allocated to; none: they are in the wallet.
 */
year: number | null, 
/**
 * How many the book has.
 */
here: number, 
/**
 * How many the vendor shows.
 */
shown: number, 
/**
 * Whether a line names these licences; those that none names are 0 at the vendor.
 */
named: boolean, };

export type BuyAddress = { 
/**
 * Whose.
 */
of: BuyAt, 
/**
 * The address.
 */
url: string, };

export type BuyAt = "product" | "reseller";

export type CatalogueView = { 
/**
 * Its version.
 */
version: number, 
/**
 * From which day on it holds.
 */
from: string, 
/**
 * Whether it is the program's own, unchanged.
 */
built_in: boolean, 
/**
 * The file.
 */
catalogue: unknown, };

export type CertificateView = { 
/**
 * SHA-256 over the DER, upper-case hexadecimal pairs with colons.
 */
sha256: string, 
/**
 * The subject, as a distinguished name.
 */
subject: string, 
/**
 * The issuer, as a distinguished name.
 */
issuer: string, 
/**
 * The serial number in hexadecimal digits.
 */
serial_number: string, 
/**
 * The first instant it is valid.
 */
valid_from: Time, 
/**
 * The last instant it is valid.
 */
valid_until: Time, 
/**
 * The host names and IP addresses it is for.
 */
names: Array<string>, 
/**
 * Whether subject and issuer are the same.
 */
self_signed: boolean, };

export type ChangePassword = { 
/**
 * The password until now.
 */
present: string, 
/**
 * The new password (ACC-03, ACC-04).
 */
password: string, 
/**
 * The new password once more.
 */
confirmation: string, };

export type Changes = { 
/**
 * When the first hour began.
 */
from: Time, 
/**
 * Connections that stopped answering.
 */
went_down: Happened, 
/**
 * How many of these do not answer yet.
 */
still_down: number, 
/**
 * Connections that answer again.
 */
came_back: Happened, 
/**
 * How long these had not answered on average, in milliseconds; none: none came back.
 */
mean_duration: number | null, 
/**
 * Alarms that were raised.
 */
raised: Happened, 
/**
 * How many of these were critical.
 */
raised_critical: number, 
/**
 * How many of these were major.
 */
raised_major: number, 
/**
 * Alarms that were cleared.
 */
cleared: Happened, };

export type ChooseMain = { 
/**
 * The connection's id; the customer is the organization that it belongs to.
 */
connection: ConnectionId, };

export type ChooseOrganization = { 
/**
 * The organization; none: all that the account may see.
 */
organization: OrganizationId | null, };

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

export type ColumnValues = { 
/**
 * The values in most rows, most first; none of columns that are filtered by a range.
 */
values: Array<ValueCount>, 
/**
 * How many rows match, whatever they have in this column.
 */
rows: number, };

export type CommissionAddressing = { "kind": "keep" } | { "kind": "network" } | { "kind": "range", 
/**
 * The first address, IPv4.
 */
first: string, 
/**
 * The last address.
 */
last: string, 
/**
 * How many bits name the network, 1 to 30.
 */
prefix: number, 
/**
 * The default gateway; empty: none.
 */
gateway: string, };

export type CommissionDevice = { 
/**
 * The device.
 */
id: SystemId, 
/**
 * Its address, IPv4; empty: as the settings say.
 */
address: string, 
/**
 * Its host name; empty: it keeps its own.
 */
host_name: string, };

export type CommissionDevices = { 
/**
 * At most 500.
 */
devices: Array<CommissionDevice>, 
/**
 * What they get.
 */
settings: CommissionSettings, };

export type CommissionPreview = { 
/**
 * A row for each device that the account may put into service, in the order in which they were named.
 */
rows: Array<CommissionRow>, 
/**
 * Devices that the account may not put into service.
 */
skipped: Array<SkippedDevice>, 
/**
 * Addresses of the range that were passed over.
 */
taken: Array<TakenAddress>, 
/**
 * Whether it cannot be seen from here which addresses are free, such as through a proxy.
 */
cannot_tell: boolean, };

export type CommissionRow = { 
/**
 * The device.
 */
system: SystemId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its model.
 */
model: string, 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Where it is now.
 */
host: string, 
/**
 * The address that it would get; empty: it keeps its own, or gets one from the network.
 */
address: string, 
/**
 * The host name that it would get; empty: it keeps its own.
 */
host_name: string, 
/**
 * Why it cannot get it.
 */
problem: ErrorCode | null, };

export type CommissionSettings = { 
/**
 * Where the addresses come from.
 */
addressing: CommissionAddressing, 
/**
 * The name servers; none: as they are; empty: those that the network names.
 */
name_servers: Array<string> | null, 
/**
 * A template of the host name with `{serial}`, `{model}`, `{n}` (the place in the list, from 1), `{folder}`; empty: as it is.
 */
host_name: string, 
/**
 * IANA name of the time zone; empty: as it is.
 */
zone: string, 
/**
 * The time servers; none: as they are; empty: those that the network names.
 */
time_servers: Array<string> | null, };

export type CommonStart = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its start.
 */
start: string, 
/**
 * Its next anniversary.
 */
next: string, };

export type CompareLicences = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * What the vendor shows.
 */
lines: Array<ShownLine>, };

export type ConfirmOffline = { 
/**
 * The file.
 */
digest: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type ConnectionCount = { 
/**
 * The state.
 */
connection: ConnectionState, 
/**
 * How many customers are in it.
 */
customers: number, };

export type ConnectionId = string;

export type ConnectionKind = "ip_office" | "device" | "video_server";

export type ConnectionOutcome = { 
/**
 * The connection's id.
 */
id: ConnectionId, 
/**
 * Its name, or its address; empty where the account may not see it.
 */
name: string, 
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

export type ConnectionView = { 
/**
 * The connection's id.
 */
id: ConnectionId, 
/**
 * The organization it belongs to.
 */
organization: OrganizationId, 
/**
 * What is reached by it.
 */
kind: ConnectionKind, 
/**
 * Empty: it is called by its address.
 */
name: string, 
/**
 * Its IP address or host name.
 */
host: string, 
/**
 * Its port, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * Whether a password is stored.
 */
has_password: boolean, 
/**
 * The proxy it goes through (CUS-15).
 */
proxy: ProxyChoice, 
/**
 * How its last contact ended (CUS-03).
 */
status: ConnectivityStatus, 
/**
 * The colour and shape of that status (CUS-02).
 */
state: ConnectionState, 
/**
 * What the network said at the last contact, for the person who mends it; empty: nothing.
 */
status_detail: string, 
/**
 * Since when the status holds; none: never tried.
 */
status_since: Time | null, 
/**
 * When something last answered; none: never.
 */
last_contact: Time | null, 
/**
 * When it is polled next; none: it is not planned in this process.
 */
next_contact: Time | null, 
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
 * Whether it is polled; whoever handles alarms may switch that off and on (DEV-51, RGT-03).
 */
monitored: boolean, 
/**
 * Must come back with a save.
 */
revision: number, };

export type ConnectionsArgument = { 
/**
 * Their ids.
 */
ids: Array<ConnectionId>, };

export type ConnectionsOf = { 
/**
 * The organization's id.
 */
organization: OrganizationId, };

export type ConnectivityStatus = "never_tried" | "not_monitored" | "success" | "failed" | "invalid_credentials" | "authorization_failed" | "monitoring_rights_missing" | "disabled_by_administrator" | "service_user_disabled" | "service_user_locked" | "too_many_sessions" | "upgrade_rights_missing" | "unreachable" | "certificate_changed" | "certificate_not_trusted" | "needs_setup" | "replaced" | "limited";

export type Console = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Its address.
 */
url: string, };

export type CopyJob = { 
/**
 * The job.
 */
id: JobId, 
/**
 * What is different.
 */
order: JobOrder, };

export type CreateDeviceAccount = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * Its name: 1 to 14 letters and digits.
 */
user_name: string, 
/**
 * Its password.
 */
password: string, 
/**
 * What it may do.
 */
role: DeviceRole, 
/**
 * Whether it may pan, tilt and zoom.
 */
ptz: boolean, };

export type CreateFirst = { 
/**
 * The login name: 1 to 15 code points.
 */
login: string, 
/**
 * The password (ACC-03).
 */
password: string, 
/**
 * The same password once more.
 */
confirmation: string, 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * The language it reads.
 */
language: Language, 
/**
 * IANA name of the viewer's zone; becomes the workspace's zone.
 */
zone: string, };

export type CreateFolder = { 
/**
 * The folder it is created in.
 */
parent: FolderId, 
/**
 * Its name: 1 to 100 code points, unique among its siblings without regard to case.
 */
name: string, };

export type CreateOrganization = { 
/**
 * Its name: 1 to 100 code points, unique among those not archived.
 */
name: string, 
/**
 * The IANA name of its time zone (GEN-06).
 */
zone: string, 
/**
 * The language of its documents.
 */
language: Language, 
/**
 * Notes; may have several lines.
 */
notes: string, 
/**
 * The postal address; empty: none.
 */
address: string, 
/**
 * At most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * An e-mail address; empty: none.
 */
email: string, };

export type CredentialSet = { 
/**
 * Its id.
 */
id: CredentialSetId, 
/**
 * The organization whose devices it is for.
 */
organization: OrganizationId, 
/**
 * What it is called; unique in the organization.
 */
name: string, 
/**
 * The user name on the devices.
 */
user_name: string, 
/**
 * When it was last changed.
 */
changed_at: Time, 
/**
 * Must come back with a save.
 */
revision: number, };

export type CredentialSetArgument = { 
/**
 * The credential set.
 */
id: CredentialSetId, 
/**
 * The organization it is of.
 */
organization: OrganizationId, };

export type CredentialSetId = string;

export type CredentialSetsOf = { 
/**
 * The organization's id.
 */
organization: OrganizationId, };

export type Credentials = { "kind": "set", 
/**
 * The credential set.
 */
id: CredentialSetId, } | { "kind": "typed", 
/**
 * The user name.
 */
user_name: string, 
/**
 * The password.
 */
password: string, };

export type Credit = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * How many licences were allocated to the year.
 */
licences: number, 
/**
 * For how many of its days they were not used.
 */
days: number, 
/**
 * The days of the year.
 */
year_days: number, 
/**
 * The licence-days that were kept from before.
 */
residual_before: number, 
/**
 * How many licences of one year are given back.
 */
credit: number, 
/**
 * The licence-days that are kept.
 */
residual_after: number, };

export type Criterion = { 
/**
 * The name of the column whose values are tested.
 */
column: string, 
/**
 * What they are tested for.
 */
test: Test, };

export type CustomerAlarms = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * The customer's name.
 */
name: string, 
/**
 * The worst state of its connections; none: it has no connection.
 */
connection: ConnectionState | null, 
/**
 * How many alarms are critical, major, minor and warnings.
 */
counts: [number, number, number, number], 
/**
 * Since when the oldest of them is open.
 */
oldest: Time, };

export type CustomerArgument = { 
/**
 * Its organization.
 */
id: OrganizationId, };

export type CustomerDetails = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * Whether a service password is stored; it never comes back itself (GEN-08).
 */
has_password: boolean, 
/**
 * Must come back with a save.
 */
revision: number, 
/**
 * The names of all operators, also of those by label.
 * The connection whose address and credentials are those of the form; none: it has none any more.
 */
main_connection: ConnectionId | null, 
/**
 * The names of all operators, also of those by label.
 */
operator_names: Array<AccountName>, 
/**
 * Those who are there by a label and not by hand: the form cannot take them away (ACC-16).
 */
operators_by_label: Array<AccountId>, 
/**
 * The name, required and unique among the organizations not archived (ORG-01).
 */
name: string, 
/**
 * The IP address or host name of the main connection.
 */
host: string, 
/**
 * The port of the main connection, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * On-premises or cloud.
 */
mode: Mode, 
/**
 * At most 5, each of at most 40 code points.
 */
tags: Array<string>, 
/**
 * At most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * An e-mail address; empty: none.
 */
email: string, 
/**
 * The operators assigned by hand.
 */
operators: Array<AccountId>, 
/**
 * The postal address; empty: none.
 */
address: string, 
/**
 * Notes; may have several lines.
 */
notes: string, 
/**
 * The way to this customer (CUS-15).
 */
proxy: ProxyChoice, };

export type CustomerPanel = { 
/**
 * What the list shows of the customer.
 */
row: CustomerRow, 
/**
 * The operators assigned to it, those by label included.
 */
operators: Array<AccountName>, 
/**
 * What the network said at the last contact, for the person who mends it; empty: nothing.
 */
status_detail: string, 
/**
 * The certificate that is believed; none: no connection was trusted yet.
 */
certificate: CertificateView | null, 
/**
 * Met, but not accepted.
 */
waiting_certificate: CertificateView | null, 
/**
 * The provider's name, as the solution reports it; empty: none.
 */
provider: string, 
/**
 * The reseller's name, as the solution reports it; empty: none.
 */
reseller: string, 
/**
 * The licences its solutions report.
 */
licences: Array<LicenceLine>, 
/**
 * Its systems that the account may see, by connection, the primary first.
 */
systems: Array<SystemCard>, 
/**
 * The connection whose certificates and status detail are shown here.
 */
main_connection: ConnectionId | null, 
/**
 * When the main connection is polled next; none: it is not planned in this process.
 */
next_contact: Time | null, 
/**
 * Whether the account may change connections and systems here (RGT-06).
 */
may_manage: boolean, 
/**
 * Whether the account may launch management applications here (RGT-02).
 */
may_launch: boolean, 
/**
 * The applications that customers of this mode have (CUS-50).
 */
applications: Array<Application>, };

export type CustomerRow = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * The worst state among its connections (CUS-02, CUS-16).
 */
connection: ConnectionState, 
/**
 * The organization's name, unique among those not archived (ORG-01).
 */
name: string, 
/**
 * The primary system's own name.
 */
system_name: string, 
/**
 * On-premises or cloud.
 */
mode: Mode, 
/**
 * How many of its systems the account may see.
 */
systems: number, 
/**
 * The IP address or host name of the main connection; empty: it has none.
 */
host: string, 
/**
 * The port of the main connection, 1 to 65535; 0: it has none.
 */
port: number, 
/**
 * The profile the main connection reports, of cloud solutions; empty: none.
 */
profile: string, 
/**
 * The version of the main connection's primary system or device; empty: not known.
 */
version: string, 
/**
 * How many alarms of what the account may see are open, not shelved and not suppressed (ALM-05).
 */
alarms: number, 
/**
 * The worst severity among those alarms; none: there are none.
 */
worst_alarm: Severity | null, 
/**
 * The names of the operators assigned to it, those by label included (ACC-16).
 */
operators: Array<string>, 
/**
 * Its tags; at most 5 (CUS-10).
 */
tags: Array<string>, 
/**
 * Notes on the customer; may have several lines.
 */
notes: string, 
/**
 * Its telephone number; empty: none.
 */
telephone: string, 
/**
 * Its e-mail address; empty: none.
 */
email: string, 
/**
 * Its postal address; empty: none.
 */
address: string, 
/**
 * How many connections it has, and how many of them are connected (CUS-16).
 */
connections: number, 
/**
 * How many of its connections are connected.
 */
connected: number, 
/**
 * How the last contact by the worst connection ended (CUS-03).
 */
status: ConnectivityStatus, 
/**
 * Since when that status holds; none: never tried.
 */
status_since: Time | null, 
/**
 * The status icons shown beside the name (CUS-04).
 */
icons: Array<StatusIcon>, 
/**
 * What the licences its solutions report come to, the most urgent of all.
 */
licences: LicenceState, 
/**
 * When the first of its licences ends, or has ended.
 */
licence_until: string | null, 
/**
 * When the certificate that is believed ends.
 */
certificate_until: Time | null, 
/**
 * When a connection of it last had contact; none: never.
 */
last_contact: Time | null, };

export type CustomerState = "running" | "failed" | "stopped" | "waiting" | "done";

export type CustomersArgument = { 
/**
 * Their organizations.
 */
ids: Array<OrganizationId>, };

export type Dashboard = { 
/**
 * When it was counted.
 */
at: Time, 
/**
 * How many customers the account sees.
 */
customers: number, 
/**
 * How many systems the account sees.
 */
systems: number, 
/**
 * Customers by connection (CUS-02).
 */
connections: Array<ConnectionCount>, 
/**
 * Open alarms by type and severity (ALM-02).
 */
alarms: Array<AlarmCount>, 
/**
 * Open alarms by customer.
 */
alarms_by_customer: AlarmsByCustomer, 
/**
 * The critical alarms that were raised last and are open.
 */
critical: Array<AlarmRow>, 
/**
 * What has changed since yesterday.
 */
changes: Changes, 
/**
 * Version of the primary and customers with it, most frequent first. Empty text: not known.
 */
versions: Array<TextCount>, 
/**
 * Customers by tag, most frequent first.
 */
tags: Array<TagCount>, 
/**
 * Cloud customers by profile.
 */
profiles: Array<TextCount>, 
/**
 * Systems by state (DEV-11).
 */
states: Array<StateCount>, 
/**
 * The certificates that end soon, the next to end first, and after them those that have expired, the latest first.
 */
certificates: Array<ExpiringCertificate>, 
/**
 * Customers by the end of their certificate.
 */
certificates_ending: Ending, 
/**
 * The customers whose licences end soon, the next to end first, and after them those whose licences have expired, the
 * latest first.
 */
licences_due: Array<LicenceDue>, 
/**
 * Customers by the first end among their licences.
 */
licences_ending: Ending, };

export type DashboardArgument = { 
/**
 * The organization menu narrows it (DSH-01).
 */
organization: OrganizationId | null, };

export type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export type DecideIssuer = { 
/**
 * The id of its key.
 */
key: string, 
/**
 * Why.
 */
reason: string, };

export type DeclaredKey = { 
/**
 * The key.
 */
key: string, 
/**
 * The type of its licences.
 */
licence_type: string, 
/**
 * What they are used for.
 */
purpose: Purpose, 
/**
 * Their term in years; 0 for an expansion or upgrade.
 */
term: number, 
/**
 * How many.
 */
quantity: number, 
/**
 * The order reference; may be empty.
 */
order: string, };

export type DeleteAccounts = { 
/**
 * Their ids.
 */
ids: Array<AccountId>, 
/**
 * Names, contacts and avatar go everywhere; the audit log keeps the id (ACC-24).
 */
erase: boolean, };

export type DeleteDeviceAccount = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The account's name.
 */
user_name: string, };

export type DeletionPlan = { 
/**
 * How many customers are deleted.
 */
customers: number, 
/**
 * How many systems go with them.
 */
systems: number, 
/**
 * How many alarms go with them.
 */
alarms: number, 
/**
 * How many jobs go with them.
 */
jobs: number, 
/**
 * Not deleted because of postings in the licence ledger.
 */
kept: Array<OrganizationOutcome>, };

export type Density = "compact" | "comfortable";

export type DeviceAccount = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it may do; none: nothing.
 */
role: DeviceRole | null, 
/**
 * Whether it may pan, tilt and zoom.
 */
ptz: boolean, 
/**
 * Whether Flotilla signs in with it (DEV-41).
 */
own: boolean, };

export type DeviceAct = { 
/**
 * Its id.
 */
id: DeviceActId, 
/**
 * What is done.
 */
kind: DeviceActKind, 
/**
 * What it is about, such as the name of an account.
 */
about: string, 
/**
 * The login name of who began it.
 */
account_name: string, 
/**
 * When it began.
 */
started_at: Time, 
/**
 * When it ended; none: it is under way.
 */
finished_at: Time | null, 
/**
 * The work that can be cancelled; none: it runs in another process, or has ended.
 */
work: WorkId | null, 
/**
 * How many devices are in each state.
 */
counts: DeviceActCounts, 
/**
 * Why those failed that did, the most frequent reason first.
 */
reasons: Array<FailureReason>, 
/**
 * What they were to get, where they were put into service.
 */
commission: CommissionSettings | null, };

export type DeviceActArgument = { 
/**
 * Its id.
 */
id: DeviceActId, };

export type DeviceActBegun = { 
/**
 * Its id.
 */
id: DeviceActId, 
/**
 * Devices that it is not on.
 */
skipped: Array<SkippedDevice>, };

export type DeviceActCounts = { 
/**
 * All of them.
 */
all: number, 
/**
 * Their turn has not come.
 */
waiting: number, 
/**
 * Under way.
 */
running: number, 
/**
 * Done.
 */
done: number, 
/**
 * Not done.
 */
failed: number, 
/**
 * Not known.
 */
unknown: number, 
/**
 * Not begun, or not brought to its end.
 */
left: number, };

export type DeviceActId = string;

export type DeviceActKind = "add" | "create_account" | "set_password" | "delete_account" | "rotate_password" | "restart" | "rollback" | "factory_default" | "install_application" | "start_application" | "stop_application" | "remove_application" | "commission" | "remove" | "transfer";

export type DeviceApplication = { 
/**
 * Its short name, by which it is started and stopped.
 */
name: string, 
/**
 * Its name for people.
 */
full_name: string, 
/**
 * Who made it; empty: not known.
 */
vendor: string, 
/**
 * Its version; empty: not known.
 */
version: string, 
/**
 * Whether it may do what it does.
 */
licence: ApplicationLicence, 
/**
 * The last day of its licence, ISO; none: it has no end, or none is known.
 */
licence_ends: string | null, 
/**
 * What it does.
 */
state: ApplicationState, 
/**
 * Whether it is signed; none: the device does not say.
 */
signed: boolean | null, };

export type DeviceApplicationArgument = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * Its short name.
 */
application: string, };

export type DeviceApplications = { 
/**
 * The applications, by name.
 */
applications: Array<DeviceApplication>, 
/**
 * Whether the device takes unsigned ones.
 */
takes_unsigned: boolean, };

export type DeviceArgument = { 
/**
 * The device.
 */
id: SystemId, };

export type DeviceModel = { 
/**
 * The model.
 */
model: string, 
/**
 * How many devices.
 */
devices: number, 
/**
 * How many of them have a newer version in the repository.
 */
upgradable: number, };

export type DevicePreferences = { 
/**
 * Devices that do not answer for long are looked for on the networks of this machine, and followed to their new addresses
 * (DEV-03).
 */
follow_devices: boolean, };

export type DeviceResultId = string;

export type DeviceResultRow = { 
/**
 * Its id.
 */
id: DeviceResultId, 
/**
 * The act.
 */
act: DeviceActId, 
/**
 * The organization the device belongs to.
 */
organization: OrganizationId, 
/**
 * The organization's name.
 */
customer: string, 
/**
 * The managed device; none: it is not managed.
 */
system: SystemId | null, 
/**
 * Its name; empty: not known.
 */
name: string, 
/**
 * IP address or host name.
 */
host: string, 
/**
 * The port.
 */
port: number, 
/**
 * Its model; empty: not known.
 */
model: string, 
/**
 * Its serial number; empty: not known.
 */
serial: string, 
/**
 * What the act came to.
 */
state: DeviceResultState, 
/**
 * How far it has come.
 */
step: DeviceStep, 
/**
 * Why it was not done.
 */
problem: WireError | null, 
/**
 * The certificate that a person is to look at before anything is sent.
 */
certificate: CertificateView | null, 
/**
 * When that was.
 */
at: Time, };

export type DeviceResultState = "waiting" | "running" | "done" | "failed" | "unknown" | "cancelled" | "interrupted";

export type DeviceRole = "viewer" | "operator" | "administrator";

export type DeviceSoftware = { 
/**
 * The device.
 */
system: SystemId, 
/**
 * Its track; none: its version is not known.
 */
track: SoftwareTrack | null, 
/**
 * The versions to go through, the recommended one last; empty: it is current, or nothing is known for its model.
 */
path: Array<UpgradeStep>, 
/**
 * Series with long-term support that have to be gone through, and that the repository has nothing of.
 */
missing: Array<string>, 
/**
 * Whether the repository has anything for its model.
 */
known: boolean, };

export type DeviceStep = "connect" | "certificate" | "sign_in" | "first_account" | "store" | "send" | "prove" | "restart" | "move";

export type DevicesArgument = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, };

export type DigestOrigin = "computed" | "vendor";

export type DiscoveryArgument = { 
/**
 * Its id.
 */
id: DiscoveryId, };

export type DiscoveryHindrance = { 
/**
 * Which way; none: all that ask networks.
 */
way: DiscoveryWay | null, 
/**
 * On which interface; empty: on all.
 */
interface: string, 
/**
 * In which range; empty: in none.
 */
range: string, 
/**
 * By what: the end of the key of its words (`discovery-hindrance-…`).
 */
reason: string, 
/**
 * What the operating system said, where nothing else is known; empty: nothing.
 */
detail: string, };

export type DiscoveryId = string;

export type DiscoveryRows = { 
/**
 * The search.
 */
id: DiscoveryId, 
/**
 * The revision of the last answer; 0: everything.
 */
since: number, };

export type DiscoveryView = { 
/**
 * Its id.
 */
id: DiscoveryId, 
/**
 * When it began.
 */
started_at: Time, 
/**
 * When it ended; none: it goes on.
 */
finished_at: Time | null, 
/**
 * Whether a person ended it.
 */
cancelled: boolean, 
/**
 * How many devices each way has found.
 */
ways: Array<WayProgress>, 
/**
 * How many addresses of the ranges were probed.
 */
probed: number, 
/**
 * How many there are.
 */
to_probe: number, 
/**
 * How many devices were found in all.
 */
found: number, 
/**
 * What prevented a part of it.
 */
hindrances: Array<DiscoveryHindrance>, };

export type DiscoveryWay = "mdns" | "ssdp" | "ws_discovery" | "ranges";

export type DismissNotice = { 
/**
 * The organization it is about.
 */
organization: OrganizationId, 
/**
 * The notice.
 */
notice: string, };

export type Doubt = "model_unknown" | "version_unknown" | "other_version" | "digest_unusable";

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

export type DueWithin = { 
/**
 * Within how many days.
 */
days: number, 
/**
 * How many customers.
 */
customers: number, 
/**
 * The first and the last of it, as the filter of the list behind takes them: times in milliseconds, or dates in days.
 */
from: number, 
/**
 * The last of it, as `from`.
 */
until: number, };

export type EditCustomers = { 
/**
 * The customers' organizations.
 */
ids: Array<OrganizationId>, 
/**
 * Tags that each of them gets; the limit of 5 holds for each (CUS-10).
 */
add_tags: Array<string>, 
/**
 * Tags that are taken from each of them.
 */
remove_tags: Array<string>, 
/**
 * Operators that are assigned to each of them by hand.
 */
add_operators: Array<AccountId>, 
/**
 * Operators that are no longer assigned by hand; those by label stay (ACC-16).
 */
remove_operators: Array<AccountId>, 
/**
 * Replaces the notes.
 */
notes: string | null, 
/**
 * Replaces the password of the service user of their telephone systems; none or empty: each keeps its own.
 */
password: string | null, 
/**
 * Replaces the proxy that their connections go through (CUS-15).
 */
proxy: ProxyChoice | null, };

export type EditImportRow = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * The row's number; none: a new one.
 */
row: number | null, 
/**
 * The cells that change; the others stay as they are.
 */
cells: ImportEdits, 
/**
 * None: the one of the file stays.
 */
password: string | null, };

export type EndSubscription = { 
/**
 * Why.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type Ending = { 
/**
 * What has ended.
 */
expired: Expired, 
/**
 * What ends within 30, within 60 and within 90 days; each holds what the one before holds.
 */
within: Array<DueWithin>, };

export type EndingKind = "trial" | "grace" | "year" | "shelf_life" | "waiting_shelf_life";

export type EndingRow = { 
/**
 * The row.
 */
id: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Its name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
product_name: string, 
/**
 * What ends.
 */
kind: EndingKind, 
/**
 * The last day.
 */
date: string, 
/**
 * How many licences: of a year those that are allocated to it, of a lot those that are left.
 */
quantity: number, 
/**
 * How many are missing for the year that follows.
 */
short: number, 
/**
 * What can be used of the product's wallet.
 */
wallet: number, 
/**
 * The key of a lot, masked.
 */
key: string, 
/**
 * Whether nothing is to be done: the next year is fully allocated.
 */
quiet: boolean, };

export type EndingSoon = { 
/**
 * How many.
 */
quantity: number, 
/**
 * The first day on which some end.
 */
first: string, };

export type EnteredSystem = { 
/**
 * How the system calls itself.
 */
system: string, 
/**
 * The product's version; may be empty.
 */
version: string, 
/**
 * What its hardware is recognised by.
 */
hardware: Array<string>, 
/**
 * What it needs.
 */
needs: Array<TypeQuantity>, 
/**
 * Where that stands.
 */
reference: string, };

export type ErrorCode = "call.unknown" | "call.arguments" | "call.too-large" | "call.too-many" | "call.not-json" | "host.not-served" | "host.address-in-use" | "host.address-unusable" | "call.too-slow" | "session.missing" | "session.ended" | "session.password-change-needed" | "session.terms-not-accepted" | "right.missing" | "not-found" | "internal" | "host.unreachable" | "host.answer-unreadable" | "workspace.locked" | "workspace.key-wrong" | "workspace.key-file-missing" | "workspace.key-missing" | "workspace.missing" | "workspace.database-missing" | "workspace.database-empty" | "workspace.database-cut" | "workspace.database-foreign" | "workspace.first-page-damaged" | "workspace.key-file-damaged" | "workspace.too-new" | "workspace.damaged" | "workspace.migration-failed" | "workspace.has-accounts" | "workspace.has-no-account" | "workspace.in-use" | "workspace.other-version" | "workspace.disk-fault" | "workspace.disk-full" | "workspace.read-only" | "workspace.busy" | "form.invalid" | "field.required" | "field.too-long" | "field.taken" | "field.not-available" | "field.not-a-number" | "field.out-of-range" | "field.not-an-address" | "field.not-an-email" | "field.not-a-telephone" | "field.not-a-web-address" | "field.not-a-date" | "field.not-a-zone" | "field.not-a-choice" | "field.not-a-template" | "field.control-character" | "field.invisible-character" | "field.too-many-tags" | "field.names-too-long" | "password.differ" | "password.for-address" | "password.too-short" | "password.too-long" | "password.too-simple" | "password.holds-login" | "password.common" | "password.used-before" | "sign-in.refused" | "sign-in.wait" | "sign-in.disabled" | "sign-in.expired" | "password.wrong" | "account.cannot-change-self" | "account.last-administrator" | "account.sole-owner" | "picture.unreadable" | "picture.too-large" | "organization.last-owner" | "organization.id-not-repeated" | "folder.default" | "folder.into-itself" | "folder.too-deep" | "folder.name-taken" | "folder.not-empty" | "folder.other-organization" | "invitation.unknown" | "invitation.other-address" | "member.already" | "member.by-label" | "member.no-promotion" | "customer.not-tested" | "connection.not-monitored" | "customer.test-outdated" | "certificate.not-this-one" | "certificate.changed" | "certificate.unusable" | "customer.solution-too-large" | "work.cancelled" | "service.elsewhere" | "changed-meanwhile" | "import.file-too-large" | "import.file-empty" | "import.unreadable" | "import.not-text" | "import.header-missing" | "import.header-unknown" | "import.header-twice" | "import.quoting" | "import.too-many-columns" | "import.too-few-columns" | "import.too-many-rows" | "import.same-name" | "import.same-address" | "import.same-customer" | "import.same-serial" | "import.folder-unknown" | "import.row-gone" | "import.ambiguous" | "import.address-of-connection" | "import.name-of-another" | "import.busy" | "import.nothing-to-save" | "import.file-not-deleted" | "licence.product-unknown" | "licence.not-registered" | "licence.already-registered" | "licence.trial-used" | "licence.no-trial" | "licence.already-started" | "licence.not-started" | "licence.ended" | "licence.start-not-possible" | "licence.out-of-range" | "licence.wallet-short" | "licence.year-not-in-reach" | "licence.below-need" | "licence.beyond-need" | "licence.lot-not-usable" | "licence.not-transferable" | "licence.same-organization" | "licence.not-waiting" | "licence.not-reversible" | "licence.already-used" | "licence.no-difference" | "licence.frozen" | "licence.key-redeemed" | "licence.key-twice" | "licence.key-same-ending" | "licence.key-unreadable" | "licence.key-other-organization" | "licence.key-other-product" | "licence.key-product-unknown" | "licence.key-type-unknown" | "licence.key-not-yet-issued" | "licence.key-expired" | "licence.issuer-known" | "licence-offline.identity" | "licence-offline.no-request" | "licence-offline.nothing" | "licence-offline.pending" | "licence-offline.not-over" | "licence-offline.too-many-lost" | "licence-offline.elsewhere" | "licence-offline.lost" | "licence-hardware.active" | "licence-hardware.unknown" | "licence.operation-differs" | "licence.ledger-differs" | "licence.catalogue-invalid" | "licence.catalogue-in-use" | "licence.has-ledger" | "list.unknown-column" | "list.view-name-taken" | "transfer.gone" | "transfer.too-many" | "file.unreadable" | "file.unwritable" | "file.exists" | "repository.no-space" | "repository.busy" | "repository.digest-differs" | "repository.no-digest" | "repository.too-large" | "repository.empty" | "repository.piece" | "repository.broken" | "repository.unreachable" | "repository.refused" | "repository.redirected" | "repository.altered" | "repository.remote" | "repository.no-index" | "repository.index-known" | "repository.missing" | "launch.too-many" | "launch.not-this-mode" | "launch.no-address" | "launch.no-connection" | "device.tries-used" | "device.certificate-unseen" | "device.certificate-changed" | "device.credentials-refused" | "device.needs-setup" | "device.needs-credentials" | "device.unreachable" | "device.not-understood" | "device.refused" | "device.forbidden" | "device.sign-in-unknown" | "device.error" | "device.other" | "device.managed" | "device.managed-elsewhere" | "device.not-this-kind" | "device.interrupted" | "device.not-back" | "device.not-restarted" | "device.address-taken" | "device.address-unseen" | "device.no-address-left" | "device.host-name" | "device.not-arrived" | "device.account-in-use" | "discovery.range" | "discovery.too-many-addresses" | "device.confirmation" | "device.user-name" | "device.password" | "device.unknown" | "job.time" | "job.time-past" | "job.window" | "job.window-too-short" | "job.rule" | "job.rule-too-often" | "job.rule-never" | "job.rollout" | "job.not-allowed" | "job.still-running" | "job.own-approval" | "job.nothing-to-retry" | "job.operation-unknown" | "job.secret-gone" | "job.target-removed" | "job.right-lost" | "job.missed" | "job.threshold" | "job.held" | "job.failed" | "job.all-skipped" | "repository.in-use" | "firmware.nothing-before" | "firmware.older" | "firmware.revoked" | "firmware.uncommitted" | "firmware.invalid-image" | "firmware.interface" | "firmware.wrong-device" | "firmware.unsigned" | "firmware.unknown-signer" | "firmware.busy" | "upgrade.no-package" | "upgrade.current" | "upgrade.version-unknown" | "upgrade.not-restarted" | "upgrade.fell-back" | "upgrade.other-version" | "upgrade.incomplete" | "upgrade.unknown" | "upgrade.not-committed" | "audit.broken" | "audit.cut" | "audit.empty" | "demo.unavailable" | "host.only" | "test-clock.date" | "test-clock.windows" | "test-clock.no-contact" | "licence-key.empty" | "licence-key.too-long" | "licence-key.too-short" | "licence-key.not-signed" | "licence-key.is-signed" | "licence-key.character" | "licence-key.mistyped" | "licence-key.truncated" | "licence-key.extended" | "licence-key.unknown-version" | "licence-key.unknown-issuer" | "licence-key.revoked-issuer" | "licence-key.bad-signature" | "licence-key.malformed" | "licence-key.list-too-large" | "licence-key.list-not-text" | "licence-key.list-empty" | "licence-key.list-too-many" | "licence-key.list-quoting" | "licence-key.list-columns" | "licence-key.quantity" | "licence-key.years" | "licence-key.order" | "licence-key.expansion" | "licence-key.upgrade" | "licence-key.issued" | "licence-key.until" | "licence-key.too-much" | "licence-issuer.too-large" | "licence-issuer.not-one" | "licence-issuer.secret" | "licence-issuer.name" | "licence-issuer.damaged" | "licence-issuer.other-fingerprint" | "licence-issuer.weak" | "licence-issuer.not-a-secret" | "licence-issuer.too-costly" | "licence-issuer.passphrase" | "licence-issuer.passphrase-too-short" | "licence-file.too-large" | "licence-file.not-ours" | "licence-file.changed-as-text" | "licence-file.still-packed" | "licence-file.unknown-version" | "licence-file.truncated" | "licence-file.extended" | "licence-file.damaged" | "licence-file.wrong-kind" | "licence-file.not-signed" | "licence-file.unknown-key" | "licence-file.revoked-key" | "licence-file.bad-signature" | "licence-file.duplicate-name" | "licence-file.malformed" | "licence-file.wrong-system" | "licence-file.wrong-product" | "licence-file.already-read" | "licence-file.not-pending" | "licence-file.sequence-not-higher" | "licence-file.not-yet-valid" | "licence-file.expired" | "licence-file.contents" | "cli.usage" | "cli.workspace-not-named" | "cli.nobody-to-ask";

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

export type ExcludedDevice = { 
/**
 * The device.
 */
id: SystemId, 
/**
 * Its name.
 */
name: string, 
/**
 * The organization it belongs to.
 */
customer: string, 
/**
 * The version that it runs; empty: not known.
 */
version: string, };

export type Expired = { 
/**
 * How many customers.
 */
customers: number, 
/**
 * The last of it, as the filter of the list behind takes it: a time in milliseconds, or a date in days.
 */
until: number, };

export type ExpiringCertificate = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * The customer's name.
 */
name: string, 
/**
 * The last instant the certificate is valid.
 */
valid_until: Time, 
/**
 * Whether that instant has passed.
 */
expired: boolean, };

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

export type ExportForImport = { 
/**
 * What is listed: organization, filter, search and sort.
 */
query: ListQuery, 
/**
 * The chosen customers among those that match; none: all that match.
 */
ids: string[] | null, };

export type ExportFormat = "csv" | "xlsx";

export type ExportLedger = { 
/**
 * The organization; none: all, for administrators.
 */
organization: OrganizationId | null, 
/**
 * As what.
 */
format: LedgerFormat, };

export type Failure = { 
/**
 * The error.
 */
error: WireError, };

export type FailureReason = { 
/**
 * The error's code.
 */
code: ErrorCode, 
/**
 * How many devices.
 */
count: number, };

export type FeatureName = "audit" | "work" | "preferences" | "lists" | "organizations" | "archived_organizations" | "members" | "accounts" | "profile" | "connections" | "systems" | "alarms" | "repository" | "jobs" | "job_tasks" | "customers" | "devices" | "discovery" | "credential_sets" | "licences" | "imports" | "activity";

export type FetchAnswer = { 
/**
 * The file, on its way in; none: the certificate waits for a decision.
 */
arrival: ArrivalView | null, 
/**
 * The server's certificate, which this machine does not trust.
 */
certificate: CertificateView | null, };

export type FetchPackage = { 
/**
 * Where it is; `https` only.
 */
address: string, 
/**
 * The vendor's SHA-256 of it, or the text of a `.sha256` file; empty: it is not known.
 */
digest: string, 
/**
 * The SHA-256 of a certificate that a person has accepted for this server; none: only what this machine trusts counts.
 */
accept: string | null, };

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

export type FillImport = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * The port; empty: 8443.
 */
port: string, 
/**
 * The name of the service user; empty: the rows stay without.
 */
user_name: string, 
/**
 * The service user's password; none: as it was said before, empty: the rows stay without.
 */
password: string | null, };

export type FindArgument = { 
/**
 * Words in any order; case, accents and Japanese width do not matter (UI-21).
 */
search: string, };

export type Finding = { "kind": "organization", 
/**
 * Its id.
 */
id: OrganizationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it has a connection: is a customer.
 */
customer: boolean, } | { "kind": "system", 
/**
 * Its id.
 */
id: SystemId, 
/**
 * The organization it belongs to.
 */
organization: OrganizationId, 
/**
 * The name it gives itself.
 */
name: string, 
/**
 * The organization's name.
 */
customer: string, 
/**
 * Its IP address or host name.
 */
host: string, };

export type FirstAccount = { 
/**
 * Its user name.
 */
user_name: string, 
/**
 * Its password; none: a different one for each device, made here.
 */
password: string | null, };

export type FolderAlarms = { 
/**
 * The severity.
 */
severity: Severity, 
/**
 * How many alarms have it.
 */
alarms: number, };

export type FolderArgument = { 
/**
 * Its id.
 */
id: FolderId, };

export type FolderChange = { 
/**
 * The folder.
 */
id: FolderId, 
/**
 * Its name.
 */
name: string, 
/**
 * How many systems come or go with it.
 */
systems: number, };

export type FolderDeletionPlan = { 
/**
 * Folders in it; it is not deleted while there are some.
 */
folders: number, 
/**
 * Managed systems in the folder itself; it is not deleted while there are some.
 */
systems: number, 
/**
 * The names of those of them that may synchronise with the folder by themselves: video servers and connected applications
 * (DEV-52).
 */
applications: Array<string>, 
/**
 * The members with a grant on the folder itself, by name.
 */
members: Array<string>, 
/**
 * Invitations into this folder and no other, which are revoked.
 */
invitations: number, };

export type FolderId = string;

export type FolderName = { 
/**
 * The folder.
 */
id: FolderId, 
/**
 * Its name.
 */
name: string, };

export type FolderNode = { 
/**
 * The folder's id.
 */
id: FolderId, 
/**
 * None: the default folder, or one below a folder that the account may not see.
 */
parent: FolderId | null, 
/**
 * Its name, unique among its siblings without regard to case (ORG-20).
 */
name: string, 
/**
 * Whether it is the default folder.
 */
default: boolean, 
/**
 * The IANA name of its own time zone; none: the one of the folder above, in the end of the organization (GEN-06).
 */
zone: string | null, 
/**
 * The time zone that is in force in it.
 */
zone_in_force: string, 
/**
 * Systems in it and below.
 */
systems: number, 
/**
 * The states of those systems; only those there are.
 */
states: Array<FolderState>, 
/**
 * The open alarms of those systems, the worst first; only those there are.
 */
alarms: Array<FolderAlarms>, };

export type FolderState = { 
/**
 * The state.
 */
state: SystemState, 
/**
 * How many systems have it.
 */
systems: number, };

export type FoundDevice = { 
/**
 * What it is known by in this search.
 */
key: string, 
/**
 * Its serial number; empty: not known.
 */
serial: string, 
/**
 * Its model; empty: not known.
 */
model: string, 
/**
 * What it calls itself; empty: nothing.
 */
name: string, 
/**
 * Its brand; empty: not known.
 */
brand: string, 
/**
 * Its version; empty: not known.
 */
version: string, 
/**
 * The address it is reached at.
 */
host: string, 
/**
 * The port.
 */
port: number, 
/**
 * Other addresses it has.
 */
addresses: Array<string>, 
/**
 * Whether it has link-local addresses only: it is reached from this network alone.
 */
link_local: boolean, 
/**
 * How it was found.
 */
ways: Array<DiscoveryWay>, 
/**
 * What can be done with it.
 */
state: FoundState, 
/**
 * The managed device that it is, or that is managed at its address.
 */
system: SystemId | null, 
/**
 * The folder of that device; empty: none.
 */
folder: string, 
/**
 * The address at which it is managed, where that is another one; the serial number that is managed at its address, where that is
 * another one.
 */
note: string, 
/**
 * The certificate that it shows; none: none was met.
 */
certificate: CertificateView | null, };

export type FoundDevices = { 
/**
 * For the next question.
 */
revision: number, 
/**
 * Devices that are new or known better.
 */
rows: Array<FoundDevice>, 
/**
 * Keys of rows that are no more: they became part of others.
 */
gone: Array<string>, 
/**
 * Whether there is more to be asked for at once.
 */
more: boolean, };

export type FoundState = "factory_new" | "asks_password" | "new_certificate" | "managed" | "moved" | "replaced" | "managed_elsewhere" | "no_api";

export type Gate = { "kind": "open" } | { "kind": "terms", 
/**
 * The version of the terms, which is accepted.
 */
version: number, 
/**
 * The text of the terms.
 */
text: string, } | { "kind": "change_password" };

export type Happened = { 
/**
 * How often in all.
 */
count: number, 
/**
 * How often in each hour, the oldest first.
 */
hours: Array<number>, };

export type HardwareModel = { 
/**
 * How the model begins.
 */
model: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * How many.
 */
quantity: number, };

export type HardwareRow = { 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Its model.
 */
model: string, 
/**
 * The system without a network that it is.
 */
system: OfflineSystemId | null, 
/**
 * What it carries.
 */
licences: Array<TypeQuantity>, 
/**
 * Where that is known from.
 */
source: HardwareSource, 
/**
 * The reference.
 */
reference: string, 
/**
 * How it is.
 */
state: HardwareState, 
/**
 * Since when.
 */
since: string, };

export type HardwareSource = "catalogue" | "system_file" | "by_hand";

export type HardwareState = "active" | "suspended";

export type HeldByKey = { 
/**
 * The name of the product; its id where the catalogue does not have it.
 */
product: string, 
/**
 * The licences.
 */
lines: Array<HeldLine>, 
/**
 * The order reference; may be empty.
 */
order: string, 
/**
 * The day it was issued.
 */
issued: string | null, 
/**
 * The last day on which it can be redeemed.
 */
redeem_until: string | null, 
/**
 * Who signed it.
 */
issuer: SignedBy, };

export type HeldLine = { 
/**
 * What they are used for.
 */
purpose: Purpose, 
/**
 * The name of the type; its id where the catalogue does not have it.
 */
licence_type: string, 
/**
 * The name of the type that an upgrade raises; none: it is no upgrade.
 */
from: string | null, 
/**
 * The term in years; 0: not bound to years.
 */
term: number, 
/**
 * How many.
 */
quantity: number, };

export type HistoryRow = { 
/**
 * The entry.
 */
id: string, 
/**
 * Its number in the ledger.
 */
number: number, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Its name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
product_name: string, 
/**
 * The calendar day, in the organization's zone.
 */
day: string, 
/**
 * When it was written.
 */
at: Time, 
/**
 * Who; empty: the clock, or what a system reported.
 */
account_name: string, 
/**
 * What happened.
 */
kind: string, 
/**
 * How the wallet changed.
 */
wallet: number, 
/**
 * Why.
 */
reason: string, 
/**
 * From which page.
 */
screen: string, 
/**
 * The whole of it, as the ledger has it.
 */
event: unknown, 
/**
 * Whether it can be taken back by kind; whether it still can is found out by trying.
 */
reversible: boolean, 
/**
 * Whether it was taken back.
 */
reversed: boolean, };

export type ImportArgument = { 
/**
 * Its id.
 */
import: ImportId, };

export type ImportCells = { 
/**
 * The IP address or host name of the main connection.
 */
host: string, 
/**
 * The port; empty: 8443.
 */
port: string, 
/**
 * The customer's name.
 */
name: string, 
/**
 * The name of the service user.
 */
user_name: string, 
/**
 * The postal address.
 */
address: string, 
/**
 * The telephone number.
 */
telephone: string, 
/**
 * The e-mail address.
 */
email: string, 
/**
 * The notes.
 */
notes: string, 
/**
 * Separated by `;`.
 */
tags: string, 
/**
 * `on-premises`, `cloud`, or empty.
 */
mode: string, 
/**
 * The folder's names from the top down, separated by `/`; empty: the one that was chosen for all.
 */
folder: string, };

export type ImportChanged = { 
/**
 * The row's number.
 */
row: number, 
/**
 * Its name.
 */
name: string, };

export type ImportColumn = { 
/**
 * Its name in the header.
 */
name: string, 
/**
 * What it is; none: it is left out.
 */
column: ImportColumnName | null, 
/**
 * What it seems to be by its name.
 */
guess: ImportColumnName | null, 
/**
 * Whether it may hold passwords; none of its cells is shown then (GEN-08).
 */
secret: boolean, 
/**
 * What stands in its first cells, each text once.
 */
samples: Array<string>, };

export type ImportColumnName = "host" | "port" | "name" | "user_name" | "password" | "address" | "telephone" | "email" | "notes" | "tags" | "mode" | "folder";

export type ImportCounts = { 
/**
 * All rows.
 */
all: number, 
/**
 * Rows that would add a customer.
 */
new: number, 
/**
 * Rows that would change a customer.
 */
update: number, 
/**
 * Rows that would change nothing.
 */
unchanged: number, 
/**
 * Rows that cannot be stored.
 */
invalid: number, 
/**
 * New or updated rows whose test succeeded.
 */
connected: number, 
/**
 * New or updated rows whose test failed.
 */
failed: number, 
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
untrusted: number, 
/**
 * Rows that were not stored because their customer came, went or changed meanwhile.
 */
changed: number, 
/**
 * Folders that are made once all new and updated rows are stored, each counted once (DEV-04).
 */
folders: number, 
/**
 * Of them those that *Save* makes: for the rows whose test succeeded.
 */
folders_savable: number, 
/**
 * Of them those that *Save* makes once it gives first accounts, too.
 */
folders_with_accounts: number, 
/**
 * New rows that met a factory-new device, and whose user name and password can be those of its first account (DEV-02).
 */
factory_new: number, };

export type ImportEdits = { 
/**
 * The IP address or host name of the main connection.
 */
host?: string, 
/**
 * The port; empty: 8443.
 */
port?: string, 
/**
 * The customer's name.
 */
name?: string, 
/**
 * The name of the service user.
 */
user_name?: string, 
/**
 * The postal address.
 */
address?: string, 
/**
 * The telephone number.
 */
telephone?: string, 
/**
 * The e-mail address.
 */
email?: string, 
/**
 * The notes.
 */
notes?: string, 
/**
 * Separated by `;`.
 */
tags?: string, 
/**
 * `on-premises`, `cloud`, or empty.
 */
mode?: string, 
/**
 * The folder's names from the top down, separated by `/`; empty: the one that was chosen for all.
 */
folder?: string, };

export type ImportGap = { 
/**
 * Which column.
 */
column: ImportColumnName, 
/**
 * How many rows need it.
 */
rows: number, 
/**
 * What was said for all of them; none: nothing yet. Of a password it is empty.
 */
value: string | null, };

export type ImportId = string;

export type ImportKind = "customers" | "devices";

export type ImportOptions = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * None: as detected.
 */
encoding: FileEncoding | null, 
/**
 * None: as detected.
 */
separator: Separator | null, 
/**
 * The mode of rows without a `Mode` cell.
 */
mode: Mode, };

export type ImportReceipt = { 
/**
 * How many customers were added.
 */
added: number, 
/**
 * How many customers were changed.
 */
updated: number, 
/**
 * How many factory-new devices were given their first account (DEV-02).
 */
first_accounts: number, 
/**
 * How many were not, each with its reason in the list.
 */
without_account: number, 
/**
 * How many folders were made for devices (DEV-04).
 */
folders: number, 
/**
 * How many rows were already as the customers are.
 */
unchanged: number, 
/**
 * How many of those stored were stored without contact; they are *never tried*.
 */
without_contact: number, 
/**
 * The rows that were not stored because their customer came, went or changed after they were previewed. They wait in
 * the list, compared with what is there now (CUS-26).
 */
changed: Array<ImportChanged>, 
/**
 * Why it ended before all rows were looked at: it was cancelled, or something failed. What was stored until then is
 * in these numbers, the other rows wait in the list.
 */
stopped: ErrorCode | null, 
/**
 * Rows that stayed behind; the waiting list now holds only them.
 */
left: number, 
/**
 * Whether nothing stayed behind; then the waiting list is closed, but for the offer to delete the file (CUS-24).
 */
finished: boolean, };

export type ImportRow = { 
/**
 * Its place in the file, from 1; added rows go on counting.
 */
row: number, 
/**
 * What the row is.
 */
state: RowState, 
/**
 * Its cells, as edited.
 */
cells: ImportCells, 
/**
 * The line as it stands in the file, where it has too many or too few cells for them to be told apart; none: a cell
 * that is not shown, since it may be a password.
 */
line: Array<string | null> | null, 
/**
 * It was not stored because its customer came, went or changed after it was previewed.
 */
changed: boolean, 
/**
 * Whether it has a password, of the file or typed.
 */
has_password: boolean, 
/**
 * Everything that is wrong with it, by the names of the cells.
 */
problems: Array<FieldProblem>, 
/**
 * What an update would change: field and present value.
 */
was: Array<ImportWas>, 
/**
 * The path of the folder that is made for it when it is stored, its names between `/`; none: its folder is there (DEV-04).
 */
new_folder: string | null, 
/**
 * What its connection test came to.
 */
test: RowTest, };

export type ImportRowsArgument = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * Words in any order that the rows hold (UI-21); empty: all rows.
 */
search: string, 
/**
 * Only rows in this state; none: in every state.
 */
state: RowState | null, 
/**
 * Only rows that were not stored because their customer came, went or changed meanwhile.
 */
changed?: boolean, 
/**
 * Only rows that can be stored in a folder that is made for them (DEV-04).
 */
in_new_folder?: boolean, 
/**
 * The column the rows are ordered by; none: the order of the file.
 */
sort: Sort | null, };

export type ImportSelection = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * The numbers of the rows.
 */
rows: Array<number>, };

export type ImportTest = { 
/**
 * The work that is told of as it advances, and that can be cancelled.
 */
work: WorkId, 
/**
 * How many rows have been tested.
 */
done: number, 
/**
 * How many rows are tested in all.
 */
total: number, 
/**
 * How many rows are tested at the same time.
 */
at_once: number, 
/**
 * When the test began.
 */
started_at: Time, 
/**
 * Whether it is no test: factory-new devices are given their first account.
 */
gives_accounts: boolean, };

export type ImportView = { 
/**
 * The waiting list's id.
 */
import: ImportId, 
/**
 * What its rows become.
 */
kind: ImportKind, 
/**
 * The organization that devices are added to; none: it is a list of customers.
 */
organization: OrganizationId | null, 
/**
 * The folder of devices whose rows name none.
 */
folder: FolderId | null, 
/**
 * The file's name, without a path.
 */
file_name: string, 
/**
 * The file's size in bytes.
 */
size: number, 
/**
 * The encoding the file is read in.
 */
encoding: FileEncoding, 
/**
 * Whether that was detected and not chosen.
 */
encoding_detected: boolean, 
/**
 * What separates the cells of a row.
 */
separator: Separator, 
/**
 * Whether that was detected and not chosen.
 */
separator_detected: boolean, 
/**
 * The mode of rows without a `Mode` cell.
 */
mode: Mode, 
/**
 * Who has said what the columns of the file are.
 */
mapped_by: MappedBy, 
/**
 * Whether a person has to say what they are before the rows make sense.
 */
undecided: boolean, 
/**
 * What rows need and the file does not say.
 */
gaps: Array<ImportGap>, 
/**
 * What is wrong with the file itself: header, quoting, size. `line` is a parameter where there is one.
 */
problems: Array<FieldProblem>, 
/**
 * How many rows are in each state.
 */
counts: ImportCounts, 
/**
 * What this view shows of the customers there are; [`SaveImport`] says it again, so that what was previewed is done.
 */
preview: string, 
/**
 * The test that runs; none: none runs.
 */
test: ImportTest | null, 
/**
 * When the file was opened.
 */
created_at: Time, 
/**
 * How many rows hold a password in clear (CUS-24).
 */
passwords: number, 
/**
 * Whether Flotilla can delete the file afterwards: it was opened from a local path.
 */
deletable: boolean, };

export type ImportWas = { 
/**
 * The name of the cell.
 */
field: string, 
/**
 * The customer's present value, as text.
 */
value: string, };

export type ImportWindow = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * At most 200 row numbers.
 */
rows: Array<number>, };

export type IndexArgument = { 
/**
 * Its id.
 */
index: PackageIndexId, };

export type IndexView = { 
/**
 * Its id.
 */
id: PackageIndexId, 
/**
 * Where it is.
 */
address: string, 
/**
 * What it calls itself; its host where it does not.
 */
name: string, 
/**
 * When it was last read; none: never yet.
 */
read_at: Time | null, 
/**
 * Why it could not be read the last time.
 */
error: ErrorCode | null, 
/**
 * How many of its packages are here.
 */
stored: number, 
/**
 * How many are not.
 */
remote: number, };

export type InstallDeviceApplication = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The package.
 */
package: PackageId, 
/**
 * It is started where it was installed.
 */
start: boolean, };

export type InvitationCode = { 
/**
 * The code.
 */
code: string, };

export type InvitationMessage = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The invitation.
 */
id: MemberId, 
/**
 * Its code, which the core does not know.
 */
code: string, 
/**
 * As in [`InviteMembers`].
 */
place: string | null, };

export type InvitationOutcome = { 
/**
 * The address as it was typed.
 */
email: string, 
/**
 * Why there is no invitation; none: there is.
 */
problem: ErrorCode | null, 
/**
 * The invitation.
 */
invitation: IssuedInvitation | null, };

export type InvitationView = { 
/**
 * The name of the organization.
 */
organization: string, 
/**
 * The invited address, masked.
 */
address: string, 
/**
 * The role that is meant; it is granted after the first sign-in (ORG-11).
 */
role: MemberRole, 
/**
 * When the invitation ends.
 */
expires_at: Time, 
/**
 * What a new password has to be like.
 */
password_policy: PasswordPolicy, };

export type InviteMembers = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Their e-mail addresses; at most 100.
 */
emails: Array<string>, 
/**
 * The role they are to have in the end; they are viewers at first (ORG-11).
 */
role: MemberRole, 
/**
 * Of operators and viewers at least one.
 */
folders: Array<FolderId>, 
/**
 * Where the workspace is reached, for the text of the invitation; none: it is not shared by a server.
 */
place: string | null, };

export type IssueOffline = { 
/**
 * The system.
 */
system: OfflineSystemId, 
/**
 * What comes into it.
 */
choice: OfflineChoice, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type IssuedInvitation = { 
/**
 * The invitation's id.
 */
id: MemberId, 
/**
 * The invited address.
 */
email: string, 
/**
 * The code.
 */
code: string, 
/**
 * The text to be sent, in the language of the organization's documents; the code is in it.
 */
text: string, 
/**
 * When it ends.
 */
expires_at: Time, };

export type IssuerFile = { 
/**
 * The text.
 */
text: string, };

export type IssuerPreview = { 
/**
 * The name. Nothing proves it; the fingerprint is what is compared.
 */
name: string, 
/**
 * The id of its key.
 */
key: string, 
/**
 * The SHA-256 of its key, in groups of four hexadecimal digits.
 */
fingerprint: string, 
/**
 * What was decided about this key before; none: nothing.
 */
known: LicenceIssuer | null, 
/**
 * Whether another key goes by this name.
 */
same_name: boolean, };

export type IssuerStanding = "trusted" | "revoked";

export type JobAct = "approve" | "pause" | "resume" | "go_on" | "stop" | "retry" | "copy" | "delete";

export type JobArgument = { 
/**
 * The job.
 */
id: JobId, };

export type JobCustomer = { 
/**
 * The organization.
 */
id: OrganizationId, 
/**
 * Its name.
 */
name: string, };

export type JobCustomerView = { 
/**
 * The organization.
 */
id: OrganizationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Made from its systems.
 */
state: CustomerState, 
/**
 * Its systems that the account sees.
 */
counts: WaveCounts, };

export type JobId = string;

export type JobIds = { 
/**
 * At most 5,000.
 */
ids: Array<JobId>, };

export type JobOrder = { 
/**
 * Its name; empty: one is made.
 */
name: string, 
/**
 * When it begins.
 */
schedule: JobSchedule, 
/**
 * In which waves.
 */
rollout: Rollout, 
/**
 * 0 to 1,000; the higher goes first.
 */
priority: number, 
/**
 * How late it may begin, in minutes (JOB-24); none: as the preferences say.
 */
tolerance_minutes: number | null, };

export type JobOrdered = { 
/**
 * The job.
 */
id: JobId, 
/**
 * Its name.
 */
name: string, 
/**
 * Systems that it is not on.
 */
skipped: Array<SkippedTarget>, };

export type JobOutcome = { 
/**
 * The job.
 */
id: JobId, 
/**
 * Why nothing was done with it; none: it was done.
 */
problem: WireError | null, };

export type JobPreferences = { 
/**
 * How many systems are worked on at once.
 */
job_concurrency: number, 
/**
 * How many systems of one customer.
 */
job_concurrency_per_customer: number, 
/**
 * To how many systems images are sent at once.
 */
job_concurrency_uploads: number, 
/**
 * How late a job may begin, in minutes.
 */
job_tolerance_minutes: number, 
/**
 * Whether a second person has to approve each job.
 */
job_approval: boolean, };

export type JobRow = { 
/**
 * The job.
 */
id: JobId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it does; its words are `job-operation-<name>`.
 */
operation: string, 
/**
 * What of it, such as a version; empty: the operation says all.
 */
about: string, 
/**
 * How it is.
 */
state: JobState, 
/**
 * The first of its customers that the account sees, in order.
 */
customers: Array<JobCustomer>, 
/**
 * How many the account sees.
 */
customer_count: number, 
/**
 * What became of its systems so far.
 */
counts: WaveCounts, 
/**
 * When it begins, or was to begin; none: it is one that repeats and has no start left.
 */
starts_at: Time | null, 
/**
 * When it began.
 */
started_at: Time | null, 
/**
 * When its last system ended.
 */
finished_at: Time | null, 
/**
 * Whether it begins again and again: it has runs, and does nothing itself.
 */
repeats: boolean, 
/**
 * The job that it is a run of.
 */
series: JobId | null, 
/**
 * The job whose failed systems it tries again.
 */
retry_of: JobId | null, 
/**
 * Why it is held, or ended as it did.
 */
problem: WireError | null, 
/**
 * 0 to 1,000.
 */
priority: number, 
/**
 * The login name of who ordered it, at that time.
 */
created_by: string, 
/**
 * When it was ordered.
 */
created_at: Time, 
/**
 * How many waves it has.
 */
waves: number, 
/**
 * The wave that has begun, from 0.
 */
wave: number | null, 
/**
 * Counts up with every change a person makes.
 */
revision: number, };

export type JobSchedule = { "kind": "now" } | { "kind": "at", 
/**
 * The local time.
 */
local: string, 
/**
 * Its zone.
 */
zone: string | null, } | { "kind": "windows", 
/**
 * The windows.
 */
windows: Array<MaintenanceWindow>, 
/**
 * Their zone.
 */
zone: string | null, } | { "kind": "repeat", 
/**
 * The first local time.
 */
first: string, 
/**
 * A rule as the RRULE of RFC 5545.
 */
rule: string, 
/**
 * The zone.
 */
zone: string, };

export type JobState = "scheduled" | "awaiting_approval" | "paused" | "running" | "completed" | "completed_with_failures" | "failed" | "stopped" | "missed";

export type JobSummary = { 
/**
 * Those that run, at most 20, the latest first.
 */
running: Array<JobRow>, 
/**
 * How many run.
 */
running_count: number, 
/**
 * How many are paused or wait for approval.
 */
held_count: number, };

export type JobTaskArgument = { 
/**
 * Its place in the job.
 */
id: JobTaskId, };

export type JobTaskId = string;

export type JobTaskRow = { 
/**
 * Its place in the job.
 */
id: JobTaskId, 
/**
 * The job.
 */
job: JobId, 
/**
 * The system.
 */
system: SystemId, 
/**
 * The organization it belonged to when the job was ordered.
 */
organization: OrganizationId, 
/**
 * The organization's name.
 */
customer: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its address.
 */
host: string, 
/**
 * Its model.
 */
model: string, 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Its wave, from 0.
 */
wave: number, 
/**
 * How it is.
 */
state: TaskState, 
/**
 * What is done now, or was done last; empty: nothing yet. Its words are `job-step-<name>`.
 */
step: string, 
/**
 * How far it is, in percent; none: that cannot be told.
 */
percent: number | null, 
/**
 * Which try it is, from 1; 0: none yet.
 */
attempt: number, 
/**
 * When it is tried or asked again; none: that is not planned.
 */
not_before: Time | null, 
/**
 * The version it had.
 */
version_from: string, 
/**
 * The version it is to have, or has.
 */
version_to: string, 
/**
 * Why it was left out, failed, or is not known.
 */
problem: WireError | null, 
/**
 * The certificate that a person is to look at first.
 */
certificate: CertificateView | null, 
/**
 * When it began.
 */
started_at: Time | null, 
/**
 * When it ended.
 */
finished_at: Time | null, };

export type JobTaskView = { 
/**
 * The row.
 */
row: JobTaskRow, 
/**
 * The steps, in order.
 */
steps: Array<TaskStep>, 
/**
 * What happened, in order; the last 500 lines.
 */
log: Array<TaskLogLine>, };

export type JobView = { 
/**
 * The row of the list.
 */
row: JobRow, 
/**
 * When it begins.
 */
schedule: JobSchedule, 
/**
 * In which waves.
 */
rollout: Rollout, 
/**
 * The waves.
 */
waves: Array<WaveView>, 
/**
 * How late it may begin, in minutes.
 */
tolerance_minutes: number, 
/**
 * Who approved it; empty: nobody.
 */
approved_by: string, 
/**
 * Whether it needs a second person.
 */
approval_needed: boolean, 
/**
 * When the window that is open closes; none: none is open.
 */
window_until: Time | null, 
/**
 * When it may begin with further systems; none: now, or never again.
 */
next_at: Time | null, 
/**
 * The next starts, of one that repeats or has windows.
 */
next_starts: Array<PlannedStart>, 
/**
 * What the account may do with it now.
 */
allowed: Array<JobAct>, 
/**
 * Its latest runs, the last one first, of one that repeats.
 */
runs: Array<JobRow>, 
/**
 * The steps of its operation, in order; their words are `job-step-<name>`.
 */
steps: Array<string>, };

export type JoinedPlace = { 
/**
 * The host name or IP address of the shared workspace.
 */
host: string, 
/**
 * Its port; 7080 by default (ADM-30).
 */
port: number, 
/**
 * As in [`crate::connections::types::CertificateView`].
 */
sha256: string, };

export type KeyKind = "signed" | "declared";

export type KeyReading = { 
/**
 * As it may be shown.
 */
masked: string, 
/**
 * Which kind of key it is.
 */
kind: KeyKind, 
/**
 * What a signed key holds whose signature is good; none: nothing proves anything of it.
 */
held: HeldByKey | null, 
/**
 * Why it cannot be redeemed; none: it can be.
 */
problem: WireError | null, };

export type KeySource = "keychain" | "password";

export type KeyToRedeem = { "kind": "signed", 
/**
 * The key.
 */
key: string, } | { "kind": "declared" } & DeclaredKey;

export type KindTotal = { 
/**
 * The kind.
 */
kind: PackageKind, 
/**
 * How many packages.
 */
count: number, 
/**
 * How many bytes they have together.
 */
size: number, };

export type Language = "en" | "fr" | "ja";

export type LapseOffline = { 
/**
 * The system.
 */
system: OfflineSystemId, 
/**
 * How it is known that the system did not take it in.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type LaunchAddress = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * The customer's name.
 */
name: string, 
/**
 * The address to be opened in the default browser.
 */
url: string, };

export type LaunchArgument = { 
/**
 * The customers' organizations.
 */
ids: Array<OrganizationId>, 
/**
 * The application to be opened.
 */
application: Application, };

export type LaunchPlan = { 
/**
 * What is opened, in the order of the selection.
 */
addresses: Array<LaunchAddress>, 
/**
 * Those for which nothing is opened, each with its reason.
 */
skipped: Array<OrganizationOutcome>, };

export type LaunchPreferences = { 
/**
 * Where management applications are: `{host}` and `{port}` stand for the customer's.
 */
addresses: Array<ApplicationAddress>, 
/**
 * Consoles of clusters, for administrators.
 */
consoles: Array<Console>, };

export type LedgerCheck = { 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * The hash of the last one.
 */
head: string, 
/**
 * The first thing that differs; none: everything holds.
 */
differs: LedgerDifference | null, };

export type LedgerDifference = { 
/**
 * The number of the entry.
 */
entry: number, 
/**
 * What differs.
 */
what: LedgerFault, };

export type LedgerFault = "missing" | "chain" | "columns" | "postings" | "cut_off" | "keys";

export type LedgerFormat = "journal" | "json";

export type LedgerState = { 
/**
 * The first thing that differs; then nothing is written, and what lists show may be wrong. None: everything holds.
 */
differs: LedgerDifference | null, };

export type LicenceDue = { 
/**
 * The customer's organization.
 */
id: OrganizationId, 
/**
 * The customer's name.
 */
name: string, 
/**
 * What is licensed, as the solution names it: of these licences, the first to end first.
 */
licence_types: Array<string>, 
/**
 * The last day on which all of these that are due are valid; of the expired ones, the last on which any was (GEN-07).
 */
expires: string, 
/**
 * Whether that day has passed.
 */
expired: boolean, };

export type LicenceIssuer = { 
/**
 * The id of its key.
 */
key: string, 
/**
 * Its name, as its file has it.
 */
name: string, 
/**
 * The SHA-256 of its key, in groups of four hexadecimal digits.
 */
fingerprint: string, 
/**
 * Whether it is trusted.
 */
standing: IssuerStanding, 
/**
 * When it was added.
 */
added_at: Time, 
/**
 * By whom; empty: not known any more.
 */
added_by: string, 
/**
 * When that was decided.
 */
decided_at: Time, 
/**
 * By whom; empty: not known any more.
 */
decided_by: string, 
/**
 * Why; empty for one that was added and never decided about again.
 */
reason: string, 
/**
 * How many lots come from its keys.
 */
lots: number, };

export type LicenceLine = { 
/**
 * What is licensed and the unit it is counted in, as the solution names it.
 */
licence_type: string, 
/**
 * How many there are.
 */
quantity: number, 
/**
 * How many of them are not in use.
 */
free: number, 
/**
 * The last day it is valid (GEN-07); none: it does not end.
 */
expires: string | null, 
/**
 * Whether the solution says it is valid (IPO-04).
 */
valid: boolean, };

export type LicenceNotice = { 
/**
 * The notice.
 */
id: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Its name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
product_name: string, 
/**
 * What is told.
 */
kind: NoticeKind, 
/**
 * The last day of what ends; of growth, of the year.
 */
date: string, 
/**
 * The lot; none: it is about a year.
 */
lot: string | null, 
/**
 * The lot's key, masked.
 */
key: string, 
/**
 * How many licences are left, due or missing.
 */
quantity: number, };

export type LicencePreferences = { 
/**
 * The reseller's name; empty: there is none.
 */
reseller_name: string, 
/**
 * Its telephone number; may be empty.
 */
reseller_telephone: string, 
/**
 * Its e-mail address; may be empty.
 */
reseller_email: string, 
/**
 * Its web address; may be empty.
 */
reseller_web: string, 
/**
 * How many lost systems of a product of an organization may be replaced without having been returned, 0 to 100.
 */
offline_rehosts: number, };

export type LicenceRow = { 
/**
 * The id of its book.
 */
id: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Its name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
product_name: string, 
/**
 * Its status.
 */
status: StatusKind, 
/**
 * The status' date.
 */
status_date: string | null, 
/**
 * What is short, or due beyond the growth allowance.
 */
shortage: number, 
/**
 * The next date.
 */
next_date: string | null, 
/**
 * What is needed in all.
 */
need: number, 
/**
 * Licences in the wallet that can be used.
 */
wallet: number, 
/**
 * Licences that wait.
 */
waiting: number, };

export type LicenceState = "unknown" | "valid" | "due" | "invalid" | "expired";

export type LicenceStatus = { 
/**
 * Which.
 */
kind: StatusKind, 
/**
 * *Until*: the last day that is covered; *since*: the first that is not; none: the status has no date.
 */
date: string | null, 
/**
 * How many licences are due beyond the growth allowance; 0 in every other status.
 */
due: number, };

export type LineSource = "wallet" | "year" | "replaced";

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

export type ListName = "organizations" | "archived_organizations" | "members" | "accounts" | "systems" | "alarms" | "repository" | "jobs" | "job_tasks" | "customers" | "device_results" | "licences" | "licence_lots" | "licence_history" | "licence_endings" | "audit" | "activity";

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

export type LotDetails = { 
/**
 * The lot.
 */
lot: string, 
/**
 * The key, masked; empty: there is none.
 */
key: string, 
/**
 * Where it comes from.
 */
origin: LotOrigin, 
/**
 * What it is used for.
 */
purpose: Purpose, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term in years; 0: not bound to years.
 */
term: number, 
/**
 * The order reference.
 */
order: string, 
/**
 * When it was redeemed.
 */
redeemed: string, 
/**
 * From this day on it can no longer be allocated.
 */
shelf_end: string, 
/**
 * Who signed its key; empty: nobody.
 */
issuer: string, };

export type LotLine = { 
/**
 * The lot.
 */
lot: string, 
/**
 * How many.
 */
quantity: number, };

export type LotOrigin = "signed" | "declared" | "credit" | "opening";

export type LotRow = { 
/**
 * The row.
 */
id: string, 
/**
 * The lot.
 */
lot: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Its name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
product_name: string, 
/**
 * The key, masked; empty: there is none.
 */
key: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * Where it comes from.
 */
origin: LotOrigin, 
/**
 * What it is used for.
 */
purpose: Purpose, 
/**
 * The term in years.
 */
term: number, 
/**
 * The order reference.
 */
order: string, 
/**
 * When it was redeemed.
 */
redeemed: string, 
/**
 * The last day on which it can be allocated.
 */
shelf_end: string, 
/**
 * How many came into this organization.
 */
quantity: number, 
/**
 * How many are left in the wallet.
 */
left: number, 
/**
 * How many are allocated.
 */
allocated: number, 
/**
 * How many wait or are frozen.
 */
waiting: number, 
/**
 * How many have expired.
 */
expired: number, 
/**
 * How it is.
 */
state: LotState, 
/**
 * The place in which it is used (LIC-23), 1 first; none: it cannot be used.
 */
place: number | null, 
/**
 * Who signed its key; empty: nobody.
 */
issuer: string, 
/**
 * Whether that issuer was revoked since (LIC-21).
 */
issuer_revoked: boolean, };

export type LotState = "usable" | "waiting" | "expired" | "used_up";

export type MaintenanceWindow = { 
/**
 * The days on which it begins.
 */
days: Array<Day>, 
/**
 * When it begins, in minutes after midnight.
 */
start: number, 
/**
 * How long it is open, in minutes that pass; at most seven days.
 */
duration: number, };

export type MapImport = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * Of each column of the file, in order, what it is; none: it is left out. Remembered for files with the same columns.
 * Without a list the names of the columns say it, and what was remembered is forgotten.
 */
columns: Array<ImportColumnName | null> | null, };

export type MappedBy = "header" | "person" | "remembered";

export type MemberId = string;

export type MemberOutcome = { 
/**
 * The membership or invitation.
 */
id: MemberId, 
/**
 * Its name, or the invited address; empty where there is no such member.
 */
name: string, 
/**
 * Why it was not done; none: it was.
 */
problem: ErrorCode | null, };

export type MemberRole = "viewer" | "operator" | "admin" | "owner";

export type MemberRow = { 
/**
 * The membership's id, or the invitation's.
 */
id: MemberId, 
/**
 * The account; none: invited, and not there yet.
 */
account: AccountId | null, 
/**
 * First and last name, or else the login name; empty: invited.
 */
name: string, 
/**
 * Its login name; empty: invited.
 */
login: string, 
/**
 * Its e-mail address; empty: none.
 */
email: string, 
/**
 * Whether it has an avatar.
 */
has_avatar: boolean, 
/**
 * The role; of an invitation the one that was chosen.
 */
role: MemberRole, 
/**
 * The role that waits to be granted (ORG-11); none: nothing waits.
 */
promotion: MemberRole | null, 
/**
 * Where the membership comes from.
 */
origin: MembershipOrigin, 
/**
 * Of a membership by a label: the providers and resellers that the labels match (ACC-16).
 */
labels: Array<string>, 
/**
 * Whether it has every folder, as owners and admins do.
 */
every_folder: boolean, 
/**
 * The folders granted to it that the caller sees, by name.
 */
folders: Array<FolderName>, 
/**
 * How many folders more are granted to it.
 */
other_folders: number, 
/**
 * Whether it is active, invited, or waits for a promotion.
 */
state: MemberState, 
/**
 * When the invitation ends; none: it is a membership.
 */
expires_at: Time | null, 
/**
 * When the account was last active in the workspace; none: never.
 */
last_seen: Time | null, };

export type MemberState = "active" | "invited" | "promotion_waiting";

export type MembersArgument = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Which; at most 250.
 */
ids: Array<MemberId>, };

export type MembershipOrigin = "by_hand" | "label" | "invitation";

export type MigrationView = { 
/**
 * Steps that are done.
 */
done: number, 
/**
 * Steps in all.
 */
total: number, };

export type Mode = "on-premises" | "cloud";

export type ModelsOf = { 
/**
 * The organization; none: all that the account sees.
 */
organization: OrganizationId | null, };

export type MonitorConnections = { 
/**
 * Their ids.
 */
ids: Array<ConnectionId>, 
/**
 * Whether they are polled.
 */
on: boolean, };

export type MonitoringOutcome = { 
/**
 * The connection's id.
 */
id: ConnectionId, 
/**
 * Its name, or its address; empty where the account may not see it.
 */
name: string, 
/**
 * None: it is as it was wanted.
 */
problem: ErrorCode | null, 
/**
 * Whether it was otherwise before: what was as it was wanted was not switched.
 */
switched: boolean, };

export type MoveFolder = { 
/**
 * The folder.
 */
id: FolderId, 
/**
 * The folder it is moved into, of the same organization, and neither itself nor below it.
 */
parent: FolderId, };

export type MoveSystems = { 
/**
 * The systems to be moved.
 */
ids: Array<SystemId>, 
/**
 * The folder they are put into; of their own organization.
 */
folder: FolderId, };

export type NamedQuantity = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * Its name; its id where the catalogue does not have it.
 */
name: string, 
/**
 * How many.
 */
quantity: number, };

export type NeedOrigin = "systems" | "files" | "by_hand" | "hardware";

export type NeedPart = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * Where it comes from.
 */
source: NeedOrigin, 
/**
 * How many; negative: taken off.
 */
quantity: number, };

export type NeedSource = "system_file" | "by_hand";

export type NetworkInterface = { 
/**
 * As the operating system calls it.
 */
name: string, 
/**
 * Its addresses.
 */
addresses: Array<string>, 
/**
 * Its IPv4 networks, as ranges that can be searched.
 */
networks: Array<string>, 
/**
 * Whether it leads to this machine only.
 */
loopback: boolean, 
/**
 * Whether it is switched on.
 */
up: boolean, };

export type NewDevice = { 
/**
 * IP address or host name.
 */
host: string, 
/**
 * The port, 1 to 65535.
 */
port: number, 
/**
 * What it is to be called; empty: as it calls itself.
 */
name: string, 
/**
 * The serial number that was seen there; empty: none was. Another one is not taken in.
 */
serial: string, 
/**
 * The SHA-256 of the certificate that a person has seen and said yes to; none: nobody has.
 */
accept: string | null, };

export type Nothing = Record<symbol, never>;

export type Notice = { "kind": "administrator_expires", 
/**
 * The login name of the account that expires.
 */
login: string, 
/**
 * The date at whose start it is disabled.
 */
on: string, } | { "kind": "account_reset", 
/**
 * The login name of that account.
 */
login: string, 
/**
 * When it was reset.
 */
at: Time, };

export type NoticeKind = "grace_ends" | "shelf_life" | "growth" | "grace_began";

export type NoticeList = { 
/**
 * The first of them.
 */
notices: Array<LicenceNotice>, 
/**
 * How many there are in all.
 */
count: number, };

export type NoticesArgument = { 
/**
 * One organization; none: all that the account may see.
 */
organization: OrganizationId | null, };

export type OfflineChoice = { 
/**
 * The first year; none: the present one.
 */
year: number | null, 
/**
 * For how many years, 1 to 5.
 */
years: number, 
/**
 * The lots, where the person has chosen them; empty: those that are proposed.
 */
lots: Array<LotLine>, 
/**
 * The lost system that this one stands in for; its licences come into the file.
 */
replaces: string | null, };

export type OfflinePlan = { 
/**
 * The day in the organization's zone.
 */
today: string, 
/**
 * The last day on which the system may take the file in.
 */
expires: string, 
/**
 * What the system needs, beyond what its hardware and licences for good cover.
 */
need: Array<TypeQuantity>, 
/**
 * What would come into the file that is new.
 */
lines: Array<OfflinePlanLine>, 
/**
 * What the system has, or would take over, and that is in the file, too.
 */
kept: Array<OfflinePlanLine>, 
/**
 * What neither years nor wallet have; empty: they cover all of it.
 */
missing: Array<TypeQuantity>, 
/**
 * The years that can be chosen.
 */
years: Array<OfflineYear>, };

export type OfflinePlanLine = { 
/**
 * The lot.
 */
lot: LotDetails, 
/**
 * How many.
 */
quantity: number, 
/**
 * Where they were before.
 */
source: LineSource, 
/**
 * The first day they hold.
 */
from: string, 
/**
 * The last day they hold; none: for good.
 */
until: string | null, };

export type OfflineState = "requested" | "pending" | "licensed" | "lapsed" | "returned" | "lost";

export type OfflineSystemId = string;

export type OfflineSystemRow = { 
/**
 * Its id.
 */
id: OfflineSystemId, 
/**
 * How it calls itself.
 */
identity: string, 
/**
 * The product's version.
 */
version: string, 
/**
 * How it is.
 */
state: OfflineState, 
/**
 * Whether a request of it waits for an answer.
 */
waits: boolean, 
/**
 * What its hardware is recognised by.
 */
hardware: Array<string>, 
/**
 * What it needs, by type.
 */
needs: Array<TypeQuantity>, 
/**
 * Where that is known from.
 */
source: NeedSource, 
/**
 * Where a person has it from.
 */
reference: string, 
/**
 * Whether its files are signed.
 */
signed: boolean, 
/**
 * What it has taken in, by type.
 */
holds: Array<TypeQuantity>, 
/**
 * What is in a file of which nothing was heard, by type.
 */
pending: Array<TypeQuantity>, 
/**
 * Since when it is registered.
 */
since: string, 
/**
 * The number of the last licence file; 0: there was none.
 */
answer: number, 
/**
 * The last day on which a pending file may be taken in; none: none is pending.
 */
expires: string | null, 
/**
 * How it calls itself that has the licences of this one.
 */
replaced_by: string, };

export type OfflineSystems = { 
/**
 * The day in the organization's zone.
 */
today: string, 
/**
 * The systems, by name.
 */
systems: Array<OfflineSystemRow>, 
/**
 * The hardware, by serial number; also what was removed here.
 */
hardware: Array<HardwareRow>, 
/**
 * What the catalogue says of hardware.
 */
models: Array<HardwareModel>, 
/**
 * How many more lost systems may be replaced before one is returned.
 */
rehosts_left: number, };

export type OfflineYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
until: string, };

export type OpenConsole = { 
/**
 * The address of the console; one that stands in the preferences.
 */
url: string, };

export type OpenDeviceImport = { 
/**
 * The uploaded or chosen file.
 */
upload: TransferId, 
/**
 * The organization that the devices are added to.
 */
organization: OrganizationId, 
/**
 * The folder of rows that name none.
 */
folder: FolderId, };

export type OpenImport = { 
/**
 * The uploaded or chosen file.
 */
upload: TransferId, 
/**
 * For rows without a `Mode` cell.
 */
mode: Mode, };

export type OpenSubscription = { 
/**
 * Its past start.
 */
start: string, 
/**
 * What it has.
 */
lots: Array<OpeningLine>, 
/**
 * Where these numbers come from.
 */
reference: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type OpeningLine = { 
/**
 * The key, masked by who enters it; may be empty.
 */
key: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term in years.
 */
term: number, 
/**
 * The order reference; may be empty.
 */
order: string, 
/**
 * The day it was redeemed at the vendor.
 */
redeemed: string, 
/**
 * How many are in the wallet.
 */
wallet: number, 
/**
 * How many are allocated, by the first day of the year they begin in.
 */
years: Array<OpeningYear>, };

export type OpeningYear = { 
/**
 * The year, counted from 0 at the start.
 */
year: number, 
/**
 * How many.
 */
quantity: number, };

export type OrganizationArgument = { 
/**
 * Its id.
 */
id: OrganizationId, };

export type OrganizationDetails = { 
/**
 * The organization's id, a UUIDv7 (ORG-02).
 */
id: OrganizationId, 
/**
 * Its name, unique among those not archived (ORG-01).
 */
name: string, 
/**
 * The IANA name of its time zone (GEN-06).
 */
zone: string, 
/**
 * The language of its documents.
 */
language: Language, 
/**
 * Notes; may have several lines.
 */
notes: string, 
/**
 * Its postal address; empty: none.
 */
address: string, 
/**
 * Its telephone number; empty: none.
 */
telephone: string, 
/**
 * Its e-mail address; empty: none.
 */
email: string, 
/**
 * The folder that exists from the start; it cannot be deleted (ORG-01).
 */
default_folder: FolderId, 
/**
 * When it was created.
 */
created_at: Time, 
/**
 * The role the caller has in it; none: it is no member, but an administrator.
 */
role: MemberRole | null, 
/**
 * Whether it has a connection: is a customer.
 */
customer: boolean, 
/**
 * The caller may change it and its connections (RGT-06).
 */
may_manage: boolean, 
/**
 * The caller may invite, change and remove members (RGT-09).
 */
may_manage_members: boolean, 
/**
 * The caller may archive it, and make and unmake owners (RGT-10).
 */
may_archive: boolean, 
/**
 * Must come back with a save; another one means that somebody saved meanwhile.
 */
revision: number, };

export type OrganizationId = string;

export type OrganizationMatches = { 
/**
 * How many match; may be more than are listed.
 */
total: number, 
/**
 * The first of them, by name.
 */
organizations: Array<OrganizationName>, };

export type OrganizationName = { 
/**
 * The organization's id.
 */
id: OrganizationId, 
/**
 * Its name, unique among those not archived (ORG-01).
 */
name: string, 
/**
 * Whether it has a connection: is a customer.
 */
customer: boolean, };

export type OrganizationOutcome = { 
/**
 * The organization.
 */
id: OrganizationId, 
/**
 * Its name; empty where the account may not see it.
 */
name: string, 
/**
 * None: done.
 */
problem: ErrorCode | null, };

export type OrganizationPreferences = { 
/**
 * RGT-11
 */
operators_create_organizations: boolean, };

export type OrganizationRow = { 
/**
 * The organization's id.
 */
id: OrganizationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it has a connection: is a customer.
 */
customer: boolean, 
/**
 * Its systems, as far as the account may see them; none are listed of an archived organization.
 */
systems: number, 
/**
 * The IANA name of its time zone.
 */
zone: string, 
/**
 * The language of its documents.
 */
language: Language, 
/**
 * Its telephone number; empty: none.
 */
telephone: string, 
/**
 * Its e-mail address; empty: none.
 */
email: string, 
/**
 * Its postal address; empty: none.
 */
address: string, 
/**
 * Notes on it.
 */
notes: string, 
/**
 * When it was created.
 */
created_at: Time, 
/**
 * When it was archived; none: it is not.
 */
archived_at: Time | null, };

export type OrganizationSearch = { 
/**
 * Words of the name; empty: all.
 */
search: string, 
/**
 * At most this many (1 to 200).
 */
limit: number, };

export type PackageArgument = { 
/**
 * Its id.
 */
id: PackageId, };

export type PackageFields = { 
/**
 * What it is.
 */
kind: PackageKind, 
/**
 * The model or product it is for.
 */
product: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Words of one's own.
 */
tags: Array<string>, 
/**
 * What people wrote about it.
 */
note: string, };

export type PackageId = string;

export type PackageIds = { 
/**
 * Their ids.
 */
ids: Array<PackageId>, };

export type PackageIndexId = string;

export type PackageKind = "iso_image" | "component" | "firmware" | "application" | "server_installer" | "tool" | "customization";

export type PackageOutcome = { 
/**
 * The package.
 */
id: PackageId, 
/**
 * The name of its file; empty: there is no such package.
 */
file_name: string, 
/**
 * Why not; none: it was done.
 */
error: ErrorCode | null, };

export type PackageRow = { 
/**
 * The package's id.
 */
id: PackageId, 
/**
 * What it is.
 */
kind: PackageKind, 
/**
 * The model or product it is for; empty: not known.
 */
product: string, 
/**
 * Its version; empty: not known.
 */
version: string, 
/**
 * The name its file came with.
 */
file_name: string, 
/**
 * Words of one's own.
 */
tags: Array<string>, 
/**
 * What people wrote about it.
 */
note: string, 
/**
 * When it was added.
 */
added_at: Time, 
/**
 * The login name of who added it, at that time.
 */
added_by: string, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * Its SHA-256, in hexadecimal digits.
 */
sha256: string, 
/**
 * Where that digest comes from.
 */
digest_origin: DigestOrigin, 
/**
 * Whether it can be handed out.
 */
state: PackageState, 
/**
 * When its content was last compared with its digest.
 */
verified_at: Time, 
/**
 * The address it was fetched from; empty: it came as a file.
 */
address: string, 
/**
 * The list on the network that it stands in.
 */
index: PackageIndexId | null, 
/**
 * The identifier of an image's volume; empty: it has none.
 */
volume: string, 
/**
 * The version that the image names; empty: it names none.
 */
image_version: string, 
/**
 * What a person should look at.
 */
doubts: Array<Doubt>, 
/**
 * Counts up with every change.
 */
revision: number, };

export type PackageState = "stored" | "altered" | "missing" | "remote";

export type PackageUse = { 
/**
 * The package.
 */
id: PackageId, 
/**
 * How many devices run it, of those that the account sees.
 */
systems: number, };

export type Parameter = number | string;

export type PasswordPolicy = "classic" | "passphrase";

export type Permissions = { 
/**
 * Whether it is an administrator (RGT-15).
 */
administer: boolean, 
/**
 * Whether it may create organizations (RGT-11).
 */
create_organizations: boolean, 
/**
 * In at least one organization (RGT-06).
 */
manage_systems: boolean, 
/**
 * In at least one organization (RGT-02).
 */
launch: boolean, };

export type PlainAct = { 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type PlanAllocation = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product.
 */
product: string, 
/**
 * What is to be allocated.
 */
choice: AllocationChoice, };

export type PlanOffline = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product.
 */
product: string, 
/**
 * The system.
 */
system: OfflineSystemId, 
/**
 * What comes into it.
 */
choice: OfflineChoice, };

export type PlanTransfer = { 
/**
 * The sender.
 */
organization: OrganizationId, 
/**
 * The receiver.
 */
to: OrganizationId, 
/**
 * The product.
 */
product: string, 
/**
 * How many of which type and term.
 */
numbers: Array<TermQuantity>, };

export type PlanUpgrade = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The package that they are to run in the end; none: for each what is recommended (DEV-12).
 */
target: PackageId | null, };

export type PlannedLine = { 
/**
 * The first year.
 */
year: number, 
/**
 * How many.
 */
quantity: number, 
/**
 * The lot.
 */
lot: LotDetails, 
/**
 * What stays in the wallet of it after this plan.
 */
left: number, };

export type PlannedStart = { 
/**
 * When.
 */
at: Time, 
/**
 * Its local time does not exist on that day: it is the next one that does (JOB-25).
 */
moved: boolean, 
/**
 * When the window closes; none: it is none.
 */
until: Time | null, };

export type PlannedType = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * What is needed.
 */
need: number, 
/**
 * What is allocated.
 */
allocated: number, 
/**
 * What is short.
 */
short: number, 
/**
 * What is to be allocated.
 */
quantity: number, 
/**
 * How many of these are licences of types that stand in for it (LIC-01).
 */
substituted: number, };

export type PlannedYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
until: string, 
/**
 * The types.
 */
types: Array<PlannedType>, };

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

export type PostingRow = { 
/**
 * The entry's number in the ledger.
 */
number: number, 
/**
 * The entry.
 */
entry: string, 
/**
 * What happened; words `choice-licence_history-kind-<kind>`.
 */
kind: string, 
/**
 * The day.
 */
day: string, 
/**
 * The account.
 */
account: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term; none: licence-days.
 */
term: number | null, 
/**
 * The lot; none: licence-days.
 */
lot: string | null, 
/**
 * The lot's key, masked; empty: none.
 */
key: string, 
/**
 * How many come in; negative: go out.
 */
amount: number, };

export type PostingsArgument = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product.
 */
product: string, 
/**
 * The account, such as `wallet` or `year:2`; none: every account.
 */
account: string | null, 
/**
 * The type; none: every type.
 */
licence_type: string | null, 
/**
 * The lot; none: every lot.
 */
lot: string | null, 
/**
 * The entry; none: every entry.
 */
entry: string | null, };

export type Preferences = ZonePreferences & LogPreferences & OrganizationPreferences & AccountPreferences & ConnectionPreferences & RepositoryPreferences & JobPreferences & LaunchPreferences & DevicePreferences & LicencePreferences;

export type PreferencesForm = { 
/**
 * Rises by one with every save; 0 before the first.
 */
revision: number, 
/**
 * The fields of all parts, by name.
 */
preferences: Preferences, };

export type PreviewCommission = { 
/**
 * At most 500.
 */
ids: Array<SystemId>, 
/**
 * What they are to get.
 */
settings: CommissionSettings, };

export type PreviewSchedule = { 
/**
 * The schedule.
 */
schedule: JobSchedule, 
/**
 * The zone that stands for a site's own.
 */
site_zone: string | null, };

export type ProductArgument = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, };

export type ProductDetails = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The organization's name.
 */
customer: string, 
/**
 * The product.
 */
product: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The day in the organization's zone.
 */
today: string, 
/**
 * Whether the machine's clock is behind what was seen before (LIC-53).
 */
clock_behind: boolean, 
/**
 * Its status.
 */
status: LicenceStatus, 
/**
 * The next date; none: there is none.
 */
next_date: string | null, 
/**
 * What is short.
 */
shortage: number, 
/**
 * When it was registered; none: it is not.
 */
registered: string | null, 
/**
 * Its trial.
 */
trial: TrialDates | null, 
/**
 * Its subscription.
 */
subscription: SubscriptionDetails | null, 
/**
 * The starts of other products whose boundaries can be taken over (LIC-11).
 */
common_starts: Array<CommonStart>, 
/**
 * What the catalogue says.
 */
terms: ProductTerms, 
/**
 * What the systems need today, by type.
 */
need: Array<TypeQuantity>, 
/**
 * What that is made of.
 */
need_parts: Array<NeedPart>, 
/**
 * Whether the systems need something else by now than the books say; the next act or the service writes it down.
 */
need_pending: boolean, 
/**
 * What can be used of the wallet, by type and term.
 */
wallet: Array<TermQuantity>, 
/**
 * Licence-years in the wallet.
 */
licence_years: number, 
/**
 * Licences whose shelf life ends within 90 days, and the first day on which some do.
 */
ending: EndingSoon | null, 
/**
 * Licence-days that are kept, by type.
 */
residuals: Array<TypeQuantity>, 
/**
 * Licences that wait here for the product to be started.
 */
waiting: Array<WaitingTransfer>, 
/**
 * Licences that were sent and still wait elsewhere.
 */
sent: Array<WaitingTransfer>, 
/**
 * Where to buy (LIC-77).
 */
where_to_buy: string, };

export type ProductLine = { 
/**
 * Its id.
 */
product: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its status.
 */
status: LicenceStatus, 
/**
 * The next date; none: there is none.
 */
next_date: string | null, 
/**
 * What is short.
 */
shortage: number, 
/**
 * Licences in the wallet that can be used.
 */
wallet: number, 
/**
 * Licences that wait for it to be started.
 */
waiting: number, 
/**
 * Where to buy (LIC-77).
 */
where_to_buy: string, };

export type ProductList = { 
/**
 * The day in the organization's zone.
 */
today: string, 
/**
 * Whether the machine's clock is behind what was seen before; then `today` is the kept day (LIC-53).
 */
clock_behind: boolean, 
/**
 * The products.
 */
products: Array<ProductLine>, };

export type ProductTerms = { 
/**
 * Version of the catalogue.
 */
catalogue: number, 
/**
 * Days of a trial; 0: there is none.
 */
trial_days: number, 
/**
 * Days of a grace period.
 */
grace_days: number, 
/**
 * Years that licences can be stored.
 */
storage_years: number, 
/**
 * Years ahead that can be allocated to.
 */
ahead_years: number, 
/**
 * By how many percent a licensed year may grow.
 */
tolerance_percent: number, 
/**
 * Whether licences can be sent to another organization.
 */
transferable: boolean, 
/**
 * The terms there are, in years.
 */
terms: Array<number>, 
/**
 * Its types, in order, with their names.
 */
types: Array<TypeName>, };

export type ProductsArgument = { 
/**
 * The organization.
 */
organization: OrganizationId, };

export type Profile = { 
/**
 * The account's id.
 */
id: AccountId, 
/**
 * Its login name.
 */
login: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * First name; empty: none.
 */
first_name: string, 
/**
 * Last name; empty: none.
 */
last_name: string, 
/**
 * Telephone number; empty: none.
 */
telephone: string, 
/**
 * Mobile number; empty: none.
 */
mobile: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * Its labels (ACC-16).
 */
labels: Array<string>, 
/**
 * The date at whose start it is disabled (ACC-11); none: it does not expire.
 */
expires_on: string | null, 
/**
 * When it last signed in; none: never.
 */
last_sign_in: Time | null, 
/**
 * Whether it has an avatar (ACC-21).
 */
has_avatar: boolean, 
/**
 * The language it reads.
 */
language: Language, 
/**
 * The colours of its interface.
 */
theme: Theme, 
/**
 * How close together rows and fields stand.
 */
density: Density, 
/**
 * IANA name; none: the machine's.
 */
zone: string | null, };

export type ProxyChoice = { "kind": "workspace" } | { "kind": "direct" } | { "kind": "http_connect", 
/**
 * The proxy's IP address or host name.
 */
host: string, 
/**
 * The proxy's port, 1 to 65535.
 */
port: number, } | { "kind": "socks5", 
/**
 * The proxy's IP address or host name.
 */
host: string, 
/**
 * The proxy's port, 1 to 65535.
 */
port: number, };

export type Purpose = "subscription" | "expansion" | "upgrade";

export type ReadKeys = { 
/**
 * The organization they would be redeemed for.
 */
organization: OrganizationId, 
/**
 * The product they would be redeemed for.
 */
product: string, 
/**
 * The keys, as they were pasted or typed.
 */
keys: Array<string>, };

export type ReadSystemFile = { 
/**
 * The organization it is for.
 */
organization: OrganizationId, 
/**
 * The product; none: the file says it.
 */
product: string | null, 
/**
 * The uploaded file.
 */
upload: TransferId, };

export type ReadValue = { 
/**
 * What stands before it.
 */
name: string, 
/**
 * The value.
 */
value: string, };

export type RecallTransfer = { 
/**
 * The transfer.
 */
transfer: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type Receipt = { 
/**
 * The entries it wrote; of a transfer also the other organization's.
 */
entries: string[], 
/**
 * The transfer, where it was one.
 */
transfer: string | null, 
/**
 * What a late allocation gave back.
 */
credits: Array<Credit>, };

export type ReconcileLicences = { 
/**
 * What the vendor shows, as it was compared.
 */
lines: Array<ShownLine>, 
/**
 * The differences to be resolved, as they were shown.
 */
differences: Array<BookDifference>, 
/**
 * What was compared: the vendor's report, its date.
 */
reference: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type RedeemDeclared = { 
/**
 * The keys.
 */
keys: Array<DeclaredKey>, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type RedeemKeys = { 
/**
 * The keys.
 */
keys: Array<KeyToRedeem>, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type RegisterHardware = { 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Its model.
 */
model: string, 
/**
 * The system without a network that it is; none: it counts for the product as a whole.
 */
system: OfflineSystemId | null, 
/**
 * What it carries; empty: the catalogue says it.
 */
licences: Array<TypeQuantity>, 
/**
 * Where that is known from; may be empty where the catalogue says it.
 */
reference: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type RemovalPlan = { 
/**
 * How many connections are removed.
 */
connections: number, 
/**
 * How many systems are then no longer managed.
 */
systems: number, 
/**
 * How many open alarms end with them.
 */
alarms: number, };

export type RemoveHardware = { 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type RenameFolder = { 
/**
 * The folder.
 */
id: FolderId, 
/**
 * Its name: 1 to 100 code points, unique among its siblings without regard to case.
 */
name: string, };

export type RenewInvitation = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The invitation.
 */
id: MemberId, 
/**
 * As in [`InviteMembers`].
 */
place: string | null, };

export type RepositoryPreferences = { 
/**
 * How many ISO images are kept before the page says which could go (REP-07).
 */
repository_images: number, 
/**
 * After so many days a file is read again and compared with its digest (REP-10); 0: never.
 */
repository_verify_days: number, };

export type RepositorySummary = { 
/**
 * By kind; only those that there are.
 */
kinds: Array<KindTotal>, 
/**
 * How many bytes are free where it lies; none: the system does not say.
 */
free: number | null, 
/**
 * How many images there may be before the page says which could go (REP-07).
 */
image_limit: number, 
/**
 * The images that could go: the oldest versions of each product, so many as there are too many.
 */
could_go: Array<PackageRow>, 
/**
 * How many bytes a piece from a browser has.
 */
piece: number, };

export type Reseller = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its telephone number; may be empty.
 */
telephone: string, 
/**
 * Its e-mail address; may be empty.
 */
email: string, };

export type ResetDevices = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * Network settings are lost, too; otherwise they stay.
 */
network_too: boolean, 
/**
 * How many devices, as a person has typed it (GEN-11).
 */
confirmation: string, 
/**
 * When, and in which waves.
 */
order?: JobOrder, };

export type RestartDevices = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * When, and in which waves.
 */
order?: JobOrder, };

export type RestoreOrganization = { 
/**
 * The organization's id.
 */
id: OrganizationId, 
/**
 * The id once more, as the person has pasted it.
 */
confirmation: string, };

export type ReverseEntry = { 
/**
 * The entry.
 */
entry: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type Rollout = { 
/**
 * All waves but the last.
 */
waves: Array<Wave>, 
/**
 * How much may fail. None: all are done, whatever becomes of them.
 */
threshold: Threshold | null, };

export type RotateDevicePassword = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The new password; none: a different one for each device, made here.
 */
password: string | null, };

export type RowState = "new" | "update" | "unchanged" | "invalid";

export type RowTest = { "kind": "none" } | { "kind": "waiting" } | { "kind": "testing" } | { "kind": "done", 
/**
 * How the contact ended (CUS-03).
 */
status: ConnectivityStatus, 
/**
 * What the network said, for the person who mends it; empty: nothing.
 */
detail: string, 
/**
 * The certificate that was met; none: there was no TLS handshake.
 */
certificate: CertificateView | null, 
/**
 * How many systems answered for themselves; 0 where nothing was read.
 */
systems: number, 
/**
 * Why a factory-new device was not given its first account, or cannot be: what it refused, or which cell is none that a
 * device takes. None: nothing of it is known to be wrong.
 */
problem?: FieldProblem, };

export type SaveAccount = { 
/**
 * The account's id.
 */
id: AccountId, 
/**
 * The revision that was read; refused when somebody has changed the account since.
 */
revision: number, 
/**
 * None: the password stays.
 */
password: string | null, 
/**
 * The new password once more; none: the password stays.
 */
confirmation: string | null, 
/**
 * The login name: 1 to 15 code points, unique without regard to case.
 */
login: string, 
/**
 * Administrator or operator.
 */
role: AccountRole, 
/**
 * Of operators: matched with the provider and reseller names that systems report (ACC-16).
 */
labels: Array<string>, 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * Telephone number: at most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * Mobile number: as the telephone number.
 */
mobile: string, 
/**
 * E-mail address; empty: none.
 */
email: string, 
/**
 * Whether it can sign in.
 */
enabled: boolean, 
/**
 * Whether the password must be changed at the next sign-in, before anything else (ACC-09).
 */
must_change_password: boolean, 
/**
 * None: never expires.
 */
expires_on: string | null, };

export type SaveAppearance = { 
/**
 * The language it reads.
 */
language: Language | null, 
/**
 * The colours of the interface.
 */
theme: Theme | null, 
/**
 * How close together rows and fields stand.
 */
density: Density | null, 
/**
 * IANA name of the zone it reads times in; empty: the machine's.
 */
zone: string | null, };

export type SaveApplication = { 
/**
 * None: a new one.
 */
id: SystemId | null, 
/**
 * What is said of it from now on.
 */
fields: ApplicationFields, 
/**
 * What was said of it when the form was opened; none for a new one. Is something else said by now, nothing is stored.
 */
before: ApplicationFields | null, };

export type SaveCatalogue = { 
/**
 * The version that was changed.
 */
revision: number, 
/**
 * The file.
 */
catalogue: unknown, };

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
id: ConnectionId | null, 
/**
 * The organization it belongs to.
 */
organization: OrganizationId, 
/**
 * Of the one being changed; 0 for a new one.
 */
revision: number, 
/**
 * What is reached by it.
 */
kind: ConnectionKind, 
/**
 * What it is called; empty: it is called by its address.
 */
name: string, 
/**
 * IP address or host name.
 */
host: string, 
/**
 * The port, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * None: the stored one stays.
 */
password: string | null, 
/**
 * The proxy it goes through (CUS-15).
 */
proxy: ProxyChoice, 
/**
 * From the test; none only with `without_contact`, or when nothing of what it is reached by changed.
 */
proof: string | null, 
/**
 * *Save without contact*: it is marked *never tried*.
 */
without_contact: boolean, };

export type SaveCredentialSet = { 
/**
 * None: a new one.
 */
id: CredentialSetId | null, 
/**
 * The organization whose devices it is for.
 */
organization: OrganizationId, 
/**
 * Of the one being changed; 0 for a new one.
 */
revision: number, 
/**
 * What it is called.
 */
name: string, 
/**
 * The user name on the devices.
 */
user_name: string, 
/**
 * None: the stored one stays.
 */
password: string | null, };

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
accept: string | null, 
/**
 * The name, required and unique among the organizations not archived (ORG-01).
 */
name: string, 
/**
 * The IP address or host name of the main connection.
 */
host: string, 
/**
 * The port of the main connection, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * On-premises or cloud.
 */
mode: Mode, 
/**
 * At most 5, each of at most 40 code points.
 */
tags: Array<string>, 
/**
 * At most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * An e-mail address; empty: none.
 */
email: string, 
/**
 * The operators assigned by hand.
 */
operators: Array<AccountId>, 
/**
 * The postal address; empty: none.
 */
address: string, 
/**
 * Notes; may have several lines.
 */
notes: string, 
/**
 * The way to this customer (CUS-15).
 */
proxy: ProxyChoice, };

export type SaveImport = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * *Save these without contact too* (CUS-23).
 */
without_contact: boolean, 
/**
 * Factory-new devices are given their first account, with the user name and the password of their row, and are stored as well
 * (DEV-02).
 */
first_accounts?: boolean, 
/**
 * What was previewed, as the view said it; none: what was last shown of the list.
 */
preview?: string, };

export type SaveIssuer = { 
/**
 * The organization.
 */
organization: OrganizationId, };

export type SaveOffline = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The system.
 */
system: OfflineSystemId, };

export type SaveOrganization = { 
/**
 * The organization's id.
 */
id: OrganizationId, 
/**
 * The revision that was read; refused when somebody has changed the organization since.
 */
revision: number, 
/**
 * Its name: 1 to 100 code points, unique among those not archived.
 */
name: string, 
/**
 * The IANA name of its time zone (GEN-06).
 */
zone: string, 
/**
 * The language of its documents.
 */
language: Language, 
/**
 * Notes; may have several lines.
 */
notes: string, 
/**
 * The postal address; empty: none.
 */
address: string, 
/**
 * At most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * An e-mail address; empty: none.
 */
email: string, };

export type SavePackage = { 
/**
 * The package.
 */
id: PackageId, 
/**
 * The revision that was read.
 */
revision: number, 
/**
 * What it shall be.
 */
fields: PackageFields, };

export type SaveProfile = { 
/**
 * First name; with the last name and the space between at most 31 code points.
 */
first_name: string, 
/**
 * Last name; see the first name.
 */
last_name: string, 
/**
 * At most 15 digits, a leading + not counted; empty: none.
 */
telephone: string, 
/**
 * As the telephone number.
 */
mobile: string, 
/**
 * An e-mail address; empty: none.
 */
email: string, };

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

export type SavedApplication = { 
/**
 * Its id.
 */
id: SystemId, 
/**
 * What is said of it.
 */
fields: ApplicationFields, };

export type Separator = "comma" | "semicolon" | "tab";

export type ServerDevice = { 
/**
 * The managed system of that serial number; none: there is none in the organization, or the account does not see it.
 */
system: SystemId | null, 
/**
 * What the server calls it.
 */
name: string, 
/**
 * Its model; empty: the server says none.
 */
model: string, 
/**
 * Its serial number; empty: the server says none.
 */
serial: string, 
/**
 * Where the server reaches it; empty: it does not say.
 */
address: string, };

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

export type ServiceTile = { 
/**
 * The service's name, as the system reports it.
 */
name: string, 
/**
 * The service's version, as the system reports it.
 */
version: string, 
/**
 * Whether it runs.
 */
running: boolean, };

export type SessionId = string;

export type SessionView = { 
/**
 * The session's id; not its token.
 */
id: SessionId, 
/**
 * The account that is signed in.
 */
profile: Profile, 
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
ends_at: Time, 
/**
 * When the session ends in any case: 12 hours after it began (ACC-10).
 */
ends_at_latest: Time, 
/**
 * What the account may do at all.
 */
may: Permissions, 
/**
 * What a new password has to be like (ACC-03), so that it can be said while it is typed.
 */
password_policy: PasswordPolicy, 
/**
 * What the account should know.
 */
notices: Array<Notice>, 
/**
 * The organization chosen in the top bar (ORG-03).
 */
organization: OrganizationId | null, };

export type SetAccess = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * Which members and invitations; at most 250.
 */
ids: Array<MemberId>, 
/**
 * The role they are to have.
 */
role: MemberRole, 
/**
 * Of operators and viewers; owners and admins have every folder.
 */
folders: Array<FolderId>, };

export type SetAvatar = { 
/**
 * The uploaded picture.
 */
upload: TransferId, };

export type SetDevicePassword = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The account's name.
 */
user_name: string, 
/**
 * The new password.
 */
password: string, };

export type SetFolderZone = { 
/**
 * The folder.
 */
id: FolderId, 
/**
 * The IANA name; none: as the folder above has it.
 */
zone: string | null, };

export type SetGrants = { 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The account whose membership it is.
 */
account: AccountId, 
/**
 * None: no member any more.
 */
role: MemberRole | null, 
/**
 * Of an operator or a viewer; owners and admins have every folder.
 */
folders: Array<FolderId>, };

export type SetRequirement = { 
/**
 * The system; none: on top of what the systems need.
 */
system: SystemId | null, 
/**
 * The type.
 */
licence_type: string, 
/**
 * How many; none: the rule holds again.
 */
quantity: number | null, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type Severity = "critical" | "major" | "minor" | "warning";

export type ShownLine = { 
/**
 * The key; empty: all licences of the type and term whose key no line names.
 */
key: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term in years.
 */
term: number, 
/**
 * The order reference; may be empty.
 */
order: string, 
/**
 * The day it was redeemed; none: it is not told.
 */
redeemed: string | null, 
/**
 * How many are in the wallet; none: it is not told.
 */
wallet: number | null, 
/**
 * How many are allocated, by the year they begin in.
 */
years: Array<OpeningYear>, };

export type SignIn = { 
/**
 * The login name; case does not matter.
 */
login: string, 
/**
 * The password.
 */
password: string, 
/**
 * The language of the sign-in page; becomes the account's (ACC-06).
 */
language: Language | null, };

export type SignedBy = { 
/**
 * The id of its key.
 */
key: string, 
/**
 * Its name, as it was when the licence key was redeemed.
 */
name: string, };

export type SignedIn = { 
/**
 * The secret token of this session. A browser gets it as a cookie instead, and here nothing.
 */
token: string | null, 
/**
 * The session that has begun.
 */
session: SessionView, };

export type SkippedDevice = { 
/**
 * The device.
 */
id: SystemId, 
/**
 * Why.
 */
problem: ErrorCode, };

export type SkippedTarget = { 
/**
 * The system.
 */
id: SystemId, 
/**
 * Why.
 */
problem: ErrorCode, };

export type SoftwareTrack = "long_term" | "active";

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

export type StartDiscovery = { 
/**
 * The ways that are gone; at least one.
 */
ways: Array<DiscoveryWay>, 
/**
 * The network interfaces that are asked on; none: all.
 */
interfaces: Array<string> | null, 
/**
 * Address ranges between commas or line ends, such as `10.44.0.0/21` or `10.0.0.5-10.0.0.90`; at most 65,536 addresses.
 */
ranges: string, };

export type StartSubscription = { 
/**
 * Takes over the boundaries of this product of the organization; none: begins today.
 */
together_with: string | null, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type StateCount = { 
/**
 * The state (DEV-11).
 */
state: SystemState, 
/**
 * How many systems are in it.
 */
systems: number, };

export type StatusIcon = "needs_attention";

export type StatusKind = "archived" | "not_registered" | "registered" | "trial" | "trial_ended" | "started" | "renewal_due" | "unlicensed" | "beyond_growth" | "nothing_needed" | "licensed";

export type SubscribeAnswer = { 
/**
 * The list; none: the certificate waits for a decision.
 */
index: IndexView | null, 
/**
 * The server's certificate, which this machine does not trust.
 */
certificate: CertificateView | null, };

export type SubscribeIndex = { 
/**
 * Where it is; `https` only.
 */
address: string, 
/**
 * The SHA-256 of a certificate that a person has accepted for this server; none: only what this machine trusts counts.
 */
accept: string | null, };

export type SubscriptionDetails = { 
/**
 * The start that its boundaries are counted from.
 */
start: string, 
/**
 * The first day of the product in it.
 */
first_day: string, 
/**
 * The present year, counted from 0 at the start.
 */
year: number, 
/**
 * The version of the catalogue it goes by until the next year.
 */
catalogue: number, 
/**
 * When it was ended; none: it runs.
 */
ended: string | null, 
/**
 * The last two years that are over, the present one, and those that can be allocated to.
 */
years: Array<YearDetails>, };

export type SystemArgument = { 
/**
 * The system's id.
 */
id: SystemId, };

export type SystemCard = { 
/**
 * The system's id.
 */
id: SystemId, 
/**
 * The connection it is reached by; none: it was removed.
 */
connection: ConnectionId | null, 
/**
 * Which protocol it speaks.
 */
kind: SystemKind, 
/**
 * The name it gives itself.
 */
name: string, 
/**
 * Its IP address or host name.
 */
address: string, 
/**
 * Its version, as it writes it; empty: not known.
 */
version: string, 
/**
 * Its place in the solution.
 */
role: SystemRole, 
/**
 * Its state (DEV-11).
 */
state: SystemState, 
/**
 * How many of its alarms are open, not shelved and not suppressed (ALM-05).
 */
alarms: number, 
/**
 * The worst severity among those alarms; none: there are none.
 */
worst_alarm: Severity | null, 
/**
 * The services it reports.
 */
services: Array<ServiceTile>, };

export type SystemFileKind = "request" | "confirmation" | "other";

export type SystemFilePreview = { 
/**
 * Its SHA-256, by which it is taken.
 */
digest: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * What it is.
 */
kind: SystemFileKind, 
/**
 * The product; empty: it does not say.
 */
product: string, 
/**
 * The product's name.
 */
product_name: string, 
/**
 * The product's version.
 */
version: string, 
/**
 * How the system calls itself; empty: it does not say.
 */
system: string, 
/**
 * The number of the file; 0: it has none.
 */
sequence: number, 
/**
 * The day it was made.
 */
made: string | null, 
/**
 * Whether it is signed with the system's key.
 */
signed: boolean, 
/**
 * What its hardware is recognised by.
 */
hardware: Array<string>, 
/**
 * What it needs, by type.
 */
needs: Array<NamedQuantity>, 
/**
 * Of a confirmation: whether the system gives everything back.
 */
returned: boolean, 
/**
 * What could be read of another file.
 */
values: Array<ReadValue>, };

export type SystemId = string;

export type SystemKind = "telephone_server" | "video_server" | "camera" | "connected_application";

export type SystemOutcome = { 
/**
 * The system's id.
 */
id: SystemId, 
/**
 * Empty where the account may not see it.
 */
name: string, 
/**
 * Why it was not done; none: it was.
 */
problem: ErrorCode | null, };

export type SystemRole = "primary" | "secondary" | "expansion" | "alone";

export type SystemRow = { 
/**
 * The system's id.
 */
id: SystemId, 
/**
 * The organization it belongs to.
 */
organization: OrganizationId, 
/**
 * The connection it is reached by.
 */
connection: ConnectionId | null, 
/**
 * The organization's name.
 */
customer: string, 
/**
 * The folder it is in.
 */
folder_id: FolderId, 
/**
 * The folder's name.
 */
folder: string, 
/**
 * Which protocol it speaks.
 */
kind: SystemKind, 
/**
 * The name it gives itself.
 */
name: string, 
/**
 * Its place in the solution.
 */
role: SystemRole, 
/**
 * Its state (DEV-11).
 */
state: SystemState, 
/**
 * Its model; empty: it says none.
 */
model: string, 
/**
 * Its serial number; empty: it says none.
 */
serial: string, 
/**
 * Its IP address or host name.
 */
host: string, 
/**
 * Its version, as it writes it; empty: not known.
 */
version: string, 
/**
 * How many of its alarms are open, not shelved and not suppressed (ALM-05).
 */
alarms: number, 
/**
 * The worst severity among those alarms; none: there are none.
 */
worst_alarm: Severity | null, 
/**
 * How many services it reports.
 */
services: number, 
/**
 * How many of them do not run.
 */
stopped_services: number, 
/**
 * When it last answered; none: never.
 */
last_contact: Time | null, };

export type SystemState = "upgrading" | "certificate_changed" | "needs_setup" | "authentication_failed" | "unreachable" | "reachable_no_api" | "limited_api" | "online" | "unknown";

export type SystemsArgument = { 
/**
 * Their ids.
 */
ids: Array<SystemId>, };

export type TagCount = { 
/**
 * The tag.
 */
tag: string, 
/**
 * How many customers carry it.
 */
customers: number, };

export type TakenAddress = { 
/**
 * The address.
 */
address: string, 
/**
 * How that was seen.
 */
by: AddressTakenBy, };

export type TaskLogLine = { 
/**
 * When.
 */
at: Time, 
/**
 * What happened: its words are `job-log-<event>`.
 */
event: string, 
/**
 * What the words need.
 */
params: Record<string, string | number>, 
/**
 * The error that was met.
 */
problem: WireError | null, };

export type TaskState = "waiting" | "running" | "done" | "skipped" | "failed" | "unknown" | "stopped";

export type TaskStep = { 
/**
 * Its words are `job-step-<name>`.
 */
name: string, 
/**
 * When it began last; none: it has not begun.
 */
began_at: Time | null, 
/**
 * When it ended; none: it has not.
 */
ended_at: Time | null, };

export type TermQuantity = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term in years.
 */
term: number, 
/**
 * How many.
 */
quantity: number, };

export type Terms = { 
/**
 * Rises with every change of the text; set by the core.
 */
version: number, 
/**
 * What has to be accepted.
 */
text: string, };

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

export type TestClockDate = { 
/**
 * The date that is to be the present one.
 */
date: string, };

export type TestClockView = { 
/**
 * Its present date, in the workspace's zone.
 */
date: string, 
/**
 * By how many milliseconds it is ahead of the machine's clock.
 */
ahead: number, };

export type TestConnection = { 
/**
 * The connection being edited; its stored password is used when none is given.
 */
id: ConnectionId | null, 
/**
 * The organization it belongs to.
 */
organization: OrganizationId, 
/**
 * What is reached by it.
 */
kind: ConnectionKind, 
/**
 * IP address or host name.
 */
host: string, 
/**
 * The port, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * The service user's password; none: the stored one.
 */
password: string | null, 
/**
 * The proxy to go through (CUS-15).
 */
proxy: ProxyChoice, 
/**
 * SHA-256 of the certificate the person has said yes to.
 */
accept: string | null, };

export type TestCustomer = { 
/**
 * The customer being edited; its stored password is used when none is given.
 */
id: OrganizationId | null, 
/**
 * IP address or host name.
 */
host: string, 
/**
 * The port, 1 to 65535.
 */
port: number, 
/**
 * The name of the service user that signs in.
 */
user_name: string, 
/**
 * The service user's password; none: the stored one.
 */
password: string | null, 
/**
 * The proxy to go through (CUS-15).
 */
proxy: ProxyChoice, 
/**
 * SHA-256 of the certificate the person has said yes to.
 */
accept: string | null, };

export type TestImport = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * The numbers of the rows; none: all that can be tested.
 */
rows: Array<number> | null, };

export type TestResult = { 
/**
 * How the contact ended (CUS-03).
 */
status: ConnectivityStatus, 
/**
 * The colour and shape of that status (CUS-02).
 */
connection: ConnectionState, 
/**
 * The certificate that was met; none: there was no TLS handshake.
 */
certificate: CertificateView | null, 
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
proof: string | null, 
/**
 * How many systems answered for themselves; 0 where nothing was read.
 */
systems: number, 
/**
 * The version of the primary or of the device; empty: nothing was read.
 */
version: string, };

export type TextCount = { 
/**
 * The value; empty: not known.
 */
value: string, 
/**
 * How many customers have it.
 */
customers: number, };

export type Theme = "light" | "dark" | "system";

export type Threshold = { 
/**
 * So many systems of the run.
 */
systems: number | null, 
/**
 * So much of a wave, in percent.
 */
percent: number | null, 
/**
 * What happens then.
 */
act: ThresholdAct, };

export type ThresholdAct = "pause" | "stop";

export type Time = number;

export type TransferDevices = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * The organization they are moved to.
 */
organization: OrganizationId, 
/**
 * A folder of it.
 */
folder: FolderId, };

export type TransferId = string;

export type TransferLicences = { 
/**
 * The receiver.
 */
to: OrganizationId, 
/**
 * The lots and how many of each.
 */
lines: Array<LotLine>, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type TransferLine = { 
/**
 * The lot.
 */
lot: LotDetails, 
/**
 * How many.
 */
quantity: number, };

export type TransferPlan = { 
/**
 * The receiver's name.
 */
customer: string, 
/**
 * Whether they would wait there (LIC-46).
 */
waits: boolean, 
/**
 * The lots and how many of each.
 */
lines: Array<TransferLine>, };

export type TrialDates = { 
/**
 * Its first day.
 */
start: string, 
/**
 * Its last day.
 */
until: string, };

export type TrustImport = { 
/**
 * The waiting list.
 */
import: ImportId, 
/**
 * The numbers of the rows; none: all whose certificate waits for a yes.
 */
rows: Array<number> | null, };

export type TypeName = { 
/**
 * Its id.
 */
licence_type: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether the catalogue has no rule for it: what is needed is said by hand alone.
 */
by_hand: boolean, };

export type TypeQuantity = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * How many.
 */
quantity: number, };

export type UpgradeDevices = { 
/**
 * At most 5,000.
 */
ids: Array<SystemId>, 
/**
 * As in [`PlanUpgrade`].
 */
target: PackageId | null, 
/**
 * When, and in which waves.
 */
order?: JobOrder, };

export type UpgradeExclusion = { 
/**
 * Why.
 */
problem: ErrorCode, 
/**
 * How many.
 */
count: number, 
/**
 * The first of them that the account sees, each by name; at most 20.
 */
devices: Array<ExcludedDevice>, };

export type UpgradeGroup = { 
/**
 * Their model.
 */
model: string, 
/**
 * The version that they run.
 */
from: string, 
/**
 * The versions that they go through, the last one last.
 */
path: Array<UpgradeStep>, 
/**
 * Series with long-term support that should be gone through, and that the repository has nothing of.
 */
missing: Array<string>, 
/**
 * How many devices.
 */
devices: number, 
/**
 * How long one of them takes, in minutes, as far as can be told.
 */
minutes: number, };

export type UpgradePlan = { 
/**
 * How many devices were chosen.
 */
chosen: number, 
/**
 * How many would be upgraded.
 */
devices: number, 
/**
 * How many customers they belong to.
 */
customers: number, 
/**
 * How many restarts that makes.
 */
restarts: number, 
/**
 * The ways, those with the most devices first.
 */
groups: Array<UpgradeGroup>, 
/**
 * Who is left out, and why, the most frequent reason first.
 */
excluded: Array<UpgradeExclusion>, 
/**
 * Those among them that the account may not upgrade.
 */
skipped: Array<SkippedDevice>, };

export type UpgradeStep = { 
/**
 * The version.
 */
version: string, 
/**
 * Its package in the repository.
 */
package: PackageId, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * Whether the vendor gave the digest, and it was verified (REP-06).
 */
verified: boolean, };

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

export type UseUpgrade = { 
/**
 * The lot.
 */
lot: string, 
/**
 * How many.
 */
quantity: number, 
/**
 * What was upgraded.
 */
subject: string, 
/**
 * From what.
 */
from: string, 
/**
 * To what.
 */
to: string, 
/**
 * Chosen by who asks, new for each act.
 */
operation: string, 
/**
 * The organization.
 */
organization: OrganizationId, 
/**
 * The product's id in the catalogue.
 */
product: string, 
/**
 * The page it was asked for on, for the history (LIC-62); may be empty.
 */
screen: string, };

export type ValueCount = { 
/**
 * The value as it is stored; empty: rows without one.
 */
value: string, 
/**
 * How many rows have it.
 */
rows: number, };

export type ValuesArgument = { 
/**
 * The list's name.
 */
list: ListName, 
/**
 * What is listed. Criteria of the column itself are left out, so that what could be chosen besides is counted, too.
 */
query: ListQuery, 
/**
 * The column's name.
 */
column: string, };

export type VerifyAudit = { 
/**
 * The final hash of an export, a backup or a document, in hexadecimal digits: the chain must hold it. None: it is
 * followed from its start alone.
 */
head?: string, };

export type VideoServerView = { 
/**
 * The connection it is reached by.
 */
connection: ConnectionId, 
/**
 * Whether it is polled (DEV-51).
 */
monitored: boolean, 
/**
 * The version of its interface; empty: nothing was read yet.
 */
interface: string, 
/**
 * Its time zone, as it names it; empty: it says none.
 */
time_zone: string, 
/**
 * Who made the machine it runs on; empty: it says none.
 */
vendor: string, 
/**
 * The devices it works with, the first [`MOST_SERVER_DEVICES`] of them.
 */
devices: Array<ServerDevice>, 
/**
 * How many devices it works with.
 */
device_count: number, };

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
 * Whether parts of its filter were left out for this account: they name what it may not see. Then it lists more than its maker
 * sees in it.
 */
partial: boolean, 
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

export type WaitingLot = { 
/**
 * The lot.
 */
lot: string, 
/**
 * The type.
 */
licence_type: string, 
/**
 * The term.
 */
term: number, 
/**
 * How many.
 */
quantity: number, 
/**
 * From this day on they are expired.
 */
shelf_end: string, };

export type WaitingTransfer = { 
/**
 * The transfer.
 */
transfer: string, 
/**
 * The other organization.
 */
organization: OrganizationId, 
/**
 * Its name; empty: this account may not see it.
 */
customer: string, 
/**
 * When it was sent.
 */
since: string, 
/**
 * What waits.
 */
lots: Array<WaitingLot>, };

export type Wave = { 
/**
 * How much it takes.
 */
size: WaveSize, 
/**
 * What of it must be proven good before the next wave begins, in percent.
 */
proven_percent: number, 
/**
 * How long is waited after that, in minutes.
 */
soak_minutes: number, };

export type WaveCounts = { 
/**
 * Not begun.
 */
waiting: number, 
/**
 * Under way.
 */
running: number, 
/**
 * Proven good.
 */
done: number, 
/**
 * Left out, each with its reason: they were never to be done, or were removed meanwhile.
 */
skipped: number, 
/**
 * Failed.
 */
failed: number, 
/**
 * Unknown, being checked.
 */
unknown: number, 
/**
 * Given up.
 */
stopped: number, 
/**
 * When the last of them ended.
 */
ended_at: Time | null, };

export type WaveSize = { "unit": "groups", "size": number } | { "unit": "systems", "size": number } | { "unit": "percent", "size": number };

export type WaveState = "waiting" | "running" | "soaking" | "held" | "done";

export type WaveView = { 
/**
 * From 0.
 */
number: number, 
/**
 * How it is.
 */
state: WaveState, 
/**
 * What became of its systems so far.
 */
counts: WaveCounts, 
/**
 * The rule by which the next wave begins; none: it is the last.
 */
rule: Wave | null, 
/**
 * When the next wave may begin.
 */
soaked_at: Time | null, };

export type WayProgress = { 
/**
 * Which.
 */
way: DiscoveryWay, 
/**
 * How many devices it has found.
 */
found: number, };

export type WhereToBuy = { 
/**
 * The product's link and the reseller's own page, as far as there are any.
 */
addresses: Array<BuyAddress>, 
/**
 * The reseller; none: the preferences name none.
 */
reseller: Reseller | null, };

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

export type WorkArgument = { 
/**
 * Its id.
 */
id: WorkId, };

export type WorkId = string;

export type WorkKind = "export" | "refresh" | "removal" | "monitoring" | "move" | "application_removal" | "repository_add" | "repository_verify" | "edit" | "deletion" | "device_act" | "import_test" | "import_save" | "import_first_accounts";

export type WorkspaceState = { 
/**
 * The program's version.
 */
version: string, 
/**
 * Which run of the program answers: another one than before says that it was restarted, and that every session has
 * ended with the former one (CUS-43).
 */
instance: string, 
/**
 * What the window has to show.
 */
stage: Stage, 
/**
 * While it is migrating: how far.
 */
migration: MigrationView | null, 
/**
 * Of a copy at another date, which is thrown away when it is left (LIC-54); none: this is no copy.
 */
test_clock: TestClockView | null, 
/**
 * A demo fleet that can be thrown away.
 */
demo: boolean, 
/**
 * Whether *Explore the demo fleet* can be offered here.
 */
demo_available: boolean, 
/**
 * Whether it is reached over HTTPS (ADM-30); what needs this machine is then not offered (ADM-31).
 */
shared: boolean, 
/**
 * The folder the workspace lives in; empty where it is shared.
 */
folder: string, 
/**
 * For an account nobody needs to type: set in the demo only.
 */
demo_login: string | null, };

export type YearDetails = { 
/**
 * The year, counted from 0.
 */
year: number, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
until: string, 
/**
 * How it is.
 */
state: YearState, 
/**
 * The last day of its grace period; none: none runs or ran.
 */
grace_until: string | null, 
/**
 * What was allocated when its need was frozen (LIC-16); none: it is not.
 */
frozen: number | null, 
/**
 * Need and allocation by type.
 */
types: Array<YearType>, };

export type YearLine = { 
/**
 * The first year.
 */
year: number, 
/**
 * The lot.
 */
lot: string, 
/**
 * How many.
 */
quantity: number, };

export type YearQuantity = { 
/**
 * The year, counted from 0.
 */
year: number, 
/**
 * The type.
 */
licence_type: string, 
/**
 * How many.
 */
quantity: number, };

export type YearState = "past" | "licensed" | "grace" | "unlicensed" | "nothing_needed" | "short" | "not_allocated";

export type YearType = { 
/**
 * The type.
 */
licence_type: string, 
/**
 * What is needed.
 */
need: number, 
/**
 * What is allocated.
 */
allocated: number, 
/**
 * What is short, after surplus has flowed along substitutions.
 */
short: number, 
/**
 * What is left over.
 */
surplus: number, };

export type ZonePreferences = { 
/**
 * IANA name of the workspace's zone.
 */
zone: string, };
