//! The checker of the built-in files.

use crate::concept::ConceptId;
use crate::load::{LoadError, Terminology};
use std::collections::{BTreeMap, BTreeSet};

/// What the checker found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong, each with its file and line.
    pub errors: Vec<String>,
    /// Names that stand for several concepts: a text that has one names each of them.
    pub shared_names: Vec<(String, Vec<ConceptId>)>,
}

/// Checks the built-in files: duplicates, missing sources, unknown is-a, circles, codes of two concepts that are no kind of each
/// other, names in other languages.
pub fn check_builtin() -> Checked {
    let (terminology, errors) = Terminology::load_builtin();
    check(&terminology, errors)
}

/// Checks a vocabulary with what was found wrong when it was loaded.
pub fn check(terminology: &Terminology, mut loading: Vec<LoadError>) -> Checked {
    loading.extend(terminology.check_other_languages());
    let mut errors: Vec<String> = loading.iter().map(ToString::to_string).collect();
    let mut by_name: BTreeMap<String, BTreeSet<&ConceptId>> = BTreeMap::new();
    for concept in terminology.concepts() {
        for parent in &concept.is_a {
            if *parent == concept.id || terminology.is_a(parent, &concept.id) {
                errors.push(format!("`{}` and `{parent}` are kinds of each other; take one is-a away", concept.id));
            }
        }
        if concept.source.is_empty() {
            errors.push(format!("`{}` has no source", concept.id));
        }
        for name in std::iter::once(&concept.name).chain(&concept.synonyms) {
            by_name.entry(name.to_lowercase()).or_default().insert(&concept.id);
        }
    }
    errors.sort();
    errors.dedup();
    let shared_names = by_name
        .into_iter()
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(name, ids)| (name, ids.into_iter().cloned().collect()))
        .collect();
    Checked { errors, shared_names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_in_order() {
        let checked = check_builtin();
        assert!(checked.errors.is_empty(), "{}", checked.errors.join("\n"));
    }

    #[test]
    fn faults_are_found() {
        let header = "id\tname\tlay_name\tsynonyms\tcodes\tis_a\tsource\n";
        let rows = "condition:a\tone\t\ttwo\t\tcondition:b\town\n\
                    condition:b\ttwo\t\t\t\tcondition:a\town\n\
                    condition:c\tthree\t\t\t\tcondition:none\town\n\
                    condition:d\tfour\t\t\t\t\t\n\
                    condition:a\tfive\t\t\t\t\town\n\
                    thing:e\tsix\t\t\t\t\town\n\
                    condition:f\tseven\n";
        let text = format!("{header}{rows}");
        let (terminology, errors) = Terminology::load(&[("made-up.tsv", &text)]);
        let checked = check(&terminology, errors);
        for what in [
            "kinds of each other",
            "`condition:none`, which is not there",
            "`condition:d` has no source",
            "`condition:a` stands twice",
            "`thing:e` has no known prefix",
            "2 columns instead of 7",
        ] {
            assert!(checked.errors.iter().any(|error| error.contains(what)), "{what}: {:?}", checked.errors);
        }
        assert_eq!(checked.shared_names.len(), 1);
    }
}
