-- How many devices of each model run each version is asked with every list of devices (DEV-10, DEV-12).
CREATE INDEX system_by_software ON system (model, version, organization_id, folder_id) WHERE listed = 1 AND kind = 'camera';

-- What the devices of an act were to get, for those that are tried again (DEV-60): JSON; empty where an act has no settings.
ALTER TABLE device_act ADD COLUMN settings TEXT NOT NULL DEFAULT '';
