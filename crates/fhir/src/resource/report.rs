//! DiagnosticReport: conclusions in words and codes, and the results that it carries.

use super::{Facts, Record, observation};
use crate::element::{Reader, items, read_all, read_coded};
use crate::reference;
use serde_json::Value;
use trialway_patient::meaning::{self, Coded, fact, read_words};
use trialway_patient::{FactKind, Finding};

pub(super) fn read<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if !matches!(status, "final" | "amended" | "corrected" | "appended" | "") {
        return Err("not a final report");
    }
    let terminology = record.terminology;
    let coded = read_coded(resource.get("code"));
    let mut fact = fact(FactKind::Report, "DiagnosticReport", id, &coded, terminology);
    fact.period = reader.when(resource, "effective", record.birth);
    if fact.period.start.is_none() && fact.period.end.is_none() {
        let issued = reader.date(resource, "issued");
        fact.period = trialway_patient::Period { start: issued, end: issued };
    }
    let conclusion = resource.get("conclusion").and_then(Value::as_str).unwrap_or_default();
    if !conclusion.is_empty() {
        fact.notes.push(conclusion.to_owned());
    }
    let codes: Vec<Coded> = read_all(resource.get("conclusionCode").or_else(|| resource.get("codedDiagnosis")));
    fact.notes.extend(codes.iter().map(Coded::label).filter(|label| !label.is_empty()));
    read_words(&mut fact, &coded, terminology);
    // A coded conclusion is found, whatever words go with it.
    for concept in
        codes.iter().flat_map(|code| &code.codings).flat_map(|(system, code, _)| terminology.by_code(system, code))
    {
        let finding = Finding { concept, negated: false, hypothetical: false };
        if !fact.findings.contains(&finding) {
            fact.findings.push(finding);
        }
    }
    // A class named in a conclusion that names its disease elsewhere ("Class IV, active") belongs to it.
    let whole = [
        fact.notes.join(" "),
        codes
            .iter()
            .flat_map(|c| c.codings.iter().map(|(_, _, display)| display.clone()))
            .collect::<Vec<_>>()
            .join("; "),
    ];
    for (scale, ordinals) in meaning::grades(whole.iter().map(String::as_str)) {
        match fact.grades.iter_mut().find(|(id, _)| *id == scale) {
            Some((_, known)) => {
                known.extend(ordinals);
                known.sort_unstable();
                known.dedup();
            }
            None => fact.grades.push((scale, ordinals)),
        }
    }
    if resource.get("presentedForm").is_some() {
        reader.leave("presentedForm", "a document, which is not read");
    }
    let mut out = vec![fact];
    for result in items(resource, "result") {
        let local = result.get("reference").and_then(Value::as_str).is_some_and(|text| text.starts_with('#'));
        match record.index.resolve(resource, Some(result)) {
            // Results beside the report are read for themselves.
            Some(found) if local => out.extend(contained(found, resource, id, record, reader)),
            Some(_) => {}
            None => reader.leave("result", "names a result that the record does not hold"),
        }
    }
    Ok(out)
}

/// A result inside the report; it has the report's time where it has none of its own.
fn contained<'a>(
    found: &'a Value,
    report: &'a Value,
    id: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Vec<trialway_patient::Fact> {
    let local = reference::id(found).trim_start_matches('#');
    let status = found.get("status").and_then(Value::as_str).unwrap_or_default();
    if reference::kind(found) != "Observation" || found.get("modifierExtension").is_some() {
        reader.leave("result", "is not an Observation, or may turn what it says");
        return Vec::new();
    }
    match observation::read(found, id, status, record, reader) {
        Ok(mut facts) => {
            let time = reader.when(report, "effective", record.birth);
            for fact in &mut facts {
                fact.provenance.resource = "DiagnosticReport".to_owned();
                fact.provenance.path = format!("contained[{local}] {}", fact.provenance.path).trim_end().to_owned();
                if fact.period.start.is_none() {
                    fact.period = time;
                }
            }
            facts
        }
        Err(reason) => {
            reader.leave(&format!("contained[{local}]"), reason);
            Vec::new()
        }
    }
}
