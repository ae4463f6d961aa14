//! A study's open questions as people are asked them, and what they answer as facts.
//!
//! ```text
//! StudyLogic + Facts -> matching::questions -> questions (in the order in which they are put, each with its manner and words)
//! answers by key, age, sex                  -> answers   -> Facts, by way of a QuestionnaireResponse (ADR 0018)
//! ```
//!
//! `cli` asks with it as `ask`, `web` on `/trials/{nct_id}/check` (ADR 0035). It decides nothing: `matching` holds the facts against
//! the study. Reading order: [`questions`], [`answers`].

pub mod answers;
pub mod questions;

pub use answers::{Age, Answer, Answers, AnswersError};
pub use questions::{Manner, Put, ordered, put, statement};
