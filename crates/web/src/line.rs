//! A line of a page, of which some words may stay English though the page is in another language: they are marked, so that a screen
//! reader says them in English.

use trialway_language::Piece;
use trialway_language::foreign::{marked, pieces};

/// A line in stretches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(Vec<Piece>);

impl Line {
    /// A line from words of which those that stay English are marked.
    pub fn of(marked: &str) -> Self {
        Self(pieces(marked))
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.words.as_str()).collect()
    }

    /// The words, with marks around those that stay English.
    pub fn marked(&self) -> String {
        marked(&self.0)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| piece.words.is_empty())
    }

    /// The line as HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            out.push_str(if piece.is_english { "<span lang=\"en\">" } else { "" });
            piece.words.chars().for_each(|c| crate::pages::escape(c, &mut out));
            out.push_str(if piece.is_english { "</span>" } else { "" });
        }
        out
    }
}

impl From<&[Piece]> for Line {
    fn from(pieces: &[Piece]) -> Self {
        Self(pieces.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use trialway_language::foreign::mark;

    #[test]
    fn what_stays_english_is_marked_and_nothing_breaks_out() {
        let line = Line::of(&format!("是否有：{}", mark("<i>asthma</i> & \"more\"")));
        assert_eq!(line.html(), "是否有：<span lang=\"en\">&lt;i&gt;asthma&lt;/i&gt; &amp; &quot;more&quot;</span>");
        assert_eq!(line.plain(), "是否有：<i>asthma</i> & \"more\"");
        assert!(Line::of("").is_empty() && !line.is_empty());
    }
}
