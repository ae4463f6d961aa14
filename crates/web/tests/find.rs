//! The search page as people use it: narrowing, why a study is there, names offered, studies side by side.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{app, ask, corpus, get};
use trialway_web::{Limits, Mode};

#[tokio::test]
async fn results_say_why_each_study_is_there_and_what_was_searched_instead() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (status, html) = get(&router, "/search?q=lupus+nefritis").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Showing results for “nephritis” instead of “nefritis”"), "{html}");
    let (_, html) = get(&router, "/search?q=autoimmune+disease").await;
    assert!(html.contains("is a kind of “autoimmune disease”"), "{html}");
    let (_, html) = get(&router, "/search?q=%22nefritis%22").await;
    assert!(html.contains("No study was found") && !html.contains("Showing results"), "{html}");
}

#[tokio::test]
async fn every_group_of_facets_is_there_with_counts_and_keeps_its_choice() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (_, html) = get(&router, "/search").await;
    for name in ["status", "phase", "agegroup", "country", "type", "intervention", "healthy", "sponsor"] {
        assert!(html.contains(&format!("type=\"checkbox\" name=\"{name}\"")), "no facet {name}");
    }
    assert!(html.contains("name=\"sex\""));
    let (_, html) = get(&router, "/search?type=INTERVENTIONAL").await;
    let chosen = html.split("value=\"INTERVENTIONAL\"").nth(1).unwrap();
    assert!(chosen.starts_with(" checked"), "the choice is lost");
}

#[tokio::test]
async fn a_place_gives_orders_distances_and_what_is_open_near() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (_, html) = get(&router, "/search?q=lupus&place=Boston").await;
    assert!(html.contains("sort=distance") && html.contains("sort=newest"), "{html}");
    assert!(html.contains("Nearest site: "), "{html}");
    let (_, html) = get(&router, "/search?q=lupus&place=Boston&sort=distance").await;
    assert!(html.contains("<strong aria-current=\"true\">nearest</strong>"), "{html}");
    assert!(
        html.contains("type=\"hidden\" name=\"sort\" value=\"distance\""),
        "the order is lost when results are narrowed"
    );
}

#[tokio::test]
async fn a_condition_that_is_not_known_hides_nothing_and_is_told() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (_, html) = get(&router, "/search?without=blorbitis").await;
    assert!(html.contains("“blorbitis” is not a condition that is known here"), "{html}");
    let (_, html) = get(&router, "/search?without=lupus").await;
    assert!(html.contains("Where we could not tell, the study is shown."), "{html}");
    assert!(!html.contains("href=\"/trials/NCT90000001\""), "a study that asks for lupus is shown");
}

#[tokio::test]
async fn names_and_towns_are_offered_as_json() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let request = Request::get("/suggest?q=lupus+n").body(Body::empty()).unwrap();
    let (status, headers, body) = ask(&router, request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    let offers: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(offers["suggestions"][0]["text"], "lupus nephritis", "{body}");
    assert!(offers["suggestions"][0]["n_studies"].as_u64().unwrap() > 0);
    let (_, body) = get(&router, "/suggest?place=bos").await;
    assert!(body.contains("Boston"), "{body}");
    let (status, body) = get(&router, "/suggest").await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "{\"suggestions\":[],\"places\":[]}"));
    let (status, script) = get(&router, "/static/suggest.js").await;
    assert!(status == StatusCode::OK && script.contains("/suggest?"));
}

#[tokio::test]
async fn up_to_four_studies_stand_side_by_side() {
    let (router, _, ids) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let all: Vec<String> = ids.iter().take(5).map(|id| format!("id={id}")).collect();
    let (status, html) = get(&router, &format!("/compare?{}&id=nonsense", all.join("&"))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(html.matches("<th scope=\"col\">").count(), 4);
    assert!(
        html.contains("Only 4 studies fit beside each other") && html.contains("“nonsense” is no NCT number"),
        "{html}"
    );
    for row in ["Can people join?", "Conditions", "Ages", "Sites that are recruiting", "What must be so"] {
        assert!(html.contains(&format!("<th scope=\"row\">{row}</th>")), "{row}");
    }
    let (_, html) = get(&router, &format!("/compare?id={}&id={}&id={}", ids[0], ids[0], ids[1])).await;
    assert_eq!(html.matches("<th scope=\"col\">").count(), 2);
    assert!(html.contains(&format!("href=\"/compare?id={}\"", ids[1])), "no way to leave one out");
    let (_, html) = get(&router, "/compare?id=NCT00000001").await;
    assert!(html.contains("NCT00000001 is not held here"));
}
