CREATE INDEX system_in_order ON system (order_key, id) WHERE listed = 1;
CREATE INDEX system_by_name ON system (name_key, id) WHERE listed = 1;
CREATE INDEX system_by_state ON system (state, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_customer ON system (customer_key, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_role ON system (role, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_model ON system (model, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_host ON system (host_order, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_version ON system (version_key, order_key, id) WHERE listed = 1;
CREATE INDEX system_by_alarms ON system (alarm_count, order_key, id) WHERE listed = 1;
-- What changed since yesterday asks for what was cleared lately.
CREATE INDEX alarm_by_clearing ON alarm (cleared_at) WHERE cleared_at IS NOT NULL;
