//! A truth with its causes, in two bytes.

use crate::outcome::{Cause, Outcome};
use trialway_eligibility::truth::Truth;

/// What is kept of an [`Outcome`]: effects and verdicts need no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub truth: Truth,
    /// A bit for each cause; none unless the truth is unknown.
    causes: u8,
}

const CAUSES: [Cause; 4] = [Cause::MissingData, Cause::NotUnderstood, Cause::Judgement, Cause::Consent];

fn bit(cause: Cause) -> u8 {
    1 << (cause as u8)
}

impl Known {
    pub const OPEN: Known = Known { truth: Truth::Unknown, causes: 0 };

    pub fn of(outcome: &Outcome) -> Known {
        Known { truth: outcome.truth, causes: outcome.causes.iter().fold(0, |causes, cause| causes | bit(*cause)) }
    }

    pub fn unread() -> Known {
        Known { truth: Truth::Unknown, causes: bit(Cause::NotUnderstood) }
    }

    pub fn not(self) -> Known {
        Known { truth: self.truth.not(), ..self }
    }

    /// A joint truth with the causes of what it joins.
    pub fn joined(truth: Truth, args: impl Iterator<Item = Known>) -> Known {
        if truth.is_known() {
            return Known { truth, causes: 0 };
        }
        Known { truth, causes: args.fold(0, |causes, arg| causes | arg.causes) }
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
