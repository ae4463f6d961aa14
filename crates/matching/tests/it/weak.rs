//! Assumptions of absence that decide nothing: beside what holds, beside words that were not read; on logic of our own.

use crate::generate::study;
use crate::settling::options;
use trialway_criteria::Kind;
use trialway_diagnostics::Span;
use trialway_eligibility::expr::{Atom, EventRole, EventTest, Expr, Firmness, Presence, Test};
use trialway_matching::{Cause, Compiled, Effect, screen};
use trialway_patient::{Facts, RecordedSex};
use trialway_terminology::{ConceptId, Terminology};

fn event(concept: &str) -> Expr {
    atom(Test::Event(EventTest {
        role: EventRole::Condition,
        concept: Some(ConceptId::new(concept)),
        presence: Presence::Ever,
        suspicion_counts: false,
        qualifiers: Vec::new(),
        window: None,
        other_than: Vec::new(),
        silence_is_absence: true,
        rules_out: true,
    }))
}

fn atom(test: Test) -> Expr {
    Expr::Atom(Atom { test, span: Span::default(), firmness: Firmness::Certain })
}

fn female() -> Expr {
    atom(Test::Sex(trialway_eligibility::expr::WantedSex::Female))
}

fn unread() -> Expr {
    Expr::Unread { span: Span::default() }
}

#[track_caller]
fn check(logic: Expr, want: (Effect, Option<Cause>)) {
    let facts = Facts { sex: Some(RecordedSex::Female), ..Facts::default() };
    let study = study(logic, Kind::Exclusion);
    let got = screen(&study, &facts, &options(), Terminology::builtin()).criteria[0].clone();
    assert_eq!((got.effect, got.open_reason), want);
    assert!(got.effect != Effect::Open || !got.needs.is_empty(), "an open criterion asks for something");
    let mut compiled = Compiled::new(Terminology::builtin());
    compiled.add("X1", &study);
    let effects = compiled.effects("X1", &facts, options().as_of, options().policy).unwrap();
    assert_eq!(effects[0], want, "compiled");
}

#[test]
fn an_invented_name_decides_nothing_beside_what_the_record_says() {
    let invented = || event("condition:=glass bone quiver");
    check(invented(), (Effect::Pass, None));
    check(Expr::And(vec![female(), invented()]), (Effect::Open, Some(Cause::MissingData)));
    check(Expr::And(vec![invented(), unread()]), (Effect::Open, Some(Cause::NotUnderstood)));
    // A known disease that the record does not mention decides.
    check(Expr::And(vec![female(), event("condition:epilepsy")]), (Effect::Pass, None));
    check(Expr::And(vec![female(), invented(), event("condition:epilepsy")]), (Effect::Pass, None));
}

#[test]
fn a_mere_complaint_decides_nothing_beside_words_that_were_not_read() {
    check(Expr::And(vec![event("condition:pain"), unread()]), (Effect::Open, Some(Cause::NotUnderstood)));
    check(Expr::And(vec![event("condition:pain"), female()]), (Effect::Pass, None));
    check(Expr::And(vec![event("condition:epilepsy"), unread()]), (Effect::Pass, None));
}
