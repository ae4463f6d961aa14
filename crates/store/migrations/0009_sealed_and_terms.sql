-- One line once a key was given: a known text that it sealed, by which another key is told apart. From then on the secret of every app for
-- codes, of accounts and of invitations, is sealed; before, it is as it was given.
CREATE TABLE sealed_with (
    one INTEGER PRIMARY KEY,
    known BLOB NOT NULL
);

-- How long what an enquiry says may be kept, in days, as its sender was told: after it was sent, and after it was closed.
ALTER TABLE enquiry ADD COLUMN days BIGINT NOT NULL DEFAULT 365;
ALTER TABLE enquiry ADD COLUMN closed_days BIGINT NOT NULL DEFAULT 90;
