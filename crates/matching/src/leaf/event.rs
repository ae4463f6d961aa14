//! Presence of something: conditions, medicines, procedures, vaccines, allergies, other research.

use super::answer::{self, Says};
use super::said::{self, Said};
use super::{course, measurement, narrowing, research, show, shown, silence, spread, surgery, time};
use crate::evaluate::Case;
use crate::need::{Ask, Named, Need};
use crate::outcome::{Cause, Outcome};
use crate::screening::Policy;
use trialway_eligibility::expr::{EventRole, EventTest, InWords, Presence, Qualifier, Severity};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Certainty, Fact, FactKind, RecordedStatus, Value};
use trialway_terminology::{ConceptId, wording};

/// Whether it is, or was, so.
pub(super) fn decide(test: &EventTest, case: &Case<'_>) -> Outcome {
    if test.presence == Presence::Planned {
        return planned(test, case);
    }
    let mut hits: Vec<Outcome> = Vec::new();
    for fact in case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of)) {
        let fit = fits(test, fact, case);
        if fit == Fit::No {
            continue;
        }
        let outcome = one(test, fact, fit, case);
        hits.push(outcome);
    }
    hits.extend(research::agent(test, case));
    let tested = shown::by_measurement(test, case).or_else(|| shown::by_test(test, case));
    let found_by_test = tested.as_ref().is_some_and(|tested| tested.truth != Truth::False);
    if let Some(denial) = denied(test, case)
        && !found_by_test
        && !hits.iter().any(|hit| hit.truth == Truth::True)
    {
        return denial;
    }
    let found = Outcome::any(hits);
    // An entry that leaves it open is not overruled by a test that finds none.
    if found.truth != Truth::True
        && let Some(tested) = tested
        && (found.truth == Truth::False || tested.truth == Truth::True)
    {
        return tested;
    }
    if found.truth == Truth::False
        && let Some(reported) = by_report(test, case)
    {
        return reported;
    }
    match found.truth {
        // Facts of it that do not count (over, too long ago) leave the rest to the policy.
        // Something that goes on, but not long enough yet, is there: nothing is assumed.
        Truth::False if found.turns_on.is_some() && !found.evidence.is_empty() && lasts(test) => found,
        Truth::False => silence::absent(test, case, found.evidence),
        _ => found,
    }
}

/// Whether it is asked how long something has lasted.
fn lasts(test: &EventTest) -> bool {
    test.window.as_ref().is_some_and(|window| window.kind == trialway_eligibility::expr::WindowKind::Lasting)
}

/// A report of the very means of proof that names something else: it was looked for and not found.
fn by_report(test: &EventTest, case: &Case<'_>) -> Option<Outcome> {
    let means = test.qualifiers.iter().find_map(|qualifier| match qualifier {
        Qualifier::ConfirmedBy(means) => Some(means),
        _ => None,
    })?;
    let report = case.facts.facts.iter().find(|fact| {
        fact.kind == FactKind::Report
            && time::exists(fact, case.options.as_of)
            && !fact.notes.is_empty()
            && fact.concepts.iter().any(|id| case.terminology.is_a(id, means))
    })?;
    Some(Outcome::by(false, show::evidence(report, case)))
}

#[derive(Clone, Copy, PartialEq)]
enum Fit {
    /// The fact is of it.
    Is,
    /// The fact says that it was so; whether it still is, is open.
    Was,
    /// The fact says that it was so and is no more.
    Over,
    /// The fact is of something more general: it may be of it.
    May,
    No,
}

fn fits(test: &EventTest, fact: &Fact, case: &Case<'_>) -> Fit {
    let kinds: &[FactKind] = match test.role {
        EventRole::Condition => &[FactKind::Condition, FactKind::Report, FactKind::Observation],
        EventRole::Drug => &[FactKind::Medication, FactKind::Immunization, FactKind::Procedure, FactKind::Observation],
        EventRole::Procedure => &[FactKind::Procedure, FactKind::Condition, FactKind::Observation],
        EventRole::Allergy => &[FactKind::Allergy, FactKind::Condition, FactKind::Observation],
    };
    // What is asked for in the text's own words may be recorded as anything.
    let any_kind = test
        .concept
        .as_ref()
        .is_some_and(|id| id.written_words().is_some() && id.domain() == Some(trialway_terminology::Domain::State));
    if fact.kind == FactKind::Derived || answers_one_question(fact) || !any_kind && !kinds.contains(&fact.kind) {
        return Fit::No;
    }
    if fact.kind == FactKind::Allergy && matches!(fact.value, Some(Value::Answer { yes: false, .. })) {
        return Fit::No;
    }
    // "Residual disease": of all diseases only one of which the record says so.
    if test.concept.as_ref().is_some_and(is_generic) && !said_of_it(test, fact) {
        return Fit::No;
    }
    if fact.kind == FactKind::Observation {
        if spread::is_spread(test, fact, case) {
            return Fit::Is;
        }
        return match answer::says(test, fact, case) {
            Says::Is => Fit::Is,
            Says::Was => Fit::Was,
            Says::Over => Fit::Over,
            _ if test.concept.as_ref().is_some_and(|wanted| proves(test, fact, wanted, case)) => Fit::Is,
            Says::May => Fit::May,
            Says::Nothing if answer::affirms_general(test, fact, case) && !special_known(test, case) => Fit::May,
            Says::Nothing => Fit::No,
        };
    }
    if test.role == EventRole::Allergy && fact.kind == FactKind::Condition {
        let named = test.concept.as_ref().is_some_and(|wanted| answer::is_allergy_to(wanted, fact, case));
        return if named { Fit::Is } else { Fit::No };
    }
    let Some(wanted) = &test.concept else { return Fit::Is };
    if let Some(words) = wanted.written_words() {
        return named(plain_name(words, test.role), fact, case);
    }
    if test.role == EventRole::Procedure && surgery::names_operation(fact) {
        match wanted.as_str() {
            surgery::ANY => return Fit::Is,
            surgery::MAJOR if !fact.concepts.iter().any(|id| case.terminology.is_a(id, wanted)) => return Fit::May,
            _ => {}
        }
    }
    if spread::is_spread(test, fact, case) {
        return Fit::Is;
    }
    let not_counted = |id: &ConceptId| test.other_than.iter().any(|other| case.terminology.is_a(id, other));
    // "lung cancer" may be the very kind that does not count, and a metastasis be one of it.
    let may_not_count = |id: &ConceptId| {
        test.other_than.iter().any(|other| other != wanted && case.terminology.is_a(other, id)) && !not_counted(id)
            || !test.other_than.is_empty() && is_metastasis(fact)
    };
    if fact.kind == FactKind::Condition
        && fact.concepts.iter().any(|id| case.terminology.is_a(id, wanted) && may_not_count(id))
    {
        return Fit::May;
    }
    let is = |id: &ConceptId| case.terminology.is_a(id, wanted) && !not_counted(id);
    // The name of a report says what was looked for ("hereditary kidney disease panel"), not what was found.
    if fact.kind != FactKind::Report && fact.concepts.iter().any(is) {
        return Fit::Is;
    }
    // A report speaks of what its conclusion names; other facts of what their own name says.
    if fact.kind == FactKind::Report && fact.findings.iter().any(|f| is(&f.concept) && !f.negated && !f.hypothetical) {
        return Fit::Is;
    }
    // An imprecise entry may stand for something special, where both belong to the same close family.
    let close = |id: &ConceptId| {
        id != wanted
            && !(test.rules_out && turn_of_events(wanted, case))
            && case.terminology.is_a(wanted, id)
            && case.terminology.concept(id).is_some_and(|c| !c.codes.is_empty())
            && is_imprecise(fact, id, case)
    };
    if fact.kind == FactKind::Condition
        && test.role == EventRole::Condition
        && fact.concepts.iter().any(close)
        && !special_known(test, case)
    {
        Fit::May
    } else {
        Fit::No
    }
}

/// Whether the name of an entry says little more than the general thing that it was taken for: "degenerative disc disease" is
/// no imprecise name of each disease of the bones.
fn is_imprecise(fact: &Fact, general: &ConceptId, case: &Case<'_>) -> bool {
    const OF_A_KIND: [&str; 36] = [
        "hereditary",
        "genetic",
        "inherited",
        "familial",
        "inflammatory",
        "autoimmune",
        "immune",
        "viral",
        "bacterial",
        "fungal",
        "congenital",
        "metabolic",
        "toxic",
        "ischemic",
        "vascular",
        "progressive",
        "idiopathic",
        "mixed",
        "atypical",
        "undifferentiated",
        "unclassified",
        "unspecified",
        "nos",
        "rare",
        "malignant",
        "benign",
        "infectious",
        "rheumatic",
        "terminal",
        "end",
        "early",
        "late",
        "advanced",
        "known",
        "structural",
        "organic",
    ];
    let Some(concept) = case.terminology.concept(general) else { return true };
    let own: Vec<_> =
        concept.synonyms.iter().chain([&concept.name]).flat_map(|name| wording::comparable(name)).collect();
    case.labels(fact).0.iter().all(|word| {
        own.contains(word)
            || OF_A_KIND.contains(&word.as_str())
            || !wording::is_distinctive(word)
            || wording::role(word).is_some()
    })
}

/// Whether a concept is one that any disease or complaint might be called.
pub(super) fn is_generic(id: &ConceptId) -> bool {
    matches!(id.as_str(), "condition:disease" | "condition:disorder" | "condition:symptom" | "condition:illness")
}

/// Whether an entry says the words by which what is wanted is narrowed.
fn said_of_it(test: &EventTest, fact: &Fact) -> bool {
    let text = wording::comparable(&words(fact));
    test.qualifiers.iter().all(|qualifier| match qualifier {
        Qualifier::InWords(narrowed) => {
            trialway_eligibility::course::asked(&narrowed.written).is_some() || wording::says(&text, &narrowed.words)
        }
        _ => true,
    })
}

/// Whether an entry is of a tumor's spread.
fn is_metastasis(fact: &Fact) -> bool {
    let label = fact.label.to_ascii_lowercase();
    label.contains("metasta") || label.contains("secondary malignant")
}

/// Whether something is a turn that a disease takes (a relapse, a crisis, resistance to treatment): as a ground of exclusion the
/// plain name of the disease does not stand for it.
fn turn_of_events(id: &ConceptId, case: &Case<'_>) -> bool {
    const TURNS: [&str; 13] = [
        "crisis",
        "relapse",
        "attack",
        "exacerbation",
        "flare",
        "emergency",
        "resistant",
        "refractory",
        "attempt",
        "decompensat",
        "rupture",
        "perforation",
        "urgency",
    ];
    let named = case.terminology.concept(id).map(|concept| concept.name.to_ascii_lowercase()).unwrap_or_default();
    TURNS.iter().any(|turn| named.contains(turn))
}

/// A name without the last word, where that only says that it is a substance: "natural rubber latex product".
fn plain_name(words: &str, role: EventRole) -> &str {
    match words.rsplit_once(' ') {
        Some((name, "product" | "preparation" | "formulation" | "compound"))
            if matches!(role, EventRole::Allergy | EventRole::Drug) =>
        {
            name
        }
        _ => words,
    }
}

/// Whether a fact is of what is named by words alone: its own name has them all. What its other words say of it is not read.
fn named(words: &str, fact: &Fact, case: &Case<'_>) -> Fit {
    let denied = matches!(fact.value, Some(Value::Answer { yes: false, .. } | Value::Detected { detected: false, .. }));
    if wording::says(case.labels(fact).0, words) {
        return match fact.kind {
            FactKind::Report => Fit::May,
            _ if denied => Fit::No,
            _ => Fit::Is,
        };
    }
    Fit::No
}

/// Whether a result of the very means of proof names it, or words that answer a question about it do.
fn proves(test: &EventTest, fact: &Fact, wanted: &ConceptId, case: &Case<'_>) -> bool {
    let is = |id: &ConceptId| case.terminology.is_a(id, wanted);
    let asked = fact.concepts.iter().any(is);
    let proof = test.qualifiers.iter().any(|q| match q {
        Qualifier::ConfirmedBy(means) => fact.concepts.iter().any(|id| case.terminology.is_a(id, means)),
        _ => false,
    });
    let named = fact.findings.iter().any(|f| is(&f.concept) && !f.negated && !f.hypothetical);
    match &fact.value {
        Some(Value::Text(text)) => (asked && test.role == EventRole::Condition || proof) && !of_the_past(text) && named,
        Some(Value::Detected { detected, .. }) => *detected && (asked || proof) && named,
        _ => false,
    }
}

/// Whether an answer in words says that something never was, or is no more.
fn of_the_past(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    ["never", "former", "ex-", "past ", "previous", "no longer", "quit", "no "]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Whether an answer is to one question of one criterion: to deny "severe asthma" is not to deny asthma.
pub(super) fn answers_one_question(fact: &Fact) -> bool {
    fact.provenance.path.starts_with("item[q:")
}

/// Whether an answer speaks of plans, not of what is.
fn plans(fact: &Fact) -> bool {
    let label = fact.label.to_ascii_lowercase();
    ["plan", "intend", "expect", "agree", "wish"].iter().any(|word| label.contains(word))
}

/// Whether the record has a sibling of the wanted concept, so that a general entry needs not stand for it.
fn special_known(test: &EventTest, case: &Case<'_>) -> bool {
    let Some(concept) = test.concept.as_ref().and_then(|id| case.terminology.concept(id)) else { return false };
    case.facts.facts.iter().any(|fact| {
        fact.concepts.iter().any(|id| {
            *id != concept.id && concept.is_a.iter().any(|parent| id != parent && case.terminology.is_a(id, parent))
        })
    })
}

/// What one fact says.
fn one(test: &EventTest, fact: &Fact, fit: Fit, case: &Case<'_>) -> Outcome {
    let evidence = show::evidence(fact, case);
    let mut truth = match (&test.window, test.presence) {
        // An answer is dated by the day on which it was asked.
        (Some(_), _) if matches!(fit, Fit::Was | Fit::Over) => Truth::Unknown,
        (Some(window), _) => time::within(fact, window, case.options.as_of),
        (None, Presence::Current) if fit == Fit::Over => Truth::False,
        (None, Presence::Current) if fit == Fit::Was => Truth::Unknown,
        (None, Presence::Current) if matches!(fact.kind, FactKind::Report | FactKind::Observation) => Truth::True,
        (None, Presence::Current) => time::ongoing(fact, case.options.as_of),
        (None, _) => Truth::True,
    };
    let mut asks = (truth == Truth::Unknown).then_some((Ask::When, None));
    if fit == Fit::May {
        asks.get_or_insert((Ask::WhichKind, None));
        truth = truth.and(Truth::Unknown);
    }
    if narrowing::only_local(test, fact, case) {
        asks.get_or_insert((Ask::WholeBody, None));
        truth = truth.and(Truth::Unknown);
    }
    if fact.certainty == Certainty::Suspected && !test.suspicion_counts {
        truth = truth.and(Truth::False);
    }
    let mut measured = None;
    for qualifier in &test.qualifiers {
        let mut holds = qualified(qualifier, fact, case);
        if holds == Truth::Unknown
            && *qualifier == Qualifier::Uncontrolled
            && let Some(controlled) = measurement::controlled(fact, case)
        {
            holds = Truth::False;
            measured = Some(controlled);
        }
        if holds == Truth::Unknown {
            asks.get_or_insert_with(|| asked_of(qualifier, case));
        }
        truth = truth.and(holds);
    }
    let turns_on = test.window.as_ref().and_then(|window| time::turns_on(fact, window, case.options.as_of));
    match truth {
        Truth::True => Outcome::by(true, evidence).until(turns_on),
        Truth::False if measured.is_none() => Outcome::by(false, evidence).until(turns_on),
        Truth::False => match measured {
            Some(mut evidences) => {
                let mut out = Outcome::by(false, evidence);
                out.evidence.append(&mut evidences);
                out
            }
            None => Outcome::by(false, evidence),
        },
        Truth::Unknown => {
            let entry = Named::entry(fact);
            let need = match asks {
                Some((ask, Some(by))) => Need::two(ask, by, entry),
                Some((ask, None)) => Need::about(ask, entry),
                None => Need::about(Ask::More, entry),
            };
            Outcome::open(Cause::MissingData, need).with(evidence).until(turns_on)
        }
    }
}

/// What to ask where a record does not say whether something is qualified so.
fn asked_of(qualifier: &Qualifier, case: &Case<'_>) -> (Ask, Option<Named>) {
    match qualifier {
        Qualifier::Severity(_) => (Ask::Severity, None),
        Qualifier::Active => (Ask::Active, None),
        Qualifier::Uncontrolled => (Ask::Controlled, None),
        Qualifier::RequiringTreatment => (Ask::NeedsTreatment, None),
        Qualifier::ConfirmedBy(means) => (Ask::ConfirmedBy, Some(show::question(means, case))),
        Qualifier::Refractory => (Ask::Refractory, None),
        Qualifier::InWords(words) => (Ask::SaidOfIt, Some(Named::Written(words.written.clone()))),
        Qualifier::Unless(all) => {
            let words: Vec<&str> = all.iter().map(|words| words.written.as_str()).collect();
            (Ask::SaidOfIt, Some(Named::Written(words.join(", "))))
        }
    }
}

fn words(fact: &Fact) -> String {
    let mut all = fact.label.to_ascii_lowercase();
    for note in &fact.notes {
        all.push_str(" | ");
        all.push_str(&note.to_ascii_lowercase());
    }
    all.extend(fact.severity.iter().flat_map(|s| [" | ", s.as_str()]).collect::<Vec<_>>());
    all
}

fn qualified(qualifier: &Qualifier, fact: &Fact, case: &Case<'_>) -> Truth {
    // Most qualifiers are decided without the entry's words.
    let clauses = std::cell::LazyCell::new(|| said::clauses(fact));
    let said = |phrases: &[&str]| said::said(&clauses, phrases);
    match qualifier {
        Qualifier::Severity(wanted) => severe_enough(*wanted, fact, &clauses),
        Qualifier::Active => match fact.status {
            RecordedStatus::Ended => Truth::False,
            RecordedStatus::Active => Truth::True,
            RecordedStatus::Unstated => Truth::Unknown,
        },
        Qualifier::Uncontrolled => {
            let uncontrolled = said(&["uncontrolled", "unstable"]);
            let controlled = said(&["controlled", "stable"]);
            match (uncontrolled, controlled) {
                (Said::Affirmed, Said::Nothing | Said::Denied) | (Said::Nothing, Said::Denied) => Truth::True,
                (Said::Denied | Said::Nothing, Said::Affirmed) => Truth::False,
                _ => Truth::Unknown,
            }
        }
        Qualifier::RequiringTreatment => {
            if fact.status == RecordedStatus::Ended {
                return Truth::False;
            }
            let treated = case.facts.facts.iter().any(|other| {
                other.kind == FactKind::Medication
                    && time::exists(other, case.options.as_of)
                    && time::ongoing(other, case.options.as_of) == Truth::True
                    && other.causes.iter().any(|cause| {
                        fact.concepts
                            .iter()
                            .any(|id| case.terminology.is_a(id, cause) || case.terminology.is_a(cause, id))
                    })
            });
            if treated { Truth::True } else { Truth::Unknown }
        }
        Qualifier::ConfirmedBy(_) => {
            if matches!(fact.kind, FactKind::Report | FactKind::Observation)
                || said(&["confirmed", "biopsy", "genetic*"]) == Said::Affirmed
            {
                Truth::True
            } else {
                Truth::Unknown
            }
        }
        Qualifier::InWords(narrowed) => in_words(narrowed, fact, &clauses, case),
        Qualifier::Unless(all) => {
            all.iter().fold(Truth::True, |truth, words| truth.and(in_words(words, fact, &clauses, case))).not()
        }
        Qualifier::Refractory => {
            if said(&["refractory", "resistant"]) == Said::Affirmed {
                Truth::True
            } else {
                Truth::Unknown
            }
        }
    }
}

/// Whether words that narrow a name are true of an entry.
fn in_words(narrowed: &InWords, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    if let Some(course) = trialway_eligibility::course::asked(&narrowed.written) {
        return course::holds(&course, fact, clauses, case);
    }
    if narrowed.words == "symptomatic" {
        return match (
            said::said(clauses, &["asymptomatic"]),
            said::said(clauses, &["symptomatic", "symptoms", "symptom"]),
        ) {
            (Said::Affirmed, Said::Nothing | Said::Denied) | (Said::Nothing, Said::Denied) => Truth::False,
            (Said::Nothing | Said::Denied, Said::Affirmed) => Truth::True,
            _ => Truth::Unknown,
        };
    }
    if let Some(truth) = spread::narrowed(&narrowed.words, fact, clauses, case) {
        return truth;
    }
    let text = words(fact);
    if !wording::says(&wording::comparable(&text), &narrowed.words) {
        return narrowing::holds(&narrowed.words, fact, &text, case);
    }
    // "not symptomatic" says the word and denies it.
    let word_by_word = narrowed.words.split(' ').map(|word| said::said(clauses, &[word]));
    let doubted = word_by_word.into_iter().any(|one| matches!(one, Said::Denied | Said::Unclear));
    if doubted { Truth::Unknown } else { Truth::True }
}

/// Whether an entry says that it is at least so severe; of several words ("moderate to severe") all count.
fn severe_enough(wanted: Severity, fact: &Fact, clauses: &[Vec<String>]) -> Truth {
    let criticality: Vec<Vec<String>> =
        fact.severity.iter().flat_map(|said| said.split(',')).map(|word| vec![word.trim().to_lowercase()]).collect();
    let said = |list: &[&str]| said::said(clauses, list);
    let severe = ["severe", "severely", "serious", "life threatening", "anaphyla*", "stage 5", "end stage"];
    let named = [
        (Severity::Severe, said(&severe)),
        (Severity::Moderate, said(&["moderate", "moderately"])),
        (Severity::Mild, said(&["mild", "mildly"])),
        // The criticality of an allergy.
        (Severity::Severe, said::said(&criticality, &["high"])),
        (Severity::Mild, said::said(&criticality, &["low"])),
    ];
    if named.iter().any(|(_, said)| *said == Said::Unclear) {
        return Truth::Unknown;
    }
    let affirmed = || named.iter().filter(|(_, said)| *said == Said::Affirmed).map(|(severity, _)| *severity);
    match (affirmed().min(), affirmed().max()) {
        (Some(least), _) if least >= wanted => Truth::True,
        (_, Some(most)) if most < wanted => Truth::False,
        // The failure of an organ is a severe disease of it.
        (None, _) if said(&["failure"]) == Said::Affirmed => Truth::True,
        _ => Truth::Unknown,
    }
}

/// A recorded denial: an answer `no`, "no known allergy", or a report that denies it.
fn denied(test: &EventTest, case: &Case<'_>) -> Option<Outcome> {
    let wanted = test.concept.as_ref();
    case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of)).find_map(|fact| {
        // "No brain metastases" says nothing of others; "no metastases" denies those of the brain, too.
        let about = |id: &ConceptId| {
            wanted.is_some_and(|wanted| id == wanted || !is_generic(id) && case.terminology.is_a(wanted, id))
        };
        if answers_one_question(fact) {
            return None;
        }
        let denies = match (&fact.value, fact.kind, test.role) {
            (Some(Value::Answer { yes: false, .. }), FactKind::Allergy, EventRole::Allergy) => true,
            (Some(_), FactKind::Observation, _) => answer::denies(test, fact, case),
            (_, FactKind::Report, EventRole::Condition) => fact.findings.iter().any(|f| about(&f.concept) && f.negated),
            _ => false,
        };
        denies.then(|| Outcome::by(false, show::evidence(fact, case)))
    })
}

/// Something in the future: an answer about plans says it. A treatment or operation that rules out and that nobody has written
/// down is taken as not planned, under the policy that takes silence for absence.
fn planned(test: &EventTest, case: &Case<'_>) -> Outcome {
    let wanted = test.concept.as_ref();
    let answers = case.facts.facts.iter().filter(|fact| {
        fact.kind == FactKind::Observation
            && plans(fact)
            && time::exists(fact, case.options.as_of)
            && matches!(fact.value, Some(Value::Answer { .. }))
            && wanted.is_some_and(|wanted| match wanted.written_words() {
                Some(words) => wording::says(case.labels(fact).0, words),
                None => fact.concepts.iter().any(|id| case.terminology.is_a(id, wanted)),
            })
    });
    let mut latest: Vec<&Fact> = answers.collect();
    latest.sort_by_key(|fact| fact.period.start.map(|start| start.latest));
    if let Some((fact, Some(Value::Answer { yes, .. }))) = latest.last().map(|fact| (fact, &fact.value)) {
        return Outcome::by(*yes, show::evidence(fact, case));
    }
    if case.options.policy == Policy::Chart
        && test.rules_out
        && matches!(test.role, EventRole::Procedure | EventRole::Drug)
    {
        return Outcome::assumed_absent();
    }
    let about = wanted.map(|id| show::question(id, case)).into_iter().collect();
    Outcome::open(Cause::MissingData, Need { ask: Ask::Planned, about })
}
