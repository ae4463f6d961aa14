//! Where a person lives, whether they speak English and what they say of their descent, as answers in their own words.
//!
//! Some studies ask for people of one country or of a named race. Neither has a code in a criterion, so both become statements
//! that are held against the criterion's own words (ADR 0017). Of an address only the
//! country is used.

use crate::element::{extensions, items, read_coded};
use serde_json::Value;
use trialway_patient::meaning::Coded;
use trialway_patient::{Fact, FactKind, RecordedStatus, Value as Recorded, meaning};
use trialway_terminology::Layered;

/// Codes and names of the world's countries.
const COUNTRIES: &str = include_str!("../data/countries.tsv");

/// Extensions with a race or an ethnicity as the person gave it.
///
/// **Source**: US Core 6.1, `us-core-race` and `us-core-ethnicity`.
const DESCENT: [(&str, &str); 2] =
    [("us-core-race", "Race as the person gave it"), ("us-core-ethnicity", "Ethnicity as the person gave it")];

/// What a Patient states of both.
///
/// **Unknown**: an address that is old or has ended, a country that is none, and two homes in different countries state nothing.
pub(crate) fn read(patient: &Value, id: &str, terminology: &Layered<'_>) -> Vec<Fact> {
    let mut out = Vec::new();
    let mut countries: Vec<&'static str> = items(patient, "address")
        .filter(|address| address.get("use").and_then(Value::as_str) != Some("old"))
        .filter(|address| address.get("period").and_then(|period| period.get("end")).is_none())
        .filter_map(|address| country(address.get("country")?.as_str()?))
        .collect();
    countries.dedup();
    if let [country] = countries.as_slice() {
        let said = ["lives in", "resident of", "residence in"].map(|how| format!("{how} {country}"));
        let mut said = said.join("; ");
        if *country == "United States" {
            said.push_str("; U.S. resident; US resident; resident of the US; lives in the U.S.");
        }
        out.push(statement("Home, by country", said, "address", id, terminology));
    }
    let english = items(patient, "communication").any(|spoken| {
        let language = read_coded(spoken.get("language"));
        let coded = language.codings.iter().any(|(_, code, _)| code == "en" || code.starts_with("en-"));
        coded || language.label().to_lowercase().starts_with("english")
    });
    if english {
        out.push(statement("Language", "speaks English".to_owned(), "communication", id, terminology));
    }
    for (extension, label) in DESCENT {
        for given in extensions(patient, extension) {
            let parts = || items(given, "extension");
            let url = |part: &Value| part.get("url").and_then(Value::as_str).map(str::to_owned);
            let text = parts()
                .find(|part| url(part).as_deref() == Some("text"))
                .and_then(|part| part.get("valueString")?.as_str())
                .map(str::to_owned);
            let coded = || {
                let names = parts().filter_map(|part| part.get("valueCoding")?.get("display")?.as_str());
                let names: Vec<&str> = names.collect();
                (!names.is_empty()).then(|| names.join("; "))
            };
            if let Some(words) = text.or_else(coded) {
                out.push(statement(label, words, &format!("extension[{extension}]"), id, terminology));
            }
        }
    }
    out
}

fn statement(label: &str, words: String, path: &str, id: &str, terminology: &Layered<'_>) -> Fact {
    let coded = Coded::of_text(label);
    let mut fact = meaning::fact(FactKind::Observation, "Patient", id, &coded, terminology);
    fact.concepts.clear();
    path.clone_into(&mut fact.provenance.path);
    fact.status = RecordedStatus::Active;
    fact.value = Some(Recorded::Text(words));
    fact
}

/// The English name of a country that a record names by code or name.
fn country(written: &str) -> Option<&'static str> {
    let written = written.trim();
    COUNTRIES.lines().skip(1).find_map(|line| {
        let mut columns = line.split('\t');
        let (code, name, others) = (columns.next()?, columns.next()?, columns.next()?);
        let is_it = [code, name].into_iter().chain(others.split('|')).any(|known| known.eq_ignore_ascii_case(written));
        (is_it && !written.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::country;

    #[test]
    fn a_country_is_known_by_its_codes_and_names() {
        assert_eq!(country("US"), Some("United States"));
        assert_eq!(country("USA"), Some("United States"));
        assert_eq!(country("canada"), Some("Canada"));
        assert_eq!(country(""), None);
        assert_eq!(country("Ruritania"), None);
    }
}
