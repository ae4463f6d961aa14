//! A study's criteria with their logic: what `matching` screens against.

use crate::expr::Expr;
use trialway_criteria::{CriterionId, Group, Kind, OwnText};
use trialway_diagnostics::{Diagnostic, Span};
use trialway_terminology::{ConceptId, Domain};
use trialway_units::{Decimal, Unit};

/// One criterion, read.
///
/// **Shape**: `logic` joins the criterion's own condition with its children, which stand in it as [`Expr::Node`].
#[derive(Clone, Debug)]
pub struct CriterionLogic {
    /// Its id.
    pub id: CriterionId,
    /// Its section.
    pub kind: Kind,
    /// The cohort or arm whose heading it stands under.
    pub group: Option<Group>,
    /// The criterion with its children.
    pub span: Span,
    /// Its own words, without marker.
    pub own_span: Span,
    /// Its own words, wraps joined and escapes removed.
    pub own: OwnText,
    /// What it says.
    pub logic: Expr,
    /// Every numeric limit in its own words.
    pub bounds: Vec<Bound>,
    /// What its own words name.
    pub entities: Vec<Entity>,
    /// Its sub-criteria.
    pub children: Vec<CriterionLogic>,
}

/// A study's criteria, read.
#[derive(Clone, Debug, Default)]
pub struct StudyLogic {
    /// Top-level criteria in document order.
    pub criteria: Vec<CriterionLogic>,
    /// The record's own fields as criteria `S.age`, `S.sex`, `S.healthy`, in that order, where the record has them.
    pub structured: Vec<StructuredLogic>,
    /// What was found on the way.
    pub findings: Vec<Diagnostic>,
    /// How much was read.
    pub coverage: Coverage,
}

/// A structured field as a criterion.
#[derive(Clone, Debug)]
pub struct StructuredLogic {
    /// `S.age`, `S.sex`, `S.healthy`.
    pub id: CriterionId,
    /// What the field says, in words ("6 years to 18 years").
    pub text: String,
    /// What it says. Fields have no text: the spans are empty.
    pub logic: Expr,
}

/// Which side a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The value must not be lower.
    Lower,
    /// The value must not be higher.
    Upper,
}

/// One numeric limit, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Lower or upper.
    pub side: Side,
    /// Whether the limit itself is allowed.
    pub inclusive: bool,
    /// The number.
    pub value: Decimal,
    /// Its digits or number word.
    pub span: Span,
    /// What is limited, as written; empty when the text does not name it.
    pub variable: String,
    /// Where that stands.
    pub variable_span: Option<Span>,
    /// What it is.
    pub concept: Option<ConceptId>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// `ULN`, `LLN`, `baseline`.
    pub relative_to: Option<&'static str>,
    /// The limit in the concept's canonical unit.
    pub canonical: Option<(Decimal, Unit)>,
}

/// One naming of a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What kind of thing.
    pub domain: Domain,
    /// Where.
    pub span: Span,
    /// Which concept.
    pub concept: Option<ConceptId>,
    /// Whether the text denies it.
    pub negated: bool,
}

/// How much of a text was read.
///
/// **Units**: criteria are counted as nodes with own words; bytes are those of their own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Nodes.
    pub n_criteria: usize,
    /// Nodes whose own logic has no unread part and no judgement or consent, and asks something.
    pub n_computed: usize,
    /// Of these, those with something that the vocabulary lacks and that is known by its words alone.
    pub n_by_name: usize,
    /// Nodes that ask nothing: headings, notes, what is allowed.
    pub n_nothing: usize,
    /// Nodes with both read and unread parts.
    pub n_partly: usize,
    /// Nodes that wait for a judgement or a consent only.
    pub n_judgement: usize,
    /// Nodes of which nothing was read.
    pub n_unread: usize,
    /// Bytes of own words.
    pub n_bytes: usize,
    /// Bytes of own words that were not read.
    pub n_unread_bytes: usize,
}
