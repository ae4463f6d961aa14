//! The corpus's child against the corpus's study, as a report.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::date;
use std::path::Path;
use trialway_cohort::Versions;
use trialway_matching::{Options, Policy, Screening, screen};
use trialway_patient::Left;
use trialway_report::{Language, Report, html, pdf};
use trialway_terminology::Terminology;

fn screening() -> Screening {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let study = std::fs::read(corpus.join("registry/NCT90000001.json")).unwrap();
    let study = trialway_registry::parse_study(&study).unwrap().value;
    let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap());
    let logic = trialway_eligibility::lower_study(&study, &tree, Terminology::builtin());
    let record = std::fs::read(corpus.join("patients/lupus-nephritis-child.json")).unwrap();
    let facts = trialway_fhir::import(&record, Terminology::builtin()).unwrap().value.facts;
    let options = Options { as_of: date(2026, 6, 15), policy: Policy::Chart, trial: Some("NCT90000001".to_owned()) };
    screen(&logic, &facts, &options, Terminology::builtin())
}

fn with<T>(title: &str, what: impl FnOnce(&Report<'_>) -> T) -> T {
    within(Language::English, title, what)
}

fn within<T>(language: Language, title: &str, what: impl FnOnce(&Report<'_>) -> T) -> T {
    let screening = screening();
    let versions = Versions {
        trial: "NCT90000001".to_owned(),
        record: trialway_cohort::RecordVersion::new(Some("2026-01-01"), "0123456789abcdef"),
        engine: "trialway 0".to_owned(),
        terminology: Terminology::version().to_owned(),
        as_of: "2026-06-15".to_owned(),
        policy: "chart".to_owned(),
    };
    let left = [Left { reference: "Claim/1".to_owned(), reason: "is not <read>".to_owned() }];
    what(&Report {
        language,
        is_asked_here: false,
        title,
        patient: "demo-child",
        versions: &versions,
        made_on: "2026-06-16",
        screening: &screening,
        used: 18,
        left: &left,
    })
}

#[test]
fn the_page_says_every_criterion_with_its_grounds_and_fetches_nothing() {
    let page = with("A <study>", |report| html(report.sheet()).unwrap());
    let screening = screening();
    for result in screening.criteria.iter().chain(&screening.structured) {
        assert!(page.contains(&format!(">{}<", result.id)), "{}", result.id);
        for evidence in result.evidence.iter().filter(|_| result.children.is_empty()) {
            assert!(page.contains(&format!("[{}", evidence.source)), "{}", evidence.source);
        }
    }
    for part in ["We cannot tell yet", "sha256 0123456789ab", "2026-06-16", Terminology::version(), "demo-child"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<study>") && !page.contains("<read>"), "text is escaped");
    for fetched in ["src=", "href=", "url(", "<script", "@import"] {
        assert!(!page.contains(fetched), "{fetched}");
    }
}

#[test]
fn the_pdf_is_whole_and_says_which_characters_no_font_has() {
    let written = with("Eine Studie ≥ 65, über 3 × ULN, µg, naïve, Ελλάδα", |report| {
        pdf(&report.sheet(), &[]).unwrap()
    });
    assert!(written.bytes.starts_with(b"%PDF-1.") && written.bytes.ends_with(b"%%EOF"));
    assert!(written.missing.is_empty(), "{:?}", written.missing);
    let text = String::from_utf8_lossy(&written.bytes);
    assert!(text.contains("/FontFile2") && text.contains("/ToUnicode") && text.contains("/Lang"));
    assert!(text.matches("/Type /Page\n").count() >= 1);
    // The whole font would be 760 kB.
    assert!(written.bytes.len() < 150_000, "{}", written.bytes.len());
    let chinese = with("狼疮性肾炎 trial", |report| pdf(&report.sheet(), &[]).unwrap());
    assert_eq!(chinese.missing, ['性', '炎', '狼', '疮', '肾']);
    let broken = with("x", |report| {
        pdf(&report.sheet(), &[("Broken".to_owned(), b"no font".to_vec())]).err().unwrap().to_string()
    });
    assert!(broken.contains("Broken") && broken.contains("TrueType"), "{broken}");
}

/// The text of a page without what is marked as English.
fn outside_english(page: &str) -> String {
    let mut out = String::new();
    for (at, part) in page.split("<span lang=\"en\">").enumerate() {
        out.push_str(if at == 0 { part } else { part.split_once("</span>").unwrap().1 });
    }
    let mut plain = String::new();
    let mut is_tag = false;
    for c in out.split_once("<body>").unwrap().1.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[test]
fn a_chinese_report_is_chinese_but_for_what_is_marked() {
    let page = within(Language::Chinese, "A study of cells", |report| html(report.sheet()).unwrap());
    assert!(page.contains("<html lang=\"zh-Hans\">") && page.contains("<span lang=\"en\">A study of cells</span>"));
    let text = outside_english(&page);
    for part in ["现在还无法判断", "需要询问或测量什么", "病历中：", "研究医生", "不得出现的"]
    {
        assert!(text.contains(part), "{part}");
    }
    // Abbreviations of tests, units, numbers of studies and sources in the record are the same in every language.
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3);
    let names = [
        "NCT",
        "Observation",
        "Condition",
        "Patient",
        "Medication",
        "Procedure",
        "Statement",
        "Request",
        "umol",
        "healthy",
    ];
    let left: Vec<&str> = words
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        .filter(|word| !text.contains(&format!("/{word}")) && !text.contains(&format!("-{word}")))
        .filter(|word| !names.contains(word))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_spanish_report_says_what_the_english_one_says() {
    let [english, spanish] = [Language::English, Language::Spanish]
        .map(|language| within(language, "A study", |report| html(report.sheet()).unwrap()));
    for tag in ["<li>", "class=\"criterion\"", "class=\"effect open\"", "class=\"effect pass\"", "<h2>", "<tr>"] {
        assert_eq!(english.matches(tag).count(), spanish.matches(tag).count(), "{tag}");
    }
    assert!(spanish.contains("Qué preguntar o medir") && spanish.contains("12 años el 2026-06-15"), "{spanish}");
    assert!(!english.contains("lang=\"en\">") || english.matches("lang=\"en\"").count() == 1);
}
