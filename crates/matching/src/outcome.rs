//! What evaluating an expression gives, and how outcomes combine.

use crate::evidence::Evidence;
use crate::need::{Ask, Need};
use jiff::civil::Date;
use std::collections::BTreeSet;
use trialway_eligibility::expr::Firmness;
use trialway_eligibility::truth::Truth;

/// Why something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The record does not say, or ambiguously, or in a unit that does not fit.
    MissingData,
    /// The text was not read.
    NotUnderstood,
    /// An investigator must decide.
    Judgement,
    /// A person must agree.
    Consent,
}

impl Cause {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::MissingData => "missing_data",
            Cause::NotUnderstood => "not_understood",
            Cause::Judgement => "judgement",
            Cause::Consent => "consent",
        }
    }
}

/// How little an assumption of absence is worth beside other parts of one requirement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weak {
    /// It names something that a record would have.
    #[default]
    No,
    /// It names a mere complaint, which a record may leave out: it decides nothing beside words that were not read.
    Symptom,
    /// It names something by words that the vocabulary lacks: it decides nothing beside a part that is true of the patient either.
    Invented,
}

/// What is known of an expression for a patient.
///
/// **Shape**: `causes` is empty unless `truth` is unknown; `needs` has an entry for every unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// True, false or unknown.
    pub truth: Truth,
    /// Why it is unknown.
    pub causes: BTreeSet<Cause>,
    /// Whether it rests on taking something not mentioned as absent.
    pub assumed: bool,
    /// Whether the criterion does not concern this patient.
    pub not_applicable: bool,
    /// The weakest reading that it rests on.
    pub firmness: Firmness,
    /// The facts that it rests on.
    pub evidence: Vec<Evidence>,
    /// What to ask or measure.
    pub needs: Vec<Need>,
    /// The first day on which the lapse of time alone changes the truth; none where it does not.
    pub turns_on: Option<Date>,
    /// How little it is worth, where it is false by assumption.
    pub weak: Weak,
}

impl Outcome {
    /// A truth that rests on nothing.
    pub fn known(truth: Truth) -> Self {
        Self {
            truth,
            causes: BTreeSet::new(),
            assumed: false,
            not_applicable: false,
            firmness: Firmness::Certain,
            evidence: Vec::new(),
            needs: Vec::new(),
            turns_on: None,
            weak: Weak::No,
        }
    }

    /// A truth that rests on a fact.
    pub fn by(truth: bool, evidence: Evidence) -> Self {
        Self { evidence: vec![evidence], ..Self::known(truth.into()) }
    }

    /// Absent because the record does not mention it.
    pub fn assumed_absent() -> Self {
        Self { assumed: true, ..Self::known(Truth::False) }
    }

    /// Unknown, with what would settle it.
    pub fn open(cause: Cause, need: impl Into<Need>) -> Self {
        Self { causes: BTreeSet::from([cause]), needs: vec![need.into()], ..Self::known(Truth::Unknown) }
    }

    /// The same with the day on which time alone turns it.
    #[must_use]
    pub fn until(mut self, turns_on: Option<Date>) -> Self {
        self.turns_on = turns_on;
        self
    }

    /// The same with a fact that bears on it.
    #[must_use]
    pub fn with(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// The opposite.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a method chain reads better among `all` and `any`")]
    pub fn not(mut self) -> Self {
        self.truth = self.truth.not();
        self.weak = Weak::No;
        self
    }

    /// All of them: false rests on the false ones, true on all, unknown on the unknown ones.
    pub fn all(parts: Vec<Outcome>) -> Outcome {
        let truth = Truth::all(parts.iter().map(|part| part.truth));
        if let Some(cause) = undecided(parts.iter().map(Bears::of)) {
            let mut open = Self::join(parts, Truth::Unknown, Truth::False);
            open.causes.insert(cause);
            if open.needs.is_empty() {
                open.needs.push(Need::from(Ask::Uncertain));
            }
            return open;
        }
        let weak = joint_weakness(parts.iter().map(Bears::of));
        Self { weak, ..Self::join(parts, truth, Truth::False) }
    }

    /// Any of them: true rests on the true ones, false on all, unknown on the unknown ones.
    pub fn any(parts: Vec<Outcome>) -> Outcome {
        let truth = Truth::any(parts.iter().map(|part| part.truth));
        let weak = parts.iter().map(|part| part.weak).max().unwrap_or_default();
        let weak = if truth == Truth::False { weak } else { Weak::No };
        Self { weak, ..Self::join(parts, truth, Truth::True) }
    }

    /// At least `n` of them.
    pub fn at_least(n: usize, parts: Vec<Outcome>) -> Outcome {
        let truth = Truth::at_least(n, parts.iter().map(|part| part.truth));
        Self::join(parts, truth, Truth::True)
    }

    /// Keeps what the joint truth rests on; one part that equals `deciding` is enough for it.
    fn join(parts: Vec<Outcome>, truth: Truth, deciding: Truth) -> Outcome {
        let n = parts.len();
        let not_applicable = n > 0 && parts.iter().all(|part| part.not_applicable);
        let mut out = Outcome::known(truth);
        out.not_applicable = not_applicable;
        let mut bearing: Vec<Outcome> = parts.into_iter().filter(|part| part.truth == truth).collect();
        if truth == deciding && truth.is_known() && bearing.iter().any(|part| !part.assumed) {
            // One part that is not assumed decides it alone.
            bearing.retain(|part| !part.assumed);
        }
        out.assumed = truth.is_known() && bearing.iter().any(|part| part.assumed);
        let days = || bearing.iter().filter_map(|part| part.turns_on);
        // Where each part decides it, all must turn; where all are needed, the first that turns is enough.
        out.turns_on = match truth == deciding || !truth.is_known() {
            true if bearing.iter().all(|part| part.turns_on.is_some()) => days().max(),
            true => None,
            false => days().min(),
        };
        for part in bearing {
            out.firmness = out.firmness.min(part.firmness);
            out.causes.extend(part.causes);
            push_new(&mut out.evidence, part.evidence);
            push_new(&mut out.needs, part.needs);
        }
        out
    }
}

/// What bears on whether a requirement of several parts may be false by assumption.
#[derive(Clone, Copy)]
pub(crate) struct Bears {
    pub truth: Truth,
    pub weak: Weak,
    /// Whether it rests on what the record says.
    pub recorded: bool,
    /// Whether a part of it was not read.
    pub unread: bool,
}

impl Bears {
    fn of(part: &Outcome) -> Self {
        Self {
            truth: part.truth,
            weak: part.weak,
            recorded: !part.assumed,
            unread: part.causes.contains(&Cause::NotUnderstood),
        }
    }
}

/// Why a requirement that is false only by weak assumptions is open after all; none where it is decided.
///
/// "Reaction to latex (the vaccine contains latex)": a name that nobody uses is absent from any record, and says nothing where the
/// record has the reaction. The words that were not read may be what the complaint is about.
pub(crate) fn undecided(parts: impl Iterator<Item = Bears> + Clone) -> Option<Cause> {
    let mut negative = parts.clone().filter(|part| part.truth == Truth::False).peekable();
    negative.peek()?;
    let weakest = negative.map(|part| part.weak).min().unwrap_or_default();
    let unread = parts.clone().any(|part| part.truth == Truth::Unknown && part.unread);
    let holds = parts.clone().any(|part| part.truth == Truth::True && part.recorded);
    match weakest {
        Weak::Invented if holds => Some(if unread { Cause::NotUnderstood } else { Cause::MissingData }),
        Weak::Symptom | Weak::Invented if unread => Some(Cause::NotUnderstood),
        _ => None,
    }
}

/// How little a false requirement of several parts is worth: no less than the firmest of the false ones.
pub(crate) fn joint_weakness(parts: impl Iterator<Item = Bears>) -> Weak {
    parts.filter(|part| part.truth == Truth::False).map(|part| part.weak).min().unwrap_or_default()
}

fn push_new<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for item in from {
        if !into.contains(&item) {
            into.push(item);
        }
    }
}
