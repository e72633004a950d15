-- What version 16 has that the versions before had not: the software repository.
INSERT INTO package_index VALUES (randomblob(16), 'https://a.example/i', 'A', NULL, 1, NULL, 1), (randomblob(16), 'https://b.example/i', 'B', zeroblob(32), NULL, 'e', 1);
INSERT INTO package VALUES (randomblob(16), 'firmware', 'P3265-V', 'p3265-v', '12.11', '12.11', 'a.bin', 'a.bin', '[]', '', 1, 'chief', 1, zeroblob(32), 'vendor',
    'stored', 1, '', '', '', 'a.bin', 1, (SELECT id FROM package_index LIMIT 1));
INSERT INTO package SELECT randomblob(16), kind, product, product_key, version, version_key, file_name, file_name_key, tags, note, 1, added_by, 1, randomblob(32),
    'computed', 'altered', 1, '', '', '', 'a.bin', 1, NULL FROM package;
INSERT INTO package_arrival SELECT randomblob(16), 'file', 'b.bin', '/b.bin', 1, zeroblob(32), '', zeroblob(32), '[]', NULL, 1, NULL, id FROM package;
