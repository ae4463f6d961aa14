-- What editors did with a page, step by step; the last line of a study is where it stands.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    nct_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    version BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    draft_hash TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    reviewed_at TEXT NOT NULL,
    checklist TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX review_of ON review (nct_id, id);

-- What editors say of the reading of a criterion, by the hash of its words; a later line goes before an earlier one.
CREATE TABLE reading_correction (
    id INTEGER PRIMARY KEY,
    nct_id TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    written TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reading TEXT NOT NULL,
    author TEXT NOT NULL,
    corrected_at TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX reading_correction_of ON reading_correction (nct_id, id);

-- What a language model drafted from public registry text, sentence by sentence as JSON; it passed the checks when it was kept.
CREATE TABLE model_draft (
    nct_id TEXT NOT NULL PRIMARY KEY,
    content_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    drafted_at TEXT NOT NULL,
    sentences TEXT NOT NULL
);
