//! Powers of ten whose exponent is no longer raised.

use super::material::{Item, Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::WordKind;

rule! {
    /// Reports: `109/L`, `103/mm3`, `106 cells/kg` where a power of ten lost its raised exponent.
    /// Why it matters: read as it stands, the limit is off by many powers of ten, or means nothing. Trialway reads it as the power.
    /// Example: `platelets ≥ 75 x 109/L` for 75 x 10^9/L.
    /// What to do: write `10^9/L`; the registry's text keeps no superscripts.
    /// Source: observed in registry records; UCUM 2.2 writes `10*9/L`.
    RULE = Code("ELG004"), "lost-superscript", Error, "exponent no longer raised"
}

const POWERS: [(&str, &str); 10] = [
    ("103", "3"),
    ("104", "4"),
    ("105", "5"),
    ("106", "6"),
    ("107", "7"),
    ("108", "8"),
    ("109", "9"),
    ("1010", "10"),
    ("1011", "11"),
    ("1012", "12"),
];

/// Begins the unit of a count per volume or weight.
const PER: [&str; 9] = ["l", "ul", "mcl", "ml", "mm3", "mm", "dl", "kg", "liter"];

/// Things that are counted.
const COUNTED: [&str; 10] = ["cell", "copy", "iu", "cfu", "pfu", "platelet", "vg", "cd34", "leukocyte", "litre"];

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for at in 0..item.words.len() {
            out.extend(power(item, at));
        }
    }
}

fn power(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    let norm = item.norm(at);
    // "x109" is one word.
    let (digits, joined) = match item.kind(at)? {
        WordKind::Number => (norm, false),
        WordKind::Letters => (norm.strip_prefix('x')?, true),
        WordKind::Symbol => return None,
    };
    let mut last = at;
    let exponent = match POWERS.iter().find(|(written, _)| *written == digits) {
        Some((_, exponent)) => *exponent,
        // "10 9/L"
        None if digits == "10" => {
            let next = item.norm(at + 1);
            let (_, exponent) = POWERS.iter().find(|(_, exponent)| *exponent == next)?;
            last = at + 1;
            exponent
        }
        None => return None,
    };
    let before = at.checked_sub(1).map_or("", |before| item.norm(before));
    let times = joined || matches!(before, "x" | "×" | "*" | "·" | "⋅" | "•" | "χ" | "х");
    let number_before = at.checked_sub(1).and_then(|before| item.kind(before)) == Some(WordKind::Number);
    let compared = matches!(before, "≥" | "≤" | ">" | "<" | "=");
    let slash = item.norm(last + 1) == "/";
    let per = slash && PER.contains(&item.norm(last + 2));
    let counted = COUNTED.contains(&item.norm(last + 1));
    let severity = if times && (per || counted) || number_before && per && last == at {
        Severity::Error
    } else if compared && per && exponent.len() < 3 && matches!(exponent, "9" | "12") {
        Severity::Warning
    } else {
        return None;
    };
    let end = if per { last + 3 } else { last + 1 };
    let span = item.span(&(at..end));
    let tail = if per { item.written(&(last + 1..end)) } else { "" };
    let tail: String = tail.split_whitespace().collect();
    let written = item.written(&(at..end));
    Some(
        finding(
            &RULE,
            severity,
            span,
            Said::new("`{written}` is a power of ten that lost its exponent").with("written", written),
        )
        .with_help(
            Said::new("write `{meant}`")
                .with("meant", format!("{}10^{exponent}{tail}", if joined { "x " } else { "" })),
        ),
    )
}
