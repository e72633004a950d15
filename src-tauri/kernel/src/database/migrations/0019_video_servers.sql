-- Video servers are reached by connections of a kind of their own (DEV-50), and the monitoring of a connection can be switched off
-- (DEV-51, RGT-03).

-- owner: connections; readable
CREATE TABLE new_connection (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('ip_office', 'device', 'video_server')),
    -- Empty: it is called by its address.
    name TEXT NOT NULL DEFAULT '',
    host TEXT NOT NULL,
    host_order TEXT NOT NULL DEFAULT '',
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
    -- Whether it is polled.
    monitored INTEGER NOT NULL DEFAULT 1 CHECK (monitored IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
INSERT INTO new_connection (id, organization_id, kind, name, host, host_order, port, user_name, password, proxy, pin, certificate, certificate_until,
                            waiting_certificate, state, status, status_detail, status_since, failures, reading_digest, edition, revision, created_at, removed_at)
SELECT id, organization_id, kind, name, host, host_order, port, user_name, password, proxy, pin, certificate, certificate_until,
       waiting_certificate, state, status, status_detail, status_since, failures, reading_digest, edition, revision, created_at, removed_at
FROM connection;
DROP TABLE connection;
ALTER TABLE new_connection RENAME TO connection;
CREATE INDEX connection_by_organization ON connection (organization_id);
CREATE INDEX connection_by_address ON connection (host, port) WHERE removed_at IS NULL;
CREATE INDEX connection_by_certificate ON connection (certificate_until) WHERE removed_at IS NULL AND certificate_until IS NOT NULL;

-- What a connection to a video server reports beyond the server's own row (PRO-01).
-- owner: systems
CREATE TABLE video_server (
    connection_id BLOB PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    interface TEXT NOT NULL DEFAULT '',
    time_zone TEXT NOT NULL DEFAULT '',
    vendor TEXT NOT NULL DEFAULT '',
    -- The devices it works with: a list of names, models, serial numbers and addresses.
    devices TEXT NOT NULL DEFAULT '[]'
) STRICT;
