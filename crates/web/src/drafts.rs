//! Drafts made lately, so that a page asked for again is not drafted again.
//!
//! A draft is kept by the hash of the record that it was made from and by its language, and is given out only for the corrections
//! that it was made with: a new version of a record, or another word of an editor, finds none. Nothing outlives the process, so
//! that a new engine drafts anew.

use crate::tongue::Tongue;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use trialway_editorial::Correction;
use trialway_language::Draft;

/// How many are kept, the least used going first.
const N_KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(511);

struct Kept {
    corrections: Vec<Correction>,
    draft: Arc<Draft>,
}

/// Drafts made lately. Cheap to clone; clones share what is kept.
#[derive(Clone)]
pub struct Drafts(Arc<Mutex<LruCache<(String, Tongue), Kept>>>);

impl Default for Drafts {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(N_KEPT))))
    }
}

impl Drafts {
    /// The draft of a record in a language, made where none is kept that was made with the same corrections.
    ///
    /// **Shape**: `content_hash` is that of the stored record.
    pub fn get(
        &self,
        content_hash: &str,
        corrections: &[Correction],
        tongue: Tongue,
        make: impl FnOnce() -> Draft,
    ) -> Arc<Draft> {
        let key = (content_hash.to_owned(), tongue);
        // A draft is written whole or not at all, also by a thread that panicked.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key).filter(|kept| kept.corrections == corrections) {
            return kept.draft.clone();
        }
        // Made without the lock: two who ask at once may both make it, and make the same.
        let draft = Arc::new(make());
        lock().put(key, Kept { corrections: corrections.to_vec(), draft: draft.clone() });
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_editorial::Finding;

    fn draft(n_said: usize) -> Draft {
        Draft { n_said, ..Draft::default() }
    }

    fn held(reason: &str) -> Correction {
        Correction {
            text_hash: "h".to_owned(),
            finding: Finding::Corrected,
            written: "Hemoglobin > 9".to_owned(),
            reading: "more than 9".to_owned(),
            author: "Ed".to_owned(),
            at: "2026-11-30T00:00:00Z".to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn another_version_language_or_correction_is_drafted_anew() {
        let drafts = Drafts::default();
        let mut n_made = 0;
        let mut ask = |hash: &str, corrections: &[Correction], tongue| {
            drafts.get(hash, corrections, tongue, || {
                n_made += 1;
                draft(n_made)
            });
            n_made
        };
        assert_eq!(ask("one", &[], Tongue::English), 1);
        assert_eq!(ask("one", &[], Tongue::English), 1, "kept");
        assert_eq!(ask("two", &[], Tongue::English), 2, "another version");
        assert_eq!(ask("one", &[], Tongue::Spanish), 3, "another language");
        assert_eq!(ask("one", &[held("it is at least 9")], Tongue::English), 4, "an editor's word");
        assert_eq!(ask("one", &[held("it is at least 9")], Tongue::English), 4, "kept with it");
        assert_eq!(ask("one", &[held("it is 9 or less")], Tongue::English), 5, "another word");
        assert_eq!(ask("one", &[], Tongue::English), 6, "the word was taken back");
    }

    #[test]
    fn the_least_used_go_first() {
        let drafts = Drafts::default();
        for n in 0..=N_KEPT.get() {
            drafts.get(&n.to_string(), &[], Tongue::English, || draft(n));
            drafts.get("often", &[], Tongue::English, || draft(0));
        }
        assert_eq!(drafts.0.lock().unwrap().len(), N_KEPT.get());
        let kept = drafts.get("often", &[], Tongue::English, || draft(1));
        assert_eq!(kept.n_said, 0, "kept");
        let gone = drafts.get("0", &[], Tongue::English, || draft(7));
        assert_eq!(gone.n_said, 7, "drafted anew");
    }
}
