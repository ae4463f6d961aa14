//! Lines of a file, one at a time, none longer than any row is.

use super::{ImportError, Step, Steps};
use std::io::{BufRead, Read};

/// No row of any format is longer.
const LONGEST_BYTES: u64 = 1 << 20;

/// A line, from 1, with its text or why it has none.
pub(super) type Line = (u64, Result<String, String>);

/// The lines of a file without their ends; empty lines are passed over.
pub(super) struct Lines {
    reader: Box<dyn BufRead>,
    n: u64,
    is_over: bool,
}

impl Lines {
    pub(super) fn new(reader: Box<dyn BufRead>) -> Self {
        Self { reader, n: 0, is_over: false }
    }

    fn read(&mut self) -> std::io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        if self.reader.by_ref().take(LONGEST_BYTES).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.n += 1;
        if bytes.len() as u64 == LONGEST_BYTES && !bytes.ends_with(b"\n") {
            // What is left of it is no line of its own.
            let mut rest = Vec::new();
            while self.reader.by_ref().take(LONGEST_BYTES).read_until(b'\n', &mut rest)? > 0 && !rest.ends_with(b"\n") {
                rest.clear();
            }
            return Ok(Some((self.n, Err("the line is longer than 1 MiB".to_owned()))));
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}').to_owned()),
            Err(error) => Err(format!("byte {} is not UTF-8", error.utf8_error().valid_up_to())),
        };
        Ok(Some((self.n, text)))
    }
}

impl Iterator for Lines {
    type Item = Result<Line, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.read() {
                Ok(Some((_, Ok(text)))) if text.trim().is_empty() => {}
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => self.is_over = true,
                Err(error) => {
                    self.is_over = true;
                    let reason = format!("cannot be read on ({error}); the file may be cut off, fetch it again");
                    return Some(Err(ImportError { line: self.n + 1, reason }));
                }
            }
        }
        None
    }
}

/// The steps of a file whose every line is a row.
pub(super) fn rows(lines: Lines, mut row: impl FnMut(&str) -> Result<Step, String> + 'static) -> Steps {
    Box::new(lines.map(move |line| {
        let (line, text) = line?;
        Ok(match text.and_then(|text| row(&text)) {
            Ok(step) => step,
            Err(reason) => Step::Refused { line, reason },
        })
    }))
}

/// The steps of a file whose first line names its columns.
///
/// **Shape**: `open` is given the first line and answers what reads the others, or why it cannot.
pub(super) fn under_header<R>(mut lines: Lines, open: impl FnOnce(&str) -> Result<R, String>) -> Steps
where
    R: FnMut(&str) -> Result<Step, String> + 'static,
{
    let (line, opened) = match lines.next() {
        None => (0, Err("the file is empty; give the vocabulary's file".to_owned())),
        Some(Err(error)) => return Box::new(std::iter::once(Err(error))),
        Some(Ok((line, text))) => (line, text.and_then(|text| open(&text))),
    };
    match opened {
        Ok(row) => rows(lines, row),
        Err(reason) => super::broken(line, reason),
    }
}

/// Where named columns stand in a header.
///
/// **Errors**: names the first that is missing.
pub(super) fn columns<const N: usize>(header: &[&str], names: [&str; N], what: &str) -> Result<[usize; N], String> {
    let mut out = [0; N];
    for (place, name) in out.iter_mut().zip(names) {
        *place = header
            .iter()
            .position(|column| column.trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("the column `{name}` is missing; give {what}"))?;
    }
    Ok(out)
}

/// A cell that must not be empty.
pub(super) fn cell<'a>(cells: &[&'a str], at: usize, name: &str) -> Result<&'a str, String> {
    match cells.get(at).map(|cell| cell.trim()) {
        Some("") => Err(format!("`{name}` is empty")),
        Some(cell) => Ok(cell),
        None => Err(format!("`{name}` is missing: the row has {} columns", cells.len())),
    }
}
