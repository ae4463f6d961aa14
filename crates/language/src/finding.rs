//! Findings, and why something of a patient's record was left out, in a language: from their parts, never from the filled sentence.
//!
//! **Source**: `locales/findings/*.ftl`. A message is named after its English words, so that whoever reports a finding need not know
//! of other languages; a test holds every finding of the code to a message in each of them.

use crate::foreign::mark;
use crate::{Language, Words};
use std::sync::LazyLock;
use trialway_criteria::CriterionId;
use trialway_diagnostics::{Filling, Said};
use trialway_terminology::Terminology;

/// The end of a message's name from English words: `Active, not recruiting` is `active-not-recruiting`.
pub fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A finding or what to do about it. What stays English in another language is marked ([`crate::foreign`]).
///
/// **Unknown**: the English words, marked, where no message is named after them.
pub fn finding(language: Language, said: &Said) -> String {
    let english = said.to_string();
    let Some(words) = words(language) else { return english };
    let gaps: Vec<(&str, String)> =
        said.gaps().iter().map(|(name, filling)| (*name, filled(language, words, name, filling))).collect();
    let gaps: Vec<(&str, &str)> = gaps.iter().map(|(name, words)| (*name, words.as_str())).collect();
    let told = words.say(&format!("found-{}", slug(said.pattern())), &gaps);
    told.map_or_else(|| mark(&english), |told| quoted(&told))
}

/// The same with everything in backticks marked: words to write, or words that were written.
fn quoted(told: &str) -> String {
    let parts = told.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("`{}`", mark(part)) } else { part.to_owned() }).collect()
}

fn filled(language: Language, words: &Words, name: &str, filling: &Filling) -> String {
    match filling {
        Filling::Ours(ours) => words.say(&format!("ours-{}", slug(ours)), &[]).unwrap_or_else(|| mark(ours)),
        Filling::AsIs(written) if matches!(name, "youngest" | "oldest") => age(words, written),
        // What is measured, by the vocabulary's name.
        Filling::AsIs(written) if name == "name" => named(language, written).unwrap_or_else(|| mark(written)),
        Filling::AsIs(written) => mark(written),
    }
}

/// An age as the registry writes it (`18 Years`), in words; marked where it is written otherwise.
fn age(words: &Words, written: &str) -> String {
    let read = || {
        let (n, unit) = written.split_once(' ')?;
        let id = format!("age-{}{}", unit.trim_end_matches('s').to_ascii_lowercase(), if n == "1" { "" } else { "s" });
        words.say(&id, &[("number", n)])
    };
    read().unwrap_or_else(|| mark(written))
}

/// The words of a criterion as a page shows them: what a field of the record says, in the language; else the study's own, marked.
pub fn point(language: Language, id: &CriterionId, text: &str) -> String {
    match trialway_eligibility::field_said(id, text) {
        _ if language == Language::English => text.to_owned(),
        Some(said) => finding(language, &said),
        None => mark(text),
    }
}

fn named(language: Language, english: &str) -> Option<String> {
    let terminology = Terminology::builtin();
    let id = terminology.named_by(english)?;
    terminology.name_in(&id, language.names()?).map(str::to_owned)
}

/// Why something of a patient's record was left out.
///
/// **Shape**: fixed English words of ours; behind a colon, words of the record may follow.
/// **Unknown**: as [`finding`].
pub fn left_out(language: Language, reason: &str) -> String {
    let Some(words) = words(language) else { return reason.to_owned() };
    let say = |ours: &str| words.say(&format!("left-{}", slug(ours)), &[]);
    if let Some(all) = say(reason) {
        return all;
    }
    let split = reason.split_once(": ").and_then(|(ours, theirs)| Some((say(ours)?, theirs)));
    split.map_or_else(|| mark(reason), |(ours, theirs)| format!("{ours}: {}", mark(theirs)))
}

/// The messages; none for English, which findings say by themselves.
fn words(language: Language) -> Option<&'static Words> {
    static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::alone("es", include_str!("../locales/findings/es.ftl")));
    static CHINESE: LazyLock<Words> =
        LazyLock::new(|| Words::alone("zh-Hans", include_str!("../locales/findings/zh.ftl")));
    match language {
        Language::English => None,
        Language::Spanish => Some(&SPANISH),
        Language::Chinese => Some(&CHINESE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign::plain;

    #[test]
    fn a_finding_is_said_from_its_parts() {
        let said =
            Said::new("the limit `{written}` of {name} has no unit").with("written", "≥ 9").with("name", "Hemoglobin");
        for (language, want) in [
            (Language::English, "the limit `≥ 9` of Hemoglobin has no unit"),
            (Language::Spanish, "el límite `≥ 9` de hemoglobina no tiene unidad"),
            (Language::Chinese, "血红蛋白的限值 `≥ 9` 没有单位"),
        ] {
            assert_eq!(plain(&finding(language, &said)), want);
        }
        let write =
            finding(Language::Chinese, &Said::new("write `without …, or with {word} …`").with("word", "relapse"));
        assert_eq!(write, format!("写作 `{}`", mark("without …, or with relapse …")));
        let other = Said::new("nobody has words for this {gap}").with("gap", "yet");
        assert_eq!(finding(Language::Spanish, &other), mark("nobody has words for this yet"));
    }

    #[test]
    fn a_field_is_said_in_the_language_and_the_text_stays_as_it_is() {
        let said = |language, id: &str, text: &str| point(language, &CriterionId::new(id), text);
        assert_eq!(said(Language::English, "S.age", "6 Years to 18 Years"), "6 Years to 18 Years");
        assert_eq!(said(Language::Spanish, "S.age", "6 Months to 1 Year"), "de 6 meses a 1 año");
        assert_eq!(said(Language::Chinese, "S.age", "18 Years or older"), "18 岁及以上");
        assert_eq!(said(Language::Spanish, "S.sex", "Female"), "mujeres");
        assert_eq!(said(Language::Chinese, "S.healthy", "accepts healthy volunteers"), "接受健康志愿者");
        assert_eq!(said(Language::Chinese, "I1", "Aged 6 to 18"), mark("Aged 6 to 18"));
    }

    #[test]
    fn a_reason_may_end_in_words_of_the_record() {
        let said = |reason| plain(&left_out(Language::Chinese, reason));
        assert_eq!(said("refuted"), "已被否定");
        assert_eq!(said("the record says that it has none: Unknown"), "病历称没有: Unknown");
        assert_eq!(left_out(Language::English, "refuted"), "refuted");
    }
}
