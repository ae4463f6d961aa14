//! What a study team could mend in its record: the findings of the linter in plain words, for a trial's page.

use super::trial::Prepared;
use crate::line::Line;
use crate::tongue::{Speak, Tongue};
use crate::words;
use trialway_diagnostics::{Diagnostic, Said, Severity, Span};
use trialway_eligibility::{CriterionLogic, checks};
use trialway_terminology::Terminology;

/// More points than this are counted, not shown.
const MOST_SHOWN: usize = 40;

/// One point.
pub struct PointView {
    /// The criterion that it is in, by its id on the page; empty for a field or the text as a whole.
    pub criterion: String,
    /// Where it is, in words.
    pub place: String,
    /// What is wrong.
    pub what: Line,
    /// What to do.
    pub mend: Line,
    /// The rule's code.
    pub code: String,
}

/// Points of one weight.
pub struct WeightView {
    /// What they have in common.
    pub heading: String,
    /// The points, in text order.
    pub points: Vec<PointView>,
}

/// What a page says to the study team.
pub struct TeamView {
    /// How many points there are, in words.
    pub summary: String,
    /// By weight, heaviest first; none without points.
    pub weights: Vec<WeightView>,
    /// What is not shown, in words; empty where all is.
    pub more: String,
}

/// Looks at a study's text and fields.
pub fn team(tongue: Tongue, prepared: &Prepared) -> TeamView {
    let study = &prepared.study.value;
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let tree = trialway_criteria::parse(text);
    let found = checks::check(Some(study), text, &tree.value, &prepared.logic, Terminology::builtin());
    let n = found.len();
    let mut left = MOST_SHOWN;
    let weights =
        [(Severity::Error, "mend-wrong"), (Severity::Warning, "mend-doubt"), (Severity::Info, "mend-clearer")]
            .into_iter()
            .map(|(severity, id)| {
                let points: Vec<PointView> = found
                    .iter()
                    .filter(|finding| finding.severity == severity)
                    .take(left)
                    .map(|finding| point(tongue, finding, &prepared.logic.criteria))
                    .collect();
                left = left.saturating_sub(points.len());
                WeightView { heading: tongue.say(id), points }
            })
            .filter(|weight| !weight.points.is_empty())
            .collect();
    let summary = if n == 0 { String::new() } else { words::count(tongue, "mend-n", n) };
    let more = if n > MOST_SHOWN { words::count(tongue, "mend-more", n - MOST_SHOWN) } else { String::new() };
    TeamView { summary, weights, more }
}

fn point(tongue: Tongue, finding: &Diagnostic, criteria: &[CriterionLogic]) -> PointView {
    let criterion = finding.span.and_then(|span| containing(criteria, span)).unwrap_or_default();
    let place = match (&criterion, &finding.path) {
        (id, None) if !id.is_empty() => String::new(),
        (_, Some(path)) => {
            let field = path.rsplit('.').next().unwrap_or(path);
            tongue.say_with("mend-field", &[("field", field)])
        }
        _ => tongue.say("mend-whole"),
    };
    PointView {
        criterion,
        place,
        what: sentence(tongue, &finding.said),
        mend: finding.advice.as_ref().map(|advice| sentence(tongue, advice)).unwrap_or_default(),
        code: finding.code.to_string(),
    }
}

/// The criterion furthest in that has a place in it.
fn containing(criteria: &[CriterionLogic], span: Span) -> Option<String> {
    let one = criteria.iter().find(|one| one.span.start <= span.start && span.end <= one.span.end)?;
    containing(&one.children, span).or_else(|| Some(one.id.to_string()))
}

/// A message as a sentence.
fn sentence(tongue: Tongue, said: &Said) -> Line {
    let told = quoted(&trialway_language::finding(tongue, said));
    Line::of(&if told.ends_with(['.', '!', '?']) { told } else { tongue.say_with("mend-sentence", &[("said", &told)]) })
}

/// A capital first, and curly quotation marks about what is written.
fn quoted(message: &str) -> String {
    let mut out = String::with_capacity(message.len() + 8);
    let mut is_open = false;
    for c in message.chars() {
        if c == '`' {
            out.push(if is_open { '”' } else { '“' });
            is_open = !is_open;
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Said, Tongue, sentence};

    #[test]
    fn messages_become_sentences() {
        let said = |tongue, said: Said| sentence(tongue, &said).plain();
        let lost = || Said::new("`{written}` is a power of ten that lost its exponent").with("written", "109/L");
        let write = || Said::new("write `{meant}`").with("meant", "10^9/L");
        assert_eq!(said(Tongue::English, lost()), "“109/L” is a power of ten that lost its exponent.");
        assert_eq!(said(Tongue::English, write()), "Write “10^9/L”.");
        assert_eq!(said(Tongue::Spanish, write()), "Escriba “10^9/L”.");
        assert_eq!(said(Tongue::Chinese, lost()), "“109/L” 是丢失了指数的十的幂。");
    }
}
