//! Words of a text as the index keeps them, and the keys by which words are compared.
//!
//! Runs of Chinese characters have no spaces between words: they are kept as overlapping pairs.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};

/// Longest word that is kept, in bytes.
const LONGEST_WORD: usize = 60;

/// Whether a character is written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Splits at what is neither letter nor digit, and Chinese runs into pairs.
#[derive(Clone, Default)]
pub(crate) struct Splitter {
    token: Token,
}

/// What [`Splitter`] gives.
pub(crate) struct Split<'a> {
    text: &'a str,
    /// Where each character of the text begins, and it.
    chars: Vec<(usize, char)>,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for Splitter {
    type TokenStream<'a> = Split<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Split<'a> {
        self.token.reset();
        Split { text, chars: text.char_indices().collect(), at: 0, token: &mut self.token }
    }
}

impl Split<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(_, c)| *c)
    }

    fn byte_at(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |(byte, _)| *byte)
    }

    fn give(&mut self, from: usize, to: usize) -> bool {
        let (from, to) = (self.byte_at(from), self.byte_at(to));
        self.token.offset_from = from;
        self.token.offset_to = to;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(self.text.get(from..to).unwrap_or_default());
        true
    }
}

impl TokenStream for Split<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(first) = self.char_at(self.at) else { return false };
            let start = self.at;
            if is_unspaced(first) {
                self.at += 1;
                let goes_on = self.char_at(self.at).is_some_and(is_unspaced);
                let began = start.checked_sub(1).and_then(|before| self.char_at(before)).is_some_and(is_unspaced);
                if goes_on {
                    return self.give(start, start + 2);
                }
                // The last of a run stands in a pair already; one alone is a word.
                if !began {
                    return self.give(start, start + 1);
                }
                continue;
            }
            self.at += 1;
            if !first.is_alphanumeric() {
                continue;
            }
            while self.char_at(self.at).is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c)) {
                self.at += 1;
            }
            return self.give(start, self.at);
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Lower case, no accents, English stems: what text fields hold.
pub(crate) fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(Splitter::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// Lower case, no accents, whole words: what spellings are compared by.
pub(crate) fn spellings() -> TextAnalyzer {
    TextAnalyzer::builder(Splitter::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Its bytes in the text.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Lower case without accents.
    pub folded: String,
    /// Its English stem.
    pub stem: String,
}

/// The words of a text with where they stand.
pub(crate) fn asked(text: &str) -> Vec<Asked> {
    let (mut folded, mut stemmed) = (Vec::new(), Vec::new());
    spellings().token_stream(text).process(&mut |token| folded.push(token.clone()));
    stems().token_stream(text).process(&mut |token| stemmed.push(token.text.clone()));
    let words = folded.into_iter().zip(stemmed);
    words
        .map(|(token, stem)| Asked { from: token.offset_from, to: token.offset_to, folded: token.text, stem })
        .collect()
}

/// The stems of a text.
pub(crate) fn stems_of(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    stems().token_stream(text).process(&mut |token| out.push(token.text.clone()));
    out
}

/// A text without case and accents, one space between its words, for comparing.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::new();
    spellings().token_stream(text).process(&mut |token| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.text);
    });
    out
}

/// A Spanish word without the endings of number and gender.
///
/// **Shape**: `folded` in lower case without accents.
pub(crate) fn spanish_key(folded: &str) -> &str {
    let stem = match folded.strip_suffix("es") {
        // The plural of a word that ends in a consonant: `dolores`, `tumores`.
        Some(rest) if rest.len() > 3 && rest.ends_with(['n', 'r', 'l', 'd', 'j']) => rest,
        _ => folded.strip_suffix('s').filter(|rest| rest.len() > 3).unwrap_or(folded),
    };
    match stem.strip_suffix(['a', 'o', 'e']) {
        Some(rest) if rest.len() > 3 => rest,
        _ => stem,
    }
}

/// How a word sounds, roughly, whether it is written in English or in Spanish: words that are the same word of Greek or Latin,
/// or the same word misheard, have the same key.
///
/// **Shape**: `folded` in lower case without accents.
pub(crate) fn sound(folded: &str) -> String {
    let mut text = folded.to_owned();
    for (start, sounds) in [("pn", "n"), ("ps", "s"), ("kn", "n"), ("wr", "r"), ("gn", "n"), ("rh", "r"), ("eu", "u")] {
        if let Some(rest) = text.strip_prefix(start) {
            text = format!("{sounds}{rest}");
        }
    }
    // Spanish has no word that begins with s and a consonant: `esclerosis`, `estenosis`.
    if let Some(rest) = text.strip_prefix("es").filter(|rest| rest.starts_with(['c', 't', 'p', 'q', 'm', 'n', 'l'])) {
        text = format!("s{rest}");
    }
    for (written, sounds) in [
        ("ccion", "ction"),
        ("cion", "tion"),
        ("sion", "tion"),
        ("rrh", "r"),
        ("rh", "r"),
        ("ph", "f"),
        ("th", "t"),
        ("sch", "s"),
        ("ch", "c"),
        ("ck", "c"),
        ("qu", "c"),
        ("cz", "s"),
        ("xc", "s"),
        ("x", "cs"),
        ("k", "c"),
        ("q", "c"),
        ("z", "s"),
        ("sc", "s"),
        ("y", "i"),
        ("w", "u"),
        ("nm", "m"),
        ("nf", "mf"),
        ("oe", "e"),
        ("ae", "e"),
        ("h", ""),
    ] {
        text = text.replace(written, sounds);
    }
    let mut letters = String::new();
    for c in text.chars() {
        if !letters.ends_with(c) {
            letters.push(c);
        }
    }
    for ending in [
        "idades", "idad", "iti", "icos", "icas", "ico", "ica", "ic", "osos", "osas", "oso", "osa", "ous", "us", "oides",
    ] {
        if let Some(rest) = letters.strip_suffix(ending).filter(|rest| rest.len() >= 4) {
            letters = if ending == "oides" { format!("{rest}oid") } else { rest.to_owned() };
            break;
        }
    }
    let bare = letters.trim_end_matches('s');
    let bare = bare.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    if bare.len() >= 3 { bare.to_owned() } else { letters }
}

/// How many letters must be put in, left out, changed or swapped with their neighbour to make one word of another; none above `most`.
///
/// **Source**: Damerau 1964, in the form that touches no part twice (optimal string alignment).
pub(crate) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut earlier: Option<char> = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(x != y));
            let swapped = j > 0 && earlier == Some(*y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        earlier = Some(*x);
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|n| *n <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_and_chinese_is_kept_in_pairs() {
        let words = |text: &str| asked(text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
        assert_eq!(words("HER2-positive Sjögren’s"), ["her2", "positive", "sjogren", "s"]);
        assert_eq!(words("儿童肾病 SLE 癌"), ["儿童", "童肾", "肾病", "sle", "癌"]);
        assert_eq!(words("2型糖尿病"), ["2", "型糖", "糖尿", "尿病"]);
        assert_eq!(words(" \t"), Vec::<String>::new());
        assert_eq!(asked("kidneys")[0].stem, "kidney");
    }

    #[test]
    fn slips_are_counted_as_damerau_does() {
        for (a, b, want) in [
            ("diabetes", "diabetes", Some(0)),
            ("diabtes", "diabetes", Some(1)),
            ("siezure", "seizure", Some(1)),
            ("nuemonia", "pneumonia", Some(2)),
            ("asthma", "gout", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(slips(a, b, 2), want, "{a} {b}");
            assert_eq!(slips(b, a, 2), want, "{b} {a}");
        }
    }

    #[test]
    fn words_of_one_origin_sound_alike() {
        for (a, b) in [
            ("leucemia", "leukemia"),
            ("linfoma", "lymphoma"),
            ("tiroides", "thyroid"),
            ("diarrea", "diarrhea"),
            ("neumonia", "pneumonia"),
            ("distrofia", "dystrophy"),
            ("cirrosis", "cirrhosis"),
            ("hemofilia", "hemophilia"),
            ("psicosis", "psychosis"),
            ("esclerosis", "sclerosis"),
            ("obesidad", "obesity"),
            ("excema", "eczema"),
            ("newmonia", "pneumonia"),
            ("schizofrenia", "schizophrenia"),
            ("infeccion", "infection"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        assert_ne!(sound("asthma"), sound("gout"));
    }

    #[test]
    fn spanish_endings_are_taken_off() {
        for (a, b) in [("tumores", "tumor"), ("niños", "niño"), ("renales", "renal"), ("cronicas", "cronico")] {
            assert_eq!(spanish_key(a), spanish_key(b), "{a} {b}");
        }
        assert_eq!(spanish_key("piel"), "piel");
    }
}
