-- Times in these tables are seconds since 1970; 0 where it did not happen yet.

-- Who of a study centre agreed to get enquiries; kept apart from what registries publish. An empty site is the whole study.
CREATE TABLE enrolled_contact (
    id INTEGER PRIMARY KEY,
    nct_id TEXT NOT NULL,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    UNIQUE (nct_id, site, address)
);

-- What people wrote to study teams. What was said is emptied when it is taken back or its time is over.
CREATE TABLE enquiry (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    nct_id TEXT NOT NULL,
    site TEXT NOT NULL,
    contact_id BIGINT NOT NULL,
    record_hash TEXT NOT NULL,
    engine TEXT NOT NULL,
    called TEXT NOT NULL,
    reach_kind TEXT NOT NULL,
    reach TEXT NOT NULL,
    language TEXT NOT NULL,
    message TEXT NOT NULL,
    consent_version TEXT NOT NULL,
    consent_hash TEXT NOT NULL,
    stage TEXT NOT NULL,
    assigned_to TEXT NOT NULL DEFAULT '',
    sent_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL DEFAULT 0,
    answered_at BIGINT NOT NULL DEFAULT 0,
    closed_at BIGINT NOT NULL DEFAULT 0,
    withdrawn_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX enquiry_of ON enquiry (nct_id, id);

-- Answers of a check that the sender chose to send along.
CREATE TABLE enquiry_answer (
    enquiry_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    criterion TEXT NOT NULL,
    written TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (enquiry_id, place)
);

-- What study teams answered.
CREATE TABLE enquiry_reply (
    id INTEGER PRIMARY KEY,
    enquiry_id BIGINT NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL,
    replied_at BIGINT NOT NULL
);
CREATE INDEX enquiry_reply_of ON enquiry_reply (enquiry_id, id);

-- Private links: only the hash of a link's secret is kept. `purpose` says what `about` is the id of.
CREATE TABLE private_link (
    hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    about BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX private_link_of ON private_link (purpose, about);

-- Mails to send. Recipient, subject and text are emptied once the mail has left.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    about BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    unsubscribe TEXT NOT NULL,
    state TEXT NOT NULL,
    n_tries BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    made_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (state, next_try_at);

-- Mails that an address made leave, for limits; the address is hashed, and the line is deleted after a day.
CREATE TABLE mail_count (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    counted_at BIGINT NOT NULL
);
CREATE INDEX mail_count_of ON mail_count (who, counted_at);

-- Who gets notices of changes, and how often.
CREATE TABLE follower (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    period_days BIGINT NOT NULL,
    mailed_at BIGINT NOT NULL DEFAULT 0
);

-- What is followed: a study by its number, or a search by its query. Nothing is sent before it is confirmed.
CREATE TABLE follow (
    id INTEGER PRIMARY KEY,
    follower_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    language TEXT NOT NULL,
    period_days BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL DEFAULT 0,
    looked_to BIGINT NOT NULL DEFAULT 0,
    UNIQUE (follower_id, kind, what)
);

-- Which versions a follower was told of, for the page behind the link of a mail.
CREATE TABLE follow_told (
    follow_id BIGINT NOT NULL,
    nct_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (follow_id, nct_id, version)
);

-- Versions in the order in which they were kept, so that followers miss none and are told of none twice. Times would not do:
-- a run that copies a registry stamps all that it keeps with one time. Old lines are swept.
CREATE TABLE change_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    nct_id TEXT NOT NULL,
    version BIGINT NOT NULL
);
