## Shared

none = –
save = Save
cancel = Cancel
close = Close
apply = Apply
add = Add
edit = Edit…
delete = Delete…
remove = Remove
retry = Try again
undo = Undo
back = Back
continue = Continue
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
as-table = Show as table
as-chart = Show as chart
error-reference = Reference { $id }
tag-add = Add tag
tag-remove = Remove { $tag }
tag-limit = At most { $limit }
increase = More
decrease = Less
confirm-type = Type { $text } to confirm
no-matches = Nothing matches
error-host-unreachable = Flotilla cannot be reached
    .action = Check that the server is running and the network is up, then try again.
error-host-answer-unreadable = The answer could not be read
    .action = Load the page again; if it stays so, interface and server are of different versions.

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

list-search = Search { $what }
list-search-go = Search
list-search-clear = Clear search
list-filter = Filter
list-filter-panel = Filter criteria
list-filter-reset = Reset
list-filter-from = From
list-filter-to = To
list-filter-contains = contains
list-filter-any = Any
list-filter-empty = Empty
list-filter-values = one per entry
list-chip-search = Search
list-chip-remove = Remove criterion { $name }
list-clear = Clear
list-clear-filter = Clear filter
list-nothing-matches = Nothing matches
list-nothing-matches-why = No entry fits the search and the criteria in force.
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
list-columns-reset = As they come
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
list-views-save = Save as view…
list-views-update = Update { $name }
list-views-delete = Delete { $name }…
list-views-name = Name of the view
list-views-share = Everyone may use it
list-views-delete-title = Delete the view { $name }?
list-views-delete-body = Its filter, sorting and columns are forgotten. No entry of the list is touched.
list-views-delete-do = Delete view
list-export = Export
list-export-all = All { $count } listed
list-export-selected = { $count } selected
list-export-csv = as CSV
list-export-xlsx = as XLSX
list-exported = Saved { $name }
list-failed = The list could not be read
list-too-many = Only the first { $count } can be shown; narrow the list by a filter.
list-of = { $shown } of { $total }

## Frame

app-navigation = Main
app-skip = To the content
app-fold = Fold navigation
app-unfold = Unfold navigation
app-search = Search or run a command
app-work =
    { $count ->
        [0] Nothing is running
       *[other] { $count } running
    }
app-work-title = Running work
app-work-none = Nothing is running. Imports, tests and exports show here.
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
app-theme-system = As the system
app-user = Signed in as { $name }
app-profile = Profile
app-sign-out = Sign out
app-shortcuts = Keyboard shortcuts
app-organization-all = All organizations
app-organization = Organization
app-organization-search = Search organizations
app-organization-more = { $count } more, narrow the search
app-not-found = There is no such page
app-not-found-why = The address may be old, or you may not see what it names.
app-to-dashboard = To the dashboard
app-starting = Starting
nav-dashboard = Dashboard
nav-customers = Customers
nav-systems = Devices
nav-alarms = Alarms
nav-accounts = Accounts
nav-preferences = Preferences
nav-audit = Audit log
nav-application_centre = Application centre
nav-administration = Administration
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
shortcut-palette = Search or run a command
shortcut-help = Show keyboard shortcuts
shortcut-list-move = Move in a list
shortcut-list-ends = First and last row
shortcut-list-select = Select the row
shortcut-list-all = Select all that match
shortcut-list-open = Open the row
shortcut-close = Close panel, menu or dialog
