//! Lowering: from a criterion's words to its logic.
//!
//! ```text
//! own text -> pieces -> parts (sentences, semicolons) -> clause (groups, exceptions, therapy) -> units -> atoms
//! ```
//!
//! Words that are not read become [`Expr::Unread`], joined with `and` to what was read beside them: words that were not
//! read can only narrow a condition, so a read part that is false still decides and one that is true leaves it open.

mod after;
mod age;
mod allergen;
mod allergy;
mod atom;
mod beside;
mod brackets;
mod by_sex;
mod clause;
mod dated;
mod headed;
mod heading;
mod join;
mod let_in;
mod means;
mod not_counted;
mod own_words;
mod parts;
mod pressure;
mod quiet;
mod share;
mod statement;
mod subject;
mod therapy;
mod unit;
mod waiting;
mod whose;

use crate::expr::{Expr, Sense, Window};
use crate::logic::{Coverage, CriterionLogic, StudyLogic};
use crate::piece::{Piece, PieceKind, Scanned, scan};
use crate::{bounds, coverage, entities, names, scores};
use std::ops::Range;
use trialway_criteria::{Criterion, OwnText, Tree};
use trialway_diagnostics::{Diagnostic, Parsed, Span};
use trialway_terminology::{ConceptId, Domain, Terminology};

/// What a lead-in hands down to the items below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inherited {
    /// The window of the lead-in ("any of the following within 4 weeks before baseline:").
    pub window: Option<Window>,
}

/// What the stages of lowering share while one criterion is read.
pub(crate) struct Context<'a> {
    pub terminology: &'a Terminology,
    pub own: &'a OwnText,
    pub text: &'a str,
    pub sense: Sense,
    pub inherited: &'a Inherited,
    /// Conditions that the trial's own inclusion criteria ask for: "other malignancies" are others than these.
    pub own_conditions: &'a [ConceptId],
    pub findings: Vec<Diagnostic>,
    /// Inside an exception: what is over and done with counts there.
    pub in_exception: bool,
    /// Inside a bracket of a ground of exclusion.
    pub of_grounds: bool,
    /// Whether the criterion speaks of side effects; asked for each grade in it.
    pub of_toxicity: std::cell::OnceCell<bool>,
    /// Whether it speaks of how much virus there is; asked for each infection in it.
    pub by_load: std::cell::OnceCell<bool>,
    /// The ways of measuring that the criterion names, once they were looked for.
    pub methods: std::cell::OnceCell<Vec<trialway_terminology::Method>>,
    /// How many parts are being read inside each other.
    pub depth: usize,
}

/// Parts nest so deep at most: what lies deeper is not read, so that reading stays in proportion to the text.
const DEEPEST: usize = 32;

impl Context<'_> {
    /// The place in the received text of a stretch of the criterion's own text.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.own.source_span(range.clone())
    }

    /// The ways of measuring that the criterion names.
    pub fn methods(&self) -> Vec<trialway_terminology::Method> {
        self.methods.get_or_init(|| trialway_terminology::methods(self.own.text())).clone()
    }

    /// Reads what lies inside a part; none where that is too deep.
    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let out = read(self);
        self.depth -= 1;
        Some(out)
    }

    /// The words of a stretch that were not understood; of the whole item, where the stretch has none.
    pub fn unread(&self, range: &Range<usize>) -> Expr {
        let blank = self.own.text().get(range.clone()).is_none_or(|words| words.chars().all(char::is_whitespace));
        let range = if blank { 0..self.own.text().len() } else { range.clone() };
        Expr::Unread { span: self.span(&range) }
    }
}

/// The logic of every criterion of a tree.
///
/// **Shape**: one entry per criterion, in its order and nesting.
/// **Unknown**: what is not understood is `unread`; nothing is dropped.
pub fn lower(tree: &Tree, terminology: &Terminology) -> StudyLogic {
    let mut findings = Vec::new();
    let inherited = Inherited::default();
    let read: Vec<Read<'_>> = tree.criteria.iter().map(|criterion| Read::new(criterion, terminology)).collect();
    let own = own_conditions(&read);
    let mut criteria: Vec<CriterionLogic> =
        read.iter().map(|read| lower_criterion(read, &inherited, &own, terminology, &mut findings)).collect();
    open_alternatives(&mut criteria);
    heading::open_flat_lists(&mut criteria);
    let_in::open(&mut criteria, terminology);
    open_groups(&mut criteria);
    let mut coverage = Coverage::default();
    for criterion in &criteria {
        coverage::add(criterion, &mut coverage);
    }
    StudyLogic { criteria, structured: Vec::new(), findings, coverage }
}

/// An item that begins or ends with "or" is an alternative to its neighbour: neither may fail by itself.
fn open_alternatives(criteria: &mut [CriterionLogic]) {
    let begins = |criterion: &CriterionLogic| {
        let text = criterion.own.text().trim_start();
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("or "))
    };
    let ends = |criterion: &CriterionLogic| {
        let text = criterion.own.text().trim_end().trim_end_matches([',', ';', ':', '.']);
        text.get(text.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case(" or"))
    };
    for at in 1..criteria.len() {
        let Ok([before, here]) = criteria.get_disjoint_mut([at - 1, at]) else { continue };
        if before.kind != here.kind
            || before.kind == trialway_criteria::Kind::Exclusion
            || !(begins(here) || ends(before))
        {
            continue;
        }
        for criterion in [before, here] {
            let logic = std::mem::replace(&mut criterion.logic, Expr::And(Vec::new()));
            let other = Expr::Unread { span: criterion.own_span };
            criterion.logic = Expr::any(vec![logic, other]);
        }
    }
}

/// Where a section has several cohorts, a criterion of one of them says nothing of who joins another.
fn open_groups(criteria: &mut [CriterionLogic]) {
    for kind in [trialway_criteria::Kind::Inclusion, trialway_criteria::Kind::Exclusion] {
        let mut headings: Vec<Span> = criteria
            .iter()
            .filter(|criterion| criterion.kind == kind)
            .filter_map(|criterion| criterion.group.as_ref().map(|group| group.span))
            .collect();
        headings.dedup();
        if headings.len() < 2 {
            continue;
        }
        for criterion in criteria.iter_mut().filter(|criterion| criterion.kind == kind) {
            let Some(group) = &criterion.group else { continue };
            if matches!(criterion.logic, Expr::Implies { .. }) {
                continue;
            }
            let then = std::mem::replace(&mut criterion.logic, Expr::And(Vec::new()));
            let condition = Box::new(Expr::Unread { span: group.span });
            criterion.logic = Expr::Implies { condition, then: Box::new(then), sense: Sense::of(kind) };
        }
    }
}

/// A criterion with what was found in its words.
struct Read<'a> {
    criterion: &'a Criterion,
    scanned: Scanned,
    /// Limits as written: names that the vocabulary lacks play no part in them.
    bounds: Vec<crate::logic::Bound>,
    children: Vec<Read<'a>>,
}

impl<'a> Read<'a> {
    fn new(criterion: &'a Criterion, terminology: &Terminology) -> Self {
        let mut scanned = scan(criterion.own.text(), terminology);
        let bounds = bounds::bounds(&criterion.own, &scanned.pieces, terminology);
        scores::take(criterion.own.text(), &mut scanned.pieces);
        names::take(criterion.own.text(), &scanned.words, &mut scanned.pieces);
        Self {
            criterion,
            scanned,
            bounds,
            children: criterion.children.iter().map(|child| Read::new(child, terminology)).collect(),
        }
    }
}

/// The conditions that inclusion criteria name without denying them.
fn own_conditions(criteria: &[Read<'_>]) -> Vec<ConceptId> {
    let mut out: Vec<ConceptId> = Vec::new();
    for read in criteria.iter().filter(|read| read.criterion.kind == trialway_criteria::Kind::Inclusion) {
        for mention in &read.scanned.mentions {
            let condition = mention.concept.domain() == Some(Domain::Condition);
            if condition && !mention.negated && !out.contains(&mention.concept) {
                out.push(mention.concept.clone());
            }
        }
    }
    out
}

fn lower_criterion(
    read: &Read<'_>,
    inherited: &Inherited,
    own_conditions: &[ConceptId],
    terminology: &Terminology,
    findings: &mut Vec<Diagnostic>,
) -> CriterionLogic {
    let criterion = read.criterion;
    let text = criterion.own.text();
    let sense = Sense::of(criterion.kind);
    let all = &read.scanned.pieces;
    let mut context = Context {
        terminology,
        own: &criterion.own,
        text,
        sense,
        inherited,
        own_conditions,
        findings: Vec::new(),
        in_exception: false,
        of_grounds: false,
        of_toxicity: std::cell::OnceCell::new(),
        by_load: std::cell::OnceCell::new(),
        methods: std::cell::OnceCell::new(),
        depth: 0,
    };
    let lead = !criterion.children.is_empty() && parts::is_lead_in(all, text);
    let alone = criterion.children.is_empty();
    let relative = !lead && !criterion.children.is_empty() && parts::ends_in_relative(text);
    let own = if lead {
        lead_condition(&mut context, all)
    } else if begins_with_example(all)
        || text.trim_start().get(..9).is_some_and(|start| start.eq_ignore_ascii_case("exception"))
    {
        // "Including prostatitis": what the item before names, again.
        Some(context.unread(&(0..text.len())))
    } else if alone && heading::is_title(text, sense) {
        None
    } else if alone && heading::leads(text) && !parts::limits(all) {
        // What leads to a list that is not there asks nothing by itself, and what it asks with the list is not read.
        let names = all.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
        names.then(|| context.unread(&(0..text.len())))
    } else {
        lower_text(&mut context, all)
    };
    // What limits something asks for it, unless it says what is allowed or only informs.
    let informs = |piece: &Piece| {
        matches!(piece.kind, PieceKind::Phrase(crate::lexicon::Class::Permission | crate::lexicon::Class::Note, _))
    };
    let own = own.or_else(|| {
        (alone && parts::limits(all) && !all.iter().any(informs)).then(|| context.unread(&(0..text.len())))
    });
    // A title without a colon ("Contraceptive use - male and female") asks nothing beside its items.
    let own = own.filter(|own| criterion.children.is_empty() || !(parts::is_title(all, text) && only_unread(own)));
    let lead = lead || relative;
    let handed =
        Inherited { window: if lead { lead_window(&context, all) } else { None }.or_else(|| inherited.window.clone()) };
    findings.append(&mut context.findings);
    let children: Vec<CriterionLogic> = read
        .children
        .iter()
        .map(|child| lower_criterion(child, &handed, own_conditions, terminology, findings))
        .collect();
    // "Uncontrolled asthma that (a) required steroids": an item by itself speaks of that asthma, too.
    let children = match &own {
        Some(own) if relative && sense == Sense::Excluding && !only_unread(own) => {
            children.into_iter().map(|child| of_parent(child, own)).collect()
        }
        _ => children,
    };
    // What asks nothing joins in nothing.
    let asking = children.iter().filter(|child| !asks_nothing(&child.logic));
    let nodes: Vec<Expr> = asking.map(|child| Expr::Node(child.id.clone())).collect();
    let joiner = if nodes.is_empty() { Joiner::All } else { parts::lead_joiner(all, text, sense) };
    // "Women who: are postmenopausal, OR ...": the items say themselves how they are joined.
    let or = |item: &Criterion| {
        let words = item.own.text().trim_end_matches([' ', ',', ';', '.', ':']);
        words.rsplit([' ', ',', ';', '\n']).next().is_some_and(|word| word.eq_ignore_ascii_case("or"))
    };
    let alternatives = joiner == Joiner::All
        && criterion.children.split_last().is_some_and(|(_, others)| !others.is_empty() && others.iter().all(or));
    let joiner = if alternatives { Joiner::Any } else { joiner };
    // "scheduled for surgery, including but not limited to:", "patients may be:": what is named there binds nobody, and something
    // else may do as well.
    let open = sense == Sense::Required && !nodes.is_empty() && heading::only_illustrates(text);
    let nodes = if open {
        let head = context.unread(&(0..text.len()));
        vec![Expr::any(nodes.into_iter().chain([head]).collect())]
    } else {
        nodes
    };
    let logic =
        if lead { of_lead(&context, all, own, nodes, joiner) } else { join_children(own, nodes, joiner, sense, lead) };
    let logic = match logic {
        // "No history of stroke" among grounds of exclusion: more likely what is asked for. It decides nothing.
        denial if sense == Sense::Excluding && clause::denies_events(&denial) => {
            let doubtful = Diagnostic::new(
                crate::codes::AMBIGUOUS_SCOPE,
                trialway_diagnostics::Severity::Warning,
                "something that is denied among grounds of exclusion: whether having it or not having it rules out is not clear",
            );
            findings.push(doubtful.at(criterion.own_span));
            subject::tentative(denial)
        }
        // "Hormone receptor status not specified": what asks nothing rules nobody out.
        nothing if sense == Sense::Excluding && asks_nothing(&nothing) => Expr::Or(Vec::new()),
        other => other,
    };
    CriterionLogic {
        id: criterion.id.clone(),
        kind: criterion.kind,
        group: criterion.group.clone(),
        span: criterion.span,
        own_span: criterion.own_span,
        own: criterion.own.clone(),
        logic: grouped(criterion, logic, terminology),
        bounds: read.bounds.clone(),
        entities: entities::entities(&criterion.own, &read.scanned.mentions, all, terminology),
        children,
    }
}

/// An item, and those below it, of what the item above names.
fn of_parent(mut child: CriterionLogic, of: &Expr) -> CriterionLogic {
    if !asks_nothing(&child.logic) {
        let own = std::mem::replace(&mut child.logic, Expr::And(Vec::new()));
        child.logic = Expr::all(vec![of.clone(), own]);
    }
    child.children = child.children.into_iter().map(|below| of_parent(below, of)).collect();
    child
}

fn begins_with_example(all: &[Piece]) -> bool {
    all.iter()
        .find(|piece| piece.kind != PieceKind::Blank)
        .is_some_and(|piece| matches!(piece.kind, PieceKind::Phrase(crate::lexicon::Class::Example, _)))
}

/// A lead-in with the items below it: none of them, where it denies them; of some only, where it says of whom.
fn of_lead(context: &Context<'_>, all: &[Piece], own: Option<Expr>, nodes: Vec<Expr>, joiner: Joiner) -> Expr {
    use crate::lexicon::Class;
    let sense = context.sense;
    let has = |wanted: &dyn Fn(&PieceKind) -> bool| all.iter().any(|piece| wanted(&piece.kind));
    let names = has(&|kind| matches!(kind, PieceKind::Mention(_) | PieceKind::Comparison(_)));
    let turns = heading::turns(context.text, sense);
    let whom = has(&|kind| matches!(kind, PieceKind::Phrase(Class::Whom, _)));
    let conditional =
        has(&|kind| matches!(kind, PieceKind::If | PieceKind::Phrase(Class::Permission | Class::Except, _)));
    // "The following treatments exist for patients:" names nobody in particular.
    let plain = !names && !conditional && context.text.split(' ').any(|word| word.eq_ignore_ascii_case("following"));
    let of_some = whom && !plain || turns && conditional;
    let denies = has(&|kind| matches!(kind, PieceKind::Phrase(Class::Negation, _)));
    let denies = denies && turns;
    if of_some || denies && (names || sense == Sense::Excluding) {
        let condition = Box::new(context.unread(&parts::extent(all)));
        let then = Box::new(join_children(None, nodes, joiner, sense, true));
        return Expr::Implies { condition, then, sense };
    }
    if denies {
        let any = Expr::not(Expr::any(nodes));
        return match own {
            Some(own) => Expr::all(vec![any, own]),
            None => any,
        };
    }
    join_children(own, nodes, joiner, sense, true)
}

/// Whether an expression has no part that could decide.
fn asks_nothing(expr: &Expr) -> bool {
    matches!(expr, Expr::And(args) | Expr::Or(args) if args.is_empty())
}

/// Whether nothing of an expression was read.
fn only_unread(expr: &Expr) -> bool {
    let mut unread = true;
    expr.for_each_leaf(&mut |leaf| unread &= matches!(leaf, Expr::Unread { .. }));
    unread
}

/// How a parent joins its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joiner {
    All,
    Any,
    AtLeast(usize),
}

fn join_children(own: Option<Expr>, nodes: Vec<Expr>, joiner: Joiner, sense: Sense, lead: bool) -> Expr {
    if nodes.is_empty() {
        return own.unwrap_or(Expr::And(Vec::new()));
    }
    let joined = match joiner {
        Joiner::All => Expr::all(nodes),
        Joiner::Any => Expr::any(nodes),
        Joiner::AtLeast(n) => Expr::AtLeast { n, args: nodes },
    };
    match (own, sense) {
        (None, _) => joined,
        // A lead-in states a condition that its items share, in either section.
        (Some(own), _) if lead => Expr::all(vec![own, joined]),
        (Some(own), Sense::Required) => Expr::all(vec![own, joined]),
        (Some(own), Sense::Excluding) => Expr::any(vec![own, joined]),
    }
}

/// What a lead-in itself asks: only its unread words, so that a restriction that was not read is not lost.
fn lead_condition(context: &mut Context<'_>, all: &[Piece]) -> Option<Expr> {
    let n_words = all.iter().filter(|piece| !matches!(piece.kind, PieceKind::Blank | PieceKind::Colon)).count();
    if parts::is_label(all, context.text) || n_words <= 4 {
        return None;
    }
    let unread: Vec<Expr> =
        all.iter().filter(|piece| piece.kind == PieceKind::Word).map(|piece| context.unread(&piece.range)).collect();
    if unread.is_empty() { None } else { Some(Expr::all(unread)) }
}

fn lead_window(context: &Context<'_>, all: &[Piece]) -> Option<Window> {
    all.iter().find_map(|piece| match &piece.kind {
        PieceKind::Window(window) => atom::window(context, window),
        _ => None,
    })
}

/// The logic of a criterion's own words; none when they say nothing by themselves.
fn lower_text(context: &mut Context<'_>, all: &[Piece]) -> Option<Expr> {
    let (all, of_age) = match age::without_legal_age(context, all) {
        Some((rest, of_age)) => (std::borrow::Cow::Owned(rest), Some(of_age)),
        None => (std::borrow::Cow::Borrowed(all), None),
    };
    let opened = age::without_brackets_of_age(context, &all);
    let all: &[Piece] = opened.as_deref().unwrap_or(&all);
    let read = parts::lower_parts(context, all)?;
    let read = Expr::all([read].into_iter().chain(of_age).collect());
    match label_of_some(context, all) {
        Some(label) => {
            let condition = Box::new(context.unread(&label));
            Some(Expr::Implies { condition, then: Box::new(read), sense: context.sense })
        }
        None => Some(read),
    }
}

/// "For the diabetes group: …": whom the item concerns, where that is not read.
fn label_of_some(context: &Context<'_>, all: &[Piece]) -> Option<std::ops::Range<usize>> {
    const LONGEST: usize = 80;
    let text = context.text;
    let begins = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("for "))
        || text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("if "))
        || heading::names_group(text);
    let end = Some(text).filter(|_| begins)?.find(':').filter(|end| *end <= LONGEST)?;
    let is_read = all.iter().take_while(|piece| piece.range.end <= end).any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Phrase(crate::lexicon::Class::ImpliedFemale | crate::lexicon::Class::ImpliedSex, _)
        )
    });
    (!is_read).then_some(0..end)
}

/// A group heading that names a kind of participant is the condition of each of its items.
fn grouped(criterion: &Criterion, logic: Expr, terminology: &Terminology) -> Expr {
    let Some(group) = criterion.group.as_ref().filter(|_| !criterion.id.is_nested()) else { return logic };
    // "Diagnosis of …, including at least one of the following:" is a criterion of its own, not whom the next ones are about.
    let lower = group.text.to_lowercase();
    if lower.trim_end().ends_with("following:") && lower.contains("including") {
        return logic;
    }
    let own = OwnText::plain(&group.text, group.span);
    let sense = Sense::of(criterion.kind);
    let inherited = Inherited::default();
    let mut scanned = scan(&group.text, terminology);
    names::take(&group.text, &scanned.words, &mut scanned.pieces);
    let named = scanned.pieces;
    if !named.iter().any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Mention(_)
                | PieceKind::Comparison(_)
                | PieceKind::Phrase(
                    crate::lexicon::Class::ImpliedSex
                        | crate::lexicon::Class::ImpliedFemale
                        | crate::lexicon::Class::Whom,
                    _
                )
        )
    }) {
        return logic;
    }
    let mut context = Context {
        terminology,
        own: &own,
        text: &group.text,
        sense: Sense::Required,
        inherited: &inherited,
        own_conditions: &[],
        findings: Vec::new(),
        in_exception: false,
        of_grounds: false,
        of_toxicity: std::cell::OnceCell::new(),
        by_load: std::cell::OnceCell::new(),
        methods: std::cell::OnceCell::new(),
        depth: 0,
    };
    match parts::lower_parts(&mut context, &named) {
        Some(condition) => Expr::Implies { condition: Box::new(condition), then: Box::new(logic), sense },
        None => logic,
    }
}

/// The logic with the structured fields of the record beside it.
pub fn lower_study(study: &trialway_study::Study, tree: &Parsed<Tree>, terminology: &Terminology) -> StudyLogic {
    let mut logic = lower(&tree.value, terminology);
    logic.structured = crate::structured::structured(study);
    let mut findings = tree.findings.clone();
    findings.append(&mut logic.findings);
    logic.findings = findings;
    logic
}
