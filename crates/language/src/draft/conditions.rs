//! A record's list of conditions: what of it is an illness, which names are one, and what a sentence may say of it.
//!
//! A registry's list holds one illness under several names, headings turned round for an index, people ("Healthy Volunteers") and
//! what is done with them ("Spinal Fusion"). Only names of one thing are told once: an illness that is a kind of another may be
//! what only some of the people have, so neither stands for the other. The title says which come first.

use super::Source;
use super::listed::turned;
use super::named::{Named, Words, initials, letters};
use super::narrow::Narrow;
use super::texts::{Texts, norm};
use trialway_study::Study;
use trialway_terminology::wording::plain as body_part;
use trialway_terminology::{Domain, Terminology};

/// What the record lists as conditions, turned, merged and ordered.
pub(super) struct Conditions<'t> {
    /// What the list is about, those of the title first; the whole list where it has no illness. Each as it is written, headings
    /// turned round.
    pub names: Vec<String>,
    /// How many entries of the record's list each of them stands for.
    pub entries: Vec<usize>,
    /// How many entries are of healthy people beside illnesses, and are not named.
    pub n_unnamed: usize,
    /// The same names, for looking them up.
    pub named: Vec<Named<'t>>,
    /// Whether titles or requirements are of some kinds or stages of the one illness that is listed.
    pub has_kinds: bool,
    /// The field that says so, or that names the narrower illness.
    pub source: Option<Source>,
    /// Whether a text that says who takes part bears out any of them.
    pub are_borne_out: bool,
    /// Whether the list names people or what is done, and no illness: then nobody has it, and nothing treats it.
    pub are_no_illness: bool,
    /// Whether the list names healthy people and no illness.
    pub are_healthy: bool,
    /// Whether it names people beside illnesses, or a title names those who give care: then not all who take part need have one.
    has_people: bool,
}

/// What an entry of the list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Illness,
    Healthy,
    People,
    Act,
}

impl<'t> Conditions<'t> {
    pub fn of(study: &Study, texts: &Texts, terminology: &'t Terminology) -> Self {
        let all = parts(&study.conditions, terminology);
        let is_of = |kind: Entry| all.iter().any(|(_, entry)| *entry == kind);
        let has_illness = is_of(Entry::Illness);
        // People, states and what is done stand beside an illness as the record lists them; being healthy is not what it is about.
        let is_topic = |entry: Entry| !has_illness || entry != Entry::Healthy;
        let (kept, unnamed): (Vec<_>, Vec<_>) = all.iter().partition(|(_, entry)| is_topic(*entry));
        let names = merged(&kept.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), terminology);
        let is_act = |name: &str| has_illness && all.iter().any(|(own, entry)| own == name && *entry == Entry::Act);
        let (title, told) = (Words::of([texts.titles.as_str()].into_iter()), texts.told());
        let mut any_borne = false;
        let mut entries: Vec<(u8, String, usize, Named)> = names
            .into_iter()
            .map(|(name, n)| {
                let named = Named::new(&name, terminology);
                any_borne |= !is_act(&name) && named.is_nearly_in(&told);
                // An index's heading that is not one name stands behind those that are.
                let rank = match () {
                    () if name.contains(';') => 3,
                    () if is_act(&name) => 2,
                    () => u8::from(!named.is_in(&title)),
                };
                (rank, name, n, named)
            })
            .collect();
        // The order within each is the record's.
        entries.sort_by_key(|(rank, ..)| *rank);
        let n_unnamed = unnamed.len();
        let mut out = Conditions {
            names: Vec::with_capacity(entries.len()),
            entries: Vec::with_capacity(entries.len()),
            n_unnamed,
            named: Vec::with_capacity(entries.len()),
            has_kinds: false,
            source: None,
            are_borne_out: has_illness && (any_borne || texts.is_silent()),
            are_no_illness: !has_illness,
            are_healthy: !has_illness && is_of(Entry::Healthy),
            has_people: has_illness && (is_of(Entry::Healthy) || is_of(Entry::People) || texts.titles_name_helpers()),
        };
        for (_, name, n, named) in entries {
            out.names.push(name);
            out.entries.push(n);
            out.named.push(named);
        }
        if let ([name], [named], true) = (out.names.as_mut_slice(), out.named.as_slice(), has_illness) {
            let narrow = Narrow::of(name, named, study, texts, terminology);
            out.has_kinds = narrow.has_kinds;
            out.source = narrow.source;
            if let Some(narrower) = narrow.name {
                *name = narrower;
            }
        }
        out
    }

    /// The one illness that people who take part have; several may all be meant, or any of them, or be names of one.
    pub fn sole(&self) -> Option<&String> {
        self.names.first().filter(|_| self.names.len() == 1 && self.are_borne_out && !self.has_people)
    }
}

/// The entries, each with what it is: tags of an index taken off, "A; B" as two where each is an illness by itself, "A; in B" as one.
fn parts(written: &[String], terminology: &Terminology) -> Vec<(String, Entry)> {
    let mut out: Vec<(String, Entry)> = Vec::new();
    for name in written {
        let kind = entry(name);
        let mut own: Vec<String> = Vec::new();
        for part in name.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let goes_on = ["in ", "with ", "due ", "of ", "from ", "by "].iter().any(|word| part.starts_with(word));
            match own.last_mut().filter(|_| goes_on) {
                Some(before) => {
                    before.push(' ');
                    before.push_str(part);
                }
                None => own.push(part.to_owned()),
            }
        }
        // "Stiffness; Spine" is a heading of an index, and one thing.
        let is_illness = |part: &String| {
            terminology.named_by(without_tag(part)).is_some_and(|id| id.domain() == Some(Domain::Condition))
        };
        if own.len() > 1 && !own.iter().all(is_illness) {
            own = vec![own.join("; ")];
        }
        for part in own {
            let bare = without_tag(&part);
            if !bare.is_empty() {
                let own = entry(bare);
                out.push((turned(bare), if own == Entry::Illness { kind } else { own }));
            }
        }
    }
    out
}

/// A name without the tag by which an index tells what kind of entry it is.
fn without_tag(name: &str) -> &str {
    let Some(open) = name.rfind(" (") else { return name };
    let tag = name.get(open..).unwrap_or_default().trim().to_lowercase();
    match tag.as_str() {
        "(diagnosis)" | "(disorder)" | "(finding)" | "(procedure)" | "(situation)" => {
            name.get(..open).unwrap_or(name).trim()
        }
        _ => name,
    }
}

fn entry(name: &str) -> Entry {
    const PEOPLE: [&str; 24] = [
        "patients",
        "patient",
        "subjects",
        "participants",
        "undergoing",
        "scheduled",
        "survivors",
        "caregivers",
        "donors",
        "women",
        "men",
        "males",
        "females",
        "adults",
        "individuals",
        "relatives",
        "people",
        "persons",
        "students",
        "nurses",
        "physicians",
        "smokers",
        "veterans",
        "candidates",
    ];
    const STATES: [&str; 38] = [
        "aging",
        "ageing",
        "pregnancy",
        "pregnant",
        "adherence",
        "compliance",
        "satisfaction",
        "knowledge",
        "health",
        "nutrition",
        "diet",
        "wellness",
        "safety",
        "pharmacokinetics",
        "pharmacokinetic",
        "bioavailability",
        "bioequivalence",
        "lifestyle",
        "lactation",
        "breastfeeding",
        "recovery",
        "communication",
        "life",
        "activity",
        "behavior",
        "behaviour",
        "diagnosis",
        "period",
        "biomarkers",
        "prognosis",
        "bone",
        "lip",
        "teeth",
        "tooth",
        "gait",
        "posture",
        "muscle",
        "face",
    ];
    const ACTS: [&str; 37] = [
        "surgery",
        "surgeries",
        "operation",
        "operations",
        "fusion",
        "cessation",
        "transplantation",
        "transplant",
        "anesthesia",
        "anaesthesia",
        "analgesia",
        "rehabilitation",
        "radiotherapy",
        "chemotherapy",
        "immunotherapy",
        "vaccination",
        "immunization",
        "resection",
        "procedure",
        "procedures",
        "dissection",
        "repair",
        "replacement",
        "imaging",
        "screening",
        "exercise",
        "training",
        "education",
        "biopsy",
        "therapy",
        "treatment",
        "ventilation",
        "removal",
        "augmentation",
        "rejuvenation",
        "tattooing",
        "management",
    ];
    const ENDS: [&str; 6] = ["ectomy", "otomy", "ostomy", "plasty", "scopy", "desis"];
    let text = norm(&turned(name));
    let words: Vec<&str> = letters(&text).collect();
    if words.iter().any(|word| matches!(*word, "healthy" | "volunteer" | "volunteers")) {
        return Entry::Healthy;
    }
    // What a name ends with says what it is of; "fusion of the spine" ends before "of".
    let head = words.iter().take_while(|word| !matches!(**word, "of" | "for" | "in" | "after" | "following")).last();
    let last = words.last();
    let one_is = |list: &[&str]| head.into_iter().chain(last).any(|word| list.contains(word));
    let is_tagged = text.contains("(diagnosis)") || text.contains("postoperative period");
    if is_tagged || words.iter().any(|word| PEOPLE.contains(word)) || last.is_some_and(|word| STATES.contains(word)) {
        return Entry::People;
    }
    let ends = |word: &&str| ENDS.iter().any(|end| word.ends_with(end));
    if one_is(&ACTS) && !words.iter().any(|word| word.starts_with("complication")) || head.is_some_and(ends) {
        return Entry::Act;
    }
    Entry::Illness
}

/// One entry for each thing, with how many of the list it is: the same concept of the vocabulary, the same words, or one the first
/// letters of the other.
fn merged(names: &[String], terminology: &Terminology) -> Vec<(String, usize)> {
    let keys: Vec<Vec<String>> = names.iter().map(|name| words_of(name)).collect();
    let ids: Vec<_> = match names {
        [_] => vec![None],
        many => many.iter().map(|name| terminology.named_by(name)).collect(),
    };
    let same = |one: usize, other: usize| -> bool {
        let (Some(a), Some(b)) = (names.get(one), names.get(other)) else { return false };
        keys.get(one) == keys.get(other)
            || matches!((ids.get(one), ids.get(other)), (Some(Some(a)), Some(Some(b))) if a == b)
            || stands_for(a, b)
            || stands_for(b, a)
    };
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in 0..names.len() {
        match out.iter().position(|(known, _)| same(*known, at)) {
            // Letters alone say less than the name that they stand for, which takes their place.
            Some(place) => {
                let is_short = |at: usize| names.get(at).is_some_and(|name| !name.contains([' ', '-']));
                if let Some((known, n)) = out.get_mut(place) {
                    *n += 1;
                    if is_short(*known) && !is_short(at) {
                        *known = at;
                    }
                }
            }
            None => out.push((at, 1)),
        }
    }
    out.into_iter().filter_map(|(at, n)| Some((names.get(at)?.clone(), n))).collect()
}

/// A name's words in any order, one spelling of each: nothing that tells it from another is left out.
fn words_of(name: &str) -> Vec<String> {
    const SMALL: [&str; 6] = ["of", "the", "in", "to", "a", "an"];
    let text = norm(name).replace(['\'', '\u{2019}'], "");
    let mut out: Vec<String> = letters(&text)
        .filter(|word| !SMALL.contains(word))
        .map(|word| {
            let one = spelled(word);
            let is_plural = one.len() > 4 && one.ends_with('s') && !one.ends_with("ss") && !one.ends_with("is");
            (if is_plural { one.trim_end_matches('s') } else { one }).to_owned()
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// One spelling of a word. A tumor, a cancer and a carcinoma are three things.
fn spelled(word: &str) -> &str {
    match word {
        "disc" | "discs" | "disks" => "disk",
        "leukaemia" | "leukaemias" => "leukemia",
        "haemophilia" => "hemophilia",
        "anaemia" | "anaemias" => "anemia",
        "tumour" | "tumours" => "tumor",
        word => body_part(word),
    }
}

/// Whether the first is made of the first letters of the second.
fn stands_for(short: &str, long: &str) -> bool {
    if short.contains(' ') || short.chars().count() > 10 || !long.contains([' ', '-']) {
        return false;
    }
    let lower: String = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    initials(long).is_some_and(|first| first == lower || first == lower.trim_end_matches('s'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &[&str], said: &[&str]) {
        let written: Vec<String> = written.iter().map(|name| (*name).to_owned()).collect();
        let names: Vec<String> = parts(&written, Terminology::builtin()).into_iter().map(|(name, _)| name).collect();
        let merged: Vec<String> = merged(&names, Terminology::builtin()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(merged, said);
    }

    #[test]
    fn only_names_of_one_thing_are_told_once() {
        check(&["Ptsd", "Post-Traumatic Stress Disorder"], &["Post-Traumatic Stress Disorder"]);
        check(&["Gout", "gout", "GOUT"], &["Gout"]);
        check(&["Halvitis of the Ear", "Ear Halvitis"], &["Halvitis of the Ear"]);
        check(&["Fibrosis", "Lung Fibrosis", "Gout"], &["Fibrosis", "Lung Fibrosis", "Gout"]);
        check(&["Non-Hodgkin Lymphoma", "Hodgkin Lymphoma"], &["Non-Hodgkin Lymphoma", "Hodgkin Lymphoma"]);
        check(&["NSCLC", "Small Cell Lung Cancer"], &["NSCLC", "Small Cell Lung Cancer"]);
        check(&["Acute Halvitis", "Chronic Halvitis"], &["Acute Halvitis", "Chronic Halvitis"]);
        check(&["Myeloid Halvoma", "Myeloma Halvoma"], &["Myeloid Halvoma", "Myeloma Halvoma"]);
        check(&["Halvitis; in Gout", "Eczema; Asthma"], &["Halvitis in Gout", "Eczema", "Asthma"]);
        check(&["Stiffness; Spine", "Halvitis; Abnormal"], &["Stiffness; Spine", "Halvitis; Abnormal"]);
    }

    #[test]
    fn people_and_acts_are_no_illnesses() {
        for (name, kind) in [
            ("Healthy Adult Males Volunteers", Entry::Healthy),
            ("Patients Undergoing a Knee Operation", Entry::People),
            ("Gout (Diagnosis)", Entry::People),
            ("Fusion of Spine", Entry::Act),
            ("Cervical Fusion", Entry::Act),
            ("Lymphadenectomy", Entry::Act),
            ("Smoking Cessation", Entry::Act),
            ("Quality of Life", Entry::People),
            ("Surgery Complications", Entry::Illness),
            ("Postoperative Pain", Entry::Illness),
            ("Pleural Effusion", Entry::Illness),
            ("Ectopic Pregnancy Loss", Entry::Illness),
        ] {
            assert!(entry(name) == kind, "{name}");
        }
    }
}
