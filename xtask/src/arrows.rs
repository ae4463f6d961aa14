//! Which crate may depend on which: the table of docs/architecture.md.

/// Crate and the crates of ours that it may depend on.
pub const ARROWS: [(&str, &[&str]); 11] = [
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
    (
        "cli",
        &[
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
        ],
    ),
];
