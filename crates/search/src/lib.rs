//! Full text over studies, with facets, the nearest site, and why each was found.
//!
//! ```text
//! Study -> entry: card (what a result shows), fields, concepts, needs -> index directory        ingest, through `Writer`
//! words -> ask: names, phrases, spellings, other languages -> parts --\
//! filters, place ------------------------------------------------------> find -> sift: which, how many, the best -> why
//!                                                                      -> best (hits alone, for who ranks them further)
//! ```
//!
//! Concepts are looked up when a study is indexed, with all that they are kinds of: a search for one finds its other names and its
//! kinds by one term each. The index holds no verdicts and nothing of a patient.
//!
//! Reading order: [`card`], [`query`], [`place`], `schema`, `entry`, `needs`, `tokens`, `lay`, `spell`, `small_words`, `node`, `ask`, `lookup`,
//! `bits`, `plan`, `kept`, `score`, `facets`, `sift`, `collect`, `find`, `why`, `best`, `suggest`, `gazetteer`, `index`.

mod ask;
mod best;
mod bits;
pub mod card;
mod collect;
mod entry;
mod error;
mod facets;
mod find;
mod gazetteer;
mod index;
mod kept;
mod lay;
mod lookup;
mod needs;
mod node;
pub mod place;
mod plan;
pub mod query;
mod schema;
mod score;
mod sift;
mod small_words;
mod spell;
mod suggest;
mod tokens;
mod why;

pub use best::{Best, Found};
pub use card::{Card, CardSite};
pub use entry::Entry;
pub use error::SearchError;
pub use index::{Search, Writer};
pub use place::Place;
pub use query::{Facets, Filters, Hit, How, NearestSite, Query, Reason, Results, Sort};
pub use suggest::Suggestion;
