-- What version 12 has that the versions before had not: issuers of signed licence keys, and lots that name theirs.
INSERT INTO licence_issuer VALUES
    ('00000000000000a1', zeroblob(32), 'North', 1, NULL, 'trusted', 1, NULL, ''),
    ('00000000000000a2', randomblob(32), 'South', 1, NULL, 'revoked', 2, NULL, 'Lost');
UPDATE licence_holding SET issuer_key = '00000000000000a1', issuer = 'North';
