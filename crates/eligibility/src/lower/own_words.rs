//! What is left of a unit once names, limits and turns of phrase are taken: words that narrow a name, speak of the name that ends
//! their list, or are a matter that is asked for as it stands.

use super::Context;
use super::unit::{Conn, Unit, is_event};
use crate::expr::{InWords, Qualifier};
use crate::lexicon::Class;
use crate::piece::{PieceKind, kinds_of};
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// Names what is left of each unit; what turns out to be a matter of its own says nothing of what follows.
pub(super) fn name_the_rest(context: &Context<'_>, units: &mut [Unit]) {
    let listed = units.len() > 1;
    let stands_alone = |unit: &Unit| {
        let mut solid = unit.pieces.iter().filter(|piece| piece.kind != PieceKind::Blank);
        solid.next().is_some_and(|piece| piece.kind == PieceKind::Word)
            && solid.next().is_none()
            && context.text.get(unit.extent()).is_some_and(|word| word.len() >= 6 && !is_adjective(word))
    };
    for at in 0..units.len() {
        // "illiteracy, parturient, baldness": a single word between commas is a matter of its own.
        let alike = units.get(at).is_some_and(stands_alone)
            && !units.iter().any(|unit| unit.has_predicate() || unit.hazard || unit.grade.is_some());
        // "cluster or hemiplegic headache": one word may want the end of the next name.
        let shares = units.get(at + 1).is_some_and(|next| {
            let leads = next.pieces.iter().find(|piece| {
                !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler | Class::History, _))
            });
            next.subjects.iter().any(|(id, _)| is_event(id))
                && !leads.is_some_and(|piece| matches!(piece.kind, PieceKind::Mention(_)))
        });
        let allergic = units.get(..at).unwrap_or_default().iter().any(|unit| unit.allergy);
        let Some(unit) = units.get_mut(at) else { continue };
        // "allergic to X or its excipients" speaks of an allergy, too.
        let of_medicine = |range: &Range<usize>| {
            context.text.get(range.clone()).is_some_and(super::allergy::speaks_of_study_medicine)
        };
        if allergic && unit.subjects.is_empty() && unit.unread.iter().all(of_medicine) {
            continue;
        }
        if shares && unit.unread.len() == 1 && unit.subjects.is_empty() {
            continue;
        }
        let own = unit.unread.clone();
        in_own_words(context, unit, listed, alike);
        // What turns out to be a matter of its own says nothing of what follows.
        if unit.unread.is_empty()
            && let Some(next) = units.get_mut(at + 1)
        {
            next.unread.retain(|range| !own.contains(range));
        }
    }
}

/// "chronic or recurrent sinusitis", "untreated, unstable or severe angina", "hepatitis B or C": a unit of nothing but words that
/// narrow speaks of the name that the list ends, or goes on with the one before it.
pub(super) fn coordinate(context: &Context<'_>, units: &mut [Unit]) {
    for at in (0..units.len().saturating_sub(1)).rev() {
        let followed =
            units.get(at + 2..).unwrap_or_default().iter().any(|unit| matches!(unit.conn, Conn::Or | Conn::And));
        let Ok([here, next]) = units.get_disjoint_mut([at, at + 1]) else { continue };
        let modifies = !here.unread.is_empty() || !here.qualifiers.is_empty() || here.severity.is_some();
        let ends = matches!(next.conn, Conn::Or | Conn::And | Conn::Comma);
        let named = next.subjects.iter().find(|(id, _)| is_event(id)).cloned();
        let Some(named) = named.filter(|_| modifies && ends && is_bare(context, here) && !next.hazard) else {
            continue;
        };
        // "insulin or other drugs": what stands alone may be a thing of its own where the name has nothing before it.
        let leads = next
            .pieces
            .iter()
            .find(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)));
        let narrowed = leads.is_some_and(|piece| !matches!(piece.kind, PieceKind::Mention(_)));
        let adjective = here.unread.iter().all(|range| context.text.get(range.clone()).is_some_and(is_adjective));
        // "solid organ or stem cell transplant": what stands last there is a noun, and wants its own end.
        let last = here.pieces.iter().rfind(|piece| piece.kind != PieceKind::Blank);
        let noun = last.is_some_and(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Filler, _))
                && context.text.get(piece.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("organ"))
        });
        let fits = adjective && !noun && (narrowed || here.unread.len() == 1);
        let elided = !next.pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
        if !here.unread.is_empty() && (!fits || elided) {
            continue;
        }
        // "active, uncontrolled infection": both are said of it.
        if next.conn == Conn::Comma && !followed {
            next.qualifiers.append(&mut here.qualifiers);
            for range in std::mem::take(&mut here.unread) {
                next.qualifiers.push(Qualifier::InWords(in_words(context, &range, true)));
                next.narrowing.push(range);
            }
            next.severity = next.severity.or(here.severity.take());
            next.presence = next.presence.or(here.presence);
            next.conn = here.conn;
            continue;
        }
        // "intranasal or topical steroids": the other's own adjective is not said of this one.
        let Some(named) = without_adjective(context, named, !narrowed) else { continue };
        // "treated or synchronous contralateral cancer": which words the two share is not said.
        let shared = next.narrowing.iter().find(|range| {
            range.end <= named.1.start
                && context.text.get((*range).clone()).is_some_and(|words| words.trim().contains(' '))
        });
        if let Some(range) = shared {
            here.unread.push(range.clone());
        }
        let shared_end = named.1.end;
        here.subjects.push(named);
        if shared.is_some() {
            continue;
        }
        for range in std::mem::take(&mut here.unread) {
            here.qualifiers.push(Qualifier::InWords(in_words(context, &range, true)));
            here.narrowing.push(range);
        }
        // "relapsed or refractory lymphoma after two lines": what stands behind the name is said of both.
        here.unread.extend(next.unread.iter().filter(|range| range.start >= shared_end).cloned());
        here.presence = here.presence.or(next.presence);
        here.window = here.window.take().or_else(|| next.window.clone());
        here.allergy |= next.allergy;
    }
    for at in 1..units.len() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        if !is_bare(context, here) || here.unread.len() != 1 || !here.qualifiers.is_empty() {
            continue;
        }
        let (Some((_, name)), Some(word)) = (before.subjects.last().cloned(), here.unread.first().cloned()) else {
            continue;
        };
        let (Some(name), Some(tail)) = (context.text.get(name), context.text.get(word.clone())) else { continue };
        let Some((stem, _)) = name.rsplit_once(' ') else { continue };
        let whole = format!("{stem} {tail}");
        let found = context.terminology.mentions(&whole).into_iter().find(|mention| mention.range == (0..whole.len()));
        if let Some(mention) = found {
            here.subjects.push((mention.concept, word));
            here.unread.clear();
        }
    }
}

/// The name at the end of a list without an adjective that is its own; none where nothing known is left of it.
fn without_adjective(
    context: &Context<'_>,
    (id, range): (ConceptId, Range<usize>),
    leads: bool,
) -> Option<(ConceptId, Range<usize>)> {
    // "subconjunctival or subtenon injection": of a name that is known by its words alone it is not known which words are shared.
    if id.written_words().is_some_and(|words| words.contains(' ')) {
        return None;
    }
    let text = context.text.get(range.clone()).unwrap_or_default();
    let Some((first, rest)) = text.split_once(' ').filter(|(first, _)| leads && is_adjective(first)) else {
        return Some((id, range));
    };
    let begins = range.start + first.len() + 1;
    match context.terminology.named_by(rest) {
        Some(general) if context.terminology.is_a(&id, &general) || id.domain() == Some(Domain::Drug) => {
            Some((general, begins..range.end))
        }
        // "liver or renal impairment": what the two share has no name.
        _ => None,
    }
}

/// Whether a unit names nothing and says nothing but words that narrow.
fn is_bare(context: &Context<'_>, unit: &Unit) -> bool {
    unit.subjects.is_empty()
        && !unit.has_predicate()
        && unit.response.is_none()
        && !unit.allergy
        && !unit.hazard
        && unit.groups.is_empty()
        && unit.examples.is_empty()
        && unit.male_or_female.is_none()
        && unit.unread.len() <= 2
        && unit.unread.iter().all(|range| {
            let words = trialway_terminology::words(context.text.get(range.clone()).unwrap_or_default());
            words.len() <= 3
                && words.iter().all(|word| trialway_terminology::wording::is_nominal(word) || word.norm.len() == 1)
        })
}

/// Whether words end as adjectives do.
pub(super) fn is_adjective(words: &str) -> bool {
    const ENDINGS: [&str; 15] =
        ["al", "ic", "ive", "ous", "ar", "ary", "ent", "ant", "ed", "able", "ible", "oid", "ory", "ile", "ative"];
    const NOUNS: [&str; 21] = [
        "ment",
        "plant",
        "event",
        "agent",
        "stent",
        "clinic",
        "trial",
        "arrival",
        "withdrawal",
        "history",
        "laboratory",
        "patient",
        "accident",
        "adjuvant",
        "antidepressant",
        "anticoagulant",
        "removal",
        "vessel",
        "infant",
        "parent",
        "topic",
    ];
    const OTHERS: [&str; 42] = [
        "poor",
        "bad",
        "weak",
        "low",
        "high",
        "excess",
        "mini",
        "full",
        "partial",
        "uterine",
        "endocrine",
        "bleeding",
        "underlying",
        "ongoing",
        "recent",
        "acute",
        "prior",
        "new",
        "early",
        "late",
        "primary",
        "locally",
        "severe",
        "deep",
        "liver",
        "kidney",
        "lung",
        "heart",
        "brain",
        "bone",
        "skin",
        "eye",
        "breast",
        "colon",
        "lower",
        "upper",
        "system",
        "urinary",
        "older",
        "younger",
        "other",
        "solid",
    ];
    let last = words
        .rsplit(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let noun = NOUNS.iter().any(|ending| last.ends_with(ending));
    last.len() > 3 && !noun && ENDINGS.iter().any(|ending| last.ends_with(ending)) || OTHERS.contains(&last.as_str())
}

/// What is left of a unit when nothing in it is a verb, a number or a turn of phrase: beside something that happens to people it
/// narrows that; alone it is a matter that is asked for in its own words ("gallstones", "right-handed dominance").
fn in_own_words(context: &Context<'_>, unit: &mut Unit, listed: bool, alike: bool) {
    const LONGEST: usize = 6;
    let said = |unit: &Unit| {
        unit.hazard
            || unit.has_predicate() && !only_staged(unit)
            || unit.response.is_some()
            || unit.allergy
            || unit.suspicion && unit.subjects.is_empty()
    };
    if unit.unread.is_empty() || said(unit) || unit.anchored || unit.exemplifies {
        return;
    }
    // Words that a list hands on are judged where they stand.
    let extent = unit.extent();
    if unit.unread.iter().any(|range| range.start < extent.start || range.end > extent.end) {
        return;
    }
    let mut words: Vec<trialway_terminology::Word> = Vec::new();
    for range in &unit.unread {
        let written = trialway_terminology::words(context.text.get(range.clone()).unwrap_or_default());
        words.extend(
            written.into_iter().filter(|word| !matches!(word.norm.as_str(), "-" | "'" | "’" | "\"" | "“" | "”")),
        );
        // Most are told by their first words.
        if words.len() > LONGEST || !words.iter().all(trialway_terminology::wording::is_nominal) {
            return;
        }
    }
    if words.is_empty() {
        return;
    }
    if !unit.subjects.is_empty() {
        // "cancer screening", "opioid tolerance": a word right behind a name names another thing.
        let heads = unit.unread.iter().any(|range| {
            unit.subjects.iter().any(|(_, name)| {
                name.end <= range.start
                    && context
                        .text
                        .get(name.end..range.start)
                        .is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || c == '-'))
            })
        });
        // "side effects from chemotherapy": what stands before such a word is a thing of its own.
        const APART: [&str; 14] =
            ["with", "from", "to", "by", "on", "in", "of", "at", "for", "due", "during", "after", "before", "against"];
        let apart = unit.unread.iter().any(|range| {
            unit.subjects.iter().any(|(_, name)| {
                // "steroids for uveitis or oedema": what it is for may go on.
                let behind = context.text.get(name.end..range.start).unwrap_or_default().trim();
                if behind.eq_ignore_ascii_case("for") {
                    return true;
                }
                let gap = context.text.get(range.end..name.start).unwrap_or_default();
                gap.split(|c: char| !c.is_alphanumeric())
                    .any(|word| APART.iter().any(|known| word.eq_ignore_ascii_case(known)))
            })
        });
        // "within 30 days of the first dose of X": what stands behind a window belongs to that.
        let dated = unit.pieces.iter().any(|piece| {
            matches!(piece.kind, PieceKind::Window(_)) && unit.unread.iter().any(|range| range.start >= piece.range.end)
        });
        if !heads && !apart && !dated && unit.subjects.iter().all(|(id, _)| is_event(id)) {
            let named = unit.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
            for range in std::mem::take(&mut unit.unread) {
                unit.qualifiers.push(Qualifier::InWords(in_words(context, &range, range.start < named)));
                unit.narrowing.push(range);
            }
        }
        return;
    }
    // "poor or incomplete imaging", "haemoglobin < 10 or on the day of the visit": in a list words that nothing known stands
    // beside may belong to another name of it.
    if listed && !alike {
        return;
    }
    // Neighbours only: what a sign or a bracket parts is not one name.
    let (Some(first), Some(last)) = (unit.unread.first(), unit.unread.last()) else { return };
    let place = first.start..last.end;
    let plain =
        unit.pieces.iter().filter(|piece| piece.range.start >= place.start && piece.range.end <= place.end).all(
            |piece| {
                matches!(
                    piece.kind,
                    PieceKind::Word | PieceKind::Blank | PieceKind::Phrase(Class::Filler | Class::Narrowing, _)
                )
            },
        );
    // "hepatic", "older": a word that needs another one behind it is no name.
    let ends = context.text.get(last.clone()).is_some_and(|word| !is_adjective(word));
    // "of the colon or rectum": a place wants what is there.
    let place_only = words.last().is_some_and(|word| {
        trialway_terminology::wording::role(&word.norm) == Some(trialway_terminology::wording::Role::Site)
    });
    let tells = ends
        && !place_only
        && words.iter().any(|word| trialway_terminology::wording::is_distinctive(&word.norm))
        && words.last().is_some_and(|word| {
            trialway_terminology::wording::is_distinctive(&word.norm)
                || trialway_terminology::wording::role(&word.norm).is_some()
        })
        && words.iter().all(|word| !word.norm.contains(|c: char| c.is_ascii_digit()));
    let of_people = unit.male_or_female.is_some() || unit.both_sexes;
    if !plain || !tells || of_people || !unit.groups.is_empty() || unit.severity.is_some() {
        return;
    }
    let name: Vec<String> = trialway_terminology::words(context.text.get(place.clone()).unwrap_or_default())
        .into_iter()
        .filter(|word| word.kind != trialway_terminology::WordKind::Symbol)
        .map(|word| word.norm.to_string())
        .collect();
    unit.subjects.push((ConceptId::written("state", &name.join(" ")), place));
    unit.unread.clear();
}

/// Whether all that is said of a tumor is its stage: "unresectable stage IV melanoma" is narrowed as without it.
fn only_staged(unit: &Unit) -> bool {
    unit.comparisons.is_empty()
        && unit.result.is_none()
        && unit.grade.as_ref().is_some_and(|grade| grade.scale.as_str() == "scale:cancer_stage")
}

/// Whether a word says that a disease gives symptoms.
pub(super) fn is_symptomatic(context: &Context<'_>, range: &Range<usize>) -> bool {
    context.text.get(range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("symptomatic"))
}

pub(super) fn in_words(context: &Context<'_>, range: &Range<usize>, before: bool) -> InWords {
    let written = context.text.get(range.clone()).unwrap_or_default();
    let words: Vec<String> = trialway_terminology::words(written)
        .into_iter()
        .filter(|word| word.kind != trialway_terminology::WordKind::Symbol)
        .map(|word| word.norm.to_string())
        .collect();
    let mut written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    // The capital of a sentence's first word is not part of it.
    if written.chars().nth(1).is_some_and(char::is_lowercase)
        && let Some(first) = written.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    InWords { written, words: words.join(" "), before }
}

/// Words that narrow something that happens to people are asked for with it; beside anything else they were not read.
pub(super) fn narrow(context: &Context<'_>, unit: &mut Unit) {
    let narrowing = std::mem::take(&mut unit.narrowing);
    let events = !unit.subjects.is_empty()
        && unit
            .subjects
            .iter()
            .all(|(id, _)| matches!(id.domain(), Some(Domain::Condition | Domain::Drug | Domain::Procedure)));
    if !events || unit.grade.is_some() && !only_staged(unit) {
        unit.unread.extend(narrowing);
        return;
    }
    let narrowing = named_together(context, unit, narrowing);
    // "post allogeneic transplantation": a point in time, not something that is asked for.
    let treatment = unit.subjects.iter().all(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)));
    unit.hazard |= treatment
        && narrowing.iter().any(|range| {
            let words = context.text.get(range.clone()).unwrap_or_default();
            words.split([' ', '-']).next().is_some_and(|first| first.eq_ignore_ascii_case("post"))
        });
    let named = unit.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
    for range in &narrowing {
        let before = range.start < named;
        unit.qualifiers.push(Qualifier::InWords(in_words(context, range, before)));
    }
    unit.narrowing = narrowing;
}

/// "central nervous system (CNS) metastases": a name that the letters in brackets part; the words that do narrow.
fn named_together(context: &Context<'_>, unit: &mut Unit, narrowing: Vec<Range<usize>>) -> Vec<Range<usize>> {
    const FURTHEST: usize = 16;
    let mut left = Vec::with_capacity(narrowing.len());
    for range in narrowing {
        let whole = unit.subjects.iter_mut().find_map(|(id, name)| {
            let gap = context.text.get(range.end..name.start)?;
            let parted = gap.len() <= FURTHEST && gap.trim_start().starts_with(['(', '[']);
            if !parted {
                return None;
            }
            let (words, name) = (context.text.get(range.clone())?, context.text.get(name.clone())?);
            let joined = format!("{words} {name}");
            let found = context.terminology.mentions(&joined);
            let [one] = found.as_slice() else { return None };
            (one.range == (0..joined.len())).then_some((id, one.concept.clone()))
        });
        match whole {
            Some((id, concept)) => *id = concept,
            None => left.push(range),
        }
    }
    left
}

/// "prior treatment: aspirin", "asthma disease": words that only say what kind of thing is named.
pub(super) fn silence_kinds(context: &Context<'_>, unit: &mut Unit) {
    let all = |domains: &[Domain]| {
        !unit.subjects.is_empty()
            && unit.subjects.iter().all(|(id, _)| id.domain().is_some_and(|domain| domains.contains(&domain)))
    };
    let tails: &[&str] = if all(&[Domain::Drug, Domain::Procedure]) {
        kinds_of(Domain::Drug)
    } else if all(&[Domain::Condition]) {
        kinds_of(Domain::Condition)
    } else {
        return;
    };
    unit.unread.retain(|range| {
        let word = context.text.get(range.clone()).unwrap_or_default();
        !tails.iter().any(|tail| word.eq_ignore_ascii_case(tail))
    });
}
