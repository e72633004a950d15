-- Systems without a network and hardware that carries licences (LIC-40, LIC-50, LIC-51).

-- The key that licence files of this workspace are signed with; made when it is first needed.
-- owner: licensing
CREATE TABLE licence_file_signer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    created_at INTEGER NOT NULL
) STRICT;

-- owner: licensing
CREATE TABLE licence_offline_system (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    -- How the system calls itself.
    identity TEXT NOT NULL,
    product_version TEXT NOT NULL,
    -- What its hardware is recognised by, a JSON array of texts.
    hardware TEXT NOT NULL,
    -- What it needs by type, a JSON object.
    needs TEXT NOT NULL,
    -- Whether its own file says so, or a person who read another file.
    source TEXT NOT NULL CHECK (source IN ('system_file', 'by_hand')),
    -- Where a person has that from; may be empty.
    reference TEXT NOT NULL,
    -- The key it signs with, as its first request said.
    signing_key TEXT,
    -- The highest number of its files, and of the licence files for it.
    sequence INTEGER NOT NULL,
    answer_sequence INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'pending', 'licensed', 'lapsed', 'returned', 'lost')),
    -- The request that waits for an answer, and the licence file that was issued last.
    request BLOB,
    answer BLOB,
    first_day INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX licence_offline_system_of_organization ON licence_offline_system (organization_id, product);
-- A system is in one place at a time; what it was before it was returned stays.
CREATE UNIQUE INDEX licence_offline_system_identity ON licence_offline_system (product, identity) WHERE state <> 'returned';

-- Every file that came in or went out, whole. The same file is taken once.
-- owner: licensing
CREATE TABLE licence_offline_file (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    system_id BLOB NOT NULL REFERENCES licence_offline_system (id),
    kind TEXT NOT NULL CHECK (kind IN ('request', 'response', 'confirmation', 'other')),
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    content BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_offline_file_of_system ON licence_offline_file (system_id);
CREATE TRIGGER licence_offline_file_no_update BEFORE UPDATE ON licence_offline_file BEGIN SELECT raise(ABORT, 'licence files are kept'); END;
CREATE TRIGGER licence_offline_file_no_delete BEFORE DELETE ON licence_offline_file BEGIN SELECT raise(ABORT, 'licence files are kept'); END;

-- Hardware that carries licences, by product and serial number: registered with one organization, or suspended.
-- owner: licensing
CREATE TABLE licence_hardware (
    product TEXT NOT NULL,
    -- The serial number without spaces, dashes and case.
    serial_key TEXT NOT NULL,
    serial TEXT NOT NULL,
    model TEXT NOT NULL,
    organization_id BLOB NOT NULL,
    -- The system without a network that it is; none: it counts for the product as a whole.
    system_id BLOB REFERENCES licence_offline_system (id),
    -- What it carries by type, a JSON object. Never changed.
    licences TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('catalogue', 'system_file', 'by_hand')),
    reference TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    since INTEGER NOT NULL,
    PRIMARY KEY (product, serial_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_hardware_of_organization ON licence_hardware (organization_id, product);
