//! The wordings of a listed name: what it says in another order, without what only narrows it, in the words of the vocabulary.

use super::{Confidence, Relation};
use crate::concept::Domain;
use crate::wording::of_parts;
use crate::words::{Word, WordKind, words};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A wording of a name, and what it is to the name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub text: String,
    pub relation: Relation,
    pub confidence: Confidence,
    /// Whether it holds only for a concept of the wanted kind.
    pub must_fit: bool,
}

/// What a phrase beside a name does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Makes it a kind of itself ("recurrent").
    Narrows,
    /// Says nothing of what it is ("patients with").
    Silent,
    /// Says in what form a medicine comes, or how it is given ("tablets").
    Dosage,
    /// The salt of a medicine.
    Salt,
}

struct Phrase {
    words: Vec<String>,
    part: Use,
}

/// The phrases, longest first, and which of them begin or end with a word.
#[derive(Default)]
struct Phrases {
    all: Vec<Phrase>,
    beginning: BTreeMap<String, Vec<usize>>,
    ending: BTreeMap<String, Vec<usize>>,
}

impl Phrases {
    fn of(all: Vec<Phrase>) -> Self {
        let mut out = Self::default();
        for (at, phrase) in all.iter().enumerate() {
            if let (Some(first), Some(last)) = (phrase.words.first(), phrase.words.last()) {
                out.beginning.entry(first.clone()).or_default().push(at);
                out.ending.entry(last.clone()).or_default().push(at);
            }
        }
        Self { all, ..out }
    }

    /// Those that may begin or end a name of these words, longest first.
    fn at_edges(&self, words: &[Word]) -> Vec<&Phrase> {
        let mut found: Vec<usize> = Vec::new();
        for (word, index) in [(words.first(), &self.beginning), (words.last(), &self.ending)] {
            found.extend(word.and_then(|word| index.get(word.norm.as_str())).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| self.all.get(at)).collect()
    }
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut all: Vec<Phrase> = include_str!("../../data/name_modifiers.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (text, part) = (cells.next()?, parse(cells.next()?)?);
                Some(Phrase { words: words(text).into_iter().map(|word| word.norm.to_string()).collect(), part })
            })
            .collect();
        all.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        Phrases::of(all)
    })
}

fn parse(text: &str) -> Option<Use> {
    Some(match text {
        "narrows" => Use::Narrows,
        "silent" => Use::Silent,
        "dosage" => Use::Dosage,
        "salt" => Use::Salt,
        _ => return None,
    })
}

/// A name as it stands, but for marks that say nothing.
pub(super) fn as_written(name: &str) -> Form {
    Form { text: tidy(name), relation: Relation::Is, confidence: Confidence::Certain, must_fit: false }
}

/// The wordings of a name ([`as_written`]), nearest first, itself before all; at most so many.
pub(super) fn wordings(first: Form, wanted: Domain, most: usize) -> Vec<Form> {
    let mut seen: BTreeSet<String> = BTreeSet::from([first.text.to_lowercase()]);
    let mut all = vec![first];
    let mut at = 0;
    while let Some(form) = all.get(at).cloned() {
        at += 1;
        let mut next = Vec::new();
        brackets(&form, &mut next);
        inversions(&form, &mut next);
        edges(&form, wanted, &mut next);
        of_turns(&form, &mut next);
        other_words(&form, &mut next);
        for one in next {
            if all.len() < most && !one.text.is_empty() && seen.insert(one.text.to_lowercase()) {
                all.push(one);
            }
        }
    }
    // A wording that is the thing itself before one that is a kind of it; sure ones first; else in the order of making.
    all.sort_by_key(|form| (form.relation, std::cmp::Reverse(form.confidence)));
    all
}

/// Without marks of trade, double spaces and a full stop at the end.
fn tidy(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if matches!(c, '®' | '™' | '©' | '"' | '“' | '”' | '_' | '*' | '\u{a0}') { ' ' } else { c })
        .collect();
    let joined: Vec<&str> = plain.split_whitespace().collect();
    joined.join(" ").trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '-' | ' ' | '/')).to_owned()
}

fn push(form: &Form, text: &str, relation: Relation, confidence: Confidence, out: &mut Vec<Form>) {
    let text = tidy(text);
    if text.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
        out.push(Form {
            text,
            relation: form.relation.max(relation),
            confidence: form.confidence.min(confidence),
            must_fit: form.must_fit,
        });
    }
}

/// "hepatocellular carcinoma (HCC)": without the bracket, and the bracket alone.
fn brackets(form: &Form, out: &mut Vec<Form>) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some((before, rest)) = form.text.split_once(open) else { continue };
        let (inside, after) = rest.split_once(close).unwrap_or((rest, ""));
        push(form, &format!("{before} {after}"), Relation::Is, Confidence::Certain, out);
        if after.trim().is_empty() && is_short_form(before) && inside.len() > 4 {
            push(form, inside, Relation::Is, Confidence::Likely, out);
        }
    }
}

/// "HCC", "NSCLC": what a bracket behind it spells out.
fn is_short_form(text: &str) -> bool {
    let text = text.trim();
    !text.contains(' ') && text.len() <= 8 && text.chars().filter(|c| c.is_lowercase()).count() <= 1
}

/// "Carcinoma, Non-Small-Cell Lung", "Leukemia, Myeloid, Acute": in the order of speech.
fn inversions(form: &Form, out: &mut Vec<Form>) {
    let parts: Vec<&str> = form.text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if !(2..=4).contains(&parts.len())
        || parts.iter().any(|part| part.split_whitespace().any(|w| matches!(w, "and" | "or")))
    {
        return;
    }
    let turned: Vec<&str> = parts.iter().rev().copied().collect();
    push(form, &turned.join(" "), Relation::Is, Confidence::Certain, out);
    push(form, &parts.join(" "), Relation::Is, Confidence::Likely, out);
    if let [head, a, b] = parts.as_slice() {
        push(form, &format!("{a} {b} {head}"), Relation::Is, Confidence::Certain, out);
    }
    if let [head, rest @ ..] = parts.as_slice() {
        // The last part may only narrow.
        if let Some((last, inner)) = rest.split_last()
            && narrows_alone(last)
            && !inner.is_empty()
        {
            push(form, &format!("{head}, {}", inner.join(", ")), Relation::KindOf, Confidence::Certain, out);
        }
    }
}

fn narrows_alone(text: &str) -> bool {
    let all = words(text);
    let norms: Vec<&str> = all.iter().map(|word| word.norm.as_str()).collect();
    phrases().at_edges(&all).iter().any(|phrase| phrase.part == Use::Narrows && phrase.words == norms)
}

/// A first or last phrase taken off that only narrows, says nothing, or is a dose, a form or a salt.
fn edges(form: &Form, wanted: Domain, out: &mut Vec<Form>) {
    let all = words(&form.text);
    if all.len() < 2 {
        return;
    }
    let rest_after = |n: usize| all.get(n).and_then(|word| form.text.get(word.range.start..));
    let rest_before = |n: usize| all.get(n.wrapping_sub(1)).and_then(|word| form.text.get(..word.range.end));
    let is_medicine = wanted == Domain::Drug;
    for phrase in phrases().at_edges(&all) {
        let n = phrase.words.len();
        if n >= all.len() {
            continue;
        }
        let (relation, at_start) = match phrase.part {
            Use::Narrows => (Relation::KindOf, true),
            Use::Silent => (Relation::Is, true),
            Use::Dosage if is_medicine => (Relation::Is, true),
            Use::Salt if is_medicine => (Relation::Is, false),
            Use::Dosage | Use::Salt => continue,
        };
        if at_start
            && equal(&all, 0, &phrase.words)
            && let Some(rest) = rest_after(n)
        {
            push(form, rest, relation, Confidence::Certain, out);
        }
        if equal(&all, all.len() - n, &phrase.words)
            && let Some(rest) = rest_before(all.len() - n)
        {
            push(form, rest, relation, Confidence::Certain, out);
        }
    }
    if let Some(n) = stage_at(&all, 0).filter(|n| *n < all.len())
        && let Some(rest) = rest_after(n)
    {
        push(form, rest, Relation::KindOf, Confidence::Certain, out);
    }
    for start in 1..all.len() {
        if stage_at(&all, start) == Some(all.len() - start)
            && let Some(rest) = rest_before(start)
        {
            push(form, rest, Relation::KindOf, Confidence::Certain, out);
        }
    }
    if is_medicine {
        for start in 0..all.len() {
            let Some(n) = dose_at(&all, start) else { continue };
            let before = all.get(start).and_then(|word| form.text.get(..word.range.start)).unwrap_or_default();
            let after = rest_after(start + n).unwrap_or_default();
            push(form, &format!("{before} {after}"), Relation::Is, Confidence::Certain, out);
            break;
        }
    }
}

fn equal(all: &[Word], at: usize, norms: &[String]) -> bool {
    all.get(at..at + norms.len()).is_some_and(|here| here.iter().zip(norms).all(|(word, norm)| word.norm == *norm))
}

/// How many words a stage or grade has that begins here: "stage IIIB", "grade 1-2", "AJCC v8", "figo stage iv".
fn stage_at(all: &[Word], at: usize) -> Option<usize> {
    let norm = |k: usize| all.get(at + k).map(|word| word.norm.as_str());
    let mut n = 0;
    while matches!(
        norm(n),
        Some(
            "ajcc" | "figo" | "dukes" | "rai" | "binet" | "anatomic" | "pathologic" | "clinical" | "prognostic" | "who"
        )
    ) {
        n += 1;
    }
    let named = n;
    if matches!(norm(n), Some("stage" | "grade" | "type" | "class" | "group" | "phase" | "v")) {
        n += 1;
        let values = n;
        while norm(n).is_some_and(|word| {
            is_ordinal(word) || n > values && matches!(word, "-" | "/" | "and" | "or" | "to" | "&" | ",")
        }) {
            n += 1;
        }
        // "type 2 diabetes" is tried with its type first; a joint at the end is none of it.
        while n > values && norm(n - 1).is_some_and(|word| matches!(word, "-" | "/" | "and" | "or" | "to" | "&" | ","))
        {
            n -= 1;
        }
        return (n > values).then_some(n);
    }
    // "AJCC v8"
    (named > 0 && norm(n).is_some_and(|word| word.starts_with('v') && is_ordinal(word.trim_start_matches('v'))))
        .then_some(n + 1)
}

/// `iii`, `iva2`, `4`, `b`.
fn is_ordinal(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = word.strip_suffix(['a', 'b', 'c', 'd', 'e', 's']).unwrap_or(word);
    word.len() <= 4 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x') || c.is_ascii_digit())
}

/// How many words a dose has that begins here: "200 mg", "0.5 mg/kg", "5 %", "10 mg/day".
fn dose_at(all: &[Word], at: usize) -> Option<usize> {
    let first = all.get(at)?;
    let glued = first.kind == WordKind::Number
        || first.kind == WordKind::Letters && first.norm.chars().next().is_some_and(|c| c.is_ascii_digit());
    if !glued {
        return None;
    }
    let mut n = 1;
    let mut has_unit = is_dose_unit(first.norm.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    while let Some(word) = all.get(at + n) {
        let is_unit = is_dose_unit(&word.norm);
        let goes_on = has_unit && (word.kind == WordKind::Number || matches!(word.norm.as_str(), "/" | "-"));
        if !(is_unit || goes_on) {
            break;
        }
        has_unit |= is_unit;
        n += 1;
    }
    has_unit.then_some(n)
}

fn is_dose_unit(norm: &str) -> bool {
    matches!(
        norm,
        "mg" | "mcg"
            | "ug"
            | "g"
            | "gram"
            | "ml"
            | "l"
            | "kg"
            | "iu"
            | "unit"
            | "u"
            | "%"
            | "m2"
            | "day"
            | "daily"
            | "week"
            | "hour"
            | "dose"
            | "meq"
            | "mmol"
            | "nmol"
            | "gy"
            | "mci"
            | "ppm"
            | "once"
            | "twice"
            | "qd"
            | "bid"
            | "tid"
            | "mgs"
            | "h"
            | "hr"
    )
}

/// "cancer of the pancreas": "pancreas cancer".
fn of_turns(form: &Form, out: &mut Vec<Form>) {
    for turn in [" of the ", " of ", " in the "] {
        let Some((head, whose)) = split_once_lower(&form.text, turn) else { continue };
        push(form, &format!("{whose} {head}"), Relation::Is, Confidence::Likely, out);
    }
}

fn split_once_lower<'a>(text: &'a str, by: &str) -> Option<(&'a str, &'a str)> {
    let at = text.to_ascii_lowercase().find(by)?;
    Some((text.get(..at)?, text.get(at + by.len()..)?))
}

/// Words that vocabularies and registries use for each other: the last word of a name, and adjectives of the body.
fn other_words(form: &Form, out: &mut Vec<Form>) {
    let all = words(&form.text);
    let Some(last) = all.last() else { return };
    let stem = form.text.get(..last.range.start).unwrap_or_default();
    let others: &[(&str, Relation)] = match last.norm.as_str() {
        "neoplasm" => &[("cancer", Relation::Is), ("tumor", Relation::Is)],
        "tumor" => &[("neoplasm", Relation::Is), ("cancer", Relation::Is)],
        "carcinoma" | "adenocarcinoma" | "malignancy" => &[("cancer", Relation::KindOf)],
        "cancer" => &[("carcinoma", Relation::Is), ("neoplasm", Relation::Is)],
        "disorder" => &[("disease", Relation::Is)],
        "disease" => &[("disorder", Relation::Is), ("", Relation::Is)],
        "syndrome" => &[("", Relation::Is)],
        "infection" => &[("", Relation::Is)],
        "hemorrhage" => &[("bleeding", Relation::Is)],
        "metastasis" => &[("metastases", Relation::Is)],
        "fracture" => &[("broken bone", Relation::KindOf)],
        "depression" => &[("depressive disorder", Relation::Is)],
        "transplantation" => &[("transplant", Relation::Is)],
        "transplant" => &[("transplantation", Relation::Is)],
        "therapy" | "treatment" => &[("", Relation::Is)],
        _ => &[],
    };
    for (other, relation) in others {
        // Without its last word a name must still be one of the same kind.
        if other.is_empty() && stem.trim_end().ends_with(|c: char| !c.is_alphanumeric()) {
            continue;
        }
        let must_fit = form.must_fit || other.is_empty();
        push(&Form { must_fit, ..form.clone() }, &format!("{stem}{other}"), *relation, Confidence::Likely, out);
    }
    tissue(form, &all, out);
    possessive(form, &all, out);
    if matches!(last.norm.as_str(), "cancer" | "carcinoma" | "neoplasm" | "tumor") && !stem.is_empty() {
        push(form, &format!("malignant neoplasm of {stem}"), Relation::Is, Confidence::Likely, out);
    }
    for (at, word) in all.iter().enumerate().take(6) {
        for (adjective, part) in of_parts() {
            let other = if word.norm == *adjective {
                part
            } else if is_word(word, part) && at + 1 < all.len() {
                adjective
            } else {
                continue;
            };
            let before = form.text.get(..word.range.start).unwrap_or_default();
            let after = form.text.get(word.range.end..).unwrap_or_default();
            push(form, &format!("{before}{other}{after}"), Relation::Is, Confidence::Likely, out);
        }
    }
}

/// "squamous cell carcinoma of the lung", "lung squamous cell carcinoma": a cancer of the lung, whatever its tissue.
fn tissue(form: &Form, all: &[Word], out: &mut Vec<Form>) {
    const TISSUES: [&str; 30] = [
        "squamous",
        "cell",
        "transitional",
        "ductal",
        "lobular",
        "serous",
        "endometrioid",
        "mucinous",
        "clear",
        "neuroendocrine",
        "germ",
        "papillary",
        "medullary",
        "follicular",
        "anaplastic",
        "adenosquamous",
        "undifferentiated",
        "small",
        "large",
        "basal",
        "signet",
        "ring",
        "carcinoid",
        "epithelial",
        "mixed",
        "spindle",
        "islet",
        "nonsmall",
        "glandular",
        "verrucous",
    ];
    let Some((last, before)) = all.split_last() else { return };
    if !matches!(
        last.norm.as_str(),
        "cancer" | "carcinoma" | "adenocarcinoma" | "neoplasm" | "tumor" | "cystadenocarcinoma"
    ) {
        return;
    }
    let kept = before
        .iter()
        .rposition(|word| !TISSUES.contains(&word.norm.as_str()) && word.norm != "-")
        .map_or(0, |at| at + 1);
    let is_organ = kept > 0 && (kept < before.len() || last.norm.ends_with("carcinoma"));
    if let Some(stem) =
        before.get(kept.wrapping_sub(1)).filter(|_| is_organ).and_then(|word| form.text.get(..word.range.end))
    {
        push(form, &format!("{stem} cancer"), Relation::KindOf, Confidence::Likely, out);
    }
}

/// "Huntington disease" and "Huntington's disease".
fn possessive(form: &Form, all: &[Word], out: &mut Vec<Form>) {
    for mark in ["'s ", "’s "] {
        if form.text.contains(mark) {
            push(form, &form.text.replace(mark, " "), Relation::Is, Confidence::Certain, out);
        }
    }
    if let [name, next, ..] = all
        && next.kind == WordKind::Letters
        && name.kind == WordKind::Letters
        && next.range.start == name.range.end + 1
    {
        let (before, after) = (form.text.get(..name.range.end), form.text.get(name.range.end..));
        if let (Some(before), Some(after)) = (before, after) {
            push(form, &format!("{before}'s{after}"), Relation::Is, Confidence::Certain, out);
        }
    }
}

/// Whether a word is this one, in the form in which words are compared.
fn is_word(word: &Word, text: &str) -> bool {
    word.norm == text || words(text).first().is_some_and(|one| one.norm == word.norm)
}

/// A name of several things cut into them; one part where it is of one thing.
pub(super) fn parts(name: &str) -> Vec<String> {
    let name = tidy(name);
    let lower = name.to_ascii_lowercase();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for by in [
        " and ",
        " plus ",
        " with ",
        " or ",
        " combined with ",
        " in combination with ",
        " followed by ",
        " then ",
        " & ",
        "&",
        " + ",
        "+",
        "/",
        ";",
        ", ",
        " vs ",
        " versus ",
        " vs. ",
    ] {
        let mut from = 0;
        while let Some(found) = lower.get(from..).and_then(|rest| rest.find(by)) {
            cuts.push((from + found, from + found + by.len()));
            from += found + by.len();
        }
    }
    cuts.sort_unstable_by_key(|cut| (cut.0, std::cmp::Reverse(cut.1)));
    let (mut out, mut from) = (Vec::new(), 0);
    for (start, end) in cuts {
        if start < from {
            from = from.max(end);
            continue;
        }
        out.extend(name.get(from..start).map(tidy));
        from = end;
    }
    out.extend(name.get(from..).map(tidy));
    out.retain(|part| part.chars().any(char::is_alphabetic));
    out
}

/// Whether a word between the beginning and the name at the end turns its meaning.
pub(super) fn is_stop_between(norm: &str) -> bool {
    matches!(
        norm,
        "of" | "in"
            | "with"
            | "without"
            | "for"
            | "to"
            | "at"
            | "by"
            | "after"
            | "before"
            | "during"
            | "from"
            | "on"
            | "and"
            | "or"
            | "no"
            | "not"
            | "non"
            | "anti"
            | "pre"
            | "post"
            | "prevention"
            | "prophylaxis"
            | "risk"
            | "screening"
            | "versus"
            | "vs"
            | "placebo"
            | "sham"
            | "suspected"
            | "possible"
            | "free"
            | "healthy"
            | "normal"
            | "family"
            | "history"
            | "vaccine"
            | "mimic"
            | "pseudo"
            | "model"
            | "undergoing"
            | "following"
            | "plus"
            | "due"
            | "secondary"
    )
}

/// Whether a word behind a name begins what only narrows it.
pub(super) fn introduces_more(norm: &str) -> bool {
    matches!(
        norm,
        "in" | "of"
            | "with"
            | "due"
            | "after"
            | "during"
            | "following"
            | "from"
            | "at"
            | "among"
            | "undergoing"
            | "secondary"
            | "caused"
            | "associated"
            | "related"
            | "refractory"
            | "("
            | ","
            | "-"
            | ":"
            | "without"
            | "on"
            | "by"
            | "before"
            | "for"
            | "as"
            | "to"
    )
}
