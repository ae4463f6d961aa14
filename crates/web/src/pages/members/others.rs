//! For administrators: who has an account, invitations, roles, studies, closing.

use super::gate::Member;
use super::{Sent, address, now, refused, role_words, roles_words, text, when};
use crate::error::Problem;
use crate::pages::{Page, private, render};
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use trialway_accounts::{Role, Roles, Secret};
use trialway_store::{AccountChange, Invitation, random};
use trialway_study::NctId;

struct RoleView {
    word: &'static str,
    words: String,
    is_on: bool,
}

struct AccountView {
    id: String,
    name: String,
    sign_in_name: String,
    since: String,
    closed: String,
    roles: Vec<RoleView>,
    roles_words: String,
    studies: String,
}

struct InvitationView {
    roles: String,
    until: String,
}

#[derive(Template)]
#[template(path = "team_accounts.html")]
struct AccountsPage {
    page: Page,
    accounts: Vec<AccountView>,
    invitations: Vec<InvitationView>,
    roles: Vec<RoleView>,
    studies: String,
    link: String,
    complaint: String,
}

fn role_views(page: &Page, on: &Roles) -> Vec<RoleView> {
    Role::ALL
        .into_iter()
        .map(|role| RoleView { word: role.as_str(), words: role_words(page, role), is_on: on.has(role) })
        .collect()
}

fn roles_sent(sent: &Sent) -> Roles {
    Role::ALL.into_iter().filter(|role| !text(sent, role.as_str()).is_empty()).collect()
}

/// The studies of a field, or the first word that is no number of one.
fn studies_sent(sent: &Sent) -> Result<Vec<String>, String> {
    let words = text(sent, "studies").split([',', ';', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
    words
        .map(|word| NctId::parse(word).map(|id| id.to_string()).ok_or_else(|| word.chars().take(20).collect()))
        .collect()
}

/// Lists the accounts.
pub async fn show(State(app): State<App>, page: Page) -> Result<Response, Problem> {
    list(&app, page, &Sent::new(), String::new(), String::new()).await
}

async fn list(app: &App, page: Page, sent: &Sent, link: String, complaint: String) -> Result<Response, Problem> {
    let mut accounts = Vec::new();
    for one in app.store.accounts().await? {
        accounts.push(AccountView {
            roles: role_views(&page, &one.roles),
            roles_words: roles_words(&page, &one.roles),
            studies: app.store.studies_of(&one.id).await?.join(" "),
            since: when(one.made_at),
            closed: one.closed_at.map(when).unwrap_or_default(),
            id: one.id,
            name: one.name,
            sign_in_name: one.sign_in_name,
        });
    }
    let invitations = app.store.invitations(now()).await?;
    let invitations = invitations
        .iter()
        .map(|one| InvitationView { roles: roles_words(&page, &one.roles), until: when(one.expires_at()) })
        .collect();
    let status = if complaint.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let roles = role_views(&page, &roles_sent(sent));
    let studies = text(sent, "studies").to_owned();
    let shown = AccountsPage { page, accounts, invitations, roles, studies, link, complaint };
    Ok((status, private(render(&shown))).into_response())
}

/// Makes an invitation; its link is shown this once.
pub async fn invite(
    State(app): State<App>,
    page: Page,
    member: Member,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let roles = roles_sent(&sent);
    if roles.is_empty() {
        let complaint = page.say("team-invite-no-role");
        return list(&app, page, &sent, String::new(), complaint).await;
    }
    let studies = match studies_sent(&sent) {
        Ok(studies) => studies,
        Err(word) => {
            let complaint = page.say_with("team-study-bad", &[("word", &word)]);
            return list(&app, page, &sent, String::new(), complaint).await;
        }
    };
    let secret = Secret::new(random()?);
    let made = Invitation::new(secret.hash(), roles, studies, &member.account().id, now());
    app.store.invite(&made).await?;
    let link = format!("{}/team/invitation/{}", address(&app, &headers), secret.text());
    list(&app, page, &Sent::new(), link, String::new()).await
}

/// Changes roles and studies of an account, or closes it.
pub async fn change(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let by = member.account().id.as_str();
    let done = if text(&sent, "what") == "close" {
        app.store.close_account(&id, by, now()).await?
    } else {
        let roles = roles_sent(&sent);
        if roles.is_empty() {
            let complaint = page.say("team-invite-no-role");
            return list(&app, page, &Sent::new(), String::new(), complaint).await;
        }
        let studies = match studies_sent(&sent) {
            Ok(studies) => studies,
            Err(word) => {
                let complaint = page.say_with("team-study-bad", &[("word", &word)]);
                return list(&app, page, &Sent::new(), String::new(), complaint).await;
            }
        };
        let done = app.store.set_roles(&id, &roles, by, now()).await?;
        if done == AccountChange::Done {
            app.store.set_studies(&id, &studies, by, now()).await?;
        }
        done
    };
    match done {
        AccountChange::Done => Ok(Redirect::to("/team/accounts").into_response()),
        AccountChange::LastAdministrator => Ok(refused(page, StatusCode::CONFLICT, "team-last-administrator", false)),
        AccountChange::NoSuch | AccountChange::LastWay => Err(Problem::NoSuchPage),
    }
}
