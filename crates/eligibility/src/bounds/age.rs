//! Limits of age: the word that makes them so.

use super::name::Variable;
use super::words::{clause, words_of};
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
    let lower = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_lowercase();
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
        let fits = |word: &str| wanted.contains(&word) || wanted.contains(&"old") && word.ends_with("-old");
        all.iter().filter(|range| fits(&lower(range))).min_by_key(near).cloned()
    };
    // "Age: 18 to 75", "Age (years) >= 18": the label before the sign that ends the clause.
    let label = || {
        let before = text.get(..place.start).unwrap_or_default();
        let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let last = words_of(text, trimmed.rfind([';', '.', '\n']).unwrap_or(0), trimmed.len());
        last.into_iter().rev().take(3).find(|range| matches!(lower(range).as_str(), "age" | "aged" | "ages"))
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
            let word = lower(range);
            PEOPLE.contains(&word.as_str())
                || LINKS.contains(&word.as_str())
                || word.chars().all(|c| c.is_ascii_digit())
        });
        if in_years {
            return only_people.then(|| of(&["years", "year", "yrs", "yr", "y"])).flatten();
        }
        // "patients < 18": a bare number of two digits behind people is their age.
        let last = before.last().filter(|range| PEOPLE.contains(&lower(range).as_str()))?;
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
