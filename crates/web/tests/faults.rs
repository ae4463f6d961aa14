//! The faults of known trial pages, each held absent on ours, over a record made to provoke them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice
)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use shared::{app, ask, get, plain};
use trialway_web::{Limits, Mode};

/// A record with every oddity that public records have, in words of ours.
fn odd() -> Value {
    let criteria = "Inclusion Criteria:\n\n\
        * 1\\. Age ≥2 years old;\n\
        * 2.Kidney illness that came back after two medicines (at least one of them tacrolimus or cyclosporine). Patients with \
          other diseases, such as systemic lupus erythematosus, may be considered for inclusion after the investigator \
          determines that the benefits outweigh the risks;\n\
        * 3\\. Organ function: eGFR≥30ML/min/1.73m2; Alanine Aminotransferase (ALT)≤3.0 upper limit of normal; total \
          bilirubin ≤1.5×ULN (except Gilbert syndrome, total bilirubin ≤3.0×ULN);\n\
        * 4\\. Neutrophil count ≥1×109/L;\n\
        * 5\\. Antinuclear antibody ≥1:80;\n\
        * 6\\. CD19 expressed on B cells by flow\n\n    cytometry;\n\n\
        Exclusion Criteria:\n\n\
        * 1\\. Prior treatment with rituximab;\n\
        * 2\\. Dialysis within 3 months before infusion. (patients whose acute kidney injury explains it could be considered \
          for inclusion, if the investigator judges so);\n\
        * 3\\. Dialysis within 3 months before infusion;\n\
        * 4\\. Any other condition that the investigators deem unsuitable.\n";
    json!({"protocolSection": {
        "identificationModule": {"nctId": "NCT90000777", "briefTitle": "Invented cells for an invented kidney illness",
            "officialTitle": "An Invented Study of Invented Cells"},
        "statusModule": {"overallStatus": "RECRUITING", "statusVerifiedDate": "2026-01",
            "startDateStruct": {"date": "2025-02-01", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2028-02", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2025-01-10",
            "lastUpdatePostDateStruct": {"date": "2026-02-03", "type": "ACTUAL"}},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Invented Hospital", "class": "OTHER"}},
        "conditionsModule": {"conditions": ["Nephrotic Syndrome"], "keywords": ["car-t"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"], "enrollmentInfo": {"count": 18, "type": "ESTIMATED"},
            "designInfo": {"primaryPurpose": "TREATMENT", "interventionModel": "SINGLE_GROUP", "maskingInfo": {"masking": "NONE"}}},
        "armsInterventionsModule": {
            "armGroups": [{"label": "Cells", "type": "EXPERIMENTAL", "interventionNames": ["Biological: Invented CAR-T cells"]}],
            "interventions": [{"type": "BIOLOGICAL", "name": "Invented CAR-T cells"}]},
        "eligibilityModule": {"eligibilityCriteria": criteria, "sex": "ALL", "minimumAge": "2 Years", "healthyVolunteers": false},
        "contactsLocationsModule": {"locations": [{"facility": "Invented Hospital", "city": "Lyon", "country": "France"}]}
    }})
}

async fn page() -> String {
    let (router, _, _) = app(&[odd().to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (status, html) = get(&router, "/trials/NCT90000777").await;
    assert_eq!(status, StatusCode::OK);
    html
}

/// The part of a page below a heading, up to the end of its section.
fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let from = html.find(&format!("<h2 id=\"{id}\"")).unwrap_or_else(|| panic!("no section {id}"));
    html[from..].split("</section>").next().unwrap()
}

/// One criterion of the page.
fn criterion<'a>(html: &'a str, id: &str) -> &'a str {
    let from = html.find(&format!("<li id=\"{id}\"")).unwrap_or_else(|| panic!("no criterion {id}"));
    html[from..].split("</li>").next().unwrap()
}

#[tokio::test]
async fn fault_1_no_sentence_contradicts_a_waiver() {
    let html = page().await;
    let text = plain(section(&html, "who"));
    let (_, unfit) = text.split_once("This study may not fit people who").expect("a list of who may not fit");
    let unfit = unfit.split("Every point as published").next().unwrap();
    assert!(!unfit.contains("lupus") && !unfit.contains("autoimmune"), "{unfit}");
    // The dialysis of a criterion with an exception is not said without it.
    assert!(!unfit.contains("dialysis (") || !unfit.contains("point E2"), "{unfit}");
}

#[tokio::test]
async fn fault_2_treatments_come_from_the_arms_alone() {
    let html = page().await;
    let facts = plain(section(&html, "facts"));
    assert!(facts.contains("Treatments Invented CAR-T cells Ages"), "{facts}");
    assert!(!facts.contains("rituximab") && !facts.contains("tacrolimus"), "{facts}");
}

#[tokio::test]
async fn fault_3_a_phase_is_said_in_words_with_its_meaning() {
    let html = page().await;
    let text = plain(&html);
    assert!(
        !text.contains("PHASE1")
            && text.contains("Phase 1 (early: mainly tests how safe it is, most often in few people)"),
        "{text}"
    );
}

#[tokio::test]
async fn fault_4_odd_text_stands_as_published_and_is_pointed_out() {
    let html = page().await;
    let three = plain(criterion(&html, "I3"));
    assert!(three.contains("(ALT)≤3.0 upper limit of normal"), "as published: {three}");
    assert!(three.contains("ALT (a liver enzyme)"), "the test is known all the same: {three}");
    let finding = "Finding: a number before `upper limit of normal` without a sign is read as a multiple";
    assert!(three.contains(finding), "{three}");
}

#[tokio::test]
async fn fault_5_markers_are_taken_off_and_repetitions_are_noticed() {
    let html = page().await;
    let first = plain(criterion(&html, "I1"));
    assert!(first.contains("I1 Age ≥2 years old") && !first.contains("1\\."), "{first}");
    assert!(plain(criterion(&html, "I2")).contains("I2 Kidney illness"), "inline numbers too");
    let team = plain(section(&html, "team"));
    assert!(team.contains("E3 repeats a sentence of E2."), "{team}");
    let exception = plain(criterion(&html, "E2"));
    assert!(exception.contains("could be considered for inclusion"), "{exception}");
}

#[tokio::test]
async fn fault_6_nothing_empty_and_nothing_that_the_record_does_not_say() {
    let html = page().await;
    assert!(!html.contains("id=\"contact\"") && !html.contains("id=\"documents\""), "no empty headings");
    let text = plain(&html);
    assert!(
        text.contains("The record gives no contact for the whole study."),
        "what it lacks is said where it matters"
    );
    for claim in ["never obligates", "free of charge", "Pre-screening"] {
        assert!(!text.contains(claim), "{claim}");
    }
}

#[tokio::test]
async fn fault_7_and_13_it_is_said_who_made_the_sentences_and_that_nobody_reviewed_them() {
    let html = page().await;
    let made = plain(section(&html, "made"));
    assert!(
        made.contains(
            "drafted automatically by Trialway’s rules, without a language model, and no person has reviewed them yet"
        ),
        "{made}"
    );
    assert!(!plain(&html).contains("Powered by AI"));
}

#[tokio::test]
async fn fault_8_no_mark_of_a_template_and_no_thanks_before_anything_is_sent() {
    let (router, _, _) = app(&[odd().to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (_, html) = get(&router, "/trials/NCT90000777").await;
    assert!(!html.contains("{{") && !html.contains("}}"));
    let (_, form) = get(&router, "/trials/NCT90000777/report?criterion=I1").await;
    assert!(!form.contains("Thank you") && !form.contains("role=\"status\""));
}

#[tokio::test]
async fn fault_9_lost_exponents_titres_and_exceptions_are_read_as_meant() {
    let html = page().await;
    let four = plain(criterion(&html, "I4"));
    assert!(four.contains("at least 1 × 10⁹/L"), "{four}");
    assert!(plain(criterion(&html, "I5")).contains("at least 1:80"));
    let three = plain(criterion(&html, "I3"));
    assert!(three.contains("Gilbert") && three.contains("3 times the laboratory's upper limit"), "{three}");
}

#[tokio::test]
async fn fault_10_a_line_broken_in_its_middle_is_one_criterion() {
    let html = page().await;
    assert!(plain(criterion(&html, "I6")).contains("by flow cytometry"), "{}", plain(criterion(&html, "I6")));
    assert!(!html.contains("id=\"I7\""));
}

#[tokio::test]
async fn fault_11_nothing_is_promised() {
    let html = page().await;
    let text = plain(&html).to_lowercase();
    for word in [
        "early access",
        "breakthrough",
        "potentially effective",
        "cutting-edge",
        "miracle",
        "innovative",
        "free treatment",
    ] {
        assert!(!text.contains(word), "{word}");
    }
    let questions = plain(section(&html, "questions"));
    for said in
        ["may not help you", "may stop at any time", "Every treatment can do harm", "differs from study to study"]
    {
        assert!(questions.contains(said), "{said}: {questions}");
    }
}

#[tokio::test]
async fn fault_12_nothing_about_the_reader_is_asked_for() {
    let html = page().await;
    assert!(!html.contains(" required") && !html.contains("type=\"email\"") && !html.contains("type=\"tel\""));
}

#[tokio::test]
async fn fault_14_every_date_says_what_it_is() {
    let html = page().await;
    let dates = plain(section(&html, "dates"));
    for said in [
        "Start of the study 1 February 2025",
        "End of the study February 2028 (expected)",
        "Last changed in the registry 3 February 2026",
        "Confirmed by the sponsor January 2026",
        "Copied to this site 15 June 2026",
    ] {
        assert!(dates.contains(said), "{said}: {dates}");
    }
}

#[tokio::test]
async fn a_sheet_for_the_doctor_holds_the_criteria_as_published_and_a_code() {
    let (router, _, _) = app(&[odd().to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (status, headers, html) =
        ask(&router, Request::get("/trials/NCT90000777/sheet").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    for gone in ["src=", "href=", "<script", "style=\"", "@import"] {
        assert!(!html.contains(gone), "a sheet fetches nothing: {gone}");
    }
    let text = plain(&html);
    for said in [
        "NCT90000777",
        "I1 Age ≥2 years old",
        "(ALT)≤3.0 upper limit of normal",
        "E4 Any other condition",
        "no medical advice",
        "no person has reviewed them yet",
        "Do not stop or change any medicine",
        "What may go wrong",
        "https://clinicaltrials.gov/study/NCT90000777",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(html.contains("<svg class=\"code\"") && html.contains("h1v1h-1z"));
}

#[tokio::test]
async fn the_same_sheet_is_had_as_pdf() {
    let (router, _, _) = app(&[odd().to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let request = Request::get("/trials/NCT90000777/sheet.pdf").body(Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"study-NCT90000777.pdf\"");
    let bytes = axum::body::to_bytes(response.into_body(), 8 << 20).await.unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 5_000 && bytes.len() < 200_000, "{}", bytes.len());
}

#[tokio::test]
async fn a_contact_can_be_called_and_written_to() {
    let mut record = odd();
    record["protocolSection"]["contactsLocationsModule"]["centralContacts"] = json!([
        {"name": "Study office", "role": "CONTACT", "phone": "+33 4 00 00 00 00", "phoneExt": "12", "email": "office@example.org"},
        {"name": "Second office", "email": "a b\"><x@example.org"}
    ]);
    record["protocolSection"]["contactsLocationsModule"]["overallOfficials"] =
        json!([{"name": "I. Nvented", "affiliation": "Invented Hospital", "role": "PRINCIPAL_INVESTIGATOR"}]);
    let (router, _, _) = app(&[record.to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (_, html) = get(&router, "/trials/NCT90000777").await;
    let part = section(&html, "contact");
    assert!(part.contains("<a class=\"way\" href=\"tel:+33400000000\">+33 4 00 00 00 00, extension 12</a>"), "{part}");
    assert!(part.contains("href=\"mailto:office@example.org?subject=Question%20about%20NCT90000777\""), "{part}");
    assert!(!part.contains("mailto:a b") && !part.contains("<x@"), "an address that is none is no link: {part}");
    assert!(plain(part).contains("I. Nvented (principal investigator), Invented Hospital"), "{part}");
}
