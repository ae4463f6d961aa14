//! Expressions evaluated over facts.

use crate::leaf;
use crate::outcome::{Cause, Outcome};
use crate::screening::Options;
use compact_str::CompactString;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use trialway_criteria::CriterionId;
use trialway_eligibility::expr::{Atom, Expr, Firmness, Sense};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, Facts};
use trialway_terminology::{Terminology, wording};

/// Comparable words of a fact's name, and of its notes.
type NameAndNotes = (Vec<CompactString>, Vec<CompactString>);

/// What evaluation reads.
pub(crate) struct Case<'a> {
    pub facts: &'a Facts,
    pub options: &'a Options,
    pub terminology: &'a Terminology,
    /// The words of each fact's name and of its notes, made when first asked for.
    words: OnceCell<BTreeMap<usize, NameAndNotes>>,
}

impl<'a> Case<'a> {
    pub fn new(facts: &'a Facts, options: &'a Options, terminology: &'a Terminology) -> Self {
        Self { facts, options, terminology, words: OnceCell::new() }
    }

    /// The comparable words of a fact's name, and of its notes.
    pub fn labels(&self, fact: &Fact) -> (&[CompactString], &[CompactString]) {
        let all = self.words.get_or_init(|| {
            self.facts
                .facts
                .iter()
                .map(|fact| {
                    (place(fact), (wording::comparable(&fact.label), wording::comparable(&fact.notes.join(" "))))
                })
                .collect()
        });
        all.get(&place(fact)).map_or((&[], &[]), |(label, notes)| (label, notes))
    }
}

/// A fact's own number while it is borrowed.
fn place(fact: &Fact) -> usize {
    std::ptr::from_ref(fact) as usize
}

/// The outcome of an expression; `nodes` holds those of the criterion's children.
pub(crate) fn evaluate(expr: &Expr, case: &Case<'_>, nodes: &BTreeMap<CriterionId, Outcome>) -> Outcome {
    let each = |args: &[Expr]| args.iter().map(|arg| evaluate(arg, case, nodes)).collect::<Vec<_>>();
    match expr {
        Expr::And(args) => Outcome::all(each(args)),
        Expr::Or(args) => Outcome::any(each(args)),
        Expr::Not(arg) => evaluate(arg, case, nodes).not(),
        Expr::AtLeast { n, args } => Outcome::at_least(*n, each(args)),
        Expr::Except { base, unless, sense } => {
            let (base, unless) = (evaluate(base, case, nodes), evaluate(unless, case, nodes));
            match sense {
                Sense::Required => Outcome::any(vec![base, unless]),
                Sense::Excluding => Outcome::all(vec![base, unless.not()]),
            }
        }
        Expr::Implies { condition, then, sense } => {
            let (condition, then) = (evaluate(condition, case, nodes), evaluate(then, case, nodes));
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
        Expr::Node(id) => nodes
            .get(id)
            .cloned()
            .unwrap_or_else(|| Outcome::open(Cause::NotUnderstood, "a sub-criterion could not be read")),
        Expr::Unread { .. } => Outcome::open(
            Cause::NotUnderstood,
            "read this criterion with the study team: a part of it was not understood",
        ),
        Expr::Atom(asked) => atom(asked, case),
    }
}

/// The outcome of one question.
pub(crate) fn atom(atom: &Atom, case: &Case<'_>) -> Outcome {
    let mut out = leaf::decide(&atom.test, case);
    if atom.firmness == Firmness::Tentative && out.truth.is_known() {
        out = Outcome::open(Cause::NotUnderstood, "read this criterion with the study team: its reading is uncertain");
    }
    out.firmness = atom.firmness;
    out
}
