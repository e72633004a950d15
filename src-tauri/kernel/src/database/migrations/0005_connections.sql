-- A customer was its only connection. From here on a connection is a thing of its own: an organization has any number of them, of
-- several kinds, and each system names the one it is reached by. What was a customer's connection keeps the customer's id.

-- owner: connections; readable
CREATE TABLE connection (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('ip_office', 'device')),
    -- Empty: it is called by its address.
    name TEXT NOT NULL DEFAULT '',
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    password TEXT NOT NULL,
    proxy TEXT NOT NULL,
    pin BLOB,
    certificate BLOB,
    certificate_until INTEGER,
    waiting_certificate BLOB,
    state TEXT NOT NULL DEFAULT 'never',
    status TEXT NOT NULL DEFAULT 'never_tried',
    status_detail TEXT NOT NULL DEFAULT '',
    status_since INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    reading_digest BLOB,
    -- Counts the changes of what it is reached by: an outcome of an older endpoint is not one of this one.
    edition INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
INSERT INTO connection (id, organization_id, kind, host, port, user_name, password, proxy, pin, certificate, certificate_until,
                        waiting_certificate, state, status, status_detail, status_since, failures, reading_digest, edition, revision, created_at)
SELECT c.organization_id, c.organization_id, 'ip_office', c.host, c.port, c.user_name, c.password, c.proxy, c.pin, c.certificate, c.certificate_until,
       c.waiting_certificate, c.connection, c.status, c.status_detail, c.status_since, c.failures, c.reading_digest, c.connection_revision, c.revision, o.created_at
FROM customer AS c JOIN organization AS o ON o.id = c.organization_id;
CREATE INDEX connection_by_organization ON connection (organization_id);
CREATE INDEX connection_by_address ON connection (host, port) WHERE removed_at IS NULL;
CREATE INDEX connection_by_certificate ON connection (certificate_until) WHERE removed_at IS NULL AND certificate_until IS NOT NULL;

-- Apart, because it is written after every round and nothing else is (CUS-40).
-- owner: connections; readable
CREATE TABLE new_contact (
    connection_id BLOB PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO new_contact SELECT t.organization_id, t.at FROM contact AS t JOIN connection AS n ON n.id = t.organization_id;
DROP TABLE contact;
ALTER TABLE new_contact RENAME TO contact;

-- What a connection to a telephone solution reports of the solution as a whole.
-- owner: systems; readable
CREATE TABLE solution (
    connection_id BLOB PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    system_name TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    version_key TEXT NOT NULL DEFAULT '',
    profile TEXT NOT NULL DEFAULT '',
    provider TEXT NOT NULL DEFAULT '',
    reseller TEXT NOT NULL DEFAULT '',
    -- What labels are matched with (ACC-16).
    provider_key TEXT NOT NULL DEFAULT '',
    reseller_key TEXT NOT NULL DEFAULT '',
    licence_state TEXT NOT NULL DEFAULT 'unknown',
    licences TEXT NOT NULL DEFAULT '[]'
) STRICT;
INSERT INTO solution SELECT organization_id, system_name, version, version_key, profile, provider, reseller, provider_key, reseller_key, licence_state, licences
FROM customer;
CREATE INDEX solution_by_provider ON solution (provider_key);
CREATE INDEX solution_by_reseller ON solution (reseller_key);

-- What makes an organization a customer, and a summary of its connections for the list of customers.
-- owner: customers; readable
CREATE TABLE new_customer (
    organization_id BLOB PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    mode TEXT NOT NULL CHECK (mode IN ('on-premises', 'cloud')),
    -- The connection whose address, version and profile the list shows, when somebody has chosen it (CUS-16).
    main_connection_id BLOB REFERENCES connection (id) ON DELETE SET NULL,
    tags TEXT NOT NULL DEFAULT '[]',
    revision INTEGER NOT NULL DEFAULT 1,
    -- The names of its operators.
    operators TEXT NOT NULL DEFAULT '[]',
    -- Of all its connections: the worst of them, how many there are, and how many are connected.
    connection TEXT NOT NULL DEFAULT 'never',
    status TEXT NOT NULL DEFAULT 'never_tried',
    status_since INTEGER,
    connections INTEGER NOT NULL DEFAULT 0,
    connected INTEGER NOT NULL DEFAULT 0,
    certificate_until INTEGER,
    system_count INTEGER NOT NULL DEFAULT 0,
    licence_state TEXT NOT NULL DEFAULT 'unknown',
    licences TEXT NOT NULL DEFAULT '[]',
    -- Of the main connection.
    host TEXT NOT NULL DEFAULT '',
    port INTEGER NOT NULL DEFAULT 0,
    system_name TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    version_key TEXT NOT NULL DEFAULT '',
    profile TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_customer (organization_id, main_connection_id, mode, tags, revision, operators, connection, status, status_since, connections, connected,
                          certificate_until, system_count, licence_state, licences, host, port, system_name, version, version_key, profile, search_key)
SELECT organization_id, organization_id, mode, tags, revision, operators, connection, status, status_since, 1, connection = 'connected',
       certificate_until, system_count, licence_state, licences, host, port, system_name, version, version_key, profile, search_key
FROM customer;

-- Systems keep their row when they are no longer managed, because alarms, jobs and licences refer to them.
ALTER TABLE system ADD COLUMN connection_id BLOB REFERENCES connection (id);
ALTER TABLE system ADD COLUMN removed_at INTEGER;
-- Whether it is in lists: not removed, and of no archived organization.
ALTER TABLE system ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
UPDATE system SET connection_id = organization_id WHERE organization_id IN (SELECT id FROM connection);
UPDATE system SET listed = 0 WHERE organization_id IN (SELECT id FROM organization WHERE archived_at IS NOT NULL);
DROP INDEX system_identity;
CREATE UNIQUE INDEX system_identity ON system (connection_id, identity) WHERE removed_at IS NULL;
CREATE INDEX system_by_organization ON system (organization_id);
CREATE INDEX system_by_serial ON system (organization_id, serial);
DROP INDEX system_in_order;
DROP INDEX system_by_state;
DROP INDEX system_by_customer;
DROP INDEX system_by_role;
DROP INDEX system_by_model;
DROP INDEX system_by_host;
DROP INDEX system_by_version;
DROP INDEX system_by_alarms;
DROP INDEX system_by_folder;
CREATE INDEX system_in_order ON system (name_key, id) WHERE listed = 1;
CREATE INDEX system_by_state ON system (state, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_customer ON system (customer_key, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_role ON system (role, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_model ON system (model, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_host ON system (host, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_version ON system (version_key, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_alarms ON system (alarm_count, name_key, id) WHERE listed = 1;
CREATE INDEX system_by_folder ON system (folder_id, state, id);

-- An alarm belongs to a system, a connection, an organization, or Flotilla itself. That it is open, acknowledged, shelved or suppressed
-- are four facts, each of its own.
-- owner: alarms; readable
CREATE TABLE new_alarm (
    id BLOB PRIMARY KEY,
    -- None: Flotilla itself.
    organization_id BLOB REFERENCES organization (id) ON DELETE CASCADE,
    connection_id BLOB REFERENCES connection (id) ON DELETE CASCADE,
    system_id BLOB REFERENCES system (id) ON DELETE CASCADE,
    cause TEXT NOT NULL,
    qualifier TEXT NOT NULL DEFAULT '',
    severity INTEGER NOT NULL,
    alarm_type TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    -- None: it is open.
    cleared_at INTEGER,
    occurrences INTEGER NOT NULL DEFAULT 1,
    acknowledged_at INTEGER,
    acknowledged_by BLOB,
    shelved_until INTEGER,
    suppressed INTEGER NOT NULL DEFAULT 0,
    -- Whether it is in lists: of no archived organization.
    listed INTEGER NOT NULL DEFAULT 1,
    search_key TEXT NOT NULL DEFAULT '',
    state TEXT AS (CASE WHEN cleared_at IS NULL THEN 'open' ELSE 'cleared' END) VIRTUAL
) STRICT;
INSERT INTO new_alarm (id, organization_id, connection_id, system_id, cause, qualifier, severity, alarm_type, first_at, last_at, cleared_at, occurrences, search_key, listed)
SELECT a.id, a.organization_id, n.id, a.system_id, a.cause, a.qualifier, a.severity, a.alarm_type, a.first_at, a.last_at,
       CASE a.state WHEN 'open' THEN NULL ELSE coalesce(a.cleared_at, a.last_at) END, a.occurrences, a.search_key, o.archived_at IS NULL
FROM alarm AS a JOIN organization AS o ON o.id = a.organization_id LEFT JOIN connection AS n ON n.id = a.organization_id;
DROP TABLE alarm;
ALTER TABLE new_alarm RENAME TO alarm;
-- ALM-01: one open alarm for each (system, type, qualifier).
CREATE UNIQUE INDEX alarm_open ON alarm (ifnull(organization_id, x''), ifnull(connection_id, x''), ifnull(system_id, x''), cause, qualifier)
    WHERE cleared_at IS NULL;
CREATE INDEX alarm_open_by_type ON alarm (alarm_type, severity, organization_id, system_id) WHERE cleared_at IS NULL AND listed = 1;
CREATE INDEX alarm_by_time ON alarm (last_at);
CREATE INDEX alarm_by_system ON alarm (system_id, cleared_at);
CREATE INDEX alarm_by_connection ON alarm (connection_id, cleared_at);
CREATE INDEX alarm_by_organization ON alarm (organization_id, state, severity, last_at DESC, id);
-- With what decides who may see an alarm, so that no row of the table is read for an operator's list.
CREATE INDEX alarm_by_state ON alarm (state, severity, last_at DESC, id, organization_id, system_id) WHERE listed = 1;
CREATE INDEX alarm_in_order ON alarm (severity, last_at DESC, id, organization_id, system_id) WHERE listed = 1;

-- How many alarms are open on a system, or on an organization with all that is in it, by severity. Kept by differences; no row: none.
-- A connection has no row of its own: those that were customers have the organization's id.
-- owner: alarms; readable
CREATE TABLE alarm_total (
    subject BLOB PRIMARY KEY,
    critical INTEGER NOT NULL DEFAULT 0,
    major INTEGER NOT NULL DEFAULT 0,
    minor INTEGER NOT NULL DEFAULT 0,
    warning INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO alarm_total
SELECT subject, sum(severity = 1), sum(severity = 2), sum(severity = 3), sum(severity = 4)
FROM (SELECT organization_id AS subject, severity FROM alarm WHERE cleared_at IS NULL AND organization_id IS NOT NULL
      UNION ALL SELECT system_id, severity FROM alarm WHERE cleared_at IS NULL AND system_id IS NOT NULL)
GROUP BY subject;

DROP TABLE customer;
ALTER TABLE new_customer RENAME TO customer;
CREATE INDEX customer_by_connection ON customer (connection);


-- A member sees the systems of the folders granted to it, and of those below (ORG-22). Owners and admins have every folder.
-- owner: organizations
CREATE TABLE folder_grant (
    account_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    folder_id BLOB NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, folder_id),
    FOREIGN KEY (organization_id, account_id) REFERENCES membership (organization_id, account_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX folder_grant_by_folder ON folder_grant (folder_id);
CREATE INDEX folder_grant_by_membership ON folder_grant (organization_id, account_id);
INSERT INTO folder_grant (account_id, organization_id, folder_id)
SELECT m.account_id, m.organization_id, f.id FROM membership AS m JOIN folder AS f ON f.organization_id = m.organization_id AND f.parent_id IS NULL
WHERE m.role IN ('operator', 'viewer');

-- Which folders an account sees: all that follow from memberships, grants and the tree. Made anew with whichever of them changes.
-- owner: organizations
CREATE TABLE visible_folder (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    folder_id BLOB NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, folder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visible_folder_by_folder ON visible_folder (folder_id);
CREATE INDEX visible_folder_by_organization ON visible_folder (organization_id);
INSERT INTO visible_folder (account_id, folder_id, organization_id)
WITH RECURSIVE granted (account_id, folder_id) AS (
    SELECT account_id, folder_id FROM folder_grant
    UNION SELECT m.account_id, f.id FROM membership AS m JOIN folder AS f ON f.organization_id = m.organization_id WHERE m.role IN ('owner', 'admin')
    UNION SELECT g.account_id, f.id FROM granted AS g JOIN folder AS f ON f.parent_id = g.folder_id)
SELECT g.account_id, g.folder_id, f.organization_id FROM granted AS g JOIN folder AS f ON f.id = g.folder_id
JOIN organization AS o ON o.id = f.organization_id AND o.archived_at IS NULL;
