//! What the portal is, is not, and does with what it is given.

use super::{Page, render};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    page: Page,
}

/// Shows the page.
pub async fn show(page: Page) -> Response {
    render(&About { page })
}
