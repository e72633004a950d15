-- Devices: credential sets, acts on devices and what they came to, rejected tries to sign in.

-- Tries to sign in to a device that it rejected (DEV-02); older ones than a day do not count.
-- owner: connections
CREATE TABLE sign_in_refusal (
    -- The host and the port.
    endpoint TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Whether a later try was accepted; it counts all the same.
    accepted_later INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sign_in_refusal_by_endpoint ON sign_in_refusal (endpoint, at);
CREATE INDEX sign_in_refusal_by_time ON sign_in_refusal (at);

-- User names and passwords under a name, for devices of one organization (DEV-02).
-- owner: devices
CREATE TABLE credential_set (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    UNIQUE (organization_id, name_key)
) STRICT;

-- Acts on devices, one by one or many at once.
-- owner: devices
CREATE TABLE device_act (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    -- What it is about, such as the name of an account; no secret.
    about TEXT NOT NULL,
    -- Who began it.
    account_id BLOB NOT NULL,
    account_name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    -- None: it is under way, or the program that did it was ended and nobody has noticed yet.
    finished_at INTEGER
) STRICT;
CREATE INDEX device_act_by_time ON device_act (started_at);

-- What an act came to for each device (UI-29).
-- owner: devices
CREATE TABLE device_result (
    id BLOB PRIMARY KEY NOT NULL,
    act_id BLOB NOT NULL REFERENCES device_act (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    -- Who began the act; nobody else sees it but administrators.
    account_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    -- None: it is not managed, or was not yet.
    system_id BLOB REFERENCES system (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    host TEXT NOT NULL,
    host_order TEXT NOT NULL,
    port INTEGER NOT NULL,
    model TEXT NOT NULL,
    serial TEXT NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL,
    -- An error's code and parameters; empty: none.
    problem TEXT NOT NULL,
    -- The certificate that a person is to look at.
    certificate BLOB,
    -- A password that was made for the device, until its connection has it: so that none is lost with the program.
    made_password TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX device_result_by_act ON device_result (act_id, position);
CREATE INDEX device_result_by_system ON device_result (system_id) WHERE system_id IS NOT NULL;

-- A device is known by its serial number, wherever it is (DEV-03).
CREATE INDEX system_by_serial_alone ON system (serial) WHERE removed_at IS NULL;
