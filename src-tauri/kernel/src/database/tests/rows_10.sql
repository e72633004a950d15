-- What version 10 has that the versions before had not: invitations to folders, and whose history an entry is.
INSERT INTO invitation VALUES (x'c1', x'01', 'new@example.org', 'new@example.org', 'operator', x'ff', 1, 2),
    (x'c2', x'02', 'New@example.org', 'new@example.org', 'admin', x'fe', 1, 2);
INSERT INTO invitation_folder VALUES (x'c1', x'12'), (x'c1', x'13');
INSERT INTO audit_place VALUES (x'02', x'81');
