//! What readers of Spanish and Chinese get: their own language, and a mark on every word that stays English.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::tongues::{english, unmarked};
use shared::{ask, bytes, child, corpus, from_here, member, multipart};
use std::path::Path;
use std::sync::Arc;
use trialway_web::fonts::Fonts;
use trialway_web::{App, Limits, Mode, router};

const TRIAL: &str = "NCT90000001";
const DAY: (&str, &str) = ("as_of", "2026-06-15");
const STORY: &str = "My daughter is 9 and has lupus nephritis. She takes prednisone. Her creatinine is 0.6 mg/dL.";

async fn state() -> App {
    shared::state(&corpus(), Mode::Demonstration, Limits::default()).await.0
}

fn form(address: &str, tag: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Request::post(address)
        .header(header::HOST, "trials.example.org")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT_LANGUAGE, tag)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

fn parts(address: &str, tag: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request = multipart(address, fields);
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, tag.parse().unwrap());
    request
}

async fn said(router: &Router, request: Request<Body>) -> String {
    let (status, _, html) = ask(router, request).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    html
}

/// A page in Chinese has no English but what is marked.
fn is_chinese(what: &str, html: &str) {
    assert!(html.contains("<html lang=\"zh-Hans\""), "{what}");
    let left = english(&unmarked(html));
    assert!(left.is_empty(), "{what}: {left:?}");
}

/// The names of the fields of questions on a page, in order.
fn keys(html: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in html.split("name=\"a:").skip(1) {
        let key = format!("a:{}", part.split('"').next().unwrap());
        if !out.contains(&key) {
            out.push(key);
        }
    }
    out
}

#[test]
fn what_is_unmarked_is_found() {
    let html = "<html lang=\"zh-Hans\"><p>要 <span lang=\"en\">the <b>exact</b> date</span> of birth now</p></html>";
    assert_eq!(english(&unmarked(html)), ["of birth now"]);
}

#[tokio::test]
async fn the_check_says_what_is_missing_in_the_readers_language() {
    let router = router(state().await);
    let address = format!("/trials/{TRIAL}/check");
    let start = [("whom", "child"), ("age", "9"), ("sex", "female")];
    for tag in ["zh", "es"] {
        let first = said(&router, form(&address, tag, &start)).await;
        let mut fields = start.to_vec();
        let keys = keys(&first);
        fields.push((keys[0].as_str(), "yes"));
        let second = said(&router, form(&address, tag, &fields)).await;
        for html in [&first, &second] {
            if tag == "zh" {
                is_chinese("check", html);
            }
            let ours = unmarked(html);
            let says = if tag == "zh" { "是否已签署知情同意书" } else { "si se ha firmado el formulario" };
            assert!(ours.contains(says), "{tag}: {ours}");
            assert!(!ours.contains("informed consent form"), "{tag}: {ours}");
        }
    }
}

#[tokio::test]
async fn a_screening_and_its_report_are_in_the_readers_language() {
    let router = router(state().await);
    let record = child();
    let fields = |form: &'static str| [("trial", TRIAL), ("pasted", record.as_str()), DAY, ("as", form)];
    let page = said(&router, parts("/screen", "zh", &fields("page"))).await;
    let file = said(&router, parts("/screen", "zh", &fields("html"))).await;
    for (what, html) in [("screening", &page), ("report", &file)] {
        is_chinese(what, html);
        let ours = unmarked(html);
        for words in ["2026-06-15 时 12 岁", "妊娠试验", "是否已签署知情同意书"] {
            assert!(ours.contains(words), "{what}: {words}: {ours}");
        }
    }
    let spanish = said(&router, parts("/screen", "es", &fields("html"))).await;
    assert!(spanish.contains("<html lang=\"es\">") && spanish.contains("Qué preguntar o medir"), "{spanish}");
    assert!(unmarked(&spanish).contains("12 años el 2026-06-15"), "{spanish}");
    // English is as it was.
    let english = said(&router, parts("/screen", "en", &fields("html"))).await;
    assert!(english.contains("age 12 years on 2026-06-15") && english.contains("pregnancy test"), "{english}");
}

#[tokio::test]
async fn the_list_and_its_files_are_in_the_readers_language() {
    let router = router(state().await);
    let fields = |form: &'static str| [("pasted", STORY), DAY, ("joining", "any"), ("as", form)];
    let page = said(&router, parts("/match", "zh", &fields("page"))).await;
    let file = said(&router, parts("/match", "zh", &fields("html"))).await;
    for (what, html) in [("list", &page), ("file", &file)] {
        is_chinese(what, html);
        let ours = unmarked(html);
        for words in ["狼疮性肾炎", "其标题或疾病", "年龄", "针对该疾病"] {
            assert!(ours.contains(words), "{what}: {words}: {ours}");
        }
    }
    let spanish = said(&router, parts("/match", "es", &fields("html"))).await;
    for words in ["Estudios que pueden coincidir", "Por qué se encontró", "su título o sus enfermedades", "encaja"] {
        assert!(spanish.contains(words), "{words}: {spanish}");
    }
}

#[tokio::test]
async fn a_chinese_pdf_is_chinese_or_says_why_there_is_none() {
    let mut app = state().await;
    let check = format!("/trials/{TRIAL}/check");
    let asked = [("whom", "child"), ("age", "9"), ("sex", "female"), ("as", "pdf")];
    let story = [("pasted", STORY), DAY, ("as", "pdf")];
    let record = child();
    let screened = [("trial", TRIAL), ("pasted", record.as_str()), DAY, ("as", "pdf")];
    let all = || {
        let sheet = Request::get(format!("/trials/{TRIAL}/sheet.pdf")).header(header::ACCEPT_LANGUAGE, "zh");
        [
            ("check", form(&check, "zh", &asked)),
            ("list", parts("/match", "zh", &story)),
            ("screening", parts("/screen", "zh", &screened)),
            ("sheet", sheet.body(Body::empty()).unwrap()),
        ]
    };
    app.fonts = Fonts::Given(Arc::from([]));
    let without = router(app.clone());
    for (what, request) in all() {
        let (status, _, html) = ask(&without, request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert!(html.contains("请改选 HTML") && html.contains("<html lang=\"zh-Hans\""), "{what}: {html}");
        // What was answered is not lost.
        assert!(what != "check" || html.contains("value=\"9\""), "{html}");
    }
    // In Spanish the built-in font is enough.
    let (status, _, file) = bytes(&without, form(&check, "es", &asked)).await;
    assert!(status == StatusCode::OK && file.starts_with(b"%PDF-"));
    app.fonts = Fonts::Usual;
    let with = router(app);
    for (what, request) in all() {
        let (status, headers, file) = bytes(&with, request).await;
        if status == StatusCode::UNPROCESSABLE_ENTITY {
            // This machine has no such font.
            assert!(String::from_utf8_lossy(&file).contains("请改选 HTML"), "{what}");
            continue;
        }
        assert_eq!((status, &headers[header::CONTENT_TYPE]), (StatusCode::OK, &"application/pdf".parse().unwrap()));
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("/Lang (zh-Hans)") && text.contains("+Chinese"), "{what}");
    }
}

#[test]
fn a_font_without_chinese_is_refused_in_one_sentence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = |path: &Path| Fonts::from_file(path).unwrap_err().to_string();
    assert!(said(&folder.join("no.ttf")).starts_with("cannot be read ("));
    assert!(said(&folder.join("Cargo.toml")).starts_with("is no font that can be used ("));
    let latin = said(&folder.join("../report/fonts/DejaVuSans.ttf"));
    assert!(latin.starts_with("lacks ") && latin.contains("Noto Sans CJK") && !latin.contains('\n'), "{latin}");
}

#[tokio::test]
async fn feeds_speak_the_language_that_is_asked_for() {
    let router = router(state().await);
    let get = |address: &str, tag: &str| {
        Request::get(address).header(header::ACCEPT_LANGUAGE, tag).body(Body::empty()).unwrap()
    };
    let study = format!("/trials/{TRIAL}/feed");
    for (request, lang, words) in [
        (get(&format!("{study}.atom?lang=es"), "zh"), "xml:lang=\"es\"", "Cambios de NCT90000001: "),
        (get(&format!("{study}.atom"), "zh-CN"), "xml:lang=\"zh-Hans\"", "NCT90000001 的变动："),
        (get(&format!("{study}.json?lang=zh"), "en"), "\"language\":\"zh-Hans\"", "第一个版本"),
        (get("/search/feed.json?q=lupus&lang=es", "en"), "\"language\":\"es\"", "Estudios que cambiaron: lupus"),
        (get("/search/feed.atom?lang=xx", "de"), "xml:lang=\"en\"", "Changed studies"),
    ] {
        let (status, headers, feed) = ask(&router, request).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::VARY], "cookie, accept-language");
        assert!(feed.contains(lang) && feed.contains(words), "{words}: {feed}");
    }
    // Pages lead to the feed in their language; the address that a feed names is its own.
    let page = said(&router, get(&format!("/trials/{TRIAL}/history"), "es")).await;
    assert!(
        page.contains(&format!("{study}.atom?lang=es")) && page.contains(&format!("{study}.json?lang=es")),
        "{page}"
    );
    let page = said(&router, get("/search?q=lupus", "zh")).await;
    assert!(page.contains("/search/feed.atom?q=lupus&") && page.contains("lang=zh-Hans"), "{page}");
    let feed = said(&router, get("/search/feed.atom?q=lupus&lang=es", "en")).await;
    assert!(feed.contains("/search/feed.atom?q=lupus&amp;lang=es") && feed.contains("/search?q=lupus\""), "{feed}");
}

#[tokio::test]
async fn editors_read_their_pages_in_their_language() {
    let app = state().await;
    let cookie = member(&app.store, "editor", "A. Editor").await;
    let router = router(app);
    let see = |address: String| {
        from_here(
            Request::get(address)
                .header(header::COOKIE, cookie.clone())
                .header(header::ACCEPT_LANGUAGE, "zh")
                .body(Body::empty())
                .unwrap(),
        )
    };
    let send = |address: String, body: String| {
        let mut request = form(&address, "zh", &[]);
        request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        from_here(request.map(|_| Body::from(body)))
    };
    is_chinese("list", &said(&router, see("/editorial".to_owned())).await);
    let one = said(&router, see(format!("/editorial/{TRIAL}"))).await;
    is_chinese("one", &one);
    assert!(one.contains("草稿：尚无人审阅") && one.contains("阅读难度等级"), "{one}");
    let (status, _, html) =
        ask(&router, send(format!("/editorial/{TRIAL}/review"), "stage=published".to_owned())).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("不能执行这一步：页面须经审阅后发布；请先开始审阅。"), "{html}");
    let (status, ..) = ask(&router, send(format!("/editorial/{TRIAL}/review"), "stage=in_review".to_owned())).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let one = said(&router, see(format!("/editorial/{TRIAL}?done=review"))).await;
    is_chinese("one in review", &one);
    assert!(one.contains("1. 页面是否有一条主要信息？") && one.contains("A. Editor 开始审阅"), "{one}");
    let (_, _, html) = ask(&router, send(format!("/editorial/{TRIAL}/reading"), "finding=corrected".to_owned())).await;
    assert!(html.contains("除非确认读法，否则请说明原因。"), "{html}");
}

#[tokio::test]
async fn what_is_offered_while_someone_types_counts_in_the_language() {
    let router = router(state().await);
    for (tag, ends) in [("en", " stud"), ("es", " estudio"), ("zh", " 项研究")] {
        let request =
            Request::get("/suggest?q=lupus").header(header::ACCEPT_LANGUAGE, tag).body(Body::empty()).unwrap();
        let (status, _, body) = ask(&router, request).await;
        let offers: serde_json::Value = serde_json::from_str(&body).unwrap();
        let count = offers["suggestions"][0]["count"].as_str().unwrap();
        assert!(status == StatusCode::OK && count.contains(ends), "{tag}: {body}");
    }
    let script = shared::get(&router, "/static/suggest.js").await.1;
    assert!(!script.contains("studies'") && script.contains("count"), "no words of a language in the script");
}

#[tokio::test]
async fn what_cannot_be_read_is_said_in_the_language() {
    let router = router(state().await);
    let two = r#"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}},{"resource":{"resourceType":"Patient","id":"b"}}]}"#;
    let long = "lupus ".repeat(90_000);
    for (pasted, spanish, chinese) in [
        ("<a/>", "Esto es XML.", "这是 XML。"),
        ("{\"a\":1}", "falta `resourceType`", "开头缺少 `resourceType`"),
        ("{\"a\":", "no es JSON válido", "不是有效的 JSON"),
        (two, "contiene 2 recursos Patient", "有 2 个 Patient 资源"),
        (long.as_str(), "más de 500 kB", "超过 500 kB"),
    ] {
        for address in ["/match", "/screen"] {
            for (tag, says) in [("es", spanish), ("zh", chinese)] {
                let (status, _, html) = ask(&router, parts(address, tag, &[("pasted", pasted)])).await;
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{address}: {says}");
                let text = shared::plain(&html);
                assert!(text.contains(says), "{address}, {tag}: {says}");
            }
        }
    }
}

#[tokio::test]
async fn names_that_stay_english_are_marked_in_drafted_sentences() {
    let router = router(state().await);
    for tag in ["es", "zh"] {
        let address = format!("/trials/{TRIAL}");
        let request = Request::get(&address).header(header::ACCEPT_LANGUAGE, tag).body(Body::empty()).unwrap();
        let html = said(&router, request).await;
        let fits = html.split("id=\"who\"").nth(1).unwrap().split("</section>").next().unwrap();
        let ends: Vec<&str> = fits.split("<li>").skip(1).collect();
        assert!(ends.len() > 3, "{fits}");
        assert!(fits.contains("<span lang=\"en\">"), "{tag}: a name without a translation is marked");
        let left = english(&unmarked(&format!("<html>{fits}</section>")));
        assert!(tag == "es" || left.is_empty(), "{tag}: {left:?}");
        assert!(!html.contains('\u{fdd0}') && !html.contains('\u{fdd1}'), "no mark of ours is left");
    }
}
