//! Every page in Spanish and Chinese: no English words but those that are marked, and marked are words of the study, of the patient's
//! record and of the vocabulary alone, none of ours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use shared::tongues::{english, english_in_spanish, marked, unmarked};
use shared::{ask, child, corpus, from_here, member, multipart};
use trialway_terminology::Terminology;
use trialway_web::{Limits, Mode, router};

const TRIAL: &str = "NCT90000001";
const FAULTY: &str = "NCT90000990";
const DAY: (&str, &str) = ("as_of", "2026-06-15");
const TAGS: [&str; 2] = ["es", "zh"];

/// A text with many of the defects that are looked for.
const CRITERIA: &str = "Inclusion Criteria:\n\n* Age between 75 and 18 years\n* Women aged 30 to 60 years\n* Healthy volunteers\n\
    * Platelets >= 100 x 109/L\n* Hemoglobin >= 9 mg/dL\n* Hemoglobin >= 9\n* eGFR >= 30 ML/min\n* Creatinine >= 30 mmHg\n\
    * Organ function is basically normal\n* Accompanied by proteinuria\n* Diagnosed with QZTRS\n* Age = 18 years\n\
    * Body weight ? 40 kg\n* The following abnormal findings: xxx\n* Known allergy to the study drug or to its excipients\n\
    * Known allergy to the study drug or to its excipients\n* Eastern Cancer Cooperation Group (ECOG) status 0-1\n\
    * Negative pregnancy test for women, agree to use contraception\n* Unwilling to use contraception\n* Heart rate &gt; 50\n\
    * blood pressure 80 mm/Hg\n* Allergic constitution\n\n\
    Exclusion Criteria:\n\n* Signed informed consent\n* No history of cancer\n* Severe heart disease, mental illness and cognitive dysfunction\n\
    * Congenital heart disease or infarction within 6 months\n* Without remission or relapse after remission\n\
    * Malignancy before screening\n* within 1 months and and before enrolment\n* Bilirubin > 3 upper limit of normal\n\
    * Fungal, bacterial, or other infections that require treatment\n* Hormone replacement drug\n* Age above 16 years\n\
    * Use of investigational drugs within 3 month?? of screening\n";

fn faulty() -> Vec<u8> {
    let record = json!({"protocolSection": {
        "identificationModule": {"nctId": FAULTY, "briefTitle": "Quokka study"},
        "statusModule": {"overallStatus": "PAUSED_FOREVER", "startDateStruct": {"date": "2026-02-31"},
            "lastUpdatePostDateStruct": {"date": "2026-01-02", "type": "ACTUAL"}},
        "conditionsModule": {"conditions": ["Lupus Nephritis", "Prednisone"], "keywords": 7},
        "designModule": {"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": "many"}},
        "eligibilityModule": {"eligibilityCriteria": CRITERIA, "sex": "MALE", "minimumAge": "40 Years", "maximumAge": "6 Years",
            "healthyVolunteers": false},
        "contactsLocationsModule": {"locations": [
            {"facility": "Quokka Clinic", "city": "Perth", "country": "Australia", "geoPoint": {"lat": 123.5, "lon": 7}}]},
    }});
    serde_json::to_vec(&record).unwrap()
}

/// A record with something of nearly every kind that is left out or wondered about.
fn odd() -> String {
    let mut bundle: Value = serde_json::from_str(&child()).unwrap();
    let patient = bundle["entry"].as_array().unwrap().iter().find(|one| one["resource"]["resourceType"] == "Patient");
    let id = patient.unwrap()["resource"]["id"].as_str().unwrap().to_owned();
    let own = json!({"reference": format!("Patient/{id}")});
    let code = json!({"text": "Hemoglobin", "coding": [{"system": "http://loinc.org", "code": "718-7"}]});
    for resource in [
        json!({"resourceType": "Observation", "id": "o1", "status": "final", "subject": own, "code": code, "effectiveDateTime": "2025-13",
            "valueQuantity": {"value": 12, "unit": "furlongs"}}),
        json!({"resourceType": "Observation", "id": "o2", "status": "preliminary", "subject": own, "code": code}),
        json!({"resourceType": "Observation", "id": "o3", "status": "final", "subject": {"reference": "Patient/other"}, "code": code}),
        json!({"resourceType": "Condition", "id": "c1", "subject": own, "code": {"text": "Asthma"},
            "verificationStatus": {"coding": [{"code": "refuted"}]}}),
        json!({"resourceType": "Claim", "id": "b1", "patient": own}),
        json!({"resourceType": "ImagingStudy", "id": "i1", "subject": own}),
        json!({"resourceType": "MedicationRequest", "id": "m1", "status": "cancelled", "intent": "order", "subject": own,
            "medicationCodeableConcept": {"text": "Prednisone"}}),
        json!({"resourceType": "Procedure", "id": "p1", "status": "not-done", "subject": own, "code": {"text": "Biopsy"}}),
    ] {
        bundle["entry"].as_array_mut().unwrap().push(json!({"resource": resource}));
    }
    bundle.to_string()
}

fn records() -> Vec<Vec<u8>> {
    let mut out = corpus();
    out.push(faulty());
    out
}

async fn routers() -> (Router, String) {
    let (mut app, _) = shared::state(&records(), Mode::Registry, Limits::default()).await;
    app.has_mail = true;
    app.public_address = Some("https://site.example".into());
    let cookie = member(&app.store, "administrator,editor,coordinator", "A. Member").await;
    (router(app), cookie)
}

/// What of a page is English and not marked.
fn english_left(tag: &str, html: &str) -> Vec<String> {
    let ours = unmarked(html);
    if tag == "zh" { english(&ours) } else { english_in_spanish(&ours) }
}

fn is_in_its_language(tag: &str, what: &str, html: &str) {
    let left = english_left(tag, html);
    assert!(left.is_empty(), "{tag}: {what}: {left:#?}");
}

/// How signs stand in HTML; what HTML makes of an entity of the study's own text comes first.
const SIGNS: [&str; 11] =
    ["&#38;gt;", "&amp;gt;", "&#39;", "&#34;", "&#60;", "&#62;", "&#38;", "&lt;", "&gt;", "&amp;", "&quot;"];

fn without_signs(text: &str) -> String {
    SIGNS.iter().fold(text.to_owned(), |text, sign| text.replace(sign, " "))
}

/// The letters and digits of a text, in small letters, words apart by one space.
fn bare(text: &str) -> String {
    let small = without_signs(text).to_lowercase();
    small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn strings(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            out.push_str(&bare(text));
            out.push_str(" | ");
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(map) => map.values().for_each(|item| strings(item, out)),
        _ => {}
    }
}

/// What may stand on a page in English: words of studies and records, and names of the vocabulary.
fn sources() -> String {
    let mut out = String::new();
    for bytes in records() {
        strings(&serde_json::from_slice(&bytes).unwrap(), &mut out);
    }
    strings(&serde_json::from_str(&odd()).unwrap(), &mut out);
    for concept in Terminology::builtin().concepts() {
        for name in [&concept.name, &concept.lay_name] {
            out.push_str(&bare(name));
            out.push_str(" | ");
        }
    }
    // What to write instead of a wrong word is English, as the study is.
    for data in ["lint.tsv", "abbreviations.tsv"] {
        out.push_str(&bare(
            &std::fs::read_to_string(shared::root().join("crates/eligibility/data").join(data)).unwrap(),
        ));
    }
    // An example of what may be written is English, for it is read best.
    out.push_str(&bare(
        "My daughter is 9 and has lupus nephritis. She takes prednisone and mycophenolate. She has never had seizures.",
    ));
    out
}

fn is_of_the_sources(tag: &str, what: &str, html: &str, sources: &str) {
    let left = not_of_the_sources(html, sources);
    assert!(left.is_empty(), "{tag}: {what}: marked as English, but in no source: {left:#?}");
}

/// What is marked as English and stands in no source: every stretch of it of four words or more.
fn not_of_the_sources(html: &str, sources: &str) -> Vec<String> {
    // Signs become blanks, lest they be taken for the end of a stretch.
    let text = without_signs(&marked(html));
    let stretches =
        text.lines().flat_map(|line| line.trim().trim_end_matches('…').split(['(', ')', ',', ';', ':', '·']));
    let is_left = |stretch: &&str| {
        let words = bare(stretch);
        // A point's number before its words is ours.
        let rest = words.split_once(' ').map_or("", |(_, rest)| rest);
        words.split(' ').filter(|word| word.contains(char::is_alphabetic)).count() > 3
            && !sources.contains(&words)
            && !sources.contains(rest)
    };
    stretches.filter(is_left).map(str::to_owned).collect()
}

fn get(address: &str, tag: &str, cookie: &str) -> Request<Body> {
    from_here(
        Request::get(address)
            .header(header::ACCEPT_LANGUAGE, tag)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap(),
    )
}

fn sent(address: &str, tag: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request = multipart(address, fields);
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, tag.parse().unwrap());
    request
}

#[tokio::test]
async fn no_page_has_english_of_ours() {
    let (router, cookie) = routers().await;
    let sources = sources();
    let mut addresses: Vec<String> = [
        "/",
        "/search",
        "/search?q=lupus",
        "/search?q=lupus&status=RECRUITING&near=Boston",
        "/search?q=quokkaz",
        "/about",
        "/coverage",
        "/check",
        "/match",
        "/screen",
        "/cohort",
        "/mine",
        "/shared",
        "/no-such-page",
        "/trials/NCT00000000",
        "/team",
        "/team/sign-in",
        "/team/accounts",
        "/team/audit",
        "/inbox",
        "/editorial",
        "/team/invitation/none",
        "/enquiries/none",
        "/follow/none",
    ]
    .map(str::to_owned)
    .to_vec();
    addresses.push(format!("/compare?id={TRIAL}&id={FAULTY}"));
    for id in [TRIAL, FAULTY] {
        for page in ["", "/sheet", "/check", "/history", "/report", "/report?criterion=I1", "/coverage", "/contact"] {
            addresses.push(format!("/trials/{id}{page}"));
        }
        addresses.extend([format!("/follow?trial={id}"), format!("/editorial/{id}")]);
    }
    let mut left = Vec::new();
    for tag in TAGS {
        for address in &addresses {
            let (status, headers, html) = ask(&router, get(address, tag, &cookie)).await;
            let is_page =
                headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().unwrap().contains("text/html"));
            assert!(is_page || status.is_redirection(), "{address}: {status}");
            left.extend(english_left(tag, &html).into_iter().map(|words| format!("{tag}: {address}: {words}")));
            // Editors look at the English page.
            if !address.starts_with("/editorial/") {
                let marked = not_of_the_sources(&html, &sources).into_iter();
                left.extend(marked.map(|words| format!("{tag}: {address}: marked, but in no source: {words}")));
            }
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[tokio::test]
async fn what_is_wrong_with_a_study_is_said_in_the_readers_language() {
    let (router, cookie) = routers().await;
    let address = format!("/trials/{FAULTY}");
    for (tag, words) in [
        (
            "es",
            [
                "no existe en el calendario",
                "perdió su exponente",
                "alcance ambiguo",
                "Escriba “",
                "está fuera de lo posible",
            ],
        ),
        ("zh", ["在日历上不存在", "丢失了指数的十的幂", "范围不明", "写作 “", "超出了血红蛋白的可能范围"]),
    ] {
        let (status, _, html) = ask(&router, get(&address, tag, &cookie)).await;
        assert_eq!(status, StatusCode::OK);
        let said = shared::plain(&html);
        for words in words {
            assert!(said.to_lowercase().contains(&words.to_lowercase()), "{tag}: {words}: {said}");
        }
        let n = html.matches("<span class=\"quiet\">(ELG").count() + html.matches("<span class=\"quiet\">(CRI").count();
        assert!(n > 15, "{tag}: only {n} defects are shown");
    }
}

#[tokio::test]
async fn what_was_left_out_of_a_record_is_said_in_the_readers_language() {
    let (router, _) = routers().await;
    let sources = sources();
    let record = odd();
    for (tag, words) in [
        (
            "es",
            [
                "no es una fecha",
                "la unidad “furlongs” no se conoce",
                "descartado",
                "no tuvo lugar",
                "sobre pagos",
                "no es un resultado definitivo",
            ],
        ),
        ("zh", ["不是日期", "单位 “furlongs” 未知", "已被否定", "未发生", "关于付款", "不是最终结果"]),
    ] {
        for (address, fields) in [
            ("/screen", vec![("trial", TRIAL), DAY, ("pasted", record.as_str())]),
            ("/screen", vec![DAY, ("pasted", record.as_str())]),
            ("/screen", vec![("trial", TRIAL), DAY, ("pasted", record.as_str()), ("as", "html")]),
            ("/match", vec![DAY, ("joining", "any"), ("pasted", record.as_str())]),
        ] {
            let (status, _, html) = ask(&router, sent(address, tag, &fields)).await;
            assert_eq!(status, StatusCode::OK, "{html}");
            is_in_its_language(tag, address, &html);
            is_of_the_sources(tag, address, &html, &sources);
            let said = bare(&shared::plain(&html));
            // The findings are on the pages of a screening, the rest everywhere.
            let from = if address == "/screen" && fields.last() != Some(&("as", "html")) { 0 } else { 2 };
            for words in &words[from..] {
                assert!(said.contains(&bare(words)), "{tag}: {address}: {words}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn a_worklist_is_in_the_language_of_whoever_opens_it() {
    let (router, _) = routers().await;
    let sources = sources();
    let boy = std::fs::read_to_string(shared::root().join("corpus/patients/nephrotic-syndrome-boy.json")).unwrap();
    let (one, two, odd) = (child().replace('\n', " "), boy.replace('\n', " "), odd());
    let broken = format!("{one}\n{{\"resourceType\": \"Bundle\"}}\n{two}\n");
    for trial in [TRIAL, FAULTY] {
        let fields = [("trial", trial), DAY, ("records", broken.as_str()), ("records", &odd), ("records", "{\"a\":1}")];
        let mut kept = String::new();
        for (tag, words) in [
            ("es", ["Lista de trabajo", "línea 2", "falta `resourceType`"]),
            ("zh", ["工作列表", "第 2 行", "开头缺少 `resourceType`"]),
        ] {
            let (status, _, html) = ask(&router, sent("/cohort", tag, &fields)).await;
            assert_eq!(status, StatusCode::OK, "{html}");
            kept = shared::state_of(&html);
            // The same list, opened by somebody who reads the other language.
            let decide = [
                ("state", kept.as_str()),
                ("criterion-0", "I1"),
                ("effect-0", "fail"),
                ("reason-0", "visto"),
                ("do", "show"),
            ];
            let (_, _, put) = ask(&router, sent("/cohort", tag, &decide)).await;
            for html in [&html, &put] {
                is_in_its_language(tag, "worklist", html);
                is_of_the_sources(tag, "worklist", html, &sources);
                let said = shared::plain(html);
                for words in words {
                    assert!(said.contains(words), "{tag}: {words}: {said}");
                }
            }
        }
        let (_, _, spanish) = ask(&router, sent("/cohort", "es", &[("saved", kept.as_str())])).await;
        is_in_its_language("es", "a list that was saved in Chinese", &spanish);
        // The log is a table for programs: the same in every language.
        let log = |tag: &'static str| ask(&router, sent("/cohort", tag, &[("state", kept.as_str()), ("do", "log")]));
        let (_, _, english) = log("en").await;
        assert!(english.starts_with("patient,verdict,verdict_rests_on_assumptions,failing,"), "{english}");
        for tag in TAGS {
            assert_eq!(log(tag).await.2, english, "{tag}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_said_in_the_readers_language() {
    let (router, _) = routers().await;
    let child = child();
    for tag in TAGS {
        for (address, fields) in [
            ("/cohort", vec![("trial", TRIAL)]),
            ("/cohort", vec![("trial", "NCT00000000"), ("records", child.as_str())]),
            ("/cohort", vec![("records", child.as_str())]),
            ("/cohort", vec![("trial", TRIAL), ("as_of", "tomorrow"), ("records", child.as_str())]),
            ("/cohort", vec![("saved", "{}")]),
            ("/cohort", vec![("saved", "{\"trialway_worklist\":1}")]),
            ("/cohort", vec![("saved", "{\"trialway_worklist\":2}")]),
            ("/screen", vec![("trial", TRIAL)]),
            ("/screen", vec![("trial", "NCT00000000"), ("pasted", child.as_str())]),
            ("/screen", vec![("as_of", "tomorrow"), ("pasted", child.as_str())]),
            ("/match", vec![("pasted", "")]),
            ("/match", vec![("pasted", child.as_str()), ("as_of", "tomorrow")]),
            ("/match", vec![("pasted", child.as_str()), ("place", "Quokkaville")]),
        ] {
            let (status, _, html) = ask(&router, sent(address, tag, &fields)).await;
            assert!(
                status == StatusCode::UNPROCESSABLE_ENTITY || status == StatusCode::OK,
                "{address} {fields:?}: {status}"
            );
            is_in_its_language(tag, &format!("{address} {:?}", fields.first()), &html);
        }
    }
}
