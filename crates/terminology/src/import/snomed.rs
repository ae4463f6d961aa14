//! SNOMED CT, release format 2: snapshots of descriptions and of relationships.
//!
//! **Source**: `sct2_Description_Snapshot…txt` and `sct2_Relationship_Snapshot…txt`; tab-separated, told apart by their headers.
//! What kind of thing a concept is, is the tag in brackets at the end of its fully specified name.

use super::lines::{Lines, cell, columns, under_header};
use super::{Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

/// Type of a fully specified name.
const FULL_NAME: &str = "900000000000003001";

/// Type of a relationship: is a.
const IS_A: &str = "116680003";

const START: [&str; 4] = ["id", "effectiveTime", "active", "moduleId"];

/// Whether a line is a header of a snapshot.
pub(super) fn is_header(line: &str) -> bool {
    line.split('\t').take(START.len()).eq(START)
}

/// What the tag of a fully specified name says of its concept.
fn domain(tag: &str) -> Option<Domain> {
    match tag {
        "disorder" | "finding" | "morphologic abnormality" => Some(Domain::Condition),
        "procedure" | "regime/therapy" => Some(Domain::Procedure),
        "product" | "medicinal product" | "medicinal product form" | "clinical drug" | "substance" => {
            Some(Domain::Drug)
        }
        "observable entity" => Some(Domain::Observation),
        _ => None,
    }
}

fn number(cells: &[&str], at: usize, name: &str) -> Result<String, String> {
    let number = cell(cells, at, name)?;
    if (6..=18).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(format!("snomed:{number}"))
    } else {
        Err(format!("`{number}` in `{name}` is no SNOMED CT identifier"))
    }
}

/// A snapshot of descriptions or of relationships.
pub(super) fn snapshot(reader: Box<dyn BufRead>) -> Steps {
    type Row = Box<dyn FnMut(&str) -> Result<Step, String>>;
    under_header(Lines::new(reader), |header| {
        let names: Vec<&str> = header.split('\t').collect();
        let n_columns = names.len();
        let what = "a snapshot of descriptions or relationships";
        let cells = move |line: &str| -> Result<Vec<String>, String> {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() == n_columns {
                Ok(cells)
            } else {
                Err(format!("the row has {} columns instead of {n_columns}", cells.len()))
            }
        };
        let row: Row = if names.iter().any(|name| name.eq_ignore_ascii_case("sourceId")) {
            let at = columns(&names, ["active", "sourceId", "destinationId", "typeId"], what)?;
            Box::new(move |line| relationship(&cells(line)?, at))
        } else {
            let at = columns(&names, ["active", "conceptId", "languageCode", "typeId", "term"], what)?;
            Box::new(move |line| description(&cells(line)?, at))
        };
        Ok(row)
    })
}

fn relationship(cells: &[String], at: [usize; 4]) -> Result<Step, String> {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let [active, source, destination, kind] = at;
    if cell(&cells, active, "active")? != "1" {
        return Ok(Step::Passed("it is out of use"));
    }
    if cell(&cells, kind, "typeId")? != IS_A {
        return Ok(Step::Passed("it is a relationship other than is-a"));
    }
    let (code, parent) = (number(&cells, source, "sourceId")?, number(&cells, destination, "destinationId")?);
    Ok(Step::Statements(vec![Statement::IsA { code, parent }]))
}

fn description(cells: &[String], at: [usize; 5]) -> Result<Step, String> {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let [active, concept, language, kind, term] = at;
    if cell(&cells, active, "active")? != "1" {
        return Ok(Step::Passed("it is out of use"));
    }
    if cell(&cells, language, "languageCode")? != "en" {
        return Ok(Step::Passed("its language is not English"));
    }
    let (code, term) = (number(&cells, concept, "conceptId")?, cell(&cells, term, "term")?);
    if cell(&cells, kind, "typeId")? != FULL_NAME {
        return Ok(Step::Statements(vec![Statement::Name { code, name: term.to_owned() }]));
    }
    let tagged = term.strip_suffix(')').and_then(|term| term.rsplit_once(" ("));
    let Some((name, tag)) = tagged else {
        return Err(format!("the full name `{term}` has no tag in brackets"));
    };
    Ok(match domain(tag) {
        Some(domain) => Step::Statements(vec![Statement::Code { code, domain, name: name.to_owned() }]),
        None => Step::Passed("it is no condition, medicine, procedure or measurement"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::SnomedRf2;
    use super::super::tests::{all, code, is_a};
    use super::*;

    const DESCRIPTIONS: &str =
        "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n";
    const RELATIONSHIPS: &str = "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId\n";

    #[test]
    fn the_tag_says_what_a_concept_is() {
        let row = |active: u8, concept: &str, kind: &str, term: &str| {
            format!("1\t20260101\t{active}\t900000000000207008\t{concept}\ten\t{kind}\t{term}\t900000000000448009\n")
        };
        let text = [
            DESCRIPTIONS.to_owned(),
            row(1, "68815009", "900000000000013009", "Lupus nephritis"),
            row(1, "68815009", FULL_NAME, "SLE glomerulonephritis syndrome (disorder)"),
            row(1, "161891005", FULL_NAME, "No backache (situation)"),
            row(0, "68815009", "900000000000013009", "Old name"),
            row(1, "12x", FULL_NAME, "Wrong (disorder)"),
            row(1, "68815009", FULL_NAME, "No tag"),
            "1\t2\n".to_owned(),
        ]
        .concat();
        let (statements, passed, refused, end) = all(SnomedRf2, &text);
        assert_eq!(
            statements,
            [
                Statement::Name { code: "snomed:68815009".to_owned(), name: "Lupus nephritis".to_owned() },
                code("snomed:68815009", Domain::Condition, "SLE glomerulonephritis syndrome"),
            ]
        );
        assert_eq!((passed.len(), refused, end), (2, vec![6, 7, 8], None));
    }

    #[test]
    fn only_is_a_is_taken_of_relationships() {
        let row = |kind: &str| {
            format!(
                "1\t20260101\t1\t900000000000207008\t68815009\t90708001\t0\t{kind}\t900000000000011006\t900000000000451002\n"
            )
        };
        let (statements, passed, ..) =
            all(SnomedRf2, &[RELATIONSHIPS.to_owned(), row(IS_A), row("363698007")].concat());
        assert_eq!(statements, [is_a("snomed:68815009", "snomed:90708001")]);
        assert_eq!(passed.len(), 1);
        let concepts = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n1\t2\t1\t3\t4\n";
        assert!(all(SnomedRf2, concepts).3.is_some_and(|error| error.reason.contains("descriptions or relationships")));
    }
}
