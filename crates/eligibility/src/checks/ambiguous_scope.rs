//! Sentences in which it is open what a word reaches.

use super::material::{Item, Material, finding};
use super::phrases::Sort;
use super::rule;
use crate::codes;
use trialway_criteria::Kind;
use trialway_diagnostics::{Diagnostic, Said, Severity, Span};
use trialway_terminology::{Domain, WordKind};

rule! {
    /// Reports: grounds of exclusion joined by `and`; a `without`, a time or a `that …` beside alternatives, where it is open whether it
    /// holds for one or for all of them; `before screening` without a time; a permission inside a requirement.
    /// Why it matters: two readers may exclude different patients. Trialway's reading is `likely` at most, or leaves the part unread.
    /// Example: `severe heart disease, mental illness and cognitive dysfunction` under exclusion; `congenital heart disease or
    /// infarction within 6 months`.
    /// What to do: write `or`, repeat the time or the `without`, or make it one item each.
    /// Source: docs/semantics.md, and/or scope.
    RULE = codes::AMBIGUOUS_SCOPE, "ambiguous-scope", Warning, "ambiguous scope"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for at in 0..item.words.len() {
            match item.norm(at) {
                "without" => out.extend(without(item, at)),
                "within" => out.extend(window(item, at)),
                "that" | "which" => out.extend(relative(item, at)),
                "before" | "prior" => out.extend(anchor(item, at)),
                "agree" => out.extend(subject(item, at)),
                _ => {}
            }
        }
        permission(item, out);
    }
}

/// "Without remission or relapse after remission": what is lacking, or what came instead?
fn without(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    const INSTEAD: [&str; 7] =
        ["relapse", "recurrence", "progression", "worsening", "flare", "deterioration", "relapsed"];
    let clause = item.clause(at);
    let or = (at + 1..clause.end.min(at + 7)).find(|k| item.norm(*k) == "or")?;
    let next = or + 1;
    if !INSTEAD.contains(&item.norm(next)) {
        return None;
    }
    let end = (next + 1..clause.end).find(|k| matches!(item.norm(*k), "," | "and")).unwrap_or(clause.end).min(next + 4);
    let message = Said::new("ambiguous scope: does `without` deny `{word}` too").with("word", item.norm(next));
    Some(
        finding(&RULE, Severity::Warning, item.span(&(at..end)), message)
            .with_help(Said::new("write `without …, or with {word} …`").with("word", item.norm(next))),
    )
}

/// "Congenital heart disease or infarction within 6 months": does the time limit both?
fn window(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    // A state that does not begin: a time that limits it would be odd, so it is open whether it is meant to.
    const LASTING: [&str; 5] = ["congenital", "hereditary", "inherited", "chronic", "genetic"];
    if item.criterion.kind != Kind::Exclusion {
        return None;
    }
    let clause = item.clause(at);
    let or = (clause.start..at).rev().find(|k| matches!(item.norm(*k), "or" | "and"))?;
    let timed = (clause.start..at).any(|k| matches!(item.norm(k), "within" | "ago" | "last" | "past" | "previous"));
    if timed || at - or > 8 {
        return None;
    }
    let named = |from: usize, to: usize| {
        let bytes = item.span(&(from..to));
        item.criterion.entities.iter().any(|entity| entity.domain == Domain::Condition && bytes.contains(entity.span))
    };
    let lasting = (clause.start..or).find(|k| LASTING.contains(&item.norm(*k)))?;
    if !named(clause.start, or) || !named(or, at) {
        return None;
    }
    let start = (clause.start..lasting)
        .rev()
        .find(|k| matches!(item.norm(*k), "," | "or" | "and"))
        .map_or(clause.start, |k| k + 1);
    let end = clause.end.min(at + 6);
    let message =
        Said::new("ambiguous scope: does the time limit `{written}` too").with("written", item.written(&(lasting..or)));
    Some(
        finding(&RULE, Severity::Warning, item.span(&(start..end)), message)
            .with_help("give the time beside what it limits, and make the other an item of its own"),
    )
}

/// "Fungal, bacterial or other infections that require treatment": which of them?
fn relative(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    const VERBS: [&str; 12] =
        ["cannot", "require", "requires", "need", "needs", "are", "is", "cause", "may", "might", "can", "could"];
    if !VERBS.contains(&item.norm(at + 1)) || item.norm(at) == "that" && at > 0 && item.norm(at - 1) == "so" {
        return None;
    }
    let clause = item.clause(at);
    let from = at.saturating_sub(5).max(clause.start);
    let or = (from..at).rev().find(|k| item.norm(*k) == "or")?;
    let listed = (clause.start..or).filter(|k| item.norm(*k) == ",").count() >= 2
        || (clause.start..or).any(|k| item.norm(k) == ",") && item.norm(or + 1) == "other";
    if !listed || item.criterion.kind != Kind::Exclusion {
        return None;
    }
    let end = clause.end.min(at + 8);
    let message = "ambiguous scope: does the clause limit all of the list or its last part";
    Some(
        finding(&RULE, Severity::Info, item.span(&(at..end)), message)
            .with_help("make it two items, or repeat the clause"),
    )
}

/// "Malignancy before screening": how long before?
fn anchor(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    const ANCHORS: [&str; 5] = ["screening", "enrollment", "randomization", "inclusion", "baseline"];
    let mut next = at + 1;
    if item.norm(at) == "prior" {
        if item.norm(next) != "to" {
            return None;
        }
        next += 1;
    }
    next += usize::from(matches!(item.norm(next), "the" | "study"));
    if !ANCHORS.contains(&item.norm(next)) || item.criterion.kind != Kind::Exclusion || item.parent.is_some() {
        return None;
    }
    let clause = item.clause(at);
    let timed = |k: usize| {
        item.kind(k) == Some(WordKind::Number)
            || matches!(
                item.norm(k),
                "month"
                    | "week"
                    | "year"
                    | "day"
                    | "hour"
                    | "within"
                    | "time"
                    | "immediately"
                    | "ever"
                    | "just"
                    | "last"
                    | "shortly"
                    | "stable"
                    | "until"
                    | "if"
                    | "must"
                    | "start"
            )
    };
    let before = clause.start..at;
    let of_disease = item.criterion.entities.iter().any(|entity| {
        entity.domain == Domain::Condition
            && item.span(&(at.saturating_sub(4).max(clause.start)..at)).contains(entity.span)
    });
    if before.clone().any(timed) || (next + 1..clause.end).any(timed) || !of_disease || before.is_empty() {
        return None;
    }
    let start = at.saturating_sub(4).max(clause.start);
    let written = item.written(&(at..next + 1));
    let message =
        Said::new("ambiguous scope: `{written}` limits nothing without a length of time").with("written", written);
    Some(
        finding(&RULE, Severity::Info, item.span(&(start..next + 1)), message)
            .with_help("name the time, or say `ever`"),
    )
}

/// "Negative pregnancy test for women, agree to use contraception": who agrees?
fn subject(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    let cut = at.checked_sub(1).filter(|before| item.norm(*before) == ",")?;
    let clause = item.clause(at);
    let women = |k: usize| matches!(item.norm(k), "female" | "women" | "woman" | "girl");
    let men = |k: usize| matches!(item.norm(k), "male" | "men" | "man" | "partner" | "boy");
    let said = (clause.start..cut).any(women) && !(clause.start..clause.end).any(men);
    // "Women who …, agree to …" has a subject; "a test for women, agree to …" has none.
    let leads = women(item.first_word()) || women(item.first_word() + 1);
    (item.norm(at + 1) == "to" && said && !leads).then(|| {
        finding(
            &RULE,
            Severity::Info,
            item.span(&(clause.start..clause.end.min(at + 6))),
            "ambiguous scope: who is to agree",
        )
        .with_help("say who must agree")
    })
}

/// A permission beside what is asked.
fn permission(item: &Item<'_>, out: &mut Vec<Diagnostic>) {
    if item.criterion.kind != Kind::Inclusion {
        return;
    }
    let hits: Vec<_> = item.hits.iter().filter(|hit| hit.entry.sort == Sort::Permission).collect();
    if hits.is_empty() {
        return;
    }
    let sentences = item.sentences();
    for hit in hits {
        let at = sentences.partition_point(|sentence| sentence.end <= hit.words.start);
        let Some(sentence) = sentences.get(at) else { continue };
        // An item that only permits asks nothing of anybody else.
        if sentences.len() < 2 && sentence.start == 0 && hit.words.start < 6 {
            continue;
        }
        let span: Span = item.span(&(sentence.start..hit.words.end));
        let written = item.written(&hit.words);
        let message =
            Said::new("ambiguous scope: `{written}` is a permission inside a requirement; does the rest still apply");
        let message = message.with("written", written);
        out.push(finding(&RULE, Severity::Info, span, message).with_help("make it a criterion of its own"));
    }
}
