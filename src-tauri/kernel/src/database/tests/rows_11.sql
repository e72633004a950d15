-- What version 11 has that the versions before had not: the licence ledger.
INSERT INTO licence_entry VALUES
    (1, x'c1', x'c2', (SELECT id FROM organization LIMIT 1), 'p', 1, 1, NULL, 'registered', '', '', 0, '{}', x'00', ''),
    (2, x'c7', x'c8', (SELECT id FROM organization LIMIT 1), 'p', 1, 1, NULL, 'redeemed', '', '', 1, '{}', x'01', '');
INSERT INTO licence_posting VALUES (2, 0, 'wallet', 't', 1, x'c3', 1), (2, 1, 'issuer', 't', 1, x'c3', -1);
INSERT INTO licence_head VALUES (1, 2, x'01');
INSERT INTO licence_operation VALUES (x'c2', 'a', x'00', '{}', 1), (x'c8', 'b', x'00', '{}', 1);
INSERT INTO licence_key VALUES ('d', x'c1'), ('e', x'c7');
INSERT INTO licence_catalogue VALUES (1, 0, 1, '{}'), (2, 1, 0, '{}');
INSERT INTO licence_clock VALUES (1, 1);
INSERT INTO licence_requirement SELECT id, 'p', x'', 't', 1 FROM organization LIMIT 2;
INSERT INTO licence_book SELECT randomblob(16), id, 'p', 'P', 'registered', NULL, 0, NULL, 0, 0, 0, NULL, '' FROM organization LIMIT 2;
INSERT INTO licence_holding SELECT randomblob(16), id, organization_id, 'p', 'P', x'c3', '', 't', 'signed', 'subscription', 1, '', 1, 2, 1, 1, 0, 0, 0, 'usable', 1, '' FROM licence_book;
INSERT INTO licence_ending SELECT randomblob(16), id, organization_id, 'p', 'P', 'year', 1, 1, 0, '', 0, '' FROM licence_book;
