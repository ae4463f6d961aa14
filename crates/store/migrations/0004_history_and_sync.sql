-- How a body is kept: `gzip` (older stores) or `zstd-1`, whole; `delta`, as its difference from the version after it.
ALTER TABLE study_version ADD COLUMN codec TEXT NOT NULL DEFAULT 'gzip';
-- How many bytes the record had.
ALTER TABLE study_version ADD COLUMN n_bytes BIGINT NOT NULL DEFAULT 0;
-- The newest changes of all studies, for feeds.
CREATE INDEX study_version_by_time ON study_version (received_at, nct_id, version);

-- Hash of the current record as it was received, so that the same again need not be read; empty where it is not known.
ALTER TABLE study ADD COLUMN raw_hash TEXT NOT NULL DEFAULT '';
-- Since when the registry no longer has the study; empty while it has it.
ALTER TABLE study ADD COLUMN gone_at TEXT NOT NULL DEFAULT '';

-- Coverage is of the criteria: a change elsewhere in a record is no reason to read them again.
ALTER TABLE study_coverage ADD COLUMN criteria_hash TEXT NOT NULL DEFAULT '';

-- Where a copy of a registry stands: the run that was cut off, the run that ended last.
CREATE TABLE sync_state (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Studies that a full copy has listed so far.
CREATE TABLE sync_seen (
    nct_id TEXT NOT NULL PRIMARY KEY
);
