//! `trialway enquiries`: what people wrote to study teams, read and answered on this machine.

use crate::post;
use crate::settings::{DataDir, Settings, runtime};
use std::io::Write;
use trialway_store::{EnquiryFilter, EnquiryReply, Store, StoredEnquiry};
use trialway_study::NctId;

/// Arguments of `enquiries`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway enquiries list\n  trialway enquiries show 4f0c5d1e2a3b4c5d\n  trialway enquiries reply 4f0c5d1e2a3b4c5d --by \"Study nurse\" --message \"Please call us.\" --config trialway.toml\n  trialway enquiries close 4f0c5d1e2a3b4c5d"
)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// List enquiries, newest first, without what they say
    List {
        /// Of one study only
        trial: Option<String>,
    },
    /// Show one, which counts as opened
    Show {
        /// Its number
        number: String,
    },
    /// Answer one; the sender is told by mail where they gave an address and mail is set up
    Reply {
        /// Its number
        number: String,
        /// Who answers
        #[arg(long)]
        by: String,
        /// The answer; left out where the sender was called
        #[arg(long, default_value = "")]
        message: String,
        /// The configuration file, for the mail
        #[arg(long, value_name = "FILE", env = "TRIALWAY_CONFIG")]
        config: Option<String>,
    },
    /// Close one: the study team is done with it
    Close {
        /// Its number
        number: String,
    },
}

/// Lists, shows, answers or closes.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let store = super::contacts::opened(data_dir).await?;
        let now = jiff::Timestamp::now().as_second();
        match &arguments.verb {
            Verb::List { trial } => list(&store, trial.as_deref(), out).await?,
            Verb::Show { number } => {
                let id = id_of(&store, number).await?;
                store.open_enquiry(id, now).await?;
                let enquiry = whole(&store, id, number).await?;
                show(&enquiry, out)?;
            }
            Verb::Reply { number, by, message, config } => {
                let id = id_of(&store, number).await?;
                let enquiry = whole(&store, id, number).await?;
                let settings = Settings::read(config.as_deref())?;
                let base = settings.mail.as_ref().and(settings.public_address.as_deref());
                let mail = base.map(|base| post::answer(&enquiry, base)).transpose()?.flatten();
                let reply = EnquiryReply {
                    author: trialway_enquiry::written::one_line(by),
                    message: trialway_enquiry::written::lines(message),
                    replied_at: now,
                };
                let told = mail.as_ref().map(|(mail, secret)| (mail, secret.as_str()));
                if !store.reply_to_enquiry(id, &reply, told).await? {
                    return Err(over(number));
                }
                let how =
                    if told.is_some() { "the sender is told by mail" } else { "the sender sees it by their own link" };
                writeln!(out, "enquiry {number} is answered; {how}")?;
            }
            Verb::Close { number } => {
                let id = id_of(&store, number).await?;
                if !store.close_enquiry(id, now).await? {
                    return Err(over(number));
                }
                writeln!(out, "enquiry {number} is closed; what it says is deleted in 90 days")?;
            }
        }
        store.close().await;
        Ok(())
    })
}

fn over(number: &str) -> anyhow::Error {
    crate::input::bad(number, "is closed or was taken back; nothing more can be done with it")
}

async fn id_of(store: &Store, number: &str) -> anyhow::Result<i64> {
    let found = store.enquiry_numbered(number).await?;
    found.ok_or_else(|| crate::input::bad(number, "is no enquiry's number; `trialway enquiries list` shows them"))
}

async fn whole(store: &Store, id: i64, number: &str) -> anyhow::Result<StoredEnquiry> {
    let found = store.enquiry(id).await?;
    found.ok_or_else(|| crate::input::bad(number, "is no enquiry's number; `trialway enquiries list` shows them"))
}

fn day(at: i64) -> String {
    jiff::Timestamp::from_second(at).map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

async fn list(store: &Store, trial: Option<&str>, out: &mut dyn Write) -> anyhow::Result<()> {
    let nct_id = match trial {
        Some(written) => Some(
            NctId::parse(written)
                .ok_or_else(|| crate::input::bad(written, "is no study's number; give one such as NCT90000001"))?,
        ),
        None => None,
    };
    let all = store.enquiries(&EnquiryFilter { nct_id, ..EnquiryFilter::default() }).await?;
    if all.is_empty() {
        writeln!(out, "nobody has written")?;
    }
    for one in all {
        let place = if one.site.is_empty() { "the whole study" } else { &one.site };
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{place}",
            one.number,
            day(one.sent_at),
            one.stage,
            one.nct_id,
            one.language
        )?;
    }
    Ok(())
}

fn show(enquiry: &StoredEnquiry, out: &mut dyn Write) -> anyhow::Result<()> {
    let line = &enquiry.line;
    writeln!(
        out,
        "number    {}\nstudy     {}\nsite      {}\nsent      {}\nstage     {}",
        line.number,
        line.nct_id,
        line.site,
        day(line.sent_at),
        line.stage
    )?;
    writeln!(
        out,
        "record    {}\nengine    {}\nconsent   {}",
        enquiry.record_hash, enquiry.engine, enquiry.consent_version
    )?;
    if enquiry.called.is_empty() {
        writeln!(out, "what was written is deleted")?;
        return Ok(());
    }
    writeln!(
        out,
        "name      {}\nreach     {}\nlanguage  {}\n\n{}",
        enquiry.called, enquiry.reach, line.language, enquiry.message
    )?;
    for answer in &enquiry.answers {
        writeln!(out, "\n{}: {}\n  {}", answer.criterion, answer.written, answer.words)?;
    }
    for reply in &enquiry.replies {
        let said = if reply.message.is_empty() { "(called)" } else { &reply.message };
        writeln!(out, "\nanswered by {} on {}\n{said}", reply.author, day(reply.replied_at))?;
    }
    Ok(())
}
