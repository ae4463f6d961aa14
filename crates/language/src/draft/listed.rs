//! Lists of a record's conditions and interventions, as a sentence holds them.
//!
//! A registry's list of conditions holds one illness under several names, headings turned round for an index, and wider ones
//! beside the narrower that is meant. The title says which of them the study is about.

use super::Say;
use super::named::{Named, Words, alike, initials, key_words};
use super::texts::{Texts, norm};
use crate::foreign::plain;
use trialway_study::Study;
use trialway_terminology::Terminology;

/// What the record lists as conditions, turned, merged and ordered.
pub(super) struct Conditions<'t> {
    /// Names, those of the title first; each as it is written, headings turned round.
    pub names: Vec<String>,
    /// The same, for looking them up.
    pub named: Vec<Named<'t>>,
    /// Whether a text that says who takes part bears out any of them; those that none does are left out then.
    pub are_borne_out: bool,
}

impl<'t> Conditions<'t> {
    pub fn of(study: &Study, texts: &Texts, terminology: &'t Terminology) -> Self {
        let names = merged(&study.conditions, &texts.titles, terminology);
        let mut pairs: Vec<(String, Named)> =
            names.into_iter().map(|name| (name.clone(), Named::new(&name, terminology))).collect();
        let (title, told) = (Words::of([texts.titles.as_str()].into_iter()), texts.told());
        // Looked up once each; the order within both halves is the record's.
        pairs.sort_by_cached_key(|(_, named)| !named.is_in(&title));
        let borne: Vec<bool> = pairs.iter().map(|(_, named)| named.is_nearly_in(&told)).collect();
        let are_borne_out = borne.contains(&true) || texts.is_silent();
        if borne.contains(&true) {
            let mut borne = borne.into_iter();
            pairs.retain(|_| borne.next() != Some(false));
        }
        let (names, named) = pairs.into_iter().unzip();
        Conditions { names, named, are_borne_out }
    }
}

/// One entry for each illness: see the module.
fn merged(written: &[String], titles: &str, terminology: &Terminology) -> Vec<String> {
    let turned: Vec<String> = written.iter().map(|name| turned(name.trim())).filter(|name| !name.is_empty()).collect();
    let keys: Vec<Vec<String>> = turned.iter().map(|name| key_words(name)).collect();
    let ids: Vec<_> = match turned.as_slice() {
        [_] => vec![None],
        many => many.iter().map(|name| terminology.named_by(name)).collect(),
    };
    let norms: Vec<String> = turned.iter().map(|name| norm(name)).collect();
    // Seldom asked for.
    let title = std::cell::LazyCell::new(|| Words::of([titles].into_iter()));
    let in_title = |at: usize| turned.get(at).is_some_and(|name| Named::new(name, terminology).is_in(&title));
    let within = |key: &[String], wider: &[String]| key.iter().all(|word| wider.iter().any(|other| alike(word, other)));
    let has_other = |other: usize, one: usize| -> bool {
        let (Some(own), Some(more)) = (turned.get(one), turned.get(other)) else { return false };
        if norms.get(one) == norms.get(other) {
            return other < one;
        }
        if stands_for(own, more) {
            return true;
        }
        if stands_for(more, own) {
            return false;
        }
        if let (Some(Some(a)), Some(Some(b))) = (ids.get(one), ids.get(other))
            && a == b
        {
            // The same by the vocabulary: the longer name says more, the first of equals stays.
            return (more.len(), one) > (own.len(), other);
        }
        let (Some(key), Some(narrower)) = (keys.get(one), keys.get(other)) else { return false };
        if !within(key, narrower) {
            return false;
        }
        // The same words in another order or another form: the first stays.
        if within(narrower, key) {
            return other < one;
        }
        // A wider entry that the title has alone, beside several narrower ones, heads them.
        let n_narrower = keys.iter().filter(|other| other.len() > key.len() && within(key, other)).count();
        n_narrower < 2 || !in_title(one) || in_title(other)
    };
    let kept = |one: &usize| !(0..turned.len()).any(|other| other != *one && has_other(other, *one));
    (0..turned.len()).filter(kept).filter_map(|at| turned.get(at).cloned()).collect()
}

/// Whether the first is an abbreviation of the second: its first letters, or some letters of it in their order.
fn stands_for(short: &str, long: &str) -> bool {
    let is_one_word =
        !short.contains(' ') && short.chars().count() <= 10 && short.chars().count() < long.chars().count();
    if !is_one_word || !long.contains([' ', '-']) {
        return false;
    }
    let lower: String = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let lower = lower.as_str();
    let first = initials(long);
    if first.as_deref() == Some(lower) || first.as_deref() == Some(lower.trim_end_matches('s')) {
        return true;
    }
    let n_upper = short.chars().filter(|c| c.is_uppercase()).count();
    if n_upper < 2 || lower.chars().count() < 3 {
        return false;
    }
    let long = norm(long);
    let mut rest = long.chars();
    long.chars().next() == lower.chars().next() && lower.chars().all(|c| rest.any(|other| other == c))
}

/// A heading of an index the way that people say it: "Stress Disorders, Post-Traumatic" is "Post-Traumatic Stress Disorders".
pub(super) fn turned(name: &str) -> String {
    let parts: Vec<&str> = name.split(", ").map(str::trim).collect();
    let [head, qualifiers @ ..] = parts.as_slice() else { return name.to_owned() };
    let short = qualifiers.len() <= 3 && head.split(' ').count() <= 4;
    if qualifiers.is_empty() || !short || name.contains(['(', ';']) || !qualifiers.iter().all(|part| qualifies(part)) {
        return name.to_owned();
    }
    let mut out: Vec<&str> = qualifiers.iter().rev().copied().collect();
    out.push(head);
    out.join(" ")
}

/// Whether words behind a comma only narrow what stands before it.
fn qualifies(part: &str) -> bool {
    const ENDS: [&str; 15] =
        ["al", "ic", "ous", "ive", "ary", "ar", "oid", "ed", "ory", "ible", "able", "ent", "ant", "iac", "ine"];
    const WORDS: [&str; 42] = [
        "acute",
        "chronic",
        "adult",
        "childhood",
        "teen",
        "female",
        "male",
        "type",
        "onset",
        "cell",
        "juvenile",
        "mild",
        "severe",
        "mixed",
        "lung",
        "b",
        "t",
        "small",
        "bone",
        "bladder",
        "breast",
        "refractory",
        "subacute",
        "nerve",
        "diffuse",
        "membranous",
        "relapsing",
        "remitting",
        "progressive",
        "secondary",
        "primary",
        "benign",
        "malignant",
        "infant",
        "pediatric",
        "kidney",
        "liver",
        "skin",
        "brain",
        "prostate",
        "colon",
        "migraine",
    ];
    const NEVER: [&str; 4] = ["unspecified", "other", "specified", "including"];
    let lower = norm(part);
    let words: Vec<&str> = lower.split(' ').collect();
    let Some(last) = words.last() else { return false };
    if words.len() > 4
        || words.iter().any(|word| NEVER.contains(word))
        || words.contains(&"and")
        || words.contains(&"or")
    {
        return false;
    }
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v'));
    WORDS.contains(last)
        || is_number(last) && words.first().is_some_and(|first| matches!(*first, "type" | "stage" | "grade"))
        || last.len() > 4 && ENDS.iter().any(|end| last.ends_with(end))
}

impl Say<'_> {
    /// Names joined by "and".
    pub(super) fn names(&self, written: &[String]) -> Option<String> {
        self.list(&self.each(written), "list-two", "list-more")
    }

    /// Names joined by "or".
    pub(super) fn names_or(&self, written: &[String]) -> Option<String> {
        self.list(&self.each(written), "join-or", "list-more-or")
    }

    /// Interventions: "and" between those that one group is given together, "or" between others, "plus" behind those that every
    /// group is given.
    pub(super) fn interventions(&self, study: &Study, written: &[String]) -> Option<String> {
        let arms: Vec<_> =
            study.arms.iter().filter(|arm| written.iter().any(|name| is_given(study, arm, name))).collect();
        let together =
            study.arms.len() < 2 || arms.iter().any(|arm| written.iter().all(|name| is_given(study, arm, name)));
        if together {
            return self.names(written);
        }
        let (everywhere, some): (Vec<String>, Vec<String>) = written
            .iter()
            .cloned()
            .partition(|name| arms.len() > 1 && arms.iter().all(|arm| is_given(study, arm, name)));
        if everywhere.is_empty() || some.is_empty() || written.len() > 3 {
            return self.names_or(written);
        }
        self.words.say("list-plus", &[("all", &self.names(&everywhere)?), ("some", &self.names_or(&some)?)])
    }

    /// The vocabulary's or the record's writing of each name, none twice.
    fn each(&self, written: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for one in written {
            let name = self.name(one);
            if !name.is_empty() && !names.iter().any(|known| plain(known).eq_ignore_ascii_case(&plain(&name))) {
                names.push(name);
            }
        }
        names
    }

    /// Up to three names as one; how many more there are is said.
    fn list(&self, names: &[String], last: &str, more: &str) -> Option<String> {
        let n_more = names.len().saturating_sub(3);
        let mut shown = names.iter().take(3).peekable();
        let mut joined = shown.next()?.clone();
        while let Some(name) = shown.next() {
            let id = if shown.peek().is_none() && n_more == 0 { last } else { "list-many" };
            joined = self.words.say(id, &[("first", &joined), ("last", name)])?;
        }
        if n_more == 0 {
            return Some(joined);
        }
        self.words.say(more, &[("first", &joined), ("n", &n_more.to_string())])
    }
}

/// Whether a group is given an intervention, by either list of the record.
pub(super) fn is_given(study: &Study, arm: &trialway_study::Arm, name: &str) -> bool {
    arm.interventions.iter().any(|one| one == name || one.strip_suffix(name).is_some_and(|kind| kind.ends_with(": ")))
        || study.interventions.iter().any(|one| one.name == name && one.arm_labels.contains(&arm.label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_an_index_are_turned_round_and_lists_are_not() {
        for (written, said) in [
            ("Stress Disorders, Post-Traumatic", "Post-Traumatic Stress Disorders"),
            ("Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia"),
            ("Diabetes Mellitus, Type 2", "Type 2 Diabetes Mellitus"),
            ("Carcinoma, Non-Small-Cell Lung", "Non-Small-Cell Lung Carcinoma"),
            ("Pain, Nausea, Vomiting", "Pain, Nausea, Vomiting"),
            ("Anxiety, Depression", "Anxiety, Depression"),
            ("Tumor, Not Otherwise Specified", "Tumor, Not Otherwise Specified"),
            ("Gout", "Gout"),
        ] {
            assert_eq!(turned(written), said);
        }
    }

    fn check(written: &[&str], title: &str, said: &[&str]) {
        let written: Vec<String> = written.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(merged(&written, &norm(title), Terminology::builtin()), said);
    }

    #[test]
    fn one_illness_is_named_once_and_by_its_narrower_name() {
        check(&["Ptsd", "Post-Traumatic Stress Disorder"], "Sleep", &["Post-Traumatic Stress Disorder"]);
        check(&["Fibrosis", "Lung Fibrosis", "Gout"], "Fibrosis", &["Lung Fibrosis", "Gout"]);
        check(&["Nr-axHv", "Nonradiographic Axial Halvitis"], "", &["Nonradiographic Axial Halvitis"]);
        // The title has the wider one alone, and several are narrower: it heads them.
        check(
            &["Lymphoma", "Mantle Cell Lymphoma", "Follicular Lymphoma"],
            "Cells in lymphoma",
            &["Lymphoma", "Mantle Cell Lymphoma", "Follicular Lymphoma"],
        );
        check(&["Gout", "gout", "GOUT"], "", &["Gout"]);
    }
}
