//! What a model drafted, as it is kept and as it may be shown.

use serde_json::Value;
use trialway_language::Sentence;
use trialway_language::draft::model::{Proposed, accepted};
use trialway_store::ModelDraft;
use trialway_study::Study;

/// A block that passed every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelBlock {
    /// The model's name.
    pub model: String,
    /// Its sentences, each with its passage.
    pub sentences: Vec<Sentence>,
}

/// A kept block, where it passes the checks of today.
pub fn model_block(study: &Study, kept: &ModelDraft) -> Option<ModelBlock> {
    let sentences = accepted(study, &proposed(&kept.sentences)?).ok()?;
    Some(ModelBlock { model: kept.model.clone(), sentences })
}

/// Sentences as a model is asked for them: a list of `{"text", "field", "quote"}`, or an object with it under `sentences`.
///
/// **Unknown**: `None` where the text is no such list.
pub fn proposed(text: &str) -> Option<Vec<Proposed>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let list = value.get("sentences").unwrap_or(&value).as_array()?;
    list.iter()
        .map(|one| {
            let text = |key: &str| one.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(Proposed { words: text("text")?, path: text("field")?, passage: text("quote")? })
        })
        .collect()
}

/// Sentences in the form in which they are kept.
pub fn written(proposed: &[Proposed]) -> String {
    let list: Vec<Value> = proposed
        .iter()
        .map(|one| serde_json::json!({"text": one.words, "field": one.path, "quote": one.passage}))
        .collect();
    Value::from(list).to_string()
}
