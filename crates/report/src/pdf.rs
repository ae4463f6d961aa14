//! A sheet as PDF: A4, text that can be copied, fonts embedded with the letters that are used.

use crate::content::{Block, Sheet};
use crate::error::ReportError;
use crate::language::{Language, Say, effect_word};
use crate::study::Code;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, TextRenderingMode, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use subsetter::GlyphRemapper;
use trialway_language::foreign::plain;
use ttf_parser::Face;

/// DejaVu Sans 2.37: Latin, Greek, Cyrillic, signs of mathematics.
const FONT: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");

/// A4 in points, and its margins.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 50.0;

/// A sheet as PDF, and which characters no font has.
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that are shown as boxes; empty when every one could be shown.
    pub missing: Vec<char>,
}

/// A sheet as PDF. `more` are fonts for characters that the built-in one lacks (Chinese, for one), each with its name.
///
/// **Errors**: [`ReportError::Font`], where a font cannot be used.
pub fn pdf(sheet: &Sheet, more: &[(String, Vec<u8>)]) -> Result<Written, ReportError> {
    let mut fonts = vec![Font::new("DejaVuSans", FONT)?];
    for (name, bytes) in more {
        fonts.push(Font::new(name, bytes)?);
    }
    let sheet = &unmarked(sheet);
    let mut layout = Layout {
        language: sheet.language,
        fonts,
        pages: Vec::new(),
        content: Content::new(),
        y: 0.0,
        missing: BTreeMap::new(),
    };
    layout.new_page();
    layout.paragraph(&sheet.heading, 0.0, Look { size: 17.0, bold: true, grey: 0.0 });
    for block in &sheet.blocks {
        layout.block(block);
    }
    layout.finish(&sheet.heading, &sheet.footer)
}

/// The characters of a text that neither the built-in font nor these have; each once, in order.
///
/// **Errors**: [`ReportError::Font`], where a font cannot be used.
pub fn lacking(more: &[(String, Vec<u8>)], text: &str) -> Result<Vec<char>, ReportError> {
    let mut fonts = vec![Font::new("DejaVuSans", FONT)?];
    for (name, bytes) in more {
        fonts.push(Font::new(name, bytes)?);
    }
    let shown: BTreeSet<char> = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    Ok(shown.into_iter().filter(|c| fonts.iter().all(|font| font.width(*c).is_none())).collect())
}

/// The same sheet without marks of what stays English: a PDF says its language as a whole.
fn unmarked(sheet: &Sheet) -> Sheet {
    let all = |lines: &[String]| lines.iter().map(|line| plain(line)).collect::<Vec<_>>();
    let blocks = sheet.blocks.iter().map(|block| match block {
        Block::Heading(text) => Block::Heading(plain(text)),
        Block::Text(text) => Block::Text(plain(text)),
        Block::Verdict(verdict, meaning) => Block::Verdict(plain(verdict), plain(meaning)),
        Block::Table(rows) => Block::Table(rows.iter().map(|(name, value)| (plain(name), plain(value))).collect()),
        Block::List(lines) => Block::List(all(lines)),
        Block::Code(code) => Block::Code(code.clone()),
        Block::Criterion { depth, id, effect, text, notes, evidence, needs } => Block::Criterion {
            depth: *depth,
            id: id.clone(),
            effect: *effect,
            text: plain(text),
            notes: all(notes),
            evidence: all(evidence),
            needs: all(needs),
        },
    });
    Sheet {
        language: sheet.language,
        heading: plain(&sheet.heading),
        footer: plain(&sheet.footer),
        blocks: blocks.collect(),
    }
}

struct Font<'a> {
    name: String,
    bytes: &'a [u8],
    face: Face<'a>,
    remapper: GlyphRemapper,
    /// New glyph to character, and its width in thousandths.
    used: BTreeMap<u16, (char, f32)>,
}

impl<'a> Font<'a> {
    fn new(name: &str, bytes: &'a [u8]) -> Result<Self, ReportError> {
        let failed = |reason: String| ReportError::Font { name: name.to_owned(), reason };
        let face = Face::parse(bytes, 0).map_err(|error| failed(error.to_string()))?;
        // Names of fonts in a PDF are of plain letters.
        let name = name.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(Self { name, bytes, face, remapper: GlyphRemapper::new(), used: BTreeMap::new() })
    }

    /// The width of a character in thousandths of the size; none where the font lacks it.
    fn width(&self, c: char) -> Option<f32> {
        let glyph = self.face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
        let units = f32::from(self.face.units_per_em());
        Some(f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default()) * 1000.0 / units)
    }

    /// The number of a character's glyph in the font as it is embedded.
    fn encode(&mut self, c: char) -> Option<u16> {
        let width = self.width(c)?;
        let glyph = self.face.glyph_index(c)?;
        let new = self.remapper.remap(glyph.0);
        self.used.entry(new).or_insert((c, width));
        Some(new)
    }
}

#[derive(Clone, Copy)]
struct Look {
    size: f32,
    bold: bool,
    grey: f32,
}

const BODY: Look = Look { size: 9.5, bold: false, grey: 0.0 };
const QUIET: Look = Look { size: 8.5, bold: false, grey: 0.3 };

/// The side of a square of a code, in points: 29 of them are about 3 cm.
const SQUARE: f32 = 2.6;

/// A number of squares; a code has at most 177.
fn coordinate(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

struct Layout<'a> {
    language: Language,
    fonts: Vec<Font<'a>>,
    pages: Vec<Content>,
    content: Content,
    y: f32,
    missing: BTreeMap<char, usize>,
}

impl Layout<'_> {
    fn new_page(&mut self) {
        self.y = PAGE.1 - MARGIN;
    }

    fn turn_page(&mut self) {
        let full = std::mem::replace(&mut self.content, Content::new());
        self.pages.push(full);
        self.new_page();
    }

    /// Makes room for so many points; a new page where there is none.
    fn room(&mut self, points: f32) {
        if self.y - points < MARGIN + 14.0 {
            self.turn_page();
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                self.y -= 9.0;
                self.room(48.0);
                self.paragraph(text, 0.0, Look { size: 12.5, bold: true, grey: 0.0 });
            }
            Block::Text(text) => self.paragraph(text, 0.0, BODY),
            Block::Verdict(verdict, meaning) => {
                self.y -= 4.0;
                self.paragraph(verdict, 0.0, Look { size: 13.5, bold: true, grey: 0.0 });
                self.paragraph(meaning, 0.0, BODY);
                self.y -= 4.0;
            }
            Block::Table(rows) => {
                for (name, value) in rows {
                    let lines = self.wrapped(value, PAGE.0 - 2.0 * MARGIN - 118.0, BODY);
                    self.room(13.0);
                    self.line(name, MARGIN, Look { bold: true, ..BODY }, true);
                    for (index, line) in lines.iter().enumerate() {
                        if index > 0 {
                            self.room(13.0);
                        }
                        self.line(line, MARGIN + 118.0, BODY, index > 0);
                    }
                }
            }
            Block::List(lines) => {
                for line in lines {
                    self.paragraph(&format!("• {line}"), 8.0, BODY);
                }
            }
            Block::Code(code) => self.code(code),
            Block::Criterion { depth, id, effect, text, notes, evidence, needs } => {
                let indent = 14.0 * u16::try_from((*depth).min(6)).map_or(0.0, f32::from);
                self.y -= 3.0;
                self.room(26.0);
                let word = effect_word(self.language, *effect);
                self.paragraph(&format!("{word}  {id}"), indent, Look { bold: true, ..BODY });
                self.paragraph(text, indent, BODY);
                if !notes.is_empty() {
                    self.paragraph(&notes.join(" "), indent, QUIET);
                }
                for line in evidence {
                    self.paragraph(&self.led("report-in-record", line), indent + 8.0, QUIET);
                }
                for line in needs {
                    self.paragraph(&self.led("report-to-ask", line), indent + 8.0, QUIET);
                }
            }
        }
    }

    /// A line behind the words that say what it is.
    fn led(&self, lead: &str, line: &str) -> String {
        let lead = self.language.say(lead, &[]);
        self.language.say("report-line", &[("lead", &lead), ("line", line)])
    }

    /// The squares of a code, with four light ones around them as readers want, and what it says below.
    fn code(&mut self, code: &Code) {
        self.room(SQUARE * coordinate(code.width + 8) + 14.0);
        let top = self.y - 4.0 * SQUARE;
        self.content.set_fill_rgb(0.0, 0.0, 0.0);
        for (y, row) in code.dark.chunks(code.width.max(1)).enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
                let (x, y) = (MARGIN + SQUARE * coordinate(x), top - SQUARE * coordinate(y + 1));
                self.content.rect(x, y, SQUARE, SQUARE);
            }
        }
        self.content.fill_nonzero();
        self.y = top - SQUARE * coordinate(code.width + 2);
        self.paragraph(&code.says, 0.0, QUIET);
    }

    fn paragraph(&mut self, text: &str, indent: f32, look: Look) {
        for line in self.wrapped(text, PAGE.0 - 2.0 * MARGIN - indent, look) {
            self.room(look.size * 1.35);
            self.line(&line, MARGIN + indent, look, true);
        }
        self.y -= 1.5;
    }

    fn char_width(&self, c: char, size: f32) -> f32 {
        let width = self.fonts.iter().find_map(|font| font.width(c));
        width.or_else(|| self.fonts.first().and_then(|font| font.width('\u{25a1}'))).unwrap_or(600.0) * size / 1000.0
    }

    /// A text in lines of at most this width: broken at spaces, between Chinese characters, and anywhere in what is longer than a line.
    fn wrapped(&self, text: &str, width: f32, look: Look) -> Vec<String> {
        let mut out = Vec::new();
        let (mut line, mut filled) = (String::new(), 0.0);
        // Where the line may be broken: bytes of it, and the width up to there.
        let mut chance: Option<(usize, f32)> = None;
        for c in text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }) {
            let own = self.char_width(c, look.size);
            if filled + own > width && !line.is_empty() {
                match chance.take().filter(|(at, _)| *at > 0 && *at <= line.len()) {
                    Some((at, before)) => {
                        let rest = line.split_off(at);
                        out.push(std::mem::replace(&mut line, rest.trim_start().to_owned()));
                        let dropped: f32 =
                            rest.chars().take_while(|c| *c == ' ').map(|c| self.char_width(c, look.size)).sum();
                        filled -= before + dropped;
                    }
                    None => {
                        out.push(std::mem::take(&mut line));
                        filled = 0.0;
                    }
                }
            }
            if c == ' ' && line.is_empty() {
                continue;
            }
            if is_ideograph(c) && !line.is_empty() {
                chance = Some((line.len(), filled));
            }
            line.push(c);
            filled += own;
            if c == ' ' {
                chance = Some((line.len(), filled));
            }
        }
        out.push(line);
        out.iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// One line at `x`; the next one stands below it, unless `moves` is false: then beside.
    fn line(&mut self, text: &str, x: f32, look: Look, moves: bool) {
        if moves {
            self.y -= look.size * 1.35;
        }
        let mut runs: Vec<(usize, Vec<u8>)> = Vec::new();
        for c in text.chars() {
            let mut place = self.fonts.iter().position(|font| font.width(c).is_some());
            let mut shown = c;
            if place.is_none() {
                *self.missing.entry(c).or_default() += 1;
                shown = '\u{25a1}';
                place = self.fonts.iter().position(|font| font.width(shown).is_some());
            }
            let Some(place) = place else { continue };
            let Some(glyph) = self.fonts.get_mut(place).and_then(|font| font.encode(shown)) else { continue };
            match runs.last_mut() {
                Some((known, bytes)) if *known == place => bytes.extend(glyph.to_be_bytes()),
                _ => runs.push((place, glyph.to_be_bytes().to_vec())),
            }
        }
        self.content.set_fill_rgb(look.grey, look.grey, look.grey);
        self.content.set_stroke_rgb(look.grey, look.grey, look.grey);
        self.content.begin_text();
        if look.bold {
            // One font in two weights: bold letters are outlined, too.
            self.content.set_text_rendering_mode(TextRenderingMode::FillStroke);
            self.content.set_line_width(look.size * 0.03);
        } else {
            self.content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, self.y]);
        for (place, bytes) in runs {
            self.content.set_font(Name(format!("F{place}").as_bytes()), look.size);
            self.content.show(Str(&bytes));
        }
        self.content.end_text();
    }

    fn finish(mut self, title: &str, footer: &str) -> Result<Written, ReportError> {
        let last = std::mem::replace(&mut self.content, Content::new());
        self.pages.push(last);
        let n_pages = self.pages.len();
        for number in 0..n_pages {
            let Some(page) = self.pages.get_mut(number) else { continue };
            self.content = std::mem::replace(page, Content::new());
            self.y = MARGIN - 18.0;
            let (page, pages) = ((number + 1).to_string(), n_pages.to_string());
            let args = [("footer", footer), ("page", page.as_str()), ("pages", pages.as_str())];
            let foot = self.language.say("report-page", &args);
            self.line(&foot, MARGIN, Look { size: 7.5, ..QUIET }, false);
            let done = std::mem::replace(&mut self.content, Content::new());
            if let Some(page) = self.pages.get_mut(number) {
                *page = done;
            }
        }
        let mut pdf = Pdf::new();
        let mut next = Ref::new(1);
        let (catalog, tree, info) = (next.bump(), next.bump(), next.bump());
        let font_ids: Vec<Ref> = self.fonts.iter().map(|_| next.bump()).collect();
        let page_ids: Vec<Ref> = self.pages.iter().map(|_| next.bump()).collect();
        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr(self.language.tag()));
        root.viewer_preferences().display_doc_title(true);
        root.finish();
        pdf.document_info(info).title(TextStr(title)).producer(TextStr("Trialway"));
        pdf.pages(tree).kids(page_ids.iter().copied()).count(i32::try_from(n_pages).unwrap_or(i32::MAX));
        for (content, id) in self.pages.into_iter().zip(&page_ids) {
            let content_id = next.bump();
            let mut page = pdf.page(*id);
            page.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(content_id);
            let mut resources = page.resources();
            let mut dict = resources.fonts();
            for (number, font) in font_ids.iter().enumerate() {
                dict.pair(Name(format!("F{number}").as_bytes()), *font);
            }
            dict.finish();
            resources.finish();
            page.finish();
            let packed = packed(&content.finish());
            pdf.stream(content_id, &packed).filter(Filter::FlateDecode);
        }
        for (font, id) in self.fonts.iter().zip(font_ids) {
            embed(font, id, &mut pdf, &mut next)?;
        }
        Ok(Written { bytes: pdf.finish(), missing: self.missing.into_keys().collect() })
    }
}

/// Characters between which a line may be broken: Chinese, Japanese, Korean.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Embeds the part of a font that is used.
///
/// **Source**: ISO 32000-1:2008, 9.7 (composite fonts).
fn embed(font: &Font<'_>, id: Ref, pdf: &mut Pdf, next: &mut Ref) -> Result<(), ReportError> {
    let failed = |reason: String| ReportError::Font { name: font.name.clone(), reason };
    let (cid_id, descriptor_id, cmap_id, data_id) = (next.bump(), next.bump(), next.bump(), next.bump());
    // Six letters before the name say that it is a part.
    let name = format!("TRIALW+{}", font.name);
    let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    let is_cff = font.face.tables().cff.is_some();
    pdf.type0_font(id)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid_id)
        .to_unicode(cmap_id);
    let mut cid = pdf.cid_font(cid_id);
    cid.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
    cid.base_font(Name(name.as_bytes())).system_info(info).font_descriptor(descriptor_id).default_width(600.0);
    if !is_cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = cid.widths();
    for (glyph, (_, width)) in &font.used {
        widths.consecutive(*glyph, [*width]);
    }
    widths.finish();
    cid.finish();
    let scale = 1000.0 / f32::from(font.face.units_per_em());
    let of = |value: i16| f32::from(value) * scale;
    let bounds = font.face.global_bounding_box();
    let mut descriptor = pdf.font_descriptor(descriptor_id);
    descriptor
        .name(Name(name.as_bytes()))
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(of(bounds.x_min), of(bounds.y_min), of(bounds.x_max), of(bounds.y_max)))
        .italic_angle(0.0)
        .ascent(of(font.face.ascender()))
        .descent(of(font.face.descender()))
        .cap_height(of(font.face.capital_height().unwrap_or_else(|| font.face.ascender())))
        .stem_v(80.0);
    if is_cff {
        descriptor.font_file3(data_id);
    } else {
        descriptor.font_file2(data_id);
    }
    descriptor.finish();
    let mut cmap = UnicodeCmap::new(Name(b"Custom"), info);
    for (glyph, (c, _)) in &font.used {
        cmap.pair(*glyph, *c);
    }
    pdf.cmap(cmap_id, &cmap.finish());
    let part = subsetter::subset(font.bytes, 0, &font.remapper).map_err(|error| failed(error.to_string()))?;
    let packed = packed(&part);
    let mut stream = pdf.stream(data_id, &packed);
    stream.filter(Filter::FlateDecode);
    if is_cff {
        stream.pair(Name(b"Subtype"), Name(b"OpenType"));
    } else {
        stream.pair(Name(b"Length1"), i32::try_from(part.len()).unwrap_or(i32::MAX));
    }
    Ok(())
}
