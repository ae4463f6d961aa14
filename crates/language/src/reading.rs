//! An expression as sentences.
//!
//! | logic | words |
//! | --- | --- |
//! | `lab:hemoglobin >= 60 g/L` | hemoglobin at least 60 g/L |
//! | `lab:alt <= 3 x ULN` | ALT (a liver enzyme) at most 3 times the laboratory's upper limit of normal |
//! | `condition:sle current` | has systemic lupus erythematosus (lupus) |
//! | `not` | not: … |
//! | `if sex female then …` | if female: … |

use crate::name::{concept, length, unit_words};
use trialway_diagnostics::Span;
use trialway_eligibility::expr::{
    Comparator, EventRole, EventTest, Expr, Firmness, GradeTest, MeasurementTest, Presence, Qualifier, Relative, Sense,
    Severity, Test, TherapyTest, WantedResponse, WantedResult, WantedSex, Window, WindowKind,
};
use trialway_terminology::Terminology;

/// What the engine took a criterion to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In plain words; empty when the criterion only heads its sub-criteria.
    pub words: String,
    /// Parts that were not read, as written; empty when all was.
    pub unread: Vec<String>,
    /// Whether any part may be read otherwise.
    pub is_likely: bool,
    /// Whether it waits for an investigator's judgement.
    pub needs_judgement: bool,
    /// Whether it waits for a person's agreement.
    pub needs_consent: bool,
}

/// A criterion's logic in plain words.
///
/// **Shape**: `text` is the eligibility text into which the spans of `expr` point.
pub fn read(expr: &Expr, text: &str, terminology: &Terminology) -> Reading {
    let mut out = Reading::default();
    expr.for_each_leaf(&mut |leaf| match leaf {
        Expr::Unread { span } => {
            let written = written(text, *span);
            if !written.is_empty() && !out.unread.contains(&written) {
                out.unread.push(written);
            }
        }
        Expr::Atom(atom) => {
            out.is_likely |= atom.firmness < Firmness::Certain;
            out.needs_judgement |= matches!(atom.test, Test::Judgement(_));
            out.needs_consent |= matches!(atom.test, Test::Consent(_));
        }
        _ => {}
    });
    let reader = Reader { text, terminology };
    out.words = reader.expr(expr).unwrap_or_default();
    out
}

/// The words at a span, on one line.
fn written(text: &str, span: Span) -> String {
    text.get(span.start..span.end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    text: &'a str,
    terminology: &'a Terminology,
}

impl Reader<'_> {
    /// The words of an expression; none where it says nothing of its own (only sub-criteria).
    fn expr(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::And(args) => self.list(args, "; and ", "all of the points below"),
            Expr::Or(args) => self.list(args, "; or ", "any of the points below"),
            Expr::Not(arg) => Some(match self.expr(arg) {
                Some(words) => format!("not: {words}"),
                None => "none of the points below".to_owned(),
            }),
            Expr::AtLeast { n, args } => {
                let words: Vec<String> = args.iter().filter_map(|arg| self.expr(arg)).collect();
                Some(if words.is_empty() {
                    format!("at least {n} of the points below")
                } else {
                    format!("at least {n} of: {}", words.join("; "))
                })
            }
            Expr::Implies { condition, then, .. } => {
                let condition = self.expr(condition).unwrap_or_else(|| "this applies".to_owned());
                let then = self.expr(then).unwrap_or_else(|| "the points below".to_owned());
                Some(format!("only if {condition}: {then}"))
            }
            Expr::Except { base, unless, sense } => {
                let base = self.expr(base).unwrap_or_else(|| "the points below".to_owned());
                let unless = self.expr(unless).unwrap_or_else(|| "the points below".to_owned());
                Some(match sense {
                    Sense::Required => format!("{base}, or else {unless}"),
                    Sense::Excluding => format!("{base}, but it does not count with {unless}"),
                })
            }
            Expr::Node(_) => None,
            Expr::Unread { span } => Some(format!("“{}” (not read)", written(self.text, *span))),
            Expr::Atom(atom) => Some(self.test(&atom.test)),
        }
    }

    /// Arguments with a joining word; sub-criteria are summed up at the end.
    fn list(&self, args: &[Expr], joint: &str, below: &str) -> Option<String> {
        if args.is_empty() {
            return None;
        }
        let mut words: Vec<String> = args
            .iter()
            .filter_map(|arg| {
                let inner = self.expr(arg)?;
                let mixed = matches!(arg, Expr::And(inner) | Expr::Or(inner) if inner.len() > 1);
                Some(if mixed { format!("({inner})") } else { inner })
            })
            .collect();
        let n_nodes = args.iter().filter(|arg| matches!(arg, Expr::Node(_))).count();
        if words.is_empty() && n_nodes == args.len() {
            return Some(below.to_owned());
        }
        if n_nodes > 0 {
            words.push(if n_nodes == 1 { "the point below".to_owned() } else { below.to_owned() });
        }
        Some(words.join(joint))
    }

    fn name(&self, id: &trialway_terminology::ConceptId) -> String {
        concept(id, self.terminology, None)
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Age(age) => {
                format!(
                    "age {} {} {}",
                    comparator(age.comparator),
                    age.value.normalize(),
                    unit_words(age.unit.as_str())
                )
            }
            Test::Sex(WantedSex::Female) => "female".to_owned(),
            Test::Sex(WantedSex::Male) => "male".to_owned(),
            Test::Childbearing => "able to become pregnant".to_owned(),
            Test::Event(event) => self.event(event),
            Test::Measurement(measurement) => self.measurement(measurement),
            Test::Result(result) => {
                let wanted = match result.wanted {
                    WantedResult::Positive => "positive",
                    WantedResult::Negative => "negative",
                    WantedResult::Normal => "normal",
                    WantedResult::Abnormal => "abnormal",
                    WantedResult::AboveNormal => "above the normal range",
                    WantedResult::BelowNormal => "below the normal range",
                };
                format!("{}: {wanted}{}", self.name(&result.concept), window(result.window.as_ref()))
            }
            Test::Grade(grade) => self.grade(grade),
            Test::Therapy(therapy) => self.therapy(therapy),
            Test::Response(response) => {
                let of = response.of.as_ref().map(|id| format!(" of {}", self.name(id))).unwrap_or_default();
                match response.wanted {
                    WantedResponse::NoRemission => format!("no remission{of}"),
                    WantedResponse::NoCompleteRemission => format!("no complete remission{of}"),
                    WantedResponse::Relapse => format!("relapse{of}"),
                    WantedResponse::Inadequate => format!("treatment did not help enough{of}"),
                    WantedResponse::Remission => format!("remission{of}"),
                }
            }
            Test::Cause(cause) => format!("{} is caused by {}", self.name(&cause.of), self.name(&cause.cause)),
            Test::Participation(participation) => {
                let when = window(participation.window.as_ref());
                match participation.presence {
                    Presence::Current if when.is_empty() => "is taking part in another study".to_owned(),
                    _ => format!("took part in another study{when}"),
                }
            }
            Test::Judgement(topic) | Test::Consent(topic) => topic.question.clone(),
        }
    }

    fn measurement(&self, test: &MeasurementTest) -> String {
        let value = test.value.normalize();
        let limit = match test.relative {
            Some(Relative::UpperLimit) if value == trialway_units::Decimal::ONE => {
                "the laboratory's upper limit of normal".to_owned()
            }
            Some(Relative::UpperLimit) => format!("{value} times the laboratory's upper limit of normal"),
            Some(Relative::LowerLimit) => format!("{value} times the laboratory's lower limit of normal"),
            Some(Relative::Baseline) => format!("{value} times the value at baseline"),
            None => match test.unit.as_ref().map(|unit| unit.as_str()).or(self.usual_pure_unit(test)) {
                Some("{titer}") => format!("1:{value}"),
                Some(unit) => format!("{value} {}", unit_words(unit)).trim_end().to_owned(),
                None => value.to_string(),
            },
        };
        format!("{} {} {limit}{}", self.name(&test.concept), comparator(test.comparator), window(test.window.as_ref()))
    }

    /// The usual unit of what has no dimension: a limit without a unit is in it.
    fn usual_pure_unit(&self, test: &MeasurementTest) -> Option<&str> {
        let unit = self.terminology.concept(&test.concept)?.laboratory.as_ref()?.unit.as_str();
        (unit == "{titer}").then_some(unit)
    }

    fn event(&self, event: &EventTest) -> String {
        let mut name = match &event.concept {
            Some(id) => self.name(id),
            None => "anything".to_owned(),
        };
        let mut behind = String::new();
        for qualifier in &event.qualifiers {
            match qualifier {
                Qualifier::Severity(_) if event.role == EventRole::Allergy => {}
                Qualifier::Severity(Severity::Mild) => name = format!("at least mild {name}"),
                Qualifier::Severity(Severity::Moderate) => name = format!("moderate or severe {name}"),
                Qualifier::Severity(Severity::Severe) => name = format!("severe {name}"),
                Qualifier::Active => name = format!("active {name}"),
                Qualifier::Uncontrolled => name = format!("uncontrolled {name}"),
                Qualifier::Refractory => name = format!("treatment-resistant {name}"),
                Qualifier::InWords(words) if words.before => name = format!("{} {name}", words.written),
                Qualifier::InWords(words) => behind.push_str(&format!(" ({})", words.written)),
                Qualifier::RequiringTreatment => behind.push_str(" that needs treatment"),
                Qualifier::ConfirmedBy(means) => behind.push_str(&format!(" confirmed by {}", self.name(means))),
            }
        }
        if !event.other_than.is_empty() {
            let others: Vec<String> = event.other_than.iter().map(|id| self.name(id)).collect();
            behind.push_str(&format!(", other than {}", others.join(" or ")));
        }
        let when = window(event.window.as_ref());
        let own_words = event.concept.as_ref().is_some_and(|id| id.as_str().starts_with("state:="));
        if own_words && event.presence != Presence::Planned {
            let so =
                if event.presence == Presence::Ever && when.is_empty() { "this is or was so" } else { "this is so" };
            return format!("{so}: {name}{behind}{when}");
        }
        let suspected = if event.suspicion_counts { "has, or may have, " } else { "has " };
        let once = if event.suspicion_counts { "had, or may have had, " } else { "had " };
        match (event.role, event.presence) {
            (EventRole::Allergy, _) => {
                let severely = match event.qualifiers.iter().find(|q| matches!(q, Qualifier::Severity(_))) {
                    Some(Qualifier::Severity(Severity::Severe)) => "severely ",
                    Some(Qualifier::Severity(Severity::Moderate)) => "at least moderately ",
                    _ => "",
                };
                format!("{severely}allergic to {name}{behind}{when}")
            }
            (_, Presence::Planned) => format!("{name} is planned{behind}{when}"),
            (EventRole::Condition, Presence::Current) if when.is_empty() => format!("{suspected}{name}{behind}"),
            (EventRole::Condition, _) if when.is_empty() => format!("has or ever {once}{name}{behind}"),
            (EventRole::Condition, _) => format!("{once}{name}{behind}{when}"),
            (EventRole::Drug, Presence::Current) if when.is_empty() => format!("takes {name}{behind}"),
            (EventRole::Drug, _) if when.is_empty() => format!("takes or ever took {name}{behind}"),
            (EventRole::Drug, _) => format!("took {name}{behind}{when}"),
            (EventRole::Procedure, Presence::Current) if when.is_empty() => format!("is having {name}{behind}"),
            (EventRole::Procedure, _) if when.is_empty() => format!("ever had {name}{behind}"),
            (EventRole::Procedure, _) => format!("had {name}{behind}{when}"),
        }
    }

    fn grade(&self, test: &GradeTest) -> String {
        let wanted: Vec<String> = test.wanted.iter().map(ToString::to_string).collect();
        let scale = self.name(&test.scale);
        // "class of lupus nephritis" names its disease already.
        let of = test.of.as_ref().and_then(|id| self.terminology.concept(id)).map(|concept| concept.name.as_str());
        let of = of.filter(|of| !scale.contains(of)).map(|of| format!(" of {of}")).unwrap_or_default();
        format!("{scale}{of}: {}{}", wanted.join(" or "), window(test.window.as_ref()))
    }

    fn therapy(&self, test: &TherapyTest) -> String {
        let of: Vec<String> = test.of.iter().map(|id| self.name(id)).collect();
        let of = if of.is_empty() { "medicines".to_owned() } else { of.join(", ") };
        let mut out = if test.n_at_least > 1 {
            format!("was treated with at least {} of: {of}", test.n_at_least)
        } else {
            format!("was treated with {of}")
        };
        if let Some(including) = &test.including {
            out.push_str(&format!(", one of them {}", self.name(including)));
        }
        match (&test.at_least, &test.at_most) {
            (Some(least), _) if least.inclusive => out.push_str(&format!(", each for at least {}", length(least))),
            (Some(least), _) => out.push_str(&format!(", each for more than {}", length(least))),
            (None, Some(most)) => out.push_str(&format!(", each for at most {}", length(most))),
            (None, None) => {}
        }
        out.push_str(&window(test.window.as_ref()));
        out
    }
}

fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "at least",
        Comparator::MoreThan => "more than",
        Comparator::AtMost => "at most",
        Comparator::LessThan => "less than",
        Comparator::Equal => "exactly",
    }
}

fn window(window: Option<&Window>) -> String {
    let Some(window) = window else { return String::new() };
    let long = length(&window.length);
    let from = window.anchor.as_ref().map(|anchor| format!(" before {anchor}")).unwrap_or_default();
    match window.kind {
        WindowKind::WithinPast if from.is_empty() => format!(" in the last {long}"),
        WindowKind::WithinPast => format!(" in the {long}{from}"),
        WindowKind::LongerAgo if from.is_empty() => format!(" more than {long} ago"),
        WindowKind::LongerAgo => format!(" more than {long}{from}"),
        WindowKind::Lasting if window.length.inclusive => format!(" for at least {long}"),
        WindowKind::Lasting => format!(" for more than {long}"),
        WindowKind::Future => format!(" during {long} afterwards"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, read};
    use trialway_eligibility::lower;
    use trialway_terminology::Terminology;

    fn reading(item: &str, heading: &str) -> Reading {
        let text = format!("{heading}\n\n* {item}\n");
        let logic = lower(&trialway_criteria::parse(&text).value, Terminology::builtin());
        read(&logic.criteria[0].logic, &text, Terminology::builtin())
    }

    fn check(item: &str, words: &str) {
        assert_eq!(reading(item, "Inclusion Criteria:").words, words, "{item}");
    }

    #[test]
    fn what_was_read_is_said_in_plain_words() {
        check("Age 6 to 18 years", "age at least 6 years; and age at most 18 years");
        check("Hemoglobin ≥ 60 g/L", "hemoglobin at least 60 g/L");
        check("ALT ≤ 3 x ULN", "ALT (a liver enzyme) at most 3 times the laboratory's upper limit of normal");
        check("Antinuclear antibody ≥ 1:80", "ANA (a lupus blood test) at least 1:80");
    }

    #[test]
    fn what_was_not_read_is_shown_as_written() {
        let got = reading("Flibbertigibbet index of the gloomp", "Inclusion Criteria:");
        assert!(!got.unread.is_empty() && got.words.contains("(not read)"), "{got:?}");
        assert!(got.unread.iter().all(|part| "Flibbertigibbet index of the gloomp".contains(part.as_str())));
    }

    #[test]
    fn who_must_decide_is_said() {
        let got = reading("Any other condition that the investigator considers unsuitable", "Exclusion Criteria:");
        assert!(got.needs_judgement && !got.needs_consent, "{got:?}");
        assert!(reading("Signed informed consent", "Inclusion Criteria:").needs_consent);
    }
}
