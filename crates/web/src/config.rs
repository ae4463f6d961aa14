//! Limits of the server. Where each is set is in `docs/configuration.md`.

use std::time::Duration;

/// What a request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest body that is read, in bytes.
    pub upload_bytes: usize,
    /// Longest time a request may take.
    pub request: Duration,
    /// Most studies that one record is held against in one request.
    pub screened_studies: usize,
    /// Whether the server stands behind TLS: then browsers are told to come by TLS only.
    pub behind_tls: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { upload_bytes: 20 << 20, request: Duration::from_secs(30), screened_studies: 2_000, behind_tls: false }
    }
}
