//! Abbreviations and what they stand for: `data/abbreviations.tsv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use trialway_terminology::words;

/// Each known abbreviation with the words of each of its expansions; none where it is known without any.
pub(crate) fn abbreviations() -> &'static BTreeMap<&'static str, Vec<Vec<String>>> {
    static TABLE: OnceLock<BTreeMap<&'static str, Vec<Vec<String>>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../../data/abbreviations.tsv").lines().skip(1);
        rows.filter_map(|line| {
            let (abbreviation, rest) = line.split_once('\t')?;
            let (expansions, _) = rest.split_once('\t')?;
            let solid = |form: &str| {
                let words = words(form).into_iter();
                words.map(|word| word.norm.to_string()).filter(|norm| norm.starts_with(char::is_alphanumeric)).collect()
            };
            Some((abbreviation, expansions.split('|').filter(|form| !form.is_empty()).map(solid).collect()))
        })
        .collect()
    })
}
