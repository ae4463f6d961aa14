//! Which crate may depend on which: the table of docs/architecture.md.

/// Crate and the crates of ours that it may depend on.
pub const ARROWS: [(&str, &[&str]); 18] = [
    ("diagnostics", &[]),
    ("units", &["diagnostics"]),
    ("terminology", &[]),
    ("study", &["units"]),
    ("patient", &["units", "terminology"]),
    ("registry", &["study", "diagnostics"]),
    ("fhir", &["patient", "units", "terminology", "diagnostics"]),
    ("criteria", &["units", "diagnostics"]),
    ("eligibility", &["criteria", "study", "units", "terminology", "diagnostics"]),
    // ADR 0001: `matching` names criterion ids and sections of `criteria`; it parses no text.
    ("matching", &["eligibility", "patient", "units", "terminology", "criteria"]),
    ("store", &["study"]),
    // ADR 0014: what joins vocabulary files, the store and the built-in vocabulary; `study` for what a record teaches.
    ("layers", &["terminology", "store", "study"]),
    // ADR 0022: what changed between two versions, criterion by criterion.
    ("history", &["study", "criteria"]),
    // Invented studies name what the terminology names.
    ("demo", &["terminology"]),
    ("search", &["study", "terminology"]),
    // ADR 0010: plain words need the lay names of `terminology` and the units of limits.
    ("language", &["study", "criteria", "eligibility", "terminology", "units", "diagnostics"]),
    (
        "web",
        &[
            "diagnostics",
            "terminology",
            "study",
            "patient",
            "registry",
            "fhir",
            "criteria",
            "eligibility",
            "matching",
            "store",
            "layers",
            "search",
            "history",
            "language",
        ],
    ),
    (
        "cli",
        &[
            "demo",
            "diagnostics",
            "units",
            "terminology",
            "study",
            "patient",
            "registry",
            "fhir",
            "criteria",
            "eligibility",
            "matching",
            "store",
            "layers",
            "search",
            "history",
            "language",
            "web",
        ],
    ),
];
