//! The `clinical_study` document, element by element.

use super::design::read_design;
use super::tree::{Element, parse_tree};
use crate::field::Findings;
use crate::{RegistryError, codes};
use trialway_diagnostics::{Parsed, Said, Severity};
use trialway_study::{
    AgeLimit, Arm, Coded, Contact, ContactRole, Document, Eligibility, Enrollment, Intervention, MeshTerm, MeshTerms,
    Official, Outcome, Oversight, Phase, Site, Sponsor, Study, StudyDate, StudyDates, WordList,
};

const ROOT: &str = "clinical_study";

/// Reads a legacy `clinical_study` document.
///
/// **Shape**: the eligibility text is `eligibility/criteria/textblock` with entities decoded and nothing else changed: line
/// ends, indentation and the lines around it are as in the file. Other texts are trimmed.
///
/// **Unknown**: as for [`crate::parse_study`]; findings `REG001` to `REG003`, `REG005` to `REG009`, `REG011` to `REG013`.
///
/// **Errors**: [`RegistryError::BrokenXml`], [`RegistryError::TooDeep`], and [`RegistryError::NotAStudy`] for another root.
///
/// **Source**: the registry's `public.xsd`, as used until 2024.
pub fn parse_study_xml(text: &str) -> Result<Parsed<Study>, RegistryError> {
    crate::form::check_size(text.len())?;
    let findings = Findings::default();
    let root = parse_tree(text.strip_prefix('\u{feff}').unwrap_or(text), ROOT, &findings)?;
    let study = read_study(&Node { element: &root, parent: None, findings: &findings });
    Ok(findings.finish(study, "clinical_study/eligibility/criteria/textblock", ROOT))
}

/// An element with the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    element: &'a Element,
    parent: Option<&'a Node<'a>>,
    findings: &'a Findings,
}

impl<'a> Node<'a> {
    /// The part of this name; a second one is reported and not used.
    pub(super) fn find<'s>(&'s self, name: &str) -> Option<Node<'s>> {
        let mut found = self.all(name);
        let first = found.next()?;
        if found.next().is_some() {
            let message = Said::new("`{name}` is given more than once; only the first is used").with("name", name);
            let help = "fetch the record again; if two records were joined, separate them";
            self.findings.report(codes::GIVEN_TWICE, Severity::Warning, first.path(), message, help);
        }
        Some(first)
    }

    /// Every part of this name, in order.
    pub(super) fn all<'s>(&'s self, name: &str) -> impl Iterator<Item = Node<'s>> {
        self.parts().filter(move |part| part.name() == name)
    }

    /// Every part, in order.
    pub(super) fn parts<'s>(&'s self) -> impl Iterator<Item = Node<'s>> {
        self.element.children.iter().map(|element| Node { element, parent: Some(self), findings: self.findings })
    }

    pub(super) fn name(&self) -> &'a str {
        &self.element.name
    }

    pub(super) fn findings(&self) -> &'a Findings {
        self.findings
    }

    pub(super) fn trimmed(&self) -> String {
        self.element.text.trim().to_owned()
    }

    pub(super) fn path(&self) -> String {
        match self.parent {
            Some(parent) => format!("{}/{}", parent.path(), self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The text of the part of this name; an empty one is none.
    fn text(&self, name: &str) -> Option<String> {
        Some(self.find(name)?.trimmed()).filter(|text| !text.is_empty())
    }

    /// The texts of every part of this name.
    fn texts(&self, name: &str) -> Vec<String> {
        self.all(name).map(|part| part.trimmed()).filter(|text| !text.is_empty()).collect()
    }

    /// The text block inside the part of this name.
    fn block(&self, name: &str) -> Option<String> {
        self.find(name)?.text("textblock")
    }

    fn coded<T: WordList>(&self, name: &str) -> Option<Coded<T>> {
        let part = self.find(name)?;
        self.findings.coded(&part.trimmed(), || part.path())
    }

    fn flag(&self, name: &str) -> Option<bool> {
        let part = self.find(name)?;
        self.findings.flag(&part.trimmed(), || part.path())
    }

    fn age(&self, name: &str) -> Option<AgeLimit> {
        let part = self.find(name)?;
        self.findings.age(&part.trimmed(), || part.path())
    }

    /// The date in the first of these parts that is there.
    fn date(&self, names: &[&str]) -> Option<StudyDate> {
        let part = names.iter().find_map(|name| self.find(name))?;
        let kind = part.element.kind.as_deref().and_then(|kind| self.findings.coded(kind, || part.path()));
        self.findings.date(&part.trimmed(), kind, || part.path())
    }
}

fn read_study(root: &Node) -> Study {
    let mut study = Study::default();
    read_identification(root, &mut study);
    study.overall_status = root.coded("overall_status");
    study.last_known_status = root.coded("last_known_status");
    study.why_stopped = root.text("why_stopped");
    study.brief_summary = root.block("brief_summary");
    study.detailed_description = root.block("detailed_description");
    study.dates = read_dates(root);
    study.study_type = root.coded("study_type");
    study.phases = read_phases(root);
    study.design = read_design(root);
    study.enrollment = read_enrollment(root);
    if let Some(sponsors) = root.find("sponsors") {
        study.lead_sponsor = sponsors.find("lead_sponsor").map(|sponsor| read_sponsor(&sponsor));
        study.collaborators = sponsors.all("collaborator").map(|sponsor| read_sponsor(&sponsor)).collect();
    }
    study.conditions = root.texts("condition");
    study.keywords = root.texts("keyword");
    study.interventions = root.all("intervention").map(|part| read_intervention(&part)).collect();
    study.arms = root.all("arm_group").map(|arm| read_arm(&arm, &study.interventions)).collect();
    study.primary_outcomes = root.all("primary_outcome").map(|outcome| read_outcome(&outcome)).collect();
    study.eligibility = root.find("eligibility").map(|part| read_eligibility(&part)).unwrap_or_default();
    study.sites = root.all("location").map(|site| read_site(&site)).collect();
    let central = ["overall_contact", "overall_contact_backup"];
    study.central_contacts = central.iter().flat_map(|name| root.all(name)).map(|one| read_contact(&one)).collect();
    study.overall_officials = root.all("overall_official").map(|official| read_official(&official)).collect();
    study.oversight = read_oversight(root);
    study.n_references = root.all("reference").count() + root.all("results_reference").count();
    study.documents = read_documents(root);
    study.has_results = Some(root.all("clinical_results").next().is_some());
    study.condition_meshes = read_meshes(root, "condition_browse");
    study.intervention_meshes = read_meshes(root, "intervention_browse");
    study
}

fn read_identification(root: &Node, study: &mut Study) {
    let id_info = root.find("id_info");
    let written = id_info.as_ref().and_then(|info| info.text("nct_id"));
    root.findings.identify(study, written, "clinical_study/id_info/nct_id");
    if let Some(info) = id_info {
        study.nct_aliases = info.texts("nct_alias");
        study.org_study_id = info.text("org_study_id");
        study.secondary_ids = info.texts("secondary_id");
    }
    study.brief_title = root.text("brief_title");
    study.official_title = root.text("official_title");
    study.acronym = root.text("acronym");
}

fn read_dates(root: &Node) -> StudyDates {
    StudyDates {
        first_submitted: root.date(&["study_first_submitted", "firstreceived_date"]),
        first_posted: root.date(&["study_first_posted"]),
        last_update_submitted: root.date(&["last_update_submitted", "lastchanged_date"]),
        last_update_posted: root.date(&["last_update_posted"]),
        verified: root.date(&["verification_date"]),
        start: root.date(&["start_date"]),
        primary_completion: root.date(&["primary_completion_date"]),
        completion: root.date(&["completion_date"]),
        results_first_posted: root.date(&["results_first_posted"]),
    }
}

/// `Phase 1/Phase 2` is two phases; `N/A` is one word.
fn read_phases(root: &Node) -> Vec<Coded<Phase>> {
    let Some(part) = root.find("phase") else { return Vec::new() };
    let written = part.trimmed();
    let read = |word: &str| root.findings.coded::<Phase>(word.trim(), || part.path());
    match Coded::<Phase>::from_word(&written) {
        Coded::Known(_) => read(&written).into_iter().collect(),
        Coded::Other(_) => written.split('/').filter_map(read).collect(),
    }
}

fn read_enrollment(root: &Node) -> Option<Enrollment> {
    let part = root.find("enrollment")?;
    let kind = part.element.kind.as_deref().and_then(|kind| root.findings.coded(kind, || part.path()));
    let written = part.trimmed();
    match written.parse() {
        Ok(count) => Some(Enrollment { count, kind }),
        Err(_) if written.is_empty() => None,
        Err(_) => {
            let message = Said::new("expected a whole number, found `{written}`; it is taken as not given");
            let message = message.with("written", crate::field::shown(&written));
            let help = "fetch the record again, or correct this field";
            root.findings.report(codes::WRONG_TYPE, Severity::Warning, part.path(), message, help);
            None
        }
    }
}

fn read_sponsor(sponsor: &Node) -> Sponsor {
    Sponsor { name: sponsor.text("agency").unwrap_or_default(), class: sponsor.coded("agency_class") }
}

fn read_intervention(part: &Node) -> Intervention {
    Intervention {
        kind: part.coded("intervention_type"),
        name: part.text("intervention_name").unwrap_or_default(),
        description: part.text("description"),
        other_names: part.texts("other_name"),
        arm_labels: part.texts("arm_group_label"),
    }
}

/// An arm; the interventions name their arms, so they are turned round here.
fn read_arm(arm: &Node, interventions: &[Intervention]) -> Arm {
    let label = arm.text("arm_group_label").unwrap_or_default();
    let given = interventions.iter().filter(|intervention| intervention.arm_labels.contains(&label));
    let name = |intervention: &Intervention| match &intervention.kind {
        Some(kind) => format!("{}: {}", kind.label(), intervention.name),
        None => intervention.name.clone(),
    };
    Arm {
        kind: arm.coded("arm_group_type"),
        description: arm.text("description"),
        interventions: given.map(name).collect(),
        label,
    }
}

fn read_outcome(outcome: &Node) -> Outcome {
    Outcome {
        measure: outcome.text("measure").unwrap_or_default(),
        description: outcome.text("description"),
        time_frame: outcome.text("time_frame"),
    }
}

fn read_eligibility(part: &Node) -> Eligibility {
    Eligibility {
        text: read_criteria(part),
        minimum_age: part.age("minimum_age"),
        maximum_age: part.age("maximum_age"),
        sex: part.coded("gender"),
        gender_based: part.flag("gender_based"),
        gender_description: part.text("gender_description"),
        healthy_volunteers: part.flag("healthy_volunteers"),
        standard_ages: Vec::new(),
        study_population: part.block("study_pop"),
        sampling_method: part.coded("sampling_method"),
    }
}

/// The criteria as in the file, not trimmed: spans point into them.
fn read_criteria(part: &Node) -> Option<String> {
    let criteria = part.find("criteria")?;
    let text = match criteria.find("textblock") {
        Some(block) => &block.element.text,
        None => &criteria.element.text,
    };
    Some(text.clone())
}

fn read_site(site: &Node) -> Site {
    let mut read = Site { status: site.coded("status"), ..Site::default() };
    if let Some(facility) = site.find("facility") {
        read.facility = facility.text("name");
        if let Some(address) = facility.find("address") {
            read.city = address.text("city");
            read.state = address.text("state");
            read.zip = address.text("zip");
            read.country = address.text("country");
        }
    }
    let people = ["contact", "contact_backup", "investigator"];
    read.contacts = people.iter().flat_map(|name| site.all(name)).map(|person| read_contact(&person)).collect();
    read
}

fn read_contact(person: &Node) -> Contact {
    // Only investigators have a role of their own.
    let role = match person.name() {
        "investigator" => person.coded("role"),
        _ => Some(ContactRole::Contact.into()),
    };
    Contact {
        name: read_name(person),
        role,
        phone: person.text("phone"),
        phone_ext: person.text("phone_ext"),
        email: person.text("email"),
    }
}

fn read_official(person: &Node) -> Official {
    Official { name: read_name(person), role: person.coded("role"), affiliation: person.text("affiliation") }
}

fn read_name(person: &Node) -> Option<String> {
    let names = ["first_name", "middle_name", "last_name"];
    let mut name = names.iter().filter_map(|part| person.text(part)).collect::<Vec<_>>().join(" ");
    if let Some(degrees) = person.text("degrees") {
        name = format!("{name}, {degrees}");
    }
    Some(name).filter(|name| !name.is_empty())
}

fn read_oversight(root: &Node) -> Oversight {
    let Some(info) = root.find("oversight_info") else { return Oversight::default() };
    Oversight {
        has_dmc: info.flag("has_dmc"),
        is_fda_regulated_drug: info.flag("is_fda_regulated_drug"),
        is_fda_regulated_device: info.flag("is_fda_regulated_device"),
        is_unapproved_device: info.flag("is_unapproved_device"),
        is_us_export: info.flag("is_us_export"),
    }
}

fn read_documents(root: &Node) -> Vec<Document> {
    let mut documents = Vec::new();
    for (list, item, label, address) in [
        ("study_docs", "study_doc", "doc_type", "doc_url"),
        ("provided_document_section", "provided_document", "document_type", "document_url"),
    ] {
        let Some(list) = root.find(list) else { continue };
        documents.extend(list.all(item).map(|document| Document {
            label: document.text(label).unwrap_or_default(),
            date: document.date(&["document_date"]),
            location: document.text(address),
        }));
    }
    documents
}

fn read_meshes(root: &Node, list: &str) -> MeshTerms {
    let Some(list) = root.find(list) else { return MeshTerms::default() };
    let terms = list.texts("mesh_term").into_iter().map(|term| MeshTerm { id: None, term }).collect();
    MeshTerms { terms, ..MeshTerms::default() }
}
