//! A sheet as one HTML file: its style is in it, and nothing is fetched.

use crate::content::{Block, Sheet};
use crate::error::ReportError;
use crate::language::{Language, Say, effect_word};
use crate::study::Code;
use askama::Template;
use trialway_language::foreign::{pieces, plain};
use trialway_matching::Effect;

/// The style of the page, so that a server can name its hash.
pub const STYLE: &str = include_str!("../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    language: Language,
    style: &'static str,
    heading: String,
    blocks: Vec<Block>,
}

impl Page {
    fn title(&self) -> String {
        plain(&self.heading)
    }

    fn plain(&self, id: &str) -> String {
        self.language.say(id, &[])
    }

    fn spans(&self, marked: &str) -> String {
        spans(marked)
    }

    fn code_words(&self, code: &Code) -> String {
        self.language.say("report-code", &[("says", &code.says)])
    }

    fn class(&self, effect: &Effect) -> &'static str {
        effect.as_str()
    }

    fn word(&self, effect: &Effect) -> String {
        effect_word(self.language, *effect)
    }
}

/// A sheet as HTML.
///
/// **Errors**: [`ReportError::Page`], where the page cannot be filled in.
pub fn html(sheet: Sheet) -> Result<String, ReportError> {
    Ok(Page { language: sheet.language, style: STYLE, heading: sheet.heading, blocks: sheet.blocks }.render()?)
}

/// A text as HTML; words that stay English are marked, so that a screen reader says them in English.
fn spans(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    for piece in pieces(marked) {
        out.push_str(if piece.is_english { "<span lang=\"en\">" } else { "" });
        piece.words.chars().for_each(|c| escape(c, &mut out));
        out.push_str(if piece.is_english { "</span>" } else { "" });
    }
    out
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' | '<' | '>' | '"' | '\'' => out.push_str(&format!("&#{};", u32::from(c))),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::spans;
    use trialway_language::foreign::mark;

    #[test]
    fn what_stays_english_is_marked_and_nothing_breaks_out() {
        let line = format!("si hay: {}", mark("<b>\"Dravet\" & more"));
        assert_eq!(spans(&line), "si hay: <span lang=\"en\">&#60;b&#62;&#34;Dravet&#34; &#38; more</span>");
    }
}
