//! A clause read unit by unit: a named thing with its modifiers, limit, result and window.
//!
//! Units are what stands between `and`, `or` and commas. A unit that names something but says nothing of it takes what the
//! next one says ("HBsAg or HBcAb positive"); one that says something without a name speaks of the one before it
//! ("> 25 and < 90"). A window at the end of a list of events is that of each of them.

use super::clause::Group;
use super::dated::dates;
use super::join::join;
use super::own_words::{coordinate, in_words, is_symptomatic, name_the_rest, narrow, silence_kinds};
use super::parts::extent;
use super::share::{
    both_sexes, drop_empty, share, share_active, share_bare, share_control, share_eye, share_leading, share_past,
    share_place, share_proof, share_purpose, share_sex, silence_recent, take_windows,
};
use super::{Context, atom, brackets, headed, means, therapy, whose};
use crate::expr::{Expr, Presence, Qualifier, Sense, Severity, WantedResult, WantedSex, Window};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind, kinds_of};
use std::ops::Range;
use std::rc::Rc;
use trialway_criteria::compare::Comparison;
use trialway_terminology::{ConceptId, Domain};

/// How a unit is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conn {
    None,
    Comma,
    And,
    Or,
}

/// One unit before it becomes an expression.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) conn: Conn,
    pub(super) pieces: Vec<Piece>,
    /// Concepts named, each with its place.
    pub(super) subjects: Vec<(ConceptId, Range<usize>)>,
    pub(super) comparisons: Vec<Comparison>,
    pub(super) result: Option<(WantedResult, Range<usize>)>,
    pub(super) response: Option<Expr>,
    pub(super) grade: Option<Rc<trialway_terminology::scale::Grade>>,
    pub(super) window: Option<Window>,
    pub(super) negated: bool,
    pub(super) presence: Option<Presence>,
    pub(super) suspicion: bool,
    pub(super) allergy: bool,
    pub(super) severity: Option<Severity>,
    pub(super) qualifiers: Vec<Qualifier>,
    pub(super) confirm: bool,
    pub(super) male_or_female: Option<WantedSex>,
    pub(super) unread: Vec<Range<usize>>,
    /// Words that narrow what it names.
    pub(super) narrowing: Vec<Range<usize>>,
    /// Times behind a later unit that were not read.
    pub(super) shared_times: Vec<Range<usize>>,
    pub(super) groups: Vec<Vec<Piece>>,
    /// "other …": the disease that the trial is about does not count.
    pub(super) other: bool,
    /// The name was spelled in no known way; its abbreviation tells what it is.
    pub(super) spelled_oddly: bool,
    /// The next name only dates something.
    pub(super) anchored: bool,
    /// Names given as examples.
    pub(super) examples: Vec<ConceptId>,
    /// A word in it may turn what it says.
    pub(super) hazard: bool,
    /// No window of a neighbour reaches it.
    pub(super) any_time: bool,
    /// It gives examples of what stands before it.
    pub(super) exemplifies: bool,
    /// It ends in examples, which the list behind it may go on with.
    pub(super) lists_examples: bool,
    /// It is one of the examples of what stands before it.
    pub(super) is_example: bool,
    /// Joined by "and/or".
    pub(super) and_or: bool,
    /// It names men and women.
    pub(super) both_sexes: bool,
    /// The denial before it reaches it ("no X or Y").
    pub(super) neither: bool,
    /// It says how long it must be over.
    pub(super) since: bool,
    /// Its time stands before what it names.
    pub(super) dated_first: bool,
    /// Other units stand beside it.
    pub(super) listed: bool,
}

/// Lowers the flat pieces of a clause with the brackets that belong to them; none when nothing is said.
pub(super) fn lower_units(
    context: &mut Context<'_>,
    flat: &[Piece],
    groups: &[Group],
    exceptions: &mut Vec<Vec<Piece>>,
) -> Option<Expr> {
    if let Some(read) = headed::clause(context, flat, groups, exceptions) {
        return Some(read);
    }
    let mut units = split(context, flat, groups);
    if units.len() > CROWD {
        let whole = [extent(flat)].into_iter().chain(groups.iter().map(|group| extent(&group.pieces)));
        return Some(Expr::all(whole.map(|range| context.unread(&range)).collect()));
    }
    let mut measured: Vec<ConceptId> = Vec::new();
    for unit in &mut units {
        // "ALT and AST <= 2.5 (<= 5 in …)": the names before the limit share the other one, too.
        let bare = unit.comparisons.is_empty() && unit.unread.is_empty() && !unit.subjects.is_empty();
        let observed: Vec<ConceptId> = unit.subjects.iter().map(|(id, _)| id.clone()).collect();
        if !bare && unit.comparisons.is_empty() || observed.iter().any(|id| !is_observed(id)) {
            measured.clear();
        }
        measured.extend(observed);
        let limited = !unit.comparisons.is_empty();
        unit.groups.retain(|group| match brackets::exception_of(group) {
            Some(rest) => {
                exceptions.push(rest);
                false
            }
            None if limited && is_other_limit(group) => {
                exceptions.push(other_limit(&measured, &unit.subjects, group));
                false
            }
            None => true,
        });
        if limited {
            measured.clear();
        }
    }
    for unit in &mut units {
        brackets::settle(context, unit);
    }
    both_sexes(&mut units);
    take_windows(context, &mut units);
    means::share_unread_window(context, &mut units);
    silence_recent(context, &mut units);
    complete_elided(context, &mut units);
    coordinate(context, &mut units);
    take_abbreviations(&mut units);
    spread_unread(&mut units);
    drop_empty(&mut units);
    means::take_examples(context, &mut units);
    if units.is_empty() {
        return None;
    }
    means::join_letters(context, &mut units);
    name_the_rest(context, &mut units);
    let several = units.len() > 1;
    for unit in &mut units {
        unit.listed = several;
    }
    share_past(context, &mut units);
    share(context, &mut units);
    share_sex(context, &mut units);
    share_leading(context, &mut units);
    share_bare(context, &mut units);
    share_active(context, &mut units);
    share_proof(&mut units);
    share_control(context, &mut units);
    share_place(context, &mut units);
    share_eye(context, &mut units);
    share_purpose(context, &mut units);
    join(context, &units)
}

/// "(≤ 3 x ULN in participants with Gilbert syndrome)": another limit for some: both hold of those whom it waives the first one
/// for. What else stands there is not read.
fn other_limit(measured: &[ConceptId], subjects: &[(ConceptId, Range<usize>)], group: &[Piece]) -> Vec<Piece> {
    let limits = group.iter().filter(|piece| matches!(piece.kind, PieceKind::Comparison(_))).count();
    let plain = group.iter().all(|piece| match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().all(is_event),
        PieceKind::Comparison(_) | PieceKind::If | PieceKind::Blank => true,
        PieceKind::Phrase(class, _) => matches!(class, Class::Whom | Class::Filler | Class::Narrowing | Class::Active),
        _ => false,
    });
    let leads = group.first().is_some_and(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    match subjects {
        [(_, range)] if limits == 1 && plain && leads && measured.iter().all(is_observed) => {
            let named = Piece { kind: PieceKind::Mention(measured.into()), range: range.clone() };
            let whom = |piece: &&Piece| !matches!(piece.kind, PieceKind::If | PieceKind::Phrase(Class::Whom, _));
            std::iter::once(named).chain(group.iter().filter(whom).cloned()).collect()
        }
        _ => vec![Piece { kind: PieceKind::Word, range: extent(group) }],
    }
}

/// Whether a bracket holds a limit and names for whom.
fn is_other_limit(group: &[Piece]) -> bool {
    let limit = group.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    let whom = group.iter().any(|piece| match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().any(|id| !is_observed(id)),
        PieceKind::If | PieceKind::Phrase(Class::Whom | Class::ImpliedSex | Class::ImpliedFemale, _) => true,
        PieceKind::Colon => true,
        _ => false,
    });
    limit && whom
}

fn is_observed(id: &ConceptId) -> bool {
    ["lab:", "vital:", "score:"].iter().any(|prefix| id.as_str().starts_with(prefix))
}

/// Most units have no more pieces.
const USUAL: usize = 16;

fn split(context: &Context<'_>, flat: &[Piece], groups: &[Group]) -> Vec<Unit> {
    let joints = flat.iter().filter(|piece| matches!(piece.kind, PieceKind::And | PieceKind::Or | PieceKind::Comma));
    let mut out: Vec<Unit> = Vec::with_capacity(joints.count() + 1);
    let mut current: Vec<Piece> = Vec::with_capacity(flat.len().min(USUAL));
    let mut held: Vec<Vec<Piece>> = Vec::new();
    let mut conn = Conn::None;
    let mut and_or = false;
    // Where the current pieces name something measured first, and where they limit it last.
    let (mut named, mut limited): (Option<usize>, Option<usize>) = (None, None);
    // Groups stand in the order of the pieces that they follow.
    let mut groups = groups.iter().peekable();
    for (at, piece) in flat.iter().enumerate() {
        while let Some(group) = groups.next_if(|group| group.after <= at) {
            held.push(group.pieces.clone());
        }
        let next = match piece.kind {
            PieceKind::And => Some(Conn::And),
            PieceKind::Or => Some(Conn::Or),
            PieceKind::Comma => Some(Conn::Comma),
            _ => None,
        };
        // "AST/ALT <= 3": a stroke leaves it to the section, as "and/or" does.
        let stroke = next == Some(Conn::Or) && context.text.get(piece.range.clone()) == Some("/");
        match next {
            Some(next) => {
                (named, limited) = (None, None);
                if !current.is_empty() || !held.is_empty() {
                    let mut made = unit(context, conn, std::mem::take(&mut current), std::mem::take(&mut held));
                    made.and_or = std::mem::take(&mut and_or);
                    out.push(made);
                    conn = next;
                    and_or = stroke;
                } else if conn == Conn::Comma || conn == Conn::None {
                    conn = if out.is_empty() { Conn::None } else { next };
                } else if conn == Conn::And && next == Conn::Or {
                    // "and/or"
                    conn = Conn::Or;
                    and_or = true;
                }
            }
            None => {
                let measures = observed(piece);
                if let (true, Some(first), Some(last)) = (measures, named, limited)
                    && first < last
                {
                    // "LVEF >= 55 % with no abnormality in ECG": a second measurement begins a unit of its own.
                    let tail = current.split_off(last + 1);
                    (named, limited) = (tail.iter().position(observed), None);
                    out.push(unit(context, conn, std::mem::replace(&mut current, tail), std::mem::take(&mut held)));
                    conn = Conn::And;
                }
                if measures && named.is_none() {
                    named = Some(current.len());
                }
                if matches!(piece.kind, PieceKind::Comparison(_)) {
                    limited = Some(current.len());
                }
                current.push(piece.clone());
            }
        }
    }
    held.extend(groups.map(|group| group.pieces.clone()));
    if !current.is_empty() || !held.is_empty() {
        let mut made = unit(context, conn, current, held);
        made.and_or = and_or;
        out.push(made);
    }
    out
}

/// Whether a piece names something measured.
fn observed(piece: &Piece) -> bool {
    match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().any(|id| id.domain() == Some(Domain::Observation)),
        _ => false,
    }
}

fn unit(context: &Context<'_>, conn: Conn, pieces: Vec<Piece>, groups: Vec<Vec<Piece>>) -> Unit {
    let mut unit = Unit {
        conn,
        subjects: Vec::new(),
        comparisons: Vec::new(),
        result: None,
        response: None,
        grade: None,
        window: None,
        negated: false,
        presence: None,
        suspicion: false,
        allergy: false,
        severity: None,
        qualifiers: Vec::new(),
        confirm: false,
        male_or_female: None,
        unread: Vec::new(),
        narrowing: Vec::new(),
        shared_times: Vec::new(),
        groups,
        pieces,
        other: false,
        spelled_oddly: false,
        anchored: false,
        examples: Vec::new(),
        hazard: false,
        any_time: false,
        exemplifies: false,
        lists_examples: false,
        is_example: false,
        and_or: false,
        both_sexes: false,
        neither: false,
        since: false,
        dated_first: false,
        listed: false,
    };
    unit.exemplifies = unit
        .pieces
        .iter()
        .find(|piece| piece.kind != PieceKind::Blank)
        .is_some_and(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Example, _)));
    let mut example = false;
    let mut pieces = std::mem::take(&mut unit.pieces);
    brackets::open_examples(context, &mut pieces);
    let last_observed = pieces.iter().rposition(observed);
    for (at, piece) in pieces.iter().enumerate() {
        let says = !unit.subjects.is_empty()
            || !unit.comparisons.is_empty()
            || unit.grade.is_some()
            || unit.male_or_female.is_some();
        if says && matches!(piece.kind, PieceKind::Phrase(Class::Negation, _)) {
            // "tuberculosis that has not been treated", "haemoglobin >= 8 without transfusion": the denial is of what follows.
            let rest = pieces.get(at..).unwrap_or_default();
            let plain = rest.iter().skip(1).all(|piece| {
                matches!(
                    piece.kind,
                    PieceKind::Word
                        | PieceKind::Mention(_)
                        | PieceKind::Blank
                        | PieceKind::Phrase(Class::Filler | Class::Narrowing, _)
                )
            });
            // "asthma without eosinophilia": it narrows the asthma, in its own words.
            if plain && rest.len() <= 6 && unit.comparisons.is_empty() {
                unit.narrowing.push(extent(rest));
            } else {
                unit.unread.push(extent(rest));
            }
            break;
        }
        match &piece.kind {
            PieceKind::Mention(_) if unit.anchored => {
                unit.anchored = false;
                unit.unread.push(piece.range.clone());
            }
            PieceKind::Mention(concepts) if concepts.iter().any(is_event) && dates(context, &pieces, at) => {
                unit.unread.push(piece.range.clone());
            }
            PieceKind::Mention(concepts) if concepts.iter().all(|id| means::names_scale(context, id, &piece.range)) => {
                unit.hazard = true;
                unit.unread.push(piece.range.clone());
            }
            PieceKind::Mention(concepts)
                if concepts.iter().all(|id| means::is_a_measure(context, id, &piece.range))
                    || concepts.iter().all(|id| means::is_compounded(context, id, &piece.range)) =>
            {
                unit.unread.push(piece.range.clone());
            }
            PieceKind::Mention(concepts) if !example => {
                unit.subjects.extend(concepts.iter().map(|id| (id.clone(), piece.range.clone())));
            }
            PieceKind::Mention(concepts) => unit.examples.extend(concepts.iter().cloned()),
            PieceKind::Comparison(comparisons) => {
                let before = pieces.get(..at).unwrap_or_default().iter().rev();
                let nearest = before
                    .clone()
                    .find(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)));
                // "stiffness ≥ 20 kPa and platelets": the limit is of the word that was not read before it.
                let of_unread = nearest.is_some_and(|piece| piece.kind == PieceKind::Word);
                let named_behind = || last_observed.is_some_and(|last| last > at);
                if of_unread && unit.subjects.is_empty() && named_behind() {
                    unit.hazard = true;
                }
                unit.comparisons.extend(comparisons.iter().cloned());
            }
            PieceKind::Window(window) if atom::free_of(context, window).is_some() => {
                unit.window = atom::free_of(context, window);
                unit.negated = !unit.negated;
                unit.since = true;
            }
            PieceKind::Window(window) => match atom::window(context, window) {
                // Of two times in one unit only the first is known to be that of the name.
                Some(_) if unit.window.is_some() => unit.unread.push(piece.range.clone()),
                Some(window) => {
                    // "within 4 weeks following delivery": what follows dates the window.
                    unit.anchored = window.kind == crate::expr::WindowKind::Future;
                    unit.dated_first = unit.subjects.is_empty();
                    unit.window = Some(window);
                }
                None => unit.unread.push(piece.range.clone()),
            },
            PieceKind::Grade(grade) => unit.grade = Some(grade.clone()),
            PieceKind::Phrase(class, value) => phrase(context, &mut unit, *class, value, piece, &mut example),
            // "any previous …", "one or more …": one is enough in any case.
            PieceKind::Count(count) if count.n <= 1 && !count.of_following => {}
            PieceKind::Word | PieceKind::Count(_) if !example => {
                // "methotrexate (MTX) naive": who never had it.
                let word = context.text.get(piece.range.clone()).unwrap_or_default();
                unit.hazard |= word.eq_ignore_ascii_case("naive") || word.eq_ignore_ascii_case("naïve");
                unit.unread.push(piece.range.clone());
            }
            PieceKind::If => unit.unread.push(piece.range.clone()),
            _ => {}
        }
    }
    unit.lists_examples = example;
    unit.pieces = pieces;
    // "drug screen positive for cocaine": what was found is not what is taken.
    unit.hazard |= unit.result.is_some()
        && unit.subjects.iter().any(|(id, _)| is_observed(id))
        && unit.subjects.iter().any(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)));
    // "ALT: men <= 80 U/L, women <= 60 U/L": each limit is of one sex.
    unit.hazard |= unit.both_sexes && unit.comparisons.len() > 1;
    // "refractory to induction therapy": what is refractory is a disease.
    unit.hazard |= unit.qualifiers.contains(&Qualifier::Refractory)
        && unit.subjects.iter().any(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)));
    // "HIV vaccine": what a vaccine is against is not had.
    let vaccine = unit.subjects.iter().find(|(id, _)| id.as_str() == "class:vaccine").map(|(_, range)| range.start);
    if let Some(at) = vaccine {
        let against = |id: &ConceptId, range: &Range<usize>| id.domain() == Some(Domain::Condition) && range.end <= at;
        unit.unread
            .extend(unit.subjects.iter().filter(|(id, range)| against(id, range)).map(|(_, range)| range.clone()));
        unit.subjects.retain(|(id, range)| !against(id, range));
    }
    means::prefer_tests(&mut unit);
    whose::for_what(context, &mut unit);
    unit.hazard |= means::speaks_of_other(context, &unit);
    // "planning to name the baby": what is planned is a deed that was not read.
    unit.hazard |= unit.presence == Some(Presence::Planned)
        && unit.subjects.iter().any(|(id, _)| id.written_words().is_some() && id.domain() == Some(Domain::State));
    let mut known: Vec<Qualifier> = Vec::new();
    unit.qualifiers.retain(|qualifier| {
        let new = !known.contains(qualifier);
        known.push(qualifier.clone());
        new
    });
    // "estrogen receptor positive disease": what is positive is of the disease that the study is about.
    if unit.result.is_some() && unit.subjects.iter().any(|(id, _)| is_observed(id)) {
        unit.subjects.retain(|(id, _)| id.as_str() != "condition:disease");
    }
    // "myocardial infarction planned for angioplasty": only what stands behind it is planned.
    let planned = unit.pieces.iter().find(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Planned, _)));
    if let Some(planned) = planned {
        let before = unit.subjects.iter().any(|(_, range)| range.end <= planned.range.start);
        unit.hazard |= before && unit.subjects.iter().any(|(_, range)| range.start >= planned.range.end);
    }
    // "sufficient organ function": words that restrict nothing beside a limit are asked for where there is none.
    let whole = context.text.get(unit.extent()).unwrap_or_default();
    let of_function = || {
        let mut words = whole.split(|c: char| !c.is_alphanumeric());
        words.any(|word| ["function", "functions", "reserve"].iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    if !unit.says_something() && unit.male_or_female.is_none() && of_function() {
        unit.unread.push(unit.extent());
    }
    silence_kinds(context, &mut unit);
    narrow(context, &mut unit);
    // "Performance status (ECOG) of 0": one thing named twice.
    if unit.subjects.len() > 1 {
        let named = unit.subjects.clone();
        let again = |id: &ConceptId, range: &Range<usize>| {
            id.domain() == Some(Domain::Observation)
                && named.iter().rev().any(|(other, place)| other == id && place.start > range.start)
        };
        unit.subjects.retain(|(id, range)| !again(id, range));
    }
    if unit.grade.is_some() {
        unit.subjects.retain(|(id, _)| !id.as_str().starts_with("scale:"));
    }
    if unit.grade.is_some() {
        // The name of the scale stands beside its class.
        const SCALE: [&str; 16] = [
            "nyha",
            "child",
            "pugh",
            "ctcae",
            "fitzpatrick",
            "isn",
            "rps",
            "asa",
            "phototype",
            "class",
            "grade",
            "stage",
            "type",
            "functional",
            "status",
            "score",
        ];
        unit.unread.retain(|words| {
            let word = context.text.get(words.clone()).unwrap_or_default();
            !SCALE.iter().any(|known| word.eq_ignore_ascii_case(known))
        });
    }
    unit
}

fn phrase(context: &Context<'_>, unit: &mut Unit, class: Class, value: &str, piece: &Piece, example: &mut bool) {
    match class {
        // "active malignancy that included a history of one": whether it must be there now is not clear.
        Class::History if unit.qualifiers.contains(&Qualifier::Active) && unit.presence.is_none() => {
            unit.qualifiers.retain(|qualifier| *qualifier != Qualifier::Active);
            unit.presence = Some(Presence::Ever);
            unit.unread.push(piece.range.clone());
        }
        Class::History => unit.presence = Some(Presence::Ever),
        Class::AnyTime => {
            unit.presence = Some(Presence::Ever);
            unit.any_time = true;
        }
        Class::Current => unit.presence = Some(Presence::Current),
        Class::Planned => unit.presence = Some(Presence::Planned),
        Class::Suspicion => unit.suspicion = true,
        // "Patients may not take X" among grounds of exclusion: X is the ground.
        Class::Negation if context.sense == Sense::Excluding && forbids(context, piece) => {}
        Class::Negation => {
            unit.negated = !unit.negated;
            // "no history of": what is over counts too.
            let word = context.text.get(piece.range.clone()).unwrap_or_default().to_ascii_lowercase();
            if ["history", "prior", "previous", "past", "ever"].iter().any(|past| word.contains(past)) {
                unit.presence = Some(Presence::Ever);
            }
        }
        Class::Allergy => {
            unit.allergy = true;
            unit.severity = unit.severity.or(super::allergy::severity_in(context, &piece.range));
        }
        Class::Severe => {
            unit.severity = Some(match value {
                "mild" => Severity::Mild,
                "moderate" => Severity::Moderate,
                _ => Severity::Severe,
            });
        }
        // A disease that is recorded as active need not give symptoms.
        Class::Active if is_symptomatic(context, &piece.range) => {
            unit.qualifiers.push(Qualifier::InWords(in_words(context, &piece.range, true)));
        }
        Class::Active => unit.qualifiers.push(Qualifier::Active),
        Class::Uncontrolled => unit.qualifiers.push(Qualifier::Uncontrolled),
        Class::Treated => unit.qualifiers.push(Qualifier::RequiringTreatment),
        Class::Refractory => unit.qualifiers.push(Qualifier::Refractory),
        Class::Confirm => unit.confirm = true,
        Class::Result => {
            let result = wanted_result(value);
            // "anti-HBs negative with HBV DNA detectable": which result is whose is not read.
            unit.hazard |= unit.result.as_ref().is_some_and(|(known, _)| Some(*known) != result);
            unit.result = result.map(|wanted| (wanted, piece.range.clone()));
        }
        Class::Response => unit.response = therapy::response(context, piece),
        Class::ImpliedSex => {
            let sex = if value == "male" { WantedSex::Male } else { WantedSex::Female };
            // "males as females": who names both asks for neither.
            unit.both_sexes |= unit.male_or_female.is_some_and(|known| known != sex);
            unit.male_or_female = if unit.both_sexes { None } else { Some(sex) };
        }
        Class::Example => *example = true,
        Class::Hazard => {
            unit.hazard = true;
            unit.unread.push(piece.range.clone());
        }
        Class::Narrowing => unit.narrowing.push(piece.range.clone()),
        Class::Anchor => unit.anchored = true,
        Class::Filler => {
            let word = context.text.get(piece.range.clone()).unwrap_or_default();
            unit.other |=
                ["other", "another"].iter().any(|other| word.eq_ignore_ascii_case(other)) && unit.subjects.is_empty();
            // "Had a stroke": what is over counts.
            if word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("had")) && unit.presence.is_none() {
                unit.presence = Some(Presence::Ever);
            }
        }
        Class::Therapy | Class::Standard | Class::StandardEnd | Class::Alternative | Class::Definition => {}
        Class::Elevated if unit.comparisons.is_empty() => {
            unit.result = Some((WantedResult::AboveNormal, piece.range.clone()))
        }
        _ => unit.unread.push(piece.range.clone()),
    }
}

/// Whether a denial stands behind "may", "must" and the like: it says what the study forbids.
pub(super) fn forbids(context: &Context<'_>, piece: &Piece) -> bool {
    let before = context.text.get(..piece.range.start).unwrap_or_default().trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["may", "must", "should", "can", "shall", "will"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

fn wanted_result(value: &str) -> Option<WantedResult> {
    Some(match value {
        "positive" => WantedResult::Positive,
        "negative" => WantedResult::Negative,
        "normal" => WantedResult::Normal,
        "abnormal" => WantedResult::Abnormal,
        "above" => WantedResult::AboveNormal,
        "below" => WantedResult::BelowNormal,
        _ => return None,
    })
}

/// How many names of a list are looked at for the end of one that lacks it.
const FURTHEST: usize = 100;

/// "fungal, bacterial or viral infections", "dysfunction of heart, liver or lung": the shared head is put back.
fn complete_elided(context: &Context<'_>, units: &mut [Unit]) {
    let bare: Vec<usize> = (0..units.len())
        .filter(|at| {
            units.get(*at).is_some_and(|unit| {
                unit.subjects.is_empty()
                    && unit.comparisons.is_empty()
                    && unit.result.is_none()
                    && (1..=3).contains(&unit.unread.len())
            })
        })
        .collect();
    for at in bare {
        let ends = |unit: &Unit| Some(unit.unread.first()?.start..unit.unread.last()?.end);
        let Some(words) = units.get(at).and_then(ends) else { continue };
        let begins_name = |word: &&str| context.terminology.may_begin_name(word);
        let Some(word) = context.text.get(words.clone()).filter(begins_name) else { continue };
        let mut tried: Vec<&str> = Vec::new();
        let found =
            units
                .iter()
                .filter_map(|unit| unit.subjects.last())
                .take(FURTHEST)
                .flat_map(|(_, range)| {
                    let last = context.text.get(range.clone()).and_then(|name| name.split_whitespace().last());
                    // "psychiatric or substance abuse disorder": the word that only says what kind of thing it is.
                    let behind = context.text.get(range.end..).unwrap_or_default();
                    let next = behind.split_whitespace().next().filter(|_| behind.starts_with(' '));
                    let next = next.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
                    last.into_iter().chain(next.filter(|word| {
                        kinds_of(Domain::Condition).iter().any(|known| word.eq_ignore_ascii_case(known))
                    }))
                })
                .find_map(|head| {
                    if tried.contains(&head) {
                        return None;
                    }
                    tried.push(head);
                    context.terminology.named_by(&format!("{word} {head}"))
                });
        if let (Some(concept), Some(unit)) = (found, units.get_mut(at)) {
            unit.subjects.push((concept, words));
            unit.unread.clear();
        }
    }
    // "organ dysfunction of heart": the organ in the same unit makes the kind special.
    for unit in units.iter_mut() {
        let Some((general, range)) = unit.subjects.first().cloned() else { continue };
        let Some(head) = context.text.get(range.clone()).and_then(|name| name.split_whitespace().last()) else {
            continue;
        };
        let special: Option<(ConceptId, Range<usize>)> =
            unit.unread.iter().filter(|words| words.start > range.end).find_map(|words| {
                let word = context.text.get(words.clone()).filter(|word| context.terminology.may_begin_name(word))?;
                let concept = context.terminology.named_by(&format!("{word} {head}"))?;
                context.terminology.is_a(&concept, &general).then(|| (concept, words.clone()))
            });
        if let Some((concept, words)) = special {
            unit.subjects.clear();
            unit.unread.retain(|other| *other != words);
            unit.subjects.push((concept, words));
        }
    }
}

pub(super) fn is_event(id: &ConceptId) -> bool {
    matches!(id.domain(), Some(Domain::Condition | Domain::Drug | Domain::Procedure))
}

/// "Odd spelling (AST)": an abbreviation in brackets tells what a name means that was not read.
fn take_abbreviations(units: &mut [Unit]) {
    for unit in units.iter_mut().filter(|unit| unit.subjects.is_empty() && !unit.unread.is_empty()) {
        let only = |group: &Vec<Piece>| {
            let mut solid = group.iter().filter(|piece| piece.kind != PieceKind::Blank);
            match (solid.next(), solid.next()) {
                (Some(Piece { kind: PieceKind::Mention(concepts), range }), None) => {
                    Some((concepts.clone(), range.clone()))
                }
                _ => None,
            }
        };
        let Some((at, (concepts, range))) = unit.groups.iter().enumerate().find_map(|(at, g)| Some((at, only(g)?)))
        else {
            continue;
        };
        unit.groups.remove(at);
        unit.unread.retain(|words| words.start > range.start);
        unit.subjects.extend(concepts.iter().map(|id| (id.clone(), range.clone())));
        unit.spelled_oddly = true;
    }
}

/// A unit of nothing but unread words may begin a phrase that the next one ends ("worsening heart or renal failure").
fn spread_unread(units: &mut [Unit]) {
    for at in 0..units.len().saturating_sub(1) {
        let Ok([here, next]) = units.get_disjoint_mut([at, at + 1]) else { continue };
        let blank = here.subjects.is_empty() && !here.has_predicate() && here.response.is_none() && !here.allergy;
        if blank && !here.unread.is_empty() && !next.subjects.is_empty() && next.groups.is_empty() {
            next.unread.extend(here.unread.iter().cloned());
        }
    }
}

/// From so many names, limits or brackets on without a word or sign between them that joins or parts, nobody can tell what is said
/// of what.
const HEAP: usize = 64;

/// A list of so many things in one sentence is left unread: what each says of the others costs the square of their number.
const CROWD: usize = 512;

impl Unit {
    /// Whether it heaps up more than can be told apart.
    pub(super) fn is_heap(&self) -> bool {
        [self.subjects.len(), self.comparisons.len(), self.groups.len(), self.qualifiers.len(), self.narrowing.len()]
            .into_iter()
            .any(|n| n > HEAP)
    }

    pub(super) fn says_something(&self) -> bool {
        !self.subjects.is_empty()
            || !self.comparisons.is_empty()
            || self.result.is_some()
            || self.response.is_some()
            || self.grade.is_some()
            || self.allergy
            || !self.unread.is_empty()
    }

    /// Whether it names one thing, by one word that the vocabulary lacks.
    pub(super) fn is_written_word(&self) -> bool {
        matches!(self.subjects.as_slice(), [(id, _)] if id.written_words().is_some_and(|words| !words.contains(' ')))
    }

    pub(super) fn has_predicate(&self) -> bool {
        !self.comparisons.is_empty() || self.result.is_some() || self.grade.is_some()
    }

    /// "within 6 months postpartum": its time is of words behind it that were not read, and of nothing else.
    pub(super) fn dates_the_unread(&self) -> bool {
        let window = self.pieces.iter().find(|piece| matches!(piece.kind, PieceKind::Window(_)));
        self.subjects.is_empty()
            && window.is_some_and(|window| self.unread.iter().any(|range| range.start >= window.range.end))
    }

    pub(super) fn extent(&self) -> Range<usize> {
        extent(&self.pieces)
    }
}

impl Unit {
    /// Whether its modifiers stand behind its name ("infections that need treatment"), not before it ("unstable angina").
    pub(super) fn is_qualified_behind(&self) -> bool {
        let named = self.subjects.iter().map(|(_, range)| range.start).min().unwrap_or(0);
        self.pieces.iter().any(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Uncontrolled | Class::Treated, _))
                && piece.range.start > named
        })
    }

    pub(super) fn all_observed(&self) -> bool {
        self.subjects.iter().all(|(id, _)| {
            ["lab:", "vital:", "score:"].iter().any(|prefix| id.as_str().starts_with(prefix))
                || self.result.is_none() && id.as_str().starts_with("condition:")
        })
    }
}
