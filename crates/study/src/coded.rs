//! Words of a registry as open sets: the known ones by name, any other as it was written.

use std::fmt;

/// A word from a list that the registry may lengthen at any time.
///
/// **Shape**: `Known` for the words of `T`; `Other` keeps an unknown word exactly as received, so nothing is lost.
///
/// **Unknown**: a word that is not in the list decides nothing; whoever needs its meaning must treat it as not known.
///
/// **Example**
/// ```
/// use trialway_study::{Coded, Phase};
///
/// let known: Coded<Phase> = Coded::from_word("PHASE2");
/// assert_eq!(known.known(), Some(Phase::Phase2));
/// let new: Coded<Phase> = Coded::from_word("PHASE7");
/// assert_eq!((new.known(), new.as_str()), (None, "PHASE7"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Coded<T> {
    /// A word of the list.
    Known(T),
    /// Any other word, as received.
    Other(String),
}

/// A closed list of registry words.
pub trait WordList: Copy + Eq + 'static {
    /// Every word, in the registry's order.
    const ALL: &'static [Self];

    /// The registry's own word, as in its API (`ACTIVE_NOT_RECRUITING`).
    fn word(self) -> &'static str;

    /// The same for people (`Active, not recruiting`).
    fn label(self) -> &'static str;

    /// Other spellings that older forms of the record use.
    fn older_spellings(self) -> &'static [&'static str];
}

impl<T: WordList> Coded<T> {
    /// Reads a word in the spelling of the API, of the pages or of an older form; letters and digits count, case and
    /// punctuation do not.
    pub fn from_word(written: &str) -> Self {
        match find(written) {
            Some(value) => Coded::Known(value),
            None => Coded::Other(written.to_owned()),
        }
    }

    /// The named value.
    ///
    /// **Unknown**: `None` for a word that is not in the list.
    pub fn known(&self) -> Option<T> {
        match self {
            Coded::Known(value) => Some(*value),
            Coded::Other(_) => None,
        }
    }

    /// Whether it is this word of the list.
    pub fn is(&self, value: T) -> bool {
        matches!(self, Coded::Known(known) if *known == value)
    }

    /// The registry's word, or the unknown word as received.
    pub fn as_str(&self) -> &str {
        match self {
            Coded::Known(value) => value.word(),
            Coded::Other(written) => written,
        }
    }

    /// The word for people, or the unknown word as received.
    pub fn label(&self) -> &str {
        match self {
            Coded::Known(value) => value.label(),
            Coded::Other(written) => written,
        }
    }
}

impl<T> From<T> for Coded<T> {
    fn from(value: T) -> Self {
        Coded::Known(value)
    }
}

impl<T: WordList> fmt::Display for Coded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn find<T: WordList>(written: &str) -> Option<T> {
    // The API's own spelling is by far the most frequent.
    if let Some(value) = T::ALL.iter().copied().find(|value| value.word() == written) {
        return Some(value);
    }
    T::ALL.iter().copied().find(|value| {
        same_letters(value.word(), written)
            || same_letters(value.label(), written)
            || value.older_spellings().iter().any(|spelling| same_letters(spelling, written))
    })
}

fn same_letters(left: &str, right: &str) -> bool {
    let mut left = left.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let mut right = right.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (a, b) if a == b => {}
            _ => return false,
        }
    }
}

/// Declares a word list: variant, API word, label for people, older spellings.
macro_rules! word_list {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal, $label:literal $(, older $older:literal)*;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`: ", $label, ".")] $(#[$doc])* $variant,)+
        }

        impl $crate::coded::WordList for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            fn older_spellings(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($older),*]),+ }
            }
        }
    };
}
pub(crate) use word_list;
