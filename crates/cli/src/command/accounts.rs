//! `trialway accounts`: the first invitation, who has an account, closing one.

use crate::input;
use crate::settings::{DataDir, runtime};
use std::io::Write;
use trialway_accounts::audit::moment;
use trialway_accounts::{Role, Roles, Secret};
use trialway_store::{AccountChange, Invitation, Store, random};
use trialway_study::NctId;

/// Who acts, as the audit log names it.
const ACTOR: &str = "command line";

/// Arguments of `accounts`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway accounts invite --role administrator --address https://trials.example.org --data-dir store\n  trialway accounts invite --role coordinator --study NCT06904729\n  trialway accounts list\n  trialway accounts close jo@example.org\n  trialway accounts forget-codes"
)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Make a link that makes an account, once, for three days
    Invite {
        /// What the new member may do; may be given several times
        #[arg(long = "role", required = true, value_parser = ["coordinator", "editor", "administrator"])]
        roles: Vec<String>,
        /// A study whose enquiries a coordinator answers; may be given several times
        #[arg(long = "study", value_name = "NCT")]
        studies: Vec<String>,
        /// Where the site is found
        #[arg(long, value_name = "ADDRESS", env = "TRIALWAY_PUBLIC_ADDRESS", default_value = "http://localhost:8080")]
        address: String,
    },
    /// List the accounts
    List,
    /// Delete the secrets of all apps for codes, where the key that they were sealed with is lost; members set them up anew
    ForgetCodes,
    /// Close an account and end its sessions
    Close {
        /// The name for signing in, or the account's id
        who: String,
    },
}

/// Does what was asked.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let now = jiff::Timestamp::now().as_second();
        match &arguments.verb {
            Verb::Invite { roles, studies, address } => {
                let roles: Roles = roles.iter().filter_map(|word| Role::of(word)).collect();
                let mut known = Vec::new();
                for word in studies {
                    let id = NctId::parse(word);
                    known.push(id.ok_or_else(|| input::bad(word, "is no NCT number"))?.to_string());
                }
                let link = invite(&store, roles, known, address, now).await?;
                writeln!(out, "{link}")?;
                writeln!(out, "Give it to one person, by a way that you trust: it works once, for 3 days.")?;
            }
            Verb::List => {
                for one in store.accounts().await? {
                    let closed = one.closed_at.map(|at| format!(", closed {}", moment(at))).unwrap_or_default();
                    writeln!(out, "{} {} ({}): {}{closed}", one.id, one.sign_in_name, one.name, one.roles)?;
                }
            }
            Verb::ForgetCodes => {
                let n = store.forget_codes(ACTOR, now).await?;
                writeln!(out, "{n} apps for codes are forgotten; codes on paper and passkeys still sign in")?;
                writeln!(out, "The next start of `serve` makes a new key where there is none.")?;
            }
            Verb::Close { who } => {
                let accounts = store.accounts().await?;
                let found = accounts.iter().find(|one| one.id == *who || one.sign_in_name == who.to_lowercase());
                let found = found
                    .ok_or_else(|| input::bad(who, "has no account; `trialway accounts list` tells who has one"))?;
                match store.close_account(&found.id, ACTOR, now).await? {
                    AccountChange::Done => writeln!(out, "{} is closed", found.sign_in_name)?,
                    AccountChange::LastAdministrator => {
                        let what = "is the only administrator; invite another one before";
                        return Err(input::bad(who, what));
                    }
                    AccountChange::NoSuch | AccountChange::LastWay => return Err(input::bad(who, "is closed already")),
                }
            }
        }
        store.close().await;
        Ok(())
    })
}

/// Keeps an invitation; its link.
///
/// **Errors**: those of the store and of the system's random bytes.
pub async fn invite(
    store: &Store,
    roles: Roles,
    studies: Vec<String>,
    address: &str,
    now: i64,
) -> anyhow::Result<String> {
    let secret = Secret::new(random()?);
    store.invite(&Invitation::new(secret.hash(), roles, studies, ACTOR, now)).await?;
    Ok(format!("{}/team/invitation/{}", address.trim_end_matches('/'), secret.text()))
}
