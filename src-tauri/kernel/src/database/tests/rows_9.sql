-- What version 9 has that the versions before had not: what was said of the columns of files.
INSERT INTO import_mapping VALUES (x'aa', '{"columns":[["Kunde","name"]]}', 9), (x'ab', '{"columns":[["Client",null]]}', 9);
