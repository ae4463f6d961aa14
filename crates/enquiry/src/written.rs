//! What a form says, checked field by field.

use crate::{Mailbox, MailboxFault};

/// Longest name to be called by, in characters.
pub const LONGEST_NAME: usize = 80;
/// Longest message, in characters.
pub const LONGEST_MESSAGE: usize = 2_000;
/// Most answers of a check that go along.
pub const MOST_ANSWERS: usize = 80;
/// Longest part of an answer, in characters.
pub const LONGEST_ANSWER: usize = 400;

/// An answer of a check that the sender chose to send along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The criterion's id.
    pub criterion: String,
    /// What the sender saw, in words.
    pub words: String,
}

/// A form as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// A name to be called by.
    pub name: String,
    /// `email` or `phone`.
    pub way: String,
    /// The electronic address.
    pub email: String,
    /// The telephone number.
    pub phone: String,
    /// The message.
    pub message: String,
    /// Answers to send along, each `criterion id|words`.
    pub answers: Vec<String>,
    /// Whether the answers are to go along.
    pub with_answers: bool,
    /// Whether the sender agreed.
    pub agreed: bool,
}

/// One way to reach the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By mail.
    Email(Mailbox),
    /// By telephone; digits, and what people put between them.
    Phone(String),
}

impl Reach {
    /// The word of the kind that is kept.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Phone(_) => "phone",
        }
    }

    /// The address or the number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(address) => address.as_str(),
            Self::Phone(number) => number,
        }
    }
}

/// An enquiry that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enquiry {
    /// A name to be called by; one line.
    pub name: String,
    /// How to answer.
    pub reach: Reach,
    /// What the sender wants to know.
    pub message: String,
    /// Answers that go along; none unless the sender said so.
    pub answers: Vec<Answer>,
}

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// No name.
    NoName,
    /// A name that is too long.
    LongName,
    /// Neither way was chosen.
    NoWay,
    /// The address is not taken.
    Email(MailboxFault),
    /// The number is no telephone number.
    Phone,
    /// No message.
    NoMessage,
    /// A message that is too long.
    LongMessage,
    /// More answers than are taken.
    ManyAnswers,
    /// The sender did not agree.
    NotAgreed,
}

/// Checks a form.
///
/// **Errors**: every complaint, in the order of the fields.
pub fn check(written: &Written) -> Result<Enquiry, Vec<Complaint>> {
    let mut wrong = Vec::new();
    let name = one_line(&written.name);
    match name.chars().count() {
        0 => wrong.push(Complaint::NoName),
        n if n > LONGEST_NAME => wrong.push(Complaint::LongName),
        _ => {}
    }
    let reach = match written.way.as_str() {
        "email" => Mailbox::parse(&written.email).map(Reach::Email).map_err(Complaint::Email),
        "phone" => phone(&written.phone).map(Reach::Phone).ok_or(Complaint::Phone),
        _ => Err(Complaint::NoWay),
    };
    if let Err(complaint) = &reach {
        wrong.push(*complaint);
    }
    let message = lines(&written.message);
    match message.chars().count() {
        0 => wrong.push(Complaint::NoMessage),
        n if n > LONGEST_MESSAGE => wrong.push(Complaint::LongMessage),
        _ => {}
    }
    let answers: Vec<Answer> = if written.with_answers {
        written.answers.iter().filter_map(|line| answer(line)).collect()
    } else {
        Vec::new()
    };
    if answers.len() > MOST_ANSWERS {
        wrong.push(Complaint::ManyAnswers);
    }
    if !written.agreed {
        wrong.push(Complaint::NotAgreed);
    }
    match reach {
        Ok(reach) if wrong.is_empty() => Ok(Enquiry { name, reach, message, answers }),
        _ => Err(wrong),
    }
}

/// An answer as forms carry it: the criterion's id, a stroke, the words.
///
/// **Unknown**: `None` for a line that is not one.
pub fn answer(line: &str) -> Option<Answer> {
    let (criterion, words) = line.split_once('|')?;
    let criterion = criterion.trim();
    let is_id = !criterion.is_empty()
        && criterion.len() <= 40
        && criterion.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    let words: String = one_line(words).chars().take(LONGEST_ANSWER).collect();
    (is_id && !words.is_empty()).then(|| Answer { criterion: criterion.to_owned(), words })
}

/// Text as one line: no line ends, no signs that nobody sees or that turn the order of letters round.
pub fn one_line(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_seen(*c)).collect();
    seen.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text of several lines, without signs that nobody sees.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let seen: String = text.chars().filter(|c| *c == '\n' || is_seen(*c)).collect();
    seen.trim().to_owned()
}

fn is_seen(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}');
    !c.is_control() && !turns
}

/// A telephone number: 5 to 20 digits and what people put between them.
fn phone(text: &str) -> Option<String> {
    let number = one_line(text);
    let n = number.chars().filter(char::is_ascii_digit).count();
    let is_number = number
        .chars()
        .enumerate()
        .all(|(at, c)| c.is_ascii_digit() || " ()-./#*xX".contains(c) || (c == '+' && at == 0));
    ((5..=20).contains(&n) && number.len() <= 40 && is_number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Written {
        Written {
            name: "Ana".to_owned(),
            way: "email".to_owned(),
            email: "ana@example.org".to_owned(),
            message: "May I call?".to_owned(),
            agreed: true,
            ..Written::default()
        }
    }

    #[test]
    fn a_whole_form_is_an_enquiry_and_answers_go_along_only_if_ticked() {
        let mut written = Written { answers: vec!["I1|Age: 9 years".to_owned(), "nothing".to_owned()], ..good() };
        assert_eq!(check(&written).unwrap().answers, []);
        written.with_answers = true;
        assert_eq!(
            check(&written).unwrap().answers,
            [Answer { criterion: "I1".to_owned(), words: "Age: 9 years".to_owned() }]
        );
    }

    #[test]
    fn every_field_is_complained_of_by_itself() {
        type Case = (fn(&mut Written), Complaint);
        let cases: [Case; 9] = [
            (|w| w.name = " \n ".to_owned(), Complaint::NoName),
            (|w| w.name = "x".repeat(81), Complaint::LongName),
            (|w| w.way = String::new(), Complaint::NoWay),
            (|w| w.email = "ana".to_owned(), Complaint::Email(MailboxFault::NoAt)),
            (|w| w.way = "phone".to_owned(), Complaint::Phone),
            (|w| w.message = "\u{200b}".to_owned(), Complaint::NoMessage),
            (|w| w.message = "x".repeat(2_001), Complaint::LongMessage),
            (
                |w| {
                    w.with_answers = true;
                    w.answers = vec!["I1|yes".to_owned(); 81];
                },
                Complaint::ManyAnswers,
            ),
            (|w| w.agreed = false, Complaint::NotAgreed),
        ];
        for (spoil, want) in cases {
            let mut written = good();
            spoil(&mut written);
            assert_eq!(check(&written), Err(vec![want]));
        }
    }

    #[test]
    fn a_name_is_one_line_and_a_number_is_a_number() {
        assert_eq!(one_line("Ana\r\nBcc: all@example.org \u{202e}x"), "Ana Bcc: all@example.org x");
        assert_eq!(lines("a\r\nb\u{0}\rc\n"), "a\nb\nc");
        for (text, want) in [
            ("+1 (617) 555-0199", true),
            ("617.555.0199 x12", true),
            ("12", false),
            ("call me", false),
            ("1+2345678", false),
            ("123456789012345678901", false),
        ] {
            assert_eq!(phone(text).is_some(), want, "{text}");
        }
    }
}
