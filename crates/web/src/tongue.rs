//! The language of a page: which one a request asks for, and the words of the pages in it.
//!
//! **Source**: `locales/<language>/*.ftl`, in the syntax of Project Fluent 1.0, compiled in. What a language lacks is said in English.

use axum::http::{HeaderMap, header};
use include_dir::{Dir, include_dir};
use std::sync::LazyLock;
use trialway_language::Words;

static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// The cookie that keeps which language a person chose; it holds nothing else.
pub const COOKIE: &str = "language";

/// A language that the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// English, and what is said where another lacks a message.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    Chinese,
}

impl Tongue {
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

    /// A message.
    pub fn say(self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// A message with its arguments: `n` is a number and chooses the plural.
    pub fn say_with(self, id: &str, args: &[(&str, &str)]) -> String {
        self.words().say(id, args).unwrap_or_else(|| {
            tracing::error!(id, "a page lacks a message, or an argument of it");
            id.to_owned()
        })
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

    /// The language of a request: what the person chose, else what the browser asks for, else English.
    ///
    /// **Source**: our cookie; `Accept-Language`, RFC 9110 section 12.5.4.
    pub fn of(headers: &HeaderMap) -> Self {
        chosen(headers).or_else(|| accepted(headers)).unwrap_or_default()
    }

    /// The templates of drafts.
    pub fn templates(self) -> &'static Words {
        match self {
            Self::English => Words::english(),
            Self::Spanish => Words::spanish(),
            Self::Chinese => Words::chinese(),
        }
    }

    /// The language of reports and of what a screening says.
    pub fn of_reports(self) -> trialway_report::Language {
        match self {
            Self::English => trialway_report::Language::English,
            Self::Spanish => trialway_report::Language::Spanish,
            Self::Chinese => trialway_report::Language::Chinese,
        }
    }

    /// The words of the pages.
    pub fn words(self) -> &'static Words {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("en", &texts("en")));
        static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::over("es", &texts("es"), &ENGLISH));
        static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::over("zh-Hans", &texts("zh"), &ENGLISH));
        match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
            Self::Chinese => &CHINESE,
        }
    }
}

impl Tongue {
    /// Every message as it is written, to know which letters the language needs.
    pub fn text(self) -> String {
        texts(match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Chinese => "zh",
        })
    }
}

/// All files of a language, one after the other.
fn texts(folder: &str) -> String {
    let files = LOCALES.get_dir(folder).map(Dir::files).into_iter().flatten();
    files.filter_map(|file| file.contents_utf8()).flat_map(|text| [text, "\n"]).collect()
}

fn chosen(headers: &HeaderMap) -> Option<Tongue> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| Tongue::from_tag(value))
}

fn accepted(headers: &HeaderMap) -> Option<Tongue> {
    let wished = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Tongue)> = None;
    for one in wished.split(',') {
        let mut parts = one.split(';');
        let Some(tongue) = parts.next().and_then(Tongue::from_tag) else { continue };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.trim().parse::<f32>().ok()).unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, tongue));
        }
    }
    best.map(|(_, tongue)| tongue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn what_was_chosen_stands_before_what_the_browser_asks_for() {
        for (cookie, accept, want) in [
            ("", "", Tongue::English),
            ("", "es-MX,es;q=0.9,en;q=0.8", Tongue::Spanish),
            ("", "fr-FR, zh-CN;q=0.7, en;q=0.5", Tongue::Chinese),
            ("", "es;q=0, en;q=0.1", Tongue::English),
            ("", "de", Tongue::English),
            ("language=zh", "es", Tongue::Chinese),
            ("other=1; language=es", "zh", Tongue::Spanish),
            ("language=xx", "es", Tongue::Spanish),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::COOKIE, cookie), (header::ACCEPT_LANGUAGE, accept)] {
                if !value.is_empty() {
                    headers.insert(name, HeaderValue::from_static(value));
                }
            }
            assert_eq!(Tongue::of(&headers), want, "{cookie:?} {accept:?}");
        }
    }
}
