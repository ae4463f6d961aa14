//! References between resources: contained, relative, absolute, `urn:` and bare ids.

use serde_json::Value;
use std::collections::BTreeMap;

/// One resource of a record, with the address that its entry gives.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub url: Option<String>,
    pub resource: Value,
}

impl Entry {
    pub fn kind(&self) -> &str {
        kind(&self.resource)
    }

    pub fn id(&self) -> &str {
        id(&self.resource)
    }
}

pub(crate) fn kind(resource: &Value) -> &str {
    resource.get("resourceType").and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn id(resource: &Value) -> &str {
    resource.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// What orders versions of one resource.
fn rank(resource: &Value) -> (&str, String) {
    let updated = resource.get("meta").and_then(|meta| meta.get("lastUpdated")).and_then(Value::as_str);
    (updated.unwrap_or_default(), resource.to_string())
}

/// Where each resource of a record is found.
#[derive(Debug, Default)]
pub(crate) struct Index<'a> {
    by_url: BTreeMap<&'a str, &'a Value>,
    by_type_and_id: BTreeMap<(&'a str, &'a str), &'a Value>,
    /// None where an id is that of several kinds.
    by_id: BTreeMap<&'a str, Option<&'a Value>>,
}

impl<'a> Index<'a> {
    pub fn of(entries: &'a [Entry]) -> Self {
        let mut index = Index::default();
        for entry in entries {
            let resource = &entry.resource;
            if let Some(url) = &entry.url {
                index.by_url.insert(url, resource);
            }
            if !entry.id().is_empty() {
                // Of several versions the latest counts; which of others does must not depend on their order.
                let known = index.by_type_and_id.entry((entry.kind(), entry.id())).or_insert(resource);
                if !std::ptr::eq(*known, resource) && rank(known) < rank(resource) {
                    *known = resource;
                }
                let known = index.by_id.entry(entry.id()).or_insert(Some(resource));
                match known {
                    Some(other) if kind(other) != entry.kind() => *known = None,
                    Some(other) if !std::ptr::eq(*other, resource) && rank(other) < rank(resource) => {
                        *known = Some(resource)
                    }
                    _ => {}
                }
            }
        }
        index
    }

    /// The resource that `element` of `from` refers to, where the record holds it.
    pub fn resolve(&self, from: &'a Value, element: Option<&Value>) -> Option<&'a Value> {
        let written = element?.get("reference")?.as_str()?.trim();
        if let Some(local) = written.strip_prefix('#') {
            let contained = from.get("contained").and_then(Value::as_array)?;
            return contained.iter().find(|resource| id(resource).trim_start_matches('#') == local);
        }
        if let Some(found) = self.by_url.get(written) {
            return Some(found);
        }
        let path = written.split("/_history/").next().unwrap_or(written);
        let mut parts = path.rsplit('/');
        let last = parts.next()?.rsplit(':').next()?;
        match parts.next() {
            Some(kind) => self.by_type_and_id.get(&(kind, last)).copied(),
            None => self.by_id.get(last).copied().flatten(),
        }
    }
}

/// What a reference names when it cannot be followed: type and id, as far as it says.
pub(crate) fn target(element: &Value) -> Option<(&str, &str)> {
    let written = element.get("reference")?.as_str()?.trim();
    let path = written.split("/_history/").next().unwrap_or(written);
    let (before, id) = path.rsplit_once('/')?;
    Some((before.rsplit('/').next().unwrap_or(before), id))
}
