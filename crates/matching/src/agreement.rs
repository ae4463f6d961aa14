//! Criteria that ask for nothing but agreement: to birth control, or to follow the study. An answer in other words is one to them.
//!
//! | criterion | record | holds |
//! | --- | --- | --- |
//! | `must agree to use an effective method of contraception` | `Contraception: agrees to an effective method` | yes |
//! | the same | `Contraception: declines` | no |
//! | `must use two methods` | `Contraception: pill` | not said |
//! | `able and willing to comply with all visits` | `Willing and able to comply with the schedule: yes` | yes |
//! | the same | `Willing to comply: yes` | not said |

use crate::answered::will;
use crate::evaluate::Case;
use crate::leaf;
use crate::outcome::Outcome;
use crate::plainly;
use trialway_eligibility::expr::{Expr, Firmness, Test};
use trialway_eligibility::logic::CriterionLogic;
use trialway_patient::{Fact, FactKind, Value};

/// What the answers of a record say of a criterion of agreement; none where it asks for more, or where they do not settle it.
pub(crate) fn settle(criterion: &CriterionLogic, case: &Case<'_>) -> Option<Outcome> {
    if !asks_only(&criterion.logic) {
        return None;
    }
    let text = criterion.own.text();
    let facts = case.facts.facts.iter().filter(|fact| fact.kind == FactKind::Observation && leaf::exists(fact, case));
    let mut found: Vec<(&Fact, bool)> =
        facts.filter_map(|fact| Some((fact, birth_control(text, fact).or_else(|| complies(text, fact))?))).collect();
    let last = found.iter().map(|(fact, _)| fact.period.start.map(|start| start.latest)).max()?;
    found.retain(|(fact, _)| fact.period.start.map(|start| start.latest) == last);
    let (_, truth) = found.first().copied()?;
    if found.iter().any(|(_, other)| *other != truth) {
        return None;
    }
    let mut out = Outcome::known(truth.into());
    out.firmness = Firmness::Likely;
    out.evidence = found.into_iter().map(|(fact, _)| leaf::evidence(fact, case)).collect();
    Some(out)
}

/// Whether all that a criterion asks is agreement or ability, of everybody or of one sex.
fn asks_only(logic: &Expr) -> bool {
    let (mut only, mut any) = (true, false);
    logic.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(atom) => match &atom.test {
            Test::Consent(topic) | Test::Judgement(topic) => {
                let known = matches!(topic.key.as_str(), "willingness" | "ability" | "compliance" | "contraception");
                only &= known;
                any |= known;
            }
            Test::Age(_) | Test::Sex(_) | Test::Childbearing => {}
            _ => only = false,
        },
        _ => only = false,
    });
    only && any
}

/// Words of denial before what is asked: of them at most one, or two that are one ("unable or unwilling").
fn turned(before: &str) -> Option<bool> {
    const DENIALS: [&str; 14] = [
        "not",
        "no",
        "without",
        "unwilling",
        "unable",
        "refuse",
        "refuses",
        "refusal",
        "never",
        "lack",
        "decline",
        "declines",
        "fail",
        "failure",
    ];
    let plain = plainly::plainly(before);
    match plain.split(|c: char| !c.is_alphanumeric()).filter(|word| DENIALS.contains(word)).count() {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Whether a text that asks for birth control is true of somebody with this answer.
fn birth_control(text: &str, fact: &Fact) -> Option<bool> {
    const NAMES: [&str; 5] = ["contracep", "birth control", "condom", "abstinen", "abstain"];
    // What else a person may have to agree to.
    const MORE: [&str; 8] = ["donat", "sperm", "egg", "breastfe", "pregnancy test", "blood", "visits", "biops"];
    let lower = text.to_lowercase();
    let at = NAMES.iter().filter_map(|name| lower.find(name)).min()?;
    if MORE.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let before = lower.get(..at)?.rsplit(['.', ';', ':']).next()?;
    let turned = turned(before)?;
    let label = fact.label.to_lowercase();
    let asks = label.contains("contracep") || label.contains("birth control");
    if !asks || ["counsel", "previous", "prior", "history", "partner"].iter().any(|word| label.contains(word)) {
        return None;
    }
    let said = match &fact.value {
        Some(Value::Answer { yes, written }) => leaf::contraception(written).unwrap_or(*yes),
        Some(Value::Text(words)) => {
            let said = leaf::contraception(words)?;
            (!said || is_enough(&lower, &words.to_lowercase())).then_some(said)?
        }
        _ => return None,
    };
    Some(said != turned)
}

/// Whether a method is as sure as the text demands.
fn is_enough(wanted: &str, said: &str) -> bool {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let two = has(wanted, &["two ", "double", "second method", "2 methods"]) && !has(said, &["two ", "double", "both"]);
    let sure = has(wanted, &["highly effective"])
        && !has(
            said,
            &[
                "highly effective",
                "iud",
                "intrauterine",
                "implant",
                "vasectom",
                "steril",
                "tubal",
                "pill",
                "oral contracept",
                "inject",
                "abstin",
                "abstain",
                "ring",
                "patch",
                "hormonal",
            ],
        );
    !two && !sure
}

/// Stems of the words of criteria that ask to follow the study.
const STUDY: [&str; 62] = [
    "comp",
    "comply",
    "complianc",
    "compliance",
    "compl",
    "complied",
    "adher",
    "adherenc",
    "follow",
    "cooperat",
    "abid",
    "abl",
    "will",
    "visit",
    "treatment",
    "evaluation",
    "schedul",
    "schedule",
    "requirement",
    "procedur",
    "procedure",
    "protocol",
    "assessment",
    "test",
    "instruction",
    "restriction",
    "attend",
    "attendanc",
    "return",
    "complet",
    "requir",
    "plann",
    "plan",
    "scheduled",
    "necessary",
    "clinic",
    "appointment",
    "examination",
    "regimen",
    "remain",
    "duration",
    "investigator",
    "opinion",
    "judg",
    "judgment",
    "judgement",
    "assess",
    "deem",
    "consider",
    "stat",
    "understand",
    "entir",
    "throughout",
    "whole",
    "full",
    "related",
    "relat",
    "specif",
    "trial",
    "study",
    "including",
    "includ",
];

/// Whether a text that asks to follow the study is true of somebody with this answer.
fn complies(text: &str, fact: &Fact) -> Option<bool> {
    let follows = |words: &[String]| {
        // The stem of "comply" is cut where an ending would be.
        words.iter().any(|word| {
            word == "comp"
                || ["comply", "complian", "adher", "follow", "cooperat", "abid"]
                    .iter()
                    .any(|stem| word.starts_with(stem))
        })
    };
    let stems = |text: &str| -> Vec<String> {
        plainly::clauses(text).into_iter().flat_map(|clause| clause.words).map(|word| word.to_string()).collect()
    };
    let (wanted, asked) = (stems(text), stems(&fact.label));
    if !follows(&wanted) || !wanted.iter().all(|word| STUDY.contains(&word.as_str())) || !follows(&asked) {
        return None;
    }
    let yes = match (&fact.value, will(fact)) {
        (Some(Value::Answer { yes, .. }), _) => *yes,
        (_, Some(yes)) => yes,
        _ => return None,
    };
    let lower = text.to_lowercase();
    let at = ["comply", "complian", "adher", "follow", "cooperat", "abid"]
        .iter()
        .filter_map(|stem| lower.find(stem))
        .min()?;
    let turned = turned(lower.get(..at)?)?;
    let label_denies = plainly::whole(&fact.label).is_none_or(|clause| clause.n_denials > 0);
    let modal = |words: &[String], stem: &str| words.iter().any(|word| word == stem);
    let covers = |these: &[String], those: &[String]| {
        ["abl", "will"].iter().all(|stem| !modal(those, stem) || modal(these, stem))
    };
    // Who is willing may still be unable; who is unwilling is not able and willing.
    let bears = if yes { covers(&asked, &wanted) } else { covers(&wanted, &asked) };
    (!label_denies && bears).then_some(yes != turned)
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn denials_before_what_is_asked() {
        for (text, want) in [
            ("must agree to use ", Some(false)),
            ("unable or unwilling to use ", Some(true)),
            ("unwilling to ", Some(true)),
            ("not willing, or not able without help, to ", None),
        ] {
            assert_eq!(turned(text), want, "{text}");
        }
    }
}
