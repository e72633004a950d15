-- Times are UTC milliseconds, calendar dates days since 1970-01-01, ids UUIDv7 blobs.
-- `…_key` columns hold the folded form that is compared and searched (case, accents and width removed).

-- owner: kernel
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1) STRICT, WITHOUT ROWID;

-- owner: accounts; readable
CREATE TABLE account (
    id BLOB PRIMARY KEY,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'operator')),
    password_hash TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    must_change_password INTEGER NOT NULL,
    expires_on INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    last_failure_at INTEGER,
    locked_until INTEGER,
    last_sign_in INTEGER,
    terms_version INTEGER NOT NULL DEFAULT 0,
    -- Rises whenever all sessions of the account must end.
    epoch INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    language TEXT NOT NULL DEFAULT 'en',
    theme TEXT NOT NULL DEFAULT 'system',
    density TEXT NOT NULL DEFAULT 'comfortable',
    zone TEXT,
    organization_id BLOB,
    created_at INTEGER NOT NULL,
    labels TEXT NOT NULL DEFAULT '[]',
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;

-- Personal data stands beside the account and the audit chain, so that it can be erased (ACC-24).
-- A row may outlive its account: the audit log names people by it.
-- owner: accounts; readable
CREATE TABLE person (
    account_id BLOB PRIMARY KEY,
    login TEXT NOT NULL,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    telephone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    avatar BLOB
) STRICT;

-- owner: accounts; readable
CREATE TABLE account_label (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    label_key TEXT NOT NULL,
    PRIMARY KEY (account_id, label_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_label_by_label ON account_label (label_key);

-- owner: accounts
CREATE TABLE password_history (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    password_hash TEXT NOT NULL
) STRICT;
CREATE INDEX password_history_by_account ON password_history (account_id, at);

-- owner: organizations; readable
CREATE TABLE organization (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    zone TEXT NOT NULL,
    language TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    telephone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    archived_at INTEGER,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX organization_name ON organization (name_key) WHERE archived_at IS NULL;

-- owner: organizations; readable
CREATE TABLE folder (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    parent_id BLOB REFERENCES folder (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    zone TEXT
) STRICT;
CREATE UNIQUE INDEX folder_name ON folder (organization_id, ifnull(parent_id, x''), name_key);

-- owner: organizations
CREATE TABLE membership (
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
    origin TEXT NOT NULL CHECK (origin IN ('by_hand', 'label', 'invitation')),
    PRIMARY KEY (organization_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership (account_id, organization_id, role);

-- What makes an organization a customer.
-- owner: customers; readable
CREATE TABLE customer (
    organization_id BLOB PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    password TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('on-premises', 'cloud')),
    proxy TEXT NOT NULL,
    pin BLOB,
    certificate BLOB,
    certificate_until INTEGER,
    waiting_certificate BLOB,
    connection TEXT NOT NULL DEFAULT 'never',
    status TEXT NOT NULL DEFAULT 'never_tried',
    status_detail TEXT NOT NULL DEFAULT '',
    status_since INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    system_name TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    version_key TEXT NOT NULL DEFAULT '',
    profile TEXT NOT NULL DEFAULT '',
    provider TEXT NOT NULL DEFAULT '',
    reseller TEXT NOT NULL DEFAULT '',
    -- What labels are matched with (ACC-16).
    provider_key TEXT NOT NULL DEFAULT '',
    reseller_key TEXT NOT NULL DEFAULT '',
    system_count INTEGER NOT NULL DEFAULT 0,
    licence_state TEXT NOT NULL DEFAULT 'unknown',
    licences TEXT NOT NULL DEFAULT '[]',
    tags TEXT NOT NULL DEFAULT '[]',
    operators TEXT NOT NULL DEFAULT '[]',
    alarm_count INTEGER NOT NULL DEFAULT 0,
    -- 1 critical … 4 warning, 9 none
    worst_alarm INTEGER NOT NULL DEFAULT 9,
    reading_digest BLOB,
    revision INTEGER NOT NULL DEFAULT 1,
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX customer_by_address ON customer (host, port);
CREATE INDEX customer_by_connection ON customer (connection);
CREATE INDEX customer_by_provider ON customer (provider_key);
CREATE INDEX customer_by_reseller ON customer (reseller_key);

-- Apart, because it is written after every round and nothing else is (CUS-40).
-- owner: connections; readable
CREATE TABLE contact (
    organization_id BLOB PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- owner: customers
CREATE TABLE customer_tag (
    organization_id BLOB NOT NULL REFERENCES customer (organization_id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    tag_key TEXT NOT NULL,
    PRIMARY KEY (organization_id, tag_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tag_by_tag ON customer_tag (tag_key);

-- owner: systems; readable
CREATE TABLE system (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    folder_id BLOB NOT NULL REFERENCES folder (id),
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    host TEXT NOT NULL,
    model TEXT NOT NULL,
    serial TEXT NOT NULL,
    version TEXT NOT NULL,
    version_key TEXT NOT NULL,
    state TEXT NOT NULL,
    services TEXT NOT NULL DEFAULT '[]',
    service_count INTEGER NOT NULL DEFAULT 0,
    stopped_count INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0,
    alarm_count INTEGER NOT NULL DEFAULT 0,
    worst_alarm INTEGER NOT NULL DEFAULT 9,
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX system_identity ON system (organization_id, identity);
CREATE INDEX system_by_state ON system (state);

-- owner: alarms; readable
CREATE TABLE alarm (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    system_id BLOB REFERENCES system (id) ON DELETE CASCADE,
    cause TEXT NOT NULL,
    qualifier TEXT NOT NULL DEFAULT '',
    severity INTEGER NOT NULL,
    alarm_type TEXT NOT NULL,
    state TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    cleared_at INTEGER,
    occurrences INTEGER NOT NULL DEFAULT 1,
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;
-- ALM-01: one open alarm for each (system, type, qualifier).
CREATE UNIQUE INDEX alarm_open ON alarm (organization_id, ifnull(system_id, x''), cause, qualifier) WHERE state = 'open';
CREATE INDEX alarm_open_by_type ON alarm (alarm_type, severity, organization_id) WHERE state = 'open';
CREATE INDEX alarm_by_time ON alarm (last_at);
CREATE INDEX alarm_by_system ON alarm (system_id);

-- A waiting list: the file as it came, and what was changed in it since.
-- owner: imports
CREATE TABLE import (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    path TEXT,
    bytes BLOB NOT NULL,
    options TEXT NOT NULL
) STRICT;
-- owner: imports
CREATE TABLE import_row (
    import_id BLOB NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    -- JSON of what differs from the file: cells, removed, test
    overlay TEXT NOT NULL,
    PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

-- owner: lists
CREATE TABLE list_view (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    shared INTEGER NOT NULL,
    query TEXT NOT NULL,
    layout TEXT
) STRICT;
CREATE UNIQUE INDEX list_view_name ON list_view (account_id, list, name_key);
-- owner: lists
CREATE TABLE list_layout (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    list TEXT NOT NULL,
    layout TEXT NOT NULL,
    PRIMARY KEY (account_id, list)
) STRICT, WITHOUT ROWID;

-- owner: accounts
CREATE TABLE notification (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- ADM-20. `body` is the exact text that was hashed; everything else repeats parts of it for the list.
-- owner: kernel; readable
CREATE TABLE audit (
    id BLOB PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    account_id BLOB,
    organization_id BLOB,
    act TEXT NOT NULL,
    result TEXT NOT NULL,
    origin TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
