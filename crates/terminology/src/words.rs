//! Text to words: positions kept, spelling normalised.
//!
//! | written | normalised |
//! | --- | --- |
//! | `Anaemia`, `anemias` | `anemia` |
//! | `biopsies` | `biopsy` |
//! | `ⅢB` | `iiib` |
//! | `tumours` | `tumor` |

use compact_str::CompactString;
use std::ops::Range;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters of any script (digits may follow: `cd19`, `b12`).
    Letters,
    /// Digits with inner decimal points or thousands separators.
    Number,
    /// One punctuation mark or symbol.
    Symbol,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text given to [`words`].
    pub range: Range<usize>,
    /// Lower case, without accents, British spelling turned American, plural turned singular.
    pub norm: CompactString,
    /// A number for `norm`, equal for equal words: what phrases are looked up by.
    pub key: u64,
    /// What it is made of.
    pub kind: WordKind,
}

/// The number by which a normalised word is looked up: the same on every machine, as tables of it are made by the build.
pub(crate) fn key(norm: &str) -> u64 {
    /// Digits of pi.
    const SEEDS: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];
    let folded = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        wide as u64 ^ (wide >> 64) as u64
    };
    let bytes = norm.as_bytes();
    let (mut seed, length) = (SEEDS[0], bytes.len() as u64);
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            if bytes.len() > 16 {
                for part in bytes.as_chunks::<8>().0 {
                    seed = folded(seed ^ u64::from_le_bytes(*part), SEEDS[1]);
                }
            }
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        }
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
            _ => {
                let at = |at: usize| bytes.get(at).copied().map_or(0, u64::from);
                (at(0) | at(bytes.len() / 2) << 8 | at(bytes.len().saturating_sub(1)) << 16, 0)
            }
        },
    };
    folded(ends.0 ^ seed, ends.1 ^ SEEDS[1] ^ length)
}

/// The words of a text, in order; white space is left out, every other character is in exactly one word.
///
/// **Shape**: ranges ascend and do not overlap; a number keeps its decimal point and thousands separators; each symbol is a word.
pub fn words(text: &str) -> Vec<Word> {
    let lower = text.to_ascii_lowercase();
    let mut out = Vec::with_capacity(text.len() / 4 + 2);
    let mut at = 0;
    while let Some(word) = next_word(text, &lower, at) {
        at = word.range.end;
        out.push(word);
    }
    out
}

/// The first word of a text.
pub(crate) fn first_word(text: &str) -> Option<Word> {
    next_word(text, &text.to_ascii_lowercase(), 0)
}

/// What an ASCII character is in a text.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Space,
    Digit,
    Letter,
    Other,
}

/// What each ASCII character is; of other bytes it says nothing.
const SIGNS: [Sign; 256] = {
    let mut out = [Sign::Other; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[allow(clippy::indexing_slicing, reason = "a constant, made by the compiler")]
        {
            out[byte as usize] = match byte {
                b'\t'..=b'\r' | b' ' => Sign::Space,
                b'0'..=b'9' => Sign::Digit,
                b'a'..=b'z' | b'A'..=b'Z' => Sign::Letter,
                _ => Sign::Other,
            };
        }
        byte += 1;
    }
    out
};

fn sign(byte: u8) -> Sign {
    SIGNS.get(usize::from(byte)).copied().unwrap_or(Sign::Other)
}

/// The first word from `at`; `lower` is the text with its ASCII letters in lower case.
#[inline]
fn next_word(text: &str, lower: &str, at: usize) -> Option<Word> {
    let mut end = at;
    loop {
        let (start, byte) = (end, *text.as_bytes().get(end)?);
        let sign = if byte.is_ascii() {
            end += 1;
            sign(byte)
        } else {
            let c = text.get(end..)?.chars().next()?;
            end += c.len_utf8();
            match c {
                _ if c.is_whitespace() || is_invisible(c) => Sign::Space,
                '０'..='９' => Sign::Digit,
                _ if c.is_alphanumeric() => Sign::Letter,
                _ => Sign::Other,
            }
        };
        let kind = match sign {
            Sign::Space => continue,
            Sign::Digit => {
                end = number_end(text, end);
                WordKind::Number
            }
            Sign::Letter => {
                end = word_end(text, end);
                WordKind::Letters
            }
            Sign::Other => WordKind::Symbol,
        };
        let norm = normalise(lower.get(start..end).unwrap_or_default(), kind);
        return Some(Word { range: start..end, key: key(&norm), norm, kind });
    }
}

/// Where digits with their inner points end that go on at `at`.
fn number_end(text: &str, mut at: usize) -> usize {
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let joins = next.is_ascii_digit() || (matches!(next, '.' | ',') && digit_follows(text, at + next.len_utf8()));
        if !joins {
            break;
        }
        at += next.len_utf8();
    }
    at
}

/// Where a word of letters and digits ends that goes on at `at`.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let inner = |byte: u8| matches!(sign(byte), Sign::Letter | Sign::Digit);
    let n = rest.bytes().position(|byte| !inner(byte)).unwrap_or(rest.len());
    if rest.as_bytes().get(n).is_none_or(u8::is_ascii) {
        return at + n;
    }
    at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn digit_follows(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_ascii_digit())
}

/// A word as it is compared; its ASCII letters are in lower case already.
fn normalise(lower: &str, kind: WordKind) -> CompactString {
    if kind != WordKind::Letters {
        return if lower.is_ascii() { lower.into() } else { lower.chars().map(full_width).collect() };
    }
    let rewritten;
    let word = if lower.is_ascii() && !may_have_british_stem(lower) {
        lower
    } else {
        let mut word = plain(lower);
        if may_have_british_stem(&word) {
            american_stem(&mut word);
        }
        rewritten = word;
        rewritten.as_str()
    };
    // No word has both endings.
    match american_ending(word).or_else(|| singular(word)) {
        Some((kept, ending)) => {
            let mut out = CompactString::new(word.get(..kept).unwrap_or_default());
            out.push_str(ending);
            out
        }
        None => CompactString::new(word),
    }
}

fn full_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        _ => c,
    }
}

/// A word without accents, full-width letters and Greek ones.
fn plain(word: &str) -> CompactString {
    if word.is_ascii() {
        return CompactString::new(word);
    }
    let mut out = CompactString::default();
    for c in word.chars() {
        push_plain(c, &mut out);
    }
    out
}

fn push_plain(c: char, out: &mut CompactString) {
    let roman = match c {
        'Ⅰ' | 'ⅰ' => "i",
        'Ⅱ' | 'ⅱ' => "ii",
        'Ⅲ' | 'ⅲ' => "iii",
        'Ⅳ' | 'ⅳ' => "iv",
        'Ⅴ' | 'ⅴ' => "v",
        'Ⅵ' | 'ⅵ' => "vi",
        'α' => "alpha",
        'β' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' => "a",
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'ø' | 'Ø' => "o",
        'ö' | 'Ö' | 'œ' | 'Œ' => "oe",
        'ú' | 'ù' | 'û' | 'Ú' | 'Ù' | 'Û' => "u",
        'ü' | 'Ü' => "u",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        'µ' | 'μ' => "u",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => "",
    };
    if roman.is_empty() {
        out.extend(full_width(c).to_lowercase());
    } else {
        out.push_str(roman);
    }
}

/// Each letter's part in the pairs of which every British stem has one (`ae`, `oe`, `ou`, `tr`, `lm`, `lp`, `em`), a bit for each
/// pair: those that it begins and those that it ends.
const PAIRS: [(u8, u8); 256] = {
    let mut out = [(0, 0); 256];
    let parts: [(u8, u8, u8); 9] = [
        (b'a', 0b000_0001, 0),
        (b'o', 0b000_0110, 0),
        (b't', 0b000_1000, 0),
        (b'l', 0b011_0000, 0),
        (b'e', 0b100_0000, 0b000_0011),
        (b'u', 0, 0b000_0100),
        (b'r', 0, 0b000_1000),
        (b'm', 0, 0b101_0000),
        (b'p', 0, 0b010_0000),
    ];
    let mut at = 0;
    while at < parts.len() {
        #[allow(clippy::indexing_slicing, reason = "a constant, made by the compiler")]
        {
            out[parts[at].0 as usize] = (parts[at].1, parts[at].2);
        }
        at += 1;
    }
    out
};

/// Whether a word has one of the letters that every British stem has.
fn may_have_british_stem(word: &str) -> bool {
    let bytes = word.as_bytes();
    let (mut before, mut found) = (0, 0);
    for byte in bytes {
        let (begins, ends) = PAIRS.get(usize::from(*byte)).copied().unwrap_or_default();
        found |= before & ends;
        before = begins;
    }
    found != 0
        && (bytes.windows(2).any(|pair| matches!(pair, b"ae" | b"oe"))
            || bytes.windows(4).any(|four| {
                matches!(four, b"mour" | b"lour" | b"bour" | b"iour" | b"itre" | b"ntre" | b"olme" | b"sulp" | b"geme")
            }))
}

/// British to American, by the stems that differ.
fn american_stem(word: &mut CompactString) {
    const STEMS: [(&str, &str); 30] = [
        ("haem", "hem"),
        ("anaem", "anem"),
        ("aemia", "emia"),
        ("aemic", "emic"),
        ("oedema", "edema"),
        ("oesoph", "esoph"),
        ("oestr", "estr"),
        ("diarrhoea", "diarrhea"),
        ("foetal", "fetal"),
        ("foetus", "fetus"),
        ("gynaec", "gynec"),
        ("paediat", "pediat"),
        ("orthopaed", "orthoped"),
        ("tumour", "tumor"),
        ("colour", "color"),
        ("labour", "labor"),
        ("behaviour", "behavior"),
        ("coeliac", "celiac"),
        ("caesar", "cesar"),
        ("ischaem", "ischem"),
        ("leukaem", "leukem"),
        ("anaesth", "anesth"),
        ("faec", "fec"),
        ("dyspnoea", "dyspnea"),
        ("apnoea", "apnea"),
        ("titre", "titer"),
        ("centre", "center"),
        ("enrolment", "enrollment"),
        ("sulph", "sulf"),
        ("judgement", "judgment"),
    ];
    for (british, american) in STEMS {
        if word.contains(british) {
            *word = word.replace(british, american).into();
        }
    }
}

/// British to American, by the endings that differ: how much of the word stays and what follows it.
fn american_ending(word: &str) -> Option<(usize, &'static str)> {
    let (british, american) = match word.as_bytes() {
        [.., b'i', b's', b'a', b't', b'i', b'o', b'n'] => ("isation", "ization"),
        [.., b'i', b's', b'e', b'd'] => ("ised", "ized"),
        [.., b'i', b's', b'i', b'n', b'g'] => ("ising", "izing"),
        _ => return None,
    };
    let kept = matches!(
        word,
        "exercised"
            | "revised"
            | "supervised"
            | "advised"
            | "raised"
            | "rising"
            | "arising"
            | "comprised"
            | "compromised"
            | "immunocompromised"
            | "promising"
            | "exercising"
    );
    (word.len() > british.len() + 3 && !kept).then(|| (word.len() - british.len(), american))
}

/// Plural to singular, where the ending is safe: how much of the word stays and what follows it.
fn singular(word: &str) -> Option<(usize, &'static str)> {
    let n = word.len();
    let [.., before, b's'] = word.as_bytes() else { return None };
    if n < 4 && word != "ivs" || matches!(before, b's' | b'u' | b'i') || !word.is_ascii() {
        return None;
    }
    if matches!(
        word,
        "lens"
            | "aids"
            | "diabetes"
            | "rabies"
            | "herpes"
            | "scabies"
            | "always"
            | "perhaps"
            | "does"
            | "series"
            | "species"
            | "rickets"
            | "measles"
    ) {
        return None;
    }
    if *before != b'e' {
        return Some((n - 1, ""));
    }
    const GREEK: [&str; 8] =
        ["iases", "oses", "metastases", "crises", "diagnoses", "prostheses", "paralyses", "thromboses"];
    if word.ends_with("ses") && !word.ends_with("doses") && GREEK.iter().any(|ending| word.ends_with(ending)) {
        return Some((n - 2, "is"));
    }
    if word.ends_with("ruses") && n > 6 {
        return Some((n - 2, ""));
    }
    if word.ends_with("ies") && n > 4 {
        return Some((n - 3, "y"));
    }
    if ["ches", "shes", "xes", "sses"].iter().any(|ending| word.ends_with(ending)) {
        return Some((n - 2, ""));
    }
    Some((n - 1, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (written, norm) in [
            ("Anaemia", "anemia"),
            ("anemias", "anemia"),
            ("biopsies", "biopsy"),
            ("ⅢB", "iiib"),
            ("tumours", "tumor"),
            ("diseases", "disease"),
            ("diagnoses", "diagnosis"),
            ("metastases", "metastasis"),
            ("viruses", "virus"),
            ("diabetes", "diabetes"),
            ("MS", "ms"),
            ("Leukaemia", "leukemia"),
            ("HBsAg", "hbsag"),
            ("CD19", "cd19"),
            ("tests", "test"),
            ("pancreatitis", "pancreatitis"),
            ("doses", "dose"),
            ("weeks", "week"),
            ("illness", "illness"),
            ("Sjögren", "sjoegren"),
            ("women", "women"),
            ("gases", "gase"),
        ] {
            assert_eq!(words(written).first().map(|w| w.norm.to_string()).as_deref(), Some(norm), "{written}");
        }
    }

    #[test]
    fn numbers_keep_their_points() {
        let norms: Vec<_> = words("1,000 x 1.73m2, 5.").into_iter().map(|w| w.norm).collect();
        assert_eq!(norms, ["1,000", "x", "1.73", "m2", ",", "5", "."]);
    }
}
