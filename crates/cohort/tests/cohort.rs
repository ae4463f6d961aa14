//! Twelve invented patients against a small study of our own words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::date;
use serde_json::{Value, json};
use trialway_cohort::{Log, Protocol, RecordVersion, Row, Summary, Versions};
use trialway_eligibility::StudyLogic;
use trialway_matching::{Effect, Options, Policy, Verdict, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

const CRITERIA: &str = "Inclusion Criteria:\n\n* Age 18 to 65 years\n* Hemoglobin >= 10 g/dL\n\nExclusion Criteria:\n\n* ALT > 3 x ULN\n* Type 2 diabetes\n";

fn study() -> StudyLogic {
    let record = json!({"protocolSection": {
        "identificationModule": {"nctId": "NCT90000901", "briefTitle": "A small study"},
        "eligibilityModule": {"eligibilityCriteria": CRITERIA, "sex": "FEMALE", "minimumAge": "18 Years"},
    }});
    let study = trialway_registry::parse_study(&serde_json::to_vec(&record).unwrap()).unwrap().value;
    let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap());
    trialway_eligibility::lower_study(&study, &tree, Terminology::builtin())
}

struct Patient {
    id: &'static str,
    sex: &'static str,
    born: u16,
    hemoglobin: Option<&'static str>,
    /// ALT in U/L; the upper limit is 40.
    alt: Option<&'static str>,
    is_diabetic: bool,
}

const SOMEONE: Patient =
    Patient { id: "", sex: "female", born: 1986, hemoglobin: Some("12.5"), alt: Some("25"), is_diabetic: false };

fn patients() -> Vec<Patient> {
    vec![
        Patient { id: "fits-1", ..SOMEONE },
        Patient { id: "fits-2", born: 1990, ..SOMEONE },
        Patient { id: "anaemic-1", hemoglobin: Some("9.5"), ..SOMEONE },
        Patient { id: "anaemic-2", hemoglobin: Some("9.0"), ..SOMEONE },
        Patient { id: "anaemic-3", hemoglobin: Some("8.1"), alt: None, ..SOMEONE },
        Patient { id: "old-1", born: 1959, ..SOMEONE },
        Patient { id: "liver-1", alt: Some("140"), ..SOMEONE },
        Patient { id: "liver-anaemic", alt: Some("200"), hemoglobin: Some("7"), ..SOMEONE },
        Patient { id: "man-1", sex: "male", ..SOMEONE },
        Patient { id: "diabetic-1", is_diabetic: true, ..SOMEONE },
        Patient { id: "unknown-1", hemoglobin: None, ..SOMEONE },
        Patient { id: "unknown-2", hemoglobin: None, alt: None, ..SOMEONE },
    ]
}

fn facts(patient: &Patient) -> Facts {
    let laboratory = |id: &str, code: &str, text: &str, value: &str, unit: &str, high: u32| {
        json!({"resource": {"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": "2026-06-01",
            "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": text},
            "referenceRange": [{"high": {"value": high, "unit": unit}}],
            "valueQuantity": {"value": value.parse::<f64>().unwrap(), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}}})
    };
    let mut entries: Vec<Value> =
        vec![json!({"resource": {"resourceType": "Patient", "id": patient.id, "gender": patient.sex,
        "birthDate": format!("{}-01-10", patient.born)}})];
    entries.extend(patient.hemoglobin.map(|value| laboratory("hb", "718-7", "Hemoglobin", value, "g/dL", 16)));
    entries.extend(patient.alt.map(|value| laboratory("alt", "1742-6", "ALT", value, "U/L", 40)));
    if patient.is_diabetic {
        entries.push(json!({"resource": {"resourceType": "Condition", "id": "dm", "onsetDateTime": "2020-01-01",
            "code": {"text": "Type 2 diabetes mellitus"}}}));
    }
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
    trialway_fhir::import(&serde_json::to_vec(&bundle).unwrap(), Terminology::builtin()).unwrap().value.facts
}

fn options() -> Options {
    Options { as_of: date(2026, 6, 15), policy: Policy::Chart, trial: Some("NCT90000901".to_owned()) }
}

fn rows(protocol: &Protocol<'_>) -> Vec<Row> {
    patients().iter().map(|patient| protocol.hold(&facts(patient), &options())).collect()
}

fn place(protocol: &Protocol<'_>, id: &str) -> usize {
    protocol.items().iter().position(|item| item.id.as_str() == id).unwrap()
}

#[test]
fn verdicts_are_those_of_matching_and_the_funnel_adds_up() {
    let logic = study();
    let protocol = Protocol::new(&logic, Terminology::builtin());
    let rows = rows(&protocol);
    for (patient, row) in patients().iter().zip(&rows) {
        let want = screen(&logic, &facts(patient), &options(), Terminology::builtin());
        assert_eq!((row.verdict, &row.pivotal), (want.verdict, &want.pivotal), "{}", patient.id);
    }
    let summary = Summary::of(&protocol, &rows);
    assert_eq!(
        (summary.n_patients, summary.n_potentially_eligible, summary.n_needs_information, summary.n_ineligible),
        (12, 2, 2, 8)
    );
    let mut remaining = 12;
    for stage in &summary.funnel {
        remaining -= stage.n_failed;
        assert_eq!(stage.n_remaining, remaining);
        assert!(stage.n_open <= stage.n_remaining && stage.n_failed <= stage.n_failed_of_all);
    }
    assert_eq!(remaining, 12 - summary.n_ineligible);
    let hemoglobin = summary.funnel[place(&protocol, "I2")];
    assert_eq!((hemoglobin.n_failed, hemoglobin.n_failed_of_all, hemoglobin.n_open), (4, 4, 2));
}

#[test]
fn a_criterion_costs_those_whom_it_alone_excludes_and_a_looser_limit_admits_them() {
    let logic = study();
    let protocol = Protocol::new(&logic, Terminology::builtin());
    let rows = rows(&protocol);
    let summary = Summary::of(&protocol, &rows);
    let cost = |id: &str| summary.costs.iter().find(|cost| cost.item == place(&protocol, id)).unwrap();
    let hemoglobin = cost("I2");
    // The fourth anaemic one is excluded by the liver, too; of one of the three the ALT is missing.
    assert_eq!((hemoglobin.n_alone, hemoglobin.n_potentially_eligible), (3, 2));
    let steps = |id: &str| -> Vec<(String, String, usize)> {
        let (_, steps) = &cost(id).limits[0];
        steps.iter().map(|step| (step.comparator.as_str().to_owned(), step.value.to_string(), step.n_more)).collect()
    };
    let step = |sign: &str, value: &str, n: usize| (sign.to_owned(), value.to_owned(), n);
    assert_eq!(steps("I2"), [step(">=", "9.5", 1), step(">=", "9", 2), step(">=", "8.1", 3)]);
    // 140 is 3.5 times the upper limit; the ground of exclusion is then "more than 3.5".
    assert_eq!(steps("E1"), [step(">", "3.5", 1)]);
    let (index, steps) = &cost("I1").limits[0];
    assert_eq!((protocol.limits()[*index].variable.as_str(), steps[0].value.to_string()), ("age", "67".to_owned()));
    // The dearest comes first.
    assert!(summary.costs.windows(2).all(|pair| pair[0].n_alone >= pair[1].n_alone));
    assert_eq!(summary.costs[0].item, place(&protocol, "I2"));
    // A diagnosis has no limit.
    assert_eq!((cost("E2").n_alone, cost("E2").limits.len()), (1, 0));
}

#[test]
fn a_person_overrides_a_criterion_with_a_reason_and_the_verdict_follows() {
    let logic = study();
    let protocol = Protocol::new(&logic, Terminology::builtin());
    let mut row = protocol.hold(&facts(&patients()[9]), &options());
    assert_eq!(row.verdict, Verdict::Ineligible);
    let diabetes = place(&protocol, "E2");
    assert!(!row.put(diabetes, Effect::Pass, "  ", true), "a decision needs its reason");
    assert!(!row.put(99, Effect::Pass, "there is no such criterion", true));
    assert_eq!(row.verdict, Verdict::Ineligible);
    assert!(row.put(diabetes, Effect::Pass, "miscoded; steroid hyperglycaemia, resolved", true));
    assert_eq!(row.verdict, Verdict::PotentiallyEligible);
    assert!(row.put(diabetes, Effect::Open, "asked the practice", true));
    assert_eq!(row.verdict, Verdict::NeedsInformation);
    let put = row.marks[diabetes].overridden.as_ref().unwrap();
    assert_eq!((put.was, put.reason.as_str()), (Effect::Fail, "asked the practice"));
}

#[test]
fn the_log_has_a_line_for_each_patient_with_evidence_questions_and_versions() {
    let logic = study();
    let protocol = Protocol::new(&logic, Terminology::builtin());
    let versions = Versions {
        trial: "NCT90000901".to_owned(),
        record: RecordVersion::new(Some("2026-01-01"), "0123"),
        engine: "trialway 0".to_owned(),
        terminology: Terminology::version().to_owned(),
        as_of: "2026-06-15".to_owned(),
        policy: "chart".to_owned(),
    };
    let log = Log::new(&protocol, &versions);
    let n_columns = log.header().trim_end().split(',').count();
    let rows = rows(&protocol);
    let line = |id: &str| log.row(rows.iter().find(|row| row.patient == id).unwrap());
    let anaemic = line("anaemic-1");
    for part in [
        "anaemic-1,ineligible,",
        ",I2,",
        "Hemoglobin 9.5 g/dL",
        "Observation/hb",
        "changed 2026-01-01, sha256 0123",
        "2026-06-15",
    ] {
        assert!(anaemic.contains(part), "`{part}` in {anaemic}");
    }
    let unknown = line("unknown-1");
    assert!(unknown.contains("needs_information") && unknown.to_lowercase().contains("hemoglobin"), "{unknown}");
    for row in &rows {
        let line = log.row(row);
        assert!(line.ends_with("\r\n") && line.matches("\r\n").count() == 1);
        let mut in_quotes = false;
        let n = line.chars().filter(|c| {
            in_quotes ^= *c == '"';
            *c == ',' && !in_quotes
        });
        assert_eq!(n.count() + 1, n_columns, "{line}");
    }
}
