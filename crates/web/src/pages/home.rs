//! The first page: a search, and what is held here.

use super::{Page, render};
use crate::state::App;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    held: String,
    is_empty: bool,
}

/// Shows the first page.
pub async fn show(State(app): State<App>, page: Page) -> Response {
    let n = app.search.n_studies();
    let studies = words::count(page.tongue, "count-studies", usize::try_from(n).unwrap_or(usize::MAX));
    let held = page.say_with("home-held", &[("studies", &studies)]);
    render(&Home { page, held, is_empty: n == 0 })
}
