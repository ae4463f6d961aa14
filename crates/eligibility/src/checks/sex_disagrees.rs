//! Sexes and health of the text against the record's own fields.

use super::interval::conjuncts;
use super::material::{Item, Material, finding};
use super::rule;
use crate::expr::{Test, WantedSex};
use trialway_criteria::Kind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity, Span};
use trialway_study::Sex;

rule! {
    /// Reports: a text that asks for one sex where the field says another or all, one that names both where the field says one, and
    /// healthy participants where the field says that there are none.
    /// Why it matters: one of the two is wrong; searches use the field.
    /// Example: text `Postmenopausal women`, field `sex` all.
    /// What to do: make them agree.
    /// Source: ClinicalTrials.gov data element definitions, sex and accepts healthy volunteers.
    RULE = Code("ELG008"), "field-disagrees", Warning, "written and structured sex or health differ"
}

const MALE: [&str; 3] = ["male", "men", "man"];
const FEMALE: [&str; 3] = ["female", "women", "woman"];

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let Some(fields) = material.study.map(|study| &study.eligibility) else { return };
    let field = fields.sex.as_ref().and_then(|sex| sex.known());
    let mut named = None;
    let several = material.logic.criteria.iter().any(|criterion| criterion.group.is_some())
        || material.n_sections(Kind::Inclusion) > 1;
    for item in material.items.iter().filter(|item| item.criterion.kind == Kind::Inclusion && item.parent.is_none()) {
        if let Some(field) = field.filter(|_| !several) {
            sex(material, item, field, &mut named, out);
        }
        if fields.healthy_volunteers == Some(false) && !several {
            healthy(item, out);
        }
    }
}

fn sex(
    material: &Material<'_>,
    item: &Item<'_>,
    field: Sex,
    named: &mut Option<(bool, bool)>,
    out: &mut Vec<Diagnostic>,
) {
    let path = "protocolSection.eligibilityModule.sex";
    let mut atoms = Vec::new();
    conjuncts(&item.criterion.logic, &mut atoms);
    for atom in atoms {
        let Test::Sex(wanted) = &atom.test else { continue };
        let (word, agrees) = match wanted {
            WantedSex::Female => ("women", field == Sex::Female),
            WantedSex::Male => ("men", field == Sex::Male),
        };
        if agrees {
            continue;
        }
        // "Women of childbearing potential must …" is said of some, partners are others, and another item may name the other sex.
        let other = *named.get_or_insert_with(|| names(material));
        let names_other = if *wanted == WantedSex::Female { other.0 } else { other.1 };
        if !item.leads_to(atom.span) || !begins_with_sex(item, atom.span) || names_other {
            continue;
        }
        let message = Said::new("the text asks for {sex} only, the field `sex` says {field}");
        let message = message.ours("sex", word).ours("field", says(field));
        out.push(
            finding(&RULE, Severity::Warning, atom.span, message).in_field(path).with_help("make text and field agree"),
        );
    }
    if field != Sex::All
        && let Some(span) = both(item)
    {
        let message = Said::new("the text names both sexes, the field `sex` says {field}").ours("field", says(field));
        out.push(
            finding(&RULE, Severity::Warning, span, message).in_field(path).with_help("make text and field agree"),
        );
    }
}

/// Whether the words begin with a sex that nothing behind it narrows to some.
fn begins_with_sex(item: &Item<'_>, span: Span) -> bool {
    let at = item.word_at(span.start);
    let sex = |at: usize| MALE.contains(&item.norm(at)) || FEMALE.contains(&item.norm(at));
    const NARROWING: [&str; 8] =
        ["potential", "must", "childbearing", "partner", "if", "pregnancy", "should", "contraception"];
    let narrowed = item.words.iter().skip(at).any(|word| NARROWING.contains(&word.norm.as_str()));
    (sex(at) || sex(at + 1)) && !narrowed
}

/// Whether men, and whether women, are named anywhere under inclusion.
fn names(material: &Material<'_>) -> (bool, bool) {
    let named = |sex: &[&str]| {
        let mut items = material.items.iter().filter(|item| item.criterion.kind == Kind::Inclusion);
        items.any(|item| item.words.iter().any(|word| sex.contains(&word.norm.as_str())))
    };
    (named(&MALE), named(&FEMALE))
}

fn says(field: Sex) -> &'static str {
    match field {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::All => "all",
    }
}

/// "Male or female", "men and women".
fn both(item: &Item<'_>) -> Option<Span> {
    (1..item.words.len()).find_map(|at| {
        let joined = matches!(item.norm(at), "or" | "and" | "/");
        let (left, right) = (item.norm(at - 1), item.norm(at + 1));
        let both = MALE.contains(&left) && FEMALE.contains(&right) || FEMALE.contains(&left) && MALE.contains(&right);
        // Only at the head of an item does it say who may join.
        (joined && both && at <= 3).then(|| item.span(&(at - 1..at + 2)))
    })
}

fn healthy(item: &Item<'_>, out: &mut Vec<Diagnostic>) {
    const PEOPLE: [&str; 12] = [
        "volunteer",
        "subject",
        "adult",
        "male",
        "female",
        "men",
        "women",
        "man",
        "woman",
        "participant",
        "individual",
        "person",
    ];
    let first = item.first_word();
    if item.norm(first) == "healthy" && PEOPLE.contains(&item.norm(first + 1)) {
        let message = "the text asks for healthy participants, the field `healthyVolunteers` says that there are none";
        out.push(
            finding(&RULE, Severity::Warning, item.span(&(first..first + 2)), message)
                .in_field("protocolSection.eligibilityModule.healthyVolunteers")
                .with_help("make text and field agree"),
        );
    }
}
