//! What follows from a record's measurements by formula: [`add`] puts it beside them, as facts of the kind `Derived`.
//!
//! ```text
//! Facts -> input (values of one thing, in one unit, by day) -> formula (numbers only) -> Fact with formula and inputs
//! ```
//!
//! A derived fact says its formula and the facts it was calculated from. `matching` uses it only where the criterion accepts
//! that formula, and only where no measured value is as new. What is known only as a range (an age from a partial birth date, two results of
//! one day) gives a range.
//!
//! Reading order: [`formula`] (the formulas with their sources), `input`, then one module a field of medicine.

mod blood;
mod body;
pub mod formula;
mod heart;
mod input;
mod kidney;
mod liver;
mod performance;
mod urine;

use input::Inputs;
use trialway_patient::{FactKind, Facts};
use trialway_terminology::Terminology;

/// Adds what can be calculated to a record's facts; what was added before is made anew.
///
/// **Shape**: facts stay sorted; each derived one has [`trialway_patient::Fact::derivation`].
/// **Unknown**: where an input is missing, undated, only bounded or too far in time from the others, nothing is added.
pub fn add(facts: &mut Facts, terminology: &Terminology) {
    facts.facts.retain(|fact| fact.kind != FactKind::Derived);
    let inputs = Inputs { facts, terminology };
    let mut out = Vec::new();
    body::derive(&inputs, &mut out);
    kidney::derive(&inputs, &mut out);
    heart::derive(&inputs, &mut out);
    liver::derive(&inputs, &mut out);
    blood::derive(&inputs, &mut out);
    urine::derive(&inputs, &mut out);
    performance::derive(&inputs, &mut out);
    out.sort_by(|a, b| a.provenance.cmp(&b.provenance).then_with(|| a.label.cmp(&b.label)));
    out.dedup();
    facts.facts.extend(out);
}
