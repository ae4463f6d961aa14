//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// A date that is none.
pub const BAD_DATE: Code = Code("OMP001");
/// A unit that is not known.
pub const UNKNOWN_UNIT: Code = Code("OMP002");

/// What each code means, for `trialway explain`.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: BAD_DATE,
        title: "not a date",
        text: "Reports: a date column that holds no date.\nWhy it matters: the time of the row is taken as unknown, so criteria with a time window may stay open.\nExample: `condition_start_date` of `2025-13-01`.\nWhat to do: write `YYYY-MM-DD`.\nSource: OMOP CDM 5.4.",
    },
    Explanation {
        code: UNKNOWN_UNIT,
        title: "unknown unit",
        text: "Reports: a unit that is in no table, or a unit concept that CONCEPT.csv does not hold.\nWhy it matters: the value is kept but cannot be compared with a limit; the criterion stays open.\nExample: `unit_source_value` of `furlongs`.\nWhat to do: give the UCUM unit concept and CONCEPT.csv, or a UCUM code in `unit_source_value`.\nSource: OMOP CDM 5.4; UCUM 2.2.",
    },
];
