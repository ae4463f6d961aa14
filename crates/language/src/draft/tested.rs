//! What is tested: of the record's interventions those that the groups under test have and the others lack.
//!
//! What every group is given is what the rest is added to; what only a group for comparison is given is what the rest is held
//! against; and where no group is said to be under test, or the groups differ in an amount or a time alone, the study compares.

use super::gist::{is_blank, is_usual, only_looks};
use super::listed::is_given;
use super::texts::norm;
use super::together::{self, Company};
use super::{Say, named};
use crate::foreign::plain;
use trialway_study::{Allocation, Arm, ArmKind, Intervention, InterventionKind, PrimaryPurpose, Study};

/// What is tested, in words.
pub(super) struct Tested {
    pub what: String,
    /// Whether things of equal rank are compared, so that none of them is what is tested.
    pub is_compared: bool,
    /// Whether the groups say enough to tell what taking part may show.
    pub is_sure: bool,
    /// Whether it is one thing by itself.
    pub is_one: bool,
    /// Whether all of it is exercise, teaching or the like: it helps people, it does not treat an illness.
    pub is_help: bool,
    /// Labels of groups that it is made of, and no interventions.
    pub labels: Option<String>,
}

/// What is tested.
///
/// **Unknown**: `None` where the record lists none but placebos and shams, or names that say nothing.
pub(super) fn tested(study: &Study, say: &Say) -> Option<Tested> {
    let mut told = alone(study, say)?;
    // A look at somebody does not treat.
    const LOOKS: [&str; 7] = ["pet", "mri", "scan", "scans", "imaging", "tomography", "ultrasonography"];
    if named::letters(&norm(&plain(&told.what))).any(|word| LOOKS.contains(&word)) {
        told.is_sure = false;
    }
    if !told.is_compared && told.is_one {
        match together::company(study, &plain(&told.what)) {
            Some(Company::With) => told.what = say.words.say("list-together", &[("what", &told.what)])?,
            // What it is given after is no part of it, and may be what helps.
            Some(Company::After) => told.is_sure = false,
            None => {}
        }
    }
    Some(told)
}

/// What is tested, by the groups and the interventions alone.
fn alone(study: &Study, say: &Say) -> Option<Tested> {
    let all = listed(study);
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    let is_help = !all.is_empty() && all.iter().all(|one| is_done(one));
    let active: Vec<&Arm> = study.arms.iter().filter(|arm| !is_empty_kind(arm)).collect();
    let is_linked = study.arms.iter().any(|arm| names.iter().any(|name| is_given(study, arm, name)));
    let is_silent = |arm: &&Arm| !names.iter().any(|name| is_given(study, arm, name)) && arm.interventions.is_empty();
    let make = |what: String, is_compared: bool, is_sure: bool| Tested {
        what,
        is_compared,
        is_sure,
        is_one: names.len() == 1,
        is_help,
        labels: None,
    };
    if study.arms.len() < 2 {
        return Some(make(say.things(study, &names)?, false, true));
    }
    if !is_linked {
        let what = say.things(study, &names)?;
        let what = if names.len() > 1 { say.words.say("list-some", &[("names", &what)])? } else { what };
        return Some(make(
            what,
            false,
            names.len() == 1 && active.iter().filter(|arm| !is_of(arm, ArmKind::Experimental)).count() == 0,
        ));
    }
    let tried: Vec<&Arm> = study.arms.iter().filter(|arm| is_of(arm, ArmKind::Experimental)).collect();
    let is_sure = !active.iter().any(is_silent);
    // Groups of one kind, or of none that is said: what they differ in is compared.
    let tried = if tried.is_empty() {
        match active.as_slice() {
            [one] => vec![*one],
            _ => return compared(study, &active, &names, is_help, say),
        }
    } else {
        tried
    };
    let others: Vec<&Arm> =
        study.arms.iter().filter(|arm| !tried.iter().any(|tried| std::ptr::eq(*tried, *arm))).collect();
    let has = |arms: &[&Arm], name: &str| arms.iter().any(|arm| is_given(study, arm, name));
    let pool: Vec<&str> = names.iter().copied().filter(|name| has(&tried, name) && !has(&others, name)).collect();
    if pool.is_empty() {
        let shared: Vec<&str> = names.iter().copied().filter(|name| has(&tried, name)).collect();
        // One thing, given in two ways: that it is tested is so, what for is not known.
        return match shared.as_slice() {
            [] => None,
            [one] => Some(Tested { is_one: true, ..make(say.things(study, &[one])?, false, false) }),
            _ => compared(study, &active, &names, is_help, say),
        };
    }
    if names.iter().any(|name| pool.iter().any(|one| one != name && differ_in_amount_alone(&[one, name]))) {
        return compared(study, &active, &names, is_help, say);
    }
    let what = say.joined_things(study, &tried, &pool)?;
    // What every group under test is given beside it, and another group as well.
    let (everywhere, some): (Vec<&str>, Vec<&str>) = names
        .iter()
        .copied()
        .filter(|name| !pool.contains(name) && has(&tried, name) && !is_measured(name))
        .partition(|name| tried.iter().all(|arm| is_given(study, arm, name)));
    let is_sure = is_sure && some.is_empty();
    let what = match say.things(study, &everywhere) {
        Some(others) if !everywhere.is_empty() => {
            say.words.say("list-along", &[("what", &what), ("others", &others)])?
        }
        None if !everywhere.is_empty() => return None,
        _ => what,
    };
    Some(Tested { is_one: pool.len() == 1 && everywhere.is_empty(), ..make(what, false, is_sure) })
}

/// The interventions that count: none that stand for nothing; care as it is given anyway and tests that go along only where
/// there is nothing else.
fn listed(study: &Study) -> Vec<&Intervention> {
    let is_treated = study.design.primary_purpose.as_ref().and_then(|purpose| purpose.known()).is_some_and(|purpose| {
        matches!(purpose, PrimaryPurpose::Treatment | PrimaryPurpose::Prevention | PrimaryPurpose::SupportiveCare)
    });
    for (with_usual, with_looks) in [(false, false), (false, true), (true, true)] {
        let mut kept: Vec<&Intervention> = Vec::new();
        for one in study.interventions.iter().filter(|one| !one.name.trim().is_empty() && !is_blank(&one.name)) {
            let counts = (with_usual || !is_usual(&one.name)) && (with_looks || !is_treated || !only_looks(one));
            if counts && !kept.iter().any(|known| known.name == one.name) {
                kept.push(one);
            }
        }
        if !kept.is_empty() {
            return kept;
        }
    }
    Vec::new()
}

/// Whether a name is of something that is looked at, and not given.
fn is_measured(name: &str) -> bool {
    let text = norm(name);
    named::letters(&text)
        .any(|word| matches!(word, "level" | "levels" | "survey" | "questionnaire" | "assessment" | "sample"))
}

/// Whether a person does it, or is taught it.
fn is_done(one: &Intervention) -> bool {
    const DONE: [&str; 18] = [
        "exercise",
        "training",
        "education",
        "counsel",
        "coaching",
        "yoga",
        "tai chi",
        "qigong",
        "pilates",
        "walking",
        "mindfulness",
        "meditation",
        "stretching",
        "teaching",
        "workshop",
        "lesson",
        "mobile app",
        "self management",
    ];
    let lower = norm(&one.name);
    one.kind.as_ref().is_some_and(|kind| kind.is(InterventionKind::Behavioral))
        || DONE.iter().any(|word| lower.contains(word))
}

fn is_of(arm: &Arm, kind: ArmKind) -> bool {
    arm.kind.as_ref().is_some_and(|is| is.is(kind))
}

/// Whether a group is given a placebo, a sham or nothing.
fn is_empty_kind(arm: &Arm) -> bool {
    [ArmKind::PlaceboComparator, ArmKind::ShamComparator, ArmKind::NoIntervention]
        .into_iter()
        .any(|kind| is_of(arm, kind))
}

/// Groups of equal rank: the interventions in which they differ, or their labels where one intervention stands for several.
fn compared(study: &Study, active: &[&Arm], names: &[&str], is_help: bool, say: &Say) -> Option<Tested> {
    let given = |arm: &Arm, name: &str| is_given(study, arm, name);
    let apart: Vec<&str> = names.iter().copied().filter(|name| !active.iter().all(|arm| given(arm, name))).collect();
    let each_has_one = active.iter().all(|arm| apart.iter().any(|name| given(arm, name)));
    // Where chance makes up the groups, they differ in what is done; else they may differ in who the people are.
    let is_by_chance = study.design.allocation.as_ref().is_some_and(|allocation| allocation.is(Allocation::Randomized));
    if apart.len() > 1 && active.len() > 1 {
        // Where some differ in an amount alone, that is what is compared.
        let has_twin = |name: &&str| apart.iter().any(|other| other != name && differ_in_amount_alone(&[name, other]));
        let twins: Vec<&str> = apart.iter().copied().filter(has_twin).collect();
        let what = say.things(study, if twins.is_empty() { &apart } else { &twins })?;
        if each_has_one && (is_by_chance || active.iter().any(|arm| is_of(arm, ArmKind::ActiveComparator))) {
            return Some(Tested { what, is_compared: true, is_sure: false, is_one: false, is_help, labels: None });
        }
        let what = say.words.say("list-some", &[("names", &what)])?;
        return Some(Tested { what, is_compared: false, is_sure: false, is_one: false, is_help, labels: None });
    }
    let labels: Vec<&str> = active.iter().map(|arm| arm.label.trim()).collect();
    // A group that is called by an illness is one of people.
    let is_illness = |label: &&str| study.conditions.iter().any(|name| name.trim().eq_ignore_ascii_case(label));
    let is_told = (2..=3).contains(&labels.len()) && labels.iter().all(|label| tells(label));
    if !is_by_chance || !is_told || labels.iter().any(is_illness) {
        return None;
    }
    let quoted: Option<Vec<String>> =
        labels.iter().map(|label| say.words.say("list-quoted", &[("name", &say.english(label))])).collect();
    let what = say.joined_names(&quoted?)?;
    Some(Tested { what, is_compared: true, is_sure: false, is_one: false, is_help, labels: Some(labels.join("; ")) })
}

/// Words that a group or what it is given may be called by, and that say nothing of either.
const BARE: [&str; 30] = [
    "app",
    "application",
    "program",
    "device",
    "drug",
    "group",
    "groups",
    "arm",
    "cohort",
    "control",
    "controls",
    "experimental",
    "intervention",
    "interventions",
    "treatment",
    "comparator",
    "active",
    "study",
    "standard",
    "case",
    "cases",
    "part",
    "first",
    "second",
    "phase",
    "dose",
    "level",
    "test",
    "patients",
    "healthy",
];

/// Whether a group's label says what is done with it.
fn tells(label: &str) -> bool {
    let text = norm(label);
    label.chars().count() <= 60
        && !label.contains(['“', '”', '"'])
        && named::letters(&text).any(|word| word.chars().count() >= 4 && !BARE.contains(&word))
}

/// Whether an intervention's name is a group's ("Group 1", "Intervention").
fn says_nothing(name: &str) -> bool {
    let text = norm(name);
    named::letters(&text)
        .all(|word| BARE.contains(&word) || word.len() == 1 || word.chars().all(|c| c.is_ascii_digit()))
}

/// Whether names are one but for numbers and units: "6 months of halvorine", "12 months of halvorine".
fn differ_in_amount_alone(names: &[&str]) -> bool {
    const AMOUNTS: [&str; 34] = [
        "mg",
        "g",
        "kg",
        "ml",
        "mcg",
        "ug",
        "iu",
        "gy",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "low",
        "high",
        "higher",
        "lower",
        "dose",
        "doses",
        "dosage",
        "short",
        "long",
        "daily",
        "twice",
        "once",
        "medium",
        "mid",
        "cycles",
        "fractions",
    ];
    let bare = |name: &str| -> Vec<String> {
        let text = norm(name);
        named::letters(&text)
            .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()) && !AMOUNTS.contains(word))
            .map(str::to_owned)
            .collect()
    };
    let mut names = names.iter().map(|name| bare(name));
    let Some(first) = names.next() else { return false };
    names.any(|other| other == first)
}

impl Say<'_> {
    /// Names of interventions joined by "and".
    fn things(&self, study: &Study, names: &[&str]) -> Option<String> {
        self.joined_names(&self.told(study, names)?)
    }

    /// Each name as it is told; none where one is letters alone that no text spells out.
    fn told(&self, study: &Study, names: &[&str]) -> Option<Vec<String>> {
        let mut out = Vec::new();
        for name in names {
            if says_nothing(name) {
                return None;
            }
            let told = if is_letters(name) && self.terminology.named_by(name).is_none() {
                self.english(&format!("{} ({name})", spelled_out(study, name)?))
            } else {
                self.name(name)
            };
            // A name that lists things itself is told as one.
            let told = if name.contains([',', ';', '，', '；']) || name.to_lowercase().contains(" or ") {
                self.words.say("list-quoted", &[("name", &told)])?
            } else {
                told
            };
            if !out.iter().any(|known: &String| plain(known).eq_ignore_ascii_case(&plain(&told))) {
                out.push(told);
            }
        }
        (!out.is_empty()).then_some(out)
    }

    /// What groups under test are given: "and" where all are given all of it, "or" where none is given two, "with or without" and
    /// "plus" where some is given to all; else it is said that not everyone may get all.
    fn joined_things(&self, study: &Study, tried: &[&Arm], pool: &[&str]) -> Option<String> {
        if pool.len() == 1 {
            return self.things(study, pool);
        }
        let n_given = |arm: &Arm| pool.iter().filter(|name| is_given(study, arm, name)).count();
        if tried.iter().all(|arm| n_given(arm) == pool.len()) {
            return self.things(study, pool);
        }
        let (everywhere, some): (Vec<&str>, Vec<&str>) =
            pool.iter().copied().partition(|name| tried.iter().all(|arm| is_given(study, arm, name)));
        let is_plain = pool.iter().all(|name| may_stand_in_a_choice(name)) && pool.len() <= 3;
        let n_some = |arm: &Arm| some.iter().filter(|name| is_given(study, arm, name)).count();
        if is_plain && everywhere.is_empty() && tried.iter().all(|arm| n_given(arm) == 1) {
            return self.joined_names_or(&self.told(study, pool)?);
        }
        if is_plain && !everywhere.is_empty() && some.len() == 1 {
            let (all, some) = (self.things(study, &everywhere)?, self.things(study, &some)?);
            return self.words.say("list-with-or-without", &[("all", &all), ("some", &some)]);
        }
        if is_plain && !everywhere.is_empty() && tried.iter().all(|arm| n_some(arm) == 1) {
            let (all, some) = (self.things(study, &everywhere)?, self.joined_names_or(&self.told(study, &some)?)?);
            return self.words.say("list-plus", &[("all", &all), ("some", &some)]);
        }
        self.words.say("list-some", &[("names", &self.things(study, pool)?)])
    }
}

/// Whether a name has no joining word of its own, which would make another "or" beside it unclear.
fn may_stand_in_a_choice(name: &str) -> bool {
    let lower = format!(" {} ", name.to_lowercase());
    !name.contains(['/', '+', ',', ';', '&'])
        && ![" or ", " and ", " with ", " without ", " plus ", " versus ", " vs ", " vs. ", " then "]
            .iter()
            .any(|word| lower.contains(word))
}

/// Whether a name is capital letters alone ("ACDF").
fn is_letters(name: &str) -> bool {
    let name = name.trim();
    (2..=6).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What letters stand for, by the record's own words: "anterior fusion of discs (AFD)".
fn spelled_out(study: &Study, short: &str) -> Option<String> {
    let wanted = short.trim().to_lowercase();
    let is_for = |long: &str| named::initials(long).is_some_and(|first| first == wanted);
    let mut texts: Vec<&str> = Vec::new();
    for one in &study.interventions {
        if let Some(other) = one.other_names.iter().find(|other| is_for(other)) {
            return Some(other.trim().to_owned());
        }
        texts.extend(one.description.as_deref());
    }
    for arm in &study.arms {
        texts.push(&arm.label);
        texts.extend(arm.description.as_deref());
    }
    let own = [&study.brief_title, &study.official_title, &study.brief_summary, &study.detailed_description];
    texts.extend(own.into_iter().filter_map(|text| text.as_deref()));
    let marked = format!("({})", short.trim());
    texts.iter().find_map(|text| {
        let before = text.get(..text.find(&marked)?)?;
        let words: Vec<&str> = before.split_whitespace().collect();
        // Small words between have no letter of their own.
        (2..=short.len() + 3).find_map(|n| {
            let long = words.get(words.len().checked_sub(n)?..)?.join(" ");
            is_for(&long).then_some(long)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_alone_are_no_other_thing() {
        assert!(differ_in_amount_alone(&["6 months of Halvorine", "12 months of Halvorine"]));
        assert!(differ_in_amount_alone(&["Halvorine 10 mg", "Halvorine 20mg"]));
        assert!(differ_in_amount_alone(&["Low dose Halvorine", "High-dose halvorine"]));
        assert!(!differ_in_amount_alone(&["Halvorine", "Sepridol"]));
    }

    #[test]
    fn letters_are_known_by_their_case() {
        assert!(is_letters("ACDF") && !is_letters("METFORMIN") && !is_letters("Light") && !is_letters("B12"));
        assert!(tells("Open surgery") && !tells("Group A") && !tells("Control group"));
        assert!(may_stand_in_a_choice("Light") && !may_stand_in_a_choice("Light or dark"));
    }
}
