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

pub use trialway_language::Language as Tongue;

/// Says messages of the pages.
pub trait Speak {
    /// A message.
    fn say(self, id: &str) -> String;

    /// A message with its arguments: `n` is a number and chooses the plural.
    fn say_with(self, id: &str, args: &[(&str, &str)]) -> String;

    /// The words of the pages.
    fn words(self) -> &'static Words;
}

impl Speak for Tongue {
    fn say(self, id: &str) -> String {
        self.say_with(id, &[])
    }

    fn say_with(self, id: &str, args: &[(&str, &str)]) -> String {
        self.words().say(id, args).unwrap_or_else(|| {
            tracing::error!(id, "a page lacks a message, or an argument of it");
            id.to_owned()
        })
    }

    fn words(self) -> &'static Words {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("en", &text(Tongue::English)));
        static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::over("es", &text(Tongue::Spanish), &ENGLISH));
        static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::over("zh-Hans", &text(Tongue::Chinese), &ENGLISH));
        match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
            Self::Chinese => &CHINESE,
        }
    }
}

/// The language of a request: what the person chose, else what the browser asks for, else English.
///
/// **Source**: our cookie; `Accept-Language`, RFC 9110 section 12.5.4.
pub fn of(headers: &HeaderMap) -> Tongue {
    chosen(headers).or_else(|| accepted(headers)).unwrap_or_default()
}

/// Every message of a language as it is written, file after file; to know which letters it needs, too.
pub fn text(tongue: Tongue) -> String {
    let folder = match tongue {
        Tongue::English => "en",
        Tongue::Spanish => "es",
        Tongue::Chinese => "zh",
    };
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
            assert_eq!(of(&headers), want, "{cookie:?} {accept:?}");
        }
    }
}
