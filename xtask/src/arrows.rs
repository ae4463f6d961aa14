//! Which crate may depend on which: the table of docs/architecture.md.

/// Crate and the crates of ours that it may depend on.
pub const ARROWS: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("units", &["diagnostics"]),
    ("terminology", &[]),
    ("study", &["units"]),
    ("patient", &["units", "terminology"]),
    ("registry", &["study", "diagnostics"]),
    // ADR 0015: what can be calculated from a record's facts, added by every adapter.
    ("derived", &["patient", "units", "terminology"]),
    ("fhir", &["patient", "derived", "units", "terminology", "diagnostics"]),
    // ADR 0016: a second adapter to the same facts.
    ("omop", &["patient", "derived", "units", "terminology", "diagnostics"]),
    // ADR 0023: a note is read into facts, as a FHIR record is.
    ("note", &["patient", "units", "terminology"]),
    ("criteria", &["units", "diagnostics"]),
    ("eligibility", &["criteria", "study", "units", "terminology", "diagnostics"]),
    // ADR 0001: `matching` names criterion ids and sections of `criteria`; it parses no text.
    ("matching", &["eligibility", "patient", "units", "terminology", "criteria"]),
    // ADR 0024: what a note names against what a study is about, and verdicts where criteria exist.
    ("ranking", &["study", "patient", "note", "eligibility", "matching", "terminology", "criteria", "units"]),
    // ADR 0020: many patients against one study; `units` for looser limits.
    ("cohort", &["criteria", "eligibility", "matching", "patient", "terminology", "units"]),
    // ADR 0020: a screening in words, to print; `cohort` has the versions that it was made with.
    // ADR 0034: in the reader's language, by kinds, names and numbers; `language` has the bundles and the words of topics.
    ("report", &["criteria", "cohort", "eligibility", "language", "matching", "patient", "terminology"]),
    // ADR 0039: rules of a study team's accounts; no clock, no chance, no store.
    ("accounts", &[]),
    // ADR 0040: files encrypted with a key or a passphrase.
    ("sealing", &[]),
    // ADR 0039: the store keeps the chain of the audit log, which `accounts` makes and checks. ADR 0041: it seals secrets of members.
    ("store", &["study", "accounts", "vault", "sealing"]),
    // ADR 0036: rules of what is sealed by a browser and kept.
    ("vault", &[]),
    // ADR 0014: what joins vocabulary files, the store and the built-in vocabulary; `study` for what a record teaches.
    ("layers", &["terminology", "store", "study"]),
    // ADR 0037: what a person writes to a study team. ADR 0038: when a mail is tried again. Both are rules alone.
    ("enquiry", &[]),
    ("outbox", &[]),
    // ADR 0038: from the store to the operator's server.
    ("mail", &["outbox", "store"]),
    // ADR 0022: what changed between two versions, criterion by criterion.
    ("history", &["study", "criteria"]),
    // Invented studies name what the terminology names.
    ("demo", &["terminology"]),
    // ADR 0026: what a study asks of everyone is read when it is indexed.
    ("search", &["study", "criteria", "eligibility", "terminology"]),
    // ADR 0029: from what a person gives to the list, joined once for the program and the portal.
    (
        "shortlist",
        &[
            "diagnostics",
            "study",
            "patient",
            "note",
            "fhir",
            "registry",
            "criteria",
            "editorial",
            "eligibility",
            "matching",
            "ranking",
            "report",
            "store",
            "layers",
            "search",
            "terminology",
        ],
    ),
    // ADR 0010: plain words need the lay names of `terminology` and the units of limits.
    ("language", &["study", "criteria", "eligibility", "terminology", "units", "diagnostics"]),
    // ADR 0032: people over rules: reviews of drafts, and readings that are taken out of use.
    ("editorial", &["eligibility", "language", "matching", "store", "study", "terminology"]),
    // ADR 0035: a study's questions put to people, for `ask` and for the page; answers become facts by way of `fhir`.
    ("asking", &["criteria", "eligibility", "fhir", "language", "matching", "patient", "terminology"]),
    (
        "web",
        &[
            "accounts",
            "enquiry",
            "diagnostics",
            "terminology",
            "study",
            "patient",
            "registry",
            "fhir",
            "criteria",
            "eligibility",
            "matching",
            "cohort",
            "report",
            "enquiry",
            "outbox",
            "store",
            "layers",
            "search",
            "history",
            "language",
            "editorial",
            "note",
            "ranking",
            "shortlist",
            "asking",
            "vault",
        ],
    ),
    (
        "cli",
        &[
            "accounts",
            "sealing",
            "demo",
            "diagnostics",
            "units",
            "terminology",
            "study",
            "patient",
            "registry",
            "fhir",
            "omop",
            "criteria",
            "eligibility",
            "matching",
            "cohort",
            "report",
            "enquiry",
            "outbox",
            "store",
            "layers",
            "search",
            "history",
            "language",
            "editorial",
            "note",
            "ranking",
            "shortlist",
            "mail",
            "asking",
            "vault",
            "web",
        ],
    ),
];
