//! RxNorm: names in `RXNCONSO.RRF`, relations in `RXNREL.RRF`.
//!
//! **Source**: NLM's RxNorm release; 18 columns between bars: RXCUI, LAT, TS, LUI, STT, SUI, ISPREF, RXAUI, SAUI, SCUI, SDUI,
//! SAB, TTY, CODE, STR, SRL, SUPPRESS, CVF; and 16: RXCUI1, RXAUI1, STYPE1, REL, RXCUI2, RXAUI2, STYPE2, RELA, RUI, SRUI, SAB,
//! SL, RG, DIR, SUPPRESS, CVF. A relation is read from its second concept to its first: "RXCUI2 `has_ingredient` RXCUI1".

use super::lines::{Lines, cell, rows};
use super::{ImportError, Permission, Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

/// Kinds of term that stand for their concept.
const STANDING: [&str; 16] = [
    "IN", "PIN", "MIN", "BN", "SCD", "SBD", "GPCK", "BPCK", "SCDC", "SBDC", "SCDF", "SBDF", "SCDG", "SBDG", "SCDFP",
    "SBDFP",
];

/// Relations of a thing to what it is one of, or is made of.
const TO_GENERAL: [&str; 9] = [
    "has_ingredient",
    "has_ingredients",
    "has_precise_ingredient",
    "tradename_of",
    "isa",
    "form_of",
    "consists_of",
    "contains",
    "has_part",
];

/// Columns of the file of names.
const N_NAMES: usize = 18;

/// Columns of the file of relations.
const N_RELATIONS: usize = 16;

fn cells(line: &str, n: usize) -> Result<Vec<&str>, String> {
    let cells: Vec<&str> = line.split('|').collect();
    // Every column ends with a bar.
    if cells.len() != n + 1 {
        return Err(format!("the row has {} columns instead of {n}", cells.len().saturating_sub(1)));
    }
    Ok(cells)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line is a row of `RXNCONSO.RRF` or of `RXNREL.RRF`.
pub(super) fn is_row(line: &str) -> bool {
    is_relation(line) || cells(line, N_NAMES).is_ok_and(|cells| cells.first().is_some_and(|cui| is_number(cui)))
}

/// Whether a line is a row of `RXNREL.RRF`; rows between atoms have no concept.
fn is_relation(line: &str) -> bool {
    const KINDS: [&str; 3] = ["CUI", "AUI", "SCUI"];
    cells(line, N_RELATIONS).is_ok_and(|cells| cells.get(2).is_some_and(|kind| KINDS.contains(kind)))
}

/// A row of relations.
fn relation(line: &str, permission: Permission) -> Result<Step, String> {
    let cells = cells(line, N_RELATIONS)?;
    let (source, relation) = (cell(&cells, 10, "SAB")?, cells.get(7).copied().unwrap_or_default());
    if source != "RXNORM" && !permission.is_licensed {
        return Ok(Step::Passed(NEEDS_LICENCE));
    }
    if cells.get(2) != Some(&"CUI") || cells.get(6) != Some(&"CUI") {
        return Ok(Step::Passed("it relates words, not concepts"));
    }
    if !TO_GENERAL.contains(&relation) {
        return Ok(Step::Passed("it does not lead to an ingredient, a brand's medicine or a general form"));
    }
    let (general, special) = (cell(&cells, 0, "RXCUI1")?, cell(&cells, 4, "RXCUI2")?);
    for cui in [general, special] {
        if !is_number(cui) {
            return Err(format!("`{cui}` is no RxNorm number"));
        }
    }
    Ok(Step::Statements(vec![Statement::IsA {
        code: format!("rxnorm:{special}"),
        parent: format!("rxnorm:{general}"),
    }]))
}

const NEEDS_LICENCE: &str = "its source is not RXNORM and needs a licence; --licensed says that you have one";

/// The rows.
pub(super) fn conso(reader: Box<dyn BufRead>, permission: Permission) -> Steps {
    let mut is_first = true;
    let steps = rows(Lines::new(reader), move |line| {
        if is_relation(line) {
            return relation(line, permission);
        }
        let cells = cells(line, N_NAMES)?;
        let (cui, language) = (cell(&cells, 0, "RXCUI")?, cell(&cells, 1, "LAT")?);
        let (source, kind, name) = (cell(&cells, 11, "SAB")?, cell(&cells, 12, "TTY")?, cell(&cells, 14, "STR")?);
        let suppressed = cells.get(16).copied().unwrap_or_default();
        if !is_number(cui) {
            return Err(format!("`{cui}` is no RxNorm number"));
        }
        if language != "ENG" {
            return Ok(Step::Passed("its language is not English"));
        }
        if source != "RXNORM" && !permission.is_licensed {
            return Ok(Step::Passed(NEEDS_LICENCE));
        }
        if !matches!(suppressed, "" | "N") {
            return Ok(Step::Passed("it is out of use"));
        }
        if matches!(kind, "DF" | "DFG") {
            return Ok(Step::Passed("it is a form of medicines, not a medicine"));
        }
        let (code, name) = (format!("rxnorm:{cui}"), name.to_owned());
        Ok(Step::Statements(vec![if source == "RXNORM" && STANDING.contains(&kind) {
            Statement::Code { code, domain: Domain::Drug, name }
        } else {
            Statement::Name { code, name }
        }]))
    });
    Box::new(steps.map(move |step| match step {
        Ok(Step::Refused { line, reason }) if std::mem::take(&mut is_first) => Err(ImportError {
            line,
            reason: format!("{reason}; give RXNCONSO.RRF, and RXNREL.RRF with it, of an RxNorm release"),
        }),
        other => {
            is_first = false;
            other
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::Rxnorm;
    use super::super::tests::{all, code};
    use super::*;

    fn row(cui: &str, source: &str, kind: &str, name: &str, suppressed: &str) -> String {
        format!("{cui}|ENG|P|L|PF|S|Y|1||{cui}||{source}|{kind}|{cui}|{name}||{suppressed}||\n")
    }

    #[test]
    fn only_free_names_are_taken_without_a_licence() {
        let text = [
            row("6809", "RXNORM", "IN", "metformin", "N"),
            row("6809", "RXNORM", "SY", "metformin base", "N"),
            row("6809", "MMSL", "GN", "metformina", "N"),
            row("317541", "RXNORM", "DF", "Oral Tablet", "N"),
            row("1", "RXNORM", "IN", "gone", "O"),
            "6809|ENG\n".to_owned(),
        ]
        .concat();
        let (statements, passed, refused, end) = all(Rxnorm, &text);
        assert_eq!(
            statements,
            [
                code("rxnorm:6809", Domain::Drug, "metformin"),
                Statement::Name { code: "rxnorm:6809".to_owned(), name: "metformin base".to_owned() },
            ]
        );
        assert_eq!((passed.len(), refused, end), (3, vec![6], None));
        let licensed = Permission { is_licensed: true };
        let reader = Box::new(std::io::Cursor::new(text.into_bytes()));
        let n = conso(reader, licensed).filter(|step| matches!(step, Ok(Step::Statements(_)))).count();
        assert_eq!(n, 3);
    }

    #[test]
    fn a_product_leads_to_its_ingredient_and_not_back() {
        let row = |first: &str, second: &str, relation: &str, kind: &str, source: &str| {
            format!("{first}||{kind}|RO|{second}||{kind}|{relation}|1||{source}|{source}||||4096|\n")
        };
        let text = [
            row("6809", "861007", "has_ingredient", "CUI", "RXNORM"),
            row("861007", "6809", "ingredient_of", "CUI", "RXNORM"),
            row("6809", "151827", "tradename_of", "CUI", "RXNORM"),
            row("6809", "2", "isa", "CUI", "ATC"),
            row("", "", "isa", "AUI", "RXNORM"),
            row("x", "3", "isa", "CUI", "RXNORM"),
        ]
        .concat();
        let (statements, passed, refused, end) = all(Rxnorm, &text);
        let is_a = super::super::tests::is_a;
        assert_eq!(statements, [is_a("rxnorm:861007", "rxnorm:6809"), is_a("rxnorm:151827", "rxnorm:6809")]);
        assert_eq!((passed.len(), refused, end), (3, vec![6], None));
    }
}
