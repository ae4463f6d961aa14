//! The report as one HTML file: its style is in it, and nothing is fetched.

use crate::content::{Block, Report};
use crate::error::ReportError;
use askama::Template;

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    heading: String,
    blocks: Vec<Block>,
}

/// The report as HTML.
///
/// **Errors**: [`ReportError::Page`], where the page cannot be filled in.
pub fn html(report: &Report<'_>) -> Result<String, ReportError> {
    Ok(Page { heading: report.heading(), blocks: report.blocks() }.render()?)
}
