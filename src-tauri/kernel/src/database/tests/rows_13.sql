-- What version 13 has that the versions before had not: systems without a network, and hardware that carries licences.
INSERT INTO licence_file_signer VALUES (1, 'Flotilla', zeroblob(32), 1);
INSERT INTO licence_offline_system
    SELECT randomblob(16), id, 'p', hex(id), '1', '[]', '{}', 'system_file', '', NULL, 1, 0, 'requested', NULL, NULL, 1, 1 FROM organization LIMIT 2;
INSERT INTO licence_offline_file SELECT randomblob(32), id, 'request', 'f', 1, x'00', 1 FROM licence_offline_system;
INSERT INTO licence_hardware
    SELECT 'p', identity, identity, 'm', organization_id, id, '{"t":1}', 'by_hand', 'r', 'active', 1 FROM licence_offline_system;
