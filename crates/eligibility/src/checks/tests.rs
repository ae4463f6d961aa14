//! Each rule with texts that have the defect and texts that only look like it.

use super::*;
use trialway_study::{AgeLimit, Coded, Intervention, Sex};

/// What the rules say of a text, as code and words found.
fn found(study: Option<&Study>, text: &str) -> Vec<(&'static str, String, Severity)> {
    let parsed = trialway_criteria::parse(text);
    let logic = crate::lower(&parsed.value, Terminology::builtin());
    check(study, text, &parsed.value, &logic, Terminology::builtin())
        .into_iter()
        .map(|finding| {
            let place = finding.span.map(|span| span.of(text).to_owned()).or(finding.path).unwrap_or_default();
            (finding.code.0, place, finding.severity)
        })
        .collect()
}

const INCLUSION: &str = "Inclusion Criteria:\n\n* ";
const EXCLUSION: &str = "Inclusion Criteria:\n\n* Asthma diagnosed by a physician\n\nExclusion Criteria:\n\n* ";

/// Items of one section, with the code that must be reported for each and the words that it must point at.
fn check_found(code: &str, section: &str, cases: &[(&str, &str, Severity)]) {
    for (item, words, severity) in cases {
        let got = found(None, &format!("{section}{item}\n"));
        assert!(got.iter().any(|(other, at, how)| *other == code && at == words && how == severity), "{item}: {got:?}");
    }
}

/// Items for which a code must not be reported.
fn check_silent(code: &str, section: &str, items: &[&str]) {
    for item in items {
        let got = found(None, &format!("{section}{item}\n"));
        assert!(!got.iter().any(|(other, ..)| *other == code), "{item}: {got:?}");
    }
}

use Severity::{Error, Info, Warning};

#[test]
fn a_lost_exponent() {
    check_found(
        "ELG004",
        INCLUSION,
        &[
            ("Neutrophils ≥ 1.5 x 109/L", "109/L", Error),
            ("Platelets ≥75×109/L", "109/L", Error),
            ("Platelets > 100 x103/mm3", "x103/mm3", Error),
            ("Leukocytes of at least 2 x 10 9/L", "10 9/L", Error),
            ("A graft of at least 4 x 106 cells", "106", Error),
            ("Granulocytes > 109/L", "109/L", Warning),
        ],
    );
    check_silent(
        "ELG004",
        INCLUSION,
        &[
            "Platelets ≥ 75 x 10^9/L",
            "Platelets ≥ 109 x 10^9/L",
            "Platelets ≥ 103 K/uL",
            "SpO2 ≥ 92%",
            "Hemoglobin ≥ 109 g/L",
            "Diagnosed by the 2019 criteria",
            "Body weight of 106 kg or less",
        ],
    );
}

#[test]
fn a_lost_comparison_sign() {
    check_found(
        "ELG005",
        INCLUSION,
        &[
            ("Age = 18 years", "= 18 years", Error),
            ("Patients = 60 years of age", "= 60 years", Error),
            ("GFR ? 60 mL/min", "? 60", Error),
            ("HbA1c =7.0% and =10.0%", "=7.0% and =10.0", Error),
        ],
    );
    check_silent(
        "ELG005",
        INCLUSION,
        &[
            "Age >= 18 years",
            "Age < or = 70 years",
            "Age ≥ 18 years",
            "1 pack year = 20 cigarettes a day for 1 year",
            "Able to walk?",
        ],
    );
}

#[test]
fn a_stray_character() {
    check_found(
        "ELG006",
        INCLUSION,
        &[
            ("Pressure â‰¥ 18 mmHg", "â‰¥", Error),
            ("QTc &gt; 450 ms", "&gt;", Error),
            ("Toxicity &amp;amp;lt; grade 2", "&amp;amp;lt;", Error),
            ("Pressure \u{fffd} 18 mmHg", "\u{fffd}", Error),
            ("eGFR ≥ 30 mL/min/1.73m2# Normal liver function", "#", Warning),
        ],
    );
    check_silent(
        "ELG006",
        INCLUSION,
        &["Research & development staff", "Seen at clinic #2", "Pâques is a holiday", "R&D"],
    );
}

#[test]
fn a_mistranslation_and_a_wrong_name() {
    check_found("ELG007", EXCLUSION, &[("Shock that needs hypertensive drugs", "hypertensive drugs", Warning)]);
    check_silent(
        "ELG007",
        EXCLUSION,
        &["Hypertensive crisis", "Use of antihypertensive drugs", "Use of hormone replacement therapy"],
    );
    check_found(
        "ELG028",
        INCLUSION,
        &[
            (
                "Eastern Cancer Cooperation Group (ECOG) score 0 to 1",
                "Eastern Cancer Cooperation Group (ECOG)",
                Warning,
            ),
            ("Asparagus transaseminase (AST) ≤ 3 x ULN", "Asparagus transaseminase (AST)", Warning),
            ("Biopsy with minimal lesion nephropathy(MCD)", "minimal lesion nephropathy(MCD)", Warning),
            ("International standardized ratio (INR) ≤ 1.5", "International standardized ratio (INR)", Warning),
        ],
    );
    check_silent(
        "ELG028",
        INCLUSION,
        &[
            "Eastern Cooperative Oncology Group (ECOG) performance status 0 to 1",
            "Eastern Cooperative Oncology Group performance status (ECOG) of 0",
            "Serum aspartate aminotransferase (AST) ≤ 3 x ULN",
            "Absolute neutrophil count (ANC) ≥ 1.5 x 10^9/L",
            "Human Immunodeficiency Virus (HIV) antibody",
            "Mini-Mental State Exam (MMSE) of 24 or more",
            "Diagnosed by the 2019 EULAR/ACR criteria",
            "Kidney disease (MCD)",
        ],
    );
}

#[test]
fn units_missing_misspelt_or_of_another_kind() {
    check_found(
        "ELG009",
        INCLUSION,
        &[("eGFR ≥30ML/min/1.73m2", "ML", Info), ("Pressure of 140 mm/Hg or less", "mm/Hg", Info)],
    );
    check_silent("ELG009", INCLUSION, &["eGFR ≥ 30 mL/min", "EGFR AT LEAST 30 ML/MIN", "Follicular ML grade 1"]);
    check_found("ELG010", INCLUSION, &[("Creatinine < 1.5", "1.5", Warning)]);
    check_silent(
        "ELG010",
        INCLUSION,
        &["Creatinine < 1.5 mg/dL", "Creatinine < 1.5 x ULN", "INR < 1.5", "LVEF ≥ 50", "ECOG 0-1"],
    );
    check_found("ELG011", INCLUSION, &[("Hemoglobin ≥ 90 mmHg", "90", Warning)]);
    check_silent("ELG011", INCLUSION, &["Hemoglobin ≥ 9 g/dL", "Hemoglobin ≥ 5.6 mmol/L", "Lymphocytes ≥ 20 %"]);
}

#[test]
fn values_and_ranges_that_cannot_be() {
    check_found("ELG012", INCLUSION, &[("Hemoglobin ≥ 9 mg/dL", "9", Error)]);
    check_silent(
        "ELG012",
        INCLUSION,
        &[
            "Hemoglobin ≥ 9 g/dL",
            "Platelets ≥ 100,000/mm3",
            "Hemoglobin > 0 g/dL",
            "Calcium corrected for albumin ≤ 12 mg/dL",
        ],
    );
    check_found("ELG013", INCLUSION, &[("Age between 75 and 18 years", "between 75 and 18 years", Warning)]);
    check_silent("ELG013", INCLUSION, &["Age between 18 and 75 years", "Age under 18 or over 65 years"]);
}

#[test]
fn criteria_written_twice() {
    let twice = "* History of seizures or epilepsy\n* Severe asthma\n* History of seizures, or epilepsy.";
    check_found("ELG015", EXCLUSION, &[(twice.get(2..).unwrap(), "History of seizures, or epilepsy.", Error)]);
    let sentence = "Dialysis has been performed within 3 months. (Acute injury is allowed)\n* Dialysis has been performed within 3 months;";
    check_found("ELG015", EXCLUSION, &[(sentence, "Dialysis has been performed within 3 months;", Warning)]);
    let near = "Known severe allergy to monoclonal antibodies in the past\n* A known severe allergy to any monoclonal antibodies in the past";
    let got = found(None, &format!("{EXCLUSION}{near}\n"));
    assert!(got.iter().any(|(code, ..)| *code == "ELG016"), "{got:?}");
    check_silent(
        "ELG015",
        EXCLUSION,
        &[
            "ALT ≤ 3 x ULN in blood\n* AST ≤ 3 x ULN in blood",
            "Asthma\n* Asthma",
            "Cohort A:\n\n* Prior use of rituximab\n\nCohort B:\n\n* Prior use of rituximab",
        ],
    );
    check_silent(
        "ELG016",
        EXCLUSION,
        &[
            "ALT above 3 times the upper limit of normal in blood\n* AST above 3 times the upper limit of normal in blood",
            "Hepatitis B virus infection found by a test in the last year\n* Hepatitis C virus infection found by a test in the last year",
        ],
    );
}

#[test]
fn criteria_that_contradict_each_other() {
    let contradicts = |inclusion: &str, exclusion: &str| {
        let text = format!("Inclusion Criteria:\n\n* {inclusion}\n\nExclusion Criteria:\n\n* {exclusion}\n");
        found(None, &text).into_iter().find(|(code, ..)| *code == "ELG017").map(|(_, _, severity)| severity)
    };
    assert_eq!(contradicts("Age ≥ 18 years", "Age > 16 years"), Some(Error));
    assert_eq!(contradicts("Asthma", "Asthma"), Some(Warning));
    assert_eq!(contradicts("Age ≥ 18 years", "Age < 18 years"), None);
    assert_eq!(contradicts("Hemoglobin ≥ 9 g/dL", "Hemoglobin > 18 g/dL"), None);
    assert_eq!(contradicts("Asthma", "Severe asthma"), None);
}

#[test]
fn an_exception_without_effect() {
    check_found(
        "ELG018",
        INCLUSION,
        &[("ALT ≤ 3 x ULN (except liver metastases, ALT ≤ 2 x ULN)", "liver metastases, ALT ≤ 2 x ULN", Warning)],
    );
    check_silent(
        "ELG018",
        INCLUSION,
        &[
            "ALT ≤ 3 x ULN (except liver metastases, ALT ≤ 5 x ULN)",
            "Bilirubin ≤ 1.5 x ULN (except Gilbert syndrome, total bilirubin ≤ 3 x ULN)",
            "ALT ≤ 3 x ULN (except elevated ALT caused by inflammatory myopathy)",
        ],
    );
}

#[test]
fn placeholders() {
    check_found(
        "ELG020",
        INCLUSION,
        &[
            ("Age of XX years or older", "XX", Error),
            ("Treated with [insert drug]", "[insert", Error),
            ("Dose TBD", "TBD", Warning),
        ],
    );
    check_silent(
        "ELG020",
        INCLUSION,
        &[
            "Karyotype 46, XX",
            "Eligibility to be determined by the investigator",
            "An insertable contraceptive",
            "Able to walk?",
        ],
    );
}

#[test]
fn criteria_on_the_wrong_side() {
    check_found(
        "ELG021",
        EXCLUSION,
        &[
            ("No history of seizures", "No history of", Warning),
            ("Patients with no prior chemotherapy", "Patients with no prior", Warning),
            ("Subjects must not have epilepsy", "Subjects must not have", Warning),
        ],
    );
    check_silent(
        "ELG021",
        EXCLUSION,
        &["History of seizures", "No access to a telephone", "Not able to give consent", "Nose surgery"],
    );
    check_silent("ELG021", INCLUSION, &["No history of seizures"]);
    check_found("ELG022", EXCLUSION, &[("Signed informed consent", "Signed informed consent", Warning)]);
    let under_inclusion =
        found(None, "Inclusion Criteria:\n\n* Unwilling to use contraception\n\nExclusion Criteria:\n\n* Asthma\n");
    assert!(under_inclusion.iter().any(|(code, ..)| *code == "ELG022"), "{under_inclusion:?}");
    check_silent(
        "ELG022",
        EXCLUSION,
        &[
            "Unwilling to give informed consent",
            "Not willing to use contraception",
            "Inability to sign informed consent",
        ],
    );
    check_silent("ELG022", INCLUSION, &["Willing to use contraception", "Unable to swallow tablets"]);
}

#[test]
fn what_cannot_be_measured() {
    check_found("ELG023", INCLUSION, &[("Organ functions are basically normal", "basically normal", Info)]);
    check_silent("ELG023", INCLUSION, &["Liver function is normal", "Basic education"]);
    check_found("ELG024", INCLUSION, &[("Accompanied by proteinuria", "proteinuria", Info)]);
    check_silent("ELG024", INCLUSION, &["Proteinuria above 0.5 g/day", "Grade 2 anemia"]);
}

#[test]
fn abbreviations_and_slips() {
    check_found("ELG025", INCLUSION, &[("Diagnosed with SRNS", "SRNS", Info)]);
    check_silent(
        "ELG025",
        INCLUSION,
        &[
            "Steroid-resistant nephrotic syndrome (SRNS)\n* SRNS for a year",
            "HIV negative",
            "Stage III disease",
            "SIGNED CONSENT FORM",
        ],
    );
    check_found(
        "ELG026",
        EXCLUSION,
        &[("Surgery within 1 months", "within 1 months", Info), ("History of of stroke", "of of", Info)],
    );
    check_silent(
        "ELG026",
        EXCLUSION,
        &["Surgery within 1 month", "Surgery 0-1 months ago", "Surgery within 11 months", "AND/OR or"],
    );
    check_found("ELG027", "Inclusion Criteria:\n\n* 1\\. ", &[("Asthma", "* 1\\.", Info)]);
    check_silent("ELG027", INCLUSION, &["Asthma", "18 years or older"]);
}

#[test]
fn scope_that_is_open() {
    check_found(
        "ELG001",
        EXCLUSION,
        &[
            (
                "History of congenital heart disease or stroke within 6 months before screening",
                "History of congenital heart disease or stroke within 6 months before screening",
                Warning,
            ),
            ("Viral, bacterial or other infections that require treatment", "that require treatment", Info),
            ("Malignant disease before screening", "Malignant disease before screening", Info),
        ],
    );
    check_found(
        "ELG001",
        INCLUSION,
        &[
            (
                "Two medicines without remission or relapse after remission",
                "without remission or relapse after remission",
                Warning,
            ),
            (
                "Negative pregnancy test for women, agree to use contraception",
                "Negative pregnancy test for women, agree to use contraception",
                Info,
            ),
            (
                "Asthma; patients with rhinitis may be considered for inclusion",
                "patients with rhinitis may be considered for inclusion",
                Info,
            ),
        ],
    );
    check_silent(
        "ELG001",
        EXCLUSION,
        &[
            "Stroke or heart attack within 6 months",
            "Infections that require treatment",
            "Stroke within 6 months before screening",
        ],
    );
    check_silent(
        "ELG001",
        INCLUSION,
        &[
            "Without asthma or rhinitis",
            "Women who can become pregnant, agree to use contraception",
            "May be included if older than 18",
        ],
    );
}

fn study() -> Study {
    let mut study = Study { conditions: vec!["Asthma".to_owned()], ..Study::default() };
    study.eligibility.minimum_age = AgeLimit::parse("18 Years");
    study.eligibility.maximum_age = AgeLimit::parse("65 Years");
    study.eligibility.sex = Some(Coded::Known(Sex::All));
    study.eligibility.healthy_volunteers = Some(false);
    study
}

/// Codes and paths of the findings about fields.
fn fields(study: &Study, item: &str) -> Vec<(&'static str, Severity)> {
    let text = format!("{INCLUSION}{item}\n");
    found(Some(study), &text).into_iter().map(|(code, _, severity)| (code, severity)).collect()
}

#[test]
fn ages_of_text_and_fields() {
    let none = AgeLimit::parse("N/A");
    for (item, want) in [
        ("Age 18 to 65 years", None),
        ("Age over 18 years", None),
        ("Age 18 to 70 years", Some(Error)),
        ("Asthma", None),
        ("Must have a child of 2 to 4 years", None),
        ("Less than 30 years of age at the onset of asthma", None),
        ("Age 12 to 65 years for the first part\n* Age 18 to 65 years for the second", None),
    ] {
        let got = fields(&study(), item);
        assert_eq!(
            got.iter().find(|(code, _)| *code == "ELG003").map(|(_, severity)| *severity),
            want,
            "{item}: {got:?}"
        );
    }
    let mut open = study();
    open.eligibility.maximum_age = none;
    assert!(fields(&open, "Age 18 to 65 years").contains(&("ELG003", Warning)));
    let mut turned = study();
    turned.eligibility.minimum_age = AgeLimit::parse("70 Years");
    assert!(fields(&turned, "Asthma").contains(&("ELG014", Error)));
    assert!(!fields(&study(), "Asthma").iter().any(|(code, _)| *code == "ELG014"));
}

#[test]
fn sex_and_health_of_text_and_fields() {
    let mut men = study();
    men.eligibility.sex = Some(Coded::Known(Sex::Male));
    let has = |study: &Study, item: &str| fields(study, item).iter().any(|(code, _)| *code == "ELG008");
    assert!(has(&men, "Women with asthma"));
    assert!(has(&men, "Male or female with asthma"));
    assert!(has(&study(), "Healthy volunteers with asthma"));
    assert!(!has(&study(), "Men or women with asthma"));
    assert!(!has(&men, "Men with asthma"));
    assert!(!has(&study(), "Healthy diet"));
}

#[test]
fn an_intervention_among_the_conditions() {
    let mut study = study();
    study.conditions = vec!["Asthma".to_owned(), "CAR-T Cell Therapy".to_owned(), "Walking Programme".to_owned()];
    study.interventions = vec![Intervention { name: "walking programme".to_owned(), ..Intervention::default() }];
    let paths: Vec<String> = found(Some(&study), INCLUSION)
        .into_iter()
        .filter(|(code, ..)| *code == "ELG019")
        .map(|(_, path, _)| path)
        .collect();
    let path = |at: usize| format!("protocolSection.conditionsModule.conditions[{at}]");
    assert_eq!(paths, [path(1), path(2)]);
}

#[test]
fn every_rule_is_explained_and_in_order() {
    let codes: Vec<&str> = explanations().iter().map(|explanation| explanation.code.0).collect();
    let expected: Vec<String> = (1..=codes.len()).map(|n| format!("ELG{n:03}")).collect();
    assert_eq!(codes, expected);
    for rule in &RULES {
        for part in ["Reports: ", "Why it matters: ", "Example: ", "What to do: ", "Source: "] {
            assert!(rule.explanation.contains(part), "{} lacks `{part}`", rule.code);
        }
    }
}

/// Text that has many of everything takes time in proportion to its length.
#[test]
fn long_texts_end() {
    for piece in [
        "* ALT ≤ 3 x 109/L or asthma, or ",
        "* History of asthma and seizures in the last year\n",
        "= ? # ( without or within ",
    ] {
        found(None, &piece.repeat(400));
    }
}

#[test]
fn the_page_lists_the_rules() {
    let page = include_str!("../../../../docs/lint.md");
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("| ELG")).collect();
    let rows: Vec<String> = RULES
        .iter()
        .map(|rule| format!("| {} | {} | {} | {} |", rule.code, rule.name, rule.severity.as_str(), rule.title))
        .collect();
    assert_eq!(listed, rows);
}
