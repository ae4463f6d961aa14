//! The scripts of the notes, under an address that changes with what they are: they import each other by relative addresses.

use crate::middleware::Plain;
use axum::Extension;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static SCRIPTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static/kept");

/// A hash of all scripts.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    let mut folders = vec![&SCRIPTS];
    while let Some(folder) = folders.pop() {
        for file in folder.files() {
            hasher.update(file.path().as_os_str().as_encoded_bytes());
            hasher.update(file.contents());
        }
        folders.extend(folder.dirs());
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
});

/// Where a script is.
pub fn address(name: &str) -> String {
    format!("/static/kept/{}/{name}", *VERSION)
}

/// A script, or the licence of one.
pub async fn script(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(file) = SCRIPTS.get_file(&name) else {
        return (StatusCode::NOT_FOUND, Extension(Plain), "no such script\n").into_response();
    };
    let kind = if name.ends_with(".js") { "text/javascript; charset=utf-8" } else { "text/plain; charset=utf-8" };
    let cache = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)], file.contents()).into_response()
}
