//! `cargo xtask icd TABULAR.xml`: the conditions that ICD-10-CM names, as a table of the terminology.
//!
//! The tabular list (US government, public domain) is inside the PyPI package `simple-icd-10-cm`. Only names that mean one
//! thing are taken: nothing "other" or "unspecified" (the sisters of such a code are kinds of its name that it does not cover), no "and" and "or", no side of the body, no external cause. What the
//! tables written by hand name or code already is left to them; a code below theirs becomes one of their kind.

use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// One code of the tabular list.
struct Code {
    code: String,
    name: String,
    terms: Vec<String>,
    parent: Option<usize>,
    n_children: usize,
}

/// Runs the verb; says what went wrong.
pub fn run_verb(xml: Option<&str>) -> bool {
    let Some(xml) = xml else {
        eprintln!("give the tabular list: cargo xtask icd icd10c-tabular-April-1-2026.xml");
        return false;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    match run(root, Path::new(xml)) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{error:#}");
            false
        }
    }
}

/// Writes `crates/terminology/data/icd10cm.tsv`.
fn run(root: &Path, xml: &Path) -> anyhow::Result<()> {
    let data = root.join("crates/terminology/data");
    let text = std::fs::read_to_string(xml).with_context(|| format!("cannot read {}", xml.display()))?;
    let codes = read(&text)?;
    let (mut names, by_code) = curated(&data)?;
    let mut out = String::from("id\tname\tlay_name\tsynonyms\tcodes\tis_a\tsource\n");
    let mut concept: Vec<Option<String>> = Vec::with_capacity(codes.len());
    for code in &codes {
        if let Some(id) = by_code.get(&code.code) {
            concept.push(Some(id.clone()));
            continue;
        }
        let above = code
            .parent
            .and_then(|parent| concept.get(parent).cloned().flatten())
            .or_else(|| in_range(&by_code, &code.code));
        let spoken = spoken(&code.name);
        let taken = is_plain(code) && spoken.first().is_some_and(|first| !names.contains(&key(first)));
        if !taken {
            concept.push(above);
            continue;
        }
        let id = format!("condition:icd_{}", code.code.to_lowercase().replace('.', "_"));
        let mut forms: Vec<String> = spoken;
        if code.n_children == 0 {
            forms.extend(code.terms.iter().filter(|term| is_name(term)).flat_map(|term| self::spoken(term)));
        }
        forms.retain(|form| names.insert(key(form)));
        let Some((name, synonyms)) = forms.split_first() else {
            concept.push(above);
            continue;
        };
        let _ = writeln!(
            out,
            "{id}\t{name}\t{name}\t{}\ticd10:{}\t{}\tICD-10-CM April 2026, tabular list",
            synonyms.iter().map(|form| as_written(form)).collect::<Vec<_>>().join("|"),
            code.code,
            above.unwrap_or_default()
        );
        concept.push(Some(id));
    }
    std::fs::write(data.join("icd10cm.tsv"), &out)?;
    println!("{} conditions from ICD-10-CM", out.lines().count() - 1);
    Ok(())
}

/// The codes in the order of the list, parents before children.
fn read(text: &str) -> anyhow::Result<Vec<Code>> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut codes, mut open, mut path): (Vec<Code>, Vec<usize>, Vec<String>) = Default::default();
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                let tag = start.name().as_ref().to_owned();
                if tag == "diag" {
                    let parent = open.last().copied();
                    if let Some(parent) = parent.and_then(|at| codes.get_mut(at)) {
                        parent.n_children += 1;
                    }
                    open.push(codes.len());
                    codes.push(Code {
                        code: String::new(),
                        name: String::new(),
                        terms: Vec::new(),
                        parent,
                        n_children: 0,
                    });
                }
                path.push(tag);
            }
            Event::End(end) => {
                if end.name().as_ref() == "diag" {
                    open.pop();
                }
                path.pop();
            }
            Event::Text(words) => {
                let Some(code) = open.last().and_then(|at| codes.get_mut(*at)) else { continue };
                let words = words.trim().to_owned();
                match path.iter().rev().map(String::as_str).collect::<Vec<_>>().as_slice() {
                    ["name", "diag", ..] => code.code = words,
                    ["desc", "diag", ..] => code.name.push_str(&words),
                    ["note", "inclusionTerm", ..] => code.terms.push(words),
                    _ => {}
                }
            }
            Event::Eof => return Ok(codes),
            _ => {}
        }
    }
}

/// The names of the tables written by hand, and the concepts that their codes mean.
fn curated(data: &Path) -> anyhow::Result<(BTreeSet<String>, BTreeMap<String, String>)> {
    let (mut names, mut by_code) = (BTreeSet::new(), BTreeMap::new());
    for entry in std::fs::read_dir(data)? {
        let path = entry?.path();
        let is_other = |name: &std::ffi::OsStr| {
            ["icd10cm.tsv", "cues.tsv", "names_other_languages.tsv"].iter().any(|other| name == *other)
        };
        if path.file_name().is_some_and(is_other) {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        for line in lines {
            let row: BTreeMap<&str, &str> = header.iter().copied().zip(line.split('\t')).collect();
            let cell = |name: &str| row.get(name).copied().unwrap_or_default().trim();
            for form in std::iter::once(cell("name")).chain(cell("synonyms").split('|')) {
                names.insert(key(form.trim_start_matches('=')));
            }
            for code in cell("codes").split_whitespace().filter_map(|code| code.strip_prefix("icd10:")) {
                by_code.entry(code.to_owned()).or_insert_with(|| cell("id").to_owned());
            }
        }
    }
    Ok((names, by_code))
}

/// The narrowest hand-written range of categories that a category lies in.
fn in_range(by_code: &BTreeMap<String, String>, code: &str) -> Option<String> {
    let category: String = code.chars().take(3).collect();
    by_code
        .iter()
        .filter_map(|(range, id)| range.split_once('-').map(|(from, to)| (from, to, id)))
        .filter(|(from, to, _)| *from <= category.as_str() && category.as_str() <= *to)
        .min_by_key(|(from, to, _)| place(to).saturating_sub(place(from)))
        .map(|(_, _, id)| id.clone())
}

/// Where a category stands in the order of the list.
fn place(category: &str) -> u32 {
    category.chars().take(3).fold(0, |sum, c| sum * 36 + c.to_digit(36).unwrap_or(0))
}

fn is_plain(code: &Code) -> bool {
    let outside = matches!(code.code.chars().next(), Some('U'..='Z') | None);
    !outside && code.code.len() <= 6 && is_name(&code.name)
}

/// Whether a name says one thing that a person can have.
fn is_name(name: &str) -> bool {
    const LEFT_OUT: [&str; 46] = [
        "other",
        "others",
        "and",
        "or",
        "nos",
        "nec",
        "unspecified",
        "right",
        "left",
        "bilateral",
        "elsewhere",
        "specified",
        "classified",
        "following",
        "eyelid",
        "encounter",
        "initial",
        "subsequent",
        "sequela",
        "trimester",
        "certain",
        "ill",
        "site",
        "sites",
        "complicating",
        "affecting",
        "newborn",
        "maternal",
        "fetus",
        "remission",
        "without",
        "status",
        "not",
        "accidental",
        "intentional",
        "undetermined",
        "assault",
        "stage",
        "type",
        "multiple",
        "any",
        "due",
        "resulting",
        "episode",
        "with",
        "findings",
    ];
    let kept = [
        "type 1 diabetes",
        "type 2 diabetes",
        "multiple sclerosis",
        "multiple myeloma",
        "status asthmaticus",
        "status epilepticus",
    ];
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let plain = kept.iter().any(|start| lower.starts_with(start)) && !lower.contains(" with ");
    (1..=7).contains(&words.len()) && lower.len() > 3 && (plain || !words.iter().any(|word| LEFT_OUT.contains(word)))
}

/// The ways in which a name of the list is written in speech; the first is the plainest.
fn spoken(name: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    if bare.contains(',') || bare.is_empty() || depth > 0 {
        return Vec::new();
    }
    let lower_first = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        let second_is_upper = chars.clone().next().is_some_and(char::is_uppercase);
        if second_is_upper { text.to_owned() } else { first + chars.as_str() }
    };
    let mut out = Vec::new();
    for (written, tail) in [("Malignant neoplasm of ", "cancer"), ("Carcinoma in situ of ", "carcinoma in situ")] {
        if let Some(place) = bare.strip_prefix(written) {
            let place = place.strip_prefix("the ").unwrap_or(place);
            let short = place.split_whitespace().count() == 1;
            if short {
                out.push(format!("{place} {tail}"));
            }
            out.push(format!("{tail} of {place}"));
            if short {
                out.push(format!("{tail} of the {place}"));
            }
        }
    }
    out.push(lower_first(&bare));
    out
}

/// An abbreviation in capitals counts only in that spelling ("PRES" is no "pre").
fn as_written(form: &str) -> String {
    let short = (2..=5).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_uppercase());
    if short { format!("={form}") } else { form.to_owned() }
}

/// A name as it is compared with others: its words in lower case.
fn key(name: &str) -> String {
    let words: Vec<String> = trialway_terminology::words(name)
        .into_iter()
        .filter(|word| word.kind != trialway_terminology::WordKind::Symbol)
        .map(|word| word.norm.to_string())
        .collect();
    words.join(" ")
}
