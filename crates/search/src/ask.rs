//! The words of a search as a query: names, phrases, beginnings, spellings and other languages told apart.
//!
//! ```text
//! text -> "phrases", begin*, rest -> unknown words in their likeliest spelling -> names and lay phrases, longest first
//!      -> parts: own words | other names | kinds | class                       -> clauses with what to say of a hit
//! ```

use crate::index::Search;
use crate::lay::{Sense, Tongue, is_spanish, lay};
use crate::lookup::Lookup;
use crate::node::Node;
use crate::query::How;
use crate::schema::TextField;
use crate::small_words;
use crate::spell::vocabulary;
use crate::tokens::{Asked, asked, folded, is_unspaced};
use crate::{Results, SearchError};
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::{PhraseQuery, TermQuery};
use tantivy::schema::{Facet, Field, IndexRecordOption};
use trialway_study::NctId;
use trialway_terminology::{ConceptId, Domain, Terminology};

/// Weights of the ways in which a concept can be found, beside the fields' weights of words.
const ABOUT: f32 = 5.0;
const KIND: f32 = 2.2;
const TOUCHES: f32 = 1.4;
const CLASS: f32 = 0.5;
/// The weight of words that only mean the same.
const OTHER_WORDS: f32 = 0.6;
/// What an age group is worth.
const AGE: f32 = 1.0;
/// How much the other fields count beside the best one.
const TIE: f32 = 0.2;

/// Parts of a search that are looked at.
const MOST_PARTS: usize = 14;

/// Words that begin with given letters: so many are searched.
const MOST_BEGINNINGS: usize = 16;

/// The least length of letters before a `*`.
const SHORTEST_BEGINNING: usize = 2;

/// Words of a search in which a word in small letters may be an abbreviation.
const MOST_SHORT: usize = 3;

/// Other names that are told of.
const MOST_NAMES: usize = 12;

/// One term to look for in a hit, and what it says if it is there.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub term: Term,
    pub how: How,
    /// What is there: a name, or empty where the words themselves are.
    pub name: String,
    /// The concept, where the term is one.
    pub concept: Option<ConceptId>,
}

/// A part of a search.
pub(crate) struct Part {
    pub asked: String,
    pub clause: Node,
    pub evidence: Vec<Evidence>,
    pub weight: Weight,
}

/// How much a part says of what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A disease, a treatment, a phrase in quotes.
    Subject,
    /// Any other word.
    Word,
    /// Of whom it is asked: an age.
    Person,
}

/// A range of the text that names something.
struct Named {
    from: usize,
    to: usize,
    tongue: Tongue,
    senses: Vec<Sense>,
}

/// Reads one text.
pub(crate) struct Asking<'a> {
    pub search: &'a Search,
    pub lookup: &'a Lookup<'a>,
    pub results: &'a mut Results,
}

impl Asking<'_> {
    /// The parts of a text.
    pub fn parts(&mut self, text: &str) -> Result<Vec<Part>, SearchError> {
        if let Some(id) = asked(text).iter().find_map(|word| NctId::parse(&word.folded)) {
            let term = Term::from_field_text(self.search.fields.nct_id, &id.to_string());
            let clause = Node::Asked(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
            return Ok(vec![Part { asked: id.to_string(), clause, evidence: Vec::new(), weight: Weight::Subject }]);
        }
        let mut parts = Vec::new();
        // Every second piece stands between quotes; a quote without its pair is none.
        let plain = text.replace(['“', '”', '„', '«', '»'], "\"");
        let pieces: Vec<&str> = plain.split('"').collect();
        let n = pieces.len();
        for (at, piece) in pieces.into_iter().enumerate() {
            if at % 2 == 1 && at + 1 < n {
                parts.extend(self.phrase(piece));
            } else {
                self.free(piece, &mut parts)?;
            }
        }
        parts.truncate(MOST_PARTS);
        Ok(parts)
    }

    fn in_any_field(&self, clause: impl Fn(Field) -> Node) -> Node {
        let fields = self.search.fields.text.iter();
        Node::Best(fields.map(|text| clause(text.field).times(text.weight)).collect(), TIE)
    }

    fn word(&self, stem: &str) -> Node {
        self.in_any_field(|field| Node::Term(Term::from_field_text(field, stem)))
    }

    /// The fields in which the name of a disease or a treatment says that the study is about it; elsewhere it may be what rules
    /// out, or part of a hospital's name.
    fn telling(&self) -> impl Iterator<Item = &TextField> {
        self.search.fields.text.iter().filter(|text| !matches!(text.label, "who cannot join" | "sponsor" | "place"))
    }

    /// Every one of some words of a name, each in a telling field.
    fn name_words(&self, stems: &[String]) -> Node {
        let of = |stem: &String| {
            let each =
                self.telling().map(|text| Node::Term(Term::from_field_text(text.field, stem)).times(text.weight));
            Node::Best(each.collect(), TIE)
        };
        match stems {
            [one] => of(one),
            several => Node::All(several.iter().map(of).collect()),
        }
    }

    fn name_evidence(&self, stem: &str, how: How, name: &str) -> Vec<Evidence> {
        let of =
            |field| Evidence { term: Term::from_field_text(field, stem), how, name: name.to_owned(), concept: None };
        self.telling().map(|text| of(text.field)).collect()
    }

    fn evidence(&self, stem: &str, how: How, name: &str) -> Vec<Evidence> {
        let fields = self.search.fields.text.iter();
        let of =
            |field| Evidence { term: Term::from_field_text(field, stem), how, name: name.to_owned(), concept: None };
        fields.map(|text| of(text.field)).collect()
    }

    /// Words as they stand.
    fn phrase(&self, text: &str) -> Option<Part> {
        let words = asked(text);
        let clause = match words.as_slice() {
            [] => return None,
            [word] => self.word(&word.stem),
            several => self.in_any_field(|field| {
                let terms = several.iter().map(|word| Term::from_field_text(field, &word.stem)).collect();
                Node::Asked(Box::new(PhraseQuery::new(terms)))
            }),
        };
        let evidence = words.iter().flat_map(|word| self.evidence(&word.stem, How::Words, "")).collect();
        Some(Part { asked: text.trim().to_owned(), clause, evidence, weight: Weight::Subject })
    }

    /// Text without quotes.
    fn free(&mut self, text: &str, parts: &mut Vec<Part>) -> Result<(), SearchError> {
        let (text, written) = self.spelled(text)?;
        let words = asked(&text);
        let spanish = is_spanish(&text, &words);
        let mut named = self.named(&text, &words, spanish)?;
        let is_small = |word: &Asked| {
            small_words::is_english(&word.folded)
                || spanish && small_words::is_spanish(&word.folded)
                || text.get(word.from..word.to).is_some_and(small_words::is_chinese)
        };
        // "Medicine" and "illness" are names, too, and narrow nothing.
        named.retain(|one| {
            let mut inside = words.iter().filter(|word| word.from >= one.from && word.to <= one.to).peekable();
            let is_read = inside.peek().is_some();
            !(is_read && one.tongue != Tongue::Chinese && inside.all(is_small))
        });
        let has_subject = !named.is_empty() || words.iter().any(|word| !is_small(word));
        let mut ranges = named.into_iter().peekable();
        let mut passed = 0;
        for word in &words {
            if let Some(next) = ranges.next_if(|next| next.from <= word.from) {
                passed = next.to;
                let inside: Vec<&Asked> =
                    words.iter().filter(|one| one.from >= next.from && one.to <= next.to).collect();
                parts.push(self.name(&text, &next, &inside));
                continue;
            }
            if word.from < passed || has_subject && is_small(word) {
                continue;
            }
            let begins = text.get(word.to..).is_some_and(|rest| rest.starts_with('*'));
            if begins && word.folded.len() >= SHORTEST_BEGINNING {
                parts.extend(self.beginning(&word.folded)?);
                continue;
            }
            let is_bare = text.get(word.from..word.to).is_some_and(|word| word.chars().all(is_unspaced));
            if (is_bare || spanish) && !self.is_indexed(&word.stem)? {
                // No English record has it: it cannot be asked of one.
                self.results.left_out.push(text.get(word.from..word.to).unwrap_or_default().to_owned());
                continue;
            }
            let own = written.iter().find(|(_, meant)| meant.split(' ').any(|one| one == word.folded));
            let (how, shown) = own.map_or((How::Words, ""), |_| (How::Spelled, word.folded.as_str()));
            let label = own
                .map_or_else(|| text.get(word.from..word.to).unwrap_or_default().to_owned(), |(word, _)| word.clone());
            let evidence = self.evidence(&word.stem, how, shown);
            parts.push(Part { asked: label, clause: self.word(&word.stem), evidence, weight: Weight::Word });
        }
        for rest in ranges {
            let inside: Vec<&Asked> = words.iter().filter(|one| one.from >= rest.from && one.to <= rest.to).collect();
            parts.push(self.name(&text, &rest, &inside));
        }
        Ok(())
    }

    /// Whether a record has a word.
    fn is_indexed(&self, stem: &str) -> Result<bool, SearchError> {
        for text in &self.search.fields.text {
            if self.lookup.n_studies(&Term::from_field_text(text.field, stem))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The text with each word that neither a record nor the vocabulary has in its likeliest spelling, and those words.
    fn spelled(&mut self, text: &str) -> Result<(String, Vec<(String, String)>), SearchError> {
        let words = asked(text);
        let spanish = is_spanish(text, &words);
        let mut covered: Vec<(usize, usize)> = Vec::new();
        let mut out = String::new();
        let mut written = Vec::new();
        let mut at = 0;
        for word in &words {
            let is_plain = word.folded.len() >= 4 && word.folded.chars().all(|c| c.is_ascii_alphanumeric());
            let is_known = !is_plain
                || small_words::is_english(&word.folded)
                || text.get(word.to..).is_some_and(|rest| rest.starts_with('*'))
                || vocabulary(self.search.terminology).contains(&word.folded)
                || self.is_indexed(&word.stem)?;
            if is_known {
                continue;
            }
            if covered.is_empty() {
                let all = lay(self.search.terminology).meant(text, &words);
                covered = all.iter().map(|meant| (meant.from, meant.to)).collect();
                covered.extend(
                    self.search.terminology.mentions(text).into_iter().map(|one| (one.range.start, one.range.end)),
                );
                // So that it is asked once.
                covered.push((text.len(), text.len()));
            }
            let is_named = covered.iter().any(|(from, to)| *from <= word.from && word.to <= *to);
            if is_named || spanish && small_words::is_spanish(&word.folded) {
                continue;
            }
            let speller = self.search.speller()?;
            let own = word.folded.as_str();
            let cognate = || speller.cognate(own).map(str::to_owned);
            let meant = || speller.meant(own).map(str::to_owned);
            let apart = || speller.apart(own).map(|(a, b)| format!("{a} {b}"));
            let own_word = text.get(word.from..word.to).unwrap_or_default().to_owned();
            let related = if spanish { cognate() } else { None };
            let is_slip = related.is_none();
            let Some(found) = related.or_else(meant).or_else(apart).or_else(cognate) else { continue };
            out.push_str(text.get(at..word.from).unwrap_or_default());
            out.push_str(&found);
            at = word.to;
            // The same word in another language is no slip.
            if is_slip {
                self.results.respelled.push((own_word.clone(), found.clone()));
            } else {
                self.results.also_searched.push((own_word.clone(), vec![found.clone()]));
            }
            written.push((own_word, found));
        }
        out.push_str(text.get(at..).unwrap_or_default());
        Ok((out, written))
    }

    /// What a text names, longest first from the left, none over another.
    fn named(&self, text: &str, words: &[Asked], spanish: bool) -> Result<Vec<Named>, SearchError> {
        let terminology = self.search.terminology;
        let mut all: Vec<Named> = Vec::new();
        let mut add = |from: usize, to: usize, tongue: Tongue, senses: Vec<Sense>| match all
            .iter_mut()
            .find(|one| one.from == from && one.to == to && one.tongue == tongue)
        {
            Some(known) => known.senses.extend(senses),
            None => all.push(Named { from, to, tongue, senses }),
        };
        for mention in terminology.mentions(text) {
            add(mention.range.start, mention.range.end, Tongue::English, vec![Sense::Concept(mention.concept)]);
        }
        for word in words.iter().filter(|word| (2..=6).contains(&word.folded.len())) {
            // Abbreviations are typed in small letters, too; in a sentence these are words.
            let own = text.get(word.from..word.to).unwrap_or_default();
            if words.len() <= MOST_SHORT
                && !small_words::is_english(&word.folded)
                && let Some(id) = terminology.named_by(&own.to_uppercase())
            {
                add(word.from, word.to, Tongue::English, vec![Sense::Concept(id)]);
            }
        }
        for meant in lay(terminology).meant(text, words) {
            let inside = || words.iter().filter(|one| one.from >= meant.from && one.to <= meant.to);
            let is_taken = match meant.tongue {
                Tongue::English | Tongue::Chinese => true,
                Tongue::Spanish if spanish => true,
                Tongue::Spanish => {
                    let mut known = true;
                    for word in inside() {
                        known &= vocabulary(terminology).contains(&word.folded) || self.is_indexed(&word.stem)?;
                    }
                    !known
                }
            };
            if is_taken {
                add(meant.from, meant.to, meant.tongue, meant.senses.to_vec());
            }
        }
        for one in &mut all {
            let mut seen: Vec<Sense> = Vec::new();
            one.senses.retain(|sense| {
                let is_new = !seen.contains(sense);
                seen.push(sense.clone());
                is_new
            });
        }
        all.sort_by_key(|one| (one.from, std::cmp::Reverse(one.to), one.tongue));
        let mut at = 0;
        let mut out: Vec<Named> = Vec::new();
        for one in all {
            if one.from >= at {
                at = one.to;
                out.push(one);
            } else if let Some(last) = out.last_mut().filter(|last| last.from == one.from && last.to == one.to) {
                // The same words in two languages: both are meant, and they stay words of English.
                last.senses.extend(one.senses);
            }
        }
        Ok(out)
    }

    /// Something named: its own words, or another way to say it.
    fn name(&mut self, text: &str, named: &Named, words: &[&Asked]) -> Part {
        let own = text.get(named.from..named.to).unwrap_or_default().trim().to_owned();
        let mut either: Vec<Node> = Vec::new();
        let mut evidence: Vec<Evidence> = Vec::new();
        let stems: Vec<String> = words.iter().filter(|word| word.folded != "s").map(|word| word.stem.clone()).collect();
        if named.tongue == Tongue::English && !stems.is_empty() {
            either.push(self.name_words(&stems));
            if stems.len() == 1 {
                evidence.extend(stems.iter().flat_map(|stem| self.name_evidence(stem, How::Words, "")));
            }
        }
        let mut names: Vec<String> = Vec::new();
        for sense in &named.senses {
            match sense {
                Sense::Concept(id) => {
                    self.concept(id, &own, &stems, named.tongue, &mut either, &mut evidence, &mut names)
                }
                Sense::Words(other) => {
                    let stems: Vec<String> = crate::tokens::stems_of(other);
                    either.push(self.name_words(&stems).times(OTHER_WORDS));
                    evidence.extend(stems.iter().take(1).flat_map(|stem| self.name_evidence(stem, How::Name, other)));
                    names.push(other.clone());
                }
                Sense::Age(group) => {
                    let term = Term::from_facet(self.search.fields.facet, &Facet::from_path(["age", *group]));
                    either.push(Node::Flat(term.clone(), AGE));
                    evidence.push(Evidence { term, how: How::Age, name: String::new(), concept: None });
                }
            }
        }
        let mut seen = BTreeSet::from([folded(&own)]);
        names.retain(|name| seen.insert(folded(name)));
        names.truncate(MOST_NAMES);
        if !names.is_empty() {
            self.results.also_searched.push((own.clone(), names));
        }
        let is_subject = |sense: &Sense| match sense {
            Sense::Concept(id) => id.domain().is_some_and(|domain| domain != Domain::Observation),
            Sense::Words(_) | Sense::Age(_) => false,
        };
        let weight = if named.senses.iter().any(|sense| matches!(sense, Sense::Age(_))) {
            Weight::Person
        } else if named.senses.iter().any(is_subject) {
            Weight::Subject
        } else {
            Weight::Word
        };
        Part { asked: own, clause: Node::Best(either, TIE), evidence, weight }
    }

    #[expect(clippy::too_many_arguments, reason = "what a name adds to a part")]
    fn concept(
        &self,
        id: &ConceptId,
        own: &str,
        stems: &[String],
        tongue: Tongue,
        either: &mut Vec<Node>,
        evidence: &mut Vec<Evidence>,
        names: &mut Vec<String>,
    ) {
        let fields = &self.search.fields;
        let Some(concept) = self.search.terminology.concept(id) else { return };
        let plain = |name: &str| name.trim_start_matches('=').to_owned();
        let main = plain(&concept.name);
        let mut add = |field: Field, id: &ConceptId, weight: f32, how: How, name: String| {
            let term = Term::from_field_text(field, id.as_str());
            either.push(Node::Term(term.clone()).times(weight));
            evidence.push(Evidence { term, how, name, concept: Some(id.clone()) });
        };
        add(fields.about, id, ABOUT, How::Name, String::new());
        add(fields.touches, id, TOUCHES, How::Name, main.clone());
        add(fields.kinds, id, KIND, How::Kind, String::new());
        for parent in concept.is_a.iter().filter(|parent| is_class(parent, concept.domain)) {
            let name = self.search.terminology.concept(parent).map(|parent| parent.name.clone()).unwrap_or_default();
            add(fields.about, parent, CLASS, How::Class, name);
        }
        let main_stems = crate::tokens::stems_of(&main);
        let is_other = folded(&main) != folded(own) && main_stems != stems;
        if !main_stems.is_empty() && (tongue != Tongue::English || is_other) {
            either.push(self.name_words(&main_stems).times(OTHER_WORDS));
            evidence.extend(main_stems.iter().take(1).flat_map(|stem| self.name_evidence(stem, How::Name, &main)));
        }
        names.push(main);
        names.extend(concept.synonyms.iter().map(|name| plain(name)).filter(|name| name.chars().count() >= 3));
    }

    /// Words that begin with some letters.
    fn beginning(&self, letters: &str) -> Result<Option<Part>, SearchError> {
        let speller = self.search.speller()?;
        let mut stems: Vec<String> = Vec::new();
        for word in speller.beginning(letters, 4 * MOST_BEGINNINGS) {
            for stem in crate::tokens::stems_of(word) {
                if stems.len() < MOST_BEGINNINGS && !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
        }
        if stems.is_empty() {
            stems.push(letters.to_owned());
        }
        let evidence = stems.iter().flat_map(|stem| self.evidence(stem, How::Begins, "")).collect();
        let each = stems.iter().map(|stem| self.word(stem)).collect();
        Ok(Some(Part { asked: letters.to_owned(), clause: Node::Best(each, 0.0), evidence, weight: Weight::Word }))
    }
}

/// Whether a more general concept is a class of medicines that is worth looking for instead of its member.
fn is_class(id: &ConceptId, of: Domain) -> bool {
    of == Domain::Drug
        && id.as_str().starts_with("class:")
        && !matches!(id.as_str(), "class:medicine" | "class:anticancer_therapy" | "class:monoclonal_antibody")
}

/// The conditions that a text names, one after another: for "conditions that I do not have".
///
/// **Unknown**: parts between commas that name none are given back as they were written.
pub(crate) fn conditions(text: &str, terminology: &'static Terminology) -> (Vec<ConceptId>, Vec<String>) {
    let (mut out, mut unknown) = (Vec::new(), Vec::new());
    for part in text.split([',', ';', '\n', '，', '、']).map(str::trim).filter(|part| !part.is_empty()) {
        let mut found: Vec<ConceptId> = Vec::new();
        let mentions = terminology.mentions(part).into_iter().map(|mention| mention.concept);
        let upper = terminology.named_by(&part.to_uppercase());
        found.extend(mentions.chain(upper).filter(|id| id.as_str().starts_with("condition:")));
        if found.is_empty() {
            let words = asked(part);
            let mut meant = lay(terminology).meant(part, &words);
            // Only where the whole part is the phrase, and it means one thing.
            meant.retain(|meant| meant.from == 0 && meant.to == part.len() && meant.senses.len() == 1);
            found.extend(meant.iter().flat_map(|meant| meant.senses).filter_map(|sense| match sense {
                Sense::Concept(id) if id.as_str().starts_with("condition:") => Some(id.clone()),
                _ => None,
            }));
        }
        if found.is_empty() {
            unknown.push(part.to_owned());
        }
        out.extend(found);
    }
    out.sort();
    out.dedup();
    (out, unknown)
}
