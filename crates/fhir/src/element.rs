//! Reading elements: codings, dates, texts.

use crate::codes;
use serde_json::Value;
use trialway_diagnostics::{Diagnostic, Said, Severity};
use trialway_patient::meaning::Coded;
use trialway_patient::{Calendar, Left, PartialDate, Period, RecordedSex, Relative, subtract};

/// Reads a CodeableConcept; a Coding or a bare code, which other versions of FHIR have in its place, is read too.
pub(crate) fn read_coded(value: Option<&Value>) -> Coded {
    let Some(value) = value else { return Coded::default() };
    if let Some(code) = value.as_str() {
        return Coded { codings: vec![(String::new(), code.to_owned(), String::new())], text: String::new() };
    }
    let string = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let coding = |c: &Value| (string(c, "system"), string(c, "code"), string(c, "display"));
    let codings = match value.get("coding").and_then(Value::as_array) {
        Some(all) => all.iter().map(coding).collect(),
        None if value.get("code").is_some_and(Value::is_string) => vec![coding(value)],
        None => Vec::new(),
    };
    Coded { codings, text: string(value, "text") }
}

/// The elements of an array of CodeableConcepts; one alone is read too.
pub(crate) fn read_all(value: Option<&Value>) -> Vec<Coded> {
    match value {
        Some(Value::Array(items)) => items.iter().map(|item| read_coded(Some(item))).collect(),
        Some(one) => vec![read_coded(Some(one))],
        None => Vec::new(),
    }
}

/// Where findings go while a resource is read, and what it says beside facts.
pub(crate) struct Reader<'a> {
    pub path: String,
    pub findings: &'a mut Vec<Diagnostic>,
    /// Elements of used resources that are left out.
    pub parts: &'a mut Vec<Left>,
    /// What is said of relatives.
    pub family: Vec<Relative>,
    /// What answers say of birth and sex.
    pub birth: Option<PartialDate>,
    pub sex: Option<RecordedSex>,
}

impl Reader<'_> {
    /// Says that a part of this resource is not used, and why.
    pub fn leave(&mut self, element: &str, reason: &str) {
        let reference = if element.is_empty() {
            self.path.clone()
        } else {
            format!("{}.{}", self.path, element.trim_start_matches('.'))
        };
        self.parts.push(Left { reference, reason: reason.to_owned() });
    }

    /// A date element; one that is no date is a finding and unknown.
    pub fn date(&mut self, resource: &Value, key: &str) -> Option<PartialDate> {
        let written = resource.get(key)?.as_str()?;
        let date = PartialDate::parse(written);
        if date.is_none() {
            self.findings.push(
                Diagnostic::new(
                    codes::BAD_DATE,
                    Severity::Warning,
                    Said::new("`{written}` is not a date; the time of this entry is unknown").with("written", written),
                )
                .in_field(format!("{}.{key}", self.path))
                .with_help("write YYYY, YYYY-MM or YYYY-MM-DD"),
            );
        }
        date
    }

    /// A choice of time under a common stem (`effective`, `performed`, `onset`): a dateTime, an instant, a period, a timing,
    /// an age or range of ages (with the date of birth), or words, which are only reported.
    pub fn when(&mut self, resource: &Value, stem: &str, birth: Option<PartialDate>) -> Period {
        for form in ["DateTime", "Instant", "Date"] {
            if let Some(date) = self.date(resource, &format!("{stem}{form}")) {
                return Period { start: Some(date), end: Some(date) };
            }
        }
        if let Some(period) = resource.get(format!("{stem}Period")) {
            return Period { start: self.date(period, "start"), end: self.date(period, "end") };
        }
        if let Some(timing) = resource.get(format!("{stem}Timing")) {
            let mut days: Vec<PartialDate> = timing
                .get("event")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .filter_map(PartialDate::parse)
                .collect();
            days.sort();
            return Period { start: days.first().copied(), end: days.last().copied() };
        }
        if let Some(age) = resource.get(format!("{stem}Age")) {
            let day = at_age(birth, age, age);
            if day.is_none() {
                self.leave(&format!("{stem}Age"), "an age that cannot be counted from the date of birth");
            }
            return Period { start: day, end: day };
        }
        if let Some(range) = resource.get(format!("{stem}Range")) {
            let day = range.get("low").zip(range.get("high")).and_then(|(low, high)| at_age(birth, low, high));
            if day.is_none() {
                self.leave(&format!("{stem}Range"), "a range of ages that cannot be counted from the date of birth");
            }
            return Period { start: day, end: day };
        }
        if let Some(words) = resource.get(format!("{stem}String")).and_then(Value::as_str) {
            let day = PartialDate::parse(words).or_else(|| of_life(words, birth?));
            if day.is_none() {
                self.leave(&format!("{stem}String"), "a time in words, which is not read");
            }
            return Period { start: day, end: day };
        }
        Period::default()
    }
}

/// The part of a life that words name: "since childhood"; none where they say anything else.
fn of_life(words: &str, birth: PartialDate) -> Option<PartialDate> {
    // First and last age in years.
    const PARTS: [(&str, i64, i64); 11] = [
        ("birth", 0, 1),
        ("congenital", 0, 1),
        ("neonatal", 0, 1),
        ("infancy", 0, 3),
        ("early childhood", 0, 8),
        ("childhood", 0, 18),
        ("adolescence", 9, 21),
        ("teenage", 12, 20),
        ("teens", 12, 20),
        ("puberty", 8, 19),
        ("as a child", 0, 18),
    ];
    let lower = words.trim().to_lowercase();
    let start = ["since ", "from ", "in ", "at ", "during ", "onset in ", "early "];
    let named = start.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_end_matches('.');
    let (_, from, to) = PARTS.iter().find(|(part, ..)| *part == named || *part == lower)?;
    let earliest = subtract(birth.earliest, -from, Calendar::Years)?;
    let latest = subtract(birth.latest, -to, Calendar::Years)?;
    (earliest <= latest).then_some(PartialDate { earliest, latest })
}

/// The days on which somebody was of an age: from the first of the lower to the last of the upper one.
fn at_age(birth: Option<PartialDate>, low: &Value, high: &Value) -> Option<PartialDate> {
    let birth = birth?;
    let (from, unit) = length(low)?;
    let (to, last) = length(high)?;
    let earliest = subtract(birth.earliest, -from, unit)?;
    let latest = subtract(birth.latest, -to.checked_add(1)?, last)?.yesterday().ok()?;
    (earliest <= latest).then_some(PartialDate { earliest, latest })
}

/// A whole number of calendar units.
pub(crate) fn length(quantity: &Value) -> Option<(i64, Calendar)> {
    let number = quantity.get("value")?;
    let number = number.as_i64().or_else(|| number.as_f64().map(|float| float.floor() as i64))?;
    let unit = quantity.get("code").or_else(|| quantity.get("unit")).and_then(Value::as_str)?;
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "a" | "year" | "years" | "yr" | "y" => Calendar::Years,
        "mo" | "month" | "months" => Calendar::Months,
        "wk" | "week" | "weeks" => Calendar::Weeks,
        "d" | "day" | "days" => Calendar::Days,
        _ => return None,
    };
    (0..=200_000).contains(&number).then_some((number, unit))
}

/// The elements of an array; none where there is none.
pub(crate) fn items<'a>(resource: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    resource.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The texts of `note`.
pub(crate) fn notes(resource: &Value) -> Vec<String> {
    items(resource, "note").filter_map(|note| note.get("text").and_then(Value::as_str)).map(str::to_owned).collect()
}

/// An extension by the end of its address.
pub(crate) fn extensions<'a>(resource: &'a Value, name: &'a str) -> impl Iterator<Item = &'a Value> {
    items(resource, "extension")
        .filter(move |extension| extension.get("url").and_then(Value::as_str).is_some_and(|url| url.ends_with(name)))
}
