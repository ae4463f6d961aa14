//! What a person sees when a request cannot be answered.

use crate::pages::{Page, render};
use crate::state::Mode;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
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
    /// What was sent cannot be used.
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
    heading: &'static str,
    sentence: String,
    reference: Option<String>,
}

/// A problem with the page around it.
#[derive(Debug)]
pub struct Failed {
    /// Whose studies are shown.
    pub mode: Mode,
    /// What is wrong.
    pub problem: Problem,
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (status, heading, sentence) = match &self.problem {
            Problem::NoSuchPage => (
                StatusCode::NOT_FOUND,
                "Page not found",
                "There is no page at this address. The search below may lead to what you look for.".to_owned(),
            ),
            Problem::NoSuchStudy(id) => (
                StatusCode::NOT_FOUND,
                "Study not found",
                format!("No study with the number {id} is held here. Check the number, or search for a condition."),
            ),
            Problem::BadInput(sentence) => (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be used", sentence.clone()),
            Problem::OtherOrigin => (
                StatusCode::FORBIDDEN,
                "Not accepted",
                "This form was sent from another web site. Open the page here and send it again.".to_owned(),
            ),
            Problem::TooLong => (
                StatusCode::SERVICE_UNAVAILABLE,
                "This took too long",
                "The answer took longer than a request may. Try again, or ask for less at once.".to_owned(),
            ),
            Problem::Store(_) | Problem::Search(_) | Problem::Record(_) | Problem::Report(_) | Problem::Task(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong here",
                "This is our fault, not yours. Please try again in a moment.".to_owned(),
            ),
        };
        let reference = (status == StatusCode::INTERNAL_SERVER_ERROR).then(reference);
        if let Some(reference) = &reference {
            // The problem names files and ids of studies, never a patient's words.
            tracing::error!(reference, problem = %self.problem, "request failed");
        }
        let page = ProblemPage { page: Page::new(self.mode), heading, sentence, reference };
        (status, render(&page)).into_response()
    }
}

/// A short id under which the log has the detail.
fn reference() -> String {
    let now = jiff::Timestamp::now().as_nanosecond();
    format!("{:x}", now.unsigned_abs() & 0xffff_ffff_ffff)
}
