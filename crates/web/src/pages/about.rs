//! What the portal is, is not, and does with what it is given.

use super::{Page, render};
use crate::state::App;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    page: Page,
}

/// Shows the page.
pub async fn show(State(app): State<App>) -> Response {
    render(&About { page: Page::new(app.mode) })
}
