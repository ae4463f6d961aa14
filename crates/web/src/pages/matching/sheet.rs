//! The list to take along, in the language of the page: the same words as the page. Names of what was understood are in it, the story is
//! not.

use super::view::{EntryView, GroupView};
use crate::tongue::{Speak, Tongue};
use crate::words;
use trialway_report::{Block, Sheet};

/// The list as a sheet.
pub fn sheet(
    tongue: Tongue,
    patient: &str,
    day: &str,
    person: Vec<(String, String)>,
    groups: &[GroupView],
    entries: &[EntryView],
) -> Sheet {
    let advice = tongue.say("match-advice");
    let day = words::iso_date(tongue, day);
    let mut blocks = vec![
        Block::Text(tongue.say_with("match-sheet-made", &[("day", &day), ("advice", &advice)])),
        Block::Heading(tongue.say("match-understood")),
    ];
    let mut rows = person;
    for group in groups {
        let names: Vec<String> = group.items.iter().chain(&group.more).map(|item| item.name.marked()).collect();
        rows.push((group.heading.clone(), names.join("; ")));
    }
    blocks.push(Block::Table(rows));
    if entries.is_empty() {
        blocks.push(Block::Text(tongue.say("match-sheet-nothing")));
    }
    entries.iter().for_each(|one| entry(tongue, one, &mut blocks));
    let args = [("patient", patient), ("day", day.as_str()), ("program", env!("CARGO_PKG_VERSION"))];
    let footer = if patient.is_empty() { "match-sheet-footer" } else { "match-sheet-footer-of" };
    Sheet { language: tongue, heading: tongue.say("match-heading"), footer: tongue.say_with(footer, &args), blocks }
}

fn entry(tongue: Tongue, one: &EntryView, blocks: &mut Vec<Block>) {
    let title = words::english(tongue, &one.title);
    let args = [("rank", &*one.rank.to_string()), ("title", &*title)];
    blocks.push(Block::Heading(tongue.say_with("match-sheet-title", &args)));
    let status = if one.phase.is_empty() { one.status.clone() } else { format!("{}; {}", one.status, one.phase) };
    let row = |id: &str, value: String| (tongue.say(id), value);
    let mut rows = vec![
        row("match-sheet-number", one.nct_id.clone()),
        row("match-sheet-status", status),
        row("match-sheet-verdict", words::brackets(tongue, &one.verdict, &one.counts)),
        row("match-sheet-condition", one.fit.clone()),
    ];
    rows.extend(one.gates.iter().map(|gate| (gate.name.clone(), gate.words.marked())));
    let why: Vec<String> = one.why.iter().map(|line| line.marked()).collect();
    rows.push(row("match-sheet-because", why.join("; ")));
    rows.extend(one.above_next.iter().map(|above| row("match-sheet-above", above.clone())));
    blocks.push(Block::Table(rows));
    let against: Vec<String> = one.against.iter().map(|line| line.marked()).collect();
    let missing: Vec<String> = one.missing.iter().map(|line| line.marked()).collect();
    for (lead, lines) in [("match-against", against), ("match-sheet-missing", missing)] {
        if !lines.is_empty() {
            blocks.push(Block::Text(tongue.say(lead)));
            blocks.push(Block::List(lines));
        }
    }
}
