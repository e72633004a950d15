-- A database of version 1, full of rows that refer to each other: two of each at least.
INSERT INTO setting VALUES ('preferences', '{"log_days":3}', 2), ('other', '1', 1);
INSERT INTO account (id, login, login_key, role, password_hash, enabled, must_change_password, organization_id, created_at, labels) VALUES
    (x'a1', 'chief', 'chief', 'administrator', 'hash', 1, 0, x'01', 1, '[]'),
    (x'a2', 'Olga', 'olga', 'operator', 'hash', 1, 0, NULL, 2, '["Nord"]');
INSERT INTO person (account_id, login, first_name, avatar) VALUES (x'a1', 'chief', 'Ada', x'ffd8'), (x'a2', 'Olga', 'Olga', NULL), (x'a3', 'gone', '', NULL);
INSERT INTO account_label VALUES (x'a2', 'nord'), (x'a2', 'sud');
INSERT INTO password_history VALUES (x'a1', 1, 'older'), (x'a2', 2, 'older');
INSERT INTO organization (id, name, name_key, zone, language, notes, created_at, archived_at) VALUES
    (x'01', 'Étude', 'etude', 'UTC', 'fr', 'Ring twice', 1, NULL),
    (x'02', 'Bäckerei', 'backerei', 'Europe/Berlin', 'de', '', 2, NULL),
    (x'03', 'Étude', 'etude', 'UTC', 'fr', '', 3, 4);
INSERT INTO folder (id, organization_id, parent_id, name, name_key, zone) VALUES
    (x'11', x'01', NULL, 'Étude', 'etude', NULL), (x'12', x'01', x'11', 'Site', 'site', 'Asia/Tokyo'),
    (x'13', x'01', x'12', 'Cellar', 'cellar', NULL), (x'21', x'02', NULL, 'Bäckerei', 'backerei', NULL),
    (x'22', x'02', x'21', 'Oven', 'oven', NULL), (x'2f', x'03', NULL, 'Étude', 'etude', NULL);
INSERT INTO membership VALUES (x'01', x'a1', 'owner', 'by_hand'), (x'01', x'a2', 'operator', 'label'), (x'02', x'a2', 'viewer', 'by_hand'),
    (x'02', x'a1', 'admin', 'by_hand'), (x'03', x'a1', 'owner', 'by_hand'), (x'03', x'a2', 'operator', 'by_hand');
INSERT INTO customer (organization_id, host, port, user_name, password, mode, proxy, pin, certificate, certificate_until, waiting_certificate, connection, status, failures, licences, tags, operators, alarm_count, worst_alarm, reading_digest, revision) VALUES
    (x'01', '192.0.2.1', 8443, 'COMAdmin', 'secret', 'on-premises', '{"kind":"direct"}', x'c1', x'3082', 9, x'3083', 'connected', 'success', 0, '[]', '["gold"]', '["Olga"]', 2, 1, x'd1', 3),
    (x'02', 'pbx.example', 443, 'COMAdmin', 'other', 'cloud', '{"kind":"workspace"}', NULL, NULL, NULL, NULL, 'never', 'never_tried', 4, '[]', '[]', '[]', 0, 9, NULL, 1),
    (x'03', '192.0.2.1', 8443, 'COMAdmin', 'secret', 'on-premises', '{"kind":"direct"}', x'c3', NULL, NULL, NULL, 'disconnected', 'unreachable', 9, '[]', '[]', '[]', 1, 2, NULL, 2);
UPDATE customer SET status_detail = 'a detail', status_since = 7, system_name = 'Solution', version = '11.1', version_key = '000b', profile = 'Select', provider = 'Nord',
    provider_key = 'nord', reseller = 'Süd', reseller_key = 'sud', system_count = 2, licence_state = 'valid', search_key = 'etude 192.0.2.1' WHERE organization_id = x'01';
INSERT INTO contact VALUES (x'01', 5), (x'02', 6), (x'03', 4);
INSERT INTO customer_tag VALUES (x'01', 'gold', 'gold'), (x'01', 'Été', 'ete'), (x'02', 'gold', 'gold');
INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state, services, service_count, alarm_count, worst_alarm, search_key) VALUES
    (x'31', x'01', x'12', 'telephone_server', 'primary', 'a', 'PBX', 'pbx', '192.0.2.1', 'IP500 V2', 'a', '11.1', '11.1', 'online', '[{"name":"s"}]', 1, 1, 1, 'pbx'),
    (x'32', x'01', x'13', 'telephone_server', 'expansion', 'b', 'Cellar', 'cellar', '192.0.2.2', 'IP500 V2', 'b', '11.1', '11.1', 'offline', '[]', 0, 1, 2, 'cellar'),
    (x'33', x'02', x'21', 'telephone_server', 'alone', 'a', 'PBX', 'pbx', 'pbx.example', 'IP500 V2', 'a', '11.1', '11.1', 'online', '[]', 0, 0, 9, 'pbx'),
    (x'34', x'03', x'2f', 'telephone_server', 'alone', 'a', 'Old', 'old', '192.0.2.1', 'IP500 V2', 'a', '11.1', '11.1', 'unreachable', '[]', 0, 0, 9, 'old');
INSERT INTO alarm (id, organization_id, system_id, cause, severity, alarm_type, state, first_at, last_at, cleared_at) VALUES
    (x'41', x'01', NULL, 'no_contact', 1, 'connection', 'open', 1, 2, NULL),
    (x'42', x'01', x'31', 'service_stopped', 2, 'services', 'open', 1, 2, NULL),
    (x'43', x'01', x'31', 'service_stopped', 2, 'services', 'cleared', 1, 2, 3),
    (x'44', x'01', x'32', 'service_stopped', 3, 'services', 'open', 3, 4, NULL),
    (x'45', x'02', x'33', 'system_stopped', 1, 'connection', 'cleared', 1, 5, NULL),
    (x'46', x'03', NULL, 'no_contact', 2, 'connection', 'open', 1, 2, NULL);
UPDATE alarm SET qualifier = 'Voice Mail', occurrences = 3, search_key = 'voice mail' WHERE id IN (x'42', x'43');
INSERT INTO import VALUES (x'51', x'a1', 1, 'a.csv', NULL, x'4950', '{}'), (x'52', x'a1', 2, 'b.csv', NULL, x'4950', '{}');
INSERT INTO import_row VALUES (x'51', 1, '{}'), (x'51', 2, '{"removed":true}'), (x'52', 1, '{}');
INSERT INTO list_view VALUES (x'61', x'a1', 'customers', 'Mine', 'mine', 0, '{}', NULL), (x'62', x'a2', 'customers', 'Shared', 'shared', 1, '{}', '{"columns":[]}');
INSERT INTO list_layout VALUES (x'a1', 'customers', '{}'), (x'a2', 'systems', '{}');
INSERT INTO notification VALUES (x'71', 1, '{}'), (x'72', 2, '{}');
INSERT INTO audit (id, sequence, at, account_id, organization_id, act, result, origin, subject, details, body, hash) VALUES
    (x'81', 1, 1, x'a1', NULL, 'session.sign_in', 'done', 'desktop', '', '{}', '{}', x'91'),
    (x'82', 2, 2, x'a3', x'01', 'customers.save', 'refused', 'desktop', '', '{}', '{}', x'92');
