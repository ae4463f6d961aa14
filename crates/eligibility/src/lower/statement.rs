//! Parts that state, permit or condition something as a whole.
//!
//! | written | read |
//! | --- | --- |
//! | `unwilling to wear the sensor` | what a person agrees to |
//! | `unable to lie still` | what an examiner judges |
//! | `any illness that could interfere with the study` | a judgement; with a named disease, both |
//! | `concurrent chemotherapy is not permitted` | chemotherapy, against taking part |
//! | `inhaled steroids are allowed` | asks nothing |
//! | `if diabetic, HbA1c < 8 %` | an implication |

use super::parts::{extent, topic};
use super::{Context, clause};
use crate::expr::{Atom, Expr, Firmness, Sense, Test};
use crate::lexicon::{Class, Lexicon};
use crate::piece::{Piece, PieceKind};

/// What a part that permits or forbids does with what it names.
pub(super) enum Permission {
    /// What it names is no reason against taking part.
    Allows(Vec<Piece>),
    /// What it names is one.
    Forbids(Vec<Piece>),
    /// It is not read which.
    Unclear,
}

/// What a part permits or forbids; none when it does neither.
pub(super) fn permission(context: &Context<'_>, part: &[Piece]) -> Option<Permission> {
    let at = part.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Permission, _)))?;
    let (left, right) = (part.get(..at).unwrap_or_default(), part.get(at + 1..).unwrap_or_default());
    let PieceKind::Phrase(_, value) = part.get(at)?.kind else { return None };
    let plain_end = right.iter().all(|piece| match piece.kind {
        PieceKind::Blank | PieceKind::Phrase(Class::Filler | Class::Anchor, _) | PieceKind::Stop => true,
        PieceKind::Word => is_one(
            context,
            piece,
            &[
                "study",
                "trial",
                "protocol",
                "participation",
                "enrollment",
                "enrolment",
                "participate",
                "enroll",
                "enter",
                "entry",
            ],
        ),
        _ => false,
    });
    let turns = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::If
                | PieceKind::Semicolon
                | PieceKind::Phrase(Class::Whom | Class::Except | Class::Permission | Class::Hazard, _)
        ) || is_one(context, piece, &["only", "but", "provided", "until", "long", "however", "must", "should"])
    };
    // "patients may have received …": what follows is no reason against taking part.
    if value == "may" && !left.iter().chain(right).any(turns) && !left.iter().any(says_of_a_record) {
        let named = right.to_vec();
        return Some(if named.iter().any(says_of_a_record) { Permission::Allows(named) } else { Permission::Unclear });
    }
    if !plain_end || left.iter().any(turns) || !matches!(value, "allow" | "forbid") {
        return Some(Permission::Unclear);
    }
    let denial = |piece: &Piece| matches!(piece.kind, PieceKind::Phrase(Class::Negation, _));
    let solid = |piece: &Piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _));
    let mut named: Vec<Piece> = left.to_vec();
    let mut forbids = value == "forbid";
    if let Some(last) = named.iter().rposition(solid).filter(|last| named.get(*last).is_some_and(denial)) {
        named.remove(last);
        forbids = !forbids;
    }
    if let Some(first) = named.iter().position(solid).filter(|first| named.get(*first).is_some_and(denial)) {
        named.remove(first);
        forbids = !forbids;
    }
    if !named.iter().any(solid) || named.iter().any(denial) {
        return Some(Permission::Unclear);
    }
    Some(if forbids { Permission::Forbids(named) } else { Permission::Allows(named) })
}

/// "Exceptions include A, B and C", "Exceptions: A": what a part names that does not count; none where it is no such part.
pub(super) fn exceptions(context: &Context<'_>, part: &[Piece]) -> Option<Vec<Piece>> {
    const LEADING: &[&str] =
        &["exceptions include", "exceptions are", "exceptions to this are", "exceptions", "exception is", "exception"];
    let place = extent(part);
    let text = context.text.get(place.clone())?;
    let start = text.len() - text.trim_start().len();
    let lower = text.to_ascii_lowercase();
    let led = LEADING.iter().find_map(|words| lower.get(start..)?.strip_prefix(words).map(|_| words.len()))?;
    let rest = lower.get(start + led..)?;
    if !rest.starts_with([' ', ':']) || rest.contains(" if ") || rest.contains("approv") {
        return None;
    }
    let from = place.start + start + led;
    let named: Vec<Piece> =
        part.iter().filter(|piece| piece.range.start >= from && piece.kind != PieceKind::Colon).cloned().collect();
    named.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_))).then_some(named)
}

/// "However, participants of 70 years or older with ECOG 0 may be included": a second way in, which leaves the first one open.
pub(super) fn lets_others_in(context: &Context<'_>, part: &[Piece]) -> bool {
    const INTO: [&str; 10] = [
        "may be included",
        "may also be included",
        "may be enrolled",
        "may be eligible",
        "are also eligible",
        "may also be eligible",
        "can be included",
        "can be enrolled",
        "may still be",
        "will be allowed",
    ];
    let text = context.text.get(extent(part)).unwrap_or_default().trim_start().to_ascii_lowercase();
    context.sense == Sense::Required && INTO.iter().any(|words| text.contains(words)) && !text.contains(" not ")
}

/// "Male participants are not required to use contraception", "women past the menopause may take part without any contraception
/// requirements": says what is not asked.
pub(super) fn asks_nothing(context: &Context<'_>, part: &[Piece]) -> bool {
    const WAIVING: [&str; 8] = [
        "not required to use",
        "are not required to",
        "need not use",
        "do not need to use",
        "without any contraception requirement",
        "without contraception requirement",
        "no contraception is required",
        "contraception is not required",
    ];
    const ASKING: [&str; 8] = ["must", "should", "but", "however", "unless", "only", "agree", "provided"];
    if context.sense != Sense::Required {
        return false;
    }
    let text = context.text.get(extent(part)).unwrap_or_default().to_ascii_lowercase();
    text.contains("contracept")
        && WAIVING.iter().any(|words| text.contains(words))
        && !text.split(|c: char| !c.is_alphanumeric()).any(|word| ASKING.contains(&word))
}

/// "Medically acceptable contraceptive methods: condom, …": says what counts, and asks for nothing.
pub(super) fn lists_methods(context: &Context<'_>, part: &[Piece]) -> bool {
    const ASKING: [&str; 12] =
        ["must", "should", "agree", "agrees", "use", "using", "not", "without", "unwilling", "women", "men", "female"];
    let text = context.text.get(extent(part)).unwrap_or_default();
    let Some((head, _)) = text.split_once(':').filter(|(head, _)| head.len() <= 120) else { return false };
    let head = head.to_ascii_lowercase();
    let mut words = head.split(|c: char| !c.is_alphanumeric());
    (head.contains("contracept") || head.contains("birth control"))
        && ["acceptable", "adequate", "effective", "reliable", "approved", "accepted", "examples"]
            .iter()
            .any(|word| head.contains(word))
        && ["method", "contraception", "include", "birth control"].iter().any(|word| head.contains(word))
        && !words.any(|word| ASKING.contains(&word))
}

/// "If diabetic, HbA1c < 8 %", "a negative test if female": what is asked of those whom a condition describes.
///
/// **Unknown**: none when the part has no such shape; the caller leaves it unread.
pub(super) fn implication(context: &mut Context<'_>, part: &[Piece]) -> Option<Expr> {
    let opens = |piece: &Piece| match piece.kind {
        PieceKind::If => is_one(context, piece, &["if", "when"]),
        PieceKind::Phrase(Class::Whom, _) => true,
        _ => false,
    };
    let mut depth = 0_i32;
    let mut found = None;
    for (at, piece) in part.iter().enumerate() {
        match piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth -= 1,
            _ if depth == 0 && opens(piece) => {
                if found.is_some() {
                    return None;
                }
                found = Some(at);
            }
            _ => {}
        }
    }
    let at = found?;
    let leads =
        part.iter().take(at).all(|piece| matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Filler, _)));
    let (condition, then) = if leads {
        let mut depth = 0_i32;
        let cut = part.iter().enumerate().skip(at + 1).find_map(|(k, piece)| match piece.kind {
            PieceKind::Open => {
                depth += 1;
                None
            }
            PieceKind::Close => {
                depth -= 1;
                None
            }
            PieceKind::Comma | PieceKind::Colon if depth == 0 => Some(k),
            _ => None,
        })?;
        (part.get(at + 1..cut)?.to_vec(), part.get(cut + 1..)?.to_vec())
    } else {
        let before = part.get(..at)?;
        // "ALT < 3 x ULN or < 5 x ULN if …": which of them the condition is of is not read here.
        if before.iter().any(|piece| {
            matches!(
                piece.kind,
                PieceKind::And
                    | PieceKind::Or
                    | PieceKind::Comma
                    | PieceKind::Phrase(Class::Except | Class::Negation, _)
            )
        }) {
            return None;
        }
        (part.get(at + 1..)?.to_vec(), before.to_vec())
    };
    let outer = context.sense;
    context.sense = Sense::Required;
    let condition = clause::lower_clause(context, &condition);
    context.sense = outer;
    let (condition, then) = (condition?, clause::lower_clause(context, &then)?);
    let mut read = true;
    condition.for_each_leaf(&mut |leaf| read &= !matches!(leaf, Expr::Unread { .. }));
    if !read {
        return None;
    }
    Some(Expr::Implies { condition: Box::new(condition), then: Box::new(then), sense: outer })
}

/// A part in which a person's will, an ability or an examiner's opinion is stated: what stands before it in a list is read on
/// its own, what it speaks of is not asked of a record.
pub(super) fn stated(context: &mut Context<'_>, part: &[Piece]) -> Option<Expr> {
    let at = part.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Statement, _)))?;
    let PieceKind::Phrase(_, key) = part.get(at)?.kind else { return None };
    let begins = part
        .get(..at)?
        .iter()
        .rposition(|piece| matches!(piece.kind, PieceKind::Comma | PieceKind::Or | PieceKind::And | PieceKind::Colon))
        .map_or(0, |k| k + 1);
    let interferes = key == "interference";
    let (before, rest) = part.split_at(begins);
    let (head, tail) = rest.split_at(at - begins);
    // "willing to undergo … and pregnant": what follows in the list may be a matter of its own.
    let cut = tail.iter().position(|piece| {
        matches!(piece.kind, PieceKind::Comma | PieceKind::Or | PieceKind::And | PieceKind::Semicolon)
    });
    let (own, more) = tail.split_at(cut.unwrap_or(tail.len()));
    // What a record may answer is asked for only where it is wanted: "unwilling to use …" asks for the opposite.
    let consent = tail.iter().find_map(|piece| match piece.kind {
        PieceKind::Phrase(Class::Consent, value) if context.sense == Sense::Required => Some(value),
        _ => None,
    });
    let denied = part.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Negation, _)));
    let key = consent.filter(|_| !denied && !interferes).unwrap_or(key);
    let speaks_of = |words: &[&str]| {
        let text = context.text.get(extent(part)).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    // Methods of birth control are listed as what is agreed to, not as what is taken.
    let contraception = key == "contraception"
        || matches!(key, "willingness" | "ability")
            && speaks_of(&["contracep", "birth control", "abstinen", "abstain from sex", "intercourse"]);
    let named = |pieces: &[Piece]| pieces.iter().any(says_of_a_record);
    let statement = extent(if interferes { tail } else { rest });
    let whole =
        if named(more) && !interferes { extent(head).start.min(extent(own).start)..extent(own).end } else { statement };
    let waits = Expr::Atom(wait(context, key, &whole));
    let mut read = vec![if turned(context, key, &whole) { Expr::not(waits) } else { waits }];
    if named(more) && !interferes && !contraception {
        read.push(context.unread(&extent(more)));
    }
    // "medicines that may affect absorption" are a class of medicines, not a matter of opinion.
    let of_medicine = |piece: &Piece| {
        is_one(
            context,
            piece,
            &[
                "medication",
                "medications",
                "drug",
                "drugs",
                "medicine",
                "medicines",
                "agent",
                "agents",
                "product",
                "products",
                "substances",
                "supplements",
            ],
        ) || matches!(&piece.kind, PieceKind::Mention(concepts) if concepts.iter().any(|id| id.domain() == Some(trialway_terminology::Domain::Drug)))
    };
    if interferes && part.get(..at)?.iter().any(of_medicine) {
        return Some(context.unread(&extent(part)));
    }
    if interferes {
        // "An infection or any condition that would compromise …": whatever is judged so counts, and whether the infection does
        // without that is not said.
        let general = |stretch: &[Piece]| {
            !named(stretch)
                && stretch.iter().any(|piece| {
                    is_one(context, piece, &["condition", "conditions", "illness", "disease", "disorder", "problem"])
                })
        };
        let parted = |piece: &Piece| matches!(piece.kind, PieceKind::Or | PieceKind::Comma);
        if context.sense == Sense::Excluding
            && part.get(..at)?.iter().any(parted)
            && part.get(..at)?.split(parted).any(general)
        {
            return Some(Expr::any(read));
        }
        // What would interfere is named before: it and the judgement are both needed.
        let mut left: Vec<Piece> = part.get(..at)?.to_vec();
        left.retain(|piece| !(piece.kind == PieceKind::Word && is_one(context, piece, GENERAL)));
        let base = if named(&left) { clause::lower_clause(context, &left) } else { None };
        read.extend(base);
        return Some(Expr::all(read));
    }
    let joined = match context.sense {
        Sense::Required => Expr::all(read),
        Sense::Excluding => Expr::any(read),
    };
    if !named(before)
        && !before.iter().any(|piece| {
            matches!(piece.kind, PieceKind::Phrase(Class::Judgement | Class::Consent | Class::Participation, _))
        })
    {
        return Some(joined);
    }
    let mut before: Vec<Piece> = before.to_vec();
    let by = before.pop().map(|piece| piece.kind);
    let base = clause::lower_clause(context, &before)?;
    Some(match (context.sense, by) {
        (Sense::Required, Some(PieceKind::Or)) => Expr::any(vec![base, joined]),
        (Sense::Required, _) => Expr::all(vec![base, joined]),
        (Sense::Excluding, _) => Expr::any(vec![base, joined]),
    })
}

/// The first letters, a bit for each, of the words of [`OF_FUNCTION`], by their length in bytes.
const SAID_OF_FUNCTION: [u32; 20] = {
    let mut out = [0; 20];
    let mut at = 0;
    while at < OF_FUNCTION.len() {
        #[allow(clippy::indexing_slicing, reason = "a constant, made by the compiler")]
        {
            let word = OF_FUNCTION[at].as_bytes();
            out[word.len()] |= 1 << (word[0] & 31);
        }
        at += 1;
    }
    out
};

/// The bit of a word's first letter, whatever its case.
fn letter(word: &str) -> u32 {
    word.as_bytes().first().map_or(0, |first| 1 << (first & 31))
}

/// "Adequate liver and bone marrow function": what the record leaves to the study's doctor, where no limit says what is adequate.
pub(super) fn organ_function(context: &Context<'_>, part: &[Piece]) -> Option<Expr> {
    const GRADES: [&str; 7] = ["adequate", "sufficient", "good", "acceptable", "appropriate", "satisfactory", "normal"];
    const OF: [&str; 4] = ["function", "functions", "reserve", "status"];
    let text = context.text.get(extent(part))?;
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    // Most parts have another word among their first ones; of most of those the length alone tells.
    if !words().all(|word| SAID_OF_FUNCTION.get(word.len()).is_some_and(|first| first & letter(word) != 0)) {
        return None;
    }
    if !words().all(|word| is_one(word, &OF_FUNCTION)) || !words().any(|word| is_one(word, &GRADES)) {
        return None;
    }
    if !words().any(|word| is_one(word, &OF)) && !text.to_ascii_lowercase().contains("blood counts") {
        return None;
    }
    Some(Expr::Atom(wait(context, "organ_function", &extent(part))))
}

/// "Adequate renal function, defined by creatinine clearance > 50 mL/min": the limits say what is adequate.
pub(super) fn without_function(context: &Context<'_>, part: Vec<Piece>) -> Vec<Piece> {
    let speaks = |piece: &Piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        ["function", "functions", "reserve"].iter().any(|known| {
            word.len() >= known.len()
                && word.get(word.len() - known.len()..).is_some_and(|end| end.eq_ignore_ascii_case(known))
        })
    };
    if !part.iter().take(14).any(speaks) {
        return part;
    }
    let words = |piece: &Piece| -> Vec<String> {
        context
            .text
            .get(piece.range.clone())
            .unwrap_or_default()
            .to_ascii_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let ends = part.iter().take(14).position(|piece| {
        words(piece).last().is_some_and(|word| matches!(word.as_str(), "function" | "functions" | "reserve"))
    });
    let Some(at) = ends else { return part };
    let lead = part.get(..=at).unwrap_or_default();
    let known = lead.iter().flat_map(words).all(|word| OF_FUNCTION.contains(&word.as_str()));
    let graded = lead.iter().flat_map(words).any(|word| {
        matches!(word.as_str(), "adequate" | "sufficient" | "acceptable" | "normal" | "good" | "appropriate")
    });
    let rest = part.get(at + 1..).unwrap_or_default();
    // "normal renal function and creatinine < 1.5": what follows with "and" is a matter of its own.
    let follows = rest
        .iter()
        .find(|piece| piece.kind != PieceKind::Blank)
        .is_some_and(|piece| !matches!(piece.kind, PieceKind::And | PieceKind::Or));
    let limited =
        rest.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Phrase(Class::Result, _)));
    if known && graded && limited && follows { unwrapped(rest) } else { part }
}

/// "(ANC >= 1500/mm3; platelets >= 100,000/mm3)": the limits without the bracket about them.
fn unwrapped(rest: &[Piece]) -> Vec<Piece> {
    let mut out = rest.to_vec();
    let Some(open) = out.iter().position(|piece| piece.kind != PieceKind::Blank) else { return out };
    if out.get(open).is_none_or(|piece| piece.kind != PieceKind::Open) {
        return out;
    }
    let mut depth = 0_usize;
    let close = out.iter().enumerate().skip(open).find_map(|(at, piece)| {
        match piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at)
    });
    for at in close.into_iter().chain([open]) {
        if let Some(piece) = out.get_mut(at) {
            piece.kind = PieceKind::Blank;
        }
    }
    // Inside a bracket a semicolon only parts a list.
    for piece in &mut out {
        if piece.kind == PieceKind::Semicolon {
            piece.kind = PieceKind::Comma;
        }
    }
    out
}

const OF_FUNCTION: [&str; 54] = [
    "is",
    "are",
    "adequate",
    "sufficient",
    "good",
    "acceptable",
    "appropriate",
    "satisfactory",
    "organ",
    "organs",
    "bone",
    "marrow",
    "liver",
    "hepatic",
    "renal",
    "kidney",
    "cardiac",
    "heart",
    "pulmonary",
    "lung",
    "hematologic",
    "hematological",
    "haematological",
    "hematopoietic",
    "haematologic",
    "end",
    "and",
    "or",
    "function",
    "functions",
    "system",
    "coagulation",
    "cardiovascular",
    "major",
    "baseline",
    "have",
    "has",
    "patients",
    "patient",
    "must",
    "with",
    "normal",
    "reserve",
    "blood",
    "counts",
    "endocrine",
    "metabolic",
    "thyroid",
    "at",
    "the",
    "screening",
    "subjects",
    "participants",
    "of",
];

/// Words for anything that may go wrong: they name nothing.
const GENERAL: &[&str] = &[
    "condition",
    "conditions",
    "medical",
    "disease",
    "diseases",
    "illness",
    "illnesses",
    "situation",
    "situations",
    "disorder",
    "disorders",
    "abnormality",
    "abnormalities",
    "finding",
    "findings",
    "factor",
    "factors",
    "circumstance",
    "circumstances",
    "problem",
    "problems",
    "reason",
    "reasons",
    "psychological",
    "social",
    "familial",
    "sociological",
    "geographical",
    "concurrent",
    "therapy",
    "treatment",
    "laboratory",
    "intercurrent",
    "underlying",
    "relevant",
    "issue",
    "issues",
    "history",
    "concomitant",
    "comorbidity",
    "comorbidities",
];

/// Whether a piece speaks of what a record can tell.
fn says_of_a_record(piece: &Piece) -> bool {
    matches!(
        piece.kind,
        PieceKind::Mention(_)
            | PieceKind::Comparison(_)
            | PieceKind::Grade(_)
            | PieceKind::Phrase(Class::Result | Class::Response | Class::Allergy, _)
    )
}

fn wait(context: &Context<'_>, key: &str, range: &std::ops::Range<usize>) -> Atom {
    let topic = topic(key);
    let test = if Lexicon::builtin().is_consent(key) { Test::Consent(topic) } else { Test::Judgement(topic) };
    Atom { test, span: context.span(range), firmness: Firmness::Certain }
}

/// Whether a ground of exclusion names what is wanted by its opposite: "unable to comply", "refusal to sign", "failure to understand".
///
/// **Shape**: `place` are the words that wait; what stands before them in their clause counts as well.
pub(super) fn turned(context: &Context<'_>, key: &str, place: &std::ops::Range<usize>) -> bool {
    const WANTED: &[&str] = &[
        "compliance",
        "informed_consent",
        "contraception",
        "language",
        "willingness",
        "ability",
        "measurable_disease",
    ];
    const OPPOSITE: &[&str] = &[
        "unable",
        "inabilit",
        "unwilling",
        "fail",
        "refus",
        "declin",
        "lack",
        "absen",
        "cannot",
        "incapab",
        "incapac",
        "not",
        "no",
        "unlikel",
        "noncomplian",
        "poor",
        "without",
    ];
    if context.sense != Sense::Excluding || !WANTED.contains(&key) {
        return false;
    }
    const FURTHEST: usize = 120;
    let mut from = place.start.saturating_sub(FURTHEST);
    while !context.text.is_char_boundary(from) {
        from += 1;
    }
    let before = context.text.get(from..place.start).unwrap_or_default();
    let clause = before.rsplit(['.', ';', ':', '\n']).next().unwrap_or_default();
    let words = context.text.get(place.clone()).unwrap_or_default();
    clause.split(|c: char| !c.is_alphanumeric()).chain(words.split(|c: char| !c.is_alphanumeric())).any(|word| {
        let lower = word.to_ascii_lowercase();
        OPPOSITE.iter().any(|start| if start.len() <= 3 { lower == *start } else { lower.starts_with(start) })
    })
}

/// Whether a piece is one of these words.
pub(super) fn is_one(context: &Context<'_>, piece: &Piece, words: &[&str]) -> bool {
    context.text.get(piece.range.clone()).is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
}
