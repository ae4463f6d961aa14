//! Electronic addresses: which are taken, and in which form they are kept.

/// Longest address, in bytes. **Source**: RFC 5321, 4.5.3.1.3, less the angle brackets.
pub const LONGEST: usize = 254;
/// Longest part before the `@`, in bytes. **Source**: RFC 5321, 4.5.3.1.1.
pub const LONGEST_LOCAL: usize = 64;

/// An address that mail can be sent to.
///
/// **Shape**: the part before the `@` as written; the domain in small letters, other scripts as in DNS (`xn--…`). ASCII, no spaces, quotes,
/// brackets or line ends, so that it cannot open a header or a second address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mailbox(String);

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailboxFault {
    /// Nothing was written.
    Empty,
    /// There is no `@` with something on both sides, or more than one.
    NoAt,
    /// It is longer than any address may be.
    TooLong,
    /// The part before the `@` has quotes, spaces, letters that are not English, or other signs that are not taken.
    OddName,
    /// The part after the `@` is no domain.
    OddDomain,
}

impl Mailbox {
    /// Reads an address as a person types it.
    ///
    /// Not taken although they exist: quoted names (`"a b"@…`), names in other scripts (many servers refuse them, and a mail that is lost
    /// without a word is worse than a sentence here), domains without a dot, numbers in brackets.
    ///
    /// **Errors**: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MailboxFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MailboxFault::Empty);
        }
        if text.len() > LONGEST {
            return Err(MailboxFault::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(MailboxFault::NoAt)?;
        if local.is_empty() || domain.is_empty() {
            return Err(MailboxFault::NoAt);
        }
        if local.len() > LONGEST_LOCAL {
            return Err(MailboxFault::TooLong);
        }
        if !is_name(local) {
            return Err(if local.contains('@') && !local.contains('"') {
                MailboxFault::NoAt
            } else {
                MailboxFault::OddName
            });
        }
        let domain = in_dns(domain).ok_or(MailboxFault::OddDomain)?;
        let whole = format!("{local}@{domain}");
        if whole.len() > LONGEST { Err(MailboxFault::TooLong) } else { Ok(Self(whole)) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for every way of writing one box, for counting: servers that tell capital letters apart are not known.
    pub fn same(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// **Source**: `dot-atom-text`, RFC 5322, 3.2.3.
fn is_name(local: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|part| !part.is_empty() && part.chars().all(is_sign))
}

fn in_dns(domain: &str) -> Option<String> {
    let domain = idna::domain_to_ascii_strict(domain.trim_end_matches('.')).ok()?.to_ascii_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = labels.last().is_none_or(|last| last.chars().all(|c| c.is_ascii_digit()));
    (labels.len() > 1 && labels.iter().all(is_label) && !is_number).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_in_one_form_and_others_are_refused() {
        for (text, want) in [
            (" ana@example.org ", Ok("ana@example.org")),
            ("Ana.Lopez+trial@Example.ORG", Ok("Ana.Lopez+trial@example.org")),
            ("o'brien@example.ie", Ok("o'brien@example.ie")),
            ("ana@bücher.example", Ok("ana@xn--bcher-kva.example")),
            ("ana@例子.广告", Ok("ana@xn--fsqu00a.xn--4rr70v")),
            ("", Err(MailboxFault::Empty)),
            ("ana", Err(MailboxFault::NoAt)),
            ("ana@", Err(MailboxFault::NoAt)),
            ("@example.org", Err(MailboxFault::NoAt)),
            ("ana@b@example.org", Err(MailboxFault::NoAt)),
            ("\"ana lopez\"@example.org", Err(MailboxFault::OddName)),
            ("\"a@b\"@example.org", Err(MailboxFault::OddName)),
            ("ana lopez@example.org", Err(MailboxFault::OddName)),
            ("ana..lopez@example.org", Err(MailboxFault::OddName)),
            (".ana@example.org", Err(MailboxFault::OddName)),
            ("josé@example.org", Err(MailboxFault::OddName)),
            ("ana@example.org\r\nBcc: all@example.org", Err(MailboxFault::NoAt)),
            ("ana\r\n@example.org", Err(MailboxFault::OddName)),
            ("ana@exam\nple.org", Err(MailboxFault::OddDomain)),
            ("ana@localhost", Err(MailboxFault::OddDomain)),
            ("ana@[127.0.0.1]", Err(MailboxFault::OddDomain)),
            ("ana@127.0.0.1", Err(MailboxFault::OddDomain)),
            ("ana@-a.example", Err(MailboxFault::OddDomain)),
            ("ana@example.org,all@example.org", Err(MailboxFault::NoAt)),
            ("<ana@example.org>", Err(MailboxFault::OddName)),
        ] {
            assert_eq!(Mailbox::parse(text).as_ref().map(Mailbox::as_str).map_err(|fault| *fault), want, "{text:?}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        assert_eq!(Mailbox::parse(&long), Err(MailboxFault::TooLong));
        assert_eq!(
            Mailbox::parse("Ana@Example.org").unwrap().same(),
            Mailbox::parse("ana@example.ORG").unwrap().same()
        );
    }
}
