-- The issuers of signed licence keys that an administrator has decided about (LIC-21). None is ever deleted: what was redeemed names its
-- issuer, and stays from one that was revoked since.
-- owner: licensing
CREATE TABLE licence_issuer (
    -- The first eight bytes of the SHA-256 of the public key, in hexadecimal digits: a licence key names its issuer by them.
    key_id TEXT PRIMARY KEY CHECK (length(key_id) = 16),
    public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by BLOB,
    standing TEXT NOT NULL CHECK (standing IN ('trusted', 'revoked')),
    -- The last decision, and why; of the first one nobody asks.
    decided_at INTEGER NOT NULL,
    decided_by BLOB,
    reason TEXT NOT NULL
) STRICT;

-- Who signed the key of a lot; empty: nobody.
ALTER TABLE licence_holding ADD COLUMN issuer_key TEXT NOT NULL DEFAULT '';
ALTER TABLE licence_holding ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
