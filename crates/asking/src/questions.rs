//! Questions: which are put to whom, in which order, and how.

use trialway_criteria::CriterionId;
use trialway_eligibility::expr::{Expr, Test};
use trialway_language::change;
use trialway_matching::Question;
use trialway_terminology::{ConceptId, Domain, Terminology};

/// How a question is put: what stands before the words, in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// A number that was measured.
    Number,
    /// "Do you have …?"
    Has,
    /// "Do you have, or may you have, …?"
    MayHave,
    /// "Do you have, or did you ever have, …?"
    HasOrHad,
    /// "Did you have …?" within a time that the words name.
    Had,
    /// "Did you ever have …?" of what is done to somebody.
    EverHad,
    /// "Are you having …?" of what is done to somebody.
    Having,
    /// "Do you take …?"
    Takes,
    /// "Do you take, or did you ever take, …?"
    TakesOrTook,
    /// "Did you take …?" within a time that the words name.
    Took,
    /// "Were you treated with …?"
    Treated,
    /// "Are you allergic to …?"
    Allergic,
    /// "Can you become pregnant?"
    Childbearing,
    /// "Do you take part in another study?"
    InAnother,
    /// "Did you take part in another study …?"
    WasInAnother,
    /// "Is this so for you: …?"
    IsSo,
    /// "Does this hold as it is written: …?" of what no program read.
    AsWritten,
    /// What the study doctor judges.
    Judged,
    /// What somebody must agree to.
    Agreed,
}

impl Manner {
    /// A word for it, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Manner::Number => "number",
            Manner::Has => "has",
            Manner::MayHave => "may-have",
            Manner::HasOrHad => "has-or-had",
            Manner::Had => "had",
            Manner::EverHad => "ever-had",
            Manner::Having => "having",
            Manner::Takes => "takes",
            Manner::TakesOrTook => "takes-or-took",
            Manner::Took => "took",
            Manner::Treated => "treated",
            Manner::Allergic => "allergic",
            Manner::Childbearing => "childbearing",
            Manner::InAnother => "in-another",
            Manner::WasInAnother => "was-in-another",
            Manner::IsSo => "is-so",
            Manner::AsWritten => "as-written",
            Manner::Judged => "judged",
            Manner::Agreed => "agreed",
        }
    }

    /// How hard it is to answer for whoever has no papers at hand, from 0: what one has and takes; numbers and results; the words of
    /// a study as it wrote them.
    pub fn effort(self) -> u8 {
        match self {
            Manner::Number | Manner::IsSo => 1,
            Manner::AsWritten => 2,
            Manner::Judged | Manner::Agreed => 3,
            _ => 0,
        }
    }

    /// Whether somebody other than the person decides it later: the study doctor, or the person when asked to agree.
    pub fn is_for_later(self) -> bool {
        matches!(self, Manner::Judged | Manner::Agreed)
    }
}

/// A question as it is put.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// What its answer is known by.
    pub key: String,
    /// How it is put.
    pub manner: Manner,
    /// The words behind, in English, or as the study writes them; may be empty.
    pub words: String,
    /// The concept, where the words are its name and no more.
    pub concept: Option<ConceptId>,
    /// What is asked, as logic, to be put in other languages.
    pub leaf: Expr,
    /// The unit in which a number is wanted, UCUM; empty for pure numbers.
    pub unit: String,
    /// The criteria that the answer bears on, by study.
    pub bears_on: Vec<(String, CriterionId)>,
    /// Whether it is about age or sex, which are asked for by themselves.
    pub is_person: bool,
}

/// Questions in the order in which people are asked: what one knows, by how much it settles; what no program read; what is judged or
/// agreed to, last.
///
/// **Shape**: `found` is best first.
pub fn ordered(mut found: Vec<Question>) -> Vec<Question> {
    found.sort_by_key(|question| match &question.leaf {
        Expr::Atom(atom) if matches!(atom.test, Test::Judgement(_) | Test::Consent(_)) => 2,
        _ if question.is_unread => 1,
        _ => 0,
    });
    found
}

/// What the reading of a criterion begins with, and how that is asked.
const BEGINNINGS: [(&str, Manner); 14] = [
    ("has, or may have, ", Manner::MayHave),
    ("has or ever had, or may have had, ", Manner::HasOrHad),
    ("has or ever had ", Manner::HasOrHad),
    ("has ", Manner::Has),
    ("ever had ", Manner::EverHad),
    ("had, or may have had, ", Manner::Had),
    ("had ", Manner::Had),
    ("is having ", Manner::Having),
    ("takes or ever took ", Manner::TakesOrTook),
    ("takes ", Manner::Takes),
    ("took part in another study", Manner::WasInAnother),
    ("took ", Manner::Took),
    ("was treated with ", Manner::Treated),
    ("allergic to ", Manner::Allergic),
];

/// A question as it is put to people.
///
/// **Shape**: `text` is the eligibility text into which the spans of the question's leaf point.
pub fn put(question: &Question, text: &str, terminology: &Terminology) -> Put {
    let mut out = Put {
        key: question.key.clone(),
        manner: Manner::IsSo,
        words: String::new(),
        concept: None,
        leaf: question.leaf.clone(),
        unit: String::new(),
        bears_on: question.bears_on.clone(),
        is_person: false,
    };
    let Expr::Atom(atom) = &question.leaf else {
        out.manner = Manner::AsWritten;
        if let Expr::Unread { span } = &question.leaf {
            let written = text.get(span.start..span.end).unwrap_or_default();
            out.words = written.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        return out;
    };
    match &atom.test {
        Test::Measurement(test) if test.concept.as_str() == question.key => {
            let laboratory = terminology.concept(&test.concept).and_then(|concept| concept.laboratory.as_ref());
            out.words = laboratory.map_or_else(|| test.concept.to_string(), |laboratory| laboratory.question.clone());
            out.unit = laboratory.map(|laboratory| laboratory.unit.clone()).unwrap_or_default();
            // Without a kind of its own a number would be taken for an answer of yes or no.
            if test.concept.domain() == Some(Domain::Observation) {
                out.manner = Manner::Number;
            }
            return out;
        }
        Test::Judgement(topic) | Test::Consent(topic) => {
            out.words.clone_from(&topic.question);
            out.manner = if matches!(atom.test, Test::Consent(_)) { Manner::Agreed } else { Manner::Judged };
            return out;
        }
        Test::Age(age) => out.is_person = age.onset_of.is_none(),
        Test::Sex(_) => out.is_person = true,
        Test::Childbearing => {
            out.manner = Manner::Childbearing;
            return out;
        }
        _ => {}
    }
    let said = change(&question.leaf, true, text, terminology);
    if said == "is taking part in another study" {
        out.manner = Manner::InAnother;
        return out;
    }
    let begins = BEGINNINGS.iter().find_map(|(start, manner)| Some((*manner, said.strip_prefix(start)?)));
    match begins {
        Some((manner, rest)) => {
            out.manner = manner;
            out.words = rest.trim().to_owned();
        }
        None => out.words = said,
    }
    if let Test::Event(event) = &atom.test
        && event.qualifiers.is_empty()
        && event.other_than.is_empty()
        && event.window.is_none()
    {
        out.concept.clone_from(&event.concept);
    }
    out
}

/// A question in English, for lists of questions: of nobody in particular.
pub fn statement(question: &Question, text: &str, terminology: &Terminology) -> String {
    let put = put(question, text, terminology);
    match put.manner {
        Manner::AsWritten => format!("Does this hold, as it is written? “{}”", put.words),
        Manner::Number => format!("What is the latest value? {}", put.words),
        Manner::Judged | Manner::Agreed => format!("Is it so? {}", put.words),
        _ => format!("Is this so? {}", change(&question.leaf, true, text, terminology)),
    }
}
