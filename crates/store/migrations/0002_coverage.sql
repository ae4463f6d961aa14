-- How much of each study's criteria the reader understood, for one version of its record and one of the reader.
CREATE TABLE study_coverage (
    nct_id TEXT NOT NULL PRIMARY KEY,
    content_hash TEXT NOT NULL,
    reader TEXT NOT NULL,
    n_criteria BIGINT NOT NULL,
    n_computed BIGINT NOT NULL,
    n_partly BIGINT NOT NULL,
    n_judgement BIGINT NOT NULL,
    n_unread BIGINT NOT NULL,
    n_bytes BIGINT NOT NULL,
    n_unread_bytes BIGINT NOT NULL,
    phrases TEXT NOT NULL
);

-- What the page of the whole store shows, made once after a reading: so many rows of each kind, in order.
CREATE TABLE coverage_summary (
    kind TEXT NOT NULL,
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    n BIGINT NOT NULL,
    of_all BIGINT NOT NULL,
    PRIMARY KEY (kind, place)
);
