-- What members with licences are told of a product of an organization today; made anew from its entries at any time
-- (LIC-17, LIC-22).
-- owner: licensing
CREATE TABLE licence_notice (
    -- Made of what it is about: the same notice has the same id whenever it is made.
    id BLOB PRIMARY KEY,
    book_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    product TEXT NOT NULL,
    product_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    -- How many days before its day it is told; none: because of something else.
    days INTEGER,
    lot_id BLOB,
    key TEXT NOT NULL,
    licence_type TEXT NOT NULL,
    quantity INTEGER NOT NULL
) STRICT;
CREATE INDEX licence_notice_by_book ON licence_notice (book_id);
CREATE INDEX licence_notice_by_day ON licence_notice (day);

-- Notices that an account does not want to see again.
-- owner: licensing
CREATE TABLE licence_notice_dismissed (
    account_id BLOB NOT NULL,
    notice_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account_id, notice_id)
) STRICT, WITHOUT ROWID;
