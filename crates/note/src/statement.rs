//! Sentences, lines and sections of a note.

use std::ops::Range;

/// The part of a note that a statement stands in, as its headings say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// No heading, or one of the story itself: chief complaint, present illness, assessment.
    Story,
    /// Past medical or surgical history, problem list.
    History,
    /// Medicines.
    Medications,
    /// Allergies.
    Allergies,
    /// The family's history.
    Family,
    /// Habits, work, living.
    Social,
    /// Examination, vital signs, laboratory, imaging.
    Findings,
    /// What is planned.
    Plan,
}

/// One sentence or line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Bytes of the note.
    pub range: Range<usize>,
    /// The section it stands in.
    pub section: Section,
}

/// The statements of a note, in order; white space between them is left out.
///
/// **Shape**: ranges ascend, do not overlap and lie on character boundaries. Of a sentence without end no more than 8,000 bytes
/// are read; what follows in it gives no fact, since what was said before it may deny it.
pub fn statements(text: &str) -> Vec<Statement> {
    let mut out = Vec::new();
    let mut section = Section::Story;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if line.trim().is_empty() {
            continue;
        }
        let mut at = range.start;
        if let Some((known, n_bytes)) = heading(line) {
            section = known;
            at += n_bytes;
        }
        sentences(text, at..range.end, section, &mut out);
    }
    out
}

/// Headings, lower case.
const HEADINGS: [(&str, Section); 46] = [
    ("past medical history", Section::History),
    ("past surgical history", Section::History),
    ("past history", Section::History),
    ("medical history", Section::History),
    ("surgical history", Section::History),
    ("problem list", Section::History),
    ("other comorbidities", Section::History),
    ("comorbidities", Section::History),
    ("pmh", Section::History),
    ("pmhx", Section::History),
    ("psh", Section::History),
    ("pshx", Section::History),
    ("medications", Section::Medications),
    ("current medications", Section::Medications),
    ("home medications", Section::Medications),
    ("medicines", Section::Medications),
    ("meds", Section::Medications),
    ("drugs", Section::Medications),
    ("allergies", Section::Allergies),
    ("allergy", Section::Allergies),
    ("drug allergies", Section::Allergies),
    ("nkda", Section::Allergies),
    ("family history", Section::Family),
    ("family medical history", Section::Family),
    ("fh", Section::Family),
    ("fhx", Section::Family),
    ("social history", Section::Social),
    ("sh", Section::Social),
    ("shx", Section::Social),
    ("physical exam", Section::Findings),
    ("physical examination", Section::Findings),
    ("exam", Section::Findings),
    ("vitals", Section::Findings),
    ("vital signs", Section::Findings),
    ("labs", Section::Findings),
    ("laboratory", Section::Findings),
    ("imaging", Section::Findings),
    ("results", Section::Findings),
    ("plan", Section::Plan),
    ("chief complaint", Section::Story),
    ("cc", Section::Story),
    ("hpi", Section::Story),
    ("history of present illness", Section::Story),
    ("assessment", Section::Story),
    ("impression", Section::Story),
    ("assessment and plan", Section::Story),
];

/// The section that a line opens, and how many of its bytes the heading takes.
fn heading(line: &str) -> Option<(Section, usize)> {
    let (name, rest) = match line.find(':') {
        Some(at) => (line.get(..at)?, line.get(at + 1..)?),
        None => (line, ""),
    };
    let bare = name.trim().trim_start_matches(['#', '*', '-', '=', ' ']).trim_end_matches(['*', '=', ' ']);
    let lower = bare.to_ascii_lowercase();
    let section = HEADINGS.iter().find(|(known, _)| *known == lower).map(|(_, section)| *section)?;
    // "Other comorbidities: none" is a line of its own, not a heading over what follows, and is read as a whole.
    let keeps = lower.ends_with("comorbidities");
    Some((section, if keeps { 0 } else { line.len() - rest.len() }))
}

/// Words that end in a full stop within a sentence.
const SHORTENED: [&str; 14] =
    ["dr", "mr", "mrs", "ms", "vs", "e.g", "i.e", "pt", "approx", "st", "no", "prof", "incl", "etc"];

fn sentences(text: &str, range: Range<usize>, section: Section, out: &mut Vec<Statement>) {
    let Some(line) = text.get(range.clone()) else { return };
    let mut from = 0;
    let mut chars = line.char_indices().peekable();
    let mut push = |from: usize, to: usize| {
        let Some(piece) = line.get(from..to) else { return };
        // "… Plan: start ramipril. Allergies: penicillin." within a line: a heading holds for its sentence.
        let (section, n_bytes) = match piece.find(':') {
            Some(_) if from > 0 => {
                let led = piece.len() - piece.trim_start().len();
                let found = heading(piece.trim_start()).map(|(known, n_bytes)| (known, led + n_bytes));
                found.unwrap_or((section, 0))
            }
            _ => (section, 0),
        };
        let (from, piece) = (from + n_bytes, piece.get(n_bytes..).unwrap_or_default());
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let start = range.start + from + (piece.len() - piece.trim_start().len());
            let trimmed = shortened(trimmed);
            out.push(Statement { range: start..start + trimmed.len(), section });
        }
    };
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let ends = match c {
            '.' | '!' | '?' => {
                let before = line.get(from..at).unwrap_or_default();
                let word = before.rsplit([' ', '(', '\t']).next().unwrap_or_default().to_ascii_lowercase();
                let numbered = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) && before.trim() == word;
                let spaced = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
                spaced && !numbered && !SHORTENED.contains(&word.as_str())
            }
            ';' => true,
            _ => false,
        };
        if ends {
            push(from, after);
            from = after;
        }
    }
    push(from, line.len());
}

/// No sentence is longer, in bytes: the work for one grows with the square of its length.
const LONGEST: usize = 8_000;

/// The first words of what is too long for a sentence.
fn shortened(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    head.rfind(char::is_whitespace).and_then(|at| head.get(..at)).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]
    use super::*;

    fn check(text: &str, wanted: &[(&str, Section)]) {
        let found: Vec<(&str, Section)> =
            statements(text).iter().map(|s| (&text[s.range.clone()], s.section)).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn headings_within_a_line_hold_for_their_sentence() {
        check(
            "A boy. Allergies: penicillin. Takes iron. Plan: start ramipril.",
            &[
                ("A boy.", Section::Story),
                ("penicillin.", Section::Allergies),
                ("Takes iron.", Section::Story),
                ("start ramipril.", Section::Plan),
            ],
        );
    }

    #[test]
    fn a_sentence_without_end_is_read_to_a_limit() {
        let text = "no asthma ".repeat(5_000);
        let found = statements(&text);
        assert!(
            found.len() == 1 && found.iter().all(|one| one.range.len() <= LONGEST && one.range.len() > LONGEST - 20)
        );
    }

    #[test]
    fn sentences_and_sections() {
        check(
            "Seen by Dr. Who at 3.5 mg. Well; no fever.",
            &[("Seen by Dr. Who at 3.5 mg.", Section::Story), ("Well;", Section::Story), ("no fever.", Section::Story)],
        );
        check(
            "0. A man.\nPMH:\n- asthma\nFamily history: gout\nPlan\nX-ray",
            &[
                ("0. A man.", Section::Story),
                ("- asthma", Section::History),
                ("gout", Section::Family),
                ("X-ray", Section::Plan),
            ],
        );
    }
}
