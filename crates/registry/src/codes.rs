//! Every kind of finding about a record, explained.

use trialway_diagnostics::{Code, Explanation};

/// The record has no NCT number.
pub const NO_NCT_ID: Code = Code("REG001");
/// The NCT number is malformed.
pub const BAD_NCT_ID: Code = Code("REG002");
/// The record has no eligibility text.
pub const NO_TEXT: Code = Code("REG003");
/// A field is not of the type that it should be.
pub const WRONG_TYPE: Code = Code("REG004");
/// A date is not on the calendar.
pub const BAD_DATE: Code = Code("REG005");
/// An age limit cannot be read.
pub const BAD_AGE: Code = Code("REG006");
/// A word is not in the registry's list.
pub const NEW_WORD: Code = Code("REG007");
/// An XML entity is not known.
pub const UNKNOWN_ENTITY: Code = Code("REG008");
/// A document type declares entities.
pub const DECLARED_ENTITIES: Code = Code("REG009");
/// A point is not on the earth.
pub const BAD_POINT: Code = Code("REG010");
/// A field that may be given once is given again.
pub const GIVEN_TWICE: Code = Code("REG011");
/// There are elements inside a text.
pub const MARKUP_IN_TEXT: Code = Code("REG012");
/// There are more findings than are listed.
pub const TOO_MANY: Code = Code("REG013");

/// The long form of each code, ordered by code.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: NO_NCT_ID,
        title: "the record has no NCT number",
        text: "\
Reports a record without `protocolSection.identificationModule.nctId` (in XML, without `id_info/nct_id`).

Why it matters: the number is how a study is found again, kept up to date and told apart from others. Without it the record \
can be read and screened, but it is named after its file and cannot be stored as a registry study.

Example: `{\"protocolSection\": {\"identificationModule\": {\"briefTitle\": \"A trial\"}}}`

What to do: add the number if the study has one. For a draft that is not registered yet, nothing.",
    },
    Explanation {
        code: BAD_NCT_ID,
        title: "the NCT number is malformed",
        text: "\
Reports an NCT number that is not `NCT` followed by exactly eight digits.

Why it matters: a cut or mistyped number may be that of another study. It is not used.

Example: `\"nctId\": \"NCT1234567\"` has seven digits.

What to do: look the study up at the registry and correct the number.",
    },
    Explanation {
        code: NO_TEXT,
        title: "the record has no eligibility text",
        text: "\
Reports a record whose eligibility text (`protocolSection.eligibilityModule.eligibilityCriteria`, in XML \
`eligibility/criteria/textblock`) is missing or blank.

Why it matters: only the published age and sex limits are then known. That nothing else is asked must not be concluded, so no \
one can be found eligible.

Example: `\"eligibilityModule\": {\"sex\": \"ALL\"}`

What to do: fetch the record again. Some expanded access records have no criteria at all: ask the study's contact.",
    },
    Explanation {
        code: WRONG_TYPE,
        title: "a field is not of the type that it should be",
        text: "\
Reports a field that holds another type than the registry publishes: a list where a text belongs, a text where a number belongs, \
an answer that is neither yes nor no. A number where a text belongs is used as written; anything else is taken as not given.

Why it matters: what the field was meant to say is lost, and whatever depends on it is not known.

Example: `\"conditions\": \"Asthma\"` is a text; the field is a list: `[\"Asthma\"]`.

What to do: fetch the record again; if a program of yours made it, correct the field at the path given.",
    },
    Explanation {
        code: BAD_DATE,
        title: "a date is not on the calendar",
        text: "\
Reports a date with a part that does not exist or cannot be read. What comes before that part is used, and the date is kept as \
written.

Why it matters: sorting by date and \"posted since\" use the part that is known only.

Example: of `2025-13` the year 2025 is used.

What to do: write `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.",
    },
    Explanation {
        code: BAD_AGE,
        title: "an age limit cannot be read",
        text: "\
Reports a `minimumAge` or `maximumAge` that is not a number with a unit.

Why it matters: there is a limit and it is not known, which is not the same as no limit. Age stays open for every patient.

Example: `\"minimumAge\": \"adult\"`; `\"18 Years\"` is read.

What to do: write a number and `Years`, `Months`, `Weeks`, `Days`, `Hours` or `Minutes`; for no limit `N/A`, or leave the field out.",
    },
    Explanation {
        code: NEW_WORD,
        title: "a word is not in the registry's list",
        text: "\
Reports a status, phase, kind or role that is not among the words known for its field. The word is kept and shown as written.

Why it matters: registries add words. What a new one means is not guessed: a study with an unknown status is not taken as \
recruiting, and an unknown sex decides nothing.

Example: `\"overallStatus\": \"PAUSED\"`

What to do: nothing, if the registry has a new word: a later release will know it. Else correct the word.",
    },
    Explanation {
        code: UNKNOWN_ENTITY,
        title: "an XML entity is not known",
        text: "\
Reports a reference such as `&nbsp;` that XML does not define (it defines `&lt;`, `&gt;`, `&amp;`, `&quot;`, `&apos;` and numbers \
such as `&#8805;`), or a number that is no character. The reference stays in the text as written. Each name is reported once for \
a record.

Why it matters: references to entities that a file declares itself are never followed, because they can read other files or \
grow without bound. A sign that matters (`&ge;`) is then missing from a criterion.

Example: `ALT &le; 3 x ULN` leaves `&le;` in the text; `&#8804;` becomes `≤`.

What to do: replace the reference by the character or by its number.",
    },
    Explanation {
        code: DECLARED_ENTITIES,
        title: "a document type declares entities",
        text: "\
Reports an XML record with `<!ENTITY …>` in its document type. The declarations are not used.

Why it matters: registries do not publish such records; declarations of this kind are a known way to attack programs that read XML.

Example: `<!DOCTYPE clinical_study [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>`

What to do: find out where the file comes from. Remove the document type if you trust it.",
    },
    Explanation {
        code: BAD_POINT,
        title: "a point is not on the earth",
        text: "\
Reports a site's `geoPoint` with a latitude outside -90 to 90 or a longitude outside -180 to 180.

Why it matters: the site is not found when searching near a place, and has no distance.

Example: `{\"lat\": 151.2, \"lon\": -33.9}` has the two exchanged.

What to do: correct or remove the point; the site keeps its address.",
    },
    Explanation {
        code: GIVEN_TWICE,
        title: "a field that may be given once is given again",
        text: "\
Reports an XML element that a study has once and this record has several times. The first is used.

Why it matters: the others may say something else, for instance further criteria.

Example: two `<eligibility>` elements in one `<clinical_study>`.

What to do: fetch the record again; if two records were joined into one file, separate them.",
    },
    Explanation {
        code: MARKUP_IN_TEXT,
        title: "there are elements inside a text",
        text: "\
Reports a `textblock` with elements inside it. Their tags are left out and their text is kept in its place.

Why it matters: the registry's texts have no elements. Often a `<` of a criterion was not written as `&lt;`, and a part of the \
sentence was taken for a tag.

Example: `platelets <b>above</b> 100` becomes `platelets above 100`.

What to do: compare the text with the registry's page.",
    },
    Explanation {
        code: TOO_MANY,
        title: "there are more findings than are listed",
        text: "\
Reports that a record has more than 1,000 findings, and how many are not listed.

Why it matters: such a record is damaged throughout, or is something else than a study; what was read of it is not to be relied on.

Example: a list of conditions that holds 5,000 numbers.

What to do: mend what the first findings name, or fetch the record again.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_each_explained_once() {
        let codes: Vec<Code> = EXPLANATIONS.iter().map(|explanation| explanation.code).collect();
        let expected: Vec<String> = (1..=EXPLANATIONS.len()).map(|number| format!("REG{number:03}")).collect();
        assert_eq!(codes.iter().map(|code| code.0).collect::<Vec<_>>(), expected);
        for explanation in EXPLANATIONS {
            for part in ["Reports ", "Why it matters: ", "Example: ", "What to do: "] {
                assert!(explanation.text.contains(part), "{} lacks `{part}`", explanation.code);
            }
        }
    }
}
