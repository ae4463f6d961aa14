//! What one criterion means for a story: the six labels by which experts judge a note against a criterion.
//!
//! Screening never takes silence of a note for anything. Experts who label notes do, and their labels are what is measured
//! against; so this is a second policy, written down here and used for measuring and for ranking alone:
//!
//! | the story does not mention | under inclusion | under exclusion |
//! | --- | --- | --- |
//! | a diagnosis, sign or state | not enough information | not there: not excluded |
//! | a treatment that the criterion is about ("undergoing X", "treated with X") | not there: not included | not there: not excluded |
//! | what a denial names ("no history of X") | not there: included | as above |
//! | a laboratory value, score or measurement alone | not enough information | not enough information |
//! | a measurement that describes a named condition | not enough information | not there: not excluded |
//! | consent, willingness, ability, an investigator's opinion | as the story says of consent and compliance; else not enough information | not excluded |
//! | whom an implication concerns ("recipients of a transplant must …") | not applicable | not applicable |
//!
//! What only one sex can be is not applicable to the other; pregnancy is not applicable beyond the age for it.

use jiff::civil::Date;
use trialway_criteria::Kind;
use trialway_eligibility::expr::{Atom, EventRole, EventTest, Expr, Test};
use trialway_eligibility::truth::Truth;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_matching::{Effect, Options, Policy, screen};
use trialway_note::Note;
use trialway_patient::RecordedSex;
use trialway_terminology::{Domain, Terminology, words};

/// An expert's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// An inclusion criterion that is met.
    Included,
    /// An inclusion criterion that is not met.
    NotIncluded,
    /// An exclusion criterion that is met.
    Excluded,
    /// An exclusion criterion that is not met.
    NotExcluded,
    /// The story does not say.
    NotEnoughInformation,
    /// The criterion does not concern this patient.
    NotApplicable,
}

impl Label {
    /// The words of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Label::Included => "included",
            Label::NotIncluded => "not included",
            Label::Excluded => "excluded",
            Label::NotExcluded => "not excluded",
            Label::NotEnoughInformation => "not enough information",
            Label::NotApplicable => "not applicable",
        }
    }
}

/// Within so many words a criterion that begins with words of treatment names the treatment.
const NAMES_IT: usize = 7;

/// A truth under the policy above, and whether the criterion does not concern the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    truth: Truth,
    concerns: bool,
}

impl Held {
    fn of(truth: Truth) -> Self {
        Self { truth, concerns: true }
    }
}

/// Labels one criterion for a note.
pub fn label(note: &Note, as_of: Date, kind: Kind, criterion: &str, terminology: &Terminology) -> Label {
    let heading = if kind == Kind::Inclusion { "Inclusion Criteria:\n\n* " } else { "Exclusion Criteria:\n\n* " };
    // One item on one line: a criterion of several lines is one all the same.
    let line: Vec<&str> = criterion.split_whitespace().collect();
    let text = format!("{heading}{}", line.join(" "));
    let logic = trialway_eligibility::lower(&trialway_criteria::parse(&text).value, terminology);
    let case = Case { note, as_of, kind, terminology, text: &text };
    case.label(&logic)
}

struct Case<'a> {
    note: &'a Note,
    as_of: Date,
    kind: Kind,
    terminology: &'a Terminology,
    text: &'a str,
}

impl Case<'_> {
    fn label(&self, logic: &StudyLogic) -> Label {
        if self.of_the_other_sex(logic) {
            return Label::NotApplicable;
        }
        let held: Vec<Held> = logic.criteria.iter().map(|criterion| self.criterion(criterion)).collect();
        if !held.is_empty() && held.iter().all(|one| !one.concerns) {
            return Label::NotApplicable;
        }
        let truths = held.iter().map(|one| one.truth);
        match self.kind {
            Kind::Inclusion => match Truth::all(truths) {
                _ if held.is_empty() || self.is_planned() => Label::NotEnoughInformation,
                Truth::True => Label::Included,
                Truth::False => Label::NotIncluded,
                Truth::Unknown => self.unread_inclusion(),
            },
            Kind::Exclusion => match Truth::any(truths) {
                Truth::True => Label::Excluded,
                Truth::False => Label::NotExcluded,
                Truth::Unknown if self.is_measured_alone(logic) || self.is_circumstance() => {
                    Label::NotEnoughInformation
                }
                Truth::Unknown => Label::NotExcluded,
            },
        }
    }

    fn criterion(&self, criterion: &CriterionLogic) -> Held {
        self.held(&criterion.logic, criterion, self.kind == Kind::Inclusion)
    }

    /// `wanted`: whether its being true speaks for taking part.
    fn held(&self, expr: &Expr, criterion: &CriterionLogic, wanted: bool) -> Held {
        let each = |args: &[Expr]| args.iter().map(|arg| self.held(arg, criterion, wanted)).collect::<Vec<_>>();
        let joined = |all: Vec<Held>, truth: Truth| Held {
            truth,
            concerns: all.is_empty() || all.iter().any(|one| one.concerns),
        };
        match expr {
            Expr::And(args) => {
                let all = each(args);
                let truth = Truth::all(all.iter().map(|one| one.truth));
                joined(all, truth)
            }
            Expr::Or(args) => {
                let all = each(args);
                let truth = Truth::any(all.iter().map(|one| one.truth));
                joined(all, truth)
            }
            Expr::AtLeast { n, args } => {
                let all = each(args);
                let truth = Truth::at_least(*n, all.iter().map(|one| one.truth));
                joined(all, truth)
            }
            Expr::Not(arg) => {
                let held = self.held(arg, criterion, !wanted);
                Held { truth: held.truth.not(), ..held }
            }
            Expr::Except { base, unless, sense } => {
                let base = self.held(base, criterion, wanted).truth;
                let unless = self.held(unless, criterion, wanted).truth;
                Held::of(match sense {
                    trialway_eligibility::Sense::Required => base.or(unless),
                    trialway_eligibility::Sense::Excluding => base.and(unless.not()),
                })
            }
            Expr::Implies { condition, then, sense } => {
                // Whom it concerns is taken from the story: who is not said to be one is not one.
                let whom = self.held(condition, criterion, false).truth;
                let then = self.held(then, criterion, wanted).truth;
                let truth = match sense {
                    trialway_eligibility::Sense::Required => whom.not().or(then),
                    trialway_eligibility::Sense::Excluding => whom.and(then),
                };
                Held { truth, concerns: whom != Truth::False }
            }
            Expr::Node(id) => criterion
                .children
                .iter()
                .find(|child| child.id == *id)
                .map_or(Held::of(Truth::Unknown), |child| self.held(&child.logic, child, wanted)),
            Expr::Unread { .. } => Held::of(Truth::Unknown),
            Expr::Atom(atom) => Held::of(self.atom(atom, criterion, wanted)),
        }
    }

    fn atom(&self, atom: &Atom, criterion: &CriterionLogic, wanted: bool) -> Truth {
        if let Test::Consent(topic) | Test::Judgement(topic) = &atom.test {
            // Stories tell of will, not of what somebody is able to do.
            let able = matches!(topic.key.as_str(), "ability" | "language") && !self.asks_for_will();
            return if wanted && able { Truth::Unknown } else { self.agreed(wanted) };
        }
        let said = self.by_screening(atom, criterion);
        if said.is_known() {
            return said;
        }
        match &atom.test {
            Test::Event(event) => self.not_mentioned(event, atom, wanted),
            Test::Participation(_) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// What screening under the strict policy says of one question.
    fn by_screening(&self, atom: &Atom, criterion: &CriterionLogic) -> Truth {
        let alone = CriterionLogic {
            kind: Kind::Inclusion,
            logic: Expr::Atom(atom.clone()),
            children: Vec::new(),
            group: None,
            ..criterion.clone()
        };
        let study = StudyLogic { criteria: vec![alone], ..StudyLogic::default() };
        let options = Options { as_of: self.as_of, policy: Policy::Strict, trial: None };
        let screening = screen(&study, &self.note.facts, &options, self.terminology);
        match screening.criteria.first().map(|result| result.effect) {
            Some(Effect::Pass) => Truth::True,
            Some(Effect::Fail) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn not_mentioned(&self, event: &EventTest, atom: &Atom, wanted: bool) -> Truth {
        if !wanted {
            return Truth::False;
        }
        let treatment = matches!(event.role, EventRole::Procedure | EventRole::Drug);
        if treatment && self.is_about(atom) && self.is_done() { Truth::False } else { Truth::Unknown }
    }

    /// Whether the criterion says that it is done, and not only wanted or possible.
    fn is_done(&self) -> bool {
        !self.says(&[
            "indicated",
            "planned",
            "candidate",
            "suitable",
            "accessible",
            "referred",
            "require",
            "requiring",
            "required",
            "able",
        ])
    }

    /// Whether the criterion is about having this done: its words come first, but for words of undergoing.
    fn is_about(&self, atom: &Atom) -> bool {
        const LEADING: [&str; 22] = [
            "patient",
            "subject",
            "participant",
            "individual",
            "people",
            "who",
            "undergoing",
            "undergo",
            "have",
            "been",
            "had",
            "has",
            "treated",
            "with",
            "the",
            "use",
            "of",
            "receiving",
            "elective",
            "maintenance",
            "open",
            "are",
        ];
        let before = self.text.get(..atom.span.start).unwrap_or_default();
        let before = before.rsplit("\n* ").next().unwrap_or_default();
        words(before).iter().all(|word| LEADING.contains(&word.norm.as_str()))
    }

    /// Whether the person agrees, as the story says; a ground of exclusion of this kind does not hold where it says nothing.
    fn agreed(&self, wanted: bool) -> Truth {
        match self.note.agrees {
            Some(agrees) => Truth::from(agrees == wanted),
            None if wanted => Truth::Unknown,
            None => Truth::False,
        }
    }

    /// Whether a word of the criterion is one of these.
    fn says(&self, list: &[&str]) -> bool {
        let own = self.text.split_once("\n* ").map_or("", |(_, own)| own);
        words(own).iter().any(|word| list.contains(&word.norm.as_str()))
    }

    fn asks_for_will(&self) -> bool {
        self.says(&["consent", "comply", "compliant", "compliance", "willing", "willingness", "attend", "visit"])
    }

    /// What an inclusion criterion that was not read asks, by its leading words: agreement, or a treatment.
    fn unread_inclusion(&self) -> Label {
        if self.asks_for_will() && self.note.agrees == Some(true) {
            return Label::Included;
        }
        if self.undergoing() && !self.shares_a_word() { Label::NotIncluded } else { Label::NotEnoughInformation }
    }

    /// Whether the criterion begins with words of being treated.
    fn undergoing(&self) -> bool {
        const BEING_TREATED: [&str; 8] =
            ["undergoing", "undergo", "treated", "receiving", "use", "elective", "maintenance", "scheduled"];
        const WHO: [&str; 12] =
            ["patient", "subject", "participant", "the", "who", "are", "have", "been", "is", "all", "adult", "must"];
        let own = self.text.split_once("\n* ").map_or("", |(_, own)| own);
        words(own)
            .iter()
            .find(|word| !WHO.contains(&word.norm.as_str()))
            .is_some_and(|word| BEING_TREATED.contains(&word.norm.as_str()))
    }

    /// Whether a telling word of its beginning is among those that the note names.
    fn shares_a_word(&self) -> bool {
        let own = self.text.split_once("\n* ").map_or("", |(_, own)| own);
        let named: Vec<_> = self.note.said.iter().flat_map(|said| words(&said.text)).map(|word| word.norm).collect();
        words(own).iter().take(NAMES_IT).any(|word| {
            word.norm.len() > 4
                && trialway_terminology::wording::is_distinctive(&word.norm)
                && named.contains(&word.norm)
        })
    }

    /// Whether an exclusion asks for nothing but what is measured: no condition, medicine or procedure is named.
    fn is_measured_alone(&self, logic: &StudyLogic) -> bool {
        let (mut measured, mut named) = (false, false);
        for criterion in &logic.criteria {
            criterion.logic.for_each_leaf(&mut |leaf| {
                if let Expr::Atom(atom) = leaf {
                    match &atom.test {
                        Test::Measurement(_) | Test::Result(_) | Test::Grade(_) => measured = true,
                        Test::Event(_) => named = true,
                        _ => {}
                    }
                }
            });
            measured |= !criterion.bounds.is_empty();
        }
        measured && !named
    }

    /// Whether it asks for what somebody wants in times to come.
    fn is_planned(&self) -> bool {
        self.says(&["desire", "desiring", "planning", "intend"])
    }

    /// Whether it is about a person's language, papers or plans, which stories of illness do not tell.
    fn is_circumstance(&self) -> bool {
        self.says(&[
            "speak",
            "speaking",
            "language",
            "registered",
            "insurance",
            "planning",
            "plan",
            "intend",
            "desire",
            "resident",
        ])
    }

    /// Whether every condition that the criterion names can only be had by the other sex, or at another age.
    fn of_the_other_sex(&self, logic: &StudyLogic) -> bool {
        const OF_WOMEN: [&str; 2] = ["state:pregnancy", "state:breastfeeding"];
        let years = self.note.age.as_ref().map(trialway_note::Age::years);
        let sex = self.note.facts.sex;
        // A small child does not smoke.
        let child = years.is_some_and(|years| years < 10);
        let beyond = sex == Some(RecordedSex::Male) || years.is_some_and(|years| !(10..=60).contains(&years));
        let mut all = true;
        let mut n = 0;
        for criterion in &logic.criteria {
            for entity in criterion.entities.iter().filter(|entity| entity.domain != Domain::Observation) {
                n += 1;
                all &= entity
                    .concept
                    .as_ref()
                    .is_some_and(|id| OF_WOMEN.contains(&id.as_str()) || child && id.as_str() == "state:smoker");
            }
        }
        beyond && n > 0 && all
    }
}
