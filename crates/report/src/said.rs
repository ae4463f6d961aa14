//! A verdict, what is asked and what a result rests on, in a language: by kinds, names and numbers, never from English sentences.
//!
//! **Shape**: words that stay English in another language are marked ([`trialway_language::foreign`]).

use crate::language::{Language, Say};
use trialway_cohort::RecordVersion;
use trialway_eligibility::expr::Topic;
use trialway_language::foreign::mark;
use trialway_language::topic_words;
use trialway_matching::{Ask, Cause, CriterionResult, Entry, Evidence, Named, Need, Says, Shown, Verdict};
use trialway_patient::{Calendar, Left, RecordedSex};
use trialway_terminology::{ConceptId, Terminology};

/// A verdict in words, and what it means.
pub fn verdict_words(language: Language, verdict: Verdict) -> (String, String) {
    let id = match verdict {
        Verdict::PotentiallyEligible => "report-may",
        Verdict::NeedsInformation => "report-cannot-tell",
        Verdict::Ineligible => "report-no",
    };
    (language.say(id, &[]), language.say(&format!("{id}-means"), &[]))
}

/// What there is to say of a result besides its effect.
pub fn notes(language: Language, result: &CriterionResult) -> Vec<String> {
    let mut ids = Vec::new();
    ids.extend(result.open_reason.map(|reason| match reason {
        Cause::MissingData => "note-missing",
        Cause::NotUnderstood => "note-not-understood",
        Cause::Judgement => "note-judgement",
        Cause::Consent => "note-consent",
    }));
    for (is_so, id) in [
        (result.not_applicable, "note-not-applicable"),
        (result.assumed, "note-assumed"),
        (result.moot, "note-moot"),
        (result.firmness.as_str() != "certain", "note-likely"),
    ] {
        if is_so {
            ids.push(id);
        }
    }
    ids.into_iter().map(|id| language.say(id, &[])).collect()
}

/// What to ask or measure.
pub fn need(language: Language, need: &Need) -> String {
    if language == Language::English {
        return need.to_string();
    }
    let mut about: Vec<String> = need.about.iter().map(|named| self::named(language, named)).collect();
    if need.ask == Ask::WhichMedicines {
        let joined =
            about.into_iter().reduce(|first, last| language.say("shown-list", &[("first", &first), ("last", &last)]));
        about = joined.into_iter().collect();
    }
    let (first, second) = (about.first().cloned().unwrap_or_default(), about.get(1).cloned().unwrap_or_default());
    language.say(&format!("need-{}", need.ask.as_str()), &[("first", &first), ("second", &second)])
}

/// What to ask or measure, each once.
pub fn needs(language: Language, needs: &[Need]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(needs.len());
    for one in needs {
        let words = need(language, one);
        if !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

/// What of a record was left out, and why, on one line.
pub fn left_out(language: Language, left: &Left) -> String {
    if language == Language::English {
        return format!("{}: {}", left.reference, left.reason);
    }
    let why = trialway_language::left_out(language, &left.reason);
    language.say("report-left", &[("what", &mark(&left.reference)), ("why", &why)])
}

/// Which version of a study's record a result was made with.
pub fn record(language: Language, version: &RecordVersion) -> String {
    match &version.changed {
        Some(changed) => language.say("report-changed", &[("day", changed), ("hash", &version.hash)]),
        None => language.say("report-hash", &[("hash", &version.hash)]),
    }
}

/// What a result rests on, on one line.
pub fn evidence(language: Language, evidence: &Evidence) -> String {
    resting(language, evidence, false)
}

/// The same; `is_asked_here` where the record is of answers to questions that were put in this language, so that their words are not
/// English.
pub(crate) fn resting(language: Language, evidence: &Evidence, is_asked_here: bool) -> String {
    if language == Language::English {
        return evidence.text();
    }
    match &evidence.shown {
        Shown::Age { number, unit, on, is_female } => {
            let unit = match unit {
                Calendar::Years => "years",
                Calendar::Months => "months",
                Calendar::Weeks => "weeks",
                Calendar::Days => "days",
            };
            let args = [("n", number.to_string()), ("day", on.to_string())];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let age = language.say(&format!("shown-age-{unit}"), &args);
            if *is_female { language.say("shown-female", &[("what", &age)]) } else { age }
        }
        Shown::Sex(sex) => language.say(
            match sex {
                RecordedSex::Female => "shown-sex-female",
                RecordedSex::Male => "shown-sex-male",
                RecordedSex::Other => "shown-sex-other",
            },
            &[],
        ),
        Shown::Entry(entry) if is_asked_here && evidence.source.starts_with("QuestionnaireResponse") => {
            self::entry(language, entry, entry.name.clone())
        }
        Shown::Entry(entry) => {
            self::entry(language, entry, name_of_entry(language, &entry.name, entry.concept.as_ref()))
        }
    }
}

fn entry(language: Language, entry: &Entry, name: String) -> String {
    let with = |id: &str, value: &str| language.say(id, &[("name", &name), ("value", value)]);
    let mut out = match &entry.says {
        Says::Nothing => name,
        Says::Number(written) => with("shown-number", written),
        Says::Answer(yes, written) => with("shown-words", &answer(language, *yes, written)),
        Says::Words(written) => with("shown-words", &mark(written)),
    };
    let day = |date: &trialway_patient::PartialDate| mark(&date.to_string());
    let say = |id: &str, out: &str, args: &[(&str, &str)]| language.say(id, &[&[("what", out)][..], args].concat());
    out = match (&entry.period.start, &entry.period.end) {
        (Some(start), Some(end)) if start == end => say("shown-on", &out, &[("day", &day(start))]),
        (Some(start), Some(end)) => say("shown-from-to", &out, &[("from", &day(start)), ("to", &day(end))]),
        (Some(start), None) => say("shown-since", &out, &[("from", &day(start))]),
        (None, Some(end)) => say("shown-until", &out, &[("to", &day(end))]),
        (None, None) => out,
    };
    if let Some((from, method)) = &entry.calculated {
        out = say("shown-calculated", &out, &[("from", &mark(from)), ("method", &mark(method))]);
    }
    match entry.gestation_days {
        Some(days) => {
            let (weeks, days) = ((days / 7).to_string(), (days % 7).to_string());
            say("shown-gestation", &out, &[("weeks", &weeks), ("days", &days)])
        }
        None => out,
    }
}

/// Yes or no in the language, where that is all that was answered.
fn answer(language: Language, yes: bool, written: &str) -> String {
    match written.trim().to_ascii_lowercase().as_str() {
        "yes" | "true" | "y" | "no" | "false" | "n" | "" => {
            language.say(if yes { "shown-yes" } else { "shown-no" }, &[])
        }
        _ => mark(written),
    }
}

fn named(language: Language, named: &Named) -> String {
    match named {
        Named::Concept { id, words } => in_language(language, id).map_or_else(|| mark(words), str::to_owned),
        Named::Entry { words, concept } => name_of_entry(language, words, concept.as_ref()),
        Named::Written(words) => mark(words),
        Named::Topic { key, words } => {
            topic_words(&Topic { key: key.clone(), question: words.clone() }, language.templates())
        }
    }
}

fn in_language(language: Language, id: &ConceptId) -> Option<&'static str> {
    Terminology::builtin().name_in(id, language.names()?)
}

/// The name of an entry of a record: the vocabulary's in the language where the record's is the same name, else the record's with the
/// other beside it.
fn name_of_entry(language: Language, written: &str, concept: Option<&ConceptId>) -> String {
    let Some(name) = concept.and_then(|id| in_language(language, id)) else { return mark(written) };
    if Terminology::builtin().named_by(written).as_ref() == concept {
        return name.to_owned();
    }
    language.say("shown-named", &[("written", &mark(written)), ("name", name)])
}
