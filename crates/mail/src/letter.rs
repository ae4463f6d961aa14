//! A mail as it goes over the wire.

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use std::time::{Duration, SystemTime};
use trialway_store::NewMail;

/// The letter of a mail: the same bytes for the same mail, whenever it is tried.
///
/// **Unknown**: `None` where the recipient is no address.
pub fn letter(mail: &NewMail, from: &Mailbox) -> Option<Message> {
    let to: Mailbox = mail.recipient.parse().ok()?;
    let made_at = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.made_at).unwrap_or(0));
    // A line end in a subject would open a header; the library encodes it, and we have none to begin with.
    let subject: String = mail.subject.chars().filter(|c| !c.is_control()).collect();
    let mut builder = Message::builder()
        .from(from.clone())
        .to(to)
        .date(made_at)
        .message_id(Some(format!("<{}>", mail.message_id)))
        .subject(subject)
        // **Source**: RFC 3834: no answers by machines.
        .raw_header(raw("Auto-Submitted", "auto-generated")?);
    if !mail.unsubscribe.is_empty() {
        // **Source**: RFC 2369, RFC 8058.
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{}>", mail.unsubscribe))?)
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    builder.header(ContentType::TEXT_PLAIN).body(mail.body.clone()).ok()
}

fn raw(name: &'static str, value: &str) -> Option<HeaderValue> {
    if value.chars().any(|c| c.is_control()) {
        return None;
    }
    Some(HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.to_owned(),
        value.to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> NewMail {
        NewMail {
            message_id: "abc@trials.example.org".to_owned(),
            purpose: "digest".to_owned(),
            recipient: "ana@xn--bcher-kva.example".to_owned(),
            subject: "Novedades\r\nBcc: all@example.org — 您好".to_owned(),
            body: "您好：\n.\nhttps://trials.example.org/follow/0123\n".to_owned(),
            unsubscribe: "https://trials.example.org/follow/0123/off".to_owned(),
            made_at: 1_780_000_000,
        }
    }

    #[test]
    fn a_letter_has_the_kept_id_and_one_click_and_no_header_of_anyone_elses() {
        let from: Mailbox = "no-reply@trials.example.org".parse().unwrap();
        let bytes = letter(&mail(), &from).unwrap().formatted();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(head.contains("Message-ID: <abc@trials.example.org>"), "{head}");
        assert!(head.contains("List-Unsubscribe: <https://trials.example.org/follow/0123/off>"), "{head}");
        assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{head}");
        assert!(head.contains("Date: Thu, 28 May 2026 20:26:40"), "{head}");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert_eq!(letter(&mail(), &from).unwrap().formatted(), bytes, "the same bytes each time");
        for spoilt in ["ana@example.org\r\nBcc: x@example.org", "", "a@b, c@d", "no address"] {
            assert!(letter(&NewMail { recipient: spoilt.to_owned(), ..mail() }, &from).is_none(), "{spoilt}");
        }
        let spoilt = NewMail { unsubscribe: "https://x/\r\nBcc: y@example.org".to_owned(), ..mail() };
        assert!(letter(&spoilt, &from).is_none());
    }
}
