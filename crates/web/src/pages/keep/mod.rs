//! Notes of readers: scripts that keep them in the browser, pages for them, and the sealed ones that are kept here (ADR 0036).
//!
//! The secret of a link stands behind the `#`, which browsers never send; what is asked here is asked by POST. The server sees sealed
//! bytes and a key that authenticates, of which it keeps a hash.

mod kept;
mod scripts;

pub use kept::{create, open, revoke, rewrite, standing};
pub use scripts::script;

use super::{Page, private, render};
use askama::Template;
use axum::response::Response;

/// Messages that the scripts say, with the names that they fill in.
const SAID: &[(&str, &[&str])] = &[
    ("keep-heading", &[]),
    ("keep-lead", &[]),
    ("keep-start", &[]),
    ("keep-selected", &[]),
    ("keep-none", &[]),
    ("keep-all", &[]),
    ("keep-dialog", &[]),
    ("keep-passage", &[]),
    ("keep-about", &[]),
    ("keep-about-hint", &[]),
    ("keep-note", &[]),
    ("keep-where", &[]),
    ("keep-save", &[]),
    ("keep-cancel", &[]),
    ("keep-empty", &[]),
    ("keep-too-long", &[]),
    ("keep-no-room", &[]),
    ("keep-moved", &["from", "to"]),
    ("keep-elsewhere", &[]),
    ("keep-changed", &["point"]),
    ("keep-gone", &[]),
    ("keep-show", &[]),
    ("keep-change", &[]),
    ("keep-delete", &[]),
    ("keep-really", &[]),
];

/// Messages of the pages `/mine` and `/shared`.
const SAID_THERE: &[(&str, &[&str])] = &[
    ("keep-working", &[]),
    ("keep-unreachable", &[]),
    ("keep-closed", &[]),
    ("keep-full", &[]),
    ("keep-large", &[]),
    ("keep-elsewhere-written", &[]),
    ("keep-no-room", &[]),
    ("keep-passcode", &[]),
    ("keep-passcode-hint", &[]),
    ("keep-passcode-short", &[]),
    ("keep-mine-notes", &[]),
    ("keep-mine-shares", &[]),
    ("keep-mine-vault", &[]),
    ("keep-mine-take", &[]),
    ("keep-none-anywhere", &[]),
    ("keep-delete", &[]),
    ("keep-really", &[]),
    ("keep-deleted", &[]),
    ("keep-share", &[]),
    ("keep-share-legend", &[]),
    ("keep-share-lead", &[]),
    ("keep-share-days", &[]),
    ("keep-days-1", &[]),
    ("keep-days-7", &[]),
    ("keep-days-30", &[]),
    ("keep-days-90", &[]),
    ("keep-share-none", &[]),
    ("keep-shared", &["until"]),
    ("keep-link", &[]),
    ("keep-link-hint", &["passcode"]),
    ("keep-copy", &[]),
    ("keep-shares-none", &[]),
    ("keep-share-row", &["n", "title", "created", "until"]),
    ("keep-ended", &[]),
    ("keep-look", &[]),
    ("keep-standing", &["views", "tries", "until"]),
    ("keep-view-log", &[]),
    ("keep-revoke", &[]),
    ("keep-revoke-really", &[]),
    ("keep-revoked", &[]),
    ("keep-forget", &[]),
    ("keep-vault-lead", &[]),
    ("keep-vault-make", &[]),
    ("keep-vault-made", &[]),
    ("keep-vault-is", &[]),
    ("keep-vault-save", &[]),
    ("keep-vault-saved", &["n"]),
    ("keep-vault-open", &[]),
    ("keep-vault-opened", &["n"]),
    ("keep-vault-clear", &[]),
    ("keep-vault-clear-really", &[]),
    ("keep-vault-cleared", &[]),
    ("keep-vault-link", &[]),
    ("keep-vault-link-hint", &[]),
    ("keep-vault-from", &[]),
    ("keep-vault-no-link", &[]),
    ("keep-export-lead", &[]),
    ("keep-export", &[]),
    ("keep-import", &[]),
    ("keep-import-go", &[]),
    ("keep-import-none", &[]),
    ("keep-import-bad", &[]),
    ("keep-imported", &["n"]),
    ("keep-delete-all-lead", &[]),
    ("keep-delete-all", &[]),
    ("keep-delete-all-really", &[]),
    ("keep-delete-vault-passcode", &[]),
    ("keep-all-deleted", &[]),
    ("keep-shared-open", &[]),
    ("keep-shared-opened", &["until"]),
    ("keep-shared-closed", &[]),
    ("keep-shared-no-link", &[]),
];

impl Page {
    /// The address of a script of the notes.
    pub fn keep_script(&self, name: &str) -> String {
        scripts::address(name)
    }

    /// What the script of a study's page says, as JSON that is safe within a page.
    pub fn keep_words(&self) -> String {
        self.said(SAID)
    }

    /// What the scripts of `/mine` and `/shared` say.
    pub fn keep_words_there(&self) -> String {
        self.said(SAID_THERE)
    }

    fn said(&self, all: &[(&str, &[&str])]) -> String {
        let words: serde_json::Map<String, serde_json::Value> = all
            .iter()
            .map(|(id, names)| {
                let holes: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
                let args: Vec<(&str, &str)> = names.iter().copied().zip(holes.iter().map(String::as_str)).collect();
                ((*id).to_owned(), self.say_with(id, &args).into())
            })
            .collect();
        // `</script>` and `<!--` would end or change the element.
        serde_json::Value::Object(words).to_string().replace('<', "\\u003c")
    }
}

#[derive(Template)]
#[template(path = "mine.html")]
struct MinePage {
    page: Page,
}

#[derive(Template)]
#[template(path = "shared.html")]
struct SharedPage {
    page: Page,
}

/// Shows the page of everything of one's own; the browser fills it.
pub async fn mine(page: Page) -> Response {
    private(render(&MinePage { page }))
}

/// Shows the page that opens what somebody shared.
pub async fn shared(page: Page) -> Response {
    private(render(&SharedPage { page }))
}
