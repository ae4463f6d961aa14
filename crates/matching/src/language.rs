//! Whether somebody speaks English, where a criterion asks for nothing but that.
//!
//! | criterion | record | holds |
//! | --- | --- | --- |
//! | `English-speaking (reading and writing required)` | `Language: speaks and reads English fluently` | yes |
//! | `Non-English speaking` | `Reads and writes English: yes` | no |
//! | `Fluent in English` | `English: a few words` | not said |

use crate::plainly;
use trialway_patient::{Fact, FactKind, Value};

/// Stems of words that a criterion of language has beside the language's name.
const BESIDE: [&str; 44] = [
    "speak",
    "read",
    "writ",
    "write",
    "understand",
    "fluent",
    "fluency",
    "language",
    "literat",
    "literate",
    "proficient",
    "proficiency",
    "comprehend",
    "comprehension",
    "communicat",
    "convers",
    "conversational",
    "abl",
    "will",
    "requir",
    "both",
    "must",
    "adequat",
    "sufficient",
    "good",
    "nativ",
    "written",
    "spoken",
    "spok",
    "oral",
    "verbal",
    "verbally",
    "follow",
    "basic",
    "primary",
    "primari",
    "provid",
    "need",
    "well",
    "skill",
    "level",
    "grad",
    "enough",
    "complet",
];

/// Words of an answer that leave in doubt how well.
const DOUBTFUL: [&str; 12] = [
    "little",
    "limited",
    "some",
    "poor",
    "poorly",
    "basic",
    "few",
    "learning",
    "interpreter",
    "interpreted",
    "translator",
    "not",
];

/// Whether a text that asks for English and nothing else is true of a person; none where it asks for more, or the record does not say.
pub(crate) fn speaks(text: &str, fact: &Fact) -> Option<bool> {
    let lower = text.to_lowercase();
    if !lower.contains("english") {
        return None;
    }
    let clauses = plainly::clauses(text);
    let only = clauses
        .iter()
        .flat_map(|clause| &clause.words)
        .all(|word| word == "english" || BESIDE.contains(&word.as_str()));
    if !only || clauses.is_empty() {
        return None;
    }
    let denied = clauses.iter().filter(|clause| clause.words.iter().any(|word| word == "english" || word == "speak"));
    let denied: Vec<Option<bool>> = denied.map(|clause| clause.denied).collect();
    let wants = match denied.first()? {
        Some(first) if denied.iter().all(|other| other == &Some(*first)) => !first,
        _ => return None,
    };
    known(fact).map(|speaks| speaks == wants)
}

/// Whether an answer or remark says that somebody speaks English.
fn known(fact: &Fact) -> Option<bool> {
    if fact.kind != FactKind::Observation {
        return None;
    }
    let label = fact.label.to_lowercase();
    let asks = label.contains("english") || label.contains("language") || label.contains("speaks");
    if !asks
        || ["preferred language of", "mother", "family", "partner", "parent", "child"]
            .iter()
            .any(|word| label.contains(word))
    {
        return None;
    }
    match &fact.value {
        Some(Value::Answer { yes, .. })
            if label.contains("english") && !label.contains("non-english") && !label.contains(" or ") =>
        {
            Some(*yes)
        }
        Some(Value::Text(text)) => {
            let lower = text.to_lowercase();
            let part = lower.split([';', '.']).find(|part| part.contains("english") || label.contains("english"))?;
            let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).collect();
            let doubtful = words.iter().any(|word| DOUBTFUL.contains(word) || *word == "no" || *word == "cannot");
            let good = [
                "fluent",
                "native",
                "speak",
                "read",
                "write",
                "writes",
                "english",
                "good",
                "excellent",
                "mother tongue",
            ];
            (!doubtful && good.iter().any(|word| part.contains(word))).then_some(true)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::BESIDE;
    use crate::plainly::clauses;

    #[test]
    fn criteria_of_language_ask_for_nothing_else() {
        for (text, want) in [
            ("English-speaking (both reading and writing in English required)", true),
            ("Able to read, write and understand English", true),
            ("Fluent in English", true),
            ("Unable to communicate in English", true),
            ("English-speaking adults with asthma", false),
        ] {
            let only = clauses(text)
                .iter()
                .flat_map(|clause| clause.words.clone())
                .filter(|word| word != "english" && !BESIDE.contains(&word.as_str()))
                .collect::<Vec<_>>();
            assert_eq!(only.is_empty(), want, "{text}: {only:?}");
        }
    }
}
