//! The contract's JSON for criteria and screenings.

use serde_json::{Map, Value, json};
use trialway_diagnostics::{Diagnostic, Span};
use trialway_eligibility::expr::{CalendarUnit, Length, Presence, WantedSex, Window, WindowKind};
use trialway_eligibility::{Bound, Coverage, CriterionLogic, Entity, EntityContext, Expr, Side, Test};
use trialway_matching::{CriterionResult, Screening};
use trialway_units::Decimal;

fn span(span: Span) -> Value {
    json!([span.start, span.end])
}

fn number(value: Decimal) -> Value {
    // Digits as written survive: the number is read from its own text.
    serde_json::from_str(&value.to_string()).unwrap_or(Value::Null)
}

/// A NODE of the contract.
pub fn node(criterion: &CriterionLogic) -> Value {
    json!({
        "id": criterion.id.as_str(),
        "kind": criterion.kind.as_str(),
        "group": criterion.group.as_ref().map(|group| json!({"text": group.text, "span": span(group.span)})),
        "span": span(criterion.span),
        "own_span": span(criterion.own_span),
        "text": criterion.own.text(),
        "logic": logic(&criterion.logic),
        "bounds": criterion.bounds.iter().map(bound).collect::<Vec<_>>(),
        "entities": criterion
            .entities
            .iter()
            .zip(trialway_eligibility::entity_contexts(criterion))
            .map(|(entity, context)| self::entity(entity, &context, criterion))
            .collect::<Vec<_>>(),
        "children": criterion.children.iter().map(node).collect::<Vec<_>>(),
    })
}

fn logic(expr: &Expr) -> Value {
    let list = |args: &[Expr]| args.iter().map(logic).collect::<Vec<_>>();
    match expr {
        Expr::And(args) => json!({"op": "and", "args": list(args)}),
        Expr::Or(args) => json!({"op": "or", "args": list(args)}),
        Expr::Not(arg) => json!({"op": "not", "arg": logic(arg)}),
        Expr::AtLeast { n, args } => json!({"op": "at_least", "n": n, "args": list(args)}),
        Expr::Implies { condition, then, sense } => {
            json!({"op": "implies", "if": logic(condition), "then": logic(then), "sense": sense.as_str()})
        }
        Expr::Except { base, unless, sense } => {
            json!({"op": "except", "base": logic(base), "unless": logic(unless), "sense": sense.as_str()})
        }
        Expr::Node(id) => json!({"op": "node", "id": id.as_str()}),
        Expr::Unread { span: at } => json!({"op": "unread", "span": span(*at)}),
        Expr::Atom(atom) => json!({
            "op": "atom",
            "kind": atom.test.kind(),
            "concept": concept(&atom.test),
            "compare": compare(&atom.test),
            "presence": presence(&atom.test),
            "window": window_of(&atom.test).map(window),
            "span": span(atom.span),
            "firmness": atom.firmness.as_str(),
        }),
    }
}

/// Whether what an atom names must be so now, ever, or be planned; none where that is not asked.
fn presence(test: &Test) -> Option<&'static str> {
    let presence = match test {
        Test::Event(event) => event.presence,
        Test::Participation(participation) => participation.presence,
        _ => return None,
    };
    Some(match presence {
        Presence::Current => "current",
        Presence::Ever => "ever",
        Presence::Planned => "planned",
    })
}

/// The concept that an atom is about.
pub fn concept(test: &Test) -> Option<String> {
    match test {
        Test::Event(event) => event.concept.as_ref().map(ToString::to_string),
        Test::Measurement(test) => Some(test.concept.to_string()),
        Test::Result(test) => Some(test.concept.to_string()),
        Test::Grade(test) => Some(test.scale.to_string()),
        Test::Cause(test) => Some(test.cause.to_string()),
        Test::Therapy(test) => Some(test.of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        Test::Judgement(topic) | Test::Consent(topic) => Some(topic.key.clone()),
        Test::Age(_) | Test::Sex(_) | Test::Childbearing | Test::Response(_) | Test::Participation(_) => None,
    }
}

fn compare(test: &Test) -> Value {
    match test {
        Test::Age(test) => {
            json!({"op": test.comparator.as_str(), "value": number(test.value), "unit": test.unit.as_str()})
        }
        Test::Measurement(test) => json!({
            "op": test.comparator.as_str(),
            "value": number(test.value),
            "unit": test.unit.as_ref().map(|unit| unit.as_str()),
            "relative_to": test.relative.map(|relative| match relative {
                trialway_eligibility::expr::Relative::UpperLimit => "ULN",
                trialway_eligibility::expr::Relative::LowerLimit => "LLN",
                trialway_eligibility::expr::Relative::Baseline => "baseline",
            }),
        }),
        Test::Sex(wanted) => json!({"op": "=", "value": if *wanted == WantedSex::Female { "female" } else { "male" }}),
        Test::Result(test) => json!({"op": "=", "value": format!("{:?}", test.wanted).to_lowercase()}),
        Test::Grade(test) => json!({"op": "in", "value": test.wanted}),
        Test::Therapy(test) => {
            json!({"op": ">=", "value": test.n_at_least, "at_least": test.at_least.as_ref().map(length)})
        }
        Test::Response(test) => json!({"op": "=", "value": format!("{:?}", test.wanted)}),
        Test::Event(test) if !test.qualifiers.is_empty() => {
            json!({"op": "qualified", "value": test.qualifiers.iter().map(|q| format!("{q:?}")).collect::<Vec<_>>()})
        }
        _ => Value::Null,
    }
}

/// The comparison of an atom in a few signs, for people.
pub fn compare_text(test: &Test) -> String {
    match test {
        Test::Age(test) => format!("{} {} {}", test.comparator.as_str(), test.value, test.unit),
        Test::Measurement(test) => {
            let unit = test.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let relative = match test.relative {
                Some(trialway_eligibility::expr::Relative::UpperLimit) => " x ULN",
                Some(trialway_eligibility::expr::Relative::LowerLimit) => " x LLN",
                Some(trialway_eligibility::expr::Relative::Baseline) => " x baseline",
                None => "",
            };
            format!(" {} {}{unit}{relative}", test.comparator.as_str(), test.value)
        }
        Test::Sex(wanted) => if *wanted == WantedSex::Female { "female" } else { "male" }.to_owned(),
        Test::Result(test) => format!(" {:?}", test.wanted).to_lowercase(),
        Test::Grade(test) => format!(" in {:?}", test.wanted),
        Test::Response(test) => format!("{:?}", test.wanted),
        Test::Therapy(test) => format!(
            " at least {}{}",
            test.n_at_least,
            test.at_least
                .as_ref()
                .map(|l| format!(", each for {} {:?}", l.number, l.unit).to_lowercase())
                .unwrap_or_default()
        ),
        Test::Event(test) => {
            let window = test
                .window
                .as_ref()
                .map(|w| format!(" {:?} {} {:?}", w.kind, w.length.number, w.length.unit).to_lowercase())
                .unwrap_or_default();
            let qualifiers = if test.qualifiers.is_empty() {
                String::new()
            } else {
                format!(" {:?}", test.qualifiers).to_lowercase()
            };
            format!("{qualifiers} {:?}{window}", test.presence).to_lowercase()
        }
        _ => String::new(),
    }
}

fn window_of(test: &Test) -> Option<&Window> {
    match test {
        Test::Event(test) => test.window.as_ref(),
        Test::Measurement(test) => test.window.as_ref(),
        Test::Result(test) => test.window.as_ref(),
        Test::Grade(test) => test.window.as_ref(),
        Test::Therapy(test) => test.window.as_ref(),
        Test::Participation(test) => test.window.as_ref(),
        _ => None,
    }
}

fn window(window: &Window) -> Value {
    let kind = match window.kind {
        WindowKind::WithinPast => "within_past",
        WindowKind::LongerAgo => "longer_ago",
        WindowKind::Lasting => "lasting",
        WindowKind::Future => "future",
    };
    json!({"kind": kind, "length": length(&window.length), "anchor": window.anchor, "span": span(window.span)})
}

fn length(length: &Length) -> Value {
    let unit = match length.unit {
        CalendarUnit::Hours => "h",
        CalendarUnit::Days => "d",
        CalendarUnit::Weeks => "wk",
        CalendarUnit::Months => "mo",
        CalendarUnit::Years => "a",
    };
    json!({"value": number(length.number), "unit": unit, "inclusive": length.inclusive})
}

fn bound(bound: &Bound) -> Value {
    json!({
        "side": if bound.side == Side::Lower { "lower" } else { "upper" },
        "inclusive": bound.inclusive,
        "value": number(bound.value),
        "span": span(bound.span),
        "variable": bound.variable,
        "variable_span": bound.variable_span.map(span),
        "concept": bound.concept.as_ref().map(|concept| concept.as_str()),
        "unit": bound.unit.as_ref().map(|unit| unit.as_str()),
        "relative_to": bound.relative_to,
        "canonical": bound.canonical.as_ref().map(|(value, unit)| json!({"value": number(*value), "unit": unit.as_str()})),
    })
}

fn entity(entity: &Entity, context: &EntityContext, criterion: &CriterionLogic) -> Value {
    json!({
        "type": entity.domain.as_str(),
        "span": span(entity.span),
        "text": entity_text(entity, criterion),
        "concept": entity.concept.as_ref().map(|concept| concept.as_str()),
        "negated": entity.negated,
        "family": context.of_relative,
        "hypothetical": context.is_hypothetical,
        "contraindicated": context.is_contraindicated,
        "severity": context.severity,
        "stage": context.stage,
    })
}

/// The words of an entity as the criterion has them.
fn entity_text(entity: &Entity, criterion: &CriterionLogic) -> String {
    criterion.own.clean_text(entity.span).to_owned()
}

/// A LINT of the contract.
pub fn lint(finding: &Diagnostic) -> Value {
    json!({
        "rule": finding.code.0,
        "severity": finding.severity.as_str(),
        "span": finding.span.map(span),
        "path": finding.path,
        "message": finding.message,
        "suggestion": finding.help,
    })
}

/// How much was read.
pub fn coverage(coverage: &Coverage) -> Value {
    let share = if coverage.n_bytes == 0 { 0.0 } else { coverage.n_unread_bytes as f64 / coverage.n_bytes as f64 };
    json!({
        "criteria": coverage.n_criteria,
        "computed": coverage.n_computed,
        "computed_by_name": coverage.n_by_name,
        "asks_nothing": coverage.n_nothing,
        "partly": coverage.n_partly,
        "judgement": coverage.n_judgement,
        "unread": coverage.n_unread,
        "bytes": coverage.n_bytes,
        "unread_bytes": coverage.n_unread_bytes,
        "unread_share": (share * 10_000.0).round() / 10_000.0,
    })
}

/// A RESULT of the contract.
pub fn result(result: &CriterionResult) -> Value {
    let mut out = Map::new();
    out.insert("id".to_owned(), json!(result.id.as_str()));
    out.insert("kind".to_owned(), json!(result.kind.as_str()));
    out.insert("text".to_owned(), json!(result.text));
    out.insert("effect".to_owned(), json!(result.effect.as_str()));
    out.insert("open_reason".to_owned(), json!(result.open_reason.map(|reason| reason.as_str())));
    out.insert("assumed".to_owned(), json!(result.assumed));
    out.insert("not_applicable".to_owned(), json!(result.not_applicable));
    out.insert("moot".to_owned(), json!(result.moot));
    out.insert("firmness".to_owned(), json!(result.firmness.as_str()));
    let evidence: Vec<Value> = result.evidence.iter().map(|e| json!({"source": e.source, "span": e.span.map(|(start, end)| [start, end]), "text": e.text(), "stale": e.stale})).collect();
    out.insert("evidence".to_owned(), Value::Array(evidence));
    out.insert("needs".to_owned(), json!(trialway_matching::in_english(&result.needs)));
    out.insert("not_before".to_owned(), json!(result.not_before.map(|day| day.to_string())));
    out.insert("children".to_owned(), Value::Array(result.children.iter().map(self::result).collect()));
    Value::Object(out)
}

/// What `screen` prints.
pub fn screening(trial: &str, patient: &str, as_of: &str, policy: &str, screening: &Screening) -> Value {
    json!({
        "trial": trial,
        "patient": patient,
        "as_of": as_of,
        "policy": policy,
        "verdict": screening.verdict.as_str(),
        "verdict_assumed": screening.verdict_assumed,
        "criteria": screening.criteria.iter().map(result).collect::<Vec<_>>(),
        "structured": screening.structured.iter().map(result).collect::<Vec<_>>(),
        "pivotal": screening.pivotal.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
    })
}
