//! The list to take along: a sheet for HTML and PDF, and a table. Names of what was understood are in the sheet, the story is not.

use crate::entry::{ADVICE, Entry, phase_labels, status_label};
use crate::understood::Understood;
use jiff::civil::Date;
use trialway_report::{Block, Language, Sheet, verdict_words};

/// The list as a sheet.
pub fn sheet(patient: &str, as_of: Date, understood: &Understood, entries: &[Entry]) -> Sheet {
    let mut blocks = vec![Block::Text(format!(
        "Made for {as_of} by a program that read what was given and each study's text; both readings can be wrong. Nothing here says that \
         somebody can take part: at most that a study may match. {ADVICE}"
    ))];
    blocks.push(Block::Heading("What was understood".to_owned()));
    let mut rows: Vec<(String, String)> =
        understood.person.iter().map(|(name, words)| ((*name).to_owned(), words.clone())).collect();
    for group in &understood.groups {
        let names: Vec<&str> = group.items.iter().map(|item| item.name.as_str()).collect();
        // The column of names is narrow.
        let heading = group.heading.trim_end_matches(", not counted");
        let counted = if group.counts { "" } else { "not counted: " };
        rows.push((heading.to_owned(), format!("{counted}{}", names.join("; "))));
    }
    blocks.push(Block::Table(rows));
    if entries.is_empty() {
        blocks.push(Block::Text("No stored study was found.".to_owned()));
    }
    for entry in entries {
        blocks.push(Block::Heading(format!("{}. {}", entry.rank, entry.title)));
        let (verdict, _) = verdict_words(Language::English, entry.verdict);
        let (pass, fail, open) = entry.counts;
        let row = |name: &str, value: String| (name.to_owned(), value);
        let (status, phases) = (status_label(entry.status.as_deref()), phase_labels(&entry.phases));
        let status = if phases.is_empty() { status } else { format!("{status}; {phases}") };
        let mut rows = vec![
            row("Number", entry.nct_id.clone()),
            row("Status", status),
            row("As far as known", format!("{verdict} ({pass} points met, {fail} not met, {open} open)")),
            row("Condition", entry.fit().to_owned()),
        ];
        rows.extend(entry.gates.iter().map(|gate| row(gate.name(), gate.words())));
        rows.push(row("Found because", joined(&entry.why)));
        rows.extend(entry.above_next.iter().map(|words| row("Above the next", words.to_string())));
        blocks.push(Block::Table(rows));
        for (lead, lines) in [("Speaks against it:", entry.against.clone()), ("Not known yet:", lines(&entry.missing))]
        {
            if !lines.is_empty() {
                blocks.push(Block::Text(lead.to_owned()));
                blocks.push(Block::List(lines));
            }
        }
    }
    let of = if patient.is_empty() { String::new() } else { format!("patient {patient}, ") };
    let footer = format!("{of}for {as_of}; trialway {}", env!("CARGO_PKG_VERSION"));
    Sheet { language: Language::English, heading: "Studies that may match".to_owned(), footer, blocks }
}

fn lines<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

fn joined<T: ToString>(all: &[T]) -> String {
    lines(all).join("; ")
}

/// A cell of a table; one that a spreadsheet would take for a formula is quoted with an apostrophe.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The list as a table (RFC 4180), one line a study; several values of one cell stand apart by `; `.
pub fn csv(entries: &[Entry]) -> String {
    let mut out = String::from(
        "rank,nct_id,title,verdict,pass,fail,open,why,status,phase,fit,nearest_site,km,against,missing,why_above_next\r\n",
    );
    for entry in entries {
        let (pass, fail, open) = entry.counts;
        let (site, km) =
            entry.nearest.clone().map_or((String::new(), String::new()), |(site, km)| (site, format!("{km:.1}")));
        let cells = [
            entry.rank.to_string(),
            entry.nct_id.clone(),
            cell(&entry.title),
            entry.verdict.as_str().to_owned(),
            pass.to_string(),
            fail.to_string(),
            open.to_string(),
            cell(&joined(&entry.why)),
            cell(&status_label(entry.status.as_deref())),
            cell(&phase_labels(&entry.phases)),
            cell(entry.fit()),
            cell(&site),
            km,
            cell(&entry.against.join("; ")),
            cell(&joined(&entry.missing)),
            cell(&entry.above_next.map(|above| above.to_string()).unwrap_or_default()),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_its_line() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
