//! What a person sees when a request cannot be answered.

use crate::pages::{Page, render};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use thiserror::Error;

/// Why a request cannot be answered.
#[derive(Debug, Error)]
pub enum Problem {
    /// There is no such page.
    #[error("this page does not exist")]
    NoSuchPage,
    /// No study with this id is stored.
    #[error("no study with the number {0} is held here")]
    NoSuchStudy(String),
    /// What was sent cannot be used, and why: a sentence in the language of the page.
    #[error("{0}")]
    BadInput(String),
    /// A form was sent from another site.
    #[error("this form was sent from another web site")]
    OtherOrigin,
    /// The answer took longer than a request may.
    #[error("the answer took too long")]
    TooLong,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] trialway_store::StoreError),
    /// The index failed.
    #[error(transparent)]
    Search(#[from] trialway_search::SearchError),
    /// A stored record can no longer be read.
    #[error("a stored record cannot be read: {0}")]
    Record(#[from] trialway_registry::RegistryError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandom,
    /// A mail has no words.
    #[error("a mail lacks a message, or an argument of it")]
    NoWords,
    /// A report cannot be made.
    #[error(transparent)]
    Report(#[from] trialway_report::ReportError),
    /// A task ended without an answer.
    #[error("a task ended without an answer")]
    Task(#[from] tokio::task::JoinError),
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    page: Page,
    heading: String,
    sentence: String,
    reference: Option<String>,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Problem::NoSuchPage | Problem::NoSuchStudy(_) => StatusCode::NOT_FOUND,
            Problem::BadInput(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::OtherOrigin => StatusCode::FORBIDDEN,
            Problem::TooLong => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Store(_)
            | Problem::Search(_)
            | Problem::Record(_)
            | Problem::NoRandom
            | Problem::NoWords
            | Problem::Report(_)
            | Problem::Task(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The problem as a page in the language of the request.
    pub fn shown(&self, page: Page) -> Response {
        let status = self.status();
        let (name, arg) = match self {
            Problem::NoSuchPage => ("no-page", None),
            Problem::NoSuchStudy(id) => ("no-study", Some(id.as_str())),
            Problem::BadInput(_) => ("bad-input", None),
            Problem::OtherOrigin => ("other-origin", None),
            Problem::TooLong => ("too-long", None),
            Problem::Store(_)
            | Problem::Search(_)
            | Problem::Record(_)
            | Problem::NoRandom
            | Problem::NoWords
            | Problem::Report(_)
            | Problem::Task(_) => ("ours", None),
        };
        let heading = page.say(&format!("problem-{name}"));
        let sentence = match self {
            Problem::BadInput(sentence) => sentence.clone(),
            _ => page.say_with(&format!("problem-{name}-means"), &[("id", arg.unwrap_or_default())]),
        };
        let reference = (status == StatusCode::INTERNAL_SERVER_ERROR).then(reference);
        if let Some(reference) = &reference {
            // The problem names files and ids of studies, never a patient's words.
            tracing::error!(reference, problem = %self, "request failed");
        }
        (status, render(&ProblemPage { page, heading, sentence, reference })).into_response()
    }
}

impl IntoResponse for Problem {
    /// A bare answer that carries the problem: the middleware, which knows the language of the request, makes its page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// A short id under which the log has the detail.
fn reference() -> String {
    let now = jiff::Timestamp::now().as_nanosecond();
    format!("{:x}", now.unsigned_abs() & 0xffff_ffff_ffff)
}
