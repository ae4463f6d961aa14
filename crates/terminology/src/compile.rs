//! Data files to the tables of a [`Terminology`](crate::Terminology): run by the build over the built-in files, and when others are loaded.
//!
//! ```text
//! rows -> compile -> places of rows by id, kinds above each, codes, names -> written to a file -> read in place
//! ```
//!
//! What a concept is stays in its row, which is read when it is asked for.

use crate::concept::Domain;
use crate::numbers::{Numbers, read_numbers, read_part, stored, stored_lists};
use crate::trie::{Phrases, Trie};
use crate::words::{WordKind, key, words};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Why a data file could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// Which file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for LoadError {}

/// A row of a data file, by the names of its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Row<'a> {
    header: &'a str,
    line: &'a str,
}

impl<'a> Row<'a> {
    /// A line below its header.
    pub fn new(header: &'a str, line: &'a str) -> Self {
        Self { header, line }
    }

    /// What stands in a column; nothing where the file has no such column.
    pub fn cell(self, name: &str) -> &'a str {
        let at = self.header.split('\t').position(|column| column == name);
        at.and_then(|at| self.line.split('\t').nth(at)).unwrap_or_default().trim()
    }

    /// The entries of a cell.
    pub fn list(self, name: &str, by: char) -> impl Iterator<Item = &'a str> {
        self.cell(name).split(by).map(str::trim).filter(|entry| !entry.is_empty())
    }

    /// The name and the synonyms.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.cell("name")).chain(self.list("synonyms", '|'))
    }

    /// The codes, each with the short name of its system.
    pub fn codes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.list("codes", ' ').filter_map(|code| code.split_once(':'))
    }
}

/// Lines of a data file with their numbers from 1, and the header above them.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut header = "";
    text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).filter_map(
        move |(index, line)| {
            if header.is_empty() {
                header = line;
                return None;
            }
            Some((index + 1, header, line))
        },
    )
}

/// The header of a data file.
pub(crate) fn header(text: &str) -> &str {
    text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

/// Where a part of a text stands in it.
fn place_in(text: &str, part: &str) -> [u32; 2] {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) as u32;
    [start, start + part.len() as u32]
}

/// What is looked up in a vocabulary; concepts are numbered in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// The row of each concept: its file, and where it begins and ends there.
    pub rows: Numbers,
    /// Concepts, plus one, by the keys of their ids; 0 for none.
    pub slots: Numbers,
    /// Where the list of each concept begins among all kinds.
    pub kinds_from: Numbers,
    /// For each concept itself, and then all that it is a kind of.
    pub kinds: Numbers,
    /// Codes, sorted: file, beginning and end of `system:code`, concept.
    pub codes: Numbers,
    /// Ranges of ICD-10 categories: file, beginning and end of `icd10:from-to`, concept.
    pub ranges: Numbers,
    /// Names: concept; beginning and end in its file, for abbreviations that count only in exactly this spelling; beginning and
    /// end of the normalised words in `words`.
    pub names: Numbers,
    /// The normalised words of all names, single spaces between them.
    pub words: Cow<'static, str>,
    /// Names by their words.
    pub by_words: Trie,
}

impl Tables {
    /// The tables of a file that was written.
    pub fn read(mut file: &'static [u8]) -> Tables {
        let file = &mut file;
        Tables {
            rows: read_numbers(file),
            slots: read_numbers(file),
            kinds_from: read_numbers(file),
            kinds: read_numbers(file),
            codes: read_numbers(file),
            ranges: read_numbers(file),
            names: read_numbers(file),
            words: Cow::Borrowed(std::str::from_utf8(read_part(file)).unwrap_or_default()),
            by_words: Trie::read(file),
        }
    }
}

/// Where an id is looked for first among so many slots, a power of two.
pub(crate) fn slot_of(id: &str, n_slots: usize) -> usize {
    (key(id) >> 32) as usize & n_slots.saturating_sub(1)
}

/// A concept that is being compiled.
struct Draft<'a> {
    file: usize,
    text: &'a str,
    row: Row<'a>,
}

/// The tables of data files; faulty rows are left out and reported.
pub(crate) fn compile(files: &[(&str, &str)]) -> (Tables, Vec<LoadError>) {
    let (mut drafts, mut errors) = (Vec::new(), Vec::new());
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for (file, (name, text)) in files.iter().enumerate() {
        for (line, header, written) in rows(text) {
            let row = Row::new(header, written);
            match fault(row, &places) {
                Some(reason) => errors.push(LoadError { file: (*name).to_owned(), line, reason }),
                None => {
                    places.insert(row.cell("id"), 0);
                    drafts.push(Draft { file, text, row });
                }
            }
        }
    }
    // Numbers by id; names and codes stay in the order of the files.
    for (number, place) in places.values_mut().enumerate() {
        *place = number as u32;
    }
    let of = |draft: &Draft<'_>| places.get(draft.row.cell("id")).copied().unwrap_or_default();
    let mut by_id: Vec<&Draft<'_>> = drafts.iter().collect();
    by_id.sort_by_key(|draft| of(draft));
    let in_file = |draft: &Draft<'_>, part: &str| {
        let [start, end] = place_in(draft.text, part);
        [draft.file as u32, start, end]
    };
    let kinds = kinds(&by_id, &places, &mut errors);
    let (kinds_from, kinds) = stored_lists(kinds.iter().map(Vec::as_slice));
    let (mut codes, mut ranges) = (Vec::new(), Vec::new());
    for draft in &drafts {
        for code in draft.row.list("codes", ' ') {
            let Some((system, number)) = code.split_once(':') else { continue };
            let entry = (system, number, in_file(draft, code), of(draft));
            let list = if system == "icd10" && number.contains('-') { &mut ranges } else { &mut codes };
            list.push(entry);
        }
    }
    codes.sort_by_key(|(system, number, ..)| (*system, *number));
    let coded = |list: &[(&str, &str, [u32; 3], u32)]| {
        stored(list.iter().flat_map(|(_, _, [file, start, end], place)| [*file, *start, *end, *place]))
    };
    let (mut names, mut all_words, mut phrases) = (Vec::new(), String::new(), Phrases::default());
    for (draft, form) in drafts.iter().flat_map(|draft| draft.row.names().map(move |form| (draft, form))) {
        let (exact, form) = form.strip_prefix('=').map_or(([0, 0], form), |exact| (place_in(draft.text, exact), exact));
        let begins = all_words.len();
        for word in words(form).iter().filter(|word| !(word.kind == WordKind::Symbol && is_joint(&word.norm))) {
            if all_words.len() > begins {
                all_words.push(' ');
            }
            all_words.push_str(&word.norm);
        }
        let written = all_words.get(begins..).unwrap_or_default();
        phrases.add(written.split(' ').filter(|word| !word.is_empty()), (names.len() / 5) as u32);
        names.extend([of(draft), exact[0], exact[1], begins as u32, all_words.len() as u32]);
    }
    let tables = Tables {
        rows: stored(by_id.iter().flat_map(|draft| in_file(draft, draft.row.line))),
        slots: slots(&by_id),
        kinds_from,
        kinds,
        codes: coded(&codes),
        ranges: coded(&ranges),
        names: stored(names),
        words: Cow::Owned(all_words),
        by_words: phrases.closed(),
    };
    (tables, errors)
}

/// Signs in a name that only join its words.
fn is_joint(norm: &str) -> bool {
    matches!(norm, "-" | "'" | "’" | "," | "." | "+")
}

/// What is wrong with a row.
fn fault(row: Row<'_>, known: &BTreeMap<&str, u32>) -> Option<String> {
    let (n_cells, n_columns) = (row.line.split('\t').count(), row.header.split('\t').count());
    if n_cells != n_columns {
        return Some(format!("{n_cells} columns instead of {n_columns}"));
    }
    let id = row.cell("id");
    if Domain::of_id(id).is_none() {
        return Some(format!("the id `{id}` has no known prefix"));
    }
    if row.cell("source").is_empty() {
        return Some(format!("`{id}` has no source"));
    }
    if known.contains_key(id) {
        return Some(format!("the id `{id}` stands twice"));
    }
    let without = row.list("codes", ' ').find(|code| !code.contains(':'));
    without.map(|code| format!("the code `{code}` has no system"))
}

/// For each concept itself, and then all that it is a kind of.
fn kinds(by_id: &[&Draft<'_>], places: &BTreeMap<&str, u32>, errors: &mut Vec<LoadError>) -> Vec<Vec<u32>> {
    let parents: Vec<Vec<&str>> = by_id.iter().map(|draft| draft.row.list("is_a", ' ').collect()).collect();
    let mut out = Vec::with_capacity(by_id.len());
    for (place, draft) in by_id.iter().enumerate() {
        let (mut seen, mut open) = (vec![place as u32], parents.get(place).cloned().unwrap_or_default());
        while let Some(id) = open.pop() {
            match places.get(id) {
                Some(parent) if !seen.contains(parent) => {
                    seen.push(*parent);
                    open.extend(parents.get(*parent as usize).into_iter().flatten());
                }
                Some(_) => {}
                None => errors.push(LoadError {
                    file: "is_a".to_owned(),
                    line: 0,
                    reason: format!("`{}` is a `{id}`, which is not there", draft.row.cell("id")),
                }),
            }
        }
        out.push(seen);
    }
    out
}

/// Concepts, plus one, by the keys of their ids.
fn slots(by_id: &[&Draft<'_>]) -> Numbers {
    let mut slots = vec![0_u32; (by_id.len() * 2).next_power_of_two()];
    for (place, draft) in by_id.iter().enumerate() {
        let mut at = slot_of(draft.row.cell("id"), slots.len());
        while slots.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & (slots.len() - 1);
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = place as u32 + 1;
        }
    }
    stored(slots)
}
