//! A screening as a file for the clinician.

use crate::error::Problem;
use crate::pages::download::{self, Kind};
use crate::pages::today;
use crate::pages::trial::Prepared;
use crate::state::App;
use crate::tongue::Tongue;
use axum::response::Response;
use trialway_cohort::{RecordVersion, Versions};
use trialway_fhir::Import;
use trialway_matching::{Options, Screening};
use trialway_report::Report;
use trialway_store::Stored;
use trialway_terminology::Terminology;

/// What a result was made with, for a stored study.
pub fn versions(stored: &Stored, prepared: &Prepared, options: &Options) -> Versions {
    let changed = prepared.study.value.dates.last_update_posted.as_ref();
    Versions {
        trial: stored.nct_id.to_string(),
        record: RecordVersion::new(changed.map(|date| date.written.as_str()), &stored.content_hash),
        engine: format!("trialway {}", env!("CARGO_PKG_VERSION")),
        terminology: Terminology::version().to_owned(),
        as_of: options.as_of.to_string(),
        policy: options.policy.as_str().to_owned(),
    }
}

/// The screening as a file; its name says nothing of the patient.
pub async fn report(
    app: &App,
    kind: Kind,
    tongue: Tongue,
    (stored, prepared): (&Stored, &Prepared),
    import: &Import,
    options: &Options,
    screening: &Screening,
) -> Result<Response, Problem> {
    let versions = versions(stored, prepared, options);
    let report = Report {
        language: tongue,
        is_asked_here: false,
        title: prepared.study.value.title(),
        patient: &import.facts.patient,
        versions: &versions,
        made_on: &today().to_string(),
        screening,
        used: import.report.used.values().sum(),
        left: &import.report.left,
    };
    download::file(app, tongue, kind, report.sheet(), &format!("screening-{}", stored.nct_id)).await
}
