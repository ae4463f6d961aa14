//! One unit to its expression: an atom for each thing named, what a bracket adds, what was left unread.

use super::age::ages;
use super::allergy::{allergy, is_of_study_medicine};
use super::parts::{extent, named_limits};
use super::unit::Unit;
use super::whose::{is_of, owner};
use super::{Context, atom, beside, brackets};
use crate::codes;
use crate::expr::{
    Atom, EventRole, EventTest, Expr, Firmness, GradeTest, MeasurementTest, Presence, Qualifier, ResultTest, Sense,
    Test, WantedResult, WantedSex,
};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_criteria::compare::{Comparison, Op};
use trialway_diagnostics::{Diagnostic, Said, Severity as FindingSeverity};
use trialway_terminology::{ConceptId, Domain};

pub(super) fn lower_unit(context: &mut Context<'_>, unit: &Unit) -> Option<Expr> {
    if unit.hazard || unit.is_heap() {
        // "creatinine more than twice the upper limit of normal": what was read beside such words may be the opposite.
        let whole = [unit.extent()].into_iter().chain(unit.groups.iter().map(|group| extent(group)));
        return Some(Expr::all(whole.map(|range| context.unread(&range)).collect()));
    }
    let mut all: Vec<Expr> = Vec::new();
    if let Some(grade) = &unit.grade {
        let of = unit.subjects.iter().map(|(id, _)| id).find(|id| id.domain() == Some(Domain::Condition)).cloned();
        let span = context.span(&grade.range);
        // "spondylolisthesis: grade > 1": a grade of the common scale of side effects only where the text speaks of these.
        let common = grade.scale.as_str() == "scale:ctcae";
        if common && of.is_none() && !*context.of_toxicity.get_or_init(|| speaks_of_toxicity(context.text)) {
            all.push(Expr::Unread { span });
        } else {
            let test = Test::Grade(GradeTest {
                scale: grade.scale.clone(),
                wanted: grade.ordinals.clone(),
                of,
                window: unit.window.clone().or_else(|| context.inherited.window.clone()),
            });
            all.push(Expr::Atom(Atom { test, span, firmness: Firmness::Certain }));
        }
    }
    if unit.allergy && is_of_study_medicine(context, unit) {
        let test = Test::Judgement(super::parts::topic("study_medicine_allergy"));
        let atom = Atom { test, span: context.span(&unit.extent()), firmness: Firmness::Certain };
        // Who has no allergy at all has none to it.
        let expr = Expr::all(vec![allergy(context, unit), Expr::Atom(atom)]);
        return Some(if unit.negated { Expr::not(expr) } else { expr });
    }
    if unit.allergy {
        let known = allergy(context, unit);
        let any = matches!(&known, Expr::Atom(Atom { test: Test::Event(EventTest { concept: None, .. }), .. }));
        // An allergy to something that is not known, or named elsewhere in the list, is not one to anything.
        let named = !unit.subjects.is_empty() || !unit.unread.is_empty() || unit.listed;
        all.push(if any && named { context.unread(&unit.extent()) } else { known });
    } else {
        let named = subjects(context, unit);
        let mut measured = false;
        for expr in &named {
            expr.for_each_leaf(&mut |leaf| {
                measured |= matches!(leaf, Expr::Atom(Atom { test: Test::Measurement(_), .. }) | Expr::Unread { .. });
            });
        }
        if !named.is_empty() {
            // Several things measured under one name are limited each.
            let each = context.sense == Sense::Required && measured && named.len() > 1;
            all.push(if each { Expr::all(named) } else { Expr::any(named) });
        }
        // A number beside what is not measured is an age ("pregnant women 18 to 45 years") or not read ("> 20 mg/day").
        if !measured {
            all.extend(ages(context, unit));
        } else {
            // "proteinuria > 3.5 g/day with serum albumin < 3 g/dL": a limit of what is not measured by itself.
            let of_other = |limit: &Range<usize>| {
                let owner = unit.subjects.iter().find(|(_, place)| is_of(context.text, unit, place, limit));
                owner.is_some_and(|(id, _)| id.domain() != Some(Domain::Observation))
            };
            let apart: Vec<Range<usize>> =
                unit.comparisons.iter().map(|comparison| comparison.range.clone()).filter(of_other).collect();
            let known = named_limits(&all);
            let mut others = unit.clone();
            others.comparisons.retain(|limit| owner(context.text, unit, &limit.range).is_none());
            all.extend(ages(context, &others));
            all.extend(apart.iter().map(|range| context.unread(range)).filter(|expr| !known.contains(expr)));
        }
    }
    all.extend(unit.response.clone());
    if let (Some(_), Some(window), true) = (&unit.response, &unit.window, unit.subjects.is_empty()) {
        // When a disease answered is not asked of a record yet.
        all.push(Expr::Unread { span: window.span });
    }
    if all.is_empty() && unit.unread.is_empty() && unit.male_or_female.is_none() {
        return None;
    }
    let mut expr = if all.is_empty() { None } else { Some(Expr::all(all)) };
    if unit.spelled_oddly {
        expr = expr.map(softened);
    }
    let mut unread: Vec<Expr> = unit.unread.iter().map(|range| context.unread(range)).collect();
    if unit.negated
        && let Some(inner) = expr.take()
    {
        let firm = match unit.result {
            // "no abnormality in …" is read as a normal result already.
            Some((WantedResult::Normal, _)) => inner,
            // "no leukemia in the fluid of the spine": words that narrow what is denied are denied with it.
            _ if !unit.since => denied(Expr::all(std::iter::once(inner).chain(unread.drain(..)).collect())),
            _ => denied(inner),
        };
        expr = Some(firm);
    }
    let mut conjuncts: Vec<Expr> = expr.into_iter().collect();
    // Whom it is about is not denied with what is said of them ("non-pregnant women").
    if let Some(sex) = unit.male_or_female {
        let span = context.span(&unit.extent());
        conjuncts.push(Expr::Atom(Atom { test: Test::Sex(sex), span, firmness: Firmness::Certain }));
    }
    conjuncts.extend(unread);
    for group in &unit.groups {
        if let Some(members) = brackets::members(context, unit, group) {
            conjuncts = vec![members];
            continue;
        }
        if let Some(longer) = brackets::other_time(context, unit, group) {
            conjuncts.push(longer);
            continue;
        }
        if unit.since && brackets::begins_with_time(context, group) {
            // "(4 weeks for brain radiotherapy)": it is not asked for.
            conjuncts.push(context.unread(&extent(group)));
            continue;
        }
        if let Some(examples) = brackets::other_names(context, unit, group).filter(|_| !conjuncts.is_empty()) {
            let given = group
                .iter()
                .find(|piece| piece.kind != PieceKind::Blank)
                .is_some_and(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Example, _)))
                // "anticoagulants (warfarin, heparin)": medicines and procedures are listed as kinds.
                || unit.subjects.iter().all(|(id, _)| id.domain() != Some(Domain::Condition));
            if given {
                // "inflammatory disease (e.g. lupus)": what is given as an example of it is one, as far as nothing else is asked.
                let plain = unit.qualifiers.is_empty()
                    && unit.severity.is_none()
                    && unit.window.is_none()
                    && unit.presence.is_none();
                if plain {
                    let named = Expr::all(std::mem::take(&mut conjuncts));
                    conjuncts.push(Expr::any(vec![named, softened(examples)]));
                }
                continue;
            }
            // "severe hepatic impairment (cirrhosis, …)": what is named there may count by itself; whether is not said.
            let named = Expr::all(std::mem::take(&mut conjuncts));
            let one = Expr::all(vec![examples, context.unread(&extent(group))]);
            conjuncts.push(Expr::any(vec![named, one]));
            continue;
        }
        let Some(more) = beside::bracket(context, unit, group) else { continue };
        let or =
            group.iter().find(|piece| piece.kind != PieceKind::Blank).is_some_and(|piece| piece.kind == PieceKind::Or);
        let looks = |piece: &Piece| match &piece.kind {
            PieceKind::Mention(concepts) => concepts.iter().any(|id| id.domain() == Some(Domain::Procedure)),
            _ => false,
        };
        if or && group.iter().any(looks) && unit.subjects.iter().any(|(id, _)| id.domain() == Some(Domain::Condition)) {
            // "no metastases by chest x-ray (or CT)": another way to look, not another thing to have.
            conjuncts.push(context.unread(&extent(group)));
            continue;
        }
        if or {
            // "CT scan (or MRI)": either.
            let named = Expr::all(std::mem::take(&mut conjuncts));
            conjuncts.push(Expr::any(vec![named, more]));
            continue;
        }
        let limits = |expr: &Expr| {
            let mut found = false;
            expr.for_each_leaf(&mut |leaf| {
                found |= matches!(leaf, Expr::Atom(Atom { test: Test::Measurement(_), .. }));
            });
            found
        };
        if limits(&more) && conjuncts.iter().any(brackets::is_measured_state) && !conjuncts.iter().any(limits) {
            // "renal dysfunction (creatinine > 1.5 x ULN)": whether the limit defines it or narrows it is not said. Both
            // together are it, neither is not, and one alone leaves it open.
            let named = Expr::all(std::mem::take(&mut conjuncts));
            let one = Expr::all(vec![Expr::any(vec![named.clone(), more.clone()]), context.unread(&extent(group))]);
            conjuncts.push(Expr::any(vec![Expr::all(vec![named, more]), one]));
            continue;
        }
        conjuncts.push(more);
    }
    Some(Expr::all(conjuncts))
}

/// Whether a text speaks of side effects, which have a scale in common.
fn speaks_of_toxicity(text: &str) -> bool {
    const OF_TOXICITY: &[&str] =
        &["toxicit", "adverse", "ctcae", "nci", "ctc", "side effect", "reaction", "neuropath", "event"];
    let lower = text.to_ascii_lowercase();
    OF_TOXICITY.iter().any(|known| lower.contains(known))
}

/// Whether a piece makes its bracket ask nothing.
pub(super) fn silent(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Phrase(Class::Note | Class::Permission | Class::Standard | Class::WithOrWithout, _))
}

/// The same expression as a ground of exclusion.
pub(super) fn ruling_out(expr: Expr) -> Expr {
    match expr {
        Expr::And(args) => Expr::And(args.into_iter().map(ruling_out).collect()),
        Expr::Or(args) => Expr::Or(args.into_iter().map(ruling_out).collect()),
        Expr::Atom(mut atom) => {
            if let Test::Event(event) = &mut atom.test {
                event.rules_out = true;
            }
            Expr::Atom(atom)
        }
        other => other,
    }
}

fn subjects(context: &mut Context<'_>, unit: &Unit) -> Vec<Expr> {
    let means = |id: &ConceptId| {
        matches!(id.as_str(), "procedure:kidney_biopsy" | "procedure:biopsy" | "procedure:genetic_test")
    };
    let list: Vec<(ConceptId, Range<usize>)> = unit
        .subjects
        .iter()
        .filter(|(id, _)| !(unit.confirm && means(id) && unit.subjects.len() > 1))
        .cloned()
        .collect();
    let list = without_involvement(unit, list);
    let mut out: Vec<Expr> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    // Where each of `out` is named.
    let mut stands: Vec<Range<usize>> = Vec::new();
    let several = list.iter().map(|(id, _)| id).filter(|_| list.len() > 1);
    let generals = context.terminology.generals(several);
    for (id, range) in &list {
        // Of several names in one unit the most special one counts ("lupus nephritis (LN) of SLE").
        if generals.contains(id) && !places.contains(range) {
            continue;
        }
        let Some(domain) = id.domain() else { continue };
        // Smoking of so many pack-years is measured.
        let pack_years = ConceptId::new("score:pack_years");
        let in_pack_years =
            unit.comparisons.iter().any(|limit| limit.unit.as_ref().is_some_and(|unit| unit.as_str() == "{pack}.a"));
        let (id, domain) = if in_pack_years && id.as_str() == "state:smoker" {
            (&pack_years, Domain::Observation)
        } else {
            (id, domain)
        };
        let expr = match domain {
            // "aged 40-80 with at least 10 pack-years": the other limits are of something else.
            Domain::Observation if *id == pack_years && in_pack_years => {
                let is_pack = |limit: &Comparison| limit.unit.as_ref().is_some_and(|unit| unit.as_str() == "{pack}.a");
                let (mut own, mut others) = (unit.clone(), unit.clone());
                own.comparisons.retain(is_pack);
                others.comparisons.retain(|limit| !is_pack(limit));
                let smoked = observation(context, &own, id, range);
                Some(Expr::all(ages(context, &others).into_iter().chain(smoked).collect()))
            }
            Domain::Observation => observation(context, unit, id, range),
            Domain::Condition | Domain::State | Domain::Drug | Domain::Procedure => {
                event(context, unit, id, range, domain)
            }
        };
        places.push(range.clone());
        if let Some(expr) = expr {
            stands.push(range.clone());
            out.push(expr);
        }
    }
    if unit.subjects.len() > 1 && out.len() > 1 {
        // Names that stand apart in one unit describe one thing together.
        let apart = places.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
        if apart {
            let domains: Vec<Option<Domain>> = list.iter().map(|(id, _)| id.domain()).collect();
            // Two names of one kind side by side ("antidepressant treatment with ketamine"): the later is meant, the
            // earlier narrows it in a way that facts do not tell.
            if domains.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
                && !super::means::go_together(context, &list)
                && domains.first() != Some(&Some(Domain::Observation))
            {
                let last = out.pop();
                let first = places.first().map(|range| context.unread(range));
                return vec![Expr::all(last.into_iter().chain(first).collect())];
            }
            // "ischemia at angiography": the means, or the time, of what is named first.
            let means = |range: &Range<usize>| {
                let before = context.text.get(..range.start).unwrap_or_default().trim_end();
                let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                ["at", "on", "by", "via", "in", "during", "after"].iter().any(|known| last.eq_ignore_ascii_case(known))
            };
            if let ([Some(Domain::Condition), Some(Domain::Procedure)], [_, (_, range)]) =
                (domains.as_slice(), list.as_slice())
                && means(range)
            {
                out.pop();
                out.push(context.unread(range));
            }
            // "type 1 or type 2 diabetes treated with insulin": the names of one place are alternatives.
            let mut each: Vec<(Range<usize>, Vec<Expr>)> = Vec::new();
            for (range, expr) in stands.into_iter().zip(out) {
                match each.last_mut().filter(|(place, _)| *place == range) {
                    Some((_, same)) => same.push(expr),
                    None => each.push((range, vec![expr])),
                }
            }
            return vec![Expr::all(each.into_iter().map(|(_, same)| Expr::any(same)).collect())];
        }
    }
    out
}

/// "≥ 10 % body surface area of eczema involvement": what a score is of is not asked for beside it.
fn without_involvement(unit: &Unit, list: Vec<(ConceptId, Range<usize>)>) -> Vec<(ConceptId, Range<usize>)> {
    let scored = !unit.comparisons.is_empty() && list.iter().any(|(id, _)| id.as_str().starts_with("score:"));
    if !scored {
        return list;
    }
    list.into_iter().filter(|(id, _)| !id.written_words().is_some_and(|words| words.ends_with("involvement"))).collect()
}

/// The opposite: whom an implication does not concern must not be denied by it ("not pregnant" is true of every man).
pub(super) fn denied(expr: Expr) -> Expr {
    fn turned(expr: Expr) -> Expr {
        let each = |args: Vec<Expr>| args.into_iter().map(turned).collect();
        match expr {
            Expr::And(args) => Expr::And(each(args)),
            Expr::Or(args) => Expr::Or(each(args)),
            Expr::Implies { condition, then, sense } => {
                Expr::Implies { condition, then: Box::new(turned(*then)), sense: sense.turned() }
            }
            other => other,
        }
    }
    Expr::not(turned(expr))
}

fn observation(context: &mut Context<'_>, unit: &Unit, id: &ConceptId, range: &Range<usize>) -> Option<Expr> {
    let whole = unit.extent();
    let span = context.span(&(range.start.min(whole.start.max(range.start))..range.end));
    let window = unit.window.clone().or_else(|| context.inherited.window.clone());
    let mut all = Vec::new();
    for comparison in unit.comparisons.iter().filter(|comparison| is_of(context.text, unit, range, &comparison.range)) {
        if comparison.doubtful {
            context.findings.push(
                Diagnostic::new(
                    codes::MISSING_SIGN,
                    FindingSeverity::Warning,
                    "a number before `upper limit of normal` without a sign is read as a multiple",
                )
                .at(context.span(&comparison.range))
                .with_help(Said::new("write `{meant}`").with("meant", format!("{} x ULN", comparison.value))),
            );
        }
        let cover = range.start.min(comparison.range.start)..range.end.max(comparison.range.end);
        // "Life expectancy > 12": of what is not said.
        if id.as_str() == "score:life_expectancy" && comparison.unit.is_none() {
            all.push(context.unread(&cover));
            continue;
        }
        // "Body surface area" is of the whole body in square metres, and of what is affected in percent.
        let is_of_body =
            id.as_str() == "score:bsa" && comparison.unit.as_ref().is_some_and(|unit| unit.as_str() == "m2");
        let test = Test::Measurement(MeasurementTest {
            concept: if is_of_body { ConceptId::new("vital:bsa") } else { id.clone() },
            // "Life expectancy 6 months": nobody is asked for exactly that.
            comparator: match comparison.op {
                Op::Eq if id.as_str() == "score:life_expectancy" && wanted_here(context, unit) => {
                    atom::comparator(Op::Ge)
                }
                op => atom::comparator(op),
            },
            value: comparison.value,
            unit: comparison.unit.clone(),
            relative: comparison.relative_to.map(atom::relative),
            window: window.clone(),
            methods: context.methods(),
        });
        let firmness = if comparison.doubtful { Firmness::Likely } else { Firmness::Certain };
        all.push(Expr::Atom(Atom { test, span: context.span(&cover), firmness }));
    }
    if let Some((wanted, place)) = &unit.result {
        let cover = range.start.min(place.start)..range.end.max(place.end);
        let test = Test::Result(ResultTest { concept: id.clone(), wanted: *wanted, window });
        let expr = Expr::Atom(Atom { test, span: context.span(&cover), firmness: Firmness::Certain });
        all.push(female_only(context, id, expr, &cover));
    }
    if all.is_empty() { Some(Expr::Unread { span }) } else { Some(Expr::all(all)) }
}

/// Pregnancy and its tests concern women only.
fn female_only(context: &Context<'_>, id: &ConceptId, expr: Expr, range: &Range<usize>) -> Expr {
    let concerns = [
        "lab:pregnancy_test",
        "lab:pregnancy_test_urine",
        "state:pregnancy",
        "state:breastfeeding",
        "state:postmenopausal",
    ]
    .contains(&id.as_str());
    if !concerns {
        return expr;
    }
    let condition =
        Expr::Atom(Atom { test: Test::Sex(WantedSex::Female), span: context.span(range), firmness: Firmness::Certain });
    Expr::Implies { condition: Box::new(condition), then: Box::new(expr), sense: context.sense }
}

/// What a unit asks of something that is there, was done or is taken.
fn event(context: &mut Context<'_>, unit: &Unit, id: &ConceptId, range: &Range<usize>, domain: Domain) -> Option<Expr> {
    let planned = |piece: &Piece| matches!(piece.kind, PieceKind::Phrase(Class::Planned, _));
    let shared = unit.presence == Some(Presence::Planned) && !unit.pieces.iter().any(planned);
    // "pregnant, planning pregnancy or breastfeeding": whether feeding is planned or done now is not said; both are meant.
    if shared && id.as_str() == "state:breastfeeding" && context.sense == Sense::Excluding && !unit.negated {
        let mut now = unit.clone();
        now.presence = None;
        let all = [&now, unit].into_iter().filter_map(|unit| event_as_said(context, unit, id, range, domain));
        return Some(Expr::any(all.collect()));
    }
    event_as_said(context, unit, id, range, domain)
}

fn event_as_said(
    context: &mut Context<'_>,
    unit: &Unit,
    id: &ConceptId,
    range: &Range<usize>,
    domain: Domain,
) -> Option<Expr> {
    // "HER2-negative breast cancer", "HIV-negative adults with tuberculosis": the result is of the name before it, and of no other.
    if let Some((_, place)) = &unit.result
        && !is_of(context.text, unit, range, place)
        && matches!(domain, Domain::Condition | Domain::State)
    {
        let mut plain = unit.clone();
        plain.result = None;
        return event(context, &plain, id, range, domain);
    }
    // A positive or negative result beside a disease's name is a test for it ("HIV positive", "syphilis positive").
    if let Some((wanted, place)) = &unit.result
        && let Some(test) = test_for(context, id)
    {
        let cover = range.start.min(place.start)..range.end.max(place.end);
        let test = Test::Result(ResultTest { concept: test, wanted: *wanted, window: unit.window.clone() });
        return Some(Expr::Atom(Atom { test, span: context.span(&cover), firmness: Firmness::Certain }));
    }
    // "negative for metastases": there are none. What is normal or raised about a disease is not read.
    if let Some((wanted, place)) = &unit.result
        && matches!(domain, Domain::Condition | Domain::State)
    {
        let mut plain = unit.clone();
        plain.result = None;
        return match wanted {
            WantedResult::Negative => event(context, &plain, id, range, domain).map(denied),
            WantedResult::Positive => event(context, &plain, id, range, domain),
            _ => Some(context.unread(&(range.start.min(place.start)..range.end.max(place.end)))),
        };
    }
    // "no evidence of disease", "acute disease": which one is not said.
    let narrowed = unit.qualifiers.iter().any(|qualifier| matches!(qualifier, Qualifier::InWords(_)));
    if id.as_str() == "condition:disease" && !narrowed && unit.severity.is_none() {
        return Some(context.unread(range));
    }
    let role = match domain {
        Domain::Drug => EventRole::Drug,
        Domain::Procedure => EventRole::Procedure,
        _ => EventRole::Condition,
    };
    let window = unit.window.clone().or_else(|| context.inherited.window.clone());
    // "elective surgery" that is wanted is still to come.
    let elective =
        role == EventRole::Procedure && wanted_here(context, unit) && window.is_none() && is_elective(context, unit);
    let presence = unit.presence.unwrap_or(match (role, &window) {
        (EventRole::Procedure, None) if elective => Presence::Planned,
        (_, None) if context.in_exception => Presence::Ever,
        (EventRole::Condition, None) => Presence::Current,
        (EventRole::Drug, None) if unit.response.is_some() || received(context, unit) => Presence::Ever,
        (EventRole::Drug, None) => Presence::Current,
        _ => Presence::Ever,
    });
    // "other cancers" are others than the trial's own; "other medicines" say no such thing.
    // A ground of exclusion that comprises the trial's own disease ("a malignancy" in a trial of lung cancer) is another one.
    let comprises = |own: &&ConceptId| context.terminology.is_a(own, id) && *own != id;
    let other = unit.other || unit.qualifiers.iter().any(says_other);
    let other_than = match role {
        EventRole::Condition if other => own_kinds(context, id),
        // "bilateral breast tumors" in a trial of breast cancer: the trial's own disease, in words that narrow it.
        EventRole::Condition if context.sense == Sense::Excluding && !unit.negated && !names_own(context, unit) => {
            context.own_conditions.iter().filter(comprises).cloned().collect()
        }
        _ => Vec::new(),
    };
    let other_than_none = other_than.is_empty();
    let wanted = wanted_here(context, unit);
    let silence_is_absence = id
        .written_words()
        .is_none_or(|words| !wanted && domain != Domain::State && !trialway_terminology::wording::names_class(words))
        // A record seldom lists a birth by itself, so that none there does not say that there was none.
        && !(wanted && id.as_str() == "procedure:delivery")
        && !super::means::says_nothing_by_silence(context, unit, id, wanted);
    let base = EventTest {
        silence_is_absence,
        rules_out: !wanted,
        role,
        concept: Some(id.clone()),
        presence,
        suspicion_counts: unit.suspicion,
        qualifiers: Vec::new(),
        window,
        other_than,
    };
    // "moderate depression as measured by a HAMD-6 score > 7": the score says how severe it is.
    let scored = !unit.comparisons.is_empty() && unit.subjects.iter().any(|(id, _)| id.as_str().starts_with("score:"));
    let mut fixed: Vec<Qualifier> = unit.severity.filter(|_| !scored).map(Qualifier::Severity).into_iter().collect();
    let mut either: Vec<Qualifier> = Vec::new();
    for qualifier in &unit.qualifiers {
        match qualifier {
            Qualifier::Uncontrolled | Qualifier::RequiringTreatment => either.push(qualifier.clone()),
            other if role == EventRole::Condition && says_other(other) => {}
            other => fixed.push(other.clone()),
        }
    }
    if unit.confirm
        && let Some((means, _)) = unit.subjects.iter().find(|(other, _)| {
            other != id
                && matches!(other.as_str(), "procedure:kidney_biopsy" | "procedure:biopsy" | "procedure:genetic_test")
        })
    {
        fixed.push(Qualifier::ConfirmedBy(means.clone()));
    }
    // Words that narrow it are part of what is asked.
    let cover = unit
        .narrowing
        .iter()
        .fold(range.clone(), |cover, words| cover.start.min(words.start)..cover.end.max(words.end));
    let span = context.span(&cover);
    let firmness = if id.written_words().is_some() { Firmness::Likely } else { Firmness::Certain };
    let build = |extra: Option<Qualifier>| {
        let mut test = base.clone();
        test.qualifiers = fixed.iter().cloned().chain(extra).collect();
        Expr::Atom(Atom { test: Test::Event(test), span, firmness })
    };
    either.dedup();
    // "other lung disease", where the study is about lung disease: which one does not count is not known.
    // "another malignancy", where none of the study's own is known to be one.
    let any_cancer = context.terminology.id("condition:malignancy");
    let unknown = other
        && role == EventRole::Condition
        && (context.own_conditions.contains(id)
            || other_than_none && any_cancer.is_some_and(|cancer| context.terminology.is_a(id, &cancer)));
    let expr =
        if either.is_empty() { build(None) } else { Expr::any(either.into_iter().map(|q| build(Some(q))).collect()) };
    let expr = if unknown { Expr::all(vec![expr, Expr::Unread { span }]) } else { expr };
    Some(female_only(context, id, expr, range))
}

/// Whether words in front of a name only say that it is another one ("a second malignancy").
fn says_other(qualifier: &Qualifier) -> bool {
    const OTHERS: [&str; 6] =
        ["additional", "different", "second", "secondary primary", "second primary", "other primary"];
    matches!(qualifier, Qualifier::InWords(words) if words.before && OTHERS.contains(&words.words.as_str()))
}

/// Whether the words that narrow a name are those of a disease that the study is about.
fn names_own(context: &Context<'_>, unit: &Unit) -> bool {
    let own = || context.own_conditions.iter().filter_map(|id| context.terminology.concept(id));
    unit.narrowing.iter().filter_map(|range| context.text.get(range.clone())).any(|words| {
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).any(|word| {
            let word = word.to_ascii_lowercase();
            own().any(|concept| concept.name.to_ascii_lowercase().split(' ').any(|known| known == word))
        })
    })
}

/// Wanted, unless exactly one of section and denial turns it.
fn wanted_here(context: &Context<'_>, unit: &Unit) -> bool {
    (context.sense == Sense::Required) != unit.negated
}

fn is_elective(context: &Context<'_>, unit: &Unit) -> bool {
    let text = context.text.get(unit.extent()).unwrap_or_default();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("elective"))
}

/// The trial's own conditions that are kinds of this one: no others could count for it.
fn own_kinds(context: &Context<'_>, id: &ConceptId) -> Vec<ConceptId> {
    context.own_conditions.iter().filter(|own| *own != id && context.terminology.is_a(own, id)).cloned().collect()
}

/// Whether the unit speaks of something received, not of something being taken.
pub(super) fn received(context: &Context<'_>, unit: &Unit) -> bool {
    // "immunosuppressive therapy" is being had, "therapy with an immunosuppressant" may be over.
    let named = unit.subjects.iter().map(|(_, range)| range.start).max().unwrap_or(0);
    let cancer = unit.subjects.iter().any(|(id, _)| {
        let id = id.as_str();
        ["chemotherapy", "anticancer", "immunotherapy", "targeted_therapy", "checkpoint"]
            .iter()
            .any(|kind| id.contains(kind))
    });
    unit.pieces.iter().any(|piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        let says = |known: &str| super::heading::holds_ignoring_case(word, known);
        let behind = piece.range.start > named || matches!(piece.kind, PieceKind::Mention(_));
        ["received", "underwent", "prior", "had", "treated", "treatment"].iter().any(|known| says(known))
            || (cancer || !behind) && says("therapy")
    })
}

/// The test that shows an infection.
fn test_for(context: &Context<'_>, id: &ConceptId) -> Option<ConceptId> {
    const TESTS: [(&str, &str); 5] = [
        ("condition:hiv", "lab:hiv_test"),
        ("condition:syphilis", "lab:syphilis_test"),
        ("condition:hepatitis_c", "lab:anti_hcv"),
        ("condition:hepatitis_b", "lab:hbsag"),
        ("condition:cmv_infection", "lab:cmv_dna"),
    ];
    const LOADS: [(&str, &str); 3] = [
        ("condition:hiv", "lab:hiv_rna"),
        ("condition:hepatitis_c", "lab:hcv_rna"),
        ("condition:hepatitis_b", "lab:hbv_dna"),
    ];
    // "positive viral load for HBV or HCV": antibodies tell nothing of it.
    let by_load = *context.by_load.get_or_init(|| {
        let lower = context.text.to_ascii_lowercase();
        ["viral load", "pcr", "viraemi", "viremi"].iter().any(|word| lower.contains(word))
    });
    let of = |tests: &[(&str, &str)]| {
        tests.iter().find(|(condition, _)| *condition == id.as_str()).and_then(|(_, test)| context.terminology.id(test))
    };
    if by_load { of(&LOADS).or_else(|| of(&TESTS)) } else { of(&TESTS) }
}

/// The same expression with readings that decide nothing.
pub(super) fn tentative(expr: Expr) -> Expr {
    match expr {
        Expr::Atom(mut atom) => {
            atom.firmness = Firmness::Tentative;
            Expr::Atom(atom)
        }
        Expr::Or(args) => Expr::Or(args.into_iter().map(tentative).collect()),
        Expr::And(args) => Expr::And(args.into_iter().map(tentative).collect()),
        Expr::Not(arg) => Expr::Not(Box::new(tentative(*arg))),
        Expr::Implies { condition, then, sense } => {
            Expr::Implies { condition: Box::new(tentative(*condition)), then: Box::new(tentative(*then)), sense }
        }
        other => other,
    }
}

/// The same expression with certain readings made likely.
pub(super) fn softened(expr: Expr) -> Expr {
    match expr {
        Expr::Atom(mut atom) => {
            atom.firmness = atom.firmness.min(Firmness::Likely);
            Expr::Atom(atom)
        }
        Expr::And(args) => Expr::And(args.into_iter().map(softened).collect()),
        Expr::Or(args) => Expr::Or(args.into_iter().map(softened).collect()),
        Expr::Not(arg) => Expr::Not(Box::new(softened(*arg))),
        other => other,
    }
}
