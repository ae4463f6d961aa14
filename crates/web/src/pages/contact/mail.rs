//! What is said by mail: a link and neutral words, in the reader's language. No health facts, no study, nothing of what was written.

use crate::error::Problem;
use crate::pages::Page;
use crate::secret;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use trialway_outbox::message_id;
use trialway_store::{EnrolledContact, NewEnquiry, NewMail, StoredEnquiry};

/// A mail in a language: subject and text are the messages `ID-subject` and `ID-text`, which takes `link` and `place`.
pub fn compose(
    base: &str,
    tongue: Tongue,
    id: &str,
    purpose: &str,
    recipient: &str,
    link: &str,
) -> Result<NewMail, Problem> {
    let place = base.split("://").nth(1).unwrap_or_default();
    let domain = place.split([':', '/']).next().unwrap_or_default();
    let words = |part: &str| {
        tongue.words().say(&format!("{id}-{part}"), &[("link", link), ("place", place)]).ok_or(Problem::NoWords)
    };
    Ok(NewMail {
        message_id: message_id(secret::bytes::<16>()?, domain),
        purpose: purpose.to_owned(),
        recipient: recipient.to_owned(),
        subject: words("subject")?,
        body: format!("{}\n", words("text")?),
        unsubscribe: String::new(),
        made_at: jiff::Timestamp::now().as_second(),
    })
}

/// Where this site is from outside; empty where nobody said.
pub fn base(app: &App) -> &str {
    app.public_address.as_deref().unwrap_or_default()
}

/// The address of a page from outside.
pub fn from_outside(app: &App, path: &str) -> String {
    format!("{}{path}", base(app))
}

/// The mails of a new enquiry: to the study centre, and a copy to the sender where they gave an address.
pub fn of_new(app: &App, page: &Page, new: &NewEnquiry, contact: &EnrolledContact) -> Result<Vec<NewMail>, Problem> {
    let tongue = Tongue::from_tag(&contact.language).unwrap_or_default();
    let inbox = from_outside(app, &format!("/inbox/{}", new.number));
    let mut out = vec![compose(base(app), tongue, "contact-mail-inbox", "inbox", &contact.address, &inbox)?];
    if new.reach_kind == "email" {
        let own = from_outside(app, &format!("/enquiries/{}", new.secret));
        out.push(compose(base(app), page.tongue, "contact-mail-copy", "copy", &new.reach, &own)?);
    }
    Ok(out)
}

/// The mail that tells a sender of an answer, and the secret of its link; none where they gave no address. `base` is where this site is from outside.
///
/// **Errors**: the system gives no random bytes.
pub fn of_answer(enquiry: &StoredEnquiry, base: &str) -> Result<Option<(NewMail, String)>, Problem> {
    if enquiry.reach_kind != "email" {
        return Ok(None);
    }
    let tongue = Tongue::from_tag(&enquiry.line.language).unwrap_or_default();
    let secret = secret::secret()?;
    let link = format!("{base}/enquiries/{secret}");
    Ok(Some((compose(base, tongue, "contact-mail-answer", "answer", &enquiry.reach, &link)?, secret)))
}
