//! One part of a criterion: its brackets, exceptions and therapies taken out, the rest read unit by unit.

use super::parts::{extent, is_limited};
use super::statement::{self, Permission};
use super::{Context, after, allergen, by_sex, not_counted, pressure, quiet, therapy, unit, waiting};
use crate::expr::{Atom, CauseTest, Expr, Firmness, Sense, Test};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use trialway_terminology::{ConceptId, Domain};

/// Lowers a part; none when it says nothing by itself (only words that restrict nothing).
pub(super) fn lower_clause(context: &mut Context<'_>, part: &[Piece]) -> Option<Expr> {
    match context.deeper(|context| read_clause(context, part)) {
        Some(read) => read,
        None => Some(context.unread(&extent(part))),
    }
}

fn read_clause(context: &mut Context<'_>, part: &[Piece]) -> Option<Expr> {
    if part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Note, _))) {
        // What only informs asks nothing.
        return None;
    }
    match statement::permission(context, part) {
        Some(Permission::Forbids(named)) => {
            let outer = std::mem::replace(&mut context.sense, Sense::Excluding);
            let read = lower_clause(context, &named);
            context.sense = outer;
            let read = read?;
            return Some(if outer == Sense::Required { Expr::not(read) } else { read });
        }
        // What is allowed is no ground against taking part, and nothing that is asked.
        Some(Permission::Allows(_)) => return None,
        Some(Permission::Unclear) => return Some(context.unread(&extent(part))),
        None => {}
    }
    if part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::ImpliedSex, _)))
        && !part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Except | Class::Requiring, _)))
    {
        let (flat, groups) = brackets(part.to_vec());
        if let Some(read) = by_sex::clause(context, &flat, &groups) {
            return Some(read);
        }
    }
    if part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Allergy, _)))
        && !part.iter().any(|piece| {
            matches!(
                piece.kind,
                PieceKind::Phrase(
                    Class::Except | Class::Requiring | Class::Judgement | Class::Consent | Class::Statement,
                    _
                )
            )
        })
    {
        let (flat, groups) = brackets(part.to_vec());
        if let Some(read) = of_allergy(context, &flat, &groups, &mut Vec::new()) {
            return Some(read);
        }
    }
    if let Some(expr) = statement::organ_function(context, part) {
        return Some(expr);
    }
    if let Some(stated) = statement::stated(context, part) {
        return Some(stated);
    }
    let part = without_standards(context, statement::without_function(context, without_label(part)));
    let part = quiet::words(context, pressure::parted(context, defined(context, part)));
    if let Some(at) = part.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Requiring, _))) {
        let (before, after) = (part.get(..at).unwrap_or_default(), part.get(at + 1..).unwrap_or_default());
        // Judgement and consent around it stay where they are; the treatment is asked for beside the disease.
        let (needed, rest) = split_needed(after);
        let mut outer: Vec<Piece> = before.to_vec();
        outer.extend(rest.iter().cloned());
        let listed = before.iter().any(|piece| matches!(piece.kind, PieceKind::Or | PieceKind::And))
            || rest.iter().any(|piece| matches!(piece.kind, PieceKind::Or | PieceKind::And))
                && rest.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
        let names = |pieces: &[Piece]| {
            pieces.iter().any(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)))
        };
        // "renal insufficiency requiring dialysis or an eGFR of less than 60": the limit counts by itself.
        let limit = needed.iter().rposition(|piece| piece.kind == PieceKind::Or).filter(|at| {
            let behind = needed.get(at + 1..).unwrap_or_default();
            behind.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_)))
                && behind.iter().any(|piece| {
                    matches!(&piece.kind, PieceKind::Mention(concepts)
                        if concepts.iter().any(|id| id.domain() == Some(Domain::Observation)))
                })
        });
        // "diabetes with HbA1c > 9 % or requiring insulin": what is required is an alternative to the limit.
        let solid = before.iter().rposition(|piece| piece.kind != PieceKind::Blank);
        let or = solid.filter(|at| before.get(*at).is_some_and(|piece| piece.kind == PieceKind::Or));
        if let Some(cut) = or.filter(|cut| names_something(before.get(..*cut).unwrap_or_default())) {
            let one = lower_clause(context, before.get(..cut).unwrap_or_default());
            let other = context.unread(&extent(part.get(cut + 1..).unwrap_or_default()));
            // "a malignancy that is progressing or requires treatment": either is said of the malignancy.
            let words = context.text.get(extent(part.get(..cut).unwrap_or_default())).unwrap_or_default();
            let relative = words.split(' ').any(|word| matches!(word, "that" | "which" | "who"));
            let both: Vec<Expr> = one.into_iter().chain([other]).collect();
            return Some(if relative { Expr::all(both) } else { Expr::any(both) });
        }
        if let (Some(cut), false) = (limit, listed) {
            let (first, behind) = (at + 1 + cut, needed.get(cut + 1..).unwrap_or_default());
            let one = lower_clause(context, part.get(..first).unwrap_or_default());
            let other = lower_clause(context, behind);
            return Some(Expr::any(one.into_iter().chain(other).collect()));
        }
        // "infection requiring antibiotics or other serious infection"
        let alternative = needed.iter().any(|piece| piece.kind == PieceKind::Or)
            && needed.iter().any(|piece| {
                matches!(&piece.kind, PieceKind::Mention(concepts)
                if concepts.iter().any(|id| id.domain() == Some(Domain::Condition)))
            });
        if listed
            || alternative
            || !names(before) && needed.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)))
        {
            // "requires dialysis" says that it is needed, not that it is had; of a list it is not said what needs it.
            let unread = context.unread(&extent(&part));
            let alone = outer.len() == before.len() && !alternative;
            let base = if alone && names(before) { lower_clause(context, &outer) } else { None };
            return Some(Expr::all(base.into_iter().chain([unread]).collect()));
        }
        let base = lower_clause(context, &outer);
        // "a history of pneumonitis requiring steroids": when they were taken is not said.
        let was =
            before.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::History | Class::AnyTime, _)));
        // "requiring systemic treatment": a kind of treatment that no record names so.
        let treated = if was { None } else { lower_clause(context, needed) };
        let mut by_words = was;
        if let Some(expr) = &treated {
            expr.for_each_leaf(&mut |leaf| {
                // A procedure that is needed is not had yet.
                by_words |= matches!(leaf, Expr::Atom(Atom { test: Test::Event(event), .. })
                    if event.role == crate::expr::EventRole::Procedure
                        || event.concept.as_ref().is_some_and(|id| id.written_words().is_some()));
            });
        }
        let treated = if by_words { Some(context.unread(&extent(needed))) } else { treated };
        let all: Vec<Expr> = base.into_iter().chain(treated).collect();
        return if all.is_empty() { None } else { Some(Expr::all(all)) };
    }
    if asks_of_some(context, &part) || asks_in_exclusion(context, &part) {
        return Some(context.unread(&extent(&part)));
    }
    let whole = extent(&part);
    let is_condition = |piece: &Piece| matches!(piece.kind, PieceKind::If | PieceKind::Phrase(Class::Whom, _));
    let conditional = part.iter().any(is_condition).then(|| part.clone());
    let (flat, mut groups) = brackets(part);
    let n_flat = flat.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Except, _)));
    let (flat, mut exceptions) = inline_exception(context, flat);
    if let (Some(at), Some(exception)) = (n_flat.filter(|at| *at > 0), exceptions.first_mut()) {
        // A bracket behind "except" is a part of the exception, of which it is not read what it says.
        for group in groups.extract_if(.., |group| group.after > at) {
            exception.push(Piece { kind: PieceKind::Word, range: extent(&group.pieces) });
        }
    }
    if let Some(expr) = waiting::waiting(context, &flat, &groups) {
        // "in another study, except observational ones": which research does not count is not read.
        let mut of_research = false;
        expr.for_each_leaf(&mut |leaf| {
            of_research |= matches!(leaf, Expr::Atom(Atom { test: Test::Participation(_), .. }));
        });
        let besides = exceptions.iter().filter(|pieces| of_research && !pieces.is_empty());
        let besides: Vec<Expr> = besides.map(|pieces| context.unread(&extent(pieces))).collect();
        return Some(Expr::all(std::iter::once(expr).chain(besides).collect()));
    }
    if flat.iter().any(|piece| matches!(piece.kind, PieceKind::If | PieceKind::Phrase(Class::Whom, _))) {
        // What is asked of some only says nothing of the others.
        let read = conditional.and_then(|part| statement::implication(context, &part));
        return Some(read.unwrap_or_else(|| context.unread(&whole)));
    }
    if let Some(all) = of_allergy(context, &flat, &groups, &mut exceptions) {
        return Some(with_exceptions(context, all, exceptions));
    }
    if let Some(read) = after::clause(context, &flat).filter(|_| groups.is_empty()) {
        return Some(with_exceptions(context, read, exceptions));
    }
    let (flat, groups, treated) = therapy::take(context, flat, groups);
    let base = unit::lower_units(context, &flat, &groups, &mut exceptions);
    let base = match (treated, base) {
        (Some(treated), Some(base)) => Some(Expr::all(vec![base, treated])),
        (treated, base) => treated.or(base),
    };
    let base = base?;
    Some(with_exceptions(context, base, exceptions))
}

/// A clause that begins with an allergy, and what its list goes on with.
fn of_allergy(
    context: &mut Context<'_>,
    flat: &[Piece],
    groups: &[Group],
    exceptions: &mut Vec<Vec<Piece>>,
) -> Option<Expr> {
    let (allergy, n) = allergen::clause(context, flat, groups)?;
    let later = groups.iter().filter(|group| group.after > n);
    let later: Vec<Group> = later.map(|group| Group { after: group.after - n, pieces: group.pieces.clone() }).collect();
    let others = unit::lower_units(context, flat.get(n..).unwrap_or_default(), &later, exceptions);
    Some(Expr::any(std::iter::once(allergy).chain(others).collect()))
}

/// "Patients must have a negative pregnancy test" among grounds of exclusion: what is asked there is no ground.
fn asks_in_exclusion(context: &Context<'_>, part: &[Piece]) -> bool {
    if context.sense != Sense::Excluding {
        return false;
    }
    let text = context.text.get(extent(part)).unwrap_or_default();
    let may_ask = |pair: &[u8]| matches!(pair, [b'u' | b'U', b's' | b'S' | b'l' | b'L']);
    if !text.as_bytes().windows(2).any(may_ask) {
        return false;
    }
    let is_asked = |word: &str| is_one_of(word, &["must", "should"]);
    let mut words = words(text).skip_while(|word| !is_asked(word));
    let mut before = words.next();
    words.any(|word| {
        let asked = before.is_some_and(is_asked) && !word.eq_ignore_ascii_case("not");
        before = Some(word);
        asked
    })
}

/// Whether pieces name or limit anything.
fn names_something(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_) | PieceKind::Comparison(_)))
}

/// "Participants with an eGFR between 30 and 45 need a biopsy": what is asked of some of those who join.
fn asks_of_some(context: &Context<'_>, part: &[Piece]) -> bool {
    const PEOPLE: [&str; 8] =
        ["participants", "patients", "subjects", "those", "individuals", "people", "persons", "children"];
    const WITH: [&str; 6] = ["with", "who", "having", "on", "receiving", "taking"];
    let text = context.text.get(extent(part)).unwrap_or_default();
    let mut words = words(text);
    let people = words.next().is_some_and(|word| is_one_of(word, &PEOPLE));
    if !people {
        return false;
    }
    let Some(mut before) = words.next().filter(|word| is_one_of(word, &WITH)) else { return false };
    // "patients with unstable vital signs who need medicines" asks nothing of them.
    words.any(|word| {
        let asked = is_one_of(word, &["must", "need", "needs", "should", "require", "requires"])
            && !is_one_of(before, &["who", "that", "which", "not"]);
        before = word;
        asked
    })
}

/// The words of a text, as they are written.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a word is one of these lower-case ones, in whatever case.
pub(super) fn is_one_of(word: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// A definition says all of what stands before it ("infection with …, that is, positive for …").
fn defined(context: &Context<'_>, part: Vec<Piece>) -> Vec<Piece> {
    let mut depth = 0_usize;
    for (at, piece) in part.iter().enumerate() {
        match piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth = depth.saturating_sub(1),
            // "that is, positive for …" defines; "that is not controlled" does not.
            PieceKind::Phrase(Class::Definition, _)
                if depth == 0
                    && (part.get(at + 1).is_some_and(|next| next.kind == PieceKind::Comma)
                        || !context
                            .text
                            .get(piece.range.clone())
                            .unwrap_or_default()
                            .to_lowercase()
                            .ends_with(" is")) =>
            {
                let rest = part.get(at + 1..).unwrap_or_default();
                let says = rest.iter().any(|piece| {
                    matches!(piece.kind, PieceKind::Mention(_) | PieceKind::Phrase(Class::SelfDefined, _))
                });
                return if says { rest.to_vec() } else { part };
            }
            _ => {}
        }
    }
    part
}

/// The treatment that "requiring" names, up to the next comma, and the rest.
fn split_needed(after: &[Piece]) -> (&[Piece], &[Piece]) {
    let end = after.iter().position(|piece| piece.kind == PieceKind::Comma).unwrap_or(after.len());
    (after.get(..end).unwrap_or_default(), after.get(end..).unwrap_or_default())
}

/// A bracket's pieces and the place in the flat pieces that it follows.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Index of the flat piece that it stands behind, plus one; 0 at the start.
    pub after: usize,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

/// Drops a short label before a colon ("Renal function:").
fn without_label(part: &[Piece]) -> Vec<Piece> {
    let Some(at) = part.iter().position(|piece| piece.kind == PieceKind::Colon) else { return part.to_vec() };
    let label = part.get(..at).unwrap_or_default();
    let behind = part.get(at + 1..).unwrap_or_default();
    if is_limited(label, behind) {
        return label.iter().chain(behind).cloned().collect();
    }
    let standard = label.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Standard, _)));
    let plain = label.len() <= 6
        && !standard
        && !label.iter().any(|piece| {
            matches!(
                piece.kind,
                PieceKind::Comparison(_)
                    | PieceKind::Window(_)
                    | PieceKind::Grade(_)
                    | PieceKind::Phrase(
                        Class::Negation | Class::Result | Class::Participation | Class::Allergy | Class::Except,
                        _
                    )
            )
        });
    if plain && !behind.is_empty() { behind.to_vec() } else { part.to_vec() }
}

/// Drops the name of a standard ("according to the 2019 … criteria") and what "with or without" leaves free.
fn without_standards(context: &Context<'_>, part: Vec<Piece>) -> Vec<Piece> {
    if !part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Standard | Class::WithOrWithout, _))) {
        return part;
    }
    let mut out = Vec::with_capacity(part.len());
    let mut at = 0;
    while let Some(piece) = part.get(at) {
        let rest = part.get(at + 1..).unwrap_or_default();
        let skip = match piece.kind {
            PieceKind::Phrase(Class::Standard, _) => standard_length(context, rest),
            // "with or without A or B": where what is left free ends is not said.
            PieceKind::Phrase(Class::WithOrWithout, _) => {
                let n = free_length(rest);
                Some(n).filter(|n| !rest.get(..*n).unwrap_or_default().iter().any(|piece| piece.kind == PieceKind::Or))
            }
            _ => None,
        };
        match skip {
            Some(n) => at += n + 1,
            None => {
                out.push(piece.clone());
                at += 1;
            }
        }
    }
    out
}

/// How many pieces the name of a standard covers: up to its last head word before a separator; none without a head word.
fn standard_length(context: &Context<'_>, rest: &[Piece]) -> Option<usize> {
    let mut last = None;
    for (at, piece) in rest.iter().take(24).enumerate() {
        match &piece.kind {
            PieceKind::Phrase(Class::StandardEnd, _) => last = Some(at + 1),
            PieceKind::And | PieceKind::Open | PieceKind::Close if last.is_some() => break,
            PieceKind::Comma | PieceKind::Semicolon | PieceKind::Stop => break,
            PieceKind::Phrase(Class::Filler, _) if last.is_some() => {
                let word = context.text.get(piece.range.clone()).unwrap_or_default();
                if word.to_ascii_lowercase().starts_with("diagnos") {
                    break;
                }
            }
            PieceKind::Phrase(Class::Response | Class::Result | Class::Negation, _) => break,
            _ => {}
        }
    }
    last
}

/// How many pieces "with or without" leaves free: up to the next separator.
fn free_length(rest: &[Piece]) -> usize {
    rest.iter()
        .take_while(|piece| {
            !matches!(
                piece.kind,
                PieceKind::And | PieceKind::Comma | PieceKind::Semicolon | PieceKind::Open | PieceKind::Close
            )
        })
        .count()
}

/// Takes bracketed pieces out; nested brackets stay inside their group.
fn brackets(part: Vec<Piece>) -> (Vec<Piece>, Vec<Group>) {
    if !part.iter().any(|piece| matches!(piece.kind, PieceKind::Open | PieceKind::Close)) {
        return (part, Vec::new());
    }
    let (mut flat, mut groups): (Vec<Piece>, Vec<Group>) = (Vec::new(), Vec::new());
    let mut depth = 0_usize;
    for piece in part {
        match piece.kind {
            PieceKind::Open => {
                depth += 1;
                if depth == 1 {
                    groups.push(Group { after: flat.len(), pieces: Vec::new() });
                    continue;
                }
            }
            PieceKind::Close if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    // "(history of) asthma": the bracket only marks words that belong to the name behind it.
                    if let Some(group) = groups.pop_if(|group| only_dates(&group.pieces)) {
                        flat.extend(group.pieces);
                    }
                    continue;
                }
            }
            _ => {}
        }
        match groups.last_mut() {
            Some(group) if depth > 0 => group.pieces.push(piece),
            _ => flat.push(piece),
        }
    }
    // A bracket that nobody closed: what stands in it goes on with the rest.
    if depth > 0
        && let Some(open) = groups.pop()
    {
        flat.extend(open.pieces);
    }
    groups.retain(|group| !group.pieces.is_empty());
    (flat, groups)
}

/// Whether pieces say nothing but that something is over, present or planned.
fn only_dates(pieces: &[Piece]) -> bool {
    let dates = |piece: &Piece| {
        matches!(piece.kind, PieceKind::Phrase(Class::History | Class::Current | Class::AnyTime | Class::Planned, _))
    };
    pieces.iter().any(dates)
        && pieces
            .iter()
            .all(|piece| dates(piece) || matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)))
}

/// An exception without brackets: from "except" to the end of the part.
fn inline_exception(context: &Context<'_>, flat: Vec<Piece>) -> (Vec<Piece>, Vec<Vec<Piece>>) {
    let at = flat.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Except, _)));
    match at {
        Some(at) if at > 0 => {
            let (mut base, mut rest) =
                (flat.get(..at).unwrap_or_default().to_vec(), flat.get(at + 1..).unwrap_or_default().to_vec());
            // "any vaccine other than influenza vaccine within 30 days": the window at the end is that of the rule.
            // "with no recurrence for 12 weeks": that of what is said there.
            let window = |piece: &Piece| matches!(piece.kind, PieceKind::Window(_));
            let quiet = |piece: &&Piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _));
            let named =
                rest.iter().rev().filter(quiet).nth(1).is_some_and(|piece| matches!(piece.kind, PieceKind::Mention(_)));
            let lasts = |piece: &Piece| {
                let before = context.text.get(..piece.range.start).unwrap_or_default().trim_end();
                before
                    .len()
                    .checked_sub(4)
                    .and_then(|at| before.get(at..))
                    .is_some_and(|end| end.eq_ignore_ascii_case(" for"))
                    || context
                        .text
                        .get(piece.range.clone())
                        .is_some_and(|words| words.trim_start().to_lowercase().starts_with("for"))
            };
            if !base.iter().any(window)
                && named
                && !rest.last().is_some_and(lasts)
                && rest.last().is_some_and(window)
                && rest.iter().filter(|p| window(p)).count() == 1
            {
                base.extend(rest.pop());
            }
            (base, vec![rest])
        }
        _ => (flat, Vec::new()),
    }
}

/// Joins a clause with its exceptions.
fn with_exceptions(context: &mut Context<'_>, base: Expr, exceptions: Vec<Vec<Piece>>) -> Expr {
    exceptions.into_iter().fold(base, |base, exception| {
        if let Some(narrowed) = not_counted::without_kinds(context, &base, &exception) {
            return narrowed;
        }
        // "race other than White, including …": what is taken away from something that was not read lets nobody in.
        if context.sense == Sense::Required && super::only_unread(&base) {
            return Expr::all(vec![base, context.unread(&extent(&exception))]);
        }
        let mut unless = lower_exception(context, &base, &exception);
        if of_events(&base, true) && of_events(&unless, false) {
            // "surgery, except a hernia repair": who had that may have had another one, too.
            unless = Expr::all(vec![unless, context.unread(&extent(&exception))]);
        }
        // "sarcoma, excluding Ewing sarcoma": of a disease that is wanted an exception takes kinds away.
        let sense = if names_disease(&base) { Sense::Excluding } else { context.sense };
        Expr::Except { base: Box::new(base), unless: Box::new(unless), sense }
    })
}

/// Whether an expression says nothing but that diseases, medicines or procedures are absent.
pub(super) fn denies_events(expr: &Expr) -> bool {
    match expr {
        Expr::Not(inner) => names_events(inner),
        Expr::And(args) => {
            args.first().is_some_and(denies_events)
                && args.iter().all(|arg| !matches!(arg, Expr::Unread { .. } | Expr::Node(_)))
        }
        _ => false,
    }
}

fn names_events(expr: &Expr) -> bool {
    match expr {
        Expr::Atom(atom) => matches!(&atom.test, Test::Event(_)),
        Expr::Or(args) | Expr::And(args) => !args.is_empty() && args.iter().all(names_events),
        _ => false,
    }
}

/// Whether an expression is nothing but the presence of diseases.
pub(super) fn names_disease(expr: &Expr) -> bool {
    match expr {
        Expr::Atom(atom) => {
            matches!(&atom.test, Test::Event(event) if event.role == crate::expr::EventRole::Condition)
        }
        Expr::Or(args) => args.iter().all(names_disease),
        _ => false,
    }
}

/// Whether an expression speaks of what happens to people, diseases, medicines, procedures; `only` of nothing else.
fn of_events(expr: &Expr, only: bool) -> bool {
    let (mut events, mut others) = (false, false);
    expr.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(Atom { test: Test::Event(_), .. }) => events = true,
        Expr::Unread { .. } => {}
        _ => others = true,
    });
    events && !(only && others)
}

/// What an exception says: a cause, or the conditions that it names, all of them.
pub(super) fn lower_exception(context: &mut Context<'_>, base: &Expr, pieces: &[Piece]) -> Expr {
    let measured = first_concept(base);
    let mut conditions = Vec::new();
    for stretch in pieces.split(|piece| piece.kind == PieceKind::Comma) {
        let stretch: Vec<Piece> = stretch
            .iter()
            .filter(|piece| !matches!(piece.kind, PieceKind::And | PieceKind::Blank | PieceKind::If))
            .cloned()
            .collect();
        if stretch.is_empty() {
            continue;
        }
        match cause(context, &stretch, measured.as_ref()) {
            Some(expr) => conditions.push(expr),
            None => {
                let outer = context.sense;
                // What an exception names is wanted for the exception to hold, in either section.
                context.sense = Sense::Required;
                let was = std::mem::replace(&mut context.in_exception, true);
                let read = lower_clause(context, &stretch);
                context.sense = outer;
                context.in_exception = was;
                conditions.push(read.unwrap_or_else(|| context.unread(&extent(&stretch))));
            }
        }
    }
    // "other than asthma, hay fever or eczema": any of them; what is joined by "and" holds together.
    let has = |kind: &PieceKind| pieces.iter().any(|piece| piece.kind == *kind);
    let any = has(&PieceKind::Or) && !has(&PieceKind::And);
    match conditions.is_empty() {
        true => context.unread(&extent(pieces)),
        false if any => Expr::any(conditions),
        false => Expr::all(conditions),
    }
}

/// "elevated ALT caused by inflammatory myopathy": an abnormal finding with its cause.
fn cause(context: &Context<'_>, stretch: &[Piece], measured: Option<&ConceptId>) -> Option<Expr> {
    let at = stretch.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Cause, _)))?;
    let (before, after) = (stretch.get(..at)?, stretch.get(at + 1..)?);
    let concept_of = |pieces: &[Piece], domain: fn(Domain) -> bool| {
        pieces.iter().find_map(|piece| match &piece.kind {
            PieceKind::Mention(concepts) => concepts.iter().find(|id| id.domain().is_some_and(domain)).cloned(),
            _ => None,
        })
    };
    let cause = concept_of(after, |domain| domain != Domain::Observation)?;
    let of = concept_of(before, |domain| domain == Domain::Observation).or_else(|| measured.cloned())?;
    let span = context.span(&extent(stretch));
    Some(Expr::Atom(Atom { test: Test::Cause(CauseTest { of, cause }), span, firmness: Firmness::Certain }))
}

/// The first concept that is measured in an expression.
fn first_concept(expr: &Expr) -> Option<ConceptId> {
    let mut found = None;
    expr.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Measurement(test), .. }) = leaf
            && found.is_none()
        {
            found = Some(test.concept.clone());
        }
    });
    found
}
