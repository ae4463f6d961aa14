//! Numbers that stand for an age: beside words of age, or years beside nothing but people.

use super::unit::Unit;
use super::{Context, atom};
use crate::bounds::{reach_before, reach_behind};
use crate::expr::{AgeTest, Atom, Expr, Firmness, Test};
use std::ops::Range;
use trialway_terminology::Domain;
use trialway_units::Unit as UcumUnit;

/// Comparisons without a name: an age where the words speak of age or of years, else unread.
pub(super) fn ages(context: &Context<'_>, unit: &Unit) -> Vec<Expr> {
    unit.comparisons
        .iter()
        .map(|comparison| {
            let span = context.span(&comparison.range);
            let years = UcumUnit::new("a");
            let unit_of_time = comparison.unit.clone().filter(|unit| matches!(unit.as_str(), "a" | "mo" | "wk" | "d"));
            let near = around(context.text, &comparison.range).to_ascii_lowercase();
            let near: Vec<&str> = near.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let speaks_of_age =
                near.iter().any(|word| matches!(*word, "age" | "aged" | "ages" | "old" | "older" | "adult" | "adults"));
            // "women >= 18 years": years beside nothing but people are their age.
            let of_people = unit.subjects.is_empty()
                && unit.unread.is_empty()
                && comparison.unit.as_ref().is_some_and(|unit| unit.as_str() == "a")
                && near.iter().any(|word| PEOPLE.contains(word));
            // "ulcers older than 1 year": the thing is that old.
            let of_thing = unit.subjects.iter().any(|(id, range)| {
                matches!(id.domain(), Some(Domain::Condition | Domain::Procedure | Domain::Drug))
                    && context
                        .text
                        .get(range.end..comparison.range.start)
                        .is_some_and(|gap| gap.trim().is_empty() || gap.trim().eq_ignore_ascii_case("older"))
            });
            let dates_onset = of_thing || dates_onset(&near);
            // "Over 18 years", "18 and over": a criterion of nothing but years.
            let alone = unit.subjects.is_empty()
                && unit.groups.is_empty()
                && comparison.unit.as_ref().is_none_or(|unit| unit.as_str() == "a")
                && comparison.op != trialway_criteria::compare::Op::Eq
                && is_of_years_alone(context.text);
            // "age at diagnosis" is not the age now.
            let speaks_of_age = (speaks_of_age || of_people || alone)
                && !dates_onset
                && !is_of_a_child(&near)
                && !(comparison.unit.is_none() && counts_things(context.text, &comparison.range));
            match (unit_of_time.or_else(|| years.filter(|_| comparison.unit.is_none())), speaks_of_age) {
                (Some(unit), true) if comparison.relative_to.is_none() && !comparison.titre => {
                    let test = Test::Age(AgeTest {
                        comparator: atom::comparator(comparison.op),
                        value: comparison.value,
                        unit,
                        onset_of: None,
                    });
                    Expr::Atom(Atom { test, span, firmness: Firmness::Certain })
                }
                _ => Expr::Unread { span },
            }
        })
        .collect()
}

/// "at least 2 episodes of otitis": whether the word behind a number without a unit is what it counts.
fn counts_things(text: &str, range: &Range<usize>) -> bool {
    const NOT_COUNTED: [&str; 10] =
        ["years", "yrs", "ages", "males", "females", "adults", "is", "was", "as", "inclusive"];
    let behind = text.get(range.end..).unwrap_or_default();
    let word: String = behind.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    behind.starts_with(' ')
        && word.len() > 3
        && word.ends_with('s')
        && !NOT_COUNTED.contains(&word.to_lowercase().as_str())
}

/// "Parents of children aged 2 to 5", "having a child under 3 years old": the age of somebody else.
fn is_of_a_child(near: &[&str]) -> bool {
    const WHOSE: [&str; 16] = [
        "have",
        "has",
        "having",
        "with",
        "raising",
        "parent",
        "parents",
        "mother",
        "mothers",
        "father",
        "fathers",
        "caregiver",
        "caregivers",
        "guardian",
        "guardians",
        "caring",
    ];
    const CHILD: [&str; 10] =
        ["child", "children", "infant", "infants", "baby", "babies", "son", "daughter", "toddler", "toddlers"];
    near.iter().enumerate().any(|(at, word)| {
        CHILD.contains(word)
            && near.get(at.saturating_sub(4)..at).is_some_and(|before| before.iter().any(|w| WHOSE.contains(w)))
    })
}

/// "age at diagnosis", "aged 18 or older with onset before" date the disease; "aged 18 or older with a diagnosis of" does not.
fn dates_onset(near: &[&str]) -> bool {
    let is_had = |at: usize| {
        let before = near.get(at.saturating_sub(4)..at).unwrap_or_default();
        near.get(at + 1) == Some(&"of")
            && before.iter().any(|word| {
                matches!(*word, "with" | "have" | "has" | "having" | "had" | "carrying" | "establish" | "established")
            })
    };
    near.iter().enumerate().any(|(at, word)| *word == "onset" || *word == "diagnosis" && !is_had(at))
}

/// Whether a text is a limit in years and nothing else: "Over 18 years", "18 and over".
fn is_of_years_alone(text: &str) -> bool {
    const OF_AGE: [&str; 16] = [
        "over", "under", "above", "below", "and", "or", "older", "younger", "years", "year", "than", "at", "least",
        "more", "to", "up",
    ];
    let (mut numbers, mut highest) = (0, 0_u8);
    let mut says = false;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers += 1;
            let Ok(number) = word.parse::<u8>() else { return false };
            highest = highest.max(number);
        } else if OF_AGE.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            says |= ["over", "under", "older", "younger", "years"].iter().any(|known| word.eq_ignore_ascii_case(known));
        } else {
            return false;
        }
    }
    // "At least 5 years" may be how long something lasts.
    says && (1..=2).contains(&numbers) && (12..100).contains(&highest)
}

/// Words for people.
const PEOPLE: [&str; 18] = [
    "women",
    "woman",
    "men",
    "man",
    "male",
    "males",
    "female",
    "females",
    "patients",
    "subjects",
    "participants",
    "people",
    "persons",
    "volunteers",
    "individuals",
    "boys",
    "girls",
    "children",
];

/// The words about a comparison, up to the next sign that ends what it can speak of.
fn around<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let ends = |c: char| matches!(c, ',' | ';' | '.' | '~' | '\n' | '(' | ')');
    let (from, to) = (reach_before(text, range.start), reach_behind(text, range.end));
    let before = text.get(from..range.start).unwrap_or_default();
    let start = before.rfind(ends).map_or(from, |at| from + at + 1);
    let after = text.get(range.end..to).unwrap_or_default();
    let end = after.find(ends).map_or(to, |at| range.end + at);
    text.get(start..end).unwrap_or_default()
}
