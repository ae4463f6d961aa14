//! Numbers that stand for an age: beside words of age, or years beside nothing but people.

use super::parts::extent;
use super::unit::Unit;
use super::{Context, atom};
use crate::bounds::{reach_before, reach_behind};
use crate::expr::{AgeTest, Atom, Expr, Firmness, Sense, Test};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
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
                near.iter().any(|word| matches!(*word, "age" | "aged" | "ages" | "old" | "older" | "adult" | "adults"))
                    || brackets_people(context.text, &comparison.range);
            // "women >= 18 years": years beside nothing but people are their age.
            let of_people = unit.subjects.is_empty()
                && unit.unread.is_empty()
                && comparison.unit.as_ref().is_some_and(|unit| unit.as_str() == "a")
                && near.iter().any(|word| PEOPLE.contains(word));
            // "ulcers older than 1 year": the thing is that old.
            let of_thing = unit.subjects.iter().any(|(id, range)| {
                matches!(id.domain(), Some(Domain::Condition | Domain::Procedure | Domain::Drug))
                    && context.text.get(range.end..comparison.range.start).is_some_and(|gap| {
                        const OF: [&str; 7] = ["", "older", "of", "for", "lasting", "present for", "of duration"];
                        OF.iter().any(|known| gap.trim().eq_ignore_ascii_case(known))
                    })
            });
            // "less than 7 days duration", "for 3 years or longer"
            let behind = context.text.get(comparison.range.end..).unwrap_or_default().trim_start();
            let lasts = ["duration", "in duration", "of duration", "or longer", "long"].iter().any(|word| {
                let rest = behind
                    .get(word.len()..)
                    .filter(|_| behind.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            });
            let dates_onset = of_thing || lasts || dates_onset(&near);
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

/// "18 years or older (or the legal age of the country)": the pieces without the bracket, and what it adds. Nowhere is the age
/// higher than [`LEGAL_AGE`], so that only of younger ones it is not known.
pub(super) fn without_legal_age(context: &Context<'_>, all: &[Piece]) -> Option<(Vec<Piece>, Expr)> {
    const OF_LAW: [&str; 7] =
        ["legal age", "age of majority", "age of consent", "legal consent", "legal adult", "local law", "age of legal"];
    if context.sense != Sense::Required {
        return None;
    }
    let open = all.iter().position(|piece| piece.kind == PieceKind::Open)?;
    let close = open + all.get(open..)?.iter().position(|piece| piece.kind == PieceKind::Close)?;
    let inner = all.get(open + 1..close)?;
    let words = context.text.get(extent(inner))?.to_ascii_lowercase();
    let limited = all.get(..open)?.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    let plain = !inner.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_)));
    if !limited || !plain || !OF_LAW.iter().any(|law| words.contains(law)) {
        return None;
    }
    let span = context.span(&extent(inner));
    let grown = AgeTest {
        comparator: atom::comparator(trialway_criteria::compare::Op::Ge),
        value: LEGAL_AGE.into(),
        unit: UcumUnit::new("a")?,
        onset_of: None,
    };
    let grown = Expr::Atom(Atom { test: Test::Age(grown), span, firmness: Firmness::Certain });
    let rest = all.get(..open)?.iter().chain(all.get(close + 1..)?).cloned().collect();
    Some((rest, Expr::any(vec![grown, Expr::Unread { span }])))
}

/// The highest age of majority of any country, in years.
const LEGAL_AGE: i32 = 21;

/// "Adults (18 to 75 years) with asthma": whether a comparison begins a bracket behind people.
fn brackets_people(text: &str, range: &Range<usize>) -> bool {
    const OF_AGE: [&str; 8] = ["adult", "adults", "adolescents", "adolescent", "age", "ages", "aged", "infants"];
    let before = text.get(..range.start).unwrap_or_default().trim_end_matches([' ', ':', ',']);
    let before = ["aged", "ages", "age"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let Some(people) = before.trim_end().strip_suffix('(') else { return false };
    let last = people.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    PEOPLE.iter().chain(&OF_AGE).any(|known| last.eq_ignore_ascii_case(known))
}

/// The pieces with a bracket opened that says only how old the people before it are ("adults (18 to 75 years)").
pub(super) fn without_brackets_of_age(context: &Context<'_>, all: &[Piece]) -> Option<Vec<Piece>> {
    let open = all.iter().position(|piece| piece.kind == PieceKind::Open)?;
    let close = open + all.get(open..)?.iter().position(|piece| piece.kind == PieceKind::Close)?;
    let inner = all.get(open + 1..close)?;
    let mut limits = inner.iter().filter(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    let limit = limits.next().filter(|_| limits.next().is_none())?;
    let PieceKind::Comparison(comparisons) = &limit.kind else { return None };
    let years = comparisons.iter().any(|one| one.unit.as_ref().is_some_and(|unit| matches!(unit.as_str(), "a" | "mo")));
    let little = |piece: &Piece| {
        matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Blank | PieceKind::Phrase(Class::Filler, _))
            || context.text.get(piece.range.clone()).is_some_and(|word| {
                ["age", "aged", "ages", "old", "inclusive"].iter().any(|known| word.eq_ignore_ascii_case(known))
            })
    };
    if !years || !inner.iter().all(little) || !brackets_people(context.text, &limit.range) {
        return None;
    }
    Some(all.iter().enumerate().filter(|(at, _)| *at != open && *at != close).map(|(_, piece)| piece.clone()).collect())
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
    const OF_AGE: [&str; 25] = [
        "over", "under", "above", "below", "and", "or", "older", "younger", "years", "year", "than", "at", "least",
        "more", "to", "up", "yr", "yrs", "male", "males", "female", "females", "men", "women", "both",
    ];
    let (mut numbers, mut highest) = (0, 0_u8);
    let mut says = false;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers += 1;
            let Ok(number) = word.parse::<u8>() else { return false };
            highest = highest.max(number);
        } else if OF_AGE.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            says |= ["over", "under", "older", "younger", "years", "yr", "yrs"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known));
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
