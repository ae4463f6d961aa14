//! "Check if this may match": questions, answers, the result, the sheet; and the questionnaire for all studies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{ask, bytes, corpus, get, plain};
use trialway_web::{Limits, Mode};

const CHECK: &str = "/trials/NCT90000001/check";

fn form(address: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Request::post(address)
        .header(header::HOST, "trials.example.org")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

async fn router() -> Router {
    shared::app(&corpus(), Mode::Demonstration, Limits::default()).await.0
}

/// The names of the fields of questions on a page, in order.
fn keys(html: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in html.split("name=\"a:").skip(1) {
        let key = part.split('"').next().unwrap().to_owned();
        if !out.contains(&key) {
            out.push(key);
        }
    }
    out
}

async fn sent(router: &Router, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let (status, headers, body) = ask(router, form(CHECK, fields)).await;
    assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
    assert!(headers.get(header::SET_COOKIE).is_none());
    (status, body)
}

#[tokio::test]
async fn questions_come_a_few_at_a_time_until_there_are_none() {
    let router = router().await;
    let (status, start) = get(&router, CHECK).await;
    assert_eq!(status, StatusCode::OK);
    assert!(plain(&start).contains("For my child"), "{start}");
    let mut answers: Vec<(String, String)> = Vec::new();
    let mut n_pages = 0;
    loop {
        let mut fields = vec![("whom", "child"), ("age", "9"), ("sex", "female")];
        fields.extend(answers.iter().map(|(key, answer)| (key.as_str(), answer.as_str())));
        let (status, body) = sent(&router, &fields).await;
        assert_eq!(status, StatusCode::OK);
        let new: Vec<String> = keys(&body)
            .into_iter()
            .map(|key| format!("a:{key}"))
            .filter(|key| !answers.iter().any(|(known, _)| known == key))
            .collect();
        if new.is_empty() {
            assert!(plain(&body).contains("There are no more questions"), "{}", plain(&body));
            assert!(plain(&body).contains("We cannot tell yet"), "nothing was answered");
            break;
        }
        assert!(new.len() <= 5, "{new:?}");
        answers.extend(new.into_iter().map(|key| (key, "unknown".to_owned())));
        n_pages += 1;
        assert!(n_pages < 40);
    }
    assert!(n_pages > 2 && answers.len() > 8, "{n_pages} pages, {} questions", answers.len());
}

#[tokio::test]
async fn what_one_knows_is_asked_before_what_others_decide() {
    let router = router().await;
    let (_, body) = sent(&router, &[("whom", "child"), ("age", "9"), ("sex", "female")]).await;
    let seen = plain(&body);
    assert!(seen.contains("your child"), "{seen}");
    assert!(!seen.contains("Do you have"), "{seen}");
    let questions = seen.split("Next questions").nth(1).unwrap().split("Who it is for, and").next().unwrap();
    assert!(!questions.to_lowercase().contains("consent"), "{questions}");
    // Whoever takes children says who agrees for them.
    assert!(seen.contains("a parent or guardian must agree") && seen.contains("assent"), "{seen}");
    let (_, own) = sent(&router, &[("whom", "self"), ("age", "16"), ("sex", "female")]).await;
    assert!(plain(&own).contains("Do you ") && !plain(&own).contains("assent."), "{}", plain(&own));
}

#[tokio::test]
async fn an_answer_that_rules_out_is_named_with_its_point() {
    let router = router().await;
    let (_, body) = sent(&router, &[("whom", "self"), ("age", "60"), ("sex", "female")]).await;
    let seen = plain(&body);
    assert!(seen.contains("Does not seem to match") && seen.contains("Because of:"), "{seen}");
    // An answer that is no is said with the question, and its point leads to the page.
    let (_, first) = sent(&router, &[("whom", "child"), ("age", "9"), ("sex", "female")]).await;
    let mut found = false;
    for key in keys(&first) {
        let field = format!("a:{key}");
        for answer in ["yes", "no"] {
            let fields = [("whom", "child"), ("age", "9"), ("sex", "female"), (field.as_str(), answer)];
            let (_, body) = sent(&router, &fields).await;
            if plain(&body).contains("Does not seem to match") {
                let because = body.split("id=\"because\"").nth(1).unwrap().split("</section>").next().unwrap();
                assert!(because.contains("href=\"/trials/NCT90000001#"), "{because}");
                let word = if answer == "yes" { "<strong>Yes</strong>" } else { "<strong>No</strong>" };
                assert!(because.contains(word), "{because}");
                found = true;
            }
        }
    }
    assert!(found, "one of the first questions rules out");
}

#[tokio::test]
async fn what_is_mistyped_loses_nothing() {
    let router = router().await;
    let (status, body) = sent(&router, &[("whom", "child"), ("age", "nine"), ("sex", "female")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("value=\"nine\"") && body.contains("role=\"alert\""), "{body}");
    assert!(body.contains("name=\"whom\" value=\"child\" checked") && body.contains("value=\"female\" checked"));
    // A number that is none is asked again, with what was typed.
    let mut answers: Vec<(String, String)> = Vec::new();
    let mut number = None;
    for _ in 0..30 {
        let mut fields = vec![("whom", "child"), ("age", "9")];
        fields.extend(answers.iter().map(|(key, answer)| (key.as_str(), answer.as_str())));
        let (_, body) = sent(&router, &fields).await;
        let next = body.split("id=\"said\"").next().unwrap();
        if let Some(at) = next.find("inputmode=\"decimal\"") {
            let before = &next[..at];
            number = Some(before.rsplit("name=\"a:").next().unwrap().split('"').next().unwrap().to_owned());
            break;
        }
        answers.extend(keys(next).into_iter().map(|key| (format!("a:{key}"), "unknown".to_owned())));
    }
    let key = format!("a:{}", number.expect("a number is asked for"));
    let (status, body) = sent(&router, &[("whom", "child"), ("age", "9"), (key.as_str(), "about eighty")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("value=\"about eighty\"") && body.contains("aria-invalid=\"true\""), "{body}");
    let (_, body) = sent(&router, &[("whom", "child"), ("age", "9"), (key.as_str(), "85.5")]).await;
    assert!(body.contains("value=\"85.5\"") && !body.contains("aria-invalid"), "{body}");
    // What is no question of the study is left out; so is script.
    let (_, body) =
        sent(&router, &[("a:q:0000000000000000", "yes"), ("a:<script>alert(1)</script>", "yes"), ("whom", "<b>")])
            .await;
    assert!(!body.contains("<script>alert") && !body.contains("q:0000000000000000"));
}

#[tokio::test]
async fn the_sheet_has_the_answers_and_the_points() {
    let router = router().await;
    let (_, first) = sent(&router, &[("whom", "child"), ("age", "9"), ("sex", "female")]).await;
    let key = format!("a:{}", keys(&first)[0]);
    let fields = |form: &'static str| [("whom", "child"), ("age", "9"), ("sex", "female"), ("as", form)];
    let mut with_answer = fields("html").to_vec();
    with_answer.push((key.as_str(), "yes"));
    let (status, headers, body) = ask(&router, form(CHECK, &with_answer)).await;
    assert_eq!(status, StatusCode::OK);
    let name = headers.get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"check-NCT90000001.html\"");
    let seen = plain(&body);
    for words in ["What was answered", "9 years", "Female", "Yes", "What must be so", "NCT90000001"] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert!(body.contains("<svg class=\"code\""), "the square code");
    let (status, _, body) = bytes(&router, form(CHECK, &fields("pdf"))).await;
    assert!(status == StatusCode::OK && body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn every_language_has_every_word() {
    let router = router().await;
    for (tag, word) in [("es", "Todavía no se puede saber"), ("zh", "现在还不能判断")] {
        for fields in [vec![("whom", "child"), ("age", "9")], vec![("whom", "other"), ("age", "9"), ("sex", "male")]] {
            let mut request = form(CHECK, &fields);
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, tag.parse().unwrap());
            let (_, _, body) = ask(&router, request).await;
            let seen = plain(&body);
            assert!(seen.contains(word), "{tag}: {seen}");
            assert!(!seen.contains("check-"), "{tag}: {seen}");
            assert!(body.contains("<span lang=\"en\">"), "what is in English is marked so");
        }
        let mut request = Request::get("/check").body(Body::empty()).unwrap();
        request.headers_mut().insert(header::ACCEPT_LANGUAGE, tag.parse().unwrap());
        let (_, _, body) = ask(&router, request).await;
        assert!(!plain(&body).contains("check-"), "{tag}: {body}");
    }
    let locale = |tag: &str| {
        let path = shared::root().join(format!("crates/web/locales/{tag}/check.ftl"));
        let text = std::fs::read_to_string(path).unwrap();
        let ids: std::collections::BTreeSet<String> = text
            .lines()
            .filter(|line| line.starts_with("check-"))
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect();
        ids
    };
    let english = locale("en");
    assert!(english.len() > 60);
    assert_eq!(english, locale("es"));
    assert_eq!(english, locale("zh"));
}

#[tokio::test]
async fn a_short_questionnaire_is_held_against_all_studies() {
    let router = router().await;
    let (status, body) = get(&router, "/check").await;
    assert!(status == StatusCode::OK && body.contains("name=\"f:pregnant\""), "{body}");
    let fields = [
        ("whom", "child"),
        ("age", "9"),
        ("sex", "female"),
        ("conditions", "lupus nephritis"),
        ("medicines", "prednisone"),
        ("place", "Boston"),
        ("f:diabetes", "no"),
        ("f:pregnant", ""),
    ];
    let (status, headers, body) = ask(&router, form("/check", &fields)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
    let seen = plain(&body);
    for words in ["9 years", "female", "prednisone", "diabetes", "NCT90000001"] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert!(!seen.contains("pregnant."), "what is not known is not said: {seen}");
    let (status, _, body) = ask(&router, form("/check", &[("age", "9"), ("place", "Boston")])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("which illness") && body.contains("value=\"Boston\""), "{body}");
}

#[tokio::test]
async fn the_check_is_reached_from_the_trial_and_from_the_first_page() {
    let router = router().await;
    assert!(get(&router, "/trials/NCT90000001").await.1.contains(&format!("href=\"{CHECK}\"")));
    assert!(get(&router, "/").await.1.contains("href=\"/check\""));
    let (status, body) = get(&router, "/trials/NCT00000000/check").await;
    assert!(status == StatusCode::NOT_FOUND && body.contains("No study"), "{body}");
    // Another site cannot send it.
    let mut request = form(CHECK, &[("age", "9")]);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(ask(&router, request).await.0, StatusCode::FORBIDDEN);
}
