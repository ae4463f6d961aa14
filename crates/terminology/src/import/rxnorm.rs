//! RxNorm: `RXNCONSO.RRF`.
//!
//! **Source**: NLM's RxNorm release; 18 columns between bars: RXCUI, LAT, TS, LUI, STT, SUI, ISPREF, RXAUI, SAUI, SCUI, SDUI,
//! SAB, TTY, CODE, STR, SRL, SUPPRESS, CVF.

use super::lines::{Lines, cell, rows};
use super::{ImportError, Permission, Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

/// Kinds of term that stand for their concept.
const STANDING: [&str; 16] = [
    "IN", "PIN", "MIN", "BN", "SCD", "SBD", "GPCK", "BPCK", "SCDC", "SBDC", "SCDF", "SBDF", "SCDG", "SBDG", "SCDFP",
    "SBDFP",
];

fn cells(line: &str) -> Result<Vec<&str>, String> {
    let cells: Vec<&str> = line.split('|').collect();
    // Every column ends with a bar.
    if cells.len() != 19 {
        return Err(format!("the row has {} columns instead of 18", cells.len().saturating_sub(1)));
    }
    Ok(cells)
}

/// Whether a line is a row of `RXNCONSO.RRF`.
pub(super) fn is_row(line: &str) -> bool {
    cells(line).is_ok_and(|cells| cells.first().is_some_and(|cui| cui.bytes().all(|byte| byte.is_ascii_digit())))
}

/// The rows.
pub(super) fn conso(reader: Box<dyn BufRead>, permission: Permission) -> Steps {
    let mut is_first = true;
    let steps = rows(Lines::new(reader), move |line| {
        let cells = cells(line)?;
        let (cui, language) = (cell(&cells, 0, "RXCUI")?, cell(&cells, 1, "LAT")?);
        let (source, kind, name) = (cell(&cells, 11, "SAB")?, cell(&cells, 12, "TTY")?, cell(&cells, 14, "STR")?);
        let suppressed = cells.get(16).copied().unwrap_or_default();
        if !cui.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("`{cui}` is no RxNorm number"));
        }
        if language != "ENG" {
            return Ok(Step::Passed("its language is not English"));
        }
        if source != "RXNORM" && !permission.is_licensed {
            return Ok(Step::Passed("its source is not RXNORM and needs a licence; --licensed says that you have one"));
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
        Ok(Step::Refused { line, reason }) if std::mem::take(&mut is_first) => {
            Err(ImportError { line, reason: format!("{reason}; give RXNCONSO.RRF of an RxNorm release") })
        }
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
}
