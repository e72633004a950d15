-- What version 17 has that the versions before had not: devices.
INSERT INTO sign_in_refusal VALUES ('192.0.2.1:443', 1, 0), ('192.0.2.1:443', 2, 1);
INSERT INTO credential_set SELECT randomblob(16), id, 'Kitahama', 'kitahama', 'fleet', 'secret', 1, 1 FROM organization LIMIT 1;
INSERT INTO credential_set SELECT randomblob(16), organization_id, 'Berth', 'berth', 'fleet', 'secret', 1, 1 FROM credential_set;
INSERT INTO device_act VALUES (randomblob(16), 'add', '', (SELECT id FROM account LIMIT 1), 'chief', 1, NULL), (randomblob(16), 'restart', '', (SELECT id FROM account LIMIT 1), 'chief', 1, 2);
INSERT INTO device_result SELECT randomblob(16), a.id, o.id, a.account_id, 0, NULL, '', '', '192.0.2.1', '4', 443, '', '', 'done', 'store', '', NULL, '', 1, '' FROM device_act AS a, (SELECT id FROM organization LIMIT 1) AS o;
-- An alarm of the contact with a device, as it was raised until then.
INSERT INTO alarm (id, organization_id, connection_id, system_id, cause, severity, alarm_type, first_at, last_at) VALUES (x'4b', x'01', x'5a', NULL, 'no_contact', 2, 'connection', 8, 9);
UPDATE alarm_total SET major = major + 1 WHERE subject = x'01';
