//! Which words of a page are marked as English, and whether English was left among the others.

#![allow(clippy::string_slice, clippy::unwrap_used, reason = "these are tests")]

/// What stands outside of every element that is marked as English, a line an element.
pub fn unmarked(html: &str) -> String {
    split(html).0
}

/// What stands in elements that are marked as English, a line an element.
pub fn marked(html: &str) -> String {
    split(html).1
}

/// What is unmarked, and what is marked.
fn split(html: &str) -> (String, String) {
    const VOID: [&str; 7] = ["br", "input", "meta", "link", "img", "hr", "path"];
    const SILENT: [&str; 4] = ["script", "style", "title", "textarea"];
    // The open elements, with whether each is silent and whether it is marked.
    let mut open: Vec<(String, bool, bool)> = Vec::new();
    let (mut out, mut aside) = (String::new(), String::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if open.iter().all(|(_, is_silent, _)| !is_silent) {
            let to = if open.iter().any(|(.., is_english)| *is_english) { &mut aside } else { &mut out };
            to.push_str(&rest[..at]);
            to.push('\n');
        }
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if tag.starts_with('!') || VOID.contains(&name.as_str()) {
            continue;
        }
        if tag.starts_with('/') {
            while let Some((last, ..)) = open.pop() {
                if last == name {
                    break;
                }
            }
        } else {
            open.push((name.clone(), SILENT.contains(&name.as_str()), tag.contains("lang=\"en\"")));
        }
    }
    (out, aside)
}

/// Two small English words or more, one after the other: a sentence of ours that was forgotten.
pub fn english(text: &str) -> Vec<String> {
    // Names that are the same in every language.
    const NAMES: [&str; 2] = ["trialway", "sha256"];
    let mut out = Vec::new();
    for line in text.lines() {
        let mut run: Vec<&str> = Vec::new();
        let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':' | '(' | ')'));
        for word in words.chain([""]) {
            let is_small = word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()) && !NAMES.contains(&word);
            if is_small {
                run.push(word);
                continue;
            }
            if run.len() > 1 {
                out.push(run.join(" "));
            }
            run.clear();
        }
    }
    out
}

/// Small English words that are no words of Spanish.
const ONLY_ENGLISH: [&str; 52] = [
    "the", "of", "and", "is", "are", "was", "were", "with", "not", "which", "this", "that", "for", "from", "have",
    "to", "or", "what", "who", "been", "they", "their", "it", "its", "only", "given", "there", "be", "by", "at", "on",
    "in", "an", "any", "your", "you", "will", "can", "may", "must", "without", "before", "after", "about", "than",
    "other", "whether", "how", "when", "please", "page", "does",
];

/// English words among Spanish ones, each with the line that it stands in.
pub fn english_in_spanish(text: &str) -> Vec<String> {
    let is_left = |line: &&str| {
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '`' && c != '-' && c != '_' && c != '.');
        words.any(|word| ONLY_ENGLISH.contains(&word))
    };
    text.lines().filter(is_left).map(|line| line.trim().to_owned()).collect()
}
