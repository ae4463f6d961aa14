//! API v2 objects.

use crate::{WHOLE_STUDY, check_findings, only_message};
use trialway_diagnostics::Severity;
use trialway_study::{Coded, Masking, Phase, Sex, SiteStatusSource, StandardAge, Status, Study};

/// A study with a number and a text, and `more` inside its protocol section.
fn with(more: &str) -> String {
    format!(
        r#"{{"protocolSection": {{"identificationModule": {{"nctId": "NCT00000001"}},
        "eligibilityModule": {{"eligibilityCriteria": "Adults"}}{more}}}}}"#
    )
}

/// A study whose eligibility module has these fields.
fn eligibility(fields: &str) -> String {
    format!(
        r#"{{"protocolSection": {{"identificationModule": {{"nctId": "NCT00000001"}},
        "eligibilityModule": {{"eligibilityCriteria": "Adults", {fields}}}}}}}"#
    )
}

#[test]
fn a_whole_study_is_read_without_findings() {
    let study = check_findings(WHOLE_STUDY, &[]);
    assert_eq!(study.doc, "NCT00000001");
    assert_eq!(study.nct_id.map(|id| id.number()), Some(1));
    assert_eq!(study.title(), "Examplamab in asthma");
    assert_eq!(study.secondary_ids, ["EX-2"]);
    assert_eq!(study.is_recruiting(), Some(true));
    assert_eq!(study.phases, [Phase::Phase1.into(), Phase::Phase2.into()]);
    assert_eq!(study.dates.start.as_ref().map(|date| date.iso()).as_deref(), Some("2024-06-03"));
    assert_eq!(study.dates.primary_completion.as_ref().map(|date| date.iso()).as_deref(), Some("2027"));
    assert_eq!(study.dates.verified.as_ref().map(|date| date.iso()).as_deref(), Some("2025-01"));
    assert_eq!(study.design.masking, Some(Masking::Double.into()));
    assert_eq!(study.design.who_masked.len(), 2);
    assert_eq!(study.enrollment.as_ref().map(|one| (one.count, one.is_actual())), Some((120, Some(false))));
    assert_eq!(study.lead_sponsor.as_ref().map(|sponsor| sponsor.name.as_str()), Some("Example University"));
    assert_eq!(study.collaborators.len(), 1);
    assert_eq!((study.oversight.has_dmc, study.oversight.is_fda_regulated_device), (Some(true), None));
    assert_eq!(study.arms[0].interventions, ["Drug: Examplamab"]);
    assert_eq!(study.interventions[0].other_names, ["EX-1"]);
    assert_eq!(study.primary_outcomes[0].time_frame.as_deref(), Some("12 weeks"));
    assert_eq!(study.eligibility.sex, Some(Sex::All.into()));
    assert_eq!(study.eligibility.healthy_volunteers, Some(false));
    assert_eq!(study.eligibility.maximum_age, None);
    assert_eq!(study.eligibility.standard_ages, [StandardAge::Adult.into(), StandardAge::OlderAdult.into()]);
    assert_eq!(study.central_contacts[0].email.as_deref(), Some("office@example.org"));
    assert_eq!(study.overall_officials[0].affiliation.as_deref(), Some("Example University"));
    assert_eq!((study.n_references, study.documents.len(), study.has_results), (2, 1, Some(false)));
    assert_eq!(study.condition_meshes.terms[0].id.as_deref(), Some("D001249"));
    assert_eq!(study.condition_meshes.ancestors[0].term, "Bronchial Diseases");
    let leaf = &study.condition_meshes.leaves[0];
    assert_eq!((leaf.name.as_str(), leaf.as_found.as_deref()), ("Asthma", Some("asthma")));
    assert_eq!((leaf.relevance.as_deref(), study.condition_meshes.leaves.len()), (Some("HIGH"), 1));
    assert!(study.intervention_meshes.terms.is_empty());
}

#[test]
fn the_text_is_as_received_down_to_its_line_ends_and_escapes() {
    let study = check_findings(WHOLE_STUDY, &[]);
    let expected = "Inclusion Criteria:\n\n* ALT \\<= 3 x ULN\r\n* Age ≥ 18\n";
    assert_eq!(study.eligibility.text.as_deref(), Some(expected));
}

#[test]
fn a_site_has_its_own_status_before_that_of_the_study() {
    let study = check_findings(WHOLE_STUDY, &[]);
    let (own, source) = study.sites[0].effective_status(&study);
    assert_eq!((own, source), (Some(&Status::Completed.into()), SiteStatusSource::Site));
    let (of_study, source) = study.sites[1].effective_status(&study);
    assert_eq!((of_study, source), (Some(&Status::Recruiting.into()), SiteStatusSource::Study));
    let point = study.sites[0].point.unwrap();
    assert_eq!((point.lat(), point.lon()), (46.94809, 7.44744));
}

#[test]
fn an_unknown_word_is_kept_with_a_finding() {
    let study = check_findings(
        &with(r#", "statusModule": {"overallStatus": "PAUSED"}, "designModule": {"phases": ["PHASE2", "PHASE5"]}"#),
        &["REG007 protocolSection.statusModule.overallStatus", "REG007 protocolSection.designModule.phases"],
    );
    assert_eq!(study.overall_status, Some(Coded::Other("PAUSED".to_owned())));
    assert_eq!(study.is_recruiting(), None);
    assert_eq!(study.phases, [Coded::Known(Phase::Phase2), Coded::Other("PHASE5".to_owned())]);
}

#[test]
fn of_a_date_that_is_not_on_the_calendar_the_known_part_is_used() {
    let record = with(r#", "statusModule": {"startDateStruct": {"date": "2025-13", "type": "ACTUAL"}}"#);
    let study = check_findings(&record, &["REG005 protocolSection.statusModule.startDateStruct.date"]);
    let start = study.dates.start.unwrap();
    assert_eq!((start.written.as_str(), start.year, start.month), ("2025-13", Some(2025), None));
    let message = only_message(&record, Severity::Warning);
    assert_eq!(message, "the date `2025-13` is not on the calendar; only `2025` is used");
}

#[test]
fn an_age_limit_that_cannot_be_read_is_still_a_limit() {
    for fields in [r#""minimumAge": "adult""#, r#""minimumAge": 18"#, r#""minimumAge": ["18 Years"]"#] {
        let study = check_findings(&eligibility(fields), &["REG006 protocolSection.eligibilityModule.minimumAge"]);
        assert_eq!(study.eligibility.minimum_age.map(|limit| limit.age), Some(None), "{fields}");
    }
    let study = check_findings(&eligibility(r#""minimumAge": "N/A", "maximumAge": null"#), &[]);
    assert_eq!((study.eligibility.minimum_age, study.eligibility.maximum_age), (None, None));
}

#[test]
fn a_study_without_eligibility_text_says_so() {
    let path = "REG003 protocolSection.eligibilityModule.eligibilityCriteria";
    for record in [
        r#"{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}"#.to_owned(),
        eligibility(r#""eligibilityCriteria": " \n ""#),
        eligibility(r#""eligibilityCriteria": """#),
        eligibility(r#""eligibilityCriteria": null"#),
    ] {
        assert_eq!(check_findings(&record, &[path]).eligibility.text, None);
    }
}

#[test]
fn fields_of_the_wrong_type_are_findings_and_the_rest_is_read() {
    let study = check_findings(
        &with(
            r#", "conditionsModule": {"conditions": "Asthma", "keywords": ["wheeze", 7, null]},
            "designModule": {"enrollmentInfo": {"count": "many"}, "phases": {}},
            "oversightModule": [],
            "contactsLocationsModule": {"locations": [
                {"zip": 3000, "city": ["Bern"], "geoPoint": {"lat": "46", "lon": 7}},
                "Basel",
                {"geoPoint": {"lat": 151.2, "lon": -33.9}},
                {"city": "Chur", "status": true}]}"#,
        ),
        &[
            "REG004 protocolSection.oversightModule",
            "REG004 protocolSection.conditionsModule.conditions",
            "REG004 protocolSection.conditionsModule.keywords[1]",
            "REG004 protocolSection.conditionsModule.keywords[2]",
            "REG004 protocolSection.designModule.phases",
            "REG004 protocolSection.designModule.enrollmentInfo.count",
            "REG004 protocolSection.contactsLocationsModule.locations[0].city",
            "REG004 protocolSection.contactsLocationsModule.locations[0].zip",
            "REG004 protocolSection.contactsLocationsModule.locations[0].geoPoint.lat",
            "REG004 protocolSection.contactsLocationsModule.locations[1]",
            "REG010 protocolSection.contactsLocationsModule.locations[2].geoPoint",
            "REG004 protocolSection.contactsLocationsModule.locations[3].status",
        ],
    );
    assert_eq!(study.keywords, ["wheeze"]);
    assert_eq!(study.enrollment, None);
    assert_eq!(study.sites.len(), 3);
    assert_eq!(study.sites[0].zip.as_deref(), Some("3000"));
    assert_eq!(study.sites[1].point, None);
    assert_eq!(study.sites[2].city.as_deref(), Some("Chur"));
}

#[test]
fn a_missing_or_malformed_number_leaves_the_study_without_a_name() {
    let text = r#""eligibilityModule": {"eligibilityCriteria": "Adults"}"#;
    let path = "protocolSection.identificationModule.nctId";
    for (module, code) in
        [(r#"{}"#, "REG001"), (r#"{"nctId": "NCT123"}"#, "REG002"), (r#"{"nctId": "NCT000000001"}"#, "REG002")]
    {
        let record = format!(r#"{{"protocolSection": {{"identificationModule": {module}, {text}}}}}"#);
        let study = check_findings(&record, &[&format!("{code} {path}")]);
        assert_eq!((study.nct_id, study.doc.as_str()), (None, ""));
    }
}

#[test]
fn answers_in_words_are_answers() {
    let study = check_findings(&eligibility(r#""healthyVolunteers": "Yes", "genderBased": "false""#), &[]);
    assert_eq!((study.eligibility.healthy_volunteers, study.eligibility.gender_based), (Some(true), Some(false)));
    let study = check_findings(
        &eligibility(r#""healthyVolunteers": "perhaps""#),
        &["REG004 protocolSection.eligibilityModule.healthyVolunteers"],
    );
    assert_eq!(study.eligibility.healthy_volunteers, None);
}

#[test]
fn a_protocol_section_that_says_nothing_is_an_empty_study() {
    let (study, _) = crate::read(r#"{"protocolSection": {}}"#);
    assert_eq!(study, Study::default());
}
