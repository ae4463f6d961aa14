//! Whether a study is of some kinds or stages of the one illness that it lists, by its titles and its requirements.

use super::check::denies;
use super::named::{Named, letters};
use super::texts::{Texts, norm};
use super::{Source, field};
use trialway_study::Study;
use trialway_terminology::{ConceptId, Terminology};

/// Words that narrow an illness.
const KINDS: [&str; 34] = [
    "advanced",
    "metastatic",
    "relapsed",
    "relapsing",
    "refractory",
    "recurrent",
    "stage",
    "severe",
    "moderate",
    "mutated",
    "mutation",
    "mutations",
    "mutant",
    "resistant",
    "unresectable",
    "resectable",
    "inoperable",
    "newly",
    "acute",
    "chronic",
    "squamous",
    "nonsquamous",
    "uncontrolled",
    "intractable",
    "persistent",
    "rearranged",
    "rearrangement",
    "amplified",
    "extensive",
    "limited",
    "grade",
    "subtype",
    "harboring",
    "mild",
];

/// Words that narrow it in a title; in a requirement they may be of a test.
const IN_TITLES: [&str; 6] = ["positive", "negative", "early", "wild", "resistance", "expressing"];

/// What titles and requirements make of the one illness that a record lists.
#[derive(Default)]
pub(super) struct Narrow {
    /// A narrower illness that the title names.
    pub name: Option<String>,
    /// Whether only some kinds or stages of it are meant.
    pub has_kinds: bool,
    /// The field that says so.
    pub source: Option<Source>,
}

impl Narrow {
    pub fn of(name: &str, named: &Named, study: &Study, texts: &Texts, terminology: &Terminology) -> Self {
        let mut out = Narrow::default();
        let titles = [
            ("protocolSection.identificationModule.briefTitle", study.brief_title.as_deref()),
            ("protocolSection.identificationModule.officialTitle", study.official_title.as_deref()),
        ];
        let listed = terminology.named_by(name);
        let mut kinds: Vec<ConceptId> = Vec::new();
        let mut is_whole = false;
        for (path, title) in titles {
            let Some(title) = title else { continue };
            if let Some(listed) = &listed {
                for mention in terminology.mentions(title) {
                    let id = &mention.concept;
                    is_whole |= id == listed;
                    if id != listed && terminology.is_a(id, listed) && !kinds.contains(id) {
                        kinds.push(id.clone());
                        out.source.get_or_insert(field(path, title));
                    }
                }
            }
        }
        match kinds.as_slice() {
            [] => {}
            [one] if !is_whole => out.name = terminology.concept(one).map(|concept| concept.name.clone()),
            _ => out.has_kinds = true,
        }
        let told = out.name.clone().unwrap_or_else(|| name.to_owned());
        // A name that says which kinds it is of needs no other word.
        let says_it = |word: &str| {
            KINDS.contains(&word) && !["acute", "chronic", "squamous", "severe", "moderate"].contains(&word)
                || word == "relapse"
        };
        if letters(&norm(&told)).any(says_it) {
            out.has_kinds = false;
            return out;
        }
        for (path, title) in titles {
            let Some(title) = title else { continue };
            let text = norm(title);
            if narrows(&text, &told, true) && (named.is_nearly_in_text(&text) || out.name.is_some()) {
                out.has_kinds = true;
                out.source.get_or_insert(field(path, title));
            }
        }
        let asked =
            texts.required.iter().find(|item| !denies(item) && narrows(item, &told, false) && named.is_in_text(item));
        if let Some(asked) = asked {
            out.has_kinds = true;
            out.source.get_or_insert(field("protocolSection.eligibilityModule.eligibilityCriteria", asked.clone()));
        }
        out
    }
}

/// Whether a text has a word that narrows an illness, and that its name does not have.
fn narrows(text: &str, name: &str, in_title: bool) -> bool {
    let name = norm(name);
    letters(text).any(|word| {
        (KINDS.contains(&word) || in_title && IN_TITLES.contains(&word)) && !letters(&name).any(|own| own == word)
    })
}
