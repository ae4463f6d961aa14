//! What a registry derives in its records: MeSH headings and what lies above them.

use trialway_store::{LEARNED, NewLayer, VocabularyRow};
use trialway_study::{MeshTerm, MeshTerms, Study};
use trialway_terminology::layers::name_key;

/// What to say of the learned layer.
pub fn about_learned(received_at: &str) -> NewLayer {
    NewLayer {
        name: LEARNED.to_owned(),
        version: "as the records have it".to_owned(),
        licence:
            "MeSH of the U.S. National Library of Medicine, as ClinicalTrials.gov derives it; free, name the source"
                .to_owned(),
        source: "ingested study records".to_owned(),
        received_at: received_at.to_owned(),
        linked_with: String::new(),
    }
}

/// The rows that a record teaches.
///
/// **Shape**: a record gives what lies above all its headings together; only where it has one heading of a kind is it known
/// that all of it lies above that one.
pub fn learned(study: &Study) -> Vec<VocabularyRow> {
    let mut out = Vec::new();
    derived(&study.condition_meshes, "condition", &mut out);
    derived(&study.intervention_meshes, "intervention", &mut out);
    out
}

fn derived(meshes: &MeshTerms, domain: &str, out: &mut Vec<VocabularyRow>) {
    let code = |term: &MeshTerm| -> Option<String> {
        let id = term.id.as_deref()?.trim();
        let is_heading = id.strip_prefix('D').is_some_and(|digits| {
            !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        (is_heading && !term.term.trim().is_empty()).then(|| format!("mesh:{id}"))
    };
    for term in meshes.terms.iter().chain(&meshes.ancestors) {
        let Some(code) = code(term) else { continue };
        let name = term.term.trim().to_owned();
        let key = name_key(&name).unwrap_or_default();
        out.push(VocabularyRow::Name { code: code.clone(), name: name.clone(), key });
        out.push(VocabularyRow::Code { code, domain: domain.to_owned(), name });
    }
    let [only] = meshes.terms.as_slice() else { return };
    let Some(only) = code(only) else { return };
    for above in meshes.ancestors.iter().filter_map(code) {
        out.push(VocabularyRow::IsA { code: only.clone(), parent: above });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(id: &str, term: &str) -> MeshTerm {
        MeshTerm { id: Some(id.to_owned()), term: term.to_owned() }
    }

    #[test]
    fn what_lies_above_is_known_of_a_single_heading_only() {
        let mut study = Study::default();
        study.condition_meshes.terms = vec![term("D008181", "Lupus Nephritis")];
        study.condition_meshes.ancestors = vec![term("D007674", "Kidney Diseases"), term("nonsense", "x")];
        study.intervention_meshes.terms = vec![term("D008687", "Metformin"), term("D000069439", "Dasatinib")];
        study.intervention_meshes.ancestors = vec![term("D001645", "Biguanides")];
        let rows = learned(&study);
        let is_a: Vec<_> = rows.iter().filter(|row| matches!(row, VocabularyRow::IsA { .. })).collect();
        assert_eq!(is_a, [&VocabularyRow::IsA { code: "mesh:D008181".to_owned(), parent: "mesh:D007674".to_owned() }]);
        assert_eq!(rows.iter().filter(|row| matches!(row, VocabularyRow::Code { .. })).count(), 5);
        assert!(learned(&Study::default()).is_empty());
    }
}
