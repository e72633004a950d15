-- Invitations into an organization (ORG-10 to ORG-12). One that was accepted or revoked has no row any more: what became of it stands
-- in the audit log, and whoever accepted it has the membership.
-- owner: organizations
CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    -- What the inviter chose; it is accepted as viewer (ORG-11).
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
    -- The SHA-256 of the code; the code itself is told once.
    code_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX invitation_address ON invitation (organization_id, email_key);
-- owner: organizations
CREATE TABLE invitation_folder (
    invitation_id BLOB NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
    folder_id BLOB NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    PRIMARY KEY (invitation_id, folder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_folder_by_folder ON invitation_folder (folder_id);

-- A membership is a row of the list of members; one that was an invitation keeps its id.
ALTER TABLE membership ADD COLUMN id BLOB NOT NULL DEFAULT x'';
-- What an accepted invitation had chosen, until somebody with the right grants it (ORG-11); none: nothing waits.
ALTER TABLE membership ADD COLUMN promotion TEXT CHECK (promotion IN ('owner', 'admin', 'operator'));
-- Ids sort by age; these are older than any that comes.
UPDATE membership SET id = unhex('0000000000007' || substr(hex(randomblob(2)), 2) || '8' || substr(hex(randomblob(8)), 2));
CREATE UNIQUE INDEX membership_by_id ON membership (id);

-- When somebody last signed in, clicked, touched or typed (ORG-13).
ALTER TABLE account ADD COLUMN last_seen INTEGER;
UPDATE account SET last_seen = last_sign_in;

-- Which entries of the audit log are the history of an organization (ORG-30); of an act on several, each has it.
-- owner: kernel; readable
CREATE TABLE audit_place (
    organization_id BLOB NOT NULL,
    audit_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, audit_id)
) STRICT, WITHOUT ROWID;
INSERT INTO audit_place SELECT organization_id, id FROM audit WHERE organization_id IS NOT NULL;
INSERT INTO audit_place SELECT DISTINCT unhex(each.value, '-'), a.id
FROM audit AS a JOIN json_each(a.details, '$.organizations') AS each ON json_type(a.details, '$.organizations') = 'array'
WHERE a.organization_id IS NULL AND length(unhex(each.value, '-')) = 16;
CREATE INDEX audit_place_by_entry ON audit_place (audit_id);
