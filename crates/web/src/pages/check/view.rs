//! What the pages of the check show.

use super::Held;
use super::received::{Sent, Whom};
use super::words;
use crate::line::Line;
use crate::pages::Page;
use crate::pages::contact::OF_FIELDS;
use crate::pages::screen::{evidence, needs, point};
use crate::pages::trial::Prepared;
use askama::Template;
use trialway_asking::{Answer, Manner, Put};
use trialway_matching::{Cause, CriterionResult, Effect, Verdict};
use trialway_patient::{Calendar, RecordedSex};
use trialway_store::Stored;

/// Points of the study that a page lists under one heading.
const SHOWN: usize = 12;

/// A choice of a form.
pub struct Choice {
    pub value: &'static str,
    pub label: String,
    pub is_chosen: bool,
}

/// Who it is for.
pub struct WhomView {
    pub whom: Vec<Choice>,
    pub age: String,
    pub in_months: bool,
    pub sex: Vec<Choice>,
    /// What is wrong with the age.
    pub complaint: Option<String>,
}

impl WhomView {
    pub fn of(page: &Page, sent: &Sent, complaint: Option<String>) -> Self {
        let whom = Whom::ALL.into_iter().map(|one| Choice {
            value: one.as_str(),
            label: page.say(&format!("check-whom-{}", one.as_str())),
            is_chosen: one == sent.whom,
        });
        let sex = ["female", "male", ""].into_iter().map(|value| Choice {
            value,
            label: page.say(if value.is_empty() {
                "check-sex-none"
            } else if value == "female" {
                "check-sex-female"
            } else {
                "check-sex-male"
            }),
            is_chosen: value == sent.sex || value.is_empty() && !matches!(sent.sex.as_str(), "female" | "male"),
        });
        Self {
            whom: whom.collect(),
            age: sent.age.clone(),
            in_months: sent.age_unit == "months",
            sex: sex.collect(),
            complaint,
        }
    }
}

#[derive(Template)]
#[template(path = "check.html")]
pub struct StartPage {
    page: Page,
    nct_id: String,
    title: String,
    person: WhomView,
}

impl StartPage {
    pub fn of(page: Page, stored: &Stored, prepared: &Prepared, sent: &Sent, complaint: Option<String>) -> Self {
        Self {
            nct_id: stored.nct_id.to_string(),
            title: prepared.study.value.title().to_owned(),
            person: WhomView::of(&page, sent, complaint),
            page,
        }
    }
}

/// A point of the study, as published.
pub struct PointView {
    pub id: String,
    pub text: String,
}

/// A question of the form.
pub struct QuestionView {
    /// A number of its own on the page, for labels.
    pub number: usize,
    pub key: String,
    pub sentence: Line,
    pub is_number: bool,
    pub unit: String,
    /// What stands in the form: `yes`, `no`, a number, or nothing.
    pub answer: String,
    pub is_misread: bool,
    pub points: Vec<PointView>,
}

/// A point with what speaks for its result.
pub struct ReasonView {
    pub id: String,
    pub text: Line,
    /// What was answered to its questions.
    pub answers: Vec<(Line, String)>,
    /// What it rests on besides, or what to ask.
    pub others: Vec<Line>,
    /// Whether it is a point on the page of the study.
    pub is_point: bool,
}

#[derive(Template)]
#[template(path = "check_ask.html")]
pub struct CheckPage {
    page: Page,
    nct_id: String,
    title: String,
    person: WhomView,
    tone: &'static str,
    verdict: String,
    meaning: String,
    because: Vec<ReasonView>,
    ask_about: Vec<ReasonView>,
    n_more: String,
    later: Vec<ReasonView>,
    assent: Option<String>,
    fits: Vec<ReasonView>,
    fits_heading: String,
    next: Vec<QuestionView>,
    next_heading: String,
    is_as_written: bool,
    said: Vec<QuestionView>,
    said_heading: String,
    findings: Vec<Line>,
    /// Whether somebody of the study gets messages from here.
    can_write: bool,
    /// The answers as the form for writing takes them along, each to be ticked there.
    carried: Vec<String>,
    /// Why what was asked for cannot be made.
    complaint: Option<String>,
}

/// The messages of a verdict: its words, what they mean, and the tone.
pub fn verdict(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::PotentiallyEligible => ("check-may", "check-may-means", "open"),
        Verdict::NeedsInformation => ("check-cannot-tell", "check-cannot-tell-means", "unsure"),
        Verdict::Ineligible => ("check-not", "check-not-means", "closed"),
    }
}

/// An answer in words.
pub fn answer_words(answer: &Answer, put: &Put, page: &Page) -> String {
    match answer {
        Answer::Yes => page.say("check-yes"),
        Answer::No => page.say("check-no"),
        Answer::NotKnown => page.say("check-not-known"),
        Answer::Number { value, unit } if unit.is_empty() => {
            format!("{value} {}", words::unit(put, page.tongue)).trim().to_owned()
        }
        Answer::Number { value, unit } => format!("{value} {unit}"),
    }
}

/// All results, those of the record's own fields last.
pub fn results(held: &Held) -> impl Iterator<Item = &CriterionResult> {
    held.screening.criteria.iter().chain(&held.screening.structured)
}

/// The answers that bear on a criterion, with their questions.
pub fn answers_to<'a>(held: &'a Held, id: &str) -> Vec<(&'a Put, &'a Answer)> {
    let bears = |put: &Put| put.bears_on.iter().any(|(_, criterion)| criterion.as_str() == id);
    let said = held.answers.said.iter().filter_map(|(key, said)| Some((held.all.get(key)?, &said.answer)));
    said.filter(|(put, answer)| bears(put) && **answer != Answer::NotKnown).collect()
}

fn shortened(text: &str) -> String {
    const LONG: usize = 400;
    if text.chars().count() <= LONG { text.to_owned() } else { text.chars().take(LONG).collect::<String>() + "…" }
}

/// The own words of a criterion with those of its parts.
fn whole_text(result: &CriterionResult) -> String {
    let mut out = result.text.clone();
    for child in &result.children {
        out.push_str(if out.is_empty() { "" } else { " · " });
        out.push_str(&whole_text(child));
    }
    out
}

fn reason(held: &Held, result: &CriterionResult, whom: Whom, page: &Page) -> ReasonView {
    let id = result.id.as_str();
    let answers: Vec<(Line, String)> = answers_to(held, id)
        .into_iter()
        .map(|(put, answer)| (words::sentence(put, whom, page), answer_words(answer, put, page)))
        .collect();
    let others = match result.effect {
        Effect::Open => needs(page.tongue, &result.needs).into_iter().take(4).collect(),
        // Answers are said in the words of their question.
        _ => result
            .evidence
            .iter()
            .filter(|one| !one.source.starts_with("QuestionnaireResponse"))
            .take(4)
            .map(|one| evidence(page.tongue, one))
            .collect(),
    };
    ReasonView {
        id: id.to_owned(),
        text: point(page.tongue, &result.id, &shortened(&whole_text(result))),
        answers,
        others,
        is_point: !id.starts_with("S."),
    }
}

/// The answers that were given, each `criterion|question and answer`; what is not known is nothing to tell.
fn carried(held: &Held, sent: &Sent, page: &Page) -> Vec<String> {
    let mut out = Vec::new();
    for (field, label, value) in person_words(held, page) {
        out.push(format!("{OF_FIELDS}{field}|{label}: {value}"));
    }
    for (key, said) in &held.answers.said {
        let Some(put) = held.all.get(key).filter(|_| said.answer != Answer::NotKnown) else { continue };
        let Some((_, criterion)) = put.bears_on.first() else { continue };
        let question = words::sentence(put, sent.whom, page).plain();
        out.push(format!("{criterion}|{question} {}", answer_words(&said.answer, put, page)));
    }
    out
}

/// Age and sex as they were said: the field, its label, its value.
pub fn person_words(held: &Held, page: &Page) -> Vec<(&'static str, String, String)> {
    let mut out = Vec::new();
    if let Some(age) = held.answers.age {
        let id = if age.unit == Calendar::Months { "check-sheet-months" } else { "check-sheet-years" };
        out.push(("age", page.say("check-age"), page.say_with(id, &[("n", &age.number.to_string())])));
    }
    if let Some(sex) = held.answers.sex {
        let id = if sex == RecordedSex::Female { "check-sex-female" } else { "check-sex-male" };
        out.push(("sex", page.say("check-sex"), page.say(id)));
    }
    out
}

impl CheckPage {
    pub fn of(
        page: Page,
        (stored, prepared): (&Stored, &Prepared),
        sent: &Sent,
        held: &Held,
        can_write: bool,
        complaint: Option<String>,
    ) -> Self {
        let (word, means, tone) = verdict(held.screening.verdict);
        let of = |wanted: &dyn Fn(&CriterionResult) -> bool| -> Vec<ReasonView> {
            results(held).filter(|result| wanted(result)).map(|result| reason(held, result, sent.whom, &page)).collect()
        };
        let is_later = |result: &CriterionResult| matches!(result.open_reason, Some(Cause::Judgement | Cause::Consent));
        let mut ask_about = of(&|result| result.effect == Effect::Open && !is_later(result));
        let n_more = ask_about.len().saturating_sub(SHOWN);
        ask_about.truncate(SHOWN);
        let later = of(&|result| result.effect == Effect::Open && is_later(result));
        let fits = of(&|result| result.effect == Effect::Pass);
        let next: Vec<&String> = held.next.iter().take(super::AT_ONCE).collect();
        let question = |number: usize, key: &String| -> Option<QuestionView> {
            let put = held.all.get(key)?;
            let raw = sent.answers.iter().find(|(known, _)| known == key).map_or("", |(_, written)| written.as_str());
            let points = put.bears_on.iter().take(3).filter_map(|(_, id)| {
                let result = held.screening.criteria.iter().find(|result| result.id == *id)?;
                Some(PointView { id: id.to_string(), text: shortened(&whole_text(result)) })
            });
            Some(QuestionView {
                number,
                key: key.clone(),
                sentence: words::sentence(put, sent.whom, &page),
                is_number: put.manner == Manner::Number,
                unit: words::unit(put, page.tongue),
                answer: raw.to_owned(),
                is_misread: held.misread.contains(key),
                points: points.collect(),
            })
        };
        // Words that no program read come by themselves, after the others.
        let as_written = |key: &&String| held.all.get(*key).is_some_and(|put| put.manner == Manner::AsWritten);
        let is_as_written = next.first().is_some_and(as_written);
        let next: Vec<QuestionView> = next
            .into_iter()
            .filter(|key| as_written(key) == is_as_written)
            .enumerate()
            .filter_map(|(at, key)| question(at + 1, key))
            .collect();
        let said_keys = held.answers.said.keys().filter(|key| !next.iter().any(|one| one.key == **key));
        let said: Vec<QuestionView> = said_keys.enumerate().filter_map(|(at, key)| question(100 + at, key)).collect();
        let count = |id: &str, n: usize| page.say_with(id, &[("n", &n.to_string())]);
        Self {
            nct_id: stored.nct_id.to_string(),
            title: prepared.study.value.title().to_owned(),
            person: WhomView::of(&page, sent, None),
            tone,
            verdict: page.say(word),
            meaning: page.say(means),
            because: of(&|result| result.effect == Effect::Fail),
            n_more: if n_more > 0 { count("check-more", n_more) } else { String::new() },
            ask_about,
            later,
            assent: (held.takes_children && sent.whom == Whom::Child).then(|| page.say("check-assent")),
            fits_heading: count("check-fits", fits.len()),
            fits,
            next_heading: count("check-next", held.next.len()),
            next,
            is_as_written,
            said_heading: count("check-said", said.len()),
            said,
            findings: held.findings.clone(),
            can_write,
            carried: if can_write { carried(held, sent, &page) } else { Vec::new() },
            complaint,
            page,
        }
    }
}
