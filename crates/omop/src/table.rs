//! CSV as OMOP exports write it: a header, then rows; comma, tab or semicolon; quotes doubled inside quotes.

use crate::OmopError;
use std::collections::BTreeMap;

/// No table above this is read.
const LIMIT_BYTES: usize = 64 << 20;

/// A table's rows by column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub name: String,
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    columns: &'a BTreeMap<String, usize>,
    cells: &'a [String],
    /// From 1, without the header.
    pub number: usize,
}

impl<'a> Row<'a> {
    /// A cell, without surrounding space; empty where the column is missing or says NULL.
    pub fn get(&self, column: &str) -> &'a str {
        let cell = self.columns.get(column).and_then(|at| self.cells.get(*at)).map_or("", |cell| cell.trim());
        if matches!(cell, "NULL" | "null" | "\\N" | "NA" | "NaN") { "" } else { cell }
    }
}

impl Table {
    /// Reads a table; lines of another number of cells than the header are kept as far as they go.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Table, OmopError> {
        if bytes.len() > LIMIT_BYTES {
            return Err(OmopError::TooLarge { table: name.to_owned(), n_bytes: bytes.len(), limit: LIMIT_BYTES });
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| OmopError::NotUtf8 { table: name.to_owned(), at: error.valid_up_to() })?;
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let count = |sign: char| header.matches(sign).count();
        let separator = [',', '\t', ';'].into_iter().max_by_key(|sign| (count(*sign), *sign == ',')).unwrap_or(',');
        let mut rows = cells(text, separator);
        let columns = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let columns = columns.iter().enumerate().map(|(at, column)| (column.trim().to_lowercase(), at)).collect();
        rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        Ok(Table { name: name.to_owned(), columns, rows })
    }

    /// The rows, where the table has these columns.
    pub fn rows(&self, needed: &[&str]) -> Result<impl Iterator<Item = Row<'_>>, OmopError> {
        if let Some(column) = needed.iter().find(|column| !self.columns.contains_key(**column)) {
            return Err(OmopError::NoColumn { table: self.name.clone(), column: (*column).to_owned() });
        }
        Ok(self.rows.iter().enumerate().map(|(at, cells)| Row { columns: &self.columns, cells, number: at + 1 }))
    }
}

/// All cells, line by line; a quoted cell may hold separators and line ends.
fn cells(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            // Athena's tables are not quoted: a quote inside a name is one.
            '"' if cell.trim().is_empty() && separator != '\t' => {
                cell.clear();
                quoted = true;
            }
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == separator && !quoted => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exports_write() {
        for (text, want) in [
            ("a,b\n1,2\n", vec![vec!["1", "2"]]),
            ("a\tb\r\n1\tx \"y\" z\r\n", vec![vec!["1", "x \"y\" z"]]),
            ("a;b\n1;\"2;\n3\"\n", vec![vec!["1", "2;\n3"]]),
            ("\u{feff}a,b\n\"say \"\"no\"\"\",NULL\n\n", vec![vec!["say \"no\"", ""]]),
            ("A,B\n1\n", vec![vec!["1", ""]]),
        ] {
            let table = Table::parse("t", text.as_bytes()).unwrap();
            let got: Vec<Vec<&str>> =
                table.rows(&["a", "b"]).unwrap().map(|row| vec![row.get("a"), row.get("b")]).collect();
            assert_eq!(got, want, "{text}");
        }
        let missing = Table::parse("t", b"a,b\n1,2\n").unwrap();
        assert!(matches!(missing.rows(&["c"]).map(|_| ()), Err(OmopError::NoColumn { .. })));
        assert!(matches!(Table::parse("t", b"a\xff"), Err(OmopError::NotUtf8 { at: 1, .. })));
    }
}
