//! What the form of the list sends.

use crate::error::Problem;
use crate::tongue::{Speak, Tongue};
use axum::extract::Multipart;
use trialway_shortlist::Joining;

/// What the form sent.
#[derive(Default)]
pub struct Sent {
    /// A file, or what was written into the field.
    pub record: Vec<u8>,
    pub place: String,
    pub within: String,
    /// `now`, `any`; else what is possible.
    pub joining: String,
    /// The registry's words.
    pub phases: Vec<String>,
    pub possible_only: bool,
    pub as_of: String,
    /// From which place of the list, from 0.
    pub from: usize,
    /// `html`, `pdf`, `csv`: a file; else a page.
    pub form: String,
}

impl Sent {
    /// Whether people can join.
    pub fn joining(&self) -> Joining {
        match self.joining.as_str() {
            "now" => Joining::Now,
            "any" => Joining::Any,
            _ => Joining::Possible,
        }
    }
}

/// Reads the form.
pub async fn received(tongue: Tongue, mut multipart: Multipart) -> Result<Sent, Problem> {
    let broken = |_| Problem::BadInput(tongue.say("match-not-whole"));
    let (mut sent, mut pasted) = (Sent::default(), Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = || String::from_utf8_lossy(&bytes).trim().chars().take(100).collect::<String>();
        match name.as_str() {
            "record" => sent.record = bytes.to_vec(),
            "pasted" => pasted = bytes.to_vec(),
            "place" => sent.place = text(),
            "within" => sent.within = text(),
            "joining" => sent.joining = text(),
            "phase" => sent.phases.push(text()),
            "possible" => sent.possible_only = text() == "yes",
            "as_of" => sent.as_of = text(),
            "from" => sent.from = text().parse().unwrap_or(0),
            "as" => sent.form = text(),
            _ => {}
        }
    }
    if sent.record.iter().all(u8::is_ascii_whitespace) {
        sent.record = pasted;
    }
    Ok(sent)
}
