//! Drafts of the project's own studies and, where they are at hand, of real records: every sentence has its source, changes when
//! its source changes, and is easy to read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout
)]

use std::io::Read;
use std::path::PathBuf;
use trialway_eligibility::{StudyLogic, lower_study};
use trialway_language::{Draft, Sentence, Words, draft};
use trialway_study::Study;
use trialway_terminology::Terminology;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's own studies, and the real ones where they are.
fn studies() -> Vec<Study> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("corpus/registry")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let mut out: Vec<Study> =
        paths.iter().map(|path| trialway_registry::parse_study(&std::fs::read(path).unwrap()).unwrap().value).collect();
    assert!(out.len() > 20, "the project's own studies are read");
    let shared = std::env::var_os("TRIALWAY_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if let Ok(file) = std::fs::File::open(shared.join("trials/studies_v2.ndjson.gz")) {
        let mut lines = String::new();
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut lines).unwrap();
        out.extend(
            lines.lines().filter_map(|line| trialway_registry::parse_study(line.as_bytes()).ok()).map(|s| s.value),
        );
    }
    out
}

fn logic(study: &Study) -> StudyLogic {
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    lower_study(study, &trialway_criteria::parse(text), Terminology::builtin())
}

fn drafted(study: &Study) -> Draft {
    draft(study, &logic(study), Words::english(), Terminology::builtin())
}

fn percentile(grades: &mut [f64], share: f64) -> f64 {
    grades.sort_by(f64::total_cmp);
    grades[((grades.len() - 1) as f64 * share).round() as usize]
}

#[test]
fn every_sentence_says_where_it_comes_from_and_is_easy_to_read() {
    let mut grades = Vec::new();
    let mut n_limits = 0;
    for study in studies() {
        let text = study.eligibility.text.clone().unwrap_or_default();
        let made = drafted(&study);
        for sentence in made.sentences() {
            assert!(!sentence.sources.is_empty() && !sentence.words.is_empty(), "{}: {sentence:?}", study.doc);
            for source in &sentence.sources {
                assert!(source.path.starts_with("protocolSection."), "{}: {sentence:?}", study.doc);
                if let Some(span) = source.span {
                    let there = text.get(span.start..span.end);
                    assert!(there.is_some_and(|there| source.written.contains(there)), "{}: {sentence:?}", study.doc);
                    assert!(source.criterion.is_some());
                    n_limits += 1;
                }
            }
            grades.push(sentence.grade());
        }
    }
    assert!(n_limits > 100, "sentences about who may fit: {n_limits}");
    let (median, ninth) = (percentile(&mut grades, 0.5), percentile(&mut grades, 0.9));
    println!("{} sentences: reading grade median {median:.1}, 90th percentile {ninth:.1}", grades.len());
    assert!(median <= 8.0 && ninth <= 10.0, "median {median:.1}, 90th percentile {ninth:.1}");
}

/// The same text with something turned round at a place.
fn turned(text: &str, span: std::ops::Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..span.start], &text[span.end..])
}

/// What turns a comparison or a denial round.
const TURNS: [(&str, &str); 22] = [
    ("≥", "≤"),
    ("≤", "≥"),
    (">=", "<="),
    ("<=", ">="),
    (">", "<"),
    ("<", ">"),
    ("at least", "at most"),
    ("at most", "at least"),
    ("greater than", "less than"),
    ("more than", "less than"),
    ("less than", "more than"),
    ("or older", "or younger"),
    ("or above", "or below"),
    ("above", "below"),
    ("below", "above"),
    ("positive", "negative"),
    ("negative", "positive"),
    ("without", "with"),
    ("no ", ""),
    ("not ", ""),
    ("within", "more than"),
    ("minimum", "maximum"),
];

/// Places in a sentence's own words of the record that turn it round, and what to write there.
fn mutations(text: &str, sentence: &Sentence) -> Vec<(std::ops::Range<usize>, String)> {
    let mut out = Vec::new();
    let Some(span) = sentence.sources.iter().find_map(|source| source.span) else { return out };
    let own = &text[span.start..span.end];
    let mut at = 0;
    while at < own.len() {
        let Some(start) = own[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) else { break };
        let long = own[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(own.len() - start);
        let number = &own[start..start + long];
        let alone = |words: &str| words.split(|c: char| !c.is_ascii_digit()).any(|part| part == number);
        if number.len() < 5 && alone(&sentence.words) && own.matches(number).count() == 1 {
            let other = number.parse::<u32>().unwrap() + 3;
            out.push((span.start + start..span.start + start + long, other.to_string()));
        }
        at = start + long;
    }
    let lower = own.to_ascii_lowercase();
    for (from, to) in TURNS {
        let word = from.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
        for (found, _) in lower.match_indices(from) {
            let before = lower[..found].chars().next_back();
            let after = lower[found + from.len()..].chars().next();
            let apart = !word
                || (before.is_none_or(|c| !c.is_alphanumeric())
                    && (from.ends_with(' ') || after.is_none_or(|c| !c.is_alphanumeric())));
            let longer_sign = !word && (after == Some('=') || before.is_some_and(|c| "<>=".contains(c)));
            if apart && !longer_sign && lower.matches(from).count() == 1 {
                out.push((span.start + found..span.start + found + from.len(), to.to_owned()));
            }
        }
    }
    out
}

#[test]
fn a_sentence_changes_or_vanishes_when_its_source_is_turned_round() {
    let (mut n, mut kept) = (0u32, Vec::new());
    // Each mutation reads a whole text anew: one real record in so many, all of them where that is asked for.
    let all = studies();
    let n_own = 60.min(all.len());
    let every = std::env::var("TRIALWAY_MUTATE_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(5usize).max(1);
    for study in all.iter().take(n_own).chain(all.iter().skip(n_own).step_by(every)) {
        let text = study.eligibility.text.clone().unwrap_or_default();
        let made = drafted(study);
        for sentence in made.fits.iter().chain(&made.unfits) {
            let criterion = sentence.sources[0].criterion.clone();
            for (span, with) in mutations(&text, sentence) {
                let mut other = study.clone();
                other.eligibility.text = Some(turned(&text, span.clone(), &with));
                let again = drafted(&other);
                let side = if made.fits.contains(sentence) { &again.fits } else { &again.unfits };
                let stays = side.iter().any(|one| one.words == sentence.words && one.sources[0].criterion == criterion);
                n += 1;
                if stays {
                    kept.push(format!("{}: `{}` -> `{with}`: {}", study.doc, &text[span], sentence.words));
                }
            }
        }
    }
    println!("{n} mutations, {} left the sentence as it was\n{}", kept.len(), kept.join("\n"));
    assert!(n > 50, "there is something to turn round");
    assert!(kept.len() as f64 <= f64::from(n) * 0.01, "{} of {n}:\n{}", kept.len(), kept.join("\n"));
}

#[test]
fn nothing_is_scraped_from_the_criteria_into_the_gist() {
    let record = r#"{"protocolSection": {
        "identificationModule": {"nctId": "NCT90000099", "briefTitle": "Cells for kidneys"},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"], "designInfo": {"primaryPurpose": "TREATMENT"}},
        "conditionsModule": {"conditions": ["Nephrotic Syndrome"]},
        "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "Demonstration cells"}]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Prior treatment with rituximab\n", "minimumAge": "2 Years"}
    }}"#;
    let study = trialway_registry::parse_study(record.as_bytes()).unwrap().value;
    let made = drafted(&study);
    assert_eq!(made.gist[0].words, "This study tests Demonstration cells in people with nephrotic syndrome.");
    let said: Vec<&str> = made.sentences().map(|sentence| sentence.words.as_str()).collect();
    assert!(said.iter().all(|words| !words.contains("PHASE")), "{said:?}");
    assert!(said.contains(&"It is in phase 1: an early test, mainly of how safe the treatment is."), "{said:?}");
}

#[test]
fn a_criterion_with_a_waiver_is_not_said_without_it() {
    // A record that lets people with other autoimmune diseases in must never give "may not fit people who have" them.
    let text = "Inclusion Criteria:\n\n* Patients with other diseases, such as systemic lupus erythematosus, may be considered for \
                inclusion after the investigator determines that the benefits outweigh the risks\n";
    let study = Study {
        eligibility: trialway_study::Eligibility { text: Some(text.to_owned()), ..Default::default() },
        ..Study::default()
    };
    let made = drafted(&study);
    assert!(made.unfits.is_empty(), "{:?}", made.unfits);
    assert!(made.fits.iter().all(|sentence| !sentence.words.contains("lupus")), "{:?}", made.fits);
}

#[test]
fn a_language_that_lacks_a_message_says_it_in_english() {
    let words = Words::from_fluent("en-XA", "phase-1 = [It is in phase 1]\n");
    assert_eq!(words.say("phase-1", &[]).as_deref(), Some("[It is in phase 1]"));
    assert_eq!(words.say("female", &[]).as_deref(), Some("are female"));
    assert_eq!(words.say("no-such-message", &[]), None);
    assert_eq!(words.say("take", &[("no", "no")]), None, "an argument is missing");
}

/// An invented study, with these words in its description.
fn invented(design: &str, conditions: &str, interventions: &str, summary: &str) -> Draft {
    let record = format!(
        r#"{{"protocolSection":{{
            "identificationModule":{{"nctId":"NCT90000999","briefTitle":"An invented study"}},
            "statusModule":{{"overallStatus":"RECRUITING"}},
            "descriptionModule":{{"briefSummary":"{summary}"}},
            "conditionsModule":{{"conditions":[{conditions}]}},
            "designModule":{{"studyType":"INTERVENTIONAL","phases":["PHASE1"],"designInfo":{{{design}}}}},
            "armsInterventionsModule":{{"armGroups":[{{"type":"EXPERIMENTAL","label":"A"}},{{"type":"PLACEBO_COMPARATOR","label":"B"}}],"interventions":[{interventions}]}},
            "eligibilityModule":{{"minimumAge":"18 Years"}}}}}}"#
    );
    drafted(&trialway_registry::parse_study(record.as_bytes()).unwrap().value)
}

fn has(draft: &Draft, words: &str) -> bool {
    draft.sentences().any(|sentence| sentence.words.contains(words))
}

const RANDOM: &str = r#""allocation":"RANDOMIZED","interventionModel":"PARALLEL","primaryPurpose":"TREATMENT""#;
const CREAM: &str = r#"{"type":"DRUG","name":"Halvorine cream"}"#;

#[test]
fn sides_of_one_body_are_no_groups_of_people() {
    let people = invented(RANDOM, r#""Psoriasis""#, CREAM, "The cream is compared with a placebo.");
    assert!(has(&people, "Chance decides which group you are in") && has(&people, "There are 2 groups"));
    let sides = invented(RANDOM, r#""Psoriasis""#, CREAM, "One arm gets the cream, the contralateral one the placebo.");
    assert!(!has(&sides, "Chance decides which group you are in") && !has(&sides, "There are 2 groups"));
}

#[test]
fn a_test_that_goes_along_is_not_what_is_tried() {
    let listed = format!(
        r#"{{"type":"BIOLOGICAL","name":"Blood samples for hematology"}},{{"type":"PROCEDURE","name":"Tumor assessment"}},{CREAM}"#
    );
    let made = invented(RANDOM, r#""Psoriasis""#, &listed, "A cream.");
    assert!(has(&made, "Halvorine cream") && !has(&made, "Blood samples") && !has(&made, "Tumor assessment"));
    // What a diagnostic study lists is what it tries; and where nothing else is listed, it is named.
    let looks = r#"{"type":"PROCEDURE","name":"Liver scan"}"#;
    assert!(has(&invented(RANDOM, r#""Psoriasis""#, looks, "A scan."), "Liver scan"));
    let diagnostic = r#""primaryPurpose":"DIAGNOSTIC""#;
    let found =
        invented(diagnostic, r#""Cirrhosis""#, &format!("{looks},{CREAM}"), "A scan finds cancer in cirrhosis.");
    assert!(has(&found, "Liver scan"));
    // Whom it is about need not be what is looked for.
    assert!(has(&found, "find or follow disease") && !has(&found, "find or follow Cirrhosis"));
}

#[test]
fn being_healthy_is_not_what_a_study_helps_against() {
    let early = r#""primaryPurpose":"TREATMENT""#;
    assert!(has(&invented(early, r#""Psoriasis""#, CREAM, "A cream for psoriasis."), "how safe treatment"));
    assert!(!has(&invented(early, r#""Healthy Volunteers""#, CREAM, "A cream."), "how safe treatment"));
}
