//! Reading is total: any bytes give a study or an error, the same one each time, and never a crash.

use crate::{WHOLE_STUDY, WHOLE_XML};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_registry::{parse_studies, parse_study};

const N_CASES: u32 = 600;

/// The same cases on every machine and every day.
fn runner() -> TestRunner {
    let config = Config { cases: N_CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

fn is_total(bytes: &[u8]) -> Result<(), TestCaseError> {
    let first = parse_study(bytes);
    prop_assert_eq!(&first, &parse_study(bytes));
    if let Err(error) = first {
        prop_assert!(!error.to_string().contains('\n'), "{}", error);
    }
    parse_studies(bytes);
    Ok(())
}

#[test]
fn arbitrary_bytes() {
    runner().run(&proptest::collection::vec(any::<u8>(), 0..200), |bytes| is_total(&bytes)).unwrap();
}

#[test]
fn arbitrary_pieces_of_json_and_xml() {
    const PIECES: [&str; 30] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"protocolSection\"",
        "\"nctId\"",
        "\"",
        "\\u",
        "12",
        "null",
        "true",
        " ",
        "\n",
        "<",
        ">",
        "</",
        "/>",
        "clinical_study",
        "<clinical_study>",
        "</clinical_study>",
        "<textblock>",
        "</textblock>",
        "&",
        ";",
        "&lt;",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40);
    runner().run(&pieces, |pieces| is_total(pieces.concat().as_bytes())).unwrap();
}

#[test]
fn whole_records_with_bytes_changed_dropped_or_repeated() {
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6);
    for record in [WHOLE_STUDY, WHOLE_XML] {
        let run = runner().run(&edits, |edits| {
            let mut bytes = record.as_bytes().to_vec();
            for (place, byte, kind) in edits {
                let at = place.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 => {
                        bytes.drain(at..bytes.len().min(at + usize::from(byte)));
                    }
                    _ => {
                        let copied = bytes[at..bytes.len().min(at + usize::from(byte))].to_vec();
                        bytes.splice(at..at, copied);
                    }
                }
                bytes.push(b' ');
            }
            is_total(&bytes)
        });
        run.unwrap();
    }
}

#[test]
fn any_value_in_the_place_of_any_other() {
    const VALUES: [&str; 9] = ["null", "true", "-1", "1e999", "\"\"", "\"x\"", "[]", "[[{}]]", "{\"a\": {}}"];
    let n_places = places(WHOLE_STUDY).len();
    runner()
        .run(&(0..n_places, proptest::sample::select(&VALUES[..])), |(index, value)| {
            let place = places(WHOLE_STUDY)[index].clone();
            let mut record = WHOLE_STUDY.to_owned();
            record.replace_range(place, value);
            // Still one JSON document, so the study is read, whatever the field has become.
            prop_assert!(parse_study(record.as_bytes()).is_ok(), "{}", record);
            Ok(())
        })
        .unwrap();
}

/// Where the simple values stand that follow a key, below the top of the record.
fn places(record: &str) -> Vec<std::ops::Range<usize>> {
    let starts = record.match_indices(": ").map(|(at, _)| at + 2);
    starts
        .filter(|start| record[*start..].starts_with(['"', 't', 'f', '1', '4', '7']))
        .filter(|start| !record[..*start].ends_with("Inclusion Criteria: "))
        .map(|start| {
            let rest = &record[start..];
            let n_bytes = match rest.strip_prefix('"') {
                Some(text) => text.find('"').unwrap() + 2,
                None => rest.find([',', '}', '\n']).unwrap(),
            };
            start..start + n_bytes
        })
        // A colon inside a text is not the end of a key.
        .filter(|place| record[..place.start].ends_with("\": "))
        .collect()
}
