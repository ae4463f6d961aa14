//! Templates of sentences, one Fluent bundle a language.
//!
//! **Source**: `locales/*.ftl`, in the syntax of Project Fluent 1.0. They are compiled in; a message that a language lacks is
//! said in English.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use trialway_terminology::OtherLanguage;
use unic_langid::LanguageIdentifier;

/// Templates in one language.
pub struct Words {
    /// The language's tag, BCP 47.
    tag: String,
    bundle: FluentBundle<FluentResource>,
    /// What is said where the bundle lacks a message; none for English itself.
    behind: Option<&'static Words>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::parse("en", include_str!("../locales/en.ftl"), None));

static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("es", include_str!("../locales/es.ftl")));
static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::from_fluent("zh-Hans", include_str!("../locales/zh.ftl")));

impl Words {
    /// The Spanish templates.
    pub fn spanish() -> &'static Words {
        &SPANISH
    }

    /// The templates in Chinese, in simplified characters.
    pub fn chinese() -> &'static Words {
        &CHINESE
    }

    /// The language in which the vocabulary has names for these templates; none for English, and for languages that it lacks.
    pub fn language(&self) -> Option<OtherLanguage> {
        OtherLanguage::of_tag(&self.tag)
    }

    /// The English templates.
    pub fn english() -> &'static Words {
        &ENGLISH
    }

    /// Templates from Fluent text; what they lack is said in English.
    ///
    /// **Shape**: `language` is a BCP 47 tag. A message that cannot be read is left out, as if it were lacking.
    pub fn from_fluent(language: &str, text: &str) -> Words {
        Words::parse(language, text, Some(&ENGLISH))
    }

    /// Templates from Fluent text over others of the same messages, which are said where these lack one.
    pub fn over(language: &str, text: &str, behind: &'static Words) -> Words {
        Words::parse(language, text, Some(behind))
    }

    /// Templates with nothing behind them: a message that they lack is not said.
    pub fn alone(language: &str, text: &str) -> Words {
        Words::parse(language, text, None)
    }

    fn parse(language: &str, text: &str, behind: Option<&'static Words>) -> Words {
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let tag = language.to_owned();
        let language: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Marks of direction around every argument would be read out by some readers; pages set the direction themselves.
        bundle.set_use_isolating(false);
        let _ = bundle.add_resource(resource);
        Words { tag, bundle, behind }
    }

    /// A message with its arguments filled in.
    ///
    /// **Unknown**: `None` when neither this language nor English has it, or an argument that it needs is missing.
    pub fn say(&self, id: &str, args: &[(&str, &str)]) -> Option<String> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return self.behind?.say(id, args);
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            // A number under `n` chooses its plural.
            let value = if *name == "n" { FluentValue::try_number(value) } else { FluentValue::from(*value) };
            filled.set(*name, value);
        }
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&filled), &mut errors).into_owned();
        errors.is_empty().then_some(said)
    }

    /// Several names as one.
    ///
    /// **Unknown**: `None` for no names.
    pub fn list(&self, names: &[String]) -> Option<String> {
        match names {
            [] => None,
            [one] => Some(one.clone()),
            [first @ .., last] => {
                let mut rest = first.iter();
                let mut joined = rest.next()?.clone();
                for name in rest {
                    joined = self.say("list-many", &[("first", &joined), ("last", name)])?;
                }
                self.say("list-two", &[("first", &joined), ("last", last)])
            }
        }
    }
}
