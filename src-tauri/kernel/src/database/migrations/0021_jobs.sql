-- Jobs: what changes many systems, in waves, in windows, again and again (chapter 6).

-- owner: jobs; readable
CREATE TABLE job (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    operation TEXT NOT NULL,
    -- What of it, such as a version; no secret.
    about TEXT NOT NULL,
    -- What the operation needs to know: JSON, no secret.
    settings TEXT NOT NULL,
    -- A secret that the operation needs, until the job has ended.
    secret TEXT NOT NULL DEFAULT '',
    schedule TEXT NOT NULL,
    rollout TEXT NOT NULL,
    priority INTEGER NOT NULL,
    tolerance_minutes INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Why it is held, or ended as it did: an error's code and parameters; empty: none.
    problem TEXT NOT NULL DEFAULT '',
    account_id BLOB NOT NULL,
    account_name TEXT NOT NULL,
    -- Where it was ordered from, as the audit log has it.
    origin TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- When it begins next, or was to begin; none: it has no start left.
    starts_at INTEGER,
    started_at INTEGER,
    finished_at INTEGER,
    approval_needed INTEGER NOT NULL DEFAULT 0,
    approved_by TEXT NOT NULL DEFAULT '',
    -- The highest wave that has begun, from 0.
    wave INTEGER,
    -- A person wants the next wave to begin, whatever the last one came to.
    go_on INTEGER NOT NULL DEFAULT 0,
    -- Failures that were there when a person let it go on after the threshold.
    known_failures INTEGER NOT NULL DEFAULT 0,
    targets INTEGER NOT NULL,
    -- Whether it has runs and does nothing itself.
    repeats INTEGER NOT NULL DEFAULT 0,
    series_id BLOB REFERENCES job (id) ON DELETE SET NULL,
    retry_of BLOB REFERENCES job (id) ON DELETE SET NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    search_key TEXT NOT NULL
) STRICT;
CREATE INDEX job_by_start ON job (starts_at) WHERE state = 'scheduled';
CREATE INDEX job_by_state ON job (state);
CREATE INDEX job_by_age ON job (created_at, id);
CREATE INDEX job_by_series ON job (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX job_by_retry ON job (retry_of) WHERE retry_of IS NOT NULL;

-- The systems of a job.
-- owner: jobs; readable
CREATE TABLE job_task (
    id BLOB PRIMARY KEY NOT NULL,
    job_id BLOB NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    system_id BLOB NOT NULL REFERENCES system (id) ON DELETE CASCADE,
    -- Those it belonged to when the job was ordered.
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    wave INTEGER NOT NULL DEFAULT 0,
    -- The zone of its site (GEN-06).
    zone TEXT NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL DEFAULT '',
    -- What the operation knows of how far it is: JSON; empty: nothing was sent that changes it (JOB-21).
    checkpoint TEXT NOT NULL DEFAULT '',
    attempt INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER,
    -- Since when what came of it is not known.
    unknown_since INTEGER,
    percent INTEGER,
    version_from TEXT NOT NULL DEFAULT '',
    version_to TEXT NOT NULL DEFAULT '',
    -- An error's code and parameters; empty: none.
    problem TEXT NOT NULL DEFAULT '',
    certificate BLOB,
    started_at INTEGER,
    finished_at INTEGER
) STRICT;
-- A system is in a job once (JOB-21).
CREATE UNIQUE INDEX job_task_by_system ON job_task (system_id, job_id);
CREATE INDEX job_task_by_turn ON job_task (job_id, state, wave, position);
CREATE INDEX job_task_by_organization ON job_task (organization_id);
CREATE INDEX job_task_later ON job_task (not_before) WHERE state = 'waiting' AND not_before IS NOT NULL;
CREATE INDEX job_task_zones ON job_task (job_id, zone) WHERE state = 'waiting';
CREATE INDEX job_task_open ON job_task (state) WHERE state IN ('running', 'unknown');

-- What became of the systems of each wave, kept by differences.
-- owner: jobs; readable
CREATE TABLE job_wave (
    job_id BLOB NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    wave INTEGER NOT NULL,
    waiting INTEGER NOT NULL DEFAULT 0,
    running INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    stopped INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    PRIMARY KEY (job_id, wave)
) STRICT, WITHOUT ROWID;

-- The folders that a job's systems were in when it was ordered: who sees one of them sees the job (RGT-01).
-- owner: jobs; readable
CREATE TABLE job_folder (
    job_id BLOB NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    folder_id BLOB NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    PRIMARY KEY (job_id, folder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_folder_by_folder ON job_folder (folder_id);
CREATE INDEX job_folder_by_organization ON job_folder (organization_id, job_id);

-- What happened with each system of a job.
-- owner: jobs
CREATE TABLE job_log (
    id INTEGER PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES job_task (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    -- What its words need: JSON; empty: nothing.
    params TEXT NOT NULL,
    problem TEXT NOT NULL
) STRICT;
CREATE INDEX job_log_by_task ON job_log (task_id, id);

-- The packages that jobs need which have not ended: they cannot be deleted (REP-08).
-- owner: jobs
CREATE TABLE job_package (
    job_id BLOB NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    package_id BLOB NOT NULL REFERENCES package (id) ON DELETE CASCADE,
    PRIMARY KEY (job_id, package_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_package_by_package ON job_package (package_id);

-- While a job upgrades a system it is shown as that, and what is read of it meanwhile stands here (DEV-11); empty: no job does.
ALTER TABLE system ADD COLUMN state_beside TEXT NOT NULL DEFAULT '';
