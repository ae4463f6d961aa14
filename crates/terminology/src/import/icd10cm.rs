//! ICD-10-CM: the order file and the tabular list.
//!
//! **Source**: the CMS release, `icd10cm_order_YYYY.txt` (fixed columns: order number, code, whether it is billable, short and
//! long name) and `icd10cm-tabular-YYYY.xml` (`diag` elements within each other).

use super::lines::{Lines, rows};
use super::xml::{self, Element};
use super::{Statement, Step, Steps};
use crate::concept::Domain;
use std::io::BufRead;

/// Whether a line is one of the order file.
pub(super) fn is_row(line: &str) -> bool {
    parts(line).is_ok()
}

/// Code and long name of a line of the order file.
fn parts(line: &str) -> Result<(&str, &str), String> {
    let wrong = || "the line has not the columns of an ICD-10-CM order file (number, code, 0 or 1, names)".to_owned();
    let (order, code, flag) = (line.get(..5), line.get(6..13), line.get(14..15));
    let (Some(order), Some(code), Some(flag)) = (order, code, flag) else { return Err(wrong()) };
    let code = code.trim();
    if !order.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(flag, "0" | "1") || !is_code(code) {
        return Err(wrong());
    }
    let name = line.get(77..).or_else(|| line.get(16..)).unwrap_or_default().trim();
    if name.is_empty() { Err(format!("`{code}` has no name")) } else { Ok((code, name)) }
}

fn is_code(code: &str) -> bool {
    let bytes = code.as_bytes();
    (3..=7).contains(&bytes.len())
        && bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes.get(1).is_some_and(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// A code with its point.
fn coding(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(stem), Some(rest)) if !rest.is_empty() => format!("icd10:{stem}.{rest}"),
        _ => format!("icd10:{code}"),
    }
}

/// The order file, in which a code comes after its stem.
pub(super) fn order(reader: Box<dyn BufRead>) -> Steps {
    let mut open: Vec<String> = Vec::new();
    let mut is_first = true;
    let steps = rows(Lines::new(reader), move |line| {
        let (code, name) = parts(line)?;
        while open.last().is_some_and(|stem| !code.starts_with(stem.as_str()) || stem == code) {
            open.pop();
        }
        let mut out = vec![Statement::Code { code: coding(code), domain: Domain::Condition, name: name.to_owned() }];
        if let Some(stem) = open.last() {
            out.push(Statement::IsA { code: coding(code), parent: coding(stem) });
        }
        open.push(code.to_owned());
        Ok(Step::Statements(out))
    });
    Box::new(steps.map(move |step| match step {
        Ok(Step::Refused { line, reason }) if std::mem::take(&mut is_first) => Err(super::ImportError {
            line,
            reason: format!("{reason}; give icd10cm_order_YYYY.txt or the tabular XML"),
        }),
        other => {
            is_first = false;
            other
        }
    }))
}

/// The tabular list.
pub(super) fn tabular(reader: Box<dyn BufRead>) -> Steps {
    // Codes whose element is open, outermost first; a code without a name yet is empty.
    let mut open: Vec<String> = Vec::new();
    xml::steps(reader, "ICD10CM.tabular", move |element| {
        Ok(match element {
            Element::Open { path, .. } if xml::ends(path, &["diag"]) => {
                open.push(String::new());
                None
            }
            Element::Close { path, .. } if xml::ends(path, &["diag"]) => {
                let code = open.pop().unwrap_or_default();
                if code.is_empty() {
                    return Err("a `diag` element has no `name` with a code".to_owned());
                }
                None
            }
            Element::Close { path, text } if xml::ends(path, &["diag", "name"]) => {
                if !is_code(&text.replace('.', "")) {
                    return Err(format!("`{text}` is no ICD-10-CM code"));
                }
                if let Some(last) = open.last_mut() {
                    *last = format!("icd10:{text}");
                }
                None
            }
            Element::Close { path, text } if xml::ends(path, &["diag", "desc"]) => {
                let code = open.last().cloned().unwrap_or_default();
                if code.is_empty() || text.is_empty() {
                    return Err("a `desc` has no words, or stands before the `name` with the code".to_owned());
                }
                let mut out =
                    vec![Statement::Code { code: code.clone(), domain: Domain::Condition, name: text.to_owned() }];
                let above = open.iter().rev().nth(1).filter(|above| !above.is_empty());
                out.extend(above.map(|above| Statement::IsA { code, parent: above.clone() }));
                Some(Step::Statements(out))
            }
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyFormat::Icd10cm;
    use super::super::tests::{all, code, is_a};
    use super::*;

    fn line(n: u32, code: &str, flag: u8, name: &str) -> String {
        format!("{n:05} {code:<7} {flag} {name:<60} {name}\n")
    }

    #[test]
    fn the_order_file_has_codes_below_their_stems() {
        let text = [
            line(1, "M32", 0, "Systemic lupus erythematosus (SLE)"),
            line(2, "M321", 0, "SLE with organ involvement"),
            line(3, "M3214", 1, "Glomerular disease in SLE"),
            "00004 M33\n".to_owned(),
            line(5, "M33", 0, "Dermatopolymyositis"),
        ]
        .concat();
        let (statements, _, refused, end) = all(Icd10cm, &text);
        assert_eq!(
            statements,
            [
                code("icd10:M32", Domain::Condition, "Systemic lupus erythematosus (SLE)"),
                code("icd10:M32.1", Domain::Condition, "SLE with organ involvement"),
                is_a("icd10:M32.1", "icd10:M32"),
                code("icd10:M32.14", Domain::Condition, "Glomerular disease in SLE"),
                is_a("icd10:M32.14", "icd10:M32.1"),
                code("icd10:M33", Domain::Condition, "Dermatopolymyositis"),
            ]
        );
        assert_eq!((refused, end), (vec![4], None));
        assert!(all(Icd10cm, "hello\n").3.is_some());
    }

    #[test]
    fn the_tabular_list_has_codes_within_each_other() {
        let text = "<ICD10CM.tabular><version>2026</version><chapter><name>13</name><section id=\"M30\">\
            <diag><name>M32</name><desc>Systemic lupus &amp; such</desc><excludes1><note>no</note></excludes1>\
            <diag><name>M32.1</name><desc>With organs</desc></diag></diag>\
            <diag><name>nonsense</name><desc>x</desc></diag></section></chapter></ICD10CM.tabular>";
        let (statements, _, refused, end) = all(Icd10cm, text);
        assert_eq!(
            statements,
            [
                code("icd10:M32", Domain::Condition, "Systemic lupus & such"),
                code("icd10:M32.1", Domain::Condition, "With organs"),
                is_a("icd10:M32.1", "icd10:M32"),
            ]
        );
        assert_eq!((refused.len(), end), (3, None));
        let (.., end) = all(Icd10cm, "<ICD10CM.tabular><diag><name>M32</name><desc>x</desc>");
        assert!(end.is_some_and(|error| error.reason.contains("ends before")));
        assert!(all(Icd10cm, "<html><p>x</p></html>").3.is_some());
    }
}
