-- What version 14 has that the versions before had not: the notices of licences.
INSERT INTO licence_notice SELECT randomblob(16), id, organization_id, 'p', 'P', 'shelf_life', 1, 90, x'c3', '', 't', 1 FROM licence_book LIMIT 2;
INSERT INTO licence_notice_dismissed SELECT (SELECT id FROM account LIMIT 1), id, 1 FROM licence_notice;
