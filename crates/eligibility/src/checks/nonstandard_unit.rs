//! Units whose letters mean another unit.

use super::material::{Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::WordKind;

rule! {
    /// Reports: units whose capitals mean another unit (`ML` is megalitre), and pressure as a quotient (`mm/Hg`).
    /// Why it matters: strictly read, the limit is off by many powers of ten. Trialway reads what is meant.
    /// Example: `eGFR ≥ 30 ML/min`.
    /// What to do: write the unit as UCUM does.
    /// Source: UCUM 2.2, case sensitive units.
    RULE = Code("ELG009"), "nonstandard-unit", Info, "unit spelled as another one"
}

const MEANT: [(&str, &str, &str); 8] = [
    ("ML", "mL", "megalitres"),
    ("Ml", "mL", "no unit"),
    ("MG", "mg", "no unit"),
    ("Mg", "mg", "megagrams"),
    ("MMOL", "mmol", "no unit"),
    ("Mmol", "mmol", "megamoles"),
    ("KG", "kg", "no unit"),
    ("Kg", "kg", "kelvin grams"),
];

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in material.items.iter().filter(|item| !item.is_shouted()) {
        for at in 1..item.words.len() {
            let written = item.raw(at);
            let quotient = written == "mm" && item.norm(at + 1) == "/" && item.norm(at + 2) == "hg";
            // "30ML" is a number with its unit; "ML" alone may be a name.
            let after_number = item.kind(at - 1) == Some(WordKind::Number) || item.norm(at - 1) == "/";
            if quotient {
                let range = at..at + 3;
                let message = Said::new("`{written}` is written as a quotient").with("written", item.written(&range));
                out.push(finding(&RULE, Severity::Info, item.span(&range), message).with_help("write `mmHg`"));
            } else if after_number
                && let Some((_, meant, strictly)) = MEANT.iter().find(|(other, ..)| *other == written)
            {
                let message = Said::new("`{written}` means {strictly}, not `{meant}`");
                let message = message.with("written", written).ours("strictly", strictly).with("meant", meant);
                let help = Said::new("write `{meant}`").with("meant", meant);
                out.push(finding(&RULE, Severity::Info, item.span(&(at..at + 1)), message).with_help(help));
            }
        }
    }
}
