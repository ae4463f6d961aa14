//! What the words and codes of an element mean: concepts, findings, grades, causes.

use crate::element::Coded;
use trialway_patient::Finding;
use trialway_terminology::{Coding, ConceptId, Layered, scale, system_name};

/// Words after which a cause is named.
const CAUSE_CUES: [&str; 6] = ["due to", "attributed to", "attributable to", "secondary to", "caused by", "because of"];

/// The concepts that a coded element means: those of its codes, then those its names mention.
pub(crate) fn concepts(coded: &Coded, terminology: &Layered<'_>) -> Vec<ConceptId> {
    let mut out: Vec<ConceptId> = Vec::new();
    for (system, code, _) in &coded.codings {
        extend(&mut out, terminology.by_code(system, code));
    }
    let names = coded.codings.iter().map(|(_, _, display)| display.as_str()).chain([coded.text.as_str()]);
    for name in names {
        let head = without_cause(name);
        let mentioned = terminology.mentions(head);
        if mentioned.is_empty() {
            extend(&mut out, terminology.by_name(head));
        }
        extend(&mut out, mentioned.into_iter().filter(|m| !m.negated && !m.hypothetical).map(|m| m.concept).collect());
    }
    drop_general(&mut out, terminology);
    out
}

fn extend(out: &mut Vec<ConceptId>, more: Vec<ConceptId>) {
    for id in more {
        if !out.contains(&id) {
            out.push(id);
        }
    }
}

/// A concept whose special kind is there too says nothing more.
fn drop_general(out: &mut Vec<ConceptId>, terminology: &Layered<'_>) {
    let all = out.clone();
    out.retain(|id| !all.iter().any(|other| other != id && terminology.is_a(other, id)));
}

/// The part of a name before its cause.
pub(crate) fn without_cause(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    CAUSE_CUES.iter().filter_map(|cue| lower.find(cue)).min().and_then(|at| name.get(..at)).unwrap_or(name)
}

/// The concepts named as causes in names and notes.
pub(crate) fn causes<'a>(texts: impl Iterator<Item = &'a str>, terminology: &Layered<'_>) -> Vec<ConceptId> {
    let mut out = Vec::new();
    for text in texts {
        let lower = text.to_ascii_lowercase();
        for cue in CAUSE_CUES {
            if let Some(rest) = lower.find(cue).and_then(|at| text.get(at + cue.len()..)) {
                let clause = rest.split(['.', ';']).next().unwrap_or(rest);
                extend(
                    &mut out,
                    terminology.mentions(clause).into_iter().filter(|m| !m.negated).map(|m| m.concept).collect(),
                );
            }
        }
    }
    out
}

/// What a text names, with denial and doubt.
pub(crate) fn findings<'a>(texts: impl Iterator<Item = &'a str>, terminology: &Layered<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    for text in texts {
        for mention in terminology.mentions(text) {
            let finding =
                Finding { concept: mention.concept, negated: mention.negated, hypothetical: mention.hypothetical };
            if !out.contains(&finding) {
                out.push(finding);
            }
        }
    }
    out
}

/// The classes, grades and stages that texts name.
pub(crate) fn grades<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(ConceptId, Vec<u8>)> {
    let mut out: Vec<(ConceptId, Vec<u8>)> = Vec::new();
    for text in texts {
        for grade in scale::grades(text) {
            match out.iter_mut().find(|(id, _)| *id == grade.scale) {
                Some((_, ordinals)) => {
                    ordinals.extend(grade.ordinals);
                    ordinals.sort_unstable();
                    ordinals.dedup();
                }
                None => out.push((grade.scale, grade.ordinals)),
            }
        }
    }
    out
}

/// The codes with short names of their systems.
pub(crate) fn codings(coded: &Coded) -> Vec<Coding> {
    coded
        .codings
        .iter()
        .filter(|(_, code, _)| !code.is_empty())
        .map(|(system, code, _)| Coding { system: system_name(system).to_owned(), code: code.clone() })
        .collect()
}
