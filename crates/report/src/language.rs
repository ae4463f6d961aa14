//! The words of reports in a language.
//!
//! **Source**: `locales/*.ftl`, in the syntax of Project Fluent 1.0, compiled in.

use std::sync::LazyLock;
pub use trialway_language::Language;
use trialway_language::Words;
use trialway_matching::Effect;

/// Every message of reports as it is written, to know which letters a language needs.
pub fn messages(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../locales/en.ftl"),
        Language::Spanish => include_str!("../locales/es.ftl"),
        Language::Chinese => include_str!("../locales/zh.ftl"),
    }
}

/// Says messages of reports.
pub(crate) trait Say {
    /// A message; its name where it is nowhere, which a test rules out.
    fn say(self, id: &str, args: &[(&str, &str)]) -> String;
}

impl Say for Language {
    fn say(self, id: &str, args: &[(&str, &str)]) -> String {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("en", messages(Language::English)));
        static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::over("es", messages(Language::Spanish), &ENGLISH));
        static CHINESE: LazyLock<Words> =
            LazyLock::new(|| Words::over("zh-Hans", messages(Language::Chinese), &ENGLISH));
        let words: &Words = match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
            Self::Chinese => &CHINESE,
        };
        words.say(id, args).unwrap_or_else(|| id.to_owned())
    }
}

/// The word of what a result does to eligibility.
pub(crate) fn effect_word(language: Language, effect: Effect) -> String {
    let id = match effect {
        Effect::Pass => "report-met",
        Effect::Fail => "report-not-met",
        Effect::Open => "report-open",
    };
    language.say(id, &[])
}
