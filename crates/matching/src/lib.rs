//! Logic and facts to a three-valued verdict with its reasons.
//!
//! ```text
//! Expr x Facts -> leaf/<kind> -> Outcome (truth, causes, assumed, evidence, needs)
//!                 evaluate    -> Outcome of each criterion   -> verdict -> Screening
//!                 residual    -> Expr without what the facts decide
//!                 settling    -> what would make a criterion pass; the questions that settle most
//! many StudyLogic -> compiled -> verdicts and counts of all of them in one pass
//! ```
//!
//! Pure: no clock, no files, no text parser. Polarity is applied in one place, `verdict::effect`.

mod agreement;
mod answered;
mod compiled;
mod evaluate;
mod evidence;
mod held;
mod language;
mod leaf;
mod need;
mod outcome;
mod plainly;
mod residual;
mod screening;
mod settling;
mod steady;
mod verdict;

pub use compiled::{Compiled, Tally};
pub use evidence::{Entry, Evidence, Says, Shown};
pub use held::{hold, is_held};
pub use need::{Ask, Named, Need, in_english};
pub use outcome::{Cause, Outcome};
pub use residual::residual;
pub use screening::{CriterionResult, Effect, Options, Policy, Screening, Verdict};
pub use settling::{Change, Question, answer_key, questions, would_pass_if};
pub use verdict::{compared, screen, verdict_of};
