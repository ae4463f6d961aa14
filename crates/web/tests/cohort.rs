//! The worklist: records in, decisions put in, log and list out, nothing kept; and the report of one screening.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod shared;

use axum::http::{StatusCode, header};
use shared::state_of as state;
use shared::{app, ask, child, corpus, get, multipart};
use trialway_web::{Limits, Mode};

const TRIAL: (&str, &str) = ("trial", "NCT90000001");
const DAY: (&str, &str) = ("as_of", "2026-06-15");

fn boy() -> String {
    std::fs::read_to_string(shared::root().join("corpus/patients/nephrotic-syndrome-boy.json")).unwrap()
}

#[tokio::test]
async fn records_become_a_list_that_is_worked_down_and_exported() {
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (status, form) = get(&router, "/cohort?trial=NCT90000001").await;
    assert!(status == StatusCode::OK && form.contains("value=\"NCT90000001\""));
    let (child, boy) = (child(), boy());
    let lines = format!("{}\n{}\n", child.replace('\n', " "), boy.replace('\n', " "));
    let broken = "{\"resourceType\": \"Bundle\"";
    for records in [vec![("records", child.as_str()), ("records", &boy)], vec![("records", lines.as_str())]] {
        let mut fields = vec![TRIAL, DAY, ("records", broken)];
        fields.extend(records);
        let (status, headers, html) = ask(&router, multipart("/cohort", &fields)).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert!(html.contains("Worklist: 2 patients") && html.contains("Files that were not used: 1"), "{html}");
    }
    let fields = [TRIAL, DAY, ("records", child.as_str()), ("records", boy.as_str())];
    let (_, _, html) = ask(&router, multipart("/cohort", &fields)).await;
    let kept = state(&html);
    // Every point that stands in the boy's way is set to met: he may match then.
    let list: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let rows = list["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .position(|row| row["marks"].as_array().unwrap().iter().any(|mark| mark["effect"] == "fail"))
        .unwrap();
    let failing: Vec<usize> = (0..rows[row]["marks"].as_array().unwrap().len())
        .filter(|at| rows[row]["marks"][*at]["effect"] == "fail")
        .collect();
    let ids: Vec<String> = html
        .split("<option value=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .filter(|id| id.contains('.') || id.starts_with('I') || id.starts_with('E'))
        .take(rows[row]["marks"].as_array().unwrap().len())
        .collect();
    let (criterion, effect, reason, done) =
        (format!("criterion-{row}"), format!("effect-{row}"), format!("reason-{row}"), format!("done-{row}"));
    let mut kept = kept;
    for (n, at) in failing.iter().enumerate() {
        let id = ids[*at].clone();
        let without = [("state", kept.as_str()), (&criterion, id.as_str()), (&effect, "pass"), ("do", "show")];
        let (_, _, html) = ask(&router, multipart("/cohort", &without)).await;
        assert!(html.contains("without a reason were left out"), "a decision needs its reason");
        let with = [
            ("state", kept.as_str()),
            (&criterion, id.as_str()),
            (&effect, "pass"),
            (&reason, "seen in the paper chart"),
            (&done, "yes"),
            ("do", "show"),
        ];
        let (status, _, html) = ask(&router, multipart("/cohort", &with)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("One decision was put in.") && html.contains("Set to met by a person; it was not met."));
        assert!(html.contains("1 dealt with"));
        kept = state(&html);
        let list: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let n_failing =
            list["rows"][row]["marks"].as_array().unwrap().iter().filter(|mark| mark["effect"] == "fail").count();
        assert_eq!(n_failing, failing.len() - n - 1);
    }
    assert!(!failing.is_empty());
    let (status, headers, log) =
        ask(&router, multipart("/cohort", &[("state", &kept), (&done, "yes"), ("do", "log")])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(
        log.starts_with("patient,verdict,") && log.contains("pass instead of fail: seen in the paper chart"),
        "{log}"
    );
    assert_eq!(log.matches("\r\n").count(), 3);
    // The saved list is opened again as it was.
    let (_, headers, saved) =
        ask(&router, multipart("/cohort", &[("state", &kept), (&done, "yes"), ("do", "save")])).await;
    assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("worklist.json"));
    let (status, _, again) = ask(&router, multipart("/cohort", &[("saved", &saved)])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(state(&again), saved);
    assert!(again.contains("seen in the paper chart") && again.contains("1 dealt with"));
    assert!(store.reading_reports(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_used_is_said_in_a_sentence() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let child = child();
    for (fields, says) in [
        (vec![TRIAL], "Choose the records"),
        (vec![("records", child.as_str())], "Give the NCT number"),
        (vec![("trial", "NCT00000000"), ("records", &child)], "No study with the number"),
        (vec![TRIAL, ("as_of", "soon"), ("records", &child)], "is not a date"),
        (vec![("saved", "{\"a\": 1}")], "is not a worklist"),
    ] {
        let (status, _, html) = ask(&router, multipart("/cohort", &fields)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(html.contains(says) && html.contains("action=\"/cohort\""), "{says}: {html}");
    }
    // A list that was made with another version of the study's record.
    let (_, _, html) = ask(&router, multipart("/cohort", &[TRIAL, DAY, ("records", &child)])).await;
    let old = state(&html).replacen("\"record_hash\":\"", "\"record_hash\":\"0", 1);
    let (status, _, html) = ask(&router, multipart("/cohort", &[("saved", &old)])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("has changed since this worklist was made"), "{html}");
}

#[tokio::test]
async fn a_screening_is_given_as_a_report() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let child = child();
    let (_, _, page) = ask(&router, multipart("/screen", &[TRIAL, DAY, ("pasted", &child)])).await;
    assert!(page.contains("Report (PDF)") && page.contains("name=\"pasted\""));
    let (status, headers, html) =
        ask(&router, multipart("/screen", &[TRIAL, DAY, ("pasted", &child), ("as", "html")])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("screening-NCT90000001.html"));
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert!(html.contains("Screening for NCT90000001") && html.contains("We cannot tell yet"));
    let request = multipart("/screen", &[TRIAL, DAY, ("pasted", &child), ("as", "pdf")]);
    let response = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    let bytes = axum::body::to_bytes(response.into_body(), 8 << 20).await.unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
}
