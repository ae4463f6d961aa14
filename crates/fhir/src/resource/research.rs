//! Research: taking part in studies, and consent to them.

use super::{Facts, Record};
use crate::element::{Reader, extensions, items, read_coded};
use serde_json::Value;
use trialway_patient::meaning::{Coded, fact};
use trialway_patient::{FactKind, Period, RecordedStatus};
use trialway_terminology::{Layered, Terminology};

/// States in which somebody does not take part, or not yet.
const NOT_TAKING_PART: [&str; 7] =
    ["candidate", "eligible", "potential-candidate", "pending-on-study", "ineligible", "not-registered", "screening"];

/// Title and identifiers of a study that an element refers to.
fn study<'a>(from: &'a Value, element: Option<&'a Value>, record: &Record<'a>) -> (Option<String>, Vec<String>) {
    let found = record.index.resolve(from, element);
    let mut ids: Vec<String> = Vec::new();
    let own = element.and_then(|element| element.get("identifier"));
    for identifier in found.into_iter().flat_map(|study| items(study, "identifier")).chain(own) {
        ids.extend(identifier.get("value").and_then(Value::as_str).map(str::to_owned));
    }
    let title = found
        .and_then(|study| study.get("title"))
        .or_else(|| element.and_then(|element| element.get("display")))
        .and_then(Value::as_str)
        .map(str::to_owned);
    (title, ids)
}

pub(super) fn participation<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if NOT_TAKING_PART.contains(&status) {
        return Err("did not take part, or not yet");
    }
    let (title, ids) = study(resource, resource.get("study"), record);
    let coded = Coded { codings: Vec::new(), text: title.unwrap_or_else(|| "a study".to_owned()) };
    let mut fact =
        fact(FactKind::Participation, "ResearchSubject", id, &coded, &Layered::plain(&Terminology::default()));
    fact.notes = ids;
    for arm in ["actualArm", "assignedArm"] {
        fact.notes.extend(resource.get(arm).and_then(Value::as_str).map(|arm| format!("arm: {arm}")));
    }
    if let Some(period) = resource.get("period") {
        fact.period = Period { start: reader.date(period, "start"), end: reader.date(period, "end") };
    }
    fact.status = match status {
        "off-study" | "withdrawn" => RecordedStatus::Ended,
        _ if fact.period.end.is_some() => RecordedStatus::Ended,
        _ => RecordedStatus::Active,
    };
    Ok(vec![fact])
}

pub(super) fn consent<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if status != "active" {
        return Err("a consent that is not active");
    }
    if !read_coded(resource.get("scope")).is_any(&["research"]) {
        return Err("a consent to something other than research");
    }
    let provision = resource.get("provision");
    if provision.and_then(|p| p.get("type")).and_then(Value::as_str) == Some("deny") {
        return Err("a refusal");
    }
    let policy = read_coded(resource.get("policyRule"));
    let text = if policy.is_empty() { "consent to research".to_owned() } else { policy.label() };
    let coded = Coded { codings: Vec::new(), text };
    let mut fact = fact(FactKind::Consent, "Consent", id, &coded, &Layered::plain(&Terminology::default()));
    let given = reader.date(resource, "dateTime");
    let end = provision.and_then(|p| p.get("period")).and_then(|period| reader.date(period, "end"));
    fact.period = Period { start: given, end };
    fact.status = RecordedStatus::Active;
    fact.notes =
        items(resource, "policy").filter_map(|p| p.get("uri").and_then(Value::as_str)).map(str::to_owned).collect();
    let named = extensions(resource, "consent-research-study")
        .filter_map(|extension| extension.get("valueReference"))
        .chain(provision.into_iter().flat_map(|p| items(p, "data")).filter_map(|data| data.get("reference")));
    for element in named {
        let (title, ids) = study(resource, Some(element), record);
        fact.notes.extend(title.into_iter().chain(ids));
    }
    Ok(vec![fact])
}
