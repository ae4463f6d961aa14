//! Laws of conversion, over every pair of units of the table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_units::{Analyte, Decimal, Unit, convert, same_dimension};

/// The same cases on every machine and every day.
fn runner() -> TestRunner {
    let config = Config { cases: 20_000, failure_persistence: None, max_global_rejects: 20_000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]))
}

/// Unit and dimension of every row of the table.
fn units() -> Vec<(Unit, &'static str)> {
    include_str!("../data/units.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let fields: Vec<&'static str> = line.split('\t').collect();
            (Unit::new(fields[1]).unwrap(), fields[2])
        })
        .collect()
}

/// What a laboratory reports: up to six digits, three of them behind the point.
fn value() -> impl Strategy<Value = Decimal> {
    (0..1_000_000_i64, 0..4_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

#[test]
fn there_and_back_is_exact_and_keeps_order() {
    let units = units();
    let bilirubin = Analyte { molar_mass: Some(Decimal::new(58466, 2)), valence: Some(1) };
    let n = units.len();
    runner()
        .run(&(0..n, 0..n, value(), value()), |(a, b, x, y)| {
            let (from, to) = (&units[a].0, &units[b].0);
            let (Ok(there), Ok(other)) =
                (convert(x, from, to, Some(&bilirubin)), convert(y, from, to, Some(&bilirubin)))
            else {
                return Ok(());
            };
            // Smaller results have lost digits to the end of the decimals.
            prop_assume!(there.is_zero() || there >= Decimal::new(1, 6));
            prop_assert_eq!(convert(there, to, from, Some(&bilirubin)).unwrap(), x.normalize(), "{} {}", from, to);
            prop_assert_eq!(there.cmp(&other), x.cmp(&y), "{} {}", from, to);
            Ok(())
        })
        .unwrap();
}

#[test]
fn another_dimension_is_refused_for_every_pair() {
    for (from, one) in units() {
        for (to, other) in units() {
            let got = convert(Decimal::ONE, &from, &to, None);
            assert_eq!(same_dimension(&from, &to), one == other, "{from} {to}");
            if one == other {
                assert!(got.is_ok(), "{from} {to}: {got:?}");
            } else if !matches!((one, other), ("mass/mass", "mass/molar") | ("mass/molar", "mass/mass")) {
                // Ratios to urine creatinine name their substance; no other pair does.
                assert!(got.is_err(), "{from} {to}");
            }
        }
    }
}
