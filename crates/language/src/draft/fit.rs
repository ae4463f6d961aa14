//! Whom the study may fit and may not fit: ends of "This study may fit people who …".
//!
//! Only criteria that were read wholly and firmly are said, and only as far as a short sentence can hold them; the others stand
//! on the page as published. A requirement gives one end for each of its parts, a ground of exclusion one for each alternative.

use super::check::has_word;
use super::faithful::{
    all_plan_to_feed, ends_in_noun, exception_holds, is_bare_anchor, is_had, is_out_of_place, loses_a_kind,
    loses_doubt, lost_route, names_a_group, names_more_than_words, narrows_an_example, numbered, plans_to_feed,
    say_the_same, tells_a_narrowed_example, whose,
};
use super::operations::Asked;
use super::unsaid::{
    begins_with_other, has_a_point_in_time, has_a_time_of_another_clause, has_a_time_of_examples,
    has_ages_of_several_groups, loses_a_time,
};
use super::{Fill, Say, Sentence, Source, another_study, leads};
use crate::foreign::{pieces, plain};
use crate::name::{concept, english, long_unit, time_unit, unit_words};
use std::collections::BTreeMap;
use trialway_criteria::Kind;
use trialway_diagnostics::Span;
use trialway_eligibility::expr::{
    AgeTest, Atom, Comparator, EventRole, EventTest, Expr, Firmness, Length, MeasurementTest, Presence, Qualifier,
    Relative, Sense, Severity, Test, TherapyTest, WantedResponse, WantedResult, WantedSex, Window, WindowKind,
};
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_study::Sex;
use trialway_terminology::ConceptId;

const TEXT: &str = "protocolSection.eligibilityModule.eligibilityCriteria";

/// Ends for both headings.
#[derive(Default)]
pub(super) struct Fit {
    pub fits: Vec<Sentence>,
    pub unfits: Vec<Sentence>,
    pub n_said: usize,
}

/// A phrase, with what stays English marked, and the same with short words for names.
struct Phrase {
    words: String,
    bare: String,
    denies: bool,
}

pub(super) fn sentences(logic: &StudyLogic, text: &str, sex: Option<Sex>, say: &Say) -> Fit {
    let mut out = Fit::default();
    let (female, male) = (say.words.say("female", &[]), say.words.say("male", &[]));
    let asked = Asked::of(logic);
    for (criterion, withheld) in logic.criteria.iter().zip(leads::withheld(logic, text)) {
        if withheld || criterion.kind == Kind::Exclusion && asked.speak_against(criterion, say.terminology) {
            continue;
        }
        let Some(mut said) = of_criterion(criterion, text, say) else { continue };
        // One sex alone is said where the record's own field says it too: in a longer criterion it may be a part that was cut off.
        said.retain(|sentence| match sentence.words.as_str() {
            words if Some(words) == female.as_deref() => criterion.kind == Kind::Inclusion && sex == Some(Sex::Female),
            words if Some(words) == male.as_deref() => criterion.kind == Kind::Inclusion && sex == Some(Sex::Male),
            _ => true,
        });
        if said.is_empty() {
            continue;
        }
        out.n_said += 1;
        let side = match criterion.kind {
            Kind::Inclusion => &mut out.fits,
            Kind::Exclusion => &mut out.unfits,
        };
        for sentence in said {
            if !side.iter().any(|known: &Sentence| known.words == sentence.words) {
                side.push(sentence);
            }
        }
    }
    out
}

/// A criterion as ends; none where a part of it cannot be said.
fn of_criterion(criterion: &CriterionLogic, text: &str, say: &Say) -> Option<Vec<Sentence>> {
    if !criterion.children.is_empty() || !is_sayable(&criterion.logic) {
        return None;
    }
    let own = text.get(criterion.own_span.start..criterion.own_span.end).unwrap_or_default();
    if criterion.kind == Kind::Exclusion && begins_with_other(criterion, text)
        || criterion.kind == Kind::Inclusion && has_ages_of_several_groups(&criterion.logic)
        || has_a_time_of_examples(criterion, text)
        || has_a_time_of_another_clause(criterion, text)
        || loses_doubt(own, &criterion.logic)
        || tells_a_narrowed_example(criterion.own_span.start, own, &criterion.logic)
    {
        return None;
    }
    if has_a_point_in_time(criterion, text) {
        return None;
    }
    let teller = Teller { say, kinds: other_studies(&criterion.logic, own, text), text, own };
    let mut parts: Vec<&Expr> = match (criterion.kind, &criterion.logic) {
        (Kind::Inclusion, Expr::And(args)) | (Kind::Exclusion, Expr::Or(args)) => args.iter().collect(),
        (_, one) => vec![one],
    };
    // Each of several grounds stands by itself.
    if criterion.kind == Kind::Exclusion {
        parts.retain(|part| !all_plan_to_feed(part));
    }
    let mut out = Vec::new();
    let mut rest = parts.as_slice();
    while let [first, behind @ ..] = rest {
        let second = behind.first().copied().filter(|_| criterion.kind == Kind::Inclusion);
        let range = second.and_then(|second| teller.range(first, second));
        let (phrase, used): (Phrase, &[&Expr]) = match (range, second) {
            (Some(range), Some(second)) => (range, &[*first, second]),
            _ => (teller.expr(first, false)?, &[*first]),
        };
        rest = rest.get(used.len()..)?;
        let phrase = match criterion.group.as_ref().filter(|group| names_a_group(&group.text)) {
            Some(group) => Phrase {
                words: say.words.say("in-group", &[("phrase", &phrase.words), ("group", &say.english(&group.text))])?,
                bare: say.words.say("in-group", &[("phrase", &phrase.bare), ("group", "it")])?,
                denies: phrase.denies,
            },
            None => phrase,
        };
        let span = span_of(used).unwrap_or(criterion.own_span);
        out.push(Sentence {
            template: "fit",
            words: plain(&phrase.words),
            pieces: pieces(&phrase.words),
            sources: vec![Source {
                path: TEXT,
                span: Some(span),
                criterion: Some(criterion.id.clone()),
                written: own.to_owned(),
                passage: text.get(span.start..span.end).unwrap_or_default().to_owned(),
            }],
            denies: phrase.denies,
            bare: phrase.bare,
        });
    }
    let said = out.iter().map(|sentence| sentence.words.as_str()).collect::<Vec<_>>().join(" ");
    if loses_a_time(own, &said) {
        return None;
    }
    Some(out)
}

/// Whether every part was read, firmly enough to be said, and asks nobody's judgement or agreement.
fn is_sayable(expr: &Expr) -> bool {
    let mut so = true;
    let mut any = false;
    expr.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(atom) => {
            any = true;
            so &= atom.firmness == Firmness::Certain && !matches!(atom.test, Test::Judgement(_) | Test::Consent(_));
        }
        _ => so = false,
    });
    so && any
}

/// From the first to the last word that the parts rest on.
fn span_of(parts: &[&Expr]) -> Option<Span> {
    let mut span: Option<Span> = None;
    for part in parts {
        part.for_each_leaf(&mut |leaf| {
            let (Expr::Atom(Atom { span: own, .. }) | Expr::Unread { span: own }) = leaf else { return };
            span = Some(
                span.map_or(*own, |so_far| Span { start: so_far.start.min(own.start), end: so_far.end.max(own.end) }),
            );
        });
    }
    span
}

/// The kinds of other study that a criterion speaks of: of its words about it, or of all its words where it says nothing else.
fn other_studies(logic: &Expr, own: &str, text: &str) -> Vec<&'static str> {
    let (mut n, mut span) = (0_usize, None);
    logic.for_each_leaf(&mut |leaf| {
        n += 1;
        if let Expr::Atom(Atom { test: Test::Participation(_), span: own, .. }) = leaf {
            span = Some(*own);
        }
    });
    let Some(span) = span else { return Vec::new() };
    another_study::kinds(if n == 1 { own } else { text.get(span.start..span.end).unwrap_or_default() })
}

struct Teller<'a> {
    say: &'a Say<'a>,
    /// What another study must be about to count.
    kinds: Vec<&'static str>,
    /// The whole text of the record.
    text: &'a str,
    /// The criterion's own words.
    own: &'a str,
}

impl Teller<'_> {
    fn fill(&self, id: &str, fills: &[(&str, Fill)], denies: bool) -> Option<Phrase> {
        let (words, bare) = self.say.phrase(id, fills)?;
        Some(Phrase { words, bare, denies })
    }

    fn name(&self, id: &ConceptId) -> String {
        concept(id, self.say.terminology, self.say.words.language())
    }

    /// A lower and an upper limit of the same thing that stand side by side, as one end.
    fn range(&self, first: &Expr, second: &Expr) -> Option<Phrase> {
        let (Expr::Atom(Atom { test: first, .. }), Expr::Atom(Atom { test: second, .. })) = (first, second) else {
            return None;
        };
        match (first, second) {
            (Test::Age(low), Test::Age(high))
                if (low.comparator, high.comparator) == (Comparator::AtLeast, Comparator::AtMost)
                    && low.unit == high.unit
                    && low.onset_of.is_none()
                    && high.onset_of.is_none() =>
            {
                let unit = self.age_unit(low)?;
                let (low, high) = (low.value.normalize().to_string(), high.value.normalize().to_string());
                let fills =
                    [("low", Fill::Plain(low.as_str())), ("high", Fill::Plain(&high)), ("unit", Fill::Plain(&unit))];
                self.fill("age-between", &fills, false)
            }
            (Test::Measurement(low), Test::Measurement(high))
                if (low.comparator, high.comparator) == (Comparator::AtLeast, Comparator::AtMost)
                    && low.concept == high.concept
                    && low.unit == high.unit
                    && (low.relative, high.relative) == (None, None)
                    && low.window.is_none()
                    && high.window.is_none() =>
            {
                let name = self.name(&low.concept);
                let (low, high) = (low.value.normalize().to_string(), self.limit(high)?);
                let fills =
                    [("name", Fill::Name(name.as_str())), ("low", Fill::Name(&low)), ("high", Fill::Name(&high))];
                self.fill("measure-range", &fills, false)
            }
            _ => None,
        }
    }

    /// An expression as an end, or its opposite; none where it would take more than a sentence.
    fn expr(&self, expr: &Expr, no: bool) -> Option<Phrase> {
        match expr {
            Expr::Atom(atom) => self.test(atom, no),
            Expr::Not(arg) => self.expr(arg, !no),
            Expr::And(args) => self.joined(args, if no { "join-or" } else { "join-and" }, no),
            Expr::Or(args) => self.joined(args, if no { "join-and" } else { "join-or" }, no),
            Expr::Implies { condition, then, .. } if !no && concerns_women_anyway(condition, then) => {
                self.expr(then, no)
            }
            Expr::Implies { condition, then, .. } if !no => {
                let (condition, then) = (self.expr(condition, false)?, self.expr(then, false)?);
                self.pair("only-if", ("if", condition), ("then", then))
            }
            Expr::Except { base, unless, sense } if !no => {
                let (base, unless) = (self.expr(base, false)?, self.expr(unless, false)?);
                let id = if *sense == Sense::Required { "or-else" } else { "but-not" };
                self.pair(id, ("base", base), ("unless", unless))
            }
            _ => None,
        }
    }

    fn pair(&self, id: &str, first: (&str, Phrase), second: (&str, Phrase)) -> Option<Phrase> {
        let words = self.say.words.say(id, &[(first.0, &first.1.words), (second.0, &second.1.words)])?;
        let bare = self.say.words.say(id, &[(first.0, &first.1.bare), (second.0, &second.1.bare)])?;
        Some(Phrase { words, bare, denies: first.1.denies || second.1.denies })
    }

    /// Up to three plain parts with a joining word; parts that join others themselves would be misread.
    fn joined(&self, args: &[Expr], id: &'static str, no: bool) -> Option<Phrase> {
        if args.len() > 3 || args.iter().any(|arg| matches!(arg, Expr::And(_) | Expr::Or(_) | Expr::Implies { .. })) {
            return None;
        }
        let phrases: Option<Vec<Phrase>> = args.iter().map(|arg| self.expr(arg, no)).collect();
        let phrases = phrases?;
        // "No gout or no asthma" asks for both.
        if id == "join-or" && phrases.iter().all(|phrase| phrase.denies)
            || have_twins(phrases.iter().map(|phrase| plain(&phrase.words)))
        {
            return None;
        }
        let mut phrases = phrases.into_iter();
        let mut joined = phrases.next()?;
        for phrase in phrases {
            joined = self.pair(id, ("first", joined), ("last", phrase))?;
        }
        Some(joined)
    }

    fn test(&self, atom: &Atom, no: bool) -> Option<Phrase> {
        if plans_to_feed(&atom.test) {
            return None;
        }
        let passage = self.text.get(atom.span.start..atom.span.end).unwrap_or_default();
        match &atom.test {
            Test::Age(age) => self.age(age, no),
            Test::Sex(sex) => {
                let female = (*sex == WantedSex::Female) != no;
                self.fill(if female { "female" } else { "male" }, &[], false)
            }
            Test::Childbearing => self.fill("childbearing", &[answer(no)], no),
            Test::Event(event) => self.event(event, passage, no),
            Test::Measurement(measurement) => self.measurement(measurement, no),
            Test::Result(result) => {
                let id = match result.wanted {
                    WantedResult::Positive => "result-positive",
                    WantedResult::Negative => "result-negative",
                    WantedResult::Normal => "result-normal",
                    WantedResult::Abnormal => "result-abnormal",
                    WantedResult::AboveNormal => "result-above",
                    WantedResult::BelowNormal => "result-below",
                };
                let name = self.name(&result.concept);
                let id = match id {
                    "result-positive" if is_test(&plain(&name)) => "result-positive-test",
                    "result-negative" if is_test(&plain(&name)) => "result-negative-test",
                    id => id,
                };
                let phrase = self.fill(id, &[answer(no), ("name", Fill::Name(&name))], no)?;
                self.when_behind(phrase, result.window.as_ref())
            }
            Test::Grade(grade) => {
                let mut name = self.name(&grade.scale);
                // "class of lupus nephritis" names its disease already.
                if let Some(of) = &grade.of
                    && !self.say.terminology.concept(of).is_some_and(|of| name.contains(of.name.as_str()))
                {
                    name = self.say.words.say("grade-of", &[("name", &name), ("of", &self.name(of))])?;
                }
                let grades: Vec<String> = grade.wanted.iter().map(ToString::to_string).collect();
                let in_a_row =
                    grade.wanted.windows(2).all(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b)));
                let phrase = match grades.as_slice() {
                    [low, .., high] if grades.len() > 2 && in_a_row => {
                        let fills = [
                            answer(no),
                            ("name", Fill::Name(name.as_str())),
                            ("low", Fill::Plain(low)),
                            ("high", Fill::Plain(high)),
                        ];
                        self.fill("grade-range", &fills, no)?
                    }
                    _ => {
                        let grades = self.either(&grades)?;
                        let fills = [answer(no), ("name", Fill::Name(name.as_str())), ("grades", Fill::Plain(&grades))];
                        self.fill("grade", &fills, no)?
                    }
                };
                self.when_behind(phrase, grade.window.as_ref())
            }
            Test::Therapy(therapy) => self.therapy(therapy, no),
            Test::Response(response) => {
                let id = match response.wanted {
                    WantedResponse::Remission => "remission",
                    // "Relapsed or refractory": what came back is one of two.
                    WantedResponse::Relapse
                        if ["refractory", "resistant"].iter().any(|word| has_word(&self.own.to_lowercase(), word)) =>
                    {
                        return None;
                    }
                    WantedResponse::Relapse => "relapse",
                    WantedResponse::Inadequate if !no => "not-helped",
                    _ => return None,
                };
                self.fill(id, &[answer(no)], no)
            }
            Test::Participation(participation) => {
                let of = match self.kinds.as_slice() {
                    [] => None,
                    kinds => {
                        let kinds: Option<Vec<String>> = kinds.iter().map(|id| self.say.words.say(id, &[])).collect();
                        Some(self.either(&kinds?)?)
                    }
                };
                let when = match (&participation.window, participation.presence) {
                    (Some(window), _) => Some(self.when(window)?),
                    (None, Presence::Current) => None,
                    (None, _) => return None,
                };
                let id = match (&of, &when) {
                    (None, None) => "other-study",
                    (None, Some(_)) => "other-study-when",
                    (Some(_), None) => "other-study-of",
                    (Some(_), Some(_)) => "other-study-of-when",
                };
                let of = ("of", Fill::Plain(of.as_deref().unwrap_or_default()));
                self.fill(id, &[answer(no), ("when", Fill::Plain(when.as_deref().unwrap_or_default())), of], no)
            }
            Test::Cause(_) | Test::Judgement(_) | Test::Consent(_) => None,
        }
    }

    /// Words with "or" between them; none where two of them say the same.
    fn either(&self, words: &[String]) -> Option<String> {
        if have_twins(words.iter().map(|word| plain(word))) {
            return None;
        }
        let mut words = words.iter();
        let mut joined = words.next()?.clone();
        for word in words {
            joined = self.say.words.say("join-or", &[("first", &joined), ("last", word)])?;
        }
        Some(joined)
    }

    fn age_unit(&self, age: &AgeTest) -> Option<String> {
        self.say
            .words
            .say(time_unit(age.unit.as_str()).filter(|id| !matches!(*id, "unit-hours" | "unit-minutes"))?, &[])
    }

    fn age(&self, age: &AgeTest, no: bool) -> Option<Phrase> {
        let end = match turned(age.comparator, no)? {
            Comparator::AtLeast => "at-least",
            Comparator::MoreThan => "more",
            Comparator::AtMost => "at-most",
            Comparator::LessThan => "less",
            Comparator::Equal => "equal",
        };
        let (value, unit) = (age.value.normalize().to_string(), self.age_unit(age)?);
        let (value, unit) = (("value", Fill::Plain(value.as_str())), ("unit", Fill::Plain(unit.as_str())));
        match &age.onset_of {
            Some(onset) => {
                let name = self.name(onset);
                self.fill(&format!("onset-{end}"), &[value, unit, ("name", Fill::Name(&name))], false)
            }
            None => self.fill(&format!("age-{end}"), &[value, unit], false),
        }
    }

    fn measurement(&self, test: &MeasurementTest, no: bool) -> Option<Phrase> {
        if test.window.is_some() {
            return None;
        }
        let limit = self.limit(test)?;
        let id = match turned(test.comparator, no)? {
            Comparator::AtLeast => "measure-at-least",
            Comparator::MoreThan => "measure-more",
            Comparator::AtMost => "measure-at-most",
            Comparator::LessThan => "measure-less",
            Comparator::Equal => "measure-equal",
        };
        let name = self.name(&test.concept);
        self.fill(id, &[("name", Fill::Name(&name)), ("limit", Fill::Name(&limit))], false)
    }

    /// A limit with its unit.
    fn limit(&self, test: &MeasurementTest) -> Option<String> {
        let value = test.value.normalize().to_string();
        let one = test.value.normalize() == trialway_units::Decimal::ONE;
        let say = |id: &str| self.say.words.say(id, &[("n", &value)]);
        match test.relative {
            Some(Relative::UpperLimit) => say(if one { "limit-upper-one" } else { "limit-upper" }),
            Some(Relative::LowerLimit) => say(if one { "limit-lower-one" } else { "limit-lower" }),
            Some(Relative::Baseline) => None,
            None => {
                let usual = self.say.terminology.concept(&test.concept).and_then(|c| c.laboratory.as_ref());
                Some(match test.unit.as_ref().map(|unit| unit.as_str()) {
                    Some("{titer}") => format!("1:{value}"),
                    Some(unit) => {
                        let words = match time_unit(unit) {
                            Some(id) => self.say.words.say(id, &[])?,
                            None => unit_words(unit),
                        };
                        format!("{value} {words}").trim_end().replace(" %", "%")
                    }
                    None if usual.is_some_and(|usual| usual.unit.as_str() == "{titer}") => format!("1:{value}"),
                    None => value,
                })
            }
        }
    }

    fn event(&self, event: &EventTest, passage: &str, no: bool) -> Option<Phrase> {
        let id = event.concept.as_ref();
        // Words of the record that stand for a whole statement have no verb of ours; "disease" alone says nothing.
        let too_wide = id.is_some_and(|id| id.as_str().starts_with("state:=") || id.as_str() == "condition:disease");
        if too_wide || event.other_than.len() > 2 || !event.qualifiers.is_empty() && no {
            return None;
        }
        let mut name = match id {
            Some(id) if loses_a_kind(passage, id, self.say.terminology) => return None,
            Some(id) if names_more_than_words(self.own, &english(id, self.say.terminology)) => return None,
            Some(id) => self.name(id),
            None => return None,
        };
        let is_lately = |qualifier: &Qualifier| match qualifier {
            Qualifier::InWords(words) => words.before && matches!(words.words.as_str(), "recent" | "recently"),
            _ => false,
        };
        let lately = event.qualifiers.iter().any(is_lately);
        let is_had = event.role == EventRole::Drug && id.is_some_and(|id| is_had(&english(id, self.say.terminology)));
        if self.say.words.language().is_none() && event.role == EventRole::Drug {
            name = numbered(&name, self.own);
        }
        let has_words = |route: &str| {
            let is = |one: &Qualifier| matches!(one, Qualifier::InWords(words) if has_word(&words.words.to_lowercase(), route));
            event.qualifiers.iter().any(is)
        };
        if event.role == EventRole::Drug
            && let Some(route) = id.and_then(|id| lost_route(passage, &english(id, self.say.terminology)))
            && !has_words(route)
        {
            name = self.say.words.say("with-words", &[("words", &self.say.english(route)), ("name", &name)])?;
        }
        let whose = whose(passage, &plain(&name));
        let is_told_by_it = |qualifier: &Qualifier| match qualifier {
            Qualifier::InWords(words) => {
                whose.is_some()
                    && ["allogen", "autolog"].iter().any(|head| words.words.to_lowercase().starts_with(head))
            }
            _ => false,
        };
        let is_loose = |one: &Qualifier| match one {
            Qualifier::InWords(words) => {
                words.before && is_out_of_place(self.own, &words.written, event, self.say.terminology)
            }
            _ => false,
        };
        if event.qualifiers.iter().any(is_loose) {
            return None;
        }
        for qualifier in event.qualifiers.iter().filter(|one| !is_lately(one) && !is_told_by_it(one)) {
            name = self.qualified(name, qualifier)?;
        }
        if event.qualifiers.iter().any(|qualifier| narrows_an_example(self.own, qualifier)) {
            return None;
        }
        if let Some(whose) = whose {
            name = self.say.words.say(whose, &[("name", &name)])?;
        }
        // Who smokes is a smoker, and does not have one.
        if id.is_some_and(|id| ["smoker", "user"].iter().any(|word| id.as_str().ends_with(word))) {
            return None;
        }
        if !event.other_than.is_empty() {
            if !exception_holds(self.own, &event.other_than, self.say.terminology) {
                return None;
            }
            let others: Vec<String> = event.other_than.iter().map(|id| self.name(id)).collect();
            let others = self.either(&others)?;
            name = self.say.words.say("with-other-than", &[("name", &name), ("others", &others)])?;
        }
        if event.window.is_none()
            && event.qualifiers.is_empty()
            && event.presence == Presence::Current
            && let Some(own) = id.and_then(|id| own_verb(id.as_str()))
        {
            return self.fill(own, &[answer(no)], no);
        }
        let name = Fill::Name(&name);
        // A vaccine is given, not taken; so are cells.
        let vaccine = is_had || event.role == EventRole::Drug && id.is_some_and(|id| id.as_str().contains("vaccin"));
        if lately {
            let id = match event.role {
                EventRole::Allergy => return None,
                EventRole::Drug if vaccine => "given-lately",
                EventRole::Drug => "took-lately",
                _ => "had-lately",
            };
            return (event.window.is_none() && event.presence == Presence::Current)
                .then(|| self.fill(id, &[answer(no), ("name", name)], no))
                .flatten();
        }
        if let Some(window) = &event.window {
            let when = self.when(window)?;
            let id = match (event.role, window.kind) {
                (_, WindowKind::Future) | (EventRole::Allergy, _) => return None,
                (EventRole::Drug, WindowKind::Lasting) => "take-lasting",
                (_, WindowKind::Lasting) => "have-lasting",
                (EventRole::Drug, _) if vaccine => "given-when",
                (EventRole::Drug, _) => "took",
                _ => "had",
            };
            return self.fill(id, &[answer(no), ("name", name), ("when", Fill::Plain(&when))], no);
        }
        let id = match (event.role, event.presence) {
            (EventRole::Allergy, _) => "allergic",
            (_, Presence::Planned) => "plan",
            (EventRole::Condition, Presence::Current) if event.suspicion_counts => "may-have",
            (EventRole::Condition, Presence::Current) => "have",
            (EventRole::Condition, Presence::Ever) => "have-ever",
            (EventRole::Drug, Presence::Current) if vaccine => "given",
            (EventRole::Drug, Presence::Ever) if vaccine => "given-ever",
            (EventRole::Drug, Presence::Current) => "take",
            (EventRole::Drug, Presence::Ever) => "take-ever",
            (EventRole::Procedure, Presence::Current) => "undergo",
            (EventRole::Procedure, Presence::Ever) => "undergo-ever",
        };
        self.fill(id, &[answer(no), ("name", name)], no)
    }

    fn qualified(&self, name: String, qualifier: &Qualifier) -> Option<String> {
        let say = |id: &str| self.say.words.say(id, &[("name", &name)]);
        match qualifier {
            Qualifier::Severity(Severity::Mild) => say("with-mild"),
            Qualifier::Severity(Severity::Moderate) => say("with-moderate"),
            Qualifier::Severity(Severity::Severe) => say("with-severe"),
            Qualifier::Active => say("with-active"),
            Qualifier::Uncontrolled => say("with-uncontrolled"),
            Qualifier::Refractory => say("with-refractory"),
            Qualifier::RequiringTreatment => say("with-treatment"),
            Qualifier::ConfirmedBy(means) => {
                self.say.words.say("with-proof", &[("name", &name), ("proof", &self.name(means))])
            }
            Qualifier::InWords(words) if words.before && ends_in_noun(&words.written) => None,
            Qualifier::InWords(words) if words.before => {
                self.say.words.say("with-words", &[("name", &name), ("words", &self.say.english(&words.written))])
            }
            // What stands behind a name narrows it in ways that a pair of brackets would not show.
            Qualifier::InWords(_) | Qualifier::Unless(_) => None,
        }
    }

    fn therapy(&self, test: &TherapyTest, no: bool) -> Option<Phrase> {
        let single = test.n_at_least <= 1 && test.including.is_none() && test.at_most.is_none();
        if !single || test.at_least.is_some() || test.of.is_empty() {
            return None;
        }
        let of: BTreeMap<String, String> =
            test.of.iter().map(|id| self.name(id)).map(|name| (plain(&name), name)).collect();
        let name = self.either(&of.into_values().collect::<Vec<_>>())?;
        let had = test.of.iter().any(|id| is_had(&english(id, self.say.terminology)));
        match &test.window {
            Some(window) => {
                let when = self.when(window)?;
                let id = if had { "had" } else { "took" };
                self.fill(id, &[answer(no), ("name", Fill::Name(&name)), ("when", Fill::Plain(&when))], no)
            }
            None => self.fill(
                if had { "undergo-ever" } else { "take-ever" },
                &[answer(no), ("name", Fill::Name(&name))],
                no,
            ),
        }
    }

    fn when(&self, window: &Window) -> Option<String> {
        if window.anchor.as_deref().is_some_and(is_bare_anchor) {
            return None;
        }
        let long = self.long(&window.length)?;
        let say = |id: &str, anchor: &str| self.say.words.say(id, &[("long", &long), ("anchor", anchor)]);
        let anchor = window.anchor.as_deref().map(|anchor| self.say.english(anchor));
        match (window.kind, anchor.as_deref()) {
            (WindowKind::WithinPast, Some(anchor)) => say("when-before", anchor),
            (WindowKind::WithinPast, None) => say("when-last", ""),
            (WindowKind::LongerAgo, Some(anchor)) => say("when-ago-before", anchor),
            (WindowKind::LongerAgo, None) => say("when-ago", ""),
            (WindowKind::Lasting, _) if window.length.inclusive => say("when-lasting", ""),
            (WindowKind::Lasting, _) => say("when-lasting-more", ""),
            (WindowKind::Future, _) => None,
        }
    }

    /// "6 months", "1 year".
    fn long(&self, length: &Length) -> Option<String> {
        self.say.words.say(long_unit(length.unit), &[("n", &length.number.normalize().to_string())])
    }

    fn when_behind(&self, phrase: Phrase, window: Option<&Window>) -> Option<Phrase> {
        let Some(window) = window else { return Some(phrase) };
        let when = self.when(window)?;
        Some(Phrase {
            words: self.say.words.say("no-when", &[("phrase", &phrase.words), ("when", &when)])?,
            bare: self.say.words.say("no-when", &[("phrase", &phrase.bare), ("when", &when)])?,
            denies: phrase.denies,
        })
    }
}

/// Whether two alternatives say the same.
fn have_twins(names: impl Iterator<Item = String>) -> bool {
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if known.iter().any(|other| say_the_same(other, &name)) {
            return true;
        }
        known.push(name);
    }
    false
}

/// The argument by which a template chooses its denial.
fn answer(no: bool) -> (&'static str, Fill<'static>) {
    ("no", Fill::Plain(if no { "yes" } else { "no" }))
}

/// Whether the name of a test says itself that it is one.
fn is_test(name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or_default();
    name.ends_with("test")
        || name.starts_with("prueba")
        || ["试验", "检测", "检查"].iter().any(|end| name.ends_with(end))
}

/// Whether the condition (female, able to become pregnant) goes without saying beside what is asked.
fn concerns_women_anyway(condition: &Expr, then: &Expr) -> bool {
    let is_of_women = |test: &Test| match test {
        Test::Event(event) => event.concept.as_ref().is_some_and(|id| own_verb(id.as_str()).is_some()),
        Test::Result(result) => result.concept.as_str().contains("pregnancy_test"),
        _ => false,
    };
    let mut all = true;
    then.for_each_leaf(&mut |leaf| all &= matches!(leaf, Expr::Atom(atom) if is_of_women(&atom.test)));
    let female = |test: &Test| matches!(test, Test::Sex(WantedSex::Female) | Test::Childbearing);
    all && matches!(condition, Expr::Atom(atom) if female(&atom.test))
}

/// States that English says with a verb of their own.
fn own_verb(id: &str) -> Option<&'static str> {
    match id {
        "state:pregnancy" => Some("pregnant"),
        "state:breastfeeding" => Some("breastfeeding"),
        _ => None,
    }
}

/// A comparison, or its opposite; "not exactly" has none.
fn turned(comparator: Comparator, no: bool) -> Option<Comparator> {
    Some(match (comparator, no) {
        (same, false) => same,
        (Comparator::AtLeast, true) => Comparator::LessThan,
        (Comparator::MoreThan, true) => Comparator::AtMost,
        (Comparator::AtMost, true) => Comparator::MoreThan,
        (Comparator::LessThan, true) => Comparator::AtLeast,
        (Comparator::Equal, true) => return None,
    })
}
