//! Limits of age: the word that makes them so.

use super::name::Variable;
use super::words::{clause, reach_before, words_of};
use trialway_criteria::compare::Comparison;

/// Whether a name is a word for age.
pub(super) fn is_age(name: &str) -> bool {
    const AGES: [&str; 15] = [
        "age", "aged", "ages", "old", "older", "younger", "years", "year", "yrs", "yr", "y", "y/o", "yo", "y.o.", "y.o",
    ];
    AGES.contains(&name) || name.ends_with("-old") || PEOPLE.contains(&name)
}

/// The word that makes a limit one of age: `age`, `aged`, `ages`, else `old`, `older`, `younger`, else `years` beside people.
pub(super) fn age(text: &str, comparison: &Comparison) -> Option<Variable> {
    let in_time = comparison.unit.as_ref().map(|unit| matches!(unit.as_str(), "a" | "mo" | "wk" | "d" | "h"));
    if in_time == Some(false) || comparison.relative_to.is_some() {
        return None;
    }
    // "60 y/o"
    let unit = comparison.unit_range.clone().filter(|range| {
        text.get(range.clone())
            .is_some_and(|unit| matches!(unit.to_lowercase().as_str(), "y/o" | "yo" | "y.o." | "y.o"))
    });
    if let Some(range) = unit {
        return Some(Variable { range, concept: None });
    }
    let place = clause(text, &comparison.range);
    let all = words_of(text, place.start, place.end);
    let is_one = |range: &std::ops::Range<usize>, list: &[&str]| {
        let word = text.get(range.clone()).unwrap_or_default();
        list.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let of = |wanted: &[&str]| -> Option<std::ops::Range<usize>> {
        let near = |range: &&std::ops::Range<usize>| {
            if range.start >= comparison.range.start && range.end <= comparison.value_range.start {
                // "older than 14 years"
                0
            } else if range.start < comparison.range.start {
                comparison.range.start - range.start
            } else {
                // What stands behind counts less.
                range.start.saturating_sub(comparison.value_range.end) + 20
            }
        };
        // "18-year-old"
        let ends_old = |range: &std::ops::Range<usize>| {
            let word = text.get(range.clone()).unwrap_or_default();
            let end = word.len().checked_sub("-old".len()).and_then(|at| word.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case("-old"))
        };
        let fits = |range: &std::ops::Range<usize>| is_one(range, wanted) || wanted.contains(&"old") && ends_old(range);
        all.iter().filter(|range| fits(range)).min_by_key(near).cloned()
    };
    // "Age: 18 to 75", "Age (years) >= 18": the label before the sign that ends the clause.
    let label = || {
        let before = text.get(..place.start).unwrap_or_default();
        let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let near = reach_before(text, trimmed.len());
        let from = trimmed.get(near..).and_then(|part| part.rfind([';', '.', '\n'])).map_or(near, |at| near + at);
        let last = words_of(text, from, trimmed.len());
        last.into_iter().rev().take(3).find(|range| is_one(range, &["age", "aged", "ages"]))
    };
    let speaks = of(&["age", "aged", "ages"]).or_else(label);
    let range = speaks.or_else(|| of(&["old"])).or_else(|| of(&["older", "younger"])).or_else(|| {
        const LINKS: [&str; 18] = [
            "between", "from", "to", "and", "or", "of", "who", "are", "is", "must", "be", "healthy", "every", "any",
            "all", "eligible", "a", "the",
        ];
        let in_years = comparison.unit.as_ref().is_some_and(|unit| unit.as_str() == "a");
        let before: Vec<_> = all.iter().filter(|range| range.end <= comparison.range.start).collect();
        let only_people = before.iter().all(|range| {
            let digits = || text.get((*range).clone()).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
            is_one(range, &PEOPLE) || is_one(range, &LINKS) || digits()
        });
        if in_years {
            return only_people.then(|| of(&["years", "year", "yrs", "yr", "y"])).flatten();
        }
        // "patients < 18": a bare number of two digits behind people is their age.
        let last = before.last().filter(|range| is_one(range, &PEOPLE))?;
        let touches = text.get(last.end..comparison.range.start).is_some_and(|gap| gap.trim().is_empty());
        let bare = comparison.unit.is_none() && comparison.value_range.len() == 2;
        (bare && only_people && touches).then(|| (*last).clone())
    })?;
    Some(Variable { range, concept: None })
}

/// Whom a limit on nothing else concerns.
pub(super) const PEOPLE: [&str; 30] = [
    "male",
    "males",
    "female",
    "females",
    "man",
    "men",
    "woman",
    "women",
    "adult",
    "adults",
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "volunteer",
    "volunteers",
    "individual",
    "individuals",
    "child",
    "children",
    "person",
    "persons",
    "people",
    "infants",
    "boys",
    "girls",
    "sex",
    "both",
];
