//! Words of the registry for people, and dates, numbers and lists as they are read in a language.

use crate::tongue::{Speak, Tongue};
use trialway_language::slug;
use trialway_study::{AgencyClass, Coded, DateKind, Phase, Stale, Status, StudyDate, StudyType, WordList};
use trialway_terminology::{ConceptId, Terminology};

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

/// The label of a value of the registry.
pub fn label_word<T: WordList>(tongue: Tongue, value: T) -> String {
    tongue.words().say(&format!("word-{}", slug(value.label())), &[]).unwrap_or_else(|| value.label().to_owned())
}

/// The label of a registry word.
pub fn label<T: WordList>(tongue: Tongue, coded: &Coded<T>) -> String {
    match coded.known() {
        Some(value) => label_word(tongue, value),
        None => humane(coded.as_str()),
    }
}

/// The label of a stored registry word.
pub fn label_of<T: WordList>(tongue: Tongue, word: &str) -> String {
    label(tongue, &Coded::<T>::from_word(word))
}

/// Fixed English words of another part of the program, in the language of the page.
///
/// **Unknown**: the English words, where no message is named after them.
pub fn term(tongue: Tongue, english: &str) -> String {
    tongue.words().say(&format!("term-{}", slug(english)), &[]).unwrap_or_else(|| english.to_owned())
}

/// Words that are English in every language, marked so on a page in another.
pub fn english(tongue: Tongue, words: &str) -> String {
    if tongue == Tongue::English { words.to_owned() } else { trialway_language::foreign::mark(words) }
}

/// The name of a concept in the language of the page; the English one, marked, where the vocabulary has none.
pub fn name(tongue: Tongue, concept: Option<&ConceptId>, english: &str) -> String {
    let names = tongue.names();
    let own = names.zip(concept).and_then(|(language, id)| Terminology::builtin().name_in(id, language));
    own.map_or_else(|| self::english(tongue, english), str::to_owned)
}

/// A status and what it means for someone who would like to join.
pub fn status(tongue: Tongue, status: Option<&Coded<Status>>) -> (String, String, &'static str) {
    let Some(status) = status else { return (tongue.say("status-none"), tongue.say("status-none-means"), "unsure") };
    let Some(known) = status.known() else { return (label(tongue, status), String::new(), "unsure") };
    let tone = match known {
        Status::Recruiting | Status::Available => "open",
        Status::NotYetRecruiting => "soon",
        Status::Withheld | Status::Unknown => "unsure",
        _ => "closed",
    };
    (label(tongue, status), tongue.say(&format!("status-{}-means", slug(known.label()))), tone)
}

/// Phases and what they mean; none for studies that have none.
pub fn phase(tongue: Tongue, phases: &[Coded<Phase>]) -> Option<(String, String)> {
    let known: Vec<Phase> =
        phases.iter().filter_map(Coded::known).filter(|phase| *phase != Phase::NotApplicable).collect();
    let last = known.iter().copied().max()?;
    let labels: Vec<String> =
        phases.iter().filter(|phase| !phase.is(Phase::NotApplicable)).map(|phase| label(tongue, phase)).collect();
    let joined = match known.as_slice() {
        [Phase::Phase1, Phase::Phase2] if labels.len() == 2 => tongue.say("phase-1-2"),
        [Phase::Phase2, Phase::Phase3] if labels.len() == 2 => tongue.say("phase-2-3"),
        _ => labels.join("/"),
    };
    Some((joined, tongue.say(&format!("phase-{}-means", slug(last.label())))))
}

/// What kind of body a sponsor is; none where its name says as much.
pub fn sponsor_class(tongue: Tongue, class: &Coded<AgencyClass>) -> Option<String> {
    match class.known()? {
        AgencyClass::Ambiguous | AgencyClass::Unknown => None,
        known => Some(tongue.say(&format!("sponsor-{}", slug(known.word())))),
    }
}

/// What kind of study it is, in words.
pub fn study_type(tongue: Tongue, kind: &Coded<StudyType>) -> String {
    match kind.known() {
        Some(known) => tongue.say(&format!("kind-{}", slug(known.word()))),
        None => label(tongue, kind),
    }
}

/// A date as people write it, as far as it is known; as written where it could not be read.
pub fn date(tongue: Tongue, date: &StudyDate) -> String {
    let month = date.month.filter(|month| (1..=12).contains(month));
    let month = month.map(|month| tongue.say(&format!("date-month-{month}")));
    let year = date.year.map(|year| year.to_string());
    let words = match (year, month, date.day) {
        (Some(year), Some(month), Some(day)) => {
            tongue.say_with("date-day", &[("year", &year), ("month", &month), ("day", &day.to_string())])
        }
        (Some(year), Some(month), None) => tongue.say_with("date-month", &[("year", &year), ("month", &month)]),
        (Some(year), None, _) => tongue.say_with("date-year", &[("year", &year)]),
        (None, ..) => date.written.clone(),
    };
    match date.kind.as_ref().and_then(Coded::known) {
        Some(DateKind::Estimated) => tongue.say_with("date-expected", &[("date", &words)]),
        _ => words,
    }
}

/// A stored ISO date as people write it.
pub fn iso_date(tongue: Tongue, iso: &str) -> String {
    date(tongue, &StudyDate::parse(iso))
}

/// The day of a stored moment, for people.
pub fn day(tongue: Tongue, at: &str) -> String {
    iso_date(tongue, &at.chars().take(10).collect::<String>())
}

/// "1 site", "3 sites": a message whose plural `n` chooses, with the number as people write it as `count`.
pub fn count(tongue: Tongue, id: &str, n: usize) -> String {
    tongue.say_with(id, &[("n", &n.to_string()), ("count", &thousands(tongue, n))])
}

/// A number with a mark between groups of three digits, from five digits on.
pub fn thousands(tongue: Tongue, n: usize) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mark = tongue.say("number-group");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(&mark);
        }
        out.push(digit);
    }
    out
}

/// Names with the language's comma between them.
pub fn list<'a>(tongue: Tongue, names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let first = names.next().unwrap_or_default().to_owned();
    names.fold(first, |joined, name| tongue.say_with("list-comma", &[("first", &joined), ("last", name)]))
}

/// Something with more about it in brackets.
pub fn brackets(tongue: Tongue, what: &str, more: &str) -> String {
    tongue.say_with("brackets", &[("what", what), ("more", more)])
}

/// Limits of age in words.
pub fn ages(tongue: Tongue, low: Option<&str>, high: Option<&str>) -> String {
    let (low, high) = (low.map(|low| age(tongue, low)), high.map(|high| age(tongue, high)));
    match (low, high) {
        (Some(low), Some(high)) => tongue.say_with("ages-between", &[("low", &low), ("high", &high)]),
        (Some(low), None) => tongue.say_with("ages-from", &[("low", &low)]),
        (None, Some(high)) => tongue.say_with("ages-to", &[("high", &high)]),
        (None, None) => tongue.say("ages-none"),
    }
}

/// An age as the registry writes it (`18 Years`), in words; as it is where it is written otherwise.
pub fn age(tongue: Tongue, written: &str) -> String {
    let lower = written.to_lowercase();
    let read = || {
        let (n, unit) = lower.split_once(' ')?;
        let is_number = !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let unit = unit.trim_end_matches('s');
        let known = matches!(unit, "year" | "month" | "week" | "day" | "hour" | "minute");
        (is_number && known).then(|| tongue.say_with(&format!("age-{unit}s"), &[("n", n)]))
    };
    read().unwrap_or_else(|| written.to_owned())
}

/// A distance for people.
pub fn km(tongue: Tongue, km: f64) -> String {
    if km < 1.0 {
        tongue.say("km-under")
    } else if km < 10.0 {
        tongue.say_with("km", &[("km", &format!("{km:.1}"))])
    } else {
        tongue.say_with("km", &[("km", &format!("{km:.0}"))])
    }
}

/// Why what a record says may no longer be so.
pub fn stale(tongue: Tongue, why: &Stale) -> String {
    match why {
        Stale::NotConfirmed { since } => tongue.say_with("stale-not-confirmed", &[("since", since)]),
        Stale::PastCompletion { day, is_primary } => {
            let id = if *is_primary { "stale-past-results" } else { "stale-past-end" };
            tongue.say_with(id, &[("day", day)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: Tongue = Tongue::English;

    #[test]
    fn no_word_of_the_registry_is_shown_raw() {
        assert_eq!(humane("SOME_NEW_WORD"), "Some new word");
        assert_eq!(humane("As written"), "As written");
        assert_eq!(label_of::<Status>(ENGLISH, "ACTIVE_NOT_RECRUITING"), "Active, not recruiting");
        assert_eq!(label_of::<Status>(Tongue::Spanish, "ACTIVE_NOT_RECRUITING"), "Activo, sin reclutar");
        assert_eq!(label_of::<Status>(ENGLISH, "PAUSED_BY_SPONSOR"), "Paused by sponsor");
        let phases = [Phase::Phase1.into(), Phase::Phase2.into()];
        assert_eq!(phase(ENGLISH, &phases).unwrap().0, "Phase 1/2");
        assert_eq!(phase(Tongue::Chinese, &phases).unwrap().0, "1/2期");
        assert_eq!(phase(ENGLISH, &[Phase::NotApplicable.into()]), None);
    }

    #[test]
    fn every_word_of_the_registry_has_a_label_in_the_messages() {
        fn check<T: WordList>() {
            for value in T::ALL {
                let said = ENGLISH.words().say(&format!("word-{}", slug(value.label())), &[]);
                assert_eq!(said.as_deref(), Some(value.label()));
            }
        }
        use trialway_study::*;
        check::<Status>();
        check::<Phase>();
        check::<StudyType>();
        check::<Sex>();
        check::<StandardAge>();
        check::<DateKind>();
        check::<InterventionKind>();
        check::<ArmKind>();
        check::<AgencyClass>();
        check::<ContactRole>();
        check::<Allocation>();
        check::<InterventionModel>();
        check::<PrimaryPurpose>();
        check::<Masking>();
        check::<WhoMasked>();
        check::<TimePerspective>();
    }

    #[test]
    fn dates_say_how_sure_they_are() {
        let of = |tongue, written: &str, kind: &str| {
            date(tongue, &StudyDate::parse(written).with_kind(Some(Coded::from_word(kind))))
        };
        assert_eq!(of(ENGLISH, "2026-03-05", "ACTUAL"), "5 March 2026");
        assert_eq!(of(ENGLISH, "2027-01", "ESTIMATED"), "January 2027 (expected)");
        assert_eq!(of(Tongue::Spanish, "2026-03-05", "ESTIMATED"), "5 de marzo de 2026 (previsto)");
        assert_eq!(of(Tongue::Chinese, "2026-03-05", "ACTUAL"), "2026年3月5日");
        assert_eq!(iso_date(ENGLISH, "2026"), "2026");
    }

    #[test]
    fn numbers_and_ages_follow_the_language() {
        assert_eq!(thousands(ENGLISH, 12345), "12\u{202f}345");
        assert_eq!(thousands(Tongue::Chinese, 12345), "12,345");
        assert_eq!(count(ENGLISH, "count-sites", 1), "1 site");
        assert_eq!(count(Tongue::Spanish, "count-sites", 2), "2 centros");
        assert_eq!(ages(ENGLISH, Some("18 Years"), None), "18 years and older");
        assert_eq!(ages(Tongue::Spanish, Some("6 Months"), Some("1 Year")), "de 6 meses a 1 año");
        assert_eq!(ages(ENGLISH, Some("N/A"), None), "N/A and older");
    }
}
