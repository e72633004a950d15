-- Names are sorted as people count, addresses by number. What a name is compared, searched and sorted by are three forms.
ALTER TABLE organization ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN order_key TEXT NOT NULL DEFAULT '';
ALTER TABLE connection ADD COLUMN host_order TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN host_order TEXT NOT NULL DEFAULT '';
ALTER TABLE system ADD COLUMN order_key TEXT NOT NULL DEFAULT '';
ALTER TABLE system ADD COLUMN host_order TEXT NOT NULL DEFAULT '';
-- Rows are quicker to change while no index has them.
DROP INDEX system_in_order;
DROP INDEX system_by_state;
DROP INDEX system_by_customer;
DROP INDEX system_by_role;
DROP INDEX system_by_model;
DROP INDEX system_by_host;
DROP INDEX system_by_version;
DROP INDEX system_by_alarms;
