//! Words of the registry for people, and dates and lists as they are read.

use trialway_study::{AgencyClass, Coded, Phase, Status, StudyDate, StudyType, WordList};

/// A registry word that has no label of ours: `SOME_NEW_WORD` is "Some new word".
pub fn humane(word: &str) -> String {
    let looks_coded =
        !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if !looks_coded {
        return word.to_owned();
    }
    let lower = word.to_ascii_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The same words with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}

/// The label of a registry word.
pub fn label<T: WordList>(coded: &Coded<T>) -> String {
    match coded.known() {
        Some(_) => coded.label().to_owned(),
        None => humane(coded.as_str()),
    }
}

/// The label of a stored registry word.
pub fn label_of<T: WordList>(word: &str) -> String {
    label(&Coded::<T>::from_word(word))
}

/// A status and what it means for someone who would like to join.
pub fn status(status: Option<&Coded<Status>>) -> (String, &'static str, &'static str) {
    let Some(status) = status else {
        return ("Status not given".to_owned(), "The record does not say whether people can join.", "unsure");
    };
    let (meaning, tone) = match status.known() {
        Some(Status::Recruiting) => ("People can join now.", "open"),
        Some(Status::NotYetRecruiting) => ("People cannot join yet.", "soon"),
        Some(Status::EnrollingByInvitation) => ("Only people who are invited can join.", "closed"),
        Some(Status::ActiveNotRecruiting) => ("The study is going on; nobody new can join.", "closed"),
        Some(Status::Completed) => ("The study has ended.", "closed"),
        Some(Status::Suspended) => ("The study has stopped for now.", "closed"),
        Some(Status::Terminated) => ("The study stopped early and will not go on.", "closed"),
        Some(Status::Withdrawn) => ("The study stopped before anybody joined.", "closed"),
        Some(Status::Available) => ("The treatment may be had outside a trial, through a doctor.", "open"),
        Some(Status::NoLongerAvailable) => ("The treatment can no longer be had this way.", "closed"),
        Some(Status::TemporarilyNotAvailable) => ("The treatment cannot be had this way for now.", "closed"),
        Some(Status::ApprovedForMarketing) => ("The treatment has been approved.", "closed"),
        Some(Status::Withheld) => ("The sponsor does not publish it.", "unsure"),
        Some(Status::Unknown) => {
            ("Nobody has confirmed the record for two years; ask before you count on it.", "unsure")
        }
        None => ("", "unsure"),
    };
    (label(status), meaning, tone)
}

/// Phases and what they mean; none for studies that have none.
pub fn phase(phases: &[Coded<Phase>]) -> Option<(String, &'static str)> {
    let labels: Vec<String> = phases.iter().filter(|phase| !phase.is(Phase::NotApplicable)).map(label).collect();
    let last = phases.iter().filter_map(Coded::known).filter(|phase| *phase != Phase::NotApplicable).max()?;
    let meaning = match last {
        Phase::EarlyPhase1 => "a very first test, most often in a few people",
        Phase::Phase1 => "early: mainly tests how safe it is, most often in few people",
        Phase::Phase2 => "middle: tests whether it works, and how safe it is",
        Phase::Phase3 => "late: tests whether it works, most often in many people",
        Phase::Phase4 => "after approval: watches it in everyday use",
        Phase::NotApplicable => "",
    };
    let joined = match labels.as_slice() {
        [one] => one.clone(),
        several => several.join(" and ").replace(" and Phase ", "/"),
    };
    Some((joined, meaning))
}

/// What kind of body a sponsor is; none where its name says as much.
pub fn sponsor_class(class: &Coded<AgencyClass>) -> Option<&'static str> {
    match class.known()? {
        AgencyClass::Industry => Some("a company"),
        AgencyClass::Nih => Some("part of the U.S. National Institutes of Health"),
        AgencyClass::Fed => Some("a federal agency of the United States"),
        AgencyClass::OtherGov => Some("a public body"),
        AgencyClass::Individual => Some("a person"),
        AgencyClass::Network => Some("a network of study centres"),
        AgencyClass::Other => Some("a university, hospital or other body"),
        AgencyClass::Ambiguous | AgencyClass::Unknown => None,
    }
}

/// What kind of study it is, in words.
pub fn study_type(kind: &Coded<StudyType>) -> String {
    match kind.known() {
        Some(StudyType::Interventional) => "A trial: participants are given or do something".to_owned(),
        Some(StudyType::Observational) => "Observation: participants are only watched or asked".to_owned(),
        Some(StudyType::ExpandedAccess) => "Access to a treatment outside a trial".to_owned(),
        None => label(kind),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people write it, as far as it is known; as written where it could not be read.
pub fn date(date: &StudyDate) -> String {
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    let words = match (date.year, month, date.day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
        (Some(year), None, _) => year.to_string(),
        (None, ..) => date.written.clone(),
    };
    match date.kind.as_ref().map(Coded::as_str) {
        Some("ESTIMATED") => format!("{words} (expected)"),
        _ => words,
    }
}

/// A stored ISO date as people write it.
pub fn iso_date(iso: &str) -> String {
    date(&StudyDate::parse(iso))
}

/// "1 site", "3 sites".
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(n)) }
}

/// A number with spaces between groups of three digits, from five digits on.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Limits of age in words.
pub fn ages(low: Option<&str>, high: Option<&str>) -> String {
    let lower = |text: &str| text.to_lowercase();
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", lower(low), lower(high)),
        (Some(low), None) => format!("{} and older", lower(low)),
        (None, Some(high)) => format!("up to {}", lower(high)),
        (None, None) => "no limit given".to_owned(),
    }
}

/// A distance for people.
pub fn km(km: f64) -> String {
    if km < 1.0 {
        "less than 1 km".to_owned()
    } else if km < 10.0 {
        format!("{km:.1} km")
    } else {
        format!("{km:.0} km")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_the_registry_is_shown_raw() {
        assert_eq!(humane("SOME_NEW_WORD"), "Some new word");
        assert_eq!(humane("As written"), "As written");
        assert_eq!(label_of::<Status>("ACTIVE_NOT_RECRUITING"), "Active, not recruiting");
        assert_eq!(label_of::<Status>("PAUSED_BY_SPONSOR"), "Paused by sponsor");
        let phases = [Phase::Phase1.into(), Phase::Phase2.into()];
        assert_eq!(phase(&phases).unwrap().0, "Phase 1/2");
        assert_eq!(phase(&[Phase::NotApplicable.into()]), None);
    }

    #[test]
    fn dates_say_how_sure_they_are() {
        let of = |written: &str, kind: &str| date(&StudyDate::parse(written).with_kind(Some(Coded::from_word(kind))));
        assert_eq!(of("2026-03-05", "ACTUAL"), "5 March 2026");
        assert_eq!(of("2027-01", "ESTIMATED"), "January 2027 (expected)");
        assert_eq!(iso_date("2026"), "2026");
        assert_eq!(thousands(12345), "12\u{202f}345");
    }
}
