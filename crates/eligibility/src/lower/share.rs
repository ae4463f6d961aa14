//! What the units of a list hand on to each other: windows, predicates, denials, modifiers, proofs.

use super::parts::extent;
use super::subject::received;
use super::unit::{Conn, Unit, is_event};
use super::{Context, atom};
use crate::expr::{Presence, Qualifier, Sense, WantedSex};
use crate::lexicon::Class;
use crate::piece::PieceKind;
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// Units of words that restrict nothing hand their modifiers on and go.
pub(super) fn drop_empty(units: &mut Vec<Unit>) {
    if units.iter().all(Unit::says_something) {
        return;
    }
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    let mut rest = std::mem::take(units).into_iter();
    let mut current = rest.next();
    while let Some(unit) = current {
        let mut next = rest.next();
        // "Female": who is asked for is all that is asked.
        let only_sex = kept.is_empty() && next.is_none() && unit.male_or_female.is_some();
        if only_sex || unit.says_something() {
            kept.push(unit);
        } else {
            let (mut gone, leads) = (unit, kept.is_empty());
            // "surgery within a month or planned during the study": another time of the same thing.
            // "Active tuberculosis or a history of it within 3 years": the same.
            let again = kept
                .last()
                .filter(|last| gone.conn == Conn::Or && last.presence != gone.presence)
                .filter(|last| match gone.presence {
                    Some(Presence::Planned) => last.window.is_some(),
                    Some(Presence::Ever) => {
                        last.qualifiers.contains(&Qualifier::Active) || last.presence == Some(Presence::Current)
                    }
                    _ => false,
                })
                .map(|last| last.subjects.clone());
            if let Some(subjects) = again {
                gone.subjects = subjects;
                kept.push(gone);
                current = next;
                continue;
            }
            // "active or planned pregnancy": either of two times, of which one name cannot have both.
            let turned = gone.presence.is_some() || !gone.qualifiers.is_empty();
            if let Some(next) = next.as_mut().filter(|next| next.conn == Conn::Or) {
                // "previous or active uveitis": at any time, then.
                if gone.presence == Some(Presence::Ever) {
                    next.qualifiers.retain(|qualifier| *qualifier != Qualifier::Active);
                }
                if next.presence == Some(Presence::Ever) {
                    gone.qualifiers.retain(|qualifier| *qualifier != Qualifier::Active);
                }
                // "previous or current use of tamoxifen": at any time.
                let (was, is) = (Some(Presence::Ever), Some(Presence::Current));
                if (gone.presence, next.presence) == (was, is) || (gone.presence, next.presence) == (is, was) {
                    next.presence = was;
                    gone.presence = was;
                }
                next.hazard |= turned && next.presence.is_some() && next.presence != gone.presence;
            }
            if let Some(next) = next.as_mut().filter(|_| gone.exemplifies) {
                next.exemplifies = true;
            }
            // A trailing window or modifier belongs to what stands before it; a leading one to what follows.
            if let Some(target) = kept.last_mut().or(next.as_mut()) {
                target.dated_first |= leads && gone.dated_first && target.window.is_none();
                target.window = target.window.take().or(gone.window);
                target.qualifiers.extend(gone.qualifiers);
                target.presence = target.presence.or(gone.presence);
                target.severity = target.severity.or(gone.severity);
                target.suspicion |= gone.suspicion;
                target.negated |= gone.negated && leads;
                target.groups.extend(gone.groups);
                target.examples.extend(gone.examples);
            }
            if let Some(first) = next.as_mut().filter(|_| leads) {
                first.conn = Conn::None;
            }
        }
        current = next;
    }
    *units = kept;
}

/// "recent (within 30 days before the first dose) trauma": how recent is said.
pub(super) fn silence_recent(context: &Context<'_>, units: &mut [Unit]) {
    for unit in units.iter_mut().filter(|unit| unit.window.is_some() && !unit.subjects.is_empty()) {
        unit.unread.retain(|range| {
            context
                .text
                .get(range.clone())
                .is_none_or(|word| !word.eq_ignore_ascii_case("recent") && !word.eq_ignore_ascii_case("recently"))
        });
    }
}

/// "infections (current or in the last two weeks)": a bracket that only dates gives its window.
pub(super) fn take_windows(context: &Context<'_>, units: &mut [Unit]) {
    for unit in units.iter_mut().filter(|unit| unit.window.is_none()) {
        let found = unit.groups.iter().position(|group| {
            let dates = group.iter().filter(|piece| matches!(piece.kind, PieceKind::Window(_))).count() == 1;
            dates
                && group.iter().all(|piece| {
                    matches!(
                        piece.kind,
                        PieceKind::Window(_)
                            | PieceKind::Blank
                            | PieceKind::Or
                            | PieceKind::And
                            | PieceKind::Comma
                            | PieceKind::Phrase(Class::Filler | Class::Current | Class::History, _)
                    )
                })
        });
        let Some(at) = found else { continue };
        let group = unit.groups.remove(at);
        unit.window = group.iter().find_map(|piece| match &piece.kind {
            PieceKind::Window(window) => atom::window(context, window),
            _ => None,
        });
        if unit.window.is_none() {
            unit.unread.push(extent(&group));
        } else {
            let named = unit.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
            unit.dated_first = extent(&group).end <= named;
        }
    }
}

/// "infection, dermatitis or a rash in the treatment area": the place at the end of a list of diseases is that of each of them.
pub(super) fn share_place(context: &Context<'_>, units: &mut [Unit]) {
    const PLACES: [&str; 8] = ["area", "areas", "region", "regions", "site", "sites", "zone", "field"];
    let of_disease = |unit: &Unit| {
        !unit.subjects.is_empty() && unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Condition))
    };
    let place = |unit: &Unit| {
        unit.qualifiers.iter().find_map(|qualifier| match qualifier {
            Qualifier::InWords(words) if !words.before && words.words.split(' ').any(|word| PLACES.contains(&word)) => {
                Some(words.clone())
            }
            _ => None,
        })
    };
    for at in (1..units.len()).rev() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let listed = matches!(here.conn, Conn::Or | Conn::Comma | Conn::And);
        let Some(words) = place(here).filter(|_| listed && of_disease(before) && of_disease(here)) else { continue };
        let narrowed =
            before.qualifiers.iter().any(|qualifier| matches!(qualifier, Qualifier::InWords(w) if !w.before));
        // "eczema in the groin or infection in the treatment area": each has its own place.
        if !narrowed && before.groups.is_empty() && before.window.is_none() && context.sense == Sense::Excluding {
            before.qualifiers.push(Qualifier::InWords(words));
        }
    }
}

/// "must not be pregnant and breast-feeding": whether a study forbids what it denies, all of it.
fn forbidden(context: &Context<'_>, unit: &Unit) -> bool {
    context.sense == crate::expr::Sense::Required
        && unit.pieces.iter().any(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Negation, _)) && super::unit::forbids(context, piece)
        })
}

/// "men and women": who names both sexes asks for neither.
pub(super) fn both_sexes(units: &mut [Unit]) {
    let limited =
        |sex: WantedSex| units.iter().any(|unit| unit.male_or_female == Some(sex) && !unit.comparisons.is_empty());
    // "> 102 cm (men) or > 88 cm (women)": the same, in brackets.
    let bracketed = units.iter().any(|unit| {
        let of = |sex: &'static str| {
            unit.groups.iter().flatten().any(|piece| piece.kind == PieceKind::Phrase(Class::ImpliedSex, sex))
        };
        !unit.comparisons.is_empty() && of("male") != of("female")
    });
    if bracketed || limited(WantedSex::Male) && limited(WantedSex::Female) {
        // "≤ 1.5 mg/dL in males and ≤ 1.4 mg/dL in females": each limit is of one sex. Neither is read.
        for unit in units.iter_mut().filter(|unit| !unit.comparisons.is_empty()) {
            unit.hazard = true;
        }
    }
    let names = |sex: WantedSex| units.iter().any(|unit| unit.male_or_female == Some(sex));
    if (names(WantedSex::Male) && names(WantedSex::Female)) || units.iter().any(|unit| unit.both_sexes) {
        for unit in units {
            unit.male_or_female = None;
        }
    }
}

/// "Men with prostate cancer or hyperplasia": who is named before a list is meant with each of it.
pub(super) fn share_sex(context: &Context<'_>, units: &mut [Unit]) {
    const OTHERS: [&str; 12] = [
        "patients",
        "participants",
        "subjects",
        "children",
        "adults",
        "those",
        "people",
        "persons",
        "individuals",
        "adolescents",
        "infants",
        "volunteers",
    ];
    let Some((first, rest)) = units.split_first_mut() else { return };
    let Some(sex) = first.male_or_female else { return };
    let Some(named) = first.subjects.iter().map(|(_, range)| range.start).min() else { return };
    let who = first.pieces.iter().find(|piece| matches!(piece.kind, PieceKind::Phrase(Class::ImpliedSex, _)));
    let words = |range: Range<usize>| {
        context.text.get(range).unwrap_or_default().split(|c: char| !c.is_alphanumeric()).map(str::to_ascii_lowercase)
    };
    let leads = who.is_some_and(|who| {
        words(who.range.end..named.max(who.range.end)).any(|word| ["with", "who", "having"].contains(&word.as_str()))
    });
    let of_all = rest.iter().all(|unit| {
        unit.male_or_female.is_none()
            && !unit.subjects.is_empty()
            // "women who are pregnant or breastfeeding": nobody else is.
            && unit.subjects.iter().all(|(id, _)| id.domain() != Some(Domain::State) || id.written_words().is_some())
            && !unit.has_predicate()
            && !words(unit.extent()).any(|word| OTHERS.contains(&word.as_str()))
    });
    if leads && of_all {
        for unit in rest {
            unit.male_or_female = Some(sex);
        }
    }
}

/// "No surgery or radiotherapy for lung cancer": what the last of a list of treatments is for may be what each of them is for.
pub(super) fn share_purpose(context: &Context<'_>, units: &mut [Unit]) {
    let treats = |unit: &Unit| {
        !unit.subjects.is_empty()
            && unit.subjects.iter().all(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)))
    };
    let Some((last, rest)) = units.split_last_mut() else { return };
    let purpose = last.narrowing.iter().find(|range| {
        let before = context.text.get(..range.start).unwrap_or_default().trim_end();
        before.rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|word| word.eq_ignore_ascii_case("for"))
    });
    let Some(purpose) = purpose.cloned().filter(|_| treats(last) && last.conn != Conn::None) else { return };
    let words = last.qualifiers.iter().rfind(|qualifier| matches!(qualifier, Qualifier::InWords(_))).cloned();
    let Some(words) = words else { return };
    for unit in rest.iter_mut().rev().take_while(|unit| treats(unit) && !unit.has_predicate()) {
        let narrowed = unit.qualifiers.iter().any(|q| matches!(q, Qualifier::InWords(words) if !words.before));
        if !narrowed && unit.groups.is_empty() && unit.window.is_none() {
            unit.qualifiers.push(words.clone());
            unit.narrowing.push(purpose.clone());
        }
    }
}

/// "recurrent glioblastoma or astrocytoma", "systemic steroids or antibiotics": whether the word before the first of two names is
/// meant of the second is not said.
pub(super) fn share_leading(context: &Context<'_>, units: &mut [Unit]) {
    const STATUS: [&str; 30] = [
        "untreated",
        "unstable",
        "symptomatic",
        "asymptomatic",
        "recurrent",
        "progressive",
        "relapsed",
        "relapsing",
        "metastatic",
        "advanced",
        "unresectable",
        "acute",
        "chronic",
        "localized",
        "localised",
        "recent",
        "new",
        "ongoing",
        "persistent",
        "decompensated",
        "systemic",
        "oral",
        "intravenous",
        "topical",
        "inhaled",
        "intramuscular",
        "subcutaneous",
        "intranasal",
        "serious",
        "resistant",
    ];
    let kind = |unit: &Unit| {
        let first = unit.subjects.first().and_then(|(id, _)| id.domain())?;
        unit.subjects.iter().all(|(id, _)| id.domain() == Some(first)).then_some(first)
    };
    for at in 1..units.len() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let alike = kind(before).is_some_and(|domain| {
            kind(here) == Some(domain) && matches!(domain, Domain::Condition | Domain::Drug | Domain::Procedure)
        });
        let first = before.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
        let word = before.narrowing.iter().find(|range| {
            let written = context.text.get((*range).clone()).unwrap_or_default();
            range.end <= first
                && !written.is_empty()
                && written
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| STATUS.iter().any(|known| word.eq_ignore_ascii_case(known)))
        });
        let Some(word) = word.filter(|_| alike && matches!(here.conn, Conn::Or | Conn::And)) else { continue };
        let leads = here
            .pieces
            .iter()
            .find(|piece| piece.kind != PieceKind::Blank)
            .is_some_and(|piece| matches!(piece.kind, PieceKind::Mention(_)));
        // "acute pancreatitis or chronic hepatitis": each has its own; so has a name that holds such a word.
        let own = here.subjects.iter().any(|(_, range)| {
            let written = context.text.get(range.clone()).unwrap_or_default();
            written
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| STATUS.iter().any(|known| word.eq_ignore_ascii_case(known)))
        });
        let bare = here.narrowing.is_empty()
            && here.qualifiers.is_empty()
            && here.severity.is_none()
            && here.unread.is_empty()
            && !here.other
            && !own;
        if leads && bare {
            here.unread.push(word.clone());
        }
    }
}

/// Whether two units name the same.
fn same_names(one: &Unit, other: &Unit) -> bool {
    !one.subjects.is_empty() && one.subjects.iter().map(|(id, _)| id).eq(other.subjects.iter().map(|(id, _)| id))
}

/// Hands predicates, subjects, windows and modifiers on between the units of a list.
pub(super) fn share(context: &Context<'_>, units: &mut [Unit]) {
    for at in (0..units.len().saturating_sub(1)).rev() {
        let Some([here, next]) = units.get_disjoint_mut([at, at + 1]).ok() else { continue };
        // A window reaches over words that were not read; predicates do not.
        let sure = !here.hazard && !next.hazard;
        let bare = sure
            && !here.subjects.is_empty()
            && !here.has_predicate()
            && here.response.is_none()
            && here.unread.is_empty();
        if bare && next.has_predicate() && !next.subjects.is_empty() && here.all_observed() && next.conn != Conn::None {
            here.comparisons.clone_from(&next.comparisons);
            here.result.clone_from(&next.result);
        }
        // "opioid and NSAID allergies": the word behind the last name is meant of each.
        let behind = next.pieces.iter().any(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Allergy, _))
                && next.subjects.iter().any(|(_, range)| range.end <= piece.range.start)
        });
        if next.allergy && behind && bare && next.conn != Conn::None {
            here.allergy = true;
        }
        // "pregnant, or planning it in the next year": what is to come is not said of what is.
        let to_come = next.window.as_ref().is_some_and(|window| window.kind == crate::expr::WindowKind::Future)
            && next.presence != here.presence;
        if here.window.is_none()
            && !to_come
            && !here.any_time
            && !here.has_predicate()
            && !next.has_predicate()
            && !next.dates_the_unread()
            // "active tuberculosis or a history of it within 3 years"
            && !(same_names(here, next)
                && (here.presence == Some(Presence::Current)
                    || next.presence == Some(Presence::Ever) && here.qualifiers.contains(&Qualifier::Active)))
        {
            here.window.clone_from(&next.window);
        }
    }
    for at in 1..units.len() {
        let Some([before, here]) = units.get_disjoint_mut([at - 1, at]).ok() else { continue };
        // "within 6 months: stroke, angina": the time at the head of a list is that of each.
        let dates = before.dated_first && !before.since && !here.any_time && !here.has_predicate();
        if dates && here.window.is_none() && here.presence.is_none() && here.conn != Conn::None {
            here.window.clone_from(&before.window);
            here.dated_first = true;
        }
        // "stroke within 6 months, including a history of transient ischaemic attack": examples are of that time, too.
        here.exemplifies |= before.exemplifies && here.conn != Conn::None;
        if here.exemplifies && here.window.is_none() && !here.any_time && !here.has_predicate() {
            here.window.clone_from(&before.window);
        }
        let bare = !here.has_predicate() && here.response.is_none() && !here.subjects.is_empty();
        // "heart disease, including angina, heart failure and arrhythmia": each example is one of them.
        let of_kind = |unit: &Unit| unit.subjects.iter().all(|(id, _)| is_event(id));
        here.is_example = bare
            && here.conn != Conn::None
            && (before.lists_examples || before.exemplifies || before.is_example || here.exemplifies)
            && of_kind(before)
            && of_kind(here)
            && !here.negated
            && here.male_or_female.is_none();
        // "vaccinated against X and Y", "family history of X or Y": such words reach over a list.
        here.hazard |= before.hazard && bare;
        if before.hazard || here.hazard {
            continue;
        }
        // "positive for HIV, HBsAg or hepatitis C": the result at the head of a list is that of each.
        let named = before.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
        if let Some((wanted, place)) = before.result.clone().filter(|(_, place)| place.end <= named)
            && bare
            && here.comparisons.is_empty()
            && here.conn != Conn::None
            && before.comparisons.is_empty()
            && here.unread.is_empty()
        {
            here.result = Some((wanted, place));
        }
        let measured = before.has_predicate() && before.all_observed() && here.grade.is_none();
        if here.subjects.is_empty() && here.has_predicate() && here.unread.is_empty() && measured {
            here.subjects.clone_from(&before.subjects);
            // "no haemoglobin below 11 or above 19": neither is so.
            if before.negated && !here.negated && here.conn != Conn::And {
                here.negated = true;
                here.conn = Conn::And;
                here.neither = true;
            }
        }
        // "concurrent malignancy or malignancy within 3 years": the second may be over.
        let is_another = here.window.is_some() && same_names(before, here);
        if here.presence.is_none()
            && !is_another
            && !here.has_predicate()
            && !here.qualifiers.contains(&Qualifier::Active)
        {
            here.presence = before.presence;
        }
        here.suspicion |= before.suspicion && !here.has_predicate();
        // "drug allergy such as sulfonamides or penicillins"
        let to_drugs = before.allergy || before.subjects.iter().any(|(id, _)| id.as_str() == "condition:drug_allergy");
        let drugs = !here.subjects.is_empty() && here.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Drug));
        here.allergy |= (before.allergy || to_drugs && drugs) && !here.has_predicate();
        // "no X or Y", "without X, Y": a denial reaches over a list of bare names.
        if before.confirm && !here.confirm && !here.has_predicate() {
            here.confirm = true;
            let means = before.subjects.iter().find(|(id, _)| id.as_str().starts_with("procedure:")).cloned();
            here.subjects.extend(means);
        }
        let reached = !here.negated
            && !here.has_predicate()
            && !here.subjects.is_empty()
            && (here.conn != Conn::And || before.neither || forbidden(context, before));
        let of_unread = before.subjects.is_empty() && !before.unread.is_empty();
        if reached && before.negated && of_unread && (here.exemplifies || here.is_example) {
            // "for which no standard treatment exists, including lung cancer": what is denied was not read.
            here.hazard = true;
        } else if reached && before.negated {
            here.negated = true;
            if before.since && here.window.is_none() {
                here.window.clone_from(&before.window);
                here.since = true;
            }
            // "no X or Y" is neither X nor Y.
            here.conn = Conn::And;
            here.neither = true;
        }
    }
    // "radiotherapy or radiosurgery must be over for 2 weeks": each of them.
    for at in (1..units.len()).rev() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let treatment = |unit: &Unit| {
            !unit.subjects.is_empty()
                && unit.subjects.iter().all(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)))
        };
        let same_time = before.window.is_none() || before.window == here.window;
        let plain =
            !before.negated && !before.since && !before.has_predicate() && before.presence != Some(Presence::Current);
        if here.since
            && here.negated
            && here.conn != Conn::None
            && same_time
            && plain
            && treatment(before)
            && treatment(here)
        {
            before.window.clone_from(&here.window);
            before.negated = true;
            before.since = true;
            here.conn = Conn::And;
            here.neither = true;
        }
    }
    // "active bacterial, fungal or viral infection": what stands before a list with one head at its end is said of each.
    let elided = |unit: &Unit| !unit.pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
    if let Some((first, rest)) = units.split_first_mut()
        && elided(first)
        && first.pieces.iter().any(|piece| piece.kind == PieceKind::Word)
        && !first.subjects.is_empty()
    {
        let leading: Vec<Qualifier> = first
            .qualifiers
            .iter()
            .filter(|qualifier| match qualifier {
                Qualifier::Active | Qualifier::Refractory | Qualifier::Uncontrolled => true,
                Qualifier::InWords(words) => words.words == "symptomatic",
                _ => false,
            })
            .cloned()
            .collect();
        for unit in rest.iter_mut().take_while(|unit| !unit.subjects.is_empty() && !unit.has_predicate()) {
            if unit.qualifiers.is_empty() {
                unit.qualifiers.extend(leading.iter().cloned());
            }
        }
    }
    // "cardiac or vascular stenting, angioplasty or surgery": of what the operation is stands before the list.
    let operation = |unit: &Unit| unit.subjects.iter().any(|(id, _)| id.domain() == Some(Domain::Procedure));
    let bare = |unit: &Unit| {
        unit.subjects.iter().all(|(id, _)| id.as_str() == "procedure:surgery")
            && unit.qualifiers.is_empty()
            && unit.narrowing.is_empty()
            && unit.unread.is_empty()
    };
    let n_operations = units.iter().filter(|unit| operation(unit)).count();
    if n_operations >= 3
        && let Some(last) =
            units.last_mut().filter(|last| last.conn == Conn::Or && !last.subjects.is_empty() && bare(last))
    {
        let place = last.extent();
        last.unread.push(place);
    }
    // "untreated or uncontrolled hyperthyroidism or hypothyroidism": how far the first words reach is not said.
    let joined_words = units.first().is_some_and(elided)
        && units.get(1).is_some_and(|second| second.conn == Conn::Or && !elided(second))
        && units.first().zip(units.get(1)).is_some_and(|(first, second)| {
            first.subjects == second.subjects
                && (first.qualifiers != second.qualifiers || first.unread != second.unread)
        });
    if joined_words {
        let words = units.first().map(Unit::extent);
        for unit in units.iter_mut().skip(2) {
            let bare = unit.qualifiers.is_empty() && !unit.has_predicate() && unit.conn != Conn::And;
            if bare && !unit.subjects.is_empty() {
                unit.unread.extend(words.clone());
            }
        }
    }
    let n_severe = units.iter().filter(|unit| unit.severity.is_some()).count();
    if n_severe == 1
        && let Some(first) = units.iter().position(|unit| unit.severity.is_some())
    {
        let severity = units.get(first).and_then(|unit| unit.severity);
        // "severe cardiac, renal or hepatic disease" speaks of each; of "severe asthma, epilepsy or gout" only the first
        // is known to be meant.
        let elided = units
            .get(first)
            .is_some_and(|unit| !unit.pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_))));
        let alone = units.get(first).is_some_and(|unit| unit.groups.is_empty() && unit.qualifiers.is_empty());
        let rest = units.iter_mut().skip(first + 1);
        let pair = |unit: &Unit| {
            unit.conn != Conn::Comma && unit.qualifiers.is_empty() && unit.groups.is_empty() && unit.window.is_none()
        };
        for unit in rest.take_while(|unit| elided || alone && pair(unit)).filter(|unit| !unit.has_predicate()) {
            unit.severity = severity;
        }
    }
    // Modifiers behind the last name of a list ("… infections that cannot be controlled or require treatment") are those of each.
    if let Some(last) = units.iter().rposition(|unit| !unit.subjects.is_empty()) {
        let trailing: Vec<Qualifier> = units
            .iter()
            .skip(last)
            .filter(|unit| unit.is_qualified_behind())
            .flat_map(|unit| unit.qualifiers.clone())
            .filter(|q| matches!(q, Qualifier::Uncontrolled | Qualifier::RequiringTreatment))
            .collect();
        let listed = units.iter().take(last + 1).all(|unit| !unit.has_predicate() && !unit.subjects.is_empty());
        if listed && !trailing.is_empty() && last > 0 {
            for unit in units.iter_mut().take(last) {
                unit.qualifiers.extend(trailing.iter().cloned());
            }
        }
    }
}

/// "glaucoma, uveitis or retinal surgery in the study eye": the eye at the end of a list is that of each.
pub(super) fn share_eye(context: &Context<'_>, units: &mut [Unit]) {
    let Some((last, rest)) = units.split_last_mut() else { return };
    let named = last.subjects.iter().map(|(_, range)| range.end).max().unwrap_or(usize::MAX);
    let eye = |range: &Range<usize>| {
        range.start >= named
            && context.text.get(range.clone()).is_some_and(|words| {
                words
                    .to_ascii_lowercase()
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| matches!(word, "eye" | "eyes"))
            })
    };
    let Some(place) = last.narrowing.iter().find(|range| eye(range)).cloned() else { return };
    let Some(qualifier) = last.qualifiers.iter().rfind(|qualifier| matches!(qualifier, Qualifier::InWords(_))).cloned()
    else {
        return;
    };
    for unit in rest.iter_mut().rev().take_while(|unit| !unit.subjects.is_empty() && !unit.has_predicate()) {
        let own = unit.narrowing.iter().any(|range| {
            context.text.get(range.clone()).is_some_and(|words| words.to_ascii_lowercase().contains("eye"))
        });
        if !own {
            unit.qualifiers.push(qualifier.clone());
            unit.narrowing.push(place.clone());
        }
    }
}

/// "Uncontrolled angina, hypertension or arrhythmia": the word before the first name is meant of each.
pub(super) fn share_control(context: &Context<'_>, units: &mut [Unit]) {
    let Some((first, rest)) = units.split_first_mut() else { return };
    let named = first.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
    let leads = first.pieces.iter().any(|piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        matches!(piece.kind, PieceKind::Phrase(Class::Uncontrolled, _))
            && piece.range.end <= named
            && ["uncontrolled", "poorly"]
                .iter()
                .any(|start| word.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
    });
    if !leads {
        return;
    }
    for unit in rest.iter_mut().take_while(|unit| !unit.subjects.is_empty() && unit.conn != Conn::None) {
        let bare = unit.qualifiers.is_empty() && !unit.has_predicate() && unit.response.is_none();
        if bare {
            unit.qualifiers.push(Qualifier::Uncontrolled);
        }
    }
}

/// "A or B confirmed by biopsy": the proof behind the last name of a list is asked of each.
pub(super) fn share_proof(units: &mut [Unit]) {
    let Some((last, rest)) = units.split_last_mut() else { return };
    let is_means = |id: &ConceptId| id.as_str().starts_with("procedure:");
    let means: Vec<(ConceptId, Range<usize>)> = last.subjects.iter().filter(|(id, _)| is_means(id)).cloned().collect();
    let names = |unit: &Unit| {
        !unit.subjects.is_empty() && unit.subjects.iter().all(|(id, _)| id.as_str().starts_with("condition:"))
    };
    let bare = |unit: &Unit| {
        names(unit) && !unit.confirm && !unit.has_predicate() && unit.response.is_none() && unit.window.is_none()
    };
    let listed = matches!(last.conn, Conn::Or | Conn::Comma) && rest.iter().all(bare);
    let after = last.subjects.first().is_some_and(|(id, _)| id.as_str().starts_with("condition:"));
    if last.confirm && after && !means.is_empty() && listed {
        for unit in rest {
            unit.confirm = true;
            unit.subjects.extend(means.iter().cloned());
        }
    }
}

/// "treated with aspirin, heparin or warfarin": what is said of the first medicine's time is said of each.
pub(super) fn share_past(context: &Context<'_>, units: &mut [Unit]) {
    let medicines = |unit: &Unit| {
        !unit.subjects.is_empty() && unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Drug))
    };
    for at in 1..units.len() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let fits = here.presence.is_none() && here.window.is_none() && medicines(before) && medicines(here);
        if fits && (before.presence == Some(Presence::Ever) || before.presence.is_none() && received(context, before)) {
            here.presence = Some(Presence::Ever);
        }
    }
}

/// "endometrial hyperplasia or carcinoma": whether the words before the first name are meant of a second one that is as general
/// as this is not said.
pub(super) fn share_bare(context: &Context<'_>, units: &mut [Unit]) {
    const GENERAL: [&str; 22] = [
        "carcinoma",
        "cancer",
        "malignancy",
        "malignancies",
        "metastasis",
        "metastases",
        "tumor",
        "tumors",
        "tumour",
        "disease",
        "diseases",
        "infection",
        "infections",
        "lesion",
        "lesions",
        "surgery",
        "injury",
        "bleeding",
        "hemorrhage",
        "trauma",
        "inflammation",
        "transplant",
    ];
    for at in 1..units.len() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let first = before.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
        // "opioid or drug dependence": what is taken is not what is asked.
        let dependence = || {
            here.subjects.iter().any(|(id, _)| {
                ["substance_use", "alcohol_use", "abuse", "use_disorder", "dependence", "addiction"]
                    .iter()
                    .any(|part| id.as_str().contains(part))
            })
        };
        let taken = !before.subjects.is_empty()
            && before.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Drug))
            && !before.allergy;
        if taken && here.conn != Conn::None && before.window.is_none() && dependence() {
            before.unread.push(here.extent());
        }
        let several = before
            .subjects
            .iter()
            .any(|(_, name)| context.text.get(name.clone()).is_some_and(|name| name.trim().contains(' ')));
        let narrowed = before.narrowing.iter().any(|range| range.end <= first) || several && here.is_written_word();
        let bare = here.narrowing.is_empty()
            && here.qualifiers.is_empty()
            && !here.other
            && here.severity.is_none()
            && matches!(here.subjects.as_slice(), [(id, range)] if id.written_words().is_some_and(|words| !words.contains(' '))
                && before.subjects.iter().any(|(_, name)| context.text.get(name.clone()).is_some_and(|name| name.contains(' ')))
                || context.text.get(range.clone()).is_some_and(|word| {
                GENERAL.iter().any(|known| word.eq_ignore_ascii_case(known))
            }));
        let leads = here
            .pieces
            .iter()
            .find(|piece| piece.kind != PieceKind::Blank)
            .is_some_and(|piece| matches!(piece.kind, PieceKind::Mention(_)));
        if narrowed && bare && leads && matches!(here.conn, Conn::Or | Conn::And) {
            here.unread.push(before.narrowing.first().cloned().unwrap_or_else(|| here.extent()));
        }
    }
}

/// "active hepatitis B, C or D infection": what stands before the first of a list of close kin is said of each.
pub(super) fn share_active(context: &Context<'_>, units: &mut [Unit]) {
    let Some((first, rest)) = units.split_first_mut() else { return };
    let named = first.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
    let leads = first
        .pieces
        .iter()
        .any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Active, _)) && piece.range.end <= named);
    let parents =
        |id: &ConceptId| context.terminology.concept(id).map(|concept| concept.is_a.clone()).unwrap_or_default();
    let Some((own, _)) = first.subjects.first().filter(|_| leads) else { return };
    let kin = parents(own);
    let n_rest = rest.len();
    for unit in rest.iter_mut().take_while(|unit| !unit.subjects.is_empty() && !unit.has_predicate()) {
        let near = unit.subjects.iter().all(|(id, _)| {
            parents(id).iter().any(|parent| kin.contains(parent) && parent.as_str() != "condition:disease")
        });
        // "active tuberculosis or malignancy": of two it is asked of both, for who has the second one for long may not have it now.
        let pair = n_rest == 1
            && matches!(unit.conn, Conn::Or | Conn::And)
            && unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Condition))
            && unit.narrowing.is_empty()
            && unit.window.is_none();
        if (near || pair) && unit.qualifiers.is_empty() && unit.presence.is_none() && unit.severity.is_none() {
            unit.qualifiers.push(Qualifier::Active);
        }
    }
}
