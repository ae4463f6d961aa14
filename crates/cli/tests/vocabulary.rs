//! A user's own vocabularies, and what records teach: what is taken, refused, told, and what it changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(arguments)
        .args(["--data-dir", store.to_str().unwrap()])
        .output()
        .unwrap()
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(store: &Path, files: &[&Path], more: &[&str]) -> Value {
    let mut arguments = vec!["vocabulary", "import", "--json"];
    arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(more);
    let output = run(store, &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a refused import says; its status is 2, and it leaves nothing.
fn refusal(store: &Path, files: &[&Path], more: &[&str]) -> String {
    let mut arguments = vec!["vocabulary", "import"];
    arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(more);
    let output = run(store, &arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said
}

fn counts(report: &Value) -> [u64; 5] {
    ["added", "changed", "unchanged", "removed", "n_refused"].map(|key| report[key].as_u64().unwrap())
}

fn layers(store: &Path) -> Vec<Value> {
    let output = run(store, &["vocabulary", "list", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn layer(store: &Path, name: &str) -> Option<Value> {
    layers(store).into_iter().find(|layer| layer["layer"] == name)
}

const DESCRIPTIONS: &str =
    "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n";
const RELATIONSHIPS: &str = "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId\n";

fn described(code: &str, name: &str) -> String {
    format!("1\t20260101\t1\t9\t{code}\ten\t900000000000003001\t{name}\t9\n")
}

fn related(code: &str, parent: &str) -> String {
    format!("1\t20260101\t1\t9\t{code}\t{parent}\t0\t116680003\t9\t9\n")
}

/// SNOMED CT as made up here: a code below lupus nephritis whose name says nothing of it.
fn snomed(folder: &Path) -> [PathBuf; 2] {
    let descriptions = [
        DESCRIPTIONS.to_owned(),
        described("68815009", "Lupus nephritis (disorder)"),
        described("999000001", "Made up renal involvement of the fourth kind (disorder)"),
        described("999000002", "Situation of no interest (situation)"),
        "broken row\n".to_owned(),
    ];
    let relationships = [RELATIONSHIPS.to_owned(), related("999000001", "68815009"), related("999000002", "68815009")];
    [
        file(folder, "sct2_Description_Snapshot-en_INT_20260101.txt", &descriptions.concat()),
        file(folder, "sct2_Relationship_Snapshot_INT_20260101.txt", &relationships.concat()),
    ]
}

fn record(coding: Value) -> String {
    json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1990-01-01", "gender": "female"}},
        {"resource": {"resourceType": "Condition", "id": "c", "clinicalStatus": {"coding": [{"code": "active"}]},
            "code": coding, "onsetDateTime": "2024-01-01"}},
    ]})
    .to_string()
}

/// The effect of the criterion "lupus nephritis" on a record.
fn effect(store: &Path, files: &Path, coding: Value) -> String {
    effect_of(store, files, &file(files, "patient.json", &record(coding)))
}

/// The effect of the criterion "lupus nephritis" on what a file says.
fn effect_of(store: &Path, files: &Path, patient: &Path) -> String {
    let trial = file(files, "trial.txt", "Inclusion Criteria:\n\n* Lupus nephritis\n");
    let (trial, patient) = (trial.to_str().unwrap().to_owned(), patient.to_str().unwrap().to_owned());
    let arguments = [
        "screen",
        "--trial",
        &trial,
        "--patient",
        &patient,
        "--as-of",
        "2026-06-15",
        "--policy",
        "strict",
        "--format",
        "json",
    ];
    let output = run(store, &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let screening: Value = serde_json::from_slice(&output.stdout).unwrap();
    screening["criteria"][0]["effect"].as_str().unwrap().to_owned()
}

#[test]
fn imported_codes_and_names_are_understood_in_a_record() {
    let (store, files) = (folder("snomed-store"), folder("snomed"));
    let coded = || json!({"coding": [{"system": "http://snomed.info/sct", "code": "999000001"}]});
    let named = || json!({"text": "Made-up renal involvement of the fourth kind"});
    assert_ne!(effect(&store, &files, coded()), "pass");
    let [descriptions, relationships] = snomed(&files);
    let report = import(&store, &[&descriptions, &relationships], &[]);
    assert_eq!(counts(&report), [2, 0, 0, 0, 1], "{report}");
    assert_eq!((&report["vocabulary"], &report["version"]), (&json!("snomed-rf2"), &json!("20260101")));
    assert_eq!((&report["linked"], &report["without_code"]), (&json!(2), &json!(1)));
    assert!(report["refused"][0]["place"].as_str().unwrap().ends_with("line 5"), "{report}");
    assert_eq!(effect(&store, &files, coded()), "pass");
    assert_eq!(effect(&store, &files, named()), "pass");
    assert_ne!(
        effect(&store, &files, json!({"coding": [{"system": "http://snomed.info/sct", "code": "999000002"}]})),
        "pass"
    );
    // The same in a note: the name leads to what lies above it, and its denial denies nothing.
    let note = |words: &str| effect_of(&store, &files, &file(&files, "note.txt", words));
    assert_eq!(note("A 36-year-old woman with made up renal involvement of the fourth kind."), "pass");
    assert_eq!(note("A 36-year-old woman without made up renal involvement of the fourth kind."), "open");
    assert_eq!(note("A 36-year-old woman. Her sister has made up renal involvement of the fourth kind."), "open");
    let listed = run(&store, &["match", "--patient", files.join("note.txt").to_str().unwrap()]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("Of somebody else, not counted: lupus nephritis"), "{listed}");
    // Another store knows nothing of it.
    assert_ne!(effect(&folder("snomed-other-store"), &files, coded()), "pass");
    // Nothing of the record is kept.
    for entry in std::fs::read_dir(&store).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).unwrap();
        assert!(!bytes.windows(10).any(|window| window == b"1990-01-01"), "{:?}", entry.path());
    }
}

#[test]
fn a_second_import_tells_what_changed_and_a_broken_one_changes_nothing() {
    let (store, files) = (folder("again-store"), folder("again"));
    let line = |n: u32, code: &str, name: &str| format!("{n:05} {code:<7} 1 {name:<60} {name}\n");
    let first =
        [line(1, "M32", "Systemic lupus"), line(2, "M321", "With organs"), line(3, "N18", "Chronic kidney disease")];
    let path = file(&files, "icd10cm_order_2026.txt", &first.concat());
    assert_eq!(counts(&import(&store, &[&path], &[])), [3, 0, 0, 0, 0]);
    assert_eq!(counts(&import(&store, &[&path], &[])), [0, 0, 3, 0, 0]);
    let second =
        [line(1, "M32", "Systemic lupus"), line(2, "M321", "With some organs"), line(4, "N19", "Kidney failure")];
    let path = file(&files, "icd10cm_order_2027.txt", &second.concat());
    let report = import(&store, &[&path], &[]);
    assert_eq!(counts(&report), [1, 1, 1, 1, 0], "{report}");
    let before = layer(&store, "icd10cm").unwrap();
    assert_eq!((&before["version"], &before["codes"]), (&json!("2027"), &json!(3)));
    // A list that breaks off.
    let cut = "<ICD10CM.tabular><chapter><diag><name>A00</name><desc>Cholera</desc></diag>";
    let said = refusal(&store, &[&file(&files, "cut.xml", cut)], &[]);
    assert!(said.contains("ends before `</chapter>`") && said.contains("nothing was imported"), "{said}");
    assert_eq!(layer(&store, "icd10cm").unwrap(), before);
    let whole = format!("{cut}</chapter></ICD10CM.tabular>");
    assert_eq!(counts(&import(&store, &[&file(&files, "tabular_2028.xml", &whole)], &[])), [1, 0, 0, 3, 0]);
}

#[test]
fn every_format_is_told_by_its_first_line_and_its_bad_rows_are_refused() {
    let (store, files) = (folder("formats-store"), folder("formats"));
    let rxnorm = "6809|ENG|P|L|PF|S|Y|1||6809||RXNORM|IN|6809|metformin||N||\n\
                  860975|ENG|P|L|PF|S|Y|1||860975||RXNORM|SCD|860975|metformin hydrochloride 500 MG Oral Tablet||N||\n\
                  6809|ENG|P|L|PF|S|Y|1||6809||MMSL|GN|6809|Secret||N||\n\
                  short|row\n";
    let report = import(&store, &[&file(&files, "RXNCONSO.RRF", rxnorm)], &["--release", "June"]);
    assert_eq!((counts(&report), &report["linked"]), ([2, 0, 0, 0, 1], &json!(2)), "{report}");
    assert_eq!((&report["vocabulary"], &report["version"]), (&json!("rxnorm"), &json!("June")));
    assert_eq!(report["passed_over"].as_object().unwrap().len(), 1);
    let licensed = import(&store, &[&file(&files, "RXNCONSO.RRF", rxnorm)], &["--licensed"]);
    assert_eq!(counts(&licensed), [0, 1, 1, 0, 1], "{licensed}");

    let loinc = "\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\",\"TIME_ASPCT\",\"SYSTEM\",\"SCALE_TYP\",\"STATUS\",\"LONG_COMMON_NAME\"\n\
                 \"2160-0\",\"Creatinine\",\"MCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"ACTIVE\",\"Creatinine in serum\"\n\
                 \"99999-9\",\"Creatinine\",\"MCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"ACTIVE\",\"no check digit\"\n\
                 \"14682-9\",\"Creatinine\",\"SCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"ACTIVE\",\"Creatinine in serum, moles\"\n";
    let report = import(&store, &[&file(&files, "Loinc.csv", loinc)], &[]);
    assert_eq!((counts(&report), &report["linked"]), ([2, 0, 0, 0, 1], &json!(2)), "{report}");

    let omop = "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\n\
                1\tLupus nephritis\tCondition\tSNOMED\tDisorder\tS\t68815009\n\
                2\tFrench\tLanguage\tSNOMED\tx\tS\t20\nx\n";
    let report = import(&store, &[&file(&files, "CONCEPT.csv", omop)], &[]);
    assert_eq!((counts(&report), &report["linked"]), ([1, 0, 0, 0, 1], &json!(1)), "{report}");

    let tree = "A01\tBody Regions\nC12.777\tUrologic Diseases\nC12.777.419\tKidney Diseases\nC12.777.419.570\tNephritis, Lupus\n\tno number\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(tree.as_bytes()).unwrap();
    std::fs::write(files.join("tree.tsv.gz"), packed.finish().unwrap()).unwrap();
    let report = import(&store, &[&files.join("tree.tsv.gz")], &[]);
    assert_eq!((counts(&report), &report["linked"]), ([3, 0, 0, 0, 1], &json!(2)), "{report}");

    let names: Vec<String> = layers(&store).iter().map(|layer| layer["layer"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["built-in", "loinc", "mesh", "omop", "rxnorm"]);
    assert!(layers(&store).iter().all(|layer| !layer["licence"].as_str().unwrap().is_empty()));
}

#[test]
fn wrong_files_are_one_clear_sentence() {
    let (store, files) = (folder("wrong-store"), folder("wrong"));
    let tree = file(&files, "tree.tsv", "C12.777\tUrologic Diseases\n");
    for (path, more, says) in [
        (files.join("not-there.txt"), vec![], "check the path"),
        (files.clone(), vec![], "is a directory"),
        (file(&files, "empty.txt", ""), vec![], "is empty"),
        (file(&files, "notes.txt", "Dear colleague,\n"), vec![], "--format"),
        (file(&files, "page.html", "<html><body>404</body></html>"), vec![], "--format"),
        (file(&files, "archive.zip", "PK\u{3}\u{4}rest"), vec![], "unpack it"),
        (tree.clone(), vec!["--format", "loinc"], "`LOINC_NUM` is missing"),
        (tree.clone(), vec!["--format", "omop"], "`concept_id` is missing"),
        (tree.clone(), vec!["--format", "snomed-rf2"], "descriptions or relationships"),
        (tree.clone(), vec!["--format", "rxnorm"], "RXNCONSO.RRF"),
        (tree.clone(), vec!["--format", "icd10cm"], "icd10cm_order_YYYY.txt"),
        (file(&files, "page.xml", "<html><body>404</body></html>"), vec!["--format", "mesh"], "root element is `html`"),
        (file(&files, "other.tsv", "A01\tBody Regions\n"), vec![], "holds no code"),
        (file(&files, "rows.tsv", "C12 x\nC13 y\n"), vec!["--format", "mesh"], "line 1"),
    ] {
        let said = refusal(&store, &[&path], &more);
        assert!(said.contains(says) && said.contains(path.to_str().unwrap()), "{}: {said}", path.display());
    }
    let omop = file(&files, "CONCEPT.csv", "concept_id\tconcept_name\tx\n");
    let said = refusal(&store, &[&tree, &omop], &[]);
    assert!(said.contains("one after the other"), "{said}");
    assert_eq!(layers(&store).len(), 1);
}

#[test]
fn records_teach_their_headings() {
    let (store, files) = (folder("learned-store"), folder("learned"));
    let study = |number: u32, meshes: Value, ancestors: Value| {
        json!({"protocolSection": {
            "identificationModule": {"nctId": format!("NCT{number:08}"), "briefTitle": "A study"},
            "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Lupus nephritis\n"},
        }, "derivedSection": {"conditionBrowseModule": {"meshes": meshes, "ancestors": ancestors}}})
        .to_string()
    };
    let lupus = json!([{"id": "D008181", "term": "Lupus Nephritis"}]);
    // A heading as no list of ours has it, whose place is known by the record alone.
    let made_up = json!([{"id": "D999999", "term": "Wondrous Glomerular Trouble"}]);
    let mixed = json!([{"id": "D999998", "term": "Unplaced Trouble"}, {"id": "D001249", "term": "Asthma"}]);
    let above = json!([{"id": "D008181", "term": "Lupus Nephritis"}, {"id": "D007674", "term": "Kidney Diseases"}]);
    let lines = [
        study(91_000_001, lupus, json!([{"id": "D007674", "term": "Kidney Diseases"}])),
        study(91_000_002, made_up, above.clone()),
        study(91_000_003, mixed, above),
    ];
    let path = file(&files, "studies.ndjson", &lines.join("\n"));
    for _ in 0..2 {
        assert!(run(&store, &["ingest", "--quiet", path.to_str().unwrap()]).status.success());
        let learned = layer(&store, "learned").unwrap();
        assert_eq!((&learned["codes"], &learned["linked"]), (&json!(5), &json!(4)), "{learned}");
    }
    let coded = |code: &str| json!({"coding": [{"system": "http://www.nlm.nih.gov/mesh", "code": code}]});
    assert_eq!(effect(&store, &files, coded("D999999")), "pass");
    assert_eq!(effect(&store, &files, json!({"text": "Wondrous glomerular trouble"})), "pass");
    assert_ne!(effect(&store, &files, coded("D999998")), "pass");
}

#[test]
fn the_built_in_files_pass_their_check() {
    let store = folder("check-store");
    let output = run(&store, &["vocabulary", "check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("\n0 errors, ") || said.starts_with("0 errors, "), "{said}");
    assert!(!store.join("trialway.db").exists(), "a check made a store");
}
