-- Members of the study team. Times are seconds since 1970.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    sign_in_name TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    closed_at BIGINT,
    -- The secret of the app for codes; empty for who has none.
    code_secret BLOB NOT NULL,
    -- The last step of a code that was used.
    code_step BIGINT NOT NULL,
    recovery_salt BLOB NOT NULL
);

-- Studies whose enquiries a coordinator answers.
CREATE TABLE account_study (
    account_id TEXT NOT NULL,
    nct_id TEXT NOT NULL,
    PRIMARY KEY (account_id, nct_id)
);

-- Codes on paper that were not used yet, as Argon2id hashes.
CREATE TABLE recovery_code (
    account_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    public_key BLOB NOT NULL,
    counter BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX passkey_of ON passkey (account_id);

-- Links that make an account once; the link itself is not kept. What the guest gave before the last step waits here.
CREATE TABLE invitation (
    hash TEXT NOT NULL PRIMARY KEY,
    roles TEXT NOT NULL,
    studies TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    sign_in_name TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    code_secret BLOB NOT NULL DEFAULT x''
);

CREATE TABLE session (
    hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_of ON session (account_id);

-- What passkeys were asked and have not answered.
CREATE TABLE challenge (
    hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Wrong codes in a row, by the hash of the name that was typed.
CREATE TABLE wrong_code (
    subject TEXT NOT NULL PRIMARY KEY,
    n_wrong BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- Who did what; each line is bound to the one before.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
