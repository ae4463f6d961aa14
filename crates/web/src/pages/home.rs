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
    n_studies: String,
    is_empty: bool,
}

/// Shows the first page.
pub async fn show(State(app): State<App>, page: Page) -> Response {
    let n = app.search.n_studies();
    let n_studies = words::count(usize::try_from(n).unwrap_or(usize::MAX), "study", "studies");
    render(&Home { page, n_studies, is_empty: n == 0 })
}
