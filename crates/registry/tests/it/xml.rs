//! Legacy `clinical_study` documents.

use crate::{WHOLE_XML, check_findings, only_message};
use trialway_diagnostics::Severity;
use trialway_registry::{RegistryError, parse_study_xml};
use trialway_study::{Coded, ContactRole, DateKind, Masking, Phase, Sex, Status};

/// A document whose text block has this inside.
fn block(inside: &str) -> String {
    format!(
        "<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info><eligibility><criteria><textblock>{inside}\
         </textblock></criteria></eligibility></clinical_study>"
    )
}

fn check_text(inside: &str, expected: &str) {
    let study = check_findings(&block(inside), &[]);
    assert_eq!(study.eligibility.text.as_deref(), Some(expected), "{inside}");
}

#[test]
fn a_whole_document_is_read_without_findings() {
    let study = check_findings(WHOLE_XML, &[]);
    assert_eq!(study.doc, "NCT00000001");
    assert_eq!(study.brief_title.as_deref(), Some("Examplamab & asthma"));
    assert_eq!(study.overall_status, Some(Status::ActiveNotRecruiting.into()));
    assert_eq!(study.dates.start.as_ref().map(|date| date.iso()).as_deref(), Some("2024-06-03"));
    let completion = study.dates.completion.clone().unwrap();
    assert_eq!((completion.iso().as_str(), completion.kind), ("2027-05", Some(DateKind::Estimated.into())));
    assert_eq!(study.phases, [Phase::Phase1.into(), Phase::Phase2.into()]);
    assert_eq!(study.design.masking, Some(Masking::Double.into()));
    assert_eq!(study.design.who_masked.len(), 2);
    assert_eq!(study.enrollment.as_ref().map(|one| (one.count, one.is_actual())), Some((120, Some(false))));
    assert_eq!(study.arms[0].interventions, ["Drug: Examplamab"]);
    assert_eq!(study.eligibility.sex, Some(Sex::All.into()));
    assert_eq!(study.eligibility.healthy_volunteers, Some(true));
    assert!(study.eligibility.minimum_age.is_some() && study.eligibility.maximum_age.is_none());
    assert_eq!(study.sites[0].city.as_deref(), Some("Bern"));
    assert_eq!(study.sites[0].status, Some(Status::Recruiting.into()));
    let roles: Vec<_> = study.sites[0].contacts.iter().map(|contact| contact.role.clone()).collect();
    assert_eq!(roles, [Some(ContactRole::Contact.into()), Some(ContactRole::PrincipalInvestigator.into())]);
    assert_eq!((study.n_references, study.has_results), (1, Some(false)));
    assert_eq!(study.condition_meshes.terms[0].term, "Asthma");
}

#[test]
fn the_text_is_decoded_and_otherwise_as_in_the_file() {
    let study = check_findings(WHOLE_XML, &[]);
    let expected = "\n        Inclusion Criteria:\n\n          -  ALT <= 3 x ULN\n\n          -  Age ≥ 18\n      ";
    assert_eq!(study.eligibility.text.as_deref(), Some(expected));

    check_text("ALT &lt; 3 &amp; AST &gt; 2, &quot;a&quot; &apos;b&apos;", "ALT < 3 & AST > 2, \"a\" 'b'");
    check_text("Age &#8805; 18, &#x2264; 65", "Age ≥ 18, ≤ 65");
    check_text("one\r\n\r\n\ttwo \r three", "one\r\n\r\n\ttwo \r three");
    check_text("one&#xD;\ntwo", "one\r\ntwo");
    check_text("a <![CDATA[< b & c &lt;]]> d", "a < b & c &lt; d");
    check_text("a<!-- not this --> b<?nor this?>", "a b");
    check_text("&amp;lt; is decoded once", "&lt; is decoded once");
}

#[test]
fn references_that_are_no_characters_stay_as_written() {
    let path = "clinical_study/eligibility/criteria/textblock";
    for (inside, kept) in [
        ("ALT &le; 3 and AST &le; 3", "ALT &le; 3 and AST &le; 3"),
        ("a&nbsp;b", "a&nbsp;b"),
        ("a&#0;b", "a&#0;b"),
        ("a&#xD800;b", "a&#xD800;b"),
        ("a&#99999999999;b", "a&#99999999999;b"),
    ] {
        let study = check_findings(&block(inside), &[&format!("REG008 {path}")]);
        assert_eq!(study.eligibility.text.as_deref(), Some(kept));
    }
}

#[test]
fn declared_entities_are_never_followed() {
    let bomb = format!(
        "<!DOCTYPE clinical_study [\n<!ENTITY a \"0123456789\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n\
         <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n]>\n{}",
        block("before &c; after &c;")
    );
    let expected = ["REG009 clinical_study", "REG008 clinical_study/eligibility/criteria/textblock"];
    let study = check_findings(&bomb, &expected);
    assert_eq!(study.eligibility.text.as_deref(), Some("before &c; after &c;"));

    let outside =
        format!("<!DOCTYPE clinical_study [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>{}", block("before &x; after"));
    let study = check_findings(&outside, &expected);
    assert_eq!(study.eligibility.text.as_deref(), Some("before &x; after"));

    let plain = format!("<!DOCTYPE clinical_study SYSTEM \"public.dtd\">{}", block("Adults"));
    check_findings(&plain, &[]);
}

#[test]
fn elements_inside_a_text_leave_their_text_in_place() {
    let inside = "platelets <b>above <i>100</i></b> and<br/> <b>below</b> 400";
    let study = check_findings(&block(inside), &["REG012 clinical_study/eligibility/criteria/textblock"]);
    assert_eq!(study.eligibility.text.as_deref(), Some("platelets above 100 and below 400"));
}

#[test]
fn a_second_eligibility_is_reported_and_not_used() {
    let record = block("Adults").replace(
        "</clinical_study>",
        "<eligibility><criteria><textblock>Children</textblock></criteria></eligibility></clinical_study>",
    );
    let study = check_findings(&record, &["REG011 clinical_study/eligibility"]);
    assert_eq!(study.eligibility.text.as_deref(), Some("Adults"));
    let message = only_message(&record, Severity::Warning);
    assert_eq!(message, "`eligibility` is given more than once; only the first is used");
}

#[test]
fn odd_fields_are_findings_with_their_path() {
    let record = block("Adults").replace(
        "</clinical_study>",
        "<overall_status>Paused</overall_status><start_date>Febuary 2020</start_date>\
         <enrollment>many</enrollment><phase>Phase 2/Phase 9</phase></clinical_study>",
    );
    let study = check_findings(
        &record,
        &[
            "REG007 clinical_study/overall_status",
            "REG005 clinical_study/start_date",
            "REG007 clinical_study/phase",
            "REG004 clinical_study/enrollment",
        ],
    );
    assert_eq!(study.overall_status, Some(Coded::Other("Paused".to_owned())));
    assert_eq!(study.dates.start.map(|date| date.iso()).as_deref(), Some("2020"));
    assert_eq!(study.phases, [Coded::Known(Phase::Phase2), Coded::Other("Phase 9".to_owned())]);
}

#[test]
fn a_document_without_criteria_has_no_text() {
    for record in
        [block(" \n "), "<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info></clinical_study>".to_owned()]
    {
        let study = check_findings(&record, &["REG003 clinical_study/eligibility/criteria/textblock"]);
        assert_eq!(study.eligibility.text, None);
    }
}

#[test]
fn the_older_design_line_is_read() {
    let record = block("Adults").replace(
        "</clinical_study>",
        "<study_design>Allocation: Randomized, Endpoint Classification: Safety/Efficacy Study, \
         Masking: Double Blind (Subject, Caregiver), Primary Purpose: Treatment</study_design></clinical_study>",
    );
    let study = check_findings(&record, &[]);
    assert_eq!((study.design.masking, study.design.who_masked.len()), (Some(Masking::Double.into()), 2));
    assert!(study.design.primary_purpose.is_some());
}

#[test]
fn posted_results_are_noted_and_not_read() {
    let record = block("Adults").replace(
        "</clinical_study>",
        "<clinical_results><a><b>&weird; <c/></b></a>text</clinical_results></clinical_study>",
    );
    assert_eq!(check_findings(&record, &[]).has_results, Some(true));
}

#[test]
fn broken_documents_say_where() {
    for (document, expected) in [
        ("<clinical_study>\n  <a></b></clinical_study>", (2, 6)),
        ("<clinical_study>\n<a>", (2, 4)),
        ("<clinical_study>", (1, 17)),
        ("<clinical_study/>\n<clinical_study/>", (2, 18)),
        ("<clinical_study/>\ntext", (2, 5)),
        ("<clinical_study>a & b</clinical_study>", (1, 19)),
        ("<clinical_study", (1, 1)),
        ("", (1, 1)),
    ] {
        match parse_study_xml(document) {
            Err(RegistryError::BrokenXml { line, column, reason }) => {
                assert_eq!((line, column), expected, "{document}: {reason}");
            }
            other => panic!("{document}: {other:?}"),
        }
    }
}
