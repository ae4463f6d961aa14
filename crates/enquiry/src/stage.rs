//! Where an enquiry stands, and what may follow.

/// Days without an answer after which the sender is told what else can be done.
pub const QUIET_DAYS: i64 = 7;

/// A day, in seconds.
const DAY: i64 = 86_400;

/// Where an enquiry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is in the inbox of the study team; nobody has opened it.
    Sent,
    /// Someone of the study team opened it.
    Opened,
    /// The study team answered.
    Answered,
    /// The study team is done with it.
    Closed,
    /// The sender took it back; nothing of what it said is left.
    Withdrawn,
}

/// What someone does with an enquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of the study team looks at it.
    Open,
    /// The study team answers, here or by telephone.
    Answer,
    /// The study team is done with it.
    Close,
    /// The sender takes it back.
    Withdraw,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::Sent, Self::Opened, Self::Answered, Self::Closed, Self::Withdrawn];

    /// The word that is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Opened => "opened",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of a kept word.
    ///
    /// **Unknown**: `None` for another word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }

    /// The stage after a step.
    ///
    /// **Unknown**: `None` where the step cannot be taken: nothing follows withdrawal, and what is closed is only taken back.
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Withdrawn, _) | (Self::Closed, Step::Open | Step::Answer | Step::Close) => None,
            (Self::Sent, Step::Open) => Some(Self::Opened),
            (stage, Step::Open) => Some(stage),
            (_, Step::Answer) => Some(Self::Answered),
            (_, Step::Close) => Some(Self::Closed),
            (_, Step::Withdraw) => Some(Self::Withdrawn),
        }
    }

    /// Whether the sender has waited long enough to be told what else can be done.
    ///
    /// **Units**: seconds since 1970.
    pub fn is_quiet(self, sent_at: i64, now: i64) -> bool {
        matches!(self, Self::Sent | Self::Opened) && now - sent_at >= QUIET_DAYS * DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_withdrawal_and_an_answer_is_not_unsaid_by_opening() {
        for step in [Step::Open, Step::Answer, Step::Close, Step::Withdraw] {
            assert_eq!(Stage::Withdrawn.after(step), None);
        }
        assert_eq!(Stage::Sent.after(Step::Open), Some(Stage::Opened));
        assert_eq!(Stage::Answered.after(Step::Open), Some(Stage::Answered));
        assert_eq!(Stage::Sent.after(Step::Answer), Some(Stage::Answered));
        assert_eq!(Stage::Closed.after(Step::Answer), None);
        assert_eq!(Stage::Closed.after(Step::Withdraw), Some(Stage::Withdrawn));
        for stage in Stage::ALL {
            assert_eq!(Stage::of(stage.as_str()), Some(stage));
        }
    }

    #[test]
    fn only_a_wait_is_quiet() {
        let week = QUIET_DAYS * DAY;
        assert!(!Stage::Sent.is_quiet(0, week - 1));
        assert!(Stage::Opened.is_quiet(0, week));
        assert!(!Stage::Answered.is_quiet(0, week) && !Stage::Withdrawn.is_quiet(0, week));
    }
}
