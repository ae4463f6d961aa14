//! FamilyMemberHistory: conditions of relatives, kept apart from what the patient has.

use super::{Facts, Record};
use crate::element::{Reader, items, read_coded};
use serde_json::Value;
use trialway_patient::meaning;
use trialway_patient::{Provenance, Relative};

pub(super) fn read<'a>(resource: &'a Value, id: &str, record: &Record<'a>, reader: &mut Reader<'_>) -> Facts {
    if resource.get("status").and_then(Value::as_str) == Some("health-unknown") {
        return Err("says that nothing is known of the relative");
    }
    let relationship = read_coded(resource.get("relationship")).label();
    for (index, condition) in items(resource, "condition").enumerate() {
        let coded = read_coded(condition.get("code"));
        if coded.is_empty() || meaning::says_none(&coded.label()) {
            reader.leave(&format!("condition[{index}]"), "names nothing, or says that there is none");
            continue;
        }
        reader.family.push(Relative {
            provenance: Provenance {
                resource: "FamilyMemberHistory".to_owned(),
                id: id.to_owned(),
                path: format!("condition[{index}]"),
                span: None,
            },
            relationship: relationship.clone(),
            label: coded.label(),
            concepts: meaning::concepts(&coded, record.terminology),
        });
    }
    if reader.family.is_empty() { Err("names no condition of the relative") } else { Ok(Vec::new()) }
}
