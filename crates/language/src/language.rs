//! The languages that pages, mails, reports and drafts speak: one list for all of them.

use crate::Words;
use trialway_terminology::OtherLanguage;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, and what is said where another lacks a message.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    Chinese,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Chinese];

    /// The BCP 47 tag, for `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Chinese => "简体中文",
        }
    }

    /// Which way its lines run, for `dir`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English | Self::Spanish | Self::Chinese => "ltr",
        }
    }

    /// The language that a tag stands for, by its first part.
    ///
    /// **Unknown**: `None` for a language that is not spoken here.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let is = |name: &str| first.eq_ignore_ascii_case(name);
        if is("en") {
            Some(Self::English)
        } else if is("es") {
            Some(Self::Spanish)
        } else if is("zh") {
            Some(Self::Chinese)
        } else {
            None
        }
    }

    /// The language in which the vocabulary has names; none for English.
    pub fn names(self) -> Option<OtherLanguage> {
        OtherLanguage::of_tag(self.tag())
    }

    /// The templates of drafts and readings.
    pub fn templates(self) -> &'static Words {
        match self {
            Self::English => Words::english(),
            Self::Spanish => Words::spanish(),
            Self::Chinese => Words::chinese(),
        }
    }
}
