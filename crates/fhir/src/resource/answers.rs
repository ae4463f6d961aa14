//! QuestionnaireResponse: answers, each about what its question's `linkId` names (`docs/patient-records.md`).
//!
//! `linkId` is `CONCEPT[#now|#ever]`; else the question is known by its text.

use super::value;
use super::{Facts, Record};
use crate::element::{Reader, items};
use serde_json::Value;
use trialway_patient::meaning::{self, Coded, fact, read_words};
use trialway_patient::{
    ANSWERED_FOR_NOW, Fact, FactKind, PartialDate, Period, RecordedSex, RecordedStatus, Value as Recorded,
};
use trialway_terminology::{ConceptId, Domain};

/// Answers that say that the one who answers does not know.
const NOT_KNOWN: [&str; 9] = [
    "unknown",
    "not known",
    "don't know",
    "do not know",
    "not sure",
    "unsure",
    "asked but unknown",
    "not asked",
    "n/a",
];

pub(super) fn read<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if !matches!(status, "completed" | "amended" | "in-progress" | "") {
        return Err("answers that were not completed");
    }
    let authored = reader.date(resource, "authored");
    let mut out = Vec::new();
    let mut open: Vec<&Value> = items(resource, "item").collect();
    open.reverse();
    while let Some(item) = open.pop() {
        let mut inner: Vec<&Value> = items(item, "item").collect();
        let answers: Vec<&Value> = items(item, "answer").collect();
        inner.extend(answers.iter().flat_map(|answer| items(answer, "item")));
        let is_group = !inner.is_empty() && answers.is_empty();
        inner.reverse();
        open.extend(inner);
        let link = item.get("linkId").and_then(Value::as_str).unwrap_or_default();
        if answers.is_empty() {
            if !is_group {
                reader.leave(&format!("item[{link}]"), "was not answered");
            }
            continue;
        }
        for answer in answers {
            let question = Question { link, text: item.get("text").and_then(Value::as_str).unwrap_or_default() };
            out.extend(question.answered(answer, authored, id, record, reader));
        }
    }
    Ok(out)
}

/// Which time a question asks of.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Now,
    Ever,
    Unsaid,
    /// A time that is not read.
    Other,
}

struct Question<'a> {
    link: &'a str,
    text: &'a str,
}

impl Question<'_> {
    fn asked(&self) -> Asked {
        match self.link.split_once('#').map(|(_, time)| time.split('#').next().unwrap_or_default()) {
            Some("now") => Asked::Now,
            Some("ever") => Asked::Ever,
            Some(_) => Asked::Other,
            None => {
                let lower = self.text.to_lowercase();
                let past = ["ever ", "history of", "previous", "in the past"].iter().any(|word| lower.contains(word));
                if past { Asked::Ever } else { Asked::Unsaid }
            }
        }
    }

    /// The concept that the `linkId` names.
    fn concept(&self, record: &Record<'_>) -> Option<ConceptId> {
        let named = ConceptId::new(self.link.split('#').next().unwrap_or_default().trim());
        let is_known = record.terminology.concept(&named).is_some();
        let is_written = named.written_words().is_some_and(|words| !words.is_empty()) && named.domain().is_some();
        (is_known || is_written).then_some(named)
    }

    fn answered<'a>(
        &self,
        answer: &Value,
        authored: Option<PartialDate>,
        id: &str,
        record: &Record<'a>,
        reader: &mut Reader<'_>,
    ) -> Option<Fact> {
        let place = format!("item[{}]", self.link);
        let value = value::read(answer, reader, &place);
        if self.of_person(&value, reader) {
            return None;
        }
        let unknown = match &value {
            Recorded::Absent => true,
            Recorded::Text(text) => NOT_KNOWN.contains(&text.trim().to_lowercase().as_str()),
            _ => false,
        };
        if unknown {
            reader.leave(&place, "was answered as not known");
            return None;
        }
        let named = self.concept(record);
        let label = match (&named, self.text) {
            (_, text) if !text.is_empty() => text.to_owned(),
            (Some(id), _) => record
                .terminology
                .concept(id)
                .map_or_else(|| id.written_words().unwrap_or_default().to_owned(), |concept| concept.name.clone()),
            (None, _) => self.link.to_owned(),
        };
        let coded = Coded { codings: Vec::new(), text: label };
        let mut fact = fact(FactKind::Observation, "QuestionnaireResponse", id, &coded, record.terminology);
        fact.provenance.path = place.clone();
        fact.concepts = match &named {
            Some(id) => vec![id.clone()],
            // The answer to one question of one criterion speaks of nothing else that its words name.
            None if self.link.starts_with("q:") => Vec::new(),
            None => meaning::measured(&coded, "", record.terminology),
        };
        fact.period = Period { start: authored, end: authored };
        fact.status = RecordedStatus::Ended;
        if let Recorded::Text(words) = &value {
            fact.notes.push(words.clone());
        }
        if !self.link.starts_with("q:") {
            read_words(&mut fact, &coded, record.terminology);
        }
        let domain = named.as_ref().and_then(ConceptId::domain);
        let asked = self.asked();
        match &value {
            Recorded::Answer { yes: true, .. } => match (named.is_some(), domain) {
                (true, Some(domain)) if domain != Domain::Observation => affirm(&mut fact, domain, asked, authored),
                // "Diabetes or asthma?" is affirmed as a whole, not each.
                (false, _) if fact.concepts.len() > 1 => fact.concepts.clear(),
                _ => {}
            },
            Recorded::Answer { yes: false, .. } => match asked {
                Asked::Ever => {}
                Asked::Other => {
                    reader.leave(&place, "denies something for a time that is not read");
                    return None;
                }
                Asked::Unsaid if domain == Some(Domain::Procedure) => {}
                Asked::Unsaid if self.link.starts_with("q:") => {}
                Asked::Now | Asked::Unsaid => fact.notes.push(ANSWERED_FOR_NOW.to_owned()),
            },
            _ => {}
        }
        if self.link.split('#').next() == Some("participation:other_study")
            && matches!(value, Recorded::Answer { yes: true, .. })
        {
            fact.kind = FactKind::Participation;
            fact.status = RecordedStatus::Active;
            fact.period.end = None;
        }
        if fact.kind == FactKind::Observation {
            fact.value = Some(value);
            meaning::settle_smoking(&mut fact);
        }
        Some(fact)
    }

    /// Birth and sex, where the question is about them.
    fn of_person(&self, value: &Recorded, reader: &mut Reader<'_>) -> bool {
        match (self.link, value) {
            ("person:birth_date", Recorded::Date(date)) => reader.birth = Some(*date),
            ("person:sex", Recorded::Text(text)) => match text.trim().to_lowercase().as_str() {
                "female" => reader.sex = Some(RecordedSex::Female),
                "male" => reader.sex = Some(RecordedSex::Male),
                "other" => reader.sex = Some(RecordedSex::Other),
                _ => reader.leave("item[person:sex]", "was answered as not known"),
            },
            ("person:birth_date" | "person:sex", _) => {
                reader.leave(&format!("item[{}]", self.link), "is not an answer of the kind that was asked for");
            }
            _ => return false,
        }
        true
    }
}

/// Turns an answer that affirms into the fact that it states.
fn affirm(fact: &mut Fact, domain: Domain, asked: Asked, authored: Option<PartialDate>) {
    fact.kind = match domain {
        Domain::Drug => FactKind::Medication,
        Domain::Procedure => FactKind::Procedure,
        _ => FactKind::Condition,
    };
    let now = asked == Asked::Now || (asked == Asked::Unsaid && domain != Domain::Procedure);
    if now {
        fact.status = RecordedStatus::Active;
        fact.period = Period { start: authored.map(PartialDate::up_to), end: None };
    } else {
        // At some time: neither that it is over is known, nor when it was.
        fact.status = RecordedStatus::Unstated;
        fact.period = Period { start: None, end: Some(PartialDate::some_time()) };
    }
}
