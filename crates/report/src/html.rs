//! A sheet as one HTML file: its style is in it, and nothing is fetched.

use crate::content::{Block, Sheet};
use crate::error::ReportError;
use askama::Template;

/// The style of the page, so that a server can name its hash.
pub const STYLE: &str = include_str!("../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    language: &'static str,
    style: &'static str,
    heading: String,
    blocks: Vec<Block>,
}

/// A sheet as HTML.
///
/// **Errors**: [`ReportError::Page`], where the page cannot be filled in.
pub fn html(sheet: Sheet) -> Result<String, ReportError> {
    Ok(Page { language: sheet.language, style: STYLE, heading: sheet.heading, blocks: sheet.blocks }.render()?)
}
