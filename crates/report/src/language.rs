//! The language of a report, and its words.
//!
//! **Source**: `locales/*.ftl`, in the syntax of Project Fluent 1.0, compiled in.

use std::sync::LazyLock;
use trialway_language::Words;
use trialway_matching::Effect;
use trialway_terminology::OtherLanguage;

/// A language that reports are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    Chinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Chinese];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The language in which the vocabulary has names; none for English.
    pub fn names(self) -> Option<OtherLanguage> {
        OtherLanguage::of_tag(self.tag())
    }

    /// Every message of reports as it is written, to know which letters the language needs.
    pub fn text(self) -> &'static str {
        match self {
            Self::English => include_str!("../locales/en.ftl"),
            Self::Spanish => include_str!("../locales/es.ftl"),
            Self::Chinese => include_str!("../locales/zh.ftl"),
        }
    }

    /// The templates of readings, which have the words of topics, too.
    pub(crate) fn readings(self) -> &'static Words {
        match self {
            Self::English => Words::english(),
            Self::Spanish => Words::spanish(),
            Self::Chinese => Words::chinese(),
        }
    }

    /// A message; its name where it is nowhere, which a test rules out.
    pub(crate) fn say(self, id: &str, args: &[(&str, &str)]) -> String {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("en", Language::English.text()));
        static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::over("es", Language::Spanish.text(), &ENGLISH));
        static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::over("zh-Hans", Language::Chinese.text(), &ENGLISH));
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
