//! OMOP: `CONCEPT.csv` of the Athena download, tab-separated.
//!
//! **Source**: OHDSI, Common Data Model 5, table CONCEPT.

use super::lines::{Lines, cell, columns, under_header};
use super::{Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

const COLUMNS: [&str; 5] = ["concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_code"];

/// Whether a line is the header.
pub(super) fn is_header(line: &str) -> bool {
    line.starts_with("concept_id\tconcept_name\t")
}

/// The short name of a vocabulary whose codes stand in records.
fn system(vocabulary: &str) -> Option<&'static str> {
    Some(match vocabulary {
        "SNOMED" => "snomed",
        "RxNorm" => "rxnorm",
        "LOINC" => "loinc",
        "ICD10CM" | "ICD10" => "icd10",
        "ICD9CM" => "icd9",
        "ATC" => "atc",
        "CVX" => "cvx",
        "NDC" => "ndc",
        "MeSH" => "mesh",
        _ => return None,
    })
}

fn domain(word: &str) -> Option<Domain> {
    Some(match word {
        "Condition" => Domain::Condition,
        "Drug" => Domain::Drug,
        "Procedure" => Domain::Procedure,
        "Measurement" => Domain::Observation,
        _ => return None,
    })
}

/// The concepts.
pub(super) fn concepts(reader: Box<dyn BufRead>) -> Steps {
    under_header(Lines::new(reader), |header| {
        let names: Vec<&str> = header.split('\t').collect();
        let at = columns(&names, COLUMNS, "CONCEPT.csv of an Athena download")?;
        let n_columns = names.len();
        Ok(move |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != n_columns {
                return Err(format!("the row has {} columns instead of {n_columns}", cells.len()));
            }
            let [id, name, of, vocabulary, code] = at;
            let id = cell(&cells, id, "concept_id")?;
            if !id.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(format!("`{id}` in `concept_id` is no number"));
            }
            let (name, of) = (cell(&cells, name, "concept_name")?, cell(&cells, of, "domain_id")?);
            let (vocabulary, code) = (cell(&cells, vocabulary, "vocabulary_id")?, cell(&cells, code, "concept_code")?);
            let Some(system) = system(vocabulary) else {
                return Ok(Step::Passed("its vocabulary is none whose codes stand in records"));
            };
            let Some(domain) = domain(of) else {
                return Ok(Step::Passed("it is no condition, medicine, procedure or measurement"));
            };
            Ok(Step::Statements(vec![Statement::Code {
                code: format!("{system}:{code}"),
                domain,
                name: name.to_owned(),
            }]))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::Omop;
    use super::super::tests::{all, code};
    use super::*;

    #[test]
    fn concepts_keep_the_code_of_their_vocabulary() {
        let header = "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n";
        let row = |name: &str, domain: &str, vocabulary: &str, code: &str| {
            format!("1\t{name}\t{domain}\t{vocabulary}\tx\tS\t{code}\t19700101\t20991231\t\n")
        };
        let text = [
            header.to_owned(),
            row("Lupus nephritis", "Condition", "SNOMED", "68815009"),
            row("French", "Language", "SNOMED", "20"),
            row("Visit", "Condition", "Visit", "IP"),
            "x\ty\n".to_owned(),
        ]
        .concat();
        let (statements, passed, refused, end) = all(Omop, &text);
        assert_eq!(statements, [code("snomed:68815009", Domain::Condition, "Lupus nephritis")]);
        assert_eq!((passed.len(), refused, end), (2, vec![5], None));
    }
}
