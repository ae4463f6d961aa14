//! LOINC: `Loinc.csv`.
//!
//! **Source**: Regenstrief's LOINC table. Codes that differ only in method, or in mass against substance concentration, measure
//! the same and are of one group.

use super::lines::{Lines, cell, columns, under_header};
use super::{Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

const COLUMNS: [&str; 8] =
    ["LOINC_NUM", "COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "STATUS", "LONG_COMMON_NAME"];

/// Whether a line is the header.
pub(super) fn is_header(line: &str) -> bool {
    fields(line).is_ok_and(|fields| fields.first().is_some_and(|first| first == "LOINC_NUM"))
}

/// The fields of a row of comma-separated values.
///
/// **Errors**: a quotation mark that is not closed.
fn fields(line: &str) -> Result<Vec<String>, String> {
    let (mut out, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                field.push('"');
                characters.next();
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => out.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    if is_quoted {
        return Err("a quotation mark is not closed on its line".to_owned());
    }
    out.push(field);
    Ok(out)
}

/// Whether a number has its check digit (Luhn).
fn is_number(code: &str) -> bool {
    let Some((digits, check)) = code.split_once('-') else { return false };
    let sum: Option<u32> = digits.chars().rev().enumerate().try_fold(0, |sum, (place, c)| {
        let digit = c.to_digit(10)?;
        let twice = digit * 2;
        Some(sum + if place % 2 == 0 { twice / 10 + twice % 10 } else { digit })
    });
    !digits.is_empty() && digits.len() <= 7 && sum.is_some_and(|sum| check.parse() == Ok((10 - sum % 10) % 10))
}

/// The table.
pub(super) fn table(reader: Box<dyn BufRead>) -> Steps {
    under_header(Lines::new(reader), |header| {
        let header = fields(header)?;
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let at = columns(&names, COLUMNS, "Loinc.csv of a LOINC release")?;
        let n_columns = header.len();
        Ok(move |line: &str| row(line, at, n_columns))
    })
}

fn row(line: &str, at: [usize; 8], n_columns: usize) -> Result<Step, String> {
    let owned = fields(line)?;
    if owned.len() != n_columns {
        return Err(format!("the row has {} columns instead of {n_columns}", owned.len()));
    }
    let fields: Vec<&str> = owned.iter().map(String::as_str).collect();
    let [number, component, property, time, system, scale, status, name] = at;
    let number = cell(&fields, number, "LOINC_NUM")?;
    if !is_number(number) {
        return Err(format!("`{number}` is no LOINC number: its check digit is wrong"));
    }
    if cell(&fields, status, "STATUS")? == "DISCOURAGED" {
        return Ok(Step::Passed("its use is discouraged"));
    }
    let name = cell(&fields, name, "LONG_COMMON_NAME")?;
    let code = format!("loinc:{number}");
    let property = match cell(&fields, property, "PROPERTY")? {
        "MCnc" | "SCnc" => "Cnc",
        other => other,
    };
    let mut out = vec![Statement::Code { code: code.clone(), domain: Domain::Observation, name: name.to_owned() }];
    if cell(&fields, scale, "SCALE_TYP")? == "Qn" {
        let group = format!(
            "{}|{property}|{}|{}",
            cell(&fields, component, "COMPONENT")?,
            cell(&fields, time, "TIME_ASPCT")?,
            cell(&fields, system, "SYSTEM")?
        );
        out.push(Statement::Alike { code, group });
    }
    Ok(Step::Statements(out))
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::Loinc;
    use super::super::tests::{all, code};
    use super::*;

    #[test]
    fn codes_that_measure_the_same_are_of_one_group() {
        let text = "\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\",\"TIME_ASPCT\",\"SYSTEM\",\"SCALE_TYP\",\"METHOD_TYP\",\"STATUS\",\"LONG_COMMON_NAME\"\n\
            \"2160-0\",\"Creatinine\",\"MCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"\",\"ACTIVE\",\"Creatinine [Mass/volume] in Serum or Plasma\"\n\
            \"14682-9\",\"Creatinine\",\"SCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"\",\"ACTIVE\",\"Creatinine [Moles/volume] in Serum, \"\"or\"\" Plasma\"\n\
            \"2160-1\",\"Creatinine\",\"MCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"\",\"ACTIVE\",\"x\"\n\
            \"2161-8\",\"Creatinine\"\n\
            \"2161-8\",\"Creatinine\",\"MCnc\",\"Pt\",\"Urine\",\"Qn\",\"\",\"DISCOURAGED\",\"x\"\n";
        let (statements, passed, refused, end) = all(Loinc, text);
        let group =
            |code: &str| Statement::Alike { code: code.to_owned(), group: "Creatinine|Cnc|Pt|Ser/Plas".to_owned() };
        assert_eq!(
            statements,
            [
                code("loinc:2160-0", Domain::Observation, "Creatinine [Mass/volume] in Serum or Plasma"),
                group("loinc:2160-0"),
                code("loinc:14682-9", Domain::Observation, "Creatinine [Moles/volume] in Serum, \"or\" Plasma"),
                group("loinc:14682-9"),
            ]
        );
        assert_eq!((passed.len(), refused, end), (1, vec![4, 5], None));
        assert!(all(Loinc, "\"LOINC_NUM\",\"COMPONENT\"\n").3.is_some_and(|error| error.reason.contains("PROPERTY")));
    }
}
