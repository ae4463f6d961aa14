//! Ages of the text against those of the record's own fields.

use super::interval::{Interval, Subject, conjuncts, limit};
use super::material::{Item, Material, finding, one_line};
use super::rule;
use crate::codes;
use crate::expr::{Atom, Expr, Firmness, Test};
use trialway_criteria::Kind;
use trialway_diagnostics::{Diagnostic, Said, Severity, Span};
use trialway_terminology::WordKind;
use trialway_units::Decimal;

rule! {
    /// Reports: an age limit in the text that differs from the record's own field, and one whose field says that there is none.
    /// Why it matters: one of the two is wrong; both count for the verdict, and searches by age use the field.
    /// Example: text `18 to 65 years`, field `maximumAge` 70 years.
    /// What to do: make them agree.
    /// Source: ClinicalTrials.gov data element definitions, age limits.
    RULE = codes::AGE_DISAGREES, "age-disagrees", Error, "written and structured age differ"
}

/// One end of the ages that the text asks for.
#[derive(Clone, Copy)]
struct End {
    days: Decimal,
    span: Span,
    certain: bool,
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let Some(fields) = material.study.map(|study| &study.eligibility) else { return };
    let (low, high) = ends(material);
    let sides = [
        (low, &fields.minimum_age, "minimumAge", "youngest", "no lower limit"),
        (high, &fields.maximum_age, "maximumAge", "oldest", "no upper limit"),
    ];
    for (end, field, name, word, none) in sides {
        let Some(end) = end else { continue };
        // A record without any of these fields lost them on the way.
        if field.is_none() && fields.sex.is_none() {
            continue;
        }
        let path = format!("protocolSection.eligibilityModule.{name}");
        let written = one_line(end.span.of(material.text));
        let Some(limit) = field else {
            let message = Said::new("the text limits the {end} age (`{written}`), the field `{field}` says {none}");
            let message = message.ours("end", word).with("written", written).with("field", name).ours("none", none);
            let help = Said::new("give `{field}`").with("field", name);
            out.push(finding(&RULE, Severity::Warning, end.span, message).in_field(path).with_help(help));
            continue;
        };
        let Some(days) = limit.approximate_days() else { continue };
        let year = Decimal::new(36_525, 2);
        let apart = (days - end.days).abs();
        // "Under 18" is published as 17 or as 18; months and weeks are rounded.
        if apart <= year {
            continue;
        }
        let severity = if end.certain { Severity::Error } else { Severity::Warning };
        let message = Said::new("the text asks for the {end} age of `{written}`, the field `{field}` says `{value}`");
        let message =
            message.ours("end", word).with("written", written).with("field", name).with("value", &limit.written);
        out.push(finding(&RULE, severity, end.span, message).in_field(path).with_help("make text and field agree"));
    }
}

/// The one youngest and the one oldest age of the text; none where there are several, or only for some.
fn ends(material: &Material<'_>) -> (Option<End>, Option<End>) {
    let (mut low, mut high): (Vec<End>, Vec<End>) = (Vec::new(), Vec::new());
    let several = material.logic.criteria.iter().any(|criterion| criterion.group.is_some())
        || material.n_sections(Kind::Inclusion) > 1;
    let mut n_ages = 0;
    for item in &material.items {
        item.criterion.logic.for_each_leaf(&mut |leaf| {
            n_ages += usize::from(matches!(leaf, Expr::Atom(atom) if limit(atom, material.terminology).is_some_and(|(s, _)| s == Subject::Age)));
        });
    }
    let mut n_used = 0;
    for item in material.items.iter().filter(|item| item.criterion.kind == Kind::Inclusion && item.parent.is_none()) {
        let mut atoms = Vec::new();
        conjuncts(&item.criterion.logic, &mut atoms);
        for atom in atoms {
            let Some((Subject::Age, interval)) = limit(atom, material.terminology) else { continue };
            n_used += 1;
            // Ages of children, donors and diseases stand further on.
            let (start, end) = (item.word_at(atom.span.start), item.word_at(atom.span.end));
            let words = item.written(&(0..end)).to_ascii_lowercase();
            let aged = ["age", "year", "old", "month", "yr"].iter().any(|word| words.contains(word));
            // "1.18 years" is the first item that lost its blank.
            let whole = matches!(&atom.test, Test::Age(test) if test.value.fract().is_zero());
            let of_disease = (start..end + 8).any(|at| {
                matches!(item.norm(at), "onset" | "diagnosis" | "diagnosed" | "when" | "first" | "time" | "birth")
            });
            if !item.leads_to(atom.span) || !aged || !whole || of_disease || names_another_age(item) {
                n_ages += 1;
            }
            push(&mut low, &mut high, interval, atom);
        }
    }
    let one =
        |ends: Vec<End>| if ends.len() == 1 && !several && n_used == n_ages { ends.first().copied() } else { None };
    (one(low), one(high))
}

/// "However, patients of 13 years may join": an age in a further sentence, however it was read.
fn names_another_age(item: &Item<'_>) -> bool {
    let mut ages = Vec::new();
    item.criterion.logic.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Age(_), span, .. }) = leaf {
            ages.push(*span);
        }
    });
    (0..item.words.len()).any(|at| {
        let span = item.span(&(at..at + 1));
        item.kind(at) == Some(WordKind::Number)
            && matches!(item.norm(at + 1), "year" | "yr" | "yo")
            && !ages.iter().any(|age| age.start <= span.end && span.start <= age.end)
    })
}

fn push(low: &mut Vec<End>, high: &mut Vec<End>, interval: Interval, atom: &Atom) {
    let end = |value: Decimal| End { days: value, span: atom.span, certain: atom.firmness == Firmness::Certain };
    // One exact age is a lost sign, not two limits.
    if interval.low.is_some() && interval.high.is_some() {
        return;
    }
    low.extend(interval.low.map(|(value, _)| end(value)));
    high.extend(interval.high.map(|(value, _)| end(value)));
}
