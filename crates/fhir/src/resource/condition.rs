//! Condition: status, certainty, onset, abatement, stage, histology.

use super::{Facts, Record, sites};
use crate::element::{Reader, extensions, items, notes, read_coded};
use serde_json::Value;
use trialway_patient::meaning::{self, fact, is_of_family, read_words, says_none, says_past};
use trialway_patient::{Certainty, FactKind, PartialDate, Period, RecordedStatus};

pub(super) fn read<'a>(resource: &'a Value, id: &str, record: &Record<'a>, reader: &mut Reader<'_>) -> Facts {
    let terminology = record.terminology;
    let verification = read_coded(resource.get("verificationStatus"));
    if verification.is_any(&["refuted"]) {
        return Err("refuted");
    }
    if verification.is_any(&["entered-in-error"]) {
        return Err("entered in error");
    }
    let coded = read_coded(resource.get("code"));
    if coded.is_empty() {
        return Err("names nothing");
    }
    let lower = coded.label().to_ascii_lowercase();
    if is_of_family(&coded) {
        return Err("about a relative");
    }
    if says_none(&lower) {
        return Err("says that there is none");
    }
    let mut fact = fact(FactKind::Condition, "Condition", id, &coded, terminology);
    let onset = reader.when(resource, "onset", record.birth);
    let abatement = reader.when(resource, "abatement", record.birth);
    // What was recorded on a day began on that day or before.
    let start = onset.start.or_else(|| {
        let recorded = reader.date(resource, "recordedDate").or_else(|| asserted(resource, reader))?;
        let from = record.birth.map_or(jiff::civil::Date::MIN, |birth| birth.earliest.min(recorded.earliest));
        Some(PartialDate { earliest: from, latest: recorded.latest })
    });
    fact.period = Period { start, end: abatement.start.or(abatement.end) };
    let clinical = read_coded(resource.get("clinicalStatus"));
    let over = resource.get("abatementBoolean").and_then(Value::as_bool) == Some(true)
        || ["abatementAge", "abatementRange", "abatementString"].iter().any(|key| resource.get(*key).is_some());
    fact.status = if clinical.is_any(&["active", "recurrence", "relapse"]) {
        RecordedStatus::Active
    } else if clinical.is_any(&["inactive", "remission", "resolved"]) || fact.period.end.is_some() || over {
        RecordedStatus::Ended
    } else {
        RecordedStatus::Unstated
    };
    // An entry that is a history of something says that it was, whatever the entry's own status.
    if says_past(&lower) {
        fact.status = RecordedStatus::Ended;
    }
    if verification.is_any(&["provisional", "differential", "unconfirmed"]) {
        fact.certainty = Certainty::Suspected;
    }
    let severity = read_coded(resource.get("severity"));
    fact.severity = (!severity.is_empty()).then(|| severity.label().to_lowercase());
    fact.notes = notes(resource);
    for stage in items(resource, "stage") {
        let summary = read_coded(stage.get("summary"));
        let kind = read_coded(stage.get("type"));
        if !summary.is_empty() {
            fact.notes.push(match kind.is_empty() {
                true => summary.label(),
                false => format!("{}: {}", kind.label(), summary.label()),
            });
        } else if let Some(assessed) =
            items(stage, "assessment").find_map(|assessment| record.index.resolve(resource, Some(assessment)))
        {
            fact.notes.push(read_coded(assessed.get("valueCodeableConcept")).label());
        }
    }
    read_words(&mut fact, &coded, terminology);
    // mCODE: the kind of tissue of a cancer.
    for histology in extensions(resource, "histology-morphology-behavior") {
        let histology = read_coded(histology.get("valueCodeableConcept"));
        if !histology.is_empty() {
            for concept in meaning::concepts(&histology, terminology) {
                let known = fact.concepts.iter().any(|id| terminology.is_a(id, &concept));
                if !known && concept.domain() == Some(trialway_terminology::Domain::Condition) {
                    fact.concepts.push(concept);
                }
            }
            fact.notes.push(format!("histology: {}", histology.label()));
        }
    }
    fact.notes.retain(|note| !note.is_empty());
    fact.notes.extend(sites(resource));
    Ok(vec![fact])
}

/// US Core: when the condition was asserted.
fn asserted(resource: &Value, reader: &mut Reader<'_>) -> Option<PartialDate> {
    let element = extensions(resource, "condition-assertedDate").next()?;
    reader.date(element, "valueDateTime")
}
