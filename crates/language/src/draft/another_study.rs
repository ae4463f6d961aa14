//! What kind of other study a criterion speaks of: "another study of drugs or devices" is not any study.

use super::check::has_word;
use super::texts::norm;

/// Messages of the kinds of thing that another study must be about to count; none where any study counts.
///
/// **Shape**: `text` is what the criterion says of the other study.
pub(super) fn kinds(text: &str) -> Vec<&'static str> {
    let mut text = norm(text);
    // What the study itself gives is only what time is counted from.
    for own in ["drug", "treatment", "medication", "product", "vaccine", "agent", "device", "intervention"] {
        text = text.replace(&format!("study {own}"), "").replace(&format!("trial {own}"), "");
    }
    let study = ["stud", "trial", "research", "protocol"].iter().filter_map(|word| text.find(word)).min();
    let Some((before, behind)) = study.and_then(|at| text.split_at_checked(at)) else { return Vec::new() };
    let before: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let end =
        ["within ", "prior ", "before ", "during ", "in the last", "in the past", "in the previous", " and ", " if "];
    let end = end.iter().filter_map(|word| behind.find(word)).chain([behind.len()]).min().unwrap_or_default();
    let behind = behind.get(..end).unwrap_or_default();
    // "Or" goes on with kinds of study, or with another thing altogether.
    let mut parts = behind.split(" or ");
    let mut said = before.join(" ");
    said.push(' ');
    said.push_str(parts.next().unwrap_or_default());
    for part in parts {
        if part.split_whitespace().take(2).any(|word| of_kind(word).is_some()) {
            said.push_str(" or ");
            said.push_str(part);
        } else {
            break;
        }
    }
    let mut out = Vec::new();
    for word in said.split(|c: char| !c.is_alphanumeric()) {
        if let Some(kind) = of_kind(word)
            && !out.contains(&kind)
        {
            out.push(kind);
        }
    }
    // "A drug trial, or any other": then any counts.
    if has_word(&said, "observational") || has_word(&said, "any other") { Vec::new() } else { out }
}

fn of_kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "drug" | "drugs" | "medicine" | "medicines" | "medication" | "medications" | "medicinal" | "pharmaceutical"
        | "pharmacological" | "pharmacologic" | "agent" | "agents" | "imp" => "study-of-drugs",
        "device" | "devices" => "study-of-devices",
        "vaccine" | "vaccines" => "study-of-vaccines",
        "interventional" | "intervention" | "interventions" | "therapeutic" | "therapy" | "therapies" | "treatment"
        | "treatments" | "product" | "products" => "study-of-treatments",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::kinds;

    #[test]
    fn what_another_study_is_about_is_kept() {
        for (text, want) in [
            ("Participation in other studies on drugs or devices", &["study-of-drugs", "study-of-devices"][..]),
            ("enrolled in another interventional trial within 3 months", &["study-of-treatments"]),
            ("in another study within 30 days before study drug", &[]),
            ("participated in another trial or received a blood product", &[]),
            ("in any clinical study with an investigational agent", &["study-of-drugs"]),
            ("other drug trials", &["study-of-drugs"]),
        ] {
            assert_eq!(kinds(text), want, "{text}");
        }
    }
}
