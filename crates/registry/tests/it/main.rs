//! Registry records of every form, whole and broken.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails"
)]

mod guards;
mod json;
mod many;
mod properties;
mod published;
mod xml;

use trialway_diagnostics::{Diagnostic, Severity};
use trialway_registry::parse_study;
use trialway_study::Study;

/// A record that has everything that a test here looks at, in our own words.
pub const WHOLE_STUDY: &str = r#"{
  "protocolSection": {
    "identificationModule": {
      "nctId": "NCT00000001",
      "orgStudyIdInfo": {"id": "EX-1"},
      "secondaryIdInfos": [{"id": "EX-2", "type": "OTHER"}],
      "briefTitle": "Examplamab in asthma",
      "officialTitle": "A study of examplamab in adults with asthma",
      "acronym": "EXAMPLE"
    },
    "statusModule": {
      "statusVerifiedDate": "2025-01",
      "overallStatus": "RECRUITING",
      "startDateStruct": {"date": "2024-06-03", "type": "ACTUAL"},
      "primaryCompletionDateStruct": {"date": "2027", "type": "ESTIMATED"},
      "studyFirstPostDateStruct": {"date": "2024-05-01", "type": "ACTUAL"}
    },
    "sponsorCollaboratorsModule": {
      "leadSponsor": {"name": "Example University", "class": "OTHER"},
      "collaborators": [{"name": "Example Industries", "class": "INDUSTRY"}]
    },
    "oversightModule": {"oversightHasDmc": true, "isFdaRegulatedDrug": false},
    "descriptionModule": {"briefSummary": "Does it help?"},
    "conditionsModule": {"conditions": ["Asthma"], "keywords": ["wheeze"]},
    "designModule": {
      "studyType": "INTERVENTIONAL",
      "phases": ["PHASE1", "PHASE2"],
      "designInfo": {
        "allocation": "RANDOMIZED",
        "primaryPurpose": "TREATMENT",
        "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]}
      },
      "enrollmentInfo": {"count": 120, "type": "ESTIMATED"}
    },
    "armsInterventionsModule": {
      "armGroups": [{"label": "Active", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Examplamab"]}],
      "interventions": [{"type": "DRUG", "name": "Examplamab", "armGroupLabels": ["Active"], "otherNames": ["EX-1"]}]
    },
    "outcomesModule": {"primaryOutcomes": [{"measure": "FEV1", "timeFrame": "12 weeks"}]},
    "eligibilityModule": {
      "eligibilityCriteria": "Inclusion Criteria:\n\n* ALT \\<= 3 x ULN\r\n* Age ≥ 18\n",
      "healthyVolunteers": false,
      "sex": "ALL",
      "minimumAge": "18 Years",
      "stdAges": ["ADULT", "OLDER_ADULT"]
    },
    "contactsLocationsModule": {
      "centralContacts": [{"name": "Office", "role": "CONTACT", "phone": "555 0100", "email": "office@example.org"}],
      "overallOfficials": [{"name": "A. Example", "affiliation": "Example University", "role": "STUDY_CHAIR"}],
      "locations": [
        {"facility": "Example Clinic", "status": "COMPLETED", "city": "Bern", "zip": "3000", "country": "Switzerland",
         "contacts": [{"name": "Desk", "role": "CONTACT", "phone": "555 0101", "phoneExt": "7"}],
         "geoPoint": {"lat": 46.94809, "lon": 7.44744}},
        {"city": "Basel", "country": "Switzerland"}
      ]
    },
    "referencesModule": {"references": [{"citation": "A paper"}, {"citation": "Another"}]}
  },
  "documentSection": {"largeDocumentModule": {"largeDocs": [
    {"label": "Study Protocol", "date": "2024-02-01", "filename": "Prot_000.pdf"}]}},
  "derivedSection": {
    "conditionBrowseModule": {
      "meshes": [{"id": "D001249", "term": "Asthma"}],
      "ancestors": [{"id": "D001982", "term": "Bronchial Diseases"}],
      "browseLeaves": [{"id": "M4556", "name": "Asthma", "asFound": "asthma", "relevance": "HIGH"}, {"id": "M1"}]
    },
    "interventionBrowseModule": {}
  },
  "hasResults": false
}"#;

/// The same in the older form, as far as it goes.
pub const WHOLE_XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!-- a comment -->
<clinical_study rank=\"1\">
  <id_info><org_study_id>EX-1</org_study_id><nct_id>NCT00000001</nct_id></id_info>
  <brief_title>Examplamab &amp; asthma</brief_title>
  <sponsors>
    <lead_sponsor><agency>Example University</agency><agency_class>Other</agency_class></lead_sponsor>
  </sponsors>
  <overall_status>Active, not recruiting</overall_status>
  <start_date type=\"Actual\">June 3, 2024</start_date>
  <completion_date type=\"Anticipated\">May 2027</completion_date>
  <phase>Phase 1/Phase 2</phase>
  <study_type>Interventional</study_type>
  <study_design_info>
    <allocation>Randomized</allocation>
    <masking>Double (Participant, Investigator)</masking>
  </study_design_info>
  <enrollment type=\"Anticipated\">120</enrollment>
  <condition>Asthma</condition>
  <arm_group><arm_group_label>Active</arm_group_label><arm_group_type>Experimental</arm_group_type></arm_group>
  <intervention>
    <intervention_type>Drug</intervention_type>
    <intervention_name>Examplamab</intervention_name>
    <arm_group_label>Active</arm_group_label>
  </intervention>
  <eligibility>
    <criteria>
      <textblock>
        Inclusion Criteria:

          -  ALT &lt;= 3 x ULN

          -  Age &#8805; 18
      </textblock>
    </criteria>
    <gender>Both</gender>
    <minimum_age>18 Years</minimum_age>
    <maximum_age>N/A</maximum_age>
    <healthy_volunteers>Accepts Healthy Volunteers</healthy_volunteers>
  </eligibility>
  <overall_official><last_name>A. Example</last_name><role>Study Chair</role></overall_official>
  <location>
    <facility>
      <name>Example Clinic</name>
      <address><city>Bern</city><country>Switzerland</country></address>
    </facility>
    <status>Recruiting</status>
    <contact><last_name>Desk</last_name><phone>555 0101</phone></contact>
    <investigator><last_name>B. Example</last_name><role>Principal Investigator</role></investigator>
  </location>
  <reference><citation>A paper</citation></reference>
  <condition_browse><mesh_term>Asthma</mesh_term></condition_browse>
</clinical_study>
";

/// A study and its findings.
pub fn read(record: &str) -> (Study, Vec<Diagnostic>) {
    let parsed = parse_study(record.as_bytes()).unwrap();
    for finding in &parsed.findings {
        let first = finding.message.chars().next().unwrap();
        assert!(!first.is_uppercase() && !finding.message.ends_with('.'), "{}", finding.message);
        assert!(!finding.message.contains('\n'), "{}", finding.message);
        assert!(finding.path.is_some() && finding.help.is_some(), "{}", finding.message);
    }
    (parsed.value, parsed.findings)
}

/// Asserts that exactly these findings are made, as `CODE path`.
pub fn check_findings(record: &str, expected: &[&str]) -> Study {
    let (study, findings) = read(record);
    let found: Vec<String> =
        findings.iter().map(|finding| format!("{} {}", finding.code, finding.path.as_deref().unwrap())).collect();
    assert_eq!(found, expected, "{record}");
    study
}

/// The message of the only finding of this severity.
pub fn only_message(record: &str, severity: Severity) -> String {
    let (_, findings) = read(record);
    let messages: Vec<&str> =
        findings.iter().filter(|one| one.severity == severity).map(|one| one.message.as_str()).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    messages[0].to_owned()
}
