-- What is found at the contact with a device is about the device, not about the connection: it is counted with it and with its folder
-- (DEV-10, ORG-24). What was raised before says so, too.
-- owner: alarms
CREATE TABLE device_of_connection AS
SELECT s.connection_id, s.id AS system_id
FROM (SELECT id, connection_id, row_number() OVER (PARTITION BY connection_id ORDER BY removed_at IS NOT NULL, id DESC) AS place FROM system) AS s
JOIN connection AS n ON n.id = s.connection_id AND n.kind = 'device'
WHERE s.place = 1;

UPDATE alarm SET system_id = (SELECT d.system_id FROM device_of_connection AS d WHERE d.connection_id = alarm.connection_id)
WHERE system_id IS NULL AND connection_id IN (SELECT connection_id FROM device_of_connection);

DELETE FROM alarm_total WHERE subject IN (SELECT system_id FROM device_of_connection);
INSERT INTO alarm_total (subject, critical, major, minor, warning)
SELECT a.system_id, sum(a.severity = 1), sum(a.severity = 2), sum(a.severity = 3), sum(a.severity = 4)
FROM alarm AS a WHERE a.cleared_at IS NULL AND a.system_id IN (SELECT system_id FROM device_of_connection)
GROUP BY a.system_id;
UPDATE system SET (alarm_count, worst_alarm) =
    (SELECT count(*), coalesce(min(a.severity), 9) FROM alarm AS a WHERE a.cleared_at IS NULL AND a.system_id = system.id)
WHERE id IN (SELECT system_id FROM device_of_connection);

DROP TABLE device_of_connection;
