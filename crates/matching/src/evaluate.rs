//! Expressions evaluated over facts.

use crate::agreement;
use crate::answered::{self, Asked, Statement};
use crate::held;
use crate::leaf;
use crate::need::Ask;
use crate::outcome::{Cause, Outcome};
use crate::screening::Options;
use compact_str::CompactString;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use trialway_criteria::{CriterionId, OwnText};
use trialway_eligibility::expr::{Atom, Expr, Firmness, Sense};
use trialway_eligibility::logic::CriterionLogic;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, Facts};
use trialway_terminology::{Terminology, wording};

/// Comparable words of a fact's name, and of its notes.
type NameAndNotes = (Vec<CompactString>, Vec<CompactString>);

/// What is made of a record once, when first asked for, whatever the policy.
#[derive(Default)]
struct Told<'a> {
    /// The words of each fact's name and of its notes, in the order of the facts.
    words: OnceCell<Vec<NameAndNotes>>,
    /// The answers and remarks of the record.
    statements: OnceCell<Vec<Statement<'a>>>,
    /// The answers to a questionnaire.
    answers: OnceCell<BTreeMap<String, &'a Fact>>,
}

/// What evaluation reads.
pub(crate) struct Case<'a> {
    pub facts: &'a Facts,
    pub options: &'a Options,
    pub terminology: &'a Terminology,
    told: Rc<Told<'a>>,
}

impl<'a> Case<'a> {
    pub fn new(facts: &'a Facts, options: &'a Options, terminology: &'a Terminology) -> Self {
        Self { facts, options, terminology, told: Rc::default() }
    }

    /// The same record under other options of the same day.
    pub fn under(&self, options: &'a Options) -> Self {
        debug_assert_eq!(self.options.as_of, options.as_of, "what a record tells depends on the day");
        Self { facts: self.facts, options, terminology: self.terminology, told: Rc::clone(&self.told) }
    }

    /// The answers to a questionnaire, by what their questions are known by.
    pub fn answers(&self) -> &BTreeMap<String, &'a Fact> {
        self.told.answers.get_or_init(|| Asked::answers(self.facts))
    }

    /// The answers and remarks of the record.
    pub fn statements(&self) -> &[Statement<'a>] {
        self.told.statements.get_or_init(|| answered::statements(self))
    }

    /// The comparable words of a fact's name, and of its notes.
    pub fn labels(&self, fact: &Fact) -> (&[CompactString], &[CompactString]) {
        let all = self.told.words.get_or_init(|| {
            let words = |fact: &Fact| (comparable(&fact.label), comparable(&fact.notes.join(" ")));
            self.facts.facts.iter().map(words).collect()
        });
        let place = place(fact).wrapping_sub(self.facts.facts.as_ptr() as usize) / size_of::<Fact>();
        all.get(place).map_or((&[], &[]), |(label, notes)| (label, notes))
    }
}

/// The words of an entry by which it is compared with a name; an app is an application.
pub(crate) fn comparable(text: &str) -> Vec<CompactString> {
    let full = |word: CompactString| if word == "app" { CompactString::from("application") } else { word };
    wording::comparable(text).into_iter().map(full).collect()
}

/// Where a fact stands in memory while it is borrowed.
fn place(fact: &Fact) -> usize {
    std::ptr::from_ref(fact) as usize
}

/// The outcome of an expression; `own` are the criterion's own words, `nodes` holds the outcomes of its children.
pub(crate) fn evaluate(
    expr: &Expr,
    case: &Case<'_>,
    own: Option<&OwnText>,
    nodes: &BTreeMap<CriterionId, Outcome>,
) -> Outcome {
    let each = |args: &[Expr]| {
        let mut out: Vec<Outcome> = args.iter().map(|arg| evaluate(arg, case, own, nodes)).collect();
        answered::settle_rest(args, &mut out, own, case);
        out
    };
    match expr {
        Expr::And(args) => Outcome::all(each(args)),
        Expr::Or(args) => {
            let mut out: Vec<Outcome> = Vec::with_capacity(args.len());
            for arg in args {
                let mut one = vec![evaluate(arg, case, own, nodes)];
                answered::settle_rest(std::slice::from_ref(arg), &mut one, own, case);
                out.append(&mut one);
            }
            Outcome::any(out)
        }
        Expr::Not(arg) => evaluate(arg, case, own, nodes).not(),
        Expr::AtLeast { n, args } => {
            Outcome::at_least(*n, args.iter().map(|arg| evaluate(arg, case, own, nodes)).collect())
        }
        Expr::Except { base, unless, sense } => {
            let (base, unless) = (evaluate(base, case, own, nodes), evaluate(unless, case, own, nodes));
            match sense {
                Sense::Required => Outcome::any(vec![base, unless]),
                Sense::Excluding => Outcome::all(vec![base, unless.not()]),
            }
        }
        Expr::Implies { condition, then, sense } => {
            let (condition, then) = (evaluate(condition, case, own, nodes), evaluate(then, case, own, nodes));
            let mut out = match sense {
                Sense::Required => Outcome::any(vec![condition.clone().not(), then]),
                Sense::Excluding => Outcome::all(vec![condition.clone(), then]),
            };
            if condition.truth == Truth::False {
                out.not_applicable = true;
                out.assumed = condition.assumed;
            }
            out
        }
        Expr::Node(id) => {
            nodes.get(id).cloned().unwrap_or_else(|| Outcome::open(Cause::NotUnderstood, Ask::SubCriterion))
        }
        Expr::Unread { .. } => Outcome::open(Cause::NotUnderstood, Ask::NotUnderstood),
        Expr::Atom(asked) => atom(asked, case),
    }
}

/// The outcome of one question.
pub(crate) fn atom(atom: &Atom, case: &Case<'_>) -> Outcome {
    if !case.answers().is_empty()
        && !held::is_held_test(&atom.test)
        && let Some(answered) = answered::answer(&Asked::of_test(&atom.test), case)
    {
        return answered;
    }
    let mut out = leaf::decide(&atom.test, case);
    if atom.firmness == Firmness::Tentative && out.truth.is_known() {
        out = Outcome::open(Cause::NotUnderstood, Ask::Uncertain);
    }
    out.firmness = atom.firmness;
    out
}

/// The outcome of a criterion: of its logic, and where that leaves it unknown, of what the record answers in its own words.
pub(crate) fn whole(criterion: &CriterionLogic, case: &Case<'_>, nodes: &BTreeMap<CriterionId, Outcome>) -> Outcome {
    let out = evaluate(&criterion.logic, case, Some(&criterion.own), nodes);
    if out.truth.is_known() {
        return out;
    }
    if let Some(study) = case.options.trial.as_ref().filter(|_| !case.answers().is_empty())
        && let Some(answered) = answered::answer(&Asked::of_criterion(study, &criterion.id), case)
    {
        // A person was asked whether the criterion as written holds.
        return answered;
    }
    if !nodes.is_empty() || held::is_held(&criterion.logic) {
        return out;
    }
    agreement::settle(criterion, case).or_else(|| answered::settle(criterion.own.text(), "", case)).unwrap_or(out)
}
