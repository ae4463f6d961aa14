//! Many patients against one study.
//!
//! ```text
//! StudyLogic            -> Protocol (criteria in the order of the funnel)
//! Protocol x each Facts -> Row      (what each criterion comes to; no more of the record is kept)
//! Rows                  -> Summary  (verdicts, funnel, what each criterion costs and what a looser limit would gain)
//!                       -> log      (the screening log, as CSV)
//! ```
//!
//! Every verdict is `matching`'s. Pure: records come one by one from the caller, who may hold them in parallel.

mod log;
mod loosen;
mod protocol;
mod row;
mod summary;

pub use log::{Log, RecordVersion, Versions};
pub use loosen::{Limit, Loosened, Step};
pub use protocol::{Item, Protocol};
pub use row::{Mark, Override, Row};
pub use summary::{Cost, Stage, Summary};
