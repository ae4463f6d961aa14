//! What the record's own texts bear out of its coded fields.
//!
//! A coded field is often ticked wrongly; what it says is told only as far as the texts beside it do not speak against it. Texts
//! are held in lower case with every dash and line as a space, so that a phrase is looked for in one form ("open label").

use super::check::has_word;
use super::named::{Named, Words, letters, sentences};
use std::cell::OnceCell;
use trialway_criteria::Kind;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_study::{Allocation, Study};

/// A record's texts, ready to be looked through.
pub(super) struct Texts<'a> {
    study: &'a Study,
    pub titles: String,
    pub summary: String,
    /// Each requirement's own words.
    pub required: Vec<String>,
    /// Labels and descriptions of the groups, a line each.
    pub arms: Vec<String>,
    pub masking: String,
    population: String,
    description: OnceCell<String>,
    interventions: OnceCell<String>,
    outcomes: OnceCell<String>,
    model: OnceCell<String>,
}

impl<'a> Texts<'a> {
    pub fn new(study: &'a Study, logic: &StudyLogic) -> Self {
        let mut required = Vec::new();
        for criterion in &logic.criteria {
            collect(criterion, &mut required);
        }
        let arm = |arm: &trialway_study::Arm| {
            norm(&format!("{}. {}", arm.label, arm.description.as_deref().unwrap_or_default()))
        };
        Texts {
            study,
            titles: norm(&both(study.brief_title.as_deref(), study.official_title.as_deref())),
            summary: norm(study.brief_summary.as_deref().unwrap_or_default()),
            required,
            arms: study.arms.iter().map(arm).collect(),
            masking: norm(study.design.masking_description.as_deref().unwrap_or_default()),
            population: norm(study.eligibility.study_population.as_deref().unwrap_or_default()),
            description: OnceCell::new(),
            interventions: OnceCell::new(),
            outcomes: OnceCell::new(),
            model: OnceCell::new(),
        }
    }

    pub fn description(&self) -> &str {
        self.description.get_or_init(|| norm(self.study.detailed_description.as_deref().unwrap_or_default()))
    }

    /// Names and descriptions of the interventions, a line each.
    pub fn interventions(&self) -> &str {
        self.interventions.get_or_init(|| {
            let one = |one: &trialway_study::Intervention| both(Some(&one.name), one.description.as_deref());
            norm(&self.study.interventions.iter().map(one).collect::<Vec<_>>().join("\n"))
        })
    }

    /// Whether any text that tells what is done has words that begin with one of these pairs; an empty second one stands for any word.
    pub fn any_has(&self, pairs: &[(&str, &str)]) -> bool {
        let has = |text: &str| {
            let mut words = letters(text).peekable();
            while let Some(word) = words.next() {
                let next = words.peek().copied().unwrap_or_default();
                if pairs.iter().any(|(one, other)| word.starts_with(one) && next.starts_with(other)) {
                    return true;
                }
            }
            false
        };
        [self.titles.as_str(), &self.summary, self.model()].into_iter().any(has)
            || self.arms.iter().any(|arm| has(arm))
            || has(self.description())
            || has(self.interventions())
    }

    /// The words of the summary, and of whom the record asks for or describes. A title alone does not say who takes part.
    pub fn told(&self) -> Words<'_> {
        let required = self.required.iter().map(String::as_str);
        Words::of([self.summary.as_str(), self.population.as_str()].into_iter().chain(required))
    }

    /// Whether the record has no words of its own on who takes part, so that none of them speaks against its fields.
    pub fn is_silent(&self) -> bool {
        self.summary.is_empty()
    }

    /// Whether those who take part have it already: a requirement names it, or a title or the summary speaks of people with it.
    pub fn has_already(&self, name: &Named) -> bool {
        self.asks_for(name) || [&self.titles, &self.summary].iter().any(|text| name.is_of_people(text))
    }

    /// Whether a requirement asks for it.
    fn asks_for(&self, name: &Named) -> bool {
        const SPARED: [&str; 12] = [
            "no",
            "not",
            "without",
            "free of",
            "risk",
            "never",
            "absence",
            "negative",
            "healthy",
            "control",
            "controls",
            "prevention",
        ];
        self.required.iter().any(|item| name.is_in_text(item) && !SPARED.iter().any(|word| has_word(item, word)))
    }

    /// Whether a text speaks of preventing it, or a main measure counts it.
    pub fn is_prevented(&self, name: &Named) -> bool {
        const PREVENTS: [&str; 12] = [
            "prevent",
            "prophyla",
            "protect",
            "vaccin",
            "immuni",
            "avoid",
            "risk of",
            "incidence of",
            "occurrence of",
            "reduce",
            "reduction",
            "onset of",
        ];
        const COUNTS: [&str; 8] =
            ["incidence", "occurrence", "rate", "number of", "development of", "onset", "prevalence", "proportion"];
        let prevents = |sentence: &str| {
            PREVENTS.iter().any(|word| {
                sentence.find(word).and_then(|at| sentence.get(at..)).is_some_and(|behind| name.is_in_text(behind))
            })
        };
        [&self.titles, &self.summary].iter().any(|text| sentences(text).any(prevents))
            || self.study.primary_outcomes.iter().any(|outcome| {
                let measure = norm(&outcome.measure);
                name.is_in_text(&measure) && COUNTS.iter().any(|word| measure.contains(word))
            })
    }

    /// Whether healthy people take part, where the coded field says so and a text bears it out.
    pub fn lets_healthy_in(&self, conditions: &[Named]) -> bool {
        if self.study.eligibility.healthy_volunteers != Some(true) {
            return false;
        }
        if self.arms.iter().any(|arm| speaks_of_healthy(arm))
            || speaks_of_healthy(&self.population)
            || speaks_of_healthy(&self.titles)
        {
            return true;
        }
        const PLANNED: [&str; 9] = [
            "undergoing",
            "scheduled",
            "planned",
            "candidate for",
            "candidates for",
            "elective",
            "surgery",
            "indicated",
            "awaiting",
        ];
        const WEAK: [&str; 7] =
            ["volunteer", "volunteers", "asymptomatic", "unaffected", "controls", "control group", "good health"];
        let weak = |text: &str| speaks_of_healthy(text) || WEAK.iter().any(|word| has_word(text, word));
        let asked = conditions.iter().any(|name| self.asks_for(name))
            || self.required.iter().any(|item| PLANNED.iter().any(|word| has_word(item, word)));
        // A text that names healthy people beside the condition tells of a group of them.
        let both = self.required.iter().any(|item| {
            speaks_of_healthy(item) && (has_word(item, "control") || has_word(item, "controls") || has_word(item, "or"))
        });
        both || !asked
            && (self.required.iter().chain(&self.arms).any(|text| weak(text))
                || weak(&self.population)
                || speaks_of_healthy(&self.summary))
    }

    /// Whether only healthy people take part: a text says so, and none speaks of patients or asks for the condition.
    pub fn are_all_healthy(&self, conditions: &[Named]) -> bool {
        let texts = || [&self.population, &self.titles, &self.summary].into_iter().chain(&self.arms);
        texts().any(|text| speaks_of_healthy(text))
            && !texts().chain(&self.required).any(|text| has_word(text, "patient") || has_word(text, "patients"))
            && !conditions.iter().any(|name| self.asks_for(name))
            && !self.required.iter().any(|item| has_word(item, "or") && speaks_of_healthy(item))
    }

    /// Whether the groups differ by who the people are: no chance, and one of them is of healthy people or controls.
    pub fn groups_are_kinds_of_people(&self) -> bool {
        let random =
            self.study.design.allocation.as_ref().is_some_and(|allocation| allocation.is(Allocation::Randomized));
        !random
            && self.arms.len() > 1
            && self
                .arms
                .iter()
                .any(|arm| speaks_of_healthy(arm) || has_word(arm, "controls") || arm.starts_with("control"))
    }

    /// Whether a trait of a person has a part in what is done: "depending on the location of the disc".
    pub fn a_trait_decides(&self) -> bool {
        const TRAITS: [&str; 32] = [
            "location",
            "size",
            "type",
            "site",
            "stage",
            "severity",
            "anatomy",
            "level",
            "age",
            "sex",
            "gender",
            "risk",
            "status",
            "result",
            "results",
            "response",
            "diagnosis",
            "subtype",
            "mutation",
            "genotype",
            "preference",
            "choice",
            "patient",
            "patients",
            "patient's",
            "participant",
            "participants",
            "condition",
            "position",
            "symptoms",
            "biomarker",
            "tumor",
        ];
        let texts = self.arms.iter().map(String::as_str).chain([self.interventions()]);
        texts.into_iter().any(|text| {
            ["depending on", "according to", "based on"].iter().any(|cue| {
                text.match_indices(cue).any(|(at, _)| {
                    let behind = text.get(at + cue.len()..).unwrap_or_default();
                    let near = behind.split(['.', '\n', ',', ';']).next().unwrap_or_default();
                    // How much of it is given is no matter of the group.
                    !["dose", "weight", "protocol", "guideline"].iter().any(|word| near.contains(word))
                        && near.split_whitespace().take(4).any(|word| TRAITS.contains(&word))
                })
            })
        })
    }
}

/// Whether a study that watches takes samples of people, by its texts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Samples {
    None,
    Taken,
    /// And a text speaks of genes.
    OfGenes,
}

impl Texts<'_> {
    /// All that the record tells of what is done and with whom, but whom it leaves out.
    fn all(&self) -> impl Iterator<Item = &str> {
        let own = [self.titles.as_str(), &self.summary, &self.population, &self.masking, self.description()];
        own.into_iter()
            .chain([self.interventions(), self.outcomes(), self.model()])
            .chain(self.arms.iter().map(String::as_str))
            .chain(self.required.iter().map(String::as_str))
    }

    /// Main measures with their descriptions, a line each.
    fn outcomes(&self) -> &str {
        self.outcomes.get_or_init(|| {
            let one = |one: &trialway_study::Outcome| both(Some(&one.measure), one.description.as_deref());
            norm(&self.study.primary_outcomes.iter().map(one).collect::<Vec<_>>().join("\n"))
        })
    }

    fn model(&self) -> &str {
        self.model.get_or_init(|| norm(self.study.design.intervention_model_description.as_deref().unwrap_or_default()))
    }

    fn has_word_that_begins(&self, heads: &[&str]) -> bool {
        self.all().any(|text| letters(text).any(|word| heads.iter().any(|head| word.starts_with(head))))
    }

    /// Whether a text says that somebody chooses who gets what.
    pub fn speaks_of_assigning(&self) -> bool {
        self.has_word_that_begins(&["assign", "allocat", "randomi"])
    }

    /// Whether a title or the summary speaks of how safe something is.
    pub fn speaks_of_safety(&self) -> bool {
        [&self.titles, &self.summary]
            .iter()
            .any(|text| ["safe", "tolerab"].iter().any(|head| letters(text).any(|word| word.starts_with(head))))
    }

    /// Whether a title speaks of those who give care, or stand beside the ill, so that these may be the ones who take part.
    pub fn titles_name_helpers(&self) -> bool {
        const HELPERS: [&str; 22] = [
            "families",
            "family",
            "spouses",
            "teachers",
            "pharmacist",
            "pharmacists",
            "physician",
            "physicians",
            "doctors",
            "nurse",
            "nurses",
            "clinicians",
            "surgeons",
            "professionals",
            "providers",
            "prescribers",
            "caregiver",
            "caregivers",
            "carers",
            "parents",
            "students",
            "relatives",
        ];
        letters(&self.titles).any(|word| HELPERS.contains(&word))
    }

    /// Whether a text says that people are given something, or something is done with them.
    pub fn gives(&self) -> bool {
        const GIVES: [&str; 14] = [
            "will receive",
            "will be given",
            "will be treated",
            "will undergo",
            "will be administered",
            "will be injected",
            "will be performed",
            "will be implanted",
            "are administered",
            "is administered",
            "will use",
            "will wear",
            "will be applied",
            "injection of",
        ];
        self.all().any(|text| GIVES.iter().any(|words| text.contains(words)))
    }

    /// Whether a text speaks of people or things that are still to be gathered, so that not all has been recorded before.
    pub fn gathers_anew(&self) -> bool {
        const GATHERS: [&str; 16] = [
            "will be collected",
            "will be enrolled",
            "will be recruited",
            "will be included prospectively",
            "will be obtained",
            "will be invited",
            "will be asked",
            "will be interviewed",
            "will be followed",
            "will undergo",
            "will complete",
            "will receive",
            "prospective",
            "informed consent",
            "questionnaire",
            "interview",
        ];
        self.all().any(|text| GATHERS.iter().any(|words| text.contains(words)))
    }

    /// Whether a text speaks of samples of people's bodies, and of genes.
    pub fn samples(&self) -> Samples {
        const OF: [&str; 26] = [
            "blood",
            "urine",
            "tissue",
            "tissues",
            "saliva",
            "stool",
            "fecal",
            "faecal",
            "serum",
            "plasma",
            "tumor",
            "tumour",
            "marrow",
            "biological",
            "biologic",
            "hair",
            "nail",
            "dna",
            "fluid",
            "cord",
            "skin",
            "biopsy",
            "swab",
            "sputum",
            "milk",
            "bio",
        ];
        const DONE: [&str; 9] = [
            "biospecimen",
            "biobank",
            "biorepositor",
            "venipuncture",
            "phlebotom",
            "specimen",
            "swab",
            "biosample",
            "biopsies",
        ];
        let speaks = |text: &str| {
            let mut before = "";
            letters(text).any(|word| {
                let of_body = OF.contains(&before)
                    && ["sample", "sampling", "draw", "collection"].iter().any(|head| word.starts_with(head));
                before = word;
                of_body || DONE.iter().any(|head| word.starts_with(head))
            })
        };
        if !self.all().any(speaks) {
            return Samples::None;
        }
        let genes = |word: &str| {
            matches!(word, "dna" | "gene" | "genes" | "rna" | "sequencing")
                || ["genetic", "genom", "genotyp", "exome"].iter().any(|head| word.starts_with(head))
        };
        if self.all().any(|text| letters(text).any(genes)) { Samples::OfGenes } else { Samples::Taken }
    }

    /// Whether a text says that somebody is blinded, and does not deny it in the same breath. Being blind is an illness, too, so
    /// "blind" counts beside what tells how a study is made.
    pub fn speaks_of_blinding(&self) -> bool {
        const DENIES: [&str; 14] = [
            "not",
            "non",
            "no",
            "without",
            "never",
            "cannot",
            "neither",
            "unable",
            "impossible",
            "nor",
            "un",
            "lack",
            "open",
            "label",
        ];
        const KINDS: [&str; 12] = [
            "double",
            "single",
            "triple",
            "quadruple",
            "observer",
            "assessor",
            "evaluator",
            "rater",
            "investigator",
            "partially",
            "partial",
            "examiner",
        ];
        self.all().any(|text| {
            sentences(text).any(|sentence| {
                let words: Vec<&str> = letters(sentence).collect();
                words.iter().enumerate().any(|(at, word)| {
                    let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
                    let behind = words.get(at + 1..).unwrap_or_default();
                    let is_kind = |word: Option<&&str>| {
                        word.is_some_and(|word| KINDS.iter().any(|kind| word.trim_end_matches('s') == *kind))
                    };
                    let tells = match *word {
                        "blinded" | "masked" | "blinding" | "doubleblind" | "blindly" => true,
                        "blind" | "mask" | "masking" => {
                            is_kind(before.last())
                                || is_kind(behind.first())
                                || matches!(
                                    behind.first(),
                                    Some(&("to" | "study" | "trial" | "assessment" | "evaluation"))
                                )
                                || before.last() == Some(&"be")
                        }
                        _ => false,
                    };
                    let is_denied = before.iter().any(|word| DENIES.contains(word))
                        || behind
                            .iter()
                            .take(4)
                            .any(|word| matches!(*word, "none" | "not" | "no" | "impossible" | "open"));
                    tells && !is_denied
                })
            })
        })
    }
}

fn collect(criterion: &CriterionLogic, required: &mut Vec<String>) {
    if criterion.kind == Kind::Inclusion {
        required.push(norm(criterion.own.text()));
    }
    for child in &criterion.children {
        collect(child, required);
    }
}

fn both(first: Option<&str>, second: Option<&str>) -> String {
    format!("{}\n{}", first.unwrap_or_default(), second.unwrap_or_default())
}

/// Lower case, dashes as spaces, single spaces; lines stay apart.
pub(super) fn norm(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '-' | '\u{2010}'..='\u{2015}' | '_' | '/' | ' ' | '\t' | '\r' | '\u{a0}' => ' ',
            '’' => '\'',
            c => c,
        };
        if c == ' ' && out.ends_with([' ', '\n']) {
            continue;
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Whether a text speaks of healthy people, and not of a healthy way of life or of patients who are otherwise healthy.
fn speaks_of_healthy(text: &str) -> bool {
    const PEOPLE: [&str; 42] = [
        "volunteer",
        "volunteers",
        "subject",
        "subjects",
        "participant",
        "participants",
        "control",
        "controls",
        "individual",
        "individuals",
        "adult",
        "adults",
        "people",
        "person",
        "persons",
        "men",
        "women",
        "man",
        "woman",
        "male",
        "males",
        "female",
        "females",
        "child",
        "children",
        "infant",
        "infants",
        "boys",
        "girls",
        "students",
        "donor",
        "donors",
        "young",
        "older",
        "elderly",
        "comparison",
        "human",
        "humans",
        "group",
        "population",
        "nonsmokers",
        "cohort",
    ];
    let mut before = "";
    let mut words = letters(text).peekable();
    while let Some(word) = words.next() {
        let next = words.peek().copied();
        if word == "healthy" && before != "otherwise" && next.is_none_or(|next| PEOPLE.contains(&next)) {
            return true;
        }
        if word == "normal" && next.is_some_and(|next| matches!(next, "volunteer" | "volunteers" | "controls")) {
            return true;
        }
        before = word;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn healthy_people_are_not_healthy_habits() {
        for text in ["healthy volunteers", "age matched healthy controls", "must be healthy", "normal volunteers"] {
            assert!(speaks_of_healthy(&norm(text)), "{text}");
        }
        for text in ["a healthy diet", "otherwise healthy adults", "mental health", "unhealthy adults"] {
            assert!(!speaks_of_healthy(&norm(text)), "{text}");
        }
    }
}
