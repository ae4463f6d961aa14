//! What would settle a criterion: the smallest changes of what is known after which it would pass, and the questions whose answers
//! settle most (ADR 0018).

use crate::answered::Asked;
use crate::evaluate::{self, Case};
use crate::screening::{Effect, Options, Verdict};
use crate::verdict;
use std::collections::BTreeMap;
use trialway_criteria::CriterionId;
use trialway_eligibility::expr::{Comparator, Expr, Sense, Test};
use trialway_eligibility::logic::{CriterionLogic, StudyLogic};
use trialway_eligibility::truth::Truth;
use trialway_patient::Facts;
use trialway_terminology::Terminology;

/// A question or unread part of a criterion, and what would have to be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    /// An atom or an unread part.
    pub leaf: &'a Expr,
    /// Whether it would have to hold, or not to.
    pub holds: bool,
}

/// At most this many alternatives are given.
const N_ALTERNATIVES: usize = 4;

/// The smallest changes after which a criterion would pass.
///
/// **Shape**: alternatives, each a list of changes that are needed together; a single change where one is enough. Sex and an age that is
/// past are nobody's to change and are left out.
/// **Unknown**: empty when it passes already, or when nothing that may change would do.
pub fn would_pass_if<'a>(
    criterion: &'a CriterionLogic,
    facts: &Facts,
    options: &Options,
    terminology: &Terminology,
) -> Vec<Vec<Change<'a>>> {
    let case = Case::new(facts, options, terminology);
    let leaves = Leaves::of(criterion, &case);
    let target = verdict::passing(criterion.kind);
    let mut truths = leaves.truths.clone();
    if leaves.fold(criterion, &truths) == target {
        return Vec::new();
    }
    let mut out: Vec<Vec<Change<'a>>> = Vec::new();
    let wanted = |leaf: &Leaf<'a>| (leaf.wants != (target == Truth::False)).into();
    for group in leaves.groups().filter(|group| !group.is_fixed) {
        let before = leaves.set(&mut truths, group.number, wanted(group));
        if leaves.fold(criterion, &truths) == target && before != wanted(group) {
            out.push(vec![Change { leaf: group.expr, holds: wanted(group) == Truth::True }]);
        }
        leaves.set(&mut truths, group.number, before);
    }
    if !out.is_empty() {
        out.truncate(N_ALTERNATIVES);
        return out;
    }
    // All that may change as it is wanted, then back what need not.
    for group in leaves.groups().filter(|group| !group.is_fixed) {
        leaves.set(&mut truths, group.number, wanted(group));
    }
    if leaves.fold(criterion, &truths) != target {
        return Vec::new();
    }
    let mut needed = Vec::new();
    for group in leaves.groups().filter(|group| !group.is_fixed) {
        let own = leaves.truths.get(group.number).copied().unwrap_or(Truth::Unknown);
        let now = leaves.set(&mut truths, group.number, own);
        if leaves.fold(criterion, &truths) != target {
            leaves.set(&mut truths, group.number, now);
            needed.push(Change { leaf: group.expr, holds: now == Truth::True });
        }
    }
    vec![needed]
}

/// One leaf of a criterion or of its sub-criteria.
struct Leaf<'a> {
    expr: &'a Expr,
    /// The first leaf that asks the same.
    number: usize,
    /// Whether the criterion's logic becomes true by it rather than by its opposite.
    wants: bool,
    /// Whether nobody can change it.
    is_fixed: bool,
}

struct Leaves<'a> {
    all: Vec<Leaf<'a>>,
    truths: Vec<Truth>,
}

impl<'a> Leaves<'a> {
    fn of(criterion: &'a CriterionLogic, case: &Case<'_>) -> Self {
        let mut out = Self { all: Vec::new(), truths: Vec::new() };
        out.add(&criterion.logic, criterion, true, case);
        out
    }

    fn add(&mut self, expr: &'a Expr, criterion: &'a CriterionLogic, wants: bool, case: &Case<'_>) {
        match expr {
            Expr::And(args) | Expr::Or(args) | Expr::AtLeast { args, .. } => {
                args.iter().for_each(|arg| self.add(arg, criterion, wants, case));
            }
            Expr::Not(arg) => self.add(arg, criterion, !wants, case),
            Expr::Except { base, unless, sense } => {
                self.add(base, criterion, wants, case);
                self.add(unless, criterion, wants == (*sense == Sense::Required), case);
            }
            Expr::Implies { condition, then, sense } => {
                self.add(condition, criterion, wants == (*sense == Sense::Excluding), case);
                self.add(then, criterion, wants, case);
            }
            Expr::Node(id) => {
                if let Some(child) = criterion.children.iter().find(|child| child.id == *id) {
                    self.add(&child.logic, child, wants, case);
                }
            }
            Expr::Atom(_) | Expr::Unread { .. } => {
                let truth = evaluate::evaluate(expr, case, None, &BTreeMap::new()).truth;
                let number = self
                    .all
                    .iter()
                    .find(|leaf| leaf.wants == wants && same(leaf.expr, expr))
                    .map_or(self.all.len(), |leaf| leaf.number);
                self.all.push(Leaf { expr, number, wants, is_fixed: is_fixed(expr, truth) });
                self.truths.push(truth);
            }
        }
    }

    /// One leaf of each question.
    fn groups(&self) -> impl Iterator<Item = &Leaf<'a>> {
        self.all.iter().enumerate().filter(|(at, leaf)| leaf.number == *at).map(|(_, leaf)| leaf)
    }

    /// Sets all leaves of a question; gives what they were.
    fn set(&self, truths: &mut [Truth], number: usize, truth: Truth) -> Truth {
        let before = truths.get(number).copied().unwrap_or(Truth::Unknown);
        for (leaf, slot) in self.all.iter().zip(truths) {
            if leaf.number == number {
                *slot = truth;
            }
        }
        before
    }

    /// The truth of the criterion with these truths of its leaves.
    fn fold(&self, criterion: &CriterionLogic, truths: &[Truth]) -> Truth {
        fold(&criterion.logic, criterion, &mut truths.iter().copied())
    }
}

/// The truth of an expression; leaves are taken in the order in which they stand.
fn fold(expr: &Expr, criterion: &CriterionLogic, leaves: &mut dyn Iterator<Item = Truth>) -> Truth {
    match expr {
        Expr::And(args) => {
            let each: Vec<Truth> = args.iter().map(|arg| fold(arg, criterion, leaves)).collect();
            Truth::all(each)
        }
        Expr::Or(args) => {
            let each: Vec<Truth> = args.iter().map(|arg| fold(arg, criterion, leaves)).collect();
            Truth::any(each)
        }
        Expr::AtLeast { n, args } => {
            let each: Vec<Truth> = args.iter().map(|arg| fold(arg, criterion, leaves)).collect();
            Truth::at_least(*n, each)
        }
        Expr::Not(arg) => fold(arg, criterion, leaves).not(),
        Expr::Except { base, unless, sense } => {
            let (base, unless) = (fold(base, criterion, leaves), fold(unless, criterion, leaves));
            match sense {
                Sense::Required => base.or(unless),
                Sense::Excluding => base.and(unless.not()),
            }
        }
        Expr::Implies { condition, then, sense } => {
            let (condition, then) = (fold(condition, criterion, leaves), fold(then, criterion, leaves));
            match sense {
                Sense::Required => condition.not().or(then),
                Sense::Excluding => condition.and(then),
            }
        }
        Expr::Node(id) => match criterion.children.iter().find(|child| child.id == *id) {
            Some(child) => fold(&child.logic, child, leaves),
            None => Truth::Unknown,
        },
        Expr::Atom(_) | Expr::Unread { .. } => leaves.next().unwrap_or(Truth::Unknown),
    }
}

/// Whether two leaves ask the same, wherever they stand.
fn same(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Atom(a), Expr::Atom(b)) => a.test == b.test,
        _ => false,
    }
}

/// Sex does not change here, and nobody grows younger.
fn is_fixed(expr: &Expr, truth: Truth) -> bool {
    let Expr::Atom(atom) = expr else { return false };
    match &atom.test {
        Test::Sex(_) => truth.is_known(),
        Test::Age(age) => {
            truth.is_known() && !matches!(age.comparator, Comparator::AtLeast | Comparator::MoreThan)
                || truth == Truth::True
        }
        _ => false,
    }
}

/// A question that would settle something.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What an answer is known by; see [`answer_key`].
    pub key: String,
    /// The atom; an unread part stands for the criterion's own words.
    pub leaf: Expr,
    /// What is asked about: the study and the criteria that the answer bears on.
    pub bears_on: Vec<(String, CriterionId)>,
    /// Expected number of criteria that an answer settles, doubled: both answers are taken as equally likely, and one that rules a study
    /// out settles all that is open of it.
    pub gain: u32,
    /// Whether a person has to read the text first.
    pub is_unread: bool,
}

/// The questions whose answers settle most, best first, over studies that nothing rules out yet.
///
/// **Shape**: each question once, whatever number of criteria ask it; those about words that were not read come last.
pub fn questions(
    studies: &[(&str, &StudyLogic)],
    facts: &Facts,
    options: &Options,
    terminology: &Terminology,
) -> Vec<Question> {
    let mut found: BTreeMap<String, Question> = BTreeMap::new();
    for (id, study) in studies {
        let options = Options { trial: Some((*id).to_owned()), ..options.clone() };
        let screening = verdict::screen(study, facts, &options, terminology);
        if screening.verdict == Verdict::Ineligible {
            continue;
        }
        let case = Case::new(facts, &options, terminology);
        let open: Vec<&CriterionLogic> = study
            .criteria
            .iter()
            .zip(&screening.criteria)
            .filter(|(_, result)| result.effect == Effect::Open)
            .map(|(criterion, _)| criterion)
            .collect();
        let n_open = u32::try_from(open.len()).unwrap_or(u32::MAX);
        for criterion in open {
            ask_of(criterion, id, n_open, &case, &mut found);
        }
    }
    let mut out: Vec<Question> = found.into_values().collect();
    out.sort_by(|a, b| (a.is_unread, b.gain, &a.key).cmp(&(b.is_unread, a.gain, &b.key)));
    out
}

/// The questions of one open criterion.
fn ask_of(
    criterion: &CriterionLogic,
    study: &str,
    n_open: u32,
    case: &Case<'_>,
    found: &mut BTreeMap<String, Question>,
) {
    let leaves = Leaves::of(criterion, case);
    let mut truths = leaves.truths.clone();
    let settles = |truth: Truth| match verdict::effect(criterion.kind, truth) {
        Effect::Open => 0,
        Effect::Pass => 1,
        // A study that is ruled out asks nothing more.
        Effect::Fail => n_open,
    };
    let mut put = |key: String, leaf: &Expr, gain: u32, is_unread: bool| {
        let question = found.entry(key.clone()).or_insert_with(|| Question {
            key,
            leaf: leaf.clone(),
            bears_on: Vec::new(),
            gain: 0,
            is_unread,
        });
        question.gain += gain;
        let place = (study.to_owned(), criterion.id.clone());
        if !question.bears_on.contains(&place) {
            question.bears_on.push(place);
        }
    };
    let mut unread = leaves.all.is_empty();
    for group in leaves.groups().filter(|group| leaves.truths.get(group.number) == Some(&Truth::Unknown)) {
        let Expr::Atom(atom) = group.expr else {
            unread = true;
            continue;
        };
        if crate::held::is_held_test(&atom.test) {
            // What can be asked is whether the criterion holds as written.
            unread = true;
            continue;
        }
        let mut gain = 0;
        for truth in [Truth::True, Truth::False] {
            let before = leaves.set(&mut truths, group.number, truth);
            gain += settles(leaves.fold(criterion, &truths));
            leaves.set(&mut truths, group.number, before);
        }
        put(answer_key(&atom.test), group.expr, gain, false);
    }
    if unread {
        let whole = Expr::Unread { span: criterion.own_span };
        put(Asked::of_criterion(study, &criterion.id), &whole, settles(Truth::True) + settles(Truth::False), true);
    }
}

/// What the answer to a question is known by in a QuestionnaireResponse: its item's `linkId`.
///
/// **Shape**: the concept's id for a number that is measured in a unit, so that it answers every limit of it; else `q:` and a number made
/// from the question, the same on every machine.
pub fn answer_key(test: &Test) -> String {
    Asked::of_test(test)
}
