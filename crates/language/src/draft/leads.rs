//! Items that a record sets at one indent though they belong to the item before them: kinds of which one is enough ("this
//! includes:"), and what does not count ("with the exception of:").
//!
//! A member of such a list is no requirement of its own, and an exception is let in. Where a list ends is told by its marks alone
//! (numbers, letters, bullets); where these do not tell, everything up to the end of the section is left to the record's words.

use super::named::letters;
use super::texts::norm;
use trialway_criteria::Kind;
use trialway_eligibility::{CriterionLogic, StudyLogic};

/// What an item begins with, and how far it is set in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Mark {
    class: Class,
    indent: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Bullet(char),
    Number,
    /// A letter or a small Roman number.
    Letter,
    None,
}

/// An item that opens a list.
struct Lead {
    at: usize,
    mark: Mark,
    member: Option<Mark>,
}

/// Which of the top-level criteria may not be told as lines of their own.
///
/// **Shape**: one entry per criterion, in order.
pub(super) fn withheld(logic: &StudyLogic, text: &str) -> Vec<bool> {
    let all = &logic.criteria;
    let mut out = vec![false; all.len()];
    let mut lead: Option<Lead> = None;
    let mut last_unlettered: Option<usize> = None;
    for (at, one) in all.iter().enumerate() {
        let goes_on = |with: Option<usize>| {
            with.and_then(|with| all.get(with)).is_some_and(|with| with.kind == one.kind && with.group == one.group)
        };
        let mark = mark(one, text);
        let own = norm(one.own.text());
        if let Some(open) = &mut lead {
            let ends = open.member.is_some_and(|first| mark == open.mark && mark != first);
            if ends || !goes_on(Some(open.at)) {
                lead = None;
            } else {
                open.member.get_or_insert(mark);
                mark_at(&mut out, at);
            }
        }
        // "a." behind "1." or a bullet is a part of what stands before it.
        if mark.class == Class::Letter {
            if one.kind == Kind::Inclusion && goes_on(last_unlettered) {
                mark_at(&mut out, at);
            }
        } else {
            last_unlettered = Some(at);
        }
        if begins_with_exception(&own) {
            mark_at(&mut out, at);
            if let Some(before) = at.checked_sub(1).filter(|before| goes_on(Some(*before))) {
                mark_at(&mut out, before);
            }
        }
        let excepts = ends_with_exception(&own);
        if excepts {
            mark_at(&mut out, at);
        }
        if one.children.is_empty() && (excepts || opens_a_list(&own, one.kind)) && lead.is_none() {
            lead = Some(Lead { at, mark, member: None });
        }
    }
    out
}

fn mark_at(out: &mut [bool], at: usize) {
    if let Some(one) = out.get_mut(at) {
        *one = true;
    }
}

/// What stands before an item's words on its line, and a letter or a number that its words begin with.
fn mark(one: &CriterionLogic, text: &str) -> Mark {
    let before = text.get(..one.own_span.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line..one.own_span.end).unwrap_or_default();
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let bare = trimmed.trim_start_matches(['*', '-', '•', '·', '–', '○', ' ', '\\', '(']);
    let token: String = bare.chars().take_while(char::is_ascii_alphanumeric).take(6).collect();
    let is_marked = bare.get(token.len()..).is_some_and(|rest| rest.starts_with(['.', ')', '\\']));
    let lower = token.to_ascii_lowercase();
    let class = match () {
        () if is_marked && !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit()) => Class::Number,
        () if is_marked
            && (token.len() == 1 || !token.is_empty() && lower.bytes().all(|byte| b"ivx".contains(&byte))) =>
        {
            Class::Letter
        }
        () => match trimmed.chars().next() {
            Some(c) if !c.is_alphanumeric() && bare.len() < trimmed.len() => Class::Bullet(c),
            _ => Class::None,
        },
    };
    Mark { class, indent }
}

/// Whether an item is what does not count of the one before it.
fn begins_with_exception(own: &str) -> bool {
    ["exception", "except", "unless", "however", "with the exception", "but not", "excluding", "other than"]
        .iter()
        .any(|cue| own.trim_start().starts_with(cue))
}

/// Whether what follows an item is what does not count of it.
fn ends_with_exception(own: &str) -> bool {
    const CUES: [&str; 12] = [
        "except",
        "exception",
        "exceptions",
        "excepting",
        "unless",
        "excluding",
        "other than",
        "apart from",
        "not including",
        "exclusive of",
        "not apply",
        "exempt",
    ];
    let own = own.trim();
    let tail: Vec<&str> = letters(own).collect();
    let tail = tail.get(tail.len().saturating_sub(if own.ends_with(':') { 7 } else { 3 })..).unwrap_or_default();
    let padded = format!(" {} ", tail.join(" "));
    let has = CUES.iter().any(|cue| padded.contains(&format!(" {cue} ")));
    let ends = ["except", "except for", "exception of", "exceptions of", "other than", "unless", "excluding"];
    own.ends_with(':') && has || ends.iter().any(|cue| padded.ends_with(&format!(" {cue} ")))
}

/// Whether what follows an item are parts of it that say less than a line of their own would.
fn opens_a_list(own: &str, kind: Kind) -> bool {
    const CHOICES: [&str; 9] = [
        "one of the following",
        "any of the following",
        "one or more of the following",
        "any one of",
        "either of the following",
        "at least one",
        "at least two",
        "one of these",
        "of the following types",
    ];
    // Each of what follows is asked for.
    const ALL: [&str; 9] = [
        "all of the",
        "all the following",
        "following criteria",
        "inclusion criteria",
        "requirements",
        "function",
        "laborator",
        "hematolog",
        "must have",
    ];
    let own = own.trim();
    let is_choice = CHOICES.iter().any(|cue| own.contains(cue));
    match kind {
        Kind::Inclusion => {
            is_choice && (own.ends_with(':') || own.ends_with("following"))
                || own.ends_with(':') && !ALL.iter().any(|cue| own.contains(cue))
        }
        // Each of what follows excludes, and with the lead's time or limit alone.
        Kind::Exclusion => own.ends_with(':') && !letters(own).all(is_plain_word),
    }
}

/// Words of a lead that add nothing to what follows it.
fn is_plain_word(word: &str) -> bool {
    const PLAIN: [&str; 46] = [
        "patients",
        "patient",
        "subjects",
        "subject",
        "participants",
        "participant",
        "people",
        "individuals",
        "those",
        "who",
        "with",
        "have",
        "has",
        "having",
        "meet",
        "meets",
        "meeting",
        "fulfill",
        "any",
        "one",
        "or",
        "more",
        "of",
        "the",
        "a",
        "an",
        "following",
        "criteria",
        "criterion",
        "conditions",
        "condition",
        "will",
        "be",
        "excluded",
        "from",
        "participation",
        "participating",
        "in",
        "this",
        "study",
        "trial",
        "are",
        "not",
        "eligible",
        "exclusion",
        "if",
    ];
    PLAIN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::Terminology;

    /// Each item of a section, told or withheld.
    #[track_caller]
    fn check(text: &str, want: &[bool]) {
        let logic = trialway_eligibility::lower(&trialway_criteria::parse(text).value, Terminology::builtin());
        assert_eq!(
            withheld(&logic, text),
            want,
            "{:?}",
            logic.criteria.iter().map(|one| one.own.text()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn members_of_a_choice_and_exceptions_are_no_lines_of_their_own() {
        check(
            "Inclusion Criteria:\n\n* Age 18 or more\n* One of the following:\n* Gout\n* Asthma\n",
            &[false, false, true, true],
        );
        check(
            "Inclusion Criteria:\n\n* Blood cancer\n* i. Leukemia\n* ii. Lymphoma\n* Age 18 or more\n",
            &[false, true, true, false],
        );
        check(
            "Exclusion Criteria:\n\n* Gout\n* Another cancer with the exception of:\n* Skin cancer that was cured\n",
            &[false, true, true],
        );
        check("Exclusion Criteria:\n\n* Any cancer\n* Except skin cancer\n* Gout\n", &[true, true, false]);
        check(
            "Exclusion Criteria:\n\n* Patients who have any of the following:\n* Gout\n* Asthma\n",
            &[false, false, false],
        );
        check(
            "Exclusion Criteria:\n\n* Any of the following within 6 months:\n* Gout\n* Stroke\n",
            &[false, true, true],
        );
        check("Inclusion Criteria:\n\n* All of the following criteria:\n* Gout\n* Asthma\n", &[false, false, false]);
    }
}
