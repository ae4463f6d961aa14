//! Criteria that stand on the wrong side.

use super::material::{Item, Material, finding};
use super::phrases::Sort;
use super::rule;
use trialway_criteria::Kind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: a requirement under exclusion, or a ground of exclusion under inclusion, by the words that it begins with.
    /// Why it matters: read as it stands, it shuts out those who are wanted, or asks for those who are not.
    /// Example: under exclusion, `Signed informed consent`; under inclusion, `Unwilling to use contraception`.
    /// What to do: move the item to the other section.
    /// Source: `crates/eligibility/data/lint.tsv`, rows `requirement` and `ground`; observed in registry records.
    RULE = Code("ELG022"), "wrong-section", Warning, "criterion in the wrong section"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    // Without an exclusion heading everything is read as inclusion, and that is what is to be mended.
    let excludes = material.n_sections(Kind::Exclusion) > 0;
    for item in &material.items {
        if item.parent.is_some() || !item.criterion.children.is_empty() {
            continue;
        }
        let (sort, other) = match item.criterion.kind {
            Kind::Exclusion => (Sort::Requirement, "a requirement stands under exclusion"),
            Kind::Inclusion if excludes => (Sort::Ground, "a ground of exclusion stands under inclusion"),
            Kind::Inclusion => continue,
        };
        out.extend(starts(item, sort, other));
    }
}

fn starts(item: &Item<'_>, sort: Sort, other: &'static str) -> Option<Diagnostic> {
    let first = item.first_word();
    let hit = item.hits.iter().rfind(|hit| hit.entry.sort == sort && hit.words.start == first)?;
    // "Pregnant women will be excluded": the sentence says itself which side it is on.
    let says_itself = |at: usize| {
        matches!(
            item.norm(at),
            "excluded" | "exclude" | "ineligible" | "exclusion" | "allowed" | "permitted" | "eligible"
        )
    };
    if sort == Sort::Ground && (hit.words.end..item.words.len()).any(says_itself) {
        return None;
    }
    let written = item.written(&(0..hit.words.end));
    let message = Said::new("{what}: `{written} …`").ours("what", other).with("written", written);
    Some(
        finding(&RULE, Severity::Warning, item.span(&(0..hit.words.end)), message)
            .with_help("move the item to the other section"),
    )
}
