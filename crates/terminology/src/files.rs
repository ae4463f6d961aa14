//! The built-in data files: the source of what the build compiles into tables.

/// Each file's name and text, in the order in which they are loaded.
pub(crate) const FILES: [(&str, &str); 12] = [
    ("conditions_common.tsv", include_str!("../data/conditions_common.tsv")),
    ("conditions.tsv", include_str!("../data/conditions.tsv")),
    ("drugs_common.tsv", include_str!("../data/drugs_common.tsv")),
    ("drugs.tsv", include_str!("../data/drugs.tsv")),
    ("procedures_common.tsv", include_str!("../data/procedures_common.tsv")),
    ("procedures.tsv", include_str!("../data/procedures.tsv")),
    ("states.tsv", include_str!("../data/states.tsv")),
    ("observations.tsv", include_str!("../data/observations.tsv")),
    ("observations_common.tsv", include_str!("../data/observations_common.tsv")),
    ("drugbank.tsv", include_str!("../data/drugbank.tsv")),
    ("icd10cm.tsv", include_str!("../data/icd10cm.tsv")),
    ("scales.tsv", include_str!("../data/scales.tsv")),
];
