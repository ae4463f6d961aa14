//! A language model that may draft a block of a page: asked once, at an address of the configuration, with public registry text.

use crate::settings::ModelSettings;
use serde_json::{Value, json};
use std::time::Duration;
use trialway_editorial::proposed;
use trialway_language::draft::model::{MOST_SENTENCES, Proposed, offered};
use trialway_study::Study;

/// No answer above this is read.
const MOST_BYTES: u64 = 1 << 20;

/// The key, where the API wants one.
const KEY: &str = "TRIALWAY_MODEL_KEY";

/// What a model is told.
fn orders() -> String {
    format!(
        "You explain clinical studies to families. Write at most {MOST_SENTENCES} short sentences in plain English on what the study \
         looks at. Use only what the fields say. Do not promise, judge or advise. Keep every number. For each sentence give the \
         name of the field and a quotation from it, letter for letter, on which the sentence rests. Answer with JSON alone: \
         {{\"sentences\": [{{\"text\": \"…\", \"field\": \"…\", \"quote\": \"…\"}}]}}"
    )
}

/// The request: the fields that are offered, and nothing else of the study.
pub fn request(study: &Study, name: &str) -> Value {
    let fields: Vec<Value> =
        offered(study).into_iter().map(|source| json!({"field": source.path, "text": source.written})).collect();
    json!({
        "model": name,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": orders()},
            {"role": "user", "content": Value::from(fields).to_string()},
        ],
    })
}

/// Asks the model about a study.
///
/// **Errors**: an address that is none, a server that fails, is too slow or answers something else.
pub fn ask(study: &Study, settings: &ModelSettings) -> anyhow::Result<Vec<Proposed>> {
    let base = settings.address.trim_end_matches('/');
    if !(base.starts_with("http://") || base.starts_with("https://")) || base.contains(['?', '#', ' ']) {
        let what = "is no address of an API; give one such as http://127.0.0.1:11434/v1 as `model.address`";
        return Err(crate::input::bad(&settings.address, what));
    }
    let address = format!("{base}/chat/completions");
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        // Whoever answers may not send the text elsewhere, and neither may the environment.
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(settings.timeout_seconds.unwrap_or(60))))
        .user_agent(concat!("trialway/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent: ureq::Agent = config.into();
    let mut post = agent.post(&address).header("content-type", "application/json");
    if let Ok(key) = std::env::var(KEY) {
        post = post.header("authorization", format!("Bearer {key}"));
    }
    let mut response = post
        .send(request(study, &settings.name).to_string())
        .map_err(|error| anyhow::anyhow!("{address}: the model does not answer ({error})"))?;
    let status = response.status().as_u16();
    anyhow::ensure!(status == 200, "{address}: the server answers with status {status}");
    let body = response
        .body_mut()
        .with_config()
        .limit(MOST_BYTES)
        .read_to_vec()
        .map_err(|error| anyhow::anyhow!("{address}: the answer cannot be read ({error})"))?;
    let unread = || anyhow::anyhow!("{address}: the answer holds no sentences in the form that was asked for");
    let answer: Value = serde_json::from_slice(&body).map_err(|_| unread())?;
    let content = answer.pointer("/choices/0/message/content").and_then(Value::as_str).ok_or_else(unread)?;
    proposed(bare(content)).ok_or_else(unread)
}

/// An answer without the fence that models like to put around JSON.
fn bare(content: &str) -> &str {
    let content = content.trim();
    let Some(inside) = content.strip_prefix("```") else { return content };
    let inside = inside.strip_prefix("json").unwrap_or(inside);
    inside.strip_suffix("```").unwrap_or(inside).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_fields_are_sent_and_no_criteria() {
        let study = Study {
            brief_title: Some("A study".to_owned()),
            eligibility: trialway_study::Eligibility { text: Some("Age over 77".to_owned()), ..Default::default() },
            ..Study::default()
        };
        let sent = request(&study, "some-model").to_string();
        assert!(sent.contains("A study") && !sent.contains("77"), "{sent}");
    }

    #[test]
    fn a_fence_is_taken_off() {
        assert_eq!(bare("```json\n[]\n```"), "[]");
        assert_eq!(bare(" [] "), "[]");
    }
}
