//! Short forms of notes, and names that the vocabulary lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;
use trialway_terminology::layers::name_key;
use trialway_terminology::wording::{Role, is_nominal, role};
use trialway_terminology::{ConceptId, Domain, Layered, Phrases, Trie, Word, WordKind, words};

/// Something that a statement names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Index range into the statement's words.
    pub words: Range<usize>,
    /// The concept; none where the vocabulary lacks it.
    pub concept: Option<ConceptId>,
    /// What kind of thing it is.
    pub domain: Domain,
    /// What a short form stands for.
    pub meaning: Option<&'static str>,
    /// What a name of another vocabulary leads to, the concept first: each may be wider than the name.
    pub wider: Vec<ConceptId>,
}

impl Named {
    /// A name of the built-in vocabulary, or of none.
    pub(crate) fn plain(words: Range<usize>, concept: Option<ConceptId>, domain: Domain) -> Self {
        Self { words, concept, domain, meaning: None, wider: Vec::new() }
    }
}

struct ShortForm {
    n_words: usize,
    /// As written, where its capitals tell it from a word.
    exact: Option<String>,
    meaning: String,
}

fn short_forms() -> &'static (Trie, Vec<ShortForm>) {
    static FORMS: OnceLock<(Trie, Vec<ShortForm>)> = OnceLock::new();
    FORMS.get_or_init(|| {
        let (mut phrases, mut forms) = (Phrases::default(), Vec::new());
        for line in include_str!("../data/short_forms.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(written), Some(meaning)) = (cells.next(), cells.next()) else { continue };
            let norms = words(written);
            phrases.add(norms.iter().map(|word| word.norm.as_str()), forms.len() as u32);
            let capitals = written.chars().any(char::is_uppercase) && written.len() <= 4;
            forms.push(ShortForm {
                n_words: norms.len(),
                exact: capitals.then(|| written.to_owned()),
                meaning: meaning.to_owned(),
            });
        }
        (phrases.closed(), forms)
    })
}

/// What a statement names, in text order: the vocabulary's names, short forms, and names by their head words.
pub(crate) fn named(text: &str, words: &[Word], terminology: &Layered<'_>) -> Vec<Named> {
    let mut out: BTreeMap<usize, Named> = BTreeMap::new();
    let (trie, forms) = short_forms();
    for at in 0..words.len() {
        trie.walk(words.iter().skip(at), |_, values| {
            for form in values.iter().filter_map(|index| forms.get(index as usize)) {
                let last = words.get(at + form.n_words - 1);
                let written =
                    words.get(at).zip(last).and_then(|(first, last)| text.get(first.range.start..last.range.end));
                let fits = form.exact.as_ref().is_none_or(|exact| written == Some(exact.as_str()));
                if fits {
                    let concept = terminology.named_by(&form.meaning);
                    let domain = concept.as_ref().and_then(ConceptId::domain).unwrap_or(Domain::Condition);
                    let meaning = Some(form.meaning.as_str());
                    let words = at..at + form.n_words;
                    out.insert(at, Named { meaning, ..Named::plain(words, concept, domain) });
                }
            }
        });
    }
    for mention in terminology.mentions_in(text, words) {
        // "Parkinson's disease": the last word alone names nothing.
        let is_anything =
            terminology.concept(&mention.concept).is_some_and(|concept| ANYTHING.contains(&concept.name.as_str()));
        let Some(domain) = mention.concept.domain().filter(|_| !is_anything) else { continue };
        let at = mention.words.start;
        // A longer name of the vocabulary goes before a short form within it.
        let inside: Vec<usize> = out.range(at..mention.words.end).map(|(at, _)| *at).collect();
        let shorter = inside.iter().all(|k| out.get(k).is_some_and(|known| known.words.len() < mention.words.len()));
        if !shorter {
            continue;
        }
        for k in inside {
            out.remove(&k);
        }
        out.insert(at, Named::plain(mention.words, Some(mention.concept), domain));
    }
    of_layers(text, words, terminology, &mut out);
    by_head(words, &mut out);
    out.into_values().collect()
}

/// The longest name of another vocabulary that is looked for, in words.
const LONGEST_LAYERED: usize = 8;

/// Stretches of a statement that may be names of another vocabulary, the longest first at each place: they begin and end with a word
/// that is no word of telling.
fn stretches<'a>(text: &'a str, words: &'a [Word]) -> impl Iterator<Item = (Range<usize>, &'a str)> {
    let edge = |at: usize| {
        words.get(at).is_some_and(|word| word.kind == WordKind::Letters && !TELLING.contains(&word.norm.as_str()))
    };
    let inner =
        |at: usize| words.get(at).is_some_and(|word| !matches!(word.norm.as_str(), "." | ";" | ":" | "(" | ")"));
    (0..words.len()).filter(move |at| edge(*at)).flat_map(move |start| {
        let longest = (start..words.len().min(start + LONGEST_LAYERED)).take_while(|at| inner(*at)).last();
        let ends = longest.map_or(start..start, |last| start + 1..last + 2);
        ends.rev().filter(move |end| edge(end - 1)).filter_map(move |end| {
            let (first, last) = (words.get(start)?, words.get(end - 1)?);
            Some((start..end, text.get(first.range.start..last.range.end)?))
        })
    })
}

/// The names that a statement may hold, to be looked up in other vocabularies.
pub(crate) fn possible(text: &str, words: &[Word], out: &mut BTreeSet<String>) {
    out.extend(stretches(text, words).filter_map(|(_, name)| name_key(name).map(|_| name.to_owned())));
}

/// Names of other vocabularies, where they say more than what the built-in one names there.
fn of_layers(text: &str, words: &[Word], terminology: &Layered<'_>, out: &mut BTreeMap<usize, Named>) {
    let mut end = 0;
    for (at, name) in stretches(text, words) {
        if at.start < end {
            continue;
        }
        let touched: Vec<usize> = out
            .iter()
            .filter(|(_, known)| known.words.start < at.end && at.start < known.words.end)
            .map(|(k, _)| *k)
            .collect();
        let says_more = touched
            .iter()
            .filter_map(|k| out.get(k))
            .all(|known| at.start <= known.words.start && known.words.end <= at.end && known.words.len() < at.len());
        if !says_more {
            continue;
        }
        let wider = terminology.by_name(name);
        let Some((concept, domain)) = wider.first().and_then(|id| Some((id.clone(), id.domain()?))) else { continue };
        for k in touched {
            out.remove(&k);
        }
        end = at.end;
        out.insert(at.start, Named { wider, ..Named::plain(at, Some(concept), domain) });
    }
}

/// Names of everything that is of a kind.
const ANYTHING: [&str; 3] = ["disease", "medicine", "illness"];

/// Words of telling that no name begins or goes on with.
const TELLING: [&str; 65] = [
    "a",
    "an",
    "the",
    "her",
    "his",
    "my",
    "she",
    "he",
    "i",
    "they",
    "it",
    "was",
    "were",
    "is",
    "are",
    "has",
    "had",
    "have",
    "be",
    "been",
    "there",
    "this",
    "that",
    "reveal",
    "reveals",
    "revealed",
    "show",
    "showed",
    "notice",
    "noticed",
    "note",
    "noted",
    "denies",
    "denied",
    "report",
    "reported",
    "some",
    "other",
    "any",
    "no",
    "of",
    "with",
    "without",
    "and",
    "or",
    "in",
    "on",
    "at",
    "to",
    "for",
    "found",
    "sustained",
    "developed",
    "having",
    "x",
    "laboratory",
    "physical",
    "patient",
    "by",
    "did",
    "not",
    "experienced",
    "except",
    "drink",
    "alcohol",
];

/// At most this many words before a head word are taken for its name.
const LONGEST: usize = 3;

/// "Pulsatile mass", "skin lesion": words that end in one that says what kind of thing they name.
fn by_head(words: &[Word], out: &mut BTreeMap<usize, Named>) {
    let taken: Vec<Range<usize>> = out.values().map(|named| named.words.clone()).collect();
    let free = |at: usize| !taken.iter().any(|range| range.contains(&at));
    for (at, word) in words.iter().enumerate() {
        let Some(Role::Head(domain, general)) = role(&word.norm).filter(|_| free(at)) else { continue };
        if !matches!(domain, Domain::Condition | Domain::Procedure | Domain::Drug) || word.kind != WordKind::Letters {
            continue;
        }
        let mut start = at;
        while let Some(before) = start.checked_sub(1)
            && at - before <= LONGEST
            && free(before)
            && words.get(before).is_some_and(|word| is_nominal(word) && !TELLING.contains(&word.norm.as_str()))
        {
            start = before;
        }
        // "Castration-resistant": the word says what kind the next one is.
        let joined = |k: usize| words.get(k).is_some_and(|next| matches!(next.norm.as_str(), "-" | "‐" | "‑"));
        let next = words.get(at + 1 + usize::from(joined(at + 1))).map_or("", |next| next.norm.as_str());
        let narrows =
            matches!(next, "resistant" | "refractory" | "naive" | "sensitive" | "dependent" | "free" | "related");
        // "Allergies: penicillin" opens a list.
        let opens = start == at && word.norm == "allergy";
        if general && start == at || narrows || opens || TELLING.contains(&word.norm.as_str()) {
            continue;
        }
        out.entry(start).or_insert(Named::plain(start..at + 1, None, domain));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::Terminology;

    fn check(text: &str, wanted: &[&str]) {
        let terminology = Layered::plain(Terminology::builtin());
        let found: Vec<String> = named(text, &words(text), &terminology)
            .into_iter()
            .map(|named| named.concept.map_or_else(|| format!("{} words", named.words.len()), |id| id.to_string()))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn short_forms_and_heads() {
        check(
            "HTN and CAD s/p CABG",
            &["condition:hypertension", "condition:coronary_artery_disease", "procedure:coronary_artery_bypass_graft"],
        );
        check("lupus nephritis", &["condition:lupus_nephritis"]);
        check("the pe teacher", &[]);
        check("a pulsatile lesion", &["2 words"]);
        check("metastatic castration-resistant prostate cancer", &["condition:prostate_cancer"]);
        check("Allergies", &[]);
        check("no stroke except a TIA", &["condition:stroke", "condition:tia"]);
    }

    #[test]
    fn every_short_form_has_a_meaning_and_a_source() {
        for (number, line) in include_str!("../data/short_forms.tsv").lines().enumerate().skip(1) {
            assert_eq!(line.split('\t').filter(|cell| !cell.is_empty()).count(), 3, "line {}", number + 1);
        }
    }
}
