//! The units of a clause joined: which of them hold together, and which are alternatives.

use super::Context;
use super::subject::{lower_unit, softened};
use super::unit::{Conn, Unit};
use crate::codes;
use crate::expr::{Atom, Expr, Sense, Test, WantedResult};
use trialway_diagnostics::{Diagnostic, Severity as FindingSeverity};

/// Joins the units: `and` binds stronger than `or`; commas take the connector that ends their list.
pub(super) fn join(context: &mut Context<'_>, units: &[Unit]) -> Option<Expr> {
    let mut exprs: Vec<(Conn, Expr, bool)> = Vec::new();
    for unit in units {
        if let Some(expr) = lower_unit(context, unit) {
            // "AST and/or ALT <= 3": of what is required each limit holds.
            let each = unit.and_or && unit.has_predicate() && context.sense == Sense::Required && !context.of_grounds;
            let conn = match (each, unit.is_example) {
                (true, _) => Conn::And,
                (false, true) => Conn::Or,
                (false, false) => unit.conn,
            };
            exprs.push((conn, expr, unit.has_predicate() || unit.response.is_some()));
        }
    }
    if exprs.len() <= 1 {
        return exprs.pop().map(|(_, expr, _)| expr);
    }
    let mut resolved: Vec<Conn> = exprs.iter().map(|(conn, ..)| *conn).collect();
    // "bilirubin < 1.5, AST or ALT < 3": the comma ends a limit of its own; the alternative is of the names behind it.
    let own_limit: Vec<bool> = units
        .iter()
        .map(|unit| unit.pieces.iter().any(|piece| matches!(piece.kind, crate::piece::PieceKind::Comparison(_))))
        .collect();
    let mut comma_ends = false;
    for at in (0..resolved.len()).rev() {
        let ends = units.len() == exprs.len()
            && at > 0
            && own_limit.get(at - 1) == Some(&true)
            && own_limit.get(at) == Some(&false)
            && units.get(at).is_some_and(Unit::has_predicate);
        if ends && context.sense == Sense::Required && resolved.get(at) == Some(&Conn::Comma) {
            if let Some(slot) = resolved.get_mut(at) {
                *slot = Conn::And;
            }
            comma_ends = true;
            continue;
        }
        if resolved.get(at) == Some(&Conn::Comma) {
            let next = resolved.get(at + 1).copied().filter(|c| matches!(c, Conn::And | Conn::Or));
            let default = if context.sense == Sense::Required { Conn::And } else { Conn::Or };
            if let Some(slot) = resolved.get_mut(at) {
                *slot = next.unwrap_or(default);
            }
        }
    }
    // "class III heart failure, angina or a stroke, and arrhythmia": what belongs together is not said.
    let events = |expr: &Expr| {
        let mut found = false;
        expr.for_each_leaf(&mut |leaf| {
            found |= matches!(leaf, Expr::Atom(Atom { test: Test::Event(_) | Test::Grade(_), .. }));
        });
        found
    };
    let mixed = resolved.contains(&Conn::And)
        && resolved.contains(&Conn::Or)
        && !units.iter().any(|unit| unit.neither)
        && (context.sense == Sense::Required || exprs.iter().any(|(_, _, predicate)| *predicate))
        && exprs.iter().any(|(_, expr, _)| events(expr));
    // "a biopsy, and asthma or eczema": what comes first is of another kind than all of the alternatives.
    let kind = |expr: &Expr| match expr {
        Expr::Atom(Atom { test: Test::Event(event), .. }) => Some(event.role),
        _ => None,
    };
    if let (true, Some(((_, first, _), rest))) = (mixed && resolved.get(1) == Some(&Conn::And), exprs.split_first())
        && resolved.iter().skip(2).all(|conn| *conn == Conn::Or)
        && let Some(of_rest) = rest.first().and_then(|(_, expr, _)| kind(expr))
        && kind(first).is_some_and(|of_first| of_first != of_rest)
        && rest.iter().all(|(_, expr, _)| kind(expr) == Some(of_rest))
    {
        let any = Expr::any(rest.iter().map(|(_, expr, _)| expr.clone()).collect());
        return Some(Expr::all(vec![first.clone(), any]));
    }
    if mixed && let Some((first, last)) = units.first().zip(units.last()) {
        // Whatever belongs together: where none of them holds, the list does not hold.
        let unread = context.unread(&(first.extent().start..last.extent().end));
        let any = Expr::any(exprs.into_iter().map(|(_, expr, _)| expr).collect());
        return Some(Expr::all(vec![any, unread]));
    }
    // "leukocytes >= 3, hemoglobin >= 10, and creatinine <= 1.6 or clearance >= 60": the last limit has another beside it.
    let measured = |expr: &Expr| {
        let mut all = true;
        expr.for_each_leaf(&mut |leaf| all &= matches!(leaf, Expr::Atom(Atom { test: Test::Measurement(_), .. })));
        all
    };
    let one_alternative = (resolved.len() > 3 || comma_ends)
        && resolved.last() == Some(&Conn::Or)
        && resolved.iter().skip(1).rev().skip(1).all(|conn| *conn == Conn::And);
    if context.sense == Sense::Required && one_alternative && exprs.iter().all(|(_, expr, _)| measured(expr)) {
        let mut all: Vec<Expr> = exprs.into_iter().map(|(_, expr, _)| expr).collect();
        let last = all.split_off(all.len().saturating_sub(2));
        all.push(Expr::any(last.into_iter().map(softened).collect()));
        return Some(Expr::all(all));
    }
    // A list of grounds of exclusion joined by "and": any of them excludes.
    let grounds = exprs.iter().all(|(_, _, predicate)| !predicate);
    let neither = units.iter().any(|unit| unit.neither);
    let n_read = exprs.len();
    let listed_and =
        !neither && resolved.contains(&Conn::And) && context.sense == Sense::Excluding && grounds && exprs.len() > 1;
    if listed_and {
        let verbs: Vec<bool> = units.iter().map(|unit| goes_on(context, unit)).collect();
        for (at, conn) in resolved.iter_mut().enumerate() {
            // "had a malignancy and have residual disease": both are said of one person.
            let goes_on = units.len() == n_read && verbs.get(at) == Some(&true);
            *conn = if *conn == Conn::And && !goes_on { Conn::Or } else { *conn };
        }
        let span = units
            .first()
            .zip(units.last())
            .map(|(first, last)| context.span(&(first.extent().start..last.extent().end)));
        let mut finding = Diagnostic::new(
            codes::AMBIGUOUS_SCOPE,
            FindingSeverity::Warning,
            "ambiguous scope: `and` among grounds of exclusion is read as `or`",
        );
        if let Some(span) = span {
            finding = finding.at(span);
        }
        context.findings.push(finding);
    }
    let mut alternatives: Vec<Vec<Expr>> = Vec::new();
    for ((_, expr, _), conn) in exprs.into_iter().zip(resolved) {
        let expr = if listed_and { softened(expr) } else { expr };
        match (conn, alternatives.last_mut()) {
            (Conn::And | Conn::None | Conn::Comma, Some(last)) => last.push(expr),
            _ => alternatives.push(vec![expr]),
        }
    }
    // "A or B positive and C": alternatives of one kind before an "and" are one group.
    let joined = regroup(units, alternatives);
    // "below 18 and above 85": nobody is both.
    Some(match joined {
        Expr::And(args) if outside(&args) => Expr::any(args.into_iter().map(softened).collect()),
        other => other,
    })
}

/// Whether two ages are asked for of which each rules out the other.
fn outside(args: &[Expr]) -> bool {
    use crate::expr::Comparator;
    let [Expr::Atom(Atom { test: Test::Age(one), .. }), Expr::Atom(Atom { test: Test::Age(other), .. })] = args else {
        return false;
    };
    let upper = |c: Comparator| matches!(c, Comparator::LessThan | Comparator::AtMost);
    let lower = |c: Comparator| matches!(c, Comparator::MoreThan | Comparator::AtLeast);
    let same = one.unit == other.unit && one.onset_of.is_none() && other.onset_of.is_none();
    same && (upper(one.comparator) && lower(other.comparator) && one.value < other.value
        || lower(one.comparator) && upper(other.comparator) && other.value < one.value)
}

/// Whether a unit begins with a verb whose subject stands before it ("… and have evidence of disease").
fn goes_on(context: &Context<'_>, unit: &Unit) -> bool {
    const VERBS: &[&str] = &["have", "has", "are", "is", "require", "requires", "develop", "develops", "remain"];
    let words = context.text.get(unit.extent()).unwrap_or_default().trim_start();
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    VERBS.iter().any(|verb| first.eq_ignore_ascii_case(verb))
}

/// Puts "(A or B) and C" right: where the last `and` joins a unit with its own predicate to a list of results of one kind.
fn regroup(units: &[Unit], alternatives: Vec<Vec<Expr>>) -> Expr {
    let results = units
        .iter()
        .filter(|unit| unit.result.as_ref().is_some_and(|(wanted, _)| *wanted == WantedResult::Positive))
        .count();
    let above = units
        .iter()
        .filter(|unit| unit.result.as_ref().is_some_and(|(wanted, _)| *wanted == WantedResult::AboveNormal))
        .count();
    if results >= 2
        && above == 1
        && alternatives.len() >= 2
        && let Some((last, rest)) = alternatives.split_last()
        && last.len() >= 2
    {
        let mut group: Vec<Expr> = rest.iter().cloned().map(Expr::all).collect();
        group.extend(last.first().cloned());
        let mut all = vec![Expr::any(group)];
        all.extend(last.iter().skip(1).cloned());
        return Expr::all(all);
    }
    Expr::any(alternatives.into_iter().map(Expr::all).collect())
}
