-- Failed sign-ins are counted by login name and origin, alike for names that somebody has and names that nobody has
-- (ACC-06, ACC-07). They were counted by account, so that anybody's guesses kept its owner out.
-- owner: accounts
CREATE TABLE sign_in_failure (
    -- The SHA-256 of the folded login name: what was typed stands nowhere.
    name BLOB NOT NULL,
    origin TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    -- Tries that were made too early, and are not in the audit log yet.
    held_back INTEGER NOT NULL DEFAULT 0,
    -- When such tries last came into the audit log.
    reported_at INTEGER,
    PRIMARY KEY (name, origin)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);
ALTER TABLE account DROP COLUMN failures;
ALTER TABLE account DROP COLUMN last_failure_at;
ALTER TABLE account DROP COLUMN locked_until;
DELETE FROM setting WHERE name = 'strangers';
-- What a customer is found by for who sees a part of it only: the organization's own texts.
ALTER TABLE customer ADD COLUMN own_key TEXT NOT NULL DEFAULT '';
-- Whether somebody has chosen the main connection (CUS-16); otherwise it is the oldest.
ALTER TABLE customer ADD COLUMN main_chosen INTEGER NOT NULL DEFAULT 0;
