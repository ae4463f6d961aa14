//! A criterion's words cut into parts at sentences and semicolons, and how the parts join.

use super::statement::{self, Permission};
use super::{Context, Joiner, clause, not_counted};
use crate::expr::{Expr, Firmness, Sense, Test, WantedSex};
use crate::lexicon::{Class, Lexicon};
use crate::piece::{Piece, PieceKind};
use std::ops::Range;

/// Whether the words only introduce the items below them.
pub(super) fn is_lead_in(all: &[Piece], text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with(':') || end.ends_with('：') || is_label(all, text)
}

/// Whether the words are a bare label: no limit, window, result, topic or negation.
pub(super) fn is_label(all: &[Piece], text: &str) -> bool {
    let ends = text.trim_end().ends_with([':', '：']);
    ends && !all.iter().any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Comparison(_)
                | PieceKind::Window(_)
                | PieceKind::Grade(_)
                | PieceKind::Phrase(Class::Negation | Class::Except | Class::ImpliedFemale | Class::ImpliedSex, _)
        )
    })
}

/// Whether words hold a limit of their own.
pub(super) fn limits(all: &[Piece]) -> bool {
    all.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Grade(_)))
}

/// Whether the words end in one that the items go on from ("have uncontrolled asthma that").
pub(super) fn ends_in_relative(text: &str) -> bool {
    let last = text.trim_end().rsplit(' ').next().unwrap_or_default();
    ["that", "which", "who"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// Whether the words are a short title: no verb that asks, no limit, window, denial or end of a sentence.
pub(super) fn is_title(all: &[Piece], text: &str) -> bool {
    const LONGEST: usize = 8;
    const ASKING: [&str; 12] =
        ["must", "should", "have", "has", "had", "is", "are", "be", "with", "who", "that", "without"];
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() <= LONGEST
        && !text.trim_end().ends_with('.')
        && !words().any(|word| ASKING.iter().any(|known| word.eq_ignore_ascii_case(known)))
        && !all.iter().any(|piece| {
            matches!(
                piece.kind,
                PieceKind::Comparison(_)
                    | PieceKind::Window(_)
                    | PieceKind::Grade(_)
                    | PieceKind::Phrase(Class::Negation | Class::Except, _)
            )
        })
}

/// How a lead-in joins its items, by its own words and else by its section.
pub(super) fn lead_joiner(all: &[Piece], text: &str, sense: Sense) -> Joiner {
    for piece in all {
        if let PieceKind::Count(count) = &piece.kind
            && count.of_following
        {
            return if count.n <= 1 { Joiner::Any } else { Joiner::AtLeast(count.n) };
        }
    }
    if let Some(joiner) = counted(text) {
        return joiner;
    }
    match sense {
        Sense::Required => Joiner::All,
        Sense::Excluding => Joiner::Any,
    }
}

/// "at least two moderate risk factors:", "one of:", "either": how many of the items are asked for.
fn counted(text: &str) -> Option<Joiner> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| match word {
        "one" | "1" | "any" | "either" => Some(1_usize),
        "two" | "2" => Some(2),
        "three" | "3" => Some(3),
        "four" | "4" => Some(4),
        "five" | "5" => Some(5),
        _ => None,
    };
    let joiner = |n: usize| if n == 1 { Joiner::Any } else { Joiner::AtLeast(n) };
    for (at, pair) in words.windows(3).enumerate() {
        // "at least 2 weeks since …" counts no items.
        let of_time = words.get(at + 3).is_some_and(|next| {
            ["hour", "day", "week", "month", "year", "cycle", "half"].iter().any(|unit| next.starts_with(unit))
        });
        if let ["at", "least", word] | ["a", "minimum", word] = pair
            && !of_time
            && let Some(n) = number(word)
        {
            return Some(joiner(n));
        }
    }
    let last_two = words.get(words.len().saturating_sub(2)..).unwrap_or_default();
    if let [word, "of"] = last_two
        && let Some(n) = number(word)
    {
        return Some(joiner(n));
    }
    let first = words.iter().find(|word| !matches!(**word, "or" | "and"))?;
    matches!(*first, "one" | "either" | "any").then_some(Joiner::Any)
}

/// Lowers the words of a criterion; none when they say nothing by themselves.
pub(super) fn lower_parts(context: &mut Context<'_>, all: &[Piece]) -> Option<Expr> {
    if statement::lists_methods(context, all) {
        return None;
    }
    if let Some(expr) = implication(context, all) {
        return Some(expr);
    }
    let mut required: Vec<Expr> = Vec::new();
    let mut alternatives: Vec<Expr> = Vec::new();
    let mut waivers: Vec<Vec<Piece>> = Vec::new();
    let mut allowed: Vec<Vec<Piece>> = Vec::new();
    for part in split(context, all) {
        let (joined_by_or, part) = leading_or(part);
        let alternative = part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Alternative, _)));
        if context.sense == Sense::Excluding && alternative && !required.is_empty() {
            waivers
                .push(part.iter().filter(|p| !matches!(p.kind, PieceKind::Open | PieceKind::Close)).cloned().collect());
            continue;
        }
        if let Some(named) = statement::exceptions(context, part).filter(|_| !required.is_empty()) {
            allowed.push(named);
            continue;
        }
        if let Some(Permission::Allows(named)) = statement::permission(context, part) {
            allowed.push(named);
            continue;
        }
        if statement::asks_nothing(context, part) {
            continue;
        }
        if !required.is_empty() && statement::lets_others_in(context, part) {
            alternatives.push(context.unread(&extent(part)));
            continue;
        }
        if context.sense == Sense::Required && alternative && required.is_empty() {
            // "Participants with epilepsy are eligible": they may join; whether all must have it is not said.
            required.push(context.unread(&extent(part)));
            continue;
        }
        let read = match of_one_sex(context, all, part).or_else(|| of_one_age(context, part)) {
            Some(expr) => Some(expr),
            None => clause::lower_clause(context, part),
        };
        let Some(mut expr) = read else { continue };
        // "No pregnant women." among other sentences of a ground of exclusion: more likely what is asked for.
        let no = part
            .iter()
            .find(|piece| piece.kind != PieceKind::Blank)
            .and_then(|piece| context.text.get(piece.range.clone()))
            .is_some_and(|word| word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("no")));
        if context.sense == Sense::Excluding && no && denies(&expr) {
            expr = super::subject::tentative(expr);
        }
        if context.sense == Sense::Required
            && let Some((condition, then)) = other_limit(&expr)
            && let Some(first) = required.iter_mut().find(|known| limits_same(known, then))
        {
            // "AST <= 2.5 x ULN. With liver metastases AST <= 5 x ULN": for these the second limit stands for the first.
            let both = Expr::all(vec![condition.clone(), then.clone()]);
            let known = std::mem::replace(first, Expr::And(Vec::new()));
            *first = Expr::any(vec![known, both]);
            continue;
        }
        if context.sense == Sense::Required && (joined_by_or || alternative) && !required.is_empty() {
            alternatives.push(expr);
        } else {
            required.push(expr);
        }
    }
    if required.is_empty() && alternatives.is_empty() {
        return None;
    }
    let base = match context.sense {
        Sense::Required => Expr::all(required),
        Sense::Excluding => Expr::any(required),
    };
    let base = waivers.into_iter().fold(base, |base, waiver| {
        let unless = clause::lower_exception(context, &base, &waiver);
        Expr::Except { base: Box::new(base), unless: Box::new(unless), sense: context.sense }
    });
    let base = allowed.into_iter().fold(base, |base, named| allow(context, base, &named));
    if alternatives.is_empty() {
        return Some(base);
    }
    alternatives.insert(0, base);
    Some(Expr::any(alternatives))
}

/// Whether an expression says that something is absent, whatever else it says of it.
fn denies(expr: &Expr) -> bool {
    match expr {
        Expr::Not(_) => true,
        Expr::And(args) => args.first().is_some_and(denies),
        _ => false,
    }
}

/// A limit for some, and for whom.
fn other_limit(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match expr {
        Expr::Implies { condition, then, .. } => Some((condition, then)),
        _ => None,
    }
}

/// Whether two expressions limit the same thing on the same side.
fn limits_same(one: &Expr, other: &Expr) -> bool {
    let limits = |expr: &Expr| {
        let mut out = Vec::new();
        expr.for_each_leaf(&mut |leaf| {
            if let Expr::Atom(crate::expr::Atom { test: Test::Measurement(test), .. }) = leaf {
                use crate::expr::Comparator;
                let upper = matches!(test.comparator, Comparator::AtMost | Comparator::LessThan);
                out.push((test.concept.clone(), upper));
            }
        });
        out
    };
    let known = limits(one);
    limits(other).iter().any(|limit| known.contains(limit))
}

/// "No prior chemotherapy. Adjuvant chemotherapy is allowed": kinds of what is ruled out are taken out of it; whatever else is
/// allowed leaves the criterion open for whom it concerns, for it is not said what it stands against.
fn allow(context: &mut Context<'_>, base: Expr, named: &[Piece]) -> Expr {
    if let Some(narrowed) = not_counted::without_kinds(context, &base, named) {
        return narrowed;
    }
    let outer = std::mem::replace(&mut context.sense, Sense::Required);
    let read = clause::lower_clause(context, named);
    context.sense = outer;
    let unread = context.unread(&extent(named));
    let may = Expr::all(read.into_iter().chain([unread]).collect());
    match context.sense {
        Sense::Required => Expr::any(vec![base, may]),
        Sense::Excluding => Expr::all(vec![base, Expr::not(may)]),
    }
}

/// "Women must be postmenopausal …; men must use a condom": what is asked of one sex is not asked of the other.
fn of_one_sex(context: &mut Context<'_>, all: &[Piece], part: &[Piece]) -> Option<Expr> {
    let sexes = |pieces: &[Piece]| -> Vec<&'static str> {
        let mut out: Vec<&'static str> = Vec::new();
        for piece in pieces {
            if let PieceKind::Phrase(Class::ImpliedSex, sex) = piece.kind
                && !out.contains(&sex)
            {
                out.push(sex);
            }
        }
        out
    };
    let here = sexes(part);
    let [sex] = here.as_slice() else { return None };
    let at = part.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::ImpliedSex, _)))?;
    let piece = part.get(at)?;
    let behind = context.text.get(piece.range.end..).unwrap_or_default().trim_start().to_ascii_lowercase();
    let must = ["must", "should", "have to", "need to", "agree", "will"].iter().any(|word| behind.starts_with(word));
    if sexes(all).len() < 2 && !must {
        return None;
    }
    let wanted = if *sex == "male" { WantedSex::Male } else { WantedSex::Female };
    let condition = Expr::Atom(crate::expr::Atom {
        test: Test::Sex(wanted),
        span: context.span(&piece.range),
        firmness: Firmness::Certain,
    });
    let mut rest = part.to_vec();
    rest.remove(at);
    let then = clause::lower_clause(context, &rest)?;
    Some(Expr::Implies { condition: Box::new(condition), then: Box::new(then), sense: context.sense })
}

/// "Adolescents' body weight must be ≥ 40 kg": what is asked of one age only.
fn of_one_age(context: &mut Context<'_>, part: &[Piece]) -> Option<Expr> {
    const AGES: [(&str, u8, Option<u8>); 4] =
        [("adolescents", 12, Some(18)), ("children", 0, Some(18)), ("adults", 18, None), ("infants", 0, Some(1))];
    if context.sense != Sense::Required {
        return None;
    }
    let text = context.text.get(extent(part))?.trim_start().to_ascii_lowercase();
    let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("in ")).unwrap_or(&text);
    let (word, from, below) = AGES.iter().find(|(word, ..)| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    let asks = [" must ", " should ", " need ", " have to ", ": "].iter().any(|verb| text.contains(verb));
    let measured = part.iter().any(|piece| match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().any(|id| id.domain() == Some(trialway_terminology::Domain::Observation))
        }
        _ => false,
    });
    // "adults aged 18 to 65 must …" says itself whom it means.
    let dated = ["aged", "age ", "years", "months"].iter().any(|known| text.contains(known));
    let limited = part.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    if !asks || !measured || !limited || dated {
        return None;
    }
    let at = part.iter().position(|piece| {
        context.text.get(piece.range.clone()).is_some_and(|words| words.to_ascii_lowercase().ends_with(word))
    })?;
    let rest = part.get(at + 1..)?;
    let then = clause::lower_clause(context, rest)?;
    let span = context.span(&part.get(at)?.range);
    let age = |comparator, value: u8| {
        let unit = trialway_units::Unit::new("a")?;
        let test = crate::expr::AgeTest { comparator, value: value.into(), unit, onset_of: None };
        Some(Expr::Atom(crate::expr::Atom { test: Test::Age(test), span, firmness: Firmness::Likely }))
    };
    let from = if *from > 0 { age(crate::expr::Comparator::AtLeast, *from) } else { None };
    let below = below.and_then(|below| age(crate::expr::Comparator::LessThan, below));
    let condition = Expr::all(from.into_iter().chain(below).collect());
    Some(Expr::Implies { condition: Box::new(condition), then: Box::new(then), sense: context.sense })
}

/// How many pieces before its colon a label begins at most.
const FURTHEST: usize = 200;

/// Parts between sentence ends and semicolons that stand outside brackets.
fn split<'p>(context: &Context<'_>, all: &'p [Piece]) -> Vec<&'p [Piece]> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0_usize, 0_usize);
    let mut skip_to = 0_usize;
    for (at, piece) in all.iter().enumerate() {
        if at < skip_to {
            continue;
        }
        match piece.kind {
            PieceKind::Open if depth == 0 && permits_until(context, all, at).is_some() => {
                // "(Note: patients with … are not excluded)": a sentence of its own.
                let close = permits_until(context, all, at).unwrap_or(at);
                out.extend(all.get(start..at));
                out.extend(all.get(at + 1..close));
                start = close + 1;
                skip_to = start;
            }
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth = depth.saturating_sub(1),
            // "… >= 30 mL/min  Liver function: …": a label behind a finished part begins the next one.
            // "Within 6 months: stroke, angina": a time is no label.
            PieceKind::Colon if depth == 0 && only_dates(all.get(start..at).unwrap_or_default()) => {}
            PieceKind::Colon if depth == 0 && is_exceptions(context, all.get(start..at).unwrap_or_default()) => {}
            PieceKind::Colon if depth == 0 => {
                let near = start.max(at.saturating_sub(FURTHEST));
                if let Some(cut) = label_start(all.get(near..at).unwrap_or_default()) {
                    out.extend(all.get(start..near + cut));
                    let label = all.get(near + cut..at).unwrap_or_default();
                    let limited = is_limited(label, all.get(at + 1..).unwrap_or_default());
                    start = if limited { near + cut } else { at + 1 };
                }
            }
            PieceKind::Stop | PieceKind::Semicolon if depth == 0 => {
                out.extend(all.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.extend(all.get(start..));
    out.retain(|part| part.iter().any(|piece| piece.kind != PieceKind::Blank));
    out
}

/// Where a bracket ends that holds a sentence of what is allowed; none where it holds anything else.
fn permits_until(context: &Context<'_>, all: &[Piece], open: usize) -> Option<usize> {
    let close = open + all.get(open..)?.iter().position(|piece| piece.kind == PieceKind::Close)?;
    // A bracket inside, of examples, ends before it.
    let inner = all.get(open + 1..close)?;
    let nested = inner.iter().filter(|piece| piece.kind == PieceKind::Open).count();
    let close = if nested == 0 {
        close
    } else {
        let mut depth = 0_usize;
        open + all.get(open..)?.iter().position(|piece| {
            match piece.kind {
                PieceKind::Open => depth += 1,
                PieceKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })?
    };
    let inner = all.get(open + 1..close)?;
    let plain = inner.iter().all(|piece| !matches!(piece.kind, PieceKind::If | PieceKind::Stop | PieceKind::Semicolon));
    (plain && matches!(statement::permission(context, inner), Some(Permission::Allows(_)))).then_some(close)
}

/// "Exceptions:", "Exception:": a label that says what the words behind it are.
fn is_exceptions(context: &Context<'_>, label: &[Piece]) -> bool {
    let words = context.text.get(extent(label)).unwrap_or_default().trim();
    words.eq_ignore_ascii_case("exceptions") || words.eq_ignore_ascii_case("exception")
}

/// "Haemoglobin: ≥ 9 g/dL", "Pregnancy test: negative": whether what stands behind a colon is said of what is measured before it.
pub(super) fn is_limited(label: &[Piece], behind: &[Piece]) -> bool {
    let is_measured = |piece: &Piece| match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().all(|id| id.domain() == Some(trialway_terminology::Domain::Observation))
        }
        _ => false,
    };
    let is_quiet = |piece: &&Piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _));
    let limits = behind.iter().find(is_quiet).is_some_and(|first| {
        matches!(first.kind, PieceKind::Comparison(_) | PieceKind::Grade(_) | PieceKind::Phrase(Class::Result, _))
    });
    limits && label.iter().any(is_measured)
}

/// Whether a time is all that stands there.
fn only_dates(part: &[Piece]) -> bool {
    let is_window = |piece: &Piece| matches!(piece.kind, PieceKind::Window(_));
    let is_quiet = |piece: &Piece| matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _));
    part.iter().any(is_window) && part.iter().all(|piece| is_window(piece) || is_quiet(piece))
}

/// Where a label before a colon begins: behind the last limit, or at the start of a part that has none.
fn label_start(part: &[Piece]) -> Option<usize> {
    // A colon inside the name of a standard is part of it.
    let opened = part.iter().rposition(|p| matches!(p.kind, PieceKind::Phrase(Class::Standard, _)));
    let closed = part.iter().rposition(|p| matches!(p.kind, PieceKind::Phrase(Class::StandardEnd, _)));
    if opened > closed {
        return None;
    }
    let said =
        |piece: &Piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_) | PieceKind::Grade(_));
    let cut = part.iter().rposition(said).map_or(0, |at| at + 1);
    let label = part.get(cut..).unwrap_or_default();
    let solid = label
        .iter()
        .filter(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)))
        .count();
    let speaks = label.iter().any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Phrase(
                Class::Negation
                    | Class::Participation
                    | Class::Allergy
                    | Class::ImpliedFemale
                    | Class::ImpliedSex
                    | Class::Except,
                _
            ) | PieceKind::Open
                | PieceKind::If
        )
    });
    (solid <= 5 && !speaks).then_some(cut)
}

fn leading_or(part: &[Piece]) -> (bool, &[Piece]) {
    match part.split_first() {
        Some((first, rest)) if first.kind == PieceKind::Or => (true, rest),
        Some((first, rest)) if first.kind == PieceKind::And => (false, rest),
        _ => (false, part),
    }
}

/// "Female participants of childbearing potential: …", "… for female subjects of childbearing age": whom the criterion concerns.
fn implication(context: &mut Context<'_>, all: &[Piece]) -> Option<Expr> {
    let at = all
        .iter()
        .position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::ImpliedFemale | Class::ImpliedSex, _)))?;
    let piece = all.get(at)?;
    // "QTcF > 451 ms for males or > 471 ms for females": a limit for each.
    let limits = all.iter().filter(|piece| matches!(piece.kind, PieceKind::Comparison(_))).count();
    let sexes = |wanted: &str| {
        all.iter()
            .filter(|piece| matches!(piece.kind, PieceKind::Phrase(Class::ImpliedSex, sex) if sex == wanted))
            .count()
    };
    if limits == 2 && sexes("male") == 1 && sexes("female") == 1 {
        return None;
    }
    let (test, concerns) = match piece.kind {
        PieceKind::Phrase(Class::ImpliedFemale, _) => (Test::Childbearing, true),
        PieceKind::Phrase(Class::ImpliedSex, sex) => {
            let wanted = if sex == "male" { WantedSex::Male } else { WantedSex::Female };
            (Test::Sex(wanted), concerns_one_sex(context, all, at))
        }
        _ => return None,
    };
    // "pregnant women, women of childbearing potential, or …" among grounds of exclusion: one of them by itself.
    let apart =
        |piece: Option<&Piece>| piece.is_none_or(|piece| matches!(piece.kind, PieceKind::Comma | PieceKind::Or));
    let listed = at > 0 && apart(all.get(at - 1)) && apart(all.get(at + 1)) && all.get(at + 1).is_some();
    if context.sense == Sense::Excluding && matches!(test, Test::Childbearing) && listed {
        return Some(context.unread(&extent(all)));
    }
    if !concerns {
        return None;
    }
    let span = context.span(&piece.range);
    let mut rest: Vec<Piece> = all.to_vec();
    rest.remove(at);
    // What is left of "must", ":" and commas at the cut restricts nothing.
    while rest.get(at).is_some_and(|piece| matches!(piece.kind, PieceKind::Colon | PieceKind::Comma | PieceKind::Blank))
        && at == 0
    {
        rest.remove(at);
    }
    let then = match context.deeper(|context| lower_parts(context, &rest)) {
        Some(then) => then?,
        None => context.unread(&extent(&rest)),
    };
    // "women of childbearing potential and men must use …", "< 11 for males and < 10 for females": nobody is both.
    let of_men = matches!(test, Test::Childbearing) && {
        let words = context.text.get(extent(all)).unwrap_or_default();
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| ["men", "male", "males"].iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    if let Some(sex) = sex_of(&test)
        && (of_men || asks_of_other(&then, sex))
    {
        let waits = only_waits(&then);
        return Some(if waits { of_everybody(then) } else { context.unread(&extent(all)) });
    }
    let condition = Expr::Atom(crate::expr::Atom { test, span, firmness: Firmness::Certain });
    Some(Expr::Implies { condition: Box::new(condition), then: Box::new(then), sense: context.sense })
}

/// Whose condition a test is, if it is one of sex.
fn sex_of(test: &Test) -> Option<WantedSex> {
    match test {
        Test::Sex(sex) => Some(*sex),
        Test::Childbearing => Some(WantedSex::Female),
        _ => None,
    }
}

/// Whether an implication inside concerns the other sex.
fn asks_of_other(expr: &Expr, sex: WantedSex) -> bool {
    match expr {
        Expr::Implies { condition, then, .. } => {
            let other = match condition.as_ref() {
                Expr::Atom(atom) => sex_of(&atom.test).is_some_and(|inner| inner != sex),
                _ => false,
            };
            other || asks_of_other(then, sex)
        }
        Expr::And(args) | Expr::Or(args) => args.iter().any(|arg| asks_of_other(arg, sex)),
        Expr::Not(arg) => asks_of_other(arg, sex),
        _ => false,
    }
}

/// Whether nothing is asked but judgement and consent.
fn only_waits(expr: &Expr) -> bool {
    match expr {
        Expr::Implies { then, .. } => only_waits(then),
        Expr::And(args) | Expr::Or(args) => args.iter().all(only_waits),
        Expr::Atom(atom) => matches!(atom.test, Test::Judgement(_) | Test::Consent(_)),
        _ => false,
    }
}

/// What is asked of either sex, asked of all.
fn of_everybody(expr: Expr) -> Expr {
    match expr {
        Expr::Implies { then, .. } => of_everybody(*then),
        Expr::And(args) => Expr::all(args.into_iter().map(of_everybody).collect()),
        Expr::Or(args) => Expr::any(args.into_iter().map(of_everybody).collect()),
        other => other,
    }
}

/// Whether a word for one sex limits whom the criterion concerns, rather than asking for that sex.
fn concerns_one_sex(context: &Context<'_>, all: &[Piece], at: usize) -> bool {
    let begins_with_for = all
        .get(at)
        .and_then(|piece| context.text.get(piece.range.clone()))
        .is_some_and(|t| t.to_ascii_lowercase().starts_with("for "));
    let colon_follows = all.get(at + 1).is_some_and(|piece| piece.kind == PieceKind::Colon);
    let agreement_follows =
        all.iter().skip(at + 1).any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Consent, "contraception")));
    begins_with_for || colon_follows || (at == 0 && agreement_follows)
}

/// The topic of a judgement or consent phrase.
pub(super) fn topic(value: &str) -> crate::expr::Topic {
    Lexicon::builtin().topic(value)
}

/// The bytes from the first to the last of the pieces.
pub(super) fn extent(pieces: &[Piece]) -> Range<usize> {
    let start = pieces.first().map_or(0, |piece| piece.range.start);
    let end = pieces.last().map_or(start, |piece| piece.range.end);
    start..end
}

/// The parts that are unread already.
pub(super) fn named_limits(all: &[Expr]) -> Vec<Expr> {
    let mut out = Vec::new();
    for expr in all {
        expr.for_each_leaf(&mut |leaf| {
            if matches!(leaf, Expr::Unread { .. }) {
                out.push(leaf.clone());
            }
        });
    }
    out
}
