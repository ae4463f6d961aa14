//! What stands behind a page's sentences: the draft, what a model wrote, who reviewed it.

use super::Prepared;
use crate::error::Problem;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use std::sync::Arc;
use trialway_editorial::{ModelBlock, Stage, Standing, draft_hash, model_block, standing_of};
use trialway_language::{Draft, Words};
use trialway_store::{ReviewStep, Stored};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// A page's sentences, and who stands for them.
pub struct Shown {
    /// Drafted by rules, in the language of the page.
    pub draft: Arc<Draft>,
    /// Drafted by a model, where it passed every check.
    pub model: Option<ModelBlock>,
    /// The hash of the drafted sentences in English, which are those that are reviewed.
    pub draft_hash: String,
    /// The steps of the review, the last one first.
    pub steps: Vec<ReviewStep>,
    /// Where the review stands.
    pub standing: Standing,
}

impl Shown {
    /// Drafts a study and looks up what editors and a model did with it.
    pub async fn of(app: &App, tongue: Tongue, stored: &Stored, prepared: &Prepared) -> Result<Self, Problem> {
        let study = &prepared.study.value;
        let drafted = |tongue: Tongue, words| {
            app.drafts.get(&stored.content_hash, &prepared.corrections, tongue, || {
                trialway_language::draft(study, &prepared.logic, words, Terminology::builtin())
            })
        };
        let english = drafted(Tongue::English, Words::english());
        let kept = app.store.model_draft(stored.nct_id, &stored.content_hash).await?;
        // Checked again: the rules of today count, not those of the day it was kept.
        let model = kept.and_then(|kept| model_block(study, &kept));
        let steps = app.store.reviews_of(stored.nct_id).await?;
        let draft_hash = draft_hash(&english, model.as_ref());
        let draft = if tongue == Tongue::English { english } else { drafted(tongue, tongue.templates()) };
        let standing = standing_of(&steps, &stored.content_hash, &draft_hash);
        Ok(Self { draft, model, draft_hash, steps, standing })
    }

    /// The last step, where somebody stands or stood for the page.
    pub fn reviewed(&self) -> Option<&ReviewStep> {
        let published = |step: &&ReviewStep| Stage::of(&step.stage) == Some(Stage::Published);
        match self.standing {
            Standing::Published | Standing::Stale => self.steps.iter().find(published),
            Standing::Drafted | Standing::InReview => None,
        }
    }

    /// Who made the sentences, and who looked at them.
    pub fn how_made(&self, tongue: Tongue, study: &Study) -> String {
        let stage = match (self.standing, self.reviewed()) {
            (Standing::Published, Some(_)) => "reviewed",
            (_, Some(_)) => "stale",
            (_, None) => "unreviewed",
        };
        let changed = study.dates.last_update_posted.as_ref().map(|date| words::date(tongue, date));
        let changed = changed.map(|day| tongue.say_with("made-changed", &[("day", &day)])).unwrap_or_default();
        let step = self.reviewed();
        let day = step.map(|step| words::day(tongue, &step.reviewed_at)).unwrap_or_default();
        let version = step.map(|step| step.version.to_string()).unwrap_or_default();
        let model = self.model.as_ref().map_or("", |block| block.model.as_str());
        let ending = if model.is_empty() { "" } else { "-model" };
        tongue.say_with(
            &format!("made-{stage}{ending}"),
            &[
                ("reviewer", step.map_or("", |step| step.reviewer.as_str())),
                ("day", &day),
                ("version", &version),
                ("changed", &changed),
                ("model", model),
            ],
        )
    }
}
