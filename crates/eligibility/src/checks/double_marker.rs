//! Items with a bullet and a printed number.

use super::material::{Material, finding};
use super::rule;
use trialway_criteria::LeafKind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: items that begin with a bullet and a number (`* 1\. `). Once a text, at the first of them.
    /// Why it matters: the page shows both; a list pasted with its numbers was made a list again.
    /// Example: `* 1\. Age of 18 years or older`.
    /// What to do: keep one marker.
    /// Source: observed in registry records.
    RULE = Code("ELG027"), "double-list-marker", Info, "two list markers on one item"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let mut first = None;
    let mut n = 0_usize;
    for leaf in material.tree.leaves.iter().filter(|leaf| leaf.kind == LeafKind::Marker) {
        let written = leaf.span.of(material.text);
        let marker = written.trim();
        let bullet = marker.starts_with(['*', '-', '•', '–']);
        if bullet && marker.chars().any(|c| c.is_ascii_digit()) {
            n += 1;
            let indent = written.len() - written.trim_start().len();
            let start = leaf.span.start + indent;
            first = first.or(Some(trialway_diagnostics::Span::new(start, start + marker.len())));
        }
    }
    let Some(span) = first else { return };
    let written = span.of(material.text);
    let message =
        Said::new("`{written}` is two list markers; {n} items have them").with("written", written).with("n", n);
    out.push(finding(&RULE, Severity::Info, span, message).with_help("keep one marker"));
}
