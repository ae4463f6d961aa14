//! Where the review of a page stands.

use crate::checklist::Checklist;
use crate::model::ModelBlock;
use sha2::{Digest, Sha256};
use trialway_language::Draft;
use trialway_store::ReviewStep;

/// What the last step of a review made of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Drafted automatically, looked at by nobody, or given back.
    Drafted,
    /// Somebody is looking at it.
    InReview,
    /// Somebody looked at it and stands for it.
    Published,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Stage; 3] = [Stage::Drafted, Stage::InReview, Stage::Published];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Drafted => "draft",
            Stage::InReview => "in_review",
            Stage::Published => "published",
        }
    }

    /// The stage of a stored word.
    pub fn of(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}

/// Where a page stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody stands for it.
    Drafted,
    /// Somebody is looking at it.
    InReview,
    /// Somebody stands for exactly what is shown.
    Published,
    /// Somebody stood for another version of the record, or for other sentences.
    Stale,
}

impl Standing {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Drafted => "draft",
            Standing::InReview => "in_review",
            Standing::Published => "published",
            Standing::Stale => "stale",
        }
    }
}

/// Where a page stands: its last stage, and whether the record and the sentences are those that were looked at.
pub fn standing(stage: Stage, same_record: bool, same_sentences: bool) -> Standing {
    match stage {
        Stage::Drafted => Standing::Drafted,
        Stage::InReview => Standing::InReview,
        Stage::Published if same_record && same_sentences => Standing::Published,
        Stage::Published => Standing::Stale,
    }
}

/// Where a page stands after these steps, the last one first, given the hashes of now.
pub fn standing_of(steps: &[ReviewStep], content_hash: &str, draft_hash: &str) -> Standing {
    let Some(last) = steps.first() else { return Standing::Drafted };
    let stage = Stage::of(&last.stage).unwrap_or(Stage::Drafted);
    standing(stage, last.content_hash == content_hash, last.draft_hash == draft_hash)
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not follow from where the page stands.
    Order(Standing, Stage),
    /// Nobody is named.
    NoReviewer,
    /// So many items of the checklist have no answer.
    Unanswered(usize),
    /// The share of items met is below what is asked for, in percent.
    TooLow(u32),
    /// The record or the sentences changed since the review began.
    Changed,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Order(Standing::Published, Stage::Published) => {
                write!(f, "the page is published in this very state already")
            }
            Refusal::Order(_, Stage::Published) => write!(f, "a page is published from a review; start one first"),
            Refusal::Order(_, Stage::InReview) => write!(f, "the page is in review already"),
            Refusal::Order(_, Stage::Drafted) => write!(f, "the page is a draft already"),
            Refusal::NoReviewer => write!(f, "a review needs the reviewer's name"),
            Refusal::Unanswered(n) => {
                write!(f, "{n} points of the checklist have no answer; each needs yes, no or not applicable")
            }
            Refusal::TooLow(share) => write!(
                f,
                "only {share}% of the points of the checklist that apply are met, {}% are asked for; give the page back with a note",
                Checklist::LEAST
            ),
            Refusal::Changed => {
                write!(f, "the record or its sentences changed since the review began; start the review anew")
            }
        }
    }
}

/// Whether a page may come to a stage.
///
/// **Shape**: `unchanged` says that record and sentences are those of the last step. The checklist counts for publishing alone.
///
/// **Errors**: a [`Refusal`] with the reason.
pub fn may_become(
    now: Standing,
    next: Stage,
    reviewer: &str,
    unchanged: bool,
    checklist: &Checklist,
) -> Result<(), Refusal> {
    if reviewer.trim().is_empty() {
        return Err(Refusal::NoReviewer);
    }
    match (now, next) {
        (Standing::InReview, Stage::Published) if !unchanged => Err(Refusal::Changed),
        (Standing::InReview, Stage::Published) => {
            if checklist.n_unanswered() > 0 {
                return Err(Refusal::Unanswered(checklist.n_unanswered()));
            }
            match checklist.share() {
                Some(share) if share < Checklist::LEAST => Err(Refusal::TooLow(share)),
                _ => Ok(()),
            }
        }
        // A review whose record changed under it may be begun again.
        (Standing::InReview, Stage::InReview) if !unchanged => Ok(()),
        (Standing::Drafted | Standing::Stale | Standing::Published, Stage::InReview) => Ok(()),
        (Standing::InReview | Standing::Published | Standing::Stale, Stage::Drafted) => Ok(()),
        _ => Err(Refusal::Order(now, next)),
    }
}

/// The hash of what a page says: SHA-256 over its sentences in order, then those of a model, in hexadecimal digits.
pub fn draft_hash(draft: &Draft, model: Option<&ModelBlock>) -> String {
    let mut sum = Sha256::new();
    for sentence in draft.sentences().chain(model.into_iter().flat_map(|block| &block.sentences)) {
        sum.update(sentence.words.as_bytes());
        sum.update(b"\n");
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
