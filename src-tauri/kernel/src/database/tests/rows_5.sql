-- What version 5 has that the versions before had not: devices with connections of their own, what was removed, alarms of every subject
-- with facts of their own, and grants below a root.
INSERT INTO connection (id, organization_id, kind, host, port, user_name, password, proxy, pin, created_at, removed_at) VALUES
    (x'5a', x'01', 'device', '192.0.2.7', 443, 'root', 'secret', '{"kind":"direct"}', x'c7', 8, NULL),
    (x'5b', x'01', 'device', '192.0.2.8', 443, 'root', 'secret', '{"kind":"direct"}', NULL, 8, 9);
INSERT INTO contact VALUES (x'5a', 9);
INSERT INTO system (id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state, alarm_count, worst_alarm, removed_at, listed) VALUES
    (x'35', x'01', x'12', x'5a', 'camera', 'alone', 'c', 'Gate', 'gate', '192.0.2.7', 'P3245', 'c', '11.11', '11.11', 'online', 1, 3, NULL, 1),
    (x'36', x'01', x'12', x'5b', 'camera', 'alone', 'd', 'Yard', 'yard', '192.0.2.8', 'P3245', 'd', '11.11', '11.11', 'unknown', 0, 9, 9, 0);
INSERT INTO system_text VALUES (x'35', 'gate'), (x'36', 'yard');
INSERT INTO system_services VALUES (x'35', '[]'), (x'36', '[]');
INSERT INTO alarm (id, organization_id, connection_id, system_id, cause, severity, alarm_type, first_at, last_at, cleared_at, acknowledged_at, acknowledged_by, shelved_until, suppressed) VALUES
    (x'47', x'01', x'5a', x'35', 'system_stopped', 3, 'connection', 8, 9, NULL, 9, x'a2', 99, 1),
    (x'48', x'01', x'5b', NULL, 'no_contact', 2, 'connection', 8, 9, 9, NULL, NULL, NULL, 0),
    (x'49', x'02', NULL, NULL, 'licence_expired', 2, 'licence', 8, 9, NULL, NULL, NULL, NULL, 0),
    (x'4a', NULL, NULL, NULL, 'certificate_expiring', 4, 'certificate', 8, 9, NULL, NULL, NULL, NULL, 0);
INSERT INTO alarm_total VALUES (x'35', 0, 0, 1, 0), (x'02', 0, 1, 0, 0);
UPDATE alarm_total SET minor = minor + 1 WHERE subject = x'01';
INSERT INTO folder_grant VALUES (x'a2', x'01', x'13');
