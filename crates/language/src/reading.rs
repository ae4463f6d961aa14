//! An expression as sentences.
//!
//! | logic | words |
//! | --- | --- |
//! | `lab:hemoglobin >= 60 g/L` | hemoglobin at least 60 g/L |
//! | `lab:alt <= 3 x ULN` | ALT (a liver enzyme) at most 3 times the laboratory's upper limit of normal |
//! | `condition:sle current` | has systemic lupus erythematosus (lupus) |
//! | `not` | not: … |
//! | `if sex female then …` | if female: … |

use crate::foreign::{Piece, mark, pieces, plain};
use crate::name::{concept, long_unit, time_unit, unit_words};
use crate::words::Words;
use trialway_diagnostics::Span;
use trialway_eligibility::expr::{
    Comparator, EventRole, EventTest, Expr, Firmness, GradeTest, Length, MeasurementTest, Presence, Qualifier,
    Relative, Sense, Severity, Test, TherapyTest, Topic, WantedResponse, WantedResult, WantedSex, Window, WindowKind,
};
use trialway_terminology::Terminology;

/// What the engine took a criterion to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In plain words; empty when the criterion only heads its sub-criteria.
    pub words: String,
    /// The same in stretches, so that words that stay English in another language are known.
    pub pieces: Vec<Piece>,
    /// Parts that were not read, as written; empty when all was.
    pub unread: Vec<String>,
    /// Whether any part may be read otherwise.
    pub is_likely: bool,
    /// Whether it waits for an investigator's judgement.
    pub needs_judgement: bool,
    /// Whether it waits for a person's agreement.
    pub needs_consent: bool,
}

/// A criterion's logic in plain English words.
///
/// **Shape**: `text` is the eligibility text into which the spans of `expr` point.
pub fn read(expr: &Expr, text: &str, terminology: &Terminology) -> Reading {
    read_in(expr, text, terminology, Words::english())
}

/// A criterion's logic in plain words of a language.
///
/// **Shape**: as [`read`].
pub fn read_in(expr: &Expr, text: &str, terminology: &Terminology, words: &Words) -> Reading {
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
    let reader = Reader { text, terminology, words };
    let marked = reader.expr(expr).unwrap_or_default();
    out.words = plain(&marked);
    out.pieces = pieces(&marked);
    out
}

/// What a question is about, as it stands in a sentence of another's making ("lupus nephritis in the last 6 months"): of an event its name
/// with all that narrows it, of another study when it was.
///
/// **Shape**: what stays English is marked ([`crate::foreign`]).
/// **Unknown**: none for questions that are said as a whole alone, as [`read_in`] does.
pub fn named_in(expr: &Expr, terminology: &Terminology, words: &Words) -> Option<String> {
    let Expr::Atom(atom) = expr else { return None };
    let reader = Reader { text: "", terminology, words };
    match &atom.test {
        Test::Event(event) if event.presence != Presence::Planned => {
            let own_words = event.concept.as_ref().is_some_and(|id| id.as_str().starts_with("state:="));
            (!own_words).then(|| reader.when(reader.narrowed(event), event.window.as_ref()))
        }
        Test::Participation(participation) => {
            Some(participation.window.as_ref().map_or_else(String::new, |window| reader.window(window)))
        }
        _ => None,
    }
}

/// What somebody judges or agrees to, in plain words of a language; marked ([`crate::foreign`]) where it stays English: a topic without
/// words of ours, and an editor's reason.
pub fn topic_words(topic: &Topic, words: &Words) -> String {
    if words.language().is_none() {
        return topic.question.clone();
    }
    let own = words.say(&format!("topic-{}", topic.key.replace('_', "-")), &[]);
    own.unwrap_or_else(|| mark(&topic.question))
}

/// The words at a span, on one line.
fn written(text: &str, span: Span) -> String {
    text.get(span.start..span.end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    text: &'a str,
    terminology: &'a Terminology,
    words: &'a Words,
}

impl Reader<'_> {
    /// A message; its name where it is nowhere, which a test rules out.
    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.words.say(id, args).unwrap_or_else(|| id.to_owned())
    }

    fn plain(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// Words that are English in every language.
    fn english(&self, words: &str) -> String {
        if self.words.language().is_some() { mark(words) } else { words.to_owned() }
    }

    /// Parts with a joining message.
    fn joined(&self, id: &str, parts: &[String]) -> String {
        let mut parts = parts.iter();
        let first = parts.next().cloned().unwrap_or_default();
        parts.fold(first, |first, last| self.say(id, &[("first", &first), ("last", last)]))
    }

    /// The words of an expression; none where it says nothing of its own (only sub-criteria).
    fn expr(&self, expr: &Expr) -> Option<String> {
        let below = |arg: &Expr| self.expr(arg).unwrap_or_else(|| self.plain("read-below"));
        match expr {
            Expr::And(args) => self.list(args, "read-and", "read-all-below"),
            Expr::Or(args) => self.list(args, "read-or", "read-any-below"),
            Expr::Not(arg) => Some(match self.expr(arg) {
                Some(words) => self.say("read-not", &[("words", &words)]),
                None => self.plain("read-none-below"),
            }),
            Expr::AtLeast { n, args } => {
                let words: Vec<String> = args.iter().filter_map(|arg| self.expr(arg)).collect();
                let n = n.to_string();
                Some(if words.is_empty() {
                    self.say("read-n-below", &[("n", &n)])
                } else {
                    self.say("read-n", &[("n", &n), ("words", &self.joined("read-list", &words))])
                })
            }
            Expr::Implies { condition, then, .. } => {
                let condition = self.expr(condition).unwrap_or_else(|| self.plain("read-applies"));
                Some(self.say("read-only-if", &[("if", &condition), ("then", &below(then))]))
            }
            Expr::Except { base, unless, sense } => {
                let id = match sense {
                    Sense::Required => "read-or-else",
                    Sense::Excluding => "read-but-not",
                };
                Some(self.say(id, &[("base", &below(base)), ("unless", &below(unless))]))
            }
            Expr::Node(_) => None,
            Expr::Unread { span } => {
                Some(self.say("read-unread", &[("words", &self.english(&written(self.text, *span)))]))
            }
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
                Some(if mixed { self.say("read-mixed", &[("words", &inner)]) } else { inner })
            })
            .collect();
        let n_nodes = args.iter().filter(|arg| matches!(arg, Expr::Node(_))).count();
        if words.is_empty() && n_nodes == args.len() {
            return Some(self.plain(below));
        }
        if n_nodes > 0 {
            words.push(self.plain(if n_nodes == 1 { "read-point-below" } else { below }));
        }
        Some(self.joined(joint, &words))
    }

    fn name(&self, id: &trialway_terminology::ConceptId) -> String {
        concept(id, self.terminology, self.words.language())
    }

    fn comparator(&self, comparator: Comparator) -> String {
        self.plain(match comparator {
            Comparator::AtLeast => "read-at-least",
            Comparator::MoreThan => "read-more",
            Comparator::AtMost => "read-at-most",
            Comparator::LessThan => "read-less",
            Comparator::Equal => "read-equal",
        })
    }

    fn unit(&self, ucum: &str) -> String {
        time_unit(ucum).map_or_else(|| unit_words(ucum), |id| self.plain(id))
    }

    /// Words with their window behind.
    fn when(&self, words: String, window: Option<&Window>) -> String {
        match window {
            Some(window) => self.say("read-when", &[("words", &words), ("when", &self.window(window))]),
            None => words,
        }
    }

    fn window(&self, window: &Window) -> String {
        let long = self.long(&window.length);
        let say = |id: &str, anchor: &str| self.say(id, &[("long", &long), ("anchor", anchor)]);
        let anchor = window.anchor.as_deref().map(|anchor| self.english(anchor));
        match (window.kind, anchor.as_deref()) {
            (WindowKind::WithinPast, None) => say("when-last", ""),
            (WindowKind::WithinPast, Some(anchor)) => say("when-before", anchor),
            (WindowKind::LongerAgo, None) => say("when-ago", ""),
            (WindowKind::LongerAgo, Some(anchor)) => say("when-ago-before", anchor),
            (WindowKind::Lasting, _) if window.length.inclusive => say("when-lasting", ""),
            (WindowKind::Lasting, _) => say("when-lasting-more", ""),
            (WindowKind::Future, _) => say("read-afterwards", ""),
        }
    }

    /// "6 months", "1 year".
    fn long(&self, length: &Length) -> String {
        self.say(long_unit(length.unit), &[("n", &length.number.normalize().to_string())])
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Age(age) => self.say(
                "read-age",
                &[
                    ("comparator", &self.comparator(age.comparator)),
                    ("value", &age.value.normalize().to_string()),
                    ("unit", &self.unit(age.unit.as_str())),
                ],
            ),
            Test::Sex(WantedSex::Female) => self.plain("read-female"),
            Test::Sex(WantedSex::Male) => self.plain("read-male"),
            Test::Childbearing => self.plain("read-childbearing"),
            Test::Event(event) => self.event(event),
            Test::Measurement(measurement) => self.measurement(measurement),
            Test::Result(result) => {
                let wanted = self.plain(match result.wanted {
                    WantedResult::Positive => "read-positive",
                    WantedResult::Negative => "read-negative",
                    WantedResult::Normal => "read-normal",
                    WantedResult::Abnormal => "read-abnormal",
                    WantedResult::AboveNormal => "read-above",
                    WantedResult::BelowNormal => "read-below-normal",
                });
                let said = self.say("read-result", &[("name", &self.name(&result.concept)), ("wanted", &wanted)]);
                self.when(said, result.window.as_ref())
            }
            Test::Grade(grade) => self.grade(grade),
            Test::Therapy(therapy) => self.therapy(therapy),
            Test::Response(response) => {
                let words = self.plain(match response.wanted {
                    WantedResponse::NoRemission => "read-no-remission",
                    WantedResponse::NoCompleteRemission => "read-no-complete-remission",
                    WantedResponse::Relapse => "read-relapse",
                    WantedResponse::Inadequate => "read-inadequate",
                    WantedResponse::Remission => "read-remission",
                });
                match &response.of {
                    Some(of) => self.say("read-of", &[("words", &words), ("name", &self.name(of))]),
                    None => words,
                }
            }
            Test::Cause(cause) => {
                self.say("read-cause", &[("name", &self.name(&cause.of)), ("cause", &self.name(&cause.cause))])
            }
            Test::Participation(participation) => match (participation.presence, &participation.window) {
                (Presence::Current, None) => self.plain("read-in-study"),
                (_, window) => self.when(self.plain("read-was-in-study"), window.as_ref()),
            },
            Test::Judgement(topic) | Test::Consent(topic) => topic_words(topic, self.words),
        }
    }

    fn measurement(&self, test: &MeasurementTest) -> String {
        let value = test.value.normalize();
        let n = value.to_string();
        let limit = match test.relative {
            Some(Relative::UpperLimit) if value == trialway_units::Decimal::ONE => self.plain("read-limit-upper-one"),
            Some(Relative::UpperLimit) => self.say("read-limit-upper", &[("n", &n)]),
            Some(Relative::LowerLimit) => self.say("read-limit-lower", &[("n", &n)]),
            Some(Relative::Baseline) => self.say("read-limit-baseline", &[("n", &n)]),
            None => match test.unit.as_ref().map(|unit| unit.as_str()).or(self.usual_pure_unit(test)) {
                Some("{titer}") => format!("1:{value}"),
                Some(unit) => format!("{value} {}", self.unit(unit)).trim_end().to_owned(),
                None => n,
            },
        };
        let (name, comparator) = (self.name(&test.concept), self.comparator(test.comparator));
        let said = self.say("read-measure", &[("name", &name), ("comparator", &comparator), ("limit", &limit)]);
        self.when(said, test.window.as_ref())
    }

    /// The usual unit of what has no dimension: a limit without a unit is in it.
    fn usual_pure_unit(&self, test: &MeasurementTest) -> Option<&str> {
        let unit = self.terminology.concept(&test.concept)?.laboratory.as_ref()?.unit.as_str();
        (unit == "{titer}").then_some(unit)
    }

    /// What an event is of, with all that narrows it.
    fn narrowed(&self, event: &EventTest) -> String {
        let mut name = event.concept.as_ref().map_or_else(|| self.plain("read-anything"), |id| self.name(id));
        let mut behind: Vec<(&str, &str, String)> = Vec::new();
        for qualifier in &event.qualifiers {
            let before = match qualifier {
                Qualifier::Severity(_) if event.role == EventRole::Allergy => continue,
                Qualifier::Severity(Severity::Mild) => "with-mild",
                Qualifier::Severity(Severity::Moderate) => "with-moderate",
                Qualifier::Severity(Severity::Severe) => "with-severe",
                Qualifier::Active => "with-active",
                Qualifier::Uncontrolled => "with-uncontrolled",
                Qualifier::Refractory => "with-refractory",
                Qualifier::InWords(words) if words.before => {
                    name = self.say("with-words", &[("name", &name), ("words", &self.english(&words.written))]);
                    continue;
                }
                Qualifier::InWords(words) => {
                    behind.push(("read-behind", "words", self.english(&words.written)));
                    continue;
                }
                Qualifier::Unless(all) => {
                    let words: Vec<String> = all.iter().map(|words| self.english(&words.written)).collect();
                    behind.push(("read-unless", "words", words.join(", ")));
                    continue;
                }
                Qualifier::RequiringTreatment => {
                    behind.push(("read-treatment", "words", String::new()));
                    continue;
                }
                Qualifier::ConfirmedBy(means) => {
                    behind.push(("read-confirmed", "proof", self.name(means)));
                    continue;
                }
            };
            name = self.say(before, &[("name", &name)]);
        }
        if !event.other_than.is_empty() {
            let others: Vec<String> = event.other_than.iter().map(|id| self.name(id)).collect();
            behind.push(("read-other-than", "others", self.joined("join-or", &others)));
        }
        behind.into_iter().fold(name, |name, (id, key, value)| self.say(id, &[("name", &name), (key, &value)]))
    }

    fn event(&self, event: &EventTest) -> String {
        let name = self.narrowed(event);
        let window = event.window.as_ref();
        let is_open = window.is_none();
        let own_words = event.concept.as_ref().is_some_and(|id| id.as_str().starts_with("state:="));
        let may = event.suspicion_counts;
        let id =
            match (event.role, event.presence) {
                (_, presence) if own_words && presence != Presence::Planned => {
                    if presence == Presence::Ever && is_open { "read-so-ever" } else { "read-so" }
                }
                (EventRole::Allergy, _) => {
                    match event.qualifiers.iter().find(|q| matches!(q, Qualifier::Severity(_))) {
                        Some(Qualifier::Severity(Severity::Severe)) => "read-allergic-severely",
                        Some(Qualifier::Severity(Severity::Moderate)) => "read-allergic-moderately",
                        _ => "read-allergic",
                    }
                }
                (_, Presence::Planned) => "read-planned",
                (EventRole::Condition, Presence::Current) if is_open => {
                    if may {
                        "read-may-have"
                    } else {
                        "read-has"
                    }
                }
                (EventRole::Condition, _) if is_open => {
                    if may {
                        "read-may-ever"
                    } else {
                        "read-ever"
                    }
                }
                (EventRole::Condition, _) => {
                    if may {
                        "read-may-had"
                    } else {
                        "read-had"
                    }
                }
                (EventRole::Drug, Presence::Current) if is_open => "read-takes",
                (EventRole::Drug, _) if is_open => "read-took-ever",
                (EventRole::Drug, _) => "read-took",
                (EventRole::Procedure, Presence::Current) if is_open => "read-undergoes",
                (EventRole::Procedure, _) if is_open => "read-undergone-ever",
                (EventRole::Procedure, _) => "read-undergone",
            };
        self.when(self.say(id, &[("name", &name)]), window)
    }

    fn grade(&self, test: &GradeTest) -> String {
        let wanted: Vec<String> = test.wanted.iter().map(ToString::to_string).collect();
        let mut scale = self.name(&test.scale);
        // "class of lupus nephritis" names its disease already.
        let of = test.of.as_ref().and_then(|id| self.terminology.concept(id));
        if let Some(of) = of {
            let other = self.words.language().and_then(|language| self.terminology.name_in(&of.id, language));
            let said = other.unwrap_or(of.name.as_str());
            if !scale.contains(said) && !scale.contains(of.name.as_str()) {
                scale = self.say(
                    "grade-of",
                    &[("name", &scale), ("of", &other.map_or_else(|| self.english(said), str::to_owned))],
                );
            }
        }
        let grades = self.joined("join-or", &wanted);
        self.when(self.say("read-grade", &[("name", &scale), ("grades", &grades)]), test.window.as_ref())
    }

    fn therapy(&self, test: &TherapyTest) -> String {
        let of: Vec<String> = test.of.iter().map(|id| self.name(id)).collect();
        let names = if of.is_empty() { self.plain("read-medicines") } else { self.joined("list-many", &of) };
        let mut out = if test.n_at_least > 1 {
            self.say("read-treated-n", &[("n", &test.n_at_least.to_string()), ("names", &names)])
        } else {
            self.say("read-treated", &[("names", &names)])
        };
        if let Some(including) = &test.including {
            out = self.say("read-one-of", &[("words", &out), ("name", &self.name(including))]);
        }
        let limit = match (&test.at_least, &test.at_most) {
            (Some(least), _) if least.inclusive => Some(("read-each-at-least", least)),
            (Some(least), _) => Some(("read-each-more", least)),
            (None, Some(most)) => Some(("read-each-at-most", most)),
            (None, None) => None,
        };
        if let Some((id, length)) = limit {
            out = self.say(id, &[("words", &out), ("long", &self.long(length))]);
        }
        self.when(out, test.window.as_ref())
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
