//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// A date that is none.
pub const BAD_DATE: Code = Code("FHR001");
/// A unit that is not known.
pub const UNKNOWN_UNIT: Code = Code("FHR002");
/// An element of the wrong shape.
pub const MALFORMED: Code = Code("FHR003");

/// What each code means, for `trialway explain`.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: BAD_DATE,
        title: "not a date",
        text: "Reports: a date element that is no date, such as `2025-13`.\nWhy it matters: the time of the fact is taken as unknown, so criteria with a time window may stay open.\nExample: `\"effectiveDateTime\": \"2025-13\"`.\nWhat to do: write `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.\nSource: FHIR R4, date and dateTime.",
    },
    Explanation {
        code: UNKNOWN_UNIT,
        title: "unknown unit",
        text: "Reports: a unit that is in no table.\nWhy it matters: the value is kept but cannot be compared with a limit; the criterion stays open.\nExample: `\"unit\": \"furlongs\"`.\nWhat to do: give a UCUM code.\nSource: UCUM 2.2.",
    },
    Explanation {
        code: MALFORMED,
        title: "malformed element",
        text: "Reports: an element whose shape is not FHIR's.\nWhy it matters: it is left out; what it would have said is unknown.\nExample: `\"valueQuantity\": \"12\"`.\nWhat to do: mend the element named by the path.\nSource: FHIR R4.",
    },
];
