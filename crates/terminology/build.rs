//! Compiles `data/*.tsv` into the tables that the library reads in place: `OUT_DIR/vocabulary.bin`.
//!
//! The rows stay the source of truth; `load::tests::the_tables_are_those_of_the_rows` holds the two together. Faulty rows are left
//! out here as they are there; the checker tells of them.

#[allow(dead_code, reason = "the library's own module, of which this needs a part")]
#[path = "src/compile.rs"]
mod compile;
#[allow(dead_code, reason = "the library's own module, of which this needs a part")]
#[path = "src/concept.rs"]
mod concept;
#[path = "src/files.rs"]
mod files;
#[allow(dead_code, reason = "the library's own module, of which this needs a part")]
#[path = "src/numbers.rs"]
mod numbers;
#[allow(dead_code, reason = "the library's own module, of which this needs a part")]
#[path = "src/trie.rs"]
mod trie;
#[allow(dead_code, reason = "the library's own module, of which this needs a part")]
#[path = "src/words.rs"]
mod words;
#[path = "src/written.rs"]
mod written;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let target = std::env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    std::fs::write(target.join("vocabulary.bin"), written::written(&compile::compile(&files::FILES).0))
}
