//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// `and` among grounds of exclusion, read as `or`.
pub const AMBIGUOUS_SCOPE: Code = Code("ELG001");
/// A multiple of a limit of normal without its sign.
pub const MISSING_SIGN: Code = Code("ELG002");
/// Structured and written ages differ.
pub const AGE_DISAGREES: Code = Code("ELG003");

/// What each code means, for `trialway explain`.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: AMBIGUOUS_SCOPE,
        title: "ambiguous scope",
        text: "Reports: a list of grounds of exclusion joined by `and`, or an alternative whose reach is unclear.\nWhy it matters: read strictly, all of them together would be needed to exclude; medicine means any of them. The reading is `likely`, and the verdict says so.\nExample: `severe heart disease, mental illness and cognitive dysfunction` under exclusion.\nWhat to do: write `or`, or one item each.\nSource: docs/semantics.md, and/or scope.",
    },
    Explanation {
        code: MISSING_SIGN,
        title: "multiple without a sign",
        text: "Reports: a number directly before `upper limit of normal`, without a multiplication sign.\nWhy it matters: it is read as a multiple, as everybody means it, but only as `likely`.\nExample: `ALT <= 3.0 upper limit of normal`.\nWhat to do: write `3.0 x ULN`.\nSource: observed in registry records.",
    },
    Explanation {
        code: AGE_DISAGREES,
        title: "written and structured age differ",
        text: "Reports: an age limit in the text that differs from the record's own field.\nWhy it matters: one of the two is wrong; both count for the verdict.\nExample: text `18 to 65 years`, field `maximumAge` 70 years.\nWhat to do: make them agree.\nSource: ClinicalTrials.gov data element definitions, age limits.",
    },
];
