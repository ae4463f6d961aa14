-- Written in what SQLite and PostgreSQL both speak, but for BLOB (BYTEA there).
CREATE TABLE study (
    nct_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    content_hash TEXT NOT NULL
);

-- Every version of a record as it was received, gzipped.
CREATE TABLE study_version (
    nct_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    form TEXT NOT NULL,
    received_at TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (nct_id, version)
);

-- Studies whose current version the search index does not hold yet.
CREATE TABLE index_pending (
    nct_id TEXT NOT NULL PRIMARY KEY
);

-- How many records of a source are stored already, for an ingest that was cut off.
CREATE TABLE ingest_progress (
    source TEXT NOT NULL PRIMARY KEY,
    n_records BIGINT NOT NULL
);

-- What readers of a page say is wrong with a reading.
CREATE TABLE reading_report (
    id INTEGER PRIMARY KEY,
    nct_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    criterion_id TEXT NOT NULL,
    message TEXT NOT NULL,
    reported_at TEXT NOT NULL
);
