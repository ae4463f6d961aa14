//! The reading grade of a sentence.
//!
//! Flesch and Kincaid's formula for one sentence: `0.39 × words + 11.8 × syllables / words − 15.59`. Names of illnesses,
//! medicines, tests and bodies are left out, each counted as one word of one syllable: they cannot be chosen. Several sentences
//! are averaged as one text. The formula is fixed in `docs/reading-grade.md`.
//!
//! **Source**: Kincaid, Fishburne, Rogers, Chissom, Derivation of new readability formulas, 1975.

/// The grade of a text whose names have been replaced; 0 for an empty one.
///
/// **Units**: years of school in the United States.
pub fn of(text: &str) -> f64 {
    let (mut n_words, mut n_syllables, mut n_sentences) = (0u32, 0u32, 0u32);
    let mut open = false;
    for word in text.split_whitespace() {
        let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if !letters.is_empty() {
            n_words += 1;
            n_syllables += syllables(&letters);
            open = true;
        }
        if open && word.ends_with(['.', '!', '?']) {
            n_sentences += 1;
            open = false;
        }
    }
    n_sentences += u32::from(open);
    if n_words == 0 {
        return 0.0;
    }
    let (words, syllables, sentences) = (f64::from(n_words), f64::from(n_syllables), f64::from(n_sentences));
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

/// Syllables of an English word by its groups of vowels; a number has one for each digit, at most three.
fn syllables(word: &str) -> u32 {
    if word.chars().all(|c| c.is_numeric()) {
        return u32::try_from(word.chars().count()).unwrap_or(3).min(3);
    }
    let lower = word.to_lowercase();
    let mut n = 0;
    let mut was_vowel = false;
    for letter in lower.chars() {
        let is_vowel = "aeiouyáéíóúü".contains(letter);
        n += u32::from(is_vowel && !was_vowel);
        was_vowel = is_vowel;
    }
    let silent = (lower.ends_with('e') && !lower.ends_with("le") && !lower.ends_with("ee"))
        || (lower.ends_with("ed") && !lower.ends_with("ted") && !lower.ends_with("ded"));
    if silent && n > 1 { n - 1 } else { n.max(1) }
}

#[cfg(test)]
mod tests {
    use super::{of, syllables};

    #[test]
    fn words_have_the_syllables_that_are_spoken() {
        for (word, n) in [
            ("people", 2),
            ("take", 1),
            ("study", 2),
            ("treatment", 2),
            ("tested", 2),
            ("named", 1),
            ("see", 1),
            ("18", 2),
        ] {
            assert_eq!(syllables(word), n, "{word}");
        }
    }

    #[test]
    fn short_words_and_sentences_read_easily() {
        let easy = of("The cat sat on the mat.");
        let hard = of(
            "Participants demonstrating refractory immunological abnormalities necessitate comprehensive evaluation.",
        );
        assert!(easy < 1.0 && hard > 15.0, "{easy} {hard}");
        assert_eq!(of(""), 0.0);
    }
}
