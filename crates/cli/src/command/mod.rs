//! The subcommands.

pub mod coverage;
pub mod criteria;
pub mod demo_registry;
pub mod eval;
pub mod explain;
pub mod ingest;
pub mod lint;
pub mod matches;
pub mod screen;
pub mod search;
pub mod serve;
pub mod study;
pub mod vocabulary;

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs, as the contract says
    Json,
}
