//! What codes and words of a record mean: concepts, findings, grades, causes. The adapters share it.

use crate::date::{PartialDate, Period};
use crate::fact::{Certainty, Fact, FactKind, Finding, Provenance, RecordedStatus, Value};
use rust_decimal::Decimal;
use trialway_terminology::{Coding, ConceptId, Domain, Layered, scale, system_name};
use trialway_units::{Analyte, Unit, convert};

/// A coded element: its codings (system, code, display) and its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// System, as a short name or an address, code, and display; each empty where it is not given.
    pub codings: Vec<(String, String, String)>,
    /// The name in words.
    pub text: String,
}

impl Coded {
    /// Something that is named by words alone.
    pub fn of_text(text: &str) -> Self {
        Self { codings: Vec::new(), text: text.trim().to_owned() }
    }

    /// The first code, for elements with required bindings.
    pub fn code(&self) -> &str {
        self.codings.first().map_or("", |(_, code, _)| code.as_str())
    }

    /// Whether any of its codes is one of these.
    pub fn is_any(&self, wanted: &[&str]) -> bool {
        self.codings.iter().any(|(_, code, _)| wanted.contains(&code.as_str()))
    }

    /// The name as a person would read it.
    pub fn label(&self) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        self.codings
            .iter()
            .map(|(_, _, display)| display)
            .find(|display| !display.is_empty())
            .cloned()
            .unwrap_or_else(|| self.code().to_owned())
    }

    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.codings.iter().all(|(_, code, display)| code.is_empty() && display.is_empty())
    }
}

/// Words that say that something is not there, at the start of a name.
const NOTHING: [&str; 9] = [
    "no known ",
    "no history of ",
    "no evidence of ",
    "no current ",
    "no past ",
    "denies ",
    "denied ",
    "absence of ",
    "ruled out ",
];

/// Whether a name says that there is nothing of a kind.
pub fn says_none(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    NOTHING.iter().any(|start| lower.starts_with(start)) || matches!(lower.as_str(), "none" | "nil" | "not applicable")
}

/// Whether a name says that something is of the past, as "history of stroke" does.
pub fn says_past(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    ["history of ", "personal history of ", "h/o ", "h/o: ", "past history of "].iter().any(|w| lower.starts_with(w))
}

/// Whether a name or code is about a relative.
pub fn is_of_family(coded: &Coded) -> bool {
    let stems = ["Z80", "Z81", "Z82", "Z83", "Z84"];
    let lower = coded.label().to_lowercase();
    coded.codings.iter().any(|(_, code, _)| stems.iter().any(|stem| code.starts_with(stem)))
        || lower.starts_with("family history")
        || lower.starts_with("fh:")
}

/// Words after which a cause is named.
const CAUSE_CUES: [&str; 6] = ["due to", "attributed to", "attributable to", "secondary to", "caused by", "because of"];

/// Words of a name or a specimen for what is not blood, and the words by which a concept shows that it is of it.
const FLUIDS: [(&str, &str); 12] = [
    ("urine", "urin"),
    ("urinary", "urin"),
    ("cerebral spinal", "cerebrospinal"),
    ("cerebrospinal", "cerebrospinal"),
    ("csf", "cerebrospinal"),
    ("stool", "stool"),
    ("feces", "stool"),
    ("saliva", "saliva"),
    ("pleural fluid", "pleural"),
    ("peritoneal fluid", "peritoneal"),
    ("body fluid", "body fluid"),
    ("synovial fluid", "synovial"),
];

/// The concepts that are measured or asked by an Observation: those of its codes, and those that its names mention unless the
/// codes say already what is measured.
///
/// A name that is a ratio ("Albumin/Globulin [Mass Ratio]") does not measure its parts, and what is measured in urine is not
/// what the same name means in blood.
pub fn measured(coded: &Coded, specimen: &str, terminology: &Layered<'_>) -> Vec<ConceptId> {
    let is_measured = |id: &ConceptId| id.domain() == Some(Domain::Observation);
    let mut by_code: Vec<ConceptId> = Vec::new();
    for (system, code, _) in &coded.codings {
        extend(&mut by_code, terminology.by_code(system, code));
    }
    let all = concepts(coded, terminology);
    let texts = || coded.codings.iter().map(|(_, _, display)| display.as_str()).chain([coded.text.as_str()]);
    let lower: Vec<String> = texts().chain([specimen]).map(str::to_lowercase).collect();
    let fluid = FLUIDS.iter().find(|(word, _)| {
        lower.iter().any(|text| {
            text.match_indices(word).any(|(at, _)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
                edge(before) && edge(after)
            })
        })
    });
    let is_ratio = coded.codings.iter().any(|(system, _, display)| {
        let part = display.split(" [").next().unwrap_or_default();
        system_name(system) == "loinc" && display.contains(" [") && part.contains('/')
    }) || coded.codings.iter().any(|(_, _, display)| display.contains("/100 "));
    let has_measured_code = by_code.iter().any(is_measured);
    all.into_iter()
        .filter(|id| {
            if by_code.contains(id) || !is_measured(id) {
                return true;
            }
            if has_measured_code {
                return by_code.iter().any(|known| terminology.is_a(id, known));
            }
            let of_it = |stem: &str| {
                terminology.concept(id).is_some_and(|concept| {
                    concept.name.to_lowercase().contains(stem)
                        || concept.synonyms.iter().any(|name| name.to_lowercase().contains(stem))
                })
            };
            !is_ratio && fluid.is_none_or(|(_, stem)| of_it(stem))
        })
        .collect()
}

/// Leaves out what a name merely mentions, where the unit of the value says that something else is measured: the mean volume of
/// platelets is not their number. What codes say, and names that are nothing but the concept's, stay.
pub fn keep_measured(fact: &mut Fact, coded: &Coded, terminology: &Layered<'_>) {
    let Some(Value::Quantity { unit, unit_written, .. }) = &fact.value else { return };
    if unit_written.is_empty() {
        return;
    }
    let mut by_code: Vec<ConceptId> = Vec::new();
    for (system, code, _) in &coded.codings {
        extend(&mut by_code, terminology.by_code(system, code));
    }
    let whole: Vec<ConceptId> = coded
        .codings
        .iter()
        .map(|(_, _, display)| display.as_str())
        .chain([coded.text.as_str()])
        .flat_map(|name| terminology.named_whole(name.split(" [").next().unwrap_or(name)))
        .collect();
    let value_unit = unit.as_deref().and_then(Unit::new);
    fact.concepts.retain(|id| {
        let Some(laboratory) = terminology.concept(id).and_then(|concept| concept.laboratory.as_ref()) else {
            return true;
        };
        let analyte =
            Analyte { molar_mass: laboratory.molar_mass.as_ref().and_then(|mass| mass.parse().ok()), valence: Some(1) };
        let usual = Unit::new(&laboratory.unit);
        let is_pure = matches!(laboratory.unit.as_str(), "1" | "{score}" | "{titer}" | "{INR}");
        let fits = match (&value_unit, &usual) {
            (Some(from), Some(to)) => is_pure || convert(Decimal::ONE, from, to, Some(&analyte)).is_ok(),
            (None, Some(_)) => false,
            (_, None) => true,
        };
        fits || by_code.contains(id) || whole.contains(id)
    });
}

/// The concepts that a coded element means: those of its codes, then those its names mention.
pub fn concepts(coded: &Coded, terminology: &Layered<'_>) -> Vec<ConceptId> {
    let mut out: Vec<ConceptId> = Vec::new();
    for (system, code, _) in &coded.codings {
        extend(&mut out, terminology.by_code(system, code));
    }
    let names = coded.codings.iter().map(|(_, _, display)| display.as_str()).chain([coded.text.as_str()]);
    for name in names {
        let head = without_cause(name);
        let mentioned = terminology.mentions(head);
        if mentioned.is_empty() {
            extend(&mut out, terminology.by_name(head));
        }
        extend(&mut out, mentioned.into_iter().filter(|m| !m.negated && !m.hypothetical).map(|m| m.concept).collect());
    }
    drop_general(&mut out, terminology);
    out
}

fn extend(out: &mut Vec<ConceptId>, more: Vec<ConceptId>) {
    for id in more {
        if !out.contains(&id) {
            out.push(id);
        }
    }
}

/// A concept whose special kind is there too says nothing more.
fn drop_general(out: &mut Vec<ConceptId>, terminology: &Layered<'_>) {
    let all = out.clone();
    out.retain(|id| !all.iter().any(|other| other != id && terminology.is_a(other, id)));
}

/// The part of a name before its cause.
pub fn without_cause(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    CAUSE_CUES.iter().filter_map(|cue| lower.find(cue)).min().and_then(|at| name.get(..at)).unwrap_or(name)
}

/// The concepts named as causes in names and notes.
pub fn causes<'a>(texts: impl Iterator<Item = &'a str>, terminology: &Layered<'_>) -> Vec<ConceptId> {
    let mut out = Vec::new();
    for text in texts {
        let lower = text.to_ascii_lowercase();
        for cue in CAUSE_CUES {
            if let Some(rest) = lower.find(cue).and_then(|at| text.get(at + cue.len()..)) {
                let clause = rest.split(['.', ';']).next().unwrap_or(rest);
                extend(
                    &mut out,
                    terminology.mentions(clause).into_iter().filter(|m| !m.negated).map(|m| m.concept).collect(),
                );
            }
        }
    }
    out
}

/// What a text names, with denial and doubt.
pub fn findings<'a>(texts: impl Iterator<Item = &'a str>, terminology: &Layered<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    for text in texts {
        for mention in terminology.mentions(text) {
            let finding =
                Finding { concept: mention.concept, negated: mention.negated, hypothetical: mention.hypothetical };
            if !out.contains(&finding) {
                out.push(finding);
            }
        }
    }
    out
}

/// The classes, grades and stages that texts name.
pub fn grades<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(ConceptId, Vec<u8>)> {
    let mut out: Vec<(ConceptId, Vec<u8>)> = Vec::new();
    for text in texts {
        for grade in scale::grades(text) {
            match out.iter_mut().find(|(id, _)| *id == grade.scale) {
                Some((_, ordinals)) => {
                    ordinals.extend(grade.ordinals);
                    ordinals.sort_unstable();
                    ordinals.dedup();
                }
                None => out.push((grade.scale, grade.ordinals)),
            }
        }
    }
    out
}

/// The codes with short names of their systems.
pub fn codings(coded: &Coded) -> Vec<Coding> {
    coded
        .codings
        .iter()
        .filter(|(_, code, _)| !code.is_empty())
        .map(|(system, code, _)| Coding { system: system_name(system).to_owned(), code: code.clone() })
        .collect()
}

/// An empty fact of a kind.
///
/// **Shape**: concepts, codes and label as named; the rest says nothing.
pub fn fact(kind: FactKind, resource: &str, id: &str, coded: &Coded, terminology: &Layered<'_>) -> Fact {
    Fact {
        provenance: Provenance { resource: resource.to_owned(), id: id.to_owned(), path: String::new(), span: None },
        kind,
        concepts: concepts(coded, terminology),
        codes: codings(coded),
        label: coded.label(),
        notes: Vec::new(),
        findings: Vec::new(),
        period: Period::default(),
        status: RecordedStatus::Unstated,
        certainty: Certainty::Stated,
        severity: None,
        grades: Vec::new(),
        value: None,
        reference: (None, None),
        interpretation: None,
        causes: Vec::new(),
        derivation: None,
    }
}

/// Leaves only what can be a medicine or a treatment: `5 MG` in a medicine's name is no myasthenia gravis.
pub fn keep_medicines(fact: &mut Fact) {
    fact.concepts.retain(|id| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)));
}

/// Reads what a fact's own words name: findings, grades, causes.
pub fn read_words(fact: &mut Fact, coded: &Coded, terminology: &Layered<'_>) {
    let displays: Vec<String> = coded.codings.iter().map(|(_, _, display)| display.clone()).collect();
    let texts: Vec<&str> = [fact.label.as_str()]
        .into_iter()
        .chain(displays.iter().map(String::as_str))
        .chain(fact.notes.iter().map(String::as_str))
        .collect();
    let (grades, causes) = (grades(texts.iter().copied()), causes(texts.iter().copied(), terminology));
    let findings = findings(fact.notes.iter().map(String::as_str), terminology);
    fact.findings = findings;
    fact.grades = grades;
    add_causes(fact, causes);
}

/// Adds causes, each once.
pub fn add_causes(fact: &mut Fact, causes: Vec<ConceptId>) {
    for cause in causes {
        if !fact.causes.contains(&cause) {
            fact.causes.push(cause);
        }
    }
}

/// Codes of smoking status (SNOMED CT, LOINC answers) with what they say; a display in words says it otherwise.
const SMOKING: [(&str, Smoking); 14] = [
    ("266919005", Smoking::Never),
    ("LA18978-9", Smoking::Never),
    ("8517006", Smoking::Former),
    ("LA15920-4", Smoking::Former),
    ("449868002", Smoking::Current),
    ("428041000124106", Smoking::Current),
    ("428071000124103", Smoking::Current),
    ("428061000124105", Smoking::Current),
    ("LA18976-3", Smoking::Current),
    ("LA18977-1", Smoking::Current),
    ("266927001", Smoking::Unknown),
    ("77176002", Smoking::Unknown),
    ("LA18979-7", Smoking::Unknown),
    ("LA18980-5", Smoking::Unknown),
];

/// What a smoking status says.
#[derive(Clone, Copy, PartialEq)]
enum Smoking {
    Never,
    Former,
    Current,
    /// Not asked, or a smoker of whom it is not said whether still.
    Unknown,
}

fn smoking(text: &str) -> Option<Smoking> {
    if let Some((_, known)) = SMOKING.iter().find(|(code, _)| *code == text) {
        return Some(*known);
    }
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    Some(if says(&["unknown", "not asked", "not known", "current status"]) {
        Smoking::Unknown
    } else if says(&["never", "non-smok", "nonsmok", "non smok", "does not smoke", "no tobacco", "lifelong abst"]) {
        Smoking::Never
    } else if says(&[
        "former",
        "ex-",
        "ex smok",
        "quit",
        "past ",
        "previous",
        "stopped",
        "no longer",
        "gave up",
        "not current",
    ]) {
        Smoking::Former
    } else if says(&["current", "every day", "some day", "daily", "heavy", "light", "smokes"]) {
        Smoking::Current
    } else {
        return None;
    })
}

/// Says of a smoking status what it means: "never smoker" denies, "former smoker" was, and is not any more.
pub fn settle_smoking(fact: &mut Fact) {
    let asks = fact.kind == FactKind::Observation && fact.concepts.iter().any(|id| id.as_str() == "state:smoker");
    let text = match fact.value.clone().filter(|_| asks) {
        // "Never; no nicotine products" is read whole, too.
        Some(Value::Text(text)) => text,
        Some(Value::Answer { written, .. }) if written.contains(' ') => written,
        _ => return,
    };
    let Some(said) = smoking(&text) else { return };
    fact.findings.retain(|finding| finding.concept.as_str() != "state:smoker");
    fact.value = match said {
        Smoking::Never => Some(Value::Answer { yes: false, written: text }),
        Smoking::Current => Some(Value::Answer { yes: true, written: text }),
        Smoking::Unknown => Some(Value::Absent),
        Smoking::Former => {
            fact.kind = FactKind::Condition;
            fact.label = format!("{}: {text}", fact.label);
            fact.status = RecordedStatus::Ended;
            fact.period = Period { start: None, end: fact.period.start.map(PartialDate::up_to) };
            None
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::Terminology;

    #[test]
    fn smoking_is_now_was_or_never_was() {
        let terminology = Layered::plain(Terminology::builtin());
        for (text, kind, value) in [
            ("Never smoker", FactKind::Observation, Some(false)),
            ("266919005", FactKind::Observation, Some(false)),
            ("Non-smoker", FactKind::Observation, Some(false)),
            ("Current every day smoker", FactKind::Observation, Some(true)),
            ("Former smoker", FactKind::Condition, None),
            ("Ex-smoker", FactKind::Condition, None),
            ("Unknown if ever smoked", FactKind::Observation, None),
        ] {
            let coded = Coded::of_text("Tobacco smoking status");
            let mut fact = fact(FactKind::Observation, "Observation", "o", &coded, &terminology);
            fact.value = Some(Value::Text(text.to_owned()));
            settle_smoking(&mut fact);
            let answer = match fact.value {
                Some(Value::Answer { yes, .. }) => Some(yes),
                _ => None,
            };
            assert_eq!((fact.kind, answer), (kind, value), "{text}");
        }
    }
}
