//! Many studies' logic in one piece, so that one patient is held against all of them in one pass.
//!
//! ```text
//! StudyLogic -> distinct questions -> distinct expressions over them -> a row of criteria per study
//! Facts      -> each question answered once -> each expression folded once -> effects, counts and a verdict per study
//! ```
//!
//! An optimisation of [`crate::screen`], which is the meaning (ADR 0008): effects, reasons and verdicts are the same. Questions go
//! through the same leaves, truths through the same tables, polarity through `verdict`. What a verdict rests on (evidence, needs) is not
//! kept: screen the studies that are to be shown.

mod index;
mod known;
mod questions;

pub(crate) use questions::without_places;

use crate::evaluate::Case;
use crate::outcome::Cause;
use crate::screening::{Effect, Options, Policy, Verdict};
use crate::verdict;
use index::{Index, hash, list_bytes, size};
use jiff::civil::Date;
use known::Known;
use questions::Questions;
use std::ops::Range;
use trialway_criteria::{CriterionId, Kind};
use trialway_eligibility::expr::{Expr, Sense};
use trialway_eligibility::logic::{CriterionLogic, StudyLogic};
use trialway_patient::{FactKind, Facts};
use trialway_terminology::Terminology;

/// Studies to hold a patient against, each question and each expression kept once.
///
/// **Shape**: studies stand in the order in which they were last added; one that is added again takes the place of the earlier one, and
/// what nothing refers to any more stays until the whole is made anew.
#[derive(Debug)]
pub struct Compiled<'t> {
    terminology: &'t Terminology,
    questions: Questions,
    nodes: Vec<Node>,
    /// Arguments of all nodes, end to end; each is a node that stands before it.
    args: Vec<u32>,
    /// Criteria of all studies, end to end.
    criteria: Vec<Compact>,
    studies: Vec<Study>,
    /// Ids of all studies, end to end.
    ids: String,
    node_index: Index,
    study_index: Index,
}

/// How a node joins its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Op {
    Not,
    All,
    Any,
    /// The first argument is the number.
    AtLeast,
    /// The one argument is the number of the question.
    Question,
    Unread,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    op: Op,
    from: u32,
    to: u32,
}

/// A criterion: its node, and in the lowest bit whether it rules out.
#[derive(Clone, Copy, Debug)]
struct Compact(u32);

impl Compact {
    fn new(node: u32, kind: Kind) -> Self {
        Self(node << 1 | u32::from(kind == Kind::Exclusion))
    }

    fn node(self) -> u32 {
        self.0 >> 1
    }

    fn kind(self) -> Kind {
        if self.0 & 1 == 1 { Kind::Exclusion } else { Kind::Inclusion }
    }
}

#[derive(Clone, Copy, Debug)]
struct Study {
    /// Where its criteria begin; the record's own fields come last.
    from: u32,
    to: u32,
    /// How many of them are the record's own fields.
    n_fields: u32,
    /// Where its id ends; it begins where the one before ends.
    id_to: u32,
    is_live: bool,
}

/// What one study comes to for a patient.
///
/// **Shape**: counts are of top-level criteria and the record's own fields, as they count for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally<'a> {
    /// The study's id, as it was added.
    pub id: &'a str,
    /// The verdict of [`crate::screen`].
    pub verdict: Verdict,
    /// Criteria with nothing in the way.
    pub n_pass: u32,
    /// Criteria that rule out.
    pub n_fail: u32,
    /// Criteria that are not known.
    pub n_open: u32,
}

/// The criteria of one patient, answered.
struct Answers<'a> {
    values: Vec<Known>,
    facts: &'a Facts,
    options: Options,
    /// What the record says of studies that the patient took part in or agreed to.
    said_of_studies: Vec<&'a str>,
}

impl<'t> Compiled<'t> {
    /// No studies yet; questions will be answered with this vocabulary.
    pub fn new(terminology: &'t Terminology) -> Self {
        Self {
            terminology,
            questions: Questions::default(),
            nodes: Vec::new(),
            args: Vec::new(),
            criteria: Vec::new(),
            studies: Vec::new(),
            ids: String::new(),
            node_index: Index::default(),
            study_index: Index::default(),
        }
    }

    /// Adds a study, or puts it in the place of the one with this id.
    pub fn add(&mut self, id: &str, study: &StudyLogic) {
        let from = size(self.criteria.len());
        for criterion in &study.criteria {
            let node = self.criterion(criterion);
            self.criteria.push(Compact::new(node, criterion.kind));
        }
        for field in &study.structured {
            let node = self.expression(&field.logic, &[]);
            self.criteria.push(Compact::new(node, Kind::Inclusion));
        }
        self.ids.push_str(id);
        let study = Study {
            from,
            to: size(self.criteria.len()),
            n_fields: size(study.structured.len()),
            id_to: size(self.ids.len()),
            is_live: true,
        };
        let new = size(self.studies.len());
        self.studies.push(study);
        let (studies, ids) = (&self.studies, &self.ids);
        let found = self.study_index.find(hash(id), |known| id_in(studies, ids, known) == id);
        match found {
            Ok((known, at)) => {
                if let Some(study) = self.studies.get_mut(known as usize) {
                    study.is_live = false;
                }
                self.study_index.set(at, new);
            }
            Err(at) => self.study_index.set(at, new),
        }
    }

    /// Takes a study out; whether there was one with this id.
    pub fn remove(&mut self, id: &str) -> bool {
        let Some(known) = self.number(id) else { return false };
        self.studies.get_mut(known as usize).is_some_and(|study| std::mem::replace(&mut study.is_live, false))
    }

    /// How many studies there are.
    pub fn len(&self) -> usize {
        self.studies.iter().filter(|study| study.is_live).count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many different questions they ask.
    pub fn n_questions(&self) -> usize {
        self.questions.len()
    }

    /// How many different expressions they are made of, questions included.
    pub fn n_expressions(&self) -> usize {
        self.nodes.len()
    }

    /// What its tables take.
    ///
    /// **Units**: bytes; the words that questions hold (names that the vocabulary lacks, what to ask) are not in it.
    pub fn n_bytes(&self) -> usize {
        self.questions.n_bytes()
            + list_bytes(&self.nodes)
            + list_bytes(&self.args)
            + list_bytes(&self.criteria)
            + list_bytes(&self.studies)
            + self.ids.capacity()
            + self.node_index.n_bytes()
            + self.study_index.n_bytes()
    }

    /// What every study comes to, in the order in which they were added.
    ///
    /// **Unknown**: open, as [`crate::screen`] has it.
    pub fn screen_all(&self, facts: &Facts, as_of: Date, policy: Policy) -> Vec<Tally<'_>> {
        let answers = self.answers(facts, as_of, policy, None);
        self.live().filter_map(|number| self.tally(number, &answers)).collect()
    }

    /// The same for the studies with these ids, in their order; those that are not here are left out.
    pub fn screen_some(&self, ids: &[&str], facts: &Facts, as_of: Date, policy: Policy) -> Vec<Tally<'_>> {
        let numbers: Vec<u32> = ids.iter().filter_map(|id| self.number(id)).collect();
        let answers = self.answers(facts, as_of, policy, Some(&numbers));
        numbers.iter().filter_map(|number| self.tally(*number, &answers)).collect()
    }

    /// The effect of each criterion of a study, in document order, then of the record's own fields, each with its reason when open;
    /// nothing when there is no such study.
    pub fn effects(
        &self,
        id: &str,
        facts: &Facts,
        as_of: Date,
        policy: Policy,
    ) -> Option<Vec<(Effect, Option<Cause>)>> {
        let number = self.number(id)?;
        let answers = self.answers(facts, as_of, policy, Some(&[number]));
        let mut out = Vec::new();
        self.each(number, &answers, &mut |effect, reason| out.push((effect, reason)));
        Some(out)
    }

    fn live(&self) -> impl Iterator<Item = u32> {
        self.studies.iter().zip(0..).filter(|(study, _)| study.is_live).map(|(_, number)| number)
    }

    fn number(&self, id: &str) -> Option<u32> {
        let (number, _) = self.study_index.find(hash(id), |known| id_in(&self.studies, &self.ids, known) == id).ok()?;
        self.studies.get(number as usize).is_some_and(|study| study.is_live).then_some(number)
    }

    /// Answers what these studies (or all) ask: each question once, each expression once.
    fn answers<'a>(&'a self, facts: &'a Facts, as_of: Date, policy: Policy, numbers: Option<&[u32]>) -> Answers<'a> {
        let options = Options { as_of, policy, trial: None };
        let wanted = match numbers {
            Some(numbers) => self.wanted(numbers),
            None => vec![true; self.nodes.len()],
        };
        let mut asked = vec![false; self.questions.len()];
        for (node, wanted) in self.nodes.iter().zip(&wanted) {
            let place = self.question(node).filter(|_| *wanted).and_then(|question| asked.get_mut(question as usize));
            if let Some(asked) = place {
                *asked = true;
            }
        }
        let answers = self.questions.answers(&asked, facts, &options, self.terminology);
        let mut values: Vec<Known> = Vec::with_capacity(self.nodes.len());
        for (node, wanted) in self.nodes.iter().zip(&wanted) {
            let value = match self.question(node) {
                _ if !wanted => Known::OPEN,
                Some(question) => answers.get(question as usize).copied().unwrap_or(Known::OPEN),
                None => self.joined(node, |arg| values.get(arg as usize).copied()),
            };
            values.push(value);
        }
        let said_of_studies = facts
            .facts
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Participation | FactKind::Consent))
            .flat_map(|fact| fact.notes.iter().chain([&fact.label]).map(String::as_str))
            .collect();
        Answers { values, facts, options, said_of_studies }
    }

    /// Which nodes these studies need.
    fn wanted(&self, numbers: &[u32]) -> Vec<bool> {
        let mut wanted = vec![false; self.nodes.len()];
        let mut want = |node: u32| {
            if let Some(wanted) = wanted.get_mut(node as usize) {
                *wanted = true;
            }
        };
        numbers.iter().flat_map(|number| self.criteria_of(*number)).for_each(|criterion| want(criterion.node()));
        // Arguments stand before what they are arguments of.
        for (index, node) in self.nodes.iter().enumerate().rev() {
            if wanted.get(index) == Some(&true) {
                for arg in self.node_args(node) {
                    if let Some(wanted) = wanted.get_mut(*arg as usize) {
                        *wanted = true;
                    }
                }
            }
        }
        wanted
    }

    /// The question that a node asks; none where it joins others.
    fn question(&self, node: &Node) -> Option<u32> {
        if node.op == Op::Question { self.args.get(node.from as usize).copied() } else { None }
    }

    /// The value of a node that joins others.
    fn joined(&self, node: &Node, of: impl Fn(u32) -> Option<Known>) -> Known {
        let args = self.node_args(node);
        let each = || args.iter().map(|arg| of(*arg).unwrap_or(Known::OPEN));
        match node.op {
            Op::Not => each().next().unwrap_or(Known::OPEN).not(),
            Op::All => Known::all(each()),
            Op::Any => Known::any(each()),
            Op::AtLeast => {
                let n = self.args.get(node.from as usize).copied().unwrap_or_default();
                Known::at_least(n as usize, each())
            }
            Op::Unread | Op::Question => Known::unread(),
        }
    }

    /// The value of a node by itself, for a study of which the record speaks.
    fn alone(&self, index: u32, case: &Case<'_>) -> Known {
        let Some(node) = self.nodes.get(index as usize) else { return Known::OPEN };
        if let Some(question) = self.question(node) {
            return self.questions.answer(question, case);
        }
        let args: Vec<(u32, Known)> = self.node_args(node).iter().map(|arg| (*arg, self.alone(*arg, case))).collect();
        self.joined(node, |arg| args.iter().find(|(known, _)| *known == arg).map(|(_, value)| *value))
    }

    fn tally<'a>(&'a self, number: u32, answers: &Answers<'_>) -> Option<Tally<'a>> {
        let study = self.studies.get(number as usize)?;
        let (mut n_pass, mut n_fail, mut n_open, mut n_waiting) = (0, 0, 0, 0);
        self.each(number, answers, &mut |effect, reason| match effect {
            Effect::Pass => n_pass += 1,
            Effect::Fail => n_fail += 1,
            Effect::Open => {
                n_open += 1;
                n_waiting += u32::from(reason.is_some_and(verdict::is_information));
            }
        });
        let has_criteria = study.to - study.from > study.n_fields;
        let verdict = verdict::settled(n_fail > 0, n_waiting > 0, has_criteria);
        Some(Tally { id: id_in(&self.studies, &self.ids, number), verdict, n_pass, n_fail, n_open })
    }

    fn each(&self, number: u32, answers: &Answers<'_>, visit: &mut dyn FnMut(Effect, Option<Cause>)) {
        let id = id_in(&self.studies, &self.ids, number);
        if answers.said_of_studies.iter().any(|text| text.contains(id)) {
            let options = Options { trial: Some(id.to_owned()), ..answers.options.clone() };
            let case = Case::new(answers.facts, &options, self.terminology);
            for criterion in self.criteria_of(number) {
                let known = self.alone(criterion.node(), &case);
                visit(verdict::effect(criterion.kind(), known.truth), known.reason());
            }
            return;
        }
        for criterion in self.criteria_of(number) {
            let known = answers.values.get(criterion.node() as usize).copied().unwrap_or(Known::OPEN);
            visit(verdict::effect(criterion.kind(), known.truth), known.reason());
        }
    }

    fn criteria_of(&self, number: u32) -> &[Compact] {
        let range = self.studies.get(number as usize).map_or(0..0, |study| study.from as usize..study.to as usize);
        self.criteria.get(range).unwrap_or_default()
    }

    /// The nodes that a node joins.
    fn node_args(&self, node: &Node) -> &[u32] {
        let range = match node.op {
            Op::Not | Op::All | Op::Any => node.from as usize..node.to as usize,
            Op::AtLeast => node.from as usize + 1..node.to as usize,
            Op::Question | Op::Unread => return &[],
        };
        self.args.get(range).unwrap_or_default()
    }

    fn criterion(&mut self, criterion: &CriterionLogic) -> u32 {
        let children: Vec<(&CriterionId, u32)> =
            criterion.children.iter().map(|child| (&child.id, self.criterion(child))).collect();
        self.expression(&criterion.logic, &children)
    }

    fn expression(&mut self, expr: &Expr, children: &[(&CriterionId, u32)]) -> u32 {
        match expr {
            Expr::And(args) => self.join(Op::All, args, children),
            Expr::Or(args) => self.join(Op::Any, args, children),
            Expr::Not(arg) => {
                let arg = self.expression(arg, children);
                self.node(Op::Not, &[arg])
            }
            Expr::AtLeast { n, args } => {
                let mut all = vec![size(*n)];
                all.extend(args.iter().map(|arg| self.expression(arg, children)));
                self.node(Op::AtLeast, &all)
            }
            // As `evaluate` has them.
            Expr::Except { base, unless, sense } => {
                let (base, unless) = (self.expression(base, children), self.expression(unless, children));
                match sense {
                    Sense::Required => self.node(Op::Any, &[base, unless]),
                    Sense::Excluding => {
                        let not = self.node(Op::Not, &[unless]);
                        self.node(Op::All, &[base, not])
                    }
                }
            }
            Expr::Implies { condition, then, sense } => {
                let (condition, then) = (self.expression(condition, children), self.expression(then, children));
                match sense {
                    Sense::Required => {
                        let not = self.node(Op::Not, &[condition]);
                        self.node(Op::Any, &[not, then])
                    }
                    Sense::Excluding => self.node(Op::All, &[condition, then]),
                }
            }
            Expr::Node(id) => match children.iter().find(|(known, _)| *known == id) {
                Some((_, node)) => *node,
                None => self.node(Op::Unread, &[]),
            },
            Expr::Unread { .. } => self.node(Op::Unread, &[]),
            Expr::Atom(atom) => {
                let question = self.questions.add(atom, self.terminology);
                self.node(Op::Question, &[question])
            }
        }
    }

    fn join(&mut self, op: Op, args: &[Expr], children: &[(&CriterionId, u32)]) -> u32 {
        let args: Vec<u32> = args.iter().map(|arg| self.expression(arg, children)).collect();
        self.node(op, &args)
    }

    fn node(&mut self, op: Op, args: &[u32]) -> u32 {
        let same = |known: u32| {
            self.nodes
                .get(known as usize)
                .is_some_and(|node| node.op == op && self.args.get(node.from as usize..node.to as usize) == Some(args))
        };
        match self.node_index.find(hash(&(op, args)), same) {
            Ok((known, _)) => known,
            Err(at) => {
                let new = size(self.nodes.len());
                let from = size(self.args.len());
                self.args.extend_from_slice(args);
                self.nodes.push(Node { op, from, to: size(self.args.len()) });
                self.node_index.set(at, new);
                new
            }
        }
    }
}

fn id_in<'a>(studies: &[Study], ids: &'a str, number: u32) -> &'a str {
    let end = |number: usize| studies.get(number).map_or(0, |study| study.id_to as usize);
    let number = number as usize;
    let from = number.checked_sub(1).map_or(0, end);
    let range: Range<usize> = from..end(number);
    ids.get(range).unwrap_or_default()
}
