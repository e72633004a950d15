-- The software repository (REP-01). The files themselves lie beside the database, under their SHA-256.

-- Lists of packages on the network that are followed (REP-09).
-- owner: repository
CREATE TABLE package_index (
    id BLOB PRIMARY KEY NOT NULL,
    address TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The SHA-256 of the certificate that a person accepted for the server.
    pin BLOB CHECK (length(pin) = 32),
    -- When it was last read.
    read_at INTEGER,
    -- Why it could not be read the last time.
    error TEXT,
    added_at INTEGER NOT NULL
) STRICT;

-- owner: repository; readable
CREATE TABLE package (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    product TEXT NOT NULL,
    product_key TEXT NOT NULL,
    version TEXT NOT NULL,
    -- Sorts like the version it stands for.
    version_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_name_key TEXT NOT NULL,
    -- JSON array of texts.
    tags TEXT NOT NULL,
    note TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    digest_origin TEXT NOT NULL,
    state TEXT NOT NULL,
    -- When the content was last compared with the digest.
    verified_at INTEGER NOT NULL,
    -- Where it was fetched from; empty: it came as a file.
    address TEXT NOT NULL,
    -- What an image says of itself.
    volume TEXT NOT NULL,
    image_version TEXT NOT NULL,
    search_key TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    -- The list that it stands in.
    index_id BLOB REFERENCES package_index (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX package_by_product ON package (kind, product_key, version_key);
CREATE INDEX package_by_verification ON package (verified_at);
CREATE INDEX package_by_index ON package (index_id) WHERE index_id IS NOT NULL;

-- Files on their way into the repository, and those that stopped half-way (REP-03).
-- owner: repository
CREATE TABLE package_arrival (
    id BLOB PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- The path or the address; empty: a browser sends it.
    place TEXT NOT NULL,
    total INTEGER,
    -- The digest that the vendor gave.
    expected BLOB CHECK (length(expected) = 32),
    -- By what the other side names this very content (RFC 9110, 8.8.3); empty: it does not.
    entity_tag TEXT NOT NULL DEFAULT '',
    -- The SHA-256 of the certificate that a person accepted for the server.
    pin BLOB CHECK (length(pin) = 32),
    -- JSON array: the SHA-256 of each piece from a browser.
    pieces TEXT NOT NULL DEFAULT '[]',
    -- The digest of the whole, once it has come.
    digest BLOB CHECK (length(digest) = 32),
    started_at INTEGER NOT NULL,
    error TEXT,
    -- The package that has the same content.
    known_as BLOB REFERENCES package (id) ON DELETE CASCADE
) STRICT;
