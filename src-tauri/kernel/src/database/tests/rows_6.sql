-- What version 6 has that the versions before had not: failures by login name and origin.
INSERT INTO sign_in_failure VALUES (x'aa', '192.0.2.7', 6, 9, 2, 8), (x'aa', 'machine', 1, 9, 0, NULL);
