-- What is only ever added is not replaced either: `INSERT OR REPLACE` removes the row that is in its way without asking the
-- triggers that forbid to delete it.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence OR id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER licence_entry_no_replace BEFORE INSERT ON licence_entry
WHEN EXISTS (SELECT 1 FROM licence_entry WHERE sequence = NEW.sequence OR id = NEW.id)
BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

CREATE TRIGGER licence_posting_no_replace BEFORE INSERT ON licence_posting
WHEN EXISTS (SELECT 1 FROM licence_posting WHERE entry = NEW.entry AND line = NEW.line)
BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

CREATE TRIGGER licence_operation_no_replace BEFORE INSERT ON licence_operation
WHEN EXISTS (SELECT 1 FROM licence_operation WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

CREATE TRIGGER licence_key_no_replace BEFORE INSERT ON licence_key
WHEN EXISTS (SELECT 1 FROM licence_key WHERE digest = NEW.digest)
BEGIN SELECT raise(ABORT, 'the licence ledger is append-only'); END;

CREATE TRIGGER licence_catalogue_no_replace BEFORE INSERT ON licence_catalogue
WHEN EXISTS (SELECT 1 FROM licence_catalogue WHERE version = NEW.version)
BEGIN SELECT raise(ABORT, 'versions of the catalogue are kept'); END;

CREATE TRIGGER licence_offline_file_no_replace BEFORE INSERT ON licence_offline_file
WHEN EXISTS (SELECT 1 FROM licence_offline_file WHERE digest = NEW.digest)
BEGIN SELECT raise(ABORT, 'licence files are kept'); END;
