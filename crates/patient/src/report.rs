//! What an import used and what it left out.

use std::collections::BTreeMap;

/// One resource, or one element of a resource, that was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// Its type and id; for an element also where in the resource it stands.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// What an import used and what it left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Resources used, by type.
    pub used: BTreeMap<String, usize>,
    /// Resources left out, each with its reason, in order of reference.
    pub left: Vec<Left>,
    /// What of the used resources was left out, each with its reason, in order of reference.
    pub parts: Vec<Left>,
}
