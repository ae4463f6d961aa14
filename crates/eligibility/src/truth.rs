//! Three-valued truth with Kleene's strong tables: the only place where they are spelled out.
//!
//! **Source**: S. C. Kleene, *Introduction to Metamathematics* (1952), section 64.

/// True, false, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Known to be so.
    True,
    /// Known not to be so.
    False,
    /// The facts at hand do not decide it.
    Unknown,
}

impl Truth {
    /// The values, for enumeration in tests and tables.
    pub const ALL: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

    /// Both: false if either is false, else unknown if either is unknown.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// Either: true if one is true, else unknown if one is unknown.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::True, _) | (_, Truth::True) => Truth::True,
            (Truth::False, Truth::False) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The other way round; unknown stays unknown.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a method chain reads better than `!` among `and` and `or`")]
    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }

    /// All of them; true when there are none.
    pub fn all(values: impl IntoIterator<Item = Truth>) -> Truth {
        values.into_iter().fold(Truth::True, Truth::and)
    }

    /// Any of them; false when there are none.
    pub fn any(values: impl IntoIterator<Item = Truth>) -> Truth {
        values.into_iter().fold(Truth::False, Truth::or)
    }

    /// At least `n` of them: decided as soon as the unknown ones could not change it.
    pub fn at_least(n: usize, values: impl IntoIterator<Item = Truth>) -> Truth {
        let (mut n_true, mut n_open) = (0, 0);
        for value in values {
            match value {
                Truth::True => n_true += 1,
                Truth::Unknown => n_open += 1,
                Truth::False => {}
            }
        }
        if n_true >= n {
            Truth::True
        } else if n_true + n_open < n {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Whether it is decided.
    pub fn is_known(self) -> bool {
        self != Truth::Unknown
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn kleene_tables_are_the_published_ones() {
        let rows = [
            (True, True, True, True),
            (True, False, False, True),
            (True, Unknown, Unknown, True),
            (False, False, False, False),
            (False, Unknown, False, Unknown),
            (Unknown, Unknown, Unknown, Unknown),
        ];
        for (a, b, and, or) in rows {
            assert_eq!(a.and(b), and, "{a:?} and {b:?}");
            assert_eq!(b.and(a), and, "{b:?} and {a:?}");
            assert_eq!(a.or(b), or, "{a:?} or {b:?}");
            assert_eq!(b.or(a), or, "{b:?} or {a:?}");
        }
    }

    #[test]
    fn kleene_laws_hold_for_every_combination() {
        for a in Truth::ALL {
            assert_eq!(a.not().not(), a);
            assert_eq!((a.and(a), a.or(a)), (a, a));
            for b in Truth::ALL {
                assert_eq!(a.and(b).not(), a.not().or(b.not()), "de Morgan for {a:?}, {b:?}");
                assert_eq!(a.or(b).not(), a.not().and(b.not()), "de Morgan for {a:?}, {b:?}");
                assert_eq!(a.and(a.or(b)), a, "absorption");
                for c in Truth::ALL {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.or(b).or(c), a.or(b.or(c)));
                    assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)), "distribution");
                    assert_eq!(Truth::at_least(1, [a, b, c]), Truth::any([a, b, c]));
                    assert_eq!(Truth::at_least(3, [a, b, c]), Truth::all([a, b, c]));
                }
            }
        }
    }

    #[test]
    fn filling_an_unknown_never_turns_a_decided_value() {
        for known in [True, False] {
            for other in Truth::ALL {
                for (before, after) in [
                    (Unknown.and(other), known.and(other)),
                    (Unknown.or(other), known.or(other)),
                    (Truth::at_least(2, [Unknown, other, True]), Truth::at_least(2, [known, other, True])),
                ] {
                    assert!(!before.is_known() || before == after);
                }
            }
        }
    }
}
