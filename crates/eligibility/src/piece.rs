//! A criterion's words turned into pieces: what is named, compared, dated, joined, and what was not read.
//!
//! ```text
//! words + mentions + comparisons + windows + grades + phrases  ->  [Piece] in text order, none overlapping
//! ```

use crate::lexicon::{Class, Lexicon, is_joint};
use crate::research;
use std::ops::Range;
use std::rc::Rc;
use trialway_criteria::compare::Comparison;
use trialway_criteria::count::Count;
use trialway_criteria::window::Window;
use trialway_criteria::{Numbers, may_be_number};
use trialway_terminology::scale::{Grade, grades_in};
use trialway_terminology::{ConceptId, Domain, Mention, Terminology, Word, WordKind, words};

/// What a piece is; small, and cheap to copy, as lowering passes pieces on from stage to stage.
#[derive(Clone, Debug)]
pub enum PieceKind {
    /// One or more concepts named by the same words.
    Mention(Rc<[ConceptId]>),
    /// A comparison with a limit; a range is two.
    Comparison(Rc<[Comparison]>),
    /// A time window or duration.
    Window(Rc<Window>),
    /// A class, grade or stage.
    Grade(Rc<Grade>),
    /// A count ("two or more").
    Count(Rc<Count>),
    /// A phrase of the lexicon.
    Phrase(Class, &'static str),
    /// `and`, `&`, `as well as`.
    And,
    /// `or`, `and/or`.
    Or,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// End of a sentence.
    Stop,
    /// `:`
    Colon,
    /// `(`, `[`
    Open,
    /// `)`, `]`
    Close,
    /// `if`, `when`, `provided that`
    If,
    /// A word or sign that was not read.
    Word,
    /// A sign that says nothing by itself.
    Blank,
}

/// Almost every comparison is with a kind that has no content, and is settled without a call.
impl PartialEq for PieceKind {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && (other.is_bare() || self.has_content_of(other))
    }
}

impl PieceKind {
    /// Whether the kind says all.
    #[inline]
    fn is_bare(&self) -> bool {
        !matches!(
            self,
            PieceKind::Mention(_)
                | PieceKind::Comparison(_)
                | PieceKind::Window(_)
                | PieceKind::Grade(_)
                | PieceKind::Count(_)
                | PieceKind::Phrase(..)
        )
    }

    fn has_content_of(&self, other: &Self) -> bool {
        match (self, other) {
            (PieceKind::Mention(a), PieceKind::Mention(b)) => a == b,
            (PieceKind::Comparison(a), PieceKind::Comparison(b)) => a == b,
            (PieceKind::Window(a), PieceKind::Window(b)) => a == b,
            (PieceKind::Grade(a), PieceKind::Grade(b)) => a == b,
            (PieceKind::Count(a), PieceKind::Count(b)) => a == b,
            (PieceKind::Phrase(a, x), PieceKind::Phrase(b, y)) => a == b && x == y,
            _ => false,
        }
    }
}

/// One piece of a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Bytes of the criterion's own text.
    pub range: Range<usize>,
}

struct Claim {
    words: Range<usize>,
    kind: PieceKind,
    rank: u8,
}

/// A text's pieces and the concepts that it names.
pub struct Scanned {
    /// The pieces, in order; together they cover every word.
    pub pieces: Vec<Piece>,
    /// The concepts named, in order.
    pub mentions: Vec<Mention>,
    /// The words, without those that only join.
    pub words: Vec<Word>,
}

/// The pieces and mentions of `text`.
pub fn scan(text: &str, terminology: &Terminology) -> Scanned {
    let mut words: Vec<Word> = words(text);
    let mentions = terminology.mentions_in(text, &words);
    let grades = grades_in(terminology, &words, &mentions);
    words.retain(|word| !is_joint(word.kind, &word.norm));
    let mut claims = Vec::with_capacity(words.len());
    claim_numbers(text, &words, grades, &mut claims);
    // "phosphodiesterase-4 inhibitors": a number in the middle of a name counts nothing.
    claims.retain(|claim| {
        !matches!(claim.kind, PieceKind::Count(_))
            || !mentions.iter().any(|mention| {
                let named = covered(&words, &mention.range);
                named.start < claim.words.start && named.end >= claim.words.end
            })
    });
    claim_mentions(&words, &mentions, &mut claims);
    claim_phrases(&words, &mut claims);
    let mut pieces = settle(text, &words, claims);
    silence_tails(text, &mut pieces, terminology);
    silence_numbering(text, &mut pieces);
    join_limits(text, &mut pieces);
    settle_contents(text, &mut pieces);
    narrow_use(text, &mut pieces);
    Scanned { pieces, mentions, words }
}

/// "ritonavir-containing products", "products containing ritonavir": the medicine contained is what is spoken of. "Vaccines
/// containing thimerosal": what is contained narrows. All else that contains something stays a hazard.
fn settle_contents(text: &str, pieces: &mut [Piece]) {
    const PRODUCTS: [&str; 18] = [
        "product",
        "products",
        "medication",
        "medications",
        "medicine",
        "medicines",
        "drug",
        "drugs",
        "agent",
        "agents",
        "preparation",
        "preparations",
        "formulation",
        "formulations",
        "regimen",
        "regimens",
        "therapy",
        "therapies",
    ];
    let said = |piece: &Piece| text.get(piece.range.clone()).unwrap_or_default();
    let is_product = |piece: &Piece| {
        matches!(piece.kind, PieceKind::Word | PieceKind::Phrase(Class::Filler | Class::Therapy, _))
            && PRODUCTS.iter().any(|known| said(piece).eq_ignore_ascii_case(known))
    };
    let drug = |piece: &Piece| match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.first().filter(|id| concepts.len() == 1 && id.domain() == Some(Domain::Drug)).cloned()
        }
        _ => None,
    };
    for at in 1..pieces.len().saturating_sub(1) {
        let contains = pieces.get(at).is_some_and(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Hazard, _)) && said(piece).eq_ignore_ascii_case("containing")
        });
        if !contains {
            continue;
        }
        let signed = at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(|piece| said(piece) == "-");
        let at_before = at.saturating_sub(1 + usize::from(signed));
        let (Some(before), Some(here), Some(behind)) = (pieces.get(at_before), pieces.get(at), pieces.get(at + 1))
        else {
            continue;
        };
        let hyphen = text.get(before.range.end..here.range.start).is_some_and(|gap| gap.trim() == "-");
        let silent: &[usize] = if hyphen && drug(before).is_some() && is_product(behind) {
            &[at, at + 1]
        } else if drug(behind).is_some() && !hyphen && is_product(before) {
            &[at_before, at]
        } else if drug(before).is_some() && drug(behind).is_some() && !hyphen {
            let end = behind.range.end;
            if let Some(here) = pieces.get_mut(at) {
                here.kind = PieceKind::Phrase(Class::Narrowing, "");
                here.range.end = end;
            }
            if let Some(behind) = pieces.get_mut(at + 1) {
                behind.kind = PieceKind::Blank;
                behind.range.start = end;
            }
            continue;
        } else {
            continue;
        };
        for at in silent {
            if let Some(piece) = pieces.get_mut(*at) {
                piece.kind = PieceKind::Blank;
            }
        }
    }
}

/// "chronic use of anticoagulants": how it is used. "Previously treated melanoma": what was done about it.
fn narrow_use(text: &str, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let before = at.checked_sub(2).and_then(|before| pieces.get(before)).map_or(0..0, |piece| piece.range.clone());
        let Ok([here, behind]) = pieces.get_disjoint_mut([at - 1, at]) else { continue };
        let treated = text.get(here.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("treated"))
            && text.get(before).is_some_and(|word| word.to_ascii_lowercase().ends_with("previously"));
        if let (true, PieceKind::Mention(ids)) = (treated, &behind.kind)
            && ids.iter().all(|id| id.domain() == Some(Domain::Condition))
        {
            here.kind = PieceKind::Phrase(Class::Narrowing, "");
            continue;
        }
        let is = |piece: &Piece, list: &[&str]| {
            text.get(piece.range.clone()).is_some_and(|words| {
                let first = words.split(' ').next().unwrap_or_default();
                list.iter().any(|known| first.eq_ignore_ascii_case(known))
            })
        };
        if here.kind == PieceKind::Word
            && matches!(behind.kind, PieceKind::Phrase(..))
            && is(here, &["chronic", "regular", "daily", "routine", "habitual"])
            && is(behind, &["use", "treatment", "therapy"])
        {
            here.kind = PieceKind::Phrase(Class::Narrowing, "");
        }
    }
}

/// "≥ 18 but ≤ 75 years": two limits of the same thing.
fn join_limits(text: &str, pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        let Ok([before, here, behind]) = pieces.get_disjoint_mut([at - 1, at, at + 1]) else { continue };
        let limits = |piece: &Piece| matches!(piece.kind, PieceKind::Comparison(_));
        let but = here.kind == PieceKind::Word && text.get(here.range.clone()) == Some("but");
        if but && limits(before) && limits(behind) {
            here.kind = PieceKind::And;
        }
    }
}

/// "i) eGFR > 25, ii) UACR > 30": numerals before a bracket that was never opened only number what follows.
fn silence_numbering(text: &str, pieces: &mut [Piece]) {
    const NUMERALS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "e", "f"];
    // "3 Major surgery within 4 weeks": the number of the item.
    if let [first, second, ..] = pieces
        && first.kind == PieceKind::Word
        && !matches!(
            second.kind,
            PieceKind::Word | PieceKind::Or | PieceKind::And | PieceKind::Comma | PieceKind::Comparison(_)
        )
    {
        let digits = text.get(first.range.clone()).unwrap_or_default();
        let capital =
            text.get(second.range.clone()).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
        let apart = text.get(first.range.end..second.range.start).is_some_and(|gap| gap == " ");
        if digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()) && capital && apart {
            first.kind = PieceKind::Blank;
        }
    }
    let mut depth = 0_usize;
    for at in 0..pieces.len() {
        match pieces.get(at).map(|piece| &piece.kind) {
            Some(PieceKind::Open) => depth += 1,
            Some(PieceKind::Close) if depth > 0 => depth -= 1,
            Some(PieceKind::Close) => {
                let Some(before) = at.checked_sub(1) else { continue };
                let Ok([numeral, close]) = pieces.get_disjoint_mut([before, at]) else { continue };
                let word = text.get(numeral.range.clone()).unwrap_or_default();
                let numbers = NUMERALS.iter().any(|known| word.eq_ignore_ascii_case(known))
                    || word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
                if numeral.kind == PieceKind::Word && numeral.range.end == close.range.start && numbers {
                    numeral.kind = PieceKind::Blank;
                    close.kind = PieceKind::Blank;
                }
            }
            _ => {}
        }
    }
}

/// Words beside a name that only say what kind of thing it names ("insulin therapy", "asthma disease"); none of what is measured.
pub(crate) fn kinds_of(domain: Domain) -> &'static [&'static str] {
    const TREATMENTS: [&str; 15] = [
        "therapy",
        "therapies",
        "treatment",
        "treatments",
        "use",
        "usage",
        "medication",
        "medications",
        "agent",
        "agents",
        "drug",
        "drugs",
        "products",
        "intake",
        "administration",
    ];
    const DISEASES: [&str; 9] = [
        "disease",
        "diseases",
        "disorder",
        "disorders",
        "illness",
        "illnesses",
        "condition",
        "conditions",
        "diagnosis",
    ];
    match domain {
        Domain::Drug | Domain::Procedure => &TREATMENTS,
        Domain::Condition => &DISEASES,
        Domain::Observation | Domain::State => &[],
    }
}

/// "insulin therapy", "isotretinoin use", "asthma diagnosis": a word behind a name that only says what kind of thing it names.
fn silence_tails(text: &str, pieces: &mut [Piece], terminology: &Terminology) {
    const NUMBERED: [&str; 9] = ["visit", "day", "week", "cycle", "part", "cohort", "arm", "phase", "version"];
    for at in 1..pieces.len() {
        let Ok([before, here]) = pieces.get_disjoint_mut([at - 1, at]) else { continue };
        // "at visit 2": the number only says which.
        let number = here.kind == PieceKind::Word
            && text.get(here.range.clone()).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
        if number
            && matches!(before.kind, PieceKind::Phrase(Class::Filler | Class::Anchor, _) | PieceKind::Window(_))
            && text.get(before.range.clone()).is_some_and(|words| {
                let last = words.rsplit(' ').next().unwrap_or_default();
                NUMBERED.iter().any(|known| last.eq_ignore_ascii_case(known))
            })
        {
            here.kind = PieceKind::Blank;
        }
        // "less than 30 days ago"
        if here.kind == PieceKind::Word
            && matches!(before.kind, PieceKind::Window(_))
            && text.get(here.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("ago"))
        {
            here.kind = PieceKind::Blank;
        }
        // "Parkinson's disease": the name with the word that says what it is.
        let any_disease = |ids: &[ConceptId]| matches!(ids, [id] if id.as_str() == "condition:disease");
        if let (PieceKind::Mention(name), PieceKind::Mention(kind)) = (&before.kind, &here.kind)
            && any_disease(kind)
            && !any_disease(name)
            && name.iter().all(|id| id.domain() == Some(Domain::Condition))
            && text.get(before.range.end..here.range.start) == Some(" ")
        {
            here.kind = PieceKind::Blank;
            continue;
        }
        let (PieceKind::Mention(concepts), PieceKind::Word) = (&before.kind, &here.kind) else { continue };
        let word = text.get(here.range.clone()).unwrap_or_default();
        let named = concepts.first().filter(|id| terminology.has(id));
        let tails: &[&str] = match named.and_then(ConceptId::domain) {
            Some(domain) => kinds_of(domain),
            None => continue,
        };
        if tails.iter().any(|tail| word.eq_ignore_ascii_case(tail)) {
            here.kind = PieceKind::Blank;
        }
    }
}

fn claim_numbers(text: &str, words: &[Word], grades: Vec<Grade>, claims: &mut Vec<Claim>) {
    let numbers =
        if words.iter().any(|word| may_be_number(&word.norm)) { Numbers::read(text) } else { Numbers::default() };
    for same in numbers.comparisons.chunk_by(|a, b| a.range == b.range) {
        let Some(first) = same.first() else { continue };
        let range = covered(words, &first.range);
        claims.push(Claim { words: range, kind: PieceKind::Comparison(same.into()), rank: 2 });
    }
    for window in numbers.windows {
        let range = covered(words, &window.range);
        claims.push(Claim { words: range, kind: PieceKind::Window(Rc::new(window)), rank: 3 });
    }
    for count in numbers.counts {
        let range = covered(words, &count.range);
        claims.push(Claim { words: range, kind: PieceKind::Count(Rc::new(count)), rank: 5 });
    }
    for grade in grades {
        let range = covered(words, &grade.range);
        claims.push(Claim { words: range, kind: PieceKind::Grade(Rc::new(grade)), rank: 4 });
    }
}

fn claim_mentions(words: &[Word], mentions: &[Mention], claims: &mut Vec<Claim>) {
    for same in mentions.chunk_by(|a, b| a.range == b.range) {
        let Some(first) = same.first() else { continue };
        let concepts = same.iter().map(|mention| mention.concept.clone()).collect();
        claims.push(Claim { words: covered(words, &first.range), kind: PieceKind::Mention(concepts), rank: 1 });
    }
}

fn claim_phrases(words: &[Word], claims: &mut Vec<Claim>) {
    let lexicon = Lexicon::builtin();
    for at in 0..words.len() {
        if let Some((n, other)) = research::taking_part(words.get(at..).unwrap_or_default()) {
            let kind = PieceKind::Phrase(Class::Participation, if other { "other" } else { "" });
            // Before the count that "any" is elsewhere.
            claims.push(Claim { words: at..at + n, kind, rank: 5 });
        }
        lexicon.phrases_at(words.get(at..).unwrap_or_default(), |phrase| {
            let rank = if phrase.class == Class::Filler { 0 } else { 1 };
            let kind = PieceKind::Phrase(phrase.class, phrase.value);
            claims.push(Claim { words: at..at + phrase.n_words, kind, rank });
        });
    }
}

/// Which words a byte range covers.
fn covered(words: &[Word], range: &Range<usize>) -> Range<usize> {
    let start = words.partition_point(|word| word.range.end <= range.start);
    let end = words.partition_point(|word| word.range.start < range.end);
    start..end.max(start)
}

/// Chooses among overlapping claims: numbers before names, longer before shorter, earlier before later.
fn settle(text: &str, words: &[Word], mut claims: Vec<Claim>) -> Vec<Piece> {
    claims.retain(|claim| !claim.words.is_empty());
    claims.sort_by_key(|claim| {
        (claim.rank < 2, std::cmp::Reverse(claim.words.len()), std::cmp::Reverse(claim.rank), claim.words.start)
    });
    let mut taken: Vec<Option<usize>> = vec![None; words.len()];
    let mut chosen: Vec<Claim> = Vec::with_capacity(claims.len());
    for claim in claims {
        let free = taken.get(claim.words.clone()).is_some_and(|slots| slots.iter().all(Option::is_none));
        if free {
            for slot in taken.iter_mut().take(claim.words.end).skip(claim.words.start) {
                *slot = Some(chosen.len());
            }
            chosen.push(claim);
        }
    }
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some(claim) = taken.get(at).copied().flatten().and_then(|index| chosen.get_mut(index)) {
            let end = words.get(claim.words.end.saturating_sub(1)).map_or(word.range.end, |last| last.range.end);
            let kind = std::mem::replace(&mut claim.kind, PieceKind::Blank);
            out.push(Piece { kind, range: word.range.start..end });
            at = claim.words.end.max(at + 1);
        } else {
            out.push(Piece { kind: plain(text, words, at), range: word.range.clone() });
            at += 1;
        }
    }
    out
}

/// What an unclaimed word is.
fn plain(text: &str, words: &[Word], at: usize) -> PieceKind {
    let Some(word) = words.get(at) else { return PieceKind::Word };
    match (word.kind, word.norm.as_str()) {
        (_, "and" | "&" | "plus") => PieceKind::And,
        (_, "or" | "/") => PieceKind::Or,
        (_, "if" | "when" | "provided") => PieceKind::If,
        (WordKind::Symbol, "," | "，" | "、") => PieceKind::Comma,
        (WordKind::Symbol, ";" | "；") => PieceKind::Semicolon,
        (WordKind::Symbol, ":" | "：") => PieceKind::Colon,
        (WordKind::Symbol, "(" | "[" | "（") => PieceKind::Open,
        (WordKind::Symbol, ")" | "]" | "）") => PieceKind::Close,
        (WordKind::Symbol, "." | "。") => {
            let next = words.get(at + 1);
            let starts_sentence = next.is_none_or(|next| {
                text.get(next.range.clone())
                    .and_then(|t| t.chars().next())
                    .is_some_and(|c| c.is_uppercase() || c == '(')
            });
            if starts_sentence { PieceKind::Stop } else { PieceKind::Blank }
        }
        // "? Grade 2": a sign that was lost; what it was may turn what follows.
        // "> NCI grade": a sign without its number.
        (WordKind::Symbol, "<" | ">" | "≤" | "≥" | "=") => PieceKind::Word,
        (WordKind::Symbol, "?") if words.get(at + 1).is_some() => PieceKind::Phrase(Class::Hazard, ""),
        (WordKind::Symbol, _) => PieceKind::Blank,
        _ => PieceKind::Word,
    }
}
