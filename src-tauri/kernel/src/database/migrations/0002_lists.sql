-- A list reads every row of its table: what it does not need stands elsewhere, so that the rows stay narrow.
-- owner: systems
CREATE TABLE system_text (
    system_id BLOB PRIMARY KEY REFERENCES system (id) ON DELETE CASCADE,
    search_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- owner: systems
CREATE TABLE system_services (
    system_id BLOB PRIMARY KEY REFERENCES system (id) ON DELETE CASCADE,
    services TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO system_text SELECT id, search_key FROM system;
INSERT INTO system_services SELECT id, services FROM system;
ALTER TABLE system DROP COLUMN search_key;
ALTER TABLE system DROP COLUMN services;
-- The name of the customer, as the list is sorted by it.
ALTER TABLE system ADD COLUMN customer_key TEXT NOT NULL DEFAULT '';
UPDATE system SET customer_key = (SELECT name_key FROM organization WHERE organization.id = system.organization_id);
-- One for each order that is usual: all ids are read off it, none is sorted.
DROP INDEX system_by_state;
CREATE INDEX system_in_order ON system (name_key, id);
CREATE INDEX system_by_state ON system (state, name_key, id);
CREATE INDEX system_by_customer ON system (customer_key, name_key, id);
CREATE INDEX system_by_role ON system (role, name_key, id);
CREATE INDEX system_by_model ON system (model, name_key, id);
CREATE INDEX system_by_host ON system (host, name_key, id);
CREATE INDEX system_by_version ON system (version_key, name_key, id);
CREATE INDEX system_by_alarms ON system (alarm_count, name_key, id);
-- Open alarms, worst first, are read off; and all of them.
CREATE INDEX alarm_by_state ON alarm (state, severity, last_at DESC, id);
CREATE INDEX alarm_in_order ON alarm (severity, last_at DESC, id);
