//! Choosing the language of the pages: a form on every page, a cookie that keeps the choice, and back to the page.

use crate::state::App;
use crate::tongue::{COOKIE, Tongue};
use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// A year, in seconds.
const KEPT_SECONDS: u32 = 31_536_000;

/// Longer addresses are not gone back to.
const LONGEST: usize = 2_000;

/// What was chosen, and on which page.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    language: String,
    #[serde(default)]
    back: String,
}

/// Keeps the choice and goes back to the page.
pub async fn choose(State(app): State<App>, Form(chosen): Form<Chosen>) -> Response {
    let to = Redirect::to(own_address(&chosen.back));
    let Some(tongue) = Tongue::from_tag(&chosen.language) else { return to.into_response() };
    let secure = if app.limits.behind_tls { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax; HttpOnly{secure}", tongue.tag());
    ([(header::SET_COOKIE, cookie)], to).into_response()
}

/// An address on this server; the first page for any other.
///
/// **Shape**: a path. Browsers take `//host` and `/\host` for other hosts, and drop tabs and line ends before they look.
fn own_address(back: &str) -> &str {
    let is_plain = back.len() <= LONGEST && back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_plain && back.starts_with('/') && !back.starts_with("//") { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn nobody_is_led_to_another_host() {
        for (back, want) in [
            ("/search?q=a%20b&from=20", "/search?q=a%20b&from=20"),
            ("/", "/"),
            ("", "/"),
            ("//other.example/", "/"),
            ("/\\other.example", "/"),
            ("/\t/other.example", "/"),
            ("https://other.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("search", "/"),
            ("/a\r\nset-cookie: x=y", "/"),
        ] {
            assert_eq!(own_address(back), want, "{back:?}");
        }
    }
}
