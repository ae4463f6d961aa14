//! The program as people and other programs call it, on the project's own corpus.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(path)
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trialway")).args(arguments).output().unwrap()
}

/// A file of this test's own, with the content given.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn screen(trial: &Path, patient: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["screen", "--trial", trial.to_str().unwrap(), "--patient", patient.to_str().unwrap()];
    arguments.extend(["--as-of", "2026-06-15", "--format", "json"]);
    arguments.extend(more);
    let output = run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn effects(screening: &Value) -> Vec<(String, String)> {
    fn walk(nodes: &Value, out: &mut Vec<(String, String)>) {
        for node in nodes.as_array().into_iter().flatten() {
            out.push((node["id"].as_str().unwrap().to_owned(), node["effect"].as_str().unwrap().to_owned()));
            walk(&node["children"], out);
        }
    }
    let mut out = Vec::new();
    walk(&screening["criteria"], &mut out);
    out
}

fn demo() -> (PathBuf, PathBuf) {
    (corpus("registry/NCT90000001.json"), corpus("patients/lupus-nephritis-child.json"))
}

#[test]
fn the_demonstration_child_needs_a_pregnancy_test() {
    let (trial, patient) = demo();
    let got = screen(&trial, &patient, &[]);
    assert_eq!(got["verdict"], "needs_information");
    assert_eq!(got["pivotal"], serde_json::json!(["I9"]));
    for (id, effect) in effects(&got) {
        let want = if ["I9", "I10", "E8"].contains(&id.as_str()) { "open" } else { "pass" };
        assert_eq!(effect, want, "{id}");
    }
}

#[test]
fn under_the_strict_policy_nothing_is_assumed() {
    let (trial, patient) = demo();
    let got = screen(&trial, &patient, &["--policy", "strict"]);
    assert!(got["criteria"].as_array().unwrap().iter().all(|node| node["assumed"] == false));
    let open: Vec<String> =
        effects(&got).into_iter().filter(|(_, effect)| effect == "open").map(|(id, _)| id).collect();
    for id in ["E1", "E4", "E5", "E6", "E7"] {
        assert!(open.iter().any(|other| other == id), "{id}");
    }
}

#[test]
fn every_open_has_a_need_and_every_fail_rests_on_something() {
    let (trial, patient) = demo();
    for policy in ["chart", "strict"] {
        let got = screen(&trial, &patient, &["--policy", policy]);
        for node in got["criteria"].as_array().unwrap() {
            match node["effect"].as_str().unwrap() {
                "open" => assert!(!node["needs"].as_array().unwrap().is_empty(), "{}", node["id"]),
                "fail" => assert!(
                    node["assumed"] == true || !node["evidence"].as_array().unwrap().is_empty(),
                    "{}",
                    node["id"]
                ),
                _ => {}
            }
        }
    }
}

#[test]
fn the_order_of_a_bundle_and_an_unrelated_resource_change_nothing() {
    let (trial, patient) = demo();
    let before = screen(&trial, &patient, &[]);
    let mut bundle: Value = serde_json::from_slice(&std::fs::read(&patient).unwrap()).unwrap();
    let entries = bundle["entry"].as_array_mut().unwrap();
    entries.reverse();
    let again = entries.first().unwrap().clone();
    entries.push(again);
    entries.push(serde_json::json!({"resource": {"resourceType": "Slot", "id": "x", "status": "free"}}));
    let turned = file("turned.json", bundle.to_string().as_bytes());
    assert_eq!(screen(&trial, &turned, &[]), before);
}

/// Reworded items that mean the same, beside the demonstration's own words.
const SAME: [(&str, &str); 20] = [
    ("Children aged 6 to 18 years", "Age between 6 and 18 years"),
    ("Children aged 6 to 18 years", "Age 6-18 years old"),
    ("Children aged 6 to 18 years", "Aged at least 6 years and at most 18 years"),
    ("Diagnosis of systemic lupus erythematosus", "Diagnosed with SLE"),
    ("Diagnosis of systemic lupus erythematosus", "Patients with systemic lupus erythematosus"),
    ("SLEDAI-2K score of at least 8 points", "SLEDAI-2000 score ≥8 points"),
    ("SLEDAI-2K score of at least 8 points", "SLEDAI score not less than 8"),
    ("Lymphocytes ≥ 1 x 10^9/L", "Lymphocyte count ≥1×109/L"),
    ("Lymphocytes ≥ 1 x 10^9/L", "Lymphocytes at least 1000/uL"),
    ("Hemoglobin ≥ 60 g/L", "Haemoglobin of at least 6 g/dL"),
    ("Hemoglobin ≥ 60 g/L", "Hb ≥60g/L"),
    ("ALT ≤ 3 x ULN", "Alanine aminotransferase no more than 3 times the upper limit of normal"),
    ("ALT ≤ 3 x ULN", "ALT≤3.0×ULN"),
    ("eGFR ≥ 30 mL/min/1.73 m2", "eGFR ≥30 ml/(min.1.73m2)"),
    ("Antinuclear antibody ≥ 1:80", "ANA ≥1:80"),
    ("ECOG performance status 0 to 2", "ECOG 0-2"),
    ("Previous kidney transplantation", "Received a renal transplant previously"),
    ("HIV antibody positive", "Positive for HIV antibody"),
    ("Received CAR-T therapy previously", "Prior CAR T cell therapy"),
    ("Received live vaccine within 4 weeks before screening", "Live vaccine within 4 weeks prior to screening"),
];

#[test]
fn rewording_that_keeps_the_meaning_keeps_every_effect() {
    let (trial, patient) = demo();
    let want = effects(&screen(&trial, &patient, &[]));
    let record = std::fs::read_to_string(&trial).unwrap();
    for (index, (written, reworded)) in SAME.iter().enumerate() {
        assert!(record.contains(written), "{written}");
        let variant = file(&format!("same-{index}.json"), record.replace(written, reworded).as_bytes());
        assert_eq!(effects(&screen(&variant, &patient, &[])), want, "{reworded}");
    }
}

/// Limits moved to the other side of the child's value, and the item that must fail then.
const MOVED: [(&str, &str, &str); 8] = [
    ("aged 6 to 18 years", "aged 13 to 18 years", "I1"),
    ("score of at least 8", "score of at least 13", "I4"),
    ("Lymphocytes ≥ 1 x", "Lymphocytes ≥ 2 x", "I6.1"),
    ("Hemoglobin ≥ 60 g/L", "Hemoglobin ≥ 10.2 g/dL", "I6.2"),
    ("eGFR ≥ 30", "eGFR ≥ 89", "I6.5"),
    ("≥ 1:80", "≥ 1:1280", "I7"),
    ("status 0 to 2", "status 2 to 3", "I8"),
    ("class III or IV", "class II or V", "I3"),
];

#[test]
fn a_limit_moved_past_the_value_fails_that_item() {
    let (trial, patient) = demo();
    let record = std::fs::read_to_string(&trial).unwrap();
    for (index, (written, moved, id)) in MOVED.iter().enumerate() {
        assert!(record.contains(written), "{written}");
        let variant = file(&format!("moved-{index}.json"), record.replace(written, moved).as_bytes());
        let got = effects(&screen(&variant, &patient, &[]));
        assert_eq!(
            got.iter().find(|(other, _)| other == id).map(|(_, effect)| effect.as_str()),
            Some("fail"),
            "{moved}"
        );
    }
}

fn boy() -> (PathBuf, PathBuf) {
    (corpus("registry/NCT90000002.json"), corpus("patients/nephrotic-syndrome-boy.json"))
}

#[test]
fn the_demonstration_boy_waits_for_judgement_and_consent_only() {
    let (trial, patient) = boy();
    let got = screen(&trial, &patient, &[]);
    assert_eq!(got["verdict"], "potentially_eligible");
    for (id, effect) in effects(&got) {
        let want = if ["I5", "I7", "E13"].contains(&id.as_str()) { "open" } else { "pass" };
        assert_eq!(effect, want, "{id}");
    }
    let pregnancy = got["criteria"].as_array().unwrap().iter().find(|node| node["id"] == "I6").unwrap();
    assert_eq!(pregnancy["not_applicable"], true);
}

/// The second trial: reworded, or with another unit, and meaning the same.
const SAME_BOY: [(&str, &str); 15] = [
    ("Aged 2 years or older, any gender", "Age ≥2 years old, either sex"),
    ("Aged 2 years or older, any gender", "Age of at least 24 months"),
    (
        "minimal change disease or focal segmental glomerulosclerosis",
        "focal segmental glomerulosclerosis (FSGS) or minimal change disease (MCD)",
    ),
    ("Left ventricular ejection fraction ≥ 55%", "LVEF at least 55 %"),
    ("eGFR ≥ 30 mL/min/1.73 m2", "Estimated glomerular filtration rate not less than 30 ml/min/1.73m^2"),
    ("AST and ALT ≤ 3 x ULN", "ALT and AST no more than 3 times the upper limit of normal"),
    ("Total bilirubin ≤ 2 x ULN", "TBIL ≤2.0×ULN"),
    ("SpO2 ≥ 92%", "Oxygen saturation of at least 92%"),
    ("Received CAR-T therapy previously", "Prior CAR T cell therapy"),
    ("Cerebrovascular accident or seizure within 6 months", "Seizure or stroke in the last 6 months"),
    (
        "Participated in another clinical trial within 1 month prior to enrollment",
        "Participation in another clinical study within 1 month before enrolment",
    ),
    ("Received live vaccine within 4 weeks before screening", "Live vaccine within 28 days prior to screening"),
    ("Malignancy;", "Malignant tumors;"),
    (
        "Macrophage activation syndrome within 1 month prior to screening",
        "Macrophage activation syndrome in the last month before screening",
    ),
    ("Renal replacement therapy within 3 months prior to infusion", "Dialysis within 3 months before infusion"),
];

/// The second trial: a limit moved to the other side of the boy's value, and the item that fails then.
const MOVED_BOY: [(&str, &str, &str); 6] = [
    ("Aged 2 years or older", "Aged 10 years or older", "I1"),
    ("ejection fraction ≥ 55%", "ejection fraction ≥ 65%", "I4.1"),
    ("eGFR ≥ 30", "eGFR > 71", "I4.2"),
    ("≤ 3 x ULN", "≤ 0.5 x ULN", "I4.3"),
    ("SpO2 ≥ 92%", "SpO2 ≥ 99%", "I4.5"),
    ("minimal change disease or focal segmental glomerulosclerosis", "minimal change disease", "I3"),
];

#[test]
fn the_second_trial_reworded_or_moved_reads_as_it_should() {
    let (trial, patient) = boy();
    let want = effects(&screen(&trial, &patient, &[]));
    let record = std::fs::read_to_string(&trial).unwrap();
    for (index, (written, reworded)) in SAME_BOY.iter().enumerate() {
        assert!(record.contains(written), "{written}");
        let variant = file(&format!("same-boy-{index}.json"), record.replace(written, reworded).as_bytes());
        assert_eq!(effects(&screen(&variant, &patient, &[])), want, "{reworded}");
    }
    for (index, (written, moved, id)) in MOVED_BOY.iter().enumerate() {
        assert!(record.contains(written), "{written}");
        let variant = file(&format!("moved-boy-{index}.json"), record.replace(written, moved).as_bytes());
        let got = effects(&screen(&variant, &patient, &[]));
        assert!(got.contains(&((*id).to_owned(), "fail".to_owned())), "{moved}: {got:?}");
    }
}

/// Items of a section in another order, and what each said before.
#[test]
fn items_in_another_order_keep_their_effects() {
    for (trial, patient) in [demo(), boy()] {
        let before = effects(&screen(&trial, &patient, &[]));
        let mut record: Value = serde_json::from_slice(&std::fs::read(&trial).unwrap()).unwrap();
        let module = &mut record["protocolSection"]["eligibilityModule"];
        let text = module["eligibilityCriteria"].as_str().unwrap().to_owned();
        let (inclusion, exclusion) = text.split_once("Exclusion Criteria:").unwrap();
        // Top-level items with their children, last first.
        let turned = |section: &str| {
            let mut items: Vec<String> = Vec::new();
            for line in section.lines().filter(|line| !line.trim().is_empty()) {
                match items.last_mut() {
                    Some(item) if line.starts_with(' ') => *item = format!("{item}\n{line}"),
                    _ => items.push(line.to_owned()),
                }
            }
            items.reverse();
            items.join("\n")
        };
        let heading = "Inclusion Criteria:";
        let body = inclusion.strip_prefix(heading).unwrap();
        module["eligibilityCriteria"] =
            Value::String(format!("{heading}\n\n{}\n\nExclusion Criteria:\n\n{}\n", turned(body), turned(exclusion)));
        let variant = file("turned-items.json", record.to_string().as_bytes());
        let after = effects(&screen(&variant, &patient, &[]));
        for letter in ["I", "E"] {
            let tops = |all: &[(String, String)]| -> Vec<String> {
                let of = |(id, _): &&(String, String)| id.starts_with(letter) && !id.contains('.');
                all.iter().filter(of).map(|(_, effect)| effect.clone()).collect()
            };
            let mut back = tops(&after);
            back.reverse();
            assert_eq!(tops(&before), back, "{letter}");
        }
        assert_eq!(before.len(), after.len());
    }
}

#[test]
fn the_reviewed_verdicts_of_the_corpus_hold() {
    let folder = corpus("expected");
    let mut n_compared = 0;
    for entry in
        std::fs::read_dir(&folder).unwrap().flatten().filter(|e| e.path().extension().is_some_and(|x| x == "json"))
    {
        let expected: Value = serde_json::from_slice(&std::fs::read(entry.path()).unwrap()).unwrap();
        let trial = corpus(&format!("registry/{}.json", expected["trial"].as_str().unwrap()));
        let patient = corpus(&format!("patients/{}.json", expected["patient"].as_str().unwrap()));
        let policy = expected["policy"].as_str().unwrap();
        let got = screen(&trial, &patient, &["--policy", policy]);
        let name = entry.file_name();
        assert_eq!(got["verdict"], expected["verdict"], "{name:?}");
        for (id, effect) in effects(&got) {
            assert_eq!(expected["effects"][&id], effect, "{name:?} {id}");
            n_compared += 1;
        }
    }
    assert!(n_compared >= 100, "{n_compared}");
}

#[test]
fn files_above_the_limit_are_refused_before_they_are_read() {
    let (trial, _) = demo();
    let big = file("big.json", b"");
    std::fs::File::options().write(true).open(&big).unwrap().set_len(200 << 20).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &vec![b' '; 65 << 20]).unwrap();
    let bomb = file("bomb.json.gz", &packed.finish().unwrap());
    for path in [&big, &bomb] {
        let output = run(&["screen", "--trial", trial.to_str().unwrap(), "--patient", path.to_str().unwrap()]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("larger than 64 MiB") && error.trim_end().lines().count() == 1, "{error}");
        let output = run(&["criteria", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
    }
    std::fs::remove_file(big).unwrap();
}

#[test]
fn an_unknown_unit_and_an_impossible_date_are_said_and_leave_it_open() {
    let (trial, patient) = demo();
    let mut bundle: Value = serde_json::from_slice(&std::fs::read(&patient).unwrap()).unwrap();
    for entry in bundle["entry"].as_array_mut().unwrap() {
        let resource = &mut entry["resource"];
        if resource["resourceType"] == "Patient" {
            resource["birthDate"] = "2025-13".into();
        } else if resource["code"]["text"] == "Hemoglobin" {
            resource["valueQuantity"] = serde_json::json!({"value": 10.1, "unit": "florins"});
        }
    }
    let changed = bundle.to_string();
    let path = file("odd.json", changed.as_bytes());
    let got = effects(&screen(&trial, &path, &[]));
    for id in ["I1", "I6.2"] {
        assert!(got.contains(&(id.to_owned(), "open".to_owned())), "{id}: {got:?}");
    }
    let output = run(&["screen", "--trial", trial.to_str().unwrap(), "--patient", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("`florins`") && text.contains("`2025-13`"), "{text}");
}

#[test]
fn bad_input_is_one_clear_sentence_and_status_2() {
    let (trial, patient) = demo();
    let (trial, patient) = (trial.to_str().unwrap(), patient.to_str().unwrap());
    let two = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"a"}},{"resource":{"resourceType":"Patient","id":"b"}}]}"#;
    let nested = "[".repeat(200_000);
    let cases: [(&str, &[u8], &str); 7] = [
        ("cut.json", br#"{"resourceType":"Bundle","entry":["#, "cut off"),
        ("no-fhir.json", br#"{"a":1}"#, "not FHIR"),
        ("two.json", two.as_bytes(), "2 Patient resources"),
        ("nested.json", nested.as_bytes(), "nested deeper than 128 levels"),
        ("utf8.json", b"{\"resourceType\":\"\xff\"}", "not UTF-8"),
        ("empty.json", b"", "is empty"),
        ("note.txt", b"A girl of \xff nine", "not UTF-8"),
    ];
    for (name, content, says) in cases {
        let path = file(name, content);
        let output = run(&["screen", "--trial", trial, "--patient", path.to_str().unwrap()]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(
            error.contains(says) && error.contains(name) && error.trim_end().lines().count() == 1,
            "{name}: {error}"
        );
    }
    let output = run(&["screen", "--trial", "NCT00000000", "--patient", patient]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_note_is_screened_under_the_strict_policy_and_its_words_are_the_evidence() {
    let trial = file(
        "for-a-note.txt",
        b"Inclusion Criteria:\n\n* Asthma\n\nExclusion Criteria:\n\n* Diabetes\n* Hypertension\n* Gout\n",
    );
    let text = "A 34-year-old man with asthma. He denies diabetes. PMH: hypertension. His brother has gout.";
    let note = file("asthma.txt", text.as_bytes());
    let got = screen(&trial, &note, &[]);
    assert_eq!((&got["policy"], &got["patient"]), (&"strict".into(), &"asthma".into()));
    let wanted = [("I1", "pass"), ("E1", "pass"), ("E2", "fail"), ("E3", "open")];
    assert_eq!(effects(&got), wanted.map(|(id, effect)| (id.to_owned(), effect.to_owned())));
    let evidence = &got["criteria"][0]["evidence"][0];
    let span = (evidence["span"][0].as_u64().unwrap() as usize, evidence["span"][1].as_u64().unwrap() as usize);
    assert_eq!((&evidence["source"], text.get(span.0..span.1)), (&"note".into(), Some("asthma")));
}

#[test]
fn a_note_leads_to_a_list_with_reasons() {
    let study = |id: &str, condition: &str, text: &str| {
        serde_json::json!({"protocolSection": {
            "identificationModule": {"nctId": id, "briefTitle": format!("A medicine for {condition}")},
            "conditionsModule": {"conditions": [condition]},
            "eligibilityModule": {"eligibilityCriteria": text}
        }})
        .to_string()
    };
    let lines = [
        study("NCT90000201", "Asthma", "Inclusion Criteria:\n\n* Age 60 years or older"),
        study("NCT90000202", "Asthma", "Inclusion Criteria:\n\n* Asthma"),
        study("NCT90000203", "Gout", "Inclusion Criteria:\n\n* Gout"),
    ];
    let studies = file("for-a-list.ndjson", lines.join("\n").as_bytes());
    let note = file("story.txt", b"A 34-year-old man presents with asthma. His brother has gout.");
    let (studies, note) = (studies.to_str().unwrap(), note.to_str().unwrap());
    let store = std::path::Path::new(note).parent().unwrap().join("list-store");
    let store = store.to_str().unwrap();
    assert!(run(&["ingest", studies, "--data-dir", store]).status.success());
    let output = run(&["match", "--patient", note, "--data-dir", store, "--as-of", "2026-06-15", "--format", "json"]);
    let got: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids: Vec<&str> =
        got["trials"].as_array().unwrap().iter().filter_map(|trial| trial["nct_id"].as_str()).collect();
    assert_eq!(ids, ["NCT90000202", "NCT90000201"], "{got}");
    assert_eq!((&got["trials"][1]["verdict"], &got["trials"][0]["rank"]), (&"ineligible".into(), &1.into()));
    assert!(got["trials"][0]["why"][0].as_str().unwrap().contains("asthma"));
    for (format, says) in [("text", "1. NCT90000202"), ("csv", "1,NCT90000202,"), ("html", "NCT90000202")] {
        let output =
            run(&["match", "--patient", note, "--data-dir", store, "--as-of", "2026-06-15", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(says) && !text.contains("brother"), "{format}: {text}");
    }
    let listed = |more: &[&str]| -> Vec<String> {
        let mut arguments =
            vec!["match", "--patient", note, "--data-dir", store, "--as-of", "2026-06-15", "--format", "json"];
        arguments.extend(more);
        let output = run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let got: Value = serde_json::from_slice(&output.stdout).unwrap();
        got["trials"].as_array().unwrap().iter().map(|trial| trial["nct_id"].as_str().unwrap().to_owned()).collect()
    };
    // What the story rules out can be left out; a phase that no study has finds none; a status that is not given is none of those named.
    assert_eq!(listed(&["--possible"]), ["NCT90000202"]);
    assert_eq!(listed(&["--phase", "PHASE4"]), Vec::<String>::new());
    assert_eq!(
        (&got["trials"][0]["gates"][0]["name"], &got["trials"][0]["fit"]),
        (&"Age".into(), &"It is about the condition.".into())
    );
    assert!(got["trials"][0]["above_next"].as_str().unwrap().contains("speaks against the next"), "{got}");
    assert!(got["trials"][1]["above_next"].is_null() && !got["trials"][1]["against"].as_array().unwrap().is_empty());
    let pdf = file("list.pdf", b"");
    let pdf = pdf.to_str().unwrap();
    let output = run(&[
        "match",
        "--patient",
        note,
        "--data-dir",
        store,
        "--as-of",
        "2026-06-15",
        "--format",
        "pdf",
        "--out",
        pdf,
    ]);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF-"));
    let output = run(&["match", "--patient", note, "--data-dir", store, "--near", "Nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["eval", "match", note, "--runs", "2", "--data-dir", store]);
    let timed = String::from_utf8(output.stdout).unwrap();
    assert!(timed.contains("opened in") && timed.contains("over 2 runs"), "{timed}");
    // Nothing of the story is kept beside the studies.
    for entry in std::fs::read_dir(store).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).unwrap();
        assert!(!bytes.windows(11).any(|window| window == b"His brother"), "{:?}", entry.path());
    }
}

#[test]
fn a_study_without_criteria_never_matches() {
    let (_, patient) = demo();
    let trial = file(
        "no-text.json",
        br#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000099"},"eligibilityModule":{}}}"#,
    );
    assert_eq!(screen(&trial, &patient, &[])["verdict"], "needs_information");
}

/// A draft with a lost exponent, a missing unit and nothing else wrong.
const DRAFT: &str =
    "Inclusion Criteria:\n\n* Platelets ≥ 75 x 109/L\n* Creatinine < 1.5\n\nExclusion Criteria:\n\n* Asthma\n";

#[test]
fn lint_tells_of_errors_by_its_status_and_of_warnings_not() {
    let broken = file("broken.txt", DRAFT.as_bytes());
    let output = run(&["lint", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("broken:3:") && text.contains("error ELG004") && text.contains("warning ELG010"), "{text}");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors.lines().count(), 1, "{errors}");
    let mended = file("mended.txt", DRAFT.replace("109/L", "10^9/L").as_bytes());
    assert_eq!(run(&["lint", mended.to_str().unwrap()]).status.code(), Some(0));
    let odd = file("lint-odd.json", b"{\"no\": \"study\"}");
    assert_eq!(run(&["lint", odd.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(run(&["lint"]).status.code(), Some(2));
}

#[test]
fn lint_and_criteria_report_the_same() {
    let broken = file("same-findings.txt", DRAFT.as_bytes());
    let output = run(&["lint", broken.to_str().unwrap(), "--format", "json"]);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    let criteria: Value =
        serde_json::from_slice(&run(&["criteria", broken.to_str().unwrap(), "--format", "json"]).stdout).unwrap();
    assert_eq!(line["doc"], "same-findings");
    assert_eq!(line["lint"], criteria["lint"]);
    let first = &line["lint"][0];
    assert_eq!((first["rule"].as_str(), first["severity"].as_str()), (Some("ELG004"), Some("error")));
    assert!(first["suggestion"].as_str().unwrap().contains("10^9/L"));
    let errors = run(&["lint", broken.to_str().unwrap(), "--format", "json", "--least", "error"]);
    let errors: Value = serde_json::from_slice(&errors.stdout).unwrap();
    assert_eq!(errors["lint"].as_array().unwrap().len(), 1);
}

#[test]
fn lint_writes_sarif_that_points_at_the_words() {
    let broken = file("sarif draft.txt", DRAFT.as_bytes());
    let record = corpus("registry/NCT90000001.json").to_str().unwrap().to_owned();
    let wrong = std::fs::read_to_string(&record).unwrap().replace("x 10^9/L", "x 109/L");
    let wrong = file("sarif-record.json", wrong.as_bytes());
    let output = run(&["lint", broken.to_str().unwrap(), wrong.to_str().unwrap(), "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    let rules = runs[0]["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{}", rule["id"]);
        }
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level), "{level}");
    }
    let artifacts = runs[0]["artifacts"].as_array().unwrap();
    assert!(!artifacts[0]["location"]["uri"].as_str().unwrap().contains(' '));
    let results = runs[0]["results"].as_array().unwrap();
    let mut n_exponents = 0;
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let artifact = &artifacts[place["artifactLocation"]["index"].as_u64().unwrap() as usize];
        let text = artifact["contents"]["text"].as_str().unwrap_or(DRAFT);
        if let Some(parent) = artifact.get("parentIndex") {
            assert!(artifacts[parent.as_u64().unwrap() as usize].get("parentIndex").is_none());
        }
        let Some(region) = place.get("region") else { continue };
        let at = |key: &str| region[key].as_u64().unwrap() as usize;
        let words = text.get(at("byteOffset")..at("byteOffset") + at("byteLength")).unwrap();
        let line = text.lines().nth(at("startLine") - 1).unwrap();
        let from: String = line.chars().skip(at("startColumn") - 1).collect();
        assert!(from.starts_with(words.lines().next().unwrap_or_default()), "{words} is not at {region}");
        assert!((at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")));
        if result["ruleId"] == "ELG004" {
            n_exponents += 1;
            assert_eq!(words, "109/L");
        }
    }
    assert!(n_exponents >= 2, "{n_exponents}");
}

#[test]
fn lint_draws_the_same_studies_whatever_their_order() {
    let folder = corpus("registry");
    let drawn = |paths: &[&str]| {
        let mut arguments = vec!["lint", "--sample", "5", "--seed", "7", "--format", "json"];
        arguments.extend(paths);
        let output = run(&arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["doc"].to_string()).collect::<Vec<_>>()
    };
    let mut files: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path().to_str().unwrap().to_owned()).collect();
    files.retain(|path| path.ends_with(".json"));
    files.sort_by(|a, b| b.cmp(a));
    let turned: Vec<&str> = files.iter().map(String::as_str).collect();
    let whole = drawn(&[folder.to_str().unwrap()]);
    assert_eq!(whole.len(), 5);
    assert_eq!(whole, drawn(&turned));
}

#[test]
fn every_code_that_lint_can_report_is_explained() {
    let listed = String::from_utf8(run(&["explain"]).stdout).unwrap();
    for code in (1..=28).map(|n| format!("ELG{n:03}")) {
        assert!(listed.contains(&code), "{code}");
        let output = run(&["explain", &code]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("\nWhy it matters: ") && text.lines().all(|line| !line.starts_with(' ')), "{text}");
    }
}

#[test]
fn a_font_that_cannot_be_used_stops_the_server_with_one_sentence() {
    let said = |font: &str| {
        let config = file("font.toml", format!("[pdf]\nfont = \"{font}\"\n").as_bytes());
        let output = run(&["serve", "--demo", "--addr", "127.0.0.1:0", "--config", config.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let missing = said("no-such-font.ttf");
    assert!(missing.contains("no-such-font.ttf: cannot be read") && missing.contains("pdf.font"), "{missing}");
    let latin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../report/fonts/DejaVuSans.ttf");
    let lacking = said(latin.to_str().unwrap());
    assert!(lacking.contains("DejaVuSans.ttf: lacks ") && lacking.trim_end().lines().count() == 1, "{lacking}");
}
