//! Any bytes as a note: `cargo +nightly fuzz run note fuzz/seeds/note`.

#![no_main]

#[path = "../../crates/note/tests/property/mod.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| property::holds(&String::from_utf8_lossy(bytes)));
