//! The linter: one rule a file, with its code, its severity and its explanation.
//!
//! ```text
//! record, text, tree, logic -> material (items, words, phrases of data/lint.tsv) -> each rule -> Diagnostics
//! ```
//!
//! A rule is pure and reports; it changes no reading and no verdict. Rules run only where findings are asked for, never in
//! [`crate::lower`]. `error` says that the text is broken whatever was meant; what may be meant is a `warning`, and what could be
//! said better an `info`. Read in this order: `material`, `phrases`, then any rule.

mod abbreviations;
mod age_disagrees;
mod ambiguous_scope;
mod contradictory;
mod double_marker;
mod duplicate;
mod field_range;
mod grammar;
mod impossible_range;
mod impossible_unit;
mod impossible_value;
mod interval;
mod intervention_as_condition;
mod lost_sign;
mod lost_superscript;
mod material;
mod missing_threshold;
mod missing_unit;
mod mistranslation;
mod near_duplicate;
mod negated_exclusion;
mod nonstandard_name;
mod nonstandard_unit;
mod phrases;
mod placeholder;
mod sex_disagrees;
mod stray_character;
mod undefined_abbreviation;
mod unreachable_exception;
mod vague_term;
mod wrong_section;

use crate::logic::StudyLogic;
use material::Material;
use trialway_criteria::Tree;
use trialway_diagnostics::{Code, Diagnostic, Explanation, Severity, Span};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// One kind of defect that is looked for.
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Its name, as in `lost-superscript`.
    pub name: &'static str,
    /// The highest severity that it reports with.
    pub severity: Severity,
    /// What it is, in one line.
    pub title: &'static str,
    /// What it reports, why it matters, an example, what to do, the source.
    pub explanation: &'static str,
    check: fn(&Material<'_>, &mut Vec<Diagnostic>),
}

/// A rule from its doc comment: what is documented is what `trialway explain` prints.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ RULE = $code:expr, $name:literal, $severity:ident, $title:literal) => {
        $(#[doc = $doc])+
        pub(crate) const RULE: $crate::checks::Rule = $crate::checks::Rule {
            code: $code,
            name: $name,
            severity: trialway_diagnostics::Severity::$severity,
            title: $title,
            explanation: concat!($($doc, "\n"),+),
            check,
        };
    };
}
pub(crate) use rule;

/// Every rule, ordered by code.
pub static RULES: [Rule; 27] = [
    ambiguous_scope::RULE,
    age_disagrees::RULE,
    lost_superscript::RULE,
    lost_sign::RULE,
    stray_character::RULE,
    mistranslation::RULE,
    sex_disagrees::RULE,
    nonstandard_unit::RULE,
    missing_unit::RULE,
    impossible_unit::RULE,
    impossible_value::RULE,
    impossible_range::RULE,
    field_range::RULE,
    duplicate::RULE,
    near_duplicate::RULE,
    contradictory::RULE,
    unreachable_exception::RULE,
    intervention_as_condition::RULE,
    placeholder::RULE,
    negated_exclusion::RULE,
    wrong_section::RULE,
    vague_term::RULE,
    missing_threshold::RULE,
    undefined_abbreviation::RULE,
    grammar::RULE,
    double_marker::RULE,
    nonstandard_name::RULE,
];

/// What the rules say of a text, beside what reading it found.
///
/// **Shape**: by place in the text, fields of the record last; nothing twice at one place by one rule. `logic` is that of `tree`,
/// `tree` that of `text`; without a record the rules about its fields say nothing.
pub fn check(
    study: Option<&Study>,
    text: &str,
    tree: &Tree,
    logic: &StudyLogic,
    terminology: &Terminology,
) -> Vec<Diagnostic> {
    let material = Material::new(study, text, tree, logic, terminology);
    let mut out = Vec::new();
    for rule in &RULES {
        (rule.check)(&material, &mut out);
    }
    // What reading reported already, by code and place.
    let mut told: Vec<(Code, Span)> =
        logic.findings.iter().filter_map(|finding| Some((finding.code, finding.span?))).collect();
    told.sort_unstable();
    let known = |finding: &Diagnostic| {
        let Some(span) = finding.span else { return false };
        let end = told.partition_point(|(code, other)| (*code, other.start) < (finding.code, span.end));
        let mut nearest = told.iter().take(end).rev().take(4);
        nearest.any(|(code, other)| *code == finding.code && other.overlaps(span))
    };
    out.retain(|finding| !known(finding));
    out.sort_by(|a, b| place(a).cmp(&place(b)));
    out.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.path == b.path);
    out
}

fn place(finding: &Diagnostic) -> (bool, Option<Span>, Code, Option<&str>) {
    (finding.span.is_none(), finding.span, finding.code, finding.path.as_deref())
}

/// What each code of this crate means, ordered by code.
pub fn explanations() -> Vec<Explanation> {
    let mut out: Vec<Explanation> = crate::codes::EXPLANATIONS.to_vec();
    out.extend(RULES.iter().map(|rule| Explanation { code: rule.code, title: rule.title, text: rule.explanation }));
    out.sort_by_key(|explanation| explanation.code);
    out
}

#[cfg(test)]
mod tests;
