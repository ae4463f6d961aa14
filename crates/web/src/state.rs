//! What every request may use.

use crate::Limits;
use crate::drafts::Drafts;
use crate::fonts::Fonts;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;
use trialway_search::Search;
use trialway_store::{EnquiryTerms, Store};

/// Whose studies are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Real studies, from a registry.
    Registry,
    /// The project's own invented studies; every page says so.
    Demonstration,
}

/// What every request may use. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Studies and reports.
    pub store: Store,
    /// The index over the same studies.
    pub search: Arc<Search>,
    /// Whose studies they are.
    pub mode: Mode,
    /// Where this site is found from outside, without a slash at its end (`https://trials.example.org`); none where nobody said.
    pub public_address: Option<Arc<str>>,
    /// Whether mail can be sent, as the operator set it up.
    pub has_mail: bool,
    /// The font of Chinese characters in PDFs.
    pub fonts: Fonts,
    /// Plain sentences made lately.
    pub drafts: Drafts,
    /// What a request may cost.
    pub limits: Limits,
    /// How long what enquiries say is kept, as senders are told.
    pub terms: EnquiryTerms,
    /// Where counts are read from; none where nobody collects them.
    pub metrics: Option<PrometheusHandle>,
}

impl App {
    /// Whether mail is sent: it is set up, links in it lead here, and the studies are real.
    pub fn sends_mail(&self) -> bool {
        self.has_mail && self.public_address.is_some() && self.mode == Mode::Registry
    }
}
