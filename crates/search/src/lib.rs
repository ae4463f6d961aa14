//! Full text over studies, with facets, the nearest site, and why each was found.
//!
//! ```text
//! Study -> card (what a result shows) + fields -> index directory      ingest, through `Writer`
//! words, filters, place -> query (words AND; names of one concept OR) -> hits + facets
//!                                                                  -> best (hits alone, for who ranks them further)
//! ```
//!
//! The index holds no verdicts and nothing of a patient. Reading order: [`card`], [`query`], [`place`], `schema`, `index`, `best`.

mod best;
pub mod card;
mod error;
mod index;
pub mod place;
pub mod query;
mod schema;

pub use best::{Best, Found};
pub use card::{Card, CardSite};
pub use error::SearchError;
pub use index::{Search, Writer};
pub use place::Place;
pub use query::{Facets, Filters, Hit, NearestSite, Query, Results};
