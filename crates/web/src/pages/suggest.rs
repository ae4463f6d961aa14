//! What to offer while someone types, as JSON: `/suggest?q=` names to search for, `/suggest?place=` towns.

use super::Page;
use crate::error::Problem;
use crate::state::App;
use crate::tongue::Tongue;
use crate::words;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// So many are offered.
const MOST: usize = 8;

/// Letters that are looked at.
const LONGEST: usize = 80;

/// What was typed so far.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    /// In the field for words.
    #[serde(default)]
    q: String,
    /// In the field for a place.
    #[serde(default)]
    place: String,
}

#[derive(Serialize)]
struct Offer {
    text: String,
    also: String,
    n_studies: u64,
    /// How many studies name it, in the language of the page; empty where none does.
    count: String,
}

#[derive(Serialize)]
struct Offers {
    suggestions: Vec<Offer>,
    places: Vec<String>,
}

/// Gives what begins so.
pub async fn show(State(app): State<App>, page: Page, Query(typed): Query<Typed>) -> Result<Response, Problem> {
    offers(&app, page.tongue, &typed)
}

fn offers(app: &App, tongue: Tongue, typed: &Typed) -> Result<Response, Problem> {
    let letters = |text: &str| text.trim_start().chars().take(LONGEST).collect::<String>();
    let found = app.search.suggest(&letters(&typed.q), MOST)?;
    let suggestions = found
        .into_iter()
        .map(|one| Offer {
            count: match usize::try_from(one.n_studies).unwrap_or(usize::MAX) {
                0 => String::new(),
                n => words::count(tongue, "count-studies", n),
            },
            text: one.text,
            also: one.also,
            n_studies: one.n_studies,
        })
        .collect();
    let places = app.search.suggest_places(&letters(&typed.place), MOST)?;
    let kept = [(header::CACHE_CONTROL, "private, max-age=300"), (header::VARY, "cookie, accept-language")];
    Ok((kept, axum::Json(Offers { suggestions, places })).into_response())
}
