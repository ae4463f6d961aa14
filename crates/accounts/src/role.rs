//! Roles, and what each may do: the one place where that is said.

use std::collections::BTreeSet;
use std::fmt;

/// What a member of a team does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Answers enquiries of the studies that were assigned.
    Coordinator,
    /// Reviews pages and corrects readings.
    Editor,
    /// Invites, closes accounts, reads the audit log, exports.
    Administrator,
}

/// A part of the site that only members see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// One's own account: ways to sign in, sessions.
    Own,
    /// Enquiries of assigned studies.
    Inbox,
    /// Reviews and corrections.
    Editorial,
    /// Accounts of others, invitations, assignments, contacts of sites.
    Accounts,
    /// The audit log.
    Audit,
    /// All enquiries as a file.
    Export,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Coordinator, Self::Editor, Self::Administrator];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Editor => "editor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a stored word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether this role opens a part of the site.
    pub fn may(self, area: Area) -> bool {
        match area {
            Area::Own => true,
            Area::Inbox => matches!(self, Self::Coordinator | Self::Administrator),
            Area::Editorial => self == Self::Editor,
            Area::Accounts | Area::Audit | Area::Export => self == Self::Administrator,
        }
    }

    /// Whether this role sees the enquiries of all studies, not only of those assigned.
    pub fn sees_all_studies(self) -> bool {
        self == Self::Administrator
    }
}

/// The roles of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// The roles of stored words, separated by blanks; unknown words open nothing.
    pub fn parse(words: &str) -> Self {
        Self(words.split_whitespace().filter_map(Role::of).collect())
    }

    /// Whether one of the roles opens a part of the site.
    pub fn may(&self, area: Area) -> bool {
        self.0.iter().any(|role| role.may(area))
    }

    /// Whether a role is among them.
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the enquiries of all studies are seen.
    pub fn sees_all_studies(&self) -> bool {
        self.0.iter().any(|role| role.sees_all_studies())
    }

    /// The roles in order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, role) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str(" ")?;
            }
            out.write_str(role.as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn each_role_opens_its_parts_and_no_others() {
        use Area::{Accounts, Audit, Editorial, Export, Inbox, Own};
        for (words, want) in [
            ("coordinator", &[Own, Inbox][..]),
            ("editor", &[Own, Editorial]),
            ("administrator", &[Own, Inbox, Accounts, Audit, Export]),
            ("administrator editor", &[Own, Inbox, Editorial, Accounts, Audit, Export]),
            ("", &[]),
            ("root", &[]),
        ] {
            let roles = Roles::parse(words);
            for area in [Own, Inbox, Editorial, Accounts, Audit, Export] {
                assert_eq!(roles.may(area), want.contains(&area), "{words} {area:?}");
            }
        }
        assert_eq!(Roles::parse("editor root administrator").to_string(), "editor administrator");
    }
}
