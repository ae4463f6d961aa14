//! Time windows and durations, as written.
//!
//! | written | read |
//! | --- | --- |
//! | `within 6 months prior to screening` | within the past 6 months, anchor screening |
//! | `in the last five years`, `the last two months`, `< 4 weeks before` | within the past |
//! | `more than 4 weeks ago`, `at least 4 weeks before` | longer ago |
//! | `for more than 6 months`, `after 12 months of`, `3 to 6 months of` | duration |
//! | `within the next 8 weeks`, `the first year after infusion` | future |
//! | `stable for at least 4 weeks` | stable |

use crate::scan::{REACH, Scan, Token};
use std::ops::Range;
use trialway_units::{Decimal, parse_number_word, parse_value};

/// Units of calendar lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Half-lives of a medicine: no calendar can count them.
    HalfLives,
}

/// A calendar length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// How many.
    pub number: Decimal,
    /// Of what.
    pub unit: Calendar,
}

/// How a window lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// Up to so long ago.
    WithinPast,
    /// At least so long ago.
    AtLeastAgo,
    /// For so long.
    Duration {
        /// At least.
        min: Option<Length>,
        /// At most.
        max: Option<Length>,
        /// Whether exactly the least length counts.
        min_inclusive: bool,
    },
    /// After the anchor.
    Future,
    /// So long must have passed since it, if it ever was ("at least 4 weeks since prior radiotherapy").
    Since,
    /// At any time.
    Lifetime,
    /// Unchanged for so long.
    Stable,
}

/// What a window is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Screening.
    Screening,
    /// Enrolment, inclusion, randomisation.
    Enrollment,
    /// Baseline.
    Baseline,
    /// First dose, infusion, start of treatment.
    Treatment,
    /// Signing of consent.
    Consent,
    /// An examination or blood draw.
    Examination,
    /// Something else.
    Other,
}

/// One window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its words.
    pub range: Range<usize>,
    /// How it lies.
    pub kind: WindowKind,
    /// How long; none for durations, which have their own limits.
    pub length: Option<Length>,
    /// What it is counted from.
    pub anchor: Option<Anchor>,
    /// The anchor's words.
    pub anchor_range: Option<Range<usize>>,
}

/// The windows of a text, in text order.
pub fn windows(text: &str) -> Vec<Window> {
    windows_of(&Scan::new(text, &text.to_ascii_lowercase()))
}

/// The same over tokens already made.
pub(crate) fn windows_of(scan: &Scan<'_>) -> Vec<Window> {
    let (text, all) = (scan.text, &scan.all);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(next) = scan.next_number(at) {
        at = at.max(next.saturating_sub(REACH));
        match read(text, all, at) {
            Some((window, next)) => {
                out.push(window);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

fn norm<'a>(all: &'a [Token<'_>], at: usize) -> &'a str {
    all.get(at).map_or("", |token| token.norm.as_ref())
}

/// How many of the words stand at `at`.
fn phrase(all: &[Token<'_>], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().enumerate().all(|(k, word)| norm(all, at + k) == *word).then_some(words.len())
}

fn any_phrase(all: &[Token<'_>], at: usize, phrases: &[&[&str]]) -> Option<usize> {
    let first = norm(all, at);
    let begins = |words: &&&[&str]| words.first().is_some_and(|word| *word == first);
    phrases.iter().filter(begins).filter_map(|words| phrase(all, at, words)).max()
}

/// A number and a calendar unit.
fn length(text: &str, all: &[Token<'_>], at: usize) -> Option<(Length, usize)> {
    let token = all.get(at)?;
    let number =
        if token.number { parse_value(text.get(token.range.clone())?)? } else { parse_number_word(&token.norm)? };
    let mut k = at + 1;
    while matches!(norm(all, k), "-" | "(" | ")" | "full" | "consecutive" | "calendar" | "complete")
        || all.get(k).is_some_and(|t| t.number && norm(all, k - 1) == "(")
    {
        k += 1;
    }
    let unit = unit(norm(all, k))
        .or_else(|| (norm(all, k) == "half" && norm(all, k + 1) == "-").then_some(Calendar::HalfLives))?;
    let next = if unit == Calendar::HalfLives && norm(all, k) == "half" { k + 3 } else { k + 1 };
    Some((Length { number, unit }, next))
}

fn unit(word: &str) -> Option<Calendar> {
    Some(match word {
        "hour" | "hours" | "hrs" => Calendar::Hours,
        "day" | "days" => Calendar::Days,
        "week" | "weeks" | "wks" => Calendar::Weeks,
        "month" | "months" => Calendar::Months,
        "year" | "years" => Calendar::Years,
        "halflives" | "halflife" => Calendar::HalfLives,
        _ => return None,
    })
}

const PAST_OPENERS: [&[&str]; 33] = [
    &["within", "past"],
    &["within", "last"],
    &["within", "previous"],
    &["within", "preceding"],
    &["within", "a"],
    &["within", "the", "prior"],
    &["within", "prior"],
    &["in", "past"],
    &["in", "last"],
    &["in", "the", "prior"],
    &["in", "preceding"],
    &["during", "the", "previous"],
    &["during", "the", "preceding"],
    &["over", "the", "last"],
    &["the", "previous"],
    &["past"],
    &["last"],
    &["within"],
    &["within", "the"],
    &["within", "the", "past"],
    &["within", "the", "last"],
    &["within", "the", "previous"],
    &["within", "the", "preceding"],
    &["in", "the", "last"],
    &["in", "the", "past"],
    &["in", "the", "previous"],
    &["in", "the", "preceding"],
    &["during", "the", "last"],
    &["during", "the", "past"],
    &["over", "the", "past"],
    &["the", "last"],
    &["the", "past"],
    &["less", "than"],
];

fn read(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    let opens = all.get(at).is_some_and(|token| token.number)
        || matches!(
            norm(all, at),
            "within"
                | "in"
                | "over"
                | "during"
                | "the"
                | "for"
                | "less"
                | "at"
                | "more"
                | "≥"
                | ">"
                | "≤"
                | "<"
                | "="
                | "greater"
                | "stable"
                | "after"
                | "lasting"
                | "duration"
                | "present"
                | "past"
                | "last"
        )
        || parse_number_word(norm(all, at)).is_some();
    if !opens {
        return None;
    }
    future(text, all, at)
        .or_else(|| ordinal_future(text, all, at))
        .or_else(|| within(text, all, at))
        .or_else(|| ago(text, all, at))
        .or_else(|| duration(text, all, at))
}

fn window(
    all: &[Token<'_>],
    at: usize,
    kind: WindowKind,
    length: Option<Length>,
    end: usize,
) -> Option<(Window, usize)> {
    // "after 12 months of treatment": what is lasted through is no anchor.
    let lasting = matches!(kind, WindowKind::Duration { .. }) && matches!(norm(all, end), "of" | "from");
    let (anchor, anchor_range, end) = if lasting { (None, None, end) } else { anchor(all, end) };
    let range = all.get(at)?.range.start..all.get(end.checked_sub(1)?)?.range.end;
    Some((Window { range, kind, length, anchor, anchor_range }, end))
}

fn future(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    let n = any_phrase(
        all,
        at,
        &[
            &["within", "the", "next"],
            &["in", "the", "next"],
            &["over", "the", "next"],
            &["during", "the", "next"],
            &["the", "next"],
        ],
    )?;
    let (length, end) = length(text, all, at + n)?;
    window(all, at, WindowKind::Future, Some(length), end)
}

/// "the first year after infusion", "during the first 6 months after …"
fn ordinal_future(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    let n = any_phrase(
        all,
        at,
        &[&["the", "first"], &["during", "the", "first"], &["in", "the", "first"], &["for", "the", "first"]],
    )?;
    let (length, end) = match length(text, all, at + n) {
        Some(found) => found,
        None => (Length { number: Decimal::ONE, unit: unit(norm(all, at + n))? }, at + n + 1),
    };
    if !matches!(norm(all, end), "after" | "following" | "of") {
        return None;
    }
    let end = if matches!(norm(all, end), "after" | "following") {
        (end + 1..all.len())
            .take(6)
            .take_while(|k| {
                all.get(*k).is_some_and(|t| t.norm.chars().all(char::is_alphanumeric)) || norm(all, *k) == "-"
            })
            .last()
            .map_or(end + 1, |k| k + 1)
    } else {
        end
    };
    let range = all.get(at)?.range.start..all.get(end - 1)?.range.end;
    Some((
        Window {
            range,
            kind: WindowKind::Future,
            length: Some(length),
            anchor: Some(Anchor::Treatment),
            anchor_range: None,
        },
        end,
    ))
}

fn within(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    // "< 4 weeks before randomization", "=< 28 days prior to": at most so long ago.
    let of_age = at.checked_sub(1).is_some_and(|before| matches!(norm(all, before), "age" | "aged" | "old"));
    let signed = any_phrase(all, at, &[&["<"], &["≤"], &["<", "="], &["=", "<"]]).filter(|_| !of_age);
    let n = signed.or_else(|| any_phrase(all, at, &PAST_OPENERS))?;
    let opener = if signed.is_some() { "less" } else { norm(all, at) };
    let (length, end) = match length(text, all, at + n) {
        Some(found) => found,
        // "in the past year": one of them.
        None if matches!(norm(all, at + n - 1), "past" | "last" | "previous" | "preceding") => {
            (Length { number: Decimal::ONE, unit: single(norm(all, at + n))? }, at + n + 1)
        }
        None => return None,
    };
    if norm(all, end) == "old" || (opener == "less" && !matches!(norm(all, end), "before" | "prior" | "ago")) {
        return None;
    }
    // "within 4 weeks following delivery" counts forward from something past: not a window up to now.
    if matches!(norm(all, end), "after" | "following") {
        return window(all, at, WindowKind::Future, Some(length), end);
    }
    window(all, at, WindowKind::WithinPast, Some(length), end)
}

/// The unit of a length of one.
fn single(word: &str) -> Option<Calendar> {
    if word.ends_with('s') { None } else { unit(word) }
}

fn ago(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    let n =
        any_phrase(all, at, &[&["at", "least"], &["more", "than"], &["over"], &["≥"], &[">"], &["greater", "than"]])
            .unwrap_or(0);
    let (length, end) = length(text, all, at + n)?;
    match norm(all, end) {
        "ago" | "earlier" => {
            window(all, at, if n > 0 { WindowKind::AtLeastAgo } else { WindowKind::WithinPast }, Some(length), end + 1)
        }
        counted @ ("since" | "post" | "after" | "following" | "from") if n > 0 => {
            // "since the last dose of": that it is the last one goes without saying. Of the other words it is said.
            let behind = (end + 1..all.len())
                .find(|k| {
                    !matches!(
                        norm(all, *k),
                        "the"
                            | "their"
                            | "any"
                            | "all"
                            | "last"
                            | "prior"
                            | "previous"
                            | "most"
                            | "recent"
                            | "completion"
                            | "of"
                            | "administration"
                            | "dose"
                            | "end"
                    )
                })
                .unwrap_or(end + 1);
            let over = |k: usize| {
                matches!(norm(all, k), "last" | "prior" | "previous" | "recent" | "any" | "completion" | "end")
            };
            if counted != "since" && !(end + 1..behind).any(over) {
                return None;
            }
            let range = all.get(at)?.range.start..all.get(behind - 1)?.range.end;
            let kind = WindowKind::Since;
            Some((Window { range, kind, length: Some(length), anchor: None, anchor_range: None }, behind))
        }
        "before" | "prior" | "preceding" if n > 0 => window(all, at, WindowKind::AtLeastAgo, Some(length), end),
        "before" | "prior" => window(all, at, WindowKind::WithinPast, Some(length), end),
        _ => None,
    }
}

fn duration(text: &str, all: &[Token<'_>], at: usize) -> Option<(Window, usize)> {
    let stable = norm(all, at) == "stable";
    let from = at + usize::from(stable);
    let opener = any_phrase(
        all,
        from,
        &[
            &["for"],
            &["for", "the", "past"],
            &["for", "the", "last"],
            &["after"],
            &["over", "a", "period", "of"],
            &["lasting"],
            &["duration", "of"],
            &["present", "for"],
        ],
    )?;
    let k = from + opener;
    let (inclusive, n, bounded_above) = match (norm(all, k), norm(all, k + 1)) {
        ("more", "than") | ("longer", "than") | ("greater", "than") => (false, 2, false),
        ("at", "least") => (true, 2, false),
        ("less", "than") | ("up", "to") => (true, 2, true),
        (">", "=") => (true, 2, false),
        ("≥", _) => (true, 1, false),
        (">", _) | ("over", _) => (false, 1, false),
        ("<" | "≤", _) => (true, 1, true),
        ("a", "minimum") => (true, 3, false),
        _ => (true, 0, false),
    };
    let k = k + n;
    if stable {
        let (found, end) = length(text, all, k)?;
        return window(all, at, WindowKind::Stable, Some(found), end);
    }
    // "3 to 6 months"
    if let (Some(low), true) = (all.get(k).filter(|t| t.number), matches!(norm(all, k + 1), "to" | "-"))
        && let Some((high, end)) = length(text, all, k + 2)
        && let Some(number) = parse_value(&low.norm)
    {
        let min = Length { number, unit: high.unit };
        return window(
            all,
            at,
            WindowKind::Duration { min: Some(min), max: Some(high), min_inclusive: true },
            None,
            end,
        );
    }
    let (found, end) = length(text, all, k)?;
    if norm(all, end) == "old"
        || matches!((norm(all, end), norm(all, end + 1)), ("of", "age"))
        || matches!(norm(all, end), "after" | "following")
    {
        return if matches!(norm(all, end), "after" | "following") {
            window(all, at, WindowKind::Future, Some(found), end)
        } else {
            None
        };
    }
    // "of 15 years or less": the limit is above, whatever stands before the number.
    let behind = match (norm(all, end), norm(all, end + 1)) {
        ("or", "less" | "shorter" | "fewer" | "under") => Some(true),
        ("or", "more" | "longer" | "greater" | "over") => Some(false),
        _ => None,
    };
    let (bounded_above, inclusive) = behind.map_or((bounded_above, inclusive), |above| (above, true));
    let end = if behind.is_some() { end + 2 } else { end };
    let (min, max) = if bounded_above { (None, Some(found)) } else { (Some(found), None) };
    let kind = if norm(all, from) == "for" && matches!(norm(all, from + 2), "past" | "last") {
        WindowKind::WithinPast
    } else {
        WindowKind::Duration { min, max, min_inclusive: inclusive }
    };
    let length = (kind == WindowKind::WithinPast).then_some(found);
    window(all, at, kind, length, end)
}

/// "prior to screening", "before the first dose": the anchor after a window, and where the window ends with it.
fn anchor(all: &[Token<'_>], at: usize) -> (Option<Anchor>, Option<Range<usize>>, usize) {
    let Some(n) = any_phrase(
        all,
        at,
        &[&["prior", "to"], &["prior"], &["before"], &["preceding"], &["of"], &["from"], &["previous", "to"]],
    ) else {
        return (None, None, at);
    };
    const ANCHORS: [(&str, Anchor); 46] = [
        ("screen", Anchor::Screening),
        ("enrolling", Anchor::Enrollment),
        ("allocation", Anchor::Enrollment),
        ("assignment", Anchor::Enrollment),
        ("trial", Anchor::Enrollment),
        ("participation", Anchor::Enrollment),
        ("enrolled", Anchor::Enrollment),
        ("admission", Anchor::Examination),
        ("day", Anchor::Treatment),
        ("week", Anchor::Treatment),
        ("cycle", Anchor::Treatment),
        ("start", Anchor::Treatment),
        ("starting", Anchor::Treatment),
        ("initiation", Anchor::Treatment),
        ("initiating", Anchor::Treatment),
        ("commencement", Anchor::Treatment),
        ("drug", Anchor::Treatment),
        ("product", Anchor::Treatment),
        ("medication", Anchor::Treatment),
        ("intervention", Anchor::Treatment),
        ("injection", Anchor::Treatment),
        ("vaccination", Anchor::Treatment),
        ("vaccine", Anchor::Treatment),
        ("icf", Anchor::Consent),
        ("screening", Anchor::Screening),
        ("enrollment", Anchor::Enrollment),
        ("enrolment", Anchor::Enrollment),
        ("inclusion", Anchor::Enrollment),
        ("randomization", Anchor::Enrollment),
        ("randomisation", Anchor::Enrollment),
        ("entry", Anchor::Enrollment),
        ("registration", Anchor::Enrollment),
        ("baseline", Anchor::Baseline),
        ("infusion", Anchor::Treatment),
        ("transfusion", Anchor::Treatment),
        ("dose", Anchor::Treatment),
        ("dosing", Anchor::Treatment),
        ("administration", Anchor::Treatment),
        ("treatment", Anchor::Treatment),
        ("therapy", Anchor::Treatment),
        ("consent", Anchor::Consent),
        ("examination", Anchor::Examination),
        ("apheresis", Anchor::Examination),
        ("leukapheresis", Anchor::Examination),
        ("visit", Anchor::Screening),
        ("study", Anchor::Enrollment),
    ];
    let preposition = norm(all, at);
    for k in at + n..(at + n + 8).min(all.len()) {
        let word = norm(all, k);
        if matches!(word, "," | "." | ";" | ")" | "(" | "and" | "or" | "with") {
            break;
        }
        // A vaccine alone is one that was given, "the first dose of study vaccine" is the study's.
        if let Some((_, found)) = ANCHORS.iter().find(|(name, _)| *name == word && word != "vaccine") {
            // The last anchor word of the phrase is the anchor: "screening visit", "study entry", "obtaining consent".
            let last = (k + 1..(k + 9).min(all.len()))
                .take_while(|j| {
                    ANCHORS.iter().any(|(name, _)| *name == norm(all, *j))
                        || matches!(
                            norm(all, *j),
                            "(" | "bl"
                                | ")"
                                | "of"
                                | "the"
                                | "-"
                                | "first"
                                | "1"
                                | "0"
                                | "form"
                                | "date"
                                | "period"
                                | "one"
                                | "protocol"
                                | "into"
                        )
                })
                .filter(|j| {
                    ANCHORS.iter().any(|(name, _)| *name == norm(all, *j))
                        || matches!(norm(all, *j), "1" | "0" | "form" | "date" | "period" | "one")
                })
                .last()
                .unwrap_or(k);
            // "Visit 1 (screening)": a bracket that opens in it closes in it.
            let open = (k..=last).filter(|j| norm(all, *j) == "(").count();
            let closed = (k..=last).filter(|j| norm(all, *j) == ")").count();
            let last = if open > closed && norm(all, last + 1) == ")" { last + 1 } else { last };
            let range = all.get(k).map(|t| t.range.start).zip(all.get(last).map(|t| t.range.end)).map(|(a, b)| a..b);
            return (Some(found.clone()), range, last + 1);
        }
    }
    match preposition {
        "prior" | "before" | "preceding" => (Some(Anchor::Other), None, at + n),
        _ => (None, None, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str, covered: &str) {
        let got = windows(text);
        assert_eq!(got.len(), 1, "{text}: {got:?}");
        let window = &got[0];
        let show = |l: &Length| format!("{} {:?}", l.number, l.unit);
        let kind = match &window.kind {
            WindowKind::WithinPast => format!("past {}", show(window.length.as_ref().unwrap())),
            WindowKind::AtLeastAgo => format!("ago {}", show(window.length.as_ref().unwrap())),
            WindowKind::Future => format!("future {}", show(window.length.as_ref().unwrap())),
            WindowKind::Stable => format!("stable {}", show(window.length.as_ref().unwrap())),
            WindowKind::Since => format!("since {}", show(window.length.as_ref().unwrap())),
            WindowKind::Lifetime => "lifetime".to_owned(),
            WindowKind::Duration { min, max, min_inclusive } => {
                format!(
                    "for {} {} {}",
                    min.as_ref().map(show).unwrap_or_default(),
                    max.as_ref().map(show).unwrap_or_default(),
                    min_inclusive
                )
            }
        };
        assert_eq!((kind.as_str(), text.get(window.range.clone()).unwrap()), (want, covered), "{text}");
    }

    #[test]
    fn accepted_forms() {
        check("surgery within 6 months prior to screening", "past 6 Months", "within 6 months prior to screening");
        check("tumors in the last five years.", "past 5 Years", "in the last five years");
        check("for more than 6 months without", "for 6 Months  false", "for more than 6 months");
        check("after 12 months of treatment", "for 12 Months  true", "after 12 months");
        check("after 3 to 6 months of adequate therapy", "for 3 Months 6 Months true", "after 3 to 6 months");
        check("within the next 8 weeks", "future 8 Weeks", "within the next 8 weeks");
        check(
            "stable for at least 4 weeks prior to baseline",
            "stable 4 Weeks",
            "stable for at least 4 weeks prior to baseline",
        );
        check("at least 4 weeks before enrollment", "ago 4 Weeks", "at least 4 weeks before enrollment");
        check("the last two months", "past 2 Months", "the last two months");
        check("within 3 months before enrollment;", "past 3 Months", "within 3 months before enrollment");
        check("within 6 months;", "past 6 Months", "within 6 months");
        check(
            "in the past 4 weeks prior to obtaining consent",
            "past 4 Weeks",
            "in the past 4 weeks prior to obtaining consent",
        );
    }

    #[test]
    fn what_is_no_window() {
        for text in ["Age 6-18 years old", "18 years or older", "life expectancy ≥3 months", "2018 standards"] {
            assert!(windows(text).is_empty(), "{text}: {:?}", windows(text));
        }
    }
}
