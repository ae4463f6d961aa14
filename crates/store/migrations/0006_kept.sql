-- Sealed notes of people: shares and vaults (ADR 0036). Nothing here opens them: ids and keys are hashes, and no address of a person is kept.
CREATE TABLE kept (
    id_hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    opens_hash BLOB NOT NULL,
    owns_hash BLOB NOT NULL,
    -- Empty once too many tries failed.
    sealed BLOB NOT NULL,
    revision INTEGER NOT NULL,
    -- Seconds of the epoch.
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL,
    n_views INTEGER NOT NULL
);
CREATE INDEX kept_by_expiry ON kept (expires_at);
CREATE INDEX kept_by_creation ON kept (created_at);
-- When each was opened, to the minute.
CREATE TABLE kept_view (
    id INTEGER PRIMARY KEY,
    id_hash BLOB NOT NULL,
    viewed_at INTEGER NOT NULL
);
CREATE INDEX kept_view_by_id ON kept_view (id_hash);
-- Written at every try, so that a try at nothing takes the same steps as one at something.
CREATE TABLE kept_tries (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
);
INSERT INTO kept_tries (name, n) VALUES ('all', 0);
