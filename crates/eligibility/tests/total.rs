//! Reading the meaning of criteria is total: every criterion in gives one criterion out, read or unread.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_criteria::{Criterion, parse};
use trialway_eligibility::logic::CriterionLogic;
use trialway_eligibility::{Expr, checks, lower};
use trialway_terminology::Terminology;

/// The same cases on every machine and every day.
fn runner(n_cases: u32) -> TestRunner {
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[19; 32]))
}

/// Words that carry logic, in every disorder.
const PIECES: [&str; 62] = [
    "Inclusion Criteria:\n",
    "\nExclusion Criteria:\n",
    "\n* ",
    "\n1. ",
    "\n    2. ",
    " ",
    " and ",
    " or ",
    " and/or ",
    ", ",
    "; ",
    ". ",
    " (",
    ") ",
    "except ",
    "unless ",
    "other than ",
    "if ",
    "no ",
    "not ",
    "without ",
    "history of ",
    "active ",
    "severe ",
    "suspected ",
    "uncontrolled ",
    "at least ",
    "more than ",
    "≥ ",
    "≤",
    "< ",
    "between ",
    " to ",
    "3 ",
    "18 ",
    "1:80 ",
    "50,000 ",
    "years ",
    "old ",
    "months ",
    "x ULN ",
    "g/L ",
    "10^9/L ",
    "mL/min/1.73 m2 ",
    "hemoglobin ",
    "ALT ",
    "eGFR ",
    "lupus nephritis ",
    "HIV ",
    "antibody ",
    "positive ",
    "negative ",
    "pregnancy test ",
    "women of childbearing potential ",
    "kidney biopsy ",
    "class III ",
    "rituximab ",
    "within 4 weeks before screening ",
    "two immunosuppressants ",
    "informed consent ",
    "in the opinion of the investigator ",
    "🙂é",
];

fn same_shape(tree: &[Criterion], logic: &[CriterionLogic], text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(tree.len(), logic.len());
    for (item, read) in tree.iter().zip(logic) {
        prop_assert_eq!((&item.id, item.kind, item.span), (&read.id, read.kind, read.span));
        let mut nodes = Vec::new();
        let mut good = true;
        read.logic.for_each_leaf(&mut |leaf| match leaf {
            Expr::Node(id) => nodes.push(id.clone()),
            Expr::Atom(atom) => good &= text.get(atom.span.start..atom.span.end).is_some(),
            Expr::Unread { span } => good &= text.get(span.start..span.end).is_some_and(|words| !words.is_empty()),
            _ => {}
        });
        prop_assert!(good, "{}: a span that is none", item.id);
        for (child, read) in item.children.iter().zip(&read.children) {
            // What asks nothing joins in nothing.
            let asks = !matches!(&read.logic, Expr::And(args) | Expr::Or(args) if args.is_empty());
            prop_assert!(asks == nodes.contains(&child.id), "{} is lost in {}", child.id, item.id);
        }
        for bound in &read.bounds {
            prop_assert!(text.get(bound.span.start..bound.span.end).is_some_and(|digits| !digits.is_empty()));
        }
        for entity in &read.entities {
            prop_assert!(text.get(entity.span.start..entity.span.end).is_some_and(|words| !words.is_empty()));
        }
        same_shape(&item.children, &read.children, text)?;
    }
    Ok(())
}

fn is_total(text: &str) -> Result<(), TestCaseError> {
    let tree = parse(text).value;
    let logic = lower(&tree, Terminology::builtin());
    same_shape(&tree.criteria, &logic.criteria, text)?;
    prop_assert!(logic.coverage.n_unread_bytes <= logic.coverage.n_bytes);
    for finding in checks::check(None, text, &tree, &logic, Terminology::builtin()) {
        let spans = finding.span.into_iter().chain(finding.related.iter().map(|(span, _)| *span));
        for span in spans {
            prop_assert!(text.get(span.start..span.end).is_some(), "{} points beside the text", finding.code);
        }
        prop_assert!(!finding.message.contains('\n'), "{}", finding.message);
    }
    let again = lower(&tree, Terminology::builtin());
    prop_assert_eq!(format!("{:?}", logic.criteria), format!("{:?}", again.criteria));
    Ok(())
}

#[test]
fn one_criterion_in_one_criterion_out() {
    let text = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40).prop_map(|p| p.concat());
    runner(1_500).run(&text, |text| is_total(&text)).unwrap();
}

#[test]
fn any_characters_at_all() {
    runner(500).run(&any::<String>(), |text| is_total(&text)).unwrap();
}

#[test]
fn long_items_end() {
    for piece in ["(", "except ", "ALT ≤ 3, ", "or ", "not ", "lupus nephritis and ", "within 4 weeks "] {
        is_total(&piece.repeat(2_000)).unwrap();
    }
}
