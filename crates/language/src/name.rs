//! Names of concepts, units and lengths of time for people.

use crate::foreign::mark;
use trialway_eligibility::expr::CalendarUnit;
use trialway_terminology::{ConceptId, OtherLanguage, Terminology};

/// A concept's name, with what people call it where that differs.
///
/// **Shape**: in another language than English, a name that stays English is marked ([`crate::foreign`]).
pub(crate) fn concept(id: &ConceptId, terminology: &Terminology, language: Option<OtherLanguage>) -> String {
    // What the vocabulary has no name for in the language stays English.
    match language {
        Some(language) => match terminology.name_in(id, language) {
            Some(name) => name.to_owned(),
            None => mark(&english(id, terminology)),
        },
        None => english(id, terminology),
    }
}

/// The English name.
pub(crate) fn english(id: &ConceptId, terminology: &Terminology) -> String {
    if let Some(words) = id.written_words() {
        return words.to_owned();
    }
    let Some(concept) = terminology.concept(id) else {
        return id.as_str().rsplit(':').next().unwrap_or_default().replace('_', " ");
    };
    let (name, lay) = (concept.name.as_str(), concept.lay_name.as_str());
    let plain = lay.to_lowercase();
    let plain = ["a ", "an ", "the "].iter().find_map(|article| plain.strip_prefix(article)).unwrap_or(&plain);
    let same = |one: &str, other: &str| one.to_lowercase().replace("'s", "") == other.to_lowercase().replace("'s", "");
    // The same name with the capitals of its proper names.
    if same(name, lay) && has_capitals(lay) > has_capitals(name) {
        return with_capitals(lay);
    }
    let (name, lay) = (with_capitals(name), with_capitals(lay));
    let (name, lay) = (name.as_str(), lay.as_str());
    let says_nothing_more = lay.is_empty() || name.to_lowercase().contains(plain.trim_end_matches('s'));
    match lay.split_once(", ") {
        _ if says_nothing_more => name.to_owned(),
        // "minimal change disease of the kidney" says the name and more.
        _ if plain.contains(&name.to_lowercase()) => lay.to_owned(),
        // "eGFR, a measure of the kidneys" names the thing itself already.
        Some((short, explained)) => format!("{short} ({explained})"),
        None => format!("{name} ({lay})"),
    }
}

fn has_capitals(name: &str) -> usize {
    name.chars().filter(|c| c.is_uppercase()).count()
}

/// A name with capitals where its words are names of people and places: tables that were made from codes hold them in small letters.
fn with_capitals(name: &str) -> String {
    let is_proper = |word: &str| PROPER.binary_search(&word.trim_end_matches("'s")).is_ok();
    let mut out = String::with_capacity(name.len());
    for part in name.split_inclusive([' ', '-']) {
        let word = part.trim_end_matches([' ', '-', ',', ')']);
        let mut letters = part.chars();
        match letters.next().filter(|_| is_proper(word)) {
            Some(first) => {
                out.extend(first.to_uppercase());
                out.push_str(letters.as_str());
            }
            None => out.push_str(part),
        }
    }
    out
}

/// Names of people and places in names of diseases, in order.
const PROPER: [&str; 54] = [
    "addison",
    "alzheimer",
    "angelman",
    "asperger",
    "barr",
    "barrett",
    "barré",
    "becker",
    "behçet",
    "burkitt",
    "castleman",
    "charcot",
    "crohn",
    "cushing",
    "danlos",
    "dravet",
    "duchenne",
    "ebola",
    "ehlers",
    "epstein",
    "ewing",
    "fabry",
    "gastaut",
    "gaucher",
    "guillain",
    "hashimoto",
    "hodgkin",
    "huntington",
    "japanese",
    "kaposi",
    "kawasaki",
    "klinefelter",
    "lennox",
    "lyme",
    "marfan",
    "mikity",
    "ménière",
    "noonan",
    "paget",
    "parkinson",
    "peyronie",
    "pompe",
    "prader",
    "raynaud",
    "rett",
    "sjögren",
    "sézary",
    "takayasu",
    "tourette",
    "turner",
    "waldenström",
    "wegener",
    "willi",
    "wilson",
];

/// A UCUM unit as people write it; empty for pure numbers.
pub fn unit_words(ucum: &str) -> String {
    let plain = match ucum {
        "1" | "{score}" | "{INR}" => return String::new(),
        "{titer}" => return "(titer)".to_owned(),
        "a" => return "years".to_owned(),
        "mo" => return "months".to_owned(),
        "wk" => return "weeks".to_owned(),
        "d" => return "days".to_owned(),
        "h" => return "hours".to_owned(),
        "min" => return "minutes".to_owned(),
        "mm[Hg]" => return "mmHg".to_owned(),
        "Cel" => return "°C".to_owned(),
        other => other,
    };
    let mut out = plain
        .replace("10*12", "× 10¹²")
        .replace("10*9", "× 10⁹")
        .replace("10*6", "× 10⁶")
        .replace("10*3", "× 10³")
        .replace("{1.73_m2}", "1.73 m²")
        .replace("[IU]", "IU")
        .replace('u', "µ");
    if let (Some(open), Some(close)) = (out.find('{'), out.rfind('}'))
        && open < close
    {
        out.replace_range(open..=close, "");
    }
    out.replace(['{', '}'], "")
}

/// The message of a length in this unit.
pub(crate) fn long_unit(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Hours => "long-hours",
        CalendarUnit::Days => "long-days",
        CalendarUnit::Weeks => "long-weeks",
        CalendarUnit::Months => "long-months",
        CalendarUnit::Years => "long-years",
    }
}

/// The message of a unit of time.
pub(crate) fn time_unit(ucum: &str) -> Option<&'static str> {
    Some(match ucum {
        "a" => "unit-years",
        "mo" => "unit-months",
        "wk" => "unit-weeks",
        "d" => "unit-days",
        "h" => "unit-hours",
        "min" => "unit-minutes",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proper_names_keep_their_capitals() {
        assert!(PROPER.is_sorted());
        let say = |id: &str| concept(&ConceptId::new(id), Terminology::builtin(), None);
        assert_eq!(say("condition:down_syndrome"), "Down syndrome");
        assert_eq!(with_capitals("burkitt lymphoma"), "Burkitt lymphoma");
        assert_eq!(with_capitals("prader-Willi syndrome"), "Prader-Willi syndrome");
        assert_eq!(with_capitals("wegener's granulomatosis"), "Wegener's granulomatosis");
        assert_eq!(with_capitals("feeling down"), "feeling down");
    }

    #[test]
    fn units_are_written_as_people_write_them() {
        for (ucum, words) in [
            ("10*9/L", "× 10⁹/L"),
            ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
            ("umol/L", "µmol/L"),
            ("mm[Hg]", "mmHg"),
            ("{score}", ""),
            ("g/dL", "g/dL"),
            ("%", "%"),
            ("m[IU]/mL", "mIU/mL"),
        ] {
            assert_eq!(unit_words(ucum), words, "{ucum}");
        }
    }
}
