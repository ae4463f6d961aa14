//! XML read element by element, with nothing expanded and nothing looked up elsewhere.

use super::{ImportError, Step, Steps};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::VecDeque;
use std::io::BufRead;

/// No vocabulary nests deeper.
const DEEPEST: usize = 64;

/// No text of a vocabulary is longer.
const LONGEST_BYTES: usize = 1 << 20;

/// An element that opened or closed.
pub(super) enum Element<'a> {
    /// It opens.
    Open {
        /// The names of the open elements, outermost first, this one last.
        path: &'a [String],
        /// What stands in its tag: its name and attributes as written.
        tag: &'a str,
    },
    /// It closes.
    Close {
        /// The names of the open elements, this one last.
        path: &'a [String],
        /// Its own text, trimmed.
        text: &'a str,
    },
}

/// Whether a path ends with these names.
pub(super) fn ends(path: &[String], names: &[&str]) -> bool {
    path.len() >= names.len() && path.iter().rev().zip(names.iter().rev()).all(|(have, want)| have == want)
}

struct Reading<F> {
    reader: Reader<Counted>,
    root: &'static str,
    take: F,
    path: Vec<String>,
    texts: Vec<String>,
    steps: VecDeque<Step>,
    is_over: bool,
    has_root: bool,
    buffer: Vec<u8>,
}

/// Counts the lines that have been read.
struct Counted {
    inner: Box<dyn BufRead>,
    n_lines: u64,
}

impl std::io::Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.n_lines += newlines(out.get(..n).unwrap_or_default());
        Ok(n)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if let Ok(bytes) = self.inner.fill_buf() {
            self.n_lines += newlines(bytes.get(..n).unwrap_or_default());
        }
        self.inner.consume(n);
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The steps of a document with this root; `take` is told of every element and says what it means.
pub(super) fn steps<F>(reader: Box<dyn BufRead>, root: &'static str, take: F) -> Steps
where
    F: FnMut(Element<'_>) -> Result<Option<Step>, String> + 'static,
{
    Box::new(Reading {
        reader: Reader::from_reader(Counted { inner: reader, n_lines: 0 }),
        root,
        take,
        path: Vec::new(),
        texts: Vec::new(),
        steps: VecDeque::new(),
        is_over: false,
        has_root: false,
        buffer: Vec::new(),
    })
}

impl<F> Reading<F>
where
    F: FnMut(Element<'_>) -> Result<Option<Step>, String>,
{
    fn line(&self) -> u64 {
        self.reader.get_ref().n_lines + 1
    }

    fn told(&mut self, said: Result<Option<Step>, String>) {
        match said {
            Ok(step) => self.steps.extend(step),
            Err(reason) => self.steps.push_back(Step::Refused { line: self.line(), reason }),
        }
    }

    fn open(&mut self, name: String, tag: &str) -> Result<(), String> {
        if !self.has_root && name != self.root {
            return Err(format!("the root element is `{name}`, not `{}`; check --format", self.root));
        }
        if self.path.len() >= DEEPEST {
            return Err(format!("elements are nested deeper than {DEEPEST} levels, which no vocabulary is"));
        }
        self.has_root = true;
        self.path.push(name);
        self.texts.push(String::new());
        let said = (self.take)(Element::Open { path: &self.path, tag });
        self.told(said);
        Ok(())
    }

    fn close(&mut self) {
        let text = self.texts.pop().unwrap_or_default();
        let said = (self.take)(Element::Close { path: &self.path, text: text.trim() });
        self.told(said);
        self.path.pop();
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        let Some(own) = self.texts.last_mut() else { return Ok(()) };
        own.push_str(text);
        if own.len() > LONGEST_BYTES { Err("a text is longer than 1 MiB, which none is".to_owned()) } else { Ok(()) }
    }

    /// Reads one event; whether it was the last.
    fn read(&mut self) -> Result<bool, String> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let event = self.reader.read_event_into(&mut buffer).map_err(|error| {
            format!("the XML is broken ({}); the file may be cut off, fetch it again", one_line(&error.to_string()))
        })?;
        match event {
            Event::Start(start) => self.open(start.name().as_ref().to_owned(), &start)?,
            Event::Empty(start) => {
                self.open(start.name().as_ref().to_owned(), &start)?;
                self.close();
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text)?,
            Event::CData(text) => self.text(&text)?,
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let character = match name {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                match character {
                    Some(character) => self.text(character.encode_utf8(&mut [0; 4]))?,
                    None => self.text(&format!("&{name};"))?,
                }
            }
            Event::Eof if !self.has_root => {
                return Err("the file holds no element; give the vocabulary's file".to_owned());
            }
            Event::Eof => match self.path.last() {
                Some(open) => return Err(format!("the file ends before `</{open}>`; fetch it again")),
                None => return Ok(true),
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        self.buffer = buffer;
        Ok(false)
    }
}

impl<F> Iterator for Reading<F>
where
    F: FnMut(Element<'_>) -> Result<Option<Step>, String>,
{
    type Item = Result<Step, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                return Some(Ok(step));
            }
            if self.is_over {
                return None;
            }
            match self.read() {
                Ok(is_over) => self.is_over = is_over,
                Err(reason) => {
                    self.is_over = true;
                    return Some(Err(ImportError { line: self.line(), reason }));
                }
            }
        }
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
