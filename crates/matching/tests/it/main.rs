//! Laws of matching, over generated logic and facts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod answers;
mod charts;
mod compiled;
mod generate;
mod person;
mod properties;
#[path = "../shared/record.rs"]
mod record;
mod settling;
mod weak;
