//! A clause that is about allergy only: what stands before "hypersensitivity to", and each thing behind it.
//!
//! What is not of this shape is left to the units. A thing that the vocabulary lacks is one by its words: an allergy is recorded
//! under the name of what caused it, so that a record that has the words has the allergy.

use super::Context;
use super::allergy::speaks_of_study_medicine;
use super::clause::Group;
use super::subject::softened;
use crate::expr::{Atom, EventRole, EventTest, Expr, Firmness, Presence, Qualifier, Sense, Severity, Test};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_terminology::wording::{self, Role};
use trialway_terminology::{ConceptId, Domain, WordKind};

/// What stands before the things: who, how sure, how severe, and the words for the allergy itself.
struct Head {
    negated: bool,
    severity: Option<Severity>,
    /// Whether a contraindication counts, too.
    contraindicated: bool,
    /// Where the things begin.
    ends: usize,
}

/// One thing that an allergy is to.
enum Allergen {
    /// The study's own medicine, or a part of it.
    Studied,
    /// What is like a medicine, or made with it: which ones count is for the study team to say.
    Alike,
    /// A thing with a name.
    Named(ConceptId),
}

/// Reads a clause that begins with an allergy: what it is to, and how many pieces that takes; none where it says more of it.
///
/// What stands behind is of another kind, and only in a list of grounds of exclusion.
pub(super) fn clause(context: &Context<'_>, flat: &[Piece], groups: &[Group]) -> Option<(Expr, usize)> {
    let head = head(context, flat)?;
    let things = flat.get(head.ends..).filter(|_| groups.iter().all(|group| group.after > head.ends))?;
    let mut all: Vec<Expr> = Vec::new();
    let mut joined_by_and = false;
    let mut examples = false;
    let mut n_groups = 0;
    let mut taken = flat.len();
    let mut until = head.ends;
    for part in things.split(parts_things) {
        let begins = until;
        until += part.len() + 1;
        if begins > head.ends {
            let before = flat.get(begins - 1).map(|piece| &piece.kind);
            joined_by_and |= before == Some(&PieceKind::And);
            examples |= matches!(before, Some(PieceKind::Phrase(Class::Example, _)));
        }
        if part.iter().all(|piece| piece.kind == PieceKind::Blank) {
            continue;
        }
        if is_other(context, part) {
            // "allergy to latex, asthma or seizures"
            let apart = !all.is_empty() && context.sense == Sense::Excluding && !head.negated && !examples;
            if !apart {
                return None;
            }
            taken = begins;
            break;
        }
        let range = extent(part);
        let next = flat.get(until..).and_then(|rest| rest.split(parts_things).next()).map(extent);
        let expr = expr(context, &head, allergen(context, part, &range, next)?, &range);
        let expr = if examples { softened(expr) } else { expr };
        if !all.iter().any(|known| asks_same(known, &expr)) {
            all.push(expr);
        }
        for group in groups.iter().filter(|group| group.after > begins && group.after < until) {
            all.extend(bracketed(context, &head, group)?);
            n_groups += 1;
        }
    }
    // A bracket that stands behind no thing says something that is not read here.
    if all.is_empty() || n_groups != groups.iter().filter(|group| group.after <= taken).count() {
        return None;
    }
    // "allergic to eggs and milk": of what is asked for both are, of what rules out either one is.
    if joined_by_and && (context.sense == Sense::Required) != head.negated {
        return None;
    }
    if head.contraindicated {
        let asked = Test::Judgement(super::parts::topic("contraindication"));
        let span = context.span(&extent(flat.get(..taken).unwrap_or_default()));
        all.push(Expr::Atom(Atom { test: asked, span, firmness: Firmness::Certain }));
    }
    let expr = Expr::any(all);
    Some((if head.negated { Expr::not(expr) } else { expr }, taken))
}

/// Whether a name that ends so is that of an illness.
fn is_illness(norm: &str) -> bool {
    const ILLNESSES: [&str; 12] = [
        "deficiency",
        "disease",
        "disorder",
        "syndrome",
        "failure",
        "infection",
        "impairment",
        "abuse",
        "use",
        "cancer",
        "pregnancy",
        "asthma",
    ];
    ILLNESSES.contains(&norm)
}

/// Whether a part of the list is about something that is no allergen.
fn is_other(context: &Context<'_>, part: &[Piece]) -> bool {
    let text = context.text.get(extent(part)).unwrap_or_default();
    let ends = trialway_terminology::words(text).last().is_some_and(|word| is_illness(&word.norm));
    ends || part.iter().any(|piece| match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().all(|id| id.domain() == Some(Domain::Condition) && id.written_words().is_none())
                || concepts.iter().any(|id| id.as_str() == "state:pregnancy" || id.as_str() == "state:breastfeeding")
        }
        PieceKind::Phrase(Class::History | Class::Current | Class::ImpliedFemale, _) => true,
        _ => false,
    })
}

fn is_joint(kind: &PieceKind) -> bool {
    matches!(kind, PieceKind::Comma | PieceKind::Or | PieceKind::And)
}

/// Whether a piece parts the things of a list, or leads from a thing to examples of it.
fn parts_things(piece: &Piece) -> bool {
    is_joint(&piece.kind) || matches!(piece.kind, PieceKind::Phrase(Class::Example, _))
}

fn extent(pieces: &[Piece]) -> Range<usize> {
    let solid = || pieces.iter().filter(|piece| piece.kind != PieceKind::Blank);
    match (solid().next(), solid().next_back()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    }
}

/// Words that speak of an allergy beside those of the lexicon.
const ALLERGY_WORDS: [&str; 22] = [
    "allergy",
    "allergies",
    "allergic",
    "hypersensitivity",
    "hypersensitivities",
    "hypersensitive",
    "anaphylactic",
    "anaphylaxis",
    "anaphylactoid",
    "intolerance",
    "intolerances",
    "intolerant",
    "sensitivity",
    "sensitivities",
    "idiosyncratic",
    "idiosyncrasy",
    "reaction",
    "reactions",
    "immediate",
    "delayed",
    "angioedema",
    "adverse",
];

/// What may stand before it and changes nothing of what is asked.
const BEFORE: [&str; 20] = [
    "individuals",
    "documented",
    "demonstrated",
    "proven",
    "confirmed",
    "reported",
    "clinical",
    "significant",
    "important",
    "relevant",
    "serious",
    "previously",
    "experienced",
    "attributed",
    "attributable",
    "due",
    "toward",
    "towards",
    "against",
    "hx",
];

fn head(context: &Context<'_>, flat: &[Piece]) -> Option<Head> {
    let mut head = Head { negated: false, severity: None, contraindicated: false, ends: 0 };
    let mut allergic = false;
    let mut bridged = false;
    for (at, piece) in flat.iter().enumerate() {
        let word = context.text.get(piece.range.clone())?;
        let is = |list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
        match &piece.kind {
            PieceKind::Phrase(Class::Allergy, _) => {
                allergic = true;
                let lower = word.to_ascii_lowercase();
                bridged = lower.ends_with(" to") || lower.ends_with(" of");
                if lower.starts_with("severe ") {
                    head.severity = Some(Severity::Severe);
                }
                // "drug allergy": of no medicine in particular.
                if lower.contains("drug") {
                    return None;
                }
                head.ends = at + 1;
            }
            PieceKind::Blank => {}
            PieceKind::Phrase(Class::Cause, _)
                if allergic && !bridged && word.to_ascii_lowercase().starts_with("attribut") =>
            {
                bridged = true;
                head.ends = at + 1;
            }
            _ if word.get(..13).is_some_and(|stem| stem.eq_ignore_ascii_case("contraindicat")) => {
                head.contraindicated = true;
                allergic = true;
                bridged |= word.to_ascii_lowercase().ends_with(" to");
                head.ends = at + 1;
            }
            // "hypersensitivity, intolerance or allergy to": the words before the last one share what it is to.
            kind if is_joint(kind) => {
                if bridged || !allergic_before(context, flat, at) {
                    break;
                }
            }
            PieceKind::Phrase(Class::Filler, _) if !allergic => {}
            PieceKind::Phrase(Class::Filler, _) if is(&["to", "of", "with", "against", "for"]) => {
                if bridged {
                    break;
                }
                bridged = true;
                head.ends = at + 1;
            }
            PieceKind::Phrase(Class::Filler, _) if !bridged => {}
            PieceKind::Phrase(Class::Negation, _) if !allergic && !head.negated => head.negated = true,
            PieceKind::Phrase(Class::History | Class::AnyTime | Class::Current | Class::Suspicion, _) if !bridged => {}
            PieceKind::Phrase(Class::Severe, value) if !bridged => {
                head.severity = Some(match *value {
                    "mild" => Severity::Mild,
                    "moderate" => Severity::Moderate,
                    _ => Severity::Severe,
                });
            }
            _ if bridged => break,
            _ if is(&ALLERGY_WORDS) => {
                allergic = true;
                head.ends = at + 1;
            }
            _ if is(&BEFORE) => {}
            _ => return None,
        }
    }
    let limits = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::Comparison(_) | PieceKind::Window(_) | PieceKind::Grade(_) | PieceKind::Count(_) | PieceKind::If
        )
    };
    // "contraindication to X" alone is no allergy.
    let spoken = flat.get(..head.ends).unwrap_or_default().iter().any(|piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        matches!(piece.kind, PieceKind::Phrase(Class::Allergy, _))
            || ALLERGY_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
    });
    (allergic && spoken && bridged && !flat.iter().any(limits)).then_some(head)
}

/// Whether the words before a joint speak of an allergy, and nothing else stands there.
fn allergic_before(context: &Context<'_>, flat: &[Piece], at: usize) -> bool {
    let before = flat.get(..at).unwrap_or_default().iter().rev();
    let last = before.into_iter().find(|piece| piece.kind != PieceKind::Blank);
    last.is_some_and(|piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        matches!(piece.kind, PieceKind::Phrase(Class::Allergy | Class::Suspicion | Class::History | Class::Severe, _))
            || matches!(piece.kind, PieceKind::Phrase(Class::Filler, _)) && word.eq_ignore_ascii_case("known")
            || ALLERGY_WORDS.iter().chain(&BEFORE).any(|known| word.eq_ignore_ascii_case(known))
            || word.to_ascii_lowercase().starts_with("contraindicat")
    })
}

/// Words that only lead to a thing, or end it.
const AROUND: [&str; 25] = [
    "any", "the", "a", "an", "all", "one", "of", "to", "either", "other", "another", "its", "their", "this", "these",
    "known", "in", "or", "both", "each", "such", "that", "also", "type", "kind",
];

/// Words of a medicine's makeup.
const PARTS: [&str; 12] = [
    "excipient",
    "component",
    "ingredient",
    "constituent",
    "formulation",
    "vehicle",
    "additive",
    "preservative",
    "metabolite",
    "adjuvant",
    "carrier",
    "contents",
];

/// Words of the study's own medicine beside those of `allergy`.
const OF_STUDY: [&str; 22] = [
    "protocol",
    "specified",
    "therapy",
    "medicinal",
    "intervention",
    "vaccine",
    "preparation",
    "solution",
    "injection",
    "tablet",
    "capsule",
    "given",
    "course",
    "during",
    "biological",
    "reason",
    "administered",
    "inactive",
    "planned",
    "experimental",
    "tested",
    "testing",
];

/// Words that may stand inside the name of a thing without ending it.
const INSIDE: [&str; 12] =
    ["of", "in", "with", "containing", "based", "derived", "from", "formulated", "like", "type", "the", "and"];

/// Words that make a thing one of a kind that nobody lists.
const ALIKE: [&str; 8] =
    ["similar", "related", "chemically", "structurally", "class", "classes", "composition", "same"];

fn allergen(
    context: &Context<'_>,
    part: &[Piece],
    range: &Range<usize>,
    next: Option<Range<usize>>,
) -> Option<Allergen> {
    let says_other = |piece: &Piece| {
        let containing = matches!(piece.kind, PieceKind::Phrase(Class::Hazard, _))
            && context.text.get(piece.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("containing"));
        !containing
            && !matches!(
                piece.kind,
                PieceKind::Mention(_)
                    | PieceKind::Word
                    | PieceKind::Blank
                    | PieceKind::Phrase(
                        Class::Filler | Class::Narrowing | Class::Therapy | Class::Participation | Class::Active,
                        _
                    )
            )
    };
    if part.iter().any(says_other) {
        return None;
    }
    let text = context.text.get(range.clone())?;
    let words = trialway_terminology::words(text);
    let words: Vec<_> = words.iter().filter(|word| word.kind != WordKind::Symbol).collect();
    let around = |norm: &str| AROUND.contains(&norm);
    let lead = words.iter().take_while(|word| around(&word.norm)).count();
    let core = words.get(lead..)?;
    let one_of = |norm: &str, list: &[&str]| list.contains(&norm);
    let is_part = |norm: &str| one_of(norm, &PARTS);
    // "any of the excipients", "study drug", "any component of the product"
    if core.is_empty() {
        return None;
    }
    let studied = |norm: &str| {
        around(norm) || is_part(norm) || speaks_of_study_medicine(norm) || one_of(norm, &OF_STUDY) || norm == "used"
    };
    // "allergy to drugs such as X": of none in particular.
    let generic = |norm: &str| one_of(norm, &GENERIC);
    let determined = words.iter().any(|word| ["the", "this", "these", "study"].contains(&word.norm.as_str()));
    let undetermined = !determined && core.iter().all(|word| generic(&word.norm));
    if undetermined && !core.iter().all(|word| word.norm == "vaccine") {
        return None;
    }
    if !undetermined && core.iter().all(|word| studied(&word.norm)) {
        let alike = core.iter().any(|word| one_of(&word.norm, &ALIKE));
        return Some(if alike { Allergen::Alike } else { Allergen::Studied });
    }
    if core.iter().any(|word| one_of(&word.norm, &ALIKE)) {
        let others = core.iter().filter(|word| !studied(&word.norm) && !one_of(&word.norm, &ALIKE));
        return (others.count() <= 3).then_some(Allergen::Alike);
    }
    // "any component of the iadademstat formulation", "excipients of fulvestrant"
    if core.iter().any(|word| is_part(&word.norm)) {
        let others = core.iter().filter(|word| !studied(&word.norm));
        return (others.count() <= 3).then_some(Allergen::Studied);
    }
    let concepts: Vec<(&ConceptId, &Range<usize>)> = part
        .iter()
        .filter_map(|piece| match &piece.kind {
            PieceKind::Mention(concepts) => Some(concepts.iter().map(|id| (id, &piece.range))),
            _ => None,
        })
        .flatten()
        .collect();
    let rest = core.iter().filter(|word| {
        let place = range.start + word.range.start;
        !concepts.iter().any(|(_, mention)| mention.contains(&place))
    });
    let plain = |norm: &str| around(norm) || one_of(norm, &["agent", "drug", "product"]);
    let rest: Vec<_> = rest.filter(|word| !plain(&word.norm)).collect();
    if let [(id, _)] = concepts.as_slice()
        && id.domain() == Some(Domain::Drug)
        && rest.iter().all(|word| says_how(&word.norm))
    {
        return Some(Allergen::Named((*id).clone()));
    }
    let name: Vec<String> = core.iter().map(|word| word.norm.to_string()).collect();
    by_words(context, core, name, next)
}

/// Words that say nothing of which medicine is meant.
const GENERIC: [&str; 17] = [
    "drug",
    "medication",
    "medicine",
    "agent",
    "product",
    "treatment",
    "therapy",
    "substance",
    "compound",
    "vaccine",
    "injection",
    "solution",
    "capsule",
    "tablet",
    "preparation",
    "intervention",
    "food",
];

/// What is general as a medicine and tells enough as the cause of an allergy.
const EATEN: [&str; 12] =
    ["egg", "milk", "nut", "fish", "soy", "wheat", "protein", "metal", "antibody", "oil", "gluten", "yeast"];

/// Whether a word only says in which form a medicine is given, or as which salt.
fn says_how(norm: &str) -> bool {
    const FORMS: [&str; 40] = [
        "lar",
        "er",
        "xr",
        "sr",
        "hcl",
        "hydrochloride",
        "sodium",
        "calcium",
        "potassium",
        "magnesium",
        "intravenous",
        "iv",
        "topical",
        "oral",
        "inhaled",
        "nebulized",
        "vaginal",
        "intravitreal",
        "injectable",
        "injection",
        "cream",
        "ointment",
        "tablet",
        "capsule",
        "lotion",
        "gel",
        "patch",
        "spray",
        "contrast",
        "supplement",
        "systemic",
        "mesylate",
        "besylate",
        "maleate",
        "sulfate",
        "phosphate",
        "intranasal",
        "liquid",
        "dye",
        "use",
    ];
    let salt = ["ate", "chloride", "bromide", "oxide"].iter().any(|ending| norm.len() > 6 && norm.ends_with(ending));
    salt || FORMS.contains(&norm) || norm.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// A thing that is one by its words.
fn by_words(
    context: &Context<'_>,
    core: &[&trialway_terminology::Word],
    mut name: Vec<String>,
    next: Option<Range<usize>>,
) -> Option<Allergen> {
    const LONGEST: usize = 7;
    let fits = |word: &&&trialway_terminology::Word| {
        wording::is_nominal(word)
            || INSIDE.contains(&word.norm.as_str())
            || word.norm.chars().any(|c| c.is_ascii_digit())
            || word.norm.len() == 1
    };
    let stop = |word: &&&trialway_terminology::Word| wording::role(&word.norm) == Some(Role::Stop);
    if core.is_empty()
        || core.len() > LONGEST
        || !core.iter().all(|word| fits(&word))
        || core.last().is_some_and(|word| is_illness(&word.norm))
        || core.first().as_ref().is_some_and(stop)
        || core.last().as_ref().is_some_and(stop)
        || core.last().is_some_and(|word| INSIDE.contains(&word.norm.as_str()))
        || !core.iter().any(|word| {
            wording::is_distinctive(&word.norm)
                || EATEN.contains(&word.norm.as_str())
                || word.norm.chars().any(|c| c.is_ascii_digit())
        })
    {
        return None;
    }
    // "chimeric or humanized antibodies": an adjective wants the word that ends the next thing.
    let next_words = trialway_terminology::words(context.text.get(next.unwrap_or_default())?);
    if name.last().is_some_and(|word| super::own_words::is_adjective(word)) {
        let letters: Vec<&str> =
            next_words.iter().filter(|word| word.kind != WordKind::Symbol).map(|word| word.norm.as_str()).collect();
        let (first, rest) = letters.split_first()?;
        if name.len() > 1 || rest.is_empty() || rest.len() > 3 || !super::own_words::is_adjective(first) {
            return None;
        }
        name.extend(rest.iter().map(|word| (*word).to_owned()));
    }
    let name = name.join(" ");
    let known = context.terminology.named_by(&name).filter(|id| id.domain() == Some(Domain::Drug));
    Some(Allergen::Named(known.unwrap_or_else(|| ConceptId::written("drug", &name))))
}

/// Whether two ask for the study's own medicine, or for what is like it: once is enough.
fn asks_same(one: &Expr, other: &Expr) -> bool {
    let topic = |expr: &Expr| match expr {
        Expr::And(args) => args.iter().find_map(|arg| match arg {
            Expr::Atom(Atom { test: Test::Judgement(topic), .. }) => Some(topic.key.clone()),
            _ => None,
        }),
        _ => None,
    };
    topic(one).is_some() && topic(one) == topic(other)
}

/// What a bracket behind a thing adds: other names of it, or examples.
fn bracketed(context: &Context<'_>, head: &Head, group: &Group) -> Option<Vec<Expr>> {
    let mut out = Vec::new();
    for part in group.pieces.split(|piece| is_joint(&piece.kind)) {
        let solid: Vec<Piece> = part
            .iter()
            .filter(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Phrase(Class::Example, _)))
            .cloned()
            .collect();
        if solid.is_empty() {
            continue;
        }
        let range = extent(&solid);
        // "(s)": the plural.
        if context.text.get(range.clone()).is_some_and(|word| word.len() <= 2) {
            continue;
        }
        // "(HLA-B1502)": letters and digits that are no name of the thing.
        let code = context.text.get(range.clone()).is_some_and(|word| {
            word.bytes().any(|b| b.is_ascii_digit()) && !word.bytes().any(|b| b.is_ascii_lowercase())
        });
        if code && !solid.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_))) {
            continue;
        }
        match allergen(context, &solid, &range, None)? {
            named @ Allergen::Named(_) => out.push(softened(expr(context, head, named, &range))),
            Allergen::Studied | Allergen::Alike => {}
        }
    }
    Some(out)
}

fn expr(context: &Context<'_>, head: &Head, allergen: Allergen, range: &Range<usize>) -> Expr {
    let span = context.span(range);
    let event = |concept: Option<ConceptId>| {
        let firmness = match &concept {
            Some(id) if id.written_words().is_some() => Firmness::Likely,
            _ => Firmness::Certain,
        };
        let test = EventTest {
            silence_is_absence: true,
            rules_out: (context.sense == Sense::Required) == head.negated,
            role: EventRole::Allergy,
            concept,
            presence: Presence::Ever,
            suspicion_counts: false,
            qualifiers: head.severity.map(Qualifier::Severity).into_iter().collect(),
            window: None,
            other_than: Vec::new(),
        };
        Expr::Atom(Atom { test: Test::Event(test), span, firmness })
    };
    let topic = match allergen {
        Allergen::Named(id) => return event(Some(id)),
        Allergen::Studied => "study_medicine_allergy",
        Allergen::Alike => "similar_medicine_allergy",
    };
    let asked = Atom { test: Test::Judgement(super::parts::topic(topic)), span, firmness: Firmness::Certain };
    // Who has no allergy at all has none to it.
    Expr::all(vec![event(None), Expr::Atom(asked)])
}
