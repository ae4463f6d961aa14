//! An invitation's link: a name, then an app for codes or a passkey, and there is an account.

use super::sign_in::{OWN, begin, begin_with, hashed, taken};
use super::{Sent, now, passkey_script, refused, roles_words, site, text};
use crate::error::Problem;
use crate::pages::{Page, private, render};
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use trialway_accounts::secret::{hex, web_bytes, web_text};
use trialway_accounts::{Secret, passkey, recovery, totp};
use trialway_store::{Accepted, Codes, FirstWay, Invitation, KeptPasskey, random};

/// Longest and shortest name for signing in, in characters.
const SIGN_IN_NAME: std::ops::RangeInclusive<usize> = 3..=60;
/// Longest name for pages, in characters.
const LONGEST_NAME: usize = 80;

#[derive(Template)]
#[template(path = "team_invitation.html")]
struct InvitationPage {
    page: Page,
    link: String,
    roles: String,
    name: String,
    sign_in_name: String,
    complaint: String,
    has_passkeys: bool,
}

/// The app for codes, with a picture to take and a field for the first code.
#[derive(Template)]
#[template(path = "team_code.html")]
pub(super) struct CodePage {
    pub page: Page,
    pub action: String,
    pub letters: String,
    pub picture: String,
    pub size: usize,
    pub secret: String,
    pub complaint: String,
}

#[derive(Template)]
#[template(path = "team_passkey.html")]
struct PasskeyPage {
    page: Page,
    script: &'static str,
    action: String,
    options: String,
    complaint: String,
}

#[derive(Template)]
#[template(path = "team_paper.html")]
struct PaperPage {
    page: Page,
    codes: Vec<String>,
}

/// The invitation of a link, where it is open.
async fn opened(app: &App, link: &str) -> Result<Option<Invitation>, Problem> {
    match Secret::parse(link) {
        Some(secret) => Ok(app.store.invitation(&secret.hash(), now()).await?),
        None => Ok(None),
    }
}

/// One page for links that never were, were used and have ended: nothing is learned by trying.
fn not_open(page: Page) -> Response {
    refused(page, StatusCode::NOT_FOUND, "team-invitation-not-open", false)
}

fn unprocessed(page: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, private(render(page))).into_response()
}

/// Shows the form; opening a link uses nothing up, since programs that look through mail open links, too.
pub async fn show(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Result<Response, Problem> {
    let Some(open) = opened(&app, &link).await? else { return Ok(not_open(page)) };
    let roles = roles_words(&page, &open.roles);
    let has_passkeys = site(&app, &headers).is_some();
    let (name, sign_in_name) = (open.name, open.sign_in_name);
    let complaint = String::new();
    Ok(private(render(&InvitationPage { page, link, roles, name, sign_in_name, complaint, has_passkeys })))
}

/// Takes the names and goes on to the app or the passkey.
pub async fn names(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let Some(open) = opened(&app, &link).await? else { return Ok(not_open(page)) };
    let name: String = text(&sent, "name").split_whitespace().collect::<Vec<_>>().join(" ");
    let sign_in_name = text(&sent, "sign_in_name").to_lowercase();
    let is_plain = sign_in_name.chars().all(|c| c.is_ascii_alphanumeric() || "._-@".contains(c));
    let n_letters = name.chars().count();
    let wrong = if !(2..=LONGEST_NAME).contains(&n_letters) || name.chars().any(char::is_control) {
        "team-name-bad"
    } else if !is_plain || !SIGN_IN_NAME.contains(&sign_in_name.len()) || sign_in_name.starts_with("closed-") {
        "team-sign-in-name-bad"
    } else if app.store.is_sign_in_name_taken(&sign_in_name).await? {
        "team-sign-in-name-taken"
    } else {
        ""
    };
    let site = site(&app, &headers);
    if !wrong.is_empty() {
        let (roles, complaint) = (roles_words(&page, &open.roles), page.say(wrong));
        let has_passkeys = site.is_some();
        return Ok(unprocessed(&InvitationPage { page, link, roles, name, sign_in_name, complaint, has_passkeys }));
    }
    if text(&sent, "way") == "passkey"
        && let Some(site) = site
    {
        app.store.prepare_invitation(&open.hash, &sign_in_name, &name, &[], now()).await?;
        let challenge = Secret::new(random()?);
        app.store.put_challenge(&challenge.hash(), &purpose(&open.hash), now()).await?;
        let id = account_id(&open.hash);
        let options = passkey::creation_options(&site, challenge.bytes(), id.as_bytes(), &sign_in_name, &name);
        let action = format!("/team/invitation/{link}/passkey");
        let (script, complaint) = (passkey_script(), String::new());
        return Ok(private(render(&PasskeyPage { page, script, action, options, complaint })));
    }
    let secret: [u8; totp::SECRET_BYTES] = random()?;
    app.store.prepare_invitation(&open.hash, &sign_in_name, &name, &secret, now()).await?;
    Ok(private(render(&code_page(
        page,
        &secret,
        &sign_in_name,
        format!("/team/invitation/{link}/code"),
        String::new(),
    ))))
}

/// The page with the picture of a secret.
pub(super) fn code_page(page: Page, secret: &[u8], sign_in_name: &str, action: String, complaint: String) -> CodePage {
    let letters: Vec<char> = totp::base32(secret).chars().collect();
    let letters: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    let (picture, size) = picture(&totp::address(secret, sign_in_name));
    CodePage { page, action, letters: letters.join(" "), picture, size, secret: web_text(secret), complaint }
}

/// A QR code as the path of an SVG, and the length of its side; empty where it cannot be made.
fn picture(words: &str) -> (String, usize) {
    let Ok(code) = qrcode::QrCode::new(words.as_bytes()) else { return (String::new(), 0) };
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        }
    }
    (path, width + 8)
}

fn purpose(hash: &str) -> String {
    format!("invitation {hash}")
}

/// The id of the account that an invitation makes: the same at every step, and no secret.
fn account_id(hash: &str) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(format!("account of {hash}"))).chars().take(16).collect()
}

/// New codes on paper for an account: what is shown once, and what is kept.
pub(super) async fn paper() -> Result<(Vec<String>, Vec<u8>, Vec<String>), Problem> {
    let salt: [u8; recovery::SALT_BYTES] = random()?;
    let (mut codes, mut hashes) = (Vec::new(), Vec::new());
    for _ in 0..recovery::N_CODES {
        let code = recovery::code(random()?);
        hashes.extend(hashed(code.clone(), salt.to_vec()).await?);
        codes.push(code);
    }
    Ok((codes, salt.to_vec(), hashes))
}

/// The page that shows codes on paper, once.
pub(super) fn paper_page(page: Page, codes: Vec<String>) -> Response {
    private(render(&PaperPage { page, codes }))
}

/// Takes the first code of the app: the account is made.
pub async fn code(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let open = opened(&app, &link).await?.filter(|open| open.code_secret.len() == totp::SECRET_BYTES);
    let Some(open) = open else { return Ok(not_open(page)) };
    let Some(step) = totp::accept(&open.code_secret, text(&sent, "code"), now(), 0) else {
        let (action, complaint) = (format!("/team/invitation/{link}/code"), page.say("team-code-wrong"));
        return Ok(unprocessed(&code_page(page, &open.code_secret, &open.sign_in_name, action, complaint)));
    };
    let id = account_id(&open.hash);
    let (shown, salt, recovery) = paper().await?;
    let codes = Codes { account_id: id.clone(), secret: open.code_secret.clone(), step, salt, recovery };
    match app.store.accept_invitation(&open.hash, &id, &FirstWay::Codes(codes), now()).await? {
        Accepted::Account(id) => {
            let mut response = paper_page(page, shown);
            begin_with(&app, &headers, &id, "code", &mut response).await?;
            Ok(response)
        }
        Accepted::NameTaken => Ok(refused(page, StatusCode::CONFLICT, "team-name-gone", false)),
        Accepted::NotOpen | Accepted::PasskeyTaken => Ok(not_open(page)),
    }
}

/// Takes a new passkey: the account is made.
pub async fn passkey(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let Some(open) = opened(&app, &link).await? else { return Ok(not_open(page)) };
    let id = account_id(&open.hash);
    let Some(passkey) = registered(&app, &headers, &sent, &purpose(&open.hash), &id).await? else {
        return Ok(refused(page, StatusCode::UNPROCESSABLE_ENTITY, "team-passkey-not-made", false));
    };
    match app.store.accept_invitation(&open.hash, &id, &FirstWay::Passkey(passkey), now()).await? {
        Accepted::Account(id) => begin(&app, &headers, (&id, "passkey"), OWN).await,
        Accepted::NameTaken => Ok(refused(page, StatusCode::CONFLICT, "team-name-gone", false)),
        Accepted::PasskeyTaken => Ok(refused(page, StatusCode::CONFLICT, "team-passkey-not-made", false)),
        Accepted::NotOpen => Ok(not_open(page)),
    }
}

/// A passkey that was just made for this purpose; none where its answer is not taken.
pub(super) async fn registered(
    app: &App,
    headers: &HeaderMap,
    sent: &Sent,
    purpose: &str,
    account_id: &str,
) -> Result<Option<KeptPasskey>, Problem> {
    let bytes = |key: &str| web_bytes(text(sent, key)).unwrap_or_default();
    let (client, attestation) = (bytes("client"), bytes("attestation"));
    let Some(site) = site(app, headers) else { return Ok(None) };
    let Some(challenge) = taken(app, &client, purpose).await? else { return Ok(None) };
    match passkey::register(&site, challenge.bytes(), &client, &attestation) {
        Ok(made) => Ok(Some(KeptPasskey {
            id: web_text(&made.id),
            account_id: account_id.to_owned(),
            public_key: made.key,
            counter: i64::from(made.counter),
            made_at: now(),
            used_at: now(),
        })),
        Err(refusal) => {
            tracing::info!(%refusal, "a passkey was not made");
            Ok(None)
        }
    }
}
