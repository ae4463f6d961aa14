//! Exclusion criteria that deny what they mean to exclude.

use super::material::{Material, finding};
use super::phrases::Sort;
use super::rule;
use trialway_criteria::Kind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: an exclusion criterion that begins with a denial, such as `no history of`.
    /// Why it matters: read as it stands, everybody without it is excluded, and those who have it may join.
    /// Example: under exclusion, `No history of seizures`.
    /// What to do: name the ground of exclusion (`History of seizures`), or move the item to the inclusion criteria.
    /// Source: ClinicalTrials.gov data element definitions, eligibility criteria; `crates/eligibility/data/lint.tsv`, rows `denial`.
    RULE = Code("ELG021"), "negated-exclusion", Warning, "denial among the grounds of exclusion"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        if item.criterion.kind != Kind::Exclusion || item.parent.is_some() {
            continue;
        }
        let first = item.first_word();
        let Some(hit) = item.hits.iter().rfind(|hit| hit.entry.sort == Sort::Denial && hit.words.start == first) else {
            continue;
        };
        let written = item.written(&(0..hit.words.end));
        let message =
            Said::new("under exclusion, `{written} …` excludes those who do not have it").with("written", written);
        out.push(
            finding(&RULE, Severity::Warning, item.span(&(0..hit.words.end)), message).with_help(
                "name the ground of exclusion without the denial, or move the item to the inclusion criteria",
            ),
        );
    }
}
