//! Observation: what is measured, its reference range, and its components.

use super::value::{self, decimal};
use super::{Facts, Record};
use crate::element::{Reader, items, notes, read_all, read_coded};
use rust_decimal::Decimal;
use serde_json::Value;
use trialway_patient::meaning::{self, Coded, fact, read_words, says_none};
use trialway_patient::{
    Calendar, Fact, FactKind, PartialDate, Period, RecordedSex, RecordedStatus, Value as Recorded, completed, subtract,
    worded, written,
};
use trialway_terminology::{ConceptId, Domain};
use trialway_units::{Unit, convert, parse_number, parse_unit};

pub(super) fn read<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if !matches!(status, "final" | "amended" | "corrected" | "") {
        return Err("not a final result");
    }
    let mut out = Vec::new();
    let coded = read_coded(resource.get("code"));
    let components: Vec<&Value> = items(resource, "component").collect();
    if coded.is_empty() && components.is_empty() {
        return Err("names nothing");
    }
    if says_none(&coded.label()) {
        return Err("says that there is none");
    }
    if meaning::is_of_family(&coded) {
        return Err("about a relative");
    }
    let mut main = fact(FactKind::Observation, "Observation", id, &coded, record.terminology);
    let specimen = specimen(resource, record);
    main.concepts = measured(&coded, &specimen, record);
    main.period = reader.when(resource, "effective", record.birth);
    if main.period.start.is_none() && main.period.end.is_none() {
        let issued = reader.date(resource, "issued");
        main.period = Period { start: issued, end: issued };
    }
    main.status = RecordedStatus::Ended;
    main.notes = notes(resource);
    main.notes.extend(resource.get("comment").and_then(Value::as_str).map(str::to_owned));
    fill(&mut main, resource, &coded, record, reader, "");
    let method = read_coded(resource.get("method"));
    let mut beside: Vec<String> = Vec::new();
    if !method.is_empty() {
        beside.push(format!("method: {}", method.label()));
    }
    if !specimen.is_empty() {
        beside.push(format!("specimen: {specimen}"));
    }
    beside.extend(super::sites(resource));
    main.notes.extend(beside.iter().cloned());
    for (index, component) in components.iter().enumerate() {
        let coded = read_coded(component.get("code"));
        if coded.is_empty() {
            reader.leave(&format!("component[{index}]"), "names nothing");
            continue;
        }
        let mut part = fact(FactKind::Observation, "Observation", id, &coded, record.terminology);
        part.concepts = measured(&coded, &specimen, record);
        part.provenance.path = format!("component[{index}]");
        part.period = main.period;
        part.status = RecordedStatus::Ended;
        fill(&mut part, component, &coded, record, reader, &format!(".component[{index}]"));
        part.notes.extend(beside.iter().cloned());
        out.push(part);
    }
    out.extend(delivery(&main, &coded));
    out.extend(lasting(&main));
    if !coded.is_empty() && (main.value != Some(Recorded::Absent) || components.is_empty()) {
        out.insert(0, main);
    }
    Ok(out)
}

/// What is measured; an item, a subscale or a domain of a scale is not the scale.
fn measured(coded: &Coded, specimen: &str, record: &Record<'_>) -> Vec<ConceptId> {
    const PARTS: [&str; 8] = ["item", "question", "subscale", "subscore", "subscores", "domain", "subtest", "facet"];
    let mut concepts = meaning::measured(coded, specimen, record.terminology);
    let label = coded.label().to_lowercase();
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
    let numbered = words.windows(2).any(|pair| match pair {
        [first, second] => {
            PARTS.contains(first) && second.chars().all(|c| c.is_ascii_digit() || c == 'q') && !second.is_empty()
        }
        _ => false,
    });
    let named = words.iter().any(|word| PARTS.get(2..).unwrap_or_default().contains(word));
    if (numbered || named) && !words.contains(&"total") {
        concepts.retain(|id| {
            let by_code = coded
                .codings
                .iter()
                .any(|(system, code, _)| record.terminology.by_code(system, code).iter().any(|known| known == id));
            by_code || !id.as_str().starts_with("score:")
        });
    }
    concepts
}

/// The birth that a date of delivery (LOINC 93857-1) tells of; none of one that is only expected.
fn delivery(fact: &Fact, coded: &Coded) -> Option<Fact> {
    let Some(Recorded::Date(date)) = &fact.value else { return None };
    let label = coded.label().to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let named = has(&["delivery", "childbirth", "giving birth"]) && !has(&["expected", "estimated", "due", "planned"]);
    if !named && !coded.codings.iter().any(|(_, code, _)| code == "93857-1") {
        return None;
    }
    let mut birth = fact.clone();
    birth.kind = FactKind::Procedure;
    birth.concepts = vec![ConceptId::new("procedure:delivery")];
    birth.period = Period { start: Some(*date), end: Some(*date) };
    birth.provenance.path = "value".to_owned();
    birth.value = None;
    Some(birth)
}

/// The disease or complaint that an answer about its duration tells of ("Duration of low back pain: 18 months").
///
/// **Unknown**: none where the time has no day from which it is counted back, or is that of a treatment.
fn lasting(fact: &Fact) -> Option<Fact> {
    const OF_ELSE: [&str; 12] = [
        "treatment",
        "therapy",
        "medication",
        "use",
        "remission",
        "response",
        "hospital",
        "surgery",
        "prior",
        "previous",
        "episode",
        "follow",
    ];
    let lower = fact.label.to_lowercase();
    let name = lower.strip_prefix("duration of ")?;
    if OF_ELSE.iter().any(|word| name.contains(word)) {
        return None;
    }
    let Some(Recorded::Quantity { number, unit: Some(unit), .. }) = &fact.value else { return None };
    let unit = match unit.as_str() {
        "a" => Calendar::Years,
        "mo" => Calendar::Months,
        "wk" => Calendar::Weeks,
        "d" => Calendar::Days,
        _ => return None,
    };
    let day = fact.period.start?;
    let whole = |number: Decimal| i64::try_from(number.trunc()).ok().filter(|n| (0..2_000).contains(n));
    // "18 months" are up to a day less than 19.
    let earliest = match number.high {
        Some((high, _)) => subtract(day.earliest, whole(high)? + 1, unit)?,
        None => jiff::civil::Date::MIN,
    };
    let latest = match number.low {
        Some((low, _)) => subtract(day.latest, whole(low)?, unit)?,
        None => day.latest,
    };
    let mut out = fact.clone();
    out.concepts.retain(|id| matches!(id.domain(), Some(Domain::Condition | Domain::State)));
    if out.concepts.is_empty() || earliest > latest {
        return None;
    }
    out.kind = FactKind::Condition;
    out.status = RecordedStatus::Active;
    out.period = Period { start: Some(PartialDate { earliest, latest }), end: None };
    out.provenance.path = "value".to_owned();
    out.label = name.to_owned();
    out.value = None;
    Some(out)
}

/// What it was measured in, where the record says.
fn specimen<'a>(resource: &'a Value, record: &Record<'a>) -> String {
    let Some(element) = resource.get("specimen") else { return String::new() };
    match record.index.resolve(resource, Some(element)) {
        Some(specimen) => read_coded(specimen.get("type")).label(),
        None => element.get("display").and_then(Value::as_str).unwrap_or_default().to_owned(),
    }
}

fn fill<'a>(fact: &mut Fact, element: &Value, coded: &Coded, record: &Record<'a>, reader: &mut Reader<'_>, path: &str) {
    let mut value = value::read(element, reader, path);
    match &value {
        Recorded::Text(words) => fact.notes.insert(0, words.clone()),
        // "Yes, left node 42 mm": what goes on behind the answer.
        Recorded::Answer { written, .. } | Recorded::Detected { written, .. }
            if written.contains([',', ';', ':', '(']) =>
        {
            fact.notes.insert(0, written.clone());
        }
        _ => {}
    }
    fact.interpretation = interpretation(element);
    read_words(fact, coded, record.terminology);
    if let Recorded::Text(words) = &value {
        // An answer such as "Class C" or "Type V" gets its scale from the question.
        let asked = format!("{} {words}", coded.label());
        for (scale, ordinals) in meaning::grades([asked.as_str()].into_iter()) {
            if !fact.grades.iter().any(|(id, _)| *id == scale) {
                fact.grades.push((scale, ordinals));
            }
        }
    }
    if let Recorded::Text(words) = &value
        && asks_for_score(fact)
        && let Some(Recorded::Quantity { number, unit_written, unit, .. }) = worded::score(words).map(written::number)
    {
        value = Recorded::Quantity { number, unit_written, unit, written: words.clone() };
    }
    fact.reference = reference(element, &value, fact.period, record, reader, path);
    fact.value = Some(value);
    meaning::keep_measured(fact, coded, record.terminology);
    meaning::settle_smoking(fact);
}

/// Whether what is measured is a score.
fn asks_for_score(fact: &Fact) -> bool {
    fact.concepts.iter().any(|id| id.as_str().starts_with("score:"))
}

/// The interpretation as a code in capitals; words are read as the codes that they name.
fn interpretation(element: &Value) -> Option<String> {
    const CODES: [&str; 18] =
        ["H", "HH", "HU", "L", "LL", "LU", "N", "A", "AA", "POS", "NEG", "DET", "ND", "RR", "NR", "WR", "IND", "E"];
    const WORDS: [(&str, &str); 12] = [
        ("high", "H"),
        ("critical high", "HH"),
        ("low", "L"),
        ("critical low", "LL"),
        ("normal", "N"),
        ("abnormal", "A"),
        ("positive", "POS"),
        ("negative", "NEG"),
        ("detected", "DET"),
        ("not detected", "ND"),
        ("reactive", "RR"),
        ("non-reactive", "NR"),
    ];
    let all = read_all(element.get("interpretation"));
    let codes = || all.iter().flat_map(|coded| &coded.codings).map(|(_, code, _)| code.to_uppercase());
    if let Some(known) = codes().find(|code| CODES.contains(&code.as_str())) {
        return Some(known);
    }
    let names = all
        .iter()
        .flat_map(|coded| coded.codings.iter().map(|(_, _, display)| display.as_str()).chain([coded.text.as_str()]));
    for name in names {
        let lower = name.trim().to_lowercase();
        if let Some((_, code)) = WORDS.iter().find(|(word, _)| *word == lower) {
            return Some((*code).to_owned());
        }
    }
    codes().find(|code| !code.is_empty())
}

/// Low and high of the reference range of this very result, in the unit of its value; none where several apply and differ.
fn reference(
    element: &Value,
    value: &Recorded,
    period: Period,
    record: &Record<'_>,
    reader: &mut Reader<'_>,
    path: &str,
) -> (Option<Decimal>, Option<Decimal>) {
    let mut found: Vec<(Option<Decimal>, Option<Decimal>)> = Vec::new();
    for range in items(element, "referenceRange").filter(|range| applies(range, period, record)) {
        let ends = ends(range, value);
        if ends != (None, None) && !found.contains(&ends) {
            found.push(ends);
        }
    }
    match found.as_slice() {
        [] => (None, None),
        [one] => *one,
        _ => {
            reader.leave(&format!("{path}.referenceRange"), "several ranges apply and differ");
            (None, None)
        }
    }
}

/// Whether a range is one of what is normal, for this patient's sex and age, as far as they are known.
fn applies(range: &Value, period: Period, record: &Record<'_>) -> bool {
    let kind = read_coded(range.get("type"));
    if !kind.is_empty() && !kind.is_any(&["normal"]) {
        return false;
    }
    for group in read_all(range.get("appliesTo")) {
        let of = if group.is_any(&["248152002", "female", "F"]) || group.text.eq_ignore_ascii_case("female") {
            Some(RecordedSex::Female)
        } else if group.is_any(&["248153007", "male", "M"]) || group.text.eq_ignore_ascii_case("male") {
            Some(RecordedSex::Male)
        } else {
            None
        };
        if of.is_none() || record.sex != of {
            return false;
        }
    }
    let Some(age) = range.get("age") else { return true };
    let (Some(birth), Some(day)) = (record.birth, period.start) else { return false };
    let within = |key: &str, holds: &dyn Fn(i64, i64) -> bool| {
        age.get(key).is_none_or(|end| match crate::element::length(end) {
            Some((number, unit @ (Calendar::Years | Calendar::Months | Calendar::Weeks | Calendar::Days))) => {
                holds(completed(birth.earliest, day.latest, unit), number)
                    && holds(completed(birth.latest, day.earliest, unit), number)
            }
            None => false,
        })
    };
    within("low", &|age, limit| age >= limit) && within("high", &|age, limit| age <= limit)
}

fn ends(range: &Value, value: &Recorded) -> (Option<Decimal>, Option<Decimal>) {
    let unit = match value {
        Recorded::Quantity { unit: Some(unit), .. } => Unit::new(unit),
        _ => None,
    };
    let end = |key: &str| {
        let quantity = range.get(key)?;
        let number = quantity.get("value").and_then(decimal)?;
        let written =
            quantity.get("code").or_else(|| quantity.get("unit")).and_then(Value::as_str).and_then(parse_unit);
        match (written, &unit) {
            (Some(from), Some(to)) => convert(number, &from, to, None).ok(),
            _ => Some(number),
        }
    };
    let (low, high) = (end("low"), end("high"));
    if low.is_some() || high.is_some() {
        return (low, high);
    }
    let text = range.get("text").and_then(Value::as_str).unwrap_or_default();
    let (sign, rest) = written::comparator(text.trim());
    let numbers: Vec<Decimal> = rest
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter(|part| !part.is_empty())
        .filter_map(parse_number)
        .map(|n| n.value)
        .take(2)
        .collect();
    match (numbers.as_slice(), sign) {
        ([low, high], "") if low < high => (Some(*low), Some(*high)),
        ([high, ..], "<" | "<=" | "≤") => (None, Some(*high)),
        ([low, ..], ">" | ">=" | "≥") => (Some(*low), None),
        _ => (None, None),
    }
}
