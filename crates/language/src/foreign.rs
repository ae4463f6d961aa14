//! Words that stay English inside a sentence of another language, so that a page can mark them and a screen reader says them in English.
//!
//! While a sentence is put together, such words stand between two code points that no text may hold: noncharacters of Unicode, which are
//! for use inside a program alone.

/// Stands before words that stay English, and behind them.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, with the spaces around them.
    pub words: String,
    /// Whether they are English in a sentence of another language.
    pub is_english: bool,
}

/// Words that stay English, marked; nothing is marked where there is nothing but signs and numbers.
pub fn mark(words: &str) -> String {
    let words = plain(words);
    if words.chars().any(char::is_alphabetic) { format!("{OPEN}{words}{CLOSE}") } else { words }
}

/// A sentence without marks.
pub fn plain(marked: &str) -> String {
    marked.chars().filter(|c| !matches!(*c, OPEN | CLOSE)).collect()
}

/// The stretches of a sentence; all of them joined are the sentence without marks.
pub fn pieces(marked: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut depth = 0_usize;
    for c in marked.chars() {
        match c {
            OPEN => depth += 1,
            CLOSE => depth = depth.saturating_sub(1),
            c => match out.last_mut().filter(|last| last.is_english == (depth > 0)) {
                Some(last) => last.words.push(c),
                None => out.push(Piece { words: c.to_string(), is_english: depth > 0 }),
            },
        }
    }
    out
}

/// Stretches put together again, with marks.
pub fn marked(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| if piece.is_english { mark(&piece.words) } else { piece.words.clone() };
    pieces.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_joined_are_the_sentence() {
        let marked = format!("si tiene {} o {}, o 3 {}", mark("lupus nephritis"), mark(&mark("Dravet")), mark("× 10⁹"));
        assert_eq!(plain(&marked), "si tiene lupus nephritis o Dravet, o 3 × 10⁹");
        let got = pieces(&marked);
        let english: Vec<&str> =
            got.iter().filter(|piece| piece.is_english).map(|piece| piece.words.as_str()).collect();
        assert_eq!(english, ["lupus nephritis", "Dravet"]);
        assert_eq!(got.iter().map(|piece| piece.words.as_str()).collect::<String>(), plain(&marked));
        assert_eq!(super::marked(&got), marked);
    }

    #[test]
    fn marks_that_do_not_pair_lose_no_words() {
        let got = pieces("\u{fdd1}a\u{fdd0}b");
        assert_eq!(
            got.iter().map(|piece| (piece.words.as_str(), piece.is_english)).collect::<Vec<_>>(),
            [("a", false), ("b", true)]
        );
    }
}
