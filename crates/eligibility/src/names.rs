//! Names that the vocabulary lacks, and words that narrow what it has.
//!
//! | written | pieces |
//! | --- | --- |
//! | `Ehlers-Danlos syndrome` | one mention, named by its words |
//! | `recurrent respiratory asthma` | `recurrent respiratory` narrows the mention of asthma |
//! | `asthma exacerbation` | `exacerbation` narrows it, too |
//! | `carcinoma of the tongue base` | `tongue base` narrows the carcinoma |
//! | `cancer screening` | left as it is: what is named is neither cancer nor known |
//!
//! A run of words is a name only when its last word says what kind of thing it is (`wording::Role::Head`). What no rule
//! covers stays a word that was not read.

use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;
use trialway_terminology::wording::{Role, is_nominal_with, role};
use trialway_terminology::{ConceptId, Domain, Word};

/// Names are at most this many pieces long.
const LONGEST: usize = 6;

/// How many pieces behind a name are looked at for what belongs to it.
const FURTHEST: usize = 100;

/// Turns runs of words that were not read into names and into words that narrow what stands beside them.
pub(crate) fn take(text: &str, words: &[Word], pieces: &mut Vec<Piece>) {
    if !pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Word | PieceKind::Mention(_))) {
        return;
    }
    let roles = words.iter().map(|_| OnceCell::new()).collect();
    let reader = Reader { text, words, roles };
    reader.deny(pieces);
    reader.silence_abbreviations(pieces);
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let n = match reader.run(pieces.get(at..).unwrap_or_default()) {
            Run::Plain(n) => {
                // Nothing looks back at them.
                let plain = pieces.iter_mut().skip(at).take(n);
                out.extend(plain.map(|piece| std::mem::replace(piece, Piece { kind: PieceKind::Blank, range: 0..0 })));
                at += n;
                continue;
            }
            Run::Name(n) => n,
        };
        let run = pieces.get(at..at + n).unwrap_or_default();
        let after = pieces.get(at + n..).unwrap_or_default();
        at += n + reader.settle(run, after, &mut out);
    }
    *pieces = out;
}

/// What begins at a piece.
enum Run {
    /// So many pieces that stay as they are.
    Plain(usize),
    /// So many that belong together, words among them, or one named thing alone.
    Name(usize),
}

struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Whether each word may stand in a name, and its part there, once asked for.
    roles: Vec<OnceCell<(bool, Option<Role>)>>,
}

impl Reader<'_> {
    /// "non-pregnant", "non-smoker": a state that is denied.
    fn deny(&self, pieces: &mut [Piece]) {
        for at in 1..pieces.len() {
            let Ok([before, here]) = pieces.get_disjoint_mut([at - 1, at]) else { continue };
            let state = match &here.kind {
                PieceKind::Mention(concepts) => concepts.iter().all(|id| id.domain() == Some(Domain::State)),
                _ => false,
            };
            if state && before.kind == PieceKind::Word && self.says(before, "non") {
                before.kind = PieceKind::Phrase(Class::Negation, "");
            }
        }
    }

    /// "central nervous system (CNS) lymphoma": a bracket that only abbreviates the words before it, in the middle of a name.
    fn silence_abbreviations(&self, pieces: &mut Vec<Piece>) {
        let mut at = 1;
        while at + 3 < pieces.len() {
            let shape = matches!(
                pieces.get(at..at + 3),
                Some([
                    Piece { kind: PieceKind::Open, .. },
                    Piece { kind: PieceKind::Word | PieceKind::Mention(_), .. },
                    Piece { kind: PieceKind::Close, .. }
                ])
            );
            let goes_on = pieces.get(at + 3).is_some_and(|next| next.kind == PieceKind::Word || event(next).is_some());
            let before =
                pieces.get(at - 1).is_some_and(|piece| piece.kind == PieceKind::Word || event(piece).is_some());
            let again = pieces.get(at + 1).is_some_and(|inner| {
                matches!(inner.kind, PieceKind::Mention(_))
                    && pieces.get(at - 1).is_some_and(|name| name.kind == inner.kind)
            });
            if shape && goes_on && before && (again || pieces.get(at + 1).is_some_and(|inner| self.abbreviates(inner)))
            {
                pieces.drain(at..at + 3);
            } else {
                at += 1;
            }
        }
    }

    /// Whether the letters of a piece are the first ones of the words before it.
    fn abbreviates(&self, piece: &Piece) -> bool {
        let letters: Vec<char> = self
            .text
            .get(piece.range.clone())
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let before = self.words.partition_point(|word| word.range.end <= piece.range.start);
        let known: Vec<&Word> = self
            .words
            .get(..before)
            .unwrap_or_default()
            .iter()
            .rev()
            .filter(|word| word.kind == trialway_terminology::WordKind::Letters)
            .take(letters.len())
            .collect();
        letters.len() > 1
            && known.len() == letters.len()
            && known.iter().rev().zip(&letters).all(|(word, letter)| word.norm.starts_with(*letter))
    }

    /// The words of a piece.
    fn words(&self, range: &Range<usize>) -> &[Word] {
        let start = self.words.partition_point(|word| word.range.end <= range.start);
        let rest = self.words.get(start..).unwrap_or_default();
        let n = rest.iter().take_while(|word| word.range.start < range.end).count();
        rest.get(..n).unwrap_or_default()
    }

    /// Whether the first word of a piece may stand in a name, and its part there.
    fn part(&self, piece: &Piece) -> (bool, Option<Role>) {
        let at = self.words.partition_point(|word| word.range.end <= piece.range.start);
        let word = self.words.get(at).filter(|word| word.range.start < piece.range.end);
        let (Some(word), Some(part)) = (word, self.roles.get(at)) else { return (false, None) };
        *part.get_or_init(|| {
            let role = role(&word.norm);
            (is_nominal_with(word, role), role)
        })
    }

    /// Whether a piece is a word that may stand in a name.
    fn nominal(&self, piece: &Piece) -> bool {
        piece.kind == PieceKind::Word && self.part(piece).0
    }

    /// Whether a piece restricts nothing by itself but stands in names ("blood transfusion").
    fn noun(&self, piece: &Piece) -> bool {
        matches!(piece.kind, PieceKind::Phrase(Class::Filler, _))
            && self.part(piece).1 == Some(Role::Noun)
            && self.words(&piece.range).len() == 1
    }

    /// Whether a piece is a verb that stands between two things.
    fn is_verb(&self, piece: &Piece) -> bool {
        const VERBS: [&str; 22] = [
            "contraindicating",
            "affecting",
            "altering",
            "requiring",
            "interfering",
            "limiting",
            "precluding",
            "causing",
            "including",
            "involving",
            "preventing",
            "impairing",
            "receiving",
            "using",
            "taking",
            "undergoing",
            "resulting",
            "leading",
            "showing",
            "indicating",
            "complicating",
            "compromising",
        ];
        piece.kind == PieceKind::Word && VERBS.iter().any(|verb| self.says(piece, verb))
    }

    fn role(&self, piece: &Piece) -> Option<Role> {
        if piece.kind == PieceKind::Word { self.part(piece).1 } else { None }
    }

    /// How many pieces from the first on belong together: words and named things, at least one of them a word.
    fn run(&self, pieces: &[Piece]) -> Run {
        let member = |piece: &Piece| self.nominal(piece) || event(piece).is_some() || self.noun(piece);
        let all = pieces.iter().take_while(|piece| member(piece)).count();
        let mut n = all;
        while n > 0 && pieces.get(n - 1).is_some_and(|piece| self.noun(piece)) {
            n -= 1;
        }
        let run = pieces.get(..n).unwrap_or_default();
        match n {
            0 => Run::Plain(all.max(1)),
            1 => Run::Name(1),
            _ if run.iter().any(|piece| self.nominal(piece)) => Run::Name(n),
            // Of named things without words between them the last may have something behind it.
            _ => Run::Plain(n - 1),
        }
    }

    /// Writes a run to `out`; how many pieces behind it were taken along.
    fn settle(&self, run: &[Piece], after: &[Piece], out: &mut Vec<Piece>) -> usize {
        let Some((last, before)) = run.split_last() else { return 0 };
        let named_before = before.iter().any(|piece| event(piece).is_some());
        if event(last).is_some() {
            if named_before {
                out.extend(run.iter().cloned());
                return 0;
            }
            self.narrow(before, out);
            out.push(last.clone());
            return self.behind(after, out);
        }
        // "chemotherapy-naive": never had it.
        let naive = self.says(last, "naive") || self.says(last, "naïve");
        let never_had = match before {
            [name] if naive => Some(name),
            [name, kind] if naive && (self.says(kind, "treatment") || self.says(kind, "therapy")) => Some(name),
            _ => None,
        };
        if let Some(name) = never_had.filter(|name| event(name).is_some_and(|domain| domain != Domain::Condition)) {
            for class in [Class::History, Class::Negation] {
                out.push(Piece { kind: PieceKind::Phrase(class, ""), range: last.range.clone() });
            }
            out.push(name.clone());
            return 0;
        }
        match self.role(last) {
            // A state of life is what people are, not a kind of thing that other words name more closely.
            Some(Role::Head(Domain::State, _)) if run.len() == 1 => {
                out.push(self.name(Domain::State, last.range.clone()));
                0
            }
            Some(Role::Head(Domain::State, _)) => {
                out.extend(run.iter().cloned());
                0
            }
            // "thrombocytopenia contraindicating injection": a verb between two things.
            Some(Role::Head(..)) if before.iter().skip(1).any(|piece| self.is_verb(piece)) => {
                out.extend(run.iter().cloned());
                0
            }
            Some(Role::Head(domain, general)) => {
                let only_general =
                    run.iter().all(|piece| matches!(self.role(piece), Some(Role::Head(_, true) | Role::Aspect)));
                let of = self.of(after);
                if run.len() > LONGEST || (general && only_general && of.is_none()) {
                    out.extend(run.iter().cloned());
                    return 0;
                }
                let start = run.first().map_or(last.range.start, |piece| piece.range.start);
                let (end, n) = of.unwrap_or((last.range.end, 0));
                out.push(self.name(domain, start..end));
                let rest = after.get(n..).unwrap_or_default();
                n + self.behind(rest, out)
            }
            // "asthma exacerbation": a side of what is named before it.
            Some(Role::Aspect) if named_before => {
                let at = run.iter().rposition(|piece| event(piece).is_some()).unwrap_or(0);
                let plain = run.iter().filter(|piece| event(piece).is_some()).count() == 1;
                if !plain {
                    out.extend(run.iter().cloned());
                    return 0;
                }
                self.narrow(run.get(..at).unwrap_or_default(), out);
                out.extend(run.get(at).cloned());
                self.narrow(run.get(at + 1..).unwrap_or_default(), out);
                0
            }
            // "symptoms of asthma": the same, before it.
            Some(Role::Aspect) if self.of_named(after) => {
                self.narrow(run, out);
                0
            }
            _ => {
                out.extend(run.iter().cloned());
                0
            }
        }
    }

    /// Words that narrow: neighbours become one piece.
    fn narrow(&self, run: &[Piece], out: &mut Vec<Piece>) {
        let solid: Vec<&Piece> = run.iter().filter(|piece| !self.noun(piece)).collect();
        if let (Some(first), Some(last)) = (solid.first(), solid.last()) {
            let range = first.range.start..last.range.end;
            // "methotrexate or sulfasalazine naive": who never had it; of what is not read.
            let never = solid.iter().any(|piece| self.says(piece, "naive") || self.says(piece, "naïve"));
            let class = if never { Class::Hazard } else { Class::Narrowing };
            out.push(Piece { kind: PieceKind::Phrase(class, ""), range });
        }
    }

    fn name(&self, domain: Domain, range: Range<usize>) -> Piece {
        let mut words = String::new();
        for word in self.words(&range) {
            if word.kind == trialway_terminology::WordKind::Symbol
                || matches!(word.norm.as_str(), "of" | "the" | "a" | "an")
            {
                continue;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&word.norm);
        }
        let prefix = if domain == Domain::State { "state" } else { domain.as_str() };
        let concept = ConceptId::written(prefix, &words);
        Piece { kind: PieceKind::Mention(Rc::from([concept])), range }
    }

    /// Where a name that goes on with "of …" ends, and how many pieces that takes.
    fn of(&self, after: &[Piece]) -> Option<(usize, usize)> {
        const LONGEST_OF: usize = 4;
        let mut n = 0;
        if !self.is(after.first()?, &["of"]) {
            return None;
        }
        n += 1;
        while after.get(n).is_some_and(|piece| self.is(piece, &["the", "a", "an", "any"])) {
            n += 1;
        }
        let rest = after.get(n..).unwrap_or_default();
        let long = rest.iter().take_while(|piece| self.nominal(piece) || event(piece).is_some()).count();
        if long == 0 || long > LONGEST_OF {
            return None;
        }
        let end = rest.get(long - 1)?.range.end;
        Some((end, n + long))
    }

    /// Whether "of" and something named follow.
    fn of_named(&self, after: &[Piece]) -> bool {
        let mut rest = after.iter().skip_while(|piece| self.is(piece, &["of", "the", "a", "an", "any"]));
        self.is_first(after, &["of"])
            && rest.find(|piece| !self.nominal(piece)).is_some_and(|piece| event(piece).is_some())
    }

    /// What narrows a name behind it: places, and what it is for or from.
    fn behind(&self, after: &[Piece], out: &mut Vec<Piece>) -> usize {
        let n = self.site(after, out);
        n + self.cause(after.get(n..).unwrap_or_default(), out)
    }

    /// "surgery for obesity", "neuropathy due to chemotherapy": what is behind such a word belongs to the name before it.
    fn cause(&self, after: &[Piece], out: &mut Vec<Piece>) -> usize {
        let begins = |list: &[&str]| after.first().is_some_and(|piece| list.iter().any(|word| self.says(piece, word)));
        let joined = after.get(1).is_some_and(|piece| self.is(piece, &["with", "to", "from"]));
        let opens = after.first().is_some_and(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Cause, _)) && !self.says(piece, "by")
                || self.is(piece, &["for", "from"])
        }) || joined
            && begins(&["associated", "related", "attributed", "secondary", "resistant", "refractory", "unresponsive"]);
        if !opens {
            return 0;
        }
        let mut n = 1;
        while after.get(n).is_some_and(|piece| {
            self.is(piece, &["with", "to", "the", "a", "an", "any", "their", "his", "her", "known", "other"])
        }) {
            n += 1;
        }
        let rest = after.get(n..).unwrap_or_default();
        let member = |piece: &Piece| {
            self.nominal(piece)
                || event(piece).is_some()
                || matches!(
                    piece.kind,
                    PieceKind::Phrase(Class::Active | Class::Severe | Class::Refractory | Class::Narrowing, _)
                )
        };
        let long = rest.iter().take_while(|piece| member(piece)).count();
        let place = rest.get(..long).unwrap_or_default();
        let ends = |piece: &Piece| {
            matches!(
                piece.kind,
                PieceKind::Comma
                    | PieceKind::Semicolon
                    | PieceKind::Stop
                    | PieceKind::Window(_)
                    | PieceKind::Open
                    | PieceKind::Colon
                    | PieceKind::If
            )
        };
        let whole = rest.iter().take(FURTHEST).take_while(|piece| !ends(piece)).count();
        let speaks = rest
            .get(..whole)
            .unwrap_or_default()
            .iter()
            .any(|piece| event(piece).is_some() || matches!(piece.kind, PieceKind::Phrase(Class::Hazard, _)));
        if long < whole && speaks {
            // "surgery for worsening heart or renal failure": all of it belongs to the surgery; how is not read.
            if let (Some(first), Some(last)) = (after.first(), rest.get(whole - 1)) {
                out.push(Piece { kind: PieceKind::Word, range: first.range.start..last.range.end });
                return n + whole;
            }
        }
        if long == 0
            || long > LONGEST
            || rest
                .get(long)
                .is_some_and(|next| matches!(next.kind, PieceKind::Or | PieceKind::And | PieceKind::Comparison(_)))
        {
            return 0;
        }
        if let (Some(first), Some(last)) = (place.first(), place.last()) {
            out.push(Piece { kind: PieceKind::Phrase(Class::Narrowing, ""), range: first.range.start..last.range.end });
        }
        n + long
    }

    /// "… of the tongue base", "… in the study eye": words for a place behind a name narrow it; how many pieces they take.
    fn site(&self, after: &[Piece], out: &mut Vec<Piece>) -> usize {
        let mut n = 0;
        if !self.is_first(after, &["of", "in", "at", "on", "to"]) {
            return 0;
        }
        let of = self.is_first(after, &["of"]);
        n += 1;
        while after
            .get(n)
            .is_some_and(|piece| self.is(piece, &["the", "a", "an", "any", "either", "both", "their", "his", "her"]))
        {
            n += 1;
        }
        let rest = after.get(n..).unwrap_or_default();
        // "study eye": `study` is no part of a name elsewhere.
        let long = rest
            .iter()
            .take_while(|piece| self.nominal(piece) || piece.kind == PieceKind::Word && self.says(piece, "study"))
            .count();
        let place = rest.get(..long).unwrap_or_default();
        let is_site = place.last().is_some_and(|piece| self.role(piece) == Some(Role::Site));
        let ends = rest.get(long).is_none_or(|piece| event(piece).is_none());
        if long == 0 || long > LONGEST || !ends || !(of || is_site) {
            return 0;
        }
        self.narrow(place, out);
        n + long
    }

    fn is(&self, piece: &Piece, list: &[&str]) -> bool {
        matches!(piece.kind, PieceKind::Phrase(Class::Filler, _))
            && list
                .iter()
                .any(|known| self.text.get(piece.range.clone()).is_some_and(|t| t.eq_ignore_ascii_case(known)))
    }

    fn is_first(&self, pieces: &[Piece], list: &[&str]) -> bool {
        pieces.first().is_some_and(|piece| self.is(piece, list))
    }

    fn says(&self, piece: &Piece, word: &str) -> bool {
        self.text.get(piece.range.clone()).is_some_and(|t| t.eq_ignore_ascii_case(word))
    }
}

/// The kind of thing that a piece names, if it is one that happens to people: not what is measured, not a state of life.
fn event(piece: &Piece) -> Option<Domain> {
    let PieceKind::Mention(concepts) = &piece.kind else { return None };
    concepts.first()?.domain().filter(|domain| matches!(domain, Domain::Condition | Domain::Drug | Domain::Procedure))
}
