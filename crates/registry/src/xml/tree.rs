//! XML text to a small tree, without recursion, without expansion and without looking anywhere else.

use crate::field::{Findings, shown};
use crate::{MAX_DEPTH, RegistryError, codes};
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeSet;
use trialway_diagnostics::{Said, Severity};

/// One element: its text, decoded and otherwise as received, and its parts.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: String,
    /// Its `type` attribute, the only one that records use.
    pub(crate) kind: Option<String>,
    /// Its own text, without that of its parts.
    pub(crate) text: String,
    /// Its parts, in order.
    pub(crate) children: Vec<Element>,
}

/// The element that holds long texts; whatever is inside it is text.
const TEXT_BLOCK: &str = "textblock";

/// Posted results: as large as all the rest, and not part of a study as it is held here.
const RESULTS: &str = "clinical_results";

/// Reads a document into its root element.
///
/// **Errors**: broken XML, a nesting that no study has, or a root that is not `root_name`.
pub(crate) fn parse_tree(text: &str, root_name: &str, findings: &Findings) -> Result<Element, RegistryError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder {
        root_name,
        findings,
        open: Vec::new(),
        done: None,
        n_inside: 0,
        is_marked: false,
        reported: BTreeSet::new(),
    };
    loop {
        let event = reader.read_event();
        let here = Here { text, byte: position(&reader, &event) };
        match event {
            Err(error) => return Err(here.broken(reason(&error))),
            Ok(Event::Start(start)) => builder.start(&start, here)?,
            Ok(Event::End(_)) => builder.end(),
            Ok(Event::Text(characters)) => builder.characters(&characters, here)?,
            Ok(Event::CData(characters)) => builder.characters(&characters, here)?,
            Ok(Event::GeneralRef(reference)) => builder.reference(&reference, here)?,
            Ok(Event::DocType(document_type)) => builder.document_type(&document_type),
            Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Ok(Event::Eof) => return builder.finish(here),
        }
    }
}

struct Builder<'a> {
    root_name: &'a str,
    findings: &'a Findings,
    /// The elements that are open, outermost first.
    open: Vec<Element>,
    done: Option<Element>,
    /// How many elements are open inside a text block or inside results, where no tree is built.
    n_inside: usize,
    /// Whether elements inside the open text block have been reported.
    is_marked: bool,
    /// References that have been reported.
    reported: BTreeSet<String>,
}

impl Builder<'_> {
    fn start(&mut self, start: &BytesStart, here: Here) -> Result<(), RegistryError> {
        let name = start.name();
        let name = name.as_ref();
        if self.open.is_empty() {
            self.check_root(name, here)?;
        }
        if self.open.len() + self.n_inside >= MAX_DEPTH {
            let (line, column) = here.line_and_column();
            return Err(RegistryError::TooDeep { limit: MAX_DEPTH, line, column });
        }
        let inside = self.open.last().map(|element| element.name.as_str());
        if inside == Some(RESULTS) {
            self.n_inside += 1;
            return Ok(());
        }
        if inside == Some(TEXT_BLOCK) {
            self.n_inside += 1;
            self.report_markup(name);
            return Ok(());
        }
        self.is_marked = false;
        let kind = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == "type");
        self.open.push(Element {
            name: name.to_owned(),
            kind: kind.map(|attribute| attribute.value.into_owned()),
            ..Element::default()
        });
        Ok(())
    }

    fn check_root(&self, name: &str, here: Here) -> Result<(), RegistryError> {
        if self.done.is_some() {
            return Err(here.broken(format!("after the end of the study there is another element `{}`", shown(name))));
        }
        if name != self.root_name {
            return Err(RegistryError::NotAStudy {
                found: format!("an XML document with the root element `{}`", shown(name)),
                help: "give a ClinicalTrials.gov `clinical_study` document, or the study as API v2 JSON",
            });
        }
        Ok(())
    }

    fn end(&mut self) {
        // The reader has checked that names match.
        if self.n_inside > 0 {
            self.n_inside -= 1;
            return;
        }
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.done = Some(element),
        }
    }

    fn characters(&mut self, characters: &str, here: Here) -> Result<(), RegistryError> {
        match self.open.last_mut() {
            Some(element) if element.name == RESULTS => {}
            // Indentation between parts is not text.
            Some(element) if !element.children.is_empty() && characters.trim().is_empty() => {}
            Some(element) => element.text.push_str(characters),
            None if characters.trim().is_empty() => {}
            None => return Err(here.broken("there is text outside the study's element".to_owned())),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef, here: Here) -> Result<(), RegistryError> {
        let name: &str = reference;
        let character = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        match character {
            Some(character) => self.characters(character.encode_utf8(&mut [0; 4]), here),
            None => {
                self.report_reference(name);
                self.characters(&format!("&{name};"), here)
            }
        }
    }

    fn document_type(&mut self, document_type: &str) {
        if document_type.contains("<!ENTITY") {
            let message = "the document type declares entities; they are not used";
            let help = "remove the document type, if you trust where the file comes from";
            self.findings.report(codes::DECLARED_ENTITIES, Severity::Warning, self.root_name.to_owned(), message, help);
        }
    }

    fn report_reference(&mut self, name: &str) {
        let in_results = self.open.last().is_some_and(|element| element.name == RESULTS);
        if in_results || !self.reported.insert(shown(name)) {
            return;
        }
        let message = Said::new("`&{name};` is not a character that XML defines; it stays as written");
        let message = message.with("name", shown(name));
        let help = "write the character itself, or its number, as in `&#8805;`";
        self.findings.report(codes::UNKNOWN_ENTITY, Severity::Warning, self.path(), message, help);
    }

    fn report_markup(&mut self, name: &str) {
        if std::mem::replace(&mut self.is_marked, true) {
            return;
        }
        let path = self.path();
        let message = Said::new("there is an element `{name}` inside this text; its tags are left out");
        let message = message.with("name", shown(name));
        let help = "compare the text with the registry's page; a less-than sign is written `&lt;`";
        self.findings.report(codes::MARKUP_IN_TEXT, Severity::Warning, path, message, help);
    }

    fn path(&self) -> String {
        self.open.iter().map(|element| element.name.as_str()).collect::<Vec<_>>().join("/")
    }

    fn finish(self, here: Here) -> Result<Element, RegistryError> {
        if let Some(open) = self.open.last() {
            return Err(here.broken(format!("the file ends before `</{}>`", shown(&open.name))));
        }
        self.done.ok_or_else(|| here.broken("there is no element".to_owned()))
    }
}

/// A place in the document.
#[derive(Clone, Copy)]
struct Here<'t> {
    text: &'t str,
    byte: usize,
}

impl Here<'_> {
    fn broken(self, reason: String) -> RegistryError {
        let (line, column) = self.line_and_column();
        RegistryError::BrokenXml { line, column, reason }
    }

    fn line_and_column(self) -> (usize, usize) {
        let before = self.text.as_bytes().get(..self.byte).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        (line, column)
    }
}

fn position(reader: &Reader<&[u8]>, event: &Result<Event, Error>) -> usize {
    let byte = match event {
        Err(_) => reader.error_position(),
        Ok(_) => reader.buffer_position(),
    };
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn reason(error: &Error) -> String {
    let reason = match error {
        Error::Syntax(error) => error.to_string(),
        Error::IllFormed(error) => error.to_string(),
        other => other.to_string(),
    };
    reason.replace(['\n', '\r'], " ")
}
