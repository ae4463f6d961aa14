//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// `and` among grounds of exclusion, read as `or`.
pub const AMBIGUOUS_SCOPE: Code = Code("ELG001");
/// A multiple of a limit of normal without its sign.
pub const MISSING_SIGN: Code = Code("ELG002");
/// Structured and written ages differ.
pub const AGE_DISAGREES: Code = Code("ELG003");

/// What the codes mean that reading itself reports; those of the rules are in `checks`, one file each.
pub const EXPLANATIONS: &[Explanation] = &[Explanation {
    code: MISSING_SIGN,
    title: "multiple without a sign",
    text: "Reports: a number directly before `upper limit of normal`, without a multiplication sign.\nWhy it matters: it is read as a multiple, as everybody means it, but only as `likely`.\nExample: `ALT <= 3.0 upper limit of normal`.\nWhat to do: write `3.0 x ULN`.\nSource: observed in registry records.",
}];
