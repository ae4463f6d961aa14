//! Signs that belong to no word of the text.

use super::material::{Material, finding};
use super::rule;
use trialway_criteria::LeafKind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity, Span};

rule! {
    /// Reports: signs left by a wrong decoding (`â‰¥`, `Ã—`, the replacement character), entities written out (`&gt;`), control and
    /// private signs, and a `#` hung on to a word.
    /// Why it matters: a sign that matters, often a comparison, can no longer be read.
    /// Example: `QTc &gt; 450 ms`, `1.73m2# Liver function`.
    /// What to do: write the sign itself, or words (`at least`).
    /// Source: observed in registry records.
    RULE = Code("ELG006"), "stray-character", Error, "stray character"
}

/// Signs of UTF-8 that were read as Windows-1252 or Latin-1, or of GBK read as Latin-1, and what they were.
const DECODED_WRONG: [(&str, &str); 20] = [
    ("â‰¥", "≥"),
    ("â‰¤", "≤"),
    ("\u{e2}\u{89}\u{a5}", "≥"),
    ("\u{e2}\u{89}\u{a4}", "≤"),
    ("Ã—", "×"),
    ("Ã\u{97}", "×"),
    ("Â±", "±"),
    ("Â°", "°"),
    ("Â²", "²"),
    ("Â³", "³"),
    ("Âµ", "µ"),
    ("Î¼", "μ"),
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€œ", "“"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€¢", "•"),
    ("¡Ý", "≥"),
    ("¡Ü", "≤"),
];

const ENTITIES: [(&str, &str); 8] =
    [("gt", ">"), ("lt", "<"), ("amp", "&"), ("ge", "≥"), ("le", "≤"), ("nbsp", " "), ("quot", "\""), ("apos", "'")];

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let text = material.text;
    let mut until = 0;
    for (at, c) in text.char_indices() {
        if at < until {
            continue;
        }
        let found = match c {
            '&' => entity(text, at),
            '#' => hash(text, at),
            '\u{fffd}' => Some((c.len_utf8(), Severity::Error, "a character was lost here".into(), String::new())),
            'â' | 'Ã' | 'Â' | 'Î' | '¡' => decoded_wrong(text, at),
            '\u{e000}'..='\u{f8ff}' if !is_marker(material, at) => Some((
                c.len_utf8(),
                Severity::Warning,
                "a sign of a symbol font stands here, which other fonts do not have".into(),
                String::new(),
            )),
            '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' => Some((
                c.len_utf8(),
                Severity::Warning,
                Said::new("a control character (U+{number}) stands in the text")
                    .with("number", format!("{:04X}", c as u32)),
                String::new(),
            )),
            _ => None,
        };
        let Some((n, severity, message, instead)) = found else { continue };
        until = at + n;
        let mut found = finding(&RULE, severity, Span::new(at, at + n), message);
        if !instead.is_empty() {
            found = found.with_help(Said::new("write `{meant}`").with("meant", instead));
        }
        out.push(found);
    }
}

type Stray = (usize, Severity, Said, String);

fn decoded_wrong(text: &str, at: usize) -> Option<Stray> {
    let rest = text.get(at..)?;
    let (written, meant) = DECODED_WRONG.iter().find(|(written, _)| rest.starts_with(written))?;
    let message = Said::new("`{written}` is `{meant}` decoded wrongly").with("written", written).with("meant", meant);
    Some((written.len(), Severity::Error, message, (*meant).to_owned()))
}

/// `&gt;`, and `&amp;amp;gt;` that was written out again and again.
fn entity(text: &str, at: usize) -> Option<Stray> {
    let rest = text.get(at + 1..)?;
    let mut inner = rest;
    while let Some(deeper) = inner.strip_prefix("amp;").filter(|deeper| starts_entity(deeper)) {
        inner = deeper;
    }
    let (name, meant) =
        ENTITIES.iter().find(|(name, _)| inner.strip_prefix(name).is_some_and(|rest| rest.starts_with(';')))?;
    let n = 1 + (rest.len() - inner.len()) + name.len() + 1;
    let written = text.get(at..at + n).unwrap_or_default();
    let message = Said::new("`{written}` is an entity left as it was written").with("written", written);
    Some((n, Severity::Error, message, (*meant).to_owned()))
}

fn starts_entity(text: &str) -> bool {
    text.starts_with("amp;")
        || ENTITIES.iter().any(|(name, _)| text.strip_prefix(name).is_some_and(|r| r.starts_with(';')))
}

/// `1.73m2# Liver function`: hung on to a word, with another sentence behind it.
fn hash(text: &str, at: usize) -> Option<Stray> {
    let before = text.get(..at)?.chars().next_back()?;
    let mut behind = text.get(at + 1..)?.chars();
    let space = behind.next().is_none_or(char::is_whitespace);
    let next = behind.find(|c| !c.is_whitespace());
    let hung = (before.is_alphanumeric() || before == ')') && space && next.is_none_or(char::is_alphabetic);
    hung.then(|| (1, Severity::Warning, "a `#` hangs on to the word before it".into(), ";".to_owned()))
}

fn is_marker(material: &Material<'_>, at: usize) -> bool {
    let leaves = &material.tree.leaves;
    let index = leaves.partition_point(|leaf| leaf.span.end <= at);
    leaves.get(index).is_some_and(|leaf| leaf.kind != LeafKind::Heading && !matches!(leaf.kind, LeafKind::Text(_)))
}
