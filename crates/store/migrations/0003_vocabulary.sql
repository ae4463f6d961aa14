-- Layers of vocabulary beside the built-in one: what records of studies taught, and what users imported from their own files.
-- `id` tells a layer's content from the content that replaces it while both are there, within one transaction.
CREATE TABLE vocabulary_layer (
    name TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL,
    version TEXT NOT NULL,
    licence TEXT NOT NULL,
    source TEXT NOT NULL,
    received_at TEXT NOT NULL,
    -- Which built-in vocabulary the links were made with; another one makes them anew.
    linked_with TEXT NOT NULL
);

CREATE TABLE vocabulary_code (
    layer BIGINT NOT NULL,
    code TEXT NOT NULL,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (layer, code)
);

-- `name_key` is the name as it is looked up; empty where it is too short to stand for one thing.
CREATE TABLE vocabulary_name (
    layer BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (layer, code, name)
);
CREATE INDEX vocabulary_name_by_key ON vocabulary_name (name_key);

-- `relation` is `is_a`, or `alike` for a group of codes that measure the same.
CREATE TABLE vocabulary_relation (
    layer BIGINT NOT NULL,
    code TEXT NOT NULL,
    relation TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (layer, code, relation, target)
);

-- The built-in concepts that a code is, or is a kind of.
CREATE TABLE vocabulary_link (
    layer BIGINT NOT NULL,
    code TEXT NOT NULL,
    concept TEXT NOT NULL,
    PRIMARY KEY (layer, code, concept)
);
CREATE INDEX vocabulary_link_by_code ON vocabulary_link (code);
