//! A study on paper for one's doctor: a page that prints, and a PDF.

use super::record::{self, ContactView};
use super::{Prepared, Shown, places, read};
use crate::error::Problem;
use crate::pages::Page;
use crate::pages::download::{self, Kind};
use crate::state::{App, Mode};
use crate::tongue::{Speak, Tongue};
use crate::words;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use trialway_criteria::Kind as Side;
use trialway_eligibility::CriterionLogic;
use trialway_language::foreign::marked;
use trialway_report::StudySheet;
use trialway_store::Stored;
use trialway_study::Study;

/// Most sites that a sheet names; the page has all.
const MOST_SITES: usize = 12;

/// Shows the sheet.
pub async fn html(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let make = async {
        let sheet = made(&app, page.tongue, &nct_id, &headers).await?;
        let mut response = axum::response::Html(trialway_report::html(sheet.sheet()?)?).into_response();
        // The one page with its style inside, so that it is whole when it is kept; nothing else may run or be fetched.
        let hash = base64(&Sha256::digest(trialway_report::STYLE.as_bytes()));
        let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'");
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Ok(response)
    };
    make.await
}

/// The sheet as PDF.
pub async fn pdf(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let make = async {
        let sheet = made(&app, page.tongue, &nct_id, &headers).await?;
        let name = format!("study-{}", sheet.id);
        download::file(&app, page.tongue, Kind::Pdf, sheet.sheet()?, &name).await
    };
    make.await
}

/// Where a study is found by whoever holds the sheet: here, where this site has a public address; else in the registry; else
/// where the request came to.
pub fn address(app: &App, nct_id: &str, headers: &HeaderMap) -> Option<String> {
    if let Some(base) = &app.public_address {
        return Some(format!("{base}/trials/{nct_id}"));
    }
    if app.mode == Mode::Registry {
        return Some(format!("https://clinicaltrials.gov/study/{nct_id}"));
    }
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_plain = host.len() < 100 && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    (is_plain && !host.is_empty()).then(|| format!("http://{host}/trials/{nct_id}"))
}

async fn made(app: &App, tongue: Tongue, nct_id: &str, headers: &HeaderMap) -> Result<StudySheet, Problem> {
    let stored = super::stored(app, nct_id).await?;
    let prepared = read(app, &stored).await?;
    let shown = Shown::of(app, tongue, &stored, &prepared).await?;
    Ok(sheet(tongue, &stored, &prepared, &shown, address(app, &stored.nct_id.to_string(), headers)))
}

fn sheet(tongue: Tongue, stored: &Stored, prepared: &Prepared, shown: &Shown, address: Option<String>) -> StudySheet {
    let study = &prepared.study.value;
    let id = stored.nct_id.to_string();
    let (status, meaning, _) = words::status(tongue, study.overall_status.as_ref());
    let mut facts: Vec<(String, String)> = vec![(
        tongue.say("history-status"),
        tongue.say_with("sheet-status", &[("status", &status), ("meaning", &meaning)]).trim().to_owned(),
    )];
    if let Some(official) = study.official_title.as_ref().filter(|title| Some(*title) != study.brief_title.as_ref()) {
        facts.push((tongue.say("sheet-full-title"), words::english(tongue, official)));
    }
    facts.extend(record::facts(tongue, study).into_iter().map(|fact| (fact.name, fact.value.marked())));
    let ends = |sentences: &[trialway_language::Sentence]| -> Vec<String> {
        sentences
            .iter()
            .map(|sentence| {
                let point = sentence.sources.iter().find_map(|source| source.criterion.as_ref());
                let said = marked(&sentence.pieces);
                match point {
                    Some(point) => {
                        let point = tongue.say_with("trial-point", &[("id", point.as_str())]);
                        words::brackets(tongue, &said, &point)
                    }
                    None => said,
                }
            })
            .collect()
    };
    let all = |sentences: &[trialway_language::Sentence]| sentences.iter().map(|one| marked(&one.pieces)).collect();
    let contacts: Vec<String> = study
        .central_contacts
        .iter()
        .filter_map(|one| record::contact(tongue, one, &id))
        .map(|one| one.line())
        .collect();
    let mut lead: Vec<String> = shown.draft.gist.iter().map(|one| marked(&one.pieces)).collect();
    lead.push(tongue.say_with("sheet-made", &[("how", &shown.how_made(tongue, study))]));
    let lists = vec![
        (tongue.say("trial-part"), all(&shown.draft.part)),
        (tongue.say("trial-fits"), ends(&shown.draft.fits)),
        (tongue.say("trial-unfits"), ends(&shown.draft.unfits)),
        (tongue.say("trial-ask"), contacts),
        (tongue.say("trial-where"), sites(tongue, study)),
        (
            tongue.say("sheet-questions"),
            (1..=N_QUESTIONS).map(|number| tongue.say(&format!("sheet-question-{number}"))).collect(),
        ),
    ];
    let mut texts = Vec::new();
    for (heading, kind) in [("sheet-must", Side::Inclusion), ("sheet-must-not", Side::Exclusion)] {
        let mut lines = Vec::new();
        for criterion in prepared.logic.criteria.iter().filter(|criterion| criterion.kind == kind) {
            published(criterion, &mut lines);
        }
        let lines = lines.iter().map(|line| words::english(tongue, line)).collect();
        texts.push((tongue.say(heading), lines));
    }
    let dates = record::dates(tongue, study, stored)
        .into_iter()
        .map(|date| format!("{}: {}", date.name, date.value.marked()))
        .collect();
    texts.push((tongue.say("trial-dates"), dates));
    StudySheet {
        language: tongue,
        foot: tongue.say_with(
            "sheet-foot",
            &[("id", &id), ("version", &stored.version.to_string()), ("program", env!("CARGO_PKG_VERSION"))],
        ),
        id,
        title: words::english(tongue, study.title()),
        lead,
        facts,
        lists,
        texts,
        address,
    }
}

/// What to ask, whatever the study: so many messages.
const N_QUESTIONS: usize = 8;

fn sites(tongue: Tongue, study: &Study) -> Vec<String> {
    let mut out = Vec::new();
    for country in places::countries(tongue, study, None) {
        for site in country.sites {
            let contacts: String = site.contacts.iter().map(ContactView::line).collect::<Vec<_>>().join("; ");
            let parts = [site.name, site.place, country.name.clone(), site.status, contacts];
            out.push(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
        }
    }
    let n_more = out.len().saturating_sub(MOST_SITES);
    out.truncate(MOST_SITES);
    if n_more > 0 {
        out.push(words::count(tongue, "sheet-more-sites", n_more));
    }
    out
}

fn published(criterion: &CriterionLogic, out: &mut Vec<String>) {
    if let Some(group) = &criterion.group
        && !out.contains(&group.text)
    {
        out.push(group.text.clone());
    }
    out.push(format!("{}  {}", criterion.id, criterion.own.text()));
    for child in &criterion.children {
        published(child, out);
    }
}

/// Bytes in the letters of RFC 4648, as a policy names a hash.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let byte = |at: usize| u32::from(part.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (at, shift) in [18_u32, 12, 6, 0].into_iter().enumerate() {
            let letter = usize::try_from(bits >> shift & 63).ok().and_then(|number| LETTERS.get(number));
            match letter {
                Some(letter) if at <= part.len() => out.push(char::from(*letter)),
                _ => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn hashes_are_written_as_policies_want_them() {
        for (bytes, want) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), want);
        }
    }
}
