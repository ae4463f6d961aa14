//! Headings: which lines begin a section, a cohort's part, or only introduce a list.

use crate::tree::Kind;

/// What a line without a marker announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// A section; `grouped` when it also names a cohort or arm.
    Section { kind: Kind, grouped: bool },
    /// A cohort's or arm's heading within a section.
    Group,
    /// Words that only introduce what follows.
    Introduction,
}

/// What the words of a line announce; none when they are a criterion or a part of one.
pub(crate) fn heading(words: &str) -> Option<Heading> {
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let list: Vec<&str> = plain.split_whitespace().collect();
    if list.is_empty() || list.len() > 14 {
        return None;
    }
    let ends_with_colon = words.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']);
    let has = |word: &str| list.contains(&word);
    let criteria = has("criteria") || has("criterion");
    let inclusion = list.iter().any(|w| w.starts_with("inclusion"));
    let exclusion = list.iter().any(|w| w.starts_with("exclusion"));
    if criteria && (inclusion || exclusion) && (list.len() <= 6 || ends_with_colon) {
        if inclusion && exclusion {
            return Some(Heading::Introduction);
        }
        let kind = if exclusion { Kind::Exclusion } else { Kind::Inclusion };
        let grouped = ["for", "cohort", "arm", "part", "group", "phase"].iter().any(|w| has(w));
        return Some(Heading::Section { kind, grouped });
    }
    if list.len() <= 2 && matches!(list.first(), Some(&("inclusion" | "inclusions"))) {
        return Some(Heading::Section { kind: Kind::Inclusion, grouped: false });
    }
    if list.len() <= 2 && matches!(list.first(), Some(&("exclusion" | "exclusions"))) {
        return Some(Heading::Section { kind: Kind::Exclusion, grouped: false });
    }
    if criteria && list.len() <= 4 && (has("eligibility") || has("selection")) {
        return Some(Heading::Introduction);
    }
    if ends_with_colon && (has("excluded") || has("ineligible")) && list.len() <= 10 {
        return Some(Heading::Section { kind: Kind::Exclusion, grouped: false });
    }
    if ends_with_colon && (has("eligible") || has("included") || has("enrolled")) && list.len() <= 10 {
        return Some(Heading::Section { kind: Kind::Inclusion, grouped: false });
    }
    if ends_with_colon
        && list.len() <= 8
        && matches!(list.first(), Some(&("cohort" | "arm" | "group" | "part" | "for")))
    {
        return Some(Heading::Group);
    }
    if ends_with_colon && (criteria || has("following") || has("conditions")) {
        return Some(Heading::Introduction);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_headings() {
        let section = |kind| Some(Heading::Section { kind, grouped: false });
        for (words, want) in [
            ("Inclusion Criteria:", section(Kind::Inclusion)),
            ("EXCLUSION CRITERIA", section(Kind::Exclusion)),
            ("Key inclusion criteria", section(Kind::Inclusion)),
            ("**Main Exclusion Criteria**", section(Kind::Exclusion)),
            ("Inclusion criteria for cohort A:", Some(Heading::Section { kind: Kind::Inclusion, grouped: true })),
            ("Exclusion:", section(Kind::Exclusion)),
            ("Patients are excluded if:", section(Kind::Exclusion)),
            ("Subjects must meet all of the following criteria:", Some(Heading::Introduction)),
            ("Cohort B:", Some(Heading::Group)),
            ("Age 18 years or older", None),
            ("Women must agree to contraception", None),
        ] {
            assert_eq!(heading(words), want, "{words}");
        }
    }
}
