//! The logic of a criterion: what `matching` evaluates and the contract's `logic` prints.
//!
//! Every atom and every unread part carries the [`Span`] of the eligibility text that it rests on. The tree is free of
//! polarity: an exclusion's expression says when the *ground of exclusion* holds. Where an exception or an implication means
//! different things under a requirement and under a ground of exclusion, the node itself says which, by its [`Sense`].

use rust_decimal::Decimal;
use trialway_criteria::{CriterionId, Kind};
use trialway_diagnostics::Span;
use trialway_terminology::{ConceptId, Method};
use trialway_units::Unit;

/// How firm a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Firmness {
    /// Shown only; evaluates to unknown.
    Tentative,
    /// May be wrong; takes part, and is shown as such.
    Likely,
    /// The wording admits no other reading.
    Certain,
}

impl Firmness {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Firmness::Tentative => "tentative",
            Firmness::Likely => "likely",
            Firmness::Certain => "certain",
        }
    }
}

/// Whether the surrounding expression states something wanted or something that rules out.
///
/// `Required`: an exception waives (`base or unless`); a false condition of an implication makes it true.
/// `Excluding`: an exception narrows (`base and not unless`); a false condition of an implication makes it false.
/// Under `not` the sense turns round. Lowering decides it once, so that no evaluator needs to know the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// Something wanted.
    Required,
    /// Something that rules out.
    Excluding,
}

impl Sense {
    /// The other one.
    #[must_use]
    pub fn turned(self) -> Sense {
        match self {
            Sense::Required => Sense::Excluding,
            Sense::Excluding => Sense::Required,
        }
    }

    /// The sense of a section's criteria.
    pub fn of(kind: Kind) -> Sense {
        match kind {
            Kind::Inclusion => Sense::Required,
            Kind::Exclusion => Sense::Excluding,
        }
    }

    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Sense::Required => "required",
            Sense::Excluding => "excluding",
        }
    }
}

/// The logic of a criterion or of a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All of them; true when empty.
    And(Vec<Expr>),
    /// Any of them; false when empty.
    Or(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// At least `n` of them.
    AtLeast {
        /// How many.
        n: usize,
        /// Of which.
        args: Vec<Expr>,
    },
    /// `then` is asked only of patients for whom `condition` holds; for the others the criterion does not apply.
    Implies {
        /// Whom it concerns.
        condition: Box<Expr>,
        /// What is asked of them.
        then: Box<Expr>,
        /// See [`Sense`].
        sense: Sense,
    },
    /// `base`, with an exception.
    Except {
        /// The rule.
        base: Box<Expr>,
        /// When the rule does not bite.
        unless: Box<Expr>,
        /// See [`Sense`].
        sense: Sense,
    },
    /// A child criterion.
    Node(CriterionId),
    /// Something that facts can decide.
    Atom(Atom),
    /// Words that were not understood; evaluates to unknown.
    Unread {
        /// Which words.
        span: Span,
    },
}

impl Expr {
    /// All of `args`, flattened; the one itself when there is one.
    pub fn all(mut args: Vec<Expr>) -> Expr {
        if args.iter().any(|arg| matches!(arg, Expr::And(_))) {
            let mut flat = Vec::with_capacity(args.len());
            for arg in args {
                match arg {
                    Expr::And(inner) => flat.extend(inner),
                    other => flat.push(other),
                }
            }
            args = flat;
        }
        if args.len() == 1
            && let Some(one) = args.pop()
        {
            return one;
        }
        Expr::And(args)
    }

    /// Any of `args`, flattened; the one itself when there is one.
    pub fn any(mut args: Vec<Expr>) -> Expr {
        if args.iter().any(|arg| matches!(arg, Expr::Or(_))) {
            let mut flat = Vec::with_capacity(args.len());
            for arg in args {
                match arg {
                    Expr::Or(inner) => flat.extend(inner),
                    other => flat.push(other),
                }
            }
            args = flat;
        }
        if args.len() == 1
            && let Some(one) = args.pop()
        {
            return one;
        }
        Expr::Or(args)
    }

    /// The opposite; a double negation falls away.
    #[expect(clippy::should_implement_trait, reason = "a constructor among `all` and `any`")]
    pub fn not(arg: Expr) -> Expr {
        match arg {
            Expr::Not(inner) => *inner,
            other => Expr::Not(Box::new(other)),
        }
    }

    /// Calls `visit` for every atom and unread part, in document order of the tree.
    pub fn for_each_leaf<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match self {
            Expr::And(args) | Expr::Or(args) | Expr::AtLeast { args, .. } => {
                for arg in args {
                    arg.for_each_leaf(visit);
                }
            }
            Expr::Not(arg) => arg.for_each_leaf(visit),
            Expr::Implies { condition, then, .. } => {
                condition.for_each_leaf(visit);
                then.for_each_leaf(visit);
            }
            Expr::Except { base, unless, .. } => {
                base.for_each_leaf(visit);
                unless.for_each_leaf(visit);
            }
            Expr::Node(_) | Expr::Atom(_) | Expr::Unread { .. } => visit(self),
        }
    }
}

/// One question that facts can decide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Atom {
    /// What is asked.
    pub test: Test,
    /// The words it rests on.
    pub span: Span,
    /// How firm the reading is.
    pub firmness: Firmness,
}

/// What an atom asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Age, now or when something began.
    Age(AgeTest),
    /// Recorded sex.
    Sex(WantedSex),
    /// Able to become pregnant: female, of an age for it, and not recorded as postmenopausal or sterilised.
    Childbearing,
    /// Something present, had, taken or done: conditions, medicines, procedures, vaccines, allergies.
    Event(EventTest),
    /// A number against a limit.
    Measurement(MeasurementTest),
    /// A test's result in words: positive, negative, normal, abnormal.
    Result(ResultTest),
    /// A class, grade or stage of an ordinal scale.
    Grade(GradeTest),
    /// Several medicines of a class, for a time.
    Therapy(TherapyTest),
    /// How a disease answered to treatment.
    Response(ResponseTest),
    /// What something is caused by ("elevated ALT caused by inflammatory myopathy").
    Cause(CauseTest),
    /// Taking part in other research.
    Participation(ParticipationTest),
    /// Something an investigator or examiner states: venous access, suitability, stability, ability to comply.
    Judgement(Topic),
    /// Something that a person agrees to: consent, contraception, visits.
    Consent(Topic),
}

impl Test {
    /// The `kind` of the contract's atom.
    pub fn kind(&self) -> &'static str {
        match self {
            Test::Age(_) => "age",
            Test::Sex(_) => "sex",
            Test::Childbearing => "childbearing",
            Test::Event(event) => event.role.as_str(),
            Test::Measurement(_) => "measurement",
            Test::Result(_) => "result",
            Test::Grade(_) => "grade",
            Test::Therapy(_) => "therapy",
            Test::Response(_) => "response",
            Test::Cause(_) => "cause",
            Test::Participation(_) => "participation",
            Test::Judgement(_) => "judgement",
            Test::Consent(_) => "consent",
        }
    }
}

/// A comparison with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
    /// `=`
    Equal,
}

impl Comparator {
    /// The sign.
    pub fn as_str(self) -> &'static str {
        match self {
            Comparator::AtLeast => ">=",
            Comparator::MoreThan => ">",
            Comparator::AtMost => "<=",
            Comparator::LessThan => "<",
            Comparator::Equal => "=",
        }
    }
}

/// What a limit is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relative {
    /// Multiples of the upper limit of normal of the very result.
    UpperLimit,
    /// Multiples of the lower limit of normal of the very result.
    LowerLimit,
    /// The patient's own baseline.
    Baseline,
}

/// Age against a limit.
///
/// **Units**: `value` in `unit` (UCUM `a`, `mo`, `wk`, `d`); years are completed years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgeTest {
    /// How it compares.
    pub comparator: Comparator,
    /// The limit.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// Age when this began, instead of age now.
    pub onset_of: Option<ConceptId>,
}

/// Which sex is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WantedSex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What part an event plays, hence which facts can speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventRole {
    /// A disease, sign or state.
    Condition,
    /// A medicine, vaccine or cell product.
    Drug,
    /// Something done.
    Procedure,
    /// Allergy or intolerance to the concept (`None`: to anything).
    Allergy,
}

impl EventRole {
    /// The word of the contract's atom kind.
    pub fn as_str(self) -> &'static str {
        match self {
            EventRole::Condition => "condition",
            EventRole::Drug => "drug",
            EventRole::Procedure => "procedure",
            EventRole::Allergy => "allergy",
        }
    }
}

/// How something must stand in time when no window is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Now, on `as_of`: a resolved condition or a stopped medicine does not count.
    Current,
    /// At any time up to `as_of`.
    Ever,
    /// Planned or expected; records speak of it only in answers.
    Planned,
}

/// How severe it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Severe, serious, life-threatening.
    Severe,
}

/// What must be known about it besides its presence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// At least this severe.
    Severity(Severity),
    /// Active, ongoing, symptomatic.
    Active,
    /// Not controlled (by treatment).
    Uncontrolled,
    /// Needing treatment; a medicine given for it counts.
    RequiringTreatment,
    /// Confirmed by this (biopsy, genetic test, culture): a report that names it counts, and a report that denies it.
    ConfirmedBy(ConceptId),
    /// Refractory, resistant.
    Refractory,
    /// Narrowed by words that the vocabulary lacks: a record that says the same words says that it is so.
    InWords(InWords),
    /// It does not count where all these words are known to be true of it ("except adequately treated …").
    Unless(Vec<InWords>),
}

/// Words that narrow what they stand beside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InWords {
    /// As written, on one line.
    pub written: String,
    /// Normalised, single spaces between them.
    pub words: String,
    /// Whether they stand before the name.
    pub before: bool,
}

/// Presence of something.
///
/// **Shape**: `concept` is never empty except for [`EventRole::Allergy`]; it may be named by its words alone
/// ([`ConceptId::written_words`]). Each qualifier must hold as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventTest {
    /// Which facts can speak of it.
    pub role: EventRole,
    /// What.
    pub concept: Option<ConceptId>,
    /// When, if no window is named.
    pub presence: Presence,
    /// Whether a mere suspicion counts ("presence or suspicion of").
    pub suspicion_counts: bool,
    /// What else must be known of it.
    pub qualifiers: Vec<Qualifier>,
    /// When.
    pub window: Option<Window>,
    /// More special concepts that do not count ("other than basal cell carcinoma").
    pub other_than: Vec<ConceptId>,
    /// Whether a record that does not mention it may be taken to say that it is absent, where the policy allows that. Not so for
    /// what is named by its words alone and is wanted, or names a class: a record may have it under another name.
    pub silence_is_absence: bool,
    /// Whether having it is a ground against taking part: a section or a denial, but not both, turns it.
    pub rules_out: bool,
}

/// A number against a limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MeasurementTest {
    /// What is measured.
    pub concept: ConceptId,
    /// How it compares.
    pub comparator: Comparator,
    /// The limit; with `relative` a multiple.
    pub value: Decimal,
    /// Unit of the limit; none when the text gives none (then the value must be a pure number, score or titre).
    pub unit: Option<Unit>,
    /// What the limit is a multiple of.
    pub relative: Option<Relative>,
    /// Other than the latest value.
    pub window: Option<Window>,
    /// Ways to measure or calculate it that the criterion names; any usual one where it names none.
    pub methods: Vec<Method>,
}

/// A test's result in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResultTest {
    /// The test.
    pub concept: ConceptId,
    /// The result asked for.
    pub wanted: WantedResult,
    /// When.
    pub window: Option<Window>,
}

/// A result in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WantedResult {
    /// Positive, detected, reactive, expressed.
    Positive,
    /// Negative, not detected.
    Negative,
    /// Within normal limits, without abnormality.
    Normal,
    /// Outside normal limits, with an abnormality.
    Abnormal,
    /// Above the upper limit of the reference range.
    AboveNormal,
    /// Below the lower limit of the reference range.
    BelowNormal,
}

/// A class, grade or stage.
///
/// **Shape**: `wanted` ascending, non-empty; true when a recorded ordinal is among them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GradeTest {
    /// The scale (`scale:nyha`).
    pub scale: ConceptId,
    /// The ordinals that satisfy it.
    pub wanted: Vec<u8>,
    /// Of which disease, where the scale serves several.
    pub of: Option<ConceptId>,
    /// When.
    pub window: Option<Window>,
}

/// Several medicines, for a time.
///
/// **Shape**: true when at least `n_at_least` different medicines that are (or belong to one of) `of` were each taken for the duration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TherapyTest {
    /// How many different medicines at least.
    pub n_at_least: usize,
    /// Medicines and classes that count.
    pub of: Vec<ConceptId>,
    /// One of them must belong here.
    pub including: Option<ConceptId>,
    /// How long each at least.
    pub at_least: Option<Length>,
    /// How long each at most.
    pub at_most: Option<Length>,
    /// When.
    pub window: Option<Window>,
}

/// A calendar length.
///
/// **Units**: `number` of `unit`; months and years are calendar months and years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// How many.
    pub number: Decimal,
    /// Of what.
    pub unit: CalendarUnit,
    /// Whether exactly that length counts.
    pub inclusive: bool,
}

/// Units of calendar lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarUnit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// How a disease answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseTest {
    /// Which answer is asked for.
    pub wanted: WantedResponse,
    /// Of which disease, when the text names it.
    pub of: Option<ConceptId>,
}

/// Answers to treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WantedResponse {
    /// Neither complete nor partial remission.
    NoRemission,
    /// No complete remission (partial remission counts).
    NoCompleteRemission,
    /// Relapse after remission.
    Relapse,
    /// Inadequate response, failure, intolerance of efficacy.
    Inadequate,
    /// Remission reached.
    Remission,
}

/// What something is caused by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CauseTest {
    /// The abnormal finding (a measurement or condition).
    pub of: ConceptId,
    /// The cause.
    pub cause: ConceptId,
}

/// Taking part in other research.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ParticipationTest {
    /// When.
    pub window: Option<Window>,
    /// Whether only current participation counts.
    pub presence: Presence,
}

/// What a judgement or consent is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topic {
    /// Stable key from the lexicon (`informed_consent`, `contraception`, `venous_access`, `hemodynamic_stability`, `investigator_opinion`).
    pub key: String,
    /// What to ask, in plain words.
    pub question: String,
}

/// When something must have been.
///
/// **Units**: calendar lengths; every anchor of the text (screening, enrolment, infusion) stands for `as_of`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// How it lies to the anchor.
    pub kind: WindowKind,
    /// How long.
    pub length: Length,
    /// The anchor as written; none when the text names none.
    pub anchor: Option<String>,
    /// The words.
    pub span: Span,
}

/// How a window lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WindowKind {
    /// From `length` before the anchor up to the anchor.
    WithinPast,
    /// Longer ago than `length` before the anchor.
    LongerAgo,
    /// It must have lasted for `length` up to now.
    Lasting,
    /// After the anchor.
    Future,
}
