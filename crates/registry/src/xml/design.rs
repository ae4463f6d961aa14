//! The study's design in its two older spellings: separate elements, and one line of `Key: value` pairs.

use super::study::Node;
use crate::field::Findings;
use trialway_study::{Coded, Design, Masking, WhoMasked, WordList};

/// Reads `study_design_info`, or the older `study_design` line.
pub(crate) fn read_design(study: &Node) -> Design {
    let mut design = Design::default();
    match study.find("study_design_info") {
        Some(info) => {
            for part in info.parts() {
                set(&mut design, part.name(), &part.trimmed(), part.findings(), &part.path());
            }
        }
        None => {
            if let Some(line) = study.find("study_design") {
                for (key, value) in pairs(&line.trimmed()) {
                    let key = key.to_ascii_lowercase().replace(' ', "_");
                    set(&mut design, &key, &value, line.findings(), &line.path());
                }
            }
        }
    }
    design
}

fn set(design: &mut Design, key: &str, value: &str, findings: &Findings, path: &str) {
    let path = || path.to_owned();
    match key {
        "allocation" => design.allocation = findings.coded(value, path),
        "intervention_model" => design.intervention_model = findings.coded(value, path),
        "intervention_model_description" => design.intervention_model_description = Some(value.to_owned()),
        "primary_purpose" => design.primary_purpose = findings.coded(value, path),
        "masking" => (design.masking, design.who_masked) = read_masking(value, findings, path),
        "masking_description" => design.masking_description = Some(value.to_owned()),
        "observational_model" => design.observational_model = findings.coded(value, path),
        "time_perspective" => design.time_perspective = findings.coded(value, path),
        // The endpoint classification is no longer part of a study.
        _ => {}
    }
}

/// `Double (Participant, Investigator)`, `Double Blind (Subject, Caregiver)`, `None (Open Label)`.
fn read_masking(
    value: &str,
    findings: &Findings,
    path: impl Fn() -> String,
) -> (Option<Coded<Masking>>, Vec<Coded<WhoMasked>>) {
    let Some((masking, who)) = value.split_once('(').filter(|_| known::<Masking>(value).is_none()) else {
        return (findings.coded(value, path), Vec::new());
    };
    let who = who.trim_end().trim_end_matches(')');
    (
        findings.coded(masking.trim(), &path),
        who.split(',').filter_map(|who| findings.coded(who.trim(), &path)).collect(),
    )
}

fn known<T: WordList>(written: &str) -> Option<T> {
    Coded::from_word(written).known()
}

/// The pairs of `Allocation: Randomized, Masking: Double Blind (Subject, Caregiver)`; a comma without a colon after it
/// belongs to the value.
fn pairs(line: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in line.split(", ") {
        match (piece.split_once(": "), pairs.last_mut()) {
            (Some((key, value)), _) => pairs.push((key.trim().to_owned(), value.trim().to_owned())),
            (None, Some((_, value))) => {
                value.push_str(", ");
                value.push_str(piece.trim());
            }
            (None, None) => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_inside_a_value_does_not_end_it() {
        let read =
            pairs("Allocation: Randomized, Masking: Double Blind (Subject, Caregiver), Primary Purpose: Treatment");
        let expected = [
            ("Allocation", "Randomized"),
            ("Masking", "Double Blind (Subject, Caregiver)"),
            ("Primary Purpose", "Treatment"),
        ];
        assert_eq!(read.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>(), expected);
        assert!(pairs("no pairs here").is_empty());
    }

    #[test]
    fn masking_names_who_is_masked() {
        let findings = Findings::default();
        let (masking, who) = read_masking("Double Blind (Subject, Caregiver)", &findings, String::new);
        assert_eq!(masking, Some(Masking::Double.into()));
        assert_eq!(who, [WhoMasked::Participant.into(), WhoMasked::CareProvider.into()]);
        let (masking, who) = read_masking("None (Open Label)", &findings, String::new);
        assert_eq!((masking, who.len()), (Some(Masking::None.into()), 0));
        assert!(findings.is_empty());
    }
}
