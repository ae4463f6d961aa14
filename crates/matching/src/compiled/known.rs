//! A truth with its causes and what it rests on, in a few bytes.

use crate::outcome::{Bears, Cause, Outcome, Weak, joint_weakness, undecided};
use trialway_eligibility::truth::Truth;

/// What is kept of an [`Outcome`]: effects and verdicts need no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub truth: Truth,
    /// A bit for each cause; none unless the truth is unknown.
    causes: u8,
    weak: Weak,
    /// Whether it rests on taking something not mentioned as absent.
    assumed: bool,
}

const CAUSES: [Cause; 4] = [Cause::MissingData, Cause::NotUnderstood, Cause::Judgement, Cause::Consent];

fn bit(cause: Cause) -> u8 {
    1 << (cause as u8)
}

impl Known {
    pub const OPEN: Known = Known { truth: Truth::Unknown, causes: 0, weak: Weak::No, assumed: false };

    pub fn of(outcome: &Outcome) -> Known {
        let causes = outcome.causes.iter().fold(0, |causes, cause| causes | bit(*cause));
        Known { truth: outcome.truth, causes, weak: outcome.weak, assumed: outcome.assumed }
    }

    pub fn unread() -> Known {
        Known { causes: bit(Cause::NotUnderstood), ..Self::OPEN }
    }

    pub fn not(self) -> Known {
        Known { truth: self.truth.not(), weak: Weak::No, ..self }
    }

    /// All of them, as [`Outcome::all`] has it.
    pub fn all(args: impl Iterator<Item = Known> + Clone) -> Known {
        let bears = || args.clone().map(Known::bears);
        if let Some(cause) = undecided(bears()) {
            let joined = Known::joined(Truth::Unknown, Truth::False, args.clone());
            return Known { causes: joined.causes | bit(cause), ..joined };
        }
        let truth = Truth::all(args.clone().map(|arg| arg.truth));
        Known { weak: joint_weakness(bears()), ..Known::joined(truth, Truth::False, args.clone()) }
    }

    /// Any of them, as [`Outcome::any`] has it.
    pub fn any(args: impl Iterator<Item = Known> + Clone) -> Known {
        let truth = Truth::any(args.clone().map(|arg| arg.truth));
        let weak = args.clone().map(|arg| arg.weak).max().filter(|_| truth == Truth::False).unwrap_or_default();
        Known { weak, ..Known::joined(truth, Truth::True, args) }
    }

    /// At least `n` of them.
    pub fn at_least(n: usize, args: impl Iterator<Item = Known> + Clone) -> Known {
        Known::joined(Truth::at_least(n, args.clone().map(|arg| arg.truth)), Truth::True, args)
    }

    fn bears(self) -> Bears {
        Bears {
            truth: self.truth,
            weak: self.weak,
            recorded: !self.assumed,
            unread: self.causes & bit(Cause::NotUnderstood) != 0,
        }
    }

    /// A joint truth with the causes of what it joins, and whether it rests on an assumption: as `Outcome::join` has it.
    fn joined(truth: Truth, deciding: Truth, args: impl Iterator<Item = Known> + Clone) -> Known {
        let bearing = || args.clone().filter(|arg| arg.truth == truth);
        if truth.is_known() {
            let alone = truth == deciding && bearing().any(|arg| !arg.assumed);
            return Known { truth, assumed: !alone && bearing().any(|arg| arg.assumed), ..Self::OPEN };
        }
        Known { causes: bearing().fold(0, |causes, arg| causes | arg.causes), ..Self::OPEN }
    }

    /// Why it is open; none when it is known.
    pub fn reason(self) -> Option<Cause> {
        if self.truth.is_known() {
            return None;
        }
        // As `verdict` has it: what gives no cause was not understood.
        Some(CAUSES.into_iter().find(|cause| self.causes & bit(*cause) != 0).unwrap_or(Cause::NotUnderstood))
    }
}
