//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// A text without a heading: read as inclusion criteria.
pub const NO_HEADING: Code = Code("CRI001");
/// A sentence broken by an empty line, joined again.
pub const HARD_WRAP: Code = Code("CRI002");
/// Items nested deeper than is kept.
pub const TOO_DEEP: Code = Code("CRI004");

/// What each code means, for `trialway explain`.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: NO_HEADING,
        title: "no section heading",
        text: "Reports: the eligibility text has neither an inclusion nor an exclusion heading.\nWhy it matters: every item is read as an inclusion criterion, which may be wrong for some.\nExample: a text that starts with `Healthy adults` and has no heading.\nWhat to do: put `Inclusion Criteria:` and `Exclusion Criteria:` on lines of their own.\nSource: ClinicalTrials.gov, data element definitions, eligibility criteria.",
    },
    Explanation {
        code: HARD_WRAP,
        title: "sentence broken by an empty line",
        text: "Reports: an empty line inside a sentence; the two pieces were joined again.\nWhy it matters: a reader or a program may take the second piece for a criterion of its own.\nExample: `determined by flow`, an empty line, `cytometry;`.\nWhat to do: take the empty line out.\nSource: observed in registry records.",
    },
    Explanation {
        code: TOO_DEEP,
        title: "nested too deep",
        text: "Reports: items nested more than 32 levels deep; deeper ones are kept as siblings.\nWhy it matters: such nesting is damage, not meaning.\nExample: a bullet list whose indentation grows on every line.\nWhat to do: check the indentation.\nSource: own limit.",
    },
];
