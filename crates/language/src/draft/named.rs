//! Names looked up in texts by their words: "herniated disk" is named by "herniation of the disc".

use super::texts::norm;
use std::cell::OnceCell;
use trialway_terminology::Terminology;
use trialway_terminology::wording::plain as body_part;

/// A text cut into sentences and words, so that a name is found without reading it all again.
///
/// **Shape**: `words` are ordered by what they are compared by; each knows its sentence.
pub(super) struct Words<'t> {
    words: Vec<(&'t str, u32)>,
}

impl<'t> Words<'t> {
    /// **Shape**: `texts` are in the form of [`norm`]; each is a sentence of its own at least.
    pub fn of(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut words = Vec::new();
        for (sentence, part) in (0..).zip(texts.flat_map(sentences)) {
            words.extend(letters(part).map(|word| (canonical(word), sentence)));
        }
        words.sort_unstable();
        words.dedup();
        Words { words }
    }

    /// Whether a sentence has that share of the words of a form, in thirds.
    fn has(&self, form: &[String], thirds: usize) -> bool {
        let wanted = (form.len() * thirds).div_ceil(3).max(1);
        let mut found: Vec<(u32, usize)> = Vec::new();
        let mut missed = 0;
        for word in form {
            let mut any = false;
            let mut last = None;
            for (sentence, _) in self.like(word).map(|(_, sentence)| (*sentence, ())) {
                any = true;
                if last.replace(sentence) == Some(sentence) {
                    continue;
                }
                match found.iter_mut().find(|(known, _)| *known == sentence) {
                    Some((_, n)) => *n += 1,
                    None => found.push((sentence, 1)),
                }
            }
            missed += usize::from(!any);
            if missed + wanted > form.len() {
                return false;
            }
        }
        found.iter().any(|(_, n)| *n >= wanted)
    }

    /// The words that are forms of this one, those of one sentence not always side by side.
    fn like(&self, word: &str) -> impl Iterator<Item = &(&'t str, u32)> {
        // Forms of a word begin alike.
        let head = word.get(..3.min(word.len())).unwrap_or(word).to_owned();
        let from = self.words.partition_point(|(other, _)| *other < head.as_str());
        let word = word.to_owned();
        let rest = self.words.get(from..).unwrap_or_default();
        let mut near: Vec<&(&str, u32)> = rest
            .iter()
            .take_while(|(other, _)| other.starts_with(&head))
            .filter(|(other, _)| alike(&word, other))
            .collect();
        near.sort_unstable_by_key(|(_, sentence)| *sentence);
        near.into_iter()
    }
}

/// A name with what else it is called.
pub(super) struct Named<'t> {
    name: String,
    terminology: &'t Terminology,
    own: Vec<Vec<String>>,
    others: OnceCell<Vec<Vec<String>>>,
}

impl<'t> Named<'t> {
    pub fn new(name: &str, terminology: &'t Terminology) -> Self {
        // "Irritable Bowel Syndrome (IBS)": either is a name.
        let mut parts: Vec<&str> = name.split(['(', ')', ';']).map(str::trim).collect();
        parts.retain(|part| !part.is_empty());
        let mut own: Vec<Vec<String>> = parts.into_iter().map(key_words).collect();
        own.extend(initials(name).map(|letters| vec![letters]));
        own.retain(|form| !form.is_empty());
        Named { name: name.to_owned(), terminology, own, others: OnceCell::new() }
    }

    /// Other names by the vocabulary.
    fn others(&self) -> &[Vec<String>] {
        self.others.get_or_init(|| {
            let concept = self.terminology.named_by(&self.name).and_then(|id| self.terminology.concept(&id));
            let Some(concept) = concept else { return Vec::new() };
            let names = [&concept.name, &concept.lay_name].into_iter().chain(&concept.synonyms);
            let mut forms: Vec<Vec<String>> = names.map(|name| key_words(name)).collect();
            forms.extend(initials(&concept.name).map(|letters| vec![letters]));
            forms.retain(|form| !form.is_empty());
            forms.dedup();
            forms
        })
    }

    /// Whether one sentence names it.
    pub fn is_in(&self, words: &Words) -> bool {
        self.own.iter().any(|form| words.has(form, 3)) || self.others().iter().any(|form| words.has(form, 3))
    }

    /// Whether one sentence has two thirds of its words: a list of conditions says "lumbar disc herniation" where a criterion
    /// says "disc herniation at L4".
    pub fn is_nearly_in(&self, words: &Words) -> bool {
        self.own.iter().any(|form| words.has(form, 2)) || self.others().iter().any(|form| words.has(form, 2))
    }

    pub fn is_in_text(&self, text: &str) -> bool {
        self.is_in(&Words::of([text].into_iter()))
    }

    pub fn is_nearly_in_text(&self, text: &str) -> bool {
        self.is_nearly_in(&Words::of([text].into_iter()))
    }

    /// Whether a text speaks of people who have it: "adults with …", "… patients".
    pub fn is_of_people(&self, text: &str) -> bool {
        const PEOPLE: [&str; 21] = [
            "patients",
            "people",
            "subjects",
            "participants",
            "individuals",
            "adults",
            "children",
            "women",
            "men",
            "persons",
            "survivors",
            "veterans",
            "adolescents",
            "patient",
            "youth",
            "adult",
            "those",
            "teens",
            "inpatients",
            "outpatients",
            "who",
        ];
        const HAVE: [&str; 5] = ["with", "have", "having", "diagnosed", "suffering"];
        sentences(text).any(|sentence| {
            let words: Vec<&str> = letters(sentence).collect();
            words.iter().enumerate().any(|(at, word)| {
                if !PEOPLE.contains(word) {
                    return false;
                }
                let behind: Vec<&str> = words.iter().skip(at + 1).take(14).copied().collect();
                let with = behind.iter().take(5).position(|word| HAVE.contains(word));
                let after = with.is_some_and(|with| behind.get(with..).is_some_and(|part| self.is_among(part)))
                    && !behind.contains(&"risk");
                let before = matches!(*word, "patients" | "survivors" | "subjects")
                    && words.get(at.saturating_sub(6)..at).is_some_and(|part| {
                        let apart = part.iter().rposition(|word| matches!(*word, "in" | "of" | "for" | "risk"));
                        part.get(apart.map_or(0, |at| at + 1)..).is_some_and(|part| self.is_among(part))
                    });
                after || before
            })
        })
    }

    fn is_among(&self, words: &[&str]) -> bool {
        !words.is_empty() && self.is_in_text(&words.join(" "))
    }
}

/// A text's sentences, roughly.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '\n', '?', '!', ';']).filter(|part| !part.is_empty())
}

/// A text's words.
pub(super) fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a name that tell it from others; all of them where none does.
pub(super) fn key_words(name: &str) -> Vec<String> {
    const SMALL: [&str; 15] =
        ["of", "the", "in", "and", "with", "to", "due", "or", "a", "an", "by", "for", "on", "other", "as"];
    const GENERIC: [&str; 18] = [
        "disease",
        "diseases",
        "disorder",
        "disorders",
        "syndrome",
        "condition",
        "conditions",
        "unspecified",
        "nos",
        "adult",
        "childhood",
        "stage",
        "type",
        "infection",
        "infections",
        "acute",
        "chronic",
        "primary",
    ];
    let text = norm(name);
    let words: Vec<&str> = letters(&text).filter(|word| !SMALL.contains(word)).collect();
    let own: Vec<&str> = words.iter().filter(|word| !GENERIC.contains(word)).copied().collect();
    let kept = if own.is_empty() { words } else { own };
    kept.into_iter().map(|word| canonical(word).to_owned()).collect()
}

/// The first letters of a name of three words or more, in lower case.
pub(super) fn initials(name: &str) -> Option<String> {
    let text = norm(name);
    let words = letters(&text).filter(|word| !matches!(*word, "of" | "and" | "the" | "in"));
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    (letters.chars().count() >= 3).then_some(letters)
}

/// One word for those that registries use one for the other.
fn canonical(word: &str) -> &str {
    match word {
        "cancer" | "cancers" | "neoplasm" | "neoplasms" | "tumor" | "tumors" | "tumour" | "tumours" | "carcinoma"
        | "carcinomas" | "malignancy" | "malignancies" | "malignant" => "cancer",
        "disc" | "discs" | "disks" => "disk",
        "leukaemia" | "leukaemias" | "leukemias" => "leukemia",
        "haemophilia" => "hemophilia",
        "anaemia" => "anemia",
        word => body_part(word),
    }
}

/// Whether two words, each in its canonical form, are forms of one: "herniated" and "herniation", "pain" and "pains".
pub(super) fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.len() - shared, other.len() - shared);
    a.min(b) == 0 && a.max(b) <= 3 && shared >= 3 || shared >= 5 && a.max(b) <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(name: &str, text: &str) -> bool {
        Named::new(name, Terminology::builtin()).is_in_text(&norm(text))
    }

    #[test]
    fn a_name_is_found_in_other_forms_of_its_words() {
        assert!(is_in("Herniated Disk", "Lumbar disc herniation at L4"));
        assert!(is_in("Breast Neoplasms", "women with breast cancer"));
        assert!(is_in("Post-Traumatic Stress Disorder", "PTSD for a year"));
        assert!(is_in("Halvitis Bowel Syndrome (HBS)", "HBS for a year"));
        assert!(is_in("NSCLC", "non-small cell lung cancer"));
        assert!(!is_in("Lung Cancer", "Lung fibrosis. Breast cancer."), "one sentence names it");
        assert!(!is_in("Heart Failure", "hearing failure"));
        let words = norm("disc herniation at L4");
        let words = Words::of([words.as_str()].into_iter());
        assert!(Named::new("Lumbar Disc Herniation", Terminology::builtin()).is_nearly_in(&words));
        assert!(!Named::new("Intervertebral Disc Displacement", Terminology::builtin()).is_nearly_in(&words));
    }

    #[test]
    fn people_with_it_are_told_from_people_at_risk_of_it() {
        let gout = Named::new("Gout", Terminology::builtin());
        assert!(gout.is_of_people(&norm("A cream in adult patients with severe gout")));
        assert!(gout.is_of_people(&norm("Sleep of gout patients")));
        assert!(!gout.is_of_people(&norm("A cream in adults with a high risk of gout")));
        assert!(!gout.is_of_people(&norm("Can a cream prevent gout?")));
    }
}
