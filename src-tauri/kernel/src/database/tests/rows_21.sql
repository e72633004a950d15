-- What version 21 has that the versions before had not: a job with its systems, waves, folders, log and packages.
INSERT INTO job (id, name, name_key, operation, about, settings, schedule, rollout, priority, tolerance_minutes, state, account_id,
                 account_name, origin, created_at, targets, search_key)
    SELECT x'a1', 'Restart', 'restart', 'device-restart', '', '{}', '{"kind":"now"}', '{}', 500, 120, 'running', x'01', 'chief', 'desktop', 1, 1, 'restart';
INSERT INTO job (id, name, name_key, operation, about, settings, schedule, rollout, priority, tolerance_minutes, state, account_id,
                 account_name, origin, created_at, targets, search_key, retry_of, series_id)
    SELECT x'a2', 'Again', 'again', 'device-restart', '', '{}', '{"kind":"now"}', '{}', 500, 120, 'completed', x'01', 'chief', 'desktop', 2, 0, 'again', x'a1', x'a1';
INSERT INTO job_task (id, job_id, system_id, organization_id, position, zone, state)
    SELECT iif(rank = 1, x'b1', x'b2'), x'a1', id, organization_id, rank, 'UTC', 'running'
    FROM (SELECT id, organization_id, row_number() OVER (ORDER BY id) AS rank FROM system) WHERE rank <= 2;
INSERT INTO job_wave (job_id, wave, running) VALUES (x'a1', 0, 2), (x'a2', 0, 0);
INSERT INTO job_folder SELECT iif(rank = 1, x'a1', x'a2'), folder_id, organization_id
    FROM (SELECT folder_id, organization_id, row_number() OVER (ORDER BY id) AS rank FROM system) WHERE rank <= 2;
INSERT INTO job_log (task_id, at, event, params, problem) VALUES (x'b1', 1, 'began', '', ''), (x'b2', 1, 'began', '', '');
INSERT INTO job_package SELECT x'a1', id FROM package LIMIT 2;
