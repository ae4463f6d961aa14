//! What an answer or a remark among the observations says of something that is, was, is taken or was done.
//!
//! | name | value | says |
//! | --- | --- | --- |
//! | `Epilepsy` | `Yes` | it is |
//! | `Prior gefitinib` | `Yes` | it was; whether it still is, is open |
//! | `Breastfeeding` | `Stopped in January` | it was, and is no more |
//! | `Previous treatment` | `Gefitinib until December` | it was |
//! | `Neurological examination` | `Signs of neuropathy` | it may be: its absence is not assumed |
//! | `Osteoporosis risk`, `Tumor tissue available` | `Yes` | nothing of the disease |
//!
//! A denial counts for the time that its name has, and not for what its name narrows ("severe asthma: no").

use super::answer_words::{AFFIRMING, ALLERGIC, ENDED, HEADING, NARROWING, NOW, PAST, SIDES, SPECIMENS, TURNED};
use super::time;
use crate::evaluate::Case;
use trialway_criteria::window::{WindowKind as Written, windows};
use trialway_eligibility::expr::{EventRole, EventTest, Length, Presence, Qualifier, Window, WindowKind};
use trialway_patient::{ANSWERED_FOR_NOW, Fact, FactKind, Value};
use trialway_terminology::{ConceptId, Domain, wording};

/// What an observation says of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// That it is.
    Is,
    /// That it was, or is.
    Was,
    /// That it was and is no more.
    Over,
    /// It names it, and not clearly.
    May,
    Nothing,
}

/// The words of a text in lower case.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn has(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

fn allergic(label: &[String]) -> bool {
    label.iter().any(|word| ALLERGIC.iter().any(|stem| word.starts_with(stem)))
}

/// Whether the name of an observation asks of presence in the role that is wanted.
fn asks_of(test: &EventTest, label: &[String]) -> bool {
    let turned = has(label, &TURNED) || test.role != EventRole::Procedure && has(label, &SPECIMENS);
    let response = has(label, &["response", "responses"]) && !allergic(label);
    match test.role {
        EventRole::Allergy => !turned && allergic(label),
        EventRole::Drug => !turned && !response && !allergic(label),
        _ => !turned && !response,
    }
}

/// Whether an entry among the diseases is an allergy to what is wanted: "nickel allergy", "anaphylaxis due to latex".
pub(super) fn is_allergy_to(wanted: &ConceptId, fact: &Fact, case: &Case<'_>) -> bool {
    if !allergic(&words(&fact.label)) {
        return false;
    }
    let label = case.labels(fact).0;
    if let Some(words) = wanted.written_words() {
        return wording::says(label, words);
    }
    let by_name = || {
        let concept = case.terminology.concept(wanted);
        let all = concept.iter().flat_map(|concept| concept.synonyms.iter().chain([&concept.name]));
        all.map(|name| wording::comparable(name).join(" ")).any(|name| wording::says(label, &name))
    };
    fact.concepts.iter().chain(&fact.causes).any(|id| case.terminology.is_a(id, wanted)) || by_name()
}

/// What an observation says of what is wanted.
pub(super) fn says(test: &EventTest, fact: &Fact, case: &Case<'_>) -> Says {
    let (asked, n_asked) = asked(test, fact, case);
    let named = naming(test, fact, case);
    if !asked && named != Naming::Affirms {
        return Says::Nothing;
    }
    let label = words(&fact.label);
    let affirmed = match &fact.value {
        Some(Value::Answer { yes, .. }) => *yes,
        Some(Value::Detected { detected, .. }) => *detected && (!test_name(&label) || has(&label, &["screen"])),
        Some(Value::Text(text)) => return remark(test, fact, text, &label, (asked, named), case),
        Some(Value::Quantity { number, .. }) => {
            // "Seizures in the last year: 4" says that there were some.
            const COUNTED: [&str; 12] = [
                "number",
                "episodes",
                "eruptions",
                "attacks",
                "times",
                "many",
                "seizures",
                "flares",
                "exacerbations",
                "relapses",
                "events",
                "infections",
            ];
            let some = number.low.is_some_and(|(low, _)| low > trialway_units::Decimal::ZERO);
            let counts = some && has(&label, &COUNTED) && asked && asks_of(test, &label);
            return if counts { Says::May } else { Says::Nothing };
        }
        // The date of something is one on which it was.
        Some(Value::Date(_)) => return if asked && asks_of(test, &label) { Says::May } else { Says::Nothing },
        _ => return Says::Nothing,
    };
    // A screening that found something is no diagnosis, and no denial either.
    if affirmed && asked && test.role == EventRole::Condition && has(&label, &["screening", "screen"]) {
        return Says::May;
    }
    if !affirmed || !asked || !asks_of(test, &label) {
        // "No; takes warfarin" names what its own answer does not speak of.
        let beside =
            named == Naming::Affirms && !has(&label, &TURNED) && allergic(&label) == (test.role == EventRole::Allergy);
        return if beside && !asked { Says::May } else { Says::Nothing };
    }
    let one_of = n_asked > 1 && (label.iter().any(|word| word == "or") || fact.label.contains(['/', ',']));
    if one_of || superseded(test, fact, case) {
        return if superseded(test, fact, case) && !at_any_time(test) { Says::Nothing } else { Says::May };
    }
    let written = match &fact.value {
        Some(Value::Answer { written, .. } | Value::Detected { written, .. }) => written.as_str(),
        _ => "",
    };
    let value = words(written);
    if has(&value, &ENDED) {
        return Says::Over;
    }
    if has(&label, &PAST) && !has(&label, &NOW) || dated(&value, case) { Says::Was } else { Says::Is }
}

/// Whether an answer affirms something more general, of which what is wanted is a kind: "diabetes: yes".
pub(super) fn affirms_general(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    let Some(wanted) = test.concept.as_ref().filter(|_| test.role == EventRole::Condition) else { return false };
    let coded = |id: &ConceptId| case.terminology.concept(id).is_some_and(|concept| !concept.codes.is_empty());
    matches!(fact.value, Some(Value::Answer { yes: true, .. }))
        && fact.concepts.iter().any(|id| id != wanted && case.terminology.is_a(wanted, id) && coded(id))
        && asks_of(test, &words(&fact.label))
}

/// Whether a name is one of a test, whose result says what was found in it, not what somebody has.
fn test_name(label: &[String]) -> bool {
    has(
        label,
        &[
            "anti",
            "hbsag",
            "hbs",
            "serology",
            "titer",
            "titre",
            "rna",
            "dna",
            "count",
            "test",
            "antibody",
            "antibodies",
            "igg",
            "igm",
            "antigen",
            "pcr",
            "culture",
            "screen",
            "panel",
            "mutation",
        ],
    )
}

fn at_any_time(test: &EventTest) -> bool {
    test.presence == Presence::Ever && test.window.is_none()
}

/// Whether the name of a fact asks of it, and how many things of that sort it names.
fn asked(test: &EventTest, fact: &Fact, case: &Case<'_>) -> (bool, usize) {
    let domain = |id: &&ConceptId| id.domain() != Some(Domain::Observation);
    let n = fact.concepts.iter().filter(domain).count();
    let Some(wanted) = &test.concept else { return (true, 1) };
    let not_counted = |id: &ConceptId| test.other_than.iter().any(|other| case.terminology.is_a(id, other));
    match wanted.written_words() {
        Some(words) => (wording::says(case.labels(fact).0, words), n),
        None => (fact.concepts.iter().any(|id| case.terminology.is_a(id, wanted) && !not_counted(id)), n),
    }
}

/// Whether the value is dated by a year before this one.
fn dated(value: &[String], case: &Case<'_>) -> bool {
    value
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse::<i16>().ok())
        .any(|year| (1900..case.options.as_of.year()).contains(&year))
}

/// Whether a later answer to the same question is there.
fn superseded(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    let Some(day) = fact.period.start else { return false };
    case.facts.facts.iter().any(|other| {
        other.kind == FactKind::Observation
            && time::exists(other, case.options.as_of)
            && other.period.start.is_some_and(|start| start.earliest > day.latest)
            && (other.label.eq_ignore_ascii_case(&fact.label)
                || !fact.concepts.is_empty() && other.concepts == fact.concepts)
            && matches!(other.value, Some(Value::Answer { .. } | Value::Detected { .. } | Value::Text(_)))
            && asked(test, other, case).0
    })
}

/// What words say of it.
fn remark(
    test: &EventTest,
    fact: &Fact,
    text: &str,
    label: &[String],
    (asked, named): (bool, Naming),
    case: &Case<'_>,
) -> Says {
    if has(label, &TURNED) || named == Naming::Denies {
        return Says::Nothing;
    }
    let specimen = test.role != EventRole::Procedure && has(label, &SPECIMENS);
    // An allergy to something is no use of it, and its use no allergy.
    let of_allergy = allergic(label) || allergic(&words(text));
    if of_allergy != (test.role == EventRole::Allergy) && test.role != EventRole::Condition {
        return Says::Nothing;
    }
    let value = words(text);
    // What was answered to was given at some time; it says nothing of now.
    let response = has(label, &["response", "responses", "failure", "responder"]);
    if response && !at_any_time(test) {
        return Says::Nothing;
    }
    if superseded(test, fact, case) && !at_any_time(test) {
        return Says::Nothing;
    }
    const DENIALS: [&str; 15] = [
        "no",
        "not",
        "never",
        "without",
        "denies",
        "denied",
        "none",
        "non",
        "negative",
        "unknown",
        "unclear",
        "possible",
        "suspected",
        "family",
        "planned",
    ];
    if has(&value, &DENIALS) {
        // Where it is named by the question alone, an answer that begins with a denial denies it.
        let first = value.first().map(String::as_str).unwrap_or_default();
        // "Never treated with a biologic" is one clause, and denies all of it.
        let one_clause =
            !text.contains(['.', ';', ',', ':']) && !has(&value, &["but", "since", "until", "except", "then"]);
        return if (named != Naming::Affirms || one_clause)
            && matches!(first, "no" | "not" | "never" | "none" | "without" | "denies" | "non" | "negative")
        {
            Says::Nothing
        } else {
            Says::May
        };
    }
    let opens = value.first().is_some_and(|word| AFFIRMING.contains(&word.as_str()))
        || value.first().is_some_and(|word| word.len() == 4 && word.parse::<i16>().is_ok());
    let headed = !response && has(label, &HEADING) || label.len() <= 2 && has(label, &["history", "diagnosis"]);
    let several = value.iter().any(|word| word == "or");
    if several || response || specimen || !(headed && !asked || asked && opens) {
        return Says::May;
    }
    if has(&value, &ENDED) && !later(&value, case) {
        Says::Over
    } else if has(label, &PAST) && !has(label, &NOW) || dated(&value, case) && !has(&value, &["since", "diagnosed"]) {
        Says::Was
    } else {
        Says::Is
    }
}

/// How the words of a value name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    Affirms,
    Denies,
    Nothing,
}

/// How the words of a value name what is wanted.
fn naming(test: &EventTest, fact: &Fact, case: &Case<'_>) -> Naming {
    let Some(wanted) = &test.concept else { return Naming::Nothing };
    if let Some(words) = wanted.written_words() {
        let Some(Value::Text(text)) = &fact.value else { return Naming::Nothing };
        let (label, notes) = case.labels(fact);
        let all = |word: &str| {
            let word = wording::plain(word);
            label.iter().chain(notes).any(|known| known == word)
        };
        if !words.split(' ').all(all) {
            return Naming::Nothing;
        }
        return if all_denied(text, words) { Naming::Denies } else { Naming::Affirms };
    }
    let is = |id: &ConceptId| {
        case.terminology.is_a(id, wanted) && !test.other_than.iter().any(|other| case.terminology.is_a(id, other))
    };
    let (mut affirms, mut denies) = (false, false);
    for finding in fact.findings.iter().filter(|finding| is(&finding.concept)) {
        affirms |= !finding.negated && !finding.hypothetical;
        denies |= finding.negated;
    }
    match (affirms, denies) {
        (true, _) => Naming::Affirms,
        (false, true) => Naming::Denies,
        (false, false) => Naming::Nothing,
    }
}

/// Whether words name something only in parts that deny it.
fn all_denied(text: &str, wanted: &str) -> bool {
    let mut named = text
        .split(['.', ';', ','])
        .map(crate::evaluate::comparable)
        .filter(|part| wording::touches(part, wanted) || wording::says(part, wanted))
        .peekable();
    named.peek().is_some()
        && named.all(|part| {
            part.iter().any(|word| {
                matches!(word.as_str(), "no" | "not" | "never" | "none" | "without" | "denie" | "denied" | "negative")
            })
        })
}

/// Whether the value names a year to come, or says that it goes on until some time of this one ("until December").
fn later(value: &[String], case: &Case<'_>) -> bool {
    let this = case.options.as_of.year();
    let until = has(value, &["until", "till", "through"]);
    let years = value.iter().filter(|word| word.len() == 4).filter_map(|word| word.parse::<i16>().ok());
    years.into_iter().any(|year| year > this && year < 2200 || until && year == this)
}

/// Whether an answer denies what is wanted, for the time that is asked about.
pub(super) fn denies(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    let denied = match &fact.value {
        Some(Value::Answer { yes, .. }) => !yes,
        Some(Value::Detected { detected, .. }) => !detected && fact.concepts.iter().any(is_state),
        Some(Value::Text(text)) => return finds_none(test, fact, text, case),
        _ => false,
    };
    if !denied || fact.kind != FactKind::Observation {
        return false;
    }
    let about = test.concept.as_ref().is_some_and(|wanted| match wanted.written_words() {
        Some(words) => wording::says(case.labels(fact).0, words),
        None => fact.concepts.iter().any(|id| id == wanted || is_state(id) && case.terminology.is_a(wanted, id)),
    });
    if !about {
        return false;
    }
    let label = words(&fact.label);
    let exact =
        test.concept.as_ref().is_some_and(|wanted| wanted.written_words().is_some() || fact.concepts.contains(wanted));
    // "Infection: no" says nothing of a tuberculosis of earlier days.
    let current = test.presence == Presence::Current && test.window.is_none();
    if !exact && !current && !has(&label, &PAST) {
        return false;
    }
    if !asks_of(test, &label) {
        return false;
    }
    let said: Vec<String> = test
        .concept
        .iter()
        .flat_map(|id| names(id, case))
        .chain(test.qualifiers.iter().flat_map(qualifier_words))
        .collect();
    let narrows = |word: &str| NARROWING.contains(&word) || test.role == EventRole::Condition && SIDES.contains(&word);
    if label.iter().any(|word| narrows(word) && !said.contains(word)) {
        return false;
    }
    for_the_time(test, fact, &label)
}

/// Whether a concept is of something that one has, takes or had done, not of a measurement.
fn is_state(id: &ConceptId) -> bool {
    id.domain() != Some(Domain::Observation)
}

/// The words that a qualifier may be written in.
fn qualifier_words(qualifier: &Qualifier) -> Vec<String> {
    match qualifier {
        Qualifier::Severity(_) => words("mild moderate severe serious significant major"),
        Qualifier::Active => words("active current symptomatic"),
        Qualifier::Uncontrolled => words("uncontrolled unstable controlled stable"),
        Qualifier::RequiringTreatment => words("requiring treatment"),
        Qualifier::Refractory => words("refractory resistant"),
        Qualifier::InWords(narrowed) => words(&narrowed.words),
        Qualifier::ConfirmedBy(_) | Qualifier::Unless(_) => Vec::new(),
    }
}

/// The words by which a concept is named.
fn names(id: &ConceptId, case: &Case<'_>) -> Vec<String> {
    match (id.written_words(), case.terminology.concept(id)) {
        (Some(written), _) => words(written),
        (None, Some(concept)) => concept.synonyms.iter().chain([&concept.name]).flat_map(|name| words(name)).collect(),
        (None, None) => Vec::new(),
    }
}

/// Whether a denial holds for the time that is asked about.
fn for_the_time(test: &EventTest, fact: &Fact, label: &[String]) -> bool {
    // What is denied for the present may have been before.
    let now = has(label, &NOW) || fact.notes.iter().any(|note| note == ANSWERED_FOR_NOW);
    let current = test.presence == Presence::Current && test.window.is_none();
    if now && !current {
        return false;
    }
    let written = windows(&fact.label);
    let Some(asked) = written.iter().find(|window| window.kind == Written::WithinPast).and_then(|w| w.length) else {
        return true;
    };
    match &test.window {
        Some(Window { kind: WindowKind::WithinPast, length, .. }) => {
            days(length).zip(written_days(&asked)).is_some_and(|(wanted, asked)| wanted <= asked)
        }
        Some(_) => false,
        None => current,
    }
}

pub(super) fn days(length: &Length) -> Option<rust_decimal::Decimal> {
    use trialway_eligibility::expr::CalendarUnit;
    let one = match length.unit {
        CalendarUnit::Hours => return Some(rust_decimal::Decimal::ONE),
        CalendarUnit::Days => 1,
        CalendarUnit::Weeks => 7,
        CalendarUnit::Months => 30,
        CalendarUnit::Years => 365,
    };
    length.number.checked_mul(rust_decimal::Decimal::from(one))
}

pub(super) fn written_days(length: &trialway_criteria::window::Length) -> Option<rust_decimal::Decimal> {
    use trialway_criteria::window::Calendar;
    let one = match length.unit {
        Calendar::Days => 1,
        Calendar::Weeks => 7,
        Calendar::Months => 30,
        Calendar::Years => 365,
        Calendar::Hours | Calendar::HalfLives => return None,
    };
    length.number.checked_mul(rust_decimal::Decimal::from(one))
}

/// Whether words that answer a question about it deny it: "graft-versus-host disease: no sign of acute or chronic GVHD".
fn finds_none(test: &EventTest, fact: &Fact, text: &str, case: &Case<'_>) -> bool {
    let Some(wanted) = test.concept.as_ref().filter(|id| id.written_words().is_none()) else { return false };
    let label = words(&fact.label);
    let value = words(text);
    let is = |id: &ConceptId| id == wanted;
    let all_denied = fact.findings.iter().filter(|f| case.terminology.is_a(&f.concept, wanted)).all(|f| f.negated);
    let past = value.iter().chain(&label).any(|word| matches!(word.as_str(), "never" | "history" | "ever"));
    fact.kind == FactKind::Observation
        && fact.concepts.iter().any(is)
        && fact.findings.iter().any(|f| is(&f.concept) && f.negated)
        && all_denied
        && asks_of(test, &label)
        && !has(&value, &["since", "but", "until", "except", "possible"])
        && !has(&value, NARROWING.get(..8).unwrap_or_default())
        && (past || test.presence == Presence::Current && test.window.is_none())
}
