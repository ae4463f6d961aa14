//! Pieces that ask for nothing by themselves, silenced before a clause is cut into units.
//!
//! | written | silenced |
//! | --- | --- |
//! | `mutation detected by NGS or multiplex PCR` | the means by which it was found |
//! | `age between ≥ 13 and ≤ 65 years` | `between`: the signs say it |
//! | `current, untreated, major depression` | the commas: all of them are said of the one name |

use super::Context;
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};

/// Words that lead to the means by which something was found.
const BY: &[&str] = &[
    "confirmed by",
    "determined by",
    "detected by",
    "tested by",
    "by",
    "via",
    "per",
    "using",
    "as evidenced by",
    "as assessed by",
    "as determined by",
    "as measured by",
    "evidenced by",
    "assessed by",
    "by means of",
    "as shown by",
];

/// Words in front of these.
const LED: &[&str] = &["as", "evidenced", "assessed", "determined", "measured", "shown", "detected", "detectable"];

/// Words that such means are named with.
const MEANS: &[&str] = &[
    "ngs",
    "pcr",
    "rt-pcr",
    "qpcr",
    "multiplex",
    "next",
    "generation",
    "next-generation",
    "sequencing",
    "fish",
    "ihc",
    "immunohistochemistry",
    "immunohistochemical",
    "sanger",
    "flow",
    "cytometry",
    "cytogenetics",
    "cytogenetic",
    "karyotype",
    "karyotyping",
    "blot",
    "elisa",
    "assay",
    "assays",
    "quantitative",
    "qualitative",
    "viral",
    "molecular",
    "genetics",
    "morphology",
    "snapshot",
    "snp",
    "panel",
    "analysis",
    "testing",
    "local",
    "central",
    "laboratory",
    "lab",
    "mini",
    "scid",
    "scid-5",
    "mini-kid",
    "interview",
    "structured",
    "clinical",
    "standard",
    "institutional",
    "method",
    "methods",
];

/// Of these one must be there: the others are means only beside them.
const TELLING: &[&str] = &[
    "ngs",
    "pcr",
    "rt-pcr",
    "qpcr",
    "sequencing",
    "fish",
    "ihc",
    "immunohistochemistry",
    "cytometry",
    "karyotyping",
    "elisa",
    "assay",
    "assays",
    "mini",
    "scid",
    "scid-5",
    "mini-kid",
    "interview",
    "method",
    "methods",
];

/// Words that narrow a name and stand before it, one behind the other.
const ADJECTIVES: &[&str] = &[
    "non-healing",
    "nonhealing",
    "unhealed",
    "untreated",
    "unstable",
    "symptomatic",
    "asymptomatic",
    "chronic",
    "acute",
    "ongoing",
    "progressive",
    "recurrent",
    "significant",
    "serious",
    "known",
    "severe",
    "active",
    "current",
    "uncontrolled",
    "moderate",
    "mild",
    "persistent",
    "concurrent",
    "concomitant",
    "unresolved",
    "refractory",
    "relapsed",
    "advanced",
    "metastatic",
    "unresectable",
];

/// The pieces of a clause, those that ask for nothing silenced.
pub(super) fn words(context: &Context<'_>, mut part: Vec<Piece>) -> Vec<Piece> {
    means(context, &mut part);
    letters(context, &mut part);
    adjectives(context, &mut part);
    for at in 0..part.len() {
        let Some(piece) = part.get(at) else { continue };
        let silent = match piece.kind {
            PieceKind::Word if is(context, piece, &["between"]) => limits_next(part.get(at + 1..).unwrap_or_default()),
            PieceKind::Word if is(context, piece, &["infected"]) => named_before(&part, at),
            PieceKind::Word if is(context, piece, &["older", "above", "over", "greater", "more"]) => {
                says_again(&part, at)
            }
            _ => false,
        };
        if let Some(piece) = part.get_mut(at).filter(|_| silent) {
            piece.kind = PieceKind::Blank;
        }
    }
    part
}

fn is(context: &Context<'_>, piece: &Piece, words: &[&str]) -> bool {
    context
        .text
        .get(piece.range.clone())
        .is_some_and(|text| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word)))
}

fn limits_next(rest: &[Piece]) -> bool {
    rest.iter()
        .find(|piece| piece.kind != PieceKind::Blank)
        .is_some_and(|piece| matches!(piece.kind, PieceKind::Comparison(_)))
}

/// "HIV-infected": whether a disease is named directly before.
fn named_before(part: &[Piece], at: usize) -> bool {
    part.get(..at).unwrap_or_default().iter().rfind(|piece| piece.kind != PieceKind::Blank).is_some_and(|piece| {
        matches!(&piece.kind, PieceKind::Mention(concepts)
            if concepts.iter().any(|id| id.domain() == Some(trialway_terminology::Domain::Condition)))
    })
}

/// "at least 40 years or older": whether a word at the end of a clause says the limit before it again.
fn says_again(part: &[Piece], at: usize) -> bool {
    let solid = |piece: &&Piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _));
    let mut before = part.get(..at).unwrap_or_default().iter().rev().filter(solid);
    let or = before.next().is_some_and(|piece| piece.kind == PieceKind::Or);
    let limited = before.next().is_some_and(|piece| match &piece.kind {
        PieceKind::Comparison(all) => all
            .iter()
            .all(|one| matches!(one.op, trialway_criteria::compare::Op::Ge | trialway_criteria::compare::Op::Gt)),
        _ => false,
    });
    or && limited && !part.get(at + 1..).unwrap_or_default().iter().any(|piece| solid(&piece))
}

/// "hepatitis A, B or C infection": the letters behind the first name are names of their own.
fn letters(context: &Context<'_>, part: &mut [Piece]) {
    const LETTERS: [(&str, &str); 4] = [
        ("B", "condition:hepatitis_b"),
        ("C", "condition:hepatitis_c"),
        ("D", "condition:hepatitis_d"),
        ("E", "condition:hepatitis_e"),
    ];
    let hepatitis = |piece: &Piece| match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().any(|id| id.as_str().starts_with("condition:hepatitis")),
        _ => false,
    };
    let mut listed = false;
    for at in 0..part.len() {
        let Some(piece) = part.get(at) else { continue };
        if hepatitis(piece) {
            listed = true;
            continue;
        }
        let text = context.text.get(piece.range.clone()).unwrap_or_default();
        let named = LETTERS.iter().find(|(letter, _)| *letter == text).and_then(|(_, id)| context.terminology.id(id));
        match (&piece.kind, named) {
            (PieceKind::Comma | PieceKind::Or | PieceKind::And | PieceKind::Blank, _) => {}
            (PieceKind::Word, Some(id)) if listed => {
                if let Some(piece) = part.get_mut(at) {
                    piece.kind = PieceKind::Mention([id].as_slice().into());
                }
            }
            // "C infection", read as one name of a kind of infection.
            (PieceKind::Mention(_), _) if listed && text.eq_ignore_ascii_case("infection") => {
                if let Some(piece) = part.get_mut(at) {
                    piece.kind = PieceKind::Blank;
                }
                listed = false;
            }
            _ => listed = false,
        }
    }
}

/// "by NGS or PCR": from the word that leads to the last word of the means.
fn means(context: &Context<'_>, part: &mut [Piece]) {
    let mut at = 0;
    while at < part.len() {
        let leads = part.get(at).is_some_and(|piece| {
            matches!(
                piece.kind,
                PieceKind::Word
                    | PieceKind::Phrase(
                        Class::Filler | Class::Standard | Class::Confirm | Class::Narrowing | Class::Cause,
                        _
                    )
            ) && is(context, piece, BY)
        });
        at += 1;
        if !leads {
            continue;
        }
        let rest = part.get(at..).unwrap_or_default();
        let (mut n, mut telling) = (0, false);
        for (k, piece) in rest.iter().enumerate() {
            let joint = matches!(
                piece.kind,
                PieceKind::Or | PieceKind::And | PieceKind::Blank | PieceKind::Open | PieceKind::Close
            ) || matches!(piece.kind, PieceKind::Phrase(Class::Filler, _))
                && is(context, piece, &["the", "a", "an"]);
            let text = context.text.get(piece.range.clone()).unwrap_or_default();
            let mut words = text.split([' ', '/']).filter(|word| !word.is_empty());
            let named = words.all(|word| MEANS.iter().any(|known| word.eq_ignore_ascii_case(known)));
            if named && !joint {
                telling |=
                    text.split([' ', '/']).any(|word| TELLING.iter().any(|known| word.eq_ignore_ascii_case(known)));
                n = k + 1;
            } else if !joint {
                break;
            }
        }
        // A bracket is silenced whole or not at all.
        let opened = rest.get(..n).unwrap_or_default().iter().filter(|piece| piece.kind == PieceKind::Open).count();
        let closed = rest.get(..n).unwrap_or_default().iter().filter(|piece| piece.kind == PieceKind::Close).count();
        let n =
            if opened > closed && rest.get(n).is_some_and(|piece| piece.kind == PieceKind::Close) { n + 1 } else { n };
        let closed = rest.get(..n).unwrap_or_default().iter().filter(|piece| piece.kind == PieceKind::Close).count();
        if telling && opened == closed {
            // "as evidenced", "assessed": the words that lead to it.
            let led = part.get(..at - 1).unwrap_or_default().iter().rev();
            let n_led = led.take_while(|piece| piece.kind == PieceKind::Blank || is(context, piece, LED)).count();
            for piece in part.iter_mut().skip(at - 1 - n_led).take(n + 1 + n_led) {
                piece.kind = PieceKind::Blank;
            }
            at += n;
        }
    }
}

/// Silences the commas between words that all narrow the name behind them.
fn adjectives(context: &Context<'_>, part: &mut [Piece]) {
    let narrows = |piece: &Piece| match piece.kind {
        PieceKind::Phrase(
            Class::Active | Class::Current | Class::Severe | Class::Uncontrolled | Class::Refractory,
            _,
        ) => true,
        PieceKind::Word | PieceKind::Phrase(Class::Narrowing, _) => is(context, piece, ADJECTIVES),
        _ => false,
    };
    // The comma of which it is not known yet what follows it; "asthma, severe, or diabetes": what stands behind a name narrows that one.
    let mut waiting: Option<usize> = None;
    let (mut after_narrowing, mut behind_name) = (false, false);
    for at in 0..part.len() {
        let Some(piece) = part.get(at) else { continue };
        if matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)) {
            continue;
        }
        let (comma, narrowing) = (piece.kind == PieceKind::Comma, narrows(piece));
        let name = matches!(piece.kind, PieceKind::Mention(_));
        if let Some(comma) = waiting.take().filter(|_| narrowing || name).and_then(|comma| part.get_mut(comma)) {
            comma.kind = PieceKind::Blank;
        }
        waiting = (comma && after_narrowing && !behind_name).then_some(at);
        if !comma && !narrowing {
            behind_name = name || part.get(at).is_some_and(|piece| piece.kind == PieceKind::Word);
        }
        after_narrowing = narrowing;
    }
}
