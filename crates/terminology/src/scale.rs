//! Classes, grades and stages in a text: "NYHA class II-IV", "class III + V", "grade II or above", "stage G3a".
//!
//! | written | scale | ordinals |
//! | --- | --- | --- |
//! | `NYHA class II-IV` | `scale:nyha` | 2, 3, 4 |
//! | `class III or IV lupus nephritis` | `scale:isn_rps` | 3, 4 |
//! | `GVHD of grade 2 or above` | `scale:gvhd_grade` | 2, 3, 4 |
//! | `Child-Pugh Class C` | `scale:child_pugh` | 3 |

use crate::ConceptId;
use crate::load::{Ordinal, Terminology};
use crate::words::{Word, words};
use std::ops::Range;

/// One naming of ordinals of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Bytes of the text, from the word "class", "grade" or "stage" (or the scale's name) to the last ordinal.
    pub range: Range<usize>,
    /// The scale.
    pub scale: ConceptId,
    /// The ordinals that it names, ascending.
    pub ordinals: Vec<u8>,
}

/// Whether a word introduces ordinals.
fn is_head(norm: &str) -> bool {
    matches!(norm, "class" | "grade" | "stage" | "type" | "phototype")
}

/// Which scale a condition's classes belong to, where the text names only the condition.
const SCALE_OF: [(&str, &str); 6] = [
    ("condition:lupus_nephritis", "scale:isn_rps"),
    ("condition:gvhd", "scale:gvhd_grade"),
    ("condition:heart_failure", "scale:nyha"),
    ("condition:chronic_kidney_disease", "scale:ckd_stage"),
    ("condition:cirrhosis", "scale:child_pugh"),
    ("condition:hepatic_impairment", "scale:child_pugh"),
];

/// The grades named in a text with the built-in scales.
///
/// **Shape**: in text order; a head word without a scale in the same sentence gives nothing.
pub fn grades(text: &str) -> Vec<Grade> {
    let terminology = Terminology::builtin();
    let words = words(text);
    grades_in(terminology, &words, &terminology.mentions_in(text, &words))
}

/// The same over words and mentions already made.
pub fn grades_in(terminology: &Terminology, words: &[Word], mentions: &[crate::Mention]) -> Vec<Grade> {
    let mut out: Vec<Grade> = Vec::new();
    let mut scales = mentions.iter().filter(|m| m.concept.as_str().starts_with("scale:")).peekable();
    for (at, word) in words.iter().enumerate() {
        let head = is_head(&word.norm);
        while scales.peek().is_some_and(|mention| mention.words.end < at) {
            scales.next();
        }
        let named = scales.peek().filter(|mention| mention.words.end == at).map(|mention| mention.concept.clone());
        if !head && named.is_none() {
            continue;
        }
        if out.last().is_some_and(|grade| grade.range.end > word.range.start) {
            continue;
        }
        let nearest = || nearest_scale(terminology, words, mentions, at);
        let staged = || staged(terminology, words, mentions, at);
        let Some(scale) = named.or_else(nearest).or_else(|| graded(terminology, words, mentions, at)).or_else(staged)
        else {
            continue;
        };
        let Some((_, ordinals)) = terminology.scales.iter().find(|(id, _)| *id == scale) else { continue };
        let from = if head { at + 1 } else { at };
        if let Some((end, mut found)) = read_ordinals(words, from, ordinals)
            && let Some(last) = words.get(end - 1)
        {
            let mut start = word.range.start;
            // "greater than NYHA class II": the sign stands before the scale's name.
            let n_before = mentions.partition_point(|mention| mention.words.end < at);
            let begins = mentions
                .iter()
                .skip(n_before)
                .take_while(|mention| mention.words.start <= at)
                .find(|mention| mention.concept == scale);
            let begins = begins.map_or(at, |mention| mention.words.start);
            // "at least stage III": the sign is about the whole group that one name stands for.
            let one_name = found.len() == 1 || end == from + 1;
            if let (Some((sign, n)), true, Some(low), Some(high)) =
                (sign_before(words, begins), one_name, found.first().copied(), found.last().copied())
            {
                let limit = |sign| if matches!(sign, Sign::AtLeast | Sign::Below) { low } else { high };
                found = ordinals
                    .iter()
                    .map(|(number, _)| *number)
                    .filter(|number| sign.holds(*number, limit(sign)))
                    .collect();
                start = words.get(begins - n).map_or(start, |word| word.range.start);
            }
            if !found.is_empty() {
                out.push(Grade { range: start..last.range.end, scale, ordinals: found });
            }
        }
    }
    out
}

/// "grade 2 neuropathy": the grades of side effects, where a disease stands right beside the word.
fn graded(terminology: &Terminology, words: &[Word], mentions: &[crate::Mention], at: usize) -> Option<ConceptId> {
    // The grade of a tumor is another thing.
    let tumor = ConceptId::new("condition:malignancy");
    const NEAR: usize = 4;
    if words.get(at)?.norm != "grade" {
        return None;
    }
    let n_before = mentions.partition_point(|mention| mention.words.end + NEAR <= at);
    let beside = mentions.iter().skip(n_before).take_while(|mention| mention.words.start <= at + NEAR).any(|mention| {
        mention.concept.domain() == Some(crate::Domain::Condition)
            && !terminology.is_a(&mention.concept, &tumor)
            && (mention.words.start > at && mention.words.start <= at + NEAR
                || mention.words.end <= at && mention.words.end + NEAR > at)
    });
    beside.then(|| ConceptId::new("scale:ctcae"))
}

/// "stage IIIB-IV lung cancer": the stages of tumors, where one stands in the same sentence, or where the words of a record begin
/// with the stage and nothing else is named.
fn staged(terminology: &Terminology, words: &[Word], mentions: &[crate::Mention], at: usize) -> Option<ConceptId> {
    if words.get(at)?.norm != "stage" {
        return None;
    }
    let tumor = ConceptId::new("condition:malignancy");
    let stop = |k: usize| words.get(k).is_some_and(|word| matches!(word.norm.as_str(), "." | ";"));
    let near = at.saturating_sub(FURTHEST);
    let start = (near..at).rev().find(|k| stop(*k)).map_or(near, |k| k + 1);
    let far = words.len().min(at + FURTHEST);
    let end = (at..far).find(|k| stop(*k)).unwrap_or(far);
    let n_before = mentions.partition_point(|mention| mention.words.start < start);
    let mut diseases = mentions
        .iter()
        .skip(n_before)
        .take_while(|mention| mention.words.start < end)
        .filter(|mention| mention.words.end <= end && mention.concept.domain() == Some(crate::Domain::Condition))
        .peekable();
    let alone =
        diseases.peek().is_none() && at == start && words.get(at + 1).is_some_and(|next| is_substage(&next.norm));
    let of_tumor = diseases.any(|mention| terminology.is_a(&mention.concept, &tumor));
    (of_tumor || alone).then(|| ConceptId::new("scale:cancer_stage"))
}

/// Stages with a letter are those of tumors, as far as they are written with Roman numbers.
fn is_substage(norm: &str) -> bool {
    let letters = norm.trim_end_matches(|c: char| c.is_ascii_digit());
    ["ia", "ib", "ic", "iia", "iib", "iic", "iiia", "iiib", "iiic", "iiid", "iva", "ivb", "ivc"].contains(&letters)
}

/// A limit written before the word "grade".
#[derive(Clone, Copy)]
enum Sign {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Sign {
    fn holds(self, number: u8, limit: u8) -> bool {
        match self {
            Sign::AtLeast => number >= limit,
            Sign::Above => number > limit,
            Sign::AtMost => number <= limit,
            Sign::Below => number < limit,
        }
    }
}

/// "≥ grade 2", "greater than class II", "at least stage 3": the sign before the word at `at`, and how many words it takes.
fn sign_before(words: &[Word], at: usize) -> Option<(Sign, usize)> {
    let norm = |back: usize| at.checked_sub(back).and_then(|k| words.get(k)).map_or("", |word| word.norm.as_str());
    Some(match (norm(2), norm(1)) {
        (">", "=") | ("at", "least") => (Sign::AtLeast, 2),
        ("<", "=") | ("at", "most") => (Sign::AtMost, 2),
        ("=", ">") => (Sign::AtLeast, 2),
        ("=", "<") => (Sign::AtMost, 2),
        ("greater" | "more" | "higher" | "worse", "than") => (Sign::Above, 2),
        ("less" | "lower", "than") => (Sign::Below, 2),
        (_, "≥") => (Sign::AtLeast, 1),
        (_, ">") => (Sign::Above, 1),
        (_, "≤") => (Sign::AtMost, 1),
        (_, "<") => (Sign::Below, 1),
        _ => return None,
    })
}

/// The scale or graded condition nearest to a word within its sentence.
fn nearest_scale(
    terminology: &Terminology,
    words: &[Word],
    mentions: &[crate::Mention],
    at: usize,
) -> Option<ConceptId> {
    let stop = |k: usize| words.get(k).is_some_and(|word| matches!(word.norm.as_str(), "." | ";"));
    let near = at.saturating_sub(FURTHEST);
    let start = (near..at).rev().find(|k| stop(*k)).map_or(near, |k| k + 1);
    let far = words.len().min(at + FURTHEST);
    let end = (at..far).find(|k| stop(*k)).unwrap_or(far);
    let scale = |mention: &crate::Mention| {
        if mention.concept.as_str().starts_with("scale:") {
            return Some(mention.concept.clone());
        }
        let of = SCALE_OF.iter().find(|(condition, _)| terminology.is_of_kind(&mention.concept, condition));
        of.map(|(_, scale)| ConceptId::new(scale))
    };
    let n_before = mentions.partition_point(|mention| mention.words.end <= at);
    let (before, behind) = mentions.split_at_checked(n_before)?;
    let mut found: Option<(usize, ConceptId)> = None;
    for mention in before.iter().rev().take_while(|mention| mention.words.start >= start) {
        let distance = at - mention.words.end;
        if found.as_ref().is_some_and(|(nearest, _)| *nearest < distance) {
            break;
        }
        // Of several that the same words name the first one counts.
        found = scale(mention).map(|scale| (distance, scale)).or(found);
    }
    for mention in behind.iter().take_while(|mention| mention.words.end <= end) {
        let distance = mention.words.start.saturating_sub(at);
        if found.as_ref().is_some_and(|(nearest, _)| *nearest <= distance) {
            break;
        }
        if mention.words.start >= start {
            found = scale(mention).map(|scale| (distance, scale)).or(found);
        }
    }
    found.map(|(_, scale)| scale)
}

/// How many words away the name of a scale is looked for.
const FURTHEST: usize = 100;

/// Ordinals from word `from`: one, a list, a range, or a limit; the index after the last word and the ordinals.
fn read_ordinals(words: &[Word], from: usize, scale: &[Ordinal]) -> Option<(usize, Vec<u8>)> {
    let norm = |k: usize| words.get(k).map(|word| word.norm.as_str());
    // "III" may be the name of a group: IIIA to IIID.
    let group = |k: usize| -> Vec<u8> {
        let Some(n) = norm(k) else { return Vec::new() };
        scale.iter().filter(|(_, written)| written.iter().any(|w| w == n)).map(|(number, _)| *number).collect()
    };
    let value = |k: usize| group(k).first().copied();
    let top = scale.iter().map(|(number, _)| *number).max()?;
    let low = scale.iter().map(|(number, _)| *number).min()?;
    let mut at = from;
    let mut limit = 0_i8;
    match norm(at) {
        Some("≥" | ">" | "≤" | "<") => {
            let strict = matches!(norm(at), Some(">" | "<"));
            let up = matches!(norm(at), Some("≥" | ">"));
            at += 1;
            if norm(at) == Some("=") {
                at += 1;
                let (first, last) = (value(at)?, group(at).last().copied()?);
                return Some((at + 1, if up { (first..=top).collect() } else { (low..=last).collect() }));
            }
            let (first, last) = (value(at)?, group(at).last().copied()?);
            let numbers = match (up, strict) {
                (true, false) => (first..=top).collect(),
                (true, true) => (last + 1..=top).collect(),
                (false, false) => (low..=last).collect(),
                (false, true) => (low..first).collect(),
            };
            return Some((at + 1, numbers));
        }
        Some(":" | "=") => at += 1,
        _ => {}
    }
    let mut found = group(at);
    found.first()?;
    at += 1;
    loop {
        match norm(at) {
            Some("-" | "–" | "—" | "~" | "～" | "to" | "through") if value(at + 1).is_some() => {
                let (from, to) = (found.last().copied()?, group(at + 1).last().copied()?);
                found.extend(from.min(to)..=from.max(to));
                at += 2;
            }
            Some("or" | "and" | "/" | "," | "+" | "&") if value(at + 1).is_some() => {
                found.extend(group(at + 1));
                at += 2;
            }
            Some(",") if matches!(norm(at + 1), Some("or" | "and")) && value(at + 2).is_some() => {
                found.extend(group(at + 2));
                at += 3;
            }
            Some("or") if matches!(norm(at + 1), Some("above" | "higher" | "greater" | "more" | "worse")) => {
                limit = 1;
                at += 2;
            }
            Some("or") if matches!(norm(at + 1), Some("below" | "lower" | "less")) => {
                limit = -1;
                at += 2;
            }
            _ => break,
        }
    }
    let (first, last) = (found.first().copied()?, found.last().copied()?);
    match limit {
        1 => found.extend(first..=top),
        -1 => found.extend(low..=last),
        _ => {}
    }
    found.sort_unstable();
    found.dedup();
    Some((at, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_forms() {
        for (text, scale, ordinals) in [
            ("NYHA class II-IV", "scale:nyha", vec![2, 3, 4]),
            ("NYHA class ≥ II", "scale:nyha", vec![2, 3, 4]),
            ("active class III or IV lupus nephritis", "scale:isn_rps", vec![3, 4]),
            ("ISN/RPS 2018 class III + V lupus nephritis", "scale:isn_rps", vec![3, 5]),
            ("GVHD of grade 2 or above", "scale:gvhd_grade", vec![2, 3, 4]),
            ("Acute graft-versus-host disease, grade II", "scale:gvhd_grade", vec![2]),
            ("Child-Pugh Class C", "scale:child_pugh", vec![3]),
            ("Chronic kidney disease, stage G3a", "scale:ckd_stage", vec![3]),
            ("Fitzpatrick phototype IV-VI", "scale:fitzpatrick", vec![4, 5, 6]),
            ("≥ grade 2 neuropathy", "scale:ctcae", vec![2, 3, 4, 5]),
            ("Peripheral neuropathy > grade 1", "scale:ctcae", vec![2, 3, 4, 5]),
            ("heart failure greater than NYHA class II", "scale:nyha", vec![3, 4]),
            ("stage ⅢB～Ⅳ lung cancer", "scale:cancer_stage", vec![9, 10, 11, 12, 13, 14]),
            ("at least stage III melanoma", "scale:cancer_stage", vec![8, 9, 10, 11, 12, 13, 14]),
            ("Stage III melanoma", "scale:cancer_stage", vec![8, 9, 10, 11]),
            ("Stage IVA (cT3 N2 M1b)", "scale:cancer_stage", vec![12]),
        ] {
            let found = grades(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].scale.as_str(), &found[0].ordinals), (scale, &ordinals), "{text}");
        }
        assert!(grades("a class of drugs").is_empty());
    }
}
