//! The words of medicine: concepts with names, codes and is-a, and where they stand in a text.
//!
//! ```text
//! data/*.tsv -> build -> tables -> Terminology --- concept(id), is_a(child, ancestor), by_code(system, code)
//! any text   -> words -> mentions   --- which concepts are named where, and whether the naming is negated
//! a name in a registry's list -> resolve      --- which concept it stands for, and how surely
//! a user's vocabulary -> import -> Linker -> Overlay --- what its codes and names are among ours
//! ```
//!
//! Vocabulary is data (`data/*.tsv`, each row with its source); behaviour is here. The crate knows no criteria, patients or units.

pub mod check;
pub mod clause;
mod compile;
pub mod concept;
mod context;
mod files;
pub mod import;
pub mod layers;
mod load;
pub mod mention;
pub mod method;
mod numbers;
pub mod other_languages;
pub mod resolve;
pub mod scale;
mod trie;
pub mod wording;
pub mod words;
#[cfg(test)]
mod written;

pub use concept::{Coding, Concept, ConceptId, Domain, Laboratory};
pub use layers::{Layered, Linker, Overlay};
pub use load::{LoadError, Terminology, system_name};
pub use mention::Mention;
pub use method::{Method, methods};
pub use other_languages::{NamedElsewhere, OtherLanguage, OtherName};
pub use trie::{Phrases, Trie, Values};
pub use words::{Word, WordKind, words};
