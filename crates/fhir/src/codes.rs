//! The findings that this crate reports, each explained.

use trialway_diagnostics::{Code, Explanation};

/// A date that is none.
pub const BAD_DATE: Code = Code("FHR001");
/// A unit that is not known.
pub const UNKNOWN_UNIT: Code = Code("FHR002");
/// An element of the wrong shape.
pub const MALFORMED: Code = Code("FHR003");

/// Two statements of the patient's own data that differ.
pub const DIFFERING: Code = Code("FHR004");

/// The patient has died.
pub const DECEASED: Code = Code("FHR005");

/// Resources about somebody else.
pub const OF_ANOTHER: Code = Code("FHR006");

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
    Explanation {
        code: DIFFERING,
        title: "statements that differ",
        text: "Reports: a birth date, sex or death of the patient that the record states in two ways, such as a gender and a birth sex that differ.\nWhy it matters: neither is taken; criteria that ask for it stay open.\nExample: `gender` `male` with a birth sex of `F`.\nWhat to do: ask which one the study means, and correct the record.\nSource: FHIR R4, Patient; US Core, birth sex.",
    },
    Explanation {
        code: DECEASED,
        title: "the patient has died",
        text: "Reports: a record that says that its patient has died.\nWhy it matters: no study can enrol them; criteria are still shown as they stand, since a screening may look back.\nExample: `\"deceasedBoolean\": true`.\nWhat to do: check that it is the right record.\nSource: FHIR R4, Patient.deceased[x].",
    },
    Explanation {
        code: OF_ANOTHER,
        title: "resources about somebody else",
        text: "Reports: resources whose subject is not the record's Patient; they are left out.\nWhy it matters: what they say is unknown. A record put together from several sources may name one person by several ids.\nExample: `\"subject\": {\"reference\": \"Patient/b\"}` in a record of the patient `a`.\nWhat to do: correct the references, if they are of this patient.\nSource: FHIR R4, references to the subject.",
    },
];
