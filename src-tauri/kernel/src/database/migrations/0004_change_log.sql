-- What each transaction has changed, for the other processes that have the workspace open. Written with what it tells;
-- only the newest rows are kept. The newest of all is never deleted, so that no number is given twice.
-- owner: kernel
CREATE TABLE change_log (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- The process that made the change, by a number it has chosen at its start.
    process BLOB NOT NULL,
    feature TEXT NOT NULL,
    -- 16 bytes for each thing that changed.
    ids BLOB NOT NULL,
    membership INTEGER NOT NULL,
    many INTEGER NOT NULL
) STRICT;
