//! Lists of names, as a sentence holds them, and headings of an index turned round.

use super::Say;
use super::conditions::Conditions;
use super::texts::norm;
use crate::foreign::plain;
use trialway_study::Study;

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

    /// A record's conditions joined by "and"; how many more there are is counted by the entries of the record's own list.
    pub(super) fn conditions(&self, conditions: &Conditions) -> Option<String> {
        let mut names: Vec<(String, usize)> = Vec::new();
        for (written, n) in conditions.names.iter().zip(&conditions.entries) {
            let name = self.name(written);
            // A name that lists things itself, or is a heading of an index, is told as one.
            let lists = written.contains(';') || conditions.names.len() > 1 && written.contains(',');
            let name = if lists { self.words.say("list-quoted", &[("name", &self.english(written))])? } else { name };
            let name = if conditions.has_kinds { self.words.say("kinds-of", &[("name", &name)])? } else { name };
            match names.iter_mut().find(|(known, _)| plain(known).eq_ignore_ascii_case(&plain(&name))) {
                Some((_, known)) => *known += n,
                None => names.push((name, *n)),
            }
        }
        let n_more: usize = names.iter().skip(3).map(|(_, n)| n).sum();
        let n_more = if n_more > 0 { n_more + conditions.n_unnamed } else { 0 };
        let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
        self.listed(&names, "list-two", "list-more", n_more)
    }

    /// Names that are told already, joined by "and".
    pub(super) fn joined_names(&self, names: &[String]) -> Option<String> {
        self.list(names, "list-two", "list-more")
    }

    /// Names that are told already, joined by "or".
    pub(super) fn joined_names_or(&self, names: &[String]) -> Option<String> {
        self.list(names, "join-or", "list-more-or")
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

    fn list(&self, names: &[String], last: &str, more: &str) -> Option<String> {
        self.listed(names, last, more, names.len().saturating_sub(3))
    }

    /// Up to three names as one; how many more there are is said.
    fn listed(&self, names: &[String], last: &str, more: &str, n_more: usize) -> Option<String> {
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
}
