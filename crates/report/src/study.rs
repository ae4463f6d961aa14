//! A study on paper, to take to one's doctor: what it is, whom it may fit, whom to ask, and where to find it.

use crate::content::{Block, Sheet};
use crate::error::ReportError;
use crate::language::Language;
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// A square of dark and light that phones read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it says: an address.
    pub says: String,
    /// Squares on a side.
    pub width: usize,
    /// Whether each square is dark, row by row.
    pub dark: Vec<bool>,
}

impl Code {
    /// The code of an address.
    ///
    /// **Errors**: [`ReportError::Code`], where the address is too long for one.
    pub fn of(address: &str) -> Result<Self, ReportError> {
        let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M)
            .map_err(|error| ReportError::Code(error.to_string()))?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { says: address.to_owned(), width: code.width(), dark })
    }

    /// The dark squares as the data of an SVG path, one unit a square.
    pub fn path(&self) -> String {
        let mut out = String::new();
        for (y, row) in self.dark.chunks(self.width.max(1)).enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
                out.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        out
    }
}

/// What a sheet says. Every text is as it is to be printed; what is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct StudySheet {
    /// The language of the words.
    pub language: Language,
    /// The study's number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in one sentence; and what that sentence is not.
    pub lead: Vec<String>,
    /// Facts of the record's fields.
    pub facts: Vec<(String, String)>,
    /// Headings with their lines, in order.
    pub lists: Vec<(String, Vec<String>)>,
    /// Headings with paragraphs, in order, after the lists.
    pub texts: Vec<(String, Vec<String>)>,
    /// Where the study is found.
    pub address: Option<String>,
    /// What stands at the foot of each page.
    pub foot: String,
}

impl StudySheet {
    /// The words of the sheet.
    ///
    /// **Errors**: [`ReportError::Code`].
    pub fn sheet(&self) -> Result<Sheet, ReportError> {
        let mut out: Vec<Block> = self.lead.iter().map(|text| Block::Text(text.clone())).collect();
        if let Some(address) = &self.address {
            out.push(Block::Code(Code::of(address)?));
        }
        if !self.facts.is_empty() {
            out.push(Block::Table(self.facts.clone()));
        }
        for (heading, lines) in self.lists.iter().filter(|(_, lines)| !lines.is_empty()) {
            out.push(Block::Heading(heading.clone()));
            out.push(Block::List(lines.clone()));
        }
        for (heading, texts) in self.texts.iter().filter(|(_, texts)| !texts.is_empty()) {
            out.push(Block::Heading(heading.clone()));
            out.extend(texts.iter().map(|text| Block::Text(text.clone())));
        }
        Ok(Sheet { language: self.language, heading: self.title.clone(), footer: self.foot.clone(), blocks: out })
    }
}
