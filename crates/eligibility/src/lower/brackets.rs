//! Brackets that say something of the whole unit: what is measured by a function, what a class of medicines comprises, how a
//! scale is made up.
//!
//! | written | read |
//! | --- | --- |
//! | `normal coagulation (PT, APTT)` | each of the tests is normal |
//! | `topical agents (steroids, calcineurin inhibitors) within 2 weeks` | any of these medicines, topical, within 2 weeks |
//! | `IGA of 3 or more (scale of 0 to 4)` | the bracket only describes the scale |
//! | `at least 4 weeks since chemotherapy (6 weeks for mitomycin)` | mitomycin is asked for with its own time |
//! | `CNS (central nervous system) metastases` | the bracket only spells the letters out |

use super::Context;
use super::parts::extent;
use super::unit::Unit;
use crate::expr::{
    Atom, CalendarUnit, EventRole, EventTest, Expr, Firmness, Length, Presence, Qualifier, Sense, Test, Window,
};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use trialway_terminology::{ConceptId, Domain};

/// Drops what only describes a scale; makes the tests in a bracket the subjects of a result that names only a function.
pub(super) fn settle(context: &Context<'_>, unit: &mut Unit) {
    let observed = |(id, _): &(ConceptId, std::ops::Range<usize>)| id.domain() == Some(Domain::Observation);
    let again: Vec<bool> =
        unit.groups.iter().map(|group| super::means::says_time_again(context, unit, group)).collect();
    let mut again = again.into_iter();
    unit.groups.retain(|group| !again.next().unwrap_or(false) && !spells_out(context, group));
    if unit.subjects.iter().any(observed) {
        unit.groups.retain(|group| !describes_scale(context, group));
    }
    if unit.result.is_none() || !unit.subjects.is_empty() || !unit.comparisons.is_empty() || !of_function(context, unit)
    {
        return;
    }
    let Some(at) = unit.groups.iter().position(|group| tests(group).is_some()) else { return };
    let group = unit.groups.remove(at);
    unit.subjects = tests(&group).unwrap_or_default();
    unit.unread.clear();
}

/// Whether what a unit leaves unread is the name of a function ("coagulation", "liver function").
fn of_function(context: &Context<'_>, unit: &Unit) -> bool {
    let words = context.text.get(unit.extent()).unwrap_or_default().to_ascii_lowercase();
    ["function", "coagulation", "clotting", "profile", "panel", "tests", "parameters"]
        .iter()
        .any(|word| words.contains(word))
}

/// The tests that a bracket lists; none where it holds anything else.
fn tests(group: &[Piece]) -> Option<Vec<(ConceptId, std::ops::Range<usize>)>> {
    let mut out = Vec::new();
    for piece in group {
        match &piece.kind {
            PieceKind::Mention(concepts) => {
                let id = concepts.iter().find(|id| id.domain() == Some(Domain::Observation))?;
                out.push((id.clone(), piece.range.clone()));
            }
            PieceKind::Comma
            | PieceKind::And
            | PieceKind::Or
            | PieceKind::Blank
            | PieceKind::Phrase(Class::Filler, _) => {}
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// "CNS (central nervous system)": the words whose first letters stand before the bracket.
fn spells_out(context: &Context<'_>, group: &[Piece]) -> bool {
    let range = extent(group);
    let before = context.text.get(..range.start).unwrap_or_default().trim_end_matches(['(', '[', ' ']);
    let letters = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let letters = letters.strip_suffix('s').unwrap_or(letters);
    let words = context.text.get(range).unwrap_or_default();
    let initials: String = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "of" | "and" | "the" | "in"))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    letters.len() >= 2 && letters.chars().all(|c| c.is_ascii_uppercase()) && letters == initials
}

/// "(ABX668/QR231893)", "(Smith 2004)", "(according to the AJCC staging criteria, 8th edition)", "(some vaccines may contain it)":
/// a bracket that names the thing by its number, cites, or explains; none of these asks for anything.
pub(super) fn only_cites(context: &Context<'_>, group: &[Piece]) -> bool {
    const LEADING: &[&str] = &["according", "per", "see", "as", "using", "by", "based", "defined"];
    const STANDARDS: &[&str] = &[
        "criteria",
        "classification",
        "guideline",
        "guidelines",
        "edition",
        "version",
        "staging",
        "consensus",
        "recommendations",
        "recommendation",
        "standard",
        "standards",
        "definition",
        "et",
        "recist",
        "dsm",
    ];
    let text = context.text.get(extent(group)).unwrap_or_default();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    let digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    // A product's number: capitals and digits.
    let numbered = |word: &str| {
        word.len() >= 4
            && digits(word)
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && word.bytes().any(|b| b.is_ascii_uppercase())
    };
    let year = |word: &str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let author = |word: &str| word.chars().next().is_some_and(char::is_uppercase) || is(word, &["et", "al", "and"]);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let coded = words.iter().all(|word| numbered(word));
    let cited =
        words.len() >= 2 && words.len() <= 6 && year(last) && words.iter().rev().skip(1).all(|word| author(word));
    let standard = is(first, LEADING) && words.iter().any(|word| is(word, STANDARDS));
    // A sentence that gives a reason or tells what is known.
    let leads = is(first, &["some", "because", "since", "these", "this", "such", "they", "which"]);
    let tells =
        words.iter().any(|word| is(word, &["may", "might", "can", "could", "contain", "contains", "is", "are"]));
    coded || cited || standard || leads && tells && words.len() >= 5
}

/// "(scale of 0 to 4)", "(range 0-72)", "(0-4 scale)".
fn describes_scale(context: &Context<'_>, group: &[Piece]) -> bool {
    let text = context.text.get(extent(group)).unwrap_or_default().to_ascii_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    const OF_SCALE: [&str; 18] = [
        "scale", "scales", "range", "ranges", "ranging", "from", "of", "to", "on", "a", "an", "the", "point", "points",
        "score", "scores", "possible", "total",
    ];
    words.iter().filter(|word| number(word)).count() == 2
        && words.iter().any(|word| matches!(*word, "scale" | "range" | "ranges" | "ranging"))
        && words.iter().all(|word| number(word) || OF_SCALE.contains(word))
}

/// "topical agents (steroids, calcineurin inhibitors)": what the class comprises, each narrowed and dated as the class is; none
/// where the bracket gives only examples or holds anything else.
pub(super) fn members(context: &Context<'_>, unit: &Unit, group: &[Piece]) -> Option<Expr> {
    let [(class, _)] = unit.subjects.as_slice() else { return None };
    let words = class.written_words().filter(|words| trialway_terminology::wording::names_class(words))?;
    if class.domain() != Some(Domain::Drug) || !unit.unread.is_empty() || unit.has_predicate() {
        return None;
    }
    let mut ids = Vec::new();
    for piece in group {
        match &piece.kind {
            PieceKind::Mention(concepts) => {
                let id = concepts.iter().find(|id| id.domain() == Some(Domain::Drug))?;
                ids.push((id.clone(), piece.range.clone()));
            }
            PieceKind::Comma
            | PieceKind::And
            | PieceKind::Or
            | PieceKind::Blank
            | PieceKind::Phrase(Class::Filler, _) => {}
            _ => return None,
        }
    }
    if ids.len() < 2 {
        return None;
    }
    let window = unit.window.clone().or_else(|| context.inherited.window.clone());
    let presence = unit.presence.unwrap_or(if window.is_some() { Presence::Ever } else { Presence::Current });
    let narrowing: Vec<Qualifier> = words
        .rsplit_once(' ')
        .map(|(before, _)| before)
        .map(|before| {
            Qualifier::InWords(crate::expr::InWords {
                written: before.to_owned(),
                words: before.to_owned(),
                before: true,
            })
        })
        .into_iter()
        .chain(unit.qualifiers.iter().filter(|q| matches!(q, Qualifier::InWords(_))).cloned())
        .collect();
    let each = ids.into_iter().map(|(id, range)| {
        let test = crate::expr::EventTest {
            role: EventRole::Drug,
            concept: Some(id),
            presence,
            suspicion_counts: false,
            qualifiers: narrowing.clone(),
            window: window.clone(),
            other_than: Vec::new(),
            silence_is_absence: true,
            rules_out: (context.sense == crate::expr::Sense::Required) == unit.negated,
        };
        Expr::Atom(Atom { test: Test::Event(test), span: context.span(&range), firmness: Firmness::Likely })
    });
    let any = Expr::any(each.collect());
    Some(if unit.negated { Expr::not(any) } else { any })
}

/// "a preplanned treatment such as cardioversion": where only examples say what kind of treatment is meant, they are what is asked
/// for.
pub(super) fn open_examples(context: &Context<'_>, pieces: &mut [Piece]) {
    const GENERAL: [&str; 12] = [
        "treatment",
        "treatments",
        "therapy",
        "therapies",
        "procedure",
        "procedures",
        "intervention",
        "interventions",
        "operation",
        "operations",
        "medication",
        "medications",
    ];
    let is_example = |piece: &Piece| matches!(piece.kind, PieceKind::Phrase(Class::Example, _));
    let Some(at) = pieces.iter().position(is_example) else { return };
    let word = |piece: &Piece| context.text.get(piece.range.clone()).unwrap_or_default().to_ascii_lowercase();
    let such_as = pieces.get(at).map(word).is_some_and(|words| words == "such as" || words == "like");
    let before = pieces.get(..at).unwrap_or_default();
    let general = |piece: &Piece| piece.kind == PieceKind::Word && GENERAL.contains(&word(piece).as_str());
    let plain = before.iter().all(|piece| {
        general(piece)
            || matches!(
                piece.kind,
                PieceKind::Blank
                    | PieceKind::Phrase(
                        Class::Filler | Class::Planned | Class::History | Class::Current | Class::Therapy,
                        _
                    )
            )
    });
    if !such_as || !plain || !before.iter().any(general) {
        return;
    }
    let words: Vec<bool> = pieces.iter().take(at + 1).map(|piece| general(piece) || is_example(piece)).collect();
    for (piece, silent) in pieces.iter_mut().zip(words) {
        if silent {
            piece.kind = PieceKind::Blank;
        }
    }
}

/// "At least 4 weeks since chemotherapy (6 weeks for nitrosoureas or mitomycin)": another time for some of it; none where the bracket
/// says anything else.
pub(super) fn other_time(context: &Context<'_>, unit: &Unit, group: &[Piece]) -> Option<Expr> {
    let window = unit.window.as_ref().filter(|_| unit.since && unit.negated)?;
    let range = extent(group);
    let text = context.text.get(range.clone())?.to_ascii_lowercase();
    let (number, unit_of_time, rest) = leading_time(&text)?;
    let of = rest.split(' ').find(|word| !word.is_empty())?;
    if !["for", "since", "after", "from"].contains(&of) {
        return None;
    }
    let length = Length { number, unit: unit_of_time, ..window.length };
    let window = Window { length, span: context.span(&range), ..window.clone() };
    let mut any = Vec::new();
    for (at, piece) in group.iter().filter(|piece| piece.kind != PieceKind::Blank).enumerate() {
        match &piece.kind {
            PieceKind::Mention(concepts) => {
                for id in concepts.iter() {
                    let role = match id.domain() {
                        Some(Domain::Drug) => EventRole::Drug,
                        Some(Domain::Procedure) => EventRole::Procedure,
                        _ => return None,
                    };
                    let test = EventTest {
                        silence_is_absence: true,
                        rules_out: true,
                        role,
                        concept: Some(id.clone()),
                        presence: Presence::Ever,
                        suspicion_counts: false,
                        qualifiers: Vec::new(),
                        window: Some(window.clone()),
                        other_than: Vec::new(),
                    };
                    any.push(Expr::Atom(Atom {
                        test: Test::Event(test),
                        span: context.span(&piece.range),
                        firmness: Firmness::Certain,
                    }));
                }
            }
            PieceKind::Comma
            | PieceKind::And
            | PieceKind::Or
            | PieceKind::Phrase(Class::Filler | Class::History | Class::Therapy, _) => {}
            // The number and the unit of time.
            PieceKind::Word | PieceKind::Window(_) | PieceKind::Count(_) if at < 2 => {}
            PieceKind::Word
                if context
                    .text
                    .get(piece.range.clone())
                    .is_some_and(|word| ["since", "prior", "previous"].contains(&word)) => {}
            _ => return None,
        }
    }
    (!any.is_empty()).then(|| Expr::not(Expr::any(any)))
}

/// "(4 weeks for …)": whether a bracket begins with a length of time.
pub(super) fn begins_with_time(context: &Context<'_>, group: &[Piece]) -> bool {
    leading_time(&context.text.get(extent(group)).unwrap_or_default().to_ascii_lowercase()).is_some()
}

/// The length of time that a text in lower case begins with, and the rest.
fn leading_time(text: &str) -> Option<(rust_decimal::Decimal, CalendarUnit, &str)> {
    let (number, rest) = text.split_once([' ', '-'])?;
    let number = number.parse().ok().or_else(|| trialway_units::parse_number_word(number))?;
    let (unit, rest) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
    let unit = match unit.trim_end_matches('s') {
        "day" => CalendarUnit::Days,
        "week" => CalendarUnit::Weeks,
        "month" => CalendarUnit::Months,
        "year" => CalendarUnit::Years,
        _ => return None,
    };
    Some((number, unit, rest))
}

/// A bracket of nothing but several diseases, none of them what the unit names: any of them.
pub(super) fn other_names(context: &mut Context<'_>, unit: &Unit, group: &[Piece]) -> Option<Expr> {
    let mut diseases: Vec<ConceptId> = Vec::new();
    let of = unit.subjects.first().and_then(|(id, _)| id.domain())?;
    let wanted = if matches!(of, Domain::Drug | Domain::Procedure) { of } else { Domain::Condition };
    for piece in group {
        match &piece.kind {
            PieceKind::Mention(concepts) => {
                let id = concepts.first()?;
                if id.domain() != Some(wanted) {
                    return None;
                }
                diseases.push(id.clone());
            }
            PieceKind::Comma
            | PieceKind::Or
            | PieceKind::And
            | PieceKind::Blank
            | PieceKind::Stop
            | PieceKind::Phrase(Class::Filler | Class::Example, _) => {}
            // "heart disease (class III heart failure, arrhythmia, uncontrolled hypertension)"
            PieceKind::Grade(_)
            | PieceKind::Window(_)
            | PieceKind::Phrase(Class::Severe | Class::Active | Class::Uncontrolled | Class::History, _)
                if wanted == Domain::Condition && context.sense == Sense::Excluding => {}
            // "NYHA class III"
            PieceKind::Word
                if context.text.get(piece.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("nyha")) => {}
            _ => return None,
        }
    }
    let same = |id: &ConceptId| {
        unit.subjects
            .iter()
            .any(|(known, _)| context.terminology.is_a(id, known) || context.terminology.is_a(known, id))
    };
    let example = group
        .iter()
        .find(|piece| piece.kind != PieceKind::Blank)
        .is_some_and(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Example, _)));
    let enough = if example { 1 } else { 2 };
    // "cardiac disease (class IV heart failure, or an infarction within 6 months)": kinds of it, but not all of each.
    let limited = group.iter().any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Grade(_)
                | PieceKind::Window(_)
                | PieceKind::Phrase(Class::Severe | Class::Active | Class::Uncontrolled | Class::History, _)
        )
    });
    if diseases.len() < enough || !limited && diseases.iter().all(same) {
        return None;
    }
    let outer = context.sense;
    context.sense = Sense::Excluding;
    let read = super::clause::lower_clause(context, group);
    context.sense = outer;
    read
}

/// Whether an expression names a state that is itself found by measuring ("renal dysfunction", "thrombocytopenia").
pub(super) fn is_measured_state(expr: &Expr) -> bool {
    const STATES: [&str; 9] =
        ["dysfunction", "impair", "insufficien", "penia", "anemia", "hyper", "hypo", "obes", "proteinuria"];
    let mut found = false;
    expr.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Event(event), .. }) = leaf {
            found |= event.concept.as_ref().is_some_and(|id| STATES.iter().any(|state| id.as_str().contains(state)));
        }
    });
    found
}

/// The pieces of an exception that a bracket begins with or holds after a comma.
pub(super) fn exception_of(group: &[Piece]) -> Option<Vec<Piece>> {
    let at = group.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Except, _)))?;
    let before = group.get(..at).unwrap_or_default();
    let plain = before.iter().all(|piece| !matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_)));
    plain.then(|| group.get(at + 1..).unwrap_or_default().to_vec())
}
