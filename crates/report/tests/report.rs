//! The corpus's child against the corpus's study, as a report.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::date;
use std::path::Path;
use trialway_cohort::Versions;
use trialway_matching::{Options, Policy, Screening, screen};
use trialway_report::{Report, html, pdf};
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
    let screening = screening();
    let versions = Versions {
        trial: "NCT90000001".to_owned(),
        record: "changed 2026-01-01, sha256 0123456789ab".to_owned(),
        engine: "trialway 0".to_owned(),
        terminology: Terminology::version().to_owned(),
        as_of: "2026-06-15".to_owned(),
        policy: "chart".to_owned(),
    };
    let left = [("Claim/1".to_owned(), "is not <read>".to_owned())];
    what(&Report {
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
