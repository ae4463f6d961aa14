//! What a record answers in the criterion's own words (ADR 0017).
//!
//! A chart may hold "night shifts in work schedule: no" where a criterion asks for "self-reported night shifts in their work
//! schedule". Neither needs a vocabulary to be the same question. It settles only what is otherwise unknown, and only where the
//! two share most of their telling words and numbers and it is clear what each denies.

use crate::compiled::without_places;
use crate::evaluate::Case;
use crate::outcome::Outcome;
use crate::plainly::{clauses, whole};
use crate::{language, leaf, steady};
use compact_str::CompactString;
use std::collections::BTreeMap;
use trialway_criteria::{CriterionId, OwnText};
use trialway_eligibility::expr::{Expr, Firmness, Test};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind, Facts, Value};
use trialway_terminology::Domain;
use trialway_terminology::clause::Clause;

/// An answer or remark of a record.
pub(crate) struct Statement<'a> {
    fact: &'a Fact,
    /// What it says, each clause by itself.
    said: Vec<Clause>,
    /// What was asked, as a whole, and whether it was affirmed.
    asked: Option<(Clause, bool)>,
    /// Words of the question that a remark answers.
    context: Vec<CompactString>,
    /// Words that name medicines: each is one of those that a criterion names in general.
    medicines: Vec<CompactString>,
}

/// Stems of words about what may be or will be: both sides have them, or neither.
const MODAL: [&str; 9] = ["plan", "preplann", "intend", "expect", "wish", "agree", "able", "will", "risk"];

/// Stems of words for medicines of any kind.
const GENERAL: [&str; 5] = ["medication", "drug", "treatment", "therapy", "agent"];

/// Stems of words for the way in which a medicine is given.
const ROUTES: [&str; 8] =
    ["oral", "topical", "systemic", "intravenou", "intravenous", "inhal", "nasal", "subcutaneous"];

/// Stems of words that count.
const COUNTS: [&str; 13] =
    ["one", "two", "thre", "four", "fiv", "six", "seven", "eight", "nin", "ten", "singl", "multipl", "several"];

/// Stems of words that say that something is as it should be.
const GOOD: [&str; 12] = [
    "adequat",
    "normal",
    "met",
    "meet",
    "good",
    "suitabl",
    "sufficient",
    "intact",
    "unremarkabl",
    "stabl",
    "resolv",
    "healthy",
];

/// Words of remarks that state nothing about the patient as a fact.
const UNSURE: [&str; 19] = [
    "possibl",
    "possible",
    "probabl",
    "suspect",
    "consider",
    "discuss",
    "recommend",
    "pending",
    "unknown",
    "uncertain",
    "unclear",
    "family",
    "mother",
    "father",
    "sister",
    "brother",
    "rule",
    "refer",
    "advis",
];

/// The answers and remarks that exist on the day, the latest of each question.
pub(crate) fn statements<'a>(case: &Case<'a>) -> Vec<Statement<'a>> {
    let mut latest: BTreeMap<Vec<CompactString>, Vec<&'a Fact>> = BTreeMap::new();
    for fact in &case.facts.facts {
        let speaks = matches!(fact.value, Some(Value::Answer { .. } | Value::Text(_) | Value::Detected { .. }));
        // What a screening found is no answer to a question about the disease.
        let result = matches!(fact.value, Some(Value::Detected { .. })) && fact.label.to_lowercase().contains("screen");
        if fact.kind != FactKind::Observation || !speaks || result || !leaf::exists(fact, case) {
            continue;
        }
        let key: Vec<CompactString> = clauses(&fact.label).into_iter().flat_map(|clause| clause.words).collect();
        latest.entry(key).or_default().push(fact);
    }
    latest.into_values().filter_map(|facts| statement(the_latest(facts)?, case)).collect()
}

/// The stems of the words by which a text names medicines.
fn medicines(text: &str, case: &Case<'_>) -> Vec<CompactString> {
    let named = case.terminology.mentions(text);
    let drugs = named.iter().filter(|mention| mention.concept.domain() == Some(Domain::Drug));
    let words = drugs.filter_map(|mention| text.get(mention.range.clone())).flat_map(clauses);
    words.flat_map(|clause| clause.words).collect()
}

/// What a person answers to a question about being willing or able, in words that are not yes or no.
pub(crate) fn will(fact: &Fact) -> Option<bool> {
    const ASKED: [&str; 12] = [
        "willing",
        "willingness",
        "able",
        "ability",
        "agree",
        "agrees",
        "agreement",
        "consent",
        "commitment",
        "available",
        "availability",
        "comply",
    ];
    const REFUSED: [&str; 14] = [
        "unwilling",
        "refuses",
        "refused",
        "declines",
        "declined",
        "unable",
        "cannot",
        "not willing",
        "not able",
        "does not agree",
        "does not want",
        "will not",
        "not available",
        "unavailable",
    ];
    const GIVEN: [&str; 10] = [
        "willing",
        "able",
        "agrees",
        "agreed",
        "accepts",
        "accepted",
        "committed",
        "consents",
        "available",
        "will comply",
    ];
    let Some(Value::Text(text)) = &fact.value else { return None };
    let lower = text.trim().to_lowercase();
    let opens = |words: &[&str]| {
        words.iter().any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    let asks = fact.label.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| ASKED.contains(&word));
    match (asks, opens(&REFUSED), opens(&GIVEN)) {
        (true, true, _) => Some(false),
        // "Able, but not willing" is neither.
        (true, false, true) if !lower.contains("not ") && !lower.contains("unwilling") && !lower.contains("but ") => {
            Some(true)
        }
        _ => None,
    }
}

/// The latest fact; none where several of that day say different things.
fn the_latest(facts: Vec<&Fact>) -> Option<&Fact> {
    let day = |fact: &Fact| fact.period.start.map(|start| start.latest);
    let last = facts.iter().map(|fact| day(fact)).max()?;
    let mut of_that_day = facts.into_iter().filter(|fact| day(fact) == last);
    let first = of_that_day.next()?;
    of_that_day.all(|other| other.value == first.value).then_some(first)
}

fn statement<'a>(fact: &'a Fact, case: &Case<'_>) -> Option<Statement<'a>> {
    let label = clauses(&fact.label);
    if let Some(yes) = will(fact) {
        let asked = whole(&fact.label).filter(|clause| clause.denied.is_some()).map(|clause| (clause, yes));
        let said = if yes { label } else { Vec::new() };
        return Some(Statement { fact, said, asked, context: Vec::new(), medicines: Vec::new() });
    }
    match &fact.value {
        Some(Value::Answer { yes, .. } | Value::Detected { detected: yes, .. }) => {
            let asked = whole(&fact.label).filter(|clause| clause.denied.is_some()).map(|clause| (clause, *yes));
            // "any change of diabetes or kidney medicines: no" denies the whole of it.
            let mut said = match (*yes, &asked) {
                (true, _) => label,
                (false, Some((clause, _))) => {
                    vec![Clause { denied: clause.denied.map(|denied| !denied), ..clause.clone() }]
                }
                (false, None) => Vec::new(),
            };
            if said.len() > 1 && !*yes {
                said.retain(|clause| clause.denied.is_some());
            }
            Some(Statement { fact, said, asked, context: Vec::new(), medicines: Vec::new() })
        }
        Some(Value::Text(text)) => {
            if label.iter().any(|clause| clause.n_denials > 0) {
                return None;
            }
            let context = label.into_iter().flat_map(|clause| clause.words).collect();
            let said = clauses(text)
                .into_iter()
                .filter(|clause| !clause.words.iter().any(|word| UNSURE.contains(&word.as_str())))
                .collect();
            Some(Statement { fact, said, asked: None, context, medicines: medicines(text, case) })
        }
        _ => None,
    }
}

/// What the answers of a record say of a stretch of a criterion's own words; none where they do not settle it.
///
/// **Shape**: `around` are the own words of the whole criterion: a record may name what the stretch speaks of in words that stand
/// beside it ("included in the Norwegian registry", of which only "Norwegian registry" was left).
pub(crate) fn settle(text: &str, around: &str, case: &Case<'_>) -> Option<Outcome> {
    let statements = case.statements();
    if statements.is_empty() || text.is_empty() {
        return None;
    }
    let mut found: Option<(bool, Vec<&Fact>)> = None;
    if let Some(question) = whole(text).filter(|clause| clause.denied.is_some()) {
        for statement in statements {
            let Some((asked, yes)) = &statement.asked else { continue };
            // Two denials of one side may stand in different clauses and cancel nothing.
            let clear = asked.n_denials.abs_diff(question.n_denials) <= 1;
            if clear && same_question(asked, &question) {
                let n_turns = asked.n_denials + question.n_denials + usize::from(!yes);
                add(&mut found, n_turns % 2 == 0, statement.fact)?;
            }
        }
    }
    for statement in statements {
        let lasts = match &statement.fact.value {
            Some(Value::Text(remark)) => steady::lasts(text, &statement.fact.label, remark),
            _ => None,
        };
        if let Some(truth) = gave_it(text, statement.fact).or(lasts).or_else(|| language::speaks(text, statement.fact))
        {
            add(&mut found, truth, statement.fact)?;
        }
    }
    if found.is_none() {
        found = by_clauses(text, around, statements)?;
    }
    let (truth, facts) = found?;
    let mut out = Outcome::known(truth.into());
    out.firmness = Firmness::Likely;
    out.evidence = facts.into_iter().map(|fact| leaf::evidence(fact, case)).collect();
    Some(out)
}

/// Whether a text that speaks of race or ethnicity names the one that a person gave, or names it as one that is not meant ("race
/// other than White"); none where it does not name it.
fn gave_it(text: &str, fact: &Fact) -> Option<bool> {
    const NOT_MEANT: [&str; 7] = ["than", "not", "non", "except", "excluding", "excludes", "no"];
    let Some(Value::Text(given)) = &fact.value else { return None };
    // The labels that the import gives to what a Patient states.
    let of = match fact.label.as_str() {
        "Race as the person gave it" => "race",
        "Ethnicity as the person gave it" => "ethnicity",
        _ => return None,
    };
    // "Native Hawaiian, or Other Pacific Islander": signs make no difference.
    let plain = |text: &str| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let (text, given) = (plain(text), plain(given));
    let names = text.split(' ').any(|word| {
        word == of
            || of == "race" && word == "racial"
            || of == "ethnicity" && (word == "ethnic" || word == "ethnicities")
    });
    let mut places = text.match_indices(&given).map(|(at, _)| at).filter(|at| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let (before, behind) = (text.get(..*at).unwrap_or_default(), text.get(at + given.len()..).unwrap_or_default());
        edge(before.chars().next_back()) && edge(behind.chars().next())
    });
    let at = places.next().filter(|_| names && !given.is_empty())?;
    let before = text.get(..at).unwrap_or_default();
    let last = before.split(' ').rfind(|word| !word.is_empty()).unwrap_or_default();
    // Named twice, once so and once so: not clear.
    places.next().is_none().then(|| !NOT_MEANT.contains(&last))
}

/// Adds what one more answer says; none where two contradict each other.
fn add<'a>(found: &mut Option<(bool, Vec<&'a Fact>)>, truth: bool, fact: &'a Fact) -> Option<()> {
    match found {
        Some((known, _)) if *known != truth => return None,
        Some((_, facts)) => {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        None => *found = Some((truth, vec![fact])),
    }
    Some(())
}

fn shared(a: &[CompactString], b: &[CompactString]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}

fn same_modals(a: &Clause, b: &Clause) -> bool {
    let has = |clause: &Clause, modal: &str| clause.words.iter().any(|word| word == modal);
    // Who is willing may still be unable, where both are asked for.
    let only_willing = |clause: &Clause| has(clause, "will") && !has(clause, "abl");
    let both = |clause: &Clause| has(clause, "will") && has(clause, "abl");
    MODAL.iter().all(|modal| has(a, modal) == has(b, modal))
        && !(only_willing(a) && both(b) || both(a) && only_willing(b))
}

/// Whether two questions have nearly the same words.
fn same_question(a: &Clause, b: &Clause) -> bool {
    let n_shared = shared(&a.words, &b.words);
    let n_all = a.words.len() + b.words.len() - n_shared;
    let enough = n_shared >= 3 || n_shared >= 2 && n_shared == n_all;
    let numbers = |a: &Clause, b: &Clause| a.numbers.iter().all(|number| b.numbers.contains(number));
    enough && n_shared * 10 >= n_all * 7 && numbers(a, b) && numbers(b, a) && same_modals(a, b)
}

/// Each clause of the text held against each of the record; none in front where two answers contradict each other.
fn by_clauses<'a>(text: &str, around: &str, statements: &[Statement<'a>]) -> Option<Option<(bool, Vec<&'a Fact>)>> {
    let wanted = clauses(text);
    let around: Vec<CompactString> = clauses(around).into_iter().flat_map(|clause| clause.words).collect();
    let (mut n_settled, mut n_words) = (0_usize, 0_usize);
    let mut found = None;
    for clause in &wanted {
        let weight = clause.words.len();
        if !clause.aside {
            n_words += weight;
        }
        let mut n_best = 0;
        for statement in statements {
            for said in &statement.said {
                let Some((truth, n_shared)) = holds(said, statement, clause, &around) else { continue };
                add(&mut found, truth, statement.fact)?;
                n_best = n_best.max(n_shared);
            }
        }
        if !clause.aside && n_best > 0 {
            // An answer to a good part of a clause is an answer to it.
            n_settled += if n_best * 10 >= weight * 4 { weight } else { n_best };
        }
    }
    Some(found.filter(|_| n_settled * 10 >= n_words * 6))
}

/// Whether a clause of the record affirms one of the criterion, and how many words they share; none where it is another matter.
fn holds(said: &Clause, statement: &Statement<'_>, wanted: &Clause, around: &[CompactString]) -> Option<(bool, usize)> {
    let context = &statement.context;
    let mut truth = said.denied? == wanted.denied?;
    // "No change of treatment in 30 days" is a stable treatment, and a change is none.
    let has = |words: &[CompactString], stem: &str| words.iter().any(|word| word == stem);
    if has(&said.words, "chang") && has(&wanted.words, "stabl") && !has(&wanted.words, "chang") {
        truth = !truth;
    }
    // "One symptomatic disc" is no answer about two.
    let counts = |words: &[CompactString]| -> Vec<CompactString> {
        words.iter().filter(|word| COUNTS.contains(&word.as_str())).cloned().collect()
    };
    if counts(&wanted.words).iter().any(|count| !said.words.contains(count)) {
        return None;
    }
    // "Liver function normal" is no liver impairment: a good word on one side only contradicts no denial.
    let good = said.words.iter().any(|word| GOOD.contains(&word.as_str()) && !wanted.words.contains(word));
    if !truth && said.denied == Some(false) && good {
        return None;
    }
    let n_shared = shared(&said.words, &wanted.words);
    let n_context = wanted.words.iter().filter(|word| context.contains(word) && !said.words.contains(word)).count();
    // Two words of three may be common ones: "works in the garden regularly" is not about regular work at night.
    let n_around = said.words.iter().filter(|word| around.contains(word) && !wanted.words.contains(word)).count();
    let n_met = n_shared + n_context + n_around;
    // "inadequate response to topical tacrolimus" is one to a topical medication.
    let routes = |words: &[CompactString]| words.iter().any(|word| ROUTES.contains(&word.as_str()));
    let other_route = routes(&said.words)
        && routes(&wanted.words)
        && !said.words.iter().any(|word| ROUTES.contains(&word.as_str()) && wanted.words.contains(word));
    if other_route {
        return None;
    }
    let general = truth && GENERAL.iter().any(|word| wanted.words.iter().any(|own| own == word));
    let n_own = said.words.iter().filter(|word| {
        let meant = general && statement.medicines.contains(word);
        !meant || wanted.words.contains(word) || around.contains(word)
    });
    if n_shared < 2 || n_met * 10 < n_own.count() * 7 || !same_modals(said, wanted) {
        return None;
    }
    // "unchanged for 5 weeks" is no answer about 4 weeks; "no change" is one about any time.
    let within = |a: &Clause, b: &Clause| a.numbers.iter().all(|number| b.numbers.contains(number));
    if !within(said, wanted) || said.denied == Some(false) && !within(wanted, said) {
        return None;
    }
    Some((truth, n_shared + n_context))
}

/// The own words that a part of the logic rests on, from the first to the last; none where a denial stands before them in
/// their clause or within the part, so that the words alone do not tell what it says.
pub(crate) fn words_of<'a>(parts: &[&Expr], own: &'a OwnText) -> Option<&'a str> {
    let text = own.text();
    let (mut start, mut end) = (usize::MAX, 0);
    let mut plain = true;
    for part in parts {
        plain &= is_plain(part);
        part.for_each_leaf(&mut |leaf| {
            let span = match leaf {
                Expr::Atom(atom) => atom.span,
                Expr::Unread { span } => *span,
                _ => return,
            };
            let words = own.clean_text(span);
            let at = (words.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
            if !words.is_empty() && at < text.len() {
                start = start.min(at);
                end = end.max(at + words.len());
            }
        });
    }
    let before = text.get(..start.min(text.len()))?;
    let in_clause = before.rsplit(['.', ';', ',', '(', ':']).next().unwrap_or(before);
    if !plain || start >= end || whole(in_clause).is_some_and(|clause| clause.n_denials > 0) || denies(in_clause) {
        return None;
    }
    text.get(start..end)
}

/// Whether words that tell nothing else deny.
fn denies(words: &str) -> bool {
    whole(&format!("{words} it-")).is_none() && whole(&format!("{words} something")).is_some_and(|c| c.n_denials > 0)
}

/// Whether a part of the logic has neither denials nor exceptions of its own.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::And(args) | Expr::Or(args) | Expr::AtLeast { args, .. } => args.iter().all(is_plain),
        Expr::Not(_) | Expr::Except { .. } | Expr::Node(_) => false,
        Expr::Implies { then, .. } => is_plain(then),
        Expr::Atom(_) | Expr::Unread { .. } => true,
    }
}

/// Settles the unknown ones of several parts together, where the record answers them in their own words.
pub(crate) fn settle_rest(parts: &[Expr], outcomes: &mut Vec<Outcome>, own: Option<&OwnText>, case: &Case<'_>) {
    let Some(own) = own.filter(|_| !case.statements().is_empty()) else { return };
    let unknown = |outcome: &Outcome| outcome.truth == Truth::Unknown;
    let rest: Vec<&Expr> =
        parts.iter().zip(&*outcomes).filter(|(_, outcome)| unknown(outcome)).map(|(p, _)| p).collect();
    if rest.is_empty() {
        return;
    }
    if let Some(settled) = words_of(&rest, own).and_then(|words| settle(words, own.text(), case)) {
        outcomes.retain(|outcome| !unknown(outcome));
        outcomes.push(settled);
    }
}

/// What answers of a questionnaire are known by (ADR 0018).
pub(crate) struct Asked;

/// Item of a questionnaire whose answer is about one question, or about a whole criterion.
const ITEM: &str = "item[q:";

impl Asked {
    /// The `linkId` of a question.
    pub(crate) fn of_test(test: &Test) -> String {
        if let Test::Measurement(measured) = test
            && measured.relative.is_none()
            && measured.window.is_none()
        {
            return measured.concept.to_string();
        }
        let mut asked = without_places(test);
        if let Test::Event(event) = &mut asked {
            // Whether the answer speaks for or against taking part is not part of the question.
            event.rules_out = false;
            event.silence_is_absence = false;
        }
        format!("q:{:016x}", number_of(&format!("{asked:?}")))
    }

    /// The `linkId` of a criterion that was not read.
    pub(crate) fn of_criterion(study: &str, id: &CriterionId) -> String {
        format!("q:{study}/{id}")
    }

    /// The answers of the record, by their `linkId`; the latest of each.
    pub(crate) fn answers(facts: &Facts) -> BTreeMap<String, &Fact> {
        let mut out: BTreeMap<String, &Fact> = BTreeMap::new();
        for fact in &facts.facts {
            let link = fact.provenance.path.strip_prefix("item[").and_then(|rest| rest.strip_suffix(']'));
            let answer = matches!(fact.value, Some(Value::Answer { .. }));
            let Some(link) = link.filter(|_| answer && fact.provenance.path.starts_with(ITEM)) else { continue };
            let day = |fact: &Fact| fact.period.start.map(|start| start.latest);
            match out.get(link) {
                Some(known) if day(known) > day(fact) => {}
                _ => {
                    out.insert(link.to_owned(), fact);
                }
            }
        }
        out
    }
}

/// FNV-1a: the same number on every machine.
fn number_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What an answer of a questionnaire says of a question; none where it was not asked.
pub(crate) fn answer(key: &str, case: &Case<'_>) -> Option<Outcome> {
    let fact = case.answers().get(key)?;
    if fact.period.start.is_some_and(|start| start.definitely_after(case.options.as_of)) {
        return None;
    }
    match fact.value {
        Some(Value::Answer { yes, .. }) => Some(Outcome::by(yes, leaf::evidence(fact, case))),
        _ => None,
    }
}
