//! CONCEPT.csv: what a concept id stands for.

use crate::OmopError;
use crate::table::Table;
use std::collections::BTreeMap;
use trialway_patient::meaning::Coded;

/// What is known of a concept.
#[derive(Clone, Debug)]
struct Concept {
    system: String,
    code: String,
    name: String,
}

/// Concepts by id; empty where no CONCEPT.csv was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    concepts: BTreeMap<u64, Concept>,
}

impl Vocabulary {
    pub fn of(table: &Table) -> Result<Vocabulary, OmopError> {
        let mut concepts = BTreeMap::new();
        for row in table.rows(&["concept_id", "concept_name", "vocabulary_id", "concept_code"])? {
            let Ok(id) = row.get("concept_id").parse::<u64>() else { continue };
            concepts.insert(
                id,
                Concept {
                    system: row.get("vocabulary_id").to_owned(),
                    code: row.get("concept_code").to_owned(),
                    name: row.get("concept_name").to_owned(),
                },
            );
        }
        Ok(Vocabulary { concepts })
    }

    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// The name of a concept; none where it is not known, or is 0 ("no matching concept").
    pub fn name(&self, id: &str) -> Option<&str> {
        self.get(id).map(|concept| concept.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The code of a concept.
    pub fn code(&self, id: &str) -> Option<&str> {
        self.get(id).map(|concept| concept.code.as_str())
    }

    fn get(&self, id: &str) -> Option<&Concept> {
        let id = id.parse::<u64>().ok().filter(|id| *id != 0)?;
        self.concepts.get(&id)
    }

    /// What a row names: its standard concept, then the concept of its source, then its source value. The words are the standard
    /// concept's name, else the source value.
    pub fn coded(&self, standard: &str, source: &str, source_value: &str) -> Coded {
        let mut out = Coded::default();
        for id in [standard, source] {
            if let Some(concept) = self.get(id) {
                let coding = (concept.system.clone(), concept.code.clone(), concept.name.clone());
                if !out.codings.contains(&coding) {
                    out.codings.push(coding);
                }
            }
        }
        let name = self.name(standard).or_else(|| self.name(source)).unwrap_or(source_value);
        out.text = name.trim().to_owned();
        out
    }

    /// A value that is a concept: coded, as answers are.
    pub fn answer(&self, id: &str) -> Option<Coded> {
        let concept = self.get(id)?;
        Some(Coded {
            codings: vec![(concept.system.clone(), concept.code.clone(), concept.name.clone())],
            text: concept.name.clone(),
        })
    }
}
