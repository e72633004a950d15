## Shared

none = –
labelled = { $label }: { $value }
save = Save
cancel = Cancel
stop = Stop
close = Close
apply = Apply
add = Add
edit = Edit…
delete = Delete…
retry = Try again
undo = Undo
continue = Continue
back = Back
more = More
all = All
yes = Yes
no = No
optional = optional
show-password = Show password
hide-password = Hide password
copy = Copy
copied = Copied
loading = Loading
refresh = Refresh
error-reference = Reference { $id }
technical-detail = Technical detail
outside-title = Outside the chosen organization
outside-show-all = Show all organizations
tag-add = Add tag
label-add = Add label
tag-remove = Remove { $tag }
tag-limit = At most { $limit }
increase = More
decrease = Less
confirm-type = Type { $text } to confirm
no-matches = Nothing matches
error-host-unreachable = Flotilla cannot be reached
    .action = Check that the server is running and the network is up, then try again.
error-host-answer-unreadable = The answer could not be read
    .action = Reload the page; if the problem persists, interface and server are of different versions.
copy-named = Copy { $name }
copied-named = { $name } copied
copy-by-hand = The text is selected. Press Ctrl C to copy it.
copy-value = Copy { $value }
copied-value = Copied { $value }
names-and-others = and { $number } more

## Connection and severity

connection-connected = Connected
connection-problems = Connection problems
connection-disconnected = No connection
connection-never = Never tried
severity-critical = Critical
severity-major = Major
severity-minor = Minor
severity-warning = Warning
severity-cleared = Cleared
work-state-waiting = Waiting
work-state-running = Running
work-state-done = Done
work-state-skipped = Skipped
work-state-failed = Failed
work-state-unknown = Unknown, being checked
work-state-stopped = Stopped

## Lists

list-search-organizations = Search organizations
list-search-archived_organizations = Search archived organizations
list-search-members = Search members
list-search-accounts = Search accounts
list-search-systems = Search systems
list-search-alarms = Search alarms
list-search-repository = Search the repository
list-search-customers = Search customers
list-search-device_results = Search results
list-search-jobs = Search jobs
list-search-job_tasks = Search systems
list-search-licences = Search products
list-search-licence_lots = Search wallets
list-search-licence_history = Search the history
list-search-licence_endings = Search what ends
list-search-audit = Search the audit log
list-search-activity = Search the activity
list-search-go = Search
list-search-clear = Clear search
list-filter = Filter
list-filter-panel = Filter criteria
list-filter-from = From
list-filter-to = To
list-filter-minimum = Minimum
list-filter-maximum = Maximum
list-filter-any = Any
list-filter-empty = Empty
list-chip-search = Search
list-chip-remove = Remove criterion { $name }
list-clear = Clear
list-clear-filter = Clear filter
list-nothing-matches = Nothing matches
list-nothing-matches-why = No entry matches the search and the filter.
list-nothing-matches-here = No entry of the chosen organization matches the search and the filter. The other organizations were not searched.
list-search-everywhere = Search all organizations
list-total = { $total } in total
list-selected = { $selected } selected
list-select-all-matching = Select all { $count } that match
list-select-shown = Select all shown
list-select-row = Select { $name }
list-clear-selection = Clear selection
list-selection-bar = Selection
list-changes =
    { $count ->
        [one] { $count } change, sort again
       *[other] { $count } changes, sort again
    }
list-changes-many = Many changes, sort again
list-columns = Columns
list-columns-reset = Reset to default
list-column-up = Move { $name } up
list-column-down = Move { $name } down
list-column-width = Width of { $name }
list-sort-none = Not sorted. Click: highest first.
list-sort-descending = Sorted, highest first. Click: lowest first.
list-sort-ascending = Sorted, lowest first. Click: unsorted.
list-views = Views
list-views-all = All entries
list-views-own = My views
list-views-shared = Shared views
list-views-partial = { $name } (in part)
list-views-save = Save as view…
list-views-update = Update { $name }
list-views-delete = Delete { $name }…
list-views-name = Name of the view
list-views-share = Share with everyone
list-views-delete-title = Delete the view { $name }?
list-views-delete-body = Its filter, sort order and columns are deleted. The entries of the list are not affected.
list-views-delete-do = Delete view
list-export = Export
list-export-all = All { $count } listed
list-export-selected = { $count } selected
list-export-csv = as CSV
list-export-xlsx = as XLSX
list-exported = Saved { $name }
list-too-many = Only the first { $count } can be shown; narrow the list with a filter.
list-id-unknown = not found
list-of = { $shown } of { $total }
list-filter-columns = Column to filter by
list-filter-contains = Contains
list-filter-values = Values
list-filter-no-value = No value
list-filter-some-value = Any value
list-filter-remain = { $shown } of { $total } would remain
list-filter-counted = Counted within the search and the other filters in force.
list-filter-most = The { $count } most frequent values are shown.
list-filter-nothing-there = No entry has a value here.
list-filter-only = Only { $value }
list-filter-edit = Change the criterion { $name }
list-test-contains = contains
list-test-is = is
list-test-any = is any of
list-test-from = from
list-test-until = up to
list-test-between = between
list-test-empty = has no value
list-test-not-empty = has a value
list-tags-more = { $count } more
list-tags-all = All { $count } of { $what }
list-column-move = Move { $name }. Arrow keys change its place.
list-column-moved = { $name }, place { $place } of { $count }
list-columns-how = Drag a column by its handle or its head, or move it with the arrow keys. Its width is dragged at the edge of its head.
list-columns-left-out = Left out, as there is no room for them at this width: { $names }.
list-columns-shown = Shown columns
list-columns-hidden = Hidden columns
list-selected-only = Only the selected
list-selected-hidden = { $count } not in view
list-selected-show = Show only these { $count }
list-selected-drop = Drop the { $count } not in view

## Frame

app-navigation = Main
app-skip = Skip to content
app-fold = Collapse navigation
app-unfold = Expand navigation
app-search = Search or run a command
app-work =
    { $count ->
        [0] Nothing is running
       *[other] { $count } running
    }
app-work-title = Running tasks
app-work-none = Nothing is running. Imports, tests and exports appear here.
app-work-progress = { $done } of { $total }
app-work-failed = { $count } failed
app-notifications =
    { $count ->
        [0] No notifications
       *[other] Notifications, { $count }
    }
app-notifications-title = Notifications
app-notifications-none = Nothing needs your attention.
notice-administrator-expires = The administrator account { $login } expires on { $on }
notice-account-reset = The account { $login } was reset on { $at }
app-language = Language
app-theme = Theme
app-theme-light = Light
app-theme-dark = Dark
app-theme-system = System setting
app-user = Signed in as { $name }
app-profile = Profile
app-sign-out = Sign out
app-shortcuts = Keyboard shortcuts
app-organization-all = All organizations
app-organization = Organization
app-organization-search = Search organizations
app-organization-more = { $count } more, narrow the search
app-organization-details = About this organization
app-organization-create = Create new organization
app-not-found = Page not found
app-not-found-why = The address may be out of date, or you may not have permission to see it.
app-to-dashboard = Go to dashboard
app-starting = Starting
connection-lost = Connection lost; data of { $at }
connection-lost-why = This is what the workspace knew then. Nothing can be changed until it answers; what you have typed is kept.
connection-next-try =
    { $attempts ->
        [one] 1 try, next in { $seconds } s
       *[other] { $attempts } tries, next in { $seconds } s
    }
connection-trying = Trying…
connection-try-now = Try now
conflict-title = Somebody else saved this meanwhile
conflict-why =
    { $count ->
        [one] Both of you changed 1 field. Choose one of the values; the other changes go together by themselves.
       *[other] Both of you changed { $count } fields. Choose for each; the other changes go together by themselves.
    }
conflict-none = Their changes and yours go together. Look at them, then save.
conflict-theirs = Their value
conflict-mine = Your value
conflict-take-theirs = Take all of theirs
conflict-take-mine = Keep all of yours
conflict-was = was { $value }
conflict-empty = nothing
conflict-theirs-only = { $value }, from them
conflict-mine-only = Changed by you alone: { $fields }
conflict-left =
    { $count ->
        [one] 1 choice is left before this can be saved.
       *[other] { $count } choices are left before this can be saved.
    }
unsaved-title = Discard unsaved changes?
unsaved-body = What you typed has not been saved.
unsaved-do = Discard
nav-dashboard = Dashboard
nav-customers = Customers
nav-systems = Systems
nav-alarms = Alarms
nav-jobs = Jobs
nav-licences = Licences
nav-organizations = Organizations
nav-accounts = Accounts
nav-preferences = Preferences
nav-audit = Audit log
nav-application_centre = Application centre
palette = Search or run a command
palette-pages = Pages
palette-organizations = Organizations
palette-customers = Customers
palette-systems = Systems
palette-actions = Actions
palette-choose = choose
palette-open = open
palette-new-window = new window
palette-nothing = Nothing matches
palette-selection = Selection
palette-select-first = Select something in { $list } first
palette-one-only = Select only one
palette-all-organizations-shown = All are shown already
palette-page = On this page
palette-no-list = Open a list first
palette-list-empty = The list is empty
palette-view-first = Choose one of your own views first
palette-not-narrowed = No filter is in force
palette-in-force = Already in force
palette-columns-are-usual = The columns are as by default
palette-no-picture = There is no picture
palette-filter = Add a filter
palette-refresh = Refresh { $list }
palette-sort-again = Sort again
palette-export = Export the list
palette-export-all = Export all { $count } listed as { $format }
palette-export-chosen = Export { $count } selected as { $format }
palette-columns = Arrange columns
palette-columns-usual = Reset columns to default
palette-view = View: { $name }
palette-view-update = Update the view
palette-view-delete = Delete the view…
palette-cancel-work = Cancel: { $work }
palette-console = Open { $name }
shortcut-palette = Search or run a command
shortcut-help = Show keyboard shortcuts
shortcut-list-move = Move in a list
shortcut-list-ends = First and last row
shortcut-list-select = Select the row
shortcut-list-all = Select all that match
shortcut-list-open = Open the row
shortcut-list-menu = Open the menu of the row
shortcut-close = Close panel, menu or dialog
shortcut-search = Search the list
shortcut-go = Go to { $page }
shortcut-list-column = Move the column
shortcut-list-width = Change the width of the column
shortcut-list-next = Next row
shortcut-list-previous = Previous row
app-critical = Critical alarms
app-critical-all = All { $count } critical alarms
app-critical-of = { $what } · { $ago }

## Errors. A key is `error-` and the code with hyphens for dots; `.action` says what to do.
## Parameters the core sends: limit (field.too-long, not-a-telephone, too-many-tags, names-too-long,
## password.too-short, too-long, import.file-too-large in MiB), least and most (field.out-of-range), seconds (sign-in.wait), organizations (account.sole-owner), folders and systems (folder.not-empty), name (folder.name-taken), column, line, row (import), character (field.invisible-character).

error-call-unknown = This version does not support the command
    .action = Restart Flotilla; if the problem persists, interface and core are of different versions.
error-call-arguments = The arguments of the command cannot be read
    .action = Reload the page; on the command line, check the JSON against the command table.
error-call-too-large = The request is too large
    .action = Send less at a time.
error-call-too-many = Too many requests from this address
    .action = Wait a moment, then try again.
error-call-too-slow = The data did not arrive in time
    .action = Check the network, then try again.
error-session-missing = You are not signed in
    .action = Sign in.
error-session-ended = The session has ended
    .action = Sign in again.
error-session-password-change-needed = The password must be changed first
    .action = Choose a new password, then continue.
error-session-terms-not-accepted = The licence terms have not been accepted yet
    .action = Read and accept them, then continue.
error-right-missing = This account does not have permission
    .action = Ask an administrator or the organization’s owner.
error-not-found = It does not exist or no longer exists
    .action = It may have been deleted in the meantime; check the list.
error-internal = An internal error occurred; nothing was changed
    .action = Try again. Use the reference below to find the cause in the log.
error-call-not-json = The call is not in JSON
    .action = Send it with the content type application/json.
error-host-not-served = This server does not answer for { $host }
    .action = Use its address, or start it with `--name { $host }`.
error-host-address-in-use = Another program already listens at { $address }
    .action = End that program, or choose another port with `--port`.
error-host-address-unusable = { $address } cannot be listened at
    .action = Check the address and the port; ports below 1024 need special rights.
error-workspace-locked = The workspace is locked
    .action = Enter the database password.
error-workspace-key-wrong = The database password is wrong
    .action = Enter it again; it is case-sensitive.
error-workspace-key-file-missing = The file key.json of this workspace is missing
    .action = Put it back beside workspace.db, from where the workspace was copied or from a backup. Without it the database cannot be opened.
error-workspace-key-missing = The key of this workspace is not in the system’s keychain
    .action = Sign in to the computer as the user who created the workspace, or restore the keychain.
error-workspace-too-new = This workspace was created by a newer version of Flotilla
    .action = Upgrade Flotilla on this computer. Nothing was changed.
error-workspace-missing = There is no workspace in { $folder }
    .action = Check the path. `flotilla-cli init` creates one.
error-workspace-database-missing = The database of this workspace is missing
    .action = Put workspace.db back next to key.json, or restore a backup of the folder. Nothing was changed.
error-workspace-database-empty = The database of this workspace is an empty file
    .action = Restore a backup of workspace.db. Nothing was changed.
error-workspace-database-cut = The database of this workspace is incomplete
    .action = The file was probably not copied completely: copy workspace.db again, or restore a backup of the folder. Nothing was changed.
error-workspace-database-foreign = The database does not belong to this key file
    .action = workspace.db and key.json come from different workspaces: put the two that belong together into one folder. Nothing was changed.
error-workspace-first-page-damaged = The database is damaged: its first page cannot be read
    .action = The password is correct. Copy the workspace’s folder to a safe place, then restore a backup of it.
error-workspace-key-file-damaged = The key file of this workspace is damaged
    .action = Restore key.json from a backup of the folder; the database cannot be opened without it. Nothing was changed.
error-workspace-damaged = The database is damaged
    .action = Copy the workspace’s folder to a safe place before anything else, then restore a backup of it.
error-workspace-migration-failed = The workspace could not be upgraded to this version
    .action = Nothing was changed, and the previous version still works. Report the number { $number } to support, with the log.
error-workspace-has-accounts = This workspace already has an account
    .action = Sign in with it.
error-workspace-has-no-account = This workspace has no account yet
    .action = Create the first administrator.
error-workspace-in-use = This workspace is in use
    .action = Sign out first. If the workspace has accounts, start the demo fleet separately.
error-workspace-other-version = The server runs Flotilla { $there }, this computer runs { $here }
    .action = Install the same version on both.
error-workspace-disk-fault = The disk has read or write errors; nothing was saved
    .action = Check the disk and its connection, then try again.
error-workspace-disk-full = The disk is full; nothing was saved
    .action = Free some disk space, then try again.
error-workspace-read-only = The workspace’s folder cannot be written to
    .action = Check the permissions of the folder and of the database file.
error-workspace-busy = The database was busy for too long
    .action = Try again.
error-form-invalid = Check the highlighted fields
    .action = The reason is given below each of them.
error-field-required = Required
error-field-too-long = At most { $limit } characters
error-field-taken = Already in use
error-field-not-available = Not available. Choose another, for example with the town
error-field-not-a-number = Not a whole number
error-field-out-of-range = { $least } to { $most }
error-field-not-an-address = Not an IP address or host name
error-field-not-an-email = Not an e-mail address
error-field-not-a-telephone = At most { $limit } digits, optionally with a leading +
error-field-not-a-date = Not a date
error-field-not-a-web-address = Not a web address
error-field-not-a-zone = Unknown time zone
error-field-not-a-choice = Not a valid option
error-field-not-a-template = An address such as https://{"{"}host{"}"}:{"{"}port{"}"}/
error-field-control-character = Contains a character that cannot be displayed
error-field-invisible-character = Contains an invisible character ({ $character })
    .action = Type it anew: nobody sees the character, and it makes another text.
error-field-too-many-tags = At most { $limit }
error-field-names-too-long = First and last name together at most { $limit } characters
error-password-differ = The passwords do not match
error-password-for-address = Enter it again: the stored password is not sent to another address
error-password-too-short = At least { $limit } characters
error-password-too-long = At most { $limit } characters
error-password-too-simple = At least two of: upper case, lower case, digits, symbols
error-password-holds-login = Contains the login name
error-password-common = One of the most common passwords
error-password-used-before = Used before; choose another
error-sign-in-refused = Incorrect login name or password
    .action = Enter both again; the password is case-sensitive.
error-sign-in-wait = Too many attempts: wait { $seconds } s
    .action = Then try again, or ask an administrator.
error-sign-in-disabled = This account is disabled
    .action = An administrator can enable it again.
error-sign-in-expired = This account has expired
    .action = An administrator can enable it again.
error-password-wrong = The current password is incorrect
error-account-cannot-change-self = An account cannot delete, disable or demote itself
    .action = Ask another administrator.
error-account-last-administrator = At least one enabled administrator must remain
    .action = Make another account an enabled administrator first.
error-account-sole-owner = The account is the only owner of { $organizations }
    .action = Appoint another owner there first, then delete the account.
error-picture-unreadable = The file is not a readable image
    .action = Choose a PNG, JPEG or WebP file.
error-picture-too-large = The picture is too large
    .action = At most 5 MiB and 4,096 pixels a side.
error-organization-last-owner = An organization must have at least one owner
    .action = Make another member an owner first.
error-organization-id-not-repeated = This is not the ID of the organization
    .action = Copy the ID shown and paste it here.
error-folder-default = The default folder cannot be moved or deleted
    .action = Rename it, or move its contents.
error-folder-into-itself = A folder cannot be moved into itself or one of its subfolders
    .action = Choose a folder outside it.
error-folder-too-deep = Folders can have at most { $limit } levels
    .action = Choose a folder at a higher level.
error-folder-name-taken = A folder named { $name } already exists there
    .action = Rename one of the two first.
error-licence-product-unknown = The catalogue does not contain “{ $product }”
    .action = Check the product catalogue.
error-licence-not-registered = The product is not registered with this organization
    .action = Register the product first.
error-licence-already-registered = The product is already registered with this organization
    .action = Nothing needs to be done.
error-licence-trial-used = The trial of this product has already been used in this organization
    .action = Start a subscription.
error-licence-no-trial = This product has no trial
    .action = Start a subscription.
error-licence-already-started = The subscription has already been started
    .action = Nothing needs to be done.
error-licence-not-started = No subscription of the product is running in this organization
    .action = Start the subscription first.
error-licence-ended = The subscription has been ended
    .action = If that was a mistake, reverse the entry in the history.
error-licence-start-not-possible = This date is not possible as a start
    .action = Enter a date that is not in the future.
error-licence-out-of-range = A quantity, a term or a number of years is out of range
    .action = Correct the number.
error-licence-wallet-short = The wallet does not have enough licences: { $missing } missing
    .action = Redeem licence keys, or allocate fewer years.
error-licence-year-not-in-reach = This year cannot be allocated to yet; the last possible year begins on { $day }
    .action = Choose fewer years.
error-licence-below-need = Fewer licences than needed: { $missing } missing
    .action = Allocate the full number, or fewer years.
error-licence-beyond-need = More licences than needed: { $surplus } too many
    .action = Confirm that you want to allocate more than needed.
error-licence-lot-not-usable = A chosen lot cannot be used
    .action = Choose another lot, or the proposed ones.
error-licence-not-transferable = Licences of this product cannot be transferred to another organization
    .action = Ask the vendor.
error-licence-same-organization = Sender and receiver are the same organization
    .action = Choose another organization.
error-licence-not-waiting = These licences are no longer waiting for activation
    .action = They were accepted or recalled, or their shelf life has ended: see the history.
error-licence-not-reversible = This entry cannot be reversed
    .action = Only an allocation to a year that has not begun, a declared key, an opening balance, an expansion and an end can be reversed, each once.
error-licence-already-used = The licences of this entry have already been used
    .action = Reverse what used them first.
error-licence-no-difference = These numbers have changed meanwhile
    .action = Compare again; the books or the file say something else now.
error-licence-frozen = The organization is archived; its licences are frozen
    .action = Restore the organization first.
error-licence-key-redeemed =
    { $seen ->
        [yes] The licence key { $key } was redeemed by { $name } for { $customer } on { $day }
       *[other] The licence key { $key } has already been redeemed in this workspace
    }
    .action = A key counts once. Look for it in the history.
error-licence-key-same-ending = Another key in the books ends the same way ({ $key })
    .action = Redeem this key by itself, and leave its line out of the comparison.
error-licence-key-twice = The licence key { $key } was entered twice
    .action = Remove one of them.
error-licence-key-unreadable = This is not a licence key
    .action = Paste the key as it stands in the order.
error-licence-key-other-organization = The licence key { $key } is for another organization: { $customer }
    .action = Redeem it for that organization.
error-licence-key-other-product = The licence key { $key } is for another product: { $product }
    .action = Redeem it on the page of that product.
error-licence-key-product-unknown = The licence key { $key } is for a product that the catalogue does not contain: { $product }
    .action = An administrator can add the product to the catalogue.
error-licence-key-type-unknown = The licence key { $key } is for a licence type that the product does not have: { $type }
    .action = An administrator can add the type to the catalogue.
error-licence-key-not-yet-issued = The licence key { $key } is dated { $day }, which is after today
    .action = Check the clock of this computer. If it is right, ask the issuer.
error-licence-key-expired = The licence key { $key } could be redeemed until { $day }
    .action = Ask the issuer for a new key.
error-licence-issuer-known = The issuer { $name } is already in the list
    .action = If it was revoked, it can be trusted again there.
error-licence-offline-identity = Use 1 to { $limit } letters, digits and signs without spaces
    .action = Enter the name exactly as the system shows it.
error-licence-offline-no-request = No request from this system is waiting for an answer
    .action = Export a new system file on the system and upload it.
error-licence-offline-nothing = The system holds no licences, and no licence file of it is pending
    .action = Issue a licence file first.
error-licence-offline-pending = A licence file of the lost system is still pending
    .action = Confirm it, or wait until it has lapsed; then replace the system.
error-licence-offline-not-over = The system can still use its licence file until { $day }
    .action = Wait until then, or confirm that the licences were returned.
error-licence-offline-too-many-lost = { $limit ->
    [one] { $limit } lost system has been replaced and not returned
   *[other] { $limit } lost systems have been replaced and not returned
 } so far; no more are allowed
    .action = Confirm the return of a lost system first, or ask an administrator to raise the limit in the preferences.
error-licence-offline-elsewhere = The system is registered with another organization
    .action = Have its licences returned there first, or choose the right organization.
error-licence-offline-lost = The system was reported lost, and another one has its licences
    .action = Confirm its return first; then upload the file again.
error-licence-hardware-active = Hardware with the serial number { $serial } is already registered
    .action = Remove it where it is registered, or check the serial number.
error-licence-hardware-unknown = The catalogue does not say how many licences { $model } carries
    .action = Enter the licences and where the number comes from.
error-licence-operation-differs = This operation has already been done with other values
    .action = Reload the page and try again.
error-licence-ledger-differs = The licence ledger has been altered at entry { $entry }; nothing is written to it
    .action = Restore a backup, or call support.
error-licence-catalogue-invalid = The file is not a valid product catalogue: { $reason }
    .action = Correct the file.
error-licence-catalogue-in-use = The catalogue lacks { $what }, which licence books use. Keep it in the catalogue; a product or type that is no longer sold can stay without part numbers.
    .action = Add it to the file, then import it again.
error-licence-has-ledger = An organization with licence entries cannot be deleted
    .action = Archive it instead.
error-folder-not-empty =
    The folder still contains { $folders ->
        [one] { $folders } folder
       *[other] { $folders } folders
    } and { $systems ->
        [one] { $systems } system
       *[other] { $systems } systems
    }
    .action = Move or remove its contents first.
error-folder-other-organization = The folder belongs to another organization
    .action = Choose a folder of the same organization.
error-customer-not-tested = The connection has not been tested
    .action = Test it, or save without contact.
error-customer-test-outdated = The connection was changed after the test
    .action = Test it again, then save.
error-certificate-not-this-one = The system now presents a different certificate
    .action = Review the new certificate before accepting it.
error-certificate-unusable = This certificate cannot be used: it is of X.509 version 1, or has a critical extension that is not known
    .action = Give the system a new certificate of version 3; until then no password is sent to it.
error-certificate-changed = The server now presents a different certificate; nothing was sent
    .action = This may be a renewal, or an interception. If the change is known, leave the shared workspace and join it again.
error-customer-solution-too-large = A solution can have at most 32 systems
    .action = Split it into two customers.
error-work-cancelled = Cancelled before completion
    .action = Start it again for the remaining items.
error-service-elsewhere = Another instance of Flotilla has this workspace open and runs the services
    .action = Restart the service there.
error-changed-meanwhile = Someone else has changed it in the meantime
    .action = Check the current values, then make your change again.
error-connection-not-monitored = The connection is not monitored
    .action = Switch its monitoring on first.
error-import-file-too-large = The file is too large: at most { $limit } MiB
    .action = Split it into several files.
error-import-file-empty = The file is empty
    .action = Choose the file that contains the header and the rows.
error-import-unreadable = The file cannot be imported
    .action = Correct the errors listed, then try again.
error-import-not-text = The file is not text
    .action = Save it as CSV, for example in UTF-8.
error-import-header-missing = The column { $column } is missing
    .action = What exists keeps its values there. Enter what is missing in the rows that are new.
error-import-header-unknown = The column { $column } is left out
    .action = The import does not know this column. Names are as in the template or in an export of the list.
error-import-header-twice = The column { $column } appears twice
    .action = Remove one of them.
error-import-quoting = Quotation marks in line { $line } are unclosed or misplaced
    .action = Enclose the whole cell in quotation marks and double each one inside it.
error-import-too-many-columns = More cells than columns
    .action = Enclose cells that contain a separator in quotation marks.
error-import-too-few-columns = Fewer cells than columns
    .action = Leave a cell empty instead of omitting it.
error-import-too-many-rows = The file has too many rows
    .action = Split it into several files.
error-import-same-name = Same name as row { $row }
    .action = Change one of the names, or remove one of the rows.
error-import-same-address = Same address and port as row { $row }
    .action = Change one of the addresses, or remove one of the rows.
error-import-same-customer = Means the same customer as row { $row }
    .action = Correct one of the rows, or remove it.
error-import-same-serial = Same device as row { $row }
    .action = Both addresses lead to one serial number. Remove one of the rows.
error-import-folder-unknown = No such folder
    .action = Write the folders from the top down, separated by /.
error-import-row-gone = Not in the file as it is read now
    .action = What was typed is kept. Read the file as before, or remove the row.
error-import-ambiguous = Name and address belong to two different customers
    .action = Correct the name or the address so that both refer to the same customer.
error-import-address-of-connection = { $name } has another connection with this address and port
    .action = Change the address, or edit that connection on the customer’s page.
error-import-name-of-another = Another customer has this name
    .action = Choose another name.
error-import-busy = This import is being tested or saved
    .action = Wait until it has finished, or cancel it.
error-import-nothing-to-save = There are no rows to save
    .action = Test the rows first, or save without contact.
error-import-file-not-deleted = The file could not be deleted
    .action = Delete it yourself: it contains plain-text passwords.
error-list-unknown-column = The list does not have this column
    .action = Reload the page; a saved view may come from an older version.
error-list-view-name-taken = A view with this name already exists
    .action = Choose another name.
error-transfer-gone = The file is no longer available
    .action = Start again.
error-transfer-too-many = Too many uploaded files are pending
    .action = Finish or discard those that are open, then try again.
error-repository-no-space = There is not enough room for the file
    .action = Free some space on the disk, or delete files from the repository; then resume.
error-repository-busy = The file is being added already
    .action = Wait until it has ended, or cancel it.
error-repository-digest-differs = The file is not the one the vendor published: its SHA-256 differs
    .action = Download the file again from the vendor, then start over.
error-repository-no-digest = There is no SHA-256 of this file in the text
    .action = For { $name }, give 64 hexadecimal digits or the text of its .sha256 file.
error-repository-too-large = The file is too large for the repository
    .action = The limit is 256 GiB.
error-repository-empty = The file is empty
    .action = Check { $name }; it may not have been copied completely.
error-repository-piece = This is not the file that was begun
    .action = Choose the same file again, or discard it and add the other one.
error-repository-broken = The download stopped in the middle
    .action = Resume it; what has come is kept.
error-repository-unreachable = The server cannot be reached
    .action = Check the address, the network and the proxy; then resume.
error-repository-refused = The server does not hand out the file
    .action = Check the address; the file may have moved, or need a sign-in.
error-repository-redirected = The address leads elsewhere, and not by https
    .action = Ask the vendor for an address that starts with https.
error-repository-altered = The file no longer matches its SHA-256; it is not handed out
    .action = Delete it and add it again.
error-repository-remote = The file is not here yet: it stands in a remote repository
    .action = Fetch it first; it is shown with its remote repository.
error-repository-no-index = There is no list of packages at this address
    .action = Check the address; it must be a JSON index.
error-repository-index-known = This list is followed already
    .action = Look for it above.
error-repository-missing = The file is gone from the disk
    .action = Add it again; it takes its place.
error-file-unreadable = The file could not be read
    .action = Check that it exists and that you have permission to read it.
error-file-unwritable = The file could not be written
    .action = Check the permissions of the folder and the free disk space, or choose another location.
error-file-exists = The file { $file } already exists
    .action = Choose another name; nothing is overwritten.
error-launch-too-many = At most { $limit } customers at once
    .action = Select fewer customers.
error-launch-not-this-mode = Not available for customers of this mode
    .action = Choose an application that this customer’s systems have.
error-launch-no-address = No address is set for this application
    .action = Set its address in the preferences.
error-launch-no-connection = The customer has no connection
    .action = Add a connection, then open the application.
error-device-tries-used = The device has refused too many sign-ins; the next try is possible in { $hours } h
    .action = Wait until then, or correct the password on the device. Devices lock accounts after repeated wrong passwords.
error-device-certificate-unseen = Nobody has checked the device’s certificate yet; nothing was sent
    .action = Compare it with the device, then accept it.
error-device-certificate-changed = The device’s certificate has changed; nothing was sent
    .action = Compare the old and the new certificate, then accept the new one.
error-device-credentials-refused = User name or password refused; { $left } of 10 tries left in 24 hours
    .action = Use other credentials, then retry.
error-device-needs-setup = The device is factory-new and has no account yet
    .action = Create its first account.
error-device-needs-credentials = The device asks for a password
    .action = Choose a credential set, or type a user name and password.
error-device-unreachable = No answer from the device
    .action = Check power, cable, address and firewall.
error-device-not-understood = What answers at this address is not a device that Flotilla can manage: { $detail }
    .action = Check address and port.
error-device-refused = The device refused: { $detail }
    .action = Change what the device objects to, then retry.
error-device-forbidden = The account on the device does not have this permission
    .action = Use an administrator account of the device.
error-device-sign-in-unknown = The device asks for a sign-in method that Flotilla does not know
    .action = Choose another authentication policy on the device, or update Flotilla.
error-device-error = The device reports an error of its own
    .action = Restart the device; if the error stays, look at its logs.
error-device-other = Another device answers at this address: { $found } instead of { $expected }
    .action = Search again, or add the device that is there now.
error-device-managed = The device is already managed in { $customer }
    .action = Remove it there, or move it.
error-device-managed-elsewhere = The device is already managed in an organization that you cannot see
    .action = Ask an administrator.
error-device-not-this-kind = Not available for this kind of system
    .action = Select only systems that this action is for.
error-device-interrupted = The program ended before it was done
    .action = Retry.
error-device-not-back = The device did not come back within { $minutes } minutes
    .action = Check it on site; it may still be restarting.
error-device-not-restarted = The device did not restart
    .action = Look at the device, then retry.
error-device-account-in-use = Flotilla or another service uses this account
    .action = Rotate Flotilla’s own password instead.
error-device-user-name = 1 to 14 letters and digits
    .action = Use letters A to Z and digits, and begin with a letter.
error-device-password = 1 to 64 characters without accents
    .action = Choose another password.
error-device-confirmation = Type the number of devices
    .action = Count the devices you chose, and type that number.
error-discovery-range = Not an address range: use 10.0.0.0/24 or 10.0.0.5-10.0.0.90
    .action = Correct the range; several are separated by commas.
error-discovery-too-many-addresses = At most { $limit } addresses can be searched at once
    .action = Search a smaller range, or one range after the other.
error-device-address-taken = { $address } is in use
    .action = Choose another address, or free this one.
error-device-address-unseen = Whether { $address } is free cannot be checked from this computer
    .action = Commission devices from a computer in their network, without a proxy.
error-device-no-address-left = No free address is left in the range
    .action = Extend the range, or free addresses.
error-device-host-name = Not a host name
    .action = Use letters A to Z, digits and hyphens, at most 63 characters between dots.
error-device-not-arrived = The device did not answer at its new address: it was at { $from } and was to go to { $to }
    .action = Check the network at the device, then search for it: it is found by its serial number.
error-device-unknown = The device’s answer was lost; whether it was done is not known
    .action = Look at the device, then retry if needed.
error-job-time = Not a date and time
    .action = Enter a date and a time of day.
error-job-time-past = This start has already passed
    .action = Choose a later one.
error-job-window = A window needs at least one day and a duration of up to seven days
    .action = Choose days, start and duration.
error-job-window-too-short = One system takes about { $minutes } minutes; no window is open that long
    .action = Make the window longer.
error-job-rule = Not a repeat rule
    .action = Write it as RFC 5545 does, for example FREQ=WEEKLY;BYDAY=SU.
error-job-rule-too-often = This rule repeats too often
    .action = Repeat daily at most; use BYHOUR for several hours of a day.
error-job-rule-never = No time matches this rule
    .action = Change its days or its end.
error-job-rollout = These waves are not possible
    .action = Use at most { $limit } waves, percentages from 0 to 100 and a soak time of at most 90 days.
error-job-not-allowed = The job’s state does not allow this
    .action = Look at the job; another person or the job itself may have changed it.
error-job-still-running = Systems of this job are still being worked on
    .action = Wait until they have ended; stop the job so that no more begin.
error-job-own-approval = Another person has to approve this job
    .action = Ask a colleague with the same permission.
error-job-nothing-to-retry = No system of this job failed
    .action = There is nothing to retry.
error-job-operation-unknown = This version of Flotilla does not know what this job does
    .action = Update Flotilla on this computer.
error-job-secret-gone = The password this job used is no longer kept
    .action = Order it again and enter the password.
error-job-target-removed = The system is no longer managed
    .action = Nothing was done on it.
error-job-right-lost = The person who ordered the job no longer has the permission for this system
    .action = Somebody who has it can order the job again.
error-job-missed = The start was missed: Flotilla was not running, or the job was paused, for more than { $minutes } minutes
    .action = Copy the job to run it now or later.
error-job-threshold = The failure limit was reached: { $failed }
    .action = Look at what failed, then continue, retry or stop.
error-job-held = Too few systems of the last wave are proven good
    .action = Look at what failed, then begin the next wave by hand or stop.
error-job-failed = Not every system of the job succeeded
    .action = Look at those that failed, then retry.
error-job-all-skipped = All systems were left out
    .action = Each says why.
error-repository-in-use = A scheduled or running job needs this file
    .action = Stop or delete the job first, or wait for its end.
error-firmware-nothing-before = The device has no earlier firmware to go back to
    .action = Install the version you want instead.
error-firmware-older = The device refuses a version older than its own
    .action = Choose a newer one, or roll back instead.
error-firmware-revoked = The vendor has revoked this version
    .action = Choose another one.
error-firmware-uncommitted = The firmware that runs has not been committed yet
    .action = Commit or roll back on the device’s page, then retry.
error-firmware-invalid-image = The device says the image is not valid
    .action = Add the file to the repository again from its source.
error-firmware-interface = The device does not support upgrades in this way
    .action = Upgrade it on its own page.
error-firmware-wrong-device = The image is for another model
    .action = Choose the firmware of this model.
error-firmware-unsigned = The image is not signed
    .action = Use a signed one from the vendor.
error-firmware-unknown-signer = The image is signed with a certificate the device does not know
    .action = Use one signed by the vendor.
error-firmware-busy = The device is busy
    .action = Try again later.
error-upgrade-no-package = The repository has no firmware for this model
    .action = Add one to the repository.
error-upgrade-current = Already on { $version }
    .action = Nothing had to be done.
error-upgrade-version-unknown = The version of the device is not known
    .action = Wait until it was reached, then plan again.
error-upgrade-not-restarted = The device took the image and did not restart; it runs { $version } as before
    .action = Look at the device, then retry.
error-upgrade-fell-back = The device restarted and runs { $version } as before
    .action = Look at its log; the new version may not run on it.
error-upgrade-other-version = The device runs { $version } and not { $expected }
    .action = Look at the device and at the file in the repository.
error-upgrade-incomplete = The connection broke off while the image was being sent; nothing was installed
    .action = Check the network, then retry.
error-upgrade-unknown = The image was sent and the answer was lost; what became of it is being checked
    .action = Wait. The device is asked until it says which version it runs.
error-upgrade-not-committed = The device runs { $version } and has not committed it
    .action = Commit it on the device’s page, otherwise it goes back by itself.
error-audit-cut = The audit log holds {$entries} entries, and not the one with this hash
    .action = Entries were cut off its end, or it is another log. Compare with the export or backup the hash was taken from.
error-audit-empty = { $file } has no audit log entries
    .action = Choose a file that was exported from the audit log.
error-audit-broken = The audit log has been altered
    .action = Export it, keep the export in a safe place, and compare it with a backup.
error-demo-unavailable = The demo fleet is not available here
    .action = Open it in the desktop application.
error-host-only = Only available in the desktop application
    .action = Open Flotilla on the computer itself.
error-test-clock-date = Not a date that the test clock can go to
    .action = Choose a date from { $first } to { $last }. The test clock only goes forward.
error-test-clock-windows = Other windows are open
    .action = Close the other windows of Flotilla first.
error-test-clock-no-contact = Nothing is contacted from a copy at another date
    .action = Leave the copy to work with systems and files.
error-cli-usage = Invalid command line
    .action = `flotilla-cli help` lists the commands.
error-cli-workspace-not-named = No workspace specified
    .action = Give --workspace DIR, or set FLOTILLA_WORKSPACE.
error-cli-nobody-to-ask = Cannot prompt for input: { $variable } is not set
    .action = Set it, or run the command in a terminal.
error-licence-key-empty = No licence key was entered
    .action = Paste or type the key.
error-licence-key-too-long = The text is too long for a licence key: at most { $limit } characters
    .action = Enter one key only.
error-licence-key-too-short = The text is too short for a licence key: at least { $limit } characters
    .action = Enter the whole key.
error-licence-key-not-signed = This is not a signed licence key
    .action = A signed key begins with FLK. Enter a vendor’s key as a declared key.
error-licence-key-is-signed = This is a signed licence key
    .action = Redeem it as a signed key; what it holds is read from it.
error-licence-key-character = No licence key contains { $character } (position { $place })
    .action = Compare the key with its source.
error-licence-key-mistyped = Group { $group } of the licence key contains a typing error
    .action = Compare this group with the key’s source. Groups are counted after FLK.
error-licence-key-truncated = The end of the licence key is missing
    .action = Copy the whole key; it may run over several lines.
error-licence-key-extended = There is additional text after the licence key
    .action = Enter one key only.
error-licence-key-unknown-version = The licence key has version { $version }, which this program does not know
    .action = Update Flotilla, or ask the issuer for an older format.
error-licence-key-unknown-issuer = The issuer of the licence key is not trusted ({ $issuer })
    .action = An administrator can add the issuer after comparing its fingerprint.
error-licence-key-revoked-issuer = { $issuer }, the issuer of the licence key, has been revoked
    .action = Ask the seller for a key from another issuer.
error-licence-key-bad-signature = The signature of the licence key is not valid
    .action = Compare the key with its source. If it is the same, do not use it and inform the seller.
error-licence-key-malformed = The content of the licence key is not valid
    .action = Inform the issuer: the key was made incorrectly.
error-licence-key-list-too-large = The file is too large for a list of licence keys
    .action = Split it into several files.
error-licence-key-list-not-text = The file is not a text file in UTF-8
    .action = Save the list as “CSV UTF-8”.
error-licence-key-list-empty = The file contains no licence keys
    .action = Put one key on each line.
error-licence-key-list-too-many = The file contains more than { $limit } licence keys
    .action = Split it into several files.
error-licence-key-list-quoting = Line { $line }: a quotation mark is missing
    .action = Correct this line.
error-licence-key-list-columns = Line { $line } has more than one column
    .action = Leave only the column with the keys.
error-licence-key-quantity = The quantity must be between 1 and { $limit }
    .action = Correct the quantity.
error-licence-key-years = The term must be between 1 and { $limit } years
    .action = Correct the term.
error-licence-key-order = The order reference is too long, or contains invisible characters: at most { $limit } bytes
    .action = Shorten the order reference.
error-licence-key-expansion = An expansion key holds 1 to { $limit } different licence types
    .action = Name each licence type once.
error-licence-key-upgrade = An upgrade needs two different licence types
    .action = Correct the licence types.
error-licence-key-issued = The date of issue is outside the range of a licence key
    .action = Give a date from 2000-01-01 on.
error-licence-key-until = The last day to redeem the key lies before its date of issue, or is out of range
    .action = Correct the date.
error-licence-key-too-much = The content is too long for a licence key
    .action = Spread it over several keys.
error-licence-issuer-too-large = The file is too large for an issuer’s key
    .action = Choose the issuer’s key file.
error-licence-issuer-not-one = The file does not contain a licence issuer
    .action = Choose the file with the issuer’s public key.
error-licence-issuer-secret = The file contains the issuer’s secret key
    .action = Delete this copy. The issuer should pass on the file with the public key only.
error-licence-issuer-name = The issuer’s name is missing, too long, or contains invisible characters: at most { $limit } characters
    .action = Correct the name.
error-licence-issuer-damaged = The issuer’s key file is damaged
    .action = Transfer the file again.
error-licence-issuer-other-fingerprint = The fingerprint in the file does not match its key
    .action = Do not trust this file. Ask the issuer for a new one over another channel.
error-licence-issuer-weak = The issuer’s key is not secure
    .action = Ask the issuer for a new key.
error-licence-issuer-not-a-secret = The file does not contain an issuer’s secret key
    .action = Give the file that `flotilla-cli licence issuer-new` has written.
error-licence-issuer-too-costly = The key file requires too much memory
    .action = Use a key file that `flotilla-cli licence issuer-new` has written.
error-licence-issuer-passphrase = The passphrase does not open the issuer’s key
    .action = Enter the passphrase chosen when the key was created.
error-licence-issuer-passphrase-too-short = The passphrase needs at least { $limit } characters
    .action = Choose a longer one; several words are easy to remember.
error-licence-file-too-large = The file is too large
    .action = Choose a system file, licence file or confirmation. Nothing was changed.
error-licence-file-not-ours = This is not a Flotilla licence file
    .action = Choose the file that the system has written. Nothing was changed.
error-licence-file-changed-as-text = The file was altered because a program treated it as text
    .action = Transfer the original as a binary file, without opening and saving it. Nothing was changed.
error-licence-file-still-packed = The file is still in the encoded form of an e-mail attachment
    .action = Save the attachment with the mail program and choose the saved file. Nothing was changed.
error-licence-file-unknown-version = The file has version { $version }, which this program does not know
    .action = Update Flotilla. Nothing was changed.
error-licence-file-truncated = The file is incomplete: its end is missing
    .action = Transfer the file again. Nothing was changed.
error-licence-file-extended = The file contains additional data after its end
    .action = Transfer the original again. Nothing was changed.
error-licence-file-damaged = The file was damaged during transfer
    .action = Transfer the original again. Nothing was changed.
error-licence-file-wrong-kind = This is a { $found ->
        [request] system file
        [response] licence file
       *[other] confirmation
    }
    .action = Choose the file that is asked for here. Nothing was changed.
error-licence-file-not-signed = The file is not signed
    .action = Use the file that the system itself has written. Nothing was changed.
error-licence-file-unknown-key = The file is signed with an unknown key ({ $key })
    .action = Check where it comes from. Nothing was changed.
error-licence-file-revoked-key = The file is signed with a revoked key ({ $key })
    .action = Ask for a file signed with a valid key. Nothing was changed.
error-licence-file-bad-signature = The signature of the file is not valid
    .action = Do not use the file, and check where it comes from. Nothing was changed.
error-licence-file-duplicate-name = The file contains the field { $name } twice
    .action = Inform the vendor of the system: the file is ambiguous. Nothing was changed.
error-licence-file-malformed = The content of the file is not valid
    .action = Inform whoever made the file. Nothing was changed.
error-licence-file-wrong-system = The file belongs to another system: { $system }
    .action = Choose the file of this system. Nothing was changed.
error-licence-file-wrong-product = The file belongs to another product: { $product }
    .action = Choose the product that the file is for. Nothing was changed.
error-licence-file-already-read = This file has already been processed
    .action = There is nothing to do. Nothing was changed.
error-licence-file-not-pending = The file answers a request that is not pending
    .action = Choose the file for the latest request of the system. Nothing was changed.
error-licence-file-sequence-not-higher = The file is older than one already processed (number { $found }, last { $last })
    .action = Create a new file on the system. Nothing was changed.
error-licence-file-not-yet-valid = The file is not valid before { $from }
    .action = Check the clocks of this computer and of the system. Nothing was changed.
error-licence-file-expired = The file was valid until { $until }
    .action = Create a new file on the system. Nothing was changed.
error-licence-file-contents = The licence file cannot be created
    .action = A value is outside its limits. Nothing was changed.

## First start and database password

first-title = Set up this workspace
first-why = It is new and has no account yet. The first account is an administrator; you can add others later.
first-encrypted = Encrypted
first-encrypted-why = The database cannot be read without its key.
first-folder = On this computer
first-offline = No network needed
first-offline-why = Nothing leaves this computer unless you connect a system.
first-join = Does your team share a workspace?
first-join-why = Work in it from here. Nothing of it is kept on this computer.
first-demo = Just exploring?
first-demo-why = Fictitious customers in a separate workspace that is deleted when you close it.
first-demo-open = Explore the demo fleet
first-administrator = First administrator
first-create = Create the workspace
key-choose-title = Choose a database password
key-choose-why = This computer has no keychain to store the key. The password protects everything Flotilla stores and is requested at every start.
key-choose-care = It cannot be recovered: without it, the workspace cannot be opened.
key-choose-do = Set password
key-unlock-title = The workspace is locked
key-unlock-why = Enter the database password to open it.
key-unlock-do = Unlock
opening-title = Opening the workspace
opening-why = Its database is being decrypted.
opening-demo-title = Preparing the demo fleet
opening-demo-why = Simulated systems are being started on this computer and read for the first time.
migrating-title = Upgrading the workspace
migrating-why = It was last used by an earlier version of Flotilla. A backup has been made; an interrupted upgrade starts again the next time Flotilla starts.
migrating-steps = { $done } of { $total } steps
key-password = Database password

## Session

account-login = Login name
account-login-hint = At most 15 characters
account-password = Password
account-password-again = Confirm password
account-password-present = Current password
account-password-new = New password
account-password-new-again = Confirm new password
account-first-name = First name
account-last-name = Last name
account-email = E-mail
account-telephone = Telephone
account-mobile = Mobile
password-rule-length = { $least } to { $most } characters
password-rule-kinds = Two of: upper case, lower case, digits, symbols
password-rule-login = Does not contain the login name
password-rule-met = met
password-rule-open = not met yet
sign-in-title = Sign in
sign-in-do = Sign in
sign-in-again = Session ended
sign-in-again-why = Sign in as { $login } to continue; what you typed is kept.
sign-in-restarted = Flotilla was restarted
sign-in-restarted-why = Every session ends with a restart. Sign in as { $login } to go on; what you typed is kept.
sign-in-other = Sign in with another account
sign-in-changed = The password was changed. Sign in with the new one.
sign-in-demo = Open the demo
sign-in-demo-title = Demo fleet
sign-in-demo-why = Fictitious customers and simulated systems; no password required.
sign-in-capslock = Caps Lock is on
join-open = Join a shared workspace…
join-title = Join a shared workspace
join-why = Enter the address of the server. Flotilla connects and shows the server’s certificate; nothing else is sent.
join-address = IP address or domain name
join-port = Port
join-connect = Connect
join-met = Presented by the server
join-compare = Compare the SHA-256 fingerprint with the one that the server printed at startup. Once you accept it, Flotilla signs in only where this certificate is presented.
join-accept = Accept certificate and join
joined-title = Shared workspace
joined-leave = Leave the shared workspace
joined-leave-short = Leave
session-version = Flotilla { $version }
session-theme = Switch between light and dark
terms-title = Licence terms
terms-why = They must be accepted before you continue. You will be asked again when they change.
terms-accept = Accept
terms-decline = Decline and sign out
change-title = Choose a new password
change-why = The password of { $login } must be changed before anything else. Then sign in with the new one.
change-do = Change password
watch-title = Signing out in { $seconds } s
watch-title-spoken = Signing out in less than a minute
watch-why = There has been no activity for a while. Running tasks continue.
watch-why-latest = A session lasts 12 hours at most.
watch-stay = Stay signed in
demo-banner = Demo fleet
demo-banner-why = Fictitious customers, simulated systems; everything is deleted when you close the demo.

## Profile

profile-title = Profile
profile-picture = Profile picture
profile-picture-hint = PNG, JPEG or WebP, at most 5 MiB and 4,096 pixels a side; cropped to a square.
profile-picture-choose = Choose picture…
profile-picture-remove = Remove picture
profile-picture-changed = Picture changed
profile-picture-removed = Picture removed
profile-person = Personal details
profile-saved = Profile saved
profile-appearance = Appearance
profile-appearance-why = Takes effect immediately, on your other computers too.
profile-language = Language
profile-theme = Theme
profile-theme-light = Light
profile-theme-dark = Dark
profile-theme-system = System setting
profile-density = Density
profile-density-comfortable = Comfortable
profile-density-compact = Compact
profile-zone = Time zone
profile-zone-machine = Same as this computer: { $zone }
profile-zone-now = Current time there: { $time }
profile-password = Password
profile-password-why = Changing it signs you out everywhere; sign in again with the new one.
profile-password-change = Change password…
profile-account = Account
profile-account-why = Only an administrator can change these.
profile-last-sign-in = Last sign-in
profile-expires = Expires
profile-expires-never = Never
profile-edit-own = Change personal details

## Accounts

accounts-title = Accounts
accounts-act-edit = Edit the selected account
accounts-act-delete =
    { $count ->
        [0] Delete the selected accounts
        [one] Delete the selected account
       *[other] Delete { $number } accounts
    }
accounts-add = Add account
accounts-add-command = Add an account…
accounts-new = New account
accounts-added = Account { $login } added
accounts-saved = Account { $login } saved
accounts-role = Role
accounts-role-administrator = Administrator
accounts-role-operator = Operator
accounts-role-administrator-hint = Full access to every organization
accounts-role-operator-hint = Only the organizations it is a member of
accounts-labels = Labels
accounts-labels-hint = Every system whose provider or reseller has one of these names is assigned to this operator.
accounts-person = Personal details
accounts-names-hint = At most 31 characters together
accounts-state = State
accounts-enabled = Enabled
accounts-enabled-hint = A disabled account cannot sign in; its sessions end at once.
accounts-must-change = Must change the password at the next sign-in
accounts-expires = Expires on a date
accounts-expires-on = Disabled at the start of
accounts-password-hint = Leave empty to keep the current password
accounts-protected = This account cannot be deleted, disabled or made an operator: it is your own or the only enabled administrator.
accounts-self = Your own account cannot be deleted.
accounts-delete-title =
    { $count ->
        [one] Delete the account { $name }?
       *[other] Delete { $number } accounts?
    }
accounts-delete-body = They can no longer be used to sign in, and their sessions end at once. The audit log keeps what they did.
accounts-delete-erase = Also erase personal data
accounts-delete-erase-hint = Names, contact details and profile picture are removed everywhere; the audit log keeps only an ID. This cannot be undone.
accounts-delete-do =
    { $count ->
        [one] Delete account
       *[other] Delete { $number } accounts
    }
accounts-deleted =
    { $count ->
        [one] 1 account deleted
       *[other] { $number } accounts deleted
    }
accounts-empty = No accounts
accounts-empty-why = The people who can sign in to this workspace are listed here.
accounts-you = You
list-accounts-login = Login name
list-accounts-role = Role
list-accounts-labels = Labels
list-accounts-first_name = First name
list-accounts-last_name = Last name
list-accounts-telephone = Telephone
list-accounts-mobile = Mobile
list-accounts-email = E-mail
list-accounts-enabled = Enabled
list-accounts-must_change_password = Must change password
list-accounts-expires_on = Expires
list-accounts-last_sign_in = Last sign-in
list-accounts-second_factor = Two-factor authentication
list-accounts-has_avatar = Profile picture
choice-accounts-role-administrator = Administrator
choice-accounts-role-operator = Operator

## Preferences

preferences-title = Preferences
preferences-saved = Preferences saved
preferences-discard = Discard changes
preferences-unsaved = Unsaved changes
preferences-invalid = Check the highlighted fields
preferences-signing-in = Signing in
preferences-signing-in-why = For every account of this workspace.
preferences-timeout = Session timeout
preferences-timeout-hint = 5 to 30 minutes without activity
preferences-policy = Password policy
preferences-policy-classic = Classic
preferences-policy-classic-hint = 8 to 31 characters of at least two kinds
preferences-policy-passphrase = Passphrase
preferences-policy-passphrase-hint = 15 to 128 characters of any kind
preferences-history = Password history
preferences-history-hint = 0 to 24 previous passwords that cannot be reused
preferences-operators-create = Operators may create organizations
preferences-operators-create-hint = Whoever creates one becomes its owner.
preferences-licences = Licences
preferences-licences-why = What holds for the licences of all organizations.
preferences-rehosts = Lost systems that may be replaced
preferences-rehosts-hint = So many offline systems of a product of an organization, 0 to 100, may be replaced before one is returned.
preferences-polling = Monitoring
preferences-polling-why = Polling interval for every connection.
preferences-interval = Interval
preferences-interval-hint = 15 to 86,400 seconds
preferences-concurrency = Concurrent polls
preferences-concurrency-hint = 1 to 512 connections at a time
preferences-follow = Follow devices to new addresses
preferences-follow-hint = A device that has not responded for 10 minutes is looked for on the networks of this computer, at most once an hour. It is followed within its network if serial number and certificate agree.
preferences-jobs = Jobs
preferences-jobs-why = How many systems are worked on at once, and when a job may still begin.
preferences-job-concurrency = Systems at once
preferences-job-concurrency-hint = 1 to 512, in the whole workspace
preferences-job-per-customer = Systems of one customer at once
preferences-job-per-customer-hint = 1 to 512
preferences-job-uploads = Uploads at once
preferences-job-uploads-hint = 1 to 64
preferences-job-tolerance = May begin late by
preferences-job-tolerance-hint = 0 to 10,080; later than that, a job counts as missed
preferences-job-approval = A second person approves each job
preferences-job-approval-hint = A job begins only when somebody other than who ordered it has approved it.
preferences-zone = Time zone of the workspace
preferences-zone-hint = For dates such as the expiry of accounts
preferences-way = Proxy
preferences-way-why = For connections without a setting of their own.
preferences-proxy = Connection method
preferences-proxy-direct = Direct
preferences-proxy-http_connect = Through an HTTP proxy (CONNECT)
preferences-proxy-socks5 = Through a SOCKS5 proxy
preferences-proxy-host = Proxy address
preferences-proxy-port = Port
preferences-applications = Management applications
preferences-applications-why = The addresses they open. {"{"}host{"}"} and {"{"}port{"}"} are replaced with those of the customer.
preferences-application-one_x_portal = one-X Portal
preferences-application-web_license_manager = Web License Manager
preferences-application-web_control = Web Control
preferences-application-web_manager = Web Manager
preferences-consoles = Cluster consoles
preferences-consoles-why = Addresses of logs and dashboards, for administrators.
preferences-consoles-none = No console has been added.
preferences-reseller = Reseller
preferences-reseller-why = Your own contact for buying licences. It is shown to the members of your organizations where licences are missing.
preferences-reseller-name = Name
preferences-reseller-telephone = Telephone
preferences-reseller-email = E-mail
preferences-reseller-web = Web address
preferences-console-name = Name
preferences-console-url = Address
preferences-console-add = Add console
preferences-console-remove = Remove { $name }
preferences-terms = Licence terms
preferences-terms-why = Shown to every account until accepted; a changed text is shown again.
preferences-terms-on = Require acceptance
preferences-terms-text = Text
preferences-terms-version = Version { $version }
preferences-logs = Logs
preferences-logs-why = Takes effect immediately.
preferences-log-level = Log level
preferences-log-level-error = Errors
preferences-log-level-info = Information
preferences-log-level-debug = Debugging
preferences-log-level-debug-hint = Debugging writes large logs and slows Flotilla down; switch back when you have finished.
preferences-log-days = Days to keep
preferences-log-days-hint = 1 to 30
preferences-minutes = min
preferences-seconds = s
preferences-days = days
preferences-index = Sections
preferences-part-command = Preferences: { $part }

## Audit log

audit-title = Audit log
audit-verify = Verify
audit-export = Export log
audit-verify-command = Verify the audit log
audit-export-command = Export the audit log
audit-verification = Verification
audit-verifying = Checking every entry from the first
audit-whole-so-far = Log intact up to entry { $entries }
audit-whole-so-far-why = Every entry matches the one before it. Whether later entries were removed is not known: compare with a final hash that was kept elsewhere.
audit-whole = Log intact
audit-whole-why = Every entry matches the one before it, and the log ends with the given hash: nothing was changed or removed.
audit-held = Log intact: entry { $entry } has this hash
audit-held-why =
    { $later ->
        [one] Up to it nothing was changed or removed. { $number } entry was added since.
       *[other] Up to it nothing was changed or removed. { $number } entries were added since.
    }
audit-cut = No entry has this hash
audit-cut-why = Entries were removed from the end of the log, or the hash belongs to another workspace. Keep the workspace as it is and compare it with a backup.
audit-broken = Entry { $entry } altered
audit-broken-why = It was changed, or an entry before it is missing. Keep the workspace as it is and compare it with a backup.
audit-entries = Entries
audit-entries-good = Intact entries
audit-head = Final hash (SHA-256)
audit-compare = Hash to compare with
audit-compare-hint = A final hash from an export, a backup or a document. Only a comparison shows whether entries at the end are missing.
audit-compare-do = Compare
audit-compare-without = Without comparison
audit-compare-invalid = A SHA-256 hash has 64 digits from 0 to 9 and a to f
audit-exported = Saved { $name }
audit-entry = Entry { $sequence }
audit-details = Details
audit-details-none = No further details were recorded.
audit-nobody = Not signed in
audit-origin-desktop = This computer
audit-origin-command-line = Command line
audit-origin-service = Flotilla
audit-flotilla = Flotilla
audit-empty = No entries
audit-empty-why = Everything done in this workspace is recorded here, including refused attempts.
list-audit-sequence = No.
list-audit-at = Time
list-audit-who = User
list-audit-origin = Origin
list-audit-act = Action
list-audit-organization = Organization
list-audit-subject = Target
list-audit-result = Result
list-audit-details = Details
choice-audit-result-done = Done
choice-audit-result-refused = Refused
choice-audit-result-failed = Failed

## Acts of the audit log

act-workspace-create_first = Workspace set up
act-server-refuse = Refused over the network
act-session-sign_in = Signed in
act-session-touch = Session extended
act-session-sign_out = Signed out
act-session-accept_terms = Licence terms accepted
act-session-change_password = Own password changed
act-session-choose_organization = Organization chosen
act-profile-save = Own details changed
act-profile-save_appearance = Appearance changed
act-profile-set_avatar = Profile picture set
act-profile-remove_avatar = Profile picture removed
act-accounts-add = Account added
act-accounts-save = Account changed
act-accounts-delete = Accounts deleted
act-accounts-expire = Account expired
act-accounts-reset = Account reset
act-licences-register = Product registered
act-licences-dismiss_notice = Notice of licences dismissed
act-workspace-test_clock = Test copy opened at another date
act-licences-start_trial = Trial started
act-licences-start = Subscription started
act-licences-redeem_declared = Licence keys redeemed
act-licences-redeem = Signed or declared licence keys redeemed
act-licences-allocate = Licences allocated
act-licences-transfer = Licences transferred
act-licences-recall = Transfer recalled
act-licences-allocate_to_system = Licences allocated to a system
act-licences-use_upgrade = Upgrade licences used
act-licences-set_requirement = Licence need changed
act-licences-open = Opening balance entered
act-licences-end = Subscription ended
act-licences-reverse = Licence entry reversed
act-licences-reconcile = Licence books reconciled
act-licences-read_system_file = System file read
act-licences-accept_system_file = System file accepted
act-licences-issue_offline = Licence file issued
act-licences-confirm_offline = Confirmation file processed
act-licences-attest_offline = Outcome of a licence file attested
act-licences-lapse_offline = Licence file lapsed
act-licences-save_offline = Licence file saved
act-licences-save_issuer = Public key saved
act-licences-register_hardware = Hardware registered
act-licences-remove_hardware = Hardware removed
act-licences-export = Licence ledger exported
act-licence_catalogue-save = Product catalogue changed
act-licence_issuers-add = Licence key issuer added
act-licence_issuers-revoke = Licence key issuer revoked
act-licence_issuers-restore = Licence key issuer trusted again
act-organizations-create = Organization created
act-organizations-save = Organization changed
act-organizations-set_grants = Role and folders of a member changed
act-organizations-archive = Organization archived
act-organizations-restore = Organization restored
act-folders-create = Folder created
act-folders-rename = Folder renamed
act-folders-move = Folder moved
act-folders-delete = Folder deleted
act-folders-move_systems = Systems moved to another folder
act-systems-save_application = Connected application saved
act-systems-remove_applications = Connected applications removed
act-customers-test = Connection tested
act-customers-choose_main = Main connection chosen
act-customers-save = Customer saved
act-repository-add = File chosen for the repository
act-repository-added = File added to the repository
act-repository-append = Piece of a file received
act-repository-begin_upload = Upload to the repository begun
act-repository-fetch = Download to the repository begun
act-repository-resume = Adding of a file resumed
act-repository-start_over = Adding of a file started over
act-repository-discard = Adding of a file discarded
act-repository-save = File of the repository corrected
act-repository-verify = Verification of the repository ordered
act-repository-verified = File of the repository verified
act-repository-subscribe = Remote repository followed
act-repository-refresh = Remote repository read
act-repository-unsubscribe = Remote repository no longer followed
act-repository-fetch_remote = Download from a remote repository begun
act-repository-delete = File of the repository deleted
act-repository-hand_out = File of the repository saved elsewhere
act-customers-edit = Customers edited
act-customers-delete = Customers deleted
act-customers-refresh = Customers refreshed
act-customers-launch = Application launched
act-customers-import_open = Import opened
act-customers-import_options = Import options changed
act-customers-import_map = Import columns assigned
act-customers-import_fill = Missing import values set
act-customers-import_export = Customers exported for import
act-customers-import_edit = Import row edited
act-customers-import_remove = Import rows removed
act-customers-import_test = Import tested
act-customers-import_trust = Import certificates accepted
act-customers-import_save = Import saved
act-customers-import_discard = Import discarded
act-customers-import_delete_file = Import file deleted
act-customers-import_expire = Waiting list expired
act-devices-add = Devices added
act-devices-create_account = Account created on devices
act-devices-set_password = Password changed on devices
act-devices-delete_account = Account deleted on devices
act-devices-rotate_password = Flotilla’s password on devices renewed
act-devices-restart = Devices restarted
act-devices-roll_back = Firmware of devices rolled back
act-devices-factory_default = Devices reset to factory defaults
act-devices-upgrade = Device software upgrade ordered
act-jobs-approve = Job approved
act-jobs-pause = Job paused
act-jobs-resume = Job resumed
act-jobs-stop = Job stopped
act-jobs-delete = Job deleted
act-jobs-go_on = Next wave of a job begun
act-jobs-retry = Failed systems of a job retried
act-jobs-end = Job ended
act-jobs-copy = Job copied
act-devices-install_application = Application installed on devices
act-devices-start_application = Application started on devices
act-devices-stop_application = Application stopped on devices
act-devices-remove_application = Application removed from devices
act-devices-commission = Devices commissioned
act-devices-remove = Devices removed
act-devices-transfer = Devices moved to another organization
act-devices-follow = Device followed to its new address
act-devices-interrupted = Action on devices interrupted
act-devices-import_open = Device import opened
act-devices-import_options = Device import options changed
act-devices-import_map = Device import columns assigned
act-devices-import_fill = Missing device import values set
act-devices-import_edit = Device import row edited
act-devices-import_remove = Device import rows removed
act-devices-import_test = Device import tested
act-devices-import_trust = Device import certificates accepted
act-devices-import_save = Device import saved
act-devices-import_discard = Device import discarded
act-devices-import_delete_file = Device import file deleted
act-discovery-start = Search for devices started
act-discovery-stop = Search for devices stopped
act-credential_sets-save = Credential set saved
act-credential_sets-delete = Credential set deleted
act-connections-test = Connection tested
act-connections-save = Connection saved
act-connections-remove = Connections removed
act-connections-refresh = Connections refreshed
act-connections-monitor = Monitoring of connections switched on or off
act-connections-accept_certificate = Certificate accepted
act-lists-save_view = View saved
act-lists-delete_view = View deleted
act-lists-save_columns = Columns changed
act-lists-export = List exported
act-work-cancel = Task cancelled
act-administration-restart_service = Service restarted
act-preferences-save = Preferences changed
act-audit-export = Audit log exported

## Application centre

centre-title = Application centre
centre-services = Services
centre-service = Service
centre-state = State
centre-since = Uptime
centre-last-error = Last error
centre-running = Running
centre-stopped = Stopped
centre-elsewhere = Runs in another instance of Flotilla
centre-version = Version
centre-acts = Actions
centre-restart = Restart
centre-restarted = Restarting { $service }
centre-log = Log
centre-log-of = Log: { $service }
centre-log-again = Reload
centre-log-none = Nothing has been logged today
service-poller = Poller
service-poller-why = Polls every connection for the status of its systems
centre-poller = Poller
centre-poller-connections = Connections polled
centre-poller-in-flight = In progress
centre-poller-backed-off = Delayed after failures
centre-poller-interval = Configured interval
centre-poller-round = Polling cycle
centre-poller-polls = Polls since start
centre-poller-stretched = Polling cycles take { $factor } times the interval
centre-poller-stretched-why = With { $connections } connections every { $interval } s, the limit of concurrent polls is reached. Increase the interval or the number of concurrent polls.
centre-poller-on-time = On time
centre-to-preferences = Preferences
centre-console-open = Open
centre-about = About
centre-about-version = Version
centre-about-folder = Data folder
centre-about-database = Database size
centre-about-key = Database key
centre-about-key-keychain = Random, in the system’s keychain
centre-about-key-password = Derived from the database password
centre-about-accounts = Accounts
centre-about-organizations = Organizations
centre-about-systems = Systems
centre-none = No service has reported yet
centre-copy = Copy as text

## Frame, work

work-import_test = Testing connections
work-import_first_accounts = Creating first accounts
work-device_act = Action on devices
work-repository_add = Adding a file to the repository
work-repository_verify = Verifying files
work-import_save = Saving an import
work-refresh = Refreshing
work-edit = Editing customers
work-deletion = Deleting customers
work-move = Moving systems
work-removal = Removing connections
work-monitoring = Switching monitoring
work-application_removal = Removing connected applications
work-export = Exporting

## Desktop: tray and file dialogs

tray-open = Open Flotilla
tray-quit = Quit
file-kind-csv = CSV files
file-kind-picture = Pictures
file-kind-system = System files
file-kind-package = All files

## Shared, lengths of time

unit-second = { $count } s
unit-minute = { $count } min
unit-hour = { $count } h
unit-day =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

## Command line

cli-workspace-made = The workspace is ready; {$login} is its administrator.
cli-account-reset = {$login} has a new password. Every administrator is notified at the next sign-in.
cli-import-file-remains = { $file } still contains plain-text passwords. Delete it, or import with --delete-file.
cli-import-file-deleted = { $file } contained plain-text passwords and was deleted.
cli-import-undecided = What the columns of this file are is not known. Import it once with the assistant and assign them there; Flotilla remembers it for files with the same columns.
cli-import-not-saved = Nothing was saved. Import with --yes to test the rows and save those that connect.
cli-import-testing = Testing { $done } of { $total }
cli-import-left =
    { $count ->
        [one] One row was not saved
       *[other] { $number } rows were not saved
    }
cli-import-factory-new =
    { $count ->
        [one] One factory-new device waits for its first account. Import with --first-account to give it the user name and password of its row.
       *[other] { $number } factory-new devices wait for their first account. Import with --first-account to give them the user name and password of their row.
    }
cli-ask-service-password = Password of the service user:
cli-ask-account = Account:
cli-ask-again = Repeat:
cli-ask-device-password = Password of the devices:
cli-ask-database-password = Database password:
cli-ask-first-password = Password of the first administrator:
cli-ask-new-database-password = New database password:
cli-ask-new-password = New password:
cli-ask-password = Password:
cli-ask-issuer-passphrase = Passphrase of the issuer’s key:
cli-ask-new-issuer-passphrase = New passphrase for the issuer’s key:
cli-issuer-made = { $name } is ready to issue licence keys. Fingerprint: { $fingerprint }. Pass { $file } on to the administrators who are to trust it.
cli-audit-whole-so-far = Audit log intact up to entry {$entries}; whether entries after it are missing is not known. Compare its final hash {$head}, or give the expected one with --head
cli-audit-whole = Audit log intact: {$entries} entries, final hash {$head}
cli-several-devices = Several devices match { $name }; nothing was done
    .action = Give the serial number or the address of one of these:
cli-several-jobs = Several jobs are called { $name }; nothing was done
    .action = Give the ID of one of these:
cli-several-packages = Several packages match { $name }; nothing was done
    .action = Give the SHA-256 of one of these:
cli-certificate-not-trusted = The certificate of { $host } is not trusted by this computer, and has not been accepted yet; nothing was fetched
    .action = Compare its SHA-256 with what the vendor says. If they match, run the command again with --accept { $sha256 }
clock-before-1970 = The clock of this computer is set to a date before 1970; set it to the current date, then start Flotilla again.

## Details of audit entries

audit-detail-product = product
audit-detail-operation = operation
audit-detail-date = date
audit-detail-start = start
audit-detail-keys = keys
audit-detail-licences = licences
audit-detail-signed_by = signed by
audit-detail-fingerprint = fingerprint
audit-detail-years = years
audit-detail-system = system
audit-detail-type = type
audit-detail-needed = needed
audit-detail-reference = reference
audit-detail-entry = entry
audit-detail-serial = serial number
audit-detail-model = model
audit-detail-number = file number
audit-detail-entries = entries
audit-detail-head = final hash
audit-detail-reason = reason
audit-detail-service = service
audit-detail-views_taken_over = views taken over
audit-detail-work = task
audit-detail-account = account
audit-detail-done = done
audit-detail-total = of
audit-detail-systems = systems
audit-detail-customers = customers
audit-detail-connections = connections
audit-detail-alarms = alarms
audit-detail-accounts = accounts
audit-detail-application = application
audit-detail-host = address
audit-detail-kind = kind
audit-detail-port = port
audit-detail-file = file
audit-detail-bytes = bytes
audit-detail-list = list
audit-detail-status = status
audit-detail-url = address
audit-detail-error = error
audit-detail-refused = refused
audit-detail-new = new
audit-detail-on = monitored
audit-detail-without_contact = without contact
audit-detail-role = role
audit-detail-erased = personal data erased
audit-detail-password = new password
audit-detail-version = version
audit-detail-changed = changed
audit-detail-added = added
audit-detail-updated = updated
audit-detail-changed_meanwhile = changed meanwhile
audit-detail-unchanged = unchanged
audit-detail-left = remaining
audit-detail-certificates = certificates
audit-detail-count = number
audit-detail-organizations = organizations
audit-detail-row = row
audit-detail-rows = rows
audit-detail-columns = columns
audit-detail-remembered = mapping remembered
audit-detail-user_name = user name
audit-detail-size = bytes
audit-detail-sha256 = SHA-256
audit-detail-packages = files
audit-detail-folders = folders
audit-detail-folder = folder
audit-detail-before = before
audit-detail-into = into
audit-detail-grants_revoked = grants revoked
audit-detail-ids = ids
audit-detail-part = part
audit-detail-parts = of
audit-reason-foreign-origin = page of another origin
audit-reason-missing-header = call without the header of the program’s own pages
audit-reason-foreign-host = host that is not served
audit-reason-foreign-file = file of another session
audit-reason-host-only = command for this machine alone
audit-reason-waiting = too many tries
audit-reason-locked = locked
audit-reason-unknown = unknown login name
audit-reason-password = wrong password
audit-reason-expired = expired
audit-reason-disabled = disabled

## Dashboard

dashboard-count = {$customers} customers, {$systems} systems
dashboard-live = {$at} · live
dashboard-all = All {$count}
dashboard-percent = {$value} %
dashboard-less = <{$value}
dashboard-connections = Customers by connection
dashboard-states = Systems by state
dashboard-no-systems = No system has been read yet.
dashboard-versions = Software versions
dashboard-version = Version
dashboard-version-unknown = Unknown
dashboard-alarms = Alarms by type and severity
dashboard-no-alarms = No open alarm.
dashboard-sum = All
dashboard-all-types = All types
dashboard-profiles = Cloud profiles
dashboard-profile-unknown = Without profile
dashboard-cloud = All cloud customers
dashboard-tags = Tags
dashboard-no-tags = No customer has a tag.
dashboard-licences = System licences expired or about to expire
dashboard-no-licences = No licence has expired or expires within 90 days.
dashboard-certificates = Certificates expired or about to expire
dashboard-no-certificates = No certificate has expired or expires within 90 days.
dashboard-versions-all = All { $count } versions
dashboard-tags-all = All { $count } tags
dashboard-tagged = Customers with tags
dashboard-fewer = Show fewer
dashboard-within = within { $days } days
dashboard-expired = expired
dashboard-empty = No customers yet
dashboard-empty-why = The dashboard summarizes what your customers’ systems report. Import a list of customers, or add the first one manually.
dashboard-empty-import = Import customers…
dashboard-empty-add = Add customer
dashboard-changes = Last 24 hours
dashboard-since = since { $at }
dashboard-went-down = Went down
dashboard-came-back = Came back
dashboard-new-alarms = New alarms
dashboard-cleared = Alarms cleared
dashboard-still-down = { $count } still down
dashboard-mean = down { $duration } on average
dashboard-severe = { $critical } critical, { $major } major
dashboard-fewer-open = { $count } fewer open than before
dashboard-more-open = { $count } more open than before
dashboard-as-many-open = as many open as before
dashboard-hour-by-hour = Hour by hour
dashboard-hour = Hour from
dashboard-each-hour = { $what }, each of the last 24 hours; at most { $most } in one
dashboard-by-customer = Alarms by customer
dashboard-customer = Customer
dashboard-oldest = Oldest
dashboard-others =
    { $count ->
        [one] { $count } other customer
       *[other] { $count } other customers
    }
dashboard-licences-of = { $count } licences
dashboard-next = Next to end
dashboard-expired-head = Expired
dashboard-share = Share
dashboard-number = Number
dashboard-nobody = No customer is yours yet
dashboard-nobody-why = You see the customers that you are a member of. An administrator adds you to them; nothing else is needed here.

## Systems

systems-stopped = {$stopped} of {$all}
systems-empty = No systems yet
systems-empty-why = Systems appear here as soon as a customer’s primary system has been read.
systems-empty-act = Go to customers
system-state-upgrading = Upgrading
system-state-certificate_changed = Certificate changed
system-state-needs_setup = Needs setup
system-state-authentication_failed = Authentication failed
system-state-unreachable = Unreachable
system-state-reachable_no_api = Reachable, no API
system-state-limited_api = Limited API
system-state-online = Online
system-state-unknown = Unknown
list-systems-state = State
list-systems-name = Name
list-systems-customer = Customer
list-systems-kind = Kind
list-systems-role = Role
list-systems-model = Edition or model
list-systems-serial = Serial number
list-systems-host = Address
list-systems-version = Version
list-systems-alarms = Alarms
list-systems-services = Services
list-systems-stopped_services = Stopped services
list-systems-last_contact = Last contact
choice-systems-state-upgrading = Upgrading
choice-systems-state-certificate_changed = Certificate changed
choice-systems-state-needs_setup = Needs setup
choice-systems-state-authentication_failed = Authentication failed
choice-systems-state-unreachable = Unreachable
choice-systems-state-reachable_no_api = Reachable, no API
choice-systems-state-limited_api = Limited API
choice-systems-state-online = Online
choice-systems-state-unknown = Unknown
choice-systems-kind-telephone_server = Telephone server
choice-systems-kind-video_server = Video server
choice-systems-kind-camera = Camera
choice-systems-kind-connected_application = Connected application
choice-systems-role-primary = Primary
choice-systems-role-secondary = Secondary
choice-systems-role-expansion = Expansion
choice-systems-role-alone = Standalone
systems-empty-operator = You see the systems of the customers that you are a member of, and none has been assigned to you yet. An administrator assigns them.

## Device pages

list-systems-track = Track
list-systems-recommended = Recommended
device-track-long_term = LTS
device-track-active = Active
systems-recommended-path = Path: { $path }
systems-recommended-missing = The repository has nothing of { $series }
systems-recommended-current = current
systems-recommended-unknown = Nothing in the repository for this model
systems-side = Folders, models and servers
systems-side-hide = Hide folders, models and servers
systems-models = Models
systems-models-unknown = Model not known
systems-models-upgradable = { $number } can go up
systems-models-newer =
    { $count ->
        [one] { $number } device can be upgraded with a package in the repository
       *[other] { $number } devices can be upgraded with packages in the repository
    }
systems-models-more =
    { $count ->
        [one] { $number } more model
       *[other] { $number } more models
    }
systems-models-fewer = Fewer models
systems-servers = Servers
systems-servers-more =
    { $count ->
        [one] { $number } more server
       *[other] { $number } more servers
    }
systems-servers-recommended = Recommended: { $version }
systems-open = Open
systems-act-accounts = Accounts on the selected devices…
systems-act-restart = Restart the selected devices…
systems-act-rotate = Renew Flotilla’s password on the selected devices…
systems-act-rollback = Roll back the firmware of the selected devices…
systems-act-factory-default = Reset the selected devices to factory defaults…
systems-act-transfer = Move the selected devices to another organization…
systems-act-remove = Remove the selected devices from their organization…
systems-act-monitoring-off = Switch off monitoring of the selected video servers
systems-act-monitoring-on = Switch on monitoring of the selected video servers
systems-act-remove-applications = Remove the selected connected applications…
device-panel-seen = seen { $ago }
device-panel-never = never answered
device-panel-gone = System no longer there
device-panel-open-page = Open the device’s page
device-panel-identity = Identity
device-panel-services-stopped = { $stopped } of { $all } stopped
device-panel-certificate-none = None accepted yet
device-panel-certificate-until = Accepted, valid until { $date }
device-panel-certificate-ended = Accepted, expired on { $date }
device-panel-certificate-waits = Another certificate waits for your decision
device-panel-certificate-look = Compare…
device-panel-software = Software
device-panel-runs = installed now
device-panel-step = LTS step, { $size }
device-panel-recommended = recommended, { $size }
device-panel-vendor = vendor
device-panel-vendor-why = The vendor’s digest was given and matches
device-panel-computed = computed
device-panel-computed-why = The digest was computed here; the vendor’s is not known
device-panel-missing = The path leads through { $series }, of which the repository has nothing.
device-panel-to-repository = Open the repository
device-panel-version-unknown = Its version is not known yet.
device-panel-unknown-model = The repository has nothing for { $model }.
device-panel-current = It runs the recommended version.
device-panel-packages = Packages for this model
device-panel-accounts = Accounts
device-panel-account-add = Add account…
device-panel-accounts-show = Read accounts
device-panel-accounts-why = Flotilla signs in to the device to read them.
device-panel-accounts-at = Read { $ago }
device-panel-accounts-again = Reload
device-panel-account-acts = Actions for { $name }
device-panel-account-password = Change password…
device-panel-account-delete = Delete…
device-panel-account-own = Flotilla
device-panel-account-own-why = Flotilla signs in with this account. Its password is changed by renewing it; it cannot be deleted here.
device-panel-alarms = { $number } open
device-panel-alarms-none = No open alarms
device-panel-history = History
device-panel-history-none = Nothing was done on it from here in the last 90 days.
device-panel-activity = In the audit log
server-panel-monitoring = Monitoring
server-panel-not-reported = The server’s interface does not report services and disks.
server-panel-open-page = Open the server’s page
server-panel-hardware = Hardware
server-panel-vendor = Manufacturer
server-panel-interface = Interface version
server-panel-zone = Time zone
server-panel-history = Changes made from here are in the audit log.
server-panel-no-installer = The repository has no installer for video servers.
server-panel-installers = Installers
server-panel-nothing-read = Nothing has been read from it yet.
server-panel-devices = Devices of this server
server-panel-devices-none = This server uses no devices.
server-panel-devices-foreign = not in Flotilla
server-panel-devices-first = The first { $shown } of { $all } are shown.
applications-connected-add = Add connected application…
applications-connected-add-title = Add a connected application
applications-connected-edit-title = Edit { $name }
applications-connected-why = A body-worn system or another application that synchronises with a folder. Whoever deletes the folder is warned. Flotilla does not contact it.
applications-connected-name = Name
applications-connected-model = What it is
applications-connected-model-hint = For example Body Worn
applications-connected-not-asked = Nothing is requested from it, so its state is unknown. It is listed so that whoever deletes its folder is warned.
applications-connected-added = { $name } added
applications-connected-saved = { $name } saved
applications-connected-remove = Remove…
applications-connected-remove-some = Remove connected applications…
applications-connected-remove-title =
    { $count ->
        [0] Remove connected applications?
        [one] Remove { $number } connected application?
       *[other] Remove { $number } connected applications?
    }
applications-connected-remove-do =
    { $count ->
        [0] Remove
        [one] Remove { $number } application
       *[other] Remove { $number } applications
    }
applications-connected-remove-body = They disappear from the lists, and whoever deletes their folder is no longer warned. The history stays. Nothing changes on the applications themselves.
applications-connected-left =
    { $count ->
        [one] { $number } selected system is not a connected application and stays
       *[other] { $number } selected systems are not connected applications and stay
    }
applications-connected-removed =
    { $count ->
        [one] { $number } connected application removed
       *[other] { $number } connected applications removed
    }
applications-connected-outcomes =
    { $count ->
        [one] { $number } connected application was not removed
       *[other] { $number } connected applications were not removed
    }
device-history-add = Added
device-history-create_account = Account { $about } created
device-history-set_password = Password of { $about } changed
device-history-delete_account = Account { $about } deleted
device-history-rotate_password = Flotilla’s password renewed
device-history-restart = Restarted
device-history-rollback = Firmware rolled back
device-history-factory_default = Reset to factory defaults
device-history-install_application = Application { $about } installed
device-history-start_application = Application { $about } started
device-history-stop_application = Application { $about } stopped
device-history-remove_application = Application { $about } removed
device-history-commission = Commissioned
device-history-transfer = Moved to { $about }
device-history-remove = Removed from its organization
device-acts-accounts = Accounts…
device-acts-restart = Restart…
device-acts-rotate = Renew Flotilla’s password…
device-acts-rollback = Roll back firmware…
device-acts-factory-default = Factory defaults…
device-acts-transfer = Move to another organization…
device-acts-remove = Remove from organization…
device-acts-organization = Organization
device-acts-remove-tick =
    { $count ->
        [one] I want to remove { $number } device from its organization
       *[other] I want to remove { $number } devices from their organization
    }
device-acts-accounts-what = What to do
device-acts-left =
    { $count ->
        [one] { $number } selected system is not a camera and is left out
       *[other] { $number } selected systems are not cameras and are left out
    }
device-acts-skipped =
    { $count ->
        [one] { $number } device was left out
       *[other] { $number } devices were left out
    }
device-acts-user-name = User name
device-acts-user-name-hint = 1 to 14 letters and digits, beginning with a letter
device-acts-password = Password
device-acts-password-new = New password
device-acts-password-hint = 1 to 64 characters without accents
device-acts-password-made = A different one for each device
device-acts-password-made-hint = Made here, 24 letters and digits; nobody has to know it.
device-acts-password-typed = The same for all, typed here
device-acts-role = Role
device-acts-ptz = May pan, tilt and zoom
device-acts-network-too = Reset network settings, too
device-acts-network-kept = Addresses and host names stay as they are.
device-acts-network-lost = Addresses are lost: devices may come back elsewhere, or only be found by searching.
device-role-viewer = Viewer
device-role-operator = Operator
device-role-administrator = Administrator
device-role-none = No permission
device-role-ptz = { $role }, PTZ
device-do-create_account = Create an account
device-do-create_account-title =
    { $count ->
        [one] Accounts on { $number } device
       *[other] Accounts on { $number } devices
    }
device-do-create_account-body = Each device gets this account. Where the name exists already, nothing is changed, and its result says so.
device-do-create_account-do =
    { $count ->
        [one] Create on { $number } device
       *[other] Create on { $number } devices
    }
device-do-set_password = Change a password
device-do-set_password-title =
    { $count ->
        [one] Accounts on { $number } device
       *[other] Accounts on { $number } devices
    }
device-do-set_password-body = The account with this name gets the new password. Whoever uses the old one, such as a video server, is locked out.
device-do-set_password-do =
    { $count ->
        [one] Change on { $number } device
       *[other] Change on { $number } devices
    }
device-do-delete_account = Delete an account
device-do-delete_account-title =
    { $count ->
        [one] Accounts on { $number } device
       *[other] Accounts on { $number } devices
    }
device-do-delete_account-body = The account with this name is deleted. Whoever signs in with it, such as a video server, is locked out.
device-do-delete_account-do =
    { $count ->
        [one] Delete on { $number } device
       *[other] Delete on { $number } devices
    }
device-do-rotate_password-title =
    { $count ->
        [one] Renew Flotilla’s password on { $number } device
       *[other] Renew Flotilla’s password on { $number } devices
    }
device-do-rotate_password-body = Each device gets a new password for the account that Flotilla signs in with. The old one is kept until the new one has proved to work.
device-do-rotate_password-do =
    { $count ->
        [one] Renew on { $number } device
       *[other] Renew on { $number } devices
    }
device-do-restart-title =
    { $count ->
        [one] Restart { $number } device
       *[other] Restart { $number } devices
    }
device-do-restart-body = While it restarts, a device neither records nor answers, usually for one to two minutes. Flotilla waits until each is back.
device-do-restart-do =
    { $count ->
        [one] Restart { $number } device
       *[other] Restart { $number } devices
    }
device-do-rollback-title =
    { $count ->
        [one] Roll back the firmware of { $number } device
       *[other] Roll back the firmware of { $number } devices
    }
device-do-rollback-body = Each device returns to the firmware it had before, with the settings of that time, and restarts. A device that has none refuses.
device-do-rollback-do =
    { $count ->
        [one] Roll back { $number } device
       *[other] Roll back { $number } devices
    }
device-do-factory_default-title =
    { $count ->
        [one] Reset { $number } device to factory defaults
       *[other] Reset { $number } devices to factory defaults
    }
device-do-factory_default-body = All settings and accounts are deleted from the devices, Flotilla’s own included. They then wait for their first account. This cannot be undone.
device-do-factory_default-do =
    { $count ->
        [one] Reset { $number } device
       *[other] Reset { $number } devices
    }
device-do-transfer-title =
    { $count ->
        [one] Move { $number } device to another organization
       *[other] Move { $number } devices to another organization
    }
device-do-transfer-body = Each device is contacted and then managed there, as a new device with the same credentials and certificate. One that does not answer stays. Its hardware licences are suspended until its serial number is registered there.
device-do-transfer-do =
    { $count ->
        [one] Move { $number } device
       *[other] Move { $number } devices
    }
device-do-remove-title =
    { $count ->
        [one] Remove { $number } device
       *[other] Remove { $number } devices
    }
device-do-remove-body = The devices are no longer monitored, and their open alarms are cleared. Their hardware licences are suspended. The history stays. The devices themselves are not changed.
device-do-remove-do =
    { $count ->
        [one] Remove { $number } device
       *[other] Remove { $number } devices
    }

## Alarms

alarms-all = All
alarms-by-severity = By severity
alarms-by-type = By type
alarms-empty = No alarms
alarms-empty-why = No problem was found at the last contact.
alarms-flotilla = Flotilla itself
alarms-what-to-do = What to do
alarms-moment = { $at }, { $ago }
alarms-all-of-customer = All open alarms of this customer
alarms-gone = This alarm is no longer kept, or you may not see it.
list-alarms-severity = Severity
list-alarms-customer = Customer
list-alarms-system_name = System
list-alarms-system = System
list-alarms-connection_name = Connection
list-alarms-connection = Connection
list-alarms-alarm_type = Type
list-alarms-cause = Description
list-alarms-qualifier = Affects
list-alarms-state = State
list-alarms-first_at = First seen
list-alarms-last_at = Last seen
list-alarms-occurrences = Occurrences
list-alarms-cleared_at = Cleared
list-alarms-acknowledged_at = Acknowledged
list-alarms-shelved_until = Shelved until
list-alarms-suppressed = Suppressed
choice-alarms-state-open = Open
choice-alarms-state-cleared = Cleared
choice-alarms-severity-critical = Critical
choice-alarms-severity-major = Major
choice-alarms-severity-minor = Minor
choice-alarms-severity-warning = Warning
choice-alarms-alarm_type-configuration = Configuration
choice-alarms-alarm_type-trunk = Trunk
choice-alarms-alarm_type-link = Link
choice-alarms-alarm_type-services = Services
choice-alarms-alarm_type-quality_of_service = Quality of service
choice-alarms-alarm_type-security = Security
choice-alarms-alarm_type-connection = Connection
choice-alarms-alarm_type-storage = Storage
choice-alarms-alarm_type-licence = Licence
choice-alarms-alarm_type-certificate = Certificate
choice-alarms-alarm_type-job = Job
choice-alarms-cause-no_contact = No contact
choice-alarms-cause-access_refused = Access refused
choice-alarms-cause-certificate_changed = Certificate changed
choice-alarms-cause-certificate_expiring = Certificate about to expire
choice-alarms-cause-seen_elsewhere = Seen at another address
choice-alarms-cause-service_stopped = Service stopped
choice-alarms-cause-system_stopped = System stopped
choice-alarms-cause-licence_expired = Licence expired
alarm-no_contact = No contact with the system
    .action = Check power, network and the address; Flotilla keeps trying.
alarm-access_refused = The system responds but refuses access
    .action = See the customer’s connectivity status for what to do.
alarm-certificate_changed = The certificate has changed
    .action = Compare both certificates in the customer’s panel and accept the new one only if the change is known.
alarm-certificate_expiring = The certificate expires soon
    .action = Have it renewed on the system before it expires.
alarm-seen_elsewhere = Seen at another address: {$qualifier}
    .action = Check whether this is the device. If it is, enter the new address in its connection.
alarm-service_stopped = {$qualifier} has stopped
    .action = Restart it in the system’s Web Control, or check its logs.
alarm-system_stopped = The system has stopped
    .action = Check the system on site; its primary no longer reaches it.
alarm-licence_expired = Licence expired or invalid: {$qualifier}
    .action = Renew the licence and load it into the system.
alarms-empty-operator = You see the alarms of the customers that you are a member of, and none has been assigned to you yet. An administrator assigns them.

## Organizations

organizations-title = Organization
organizations-create = Create new organization
organizations-create-do = Create organization
organizations-created = { $name } created
organizations-created-at = Created
organizations-id = Organization ID
organizations-invalid = Check the highlighted fields.
organizations-language = Language of its documents
organizations-language-hint = Reports and messages for this organization
organizations-made = { $name } has been created and selected
organizations-made-why = The pages now show this organization only. Its ID is needed to archive or restore it; keep it.
organizations-name = Name
organizations-part-contact = Contact
organizations-part-contact-why = Who to contact, and how.
organizations-part-name = Organization
organizations-part-name-why = You become its owner.
organizations-part-notes-why = What others who work on it should know.
organizations-role = Your role
organizations-role-admin = Admin
organizations-role-none = None; you see it as administrator
organizations-role-operator = Operator
organizations-role-owner = Owner
organizations-role-viewer = Viewer
organizations-zone = Time zone
organizations-zone-hint = For the dates in its documents and jobs
organizations-act-edit = Edit the selected organization
organizations-archive = Archive…
organizations-archive-body = Nothing is deleted. The organization disappears from all lists, its systems are no longer polled, and its members no longer see it. An administrator can restore it.
organizations-archive-confirmation = Paste the organization ID
organizations-archive-do = Archive organization
organizations-archive-keep = Keep this ID with your records:
organizations-archive-systems = It still has systems. Removing them first is recommended.
organizations-archive-tick = I understand what is no longer shown and polled
organizations-archive-title = Archive { $name }?
organizations-archived = { $name } archived
organizations-archived-empty = No archived organizations
organizations-archived-empty-why = Organizations that are archived are listed here and can be restored.
organizations-archived-tab = Archived
organizations-archived-command = Show archived organizations
organizations-archived-title = Archived organizations
organizations-choose = Show only this one
organizations-choose-named = Show only { $name }
organizations-conflict-discard = Use their values
organizations-conflict-field = Field
organizations-conflict-keep = Save mine
organizations-conflict-mine = Yours
organizations-conflict-theirs = Theirs
organizations-conflict-why = Nothing has been saved yet. Fields that only they changed keep their values in any case.
organizations-connect = Connect its system…
organizations-edit = Edit organization
organizations-edit-named = Edit { $name }
organizations-empty = No organizations yet
organizations-empty-why = Organizations you are a member of appear here.
organizations-members = Members
organizations-present = Active
organizations-restore = Restore…
organizations-restore-body = It is listed again as before, its systems are polled again, and its members see it again.
organizations-restore-do = Restore organization
organizations-restore-name-taken = Another organization is now called { $name }. Rename that one first.
organizations-restore-title = Restore { $name }?
organizations-restored = { $name } restored
organizations-outside = The list shows only the chosen organization; the one that was restored is another one.
organizations-saved = { $name } saved
organizations-to-customer = Open customer
organizations-unconnected = No system is connected yet
organizations-unconnected-short = Not connected
organizations-unconnected-why = With its first connection the organization becomes a customer: its systems are polled and shown in the lists.
list-archived_organizations-address = Address
list-archived_organizations-archived_at = Archived
list-archived_organizations-created_at = Created
list-archived_organizations-email = E-mail
list-archived_organizations-language = Language
list-archived_organizations-name = Name
list-archived_organizations-notes = Notes
list-archived_organizations-telephone = Telephone
list-archived_organizations-zone = Time zone
list-organizations-address = Address
list-organizations-created_at = Created
list-organizations-customer = Customer
list-organizations-email = E-mail
list-organizations-language = Language
list-organizations-name = Name
list-organizations-notes = Notes
list-organizations-systems = Systems
list-organizations-telephone = Telephone
list-organizations-zone = Time zone
choice-organizations-language-en = English
choice-organizations-language-fr = Français
choice-organizations-language-ja = 日本語
choice-archived_organizations-language-en = English
choice-archived_organizations-language-fr = Français
choice-archived_organizations-language-ja = 日本語

## Customers: list

list-customers-connection = Connection
list-customers-name = Name
list-customers-system_name = System name
list-customers-mode = Mode
list-customers-systems = Systems
list-customers-connections = Connections
list-customers-connected = Connections connected
list-customers-host = IP address
list-customers-port = Port
list-customers-profile = Profile
list-customers-version = Version
list-customers-alarms = Alarms
list-customers-operators = Operators
list-customers-tags = Tags
list-customers-notes = Notes
list-customers-telephone = Telephone
list-customers-email = E-mail
list-customers-address = Address
list-customers-status = Connectivity
list-customers-icons = Status
list-customers-licences = Licences
list-customers-licence_until = Licence until
list-customers-certificate_until = Certificate until
list-customers-last_contact = Last contact
choice-customers-connection-connected = Connected
choice-customers-connection-problems = Connection problems
choice-customers-connection-disconnected = No connection
choice-customers-connection-never = Never tried
choice-customers-mode-on-premises = On-premises
choice-customers-mode-cloud = Cloud
choice-customers-icons-needs_attention = Needs attention
choice-customers-licences-valid = Valid
choice-customers-licences-due = Due
choice-customers-licences-invalid = Not valid
choice-customers-licences-expired = Expired
choice-customers-licences-unknown = Not reported
choice-customers-status-success = Connected
choice-customers-status-failed = Failed
choice-customers-status-invalid_credentials = Invalid credentials
choice-customers-status-authorization_failed = Wrong password
choice-customers-status-monitoring_rights_missing = No monitoring rights
choice-customers-status-disabled_by_administrator = Disabled by administrator
choice-customers-status-service_user_disabled = User disabled
choice-customers-status-service_user_locked = User locked
choice-customers-status-too_many_sessions = Too many sessions
choice-customers-status-upgrade_rights_missing = No upgrade rights
choice-customers-status-unreachable = Unreachable
choice-customers-status-certificate_changed = Certificate changed
choice-customers-status-certificate_not_trusted = Certificate not trusted
choice-customers-status-needs_setup = Needs setup
choice-customers-status-replaced = Replaced
choice-customers-status-limited = Limited
choice-customers-status-never_tried = Never tried
choice-customers-status-not_monitored = Not monitored
status-success = Connected
    .explanation = Flotilla signs in and reads the systems behind it.
    .action = No action is required.
status-failed = Failed
    .explanation = The address responds, but not with the expected protocol.
    .action = Check address and port; another service may be listening there.
status-invalid_credentials = Invalid credentials
    .explanation = The system has no active service user with this name.
    .action = Check the service user name, and enable the service user on the system.
status-authorization_failed = Authorization failed
    .explanation = The password is wrong; a device gives the same answer for an unknown user name.
    .action = Enter the user name and password that are set on the system.
status-monitoring_rights_missing = Monitoring rights missing
    .explanation = The user can sign in, but is not allowed to read the systems.
    .action = Grant the user monitoring rights in the security settings of the system or device.
status-disabled_by_administrator = Service user disabled by the administrator
    .explanation = The service user exists, but an administrator of the system has disabled it.
    .action = Have the administrator of the system enable it again.
status-service_user_disabled = Service user currently disabled
    .explanation = The service user exists, but is disabled at present.
    .action = Enable the service user on the system.
status-service_user_locked = Service user temporarily locked
    .explanation = The system has locked the service user, for example after too many wrong passwords.
    .action = Wait until the lock ends, and make sure that the password is correct.
status-too_many_sessions = Too many concurrent sessions
    .explanation = Too many applications are signed in to this system.
    .action = Close other management applications; Flotilla retries automatically.
status-upgrade_rights_missing = Upgrade rights missing
    .explanation = The service user can read everything but is not allowed to upgrade.
    .action = Grant the service user upgrade rights in the system’s security settings.
status-unreachable = Unreachable
    .explanation = Nothing responds at this address, or what responds is not a system that Flotilla supports.
    .action = Check address, network and power.
status-unreachable-ip_office = Unreachable or not a supported primary system
    .explanation = Nothing responds at this address, or the telephone system is not the primary of a supported edition.
    .action = Check address, network and power; enter the primary of a Server Edition or Select solution.
status-unreachable-device = Unreachable
    .explanation = The device does not respond at this address.
    .action = Check the device’s address, its network and its power.
status-unreachable-video_server = Unreachable
    .explanation = The video server does not respond at this address.
    .action = Check address, port, network and power, and whether the server software is running.
status-certificate_changed = Certificate changed
    .explanation = The system presents a different certificate from the one accepted. No password has been sent to it.
    .action = Compare both certificates and accept the new one only if the change is known.
status-certificate_not_trusted = Certificate not trusted
    .explanation = This certificate has not been accepted yet. No password has been sent.
    .action = Compare the fingerprint with the one on the system and accept it.
status-needs_setup = Needs setup
    .explanation = The device is in its factory default state and has no account yet. No password has been sent to it.
    .action = Give the device its first account, or enter the credentials that were set on it; Flotilla retries automatically.
status-replaced = Replaced by another device
    .explanation = A different device responds at the address of a known one. None of its data has been stored.
    .action = Check which device is there. If it was replaced on purpose, remove this connection and add the new device.
status-replaced-detail = Serial number of the responding device: { $serial }
status-limited = Limited
    .explanation = The device responds with the expected protocol, but not to everything that Flotilla asks.
    .action = Check the settings and the software version of the device; Flotilla keeps trying.
status-never_tried = Never tried
    .explanation = It was saved without contact.
    .action = Test the connection.
status-not_monitored = Not monitored
    .explanation = Monitoring is switched off: the system is not polled, and no contact alarms are raised. What was read last stays.
    .action = Switch monitoring on to poll it again.
customers-act-refresh =
    { $count ->
        [0] Poll the selected customers
        [one] Poll the selected customer
       *[other] Poll { $number } customers
    }
customers-act-edit =
    { $count ->
        [0] Edit the selected customers
        [one] Edit the selected customer
       *[other] Edit { $number } customers
    }
customers-act-connect =
    { $count ->
        [0] Add a connection to the selected customer
        [one] Add a connection to the selected customer
       *[other] Add a connection to { $number } customers
    }
customers-act-delete =
    { $count ->
        [0] Delete the selected customers
        [one] Delete the selected customer
       *[other] Delete { $number } customers
    }
customers-act-launch =
    { $count ->
        [0] Launch { $application }
        [one] Launch { $application } of the selected customer
       *[other] Launch { $application } of { $number } customers
    }
customers-add = Add customer
customers-add-command = Add a customer
customers-import = Import…
customers-export-for-import = CSV for import
customers-empty = No customers yet
customers-empty-why = A customer is an organization whose systems Flotilla connects to. Add one manually or import a list from a CSV file.
customers-empty-own = Add your first customer, or wait until an administrator assigns customers to you.
customers-empty-operator = No customer has been assigned to you. An administrator assigns them.
customers-alarms-of = Alarms of { $name }: { $number }
customers-operators-none = Nobody assigned
customers-needs-attention = Needs attention: { $why }
customers-launch = Launch
customers-refreshed =
    { $count ->
        [one] Polling { $name }
       *[other] Polling { $number } customers
    }
customers-web-manager-of = Open the Web Manager of { $name }
customers-web-manager-opened = Web Manager of { $name } opened

## Customers: panel and dialogs

customers-contact = Last contact { $ago }
customers-refresh = Poll now
customers-licence-until = until { $date }
customers-licence-ended = expired since { $date }
customers-licence-not-valid = not valid
customers-operators = Assigned operators
customers-id = ID
customers-more = More about this customer
customers-next-contact = Next contact
customers-outside = The list shows only the chosen organization; this customer is another one.
customers-provider = Provider
customers-reseller = Reseller
customers-certificate = Certificate
customers-certificate-look = View certificate…
customers-certificate-compare = Compare certificates…
customers-certificate-title = Accept the certificate of { $name }?
customers-certificate-why = Compare the SHA-256 fingerprint with the one that the system itself displays. Once you accept it, Flotilla signs in only where this certificate is presented.
customers-certificate-changed-title = The certificate of { $name } has changed
customers-certificate-changed-why = This may be a renewal, or an interception. Accept only if the change is known.
customers-certificate-old = Previously accepted
customers-certificate-new = Presented now
customers-certificate-met = Presented by the system
customers-certificate-accept = Accept certificate
customers-certificate-accepted = Certificate of { $name } accepted. Now: { $status }
certificate-subject = Subject
certificate-issuer = Issuer
certificate-self-signed = Self-signed
certificate-serial = Serial number
certificate-names = Names
certificate-valid = Valid
certificate-expired = Expired
customers-search-systems =
    { $count ->
        [one] Search one system by name, address, version
       *[other] Search { $number } systems by name, address, version
    }
customers-no-systems = No system has been read yet.
customers-service-running = running
customers-service-stopped = stopped
customers-delete-title =
    { $count ->
        [one] Delete one customer?
       *[other] Delete { $number } customers?
    }
customers-delete-body = Their connections, systems, alarms and jobs are deleted too. Nothing changes on the systems themselves.
customers-delete-systems = Systems
customers-delete-alarms = Alarms
customers-delete-jobs = Jobs
customers-delete-hidden =
    { $count ->
        [one] One of them is not in the list as it is narrowed now.
       *[other] { $number } of them are not in the list as it is narrowed now.
    }
customers-delete-show = Look at all of them first
customers-delete-tick = I understand that this cannot be undone
customers-delete-kept =
    { $count ->
        [one] One customer is kept
       *[other] { $number } customers are kept
    }
customers-delete-do =
    { $count ->
        [one] Delete customer
       *[other] Delete { $number } customers
    }
customers-deleted =
    { $count ->
        [one] Customer deleted
       *[other] { $number } customers deleted
    }
customers-outcomes-title =
    { $count ->
        [one] Failed for one customer
       *[other] Failed for { $number } customers
    }
customers-outcomes-unseen = Customer not visible
customers-outcomes-select = Select these
customers-launch-title = Open { $application }?
customers-launch-body = It opens in the default browser with its own sign-in. Every launch is recorded in the audit log.
customers-launch-several = The browser may ask for permission to open several windows.
customers-launch-unopened =
    { $count ->
        [one] One address was not opened
       *[other] { $number } addresses were not opened
    }
customers-launch-skipped =
    { $count ->
        [one] One customer is skipped
       *[other] { $number } customers are skipped
    }
customers-launch-do =
    { $count ->
        [one] Open one address
       *[other] Open { $number } addresses
    }
customers-edit-several = Edit { $number } customers
customers-edit-several-body = Empty fields are unchanged.
customers-edit-several-do = Change { $number } customers
customers-edited =
    { $count ->
        [one] One customer changed
       *[other] { $number } customers changed
    }
customers-tags-add = Add tags
customers-tags-remove = Remove tags
customers-operators-add = Assign operators
customers-operators-remove = Remove operators
customers-operators-by-label = by label
customers-operators-find = Find by name
customers-notes-replace = Replace notes

unreachable-timed-out = The connection timed out.
unreachable-refused = The connection was refused.
unreachable-no-route = No route to this address.
unreachable-name-unknown = Host name not found.
unreachable-closed = The connection was closed.
unreachable-unavailable = The service is unavailable (503).
unreachable-tls = The encrypted connection failed.
unreachable-other = The connection failed.
customers-licences-all = All { $number } licences
customers-licences-fewer = Only what needs a look
customers-gone = Customer not available
customers-systems-title = Systems
customers-systems-all = All { $number } systems
customers-systems-fewer = Fewer systems
certificate-differs = differs
certificate-same = the same
certificate-line = Fact
customers-alarms-count =
    { $count ->
        [one] { $number } alarm
       *[other] { $number } alarms
    }
customers-services-count =
    { $count ->
        [one] { $number } service runs
       *[other] { $number } services run
    }
customers-edit-password = New service password
customers-edit-password-hint = For the telephone systems of all of them. Left empty, each keeps its own.
customers-edit-proxy-keep = As each of them has it
customers-edit-reached = Nothing is tested beforehand: each connection is asked anew as soon as it is saved.

## Connections

connections-title = Connections
connections-connected = { $connected } of { $connections } connected
connections-connected-short = { $connected }/{ $connections }
connections-main = Main
connections-choose-main = Show the customer by { $name }
connections-none = No connection: nothing is polled until one is added.
connections-none-stays = The organization stays, with its members, licences and history.
connections-none-archive = Archive organization…
connections-add = Add connection
connections-edit = Edit { $name }
connections-refresh = Poll { $name } now
connections-kind = Kind
connections-kind-ip_office = Telephone system (IP Office)
connections-kind-device = Camera or other device
connections-kind-video_server = Video server
connections-name = Name
connections-name-hint = Its name in Flotilla; without a name, its address is shown
connections-host-hint = As reachable from here
connections-user-name = User name
connections-user-name-windows = A Windows account of the server: DOMAIN\name, or the name alone
connections-password = Password
connections-systems =
    { $count ->
        [one] one system
       *[other] { $number } systems
    }
connections-since = since { $at }
connections-since-day = since { $at }
connections-first-account = Give it its first account…
connections-credentials-set = Enter credentials set on the device…
connections-next-try = next attempt { $in }
connections-monitoring-stop = Switch monitoring off
connections-monitoring-start = Switch monitoring on
connections-monitoring-stop-of = Switch off monitoring of { $name }
connections-monitoring-start-of = Switch on monitoring of { $name }
connections-monitoring-stopped =
    { $count ->
        [1] Monitoring of { $name } switched off
       *[other] Monitoring of { $number } connections switched off
    }
connections-monitoring-started =
    { $count ->
        [1] Monitoring of { $name } switched on
       *[other] Monitoring of { $number } connections switched on
    }
connections-monitoring-outcomes =
    { $count ->
        [one] Monitoring of { $number } connection was not switched
       *[other] Monitoring of { $number } connections was not switched
    }
connections-monitoring-unseen = Connection not visible
connections-gone = Somebody removed this connection
connections-gone-why = Its systems and alarms went with it. What is typed here stays: it can be added as a new connection, with the password typed again.
connections-gone-add = Add as a new connection
connections-certificate-until = certificate until { $date }
connections-certificate-expired = certificate expired since { $date }
connections-added = { $name } added
connections-saved = { $name } saved
connections-removed = { $name } removed
connections-remove = Remove { $name }
connections-remove-title = Remove the connection { $name }?
connections-remove-body = Its systems are no longer polled and disappear from the lists; their open alarms are cleared. Nothing changes on the systems themselves.
connections-remove-last = This is the last connection. The organization stays, with its members, licences and history, but without a connection. It can then be connected again, archived by an owner, or deleted by an administrator.
connections-remove-do = Remove connection

## Customers: form

customers-edit-title = Edit customer
customers-connection = Connection
customers-about = About the customer
customers-host-hint = Of the primary system, as reachable from here
customers-host = IP address or FQDN
customers-user-name = Service user name
customers-password = Service password
customers-password-kept = Leave empty to keep the stored password
customers-proxy-workspace = Workspace setting
customers-proxy-hint = The password is sent only after the certificate has been accepted.
customers-operators-hint = Operators see only the customers assigned to them; administrators see all.
customers-invalid = Check the highlighted fields
customers-added = { $name } added
customers-saved = { $name } saved
customers-test = Connection test
customers-test-do = Test connection
customers-test-again = Test again
customers-test-running = Connecting…
customers-test-needed = Required before saving
customers-test-unchanged = The connection is unchanged; no test is needed
customers-test-outdated = The connection was changed after the test
customers-test-found =
    { $count ->
        [one] One system, version { $version }
       *[other] { $number } systems, version { $version }
    }
customers-certificate-accept-test = Accept and test again
customers-without-contact = Save without contact
customers-without-contact-hint = The customer is marked “never tried” until the first contact.
customers-prepare = Preparation
customers-prepare-on-premises = On-premises, the service user COMAdmin is disabled and has no password. An administrator of the system enables it:
customers-prepare-cloud = In the cloud, the service user COMAdmin is already enabled. Its password is supplied with the system.
customers-prepare-step-1 = Sign in to Web Manager on the primary system.
customers-prepare-step-2 = Open Solution.
customers-prepare-step-3 = Under Actions, choose management by a cloud portal.
customers-prepare-step-4 = Set the password, then enable and synchronize.
customers-prepare-later = Every system added to the solution later needs this too; otherwise it does not appear here.
customers-prepare-editions = Server Edition and Select can be managed; Basic, Essential and Preferred Edition cannot.

## Import of customers and devices

import-title-customers = Import
import-title-devices = Import devices
import-command = Import customers from a file
import-crumbs = Breadcrumb
import-steps = Steps
import-step-file = File
import-step-check = Check
import-step-test = Test
import-step-save = Save
import-file = File
import-drop = Drop a CSV file here
import-file-why = Every row is added to a waiting list, where it is checked, corrected and tested. Nothing is stored until you save.
import-file-remarks =
    { $count ->
        [one] One remark about the columns of the file
       *[other] { $number } remarks about the columns of the file
    }
import-file-problems =
    { $count ->
        [one] The file has one error
       *[other] The file has { $number } errors
    }
import-choose-file = Choose file…
import-other-file = Other file…
import-template = Download template
import-mode = Mode for rows without their own
import-mode-short = Mode
import-mode-file = As set for the file
import-place = Where the devices are added
import-place-first = Choose an organization and a folder first
import-waiting = Unfinished imports
import-waiting-why = These imports were opened but not fully saved.
import-waiting-file = File
import-waiting-rows = Rows
import-waiting-opened = Opened
import-waiting-acts = Actions
import-format = File format
import-format-why-customers = A header with exactly these names, in any order, then one row for each customer.
import-format-why-devices = A header with exactly these names, in any order, then one row for each device.
import-format-required-customers = Highlighted names are required; the password only for a new customer. An empty port means 8443. Mode may be omitted.
import-format-required-devices = Highlighted names are required. An empty port means 443. Without a name, the device keeps the one it has.
import-format-cells-customers = Up to 5 tags, separated by ; (in a file with semicolons by |).
import-format-cells-devices = Folder: its names from the top down, separated by /. Folders that do not exist are created when you save. Left empty, the folder chosen for the file is used.
import-format-encoding = Comma, semicolon or tab; UTF-8, UTF-16, Windows-1252 or Shift_JIS are detected. At most 64 MiB.
import-columns-header = Columns…
import-columns-person = Columns: assigned…
import-columns-remembered-button = Columns: remembered…
import-columns-title = What each column contains
import-columns-why = Assign the columns of this file. Files with the same columns will be read the same way from now on.
import-columns-name = Column in the file
import-columns-samples = First cells
import-columns-is = Read as
import-columns-of = { $column } is read as
import-columns-leave = Left out
import-columns-nameless = Column { $number }
import-columns-hidden = hidden, as these may be passwords
import-columns-missing = Not assigned yet: { $columns }
import-columns-apply = Use these columns
import-columns-close = To the rows
import-columns-forget = Read by header again
import-columns-look = Review columns…
import-columns-remembered = Columns are read as they were assigned for an earlier file
import-columns-remembered-why = The file has the same columns. You can change what they are.
import-columns-none = The first line is not a header
import-columns-none-why-customers = It looks like a customer. Add a line with the names of the columns above it.
import-columns-none-why-devices = It looks like a device. Add a line with the names of the columns above it.
import-gaps = Missing in the file
import-gaps-title = The file does not say: { $what }
import-gaps-why = What you enter here applies to every row without its own. Each row can still be edited.
import-gaps-apply = Apply to these rows
import-gaps-change = Change…
import-gaps-filled = Rows without their own use: { $what }
import-gap-value = { $column } { $value }
import-gap-hidden = { $column } ••••••
import-gap-user_name =
    { $count ->
        [one] user of { $number } row
       *[other] user of { $number } rows
    }
import-gap-password =
    { $count ->
        [one] password of { $number } row
       *[other] password of { $number } rows
    }
import-gap-port =
    { $count ->
        [one] port of { $number } row
       *[other] port of { $number } rows
    }
import-start-again = Back to start
import-row-count =
    { $count ->
        [one] One row
       *[other] { $number } rows
    }
import-separator = Separator
import-separator-comma = Comma
import-separator-semicolon = Semicolon
import-separator-tab = Tab
import-encoding = Encoding
import-encoding-utf-8 = UTF-8
import-encoding-utf-16le = UTF-16, little endian
import-encoding-utf-16be = UTF-16, big endian
import-encoding-windows-1252 = Windows-1252
import-encoding-shift_jis = Shift_JIS
import-detect = Detect
import-detected = { $what }, detected
import-passwords =
    { $count ->
        [one] This file contains a plain-text password. Flotilla will remind you after saving.
       *[other] This file contains { $number } plain-text passwords. Flotilla will remind you after saving.
    }
import-rows = Rows waiting for import
import-search = Search rows
import-state-new = New
import-state-update = Update
import-state-unchanged = Unchanged
import-state-invalid = Invalid
import-changes = Changes: { $columns }
import-column-row = Row
import-column-state = State
import-column-host = IP address/FQDN
import-column-port = Port
import-column-name = Name
import-column-user_name = User
import-column-password = Password
import-column-telephone = Telephone
import-column-email = E-mail
import-column-tags = Tags
import-column-test = Connection test
import-column-mode = Mode
import-column-address = Postal address
import-column-notes = Notes
import-column-folder = Folder
import-cell = { $column }, row { $row }
import-password-hidden = hidden
import-password-kept = Leave empty to keep the one in the file
import-was = was { $value }
import-was-empty = empty
import-was-password = will be changed
import-tags-hint = Separated by ;
import-folder-hint = From the top down, separated by /; missing folders are created. Empty: the folder chosen for the file
import-folder-new = New folder “{ $folder }”
import-folders-new =
    { $count ->
        [one] One folder will be created
       *[other] { $number } folders will be created
    }
import-choose-all = Select all rows shown
import-choose-row = Select row { $row }
import-open-row = Open row { $row }
import-row-title = Row { $row }
import-row-new = New row
import-row-add = Add row
import-row-add-do = Add row
import-row-added = Row added
import-row-remove = Remove row
import-rows-remove = Remove rows
import-no-rows = There are no rows
import-no-rows-why = The file has no rows below its header, or all of them were removed.
import-test-waiting = Waiting
import-test-testing = Testing
import-test-mend-first = Fix errors first
import-test-not-needed = Not required
import-test-none = Not tested
import-test-factory-new = Factory-new
import-test-factory-new-why = It has no account yet. No password has been sent to it. When you save, it can be given the user name and password of its row as its first account.
import-test-do = Test connections
import-test-again = Test the others
import-test-these = Test these
import-test-cancel = Cancel test
import-accounts-cancel = Stop creating accounts
import-test-progress = { $done } of { $total }, { $atOnce } at a time
import-test-left = , about { $time } left
import-dock = Test and save
import-storable =
    { $count ->
        [one] One row to save
       *[other] { $number } rows to save
    }
import-untested =
    { $count ->
        [one] one without a successful test
       *[other] { $number } without a successful test
    }
import-connected =
    { $count ->
        [one] { $number } connected
       *[other] { $number } connected
    }
import-failed = { $number } failed
import-factory-new =
    { $count ->
        [one] { $number } factory-new
       *[other] { $number } factory-new
    }
import-untrusted =
    { $count ->
        [one] One certificate to review
       *[other] { $number } certificates to review
    }
import-save-hint = Saves the rows that connected. The others stay in this list.
import-save = Save { $number }…
import-save-any = Save…
import-save-title-customers = Save these customers?
import-save-title-devices = Save these devices?
import-save-none = No row has connected so far
import-locked = Wait until what is running has ended, or cancel it
import-not-testing = No test is running
import-no-certificates = No certificate waits for a review
import-save-do-customers =
    { $count ->
        [one] Save one customer
       *[other] Save { $number } customers
    }
import-save-do-devices =
    { $count ->
        [one] Save one device
       *[other] Save { $number } devices
    }
import-save-connected =
    { $count ->
        [one] One connected row is saved
       *[other] { $number } connected rows are saved
    }
import-save-without-contact =
    { $count ->
        [one] One row is saved without contact
       *[other] { $number } rows are saved without contact
    }
import-save-with-accounts =
    { $count ->
        [one] One factory-new device gets its first account and is saved
       *[other] { $number } factory-new devices get their first account and are saved
    }
import-save-folders =
    { $count ->
        [one] One folder is created
       *[other] { $number } folders are created
    }
import-save-unchanged =
    { $count ->
        [one] One unchanged row is removed from the list
       *[other] { $number } unchanged rows are removed from the list
    }
import-save-left =
    { $count ->
        [one] One row stays in the waiting list
       *[other] { $number } rows stay in the waiting list
    }
import-save-these-too =
    { $count ->
        [one] Save this one without contact too
       *[other] Save these { $number } without contact too
    }
import-save-first-accounts =
    { $count ->
        [one] Give one factory-new device its first account (with the user name and password of its row)
       *[other] Give { $number } factory-new devices their first account (with the user name and password of their row)
    }
import-save-first-accounts-hint = The account is an administrator on the device, and Flotilla signs in with it. This cannot be undone from here.
import-saved = Saved: { $added } added, { $updated } updated
import-stayed =
    { $count ->
        [one] One row was not saved; it is listed below.
       *[other] { $number } rows were not saved; they are listed below.
    }
import-changed = Changed meanwhile
import-changed-rows-customers =
    { $count ->
        [one] One row was not saved: its customer changed after it was previewed
       *[other] { $number } rows were not saved: their customers changed after they were previewed
    }
import-changed-rows-devices =
    { $count ->
        [one] One row was not saved: its device changed after it was previewed
       *[other] { $number } rows were not saved: their devices changed after they were previewed
    }
import-changed-more =
    { $count ->
        [one] one more
       *[other] { $number } more
    }
import-changed-show = Show them
import-line = Line of the file
import-line-why = Which cell is which cannot be told, often because of a separator that is not quoted. What may be a password is hidden. Fill in the fields below; they take the place of the line.
import-line-hidden = hidden
import-discard = Discard
import-discard-title = Discard the waiting list of { $name }?
import-discard-body-customers =
    { $count ->
        [one] One row and its corrections are lost. Customers and the file are not changed.
       *[other] { $number } rows and their corrections are lost. Customers and the file are not changed.
    }
import-discard-body-devices =
    { $count ->
        [one] One row and its corrections are lost. Devices and the file are not changed.
       *[other] { $number } rows and their corrections are lost. Devices and the file are not changed.
    }
import-discard-do = Discard list
import-certificates-title =
    { $count ->
        [one] One certificate to review
       *[other] { $number } certificates to review
    }
import-certificates-all = All { $number }
import-certificates-more = { $number } more are not shown; selecting all accepts them too.
import-certificates-accept =
    { $count ->
        [one] Accept and test again
       *[other] Accept { $number } and test again
    }
import-done = Import of { $name } complete
import-done-added =
    { $count ->
        [one] One customer added
       *[other] { $number } customers added
    }
import-done-added-devices =
    { $count ->
        [one] One device added
       *[other] { $number } devices added
    }
import-done-updated =
    { $count ->
        [one] One customer updated
       *[other] { $number } customers updated
    }
import-done-updated-devices =
    { $count ->
        [one] One device has its new address
       *[other] { $number } devices have their new addresses
    }
import-done-unchanged =
    { $count ->
        [one] One customer was unchanged
       *[other] { $number } customers were unchanged
    }
import-done-unchanged-devices =
    { $count ->
        [one] One device was already managed at its address
       *[other] { $number } devices were already managed at their addresses
    }
import-done-without-contact =
    { $count ->
        [one] One of them without contact
       *[other] { $number } of them without contact
    }
import-done-folders =
    { $count ->
        [one] One folder created
       *[other] { $number } folders created
    }
import-done-first-accounts =
    { $count ->
        [one] One factory-new device given its first account
       *[other] { $number } factory-new devices given their first account
    }
import-done-without-account =
    { $count ->
        [one] One factory-new device was not given its first account; its row says why
       *[other] { $number } factory-new devices were not given their first account; their rows say why
    }
import-done-home-customers = Show customers
import-done-home-devices = Show systems
import-done-again = Import another file
import-outside-customers = The imported customers are not in the chosen organization; the list of customers shows only that one.
import-outside-devices = The imported devices are not in the chosen organization; the list of systems shows only that one.
import-file-passwords =
    { $count ->
        [one] { $name } still contains a plain-text password
       *[other] { $name } still contains { $number } plain-text passwords
    }
import-file-delete-why = Flotilla no longer needs the file.
import-file-delete-yourself = Delete it where it is stored: Flotilla cannot access it from here.
import-file-delete = Delete file…
import-file-delete-title = Delete { $name }?
import-file-delete-body = The file is permanently deleted from this computer, not moved to the recycle bin.
import-file-delete-do = Delete file
import-file-deleted = { $name } deleted

## Organizations: members, invitations, folders, activity

error-invitation-unknown = This code is not valid
    .action = Check what you typed. The invitation may have been used, revoked, replaced by a newer one, or have ended; ask who invited you for another.
error-invitation-other-address = The invitation is for { $address }
    .action = Sign in with the account that has this e-mail address, or join as a new person.
error-member-already = Already a member
    .action = Change its role and folders in the list of members.
error-member-by-label = The membership comes from a label
    .action = It goes when no label of the account matches any more. Change the labels of the account.
error-member-no-promotion = No promotion is waiting
    .action = It may have been granted already.
act-members-set_access = Roles and access changed
act-members-remove = Members removed
act-members-promote = Promotion granted
act-invitations-send = People invited
act-invitations-renew = Invitation sent again
act-invitations-save_message = Invitation saved as e-mail
act-invitations-look = Invitation looked at
act-invitations-accept = Invitation accepted
act-invitations-accept_new = Invitation accepted with a new account
act-folders-set_zone = Time zone of a folder changed
audit-detail-invitations = invitations
audit-detail-zone = time zone
audit-detail-act = Action
audit-detail-devices = Devices
audit-detail-addresses = Addresses
audit-detail-ended = Ended
audit-detail-failed = Failed
audit-detail-first_accounts = First accounts
audit-detail-unknown = Not known
audit-detail-moved = Moved to another address
audit-detail-from = Former address
audit-detail-to = New address
audit-detail-job = job
audit-detail-targets = systems
audit-detail-skipped = left out
audit-detail-stopped = stopped
audit-detail-ways = Search methods
audit-detail-interfaces = Network interfaces
audit-detail-ranges = Address ranges
audit-reason-invitation = invitation not accepted
nav-members = Members
nav-activity = Activity
list-members-name = Name, e-mail
list-members-email = E-mail
list-members-role = Role
list-members-folders = Folders
list-members-origin = Origin
list-members-state = State
list-members-last_seen = Last seen
list-members-login = Login name
choice-members-role-owner = Owner
choice-members-role-admin = Admin
choice-members-role-operator = Operator
choice-members-role-viewer = Viewer
choice-members-origin-by_hand = By hand
choice-members-origin-invitation = Invitation
choice-members-origin-label = Label
choice-members-state-active = Active
choice-members-state-promotion_waiting = Promotion waiting
choice-members-state-invited = Invited
list-activity-at = Time
list-activity-who = User
list-activity-act = Action
list-activity-subject = Target
list-activity-result = Result
list-activity-details = Details
choice-activity-result-done = Done
choice-activity-result-refused = Refused
choice-activity-result-failed = Failed
list-systems-folder = Folder
list-systems-folder_id = Folder and below
invitation-subject = Invitation to { $organization } in Flotilla
invitation-moment =
    { $day } { $month ->
       *[1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
        [12] December
    } { $year }, { $time } ({ $zone })
invitation-text-place = Open { $place }, or join this workspace from Flotilla on your computer
invitation-text-no-place = Open Flotilla where this workspace is
invitation-text =
    Hello,

    { $inviter } invites you to { $organization } in Flotilla, as { $role }.

    1. { $place }.
    2. On the sign-in page, choose “I have an invitation” and enter this code:

    { $code }

    You begin as viewer; the role you were invited for is granted after your first sign-in. The code works once, for this e-mail address only, until { $until }.

    If you did not expect this message, you can ignore it.
invitation-have = I have an invitation
invitation-title = Accept an invitation
invitation-code = Invitation code
invitation-code-hint = 26 letters and digits, from the message you received
invitation-back = Back to sign-in
invitation-found = Invitation to { $organization }
invitation-found-why = For { $address }, as { $role }. You begin as viewer; the role is granted after your first sign-in.
invitation-who = Do you have an account in this workspace?
invitation-new = No, I am new here
invitation-existing = Yes, I have an account
invitation-accept-new = Create account and join
invitation-accept = Sign in and join
invitation-joined = You are now a member of { $organization }
members-invite = Invite…
members-invite-title = Invite people
members-access = Roles and access…
members-access-title = Roles and access
members-remove = Remove…
members-grant = Grant
members-grant-role = Grant { $role } to { $name }
members-grant-several = Grant promotions
members-every-folder = Every folder
members-other-folders =
    { $count ->
        [one] { $number } more folder
       *[other] { $number } more folders
    }
members-no-folder = No folder
members-not-signed-in = Has not signed in
members-label = Label “{ $labels }”
members-promotion-to = to { $role }
members-days-left =
    { $count ->
        [one] { $number } day left
       *[other] { $number } days left
    }
members-ended = ended
members-online = online
members-send-again = Send again…
members-revoke = Revoke invitation
members-more = More actions for { $name }
members-waiting =
    { $count ->
        [one] { $number } member waits for a promotion
       *[other] { $number } members wait for a promotion
    }
members-waiting-why = For safety every invitation is accepted as viewer; what the inviter chose is granted here after the first sign-in.
members-waiting-show = Show them
members-empty = No members
members-empty-why = People who work on this organization appear here.
members-promoted =
    { $count ->
        [one] Promotion granted
       *[other] { $number } promotions granted
    }
members-changed =
    { $count ->
        [one] Role and folders changed
       *[other] Role and folders of { $number } members changed
    }
members-removed =
    { $count ->
        [one] Removed
       *[other] { $number } removed
    }
members-remove-title =
    { $count ->
        [one] Remove { $name }?
       *[other] Remove { $number } members?
    }
members-remove-body = They no longer see this organization, at once. Their accounts stay. Invitations among them are revoked.
members-remove-do =
    { $count ->
        [one] Remove
       *[other] Remove { $number } members
    }
members-outcomes-title =
    { $count ->
        [one] { $number } member was left as it was
       *[other] { $number } members were left as they were
    }
members-outcomes-unseen = No longer a member
members-step-role = Role
members-step-folders = Folders
members-step-confirm = Confirm
members-role-owner-can = An owner has every folder and every right, may make other owners, and may archive the organization.
members-role-admin-can = An admin has every folder, and manages systems, licences, folders and members, but no owner.
members-role-operator-can = An operator works on the systems of the chosen folders: alarms, jobs, applications. Licences, members and folders stay with admins and owners.
members-role-viewer-can = A viewer sees the chosen folders and changes nothing.
members-role-owner-only = Only owners and administrators make or unmake owners.
members-folders-hold = Holds for all below, now and later
members-folders-choose = Choose at least one folder
members-folder-inherited = inherited
members-folder-was = was granted
members-folder-new = new
members-changes = What changes, at once
members-change-role = Role
members-change-visible = Visible systems
members-change-gains = Gains
members-change-loses = Loses
members-change-folder =
    { $count ->
        [one] { $name }, { $number } system
       *[other] { $name }, { $number } systems
    }
members-chosen =
    { $count ->
        [one] { $name }
       *[other] { $number } members
    }
members-next = Next
members-back = Back
members-apply = Apply
members-emails = E-mail addresses
members-emails-hint = One or several; Enter after each
members-emails-add = Add address
members-invite-viewer = Whatever you choose, the invitation is accepted as viewer. What goes beyond waits until it is granted here.
members-invite-do =
    { $count ->
        [one] Invite { $number } person
       *[other] Invite { $number } people
    }
members-invited =
    { $count ->
        [one] { $number } invitation is ready
       *[other] { $number } invitations are ready
    }
members-invited-why = Pass each one on now: its code is shown only here. Later it can only be sent again, with another code. Valid until { $until }.
members-codes-title = Leave without passing on the codes?
members-codes-body = The codes are shown only here. An invitation that was not passed on can only be sent again, with another code.
members-codes-do = Leave
members-invited-correct = Correct addresses
members-invited-not = Not invited
members-copy-text = Copy text
members-copy-text-of = Copy the text for { $email }
members-text = Text of the invitation
members-save-message = Save as e-mail…
members-save-message-of = Save the invitation to { $email } as an e-mail file
members-message-saved = { $name } saved
members-done = Done
organizations-tab-general = General
organizations-tab-folders = Folders
organizations-tab-activity = Activity
organizations-archive-no-refund = Licences are frozen: subscription years and shelf life run on, and nothing is refunded. Scheduled jobs are stopped.
organizations-archive-wallet_licences = Licences in wallets
organizations-archive-subscriptions = Running subscriptions
organizations-archive-waiting_licences = Licences that wait for a start
organizations-archive-hardware_licences = Licences of hardware
organizations-restore-confirmation = Paste the organization ID
activity-empty = No activity yet
activity-empty-why = Who did what, and when, appears here.
activity-entry = Entry of { $time }
members-act-access = Roles and access of the selected members
members-act-remove = Remove the selected members
organizations-act-members = Members of the chosen organization
organizations-act-folders = Folders of the chosen organization
organizations-act-activity = Activity of the chosen organization
organizations-act-choose-first = Choose an organization at the top first
systems-act-move = Move the selected systems to a folder
folders-title = Folders
folders-all = All folders
folders-expand = Expand { $name }
folders-collapse = Collapse { $name }
folders-more = Actions for { $name }
folders-new = New folder…
folders-new-title = New folder in { $name }
folders-create = Create folder
folders-rename = Rename…
folders-rename-title = Rename { $name }
folders-rename-do = Rename
folders-move = Move…
folders-move-title = Move { $name } into
folders-move-do = Move
folders-zone = Time zone…
folders-zone-title = Time zone of { $name }
folders-zone-own = Time zone
folders-zone-inherit = Inherit from the folder above
folders-zone-inherited = Inherited: { $zone }
folders-zone-saved = Time zone saved
folders-delete = Delete…
folders-delete-title = Delete { $name }?
folders-delete-do = Delete folder
folders-delete-advice = Disconnect on-premises applications that synchronise with this folder first. One that synchronises into a missing folder can be damaged in a way that only its maker can repair.
folders-delete-tick = No application synchronises with this folder any more
folders-delete-members = These members lose their access by this folder:
folders-delete-no-members = No member has access by this folder alone.
folders-delete-invitations =
    { $count ->
        [one] { $number } invitation into this folder is revoked.
       *[other] { $number } invitations into this folder are revoked.
    }
folders-delete-full = The folder is not empty
folders-delete-full-why = Move or remove its contents first.
folders-delete-applications =
    { $count ->
        [one] { $number } system in this folder may synchronise with it automatically:
       *[other] { $number } systems in this folder may synchronise with it automatically:
    }
folders-delete-systems =
    { $count ->
        [one] Show its { $number } system
       *[other] Show its { $number } systems
    }
folders-delete-folders =
    { $count ->
        [one] Show its { $number } folder
       *[other] Show its { $number } folders
    }
folders-name = Name
folders-created = { $name } created
folders-renamed = Renamed to { $name }
folders-moved = { $name } moved into { $into }
folders-deleted = { $name } deleted
folders-systems = Systems
folders-systems-in =
    { $count ->
        [one] { $number } system
       *[other] { $number } systems
    }
folders-states = { $state }: { $number }
folders-hint = Drag a folder or systems onto a folder to move them; or use the menu.
systems-move-title =
    { $count ->
        [one] Move { $number } system into
       *[other] Move { $number } systems into
    }
systems-move = Move…
systems-move-do =
    { $count ->
        [one] Move { $number } system
       *[other] Move { $number } systems
    }
systems-moved =
    { $count ->
        [one] { $number } system moved into { $into }
       *[other] { $number } systems moved into { $into }
    }
systems-move-outcomes =
    { $count ->
        [one] { $number } system was not moved
       *[other] { $number } systems were not moved
    }
systems-move-unseen = System not visible
systems-move-one = Choose one organization at the top first

## Licences

list-licences-customer = Customer
list-licences-product = Product
list-licences-status = Licence status
list-licences-status_date = Status date
list-licences-next_date = Next date
list-licences-shortage = Short
list-licences-need = Need
list-licences-wallet = Wallet
list-licences-waiting = Waiting
list-licence_lots-place = Use
list-licence_lots-key = Key
list-licence_lots-customer = Customer
list-licence_lots-product = Product
list-licence_lots-product_id = Product
list-licence_lots-licence_type = Type
list-licence_lots-term = Term (years)
list-licence_lots-origin = Kind
list-licence_lots-issuer = Issuer
list-licence_lots-purpose = Purpose
list-licence_lots-order = Order
list-licence_lots-redeemed = Redeemed
list-licence_lots-shelf_end = Shelf life ends
list-licence_lots-quantity = In lot
list-licence_lots-left = Left
list-licence_lots-allocated = Allocated
list-licence_lots-waiting = Waiting
list-licence_lots-expired = Expired
list-licence_lots-state = State
list-licence_history-number = Entry
list-licence_history-day = Date
list-licence_history-customer = Customer
list-licence_history-product = Product
list-licence_history-product_id = Product
list-licence_history-kind = What
list-licence_history-wallet = Wallet
list-licence_history-account_name = Who
list-licence_history-reason = Why
list-licence_history-screen = From page
list-licence_history-at = Written at
list-licence_endings-date = Last day
list-licence_endings-customer = Customer
list-licence_endings-product = Product
list-licence_endings-product_id = Product
list-licence_endings-kind = What ends
list-licence_endings-quantity = Licences
list-licence_endings-short = Short
list-licence_endings-wallet = Wallet
list-licence_endings-key = Key
list-licence_endings-quiet = Covered
choice-licences-status-registered = Registered
choice-licences-status-not_registered = Not registered
choice-licences-status-trial = Trial
choice-licences-status-trial_ended = Trial ended
choice-licences-status-started = Subscription started, grace period
choice-licences-status-renewal_due = Renewal due, grace period
choice-licences-status-unlicensed = Unlicensed
choice-licences-status-beyond_growth = Beyond the growth allowance
choice-licences-status-nothing_needed = Nothing needed
choice-licences-status-licensed = Licensed
choice-licences-status-archived = Archived
choice-licence_lots-origin-signed = Signed
choice-licence_lots-origin-declared = Declared
choice-licence_lots-origin-credit = Credit, late allocation
choice-licence_lots-origin-opening = Opening
choice-licence_lots-purpose-subscription = Subscription
choice-licence_lots-purpose-expansion = Expansion
choice-licence_lots-purpose-upgrade = Upgrade
choice-licence_lots-state-usable = Usable
choice-licence_lots-state-waiting = Waiting
choice-licence_lots-state-expired = Expired
choice-licence_lots-state-used_up = Used up
choice-licence_history-kind-registered = Product registered
choice-licence_history-kind-trial_started = Trial started
choice-licence_history-kind-subscription_started = Subscription started
choice-licence_history-kind-need_changed = Need changed
choice-licence_history-kind-redeemed = Key redeemed
choice-licence_history-kind-allocated = Allocated
choice-licence_history-kind-transfer_sent = Transfer sent
choice-licence_history-kind-transfer_received = Transfer received
choice-licence_history-kind-transfer_recalled = Transfer recalled by the sender
choice-licence_history-kind-transfer_returned = Transfer returned
choice-licence_history-kind-expansion_allocated = Allocated to a system
choice-licence_history-kind-upgraded = Upgrade used
choice-licence_history-kind-offline_issued = Licence file issued
choice-licence_history-kind-offline_confirmed = Licence file confirmed
choice-licence_history-kind-offline_returned = Returned by a system
choice-licence_history-kind-offline_lapsed = Licence file lapsed
choice-licence_history-kind-hardware_registered = Hardware registered
choice-licence_history-kind-hardware_removed = Hardware removed
choice-licence_history-kind-opened = Opening balance
choice-licence_history-kind-reconciled = Reconciled
choice-licence_history-kind-reversed = Reversed
choice-licence_history-kind-ended = Subscription ended
choice-licence_history-kind-archived = Frozen: organization archived
choice-licence_history-kind-restored = Released: organization restored
choice-licence_history-kind-year_began = Year began
choice-licence_history-kind-year_licensed = Year licensed
choice-licence_history-kind-shelf_life_ended = Expired: shelf life ended
choice-licence_endings-kind-trial = Trial
choice-licence_endings-kind-grace = Grace period
choice-licence_endings-kind-year = Subscription year
choice-licence_endings-kind-shelf_life = Shelf life
choice-licence_endings-kind-waiting_shelf_life = Shelf life, waiting for activation

## Licences: pages

licences-list-licences = Products
licences-list-endings = What ends
licences-list-lots = Wallets
licences-list-history = History
licences-product = Product
licences-products = Product list
licences-products-held = Registered
licences-products-others = Not registered
licences-no-products = The catalogue has no products
licences-no-products-why = An administrator can add products to the catalogue.
licences-where = Where you are
licences-parts = Parts of the product
licences-tab-overview = Product overview
licences-tab-licensing = Product licensing
licences-tab-wallet = Product wallet
licences-tab-systems = Systems
licences-tab-history = History
licences-more = More actions
licences-more-of = More actions for { $name }
licences-where-to-buy = Where to buy
licences-buy-at = Buy at { $name }
licences-buy-from = Your contact: { $name }
licences-notices = Licence notices
licences-notice-of = { $customer }, { $product }:
licences-notice-grace_ends = { $count ->
        [0] The grace period ends on { $date }.
        [one] The grace period ends on { $date }; { $count } licence is missing.
       *[other] The grace period ends on { $date }; { $count } licences are missing.
    }
licences-notice-grace_began = { $count ->
        [0] A grace period runs until { $date }.
        [one] A grace period runs until { $date }; { $count } licence is missing.
       *[other] A grace period runs until { $date }; { $count } licences are missing.
    }
licences-notice-growth = { $count ->
        [one] { $count } licence is due beyond the growth allowance.
       *[other] { $count } licences are due beyond the growth allowance.
    }
licences-notice-shelf_life = { $count ->
        [one] { $count } licence in the wallet can be allocated until { $date } only.
       *[other] { $count } licences in the wallet can be allocated until { $date } only.
    }
licences-notice-dismiss = Dismiss this notice of { $customer }, { $product }
licences-notices-more = { $count ->
        [one] { $count } more notice
       *[other] { $count } more notices
    }
test-clock-name = Copy at another date
test-clock-today = What if today were { $date }
test-clock-why = This is a copy: nothing is written back, and no system is contacted.
test-clock-another = Another date…
test-clock-leave = Discard copy and return
test-clock-command = What if today were…
test-clock-title = What if today were another date?
test-clock-body = A copy of the workspace is opened at that date. Nothing you do there is written back, no system is contacted from it, and it is discarded when you leave it.
test-clock-body-on = The copy goes forward to that date. It cannot go back.
test-clock-date = Date
test-clock-date-hint = From tomorrow to 20 years ahead
test-clock-open = Open copy
test-clock-go-on = Go to date
licences-back = Back
licences-not-now = Not possible in this state
licences-by-status = By licence status
licences-empty = No product is registered yet
licences-empty-why = Open an organization to see its product list, and register the products it uses.
licences-empty-why-here = The product list shows what there is. Register the products this organization uses.
licences-soon = Ends within 90 days: { $number }
licences-soon-here = Ends within 90 days
licences-command-soon = Show which licences end within 90 days
licences-command-products = Open the product list of licences
licences-command-redeem = Redeem licence keys for the selected product
licences-command-allocate = Allocate or renew licences of the selected product
licences-command-transfer = Transfer licences of the selected product
licences-command-catalogue = Open the product catalogue
licences-command-issuers = Open the licence key issuers
licences-clock-behind = This computer’s clock is behind. Licence dates use { $date }
licences-clock-behind-why = A later time has been seen in the ledger. Set the clock, so that today is the same everywhere.
licences-status-archived = Archived
licences-status-not_registered = Not registered
licences-status-registered = Registered
licences-status-trial = Trial until { $date }
licences-status-trial_ended = Trial ended on { $date }
licences-status-started = Subscription started, grace until { $date }
licences-status-renewal_due = Renewal due, grace until { $date }
licences-status-unlicensed = Unlicensed since { $date }
licences-status-beyond_growth = Beyond the growth allowance by { $number }
licences-status-nothing_needed = Nothing needed
licences-status-licensed = Licensed until { $date }
licences-means-archived = The organization is archived. Its licences are frozen until it is restored.
licences-means-not_registered = A product has to be registered with the organization before it can be licensed.
licences-means-registered = Start the subscription when the product is put to use.
licences-means-trial = The product can be used until then without licences.
licences-means-trial_ended = Start the subscription to go on using the product.
licences-means-started = Licences can be allocated until then; nothing is lost meanwhile.
licences-means-renewal_due = Licences can be allocated until then; nothing is lost meanwhile.
licences-means-unlicensed = The product is not licensed. What is allocated now is compensated for the days that are gone.
licences-means-beyond_growth = More was added during the year than { $percent } % of what was allocated. Allocate what is due.
licences-means-nothing_needed = No system needs licences. The first that does opens a grace period of { $days } days.
licences-means-licensed = All that is needed is allocated.
licences-days-left =
    { $count ->
        [one] { $count } day left.
       *[other] { $count } days left.
    }
licences-missing-for = { $what } missing for the year that began on { $date }.
licences-registered-on = Registered
licences-started-on = Started
licences-licensed-until = Licensed until
licences-next-anniversary = Next anniversary
licences-trial-until = Trial until
licences-ended-on = Ended
licences-catalogue = Product catalogue
licences-version = version { $version }
licences-amount = { $number } { $name }
licences-amount-term = { $what } ({ $term })
licences-term =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
licences-term-none = no term
licences-term-head = Term
licences-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
licences-left =
    { $count ->
        [one] { $count } day left
       *[other] { $count } days left
    }
licences-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
licences-days-of = { $name } licence-days
licences-licences =
    { $count ->
        [one] licence
       *[other] licences
    }
licences-waiting-count =
    { $count ->
        [one] { $count } licence is waiting
       *[other] { $count } licences are waiting
    }
licences-from = from { $date }
licences-from-to = { $from } to { $until }
licences-next-step = Next step
licences-next-step-why = What the status asks for.
licences-step-register = Register the product with this organization. It costs nothing and starts nothing.
licences-step-start = Start the subscription. A grace period of { $days } days begins, in which licences are bought, redeemed and allocated.
licences-step-allocate = The wallet has licences. Allocate them to the subscription year.
licences-step-redeem = The wallet does not have enough licences. Buy licences, then redeem their keys.
licences-step-none = Nothing has to be done now.
licences-step-others = An owner or admin of the organization looks after its licences.
licences-do-register = Register…
licences-do-trial = Start trial…
licences-do-start = Start your subscription…
licences-do-allocate = Allocate…
licences-do-renew = Renew…
licences-do-redeem = Redeem key…
licences-do-transfer = Transfer…
licences-do-recall = Recall…
licences-do-need = Set need…
licences-do-system = Allocate licences…
licences-do-upgrade = Use upgrade…
licences-do-open = Enter opening balance…
licences-do-reconcile = Compare with the vendor…
licences-do-end = End subscription…
licences-do-reverse = Reverse…
licences-now = Today
licences-need = Need
licences-nothing = nothing
licences-ending = End within 90 days
licences-ending-first = { $number }, the first on { $date }
licences-need-pending = The systems need something else by now. It is written down with the next action, or within the hour.
licences-transfers = Transfers
licences-waiting-here = Licences are waiting for this product
licences-waiting-here-why = They enter the wallet as soon as a trial or the subscription is started.
licences-sent-to = { $what } to { $customer }
licences-sent-from = { $what } from { $customer }
licences-sent-why = Sent on { $date }. They enter its wallet when it starts { $product }; their shelf life runs until { $end }.
licences-received-why = Sent on { $date }. They enter the wallet when { $product } is started; their shelf life runs until { $end }.
licences-unknown-organization = an organization you cannot see
licences-rules = What holds for this product
licences-rules-why = From the product catalogue, version { $version }. A running subscription keeps its version until its next year.
licences-fact = Fact
licences-facts = Sources
licences-value = Value
licences-source = Source
licences-assumed = assumed
licences-source-title = “{ $title }”
licences-assumed-why = No document says it; it is assumed and can be changed in the catalogue.
licences-assumed-count = Assumed
licences-fact-name = Name
licences-fact-types = Licence types
licences-fact-terms = Terms
licences-fact-grace_days = Grace period
licences-fact-trial_days = Trial
licences-fact-storage_years = Storage
licences-fact-ahead_years = Renewal in advance
licences-fact-tolerance_percent = Growth allowance
licences-fact-transferable = Transfer to other organizations
licences-fact-substitutions = Substitutions
licences-fact-hardware = Hardware with licences
licences-fact-where_to_buy = Where to buy
licences-fact-part_numbers = Part numbers
licences-unit-trial_days = days
licences-unit-grace_days = days
licences-unit-storage_years = years
licences-unit-ahead_years = years
licences-unit-tolerance_percent = %
licences-no-trial = none
licences-assumptions = What was assumed
licences-assumptions-why = The manuals leave gaps. These rules close them, so that every number can be checked.
licences-rule-need = Need.
licences-rule-need-why = Per system and type: what is required, less what is bound to the hardware and allocated as expansion; the rest may be covered by a type that stands in for it.
licences-rule-licensed = Licensed.
licences-rule-licensed-why = A year is licensed once every type has as much as it needs. From then on its need is frozen; later years follow the systems.
licences-rule-growth = Growth.
licences-rule-growth-why = Systems that are added later count in the next year, up to { $percent } % of what was allocated. What goes beyond is due at once.
licences-rule-nothing = Nothing needed.
licences-rule-nothing-why = A year without need has a grace period of { $days } days from the first day on which something is needed.
licences-rule-terms = Terms.
licences-rule-terms-why = A licence of several years is allocated to all of its years at once and never split. Among the lots those are proposed that leave the least unused.
licences-rule-late = Late allocation.
licences-rule-late-why = Within the { $days } days of grace nothing is compensated. Later, the days that are gone are given back as licences of one year; the rest is kept as licence-days. Dates never move.
licences-by-year = Licensing by year
licences-every-number = every number opens what it is made of
licences-year = Subscription year
licences-year-now = now
licences-state = State
licences-grace = Grace until
licences-frozen = Frozen at
licences-frozen-why = What was allocated when the year became licensed; growth is measured against it.
licences-allocated = Allocated
licences-short = Short
licences-year-past = Over
licences-year-allocated = Allocated
licences-year-licensed = Licensed
licences-year-grace = Short { $number }
licences-year-unlicensed = Short { $number }
licences-year-nothing_needed = Nothing needed
licences-year-short = Short { $number }
licences-year-not_allocated = Not allocated
licences-allocate-nothing = Nothing to allocate
licences-allocate-nothing-why = No system needs licences of this product in these years. What a system needs is set on the systems page.
licences-years-nothing = No system needs licences of this product yet.
licences-allocate-for = Allocate
licences-years-to-allocate = Years to allocate
licences-years-unit =
    { $count ->
        [one] year
       *[other] years
    }
licences-covers = Wallet covers it
licences-missing = Missing: { $what }
licences-missing-why = Counted as licences of one year. Redeem keys, or choose fewer years.
licences-all-years = Every year within reach is licensed
licences-allocate-number = Allocate { $number }…
licences-no-subscription = No subscription yet
licences-no-subscription-why = Years begin with the subscription. One that already runs at the vendor is entered as an opening balance.
licences-wallet-empty = empty
licences-wallet-has =
    { $count ->
        [one] { $count } licence can be used
       *[other] { $count } licences can be used; the first to end is used first
    }
licences-to-wallet = Product wallet
licences-lots = Lots
licences-lot = Lot
licences-lot-credit = Credit, late
licences-lot-opening = Opening balance
licences-lot-option = { $key }: { $what }, until { $date }
licences-first-first = the first to end is used first
licences-show-gone = Show expired and used up
licences-lots-none = No lot has come into this wallet yet.
licences-lots-none-usable = No licences to use. Redeem licence keys to fill the wallet.
licences-lots-more = The first { $shown } of { $total } lots are shown.
licences-lots-empty = No licences in any wallet
licences-lots-empty-why = Redeem licence keys on a product’s page; what they hold is kept here for up to five years.
licences-note = Note
licences-origin-signed = Signed
licences-origin-declared = Declared
licences-origin-credit = Credit
licences-origin-opening = Opening
licences-signed-by = Signed by { $issuer }
licences-signed-by-revoked = Signed by { $issuer }, revoked since
licences-purpose-subscription = Subscription
licences-purpose-expansion = Expansion
licences-purpose-upgrade = Upgrade
licences-can-allocate = Can be used
licences-licence-years = Licence-years
licences-first-on = the first on { $date }
licences-on-the-way = On the way
licences-waiting-elsewhere = waiting elsewhere
licences-residual = Kept from compensation
licences-shelf-label = Shelf life of the lots: { $lots }
licences-shelf-of = { $lot } until { $date }
licences-shelf-until = until { $date }
licences-postings = Postings
licences-postings-count =
    { $count ->
        [one] { $count } posting
       *[other] { $count } postings
    }
licences-postings-why = A number is the sum of its postings; each belongs to an entry of the ledger.
licences-postings-several = Licences of several years also count in the years that follow their first.
licences-postings-newest = Only the newest { $number } postings are shown; the whole ledger is in the export.
licences-no-postings = Nothing has been posted here.
licences-no-postings-entry = This entry moves no licences.
licences-entry = Entry
licences-account = Account
licences-number = Number
licences-number-of = Number of { $lot }
licences-all-types = All types
licences-account-issuer = Issuer
licences-account-wallet = Wallet
licences-account-year = Allocated to { $year }
licences-account-some-year = Allocated to a subscription year
licences-account-system = Allocated to a system
licences-account-offline = In a licence file, not confirmed
licences-account-transit = In transit
licences-account-waiting = Waiting for activation
licences-account-frozen = Frozen
licences-account-expired = Expired
licences-account-consumed = Used up
licences-account-returned = Returned
licences-account-residual = Kept from compensation
licences-all-entries =
    { $count ->
        [one] { $count } entry
       *[other] All { $count } entries
    }
licences-by-clock = Flotilla
licences-by-clock-why = Flotilla, when the day came
licences-reverse-key = The key stays used
licences-reverse-key-why = A key is accepted once, ever: it cannot be redeemed again after this, here or elsewhere. To give the licences to another organization, transfer them.
licences-reversed = This entry has been reversed
licences-export = Export ledger
licences-export-journal = Journal for hledger
licences-export-json = JSON with hashes
licences-history-empty = Nothing has happened yet
licences-history-empty-why = Whatever is done with licences is written here, by whom and why.
licences-screen-licences = Licences
licences-screen-products = Product list
licences-screen-overview = Product overview
licences-screen-licensing = Product licensing
licences-screen-wallet = Product wallet
licences-screen-systems = Systems
licences-screen-history = History
licences-screen-redeem = Redeem keys
licences-screen-open = Opening balance
licences-screen-reconcile = Compare with the vendor
licences-do-file = Upload system file
licences-do-hardware = Register hardware
licences-views = Kinds of systems
licences-view-found = Connected
licences-view-offline = Offline systems
licences-view-hardware = Hardware
licences-reference = Reference
licences-screen-file = System file
licences-offline-none = No offline systems
licences-offline-none-why = Export a system file on a system without a network and upload it here.
licences-offline-system = System
licences-offline-state = State
licences-offline-needs = Needs
licences-offline-holds = Holds
licences-offline-number = Number of the file
licences-offline-returned = { $count ->
    [one] Show { $count } returned system
   *[other] Show { $count } returned systems
 }
licences-offline-issuer = Save public key
licences-offline-issuer-why = The system checks the licence file with this public key; it is needed once on each system.
licences-offline-state-requested = Requested
licences-offline-state-pending = Pending
licences-offline-state-licensed = Licensed
licences-offline-state-lapsed = Lapsed
licences-offline-state-returned = Returned
licences-offline-state-lost = Lost
licences-offline-until = Can be used until { $date }
licences-offline-replaced-by = Replaced by { $name }
licences-offline-waits = A new request is waiting
licences-offline-source-of-system_file = From its system file
licences-offline-source-of-by_hand = Entered by hand
licences-offline-pending = { $what } pending
licences-offline-do-issue = Issue licence file
licences-offline-do-save = Save licence file again
licences-offline-do-confirmed = Confirm by hand
licences-offline-do-returned = Licences returned
licences-offline-do-lapse = Let the licence file lapse
licences-offline-issued = Licence file for { $name } issued
licences-offline-next = Take the file to the system by { $date } and bring back its confirmation file. Until then the licences are pending.
licences-offline-save = Save licence file
licences-offline-confirmation = Upload confirmation file
licences-offline-answered = This request has been answered
licences-offline-answered-why = Export a new system file on the system to change its licences.
licences-offline-from-year = First year
licences-offline-years = Term
licences-offline-replaces = Replaces a lost system
licences-offline-replaces-hint = { $count ->
    [0] No more lost systems can be replaced until one is returned.
    [one] { $count } more lost system can be replaced before one is returned.
   *[other] { $count } more lost systems can be replaced before one is returned.
 }
licences-offline-replaces-none = None
licences-offline-missing = Missing: { $what }
licences-offline-missing-why = Neither the wallet nor this year’s free allocations cover what the system needs.
licences-offline-contents = Contents of the licence file
licences-offline-source = From
licences-offline-source-wallet = Wallet
licences-offline-source-year = Allocated to the year
licences-offline-source-replaced = Lost system
licences-offline-source-kept = Already with the system
licences-offline-from = First day
licences-offline-last = Last day
licences-offline-for-good = No end
licences-offline-sum = { $count ->
    [one] The file contains { $number } licence
   *[other] The file contains { $number } licences
 } and can be used until { $date }.
licences-offline-issue = Issue and save licence file
licences-hardware-why = Licences that come with hardware count while it is registered. They never enter the wallet.
licences-hardware-none = No hardware registered
licences-hardware-none-why = Register hardware that comes with licences by its serial number.
licences-hardware-serial = Serial number
licences-hardware-model = Model
licences-hardware-system = Built into
licences-hardware-system-hint = A system without a network; what it needs is reduced by what the hardware carries.
licences-hardware-system-none = No system without a network
licences-hardware-carries = Licences
licences-hardware-since = Since
licences-hardware-state-active = Active
licences-hardware-state-suspended = Suspended
licences-hardware-source-catalogue = Catalogue
licences-hardware-source-system_file = System file
licences-hardware-source-by_hand = Entered by hand
licences-hardware-do-remove = Remove
licences-hardware-do-again = Register again
licences-hardware-body = The licences become active with the registration and stay with this hardware.
licences-hardware-known = The catalogue says how many licences this model carries.
licences-hardware-again = This hardware was registered before; it has the same licences as then.
licences-hardware-reference-hint = For example the delivery note or the type plate.
licences-hardware-done = Hardware { $serial } registered with { $customer }
licences-outcome-gone = It is no longer there; someone else may have changed it.
licences-outcome-confirmed-title = Confirm the licence file of { $name } by hand
licences-outcome-confirmed-body = Say so only if you know that the system has taken the file in. The entry is marked as attested by you.
licences-outcome-confirmed-confirm = Confirm
licences-outcome-confirmed-done = Licence file of { $name } confirmed
licences-outcome-returned-title = Have { $name } returned its licences?
licences-outcome-returned-body = The system must no longer use any licences. Pending licences go back to the wallet; used ones stay allocated to their years, for other systems.
licences-outcome-returned-confirm = Licences returned
licences-outcome-returned-done = Licences of { $name } returned
licences-outcome-lapse-title = Let the licence file of { $name } lapse
licences-outcome-lapse-body = The file can no longer be used, and no confirmation has arrived. Its licences go back to where they were.
licences-outcome-lapse-confirm = Let it lapse
licences-outcome-lapse-done = Licence file of { $name } lapsed
licences-outcome-hardware-remove-title = Remove hardware { $name }
licences-outcome-hardware-remove-body = Its licences are suspended. They become active again where its serial number is registered next.
licences-outcome-hardware-remove-confirm = Remove hardware
licences-outcome-hardware-remove-done = Hardware { $name } removed
licences-file-title = System file
licences-file-steps = Steps
licences-file-step-choose = File
licences-file-step-says = What it says
licences-file-step-answer = Licence file
licences-file-step-saved = Confirmation
licences-file-choose = Choose the file of the system
licences-file-choose-why = A request or a confirmation that a system without a network has written, or another file that describes it.
licences-file-pick = Choose file
licences-file-another = Choose another file
licences-file-finish = Finish
licences-file-take = Accept confirmation
licences-file-accept = Register request
licences-file-returned = { $name } has returned its licences
licences-file-confirmed = Licence file of { $name } confirmed
licences-file-kind-request = Request of a system
licences-file-kind-confirmation = Confirmation of a system
licences-file-kind-other = Another file
licences-file-says-returned = { $name } has given its licences back
licences-file-says-confirmed = { $name } has taken its licence file in
licences-file-other = This is not one of Flotilla’s files
licences-file-other-why = It is kept with its checksum. Enter below what it says about the system.
licences-file-name = File
licences-file-name-size = { $name }, { $size }
licences-file-bytes = { $count ->
    [one] { $number } byte
   *[other] { $number } bytes
 }
licences-file-made = Made on
licences-file-signed = Signature
licences-file-is-signed = Signed by the system
licences-file-unsigned = Not signed
licences-file-version = Version
licences-file-hardware = Hardware IDs
licences-file-hardware-hint = One per line.
licences-file-digest = SHA-256
licences-file-no-needs = The system needs no licences
licences-file-values = What could be read
licences-file-entered = What the file says
licences-file-which-product = Choose a product
licences-file-system-hint = As the system calls itself, without spaces.
licences-file-need-of = Need: { $name }
licences-file-reference-hint = Where the file says so, for example a page or a field.
licences-period = Period
licences-by-month = By month
licences-later = later
licences-next-days = { $number } days
licences-next-year = 12 months
licences-all-dates = All
licences-show-quiet = Also what is covered
licences-endings-empty = Nothing ends that asks for anything
licences-endings-empty-why = Trials, grace periods, subscription years and shelf lives appear here. What is covered already can be shown, too.
licences-no-systems = This organization has no systems yet
licences-no-systems-why = Systems appear with the organization’s first connection. Their need can also be set by hand.
licences-need-today = Need today
licences-need-from-systems = systems, by the catalogue’s rule
licences-need-from-files = systems without a network
licences-need-from-by_hand = set by hand
licences-need-from-hardware = brought by hardware
licences-need-by-hand = set by hand
licences-need-by-rule = from the systems, by the catalogue’s rule
licences-need-each =
    { $count ->
        [one] { $count } licence for each: { $kinds }
       *[other] { $count } licences for each: { $kinds }
    }
licences-need-title = Set need
licences-need-whole = For the organization as a whole, beside what its systems need.
licences-need-system = For the system { $name }, in place of the catalogue’s rule.
licences-need-how = How the need comes about
licences-need-number = A number set by hand
licences-need-rule = By the catalogue’s rule
licences-need-none = Only by its systems
licences-need-licences = Licences needed
licences-need-when = It counts for years that are not licensed yet; a licensed year keeps its need.
licences-need-done = Need saved
licences-of-system = Allocated to this system
licences-right-organization = Check that this is the right organization: licences and dates belong to it.
licences-register-title = Register { $product }?
licences-register-body = The product can then be tried, started and licensed in this organization.
licences-register-confirm = Register product
licences-register-done = { $product } registered with { $customer }
licences-trial-title = Start the trial of { $product }?
licences-trial-body =
    { $count ->
        [one] It runs for one day, until { $date }, and once only in this organization.
       *[other] It runs for { $count } days, until { $date }, and once only in this organization.
    }
licences-trial-confirm = Start trial
licences-trial-done = Trial of { $product } started
licences-start-title = Start the subscription of { $product }
licences-start-when = When its years begin
licences-start-with = Together with { $product }
licences-start-with-why = The same anniversaries, counted from { $start }; the next on { $next }
licences-start-today = Today
licences-start-today-why = Every year on the anniversary of { $date }
licences-start-means-later = Nothing is needed yet: the grace period of { $days } days begins with the first system that needs licences. The dates of the years do not move afterwards.
licences-start-means = A grace period of { $days } days begins, until { $date }: buy, redeem and allocate licences meanwhile. The dates of the years do not move afterwards.
licences-start-waiting =
    { $count ->
        [one] { $count } licence that waits enters the wallet
       *[other] { $count } licences that wait enter the wallet
    }
licences-start-trial = The trial ends with it.
licences-start-confirm = Start subscription
licences-start-done = Subscription of { $product } started
licences-end-title = End the subscription of { $product }?
licences-end-body = No later year will be due. Nothing is refunded; licences that are allocated stay so, and those in the wallet keep their shelf life.
licences-end-tick = I understand that later years will not be licensed
licences-end-confirm = End subscription
licences-end-done = Subscription of { $product } ended
licences-reverse-title = Reverse this entry?
licences-reverse-body = A second entry takes it back, with your reason; nothing is deleted.
licences-reverse-confirm = Reverse entry
licences-reverse-done = Entry reversed
licences-reverse-gone = The entry was not found.
licences-recall-title = Recall these licences?
licences-recall-body = They have not been activated yet, and return to this wallet.
licences-recall-confirm = Recall licences
licences-recall-done = Licences recalled
licences-recall-gone = These licences are no longer waiting.
licences-to-organization = Organization
licences-reason = Reason
licences-reason-hint = It stays in the history
licences-system-title = Allocate licences to { $name }
licences-system-body = Expansion licences of the wallet go to this system alone and stay with it.
licences-system-none = The wallet has no expansion licences. Redeem an expansion key first.
licences-system-confirm =
    { $count ->
        [one] Allocate { $count } licence
       *[other] Allocate { $count } licences
    }
licences-system-done =
    { $count ->
        [one] { $count } licence allocated to { $name }
       *[other] { $count } licences allocated to { $name }
    }
licences-upgrade-title = Use upgrade licences
licences-upgrade-body = They are used up once, and say what they upgraded.
licences-upgrade-none = The wallet has no upgrade licences. Redeem an upgrade key first.
licences-upgrade-subject = What is upgraded
licences-upgrade-from = From
licences-upgrade-to = To
licences-upgrade-confirm =
    { $count ->
        [one] Use { $count } licence
       *[other] Use { $count } licences
    }
licences-upgrade-done =
    { $count ->
        [one] { $count } upgrade licence used for { $subject }
       *[other] { $count } upgrade licences used for { $subject }
    }
licences-allocate-title = Allocate licences
licences-renew-title = Renew subscription
licences-to-allocate = Allocate
licences-to-allocate-of = { $name } to allocate to { $year }
licences-substituted = of these { $number } by { $types }
licences-never-lower = A number can be raised, not lowered: fewer years, not fewer licences.
licences-wallet-changed = The wallet has changed meanwhile
licences-wallet-changed-why = Somebody else has used these licences. What you see now is the new proposal; nothing was allocated.
licences-in-wallet = In wallet
licences-taken = Taken
licences-returned = Returned
licences-left-after = Left after
licences-taken-from = Taken from the wallet, first to end first
licences-also = { $term }, also { $years }
licences-beyond-yes =
    { $count ->
        [one] Yes, allocate { $count } licence more than is needed
       *[other] Yes, allocate { $count } licences more than are needed
    }
licences-unasked-yes =
    { $count ->
        [one] Yes: a licence of several years also fills { $count } place that is not needed
       *[other] Yes: licences of several years also fill { $count } places that are not needed
    }
licences-until = Licensed until { $date }
licences-still-short = Not licensed with this alone
licences-early = Before these years begin: dates stay as they are, and nothing is compensated.
licences-not-late = Within the grace period: dates stay as they are, and nothing is compensated.
licences-credit =
    { $count ->
        [one] { $count } { $name } licence of one year returns to the wallet.
       *[other] { $count } { $name } licences of one year return to the wallet.
    }
licences-credit-none = No { $name } licence returns yet; the days are kept.
licences-credit-how = { $licences } licences × { $days } days + { $before } kept = { $sum } licence-days; a year has { $year }; { $after } are kept.
licences-summary-body = This is allocated for { $range }:
licences-leave =
    { $count ->
        [one] { $count } licence leaves the wallet.
       *[other] { $count } licences leave the wallet.
    }
licences-confirm-allocation = Confirm allocation
licences-confirm = Confirm
licences-allocate-done =
    { $count ->
        [one] { $count } licence allocated
       *[other] { $count } licences allocated
    }
licences-allocate-done-credits = { $count } licences allocated; { $credits } returned as compensation
licences-transfer-title = Transfer licences
licences-transfer-numbers = Licences
licences-transfer-to = Organization
licences-transfer-summary = Summary
licences-transfer-none = The wallet has no unused licences.
licences-transfer-number = Transfer
licences-transfer-number-of = { $name }, { $term }, to transfer
licences-available = Available
licences-transfer-to-why = You are owner or admin in both organizations. The receiver keeps the shelf life.
licences-more-organizations = { $number } more match; type more of the name.
licences-transfer-sentence = { $what } from { $from } to { $to }.
licences-transfer-waits = { $customer } has not started this product
licences-transfer-waits-why = The licences wait there, visible but not usable, until it starts a trial or subscription of { $product }. Until then you can recall them.
licences-transfer-shelf = Shelf life runs on.
licences-choose-lots = Choose the lots yourself
licences-transfer-differs = The lots have to come to the { $count } licences that were chosen, by type and term.
licences-transfer-confirm =
    { $count ->
        [one] Transfer { $count } licence
       *[other] Transfer { $count } licences
    }
licences-transfer-done =
    { $count ->
        [one] { $count } licence transferred to { $customer }
       *[other] { $count } licences transferred to { $customer }
    }
licences-transfer-done-waits =
    { $count ->
        [one] { $count } licence is waiting at { $customer }
       *[other] { $count } licences are waiting at { $customer }
    }
licences-redeem-title = Redeem keys
licences-keys = Licence keys
licences-keys-hint = One in a line; case, spaces and dashes do not matter. Signed keys begin with FLK.
licences-keys-unreadable =
    { $count ->
        [one] { $count } line is not a licence key
       *[other] { $count } lines are not licence keys
    }
licences-from-csv = From a CSV file…
licences-into-wallet = into the wallet of { $customer }
licences-redeem-keys =
    { $count ->
        [one] Redeem { $count } key
       *[other] Redeem { $count } keys
    }
licences-declared = Keys of a vendor cannot be checked offline
licences-declared-why = State what each key holds, as the order says. It is marked as declared wherever it is counted. A key counts once in the whole workspace.
licences-signed-keys = Signed keys
licences-signed-why = What these keys hold is read from them and cannot be changed. Nothing is redeemed until you confirm it.
licences-key-upgrade = { $from } to { $to }
licences-key-outcome = Result
licences-key-good = Can be redeemed
licences-key-checking = Being checked
licences-key-issued = Issued
licences-key-until = Redeem by
licences-usual = What the keys hold
licences-apply-all = Apply to all
licences-held = Keys
licences-key-unreadable = This is not a licence key.
licences-key-twice = The same key is entered twice.
licences-key-redeemed = Already redeemed in this workspace. A key counts once.
licences-key-quantity = Enter how many licences it holds.
licences-remove-key = Remove { $key }
licences-rows-wrong =
    { $count ->
        [one] { $count } key has errors
       *[other] { $count } keys have errors
    }
licences-keys-left-out =
    { $count ->
        [one] One key cannot be redeemed and is left out
       *[other] { $count } keys cannot be redeemed and are left out
    }
licences-redeem-sum =
    { $count ->
        [one] { $count } licence enters the wallet of { $customer }; it can be allocated until { $date }.
       *[other] { $count } licences enter the wallet of { $customer }; they can be allocated until { $date }.
    }
licences-redeem-done = The keys that could be redeemed are in the wallet
licences-redeem-left =
    { $count ->
        [one] One key was left out.
       *[other] { $number } keys were left out.
    }
licences-redeem-left-keys = Keys that were left out
licences-redeem-correct = Correct these keys
licences-redeemed =
    { $count ->
        [one] { $count } licence redeemed for { $customer }
       *[other] { $count } licences redeemed for { $customer }
    }
licences-too-many-keys = At most { $number } keys at once
licences-file-too-large = The file is too large; at most { $number } rows at once
licences-file-empty = The file holds no keys
licences-no-right = You may look at these licences only
licences-no-right-why = Owners and admins of the organization manage its licences.
licences-register-first = Register the product first
licences-register-first-why = A product has to be registered with the organization before keys and balances can be entered.
licences-open-title = Opening balance
licences-open-body = A subscription that already runs at the vendor is entered as it stands there. It is marked as opening in the history.
licences-open-start = Start of the subscription
licences-open-start-hint = As the vendor shows it; all years are counted from it
licences-open-reference = Reference
licences-open-reference-hint = Where these numbers come from
licences-open-lots-why = what is in the wallet, and what is allocated beginning with each year
licences-open-years-later = The years appear once the start is entered.
licences-open-no-lots = No lots yet. Without any, only the start is entered.
licences-open-year = Year { $year }
licences-open-year-of = Allocated to the year from { $date }
licences-add-lot = Add lot
licences-remove-lot = Remove lot { $number }
licences-opening-date = Enter the day it was redeemed.
licences-opening-future = Not after today.
licences-opening-number = Whole numbers from 0.
licences-opening-nothing = Enter how many are in the wallet or allocated.
licences-opening-type = The catalogue does not have this type.
licences-opening-term = The catalogue does not have this term.
licences-open-confirm = Enter balance
licences-open-done = Opening balance of { $product } entered
licences-open-started = A subscription has already been started
licences-open-started-why = An opening balance comes first. One entered by mistake is reversed in the history.
licences-balance-head-missing = The file needs a head with these columns: { $columns }
licences-balance-head-unknown = These columns are unknown, or years that cannot be allocated to: { $columns }
licences-balance-head-twice = These columns are there twice: { $columns }
licences-balance-line = Line { $line }: { $problem }
licences-balance-quote = a quotation mark is not closed.
licences-balance-cells = there are more cells than columns.
licences-balance-type = the catalogue does not have this type.
licences-balance-term = the catalogue does not have this term.
licences-balance-day = days are written as 2026-02-13.
licences-balance-number = numbers are whole, from 0 to 1,000,000.
licences-balance-text = key and order are too long or have control characters.
licences-balance-nothing = it has no number to compare.
licences-balance-alike = another key ends with the same four characters; only these are compared.
licences-reconcile-no-key = without a key
licences-reconcile-no-lines = The file has a head and no lines
licences-reconcile-title = Compare with the vendor
licences-reconcile-body = A CSV file with what the vendor’s portal shows is compared with the books. Nothing changes until you resolve a difference.
licences-reconcile-format = Columns: { $columns }; then one for each year, 0 being the first. An empty cell is not compared, a 0 is; years that are over are not. Keys are compared by their last four characters; lines without a key are compared with all licences of their type and term.
licences-reconcile-file = Choose the vendor’s file…
licences-reconcile-other = Another file…
licences-reconcile-empty = No file yet
licences-reconcile-empty-why = Export the wallet and the licensed years from the vendor’s portal, or write them into a table.
licences-reconcile-problems = The file cannot be compared yet
licences-reconcile-same = The books and the vendor show the same
licences-reconcile-same-why =
    { $count ->
        [one] { $number } line was compared.
       *[other] { $number } lines were compared.
    }
licences-reconcile-differences = Differences
licences-reconcile-place = Where
licences-reconcile-here = In the books
licences-reconcile-shown = At the vendor
licences-reconcile-difference = Difference
licences-reconcile-unnamed = Not in the file
licences-reconcile-all-keys = all keys
licences-reconcile-wallet = Wallet
licences-reconcile-more = is entered as an opening balance, or moved from where there are too many
licences-reconcile-less = is taken back, or moved to where some are missing
licences-reconcile-select = Resolve this difference
licences-reconcile-all = Resolve all differences
licences-reconcile-reason = Reason
licences-reconcile-confirm =
    { $count ->
        [one] Resolve { $number } difference
       *[other] Resolve { $number } differences
    }
licences-reconcile-none = Choose the differences to be resolved
licences-reconcile-done =
    { $count ->
        [one] { $number } difference resolved
       *[other] { $number } differences resolved
    }
licences-reconcile-how = Within one key, type and term, licences are moved from where there are too many to where some are missing. What is left over is taken back; what is missing is entered as an opening balance. The history shows it all.
licences-reconcile-reference-hint = Which report of the vendor’s, and its date
licences-catalogue-version = version { $version }, from { $date }
licences-catalogue-built-in = This is the catalogue that comes with Flotilla, unchanged. Every fact names its source; what no document says is marked “assumed” and can be changed.
licences-catalogue-own = This catalogue has been changed here. Every fact names its source; what no document says is marked “assumed”.
licences-catalogue-runs = Subscriptions that run keep the version they began the year with.
licences-catalogue-export = Export…
licences-catalogue-import = Import…
licences-catalogue-import-title = Use this catalogue?
licences-catalogue-import-body =
    { $count ->
        [one] { $name } has { $count } product and takes the place of the present catalogue from today on.
       *[other] { $name } has { $count } products and takes the place of the present catalogue from today on.
    }
licences-catalogue-import-confirm = Use catalogue
licences-catalogue-missing = A product that has licences is missing in it.
licences-catalogue-unreadable = The file is not a product catalogue
licences-catalogue-saved = Catalogue version { $version } is in force
licences-catalogue-save = Save facts
licences-catalogue-text = Catalogue as text
licences-catalogue-text-why = Copy it into a file to keep it, to change it, or to use it in another workspace.
licences-issuers = Licence key issuers
licences-issuers-why = Signed licence keys are accepted only from trusted issuers. Every decision is recorded in the audit log.
licences-issuers-none = No issuer has been added yet
licences-issuers-none-why = Ask the distributor who sells signed licence keys for the issuer file. It holds the issuer’s public key and is made with “flotilla-cli licence issuer-new”. Until an issuer is added, no signed key is accepted.
licences-issuer-add = Add issuer…
licences-issuer-add-title = Add an issuer
licences-issuer-add-confirm = Trust issuer
licences-issuer-text = Issuer file
licences-issuer-text-hint = Paste its text, or choose the file
licences-issuer-choose = Choose file…
licences-issuer-name = Name
licences-issuer-key = Key ID
licences-issuer-fingerprint = Fingerprint
licences-issuer-compare = Compare the fingerprint with the one that the issuer gives you in another way, such as by telephone. The name proves nothing.
licences-issuer-compared = The fingerprint is the one that the issuer gave me
licences-issuer-same-name = Another issuer has this name
licences-issuer-same-name-why = Make sure that it is the same distributor with a new key.
licences-issuer-known-trusted = This issuer is already trusted
licences-issuer-known-revoked = This issuer has been revoked
licences-issuer-known-revoked-why = It can be trusted again in the list of issuers.
licences-issuer-too-large = The file is too large for an issuer file
licences-issuer-state = State
licences-issuer-trusted = Trusted
licences-issuer-revoked = Revoked
licences-issuer-lots = Lots
licences-issuer-added = Added
licences-issuer-decision = Reason
licences-issuer-by = { $date }, { $name }
licences-issuer-revoke = Revoke…
licences-issuer-revoke-title = Revoke { $name }?
licences-issuer-revoke-body = No further key of this issuer is accepted. What has been redeemed stays in the wallets and is shown as from a revoked issuer.
licences-issuer-revoke-confirm = Revoke issuer
licences-issuer-restore = Trust again…
licences-issuer-restore-title = Trust { $name } again?
licences-issuer-restore-body = Keys of this issuer are accepted again.
licences-issuer-restore-confirm = Trust again
licences-issuer-added-done = { $name } is trusted
licences-issuer-revoked-done = { $name } has been revoked
licences-issuer-restored-done = { $name } is trusted again
licences-types = Licence types
licences-types-kept =
    { $count ->
        [one] { $resolution } · { $days } day
       *[other] { $resolution } · { $days } days
    }
licences-types-next = { $first }; { $next }
licences-substitutes = { $substitute } may stand in for { $needed }
licences-source-of-change = Source of the change
licences-source-hint = The document, and where in it
licences-source-date = Date of the document
licences-is-assumption = This is an assumption
licences-check = Check ledger
licences-check-good =
    { $count ->
        [one] The ledger holds: { $count } entry, every sum is right
       *[other] The ledger holds: { $count } entries, every sum is right
    }
licences-check-head = Hash of the last entry: { $head }
licences-check-differs = The ledger differs at entry { $entry }
licences-ledger-stopped = Nothing is written to it any more, and what is shown of it may be wrong. Restore a backup, or ask whoever supports you.
licences-fault-missing = An entry is missing.
licences-fault-chain = Its text was changed, or it does not follow the one before.
licences-fault-columns = What stands beside its text is not what the text says.
licences-fault-postings = Its postings do not come to zero, or an account would be negative.
licences-fault-cut_off = Entries were cut off the end.
licences-fault-keys = A redeemed key is missing from the register of keys, so that it could be redeemed again.

## Software repository
nav-repository = Repository
list-device_results = Results
list-device_results-act = Action
list-device_results-state = Result
list-device_results-name = Name
list-device_results-customer = Customer
list-device_results-host = Address
list-device_results-model = Model
list-device_results-serial = Serial number
list-device_results-step = Last step
list-device_results-at = Time
choice-device_results-state-failed = Failed
choice-device_results-state-unknown = Not known
choice-device_results-state-running = In progress
choice-device_results-state-waiting = Waiting
choice-device_results-state-interrupted = Interrupted
choice-device_results-state-cancelled = Cancelled
choice-device_results-state-done = Done
choice-device_results-step-connect = Connect
choice-device_results-step-certificate = Certificate
choice-device_results-step-sign_in = Sign-in
choice-device_results-step-first_account = First account
choice-device_results-step-store = Store
choice-device_results-step-send = Send
choice-device_results-step-prove = Verify
choice-device_results-step-restart = Restart
choice-device_results-step-move = New address
list-repository-version = Version
list-repository-kind = Type
list-repository-product = Product
list-repository-file_name = File name
list-repository-tags = Tags
list-repository-added_at = Added on
list-repository-added_by = Added by
list-repository-size = Size
list-repository-state = State
list-repository-digest_origin = Digest
list-repository-sha256 = SHA-256
list-repository-verified_at = Verified on
list-repository-note = Note
list-repository-used_by = Used by
repository-used-by =
    { $count ->
        [one] { $number } device
       *[other] { $number } devices
    }
choice-repository-kind-iso_image = ISO image
choice-repository-kind-component = Component
choice-repository-kind-firmware = Device firmware
choice-repository-kind-application = Device application
choice-repository-kind-server_installer = Server installer
choice-repository-kind-tool = Tool
choice-repository-kind-customization = Customization files
choice-repository-state-stored = Available
choice-repository-state-altered = Content altered
choice-repository-state-missing = File missing
choice-repository-digest_origin-vendor = Vendor, matches
choice-repository-digest_origin-computed = Computed here
repository-act-add = Add a file to the repository
repository-act-tools = Administration tools
repository-act-fetch = Add a file to the repository from an address
repository-act-edit = Correct the selected file of the repository
repository-act-save-file = Save a copy of the selected file of the repository
repository-act-verify = Verify files of the repository
repository-act-delete = Delete files from the repository
repository-arrivals = Files being added
repository-amount = { $done } of { $total }
repository-speed = { $speed }/s
repository-left = about { $time } left
repository-interrupted = interrupted
repository-known = This content is in the repository already
repository-show-known = Show it
repository-indexes = Remote repositories
repository-indexes-why = Lists of packages on the network, such as that of a cluster administrator. What they have appears in the repository as remote, and is fetched when it is needed. They are read once a day.
repository-index-added = { $name } is followed: { $number } packages
repository-index-never = never read
repository-index-read = read { $ago }
repository-index-counts = { $stored } here, { $remote } remote
repository-index-refresh = Read { $name } now
repository-index-remove = Stop following { $name }
repository-index-hint = Of a JSON index; starts with https://
repository-index-add = Follow
repository-index-accept = Accept and follow
repository-remote-why = An administrator fetches it when it is needed.
repository-digest-listed = Given by the remote repository; checked when it is fetched
choice-repository-state-remote = Remote
repository-act-indexes = Show remote repositories
repository-dismiss = Dismiss
repository-progress = Adding { $name }
repository-resume = Resume
repository-start-over = Start over
repository-discard = Discard
repository-choose-again = Choose { $name } again
repository-choose = Choose files
repository-from-address = From an address…
repository-drop = Drop files here to add them
repository-all = All
repository-free = { $size } free
repository-images = { $count ->
    [one] { $number } ISO image of { $limit }
   *[other] { $number } ISO images of { $limit }
  }.
repository-could-go = These could be deleted:
repository-empty = The repository is empty
repository-empty-why = Drop files anywhere on this page, choose them, or give an address. ISO images, firmware, components, installers and tools are recognized by their names.
repository-empty-operator = An administrator adds what systems are upgraded with.
repository-unknown = unknown
repository-doubt-model_unknown = The model is not known
    .action = The file name does not tell which model this firmware is for. Enter it below.
repository-doubt-version_unknown = The version is not known
    .action = Neither file name nor content tell the version. Enter it below.
repository-doubt-other_version = The image names another version
    .action = The version here is { $version }; the image itself says { $image }. Correct the version, or delete the file.
repository-doubt-digest_unusable = The .sha256 file beside it could not be used
    .action = It is empty, unreadable or holds no SHA-256 of this file, so nothing was compared. Correct it, then delete this file here and add it again.
repository-altered-why = The file is not what was added. It is never sent anywhere. Delete it and add it again.
repository-missing-why = The file is gone from the disk. Add it again; it takes its place.
repository-save-file = Save a copy
repository-verify = Verify
repository-digest-vendor = Given by the vendor, and the file matches it
repository-digest-computed = Computed here; nothing of the vendor to compare with
repository-digest-altered = The file no longer matches
repository-verified = Last verified { $ago }
repository-added = { $at }, { $name }
repository-address = Address
repository-address-title = Add a file from an address
repository-address-hint = Starts with https://
repository-digest = SHA-256 of the vendor
repository-digest-hint = The digest, or the text of a .sha256 file. Without it the digest is only computed here.
repository-fetch = Download
repository-certificate-why = The server of { $address } shows a certificate that this machine does not trust. Compare it with what the vendor says before you accept it.
repository-certificate-accept = Accept and download
repository-volume = Volume
repository-image-version = Version in the image
repository-recognised = Recognized as
repository-recognised-hint = Correct whatever was not recognized rightly.
repository-tag-add = Add a tag
repository-saved = { $name } saved
repository-undo = Undo changes
repository-gone = This file is no longer in the repository.
repository-deleted = { $count ->
    [one] { $number } file deleted
   *[other] { $number } files deleted
  }
repository-delete-title = { $count ->
    [one] Delete { $name }?
   *[other] Delete { $number } files?
  }
repository-delete-body = They are deleted from the disk. A file that a job uses stays.
repository-delete-do = { $count ->
    [one] Delete file
   *[other] Delete { $number } files
  }
repository-and-more = { $count ->
    [one] and { $number } more
   *[other] and { $number } more
  }
preferences-repository = Software repository
preferences-repository-why = How many images are kept, and how often files are verified
preferences-repository-images = ISO images
preferences-repository-images-hint = 1 to 1,000; with more, the repository says which could be deleted
preferences-repository-verify = Verify every file after (days)
preferences-repository-verify-hint = 0 to 365; 0 never verifies by itself

## Commissioning and applications

commission-title = Commission devices
commission-title-count =
    { $count ->
        [one] Commission { $number } device
       *[other] Commission { $number } devices
    }
commission-open = Commission…
commission-these = Commission these devices…
commission-act = Commission the selected devices…
commission-steps = Steps of commissioning
commission-step-settings = Settings and preview
commission-gone = This selection is not kept any more
commission-gone-why = A long selection is kept until Flotilla is closed. Choose the devices again.
commission-choose = Choose devices
commission-too-many = At most { $limit } devices at once
commission-too-many-why = Choose fewer, for example one folder, then the next.
commission-none = No devices chosen
commission-no-cameras = None of the chosen systems is a camera
commission-none-why = Choose cameras in the list of systems, then commission them.
commission-network = Network
commission-addresses = Addresses
commission-keep = Leave as it is
commission-from-network = From the network (DHCP)
commission-range = Fixed addresses from a range
commission-range-hint = Each is checked to be free before it is given.
commission-first = First address
commission-last = Last address
commission-prefix = Prefix length
commission-gateway = Gateway
commission-name-servers = Name servers
commission-name-servers-these = Addresses of the name servers
commission-time = Time
commission-time-servers = Time servers
commission-time-servers-these = Addresses of the time servers
commission-these-servers = These
commission-server-add = Add an address
commission-names = Names
commission-host-name = Host name
commission-host-names = Host names
commission-host-name-hint = A text with placeholders, for example cam-{"{"}serial{"}"}
commission-host-name-example = For the first device: { $name }
commission-host-name-nothing = This makes no host name.
commission-placeholders = Insert a placeholder
commission-placeholder-serial = Serial number
commission-placeholder-model = Model
commission-placeholder-n = Number
commission-placeholder-folder = Folder
commission-preview = Preview
commission-preview-title = Preview
commission-preview-first = Preview first what each device would get.
commission-reading = Reading the devices…
commission-looking = Checking which addresses are free…
commission-stale = The settings have changed. Preview again to see what each device would get.
commission-address-now = Address now
commission-address-new = New address
commission-host-name-new = New host name
commission-address-of = New address of { $name }
commission-host-name-of = New host name of { $name }
commission-address-same = Has it already
commission-stays = stays
commission-row-unseen = It cannot be checked which addresses are free
commission-twice-address = Another device of this list gets this address
commission-twice-name = Another device of this list gets this name
commission-wrong-address = Not an address of this network
commission-wrong-first = Not an IPv4 address that a device can have in this network
commission-wrong-last = Not an IPv4 address of the same network after the first
commission-wrong-many = At most { $limit } addresses
commission-wrong-prefix = 1 to 30
commission-wrong-gateway = Not an address of this network
commission-wrong-name-servers = One to three IP addresses
commission-wrong-time-servers = One to eight IP addresses or host names
commission-wrong-template = Only these placeholders: {"{"}serial{"}"}, {"{"}model{"}"}, {"{"}n{"}"}, {"{"}folder{"}"}
commission-taken =
    { $count ->
        [one] { $number } address of the range was passed over
       *[other] { $number } addresses of the range were passed over
    }
commission-taken-managed = Managed here
commission-taken-answers = Something answers there
commission-taken-refuses = Something refuses there
commission-cannot-tell = Which addresses are free cannot be seen from this computer
commission-cannot-tell-why = A proxy or the network hides it, so no address is given. Commission the devices from a computer in their network.
commission-unseen =
    { $count ->
        [one] { $number } device is left out
       *[other] { $number } devices are left out
    }
commission-unseen-reason = { $why } ({ $number })
commission-ready =
    { $count ->
        [one] { $number } device ready
       *[other] { $number } devices ready
    }
commission-left =
    { $count ->
        [one] { $number } left out
       *[other] { $number } left out
    }
commission-none-ready = No device can get what the settings say.
commission-changes-nothing = Nothing would change yet.
commission-do =
    { $count ->
        [one] Commission { $number } device…
       *[other] Commission { $number } devices…
    }
commission-confirm-title =
    { $count ->
        [one] Commission { $number } device?
       *[other] Commission { $number } devices?
    }
commission-confirm-do =
    { $count ->
        [one] Commission { $number } device
       *[other] Commission { $number } devices
    }
commission-confirm-keep = Addresses stay as they are.
commission-confirm-network = The devices get their addresses from the network (DHCP), which may be others than now.
commission-confirm-range =
    { $count ->
        [0] The devices keep their addresses, as fixed ones from now on.
        [one] { $number } device gets another address, fixed from now on; it answers at the old one no more.
       *[other] { $number } devices get other addresses, fixed from now on; they answer at the old ones no more.
    }
commission-confirm-follow = Each device is followed by its serial number. One that does not come back is reported with its old and its new address.
commission-confirm-named =
    { $count ->
        [one] A new one for { $number } device
       *[other] New ones for { $number } devices
    }
applications-title = Applications
applications-show = Read applications
applications-at = Read { $ago }
applications-none = No application is installed.
applications-in-repository = Applications in the repository
applications-signed = Signed
applications-unsigned = Not signed
applications-signed-only = This device takes only signed applications
applications-signed-only-why = It refuses one that is not signed.
applications-signed-if-any = If this device takes applications at all, then only signed ones.
applications-signed-some = Devices that take only signed applications refuse one that is not; their result says so.
applications-state-running = Running
applications-state-stopped = Stopped
applications-state-idle = Idle
applications-state-unknown = State not known
applications-licence-not_needed = No licence needed
applications-licence-valid = Licence valid
applications-licence-until = Licence until { $date }
applications-licence-invalid = Licence not valid
applications-licence-missing = No licence
applications-licence-own = Licences by itself
applications-licence-unknown = Licence not known
applications-install = Install application…
applications-control = Start, stop or remove application…
applications-act-install = Install an application on the selected devices…
applications-act-control = Start, stop or remove an application on the selected devices…
applications-install-title =
    { $count ->
        [one] Install an application on { $number } device
       *[other] Install an application on { $number } devices
    }
applications-control-title =
    { $count ->
        [one] Application on { $number } device
       *[other] Application on { $number } devices
    }
applications-package = Application to install
applications-search = Search applications
applications-no-packages = The repository has no applications
applications-no-packages-why = Add the file of an application (.eap) to the repository first.
applications-start-after = Start it afterwards
applications-short-name = Short name of the application
applications-short-name-hint = As the device lists it, not the name for people
applications-ask = Read those on { $name }
applications-ask-why = Flotilla signs in to this one device to read them.
applications-on = Applications on { $name }
applications-do-install_application-body = It comes from the repository. Where an older version is installed, it is replaced and keeps its settings.
applications-do-install_application-do =
    { $count ->
        [one] Install on { $number } device
       *[other] Install on { $number } devices
    }
applications-do-start_application = Start
applications-do-start_application-title = Start { $name }?
applications-do-start_application-body = The application runs from now on, also after a restart of the device.
applications-do-start_application-do =
    { $count ->
        [one] Start on { $number } device
       *[other] Start on { $number } devices
    }
applications-do-stop_application = Stop
applications-do-stop_application-title = Stop { $name }?
applications-do-stop_application-body = The application stays installed and does nothing until it is started.
applications-do-stop_application-do =
    { $count ->
        [one] Stop on { $number } device
       *[other] Stop on { $number } devices
    }
applications-do-remove_application = Remove
applications-do-remove_application-title = Remove { $name }?
applications-do-remove_application-body = The application is removed with its settings and its data on the device. This cannot be undone.
applications-do-remove_application-do =
    { $count ->
        [one] Remove from { $number } device
       *[other] Remove from { $number } devices
    }

## Devices

devices-find = Find devices
devices-by-hand = Add a device…
devices-import = Import devices…
devices-import-command = Import devices from a file
devices-by-hand-title = Add devices by address
devices-by-hand-lead = Type the addresses of the devices; how they are signed in to stands beside them.
devices-by-hand-more = Another device
devices-by-hand-remove = Remove { $name }
devices-crumbs = Path
devices-steps = Steps
devices-step-search = Search
devices-step-choose = Choose
devices-step-result = Result
devices-port = Port
devices-name = Name
devices-name-hint = Without one it is called as it calls itself
devices-user-name = User name
devices-password = Password
devices-folder = Folder
devices-add-title = { $count ->
    [one] Add { $number } device
   *[other] Add { $number } devices
  }
devices-add-do = { $count ->
    [one] Add { $number } device
   *[other] Add { $number } devices
  }
devices-add-open = { $count ->
    [one] Add { $number } device…
   *[other] Add { $number } devices…
  }
devices-add-factory-new = { $count ->
    [one] { $number } factory-new device
   *[other] { $number } factory-new devices
  }
devices-add-asking = { $number } with a password
devices-add-unknown = { $number } to be looked at
devices-add-folder = Folder
devices-add-organization = Organization
devices-add-organization-other = Another organization
devices-add-moved = { $count ->
    [one] { $number } device is managed at another address. Flotilla knows it by its serial number; adding it here leads to the new address, with the account that Flotilla has.
   *[other] { $number } devices are managed at other addresses. Flotilla knows them by their serial numbers; adding them here leads to the new addresses, with the accounts that Flotilla has.
  }
devices-add-too-many = At most { $limit } devices can be added at once. Choose fewer.
devices-credentials = Credentials
devices-credentials-title = { $count ->
    [one] Credentials for the { $number } that asks
   *[other] Credentials for the { $number } that ask
  }
devices-credentials-title-any = Credentials, where a device asks
devices-credentials-set = Credential set
devices-credentials-no-set = This organization has none yet
devices-credentials-typed = User name and password, for this time
devices-credentials-none = None; devices that ask are left out
devices-credentials-tries = At most 10 refused tries per device in 24 hours.
devices-first-title = { $count ->
    [one] First account on the { $number } factory-new device
   *[other] First account on the { $number } factory-new devices
  }
devices-first-title-any = First account, where a device has none
devices-first-give = Create the first account on devices that turn out to be factory-new
devices-first-group = Administrator on the device; Flotilla signs in with it
devices-first-passwords = Password of the first account
devices-first-different = A different password for each, made here
devices-first-different-hint = 24 characters, kept encrypted in the workspace
devices-first-same = { $count ->
    [one] One password
   *[other] One password for all { $number }
  }
devices-certificates = Certificates
devices-certificates-lead = Passwords are sent only where the certificate is known. Until you accept it, nothing is sent, and the certificate waits on the page of results.
devices-certificates-look = { $count ->
    [one] View the new certificate…
   *[other] View the { $number } new certificates…
  }
devices-certificates-pin-seen = { $count ->
    [one] Pin it; I have seen it
   *[other] Pin all { $number }; I have seen the list
  }
devices-certificates-look-first = View them first
devices-certificates-first-met = { $count ->
    [one] Accept what { $number } device presents at the first contact
   *[other] Accept what { $number } devices present at the first contact
  }
devices-certificates-first-met-hint = Only in a network that you trust: nobody sees these certificates beforehand
devices-certificates-title = { $count ->
    [one] { $number } new certificate
   *[other] { $number } new certificates
  }
devices-certificates-why = Compare the SHA-256 fingerprint with the one that the device itself displays. Once accepted, Flotilla signs in only where this certificate is presented.
devices-certificates-pin = { $count ->
    [one] Pin it
   *[other] Pin all { $number }
  }
devices-sets = Credential sets
devices-sets-empty = No credential sets yet
devices-sets-why = A user name and a password under a name, for adding devices of this organization. The password is kept encrypted and never shown again.
devices-set-new = New credential set…
devices-set-change = Change { $name }
devices-set-name = Name
devices-set-password-hint = Empty: the stored one stays
devices-set-changed = Changed
devices-set-saved = Credential set { $name } saved
devices-set-delete = Delete { $name }
devices-set-delete-title = Delete the credential set { $name }?
devices-set-delete-body = Devices that were added with it keep their credentials.
devices-set-delete-do = Delete credential set
devices-set-deleted = Credential set { $name } deleted
devices-acts = Actions on devices
devices-acts-lead = The latest 50; they are kept for 90 days.
devices-acts-empty = Nothing was done on devices yet
devices-acts-empty-why = Adding devices, accounts, passwords and restarts appear here, each with a result for every device.
devices-acts-what = Action
devices-acts-result = Result
devices-acts-bar = Share of each result
devices-acts-who = Started by
devices-acts-started = Started
devices-acts-took = Duration
devices-acts-running = In progress
devices-acts-failed = { $failed } failed
devices-acts-unknown = { $unknown } not known
devices-acts-stopped = { $left } not done
devices-acts-done = Done
devices-act-add = { $count ->
    [one] Add { $number } device
   *[other] Add { $number } devices
  }
devices-act-create_account = { $count ->
    [one] Create the account “{ $about }” on { $number } device
   *[other] Create the account “{ $about }” on { $number } devices
  }
devices-act-set_password = { $count ->
    [one] Change the password of “{ $about }” on { $number } device
   *[other] Change the password of “{ $about }” on { $number } devices
  }
devices-act-delete_account = { $count ->
    [one] Delete the account “{ $about }” on { $number } device
   *[other] Delete the account “{ $about }” on { $number } devices
  }
devices-act-rotate_password = { $count ->
    [one] Renew Flotilla’s password on { $number } device
   *[other] Renew Flotilla’s password on { $number } devices
  }
devices-act-restart = { $count ->
    [one] Restart { $number } device
   *[other] Restart { $number } devices
  }
devices-act-rollback = { $count ->
    [one] Roll back the firmware of { $number } device
   *[other] Roll back the firmware of { $number } devices
  }
devices-act-factory_default = { $count ->
    [one] Reset { $number } device to factory defaults
   *[other] Reset { $number } devices to factory defaults
  }
devices-act-install_application = { $count ->
    [one] Install “{ $about }” on { $number } device
   *[other] Install “{ $about }” on { $number } devices
  }
devices-act-start_application = { $count ->
    [one] Start “{ $about }” on { $number } device
   *[other] Start “{ $about }” on { $number } devices
  }
devices-act-stop_application = { $count ->
    [one] Stop “{ $about }” on { $number } device
   *[other] Stop “{ $about }” on { $number } devices
  }
devices-act-remove_application = { $count ->
    [one] Remove “{ $about }” from { $number } device
   *[other] Remove “{ $about }” from { $number } devices
  }
devices-act-commission = { $count ->
    [one] Commission { $number } device
   *[other] Commission { $number } devices
  }
devices-act-transfer = { $count ->
    [one] Move { $number } device to { $about }
   *[other] Move { $number } devices to { $about }
  }
devices-act-remove = { $count ->
    [one] Remove { $number } device
   *[other] Remove { $number } devices
  }
devices-act-running = { $finished } of { $all }, for { $age }
devices-act-finished = Started { $at } by { $name }, took { $time }
devices-act-gone = This action is not kept
devices-act-gone-why = Actions are kept for 90 days and are seen by whoever began them.
devices-results = Results
devices-results-all = All
devices-results-failed = Failed
devices-results-unknown = Not known
devices-results-running = In progress
devices-results-waiting = Waiting
devices-results-left = Not done
devices-results-done = Done
devices-result-added = Added
devices-result-gone = This result is not kept any more.
devices-result-certificate = Presented certificate
devices-result-accept = Accept and try again…
devices-result-show = Show device
list-device_results-message = Message
devices-reason-device-tries-used = Too many refused sign-ins in 24 hours
devices-reason-device-credentials-refused = User name or password refused
devices-reason-device-unreachable = No answer
devices-reason-device-not-understood = Not a device that Flotilla can manage
devices-reason-device-refused = Refused by the device
devices-reason-device-other = Another device answers
devices-reason-device-managed = Already managed
devices-reason-device-not-back = Did not come back in time
devices-reason-device-address-taken = Address in use
devices-reason-device-address-unseen = Free address could not be checked
devices-reason-device-not-arrived = Did not answer at its new address
discovery-hindrances = What prevented a part of the search
devices-why-failed = { $count ->
    [one] Why { $number } device failed
   *[other] Why { $number } devices failed
  }
devices-retry = Retry { $number }…
devices-retry-chosen = Retry…
devices-retry-one = Try again…
devices-retry-none = None of them failed
devices-retry-running = The action is still in progress
devices-cancel-rest = Cancel the rest
devices-cancel-none = Nothing is in progress
discovery-lead = Flotilla asks the networks of this computer and probes addresses. Nothing is stored, and no password is sent.
discovery-ways = Ways to search
discovery-ways-none = Choose at least one way
discovery-way-mdns = mDNS
discovery-way-mdns-short = mDNS
discovery-way-mdns-hint = Devices in the same network announce themselves by Bonjour
discovery-way-ssdp = SSDP
discovery-way-ssdp-short = SSDP
discovery-way-ssdp-hint = Devices in the same network answer to UPnP
discovery-way-ws_discovery = WS-Discovery
discovery-way-ws_discovery-short = WS
discovery-way-ws_discovery-hint = Devices in the same network answer to ONVIF
discovery-way-ranges = Address ranges
discovery-way-ranges-short = Range
discovery-way-ranges-hint = Each address is probed, also in networks behind routers
discovery-ranges = Address ranges
discovery-ranges-hint = One per line, such as 10.44.0.0/21 or 10.0.0.5-10.0.0.90; at most 65,536 addresses
discovery-networks = Networks of this computer
discovery-network-add = { $network } ({ $name })
discovery-interfaces = Network interfaces
discovery-interfaces-all = All
discovery-interfaces-chosen = Only these
discovery-interface-loopback = this computer only
discovery-interface-down = switched off
discovery-start = Search
discovery-stop = Stop searching
discovery-not-running = No search is in progress
discovery-again = Search again
discovery-listening = listening
discovery-probing = 32 at once
discovery-done = done
discovery-stopped = stopped
discovery-prevented = prevented
discovery-way-found = { $number } found
discovery-probed = { $probed } of { $all } addresses
discovery-left = { $time } left
discovery-found = Found devices
discovery-total = { $count ->
    [one] { $number } device found, merged by serial number
   *[other] { $number } devices found, merged by serial number
  }
discovery-more = { $number } more found, sort again
discovery-search = Search results
discovery-choose-all = Select all that can be added
discovery-none-chosen = Select devices first
discovery-nothing-yet = Nothing has answered yet
discovery-nothing = No devices found
discovery-nothing-why = Devices in other networks do not hear mDNS, SSDP and WS-Discovery: search their address ranges, or add a device by its address.
discovery-gone = This search is not kept any more
discovery-gone-why = A search is kept for four hours, until Flotilla ends.
discovery-unnamed = Not identified
discovery-column-model = Model
discovery-column-serial = Serial number
discovery-column-host = Address
discovery-column-version = OS version
discovery-column-ways = Found by
discovery-column-state = State
discovery-column-note = Note
discovery-group-all = All
discovery-group-factory_new = Factory-new
discovery-group-asks_password = Ask for a password
discovery-group-new_certificate = New certificate
discovery-group-look = Look at first
discovery-group-managed = In Flotilla
discovery-state-factory_new = Factory-new
discovery-state-asks_password = Asks for a password
discovery-state-new_certificate = New certificate
discovery-state-managed = In Flotilla
discovery-state-moved = Other address
discovery-state-replaced = Other serial number
discovery-state-managed_elsewhere = In another organization
discovery-state-no_api = No API
discovery-note-moved = Managed at { $host }
discovery-note-replaced = Was { $serial }
discovery-note-link-local = Link-local only
discovery-hindrance-where = Affected: { $places }.
discovery-hindrance-place = { $way } on { $where }
discovery-hindrance-permission-denied = This computer does not let Flotilla search
    .action = Allow Flotilla in the firewall and in the privacy settings for the local network, then search again.
discovery-hindrance-address-in-use = Another program has the port to itself
    .action = Close other programs that search for devices, then search again; address ranges find the devices all the same.
discovery-hindrance-no-multicast = This network interface carries no multicast
    .action = Search the address ranges behind it instead.
discovery-hindrance-network-unreachable = This computer has no way to that network
    .action = Check cable, Wi-Fi, VPN and the default gateway, then search again.
discovery-hindrance-no-interface = No network interface of this computer can be used
    .action = Connect this computer to a network in which it gets an IPv4 address, then search again.
discovery-hindrance-interface-unknown = A chosen network interface does not exist any more
    .action = Search again and choose among those that there are now.
discovery-hindrance-interface-down = A network interface is switched off or has no link
    .action = Switch it on or plug in the cable, then search again.
discovery-hindrance-interface-without-address = A network interface has no IPv4 address
    .action = Give it an address, or wait until it gets one, then search again.
discovery-hindrance-answers-filtered = The firewall of this computer keeps answers away
    .action = Allow incoming UDP for Flotilla in this network. Devices that answer only this way are missing below; address ranges find them.
discovery-hindrance-too-many-open-files = The operating system lets Flotilla open no more connections
    .action = Close other programs, or raise the limit of open files, then search again.
discovery-hindrance-too-many-answers = So many answers came that some were not read
    .action = Search fewer networks at once, or their address ranges.
discovery-hindrance-too-many-devices = More devices answer than a search lists
    .action = Add what was found, then search the other networks by themselves.
discovery-hindrance-other = A part of the search failed
    .action = Search again. If it stays, the technical detail tells what the operating system refused.
organizations-tab-credentials = Credentials

## Jobs

job-operation-device-restart = Restart devices
job-operation-device-roll-back = Roll back device firmware
job-operation-device-factory-default = Reset devices to factory defaults
job-operation-device-upgrade = Device software upgrade
choice-jobs-operation-device-restart = { job-operation-device-restart }
choice-jobs-operation-device-roll-back = { job-operation-device-roll-back }
choice-jobs-operation-device-factory-default = { job-operation-device-factory-default }
choice-jobs-operation-device-upgrade = { job-operation-device-upgrade }
job-step-connect = Connect
job-step-check = Check compatibility
job-step-send = Send command
job-step-upload = Upload
job-step-install = Install
job-step-restart = Restart
job-step-commit = Commit firmware
job-step-prove = Verify
job-log-began = Started
job-log-step = { $step }
job-log-retry = Retry { $attempt } in { $seconds }
job-log-problem = Problem
job-log-runs = Runs { $version }
job-log-image = Package { $name }, { $size }
job-log-sent = { $version } uploaded completely
job-log-boot = Has restarted
job-log-unknown = Outcome unknown, checked again in { $seconds }
job-log-resumed = Resumed after Flotilla was closed
job-log-done = Done
job-log-skipped = Skipped
job-log-stopped = Stopped
list-jobs-name = Name
list-jobs-customers = Customers
list-jobs-operation = Operation
list-jobs-about = Subject
list-jobs-state = State
list-jobs-progress = Progress
list-jobs-detail = Detail
list-jobs-starts_at = Start
list-jobs-started_at = Started
list-jobs-finished_at = Finished
list-jobs-targets = Systems
list-jobs-failed = Failed
list-jobs-created_by = Created by
list-jobs-created_at = Created
list-jobs-priority = Priority
choice-jobs-state-running = Running
choice-jobs-state-paused = Paused
choice-jobs-state-awaiting_approval = Waiting for approval
choice-jobs-state-scheduled = Scheduled
choice-jobs-state-failed = Failed
choice-jobs-state-completed_with_failures = Completed with failures
choice-jobs-state-missed = Missed
choice-jobs-state-stopped = Stopped
choice-jobs-state-completed = Completed
list-job_tasks-job = Job
list-job_tasks-state = State
list-job_tasks-name = Name
list-job_tasks-customer = Customer
list-job_tasks-host = Address
list-job_tasks-model = Model
list-job_tasks-serial = Serial number
list-job_tasks-step = Step
list-job_tasks-wave = Wave
list-job_tasks-version_from = From version
list-job_tasks-version_to = Version
list-job_tasks-started_at = Started
list-job_tasks-finished_at = Finished
list-job_tasks-progress = Progress
list-job_tasks-message = Message
list-job_tasks-time = Time
choice-job_tasks-state-running = Running
choice-job_tasks-state-done = Done
choice-job_tasks-state-failed = Failed
choice-job_tasks-state-unknown = Being checked
choice-job_tasks-state-skipped = Skipped
choice-job_tasks-state-waiting = Waiting
choice-job_tasks-state-stopped = Stopped
jobs-all = All
jobs-empty = No jobs yet
jobs-empty-why = A job does the same on many systems, now or at a time you choose, and keeps the result of each. Select systems, then restart, upgrade or reset them.
jobs-empty-do = Select systems
jobs-new-upgrade = Device software upgrade
jobs-repeats = Repeats
jobs-wave-of = Wave { $wave } of { $waves }
jobs-failed =
    { $count ->
        [one] { $number } failed
       *[other] { $number } failed
    }
jobs-unknown =
    { $count ->
        [one] { $number } being checked
       *[other] { $number } being checked
    }
jobs-took = took { $time }
jobs-done-of = { $done } of { $all }
jobs-details = Details
jobs-when = When
jobs-by-at = { $name }, { $at }
jobs-gone = This job does not exist
jobs-gone-why = It may have been deleted, or you may not have permission to see it.
jobs-systems = Systems
jobs-next-starts = Next starts
jobs-starts-none = There is no start left.
jobs-unseen = A job you may not see
jobs-running-title = Running jobs
jobs-running-none = No job is running.
jobs-held =
    { $count ->
        [one] { $number } job is paused or waits for approval
       *[other] { $number } jobs are paused or wait for approval
    }
jobs-act-show-running = Show running jobs
jobs-act-approve = Approve
jobs-approve-done =
    { $count ->
        [one] { $number } job approved
       *[other] { $number } jobs approved
    }
jobs-approve-left =
    { $count ->
        [one] { $number } job was not approved
       *[other] { $number } jobs were not approved
    }
jobs-act-pause = Pause
jobs-pause-done =
    { $count ->
        [one] { $number } job paused
       *[other] { $number } jobs paused
    }
jobs-pause-left =
    { $count ->
        [one] { $number } job was not paused
       *[other] { $number } jobs were not paused
    }
jobs-act-resume = Resume
jobs-resume-done =
    { $count ->
        [one] { $number } job resumed
       *[other] { $number } jobs resumed
    }
jobs-resume-left =
    { $count ->
        [one] { $number } job was not resumed
       *[other] { $number } jobs were not resumed
    }
jobs-act-stop = Stop…
jobs-stop-done =
    { $count ->
        [one] { $number } job stopped
       *[other] { $number } jobs stopped
    }
jobs-stop-left =
    { $count ->
        [one] { $number } job was not stopped
       *[other] { $number } jobs were not stopped
    }
jobs-act-delete = Delete…
jobs-delete-done =
    { $count ->
        [one] { $number } job deleted
       *[other] { $number } jobs deleted
    }
jobs-delete-left =
    { $count ->
        [one] { $number } job was not deleted
       *[other] { $number } jobs were not deleted
    }
jobs-act-selected-approve = Approve selected jobs
jobs-act-selected-pause = Pause selected jobs
jobs-act-selected-resume = Resume selected jobs
jobs-act-selected-stop = Stop selected jobs…
jobs-act-selected-delete = Delete selected jobs…
jobs-stop-title =
    { $count ->
        [one] Stop { $number } job?
       *[other] Stop { $number } jobs?
    }
jobs-stop-body = Systems that have not begun are given up. What has begun is finished; nothing that is being written to is interrupted. A stopped job cannot be started again, but it can be copied.
jobs-stop-do =
    { $count ->
        [one] Stop { $number } job
       *[other] Stop { $number } jobs
    }
jobs-stop-running =
    { $count ->
        [one] { $number } system that has begun is finished first
       *[other] { $number } systems that have begun are finished first
    }
jobs-delete-title =
    { $count ->
        [one] Delete { $number } job?
       *[other] Delete { $number } jobs?
    }
jobs-delete-body =
    { $count ->
        [one] The results of its systems and their logs are deleted, too. The systems themselves are not changed, and the audit log keeps what was done.
       *[other] The results of their systems and their logs are deleted, too. Jobs that are running stay. The systems themselves are not changed, and the audit log keeps what was done.
    }
jobs-delete-do =
    { $count ->
        [one] Delete { $number } job
       *[other] Delete { $number } jobs
    }
jobs-act-go-on = Begin wave { $wave }
jobs-go-on-done = Wave { $wave } begins
jobs-act-retry =
    { $count ->
        [one] Retry { $number } failed…
       *[other] Retry { $number } failed…
    }
jobs-act-copy = Copy as new job…
jobs-retry-title =
    { $count ->
        [one] Retry { $number } system?
       *[other] Retry { $number } systems?
    }
jobs-retry-body = A new job begins at once with the { $number } of { $all } systems that failed. It is linked to this one; this one and its results stay.
jobs-retry-do =
    { $count ->
        [one] Retry { $number } system
       *[other] Retry { $number } systems
    }
jobs-starts = Starts
jobs-started = Started
jobs-finished = Finished
jobs-window-ends = Window ends
jobs-next-at = Goes on
jobs-targets = Targets
jobs-progress = Progress
jobs-by-approved = Created, approved by
jobs-series = Run of
jobs-series-open = the repeating job
jobs-retry-of = Retry of
jobs-retry-of-open = the earlier job
jobs-customer-count =
    { $count ->
        [one] { $number } customer
       *[other] { $number } customers
    }
jobs-system-count =
    { $count ->
        [one] { $number } system
       *[other] { $number } systems
    }
jobs-customers = Customers of the job
jobs-waves = Waves
jobs-wave = Wave { $wave }
jobs-wave-last = Wave { $wave }, the rest
jobs-wave-state-waiting = waiting
jobs-wave-state-running = running
jobs-wave-state-soaking = soaking
jobs-wave-state-held = held
jobs-wave-state-done = done
jobs-wave-waiting =
    { $count ->
        [one] { $number } system
       *[other] { $number } systems
    }
jobs-wave-done = { $done } of { $all } done
jobs-wave-running =
    { $count ->
        [one] { $number } running
       *[other] { $number } running
    }
jobs-wave-failures =
    { $count ->
        [one] { $number } failure
       *[other] { $number } failures
    }
jobs-gate-proven = { $percent } good
jobs-gate-soak = { $time } soak
jobs-gate-until = soaked { $when }
jobs-banner-approval = Waits for the approval of a second person
jobs-banner-approval-why = { $name } ordered it; somebody else has to approve it before it begins.
jobs-banner-paused = Paused
jobs-banner-held = Wave { $wave } is held: less than { $percent } of it succeeded
jobs-banner-stopping =
    { $count ->
        [one] Stopped; { $number } system that has begun is being finished
       *[other] Stopped; { $number } systems that have begun are being finished
    }
jobs-banner-missed = Missed: its start passed
jobs-banner-missed-why = Flotilla was not running, or the job was paused. It can be copied and ordered again.
jobs-banner-failed =
    { $count ->
        [one] { $number } failed.
       *[other] { $number } failed.
    }
jobs-banner-unknown =
    { $count ->
        [one] { $number } is being checked and counts as failed until its outcome is known.
       *[other] { $number } are being checked and count as failed until their outcome is known.
    }
jobs-banner-running =
    { $count ->
        [one] { $number } that has begun is finished.
       *[other] { $number } that have begun are finished.
    }
jobs-banner-waiting =
    { $count ->
        [one] { $number } waits.
       *[other] { $number } wait.
    }
jobs-task-runs = Runs { $version }, verified
jobs-task-again = next attempt { $when }
jobs-task-gone = This system is not part of the job
jobs-task-unknown = The outcome is unknown and is being checked
jobs-task-unknown-why = The system is asked, nothing is done again. It counts as failed until its outcome is known.
jobs-task-writing = Do not cut the power while it is written to
jobs-task-writing-why = If Flotilla is closed, it takes this up again at its next start.
jobs-task-version = Version
jobs-task-to = to
jobs-task-attempt = Attempt
jobs-task-time = Time
jobs-task-show = Show system
jobs-steps = Steps
jobs-step-not-begun = not begun
jobs-log = Log
jobs-log-none = Nothing has happened yet.
jobs-runs = Runs
jobs-run = Run
jobs-runs-none = No run yet
jobs-runs-none-why = Each start is a job of its own and appears here.
jobs-copy-title = Copy as new job
jobs-start-now = Start job
jobs-schedule = Schedule job
jobs-more = Name and order
jobs-name-hint = Without a name, one is made of the operation and the targets.
jobs-priority-hint = 0 to 1,000; where jobs compete, the higher goes first.
jobs-tolerance = May begin late by
jobs-tolerance-hint = Later than that it counts as missed. Empty: as in the preferences.
job-schedule-kind-now = Now
job-schedule-kind-at = At a date and time
job-schedule-kind-windows = Maintenance windows
job-schedule-kind-repeat = Repeating
job-schedule-now-why = It begins as soon as it is ordered.
job-schedule-date = Date
job-schedule-first = First date
job-schedule-time = Time
job-schedule-days = Days
job-schedule-window = Window { $number }
job-schedule-window-remove = Remove window { $number }
job-schedule-window-add = Add window
job-schedule-window-start = Opens at
job-schedule-window-hours = For hours
job-schedule-window-minutes = and minutes
job-schedule-hours = h
job-schedule-minutes = min
job-schedule-window-why = Packages may be copied outside a window, installing may not. A system whose expected time no longer fits is not started. As many windows are used as it takes.
job-schedule-window-words = { $days } at { $start } for { $time }
job-schedule-zone = Time zone
job-schedule-zone-name = Name of the time zone
job-schedule-zone-own = Each site’s own
job-schedule-zone-own-why = Each system begins at this time of its own site.
job-schedule-zone-site = { $zone } (site)
job-schedule-zone-you = { $zone } (you)
job-schedule-zone-other = Another one…
job-schedule-start = Start
job-schedule-site = Site, { $zone }
job-schedule-you = You, { $zone }
job-schedule-number = Number
job-schedule-example = For a site in { $zone }, as an example.
job-schedule-moved = moved: the time set does not exist on { $date }
job-schedule-moved-from = moved: { $time } does not exist on { $date }
job-schedule-incomplete = Fill in the fields above to see when it begins.
job-schedule-incorrect = Check the highlighted fields.
job-schedule-frequency = Repeats
job-schedule-frequency-daily = Daily
job-schedule-frequency-weekly = Weekly
job-schedule-frequency-monthly = Monthly
job-schedule-frequency-rule = By a rule (RRULE)
job-schedule-interval = Every
job-schedule-unit-daily =
    { $count ->
        [one] day
       *[other] days
    }
job-schedule-unit-weekly =
    { $count ->
        [one] week
       *[other] weeks
    }
job-schedule-unit-monthly =
    { $count ->
        [one] month
       *[other] months
    }
job-schedule-monthly = On
job-schedule-monthly-day = a day of the month
job-schedule-monthly-last = the last day of the month
job-schedule-monthly-weekday = a weekday of the month
job-schedule-month-day-label = Day
job-schedule-place = Which
job-schedule-place-1 = First
job-schedule-place-2 = Second
job-schedule-place-3 = Third
job-schedule-place-4 = Fourth
job-schedule-place--1 = Last
job-schedule-weekday = Weekday
job-schedule-rule = Rule of RFC 5545
job-schedule-rule-hint = For example FREQ=WEEKLY;INTERVAL=2;BYDAY=SU
job-schedule-ends = Ends
job-schedule-ends-never = never
job-schedule-ends-until = on a date
job-schedule-ends-count = after a number of runs
job-schedule-until = Last date
job-schedule-count = Runs
job-schedule-every-daily =
    { $count ->
        [one] Daily
       *[other] Every { $number } days
    }
job-schedule-every-weekly =
    { $count ->
        [one] Weekly
       *[other] Every { $number } weeks
    }
job-schedule-every-monthly =
    { $count ->
        [one] Monthly
       *[other] Every { $number } months
    }
job-schedule-month-last = last day of the month
job-schedule-month-day = day { $day }
job-schedule-month-weekday = { $place } { $day }
job-schedule-from = { $rule }, from { $first }
job-schedule-in-zone = { $when } ({ $zone })
job-schedule-date-time = { $date }, { $time }
rollout-waves = Waves
rollout-unsplit-devices = each begins when the one before has proven good
rollout-unsplit-customers = a customer is never split between two
rollout-add = Add wave
rollout-remove = Remove wave { $wave }
rollout-wave = Wave
rollout-size = Size
rollout-systems = Systems
rollout-proven = Begins when succeeded
rollout-soak = and observed for
rollout-bar = { $wave } · { $number }
rollout-bar-words =
    { $count ->
        [one] Wave { $wave }: { $number } system.
       *[other] Wave { $wave }: { $number } systems.
    }
rollout-unit-customers =
    { $count ->
        [one] customer
       *[other] customers
    }
rollout-unit-devices =
    { $count ->
        [one] device
       *[other] devices
    }
rollout-unit-systems =
    { $count ->
        [one] system
       *[other] systems
    }
rollout-unit-percent = %
rollout-size-of = Size of wave { $wave }
rollout-unit-of = Unit of wave { $wave }
rollout-proven-of = Share of wave { $wave } that has to succeed, in percent
rollout-percent-of = % of wave { $wave }
rollout-soak-of = Observation after wave { $wave }
rollout-soak-unit-of = Unit of the observation after wave { $wave }
rollout-soak-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }
rollout-soak-hours =
    { $count ->
        [one] hour
       *[other] hours
    }
rollout-soak-days =
    { $count ->
        [one] day
       *[other] days
    }
rollout-all = all
rollout-rest = the rest
rollout-first = at the start
rollout-threshold = Failures
rollout-threshold-why = What is being checked counts as failed until its outcome is known.
rollout-threshold-act = What happens when too many fail
rollout-act-pause = Pause
rollout-act-stop = Stop
rollout-act-none = Go on whatever fails
rollout-when = when
rollout-when-systems =
    { $count ->
        [one] system of the job fails
       *[other] systems of the job fail
    }
rollout-or = or
rollout-when-percent = % of a wave
upgrade-open = Device software upgrade…
upgrade-act = Upgrade the software of selected devices…
upgrade-title = Device software upgrade
upgrade-steps = Steps of the upgrade
upgrade-step-targets = Targets
upgrade-step-rollout = Rollout and window
upgrade-step-summary = Summary
upgrade-none = No device is selected
upgrade-none-why = Select devices in the list of systems, then choose Device software upgrade.
upgrade-too-many = At most { $limit } devices at a time
upgrade-too-many-why = Select fewer devices; the others can follow as another job.
upgrade-target = Upgrade to
upgrade-recommended = The recommended version of each device
upgrade-recommended-why = The newest version of each device’s track in the repository, through long-term versions where the path needs them.
upgrade-target-why = Devices that this package does not fit are left out, each with its reason.
upgrade-targets = Targets
upgrade-targets-count =
    { $count ->
        [one] { $devices } of { $number } selected device, at { $customers }
       *[other] { $devices } of { $number } selected devices, at { $customers }
    }
upgrade-nobody = None of the selected devices can be upgraded.
upgrade-model = Model
upgrade-from = From
upgrade-path = Path
upgrade-to = To
upgrade-digest = Digest
upgrade-size = Size
upgrade-expected = Expected
upgrade-restarts = Restarts
upgrade-devices = Devices
upgrade-direct = direct
upgrade-through = through { $versions }
upgrade-missing = { $series } is missing in the repository
upgrade-excluded = Left out
upgrade-excluded-count =
    { $count ->
        [one] { $number } device, with its reason
       *[other] { $number } devices, each with its reason
    }
upgrade-excluded-current = Already at the version that is wanted
upgrade-how = Each device is checked before the first byte is sent. It restarts once for each version and does not record meanwhile; it counts as done when it runs the new version after a new start. A device that is being written to is never interrupted.
upgrade-longest = Longest for one
upgrade-summary =
    { $count ->
        [one] Upgrade { $number } device
       *[other] Upgrade { $number } devices
    }
upgrade-name-made = made of the operation and the targets
upgrade-wave-words =
    { $count ->
        [one] wave { $wave }: { $number } device
       *[other] wave { $wave }: { $number } devices
    }
upgrade-limit-systems =
    { $count ->
        [one] from { $number } failed device on
       *[other] from { $number } failed devices on
    }
upgrade-limit-percent = from { $percent } of a wave on
upgrade-limit-either = { $systems } or { $percent }
upgrade-confirm =
    { $count ->
        [one] { $number } device restarts and does not record meanwhile
       *[other] { $number } devices restart and do not record meanwhile
    }
upgrade-confirm-why =
    { $count ->
        [one] Its settings stay. What changes until its turn comes is checked again then.
       *[other] Their settings stay. What changes until a device’s turn comes is checked again then.
    }
upgrade-do =
    { $count ->
        [one] Upgrade { $number } device
       *[other] Upgrade { $number } devices
    }
upgrade-schedule =
    { $count ->
        [one] Schedule { $number } device
       *[other] Schedule { $number } devices
    }
upgrade-look-first = Go to the summary first
systems-models-upgrade = Upgrade: { $badge }
app-jobs-running =
    { $count ->
        [one] { $number } running
       *[other] { $number } running
    }
