//! Laws of ids, keys and tries over generated input.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_vault::terms::{self, LARGEST_BYTES, SHARE_DAYS, SMALLEST_BYTES, VAULT_DAYS, checked_sealed};
use trialway_vault::token::{of_letters, to_letters};
use trialway_vault::{Id, Kind, New, Refused, tries};

/// The same inputs on every machine.
fn runner() -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(Config { cases: 500, failure_persistence: None, ..Config::default() }, rng)
}

#[test]
fn bytes_are_written_in_one_way_and_come_back() {
    runner()
        .run(&proptest::collection::vec(any::<u8>(), 0..200), |bytes| {
            let letters = to_letters(&bytes);
            prop_assert_eq!(of_letters(&letters), Some(bytes));
            prop_assert!(letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
            Ok(())
        })
        .unwrap();
    runner()
        .run(&"[A-Za-z0-9_-]{0,40}", |letters| {
            // Whatever is read is written again as it was.
            if let Some(bytes) = of_letters(&letters) {
                prop_assert_eq!(to_letters(&bytes), letters);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_text_is_an_id_or_none_without_a_panic() {
    runner()
        .run(&".{0,60}", |text| {
            prop_assert_eq!(
                Id::parse(&text).map(|id| id.letters()),
                (text.len() == 22 && Id::parse(&text).is_some()).then_some(text)
            );
            Ok(())
        })
        .unwrap();
}

/// Whatever the order of right and wrong tries, a share lets at most so many fail.
#[test]
fn a_share_lets_only_so_many_tries_fail() {
    runner()
        .run(&proptest::collection::vec(any::<bool>(), 0..200), |rights| {
            let (mut left, mut n_wrong) = (tries::MOST, 0);
            for right in rights {
                if !tries::may_try(left, 10, 5) {
                    break;
                }
                left -= 1;
                if right {
                    left = tries::left_after_right(Kind::Share, left);
                } else {
                    n_wrong += 1;
                }
                prop_assert!((0..=tries::MOST).contains(&left));
            }
            prop_assert!(n_wrong <= tries::MOST);
            prop_assert_eq!(tries::is_spent(left), n_wrong == tries::MOST);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_has_ended_is_not_tried() {
    for (left, expires_at, now, want) in
        [(1, 10, 9, true), (1, 10, 10, false), (1, 10, 11, false), (0, 10, 9, false), (-1, 10, 9, false)]
    {
        assert_eq!(tries::may_try(left, expires_at, now), want, "{left} {expires_at} {now}");
    }
    assert_eq!(terms::expires_at(100, 1), 86_500);
    assert_eq!(terms::expires_at(i64::MAX, 90), i64::MAX);
    assert_eq!((terms::minute(119), terms::minute(-1)), (60, -60));
}

#[test]
fn what_is_asked_to_be_kept_is_checked() {
    let (opens, owns) = ("A".repeat(43), format!("{}A", "B".repeat(42)));
    let sealed = |n: usize| to_letters(&vec![1; n]);
    let small = sealed(SMALLEST_BYTES);
    for (kind, opens, owns, sealed, days, want) in [
        ("share", &opens, &owns, small.clone(), 7, None),
        ("vault", &opens, &owns, small.clone(), VAULT_DAYS, None),
        ("share", &opens, &owns, sealed(LARGEST_BYTES), SHARE_DAYS[0], None),
        ("share", &opens, &owns, sealed(LARGEST_BYTES + 1), 7, Some(Refused::TooLarge)),
        ("share", &opens, &owns, sealed(SMALLEST_BYTES - 1), 7, Some(Refused::Malformed)),
        ("share", &opens, &opens, small.clone(), 7, Some(Refused::OneKey)),
        ("share", &opens, &owns, small.clone(), 8, Some(Refused::Malformed)),
        ("vault", &opens, &owns, small.clone(), 7, Some(Refused::Malformed)),
        ("other", &opens, &owns, small.clone(), 7, Some(Refused::Malformed)),
        ("share", &small, &owns, small.clone(), 7, Some(Refused::Malformed)),
        ("share", &opens, &owns, "not letters!".to_owned(), 7, Some(Refused::Malformed)),
    ] {
        assert_eq!(New::checked(kind, opens, owns, &sealed, days).err(), want, "{kind} {days} {}", sealed.len());
    }
    assert_eq!(checked_sealed(""), Err(Refused::Malformed));
}
