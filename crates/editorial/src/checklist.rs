//! What a reviewer looks at before a page is published.
//!
//! **Source**: the twenty items of the Clear Communication Index of the U.S. Centers for Disease Control and Prevention, in words
//! of ours, and its mark of 90 of 100 points.

/// A part of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Main message, language, layout, what is known.
    Core,
    /// What the reader is asked to do.
    Behaviour,
    /// Numbers.
    Numbers,
    /// Risk.
    Risk,
}

impl Part {
    /// Its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Part::Core => "Message, words and layout",
            Part::Behaviour => "What the reader may do",
            Part::Numbers => "Numbers",
            Part::Risk => "Risk",
        }
    }
}

/// One item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number in the index, from 1.
    pub number: usize,
    /// Its part.
    pub part: Part,
    /// What is asked, in words of ours.
    pub question: &'static str,
}

const fn item(number: usize, part: Part, question: &'static str) -> Item {
    Item { number, part, question }
}

/// All items, in the order of the index.
pub const ITEMS: [Item; 20] = [
    item(1, Part::Core, "Does the page have one main message?"),
    item(2, Part::Core, "Does the main message stand at the top?"),
    item(3, Part::Core, "Is the main message set off so that the eye finds it?"),
    item(4, Part::Core, "Does what is drawn bear out the main message?"),
    item(5, Part::Core, "Does it say what the reader can do?"),
    item(6, Part::Core, "Are its sentences mostly active?"),
    item(7, Part::Core, "Are its words those that families use?"),
    item(8, Part::Core, "Does it use lists where there are several things?"),
    item(9, Part::Core, "Is it in short parts with headings?"),
    item(10, Part::Core, "Does the most important stand first in each part?"),
    item(11, Part::Core, "Does it say what is known and what is not?"),
    item(12, Part::Behaviour, "Does it name something to do?"),
    item(13, Part::Behaviour, "Does it say why that matters?"),
    item(14, Part::Behaviour, "Does it say how to do it?"),
    item(15, Part::Numbers, "Are its numbers of a kind that families use?"),
    item(16, Part::Numbers, "Is it said what each number means?"),
    item(17, Part::Numbers, "Can it be understood without reckoning?"),
    item(18, Part::Risk, "Is it said what the risk is, and for whom?"),
    item(19, Part::Risk, "Are risks and benefits both there?"),
    item(20, Part::Risk, "Are chances, where given, said in words as well?"),
];

/// A reviewer's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// The page has nothing of the kind.
    NotApplicable,
}

impl Answer {
    fn letter(self) -> char {
        match self {
            Answer::Yes => 'y',
            Answer::No => 'n',
            Answer::NotApplicable => 'x',
        }
    }

    /// An answer as it is typed: `yes`, `no`, `na`, or its letter.
    pub fn of(word: &str) -> Option<Answer> {
        Some(match word.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Answer::Yes,
            "n" | "no" => Answer::No,
            "x" | "na" | "n/a" => Answer::NotApplicable,
            _ => return None,
        })
    }
}

/// The answers to all items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist([Option<Answer>; ITEMS.len()]);

impl Checklist {
    /// The least share of items met with which a page is published, in percent.
    pub const LEAST: u32 = 90;

    /// A checklist of a line of letters: `y`, `n`, `x`, one an item; any other sign is no answer.
    pub fn of(letters: &str) -> Checklist {
        let mut out = Checklist::default();
        for (place, letter) in out.0.iter_mut().zip(letters.trim().chars()) {
            *place = Answer::of(&letter.to_string());
        }
        out
    }

    /// The line of letters that is stored.
    pub fn letters(&self) -> String {
        self.0.iter().map(|answer| answer.map_or('-', Answer::letter)).collect()
    }

    /// Puts in an answer.
    pub fn set(&mut self, number: usize, answer: Answer) {
        if let Some(place) = number.checked_sub(1).and_then(|at| self.0.get_mut(at)) {
            *place = Some(answer);
        }
    }

    /// The answer to an item by its number.
    pub fn answer(&self, number: usize) -> Option<Answer> {
        self.0.get(number.checked_sub(1)?).copied().flatten()
    }

    /// How many items have no answer.
    pub fn n_unanswered(&self) -> usize {
        self.0.iter().filter(|answer| answer.is_none()).count()
    }

    /// How many of the items that apply are met, in percent.
    ///
    /// **Unknown**: `None` where none applies.
    pub fn share(&self) -> Option<u32> {
        let count = |wanted: Answer| self.0.iter().filter(|answer| **answer == Some(wanted)).count();
        let (met, missed) = (count(Answer::Yes), count(Answer::No));
        (met + missed > 0).then(|| u32::try_from(met * 100 / (met + missed)).unwrap_or(0))
    }
}
