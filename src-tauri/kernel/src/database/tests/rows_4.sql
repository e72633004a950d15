-- What version 4 has that the versions before had not.
INSERT INTO change_log (at, process, feature, ids, membership, many) VALUES (1, x'01', 'customers', x'', 0, 1), (2, x'01', 'systems', x'', 1, 0);
