-- What version 19 has that the versions before had not: video servers, and connections that are not monitored.
INSERT INTO connection (id, organization_id, kind, host, port, user_name, password, proxy, monitored, created_at)
    SELECT x'6b', id, 'video_server', '192.0.2.9', 29204, 'fleet', 'secret', '{"kind":"workspace"}', 0, 1 FROM organization LIMIT 1;
INSERT INTO video_server SELECT x'6b', '2.43', 'UTC', 'Example', '[]';
INSERT INTO video_server SELECT id, '2.43', '', '', '[]' FROM connection WHERE id <> x'6b' LIMIT 1;
