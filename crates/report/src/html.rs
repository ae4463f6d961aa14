//! A sheet as one HTML file: its style is in it, and nothing is fetched.

use crate::content::{Block, Sheet};
use crate::error::ReportError;
use askama::Template;

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    heading: String,
    blocks: Vec<Block>,
}

/// A sheet as HTML.
///
/// **Errors**: [`ReportError::Page`], where the page cannot be filled in.
pub fn html(sheet: Sheet) -> Result<String, ReportError> {
    Ok(Page { heading: sheet.heading, blocks: sheet.blocks }.render()?)
}
