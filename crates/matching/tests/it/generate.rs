//! Expressions, records with gaps, and the same records with the gaps filled.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use trialway_criteria::Kind;
use trialway_diagnostics::Span;
use trialway_eligibility::expr::{
    AgeTest, Atom, CalendarUnit, Comparator, EventRole, EventTest, Expr, Firmness, Length, MeasurementTest, Presence,
    Sense, Test, WantedSex, Window, WindowKind,
};
use trialway_eligibility::logic::StudyLogic;
use trialway_patient::{
    Certainty, Fact, FactKind, Facts, PartialDate, Period, Provenance, RecordedSex, RecordedStatus, Value, ValueRange,
};
use trialway_terminology::{ConceptId, Terminology};
use trialway_units::{Decimal, Unit};

pub const AS_OF: Date = date(2026, 6, 15);
pub const LABS: [(&str, &str); 3] = [("lab:hemoglobin", "g/L"), ("lab:alt", "U/L"), ("lab:egfr", "mL/min/{1.73_m2}")];
pub const DISEASES: [&str; 3] = ["condition:sle", "condition:lupus_nephritis", "condition:diabetes"];

fn atom(test: Test) -> Expr {
    Expr::Atom(Atom { test, span: Span::new(0, 0), firmness: Firmness::Certain })
}

fn comparator() -> impl Strategy<Value = Comparator> {
    prop_oneof![
        Just(Comparator::AtLeast),
        Just(Comparator::MoreThan),
        Just(Comparator::AtMost),
        Just(Comparator::LessThan),
        Just(Comparator::Equal),
    ]
}

fn window() -> impl Strategy<Value = Option<Window>> {
    proptest::option::weighted(0.4, (1..36_i64, any::<bool>())).prop_map(|window| {
        window.map(|(months, past)| Window {
            kind: if past { WindowKind::WithinPast } else { WindowKind::LongerAgo },
            length: Length { number: months.into(), unit: CalendarUnit::Months, inclusive: true },
            anchor: None,
            span: Span::new(0, 0),
        })
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    let age = (comparator(), 0..20_i64).prop_map(|(comparator, value)| {
        atom(Test::Age(AgeTest { comparator, value: value.into(), unit: Unit::new("a").unwrap(), onset_of: None }))
    });
    let measurement =
        (0..LABS.len(), comparator(), 0..10_i64, window()).prop_map(|(which, comparator, value, window)| {
            atom(Test::Measurement(MeasurementTest {
                concept: ConceptId::new(LABS[which].0),
                comparator,
                value: value.into(),
                unit: Unit::new(LABS[which].1),
                relative: None,
                window,
                methods: Vec::new(),
            }))
        });
    let event = (0..DISEASES.len(), any::<bool>(), window()).prop_map(|(which, ever, window)| {
        atom(Test::Event(EventTest {
            silence_is_absence: true,
            rules_out: ever,
            role: EventRole::Condition,
            concept: Some(ConceptId::new(DISEASES[which])),
            presence: if ever { Presence::Ever } else { Presence::Current },
            suspicion_counts: false,
            qualifiers: Vec::new(),
            window,
            other_than: Vec::new(),
        }))
    });
    prop_oneof![
        2 => age,
        1 => Just(atom(Test::Sex(WantedSex::Female))),
        1 => Just(atom(Test::Childbearing)),
        4 => measurement,
        3 => event,
        1 => Just(Expr::Unread { span: Span::new(0, 0) }),
    ]
}

fn sense() -> impl Strategy<Value = Sense> {
    prop_oneof![Just(Sense::Required), Just(Sense::Excluding)]
}

/// Logic of every form, up to four levels.
pub fn expr() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let several = proptest::collection::vec(inner.clone(), 0..4);
        let two = || (inner.clone(), inner.clone(), sense());
        prop_oneof![
            several.clone().prop_map(Expr::And),
            several.clone().prop_map(Expr::Or),
            inner.clone().prop_map(|arg| Expr::Not(Box::new(arg))),
            (0..4_usize, several).prop_map(|(n, args)| Expr::AtLeast { n, args }),
            two().prop_map(|(a, b, sense)| Expr::Except { base: Box::new(a), unless: Box::new(b), sense }),
            two().prop_map(|(a, b, sense)| Expr::Implies { condition: Box::new(a), then: Box::new(b), sense }),
        ]
    })
}

/// A study of one criterion with this logic.
pub fn study(logic: Expr, kind: Kind) -> StudyLogic {
    let text = if kind == Kind::Inclusion { "Inclusion Criteria:\n* x" } else { "Exclusion Criteria:\n* x" };
    let mut out = trialway_eligibility::lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    out.criteria[0].logic = logic;
    out
}

/// A date and the same one known more narrowly.
#[derive(Clone, Copy, Debug)]
pub struct Dated {
    pub wide: PartialDate,
    pub narrow: PartialDate,
}

fn dated(first_year: i16) -> impl Strategy<Value = Dated> {
    let last = i64::from(AS_OF.year()) - i64::from(first_year);
    (0..=last, 1..=12_i8, 1..=28_i8, 0..4_u8, 0..4_u8).prop_map(move |(year, month, day, wide, narrow)| {
        let year = first_year + i16::try_from(year).unwrap();
        // Nothing is dated after the day of screening.
        let day = Date::new(year, month, day).unwrap().min(AS_OF);
        let of = |level: u8| {
            let written = match level {
                0 => format!("{:04}", day.year()),
                1 => format!("{:04}-{:02}", day.year(), day.month()),
                _ => day.to_string(),
            };
            PartialDate::parse(&written).unwrap()
        };
        Dated { wide: of(wide.min(narrow)), narrow: of(wide.max(narrow)) }
    })
}

/// A number in tenths, and the range it was first known by: exactly, below something, above something.
fn number() -> impl Strategy<Value = (ValueRange, ValueRange)> {
    (0..100_i64, 0..3_u8, 0..20_i64, any::<bool>()).prop_map(|(tenths, form, slack, keep)| {
        let exact = Decimal::new(tenths, 1);
        let bound = |by: i64| Decimal::new(tenths + by, 1);
        let wide = match form {
            0 => ValueRange::exact(exact),
            1 => ValueRange { low: None, high: Some((bound(slack + 1), false)) },
            _ => ValueRange { low: Some((bound(-slack), true)), high: None },
        };
        let narrow = if keep { wide.clone() } else { ValueRange::exact(exact) };
        (wide, narrow)
    })
}

fn fact(kind: FactKind, concept: &str, id: String, period: Period, value: Option<Value>) -> Fact {
    Fact {
        provenance: Provenance { resource: "X".to_owned(), id, path: String::new(), span: None },
        kind,
        concepts: vec![ConceptId::new(concept)],
        codes: Vec::new(),
        label: concept.to_owned(),
        notes: Vec::new(),
        findings: Vec::new(),
        period,
        status: RecordedStatus::Unstated,
        certainty: Certainty::Stated,
        severity: None,
        grades: Vec::new(),
        value,
        reference: (None, None),
        interpretation: None,
        causes: Vec::new(),
        derivation: None,
    }
}

/// What a record may say of one thing: nothing at first, or something that becomes more exact.
#[derive(Clone, Debug)]
enum Said<T> {
    /// Never.
    Nothing,
    /// Only once the gaps are filled.
    Later(T),
    /// From the start.
    Always(T),
}

fn said<T: Clone + std::fmt::Debug + 'static>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Said<T>> {
    (0..4_u8, of).prop_map(|(how, value)| match how {
        0 => Said::Nothing,
        1 => Said::Later(value),
        _ => Said::Always(value),
    })
}

/// A record with gaps, and the same with gaps filled and inexact things known exactly.
///
/// With `n_results` above one a laboratory test may have several results, of different days.
pub fn records(n_results: usize) -> impl Strategy<Value = (Facts, Facts)> {
    let sex = said(prop_oneof![Just(RecordedSex::Female), Just(RecordedSex::Male)]);
    let labs =
        proptest::collection::vec(said(proptest::collection::vec((dated(2024), number()), 1..=n_results)), LABS.len());
    let diseases =
        proptest::collection::vec(said((dated(2020), proptest::option::of((0..400_i32, 0..3_u8)))), DISEASES.len());
    (sex, said(dated(2006)), labs, diseases).prop_map(|(sex, birth, labs, diseases)| {
        let (mut before, mut after) = (Facts::default(), Facts::default());
        match sex {
            Said::Nothing => {}
            Said::Later(sex) => after.sex = Some(sex),
            Said::Always(sex) => (before.sex, after.sex) = (Some(sex), Some(sex)),
        }
        match birth {
            Said::Nothing => {}
            Said::Later(birth) => after.birth = Some(birth.narrow),
            Said::Always(birth) => (before.birth, after.birth) = (Some(birth.wide), Some(birth.narrow)),
        }
        for (which, said) in labs.into_iter().enumerate() {
            let (concept, unit) = LABS[which];
            let of = |index: usize, date: PartialDate, number: ValueRange| {
                let value = Value::Quantity {
                    number,
                    unit_written: unit.to_owned(),
                    unit: Some(unit.to_owned()),
                    written: String::new(),
                };
                let period = Period { start: Some(date), end: None };
                fact(FactKind::Observation, concept, format!("{which}-{index}"), period, Some(value))
            };
            let (results, known) = match said {
                Said::Nothing => continue,
                Said::Later(results) => (results, false),
                Said::Always(results) => (results, true),
            };
            for (index, (date, (wide, narrow))) in results.into_iter().enumerate() {
                if known {
                    before.facts.push(of(index, date.wide, wide));
                }
                after.facts.push(of(index, date.narrow, narrow));
            }
        }
        for (which, said) in diseases.into_iter().enumerate() {
            let of = |start: PartialDate, lasted: Option<(i32, u8)>, exact: Date, wide: bool| {
                let end = lasted.and_then(|(days, level)| {
                    let end = exact.checked_add(jiff::Span::new().days(days)).ok()?;
                    match level {
                        0 if wide => PartialDate::parse(&format!("{:04}", end.year())),
                        1 if wide => PartialDate::parse(&format!("{:04}-{:02}", end.year(), end.month())),
                        _ => Some(PartialDate::exact(end)),
                    }
                });
                let period = Period { start: Some(start), end };
                let mut out = fact(FactKind::Condition, DISEASES[which], format!("c{which}"), period, None);
                out.status = if end.is_some() { RecordedStatus::Unstated } else { RecordedStatus::Active };
                out
            };
            match said {
                Said::Nothing => {}
                Said::Later((date, lasted)) => after.facts.push(of(date.narrow, lasted, date.narrow.latest, false)),
                Said::Always((date, lasted)) => {
                    before.facts.push(of(date.wide, lasted, date.narrow.latest, true));
                    after.facts.push(of(date.narrow, lasted, date.narrow.latest, false));
                }
            }
        }
        (before, after)
    })
}
