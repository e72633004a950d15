-- The licence ledger (LIC-60, LIC-61). Entries and postings, operations and keys are only ever added.
-- owner: licensing
CREATE TABLE licence_entry (
    sequence INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    operation_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    -- The calendar day in the organization's zone.
    day INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account_id BLOB,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    screen TEXT NOT NULL,
    -- By how many licences the wallet changed.
    wallet INTEGER NOT NULL,
    -- The whole entry with its postings and the hash of the one before; the columns repeat it for lists and sums.
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE INDEX licence_entry_by_book ON licence_entry (organization_id, product, sequence);
CREATE TRIGGER licence_entry_no_update BEFORE UPDATE ON licence_entry BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;
CREATE TRIGGER licence_entry_no_delete BEFORE DELETE ON licence_entry BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

-- owner: licensing
CREATE TABLE licence_posting (
    entry INTEGER NOT NULL REFERENCES licence_entry (sequence),
    line INTEGER NOT NULL,
    account TEXT NOT NULL,
    licence_type TEXT NOT NULL,
    -- Both none: licence-days.
    term INTEGER,
    lot_id BLOB,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_posting_by_lot ON licence_posting (lot_id) WHERE lot_id IS NOT NULL;
CREATE TRIGGER licence_posting_no_update BEFORE UPDATE ON licence_posting BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;
CREATE TRIGGER licence_posting_no_delete BEFORE DELETE ON licence_posting BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

-- How far the ledger reaches, so that entries cut off its end are missed.
-- owner: licensing
CREATE TABLE licence_head (id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;

-- What was asked for and answered: the same operation again is done once.
-- owner: licensing
CREATE TABLE licence_operation (
    id BLOB PRIMARY KEY,
    act TEXT NOT NULL,
    inputs BLOB NOT NULL,
    reply TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER licence_operation_no_update BEFORE UPDATE ON licence_operation BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;
CREATE TRIGGER licence_operation_no_delete BEFORE DELETE ON licence_operation BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

-- The digests of redeemed keys: each counts once in the workspace, ever (LIC-21).
-- owner: licensing
CREATE TABLE licence_key (digest TEXT PRIMARY KEY, entry_id BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER licence_key_no_update BEFORE UPDATE ON licence_key BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;
CREATE TRIGGER licence_key_no_delete BEFORE DELETE ON licence_key BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

-- The versions of the catalogue; a running subscription keeps the one it was started with until its next year (LIC-01).
-- owner: licensing
CREATE TABLE licence_catalogue (
    version INTEGER PRIMARY KEY,
    from_day INTEGER NOT NULL,
    built_in INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TRIGGER licence_catalogue_no_update BEFORE UPDATE ON licence_catalogue BEGIN SELECT raise(ABORT, 'versions of the catalogue are kept'); END;
CREATE TRIGGER licence_catalogue_no_delete BEFORE DELETE ON licence_catalogue BEGIN SELECT raise(ABORT, 'versions of the catalogue are kept'); END;

-- The highest time ever seen (LIC-53).
-- owner: licensing
CREATE TABLE licence_clock (id INTEGER PRIMARY KEY CHECK (id = 1), highest INTEGER NOT NULL) STRICT;

-- What is needed by hand: of a system, or of the organization on top of its systems (LIC-15).
-- owner: licensing
CREATE TABLE licence_requirement (
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    -- The system's id; empty: the organization.
    system_id BLOB NOT NULL,
    licence_type TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (organization_id, product, system_id, licence_type)
) STRICT, WITHOUT ROWID;

-- What the entries of a product of an organization come to today; made anew from them at any time.
-- owner: licensing
CREATE TABLE licence_book (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    product_name TEXT NOT NULL,
    status TEXT NOT NULL,
    status_day INTEGER,
    shortage INTEGER NOT NULL,
    next_day INTEGER,
    need INTEGER NOT NULL,
    wallet INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    -- The first day on which any of this is another; none: never by itself.
    changes_on INTEGER,
    search_key TEXT NOT NULL,
    UNIQUE (organization_id, product)
) STRICT;
CREATE INDEX licence_book_due ON licence_book (changes_on) WHERE changes_on IS NOT NULL;

-- The lots of a product of an organization, with what is left of each.
-- owner: licensing
CREATE TABLE licence_holding (
    id BLOB PRIMARY KEY,
    book_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    product_name TEXT NOT NULL,
    lot_id BLOB NOT NULL,
    key TEXT NOT NULL,
    licence_type TEXT NOT NULL,
    origin TEXT NOT NULL,
    purpose TEXT NOT NULL,
    term INTEGER NOT NULL,
    order_reference TEXT NOT NULL,
    redeemed INTEGER NOT NULL,
    shelf_end INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    wallet INTEGER NOT NULL,
    allocated INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    state TEXT NOT NULL,
    place INTEGER,
    search_key TEXT NOT NULL
) STRICT;
CREATE INDEX licence_holding_by_book ON licence_holding (book_id);
CREATE INDEX licence_holding_of_organization ON licence_holding (organization_id, product);

-- Everything that ends, of every product of every organization (LIC-75).
-- owner: licensing
CREATE TABLE licence_ending (
    id BLOB PRIMARY KEY,
    book_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    product_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    short INTEGER NOT NULL,
    key TEXT NOT NULL,
    quiet INTEGER NOT NULL,
    search_key TEXT NOT NULL
) STRICT;
CREATE INDEX licence_ending_by_book ON licence_ending (book_id);
CREATE INDEX licence_ending_by_day ON licence_ending (day);
