//! Numbers against limits, results in words, and grades.

use super::{show, time};
use crate::evaluate::Case;
use crate::evidence::{Evidence, Shown};
use crate::need::{Ask, Need};
use crate::outcome::{Cause, Outcome};
use trialway_eligibility::expr::{
    Comparator, GradeTest, MeasurementTest, Relative, ResultTest, WantedResult, Window, WindowKind,
};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, Fact, FactKind, PartialDate, Value, ValueRange, completed};
use trialway_terminology::{ConceptId, Method};
use trialway_units::{Analyte, Decimal, Unit, convert};

/// The latest facts of a concept with a value on or before `as_of`: several when they share their moment, or when partial
/// dates leave open which is the later. One without a date counts only where none has a date. What was calculated counts
/// where the criterion accepts its formula, and only where nothing measured is as new.
pub(super) fn latest<'a>(
    concept: &ConceptId,
    window: Option<&Window>,
    methods: Option<&[Method]>,
    case: &Case<'a>,
) -> Vec<&'a Fact> {
    let accepted = |fact: &Fact| match (&fact.derivation, methods) {
        (None, _) => fact.kind != FactKind::Derived,
        (Some(derivation), Some(named)) => derivation.method.is_accepted_by(named),
        (Some(_), None) => false,
    };
    let mut found: Vec<&Fact> = case
        .facts
        .facts
        .iter()
        .filter(|fact| matches!(fact.kind, FactKind::Observation | FactKind::Report | FactKind::Derived))
        .filter(|fact| accepted(fact))
        .filter(|fact| fact.value != Some(Value::Absent) && (fact.value.is_some() || fact.kind == FactKind::Report))
        .filter(|fact| fact.concepts.iter().any(|id| case.terminology.is_a(id, concept)))
        .filter(|fact| fact.period.start.is_none_or(|start| start.earliest <= case.options.as_of))
        .filter(|fact| {
            window.is_none_or(|window| {
                matches!(window.kind, WindowKind::Future | WindowKind::Lasting)
                    || time::within(fact, window, case.options.as_of) != Truth::False
            })
        })
        .collect();
    let last = found.iter().filter_map(|fact| fact.period.start).map(|start| start.earliest).max();
    if let Some(last) = last {
        found.retain(|fact| fact.period.start.is_some_and(|start| start.latest >= last));
    }
    if found.iter().any(|fact| fact.kind != FactKind::Derived) {
        found.retain(|fact| fact.kind != FactKind::Derived);
    }
    found
}

fn missing(concept: &ConceptId, case: &Case<'_>) -> Outcome {
    Outcome::open(Cause::MissingData, Need::about(Ask::Itself, show::question(concept, case)))
}

/// What one of several results of the same moment says.
enum Said {
    /// True or false, or open because the value is known only as a range: it could still turn out either way.
    Comparable(Outcome),
    /// Nothing that could be compared: words, another dimension, no reference range.
    Unusable(Outcome),
}

/// Joins what several facts of the same moment say; where they differ, or may still differ, it is open.
fn agree(said: Vec<Said>, concept: &ConceptId, case: &Case<'_>) -> Outcome {
    let (mut comparable, mut unusable) = (Vec::new(), Vec::new());
    for one in said {
        match one {
            Said::Comparable(outcome) => comparable.push(outcome),
            Said::Unusable(outcome) => unusable.push(outcome),
        }
    }
    let mut iter = if comparable.is_empty() { unusable } else { comparable }.into_iter();
    let Some(first) = iter.next() else { return missing(concept, case) };
    iter.fold(first, |mut joint, next| {
        if joint.truth != next.truth {
            let mut open =
                Outcome::open(Cause::MissingData, Need::about(Ask::WhichResult, show::question(concept, case)));
            open.evidence = joint.evidence.into_iter().chain(next.evidence).collect();
            return open;
        }
        joint.evidence.extend(next.evidence);
        joint
    })
}

/// A number against a limit.
pub(super) fn compare(test: &MeasurementTest, case: &Case<'_>) -> Outcome {
    // A multiple of a normal limit is one of the laboratory's own result.
    let methods = test.relative.is_none().then_some(test.methods.as_slice());
    let facts = latest(&test.concept, test.window.as_ref(), methods, case);
    let inputs: Vec<_> = facts.iter().flat_map(|fact| show::inputs(fact, case)).collect();
    let said = facts.into_iter().map(|fact| in_window(compare_one(test, fact, case), fact, test, case)).collect();
    let mut out = agree(said, &test.concept, case);
    for input in inputs {
        if !out.evidence.contains(&input) {
            out.evidence.push(input);
        }
    }
    if out.truth.is_known() && out.evidence.iter().any(|evidence| evidence.stale) {
        out.needs.push(Need::about(Ask::MeasureAgain, show::question(&test.concept, case)));
    }
    out
}

/// Open where a partial date leaves open whether the result lies in the window.
fn in_window(said: Said, fact: &Fact, test: &MeasurementTest, case: &Case<'_>) -> Said {
    let Some(window) = &test.window else { return said };
    let asks = matches!(window.kind, WindowKind::WithinPast | WindowKind::LongerAgo);
    match said {
        Said::Comparable(_) if asks && time::within(fact, window, case.options.as_of) == Truth::Unknown => {
            let need = Need::about(Ask::ExactDate, show::question(&test.concept, case));
            Said::Comparable(Outcome::open(Cause::MissingData, need).with(show::evidence(fact, case)))
        }
        said => said,
    }
}

fn compare_one(test: &MeasurementTest, fact: &Fact, case: &Case<'_>) -> Said {
    let evidence = show::evidence(fact, case);
    let question = || show::question(&test.concept, case);
    let open = |ask: Ask| {
        Said::Unusable(Outcome::open(Cause::MissingData, Need::about(ask, question())).with(show::evidence(fact, case)))
    };
    let (number, unit) = match &fact.value {
        Some(Value::Quantity { number, unit, .. }) => (number, unit.clone()),
        Some(Value::Titre { number, .. }) => (number, Some("{titer}".to_owned())),
        Some(Value::Date(first)) if fact.kind == FactKind::Derived => return weeks_since(*first, test, fact, case),
        // Not detected is below any limit of a reference range.
        Some(Value::Detected { detected: false, .. }) if test.relative == Some(Relative::UpperLimit) => {
            let holds = matches!(test.comparator, Comparator::AtMost | Comparator::LessThan);
            return Said::Comparable(Outcome::by(holds, evidence));
        }
        _ => return open(Ask::Number),
    };
    // A score below its scale is no score.
    let negative = number.high.is_some_and(|(high, _)| high < Decimal::ZERO);
    if negative && (test.concept.as_str().starts_with("score:") || test.concept.as_str().starts_with("vital:")) {
        return open(Ask::PossibleValue);
    }
    let factor = match test.relative {
        None => None,
        Some(Relative::UpperLimit) => match fact.reference.1 {
            Some(high) => Some(high),
            None => return open(Ask::NormalRange),
        },
        Some(Relative::LowerLimit) => match fact.reference.0 {
            Some(low) => Some(low),
            None => return open(Ask::NormalRange),
        },
        Some(Relative::Baseline) => return open(Ask::AtBaseline),
    };
    let limit = match factor {
        Some(factor) => match test.value.checked_mul(factor) {
            Some(limit) => limit,
            None => return open(Ask::Itself),
        },
        None => match limit_in(test, unit.as_deref(), case) {
            Some(limit) => limit,
            None => match span_holds(test, number, unit.as_deref()) {
                Some(Truth::Unknown) => return open(Ask::ExactValue),
                Some(truth) => return Said::Comparable(Outcome::by(truth == Truth::True, evidence)),
                None => return open(Ask::ComparableUnit),
            },
        },
    };
    match range_holds(number, test.comparator, limit) {
        Truth::Unknown => {
            Said::Comparable(Outcome::open(Cause::MissingData, Need::about(Ask::ExactValue, question())).with(evidence))
        }
        truth => Said::Comparable(Outcome::by(truth == Truth::True, evidence)),
    }
}

/// Weeks of a pregnancy are longer than these only where the dates are wrong, or it is over.
const LONGEST_WEEKS: i64 = 44;

/// Weeks of pregnancy on `as_of`, counted from the day given; days of a week that is not complete are a part of it.
fn weeks_since(first: PartialDate, test: &MeasurementTest, fact: &Fact, case: &Case<'_>) -> Said {
    let days = completed(first.earliest, case.options.as_of, Calendar::Days);
    let open = |evidence| {
        let need = Need::about(Ask::Itself, show::question(&test.concept, case));
        Said::Unusable(Outcome::open(Cause::MissingData, need).with(evidence))
    };
    let mut evidence = show::evidence(fact, case);
    if !(0..=LONGEST_WEEKS * 7).contains(&days) {
        return open(evidence);
    }
    if let Shown::Entry(entry) = &mut evidence.shown {
        entry.gestation_days = Some(days);
    }
    let Some(limit) = Unit::new("wk").and_then(|weeks| limit_in(test, Some(weeks.as_str()), case)) else {
        return open(evidence);
    };
    let Some(weeks) = Decimal::from(days).checked_div(Decimal::from(7)) else {
        return open(evidence);
    };
    let holds = range_holds(&ValueRange::exact(weeks), test.comparator, limit);
    Said::Comparable(Outcome::by(holds == Truth::True, evidence))
}

/// What is measured in one unit everywhere, so that texts leave it out.
const ONE_UNIT: [&str; 2] = ["vital:bmi", "lab:egfr"];

/// The limit in the unit of the value; none where the two cannot be compared.
pub(super) fn limit_in(test: &MeasurementTest, unit: Option<&str>, case: &Case<'_>) -> Option<Decimal> {
    let laboratory = case.terminology.concept(&test.concept).and_then(|concept| concept.laboratory.as_ref());
    let canonical = laboratory.and_then(|laboratory| Unit::new(&laboratory.unit));
    let value_unit = Unit::new(unit?)?;
    let pure = |unit: &Unit| matches!(unit.as_str(), "1" | "{score}" | "{titer}" | "{INR}");
    let limit_unit = match (&test.unit, &canonical) {
        (Some(unit), _) => unit.clone(),
        // A limit without a unit is in the usual one only for numbers that have none, and where no other unit is in use.
        (None, Some(canonical)) if pure(canonical) || ONE_UNIT.contains(&test.concept.as_str()) => canonical.clone(),
        (None, _) if pure(&value_unit) => value_unit.clone(),
        (None, _) => return None,
    };
    if pure(&limit_unit) && pure(&value_unit) {
        return Some(test.value);
    }
    let analyte = Analyte {
        molar_mass: laboratory.and_then(|l| l.molar_mass.as_ref()).and_then(|mass| mass.parse().ok()),
        valence: if test.concept.as_str() == "lab:potassium" || test.concept.as_str() == "lab:sodium" {
            Some(1)
        } else {
            None
        },
    };
    convert(test.value, &limit_unit, &value_unit, Some(&analyte)).ok()
}

/// Fewest and most days of one unit of time. A month counts as at least four weeks: who says "12 weeks" may mean three months.
fn days_of(unit: &str) -> Option<(Decimal, Decimal)> {
    let whole = |days: i64| (Decimal::from(days), Decimal::from(days));
    Some(match unit {
        "d" => whole(1),
        "wk" => whole(7),
        "mo" => (Decimal::from(28), Decimal::from(31)),
        "a" => (Decimal::from(12 * 28), Decimal::from(366)),
        _ => return None,
    })
}

/// A span of time against a limit in another unit of time: decided where the length of the months cannot matter.
fn span_holds(test: &MeasurementTest, number: &ValueRange, unit: Option<&str>) -> Option<Truth> {
    let limit = test.unit.as_ref()?.as_str();
    let value = unit?;
    let holds = |factor: Decimal| Some(range_holds(number, test.comparator, test.value.checked_mul(factor)?));
    // Twelve months are a year.
    match (limit, value) {
        ("a", "mo") => return holds(Decimal::from(12)),
        ("mo", "a") => return holds(Decimal::ONE.checked_div(Decimal::from(12))?),
        _ => {}
    }
    let ((least, most), (low, high)) = (days_of(limit)?, days_of(value)?);
    let (first, second) = (holds(least.checked_div(high)?)?, holds(most.checked_div(low)?)?);
    Some(if first == second { first } else { Truth::Unknown })
}

/// Whether every number of a range compares so, none does, or some do.
fn range_holds(number: &ValueRange, comparator: Comparator, limit: Decimal) -> Truth {
    let above = |inclusive: bool| match (number.low, number.high) {
        (Some((low, closed)), _) if low > limit || (low == limit && (inclusive || !closed)) => Truth::True,
        (_, Some((high, closed))) if high < limit || (high == limit && (!inclusive || !closed)) => Truth::False,
        _ => Truth::Unknown,
    };
    match comparator {
        Comparator::AtLeast => above(true),
        Comparator::MoreThan => above(false),
        Comparator::LessThan => above(true).not(),
        Comparator::AtMost => above(false).not(),
        Comparator::Equal => above(true).and(above(false).not()),
    }
}

/// A result in words.
pub(super) fn result(test: &ResultTest, case: &Case<'_>) -> Outcome {
    let mut facts = latest(&test.concept, test.window.as_ref(), None, case);
    if matches!(test.wanted, WantedResult::Positive | WantedResult::Negative) {
        // Tests of one kind done at different times all count for a positive finding; the latest of each test does.
        facts = all_latest(&test.concept, case);
    }
    if facts.is_empty() {
        return missing(&test.concept, case);
    }
    let outcomes: Vec<Outcome> = facts.into_iter().map(|fact| result_one(test, fact, case)).collect();
    match test.wanted {
        WantedResult::Positive => Outcome::any(outcomes),
        WantedResult::Negative => Outcome::all(outcomes),
        _ => {
            let said = outcomes
                .into_iter()
                .map(|one| if one.truth.is_known() { Said::Comparable(one) } else { Said::Unusable(one) })
                .collect();
            agree(said, &test.concept, case)
        }
    }
}

/// The latest fact of each special test of a kind.
pub(super) fn all_latest<'a>(concept: &ConceptId, case: &Case<'a>) -> Vec<&'a Fact> {
    let mut kinds: Vec<&ConceptId> = case
        .facts
        .facts
        .iter()
        .flat_map(|fact| &fact.concepts)
        .filter(|id| case.terminology.is_a(id, concept))
        .collect();
    kinds.sort();
    kinds.dedup();
    let mut out: Vec<&Fact> = Vec::new();
    for kind in kinds {
        for fact in latest(kind, None, None, case) {
            if !out.contains(&fact) {
                out.push(fact);
            }
        }
    }
    out
}

fn result_one(test: &ResultTest, fact: &Fact, case: &Case<'_>) -> Outcome {
    let evidence = show::evidence(fact, case);
    let truth = match test.wanted {
        WantedResult::Positive => positive(fact),
        WantedResult::Negative => positive(fact).not(),
        WantedResult::AboveNormal => above_normal(fact),
        WantedResult::BelowNormal => below_normal(fact),
        WantedResult::Normal => abnormal(fact).not(),
        WantedResult::Abnormal => abnormal(fact),
    };
    match truth {
        Truth::Unknown => {
            Outcome::open(Cause::MissingData, Need::about(Ask::Itself, show::question(&test.concept, case)))
                .with(evidence)
        }
        known => Outcome::by(known == Truth::True, evidence),
    }
}

pub(super) fn positive(fact: &Fact) -> Truth {
    match &fact.value {
        Some(Value::Detected { detected, .. }) => (*detected).into(),
        Some(Value::Answer { yes, .. }) => (*yes).into(),
        Some(Value::Quantity { number, .. }) => match (fact.reference.1, fact.interpretation.as_deref()) {
            (Some(high), _) => range_holds(number, Comparator::MoreThan, high),
            (None, Some("POS" | "DET" | "RR" | "H" | "HH" | "A")) => Truth::True,
            (None, Some("NEG" | "ND" | "N" | "NR")) => Truth::False,
            // A cell count or viral load without a range: any is positive, none is negative.
            (None, _) => range_holds(number, Comparator::MoreThan, Decimal::ZERO),
        },
        _ => match fact.interpretation.as_deref() {
            Some("POS" | "DET" | "RR") => Truth::True,
            Some("NEG" | "ND" | "NR") => Truth::False,
            _ => Truth::Unknown,
        },
    }
}

fn above_normal(fact: &Fact) -> Truth {
    match &fact.value {
        Some(Value::Detected { detected: false, .. }) => Truth::False,
        Some(Value::Quantity { number, .. }) => match (fact.reference.1, fact.interpretation.as_deref()) {
            (Some(high), _) => range_holds(number, Comparator::MoreThan, high),
            (None, Some("H" | "HH" | "HU")) => Truth::True,
            (None, Some("N" | "L" | "LL")) => Truth::False,
            _ => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

fn below_normal(fact: &Fact) -> Truth {
    match &fact.value {
        Some(Value::Quantity { number, .. }) => match (fact.reference.0, fact.interpretation.as_deref()) {
            (Some(low), _) => range_holds(number, Comparator::LessThan, low),
            (None, Some("L" | "LL")) => Truth::True,
            (None, Some("N" | "H" | "HH")) => Truth::False,
            _ => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

fn abnormal(fact: &Fact) -> Truth {
    if let Some(Value::Quantity { .. }) = &fact.value {
        return match fact.reference {
            (Some(_), Some(_)) => above_normal(fact).or(below_normal(fact)),
            (Some(_), None) => below_normal(fact),
            (None, Some(_)) => above_normal(fact),
            (None, None) => match fact.interpretation.as_deref() {
                Some("N") => Truth::False,
                Some("H" | "HH" | "L" | "LL" | "A" | "AA") => Truth::True,
                _ => Truth::Unknown,
            },
        };
    }
    let text = fact.notes.join(" ").to_ascii_lowercase();
    const NORMAL: [&str; 6] = [
        "no obvious abnormality",
        "no abnormality",
        "no significant abnormality",
        "within normal limits",
        "unremarkable",
        "normal sinus rhythm",
    ];
    const ABNORMAL: [&str; 10] = [
        "abnormal",
        "prolonged",
        "block",
        "fibrillation",
        "tachycardia",
        "bradycardia",
        "st depression",
        "st elevation",
        "inversion",
        "ischemi",
    ];
    let says = |list: &[&str]| list.iter().any(|word| text.contains(word));
    let plain = text
        .replace("no obvious abnormality", "")
        .replace("no abnormality", "")
        .replace("no significant abnormality", "");
    match (says(&NORMAL), ABNORMAL.iter().any(|word| plain.contains(word))) {
        (_, true) => Truth::True,
        (true, false) => Truth::False,
        (false, false) if text.starts_with("normal") => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The stages of tumors, of which a record may name a whole group ("stage III").
const STAGE: &str = "scale:cancer_stage";

/// A recorded stage: one of a group that is only partly among those asked for leaves it open.
fn stage(test: &GradeTest, fact: &Fact, ordinals: &[u8], case: &Case<'_>) -> Outcome {
    let n_wanted = ordinals.iter().filter(|ordinal| test.wanted.contains(ordinal)).count();
    let evidence = show::evidence(fact, case);
    if n_wanted > 0 && n_wanted < ordinals.len() {
        return Outcome::open(Cause::MissingData, Need::about(Ask::Itself, show::question(&test.scale, case)))
            .with(evidence);
    }
    Outcome::by(n_wanted > 0, evidence)
}

/// A disease and the measurements below which it is controlled: concept, limit, unit.
type Control = (&'static str, &'static [(&'static str, i64, &'static str)]);

/// What shows a disease to be controlled.
pub(super) const CONTROL: [Control; 2] = [
    ("condition:hypertension", &[("vital:systolic", 140, "mm[Hg]"), ("vital:diastolic", 90, "mm[Hg]")]),
    ("condition:diabetes", &[("lab:hba1c", 7, "%")]),
];

/// The measurements that show a disease to be controlled; none where they do not.
///
/// **Units**: blood pressure below 140/90 mm Hg, glycated haemoglobin below 7 %.
pub(super) fn controlled(fact: &Fact, case: &Case<'_>) -> Option<Vec<Evidence>> {
    let (_, limits) = CONTROL.iter().find(|(disease, _)| {
        let disease = ConceptId::new(disease);
        fact.concepts.iter().any(|id| case.terminology.is_a(id, &disease))
    })?;
    let mut out = Vec::new();
    for (concept, value, unit) in *limits {
        let test = MeasurementTest {
            concept: ConceptId::new(concept),
            comparator: Comparator::LessThan,
            value: Decimal::from(*value),
            unit: Unit::new(unit),
            relative: None,
            window: None,
            methods: Vec::new(),
        };
        let found = compare(&test, case);
        if found.truth != Truth::True || found.evidence.iter().any(|evidence| evidence.stale) {
            return None;
        }
        out.extend(found.evidence);
    }
    Some(out)
}

/// A class, grade or stage.
pub(super) fn grade(test: &GradeTest, case: &Case<'_>) -> Outcome {
    let mut found: Vec<(&Fact, &Vec<u8>)> = Vec::new();
    for fact in case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of)) {
        if let Some(window) = &test.window
            && time::within(fact, window, case.options.as_of) == Truth::False
        {
            continue;
        }
        if let Some((_, ordinals)) = fact.grades.iter().find(|(scale, _)| *scale == test.scale) {
            found.push((fact, ordinals));
        }
    }
    let last = found.iter().filter_map(|(fact, _)| fact.period.start).map(|start| start.latest).max();
    if last.is_some() {
        found.retain(|(fact, _)| fact.period.start.map(|start| start.latest) == last);
    }
    if found.iter().any(|(fact, _)| fact.kind != FactKind::Derived) {
        found.retain(|(fact, _)| fact.kind != FactKind::Derived);
    }
    if found.is_empty() {
        // Without the disease that the scale grades there is no grade.
        if let Some(of) = &test.of {
            let none =
                !case.facts.facts.iter().any(|fact| fact.concepts.iter().any(|id| case.terminology.is_a(id, of)));
            if none && case.options.policy == crate::screening::Policy::Chart && test.window.is_some() {
                return Outcome::assumed_absent();
            }
        }
        return missing(&test.scale, case);
    }
    if test.scale.as_str() == STAGE {
        return Outcome::any(found.into_iter().map(|(fact, ordinals)| stage(test, fact, ordinals, case)).collect());
    }
    Outcome::any(
        found
            .into_iter()
            .map(|(fact, ordinals)| {
                Outcome::by(ordinals.iter().any(|ordinal| test.wanted.contains(ordinal)), show::evidence(fact, case))
            })
            .collect(),
    )
}
