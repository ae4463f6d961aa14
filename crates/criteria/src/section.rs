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
    let ends_with_colon = words.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']);
    let begins_with_section = || {
        let first = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        ["inclusion", "exclusion"].iter().any(|start| begins_with(first, start))
    };
    if !ends_with_colon && !holds(words, "criteri") && !begins_with_section() {
        return None;
    }
    const LONGEST: usize = 14;
    let mut list = [""; LONGEST];
    let mut n_words = 0;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *list.get_mut(n_words)? = word;
        n_words += 1;
    }
    let list = list.get(..n_words).filter(|list| !list.is_empty())?;
    let has = |known: &str| list.iter().any(|word| word.eq_ignore_ascii_case(known));
    let begins =
        |known: &[&str]| list.first().is_some_and(|first| known.iter().any(|known| first.eq_ignore_ascii_case(known)));
    let starts = |start: &str| list.iter().any(|word| begins_with(word, start));
    let criteria = has("criteria") || has("criterion");
    let inclusion = starts("inclusion");
    let exclusion = starts("exclusion");
    if criteria && (inclusion || exclusion) && (n_words <= 6 || ends_with_colon) {
        if inclusion && exclusion {
            return Some(Heading::Introduction);
        }
        let kind = if exclusion { Kind::Exclusion } else { Kind::Inclusion };
        // "Exclusion criteria for medical history": what the list is about, not for whom it is.
        const TOPICS: [&str; 12] = [
            "history",
            "comorbidity",
            "comorbidities",
            "laboratory",
            "labs",
            "medication",
            "medications",
            "imaging",
            "safety",
            "concomitant",
            "concurrent",
            "prior",
        ];
        const PEOPLE: [&str; 12] = [
            "patients",
            "participants",
            "subjects",
            "people",
            "women",
            "men",
            "children",
            "adults",
            "controls",
            "volunteers",
            "with",
            "who",
        ];
        let about = || TOPICS.iter().any(|word| has(word)) && !PEOPLE.iter().any(|word| has(word));
        let grouped = ["cohort", "arm", "part", "group", "phase"].iter().any(|w| has(w)) || has("for") && !about();
        return Some(Heading::Section { kind, grouped });
    }
    if n_words <= 2 && begins(&["inclusion", "inclusions"]) {
        return Some(Heading::Section { kind: Kind::Inclusion, grouped: false });
    }
    if n_words <= 2 && begins(&["exclusion", "exclusions"]) {
        return Some(Heading::Section { kind: Kind::Exclusion, grouped: false });
    }
    // The parts of the records of cancer trials from PDQ: each says what is asked, also behind a list of grounds of exclusion.
    const PARTS: [&[&str]; 3] =
        [&["DISEASE", "CHARACTERISTICS"], &["PATIENT", "CHARACTERISTICS"], &["PRIOR", "CONCURRENT", "THERAPY"]];
    if ends_with_colon && PARTS.contains(&list) {
        return Some(Heading::Section { kind: Kind::Inclusion, grouped: false });
    }
    if criteria && n_words <= 4 && (has("eligibility") || has("selection")) {
        return Some(Heading::Introduction);
    }
    if ends_with_colon && (has("excluded") || has("ineligible")) && n_words <= 10 {
        return Some(Heading::Section { kind: Kind::Exclusion, grouped: false });
    }
    if ends_with_colon && (has("eligible") || has("included") || has("enrolled")) && n_words <= 10 {
        return Some(Heading::Section { kind: Kind::Inclusion, grouped: false });
    }
    if ends_with_colon && n_words <= 8 && begins(&["cohort", "arm", "group", "part", "for"]) {
        return Some(Heading::Group);
    }
    if ends_with_colon && (criteria || has("following") || has("conditions")) {
        return Some(Heading::Introduction);
    }
    None
}

/// Whether a text begins with these lower-case letters, in whatever case.
fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// Whether a text holds these lower-case letters, in whatever case.
fn holds(text: &str, letters: &str) -> bool {
    let Some(first) = letters.bytes().next() else { return true };
    let mut rest = text.as_bytes();
    // A sign may pass for the first letter; the comparison behind it tells.
    while let Some(at) = rest.iter().position(|byte| byte | 0x20 == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.get(..letters.len()).is_some_and(|here| here.eq_ignore_ascii_case(letters.as_bytes())) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
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
            ("Exclusion criteria for medical history and comorbidities:", section(Kind::Exclusion)),
            (
                "Exclusion criteria for patients with a history of stroke:",
                Some(Heading::Section { kind: Kind::Exclusion, grouped: true }),
            ),
            ("Exclusion:", section(Kind::Exclusion)),
            ("Patients are excluded if:", section(Kind::Exclusion)),
            ("Subjects must meet all of the following criteria:", Some(Heading::Introduction)),
            ("Cohort B:", Some(Heading::Group)),
            ("PATIENT CHARACTERISTICS:", section(Kind::Inclusion)),
            ("PRIOR CONCURRENT THERAPY:", section(Kind::Inclusion)),
            ("Patient characteristics:", None),
            ("Age 18 years or older", None),
            ("Women must agree to contraception", None),
        ] {
            assert_eq!(heading(words), want, "{words}");
        }
    }
}
