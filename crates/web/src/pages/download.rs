//! A sheet as a file to keep, in the language of the page.

use crate::error::Problem;
use crate::state::App;
use crate::tongue::Tongue;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use trialway_report::Sheet;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page with its style inside.
    Html,
    /// A PDF.
    Pdf,
}

impl Kind {
    /// What a form asks for; none for a page.
    pub fn of(word: &str) -> Option<Kind> {
        match word {
            "html" => Some(Kind::Html),
            "pdf" => Some(Kind::Pdf),
            _ => None,
        }
    }
}

/// A sheet as a file; `name` has no ending and says nothing of a person.
///
/// **Errors**: a sentence for the person, where a PDF needs a font that this machine lacks; those of making the file.
pub async fn file(app: &App, tongue: Tongue, kind: Kind, sheet: Sheet, name: &str) -> Result<Response, Problem> {
    let (bytes, form, ending) = match kind {
        Kind::Html => (trialway_report::html(sheet)?.into_bytes(), "text/html; charset=utf-8", "html"),
        Kind::Pdf => {
            app.fonts.of(tongue)?;
            let fonts = app.fonts.clone();
            let made = tokio::task::spawn_blocking(move || {
                let fonts = fonts.of(tongue)?;
                Ok::<_, Problem>(trialway_report::pdf(&sheet, fonts)?.bytes)
            });
            (made.await??, "application/pdf", "pdf")
        }
    };
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, form.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
