-- What administrators have said of the columns of files with other headers than the import's own (CUS-26).
-- owner: imports
CREATE TABLE import_mapping (
    -- SHA-256 of the columns' names, in no order.
    id BLOB PRIMARY KEY,
    -- JSON: the names as they stood in the file, and which column of the import each is.
    columns TEXT NOT NULL,
    said_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
