-- Counts the changes of what a customer is reached by: an outcome of an older connection is not one of this one.
ALTER TABLE customer ADD COLUMN connection_revision INTEGER NOT NULL DEFAULT 0;
-- What becomes of one customer's alarms must not depend on how many the others have.
CREATE INDEX alarm_by_organization ON alarm (organization_id, state, severity, last_at DESC, id);
CREATE INDEX system_by_folder ON system (folder_id);
CREATE INDEX folder_by_parent ON folder (parent_id);
