//! Comparisons with a limit, as written.
//!
//! | written | read |
//! | --- | --- |
//! | `≥ 60 g/L`, `at least 60 g/L`, `60 g/L or more` | at least 60 g/L |
//! | `≤3×ULN`, `≤ 3.0 upper limit of normal` | at most 3 times the upper limit |
//! | `6-18 years`, `between 6 and 18 years` | at least 6 and at most 18 years |
//! | `≥1:80` | at least 80, a titre |
//! | `> 7 and < 13` | more than 7; less than 13 |
//!
//! Time windows, durations of treatment, years and repetitions are not comparisons; see [`crate::window`] and [`crate::count`].

use crate::scan::{REACH, Scan, Token};
use crate::window;
use std::ops::Range;
use trialway_units::{Decimal, Unit, parse_number_word, parse_value, scan_unit};

/// How a value compares with the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// At least.
    Ge,
    /// More than.
    Gt,
    /// At most.
    Le,
    /// Less than.
    Lt,
    /// Exactly.
    Eq,
}

/// What the limit is a multiple of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relative {
    /// The upper limit of normal.
    Uln,
    /// The lower limit of normal.
    Lln,
    /// The patient's own baseline.
    Baseline,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// One limit.
    Simple,
    /// The low end of a range.
    RangeLow,
    /// The high end of a range.
    RangeHigh,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How it compares.
    pub op: Op,
    /// The limit.
    pub value: Decimal,
    /// Its digits or number word.
    pub value_range: Range<usize>,
    /// From the comparator to the unit.
    pub range: Range<usize>,
    /// The unit, if one is written; both ends of a range have it.
    pub unit: Option<Unit>,
    /// Where it stands.
    pub unit_range: Option<Range<usize>>,
    /// What the limit is a multiple of.
    pub relative_to: Option<Relative>,
    /// Whether the multiplication sign is missing ("≤3.0 upper limit of normal").
    pub doubtful: bool,
    /// Whether it is a titre.
    pub titre: bool,
    /// How it is written.
    pub form: Form,
}

/// The comparisons of a text, in text order.
pub fn comparisons(text: &str) -> Vec<Comparison> {
    let lower = text.to_ascii_lowercase();
    let scan = Scan::new(text, &lower);
    comparisons_of(&scan, &window::windows_of(&scan))
}

/// The same over tokens and windows already made.
pub(crate) fn comparisons_of(scan: &Scan<'_>, windows: &[window::Window]) -> Vec<Comparison> {
    if scan.next_number(0).is_none() {
        return Vec::new();
    }
    let (text, all) = (scan.text, &scan.all);
    let mut taken: Vec<Range<usize>> = windows.iter().map(|window| window.range.clone()).collect();
    taken.extend(compounds(all));
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(next) = scan.next_number(at) {
        at = at.max(next.saturating_sub(REACH));
        match read(text, all, at) {
            Some((found, next))
                if !found.iter().any(|c| taken.iter().any(|w| w.start < c.range.end && c.range.start < w.end)) =>
            {
                out.extend(found);
                at = next.max(at + 1);
            }
            _ => at += 1,
        }
    }
    out
}

/// "11 weeks 0 days": one length in two units, which no single limit can say.
fn compounds(all: &[Token<'_>]) -> Vec<Range<usize>> {
    let is_time = |at: usize| {
        norm(all, at).is_some_and(|word| {
            matches!(word, "week" | "weeks" | "day" | "days" | "month" | "months" | "year" | "years" | "hour" | "hours")
        })
    };
    let is_number = |at: usize| all.get(at).is_some_and(|token| token.number);
    (0..all.len())
        .filter(|at| is_number(*at) && is_time(at + 1) && is_number(at + 2) && is_time(at + 3))
        .filter_map(|at| Some(all.get(at)?.range.start..all.get(at + 3)?.range.end))
        .collect()
}

fn read(text: &str, all: &[Token<'_>], at: usize) -> Option<(Vec<Comparison>, usize)> {
    if let Some((op, n)) = prefix(all, at) {
        // "= 8-15", "= 5 or higher": the sign only joins name and limit.
        if op == Op::Eq
            && all.get(at + n).is_some_and(|token| token.number)
            && let Some((mut found, next)) = read(text, all, at + n)
        {
            let start = all.get(at)?.range.start;
            for comparison in &mut found {
                comparison.range.start = start;
            }
            return Some((found, next));
        }
        let value = grouped(text, all, number(text, all, at + n)?);
        let tail = tail(text, all, value.next);
        let comparison = build(op, &value, &tail, all.get(at)?.range.start, Form::Simple);
        return Some((vec![comparison], tail.next));
    }
    if norm(all, at) == Some("between") {
        let low = number(text, all, at + 1 + of_age(all, at + 1))?;
        let first = tail(text, all, low.next);
        // "between 18- and 65-year-olds"
        let hanging = usize::from(norm(all, first.next) == Some("-") && norm(all, first.next + 1) == Some("and"));
        if !matches!(norm(all, first.next + hanging), Some("and" | "to" | "through" | "-")) {
            return None;
        }
        let high = number(text, all, first.next + hanging + 1)?;
        return Some(range(text, all, all.get(at)?.range.start, &low, &high));
    }
    let value = number(text, all, at)?;
    let start = all.get(at)?.range.start;
    // "from 18.5 to less than 25"
    let low_tail = tail(text, all, value.next);
    if norm(all, at.wrapping_sub(1)) == Some("from")
        && norm(all, low_tail.next) == Some("to")
        && let Some((op @ (Op::Lt | Op::Le), n)) = prefix(all, low_tail.next + 1)
        && let Some(high) = number(text, all, low_tail.next + 1 + n).filter(|high| high.value > value.value)
    {
        let (mut found, next) = range(text, all, start, &value, &high);
        if let Some(last) = found.last_mut() {
            last.op = op;
        }
        return Some((found, next));
    }
    // "6-18 years", "0 to 2", "22-45 years": a range needs a unit or a variable before it, and no date.
    let first = tail(text, all, value.next);
    if matches!(norm(all, first.next), Some("-" | "to" | "through" | "~"))
        && let Some(high) = number(text, all, first.next + 1)
        && (high.value > value.value || is_longer(&first, &tail(text, all, high.next)))
        && !is_year(&value)
        && !norm(all, at.wrapping_sub(1)).is_some_and(|before| {
            matches!(before, "-" | "." | "/" | "class" | "grade" | "stage" | "type" | "part" | "cohort" | "no")
        })
    {
        return Some(range(text, all, start, &value, &high));
    }
    // "18 years or older", "4.9 mEq/L or higher"
    let plus = usize::from(norm(all, value.next) == Some("+") && !all.get(value.next + 1).is_some_and(|t| t.number));
    let end = tail(text, all, value.next + plus);
    let (op, n) = if plus > 0 { (Op::Ge, 0) } else { suffix(all, end.next)? };
    let mut comparison = build(op, &value, &end, start, Form::Simple);
    comparison.range.end = all.get((end.next + n).max(1) - 1)?.range.end;
    Some((vec![comparison], end.next + n))
}

/// "6 months to 5 years": whether the second unit of time is the longer one.
fn is_longer(low: &Tail, high: &Tail) -> bool {
    let place = |tail: &Tail| {
        let unit = tail.unit.as_ref()?;
        ["h", "d", "wk", "mo", "a"].iter().position(|known| *known == unit.as_str())
    };
    place(low).zip(place(high)).is_some_and(|(low, high)| low < high)
}

fn range(text: &str, all: &[Token<'_>], start: usize, low: &Value, high: &Value) -> (Vec<Comparison>, usize) {
    let end = tail(text, all, high.next);
    let low_tail = tail(text, all, low.next);
    let mut first = build(Op::Ge, low, &end, start, Form::RangeLow);
    if low_tail.unit.is_some() {
        first.unit = low_tail.unit;
        first.unit_range = low_tail.unit_range;
    }
    let mut second = build(Op::Le, high, &end, start, Form::RangeHigh);
    first.range.end = second.range.end;
    second.range.start = start;
    (vec![first, second], end.next)
}

fn build(op: Op, value: &Value, tail: &Tail, start: usize, form: Form) -> Comparison {
    Comparison {
        op,
        value: value.value,
        value_range: value.range.clone(),
        range: start..tail.end.max(value.range.end),
        unit: tail.unit.clone(),
        unit_range: tail.unit_range.clone(),
        relative_to: tail.relative,
        doubtful: tail.doubtful,
        titre: value.titre,
        form,
    }
}

struct Value {
    value: Decimal,
    range: Range<usize>,
    titre: bool,
    next: usize,
}

fn norm<'a>(all: &'a [Token<'_>], at: usize) -> Option<&'a str> {
    all.get(at).map(|token| token.norm.as_ref())
}

fn number(text: &str, all: &[Token<'_>], at: usize) -> Option<Value> {
    let token = all.get(at)?;
    if token.number {
        // "1:80" is a titre of 80; "1×10" begins a power of ten.
        if token.norm == "1"
            && norm(all, at + 1) == Some(":")
            && let Some(denominator) = all.get(at + 2).filter(|t| t.number)
        {
            let value = parse_value(&denominator.norm)?;
            return Some(Value { value, range: denominator.range.clone(), titre: true, next: at + 3 });
        }
        let value = parse_value(text.get(token.range.clone())?)?;
        // "18 (eighteen) years": the same again in words.
        let again = norm(all, at + 1) == Some("(")
            && norm(all, at + 3) == Some(")")
            && all.get(at + 2).is_some_and(|word| !word.number && parse_number_word(&word.norm) == Some(value));
        let next = at + if again { 4 } else { 1 };
        return Some(Value { value, range: token.range.clone(), titre: false, next });
    }
    // The limit itself, without a number: "≤ ULN".
    if matches!(token.norm.as_ref(), "uln" | "lln") {
        return Some(Value { value: Decimal::ONE, range: token.range.clone(), titre: false, next: at });
    }
    let value = parse_number_word(&token.norm)?;
    Some(Value { value, range: token.range.clone(), titre: false, next: at + 1 })
}

/// "< 50 000/mm3": groups of three digits behind a space go on with the number.
fn grouped(text: &str, all: &[Token<'_>], mut value: Value) -> Value {
    let short = |range: &Range<usize>, n: std::ops::RangeInclusive<usize>| {
        n.contains(&range.len())
            && text.get(range.clone()).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if value.titre || !short(&value.range, 1..=3) || text.get(value.range.clone()).is_none_or(|it| it.starts_with('0'))
    {
        return value;
    }
    while let Some(group) = all.get(value.next).filter(|token| token.number && short(&token.range, 3..=3)) {
        let apart = text.get(value.range.end..group.range.start);
        let whole = (value.value.checked_mul(Decimal::from(1000)))
            .zip(parse_value(&group.norm))
            .and_then(|(thousands, rest)| thousands.checked_add(rest));
        let (true, Some(whole)) = (matches!(apart, Some(" " | "\u{a0}" | "\u{202f}" | "\u{2009}")), whole) else {
            break;
        };
        value.value = whole;
        value.range.end = group.range.end;
        value.next += 1;
    }
    value
}

fn is_year(value: &Value) -> bool {
    value.value >= Decimal::from(1900) && value.value <= Decimal::from(2100)
}

/// A comparator before the number, and the tokens that it covers.
fn prefix(all: &[Token<'_>], at: usize) -> Option<(Op, usize)> {
    let here = norm(all, at)?;
    let next = norm(all, at + 1);
    // "</=", ">/="
    if next == Some("/") && norm(all, at + 2) == Some("=") && matches!(here, "<" | ">") {
        return Some((if here == "<" { Op::Le } else { Op::Ge }, 3));
    }
    // "> or =", "< or ="
    if next == Some("or") && norm(all, at + 2) == Some("=") && matches!(here, "<" | ">") {
        return Some((if here == "<" { Op::Le } else { Op::Ge }, 3));
    }
    let signs = match (here, next) {
        (">", Some("=")) | ("=", Some(">")) => Some((Op::Ge, 2)),
        ("<", Some("=")) | ("=", Some("<")) => Some((Op::Le, 2)),
        ("≥", _) => Some((Op::Ge, 1)),
        ("≤", _) => Some((Op::Le, 1)),
        (">", _) => Some((Op::Gt, 1)),
        ("<", _) => Some((Op::Lt, 1)),
        ("=", _) => Some((Op::Eq, 1)),
        _ => None,
    };
    if signs.is_some() {
        return signs;
    }
    if !matches!(
        here,
        "less"
            | "greater"
            | "more"
            | "larger"
            | "bigger"
            | "longer"
            | "equal"
            | "inferior"
            | "superior"
            | "higher"
            | "lower"
            | "not"
            | "no"
            | "at"
            | "up"
            | "a"
            | "minimum"
            | "maximum"
            | "older"
            | "fewer"
            | "younger"
            | "smaller"
            | "over"
            | "above"
            | "exceeding"
            | "exceeds"
            | "under"
            | "below"
    ) {
        return None;
    }
    const WORDS: [(&[&str], Op); 70] = [
        (&["no", "older", "than"], Op::Le),
        (&["not", "older", "than"], Op::Le),
        (&["no", "younger", "than"], Op::Ge),
        (&["not", "younger", "than"], Op::Ge),
        (&["no", "higher", "than"], Op::Le),
        (&["no", "lower", "than"], Op::Ge),
        (&["no", "fewer", "than"], Op::Ge),
        (&["not", "fewer", "than"], Op::Ge),
        (&["no", "larger", "than"], Op::Le),
        (&["not", "larger", "than"], Op::Le),
        (&["not", "smaller", "than"], Op::Ge),
        (&["no", "smaller", "than"], Op::Ge),
        (&["less", "then"], Op::Lt),
        (&["greater", "then"], Op::Gt),
        (&["more", "then"], Op::Gt),
        (&["more", "or", "equal"], Op::Ge),
        (&["greater", "or", "equal"], Op::Ge),
        (&["less", "or", "equal"], Op::Le),
        (&["larger", "than"], Op::Gt),
        (&["bigger", "than"], Op::Gt),
        (&["longer", "than"], Op::Gt),
        (&["equal", "or", "greater", "than"], Op::Ge),
        (&["equal", "or", "more", "than"], Op::Ge),
        (&["equal", "or", "higher", "than"], Op::Ge),
        (&["equal", "or", "less", "than"], Op::Le),
        (&["equal", "or", "lower", "than"], Op::Le),
        (&["equal", "to", "or", "older", "than"], Op::Ge),
        (&["equal", "to", "or", "younger", "than"], Op::Le),
        (&["equal", "to", "or", "above"], Op::Ge),
        (&["equal", "to", "or", "over"], Op::Ge),
        (&["equal", "to", "or", "below"], Op::Le),
        (&["equal", "to", "or", "lower", "than"], Op::Le),
        (&["equal", "to", "or", "higher", "than"], Op::Ge),
        (&["equal", "or", "above"], Op::Ge),
        (&["equal", "or", "below"], Op::Le),
        (&["inferior", "to"], Op::Lt),
        (&["superior", "to"], Op::Gt),
        (&["greater", "than", "or", "equal", "to"], Op::Ge),
        (&["more", "than", "or", "equal", "to"], Op::Ge),
        (&["higher", "than", "or", "equal", "to"], Op::Ge),
        (&["less", "than", "or", "equal", "to"], Op::Le),
        (&["lower", "than", "or", "equal", "to"], Op::Le),
        (&["equal", "to", "or", "greater", "than"], Op::Ge),
        (&["equal", "to", "or", "more", "than"], Op::Ge),
        (&["equal", "to", "or", "less", "than"], Op::Le),
        (&["not", "less", "than"], Op::Ge),
        (&["no", "less", "than"], Op::Ge),
        (&["not", "lower", "than"], Op::Ge),
        (&["not", "more", "than"], Op::Le),
        (&["no", "more", "than"], Op::Le),
        (&["not", "greater", "than"], Op::Le),
        (&["no", "greater", "than"], Op::Le),
        (&["not", "higher", "than"], Op::Le),
        (&["not", "exceeding"], Op::Le),
        (&["not", "exceed"], Op::Le),
        (&["at", "least"], Op::Ge),
        (&["at", "most"], Op::Le),
        (&["up", "to"], Op::Le),
        (&["a", "minimum", "of"], Op::Ge),
        (&["minimum", "of"], Op::Ge),
        (&["maximum", "of"], Op::Le),
        (&["greater", "than"], Op::Gt),
        (&["more", "than"], Op::Gt),
        (&["higher", "than"], Op::Gt),
        (&["older", "than"], Op::Gt),
        (&["less", "than"], Op::Lt),
        (&["lower", "than"], Op::Lt),
        (&["fewer", "than"], Op::Lt),
        (&["younger", "than"], Op::Lt),
        (&["smaller", "than"], Op::Lt),
    ];
    const SINGLE: [(&str, Op); 7] = [
        ("over", Op::Gt),
        ("above", Op::Gt),
        ("exceeding", Op::Gt),
        ("exceeds", Op::Gt),
        ("under", Op::Lt),
        ("below", Op::Lt),
        ("minimum", Op::Ge),
    ];
    let fits = |words: &[&str]| words.iter().enumerate().all(|(k, word)| norm(all, at + k) == Some(word));
    let (op, n) = WORDS
        .iter()
        .find(|(words, _)| fits(words))
        .map(|(words, op)| (*op, words.len()))
        .or_else(|| SINGLE.iter().find(|(word, _)| *word == here).map(|(_, op)| (*op, 1)))?;
    Some((op, n + of_age(all, at + n)))
}

/// "(under) the age of 18", "(between) ages 21": the tokens between a comparator and its number.
fn of_age(all: &[Token<'_>], at: usize) -> usize {
    let the = usize::from(norm(all, at) == Some("the"));
    if !matches!(norm(all, at + the), Some("age" | "ages")) {
        return 0;
    }
    the + 1 + usize::from(norm(all, at + the + 1) == Some("of"))
}

/// A comparator after the number, and the tokens that it covers.
fn suffix(all: &[Token<'_>], at: usize) -> Option<(Op, usize)> {
    let skipped = usize::from(matches!((norm(all, at), norm(all, at + 1)), (Some("of"), Some("age")))) * 2;
    let at = at + skipped;
    // "60+ years", "18+"
    if norm(all, at) == Some("+") {
        return Some((Op::Ge, 1 + skipped));
    }
    match (norm(all, at), norm(all, at + 1)) {
        (Some("or" | "and"), Some("older" | "more" | "higher" | "above" | "greater" | "over")) => {
            Some((Op::Ge, 2 + skipped))
        }
        (Some("or" | "and"), Some("younger" | "less" | "lower" | "below" | "fewer" | "under")) => {
            Some((Op::Le, 2 + skipped))
        }
        (Some("and"), _) => None,
        _ => None,
    }
}

#[derive(Default)]
struct Tail {
    unit: Option<Unit>,
    unit_range: Option<Range<usize>>,
    relative: Option<Relative>,
    doubtful: bool,
    end: usize,
    next: usize,
}

/// The unit, or the multiple of a limit of normal, after a number.
fn tail(text: &str, all: &[Token<'_>], at: usize) -> Tail {
    let mut tail =
        Tail { next: at, end: all.get(at.wrapping_sub(1)).map_or(0, |token| token.range.end), ..Tail::default() };
    if let Some((relative, n, doubtful)) = multiple(all, at) {
        tail.relative = Some(relative);
        tail.doubtful = doubtful;
        tail.next = at + n;
        tail.end = all.get(at + n - 1).map_or(tail.end, |token| token.range.end);
        return tail;
    }
    let from = tail.end;
    if let Some((n, unit)) = text.get(from..).and_then(scan_unit) {
        let end = from + n;
        let start = all.get(at).map_or(from, |token| token.range.start);
        tail.unit = Some(unit);
        tail.unit_range = Some(start..end);
        tail.end = end;
        tail.next = all.partition_point(|token| token.range.start < end);
    } else if norm(all, at) == Some("°") {
        // An angle.
        tail.end = all.get(at).map_or(tail.end, |token| token.range.end);
        tail.next = at + 1;
    }
    tail
}

/// "× ULN", "times the upper limit of normal", "upper limit of normal": relative, tokens, and whether the sign is missing.
fn multiple(all: &[Token<'_>], at: usize) -> Option<(Relative, usize, bool)> {
    let mut k = at;
    let mut signed = false;
    while let Some("×" | "x" | "*" | "times" | "time" | "fold") = norm(all, k) {
        signed = true;
        k += 1;
    }
    if norm(all, k) == Some("the") {
        k += 1;
    }
    let word = |k: usize| norm(all, k).unwrap_or_default();
    // "times normal upper limit"
    if word(k) == "normal" && matches!(word(k + 1), "upper" | "lower") {
        k += 1;
    }
    let (relative, n) = match word(k) {
        "uln" | "ulnr" | "iuln" | "unl" => (Relative::Uln, 1),
        "lln" => (Relative::Lln, 1),
        "institutional" if word(k + 1) == "uln" => (Relative::Uln, 2),
        "baseline" if signed => (Relative::Baseline, 1),
        "upper" | "lower" if word(k + 1) == "limit" || word(k + 1) == "limits" => {
            let relative = if word(k) == "upper" { Relative::Uln } else { Relative::Lln };
            let mut n = 2;
            if word(k + n) == "of" {
                n += 1;
                if word(k + n) == "the" {
                    n += 1;
                }
                n += usize::from(word(k + n).starts_with("normal"));
                n += usize::from(word(k + n) == "range");
            }
            (relative, n)
        }
        _ => return None,
    };
    Some((relative, k + n - at, !signed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[(Op, &str, &str, Option<Relative>)]) {
        let got: Vec<(Op, String, String, Option<Relative>)> = comparisons(text)
            .into_iter()
            .map(|c| (c.op, c.value.to_string(), c.unit.map(|u| u.to_string()).unwrap_or_default(), c.relative_to))
            .collect();
        let want: Vec<(Op, String, String, Option<Relative>)> =
            want.iter().map(|(op, v, u, r)| (*op, (*v).to_owned(), (*u).to_owned(), *r)).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn accepted_forms() {
        check("Hemoglobin ≥60g/L", &[(Op::Ge, "60", "g/L", None)]);
        check("hemoglobin of at least 60 g/L", &[(Op::Ge, "60", "g/L", None)]);
        check("60 g/L or more", &[(Op::Ge, "60", "g/L", None)]);
        check("ALT≤3×ULN", &[(Op::Le, "3", "", Some(Relative::Uln))]);
        check("ALT ≤ 3.0 upper limit of normal", &[(Op::Le, "3.0", "", Some(Relative::Uln))]);
        check("TBIL ≤2.0×upper limit of normal", &[(Op::Le, "2.0", "", Some(Relative::Uln))]);
        check("Age 6-18 years old", &[(Op::Ge, "6", "a", None), (Op::Le, "18", "a", None)]);
        check("between 6 and 18 years", &[(Op::Ge, "6", "a", None), (Op::Le, "18", "a", None)]);
        check("ANA ≥1:80", &[(Op::Ge, "80", "", None)]);
        check("score >7 and <13", &[(Op::Gt, "7", "", None), (Op::Lt, "13", "", None)]);
        check("Lymphocytes ≥1×109/L", &[(Op::Ge, "1", "10*9/L", None)]);
        check("ANC ≥1.5×10^9/L", &[(Op::Ge, "1.5", "10*9/L", None)]);
        check("18 years of age or older", &[(Op::Ge, "18", "a", None)]);
        check("score 0 to 2.", &[(Op::Ge, "0", "", None), (Op::Le, "2", "", None)]);
        check("potassium of 4.9 mEq/L or higher", &[(Op::Ge, "4.9", "meq/L", None)]);
        check("platelets > 50,000/mm3", &[(Op::Gt, "50000", "/uL", None)]);
        check(
            "eGFR greater than 25 mL/min/1.73 m2 and less than 90 mL/min/1.73 m2",
            &[(Op::Gt, "25", "mL/min/{1.73_m2}", None), (Op::Lt, "90", "mL/min/{1.73_m2}", None)],
        );
    }

    #[test]
    fn forms_with_a_trap() {
        check("cover > or = 5%", &[(Op::Ge, "5", "%", None)]);
        check("no older than 17 years", &[(Op::Le, "17", "a", None)]);
        check("not younger than 6 years", &[(Op::Ge, "6", "a", None)]);
        check("no fewer than 4 points", &[(Op::Ge, "4", "{score}", None)]);
        check("between 20- and 40 years", &[(Op::Ge, "20", "a", None), (Op::Le, "40", "a", None)]);
        check("angle 20°-35°", &[(Op::Ge, "20", "", None), (Op::Le, "35", "", None)]);
        check("GGT < 1.5 times normal upper limit", &[(Op::Lt, "1.5", "", Some(Relative::Uln))]);
    }

    #[test]
    fn what_is_no_comparison() {
        for text in [
            "within 6 months prior to screening",
            "the 2019 criteria",
            "CD19",
            "for more than 6 months",
            "Class III",
            "in the last 5 years",
        ] {
            check(text, &[]);
        }
    }
}
