//! What a finding says: English words with gaps, and what stands in the gaps, so that it can be said in any language.

use std::fmt;

/// What stands in a gap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filling {
    /// What was written, a name, a number or an id: the same in every language.
    AsIs(String),
    /// English words of ours, which other languages have words for.
    Ours(&'static str),
}

impl Filling {
    /// The words.
    pub fn as_str(&self) -> &str {
        match self {
            Filling::AsIs(words) => words,
            Filling::Ours(words) => words,
        }
    }
}

/// A message: English words with gaps by name, and what stands in them. `Display` says it in English.
///
/// **Example**:
///
/// ```
/// use trialway_diagnostics::Said;
/// let said = Said::new("the {end} age is `{age}`").ours("end", "youngest").with("age", "2 Years");
/// assert_eq!(said.to_string(), "the youngest age is `2 Years`");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pattern: &'static str,
    gaps: Vec<(&'static str, Filling)>,
}

impl Said {
    /// English words, with `{name}` where something stands that differs from finding to finding.
    pub fn new(pattern: &'static str) -> Self {
        Self { pattern, gaps: Vec::new() }
    }

    /// The same, with something in a gap that is the same in every language.
    #[must_use]
    pub fn with(mut self, name: &'static str, words: impl fmt::Display) -> Self {
        self.gaps.push((name, Filling::AsIs(words.to_string())));
        self
    }

    /// The same, with English words of ours in a gap.
    #[must_use]
    pub fn ours(mut self, name: &'static str, words: &'static str) -> Self {
        self.gaps.push((name, Filling::Ours(words)));
        self
    }

    /// The English words, their gaps by name.
    pub fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// What stands in the gaps, in the order in which it was put there.
    pub fn gaps(&self) -> &[(&'static str, Filling)] {
        &self.gaps
    }
}

impl From<&'static str> for Said {
    fn from(words: &'static str) -> Self {
        Self::new(words)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.pattern;
        while let Some((before, (name, behind))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            f.write_str(before)?;
            match self.gaps.iter().find(|(known, _)| *known == name) {
                Some((_, filling)) => f.write_str(filling.as_str())?,
                // A promise broken by our own code: what is lacking is shown.
                None => write!(f, "{{{name}}}")?,
            }
            rest = behind;
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_gap_is_not_looked_through_for_others() {
        let said = Said::new("`{a}` is {b}").with("a", "{b}").with("b", 2);
        assert_eq!(said.to_string(), "`{b}` is 2");
        assert_eq!(Said::new("no {gap} { here").to_string(), "no {gap} { here");
    }
}
