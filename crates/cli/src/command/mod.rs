//! The subcommands.

pub mod accounts;
pub mod ask;
pub mod audit;
pub mod cohort;
pub mod contacts;
pub mod coverage;
pub mod criteria;
pub mod demo_registry;
pub mod draft;
pub mod enquiries;
pub mod eval;
pub mod explain;
pub mod ingest;
pub mod lint;
pub mod matches;
pub mod patient;
pub mod resolve;
pub mod retention;
pub mod review;
pub mod screen;
pub mod search;
pub mod serve;
pub mod status;
pub mod study;
pub mod sync;
pub mod upkeep;
pub mod vocabulary;

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs, as the contract says
    Json,
}
