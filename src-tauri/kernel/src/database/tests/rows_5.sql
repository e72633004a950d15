-- What version 5 has that the versions before had not.
INSERT INTO connection (id, organization_id, kind, name, host, port, user_name, password, proxy, created_at, removed_at) VALUES
    (x'c1', x'01', 'device', 'Entrance', '192.0.2.21', 443, 'root', 'secret', '{"kind":"workspace"}', 5, NULL),
    (x'c2', x'01', 'device', '', '192.0.2.22', 443, 'root', 'secret', '{"kind":"workspace"}', 5, 6);
INSERT INTO system (id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state, removed_at, listed) VALUES
    (x'34', x'01', x'12', x'c1', 'camera', 'alone', 'c', 'Entrance', 'entrance', '192.0.2.21', 'P1455', 'c', '11.1', '11.1', 'online', NULL, 1),
    (x'35', x'01', x'12', x'c2', 'camera', 'alone', 'd', 'Gone', 'gone', '192.0.2.22', 'P1455', 'd', '11.1', '11.1', 'offline', 6, 0);
INSERT INTO alarm (id, organization_id, connection_id, system_id, cause, severity, alarm_type, first_at, last_at, acknowledged_at, acknowledged_by, shelved_until) VALUES
    (x'44', x'01', x'c1', x'34', 'no_contact', 1, 'communication', 1, 2, 3, x'a1', 9);
INSERT INTO folder_grant (account_id, organization_id, folder_id) VALUES (x'a2', x'01', x'13');
