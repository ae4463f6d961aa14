//! Every page of every study that is at hand: answers, and holds nothing that a reader should not see.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{app, ask, child, corpus, get, multipart, seen, shared as real};
use trialway_study::WordList;
use trialway_web::{Limits, Mode};

fn raw_words() -> Vec<&'static str> {
    use trialway_study::{Allocation, ArmKind, InterventionKind, Phase, StandardAge, Status, StudyType};
    fn of<T: WordList>() -> Vec<&'static str> {
        T::ALL.iter().map(|word| word.word()).filter(|word| word.contains('_')).collect()
    }
    let mut out = of::<Status>();
    out.extend(of::<Phase>());
    out.extend(of::<StudyType>());
    out.extend(of::<StandardAge>());
    out.extend(of::<ArmKind>());
    out.extend(of::<Allocation>());
    out.extend(of::<InterventionKind>());
    out
}

fn is_clean(address: &str, html: &str) {
    let text = seen(html);
    for word in ["{{", "{%", "undefined", "Some(", "None)", "ConceptId", "NaN"] {
        // Sponsors write "undefined" themselves now and then; a placeholder of ours would stand alone.
        let alone = text.split_whitespace().any(|known| known == word);
        assert!(!alone && (word.chars().all(char::is_alphabetic) || !text.contains(word)), "{address}: `{word}`");
    }
    for word in raw_words() {
        assert!(!text.split_whitespace().any(|known| known == word), "{address}: `{word}`");
    }
    // A heading has words, and something below it before the next of its kind.
    for level in ["h1", "h2", "h3"] {
        for part in html.split(&format!("<{level}")).skip(1) {
            let (heading, rest) = part.split_once(&format!("</{level}>")).expect("a heading ends");
            let words = seen(&format!("<{level}{heading}"));
            assert!(!words.trim().is_empty(), "{address}: an empty {level}");
            let until = rest.find(&format!("<{level}")).or_else(|| rest.find("</main>")).unwrap_or(rest.len());
            assert!(
                !seen(rest.get(..until).unwrap_or_default()).trim().is_empty(),
                "{address}: nothing below `{}`",
                words.trim()
            );
        }
    }
    assert_eq!(html.matches("<h1").count(), 1, "{address}");
    // The scripts are the server's own files, and pages do without them.
    let html = &without_script(html);
    // The one element for programs that read pages runs nothing.
    let (before, after) = html.split_once("<script type=\"application/ld+json\">").unwrap_or((html, ""));
    let html = &format!("{before}{}", after.split_once("</script>").map_or("", |(_, rest)| rest));
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">") && html.contains("<title>"), "{address}");
    for host in ["src=\"http", "url(http", "@import", "<script", "style=\"", " onclick"] {
        assert!(!html.contains(host), "{address}: `{host}`");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n, "{address}: an id stands twice");
}

/// A page without the element that loads the server's own script.
fn without_script(html: &str) -> String {
    let mut html = html.to_owned();
    for (start, end) in [
        ("<script src=\"/static/suggest.js?v=", "\" defer></script>"),
        ("<script type=\"module\" src=\"/static/kept/", "/page.js\"></script>"),
    ] {
        if let Some((before, after)) = html.split_once(start) {
            let (mark, rest) = after.split_once(end).expect("a whole element");
            assert!(mark.len() == 16 && mark.chars().all(|c| c.is_ascii_hexdigit()), "{mark}");
            html = format!("{before}{rest}");
        }
    }
    // Words for the script of notes: data, which no browser runs.
    if let Some((before, after)) = html.split_once("<script type=\"application/json\" id=\"keep-words\">") {
        let (words, rest) = after.split_once("</script>").expect("a whole element");
        assert!(serde_json::from_str::<serde_json::Value>(words).is_ok(), "{words}");
        html = format!("{before}{rest}");
    }
    html
}

#[tokio::test]
async fn every_page_of_every_study_is_whole() {
    for (records, mode) in [(corpus(), Mode::Demonstration), (real(), Mode::Registry)] {
        let (router, _, ids) = app(&records, mode, Limits::default()).await;
        for id in &ids {
            let (status, html) = get(&router, &format!("/trials/{id}")).await;
            assert_eq!(status, StatusCode::OK, "{id}");
            is_clean(id, &html);
            assert_eq!(html.contains("Every study here is invented"), mode == Mode::Demonstration, "{id}");
            assert_eq!(html.contains("https://clinicaltrials.gov/study/"), mode == Mode::Registry, "{id}");
        }
    }
}

#[tokio::test]
async fn every_other_page_is_whole() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    for address in [
        "/",
        "/search",
        "/search?q=lupus",
        "/search?q=lupus&place=Boston&age=9&status=RECRUITING&country=Canada&recruiting=yes",
        "/search?q=zzzzzzz",
        "/search?q=lupus&sort=newest&type=INTERVENTIONAL&intervention=DRUG&sponsor=OTHER&healthy=NO&without=asthma,nonsense",
        "/compare",
        "/compare?id=NCT90000001&id=NCT90000002&id=NCT00000000&id=x",
        "/search?place=Atlantis&age=x",
        "/search?from=20",
        "/search?from=99999999999",
        "/screen",
        "/screen?trial=NCT90000001",
        "/about",
        "/trials/NCT90000001/report?criterion=I1",
    ] {
        let (status, html) = get(&router, address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        is_clean(address, &html);
    }
    for address in ["/nothing", "/trials/NCT00000000", "/trials/x"] {
        let (status, html) = get(&router, address).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        is_clean(address, &html);
        assert!(html.contains("action=\"/search\""), "{address}: no way on");
    }
    let (status, html) = get(&router, "/trials/NCT90000001/report?criterion=Z9").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    is_clean("a criterion that is not there", &html);
}

#[tokio::test]
async fn whatever_is_refused_is_refused_by_a_page_that_helps() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let ask_with = async |method: &str, address: &str| {
        let request = Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin");
        ask(&router, request.body(Body::empty()).unwrap()).await
    };
    for (method, address, want) in [
        ("GET", "/trials/%FF", StatusCode::BAD_REQUEST),
        ("DELETE", "/search", StatusCode::METHOD_NOT_ALLOWED),
        ("POST", "/screen", StatusCode::BAD_REQUEST),
        ("POST", "/trials/NCT90000001/report", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let (status, headers, html) = ask_with(method, address).await;
        assert_eq!(status, want, "{method} {address}");
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"), "{method} {address}");
        is_clean(address, &html);
    }
    let (status, _, body) = ask_with("GET", "/metrics").await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, "nothing is counted\n"));
}

#[tokio::test]
async fn words_of_a_record_cannot_become_markup() {
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    let evil = "<script>alert(1)</script><img src=x onerror=y>";
    let section = &mut record["protocolSection"];
    section["identificationModule"]["briefTitle"] = evil.into();
    section["descriptionModule"]["briefSummary"] = evil.into();
    section["eligibilityModule"]["eligibilityCriteria"] =
        format!("Inclusion Criteria:\n\n* {evil}\n* Age 6 to 18 years {evil}\n").into();
    let (router, _, ids) = app(&[record.to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    for address in [format!("/trials/{}", ids[0]), "/search".to_owned(), format!("/search?q={}", "%3Cscript%3E")] {
        let (_, html) = get(&router, &address).await;
        let html = without_script(&html).replacen("<script type=\"application/ld+json\">", "", 1);
        assert!(!html.contains("<script") && !html.contains("<img"), "{address}");
    }
}

#[tokio::test]
async fn the_study_team_is_told_what_to_mend() {
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    let section = &mut record["protocolSection"]["eligibilityModule"];
    section["eligibilityCriteria"] = "Inclusion Criteria:\n\n* Platelet count at least 75 x 109/L\n\n\
        Exclusion Criteria:\n\n* No history of seizures\n* Hemoglobin below 9 mg/dL\n"
        .into();
    let (router, _, ids) = app(&[record.to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (_, html) = get(&router, &format!("/trials/{}", ids[0])).await;
    let part = html.split("<h2 id=\"team\">About this record</h2>").nth(1).expect("the part for the study team");
    let part = part.split("</section>").next().unwrap();
    assert!(part.contains("<details><summary>"), "it is folded");
    let words = seen(part).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Wrong as it stands",
        "“109/L” is a power of ten that lost its exponent.",
        "To mend it: Write “10^9/L”.",
        "(ELG004)",
        "(ELG012)",
        "(ELG021)",
    ] {
        assert!(words.contains(said), "`{said}` in {words}");
    }
    assert!(part.contains("<a href=\"#I1\">I1</a>") && part.contains("<a href=\"#E1\">E1</a>"));
    assert!(html.contains("id=\"I1\"") && html.contains("id=\"E1\""));
    is_clean("a record with slips", &html);
    // A record without slips has no such part.
    section_without_slips(&mut record);
    let (router, _, ids) = app(&[record.to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (_, html) = get(&router, &format!("/trials/{}", ids[0])).await;
    assert!(!html.contains("About this record"));
}

fn section_without_slips(record: &mut serde_json::Value) {
    let section = &mut record["protocolSection"]["eligibilityModule"];
    section["eligibilityCriteria"] = "Inclusion Criteria:\n\n* Asthma\n\nExclusion Criteria:\n\n* Pregnancy\n".into();
    for field in ["minimumAge", "maximumAge", "sex", "healthyVolunteers"] {
        section.as_object_mut().unwrap().remove(field);
    }
    record["protocolSection"]["conditionsModule"]["conditions"] = serde_json::json!(["Asthma"]);
}

#[tokio::test]
async fn an_empty_store_says_how_to_fill_it() {
    let (router, _, _) = app(&[], Mode::Registry, Limits::default()).await;
    for address in ["/", "/search"] {
        let (status, html) = get(&router, address).await;
        assert!(status == StatusCode::OK && html.contains("trialway ingest"), "{address}");
        is_clean(address, &html);
    }
}

#[tokio::test]
async fn a_record_is_held_against_one_study() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let record = child();
    for how in ["record", "pasted"] {
        let form = multipart("/screen", &[("trial", "NCT90000001"), (how, &record), ("as_of", "2026-06-15")]);
        let (status, headers, html) = ask(&router, form).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        is_clean("a screening", &html);
        let text = seen(&html);
        assert!(text.contains("We cannot tell yet") && text.contains("a pregnancy test"), "{text}");
        assert!(text.contains("It turns on: I9"));
        assert!(!text.contains("eligible"), "a verdict must not sound like a decision");
    }
}

#[tokio::test]
async fn a_record_is_held_against_all_studies() {
    let records = corpus();
    let (router, _, _) = app(&records, Mode::Demonstration, Limits::default()).await;
    let form = multipart("/screen", &[("pasted", &child()), ("as_of", "2026-06-15")]);
    let (status, _, html) = ask(&router, form).await;
    assert_eq!(status, StatusCode::OK);
    is_clean("all screenings", &html);
    assert!(seen(&html).contains(&format!("{} studies tried", records.len())));
    assert!(html.contains("/trials/NCT90000001"));
    let few = Limits { screened_studies: 5, ..Limits::default() };
    let (router, _, _) = app(&records, Mode::Demonstration, few).await;
    let (_, _, html) = ask(&router, multipart("/screen", &[("pasted", &child())])).await;
    assert!(html.contains("Only the first 5 of"), "a limit is said");
}

#[tokio::test]
async fn what_cannot_be_used_is_said_beside_the_form() {
    let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let record = child();
    for (fields, says) in [
        (vec![("trial", "NCT90000001"), ("pasted", "")], "Choose a file"),
        (vec![("pasted", "{\"a\":1}")], "not FHIR"),
        (vec![("pasted", "{hello")], "not valid JSON"),
        (vec![("pasted", "<Bundle/>")], "is XML"),
        (vec![("trial", "NCT00000000"), ("pasted", record.as_str())], "No study with the number NCT00000000"),
        (vec![("pasted", record.as_str()), ("as_of", "2025-13-01")], "not a date"),
    ] {
        let (status, _, html) = ask(&router, multipart("/screen", &fields)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(html.contains(says) && html.contains("action=\"/screen\""), "{says}: {}", seen(&html));
        is_clean(says, &html);
    }
    let small = Limits { upload_bytes: 1_000, ..Limits::default() };
    let (router, _, _) = app(&corpus(), Mode::Demonstration, small).await;
    let (status, _, html) = ask(&router, multipart("/screen", &[("pasted", &record)])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("larger than what is read"));
}

#[tokio::test]
async fn a_report_is_kept_with_its_criterion() {
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let send = |body: &'static str, site: &'static str| {
        Request::post("/trials/NCT90000001/report")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .unwrap()
    };
    let (status, _, html) = ask(&router, send("criterion=I6.2&message=It+is+g%2FdL", "same-origin")).await;
    assert!(status == StatusCode::OK && html.contains("Thank you"));
    let kept = store.reading_reports(5).await.unwrap();
    assert_eq!((kept[0].criterion_id.as_str(), kept[0].message.as_str()), ("I6.2", "It is g/dL"));
    let (_, _, html) = ask(&router, send("criterion=I6.2&message=+", "same-origin")).await;
    assert!(html.contains("Please say what is wrong"));
    let (status, _, _) = ask(&router, send("criterion=Q1&message=x", "same-origin")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _, _) = ask(&router, send("criterion=I6.2&message=spam", "cross-site")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(store.reading_reports(5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_answer_carries_its_headers() {
    for behind_tls in [false, true] {
        let (router, _, _) = app(&corpus(), Mode::Demonstration, Limits { behind_tls, ..Limits::default() }).await;
        for address in ["/", "/static/style.css", "/nothing", "/healthz"] {
            let (_, headers, _) = ask(&router, Request::get(address).body(Body::empty()).unwrap()).await;
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{address}");
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), behind_tls, "{address}");
            assert!(!headers.contains_key(header::SET_COOKIE));
        }
    }
}

#[tokio::test]
async fn what_was_read_is_told_for_all_studies_and_for_one() {
    let (router, store, ids) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (status, before) = get(&router, "/coverage").await;
    assert!(status == StatusCode::OK && before.contains("Nothing has been counted yet"), "{before}");
    trialway_web::coverage::read_all(&store).await.unwrap();
    let (status, page) = get(&router, "/coverage").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("All {} studies", ids.len())), "{page}");
    let summary = store.coverage_summary().await.unwrap();
    let [n_criteria, computed, partly, judgement, unread, n_bytes, n_unread_bytes] = summary.counts;
    assert!(n_criteria > 100 && computed + partly + judgement + unread == n_criteria && n_unread_bytes < n_bytes);
    assert!(summary.phrases.windows(2).all(|pair| pair[0].n >= pair[1].n) && !summary.phrases.is_empty());
    for line in summary.best.iter().chain(&summary.worst) {
        let (status, page) = get(&router, &format!("/trials/{}/coverage", line.name)).await;
        assert_eq!(status, StatusCode::OK);
        let is_unread = summary.worst.contains(line) && line.n > 0;
        assert!(page.contains("<mark>[") || !is_unread, "{}", line.name);
    }
    // A second pass finds nothing to read.
    assert!(store.to_cover(&trialway_web::coverage::reader(), 10).await.unwrap().is_empty());
    assert_eq!(get(&router, "/trials/NCT99999999/coverage").await.0, StatusCode::NOT_FOUND);
}
