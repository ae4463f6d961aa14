//! `trialway contacts`: who of a study centre agreed to get enquiries. `trialway mails`: how mails stand.

use crate::settings::{DataDir, runtime};
use std::io::Write;
use trialway_enquiry::Mailbox;
use trialway_store::{EnrolledContact, Store};
use trialway_study::NctId;

/// Arguments of `contacts`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway contacts add NCT90000001 --email nurse@clinic.example --name \"Study nurse\" --site Springfield\n  trialway contacts list\n  trialway contacts remove 3"
)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Enrol someone who agreed to get enquiries about a study
    Add {
        /// The study's number
        trial: String,
        /// Where mail to them goes
        #[arg(long)]
        email: String,
        /// The person or the office
        #[arg(long, default_value = "")]
        name: String,
        /// Part of the name of one of the study's sites; left out, they answer for the whole study
        #[arg(long, default_value = "")]
        site: String,
        /// The language of mails to them: en, es or zh
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// List who is enrolled
    List {
        /// Of one study only
        trial: Option<String>,
    },
    /// Take someone out, by the number that `list` shows
    Remove {
        /// The number
        number: i64,
    },
}

/// Arguments of `mails`.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  trialway mails\n  trialway mails --retry")]
pub struct MailArguments {
    /// Try the mails that were given up again
    #[arg(long)]
    retry: bool,
}

fn study_id(written: &str) -> anyhow::Result<NctId> {
    NctId::parse(written)
        .ok_or_else(|| crate::input::bad(written, "is no study's number; give one such as NCT90000001"))
}

/// The store of a data directory that has one.
pub async fn opened(data_dir: &DataDir) -> anyhow::Result<Store> {
    if !Store::is_in(&data_dir.path) {
        let place = data_dir.path.display().to_string();
        return Err(crate::input::bad(
            &place,
            "has no store; load studies with `trialway ingest`, or name another --data-dir",
        ));
    }
    Ok(Store::open(&data_dir.path).await?)
}

/// Adds, lists or removes.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let store = opened(data_dir).await?;
        match &arguments.verb {
            Verb::Add { trial, email, name, site, language } => {
                let nct_id = study_id(trial)?;
                let site = site_named(&store, nct_id, site).await?;
                let address = Mailbox::parse(email).map_err(|_| {
                    crate::input::bad(
                        "--email",
                        "is no address that mail can be sent to; give one such as nurse@clinic.example",
                    )
                })?;
                if !["en", "es", "zh"].contains(&language.as_str()) {
                    return Err(crate::input::bad(
                        "--language",
                        "is none that mails are written in; give en, es or zh",
                    ));
                }
                let id = store
                    .enrol_contact(&EnrolledContact {
                        id: 0,
                        nct_id,
                        site: site.clone(),
                        name: trialway_enquiry::written::one_line(name),
                        address: address.as_str().to_owned(),
                        language: language.clone(),
                        enrolled_at: jiff::Timestamp::now().as_second(),
                    })
                    .await?;
                let place = if site.is_empty() { "the whole study" } else { &site };
                writeln!(out, "contact {id} gets enquiries about {nct_id}: {place}")?;
            }
            Verb::List { trial } => {
                let wanted = trial.as_deref().map(study_id).transpose()?;
                let all = store.enrolled_contacts(wanted).await?;
                if all.is_empty() {
                    writeln!(out, "nobody is enrolled; add someone who agreed with `trialway contacts add`")?;
                }
                for one in all {
                    let place = if one.site.is_empty() { "the whole study" } else { &one.site };
                    writeln!(
                        out,
                        "{}\t{}\t{place}\t{}\t{}\t{}",
                        one.id, one.nct_id, one.name, one.address, one.language
                    )?;
                }
            }
            Verb::Remove { number } => {
                if !store.remove_contact(*number).await? {
                    return Err(crate::input::bad(
                        &number.to_string(),
                        "is no contact's number; `trialway contacts list` shows them",
                    ));
                }
                writeln!(out, "contact {number} gets no more enquiries")?;
            }
        }
        store.close().await;
        Ok(())
    })
}

/// The key of the one site that a text names; empty for no text.
async fn site_named(store: &Store, nct_id: NctId, text: &str) -> anyhow::Result<String> {
    let Some(stored) = store.study(nct_id).await? else {
        return Err(crate::input::bad(&nct_id.to_string(), "is not stored here; load it with `trialway ingest`"));
    };
    if text.is_empty() {
        return Ok(String::new());
    }
    let study = trialway_registry::parse_study(&stored.bytes)?.value;
    let mut found: Vec<String> = study.sites.iter().map(trialway_web::site_key).collect();
    found.retain(|key| key.to_lowercase().contains(&text.to_lowercase()));
    found.sort();
    found.dedup();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(crate::input::bad(
            text,
            format!("names no site of {nct_id}; give a part of a site's name, city or country"),
        )),
        several => {
            let some: Vec<&str> = several.iter().take(5).map(String::as_str).collect();
            Err(crate::input::bad(
                text,
                format!("names {} sites of {nct_id}; say more, such as one of: {}", several.len(), some.join(" | ")),
            ))
        }
    }
}

/// Says how mails stand; never to whom or what.
pub fn mails(arguments: &MailArguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let store = opened(data_dir).await?;
        if arguments.retry {
            let n = store.revive_mails(jiff::Timestamp::now().as_second()).await?;
            writeln!(out, "{n} mails are tried again")?;
        }
        let all = store.mail_states("").await?;
        for state in trialway_outbox::State::ALL {
            let n = all.iter().filter(|mail| mail.state == state.as_str()).count();
            writeln!(out, "{}\t{n}", state.as_str())?;
        }
        for mail in all.iter().filter(|mail| !mail.problem.is_empty()) {
            writeln!(
                out,
                "{}\t{}\t{}\t{} tries\t{}",
                mail.message_id, mail.purpose, mail.state, mail.n_tries, mail.problem
            )?;
        }
        store.close().await;
        Ok(())
    })
}
