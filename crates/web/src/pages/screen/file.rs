//! A screening as a file for the clinician.

use crate::error::Problem;
use crate::pages::trial::Prepared;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use trialway_cohort::Versions;
use trialway_fhir::Import;
use trialway_matching::{Options, Screening};
use trialway_report::Report;
use trialway_store::Stored;
use trialway_terminology::Terminology;

/// Which file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Html,
    Pdf,
}

impl Kind {
    /// What a form asks for; none for a page.
    pub fn of(word: &str) -> Option<Kind> {
        match word {
            "html" => Some(Kind::Html),
            "pdf" => Some(Kind::Pdf),
            _ => None,
        }
    }
}

/// What a result was made with, for a stored study.
pub fn versions(stored: &Stored, prepared: &Prepared, options: &Options) -> Versions {
    let changed = prepared.study.value.dates.last_update_posted.as_ref();
    let changed = changed.map(|date| format!("changed {}, ", date.written)).unwrap_or_default();
    Versions {
        trial: stored.nct_id.to_string(),
        record: format!("{changed}sha256 {}", stored.content_hash.get(..12).unwrap_or_default()),
        engine: format!("trialway {}", env!("CARGO_PKG_VERSION")),
        terminology: Terminology::version().to_owned(),
        as_of: options.as_of.to_string(),
        policy: options.policy.as_str().to_owned(),
    }
}

/// The screening as a file; its name says nothing of the patient.
pub fn report(
    kind: Kind,
    stored: &Stored,
    prepared: &Prepared,
    import: &Import,
    options: &Options,
    screening: &Screening,
    today: Date,
) -> Result<Response, Problem> {
    let versions = versions(stored, prepared, options);
    let left: Vec<(String, String)> =
        import.report.left.iter().map(|left| (left.reference.clone(), left.reason.to_string())).collect();
    let report = Report {
        title: prepared.study.value.title(),
        patient: &import.facts.patient,
        versions: &versions,
        made_on: &today.to_string(),
        screening,
        used: import.report.used.values().sum(),
        left: &left,
    };
    let (bytes, form, ending) = match kind {
        Kind::Html => (trialway_report::html(report.sheet())?.into_bytes(), "text/html; charset=utf-8", "html"),
        Kind::Pdf => (trialway_report::pdf(&report.sheet(), &[])?.bytes, "application/pdf", "pdf"),
    };
    let disposition = format!("attachment; filename=\"screening-{}.{ending}\"", stored.nct_id);
    Ok(([(header::CONTENT_TYPE, form.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
